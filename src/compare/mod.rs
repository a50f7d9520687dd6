//! Compares records, field by field, in the words of the people who read the site.
//!
//! [`Snapshot`] is a set of records by kind and id, each as plain JSON with the keys of its file;
//! [`changes()`] is the difference of two. A record is known by its code and not by its file, so a file that
//! is moved changes nothing. [`timeline`] does the same for a whole history, [`published`] for two published sites.

pub mod published;
pub mod timeline;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::base::date::Date;
use crate::base::path::SitePath;
use crate::inputs::{FileKind, SourceFile};
use crate::parse::kinds;
use crate::parse::record::{Record, parse};
use crate::vi::slug::slug;

pub use words::FieldChange;

/// How a record is known: its kind and its code, number or name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The kind, by the name it has in `parse::kinds`.
    pub kind: &'static str,
    /// What tells it from others of the kind; empty for `trang.yaml`, of which there is one.
    pub id: String,
}

impl Key {
    /// The key of a record of this sort of file.
    pub fn new(kind: FileKind, id: impl Into<String>) -> Self {
        Self { kind: kinds::of(kind).name, id: id.into() }
    }

    /// `thu-tuc/1.014888`
    pub fn path(&self) -> String {
        match self.id.as_str() {
            "" => self.kind.to_owned(),
            id => format!("{}/{id}", self.kind),
        }
    }

    /// The sort of its file.
    pub fn file_kind(&self) -> FileKind {
        kinds::named(self.kind).map_or(FileKind::Site, |kind| kind.kind)
    }
}

/// One record as it stood.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// What people call it.
    pub name: String,
    /// Its file.
    pub file: SitePath,
    /// Made-up data.
    pub illustrative: bool,
    /// Whether it may be seen.
    pub visible: Visible,
    /// All of it, with the keys of its file. `None`: this version cannot be read any more.
    pub value: Option<Value>,
}

/// Whether citizens may see a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visible {
    /// Whenever it is on the site.
    Always,
    /// From this day: an article carries its date.
    From(Date),
    /// Never: a draft.
    Never,
}

/// Records of one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot(pub BTreeMap<Key, Held>);

impl Snapshot {
    /// Reads these files; what cannot be read is there without a value.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a SitePath, FileKind, &'a [u8])>) -> Self {
        let mut all = Self::default();
        for (file, kind, bytes) in files {
            for (key, held) in records(file, kind, bytes) {
                all.0.insert(key, held);
            }
        }
        all
    }
}

/// The records of one file.
pub fn records(file: &SitePath, kind: FileKind, bytes: &[u8]) -> Vec<(Key, Held)> {
    let source = SourceFile { kind, bytes: bytes.into() };
    if let Some(record) = &parse(file, &source).record {
        return of_record(file, kind, record);
    }
    let key = Key::new(kind, if kind == FileKind::Site { "" } else { file.stem() });
    let name = file.to_string();
    vec![(key, Held { name, ..described(file, kind, None) })]
}

/// The records that a file holds, out of what was read of it.
pub fn of_record(file: &SitePath, kind: FileKind, record: &Record) -> Vec<(Key, Held)> {
    let value = match record {
        Record::Site(r) => json(r),
        Record::Fields(r) => json(r),
        Record::Units(r) => json(r),
        Record::Laws(r) => json(r),
        Record::Holidays(r) => json(r),
        Record::EssentialServices(r) => json(r),
        Record::Programmes(r) => json(r),
        Record::Procedure(r) => json(r),
        Record::Decision(r) => json(r),
        Record::TaskPlan(r) => json(r),
        Record::Petition(r) => json(r),
        Record::Statistics(r) => json(r),
        Record::Inspection(r) => json(r),
        Record::Simplification(r) => json(r),
        Record::Initiative(r) => json(r),
        Record::Article(r) => {
            let mut value = json(&r.head);
            if let Value::Object(map) = &mut value {
                map.insert(words::BODY.to_owned(), Value::String(r.body.trim().to_owned()));
            }
            value
        }
    };
    match value {
        Value::Array(entries) => entries.into_iter().map(|entry| held(file, kind, entry)).collect(),
        value => vec![held(file, kind, value)],
    }
}

fn json(record: &impl serde::Serialize) -> Value {
    serde_json::to_value(record).unwrap_or(Value::Null)
}

