//! The repairs that need no decision (`congkhai check --fix`).
//!
//! Only what has one right answer is changed: the form of the text (NFC, invisible characters, blanks at
//! the ends of lines), values of which their own kind says what was meant (`5/3/2026`, `150.000`, `1,014888`,
//! quotes of a word processor around a code), and the order of keys. Texts that people read are not judged.
//!
//! A file that cannot be read, and one whose record would say something else afterwards, stays as it is.

use std::ops::Range;

use super::{Document, Edit, EditFault};
use crate::base::diagnostic::{Message, Pointer, Severity};
use crate::base::path::SitePath;
use crate::inputs::{FileKind, SourceFile};
use crate::msg;
use crate::parse::record::{Parsed, Record, parse};
use crate::parse::schema::Shape;
use crate::parse::yaml::{self, Node, NodeKind};
use crate::parse::{kinds, text};
use crate::vi::unicode;

/// One repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The line it was made in, from 1, in the text as it was; none for the file as a whole.
    pub line: Option<usize>,
    /// What was done.
    pub what: Message,
}

/// A repaired file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// Its text as it was.
    pub before: String,
    /// Its text now.
    pub after: String,
    /// What was done, in the order of the text.
    pub repairs: Vec<Repair>,
}

/// Makes the safe repairs of a file; `None` if there are none, or none that can be made safely.
pub fn fix(file: &SitePath, source: &SourceFile) -> Option<Fixed> {
    let before = std::str::from_utf8(&source.bytes).ok()?;
    if unicode::legacy_encoding(before).is_some() {
        return None;
    }
    let mut repairs = Vec::new();
    let cleaned = clean_form(before, &mut repairs);
    let document = Document::open(file, source.kind, cleaned.as_bytes()).ok()?;
    let document = trim_lines(document, &mut repairs)?;
    let document = repair_values(document, source.kind, &mut repairs).ok()?;
    let document = order_keys(document, source.kind, &mut repairs).ok()?;
    let after = document.text();
    if after == before || !says_the_same(file, source, &after) {
        return None;
    }
    repairs.sort_by_key(|repair| repair.line);
    Some(Fixed { before: before.to_owned(), after, repairs })
}

// ---- The form of the text ----------------------------------------------------------------------

/// What is done to a text, and its name.
type Step = (Message, fn(&str) -> String);

/// What reading a file does silently, done to the file: NFC, plain indentation, nothing invisible.
fn clean_form(before: &str, repairs: &mut Vec<Repair>) -> String {
    let (bom, words) = match before.strip_prefix('\u{FEFF}') {
        Some(rest) => ("\u{FEFF}", rest),
        None => ("", before),
    };
    let steps: [Step; 3] = [
        (
            msg!(
                "đổi dấu cách lạ ở đầu dòng thành dấu cách thường",
                "made odd spaces of the indentation plain"
            ),
            |text| text::with_plain_indent(text).0,
        ),
        (
            msg!("chuyển chữ có dấu về dạng dựng sẵn (NFC)", "brought letters into NFC"),
            |text| unicode::to_nfc(text).into_owned(),
        ),
        (msg!("bỏ ký tự ẩn", "took out invisible characters"), |text| {
            text.chars().filter(|c| !unicode::is_invisible(*c)).collect()
        }),
    ];
    let mut now = words.to_owned();
    for (what, step) in steps {
        let next = step(&now);
        for (i, (old, new)) in now.split('\n').zip(next.split('\n')).enumerate() {
            if old != new {
                repairs.push(Repair { line: Some(i + 1), what: what.clone() });
            }
        }
        now = next;
    }
    format!("{bom}{now}")
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t' || text::is_odd_space(c)
}

