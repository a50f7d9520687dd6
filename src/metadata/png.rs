//! PNG: text chunks and Exif go; the picture's own chunks stay to the byte.

use std::borrow::Cow;

use flate2::Crc;

use super::{Budget, Field, Found, Unreadable, iptc, start_of, tiff, xml};

const SIGNATURE: usize = 8;

/// Keywords of text chunks that name somebody or a place, in small letters.
const FIELDS: &[(&str, Field)] = &[
    ("author", Field::somebody("Author", "người soạn")),
    ("artist", Field::somebody("Artist", "người vẽ")),
    ("creator", Field::somebody("Creator", "người soạn")),
    ("copyright", Field::somebody("Copyright", "người giữ bản quyền")),
    ("exif:artist", Field::somebody("Artist", "người chụp")),
    ("exif:copyright", Field::somebody("Copyright", "người giữ bản quyền")),
    ("location", Field::place("Location", "nơi chụp")),
    ("exif:gpslatitude", Field::place("GPS", "tọa độ nơi chụp")),
    ("exif:gpslongitude", Field::place("GPS", "tọa độ nơi chụp")),
];

/// A chunk: its type, the bytes of the whole, its data.
type Chunk<'p> = ([u8; 4], &'p [u8], &'p [u8]);

/// The chunks up to the last; what hangs behind it is no part of the picture.
fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Unreadable> {
    let mut out = Vec::new();
    let mut at = SIGNATURE;
    while at < bytes.len() {
        let head: [u8; 8] =
            bytes.get(at..at + 8).and_then(|h| h.try_into().ok()).ok_or_else(Unreadable::broken)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let end = at.checked_add(12).and_then(|n| n.checked_add(length)).ok_or_else(Unreadable::broken)?;
        let whole = bytes.get(at..end).ok_or_else(Unreadable::broken)?;
        let kind = [head[4], head[5], head[6], head[7]];
        out.push((kind, whole, &whole[8..8 + length]));
        if &kind == b"IEND" {
            break;
        }
        at = end;
    }
    Ok(out)
}

pub(super) fn inspect(bytes: &[u8], found: &mut Found, budget: &mut Budget) -> Result<(), Unreadable> {
    for (kind, _, data) in chunks(bytes)? {
        match &kind {
            b"eXIf" => tiff::inspect(data, found),
            b"tEXt" | b"zTXt" | b"iTXt" => text(&kind, data, found, budget)?,
            _ => {}
        }
    }
    Ok(())
}

fn text(kind: &[u8; 4], data: &[u8], found: &mut Found, budget: &mut Budget) -> Result<(), Unreadable> {
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let key = parts.next().map(start_of).unwrap_or_default().to_lowercase();
    let value = value(kind, parts.next().unwrap_or_default(), budget)?;
    if key == "xml:com.adobe.xmp" {
        xml::add(&value, &xml::xmp(&value), found);
    } else if let Some(sort) = key.strip_prefix("raw profile type ") {
        // ImageMagick writes whole blocks of metadata as hexadecimal digits.
        let block = profile(&value);
        let exif = block.strip_prefix(b"Exif\0\0").unwrap_or(&block);
        match sort.trim() {
            "app1" if exif.starts_with(b"http") => xml::add(exif, &xml::xmp(exif), found),
            "exif" | "app1" => tiff::inspect(exif, found),
            "xmp" => xml::add(&block, &xml::xmp(&block), found),
            "iptc" | "8bim" => iptc::inspect(&block, found),
            _ => {}
        }
    } else if let Some((_, field)) = FIELDS.iter().find(|(known, _)| *known == key) {
        found.add(field, &start_of(&value));
    }
    Ok(())
}

/// The value of a text chunk after its keyword, inflated where it is compressed.
fn value<'p>(kind: &[u8; 4], rest: &'p [u8], budget: &mut Budget) -> Result<Cow<'p, [u8]>, Unreadable> {
    let (compressed, start) = match kind {
        b"zTXt" => (true, 1),
        b"iTXt" => {
            // Flag, method, then language and translated keyword, each ended by a NUL.
            let nuls = rest.iter().enumerate().skip(2).filter(|(_, byte)| **byte == 0).map(|(i, _)| i + 1);
            (rest.first() == Some(&1), nuls.take(2).last().unwrap_or(rest.len()))
        }
        _ => (false, 0),
    };
    let raw = rest.get(start..).unwrap_or_default();
    Ok(if compressed { Cow::Owned(budget.zlib(raw)?) } else { Cow::Borrowed(raw) })
}

/// The bytes of a raw profile: a line with its name, one with its length, then digits.
fn profile(text: &[u8]) -> Vec<u8> {
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).skip(2);
    let digits: Vec<u8> = lines
        .flatten()
        .filter_map(|byte| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut out = bytes.get(..SIGNATURE).ok_or_else(Unreadable::broken)?.to_vec();
    for (kind, whole, data) in chunks(bytes)? {
        match &kind {
            b"eXIf" => out.extend(tiff::orientation(data).map(turned).unwrap_or_default()),
            // `caBX` tells who made a picture, and how (C2PA).
            b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" | b"caBX" => {}
            _ => out.extend(whole),
        }
    }
    Ok(out)
}

/// An Exif chunk that says nothing but how the picture is turned.
fn turned(turn: u16) -> Vec<u8> {
    let block = tiff::only_orientation(turn);
    let mut out = u32::try_from(block.len()).unwrap_or_default().to_be_bytes().to_vec();
    let mut sum = Crc::new();
    for part in [b"eXIf".as_slice(), &block] {
        sum.update(part);
        out.extend(part);
    }
    out.extend(sum.sum().to_be_bytes());
    out
}
