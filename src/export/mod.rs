//! Everything that the records say, as tables and as JSON, in a form that [`import`](crate::import) reads back
//! without a loss.
//!
//! [`columns`] says which sheets and columns a kind of record has; it follows from the schema alone. A value is read
//! from the file's own text and not from the typed record, so that nothing is added that an editor did not write.

pub mod cells;
pub mod columns;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::base::path::SitePath;
use crate::edit::place::identity;
use crate::edit::{Document, Value};
use crate::inputs::{FileKind, SourceFile};
use crate::parse::kinds::RecordKind;
use crate::parse::record::parse;
use crate::sheet::Sheet;
use columns::{Form, Table, tables};

/// The key that tells a JSON of ours from others.
pub const MARK: &str = "congkhai";

/// One record, with what sheets call it.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// What ties the rows of several sheets to one record: its file, or in a directory its code.
    pub link: String,
    /// What it says. The text of an article stands under [`columns::BODY`].
    pub value: Value,
}

/// The records of a kind, in the order of their files; and the files that cannot be read as records.
pub fn records(kind: &RecordKind, sources: &BTreeMap<SitePath, SourceFile>) -> (Vec<Held>, Vec<SitePath>) {
    let (mut held, mut unreadable) = (Vec::new(), Vec::new());
    for (file, source) in sources.iter().filter(|(_, source)| source.kind == kind.kind) {
        // What the reader of records refuses may have any shape, and a column for none of it.
        let whole = parse(file, source).record.is_some();
        match whole.then(|| of_file(file, source)).flatten() {
            Some(records) => held.extend(records),
            None => unreadable.push(file.clone()),
        }
    }
    (held, unreadable)
}

/// The records of one file.
pub fn of_file(file: &SitePath, source: &SourceFile) -> Option<Vec<Held>> {
    let document = Document::open(file, source.kind, &source.bytes).ok()?;
    let value = document.value().ok()?.cleaned();
    Some(match value {
        Value::List(entries) => links(source.kind, &entries)
            .into_iter()
            .zip(entries)
            .map(|(link, value)| Held { link, value: pruned(value) })
            .collect(),
        value => {
            let mut value = pruned(value);
            let body = document.body().trim();
            if let (Value::Map(entries), false) = (&mut value, body.is_empty()) {
                entries.push((columns::BODY.to_owned(), body.into()));
            }
            vec![Held { link: file.to_string(), value }]
        }
    })
}

/// What the entries of a directory are called: by their code, number or name; the second of a name gets `#2`.
pub fn links(kind: FileKind, entries: &[Value]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let name = |entry: &Value| match entry.get(entry_key(kind)) {
        Some(Value::Scalar(text)) => text.trim().to_owned(),
        _ => String::new(),
    };
    entries
        .iter()
        .map(|entry| {
            let name = name(entry);
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            if *count == 1 { name } else { format!("{name}#{count}") }
        })
        .collect()
}

/// The key by which an entry of a directory is known; of other records the key that names their file.
pub fn entry_key(kind: FileKind) -> &'static str {
    identity(kind).unwrap_or(match kind {
        FileKind::Laws => "so_ky_hieu",
        FileKind::Holidays => "nam",
        FileKind::EssentialServices | FileKind::Site => "ten",
        _ => "ma",
    })
}

/// A value without what says nothing: empty keys, empty lists, mappings with nothing in them.
pub fn pruned(value: Value) -> Value {
    fn says(value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Scalar(_) => true,
            Value::List(items) => !items.is_empty(),
            Value::Map(entries) => !entries.is_empty(),
        }
    }
    match value {
        Value::Scalar(text) => Value::Scalar(text.trim().to_owned()),
        // An entry of a list counts, even with nothing in it: others are told by their place.
        Value::List(items) => Value::List(items.into_iter().map(pruned).collect()),
        Value::Map(entries) => {
            let entries = entries.into_iter().map(|(key, value)| (key, pruned(value)));
            Value::Map(entries.filter(|(_, value)| says(value)).collect())
        }
        Value::Null => Value::Null,
    }
}

