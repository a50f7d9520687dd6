//! The procedures that rest on one legal text, where they are too many to stand under it in the list of texts.

use serde::Serialize;

use super::petition_list::PageLinks;
use super::{Head, PageKind, View, laws};
use crate::plan::links::PageCx;
use crate::plan::list_tools::ToolsView;
use crate::plan::listing::{self, Columns, LetterGroup, ON_A_PAGE, ProcedureRow};
use crate::plan::pieces;
use crate::plan::view::LinkView;
use crate::plan::{Subject, urls};

/// The procedures of a legal text.
pub const KIND: PageKind = PageKind {
    name: "law-procedures",
    routes: |model| {
        let many = model.laws.iter().filter_map(|(number, law)| {
            let count = laws::procedures(model, number).len();
            (count > FEWEST).then(|| (number, law, count.div_ceil(ON_A_PAGE)))
        });
        many.flat_map(|(number, law, pages)| {
            (1..=pages).map(move |page| {
                let subject = Subject::LawProcedures(number.clone(), page);
                (urls::law_procedures(number, page), subject, law.place())
            })
        })
        .collect()
    },
    view,
};

/// Up to how many procedures stand under the text itself.
pub const FEWEST: usize = 12;

/// What the page of a legal text's procedures shows.
#[derive(Debug, Serialize)]
pub struct LawProceduresView {
    /// The number of the legal text.
    pub number: String,
    /// The text in the list of legal texts, by its name.
    pub law: LinkView,
    /// How many procedures in use rest on it.
    pub total: usize,
    /// Those of this page, by letter.
    pub letters: Vec<LetterGroup>,
    /// None: only procedures in use stand here.
    pub ended: Vec<ProcedureRow>,
    /// The form over the list.
    pub tools: Option<ToolsView>,
    /// Where this page stands among the pages of the list.
    pub pages: PageLinks,
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let Subject::LawProcedures(number, page) = subject else {
        unreachable!("the routes of this kind are legal texts")
    };
    let model = cx.model();
    let name = model.laws.get(number).map_or_else(|| number.as_str(), |law| law.record.name.as_str());
    let all = listing::in_order(model, laws::procedures(model, number).into_iter());
    let pages = all.len().div_ceil(ON_A_PAGE);
    let here: Vec<_> = all.iter().skip((page - 1) * ON_A_PAGE).take(ON_A_PAGE).copied().collect();
    let letters = listing::by_letter(cx, &here, Columns { field: true, facts: false, data: true });
    let mut tools = listing::tools(model, letters.iter().flat_map(|group| &group.rows));
    if let (Some(tools), true) = (&mut tools, pages > 1) {
        // The form sees no other page, and says so.
        tools.unit = "thủ tục ở trang này";
    }
    let mut title = format!("Thủ tục dựa vào {number}");
    if *page > 1 {
        title.push_str(&format!(", trang {page}"));
    }
    let head = pieces::head(
        cx,
        "CollectionPage",
        title.clone(),
        format!("{title}: {} thủ tục hành chính đang áp dụng ghi văn bản này làm căn cứ.", all.len()),
        &[(urls::laws(), "Văn bản pháp luật")],
        Vec::new(),
    );
    let view = LawProceduresView {
        number: number.to_string(),
        law: LinkView { href: cx.law_href(number).unwrap_or_default(), text: name.to_owned() },
        total: all.len(),
        letters,
        ended: Vec::new(),
        tools,
        pages: laws::page_links(cx, *page, pages, |page| urls::law_procedures(number, page)),
    };
    (head, View::LawProcedures(Box::new(view)))
}
