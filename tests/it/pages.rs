//! Holds page kinds, templates and the docs of what templates may use to each other.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use congkhai::plan::kinds::PAGE_KINDS;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn templates() -> Vec<(String, String)> {
    crate::theme::files(&root().join("themes/mac-dinh"))
        .0
        .into_iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

#[test]
fn every_kind_of_page_has_a_template_and_every_template_a_kind() {
    let kinds: BTreeSet<String> = PAGE_KINDS.iter().map(|kind| format!("pages/{}.html", kind.name)).collect();
    let found: BTreeSet<String> =
        templates().into_iter().map(|(name, _)| name).filter(|name| name.starts_with("pages/")).collect();
    assert_eq!(kinds, found);
}

#[test]
fn only_markup_of_our_own_is_printed_unescaped() {
    let mut seen = 0;
    for (name, text) in templates() {
        for (at, _) in text.match_indices("safe") {
            let before = text[..at].trim_end();
            let Some(before) = before.strip_suffix('|') else { continue };
            seen += 1;
            let value: String = before
                .trim_end()
                .chars()
                .rev()
                .take_while(|c| c.is_alphanumeric() || "_.".contains(*c))
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            assert!(
                value.ends_with("_html") || value.ends_with("_json"),
                "{name} prints `{value}` unescaped"
            );
        }
        assert!(!text.contains("autoescape"), "{name} turns escaping off");
    }
    assert!(seen > 0, "the test sees the filter");
}

/// A struct of a view's file: name, what it is, and its fields (name, type, what they hold).
type Struct = (String, String, Vec<(String, String, String)>);

/// The public structs of a view's file.
fn structs(text: &str) -> Vec<Struct> {
    let mut out = Vec::new();
    let mut docs: Vec<&str> = Vec::new();
    let mut open: Option<Struct> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(doc) = trimmed.strip_prefix("/// ") {
            docs.push(doc);
            continue;
        }
        if trimmed.starts_with("#[") {
            continue;
        }
        if let Some(rest) = line.strip_prefix("pub struct ")
            && let Some(name) = rest.strip_suffix(" {")
        {
            open = Some((name.to_owned(), docs.join(" "), Vec::new()));
        } else if line == "}" {
            out.extend(open.take());
        } else if let (Some((_, _, fields)), Some(rest)) = (&mut open, trimmed.strip_prefix("pub "))
            && let Some((field, kind)) = rest.trim_end_matches(',').split_once(": ")
        {
            fields.push((field.to_owned(), kind.to_owned(), docs.join(" ")));
        }
        docs.clear();
    }
    out
}

fn doc(title: &str, text: &str) -> String {
    let mut out = format!("# {title}\n");
    for (name, what, fields) in structs(text) {
        out.push_str(&format!(
            "\n## {name}\n\n{what}\n\n| field | type | what it holds |\n| --- | --- | --- |\n"
        ));
        for (field, kind, what) in fields {
            assert!(!what.is_empty(), "{name}.{field} says what it holds");
            out.push_str(&format!("| `{field}` | `{kind}` | {what} |\n"));
        }
    }
    out
}

#[test]
fn what_templates_may_use_is_documented() {
    let mut pages = vec![(
        "shared".to_owned(),
        doc(
            "What every template sees: `site` and `meta`, and parts that several pages share",
            &[read("src/plan/view.rs"), read("src/plan/pieces.rs")].concat(),
        ),
    )];
    for kind in PAGE_KINDS {
        let name = kind.name;
        let text = source(&name.replace('-', "_"));
        assert!(!structs(&text).is_empty(), "{name}: the view is found");
        pages.push((name.to_owned(), doc(&format!("What `pages/{name}.html` sees as `page`"), &text)));
    }
    let dir = root().join("docs/dev/pages");
    for (name, text) in &pages {
        let path = dir.join(format!("{name}.md"));
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(&dir).expect("made");
            fs::write(&path, text).expect("written");
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(&written, text, "docs/dev/pages/{name}.md is not what the code says: UPDATE=1 cargo test");
    }
    let expected: BTreeSet<String> = pages.iter().map(|(name, _)| format!("{name}.md")).collect();
    let found: BTreeSet<String> = fs::read_dir(&dir)
        .expect("docs/dev/pages is there")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(expected, found);
}

/// The code of a kind: its file, in which the view of the page stands, and the files of its folder.
fn source(module: &str) -> String {
    let mut text = read(&format!("src/plan/kinds/{module}.rs"));
    let dir = root().join("src/plan/kinds").join(module);
    if dir.is_dir() {
        let mut files: Vec<PathBuf> =
            fs::read_dir(&dir).expect("a folder").map(|entry| entry.expect("readable").path()).collect();
        files.sort();
        text.extend(files.iter().map(|path| fs::read_to_string(path).expect("readable")));
    }
    text
}

fn read(path: &str) -> String {
    let path: &Path = &root().join(path);
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
