//! An administrative procedure (thủ tục hành chính, TTHC): decree 63/2010/NĐ-CP art. 3 and 8.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{Filled, List};
use super::scalar::{AssetPath, Code, Flag, LawNumber, ProcedureCode, Text, WebAddress, Whole, choices};
use super::source::Source;

/// One procedure with its whole content. Whether it is in force is never typed: it follows from the
/// decisions and the day of the build (`model::state`).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Mã thủ tục.
    #[serde(rename = "ma")]
    pub code: ProcedureCode,
    /// Tên thủ tục, như quyết định công bố ghi.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Mã lĩnh vực, có trong danh-muc/linh-vuc.yaml.
    #[serde(rename = "linh_vuc")]
    pub field: Code,
    /// Cấp thực hiện; có thể nhiều cấp.
    #[serde(rename = "cap_thuc_hien", default)]
    pub levels: List<Level>,
    /// Loại thủ tục.
    #[serde(rename = "loai")]
    pub class: Option<ProcedureClass>,
    /// Đối tượng thực hiện.
    #[serde(rename = "doi_tuong", default)]
    pub audiences: List<Audience>,
    /// Các cơ quan liên quan đến thủ tục.
    #[serde(rename = "co_quan")]
    pub agencies: Option<Agencies>,
    /// Địa chỉ tiếp nhận hồ sơ.
    #[serde(rename = "dia_chi_tiep_nhan")]
    pub reception: Option<Text>,
    /// Trình tự thực hiện, mỗi mục một bước.
    #[serde(rename = "trinh_tu", default)]
    pub steps: List<Text>,
    /// Cách thức thực hiện: mỗi hình thức nộp một mục.
    #[serde(rename = "cach_thuc", default)]
    pub channels: List<Channel>,
    /// Thành phần hồ sơ: mỗi trường hợp một mục.
    #[serde(rename = "ho_so", default)]
    pub dossiers: List<Dossier>,
    /// Số bộ hồ sơ.
    #[serde(rename = "so_bo_ho_so")]
    pub dossier_copies: Option<Whole>,
    /// Kết quả thực hiện.
    #[serde(rename = "ket_qua", default)]
    pub results: List<Outcome>,
    /// Căn cứ pháp lý: số, ký hiệu văn bản có trong danh-muc/van-ban.yaml.
    #[serde(rename = "can_cu", default)]
    pub legal_bases: List<LawNumber>,
    /// Yêu cầu, điều kiện thực hiện.
    #[serde(rename = "yeu_cau")]
    pub conditions: Option<Text>,
    /// Làm được gì qua mạng.
    #[serde(rename = "truc_tuyen")]
    pub online: Option<Online>,
    /// Thuộc dịch vụ công thiết yếu của Đề án 06.
    #[serde(rename = "thiet_yeu")]
    pub essential: Option<Flag>,
    /// Mã các thủ tục liên quan.
    #[serde(rename = "lien_quan", default)]
    pub related: List<ProcedureCode>,
    /// Từ khóa để tìm.
    #[serde(rename = "tu_khoa", default)]
    pub keywords: List<Text>,
    /// Nguồn của bản ghi.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Dữ liệu minh họa, không phải thủ tục thật; trang sẽ ghi rõ.
    #[serde(rename = "minh_hoa", default)]
    pub illustrative: Flag,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}

choices! {
    /// The level of government that carries out a procedure (cấp thực hiện).
    Level {
        Ministry = "bo", "Cấp bộ";
        Province = "tinh", "Cấp tỉnh";
        Commune = "xa", "Cấp xã";
        Other = "khac", "Cơ quan khác";
    }
}

choices! {
    /// The class of a procedure (loại thủ tục), by who may regulate its details.
    ProcedureClass {
        Assigned = "duoc_luat_giao", "TTHC được luật giao quy định chi tiết";
        NotAssigned = "khong_duoc_luat_giao", "TTHC không được luật giao cho địa phương quy định hoặc quy định chi tiết";
        Other = "khac", "Loại khác";
    }
}

choices! {
    /// Who a procedure is for (đối tượng thực hiện); the national portal's closed list.
    Audience {
        Citizen = "cong_dan", "Công dân Việt Nam";
        Business = "doanh_nghiep", "Doanh nghiệp";
        Foreigner = "nguoi_nuoc_ngoai", "Người nước ngoài";
        PartyMember = "dang_vien", "Đảng viên";
        PartyOrganisation = "to_chuc_dang", "Tổ chức Đảng";
        ForeignOrganisation = "to_chuc_nuoc_ngoai", "Tổ chức nước ngoài";
        VietnameseBusiness = "doanh_nghiep_viet_nam", "Doanh nghiệp Việt Nam";
        Organisation = "to_chuc", "Tổ chức (không bao gồm doanh nghiệp, hợp tác xã)";
        ForeignInvestedBusiness = "doanh_nghiep_von_nuoc_ngoai", "Doanh nghiệp có vốn đầu tư nước ngoài";
        Cooperative = "hop_tac_xa", "Hợp tác xã";
        Overseas = "nguoi_viet_nam_o_nuoc_ngoai", "Người Việt Nam định cư ở nước ngoài";
        Official = "can_bo", "Cán bộ, công chức, viên chức";
        ResidentForeigner = "nguoi_nuoc_ngoai_cu_tru", "Người nước ngoài cư trú tại Việt Nam";
    }
}

/// The agencies that a procedure names (cơ quan).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agencies {
    /// Cơ quan thực hiện.
    #[serde(rename = "thuc_hien")]
    pub executing: Option<Text>,
    /// Cơ quan có thẩm quyền quyết định.
    #[serde(rename = "tham_quyen")]
    pub competent: Option<Text>,
    /// Cơ quan được ủy quyền.
    #[serde(rename = "uy_quyen")]
    pub authorised: Option<Text>,
    /// Cơ quan phối hợp.
    #[serde(rename = "phoi_hop")]
    pub coordinating: Option<Text>,
}

