//! Turns the place of a finding into lines and columns, when it is printed.
//!
//! Findings name a path in a record; the place is found by reading the tree of that file again. Only
//! files that have findings pay for it, and nothing else in congkhai carries spans.

use std::collections::BTreeMap;
use std::ops::Range;

use super::front_matter;
use super::text::clean;
use super::yaml::{self, Node, NodeKind};
use crate::base::diagnostic::{Diagnostic, Origin, Place, Pointer, SpanRange, Spot, Step};
use crate::base::path::SitePath;
use crate::inputs::{FileKind, Inputs};

/// A place as people count: lines and columns from 1, columns in characters of the clean text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Located {
    /// The file, below the content folder (or the theme); empty for the site as a whole.
    pub file: String,
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// One past the last column.
    pub end_column: usize,
    /// The bytes in the clean text.
    pub span: SpanRange,
}

impl Located {
    /// The start of a file whose text is not looked at.
    fn start_of(origin: &Origin) -> Self {
        let file = match origin {
            Origin::Site => String::new(),
            Origin::Theme(name) => name.clone(),
            Origin::Content(file) => file.to_string(),
        };
        Self { file, line: 1, column: 1, end_line: 1, end_column: 1, span: (0..0).into() }
    }
}

/// A finding with its places found.
#[derive(Debug, Clone)]
pub struct LocatedDiagnostic {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// Its place.
    pub at: Located,
    /// The places of `diagnostic.related`, in the same order.
    pub related: Vec<Located>,
}

/// Findings in reading order, with the clean texts of their files for whoever quotes them.
#[derive(Debug, Default)]
pub struct LocatedReport {
    /// By file, line and column, then by code.
    pub diagnostics: Vec<LocatedDiagnostic>,
    /// File → its clean text.
    pub texts: BTreeMap<String, String>,
}

/// Finds the places of all findings and sorts them as people read.
pub fn locate(diagnostics: Vec<Diagnostic>, inputs: &Inputs) -> LocatedReport {
    locate_some(diagnostics, inputs, |_| true)
}

