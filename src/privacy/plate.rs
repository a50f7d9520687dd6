//! Licence plates: province, series, four or five digits: 76A-123.45, 76C1-234.56.

use super::context::{Subject, nearest};
use super::digits::{Group, gap};
use super::prepare::{View, is_alphanumeric};
use super::{Hit, Kind, Weight};

/// Looks for plates that begin at a group of two digits.
pub(super) fn find(view: &View, groups: &[Group], hits: &mut Vec<Hit>) {
    for (index, group) in groups.iter().enumerate() {
        if let Some((end, strict)) = plate(view, groups, index, *group) {
            let near = nearest(view, group.start);
            let announced = near.is_some_and(|near| near.subject == Subject::Vehicle && near.direct);
            if announced || strict {
                hits.push(Hit {
                    kind: Kind::LicencePlate,
                    range: group.start..end,
                    value: String::new(),
                    weight: if announced { Weight::Announced } else { Weight::Valid },
                });
            }
        }
    }
}

/// The end of the plate that begins with a group, and whether it is written just as on the metal.
fn plate(view: &View, groups: &[Group], index: usize, group: Group) -> Option<(usize, bool)> {
    let province: u32 = (view.digit(group.start).checked_sub(b'0')?).into();
    let tens = province * 10 + u32::from(view.digit(group.start + 1).checked_sub(b'0')?);
    if group.len() != 2 || !(11..=99).contains(&tens) || is_alphanumeric(view.before(group.start)) {
        return None;
    }
    if matches!(view.before(group.start), b'.' | b'/' | b'-') {
        return None;
    }
    // 76A, 76C1, 76-B1, 76AB
    let mut place = group.end;
    if matches!(view.at(place), b'-' | b' ') {
        place += 1;
    }
    if !view.at(place).is_ascii_lowercase() {
        return None;
    }
    let capital = view.is_capital(place);
    let mut next = index + 1;
    place += 1;
    if view.at(place).is_ascii_lowercase() {
        place += 1;
    } else if view.at(place).is_ascii_digit() {
        let series = groups.get(next)?;
        if (5..=6).contains(&series.len()) && !is_alphanumeric(view.at(series.end)) {
            // 76A12345, 76C112345: all in one, which only a key word tells from other codes.
            return Some((series.end, false));
        }
        if series.len() != 1 {
            return None;
        }
        place += 1;
        next += 1;
    }
    if !matches!(view.at(place), b'-' | b' ' | b'.') {
        return None;
    }
    let dashed = view.at(place) != b'.';
    let number = groups.get(next)?;
    if number.start > place + 3
        || view.slice(place..number.start).iter().any(|b| !matches!(b, b' ' | b'-' | b'.'))
    {
        return None;
    }
    let after = groups.get(next + 1);
    let dotted = number.len() == 3
        && after.is_some_and(|after| {
            after.len() == 2
                && gap(view, number.end, after.start).is_some_and(|gap| gap.sign == b'.' && !gap.wide)
        });
    let end = if dotted { after?.end } else { number.end };
    let long = dotted || number.len() == 5;
    if !(long || number.len() == 4) || is_alphanumeric(view.at(end)) {
        return None;
    }
    if matches!(view.at(end), b'.' | b'/' | b'-') && is_alphanumeric(view.at(end + 1)) {
        return None;
    }
    Some((end, capital && dashed && dotted))
}