/// The records of a kind as sheets: one for the records, one for each list of entries in them.
pub fn sheets(kind: &RecordKind, records: &[Held]) -> Vec<Sheet> {
    let tables = tables(kind);
    let mut sheets: Vec<Filling<'_>> = tables.iter().map(Filling::new).collect();
    for held in records {
        fill(&mut sheets, 0, &held.link, &mut Vec::new(), &held.value);
    }
    sheets.into_iter().map(Filling::sheet).collect()
}

/// A sheet while it is being filled, with texts of any length.
struct Filling<'t> {
    table: &'t Table,
    rows: Vec<Vec<Option<cells::Out>>>,
}

impl<'t> Filling<'t> {
    fn new(table: &'t Table) -> Self {
        Self { table, rows: Vec::new() }
    }

    /// The sheet; a text that no cell can hold goes on in columns of its own.
    fn sheet(self) -> Sheet {
        let mut sheet = Sheet {
            name: self.table.sheet.clone(),
            titles: Vec::new(),
            keys: Vec::new(),
            rows: vec![Vec::new(); self.rows.len()],
        };
        for (i, column) in self.table.columns.iter().enumerate() {
            let parts: Vec<Vec<crate::sheet::Cell>> = self
                .rows
                .iter()
                .map(|row| row[i].as_ref().map(cells::Out::parts).unwrap_or_default())
                .collect();
            let width = parts.iter().map(Vec::len).max().unwrap_or(0).max(1);
            for part in 0..width {
                let (more, sign) = match part {
                    0 => (String::new(), String::new()),
                    n => (format!(" (tiếp {})", n + 1), format!("~{}", n + 1)),
                };
                let mark =
                    if sheet.keys.is_empty() { format!("{}:", self.table.name) } else { String::new() };
                sheet.titles.push(format!("{}{more}", column.title));
                sheet.keys.push(format!("{mark}{}{sign}", column.key));
                for (row, parts) in sheet.rows.iter_mut().zip(&parts) {
                    row.push(parts.get(part).cloned());
                }
            }
        }
        sheet
    }
}

fn fill(sheets: &mut [Filling<'_>], at: usize, link: &str, places: &mut Vec<usize>, value: &Value) {
    let table = sheets[at].table;
    let row = table
        .columns
        .iter()
        .map(|column| match &column.form {
            Form::Link => Some(cells::Out::text(link)),
            Form::Place(level) => places.get(*level).map(|place| cells::Out::number(place + 1)),
            Form::One(shape) => value.follow(&column.path).and_then(|value| cells::one(value, shape)),
            Form::Many(shape) => value.follow(&column.path).and_then(|value| cells::many(value, shape)),
        })
        .collect();
    sheets[at].rows.push(row);
    let below: Vec<(usize, Vec<String>)> = sheets
        .iter()
        .enumerate()
        .filter_map(|(i, sheet)| match sheet.table.hops.split_last() {
            Some((last, above)) if above == table.hops => Some((i, last.clone())),
            _ => None,
        })
        .collect();
    for (child, path) in below {
        let Some(Value::List(items)) = value.follow(&path) else { continue };
        for (i, item) in items.iter().enumerate() {
            places.push(i);
            fill(sheets, child, link, places, item);
            places.pop();
        }
    }
}

/// The records of some kinds as JSON: kind → what a record is called → what it says.
pub fn to_json(kinds: &[(&RecordKind, Vec<Held>)]) -> String {
    let mut all = Map::new();
    all.insert(MARK.to_owned(), json!(1));
    for (kind, records) in kinds {
        let of_kind: Map<String, Json> =
            records.iter().map(|held| (held.link.clone(), of_value(&held.value))).collect();
        all.insert(kind.name.to_owned(), Json::Object(of_kind));
    }
    let mut text = serde_json::to_string_pretty(&Json::Object(all)).unwrap_or_default();
    text.push('\n');
    text
}

/// Every scalar is a text: `1.010` as a number would be another one.
fn of_value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Scalar(text) => json!(text),
        Value::List(items) => Json::Array(items.iter().map(of_value).collect()),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|(key, value)| (key.clone(), of_value(value))).collect())
        }
    }
}
