//! Prepares a text for the detectors: the same words without their disguises, with the way back.
//!
//! Takes a text as it was written and gives a [`View`]: one place per visible character, composed
//! (NFC), without invisible characters, every digit of every script an ASCII digit, odd blanks,
//! dashes and dots the plain ones. Each place knows the bytes of the original it came from, so that
//! what is found here is marked there.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::vi::fold::fold;
use crate::vi::unicode::{is_bidi_control, is_forbidden_control, is_invisible, latin_twin};

/// Stands in the skeleton for a letter that is no Latin one.
pub(super) const LETTER: u8 = 1;
/// Stands in the skeleton for any other character beyond ASCII.
pub(super) const SIGN: u8 = 2;

/// A prepared text.
///
/// The detectors read the skeleton (lower-case ASCII without accents), and look at the characters
/// themselves only for what the skeleton lost: accents and capitals.
pub(super) struct View {
    places: Vec<Place>,
    skeleton: Vec<u8>,
    /// The skeleton with letters that stand for digits (o, l, I) as digits, where there are any.
    numeric: Option<Vec<u8>>,
}

/// A character and where it came from.
#[derive(Clone, Copy)]
struct Place {
    start: usize,
    /// In bytes; an entity or a letter with a thousand marks is shorter than four gigabytes.
    length: u32,
    c: char,
}

impl Place {
    fn end(self) -> usize {
        self.start.saturating_add(usize::try_from(self.length).unwrap_or(usize::MAX))
    }
}

impl View {
    /// The text as it was written.
    pub(super) fn new(text: &str) -> View {
        let mut builder = Builder::new(text.len());
        // Looked up once: asking a lazy table for every character would be a third of the work.
        let table = TABLE.as_slice();
        for (at, c) in text.char_indices() {
            builder.push_by(table, c, at, at + c.len_utf8());
        }
        builder.finish()
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.skeleton.len()
    }

    /// The whole skeleton, for searches.
    pub(super) fn skeleton(&self) -> &[u8] {
        &self.skeleton
    }

    /// The skeleton with letters that stand for digits as digits.
    pub(super) fn numeric(&self) -> &[u8] {
        self.numeric.as_deref().unwrap_or(&self.skeleton)
    }

    /// The skeleton at a place; 0 outside of the text, which is no character of any text.
    pub(super) fn at(&self, place: usize) -> u8 {
        self.skeleton.get(place).copied().unwrap_or(0)
    }

    /// The skeleton before a place; 0 at the start.
    pub(super) fn before(&self, place: usize) -> u8 {
        place.checked_sub(1).map_or(0, |place| self.at(place))
    }

    /// The digit at a place, look-alikes among them; 0 if it is none.
    pub(super) fn digit(&self, place: usize) -> u8 {
        self.numeric().get(place).copied().filter(u8::is_ascii_digit).unwrap_or(0)
    }

    /// The character at a place.
    pub(super) fn char(&self, place: usize) -> char {
        self.places.get(place).map_or('\0', |place| place.c)
    }

    /// Whether a capital stands at a place.
    pub(super) fn is_capital(&self, place: usize) -> bool {
        self.char(place).is_uppercase()
    }

    /// Whether nobody put an accent within some forty characters of a place: a message typed in haste.
    pub(super) fn is_plain(&self, place: usize) -> bool {
        let (from, to) = (place.saturating_sub(40), (place + 40).min(self.len()));
        self.places
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .all(|place| place.c.is_ascii() || !place.c.is_alphabetic())
    }

    /// The skeleton of a range; empty if it is none.
    pub(super) fn slice(&self, range: Range<usize>) -> &[u8] {
        self.skeleton.get(range).unwrap_or_default()
    }

    /// Whether the skeleton goes on with `text` at a place.
    pub(super) fn starts_with(&self, place: usize, text: &str) -> bool {
        self.skeleton.get(place..).is_some_and(|rest| rest.starts_with(text.as_bytes()))
    }

    /// Whether `word` stands at a place with no letter at its right. A digit may follow, since
    /// people write `đt0912…`.
    pub(super) fn word_starts(&self, place: usize, word: &str) -> bool {
        self.starts_with(place, word) && !is_letter(self.at(place + word.len()))
    }