/// Takes the blanks at the ends of lines away, except inside texts of several lines, where they may
/// mean something (a line break of Markdown).
fn trim_lines(document: Document, repairs: &mut Vec<Repair>) -> Option<Document> {
    let yaml = document.yaml();
    let tree = yaml::tree(yaml);
    let mut kept = Vec::new();
    if let Some(root) = &tree.root {
        texts_of_lines(root, yaml, &mut kept);
    }
    let mut out = String::with_capacity(yaml.len());
    let mut trimmed = Vec::new();
    let mut at = 0;
    for (i, line) in yaml.split_inclusive('\n').enumerate() {
        let words = line.trim_end_matches(['\r', '\n']);
        let end = at + words.len();
        let bare = words.trim_end_matches(is_blank);
        let in_text = kept.iter().any(|text| text.start <= end && end < text.end);
        if bare.len() < words.len() && !in_text {
            out.push_str(bare);
            trimmed.push(document.lines_above() + i + 1);
        } else {
            out.push_str(words);
        }
        out.push_str(&line[words.len()..]);
        at += line.len();
    }
    if trimmed.is_empty() {
        return Some(document);
    }
    let repaired = document.with_yaml(out);
    // A text that ends in a no-break space loses it, as it does when it is read.
    let same = match (document.value(), repaired.value()) {
        (Ok(old), Ok(new)) => trimmed_value(&old) == trimmed_value(&new),
        _ => false,
    };
    if !same {
        return Some(document);
    }
    let what = msg!("bỏ khoảng trắng thừa ở cuối dòng", "took away blanks at the end of the line");
    repairs.extend(trimmed.into_iter().map(|line| Repair { line: Some(line), what: what.clone() }));
    Some(repaired)
}

fn trimmed_value(value: &super::Value) -> super::Value {
    use super::Value;
    match value {
        Value::Null => Value::Null,
        Value::Scalar(text) => Value::Scalar(text.trim().to_owned()),
        Value::List(items) => Value::List(items.iter().map(trimmed_value).collect()),
        Value::Map(entries) => {
            Value::Map(entries.iter().map(|(key, value)| (key.clone(), trimmed_value(value))).collect())
        }
    }
}

/// The texts of several lines in which the end of a line is part of the text.
fn texts_of_lines(node: &Node, yaml: &str, out: &mut Vec<Range<usize>>) {
    match &node.kind {
        NodeKind::Scalar { plain: true, .. } => {}
        NodeKind::Scalar { block: true, .. } => {
            // With the blanks that its last line ends in: the span is without them.
            let end = yaml[node.span.end..].find('\n').map_or(yaml.len(), |i| node.span.end + i);
            out.push(node.span.start..end + 1);
        }
        NodeKind::Scalar { .. } => out.push(node.span.clone()),
        NodeKind::List(items) => items.iter().for_each(|item| texts_of_lines(item, yaml, out)),
        NodeKind::Map(entries) => entries.iter().for_each(|(_, value)| texts_of_lines(value, yaml, out)),
    }
}

// ---- Values ------------------------------------------------------------------------------------

fn repair_values(
    mut document: Document,
    kind: FileKind,
    repairs: &mut Vec<Repair>,
) -> Result<Document, EditFault> {
    let tree = yaml::tree(document.yaml());
    let Some(root) = &tree.root else { return Ok(document) };
    let mut found = Vec::new();
    meant_values(root, &(kinds::of(kind).shape)(), &Pointer::root(), &mut found);
    let lines: Vec<usize> = found
        .iter()
        .map(|meant| document.lines_above() + document.yaml()[..meant.at_byte].matches('\n').count() + 1)
        .collect();
    for (Meant { at, written, meant, .. }, line) in found.into_iter().zip(lines) {
        let edit = Edit::Set { at: at.clone(), value: meant.as_str().into() };
        // What the patcher cannot change in place is left to the editor: the check still tells of it.
        if document.apply(&edit).is_ok() {
            let written = written.trim();
            repairs.push(Repair {
                line: Some(line),
                what: msg!("`{at}`: `{written}` → `{meant}`", "`{at}`: `{written}` → `{meant}`"),
            });
        }
    }
    Ok(document)
}

/// A value that was written otherwise than it is surely meant.
struct Meant {
    at: Pointer,
    at_byte: usize,
    written: String,
    meant: String,
}

fn meant_values(node: &Node, shape: &Shape, at: &Pointer, found: &mut Vec<Meant>) {
    match (shape, &node.kind) {
        (Shape::Scalar { .. } | Shape::Choice(_), NodeKind::Scalar { text, .. }) if !node.is_null() => {
            if let Some(meant) = meant(text, shape) {
                let written = text.clone();
                found.push(Meant { at: at.clone(), at_byte: node.span.start, written, meant });
            }
        }
        (Shape::List(inner) | Shape::Filled(inner), NodeKind::List(items)) => {
            for (i, item) in items.iter().enumerate() {
                meant_values(item, inner, &at.then(i), found);
            }
        }
        (Shape::Map(keys), NodeKind::Map(entries)) => {
            for (name, value) in entries {
                let Some(name) = name.text() else { continue };
                if let Some(key) = keys.iter().find(|key| key.name == name) {
                    meant_values(value, &key.shape, &at.then(name), found);
                }
            }
        }
        (Shape::Either(shapes), _) => {
            let fits = |shape: &&Shape| {
                matches!(
                    (shape, &node.kind),
                    (Shape::Map(_), NodeKind::Map(_)) | (Shape::Choice(_), NodeKind::Scalar { .. })
                )
            };
            if let Some(shape) = shapes.iter().find(fits) {
                meant_values(node, shape, at, found);
            }
        }
        _ => {}
    }
}

