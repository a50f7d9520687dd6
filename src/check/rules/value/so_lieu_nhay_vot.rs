//! Finds numbers that are ten times those of the period before, or a tenth (CK0325).

use std::collections::BTreeMap;

use crate::base::calendar_period::{CalendarPeriod, Length};
use crate::check::Findings;
use crate::codes::CK0325;
use crate::model::Model;
use crate::model::figures::{Count, Counts, until};
use crate::msg;
use crate::record::scalar::Code;
use crate::vi::number::thousands;

/// From which number on a jump is no accident: 2 dossiers and 20 are both few.
const MANY: u64 = 100;

/// Compares every count with the last believable one of its series. A jump up and back again is one
/// slip, and is reported once.
pub fn check(model: &Model, found: &mut Findings) {
    type Series<'m> = (Option<&'m Code>, Length, Count);
    let mut last: BTreeMap<Series<'_>, (CalendarPeriod, u64)> = BTreeMap::new();
    for (id, filed) in &model.statistics {
        // Half a month is less than a whole one without any slip.
        if until(&filed.record) < id.period.last() {
            continue;
        }
        let counts = Counts::of(&filed.record);
        for count in Count::ALL {
            let Some(number) = counts.get(*count) else { continue };
            let series = (id.field.as_ref(), id.period.length(), *count);
            let Some((period, before)) = last.get(&series).copied() else {
                last.insert(series, (id.period, number));
                continue;
            };
            let (small, large) = (before.min(number), before.max(number));
            if small == 0 || large < MANY || large / small < 10 {
                last.insert(series, (id.period, number));
                continue;
            }
            let (key, words) = (count.key(), period.words());
            let (now, then) = (thousands(number), thousands(before));
            let message = msg!(
                "{key} là {now}, còn {words} là {then}: chênh nhau từ mười lần trở lên",
                "{key} is {now}, but {then} in {words}: ten times as much, or a tenth"
            );
            found.report(CK0325, filed.at(count.pointer()), message).help(msg!(
                "xem có thừa hay thiếu một chữ số không; nếu đúng thế thì hạ mức quy tắc cho tệp này, kèm lý do",
                "see if a digit is missing or one too many; if it is right, lower the rule for this file, with a reason"
            ));
        }
    }
}
