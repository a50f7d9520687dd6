//! A cut or simplification (cắt giảm, đơn giản hóa) of what a procedure asks for: before and after.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::List;
use super::scalar::{Code, Day, Flag, ProcedureCode, Text, Whole, choices};
use super::source::Source;
use super::task_plan::Period;

/// One cut or simplification.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Simplification {
    /// Mã phương án.
    #[serde(rename = "ma")]
    pub code: Code,
    /// Tên phương án.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Mã thủ tục được cắt giảm.
    #[serde(rename = "thu_tuc")]
    pub procedure: Option<ProcedureCode>,
    /// Chương trình, viết như trong danh-muc/chuong-trinh.yaml, ví dụ NQ 68/NQ-CP.
    #[serde(rename = "chuong_trinh")]
    pub programme: Text,
    /// Nội dung cắt giảm, đơn giản hóa.
    #[serde(rename = "noi_dung")]
    pub content: Text,
    /// Trước khi cắt giảm.
    #[serde(rename = "truoc")]
    pub before: Option<Burden>,
    /// Sau khi cắt giảm.
    #[serde(rename = "sau")]
    pub after: Option<Burden>,
    /// Đang ở bước nào.
    #[serde(rename = "trang_thai")]
    pub stage: SimplificationStage,
    /// Số, ký hiệu văn bản quy định việc cắt giảm.
    #[serde(rename = "van_ban")]
    pub document: Option<Text>,
    /// Ngày việc cắt giảm có hiệu lực.
    #[serde(rename = "ngay_hieu_luc")]
    pub effective: Option<Day>,
    /// Ghi chú đăng kèm; bắt buộc giải thích ở đây khi một mục tăng lên, hoặc vì sao không thực hiện.
    #[serde(rename = "ghi_chu")]
    pub note: Option<Text>,
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

/// What a procedure asks of a citizen. What no source gives is absent, which is not zero.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Burden {
    /// Số ngày giải quyết.
    #[serde(rename = "so_ngay")]
    pub days: Option<Whole>,
    /// Số giấy tờ phải nộp.
    #[serde(rename = "so_giay_to")]
    pub papers: Option<Whole>,
    /// Phí, lệ phí của một hồ sơ, tính bằng đồng.
    #[serde(rename = "phi")]
    pub fee: Option<Whole>,
    /// Chi phí tuân thủ của một hồ sơ, tính bằng đồng.
    #[serde(rename = "chi_phi_tuan_thu")]
    pub compliance_cost: Option<Whole>,
}

choices! {
    /// How far a simplification has come.
    SimplificationStage {
        Proposed = "de_xuat", "Đề xuất";
        Approved = "phe_duyet", "Đã phê duyệt";
        Done = "da_thuc_hien", "Đã thực hiện";
        Dropped = "khong_thuc_hien", "Không thực hiện";
    }
}

/// A programme of cutting regulations (chương trình cắt giảm), such as that of resolution 68/NQ-CP.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Số, ký hiệu của chương trình, như các bản ghi cắt giảm nhắc tới.
    #[serde(rename = "ma")]
    pub number: Text,
    /// Tên chương trình.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Từ ngày đến ngày; chương trình đã qua ngày cuối là đã kết thúc.
    #[serde(rename = "thoi_gian")]
    pub days: Option<Period>,
    /// Các mục tiêu.
    #[serde(rename = "muc_tieu", default)]
    pub goals: List<Text>,
    /// Kết quả đã công bố.
    #[serde(rename = "ket_qua")]
    pub result: Option<Text>,
    /// Những gì tiếp nối chương trình sau khi kết thúc.
    #[serde(rename = "tiep_theo")]
    pub followed_by: Option<Text>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}
