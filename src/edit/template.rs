//! Makes the text of a new record out of the schema of its kind: the keys that must be there first, the
//! others as remarks to be uncommented, each with what it means and what may be chosen.

use serde_json::Value as Json;

use super::layout;
use super::value::Value;
use crate::inputs::FileKind;
use crate::parse::editor_schema::editor_schema;
use crate::parse::kinds::RecordKind;

/// How wide remarks are.
const WIDTH: usize = 100;

/// The text of a new file of this kind. `given` are the values that are known already.
pub fn template(kind: &RecordKind, given: &[(String, Value)], schema_file: Option<&str>) -> String {
    let schema = editor_schema(kind);
    let mut lines: Vec<String> = Vec::new();
    if let Some(file) = schema_file.filter(|_| kind.kind != FileKind::Article) {
        lines.push(format!("# yaml-language-server: $schema={file}"));
    }
    lines.extend(remark(&format!(
        "{}. Điền vào sau dấu hai chấm. Cần thêm khóa nào thì bỏ dấu # ở đầu các dòng của khóa đó; không cần thì xóa hoặc để nguyên.",
        kind.title
    )));
    lines.push(String::new());
    match schema.get("items") {
        Some(items) => lines.extend(entry(items, true, 0)),
        None => {
            let (required, optional) = halves(&schema);
            for (key, inner) in &required {
                lines.extend(field(key, inner, true, 0, find(given, key)));
            }
            lines.push(String::new());
            for (key, inner) in optional {
                match find(given, key) {
                    Some(value) => lines.extend(field(key, inner, true, 0, Some(value))),
                    None => lines.extend(asleep(field(key, inner, false, 0, None), 0)),
                }
            }
        }
    }
    let yaml: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    match kind.kind {
        FileKind::Article => format!("---\n{yaml}---\n\n"),
        _ => yaml,
    }
}

/// The top keys of a kind that hold one value or a list of values: what can be given by a flag.
pub fn flags(kind: &RecordKind) -> Vec<Flag> {
    let schema = editor_schema(kind);
    let (required, optional) = halves(&schema);
    let is_list = |inner: &Json| inner.get("items").is_some();
    let simple = |inner: &Json| inner.get("properties").is_none() && inner.get("anyOf").is_none();
    let all = required.iter().map(|pair| (pair, true)).chain(optional.iter().map(|pair| (pair, false)));
    all.filter(|((_, inner), _)| simple(inner.get("items").unwrap_or(inner)))
        .map(|((key, inner), required)| Flag {
            key: (*key).to_owned(),
            required,
            list: is_list(inner),
            help: words(inner).to_owned(),
        })
        .collect()
}

/// A key that can be given by a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Its name.
    pub key: String,
    /// Whether a record is incomplete without it.
    pub required: bool,
    /// Whether it holds a list.
    pub list: bool,
    /// What it means.
    pub help: String,
}

type Field<'s> = (&'s String, &'s Json);

/// The keys that must be there, and the others, in the order of the schema.
fn halves(schema: &Json) -> (Vec<Field<'_>>, Vec<Field<'_>>) {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Json::as_array)
        .map(|names| names.iter().filter_map(Json::as_str).collect())
        .unwrap_or_default();
    let properties = schema.get("properties").and_then(Json::as_object);
    properties.into_iter().flatten().partition(|(key, _)| required.contains(&key.as_str()))
}

fn find<'v>(given: &'v [(String, Value)], key: &str) -> Option<&'v Value> {
    given.iter().find(|(known, _)| known == key).map(|(_, value)| value)
}

fn words(schema: &Json) -> &str {
    schema.get("description").and_then(Json::as_str).unwrap_or_default()
}

/// The lines of one key. In a field that must be there, keys that need not are asleep.
fn field(key: &str, schema: &Json, awake: bool, indent: usize, given: Option<&Value>) -> Vec<String> {
    // A key of several forms: the choices of the first are told with it.
    let first = schema.get("anyOf").and_then(|forms| forms.get(0)).map_or("", words);
    let about = format!("{} {first}", words(schema));
    let mut lines: Vec<String> = remark(&about).iter().map(|line| format!("{:indent$}{line}", "")).collect();
    let name = layout::key(key);
    if let Some(value) = given {
        lines.extend(layout::map_lines(&[(key.to_owned(), value.clone())], indent, None));
    } else if let Some(items) = schema.get("items") {
        if items.get("properties").is_some() {
            lines.push(format!("{:indent$}{name}:", ""));
            lines.extend(entry(items, awake, indent + 2));
        } else if awake {
            let words = words(items);
            lines.extend(remark(words).iter().map(|line| format!("{:indent$}{line}", "")));
            lines.push(format!("{:indent$}{name}:", ""));
            lines.push(format!("{:indent$}  -", ""));
        } else {
            lines.extend(remark(words(items)).iter().map(|line| format!("{:indent$}{line}", "")));
            lines.push(format!("{:indent$}{name}: []", ""));
        }
    } else if schema.get("properties").is_some() {
        lines.push(format!("{:indent$}{name}:", ""));
        lines.extend(group(schema, awake, indent + 2));
    } else {
        lines.push(format!("{:indent$}{name}:", ""));
    }
    lines
}

/// The lines of a mapping.
fn group(schema: &Json, awake: bool, indent: usize) -> Vec<String> {
    let (mut required, mut optional) = halves(schema);
    // A mapping that must be there has at least one key.
    if required.is_empty() && !optional.is_empty() {
        required.push(optional.remove(0));
    }
    let mut lines = Vec::new();
    for (key, inner) in required {
        lines.extend(field(key, inner, awake, indent, None));
    }
    for (key, inner) in optional {
        let inner = field(key, inner, false, indent, None);
        lines.extend(if awake { asleep(inner, indent) } else { inner });
    }
    lines
}

/// One entry of a list of mappings, its first remark behind the dash.
fn entry(schema: &Json, awake: bool, indent: usize) -> Vec<String> {
    let mut lines = group(schema, awake, indent + 2);
    if let Some(first) = lines.first_mut() {
        *first = format!("{:indent$}- {}", "", first.trim_start());
    }
    lines
}

/// Lines as remarks: taking `# ` away from each gives them back.
fn asleep(lines: Vec<String>, indent: usize) -> Vec<String> {
    let sleeping = |line: String| {
        let words = &line[indent.min(line.len())..];
        let space = if words.starts_with('#') { "" } else { " " };
        format!("{:indent$}#{space}{words}", "")
    };
    lines.into_iter().map(sleeping).collect()
}

/// A text as remarks of a readable width.
fn remark(words: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("# {word}")),
        }
    }
    lines
}
