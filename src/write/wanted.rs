//! The new tree as it shall be: files, the folders they need, and the marker.

use std::collections::{BTreeMap, BTreeSet};

use super::manifest::Manifest;
use super::{MANIFEST, MARKER, MARKER_TEXT, SIGNATURE, WriteError};
use crate::base::diagnostic::Message;
use crate::base::path::SitePath;
use crate::inputs::AssetRef;
use crate::msg;
use crate::site::{Content, Shelved, Site};

/// What a file shall hold.
#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// The bytes of an attachment.
    CopyOf(&'a SitePath, AssetRef),
}

/// One file of the new tree.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    /// It is still to be compared and made.
    Open(What<'a>),
    /// The writer has seen to it when it was made.
    Done(AssetRef, Shelved),
}

/// The files and folders that the output folder shall have.
pub(super) struct Wanted<'a> {
    pub(super) files: BTreeMap<&'a str, Item<'a>>,
    pub(super) folders: BTreeSet<&'a str>,
}

impl<'a> Wanted<'a> {
    /// Takes a site apart, and refuses one that could not be told from foreign files next time.
    pub(super) fn of(site: &'a Site) -> Result<Self, WriteError> {
        let fault = |path: &str, why: Message| Err(WriteError::Site { path: path.to_owned(), why });
        let mut files: BTreeMap<&str, Item<'_>> = BTreeMap::new();
        for (path, content) in &site.files {
            let item = match content {
                Content::Bytes(bytes) => Item::Open(What::Bytes(bytes)),
                Content::CopyOf(from, asset) => Item::Open(What::CopyOf(from, *asset)),
                Content::Shelved(asset, done) => Item::Done(*asset, *done),
            };
            files.insert(path.as_str(), item);
        }
        let manifest = match files.get(MANIFEST) {
            Some(Item::Open(What::Bytes(bytes))) => Manifest::parse(bytes),
            _ => None,
        };
        let Some(manifest) = manifest else {
            return fault(
                MANIFEST,
                msg!("thiếu danh sách tệp của trang", "the list of the site's files is missing"),
            );
        };
        if let Some(path) =
            files.keys().find(|path| ![MANIFEST, SIGNATURE].contains(*path) && !manifest.lists(path))
        {
            return fault(
                path,
                msg!("danh sách tệp của trang bỏ sót một tệp", "the list of the site's files leaves one out"),
            );
        }
        if files.insert(MARKER, Item::Open(What::Bytes(MARKER_TEXT.as_bytes()))).is_some() {
            return fault(
                MARKER,
                msg!("trang có tệp trùng tên tệp đánh dấu", "a file of the site is named like the marker"),
            );
        }
        let folders: BTreeSet<&str> = files.keys().flat_map(|path| ancestors(path)).collect();
        if let Some(path) = files.keys().find(|path| folders.contains(**path)) {
            return fault(
                path,
                msg!("một đường dẫn vừa là tệp vừa là thư mục", "a path is both a file and a folder"),
            );
        }
        Ok(Self { files, folders })
    }
}

/// The folders above a path, nearest first.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(above, _)| above.rsplit_once('/')).map(|(above, _)| above)
}
