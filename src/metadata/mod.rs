//! What attachments tell of persons and places beside what they show: authors, last editors, GPS.
//!
//! [`inspect`] takes the bytes of a PDF, DOCX, XLSX, JPEG or PNG and gives what it names, masked;
//! [`clean`] gives the same document without it. A file that names nobody comes back as it was, so
//! cleaning twice changes nothing; a cleaned file that still named somebody would be refused.
//!
//! Nothing here trusts a length that a file states: every look is one walk over the bytes, and what is
//! inflated is counted ([`MOST_INFLATED`]). A file whose metadata cannot be seen is [`Unreadable`].
//! `load` looks into attachments up to [`LONGEST`] while it hashes them.

mod iptc;
mod jpeg;
mod office;
mod pdf;
mod png;
mod tiff;
mod xml;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;
use std::ops::Range;

use flate2::read::ZlibDecoder;

use crate::base::diagnostic::Message;
use crate::msg;
use crate::privacy::{self, Allowed, Kind, Scope};

/// Longest attachment that is looked into, in bytes: what is longer is copied as it is.
pub const LONGEST: usize = 32 << 20;
/// How much of one attachment is inflated in all, in bytes: a document has less, a bomb has more.
pub const MOST_INFLATED: u64 = 96 << 20;
/// Most findings that are told of one file: beyond that nobody reads them.
const MOST_FINDINGS: usize = 100;

/// The formats that are looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Word, Excel and their like: a ZIP of XML (OOXML).
    Office,
    /// An Office document under a password, or of the old binary format: closed to us.
    ClosedOffice,
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
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Some(Format::ClosedOffice),
        _ if find(head, b"%PDF-", 0).is_some() => Some(Format::Pdf),
        _ => None,
    }
}

/// Whether a file of this name is worth reading whole for its metadata.
pub fn may_have(name: &str) -> bool {
    const EXTENSIONS: &[&str] = &[
        "pdf", "docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "pptx", "pptm", "ppsx", "jpg", "jpeg",
        "jpe", "jfif", "png",
    ];
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    EXTENSIONS.contains(&extension.as_str())
}

/// What sort of thing the metadata names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Names {
    /// A person or a firm: author, last editor, commenter.
    Somebody,
    /// A place on the map.
    Place,
}

/// A field of metadata that may name somebody.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Field {
    names: Names,
    /// What the format calls it.
    name: &'static str,
    /// What editors call it.
    vi: &'static str,
}

impl Field {
    const fn somebody(name: &'static str, vi: &'static str) -> Self {
        Self { names: Names::Somebody, name, vi }
    }

    const fn place(name: &'static str, vi: &'static str) -> Self {
        Self { names: Names::Place, name, vi }
    }
}

/// One thing that a file names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What sort.
    pub names: Names,
    /// The field, as the format calls it.
    pub field: &'static str,
    /// The field, as editors call it.
    pub label_vi: &'static str,
    /// The value, masked.
    pub masked: String,
}

/// What was found so far, each thing once.
#[derive(Debug, Default)]
struct Found(BTreeSet<Finding>);

impl Found {
    fn add(&mut self, field: &'static Field, value: &str) {
        if self.0.len() < MOST_FINDINGS && !is_nobody(field, value) {
            let Field { names, name, vi } = *field;
            let masked = if names == Names::Place { "***".to_owned() } else { mask(value) };
            self.0.insert(Finding { names, field: name, label_vi: vi, masked });
        }
    }
}

/// How much may still be inflated of a file.
struct Budget(u64);

impl Budget {
    /// All that `from` gives, unless it is more than may be inflated. What breaks off gives what it had.
    fn read(&mut self, from: impl Read) -> Result<Vec<u8>, Unreadable> {
        let mut out = Vec::new();
        let _ = from.take(self.0 + 1).read_to_end(&mut out);
        let left = self.0.checked_sub(out.len() as u64);
        self.0 = left.unwrap_or(0);
        left.map(|_| out).ok_or_else(Unreadable::too_much)
    }

    fn zlib(&mut self, packed: &[u8]) -> Result<Vec<u8>, Unreadable> {
        self.read(ZlibDecoder::new(packed))
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(MOST_INFLATED)
    }
}

/// Why a file could not be looked into, or cleaned.
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

    fn closed() -> Self {
        Self(msg!(
            "tệp Office có mật khẩu, hoặc theo định dạng cũ (.doc, .xls)",
            "an Office file under a password or of the old format (.doc, .xls)"
        ))
    }

    fn too_much() -> Self {
        Self(msg!("tệp bung nén ra quá lớn", "the file inflates to too much"))
    }

    fn signed() -> Self {
        Self(msg!(
            "tệp có chữ ký số, sửa tệp thì chữ ký mất hiệu lực; hãy xóa thông tin ẩn ở bản gốc rồi ký lại",
            "the file is digitally signed and changing it would void the signature; clean the original and sign again"
        ))
    }

    fn still_named() -> Self {
        Self(msg!("không xóa được hết thông tin ẩn", "not all of the hidden information could be removed"))
    }
}

