//! Where a person lives: a house, a group of houses, a hamlet, after words that speak of living there.

use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::prepare::{View, is_alphanumeric, is_letter};
use super::{Hit, Kind, Weight};

/// Words that say that somebody lives there.
#[rustfmt::skip]
static LIVING: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "trú tại", "thường trú", "tạm trú", "trú ở", "trú quán", "cư trú", "cư trú tại", "hộ khẩu", "hktt",
    "quê quán", "nguyên quán", "ngụ tại", "ngụ", "ở tại", "sống tại", "sinh sống tại", "sinh sống",
    "chỗ ở", "nơi ở", "nhà số", "số nhà", "trú", "đang ở", "nhà riêng", "quê", "nhà tôi", "nhà em",
]));

/// Words that announce any address, a person's or an office's.
static ADDRESS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(&["địa chỉ", "đc", "dc", "đ/c", "address", "đchỉ", "đchi"]));

/// Parts of a place finer than a commune, with a number or a name after them.
#[rustfmt::skip]
static UNITS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "tổ dân phố", "tổ", "tdp", "thôn", "xóm", "ấp", "khóm", "khu phố", "khối phố", "khối", "khu dân cư",
    "kdc", "bản", "làng", "buôn", "hẻm", "ngõ", "kiệt", "ngách", "căn hộ", "chung cư", "đường", "phố",
    "đội", "sóc", "plei", "phum", "khu", "phòng trọ", "căn", "lô",
]));

/// Words of offices and firms: an address after them is no home.
#[rustfmt::skip]
static OFFICES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "sở", "ubnd", "uỷ ban", "ủy ban", "trung tâm", "bộ phận", "chi cục", "cục", "văn phòng", "trụ sở",
    "cơ quan", "công ty", "doanh nghiệp", "trường", "bệnh viện", "trạm", "phòng", "ban quản lý", "htx",
    "hợp tác xã", "ngân hàng", "hội trường", "nhà văn hóa", "công an", "kho bạc", "bảo hiểm", "chi nhánh",
    "cty",
]));

/// Words that turn the sentence to a person again.
#[rustfmt::skip]
static PERSONS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "tôi", "em", "ông", "bà", "anh", "chị", "công dân", "người", "họ tên", "họ và tên", "tên", "gia đình",
    "cháu", "sinh", "cccd", "cmnd", "hộ",
]));

/// Parts of a place that may follow the number of a house.
#[rustfmt::skip]
static STREETS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "đường", "phố", "hẻm", "ngõ", "kiệt", "ngách", "tổ", "khu phố", "thôn", "xóm", "ấp",
]));

/// What “ở” needs before it: somebody who lives.
#[rustfmt::skip]
static LIVERS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "tôi", "em", "ông", "bà", "anh", "chị", "gia đình", "nhà tôi", "cháu", "công dân",
]));

/// Larger parts of a place.
static LARGER: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(&["xã", "phường", "huyện", "tỉnh", "thành phố", "tp", "quận", "thị"]));

/// Words between a key word and the address.
#[rustfmt::skip]
static FILLERS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "hiện nay", "hiện tại", "là", "ở", "tại", "của tôi", "tôi", "thường trú", "tạm trú", "liên hệ",
    "nhà riêng", "nhà", "ở địa chỉ", "địa chỉ", "hiện", "liên lạc", "số", "đang", "nhận kết quả", "nơi ở",
    "cũ", "cư trú", "chỗ ở", "trú", "ông", "em", "gia đình", "riêng", "cụ thể",
]));

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
            hits.push(Hit {
                kind: Kind::PrivateAddress,
                range,
                value: String::new(),
                weight: Weight::Certain,
            });
        } else {
            place = view.word_end(place);
        }
    }
}

fn home_at(view: &View, place: usize) -> Option<std::ops::Range<usize>> {
    let living = LIVING.at(view, place);
    let address = ADDRESS.at(view, place);
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
    for _ in 0..8 {
        while matches!(
            view.at(place),
            b' ' | b':' | b',' | b'-' | b'\n' | b'|' | b'.' | b'*' | b'(' | b')' | b'='
        ) && place < from + 40
        {
            place += 1;
        }
        let Some(filler) = FILLERS.folded_at(view, place) else { break };
        numbered |= filler == "so";
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
    if let Some(unit) = UNITS.at(view, start) {
        let end = start + unit;
        let at = skip_blanks(view, end);
        if view.word_starts(at, "so") || named(end) {
            return Some(at.max(end));
        }
        // Whoever writes without capitals writes without accents too.
        let plain = view.is_plain(start) && !view.is_capital(start);
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
    while view.at(place).is_ascii_digit()
        || matches!(view.at(place), b'/' | b'-') && view.at(place + 1).is_ascii_digit()
    {
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
    let street = view.is_capital(next) || STREETS.at(view, next).is_some();
    (numbered || next > place && street).then_some(place)
}

/// How far the address goes: to the end of the line or sentence, at most a few parts.
fn address_end(view: &View, from: usize) -> usize {
    let mut end = from;
    let mut parts = 0;
    while end < view.len() && end < from + 120 {
        match view.at(end) {
            b'\n' | b';' | b'|' | b')' | b'<' => break,
            b'.' if matches!(view.at(end + 1), b' ' | b'\n' | 0)
                && !view.slice(end.saturating_sub(2)..end).ends_with(b"p") =>
            {
                break;
            }
            b',' => {
                parts += 1;
                // A part in small letters is the sentence going on: “…, có nhà cạnh trường học”.
                let next = skip_blanks(view, end + 1);
                let unit = LARGER.at(view, next).is_some() || UNITS.at(view, next).is_some();
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
    (first..place).rev().filter(|&at| is_letter(view.at(at)) && !is_alphanumeric(view.before(at))).find_map(
        |at| {
            if PERSONS.is_at(view, at) { Some(false) } else { OFFICES.is_at(view, at).then_some(true) }
        },
    ) == Some(true)
}

/// Whether a person is named shortly before “ở”.
fn person_before(view: &View, place: usize) -> bool {
    let first = sentence_start(view, place, 36);
    (first..place).any(|at| LIVERS.is_at(view, at))
}

fn sentence_start(view: &View, place: usize, reach: usize) -> usize {
    let least = place.saturating_sub(reach);
    let mut first = place;
    while first > least
        && !matches!(view.at(first - 1), b'\n' | b';' | b'!' | b'?')
        && !(view.at(first - 1) == b'.' && view.at(first) == b' ')
    {
        first -= 1;
    }
    first
}
