//! Finds figures whose parts do not add up to their whole (CK0318).

use crate::check::Findings;
use crate::codes::CK0318;
use crate::model::Model;
use crate::model::figures::{Count, Counts};
use crate::msg;
use crate::vi::number::thousands;

/// The ways to file, which are all there are.
const WAYS: &[Count] = &[Count::Online, Count::InPerson, Count::ByPost];

/// Adds up the ways in which dossiers came in, of every record of figures.
pub fn check(model: &Model, found: &mut Findings) {
    for filed in model.statistics.values() {
        let counts = Counts::of(&filed.record);
        let Some(received) = counts.get(Count::Received) else { continue };
        let given: Vec<(Count, u64)> =
            WAYS.iter().filter_map(|way| Some((*way, counts.get(*way)?))).collect();
        // One that is too large by itself is told by CK0319.
        if given.iter().any(|(_, number)| *number > received) {
            continue;
        }
        let sum: u64 = given.iter().map(|(_, number)| number).sum();
        let wrong = if given.len() == WAYS.len() { sum != received } else { sum > received };
        if !wrong {
            continue;
        }
        let terms: Vec<String> =
            given.iter().map(|(way, number)| format!("{} {}", way.key(), thousands(*number))).collect();
        let (terms, sum, received) = (terms.join(" + "), thousands(sum), thousands(received));
        let message = msg!(
            "{terms} = {sum}, khác tiep_nhan {received}",
            "{terms} = {sum}, which is not tiep_nhan {received}"
        );
        found.report(CK0318, filed.at(Count::Received.pointer()), message).help(msg!(
            "xem lại nguồn rồi sửa số sai; cách nộp nào nguồn không ghi thì bỏ dòng đó, đừng ghi 0",
            "see the source and correct the wrong number; leave out a way that the source does not give"
        ));
    }
}
