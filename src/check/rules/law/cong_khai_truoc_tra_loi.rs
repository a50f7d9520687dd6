//! Finds results that were made public before they were given (CK0511).

use crate::check::Findings;
use crate::codes::CK0511;
use crate::model::Model;
use crate::{at, msg};

/// Compares the day of publishing with the day of the result.
pub fn check(model: &Model, found: &mut Findings) {
    for petition in model.petitions.values() {
        let record = &petition.record;
        let (Some(published), Some(result)) = (record.published, &record.result) else { continue };
        let answered = result.date;
        if published >= answered {
            continue;
        }
        let message = msg!(
            "công khai ngày `{published}`, trước ngày trả lời `{answered}`",
            "made public on `{published}`, before the answer on `{answered}`"
        );
        found
            .report(CK0511, petition.at(at!["ngay_cong_khai"]), message)
            .help(msg!(
                "xem lại hai ngày, có thể bị đổi chỗ",
                "check both days; they may have changed places"
            ))
            .also(petition.at(at!["ket_qua", "ngay"]), msg!("ngày trả lời ở đây", "answered here"));
    }
}
