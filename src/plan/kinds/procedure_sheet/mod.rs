//! The sheet of one procedure for the board: everything that the record says, on paper.
//!
//! Nothing is shortened: a long record runs over several sides with the same head. What the sheet
//! leaves to the web page (files of forms, full names of legal texts) it says so.

mod fit;

use serde::Serialize;

use super::field::UnitView;
use super::procedure::{
    AgencyView, CaseView, Description, Ended, FactView, FeeLine, FilingRow, ResultView, Turn, filing,
    history, papers, parts,
};
use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::posting::{PrintView, version};
use crate::plan::view::{DateView, OfficeView, RefView, text};
use crate::plan::{Subject, listing, pieces, urls};
use crate::record::procedure::Procedure;
use crate::vi::fold::fold;
use crate::vi::typography::{heading, nbsp};

/// The sheet of a procedure. One that has ended keeps its address, to say that it comes down.
pub const KIND: PageKind = PageKind {
    name: "procedure-sheet",
    routes: |model| {
        let procedures = model.procedures.iter();
        procedures
            .map(|(code, filed)| {
                (urls::procedure_sheet(code), Subject::Procedure(code.clone()), filed.place())
            })
            .collect()
    },
    view,
};

/// What the page of a sheet shows.
#[derive(Debug, Serialize)]
pub struct ProcedureSheetView {
    /// It has ended: there is no sheet, and an old one comes down.
    pub ended: Option<Ended>,
    /// The sheets of what replaced it.
    pub successors: Vec<RefView>,
    /// It is not yet in force: not to be hung before that day.
    pub coming: Option<Turn>,
    /// A change that is announced: the sheet will have to be replaced.
    pub next: Option<Turn>,
    /// What is printed.
    pub body: SheetBody,
    /// How it is set: on one side in the size of letters that it has room for, or on several.
    pub setting: fit::Setting,
    /// Address, QR code, version and day of print.
    pub print: PrintView,
}

/// What is printed on a sheet. Its version changes with any of this.
#[derive(Debug, Serialize)]
pub struct SheetBody {
    /// The agency.
    pub agency: String,
    /// Its parent agency.
    pub parent: Option<String>,
    /// Name as announced, compounds held together.
    pub heading: String,
    /// Its code, with every digit.
    pub code: String,
    /// The name of its field.
    pub field: Option<String>,
    /// Made-up data, not a real procedure.
    pub illustrative: bool,
    /// The record holds no more than name and field: no sheet to post.
    pub sparse: bool,
    /// The decisions that announced and changed it, earliest first.
    pub decisions: Vec<SheetDecision>,
    /// From when it stands as it does.
    pub since: Option<DateView>,
    /// How long, how much, where, how many papers.
    pub facts: Vec<FactView>,
    /// What can be done online, a sentence each.
    pub online_notes: Vec<String>,
    /// The papers, by case.
    pub cases: Vec<CaseView>,
    /// How many sets of papers.
    pub copies: Option<String>,
    /// Some paper has a form on the web page.
    pub has_forms: bool,
    /// Ways of filing with deadlines and fees; none where the key facts say all of it.
    pub filing: Vec<FilingRow>,
    /// What the record says of the ways of filing.
    pub descriptions: Vec<Description>,
    /// Where papers are received by the record, unless that is the counter.
    pub reception: Option<String>,
    /// The counter, or the agency's office where the site knows no counter.
    pub counter: Option<OfficeView>,
    /// The unit in charge of the field.
    pub unit: Option<UnitView>,
    /// The steps.
    pub steps_html: Vec<String>,
    /// What one gets.
    pub results: Vec<ResultView>,
    /// Conditions.
    pub conditions_html: Option<String>,
    /// Who may carry it out.
    pub audiences: Vec<&'static str>,
    /// The agencies that it names.
    pub agencies: Vec<AgencyView>,
    /// The numbers of its legal bases.
    pub laws: Vec<String>,
    /// What the record says nothing of.
    pub silent: Vec<&'static str>,
    /// The address in its QR code.
    pub url: String,
}

/// A decision as a sheet names it.
#[derive(Debug, Serialize)]
pub struct SheetDecision {
    /// What it did, in words.
    pub change: String,
    /// Its number.
    pub number: String,
    /// Who signed it.
    pub agency: String,
    /// When.
    pub signed: DateView,
    /// From when it has effect.
    pub effective: DateView,
}

