//! The site made page by page, when somebody asks: what `serve` shows.
//!
//! The same plan, views and templates as a build, so the bytes are those a build writes; a test
//! compares them. Nothing is made that nobody looks at, so a preview is quick however large the site.
//! Articles that are not published yet are not among them: [`Preview::waiting`] makes them apart.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::path::{OutPath, RoutePath};
use crate::inputs::Previous;
use crate::model::{ArticleId, Filed};
use crate::parse::record::Article;
use crate::plan::{Route, SitePlan, Subject, kinds, outputs, urls};
use crate::render::{Engine, RenderFault};
use crate::site::{Content, InMemory};
use crate::theme::Theme;

/// A site whose files are made when they are asked for.
pub struct Preview<'p> {
    plan: &'p SitePlan<'p>,
    theme: &'p Theme,
    engine: Arc<Engine>,
    others: OnceCell<BTreeMap<OutPath, Content>>,
}

impl<'p> Preview<'p> {
    /// Compiles the theme. An error is a template that cannot be used.
    pub fn new(plan: &'p SitePlan<'p>, theme: &'p Theme) -> Result<Self, RenderFault> {
        Ok(Self::with(plan, theme, Arc::new(Engine::new(theme, &plan.site)?)))
    }

    /// With templates that are compiled already, for this theme and this plan's `site`.
    pub fn with(plan: &'p SitePlan<'p>, theme: &'p Theme, engine: Arc<Engine>) -> Self {
        Self { plan, theme, engine, others: OnceCell::new() }
    }

    /// The page that a file carries, with its address.
    pub fn page(&self, path: &OutPath) -> Option<(&'p RoutePath, &'p Route)> {
        self.plan.routes.get_key_value(&address(path)?)
    }

    /// One file of the site; `None` if it has none of that name. An error is a page that its template
    /// cannot make. `phien-ban.json` and `SHA256SUMS` are not among them: they list
    /// every file of a finished build.
    pub fn file(&self, path: &OutPath) -> Result<Option<Content>, RenderFault> {
        if let Some((address, route)) = self.page(path) {
            return self.make(address, route).map(Some);
        }
        if let Some(bytes) = self.theme.files.get(path) {
            return Ok(Some(Content::Bytes(bytes.clone())));
        }
        let asset = self.plan.model.assets.iter().find(|(asset, _)| asset.as_str() == path.as_str());
        if let Some((asset, held)) = asset {
            return Ok(Some(Content::CopyOf(asset.clone(), *held)));
        }
        // Making all of them takes a while: not for a page that is not there.
        if path.extension() == "html" {
            let moved = self.plan.moved.iter().find(|(from, _)| from.out_path() == *path);
            return Ok(moved.map(|(from, to)| Content::Bytes(outputs::redirects::page(self.plan, from, to))));
        }
        let others = self.others.get_or_init(|| {
            let records = outputs::records::all(self.plan);
            // Unsigned and without a past: what a first build without a key writes.
            let now = records.iter().filter_map(|entry| entry.make(None, &InMemory)).collect();
            let versions = outputs::records::gather(now, &Previous::default(), &InMemory);
            let others = outputs::files(self.plan).into_iter();
            others.map(|(path, bytes)| (path, Content::Bytes(bytes))).chain(versions.files).collect()
        });
        Ok(others.get(path).cloned())
    }

    /// Drafts and articles of a day to come, which the site has no page of.
    pub fn all_waiting(&self) -> impl Iterator<Item = (&'p ArticleId, &'p Filed<Article>)> {
        let model = self.plan.model;
        model.articles.iter().filter(|(_, article)| !model.is_published(article))
    }

    /// The page that such an article will have, as far as the site of today can show it.
    pub fn waiting(&self, path: &OutPath) -> Option<(&'p Filed<Article>, Result<Content, RenderFault>)> {
        let address = address(path)?;
        let (id, article) = self.all_waiting().find(|(id, _)| urls::article(id) == address)?;
        let route = Route {
            kind: &kinds::article::KIND,
            subject: Subject::Article(id.clone()),
            from: article.place(),
        };
        Some((article, self.make(&address, &route)))
    }

    fn make(&self, address: &RoutePath, route: &Route) -> Result<Content, RenderFault> {
        let (meta, view) = self.plan.view(address, route);
        self.engine.page(&meta, &view).map(Content::Bytes)
    }
}

/// The address of the page that would be this file.
fn address(path: &OutPath) -> Option<RoutePath> {
    let name = path.as_str();
    let folder = name.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    RoutePath::new(&format!("/{}", folder.unwrap_or(name))).ok()
}
