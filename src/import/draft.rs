//! A record while its rows come in from several sheets.

use std::collections::BTreeSet;

use crate::edit::Value;
use crate::export::columns::Table;
use crate::parse::kinds::RecordKind;

/// What files say of one record: not all of it, only what they have.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its kind.
    pub kind: &'static RecordKind,
    /// What the files call it: the file of the record, or its code.
    pub link: String,
    /// Where it was seen first: file, sheet, row.
    pub from: String,
    /// What they say.
    pub(crate) entry: Entry,
    /// Keys that are to go.
    pub(crate) removed: BTreeSet<Vec<String>>,
    /// Whether it has a row of its own, and not only entries of its lists.
    pub(crate) has_row: bool,
    /// Whether entries of its lists are told whole: what they do not have is not there.
    pub(crate) whole: bool,
}

impl Draft {
    pub(crate) fn new(kind: &'static RecordKind, link: &str, from: String) -> Self {
        Self {
            kind,
            link: link.to_owned(),
            from,
            entry: Entry::default(),
            removed: BTreeSet::new(),
            has_row: false,
            whole: false,
        }
    }

    /// What the files say.
    pub fn value(&self) -> Value {
        self.entry.value()
    }
}

/// A mapping: plain values by path, and lists of mappings by path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub(crate) values: Vec<(Vec<String>, Value)>,
    pub(crate) lists: Vec<(Vec<String>, Vec<Entry>)>,
}

impl Entry {
    /// The value at a path.
    pub(crate) fn get(&self, path: &[String]) -> Option<&Value> {
        self.values.iter().find(|(known, _)| known == path).map(|(_, value)| value)
    }

    pub(crate) fn put(&mut self, path: &[String], value: Value) {
        match self.values.iter_mut().find(|(known, _)| known == path) {
            Some((_, old)) => *old = value,
            None => self.values.push((path.to_vec(), value)),
        }
    }

    /// The entries of a list, which is there from now on.
    pub(crate) fn list(&mut self, path: &[String]) -> &mut Vec<Entry> {
        let at = match self.lists.iter().position(|(known, _)| known == path) {
            Some(at) => at,
            None => {
                self.lists.push((path.to_vec(), Vec::new()));
                self.lists.len() - 1
            }
        };
        &mut self.lists[at].1
    }

    pub(crate) fn has_list(&self, path: &[String]) -> bool {
        self.lists.iter().any(|(known, _)| known == path)
    }

    /// Takes a mapping apart, the lists of mappings below `above` by the tables of the kind.
    pub(crate) fn of(value: &Value, above: &[Vec<String>], tables: &[Table]) -> Self {
        let mut entry = Entry::default();
        let lists: Vec<&Vec<String>> = tables
            .iter()
            .filter_map(|table| table.hops.split_last())
            .filter(|(_, before)| *before == above)
            .map(|(last, _)| last)
            .collect();
        fn walk(value: &Value, path: &mut Vec<String>, lists: &[&Vec<String>], out: &mut Entry) {
            match value {
                Value::Map(entries) if !entries.is_empty() => {
                    for (key, inner) in entries {
                        path.push(key.clone());
                        walk(inner, path, lists, out);
                        path.pop();
                    }
                }
                Value::List(_) if lists.contains(&&*path) => {}
                other => out.values.push((path.clone(), other.clone())),
            }
        }
        walk(value, &mut Vec::new(), &lists, &mut entry);
        for path in lists {
            if let Some(Value::List(items)) = value.follow(path) {
                let below: Vec<Vec<String>> = above.iter().cloned().chain([path.clone()]).collect();
                let entries = items.iter().map(|item| Entry::of(item, &below, tables)).collect();
                entry.lists.push((path.clone(), entries));
            }
        }
        entry
    }

    /// The mapping, its keys in the order in which they came.
    pub(crate) fn value(&self) -> Value {
        let mut out = Value::Map(Vec::new());
        for (path, value) in &self.values {
            set(&mut out, path, value.clone());
        }
        for (path, entries) in &self.lists {
            set(&mut out, path, Value::List(entries.iter().map(Entry::value).collect()));
        }
        out
    }
}

/// Puts a value at a path of keys, through mappings that are made where they lack.
pub(crate) fn set(map: &mut Value, path: &[String], value: Value) {
    let Some((key, rest)) = path.split_first() else { return };
    if !matches!(map, Value::Map(_)) {
        *map = Value::Map(Vec::new());
    }
    let Value::Map(entries) = map else { return };
    let at = match entries.iter().position(|(known, _)| known == key) {
        Some(at) => at,
        None => {
            entries.push((key.clone(), Value::Null));
            entries.len() - 1
        }
    };
    match rest {
        [] => entries[at].1 = value,
        rest => set(&mut entries[at].1, rest, value),
    }
}
