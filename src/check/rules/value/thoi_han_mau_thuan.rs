//! Reports one way to file with several deadlines and nothing that tells them apart (CK0310).

use super::deadline_words;
use crate::check::Findings;
use crate::codes::CK0310;
use crate::model::Model;
use crate::model::doubts::{DeadlineDoubt, deadline_doubts};
use crate::{at, msg};

/// Looks at every way to file. The national portal itself says 8 and 15 working days of 1.014389.
pub fn check(model: &Model, found: &mut Findings) {
    for procedure in model.procedures.values() {
        for doubt in deadline_doubts(&procedure.record) {
            let DeadlineDoubt::Contradicting(first, second) = doubt else { continue };
            let record = &procedure.record;
            let (Some(a), Some(b)) = (first.deadline(record), second.deadline(record)) else { continue };
            let method = second.method(record).map_or("", |method| method.label());
            let (a, b) = (deadline_words(a), deadline_words(b));
            let place = |at: crate::model::doubts::At| {
                procedure.at(at!["cach_thuc", at.channel, "thoi_han", at.entry, "so"])
            };
            let message = msg!(
                "nộp {method} có hai thời hạn, {a} và {b}, không ghi trường hợp nào",
                "filing {method} has two deadlines, {a} and {b}, and nothing tells the cases apart"
            );
            found
                .report(CK0310, place(second), message)
                .help(msg!(
                    "giữ thời hạn đúng theo quyết định công bố; nếu mỗi trường hợp một hạn thì ghi rõ ở ghi_chu",
                    "keep the one of the announcing decision; if each case has its own, say so in ghi_chu"
                ))
                .also(place(first), msg!("thời hạn kia ở đây", "the other deadline is here"));
        }
    }
}
