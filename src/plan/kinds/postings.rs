//! What has to hang on the board: what to do after each decision, and the folders of the fields.

use serde::Serialize;

use super::{Head, PageKind, View, field_sheet};
use crate::model::{DecisionId, Filed};
use crate::plan::links::PageCx;
use crate::plan::posting::{self, Acts};
use crate::plan::view::{DateView, LinkView, RefView};
use crate::plan::{Subject, listing, pieces, urls};
use crate::record::decision::Decision;
use crate::record::procedure::Procedure;
use crate::record::scalar::ProcedureCode;
use crate::vi::typography::nbsp;

/// How many sheets of decisions the page names: decisions after that are done with, and stand in the
/// list of decisions.
const MOST: usize = 150;

/// The page of what has to hang.
pub const KIND: PageKind = PageKind {
    name: "postings",
    routes: |model| vec![(urls::postings(), Subject::Site, model.site.place())],
    view,
};

/// What the page shows.
#[derive(Debug, Serialize)]
pub struct PostingsView {
    /// What to do after each decision, newest first.
    pub decisions: Vec<DecisionActs>,
    /// How many older decisions are not named here.
    pub older: usize,
    /// The list of all decisions.
    pub all: Option<LinkView>,
    /// The folders.
    pub fields: Vec<FolderView>,
    /// How many sheets of real procedures there are in all.
    pub sheets: usize,
    /// The notice on petitions.
    pub notice: LinkView,
}

/// What one decision asks of the board.
#[derive(Debug, Serialize)]
pub struct DecisionActs {
    /// Its place on the page.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What to write after `congkhai print --decision`: the number, or more where numbers repeat.
    pub argument: String,
    /// Its page.
    pub decision: LinkView,
    /// From when it has effect.
    pub effective: DateView,
    /// That day is still to come: nothing is done before it.
    pub coming: bool,
    /// New sheets.
    pub hang: Vec<SheetRow>,
    /// Sheets that take the place of older ones.
    pub renew: Vec<SheetRow>,
    /// Sheets to take down.
    pub remove: Vec<SheetRow>,
    /// Procedures that the site has no content of yet.
    pub unknown: Vec<String>,
    /// How many of its procedures later decisions have ended.
    pub past: usize,
    /// The lists and covers to print anew.
    pub fields: Vec<FolderView>,
    /// Made-up example.
    pub illustrative: bool,
}

/// A sheet.
#[derive(Debug, Serialize)]
pub struct SheetRow {
    /// The sheet by the name of its procedure; only its code where the site has no record of it.
    pub sheet: RefView,
    /// The code of its procedure.
    pub code: String,
    /// The version that must hang.
    pub version: Option<String>,
    /// The record has only name and field: nothing to post yet.
    pub sparse: bool,
    /// Made-up data, not a real procedure.
    pub illustrative: bool,
}

/// The folder of a field.
#[derive(Debug, Serialize)]
pub struct FolderView {
    /// Name of the field.
    pub name: String,
    /// Its list.
    pub list: LinkView,
    /// Its cover.
    pub cover: LinkView,
    /// How many sheets of real procedures must be in it.
    pub sheets: usize,
    /// How many of made-up ones are in it.
    pub illustrative: usize,
    /// How many procedures have no content yet, and so no sheet.
    pub sparse: usize,
}

fn sheet(cx: &PageCx<'_>, code: &ProcedureCode) -> SheetRow {
    let model = cx.model();
    let filed = model.procedures.get(code);
    let current = model.state(code).standing.is_current();
    SheetRow {
        sheet: match filed {
            // What has ended has no sheet: its page tells of the end.
            Some(filed) => {
                let to = if current { urls::procedure_sheet(code) } else { urls::procedure(code) };
                cx.reference(&to, nbsp(&listing::list_name(filed.record.name.as_str())))
            }
            None => RefView { href: None, text: format!("Thủ tục {code}") },
        },
        code: code.to_string(),
        version: posting::sheet_version(cx, code),
        sparse: filed.is_some_and(|filed| current && listing::is_sparse(&filed.record)),
        illustrative: filed.is_some_and(|filed| filed.record.illustrative.0),
    }
}

