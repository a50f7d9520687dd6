//! PDF: the Info dictionary and XMP packets, blanked in place so that every offset stays right.

use std::io::Read;
use std::ops::Range;

use flate2::read::ZlibDecoder;

use super::{Finding, Unreadable, find, xmp};

/// Longest inflated object stream that is looked into, in bytes.
const LONGEST_STREAM: u64 = 4 << 20;

/// What the plain parts of a PDF name, with the bytes of the values.
fn plain(bytes: &[u8]) -> Vec<(Range<usize>, Finding)> {
    let mut out = authors(bytes);
    let mut from = 0;
    while let Some(start) = find(bytes, b"<x:xmpmeta", from) {
        let end = find(bytes, b"</x:xmpmeta>", start).unwrap_or(bytes.len());
        let packet = xmp(&bytes[start..end]);
        out.extend(
            packet.into_iter().map(|(range, finding)| (start + range.start..start + range.end, finding)),
        );
        from = end;
    }
    out
}

/// Values of `/Author` in any dictionary: `(…)` or `<…>`.
fn authors(bytes: &[u8]) -> Vec<(Range<usize>, Finding)> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = find(bytes, b"/Author", from) {
        from = at + b"/Author".len();
        let mut at = from;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let value = match bytes.get(at) {
            Some(b'(') => literal(bytes, at + 1),
            Some(b'<') if bytes.get(at + 1) != Some(&b'<') => {
                find(bytes, b">", at).map(|end| (at + 1..end, hex(&bytes[at + 1..end])))
            }
            _ => None,
        };
        if let Some((range, raw)) = value {
            out.extend(Finding::somebody("Author", &text(&raw)).map(|finding| (range, finding)));
        }
    }
    out
}

/// A literal string from after its opening parenthesis: its bytes, and its value.
fn literal(bytes: &[u8], start: usize) -> Option<(Range<usize>, Vec<u8>)> {
    let mut depth = 1;
    let mut at = start;
    let mut raw = Vec::new();
    loop {
        match *bytes.get(at)? {
            b'\\' => {
                at += 1;
                raw.push(*bytes.get(at)?);
            }
            b'(' => {
                depth += 1;
                raw.push(b'(');
            }
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some((start..at, raw));
                }
                raw.push(b')');
            }
            byte => raw.push(byte),
        }
        at += 1;
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|&b| (b as char).to_digit(16))
        .filter_map(|d| u8::try_from(d).ok())
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

/// A text string: UTF-16BE with its mark, UTF-8 with its mark, or PDFDocEncoding (near Latin-1).
fn text(raw: &[u8]) -> String {
    match raw {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest
                .chunks(2)
                .map(|p| u16::from(p[0]) << 8 | u16::from(p.get(1).copied().unwrap_or(0)))
                .collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => raw.iter().map(|&b| b as char).collect(),
    }
}

/// Authors that stand in compressed object streams, where nothing can be blanked in place.
fn compressed(bytes: &[u8]) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = find(bytes, b"/ObjStm", from) {
        from = at + 1;
        let Some(mark) = find(bytes, b"stream", at) else { break };
        let mut start = mark + b"stream".len();
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        let mut inflated = Vec::new();
        // A stream that breaks off still gives what it had; a bomb gives no more than the limit.
        let _ = ZlibDecoder::new(&bytes[start..]).take(LONGEST_STREAM).read_to_end(&mut inflated);
        out.extend(authors(&inflated).into_iter().map(|(_, finding)| finding));
    }
    out
}

pub(super) fn inspect(bytes: &[u8]) -> Result<Vec<Finding>, Unreadable> {
    if find(bytes, b"/Encrypt", 0).is_some() {
        return Err(Unreadable::hidden());
    }
    let mut found: Vec<Finding> = plain(bytes).into_iter().map(|(_, finding)| finding).collect();
    found.extend(compressed(bytes));
    Ok(found)
}

pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    if find(bytes, b"/Encrypt", 0).is_some() || !compressed(bytes).is_empty() {
        return Err(Unreadable::hidden());
    }
    let mut out = bytes.to_vec();
    for (range, _) in plain(bytes) {
        let hexadecimal =
            range.start > 0 && bytes[range.start - 1] == b'<' && bytes.get(range.end) == Some(&b'>');
        for byte in &mut out[range] {
            // In XMP only the words go, not the tags; spaces are right everywhere but in hexadecimal.
            *byte = if hexadecimal { b'0' } else { b' ' };
        }
    }
    Ok(out)
}
