//! Finds quarters and years whose figures differ from the sum of their months (CK0320).

use crate::check::Findings;
use crate::codes::CK0320;
use crate::model::figures::{Count, Counts, total, until};
use crate::model::{Filed, Model};
use crate::msg;
use crate::record::statistics::Statistics;
use crate::vi::number::thousands;

/// Compares every quarter and year that is over with its parts, where all of them are there.
pub fn check(model: &Model, found: &mut Findings) {
    for (id, filed) in &model.statistics {
        let ended = id.period.last() < model.as_of.date() && until(&filed.record) == id.period.last();
        let Some(sum) = total(model, id.period, id.field.as_ref()).filter(|_| ended) else { continue };
        let same_kind = sum.illustrative == filed.record.illustrative.0;
        let Some(last) = sum.records.last().copied().filter(|_| same_kind) else { continue };
        let counts = Counts::of(&filed.record);
        for count in Count::ALL {
            if let (Some(typed), Some(added)) = (counts.get(*count), sum.counts.get(*count))
                && typed != added
            {
                report(filed, last, *count, (typed, added), found);
            }
        }
    }
}

fn report(
    filed: &Filed<Statistics>,
    last: &Filed<Statistics>,
    count: Count,
    (typed, added): (u64, u64),
    found: &mut Findings,
) {
    let (whole, last_words) = (filed.record.period.0.words(), last.record.period.0.words());
    let (key, typed, added) = (count.key(), thousands(typed), thousands(added));
    let message = if count.is_stock() {
        msg!(
            "{whole} ghi {key} {typed}, nhưng cuối kỳ là {last_words} ghi {added}",
            "{whole} has {key} {typed}, but {last_words}, at its end, has {added}"
        )
    } else {
        msg!(
            "{whole} ghi {key} {typed}, nhưng cộng các kỳ bên trong đến {last_words} là {added}",
            "{whole} has {key} {typed}, but its parts up to {last_words} add up to {added}"
        )
    };
    found
        .report(CK0320, filed.at(count.pointer()), message)
        .help(msg!(
            "sửa kỳ ghi sai; hoặc xóa tệp của kỳ dài, trang sẽ tự cộng từ các kỳ ngắn",
            "correct the wrong period, or delete the longer one: the site adds up the shorter ones by itself"
        ))
        .also(last.at(count.pointer()), msg!("kỳ cuối được cộng ở đây", "the last one added is here"));
}
