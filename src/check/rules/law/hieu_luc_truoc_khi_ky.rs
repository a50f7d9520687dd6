//! Finds decisions and legal texts in force before they were signed (CK0503).

use crate::check::Findings;
use crate::codes::CK0503;
use crate::model::Model;
use crate::{at, msg};

/// Compares the two days of every decision and every legal text.
pub fn check(model: &Model, found: &mut Findings) {
    for decision in model.decisions.values() {
        let (Some(effective), signed) = (decision.record.effective, decision.record.signed) else { continue };
        if effective < signed {
            let message = msg!(
                "có hiệu lực `{effective}`, trước ngày ký `{signed}`",
                "effective on `{effective}`, before it was signed on `{signed}`"
            );
            found
                .report(CK0503, decision.at(at!["ngay_hieu_luc"]), message)
                .help(msg!("xem lại hai ngày trên bản ký", "compare both days with the signed paper"))
                .also(decision.at(at!["ngay_ky"]), msg!("ngày ký ở đây", "signed here"));
        }
    }
    for law in model.laws.values() {
        let (Some(from), Some(issued)) = (law.record.in_force_from, law.record.issued) else { continue };
        if from < issued {
            let message = msg!(
                "có hiệu lực `{from}`, trước ngày ban hành `{issued}`",
                "in force from `{from}`, before it was issued on `{issued}`"
            );
            found
                .report(CK0503, law.at(at!["hieu_luc_tu"]), message)
                .help(msg!("xem lại hai ngày trong văn bản", "compare both days with the text"))
                .also(law.at(at!["ngay_ban_hanh"]), msg!("ngày ban hành ở đây", "issued here"));
        }
    }
}
