//! Finds simplifications that make something worse without a word (CK0326).

use crate::check::Findings;
use crate::codes::CK0326;
use crate::model::Model;
use crate::model::simplification::changes;
use crate::{at, msg};

/// Looks for measures that grew while the record says nothing about it.
pub fn check(model: &Model, found: &mut Findings) {
    for simplification in model.simplifications.values() {
        let record = &simplification.record;
        if record.note.is_some() {
            continue;
        }
        for change in changes(record) {
            let (Some(before), Some(after)) = (change.before, change.after) else { continue };
            if after <= before {
                continue;
            }
            let (key, label) = (change.measure.key(), change.measure.label().to_lowercase());
            let message = msg!(
                "{label} tăng từ {before} lên {after} mà không nói vì sao",
                "`{key}` grows from {before} to {after} and nothing says why"
            );
            found
                .report(CK0326, simplification.at(at!["sau", key]), message)
                .help(msg!(
                    "nếu đúng là tăng thì giải thích ở ghi_chu; nếu nhầm thì sửa số",
                    "if it did grow, explain it in ghi_chu; if not, correct the figure"
                ))
                .also(simplification.at(at!["truoc", key]), msg!("trước đó ở đây", "before, here"));
        }
    }
}
