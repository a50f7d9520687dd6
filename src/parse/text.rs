//! Makes clean text out of the bytes of a file: UTF-8 without BOM, LF, NFC, nothing invisible.
//!
//! What can be mended without changing the meaning is mended and reported (CK0109, CK0113); what
//! cannot is an error, and stands as U+FFFD in the text so that the other faults are found too.
//! All byte ranges that congkhai speaks of are ranges of this clean text.

use std::borrow::Cow;
use std::ops::Range;

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SitePath;
use crate::codes::{CK0101, CK0108, CK0109, CK0110, CK0111, CK0112, CK0113, CK0117};
use crate::msg;
use crate::vi::unicode;

/// The clean text of a file and what was wrong with its bytes.
pub fn clean(file: &SitePath, bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let text = decode(file, bytes, &mut found);
    // Nearly every file needs one look instead of five (6 % of a build of 10,000 records).
    let text = if unicode::is_plain(&text) { text } else { mended(file, text, &mut found) };
    if let Some(encoding) = unicode::legacy_encoding(&text) {
        let name = encoding.name();
        found.push(
            Diagnostic::new(
                CK0112,
                Place::file(file),
                msg!("chữ trong tệp dùng bảng mã cũ {name}", "the text is in the old encoding {name}"),
            )
            .help(msg!(
                "chuyển sang Unicode (ví dụ bằng UniKey: Chuyển mã) rồi lưu lại",
                "convert it to Unicode and save it again"
            )),
        );
    }
    if text.trim().is_empty() && found.is_empty() {
        found.push(
            Diagnostic::new(CK0117, Place::file(file), msg!("tệp không có nội dung", "the file is empty"))
                .help(msg!(
                    "viết nội dung, hoặc xóa tệp nếu không dùng",
                    "fill it, or delete the file if it is not needed"
                )),
        );
    }
    (text, found)
}

/// What [`unicode::is_plain`] text needs none of.
fn mended(file: &SitePath, text: String, found: &mut Vec<Diagnostic>) -> String {
    let text = unix_lines(text);
    let text = plain_indent(file, text, found);
    let text = normalise(file, text, found);
    let text = remove_strangers(file, text, found);
    foreign_letters(file, &text, found);
    text
}

fn decode(file: &SitePath, bytes: &[u8], found: &mut Vec<Diagnostic>) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return text.to_owned(),
        Err(error) => error,
    };
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let at = error.valid_up_to();
    let place = if utf16 { Place::file(file) } else { Place::bytes(file, clean_offset(&bytes[..at], at)) };
    let message = if utf16 {
        msg!("tệp lưu bằng UTF-16, không phải UTF-8", "the file is saved as UTF-16, not UTF-8")
    } else {
        let byte = bytes.get(at).copied().unwrap_or(0);
        msg!(
            "tệp không phải chữ UTF-8 (byte {byte:#04X} ở vị trí {at})",
            "the file is not UTF-8 text (byte {byte:#04X} at offset {at})"
        )
    };
    found.push(Diagnostic::new(CK0101, place, message).help(msg!(
        "mở tệp bằng Notepad, chọn Lưu thành (Save As), ở ô Mã hóa (Encoding) chọn UTF-8",
        "open the file in a text editor and save it with the encoding UTF-8"
    )));
    // Nothing can be said of the words of a file in another encoding.
    if utf16 { String::new() } else { String::from_utf8_lossy(bytes).into_owned() }
}

/// Where the replacement character stands once the text before it is clean.
fn clean_offset(before: &[u8], at: usize) -> Range<usize> {
    let cleaned = std::str::from_utf8(before).map_or(at, |text| {
        let unix = with_plain_indent(&unix_lines(text.to_owned())).0;
        cleaned_len(&unicode::to_nfc(&unix))
    });
    cleaned..cleaned + '\u{FFFD}'.len_utf8()
}

