//! Finds figures that do not tell up to which day they hold (CK0323).

use crate::check::Findings;
use crate::codes::CK0323;
use crate::model::Model;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Looks at `den_ngay` of every record of figures. A period that has not begun is told by CK0324.
pub fn check(model: &Model, found: &mut Findings) {
    let today = model.as_of.date();
    for filed in model.statistics.values() {
        let period = filed.record.period.0;
        let (words, first, last) = (period.words(), period.first(), period.last());
        if first > today {
            continue;
        }
        let Some(until) = filed.record.until else {
            if last >= today {
                found
                    .report(
                        CK0323,
                        filed.key("ky"),
                        msg!(
                            "{words} chưa hết mà không ghi số liệu tính đến ngày nào",
                            "{words} is not over, and nothing says up to which day these figures hold"
                        ),
                    )
                    .help(msg!(
                        "thêm den_ngay: ngày cuối mà số liệu đã gồm",
                        "add den_ngay: the last day that the figures cover"
                    ));
            }
            continue;
        };
        let day = date_short(until.0);
        let message = if !(first..=last).contains(&until.0) {
            msg!("den_ngay {day} nằm ngoài {words}", "den_ngay {day} lies outside of {words}")
        } else if until.0 > today {
            msg!("den_ngay {day} chưa đến", "den_ngay {day} is still to come")
        } else {
            continue;
        };
        let (first, latest) = (date_short(first), date_short(last.min(today)));
        found.report(CK0323, filed.at(at!["den_ngay"]), message).help(msg!(
            "ghi một ngày từ {first} đến {latest}; kỳ đã hết và số liệu đủ cả kỳ thì xóa dòng này",
            "write a day from {first} to {latest}; delete the line if the period is over and fully covered"
        ));
    }
}
