//! Reports deadlines without a unit (CK0308).

use super::deadline;
use crate::check::Findings;
use crate::codes::CK0308;
use crate::model::Filed;
use crate::model::doubts::DeadlineDoubt;
use crate::msg;
use crate::record::procedure::Procedure;

/// “15” alone does not say whether days, working days or months.
pub fn report(found: &mut Findings, procedure: &Filed<Procedure>, doubt: &DeadlineDoubt) {
    let Some((_, this)) = deadline(&procedure.record, &doubt.at) else { return };
    let number = this.number;
    let message = msg!("thời hạn `{number}` không ghi đơn vị", "the deadline `{number}` has no unit");
    found.report(CK0308, procedure.at(doubt.at.then("so")), message).help(msg!(
        "thêm don_vi: gio, ngay, ngay_lam_viec, thang hoặc nam, theo quyết định công bố",
        "add don_vi: gio, ngay, ngay_lam_viec, thang or nam, as the announcing decision says"
    ));
}
