//! The page that a server shows for an address that is not there. It may be shown at any depth, so
//! its links start from the root of the site ([`Meta::root`](crate::plan::view::Meta)).

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::{Subject, urls};

/// The page for addresses that are not there.
pub const KIND: PageKind = PageKind {
    name: "not-found",
    routes: |model| vec![(urls::fixed("/404.html"), Subject::Site, model.site.place())],
    view,
};

/// What the page for addresses that are not there shows.
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    /// Path of the list of procedures below the root of the site.
    pub procedures: String,
}

fn view(_: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let view = NotFoundView { procedures: urls::fixed("/thu-tuc/").out_path().to_string() };
    let head = Head {
        title: "Không tìm thấy trang này".to_owned(),
        description: "Địa chỉ này không có trên trang.".to_owned(),
        ..Head::default()
    };
    (head, View::NotFound(Box::new(view)))
}
