//! Takes away the indentation that Markdown would read as code.
//!
//! Clerks indent to centre, to align, or because the text came out of a word processor. Markdown
//! makes code of a paragraph indented by four columns, and inline marks inside it are lost. Turning
//! such a block into a paragraph after parsing would leave `**` and `- ` in sight, so the
//! indentation goes before parsing, but only where the parser itself says that it makes code:
//! nested lists keep theirs. Fenced code (```` ``` ````) is code still.
//!
//! Each pass parses, takes four columns and what all lines of a block have in common off, and notes
//! what it cut, so that every range can be told in the text as it was given.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::events;

/// Texts are done after one or two passes. One made to need more is shown with its marks in sight.
const MOST_PASSES: usize = 6;

/// A text ready for the parser.
pub(super) struct Source<'a> {
    text: Cow<'a, str>,
    /// How long the text was as given.
    given: usize,
    /// What each pass cut.
    passes: Vec<Vec<Edit>>,
}

/// White space at `old` in the text before a pass stands as `new` after it.
struct Edit {
    old: Range<usize>,
    new: Range<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut source = Self { given: text.len(), text: Cow::Borrowed(text), passes: Vec::new() };
        while source.passes.len() < MOST_PASSES && may_hold_indented_code(&source.text) {
            let edits = edits(&source.text);
            if edits.is_empty() {
                break;
            }
            source.text = Cow::Owned(apply(&source.text, &edits));
            source.passes.push(edits);
        }
        source
    }

    /// What the parser reads.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a range of [`Source::text`] stands in the text as given, without white space around it.
    pub(super) fn given(&self, range: Range<usize>) -> Range<usize> {
        let start = floor(&self.text, range.start);
        let end = floor(&self.text, range.end).max(start);
        let inside = self.text.get(start..end).unwrap_or_default();
        let start = start + inside.len() - inside.trim_start().len();
        let end = start + inside.trim().len();
        let back = |mut at: usize| {
            for pass in self.passes.iter().rev() {
                at = before(pass, at);
            }
            at.min(self.given)
        };
        let start = back(start);
        start..back(end).max(start)
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// Where a position after a pass was before it.
fn before(edits: &[Edit], at: usize) -> usize {
    let passed = edits.partition_point(|edit| edit.new.end <= at);
    if let Some(edit) = edits.get(passed)
        && edit.new.start <= at
    {
        return (edit.old.start + (at - edit.new.start)).min(edit.old.end);
    }
    match passed.checked_sub(1).and_then(|last| edits.get(last)) {
        Some(edit) => edit.old.end + (at - edit.new.end),
        None => at,
    }
}

/// A line begins with four columns of white space, perhaps after marks of lists and quotes. Most
/// texts have none and are parsed once.
fn may_hold_indented_code(text: &str) -> bool {
    if !text.contains("    ") && !text.contains('\t') {
        return false;
    }
    text.split('\n').any(|line| {
        let end = line.bytes().position(|b| !b" \t>-+*0123456789.)[]^:".contains(&b)).unwrap_or(line.len());
        let head = line.as_bytes().get(..end).unwrap_or_default();
        head.contains(&b'\t') || head.windows(4).any(|window| window == b"    ")
    })
}

fn edits(text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut moved = Moved::default();
    // The lines of the code block that is open: where each begins, and its columns beyond the four.
    let mut block: Option<Vec<(usize, usize)>> = None;
    let mut at_line_start = true;
    for (event, range) in events(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                block = Some(Vec::new());
                at_line_start = true;
            }
            Event::Text(part) => {
                let Some(lines) = &mut block else { continue };
                if at_line_start {
                    lines.push((range.start, 0));
                }
                let spaces = part.bytes().take_while(|b| b" \t".contains(b)).count();
                if let Some((_, extra)) = lines.last_mut() {
                    *extra += spaces;
                }
                at_line_start = part.ends_with('\n') || spaces == part.len();
                if at_line_start && part.trim().is_empty() && part.ends_with('\n') {
                    lines.pop(); // a blank line has no indentation of its own
                } else if spaces == part.len() {
                    // The rest of a tab comes as an event of its own; its line follows.
                    at_line_start = false;
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let lines = block.take().unwrap_or_default();
                let common = lines.iter().map(|&(_, extra)| extra).min().unwrap_or(0);
                for (at, _) in lines {
                    edits.extend(edit(text, at, 4 + common, &mut moved));
                }
            }
            _ => {}
        }
    }
    edits
}

/// How far the edits so far moved what follows, and where the last one ended.
#[derive(Default)]
struct Moved {
    removed: usize,
    added: usize,
    end: usize,
}

/// Takes `columns` off the white space around `at`.
fn edit(text: &str, at: usize, columns: usize, moved: &mut Moved) -> Option<Edit> {
    let bytes = text.as_bytes();
    let blank = |i: usize| bytes.get(i).is_some_and(|b| b" \t".contains(b));
    let start = (moved.end..at.min(bytes.len())).rev().take_while(|&i| blank(i)).last().unwrap_or(at);
    let end = (at..bytes.len()).take_while(|&i| blank(i)).last().map_or(at, |i| i + 1);
    let whole_line = start == 0 || bytes.get(start - 1) == Some(&b'\n');
    let kept = if whole_line {
        let run = bytes.get(start..end)?;
        let width = run
            .iter()
            .fold(0_usize, |column, &b| if b == b'\t' { column + 4 - column % 4 } else { column + 1 });
        width.saturating_sub(columns)
    } else {
        1 // after the mark of a list or a quote one space stays, or it is no mark
    };
    if start >= end || (start < moved.end) || bytes.get(start..end)? == b" ".repeat(kept) {
        return None;
    }
    let new_start = (start + moved.added).checked_sub(moved.removed)?;
    moved.removed += end - start;
    moved.added += kept;
    moved.end = end;
    Some(Edit { old: start..end, new: new_start..new_start + kept })
}

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(text.get(done..edit.old.start).unwrap_or_default());
        out.extend(std::iter::repeat_n(' ', edit.new.len()));
        done = edit.old.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indentation_that_makes_code_goes() {
        for (given, wanted) in [
            ("    a", "a"),
            ("\ta\n\t\tb", "a\n    b"),
            ("a\n\n            b\n          c\n\nd", "a\n\n  b\nc\n\nd"),
            ("-      a\n       b", "- a\n  b"),
            ("> \t\ta", "> a"),
            ("- a\n\n        b", "- a\n\n  b"),
            ("- a\n    - b", "- a\n    - b"),
            ("```\n    a\n```", "```\n    a\n```"),
            ("    a\n\n        b", "a\n\nb"),
        ] {
            let source = Source::new(given);
            let code = events(source.text())
                .any(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))));
            assert!(!code, "{given:?} gave {:?}", source.text());
            assert_eq!(source.text(), wanted, "{given:?}");
        }
    }

    #[test]
    fn ranges_are_told_in_the_given_text() {
        let given = "đầu\n\n          <b>\n\t\t  cuối <i>\n\n    <u>";
        let source = Source::new(given);
        for tag in ["<b>", "<i>", "<u>", "cuối"] {
            let at = source.text().find(tag).expect("kept");
            let range = source.given(at..at + tag.len());
            assert_eq!(given.get(range), Some(tag));
        }
    }
}
