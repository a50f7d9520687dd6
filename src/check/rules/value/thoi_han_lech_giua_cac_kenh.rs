//! Reports the same number with different units in different ways to file (CK0311).

use super::{deadline, deadline_words};
use crate::check::Findings;
use crate::codes::CK0311;
use crate::model::Filed;
use crate::model::doubts::DeadlineDoubt;
use crate::msg;
use crate::record::procedure::Procedure;

/// 10 days here and 10 working days there is mostly a slip of one of them.
pub fn report(found: &mut Findings, procedure: &Filed<Procedure>, doubt: &DeadlineDoubt) {
    let record = &procedure.record;
    let Some(other) = &doubt.other else { return };
    let (Some((here, this)), Some((there, first))) = (deadline(record, &doubt.at), deadline(record, other))
    else {
        return;
    };
    let (here, there) = (here.method.label(), there.method.label());
    let (a, b) = (deadline_words(first), deadline_words(this));
    let message = msg!(
        "“{here}” ghi {b}, “{there}” ghi {a}: cùng số, khác đơn vị",
        "“{here}” says {b}, “{there}” says {a}: the same number, another unit"
    );
    found
        .report(CK0311, procedure.at(doubt.at.then("don_vi")), message)
        .help(msg!(
            "đối chiếu quyết định công bố rồi sửa don_vi ở chỗ sai",
            "compare the announcing decision and correct don_vi where it is wrong"
        ))
        .also(procedure.at(other.then("don_vi")), msg!("thời hạn kia ở đây", "the other deadline is here"));
}