    /// Whether `word` stands at a place, with no letter or digit at either side.
    pub(super) fn has_word(&self, place: usize, word: &str) -> bool {
        self.word_starts(place, word)
            && !is_alphanumeric(self.before(place))
            && !self.at(place + word.len()).is_ascii_digit()
    }

    /// The bytes of the original text that a range of places came from.
    pub(super) fn original(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let last = range.end.checked_sub(1)?;
        Some(self.places.get(range.start)?.start..self.places.get(last)?.end())
    }

    /// The first place at or after `from` where `word` stands alone.
    pub(super) fn find_word(&self, from: usize, word: &str) -> Option<usize> {
        let first = *word.as_bytes().first()?;
        let mut from = from;
        loop {
            let step = self.skeleton.get(from..)?.iter().position(|&b| b == first)?;
            if self.has_word(from + step, word) {
                return Some(from + step);
            }
            from += step + 1;
        }
    }

    /// The word (letters only) that ends right before a place, empty if none does.
    pub(super) fn word_before(&self, place: usize) -> Range<usize> {
        let mut start = place.min(self.len());
        while start > 0 && is_letter(self.at(start - 1)) {
            start -= 1;
        }
        start..place
    }

    /// The end of the letters that begin at a place.
    pub(super) fn word_end(&self, place: usize) -> usize {
        let mut end = place;
        while is_letter(self.at(end)) {
            end += 1;
        }
        end
    }
}

/// Whether a byte of a skeleton is a letter.
pub(super) fn is_letter(b: u8) -> bool {
    b.is_ascii_lowercase() || b == LETTER
}

/// Whether a byte of a skeleton is a letter or a digit.
pub(super) fn is_alphanumeric(b: u8) -> bool {
    is_letter(b) || b.is_ascii_digit()
}

/// Puts a view together from characters and the bytes they came from.
pub(super) struct Builder {
    view: View,
    last: u8,
    look_alikes: bool,
}

impl Builder {
    /// An empty view with room for a text of `bytes` bytes.
    pub(super) fn new(bytes: usize) -> Builder {
        let view =
            View { places: Vec::with_capacity(bytes), skeleton: Vec::with_capacity(bytes), numeric: None };
        Builder { view, last: 0, look_alikes: false }
    }

    /// Adds a character that came from the bytes `start..end` of the original.
    pub(super) fn push(&mut self, c: char, start: usize, end: usize) {
        self.push_by(&TABLE, c, start, end);
    }

    fn push_by(&mut self, table: &[u8], c: char, start: usize, end: usize) {
        let skeleton = match table.get(c as usize) {
            Some(&byte) => byte,
            None => skeleton_of(c),
        };
        if skeleton == 0 {
            self.push_odd(c, start, end);
        } else {
            self.place(c, skeleton, start, end);
        }
    }

    fn place(&mut self, c: char, skeleton: u8, start: usize, end: usize) {
        // A letter beside a digit may be meant as one; looked into at the end.
        let last = self.last;
        self.look_alikes |= skeleton.is_ascii_digit() && is_digit_like(last)
            || is_digit_like(skeleton) && last.is_ascii_digit();
        self.last = skeleton;
        let length = u32::try_from(end - start).unwrap_or(u32::MAX);
        self.view.places.push(Place { start, length, c });
        self.view.skeleton.push(skeleton);
    }

    /// Marks join the letter before them, invisible characters go, the rest is spelled out.
    #[cold]
    fn push_odd(&mut self, c: char, start: usize, end: usize) {
        if is_combining_mark(c) && !is_invisible(c) {
            if let Some(last) = self.view.places.last_mut() {
                // A mark that cannot be part of the letter (a line below a digit) only disguises it.
                last.c = [last.c, c].into_iter().nfc().next().unwrap_or(last.c);
                last.length = u32::try_from(end - last.start).unwrap_or(u32::MAX);
            }
            return;
        }
        if is_invisible(c) || is_bidi_control(c) || is_forbidden_control(c) {
            return;
        }
        if let Some(digit) = digit_value(c) {
            self.place(char::from(digit), digit, start, end);
            return;
        }
        for part in std::iter::once(c).nfkc() {
            let skeleton = if part == c { 0 } else { skeleton_of(part) };
            match skeleton {
                0 if is_combining_mark(part) => {}
                0 => self.place(part, SIGN, start, end),
                _ => self.place(part, skeleton, start, end),
            }
        }
    }

