//! Inspections, newest first: when, of whom, by what decision, what was explained and what came out.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::inspection::{Course, Stage, conclusion_limit};
use crate::model::petition::Term;
use crate::plan::inspections::{self, Known};
use crate::plan::links::PageCx;
use crate::plan::outputs::{feeds, inspection_data};
use crate::plan::pieces::{self, FileView, SourceView};
use crate::plan::view::{DateView, LinkView, RefView, TagView, text};
use crate::plan::{Subject, petitions, simplifications, urls};
use crate::record::config::Limit;
use crate::record::inspection::Inspection;

/// The page of inspections; there is none on a site without inspections.
pub const KIND: PageKind = PageKind {
    name: "inspections",
    routes: |model| {
        let page = || (urls::inspections(), Subject::Site, model.site.place());
        (!model.inspections.is_empty()).then(page).into_iter().collect()
    },
    view,
};

/// What the page of inspections shows.
#[derive(Debug, Serialize)]
pub struct InspectionsView {
    /// How many there are.
    pub total: usize,
    /// How many stand where, those of no number left out.
    pub stages: Vec<StageCount>,
    /// How many are made-up examples.
    pub illustrative: usize,
    /// How long a conclusion may take, if the site sets a limit.
    pub limit: Option<LimitView>,
    /// By the year of their first day, the latest first.
    pub years: Vec<Year>,
    /// The feed.
    pub feed: LinkView,
    /// The same as data.
    pub data: Vec<LinkView>,
}

/// How many inspections stand somewhere.
#[derive(Debug, Serialize)]
pub struct StageCount {
    /// Where, in words.
    pub label: &'static str,
    /// How many.
    pub count: usize,
}

/// How long a conclusion may take.
#[derive(Debug, Serialize)]
pub struct LimitView {
    /// `15 ngày làm việc`
    pub within: String,
    /// The legal basis.
    pub basis: Option<String>,
    /// Where the figure comes from.
    pub source: Option<SourceView>,
    /// What else to know.
    pub note: Option<String>,
}

impl LimitView {
    fn new(limit: &Limit) -> Self {
        let number = u32::try_from(limit.number.0).unwrap_or(u32::MAX);
        Self {
            within: petitions::term_words(Term { number, unit: limit.unit }),
            basis: text(limit.basis.as_ref()),
            source: SourceView::new(limit.source.as_ref()),
            note: text(limit.note.as_ref()),
        }
    }
}

/// The inspections of a year.
#[derive(Debug, Serialize)]
pub struct Year {
    /// Its place in the page.
    pub anchor: String,
    /// The year.
    pub year: i16,
    /// The inspections, the latest beginning first.
    pub inspections: Vec<InspectionView>,
}

/// One inspection.
#[derive(Debug, Serialize)]
pub struct InspectionView {
    /// Its place in the page: its code.
    pub anchor: String,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// Where it stands, how late, whether made up.
    pub tags: Vec<TagView>,
    /// Its first day.
    pub from: DateView,
    /// Its last day; none for one of a single day.
    pub to: Option<DateView>,
    /// Who is inspected.
    pub units: Vec<String>,
    /// The decision or plan it rests on.
    pub decision: Option<RefView>,
    /// What is looked at.
    pub content_html: String,
    /// What was explained to whom.
    pub explained_html: Option<String>,
    /// It has begun, so that something could have been explained.
    pub begun: bool,
    /// The conclusion in words.
    pub conclusion_html: Option<String>,
    /// The conclusion as a file.
    pub file: Option<FileView>,
    /// It is over and there is no conclusion.
    pub awaiting: bool,
    /// The last day for the conclusion, if there is none yet and the site sets a limit.
    pub due: Option<DateView>,
    /// Where the record comes from.
    pub source: Option<SourceView>,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let all = inspections::newest_first(model);
    let mut years: Vec<Year> = Vec::new();
    for (filed, course) in &all {
        let year = filed.record.days.from.0.year();
        let inspection = inspection_view(cx, &filed.record, *course);
        match years.last_mut() {
            Some(last) if last.year == year => last.inspections.push(inspection),
            // No code holds an underscore, so no inspection has the place of a year.
            _ => years.push(Year { anchor: format!("nam_{year}"), year, inspections: vec![inspection] }),
        }
    }
    let feed = feeds::of_inspections(cx);
    let view = InspectionsView {
        total: all.len(),
        stages: stages(&all),
        illustrative: all.iter().filter(|(filed, _)| filed.record.illustrative.0).count(),
        limit: conclusion_limit(model).map(LimitView::new),
        years,
        feed: feed.clone(),
        data: inspection_data::links(cx),
    };
    let mut head = pieces::head(
        cx,
        "CollectionPage",
        "Kiểm tra việc giải quyết thủ tục",
        "Các cuộc kiểm tra: khi nào, ở đơn vị nào, theo quyết định nào, đã giải thích gì cho ai và kết luận ra sao.",
        &[],
        Vec::new(),
    );
    head.feeds = vec![feed];
    (head, View::Inspections(Box::new(view)))
}

