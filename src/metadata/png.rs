//! PNG: text chunks and Exif; the picture's own chunks stay to the byte.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::{Finding, Unreadable, tiff, xmp};

const SIGNATURE: usize = 8;
/// Longest inflated text that is looked into, in bytes.
const LONGEST_TEXT: u64 = 1 << 20;

/// A chunk: its type, the bytes of the whole, its data.
type Chunk<'p> = ([u8; 4], &'p [u8], &'p [u8]);

fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Unreadable> {
    let mut out = Vec::new();
    let mut at = SIGNATURE;
    while at < bytes.len() {
        let head: [u8; 8] =
            bytes.get(at..at + 8).and_then(|h| h.try_into().ok()).ok_or_else(Unreadable::broken)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let end = at.checked_add(12).and_then(|n| n.checked_add(length)).ok_or_else(Unreadable::broken)?;
        let whole = bytes.get(at..end).ok_or_else(Unreadable::broken)?;
        out.push(([head[4], head[5], head[6], head[7]], whole, &whole[8..8 + length]));
        at = end;
    }
    Ok(out)
}

pub(super) fn inspect(bytes: &[u8]) -> Result<Vec<Finding>, Unreadable> {
    let mut found = Vec::new();
    for (kind, _, data) in chunks(bytes)? {
        match &kind {
            b"eXIf" => found.extend(tiff::inspect(data)),
            b"tEXt" | b"zTXt" | b"iTXt" => {
                let mut parts = data.splitn(2, |byte| *byte == 0);
                let key = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
                let rest = parts.next().unwrap_or_default();
                let value = value(&kind, rest);
                if key == "XML:com.adobe.xmp" {
                    found.extend(xmp(&value).into_iter().map(|(_, finding)| finding));
                } else if ["author", "copyright", "creator", "artist"].contains(&key.to_lowercase().as_str())
                {
                    found.extend(Finding::somebody(&key, &String::from_utf8_lossy(&value)));
                } else if key.to_lowercase().contains("gps") || key.to_lowercase().contains("location") {
                    found.push(Finding::place(&key));
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The value of a text chunk after its keyword, inflated where it is compressed.
fn value(kind: &[u8; 4], rest: &[u8]) -> Vec<u8> {
    let (compressed, start) = match kind {
        b"zTXt" => (true, 1),
        b"iTXt" => {
            let flag = rest.first() == Some(&1);
            // Flag, method, then language and translated keyword, each ended by a NUL.
            let mut nuls =
                rest.iter().enumerate().skip(2).filter(|(_, byte)| **byte == 0).map(|(i, _)| i + 1);
            (flag, nuls.nth(1).unwrap_or(rest.len()))
        }
        _ => (false, 0),
    };
    let raw = rest.get(start..).unwrap_or_default();
    if !compressed {
        return raw.to_vec();
    }
    let mut inflated = Vec::new();
    let _ = ZlibDecoder::new(raw).take(LONGEST_TEXT).read_to_end(&mut inflated);
    inflated
}

pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut out = bytes.get(..SIGNATURE).ok_or_else(Unreadable::broken)?.to_vec();
    for (kind, whole, _) in chunks(bytes)? {
        if !matches!(&kind, b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME") {
            out.extend(whole);
        }
    }
    Ok(out)
}
