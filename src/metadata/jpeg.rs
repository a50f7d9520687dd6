//! JPEG: Exif, XMP, IPTC, comments and what hangs behind the picture go; the picture stays to the byte.

use std::ops::Range;

use super::{Field, Found, Unreadable, find, iptc, tiff, xml};

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// A long XMP packet goes on in segments of this name, with a hash and two lengths before the text.
const XMP_MORE: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
const FILM: Field = Field::place("GPS", "tọa độ nơi quay, trong đoạn phim kèm ảnh");
/// Most pictures that are looked for behind the first.
const MOST_BEHIND: usize = 16;

/// One segment: its marker, its bytes with the marker. The data of a scan belong to the segment that
/// starts it.
struct Segment {
    marker: u8,
    range: Range<usize>,
}

impl Segment {
    fn content<'j>(&self, bytes: &'j [u8]) -> &'j [u8] {
        bytes.get(self.range.start + 4..self.range.end).unwrap_or_default()
    }

    /// Whether decoders can do without it: everything that applications add but JFIF, colour profiles
    /// and Adobe's colour mark; and comments.
    fn may_go(&self, bytes: &[u8]) -> bool {
        match self.marker {
            0xE0 | 0xEE => false,
            0xE2 => !self.content(bytes).starts_with(b"ICC_PROFILE"),
            0xE1..=0xEF | 0xFE => true,
            _ => false,
        }
    }
}

/// The segments of a picture, and where it ends.
fn segments(bytes: &[u8]) -> Result<(Vec<Segment>, usize), Unreadable> {
    let mut out = Vec::new();
    let mut at = 2;
    loop {
        let [0xFF, marker] = *bytes.get(at..at + 2).ok_or_else(Unreadable::broken)? else {
            return Err(Unreadable::broken());
        };
        match marker {
            // Padding.
            0xFF => {
                at += 1;
                continue;
            }
            0xD9 => return Ok((out, at + 2)),
            _ => {}
        }
        let length = match bytes.get(at + 2..at + 4) {
            Some([high, low]) => usize::from(*high) << 8 | usize::from(*low),
            _ => return Err(Unreadable::broken()),
        };
        let mut end = at + 2 + length;
        if length < 2 || end > bytes.len() {
            return Err(Unreadable::broken());
        }
        if marker == 0xDA {
            end = end_of_scan(bytes, end);
        }
        out.push(Segment { marker, range: at..end });
        if end == bytes.len() && marker == 0xDA {
            // A picture that is cut off still shows what it has.
            return Ok((out, end));
        }
        at = end;
    }
}

/// Where the data of a scan end: at a marker that is neither a stuffed byte nor a restart.
fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let data = bytes.get(from..).unwrap_or_default();
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
    data.windows(2).position(ends).map_or(bytes.len(), |i| from + i)
}

pub(super) fn inspect(bytes: &[u8], found: &mut Found) -> Result<(), Unreadable> {
    let end = picture(bytes, found)?;
    // Telephones hang more pictures behind the first, or a film, each with metadata of its own.
    let mut rest = &bytes[end..];
    if find(rest, b"\xA9xyz", 0).is_some() {
        found.add(&FILM, "GPS");
    }
    for _ in 0..MOST_BEHIND {
        let Some(start) = find(rest, b"\xFF\xD8\xFF", 0) else { return Ok(()) };
        let end = picture(&rest[start..], found).unwrap_or(3);
        rest = &rest[start + end..];
    }
    if find(rest, b"\xFF\xD8\xFF", 0).is_some() { Err(Unreadable::hidden()) } else { Ok(()) }
}

/// What one picture names, and where it ends.
fn picture(bytes: &[u8], found: &mut Found) -> Result<usize, Unreadable> {
    let (segments, end) = segments(bytes)?;
    for segment in segments {
        let content = segment.content(bytes);
        if segment.marker == 0xE1 {
            let more = || content.strip_prefix(XMP_MORE).and_then(|more| more.get(40..));
            if let Some(block) = content.strip_prefix(EXIF) {
                tiff::inspect(block, found);
            } else if let Some(packet) = content.strip_prefix(XMP).or_else(more) {
                xml::add(packet, &xml::xmp(packet), found);
            }
        } else if segment.marker == 0xED
            && let Some(block) = content.strip_prefix(PHOTOSHOP)
        {
            iptc::inspect(block, found);
        }
    }
    Ok(end)
}

pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let (segments, end) = segments(bytes)?;
    let mut out = bytes[..2].to_vec();
    let mut turned = false;
    let mut kept = 2;
    for segment in segments {
        kept = segment.range.end;
        if !segment.may_go(bytes) {
            out.extend(&bytes[segment.range]);
        } else if let Some(turn) = segment.content(bytes).strip_prefix(EXIF).and_then(tiff::orientation)
            && !turned
        {
            turned = true;
            let block = tiff::only_orientation(turn);
            let length = u16::try_from(2 + EXIF.len() + block.len()).unwrap_or(u16::MAX);
            out.extend([0xFF, 0xE1]);
            out.extend(length.to_be_bytes());
            out.extend(EXIF);
            out.extend(block);
        }
    }
    out.extend(&bytes[kept..end]);
    Ok(out)
}

/// The bytes that may be blanked so that the picture names nobody and keeps its length.
pub(super) fn blanks(bytes: &[u8]) -> Result<Vec<Range<usize>>, Unreadable> {
    let (segments, end) = segments(bytes)?;
    let may_go = segments.iter().filter(|segment| segment.may_go(bytes));
    Ok(may_go
        .map(|segment| segment.range.start + 4..segment.range.end)
        .chain(std::iter::once(end..bytes.len()))
        .filter(|range| !range.is_empty())
        .collect())
}
