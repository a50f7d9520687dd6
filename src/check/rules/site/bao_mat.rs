//! Judges the contact for weaknesses of the site, published as `security.txt` (CK0715, CK0716).

use crate::check::Findings;
use crate::codes::{CK0715, CK0716};
use crate::model::Model;
use crate::vi::number::date_short;
use crate::{at, msg};

/// From how many days before the end on editors are reminded.
const REMIND: i32 = 30;

/// How far ahead the end may lie: RFC 9116 (2.5.5) recommends less than a year.
const FARTHEST: i32 = 366;

/// Looks at `bao_mat`; a site need not have it.
pub fn check(model: &Model, found: &mut Findings) {
    let Some(security) = &model.site.record.security else { return };
    if security.contacts().is_empty() {
        let message = msg!(
            "`bao_mat` không có nơi nhận nào dùng được",
            "`bao_mat` names nothing that can be written to"
        );
        found.report(CK0716, model.site.at(at!["bao_mat"]), message).help(msg!(
            "ghi thu_dien_tu (một địa chỉ, như cong-khai@tinh-mau.gov.vn) hoặc lien_ket bắt đầu bằng https://",
            "write thu_dien_tu (one address, such as cong-khai@tinh-mau.gov.vn) or lien_ket that starts with https://"
        ));
    }
    let (today, end) = (model.as_of.date(), security.expires.0);
    let shown = date_short(end);
    let message = if end < today {
        msg!("nơi báo lỗ hổng bảo mật đã hết hạn ngày {shown}", "the contact for weaknesses ended on {shown}")
    } else if end < today.plus_days(REMIND) {
        msg!("nơi báo lỗ hổng bảo mật hết hạn ngày {shown}", "the contact for weaknesses ends on {shown}")
    } else if end > today.plus_days(FARTHEST) {
        msg!(
            "nơi báo lỗ hổng bảo mật ghi hạn {shown}, xa hơn một năm",
            "the contact for weaknesses ends on {shown}, more than a year ahead"
        )
    } else {
        return;
    };
    found.report(CK0715, model.site.at(at!["bao_mat", "het_han"]), message).help(msg!(
        "xem lại nơi nhận còn đúng không, rồi ghi het_han là một ngày trong vòng một năm tới",
        "see whether the contact is still right, then set het_han to a day within the coming year"
    ));
}
