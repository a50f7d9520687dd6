//! The files of the search index, below the search page.

use crate::base::path::OutPath;
use crate::plan::{SitePlan, search};

/// Every file of the index: scripts that hand their data over, since a page that is opened by double
/// click may load a script, but not fetch a file.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let files = search::files(plan).into_iter();
    files
        .map(|(name, text)| {
            let path = format!("tim-kiem/chi-muc/{name}.js");
            (OutPath::new(&path).expect("a name of letters and digits"), text.into_bytes())
        })
        .collect()
}
