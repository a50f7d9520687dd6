//! `trang.yaml`: the site, its agency, and the policy of checks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::List;
use super::procedure::TimeUnit;
use super::scalar::{Code, Day, Flag, PublicKeyText, TaskMark, Text, WebAddress, Whole, choices};
use super::source::Source;
use crate::base::date::Date;
use crate::base::note::PublicKey;

/// Everything that makes the site this agency's.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteConfig {
    /// Tên đầy đủ của cơ quan.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Tên ngắn, đứng ở tiêu đề cửa sổ.
    #[serde(rename = "ten_ngan")]
    pub short_name: Option<Text>,
    /// Cơ quan cấp trên.
    #[serde(rename = "co_quan_cap_tren")]
    pub parent: Option<Text>,
    /// Địa bàn, như “Tỉnh Quảng Ngãi”.
    #[serde(rename = "dia_ban")]
    pub area: Option<Text>,
    /// Địa chỉ gốc của trang trên mạng, kết thúc bằng dấu /.
    #[serde(rename = "dia_chi_trang")]
    pub base_url: WebAddress,
    /// Giới thiệu trang trong một, hai câu.
    #[serde(rename = "mo_ta")]
    pub description: Option<Text>,
    /// Cổng dịch vụ công, nơi nộp hồ sơ trực tuyến.
    #[serde(rename = "cong_dich_vu_cong")]
    pub portal: Option<NamedLink>,
    /// Trụ sở.
    #[serde(rename = "tru_so")]
    pub office: Option<Office>,
    /// Nơi nộp hồ sơ trực tiếp.
    #[serde(rename = "noi_nop")]
    pub counter: Option<Office>,
    /// Người chịu trách nhiệm nội dung trang: chức vụ, họ tên.
    #[serde(rename = "chiu_trach_nhiem")]
    pub responsible: Option<Text>,
    /// Các kênh nhận phản ánh, kiến nghị.
    #[serde(rename = "kenh_phan_anh", default)]
    pub petition_channels: List<PetitionChannel>,
    /// Những điều nên biết trước khi gửi phản ánh, kiến nghị.
    #[serde(rename = "huong_dan_phan_anh")]
    pub petition_guide: Option<PetitionGuide>,
    /// Chuyên mục bài viết, theo thứ tự trên trang.
    #[serde(rename = "chuyen_muc", default)]
    pub sections: List<Section>,
    /// Liên kết ở chân trang.
    #[serde(rename = "lien_ket_chan_trang", default)]
    pub footer_links: List<NamedLink>,
    /// Các thời hạn và căn cứ pháp lý của chúng.
    #[serde(rename = "thoi_han", default)]
    pub limits: List<Limit>,
    /// Các chỉ số phục vụ người dân, doanh nghiệp: mức cần đạt và số điểm.
    #[serde(rename = "chi_so", default)]
    pub indicators: List<Indicator>,
    /// Các cách dùng dữ liệu cư trú thay cho sổ hộ khẩu giấy.
    #[serde(rename = "cu_tru")]
    pub residence: Option<ResidenceGuide>,
    /// Các chữ tắt và cách gọi khác mà ô tìm kiếm hiểu.
    #[serde(rename = "tu_dong_nghia", default)]
    pub synonyms: List<Synonym>,
    /// Nơi báo lỗ hổng bảo mật của trang, đăng ở /.well-known/security.txt.
    #[serde(rename = "bao_mat")]
    pub security: Option<SecurityContact>,
    /// Các khóa công khai để người đọc kiểm chữ ký của trang; khóa cũ giữ lại, có ngày thôi dùng.
    #[serde(rename = "khoa_cong_khai", default)]
    pub public_keys: List<PublicKeyTerm>,
    /// Các trang đã đổi địa chỉ: địa chỉ cũ dẫn đến trang mới.
    #[serde(rename = "doi_dia_chi", default)]
    pub moved: List<Moved>,
    /// Những việc gỡ, sửa mà lệnh dựng trang sẽ không cho nếu không được ghi ở đây; mỗi việc có lý do, đăng ở trang /thay-doi/.
    #[serde(rename = "cho_phep", default)]
    pub allowances: List<Allowance>,
    /// Trang /thay-doi/: công khai lịch sử thay đổi của nội dung.
    #[serde(rename = "lich_su")]
    pub history: Option<HistoryChoice>,
    /// Chính sách kiểm tra.
    #[serde(rename = "kiem_tra")]
    pub policy: Option<Policy>,
    /// Thiết đặt giao diện.
    #[serde(rename = "giao_dien")]
    pub theme: Option<ThemeChoice>,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}

/// A link with its name.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedLink {
    /// Tên.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Địa chỉ.
    #[serde(rename = "lien_ket")]
    pub link: WebAddress,
}

