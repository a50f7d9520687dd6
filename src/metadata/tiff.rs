//! The TIFF structure inside Exif: who took a picture, and where.

use super::Finding;

/// Fields of the first directory that name somebody.
const NAMES: &[(u16, &str)] =
    &[(0x013B, "Artist"), (0x8298, "Copyright"), (0x9C9D, "XPAuthor"), (0xA430, "CameraOwnerName")];
const GPS: u16 = 0x8825;
const ORIENTATION: u16 = 0x0112;
/// Most entries that a directory is believed to have.
const MOST_ENTRIES: usize = 512;

struct Reader<'t> {
    bytes: &'t [u8],
    big: bool,
}

impl Reader<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        let pair: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let four: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
    }

    /// The entries of the first directory: tag, and the place of its twelve bytes.
    fn entries(&self) -> Vec<(u16, usize)> {
        let Some(start) = self.u32(4).and_then(|offset| usize::try_from(offset).ok()) else {
            return Vec::new();
        };
        let count = self.u16(start).map_or(0, usize::from).min(MOST_ENTRIES);
        (0..count)
            .filter_map(|i| {
                let at = start.checked_add(2 + 12 * i)?;
                Some((self.u16(at)?, at))
            })
            .collect()
    }

    fn text(&self, at: usize, tag: u16) -> Option<String> {
        let length = usize::try_from(self.u32(at + 4)?).ok()?.min(1024);
        let start = if length <= 4 { at + 8 } else { usize::try_from(self.u32(at + 8)?).ok()? };
        let raw = self.bytes.get(start..start.checked_add(length)?)?;
        Some(if tag == 0x9C9D {
            let units: Vec<u16> = raw
                .chunks(2)
                .map(|p| u16::from(p[0]) | u16::from(p.get(1).copied().unwrap_or(0)) << 8)
                .collect();
            String::from_utf16_lossy(&units)
        } else {
            String::from_utf8_lossy(raw).into_owned()
        })
    }
}

fn reader(bytes: &[u8]) -> Option<Reader<'_>> {
    match bytes {
        [b'I', b'I', 42, 0, ..] => Some(Reader { bytes, big: false }),
        [b'M', b'M', 0, 42, ..] => Some(Reader { bytes, big: true }),
        _ => None,
    }
}

/// What an Exif block names.
pub(super) fn inspect(bytes: &[u8]) -> Vec<Finding> {
    let Some(reader) = reader(bytes) else { return Vec::new() };
    let mut found = Vec::new();
    for (tag, at) in reader.entries() {
        if tag == GPS {
            found.push(Finding::place("GPS"));
        } else if let Some((_, field)) = NAMES.iter().find(|(known, _)| *known == tag) {
            let value = reader.text(at, tag).unwrap_or_default();
            found.extend(Finding::somebody(field, value.trim_matches('\0')));
        }
    }
    found
}

/// How the picture is turned (1 to 8), if the block says: that must survive cleaning.
pub(super) fn orientation(bytes: &[u8]) -> Option<u16> {
    let reader = reader(bytes)?;
    let (_, at) = reader.entries().into_iter().find(|(tag, _)| *tag == ORIENTATION)?;
    reader.u16(at + 8).filter(|turn| (2..=8).contains(turn))
}

/// An Exif block that says nothing but how the picture is turned.
pub(super) fn only_orientation(turn: u16) -> Vec<u8> {
    let mut block = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    block.extend(turn.to_be_bytes());
    block.extend([0, 0, 0, 0, 0, 0]);
    block
}
