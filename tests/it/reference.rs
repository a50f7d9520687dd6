//! The reference of the handbook: every key of every kind of record, out of the schema that editors' programs get.
//! `UPDATE=1 cargo test` rewrites `docs/bien-tap/tham-khao/`.

use std::fs;
use std::path::{Path, PathBuf};

use congkhai::parse::editor_schema::editor_schema;
use congkhai::parse::kinds::{KINDS, RecordKind};
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text<'v>(schema: &'v Value, name: &str) -> &'v str {
    schema.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The sections still to write: what the keys belong to, and its schema.
type Open<'s> = Vec<(String, &'s Value)>;

/// How a value is written, in words.
fn form(schema: &Value) -> String {
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        return any.iter().map(form).collect::<Vec<_>>().join(", hoặc ");
    }
    match schema.get("items") {
        Some(items) if items.get("properties").is_some() => "danh sách, mỗi mục một nhóm khóa".to_owned(),
        Some(items) if items.get("enum").is_some() => "danh sách, chọn trong các giá trị dưới đây".to_owned(),
        Some(_) => "danh sách".to_owned(),
        None if schema.get("properties").is_some() => "nhóm khóa".to_owned(),
        None if schema.get("enum").is_some() => "chọn một trong các giá trị dưới đây".to_owned(),
        None => "một giá trị".to_owned(),
    }
}

