//! Every announcing decision, newest first, by the year in which it was signed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::laws::page_links;
use super::petition_list::PageLinks;
use super::{Head, PageKind, View};
use crate::model::{DecisionId, Filed, Model};
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
    routes: |model| {
        let all = (urls::fixed("/quyet-dinh/"), Subject::Site, model.site.place());
        let years = by_year(model).into_iter().flat_map(|(year, count)| {
            (1..=count.div_ceil(LONGEST_LIST)).map(move |page| {
                (urls::decisions_of(year, page), Subject::Decisions(year, page), model.site.place())
            })
        });
        std::iter::once(all).chain(years).collect()
    },
    view,
};

/// How many decisions one list may have; more are divided by year, and a year by pages of so many.
pub const LONGEST_LIST: usize = 150;

/// How many of the newest decisions the first page shows where the others stand on pages by year.
const NEWEST: usize = 20;

/// The years with the number of their decisions, latest first; none where one list holds all.
fn by_year(model: &Model) -> Vec<(i16, usize)> {
    if model.decisions.len() <= LONGEST_LIST {
        return Vec::new();
    }
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    for decision in model.decisions.values() {
        *years.entry(decision.record.signed.0.year()).or_default() += 1;
    }
    years.into_iter().rev().collect()
}

/// What the list of decisions shows.
#[derive(Debug, Serialize)]
pub struct DecisionsView {
    /// How many decisions there are.
    pub total: usize,
    /// The decisions of this page by year, latest first.
    pub years: Vec<YearGroup>,
    /// The pages by year, where there are too many for one list.
    pub lists: Vec<YearLink>,
    /// The year of this page, where it is one of those.
    pub year: Option<YearLink>,
    /// Where this page stands among the pages of its year.
    pub pages: PageLinks,
    /// The Atom feed of decisions.
    pub feed: LinkView,
    /// The form over the list.
    pub tools: Option<ToolsView>,
}

/// The page of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearLink {
    /// Its first page.
    pub link: LinkView,
    /// How many decisions it has.
    pub count: usize,
    /// This page is of this year.
    pub current: bool,
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

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let model = cx.model();
    let total = model.decisions.len();
    let by_year = by_year(model);
    let (of_year, page) = match subject {
        Subject::Decisions(year, page) => (Some(*year), *page),
        _ => (None, 1),
    };
    let on_page = if by_year.is_empty() {
        total
    } else if of_year.is_some() {
        LONGEST_LIST
    } else {
        NEWEST
    };
    let mut years: Vec<YearGroup> = Vec::new();
    let all = pieces::decisions_newest_first(model).into_iter();
    let here = all.filter(|(_, decision)| of_year.is_none_or(|year| decision.record.signed.0.year() == year));
    for (id, decision) in here.skip((page - 1) * on_page).take(on_page) {
        let year = decision.record.signed.0.year();
        let card = DecisionCard::new(cx, id, decision);
        match years.last_mut() {
            Some(group) if group.year == year => group.decisions.push(card),
            _ => years.push(YearGroup { year, decisions: vec![card] }),
        }
    }
    let lists: Vec<YearLink> = by_year
        .iter()
        .map(|(year, count)| YearLink {
            link: cx.link(&urls::decisions_of(*year, 1), format!("năm {year}")),
            count: *count,
            current: of_year == Some(*year),
        })
        .collect();
    let year = lists.iter().find(|list| list.current).cloned();
    let pages = year.as_ref().map_or(1, |year| year.count.div_ceil(LONGEST_LIST));
    let pages = page_links(cx, page, pages, |page| urls::decisions_of(of_year.unwrap_or_default(), page));
    let feed = feeds::of_decisions(cx);
    let name = "Quyết định công bố thủ tục";
    let (title, way) = match (of_year, page) {
        (None, _) => (name.to_owned(), vec![]),
        (Some(year), page) => {
            let more = if page > 1 { format!(", trang {page}") } else { String::new() };
            (format!("{name} ký năm {year}{more}"), vec![(urls::fixed("/quyet-dinh/"), name)])
        }
    };
    let description = match &year {
        None => format!(
            "{total} quyết định công bố thủ tục hành chính mới, sửa đổi, thay thế hoặc bãi bỏ, và từng thủ tục thay đổi gì."
        ),
        Some(year) => {
            format!("{title}: {} quyết định, mới nhất trước, và từng thủ tục thay đổi gì.", year.count)
        }
    };
    let mut head = pieces::head(cx, "CollectionPage", title, description, &way, Vec::new());
    head.feeds = vec![feed.clone()];
    // A form over the newest alone would look like one over all.
    let mut tools = if by_year.is_empty() || of_year.is_some() { tools(cx, &years) } else { None };
    if let (Some(tools), true) = (&mut tools, pages.pages > 1) {
        tools.unit = "quyết định ở trang này";
    }
    (head, View::Decisions(Box::new(DecisionsView { total, years, lists, year, pages, feed, tools })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    #[test]
    fn too_many_for_one_list_stand_on_pages_by_year_and_none_is_lost() {
        let texts: Vec<(String, String)> = (0..400)
            .map(|i| {
                let year = if i < 350 { 2025 } else { 2024 };
                let text = format!(
                    "so: {i}/QĐ-UBND\nngay_ky: {year}-03-{:02}\nco_quan: A\ntrich_yeu: B {i}\nmuc: [{{thu_tuc: \"1.000001\", loai: cong_bo}}]\n",
                    i % 28 + 1
                );
                (format!("quyet-dinh/{i}.yaml"), text)
            })
            .collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let show = |files: &[(&str, &str)]| {
            let model = model("2026-01-01", files);
            let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
            assert!(found.is_empty(), "{found:?}");
            let lists = plan.routes.iter().filter(|(_, route)| route.kind.name == "decisions");
            lists
                .map(|(path, route)| match plan.view(path, route) {
                    (meta, View::Decisions(view)) => (path.as_str().to_owned(), meta.title, view),
                    _ => unreachable!("a list"),
                })
                .collect::<Vec<_>>()
        };
        let shown = show(&files);
        let paths: Vec<&str> = shown.iter().map(|(path, ..)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "/quyet-dinh/",
                "/quyet-dinh/nam/2024/",
                "/quyet-dinh/nam/2025/",
                "/quyet-dinh/nam/2025/trang-2/",
                "/quyet-dinh/nam/2025/trang-3/"
            ]
        );
        let cards = |view: &DecisionsView| -> Vec<String> {
            view.years.iter().flat_map(|group| &group.decisions).map(|card| card.link.text.clone()).collect()
        };
        assert_eq!(
            (cards(&shown[0].2).len(), shown[0].2.lists.len(), shown[0].2.tools.is_none()),
            (20, 2, true)
        );
        let mut seen: Vec<String> = shown[1..].iter().flat_map(|(_, _, view)| cards(view)).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 400);
        assert_eq!(shown[3].1, "Quyết định công bố thủ tục ký năm 2025, trang 2");
        let unit = |i: usize| shown[i].2.tools.as_ref().map(|tools| tools.unit);
        assert_eq!((unit(1), unit(2)), (Some("quyết định"), Some("quyết định ở trang này")));
        let one = show(&files[..LONGEST_LIST]);
        assert_eq!((one.len(), cards(&one[0].2).len()), (1, LONGEST_LIST));
    }
}
