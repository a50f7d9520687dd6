//! Brings text into NFC, and tells of characters that a reader cannot see or tell apart.
//!
//! These functions only find; the checks decide what is a fault and say so.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use super::legacy::{LegacyEncoding, legacy_encoding};

/// `text` in NFC, borrowed where it is already.
///
/// Copies from macOS and from PDF files come decomposed, and then neither search nor a screen
/// reader knows the words.
pub fn to_nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    let composed: String = text.nfc().collect();
    // The quick answer may have been “perhaps”: a lone mark, say.
    if composed == text { Cow::Borrowed(text) } else { Cow::Owned(composed) }
}

/// Whether a text has nothing but ASCII without control characters, precomposed Vietnamese letters and the
/// signs of ordinary print: then it is in NFC, and nothing in it is hidden, odd or foreign.
pub fn is_plain(text: &str) -> bool {
    let common = |c: char| {
        matches!(c,
            '\n' | ' '..='~'
            | 'À'..='Ã' | 'È'..='Ê' | 'Ì' | 'Í' | 'Ò'..='Õ' | 'Ù' | 'Ú' | 'Ý'
            | 'à'..='ã' | 'è'..='ê' | 'ì' | 'í' | 'ò'..='õ' | 'ù' | 'ú' | 'ý'
            | 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư'
            | '\u{1EA0}'..='\u{1EF9}'
            | '–' | '—' | '‘' | '’' | '“' | '”' | '•' | '…' | '°' | '²' | '³' | '§' | '×' | '≤' | '≥')
    };
    text.chars().all(common)
}

/// Characters without any shape, which spoil search, copying and comparing: zero-width spaces and
/// joiners, soft hyphens, byte order marks, variation selectors, fillers.
///
/// Those that turn the direction of writing are told by [`is_bidi_control`], control characters by
/// [`is_forbidden_control`].
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200D}'
            | '\u{2060}'..='\u{2064}'
            | '\u{206A}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Characters that turn the direction of writing: with them a text can read otherwise than it is.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Control characters and noncharacters, which XML, HTML or the reader's screen cannot carry.
/// Tab, the two ends of line and U+0085 are allowed.
pub fn is_forbidden_control(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{FDD0}'..='\u{FDEF}' => true,
        _ => c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE,
    }
}

/// A letter of another alphabet that passes for a Latin one: the first in `text`, with its byte
/// offset and the letter that is meant.
///
/// Only a word of Latin letters is suspect, where a word is an unbroken run of letters and marks:
/// Greek and Cyrillic words, `Ω`, `μm`, `α-amylase` are in order. A look-alike is Cyrillic or Greek
/// with the shape of a Latin letter, full width or mathematical, or one of the two letters
/// that old fonts put in the place of Đ. With it a word looks right and is never found.
pub fn mixed_script_word(text: &str) -> Option<(usize, char, char)> {
    if text.is_ascii() || !text.chars().any(|c| latin_twin(c).is_some()) {
        return None;
    }
    let mut start = 0;
    text.split(|c: char| !is_part_of_word(c)).find_map(|word| {
        let offset = start;
        // Every separator is one character; its length shows in the place of the next word.
        start = offset + word.len();
        start += text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        look_alike_in(word).map(|(at, found, meant)| (offset + at, found, meant))
    })
}

fn is_part_of_word(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

fn look_alike_in(word: &str) -> Option<(usize, char, char)> {
    if word.is_ascii() {
        return None;
    }
    let mut latin = 0;
    let mut first = None;
    for (at, c) in word.char_indices() {
        let twin = latin_twin(c);
        // Full-width and mathematical letters are Latin themselves, only not the right ones.
        if is_latin(c) || twin.is_some() && is_variant(c) {
            latin += 1;
        }
        if let (None, Some(meant)) = (first, twin) {
            first = Some((at, c, meant));
        }
    }
    let (_, found, _) = first?;
    // 𝑥 alone is a variable; 𝑥𝑦 is a word in a false font.
    let needed = if is_variant(found) { 2 } else { 1 };
    first.filter(|_| latin >= needed)
}

/// Letters of the Latin script, as far as European and Vietnamese text goes.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && c.is_alphabetic()
}

/// Latin letters that Unicode keeps a second time: full width, mathematical.
fn is_variant(c: char) -> bool {
    matches!(c, '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' | '\u{1D400}'..='\u{1D7FF}')
}

