//! Puts no-break spaces where a line must not end: “10 ngày”, “Điều 5”, “Quyết định số 257”.
//!
//! Only a single space between two words is ever changed, and only into U+00A0, so a reader who
//! searches or copies finds the same text, and [`fold`](super::fold::fold) gives the same.

use std::borrow::Cow;

const NBSP: &str = "\u{A0}";

/// The longest run that may be made unbreakable, in characters: about two thirds of a line on a
/// small telephone.
const LONGEST_RUN: usize = 24;

/// Words that a number follows, in lower case.
const TERMS: [&str; 35] = [
    "bước",
    "bảng",
    "chương",
    "hình",
    "hạng",
    "khoá",
    "khoản",
    "khóa",
    "khối",
    "kỳ",
    "lần",
    "lục",
    "mẫu",
    "mục",
    "mức",
    "ngày",
    "ngõ",
    "nhóm",
    "năm",
    "phường",
    "phần",
    "quý",
    "quận",
    "số",
    "thôn",
    "tháng",
    "thứ",
    "tiết",
    "trang",
    "tuần",
    "tầng",
    "tập",
    "tổ",
    "điều",
    "đợt",
];

/// Units and counted things that follow a number, in lower case.
const UNITS: [&str; 54] = [
    "%", "‰", "°c", "ảnh", "bản", "bộ", "buổi", "bước", "cái", "cm", "đồng", "đ", "gb", "ghz", "giờ", "ha",
    "hz", "kb", "kg", "khz", "km", "km²", "kw", "lần", "lít", "m", "m²", "m³", "mb", "mhz", "ml", "mm", "mw",
    "mét", "nghìn", "ngày", "người", "năm", "phút", "quyển", "quý", "tb", "tấn", "tháng", "tờ", "triệu",
    "trang", "tuần", "tuổi", "tỉ", "tỷ", "usd", "vnđ", "w",
];

/// Multiples between a number and its unit: 2 triệu đồng.
const MULTIPLES: [&str; 5] = ["nghìn", "triệu", "tỷ", "tỉ", "ngàn"];

/// Kinds of text that have a number: Quyết định số 257.
const NUMBERED: [(&str, &str); 10] = [
    ("quyết", "định"),
    ("nghị", "định"),
    ("nghị", "quyết"),
    ("thông", "tư"),
    ("chỉ", "thị"),
    ("công", "văn"),
    ("kế", "hoạch"),
    ("thông", "báo"),
    ("tờ", "trình"),
    ("pháp", "lệnh"),
];

/// Compounds of two syllables that look torn when a line of a heading ends within.
const COMPOUNDS: [(&str, &str); 61] = [
    ("an", "toàn"),
    ("bãi", "bỏ"),
    ("báo", "cáo"),
    ("bổ", "sung"),
    ("bưu", "chính"),
    ("bức", "xạ"),
    ("cá", "nhân"),
    ("chất", "lượng"),
    ("chuyển", "giao"),
    ("chuyển", "đổi"),
    ("chứng", "chỉ"),
    ("chứng", "nhận"),
    ("cơ", "quan"),
    ("cơ", "sở"),
    ("công", "bố"),
    ("công", "khai"),
    ("công", "nghệ"),
    ("công", "nghiệp"),
    ("công", "nhận"),
    ("dịch", "vụ"),
    ("doanh", "nghiệp"),
    ("đăng", "ký"),
    ("điều", "chỉnh"),
    ("điều", "kiện"),
    ("đo", "lường"),
    ("đổi", "mới"),
    ("giải", "quyết"),
    ("giám", "định"),
    ("giấy", "phép"),
    ("gia", "hạn"),
    ("hành", "chính"),
    ("hoạt", "động"),
    ("hồ", "sơ"),
    ("hỗ", "trợ"),
    ("kết", "quả"),
    ("khai", "báo"),
    ("khoa", "học"),
    ("kiểm", "tra"),
    ("kỹ", "thuật"),
    ("lĩnh", "vực"),
    ("nghiên", "cứu"),
    ("nhiệm", "vụ"),
    ("phê", "duyệt"),
    ("quyết", "định"),
    ("sáng", "tạo"),
    ("sở", "hữu"),
    ("sử", "dụng"),
    ("sửa", "đổi"),
    ("tần", "số"),
    ("thành", "lập"),
    ("thành", "phần"),
    ("thẩm", "định"),
    ("thiết", "bị"),
    ("thông", "tin"),
    ("thủ", "tục"),
    ("thực", "hiện"),
    ("tiêu", "chuẩn"),
    ("tổ", "chức"),
    ("trí", "tuệ"),
    ("viễn", "thông"),
    ("vô", "tuyến"),
];