/// The text or number under a key.
fn word(value: &Value, key: &str) -> Option<String> {
    match value.get(key) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// The published form of an article, with its text where [`of_record`] has it.
fn article_body(mut value: Value) -> Value {
    if let Some(map) = value.as_object_mut()
        && let Some(text) = map.remove("noi_dung")
    {
        map.insert(words::BODY.to_owned(), text);
    }
    value
}

fn held(file: &SitePath, kind: FileKind, mut value: Value) -> (Key, Held) {
    words::strip(&mut value);
    let word = |key: &str| word(&value, key);
    let first = |keys: &[&str]| keys.iter().find_map(|key| word(key)).unwrap_or_default();
    let id = match kind {
        FileKind::Site => String::new(),
        FileKind::Decision => decision_id(&first(&["so"]), &first(&["ngay_ky"])),
        FileKind::TaskPlan | FileKind::Holidays => first(&["nam"]),
        FileKind::Statistics => match word("linh_vuc") {
            Some(field) => format!("{}-{field}", first(&["ky"])),
            None => first(&["ky"]),
        },
        FileKind::EssentialServices => first(&["ten"]),
        FileKind::Laws => first(&["so_ky_hieu"]),
        FileKind::Article => article_id(file),
        _ => first(&["ma"]),
    };
    (Key::new(kind, id), described(file, kind, Some(value)))
}

/// A record by its value.
fn described(file: &SitePath, kind: FileKind, value: Option<Value>) -> Held {
    let none = Value::Null;
    let shown = value.as_ref().unwrap_or(&none);
    let word = |key: &str| word(shown, key);
    let first = |keys: &[&str]| keys.iter().find_map(|key| word(key)).unwrap_or_default();
    let name = match kind {
        _ if value.is_none() => String::new(),
        FileKind::Decision => format!("Quyết định số {}", first(&["so"])),
        FileKind::TaskPlan => format!("Kế hoạch năm {}", first(&["nam"])),
        FileKind::Holidays => format!("Lịch nghỉ năm {}", first(&["nam"])),
        FileKind::Statistics => format!("Số liệu kỳ {}", first(&["ky"])),
        FileKind::Site => "Thông tin của trang và cơ quan".to_owned(),
        FileKind::Inspection => format!("Cuộc kiểm tra {}", first(&["ma"])),
        FileKind::Laws => first(&["so_ky_hieu", "ten"]),
        _ => first(&["ten", "tieu_de", "ma"]),
    };
    let flag = |key: &str| shown.get(key) == Some(&Value::Bool(true));
    let visible = match (kind, word("ngay").and_then(|text| Date::parse(&text).ok())) {
        _ if value.is_none() => Visible::Always,
        (FileKind::Article, Some(day)) if !flag("ban_nhap") => Visible::From(day),
        (FileKind::Article, _) => Visible::Never,
        _ => Visible::Always,
    };
    let illustrative = flag("minh_hoa");
    Held { name, file: file.clone(), illustrative, visible, value }
}

/// How a decision is known: numbers repeat each year.
pub fn decision_id(number: &str, signed: &str) -> String {
    format!("{}-{}", slug(number), signed.get(..4).unwrap_or_default())
}

/// How an article is known: its section and the name of its file.
pub fn article_id(file: &SitePath) -> String {
    let section = file.parent().rsplit('/').next().unwrap_or_default();
    format!("{section}/{}", slug(file.stem()))
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another code.
    Renamed(Key),
    /// It says something else.
    Changed,
}

/// A record that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The record; of one that is gone, as it was.
    pub key: Key,
    /// What people call it.
    pub name: String,
    /// Made-up data.
    pub illustrative: bool,
    /// What became of it.
    pub what: What,
    /// What it says now and said before; empty where only that it changed may be shown.
    pub fields: Vec<FieldChange>,
    /// One of the two versions cannot be read any more, so nothing is known of the fields.
    pub unreadable: bool,
}

/// How much of a change may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Old and new values.
    Values,
    /// Which fields changed.
    Titles,
    /// Only that something changed.
    Nothing,
}

/// Who reads the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Everybody, on the site: what was taken out of a text must not come back to light through its
    /// history, so free texts and texts about persons show only which fields changed.
    Public,
    /// The office itself, at its own desk, where both versions lie open.
    Desk,
}

impl Reader {
    /// How much of a change of this kind of record this reader is shown. Law 91/2025/QH15 gives persons
    /// the right to have their data deleted: old words of petitions are shown to nobody.
    pub fn detail(self, kind: FileKind) -> Detail {
        match (self, kind) {
            (_, FileKind::Petition) => Detail::Nothing,
            (_, FileKind::Initiative) => Detail::Titles,
            (Reader::Public, FileKind::Site | FileKind::Units | FileKind::Inspection | FileKind::Article) => {
                Detail::Titles
            }
            _ => Detail::Values,
        }
    }
}

