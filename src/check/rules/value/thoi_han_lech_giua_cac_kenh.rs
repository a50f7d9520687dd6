//! Reports the same number with different units in different ways to file (CK0311).

use super::deadline_words;
use crate::check::Findings;
use crate::codes::CK0311;
use crate::model::Model;
use crate::model::doubts::{DeadlineDoubt, deadline_doubts};
use crate::{at, msg};

/// Looks at every procedure: 10 days here and 10 working days there is mostly a slip of one of them.
pub fn check(model: &Model, found: &mut Findings) {
    for procedure in model.procedures.values() {
        for doubt in deadline_doubts(&procedure.record) {
            let DeadlineDoubt::UnitsDiffer(first, second) = doubt else { continue };
            let record = &procedure.record;
            let (Some(a), Some(b)) = (first.deadline(record), second.deadline(record)) else { continue };
            let words = |at: crate::model::doubts::At| at.method(record).map_or("", |method| method.label());
            let (here, there) = (words(second), words(first));
            let (a, b) = (deadline_words(a), deadline_words(b));
            let place = |at: crate::model::doubts::At| {
                procedure.at(at!["cach_thuc", at.channel, "thoi_han", at.entry, "don_vi"])
            };
            let message = msg!(
                "nộp {here} là {b}, nộp {there} là {a}: cùng số, khác đơn vị",
                "{here} says {b}, {there} says {a}: the same number, another unit"
            );
            found
                .report(CK0311, place(second), message)
                .help(msg!(
                    "đối chiếu quyết định công bố rồi sửa don_vi ở chỗ sai",
                    "compare the announcing decision and correct don_vi where it is wrong"
                ))
                .also(place(first), msg!("thời hạn kia ở đây", "the other deadline is here"));
        }
    }
}
