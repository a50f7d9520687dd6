//! One procedure: the answers that a citizen looks for first, then everything that the record says.

pub(super) mod filing;
pub(super) mod history;
pub(super) mod papers;
pub(super) mod parts;

use serde::Serialize;

use super::field::UnitView;
use super::{Head, PageKind, View};
use crate::plan::facts::Fact;
use crate::plan::links::PageCx;
use crate::plan::listing;
use crate::plan::petitions::PetitionRow;
use crate::plan::pieces::{FileView, SourceView};
use crate::plan::view::{DateView, LinkView, RefView, TagView, text};
use crate::plan::{Subject, structured, urls};
use crate::record::procedure::Procedure;
use crate::vi::typography::{heading, nbsp};

/// The page of a procedure.
pub const KIND: PageKind = PageKind {
    name: "procedure",
    routes: |model| {
        let procedures = model.procedures.iter();
        procedures
            .map(|(code, filed)| (urls::procedure(code), Subject::Procedure(code.clone()), filed.place()))
            .collect()
    },
    view,
};

/// What the page of a procedure shows.
#[derive(Debug, Default, Serialize)]
pub struct ProcedureView {
    /// Name as announced, compounds held together.
    pub heading: String,
    /// Its code, with every digit.
    pub code: String,
    /// Its standing and how much is done online, in words.
    pub tags: Vec<TagView>,
    /// Made-up data, not a real procedure.
    pub illustrative: bool,
    /// It is replaced or abolished: by what, since when.
    pub ended: Option<Ended>,
    /// It is announced and not yet in force.
    pub coming: Option<Turn>,
    /// A change that is announced and not yet in force.
    pub next: Option<Turn>,
    /// What the latest amendment changed.
    pub amended: Option<Turn>,
    /// Who it is for, in one sentence.
    pub audience_line: Option<String>,
    /// What one gets, in one sentence.
    pub result_line: Option<String>,
    /// The key facts: term and answer.
    pub facts: Vec<FactView>,
    /// The record holds no more than name and field: the rest is still to come.
    pub sparse: bool,
    /// To the portal: where to file, or where to read the whole.
    pub button: Option<LinkView>,
    /// What to know about filing online, a sentence each.
    pub online_notes: Vec<String>,
    /// The parts of the page.
    pub contents: Vec<LinkView>,
    /// The papers, by case.
    pub cases: Vec<CaseView>,
    /// The cases are folded: they are many, and a reader has one of them.
    pub folded_cases: bool,
    /// How many sets of papers.
    pub copies: Option<String>,
    /// The steps.
    pub steps_html: Vec<String>,
    /// Ways of filing with deadlines and fees; equal ones stand together.
    pub filing: Vec<FilingRow>,
    /// What the record says of the ways of filing.
    pub descriptions: Vec<Description>,
    /// Where papers are received.
    pub reception: Option<String>,
    /// What one gets.
    pub results: Vec<ResultView>,
    /// Conditions.
    pub conditions_html: Option<String>,
    /// Legal bases with their validity.
    pub laws: Vec<LawView>,
    /// How many of the legal bases have no known validity.
    pub laws_of_unknown_validity: usize,
    /// Its field.
    pub field: Option<RefView>,
    /// The unit in charge of the field.
    pub unit: Option<UnitView>,
    /// Who may carry it out, in full.
    pub audiences: Vec<&'static str>,
    /// The levels of government that carry it out.
    pub levels: Vec<&'static str>,
    /// Its class, by who may regulate it.
    pub class: Option<&'static str>,
    /// The agencies it names: role and name.
    pub agencies: Vec<AgencyView>,
    /// What decisions did to it, latest first.
    pub history: Vec<EventView>,
    /// When a decision about it was first put on the site.
    pub posted: Option<DateView>,
    /// The latest day that the record knows: of a decision, or of its source.
    pub changed: Option<DateView>,
    /// Where the record comes from.
    pub source: Option<SourceView>,
    /// Procedures that go with it, or that are called alike.
    pub related: Vec<LinkView>,
    /// Articles that speak of it.
    pub articles: Vec<ArticleLine>,
    /// The newest petitions about it.
    pub petitions: Vec<PetitionRow>,
    /// How many petitions there are about it.
    pub petition_count: usize,
    /// Cuts and simplifications of it, what is done first.
    pub simplifications: Vec<SimplificationLine>,
    /// Its sheet for the board; none once it has ended.
    pub sheet: Option<LinkView>,
}

/// A key fact.
#[derive(Debug, Serialize)]
pub struct FactView {
    /// The question.
    pub term: &'static str,
    /// The answer.
    pub fact: Fact,
}

/// What a procedure gives.
#[derive(Debug, Serialize)]
pub struct ResultView {
    /// Its name.
    pub name: String,
    /// Its code on the national portal.
    pub code: Option<String>,
}