/// What a value that is refused was surely meant to be.
fn meant(text: &str, shape: &Shape) -> Option<String> {
    let accepts = |text: &str| match shape {
        Shape::Scalar { judge, .. } => judge(text).is_ok(),
        Shape::Choice(choices) => choices.iter().any(|(key, _)| key == text),
        _ => false,
    };
    if accepts(text) {
        return None;
    }
    // Quotes of a word processor, and blanks that only choices mind.
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "“”„‟‘’‚‛«»\"'".contains(c));
    if accepts(bare) {
        return Some(bare.to_owned());
    }
    match shape {
        Shape::Scalar { judge, .. } => {
            judge(text).err()?.repair.filter(|meant| accepts(meant)).map(String::from)
        }
        _ => None,
    }
}

// ---- The order of keys -------------------------------------------------------------------------

fn order_keys(
    mut document: Document,
    kind: FileKind,
    repairs: &mut Vec<Repair>,
) -> Result<Document, EditFault> {
    let shape = (kinds::of(kind).shape)();
    let tree = yaml::tree(document.yaml());
    let Some(root) = &tree.root else { return Ok(document) };
    let mut found = Vec::new();
    disordered(root, &shape, &Pointer::root(), &mut found);
    let lines: Vec<usize> = found
        .iter()
        .map(|(_, byte, _)| document.lines_above() + document.yaml()[..*byte].matches('\n').count() + 1)
        .collect();
    for ((map, _, keys), line) in found.into_iter().zip(lines) {
        if document.apply(&Edit::Order { map, keys }).is_ok() {
            repairs.push(Repair {
                line: Some(line),
                what: msg!("xếp các khóa theo thứ tự của mẫu", "put the keys in the order of the schema"),
            });
        }
    }
    Ok(document)
}

/// Mappings whose keys stand in another order than the schema's, with the right one.
fn disordered(node: &Node, shape: &Shape, at: &Pointer, found: &mut Vec<(Pointer, usize, Vec<String>)>) {
    match (shape, &node.kind) {
        (Shape::List(inner) | Shape::Filled(inner), NodeKind::List(items)) => {
            for (i, item) in items.iter().enumerate() {
                disordered(item, inner, &at.then(i), found);
            }
        }
        (Shape::Map(keys), NodeKind::Map(entries)) => {
            let place = |name: &Node| keys.iter().position(|key| Some(key.name.as_str()) == name.text());
            let places: Option<Vec<usize>> = entries.iter().map(|(name, _)| place(name)).collect();
            // A key that is not known belongs nowhere.
            if let Some(mut places) = places
                && !places.is_sorted()
            {
                places.sort_unstable();
                let names = places.into_iter().map(|place| keys[place].name.clone());
                found.push((at.clone(), node.span.start, names.collect()));
            }
            for (name, value) in entries {
                let Some(name) = name.text() else { continue };
                if let Some(key) = keys.iter().find(|key| key.name == name) {
                    disordered(value, &key.shape, &at.then(name), found);
                }
            }
        }
        (Shape::Either(shapes), NodeKind::Map(_)) => {
            if let Some(shape) = shapes.iter().find(|shape| matches!(shape, Shape::Map(_))) {
                disordered(node, shape, at, found);
            }
        }
        _ => {}
    }
}

// ---- The last look -----------------------------------------------------------------------------

/// Whether the repaired file has no fault that it did not have, and the same record if it had one.
fn says_the_same(file: &SitePath, source: &SourceFile, after: &str) -> bool {
    let old = parse(file, source);
    let new = parse(file, &SourceFile { kind: source.kind, bytes: after.as_bytes().into() });
    let errors =
        |parsed: &Parsed| parsed.found.iter().filter(|found| found.severity == Severity::Error).count();
    let same = match (&old.record, &new.record) {
        (Some(Record::Article(a)), Some(Record::Article(b))) => a.head == b.head && a.body == b.body,
        // Every part of a record shows in its debug form.
        (Some(a), Some(b)) => format!("{a:?}") == format!("{b:?}"),
        (None, _) => true,
        (Some(_), None) => false,
    };
    same && errors(&new) <= errors(&old)
}
