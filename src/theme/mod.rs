//! The theme: templates and assets, out of the layers that `load` has put together.

use std::collections::BTreeMap;

use crate::base::hash::Sha;
use crate::base::path::OutPath;
use crate::inputs::ThemeFiles;
use crate::plan::view::ThemeAssets;

/// A theme, ready for the render stage.
#[derive(Debug, Default)]
pub struct Theme {
    /// Template name (`pages/home.html`) → its text.
    pub templates: BTreeMap<String, String>,
    /// Files to publish, named after their content: `giao-dien/style-1a2b3c4d.css`.
    pub files: BTreeMap<OutPath, Vec<u8>>,
    /// Logical name (`style.css`) → path below the root of the site.
    pub assets: ThemeAssets,
}

/// Sorts the files of the theme into templates and assets.
pub fn assemble(files: &ThemeFiles) -> Theme {
    let mut theme = Theme::default();
    for (path, bytes) in &files.0 {
        if let Some(name) = path.strip_prefix("assets/") {
            let hash = Sha::of(bytes).to_hex();
            let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
            let published = format!("giao-dien/{stem}-{}.{extension}", &hash[..8]);
            if let Ok(out) = OutPath::new(&published) {
                theme.assets.insert(name.to_owned(), published);
                theme.files.insert(out, bytes.clone());
            }
        } else if path.ends_with(".html") {
            theme.templates.insert(path.clone(), String::from_utf8_lossy(bytes).into_owned());
        }
    }
    theme
}
