//! Small models for tests, out of the texts that an editor would write.

use std::collections::BTreeMap;

use crate::base::date::{AsOf, Date};
use crate::base::path::SitePath;
use crate::inputs::{FileKind, SourceFile};
use crate::model::{self, Model};
use crate::parse::record::parse;

/// The model of these files (path, text) on a day. Panics on content that cannot be read: a test
/// that is about faults does not use this.
pub(crate) fn model(day: &str, files: &[(&str, &str)]) -> Model {
    let site = "ten: Sở A\ndia_chi_trang: https://a.vn/\nchuyen_muc:\n- {ma: tin-tuc, ten: Tin tức}\n- {ma: huong-dan, ten: Hướng dẫn}\n";
    let mut texts = BTreeMap::from([("trang.yaml", site)]);
    texts.extend(files.iter().copied());
    let parsed = texts.into_iter().map(|(path, text)| {
        let file = SitePath::new(path).expect("a good path");
        let source = SourceFile { kind: kind(path), bytes: text.as_bytes().into() };
        let parsed = parse(&file, &source);
        assert!(parsed.record.is_some(), "{path}: {:?}", parsed.found);
        parsed
    });
    let as_of = AsOf(Date::parse(day).expect("a good date"));
    let (model, found) = model::build(parsed.collect(), &BTreeMap::new(), as_of);
    assert!(found.is_empty(), "{found:?}");
    model.expect("a model")
}

/// An article of a section, with lines of its own in the front matter.
pub(crate) fn article(date: &str, more: &str) -> String {
    format!("---\ntieu_de: Bài ngày {date}\nngay: {date}\ntom_tat: Một câu.\n{more}---\n\nChữ.\n")
}

fn kind(path: &str) -> FileKind {
    match path.split('/').next() {
        Some("trang.yaml") => FileKind::Site,
        Some("thu-tuc") => FileKind::Procedure,
        Some("quyet-dinh") => FileKind::Decision,
        Some("ke-hoach") => FileKind::TaskPlan,
        Some("phan-anh") => FileKind::Petition,
        Some("thong-ke") => FileKind::Statistics,
        Some("kiem-tra") => FileKind::Inspection,
        Some("cat-giam") => FileKind::Simplification,
        Some("sang-kien") => FileKind::Initiative,
        Some("bai-viet") => FileKind::Article,
        _ => match path {
            "danh-muc/linh-vuc.yaml" => FileKind::Fields,
            "danh-muc/don-vi.yaml" => FileKind::Units,
            "danh-muc/van-ban.yaml" => FileKind::Laws,
            "danh-muc/dich-vu-thiet-yeu.yaml" => FileKind::EssentialServices,
            "danh-muc/chuong-trinh.yaml" => FileKind::Programmes,
            _ => FileKind::Holidays,
        },
    }
}
