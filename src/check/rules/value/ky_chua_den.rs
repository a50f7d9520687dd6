//! Finds figures of a period that has not begun (CK0324).

use crate::check::Findings;
use crate::codes::CK0324;
use crate::model::Model;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Compares the period of every record of figures with the day of the build.
pub fn check(model: &Model, found: &mut Findings) {
    let today = model.as_of.date();
    for filed in model.statistics.values() {
        let period = filed.record.period.0;
        if period.first() <= today {
            continue;
        }
        let (words, first, today) = (period.words(), date_short(period.first()), date_short(today));
        let message = msg!(
            "{words} chưa bắt đầu (từ {first}; hôm nay {today})",
            "{words} has not begun (it starts {first}; today is {today})"
        );
        found
            .report(CK0324, filed.at(at!["ky"]), message)
            .help(msg!("xem lại năm và tháng của kỳ", "see the year and the month of the period"));
    }
}
