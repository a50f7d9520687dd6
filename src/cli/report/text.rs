//! Findings for people: what is wrong, the line itself with a caret under it, what to write instead.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::summary;
use super::{Audience, hide, scope_of};
use crate::base::diagnostic::Severity;
use crate::parse::locate::{Located, LocatedDiagnostic, LocatedReport};
use crate::pipeline::Stats;

/// Every shown finding, then how many there are.
pub fn write(report: &LocatedReport, stats: &Stats, audience: &Audience<'_>) -> String {
    let renderer = if audience.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for found in report.diagnostics.iter().filter(|d| (audience.shown)(&d.diagnostic)) {
        out.push_str(&one(found, report, audience, &renderer));
        out.push_str("\n\n");
    }
    if audience.summary {
        out.push_str(&summary::check(report, stats, audience));
    }
    out
}

fn one(
    found: &LocatedDiagnostic,
    report: &LocatedReport,
    audience: &Audience<'_>,
    renderer: &Renderer,
) -> String {
    let diagnostic = &found.diagnostic;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(audience.lang.pick("lỗi", "error")),
        Severity::Warning => Level::WARNING.with_name(audience.lang.pick("cảnh báo", "warning")),
        Severity::Note => Level::NOTE.with_name(audience.lang.pick("ghi chú", "note")),
    };
    let id = format!("{} {}", diagnostic.rule.code, diagnostic.rule.slug);
    let file = audience.file(&found.at);
    let mut group = Group::with_title(level.primary_title(audience.say(&diagnostic.message)).id(&id));
    let source = report.texts.get(&found.at.file).map(String::as_str).unwrap_or_default();
    let excerpt = Excerpt::around(source, &found.at);
    let whole_file = found.at.span.start == found.at.span.end;
    if source.is_empty() || whole_file {
        if !file.is_empty() {
            group = group.element(annotate_snippets::Origin::path(file.as_str()));
        }
    } else {
        group = group.element(
            Snippet::source(excerpt.text.clone())
                .path(file.as_str())
                .line_start(excerpt.first_line)
                .annotation(AnnotationKind::Primary.span(excerpt.start..excerpt.end)),
        );
    }
    let mut others = Vec::new();
    for ((_, words), at) in diagnostic.related.iter().zip(&found.related) {
        others.push((audience.say(words), audience.file(at), report.texts.get(&at.file), at));
    }
    for (words, file, source, at) in &others {
        let note = Level::NOTE.with_name(audience.lang.pick("xem thêm", "see also"));
        group = group.element(note.message(words.as_str()));
        let source = source.map(|text| text.as_str()).unwrap_or_default();
        if source.is_empty() || at.span.start == at.span.end {
            group = group.element(annotate_snippets::Origin::path(file.as_str()));
            continue;
        }
        let excerpt = Excerpt::around(source, at);
        group = group.element(
            Snippet::source(excerpt.text.clone())
                .path(file.as_str())
                .line_start(excerpt.first_line)
                .annotation(AnnotationKind::Primary.span(excerpt.start..excerpt.end)),
        );
    }
    if let Some(help) = &diagnostic.help {
        let level = Level::HELP.with_name(audience.lang.pick("gợi ý", "help"));
        group = group.element(level.message(audience.say(help)));
    }
    let code = diagnostic.rule.code;
    let explain = match audience.lang {
        super::Lang::Vi => format!("congkhai explain {code}"),
        super::Lang::En => format!("congkhai explain {code} --lang en"),
    };
    let level = Level::NOTE.with_name(audience.lang.pick("giải thích", "explained by"));
    group = group.element(level.message(explain.as_str()));
    renderer.render(&[group])
}

/// The line of a place: handing the whole file to the renderer would cost a walk of it a finding.
struct Excerpt {
    text: String,
    first_line: usize,
    start: usize,
    end: usize,
}

impl Excerpt {
    fn around(source: &str, at: &Located) -> Self {
        let (start, end) = (at.span.start.min(source.len()), at.span.end.min(source.len()));
        let line_start = source[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = source[end..].find('\n').map_or(source.len(), |i| end + i);
        let line = &source[line_start..line_end];
        // What is hidden keeps its number of characters, not of bytes.
        let before = source[line_start..start].chars().count();
        let marked = source[start..end].chars().count();
        let text = hide(line, scope_of(&at.file)).into_owned();
        let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(i, _)| i);
        let (start, end) = (byte(before), byte(before + marked));
        Self { text, first_line: at.line, start, end }
    }
}