/// Every record that differs, by kind in the order of the register, then by id.
pub fn changes(old: &Snapshot, new: &Snapshot, reader: Reader) -> Vec<Change> {
    let mut gone: Vec<(&Key, &Held)> = old.0.iter().filter(|(key, _)| !new.0.contains_key(key)).collect();
    let mut came: Vec<(&Key, &Held)> = new.0.iter().filter(|(key, _)| !old.0.contains_key(key)).collect();
    let mut all = Vec::new();
    for (before, after) in renamed(&gone, &came) {
        gone.retain(|(key, _)| *key != before.0);
        came.retain(|(key, _)| *key != after.0);
        all.push(change(after.0, Some(before), Some(after.1), reader));
    }
    all.extend(gone.into_iter().map(|(key, held)| change(key, Some((key, held)), None, reader)));
    all.extend(came.into_iter().map(|(key, held)| change(key, None, Some(held), reader)));
    for (key, after) in &new.0 {
        let Some((key, before)) = old.0.get_key_value(key) else { continue };
        // Of two that cannot be read only their files tell whether they are one.
        let unread = before.value.is_none() && before.file != after.file;
        if before.value != after.value || unread {
            let change = change(key, Some((key, before)), Some(after), reader);
            // Values may differ in what is never published alone, or in form and not in meaning.
            let same = change.fields.is_empty() && !change.unreadable;
            if !same || reader.detail(key.file_kind()) == Detail::Nothing {
                all.push(change);
            }
        }
    }
    let place = |key: &Key| kinds::KINDS.iter().position(|kind| kind.name == key.kind);
    all.sort_by(|a, b| (place(&a.key), &a.key.id).cmp(&(place(&b.key), &b.key.id)));
    all
}

type Entry<'a> = (&'a Key, &'a Held);

/// Records that only have another code: of one kind, in the same file or of the same name, and no other
/// record could be meant.
fn renamed<'a>(gone: &[Entry<'a>], came: &[Entry<'a>]) -> Vec<(Entry<'a>, Entry<'a>)> {
    let mut pairs: Vec<(Entry<'a>, Entry<'a>)> = Vec::new();
    let mut taken: BTreeSet<&Key> = BTreeSet::new();
    let alone =
        |file: &SitePath, all: &[Entry<'a>]| all.iter().filter(|(_, held)| held.file == *file).count() == 1;
    type Alike<'f> = &'f dyn Fn(&Held, &Held) -> bool;
    let by_file: Alike<'_> = &|a, b| a.file == b.file && alone(&a.file, gone) && alone(&b.file, came);
    let by_name: Alike<'_> = &|a, b| a.name == b.name && !a.name.is_empty();
    for alike in [by_file, by_name] {
        for before in gone {
            let mut fit = came.iter().filter(|after| {
                after.0.kind == before.0.kind && alike(before.1, after.1) && !taken.contains(after.0)
            });
            let (Some(after), None) = (fit.next(), fit.next()) else { continue };
            if taken.contains(before.0) {
                continue;
            }
            taken.extend([before.0, after.0]);
            pairs.push((*before, *after));
        }
    }
    pairs
}

fn change(key: &Key, before: Option<Entry<'_>>, after: Option<&Held>, reader: Reader) -> Change {
    let kind = key.file_kind();
    let detail = reader.detail(kind);
    let shown = after.or(before.map(|(_, held)| held));
    let what = match (before, after) {
        (None, _) => What::Added,
        (Some(_), None) => What::Removed,
        // A version that cannot be read has no code of its own.
        (Some((old, held)), Some(new)) if old != key && held.value.is_some() && new.value.is_some() => {
            What::Renamed(old.clone())
        }
        _ => What::Changed,
    };
    let values = (before.map(|(_, held)| held.value.as_ref()), after.map(|held| held.value.as_ref()));
    let unreadable = matches!(values, (Some(None), _) | (_, Some(None)));
    let fields = match values {
        (Some(Some(old)), Some(Some(new))) => words::fields(kind, old, new, detail),
        _ => Vec::new(),
    };
    // What is gone from such a kind may be gone because of a person's name in it.
    let nameless = what == What::Removed && detail != Detail::Values && reader == Reader::Public;
    let name = match shown {
        Some(held) if !nameless => words::masked(kind, &held.name),
        _ => kinds::of(kind).title.to_owned(),
    };
    Change {
        key: key.clone(),
        name,
        illustrative: shown.is_some_and(|held| held.illustrative),
        what,
        fields,
        unreadable,
    }
}
