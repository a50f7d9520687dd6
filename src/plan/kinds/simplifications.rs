//! Cuts and simplifications: the programmes, then before and after procedure by procedure, with what
//! is saved altogether.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::base::date::Date;
use crate::model::simplification::{savings, stage};
use crate::model::{Filed, Model};
use crate::plan::links::PageCx;
use crate::plan::outputs::{feeds, simplification_data};
use crate::plan::pieces::{self, ProcedureRef, SourceView};
use crate::plan::simplifications::{self, FigureView, TotalView};
use crate::plan::view::{DateView, LinkView, RefView, TagView, text};
use crate::plan::{Subject, urls};
use crate::record::scalar::Text;
use crate::record::simplification::{Programme, Simplification, SimplificationStage};
use crate::record::task_plan::Period;

/// The page of cuts and simplifications; there is none on a site that has neither these nor programmes.
pub const KIND: PageKind = PageKind {
    name: "simplifications",
    routes: |model| {
        let page = || (urls::simplifications(), Subject::Site, model.site.place());
        let any = !model.simplifications.is_empty() || !model.programmes.is_empty();
        any.then(page).into_iter().collect()
    },
    view,
};

/// What the page of cuts and simplifications shows.
#[derive(Debug, Serialize)]
pub struct SimplificationsView {
    /// The programmes, earliest first.
    pub programmes: Vec<ProgrammeView>,
    /// How many simplifications there are.
    pub total: usize,
    /// Those with a source, if there are any.
    pub real: Option<Summary>,
    /// The made-up examples, if there are any; they are in no figure of the others.
    pub illustrative: Option<Summary>,
    /// Before and after, a table for each programme, in the order of the programmes.
    pub groups: Vec<Group>,
    /// The feed.
    pub feed: LinkView,
    /// The same as data.
    pub data: Vec<LinkView>,
}

/// A programme of cutting regulations.
#[derive(Debug, Serialize)]
pub struct ProgrammeView {
    /// Its place in the page.
    pub anchor: String,
    /// Its number, with its place on the page of legal texts.
    pub number: RefView,
    /// Its name.
    pub name: String,
    /// Ended, running or still to begin; none if its days are not known.
    pub state: Option<TagView>,
    /// Its first day.
    pub from: Option<DateView>,
    /// Its last day.
    pub to: Option<DateView>,
    /// What it aims at.
    pub goals: Vec<String>,
    /// What came out of it.
    pub result_html: Option<String>,
    /// It has ended, and the record tells no result.
    pub result_missing: bool,
    /// What followed it.
    pub followed_html: Option<String>,
    /// Its table in this page, with how many simplifications there are; none without any.
    pub table: Option<LinkView>,
    /// Where the record comes from.
    pub source: Option<SourceView>,
}

/// Some simplifications counted and added up.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// How many there are.
    pub total: usize,
    /// How many are how far.
    pub stages: Vec<StageCount>,
    /// How many are carried out.
    pub done: usize,
    /// What those carried out save, for one dossier of each; empty if none is.
    pub totals: Vec<TotalView>,
}

/// How many simplifications have come how far.
#[derive(Debug, Serialize)]
pub struct StageCount {
    /// How far, in words.
    pub label: &'static str,
    /// How many.
    pub count: usize,
}

/// The simplifications of a programme.
#[derive(Debug, Serialize)]
pub struct Group {
    /// Its place in the page.
    pub anchor: String,
    /// The number of the programme.
    pub programme: String,
    /// What is done first.
    pub rows: Vec<Row>,
}

/// One simplification.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its place in the page.
    pub anchor: String,
    /// Its name.
    pub name: String,
    /// How far it has come, and whether it is made up.
    pub tags: Vec<TagView>,
    /// The procedure; none if it is about none in particular.
    pub procedure: Option<ProcedureRef>,
    /// Days, papers, fee, cost of compliance, in this order.
    pub figures: Vec<FigureView>,
    /// No source gives any of them.
    pub unknown: bool,
    /// What is cut.
    pub content_html: String,
    /// The text that rules it.
    pub document: Option<RefView>,
    /// From when it has effect.
    pub effective: Option<DateView>,
    /// That day is still to come.
    pub is_future: bool,
    /// Why something grew, or why it was given up.
    pub note: Option<String>,
    /// Where the record comes from.
    pub source: Option<SourceView>,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let of = |illustrative: bool| {
        let all = model.simplifications.values().map(|filed| &*filed.record);
        summary(all.filter(|record| record.illustrative.0 == illustrative).collect(), model.as_of.date())
    };
    let feed = feeds::of_simplifications(cx);
    let anchors = anchors(model);
    let view = SimplificationsView {
        programmes: programmes(model)
            .into_iter()
            .map(|(number, programme)| programme_view(cx, &anchors[number], &programme.record))
            .collect(),
        total: model.simplifications.len(),
        real: of(false),
        illustrative: of(true),
        groups: groups(cx, &anchors),
        feed: feed.clone(),
        data: simplification_data::links(cx),
    };
    let mut head = pieces::head(
        cx,
        "CollectionPage",
        "Cắt giảm, đơn giản hóa thủ tục",
        "Các chương trình cắt giảm và từng phương án: trước bao nhiêu ngày, bao nhiêu giấy tờ, bao nhiêu tiền; sau còn bao nhiêu; đã thực hiện chưa.",
        &[],
        Vec::new(),
    );
    head.feeds = vec![feed];
    (head, View::Simplifications(Box::new(view)))
}

