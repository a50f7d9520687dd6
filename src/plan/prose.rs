//! Markdown texts of records as markup for one page, their links made relative to it.

use super::links::PageCx;

impl PageCx<'_> {
    /// A text in Markdown as markup. `id_prefix` begins the ids of its headings, so that several
    /// texts can stand on one page; `top_level` is the level of its highest heading.
    pub fn markdown(&self, text: &str, _id_prefix: &str, _top_level: u8) -> String {
        // Until the Markdown module is here: paragraphs and nothing else.
        let mut out = String::new();
        for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            out.push_str("<p>");
            for c in paragraph.trim().chars() {
                match c {
                    '<' => out.push_str("&lt;"),
                    '>' => out.push_str("&gt;"),
                    '&' => out.push_str("&amp;"),
                    '"' => out.push_str("&quot;"),
                    c => out.push(c),
                }
            }
            out.push_str("</p>");
        }
        out
    }
}
