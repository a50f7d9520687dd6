//! The dashboard: how well the agency serves, at a glance and then one by one, and how each figure is
//! made.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::base::calendar_period::{CalendarPeriod, Length};
use crate::model::figures;
use crate::plan::links::PageCx;
use crate::plan::outputs::{data, feeds};
use crate::plan::results::graphs::{self, FieldsView, GraphView, OverTime, TableView, WholeView};
use crate::plan::results::{self, MethodView, PetitionsView, Summary, csv_of_length, title};
use crate::plan::view::LinkView;
use crate::plan::{Subject, pieces, urls};

/// The dashboard. It exists even when there are no figures yet: it says how they will be made.
pub const KIND: PageKind = PageKind {
    name: "results",
    routes: |model| vec![(urls::fixed("/ket-qua/"), Subject::Site, model.site.place())],
    view,
};

/// How many fields the dashboard shows: the page of the period has more.
const MOST_FIELDS: usize = 12;

/// How many years the dashboard names by month and quarter: the page of an older year names its own.
const WHOLE_YEARS: usize = 2;

/// What the dashboard shows.
#[derive(Debug, Serialize)]
pub struct ResultsView {
    /// The newest period; none if there are no figures of all fields.
    pub newest: Option<Summary>,
    /// All figures of the site are made up.
    pub all_illustrative: bool,
    /// Some figures of the site are made up.
    pub some_illustrative: bool,
    /// What the charts over time go by: `tháng`, `quý` or `năm`.
    pub by: &'static str,
    /// A chart over time for each figure.
    pub graphs: Vec<GraphView>,
    /// What the charts show, in one table.
    pub table: Option<TableView>,
    /// Figures that no period has.
    pub without_data: Vec<&'static str>,
    /// By quarter, if the charts go by month.
    pub quarters: Option<WholeView>,
    /// By year, if the charts do not.
    pub years: Option<WholeView>,
    /// By field, of the newest period that has figures of fields.
    pub fields: Option<FieldsView>,
    /// The petitions of the newest period.
    pub petitions: Option<PetitionsView>,
    /// How each figure is made and what it is worth.
    pub methods: Vec<MethodView>,
    /// Shares that the site computes from its own records, where it has that page.
    pub duties: Option<LinkView>,
    /// Every period that has figures, by year, newest first.
    pub periods: Vec<YearView>,
    /// The Atom feed.
    pub feed: LinkView,
    /// The same as data.
    pub data: Vec<LinkView>,
}

/// The periods of a year.
#[derive(Debug, Serialize)]
pub struct YearView {
    /// The year.
    pub year: String,
    /// It has a page of its own, which comes first.
    pub whole: bool,
    /// Its pages: the year, its quarters, its months.
    pub links: Vec<PeriodLink>,
}

/// A period below the heading of its year.
#[derive(Debug, Serialize)]
pub struct PeriodLink {
    /// Its page.
    pub href: String,
    /// What it is, such as `Tháng 10/2026`.
    pub text: String,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let newest = figures::newest(model);
    let periods = figures::periods(model);
    let length = newest.as_ref().map_or(Length::Month, |figures| figures.period.length());
    let by = match length {
        Length::Month => "tháng",
        Length::Quarter => "quý",
        Length::Year => "năm",
    };
    let fields = periods.iter().rev().filter(|period| period.length() == length);
    let fields = fields.copied().find_map(|period| graphs::by_field(cx, period, MOST_FIELDS));
    let made_up = |wanted: bool| model.statistics.values().any(|filed| filed.record.illustrative.0 == wanted);
    let feed = feeds::of_results(cx);
    let covered = newest.as_ref().map(|figures| figures.period);
    let name = "Số liệu giải quyết thủ tục hành chính";
    let dataset = covered.map(|period| results::dataset(cx, name, &csv_of_length(length), Some(period)));
    let mut head = pieces::head(
        cx,
        "CollectionPage",
        "Kết quả giải quyết",
        "Hồ sơ nhận, xong đúng hạn, nộp và thanh toán trực tuyến, số hóa, mức hài lòng: từng tháng, quý, năm, lĩnh vực, và cách tính từng số.",
        &[],
        dataset.into_iter().collect(),
    );
    head.feeds = vec![feed.clone()];
    let duties = urls::fixed("/nghia-vu/");
    let OverTime { graphs, table } = graphs::over_time(cx, length);
    let view = ResultsView {
        all_illustrative: made_up(true) && !made_up(false),
        some_illustrative: made_up(true),
        by,
        graphs,
        table,
        without_data: if newest.is_some() { graphs::without_data(model, length) } else { Vec::new() },
        quarters: (length == Length::Month)
            .then(|| graphs::by_length(cx, Length::Quarter, "bieu-do-quy"))
            .flatten(),
        years: (length != Length::Year).then(|| graphs::by_length(cx, Length::Year, "bieu-do-nam")).flatten(),
        fields,
        petitions: covered.and_then(|period| PetitionsView::new(cx, period)),
        methods: results::methods(model, newest.as_ref()),
        newest: newest.as_ref().map(|figures| Summary::new(cx, figures)),
        duties: cx.has(&duties).then(|| cx.link(&duties, "Công bố, công khai đúng hạn và đủ nội dung")),
        periods: years(cx, periods.into_iter().collect()),
        feed,
        data: data::of_results(cx),
    };
    (head, View::Results(Box::new(view)))
}

