//! Holds docs/glossary.md to the record types.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// `(key, field)` of every renamed field, and the keys of every choice.
fn in_code() -> (BTreeSet<(String, String)>, BTreeSet<String>) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/record");
    let (mut fields, mut choices) = (BTreeSet::new(), BTreeSet::new());
    for entry in fs::read_dir(dir).expect("src/record is there") {
        let text = fs::read_to_string(entry.expect("readable").path()).expect("UTF-8");
        let mut key = None;
        for line in text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("#[serde(rename = \"") {
                key = rest.split('"').next().map(str::to_owned);
            } else if let (Some(rest), Some(found)) = (line.strip_prefix("pub "), key.take()) {
                let field = rest.split(':').next().unwrap_or_default().to_owned();
                fields.insert((found, field));
            }
            // `Variant = "key", "Label";`
            let mut parts = line.split(" = \"");
            if let (Some(variant), Some(rest), true) = (parts.next(), parts.next(), line.ends_with("\";"))
                && variant.chars().all(char::is_alphanumeric)
            {
                choices.insert(rest.split('"').next().unwrap_or_default().to_owned());
            }
        }
    }
    (fields, choices)
}

/// Every key of every record.
pub(crate) fn keys() -> BTreeSet<String> {
    in_code().0.into_iter().map(|(key, _)| key).collect()
}

#[test]
fn every_key_and_choice_of_the_code_is_in_the_glossary_and_no_other() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/glossary.md");
    let text = fs::read_to_string(path).expect("docs/glossary.md is there");
    let rows = |after: &str, until: &str| -> BTreeSet<(String, String)> {
        let part = text.split(after).nth(1).expect("the section is there").split(until).next();
        part.unwrap_or_default()
            .lines()
            .filter_map(|line| {
                let mut cells = line.strip_prefix("| `")?.split("` | `");
                let key = cells.next()?.to_owned();
                let field = cells.next()?.split('`').next()?.to_owned();
                Some((key, field))
            })
            .collect()
    };
    let (fields, choices) = in_code();
    assert!(fields.len() > 50 && choices.len() > 30, "the test sees the code");
    let written = rows("## Keys of records", "## Choices");
    let missing: Vec<_> = fields.difference(&written).collect();
    let stale: Vec<_> = written.difference(&fields).collect();
    assert!(missing.is_empty() && stale.is_empty(), "missing: {missing:?}\nstale: {stale:?}");
    let written: BTreeSet<String> = rows("## Choices", "\u{0}").into_iter().map(|(key, _)| key).collect();
    let missing: Vec<_> = choices.difference(&written).collect();
    let stale: Vec<_> = written.difference(&choices).collect();
    assert!(missing.is_empty() && stale.is_empty(), "missing: {missing:?}\nstale: {stale:?}");
}