/// How long a text in NFC is once its strangers are gone: where what follows it will stand.
fn cleaned_len(nfc: &str) -> usize {
    let kept = |c: char| match c {
        c if unicode::is_invisible(c) => 0,
        c if unicode::is_bidi_control(c) || unicode::is_forbidden_control(c) => '\u{FFFD}'.len_utf8(),
        c => c.len_utf8(),
    };
    nfc.chars().map(kept).sum()
}

fn unix_lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// A space that is not the space bar's: no-break, of a fixed width, ideographic. At the start of a line
/// it looks like indentation and is none for YAML.
pub(crate) fn is_odd_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// The text with plain spaces at the start of its lines, and where the first odd one stood.
pub(crate) fn with_plain_indent(text: &str) -> (String, Option<(usize, char)>) {
    let mut plain = String::with_capacity(text.len());
    let mut first = None;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches(|c| c == ' ' || is_odd_space(c));
        for c in line[..line.len() - words.len()].chars() {
            if c != ' ' {
                first.get_or_insert((plain.len(), c));
            }
            plain.push(' ');
        }
        plain.push_str(words);
    }
    (plain, first)
}

fn plain_indent(file: &SitePath, text: String, found: &mut Vec<Diagnostic>) -> String {
    if !text.contains(is_odd_space) {
        return text;
    }
    let (plain, first) = with_plain_indent(&text);
    let Some((at, c)) = first else { return text };
    let code = c as u32;
    let start = cleaned_len(&unicode::to_nfc(&plain[..at]));
    found.push(
        Diagnostic::new(
            CK0109,
            Place::bytes(file, start..start + 1),
            msg!(
                "đầu dòng thụt bằng dấu cách đặc biệt (U+{code:04X}), đã đổi thành dấu cách khi đọc",
                "indented with a special space (U+{code:04X}), read as a plain space"
            ),
        )
        .help(msg!(
            "xóa khoảng trống ở đầu dòng rồi gõ lại bằng phím cách; dấu cách này thường đến từ Word hay trang mạng",
            "type the spaces again with the space bar; such spaces come from Word or web pages"
        )),
    );
    plain
}

