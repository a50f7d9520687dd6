//! IPTC data inside a Photoshop block: by-lines, contacts, places.

use super::{Field, Found, start_of};

/// Data sets of record 2 that name somebody or a place.
const FIELDS: &[(u8, Field)] = &[
    (80, Field::somebody("By-line", "người chụp")),
    (85, Field::somebody("By-lineTitle", "chức danh người chụp")),
    (90, Field::place("City", "nơi chụp")),
    (92, Field::place("Sub-location", "nơi chụp")),
    (110, Field::somebody("Credit", "ghi công")),
    (116, Field::somebody("CopyrightNotice", "người giữ bản quyền")),
    (118, Field::somebody("Contact", "liên hệ")),
    (122, Field::somebody("Writer-Editor", "người viết chú thích")),
];

/// Looks into the resources of a Photoshop block (`8BIM`) for IPTC data.
pub(super) fn inspect(block: &[u8], found: &mut Found) {
    let mut at = 0;
    while let Some(resource) = block.get(at..).filter(|rest| rest.starts_with(b"8BIM")) {
        let Some((id, data, whole)) = resource_at(resource) else { return };
        if id == 0x0404 {
            data_sets(data, found);
        }
        at += whole;
    }
}

/// A resource: its number, its data, its whole length.
fn resource_at(resource: &[u8]) -> Option<(u16, &[u8], usize)> {
    let id = u16::from_be_bytes([*resource.get(4)?, *resource.get(5)?]);
    // The name is a Pascal string, padded to an even length with its length byte.
    let name = (usize::from(*resource.get(6)?) + 2) & !1;
    let size: [u8; 4] = resource.get(6 + name..10 + name)?.try_into().ok()?;
    let size = usize::try_from(u32::from_be_bytes(size)).ok()?;
    let start = 10 + name;
    let end = start.checked_add(size)?;
    Some((id, resource.get(start..end)?, end + (size & 1)))
}

fn data_sets(data: &[u8], found: &mut Found) {
    let mut rest = data;
    while let [0x1C, record, set, high, low, after @ ..] = rest {
        let length = usize::from(*high) << 8 | usize::from(*low);
        // A length of more than 32 KiB is written otherwise; no name is so long.
        let Some((value, behind)) = after.split_at_checked(length) else { return };
        if let Some((_, field)) = FIELDS.iter().find(|(known, _)| *record == 2 && known == set) {
            found.add(field, &start_of(value));
        }
        rest = behind;
    }
}
