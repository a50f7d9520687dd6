//! One field: its procedures from A to Z, and the unit in charge.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::plan::in_use::InUse;
use crate::plan::links::PageCx;
use crate::plan::list_tools::ToolsView;
use crate::plan::listing::{self, Columns, LetterGroup, ProcedureRow};
use crate::plan::view::{LinkView, phone_href, text};
use crate::plan::{Subject, structured, urls};
use crate::vi::typography::heading;

/// The page of a field.
pub const KIND: PageKind = PageKind {
    name: "field",
    routes: |model| {
        let fields = model.fields.values();
        fields
            .map(|field| {
                let code = field.record.code.clone();
                (urls::field(&code), Subject::Field(code), field.place())
            })
            .collect()
    },
    view,
};

/// What the page of a field shows.
#[derive(Debug, Default, Serialize)]
pub struct FieldView {
    /// Name, compounds held together.
    pub heading: String,
    /// What it is about, in one sentence.
    pub description: Option<String>,
    /// How many procedures in use.
    pub current: usize,
    /// How many of them are done online from end to end.
    pub online: usize,
    /// How many of them have no more than name and field yet.
    pub sparse: usize,
    /// The unit in charge.
    pub unit: Option<UnitView>,
    /// The procedures in use, by letter.
    pub letters: Vec<LetterGroup>,
    /// Replaced and abolished ones.
    pub ended: Vec<ProcedureRow>,
    /// Its list for the board, and the cover of its folder.
    pub sheets: Vec<LinkView>,
    /// The form over the list.
    pub tools: Option<ToolsView>,
}

/// A unit in charge.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitView {
    /// Its name.
    pub name: String,
    /// Phone as written.
    pub phone: Option<String>,
    /// Phone for `tel:`.
    pub phone_href: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

impl UnitView {
    /// The unit in charge of a field.
    pub fn of_field(cx: &PageCx<'_>, field: &crate::record::directory::Field) -> Option<Self> {
        let unit = &cx.model().units.get(field.unit.as_ref()?)?.record;
        let phone = text(unit.phone.as_ref());
        Some(Self {
            name: unit.name.as_str().to_owned(),
            phone_href: phone.as_deref().map(phone_href),
            phone,
            email: text(unit.email.as_ref()),
        })
    }
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let model = cx.model();
    let field = match subject {
        Subject::Field(code) => model.fields.get(code),
        _ => None,
    };
    // Routes are made of the same records, so there always is one.
    let Some(field) = field else { return (Head::default(), View::Field(Box::default())) };
    let field = &field.record;
    let codes = model.procedures_of_field.get(&field.code).map(Vec::as_slice).unwrap_or_default();
    let all = listing::in_order(model, codes.iter());
    let (in_use, ended): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|filed| model.state(&filed.record.code).standing.is_current());
    let columns = Columns { field: false, facts: in_use.len() <= listing::LONGEST_FULL_LIST, data: true };
    let InUse { current, online, sparse } = cx.plan.in_use().of_field(&field.code);
    let name = field.name.as_str();
    let letters = listing::by_letter(cx, &in_use, columns);
    let ended: Vec<ProcedureRow> = ended.iter().map(|filed| listing::row(cx, filed, columns)).collect();
    let view = FieldView {
        heading: heading(name).into_owned(),
        description: text(field.description.as_ref()),
        current,
        online,
        sparse,
        unit: UnitView::of_field(cx, field),
        tools: listing::tools(model, letters.iter().flat_map(|group| &group.rows).chain(&ended)),
        letters,
        ended,
        sheets: vec![
            cx.link(&urls::field_sheet(&field.code), "In danh sách để niêm yết"),
            cx.link(&urls::field_cover(&field.code), "In bìa và mục lục của tập niêm yết"),
        ],
    };
    let way = [(urls::home(), "Trang chủ".to_owned()), (urls::fixed("/linh-vuc/"), "Lĩnh vực".to_owned())];
    let head = Head {
        title: name.to_owned(),
        description: format!(
            "{current} thủ tục hành chính lĩnh vực {name}: thời hạn, phí, mức độ trực tuyến."
        ),
        crumbs: structured::crumbs(cx, &way),
        json_ld: Some(structured::collection(cx, name, &way)),
        ..Head::default()
    };
    (head, View::Field(Box::new(view)))
}