/// A legal basis.
#[derive(Debug, Serialize)]
pub struct LawView {
    /// Its number, with its place on the page of legal texts.
    pub number: RefView,
    /// Its name, where the site knows it.
    pub name: Option<String>,
    /// Whether it is in force, where that is known.
    pub validity: Option<TagView>,
    /// What replaced it.
    pub replaced_by: Option<RefView>,
}

/// An agency and what it does.
#[derive(Debug, Serialize)]
pub struct AgencyView {
    /// What it does.
    pub role: &'static str,
    /// Its name.
    pub name: String,
}

/// An article that speaks of the procedure.
#[derive(Debug, Serialize)]
pub struct ArticleLine {
    /// Its page.
    pub link: LinkView,
    /// Its date.
    pub date: DateView,
}

/// A cut or simplification of the procedure.
#[derive(Debug, Serialize)]
pub struct SimplificationLine {
    /// Its place on the page of simplifications, by what is less, or by its name.
    pub link: LinkView,
    /// How far it has come, and whether it is made up: a few words each.
    pub remarks: Vec<String>,
}

/// The papers of one case.
#[derive(Debug, Serialize)]
pub struct CaseView {
    /// The case; none where there is only one.
    pub case: Option<String>,
    /// Its heading on the page: the case, or the first words of one that is a paragraph. None on a sheet, whose
    /// version is of the words that it prints.
    pub title: Option<String>,
    /// The heading leaves words out.
    pub shortened: Option<bool>,
    /// The papers.
    pub papers: Vec<PaperView>,
}

/// How the name of a paper is set.
#[derive(Debug, PartialEq, Serialize)]
pub struct NameView {
    /// In bold letters: a name, not a paragraph, which nobody would read so.
    pub bold: bool,
    /// What stands before the items of a name that lists some.
    pub lead: String,
    /// The items of a name that lists some, such as papers of which any one will do.
    pub items: Vec<String>,
}

/// One paper.
#[derive(Debug, Serialize)]
pub struct PaperView {
    /// Its name.
    pub name: String,
    /// How the page sets the name; none on a sheet.
    pub setting: Option<NameView>,
    /// How many originals and copies, and whether it may be left out: a few words each.
    pub remarks: Vec<String>,
    /// What else to know.
    pub note: Option<String>,
    /// Its form, a file of the site.
    pub form: Option<FileView>,
    /// Its form on another site.
    pub form_link: Option<LinkView>,
    /// Which paper of the list it is, to tell links apart.
    pub number: usize,
}

/// Ways of filing that have the same deadlines and fees.
#[derive(Debug, Serialize)]
pub struct FilingRow {
    /// The ways: `Trực tuyến, trực tiếp`.
    pub methods: String,
    /// The deadlines; none if the record is silent.
    pub deadlines: Vec<DeadlineLine>,
    /// The fees; none if the record is silent.
    pub fees: Vec<FeeLine>,
}

/// A deadline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeadlineLine {
    /// `7 ngày làm việc`
    pub value: String,
    /// When it holds.
    pub note: Option<String>,
}

/// A fee.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeeLine {
    /// How much, or how it is reckoned.
    pub value: String,
    /// What it is for.
    pub name: Option<String>,
    /// The legal text that sets it.
    pub basis: Option<RefView>,
}

/// What the record says of some ways of filing.
#[derive(Debug, Serialize)]
pub struct Description {
    /// The ways; none where it holds for all.
    pub methods: Option<String>,
    /// The text.
    pub text_html: String,
}

/// One thing that a decision did.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// What it did, in words.
    pub change: TagView,
    /// The decision.
    pub decision: RefView,
    /// Who signed it.
    pub agency: String,
    /// When it was signed.
    pub signed: DateView,
    /// From when it has effect.
    pub effective: DateView,
    /// That day is still to come.
    pub is_future: bool,
    /// When it was put on the site.
    pub posted: Option<DateView>,
    /// What changed, in plain words.
    pub what: Option<String>,
}

/// A change with its day and its decision.
#[derive(Debug, Serialize)]
pub struct Turn {
    /// What it is and from when, as a headline.
    pub title: String,
    /// From when.
    pub since: DateView,
    /// By which decision.
    pub decision: RefView,
    /// What changed, in plain words.
    pub what: Option<String>,
    /// The procedures that will come in its place.
    pub successors: Vec<RefView>,
}

/// The end of a procedure.
#[derive(Debug, Serialize)]
pub struct Ended {
    /// What happened, as a headline.
    pub title: &'static str,
    /// From when.
    pub since: Option<DateView>,
    /// By which decision.
    pub decision: Option<RefView>,
    /// What is to be done instead.
    pub successors: Vec<RefView>,
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let filed = match subject {
        Subject::Procedure(code) => cx.model().procedures.get(code),
        _ => None,
    };
    // Routes are made of the same records, so there always is one.
    let Some(filed) = filed else { return (Head::default(), View::Procedure(Box::default())) };
    let procedure = &filed.record;
    let view = of(cx, procedure);
    let name = procedure.name.as_str();
    let mut way =
        vec![(urls::home(), "Trang chủ".to_owned()), (urls::fixed("/thu-tuc/"), "Thủ tục".to_owned())];
    if let Some(field) = cx.model().fields.get(&procedure.field) {
        way.push((urls::field(&procedure.field), field.record.name.as_str().to_owned()));
    }
    let changed = view.changed.as_ref().map(|day| day.iso.clone());
    let head = Head {
        title: name.to_owned(),
        mark: Some(procedure.code.to_string()),
        description: description(&view, procedure),
        crumbs: structured::crumbs(cx, &way),
        json_ld: Some(structured::procedure(cx, procedure, changed.as_deref(), &way)),
        ..Head::default()
    };
    (head, View::Procedure(Box::new(view)))
}

