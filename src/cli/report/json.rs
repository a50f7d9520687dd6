//! Findings as one JSON object: the contract for scripts.

use serde_json::{Value, json};

use super::Audience;
use crate::base::diagnostic::Severity;
use crate::parse::locate::{Located, LocatedReport};
use crate::pipeline::Stats;

/// `{"diagnostics": […], "summary": {…}}`; lines and columns start at 1, ends are exclusive.
pub fn write(report: &LocatedReport, stats: &Stats, audience: &Audience<'_>) -> String {
    let count = |severity| report.diagnostics.iter().filter(|d| d.diagnostic.severity == severity).count();
    let diagnostics: Vec<Value> = report
        .diagnostics
        .iter()
        .map(|found| {
            let diagnostic = &found.diagnostic;
            let mut object = place(&found.at, audience);
            object["code"] = json!(diagnostic.rule.code);
            object["slug"] = json!(diagnostic.rule.slug);
            object["severity"] = json!(diagnostic.severity.key());
            object["message"] = json!(audience.say(&diagnostic.message));
            object["help"] = json!(diagnostic.help.as_ref().map(|help| audience.say(help)));
            let related: Vec<Value> = diagnostic
                .related
                .iter()
                .zip(&found.related)
                .map(|((_, words), at)| {
                    let mut object = place(at, audience);
                    object["message"] = json!(audience.say(words));
                    object
                })
                .collect();
            object["related"] = json!(related);
            object
        })
        .collect();
    let object = json!({
        "diagnostics": diagnostics,
        "summary": {
            "errors": count(Severity::Error),
            "warnings": count(Severity::Warning),
            "notes": count(Severity::Note),
            "files": stats.files,
            "records": stats.records,
        },
    });
    format!("{}\n", serde_json::to_string_pretty(&object).unwrap_or_default())
}

fn place(at: &Located, audience: &Audience<'_>) -> Value {
    json!({
        "file": audience.file(at),
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
    })
}
