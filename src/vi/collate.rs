//! Turns text into a key whose byte order is the order of a Vietnamese list.
//!
//! The order is that of CLDR for `vi` with numeric order on: a ă â b c d đ e ê … o ô ơ … u ư …;
//! then tones, ngang huyền hỏi ngã sắc nặng (ban bàn bản bãn bán bạn); then lower case before upper.
//! Digits count as one number (“Tiêu chuẩn 9” before “Tiêu chuẩn 10”), punctuation sorts before
//! digits, digits before letters. The tests ask ICU. Outside of Vietnamese text the order is
//! simpler than ICU's: letters of other alphabets follow z in the order of their code points.
//!
//! A key is three levels divided by a zero byte: letters, marks, case. A lower level only speaks
//! when all above it are equal.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::unicode::{is_bidi_control, is_invisible};

/// The alphabet in order, with the four letters of foreign words in their usual places.
const ALPHABET: [char; 33] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'ô', 'ơ',
    'p', 'q', 'r', 's', 't', 'u', 'ư', 'v', 'w', 'x', 'y', 'z',
];

/// White space, punctuation and signs in the order of CLDR's root.
const PUNCTUATION: &str = "\t\n\u{b}\u{c}\r\u{85}\u{2028}\u{2029} _‗-‐‒–—―,;:!¡?¿.·'‹›\"«»()[]{}§¶@*/\\&#%‰‱†‡•′″`´^¯¨¸°©®←→+±÷×<=>¬|¦~−⁄≤≥●✓¤¢$£¥₫€";

/// Tones first, in the order of CLDR for `vi`; then the other marks that Latin letters wear.
const MARKS: [char; 19] = [
    '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}', '\u{306}', '\u{302}', '\u{30C}', '\u{30A}',
    '\u{308}', '\u{30B}', '\u{307}', '\u{338}', '\u{327}', '\u{328}', '\u{304}', '\u{30F}', '\u{311}',
    '\u{31B}',
];

// Lead bytes of the first level. Zero ends a level.
const FIRST_PUNCTUATION: u8 = 0x01;
const OTHER_SIGN: u8 = 0x7C;
const NUMBER: u8 = 0x7D;
const FIRST_LETTER: u8 = 0x80;
const OTHER_LETTER: u8 = 0xF0;

// Weights of the second and third level. PLAIN is what most characters have; trailing ones are cut.
const PLAIN: u8 = 0x01;
const FIRST_QUOTE: u8 = 0x02;
const FIRST_MARK: u8 = 0x10;
const OTHER_MARK: u8 = 0xF0;
const COMPATIBLE: u8 = 0x02;
const NO_BREAK: u8 = 0x03;
const UPPER: u8 = 0x04;

/// Digits that one number may have in a key, as in ICU; a longer one counts as several.
const LONGEST_NUMBER: u8 = 254;

/// The sort key of `text`: compare keys byte by byte.
///
/// Texts that differ only in normal form, in zeros before a number or in invisible characters have
/// the same key. For long lists use it with `sort_by_cached_key`.
pub fn key(text: &str) -> Vec<u8> {
    let mut levels = Levels::with_capacity(text.len());
    for c in text.nfd() {
        levels.push(c);
    }
    levels.finish()
}

/// Which of two texts comes first in a Vietnamese list; agrees with [`key`].
pub fn compare(a: &str, b: &str) -> Ordering {
    if a == b { Ordering::Equal } else { key(a).cmp(&key(b)) }
}

/// The letter under which `name` stands in a list from A to Z: A Ă Â B … D Đ …, upper case, without
/// tone; `#` when it begins with anything else.
pub fn initial(name: &str) -> char {
    let mut letters = name.nfd().skip_while(|&c| is_ignored(c));
    let Some(first) = letters.next().and_then(lower).filter(|&c| letter_rank(c).is_some()) else {
        return '#';
    };
    let mut letter = first;
    let mut last_class = 0;
    for mark in letters {
        let class = canonical_combining_class(mark);
        if class == 0 {
            break;
        }
        if last_class < class
            && let Some(joined) = join(first, mark)
        {
            letter = joined;
            break;
        }
        last_class = class;
    }
    letter.to_uppercase().next().unwrap_or(letter)
}