/// One way to file (cách thức thực hiện), with its deadlines and fees.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Hình thức nộp.
    #[serde(rename = "hinh_thuc")]
    pub method: Method,
    /// Thời hạn giải quyết; nhiều mục nếu mỗi trường hợp một hạn (ghi rõ trường hợp ở ghi_chu).
    #[serde(rename = "thoi_han", default)]
    pub deadlines: List<Deadline>,
    /// Phí, lệ phí.
    #[serde(rename = "phi", default)]
    pub fees: List<Fee>,
    /// Mô tả cách nộp.
    #[serde(rename = "mo_ta")]
    pub description: Option<Text>,
}

choices! {
    /// How a dossier is filed (hình thức nộp).
    Method {
        InPerson = "truc_tiep", "Trực tiếp";
        Online = "truc_tuyen", "Trực tuyến";
        Post = "buu_chinh", "Dịch vụ bưu chính";
    }
}

/// A deadline (thời hạn): a number, its unit, and for which case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Số.
    #[serde(rename = "so")]
    pub number: Whole,
    /// Đơn vị; để trống nếu nguồn không ghi.
    #[serde(rename = "don_vi")]
    pub unit: Option<TimeUnit>,
    /// Trường hợp áp dụng, cách tính.
    #[serde(rename = "ghi_chu")]
    pub note: Option<Text>,
}

choices! {
    /// The unit of a deadline.
    TimeUnit {
        Hour = "gio", "giờ";
        Day = "ngay", "ngày";
        WorkingDay = "ngay_lam_viec", "ngày làm việc";
        Month = "thang", "tháng";
        Year = "nam", "năm";
    }
}

/// A fee (phí, lệ phí, giá dịch vụ): law on fees and charges 97/2015/QH13 tells the first two apart.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Loại khoản thu.
    #[serde(rename = "loai")]
    pub kind: Option<FeeKind>,
    /// Số tiền, tính bằng đồng (hoặc bằng đơn vị ghi ở tien_te); 0 là không thu.
    #[serde(rename = "so_tien")]
    pub amount: Option<Whole>,
    /// Đơn vị tiền; không ghi là đồng.
    #[serde(rename = "tien_te")]
    pub currency: Option<Currency>,
    /// Cách tính, nếu không phải một số tiền cố định.
    #[serde(rename = "cach_tinh")]
    pub formula: Option<Text>,
    /// Văn bản quy định khoản thu, có trong danh-muc/van-ban.yaml.
    #[serde(rename = "can_cu")]
    pub legal_basis: Option<LawNumber>,
    /// Trường hợp áp dụng.
    #[serde(rename = "ghi_chu")]
    pub note: Option<Text>,
}

choices! {
    /// The kind of a fee.
    FeeKind {
        Fee = "phi", "Phí";
        Charge = "le_phi", "Lệ phí";
        Price = "gia_dich_vu", "Giá dịch vụ";
    }
}

choices! {
    /// The currency of a fee.
    Currency {
        Vnd = "VND", "đồng";
        Usd = "USD", "đô la Mỹ";
        Eur = "EUR", "euro";
    }
}

/// The papers of one case (thành phần hồ sơ).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    /// Trường hợp; bỏ trống nếu chỉ có một.
    #[serde(rename = "truong_hop")]
    pub case: Option<Text>,
    /// Các giấy tờ.
    #[serde(rename = "giay_to")]
    pub papers: Filled<Paper>,
}

/// One paper to bring (giấy tờ).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Tên giấy tờ.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Số bản chính.
    #[serde(rename = "ban_chinh")]
    pub originals: Option<Whole>,
    /// Số bản sao.
    #[serde(rename = "ban_sao")]
    pub copies: Option<Whole>,
    /// Bắt buộc hay không; không ghi nếu nguồn không nói.
    #[serde(rename = "bat_buoc")]
    pub required: Option<Flag>,
    /// Mẫu đơn, tờ khai: tệp trong tep/.
    #[serde(rename = "mau")]
    pub form: Option<AssetPath>,
    /// Địa chỉ mẫu trên mạng, nếu không có tệp.
    #[serde(rename = "lien_ket_mau")]
    pub form_link: Option<WebAddress>,
    /// Ghi chú.
    #[serde(rename = "ghi_chu")]
    pub note: Option<Text>,
}

/// What a procedure gives (kết quả).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Tên kết quả.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Mã kết quả trên Cổng Dịch vụ công quốc gia, như KQ.G06.000933.
    #[serde(rename = "ma")]
    pub code: Option<Text>,
}

/// What can be done online (dịch vụ công trực tuyến).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Online {
    /// Mức độ.
    #[serde(rename = "muc_do")]
    pub level: Option<OnlineLevel>,
    /// Trang của thủ tục trên cổng dịch vụ công.
    #[serde(rename = "lien_ket")]
    pub link: Option<WebAddress>,
    /// Thanh toán trực tuyến được.
    #[serde(rename = "thanh_toan")]
    pub payment: Option<Flag>,
    /// Nộp ở bất kỳ nơi nào (phi địa giới hành chính).
    #[serde(rename = "phi_dia_gioi")]
    pub anywhere: Option<Flag>,
}

choices! {
    /// How much of a procedure can be done online (mức độ dịch vụ công trực tuyến).
    OnlineLevel {
        Full = "toan_trinh", "Trực tuyến toàn trình";
        Partial = "mot_phan", "Trực tuyến một phần";
        Information = "cung_cap_thong_tin", "Cung cấp thông tin trực tuyến";
    }
}
