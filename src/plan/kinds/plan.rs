//! The communication plan of a year: each task with its evidence.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::{Filed, Model};
use crate::plan::evidence::{self, Count, Evidence, Progress, Proof, Term};
use crate::plan::links::PageCx;
use crate::plan::outputs::{feeds, plan_data};
use crate::plan::pieces::{self, FileView, SourceView};
use crate::plan::view::{DateView, LinkView, RefView, text};
use crate::plan::{Subject, urls};
use crate::record::task_plan::{EvidenceKind, Schedule, Task, TaskPlan};

/// The page of a plan.
pub const KIND: PageKind = PageKind {
    name: "plan",
    routes: |model| {
        let page =
            |(year, plan): (&u64, &Filed<TaskPlan>)| (urls::plan(*year), Subject::Plan(*year), plan.place());
        model.plans.iter().map(page).collect()
    },
    view,
};

/// How many acts are named as evidence of a task; the others stand in the list that the count links to.
const NAMED: usize = 10;

/// What the page of a plan shows.
#[derive(Debug, Serialize)]
pub struct PlanView {
    /// Its number.
    pub number: String,
    /// Its year.
    pub year: u64,
    /// When it was issued.
    pub issued: Option<DateView>,
    /// Who issued it.
    pub agency: String,
    /// What it is about.
    pub summary: Option<String>,
    /// The signed text to download.
    pub file: Option<FileView>,
    /// Where the record comes from.
    pub source: Option<SourceView>,
    /// From when records count as evidence.
    pub from: DateView,
    /// Until when they count.
    pub to: DateView,
    /// How many tasks it has.
    pub total: usize,
    /// How many of them have evidence on this site.
    pub proven: usize,
    /// The plan of a later year has begun: this one is over.
    pub over: bool,
    /// Tasks that want attention, by their marks.
    pub attention: Vec<AttentionView>,
    /// How many made-up examples were left out.
    pub illustrative: usize,
    /// Tasks of which the plan does not say how often something is to be done.
    pub without_rhythm: usize,
    /// The tasks, by group.
    pub groups: Vec<TaskGroup>,
    /// The Atom feed of evidence.
    pub feed: LinkView,
    /// The same as data.
    pub data: LinkView,
}

/// A task that wants attention.
#[derive(Debug, Serialize)]
pub struct AttentionView {
    /// Its place in the page.
    pub anchor: String,
    /// Its mark, such as `III.3`.
    pub mark: String,
    /// What is wrong, in words.
    pub status: String,
}

/// The tasks of a group.
#[derive(Debug, Serialize)]
pub struct TaskGroup {
    /// Its name.
    pub name: String,
    /// Its tasks, in the order of the plan.
    pub tasks: Vec<TaskView>,
}

/// One task with its evidence.
#[derive(Debug, Serialize)]
pub struct TaskView {
    /// Its place in the page.
    pub anchor: String,
    /// Its mark, such as `III.3`.
    pub mark: String,
    /// What is to be done.
    pub content: String,
    /// The unit in charge.
    pub lead: String,
    /// The units that help.
    pub partners: Vec<String>,
    /// When it is to be done, in words.
    pub schedule: String,
    /// Where it stands, in words.
    pub status: String,
    /// The same for the style sheet: `ok`, `warn` or `bad`.
    pub status_class: &'static str,
    /// How often something is to be done, and when it was done last, in a sentence.
    pub rhythm: Option<String>,
    /// How many records of each kind there are.
    pub counts: Vec<EvidenceCount>,
    /// The newest acts among them; procedures in use are a stock and only counted.
    pub newest: Vec<ProofView>,
    /// How many more acts there are.
    pub more: usize,
}

/// How many records of one kind are evidence of a task.
#[derive(Debug, Serialize)]
pub struct EvidenceCount {
    /// The kind, and its section if only its articles count.
    pub label: String,
    /// How many.
    pub count: usize,
    /// How many made-up examples were left out.
    pub illustrative: usize,
    /// The list of them.
    pub href: Option<String>,
}

/// One record that is evidence of a task.
#[derive(Debug, Serialize)]
pub struct ProofView {
    /// Its page, by its name.
    pub to: RefView,
    /// The kind of record.
    pub kind: &'static str,
    /// When it came about.
    pub day: Option<DateView>,
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let Subject::Plan(year) = subject else { unreachable!("the routes of this kind are plans") };
    let model = cx.model();
    let plan = &model.plans[year].record;
    let term = Term::of(model, *year);
    let mut groups: Vec<TaskGroup> = Vec::new();
    let mut attention = Vec::new();
    let mut left_out = BTreeMap::new();
    let mut proven = 0;
    for task in &plan.tasks {
        let evidence = evidence::of(model, term, task);
        proven += usize::from(!evidence.proofs.is_empty());
        // Two tasks may ask for the same records: an example is left out once.
        for count in &evidence.counts {
            let most: &mut usize = left_out.entry((count.kind, count.section.clone())).or_default();
            *most = (*most).max(count.illustrative);
        }
        let task_view = task_view(cx, task, &evidence, term);
        if task_view.status_class != "ok" {
            attention.push(AttentionView {
                anchor: task_view.anchor.clone(),
                mark: task_view.mark.clone(),
                status: task_view.status.to_lowercase(),
            });
        }
        match groups.last_mut() {
            Some(group) if group.name == task.group.as_str() => group.tasks.push(task_view),
            _ => groups.push(TaskGroup { name: task.group.as_str().to_owned(), tasks: vec![task_view] }),
        }
    }
    let total = plan.tasks.len();
    let feed = feeds::of_plans(cx);
    let view = PlanView {
        number: plan.number.as_str().to_owned(),
        year: *year,
        issued: plan.date.map(|day| day.0.into()),
        agency: plan.agency.as_str().to_owned(),
        summary: text(plan.summary.as_ref()),
        file: FileView::new(cx, plan.file.as_ref()),
        source: SourceView::new(plan.source.as_ref()),
        from: term.from.into(),
        to: term.to.into(),
        total,
        proven,
        over: term.to < model.as_of.date(),
        attention,
        illustrative: left_out.values().sum(),
        without_rhythm: plan.tasks.iter().filter(|task| task.rhythm_days.is_none()).count(),
        groups,
        feed: feed.clone(),
        data: plan_data::link(cx),
    };
    let mut head = pieces::head(
        cx,
        "WebPage",
        format!("Kế hoạch truyền thông năm {year}"),
        format!(
            "Kế hoạch số {}: {total} nhiệm vụ, {proven} nhiệm vụ đã có minh chứng trên trang này, đơn vị chủ trì và kết quả từng nhiệm vụ.",
            plan.number
        ),
        &[(urls::fixed("/ke-hoach/"), "Kế hoạch")],
        Vec::new(),
    );
    head.feeds = vec![feed];
    (head, View::Plan(Box::new(view)))
}

