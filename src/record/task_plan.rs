//! The communication plan of a year (kế hoạch truyền thông): its tasks and what proves them.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::list::{Filled, List};
use super::scalar::{AssetPath, Choice, Code, Day, TaskMark, Text, Whole, choices};
use super::source::Source;

/// A plan with its tasks.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskPlan {
    /// Số, ký hiệu kế hoạch.
    #[serde(rename = "so")]
    pub number: Text,
    /// Ngày ban hành; không ghi nếu nguồn không nói.
    #[serde(rename = "ngay")]
    pub date: Option<Day>,
    /// Năm.
    #[serde(rename = "nam")]
    pub year: Whole,
    /// Cơ quan ban hành.
    #[serde(rename = "co_quan")]
    pub agency: Text,
    /// Trích yếu.
    #[serde(rename = "trich_yeu")]
    pub summary: Option<Text>,
    /// Tệp kế hoạch trong tep/.
    #[serde(rename = "tep")]
    pub file: Option<AssetPath>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Các nhiệm vụ.
    #[serde(rename = "nhiem_vu")]
    pub tasks: Filled<Task>,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}

/// One task of a plan (nhiệm vụ).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Mã nhiệm vụ, như I.1.
    #[serde(rename = "ma")]
    pub mark: TaskMark,
    /// Nhóm nhiệm vụ.
    #[serde(rename = "nhom")]
    pub group: Text,
    /// Nội dung nhiệm vụ.
    #[serde(rename = "noi_dung")]
    pub content: Text,
    /// Mã đơn vị chủ trì, có trong danh-muc/don-vi.yaml.
    #[serde(rename = "chu_tri")]
    pub lead: Code,
    /// Mã các đơn vị phối hợp, có trong danh-muc/don-vi.yaml.
    #[serde(rename = "phoi_hop", default)]
    pub partners: List<Code>,
    /// Thời gian thực hiện: thuong_xuyen, theo_ke_hoach, hoặc tu – den.
    #[serde(rename = "thoi_gian")]
    pub schedule: Schedule,
    /// Nhiệm vụ thường xuyên được nghỉ nhiều nhất bao nhiêu ngày giữa hai lần có kết quả.
    #[serde(rename = "nhip_ngay")]
    pub rhythm_days: Option<Whole>,
    /// Loại bản ghi nào là minh chứng của nhiệm vụ.
    #[serde(rename = "minh_chung")]
    pub evidence: Filled<Evidence>,
}

choices! {
    /// When a task without fixed days is carried out.
    Recurrence {
        Continuous = "thuong_xuyen", "Thường xuyên";
        AsPlanned = "theo_ke_hoach", "Theo kế hoạch";
    }
}

/// When a task is carried out: a word, or a period with two days.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Schedule {
    /// `thuong_xuyen` or `theo_ke_hoach`.
    Recurring(Recurrence),
    /// `{tu, den}`.
    Between(Period),
}

impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not serde's `untagged`, which would let YAML guess at the scalars of the period.
        struct EitherForm;
        impl<'de> Visitor<'de> for EitherForm {
            type Value = Schedule;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "one of {} or a mapping tu, den", Recurrence::KEYS.join(", "))
            }

            fn visit_str<E: serde::de::Error>(self, raw: &str) -> Result<Schedule, E> {
                Recurrence::from_key(raw)
                    .map(Schedule::Recurring)
                    .ok_or_else(|| E::unknown_variant(raw, Recurrence::KEYS))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Schedule, A::Error> {
                Period::deserialize(MapAccessDeserializer::new(map)).map(Schedule::Between)
            }
        }
        deserializer.deserialize_any(EitherForm)
    }
}

impl JsonSchema for Schedule {
    fn schema_name() -> Cow<'static, str> {
        "Schedule".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "anyOf": [generator.subschema_for::<Recurrence>(), generator.subschema_for::<Period>()]
        })
    }
}

/// From one day to another.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Từ ngày.
    #[serde(rename = "tu")]
    pub from: Day,
    /// Đến ngày.
    #[serde(rename = "den")]
    pub to: Day,
}

/// What counts as evidence of a task: records of a kind, or articles of a section.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Loại bản ghi, theo tên thư mục.
    #[serde(rename = "loai")]
    pub kind: EvidenceKind,
    /// Chỉ tính bài của chuyên mục này.
    #[serde(rename = "chuyen_muc")]
    pub section: Option<Code>,
}

choices! {
    /// A kind of record, named by its folder.
    EvidenceKind {
        Procedures = "thu-tuc", "Thủ tục";
        Decisions = "quyet-dinh", "Quyết định công bố";
        Articles = "bai-viet", "Bài viết";
        Petitions = "phan-anh", "Phản ánh, kiến nghị";
        Statistics = "thong-ke", "Số liệu";
        Inspections = "kiem-tra", "Kiểm tra";
        Simplifications = "cat-giam", "Cắt giảm";
        Initiatives = "sang-kien", "Sáng kiến";
        EssentialServices = "dich-vu-thiet-yeu", "Dịch vụ công thiết yếu";
    }
}
