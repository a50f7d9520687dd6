//! Finds every fault in the shape of a record at once, each with its place.
//!
//! Serde stops at the first fault; an editor wants them all. So a record that serde refuses is walked
//! here, as a tree with places, against the shape that its own type derives.

use std::ops::Range;

use super::schema::{Key, Shape};
use super::yaml::{Node, NodeKind, false_dash_help, is_false_dash};
use crate::base::diagnostic::{Message, Rule};
use crate::codes::{CK0201, CK0202, CK0203, CK0204, CK0205, CK0206};
use crate::msg;
use crate::vi::nearest::nearest;

/// A fault in the shape of a record, by its bytes in the YAML text.
#[derive(Debug, Clone, PartialEq)]
pub struct ShapeFault {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// Where.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: Message,
    /// What to write instead.
    pub help: Option<Message>,
}

/// Every fault of `node` against `shape`.
pub fn explain(node: &Node, shape: &Shape) -> Vec<ShapeFault> {
    let mut faults = Vec::new();
    value(node, shape, Label { key: "", span: node.span.clone() }, &mut faults);
    faults
}

/// What a value is called in messages, and where that name stands: the place of an empty value.
#[derive(Clone)]
struct Label<'a> {
    key: &'a str,
    span: Range<usize>,
}

fn value(node: &Node, shape: &Shape, label: Label<'_>, faults: &mut Vec<ShapeFault>) {
    let key = label.key;
    match (shape, &node.kind) {
        (Shape::Scalar { judge, .. }, NodeKind::Scalar { text, .. }) if !node.is_null() => {
            if let Err(fault) = judge(text) {
                faults.push(ShapeFault {
                    rule: fault.rule,
                    span: node.span.clone(),
                    message: named(key, fault.message),
                    help: fault.help,
                });
            }
        }
        (Shape::Choice(choices), NodeKind::Scalar { text, .. }) if !node.is_null() => {
            if !choices.iter().any(|(key, _)| key == text) {
                faults.push(not_a_choice(node, key, text, choices));
            }
        }
        (Shape::List(_), _) if node.is_null() => {}
        (Shape::Filled(_), NodeKind::List(items)) if items.is_empty() => {
            faults.push(empty_list(node, label));
        }
        (Shape::Filled(_), _) if node.is_null() => faults.push(empty_list(node, label)),
        (Shape::List(inner) | Shape::Filled(inner), NodeKind::List(items)) => {
            for item in items {
                value(item, inner, label.clone(), faults);
            }
        }
        (Shape::Map(keys), NodeKind::Map(entries)) => mapping(node, keys, entries, faults),
        (Shape::Either(shapes), _) => either(node, shapes, label, faults),
        _ if node.is_null() => faults.push(ShapeFault {
            rule: CK0205,
            span: if node.span.is_empty() { label.span } else { node.span.clone() },
            message: if key.is_empty() {
                msg!("mục này để trống", "this entry is empty")
            } else {
                msg!("`{key}` để trống", "`{key}` is empty")
            },
            help: Some(msg!(
                "viết nội dung, hoặc xóa hẳn dòng này nếu chưa có",
                "write a value, or delete the line"
            )),
        }),
        _ => faults.push(wrong_kind(node, shape, key)),
    }
}

fn either(node: &Node, shapes: &[Shape], label: Label<'_>, faults: &mut Vec<ShapeFault>) {
    let fits = |shape: &&Shape| {
        matches!(
            (&node.kind, shape),
            (NodeKind::Scalar { .. }, Shape::Scalar { .. } | Shape::Choice(_))
                | (NodeKind::List(_), Shape::List(_) | Shape::Filled(_))
                | (NodeKind::Map(_), Shape::Map(_))
        )
    };
    match shapes.iter().find(fits).or(shapes.first()) {
        Some(shape) => value(node, shape, label, faults),
        None => faults.push(wrong_kind(node, &Shape::Either(Vec::new()), label.key)),
    }
}

