//! Looks into attachments for what their metadata tells of persons and places, and writes cleaned
//! copies when asked to.

use std::fmt;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::base::diagnostic::{Diagnostic, Message, Place};
use crate::base::path::SitePath;
use crate::codes::{CK0812, CK0819, CK0820, CK0821};
use crate::disk::{self, Opened};
use crate::metadata::{self, LONGEST, Names};
use crate::msg;
use crate::privacy::secret;

/// Looks for private keys in a file that is read piece by piece.
#[derive(Default)]
pub(super) struct KeySearch {
    /// The end of what was seen, since a key may lie across two pieces.
    tail: Vec<u8>,
    found: Option<Message>,
}

impl KeySearch {
    /// Takes the next piece.
    pub(super) fn take(&mut self, piece: &[u8]) {
        if self.found.is_some() {
            return;
        }
        self.tail.extend_from_slice(piece);
        self.found = secret::private_key(&self.tail);
        let seen = self.tail.len().saturating_sub(secret::OVERLAP);
        self.tail.drain(..seen);
    }

    /// The finding about the file, if there is a key in it.
    pub(super) fn finding(self, place: Place, shown: &str) -> Option<Diagnostic> {
        self.found.map(|what| key_found(place, shown, &what))
    }
}

/// A private key lies in a file.
pub(super) fn key_found(place: Place, shown: &str, what: &Message) -> Diagnostic {
    let Message { vi, en } = what;
    let words = msg!("`{shown}` chứa {vi}", "`{shown}` holds {en}");
    let help = msg!(
        "chuyển khóa ra ngoài kho nội dung ngay; đã từng đưa lên kho chung thì coi như khóa đã lộ, phải tạo khóa mới (docs/bien-tap/khoa.md)",
        "move the key out of the repository at once; if it was ever shared take it for known to others and make a new one (docs/bien-tap/khoa.md)"
    );
    Diagnostic::new(CK0821, place, words).help(help)
}

/// The bytes of an attachment while it is hashed.
pub(super) enum Held {
    /// Of a kind that is not looked into.
    Passed,
    /// So far.
    Whole(Vec<u8>),
    /// Longer than what is looked into.
    TooLong,
}

impl Held {
    /// Starts on an attachment of this name.
    pub(super) fn new(name: &str) -> Self {
        if metadata::may_have(name) { Self::Whole(Vec::new()) } else { Self::Passed }
    }

    /// Takes the next piece; gives up on what is too long.
    pub(super) fn take(&mut self, piece: &[u8]) {
        if let Self::Whole(bytes) = self {
            if bytes.len() + piece.len() <= LONGEST {
                bytes.extend_from_slice(piece);
            } else {
                *self = Self::TooLong;
            }
        }
    }

    /// What the metadata tells, as findings about the file.
    pub(super) fn findings(self, path: &SitePath) -> Vec<Diagnostic> {
        let why = match self {
            Self::Passed => return Vec::new(),
            Self::TooLong => too_long(),
            Self::Whole(bytes) => match metadata::inspect(&bytes) {
                Ok(found) => return found.into_iter().map(|finding| named(path, &finding)).collect(),
                Err(why) => why.0,
            },
        };
        let (vi, en) = (why.vi, why.en);
        let words = msg!(
            "không xem được thông tin ẩn trong tệp: {vi}",
            "cannot look into the hidden information of the file: {en}"
        );
        let help = msg!(
            "tự xem phần Thuộc tính (Properties) của tệp trước khi đăng",
            "look at the properties of the file yourself before publishing"
        );
        vec![Diagnostic::new(CK0820, Place::file(path), words).help(help)]
    }
}

fn too_long() -> Message {
    let limit = LONGEST >> 20;
    msg!("tệp dài hơn {limit} MiB", "the file is longer than {limit} MiB")
}

fn named(path: &SitePath, finding: &metadata::Finding) -> Diagnostic {
    let (label, field, masked) = (finding.label_vi, finding.field, &finding.masked);
    let help = msg!(
        "chạy `congkhai check --fix-metadata` để có bản sao đã xóa thông tin ẩn, rồi thay tệp này bằng bản sao đó (tệp nào còn trong tep/ cũng được đăng)",
        "run `congkhai check --fix-metadata` for a copy without the hidden information, and put it in the place of this file (every file in tep/ is published)"
    );
    match finding.names {
        Names::Somebody => Diagnostic::new(
            CK0812,
            Place::file(path),
            msg!(
                "thông tin ẩn của tệp nêu tên: {masked} ({label}, {field})",
                "the hidden information of the file names somebody ({field}: {masked})"
            ),
        ),
        Names::Place => Diagnostic::new(
            CK0819,
            Place::file(path),
            msg!(
                "thông tin ẩn của tệp cho biết nơi chốn: {label} ({field})",
                "the hidden information of the file tells a place ({field})"
            ),
        ),
    }
    .help(help)
}

/// The bytes of an attachment, for a preview; a link in its place is an error.
pub fn read_attachment(content: &Path, asset: &SitePath) -> io::Result<Vec<u8>> {
    let root = disk::open_folder(content)?;
    match disk::open_below(&root, Path::new(asset.as_str()))? {
        Opened::File(mut file, _) => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(bytes)
        }
        Opened::Other(sort) => Err(io::Error::other(sort.vi())),
    }
}

/// Writes a cleaned copy of an attachment beside it, as `<name>-da-lam-sach.<ext>`; never over a file
/// that is there. Gives the new path, or why there is none.
pub fn write_clean_copy(content: &Path, asset: &SitePath) -> Result<PathBuf, Message> {
    let of = |path: &dyn fmt::Display, Message { vi, en }: Message| msg!("{path}: {vi}", "{path}: {en}");
    let words = |error: &io::Error| of(asset, disk::cause(error));
    let root = disk::open_folder(content).map_err(|error| words(&error))?;
    let mut bytes = Vec::new();
    match disk::open_below(&root, Path::new(asset.as_str())).map_err(|error| words(&error))? {
        Opened::File(file, _) => {
            file.take(LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(|error| words(&error))?
        }
        Opened::Other(sort) => {
            let (vi, en) = (sort.vi(), sort.en());
            return Err(msg!("{asset}: {vi}", "{asset}: {en}"));
        }
    };
    if bytes.len() > LONGEST {
        return Err(of(asset, too_long()));
    }
    let cleaned = metadata::clean(&bytes).map_err(|why| of(asset, why.0))?;
    let name = format!("{}-da-lam-sach.{}", asset.stem(), asset.extension());
    let copy = content.join(asset.parent()).join(name);
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&copy)
        .map_err(|error| of(&copy.display(), disk::cause(&error)))?;
    file.write_all(&cleaned).and_then(|()| file.sync_all()).map_err(|error| words(&error))?;
    Ok(copy)
}
