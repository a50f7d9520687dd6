//! Findings as workflow commands of GitHub Actions, which become annotations on a pull request.

use super::Audience;
use crate::base::diagnostic::Severity;
use crate::parse::locate::LocatedReport;

/// `::error file=…,line=…,col=…,title=…::message`, a finding a line.
pub fn write(report: &LocatedReport, audience: &Audience<'_>) -> String {
    let mut out = String::new();
    for found in &report.diagnostics {
        let diagnostic = &found.diagnostic;
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let at = &found.at;
        let title = format!("{} {}", diagnostic.rule.code, diagnostic.rule.slug);
        let mut message = audience.say(&diagnostic.message);
        if let Some(help) = &diagnostic.help {
            message.push_str(&format!("\n{}: {}", audience.lang.pick("Gợi ý", "Help"), audience.say(help)));
        }
        out.push_str(&format!(
            "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
            property(&audience.file(at)),
            at.line,
            at.column,
            at.end_line,
            at.end_column,
            property(&title),
            data(&message),
        ));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