fn folder(cx: &PageCx<'_>, code: &crate::record::scalar::Code) -> Option<FolderView> {
    let field = &cx.model().fields.get(code)?.record;
    let current = field_sheet::current(cx, field);
    let sparse = current.iter().filter(|filed| listing::is_sparse(&filed.record)).count();
    let made_up =
        |filed: &&&Filed<Procedure>| filed.record.illustrative.0 && !listing::is_sparse(&filed.record);
    let illustrative = current.iter().filter(made_up).count();
    Some(FolderView {
        name: field.name.as_str().to_owned(),
        list: cx.link(&urls::field_sheet(code), "Danh sách"),
        cover: cx.link(&urls::field_cover(code), "Bìa và mục lục"),
        sheets: current.len() - sparse - illustrative,
        illustrative,
        sparse,
    })
}

fn acts_view(cx: &PageCx<'_>, id: &DecisionId, decision: &Filed<Decision>, acts: &Acts) -> DecisionActs {
    let rows = |codes: &[ProcedureCode]| codes.iter().map(|code| sheet(cx, code)).collect();
    let effective = decision.record.takes_effect();
    let number = decision.record.number.to_string();
    let same = cx.model().decisions.values().filter(|other| other.record.number == decision.record.number);
    DecisionActs {
        argument: if same.count() == 1 { number.clone() } else { id.0.clone() },
        id: urls::posting_anchor(id),
        decision: cx.link(&urls::decision(id), format!("Quyết định số\u{A0}{number}")),
        number,
        effective: effective.into(),
        coming: effective > cx.model().as_of.date(),
        hang: rows(&acts.hang),
        renew: rows(&acts.renew),
        remove: acts
            .remove
            .iter()
            .map(|code| SheetRow { version: None, sparse: false, ..sheet(cx, code) })
            .collect(),
        unknown: acts.unknown.iter().map(ToString::to_string).collect(),
        past: acts.past,
        fields: acts.fields(cx.model()).into_iter().filter_map(|code| folder(cx, code)).collect(),
        illustrative: decision.record.illustrative.0,
    }
}

/// The decisions that the page names, by the day from which they have effect, newest first.
pub fn named<'m>(cx: &PageCx<'m>) -> Vec<(&'m DecisionId, &'m Filed<Decision>)> {
    let mut decisions = pieces::decisions_newest_first(cx.model());
    // Stable: of one day in the order of the list of decisions.
    decisions.sort_by_key(|(_, decision)| std::cmp::Reverse(decision.record.takes_effect()));
    let mut sheets = 0;
    let fit = decisions.iter().take_while(|(_, decision)| {
        let first = sheets == 0;
        sheets += decision.record.items.iter().map(|item| 1 + item.replaces.len()).sum::<usize>();
        first || sheets <= MOST
    });
    let fit = fit.count();
    decisions.truncate(fit);
    decisions
}

/// Where the page tells what to do after a decision; none once it is too old to be named.
pub fn place(cx: &PageCx<'_>, id: &DecisionId) -> Option<LinkView> {
    let named = named(cx).iter().any(|(known, _)| *known == id);
    named.then(|| LinkView {
        href: format!("{}#{}", cx.href(&urls::postings()), urls::posting_anchor(id)),
        text: "Việc niêm yết theo quyết định này".to_owned(),
    })
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let named = named(cx);
    let decisions: Vec<DecisionActs> = named
        .iter()
        .map(|(id, decision)| acts_view(cx, id, decision, &Acts::of(model, &decision.record)))
        .collect();
    let mut fields: Vec<FolderView> = model.fields.keys().filter_map(|code| folder(cx, code)).collect();
    fields.retain(|field| field.sheets + field.illustrative + field.sparse > 0);
    fields.sort_by_cached_key(|field| (crate::vi::collate::key(&field.name), field.list.href.clone()));
    let list = urls::fixed("/quyet-dinh/");
    let view = PostingsView {
        older: model.decisions.len() - decisions.len(),
        decisions,
        all: cx.has(&list).then(|| cx.link(&list, "Danh sách quyết định công bố")),
        sheets: fields.iter().map(|field| field.sheets).sum(),
        fields,
        notice: cx.link(&urls::petition_notice(), "Thông báo tiếp nhận phản ánh, kiến nghị"),
    };
    let head = pieces::head(
        cx,
        "CollectionPage",
        "Bản in để niêm yết",
        "Những tờ phải niêm yết tại nơi tiếp nhận: tờ mới phải treo, tờ cũ phải gỡ sau từng quyết định, và tập của từng lĩnh vực.",
        &[],
        Vec::new(),
    );
    (head, View::Postings(Box::new(view)))
}
