//! `congkhai schema`: the JSON Schema of a kind of record, for editors.

use super::{Exit, Lang, print};
use crate::parse::kinds::{self, KINDS};

/// Prints the schema of a kind; without one, lists the kinds.
pub fn run(kind: Option<&str>, lang: Lang) -> Exit {
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let Some(kind) = kind else { return print(&format!("{}\n", names.join("\n"))) };
    match kinds::named(kind) {
        Some(known) => {
            let schema = serde_json::to_string_pretty(&(known.schema)()).unwrap_or_default();
            print(&format!("{schema}\n"))
        }
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