/// The three levels of a key in the making.
struct Levels {
    letters: Vec<u8>,
    marks: Vec<u8>,
    cases: Vec<u8>,
    /// The last letter, as long as a mark may still turn it into another letter.
    open_letter: Option<char>,
    /// The combining class of the last mark that did not.
    last_class: u8,
    /// Where in `letters` the number begins that a digit would continue.
    open_number: Option<usize>,
}

impl Levels {
    fn with_capacity(bytes: usize) -> Self {
        Self {
            letters: Vec::with_capacity(2 * bytes + 2),
            marks: Vec::with_capacity(bytes),
            cases: Vec::with_capacity(bytes),
            open_letter: None,
            last_class: 0,
            open_number: None,
        }
    }

    /// Adds the next character of a text in NFD.
    fn push(&mut self, c: char) {
        if let Some(digit) = c.to_digit(10) {
            self.open_letter = None;
            self.push_digit(digit as u8);
            return;
        }
        self.open_number = None;
        let class = canonical_combining_class(c);
        if class != 0 {
            self.push_mark(c, class);
            return;
        }
        self.open_letter = None;
        self.last_class = 0;
        if is_ignored(c) {
            return;
        }
        if let Some((small, rank)) = lower(c).and_then(|small| Some((small, letter_rank(small)?))) {
            self.open_letter = Some(small);
            self.add(&[FIRST_LETTER + rank], PLAIN, if small == c { PLAIN } else { UPPER });
        } else {
            self.push_sign(c);
        }
    }

    fn push_sign(&mut self, c: char) {
        let (plain, mark, case) = match c {
            '‘' => ('\'', FIRST_QUOTE, PLAIN),
            '’' => ('\'', FIRST_QUOTE + 1, PLAIN),
            '“' => ('"', FIRST_QUOTE, PLAIN),
            '”' => ('"', FIRST_QUOTE + 1, PLAIN),
            '\u{A0}' | '\u{2007}' | '\u{202F}' => (' ', PLAIN, NO_BREAK),
            '\u{2000}'..='\u{200A}' | '\u{205F}' | '\u{3000}' => (' ', PLAIN, COMPATIBLE),
            '\u{2011}' => ('‐', PLAIN, NO_BREAK),
            '…' => {
                // Three dots in one character.
                for _ in 0..3 {
                    self.push_ranked('.', PLAIN, COMPATIBLE);
                }
                return;
            }
            _ => (c, PLAIN, PLAIN),
        };
        self.push_ranked(plain, mark, case);
    }

    fn push_ranked(&mut self, c: char, mark: u8, case: u8) {
        if let Some(rank) = PUNCTUATION.chars().position(|p| p == c) {
            self.add(&[FIRST_PUNCTUATION + rank as u8], mark, case);
            return;
        }
        // Both cases of a foreign letter stand together.
        let small = lower(c).unwrap_or(c);
        let lead = if c.is_alphabetic() { OTHER_LETTER } else { OTHER_SIGN };
        let [_, high, middle, low] = u32::from(small).to_be_bytes();
        self.add(&[lead, high, middle, low], mark, if small == c { case } else { UPPER });
    }

    /// A number is its lead byte, how many digits follow, and the digits: so a longer one is larger.
    fn push_digit(&mut self, digit: u8) {
        let full = |at: usize| self.letters.get(at) == Some(&(LONGEST_NUMBER + 1));
        let at = match self.open_number {
            Some(at) if !full(at) => at,
            _ => {
                self.add(&[NUMBER, 1], PLAIN, PLAIN);
                self.letters.len() - 1
            }
        };
        self.open_number = Some(at);
        if let Some(count) = self.letters.get_mut(at)
            && (digit > 0 || *count > 1)
        {
            *count += 1;
            self.letters.push(digit + 1);
        }
    }

    fn push_mark(&mut self, mark: char, class: u8) {
        // As in Unicode, a mark reaches its letter past marks of lower class only.
        if self.last_class < class
            && let Some(joined) = self.open_letter.and_then(|letter| join(letter, mark))
            && let Some(last) = self.letters.last_mut()
            && let Some(rank) = letter_rank(joined)
        {
            *last = FIRST_LETTER + rank;
            self.open_letter = None;
            return;
        }
        self.last_class = class;
        match MARKS.iter().position(|&known| known == mark) {
            Some(rank) => self.marks.push(FIRST_MARK + rank as u8),
            None => {
                let [_, high, middle, low] = u32::from(mark).to_be_bytes();
                self.marks.extend([OTHER_MARK, high + 1, middle, low]);
            }
        }
        self.cases.push(PLAIN);
    }