/// Joins every number to its unit or term, as running text needs it: `10 ngày` làm việc, `5 bộ`,
/// `Điều 5`, `khoản 2`, `điểm a`, `Mẫu số 04`, `Quyết định số 257`, `tháng 3`, `1.200.000 đồng`.
pub fn nbsp(text: &str) -> Cow<'_, str> {
    join(text, false)
}

/// Like [`nbsp`], and also holds common compounds together (thủ tục, khoa học), which the balanced
/// lines of a heading would tear.
pub fn heading(text: &str) -> Cow<'_, str> {
    join(text, true)
}

/// How the word before the current one was taken, as far as it decides about the next gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Word,
    /// A number that waits for its unit.
    Number,
    /// A number that belongs to the word before it: the 5 of “Điều 5”.
    Ordinal,
    /// A unit that has its number: in “5 năm 10 tháng” the 10 is not the name of a year.
    Unit,
}

fn join(text: &str, compounds: bool) -> Cow<'_, str> {
    let mut joined = String::new();
    let mut copied = 0;
    let mut words = Words { text, at: 0 }.peekable();
    let Some(mut word) = words.next() else { return Cow::Borrowed(text) };
    let mut role = if is_number(word.text) { Role::Number } else { Role::Word };
    let mut run_start = word.start;
    while let Some(next) = words.next() {
        let gap = text.get(word.end()..next.start).unwrap_or_default();
        let after = words.peek().map_or("", |after| after.text);
        let (belong, next_role) = match compounds || may_belong(role, word.text, next.text, after) {
            true => relation(role, word.text, next.text, after, compounds),
            false => (false, Role::Word),
        };
        let fits = || {
            let run = text.get(run_start..next.end()).unwrap_or_default();
            // “Quyết định số 257”: “số” goes with the number, or not at all with what stands before.
            let room = if is(next.text, "số") && is_number(after) { 1 + after.chars().count() } else { 0 };
            run.chars().count() + room <= LONGEST_RUN
        };
        if gap == " " && belong && fits() {
            joined.push_str(text.get(copied..word.end()).unwrap_or_default());
            joined.push_str(NBSP);
            copied = next.start;
        } else if gap != NBSP {
            run_start = next.start;
        }
        role = next_role;
        word = next;
    }
    if joined.is_empty() {
        return Cow::Borrowed(text);
    }
    joined.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(joined)
}

/// Whether [`relation`] has to be asked in running text, seen by single bytes: most words neither are nor follow a
/// number, a “điểm” or a “số” (this saves half of the time of a text).
fn may_belong(role: Role, word: &str, next: &str, after: &str) -> bool {
    let first = |text: &str| text.bytes().next().unwrap_or_default();
    matches!(role, Role::Number | Role::Ordinal)
        // A number, a Roman one, what opens a bracket or quotation before one, “số”.
        || matches!(
            first(next),
            b'0'..=b'9' | b'I' | b'V' | b'X' | b'L' | b'C' | b'(' | b'[' | b'"' | 0xC2 | 0xE2 | b's' | b'S'
        )
        || matches!(first(after), b's' | b'S')
        || word.ends_with(['m', 'M'])
}

/// Whether `word` and `next` belong on one line, and what `next` is to the word after it.
fn relation(role: Role, word: &str, next: &str, after: &str, compounds: bool) -> (bool, Role) {
    if ends_sense(word) {
        return (false, if is_number(next) { Role::Number } else { Role::Word });
    }
    if is_number(next) {
        let ordinal = role != Role::Unit && is_one_of(&TERMS, open(word));
        return (ordinal, if ordinal { Role::Ordinal } else { Role::Number });
    }
    if is_roman(next) && is_one_of(&TERMS, open(word)) {
        return (true, Role::Ordinal);
    }
    match role {
        Role::Number if is_one_of(&UNITS, unit(next)) => {
            // After a multiple the unit is still to come.
            let multiple = is_one_of(&MULTIPLES, next);
            return (true, if multiple { Role::Number } else { Role::Unit });
        }
        Role::Number | Role::Ordinal => return (false, Role::Word),
        Role::Word | Role::Unit => {}
    }
    let word = open(word);
    let belong = is_point(word, next)
        // Mẫu số 04, Quyết định số 257: “số” is joined to both sides.
        || is(next, "số") && is_number(after) && (is(word, "mẫu") || NUMBERED.iter().any(|(_, end)| is(word, end)))
        || is(after, "số") && is_pair(&NUMBERED, word, next)
        || compounds && !starts_sense(next) && is_compound(word, close(next));
    (belong, Role::Word)
}