fn stages(all: &[Known<'_>]) -> Vec<StageCount> {
    Stage::ALL
        .iter()
        .map(|stage| StageCount {
            label: stage.label(),
            count: all.iter().filter(|(_, course)| course.stage == *stage).count(),
        })
        .filter(|entry| entry.count > 0)
        .collect()
}

fn inspection_view(cx: &PageCx<'_>, record: &Inspection, course: Course) -> InspectionView {
    let markdown = |text: &str, key: &str| cx.markdown(text, &format!("{}_{key}_", record.code), 4);
    // What is dated after the day of the build has not happened yet.
    let begun = course.stage != Stage::Announced;
    InspectionView {
        anchor: urls::record_anchor(&record.code),
        code: record.code.to_string(),
        title: inspections::title(record),
        tags: inspections::tags(record, course),
        from: record.days.from.0.into(),
        to: (record.days.from != record.days.to).then(|| record.days.to.0.into()),
        units: record.units.iter().map(|unit| pieces::unit_name(cx.model(), unit)).collect(),
        decision: record.decision.as_ref().map(|number| simplifications::document(cx, number.as_str())),
        content_html: markdown(record.content.as_str(), "nd"),
        explained_html: record.explained.as_ref().filter(|_| begun).map(|text| markdown(text.as_str(), "tt")),
        begun,
        conclusion_html: record
            .conclusion
            .as_ref()
            .filter(|_| begun)
            .map(|text| markdown(text.as_str(), "kl")),
        file: FileView::new(cx, record.file.as_ref().filter(|_| begun)),
        awaiting: course.stage == Stage::Finished,
        due: course.due.map(DateView::from),
        source: SourceView::new(record.source.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    #[test]
    fn inspections_stand_by_year_with_their_stage_on_the_day() {
        let text = |code: &str, from: &str, to: &str| {
            format!("ma: {code}\nngay: {{tu: {from}, den: {to}}}\ndon_vi: [so]\nnoi_dung: Việc {code}.\n")
        };
        let texts = [
            ("kiem-tra/a.yaml", text("a", "2025-12-29", "2026-01-05")),
            ("kiem-tra/b.yaml", text("b", "2026-03-01", "2026-03-01")),
            ("kiem-tra/c.yaml", text("c", "2026-03-02", "2026-03-09")),
            ("kiem-tra/d.yaml", text("d", "2026-03-03", "2026-03-04")),
        ];
        let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let model = model("2026-03-02", &files);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let path = urls::inspections();
        let (_, View::Inspections(view)) = plan.view(&path, &plan.routes[&path]) else {
            unreachable!("the page of inspections")
        };
        let lines: Vec<String> = view
            .years
            .iter()
            .flat_map(|year| {
                year.inspections.iter().map(move |i| format!("{} {} {}", year.year, i.code, i.tags[0].text))
            })
            .collect();
        assert_eq!(
            lines,
            [
                "2026 d Sắp kiểm tra",
                "2026 c Đang kiểm tra",
                "2026 b Chưa có kết luận",
                "2025 a Chưa có kết luận",
            ]
        );
        assert!(view.years[0].inspections[2].to.is_none());
        assert_eq!(view.stages.iter().map(|stage| stage.count).sum::<usize>(), 4);
    }
}