/// Where a weakness of the site is reported, as RFC 9116 has it: a way to reach the office and an end.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecurityContact {
    /// Thư điện tử nhận báo lỗ hổng; của cơ quan, không của cá nhân.
    #[serde(rename = "thu_dien_tu")]
    pub email: Option<Text>,
    /// Trang nhận báo lỗ hổng, bắt đầu bằng https://.
    #[serde(rename = "lien_ket")]
    pub link: Option<WebAddress>,
    /// Ngày cuối cùng các thông tin này còn đúng; nên trong vòng một năm.
    #[serde(rename = "het_han")]
    pub expires: Day,
}

impl SecurityContact {
    /// The contacts as addresses, those that can be used: `mailto:` with one plain address, `https:` (RFC 9116, 2.5.3).
    pub fn contacts(&self) -> Vec<String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
        let email = self.email.as_ref().map(|email| email.as_str()).filter(|email| {
            email.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && host.contains('.') && name.chars().chain(host.chars()).all(plain)
            })
        });
        let link = self.link.as_ref().map(|link| link.as_str()).filter(|link| link.starts_with("https://"));
        email.map(|email| format!("mailto:{email}")).into_iter().chain(link.map(str::to_owned)).collect()
    }
}

/// A public key and from when to when the site is signed with it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicKeyTerm {
    /// Khóa công khai, cả dòng như lệnh congkhai key new in ra.
    #[serde(rename = "khoa")]
    pub key: PublicKeyText,
    /// Ngày đầu tiên ký bằng khóa này.
    #[serde(rename = "tu")]
    pub from: Day,
    /// Ngày cuối cùng ký bằng khóa này; không ghi là còn dùng.
    #[serde(rename = "den")]
    pub to: Option<Day>,
    /// Ghi chú đăng trên trang, như vì sao thôi dùng.
    #[serde(rename = "ghi_chu")]
    pub note: Option<Text>,
}

impl PublicKeyTerm {
    /// Whether the site may be signed with it on a day.
    pub fn holds(&self, day: Date) -> bool {
        self.from.0 <= day && self.to.is_none_or(|to| day <= to.0)
    }

    /// The key itself.
    pub fn public(&self) -> PublicKey {
        PublicKey::parse(self.key.as_str()).expect("the scalar accepts nothing else")
    }
}

/// An office that citizens can reach.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Tên nơi này.
    #[serde(rename = "ten")]
    pub name: Option<Text>,
    /// Địa chỉ.
    #[serde(rename = "dia_chi")]
    pub address: Option<Text>,
    /// Điện thoại.
    #[serde(rename = "dien_thoai")]
    pub phone: Option<Text>,
    /// Thư điện tử.
    #[serde(rename = "thu_dien_tu")]
    pub email: Option<Text>,
    /// Giờ làm việc.
    #[serde(rename = "gio_lam_viec")]
    pub hours: Option<Text>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
}

/// A channel for petitions (kênh tiếp nhận phản ánh, kiến nghị).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionChannel {
    /// Loại kênh.
    #[serde(rename = "ma")]
    pub kind: PetitionChannelKind,
    /// Tên kênh.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Địa chỉ mạng.
    #[serde(rename = "lien_ket")]
    pub link: Option<WebAddress>,
    /// Địa chỉ.
    #[serde(rename = "dia_chi")]
    pub address: Option<Text>,
    /// Điện thoại.
    #[serde(rename = "dien_thoai")]
    pub phone: Option<Text>,
    /// Thư điện tử.
    #[serde(rename = "thu_dien_tu")]
    pub email: Option<Text>,
    /// Giờ tiếp nhận.
    #[serde(rename = "gio")]
    pub hours: Option<Text>,
    /// Ghi chú.
    #[serde(rename = "ghi_chu")]
    pub note: Option<Text>,
}

/// What to know before petitioning. It rests on law that changes, so it is data of the site.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionGuide {
    /// Những việc được tiếp nhận, mỗi việc một câu.
    #[serde(rename = "tiep_nhan", default)]
    pub received: List<Text>,
    /// Những việc không tiếp nhận qua kênh phản ánh, kiến nghị và nơi gửi chúng.
    #[serde(rename = "khong_tiep_nhan", default)]
    pub not_received: List<NotReceived>,
    /// Những điều cần ghi trong phản ánh, kiến nghị.
    #[serde(rename = "can_ghi", default)]
    pub to_write: List<Text>,
    /// Làm gì khi không đồng ý với kết quả.
    #[serde(rename = "khong_dong_y")]
    pub when_not_satisfied: Option<Text>,
    /// Căn cứ pháp lý.
    #[serde(rename = "can_cu")]
    pub basis: Option<Text>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
}

