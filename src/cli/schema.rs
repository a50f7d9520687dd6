//! `congkhai schema`: the JSON Schema of a kind of record, for editors.

use std::path::Path;

use super::{Exit, Lang, print};
use crate::parse::editor_schema::{editor_schema, published};
use crate::parse::kinds::{self, KINDS, RecordKind};
use crate::write::write_generated;

/// Prints the schema of a kind; without one, lists the kinds.
pub fn run(kind: Option<&str>, lang: Lang) -> Exit {
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let Some(kind) = kind else { return print(&format!("{}\n", names.join("\n")), lang) };
    match kinds::named(kind) {
        Some(known) => print(&text(known), lang),
        None => {
            let all = names.join(", ");
            match lang {
                Lang::Vi => complain!("congkhai: không có loại bản ghi `{kind}`; các loại: {all}"),
                Lang::En => complain!("congkhai: there is no kind of record `{kind}`; the kinds: {all}"),
            }
            Exit::Usage
        }
    }
}

/// The schema of a kind as a file.
pub(super) fn text(kind: &RecordKind) -> String {
    let schema = serde_json::to_string_pretty(&published(editor_schema(kind))).unwrap_or_default();
    format!("{schema}\n")
}

/// Writes the schema of every kind into a folder.
pub fn write_all(dir: &Path, lang: Lang) -> Exit {
    let mut changed = 0;
    for kind in KINDS {
        match write_generated(&dir.join(format!("{}.json", kind.name)), text(kind).as_bytes()) {
            Ok(new) => changed += usize::from(new),
            Err(words) => {
                complain!("congkhai: {}", lang.of(&words));
                return Exit::Machine;
            }
        }
    }
    let (all, dir) = (KINDS.len(), dir.display());
    match lang {
        Lang::Vi => complain!("Đã ghi {all} lược đồ vào {dir} ({changed} tệp có thay đổi)."),
        Lang::En => complain!("Wrote {all} schemas into {dir} ({changed} files changed)."),
    }
    Exit::Done
}
