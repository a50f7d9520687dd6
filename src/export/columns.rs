//! Which sheets and columns a kind of record has: the schema, laid flat.
//!
//! - One sheet for the records themselves. A mapping in a record (`co_quan`) gives a column for each of its keys.
//! - A list of plain values (`can_cu`, `trinh_tu`) is one column with a line for each value.
//! - A list of mappings (`cach_thuc`) is a sheet of its own, with the record that a row belongs to in front; a list
//!   in such an entry (`phi`) is one more, with the number of the entry as well.

use std::sync::OnceLock;

use serde_json::Value as Json;

use crate::compare::words;
use crate::inputs::FileKind;
use crate::parse::editor_schema::editor_schema;
use crate::parse::kinds::{KINDS, RecordKind};
use crate::parse::schema::{Key, Shape};
use crate::vi::fold::fold;

/// The key under which the text of an article stands beside its front matter.
pub use crate::compare::words::BODY;

/// The key of the column that says which record a row belongs to.
pub const LINK: &str = "ban_ghi";

/// The longest name that spreadsheets give a sheet.
const LONGEST_NAME: usize = 31;

/// One sheet of a kind.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its whole name: that of the kind, and the path of the list.
    pub name: String,
    /// Its name as a sheet.
    pub sheet: String,
    /// The lists that lead to its rows: each the keys from a mapping to a list in it. None for the records.
    pub hops: Vec<Vec<String>>,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    /// The keys that lead to the value, from the row's own mapping on.
    pub path: Vec<String>,
    /// The key as the second line of a sheet has it.
    pub key: String,
    /// The heading.
    pub title: String,
    /// What the schema says of the key, for matching headings.
    pub description: String,
    /// Whether an entry is incomplete without it.
    pub required: bool,
    /// What its cells hold.
    pub form: Form,
}

/// What the cells of a column hold.
#[derive(Debug, Clone)]
pub enum Form {
    /// What ties the row to its record.
    Link,
    /// The number of the entry, counted from 1, of the list at this level that the row belongs to.
    Place(usize),
    /// One value.
    One(Shape),
    /// A value a line.
    Many(Shape),
}

/// The sheets of a kind, that of the records first; worked out once.
pub fn tables(kind: &RecordKind) -> &'static [Table] {
    static TABLES: [OnceLock<Vec<Table>>; KINDS.len()] = [const { OnceLock::new() }; KINDS.len()];
    match KINDS.iter().position(|known| known.name == kind.name) {
        Some(at) => TABLES[at].get_or_init(|| laid_flat(kind)),
        None => &[],
    }
}

fn laid_flat(kind: &RecordKind) -> Vec<Table> {
    let schema = editor_schema(kind);
    let (shape, schema) = match (kind.shape)() {
        Shape::List(inner) | Shape::Filled(inner) => {
            (*inner, schema.get("items").cloned().unwrap_or(Json::Null))
        }
        shape => (shape, schema),
    };
    let mut made = Vec::new();
    table(kind, Vec::new(), &shape, &schema, &mut made);
    // A directory without lists in its entries needs nothing to tie rows together.
    if made.len() == 1 && is_directory(kind.kind) {
        made[0].columns.remove(0);
    }
    if kind.kind == FileKind::Article {
        made[0].columns.push(Column {
            path: vec![BODY.to_owned()],
            key: BODY.to_owned(),
            title: "Nội dung bài".to_owned(),
            description: String::new(),
            required: false,
            form: Form::One(text_shape()),
        });
    }
    made
}

/// Whether all records of a kind are entries of one file.
pub fn is_directory(kind: FileKind) -> bool {
    matches!(
        kind,
        FileKind::Fields
            | FileKind::Units
            | FileKind::Laws
            | FileKind::Holidays
            | FileKind::EssentialServices
            | FileKind::Programmes
    )
}

fn text_shape() -> Shape {
    let (name, judge) = crate::record::scalar::JUDGES[0];
    Shape::Scalar { name, judge }
}

/// A place in the record while it is laid flat.
struct Walk<'w> {
    columns: Vec<Column>,
    /// Lists of mappings that were met: keys, shape of an entry, its schema.
    lists: Vec<(Vec<String>, &'w Shape, &'w Json)>,
}

