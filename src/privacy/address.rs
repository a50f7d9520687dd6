//! Where a person lives: a house, a group of houses, a hamlet, after words that speak of living there.

use super::prepare::{View, is_alphanumeric, is_letter};
use super::{Hit, Kind, Weight};

/// Words that say that somebody lives there.
const LIVING: [&str; 27] = [
    "tru tai", "thuong tru", "tam tru", "tru o", "tru quan", "cu tru", "cu tru tai", "ho khau", "hktt", "que quan", "nguyen quan",
    "ngu tai", "ngu", "o tai", "song tai", "sinh song tai", "sinh song", "cho o", "noi o", "nha so", "so nha", "tru", "dang o", "nha rieng",
    "que", "nha toi", "nha em",
];

/// Words that announce any address, a person's or an office's.
const ADDRESS: [&str; 5] = ["dia chi", "dc", "d/c", "address", "dchi"];

/// Parts of a place finer than a commune, with a number or a name after them.
const UNITS: [&str; 31] = [
    "to dan pho", "to", "tdp", "thon", "xom", "ap", "khom", "khu pho", "khoi pho", "khoi", "khu dan cu", "kdc", "ban", "lang", "buon", "hem",
    "ngo", "kiet", "ngach", "can ho", "chung cu", "duong", "pho", "doi", "soc", "plei", "phum", "khu", "phong tro", "can", "lo",
];

/// Words of offices and firms: an address after them is no home.
const OFFICES: [&str; 27] = [
    "so", "ubnd", "uy ban", "trung tam", "bo phan", "chi cuc", "cuc", "van phong", "tru so", "co quan", "cong ty", "doanh nghiep", "truong",
    "benh vien", "tram", "phong", "ban quan ly", "htx", "hop tac xa", "ngan hang", "hoi truong", "nha van hoa", "cong an", "kho bac", "bao hiem",
    "chi nhanh", "cty",
];

/// Words that turn the sentence to a person again.
const PERSONS: [&str; 17] = [
    "toi", "em", "ong", "ba", "anh", "chi", "cong dan", "nguoi", "ho ten", "ho va ten", "ten", "gia dinh", "chau", "sinh", "cccd", "cmnd", "ho",
];

/// Looks for homes.
pub(super) fn find(view: &View, hits: &mut Vec<Hit>) {
    let mut place = 0;
    while place < view.len() {
        if !is_letter(view.at(place)) || is_alphanumeric(view.before(place)) {
            place += 1;
            continue;
        }
        if let Some(range) = home_at(view, place) {
            place = range.end;
            hits.push(Hit { kind: Kind::PrivateAddress, range, value: String::new(), weight: Weight::Certain });
        } else {
            place = view.word_end(place);
        }
    }
}

fn home_at(view: &View, place: usize) -> Option<std::ops::Range<usize>> {
    let longest = |words: &[&str]| {
        words.iter().filter(|word| view.word_starts(place, word)).map(|word| word.len()).max()
    };
    let living = longest(&LIVING);
    let address = longest(&ADDRESS);
    // “tôi ở thôn 3”; “ô”, “ơ”, “o” of other words do not count.
    let at = (view.word_starts(place, "o") && matches!(view.char(place), 'ở' | 'Ở' | 'o' | 'O')).then_some(1);
    let length = living.or(address).or(at)?;
    let from = place + length;
    if living.is_none() && is_an_office(view, place) {
        return None;
    }
    if living.is_none() && address.is_none() && !person_before(view, place) {
        return None;
    }
    if view.word_starts(place, "dc") && !matches!(view.at(from), b':' | b' ' | b'.') {
        return None;
    }
    let (start, numbered) = content(view, from)?;
    let house = view.word_starts(place, "so nha") || view.word_starts(place, "nha so");
    let end = detail(view, start, house || numbered)?;
    Some(if house { place..address_end(view, end) } else { start..address_end(view, end) })
}

/// Where the address itself begins after its key word; whether “số” stood before it.
fn content(view: &View, from: usize) -> Option<(usize, bool)> {
    let mut place = from;
    let mut numbered = false;
    let fillers = [
        "hien nay", "hien tai", "la", "o", "tai", "cua toi", "toi", "thuong tru", "tam tru", "lien he", "nha rieng", "nha", "o dia chi", "dia chi",
        "hien", "lien lac", "so", "dang", "nhan ket qua", "noi o", "cu", "cho o", "tru", "ong", "em", "gia dinh", "rieng", "cu the",
    ];
    for _ in 0..8 {
        while matches!(view.at(place), b' ' | b':' | b',' | b'-' | b'\n' | b'|' | b'.' | b'*' | b'(' | b')' | b'=') && place < from + 40 {
            place += 1;
        }
        let longest = fillers.iter().filter(|filler| view.word_starts(place, filler)).max_by_key(|filler| filler.len());
        let Some(filler) = longest else { break };
        numbered |= *filler == "so";
        place += filler.len();
    }
    (place <= from + 48 && is_alphanumeric(view.at(place))).then_some((place, numbered))
}

