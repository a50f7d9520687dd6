//! The changes of one year, where they are too many for the page of changes, in the order of time: so what is
//! past stays on its page.

use serde::Serialize;

use super::petition_list::PageLinks;
use super::{Head, PageKind, View, changes};
use crate::compare::timeline::{Entry, Past};
use crate::plan::links::PageCx;
use crate::plan::past::{self, DayRows};
use crate::plan::{Subject, pieces, urls};

/// The changes of a year.
pub const KIND: PageKind = PageKind {
    name: "changes-year",
    routes: |model| {
        let Past::Known(timeline) = &model.past else { return Vec::new() };
        if timeline.entries.len() <= changes::NEWEST {
            return Vec::new();
        }
        let pages = past::years(timeline).into_iter().flat_map(|(year, count)| {
            (1..=count.div_ceil(ON_A_PAGE)).map(move |page| {
                (urls::changes_of(year, page), Subject::Changes(year, page), model.site.place())
            })
        });
        pages.collect()
    },
    view,
};

/// How many changes stand on a page.
const ON_A_PAGE: usize = 200;

/// What the page of a year's changes shows.
#[derive(Debug, Serialize)]
pub struct ChangesYearView {
    /// How many there were in the year.
    pub total: usize,
    /// Those of this page, by day.
    pub days: Vec<DayRows>,
    /// Where this page stands among those of the year.
    pub pages: PageLinks,
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let (Subject::Changes(year, page), Past::Known(timeline)) = (subject, &cx.model().past) else {
        unreachable!("the routes of this kind are years of a known past")
    };
    let of_year: Vec<&Entry> =
        timeline.entries.iter().rev().filter(|entry| entry.day.year() == *year).collect();
    let pages = of_year.len().div_ceil(ON_A_PAGE);
    let here = of_year.iter().skip((page - 1) * ON_A_PAGE).take(ON_A_PAGE).copied();
    let to =
        |page: usize, words: &str| cx.link(&urls::changes_of(*year, page), format!("{words} (trang {page})"));
    let view = ChangesYearView {
        total: of_year.len(),
        days: past::days(cx, here),
        pages: PageLinks {
            page: *page,
            pages,
            newer: (*page > 1).then(|| to(page - 1, "Trước đó")),
            older: (*page < pages).then(|| to(page + 1, "Sau đó")),
        },
    };
    let mut title = format!("Thay đổi trong năm {year}");
    if *page > 1 {
        title.push_str(&format!(", trang {page}"));
    }
    let description = format!("{title}: {} lần nội dung của trang thay đổi, theo ngày.", of_year.len());
    let way = [(urls::changes(), changes::TITLE)];
    (
        pieces::head(cx, "CollectionPage", title, description, &way, Vec::new()),
        View::ChangesYear(Box::new(view)),
    )
}