fn normalise(file: &SitePath, text: String, found: &mut Vec<Diagnostic>) -> String {
    let Cow::Owned(nfc) = unicode::to_nfc(&text) else { return text };
    if nfc == text {
        return text;
    }
    let at = text
        .char_indices()
        .zip(nfc.char_indices())
        .find(|((_, a), (_, b))| a != b)
        .map_or(0, |((i, _), _)| i);
    let at = (0..=at.min(nfc.len())).rev().find(|&i| nfc.is_char_boundary(i)).unwrap_or(0);
    let end = nfc[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    found.push(
        Diagnostic::new(
            CK0113,
            Place::bytes(file, cleaned_len(&nfc[..at])..cleaned_len(&nfc[..end])),
            msg!(
                "chữ có dấu viết bằng ký tự tổ hợp (không ở dạng NFC); đã chuyển khi đọc",
                "letters with combining marks (not NFC); converted on reading"
            ),
        )
        .help(msg!(
            "không phải sửa ngay; lưu lại bằng bộ gõ ở chế độ Unicode dựng sẵn thì hết",
            "nothing to do at once; saving with precomposed Unicode removes this note"
        )),
    );
    nfc
}

/// Takes out invisible characters; puts U+FFFD in place of control and bidirectional ones.
fn remove_strangers(file: &SitePath, text: String, found: &mut Vec<Diagnostic>) -> String {
    let strange =
        |c: char| unicode::is_invisible(c) || unicode::is_bidi_control(c) || unicode::is_forbidden_control(c);
    // Every stranger is a control character below U+00A0 or stands at U+00AD and above U+0300.
    if !text.chars().any(strange) {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let (mut hidden, mut bidi, mut control) =
        (Strangers::default(), Strangers::default(), Strangers::default());
    for c in text.chars() {
        if unicode::is_invisible(c) {
            hidden.add(c, clean.len()..clean.len());
        } else if unicode::is_bidi_control(c) || unicode::is_forbidden_control(c) {
            let kind = if unicode::is_bidi_control(c) { &mut bidi } else { &mut control };
            kind.add(c, clean.len()..clean.len() + 3);
            clean.push('\u{FFFD}');
        } else {
            clean.push(c);
        }
    }
    if let Some((span, code, count)) = hidden.first(&clean) {
        found.push(
            Diagnostic::new(
                CK0109,
                Place::bytes(file, span),
                msg!(
                    "có {count} ký tự ẩn ({code}), đã bỏ khi đọc",
                    "{count} invisible character(s) ({code}), left out on reading"
                ),
            )
            .help(msg!(
                "xóa chữ ở chỗ này rồi gõ lại; ký tự ẩn thường đến từ trang mạng hay Word",
                "delete the text here and type it again; such characters come from web pages or Word"
            )),
        );
    }
    if let Some((span, code, count)) = bidi.first(&clean) {
        found.push(
            Diagnostic::new(
                CK0110,
                Place::bytes(file, span),
                msg!(
                    "có {count} ký tự đảo chiều chữ ({code}): chữ hiện ra có thể khác chữ viết",
                    "{count} bidirectional control(s) ({code}): the text may show otherwise than it is"
                ),
            )
            .help(msg!("xóa ký tự đó, gõ lại đoạn chữ", "delete it and type the text again")),
        );
    }
    if let Some((span, code, count)) = control.first(&clean) {
        found.push(
            Diagnostic::new(
                CK0108,
                Place::bytes(file, span),
                msg!("có {count} ký tự điều khiển ({code})", "{count} control character(s) ({code})"),
            )
            .help(msg!("xóa ký tự đó, gõ lại đoạn chữ", "delete it and type the text again")),
        );
    }
    clean
}

#[derive(Default)]
struct Strangers {
    first: Option<(Range<usize>, char)>,
    count: usize,
}

impl Strangers {
    fn add(&mut self, c: char, span: Range<usize>) {
        self.first.get_or_insert((span, c));
        self.count += 1;
    }

    fn first(self, clean: &str) -> Option<(Range<usize>, String, usize)> {
        let (span, c) = self.first?;
        // A character that was taken out is shown by the one that follows it.
        let end =
            span.end.max(clean[span.start..].chars().next().map_or(span.end, |c| span.start + c.len_utf8()));
        Some((span.start..end, format!("U+{:04X}", c as u32), self.count))
    }
}

fn foreign_letters(file: &SitePath, text: &str, found: &mut Vec<Diagnostic>) {
    // Latin letters end at U+024F; Vietnamese ones of the block U+1EA0–1EFF lie apart.
    if !text.chars().any(|c| ('\u{370}'..'\u{530}').contains(&c) || c >= '\u{FF21}') {
        return;
    }
    let mut start = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if let Some((offset, c, twin)) = unicode::mixed_script_word(bare) {
            let at = start + offset;
            let code = c as u32;
            found.push(
                Diagnostic::new(
                    CK0111,
                    Place::bytes(file, at..at + c.len_utf8()),
                    msg!(
                        "chữ `{c}` (U+{code:04X}) trong từ `{bare}` không phải chữ cái tiếng Việt",
                        "`{c}` (U+{code:04X}) in `{bare}` is not a Vietnamese letter"
                    ),
                )
                .help(msg!("gõ lại chữ `{twin}`", "type `{twin}` again")),
            );
        }
        start += word.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cleaned(bytes: &[u8]) -> (String, Vec<&'static str>) {
        let file = SitePath::new("thu-tuc/x.yaml").expect("good");
        let (text, found) = clean(&file, bytes);
        (text, found.iter().map(|d| d.rule.code).collect())
    }

    proptest! {
        #[test]
        fn plain_text_needs_no_mending(text in "[\\PC\n\t]{0,40}|[ -~à-ỹ–-…°²\n]{0,80}") {
            if unicode::is_plain(&text) {
                let mut found = Vec::new();
                let file = SitePath::new("thu-tuc/x.yaml").expect("good");
                prop_assert_eq!(mended(&file, text.clone(), &mut found), text);
                prop_assert!(found.is_empty());
            }
        }
    }

    #[test]
    fn a_file_saved_by_notepad_reads_like_any_other() {
        let plain = "ten: Thủ tục\nma: 1\n";
        assert_eq!(cleaned(plain.as_bytes()), (plain.to_owned(), vec![]));
        assert_eq!(cleaned("\u{FEFF}ten: Thủ tục\r\nma: 1\r\n".as_bytes()), (plain.to_owned(), vec![]));
    }

    #[test]
    fn decomposed_letters_are_composed_with_a_note() {
        let (text, found) = cleaned("ten: Thu\u{309} tu\u{323}c\n".as_bytes());
        assert_eq!((text.as_str(), found), ("ten: Thủ tục\n", vec!["CK0113"]));
    }

    #[test]
    fn invisible_characters_go_and_dangerous_ones_show() {
        let (text, found) = cleaned("ten: Thủ\u{200B} tục\n".as_bytes());
        assert_eq!((text.as_str(), found), ("ten: Thủ tục\n", vec!["CK0109"]));
        let (text, found) = cleaned("ten: a\u{202E}b\0c\n".as_bytes());
        assert_eq!((text.as_str(), found), ("ten: a\u{FFFD}b\u{FFFD}c\n", vec!["CK0110", "CK0108"]));
    }

    #[test]
    fn indentation_pasted_from_word_is_indentation() {
        let (text, found) = cleaned("a:\n\u{A0} b: x\u{A0}y\n".as_bytes());
        assert_eq!((text.as_str(), found), ("a:\n  b: x\u{A0}y\n", vec!["CK0109"]));
        assert_eq!(cleaned("a: x\u{A0}y\n".as_bytes()).1, [""; 0]);
    }

    #[test]
    fn another_encoding_is_named_and_nothing_more_is_said() {
        assert_eq!(cleaned(b"\xFF\xFEm\0a\0").1, ["CK0101"]);
        let (text, found) = cleaned(b"ten: Th\xE3 t\n");
        assert_eq!((text.as_str(), found), ("ten: Th\u{FFFD} t\n", vec!["CK0101"]));
        assert_eq!(
            cleaned("ten: thñ tôc hµnh chÝnh cña Së Khoa häc vµ C«ng nghÖ\n".as_bytes()).1,
            ["CK0112"]
        );
    }

    #[test]
    fn a_letter_of_another_script_is_pointed_at() {
        let file = SitePath::new("thu-tuc/x.yaml").expect("good");
        // The е of “nghе” is Cyrillic.
        let (text, found) = clean(&file, "ten: công ngh\u{435}\n".as_bytes());
        assert_eq!(found.len(), 1);
        let crate::base::diagnostic::Spot::Bytes(range) = &found[0].place.spot else { panic!("bytes") };
        assert_eq!(&text[range.start..range.end], "\u{435}");
    }

    #[test]
    fn an_empty_file_says_so() {
        assert_eq!(cleaned(b"").1, ["CK0117"]);
        assert_eq!(cleaned(b" \n\r\n").1, ["CK0117"]);
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_clean_text_and_places_inside_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let file = SitePath::new("thu-tuc/x.yaml").expect("good");
            let (text, found) = clean(&file, &bytes);
            prop_assert!(!text.contains('\r'));
            prop_assert!(!text.chars().any(unicode::is_forbidden_control));
            for diagnostic in found {
                if let crate::base::diagnostic::Spot::Bytes(range) = diagnostic.place.spot {
                    prop_assert!(range.start <= range.end && range.end <= text.len(), "{range:?} in {text:?}");
                    prop_assert!(text.is_char_boundary(range.start), "{range:?} in {text:?}");
                }
            }
        }

        #[test]
        fn cleaning_twice_changes_nothing_more(text in "\\PC{0,60}") {
            let file = SitePath::new("thu-tuc/x.yaml").expect("good");
            let (once, _) = clean(&file, text.as_bytes());
            let (twice, _) = clean(&file, once.as_bytes());
            prop_assert_eq!(once, twice);
        }
    }
}
