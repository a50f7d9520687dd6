//! Turns a name into the part of an address: “Thủ tục đất đai” gives `thu-tuc-dat-dai`.

use super::fold::fold;

/// The slug of `text`: its folded letters a–z and digits, anything between them one `-`.
///
/// Matches `^[a-z0-9]+(-[a-z0-9]+)*$` or is empty, so it needs no escaping in any URL or file
/// system. `949/QĐ-UBND` gives `949-qd-ubnd`.
pub fn slug(text: &str) -> String {
    let folded = fold(text);
    let mut kept = String::with_capacity(folded.len());
    let mut gap = false;
    for c in folded.chars() {
        if c.is_ascii_alphanumeric() {
            if std::mem::take(&mut gap) && !kept.is_empty() {
                kept.push('-');
            }
            kept.push(c);
        } else {
            gap = true;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn names_and_decision_numbers_give_readable_slugs() {
        assert_eq!(slug("949/QĐ-UBND"), "949-qd-ubnd");
        assert_eq!(slug("3980 /QĐ-BQP"), "3980-qd-bqp");
        assert_eq!(slug("2267./QĐ-BXD"), "2267-qd-bxd");
        assert_eq!(slug(" “Cấp giấy phép – lần đầu” (cấp tỉnh)."), "cap-giay-phep-lan-dau-cap-tinh");
        assert_eq!(slug("1.014888"), "1-014888");
        assert_eq!(slug("…"), "");
        assert_eq!(slug("../../etc"), "etc");
    }

    proptest! {
        #[test]
        fn a_slug_has_only_letters_digits_and_single_hyphens(text in any::<String>()) {
            let slug = slug(&text);
            prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            prop_assert!(!slug.contains("--") && !slug.starts_with('-') && !slug.ends_with('-'));
            prop_assert_eq!(super::slug(&slug), slug);
        }

        #[test]
        fn the_normal_form_makes_no_difference(text in "[a-zÀ-ỹđĐ /.-]{0,30}") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(slug(&decomposed), slug(&text));
        }
    }
}
