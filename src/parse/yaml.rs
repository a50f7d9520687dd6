//! YAML, typed and with places. The one file that names the YAML crates.
//!
//! The fast path is serde with strict options. The explaining path is a tree of the same text with
//! byte ranges, built from the events of the parser that stands under the fast path, so both read
//! the same language. What YAML allows and records do not (anchors, aliases, merge keys, tags,
//! complex keys, several documents) is refused in the tree, and [`needs_tree`] sends every text that
//! could hold such a thing there.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle};
use serde::de::DeserializeOwned;

use crate::base::diagnostic::{Message, Rule};
use crate::codes::{CK0102, CK0103, CK0106, CK0107, CK0108, CK0118, CK0119};
use crate::msg;

/// Records nest five deep at most (`ho_so/0/giay_to/2/mau`); what nests deeper is a mistake.
const DEEPEST: usize = 32;

/// Reads a typed record. The error is only for the case that the explaining path finds nothing.
pub fn typed<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_yaml::from_str_with_options(text, options()).map_err(|error| error.to_string())
}

fn options() -> serde_yaml::Options {
    let mut options = serde_yaml::Options::default();
    options.duplicate_keys = serde_yaml::DuplicateKeyPolicy::Error;
    options.merge_keys = serde_yaml::MergeKeyPolicy::Error;
    options.leading_zero_numbers_as_strings = true;
    options.underscored_numbers_as_strings = true;
    options.strict_booleans = true;
    options.with_snippet = false;
    if let Some(budget) = &mut options.budget {
        budget.max_aliases = 0;
        budget.max_anchors = 0;
        budget.max_depth = DEEPEST;
    }
    options
}

/// Whether a text may hold YAML that only the tree can judge: anchors, aliases, tags, directives,
/// merge keys, complex keys, document marks, escapes. Wrong alarms only cost time.
pub fn needs_tree(text: &str) -> bool {
    text.bytes().any(|b| matches!(b, b'&' | b'*' | b'!' | b'%' | b'\\' | b'?'))
        || text.contains("<<")
        || text.lines().any(|line| line.starts_with("---") || line.starts_with("..."))
        || swallows_words(text)
}

/// Whether a line looks as if YAML read it otherwise than a clerk means it: words after ` #`, curly quotes
/// around a value, or an entry of a list that hangs on the line above.
fn swallows_words(text: &str) -> bool {
    let mut above = "";
    let mut folded: Option<usize> = None;
    text.lines().any(|line| {
        let entry = line.trim_start();
        let indent = line.len() - entry.len();
        let entry_above = above.trim_start();
        let is_entry = entry.starts_with("- ");
        let hangs = is_entry
            && entry_above.starts_with("- ")
            && indent > above.len() - entry_above.len()
            && !above.trim_end().ends_with([':', '|', '>', '-'])
            && !entry_above.starts_with("- - ");
        // A folded text goes on as long as its lines stand further in than what opened it.
        folded = folded.filter(|column| entry.is_empty() || indent > *column);
        let suspicious = hangs || (folded.is_some() && is_entry) || super::advice::is_called_for(line);
        let opens = [">", ">-", ">+"].iter().any(|mark| line.trim_end().ends_with(mark));
        if folded.is_none() && opens {
            folded = Some(column(line));
        }
        above = line;
        suspicious
    })
}

/// The column of what a line opens a block for: that of its key, or of its last `-` where it has none.
fn column(line: &str) -> usize {
    let mut at = line.len() - line.trim_start().len();
    while let Some(rest) = line.get(at..).and_then(|rest| rest.strip_prefix("- ")) {
        let rest = rest.trim_start();
        if rest.starts_with('>') {
            break;
        }
        at = line.len() - rest.len();
    }
    at
}

/// `#1`, `#tag`: a comment that nobody meant as one has no space behind the sign.
pub(super) fn is_glued(comment: &str) -> bool {
    comment.chars().nth(1).is_some_and(|c| !c.is_whitespace() && c != '#' && c != '!')
}

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its bytes in the text, quotes included.
    pub span: Range<usize>,
}

/// The three kinds of value.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// A scalar: its text after YAML decoding, and whether it was written without quotes.
    Scalar {
        /// The decoded text.
        text: String,
        /// Plain style: not quoted, not a block.
        plain: bool,
        /// A block (`|`, `>`): its span is that of its lines, without the header.
        block: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the text; keys are scalars.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The decoded text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// `key:` with nothing, `~` or `null` behind it.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar { text, plain: true, .. }
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The entry of a mapping with this key.
    pub fn entry(&self, key: &str) -> Option<&(Node, Node)> {
        match &self.kind {
            NodeKind::Map(entries) => entries.iter().find(|(k, _)| k.text() == Some(key)),
            _ => None,
        }
    }
}