/// A matter that is no petition, and where it goes.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotReceived {
    /// Việc gì.
    #[serde(rename = "viec")]
    pub matter: Text,
    /// Gửi đến đâu.
    #[serde(rename = "gui_den")]
    pub goes_to: Option<Text>,
    /// Căn cứ pháp lý.
    #[serde(rename = "can_cu")]
    pub basis: Option<Text>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
}

choices! {
    /// By what way petitions come in.
    PetitionChannelKind {
        Portal = "cong_dvcqg", "Cổng Dịch vụ công quốc gia";
        Phone = "dien_thoai", "Điện thoại";
        Email = "thu_dien_tu", "Thư điện tử";
        InPerson = "truc_tiep", "Trực tiếp";
        Post = "buu_chinh", "Bưu chính";
        Other = "khac", "Kênh khác";
    }
}

/// A section of articles (chuyên mục): a folder below `bai-viet/`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Mã chuyên mục, là tên thư mục trong bai-viet/.
    #[serde(rename = "ma")]
    pub code: Code,
    /// Tên chuyên mục.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Mô tả một câu.
    #[serde(rename = "mo_ta")]
    pub description: Option<Text>,
    /// Các nhiệm vụ của kế hoạch mà chuyên mục phục vụ.
    #[serde(rename = "nhiem_vu", default)]
    pub tasks: List<TaskMark>,
}

/// A deadline of the agency itself, with its legal basis. Sources conflict, so limits are data.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Mã thời hạn.
    #[serde(rename = "ma")]
    pub code: Code,
    /// Số.
    #[serde(rename = "so")]
    pub number: Whole,
    /// Đơn vị.
    #[serde(rename = "don_vi")]
    pub unit: TimeUnit,
    /// Thời hạn của việc gì.
    #[serde(rename = "noi_dung")]
    pub content: Option<Text>,
    /// Căn cứ pháp lý.
    #[serde(rename = "can_cu")]
    pub basis: Option<Text>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Ghi chú, như chỗ các nguồn mâu thuẫn.
    #[serde(rename = "ghi_chu")]
    pub note: Option<Text>,
}

/// How well a figure should be, and what it is worth: decision 766/QĐ-TTg. Sources conflict and
/// weights change, so they are data.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Chỉ số nào.
    #[serde(rename = "ma")]
    pub kind: IndicatorKind,
    /// Tỷ lệ từ bao nhiêu phần trăm thì đạt điểm tối đa.
    #[serde(rename = "nguong")]
    pub threshold_percent: Option<Whole>,
    /// Số điểm tối đa.
    #[serde(rename = "diem")]
    pub points: Option<Whole>,
    /// Căn cứ pháp lý.
    #[serde(rename = "can_cu")]
    pub basis: Option<Text>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Ghi chú, như chỗ các nguồn mâu thuẫn.
    #[serde(rename = "ghi_chu")]
    pub note: Option<Text>,
}

choices! {
    /// A share that is computed, from our own records or from typed figures.
    IndicatorKind {
        AnnouncedOnTime = "cong_bo_dung_han", "Quyết định công bố ban hành đúng hạn";
        PublishedOnTime = "cong_khai_dung_han", "Thủ tục được công khai đúng hạn";
        FullContent = "du_noi_dung", "Thủ tục có đủ nội dung";
        OnTime = "giai_quyet_dung_han", "Hồ sơ giải quyết trước và đúng hạn";
        FiledOnline = "nop_truc_tuyen", "Hồ sơ nộp trực tuyến";
        PaidOnline = "thanh_toan_truc_tuyen", "Thanh toán trực tuyến";
        Digitised = "so_hoa", "Hồ sơ được số hóa";
        ElectronicResult = "ket_qua_dien_tu", "Kết quả trả bằng bản điện tử";
        PetitionsOnTime = "phan_anh_dung_han", "Phản ánh, kiến nghị trả lời đúng hạn";
        Satisfied = "hai_long", "Người nộp hồ sơ hài lòng";
    }
}

/// Ways to use residence data instead of the paper household book: decree 104/2022/NĐ-CP. It rests on
/// law that changes, so it is data of the site.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidenceGuide {
    /// Lời mở đầu: điều gì đã đổi, từ khi nào.
    #[serde(rename = "mo_dau")]
    pub introduction: Text,
    /// Các cách để cơ quan lấy thông tin cư trú, theo thứ tự ưu tiên.
    #[serde(rename = "cach", default)]
    pub ways: List<ResidenceWay>,
    /// Các giấy tờ dùng khi không lấy được thông tin bằng các cách trên; nộp một trong số này.
    #[serde(rename = "giay_to", default)]
    pub papers: List<Text>,
    /// Căn cứ pháp lý.
    #[serde(rename = "can_cu")]
    pub basis: Option<Text>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
}