/// What search engines show: the answers, as far as they are certain.
fn description(view: &ProcedureView, procedure: &Procedure) -> String {
    if view.ended.is_some() {
        return format!(
            "Thủ tục {} không còn áp dụng: từ ngày nào, theo quyết định nào, thay bằng gì.",
            procedure.code
        );
    }
    if view.sparse {
        return format!(
            "Thủ tục {}: lĩnh vực, cơ quan thực hiện và nơi xem nội dung đầy đủ.",
            procedure.code
        );
    }
    let mut parts = vec![format!("Thủ tục {}", procedure.code)];
    for fact in &view.facts {
        if let Some(value) = fact.fact.if_certain() {
            parts.push(format!("{}: {}", fact.term.to_lowercase(), value));
        }
    }
    format!("{}. Giấy tờ, các bước, nơi nộp, căn cứ.", parts.join("; ")).replace('\u{A0}', " ")
}

fn of(cx: &PageCx<'_>, procedure: &Procedure) -> ProcedureView {
    let model = cx.model();
    let code = &procedure.code;
    let state = model.state(code);
    let sparse = listing::is_sparse(procedure);
    let level = listing::online_level(procedure);
    let mut tags = vec![TagView::of_standing(state.standing)];
    if state.standing.is_current() {
        tags.extend(level.map(|level| TagView::new(level.label(), "info")));
        if procedure.essential.is_some_and(|flag| flag.0) {
            tags.push(TagView::new("Dịch vụ công thiết yếu", "info"));
        }
    }
    let laws: Vec<LawView> = procedure.legal_bases.iter().map(|number| parts::law_view(cx, number)).collect();
    let history = history::of(cx, code);
    let changed = history::changed(cx, procedure);
    let button = parts::button(cx, procedure, state.standing.is_current());
    let mut view = ProcedureView {
        heading: heading(procedure.name.as_str()).into_owned(),
        code: code.to_string(),
        tags,
        illustrative: procedure.illustrative.0,
        ended: history::ended(cx, code, &state),
        coming: history::coming(cx, code, &state),
        next: history::next(cx, code, &state),
        amended: history::amended(cx, code, &state),
        audience_line: parts::audience_line(procedure),
        result_line: parts::result_line(procedure),
        facts: parts::key_facts(cx, procedure),
        sparse,
        button,
        online_notes: parts::online_notes(procedure),
        contents: Vec::new(),
        folded_cases: papers::are_many(procedure),
        cases: papers::cases_of_page(cx, procedure),
        copies: procedure.dossier_copies.map(|copies| format!("{copies}\u{A0}bộ")),
        steps_html: parts::steps(cx, procedure),
        filing: filing::rows(cx, procedure),
        descriptions: filing::descriptions(cx, procedure),
        reception: text(procedure.reception.as_ref()),
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
        laws_of_unknown_validity: laws.iter().filter(|law| law.validity.is_none()).count(),
        laws,
        field: model.fields.get(&procedure.field).map(|field| RefView {
            href: Some(cx.href(&urls::field(&procedure.field))),
            text: field.record.name.as_str().to_owned(),
        }),
        unit: model.fields.get(&procedure.field).and_then(|field| UnitView::of_field(cx, &field.record)),
        audiences: procedure.audiences.iter().map(|audience| audience.label()).collect(),
        levels: procedure.levels.iter().map(|level| level.label()).collect(),
        class: procedure.class.map(|class| class.label()),
        agencies: parts::agencies(procedure),
        posted: history.iter().rev().find_map(|event| event.posted.clone()),
        history,
        changed,
        source: SourceView::new(procedure.source.as_ref()).map(|source| match source.href {
            // A link to one record of the portal, apart from links to the portal itself.
            Some(_) => SourceView { name: format!("{}, thủ tục {code}", source.name), ..source },
            None => source,
        }),
        related: parts::related(cx, procedure),
        articles: parts::articles(cx, code),
        petitions: parts::petitions(cx, code),
        petition_count: model.petitions_of_procedure.get(code).map_or(0, Vec::len),
        simplifications: parts::simplifications(cx, code),
        sheet: state.standing.is_current().then(|| cx.link(&urls::procedure_sheet(code), "In bản niêm yết")),
    };
    view.contents = parts::contents(&view);
    view
}
