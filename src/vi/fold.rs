//! Turns text into what a person types who leaves the accents out: “Thủ tục  Đất đai” gives
//! `thu tuc dat dai`.
//!
//! Search, duplicate checks and suggestions compare folded texts. The same fold is done in the
//! reader's browser: `s.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d")`,
//! then white space collapsed and trimmed. Change both or neither.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Folds `text`: lower case, no combining marks, đ as d, every run of white space (NBSP among it)
/// one space, none at the ends.
///
/// Where the tone stands makes no difference (hoà, hòa), nor does the normal form.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the fold of `text` to `out`, for callers that fold many texts.
pub fn fold_into(text: &str, out: &mut String) {
    let start = out.len();
    let mut gap = false;
    for c in text.chars() {
        if c.is_ascii_graphic() {
            close_gap(&mut gap, start, out);
            out.push(c.to_ascii_lowercase());
        } else if c.is_whitespace() {
            gap = true;
        } else {
            // Marks are dropped one by one, so the canonical order of marks need not be
            // restored first: no buffer, and still the same result for NFC and NFD.
            for lower in c.to_lowercase() {
                decompose_canonical(lower, |part| {
                    if !is_combining_mark(part) {
                        close_gap(&mut gap, start, out);
                        out.push(if part == 'đ' { 'd' } else { part });
                    }
                });
            }
        }
    }
}

/// Writes the one space that stands for the white space before the next character, unless that
/// character is the first.
fn close_gap(gap: &mut bool, start: usize, out: &mut String) {
    if std::mem::take(gap) && out.len() > start {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn accents_case_and_spaces_fold_away() {
        assert_eq!(
            fold("  Thủ tục\u{A0}ĐĂNG KÝ\n đất đai (Mẫu số 04)"),
            "thu tuc dang ky dat dai (mau so 04)"
        );
        assert_eq!(fold("Nghị định 61/2018/NĐ-CP"), "nghi dinh 61/2018/nd-cp");
        assert_eq!(fold(""), "");
        assert_eq!(fold(" \u{A0}\u{3000}"), "");
    }

    #[test]
    fn old_and_new_tone_places_fold_to_the_same() {
        for (old, new) in [("hoà", "hòa"), ("uỷ ban", "ủy ban"), ("thuý", "thúy"), ("khoẻ", "khỏe")]
        {
            assert_eq!(fold(old), fold(new));
        }
    }

    #[test]
    fn folding_into_a_filled_buffer_adds_the_same_text() {
        let mut out = String::from("tên: ");
        fold_into("  Cấp  phép", &mut out);
        assert_eq!(out, "tên: cap phep");
    }

    #[test]
    fn every_character_folds_to_something_that_stays() {
        for c in ('\0'..='\u{2FFFF}').map(String::from) {
            let folded = fold(&c);
            assert_eq!(fold(&folded), folded, "{c:?}");
            assert_eq!(fold(&c.nfd().collect::<String>()), folded, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn the_normal_form_makes_no_difference(text in "[a-zA-ZÀ-ỹđĐ \u{300}-\u{36f}\u{5b0}\u{1dce}]{0,20}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&text.nfc().collect::<String>()), folded.clone());
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), folded);
        }

        #[test]
        fn vietnamese_folds_to_ascii(text in "[a-zA-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ\u{A0} ]{0,40}") {
            let folded = fold(&text);
            prop_assert!(folded.is_ascii(), "{folded}");
            prop_assert!(!folded.contains("  ") && folded.trim() == folded);
        }
    }
}
