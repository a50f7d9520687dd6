//! Records out of what offices have: sheets, tables of documents, saved JSON.
//!
//! Two pure steps: [`understand`] makes [`Draft`]s of what was read and says of every cell that it could not use where
//! it stands and why; [`merge::changes`] says what files would look like. Nothing is written here.
//!
//! - A value goes in only if there is one thing it can mean. `1.01235` in a column of codes is `1.012350` only if the
//!   site has that procedure; a guess would be a wrong code on a public page.
//! - An empty cell changes nothing. What is to go is marked `(xóa)`.
//! - A list of entries (papers, items of a decision) that is given replaces the old one; keys that the sheet has no
//!   column for stay with the entry that is the same.

mod decision;
mod draft;
mod headings;
mod json;
pub mod merge;
mod portal;
mod rows;
mod values;
mod ways;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::Message;
use crate::base::path::SitePath;
use crate::edit::Value;
use crate::export;
use crate::inputs::{FileKind, SourceFile};
use crate::parse::kinds::{KINDS, RecordKind};
use crate::sheet::{Cell, Grid, Read};
use crate::vi::fold::fold;

pub use draft::Draft;

/// What the site has already, as far as the import asks.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Every record by kind, as export gives them.
    pub(crate) records: BTreeMap<&'static str, Vec<export::Held>>,
    /// Codes of fields by their folded names, those of units as well.
    fields: BTreeMap<String, BTreeSet<String>>,
    units: BTreeMap<String, BTreeSet<String>>,
    /// Every code of a procedure that the site names.
    procedures: BTreeSet<String>,
    /// Records by kind and by what they are called: their file and their code.
    index: BTreeMap<(&'static str, String), Vec<usize>>,
    /// A date of the files that has the month first, with its place: then no date of theirs is sure.
    month_first: Option<String>,
}

impl Known {
    /// Looks over the content.
    pub fn of(sources: &BTreeMap<SitePath, SourceFile>) -> Self {
        let mut known = Self::default();
        for kind in KINDS {
            let (records, _) = export::records(kind, sources);
            for (i, held) in records.iter().enumerate() {
                known.learn(kind.kind, &held.value);
                let mut names = BTreeSet::from([held.link.clone()]);
                names.extend(text_of(&held.value, export::entry_key(kind.kind)).map(str::to_owned));
                names.extend(composed(kind.kind, &held.value));
                for name in names {
                    known.index.entry((kind.name, name)).or_default().push(i);
                }
            }
            known.records.insert(kind.name, records);
        }
        known
    }

    /// Names and codes of a record, also of one that this import brings.
    fn learn(&mut self, kind: FileKind, value: &Value) {
        let text = |key: &str| match value.get(key) {
            Some(Value::Scalar(text)) => Some(text.clone()),
            _ => None,
        };
        let names = match kind {
            FileKind::Fields => &mut self.fields,
            FileKind::Units => &mut self.units,
            FileKind::Procedure => {
                self.procedures.extend(text("ma"));
                return;
            }
            FileKind::Decision => {
                if let Some(Value::List(items)) = value.get("muc") {
                    for item in items {
                        if let Some(Value::Scalar(code)) = item.get("thu_tuc") {
                            self.procedures.insert(code.clone());
                        }
                    }
                }
                return;
            }
            _ => return,
        };
        if let (Some(code), Some(name)) = (text("ma"), text("ten")) {
            names.entry(fold(&name)).or_default().insert(code);
        }
    }

    /// The code of a field or unit of this name, if there is just one.
    fn code_of(&self, names: &BTreeMap<String, BTreeSet<String>>, name: &str) -> Option<String> {
        let folded = fold(name);
        let bare = folded.strip_prefix("linh vuc ").unwrap_or(&folded);
        let codes = names.get(&folded).or_else(|| names.get(bare))?;
        codes.first().filter(|_| codes.len() == 1).cloned()
    }
}

/// Something that was not taken in, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    /// The file.
    pub file: String,
    /// The sheet, or the table of a document; empty for JSON.
    pub sheet: String,
    /// The cell, or the path in JSON.
    pub address: String,
    /// What stands there.
    pub text: String,
    /// Why it was not taken.
    pub why: Message,
    /// Whether that is as it should be: titles, numbers of rows, headings of groups that were understood.
    pub by_rule: bool,
}

/// A value that was understood otherwise than it was written, or that looks odd.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// File, sheet and cell.
    pub place: (String, String, String),
    /// What was done, or what to look at.
    pub what: Message,
}

