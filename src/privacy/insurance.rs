//! Social insurance codes (ten digits) and health insurance cards (two letters, a digit, the rest).

use super::context::{Near, Subject};
use super::digits::Run;
use super::prepare::{View, is_alphanumeric, is_letter};
use super::{Kind, Weight};

/// The groups of people on health insurance cards (decision 1351/QĐ-BHXH of 2015).
const GROUPS: [&[u8; 2]; 45] = [
    b"dn", b"hx", b"ch", b"nn", b"tk", b"hc", b"xk", b"ht", b"tb", b"no", b"ct", b"xb", b"tn", b"cs", b"qn",
    b"ca", b"cy", b"xn", b"ms", b"cc", b"ck", b"cb", b"kc", b"hd", b"te", b"bt", b"hn", b"dt", b"dk", b"xd",
    b"ts", b"tc", b"tq", b"ta", b"ty", b"hg", b"ls", b"pv", b"hs", b"sv", b"gb", b"gd", b"th", b"tv", b"td",
];

/// What a number is by its key word and the letters before it.
pub(super) fn judge(view: &View, run: &Run, near: Option<Near>) -> Option<(Kind, Weight)> {
    let announced = near.is_some_and(|near| near.subject == Subject::Insurance && near.direct);
    match run.digits.len() {
        10 if announced => Some((Kind::Insurance, Weight::Announced)),
        13 => {
            let letters = letters_before(view, run.start);
            let card = letters.is_some_and(|letters| GROUPS.iter().any(|group| *group == letters))
                && run.digits.starts_with(|c: char| ('1'..='5').contains(&c));
            match (card, announced) {
                (true, true) => Some((Kind::Insurance, Weight::Certain)),
                (false, true) => Some((Kind::Insurance, Weight::Likely)),
                // Two letters and thirteen digits together are hardly anything else.
                (true, false) if run.lengths.len() == 1 && is_letter(view.before(run.start)) => {
                    Some((Kind::Insurance, Weight::Valid))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The two letters before a place, a blank or dash between them and it or not.
fn letters_before(view: &View, start: usize) -> Option<&[u8]> {
    let end = if matches!(view.before(start), b' ' | b'-' | b'.') { start - 1 } else { start };
    let from = end.checked_sub(2)?;
    let letters = view.slice(from..end);
    (letters.iter().all(|&b| is_letter(b)) && !is_alphanumeric(view.before(from))).then_some(letters)
}
