//! Passports: a letter and seven or eight digits after the word for it.

use super::context::{Subject, nearest};
use super::digits::{Group, Run};
use super::prepare::{View, is_alphanumeric, is_letter};
use super::{Hit, Kind, Weight};

/// Looks for passports among the numbers of a view.
pub(super) fn find(view: &View, groups: &[Group], hits: &mut Vec<Hit>) {
    for first in 0..groups.len() {
        // Few groups have letters of their own before them; the rest need no closer look.
        let Some(start) = groups.get(first).and_then(|group| letters(view, group.start)) else { continue };
        let Some(mut run) = Run::new(view, groups, first) else { continue };
        while run.digits.len() < 7 && run.lengths.len() < 4 && run.extend(view, groups) {}
        if !(6..=8).contains(&run.digits.len()) {
            continue;
        }
        if nearest(view, start).is_some_and(|near| near.subject == Subject::Passport && near.direct) {
            hits.push(Hit {
                kind: Kind::Passport,
                range: start..run.end,
                value: run.digits,
                weight: Weight::Announced,
            });
        }
    }
}

/// Where the one or two letters before a number begin.
fn letters(view: &View, start: usize) -> Option<usize> {
    let end = if matches!(view.before(start), b' ' | b'-') { start - 1 } else { start };
    [1, 2].into_iter().find_map(|length| {
        let from = end.checked_sub(length)?;
        let all = view.slice(from..end).iter().all(|&b| is_letter(b));
        (all && !is_alphanumeric(view.before(from))).then_some(from)
    })
}
