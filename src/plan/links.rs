//! Links as one page writes them: relative, to the file itself.

use super::view::{LinkView, RefView};
use super::{SitePlan, urls};
use crate::base::path::{RoutePath, SitePath};
use crate::model::Model;
use crate::record::scalar::LawNumber;

/// The page that is being made, for everything that depends on where it stands.
#[derive(Debug, Clone, Copy)]
pub struct PageCx<'a> {
    /// The whole plan.
    pub plan: &'a SitePlan<'a>,
    /// The address of this page.
    pub path: &'a RoutePath,
}

impl<'a> PageCx<'a> {
    /// The records.
    pub fn model(&self) -> &'a Model {
        self.plan.model
    }

    /// How this page links to an address of the site.
    pub fn href(&self, to: &RoutePath) -> String {
        to.relative_to(self.path)
    }

    /// A link with its text.
    pub fn link(&self, to: &RoutePath, text: impl Into<String>) -> LinkView {
        LinkView { href: self.href(to), text: text.into() }
    }

    /// Whether the site has a page of this address.
    pub fn has(&self, to: &RoutePath) -> bool {
        self.plan.routes.contains_key(to)
    }

    /// A link where the site has the page, the bare text where not.
    pub fn reference(&self, to: &RoutePath, text: impl Into<String>) -> RefView {
        RefView { href: self.has(to).then(|| self.href(to)), text: text.into() }
    }

    /// How this page links to the place of a legal text in the list; none if the site has no record of it.
    pub fn law_href(&self, number: &LawNumber) -> Option<String> {
        let page = urls::laws_page(*self.plan.law_pages.get(number)?);
        Some(format!("{}#{}", self.href(&page), urls::law_anchor(number)))
    }

    /// How this page links to an attachment (`tep/…` in the content folder, the same on the site).
    pub fn asset_href(&self, asset: &SitePath) -> Option<String> {
        Some(self.href(&RoutePath::new(&format!("/{asset}")).ok()?))
    }

    /// The canonical address of a page of the site.
    pub fn absolute(&self, to: &RoutePath) -> String {
        self.plan.site.absolute(to)
    }
}