/// The described programmes, earliest first; those of unknown days last.
fn programmes(model: &Model) -> Vec<(&Text, &Filed<Programme>)> {
    let mut all: Vec<_> = model.programmes.iter().collect();
    all.sort_by_key(|(number, programme)| {
        let from = programme.record.days.as_ref().map(|days| days.from);
        (from.is_none(), from, *number)
    });
    all
}

/// The place of every programme that is described or named. They hold an underscore, which no code
/// does, so that no record can have the same place.
fn anchors(model: &Model) -> BTreeMap<&Text, String> {
    let named = model.simplifications.values().map(|filed| &filed.record.programme);
    let all: BTreeSet<&Text> = model.programmes.keys().chain(named).collect();
    let mut taken = BTreeSet::new();
    all.into_iter()
        .map(|number| {
            let mut anchor = urls::programme_anchor(number);
            while !taken.insert(anchor.clone()) {
                anchor.push_str("_2");
            }
            (number, anchor)
        })
        .collect()
}

fn table_anchor(anchor: &str) -> String {
    format!("bang_{anchor}")
}

fn groups(cx: &PageCx<'_>, anchors: &BTreeMap<&Text, String>) -> Vec<Group> {
    let model = cx.model();
    let described: Vec<&Text> = programmes(model).into_iter().map(|(number, _)| number).collect();
    let others = anchors.keys().copied().filter(|number| !model.programmes.contains_key(*number));
    described
        .iter()
        .copied()
        .chain(others)
        .map(|number| {
            let of_it = model.simplifications.values().filter(|filed| filed.record.programme == *number);
            Group {
                anchor: table_anchor(&anchors[number]),
                programme: number.as_str().to_owned(),
                rows: simplifications::in_order(of_it, model.as_of.date())
                    .into_iter()
                    .map(|filed| row(cx, &filed.record))
                    .collect(),
            }
        })
        .filter(|group| !group.rows.is_empty())
        .collect()
}

fn programme_view(cx: &PageCx<'_>, anchor: &str, record: &Programme) -> ProgrammeView {
    let model = cx.model();
    let today = model.as_of.date();
    let of_it = model.simplifications.values().filter(|filed| filed.record.programme == record.number);
    let (made_up, real): (Vec<_>, Vec<_>) = of_it.partition(|filed| filed.record.illustrative.0);
    let (real, made_up) = (real.len(), made_up.len());
    let markdown = |text: &Option<Text>, key: &str| {
        text.as_ref().map(|text| cx.markdown(text.as_str(), &format!("{anchor}_{key}_"), 4))
    };
    ProgrammeView {
        anchor: anchor.to_owned(),
        number: simplifications::document(cx, record.number.as_str()),
        name: record.name.as_str().to_owned(),
        state: record.days.as_ref().map(|days| state(days, today)),
        from: record.days.as_ref().map(|days| days.from.0.into()),
        to: record.days.as_ref().map(|days| days.to.0.into()),
        goals: record.goals.iter().map(|goal| goal.as_str().to_owned()).collect(),
        result_html: markdown(&record.result, "kq"),
        result_missing: record.result.is_none() && record.days.as_ref().is_some_and(|days| days.to.0 < today),
        followed_html: markdown(&record.followed_by, "tt"),
        table: (real + made_up > 0).then(|| LinkView {
            href: format!("#{}", table_anchor(anchor)),
            text: match (real, made_up) {
                (_, 0) => format!("{real} phương án theo {}", record.number),
                (0, _) => format!("{made_up} phương án minh họa theo {}", record.number),
                _ => format!("{real} phương án theo {}, thêm {made_up} minh họa", record.number),
            },
        }),
        source: SourceView::new(record.source.as_ref()),
    }
}

fn state(days: &Period, today: Date) -> TagView {
    match () {
        () if days.to.0 < today => TagView::new("Đã kết thúc", "dim"),
        () if days.from.0 > today => TagView::new("Chưa bắt đầu", "warn"),
        () => TagView::new("Đang thực hiện", "ok"),
    }
}