fn mapping(node: &Node, keys: &[Key], entries: &[(Node, Node)], faults: &mut Vec<ShapeFault>) {
    let names = || keys.iter().map(|key| key.name.as_str());
    // A key that was only misspelt is not missing as well.
    let meant: Vec<Option<&str>> = entries
        .iter()
        .map(|(name, _)| name.text().filter(|text| names().all(|known| known != *text)))
        .map(|unknown| unknown.and_then(|text| nearest(text, names())))
        .collect();
    for key in keys.iter().filter(|key| key.required) {
        let there = entries.iter().any(|(name, _)| name.text() == Some(&key.name));
        if !there && !meant.contains(&Some(key.name.as_str())) {
            let name = &key.name;
            // The place of something that is not there: the first key of its mapping.
            let span = entries.first().map_or(node.span.clone(), |(first, _)| first.span.clone());
            faults.push(ShapeFault {
                rule: CK0201,
                span,
                message: msg!("thiếu khóa bắt buộc `{name}`", "the required key `{name}` is missing"),
                help: Some(msg!("thêm dòng `{name}: …`", "add a line `{name}: …`")),
            });
        }
    }
    for (name, content) in entries {
        let text = name.text().unwrap_or_default();
        match keys.iter().find(|key| key.name == text) {
            Some(key) if key.nullable && content.is_null() => {}
            Some(key) => {
                let label = Label { key: &key.name, span: name.span.clone() };
                value(content, &key.shape, label, faults);
            }
            None => {
                let near = nearest(text, keys.iter().map(|key| key.name.as_str()));
                let help = match near {
                    None if !text.is_empty()
                        && let Some((owner, in_list)) = owner_of(text, keys) =>
                    {
                        out_of_place(text, owner, in_list)
                    }
                    Some(near) => msg!("có phải `{near}`?", "did you mean `{near}`?"),
                    None => {
                        let all: Vec<&str> = keys.iter().map(|key| key.name.as_str()).collect();
                        let all = all.join(", ");
                        msg!("các khóa dùng được ở đây: {all}", "the keys known here: {all}")
                    }
                };
                faults.push(ShapeFault {
                    rule: CK0202,
                    span: name.span.clone(),
                    message: msg!("không có khóa `{text}` ở đây", "there is no key `{text}` here"),
                    help: Some(help),
                });
            }
        }
    }
}

/// The one key beside an unknown one whose mapping knows it, and whether that is a list of mappings.
fn owner_of<'k>(name: &str, keys: &'k [Key]) -> Option<(&'k str, bool)> {
    let knows = |keys: &[Key]| keys.iter().any(|key| key.name == name);
    let mut found = keys.iter().filter_map(|key| match &key.shape {
        Shape::Map(inner) => knows(inner).then_some((key.name.as_str(), false)),
        Shape::List(inner) | Shape::Filled(inner) => match &**inner {
            Shape::Map(inner) => knows(inner).then_some((key.name.as_str(), true)),
            _ => None,
        },
        _ => None,
    });
    found.next().filter(|_| found.next().is_none())
}

/// What is said of a key that belongs into the one beside it: it was not indented.
fn out_of_place(name: &str, owner: &str, in_list: bool) -> Message {
    if in_list {
        msg!(
            "`{name}` là khóa của một mục trong `{owner}`: viết ở dưới dòng `{owner}:`, thẳng cột với các khóa của mục đó",
            "`{name}` belongs to an entry of `{owner}`: write it there, in one column with the keys of the entry"
        )
    } else {
        msg!(
            "`{name}` là khóa của `{owner}`: viết ở dưới dòng `{owner}:` và thụt vào hai dấu cách",
            "`{name}` belongs to `{owner}`: write it below `{owner}:`, indented by two spaces"
        )
    }
}

fn not_a_choice(node: &Node, key: &str, text: &str, choices: &[(String, String)]) -> ShapeFault {
    // Clerks often write the words instead of the key: offer the key of the nearest of both.
    let near = nearest(text, choices.iter().map(|(key, _)| key.as_str())).or_else(|| {
        let label = nearest(text, choices.iter().map(|(_, label)| label.as_str()))?;
        choices.iter().find(|(_, known)| known == label).map(|(key, _)| key.as_str())
    });
    let all: Vec<String> = choices.iter().map(|(key, label)| format!("{key} ({label})")).collect();
    let all = all.join(", ");
    let help = match near {
        Some(near) => msg!("có phải `{near}`? Chọn một trong: {all}", "did you mean `{near}`? One of: {all}"),
        None => msg!("chọn một trong: {all}", "one of: {all}"),
    };
    ShapeFault {
        rule: CK0204,
        span: node.span.clone(),
        message: msg!("`{key}` không nhận giá trị `{text}`", "`{key}` cannot be `{text}`"),
        help: Some(help),
    }
}

