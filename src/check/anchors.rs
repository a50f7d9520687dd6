//! Holds links to a place in a page against the pages as they were made.
//!
//! Whether the page exists is for a rule of `check`; whether the place does can only be told from the
//! page itself, since headings of texts and templates both make places. Only pages that some text
//! points into are looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::RoutePath;
use crate::check::prose;
use crate::codes::CK0409;
use crate::msg;
use crate::plan::SitePlan;
use crate::plan::links::PageCx;
use crate::plan::targets::{Destination, find};
use crate::vi::nearest::nearest;

/// Reports every link of a text whose target page has no such place. `pages` are the [places] of the
/// [`targets`].
pub fn run(plan: &SitePlan<'_>, pages: &BTreeMap<RoutePath, BTreeSet<String>>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for link in links(plan) {
        let Some(ids) = pages.get(&link.page) else { continue };
        if ids.contains(&link.fragment) {
            continue;
        }
        let (fragment, to) = (&link.fragment, &link.page);
        let help = match nearest(fragment, ids.iter().map(String::as_str)) {
            Some(near) => msg!("có phải `#{near}`?", "did you mean `#{near}`?"),
            None => msg!(
                "mở trang {to}, chép lại địa chỉ của đề mục cần dẫn tới, hoặc bỏ phần sau dấu #",
                "copy the address of the heading from the page {to}, or leave out what follows the #"
            ),
        };
        found.push(
            Diagnostic::new(
                CK0409,
                link.place,
                msg!(
                    "trang {to} không có chỗ nào tên `#{fragment}`",
                    "the page {to} has no place `#{fragment}`"
                ),
            )
            .help(help),
        );
    }
    found
}

/// The pages that some text points into.
pub fn targets(plan: &SitePlan<'_>) -> BTreeSet<RoutePath> {
    links(plan).into_iter().map(|link| link.page).collect()
}

/// A link of a text into a page of the site.
struct Link {
    page: RoutePath,
    fragment: String,
    place: Place,
}

/// Every link with a fragment, out of every text that pages show as Markdown. Drafts have no page yet.
fn links(plan: &SitePlan<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    prose::each(plan.model, &mut |text| {
        // Most texts hold no link into a page; they need not be read as Markdown.
        if !text.text.contains('#') {
            return;
        }
        let own = text.owner.page();
        if !plan.routes.contains_key(&own) {
            return;
        }
        let cx = PageCx { plan, path: &own };
        for link in &text.outline().links {
            if let Some(Destination::Page(page, Some(fragment))) = find(&cx, &link.target)
                && !fragment.is_empty()
            {
                links.push(Link { page, fragment, place: text.place(link.range.clone()) });
            }
        }
    });
    links
}

/// Every `id` of a page of ours: attributes are written in double quotes and ids need no escapes.
pub fn places(page: &[u8]) -> BTreeSet<String> {
    let html = String::from_utf8_lossy(page);
    let after = html.split(" id=\"").skip(1);
    after.filter_map(|rest| rest.split_once('"').map(|(id, _)| id.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    const HEAD: &str = "---\ntieu_de: Bài\nngay: 2025-01-01\ntom_tat: Một câu.\n---\n\n";

    fn check(body: &str, page: &str) -> Vec<Diagnostic> {
        let article = format!("{HEAD}{body}");
        let model = model("2025-06-01", &[("bai-viet/tin-tuc/a.md", article.as_str())]);
        let (plan, _) = plan::site(&model, &plan::view::ThemeAssets::new());
        let path = |text: &str| RoutePath::new(text).expect("a good path");
        let pages = BTreeMap::from([
            (path("/lien-he/"), places(b"<h2 id=\"bao-sai\">\xe2\x80\xa6</h2><p id=\"don-vi\">")),
            (path("/bai-viet/tin-tuc/a/"), places(page.as_bytes())),
        ]);
        run(&plan, &pages)
    }

    #[test]
    fn a_place_that_exists_is_fine() {
        assert!(check("[báo chỗ sai](/lien-he/#bao-sai), [trên](#muc)", "<h2 id=\"muc\">").is_empty());
        // A page that does not exist is another rule's business.
        assert!(check("[trang khác](/khong-co/#x)", "").is_empty());
    }

    #[test]
    fn a_missing_place_is_reported_where_the_link_stands_with_the_nearest_one() {
        let found = check("Xem [báo chỗ sai](/lien-he/#bao-saj).", "");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rule, CK0409);
        let help = found[0].help.as_ref().expect("a help");
        assert_eq!(help.vi, "có phải `#bao-sai`?");
        let start = HEAD.len() + "Xem ".len();
        let end = start + "[báo chỗ sai](/lien-he/#bao-saj)".len();
        let file = crate::base::path::SitePath::new("bai-viet/tin-tuc/a.md").expect("a good path");
        assert_eq!(found[0].place, Place::bytes(&file, start..end));
        assert_eq!(check("[trên](#muc)", "").len(), 1);
    }
}
