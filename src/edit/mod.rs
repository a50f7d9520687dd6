//! Changes the text of a record file and nothing else of it.
//!
//! Editors' files hold comments, an order of keys and a way of quoting that mean something to those who
//! wrote them. So a change is made in the text itself: the places of the tree say which bytes are cut
//! out and where new ones go in, and every other byte (comments, quotes, BOM, CRLF) stays as it was.
//!
//! 1. [`Document::open`] takes the YAML part of a file: all of a record, the front matter of an article.
//! 2. [`Document::apply`] makes one [`Edit`]. The text that comes out is read again by our own reader;
//!    unless it says exactly what the edit asked for, the document stays as it was and the edit is
//!    refused. So a wrong cut can lose nothing: it can only be refused.
//! 3. [`Document::update`] finds the edits that lead from what the file says to what it should say.

pub mod diff;
pub mod fix;
mod layout;
mod order;
pub mod place;
mod splice;
pub mod template;
mod value;

pub use fix::{Fixed, Repair, fix};
pub use value::Value;

use crate::base::diagnostic::{Pointer, Step};
use crate::base::path::SitePath;
use crate::inputs::FileKind;
use crate::parse::front_matter;
use crate::parse::text::clean;
use crate::parse::yaml::{self, Tree};

/// Why a file or an edit is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditFault {
    /// The bytes are no UTF-8 text.
    #[error("tệp không phải chữ UTF-8")]
    Encoding,
    /// The YAML cannot be read, so there are no places to cut at.
    #[error("YAML của tệp đang sai; sửa các lỗi CK01 trước")]
    Broken,
    /// The file says something else once it is cleaned (invisible characters, odd spaces in front of keys).
    #[error("tệp có ký tự ẩn hoặc dấu cách lạ; chạy `congkhai check --fix` trước")]
    Unclean,
    /// There is nothing at that path, or nothing of that kind.
    #[error("không có `{0}` trong tệp")]
    NoPlace(Pointer),
    /// The text is written in a way that this edit cannot be made in.
    #[error("không sửa được `{0}` mà giữ nguyên phần còn lại của tệp; hãy sửa bằng tay")]
    Refused(Pointer),
}

/// One change of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Puts a value where another one is.
    Set {
        /// The value that goes.
        at: Pointer,
        /// The value that comes.
        value: Value,
    },
    /// Adds a key to a mapping that does not have it.
    Put {
        /// The mapping.
        map: Pointer,
        /// The new key.
        key: String,
        /// Its value.
        value: Value,
        /// The key that it stands behind; none puts it first.
        after: Option<String>,
    },
    /// Adds an entry to a list.
    Insert {
        /// The list.
        list: Pointer,
        /// The place of the new entry; those from there on move back.
        index: usize,
        /// The new entry.
        value: Value,
    },
    /// Takes out a key with its value, or an entry of a list.
    Delete {
        /// What goes.
        at: Pointer,
    },
    /// Brings the keys of a mapping into this order; each moves with the comments right above it.
    Order {
        /// The mapping.
        map: Pointer,
        /// Its keys, all of them.
        keys: Vec<String>,
    },
}

impl Edit {
    /// The path that a refusal names.
    fn path(&self) -> Pointer {
        match self {
            Edit::Set { at, .. } | Edit::Delete { at } => at.clone(),
            Edit::Put { map, key, .. } => map.then(key.as_str()),
            Edit::Insert { list, index, .. } => list.then(*index),
            Edit::Order { map, .. } => map.clone(),
        }
    }

    /// What a record says once this edit is made.
    fn made_on(&self, before: &Value) -> Option<Value> {
        let mut after = before.clone();
        match self {
            Edit::Set { at, value } => *after.at_mut(at)? = value.clone(),
            Edit::Put { map, key, value, after: behind } => {
                let Value::Map(entries) = or_empty(after.at_mut(map)?, Value::Map(Vec::new())) else {
                    return None;
                };
                if entries.iter().any(|(known, _)| known == key) {
                    return None;
                }
                let at = match behind {
                    None => 0,
                    Some(behind) => entries.iter().position(|(known, _)| known == behind)? + 1,
                };
                entries.insert(at, (key.clone(), value.clone()));
            }
            Edit::Insert { list, index, value } => {
                let Value::List(items) = or_empty(after.at_mut(list)?, Value::List(Vec::new())) else {
                    return None;
                };
                if *index > items.len() {
                    return None;
                }
                items.insert(*index, value.clone());
            }
            Edit::Delete { at } => {
                let mut parent = at.clone();
                match (parent.0.pop()?, after.at_mut(&parent)?) {
                    (Step::Key(key), Value::Map(entries)) => {
                        let index = entries.iter().position(|(known, _)| *known == key)?;
                        entries.remove(index);
                    }
                    (Step::Index(index), Value::List(items)) if index < items.len() => {
                        items.remove(index);
                    }
                    _ => return None,
                }
            }
            Edit::Order { map, keys } => {
                let Value::Map(entries) = after.at_mut(map)? else { return None };
                if keys.len() != entries.len() {
                    return None;
                }
                let mut ordered = Vec::with_capacity(keys.len());
                for key in keys {
                    ordered.push(entries.iter().find(|(known, _)| known == key)?.clone());
                }
                *entries = ordered;
            }
        }
        Some(after)
    }
}

