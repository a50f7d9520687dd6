//! A record's content without its places: what an edit puts in, and what the text must say after it.

use crate::base::diagnostic::{Pointer, Step};
use crate::parse::yaml::{Node, NodeKind};
use crate::vi::unicode;

/// A value of a record file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `key:` with nothing behind it.
    Null,
    /// A text, number, date, yes or no: records read every scalar as its text.
    Scalar(String),
    /// A list.
    List(Vec<Value>),
    /// A mapping, in the order of the text.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The value of a tree.
    pub fn of(node: &Node) -> Self {
        match &node.kind {
            _ if node.is_null() => Value::Null,
            NodeKind::Scalar { text, .. } => Value::Scalar(text.clone()),
            NodeKind::List(items) => Value::List(items.iter().map(Value::of).collect()),
            NodeKind::Map(entries) => Value::Map(
                entries
                    .iter()
                    .map(|(key, value)| (key.text().unwrap_or_default().to_owned(), Value::of(value)))
                    .collect(),
            ),
        }
    }

    /// The value of JSON, as records serialise: a number is its digits, an absent key is left out.
    pub fn of_json(json: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match json {
            Json::Null => Value::Null,
            Json::Bool(yes) => Value::Scalar(yes.to_string()),
            Json::Number(number) => Value::Scalar(number.to_string()),
            Json::String(text) => Value::Scalar(text.clone()),
            Json::Array(items) => Value::List(items.iter().map(Value::of_json).collect()),
            Json::Object(entries) => {
                Value::Map(entries.iter().map(|(key, value)| (key.clone(), Value::of_json(value))).collect())
            }
        }
    }

    /// The value at a path.
    pub fn at(&self, path: &[Step]) -> Option<&Value> {
        let Some((step, rest)) = path.split_first() else { return Some(self) };
        match (self, step) {
            (Value::Map(entries), Step::Key(key)) => {
                entries.iter().find(|(known, _)| known == key).and_then(|(_, value)| value.at(rest))
            }
            (Value::List(items), Step::Index(index)) => items.get(*index)?.at(rest),
            _ => None,
        }
    }

    /// The value of a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value that these keys lead to, from mapping to mapping.
    pub fn follow(&self, keys: &[String]) -> Option<&Value> {
        keys.iter().try_fold(self, |value, key| value.get(key))
    }

    pub(super) fn at_mut(&mut self, path: &Pointer) -> Option<&mut Value> {
        path.0.iter().try_fold(self, |value, step| match (value, step) {
            (Value::Map(entries), Step::Key(key)) => {
                entries.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
            }
            (Value::List(items), Step::Index(index)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// Whether two values say the same: the order of the keys of a mapping says nothing.
    pub fn same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b)),
            (Value::Map(a), Value::Map(b)) => {
                a.len() == b.len()
                    && a.iter()
                        .all(|(key, value)| b.iter().any(|(name, other)| name == key && value.same(other)))
            }
            _ => self == other,
        }
    }

    /// Every text as the reader of files cleans it: NFC, nothing invisible.
    #[must_use]
    pub fn cleaned(self) -> Self {
        let clean = |text: String| {
            let nfc = unicode::to_nfc(&text).into_owned();
            if nfc.chars().any(unicode::is_invisible) {
                nfc.chars().filter(|c| !unicode::is_invisible(*c)).collect()
            } else {
                nfc
            }
        };
        match self {
            Value::Null => Value::Null,
            Value::Scalar(text) => Value::Scalar(clean(text)),
            Value::List(items) => Value::List(items.into_iter().map(Value::cleaned).collect()),
            Value::Map(entries) => {
                Value::Map(entries.into_iter().map(|(key, value)| (clean(key), value.cleaned())).collect())
            }
        }
    }

    /// Neither a list nor a mapping, or one with nothing in it.
    pub(super) fn is_flat(&self) -> bool {
        match self {
            Value::Null | Value::Scalar(_) => true,
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Scalar(text.to_owned())
    }
}
