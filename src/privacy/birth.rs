//! Dates and years of birth, after the words that say so.

use super::prepare::{View, is_alphanumeric, is_letter};
use super::{Hit, Kind, Scope, Weight};

/// The years a living person was born in, with room to come: the guard knows no clock.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2045;

/// Words that end in “sinh” and are about something else: phát sinh, học sinh, vệ sinh.
const COMPOUNDS: [&str; 21] = [
    "phat", "hoc", "ve", "thi", "tuyen", "dan", "an", "tai", "hi", "hy", "so", "moi", "ky", "khai", "nhan",
    "giam", "phuc", "truong", "nghien", "sao", "quan",
];

/// Looks for dates after words for birth.
pub(super) fn find(view: &View, scope: Scope, hits: &mut Vec<Hit>) {
    for (place, b) in view.skeleton().iter().enumerate() {
        // One pass for all words: their first letters are rare enough.
        let words: &[&str] = match b {
            b's' => &["sinh", "sn"],
            b'd' => &["dob"],
            b'b' => &["born", "birth", "birthday"],
            _ => continue,
        };
        if is_letter(view.before(place)) {
            continue;
        }
        // A digit may be stuck to the word: sn1985.
        let Some(word) = words.iter().find(|word| view.word_starts(place, word)) else { continue };
        if *word == "sinh" && is_compound(view, place) {
            continue;
        }
        if let Some(range) = date_after(view, place + word.len(), place, scope) {
            hits.push(Hit { kind: Kind::BirthDate, range, value: String::new(), weight: Weight::Announced });
        }
    }
}

fn is_compound(view: &View, place: usize) -> bool {
    let before = view.before(place) == b' ';
    let word = if before { view.word_before(place - 1) } else { return false };
    let text = view.slice(word.clone());
    // “Ông Trần Văn An sinh năm 1972”: a name is no part of a compound.
    COMPOUNDS.iter().any(|compound| compound.as_bytes() == text) && !view.is_capital(word.start)
}

/// The date that follows a word for birth.
fn date_after(view: &View, from: usize, word: usize, scope: Scope) -> Option<std::ops::Range<usize>> {
    let mut place = from;
    let mut year_told = false;
    // ngày, tháng, năm sinh: … / sinh vào ngày mồng …
    let fillers = [
        "ngay", "nam", "vao", "la", "thang", "of", "date", "on", "in", "mung", "mong", "cua", "toi", "hoi",
        "day", "mien",
    ];
    for _ in 0..8 {
        while matches!(view.at(place), b' ' | b':' | b',' | b'.' | b'-' | b'/' | b'\n' | b'(' | b'=' | b'|')
            && place < from + 30
        {
            place += 1;
        }
        let Some(filler) = fillers.iter().find(|filler| view.word_starts(place, filler)) else { break };
        year_told |= *filler == "nam";
        place += filler.len();
    }
    // “năm sinh 1956”
    let before = view.word_before(word.saturating_sub(1));
    year_told |= view.slice(before) == b"nam";
    if !view.at(place).is_ascii_digit() || place > from + 40 {
        return None;
    }
    let start = place;
    let (first, end) = number(view, place);
    let strict = scope == Scope::Petition;
    if end - start == 4 && YEARS.contains(&first) {
        // 1988-02-03
        if view.at(end) == b'-' && view.at(end + 1).is_ascii_digit() {
            let (_, month) = number(view, end + 1);
            if view.at(month) == b'-' && view.at(month + 1).is_ascii_digit() {
                return Some(start..number(view, month + 1).1);
            }
        }
        // A year alone may be that of a whole class of people: “sinh năm 2007 trở về sau”, “từ năm … đến năm …”.
        let mut after = end;
        while view.at(after) == b' ' {
            after += 1;
        }
        let group = ["tro", "den", "hoac", "phai", "dang ky", "toi nay"]
            .iter()
            .any(|word| view.has_word(after, word));
        return ((strict || year_told) && !group && !is_alphanumeric(view.at(end))).then_some(start..end);
    }
    if !(1..=31).contains(&first) || end - start > 2 {
        return (end - start == 8 && is_packed_date(first)).then_some(start..end);
    }
    let (month, end) = next_number(view, end, "thang")?;
    if !(1..=12).contains(&month) {
        return (YEARS.contains(&month) && (1..=12).contains(&first)).then_some(start..end);
    }
    match next_number(view, end, "nam") {
        Some((year, end)) if YEARS.contains(&year) || (strict && year < 100) => Some(start..end),
        _ if strict => Some(start..end),
        _ => None,
    }
}

/// 01121985
fn is_packed_date(number: u32) -> bool {
    (1..=31).contains(&(number / 1_000_000))
        && (1..=12).contains(&(number / 10_000 % 100))
        && YEARS.contains(&(number % 10_000))
}

fn number(view: &View, start: usize) -> (u32, usize) {
    let mut end = start;
    let mut value: u32 = 0;
    while view.at(end).is_ascii_digit() {
        value = value.saturating_mul(10).saturating_add(u32::from(view.at(end) - b'0'));
        end += 1;
    }
    (value, end)
}

/// The next part of a date, after a sign or the word for it.
fn next_number(view: &View, end: usize, word: &str) -> Option<(u32, usize)> {
    let mut place = end;
    while matches!(view.at(place), b' ' | b'/' | b'-' | b'.' | b',' | b'\n') && place < end + 3 {
        place += 1;
    }
    if view.word_starts(place, word) {
        place += word.len();
        while view.at(place) == b' ' {
            place += 1;
        }
    }
    (place > end && view.at(place).is_ascii_digit()).then(|| number(view, place))
}
