//! Reports headings that skip a level, or that claim the level of the page's own title (CK0603).

use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0603;
use crate::msg;

/// A heading of level `to` follows one of level `from`.
pub fn skipped(found: &mut Findings, place: Place, from: u8, to: u8) {
    let right = "#".repeat(usize::from(from) + 1);
    let wrong = "#".repeat(usize::from(to));
    let message = msg!(
        "tiêu đề nhảy từ cấp {from} xuống cấp {to} (`{wrong}`)",
        "a heading skips from level {from} to level {to} (`{wrong}`)"
    );
    found.report(CK0603, place, message).help(msg!("viết `{right}`", "write `{right}`"));
}

/// A heading of level 1.
pub fn top(found: &mut Findings, place: Place) {
    let message = msg!(
        "tiêu đề cấp 1 (`#`) dành cho tên bài",
        "a heading of level 1 (`#`) belongs to the title of the page"
    );
    found.report(CK0603, place, message).help(msg!("viết `##`", "write `##`"));
}