/// Where a task stands, in words and for the style sheet.
pub fn status(progress: Progress) -> (String, &'static str) {
    match progress {
        Progress::Proven => ("Đã có minh chứng".to_owned(), "ok"),
        Progress::Unproven => ("Chưa có minh chứng trên trang này".to_owned(), "warn"),
        Progress::Resting(days) => (format!("Nghỉ quá nhịp {days}\u{A0}ngày"), "warn"),
        Progress::Overdue(days) => (format!("Quá hạn {days}\u{A0}ngày, chưa có minh chứng"), "bad"),
    }
}

fn task_view(cx: &PageCx<'_>, task: &Task, evidence: &Evidence, term: Term) -> TaskView {
    let model = cx.model();
    let (status, status_class) = status(evidence::progress(task, evidence, term));
    TaskView {
        anchor: urls::task_anchor(&task.mark),
        mark: task.mark.to_string(),
        content: task.content.as_str().to_owned(),
        lead: pieces::unit_name(model, &task.lead),
        partners: task.partners.iter().map(|code| pieces::unit_name(model, code)).collect(),
        schedule: schedule(task),
        status,
        status_class,
        rhythm: rhythm(task, evidence, term),
        counts: evidence.counts.iter().map(|count| count_view(cx, model, count)).collect(),
        newest: evidence.acts().take(NAMED).map(|proof| proof_view(cx, proof)).collect(),
        more: evidence.acts().count().saturating_sub(NAMED),
    }
}

/// How often something is to be done, and when it was done last.
fn rhythm(task: &Task, evidence: &Evidence, term: Term) -> Option<String> {
    let wanted =
        evidence::allowed(task).map(|days| format!("Nhịp: ít nhất {days}\u{A0}ngày một lần.")).into_iter();
    let last = evidence.latest().zip(evidence::rested(evidence, term)).map(|(day, rested)| {
        let day = DateView::from(day).short;
        match rested {
            0 => format!("Lần mới nhất {day}."),
            days => format!("Lần mới nhất {day}, cách {days}\u{A0}ngày."),
        }
    });
    let told: Vec<String> = wanted.chain(last).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn proof_view(cx: &PageCx<'_>, proof: &Proof) -> ProofView {
    ProofView {
        to: cx.reference(&proof.path, proof.title.clone()),
        kind: proof.kind.label(),
        day: proof.day.map(DateView::from),
    }
}

fn count_view(cx: &PageCx<'_>, model: &Model, count: &Count) -> EvidenceCount {
    let section = count.section.as_ref();
    let label = match section {
        Some(code) => {
            let name = model.section(code).map_or(code.as_str(), |section| section.name.as_str());
            format!("{} trong chuyên mục {name}", count.kind.label())
        }
        None => count.kind.label().to_owned(),
    };
    let list = match (count.kind, section) {
        (EvidenceKind::Procedures, _) => urls::fixed("/thu-tuc/"),
        (EvidenceKind::Petitions, _) => urls::fixed("/phan-anh/"),
        (EvidenceKind::Decisions, _) => urls::fixed("/quyet-dinh/"),
        (EvidenceKind::Articles, Some(code)) => urls::section(code),
        (EvidenceKind::Articles, None) => urls::fixed("/bai-viet/"),
        (EvidenceKind::Statistics, _) => urls::fixed("/ket-qua/"),
        (EvidenceKind::Inspections, _) => urls::fixed("/kiem-tra/"),
        (EvidenceKind::Simplifications, _) => urls::fixed("/cat-giam/"),
        (EvidenceKind::Initiatives, _) => urls::fixed("/sang-kien/"),
        (EvidenceKind::EssentialServices, _) => urls::fixed("/thiet-yeu/"),
    };
    EvidenceCount {
        label,
        count: count.count,
        illustrative: count.illustrative,
        href: cx.has(&list).then(|| cx.href(&list)),
    }
}

/// When a task is to be done, in words.
pub fn schedule(task: &Task) -> String {
    match &task.schedule {
        Schedule::Recurring(word) => word.label().to_owned(),
        Schedule::Between(period) => {
            let (from, to) = (DateView::from(period.from.0), DateView::from(period.to.0));
            format!("Từ {} đến {}", from.short, to.short)
        }
    }
}
