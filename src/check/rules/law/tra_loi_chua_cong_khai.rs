//! Finds answers that are not public after the days allowed (CK0514).

use crate::check::Findings;
use crate::codes::CK0514;
use crate::model::Model;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Looks for answers past the last day of publishing.
pub fn check(model: &Model, found: &mut Findings) {
    for (_, petition, handling) in model.known_petitions() {
        let (Some(due), None) = (handling.publish_due, handling.published) else { continue };
        let days = handling.publish_late;
        if days == 0 {
            continue;
        }
        let due = date_short(due);
        let place = if petition.record.result.is_some() { at!["ket_qua", "ngay"] } else { at!["dien_bien"] };
        let message = msg!(
            "đã trả lời mà chưa công khai, quá hạn {days} ngày làm việc (hạn {due})",
            "answered and not public yet, {days} working days late (due {due})"
        );
        found.report(CK0514, petition.at(place), message).help(msg!(
            "bỏ những gì làm lộ người gửi, rồi ghi ngay_cong_khai",
            "take out what would tell who sent it, then write ngay_cong_khai"
        ));
    }
}