fn wrong_kind(node: &Node, shape: &Shape, key: &str) -> ShapeFault {
    let (is_vi, is_en) = match &node.kind {
        NodeKind::Scalar { .. } => ("một giá trị", "a single value"),
        NodeKind::List(_) => ("một danh sách", "a list"),
        NodeKind::Map(_) => ("một nhóm khóa", "a mapping"),
    };
    let (want_vi, want_en, how_vi, how_en) = match shape {
        Shape::Scalar { .. } | Shape::Choice(_) => {
            ("một giá trị", "a single value", "viết `khóa: giá trị` trên một dòng", "write `key: value`")
        }
        Shape::List(_) | Shape::Filled(_) => (
            "một danh sách",
            "a list",
            "mỗi mục một dòng, bắt đầu bằng `- `",
            "write each entry on its own line, starting with `- `",
        ),
        Shape::Map(_) | Shape::Either(_) => (
            "một nhóm khóa",
            "a mapping",
            "xuống dòng, thụt vào hai dấu cách, mỗi khóa một dòng `khóa: giá trị`",
            "on the next lines, indented by two spaces, one `key: value` a line",
        ),
    };
    let message = if key.is_empty() {
        msg!("chỗ này phải là {want_vi}, không phải {is_vi}", "this must be {want_en}, not {is_en}")
    } else {
        msg!("`{key}` phải là {want_vi}, không phải {is_vi}", "`{key}` must be {want_en}, not {is_en}")
    };
    let text = node.text().unwrap_or_default().trim_start();
    let help = match (shape, &node.kind) {
        (Shape::Scalar { .. }, NodeKind::Map(_)) => msg!(
            "nếu đây là một đoạn chữ có dấu hai chấm thì đặt cả đoạn trong ngoặc kép; nếu không thì {how_vi}",
            "put a text that has a colon in quotes; otherwise {how_en}"
        ),
        (Shape::List(_) | Shape::Filled(_), NodeKind::Scalar { plain: false, .. })
            if text.starts_with("- ") =>
        {
            msg!(
                "bỏ `>-` hoặc `|-` ở dòng khóa: các dòng bắt đầu bằng `- ` ở dưới đã là danh sách",
                "delete `>-` or `|-` behind the key: the lines that start with `- ` are a list already"
            )
        }
        (Shape::List(_) | Shape::Filled(_), NodeKind::Scalar { .. }) if text.starts_with(is_false_dash) => {
            false_dash_help()
        }
        (Shape::List(_) | Shape::Filled(_), NodeKind::Scalar { plain: true, .. })
            if text.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) =>
        {
            msg!(
                "sau dấu gạch đầu dòng thiếu dấu cách: viết dấu gạch, một dấu cách rồi nội dung, `- …`",
                "a space is missing after the dash: write the dash, a space, then the text, `- …`"
            )
        }
        // Codes and choices have no commas of their own.
        (Shape::List(inner) | Shape::Filled(inner), NodeKind::Scalar { plain: true, .. })
            if !text.contains('\n') && is_short(inner) =>
        {
            let items = text.split([',', ';']).map(str::trim).filter(|item| !item.is_empty());
            let items = items.collect::<Vec<_>>().join(", ");
            msg!(
                "đặt trong ngoặc vuông: `{key}: [{items}]`; hoặc mỗi mục một dòng, bắt đầu bằng `- `",
                "put it in brackets: `{key}: [{items}]`; or each entry on its own line, starting with `- `"
            )
        }
        (Shape::Map(keys), NodeKind::Scalar { plain: true, .. })
            if let Some((name, _)) = text.split_once(':')
                && keys.iter().any(|known| known.name == name) =>
        {
            msg!(
                "sau `{name}:` không phải dấu cách thường (có thể là dấu cách của Word, hoặc thiếu); xóa chỗ đó rồi gõ lại một dấu cách",
                "no plain space follows `{name}:` (perhaps one of Word's); delete it and type a space"
            )
        }
        _ => msg!("{how_vi}", "{how_en}"),
    };
    ShapeFault { rule: CK0203, span: node.span.clone(), message, help: Some(help) }
}

/// Whether entries are codes or choices, which have no blanks and commas.
fn is_short(shape: &Shape) -> bool {
    match shape {
        Shape::Choice(_) => true,
        Shape::Scalar { name, .. } => matches!(*name, "ma" | "ma_thu_tuc"),
        _ => false,
    }
}

/// A list that the record cannot do without has nothing in it.
fn empty_list(node: &Node, label: Label<'_>) -> ShapeFault {
    let key = label.key;
    ShapeFault {
        rule: CK0206,
        span: if node.span.is_empty() { label.span } else { node.span.clone() },
        message: msg!("danh sách `{key}` không có mục nào", "the list `{key}` has no entry"),
        help: Some(msg!(
            "ghi ít nhất một mục, mỗi mục một dòng bắt đầu bằng `- `; nếu chưa có gì để ghi thì xóa cả phần chứa `{key}`, hoặc chưa đưa bản ghi lên",
            "write at least one entry, each on a line that starts with `- `; if there is nothing to write yet, delete the part that holds `{key}` or leave the record out"
        )),
    }
}

fn named(key: &str, message: Message) -> Message {
    if key.is_empty() {
        return message;
    }
    Message { vi: format!("{key}: {}", message.vi), en: format!("{key}: {}", message.en) }
}
