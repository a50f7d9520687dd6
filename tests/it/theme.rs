//! The built-in theme, for tests that build in memory.

use std::collections::BTreeMap;
use std::path::Path;

use congkhai::inputs::ThemeFiles;

/// Every file of a theme folder.
pub(crate) fn files(dir: &Path) -> ThemeFiles {
    let files: BTreeMap<String, Vec<u8>> = crate::cli::tree(dir)
        .into_iter()
        .map(|(path, bytes)| (path.to_string_lossy().replace('\\', "/"), bytes))
        .collect();
    assert!(files.contains_key("layouts/base.html"), "the theme is there");
    ThemeFiles(files)
}
