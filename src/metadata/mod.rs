//! What attachments tell of persons and places beside what they show: authors, last editors, GPS.
//!
//! [`inspect`] takes the bytes of a PDF, DOCX, XLSX, JPEG or PNG and gives what it names, masked;
//! [`clean`] gives the same document without it. Nothing here trusts a length that a file states.

mod jpeg;
mod office;
mod pdf;
mod png;
mod tiff;

use crate::base::diagnostic::Message;
use crate::msg;

/// Longest attachment that is looked into, in bytes: what is longer is copied as it is.
pub const LONGEST: usize = 32 << 20;

/// The formats that are looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Word, Excel and their like: a ZIP of XML (OOXML).
    Office,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

/// The format of a file, by its first bytes: names lie.
pub fn format_of(bytes: &[u8]) -> Option<Format> {
    // A PDF may have up to a kilobyte of anything before its mark.
    let head = &bytes[..bytes.len().min(1024)];
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Format::Png),
        [b'P', b'K', 3, 4, ..] => Some(Format::Office),
        _ if head.windows(5).any(|w| w == b"%PDF-") => Some(Format::Pdf),
        _ => None,
    }
}

/// Whether a file of this name is worth reading whole for its metadata.
pub fn may_have(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    matches!(extension.as_str(), "pdf" | "docx" | "xlsx" | "pptx" | "docm" | "xlsm" | "jpg" | "jpeg" | "png")
}

/// What sort of thing the metadata names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Names {
    /// A person or a firm: author, last editor, commenter.
    Somebody,
    /// A place on the map.
    Place,
}

/// One thing that a file names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What sort.
    pub names: Names,
    /// The field, as the format calls it.
    pub field: String,
    /// The value, masked.
    pub masked: String,
}

impl Finding {
    fn somebody(field: &str, value: &str) -> Option<Self> {
        let value = value.trim();
        let meaningful = value.chars().any(char::is_alphanumeric);
        meaningful.then(|| Self { names: Names::Somebody, field: field.to_owned(), masked: mask(value) })
    }

    fn place(field: &str) -> Self {
        Self { names: Names::Place, field: field.to_owned(), masked: "***".to_owned() }
    }
}

/// Why a file could not be looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub Message);

impl Unreadable {
    fn broken() -> Self {
        Self(msg!("tệp hỏng hoặc bị cắt", "the file is damaged or cut off"))
    }

    fn hidden() -> Self {
        Self(msg!(
            "phần thông tin nằm trong khối nén hoặc mã hóa",
            "its information lies in a compressed or encrypted part"
        ))
    }
}

/// Everything that the metadata of a file names; nothing for formats that are not looked into.
pub fn inspect(bytes: &[u8]) -> Result<Vec<Finding>, Unreadable> {
    let mut found = match format_of(bytes) {
        Some(Format::Pdf) => pdf::inspect(bytes)?,
        Some(Format::Office) => office::inspect(bytes)?,
        Some(Format::Jpeg) => jpeg::inspect(bytes)?,
        Some(Format::Png) => png::inspect(bytes)?,
        None => Vec::new(),
    };
    found.sort();
    found.dedup();
    Ok(found)
}

/// The same document without its metadata; what it shows stays as it is.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    match format_of(bytes) {
        Some(Format::Pdf) => pdf::clean(bytes),
        Some(Format::Office) => office::clean(bytes),
        Some(Format::Jpeg) => jpeg::clean(bytes),
        Some(Format::Png) => png::clean(bytes),
        None => Ok(bytes.to_vec()),
    }
}

/// The first letter of each word: enough to recognise one's own name, not to learn another's.
fn mask(value: &str) -> String {
    let words: Vec<String> = value
        .split_whitespace()
        .take(6)
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .map(|first| format!("{first}***"))
        .collect();
    words.join(" ")
}

/// Where `needle` stands in `hay` from `from` on.
fn find(hay: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    hay.get(from..)?.windows(needle.len()).position(|window| window == needle).map(|i| from + i)
}

/// The texts between `<tag …>` and `</tag>` in XML, with their bytes. Namespaces are as producers
/// write them; a packet that names its own prefixes is not met in practice.
fn elements<'x>(xml: &'x [u8], tag: &str) -> Vec<(std::ops::Range<usize>, &'x [u8])> {
    let open = format!("<{tag}");
    let close = format!("</{tag}>");
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = find(xml, open.as_bytes(), from) {
        from = at + open.len();
        if !matches!(xml.get(from), Some(b'>' | b' ' | b'\n' | b'\t' | b'\r')) {
            continue;
        }
        let Some(start) = find(xml, b">", from).map(|i| i + 1) else { break };
        let Some(end) = find(xml, close.as_bytes(), start) else { break };
        out.push((start..end, &xml[start..end]));
        from = end;
    }
    out
}

/// The words of a piece of XML, tags taken out.
fn words(xml: &[u8]) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in String::from_utf8_lossy(xml).chars() {
        match c {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                out.push(' ');
            }
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Elements of XMP that name somebody, and those that name a place.
const XMP_NAMES: &[&str] = &[
    "dc:creator",
    "pdf:Author",
    "photoshop:AuthorsPosition",
    "photoshop:Credit",
    "tiff:Artist",
    "xmpRights:Owner",
    "cc:attributionName",
];
const XMP_PLACES: &[&str] =
    &["exif:GPSLatitude", "exif:GPSLongitude", "photoshop:City", "Iptc4xmpCore:Location"];

/// What an XMP packet names, with the bytes of the values.
fn xmp(packet: &[u8]) -> Vec<(std::ops::Range<usize>, Finding)> {
    let mut out = Vec::new();
    for tag in XMP_NAMES {
        for (range, value) in elements(packet, tag) {
            out.extend(Finding::somebody(tag, &words(value)).map(|finding| (range, finding)));
        }
    }
    for tag in XMP_PLACES {
        for (range, value) in elements(packet, tag) {
            if !words(value).is_empty() {
                out.push((range, Finding::place(tag)));
            }
        }
        // Short values are also written as attributes.
        let attribute = format!("{tag}=\"");
        let mut from = 0;
        while let Some(at) = find(packet, attribute.as_bytes(), from) {
            let start = at + attribute.len();
            let Some(end) = find(packet, b"\"", start) else { break };
            if packet[start..end].iter().any(u8::is_ascii_alphanumeric) {
                out.push((start..end, Finding::place(tag)));
            }
            from = end;
        }
    }
    out
}

#[cfg(test)]
mod tests;
