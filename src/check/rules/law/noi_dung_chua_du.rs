//! Finds procedures that lack a part of their content by decree 63/2010/NĐ-CP art. 8.2 (CK0505).

use crate::check::Findings;
use crate::codes::CK0505;
use crate::model::Model;
use crate::model::content::{Part, missing_parts};
use crate::{at, msg};

/// Looks at every procedure in use; one finding names all that is missing.
pub fn check(model: &Model, found: &mut Findings) {
    for (code, procedure) in &model.procedures {
        if !model.state(code).standing.is_current() {
            continue;
        }
        let missing = missing_parts(&procedure.record);
        if missing.is_empty() {
            continue;
        }
        let listed = |word: fn(Part) -> &'static str, between: &str| {
            missing.iter().map(|part| word(*part)).collect::<Vec<_>>().join(between)
        };
        let (parts, keys) = (listed(Part::label, "; "), listed(Part::key, ", "));
        let message = msg!("thủ tục `{code}` thiếu {parts}", "the procedure `{code}` lacks {parts}");
        found.report(CK0505, procedure.at(at!["ma"]), message).help(msg!(
            "bổ sung {keys} theo quyết định công bố",
            "add {keys} as the announcing decision gives them"
        ));
    }
}
