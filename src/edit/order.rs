//! Brings the keys of a mapping into another order.
//!
//! A key moves with its value, the comment behind it and the comments right above it. Blank lines and
//! comments that stand apart keep their place between the entries, and so does whatever stands at the
//! very top of the file (a title, the line that names the schema).

use std::ops::Range;

use super::splice::{Found, Text};
use crate::parse::yaml::NodeKind;

/// The text with the keys of a block mapping in the order of `keys`.
pub(super) fn order(text: &Text<'_>, found: &Found<'_>, keys: &[String]) -> Option<String> {
    let NodeKind::Map(entries) = &found.node.kind else { return None };
    if text.is_flow(found.node) {
        return None;
    }
    let mut pieces: Vec<Range<usize>> = Vec::with_capacity(entries.len());
    for (i, (key, value)) in entries.iter().enumerate() {
        let end = text.entry_end(key, value);
        let start = match pieces.last() {
            // The first key may share its line with a dash, and what is above it may be the file's title.
            None => key.span.start,
            Some(above) => with_comments(text, key.span.start, above.end),
        };
        if i > 0 && !text.is_first(key.span.start) {
            return None;
        }
        pieces.push(start..end);
    }
    let indent = found.node.span.start - text.line_start(found.node.span.start);
    let piece_of = |name: &String| {
        let i = entries.iter().position(|(key, _)| key.text() == Some(name))?;
        Some((i, text.yaml[pieces[i].clone()].trim_start_matches(' ')))
    };
    let mut out = text.yaml[..pieces.first()?.start].to_owned();
    for (place, name) in keys.iter().enumerate() {
        let (_, words) = piece_of(name)?;
        if place > 0 {
            out.push_str(&text.yaml[pieces[place - 1].end..pieces[place].start]);
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(words);
    }
    out.push_str(&text.yaml[pieces.last()?.end..]);
    Some(out)
}

/// Where the block of comments right above a key starts, or the line of the key itself.
fn with_comments(text: &Text<'_>, key: usize, not_before: usize) -> usize {
    let mut start = text.line_start(key);
    let indent = key - start;
    while start > not_before {
        let above = text.line_start(start - 1);
        let line = &text.yaml[above..text.line_end(above)];
        let at = line.len() - line.trim_start().len();
        if above < not_before || at != indent || !line.trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    start
}