/// A column as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSeen {
    /// Its letter, or its number in a document.
    pub address: String,
    /// Its heading as it stands.
    pub heading: String,
    /// The key that it fills; none if it was not understood.
    pub key: Option<String>,
    /// How many cells were taken.
    pub taken: usize,
    /// How many were not.
    pub left: usize,
}

/// A sheet as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetSeen {
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// What it was taken for: the name of a table such as `thu-tuc.cach_thuc`; none if for nothing.
    pub table: Option<String>,
    /// The row of the headings, from 1.
    pub heading_row: u32,
    /// How many rows became records or entries.
    pub rows: usize,
    /// Its columns.
    pub columns: Vec<ColumnSeen>,
}

/// Everything that was understood, and everything that was not.
#[derive(Debug, Clone, Default)]
pub struct Understood {
    /// The records.
    pub drafts: Vec<Draft>,
    /// The sheets.
    pub sheets: Vec<SheetSeen>,
    /// What was not taken in.
    pub unread: Vec<Unread>,
    /// What was read otherwise than written.
    pub remarks: Vec<Remark>,
    /// Keys that sheets of lists have columns for, by name of the table.
    pub(crate) covered: BTreeMap<String, BTreeSet<Vec<String>>>,
    /// Drafts by kind and by everything that files call them.
    index: BTreeMap<(&'static str, String), usize>,
}

impl Understood {
    /// The draft that files call so.
    pub(crate) fn draft(
        &mut self,
        kind: &'static RecordKind,
        link: &str,
        from: impl FnOnce() -> String,
    ) -> usize {
        if let Some(at) = self.index.get(&(kind.name, link.to_owned())) {
            return *at;
        }
        self.add(Draft::new(kind, link, from()))
    }

    /// A draft more; its place.
    pub(crate) fn add(&mut self, draft: Draft) -> usize {
        let at = self.drafts.len();
        self.index.insert((draft.kind.name, draft.link.clone()), at);
        self.drafts.push(draft);
        at
    }

    /// Another name for a draft.
    pub(crate) fn also(&mut self, at: usize, link: &str) {
        let kind = self.drafts[at].kind.name;
        self.index.entry((kind, link.to_owned())).or_insert(at);
    }
}

/// What the person said about the files.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish<'w> {
    /// The kind of records, if it was named.
    pub kind: Option<&'static RecordKind>,
    /// The number of the decision that a table of procedures belongs to.
    pub decision: Option<&'w str>,
}

/// One file that was read: its name and what is in it.
pub type File = (String, Read);

/// Makes records of what was read. `known` learns from them, so that a field that comes in the same files is known.
pub fn understand(files: &[File], known: &mut Known, wish: Wish<'_>) -> Understood {
    let mut out = Understood::default();
    let mut grids: Vec<(&str, &Grid)> = Vec::new();
    for (name, read) in files {
        match read {
            Read::Sheets(sheets) => grids.extend(sheets.iter().map(|grid| (name.as_str(), grid))),
            Read::Document(tables, paragraphs) => {
                decision::read(name, tables, paragraphs, known, wish, &mut out);
            }
            Read::Json(value) => match json::is_ours(value) {
                true => json::read(name, value, known, &mut out),
                false => portal::read(name, value, known, &mut out),
            },
        }
    }
    // One computer saves all its dates in one way.
    known.month_first = grids.iter().find_map(|(file, grid)| {
        let (at, cell) = grid
            .cells
            .iter()
            .find(|(_, cell)| matches!(cell, Cell::Text(text) if values::is_month_first(text)))?;
        Some(format!("{file} {}: `{}`", grid.address(*at), cell.shown()))
    });
    // Directories first, then records, then lists in records: rows name what stands above them.
    let mut planned: Vec<rows::Planned<'_>> =
        grids.into_iter().filter_map(|(file, grid)| rows::plan(file, grid, wish, known, &mut out)).collect();
    planned.sort_by_key(rows::Planned::order);
    for sheet in planned {
        rows::read(&sheet, known, &mut out);
    }
    out
}

/// What a new file's values are put in order by.
pub(crate) fn text_of<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    match value.get(key) {
        Some(Value::Scalar(text)) => Some(text.as_str()),
        _ => None,
    }
}

/// What figures are called: their period, with the field if there is one.
pub(crate) fn composed(kind: FileKind, value: &Value) -> Option<String> {
    let period = text_of(value, "ky").filter(|_| kind == FileKind::Statistics)?;
    Some(match text_of(value, "linh_vuc") {
        Some(field) => format!("{period}/{field}"),
        None => period.to_owned(),
    })
}
