//! XML as far as tables need it: elements by their local names, attributes, texts. Entities that a document declares
//! itself are not expanded, so none can grow.

use quick_xml::events::{BytesStart, Event as Xml};
use quick_xml::{Reader, XmlVersion};

/// A piece of a document.
pub(super) enum Event<'e> {
    /// An element opens; its name and attributes without prefixes.
    Open(&'e str, &'e [(String, String)]),
    /// An element closes.
    Close(&'e str),
    /// Text between tags.
    Text(&'e str),
}

/// Deeper elements than any office program makes.
const DEEPEST: usize = 256;

/// Walks over a document; `None` if it is no whole XML in UTF-8.
pub(super) fn walk(xml: &[u8], each: &mut dyn FnMut(Event<'_>)) -> Option<()> {
    let text = std::str::from_utf8(xml).ok()?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    let mut depth = 0;
    loop {
        match reader.read_event().ok()? {
            Xml::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return None;
                }
                open(&tag, each)?;
            }
            Xml::Empty(tag) => {
                open(&tag, each)?;
                each(Event::Close(local(tag.name().as_ref())));
            }
            Xml::End(tag) => {
                depth = depth.saturating_sub(1);
                each(Event::Close(local(tag.name().as_ref())));
            }
            Xml::Text(text) => each(Event::Text(text.as_ref())),
            Xml::CData(text) => each(Event::Text(text.as_ref())),
            Xml::GeneralRef(name) => {
                let known = match name.as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => name.resolve_char_ref().ok()?,
                };
                each(Event::Text(known?.encode_utf8(&mut [0; 4])));
            }
            Xml::Eof => return Some(()),
            Xml::Comment(_) | Xml::Decl(_) | Xml::PI(_) | Xml::DocType(_) => {}
        }
    }
}

fn open(tag: &BytesStart<'_>, each: &mut dyn FnMut(Event<'_>)) -> Option<()> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        attributes.push((local(attribute.key.as_ref()).to_owned(), value));
    }
    each(Event::Open(local(tag.name().as_ref()), &attributes));
    Some(())
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