/// Links to periods by year, newest year first; in a year the longer first, then by time.
fn years(cx: &PageCx<'_>, mut periods: Vec<CalendarPeriod>) -> Vec<YearView> {
    periods.sort_by_key(|period| (std::cmp::Reverse(period.year_number()), period.length(), *period));
    let mut years: Vec<YearView> = Vec::new();
    for period in periods {
        let year = period.year_number().to_string();
        let href = cx.href(&urls::statistics(period));
        let text = match period.length() {
            Length::Year => format!("Cả năm {year}"),
            _ => title(period),
        };
        let link = PeriodLink { href, text };
        // Where an old year has no page of its own, its parts have no other place than this.
        let told = years.last().is_some_and(|last| last.year == year && last.whole);
        if years.len() > WHOLE_YEARS && told {
            continue;
        }
        match years.last_mut() {
            Some(last) if last.year == year => last.links.push(link),
            _ => years.push(YearView { year, whole: period.length() == Length::Year, links: vec![link] }),
        }
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    fn show(files: &[(&str, &str)]) -> Box<ResultsView> {
        let model = model("2026-11-05", files);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let path = urls::fixed("/ket-qua/");
        match plan.view(&path, &plan.routes[&path]) {
            (_, View::Results(view)) => view,
            _ => unreachable!("the dashboard"),
        }
    }

    #[test]
    fn without_figures_the_page_says_how_they_will_be_made() {
        let view = show(&[]);
        assert!(view.newest.is_none() && view.graphs.is_empty() && view.quarters.is_none());
        assert!(view.periods.is_empty() && view.without_data.is_empty());
        assert_eq!(view.methods.len(), 7);
        assert!(view.methods.iter().all(|method| method.result == "Không có dữ liệu"));
    }

    #[test]
    fn charts_go_by_the_shortest_period_there_is() {
        let quarter =
            "ky: 2026-Q3\nnguon: {ten: x}\nho_so: {tiep_nhan: 5, truoc_han: 3, dung_han: 1, qua_han: 0}\n";
        let view = show(&[("thong-ke/q.yaml", quarter)]);
        assert_eq!((view.by, view.graphs.len(), view.quarters.is_none()), ("quý", 2, true));
        assert!(view.without_data.contains(&"Hài lòng"));
        assert_eq!(view.newest.map(|newest| newest.title), Some("Quý III/2026".to_owned()));
    }

    #[test]
    fn a_chart_draws_no_made_up_figure_among_real_ones_and_judges_no_half_month() {
        let month = |key: &str, received: u64, more: &str| {
            format!("ky: {key}\nnguon: {{ten: x}}\nho_so: {{tiep_nhan: {received}}}\n{more}")
        };
        let (made_up, real) = (month("2026-08", 900, "minh_hoa: true\n"), month("2026-09", 50, ""));
        let (other, half) = (month("2026-10", 40, ""), month("2026-11", 3, "den_ngay: 2026-11-02\n"));
        let view = show(&[
            ("thong-ke/a.yaml", &made_up),
            ("thong-ke/b.yaml", &real),
            ("thong-ke/c.yaml", &other),
            ("thong-ke/d.yaml", &half),
        ]);
        let graph = &view.graphs[0];
        assert_eq!(
            graph.sentence.replace('\u{A0}', " "),
            "Tháng 11/2026: 3 hồ sơ, chưa hết kỳ. Cao nhất 50 hồ sơ (tháng 9/2026), thấp nhất 40 hồ sơ (tháng 10/2026)."
        );
        assert!(!graph.svg_html.contains("900"), "{}", graph.svg_html);
        let rows: Vec<_> = view
            .table
            .iter()
            .flat_map(|table| &table.rows)
            .map(|row| (row.cells[0].as_deref(), row.remark))
            .collect();
        let told = [
            (Some("3"), Some("chưa hết kỳ")),
            (Some("40"), None),
            (Some("50"), None),
            (Some("900"), Some("minh họa")),
        ];
        assert_eq!(rows, told);
    }

    #[test]
    fn a_field_alone_makes_no_figures_of_all() {
        let field = "ky: 2026-10\nnguon: {ten: x}\nlinh_vuc: do-luong\nho_so: {tiep_nhan: 5}\n";
        let view = show(&[("thong-ke/a.yaml", field)]);
        assert!(view.newest.is_none() && view.graphs.is_empty());
        assert_eq!(view.fields.map(|fields| fields.table.rows.len()), Some(1));
        assert_eq!(view.periods.len(), 1);
    }
}