/// What is wrong with the text as YAML, with its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct YamlFault {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: Message,
    /// What to write instead.
    pub help: Message,
    /// Another place that belongs to it: the first of two equal keys.
    pub first: Option<Range<usize>>,
}

/// The tree of a text, as far as it could be read, and everything that is wrong with it as YAML.
#[derive(Debug)]
pub struct Tree {
    /// The value of the document; `None` if there is none or its syntax is broken.
    pub root: Option<Node>,
    /// The faults, in the order of the text.
    pub faults: Vec<YamlFault>,
    /// Whether the syntax itself is broken, so that nothing can be said of the record.
    pub broken: bool,
}

/// Reads the tree of a text.
pub fn tree(text: &str) -> Tree {
    let mut builder = Builder { text, faults: Vec::new(), stack: Vec::new(), root: None, documents: 0 };
    let mut options = granit_parser::Options::default();
    options.emit_comments = true;
    options.emit_unresolved_aliases = true;
    options.emit_anchor_events = true;
    // A file is a megabyte at most; a hundred lines of remarks below an empty key are no fault of it.
    options.max_buffered_comment_events = usize::MAX;
    let mut broken = false;
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(0..0);
                let tag = event.tag().map(|tag| (tag.original(), span.tag_span()));
                if let Some((tag, tag_span)) = tag {
                    let range = tag_span.and_then(|s| s.byte_range()).unwrap_or_else(|| range.clone());
                    builder.tag(&tag, range);
                }
                if !builder.event(event, range) {
                    broken = true;
                    break;
                }
            }
            Err(error) => {
                builder.syntax(&error);
                broken = true;
                break;
            }
        }
    }
    let Builder { mut faults, root, .. } = builder;
    faults.sort_by_key(|fault| fault.span.start);
    Tree { root: if broken { None } else { root }, faults, broken }
}

enum Open {
    List { items: Vec<Node>, start: usize },
    Map { entries: Vec<(Node, Node)>, seen: HashMap<String, Range<usize>>, key: Option<Node>, start: usize },
}

struct Builder<'t> {
    text: &'t str,
    faults: Vec<YamlFault>,
    stack: Vec<Open>,
    root: Option<Node>,
    documents: usize,
}

