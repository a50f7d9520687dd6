//! Writes the HTML of a text. Every tag and attribute that can appear is spelled out here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::headings::Headings;
use super::outline::{loadable, url_of};
use super::source::Source;
use super::{Options, Target, escape, events, fast, lines, lists, target};

/// Renders a text to HTML: blocks, each ended by a line end; nothing for an empty text.
///
/// `resolve` turns the target of a link or an image into the address to write. `None`: the link is
/// dropped and its text stays. It is not asked about refused targets, and what it gives is judged by
/// the same rules, so a slip in it cannot put `javascript:` on a page or load a picture from
/// another host.
pub fn html(text: &str, opts: &Options, resolve: &mut dyn FnMut(&Target) -> Option<String>) -> String {
    render(text, opts, resolve).out
}

/// Renders like [`html()`], without the `<p>` when the text is a single paragraph; without line end.
pub fn html_inline(text: &str, opts: &Options, resolve: &mut dyn FnMut(&Target) -> Option<String>) -> String {
    let Rendered { mut out, single } = render(text, opts, resolve);
    out.truncate(out.trim_end().len());
    if single && let Some(inner) = out.strip_prefix("<p>").and_then(|out| out.strip_suffix("</p>")) {
        return inner.to_owned();
    }
    out
}

struct Rendered {
    out: String,
    /// The text is one paragraph and nothing else.
    single: bool,
}

fn render(text: &str, opts: &Options, resolve: &mut dyn FnMut(&Target) -> Option<String>) -> Rendered {
    let mut out = String::with_capacity(text.len() + text.len() / 8 + 16);
    if fast::is_plain(text) {
        let paragraphs = fast::render(text, &mut out);
        return Rendered { out, single: paragraphs == 1 };
    }
    let source = Source::new(text);
    let mut writer = Writer {
        text: source.text(),
        opts,
        resolve,
        out,
        headings: Headings::new(opts),
        pending_break: None,
        heading: None,
        code_end: "",
        image: None,
        links: Vec::new(),
        lists: Vec::new(),
        table: Table::default(),
        caption: opts.title.clone(),
        captions: BTreeMap::new(),
        notes: Notes::default(),
        depth: 0,
        blocks: 0,
        only_paragraphs: true,
    };
    for (event, range) in events(source.text()) {
        writer.event(event, range);
    }
    writer.footnotes();
    let single = writer.blocks == 1 && writer.only_paragraphs;
    Rendered { out: writer.out, single }
}

struct Writer<'a, 'o, 'r> {
    text: &'a str,
    opts: &'o Options,
    resolve: &'r mut dyn FnMut(&Target) -> Option<String>,
    out: String,
    headings: Headings<'o>,
    /// A line ended; where. Whether it shows depends on what follows.
    pending_break: Option<usize>,
    /// The heading that is open.
    heading: Option<OpenHeading>,
    /// What ends the code block that is open.
    code_end: &'static str,
    image: Option<Image<'a>>,
    links: Vec<OpenLink>,
    /// The lists that are open: the number the next item would get by counting, if ordered.
    lists: Vec<Option<u64>>,
    table: Table,
    /// What the next table is called.
    caption: String,
    /// How many tables were called so: names of regions on a page should differ.
    captions: BTreeMap<String, u32>,
    notes: Notes<'a>,
    depth: usize,
    blocks: usize,
    only_paragraphs: bool,
}

/// An image that is open: its description is gathered, images inside it only count.
struct Image<'a> {
    url: String,
    title: CowStr<'a>,
    description: String,
    nested: usize,
}

/// A heading that is open: its id is made of its words, so it is put in at the end.
struct OpenHeading {
    level: u8,
    /// Where its tag begins and ends.
    tag: Range<usize>,
    words: String,
}

/// Where the tag of an open link begins and ends, or `None`: the link was dropped.
type OpenLink = Option<Range<usize>>;

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// Where the tag of the cell begins and ends.
    tag: Range<usize>,
}

#[derive(Default)]
struct Notes<'a> {
    /// The number of a label, by the order of the first calls.
    numbers: BTreeMap<String, usize>,
    /// How many calls with an anchor each has, by number.
    calls: BTreeMap<usize, usize>,
    /// The definitions in the order of the text.
    bodies: Vec<(CowStr<'a>, String)>,
    /// Definitions that are open: the label and the page around them.
    open: Vec<(CowStr<'a>, String)>,
}

impl Notes<'_> {
    /// Labels differ in letters, not in case.
    fn number(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(label.to_lowercase()).or_insert(next)
    }
}

