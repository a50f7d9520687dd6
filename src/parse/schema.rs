//! The shape of a record, out of the JSON Schema that its own types derive.
//!
//! One source: the same schema goes to editors (`congkhai schema`), so what the explaining path says
//! and what an editor's red line says cannot differ.

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

use crate::record::scalar::{JUDGES, Judge};

/// What a value may be.
#[derive(Debug, Clone)]
pub enum Shape {
    /// One scalar, judged by its own kind.
    Scalar {
        /// Its name as `x-scalar`.
        name: &'static str,
        /// Says whether a text is one.
        judge: Judge,
    },
    /// One of a closed list: keys with their labels.
    Choice(Vec<(String, String)>),
    /// A list; `key:` with nothing behind it is the empty list.
    List(Box<Shape>),
    /// A list with at least one entry.
    Filled(Box<Shape>),
    /// A mapping with these keys and no others.
    Map(Vec<Key>),
    /// A scalar or a mapping, told apart by the form of the value.
    Either(Vec<Shape>),
}

/// One key of a mapping.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its name.
    pub name: String,
    /// Whether the record is incomplete without it.
    pub required: bool,
    /// Whether `key:` with nothing behind it means "absent".
    pub nullable: bool,
    /// What its value may be.
    pub shape: Shape,
}

/// The JSON Schema (draft 2020-12) of a kind of record.
pub fn json_schema<T: JsonSchema>() -> Value {
    SchemaGenerator::default().into_root_schema_for::<T>().to_value()
}

/// The shape of a kind of record.
pub fn shape<T: JsonSchema>() -> Shape {
    let root = json_schema::<T>();
    shape_of(&root, &root).0
}

/// The shape of a schema, and whether it allows null.
fn shape_of(schema: &Value, root: &Value) -> (Shape, bool) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = reference.strip_prefix("#").and_then(|pointer| root.pointer(pointer));
        return shape_of(target.unwrap_or(&Value::Null), root);
    }
    if let Some(name) = schema.get("x-scalar").and_then(Value::as_str) {
        let known = JUDGES.iter().find(|(known, _)| *known == name);
        let (name, judge) = *known.expect("every scalar of the schema is in JUDGES");
        return (Shape::Scalar { name, judge }, false);
    }
    if let Some(keys) = schema.get("enum").and_then(Value::as_array) {
        let labels = schema.get("x-labels").and_then(Value::as_array);
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let choices = keys.iter().enumerate().map(|(i, key)| {
            (word(key), labels.and_then(|labels| labels.get(i)).map(word).unwrap_or_default())
        });
        return (Shape::Choice(choices.collect()), false);
    }
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        let is_null = |s: &Value| s.get("type").and_then(Value::as_str) == Some("null");
        let nullable = any.iter().any(is_null);
        let mut shapes: Vec<Shape> =
            any.iter().filter(|s| !is_null(s)).map(|s| shape_of(s, root).0).collect();
        let shape = if shapes.len() == 1 { shapes.remove(0) } else { Shape::Either(shapes) };
        return (shape, nullable);
    }
    if let Some(items) = schema.get("items") {
        if schema.get("minItems").is_some() {
            return (Shape::Filled(Box::new(shape_of(items, root).0)), false);
        }
        return (Shape::List(Box::new(shape_of(items, root).0)), true);
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let keys = properties.iter().map(|(name, schema)| {
            let (shape, nullable) = shape_of(schema, root);
            Key { name: name.clone(), required: required.contains(&name.as_str()), nullable, shape }
        });
        return (Shape::Map(keys.collect()), false);
    }
    unreachable!("record types use only scalars, choices, lists and mappings: {schema}")
}
