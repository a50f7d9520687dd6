//! A report or petition (phản ánh, kiến nghị, PAKN) on procedures, and what became of it:
//! decree 20/2008/NĐ-CP. There is no key for who sent it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::config::PetitionChannelKind;
use super::list::List;
use super::scalar::{AssetPath, Code, Day, Flag, ProcedureCode, Text, choices};
use super::source::Source;

/// One petition with its result. Whether it is late is never typed: it is computed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Petition {
    /// Mã phản ánh: năm, gạch ngang, số thứ tự (2026-001); thành một phần của địa chỉ trang.
    #[serde(rename = "ma")]
    pub code: Code,
    /// Ngày tiếp nhận.
    #[serde(rename = "ngay_tiep_nhan")]
    pub received: Day,
    /// Kênh tiếp nhận.
    #[serde(rename = "kenh")]
    pub channel: PetitionChannelKind,
    /// Phản ánh về quy định hay về hành vi.
    #[serde(rename = "loai")]
    pub class: PetitionClass,
    /// Mã lĩnh vực, có trong danh-muc/linh-vuc.yaml.
    #[serde(rename = "linh_vuc")]
    pub field: Option<Code>,
    /// Mã các thủ tục liên quan.
    #[serde(rename = "thu_tuc", default)]
    pub procedures: List<ProcedureCode>,
    /// Tiêu đề.
    #[serde(rename = "tieu_de")]
    pub title: Text,
    /// Nội dung tóm tắt; không ghi tên, số điện thoại, địa chỉ của bất kỳ ai.
    #[serde(rename = "noi_dung")]
    pub gist: Text,
    /// Mã đơn vị xử lý, có trong danh-muc/don-vi.yaml.
    #[serde(rename = "don_vi")]
    pub unit: Code,
    /// Vụ việc phức tạp, được tính thời hạn dài hơn.
    #[serde(rename = "phuc_tap", default)]
    pub complex: Flag,
    /// Diễn biến xử lý, theo thứ tự thời gian.
    #[serde(rename = "dien_bien", default)]
    pub course: List<PetitionStep>,
    /// Kết quả xử lý.
    #[serde(rename = "ket_qua")]
    pub result: Option<PetitionResult>,
    /// Ngày công khai kết quả.
    #[serde(rename = "ngay_cong_khai")]
    pub published: Option<Day>,
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

choices! {
    /// What a petition is about: rules, or acts of officials.
    PetitionClass {
        Rules = "quy_dinh", "Quy định, chính sách, thủ tục";
        Acts = "hanh_vi", "Hành vi của cán bộ, công chức";
    }
}

/// One act in the handling of a petition.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionStep {
    /// Ngày.
    #[serde(rename = "ngay")]
    pub date: Day,
    /// Việc gì đã xảy ra.
    #[serde(rename = "trang_thai")]
    pub act: PetitionAct,
    /// Nội dung.
    #[serde(rename = "noi_dung")]
    pub content: Option<Text>,
}

choices! {
    /// An act in the handling of a petition.
    PetitionAct {
        Accepted = "tiep_nhan", "Tiếp nhận";
        MoreAsked = "yeu_cau_bo_sung", "Đề nghị người gửi bổ sung";
        MoreGiven = "da_bo_sung", "Người gửi đã bổ sung";
        InWork = "dang_xu_ly", "Đang xử lý";
        Forwarded = "chuyen", "Chuyển cơ quan có thẩm quyền";
        Refused = "tu_choi", "Từ chối tiếp nhận";
        Answered = "tra_loi", "Trả lời";
    }
}

/// The result of a petition (kết quả xử lý).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionResult {
    /// Ngày trả lời.
    #[serde(rename = "ngay")]
    pub date: Day,
    /// Kết luận.
    #[serde(rename = "ket_luan")]
    pub verdict: Verdict,
    /// Nội dung trả lời.
    #[serde(rename = "noi_dung")]
    pub content: Option<Text>,
    /// Biện pháp đã làm, sẽ làm.
    #[serde(rename = "bien_phap")]
    pub measures: Option<Text>,
    /// Số, ký hiệu văn bản trả lời.
    #[serde(rename = "van_ban")]
    pub document: Option<Text>,
    /// Tệp văn bản trả lời trong tep/.
    #[serde(rename = "tep")]
    pub file: Option<AssetPath>,
}

choices! {
    /// What came of a petition.
    Verdict {
        Accepted = "tiep_thu", "Tiếp thu";
        Explained = "giai_trinh", "Giải trình";
        Forwarded = "chuyen_co_quan", "Chuyển cơ quan có thẩm quyền";
        Refused = "tu_choi", "Từ chối";
    }
}
