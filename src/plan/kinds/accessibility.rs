//! The statement on accessibility and privacy: only what is true of this generator.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::pieces;
use crate::plan::view::LinkView;
use crate::plan::{Subject, urls};

/// The statement.
pub const KIND: PageKind = PageKind {
    name: "accessibility",
    routes: |model| vec![(urls::fixed("/tro-nang/"), Subject::Site, model.site.place())],
    view,
};

/// What the statement needs beside its own words.
#[derive(Debug, Serialize)]
pub struct AccessibilityView {
    /// How many attached files the site carries; their content is not ours to mend.
    pub attachments: usize,
    /// The contact page.
    pub contact: LinkView,
    /// The map of the site, which reaches every page without search.
    pub sitemap: LinkView,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let view = AccessibilityView {
        attachments: cx.model().assets.len(),
        contact: cx.link(&urls::fixed("/lien-he/"), "trang Liên hệ"),
        sitemap: cx.link(&urls::fixed("/so-do/"), "sơ đồ trang"),
    };
    let head = pieces::head(
        cx,
        "WebPage",
        "Khả năng tiếp cận và riêng tư",
        "Trang này dùng được với trình đọc màn hình, bàn phím, điện thoại cũ và giấy in; không cookie, không theo dõi, không bên thứ ba.",
        &[],
        Vec::new(),
    );
    (head, View::Accessibility(Box::new(view)))
}
