//! The whole site as a value: what the pure stages give and `write` puts on the disk.

use std::collections::BTreeMap;

use crate::base::hash::Sha;
use crate::base::path::{OutPath, SitePath};
use crate::inputs::AssetRef;

/// Every file of the site, by its path below the output folder.
#[derive(Debug, Default)]
pub struct Site {
    /// Path → content.
    pub files: BTreeMap<OutPath, Content>,
}

/// What a file of the site holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The same bytes as this attachment of the content folder.
    CopyOf(SitePath, AssetRef),
    /// Bytes that a [`Shelf`] has taken away, and what it did with them.
    Shelved(AssetRef, Shelved),
}

impl Content {
    /// The hash of the bytes.
    pub fn hash(&self) -> Sha {
        match self {
            Self::Bytes(bytes) => Sha::of(bytes),
            Self::CopyOf(_, asset) | Self::Shelved(asset, _) => asset.hash,
        }
    }

    /// The bytes, if they are here.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::CopyOf(..) | Self::Shelved(..) => None,
        }
    }
}

/// What a [`Shelf`] did with bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelved {
    /// Nothing: they stood there before.
    AsBefore,
    /// It wrote them down.
    Written,
    /// Nothing: something of others stands at their place.
    InTheWay,
}

/// Takes the files of a site one by one, as they are made, by several threads and in no order. Whoever makes them
/// need not hold them all, which is two thirds of the memory of a build.
///
/// A shelf has no word in what is made: it cannot fail here. One that can take no more says so at its end.
pub trait Shelf: Sync {
    /// Takes the bytes of a file.
    fn take(&self, path: &OutPath, bytes: Vec<u8>) -> Content;

    /// Whether it has given up, so that what is still to be made would be made in vain.
    fn is_closed(&self) -> bool {
        false
    }
}

/// Keeps every file where it is: in memory.
#[derive(Debug, Clone, Copy, Default)]
pub struct InMemory;

impl Shelf for InMemory {
    fn take(&self, _: &OutPath, mut bytes: Vec<u8>) -> Content {
        // Room that is not needed would be a third of all.
        bytes.shrink_to_fit();
        Content::Bytes(bytes)
    }
}