/// The same for the findings that are wanted: of the others only the file is told. A build sums its warnings
/// up, and reading thousands of files again for lines that nobody sees took 8 % of its time.
pub fn locate_some(
    diagnostics: Vec<Diagnostic>,
    inputs: &Inputs,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> LocatedReport {
    let mut books: BTreeMap<Origin, Book> = BTreeMap::new();
    let mut find = |place: &Place, exactly: bool| {
        if !exactly && !books.contains_key(&place.origin) {
            return Located::start_of(&place.origin);
        }
        books
            .entry(place.origin.clone())
            .or_insert_with(|| Book::open(&place.origin, inputs))
            .find(&place.spot)
    };
    let mut located: Vec<LocatedDiagnostic> = diagnostics
        .into_iter()
        .map(|diagnostic| {
            let exactly = wanted(&diagnostic);
            let at = find(&diagnostic.place, exactly);
            let related = diagnostic.related.iter().map(|(place, _)| find(place, exactly)).collect();
            LocatedDiagnostic { diagnostic, at, related }
        })
        .collect();
    located.sort_by(|a, b| {
        (&a.at, a.diagnostic.rule.code, &a.diagnostic.message).cmp(&(
            &b.at,
            b.diagnostic.rule.code,
            &b.diagnostic.message,
        ))
    });
    located.dedup_by(|a, b| a.at == b.at && a.diagnostic == b.diagnostic);
    let texts = books.into_values().map(|book| (book.name, book.text)).collect();
    LocatedReport { diagnostics: located, texts }
}

/// One file, opened for finding places in it.
struct Book {
    name: String,
    text: String,
    root: Option<Node>,
    /// Where the YAML starts in the text.
    offset: usize,
    line_starts: Vec<usize>,
}

impl Book {
    fn open(origin: &Origin, inputs: &Inputs) -> Self {
        let (name, text, yaml) = match origin {
            Origin::Site => (String::new(), String::new(), None),
            Origin::Theme(name) => {
                let bytes = inputs.theme.0.get(name).map(Vec::as_slice).unwrap_or_default();
                (name.clone(), String::from_utf8_lossy(bytes).into_owned(), None)
            }
            Origin::Content(file) => Self::content(file, inputs),
        };
        let (root, offset) = match yaml {
            Some(range) => (yaml::tree(&text[range.clone()]).root, range.start),
            None => (None, 0),
        };
        let mut line_starts = vec![0];
        line_starts.extend(text.match_indices('\n').map(|(i, _)| i + 1));
        Self { name, text, root, offset, line_starts }
    }

    fn content(file: &SitePath, inputs: &Inputs) -> (String, String, Option<Range<usize>>) {
        let Some(source) = inputs.sources.get(file) else {
            return (file.to_string(), String::new(), None);
        };
        let (text, _) = clean(file, &source.bytes);
        let yaml = match source.kind {
            FileKind::Article => front_matter::split(file, &text).ok().map(|parts| parts.head),
            _ => Some(0..text.len()),
        };
        (file.to_string(), text, yaml)
    }

    fn find(&self, spot: &Spot) -> Located {
        let span = match spot {
            Spot::File => 0..0,
            Spot::Bytes(range) => range.start..range.end,
            Spot::Value(pointer) => self.node_span(pointer, false),
            Spot::Key(pointer) => self.node_span(pointer, true),
            Spot::Within(pointer, part) => self.part_span(pointer, part.start..part.end),
        };
        let start = self.boundary(span.start);
        // A caret under several lines helps nobody: the first line stands for the rest.
        let first_line_end = self.text[start..].find('\n').map_or(self.text.len(), |i| start + i);
        let end = self.boundary(span.end).clamp(start, first_line_end.max(start));
        let (line, column) = self.position(start);
        let (end_line, end_column) = self.position(end);
        Located { file: self.name.clone(), line, column, end_line, end_column, span: (start..end).into() }
    }

    fn boundary(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        (0..=at).rev().find(|&i| self.text.is_char_boundary(i)).unwrap_or(0)
    }

    fn position(&self, at: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|&start| start <= at).max(1) - 1;
        let column = self.text[self.line_starts[line]..at].chars().count();
        (line + 1, column + 1)
    }

    fn node_span(&self, pointer: &Pointer, key: bool) -> Range<usize> {
        match self.walk(pointer, key) {
            Some(span) => span.start + self.offset..span.end + self.offset,
            None => 0..0,
        }
    }

    /// The place of the deepest part of the path that exists.
    fn walk(&self, pointer: &Pointer, key: bool) -> Option<Range<usize>> {
        let mut node = self.root.as_ref()?;
        let mut span = node.span.clone();
        let last = pointer.0.len();
        for (i, step) in pointer.0.iter().enumerate() {
            match (step, &node.kind) {
                (Step::Key(name), NodeKind::Map(_)) => {
                    let Some((name_node, content)) = node.entry(name) else { break };
                    node = content;
                    let point_at_key = (key && i + 1 == last) || content.span.is_empty();
                    span = if point_at_key { name_node.span.clone() } else { content.span.clone() };
                }
                (Step::Index(index), NodeKind::List(items)) => {
                    let Some(item) = items.get(*index) else { break };
                    node = item;
                    span = item.span.clone();
                }
                _ => break,
            }
        }
        Some(span)
    }

    /// A part of a value, by its words: YAML may have folded lines or undone escapes, so the part is
    /// looked for in the raw text of the value; where it is not found, the whole value stands for it.
    fn part_span(&self, pointer: &Pointer, part: Range<usize>) -> Range<usize> {
        let whole = self.node_span(pointer, false);
        let mut node = self.root.as_ref();
        for step in &pointer.0 {
            node = match (step, node.map(|n| &n.kind)) {
                (Step::Key(name), Some(NodeKind::Map(_))) => {
                    node.and_then(|n| n.entry(name)).map(|(_, content)| content)
                }
                (Step::Index(index), Some(NodeKind::List(items))) => items.get(*index),
                _ => None,
            };
        }
        let Some(decoded) = node.and_then(Node::text) else { return whole };
        let Some(words) = decoded.get(part.clone()) else { return whole };
        let first_line = words.lines().next().unwrap_or("").trim_end();
        let raw = &self.text[whole.clone()];
        if first_line.is_empty() {
            return whole;
        }
        // The n-th occurrence in the value is the n-th in its raw text.
        let before = decoded[..part.start].matches(first_line).count();
        match raw.match_indices(first_line).nth(before) {
            Some((i, _)) => whole.start + i..whole.start + i + first_line.len(),
            None => whole,
        }
    }
}
