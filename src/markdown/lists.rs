//! Reads the number of a list item where it was written; Markdown only knows that of the first.

/// How an item of an ordered list is marked.
pub(super) struct Mark<'a> {
    /// The digits as written, at most nine (with more it is not a list in Markdown).
    pub(super) digits: &'a str,
    /// What they mean.
    pub(super) number: u64,
    /// `)` rather than `.` follows.
    pub(super) paren: bool,
}

/// The mark of the item that begins at `at`.
///
/// Where a tab stands before the mark the parser tells a place up to two bytes early, so what can
/// stand there is passed over. It cannot be a digit.
pub(super) fn mark(text: &str, at: usize) -> Option<Mark<'_>> {
    let text = text.get(at..)?.trim_start_matches(|c| " \t>-+*.)".contains(c));
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (digits, rest) = text.split_at(end);
    Some(Mark { digits, number: digits.parse().ok()?, paren: rest.starts_with(')') })
}
