//! Looks a text over: findings, links and headings, without rendering.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::headings::Headings;
use super::source::Source;
use super::{FailedMark, Finding, FindingKind, Link, Options, Outline, Target, events, fast};

/// Link texts, folded, that say nothing to someone who hears the links of a page one by one.
const VAGUE: [&str; 24] = [
    "",
    "tai day",
    "o day",
    "day",
    "xem tai day",
    "xem o day",
    "bam vao day",
    "nhan vao day",
    "click vao day",
    "bam day",
    "nhan day",
    "click",
    "click here",
    "here",
    "link",
    "duong link",
    "duong dan",
    "lien ket",
    "xem them",
    "doc them",
    "chi tiet",
    "xem chi tiet",
    "xem",
    "more",
];

/// Looks a text over without rendering it.
pub fn outline(text: &str, opts: &Options) -> Outline {
    if fast::is_plain(text) {
        return Outline::default();
    }
    let source = Source::new(text);
    let mut walk = Walk {
        opts,
        headings: Headings::new(opts),
        last_level: 1,
        words: String::new(),
        open: Vec::new(),
        outline: Outline::default(),
        run: 0..0,
        line_start: true,
        in_code: false,
        last_row: None,
    };
    for (event, range) in events(source.text()) {
        walk.plain_run(&event, &source, &range);
        walk.event(event, &source, range);
    }
    walk.judge_run(&source);
    let mut outline = walk.outline;
    // A link is judged at its end, when its text is known, so what it holds came before it.
    outline.findings.sort_by_key(|finding| (finding.range.start, finding.range.end));
    outline.links.sort_by_key(|link| (link.range.start, link.range.end));
    outline
}

/// What targets of links begin with; other brackets before a parenthesis are brackets.
const TARGETS: [&str; 8] = ["/", "http://", "https://", "tep/", "../", "www.", "mailto:", "#"];

/// The signs in a text without marks that were meant as marks.
fn failed_marks(text: &str, line_start: bool) -> Vec<(FailedMark, Range<usize>)> {
    let mut failed = Vec::new();
    let hashes = text.len() - text.trim_start_matches('#').len();
    if line_start && (2..=6).contains(&hashes) && text[hashes..].starts_with(char::is_alphanumeric) {
        failed.push((FailedMark::Heading, 0..text.len()));
    }
    if line_start && text.starts_with('|') && text.trim_end().len() > 1 && text.trim_end().ends_with('|') {
        failed.push((FailedMark::Table, 0..text.len()));
    }
    for (close, _) in text.match_indices(']') {
        let behind = text[close + 1..].trim_start_matches(' ');
        let target = behind.strip_prefix('(').filter(|target| TARGETS.iter().any(|t| target.starts_with(t)));
        if let (Some(target), Some(open)) = (target, text[..close].rfind('[')) {
            let start = text.len() - target.len();
            let end = target.find(')').map_or(text.len(), |i| start + i + 1);
            failed.push((FailedMark::Link, open..end));
        } else if let Some(open) = text[..close].rfind("[^")
            && close > open + 2
            && !text[open..close].contains(char::is_whitespace)
        {
            failed.push((FailedMark::Footnote, open..close + 1));
        }
    }
    if let Some(at) = text.find("**").filter(|at| !text[at + 2..].starts_with('*')) {
        let end = text[at + 2..].find("**").map_or(at + 2, |i| at + i + 4);
        failed.push((FailedMark::Bold, at..end));
    }
    failed
}

struct Walk<'o> {
    opts: &'o Options,
    headings: Headings<'o>,
    /// Level of the heading before, as written.
    last_level: u8,
    /// The words inside what is open.
    words: String,
    /// Headings, links and images that are open.
    open: Vec<Open>,
    outline: Outline,
    /// The text that is being read, as far as nothing but text stands in it.
    run: Range<usize>,
    /// Whether it begins a line of a paragraph.
    line_start: bool,
    in_code: bool,
    /// Where the last row of a table that failed ends.
    last_row: Option<usize>,
}

struct Open {
    kind: Kind,
    range: Range<usize>,
    /// Where its words begin.
    words: usize,
}

