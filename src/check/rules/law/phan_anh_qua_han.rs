//! Finds petitions that are open and late (CK0516).

use crate::check::Findings;
use crate::codes::CK0516;
use crate::model::Model;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Looks for petitions past the last day of answering.
pub fn check(model: &Model, found: &mut Findings) {
    for (_, petition, handling) in model.known_petitions() {
        if !handling.is_overdue() {
            continue;
        }
        let (days, due) = (handling.late, date_short(handling.due));
        let message = msg!(
            "chưa trả lời, quá hạn {days} ngày làm việc (hạn {due})",
            "not answered, {days} working days late (due {due})"
        );
        found.report(CK0516, petition.at(at!["ngay_tiep_nhan"]), message).help(msg!(
            "trả lời rồi ghi ket_qua; trang đã tự ghi là quá hạn",
            "answer and write ket_qua; the page already says that it is late"
        ));
    }
}
