//! A call for initiatives (kêu gọi sáng kiến), what came in and what became of each.
//!
//! There is no key for who contributed: only whether it was a person, an organisation or a firm.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::List;
use super::scalar::{Code, Day, Flag, ProcedureCode, Text, choices};
use super::source::Source;

/// One call with its contributions.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Initiative {
    /// Mã đợt kêu gọi; thành một phần của địa chỉ trang.
    #[serde(rename = "ma")]
    pub code: Code,
    /// Tiêu đề.
    #[serde(rename = "tieu_de")]
    pub title: Text,
    /// Ngày mở nhận đóng góp.
    #[serde(rename = "ngay_mo")]
    pub opened: Day,
    /// Ngày cuối cùng nhận đóng góp; không ghi là nhận thường xuyên.
    #[serde(rename = "ngay_dong")]
    pub closes: Option<Day>,
    /// Nội dung: cần góp ý về việc gì.
    #[serde(rename = "noi_dung")]
    pub content: Text,
    /// Cách gửi đóng góp.
    #[serde(rename = "cach_gui")]
    pub how_to_send: Text,
    /// Mã các thủ tục liên quan.
    #[serde(rename = "thu_tuc", default)]
    pub procedures: List<ProcedureCode>,
    /// Các đóng góp đã nhận, không ghi tên người gửi.
    #[serde(rename = "dong_gop", default)]
    pub contributions: List<Contribution>,
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

/// One contribution and what became of it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// Ngày nhận.
    #[serde(rename = "ngay")]
    pub date: Day,
    /// Tóm tắt đóng góp; không ghi tên, số điện thoại, địa chỉ của bất kỳ ai.
    #[serde(rename = "tom_tat")]
    pub gist: Text,
    /// Người gửi là cá nhân, tổ chức hay doanh nghiệp.
    #[serde(rename = "doi_tuong")]
    pub from: Contributor,
    /// Đã làm gì với đóng góp này.
    #[serde(rename = "trang_thai")]
    pub stage: ContributionStage,
    /// Phản hồi của cơ quan.
    #[serde(rename = "phan_hoi")]
    pub answer: Option<Text>,
    /// Lý do, khi không tiếp thu.
    #[serde(rename = "ly_do")]
    pub reason: Option<Text>,
}

choices! {
    /// What sort of sender a contribution has.
    Contributor {
        Person = "ca_nhan", "Cá nhân";
        Organisation = "to_chuc", "Tổ chức";
        Business = "doanh_nghiep", "Doanh nghiệp";
    }
}

choices! {
    /// What became of a contribution.
    ContributionStage {
        Received = "tiep_nhan", "Đã tiếp nhận";
        Adopted = "tiep_thu", "Tiếp thu";
        NotAdopted = "khong_tiep_thu", "Không tiếp thu";
    }
}
