//! A value of a record as a cell, so that a person reads it and the import reads it back.

use crate::base::date::Date;
use crate::edit::Value;
use crate::parse::schema::Shape;
use crate::sheet::Cell;
use crate::vi::fold::fold;

/// The longest text of one cell, in UTF-16 units: spreadsheets hold 32,767.
const LONGEST: usize = 32_000;

/// What a cell says, folded, whose value is to go.
pub const REMOVE: &str = "(xoa)";

/// Words that would be read as [`REMOVE`] stand with a backslash in front; so do those that have one already.
fn marked(text: &str) -> String {
    let mark = if fold(text.trim().trim_start_matches('\\')) == REMOVE { "\\" } else { "" };
    format!("{mark}{text}")
}

/// The words that are meant where a cell has a backslash before [`REMOVE`].
pub fn unmarked(text: &str) -> Option<&str> {
    let rest = text.trim().strip_prefix('\\')?;
    (fold(rest.trim_start_matches('\\')) == REMOVE).then_some(rest)
}

/// What goes into a cell, or into several if it is too long for one.
#[derive(Debug, Clone, PartialEq)]
pub struct Out(Cell);

impl Out {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self(Cell::Text(marked(text)))
    }

    /// A number.
    pub fn number(number: usize) -> Self {
        Self(Cell::Number(u32::try_from(number).map_or(0.0, f64::from)))
    }

    /// The cells that hold it.
    pub fn parts(&self) -> Vec<Cell> {
        let Cell::Text(text) = &self.0 else { return vec![self.0.clone()] };
        let (mut parts, mut part, mut length) = (Vec::new(), String::new(), 0);
        for c in text.chars() {
            // No cell begins or ends with a blank: a reader could take it away.
            let full = length >= LONGEST && !c.is_whitespace() && !part.ends_with(char::is_whitespace);
            if full || length + c.len_utf16() > LONGEST + 700 {
                parts.push(Cell::Text(std::mem::take(&mut part)));
                length = 0;
            }
            part.push(c);
            length += c.len_utf16();
        }
        parts.push(Cell::Text(part));
        parts
    }
}

/// One value: a choice in words, a day as a day, a number as a number where every digit is kept.
pub fn one(value: &Value, shape: &Shape) -> Option<Out> {
    let Value::Scalar(text) = value else { return None };
    Some(Out(match shape {
        Shape::Scalar { name: "ngay", .. } => match Date::parse(text) {
            Ok(date) => Cell::Day(date),
            Err(_) => Cell::Text(text.clone()),
        },
        Shape::Scalar { name: "so_nguyen", .. } => match text.parse::<u64>() {
            // Up to 2^53 a spreadsheet keeps every digit.
            Ok(number) if number < 1 << 53 && number.to_string() == *text => Cell::Number(number as f64),
            _ => Cell::Text(text.clone()),
        },
        shape => Cell::Text(marked(&word(text, shape))),
    }))
}

/// Several values, a line each. A value that has lines of its own carries a backslash at the end of each but its
/// last; backslashes that stand there already are doubled.
pub fn many(value: &Value, shape: &Shape) -> Option<Out> {
    let Value::List(items) = value else { return None };
    if items.is_empty() {
        return None;
    }
    let lines = items.iter().map(|item| match item {
        Value::Scalar(text) => escaped(&word(text, shape)),
        _ => String::new(),
    });
    Some(Out::text(&lines.collect::<Vec<_>>().join("\n")))
}

/// The words for a key of a closed list, if they are not those of another.
pub fn word(text: &str, shape: &Shape) -> String {
    match shape {
        Shape::Choice(choices) => {
            let label = choices.iter().find(|(key, _)| key == text).map(|(_, label)| label);
            let clear = |label: &&String| {
                let alike = |(key, other): &&(String, String)| other == *label || key == *label;
                choices.iter().filter(alike).count() == 1
            };
            label.filter(clear).cloned().unwrap_or_else(|| text.to_owned())
        }
        Shape::Scalar { name: "dung_sai", .. } if text == "true" => "có".to_owned(),
        Shape::Scalar { name: "dung_sai", .. } if text == "false" => "không".to_owned(),
        _ => text.to_owned(),
    }
}

fn escaped(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            let bare = line.trim_end_matches('\\').len();
            format!("{line}{}", &line[bare..])
        })
        .collect();
    lines.join("\\\n")
}

/// The values of a cell that [`many`] made, or that a person typed one a line.
pub fn lines(text: &str) -> Vec<String> {
    let mut values: Vec<String> = vec![String::new()];
    for line in text.split('\n') {
        let bare = line.trim_end_matches('\\').len();
        let (slashes, goes_on) = ((line.len() - bare) / 2, (line.len() - bare) % 2 == 1);
        if let Some(last) = values.last_mut() {
            last.push_str(&line[..bare]);
            last.push_str(&"\\".repeat(slashes));
            if goes_on {
                last.push('\n');
            } else {
                values.push(String::new());
            }
        }
    }
    values.into_iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lines_come_back(values in proptest::collection::vec("[a-c\\\\]([a-c\\\\\n ]{0,5}[a-c\\\\])?", 1..4)) {
            let shape = Shape::Choice(Vec::new());
            let list = Value::List(values.iter().map(|v| v.as_str().into()).collect());
            let cell = many(&list, &shape).expect("a cell").parts();
            prop_assert_eq!(cell.len(), 1);
            prop_assert_eq!(lines(&cell[0].shown()), values);
        }
    }
}