/// `key:` with nothing behind it is an empty list or mapping to whoever adds to it.
fn or_empty(value: &mut Value, empty: Value) -> &mut Value {
    if *value == Value::Null {
        *value = empty;
    }
    value
}

/// The text of a record file, open for edits.
#[derive(Debug, Clone)]
pub struct Document {
    before: String,
    yaml: String,
    after: String,
    newline: &'static str,
}

impl Document {
    /// Opens a file of this kind.
    pub fn open(file: &SitePath, kind: FileKind, bytes: &[u8]) -> Result<Self, EditFault> {
        let text = std::str::from_utf8(bytes).map_err(|_| EditFault::Encoding)?;
        let (bom, text) = match text.strip_prefix('\u{FEFF}') {
            Some(rest) => ("\u{FEFF}", rest),
            None => ("", text),
        };
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        // A file of an old Mac has one line only for everybody else.
        if text.replace("\r\n", "").contains('\r') {
            return Err(EditFault::Unclean);
        }
        let (cleaned, _) = clean(file, bytes);
        let (head, clean_head) = match kind {
            FileKind::Article => {
                let parts = front_matter::split(file, text).map_err(|_| EditFault::Broken)?;
                let clean_parts = front_matter::split(file, &cleaned).map_err(|_| EditFault::Broken)?;
                (parts.head, cleaned[clean_parts.head].to_owned())
            }
            _ => (0..text.len(), cleaned),
        };
        let document = Self {
            before: format!("{bom}{}", &text[..head.start]),
            yaml: text[head.clone()].to_owned(),
            after: text[head.end..].to_owned(),
            newline,
        };
        let value = document.value()?;
        match readable(yaml::tree(&clean_head)) {
            Some(cleaned) if value.cleaned() == cleaned.clone().cleaned() => Ok(document),
            Some(_) => Err(EditFault::Unclean),
            None => Err(EditFault::Broken),
        }
    }

    /// What the record says.
    pub fn value(&self) -> Result<Value, EditFault> {
        readable(yaml::tree(&self.yaml)).ok_or(EditFault::Broken)
    }

    /// The YAML text.
    pub fn yaml(&self) -> &str {
        &self.yaml
    }

    /// What stands below the YAML text: of an article its text, with the line that ends the front matter taken away.
    pub fn body(&self) -> &str {
        let after = self.after.trim_start_matches(['\r', '\n']);
        after.strip_prefix("---").map_or(after, |rest| rest.split_once('\n').map_or("", |(_, body)| body))
    }

    /// Puts another text below the front matter of an article.
    pub fn set_body(&mut self, body: &str) {
        let mark = self.after.len() - self.after.trim_start_matches(['\r', '\n']).len();
        let end = self.after[mark..].find('\n').map_or(self.after.len(), |at| mark + at + 1);
        let text = body.trim().replace("\r\n", "\n").replace('\n', self.newline);
        let newline = self.newline;
        let head = self.after[..end].trim_end_matches(['\r', '\n']);
        self.after = format!("{head}{newline}{newline}{text}{newline}");
    }

    /// The whole file.
    pub fn text(&self) -> String {
        [self.before.as_str(), &self.yaml, &self.after].concat()
    }

    /// The whole file, with another YAML text that says the same or what a repair says.
    pub(super) fn with_yaml(&self, yaml: String) -> Self {
        Self { yaml, ..self.clone() }
    }

    /// How many lines stand above the YAML text.
    pub(super) fn lines_above(&self) -> usize {
        self.before.matches('\n').count()
    }

