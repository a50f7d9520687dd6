//! The site made page by page, when somebody asks: what `serve` shows.
//!
//! The same plan, views and templates as a build, so the bytes are those a build writes; a test
//! compares them. Nothing is made that nobody looks at, so a preview is quick however large the site.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::base::diagnostic::Place;
use crate::base::path::{OutPath, RoutePath};
use crate::inputs::Previous;
use crate::plan::{SitePlan, outputs};
use crate::render::{Engine, RenderFault};
use crate::site::Content;
use crate::theme::Theme;

/// A site whose files are made when they are asked for.
pub struct Preview<'p> {
    plan: &'p SitePlan<'p>,
    theme: &'p Theme,
    engine: Engine,
    pages: BTreeMap<OutPath, &'p RoutePath>,
    others: OnceCell<BTreeMap<OutPath, Vec<u8>>>,
}

impl<'p> Preview<'p> {
    /// Compiles the theme. An error is a template that cannot be used.
    pub fn new(plan: &'p SitePlan<'p>, theme: &'p Theme) -> Result<Self, RenderFault> {
        let engine = Engine::new(theme, &plan.site)?;
        let pages = plan.routes.keys().map(|path| (path.out_path(), path)).collect();
        Ok(Self { plan, theme, engine, pages, others: OnceCell::new() })
    }

    /// The record that a page is made of.
    pub fn source(&self, path: &OutPath) -> Option<&Place> {
        self.plan.routes.get(*self.pages.get(path)?).map(|route| &route.from)
    }

    /// One file of the site; `None` if it has none of that name. An error is a page that its template
    /// cannot make. `phien-ban.json` and `SHA256SUMS` are not among them: they list
    /// every file of a finished build.
    pub fn file(&self, path: &OutPath) -> Result<Option<Content>, RenderFault> {
        if let Some(address) = self.pages.get(path)
            && let Some(route) = self.plan.routes.get(*address)
        {
            let (meta, view) = self.plan.view(address, route);
            return self.engine.page(&meta, &view).map(|bytes| Some(Content::Bytes(bytes)));
        }
        if let Some(bytes) = self.theme.files.get(path) {
            return Ok(Some(Content::Bytes(bytes.clone())));
        }
        let asset = self.plan.model.assets.iter().find(|(asset, _)| asset.as_str() == path.as_str());
        if let Some((asset, held)) = asset {
            return Ok(Some(Content::CopyOf(asset.clone(), *held)));
        }
        let others = self.others.get_or_init(|| {
            let records = outputs::records::all(self.plan);
            // Unsigned and without a past: what a first build without a key writes.
            let now = records.iter().filter_map(|entry| entry.make(None)).collect();
            let versions = outputs::records::gather(now, &Previous::default());
            let records = versions.files.into_iter().map(|(path, bytes)| (path, bytes.to_vec()));
            outputs::files(self.plan).into_iter().chain(records).collect()
        });
        Ok(others.get(path).map(|bytes| Content::Bytes(bytes.clone())))
    }
}
