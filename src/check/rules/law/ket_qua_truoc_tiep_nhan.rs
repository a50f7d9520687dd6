//! Finds petitions whose result is older than the petition (CK0509).

use crate::check::Findings;
use crate::codes::CK0509;
use crate::model::Model;
use crate::{at, msg};

/// Compares the day of the result with the day of receipt.
pub fn check(model: &Model, found: &mut Findings) {
    for petition in model.petitions.values() {
        let record = &petition.record;
        let Some(result) = &record.result else { continue };
        let (answered, received) = (result.date, record.received);
        if answered >= received {
            continue;
        }
        let message = msg!(
            "trả lời ngày `{answered}`, trước ngày tiếp nhận `{received}`",
            "answered on `{answered}`, before the receipt on `{received}`"
        );
        found
            .report(CK0509, petition.at(at!["ket_qua", "ngay"]), message)
            .help(msg!("xem lại năm và tháng của hai ngày", "check year and month of both dates"))
            .also(petition.at(at!["ngay_tiep_nhan"]), msg!("ngày tiếp nhận ở đây", "received here"));
    }
}
