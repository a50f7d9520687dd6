//! DOCX, XLSX and their like: XML parts in a ZIP, with pictures and other documents inside.
//!
//! Parts that name nobody keep their compressed bytes. Who commented or changed something becomes
//! `Author1`, `Author2` …, so that a discussion still shows who answers whom; other names go.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::ops::Range;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::xml::{Inside, Name, Piece};
use super::{
    Budget, Field, Format, Found, Unreadable, format_of, is_nobody, look, start_of, tells_of_a_person, wash,
    xml,
};

/// Most parts that a document has.
const MOST_PARTS: usize = 10_000;
/// Longest list of custom properties, in bytes: each is read for what it says, which takes time.
const LONGEST_CUSTOM: usize = 1 << 20;
/// Most authors of a sheet whose names are looked for in their comments.
const MOST_AUTHORS: usize = 200;
/// How deep documents are looked for in documents.
const DEEPEST: usize = 2;

type Archive<'z> = ZipArchive<Cursor<&'z [u8]>>;

// ---- What names somebody ------------------------------------------------------------------------

const AUTHOR: Field = Field::somebody("author", "người nhận xét, người sửa");
const INITIALS: Field = Field::somebody("initials", "tên viết tắt của người nhận xét");
const USER: Field = Field::somebody("userId", "tài khoản của người nhận xét");
const LAST_USER: Field = Field::somebody("userName", "người dùng tệp");
const CUSTOM: Field = Field::somebody("custom", "thuộc tính tự đặt");

/// Elements of `docProps/core.xml` and `docProps/app.xml`.
const PROPERTIES: &[(&str, Field)] = &[
    ("creator", Field::somebody("creator", "người soạn")),
    ("lastModifiedBy", Field::somebody("lastModifiedBy", "người sửa cuối")),
    ("Manager", Field::somebody("Manager", "người quản lý")),
    ("Company", Field::somebody("Company", "công ty, cơ quan")),
];

/// Attributes, by the tag they stand in; `*` is any tag.
const ATTRIBUTES: &[(&str, &str, &Field, Instead)] = &[
    ("*", "author", &AUTHOR, Instead::Alias),
    ("comment", "initials", &INITIALS, Instead::Nothing),
    ("presenceInfo", "userId", &USER, Instead::NoUser),
    ("person", "displayName", &AUTHOR, Instead::Alias),
    ("person", "userId", &USER, Instead::NoUser),
    ("cmAuthor", "name", &AUTHOR, Instead::Alias),
    ("cmAuthor", "initials", &INITIALS, Instead::Nothing),
    ("author", "name", &AUTHOR, Instead::Alias),
    ("author", "initials", &INITIALS, Instead::Nothing),
    ("author", "userId", &USER, Instead::NoUser),
    ("fileSharing", "userName", &LAST_USER, Instead::Alias),
    ("header", "userName", &LAST_USER, Instead::Alias),
    ("userInfo", "name", &LAST_USER, Instead::Alias),
];

/// What a custom property that names somebody is called, in small letters: one of these is in its name.
const CUSTOM_NAMES: &[&str] = &[
    "author",
    "creator",
    "owner",
    "manager",
    "company",
    "email",
    "editor",
    "reviewer",
    "checked by",
    "người",
    "tác giả",
    "họ tên",
    "nguoi",
    "tac gia",
    "ho ten",
];

/// What is written instead of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Instead {
    /// Nothing.
    Nothing,
    /// `Author1`, the same for the same name in the whole document.
    Alias,
    /// `None`, as Office writes it for a user without an account.
    NoUser,
    /// A dash, in paths.
    Dash,
}

/// A name that was met in a part.
struct Hit {
    range: Range<usize>,
    field: &'static Field,
    instead: Instead,
}

/// What a part is, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Title, author, firm.
    Properties,
    /// Properties that users made up.
    Custom,
    /// Comments of a sheet: their authors are listed as elements.
    SheetComments,
    /// Anything else of XML where people are named in attributes.
    Attributes,
    /// A picture or a document.
    Embedded,
    /// Not looked into.
    Other,
}