impl Builder<'_> {
    fn fault(&mut self, rule: &'static Rule, span: Range<usize>, message: Message, help: Message) {
        // An empty key may stand where the text ends: there is no character to point at.
        let end = span.end.min(self.text.len());
        let span = span.start.min(end)..end;
        self.faults.push(YamlFault { rule, span, message, help, first: None });
    }

    /// Takes one event; `false` stops the reading.
    fn event(&mut self, event: Event<'_>, span: Range<usize>) -> bool {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.fault(
                        CK0106,
                        span,
                        msg!(
                            "tệp có hơn một tài liệu YAML (dòng `---`)",
                            "more than one YAML document (`---`)"
                        ),
                        msg!(
                            "mỗi tệp một bản ghi: tách phần sau ra tệp khác",
                            "one record a file: move the rest to a file of its own"
                        ),
                    );
                    return false;
                }
            }
            Event::Comment(words, _) => self.comment(&words, span),
            Event::Scalar(value, style, _, _) => {
                self.controls(&value, style, &span);
                self.joined_entries(style, &span);
                let plain = style == ScalarStyle::Plain;
                let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                let span = self.trimmed(span, style);
                self.add(Node { kind: NodeKind::Scalar { text: value.into_owned(), plain, block }, span });
            }
            Event::SequenceStart(..) => {
                self.complex_key(&span);
                self.stack.push(Open::List { items: Vec::new(), start: span.start });
            }
            Event::MappingStart(style, ..) => {
                if !matches!(style, StructureStyle::Flow) || self.text[span.start..].starts_with('{') {
                    self.complex_key(&span);
                }
                self.stack.push(Open::Map {
                    entries: Vec::new(),
                    seen: HashMap::new(),
                    key: None,
                    start: span.start,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.stack.pop() {
                    let end = self.end_of_collection(&open, &span);
                    let node = match open {
                        Open::List { items, start } => {
                            Node { kind: NodeKind::List(items), span: start..end.max(start) }
                        }
                        Open::Map { entries, start, .. } => {
                            Node { kind: NodeKind::Map(entries), span: start..end.max(start) }
                        }
                    };
                    self.add(node);
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.fault(
                    CK0106,
                    span.clone(),
                    msg!(
                        "bí danh YAML (`*tên`) không dùng trong bản ghi",
                        "records do not use YAML aliases (`*name`)"
                    ),
                    msg!(
                        "chép lại nội dung; nếu là chữ bắt đầu bằng dấu sao thì đặt trong ngoặc kép",
                        "repeat the content; put a text that starts with an asterisk in quotes"
                    ),
                );
                self.add(Node {
                    kind: NodeKind::Scalar { text: String::new(), plain: false, block: false },
                    span,
                });
            }
            Event::Anchor(..) => self.fault(
                CK0106,
                span,
                msg!(
                    "neo YAML (`&tên`) không dùng trong bản ghi",
                    "records do not use YAML anchors (`&name`)"
                ),
                msg!(
                    "xóa phần `&tên`; nếu là chữ bắt đầu bằng dấu & thì đặt trong ngoặc kép",
                    "delete `&name`; put a text that starts with & in quotes"
                ),
            ),
            _ => {}
        }
        if self.stack.len() > DEEPEST {
            let at = match self.stack.last() {
                Some(Open::List { start, .. } | Open::Map { start, .. }) => *start,
                None => 0,
            };
            self.fault(
                CK0107,
                at..at + 1,
                msg!(
                    "lồng nhau quá sâu (hơn {DEEPEST} tầng)",
                    "nested too deep (more than {DEEPEST} levels)"
                ),
                msg!(
                    "xem lại các dấu ngoặc và khoảng thụt đầu dòng",
                    "check the brackets and the indentation"
                ),
            );
            return false;
        }
        true
    }

    fn tag(&mut self, tag: &str, span: Range<usize>) {
        self.fault(
            CK0106,
            span,
            msg!("nhãn YAML `{tag}` không dùng trong bản ghi", "records do not use YAML tags (`{tag}`)"),
            msg!(
                "xóa nhãn; nếu là chữ bắt đầu bằng dấu ! thì đặt trong ngoặc kép",
                "delete the tag; put a text that starts with ! in quotes"
            ),
        );
    }

    fn complex_key(&mut self, span: &Range<usize>) {
        if let Some(Open::Map { key: None, .. }) = self.stack.last() {
            self.fault(
                CK0106,
                span.start..span.start + 1,
                msg!(
                    "khóa phải là một từ, không phải danh sách hay nhóm",
                    "a key must be a word, not a list or a mapping"
                ),
                msg!("viết `tên_khóa: giá trị`", "write `key: value`"),
            );
        }
    }

    /// A comment behind a value, glued to its sign: the words were meant to be part of the value.
    fn comment(&mut self, words: &str, span: Range<usize>) {
        let line_start = self.text[..span.start].rfind('\n').map_or(0, |i| i + 1);
        let behind_value = !self.text[line_start..span.start].trim().is_empty();
        if behind_value && is_glued(&self.text[span.clone()]) {
            let words = words.trim_end();
            self.fault(
                CK0118,
                span,
                msg!(
                    "phần `#{words}` bị bỏ khỏi giá trị: sau dấu cách, YAML coi `#` là lời ghi chú",
                    "`#{words}` is left out of the value: after a space, YAML takes `#` for a comment"
                ),
                msg!(
                    "đặt cả giá trị trong ngoặc kép; nếu đúng là lời ghi chú thì viết `# {words}`",
                    "put the whole value in quotes; write `# {words}` if it is a comment"
                ),
            );
        }
    }

    /// Lines that begin with a dash inside one text: a list that YAML joins.
    fn joined_entries(&mut self, style: ScalarStyle, span: &Range<usize>) {
        if !matches!(style, ScalarStyle::Plain | ScalarStyle::Folded) {
            return;
        }
        let Some(raw) = self.text.get(span.clone()) else { return };
        let mut at = span.start;
        let mut entries = Vec::new();
        for (i, line) in raw.split_inclusive('\n').enumerate() {
            let indent = line.len() - line.trim_start().len();
            if i > 0 && line[indent..].starts_with("- ") {
                entries.push(at + indent..at + line.trim_end().len());
            }
            at += line.len();
        }
        // A wrapped line of a folded text may begin with a dash by chance; two are a list.
        let enough = if style == ScalarStyle::Plain { 1 } else { 2 };
        if entries.len() >= enough {
            let first = entries.remove(0);
            self.fault(
                CK0119,
                first,
                msg!("dòng bắt đầu bằng dấu gạch bị dồn vào dòng trên, không thành một mục", "a line that starts with a dash is joined to the line above, not made an entry"),
                msg!(
                    "nếu là mục của danh sách YAML thì viết thẳng cột với mục trên; nếu là danh sách trong đoạn chữ thì thay `>-` bằng `|-`",
                    "line an entry of a YAML list up with the one above; for a list inside a text write `|-` instead of `>-`"
                ),
            );
        }
    }

    /// Control characters that came in through escapes such as "\u0000"; those in the text itself
    /// were found before.
    fn controls(&mut self, value: &str, style: ScalarStyle, span: &Range<usize>) {
        if style != ScalarStyle::DoubleQuoted {
            return;
        }
        if let Some(c) = value.chars().find(|&c| crate::vi::unicode::is_forbidden_control(c)) {
            let code = c as u32;
            self.fault(
                CK0108,
                span.clone(),
                msg!("có ký tự điều khiển U+{code:04X}", "control character U+{code:04X}"),
                msg!("xóa ký tự đó", "delete the character"),
            );
        }
    }

    /// Block scalars reach to the next key; the caret should end with their text.
    fn trimmed(&self, span: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let end = span.end.min(self.text.len());
        let start = span.start.min(end);
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let slice = &self.text[start..end];
            return start..start + slice.trim_end().len().max(1).min(slice.len());
        }
        start..end
    }

    fn end_of_collection(&self, open: &Open, span: &Range<usize>) -> usize {
        let last = match open {
            Open::List { items, .. } => items.last().map(|node| node.span.end),
            Open::Map { entries, .. } => entries.last().map(|(_, value)| value.span.end),
        };
        // A flow collection ends with its bracket, a block one with its last value.
        match self.text.get(span.clone()) {
            Some("]" | "}") => span.end,
            _ => last.unwrap_or(span.end),
        }
    }

    fn add(&mut self, node: Node) {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, seen, key, .. }) => match key.take() {
                None => {
                    let name = node.text().map(str::to_owned);
                    let span = node.span.clone();
                    *key = Some(node);
                    let Some(name) = name else { return };
                    if name == "<<" {
                        self.fault(
                            CK0106,
                            span,
                            msg!(
                                "khóa gộp `<<` không dùng trong bản ghi",
                                "records do not use merge keys `<<`"
                            ),
                            msg!("chép lại các khóa cần dùng", "repeat the keys"),
                        );
                    } else if let Some(first) = seen.get(&name).cloned() {
                        self.faults.push(YamlFault {
                            rule: CK0103,
                            span,
                            message: msg!("khóa `{name}` viết hai lần", "the key `{name}` stands twice"),
                            help: msg!(
                                "giữ một, xóa một; nếu là danh sách thì gộp lại",
                                "keep one and delete the other; merge them if they are lists"
                            ),
                            first: Some(first),
                        });
                    } else {
                        seen.insert(name, span);
                    }
                }
                Some(key) => entries.push((key, node)),
            },
        }
    }

    fn syntax(&mut self, error: &granit_parser::ScanError) {
        let at = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        if let Some(slip) = self.slip(at, error.kind()) {
            self.faults.push(slip);
            return;
        }
        let span = self.tab_indent(at, error.kind()).unwrap_or_else(|| self.caret(at));
        let technical = error.info();
        let (message, help) = syntax_words(error.kind(), &technical);
        let rule = match error.kind() {
            ErrorKind::RecursionLimitExceeded => CK0107,
            _ => CK0102,
        };
        self.fault(rule, span, message, help);
    }

    /// The line of `at` (its range, without the end of the line) and the last line above it with words.
    fn lines_at(&self, at: usize) -> [Option<Range<usize>>; 2] {
        let line = |at: usize| {
            let start = self.text[..at].rfind('\n').map_or(0, |i| i + 1);
            start..self.text[at..].find('\n').map_or(self.text.len(), |i| at + i)
        };
        let at = (0..=at).rev().find(|&i| self.text.is_char_boundary(i)).unwrap_or(0);
        let here = line(at);
        let before = self.text[..here.start].trim_end();
        let above = (!before.is_empty()).then(|| line(before.len()));
        [Some(here), above]
    }

    /// Slips of the pen that the parser only notices later, or explains in its own way.
    fn slip(&self, at: usize, kind: &ErrorKind) -> Option<YamlFault> {
        use ErrorKind as K;
        let known = matches!(
            kind,
            K::MappingValueNotAllowed
                | K::InvalidColonPlacement
                | K::InvalidMappingValueWhitespace
                | K::InvalidIndentation
                | K::ExpectedBlockMappingKey
                | K::MappingKeyNotAllowed
                | K::SimpleKeyExpected
                | K::InvalidSimpleKey
                | K::ExpectedBlockSequenceEntry
                | K::BlockSequenceEntryNotAllowed
                | K::InvalidBlockEntryWhitespace
        );
        if !known {
            return None;
        }
        let fault = |span: Range<usize>, message: Message, help: Message| {
            Some(YamlFault { rule: CK0102, span, message, help, first: None })
        };
        let lines = self.lines_at(at);
        let [Some(here), above] = &lines else { return None };
        let before = self.text[here.start..at.clamp(here.start, here.end)].trim_end();
        if before.ends_with([']', '}']) && at < here.end {
            return fault(
                at..here.start + self.text[here.clone()].trim_end().len(),
                msg!("sau dấu ngoặc đóng còn có chữ", "there is text after the closing bracket"),
                msg!(
                    "giá trị bắt đầu bằng `[` hoặc `{{` thì đặt cả giá trị trong ngoặc kép",
                    "put a value that starts with `[` or `{{` in quotes"
                ),
            );
        }
        for line in lines.iter().flatten() {
            let words = self.text[line.clone()].trim();
            let start = line.end - self.text[line.clone()].trim_start().len();
            let mut letters = words.chars();
            let (first, second) = (letters.next()?, letters.next());
            if first == '-' && second.is_some_and(|c| c.is_alphabetic() || c == '"') {
                return fault(
                    start..start + 1,
                    msg!("sau dấu gạch đầu dòng thiếu dấu cách", "a space is missing after the dash"),
                    msg!(
                        "viết dấu gạch, một dấu cách rồi nội dung: `- …`",
                        "write the dash, a space, then the text: `- …`"
                    ),
                );
            }
            if is_false_dash(first) {
                return fault(start..start + first.len_utf8(), false_dash(first), false_dash_help());
            }
            let key_end = words.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '_');
            let behind = key_end.filter(|end| *end > 0).map(|end| (end, words[end..].chars()));
            if let Some((end, mut rest)) = behind {
                let (mark, next) = (rest.next(), rest.next());
                let colon = start + end;
                if mark == Some('\u{FF1A}') {
                    return fault(
                        colon..colon + 3,
                        msg!(
                            "dấu hai chấm `：` là dấu của bộ gõ khác, không phải `:`",
                            "`：` is not the colon `:`"
                        ),
                        msg!("gõ lại dấu `:` rồi một dấu cách", "type `:` again, then a space"),
                    );
                }
                if mark == Some(':') && next.is_some_and(|c| !c.is_whitespace()) {
                    return fault(
                        colon..colon + 1,
                        msg!("sau dấu hai chấm thiếu dấu cách", "a space is missing after the colon"),
                        msg!("viết `tên_khóa: giá trị`", "write `key: value`"),
                    );
                }
            }
        }
        // A key further in than the line above, which has a value of its own already.
        let above = above.as_ref()?;
        let indent = |line: &Range<usize>| {
            let text = &self.text[line.clone()];
            text.len() - text.trim_start().len()
        };
        let key = self.text[here.clone()].trim_start().split(':').next().unwrap_or_default();
        let is_key =
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let has_value = self.text[above.clone()].contains(": ");
        if matches!(kind, K::MappingValueNotAllowed) && is_key && has_value && indent(here) > indent(above) {
            let start = here.start + indent(here);
            return fault(
                start..start + key.len(),
                msg!(
                    "dòng này thụt sâu hơn dòng trên nên bị coi là phần nối của dòng trên",
                    "this line stands further in than the one above and is taken for its continuation"
                ),
                msg!(
                    "viết `{key}` thẳng cột với khóa cùng cấp; nếu đúng là chữ của dòng trên thì đặt cả đoạn chữ trong ngoặc kép",
                    "line `{key}` up with the keys of its level; if it belongs to the text above, put the whole text in quotes"
                ),
            );
        }
        // `ten Cấp phép`: a key whose colon was forgotten, or the rest of a text that stands too far out.
        let words = self.text[here.clone()].trim();
        let word = words.split(' ').next().unwrap_or_default();
        let like_a_key = word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let stray = matches!(
            kind,
            K::InvalidIndentation | K::ExpectedBlockMappingKey | K::SimpleKeyExpected | K::InvalidSimpleKey
        );
        if stray && like_a_key && words.len() > word.len() && !words.contains(':') {
            let start = here.start + indent(here);
            return fault(
                start..start + word.len(),
                msg!("sau `{word}` không có dấu hai chấm", "there is no colon after `{word}`"),
                msg!(
                    "nếu `{word}` là khóa thì viết `{word}: …`; nếu dòng này nối tiếp dòng trên thì thụt vào sâu hơn dòng trên",
                    "if `{word}` is a key write `{word}: …`; if the line continues the one above, indent it further"
                ),
            );
        }
        None
    }

    /// The tab itself: the parser points to the value that the tab breaks off.
    fn tab_indent(&self, at: usize, kind: &ErrorKind) -> Option<Range<usize>> {
        if !is_tab(kind) {
            return None;
        }
        let line_start = self.text.get(..at)?.rfind('\n').map_or(0, |i| i + 1);
        let mut start = line_start;
        for line in self.text[line_start..].split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            if let Some(tab) = line[..indent].find('\t') {
                return Some(start + tab..start + tab + 1);
            }
            start += line.len();
        }
        None
    }

    /// One character at `at`, or the last one before it if the text ends or the line does.
    fn caret(&self, at: usize) -> Range<usize> {
        let at = (0..=at).rev().find(|&i| self.text.is_char_boundary(i)).unwrap_or(0);
        match self.text[at..].chars().next() {
            Some(c) if c != '\n' => at..at + c.len_utf8(),
            _ => {
                let before = self.text[..at].trim_end();
                let start = before.char_indices().next_back().map_or(0, |(i, _)| i);
                start..before.len()
            }
        }
    }
}