    /// The view.
    pub(super) fn finish(mut self) -> View {
        if self.look_alikes {
            self.view.numeric = Some(with_look_alikes(&self.view));
        }
        self.view
    }
}

fn is_digit_like(b: u8) -> bool {
    matches!(b, b'o' | b'l' | b'i')
}

/// The skeleton with o, l and I as digits, in words of which at least half are digits, and in words
/// of o alone that are joined to such a word.
fn with_look_alikes(view: &View) -> Vec<u8> {
    let mut out = view.skeleton.clone();
    let meant = |place: usize| {
        let c = view.char(place);
        // An accent makes it a letter for good.
        (c.is_ascii() || matches!(c, '\u{370}'..='\u{52F}')).then(|| view.at(place))
    };
    let mut place = 0;
    let mut joined = false;
    while place < view.len() {
        if !is_alphanumeric(view.at(place)) {
            joined &= matches!(view.at(place), b'.' | b'-' | b' ' | b'_');
            place += 1;
            continue;
        }
        let start = place;
        let (mut digits, mut letters, mut zeros) = (0, 0, 0);
        let mut possible = true;
        while is_alphanumeric(view.at(place)) {
            match view.at(place) {
                b'0'..=b'9' => digits += 1,
                b'o' if meant(place).is_some() => {
                    letters += 1;
                    zeros += 1;
                }
                b if is_digit_like(b) && meant(place).is_some() => letters += 1,
                _ => possible = false,
            }
            place += 1;
        }
        let alone = joined && digits == 0 && zeros == letters;
        if possible && (digits >= letters && digits > 0 || alone) {
            for b in out.get_mut(start..place).unwrap_or_default() {
                *b = match *b {
                    b'o' => b'0',
                    b'l' | b'i' => b'1',
                    other => other,
                };
            }
            joined = true;
        } else {
            joined = false;
        }
    }
    out
}

/// The skeletons of the first 8192 characters; 0 for what needs a closer look.
static TABLE: LazyLock<Vec<u8>> =
    LazyLock::new(|| (0..0x2000u32).map(|code| char::from_u32(code).map_or(0, skeleton_of)).collect());

/// The byte that stands for a character in the skeleton, 0 for what needs a closer look.
fn skeleton_of(c: char) -> u8 {
    if let Ok(b) = u8::try_from(c)
        && b.is_ascii()
    {
        return match b {
            b'\n' => b'\n',
            b'\t' | b'\r' | b' ' => b' ',
            0..=31 | 127 => 0,
            _ => b.to_ascii_lowercase(),
        };
    }
    match c {
        '\u{85}' | '\u{2028}' | '\u{2029}' => return b'\n',
        '\u{2800}' => return b' ',
        '\u{58A}'
        | '\u{5BE}'
        | '\u{1806}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{2E3A}'
        | '\u{2E3B}'
        | '\u{301C}'
        | '\u{3030}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF0D}' => return b'-',
        '\u{B7}' | '\u{2022}' | '\u{2024}' | '\u{2027}' | '\u{2219}' | '\u{22C5}' | '\u{3002}' => {
            return b'.';
        }
        '\u{2044}' | '\u{2215}' => return b'/',
        '\u{2018}' | '\u{2019}' => return b'\'',
        '\u{201C}' | '\u{201D}' => return b'"',
        '\u{B0}' | '\u{BA}' => return SIGN,
        _ => {}
    }
    if c.is_whitespace() {
        return b' ';
    }
    if is_combining_mark(c)
        || is_invisible(c)
        || is_bidi_control(c)
        || is_forbidden_control(c)
        || digit_value(c).is_some()
    {
        return 0;
    }
    if let Some(twin) = latin_twin(c)
        && let Ok(b) = u8::try_from(twin)
    {
        return b.to_ascii_lowercase();
    }
    // Full width, enclosed, raised: other shapes of what is on the keyboard.
    if matches!(c, '\u{2070}'..='\u{214F}' | '\u{2460}'..='\u{24FF}' | '\u{FE50}'..='\u{FFEF}' | '\u{1F100}'..='\u{1F1FF}')
    {
        return 0;
    }
    let folded = fold(c.encode_utf8(&mut [0; 4]));
    match folded.as_bytes() {
        [b] => *b,
        _ if c.is_alphabetic() => LETTER,
        _ => SIGN,
    }
}