/// What a key means and how its value is written; choices stand below as a list.
fn words(schema: &Value) -> String {
    let (all, help) = (text(schema, "description"), text(schema, "x-help"));
    let own = if help.starts_with("Chọn:") { all.strip_suffix(help).unwrap_or(all) } else { all };
    let items = schema.get("items").filter(|items| items.get("enum").is_none());
    let of_items = items.map(|items| text(items, "x-help")).unwrap_or_default();
    let of_items = if of_items.starts_with("Chọn:") { "" } else { of_items };
    [own.trim(), of_items].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn choices(schema: &Value) -> Vec<String> {
    let list =
        |schema: &Value, name: &str| schema.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut of = vec![schema];
    of.extend(schema.get("items"));
    of.extend(schema.get("anyOf").and_then(Value::as_array).into_iter().flatten());
    of.into_iter()
        .flat_map(|schema| list(schema, "enum").into_iter().zip(list(schema, "enumDescriptions")))
        .filter(|(key, _)| !key.is_null())
        .map(|(key, label)| {
            format!("  - `{}`: {}\n", key.as_str().unwrap_or_default(), label.as_str().unwrap_or_default())
        })
        .collect()
}

/// The maps in which more keys stand.
fn inner(schema: &Value) -> Option<&Value> {
    let maps = |schema: &Value| schema.get("properties").is_some();
    if maps(schema) {
        return Some(schema);
    }
    if let Some(items) = schema.get("items") {
        return inner(items);
    }
    schema.get("anyOf").and_then(Value::as_array)?.iter().find(|one| maps(one))
}

fn section(of: &str, schema: &Value, out: &mut String, top: bool) {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let keys: Vec<_> = schema.get("properties").and_then(Value::as_object).into_iter().flatten().collect();
    let mut open: Open<'_> = Vec::new();
    let (first, rest): (Vec<_>, Vec<_>) =
        keys.into_iter().partition(|(key, _)| required.contains(&key.as_str()));
    out.push_str(&match top {
        true => "## Các khóa\n\n".to_owned(),
        false => format!("## Trong `{of}`\n\n"),
    });
    for (key, value) in first.iter().chain(&rest) {
        let must = if required.contains(&key.as_str()) { "bắt buộc, " } else { "" };
        out.push_str(&format!("- **`{key}`** ({must}{}): {}\n", form(value), words(value)));
        out.extend(choices(value));
        if let Some(inner) = inner(value) {
            let name = if top { (*key).clone() } else { format!("{of}/{key}") };
            open.push((name, inner));
        }
    }
    out.push('\n');
    for (name, schema) in open {
        section(&name, schema, out, false);
    }
}

/// A record of this kind that passes every check: that of the starter, days filled in.
fn example(kind: &RecordKind) -> String {
    let folder = root().join("starter/content");
    let files = crate::cli::tree(&folder);
    let fits = |path: &str| match kind.files.split_once('*') {
        Some((before, _)) => path.starts_with(before),
        None => path == kind.files,
    };
    let (_, bytes) = files
        .iter()
        .find(|(path, _)| fits(&path.to_string_lossy()))
        .unwrap_or_else(|| panic!("the starter has no {}", kind.name));
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    let filled = [
        ("%NAM%", "2026"),
        ("%NGAY_1%", "2026-11-02"),
        ("%NGAY_2%", "2026-11-09"),
        ("%NGAY_3%", "2026-11-16"),
        ("%NAM_SAU%", "2027"),
        ("%KY%", "2026-10"),
    ];
    filled.iter().fold(text, |text, (name, value)| text.replace(name, value))
}

fn page(kind: &RecordKind) -> String {
    let schema = editor_schema(kind);
    let make = match kind.name {
        "trang" => "Tệp này có sẵn từ khi tạo trang.".to_owned(),
        name => format!("Tạo tệp mới: `congkhai new {name}`; xem các khóa: `congkhai new {name} --help`."),
    };
    let mut out = format!(
        "# {}: mọi khóa\n\nTệp: `content/{}`. {make}\n\nTrang này được máy ghi ra từ lược đồ của congkhai, nên luôn đúng với bản đang dùng.\n\n",
        kind.title, kind.files
    );
    let keys = inner(&schema).unwrap_or(&schema);
    if schema.get("items").is_some() {
        out.push_str("Tệp là một danh sách: mỗi mục bắt đầu bằng `- ` và có các khóa dưới đây.\n\n");
    }
    section(kind.name, keys, &mut out, true);
    let language = if kind.name == "bai-viet" { "markdown" } else { "yaml" };
    out.push_str(&format!("## Ví dụ\n\nDữ liệu minh họa:\n\n```{language}\n{}```\n", example(kind)));
    out
}

fn index() -> String {
    let mut out = "# Tra cứu: mọi loại bản ghi, mọi khóa\n\n| loại | tệp |\n| --- | --- |\n".to_owned();
    for kind in KINDS {
        out.push_str(&format!("| [{}]({}.md) | `content/{}` |\n", kind.title, kind.name, kind.files));
    }
    out
}

#[test]
fn the_reference_tells_every_key_of_every_kind() {
    let folder = root().join("docs/bien-tap/tham-khao");
    let mut wanted: Vec<(String, String)> =
        KINDS.iter().map(|kind| (format!("{}.md", kind.name), page(kind))).collect();
    wanted.push(("README.md".to_owned(), index()));
    wanted.sort();
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("made");
        for (name, text) in &wanted {
            fs::write(folder.join(name), text).expect("written");
        }
    }
    let found: Vec<(String, String)> = crate::cli::tree(Path::new(&folder))
        .into_iter()
        .map(|(path, bytes)| (path.display().to_string(), String::from_utf8(bytes).expect("UTF-8")))
        .collect();
    let names = |all: &[(String, String)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&found), names(&wanted), "if that is meant: UPDATE=1 cargo test");
    for ((name, found), (_, wanted)) in found.iter().zip(&wanted) {
        assert!(
            found == wanted,
            "{name} is not what the schema says; if that is meant: UPDATE=1 cargo test\n{wanted}"
        );
    }
    // Every key that the schema knows stands in its page.
    for kind in KINDS {
        let page = page(kind);
        let mut open = vec![editor_schema(kind)];
        while let Some(next) = open.pop() {
            if let Some(keys) = next.get("properties").and_then(Value::as_object) {
                for key in keys.keys() {
                    assert!(page.contains(&format!("**`{key}`**")), "{}: {key}", kind.name);
                }
                open.extend(keys.values().cloned());
            }
            open.extend(next.get("items").cloned());
            open.extend(next.get("anyOf").and_then(Value::as_array).into_iter().flatten().cloned());
        }
    }
}
