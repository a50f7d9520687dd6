//! Directories (danh mục): fields, units, legal texts, holidays. Each file is one list.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::List;
use super::scalar::{Code, Day, LawNumber, Text, WebAddress, Whole};
use super::source::Source;

/// A field of procedures (lĩnh vực).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Mã lĩnh vực; thành một phần của địa chỉ trang.
    #[serde(rename = "ma")]
    pub code: Code,
    /// Tên lĩnh vực.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Mã đơn vị phụ trách, có trong danh-muc/don-vi.yaml.
    #[serde(rename = "don_vi")]
    pub unit: Option<Code>,
    /// Mô tả một câu cho người dân.
    #[serde(rename = "mo_ta")]
    pub description: Option<Text>,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}

/// A unit of the agency (đơn vị). Public contacts of offices, never of private persons.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Mã đơn vị.
    #[serde(rename = "ma")]
    pub code: Code,
    /// Tên đơn vị.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Vai trò.
    #[serde(rename = "vai_tro")]
    pub role: Option<Text>,
    /// Địa chỉ.
    #[serde(rename = "dia_chi")]
    pub address: Option<Text>,
    /// Điện thoại cơ quan.
    #[serde(rename = "dien_thoai")]
    pub phone: Option<Text>,
    /// Thư điện tử cơ quan.
    #[serde(rename = "thu_dien_tu")]
    pub email: Option<Text>,
    /// Trang mạng của đơn vị.
    #[serde(rename = "lien_ket")]
    pub link: Option<WebAddress>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}

/// A legal text (văn bản) with its validity: laws change under the site, so they are data.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Số, ký hiệu.
    #[serde(rename = "so_ky_hieu")]
    pub number: LawNumber,
    /// Tên văn bản.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Cơ quan ban hành.
    #[serde(rename = "co_quan")]
    pub agency: Option<Text>,
    /// Ngày ban hành.
    #[serde(rename = "ngay_ban_hanh")]
    pub issued: Option<Day>,
    /// Có hiệu lực từ ngày.
    #[serde(rename = "hieu_luc_tu")]
    pub in_force_from: Option<Day>,
    /// Ngày cuối cùng còn hiệu lực.
    #[serde(rename = "hieu_luc_den")]
    pub in_force_until: Option<Day>,
    /// Số, ký hiệu của văn bản thay thế.
    #[serde(rename = "thay_the_boi", default)]
    pub replaced_by: Option<LawNumber>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}

/// The holidays of one year (ngày nghỉ), with the decision they come from.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayYear {
    /// Năm.
    #[serde(rename = "nam")]
    pub year: Whole,
    /// Văn bản quy định lịch nghỉ.
    #[serde(rename = "can_cu")]
    pub basis: Option<Text>,
    /// Các kỳ nghỉ.
    #[serde(rename = "nghi", default)]
    pub holidays: List<Holiday>,
    /// Các ngày cuối tuần đi làm bù.
    #[serde(rename = "lam_bu", default)]
    pub swapped: List<Day>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}

/// One holiday, of one day or several.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Ngày đầu.
    #[serde(rename = "tu")]
    pub from: Day,
    /// Ngày cuối; không ghi nếu chỉ nghỉ một ngày.
    #[serde(rename = "den")]
    pub to: Option<Day>,
    /// Tên ngày nghỉ.
    #[serde(rename = "ten")]
    pub name: Text,
}

/// An essential online service (dịch vụ công thiết yếu) of project 06 (decision 06/QĐ-TTg).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EssentialService {
    /// Tên dịch vụ.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Cơ quan cung cấp.
    #[serde(rename = "co_quan")]
    pub agency: Option<Text>,
    /// Địa chỉ nơi làm dịch vụ này.
    #[serde(rename = "lien_ket")]
    pub link: Option<WebAddress>,
    /// Mô tả một câu cho người dân.
    #[serde(rename = "mo_ta")]
    pub description: Option<Text>,
    /// Số, ký hiệu văn bản đưa dịch vụ vào danh mục.
    #[serde(rename = "van_ban")]
    pub document: Option<LawNumber>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Ngày xem lại dịch vụ này lần cuối.
    #[serde(rename = "ngay_cap_nhat")]
    pub updated: Option<Day>,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}
