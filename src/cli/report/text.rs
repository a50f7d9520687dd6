//! Findings for people: what is wrong, the line itself with a caret under it, what to write instead.

use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Audience, hide, proposal, scope_of, summary};
use crate::base::diagnostic::Severity;
use crate::cli::Lang;
use crate::parse::locate::{Located, LocatedDiagnostic, LocatedReport};
use crate::pipeline::Stats;

/// A rule that is broken in more files than this is told once, with its places.
const FILES: usize = 4;

/// So many places of a rule are named in a list; the rest is counted (`-v` names all).
const PLACES: usize = 12;

/// Every shown finding, by file; then what is to be found in many files; then how many there are, and where
/// to begin.
pub fn write(report: &LocatedReport, stats: &Stats, audience: &Audience<'_>) -> String {
    let renderer = if audience.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let shown: Vec<&LocatedDiagnostic> =
        report.diagnostics.iter().filter(|d| (audience.shown)(&d.diagnostic)).collect();
    let mut told = Told { report, audience, renderer, explained: BTreeSet::new(), out: String::new() };
    let mut files: BTreeMap<Kind<'_>, BTreeSet<&str>> = BTreeMap::new();
    for found in &shown {
        files.entry(kind(found)).or_default().insert(&found.at.file);
    }
    let is_common =
        |found: &LocatedDiagnostic| files.get(&kind(found)).is_some_and(|files| files.len() > FILES);
    let mut by_file: BTreeMap<&str, Vec<&LocatedDiagnostic>> = BTreeMap::new();
    let mut common: Vec<(Kind<'_>, Vec<&LocatedDiagnostic>)> = Vec::new();
    for found in shown {
        if is_common(found) {
            put(&mut common, kind(found), found);
        } else {
            by_file.entry(&found.at.file).or_default().push(found);
        }
    }
    // What keeps the site from being published comes first, and of that what others follow from.
    let mut by_file: Vec<_> = by_file.into_values().collect();
    by_file.sort_by_key(|found| (worst(found), summary::reach_of(found)));
    common.sort_by_key(|(_, found)| (worst(found), std::cmp::Reverse(found.len())));
    for found in by_file {
        told.file(&found);
    }
    for (_, found) in common {
        told.common(&found);
    }
    let mut out = told.out;
    if audience.summary {
        out.push_str(&summary::check(report, stats, audience));
        out.push_str(&summary::first(report, audience));
    }
    out
}

/// What findings must share to be told together.
type Kind<'a> = (Severity, &'a str);

fn kind(found: &LocatedDiagnostic) -> Kind<'static> {
    (found.diagnostic.severity, found.diagnostic.rule.code)
}

fn worst(found: &[&LocatedDiagnostic]) -> Severity {
    found.iter().map(|found| found.diagnostic.severity).min().unwrap_or(Severity::Note)
}

/// Adds to the group of this key, which keeps the place of its first member.
fn put<'a, K: PartialEq>(
    groups: &mut Vec<(K, Vec<&'a LocatedDiagnostic>)>,
    key: K,
    found: &'a LocatedDiagnostic,
) {
    match groups.iter_mut().find(|(known, _)| *known == key) {
        Some((_, group)) => group.push(found),
        None => groups.push((key, vec![found])),
    }
}

/// The report while it grows.
struct Told<'a> {
    report: &'a LocatedReport,
    audience: &'a Audience<'a>,
    renderer: Renderer,
    /// The rules whose page was named already.
    explained: BTreeSet<&'static str>,
    out: String,
}

