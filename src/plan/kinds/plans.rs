//! The communication plans, latest year first.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::outputs::{feeds, plan_data};
use crate::plan::pieces;
use crate::plan::view::{DateView, LinkView, text};
use crate::plan::{Subject, evidence, urls};

/// The list of plans; there is none on a site without plans.
pub const KIND: PageKind = PageKind {
    name: "plans",
    routes: |model| {
        let page = || (urls::fixed("/ke-hoach/"), Subject::Site, model.site.place());
        (!model.plans.is_empty()).then(page).into_iter().collect()
    },
    view,
};

/// What the list of plans shows.
#[derive(Debug, Serialize)]
pub struct PlansView {
    /// The plans, latest year first.
    pub plans: Vec<PlanCard>,
    /// The Atom feed of evidence.
    pub feed: LinkView,
    /// The same as data.
    pub data: LinkView,
}

/// One plan.
#[derive(Debug, Serialize)]
pub struct PlanCard {
    /// Its page, by its year.
    pub link: LinkView,
    /// Its number.
    pub number: String,
    /// When it was issued.
    pub issued: Option<DateView>,
    /// Who issued it.
    pub agency: String,
    /// What it is about.
    pub summary: Option<String>,
    /// How many tasks it has.
    pub total: usize,
    /// How many of them have evidence on this site.
    pub proven: usize,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let plans = model.plans.iter().rev().map(|(year, plan)| PlanCard {
        link: cx.link(&urls::plan(*year), format!("Kế hoạch truyền thông năm {year}")),
        number: plan.record.number.as_str().to_owned(),
        issued: plan.record.date.map(|day| day.0.into()),
        agency: plan.record.agency.as_str().to_owned(),
        summary: text(plan.record.summary.as_ref()),
        total: plan.record.tasks.len(),
        proven: evidence::proven_tasks(model, &plan.record),
    });
    let feed = feeds::of_plans(cx);
    let view = PlansView { plans: plans.collect(), feed: feed.clone(), data: plan_data::link(cx) };
    let mut head = pieces::head(
        cx,
        "CollectionPage",
        "Kế hoạch truyền thông",
        "Kế hoạch truyền thông về kiểm soát thủ tục hành chính từng năm: nhiệm vụ nào đã làm, minh chứng ở đâu.",
        &[],
        Vec::new(),
    );
    head.feeds = vec![feed];
    (head, View::Plans(Box::new(view)))
}
