//! Turns the Markdown of editors into safe HTML, and says what is noticed on the way.
//!
//! A text comes as it stands in a record or an article (UTF-8, LF). It is read in four steps:
//!
//! 1. `source.rs` takes away indentation that would make a code block: clerks indent to centre or to
//!    align, never to show code. Positions are always given in the text as the caller has it.
//! 2. `pulldown-cmark` makes events of it (tables, footnotes, strikethrough and `> [!NOTE]`; no
//!    heading attributes, which let `onclick` through; no smart punctuation, which changes numbers
//!    of documents; no task lists, whose check boxes are dead controls).
//! 3. [`outline()`] makes findings, links and headings of the events; [`html()`] makes HTML, by its own
//!    writer: no tag and no attribute appears that is not spelled out in `render.rs`.
//! 4. A link leaves the text only through `resolve`, and what `resolve` gives is judged again.
//!
//! Three rules stand above CommonMark, since the texts are legal ones:
//!
//! * **A list keeps its numbers.** “1. 3. 5.” stays 1, 3, 5: an item whose number is not the next
//!   one carries `value`. `1)` gives the class `paren`, `01.` the class `zero`.
//! * **An enumeration keeps its lines.** A line that begins with `a)`, `1.1.`, `-`, `Bước 2:` and the
//!   like is never run into the line before it; other line breaks stay white space (`lines.rs`).
//! * **Nothing is lost.** Raw HTML is shown as text, a refused link leaves its text, a refused image
//!   its description, a footnote nobody calls stands with the others.

mod escape;
mod fast;
mod headings;
mod lines;
mod lists;
mod outline;
mod plain;
mod render;
mod source;
mod target;

#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options as Extensions, Parser, TagEnd};

pub use outline::outline;
pub use plain::plain;
pub use render::{html, html_inline};

/// What was noticed in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Where it stands: bytes of the given text, on character boundaries.
    pub range: Range<usize>,
}

/// What a mark that failed was meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailedMark {
    /// A link whose target holds a space, or stands apart from its text.
    Link,
    /// A heading without a space behind its `##`.
    Heading,
    /// Bold with a space inside its `**`, or without an end.
    Bold,
    /// A table without the row of dashes.
    Table,
    /// A reference to a footnote that is not there.
    Footnote,
}

/// The things that are noticed in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// An HTML tag or comment; readers see it as text.
    RawHtml,
    /// An image whose description is empty.
    ImageWithoutDescription,
    /// A heading more than one level below the one before it, or the first not at `##`. Levels are
    /// as written; the title of the page counts as the first.
    SkippedHeading {
        /// Level of the heading before.
        from: u8,
        /// Level of this heading.
        to: u8,
    },
    /// A heading of level 1, which belongs to the title of the page.
    TopHeading,
    /// A link that is not followed: a scheme that is not allowed, another host without a scheme, or
    /// a picture that is not on this site.
    UnsafeLink {
        /// The target as the text has it, entities decoded.
        url: String,
    },
    /// A mark that is none for Markdown, so that readers see its signs.
    FailedMark(FailedMark),
    /// A link whose text does not say where it leads, or is empty.
    VagueLink {
        /// The text of the link.
        text: String,
    },
}

/// A link or an image that may be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// Where the whole link stands: bytes of the given text, on character boundaries.
    pub range: Range<usize>,
    /// It is an image.
    pub is_image: bool,
}

/// Where a link leads. Made by [`Target::parse`], which refuses what must not be followed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Another site, mail or phone: an address of the scheme http, https, mailto or tel.
    External(String),
    /// `/thu-tuc/1.014888/#ho-so`: an address from the root of the site.
    Site {
        /// The path with its `/`, and `?…` if there is one.
        path: String,
        /// What follows `#`.
        fragment: Option<String>,
    },
    /// `#muc`: a place on the same page.
    Here(String),
    /// `../x.md`, `tep/mau.docx`: a path from where the text stands.
    Relative {
        /// The path, and `?…` if there is one; may be empty and may hold `..`.
        path: String,
        /// What follows `#`.
        fragment: Option<String>,
    },
}

/// A heading as it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Level on the page, 1 to 6.
    pub level: u8,
    /// The `id`, prefix included.
    pub id: String,
    /// Its plain words.
    pub text: String,
}

/// A text looked over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// What was noticed, by place.
    pub findings: Vec<Finding>,
    /// The links and images that may be followed, by place. Refused ones are findings only.
    pub links: Vec<Link>,
    /// The headings in order; empty ones are left out, here and on the page.
    pub headings: Vec<Heading>,
}

/// How a text is set on its page.
#[derive(Debug, Clone)]
pub struct Options {
    /// Level on the page of the highest heading, 1 to 6: a written `##` gets it, and so does `#`.
    pub top_level: u8,
    /// Begins every `id` of headings and footnotes, so that several texts can stand on one page.
    pub id_prefix: String,
    /// Names the tables before the first heading, such as “Yêu cầu, điều kiện”; may be empty.
    pub title: String,
    /// Makes the part of an address out of a heading.
    pub slug: fn(&str) -> String,
    /// Takes accents and case away, to compare the texts of links.
    pub fold: fn(&str) -> String,
}

impl Options {
    /// Options of an article: headings from level 2, ids without a prefix, no title.
    pub fn new(slug: fn(&str) -> String, fold: fn(&str) -> String) -> Self {
        Self { top_level: 2, id_prefix: String::new(), title: String::new(), slug, fold }
    }
}

/// The events of a text that went through `source.rs`.
///
/// The parser drops the cells of a row that its table has no columns for. They hold what a clerk
/// wrote, so they stay, as written, at the end of the row's last cell.
fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_GFM;
    let mut parser = Parser::new_ext(text, extensions).into_offset_iter().peekable();
    let mut due = None;
    std::iter::from_fn(move || {
        if let Some(event) = due.take() {
            return Some(event);
        }
        let (event, range) = parser.next()?;
        if let (Event::End(TagEnd::TableCell), Some((Event::End(TagEnd::TableRow), row))) =
            (&event, parser.peek())
            && let Some(rest) = rest_of_row(text, &range, row)
        {
            let words = Event::Text(CowStr::Borrowed(text.get(rest.clone()).unwrap_or_default()));
            due = Some((event, range));
            return Some((words, rest));
        }
        Some((event, range))
    })
}

/// What stands in a row after its last cell, from the bar on, without the bar that ends the row.
fn rest_of_row(text: &str, cell: &Range<usize>, row: &Range<usize>) -> Option<Range<usize>> {
    let rest = text.get(cell.end..row.end)?.lines().next()?.trim_end();
    let rest = rest.strip_suffix('|').unwrap_or(rest).trim_end();
    let bar = rest.find('|')?;
    let cells = rest.get(bar..)?;
    // Bars alone divide nothing.
    (!cells.chars().all(|c| c == '|' || c.is_whitespace())).then(|| cell.end + bar..cell.end + rest.len())
}