/// What the sheet of a procedure has printed on it. `cx` stands at the sheet's own page.
pub fn body(cx: &PageCx<'_>, procedure: &Procedure) -> SheetBody {
    let model = cx.model();
    let site = &cx.plan.site;
    let code = &procedure.code;
    let state = model.state(code);
    let field = model.fields.get(&procedure.field);
    let cases = papers::cases(cx, procedure);
    let silent = [
        (cases.iter().all(|case| case.papers.is_empty()), "giấy tờ phải nộp"),
        (procedure.results.is_empty(), "kết quả"),
        (procedure.steps.is_empty(), "các bước"),
        (procedure.conditions.is_none(), "yêu cầu, điều kiện"),
        (procedure.legal_bases.is_empty(), "căn cứ pháp lý"),
    ];
    SheetBody {
        agency: site.name.clone(),
        parent: site.parent.clone(),
        heading: heading(procedure.name.as_str()).into_owned(),
        code: code.to_string(),
        field: field.map(|field| field.record.name.as_str().to_owned()),
        illustrative: procedure.illustrative.0,
        sparse: listing::is_sparse(procedure),
        decisions: history::behind(cx, code, &state)
            .into_iter()
            .map(|event| SheetDecision {
                change: event.change.text.to_lowercase(),
                number: event.decision.text,
                agency: event.agency,
                signed: event.signed,
                effective: event.effective,
            })
            .collect(),
        since: state.since.map(Into::into),
        facts: parts::key_facts(cx, procedure),
        online_notes: parts::online_notes(procedure),
        has_forms: cases
            .iter()
            .any(|case| case.papers.iter().any(|paper| paper.form.is_some() || paper.form_link.is_some())),
        cases,
        copies: procedure.dossier_copies.map(|copies| format!("{copies}\u{A0}bộ")),
        filing: beyond_facts(filing::rows(cx, procedure)),
        silent: silent.into_iter().filter_map(|(is_silent, what)| is_silent.then_some(what)).collect(),
        descriptions: filing::descriptions(cx, procedure),
        reception: reception(cx, procedure),
        counter: site.counter.clone().or_else(|| site.office.clone()),
        unit: field.and_then(|field| UnitView::of_field(cx, &field.record)),
        steps_html: parts::steps(cx, procedure),
        results: procedure
            .results
            .iter()
            .map(|result| ResultView {
                name: nbsp(result.name.as_str()).into_owned(),
                code: text(result.code.as_ref()),
            })
            .collect(),
        conditions_html: procedure
            .conditions
            .as_ref()
            .map(|text| cx.markdown(&nbsp(text.as_str()), "dieu-kien-", 3)),
        audiences: procedure.audiences.iter().map(|audience| audience.label()).collect(),
        agencies: parts::agencies(procedure),
        laws: procedure.legal_bases.iter().map(|number| number.to_string()).collect(),
        url: cx.absolute(&urls::procedure(code)),
    }
}

/// Where papers are received by the record, unless that is the counter.
fn reception(cx: &PageCx<'_>, procedure: &Procedure) -> Option<String> {
    let counter = cx.plan.site.counter.as_ref().and_then(|counter| counter.name.as_deref());
    text(procedure.reception.as_ref()).filter(|place| {
        counter.is_none_or(|counter| fold(place.trim_end_matches(['.', ';', ' '])) != fold(counter))
    })
}

/// The ways of filing, unless all have one deadline and one fee that need no more words: the key facts
/// at the top say that already.
fn beyond_facts(rows: Vec<FilingRow>) -> Vec<FilingRow> {
    let plain = |row: &FilingRow| {
        row.deadlines.len() == 1
            && row.deadlines.iter().all(|line| line.note.is_none())
            && row.fees.len() == 1
            && row.fees.iter().all(|fee| fee.name.is_none() && fee.basis.is_none())
    };
    if matches!(rows.as_slice(), [only] if plain(only)) { Vec::new() } else { rows }
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let Subject::Procedure(code) = subject else { unreachable!("the routes of this kind are procedures") };
    let model = cx.model();
    let procedure = &model.procedures[code].record;
    let state = model.state(code);
    let body = body(cx, procedure);
    let successors = state.replaced_by.iter().map(|new| match model.procedure(new) {
        Some(filed) => cx.reference(&urls::procedure_sheet(&filed.record.code), filed.record.name.as_str()),
        None => RefView { href: None, text: format!("thủ tục {new}") },
    });
    let view = ProcedureSheetView {
        ended: history::ended(cx, code, &state),
        successors: successors.collect(),
        coming: history::coming(cx, code, &state),
        next: history::next(cx, code, &state),
        print: PrintView::of_version(
            cx,
            &urls::procedure(code),
            "Trang của thủ tục này",
            cx.plan.sheets.get(code, || version(&body)),
        ),
        setting: fit::setting(&body),
        body,
    };
    let name = procedure.name.as_str();
    let way = [(urls::fixed("/thu-tuc/"), "Thủ tục"), (urls::procedure(code), code.as_str())];
    let head = Head {
        mark: Some(code.to_string()),
        ..pieces::head(
            cx,
            "WebPage",
            format!("Tờ niêm yết: {name}"),
            format!("Bản in khổ A4 của thủ tục {code} để niêm yết tại nơi tiếp nhận, có mã QR."),
            &way,
            Vec::new(),
        )
    };
    (head, View::ProcedureSheet(Box::new(view)))
}
