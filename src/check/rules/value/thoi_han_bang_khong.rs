//! Reports deadlines of zero (CK0309).

use crate::check::Findings;
use crate::codes::CK0309;
use crate::model::Model;
use crate::model::doubts::{DeadlineDoubtKind, deadline_doubts};
use crate::msg;

/// Looks at every deadline: zero says nothing to a citizen who waits.
pub fn check(model: &Model, found: &mut Findings) {
    for procedure in model.procedures.values() {
        for doubt in deadline_doubts(&procedure.record) {
            if doubt.kind != DeadlineDoubtKind::Zero {
                continue;
            }
            let message = msg!("thời hạn bằng 0", "a deadline of 0");
            found.report(CK0309, procedure.at(doubt.at.then("so")), message).help(msg!(
                "nếu trả kết quả ngay trong ngày thì ghi `so: 1`, `don_vi: ngay`; nếu chưa rõ thì xóa mục này",
                "if the result is given the same day write `so: 1`, `don_vi: ngay`; if unknown delete the entry"
            ));
        }
    }
}