/// A word and where it starts.
struct Word<'a> {
    text: &'a str,
    start: usize,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a text: what stands between white space, U+00A0 among it.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let mut start = self.at;
        while let length @ 1.. = white(self.text, start) {
            start += length;
        }
        let mut end = start;
        while end < self.text.len() && white(self.text, end) == 0 {
            end += 1;
        }
        self.at = end;
        let text = self.text.get(start..end).filter(|text| !text.is_empty())?;
        Some(Word { text, start })
    }
}

/// The bytes of the white space at this place; 0 if there is none. As [`char::is_whitespace`], without taking
/// every letter apart.
fn white(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at..).unwrap_or_default() {
        [b' ' | b'\t'..=b'\r', ..] => 1,
        [0xC2, 0x85 | 0xA0, ..] => 2,
        [0xE1, 0x9A, 0x80, ..]
        | [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..]
        | [0xE2, 0x81, 0x9F, ..]
        | [0xE3, 0x80, 0x80, ..] => 3,
        _ => 0,
    }
}

/// A number, or what begins with one: `10`, `05-10`, `1.200.000`, `257/QĐ-UBND`, `(30`.
fn is_number(word: &str) -> bool {
    open(word).starts_with(|c: char| c.is_ascii_digit())
}

/// The II of “Chương II”.
fn is_roman(word: &str) -> bool {
    let number = close(word);
    !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

/// The unit that `word` begins with: the đồng of “đồng/lần,”.
fn unit(word: &str) -> &str {
    let whole = close(word);
    whole.split('/').next().unwrap_or(whole)
}

/// The a of “điểm a”: one small letter, perhaps before a comma.
fn is_point(word: &str, next: &str) -> bool {
    let mut letters = close(next).chars();
    is(word, "điểm") && letters.next().is_some_and(char::is_lowercase) && letters.next().is_none()
}

/// `word` without what opens a bracket or quotation before it.
fn open(word: &str) -> &str {
    word.trim_start_matches(['(', '[', '“', '"', '‘', '«'])
}

/// `word` without what closes a bracket, quotation or sentence after it.
fn close(word: &str) -> &str {
    word.trim_end_matches([')', ']', '”', '"', '’', '»', ',', ';', '.', ':', '?', '!', '…'])
}

/// Whether something ends with `word`, so that what follows does not belong to it.
fn ends_sense(word: &str) -> bool {
    close(word).len() != word.len()
}

/// Whether something begins with `word`, so that it does not belong to what stands before.
fn starts_sense(word: &str) -> bool {
    open(word).len() != word.len()
}

/// Whether `word` is `lower`, in whatever case.
///
/// A Vietnamese letter has as many bytes in either case, so words of another length need no second look, nor
/// do those with another ASCII letter in front: this comparison is made several times for each word of the site.
fn is(word: &str, lower: &str) -> bool {
    let (Some(first), Some(wanted)) = (word.bytes().next(), lower.bytes().next()) else {
        return word.len() == lower.len();
    };
    word.len() == lower.len()
        && (!first.is_ascii() || first.to_ascii_lowercase() == wanted)
        && (word == lower || word.chars().flat_map(char::to_lowercase).eq(lower.chars()))
}

fn is_one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| is(word, known))
}

/// Like [`is_pair`] with [`COMPOUNDS`], which every word of a heading is looked up in.
fn is_compound(first: &str, second: &str) -> bool {
    COMPOUNDS.iter().any(|(a, b)| is(second, b) && is(first, a))
}