enum Kind {
    Heading(u8),
    Link(String),
    Image(String),
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, source: &Source<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => self.open(Kind::Heading(level as u8), source, range),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                self.open(Kind::Link(url_of(link_type, &dest_url)), source, range);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.open(Kind::Image(dest_url.into_string()), source, range);
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Link | TagEnd::Image) => self.close(),
            Event::Start(Tag::HtmlBlock) => self.find(FindingKind::RawHtml, source.given(range)),
            Event::InlineHtml(html) => {
                self.find(FindingKind::RawHtml, source.given(range));
                self.say(&html);
            }
            Event::Text(text) | Event::Code(text) => self.say(&text),
            Event::SoftBreak | Event::HardBreak => self.say(" "),
            _ => {}
        }
    }

    /// Gathers the text that the parser hands over in pieces (`[`, `x`, `]`, `(…)`) where it found no mark.
    fn plain_run(&mut self, event: &Event<'_>, source: &Source<'_>, range: &Range<usize>) {
        if matches!(event, Event::Text(_))
            && !self.in_code
            && range.start == self.run.end
            && !self.run.is_empty()
        {
            self.run.end = range.end;
            return;
        }
        self.judge_run(source);
        match event {
            Event::Text(_) if !self.in_code => self.run = range.clone(),
            Event::Text(_) => {}
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(Tag::Paragraph | Tag::Item) | Event::SoftBreak | Event::HardBreak => {
                self.line_start = true
            }
            _ => self.line_start = false,
        }
    }

    /// Looks for marks that failed in the text that was gathered.
    fn judge_run(&mut self, source: &Source<'_>) {
        let run = std::mem::replace(&mut self.run, 0..0);
        let line_start = std::mem::take(&mut self.line_start);
        let Some(text) = source.text().get(run.clone()).filter(|text| !text.is_empty()) else {
            // Nothing was gathered, so a line that begins has not gone by yet.
            self.line_start = line_start;
            return;
        };
        for (kind, at) in failed_marks(text, line_start) {
            let range = run.start + at.start..run.start + at.end;
            // The first row says it for all rows of its table.
            let between = self.last_row.and_then(|end| source.text().get(end..range.start));
            if kind == FailedMark::Table {
                self.last_row = Some(range.end);
                if between.is_some_and(|between| between.trim().is_empty()) {
                    continue;
                }
            }
            self.find(FindingKind::FailedMark(kind), source.given(range));
        }
    }

    fn find(&mut self, kind: FindingKind, range: Range<usize>) {
        self.outline.findings.push(Finding { kind, range });
    }

    fn say(&mut self, words: &str) {
        if !self.open.is_empty() {
            self.words.push_str(words);
        }
    }

    fn open(&mut self, kind: Kind, source: &Source<'_>, range: Range<usize>) {
        self.open.push(Open { kind, range: source.given(range), words: self.words.len() });
    }

    fn close(&mut self) {
        let Some(Open { kind, range, words }) = self.open.pop() else { return };
        let words = self.words.get(words..).unwrap_or_default().trim().to_owned();
        if self.open.is_empty() {
            self.words.clear();
        }
        match kind {
            Kind::Heading(level) => self.heading(level, &words, range),
            Kind::Link(url) => {
                if self.vague(&words) {
                    self.find(FindingKind::VagueLink { text: words }, range.clone());
                }
                self.link(url, false, range);
            }
            Kind::Image(url) => {
                if words.is_empty() {
                    self.find(FindingKind::ImageWithoutDescription, range.clone());
                }
                self.link(url, true, range);
            }
        }
    }

    fn heading(&mut self, level: u8, words: &str, range: Range<usize>) {
        let Some(heading) = self.headings.place(level, words) else { return };
        self.outline.headings.push(heading);
        if level == 1 {
            self.find(FindingKind::TopHeading, range);
        } else if level > self.last_level + 1 {
            self.find(FindingKind::SkippedHeading { from: self.last_level, to: level }, range);
        }
        // `#` is shown where `##` is, so what may follow it is the same.
        self.last_level = level.max(2);
    }

    fn link(&mut self, url: String, is_image: bool, range: Range<usize>) {
        match Target::parse(&url) {
            Some(target) if !is_image || loadable(&target) => {
                self.outline.links.push(Link { target, range, is_image });
            }
            _ => self.find(FindingKind::UnsafeLink { url }, range),
        }
    }

    fn vague(&self, words: &str) -> bool {
        let folded = (self.opts.fold)(words);
        VAGUE.contains(&folded.trim_matches(|c: char| !c.is_alphanumeric()))
    }
}

/// No page loads a picture from another host.
pub(super) fn loadable(target: &Target) -> bool {
    matches!(target, Target::Site { .. } | Target::Relative { .. })
}

/// The address of a link; `<a@b.vn>` comes without its scheme.
pub(super) fn url_of(link_type: LinkType, dest_url: &str) -> String {
    match link_type {
        LinkType::Email => format!("mailto:{dest_url}"),
        _ => dest_url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vi::{fold::fold, slug::slug};

    fn failed(text: &str) -> Vec<(FailedMark, &str)> {
        let outline = outline(text, &Options::new(slug, fold));
        let failed = outline.findings.into_iter().filter_map(|finding| match finding.kind {
            FindingKind::FailedMark(kind) => Some((kind, &text[finding.range])),
            _ => None,
        });
        failed.collect()
    }

    #[test]
    fn signs_that_readers_would_see_are_noticed() {
        for (text, kind, words) in [
            ("Xem [mẫu đơn](/tep/mẫu đơn.docx).", FailedMark::Link, "[mẫu đơn](/tep/mẫu đơn.docx)"),
            ("Xem [mẫu] (/tep/mau.docx) nhé", FailedMark::Link, "[mẫu] (/tep/mau.docx)"),
            ("Xem [trang](https://a.vn/b c)", FailedMark::Link, "[trang](https://a.vn/b c)"),
            ("Một\n\n##Tiêu đề\n\nHai", FailedMark::Heading, "##Tiêu đề"),
            ("Một ** đậm ** và hai", FailedMark::Bold, "** đậm **"),
            ("Một **đậm mãi", FailedMark::Bold, "**"),
            ("| a | b |\n| 1 | 2 |\n\nHai", FailedMark::Table, "| a | b |"),
            ("- Một [^1]", FailedMark::Footnote, "[^1]"),
        ] {
            assert_eq!(failed(text), [(kind, words)], "{text:?}");
        }
    }

    #[test]
    fn marks_that_work_and_signs_that_are_meant_are_not() {
        for text in [
            "[mẫu](/tep/mau.docx), **đậm**, *nghiêng* và ***cả hai***",
            "[mẫu](</tep/mau don.docx>)",
            "## Tiêu đề\n\n#1 và #hai",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
            "Một [^1]\n\n[^1]: chú thích",
            "```\n[a] (/b) ** c\n##d\n```\n\n`[a] (/b) ** c`",
            "Điều 5 [sửa đổi] (theo Nghị định 12) và \\*\\*",
            "Điểm ***** và a | b",
        ] {
            assert_eq!(failed(text), [], "{text:?}");
        }
    }
}