/// Everything that the metadata of a file names, in a fixed order; nothing for formats that are not
/// looked into. `Err` when the file cannot be looked into.
pub fn inspect(bytes: &[u8]) -> Result<Vec<Finding>, Unreadable> {
    let mut found = Found::default();
    look(bytes, &mut found, &mut Budget::default(), 0)?;
    Ok(found.0.into_iter().collect())
}

/// The same document without its metadata; what it shows stays as it is. `Err` when that cannot be done
/// without harm: a signed file, a closed one.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    if inspect(bytes)?.is_empty() {
        return Ok(bytes.to_vec());
    }
    let cleaned = wash(bytes, &mut Budget::default(), 0)?;
    if inspect(&cleaned)?.is_empty() { Ok(cleaned) } else { Err(Unreadable::still_named()) }
}

/// Looks into a file, or into one that lies `depth` files deep in another.
fn look(bytes: &[u8], found: &mut Found, budget: &mut Budget, depth: usize) -> Result<(), Unreadable> {
    match format_of(bytes) {
        Some(Format::Pdf) => pdf::inspect(bytes, found, budget),
        Some(Format::Office) => office::inspect(bytes, found, budget, depth),
        Some(Format::ClosedOffice) => Err(Unreadable::closed()),
        Some(Format::Jpeg) => jpeg::inspect(bytes, found),
        Some(Format::Png) => png::inspect(bytes, found, budget),
        None => Ok(()),
    }
}

fn wash(bytes: &[u8], budget: &mut Budget, depth: usize) -> Result<Vec<u8>, Unreadable> {
    match format_of(bytes) {
        Some(Format::Pdf) => pdf::clean(bytes, budget),
        Some(Format::Office) => office::clean(bytes, budget, depth),
        Some(Format::ClosedOffice) => Err(Unreadable::closed()),
        Some(Format::Jpeg) => jpeg::clean(bytes),
        Some(Format::Png) => png::clean(bytes),
        None => Ok(bytes.to_vec()),
    }
}

/// Values that programs write where they know no name, sorted: they tell of nobody.
const NOBODY: &[&str] = &[
    "(anonymous)",
    "(unspecified)",
    "admin",
    "administrator",
    "anonymous",
    "apache poi",
    "author",
    "computer",
    "default",
    "guest",
    "libreoffice",
    "microsoft",
    "microsoft office",
    "microsoft office user",
    "none",
    "openpyxl",
    "owner",
    "pc",
    "python-docx",
    "root",
    "unknown",
    "user",
    "windows user",
];

/// Whether a value names nobody: empty, or what programs write by themselves.
fn is_nobody(field: &Field, value: &str) -> bool {
    let value = value.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    if field.names == Names::Place {
        return value.is_empty();
    }
    // `Author2` is what cleaning leaves, `tc={…}` stands for a threaded comment.
    let lower = value.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    !value.chars().any(char::is_alphanumeric)
        || NOBODY.binary_search(&lower.as_str()).is_ok()
        || value.starts_with("tc={")
}

/// Whether a free text holds a person's name, number or address.
fn tells_of_a_person(value: &str) -> bool {
    privacy::scan(value, Scope::Petition, &Allowed::none()).iter().any(|finding| {
        matches!(finding.kind, Kind::PersonName | Kind::Phone | Kind::Email | Kind::IdentityNumber)
    })
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

/// So much of a value as is judged and masked, as text.
fn start_of(value: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(&value[..value.len().min(1024)])
}

/// Where `needle` stands in `hay` from `from` on.
fn find(hay: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    hay.get(from..)?.windows(needle.len()).position(|window| window == needle).map(|i| from + i)
}

/// Where the user stands in a path below a home folder: `C:\Users\mau\…`, `/home/mau/…`.
fn user_in_path(value: &[u8]) -> Option<Range<usize>> {
    const HOMES: &[&str] = &["users", "documents and settings", "documents%20and%20settings", "home"];
    let value = &value[..value.len().min(4096)];
    // In a web address `/users/` is no folder of anyone's machine.
    if value.starts_with(b"http") {
        return None;
    }
    let mut start = 0;
    let mut after_home = false;
    for part in value.split(|byte| matches!(byte, b'/' | b'\\')) {
        let end = start + part.len();
        // The last part is a file, or a home without a name behind it.
        let whole = end < value.len();
        if after_home && whole && !part.is_empty() && !part.eq_ignore_ascii_case(b"public") {
            return Some(start..end);
        }
        after_home = (after_home && part.is_empty())
            || (start > 0 && HOMES.iter().any(|home| part.eq_ignore_ascii_case(home.as_bytes())));
        start = end + 1;
    }
    None
}

#[cfg(test)]
mod tests;
