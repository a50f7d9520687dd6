//! The TIFF structure inside Exif: who took a picture, with what, and where.

use super::{Field, Found, start_of};

/// Fields that name somebody, or the machine of somebody.
const FIELDS: &[(u16, Field)] = &[
    (0x013B, Field::somebody("Artist", "người chụp")),
    (0x013C, Field::somebody("HostComputer", "tên máy")),
    (0x8298, Field::somebody("Copyright", "người giữ bản quyền")),
    (XP_AUTHOR, Field::somebody("XPAuthor", "người soạn")),
    (0xA430, Field::somebody("CameraOwnerName", "chủ máy ảnh")),
    (0xA431, Field::somebody("BodySerialNumber", "số máy")),
    (0xA435, Field::somebody("LensSerialNumber", "số ống kính")),
];
const PLACE: Field = Field::place("GPS", "tọa độ nơi chụp");
const XP_AUTHOR: u16 = 0x9C9D;
const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;
/// Fields of the GPS directory that tell a place: latitudes, longitudes, the name of an area.
const GPS_PLACES: &[u16] = &[2, 4, 20, 22, 28];
const ORIENTATION: u16 = 0x0112;

struct Reader<'t> {
    bytes: &'t [u8],
    big: bool,
}

impl Reader<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        let pair: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    }

    fn u32(&self, at: usize) -> Option<usize> {
        let four: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if self.big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }).ok()
    }

    /// The entries of a directory, tag and place of its twelve bytes, as far as it goes.
    fn directory(&self, start: usize) -> Vec<(u16, usize)> {
        let count = self.u16(start).map_or(0, usize::from);
        let entry = |i| {
            let at = start.checked_add(2 + 12 * i)?;
            self.bytes.get(at..at.checked_add(12)?)?;
            Some((self.u16(at)?, at))
        };
        (0..count).map_while(entry).collect()
    }

    /// The entries of the first directory and of the Exif directory that it names.
    fn entries(&self) -> Vec<(u16, usize)> {
        let mut entries = self.u32(4).map(|start| self.directory(start)).unwrap_or_default();
        let exif = entries.iter().find(|(tag, _)| *tag == EXIF).and_then(|(_, at)| self.u32(at + 8));
        entries.extend(exif.map(|start| self.directory(start)).unwrap_or_default());
        entries
    }

    fn text(&self, at: usize, tag: u16) -> Option<String> {
        let length = self.u32(at + 4)?;
        let start = if length <= 4 { at + 8 } else { self.u32(at + 8)? };
        let end = start.checked_add(length)?.min(self.bytes.len());
        let raw = self.bytes.get(start..end)?;
        if tag != XP_AUTHOR {
            return Some(start_of(raw).into_owned());
        }
        let pairs = raw.chunks_exact(2).take(512);
        let units: Vec<u16> = pairs.map(|p| u16::from(p[0]) | u16::from(p[1]) << 8).collect();
        Some(String::from_utf16_lossy(&units))
    }

    /// Whether the GPS directory tells a place. Cameras without a fix write one with their version only;
    /// one that is not whole counts as telling.
    fn tells_a_place(&self, at: usize) -> bool {
        let Some(start) = self.u32(at + 8) else { return true };
        let entries = self.directory(start);
        let whole = self.u16(start).map(usize::from) == Some(entries.len());
        !whole || entries.iter().any(|(tag, _)| GPS_PLACES.contains(tag))
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
pub(super) fn inspect(bytes: &[u8], found: &mut Found) {
    let Some(reader) = reader(bytes) else { return };
    for (tag, at) in reader.entries() {
        if tag == GPS {
            if reader.tells_a_place(at) {
                found.add(&PLACE, "GPS");
            }
        } else if let Some((_, field)) = FIELDS.iter().find(|(known, _)| *known == tag) {
            found.add(field, &reader.text(at, tag).unwrap_or_default().replace('\0', " "));
        }
    }
}

/// How the picture is turned (2 to 8), if the block says: that must survive cleaning.
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
