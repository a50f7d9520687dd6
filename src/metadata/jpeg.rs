//! JPEG: segments before the scan; Exif, XMP, IPTC and comments go, the picture stays to the byte.

use super::{Finding, Unreadable, tiff, xmp};

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const IPTC: &[u8] = b"Photoshop 3.0\0";

/// One segment: its marker, its bytes with the marker, its content.
struct Segment<'j> {
    marker: u8,
    whole: &'j [u8],
    content: &'j [u8],
}

/// The segments up to the start of the scan, and everything from there on.
fn segments(bytes: &[u8]) -> Result<(Vec<Segment<'_>>, &[u8]), Unreadable> {
    let mut out = Vec::new();
    let mut at = 2;
    loop {
        let [0xFF, marker] = *bytes.get(at..at + 2).ok_or_else(Unreadable::broken)? else {
            return Err(Unreadable::broken());
        };
        if marker == 0xFF {
            at += 1; // Padding.
            continue;
        }
        if marker == 0xDA || marker == 0xD9 {
            return Ok((out, &bytes[at..]));
        }
        let length = match bytes.get(at + 2..at + 4) {
            Some([high, low]) => usize::from(*high) << 8 | usize::from(*low),
            _ => return Err(Unreadable::broken()),
        };
        let whole = bytes.get(at..at + 2 + length).filter(|_| length >= 2).ok_or_else(Unreadable::broken)?;
        out.push(Segment { marker, whole, content: &whole[4..] });
        at += 2 + length;
    }
}

pub(super) fn inspect(bytes: &[u8]) -> Result<Vec<Finding>, Unreadable> {
    let mut found = Vec::new();
    for segment in segments(bytes)?.0 {
        match segment.marker {
            0xE1 => {
                if let Some(block) = segment.content.strip_prefix(EXIF) {
                    found.extend(tiff::inspect(block));
                } else if let Some(packet) = segment.content.strip_prefix(XMP) {
                    found.extend(xmp(packet).into_iter().map(|(_, finding)| finding));
                }
            }
            0xED if segment.content.starts_with(IPTC) => found.extend(by_line(segment.content)),
            _ => {}
        }
    }
    Ok(found)
}

/// IPTC data set 2:80, the by-line.
fn by_line(content: &[u8]) -> Vec<Finding> {
    let mut out = Vec::new();
    for (at, window) in content.windows(5).enumerate() {
        if let [0x1C, 2, 80, high, low] = *window {
            let length = usize::from(high) << 8 | usize::from(low);
            let value = content.get(at + 5..at + 5 + length.min(1024)).unwrap_or_default();
            out.extend(Finding::somebody("By-line", &String::from_utf8_lossy(value)));
        }
    }
    out
}

pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let (segments, rest) = segments(bytes)?;
    let mut out = bytes[..2].to_vec();
    for segment in segments {
        match segment.marker {
            // Exif, XMP, IPTC and comments.
            0xE1 | 0xED | 0xFE => {
                if let Some(turn) = segment.content.strip_prefix(EXIF).and_then(tiff::orientation) {
                    let block = tiff::only_orientation(turn);
                    let length = u16::try_from(2 + EXIF.len() + block.len()).unwrap_or(u16::MAX);
                    out.extend([0xFF, 0xE1]);
                    out.extend(length.to_be_bytes());
                    out.extend(EXIF);
                    out.extend(block);
                }
            }
            _ => out.extend(segment.whole),
        }
    }
    out.extend(rest);
    Ok(out)
}
