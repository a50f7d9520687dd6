//! The words of a text without its marks.

use pulldown_cmark::{Event, Tag};

use super::source::Source;
use super::{events, fast, lists};

/// The plain words of a text on one line, for descriptions, feeds and search.
///
/// Numbers of list items stay, since “khoản 2” may mean one of them. Addresses of links go, their
/// texts stay; so do descriptions of images. The calls of footnotes go.
pub fn plain(text: &str) -> String {
    let mut words = Words { out: String::with_capacity(text.len()), gap: false };
    if fast::is_plain(text) {
        words.push(text);
        return words.out;
    }
    let source = Source::new(text);
    let mut ordered = Vec::new();
    for (event, range) in events(source.text()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.push(&text)
            }
            Event::Start(Tag::List(start)) => {
                ordered.push(start.is_some());
                words.gap = true;
            }
            Event::End(pulldown_cmark::TagEnd::List(_)) => {
                ordered.pop();
                words.gap = true;
            }
            Event::Start(Tag::Item) => {
                words.gap = true;
                if ordered.last() == Some(&true)
                    && let Some(mark) = lists::mark(source.text(), range.start)
                {
                    words.push(mark.digits);
                    words.push(if mark.paren { ") " } else { ". " });
                }
            }
            Event::Start(tag) => words.gap |= divides(&tag),
            Event::SoftBreak | Event::HardBreak | Event::Rule => words.gap = true,
            _ => {}
        }
    }
    words.out
}

/// The tag begins a block, so its words do not touch those before.
fn divides(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Joins words with single spaces.
struct Words {
    out: String,
    gap: bool,
}

impl Words {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            // A no-break space is white space here: descriptions and search are not set in lines.
            if c.is_whitespace() {
                self.gap = true;
            } else if !c.is_control() {
                if std::mem::take(&mut self.gap) && !self.out.is_empty() {
                    self.out.push(' ');
                }
                self.out.push(c);
            }
        }
    }
}
