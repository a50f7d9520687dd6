//! Findings for people and machines: text, JSON, GitHub annotations, SARIF.

mod github;
mod json;
mod sarif;
pub mod summary;
mod text;

use super::Lang;
use crate::base::diagnostic::{Message, Severity};
use crate::parse::locate::{Located, LocatedReport};
use crate::pipeline::Stats;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One object, as docs/dev/formats.md gives it.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
}

impl Format {
    /// The format with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "text" => Some(Format::Text),
            "json" => Some(Format::Json),
            "github" => Some(Format::Github),
            "sarif" => Some(Format::Sarif),
            _ => None,
        }
    }
}

/// Who reads.
pub struct Audience<'a> {
    /// In which language.
    pub lang: Lang,
    /// What stands in front of the files of the content folder.
    pub content: String,
    /// Whether the figures of the findings come last.
    pub summary: bool,
    /// Whether colours help.
    pub colour: bool,
    /// Which severities a person wants to see; machines always get all.
    pub shown: &'a dyn Fn(Severity) -> bool,
}

impl Audience<'_> {
    fn say<'m>(&self, message: &'m Message) -> &'m str {
        self.lang.pick(&message.vi, &message.en)
    }

    /// The file of a place, relative to the current folder; empty for the site as a whole.
    fn file(&self, at: &Located) -> String {
        if at.file.is_empty() {
            self.content.trim_end_matches('/').to_owned()
        } else {
            format!("{}{}", self.content, at.file)
        }
    }
}

/// Writes the findings.
pub fn write(format: Format, report: &LocatedReport, stats: &Stats, audience: &Audience<'_>) -> String {
    match format {
        Format::Text => text::write(report, stats, audience),
        Format::Json => json::write(report, stats, audience),
        Format::Github => github::write(report, audience),
        Format::Sarif => sarif::write(report, audience),
    }
}
