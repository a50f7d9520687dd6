//! The index of the site's search: what can be found, by which words, in which files.
//!
//! `document` gathers what the pages show, `words` cuts it into folded words, `index` divides it into
//! files, `encode` writes lists short. The other half is `assets/search.js` of the theme, which folds
//! the query alike, fetches the files it needs and ranks; `docs/dev/search.md` tells of the format.

pub mod document;
pub mod encode;
pub mod index;
pub mod words;

use std::collections::BTreeMap;

use super::SitePlan;
use words::Synonyms;

/// The files of the index: name without ending, and text.
pub fn files(plan: &SitePlan<'_>) -> BTreeMap<String, String> {
    let synonyms = Synonyms::new(&plan.model.site.record.synonyms);
    index::files(&document::all(plan), &synonyms)
}
