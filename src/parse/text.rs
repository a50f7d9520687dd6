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
    let text = unix_lines(text);
    let text = normalise(file, text, &mut found);
    let text = remove_strangers(file, text, &mut found);
    foreign_letters(file, &text, &mut found);
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
        let unix = text.replace("\r\n", "\n");
        unicode::to_nfc(&unix).chars().filter(|&c| !unicode::is_invisible(c)).map(char::len_utf8).sum()
    });
    cleaned..cleaned + '\u{FFFD}'.len_utf8()
}

fn unix_lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
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
            Place::bytes(file, at..end),
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
