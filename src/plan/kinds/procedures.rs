//! Every procedure from A to Z, the abolished ones in their own part at the end.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::Model;
use crate::plan::links::PageCx;
use crate::plan::listing::{self, Columns, LetterGroup, ProcedureRow};
use crate::plan::view::LinkView;
use crate::plan::{Subject, structured, urls};
use crate::record::procedure::OnlineLevel;
use crate::record::scalar::Code;
use crate::vi::collate;

/// The list of procedures.
pub const KIND: PageKind = PageKind {
    name: "procedures",
    routes: |model| vec![(urls::fixed("/thu-tuc/"), Subject::Site, model.site.place())],
    view,
};

/// What the list of procedures shows.
#[derive(Debug, Serialize)]
pub struct ProceduresView {
    /// How many procedures a citizen may have to carry out.
    pub current: usize,
    /// How many of them are done online from end to end.
    pub online: usize,
    /// How many of them have no more than name and field yet.
    pub sparse: usize,
    /// The fields, in Vietnamese order.
    pub fields: Vec<FieldCount>,
    /// The procedures in use, by letter.
    pub letters: Vec<LetterGroup>,
    /// The list is too long for more than names and codes.
    pub compact: bool,
    /// Replaced and abolished ones.
    pub ended: Vec<ProcedureRow>,
}

/// A field with the number of its procedures.
#[derive(Debug, Serialize)]
pub struct FieldCount {
    /// The field's page.
    pub link: LinkView,
    /// What it is about, in one sentence.
    pub description: Option<String>,
    /// How many of its procedures are in use.
    pub current: usize,
    /// How many of those are done online from end to end.
    pub online: usize,
}

/// The fields in Vietnamese order.
pub fn fields(cx: &PageCx<'_>) -> Vec<FieldCount> {
    let model = cx.model();
    let mut fields: Vec<_> = model.fields.values().collect();
    fields.sort_by_cached_key(|field| collate::key(field.record.name.as_str()));
    fields
        .into_iter()
        .map(|field| {
            let (current, online) = counts(model, &field.record.code);
            FieldCount {
                link: cx.link(&urls::field(&field.record.code), field.record.name.as_str()),
                description: crate::plan::view::text(field.record.description.as_ref()),
                current,
                online,
            }
        })
        .collect()
}

/// How many procedures of a field are in use, and how many of those are done online end to end.
pub fn counts(model: &Model, field: &Code) -> (usize, usize) {
    let codes = model.procedures_of_field.get(field).map(Vec::as_slice).unwrap_or_default();
    let current = || codes.iter().filter(|code| model.state(code).standing.is_current());
    let online =
        current().filter_map(|code| model.procedures.get(code)).filter(|p| is_fully_online(&p.record));
    (current().count(), online.count())
}

/// Whether the record says that everything is done online.
pub fn is_fully_online(procedure: &crate::record::procedure::Procedure) -> bool {
    listing::online_level(procedure) == Some(OnlineLevel::Full)
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let all = listing::in_order(cx, model.procedures.keys());
    let (current, ended): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|filed| model.state(&filed.record.code).standing.is_current());
    let compact = current.len() > listing::LONGEST_FULL_LIST;
    let columns = Columns { field: !compact, facts: !compact };
    let view = ProceduresView {
        current: current.len(),
        online: current.iter().filter(|filed| is_fully_online(&filed.record)).count(),
        sparse: current.iter().filter(|filed| listing::is_sparse(&filed.record)).count(),
        fields: fields(cx),
        letters: listing::by_letter(cx, &current, columns),
        compact,
        ended: ended.iter().map(|filed| listing::row(cx, filed, columns)).collect(),
    };
    let way = [(urls::home(), "Trang chủ".to_owned())];
    let head = Head {
        title: "Danh mục thủ tục hành chính".to_owned(),
        description: format!(
            "{} thủ tục hành chính xếp theo chữ cái, với thời hạn, phí và mức độ trực tuyến của từng thủ tục.",
            view.current
        ),
        crumbs: structured::crumbs(cx, &way),
        json_ld: Some(structured::collection(cx, "Danh mục thủ tục hành chính", &way)),
        ..Head::default()
    };
    (head, View::Procedures(Box::new(view)))
}