impl Told<'_> {
    /// The findings of one file: a rule that is broken several times is told in full once.
    fn file(&mut self, found: &[&LocatedDiagnostic]) {
        let Some(first) = found.first() else { return };
        let name = match (self.audience.file(&first.at), self.audience.lang) {
            (name, _) if !name.is_empty() => name,
            (_, Lang::Vi) => "cả trang".to_owned(),
            (_, Lang::En) => "the site as a whole".to_owned(),
        };
        self.heading(&name, found);
        let mut groups = Vec::new();
        for found in found {
            put(&mut groups, kind(found), found);
        }
        groups.sort_by_key(|(kind, _)| kind.0);
        for (_, group) in groups {
            let Some((first, others)) = group.split_first() else { continue };
            self.whole(first);
            for other in others {
                let words = self.other(first, other, false);
                self.out.push_str(&words);
            }
            self.out.push('\n');
        }
    }

    /// A rule that is broken in many files: the first place in full, the others by name.
    fn common(&mut self, found: &[&LocatedDiagnostic]) {
        let Some((first, others)) = found.split_first() else { return };
        let (slug, count) = (first.diagnostic.rule.slug, found.len());
        let files: BTreeSet<&str> = found.iter().map(|found| found.at.file.as_str()).collect();
        let files = files.len();
        let title = match self.audience.lang {
            Lang::Vi => format!("{count} chỗ trong {files} tệp cùng một điều: {slug}"),
            Lang::En => format!("{count} places in {files} files: {slug}"),
        };
        self.heading(&title, &[]);
        self.whole(first);
        let few = if self.audience.all_places { others.len() } else { PLACES.min(others.len()) };
        for other in &others[..few] {
            let words = self.other(first, other, true);
            self.out.push_str(&words);
        }
        if let Some(more) = others.len().checked_sub(few).filter(|more| *more > 0) {
            self.out.push_str(&match self.audience.lang {
                Lang::Vi => format!("  … và {more} chỗ nữa; kể hết: congkhai check -v\n"),
                Lang::En => format!("  … and {more} more; to see all: congkhai check -v --lang en\n"),
            });
        }
        self.out.push('\n');
    }

    fn heading(&mut self, name: &str, found: &[&LocatedDiagnostic]) {
        let count = |severity| found.iter().filter(|found| found.diagnostic.severity == severity).count();
        let words = summary::counts(
            (count(Severity::Error), count(Severity::Warning), count(Severity::Note)),
            self.audience.lang,
        );
        let words = if words.is_empty() { String::new() } else { format!(" ({words})") };
        let (bold, plain) = if self.audience.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        self.out.push_str(&format!("{bold}== {name}{plain}{words}\n\n"));
    }

    fn whole(&mut self, found: &LocatedDiagnostic) {
        let explain = self.explained.insert(found.diagnostic.rule.code);
        self.out.push_str(&one(found, self.report, self.audience, &self.renderer, explain));
        self.out.push('\n');
    }

    /// One more place of a rule that was told: where, and what differs from the first.
    fn other(&self, first: &LocatedDiagnostic, other: &LocatedDiagnostic, with_file: bool) -> String {
        let (a, b, audience) = (&first.diagnostic, &other.diagnostic, self.audience);
        let (line, column) = (other.at.line, other.at.column);
        let place = match (with_file, audience.lang) {
            (true, _) => format!("{}:{line}:{column}", audience.file(&other.at)),
            (false, Lang::Vi) => format!("dòng {line}, cột {column}"),
            (false, Lang::En) => format!("line {line}, column {column}"),
        };
        let also = audience.lang.pick("cũng thế", "also");
        let mut out = match a.message == b.message {
            true => format!("  {also}: {place}\n"),
            false => format!("  {also}: {place}: {}\n", audience.say(&b.message)),
        };
        if let Some(help) = b.help.as_ref().filter(|_| a.help != b.help) {
            out.push_str(&format!("      {}: {}\n", audience.lang.pick("gợi ý", "help"), audience.say(help)));
        }
        if let Some((old, new)) = edit(other, self.report) {
            let lines = before_and_after(&old, &new, "      ", audience.lang);
            out.push_str(&format!("{}\n", lines.trim_start_matches('\n')));
        }
        out
    }
}

/// The two lines of an edit, in words: signs of a difference would look like the dashes of a list.
fn before_and_after(old: &str, new: &str, indent: &str, lang: Lang) -> String {
    let (is, to_be) = (lang.pick("đang viết", "written"), lang.pick("sửa thành", "make it"));
    format!("\n{indent}{is}: {old}\n{indent}{to_be}: {new}")
}

/// The edit that a finding proposes, with every personal datum masked.
fn edit(found: &LocatedDiagnostic, report: &LocatedReport) -> Option<(String, String)> {
    let source = report.texts.get(&found.at.file)?;
    let (old, new) = proposal::edit(&found.diagnostic, &found.at, source)?;
    let scope = scope_of(&found.at.file);
    Some((hide(&old, scope).into_owned(), hide(&new, scope).into_owned()))
}

fn one(
    found: &LocatedDiagnostic,
    report: &LocatedReport,
    audience: &Audience<'_>,
    renderer: &Renderer,
    explain: bool,
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
        let mut words = audience.say(help);
        if let Some((old, new)) = edit(found, report) {
            words.push_str(&before_and_after(&old, &new, "", audience.lang));
        }
        group = group.element(level.message(words));
    }
    let code = diagnostic.rule.code;
    let explained = match audience.lang {
        Lang::Vi => format!("congkhai explain {code}"),
        Lang::En => format!("congkhai explain {code} --lang en"),
    };
    if explain {
        let level = Level::NOTE.with_name(audience.lang.pick("giải thích", "explained by"));
        group = group.element(level.message(explained.as_str()));
    }
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
