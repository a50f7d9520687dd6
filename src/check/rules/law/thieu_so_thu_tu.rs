//! Finds gaps in the yearly numbering of petitions (CK0515): one that is gone leaves a gap.

use std::collections::BTreeMap;

use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0515;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::{at, msg};

/// How many gaps of a year are named, and how long a gap is looked through for unreadable records.
const NAMED: usize = 5;
const LOOKED_THROUGH: u64 = 1_000;

/// The year and the number of a code of the form `2026-001`.
pub fn numbered(code: &str) -> Option<(u64, u64)> {
    let (year, number) = code.split_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !digits(year) || !digits(number) || number.len() > 9 {
        return None;
    }
    Some((year.parse().ok()?, number.parse().ok()?))
}

/// Counts every year from 1 on. A record that exists and cannot be read leaves no gap.
pub fn check(model: &Model, found: &mut Findings) {
    let mut years: BTreeMap<u64, BTreeMap<u64, (Place, usize)>> = BTreeMap::new();
    for (code, petition) in &model.petitions {
        if let Some((year, number)) = numbered(code.as_str()) {
            let width = code.as_str().len() - 5;
            years.entry(year).or_default().insert(number, (petition.at(at!["ma"]), width));
        }
    }
    for (year, numbers) in years {
        let mut missing = Vec::new();
        let mut place = None;
        let mut expected = 1;
        for (number, (at, width)) in numbers {
            let known = |n: u64| model.is_broken(FileKind::Petition, &format!("{year}-{n:0width$}"));
            while expected < number && number - expected <= LOOKED_THROUGH && known(expected) {
                expected += 1;
            }
            if expected < number {
                let last = number - 1;
                missing.push(match expected == last {
                    true => format!("{year}-{last:0width$}"),
                    false => format!("{year}-{expected:0width$} đến {year}-{last:0width$}"),
                });
                place.get_or_insert(at);
            }
            expected = number + 1;
        }
        let Some(place) = place else { continue };
        let more = missing.len().saturating_sub(NAMED);
        missing.truncate(NAMED);
        let mut list = missing.join(", ");
        if more > 0 {
            list.push_str(&format!(", …(+{more})"));
        }
        let message = msg!("năm {year} thiếu số thứ tự: {list}", "gaps in the numbering of {year}: {list}");
        found.report(CK0515, place, message).help(msg!(
            "đưa lại bản ghi thiếu; việc đã tiếp nhận không được biến mất, kể cả khi bị từ chối",
            "put the missing record back; what was received must not vanish, even if it was refused"
        ));
    }
}
