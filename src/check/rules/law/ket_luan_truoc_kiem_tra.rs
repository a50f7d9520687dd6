//! Finds conclusions of inspections that have not begun (CK0520).

use crate::check::Findings;
use crate::codes::CK0520;
use crate::model::Model;
use crate::model::inspection::{Stage, course};
use crate::vi::number::date_short;
use crate::{at, msg};

/// Looks for a conclusion, in words or as a file, before the first day.
pub fn check(model: &Model, found: &mut Findings) {
    for inspection in model.inspections.values() {
        let record = &inspection.record;
        if course(model, record).stage != Stage::Announced {
            continue;
        }
        let key = match (&record.conclusion, &record.file) {
            (Some(_), _) => "ket_luan",
            (None, Some(_)) => "tep",
            (None, None) => continue,
        };
        let from = date_short(record.days.from.0);
        let message = msg!(
            "đã có kết luận mà đến {from} mới bắt đầu kiểm tra",
            "there is a conclusion, but the inspection begins only on {from}"
        );
        found
            .report(CK0520, inspection.at(at![key]), message)
            .help(msg!("xem lại năm và tháng của ngày kiểm tra", "check year and month of the days"))
            .also(inspection.at(at!["ngay", "tu"]), msg!("ngày bắt đầu ở đây", "it begins here"));
    }
}
