//! XML as far as metadata needs it: names, attribute values and texts with their bytes; and XMP.
//!
//! A walk once over the bytes. It never fails: what is no XML gives nothing more.

use std::ops::Range;

use super::{Field, Found, Unreadable, find, is_nobody, start_of, user_in_path};

/// A piece of a document.
pub(super) enum Piece<'x> {
    /// A tag opens; its attributes follow.
    Open(Name<'x>),
    /// An attribute of the tag that opened last.
    Attribute(Name<'x>, Range<usize>),
    /// A tag closes, or was empty.
    Close,
    /// Text between tags.
    Text(Range<usize>),
}

/// A name with its prefix.
#[derive(Clone, Copy)]
pub(super) struct Name<'x>(pub &'x [u8]);

impl<'x> Name<'x> {
    /// The name without its prefix: producers choose their prefixes.
    pub(super) fn local(self) -> &'x [u8] {
        self.0.rsplit(|byte| *byte == b':').next().unwrap_or(self.0)
    }

    fn declares_namespace(self) -> bool {
        self.0.starts_with(b"xmlns")
    }
}

/// XML in another encoding than UTF-8 or its like is not looked into.
pub(super) fn check_encoding(xml: &[u8]) -> Result<(), Unreadable> {
    match xml {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [b'<', 0, ..] | [0, b'<', ..] => Err(Unreadable::hidden()),
        _ => Ok(()),
    }
}

/// Walks over a document.
pub(super) fn scan<'x>(xml: &'x [u8], each: &mut impl FnMut(Piece<'x>)) {
    let mut at = 0;
    while let Some(byte) = xml.get(at) {
        let rest = &xml[at..];
        let after = |end: &[u8]| find(xml, end, at).map_or(xml.len(), |i| i + end.len());
        at = if *byte != b'<' {
            let end = find(xml, b"<", at).unwrap_or(xml.len());
            each(Piece::Text(at..end));
            end
        } else if rest.starts_with(b"<!--") {
            after(b"-->")
        } else if rest.starts_with(b"<![CDATA[") {
            let start = at + b"<![CDATA[".len();
            let text_end = find(xml, b"]]>", start).unwrap_or(xml.len());
            each(Piece::Text(start..text_end));
            (text_end + b"]]>".len()).min(xml.len())
        } else if rest.starts_with(b"<?") {
            after(b"?>")
        } else if rest.starts_with(b"<!") {
            after(b">")
        } else if rest.starts_with(b"</") {
            each(Piece::Close);
            after(b">")
        } else {
            tag(xml, at + 1, each)
        };
    }
}

/// An opening tag from its name on; gives where it ends.
fn tag<'x>(xml: &'x [u8], start: usize, each: &mut impl FnMut(Piece<'x>)) -> usize {
    let run = |from: usize, stop: &dyn Fn(u8) -> bool| {
        let rest = xml.get(from..).unwrap_or_default();
        rest.iter().position(|byte| stop(*byte)).map_or(xml.len(), |i| from + i)
    };
    let mut at = run(start, &|b| b.is_ascii_whitespace() || b == b'/' || b == b'>');
    each(Piece::Open(Name(&xml[start..at])));
    loop {
        at = run(at, &|b| !b.is_ascii_whitespace());
        match xml.get(at) {
            None => return at,
            Some(b'>') => return at + 1,
            Some(b'/') if xml.get(at + 1) == Some(&b'>') => {
                each(Piece::Close);
                return at + 2;
            }
            Some(_) => {}
        }
        let name_end = run(at + 1, &|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'/' | b'>'));
        let name = &xml[at..name_end];
        at = run(name_end, &|b| !b.is_ascii_whitespace());
        if xml.get(at) != Some(&b'=') {
            continue;
        }
        at = run(at + 1, &|b| !b.is_ascii_whitespace());
        let Some(quote @ (b'"' | b'\'')) = xml.get(at) else { continue };
        let end = run(at + 1, &|b| b == *quote);
        if end == xml.len() {
            return end;
        }
        each(Piece::Attribute(Name(name), at + 1..end));
        at = end + 1;
    }
}

/// A value as text: what is judged and masked of it, entities read.
pub(super) fn value(raw: &[u8]) -> String {
    let text = start_of(raw);
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(9).position(|byte| byte == b';');
        let Some((name, behind)) = end.map(|end| (&after[..end], &after[end + 1..])) else {
            out.push('&');
            rest = after;
            continue;
        };
        let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        });
        out.push(number.and_then(char::from_u32).unwrap_or(match name {
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => '&',
        }));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// What a look at XML met: the field, and where its value stands.