/// Characters that word processors write where YAML wants a dash.
pub(super) fn is_false_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '•' | '·' | '●' | '▪' | '◦' | '\u{F0B7}')
}

/// What to say of one.
pub(super) fn false_dash(c: char) -> Message {
    msg!("dấu `{c}` không phải dấu gạch của danh sách", "`{c}` is not the dash of a list")
}

/// What to write instead of one.
pub(super) fn false_dash_help() -> Message {
    msg!("gõ lại bằng dấu gạch ngắn và một dấu cách: `- …`", "type a plain dash and a space: `- …`")
}

fn is_tab(kind: &ErrorKind) -> bool {
    use ErrorKind as K;
    matches!(
        kind,
        K::TabNotAllowed
            | K::TabInBlockIndentation
            | K::TabInIndentation
            | K::TabAtBlockScalarStart
            | K::TabInPlainScalar
    )
}

/// The faults that clerks really make, in plain words; the rest with the parser's own.
fn syntax_words(kind: &ErrorKind, technical: &str) -> (Message, Message) {
    use ErrorKind as K;
    match kind {
        _ if is_tab(kind) => (
            msg!("đầu dòng thụt bằng phím Tab", "indented with a tab"),
            msg!(
                "thụt đầu dòng bằng dấu cách (mỗi cấp hai dấu cách)",
                "indent with spaces (two for each level)"
            ),
        ),
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar | K::InvalidQuotedScalarIndent => (
            msg!("dấu ngoặc kép mở ra mà không đóng lại", "a quote is opened and never closed"),
            msg!("thêm dấu ngoặc kép đóng ở cuối phần chữ", "add the closing quote at the end of the text"),
        ),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => (
            msg!("sau dấu ngoặc kép đóng còn có chữ", "there is text after the closing quote"),
            msg!(
                "đặt cả phần chữ trong ngoặc; dấu ngoặc bên trong viết `\\\"`",
                "put the whole text in quotes; write an inner quote as `\\\"`"
            ),
        ),
        K::MappingValueNotAllowed | K::InvalidColonPlacement | K::InvalidMappingValueWhitespace => (
            msg!("dấu hai chấm đứng ở chỗ không hiểu được", "a colon where it cannot be understood"),
            msg!(
                "nếu nội dung có dấu hai chấm thì đặt cả nội dung trong ngoặc kép, hoặc viết xuống dòng sau `>-`",
                "put a text that has a colon in quotes, or write it on the next lines after `>-`"
            ),
        ),
        K::InvalidIndentation
        | K::ExpectedBlockMappingKey
        | K::MappingKeyNotAllowed
        | K::SimpleKeyExpected
        | K::InvalidSimpleKey => (
            msg!(
                "dòng này thụt vào không khớp với các dòng trên, hoặc thiếu dấu hai chấm",
                "this line's indentation does not match the lines above, or a colon is missing"
            ),
            msg!(
                "các khóa cùng cấp phải thẳng cột; mỗi khóa viết `tên_khóa: giá trị`",
                "keys of one level stand in one column; write each as `key: value`"
            ),
        ),
        K::ExpectedBlockSequenceEntry
        | K::BlockSequenceEntryNotAllowed
        | K::BlockEntryInFlowCollection
        | K::InvalidBlockEntryWhitespace => (
            msg!("danh sách viết không thẳng cột", "the entries of a list do not line up"),
            msg!(
                "mỗi mục một dòng bắt đầu bằng `- `, thẳng cột với mục trên",
                "start each entry with `- `, in one column"
            ),
        ),
        K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedFlowSequenceSeparator
        | K::UnclosedFlowCollection { .. }
        | K::MismatchedFlowCollectionEnd { .. }
        | K::MisplacedFlowCollectionEnd
        | K::InvalidFlowScalarIndent => (
            msg!("dấu ngoặc `[ ]` hoặc `{{ }}` không khớp", "brackets `[ ]` or `{{ }}` do not match"),
            msg!(
                "đóng ngoặc, hoặc đặt nội dung có dấu ngoặc trong ngoặc kép",
                "close the bracket, or put a text with brackets in quotes"
            ),
        ),
        K::UnexpectedCharacter { character } => (
            msg!(
                "ký tự `{character}` không được đứng đầu giá trị",
                "a value cannot start with `{character}`"
            ),
            msg!("đặt cả giá trị trong ngoặc kép", "put the whole value in quotes"),
        ),
        K::UnknownQuotedScalarEscape | K::InvalidQuotedScalarHexEscape | K::InvalidUnicodeEscape => (
            msg!("dấu `\\` trong ngoặc kép không hiểu được", "a `\\` in double quotes cannot be understood"),
            msg!("viết `\\\\`, hoặc dùng ngoặc đơn `'…'`", "write `\\\\`, or use single quotes `'…'`"),
        ),
        K::InvalidBlockScalarIndent | K::ZeroBlockScalarIndent | K::InvalidBlockScalarHeader => (
            msg!(
                "đoạn chữ nhiều dòng (sau `|` hoặc `>-`) viết sai",
                "a text of several lines (after `|` or `>-`) is malformed"
            ),
            msg!(
                "để `>-` ở cuối dòng khóa, nội dung xuống dòng và thụt vào hai dấu cách",
                "end the key's line with `>-`, then indent the text by two spaces"
            ),
        ),
        K::InvalidTagTerminator
        | K::MissingTagUri
        | K::UnclosedVerbatimTag
        | K::InvalidTagEscape
        | K::ExpectedTagBang
        | K::UndeclaredTagHandle
        | K::InvalidGlobalTagCharacter => (
            msg!("giá trị bắt đầu bằng dấu `!`", "a value starts with `!`"),
            msg!("đặt cả giá trị trong ngoặc kép", "put the whole value in quotes"),
        ),
        K::MissingAnchorOrAliasName => (
            msg!("giá trị bắt đầu bằng dấu `*` hoặc `&`", "a value starts with `*` or `&`"),
            msg!("đặt cả giá trị trong ngoặc kép", "put the whole value in quotes"),
        ),
        K::RecursionLimitExceeded => (
            msg!("lồng nhau quá sâu", "nested too deep"),
            msg!("xem lại các dấu ngoặc và khoảng thụt đầu dòng", "check the brackets and the indentation"),
        ),
        _ => (
            msg!("không đọc được YAML ở đây", "cannot read the YAML here ({technical})"),
            msg!(
                "xem lại dòng này và dòng ngay trên: dấu hai chấm, dấu ngoặc, khoảng thụt đầu dòng",
                "check this line and the one above: colon, quotes, indentation"
            ),
        ),
    }
}

