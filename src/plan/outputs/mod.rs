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

/// Every file beside the pages, but the manifest.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let mut files = feeds::files(plan);
    files.extend(sitemap::files(plan));
    files.extend(data::files(plan));
    files.extend(initiative_data::files(plan));
    files.extend(essential_data::files(plan));
    files.extend(simplification_data::files(plan));
    files.extend(inspection_data::files(plan));
    files.extend(figures::files(plan));
    files.extend(plan_data::files(plan));
    files.extend(duty_data::files(plan));
    files.extend(search::files(plan));
    files.extend(redirects::files(plan));
    files.push(robots::file(plan));
    files.extend(security::file(plan));
    files
}
