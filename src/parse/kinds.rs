//! Every kind of record with its name, its schema and its shape: the register that schemas, templates and
//! repairs go by.

use std::sync::OnceLock;

use schemars::JsonSchema;
use serde_json::Value;

use super::schema::{Shape, json_schema, shape};
use crate::inputs::FileKind;
use crate::record::article::ArticleHead;
use crate::record::config::SiteConfig;
use crate::record::decision::Decision;
use crate::record::directory::{EssentialService, Field, HolidayYear, Law, Unit};
use crate::record::initiative::Initiative;
use crate::record::inspection::Inspection;
use crate::record::list::List;
use crate::record::petition::Petition;
use crate::record::procedure::Procedure;
use crate::record::simplification::{Programme, Simplification};
use crate::record::statistics::Statistics;
use crate::record::task_plan::TaskPlan;

/// One kind of record.
#[derive(Debug, Clone, Copy)]
pub struct RecordKind {
    /// What the reader of files calls it.
    pub kind: FileKind,
    /// Its name: that of its folder, or of its file without the extension.
    pub name: &'static str,
    /// What it is, for a list of kinds.
    pub title: &'static str,
    /// Which files hold it, as a pattern below the content folder.
    pub files: &'static str,
    /// Its JSON Schema.
    pub schema: fn() -> Value,
    /// Its shape.
    pub shape: fn() -> Shape,
}

const fn kind<T: JsonSchema>(
    kind: FileKind,
    name: &'static str,
    title: &'static str,
    files: &'static str,
) -> RecordKind {
    RecordKind { kind, name, title, files, schema: json_schema::<T>, shape: shape::<T> }
}

/// Every kind, the site first.
pub const KINDS: &[RecordKind] = &[
    kind::<SiteConfig>(FileKind::Site, "trang", "Trang và cơ quan", "trang.yaml"),
    kind::<List<Field>>(FileKind::Fields, "linh-vuc", "Danh mục lĩnh vực", "danh-muc/linh-vuc.yaml"),
    kind::<List<Unit>>(FileKind::Units, "don-vi", "Danh mục đơn vị", "danh-muc/don-vi.yaml"),
    kind::<List<Law>>(FileKind::Laws, "van-ban", "Danh mục văn bản", "danh-muc/van-ban.yaml"),
    kind::<List<HolidayYear>>(FileKind::Holidays, "ngay-nghi", "Lịch nghỉ", "danh-muc/ngay-nghi.yaml"),
    kind::<List<EssentialService>>(
        FileKind::EssentialServices,
        "dich-vu-thiet-yeu",
        "Dịch vụ công thiết yếu",
        "danh-muc/dich-vu-thiet-yeu.yaml",
    ),
    kind::<List<Programme>>(
        FileKind::Programmes,
        "chuong-trinh",
        "Chương trình cắt giảm",
        "danh-muc/chuong-trinh.yaml",
    ),
    kind::<Procedure>(FileKind::Procedure, "thu-tuc", "Thủ tục hành chính", "thu-tuc/*.yaml"),
    kind::<Decision>(FileKind::Decision, "quyet-dinh", "Quyết định công bố", "quyet-dinh/*.yaml"),
    kind::<Petition>(FileKind::Petition, "phan-anh", "Phản ánh, kiến nghị", "phan-anh/*/*.yaml"),
    kind::<TaskPlan>(FileKind::TaskPlan, "ke-hoach", "Kế hoạch truyền thông", "ke-hoach/*.yaml"),
    kind::<Statistics>(FileKind::Statistics, "thong-ke", "Số liệu của một kỳ", "thong-ke/*.yaml"),
    kind::<Inspection>(FileKind::Inspection, "kiem-tra", "Cuộc kiểm tra", "kiem-tra/*.yaml"),
    kind::<Simplification>(FileKind::Simplification, "cat-giam", "Cắt giảm, đơn giản hóa", "cat-giam/*.yaml"),
    kind::<Initiative>(FileKind::Initiative, "sang-kien", "Đợt lấy sáng kiến", "sang-kien/*.yaml"),
    kind::<ArticleHead>(FileKind::Article, "bai-viet", "Bài viết", "bai-viet/*/*.md"),
];

/// The shape of the records that files of this sort hold, worked out once: it is asked for every file that
/// has a remark in it.
pub fn shape_of(file: FileKind) -> &'static Shape {
    static SHAPES: [OnceLock<Shape>; KINDS.len()] = [const { OnceLock::new() }; KINDS.len()];
    let place = KINDS.iter().position(|kind| kind.kind == file);
    let place = place.expect("a test finds every kind of file in KINDS");
    SHAPES[place].get_or_init(KINDS[place].shape)
}

/// The kind that files of this sort hold.
pub fn of(file: FileKind) -> &'static RecordKind {
    KINDS.iter().find(|kind| kind.kind == file).expect("a test finds every kind of file in KINDS")
}

/// The kind of this name.
pub fn named(name: &str) -> Option<&'static RecordKind> {
    KINDS.iter().find(|kind| kind.name == name)
}
