//! Geographic coordinates: pairs of decimal degrees within Vietnam's land and sea, degrees, minutes
//! and seconds, and VN-2000 plane coordinates after their name.

use super::context::has_before;
use super::digits::Group;
use super::prepare::{SIGN, View, is_alphanumeric};
use super::{Hit, Kind, Weight};

/// Looks for latitudes with a longitude after them.
pub(super) fn find(view: &View, groups: &[Group], hits: &mut Vec<Hit>) {
    for (index, group) in groups.iter().enumerate() {
        if group.len() > 3
            || is_alphanumeric(view.before(group.start))
            || matches!(view.before(group.start), b'.' | b',')
                && view.at(group.start.wrapping_sub(2)).is_ascii_digit()
        {
            continue;
        }
        if let Some(end) = decimal_pair(view, groups, index).or_else(|| sexagesimal(view, *group)) {
            hits.push(Hit {
                kind: Kind::Coordinates,
                range: group.start..end,
                value: String::new(),
                weight: Weight::Certain,
            });
        }
    }
}

/// `15.1201, 108.7922`, either order, with at least three decimals each (some 100 m).
fn decimal_pair(view: &View, groups: &[Group], index: usize) -> Option<usize> {
    let (first, end) = decimal(view, groups, index)?;
    let (second, other_end) = decimal(view, groups, index + 2)?;
    let start = groups.get(index + 2)?.start;
    let between = view.slice(end..start);
    let named = has_before(
        view,
        groups.get(index)?.start,
        32,
        &["toa do", "vi do", "kinh do", "gps", "lat", "long", "lng", "latitude", "longitude"],
    );
    let allowed = if named { 24 } else { 4 };
    if between.len() > allowed || between.iter().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if !named
        && !between.iter().all(|b| matches!(b, b' ' | b',' | b';' | b'/' | b'n' | b'e' | b'%' | b'\n' | b'|'))
    {
        return None;
    }
    let latitude = |degrees: u32| (6..=24).contains(&degrees);
    let longitude = |degrees: u32| (101..=118).contains(&degrees);
    (latitude(first) && longitude(second) || longitude(first) && latitude(second)).then_some(other_end)
}

/// The whole degrees of a decimal that begins with a group, and its end.
fn decimal(view: &View, groups: &[Group], index: usize) -> Option<(u32, usize)> {
    let (whole, part) = (groups.get(index)?, groups.get(index + 1)?);
    let sign = view.slice(whole.end..part.start);
    if !matches!(sign, b"." | b",") || part.len() < 3 || part.len() > 16 || whole.len() > 3 || whole.len() < 1
    {
        return None;
    }
    let degrees = (whole.start..whole.end)
        .fold(0, |sum, place| sum * 10 + u32::from(view.digit(place).saturating_sub(b'0')));
    Some((degrees, part.end))
}

/// `15°07'12"N 108°47'32"E`; the end of the longitude.
fn sexagesimal(view: &View, group: Group) -> Option<usize> {
    let latitude = angle(view, group.start, 6..=24)?;
    let mut place = latitude;
    while place < latitude + 24 {
        if view.at(place).is_ascii_digit() {
            return angle(view, place, 101..=118);
        }
        place += 1;
    }
    None
}

/// The end of an angle of degrees within `allowed` with at least minutes.
fn angle(view: &View, start: usize, allowed: std::ops::RangeInclusive<u32>) -> Option<usize> {
    let mut place = start;
    let mut degrees: u32 = 0;
    while view.at(place).is_ascii_digit() && place < start + 3 {
        degrees = degrees * 10 + u32::from(view.at(place) - b'0');
        place += 1;
    }
    if !allowed.contains(&degrees) {
        return None;
    }
    while view.at(place) == b' ' {
        place += 1;
    }
    // 15°, 15 độ, 15º
    if view.word_starts(place, "do") {
        place += 2;
    } else if view.at(place) == SIGN && matches!(view.char(place), '°' | 'º' | '˚') {
        place += 1;
    } else {
        return None;
    }
    let mut minutes = false;
    let mut end = place;
    while place < start + 24 {
        let b = view.at(place);
        let c = view.char(place);
        match b {
            b'0'..=b'9' => {
                minutes = true;
                end = place + 1;
            }
            b' ' | b'\'' | b'"' | b'.' | b',' => {}
            b'n' | b'e' | b'b' | b'd' if !is_alphanumeric(view.at(place + 1)) => {
                end = place + 1;
                break;
            }
            _ if matches!(c, '′' | '″' | '´' | '’' | '”') => {}
            _ if view.word_starts(place, "phut") || view.word_starts(place, "giay") => place += 3,
            _ => break,
        }
        // The next angle's degrees end this one.
        if b == b' '
            && minutes
            && view.at(place + 1).is_ascii_digit()
            && view.at(place + 2).is_ascii_digit()
            && view.at(place + 3).is_ascii_digit()
        {
            break;
        }
        place += 1;
    }
    minutes.then_some(end)
}
