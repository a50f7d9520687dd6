//! Most texts of records are a sentence without any mark. They need no parser.

use super::{escape, lines};

/// Bytes that may be marks wherever they stand.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let list = b"*_~[]<&`|\\\t\r\0";
    let mut i = 0;
    while i < list.len() {
        marks[list[i] as usize] = true;
        i += 1;
    }
    marks
};

/// The text holds nothing that the parser could read as a mark. `false` says nothing.
pub(super) fn is_plain(text: &str) -> bool {
    !text.bytes().any(|b| MARKS[usize::from(b)]) && text.split('\n').all(is_plain_line)
}

fn is_plain_line(line: &str) -> bool {
    if line.ends_with("  ") || line.starts_with("    ") {
        return false;
    }
    let line = line.trim_matches(' ');
    match line.bytes().next() {
        None => true,
        // Marks of quotes, headings, lists, fences, rules and underlines of headings.
        Some(b'>' | b'#' | b'-' | b'+' | b'=' | b':' | b'^') => false,
        // Control characters, that CommonMark may count as white space.
        Some(0..=b' ' | 0x7f) => false,
        Some(b'0'..=b'9') => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            !rest.starts_with(['.', ')'])
        }
        Some(_) => true,
    }
}

/// Renders a plain text; the number of paragraphs.
pub(super) fn render(text: &str, out: &mut String) -> usize {
    let mut paragraphs = 0;
    let mut open = false;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find('\n').unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default().trim_matches(' ');
        if line.is_empty() {
            if std::mem::take(&mut open) {
                out.push_str("</p>\n");
            }
        } else {
            if open {
                let before = text.get(..text.len() - rest.len()).unwrap_or_default();
                out.push_str(if lines::begins_item(before, rest) { "<br>\n" } else { "\n" });
            } else {
                out.push_str("<p>");
                paragraphs += 1;
                open = true;
            }
            escape::text(out, line);
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    if open {
        out.push_str("</p>\n");
    }
    paragraphs
}
