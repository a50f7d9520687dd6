//! Finds procedures that replace themselves (CK0530) and those that replace each other on one day (CK0531).

use std::collections::{BTreeMap, BTreeSet};

use crate::base::date::Date;
use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::{CK0530, CK0531};
use crate::model::Model;
use crate::vi::number::date_short;
use crate::{at, msg};

/// One procedure comes in place of another; codes without their local suffix, as a state goes by them.
struct Replacement<'m> {
    new: &'m str,
    old: &'m str,
    place: Place,
}

/// Looks at every `thay_cho`, then at those of each day together. On different days the later one has the
/// last word: a procedure may come back.
pub fn check(model: &Model, found: &mut Findings) {
    let mut days: BTreeMap<Date, Vec<Replacement<'_>>> = BTreeMap::new();
    for decision in model.decisions.values() {
        for (i, item) in decision.record.items.iter().enumerate() {
            for (j, old) in item.replaces.iter().enumerate() {
                let place = decision.at(at!["muc", i, "thay_cho", j]);
                let (new, old) = (item.procedure.national(), old.national());
                if new == old {
                    itself(found, place, item.procedure.as_str());
                } else {
                    let day = decision.record.takes_effect();
                    days.entry(day).or_default().push(Replacement { new, old, place });
                }
            }
        }
    }
    for (day, replacements) in days {
        circles(found, day, &replacements);
    }
}

fn itself(found: &mut Findings, place: Place, code: &str) {
    let message = msg!(
        "thủ tục `{code}` được ghi là thay cho chính nó",
        "the procedure `{code}` is said to replace itself"
    );
    found.report(CK0530, place, message).help(msg!(
        "ghi mã của thủ tục cũ bị thay; nếu thủ tục vẫn giữ mã này thì ghi loai: sua_doi_bo_sung và xóa thay_cho",
        "write the code of the old procedure; if it keeps its code write loai: sua_doi_bo_sung and delete thay_cho"
    ));
}

/// Reports each ring of replacements of one day once, at the one that closes it.
fn circles(found: &mut Findings, day: Date, replacements: &[Replacement<'_>]) {
    let mut above: BTreeMap<&str, Vec<&Replacement<'_>>> = BTreeMap::new();
    for replacement in replacements {
        // Does the new one of this line already give way, through others, to the old one?
        if let Some(first) = way(&above, replacement.old, replacement.new) {
            let (new, old, day) = (replacement.new, replacement.old, date_short(day));
            let message = msg!(
                "thủ tục `{new}` và `{old}` thay thế lẫn nhau từ cùng ngày {day}",
                "the procedures `{new}` and `{old}` replace each other on the same day, {day}"
            );
            found
                .report(CK0531, replacement.place.clone(), message)
                .help(msg!(
                    "đối chiếu quyết định đã ký rồi bỏ chiều sai; nếu là hai quyết định thì xem lại ngay_hieu_luc",
                    "compare with the signed decision and delete the wrong direction; check ngay_hieu_luc if these are two decisions"
                ))
                .also(first.place.clone(), msg!("chiều kia ở đây", "the other direction is here"));
            continue;
        }
        above.entry(replacement.new).or_default().push(replacement);
    }
}

/// The first step of the way along which `from` replaces `to`, if there is one.
fn way<'a, 'm>(
    steps: &BTreeMap<&'m str, Vec<&'a Replacement<'m>>>,
    from: &'m str,
    to: &str,
) -> Option<&'a Replacement<'m>> {
    let below = |code: &str| steps.get(code).into_iter().flatten().copied();
    let mut seen = BTreeSet::from([from]);
    // Each with the first step of its way.
    let mut open: Vec<_> = below(from).map(|step| (step, step)).collect();
    while let Some((first, step)) = open.pop() {
        if step.old == to {
            return Some(first);
        }
        if seen.insert(step.old) {
            open.extend(below(step.old).map(|next| (first, next)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    /// `(new, old, day)` each; gives the codes of what is found.
    fn told(replacements: &[(u8, u8, &str)]) -> Vec<&'static str> {
        let decisions: Vec<(String, String)> = replacements
            .iter()
            .enumerate()
            .map(|(i, (new, old, day))| {
                let text = format!(
                    "so: {i}/QĐ-A\nngay_ky: 2020-01-01\nngay_hieu_luc: {day}\nco_quan: A\ntrich_yeu: B\nmuc:\n- {{thu_tuc: 1.00000{new}, loai: thay_the, thay_cho: [1.00000{old}]}}\n"
                );
                (format!("quyet-dinh/{i}.yaml"), text)
            })
            .collect();
        let files: Vec<(&str, &str)> = decisions.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let mut found = Findings::default();
        check(&model("2026-01-01", &files), &mut found);
        found.into_vec().into_iter().map(|found| found.rule.code).collect()
    }

    #[test]
    fn a_ring_of_one_day_is_told_once() {
        let (a, b) = ("2025-01-01", "2025-02-01");
        assert_eq!(told(&[(1, 1, a)]), ["CK0530"]);
        assert_eq!(told(&[(1, 2, a), (2, 1, a)]), ["CK0531"]);
        assert_eq!(told(&[(1, 2, a), (2, 3, a), (3, 1, a)]), ["CK0531"]);
        for fine in [
            &[(1, 2, a), (2, 1, b)][..],
            &[(1, 2, a), (2, 3, a)],
            &[(1, 2, a), (1, 3, a), (4, 1, a)],
            &[(1, 3, a), (2, 3, a)],
            &[(1, 2, a), (1, 2, a)],
        ] {
            assert!(told(fine).is_empty(), "{fine:?}");
        }
    }
}
