//! Writes values as YAML in the style of the house: block collections, two spaces a level, long texts
//! folded, quotes only where a reader of YAML could take a text for something else.

use super::value::Value;

/// How wide a folded text is.
const WIDTH: usize = 100;

/// In which way a text is written, if it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

/// A value behind `key:` or `-`: what stands on that line, and the lines below it.
pub(super) struct Laid {
    pub(super) head: String,
    pub(super) body: Vec<String>,
}

impl Laid {
    fn inline(head: String) -> Self {
        Self { head, body: Vec::new() }
    }
}

/// Lays a value out under a key or dash that stands in column `indent`.
pub(super) fn block(value: &Value, indent: usize, style: Option<Style>) -> Laid {
    match value {
        Value::Null => Laid::inline(String::new()),
        Value::Scalar(text) => scalar(text, indent, style),
        _ if value.is_flat() => Laid::inline(flow(value)),
        Value::List(items) => Laid { head: String::new(), body: list_lines(items, indent + 2, style) },
        Value::Map(entries) => Laid { head: String::new(), body: map_lines(entries, indent + 2, style) },
    }
}

/// The lines of a mapping whose keys stand in column `indent`.
pub(super) fn map_lines(entries: &[(String, Value)], indent: usize, style: Option<Style>) -> Vec<String> {
    // Only quoting everything is a style for whole collections: it is the one that fits everywhere.
    let style = style.filter(|style| *style == Style::Double);
    let mut lines = Vec::new();
    for (name, value) in entries {
        let laid = block(value, indent, style);
        let space = if laid.head.is_empty() { "" } else { " " };
        lines.push(format!("{:indent$}{}:{space}{}", "", key(name), laid.head));
        lines.extend(laid.body);
    }
    lines
}

/// The lines of a list whose dashes stand in column `indent`.
pub(super) fn list_lines(items: &[Value], indent: usize, style: Option<Style>) -> Vec<String> {
    let style = style.filter(|style| *style == Style::Double);
    let mut lines = Vec::new();
    for item in items {
        let inner = match item {
            Value::Map(entries) if !entries.is_empty() => map_lines(entries, indent + 2, style),
            Value::List(items) if !items.is_empty() => list_lines(items, indent + 2, style),
            _ => {
                let laid = block(item, indent, style);
                let space = if laid.head.is_empty() { "" } else { " " };
                lines.push(format!("{:indent$}-{space}{}", "", laid.head));
                lines.extend(laid.body);
                continue;
            }
        };
        for (i, line) in inner.into_iter().enumerate() {
            lines.push(if i == 0 { format!("{:indent$}- {}", "", line.trim_start()) } else { line });
        }
    }
    lines
}

/// A key of a mapping.
pub(super) fn key(name: &str) -> String {
    one_line(name, false, None)
}

