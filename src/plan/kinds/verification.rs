//! How citizens check that a page or the whole site is what the agency signed; only on a site with a key.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::pieces;
use crate::plan::view::{DateView, LinkView, text};
use crate::plan::{Subject, urls};
use crate::record::config::PublicKeyTerm;

/// The page on signatures.
pub const KIND: PageKind = PageKind {
    name: "verification",
    routes: |model| match model.site.record.public_keys.is_empty() {
        true => Vec::new(),
        false => vec![(urls::verification(), Subject::Site, model.site.place())],
    },
    view,
};

/// What the page on signatures shows.
#[derive(Debug, Serialize)]
pub struct VerificationView {
    /// The keys, those in use first.
    pub keys: Vec<KeyTerm>,
    /// The address of the site, for the commands.
    pub base_url: String,
    /// What is signed: the list of all files.
    pub manifest: LinkView,
    /// The signature.
    pub signature: LinkView,
    /// The same list for `sha256sum`.
    pub sums: LinkView,
}

/// A key and its time.
#[derive(Debug, Serialize)]
pub struct KeyTerm {
    /// The key's text, to be copied.
    pub key: String,
    /// Its fingerprint, in groups.
    pub fingerprint: String,
    /// The first day.
    pub from: DateView,
    /// The last day; none while it is in use.
    pub until: Option<DateView>,
    /// Whether it holds on the day of the figures.
    pub holds: bool,
    /// What else to know.
    pub note: Option<String>,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let today = model.as_of.date();
    let term = |term: &PublicKeyTerm| KeyTerm {
        key: term.key.as_str().to_owned(),
        fingerprint: term.public().fingerprint(),
        from: term.from.0.into(),
        until: term.to.as_ref().map(|day| day.0.into()),
        holds: term.holds(today),
        note: text(term.note.as_ref()),
    };
    let mut keys: Vec<KeyTerm> = model.site.record.public_keys.iter().map(term).collect();
    // Sorting keeps the editors' order among equals.
    keys.sort_by_key(|key| !key.holds);
    let view = VerificationView {
        keys,
        base_url: cx.plan.site.base_url.clone(),
        manifest: cx.link(&urls::fixed("/phien-ban.json"), "phien-ban.json"),
        signature: cx.link(&urls::fixed("/chu-ky.txt"), "chu-ky.txt"),
        sums: cx.link(&urls::fixed("/SHA256SUMS"), "SHA256SUMS"),
    };
    let head = pieces::head(
        cx,
        "WebPage",
        "Kiểm chữ ký của trang",
        "Cách tự kiểm một trang, một tờ niêm yết hay cả trang này có đúng là bản cơ quan đã ký hay không.",
        &[],
        Vec::new(),
    );
    (head, View::Verification(Box::new(view)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    #[test]
    fn keys_in_use_stand_first_and_a_site_without_has_no_page() {
        let keys = "khoa_cong_khai:\n\
            - {khoa: PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW, tu: 2025-01-01, den: 2025-12-31}\n\
            - {khoa: EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop, tu: 2025-12-01}\n";
        let site = format!("ten: Sở A\ndia_chi_trang: https://a.vn/\n{keys}");
        let with = model("2026-04-01", &[("trang.yaml", &site)]);
        let (plan, _) = plan::site(&with, &plan::view::ThemeAssets::new());
        let path = urls::verification();
        let (_, View::Verification(view)) = view(&PageCx { plan: &plan, path: &path }, &Subject::Site) else {
            panic!("another view")
        };
        let held: Vec<(bool, &str)> =
            view.keys.iter().map(|key| (key.holds, key.key.split('+').next().unwrap_or(""))).collect();
        assert_eq!(held, [(true, "EnochRoot"), (false, "PeterNeumann")]);
        let key = plan.site.key.as_ref().expect("a key");
        assert_eq!(key.fingerprint, view.keys[0].fingerprint);
        let without = model("2026-04-01", &[]);
        let (plan, _) = plan::site(&without, &plan::view::ThemeAssets::new());
        assert!(!plan.routes.contains_key(&path) && plan.site.key.is_none());
    }
}
