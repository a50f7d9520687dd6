//! Where the links of a Markdown text lead: a page, an attachment, another site, or nowhere.

use super::links::PageCx;
use crate::base::path::{RoutePath, SitePath};
use crate::markdown::Target;

/// The address that a page writes for the target of a link; `None` if it leads nowhere, which is a
/// finding of `check`: readers then see the text of the link without a link.
///
/// `tep/x.pdf` and `/tep/x.pdf` are the attachment, from wherever the text stands; other addresses
/// are those of the site, from its root.
pub fn resolve(cx: &PageCx<'_>, target: &Target) -> Option<String> {
    let (path, fragment) = match target {
        Target::External(address) => return Some(address.clone()),
        Target::Here(fragment) => return Some(format!("#{fragment}")),
        Target::Site { path, fragment } | Target::Relative { path, fragment } => (path, fragment),
    };
    let href = match path.trim_start_matches('/') {
        file if file.starts_with("tep/") => {
            let file = SitePath::new(file).ok()?;
            let known = cx.model().assets.contains_key(&file);
            known.then(|| cx.asset_href(&file)).flatten()?
        }
        _ => {
            let page = RoutePath::new(path).ok()?;
            cx.plan.routes.contains_key(&page).then(|| cx.href(&page))?
        }
    };
    Some(match fragment {
        Some(fragment) => format!("{href}#{fragment}"),
        None => href,
    })
}
