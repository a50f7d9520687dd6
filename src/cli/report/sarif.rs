//! Findings as SARIF 2.1.0 (OASIS), for code scanning.

use serde_json::{Value, json};

use super::Audience;
use crate::codes::RULES;
use crate::parse::locate::{Located, LocatedReport};

/// One run with every rule and every finding.
pub fn write(report: &LocatedReport, audience: &Audience<'_>) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code,
                "name": rule.slug,
                "shortDescription": { "text": title(rule.doc) },
                "help": { "text": rule.doc, "markdown": rule.doc },
                "defaultConfiguration": { "level": rule.severity.key() },
            })
        })
        .collect();
    let results: Vec<Value> = report
        .diagnostics
        .iter()
        .map(|found| {
            let diagnostic = &found.diagnostic;
            let mut text = audience.say(&diagnostic.message);
            if let Some(help) = &diagnostic.help {
                text.push_str(&format!("\n{}: {}", audience.lang.pick("Gợi ý", "Help"), audience.say(help)));
            }
            let related: Vec<Value> = diagnostic
                .related
                .iter()
                .zip(&found.related)
                .enumerate()
                .map(|(i, ((_, words), at))| {
                    let mut place = location(at, audience);
                    place["id"] = json!(i + 1);
                    place["message"] = json!({ "text": audience.say(words) });
                    place
                })
                .collect();
            json!({
                "ruleId": diagnostic.rule.code,
                "ruleIndex": RULES.iter().position(|rule| *rule == diagnostic.rule),
                "level": diagnostic.severity.key(),
                "message": { "text": text },
                "locations": [location(&found.at, audience)],
                "relatedLocations": related,
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "congkhai",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{}\n", serde_json::to_string_pretty(&log).unwrap_or_default())
}

fn location(at: &Located, audience: &Audience<'_>) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&audience.file(at)) },
            "region": {
                "startLine": at.line,
                "startColumn": at.column,
                "endLine": at.end_line,
                "endColumn": at.end_column,
            },
        },
    })
}

/// A path as a relative reference (RFC 3986): everything but letters, digits and `-._~/` in `%` form.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn title(doc: &str) -> &str {
    doc.lines().next().unwrap_or_default().trim_start_matches("# ")
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn odd_names_are_good_uris() {
        assert_eq!(uri("content/thu-tuc/1.014888.yaml"), "content/thu-tuc/1.014888.yaml");
        assert_eq!(uri("../Bài 1%.md"), "../B%C3%A0i%201%25.md");
        assert_eq!(uri("a:b"), "a%3Ab");
    }
}
