//! Reports deadlines of zero (CK0309).

use crate::check::Findings;
use crate::codes::CK0309;
use crate::model::Filed;
use crate::model::doubts::DeadlineDoubt;
use crate::msg;
use crate::record::procedure::Procedure;

/// Zero says nothing to a citizen who waits.
pub fn report(found: &mut Findings, procedure: &Filed<Procedure>, doubt: &DeadlineDoubt) {
    let message = msg!("thời hạn bằng 0", "a deadline of 0");
    found.report(CK0309, procedure.at(doubt.at.then("so")), message).help(msg!(
        "nếu trả kết quả ngay trong ngày thì ghi `so: 1`, `don_vi: ngay`; nếu chưa rõ thì xóa mục này",
        "if the result is given the same day write `so: 1`, `don_vi: ngay`; if unknown delete the entry"
    ));
}
