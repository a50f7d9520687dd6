//! Where the links of a Markdown text lead: a page, an attachment, another site, or nowhere.

use super::links::PageCx;
use crate::base::path::{RoutePath, SitePath};
use crate::markdown::Target;

/// The address that a page writes for the target of a link; `None` if it leads nowhere.
pub fn resolve(cx: &PageCx<'_>, target: &Target) -> Option<String> {
    let (path, fragment) = match target {
        Target::External(address) => return Some(address.clone()),
        Target::Here(fragment) => return Some(format!("#{fragment}")),
        Target::Site { path, fragment } | Target::Relative { path, fragment } => (path, fragment),
    };
    let file = path.trim_start_matches('/');
    if file.starts_with("tep/") {
        let file = SitePath::new(file).ok()?;
        return cx.model().assets.contains_key(&file).then(|| cx.asset_href(&file)).flatten();
    }
    let route = RoutePath::new(path).ok()?;
    let href = cx.plan.routes.contains_key(&route).then(|| cx.href(&route))?;
    Some(match fragment {
        Some(fragment) => format!("{href}#{fragment}"),
        None => href,
    })
}