fn summary(records: Vec<&Simplification>, today: Date) -> Option<Summary> {
    if records.is_empty() {
        return None;
    }
    let count = |at: SimplificationStage| records.iter().filter(|record| stage(record, today) == at).count();
    let mut stages: Vec<SimplificationStage> = SimplificationStage::ALL.to_vec();
    // What is done is what matters; the order of the choices is that of time.
    stages.sort_by_key(|at| Reverse(*at == SimplificationStage::Done));
    let done = count(SimplificationStage::Done);
    Some(Summary {
        total: records.len(),
        stages: stages
            .into_iter()
            .map(|at| StageCount { label: at.label(), count: count(at) })
            .filter(|entry| entry.count > 0)
            .collect(),
        done,
        totals: match done {
            0 => Vec::new(),
            _ => savings(records.iter().copied(), today).into_iter().map(TotalView::new).collect(),
        },
    })
}

fn row(cx: &PageCx<'_>, record: &Simplification) -> Row {
    let figures = simplifications::figures(record);
    let today = cx.model().as_of.date();
    Row {
        anchor: urls::record_anchor(&record.code),
        name: record.name.as_str().to_owned(),
        tags: simplifications::tags(record, today),
        procedure: record.procedure.as_ref().map(|code| ProcedureRef::new(cx, code)),
        unknown: figures.iter().all(|figure| figure.sides.is_none()),
        figures,
        content_html: cx.markdown(record.content.as_str(), &format!("{}_", record.code), 3),
        document: record.document.as_ref().map(|number| simplifications::document(cx, number.as_str())),
        effective: record.effective.map(|day| day.0.into()),
        is_future: record.effective.is_some_and(|day| day.0 > today),
        note: text(record.note.as_ref()),
        source: SourceView::new(record.source.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    const PROGRAMMES: &str = "- {ma: 66/NQ-CP, ten: Sau, thoi_gian: {tu: 2025-03-26, den: 2026-12-31}}\n- {ma: 68/NQ-CP, ten: Trước, thoi_gian: {tu: 2020-05-12, den: 2025-12-31}}\n- {ma: 99/NQ-CP, ten: Không rõ ngày}\n";

    fn show(day: &str, files: &[(&str, &str)]) -> Box<SimplificationsView> {
        let model = model(day, files);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let path = urls::simplifications();
        match plan.view(&path, &plan.routes[&path]) {
            (_, View::Simplifications(view)) => view,
            _ => unreachable!("the page of simplifications"),
        }
    }

    #[test]
    fn programmes_stand_in_the_order_of_time_and_end_by_themselves() {
        let states = |day: &str| -> Vec<(String, Option<String>)> {
            let view = show(day, &[("danh-muc/chuong-trinh.yaml", PROGRAMMES)]);
            assert!(view.groups.is_empty() && view.real.is_none() && view.illustrative.is_none());
            let state = |programme: ProgrammeView| (programme.name, programme.state.map(|state| state.text));
            view.programmes.into_iter().map(state).collect()
        };
        let named = |words: [Option<&str>; 3]| -> Vec<(String, Option<String>)> {
            let names = ["Trước", "Sau", "Không rõ ngày"];
            names
                .into_iter()
                .zip(words)
                .map(|(name, word)| (name.to_owned(), word.map(str::to_owned)))
                .collect()
        };
        let [ended, running, coming] = ["Đã kết thúc", "Đang thực hiện", "Chưa bắt đầu"].map(Some);
        assert_eq!(states("2026-11-23"), named([ended, running, None]));
        assert_eq!(states("2025-12-31"), named([running, running, None]));
        assert_eq!(states("2020-05-12"), named([running, coming, None]));
    }

    #[test]
    fn made_up_cuts_are_counted_apart() {
        let real = "ma: a\nten: A\nchuong_trinh: 68/NQ-CP\nnoi_dung: B\ntrang_thai: da_thuc_hien\ntruoc: {so_ngay: 9}\nsau: {so_ngay: 4}\n";
        let made_up = "ma: b\nten: A\nchuong_trinh: 1/KH\nnoi_dung: B\ntrang_thai: da_thuc_hien\ntruoc: {so_ngay: 90}\nsau: {so_ngay: 4}\nminh_hoa: true\n";
        let view = show(
            "2026-11-23",
            &[
                ("danh-muc/chuong-trinh.yaml", PROGRAMMES),
                ("cat-giam/a.yaml", real),
                ("cat-giam/b.yaml", made_up),
            ],
        );
        let days = |summary: Option<Summary>| {
            summary.expect("a summary").totals[0].fact.value.replace('\u{A0}', " ")
        };
        assert_eq!(days(view.real), "Bớt 5 ngày");
        assert_eq!(days(view.illustrative), "Bớt 86 ngày");
        // A programme that is only named has a table, behind those that are described.
        let tables: Vec<&str> = view.groups.iter().map(|group| group.programme.as_str()).collect();
        assert_eq!(tables, ["68/NQ-CP", "1/KH"]);
    }
}