    fn add(&mut self, letters: &[u8], mark: u8, case: u8) {
        self.letters.extend_from_slice(letters);
        self.marks.push(mark);
        self.cases.push(case);
    }

    fn finish(self) -> Vec<u8> {
        let Self { letters: mut key, marks, cases, .. } = self;
        for level in [marks, cases] {
            key.push(0);
            // Texts that agree so far have equally many characters, so that plain ones at the end
            // tell nothing: most keys end here.
            let used = level.iter().rposition(|&weight| weight != PLAIN).map_or(0, |last| last + 1);
            key.extend_from_slice(&level[..used]);
        }
        key
    }
}

/// The letter that `base` becomes under `mark`, where Vietnamese counts it as a letter of its own.
fn join(base: char, mark: char) -> Option<char> {
    Some(match (base, mark) {
        ('a', '\u{306}') => 'ă',
        ('a', '\u{302}') => 'â',
        ('e', '\u{302}') => 'ê',
        ('o', '\u{302}') => 'ô',
        ('o', '\u{31B}') => 'ơ',
        ('u', '\u{31B}') => 'ư',
        _ => return None,
    })
}

/// The place of a lower-case letter in [`ALPHABET`].
fn letter_rank(small: char) -> Option<u8> {
    ALPHABET.iter().position(|&letter| letter == small).map(|rank| rank as u8)
}

/// The lower case of `c`, where that is one character.
fn lower(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    let mut small = c.to_lowercase();
    small.next().filter(|_| small.next().is_none())
}

/// Characters that take no part in the order.
fn is_ignored(c: char) -> bool {
    if c.is_control() {
        return !matches!(c, '\t'..='\r' | '\u{85}');
    }
    !c.is_ascii() && (is_invisible(c) || is_bidi_control(c))
}

