//! What is wrong with the content, as data.
//!
//! A [`Diagnostic`] says which [`Rule`] was broken, where, and what to do; it is gathered by the
//! stages and never thrown. It names its place by file and path in the record (or byte range);
//! `parse::locate` turns that into line and column when it is printed, so nothing else carries spans.

use std::fmt;
use std::ops::Range;

use super::path::SitePath;

/// How bad it is. Errors keep the site from being published; warnings only with `--strict`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Makes a page wrong or unsafe.
    Error,
    /// Makes a record doubtful or incomplete.
    Warning,
    /// Worth knowing; nothing to mend at once.
    Note,
}

impl Severity {
    /// The English word of the machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// The stage of the pipeline that raises a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finding and reading files.
    Load,
    /// Turning one text into one record.
    Parse,
    /// Putting the records together.
    Model,
    /// Looking at the whole.
    Check,
    /// Planning the pages, and the theme.
    Plan,
    /// Making one page.
    Render,
}

/// One entry of the register of faults: a stable code with its documentation.
#[derive(Debug)]
pub struct Rule {
    /// `CK` and four digits, never re-used.
    pub code: &'static str,
    /// Names the fault (not the cure) in unaccented Vietnamese.
    pub slug: &'static str,
    /// Severity unless the site's policy lowers it.
    pub severity: Severity,
    /// The version that brought it.
    pub since: &'static str,
    /// Which stage finds it.
    pub raised_by: Stage,
    /// The page `docs/bien-tap/quy-tac/<code>.md`.
    pub doc: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

/// A sentence for people, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Vietnamese, for editors.
    pub vi: String,
    /// English, for `--lang en`.
    pub en: String,
}

/// Makes a [`Message`]: `msg!("tiếng Việt {x}", "English {x}")`. Both texts see the same variables.
#[macro_export]
macro_rules! msg {
    ($vi:literal, $en:literal $(,)?) => {
        $crate::base::diagnostic::Message { vi: format!($vi), en: format!($en) }
    };
}

/// A step into a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A key of a mapping.
    Key(String),
    /// A place in a list, from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Step::Index(index)
    }
}

/// A path in a record, such as `/ho_so/0/giay_to/2/mau`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(pub Vec<Step>);

impl Pointer {
    /// The record itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// This path, one step further.
    pub fn then(&self, step: impl Into<Step>) -> Self {
        let mut steps = self.0.clone();
        steps.push(step.into());
        Self(steps)
    }
}

/// Builds a [`Pointer`] from keys and indexes: `at!["ho_so", 0, "giay_to", i]`.
#[macro_export]
macro_rules! at {
    ($($step:expr),* $(,)?) => {
        $crate::base::diagnostic::Pointer(vec![$($crate::base::diagnostic::Step::from($step)),*])
    };
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            match step {
                Step::Key(key) => write!(f, "/{key}")?,
                Step::Index(index) => write!(f, "/{index}")?,
            }
        }
        Ok(())
    }
}

/// Which file a finding points into.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The site as a whole.
    Site,
    /// A file below the content folder.
    Content(SitePath),
    /// A file of the theme, by its path in the theme.
    Theme(String),
}

/// Where in that file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// The value at a path of the record (YAML file or front matter).
    Value(Pointer),
    /// The key at a path of the record.
    Key(Pointer),
    /// A part of the text of the value at a path: byte range in the value after YAML decoding.
    Within(Pointer, SpanRange),
    /// Bytes of the normalised text of the file (NFC, LF, no BOM).
    Bytes(SpanRange),
}

/// A byte range that can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpanRange {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<Range<usize>> for SpanRange {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// The place a finding points to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub origin: Origin,
    /// The spot in it.
    pub spot: Spot,
}

impl Place {
    /// The site as a whole.
    pub fn site() -> Self {
        Self { origin: Origin::Site, spot: Spot::File }
    }

    /// A content file as a whole.
    pub fn file(file: &SitePath) -> Self {
        Self { origin: Origin::Content(file.clone()), spot: Spot::File }
    }

    /// The value at a path of a record.
    pub fn value(file: &SitePath, pointer: Pointer) -> Self {
        Self { origin: Origin::Content(file.clone()), spot: Spot::Value(pointer) }
    }

    /// The key at a path of a record.
    pub fn key(file: &SitePath, pointer: Pointer) -> Self {
        Self { origin: Origin::Content(file.clone()), spot: Spot::Key(pointer) }
    }

    /// Some bytes of the normalised text of a file.
    pub fn bytes(file: &SitePath, range: Range<usize>) -> Self {
        Self { origin: Origin::Content(file.clone()), spot: Spot::Bytes(range.into()) }
    }
}

/// One fault, with its place and its remedy.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Which rule.
    pub rule: &'static Rule,
    /// The rule's severity, or what the site's policy lowered it to.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What is wrong: the fact, with the value quoted.
    pub message: Message,
    /// What to write instead.
    pub help: Option<Message>,
    /// Other places that belong to the fault, such as the first of two duplicates.
    pub related: Vec<(Place, Message)>,
}

impl Diagnostic {
    /// A finding with the rule's own severity.
    pub fn new(rule: &'static Rule, place: Place, message: Message) -> Self {
        Self { rule, severity: rule.severity, place, message, help: None, related: Vec::new() }
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// The same with an optional help.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<Message>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Points to another place that belongs to the fault.
    #[must_use]
    pub fn also(mut self, place: Place, message: Message) -> Self {
        self.related.push((place, message));
        self
    }
}

/// Findings in the order in which people read them.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds many.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// Adds what a stage found and hands on its value.
    pub fn keep<T>(&mut self, (value, found): (T, Vec<Diagnostic>)) -> T {
        self.0.extend(found);
        value
    }

    /// All of them, as gathered.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.0
    }
}

/// How many of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Tally {
    /// Counts `diagnostics`.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |s| diagnostics.iter().filter(|d| d.severity == s).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}