/// The ASCII digit that a digit of another script or shape stands for.
fn digit_value(c: char) -> Option<u8> {
    if c.is_ascii() || !c.is_numeric() {
        return None;
    }
    let code = u32::from(c);
    let decimal = ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code)).map(|zero| code - zero);
    let value = decimal.or(match code {
        // Mathematical digits: five alphabets of ten.
        0x1D7CE..=0x1D7FF => Some((code - 0x1D7CE) % 10),
        0x24FF | 0x24EA => Some(0),
        0x2460..=0x2468 => Some(code - 0x245F),
        0x24F5..=0x24FD => Some(code - 0x24F4),
        0x2776..=0x277E => Some(code - 0x2775),
        0x2780..=0x2788 => Some(code - 0x277F),
        0x278A..=0x2792 => Some(code - 0x2789),
        0x1F10B | 0x1F10C => Some(0),
        // Written as words of one sign in Chinese and Japanese.
        0x3007 => Some(0),
        _ => None,
    });
    let value = value.or_else(|| {
        let mut plain = std::iter::once(c).nfkc();
        plain.next().filter(|_| plain.next().is_none()).and_then(|plain| plain.to_digit(10))
    })?;
    u8::try_from(value).ok().map(|value| b'0' + value)
}

/// The zeros of Unicode's decimal digits (general category Nd), each followed by its 1 to 9.
const ZEROS: [u32; 68] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066,
    0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730,
    0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11DE0, 0x11F50, 0x16130, 0x16A60, 0x16AC0,
    0x16B50, 0x16D70, 0x1CCF0, 0x1E140, 0x1E2F0, 0x1E4F0,
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn skeleton(text: &str) -> String {
        String::from_utf8_lossy(View::new(text).skeleton()).into_owned()
    }

    #[test]
    fn disguises_fall_away() {
        assert_eq!(skeleton("Ông Nguyễn"), "ong nguyen");
        assert_eq!(skeleton("Nguye\u{302}\u{303}n Vie\u{323}\u{302}t"), "nguyen viet");
        assert_eq!(skeleton("09\u{200B}12\u{AD}345"), "0912345");
        assert_eq!(skeleton("０９１２ ๐๙ ٠٩ ⓪⑨ 𝟬𝟵 ⁰⁹"), "0912 09 09 09 09 09");
        assert_eq!(skeleton("0\u{FE0F}\u{20E3}9\u{FE0F}\u{20E3}"), "09");
        assert_eq!(skeleton("0912‑345–678\u{A0}9"), "0912-345-678 9");
        assert_eq!(skeleton("gm\u{430}il ａ＠ｂ"), "gmail a@b");
    }

    #[test]
    fn letters_stand_for_digits_only_among_digits() {
        let numeric = |text: &str| String::from_utf8_lossy(View::new(text).numeric()).into_owned();
        assert_eq!(numeric("o912 O9l2 O934.OOO.112"), "0912 0912 0934.000.112");
        assert_eq!(numeric("ô9 hoi 5 lo, loi 12"), "o9 hoi 5 lo, loi 12");
    }

    #[test]
    fn a_place_knows_its_bytes() {
        let text = "ệ０\u{200B}e\u{323}x";
        let view = View::new(text);
        assert_eq!(view.len(), 4);
        assert_eq!(view.original(&(1..3)), Some(3..text.len() - 1));
        assert_eq!(view.char(2), 'ẹ');
    }

    proptest! {
        #[test]
        fn places_lie_on_characters_in_order(text in any::<String>()) {
            let view = View::new(&text);
            let mut last = 0;
            for place in 0..view.len() {
                let range = view.original(&(place..place + 1)).unwrap_or_default();
                prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
                prop_assert!(range.start >= last || range.start == last);
                last = range.start;
            }
        }
    }
}
