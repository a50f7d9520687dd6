//! Knows the lines that begin an item of an enumeration.
//!
//! In Markdown a line end inside a paragraph is white space. That is right for texts wrapped at a
//! width, and wrong for the enumerations of legal texts (“a) …”, “đ) …”, “Bước 2: …”), which Markdown
//! does not know as lists. So a line end becomes `<br>` where the next line begins like an item;
//! everywhere else it stays white space.

/// The line end between `before` and `after` divides two items. Both may be longer than a line.
pub(super) fn begins_item(before: &str, after: &str) -> bool {
    let line = after.split('\n').next().unwrap_or_default();
    let line = line.trim_start_matches([' ', '\t', '*', '_', '~', '\\']);
    let Some(first) = line.chars().next() else { return false };
    let rest = &line[first.len_utf8()..];
    match first {
        '-' | '+' | '•' | '●' | '◦' | '▪' | '‣' => {
            rest.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic())
        }
        // A dash also stands in the middle of a sentence.
        '–' | '—' => {
            ends_clause(before) && rest.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic())
        }
        '(' => rest.split_once(')').is_some_and(|(mark, _)| is_mark(mark)),
        '0'..='9' => begins_with_number(line),
        _ if first.is_alphabetic() => begins_with_letter(line) || begins_with_word(before, line),
        _ => false,
    }
}

fn ends_clause(before: &str) -> bool {
    before.trim_end().ends_with(['.', ';', ':', ',', '!', '?'])
}

/// `1`, `12`, `a`, `đ`, `iv`.
fn is_mark(mark: &str) -> bool {
    let mut chars = mark.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => only.is_alphanumeric(),
        (Some(_), Some(_)) if mark.len() <= 4 => {
            mark.bytes().all(|b| b.is_ascii_digit()) || mark.bytes().all(|b| b"ivxlIVXL".contains(&b))
        }
        _ => false,
    }
}

/// `1.`, `1)`, `1/`, `1.1.`, `1.2 Tên`; not `1.200 đồng`, `2.5 triệu`, `2025.`, `1/2025`.
fn begins_with_number(line: &str) -> bool {
    let end = line.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(line.len());
    let (number, rest) = line.split_at(end);
    let groups = number.trim_end_matches('.');
    if groups.len() + 1 < number.len() || groups.split('.').any(|g| g.is_empty() || g.len() > 3) {
        return false;
    }
    let capital = |rest: &str| rest.starts_with(|c: char| c.is_whitespace() || c.is_uppercase());
    if number.ends_with('.') {
        return capital(rest);
    }
    if let Some(rest) = rest.strip_prefix([')', '/']) {
        return capital(rest);
    }
    groups.contains('.')
        && groups.split('.').skip(1).all(|g| g.len() < 3)
        && rest.starts_with(char::is_whitespace)
        && rest.trim_start().starts_with(char::is_uppercase)
}

/// `a)`, `đ.`, `a1)`, `b/`, `IV.`.
fn begins_with_letter(line: &str) -> bool {
    let Some(end) = line.find([')', '.', '/']) else { return false };
    let (mark, rest) = line.split_at(end);
    let mut chars = mark.chars();
    let letter = chars.next().is_some_and(char::is_alphabetic)
        && chars.next().is_none_or(|c| c.is_ascii_digit())
        && chars.next().is_none();
    let after = &rest[1..];
    let spaced = after.starts_with(char::is_whitespace);
    let roman = mark.len() <= 5 && mark.bytes().all(|b| b"IVXL".contains(&b));
    match rest.as_bytes().first() {
        Some(b')') => (letter || roman) && (spaced || after.starts_with(char::is_alphabetic)),
        _ => (letter || roman) && spaced,
    }
}

/// `Bước 2:`, `Trường hợp 1:`; with a full stop, `Điều 5.`, only where a clause ended before.
fn begins_with_word(before: &str, line: &str) -> bool {
    const WORDS: [&str; 9] =
        ["Bước", "Điều", "Khoản", "Điểm", "Mục", "Phần", "Chương", "Trường hợp", "Phụ lục"];
    let Some(rest) = WORDS.iter().find_map(|word| line.strip_prefix(word)) else { return false };
    let mark = rest.trim_start();
    if mark.len() == rest.len() {
        return false;
    }
    let end = mark.find(|c: char| !c.is_alphanumeric()).unwrap_or(mark.len());
    let (number, rest) = mark.split_at(end);
    is_mark(number) && (rest.starts_with(':') || (rest.starts_with(['.', ')']) && ends_clause(before)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_begin_lines() {
        for item in [
            "a) Đơn",
            "đ) Bản sao",
            "b. Bản",
            "1) Đơn",
            "1. Đơn",
            "12. Đơn",
            "1.1. Đơn",
            "1.1 Đơn",
            "1.Đơn",
            "- Bản",
            "-Bản sao",
            "+ Bản",
            "+Bản",
            "• Bản",
            "(1) Đơn",
            "(a) Đơn",
            "(iv) Đơn",
            "Bước 2: Nộp",
            "**Bước 2:** Nộp",
            "Bước\u{A0}10: Nộp",
            "IV. Đơn",
            "a1) Đơn",
            "a/ Đơn",
            "1/ Đơn",
            "Trường hợp 1: có",
            "  c) Đơn",
        ] {
            assert!(begins_item("gồm", item), "{item:?}");
        }
        assert!(begins_item("hết;", "– Bản"));
        assert!(begins_item("hết.", "Điều 5. Tên"));
    }

    #[test]
    fn sentences_run_on() {
        for line in [
            "",
            "đồng",
            "1.200.000 đồng",
            "2.5 triệu",
            "2025. Sau đó",
            "30 ngày",
            "12,5 %",
            "1/2025/TT",
            "-5 độ",
            "(nếu có) thì",
            "(ha) đất",
            "Điều 5. Sau đó",
            "Điều 5 của",
            "và) rồi",
            "ô tô",
            "UBND.",
            "– tức là",
            "Bước đầu: nộp",
            "Bước2: nộp",
            "thì.",
            "+84 123",
            "1",
            "1.",
            "...",
            "a",
            "1..2. x",
        ] {
            assert!(!begins_item("theo", line), "{line:?}");
        }
    }
}