fn sort_of(name: &str) -> Sort {
    const ATTRIBUTE_FOLDERS: &[&str] = &["word/", "xl/persons/", "xl/revisions/", "xl/externallinks/"];
    const ATTRIBUTE_FILES: &[&str] =
        &["xl/workbook.xml", "xl/connections.xml", "ppt/authors.xml", "ppt/commentauthors.xml"];
    let name = name.to_ascii_lowercase();
    let below = |folder: &&str| name.starts_with(*folder);
    let xml = name.ends_with(".xml");
    if name == "docprops/custom.xml" {
        Sort::Custom
    } else if (below(&"docprops/") && xml) || name.ends_with(".psmdcp") {
        Sort::Properties
    } else if name.ends_with(".rels") {
        Sort::Attributes
    } else if name.contains("/media/") || name.contains("/embeddings/") || below(&"docprops/thumbnail") {
        Sort::Embedded
    } else if xml && below(&"xl/comments") {
        Sort::SheetComments
    } else if xml && (ATTRIBUTE_FOLDERS.iter().any(below) || ATTRIBUTE_FILES.contains(&name.as_str())) {
        Sort::Attributes
    } else {
        Sort::Other
    }
}

/// What one part of XML names, in the order of its bytes.
fn hits(sort: Sort, xml: &[u8]) -> Vec<Hit> {
    let mut out = Vec::new();
    let mut tag = Name(b"");
    let mut inside = Inside::default();
    // The custom property that the walk is in names somebody.
    let mut tells = false;
    let mut authors: Vec<&[u8]> = Vec::new();
    let of_element = |name: Name<'_>| match sort {
        Sort::Properties => {
            PROPERTIES.iter().find(|(known, _)| known.as_bytes() == name.local()).map(|(_, field)| field)
        }
        Sort::SheetComments => (name.local() == b"author").then_some(&AUTHOR),
        _ => None,
    };
    xml::scan(xml, &mut |piece| {
        let around = inside.step(&piece, of_element);
        let mut add = |range: Range<usize>, field, instead| {
            if !is_nobody(field, &xml::value(&xml[range.clone()])) {
                out.push(Hit { range, field, instead });
            }
        };
        match piece {
            Piece::Open(name) => tag = name,
            Piece::Close => {}
            Piece::Text(range) => {
                let raw = &xml[range.clone()];
                match (sort, around) {
                    (Sort::SheetComments, Some(field)) => {
                        if authors.len() < MOST_AUTHORS && !raw.is_empty() {
                            authors.push(raw);
                        }
                        add(range, field, Instead::Alias);
                    }
                    // Excel opens a comment with its author's name and a colon.
                    (Sort::SheetComments, None) => {
                        let opens = |name: &&&[u8]| {
                            raw.strip_prefix(**name).is_some_and(|rest| rest.starts_with(b":"))
                        };
                        if let Some(name) = authors.iter().find(opens) {
                            add(range.start..range.start + name.len(), &AUTHOR, Instead::Alias);
                        }
                    }
                    (_, Some(field)) => add(range, field, Instead::Nothing),
                    (Sort::Custom, None) if tells || tells_of_a_person(&xml::value(raw)) => {
                        add(range, &CUSTOM, Instead::Nothing);
                    }
                    (Sort::Properties, None) => out.extend(path(raw, range.start)),
                    _ => {}
                }
            }
            Piece::Attribute(name, range) => {
                let (of, local) = (tag.local(), name.local());
                if sort == Sort::Custom && local == b"name" {
                    let called = start_of(&xml[range]).to_lowercase();
                    tells = CUSTOM_NAMES.iter().any(|known| called.contains(known));
                } else if sort == Sort::Attributes {
                    let known = ATTRIBUTES.iter().find(|(in_tag, attribute, ..)| {
                        attribute.as_bytes() == local && (*in_tag == "*" || in_tag.as_bytes() == of)
                    });
                    match known {
                        Some((_, _, field, instead)) => add(range, field, *instead),
                        None => out.extend(path(&xml[range.clone()], range.start)),
                    }
                }
            }
        }
    });
    out
}

fn path(raw: &[u8], start: usize) -> Option<Hit> {
    xml::user_in(raw, start).map(|(range, field)| Hit { range, field, instead: Instead::Dash })
}

// ---- Parts --------------------------------------------------------------------------------------

fn open(bytes: &[u8]) -> Result<Archive<'_>, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::broken())?;
    if archive.len() > MOST_PARTS {
        return Err(Unreadable::too_much());
    }
    // Parts that lie over each other would be more than the file, and a copy of them without bound.
    let mut packed = 0_u64;
    for i in 0..archive.len() {
        let size = archive.by_index_raw(i).map_err(|_| Unreadable::broken())?.compressed_size();
        packed = packed.saturating_add(size);
    }
    if packed > bytes.len() as u64 { Err(Unreadable::too_much()) } else { Ok(archive) }
}

