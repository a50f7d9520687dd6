//! Reports deadlines without a unit (CK0308).

use crate::check::Findings;
use crate::codes::CK0308;
use crate::model::Model;
use crate::model::doubts::{DeadlineDoubt, deadline_doubts};
use crate::{at, msg};

/// Looks at every deadline: “15” alone does not say whether days, working days or months.
pub fn check(model: &Model, found: &mut Findings) {
    for procedure in model.procedures.values() {
        for doubt in deadline_doubts(&procedure.record) {
            let DeadlineDoubt::NoUnit(at) = doubt else { continue };
            let number = at.deadline(&procedure.record).map_or(0, |deadline| deadline.number.0);
            let place = procedure.at(at!["cach_thuc", at.channel, "thoi_han", at.entry, "so"]);
            let message = msg!("thời hạn `{number}` không ghi đơn vị", "the deadline `{number}` has no unit");
            found.report(CK0308, place, message).help(msg!(
                "thêm don_vi: gio, ngay, ngay_lam_viec, thang hoặc nam, theo quyết định công bố",
                "add don_vi: gio, ngay, ngay_lam_viec, thang or nam, as the announcing decision says"
            ));
        }
    }
}
