//! The files of the site that are not pages: feeds, site map, robots, the manifest. Written by code,
//! not by templates, since machines read them and no theme should change them.

pub mod csv;
pub mod data;
pub mod duty_data;
pub mod essential_data;
pub mod feeds;
pub mod figures;
pub mod initiative_data;
pub mod inspection_data;
pub mod ledger;
pub mod manifest;
pub mod plan_data;
pub mod records;
pub mod redirects;
pub mod robots;
pub mod search;
pub mod security;
pub mod simplification_data;
pub mod sitemap;
pub mod xml;

use super::SitePlan;
use crate::base::path::OutPath;

pub use manifest::{SIGNED_AS, manifest, signature, sums};

/// A file of the site with its bytes.
pub type File = (OutPath, Vec<u8>);

/// What makes the files beside the pages, but the manifest. Each is a piece of work of its own, so that several can
/// be done at once and none has to wait with its files for the others.
pub const MAKERS: &[fn(&SitePlan<'_>) -> Vec<File>] = &[
    // The longest first.
    duty_data::files,
    search::files,
    sitemap::files,
    feeds::files,
    data::files,
    initiative_data::files,
    essential_data::files,
    simplification_data::files,
    inspection_data::files,
    figures::files,
    plan_data::files,
    redirects::files,
    |plan| vec![robots::file(plan)],
    |plan| security::file(plan).into_iter().collect(),
];

/// All files of the [`MAKERS`].
pub fn files(plan: &SitePlan<'_>) -> Vec<File> {
    MAKERS.iter().flat_map(|make| make(plan)).collect()
}