#[cfg(test)]
mod tests {
    use icu_collator::options::CollatorOptions;
    use icu_collator::preferences::CollationNumericOrdering;
    use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
    use icu_locale_core::locale;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn icu() -> CollatorBorrowed<'static> {
        let mut preferences: CollatorPreferences = locale!("vi").into();
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        Collator::try_new(preferences, CollatorOptions::default()).expect("data for vi is compiled in")
    }

    #[track_caller]
    fn in_order(list: &[&str]) {
        let icu = icu();
        for (i, a) in list.iter().enumerate() {
            for (j, b) in list.iter().enumerate() {
                assert_eq!(compare(a, b), i.cmp(&j), "{a:?} and {b:?}");
                assert_eq!(icu.compare(a, b), i.cmp(&j), "ICU: {a:?} and {b:?}");
            }
        }
    }

    #[test]
    fn tones_only_decide_between_equal_letters() {
        in_order(&["ban", "bàn", "bản", "bãn", "bán", "bạn", "bang", "bàng", "băn", "bân", "be"]);
        in_order(&[
            "a", "á", "ạ", "ă", "ặ", "â", "ậ", "b", "d", "đ", "e", "ê", "o", "ô", "ơ", "p", "u", "ư", "v",
        ]);
    }

    #[test]
    fn lower_case_comes_before_upper_case() {
        in_order(&["cấp", "Cấp", "CẤP", "cấp phép"]);
    }

    #[test]
    fn numbers_are_ordered_by_value() {
        in_order(&["Mẫu 0", "Mẫu 4", "Mẫu 05", "Mẫu 10", "Mẫu 10.2", "Mẫu 10.10", "Mẫu 100", "Mẫu a"]);
        assert_eq!(compare("Mẫu 04", "Mẫu 4"), Ordering::Equal);
        assert_eq!(icu().compare("Mẫu 04", "Mẫu 4"), Ordering::Equal);
        let long = "9".repeat(300);
        assert_eq!(compare(&long, "1"), Ordering::Greater);
    }

    #[test]
    fn procedure_names_stand_as_icu_has_them() {
        in_order(&[
            "“Công nhận” sáng kiến",
            "1.014888",
            "257/QĐ-UBND",
            "949/QĐ-UBND",
            "Bổ nhiệm giám định viên sở hữu công nghiệp",
            "Cấp đổi giấy phép bưu chính",
            "Cấp giấy phép hoạt động",
            "Cấp giấy phép hoạt động (cấp tỉnh)",
            "Cấp giấy phép hoạt động, lần đầu",
            "Cấp Giấy phép tiến hành công việc bức xạ – sử dụng thiết bị X-quang",
            "Cấp lại",
            "Cho phép thành lập",
            "Chuyển đổi loại hình",
            "Công bố hợp chuẩn",
            "Công bố hợp quy",
            "Đánh giá",
            "Đăng ký kiểm tra",
            "Đề nghị",
            "Gia hạn",
            "Giao quyền",
            "Hòa giải",
            "Hoà giải viên",
            "Khai báo",
            "Sửa đổi",
            "Thủ tục 9",
            "Thủ tục 10",
            "Ủy quyền",
            "Xác nhận",
            "Xét tặng",
        ]);
    }

    #[test]
    fn marks_may_come_in_any_form_and_order() {
        for (a, b) in
            [("ộ", "o\u{302}\u{323}"), ("ặ", "a\u{323}\u{306}"), ("ợ", "ọ\u{31B}"), ("à", "a\u{300}")]
        {
            assert_eq!(key(a), key(b));
        }
        // A circumflex outside of a grave stays a mark: it is not â.
        assert_eq!(compare("a\u{300}\u{302}n", "ât"), icu().compare("a\u{300}\u{302}n", "ât"));
    }

    #[test]
    fn a_name_is_listed_under_its_first_letter() {
        let letters: String = ["ấp", "Ắc", "ách", "Đất", "đo", "Ợt", "ưu", "Ứng", "zalo", "ê", "Ổ"]
            .into_iter()
            .map(initial)
            .collect();
        assert_eq!(letters, "ÂĂAĐĐƠƯƯZÊÔ");
        for other in ["", "1. Cấp", "“Cấp”", " Cấp", "Ωm", "中", "\u{301}a"] {
            assert_eq!(initial(other), '#', "{other:?}");
        }
        assert_eq!(initial("\u{FEFF}Cấp"), 'C');
    }

    #[test]
    fn signs_stand_as_icu_has_them() {
        let icu = icu();
        let signs: Vec<String> = PUNCTUATION.chars().chain("0a".chars()).map(String::from).collect();
        assert!(signs.len() < usize::from(OTHER_SIGN), "lead bytes overlap");
        assert!(signs.is_sorted_by(|a, b| compare(a, b).is_lt() && icu.compare(a, b).is_lt()));
    }

    const TEXT: &str = "[a-eđghiosuyzA-CĐIOUăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵÀÂẤĂẶÊỆÔỘƠỢƯỰỲ0-9 \u{A0},.;:!?…()/+\\-–“”‘’'\"«»%&§\u{300}\u{301}\u{302}\u{306}\u{309}\u{303}\u{323}\u{31B}]{0,10}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn the_order_is_that_of_icu(a in TEXT, b in TEXT) {
            prop_assert_eq!(compare(&a, &b), icu().compare(&a, &b));
        }

        #[test]
        fn texts_that_differ_little_stand_as_in_icu(
            head in "[a-cơ]{0,2}", a in "[aàáâạăAÂÀ019 .]{0,4}", b in "[aàáâạăAÂÀ019 .]{0,4}", tail in "[aÂ09]{0,2}",
        ) {
            let (a, b) = (format!("{head}{a}{tail}"), format!("{head}{b}{tail}"));
            prop_assert_eq!(compare(&a, &b), icu().compare(&a, &b));
        }
    }

    proptest! {
        #[test]
        fn any_texts_have_a_total_order(a in any::<String>(), b in any::<String>(), c in any::<String>()) {
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            prop_assert_eq!(compare(&a, &b), key(&a).cmp(&key(&b)));
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                prop_assert!(compare(&a, &c).is_le());
            }
        }

        #[test]
        fn the_normal_form_makes_no_difference(text in any::<String>()) {
            prop_assert_eq!(key(&text.nfc().collect::<String>()), key(&text));
            prop_assert_eq!(key(&text.nfd().collect::<String>()), key(&text));
            prop_assert_eq!(initial(&text.nfd().collect::<String>()), initial(&text));
        }

        #[test]
        fn letters_of_the_list_come_in_order(a in "[A-Za-zÀ-ỹ][a-z]{0,3}", b in "[A-Za-zÀ-ỹ][a-z]{0,3}") {
            let place = |name: &str| letter_rank(lower(initial(name)).unwrap_or('#'));
            if let (Some(first), Some(second)) = (place(&a), place(&b)) && first < second {
                prop_assert!(compare(&a, &b).is_lt(), "{a} {b}");
            }
        }
    }
}
