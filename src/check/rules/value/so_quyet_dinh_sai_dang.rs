//! Finds decision numbers of unusual form (CK0302), and says what was probably meant.

use super::numbers::{is_decision_number, repaired_decision};
use crate::check::Findings;
use crate::codes::CK0302;
use crate::model::Model;
use crate::{at, msg};

/// Judges the number of every decision.
pub fn check(model: &Model, found: &mut Findings) {
    for decision in model.decisions.values() {
        let number = decision.record.number.as_str();
        if is_decision_number(number) {
            continue;
        }
        let help = match repaired_decision(number) {
            Some(repaired) => msg!("có phải `{repaired}`?", "did you mean `{repaired}`?"),
            None => msg!(
                "viết số rồi /QĐ- rồi chữ viết tắt của cơ quan, ví dụ `949/QĐ-UBND`; xem lại bản ký",
                "write the number, /QĐ- and the agency's letters, such as `949/QĐ-UBND`; see the signed paper"
            ),
        };
        let message = msg!(
            "số quyết định `{number}` không theo dạng thường dùng",
            "the decision number `{number}` is not of the usual form"
        );
        found.report(CK0302, decision.at(at!["so"]), message).help(help);
    }
}
