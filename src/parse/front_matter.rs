//! Divides an article into its front matter (YAML between two lines `---`) and its text.

use std::ops::Range;

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SitePath;
use crate::codes::CK0104;
use crate::msg;

/// Where the two parts of an article lie in its clean text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the two `---` lines.
    pub head: Range<usize>,
    /// The Markdown after them.
    pub body: Range<usize>,
}

/// Finds the two parts, or says what is wrong with the marks.
pub fn split(file: &SitePath, text: &str) -> Result<Parts, Box<Diagnostic>> {
    let help = || {
        msg!(
            "bài viết mở đầu bằng một dòng `---`, rồi các khóa (tieu_de, ngay, tom_tat …), rồi một dòng `---`, rồi nội dung",
            "an article starts with a line `---`, then the keys (tieu_de, ngay, tom_tat …), then a line `---`, then the text"
        )
    };
    let first_line = text.split_inclusive('\n').next().unwrap_or("");
    if first_line.trim_end() != "---" {
        let end = first_line.trim_end().len();
        return Err(Box::new(
            Diagnostic::new(
                CK0104,
                Place::bytes(file, 0..end),
                msg!("bài viết không mở đầu bằng dòng `---`", "the article does not start with a line `---`"),
            )
            .help(help()),
        ));
    }
    let head_start = first_line.len();
    let mut at = head_start;
    for line in text[head_start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Parts { head: head_start..at, body: at + line.len()..text.len() });
        }
        at += line.len();
    }
    Err(Box::new(
        Diagnostic::new(
            CK0104,
            Place::bytes(file, 0..3),
            msg!(
                "phần đầu bài (mở bằng `---`) không đóng lại",
                "the front matter opened by `---` is not closed"
            ),
        )
        .help(help()),
    ))
}

/// Where the text of an article begins whose marks are at fault, as well as can be told: below the mark
/// that is there, or below the first empty line.
pub fn likely_body(text: &str) -> Range<usize> {
    let mut at = 0;
    let mut below_empty_line = None;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        at += line.len();
        match line.trim_end() {
            "---" if i > 0 => return at..text.len(),
            "" => {
                below_empty_line.get_or_insert(at);
            }
            _ => {}
        }
    }
    below_empty_line.unwrap_or(0)..text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        let file = SitePath::new("bai-viet/a/b.md").expect("good");
        split(&file, text).ok().map(|parts| (&text[parts.head], &text[parts.body]))
    }

    #[test]
    fn the_two_marks_divide_an_article() {
        assert_eq!(parts("---\na: 1\n---\nBài\n"), Some(("a: 1\n", "Bài\n")));
        assert_eq!(parts("--- \na: 1\n---\t\n"), Some(("a: 1\n", "")));
        assert_eq!(parts("---\n---\n"), Some(("", "")));
        assert_eq!(parts("---\na: 1\n---"), Some(("a: 1\n", "")));
        for bad in ["", "a: 1\n---\n", "---", "---\na: 1\n", " ---\na\n---\n", "----\na\n----\n"] {
            assert_eq!(parts(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn the_text_is_found_even_where_a_mark_is_missing() {
        for (text, body) in [
            ("a: 1\n---\nBài\n", "Bài\n"),
            ("---\na: 1\n\nBài\n\nHai\n", "Bài\n\nHai\n"),
            ("Bài\n", "Bài\n"),
            ("---\n", "---\n"),
            ("", ""),
        ] {
            assert_eq!(&text[likely_body(text)], body, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn parts_lie_in_the_text_in_order(text in "(---\n|[a-đ: \n-]{0,8}){0,8}") {
            let file = SitePath::new("bai-viet/a/b.md").expect("good");
            if let Ok(parts) = split(&file, &text) {
                prop_assert!(parts.head.end < parts.body.start && parts.body.end == text.len());
                prop_assert!(text.is_char_boundary(parts.head.start) && text.is_char_boundary(parts.body.start));
            }
        }
    }
}
