//! The figures of one month, quarter or year.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::base::calendar_period::{CalendarPeriod, Length};
use crate::base::diagnostic::Place;
use crate::model::{Model, figures};
use crate::plan::links::PageCx;
use crate::plan::outputs::feeds;
use crate::plan::results::graphs::{self, FieldsView, TableView};
use crate::plan::results::{self, PetitionsView, Summary, title};
use crate::plan::view::LinkView;
use crate::plan::{Subject, pieces, urls};

/// A page for every period that has figures, typed or added up, of all fields or of one.
pub const KIND: PageKind = PageKind {
    name: "results-period",
    routes: |model| {
        let periods = figures::periods(model).into_iter();
        periods
            .map(|period| (urls::statistics(period), Subject::Statistics(period), place(model, period)))
            .collect()
    },
    view,
};

/// The record that figures come from: their own, else the last that was added.
fn place(model: &Model, period: CalendarPeriod) -> Place {
    let whole = figures::of(model, period, None);
    let of_field = || figures::fields(model, period).into_iter().map(|(_, figures)| figures).next();
    let record = whole.or_else(of_field).and_then(|figures| figures.records.last().copied());
    record.map_or_else(|| model.site.place(), |filed| filed.place())
}

/// What the page of a period shows.
#[derive(Debug, Serialize)]
pub struct ResultsPeriodView {
    /// The figures of all fields; none if only fields have figures.
    pub summary: Option<Summary>,
    /// Every count and share, beside the period before and the year before.
    pub counts: Option<TableView>,
    /// By field.
    pub fields: Option<FieldsView>,
    /// The petitions that came in during the period.
    pub petitions: Option<PetitionsView>,
    /// The last period of the same length before it that has figures.
    pub previous: Option<LinkView>,
    /// The next one.
    pub next: Option<LinkView>,
    /// The longer periods that it lies in.
    pub wholes: Vec<LinkView>,
    /// The shorter periods in it.
    pub parts: Vec<LinkView>,
    /// All figures of the period, to download.
    pub csv: LinkView,
    /// How figures are made.
    pub methods: LinkView,
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let Subject::Statistics(period) = subject else { unreachable!("routes of this kind name a period") };
    let period = *period;
    let model = cx.model();
    let whole = figures::of(model, period, None);
    let known = figures::periods(model);
    let link = |other: CalendarPeriod| cx.link(&urls::statistics(other), title(other));
    let same = || known.iter().copied().filter(|other| other.length() == period.length());
    let wholes = [Length::Quarter, Length::Year].into_iter().filter_map(|length| period.widened(length));
    let within = known.iter().copied().filter(|other| *other != period && period.contains(*other));
    let mut parts: Vec<CalendarPeriod> = within.collect();
    parts.sort_by_key(|part| (part.length(), *part));
    let name = format!("Kết quả giải quyết {}", period.words());
    let description = match &whole {
        Some(figures) => results::sentences(figures).join(" ").replace('\u{A0}', " "),
        None => format!("Số liệu {} theo lĩnh vực.", period.words()),
    };
    let dataset = results::dataset(cx, &name, &urls::statistics_table(period), Some(period));
    let mut head = pieces::head(cx, "WebPage", name, description, &results::way(), vec![dataset]);
    head.feeds = vec![feeds::of_results(cx)];
    let mut methods = cx.link(&urls::fixed("/ket-qua/"), "Cách tính từng tỷ lệ");
    methods.href.push_str("#cach-tinh");
    let view = ResultsPeriodView {
        counts: whole.as_ref().map(|figures| graphs::counts(cx, figures)),
        summary: whole.as_ref().map(|figures| Summary::new(cx, figures)),
        fields: graphs::by_field(cx, period),
        petitions: PetitionsView::new(cx, period),
        previous: same().filter(|other| *other < period).max().map(link),
        next: same().filter(|other| *other > period).min().map(link),
        wholes: wholes.filter(|whole| *whole != period && known.contains(whole)).map(link).collect(),
        parts: parts.into_iter().map(link).collect(),
        csv: graphs::csv_of_period(cx, period),
        methods,
    };
    (head, View::ResultsPeriod(Box::new(view)))
}
