//! Where the bytes of an edit go.
//!
//! Nothing here has to be right for every text that YAML allows: whoever calls reads the result again
//! and takes the first candidate that says what the edit asked for.

use std::ops::Range;

use super::Edit;
use super::layout::{self, Laid, Style};
use super::order;
use super::value::Value;
use crate::base::diagnostic::{Pointer, Step};
use crate::parse::yaml::{Node, NodeKind};

/// How new lines are laid out: in the style of the house, or where a remark below would be taken for a
/// part of a text, with every text in quotes.
const STYLES: [Option<Style>; 2] = [None, Some(Style::Double)];

/// The texts that may come of an edit, best first.
pub(super) fn candidates(yaml: &str, newline: &str, root: Option<&Node>, edit: &Edit) -> Vec<String> {
    let text = Text { yaml, newline };
    let Some(root) = root else { return text.first_key(edit).into_iter().collect() };
    let made = match edit {
        Edit::Set { at, value } => return text.set(root, at, value),
        Edit::Put { map, key, value, after } => match find(root, map) {
            Some(Found { node, .. }) if Value::of(node).is_flat() => {
                return text.set(root, map, &Value::Map(vec![(key.clone(), value.clone())]));
            }
            Some(found) => {
                let put = |style| text.put(&found, key, value, after.as_deref(), style);
                return STYLES.into_iter().filter_map(put).collect();
            }
            None => None,
        },
        Edit::Insert { list, index, value } => match find(root, list) {
            Some(Found { node, .. }) if Value::of(node).is_flat() => {
                return text.set(root, list, &Value::List(vec![value.clone()]));
            }
            Some(found) => {
                let insert = |style| text.insert(&found, *index, value, style);
                return STYLES.into_iter().filter_map(insert).collect();
            }
            None => None,
        },
        Edit::Delete { at } => {
            let mut parent = at.clone();
            let last = parent.0.pop();
            match (find(root, &parent), last) {
                (Some(found), Some(last)) => match (&found.node.kind, &last) {
                    (NodeKind::Map(entries), _) if entries.len() == 1 => {
                        return text.set(root, &parent, &Value::Map(Vec::new()));
                    }
                    (NodeKind::List(items), _) if items.len() == 1 => {
                        return text.set(root, &parent, &Value::List(Vec::new()));
                    }
                    _ => text.delete(&found, &last),
                },
                _ => None,
            }
        }
        Edit::Order { map, keys } => find(root, map).and_then(|found| order::order(&text, &found, keys)),
    };
    made.into_iter().collect()
}

/// A value, with where its text may begin.
pub(super) struct Found<'n> {
    pub(super) node: &'n Node,
    /// Right behind the key (its colon comes next), or behind the dash of a list; 0 for the root.
    key: Option<&'n Node>,
    /// Whether brackets stand around it.
    in_flow: bool,
}

/// Walks to a value. Flow is told by the caller's text, so it is settled in [`Text::is_flow`].
pub(super) fn find<'n>(root: &'n Node, at: &Pointer) -> Option<Found<'n>> {
    let mut found = Found { node: root, key: None, in_flow: false };
    for step in &at.0 {
        found = match (step, &found.node.kind) {
            (Step::Key(key), NodeKind::Map(_)) => {
                let (key, node) = found.node.entry(key)?;
                Found { node, key: Some(key), in_flow: false }
            }
            (Step::Index(index), NodeKind::List(items)) => {
                Found { node: items.get(*index)?, key: None, in_flow: false }
            }
            _ => return None,
        };
    }
    Some(found)
}

/// The YAML text that is edited.
pub(super) struct Text<'t> {
    pub(super) yaml: &'t str,
    pub(super) newline: &'t str,
}

