//! The communication plan of a year: each task with its evidence.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::{Filed, Model};
use crate::plan::evidence::{self, Count, Evidence, Progress, Term};
use crate::plan::links::PageCx;
use crate::plan::pieces::{self, FileView, SourceView};
use crate::plan::view::{DateView, RefView, text};
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

/// How many records are named as evidence of a task; the others are only counted.
const NAMED: usize = 5;

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
    /// The tasks, by group.
    pub groups: Vec<TaskGroup>,
    /// Kinds of record that the plan asks for and the site does not keep yet.
    pub not_kept: Vec<String>,
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
    /// How many records of each kind there are.
    pub counts: Vec<EvidenceCount>,
    /// The newest of them.
    pub newest: Vec<ProofView>,
    /// How many more there are.
    pub more: usize,
    /// The day of the newest.
    pub latest: Option<DateView>,
}

/// How many records of one kind are evidence of a task.
#[derive(Debug, Serialize)]
pub struct EvidenceCount {
    /// The kind, and its section if only its articles count.
    pub label: String,
    /// How many.
    pub count: usize,
    /// Whether the site keeps such records at all.
    pub kept: bool,
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
    let mut not_kept: Vec<String> = Vec::new();
    let mut proven = 0;
    for task in &plan.tasks {
        let evidence = evidence::of(model, term, task);
        proven += usize::from(!evidence.proofs.is_empty());
        for count in evidence.counts.iter().filter(|count| !evidence::is_kept(count.kind)) {
            let label = count.kind.label().to_lowercase();
            if !not_kept.contains(&label) {
                not_kept.push(label);
            }
        }
        let task_view = task_view(cx, task, &evidence);
        match groups.last_mut() {
            Some(group) if group.name == task.group.as_str() => group.tasks.push(task_view),
            _ => groups.push(TaskGroup { name: task.group.as_str().to_owned(), tasks: vec![task_view] }),
        }
    }
    let total = plan.tasks.len();
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
        groups,
        not_kept,
    };
    let head = pieces::head(
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
    (head, View::Plan(Box::new(view)))
}

fn task_view(cx: &PageCx<'_>, task: &Task, evidence: &Evidence) -> TaskView {
    let model = cx.model();
    let (status, status_class) = match evidence::progress(task, evidence, model.as_of.date()) {
        Progress::Proven => ("Đã có minh chứng".to_owned(), "ok"),
        Progress::Unproven => ("Chưa có minh chứng trên trang này".to_owned(), "warn"),
        Progress::Resting(days) => (format!("Quá nhịp {days} ngày"), "warn"),
        Progress::Overdue(days) => (format!("Quá hạn {days} ngày, chưa có minh chứng"), "bad"),
    };
    TaskView {
        anchor: urls::task_anchor(&task.mark),
        mark: task.mark.to_string(),
        content: task.content.as_str().to_owned(),
        lead: pieces::unit_name(model, &task.lead),
        partners: task.partners.iter().map(|code| pieces::unit_name(model, code)).collect(),
        schedule: schedule(task),
        status,
        status_class,
        counts: evidence.counts.iter().map(|count| count_view(cx, model, count)).collect(),
        newest: evidence
            .proofs
            .iter()
            .take(NAMED)
            .map(|proof| ProofView {
                to: RefView {
                    href: cx.plan.routes.contains_key(&proof.path).then(|| cx.href(&proof.path)),
                    text: proof.title.clone(),
                },
                kind: proof.kind.label(),
                day: proof.day.map(DateView::from),
            })
            .collect(),
        more: evidence.proofs.len().saturating_sub(NAMED),
        latest: evidence.latest().map(DateView::from),
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
        (EvidenceKind::Procedures, _) => Some(urls::fixed("/thu-tuc/")),
        (EvidenceKind::Petitions, _) => Some(urls::fixed("/phan-anh/")),
        (EvidenceKind::Decisions, _) => Some(urls::fixed("/quyet-dinh/")),
        (EvidenceKind::Articles, Some(code)) => Some(urls::section(code)),
        (EvidenceKind::Articles, None) => Some(urls::fixed("/bai-viet/")),
        _ => None,
    };
    let list = list.filter(|list| cx.plan.routes.contains_key(list));
    EvidenceCount {
        label,
        count: count.count,
        kept: evidence::is_kept(count.kind),
        href: list.map(|list| cx.href(&list)),
    }
}

fn schedule(task: &Task) -> String {
    match &task.schedule {
        Schedule::Recurring(word) => match task.rhythm_days {
            Some(days) => format!("{}, ít nhất {days} ngày một lần", word.label()),
            None => word.label().to_owned(),
        },
        Schedule::Between(period) => {
            let (from, to) = (DateView::from(period.from.0), DateView::from(period.to.0));
            format!("Từ {} đến {}", from.short, to.short)
        }
    }
}
