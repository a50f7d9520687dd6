//! The tables that say point by point what shows that a promise is kept: every file and test that they name is there.

use std::fs;
use std::path::{Path, PathBuf};

/// The documents with such a table, and the heading above it.
const DOCUMENTS: &[&str] = &["docs/dev/publishing.md", "docs/dev/editors.md", "docs/dev/preview.md"];
const HEADING: &str = "\n## Point by point\n";

/// Where the files of tests and tools lie.
const ROOTS: &[&str] = &["tests/", "benches/", "src/", "docs/", "starter/", ".github/"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What is wrong with the words `` `file` `` and `` `file::name` `` of a row.
fn faults(row: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut named = 0;
    for span in row.split('`').skip(1).step_by(2) {
        let (file, name) = span.split_once("::").unwrap_or((span, ""));
        let file = file.split(' ').next().unwrap_or_default();
        if !ROOTS.iter().any(|root| file.starts_with(root)) {
            continue;
        }
        named += 1;
        let path = root().join(file);
        let is_there = |path: &Path, name: &str| {
            let text = fs::read_to_string(path).unwrap_or_default();
            // A test in Rust by its name, any other by its title.
            let wanted = if file.ends_with(".rs") { format!("fn {name}(") } else { name.to_owned() };
            text.contains(&wanted)
        };
        if !path.exists() {
            faults.push(format!("there is no {file}"));
        } else if !name.is_empty() && !is_there(&path, name) {
            faults.push(format!("{file} has no `{name}`"));
        }
    }
    if named == 0 {
        faults.push(format!("nothing shows: {row}"));
    }
    faults
}

#[test]
fn every_point_names_what_shows_it_and_that_is_there() {
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).expect("the document is there");
        let (_, table) = text.split_once(HEADING).expect("it has the table");
        let table = table.split("\n## ").next().unwrap_or_default();
        let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
        assert!(rows.len() >= 6, "{document}: {} rows", rows.len());
        let faults: Vec<String> = rows.iter().flat_map(|row| faults(row)).collect();
        assert!(faults.is_empty(), "{document}:\n{}", faults.join("\n"));
    }
}

#[test]
fn a_name_that_is_not_there_is_found() {
    assert!(faults("| x | `tests/it/points.rs::a_name_that_is_not_there_is_found` |").is_empty());
    assert!(faults("| x | `tests/it/points.rs` |").is_empty());
    for row in [
        "| x | `tests/it/points.rs::nothing` |",
        "| x | `tests/it/nothing.rs` |",
        "| x | words |",
        "| x | `cargo test` |",
    ] {
        assert_eq!(faults(row).len(), 1, "{row}");
    }
}