/// The end of the first fine part of an address.
fn detail(view: &View, start: usize, numbered: bool) -> Option<usize> {
    let named = |place: usize| {
        let at = skip_blanks(view, place);
        at > place && (view.at(at).is_ascii_digit() || view.is_capital(at))
    };
    if let Some(unit) = UNITS.iter().filter(|unit| view.word_starts(start, unit)).max_by_key(|unit| unit.len()) {
        let end = start + unit.len();
        let at = skip_blanks(view, end);
        if view.word_starts(at, "so") || named(end) {
            return Some(at.max(end));
        }
        // Whoever writes without capitals writes without accents too.
        let plain = !view.slice(end..(end + 24).min(view.len())).is_empty() && (start..end + 16).all(|place| !view.is_capital(place) && (view.char(place).is_ascii()));
        return (plain && at > end && is_letter(view.at(at))).then_some(at);
    }
    // K12/5 Phan…, 123 Quang Trung, 45/6 hẻm 7, số 12A
    let mut place = start;
    if view.at(place) == b'k' && view.at(place + 1).is_ascii_digit() {
        place += 1;
    }
    if !view.at(place).is_ascii_digit() {
        return None;
    }
    let mut digits = 0;
    while view.at(place).is_ascii_digit() || matches!(view.at(place), b'/' | b'-') && view.at(place + 1).is_ascii_digit() {
        digits += usize::from(view.at(place).is_ascii_digit());
        place += 1;
    }
    if is_letter(view.at(place)) && !is_letter(view.at(place + 1)) {
        place += 1;
    }
    if digits > 10 {
        return None;
    }
    let mut next = skip_blanks(view, place);
    if view.at(next) == b',' {
        next = skip_blanks(view, next + 1);
    }
    let street = view.is_capital(next) || UNITS.iter().any(|unit| view.word_starts(next, unit));
    (numbered || next > place && street).then_some(place)
}

/// How far the address goes: to the end of the line or sentence, at most a few parts.
fn address_end(view: &View, from: usize) -> usize {
    let mut end = from;
    let mut parts = 0;
    while end < view.len() && end < from + 120 {
        match view.at(end) {
            b'\n' | b';' | b'|' | b')' | b'<' => break,
            b'.' if matches!(view.at(end + 1), b' ' | b'\n' | 0) && !view.slice(end.saturating_sub(2)..end).ends_with(b"p") => break,
            b',' => {
                parts += 1;
                // A part in small letters is the sentence going on: “…, có nhà cạnh trường học”.
                let next = skip_blanks(view, end + 1);
                let unit = ["xa", "phuong", "huyen", "tinh", "thanh pho", "tp", "quan", "thi"].iter().any(|word| view.word_starts(next, word))
                    || UNITS.iter().any(|unit| view.word_starts(next, unit));
                if parts > 5 || !unit && !view.is_capital(next) {
                    break;
                }
            }
            _ => {}
        }
        end += 1;
    }
    while end > from && view.at(end - 1) == b' ' {
        end -= 1;
    }
    end
}

fn skip_blanks(view: &View, place: usize) -> usize {
    let mut place = place;
    while matches!(view.at(place), b' ' | b'\n') {
        place += 1;
    }
    place
}

/// Whether the sentence before the key word speaks of an office last.
fn is_an_office(view: &View, place: usize) -> bool {
    let first = sentence_start(view, place, 90);
    (first..place).rev().filter(|&at| is_letter(view.at(at)) && !is_alphanumeric(view.before(at))).find_map(|at| {
        if PERSONS.iter().any(|word| view.has_word(at, word) && !(*word == "ho" && view.is_capital(at + 3))) {
            Some(false)
        } else if OFFICES.iter().any(|word| view.has_word(at, word)) {
            // “số” and “sở” are one in the skeleton.
            let office = !view.has_word(at, "so") || matches!(view.char(at + 1), 'ở' | 'Ở');
            office.then_some(true)
        } else {
            None
        }
    }) == Some(true)
}

/// Whether a person is named shortly before “ở”.
fn person_before(view: &View, place: usize) -> bool {
    let first = sentence_start(view, place, 36);
    (first..place).any(|at| {
        ["toi", "em", "ong", "ba", "anh", "chi", "gia dinh", "nha toi", "chau", "cong dan"].iter().any(|word| view.has_word(at, word))
    })
}

fn sentence_start(view: &View, place: usize, reach: usize) -> usize {
    let least = place.saturating_sub(reach);
    let mut first = place;
    while first > least && !matches!(view.at(first - 1), b'\n' | b';' | b'!' | b'?') && !(view.at(first - 1) == b'.' && view.at(first) == b' ') {
        first -= 1;
    }
    first
}
