//! Looks a text over: findings, links and headings, without rendering.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::headings::Headings;
use super::source::Source;
use super::{Finding, FindingKind, Link, Options, Outline, Target, events, fast};

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
    };
    for (event, range) in events(source.text()) {
        walk.event(event, &source, range);
    }
    let mut outline = walk.outline;
    // A link is judged at its end, when its text is known, so what it holds came before it.
    outline.findings.sort_by_key(|finding| (finding.range.start, finding.range.end));
    outline.links.sort_by_key(|link| (link.range.start, link.range.end));
    outline
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