/// The bytes of a part that is looked into.
type Content = (Sort, Vec<u8>);

/// The name of a part, and its content if it is looked into.
fn part(
    archive: &mut Archive<'_>,
    i: usize,
    budget: &mut Budget,
) -> Result<(String, Option<Content>), Unreadable> {
    let raw = archive.by_index_raw(i).map_err(|_| Unreadable::broken())?;
    let name = raw.name().map_err(|_| Unreadable::broken())?.into_owned();
    drop(raw);
    let sort = sort_of(&name);
    if sort == Sort::Other {
        return Ok((name, None));
    }
    let bytes = budget.read(archive.by_index(i).map_err(|_| Unreadable::hidden())?)?;
    if sort != Sort::Embedded {
        xml::check_encoding(&bytes)?;
    }
    if sort == Sort::Custom && bytes.len() > LONGEST_CUSTOM {
        return Err(Unreadable::too_much());
    }
    Ok((name, Some((sort, bytes))))
}

/// Whether something that lies in a document is looked into. Old Office objects are not: equations and
/// the like lie in every second document.
fn is_seen(inner: &[u8], depth: usize) -> bool {
    depth < DEEPEST && format_of(inner).is_some_and(|format| format != Format::ClosedOffice)
}

pub(super) fn inspect(
    bytes: &[u8],
    found: &mut Found,
    budget: &mut Budget,
    depth: usize,
) -> Result<(), Unreadable> {
    let mut archive = open(bytes)?;
    for i in 0..archive.len() {
        match part(&mut archive, i, budget)?.1 {
            Some((Sort::Embedded, inner)) if is_seen(&inner, depth) => {
                match look(&inner, found, budget, depth + 1) {
                    // A broken picture does not make the document unreadable; a bomb does.
                    Err(why) if why == Unreadable::broken() => {}
                    other => other?,
                }
            }
            Some((sort, xml)) if sort != Sort::Embedded => {
                for hit in hits(sort, &xml) {
                    found.add(hit.field, &xml::value(&xml[hit.range]));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

// ---- Cleaning -----------------------------------------------------------------------------------

/// Who is called what in the cleaned copy.
#[derive(Default)]
struct Aliases(BTreeMap<Vec<u8>, usize>);

impl Aliases {
    fn of(&mut self, name: &[u8]) -> String {
        let next = self.0.len() + 1;
        format!("Author{}", self.0.entry(name.to_vec()).or_insert(next))
    }
}

pub(super) fn clean(bytes: &[u8], budget: &mut Budget, depth: usize) -> Result<Vec<u8>, Unreadable> {
    let mut archive = open(bytes)?;
    if archive.file_names().flatten().any(|name| name.starts_with("_xmlsignatures/")) {
        return Err(Unreadable::signed());
    }
    let mut aliases = Aliases::default();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let (name, content) = part(&mut archive, i, budget)?;
        let cleaned = match content {
            Some((Sort::Embedded, inner)) if is_seen(&inner, depth) => {
                let mut own = Found::default();
                let names = look(&inner, &mut own, &mut Budget::default(), depth + 1);
                // What names nobody, or is broken, stays to the byte.
                let washed = (names.is_ok() && !own.0.is_empty()).then(|| wash(&inner, budget, depth + 1));
                washed.transpose()?
            }
            Some((sort, xml)) if sort != Sort::Embedded => without(&xml, &hits(sort, &xml), &mut aliases),
            _ => None,
        };
        let written = match cleaned {
            None => archive.by_index_raw(i).and_then(|file| out.raw_copy_file(file)),
            Some(part) => {
                let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
                out.start_file(name, options).and_then(|()| out.write_all(&part).map_err(Into::into))
            }
        };
        written.map_err(|_| Unreadable::broken())?;
    }
    out.finish().map(Cursor::into_inner).map_err(|_| Unreadable::broken())
}

/// The part with every name replaced; `None` if it names nobody.
fn without(xml: &[u8], hits: &[Hit], aliases: &mut Aliases) -> Option<Vec<u8>> {
    if hits.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(xml.len());
    let mut from = 0;
    for hit in hits {
        out.extend(xml.get(from..hit.range.start)?);
        match hit.instead {
            Instead::Nothing => {}
            Instead::Alias => out.extend(aliases.of(&xml[hit.range.clone()]).bytes()),
            Instead::NoUser => out.extend(b"None"),
            Instead::Dash => out.push(b'-'),
        }
        from = hit.range.end;
    }
    out.extend(xml.get(from..)?);
    Some(out)
}