pub(super) type Hit = (Range<usize>, &'static Field);

/// Follows a walk into the elements that name somebody.
#[derive(Default)]
pub(super) struct Inside(Option<(&'static Field, usize)>);

impl Inside {
    /// The field that a text stands in, if any. `of` tells the field of an element.
    pub(super) fn step<'x>(
        &mut self,
        piece: &Piece<'x>,
        of: impl FnOnce(Name<'x>) -> Option<&'static Field>,
    ) -> Option<&'static Field> {
        match (piece, &mut self.0) {
            (Piece::Open(_), Some((_, depth))) => *depth += 1,
            (Piece::Open(name), None) => self.0 = of(*name).map(|field| (field, 1)),
            (Piece::Close, Some((_, 1))) => self.0 = None,
            (Piece::Close, Some((_, depth))) => *depth -= 1,
            (Piece::Text(_), Some((field, _))) => return Some(field),
            _ => {}
        }
        None
    }
}

// ---- XMP ----------------------------------------------------------------------------------------

const PATH: Field = Field::somebody("path", "đường dẫn có tên người dùng");
const IN_IMAGE: Field = Field::somebody("mwg-rs:Name", "người trong ảnh");

/// Properties of XMP that name somebody or a place, by their names without prefix.
const XMP: &[(&str, Field)] = &[
    ("creator", Field::somebody("dc:creator", "người soạn")),
    ("contributor", Field::somebody("dc:contributor", "người góp phần")),
    ("rights", Field::somebody("dc:rights", "người giữ bản quyền")),
    ("Author", Field::somebody("Author", "người soạn")),
    ("Artist", Field::somebody("Artist", "người chụp, người vẽ")),
    ("Owner", Field::somebody("Owner", "chủ sở hữu")),
    ("OwnerName", Field::somebody("OwnerName", "chủ máy ảnh")),
    ("CameraOwnerName", Field::somebody("CameraOwnerName", "chủ máy ảnh")),
    ("SerialNumber", Field::somebody("SerialNumber", "số máy")),
    ("BodySerialNumber", Field::somebody("BodySerialNumber", "số máy")),
    ("LensSerialNumber", Field::somebody("LensSerialNumber", "số ống kính")),
    ("AuthorsPosition", Field::somebody("AuthorsPosition", "chức danh người soạn")),
    ("CaptionWriter", Field::somebody("CaptionWriter", "người viết chú thích")),
    ("Credit", Field::somebody("Credit", "ghi công")),
    ("LastModifiedBy", Field::somebody("LastModifiedBy", "người sửa cuối")),
    ("Company", Field::somebody("Company", "công ty, cơ quan")),
    ("Manager", Field::somebody("Manager", "người quản lý")),
    ("attributionName", Field::somebody("attributionName", "ghi công")),
    ("PersonInImage", Field::somebody("PersonInImage", "người trong ảnh")),
    ("PersonDisplayName", Field::somebody("PersonDisplayName", "người trong ảnh")),
    ("CiEmailWork", Field::somebody("CiEmailWork", "thư điện tử")),
    ("CiTelWork", Field::somebody("CiTelWork", "số điện thoại")),
    ("CiAdrExtadr", Field::somebody("CiAdrExtadr", "địa chỉ")),
    ("GPSLatitude", Field::place("GPS", "tọa độ nơi chụp")),
    ("GPSLongitude", Field::place("GPS", "tọa độ nơi chụp")),
    ("GPSDestLatitude", Field::place("GPS", "tọa độ nơi chụp")),
    ("GPSDestLongitude", Field::place("GPS", "tọa độ nơi chụp")),
    ("City", Field::place("City", "nơi chụp")),
    ("Location", Field::place("Location", "nơi chụp")),
    ("Sublocation", Field::place("Location", "nơi chụp")),
];

fn of_xmp(name: Name<'_>) -> Option<&'static Field> {
    if name.declares_namespace() {
        return None;
    }
    if name.0 == b"mwg-rs:Name" {
        return Some(&IN_IMAGE);
    }
    XMP.iter().find(|(known, _)| known.as_bytes() == name.local()).map(|(_, field)| field)
}

/// What an XMP packet names, with the bytes of the values.
pub(super) fn xmp(packet: &[u8]) -> Vec<Hit> {
    let mut out = Vec::new();
    let mut inside = Inside::default();
    scan(packet, &mut |piece| {
        let around = inside.step(&piece, of_xmp);
        let (range, field) = match piece {
            Piece::Text(range) => (range, around),
            Piece::Attribute(name, range) => (range, of_xmp(name)),
            _ => return,
        };
        let raw = &packet[range.clone()];
        match field {
            Some(field) if !is_nobody(field, &value(raw)) => out.push((range, field)),
            _ => out.extend(user_in(raw, range.start)),
        }
    });
    out
}

/// The user in a path that stands at `start`.
pub(super) fn user_in(raw: &[u8], start: usize) -> Option<Hit> {
    let user = user_in_path(raw)?;
    let named = !is_nobody(&PATH, &value(&raw[user.clone()]));
    named.then(|| (start + user.start..start + user.end, &PATH))
}

/// Adds what was met to what was found.
pub(super) fn add(xml: &[u8], hits: &[Hit], found: &mut Found) {
    for (range, field) in hits {
        found.add(field, &value(&xml[range.clone()]));
    }
}
