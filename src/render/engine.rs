//! Tera 2 behind three functions. The one file that names the template engine.

use std::collections::BTreeSet;
use std::error::Error;

use tera::{Context, Tera};

use crate::plan::view::{Meta, SiteView, View};
use crate::theme::Theme;

/// A template that cannot be used, or a page that cannot be made: the engine's own words, with the
/// template's file and line in them.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct RenderFault(pub String);

/// The compiled templates of a theme with the site's own data.
pub struct Engine(Tera);

impl Engine {
    /// Compiles every template; faults of all templates come in one text.
    pub fn new(theme: &Theme, site: &SiteView) -> Result<Self, RenderFault> {
        let mut tera = Tera::default();
        tera.add_raw_templates(theme.templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))
            .map_err(|error| fault(&error))?;
        tera.global_context().insert("site", site);
        Ok(Self(tera))
    }

    /// The names that a page's template takes from outside, its layout and parts included: `site`,
    /// `meta`, `page` and no other.
    pub fn names_used(&self, kind: &str) -> Result<BTreeSet<String>, RenderFault> {
        let template = format!("pages/{kind}.html");
        let names = self.0.get_template_variables(&template).map_err(|error| fault(&error))?;
        Ok(names.into_iter().map(str::to_owned).collect())
    }

    /// Renders one page.
    pub fn page(&self, meta: &Meta, view: &View) -> Result<Vec<u8>, RenderFault> {
        let mut context = Context::new();
        context.insert("meta", meta);
        context.insert("page", view);
        let mut bytes = Vec::with_capacity(16 * 1024);
        let template = format!("pages/{}.html", meta.kind);
        self.0.render_to(&template, &context, &mut bytes).map_err(|error| fault(&error))?;
        Ok(bytes)
    }
}

/// The engine's words with every cause, since the first line alone often says only "render error".
fn fault(error: &tera::Error) -> RenderFault {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        words.push_str(": ");
        words.push_str(&inner.to_string());
        cause = inner.source();
    }
    RenderFault(words)
}
