//! Finds gaps in a series of periods (CK0322).

use std::collections::BTreeMap;

use crate::base::calendar_period::{CalendarPeriod, Length};
use crate::check::Findings;
use crate::codes::CK0322;
use crate::model::figures::of;
use crate::model::{Model, StatisticsId};
use crate::msg;
use crate::record::scalar::Code;

/// How many missing periods a finding names.
const NAMED: usize = 3;

/// Walks every series of months, quarters or years, of a field or of all fields together.
pub fn check(model: &Model, found: &mut Findings) {
    let mut series: BTreeMap<(Option<&Code>, Length), Vec<&StatisticsId>> = BTreeMap::new();
    for id in model.statistics.keys() {
        series.entry((id.field.as_ref(), id.period.length())).or_default().push(id);
    }
    for ((field, _), ids) in series {
        for pair in ids.windows(2) {
            let missing: Vec<CalendarPeriod> =
                std::iter::successors(pair[0].period.next(), |period| period.next())
                    .take_while(|period| *period < pair[1].period)
                    .filter(|period| !is_told(model, *period, field))
                    .collect();
            if missing.is_empty() {
                continue;
            }
            let named: Vec<String> = missing.iter().take(NAMED).map(|period| period.words()).collect();
            let more = missing.len().saturating_sub(NAMED);
            let rest = if more > 0 { format!(" … (+{more})") } else { String::new() };
            let named = format!("{}{rest}", named.join(", "));
            let (first, last) = (pair[0].period.words(), pair[1].period.words());
            let later = &model.statistics[pair[1]];
            found
                .report(
                    CK0322,
                    later.key("ky"),
                    msg!(
                        "giữa {first} và {last} thiếu số liệu {named}",
                        "between {first} and {last} there are no figures of {named}"
                    ),
                )
                .help(msg!(
                    "thêm tệp cho kỳ thiếu; chưa có số liệu thì để vậy, trang ghi “không có dữ liệu”, không ghi 0",
                    "add a file for what is missing; if there are no figures leave it, the page says so; do not write 0"
                ));
        }
    }
}

/// Whether the site has figures of that time all the same: by its parts, or in a longer period.
fn is_told(model: &Model, period: CalendarPeriod, field: Option<&Code>) -> bool {
    let longer = |length: Length| period.widened(length).filter(|longer| *longer != period);
    let typed = |period: CalendarPeriod| {
        model.statistics.contains_key(&StatisticsId { period, field: field.cloned() })
    };
    of(model, period, field).is_some()
        || [Length::Quarter, Length::Year].into_iter().filter_map(longer).any(typed)
}
