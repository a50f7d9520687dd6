//! Markdown texts of records as markup for one page, their links made relative to it.

use super::links::PageCx;
use super::targets;
use crate::markdown::{self, Options};
use crate::vi::{fold::fold, slug::slug};

impl PageCx<'_> {
    /// A text in Markdown as markup. `id_prefix` begins the ids of its headings, so that several
    /// texts can stand on one page; `top_level` is the level of its highest heading.
    pub fn markdown(&self, text: &str, id_prefix: &str, top_level: u8) -> String {
        markdown::html(text, &options(id_prefix, top_level), &mut |target| targets::resolve(self, target))
    }

    /// The same for a text that stands in a line: a single paragraph comes without its `<p>`.
    pub fn markdown_inline(&self, text: &str, id_prefix: &str, top_level: u8) -> String {
        markdown::html_inline(text, &options(id_prefix, top_level), &mut |target| {
            targets::resolve(self, target)
        })
    }
}

fn options(id_prefix: &str, top_level: u8) -> Options {
    Options { top_level, id_prefix: id_prefix.to_owned(), ..Options::new(slug, fold) }
}
