//! The whole site as a value: what the pure stages give and `write` puts on the disk.

use std::collections::BTreeMap;

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
}
