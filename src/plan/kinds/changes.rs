//! What changed on the site: what was taken away or altered with leave and why, and which addresses moved.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::base::path::RoutePath;
use crate::compare::timeline::Past;
use crate::plan::links::PageCx;
use crate::plan::outputs::feeds;
use crate::plan::past::{self, DayRows};
use crate::plan::view::{DateView, LinkView, RefView, text};
use crate::plan::{Subject, moved, pieces, urls};
use crate::record::config::{Allowance, AllowedAct, Moved};

/// The page of changes.
pub const KIND: PageKind = PageKind {
    name: "changes",
    routes: |model| vec![(urls::changes(), Subject::Site, model.site.place())],
    view,
};

/// What the page is called.
pub const TITLE: &str = "Trang này đã đổi những gì";

/// How many changes stand here; with more, all of them stand on pages by year.
pub const NEWEST: usize = 100;

/// What the page of changes shows.
#[derive(Debug, Serialize)]
pub struct ChangesView {
    /// Why the past of the content is not shown, if so.
    pub no_past: Option<&'static str>,
    /// The day from which on changes are known.
    pub since: Option<DateView>,
    /// The newest changes, by day.
    pub days: Vec<DayRows>,
    /// Where all changes stand, by year; none where they all stand here.
    pub years: Vec<YearLink>,
    /// What was taken away or altered although the guard refuses that, the newest first.
    pub allowed: Vec<AllowedRow>,
    /// Old addresses, the last moved first.
    pub moved: Vec<MovedRow>,
}

/// The changes of a year.
#[derive(Debug, Serialize)]
pub struct YearLink {
    /// Their page.
    pub link: LinkView,
    /// How many there are.
    pub count: usize,
}

/// One thing that was allowed by name.
#[derive(Debug, Serialize)]
pub struct AllowedRow {
    /// The day on which it was allowed.
    pub day: DateView,
    /// What was done.
    pub act: &'static str,
    /// To what: a record by kind and code, or an address; a link while there is such a page.
    pub what: RefView,
    /// Why.
    pub reason: String,
}

/// One address that leads elsewhere now.
#[derive(Debug, Serialize)]
pub struct MovedRow {
    /// The old address.
    pub from: String,
    /// The page that it leads to.
    pub to: RefView,
    /// The day of the change.
    pub day: Option<DateView>,
    /// Why.
    pub reason: Option<String>,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let site = &cx.model().site.record;
    let mut allowed: Vec<&Allowance> = site.allowances.iter().collect();
    // Sorting keeps the editors' order among equals.
    allowed.sort_by_key(|one| std::cmp::Reverse(one.date.0));
    let mut moved: Vec<&Moved> = site.moved.iter().collect();
    moved.sort_by_key(|one| std::cmp::Reverse(one.date.map(|day| day.0)));
    let (no_past, timeline) = match &cx.model().past {
        Past::NotAsked => (Some("Trang này không đăng lịch sử thay đổi của nội dung."), None),
        Past::Unknown(missing) => (Some(past::why_unknown(missing)), None),
        Past::Known(timeline) => (None, Some(timeline)),
    };
    let newest = timeline.iter().flat_map(|timeline| timeline.entries.iter().take(NEWEST));
    let years = timeline.into_iter().flat_map(past::years).filter_map(|(year, count)| {
        let page = urls::changes_of(year, 1);
        cx.has(&page).then(|| YearLink { link: cx.link(&page, format!("Năm {year}")), count })
    });
    let view = ChangesView {
        no_past,
        since: timeline.and_then(|timeline| timeline.since).map(Into::into),
        days: past::days(cx, newest),
        years: years.collect(),
        allowed: allowed.into_iter().map(|one| allowed_row(cx, one)).collect(),
        moved: moved.into_iter().filter_map(|one| moved_row(cx, one)).collect(),
    };
    let mut head = pieces::head(
        cx,
        "WebPage",
        TITLE,
        "Nội dung của trang đã thay đổi những gì, ngày nào; những gì đã được gỡ, được sửa và vì sao; các trang đã đổi địa chỉ.",
        &[],
        Vec::new(),
    );
    if timeline.is_some() {
        head.feeds = vec![feeds::of_changes(cx)];
    }
    (head, View::Changes(Box::new(view)))
}

fn allowed_row(cx: &PageCx<'_>, one: &Allowance) -> AllowedRow {
    let name = one.name.as_str();
    let what = match (one.act, moved::address(&format!("/{}", name.trim_matches('/')))) {
        (AllowedAct::ChangeProcedure, Some(page)) => cx.reference(&page, name),
        _ => RefView { href: None, text: name.to_owned() },
    };
    AllowedRow { day: one.date.0.into(), act: one.act.label(), what, reason: one.reason.as_str().to_owned() }
}

fn moved_row(cx: &PageCx<'_>, one: &Moved) -> Option<MovedRow> {
    let from: RoutePath = moved::address(one.from.as_str())?;
    let to = cx.plan.moved.get(&from)?;
    Some(MovedRow {
        to: cx.reference(to, to.to_string()),
        from: from.to_string(),
        day: one.date.map(|day| day.0.into()),
        reason: text(one.reason.as_ref()),
    })
}
