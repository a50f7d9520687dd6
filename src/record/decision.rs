//! An announcing decision (quyết định công bố): decree 63/2010/NĐ-CP art. 15 (as amended).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{Filled, List};
use super::scalar::{AssetPath, Day, DecisionNumber, Flag, LawNumber, ProcedureCode, Text, choices};
use super::source::Source;

/// A decision that announces procedures as new, amended, replaced or abolished.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Số, ký hiệu của quyết định.
    #[serde(rename = "so")]
    pub number: DecisionNumber,
    /// Ngày ký.
    #[serde(rename = "ngay_ky")]
    pub signed: Day,
    /// Ngày có hiệu lực; không ghi thì tính từ ngày ký.
    #[serde(rename = "ngay_hieu_luc")]
    pub effective: Option<Day>,
    /// Cơ quan ban hành.
    #[serde(rename = "co_quan")]
    pub agency: Text,
    /// Trích yếu.
    #[serde(rename = "trich_yeu")]
    pub summary: Text,
    /// Ngày đăng lên trang này.
    #[serde(rename = "ngay_dang")]
    pub posted: Option<Day>,
    /// Văn bản làm căn cứ, có trong danh-muc/van-ban.yaml.
    #[serde(rename = "van_ban_goc", default)]
    pub legal_bases: List<LawNumber>,
    /// Tệp quyết định trong tep/.
    #[serde(rename = "tep")]
    pub file: Option<AssetPath>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Các thủ tục mà quyết định công bố.
    #[serde(rename = "muc")]
    pub items: Filled<DecisionItem>,
    /// Dữ liệu minh họa.
    #[serde(rename = "minh_hoa", default)]
    pub illustrative: Flag,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}

impl Decision {
    /// The day from which it has effect: typed, or the day it was signed.
    pub fn takes_effect(&self) -> crate::base::date::Date {
        self.effective.unwrap_or(self.signed).0
    }
}

/// What a decision does to one procedure.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionItem {
    /// Mã thủ tục.
    #[serde(rename = "thu_tuc")]
    pub procedure: ProcedureCode,
    /// Quyết định làm gì với thủ tục.
    #[serde(rename = "loai")]
    pub change: Change,
    /// Mã các thủ tục bị thay thế.
    #[serde(rename = "thay_cho", default)]
    pub replaces: List<ProcedureCode>,
    /// Đã đổi điều gì, bằng lời dễ hiểu.
    #[serde(rename = "thay_doi")]
    pub what_changed: Option<Text>,
}

choices! {
    /// What a decision does to a procedure.
    Change {
        New = "ban_hanh_moi", "Ban hành mới";
        Amend = "sua_doi_bo_sung", "Sửa đổi, bổ sung";
        Replace = "thay_the", "Thay thế";
        Abolish = "bai_bo", "Bãi bỏ";
        Standardise = "chuan_hoa", "Chuẩn hóa";
        /// Announced; the source does not say whether as new.
        Announce = "cong_bo", "Công bố";
    }
}
