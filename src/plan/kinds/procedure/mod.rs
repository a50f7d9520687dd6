//! One procedure: the answers that a citizen looks for first, then everything that the record says.

mod filing;
mod history;
mod papers;

use serde::Serialize;

use super::field::UnitView;
use super::{Head, PageKind, View};
use crate::model::Filed;
use crate::model::law::{self, Validity};
use crate::plan::facts::{self, Fact};
use crate::plan::links::PageCx;
use crate::plan::listing;
use crate::plan::petitions::PetitionRow;
use crate::plan::pieces::{self, SourceView};
use crate::plan::view::{DateView, LinkView, RefView, TagView, text};
use crate::plan::{Subject, structured, urls};
use crate::record::procedure::{Method, OnlineLevel, Procedure};
use crate::record::scalar::{LawNumber, ProcedureCode};
use crate::vi::typography::{heading, nbsp};

pub use filing::{DeadlineLine, Description, FeeLine, FilingRow};
pub use history::{Ended, EventView, Turn};
pub use papers::{CaseView, PaperView};

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
    /// When the latest decision about it was put on the site.
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
    let laws: Vec<LawView> = procedure.legal_bases.iter().map(|number| law_view(cx, number)).collect();
    let history = history::of(cx, code);
    let changed = history::changed(cx, procedure);
    let button = button(cx, procedure, state.standing.is_current());
    let mut view = ProcedureView {
        heading: heading(procedure.name.as_str()).into_owned(),
        code: code.to_string(),
        tags,
        illustrative: procedure.illustrative.0,
        ended: history::ended(cx, code, &state),
        coming: history::coming(cx, code, &state),
        next: history::next(cx, code, &state),
        amended: history::amended(cx, code, &state),
        audience_line: audience_line(procedure),
        result_line: result_line(procedure),
        facts: key_facts(cx, procedure),
        sparse,
        button,
        online_notes: online_notes(procedure),
        contents: Vec::new(),
        cases: papers::cases(cx, procedure),
        copies: procedure.dossier_copies.map(|copies| format!("{copies}\u{A0}bộ")),
        steps_html: steps(cx, procedure),
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
        agencies: agencies(procedure),
        posted: history.iter().find_map(|event| event.posted.clone()),
        history,
        changed,
        source: SourceView::new(procedure.source.as_ref()),
        related: related(cx, procedure),
        articles: articles(cx, code),
        petition_count: model.petitions_of_procedure.get(code).map_or(0, Vec::len),
        petitions: petitions(cx, code),
    };
    view.contents = contents(&view);
    view
}

/// How many petitions the page of a procedure names.
const PETITIONS: usize = 10;

fn petitions(cx: &PageCx<'_>, code: &ProcedureCode) -> Vec<PetitionRow> {
    let model = cx.model();
    let codes = model.petitions_of_procedure.get(code).into_iter().flatten().take(PETITIONS);
    codes
        .filter_map(|code| {
            let (code, petition) = model.petitions.get_key_value(code)?;
            Some(PetitionRow::new(cx, (code, petition, model.handlings.get(code)?)))
        })
        .collect()
}

