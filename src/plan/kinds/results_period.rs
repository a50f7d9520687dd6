//! The figures of one month, quarter or year.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::base::calendar_period::{CalendarPeriod, Length};
use crate::base::diagnostic::Place;
use crate::model::Model;
use crate::model::figures::{self, Gap};
use crate::plan::links::PageCx;
use crate::plan::outputs::feeds;
use crate::plan::results::graphs::{self, FieldsView, TableView};
use crate::plan::results::{self, PetitionsView, Summary, title};
use crate::plan::view::LinkView;
use crate::plan::{Subject, pieces, urls};

/// A page for every period that figures speak of, typed or added up, of all fields or of one.
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

/// The record that a page comes from: its own, else the last of the periods in it.
fn place(model: &Model, period: CalendarPeriod) -> Place {
    let own = model.statistics.iter().find(|(id, _)| id.period == period);
    let within = || model.statistics.iter().rev().find(|(id, _)| period.contains(id.period));
    own.or_else(within).map_or_else(|| model.site.place(), |(_, filed)| filed.place())
}

/// Why there are no figures of all fields, in a sentence.
fn why_not(model: &Model, period: CalendarPeriod) -> String {
    if period.length() == Length::Month {
        return "Kỳ này chỉ có số liệu của từng lĩnh vực; không có dữ liệu chung của mọi lĩnh vực."
            .to_owned();
    }
    match figures::gap(model, period) {
        Gap::Missing(months) => {
            // All of one year: the number of the month is enough.
            let numbers: Vec<String> = months.iter().map(|month| month.first().month().to_string()).collect();
            format!(
                "Kỳ này không có tệp số liệu riêng và chưa cộng được từ các tháng: còn thiếu tháng {}/{}.",
                numbers.join(", "),
                period.year_number()
            )
        }
        Gap::Mixed => "Trong kỳ có cả số thật và số minh họa; trang không cộng hai loại với nhau.".to_owned(),
        Gap::NotYet => "Chưa tháng nào của kỳ này đã hết.".to_owned(),
    }
}

/// How many fields the page of a period shows: an agency has some ten, a whole province more than a phone should hold.
const MOST_FIELDS: usize = 60;

/// What the page of a period shows.
#[derive(Debug, Serialize)]
pub struct ResultsPeriodView {
    /// The figures of all fields.
    pub summary: Option<Summary>,
    /// Why there are none of all fields.
    pub why_not: Option<String>,
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
        None => why_not(model, period).replace('\u{A0}', " "),
    };
    let dataset = results::dataset(cx, &name, &urls::statistics_table(period), Some(period));
    let mut head = pieces::head(cx, "WebPage", name, description, &results::way(), vec![dataset]);
    head.feeds = vec![feeds::of_results(cx)];
    let mut methods = cx.link(&urls::fixed("/ket-qua/"), "Cách tính từng tỷ lệ");
    methods.href.push_str("#cach-tinh");
    let view = ResultsPeriodView {
        counts: whole.as_ref().map(|figures| graphs::counts(cx, figures)),
        why_not: whole.is_none().then(|| why_not(model, period)),
        summary: whole.as_ref().map(|figures| Summary::new(cx, figures)),
        fields: graphs::by_field(cx, period, MOST_FIELDS),
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