fn is_pair(list: &[(&str, &str)], first: &str, second: &str) -> bool {
    list.iter().any(|(a, b)| is(first, a) && is(second, b))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fold::fold;
    use super::*;

    /// Writes a no-break space as `_`.
    fn shown(text: &str) -> String {
        text.replace(NBSP, "_")
    }

    #[test]
    fn numbers_stay_with_their_unit_or_term() {
        for (text, joined) in [
            ("30 ngày làm việc", "30_ngày làm việc"),
            ("Trong 10 ngày, 5 bộ hồ sơ", "Trong 10_ngày, 5_bộ hồ sơ"),
            ("điểm a khoản 2 Điều 5", "điểm_a khoản_2 Điều_5"),
            ("điểm đ, khoản 1", "điểm_đ, khoản_1"),
            ("theo Mẫu số 04", "theo Mẫu_số_04"),
            ("Quyết định số 257", "Quyết_định_số_257"),
            ("Quyết định số 257/QĐ-UBND", "Quyết_định số_257/QĐ-UBND"),
            ("Nghị định số 61/2018", "Nghị_định_số_61/2018"),
            ("ngày 25 tháng 3 năm 2025", "ngày_25 tháng_3 năm_2025"),
            ("1.200.000 đồng/lần", "1.200.000_đồng/lần"),
            ("5 năm 10 tháng", "5_năm 10_tháng"),
            ("Chương II, Phụ lục IV", "Chương_II, Phụ lục_IV"),
            ("Phí: 1.200.000 đồng.", "Phí: 1.200.000_đồng."),
            ("2 triệu đồng", "2_triệu_đồng"),
            ("(05 ngày)", "(05_ngày)"),
            ("12,5 % và 3 MHz", "12,5_% và 3_MHz"),
            ("năm 2025 người dân", "năm_2025 người dân"),
            ("Phụ lục 2", "Phụ lục_2"),
            ("điểm này, điểm a", "điểm này, điểm_a"),
            ("số 5", "số_5"),
            ("ngày, 5 bộ", "ngày, 5_bộ"),
            ("10  ngày", "10  ngày"),
            ("10\nngày", "10\nngày"),
            (" 10 ngày ", " 10_ngày "),
        ] {
            assert_eq!(shown(&nbsp(text)), joined);
        }
    }

    #[test]
    fn text_without_numbers_is_not_copied() {
        for text in ["", " ", "Thủ tục hành chính", "5", "10\u{A0}ngày"] {
            assert!(matches!(nbsp(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn headings_keep_compounds_whole() {
        for (text, joined) in [
            ("Thủ tục đăng ký", "Thủ_tục đăng_ký"),
            ("Sở Khoa học và Công nghệ", "Sở Khoa_học và Công_nghệ"),
            ("THỦ TỤC HÀNH CHÍNH", "THỦ_TỤC HÀNH_CHÍNH"),
            (
                "Cấp giấy phép sử dụng tần số vô tuyến điện, 10 năm",
                "Cấp giấy_phép sử_dụng tần_số vô_tuyến điện, 10_năm",
            ),
            ("An toàn bức xạ (sửa đổi)", "An_toàn bức_xạ (sửa_đổi)"),
            ("Kết quả, thực hiện.", "Kết_quả, thực_hiện."),
        ] {
            assert_eq!(shown(&heading(text)), joined);
        }
        assert_eq!(nbsp("Thủ tục đăng ký"), "Thủ tục đăng ký");
    }

    #[test]
    fn lists_hold_each_word_once() {
        for list in [&TERMS[..], &UNITS, &MULTIPLES] {
            let distinct: std::collections::BTreeSet<_> = list.iter().collect();
            assert_eq!(distinct.len(), list.len());
            assert!(list.iter().all(|word| word.to_lowercase() == *word), "is() wants lower case");
        }
    }

    const TEXT: &str = "(10|5 |Điều|khoản|điểm|a,|số|Mẫu|Quyết|định|ngày|triệu|đồng|thủ|tục|sở|hữu|trí|tuệ|257/QĐ-UBND|[a-zệ(),.]{1,9}|[ \u{A0}\n]| | | | ){0,24}";

    const WORD: &str = "[(“«\"]?(điểm|Điểm|ĐIỂM|mục|Chương|số|Số|mẫu|quyết|định|hồ|a|b|đ|I|IV|X|C|5|05-10|\\PC{0,3})[,;.)”»…]?";

    #[test]
    fn white_space_is_what_unicode_says() {
        for c in '\0'..=char::MAX {
            let length = if c.is_whitespace() { c.len_utf8() } else { 0 };
            assert_eq!(white(c.encode_utf8(&mut [0; 4]), 0), length, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn only_spaces_change(text in prop_oneof![any::<String>().boxed(), TEXT.boxed()]) {
            for joined in [nbsp(&text), heading(&text)] {
                prop_assert_eq!(joined.replace(NBSP, " "), text.replace(NBSP, " "));
                prop_assert_eq!(fold(&joined), fold(&text));
            }
        }

        /// Out of the words that decide, so that most of them matter.
        #[test]
        fn words_are_passed_over_only_if_they_do_not_belong(
            role in prop_oneof![Just(Role::Word), Just(Role::Number), Just(Role::Ordinal), Just(Role::Unit)],
            word in WORD, next in WORD, after in WORD,
        ) {
            if !may_belong(role, &word, &next, &after) {
                prop_assert_eq!(relation(role, &word, &next, &after, false), (false, Role::Word));
            }
        }

        #[test]
        fn joining_twice_changes_nothing(text in TEXT) {
            let once = nbsp(&text).into_owned();
            prop_assert_eq!(nbsp(&once), once.as_str());
            let once = heading(&text).into_owned();
            prop_assert_eq!(heading(&once), once.as_str());
            prop_assert_eq!(nbsp(&once), once.as_str());
        }

        #[test]
        fn no_run_grows_too_long(text in TEXT) {
            let text = text.replace(NBSP, " ");
            for joined in [nbsp(&text), heading(&text)] {
                for run in joined.split([' ', '\n']).filter(|run| run.contains(NBSP)) {
                    prop_assert!(run.chars().count() <= LONGEST_RUN, "{run:?}");
                }
            }
        }
    }
}