impl<'a> Writer<'a, '_, '_> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if self.image.is_some() {
            return self.inside_image(event, range);
        }
        match event {
            Event::SoftBreak => {
                self.pending_break = Some(range.start);
                return;
            }
            Event::End(tag) => {
                self.pending_break = None;
                return self.end(tag);
            }
            _ => self.break_line(range.start),
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::Text(text) | Event::InlineHtml(text) => self.say(&text),
            Event::Html(text) => self.raw_line(&text, range),
            Event::Code(text) => {
                self.out.push_str("<code>");
                self.say(&text);
                self.out.push_str("</code>");
            }
            Event::HardBreak => {
                self.out.push_str("<br>\n");
                self.gather(" ");
            }
            Event::Rule => {
                self.block(false);
                self.out.push_str("<hr>\n");
            }
            Event::FootnoteReference(label) => self.call(&label),
            // Not asked of the parser.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.say(&text),
            Event::TaskListMarker(_) | Event::SoftBreak | Event::End(_) => {}
        }
    }

    /// Ends the line, if one is to end, before what stands at `next`.
    fn break_line(&mut self, next: usize) {
        let Some(at) = self.pending_break.take() else { return };
        let before = self.text.get(..at).unwrap_or_default();
        let after = self.text.get(next..).unwrap_or_default();
        self.out.push_str(if lines::begins_item(before, after) { "<br>\n" } else { "\n" });
        self.gather(" ");
    }

    fn say(&mut self, text: &str) {
        escape::text(&mut self.out, text);
        self.gather(text);
    }

    fn gather(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.words.push_str(text);
        }
    }

    /// A line of an HTML block, shown as it is.
    fn raw_line(&mut self, text: &str, range: Range<usize>) {
        self.say(text.trim_end_matches('\n'));
        if text.ends_with('\n') {
            self.pending_break = Some(range.end);
        }
    }

    /// Notes that a block begins.
    fn block(&mut self, paragraph: bool) {
        if self.depth == 0 && self.notes.open.is_empty() {
            self.blocks += 1;
            self.only_paragraphs &= paragraph;
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match &tag {
            Tag::Paragraph | Tag::HtmlBlock => self.block(true),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } => {}
            _ => self.block(false),
        }
        self.depth += 1;
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.out.push_str("<p>"),
            Tag::Heading { level, .. } => {
                let level = level as u8;
                let start = self.out.len();
                let _ = write!(self.out, "<h{}>", self.headings.level(level));
                self.heading = Some(OpenHeading { level, tag: start..self.out.len(), words: String::new() });
            }
            Tag::BlockQuote(kind) => self.quote(kind),
            // Indented ones are left over by `source` in texts that were made to be difficult.
            Tag::CodeBlock(CodeBlockKind::Indented) => self.code("<p>", "</p>\n"),
            // The region may scroll, so it can be reached with the keyboard.
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.code("<pre tabindex=\"0\"><code>", "</code></pre>\n");
            }
            Tag::List(start) => self.list(start, range.start),
            Tag::Item => self.item(range.start),
            Tag::FootnoteDefinition(label) => {
                let page = std::mem::take(&mut self.out);
                self.notes.open.push((label, page));
            }
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => {
                self.table.cell = 0;
                self.table.in_head = true;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.link(&url_of(link_type, &dest_url), &title);
            }
            Tag::Image { dest_url, title, .. } => {
                let (url, description) = (dest_url.into_string(), String::new());
                self.image = Some(Image { url, title, description, nested: 0 });
            }
            // Not asked of the parser.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn code(&mut self, begin: &str, end: &'static str) {
        self.out.push_str(begin);
        self.code_end = end;
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        let name = match kind {
            None => return self.out.push_str("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => "Lưu ý",
            Some(BlockQuoteKind::Tip) => "Mách bạn",
            Some(BlockQuoteKind::Important) => "Quan trọng",
            Some(BlockQuoteKind::Warning) => "Cảnh báo",
            Some(BlockQuoteKind::Caution) => "Cẩn thận",
        };
        let _ = writeln!(self.out, "<div class=\"note\" role=\"note\">\n<p><strong>{name}</strong></p>");
    }

    fn list(&mut self, start: Option<u64>, at: usize) {
        self.lists.push(start);
        let Some(start) = start else { return self.out.push_str("<ul>\n") };
        self.out.push_str("<ol");
        if let Some(mark) = lists::mark(self.text, at) {
            match (mark.paren, mark.digits.len() > 1 && mark.digits.starts_with('0')) {
                (false, false) => {}
                (true, false) => self.out.push_str(" class=\"paren\""),
                (false, true) => self.out.push_str(" class=\"zero\""),
                (true, true) => self.out.push_str(" class=\"paren zero\""),
            }
        }
        if start != 1 {
            let _ = write!(self.out, " start=\"{start}\"");
        }
        self.out.push_str(">\n");
    }

    fn item(&mut self, at: usize) {
        if let Some(Some(next)) = self.lists.last_mut() {
            let number = lists::mark(self.text, at).map_or(*next, |mark| mark.number);
            if number != *next {
                let _ = write!(self.out, "<li value=\"{number}\">");
                *next = number.saturating_add(1);
                return;
            }
            *next = next.saturating_add(1);
        }
        self.out.push_str("<li>");
    }

    fn table(&mut self, alignments: Vec<Alignment>) {
        self.table.alignments = alignments;
        let count = self.captions.entry(self.caption.clone()).or_insert(0);
        *count += 1;
        let mut name = String::from("Bảng");
        if *count > 1 {
            let _ = write!(name, " {count}");
        }
        if !self.caption.is_empty() {
            name.push_str(": ");
            escape::attribute(&mut name, &self.caption);
        }
        // The region has a name for the keyboard, the table its caption for screen readers' lists of tables.
        let _ = writeln!(
            self.out,
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\">\
             <table><caption class=\"vh\">{name}</caption>"
        );
    }

    fn cell(&mut self) {
        let start = self.out.len();
        self.out.push_str(if self.table.in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(self.cell_class());
        self.out.push('>');
        self.table.tag = start..self.out.len();
    }

    /// The content security policy of the site allows no `style`.
    fn cell_class(&self) -> &'static str {
        match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Right) => " class=\"num\"",
            Some(Alignment::Center) => " class=\"mid\"",
            _ => "",
        }
    }

    fn link(&mut self, url: &str, title: &str) {
        // A link inside a link closes the outer one in browsers.
        let outermost = self.links.iter().all(Option::is_none);
        let href = outermost
            .then(|| Target::parse(url))
            .flatten()
            .and_then(|target| (self.resolve)(&target))
            .filter(|href| target::may_link(href));
        let tag = href.map(|href| {
            let start = self.out.len();
            self.out.push_str("<a href=\"");
            escape::url(&mut self.out, &href);
            self.title(title);
            self.out.push_str("\">");
            start..self.out.len()
        });
        self.links.push(tag);
    }

    /// Ends the attribute before, and writes that of the title up to its last quote.
    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape::attribute(&mut self.out, title);
        }
    }

    /// The call of a footnote. Inside a link it would be a number only; today's parser makes no link
    /// of brackets that hold a call.
    fn call(&mut self, label: &str) {
        let number = self.notes.number(label);
        if self.links.iter().any(Option::is_some) {
            let _ = write!(self.out, "<sup>{number}</sup>");
            return;
        }
        let calls = self.notes.calls.entry(number).or_insert(0);
        *calls += 1;
        let id = call_id(number, *calls);
        let mut prefix = String::new();
        escape::attribute(&mut prefix, &self.opts.id_prefix);
        let _ = write!(
            self.out,
            "<sup><a href=\"#{prefix}chu-thich_{number}\" id=\"{prefix}{id}\" role=\"doc-noteref\" \
             aria-label=\"Chú thích {number}\">{number}</a></sup>"
        );
    }

    fn inside_image(&mut self, event: Event<'a>, _range: Range<usize>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Start(Tag::Image { .. }) => image.nested += 1,
            Event::End(TagEnd::Image) if image.nested > 0 => image.nested -= 1,
            Event::End(TagEnd::Image) => self.image(),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => {
                image.description.push_str(&text)
            }
            Event::SoftBreak | Event::HardBreak => image.description.push(' '),
            _ => {}
        }
    }

    /// Writes the image that ends here; one that is refused leaves its description.
    fn image(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let Some(Image { url, title, description, .. }) = self.image.take() else { return };
        let src = Target::parse(&url)
            .filter(loadable)
            .and_then(|target| (self.resolve)(&target))
            .filter(|src| target::may_load(src));
        let Some(src) = src else { return self.say(&description) };
        self.out.push_str("<img src=\"");
        escape::url(&mut self.out, &src);
        self.out.push_str("\" alt=\"");
        escape::attribute(&mut self.out, description.trim());
        self.title(&title);
        self.out.push_str("\" loading=\"lazy\" decoding=\"async\">");
        self.gather(&description);
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth = self.depth.saturating_sub(1);
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => self.heading_end(),
            TagEnd::BlockQuote(None) => self.out.push_str("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.out.push_str("</div>\n"),
            TagEnd::CodeBlock => self.out.push_str(self.code_end),
            TagEnd::List(ordered) => {
                self.lists.pop();
                self.out.push_str(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((label, page)) = self.notes.open.pop() {
                    let body = std::mem::replace(&mut self.out, page);
                    self.notes.bodies.push((label, body));
                }
            }
            TagEnd::Table => self.out.push_str("</tbody>\n</table></div>\n"),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.push_str("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.cell_end(),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link => self.link_end(),
            TagEnd::Image
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn heading_end(&mut self) {
        let Some(OpenHeading { level, tag, words }) = self.heading.take() else { return };
        let Some(heading) = self.headings.place(level, &words) else {
            // Without words it is no heading: what else it holds, such as an image, stays.
            if self.out.get(tag.end..).unwrap_or_default().trim().is_empty() {
                self.out.truncate(tag.start);
            } else {
                self.out.replace_range(tag, "<p>");
                self.out.push_str("</p>\n");
            }
            return;
        };
        let _ = writeln!(self.out, "</h{}>", heading.level);
        let mut id = String::from(" id=\"");
        escape::attribute(&mut id, &heading.id);
        id.push('"');
        self.out.insert_str(tag.end - 1, &id);
        self.caption = heading.text;
    }

    fn cell_end(&mut self) {
        if !self.table.in_head {
            self.out.push_str("</td>");
        } else if self.out.len() > self.table.tag.end {
            self.out.push_str("</th>");
        } else {
            // A header without words would be read out as an empty one: it is a cell.
            self.out.truncate(self.table.tag.start);
            self.out.push_str("<td");
            self.out.push_str(self.cell_class());
            self.out.push_str("></td>");
        }
        self.table.cell += 1;
    }

    fn link_end(&mut self) {
        let Some(Some(tag)) = self.links.pop() else { return };
        if self.out.get(tag.end..).unwrap_or_default().trim().is_empty() {
            self.out.truncate(tag.start); // nothing to press on
        } else {
            self.out.push_str("</a>");
        }
    }

    /// Writes the footnotes: by number the ones that are called, then the others.
    fn footnotes(&mut self) {
        let mut notes = std::mem::take(&mut self.notes);
        let mut bodies: BTreeMap<usize, String> = BTreeMap::new();
        for (label, body) in std::mem::take(&mut notes.bodies) {
            bodies.entry(notes.number(&label)).or_default().push_str(&body);
        }
        if notes.numbers.is_empty() {
            return;
        }
        self.block(false);
        let mut prefix = String::new();
        escape::attribute(&mut prefix, &self.opts.id_prefix);
        self.out.push_str("<ol class=\"footnotes\">\n");
        for number in 1..=notes.numbers.len() {
            let body = bodies.get(&number).map_or("", |body| body.trim_end());
            let (body, end) = body.strip_suffix("</p>").map_or((body, ""), |body| (body, "</p>"));
            let _ = write!(self.out, "<li id=\"{prefix}chu-thich_{number}\">{body}");
            for call in 1..=notes.calls.get(&number).copied().unwrap_or(0) {
                let id = call_id(number, call);
                let _ = write!(
                    self.out,
                    " <a href=\"#{prefix}{id}\" role=\"doc-backlink\" \
                     aria-label=\"Về chỗ gọi chú thích {number}"
                );
                if call > 1 {
                    let _ = write!(self.out, ", lần {call}");
                }
                self.out.push_str("\">↩</a>");
            }
            self.out.push_str(end);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
    }
}

/// The id of a call. `_` keeps ids of footnotes apart from those of headings.
fn call_id(number: usize, call: usize) -> String {
    if call == 1 { format!("goi_{number}") } else { format!("goi_{number}_{call}") }
}
