//! Finds figures of fields that together are more than those of all fields (CK0321).

use crate::check::Findings;
use crate::codes::CK0321;
use crate::model::figures::{Count, Counts};
use crate::model::{Filed, Model};
use crate::msg;
use crate::record::statistics::Statistics;
use crate::vi::number::thousands;

/// Adds up the fields of every period that has figures of all fields as well.
pub fn check(model: &Model, found: &mut Findings) {
    for (id, whole) in model.statistics.iter().filter(|(id, _)| id.field.is_none()) {
        let of_fields: Vec<&Filed<Statistics>> = model
            .statistics
            .iter()
            .filter(|(other, _)| other.period == id.period && other.field.is_some())
            .map(|(_, filed)| filed)
            .filter(|filed| filed.record.illustrative == whole.record.illustrative)
            .collect();
        let all = Counts::of(&whole.record);
        for count in Count::ALL {
            let given: Vec<(&Filed<Statistics>, u64)> = of_fields
                .iter()
                .filter_map(|filed| Some((*filed, Counts::of(&filed.record).get(*count)?)))
                .collect();
            let sum: u64 = given.iter().map(|(_, number)| number).sum();
            let (Some(total), Some((largest, _))) =
                (all.get(*count), given.iter().max_by_key(|(_, number)| *number))
            else {
                continue;
            };
            if sum <= total {
                continue;
            }
            let (key, period, fields) = (count.key(), id.period.words(), given.len());
            let (sum, total) = (thousands(sum), thousands(total));
            let message = msg!(
                "{key} của {fields} lĩnh vực trong {period} cộng lại là {sum}, lớn hơn {total} của tất cả các lĩnh vực",
                "{key} of {fields} fields in {period} is {sum} together, more than {total} of all fields"
            );
            found
                .report(CK0321, whole.at(count.pointer()), message)
                .help(msg!(
                    "sửa số của lĩnh vực ghi sai, hoặc số chung",
                    "correct the field that is wrong, or the figure of all fields"
                ))
                .also(
                    largest.at(count.pointer()),
                    msg!("lĩnh vực lớn nhất ở đây", "the largest field is here"),
                );
        }
    }
}