/// The Latin letter that `c` passes for.
pub(crate) fn latin_twin(c: char) -> Option<char> {
    // Small Greek letters are left out but for ο: TNFα, µm and λmax are meant as they stand.
    const TWINS: [(&str, &str); 2] = [
        ("АВЕЅІЈКМНОРСТУХҺԀԚԜаеѕіјорсухһԁԛԝүҮ", "ABESIJKMHOPCTYXHDQWaesijopcyxhdqwyY"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοÐƉ", "ABEZHIKMNOPTYXoĐĐ"),
    ];
    if is_variant(c) {
        return std::iter::once(c).nfkc().next().filter(char::is_ascii_alphabetic);
    }
    if !matches!(c, '\u{D0}' | '\u{189}' | '\u{370}'..='\u{52F}') {
        return None; // Most letters need no look at the table.
    }
    TWINS.iter().find_map(|(twins, letters)| {
        let place = twins.chars().position(|twin| twin == c)?;
        letters.chars().nth(place)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_in_nfc_is_not_copied() {
        for text in ["", "abc", "Thủ tục đất đai", "\u{301}"] {
            assert!(matches!(to_nfc(text), Cow::Borrowed(_)), "{text:?}");
        }
        assert_eq!(to_nfc("Thu\u{309} tu\u{323}c"), "Thủ tục");
        assert_eq!(to_nfc("Vie\u{302}\u{323}t"), "Việt");
    }

    #[test]
    fn what_cannot_be_seen_is_told_from_what_can() {
        for c in [
            '\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{2064}', '\u{FEFF}', '\u{AD}', '\u{180E}',
            '\u{34F}',
        ] {
            assert!(is_invisible(c) && !is_bidi_control(c), "{c:?}");
        }
        for c in ['\u{61C}', '\u{200E}', '\u{200F}', '\u{202A}', '\u{202E}', '\u{2066}', '\u{2069}'] {
            assert!(is_bidi_control(c) && !is_invisible(c), "{c:?}");
        }
        for c in [
            '\0',
            '\u{8}',
            '\u{B}',
            '\u{C}',
            '\u{1B}',
            '\u{7F}',
            '\u{80}',
            '\u{9F}',
            '\u{FFFE}',
            '\u{FFFF}',
            '\u{FDD0}',
            '\u{10FFFF}',
        ] {
            assert!(is_forbidden_control(c), "{c:?}");
        }
        for c in "\t\n\r\u{85} \u{A0}aệđ“”–…•½m²₫\u{301}\u{F0FC}".chars() {
            assert!(!is_forbidden_control(c) && !is_invisible(c) && !is_bidi_control(c), "{c:?}");
        }
    }

    #[test]
    fn a_foreign_letter_in_a_latin_word_is_found_with_its_place() {
        // The suspects are written as escapes, since nobody could tell them apart here.
        for (text, at, found, meant) in [
            ("h\u{43E} s\u{1A1}", 1, '\u{43E}', 'o'),
            ("Thủ tục c\u{430}́p", 13, '\u{430}', 'a'),
            ("\u{421}ấp phép", 0, '\u{421}', 'C'),
            ("\u{39A}hoa học", 0, '\u{39A}', 'K'),
            ("Quảng Ngãi, U\u{412}ND", 16, '\u{412}', 'B'),
            ("giấy \u{FF30}hép", 7, '\u{FF30}', 'P'),
            ("𝐓𝐡𝐮̉ 𝐭𝐮̣𝐜", 0, '𝐓', 'T'),
            ("949/Q\u{D0}-UBND", 5, '\u{D0}', 'Đ'),
            ("\u{D0}ăng ký", 0, '\u{D0}', 'Đ'),
        ] {
            assert_eq!(mixed_script_word(text), Some((at, found, meant)), "{text}");
        }
    }

    #[test]
    fn every_look_alike_is_mapped_to_its_letter() {
        let twins: String =
            ('\u{80}'..='\u{FFFF}').filter(|&c| !is_variant(c) && latin_twin(c).is_some()).collect();
        assert_eq!(twins.chars().count(), 52, "{twins}");
        assert_eq!(latin_twin('\u{0455}'), Some('s'));
        assert_eq!(latin_twin('\u{051D}'), Some('w'));
        assert_eq!(latin_twin('\u{0425}'), Some('X'));
        assert_eq!(latin_twin('\u{03A5}'), Some('Y'));
        assert_eq!(latin_twin('\u{FF5A}'), Some('z'));
        assert_eq!(latin_twin('ａ'), Some('a'));
        assert_eq!(latin_twin('\u{1D6FC}'), None, "mathematical alpha");
    }

    #[test]
    fn words_of_one_script_and_units_are_in_order() {
        for text in [
            "",
            "Thủ tục đăng ký đất đai",
            "Τη Ελλάδα",
            "ΟΤΑΝ",
            "Электронная подпись",
            "хор",
            "5 µm",
            "5 μm",
            "kΩ",
            "10 MΩ·m",
            "Ω",
            "α",
            "α-amylase",
            "β-caroten",
            "TNFα",
            "IFNγ",
            "λmax",
            "Δt",
            "2πr",
            "𝑥",
            "𝑥 + 𝑦 = 𝑧",
            "m²",
            "H₂SO₄",
            "中文 abc",
            "東京Tokyo",
            "Ａ",
            "Müller",
            "Việt\u{323}",
            "№ 5",
            "А-B",
            "Łódź",
        ] {
            assert_eq!(mixed_script_word(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nfc_twice_is_nfc_once(text in any::<String>()) {
            let once = to_nfc(&text).into_owned();
            prop_assert_eq!(to_nfc(&once), once.as_str());
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(to_nfc(&decomposed), once);
        }

        #[test]
        fn a_find_points_at_the_letter(text in "[a-zệ аеοКＡÐ𝐓,\u{A0}\u{301}-]{0,20}") {
            if let Some((at, found, meant)) = mixed_script_word(&text) {
                prop_assert!(text[at..].starts_with(found));
                let mended = text.replacen(found, &meant.to_string(), 1);
                prop_assert_ne!(mixed_script_word(&mended).map(|(next, ..)| next), Some(at));
            }
        }

        #[test]
        fn no_text_upsets_the_search(text in any::<String>()) {
            if let Some((at, found, _)) = mixed_script_word(&text) {
                prop_assert!(text[at..].starts_with(found));
            }
        }
    }
}
