//! DOCX, XLSX and their like: XML parts in a ZIP.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Finding, Unreadable, elements, find, words};

/// Longest part that is looked into, inflated, in bytes; what inflates to more is no document.
const LONGEST_PART: u64 = 16 << 20;
/// Most parts that a document has.
const MOST_PARTS: usize = 10_000;

/// Elements that name somebody.
const ELEMENTS: &[&str] = &["dc:creator", "cp:lastModifiedBy", "Manager", "Company", "author"];
/// Attributes that name somebody: commenters, tracked changes, persons of threaded comments.
const ATTRIBUTES: &[&str] = &["w:author=\"", "displayName=\"", "w:initials=\"", "userId=\""];

fn is_looked_into(name: &str) -> bool {
    name.starts_with("docProps/")
        || (name.ends_with(".xml")
            && [
                "comments",
                "persons/",
                "word/document",
                "word/footnotes",
                "word/endnotes",
                "word/header",
                "word/footer",
                "word/people",
            ]
            .iter()
            .any(|part| name.contains(part)))
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Unreadable> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::broken())?;
    if archive.len() > MOST_PARTS { Err(Unreadable::broken()) } else { Ok(archive) }
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, i: usize) -> Result<Option<(String, Vec<u8>)>, Unreadable> {
    let file = archive.by_index(i).map_err(|_| Unreadable::hidden())?;
    let name = file.name().map_err(|_| Unreadable::broken())?.into_owned();
    if !is_looked_into(&name) {
        return Ok(None);
    }
    let mut xml = Vec::new();
    file.take(LONGEST_PART + 1).read_to_end(&mut xml).map_err(|_| Unreadable::broken())?;
    if xml.len() as u64 > LONGEST_PART { Err(Unreadable::broken()) } else { Ok(Some((name, xml))) }
}

/// What one part names, with the bytes of the values.
fn named(name: &str, xml: &[u8]) -> Vec<(std::ops::Range<usize>, Finding)> {
    let mut out = Vec::new();
    for tag in ELEMENTS {
        // `author` is an element only in the comments of a sheet.
        if *tag == "author" && !name.contains("comments") {
            continue;
        }
        for (range, value) in elements(xml, tag) {
            out.extend(Finding::somebody(tag, &words(value)).map(|finding| (range, finding)));
        }
    }
    for attribute in ATTRIBUTES {
        let mut from = 0;
        while let Some(at) = find(xml, attribute.as_bytes(), from) {
            let start = at + attribute.len();
            let Some(end) = find(xml, b"\"", start) else { break };
            let field = attribute.trim_end_matches("=\"");
            let value = String::from_utf8_lossy(&xml[start..end]);
            out.extend(Finding::somebody(field, &value).map(|finding| (start..end, finding)));
            from = end;
        }
    }
    out
}

pub(super) fn inspect(bytes: &[u8]) -> Result<Vec<Finding>, Unreadable> {
    let mut archive = open(bytes)?;
    let mut found = Vec::new();
    for i in 0..archive.len() {
        if let Some((name, xml)) = part(&mut archive, i)? {
            found.extend(named(&name, &xml).into_iter().map(|(_, finding)| finding));
        }
    }
    Ok(found)
}

pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut archive = open(bytes)?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let cleaned = part(&mut archive, i)?.and_then(|(name, mut xml)| {
            let mut ranges: Vec<_> = named(&name, &xml).into_iter().map(|(range, _)| range).collect();
            ranges.sort_by_key(|range| std::cmp::Reverse(range.start));
            let named = !ranges.is_empty();
            for range in ranges {
                drop(xml.splice(range, []));
            }
            named.then_some((name, xml))
        });
        let written = match cleaned {
            // Parts that name nobody are copied as they are, compressed bytes and all.
            None => archive.by_index_raw(i).and_then(|file| out.raw_copy_file(file)),
            Some((name, xml)) => {
                let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
                out.start_file(name, options).and_then(|()| out.write_all(&xml).map_err(Into::into))
            }
        };
        written.map_err(|_| Unreadable::broken())?;
    }
    out.finish().map(Cursor::into_inner).map_err(|_| Unreadable::broken())
}