/// Writes a value as YAML, quoting what a YAML reader could take for something else.
pub fn write<T: serde::Serialize>(value: &T) -> Result<String, String> {
    serde_yaml::to_string(value).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes(text: &str) -> Vec<&'static str> {
        tree(text).faults.iter().map(|fault| fault.rule.code).collect()
    }

    #[test]
    fn places_are_the_words_themselves() {
        let text = "ma: 1.010\nho_so:\n  - giay_to:\n      - ten: \"Đơn: mẫu\"\n        ghi_chu: >-\n          Một\n          hai\nrong:\n";
        let tree = tree(text);
        assert!(tree.faults.is_empty());
        let root = tree.root.expect("a tree");
        let at = |node: &Node| text[node.span.clone()].to_owned();
        let (key, code) = root.entry("ma").expect("there");
        assert_eq!((at(key), at(code), code.text()), ("ma".into(), "1.010".into(), Some("1.010")));
        let NodeKind::List(cases) = &root.entry("ho_so").expect("there").1.kind else { panic!("a list") };
        let NodeKind::List(papers) = &cases[0].entry("giay_to").expect("there").1.kind else {
            panic!("a list")
        };
        let (_, name) = papers[0].entry("ten").expect("there");
        assert_eq!((at(name), name.text()), ("\"Đơn: mẫu\"".into(), Some("Đơn: mẫu")));
        let (_, note) = papers[0].entry("ghi_chu").expect("there");
        assert_eq!(note.text(), Some("Một hai"));
        assert!(at(note).ends_with("hai"), "{:?}", at(note));
        assert!(root.entry("rong").expect("there").1.is_null());
    }

    #[test]
    fn what_records_do_not_use_is_refused_with_its_place() {
        for (text, code, words) in [
            ("a: &x 1\n", "CK0106", "&x"),
            ("a: 1\nb: *x\n", "CK0106", "*x"),
            ("a: !!str 1\n", "CK0106", "!!str"),
            ("a: !ten 1\n", "CK0106", "!ten"),
            ("a: !tên 1\n", "CK0102", "!"),
            ("<<: {b: 1}\n", "CK0106", "<<"),
            ("? [a]\n: 1\n", "CK0106", "["),
            ("a: 1\n---\nb: 1\n", "CK0106", "---"),
            ("a: 1\na: 2\n", "CK0103", "a"),
            ("a: \"\\u0000\"\n", "CK0108", "\"\\u0000\""),
        ] {
            let found = tree(text).faults;
            let fault = found.first().unwrap_or_else(|| panic!("{text:?} has a fault"));
            assert_eq!(fault.rule.code, code, "{text:?}");
            assert_eq!(&text[fault.span.clone()], words, "{text:?}");
            assert!(
                needs_tree(text) || typed::<serde_json::Value>(text).is_err() || code == "CK0103",
                "{text:?}"
            );
        }
    }

    #[test]
    fn both_places_of_a_double_key_are_told() {
        let text = "ten: a\nma: 1\nten: b\n";
        let fault = tree(text).faults.remove(0);
        assert_eq!((fault.span, fault.first), (13..16, Some(0..3)));
    }

    #[test]
    fn hostile_nesting_ends_at_once() {
        for text in ["[".repeat(100_000), "{a: ".repeat(20_000), "- ".repeat(3_000)] {
            let started = std::time::Instant::now();
            assert!(!codes(&text).is_empty());
            assert!(typed::<serde_json::Value>(&text).is_err());
            assert!(started.elapsed().as_secs() < 5);
        }
    }

    #[test]
    fn any_number_of_remarks_may_stand_below_an_empty_key() {
        assert!(codes(&format!("a:\n{}b: 1\n", "# dặn\n".repeat(1_000))).is_empty());
        let started = std::time::Instant::now();
        assert!(codes(&format!("a:\n{}", "#\n".repeat(500_000))).is_empty());
        assert!(started.elapsed().as_secs() < 5);
    }

    #[test]
    fn slips_of_the_pen_are_named_where_they_stand() {
        for (text, words, start) in [
            ("a:\n  - b: 1\n    c: 2\n  -d: 3\n    e: 4\n", "sau dấu gạch đầu dòng thiếu dấu cách", "-d"),
            ("a:\n  - Một\n  -Hai\nb: 1\n", "sau dấu gạch đầu dòng thiếu dấu cách", "-Hai"),
            ("a:\n  - Một\n  – Hai\nb: 1\n", "dấu `–` không phải dấu gạch của danh sách", "–"),
            ("a: 1\nten:Một\nb: 2\n", "sau dấu hai chấm thiếu dấu cách", ":Một"),
            ("a: 1\nten： Một\nb: 2\n", "dấu hai chấm `：` là dấu của bộ gõ khác, không phải `:`", "："),
            ("a: [Một] hai\nb: 2\n", "sau dấu ngoặc đóng còn có chữ", "hai"),
            (
                "a: Một\n  b: 2\n",
                "dòng này thụt sâu hơn dòng trên nên bị coi là phần nối của dòng trên",
                "b:",
            ),
            ("a: Một: hai\n", "dấu hai chấm đứng ở chỗ không hiểu được", ": hai"),
        ] {
            let fault = tree(text).faults.pop().unwrap_or_else(|| panic!("{text:?} has a fault"));
            assert_eq!(fault.message.vi, words, "{text:?}");
            assert!(text[fault.span.start..].starts_with(start), "{text:?}: {:?}", &text[fault.span]);
        }
    }

    #[test]
    fn a_list_for_a_key_at_the_very_end_is_named() {
        assert_eq!(codes("?\n-"), ["CK0106"]);
        assert_eq!(tree("?\n-").faults.remove(0).span, 3..3);
    }

    #[test]
    fn a_tab_and_an_open_quote_are_named() {
        assert_eq!(codes("a: 1\n\tb: 2\n"), ["CK0102"]);
        let tab = tree("a: 1\n\tb: 2\n").faults.remove(0);
        assert_eq!(tab.span, 5..6);
        let quote = tree("a: \"x\nb: y\n").faults.remove(0);
        assert_eq!((quote.rule.code, quote.span.start), ("CK0102", 3));
    }

    proptest! {
        #[test]
        fn any_text_gives_places_inside_it(text in "[a-đ:\\-\\[\\]{}&*!|>'\"#%@`?, \\n\\t]{0,80}") {
            let tree = tree(&text);
            for fault in &tree.faults {
                prop_assert!(fault.span.start <= fault.span.end && fault.span.end <= text.len(), "{:?}", fault);
                prop_assert!(text.is_char_boundary(fault.span.start) && text.is_char_boundary(fault.span.end), "{:?}", fault);
            }
            if tree.root.is_none() && !tree.broken {
                prop_assert!(text.lines().all(|l| l.trim().is_empty() || l.trim_start().starts_with('#') || l.starts_with("---") || l.starts_with("...") || l.starts_with('%')), "{text:?}");
            }
        }

        #[test]
        fn what_is_written_reads_back(words in proptest::collection::vec("\\PC{0,20}", 0..6)) {
            let text = write(&words).expect("written");
            let back: Vec<String> = typed(&text).expect("read back");
            prop_assert_eq!(back, words);
        }
    }
}
