//! The fields of procedures.

use serde::Serialize;

use super::procedures::{FieldCount, fields};
use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::{Subject, structured, urls};

/// The list of fields.
pub const KIND: PageKind = PageKind {
    name: "fields",
    routes: |model| vec![(urls::fixed("/linh-vuc/"), Subject::Site, model.site.place())],
    view,
};

/// What the list of fields shows.
#[derive(Debug, Serialize)]
pub struct FieldsView {
    /// The fields, in Vietnamese order.
    pub fields: Vec<FieldCount>,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let view = FieldsView { fields: fields(cx) };
    let way = [(urls::home(), "Trang chủ".to_owned())];
    let title = "Thủ tục theo lĩnh vực";
    let head = Head {
        title: title.to_owned(),
        description: format!(
            "{} lĩnh vực thủ tục hành chính và số thủ tục của mỗi lĩnh vực.",
            view.fields.len()
        ),
        crumbs: structured::crumbs(cx, &way),
        json_ld: Some(structured::collection(cx, title, &way)),
        ..Head::default()
    };
    (head, View::Fields(Box::new(view)))
}
