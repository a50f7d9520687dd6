//! Findings for people and machines: text, JSON, GitHub annotations, GitLab reports, SARIF.

mod github;
mod gitlab;
mod json;
mod proposal;
mod sarif;
pub mod summary;
mod text;

use std::borrow::Cow;

use super::Lang;
use crate::base::diagnostic::{Diagnostic, Message, Severity};
use crate::parse::locate::{Located, LocatedReport};
use crate::pipeline::Stats;
use crate::privacy::{Allowed, Finding, Scope, scan};
use crate::serve::Fault;

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
    /// A Code Quality report of GitLab.
    Gitlab,
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
            "gitlab" => Some(Format::Gitlab),
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
    /// Whether every place of a rule that is broken in many files is named.
    pub all_places: bool,
    /// How many of the findings `check --fix` would mend by itself.
    pub fixable: usize,
    /// Which findings a person wants to see; machines always get all.
    pub shown: &'a dyn Fn(&Diagnostic) -> bool,
}

impl Audience<'_> {
    /// A message in the reader's language. Whatever value it quotes, no personal datum is shown:
    /// terminals are photographed and CI logs are public.
    fn say(&self, message: &Message) -> String {
        hide(self.lang.pick(&message.vi, &message.en), Scope::Other).into_owned()
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

/// A text with every personal datum masked, as many characters long as before, so that carets stay
/// under their words.
fn hide(text: &str, scope: Scope) -> Cow<'_, str> {
    let mut findings = scan(text, scope, &Allowed::none());
    // A quoted value is looked at by itself too: the words of the message around it (“mã thủ tục …”)
    // must not vouch for it.
    let mut at = 0;
    for (i, part) in text.split('`').enumerate() {
        if i % 2 == 1 {
            let quoted = scan(part, scope, &Allowed::none()).into_iter();
            findings.extend(quoted.map(|f| Finding { range: at + f.range.start..at + f.range.end, ..f }));
        }
        at += part.len() + 1;
    }
    if findings.is_empty() {
        return Cow::Borrowed(text);
    }
    findings.sort_by_key(|finding| finding.range.start);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for finding in findings {
        let (Some(before), Some(datum)) =
            (text.get(from..finding.range.start), text.get(finding.range.clone()))
        else {
            continue;
        };
        out.push_str(before);
        let width = datum.chars().count();
        let masked = finding.masked.chars().count();
        if masked <= width {
            out.push_str(&finding.masked);
        }
        out.extend(std::iter::repeat_n('*', if masked <= width { width - masked } else { width }));
        from = finding.range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Words of a file with every personal datum masked, for a report.
pub(super) fn masked<'t>(file: &str, words: &'t str) -> Cow<'t, str> {
    hide(words, scope_of(file))
}

/// How strictly a file is looked at.
fn scope_of(file: &str) -> Scope {
    if file.starts_with("phan-anh/") { Scope::Petition } else { Scope::Other }
}

/// The findings as the panel of the preview shows them; notes are not among them.
pub fn faults(report: &LocatedReport, audience: &Audience<'_>) -> Vec<Fault> {
    let shown = report.diagnostics.iter().filter(|found| found.diagnostic.severity != Severity::Note);
    shown
        .map(|found| Fault {
            blocks: found.diagnostic.severity == Severity::Error,
            code: found.diagnostic.rule.code,
            file: hide(&found.at.file, scope_of(&found.at.file)).into_owned(),
            line: found.at.line,
            column: found.at.column,
            message: audience.say(&found.diagnostic.message),
            help: found.diagnostic.help.as_ref().map(|help| audience.say(help)),
        })
        .collect()
}

/// Writes the findings.
pub fn write(format: Format, report: &LocatedReport, stats: &Stats, audience: &Audience<'_>) -> String {
    match format {
        Format::Text => text::write(report, stats, audience),
        Format::Json => json::write(report, stats, audience),
        Format::Github => github::write(report, audience),
        Format::Gitlab => gitlab::write(report, audience),
        Format::Sarif => sarif::write(report, audience),
    }
}
