//! Where the links of a Markdown text lead: a page, an attachment, another site, or nowhere.
//!
//! Pages and checks ask here, so that a link which a page would leave out is a link that is reported.

use super::links::PageCx;
use crate::base::path::{RoutePath, SitePath};
use crate::markdown::Target;
use crate::vi::slug::slug;

/// Where a link of a text leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Another site, mail or phone.
    External(String),
    /// A page of this site (or the text's own), and a place in it.
    Page(RoutePath, Option<String>),
    /// An attachment.
    Attachment(SitePath),
}

/// Where a target leads from the page of `cx`; `None` if it leads nowhere.
///
/// A path with `/` in front starts at the root of the site. Any other is read from where the file of
/// the text stands, as an editor's preview reads it (`../huong-dan/nop-ho-so.md`, `../../tep/mau.pdf`),
/// then from the address of the page; `tep/…` is always below the content folder, as in records.
pub fn find(cx: &PageCx<'_>, target: &Target) -> Option<Destination> {
    let (path, fragment) = match target {
        Target::External(address) => {
            return match own(cx, address) {
                Some(target) => find(cx, &target),
                None => Some(Destination::External(address.clone())),
            };
        }
        Target::Here(fragment) => return Some(Destination::Page(cx.path.clone(), Some(fragment.clone()))),
        Target::Site { path, fragment } | Target::Relative { path, fragment } => (path, fragment),
    };
    candidates(cx, target, path).find_map(|address| {
        let file = address.strip_prefix('/').unwrap_or(&address);
        if file.starts_with("tep/") {
            let file = SitePath::new(file).ok()?;
            return cx.model().assets.contains_key(&file).then_some(Destination::Attachment(file));
        }
        let route = RoutePath::new(&page_of_file(address)).ok()?;
        let known = cx.plan.routes.contains_key(&route);
        known.then(|| Destination::Page(route, fragment.clone()))
    })
}

/// The addresses that a target may mean, whether or not there is such a page.
pub fn addresses(cx: &PageCx<'_>, target: &Target) -> Vec<RoutePath> {
    let (Target::Site { path, .. } | Target::Relative { path, .. }) = target else { return Vec::new() };
    candidates(cx, target, path).filter_map(|address| RoutePath::new(&page_of_file(address)).ok()).collect()
}

/// A path as seen from everywhere that it may be meant to be seen from, likeliest first.
fn candidates(cx: &PageCx<'_>, target: &Target, path: &str) -> impl Iterator<Item = String> {
    let own = cx.path.as_str().trim_end_matches('/');
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    let bases = match target {
        Target::Relative { .. } => vec![folder, own, ""],
        _ => vec![""],
    };
    bases.into_iter().filter_map(move |base| joined(base, path))
}

/// The target on this site of a whole address that was copied from the address bar, if it is one:
/// written as a path it works before the site is online, below any folder and on paper.
pub fn own(cx: &PageCx<'_>, address: &str) -> Option<Target> {
    let bare = |url: &str| url.split_once("://").map(|(_, rest)| rest.to_owned());
    let (base, address) = (bare(&cx.plan.site.base_url)?, bare(address)?);
    let base = base.trim_end_matches('/');
    let (head, rest) = address.split_at_checked(base.len())?;
    let at_edge = rest.is_empty() || rest.starts_with(['/', '?', '#']);
    if !at_edge || !head.eq_ignore_ascii_case(base) {
        return None;
    }
    let slash = if rest.starts_with('/') { "" } else { "/" };
    Target::parse(&format!("{slash}{rest}"))
}

/// The address that a page writes for the target of a link; `None` if it leads nowhere.
pub fn resolve(cx: &PageCx<'_>, target: &Target) -> Option<String> {
    match find(cx, target)? {
        Destination::External(address) => Some(address),
        Destination::Attachment(file) => cx.asset_href(&file),
        Destination::Page(route, Some(fragment)) if route == *cx.path => Some(format!("#{fragment}")),
        Destination::Page(route, Some(fragment)) => Some(format!("{}#{fragment}", cx.href(&route))),
        Destination::Page(route, None) => Some(cx.href(&route)),
    }
}

/// `path` as seen from the folder `base`, with `.` and `..` worked out; `None` if it climbs out.
fn joined(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    let mut is_folder = path.is_empty();
    for part in path.split('/') {
        is_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let end = if is_folder && !parts.is_empty() { "/" } else { "" };
    Some(format!("/{}{end}", parts.join("/")))
}

/// The page of an article or record whose file is linked to, or whose own file (`index.html`) is; any
/// other address as it is.
fn page_of_file(address: String) -> String {
    let (folder, name) = address.rsplit_once('/').unwrap_or(("", &address));
    if name == "index.html" {
        return format!("{folder}/");
    }
    if let Some(stem) = name.strip_suffix(".md") {
        return format!("{folder}/{}/", slug(stem));
    }
    match name.strip_suffix(".yaml") {
        Some(stem) => format!("{folder}/{stem}/"),
        None => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::{article, model};

    #[test]
    fn paths_are_worked_out_and_never_climb_out() {
        for (base, path, wanted) in [
            ("", "/thu-tuc/1.000001/", Some("/thu-tuc/1.000001/")),
            ("/bai-viet/tin-tuc", "../huong-dan/a/", Some("/bai-viet/huong-dan/a/")),
            ("/bai-viet/tin-tuc", "b.md", Some("/bai-viet/tin-tuc/b.md")),
            ("/bai-viet/tin-tuc", "./", Some("/bai-viet/tin-tuc/")),
            ("/bai-viet", "../..", None),
            ("", "/", Some("/")),
            ("", "..", None),
        ] {
            assert_eq!(joined(base, path).as_deref(), wanted, "{base} {path}");
        }
    }

    #[test]
    fn a_page_is_found_by_its_address_and_by_its_file() {
        let text = article("2025-01-01", "");
        let model = model(
            "2025-06-01",
            &[("bai-viet/tin-tuc/a.md", text.as_str()), ("bai-viet/huong-dan/Bài B.md", text.as_str())],
        );
        let (plan, _) = plan::site(&model, &plan::view::ThemeAssets::new());
        let path = RoutePath::new("/bai-viet/tin-tuc/a/").expect("a good path");
        let cx = PageCx { plan: &plan, path: &path };
        let leads = |url: &str| Target::parse(url).and_then(|target| find(&cx, &target));
        let b = || RoutePath::new("/bai-viet/huong-dan/bai-b/").expect("a good path");
        for url in ["/bai-viet/huong-dan/bai-b/", "../huong-dan/Bài%20B.md", "../../huong-dan/bai-b/"] {
            assert_eq!(leads(url), Some(Destination::Page(b(), None)), "{url}");
        }
        assert_eq!(leads("#x"), Some(Destination::Page(path.clone(), Some("x".into()))));
        let host = plan.site.base_url.trim_end_matches('/').to_owned();
        for path in ["/bai-viet/huong-dan/bai-b/", "/bai-viet/huong-dan/bai-b/index.html"] {
            for url in
                [path.to_owned(), format!("{host}{path}"), format!("{}{path}", host.replace("https", "HTTP"))]
            {
                assert_eq!(leads(&url), Some(Destination::Page(b(), None)), "{url}");
            }
        }
        assert_eq!(leads(&format!("{host}/khong-co/")), None, "an address of this site that is not there");
        let other = format!("{host}.evil.vn/");
        assert_eq!(leads(&other), Some(Destination::External(other.clone())));
        for url in ["/khong-co/", "../khong-co.md", "tep/khong-co.pdf", "/../x"] {
            assert_eq!(leads(url), None, "{url}");
        }
    }
}