    /// Makes one edit, or leaves the document as it is.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), EditFault> {
        let before = self.value()?;
        let wanted = edit.made_on(&before).ok_or_else(|| EditFault::NoPlace(edit.path()))?;
        if wanted == before {
            return Ok(());
        }
        let tree = yaml::tree(&self.yaml);
        let faults = tree.faults.len();
        let candidates = splice::candidates(&self.yaml, self.newline, tree.root.as_ref(), edit);
        for candidate in candidates {
            let tree = yaml::tree(&candidate);
            if tree.faults.len() <= faults && readable(tree).as_ref() == Some(&wanted) {
                self.yaml = candidate;
                return Ok(());
            }
        }
        Err(EditFault::Refused(edit.path()))
    }

    /// Makes all edits, or none.
    pub fn apply_all(&mut self, edits: &[Edit]) -> Result<(), EditFault> {
        let mut document = self.clone();
        for edit in edits {
            document.apply(edit)?;
        }
        *self = document;
        Ok(())
    }

    /// Makes the file say `wanted`, by the smallest edits that lead there. Keys that stay keep their order.
    pub fn update(&mut self, wanted: &Value) -> Result<Vec<Edit>, EditFault> {
        let mut edits = Vec::new();
        difference(&self.value()?, wanted, &Pointer::root(), &mut edits);
        let mut document = self.clone();
        for edit in &edits {
            document.apply(edit)?;
        }
        if !document.value()?.same(wanted) {
            return Err(EditFault::Refused(Pointer::root()));
        }
        *self = document;
        Ok(edits)
    }
}

/// The text of a new file that says this and nothing else.
pub fn fresh(value: &Value) -> String {
    let lines = match value {
        Value::List(items) => layout::list_lines(items, 0, None),
        Value::Map(entries) => layout::map_lines(entries, 0, None),
        _ => Vec::new(),
    };
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// The value of a tree, unless something in it could not be read as it stands.
fn readable(tree: Tree) -> Option<Value> {
    use crate::codes::{CK0118, CK0119};
    let harmless = |code: &str| code == CK0118.code || code == CK0119.code;
    if tree.broken || tree.faults.iter().any(|fault| !harmless(fault.rule.code)) {
        return None;
    }
    // A file of comments only is a record with no keys yet.
    Some(tree.root.as_ref().map_or_else(|| Value::Map(Vec::new()), Value::of))
}

/// The edits that lead from one value to another.
fn difference(before: &Value, wanted: &Value, at: &Pointer, edits: &mut Vec<Edit>) {
    match (before, wanted) {
        _ if before.same(wanted) => {}
        (Value::Map(old), Value::Map(new)) if !new.is_empty() && (!old.is_empty() || at.0.is_empty()) => {
            let find = |entries: &[(String, Value)], key: &str| {
                entries.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
            };
            for (key, value) in old {
                if let Some(wanted) = find(new, key) {
                    difference(value, &wanted, &at.then(key.as_str()), edits);
                }
            }
            let mut after = None;
            for (key, value) in new {
                if find(old, key).is_none() {
                    edits.push(Edit::Put { map: at.clone(), key: key.clone(), value: value.clone(), after });
                }
                after = Some(key.clone());
            }
            for (key, _) in old.iter().filter(|(key, _)| find(new, key).is_none()) {
                edits.push(Edit::Delete { at: at.then(key.as_str()) });
            }
        }
        (Value::List(old), Value::List(new)) if !old.is_empty() && !new.is_empty() => {
            let head = old.iter().zip(new).take_while(|(a, b)| a.same(b)).count();
            let longest_tail = old.len().min(new.len()) - head;
            let tail = old
                .iter()
                .rev()
                .zip(new.iter().rev())
                .take(longest_tail)
                .take_while(|(a, b)| a.same(b))
                .count();
            let (old_end, new_end) = (old.len() - tail, new.len() - tail);
            let both = old_end.min(new_end);
            for index in head..both {
                difference(&old[index], &new[index], &at.then(index), edits);
            }
            for (index, value) in new.iter().enumerate().take(new_end).skip(both) {
                edits.push(Edit::Insert { list: at.clone(), index, value: value.clone() });
            }
            for index in (both..old_end).rev() {
                edits.push(Edit::Delete { at: at.then(index) });
            }
        }
        _ => edits.push(Edit::Set { at: at.clone(), value: wanted.clone() }),
    }
}

#[cfg(test)]
mod tests;
