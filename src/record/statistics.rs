//! Figures of a period (số liệu): dossiers received and handled, and how satisfied people are.
//!
//! Every figure is typed with its source; what follows from others (shares, totals of a quarter that
//! has its months) is computed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::scalar::{Code, Day, Flag, PeriodKey, Text, Whole};
use super::source::Source;

/// The figures of one period, of one field or of all.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statistics {
    /// Kỳ: tháng (2025-10), quý (2025-Q3) hoặc năm (2025).
    #[serde(rename = "ky")]
    pub period: PeriodKey,
    /// Nguồn của số liệu.
    #[serde(rename = "nguon")]
    pub source: Source,
    /// Mã lĩnh vực, có trong danh-muc/linh-vuc.yaml; không ghi là tất cả các lĩnh vực.
    #[serde(rename = "linh_vuc")]
    pub field: Option<Code>,
    /// Số liệu tính đến ngày nào, khi kỳ chưa hết.
    #[serde(rename = "den_ngay")]
    pub until: Option<Day>,
    /// Hồ sơ tiếp nhận và giải quyết trong kỳ.
    #[serde(rename = "ho_so")]
    pub dossiers: Option<DossierFigures>,
    /// Mức hài lòng của người nộp hồ sơ.
    #[serde(rename = "hai_long")]
    pub satisfaction: Option<Satisfaction>,
    /// Ghi chú đăng cùng số liệu.
    #[serde(rename = "ghi_chu")]
    pub note: Option<Text>,
    /// Số liệu minh họa, không có thật; trang sẽ ghi rõ.
    #[serde(rename = "minh_hoa", default)]
    pub illustrative: Flag,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}

/// Dossiers of a period, counted. What no source gives is absent, which is not zero.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DossierFigures {
    /// Tiếp nhận trong kỳ.
    #[serde(rename = "tiep_nhan")]
    pub received: Option<Whole>,
    /// Trong đó nộp trực tuyến.
    #[serde(rename = "truc_tuyen")]
    pub online: Option<Whole>,
    /// Trong đó nộp trực tiếp.
    #[serde(rename = "truc_tiep")]
    pub in_person: Option<Whole>,
    /// Trong đó nộp qua bưu chính.
    #[serde(rename = "buu_chinh")]
    pub by_post: Option<Whole>,
    /// Đã giải quyết trước hạn.
    #[serde(rename = "truoc_han")]
    pub early: Option<Whole>,
    /// Đã giải quyết đúng hạn.
    #[serde(rename = "dung_han")]
    pub on_time: Option<Whole>,
    /// Đã giải quyết quá hạn.
    #[serde(rename = "qua_han")]
    pub late: Option<Whole>,
    /// Đang giải quyết, cả hồ sơ đã quá hạn.
    #[serde(rename = "dang_giai_quyet")]
    pub open: Option<Whole>,
    /// Trong số đang giải quyết, đã quá hạn.
    #[serde(rename = "dang_qua_han")]
    pub open_late: Option<Whole>,
    /// Đã thanh toán trực tuyến.
    #[serde(rename = "thanh_toan_truc_tuyen")]
    pub paid_online: Option<Whole>,
    /// Phải thanh toán.
    #[serde(rename = "phai_thanh_toan")]
    pub payable: Option<Whole>,
    /// Được số hóa.
    #[serde(rename = "so_hoa")]
    pub digitised: Option<Whole>,
    /// Trả kết quả điện tử.
    #[serde(rename = "ket_qua_dien_tu")]
    pub electronic_results: Option<Whole>,
}

/// What people who filed said when asked.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Satisfaction {
    /// Số phiếu thu về.
    #[serde(rename = "phieu")]
    pub answers: Whole,
    /// Số phiếu hài lòng.
    #[serde(rename = "hai_long")]
    pub satisfied: Whole,
}