fn table(kind: &RecordKind, hops: Vec<Vec<String>>, shape: &Shape, schema: &Json, made: &mut Vec<Table>) {
    let mut columns = vec![Column {
        path: Vec::new(),
        key: LINK.to_owned(),
        title: "Bản ghi".to_owned(),
        description: String::new(),
        required: false,
        form: Form::Link,
    }];
    for level in 0..hops.len().saturating_sub(1) {
        let title = hops[level].last().map_or("", String::as_str);
        columns.push(Column {
            path: Vec::new(),
            key: format!("#{}", path_of(&hops[..=level])),
            title: format!("Mục thứ mấy của {title}"),
            description: String::new(),
            required: false,
            form: Form::Place(level),
        });
    }
    let mut walk = Walk { columns, lists: Vec::new() };
    if let Shape::Map(keys) = shape {
        map(&mut walk, keys, schema, &[], "", true);
    }
    tell_apart(&mut walk.columns);
    let name = match path_of(&hops).as_str() {
        "" => kind.name.to_owned(),
        path => format!("{}.{path}", kind.name),
    };
    let sheet = match name.chars().count() {
        0..=LONGEST_NAME => name.clone(),
        _ => {
            let last = hops.last().and_then(|hop| hop.last()).map_or("", String::as_str);
            format!("{}..{last}", kind.name)
        }
    };
    made.push(Table { name, sheet, hops: hops.clone(), columns: walk.columns });
    for (path, shape, schema) in walk.lists {
        let hops = hops.iter().cloned().chain([path]).collect();
        table(kind, hops, shape, schema, made);
    }
}

/// Columns of one title get what the schema says of them, or the key.
fn tell_apart(columns: &mut [Column]) {
    let twice = |columns: &[Column], title: &str| {
        columns.iter().filter(|column| fold(&column.title) == fold(title)).count() > 1
    };
    for i in 0..columns.len() {
        if twice(columns, &columns[i].title) {
            let own =
                columns[i].description.split(['.', ';', ':']).next().unwrap_or_default().trim().to_owned();
            if !own.is_empty() && !columns.iter().any(|column| fold(&column.title) == fold(&own)) {
                columns[i].title = own;
            } else {
                columns[i].title = format!("{} [{}]", columns[i].title, columns[i].key);
            }
        }
    }
}

fn path_of(hops: &[Vec<String>]) -> String {
    hops.iter().map(|hop| hop.join(".")).collect::<Vec<_>>().join(".")
}

fn map<'w>(
    walk: &mut Walk<'w>,
    keys: &'w [Key],
    schema: &'w Json,
    path: &[String],
    above: &str,
    required: bool,
) {
    for key in keys {
        let own = schema.get("properties").and_then(|all| all.get(&key.name)).unwrap_or(&Json::Null);
        let path: Vec<String> = path.iter().cloned().chain([key.name.clone()]).collect();
        let title = words::title_of(&key.name, schema);
        let title = if above.is_empty() { title } else { format!("{above}: {title}") };
        let description = own.get("description").and_then(Json::as_str).unwrap_or_default().to_owned();
        let required = required && key.required;
        let column = |form: Form| Column {
            path: path.clone(),
            key: path.join("."),
            title: title.clone(),
            description: description.clone(),
            required,
            form,
        };
        match &key.shape {
            shape @ (Shape::Scalar { .. } | Shape::Choice(_)) => {
                walk.columns.push(column(Form::One(shape.clone())));
            }
            Shape::List(inner) | Shape::Filled(inner) => match &**inner {
                shape @ (Shape::Scalar { .. } | Shape::Choice(_)) => {
                    walk.columns.push(column(Form::Many(shape.clone())));
                }
                shape => {
                    let items = own.get("items").unwrap_or(&Json::Null);
                    walk.lists.push((path, shape, items));
                }
            },
            Shape::Map(inner) => map(walk, inner, own, &path, &title, required),
            Shape::Either(shapes) => {
                for (i, shape) in shapes.iter().enumerate() {
                    match shape {
                        Shape::Map(inner) => {
                            let schemas = own.get("anyOf").and_then(|any| any.get(i)).unwrap_or(own);
                            map(walk, inner, schemas, &path, &title, false);
                        }
                        shape => walk.columns.push(column(Form::One(shape.clone()))),
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_of_sheets_and_columns_are_told_apart_and_fit() {
        let mut sheets = BTreeSet::new();
        let mut count = 0;
        for kind in KINDS {
            for table in tables(kind) {
                assert!(table.sheet.chars().count() <= LONGEST_NAME, "{}", table.sheet);
                assert!(sheets.insert(fold(&table.sheet)), "{} twice", table.sheet);
                let (mut keys, mut titles) = (BTreeSet::new(), BTreeSet::new());
                for column in &table.columns {
                    assert!(keys.insert(column.key.clone()), "{}: {} twice", table.name, column.key);
                    assert!(titles.insert(fold(&column.title)), "{}: “{}” twice", table.name, column.title);
                    count += 1;
                }
            }
        }
        assert!(count > 250, "{count}");
    }
}