/// One way to get residence data.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidenceWay {
    /// Tên cách.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Làm thế nào.
    #[serde(rename = "noi_dung")]
    pub content: Text,
}

/// Two ways to say one thing, for search: an abbreviation of the trade and what it stands for, or the
/// people's word and the law's.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Synonym {
    /// Chữ tắt hoặc cách gọi khác, như SHTT.
    #[serde(rename = "tu")]
    pub word: Text,
    /// Chữ đầy đủ trong tên thủ tục, lĩnh vực, như “sở hữu trí tuệ”.
    #[serde(rename = "nghia")]
    pub meaning: Text,
}

/// The policy of checks (chính sách kiểm tra).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Các quy tắc được hạ mức, mỗi quy tắc có lý do.
    #[serde(rename = "ha_muc", default)]
    pub lowered: List<Lowered>,
    /// Các chữ được đăng dù giống dữ liệu cá nhân, mỗi chữ có lý do và người quyết định.
    #[serde(rename = "rieng_tu", default)]
    pub privacy: List<PrivacyException>,
}

/// A text that may be published although it looks like a personal datum.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrivacyException {
    /// Đúng chữ được phép, không hơn.
    #[serde(rename = "chu")]
    pub text: Text,
    /// Vì sao được đăng.
    #[serde(rename = "ly_do")]
    pub reason: Text,
    /// Người quyết định: chức vụ, họ tên.
    #[serde(rename = "nguoi_quyet_dinh")]
    pub decided_by: Text,
}

/// One rule lowered, with the reason.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lowered {
    /// Mã hoặc tên quy tắc.
    #[serde(rename = "quy_tac")]
    pub rule: Text,
    /// Chỉ cho tệp này (đường dẫn tính từ thư mục content); không ghi là mọi tệp.
    #[serde(rename = "tep")]
    pub file: Option<Text>,
    /// Hạ xuống mức nào.
    #[serde(rename = "muc")]
    pub to: LoweredTo,
    /// Vì sao được hạ.
    #[serde(rename = "ly_do")]
    pub reason: Text,
}

choices! {
    /// What a rule may be lowered to.
    LoweredTo {
        Warning = "canh_bao", "cảnh báo";
        Note = "ghi_chu", "ghi chú";
        Off = "tat", "tắt";
    }
}

/// Settings of the theme.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemeChoice {
    /// Tên giao diện trong themes/; không ghi là giao diện có sẵn.
    #[serde(rename = "ten")]
    pub name: Option<Code>,
}

/// A page that has another address now. Addresses are printed on paper, so the old one must still lead there.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// Địa chỉ cũ, như /thu-tuc/1.000001/.
    #[serde(rename = "tu")]
    pub from: Text,
    /// Địa chỉ mới, như /thu-tuc/1.000002/.
    #[serde(rename = "den")]
    pub to: Text,
    /// Ngày đổi.
    #[serde(rename = "ngay")]
    pub date: Option<Day>,
    /// Vì sao đổi; đăng ở trang /thay-doi/.
    #[serde(rename = "ly_do")]
    pub reason: Option<Text>,
}

/// Something that the guard over publications would refuse, allowed by name.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Việc được cho phép.
    #[serde(rename = "viec")]
    pub act: AllowedAct,
    /// Của bản ghi hay địa chỉ nào, viết như báo lỗi đã in: thu-tuc/1.000001, phan-anh/2026-001 hoặc /thu-tuc/1.000001/niem-yet/.
    #[serde(rename = "ten")]
    pub name: Text,
    /// Ngày cho phép; chỉ có giá trị với lần đăng từ ngày này trở đi.
    #[serde(rename = "ngay")]
    pub date: Day,
    /// Vì sao; đăng ở trang /thay-doi/.
    #[serde(rename = "ly_do")]
    pub reason: Text,
}

choices! {
    /// What the guard may be told to let pass.
    AllowedAct {
        RemoveRecord = "go_ban_ghi", "Gỡ bản ghi";
        RemovePetition = "go_phan_anh", "Gỡ phản ánh, kiến nghị";
        DropAddress = "bo_dia_chi", "Bỏ địa chỉ";
        ChangeProcedure = "sua_thu_tuc", "Sửa thủ tục mà không có quyết định mới";
    }
}

/// Whether the site shows its own past.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryChoice {
    /// Đăng lịch sử thay đổi, lấy từ kho git chứa nội dung.
    #[serde(rename = "hien")]
    pub shown: Flag,
    /// Chỉ đăng thay đổi từ ngày này.
    #[serde(rename = "tu")]
    pub since: Option<Day>,
}
