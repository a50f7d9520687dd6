//! Reports deadlines without a unit (CK0308).

use super::deadline;
use crate::check::Findings;
use crate::codes::CK0308;
use crate::model::Model;
use crate::model::doubts::{DeadlineDoubtKind, deadline_doubts};
use crate::msg;

/// Looks at every deadline: “15” alone does not say whether days, working days or months.
pub fn check(model: &Model, found: &mut Findings) {
    for procedure in model.procedures.values() {
        for doubt in deadline_doubts(&procedure.record) {
            if doubt.kind != DeadlineDoubtKind::NoUnit {
                continue;
            }
            let Some((_, this)) = deadline(&procedure.record, &doubt.at) else { continue };
            let number = this.number;
            let message = msg!("thời hạn `{number}` không ghi đơn vị", "the deadline `{number}` has no unit");
            found.report(CK0308, procedure.at(doubt.at.then("so")), message).help(msg!(
                "thêm don_vi: gio, ngay, ngay_lam_viec, thang hoặc nam, theo quyết định công bố",
                "add don_vi: gio, ngay, ngay_lam_viec, thang or nam, as the announcing decision says"
            ));
        }
    }
}