impl Text<'_> {
    // ---- Places ---------------------------------------------------------------------------------

    /// Where the line of `at` starts.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.yaml[..at].rfind('\n').map_or(0, |i| i + 1)
    }

    /// Where the line of `at` ends, before its line break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let end = self.yaml[at..].find('\n').map_or(self.yaml.len(), |i| at + i);
        if self.yaml[at..end].ends_with('\r') { end - 1 } else { end }
    }

    /// Where the next line starts.
    pub(super) fn next_line(&self, at: usize) -> usize {
        self.yaml[at..].find('\n').map_or(self.yaml.len(), |i| at + i + 1)
    }

    fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }

    /// Whether only blanks stand before `at` on its line.
    pub(super) fn is_first(&self, at: usize) -> bool {
        self.yaml[self.line_start(at)..at].trim().is_empty()
    }

    pub(super) fn is_flow(&self, node: &Node) -> bool {
        // The span of a list that is not indented starts with its first entry, which may have brackets.
        let inside = match &node.kind {
            NodeKind::List(items) => items.first().is_none_or(|item| item.span.start > node.span.start),
            NodeKind::Map(_) => true,
            NodeKind::Scalar { .. } => false,
        };
        inside && self.yaml[node.span.start..].starts_with(['[', '{'])
    }

    /// The end of an entry of a block collection: of its last line, before the line break.
    pub(super) fn entry_end(&self, key: &Node, value: &Node) -> usize {
        if value.span.is_empty() {
            return self.line_end(value.span.end.max(key.span.end));
        }
        let end = self.line_end(self.kept_end(value));
        end.max(self.line_end(value.span.end))
    }

    /// The end of a value, with the blank lines that `|+` keeps.
    fn kept_end(&self, value: &Node) -> usize {
        match &value.kind {
            NodeKind::Scalar { text, block: true, .. } if text.ends_with("\n\n") => {
                let rest = &self.yaml[value.span.end..];
                let blank = rest.len() - rest.trim_start_matches([' ', '\r', '\n']).len();
                let end = value.span.end + blank;
                // The last line break belongs to the line that follows.
                let end = if end == self.yaml.len() { end } else { self.line_start(end) };
                self.yaml[..end].strip_suffix('\n').map_or(end, |t| t.strip_suffix('\r').unwrap_or(t).len())
            }
            NodeKind::Scalar { .. } => value.span.end,
            NodeKind::List(items) => items.last().map_or(value.span.end, |last| self.kept_end(last)),
            NodeKind::Map(entries) => entries.last().map_or(value.span.end, |(_, last)| self.kept_end(last)),
        }
        .max(value.span.end)
    }

    /// The dash in front of an entry of a block list.
    pub(super) fn dash(&self, item: &Node) -> Option<usize> {
        let before = self.yaml[..item.span.start].trim_end_matches(' ');
        // The place of an empty entry is behind the comment of its line.
        let in_comment = item.span.is_empty()
            && self.yaml[self.line_start(item.span.start)..item.span.start].contains('#');
        if before.ends_with('-') && !in_comment {
            return Some(before.len() - 1);
        }
        // The entry stands on a later line than its dash: behind a comment, or as a block text.
        let mut at = item.span.start;
        loop {
            let start = self.line_start(at);
            let line = &self.yaml[start..self.line_end(start)];
            let words = line.trim_start();
            let dash = start + line.len() - words.len();
            if dash < item.span.start && (words.starts_with("- ") || words == "-") {
                return Some(dash);
            }
            at = start.checked_sub(1)?;
        }
    }

    /// Right behind the colon of a key.
    fn behind_colon(&self, key: &Node) -> Option<usize> {
        let rest = &self.yaml[key.span.end..];
        rest.trim_start_matches(' ').starts_with(':').then(|| key.span.end + rest.find(':').unwrap_or(0) + 1)
    }

    /// The header of a block text: `|-`, `>+2` and the like.
    fn header(&self, slot: usize) -> Option<Range<usize>> {
        let rest = &self.yaml[slot..];
        let start = slot + rest.len() - rest.trim_start_matches(' ').len();
        let token = &self.yaml[start..self.line_end(start)];
        let len = token.find(|c: char| !"|>+-0123456789".contains(c)).unwrap_or(token.len());
        (len > 0).then_some(start..start + len)
    }

    /// The text with some bytes replaced.
    fn replaced(&self, mut cuts: Vec<(Range<usize>, String)>) -> String {
        cuts.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.yaml.len() + 64);
        let mut at = 0;
        for (range, new) in cuts {
            out.push_str(self.yaml.get(at..range.start).unwrap_or_default());
            out.push_str(&new);
            at = range.end.max(at);
        }
        out.push_str(&self.yaml[at..]);
        out
    }

    /// Lines to be put in at the end of a line, before its line break.
    fn below(&self, lines: &[String]) -> String {
        lines.iter().flat_map(|line| [self.newline, line]).collect()
    }

    // ---- Edits ----------------------------------------------------------------------------------

    /// A text that had no record at all gets its first key.
    fn first_key(&self, edit: &Edit) -> Option<String> {
        let Edit::Put { map, key, value, after: None } = edit else { return None };
        if !map.0.is_empty() {
            return None;
        }
        let lines = layout::map_lines(&[(key.clone(), value.clone())], 0, None);
        let mut out = self.yaml.to_owned();
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str(self.newline);
        }
        for line in lines {
            out.push_str(&line);
            out.push_str(self.newline);
        }
        Some(out)
    }

    /// Whether any collection on the way to a value (itself left out) is written in brackets.
    fn flow_around(&self, root: &Node, at: &Pointer) -> bool {
        (0..at.0.len())
            .any(|n| find(root, &Pointer(at.0[..n].to_vec())).is_some_and(|above| self.is_flow(above.node)))
    }

    fn set(&self, root: &Node, at: &Pointer, value: &Value) -> Vec<String> {
        let Some(mut found) = find(root, at) else { return Vec::new() };
        found.in_flow = self.flow_around(root, at);
        let styles = self.styles(found.node, value);
        styles.into_iter().filter_map(|style| self.set_in(&found, value, style, at.0.is_empty())).collect()
    }

    /// The styles to try: first the one that the old text had.
    fn styles(&self, old: &Node, new: &Value) -> Vec<Option<Style>> {
        let had = match &old.kind {
            NodeKind::Scalar { plain: true, .. } | NodeKind::Scalar { block: true, .. } => None,
            NodeKind::List(_) | NodeKind::Map(_) => None,
            NodeKind::Scalar { .. } if self.yaml[old.span.start..].starts_with('\'') => Some(Style::Single),
            NodeKind::Scalar { .. } => Some(Style::Double),
        };
        match (new, had) {
            (Value::Scalar(text), Some(had)) if !text.contains('\n') => {
                vec![Some(had), None, Some(Style::Double)]
            }
            _ => vec![None, Some(Style::Literal), Some(Style::Double)],
        }
    }

    fn set_in(&self, found: &Found<'_>, value: &Value, style: Option<Style>, root: bool) -> Option<String> {
        let node = found.node;
        if found.in_flow {
            let text = match (value, style) {
                (Value::Scalar(_), Some(_)) => layout::block(value, 0, style).head,
                _ => layout::flow(value),
            };
            let text = if text.starts_with(['|', '>']) { layout::flow(value) } else { text };
            let space = if node.span.is_empty() { " " } else { "" };
            return Some(self.replaced(vec![(node.span.clone(), format!("{space}{text}"))]));
        }
        if root {
            return self.set_root(node, value);
        }
        let (slot, indent) = match found.key {
            Some(key) => (self.behind_colon(key)?, self.column(key.span.start)),
            None => {
                let dash = self.dash(node)?;
                (dash + 1, self.column(dash))
            }
        };
        let Laid { head, body } = match (value, found.key) {
            // `- ma: x` and `- - x` start on the line of the dash.
            (Value::Map(_) | Value::List(_), None) if !value.is_flat() => {
                let mut lines = layout::list_lines(std::slice::from_ref(value), indent, style);
                let first = lines.remove(0).trim_start().to_owned();
                let first = first.strip_prefix("- ").unwrap_or(&first).to_owned();
                Laid { head: first, body: lines }
            }
            _ => layout::block(value, indent, style),
        };
        let spaced = if head.is_empty() { String::new() } else { format!(" {head}") };
        let mut cuts = Vec::new();
        match &node.kind {
            NodeKind::Scalar { block: true, .. } => {
                let header = self.header(slot)?;
                let header_end = self.line_end(header.end);
                cuts.push((header.clone(), head));
                // A comment behind the header stays; the lines of the text go.
                let end = self.line_end(self.kept_end(node)).max(header_end);
                cuts.push((header_end..end, self.below(&body)));
            }
            NodeKind::List(_) | NodeKind::Map(_) if !self.is_flow(node) => {
                let start = match &node.kind {
                    NodeKind::List(items) => self.dash(items.first()?)?,
                    _ => node.span.start,
                };
                let end = self.line_end(self.kept_end(node));
                if self.line_start(start) == self.line_start(slot) {
                    cuts.push((start..end, format!("{head}{}", self.below(&body))));
                } else {
                    cuts.push((slot..slot, spaced));
                    // From the line break above the first line to the end of the last. What is said above
                    // the first line stays above the new ones.
                    let above = self.line_start(start) - 1;
                    let above = if self.yaml[..above].ends_with('\r') { above - 1 } else { above };
                    cuts.push((above.max(slot)..end, self.below(&body)));
                }
            }
            _ if node.span.is_empty() => {
                cuts.push((slot..slot, spaced));
                let line = self.line_end(slot);
                cuts.push((line..line, self.below(&body)));
            }
            _ => {
                let blank = self.yaml[..node.span.start].trim_end_matches(' ').len();
                let start = if head.is_empty() { blank.max(slot) } else { node.span.start };
                cuts.push((start..node.span.end, head));
                if !body.is_empty() {
                    let line = self.line_end(node.span.end);
                    cuts.push((line..line, self.below(&body)));
                }
            }
        }
        Some(self.replaced(cuts))
    }

    /// A record of one line (`{}`) becomes a mapping, or the last key goes.
    fn set_root(&self, node: &Node, value: &Value) -> Option<String> {
        let lines = match value {
            Value::Map(entries) if !entries.is_empty() => layout::map_lines(entries, 0, None),
            Value::List(items) if !items.is_empty() => layout::list_lines(items, 0, None),
            Value::Map(_) | Value::List(_) => vec![layout::flow(value)],
            _ => return None,
        };
        let start = match &node.kind {
            NodeKind::List(items) if !self.is_flow(node) => self.dash(items.first()?)?,
            _ => node.span.start,
        };
        let end = if self.is_flow(node) { node.span.end } else { self.line_end(self.kept_end(node)) };
        Some(self.replaced(vec![(start..end, lines.join(self.newline))]))
    }

    fn put(
        &self,
        found: &Found<'_>,
        key: &str,
        value: &Value,
        after: Option<&str>,
        style: Option<Style>,
    ) -> Option<String> {
        let NodeKind::Map(entries) = &found.node.kind else { return None };
        let behind = match after {
            None => None,
            Some(after) => Some(entries.iter().find(|(known, _)| known.text() == Some(after))?),
        };
        let first = &entries.first()?.0;
        if self.is_flow(found.node) {
            let new = layout::flow(&Value::Map(vec![(key.to_owned(), value.clone())]));
            let new = &new[1..new.len() - 1];
            return Some(match behind {
                None => self.replaced(vec![(first.span.start..first.span.start, format!("{new}, "))]),
                Some((key, value)) => {
                    let end = value.span.end.max(key.span.end);
                    self.replaced(vec![(end..end, format!(", {new}"))])
                }
            });
        }
        let indent = self.column(first.span.start);
        let lines = layout::map_lines(&[(key.to_owned(), value.clone())], indent, style);
        Some(self.put_lines(first.span.start, behind.map(|(k, v)| self.entry_end(k, v)), indent, &lines))
    }

    fn insert(&self, found: &Found<'_>, index: usize, value: &Value, style: Option<Style>) -> Option<String> {
        let NodeKind::List(items) = &found.node.kind else { return None };
        let before = index.checked_sub(1).map(|i| &items[i]);
        let first = items.first()?;
        if self.is_flow(found.node) {
            let new = layout::flow(value);
            return Some(match before {
                None => self.replaced(vec![(first.span.start..first.span.start, format!("{new}, "))]),
                Some(item) => self.replaced(vec![(item.span.end..item.span.end, format!(", {new}"))]),
            });
        }
        let dash = self.dash(first)?;
        let indent = self.column(dash);
        let lines = layout::list_lines(std::slice::from_ref(value), indent, style);
        Some(self.put_lines(dash, before.map(|item| self.entry_end(item, item)), indent, &lines))
    }

    /// New lines behind an entry, or in front of the first one.
    fn put_lines(&self, first: usize, behind: Option<usize>, indent: usize, lines: &[String]) -> String {
        match behind {
            Some(end) => self.replaced(vec![(end..end, self.below(lines))]),
            None => {
                let words = lines.join(self.newline);
                let new = format!("{}{}{:indent$}", words.trim_start(), self.newline, "");
                self.replaced(vec![(first..first, new)])
            }
        }
    }

    fn delete(&self, found: &Found<'_>, last: &Step) -> Option<String> {
        // Every entry as its start, the end of its value and the end of its last line.
        let entries: Vec<(usize, usize, usize)> = match &found.node.kind {
            NodeKind::Map(entries) => entries
                .iter()
                .map(|(key, value)| {
                    (key.span.start, value.span.end.max(key.span.end), self.entry_end(key, value))
                })
                .collect(),
            NodeKind::List(items) if self.is_flow(found.node) => {
                items.iter().map(|item| (item.span.start, item.span.end, item.span.end)).collect()
            }
            NodeKind::List(items) => items
                .iter()
                .map(|item| Some((self.dash(item)?, item.span.end, self.entry_end(item, item))))
                .collect::<Option<_>>()?,
            NodeKind::Scalar { .. } => return None,
        };
        let index = match (&found.node.kind, last) {
            (NodeKind::Map(entries), Step::Key(key)) => {
                entries.iter().position(|(known, _)| known.text() == Some(key))?
            }
            (NodeKind::List(_), Step::Index(index)) => *index,
            _ => return None,
        };
        let (start, end, line_end) = *entries.get(index)?;
        let next = entries.get(index + 1).map(|(start, ..)| *start);
        if self.is_flow(found.node) {
            let cut = match (index.checked_sub(1), next) {
                (Some(before), _) => entries[before].1..end,
                (None, Some(next)) => start..next,
                (None, None) => start..end,
            };
            return Some(self.replaced(vec![(cut, String::new())]));
        }
        if self.is_first(start) {
            let cut = self.line_start(start)..self.next_line(line_end);
            return Some(self.replaced(vec![(cut, String::new())]));
        }
        // The first entry shares its line with a dash: the next one moves up to it.
        let rest = &self.yaml[line_end..];
        let next = line_end + rest.len() - rest.trim_start().len();
        Some(self.replaced(vec![(start..next, String::new())]))
    }
}
