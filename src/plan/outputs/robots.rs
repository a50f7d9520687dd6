//! `robots.txt`: everything may be read; the site map is there.

use crate::base::path::OutPath;
use crate::plan::{SitePlan, urls};

/// The file. A base URL may hold characters beyond ASCII; robots.txt is UTF-8.
pub fn file(plan: &SitePlan<'_>) -> (OutPath, Vec<u8>) {
    let sitemap = plan.site.absolute(&urls::fixed("/sitemap.xml"));
    let text = format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n");
    (urls::fixed("/robots.txt").out_path(), text.into_bytes())
}
