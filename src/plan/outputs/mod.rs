//! The files of the site that are not pages: feeds, site map, robots, the manifest. Written by code,
//! not by templates, since machines read them and no theme should change them.

pub mod data;
pub mod feeds;
pub mod manifest;
pub mod robots;
pub mod search;
pub mod sitemap;
pub mod xml;

use super::SitePlan;
use crate::base::path::OutPath;

pub use manifest::manifest;

/// Every file beside the pages, but the manifest.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let mut files = feeds::files(plan);
    files.extend(sitemap::files(plan));
    files.extend(data::files(plan));
    files.extend(search::files(plan));
    files.push(robots::file(plan));
    files
}