/// A value on one line, inside brackets.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::Null => "~".to_owned(),
        Value::Scalar(text) => one_line(text, true, None),
        Value::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entry =
                |(name, value): &(String, Value)| format!("{}: {}", one_line(name, true, None), flow(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

fn scalar(text: &str, indent: usize, style: Option<Style>) -> Laid {
    let inner = indent + 2;
    let wanted = style.unwrap_or(if text.contains('\n') {
        Style::Literal
    } else if text.chars().count() + indent > WIDTH {
        Style::Folded
    } else {
        Style::Plain
    });
    match wanted {
        Style::Literal | Style::Folded if fits_literal(text) => {
            let mark = if text.ends_with('\n') { "" } else { "-" };
            let lines: Vec<&str> = text.strip_suffix('\n').unwrap_or(text).split('\n').collect();
            let folded = match (wanted, &lines[..]) {
                (Style::Folded, [line]) => fold(line, WIDTH.saturating_sub(inner).max(40)),
                _ => None,
            };
            let sign = if folded.is_some() { '>' } else { '|' };
            let lines = folded.unwrap_or(lines);
            let body = lines.into_iter().map(|line| match line {
                "" => String::new(),
                line => format!("{:inner$}{line}", ""),
            });
            Laid { head: format!("{sign}{mark}"), body: body.collect() }
        }
        wanted => Laid::inline(one_line(text, false, Some(wanted))),
    }
}

/// Whether a block text gives back exactly these words.
fn fits_literal(text: &str) -> bool {
    let lines = text.strip_suffix('\n').unwrap_or(text);
    !lines.starts_with([' ', '\n', '\t'])
        && !lines.is_empty()
        && !lines.ends_with('\n')
        && lines.split('\n').all(|line| line.is_empty() || !line.trim().is_empty())
        && lines.chars().all(|c| c == '\n' || !must_escape(c))
}

/// A line broken at single spaces, so that folding joins it again; `None` if nothing is gained.
fn fold(text: &str, width: usize) -> Option<Vec<&str>> {
    let mut lines = Vec::new();
    let (mut start, mut columns, mut last_break) = (0, 0, None);
    let bytes = text.as_bytes();
    let single = |at: usize| {
        let alone = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(|b| !b" \t".contains(b));
        // A line that begins with a dash looks like an entry of a list (CK0119).
        alone(at.checked_sub(1)) && alone(Some(at + 1)) && bytes.get(at + 1) != Some(&b'-')
    };
    for (at, c) in text.char_indices() {
        if c == ' ' && single(at) {
            last_break = Some(at);
        }
        columns += 1;
        if columns > width
            && let Some(end) = last_break.take()
        {
            lines.push(&text[start..end]);
            start = end + 1;
            columns = text[start..at + c.len_utf8()].chars().count();
        }
    }
    lines.push(&text[start..]);
    (lines.len() > 1).then_some(lines)
}

/// A text on one line: plain where no reader of YAML takes it for something else.
fn one_line(text: &str, flow: bool, style: Option<Style>) -> String {
    let quotable = !text.chars().any(must_escape);
    match style {
        Some(Style::Single) if quotable => return format!("'{}'", text.replace('\'', "''")),
        Some(Style::Double) => return double_quoted(text),
        _ => {}
    }
    if quotable && is_safe_plain(text, flow) { text.to_owned() } else { double_quoted(text) }
}

/// Characters that cannot stand in a file as they are, or would be taken out on reading.
fn must_escape(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
        || crate::vi::unicode::is_invisible(c)
        || crate::vi::unicode::is_bidi_control(c)
}

fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if must_escape(c) && (c as u32) > 0xFFFF => out.push_str(&format!("\\U{:08X}", c as u32)),
            c if must_escape(c) => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text without quotes is the same text for our reader and for the usual others, which take
/// `1.010` for a number, `no` for a truth value and `12:30` for minutes.
fn is_safe_plain(text: &str, flow: bool) -> bool {
    let words =
        ["", "~", "null", "yes", "no", "on", "off", "y", "n", "=", "<<", "---", "...", ".inf", ".nan"];
    let edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
    let number_like = text.bytes().any(|b| b".:_+eExXoO".contains(&b))
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_hexdigit() || b".:_+-xXoO".contains(&b));
    let zero_first = text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    !words.iter().any(|word| text.eq_ignore_ascii_case(word))
        && !edge(text.chars().next())
        && !edge(text.chars().next_back())
        && !number_like
        && !zero_first
        && !text.starts_with(|c: char| "-?:,[]{}#&*!|>'\"%@`.=<~“”‘’".contains(c))
        && !text.contains(": ")
        && !text.contains(":\u{a0}")
        && !text.ends_with(':')
        && !text.contains(" #")
        && !text.contains(|c: char| c.is_whitespace() && c != ' ' && c != '\u{a0}')
        && !(flow && text.contains([',', '[', ']', '{', '}', ':', '#', '?', '"', '\'']))
}
