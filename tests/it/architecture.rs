//! Holds the code to the tables of ARCHITECTURE.md.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `src`, by its path from there, tests cut off.
fn sources() -> BTreeMap<String, String> {
    fn walk(dir: &Path, base: &Path, out: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(dir).expect("src is there") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                walk(&path, base, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(base).expect("below src").to_string_lossy().into_owned();
                if name.ends_with("tests.rs") {
                    continue;
                }
                let text = fs::read_to_string(&path).expect("UTF-8");
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let code: Vec<&str> =
                    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                out.insert(name, code.join("\n"));
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(&root().join("src"), &root().join("src"), &mut out);
    out
}

/// The rows of the table under a heading, as cells.
fn table(after: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let part = text.split(after).nth(1).unwrap_or_else(|| panic!("ARCHITECTURE.md has {after:?}"));
    part.lines()
        .skip_while(|line| !line.starts_with("| ---"))
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

fn module_of(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

#[test]
fn a_module_names_only_its_own_layer_and_those_below() {
    let mut layer_of: BTreeMap<String, u32> = BTreeMap::new();
    for row in table("## Layers") {
        let layer: u32 = row[0].parse().expect("a number");
        for module in row[1].split(", ") {
            layer_of.insert(module.to_owned(), layer);
        }
    }
    let sources = sources();
    let mut faults = Vec::new();
    let mut seen = 0;
    for (file, code) in &sources {
        let module = module_of(file);
        if matches!(module, "lib" | "main") {
            continue;
        }
        let Some(&own) = layer_of.get(module) else {
            faults.push(format!("{file}: module `{module}` is in no layer of ARCHITECTURE.md"));
            continue;
        };
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            // `use crate::{a, b::c}` and `crate::a::b` both.
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or("").split(',').collect(),
                None => vec![rest],
            };
            for name in names {
                let name = name.trim_start();
                let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len());
                let named = &name[..end];
                let Some(&other) = layer_of.get(named) else { continue };
                seen += 1;
                if other > own {
                    faults.push(format!("{file} (layer {own}) names {named} (layer {other})"));
                }
            }
        }
    }
    assert!(seen > 50, "the test sees the names: {seen}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for module in layer_of.keys() {
        assert!(sources.keys().any(|file| module_of(file) == module), "no module {module}");
    }
}

#[test]
fn words_stand_only_where_the_table_allows() {
    let mut faults = Vec::new();
    let sources = sources();
    for row in table("And what only some may name") {
        let words: Vec<&str> = row[0].split(", ").map(|w| w.trim_matches('`')).collect();
        let places: Vec<&str> = row[1].split(", ").collect();
        for word in words {
            for (file, code) in &sources {
                let allowed = places.iter().any(|place| file == place || module_of(file) == *place);
                let used = code.match_indices(word).any(|(at, _)| {
                    let before = code[..at].chars().next_back();
                    !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
                });
                if used && !allowed {
                    faults.push(format!("{file} names `{word}`"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    for entry in sources().keys() {
        let text = fs::read_to_string(root().join("src").join(entry)).expect("readable");
        assert!(text.starts_with("//!"), "{entry} does not open with `//!`");
    }
}
