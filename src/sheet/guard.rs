//! What a ZIP of an office program must not be: a bomb, a carrier of macros, a pointer to other files, encrypted.
//!
//! Every part is unpacked once and counted before a reader of sheets sees the file, since what a ZIP says of its
//! sizes may be a lie. Nothing is ever run, followed or written; the refusal is for the person, who should not pass
//! such a file on.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Refused;
use super::xml::{Event, walk};
use crate::base::diagnostic::Message;
use crate::msg;

/// The largest file.
pub const MOST_BYTES: u64 = 50 << 20;
/// Most parts of a file.
const MOST_PARTS: usize = 5_000;
/// The most that all parts hold.
const MOST_UNPACKED: u64 = 300 << 20;
/// A part that is this many times larger than packed was made to be so: sheets and texts are 5 to 50 times.
const MOST_RATIO: u64 = 200;
/// Below this a part is harmless, however well it packs.
const SMALL: u64 = 4 << 20;

/// What sort of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// XLSX.
    Workbook,
    /// ODS.
    OpenDocument,
    /// DOCX.
    Document,
}

/// A file that was found harmless, with the parts that our own readers want.
pub(super) struct Parts {
    pub(super) sort: Sort,
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

/// Looks a ZIP over.
pub(super) fn open(bytes: &[u8]) -> Result<Parts, Refused> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if zip.len() > MOST_PARTS {
        return Err(bomb());
    }
    let names: Vec<String> =
        zip.file_names().filter_map(|name| name.ok().map(|name| name.into_owned())).collect();
    let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let sort = if has("xl/workbook.xml") {
        Sort::Workbook
    } else if has("word/document.xml") {
        Sort::Document
    } else if has("content.xml") && has("META-INF/manifest.xml") {
        Sort::OpenDocument
    } else if has("xl/workbook.bin") {
        return Err(Refused(msg!(
            "đây là tệp XLSB; hãy mở bằng Excel rồi lưu lại dạng XLSX",
            "this is XLSB; save it as XLSX"
        )));
    } else {
        return Err(Refused(msg!(
            "tệp nén này không phải XLSX, ODS hay DOCX; hãy giải nén rồi chỉ ra đúng tệp",
            "this ZIP is no XLSX, ODS or DOCX"
        )));
    };
    let mut files = BTreeMap::new();
    let mut total = 0;
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => encrypted(),
            _ => broken(),
        })?;
        if part.encrypted() {
            return Err(encrypted());
        }
        let name = part.name().map_err(|_| broken())?.to_ascii_lowercase();
        if let Some(words) = forbidden(&name) {
            return Err(Refused(words));
        }
        let packed = part.compressed_size();
        let kept = wanted(&name);
        let mut inside = Vec::new();
        let mut size = 0;
        let mut piece = vec![0; 64 << 10];
        loop {
            let read = part.read(&mut piece).map_err(|_| broken())?;
            if read == 0 {
                break;
            }
            size += read as u64;
            if total + size > MOST_UNPACKED || (size > SMALL && size > packed.saturating_mul(MOST_RATIO)) {
                return Err(bomb());
            }
            if kept {
                inside.extend_from_slice(&piece[..read]);
            }
        }
        total += size;
        if kept {
            files.insert(name, inside);
        }
    }
    for (name, part) in &files {
        if name == "[content_types].xml" && contains(part, b"macroEnabled") {
            return Err(Refused(macros()));
        }
        if name == "meta-inf/manifest.xml" && contains(part, b"encryption-data") {
            return Err(encrypted());
        }
        if name.ends_with(".rels") {
            relations(part)?;
        }
        if sort == Sort::OpenDocument && name == "content.xml" {
            let linked = [&b"<table:table-source"[..], b"<table:dde-link", b"<table:cell-range-source"];
            if linked.iter().any(|sign| contains(part, sign)) {
                return Err(Refused(links()));
            }
        }
    }
    Ok(Parts { sort, files })
}

/// The parts that our own readers or the checks above want.
fn wanted(name: &str) -> bool {
    name.ends_with(".rels")
        || matches!(
            name,
            "[content_types].xml" | "meta-inf/manifest.xml" | "content.xml" | "word/document.xml"
        )
}

/// What is said of a part that must not be there, by its name.
fn forbidden(name: &str) -> Option<Message> {
    let macro_part = name.ends_with("vbaproject.bin")
        || name.contains("/macrosheets/")
        || name.contains("/activex/")
        || name.starts_with("basic/")
        || name.starts_with("scripts/");
    if macro_part {
        return Some(macros());
    }
    (name.contains("/externallinks/") || name.ends_with("/connections.xml")).then(links)
}

/// Links to what is not in the file. A web address that a reader may click on is none: every letterhead with an
/// address of mail has one, and nothing is fetched.
fn relations(part: &[u8]) -> Result<(), Refused> {
    let mut found = false;
    walk(part, &mut |event| {
        if let Event::Open(_, attributes) = event {
            let value = |name: &str| {
                attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
            };
            let outside = value("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            found |= outside && !value("Type").is_some_and(|kind| kind.ends_with("/hyperlink"));
        }
    })
    .ok_or_else(broken)?;
    if found { Err(Refused(links())) } else { Ok(()) }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// What is said of a file of the old binary sort, which is also how encrypted new ones are kept.
pub(super) fn old_office(bytes: &[u8]) -> Message {
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if contains(bytes, &wide) {
        return encrypted().0;
    }
    msg!(
        "đây là tệp .xls hoặc .doc kiểu cũ; hãy mở rồi lưu lại dạng .xlsx hoặc .docx",
        "this is an old .xls or .doc; save it as .xlsx or .docx"
    )
}

fn encrypted() -> Refused {
    Refused(msg!(
        "tệp có mật khẩu; hãy mở, bỏ mật khẩu rồi lưu lại",
        "the file is encrypted; take the password off and save it"
    ))
}

fn macros() -> Message {
    msg!(
        "tệp có macro (chương trình kèm theo), không nhận; hãy lưu lại dạng .xlsx hoặc .docx thường, rồi coi chừng nguồn của tệp",
        "the file carries macros and is refused; save it as plain .xlsx or .docx"
    )
}

fn links() -> Message {
    msg!(
        "tệp có liên kết lấy dữ liệu từ tệp khác hoặc từ mạng, không nhận; hãy chép sang tệp mới, dán dạng giá trị (Paste Values)",
        "the file takes data from other files or the network and is refused; copy it to a new file as values"
    )
}

fn bomb() -> Refused {
    Refused(msg!(
        "tệp nén phình ra quá lớn khi mở (kiểu “bom nén”), không nhận",
        "the file unpacks to far too much (a ZIP bomb) and is refused"
    ))
}

/// What is said of a file that is not whole.
pub(super) fn broken() -> Refused {
    Refused(msg!(
        "tệp hỏng, không đọc được; hãy mở bằng Excel hoặc Word rồi lưu lại",
        "the file is broken; open it in its program and save it again"
    ))
}