/// The four answers of the first screen.
fn key_facts(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<FactView> {
    let mut filing = facts::filing(procedure);
    let counter = cx.plan.site.counter.as_ref().and_then(|counter| counter.name.clone());
    if facts::methods(procedure).iter().any(|method| *method != Method::Online)
        && let Some(place) = text(procedure.reception.as_ref()).or(counter)
    {
        filing.notes.push(place);
    }
    let mut all = vec![
        FactView { term: "Thời hạn", fact: facts::deadline(procedure) },
        FactView { term: "Phí, lệ phí", fact: facts::fee(procedure) },
        FactView { term: "Nộp ở đâu", fact: filing },
        FactView { term: "Hồ sơ", fact: facts::dossier(procedure) },
    ];
    for view in &mut all {
        view.fact.value = nbsp(&view.fact.value).into_owned();
    }
    all
}

/// “Dành cho công dân Việt Nam, doanh nghiệp, tổ chức.”: the first of a long list, the rest counted.
fn audience_line(procedure: &Procedure) -> Option<String> {
    const NAMED: usize = 4;
    let short = |label: &str| {
        let label = label.split_once(" (").map_or(label, |(short, _)| short);
        let mut chars = label.chars();
        // Only the first letter: “công dân Việt Nam”.
        chars.next().map(|first| first.to_lowercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    let all: Vec<String> = procedure.audiences.iter().map(|audience| short(audience.label())).collect();
    match all.as_slice() {
        [] => None,
        few if few.len() <= NAMED => Some(format!("Dành cho {}.", few.join(", "))),
        [first, second, third, rest @ ..] => {
            Some(format!("Dành cho {first}, {second}, {third} và {} đối tượng khác.", rest.len()))
        }
        few => Some(format!("Dành cho {}.", few.join(", "))),
    }
}

/// What one gets, without what stands in brackets at the end of a long name; the whole name stands
/// further down.
fn result_line(procedure: &Procedure) -> Option<String> {
    const SHORT: usize = 60;
    let first = procedure.results.first()?.name.as_str();
    let short = match first.split_once(" (") {
        Some((before, _)) if first.chars().count() > SHORT => before,
        _ => first,
    };
    let more = match procedure.results.len() {
        1 => String::new(),
        count => format!(" và {} kết quả khác", count - 1),
    };
    Some(format!("Kết quả: {}{more}.", nbsp(short).trim_end_matches(['.', ';', ','])))
}

/// The way out to the portal. Its words say where it leads and whether papers can be filed there.
fn button(cx: &PageCx<'_>, procedure: &Procedure, current: bool) -> Option<LinkView> {
    let site = &cx.plan.site;
    let own = procedure.online.as_ref().and_then(|online| online.link.as_ref()).map(|link| link.as_str());
    let source = procedure.source.as_ref().and_then(|source| source.link.as_ref()).map(|link| link.as_str());
    let href = own.or(source.filter(|_| listing::is_sparse(procedure)))?;
    let place = match &site.portal {
        Some(portal) if pieces::host(&portal.href) == pieces::host(href) => portal.text.as_str(),
        _ => pieces::host(href),
    };
    let online = procedure.channels.iter().any(|channel| channel.method == Method::Online);
    let can_file = match listing::online_level(procedure) {
        Some(OnlineLevel::Full | OnlineLevel::Partial) => true,
        Some(OnlineLevel::Information) => false,
        None => online,
    };
    let verb = if can_file && current && own.is_some() {
        "Nộp hồ sơ trên"
    } else {
        "Xem thủ tục này trên"
    };
    Some(LinkView { href: href.to_owned(), text: format!("{verb} {place}") })
}

fn online_notes(procedure: &Procedure) -> Vec<String> {
    let mut notes = Vec::new();
    let online = procedure.channels.iter().any(|channel| channel.method == Method::Online);
    let level = listing::online_level(procedure);
    match level {
        Some(OnlineLevel::Full) => {
            notes.push("Làm được trọn vẹn qua mạng: nộp hồ sơ và nhận kết quả.".to_owned())
        }
        Some(OnlineLevel::Partial) => notes.push("Làm được một phần qua mạng.".to_owned()),
        Some(OnlineLevel::Information) => {
            notes.push("Chưa nộp được qua mạng; Cổng chỉ có thông tin.".to_owned())
        }
        None if online => notes.push("Nộp được qua mạng; nguồn không ghi mức độ trực tuyến.".to_owned()),
        None => {}
    }
    if let Some(flags) = &procedure.online {
        match flags.payment.map(|flag| flag.0) {
            Some(true) => notes.push("Thanh toán được qua mạng.".to_owned()),
            Some(false) => notes.push("Chưa thanh toán được qua mạng.".to_owned()),
            None => {}
        }
        if flags.anywhere.is_some_and(|flag| flag.0) {
            notes.push("Nộp được ở bất kỳ nơi tiếp nhận nào, không phụ thuộc nơi cư trú.".to_owned());
        }
    }
    notes
}

fn steps(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<String> {
    let steps = procedure.steps.iter().enumerate();
    steps.map(|(i, step)| cx.markdown(&nbsp(step.as_str()), &format!("buoc-{}-", i + 1), 3)).collect()
}

fn law_view(cx: &PageCx<'_>, number: &LawNumber) -> LawView {
    let model = cx.model();
    let known = model.laws.get(number);
    let validity = known.and_then(|law| match law::validity(&law.record, model.as_of.date()) {
        Validity::Unknown => None,
        Validity::InForce => Some(TagView::new("Còn hiệu lực", "ok")),
        Validity::NotYet(from) => {
            Some(TagView::new(format!("Có hiệu lực từ {}", DateView::from(from).short), "warn"))
        }
        Validity::Expired(until) => {
            let since = DateView::from(until.plus_days(1)).short;
            Some(TagView::new(format!("Hết hiệu lực từ {since}"), "bad"))
        }
    });
    LawView {
        number: law_ref(cx, number),
        name: known.map(|law| nbsp(law.record.name.as_str()).into_owned()),
        validity,
        replaced_by: known.and_then(|law| law.record.replaced_by.as_ref()).map(|number| law_ref(cx, number)),
    }
}

/// A legal text by its number, linked to its place among the legal texts.
pub(super) fn law_ref(cx: &PageCx<'_>, number: &LawNumber) -> RefView {
    let page = urls::laws();
    let known = cx.model().laws.contains_key(number) && cx.has(&page);
    RefView {
        href: known.then(|| format!("{}#{}", cx.href(&page), urls::law_anchor(number))),
        text: number.to_string(),
    }
}

fn agencies(procedure: &Procedure) -> Vec<AgencyView> {
    let Some(agencies) = &procedure.agencies else { return Vec::new() };
    let roles = [
        ("Cơ quan thực hiện", &agencies.executing),
        ("Cơ quan có thẩm quyền", &agencies.competent),
        ("Cơ quan được ủy quyền", &agencies.authorised),
        ("Cơ quan phối hợp", &agencies.coordinating),
    ];
    roles
        .into_iter()
        .filter_map(|(role, name)| Some(AgencyView { role, name: name.as_ref()?.as_str().to_owned() }))
        .collect()
}

/// Those that the record names, then those of the same field whose names begin alike.
fn related(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<LinkView> {
    const MOST: usize = 6;
    let model = cx.model();
    let mut chosen: Vec<&Filed<Procedure>> = Vec::new();
    let named = procedure.related.iter().filter_map(|code| model.procedure(code));
    let neighbours = neighbours(cx, procedure);
    for filed in named.chain(neighbours) {
        let code = &filed.record.code;
        let is_new = code != &procedure.code && !chosen.iter().any(|other| other.record.code == *code);
        // One that the editor names is shown even when it has ended: its page says so.
        let wanted = procedure.related.contains(code) || model.state(code).standing.is_current();
        if is_new && wanted && chosen.len() < MOST.max(procedure.related.len()) {
            chosen.push(filed);
        }
    }
    chosen
        .into_iter()
        .map(|filed| {
            let name = listing::list_name(filed.record.name.as_str());
            cx.link(&urls::procedure(&filed.record.code), nbsp(&name))
        })
        .collect()
}

/// The procedures of the same field, nearest in the list first: names that begin alike stand side
/// by side there, so looking a few places up and down is enough however long the list is.
fn neighbours<'m>(cx: &PageCx<'m>, procedure: &Procedure) -> Vec<&'m Filed<Procedure>> {
    const WINDOW: usize = 12;
    let model = cx.model();
    let codes = model.procedures_of_field.get(&procedure.field).map(Vec::as_slice).unwrap_or_default();
    let Some(here) = codes.iter().position(|code| *code == procedure.code) else { return Vec::new() };
    let window = codes.iter().enumerate().skip(here.saturating_sub(WINDOW)).take(2 * WINDOW + 1);
    let words = |name: &str| name.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let own = words(procedure.name.as_str());
    let mut near: Vec<(usize, usize, &Filed<Procedure>)> = window
        .filter_map(|(i, code)| Some((i, model.procedures.get(code)?)))
        .map(|(i, filed)| {
            let other = words(filed.record.name.as_str());
            let shared = own.iter().filter(|word| other.contains(word)).count();
            (own.len().saturating_sub(shared), i.abs_diff(here), filed)
        })
        .collect();
    near.sort_by_key(|(missing, distance, filed)| (*missing, *distance, filed.record.code.clone()));
    near.into_iter().map(|(_, _, filed)| filed).collect()
}

fn articles(cx: &PageCx<'_>, code: &ProcedureCode) -> Vec<ArticleLine> {
    let model = cx.model();
    let ids = model.articles_of_procedure.get(code).map(Vec::as_slice).unwrap_or_default();
    ids.iter()
        .filter_map(|id| Some((id, model.articles.get(id)?)))
        .map(|(id, article)| ArticleLine {
            link: cx.link(&urls::article(id), article.record.head.title.as_str()),
            date: article.record.head.date.0.into(),
        })
        .collect()
}

fn contents(view: &ProcedureView) -> Vec<LinkView> {
    let part = |id: &str, text: &str| LinkView { href: format!("#{id}"), text: text.to_owned() };
    let mut parts = Vec::new();
    if !view.sparse {
        parts.extend([
            part("ho-so", "Hồ sơ cần chuẩn bị"),
            part("cac-buoc", "Các bước thực hiện"),
            part("noi-nop", "Nơi nộp, thời hạn và phí"),
            part("ket-qua", "Kết quả nhận được"),
            part("dieu-kien", "Yêu cầu, điều kiện"),
            part("can-cu", "Căn cứ pháp lý"),
        ]);
    } else if !view.laws.is_empty() {
        parts.push(part("can-cu", "Căn cứ pháp lý"));
    }
    parts.push(part("thong-tin", "Nguồn và lịch sử thay đổi"));
    if !view.related.is_empty() {
        parts.push(part("lien-quan", "Thủ tục liên quan"));
    }
    if !view.petitions.is_empty() {
        parts.push(part("phan-anh", "Phản ánh về thủ tục này"));
    }
    if !view.articles.is_empty() {
        parts.push(part("bai-viet", "Bài viết về thủ tục này"));
    }
    parts
}
