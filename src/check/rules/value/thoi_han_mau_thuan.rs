//! Reports one way to file with several deadlines and nothing that tells them apart (CK0310).

use super::{deadline, deadline_words};
use crate::check::Findings;
use crate::codes::CK0310;
use crate::model::Filed;
use crate::model::doubts::DeadlineDoubt;
use crate::msg;
use crate::record::procedure::Procedure;

/// The national portal itself says 8 and 15 working days of 1.014389.
pub fn report(found: &mut Findings, procedure: &Filed<Procedure>, doubt: &DeadlineDoubt) {
    let record = &procedure.record;
    let Some(other) = &doubt.other else { return };
    let (Some((channel, this)), Some((_, first))) = (deadline(record, &doubt.at), deadline(record, other))
    else {
        return;
    };
    let method = channel.method.label();
    let (a, b) = (deadline_words(first), deadline_words(this));
    let message = msg!(
        "hình thức “{method}” có hai thời hạn, {a} và {b}, không nói trường hợp nào hạn nào",
        "“{method}” has two deadlines, {a} and {b}, and nothing tells the cases apart"
    );
    found
        .report(CK0310, procedure.at(doubt.at.then("so")), message)
        .help(msg!(
            "giữ thời hạn đúng theo quyết định công bố; nếu mỗi trường hợp một hạn thì ghi trường hợp ở ghi_chu",
            "keep the one of the announcing decision; if each case has its own, name the case in ghi_chu"
        ))
        .also(procedure.at(other.then("so")), msg!("thời hạn kia ở đây", "the other deadline is here"));
}
