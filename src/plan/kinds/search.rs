//! The search page. What it finds is found by a script in the reader's browser; without scripts the page
//! leads to every list, so that nothing can be reached by search alone.

use serde::Serialize;

use super::procedures::{FieldCount, fields};
use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::search::document::{self, KINDS};
use crate::plan::view::LinkView;
use crate::plan::{Subject, pieces, urls};

/// The search page.
pub const KIND: PageKind = PageKind {
    name: "search",
    routes: |model| vec![(urls::search(), Subject::Site, model.site.place())],
    view,
};

/// What the search page shows before anything is searched for.
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// What can be found, counted: `127 thủ tục; 17 quyết định công bố`.
    pub counted: String,
    /// The first letters of procedures, each a place in their list.
    pub letters: Vec<LinkView>,
    /// The fields with the number of their procedures.
    pub fields: Vec<FieldCount>,
    /// Every other list.
    pub lists: Vec<LinkView>,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let counts = document::counts(cx.plan);
    let counted: Vec<String> = KINDS
        .iter()
        .zip(counts)
        .filter(|(kind, count)| *count > 0 && kind.is_counted)
        .map(|(kind, count)| format!("{count} {}", kind.counted))
        .collect();
    let procedures = urls::fixed("/thu-tuc/");
    let letters = crate::plan::listing::letters(cx)
        .into_iter()
        .map(|(letter, id)| LinkView { href: format!("{}#{id}", cx.href(&procedures)), text: letter })
        .collect();
    let all = super::MENU.iter().chain(super::FOOTER);
    let mut lists: Vec<LinkView> = Vec::new();
    for (path, text) in all {
        let path = urls::fixed(path);
        let link = cx.link(&path, *text);
        if path != *cx.path && cx.has(&path) && !lists.iter().any(|known| known.href == link.href) {
            lists.push(link);
        }
    }
    lists.extend(model.site.record.sections.iter().filter_map(|section| {
        let path = urls::section(&section.code);
        cx.has(&path).then(|| cx.link(&path, format!("Bài viết: {}", section.name)))
    }));
    let view = SearchView { counted: counted.join("; "), letters, fields: fields(cx), lists };
    let head = pieces::head(
        cx,
        "SearchResultsPage",
        "Tìm kiếm",
        "Tìm thủ tục, quyết định, bài viết, phản ánh, văn bản theo tên, mã hoặc số; gõ có dấu hay không dấu đều được.",
        &[],
        Vec::new(),
    );
    (head, View::Search(Box::new(view)))
}
