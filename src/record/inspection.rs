//! An inspection (kiểm tra) of how procedures are handled, and what was explained during it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::Filled;
use super::scalar::{AssetPath, Code, Flag, Text};
use super::source::Source;
use super::task_plan::Period;

/// One inspection.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// Mã cuộc kiểm tra.
    #[serde(rename = "ma")]
    pub code: Code,
    /// Tên cuộc kiểm tra; không ghi thì trang gọi theo nội dung.
    #[serde(rename = "ten")]
    pub name: Option<Text>,
    /// Thời gian kiểm tra.
    #[serde(rename = "ngay")]
    pub days: Period,
    /// Mã các đơn vị được kiểm tra, có trong danh-muc/don-vi.yaml.
    #[serde(rename = "don_vi")]
    pub units: Filled<Code>,
    /// Số, ký hiệu quyết định hoặc kế hoạch kiểm tra.
    #[serde(rename = "quyet_dinh")]
    pub decision: Option<Text>,
    /// Nội dung kiểm tra.
    #[serde(rename = "noi_dung")]
    pub content: Text,
    /// Đã giải thích, hướng dẫn những gì cho ai trong đợt kiểm tra.
    #[serde(rename = "truyen_thong")]
    pub explained: Option<Text>,
    /// Kết luận.
    #[serde(rename = "ket_luan")]
    pub conclusion: Option<Text>,
    /// Tệp kết luận trong tep/.
    #[serde(rename = "tep")]
    pub file: Option<AssetPath>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Dữ liệu minh họa; trang sẽ ghi rõ.
    #[serde(rename = "minh_hoa", default)]
    pub illustrative: Flag,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}
