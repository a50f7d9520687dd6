//! JSON of our own export: kind → what a record is called → what it says.

use serde_json::Value as Json;

use super::draft::{Draft, Entry};
use super::{Known, SheetSeen, Understood, Unread};
use crate::edit::Value;
use crate::export::{self, MARK, columns};
use crate::msg;
use crate::parse::kinds;

/// Whether it is ours.
pub(super) fn is_ours(value: &Json) -> bool {
    value.get(MARK).is_some()
}

pub(super) fn read(file: &str, value: &Json, known: &mut Known, out: &mut Understood) {
    let Some(all) = value.as_object() else { return };
    for (name, records) in all.iter().filter(|(name, _)| *name != MARK) {
        let (Some(kind), Some(records)) = (kinds::named(name), records.as_object()) else {
            out.unread.push(Unread {
                file: file.to_owned(),
                sheet: String::new(),
                address: format!("/{name}"),
                text: short(records),
                why: msg!("không có loại bản ghi `{name}`", "there is no kind of record `{name}`"),
                by_rule: false,
            });
            continue;
        };
        let tables = columns::tables(kind);
        let mut rows = 0;
        for (link, record) in records {
            let value = export::pruned(Value::of_json(record));
            if !matches!(value, Value::Map(_)) {
                out.unread.push(Unread {
                    file: file.to_owned(),
                    sheet: String::new(),
                    address: format!("/{name}/{link}"),
                    text: short(record),
                    why: msg!("không phải một bản ghi", "not a record"),
                    by_rule: false,
                });
                continue;
            }
            known.learn(kind.kind, &value);
            let mut draft = Draft::new(kind, link, format!("{file} /{name}/{link}"));
            draft.entry = Entry::of(&value, &[], tables);
            (draft.has_row, draft.whole) = (true, true);
            out.add(draft);
            rows += 1;
        }
        out.sheets.push(SheetSeen {
            file: file.to_owned(),
            sheet: format!("/{name}"),
            table: Some(name.clone()),
            heading_row: 0,
            rows,
            columns: Vec::new(),
        });
    }
}

pub(super) fn short(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
