//! Every announcing decision, newest first, by the year in which it was signed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::{DecisionId, Filed};
use crate::plan::links::PageCx;
use crate::plan::list_tools::{OptionView, RowData, SelectView, ToolsView};
use crate::plan::outputs::feeds;
use crate::plan::pieces::{self, ChangeCount};
use crate::plan::view::{DateView, LinkView};
use crate::plan::{Subject, urls};
use crate::record::decision::{Change, Decision};
use crate::vi::{collate, slug::slug};

/// The list of decisions.
pub const KIND: PageKind = PageKind {
    name: "decisions",
    routes: |model| vec![(urls::fixed("/quyet-dinh/"), Subject::Site, model.site.place())],
    view,
};

/// What the list of decisions shows.
#[derive(Debug, Serialize)]
pub struct DecisionsView {
    /// How many decisions there are.
    pub total: usize,
    /// The years, latest first.
    pub years: Vec<YearGroup>,
    /// The Atom feed of decisions.
    pub feed: LinkView,
    /// The form over the list.
    pub tools: Option<ToolsView>,
}

/// The decisions of a year.
#[derive(Debug, Serialize)]
pub struct YearGroup {
    /// The year in which they were signed.
    pub year: i16,
    /// The decisions, newest first.
    pub decisions: Vec<DecisionCard>,
}

/// A decision in the list.
#[derive(Debug, Serialize)]
pub struct DecisionCard {
    /// Its page, by its number.
    pub link: LinkView,
    /// The day it was signed.
    pub signed: DateView,
    /// The day from which it has effect, if another one.
    pub effective: Option<DateView>,
    /// Not yet effective on the day of the build.
    pub coming: bool,
    /// Who issued it.
    pub agency: String,
    /// What it is about.
    pub summary: String,
    /// What it does, counted by kind of change.
    pub changes: Vec<ChangeCount>,
    /// Made-up example.
    pub illustrative: bool,
    /// What it can be filtered by.
    pub data: RowData,
}

impl DecisionCard {
    /// One decision.
    pub fn new(cx: &PageCx<'_>, id: &DecisionId, decision: &Filed<Decision>) -> Self {
        let record = &decision.record;
        let effective = record.takes_effect();
        Self {
            link: cx.link(&urls::decision(id), format!("Quyết định số {}", record.number)),
            signed: record.signed.0.into(),
            effective: (effective != record.signed.0).then(|| effective.into()),
            coming: effective > cx.model().as_of.date(),
            agency: record.agency.as_str().to_owned(),
            summary: record.summary.as_str().to_owned(),
            changes: pieces::change_counts(record),
            illustrative: record.illustrative.0,
            data: row_data(record),
        }
    }
}

/// Names in the address, of what the list can be filtered by.
mod name {
    pub(super) const CHANGE: &str = "loai";
    pub(super) const YEAR: &str = "nam";
    pub(super) const AGENCY: &str = "co-quan";
    pub(super) const SIGNED: &str = "ngay-ky";
}

fn row_data(decision: &Decision) -> RowData {
    let signed = decision.signed.0;
    let mut values =
        vec![(name::YEAR, signed.year().to_string()), (name::AGENCY, slug(decision.agency.as_str()))];
    let changes: BTreeSet<Change> = decision.items.iter().map(|item| item.change).collect();
    values.extend(changes.into_iter().map(|change| (name::CHANGE, change.key().to_owned())));
    // Whoever knows a procedure's code finds the decisions about it.
    let codes: Vec<&str> = decision.items.iter().map(|item| item.procedure.as_str()).collect();
    RowData::new(&values, &[(name::SIGNED, signed.to_string())], codes.join(" "))
}

/// The form over these decisions; none for a short list.
fn tools(cx: &PageCx<'_>, years: &[YearGroup]) -> Option<ToolsView> {
    let changes = Change::ALL.iter().map(|change| OptionView::new(change.key(), change.label()));
    let agencies: BTreeMap<Vec<u8>, &str> = cx
        .model()
        .decisions
        .values()
        .map(|decision| decision.record.agency.as_str())
        .map(|agency| (collate::key(agency), agency))
        .collect();
    let agencies = agencies.into_values().map(|agency| OptionView::new(slug(agency), agency));
    let signed = years.iter().map(|group| OptionView::new(group.year.to_string(), group.year.to_string()));
    let tools = ToolsView {
        unit: "quyết định",
        search: "Số, trích yếu hoặc mã thủ tục",
        selects: vec![
            SelectView { name: name::CHANGE, label: "Có thủ tục được", options: changes.collect() },
            SelectView { name: name::YEAR, label: "Năm ký", options: signed.collect() },
            SelectView { name: name::AGENCY, label: "Cơ quan ban hành", options: agencies.collect() },
        ],
        checks: Vec::new(),
        orders: vec![OptionView::new("", "Mới nhất trước"), OptionView::new(name::SIGNED, "Cũ nhất trước")],
    };
    tools.over(years.iter().flat_map(|group| &group.decisions).map(|card| &card.data))
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let mut years: Vec<YearGroup> = Vec::new();
    for (id, decision) in pieces::decisions_newest_first(cx.model()) {
        let year = decision.record.signed.0.year();
        let card = DecisionCard::new(cx, id, decision);
        match years.last_mut() {
            Some(group) if group.year == year => group.decisions.push(card),
            _ => years.push(YearGroup { year, decisions: vec![card] }),
        }
    }
    let total = cx.model().decisions.len();
    let feed = feeds::of_decisions(cx);
    let head = Head {
        feeds: vec![feed.clone()],
        ..pieces::head(
            cx,
            "CollectionPage",
            "Quyết định công bố thủ tục",
            format!(
                "{total} quyết định công bố thủ tục hành chính mới, sửa đổi, thay thế hoặc bãi bỏ, và từng thủ tục thay đổi gì."
            ),
            &[],
            Vec::new(),
        )
    };
    let tools = tools(cx, &years);
    (head, View::Decisions(Box::new(DecisionsView { total, years, feed, tools })))
}
