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
pub fn split(file: &SitePath, text: &str) -> Result<Parts, Diagnostic> {
    let help = || {
        msg!(
            "bài viết mở đầu bằng một dòng `---`, rồi các khóa (tieu_de, ngay, tom_tat …), rồi một dòng `---`, rồi nội dung",
            "an article starts with a line `---`, then the keys (tieu_de, ngay, tom_tat …), then a line `---`, then the text"
        )
    };
    let first_line = text.split_inclusive('\n').next().unwrap_or("");
    if first_line.trim_end() != "---" {
        let end = first_line.trim_end().len();
        return Err(Diagnostic::new(
            CK0104,
            Place::bytes(file, 0..end),
            msg!("bài viết không mở đầu bằng dòng `---`", "the article does not start with a line `---`"),
        )
        .help(help()));
    }
    let head_start = first_line.len();
    let mut at = head_start;
    for line in text[head_start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Parts { head: head_start..at, body: at + line.len()..text.len() });
        }
        at += line.len();
    }
    Err(Diagnostic::new(
        CK0104,
        Place::bytes(file, 0..3),
        msg!("phần đầu bài (mở bằng `---`) không đóng lại", "the front matter opened by `---` is not closed"),
    )
    .help(help()))
}
