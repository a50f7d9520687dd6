//! Findings as a Code Quality report of GitLab, which shows them on a merge request.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::Audience;
use crate::base::diagnostic::Severity;
use crate::base::hash::Sha;
use crate::parse::locate::LocatedReport;

/// One array with an issue a finding: the part of the Code Climate form that GitLab reads.
///
/// The fingerprint tells GitLab which findings are new. It leaves out the line, so that a line more above does not make all below
/// it new, and counts what would otherwise be the same.
pub fn write(report: &LocatedReport, audience: &Audience<'_>) -> String {
    let mut same: HashMap<String, usize> = HashMap::new();
    let issues: Vec<Value> = report
        .diagnostics
        .iter()
        .map(|found| {
            let diagnostic = &found.diagnostic;
            let (file, message) = (audience.file(&found.at), audience.say(&diagnostic.message));
            let identity = format!("{}\0{file}\0{message}", diagnostic.rule.code);
            let turn = same.entry(identity.clone()).and_modify(|turn| *turn += 1).or_insert(0);
            let mut issue = json!({
                "description": message,
                "check_name": format!("{} {}", diagnostic.rule.code, diagnostic.rule.slug),
                "fingerprint": Sha::of(format!("{identity}\0{turn}").as_bytes()).to_hex(),
                "severity": match diagnostic.severity {
                    Severity::Error => "critical",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                "location": { "path": file, "lines": { "begin": found.at.line.max(1) } },
            });
            if let Some(help) = &diagnostic.help {
                let help =
                    format!("{message}\n{}: {}", audience.lang.pick("Gợi ý", "Help"), audience.say(help));
                issue["description"] = json!(help);
            }
            issue
        })
        .collect();
    format!("{}\n", serde_json::to_string_pretty(&issues).unwrap_or_default())
}
