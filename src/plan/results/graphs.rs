//! Charts of figures with the tables that say the same: over time, and by field.

use serde::Serialize;

use super::{csv_of_length, field_link, hundredths, indicator, percent, short_label, title, unbroken};
use crate::base::calendar_period::{CalendarPeriod, Length};
use crate::model::Model;
use crate::model::figures::{self, Count, Figures, SHARES};
use crate::plan::chart::columns::{Column, Columns, Limit, round_top};
use crate::plan::chart::{Bar, Chart, Look, Series};
use crate::plan::links::PageCx;
use crate::plan::urls;
use crate::plan::view::{LinkView, RefView};
use crate::record::config::IndicatorKind;
use crate::record::scalar::Code;
use crate::vi::{collate, number};

/// How many periods a chart goes back: a year of months, two years of quarters, five years.
fn reach(length: Length) -> usize {
    match length {
        Length::Month => 12,
        Length::Quarter => 8,
        Length::Year => 5,
    }
}

/// A table of figures.
#[derive(Debug, Serialize)]
pub struct TableView {
    /// What it shows.
    pub caption: String,
    /// The heads of the columns, that of the first column first.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<RowView>,
    /// Each row becomes a card on a phone: for tables of many columns.
    pub cards: bool,
    /// The same to download.
    pub csv: LinkView,
}

impl TableView {
    /// Leaves out the columns of which no row has anything: what was never counted by field says no more
    /// in eight lines than in none.
    fn drop_empty_columns(&mut self) {
        let columns = self.heads.len().saturating_sub(1);
        for i in (0..columns).rev() {
            if self.rows.iter().all(|row| row.cells.get(i).is_none_or(Option::is_none)) {
                self.heads.remove(i + 1);
                self.rows.iter_mut().for_each(|row| drop(row.cells.remove(i)));
            }
        }
    }
}

/// A row of a table.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// The period, the field or the figure, with its page.
    pub head: RefView,
    /// What else to know of it, such as that it is made up.
    pub remark: Option<&'static str>,
    /// The cells; none where there is no data.
    pub cells: Vec<Option<String>>,
}

/// A chart; its figures stand in the table of all charts.
#[derive(Debug, Serialize)]
pub struct GraphView {
    /// The place in the page.
    pub anchor: String,
    /// What it shows.
    pub title: String,
    /// What is to be seen in it, in a sentence.
    pub sentence: String,
    /// The chart.
    pub svg_html: String,
}

/// One figure over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Received,
    Share(IndicatorKind),
}

/// One period of a chart, with its figures if there are any.
type Slot<'m> = (CalendarPeriod, Option<Figures<'m>>);

/// The last periods of a length, without a hole: a period without figures has its place too.
fn slots(model: &Model, length: Length) -> Vec<Slot<'_>> {
    let mut series = figures::series(model, length);
    let Some(last) = series.last().map(|figures| figures.period) else { return Vec::new() };
    let first = series.first().map_or(last, |figures| figures.period);
    let mut periods: Vec<CalendarPeriod> =
        std::iter::successors(Some(last), |period| period.previous().filter(|before| *before >= first))
            .take(reach(length))
            .collect();
    periods.reverse();
    let mut slot = |period: CalendarPeriod| {
        let at = series.iter().position(|figures| figures.period == period);
        (period, at.map(|at| series.swap_remove(at)))
    };
    periods.into_iter().map(&mut slot).collect()
}

/// How a period is called in a table: `10/2026`, `Quý III/2026`, `2026`.
fn short_title(period: CalendarPeriod) -> String {
    match period.length() {
        Length::Month => period.words().trim_start_matches("tháng ").to_owned(),
        Length::Quarter => title(period).replace(' ', "\u{A0}"),
        Length::Year => period.to_string(),
    }
}

/// What the reader must know of the figures of a row.
fn remark(figures: Option<&Figures<'_>>, all_illustrative: bool) -> Option<&'static str> {
    let figures = figures?;
    match (figures.illustrative && !all_illustrative, figures.is_whole()) {
        (true, true) => Some("minh họa"),
        (true, false) => Some("minh họa, chưa hết kỳ"),
        (false, true) => None,
        (false, false) => Some("chưa hết kỳ"),
    }
}

fn all_illustrative(slots: &[Slot<'_>]) -> bool {
    slots.iter().filter_map(|(_, figures)| figures.as_ref()).all(|figures| figures.illustrative)
}

/// Charts over time, and the table of what they show.
#[derive(Debug, Serialize)]
pub struct OverTime {
    /// A chart for every figure that any of the last periods of a length has.
    pub graphs: Vec<GraphView>,
    /// The figures of all charts, a row for each period. One table holds them: with one below each chart, a year
    /// of months alone would be more than an old phone should hold, and most of what is printed.
    pub table: Option<TableView>,
}

/// The last periods of a length in charts and a table.
pub fn over_time(cx: &PageCx<'_>, length: Length) -> OverTime {
    let slots = slots(cx.model(), length);
    let shares = SHARES.iter().map(|kind| Measure::Share(*kind));
    let measures = std::iter::once(Measure::Received).chain(shares);
    let (known, graphs): (Vec<Measure>, Vec<GraphView>) =
        measures.filter_map(|measure| Some((measure, graph(cx.model(), length, &slots, measure)?))).unzip();
    let made_up = all_illustrative(&slots);
    let rows = slots.iter().rev().map(|(period, figures)| RowView {
        head: cx.reference(&urls::statistics(*period), short_title(*period)),
        remark: remark(figures.as_ref(), made_up),
        cells: known.iter().map(|measure| value(*measure, figures.as_ref()).1).collect(),
    });
    let heads = known.iter().map(|measure| match measure {
        Measure::Received => "Hồ sơ nhận",
        Measure::Share(kind) => short_label(*kind),
    });
    let table = TableView {
        caption: format!(
            "Kết quả theo {}; trong ngoặc là phần và tổng mà tỷ lệ được tính từ đó",
            length_word(length)
        ),
        heads: std::iter::once("Kỳ").chain(heads).map(ToOwned::to_owned).collect(),
        rows: rows.collect(),
        cards: true,
        csv: csv(cx, length),
    };
    OverTime { table: (!graphs.is_empty()).then_some(table), graphs }
}

fn length_word(length: Length) -> &'static str {
    match length {
        Length::Month => "tháng",
        Length::Quarter => "quý",
        Length::Year => "năm",
    }
}

/// The shares that no period of a length has, in words.
pub fn without_data(model: &Model, length: Length) -> Vec<&'static str> {
    let slots = slots(model, length);
    let known = |kind: &&IndicatorKind| {
        !slots
            .iter()
            .any(|(_, figures)| figures.as_ref().is_some_and(|figures| figures.share(**kind).is_some()))
    };
    SHARES.iter().filter(known).map(|kind| short_label(*kind)).collect()
}

/// The value of a measure in the unit of the chart, and the cell of the table.
fn value(measure: Measure, figures: Option<&Figures<'_>>) -> (Option<u64>, Option<String>) {
    match measure {
        Measure::Received => {
            let received = figures.and_then(|figures| figures.counts.get(Count::Received));
            (received, received.map(number::thousands))
        }
        Measure::Share(kind) => {
            let share = figures.and_then(|figures| figures.share(kind));
            // Part and whole are told even where there is no share: 0 of 0 is known.
            let terms = figures.map(|figures| figures::share_terms(kind, &figures.counts));
            let (part, whole) = terms.unwrap_or_default();
            let of = part
                .zip(whole)
                .map(|(part, whole)| format!("{}/{}", number::thousands(part), number::thousands(whole)));
            let cell = match (share, of) {
                (Some(share), Some(of)) => Some(format!("{} ({of})", percent(share))),
                (share, of) => share.map(percent).or(of),
            };
            (share.map(|share| share.hundredths()), cell)
        }
    }
}

/// The value in words, for sentences.
fn words(measure: Measure, value: u64) -> String {
    match measure {
        Measure::Received => format!("{}\u{A0}hồ sơ", number::thousands(value)),
        Measure::Share(_) => format!("{}%", hundredths(value)),
    }
}

fn graph(model: &Model, length: Length, slots: &[Slot<'_>], measure: Measure) -> Option<GraphView> {
    // Made-up figures stand in the table beside real ones, marked, but never in one chart with them.
    let newest = slots.iter().rev().find_map(|(_, figures)| figures.as_ref());
    let made_up_chart = newest.is_some_and(|newest| newest.illustrative);
    let drawn = |figures: &Option<Figures<'_>>| {
        let same = figures.as_ref().filter(|figures| figures.illustrative == made_up_chart);
        value(measure, same).0
    };
    let known: Vec<Known> = slots
        .iter()
        .filter_map(|(period, figures)| {
            let is_whole = figures.as_ref().is_some_and(Figures::is_whole);
            Some(Known { period: *period, value: drawn(figures)?, is_whole })
        })
        .collect();
    let most = known.iter().map(|known| known.value).max()?;
    let (name, anchor) = match measure {
        Measure::Received => ("Hồ sơ nhận", "ho-so-nhan".to_owned()),
        Measure::Share(kind) => (kind.label(), kind.key().replace('_', "-")),
    };
    let title = format!("{name}, theo {}", length_word(length));
    let threshold = match measure {
        Measure::Received => None,
        Measure::Share(kind) => {
            indicator(model, kind).and_then(|indicator| indicator.threshold_percent).map(|percent| percent.0)
        }
    };
    let limit = threshold.map(|percent| Limit {
        value: percent.saturating_mul(100),
        label: format!("Mức cần đạt: {percent}%"),
    });
    let mut columns: Vec<Column> = Vec::new();
    let mut year = None;
    for (period, figures) in slots {
        let value = drawn(figures);
        let look = match (&limit, value, figures) {
            (_, _, Some(figures)) if !figures.is_whole() => Look::Open,
            (Some(limit), Some(value), _) if value < limit.value => Look::Bad,
            _ => Look::Good,
        };
        let new_year = year.replace(period.year_number()) != Some(period.year_number());
        columns.push(Column {
            label: column_label(*period),
            year: (new_year && length != Length::Year).then(|| period.year_number().to_string()),
            words: value.map(|value| column_words(measure, value)).unwrap_or_default(),
            value,
            look,
        });
    }
    let has = |look: Look| columns.iter().any(|column| column.value.is_some() && column.look == look);
    let mut legend = Vec::new();
    if limit.is_some() && has(Look::Bad) {
        legend.extend(has(Look::Good).then(|| (Look::Good, "Đạt mức".to_owned())));
        legend.push((Look::Bad, "Chưa đạt mức".to_owned()));
    }
    if has(Look::Open) {
        legend.push((Look::Open, "Kỳ chưa hết".to_owned()));
    }
    let (top, top_words) = match measure {
        Measure::Received => {
            let top = round_top(most);
            (top, number::thousands(top))
        }
        Measure::Share(_) => (10_000, "100%".to_owned()),
    };
    let sentence = sentence(measure, &known);
    let chart = Columns {
        id: format!("bieu-do-{anchor}"),
        title: title.clone(),
        description: format!(
            "Biểu đồ cột, từ {} đến {}. {sentence} Số từng kỳ ở bảng sau các biểu đồ.",
            slots.first()?.0.words(),
            slots.last()?.0.words(),
        ),
        legend,
        columns,
        top,
        top_words,
        limit,
    };
    Some(GraphView { anchor, title, sentence, svg_html: chart.svg() })
}

fn column_label(period: CalendarPeriod) -> String {
    match period.length() {
        Length::Month => format!("T{}", period.first().month()),
        Length::Quarter => {
            period.words().trim_start_matches("quý ").split('/').next().unwrap_or_default().to_owned()
        }
        Length::Year => period.to_string(),
    }
}

/// The value over a column: as short as can be, and never rounded up to everything.
fn column_words(measure: Measure, value: u64) -> String {
    match measure {
        Measure::Received => number::thousands(value),
        Measure::Share(_) => hundredths(value / 10 * 10),
    }
}

/// A value of a chart.
struct Known {
    period: CalendarPeriod,
    value: u64,
    is_whole: bool,
}

/// The newest value, the highest and the lowest. Half a month has fewer dossiers than a whole one
/// without being the lowest.
fn sentence(measure: Measure, known: &[Known]) -> String {
    let Some(last) = known.last() else { return String::new() };
    let unfinished = if last.is_whole { "" } else { ", chưa hết kỳ" };
    let now_words = format!("{}: {}{unfinished}", title(last.period), words(measure, last.value));
    let fair = || known.iter().filter(|known| known.is_whole || measure != Measure::Received);
    let highest = fair().max_by_key(|known| (known.value, known.period));
    let lowest = fair().min_by_key(|known| (known.value, std::cmp::Reverse(known.period)));
    match (highest, lowest) {
        (Some(high), Some(low)) if high.value != low.value => format!(
            "{now_words}. Cao nhất {} ({}), thấp nhất {} ({}).",
            words(measure, high.value),
            unbroken(high.period),
            words(measure, low.value),
            unbroken(low.period),
        ),
        _ => format!("{now_words}."),
    }
}

fn csv(cx: &PageCx<'_>, length: Length) -> LinkView {
    let words = match length {
        Length::Month => "Tải bảng mọi tháng",
        Length::Quarter => "Tải bảng mọi quý",
        Length::Year => "Tải bảng mọi năm",
    };
    cx.link(&csv_of_length(length), format!("{words} (CSV)"))
}

// ---- Quarters, years, fields --------------------------------------------------------------------

/// What one bar is made of.
fn bar(label: String, figures: &Figures<'_>) -> Option<Bar> {
    let of = |count| figures.counts.get(count);
    Some(Bar { label, values: vec![of(Count::Early)?, of(Count::OnTime)?, of(Count::Late)?] })
}

fn bars(id: &'static str, title: &str, what: &str, bars: Vec<Bar>) -> Option<Chart> {
    let total = |i: usize| bars.iter().map(|bar| bar.values[i]).sum::<u64>();
    let all = total(0) + total(1) + total(2);
    if all == 0 {
        return None;
    }
    let series =
        [("Xong trước hạn", Look::Good), ("Xong đúng hạn", Look::Open), ("Xong nhưng quá hạn", Look::Bad)];
    Some(Chart {
        id,
        title: title.to_owned(),
        description: format!(
            "Biểu đồ thanh, {what}: xong {} hồ sơ, gồm {} trước hạn, {} đúng hạn, {} quá hạn. Số từng dòng ở bảng ngay sau biểu đồ.",
            number::thousands(all),
            number::thousands(total(0)),
            number::thousands(total(1)),
            number::thousands(total(2)),
        ),
        series: series.map(|(label, look)| Series { label: label.to_owned(), look }).to_vec(),
        bars,
    })
}

/// All shares of figures, behind the number of dossiers received.
fn whole_row(figures: Option<&Figures<'_>>) -> Vec<Option<String>> {
    let received = figures.and_then(|figures| figures.counts.get(Count::Received));
    let mut cells = vec![received.map(number::thousands)];
    cells.extend(SHARES.iter().map(|kind| figures.and_then(|figures| figures.share(*kind)).map(percent)));
    cells
}

fn whole_heads(first: &str) -> Vec<String> {
    let mut heads = vec![first.to_owned(), "Hồ sơ nhận".to_owned()];
    heads.extend(SHARES.iter().map(|kind| short_label(*kind).to_owned()));
    heads
}

/// Figures by quarter or year: bars of what was finished, and a table of every share.
#[derive(Debug, Serialize)]
pub struct WholeView {
    /// The chart; none if nothing is known of what was finished.
    pub svg_html: Option<String>,
    /// What the totals among them were added up from.
    pub added_from: Vec<String>,
    /// The table.
    pub table: TableView,
}

/// The last quarters or years; none if there are none with figures.
pub fn by_length(cx: &PageCx<'_>, length: Length, id: &'static str) -> Option<WholeView> {
    let slots = slots(cx.model(), length);
    let (first, last) = (slots.first()?.0, slots.last()?.0);
    let made_up = all_illustrative(&slots);
    let newest = slots.iter().rev().find_map(|(_, figures)| figures.as_ref())?.illustrative;
    let caption = match length {
        Length::Month => "Kết quả theo tháng",
        Length::Quarter => "Kết quả theo quý",
        Length::Year => "Kết quả theo năm",
    };
    let chart = bars(
        id,
        caption,
        &format!("từ {} đến {}", first.words(), last.words()),
        slots
            .iter()
            .filter_map(|(period, figures)| {
                // The description adds the bars up: made-up ones stay out of it, and of the chart.
                let figures = figures.as_ref().filter(|figures| figures.illustrative == newest)?;
                let rest = remark(Some(figures), made_up).map(|remark| format!(" ({remark})"));
                bar(format!("{}{}", short_title(*period), rest.unwrap_or_default()), figures)
            })
            .collect(),
    );
    let rows = slots.iter().rev().map(|(period, figures)| RowView {
        head: cx.reference(&urls::statistics(*period), short_title(*period)),
        remark: remark(figures.as_ref(), made_up),
        cells: whole_row(figures.as_ref()),
    });
    let added = slots.iter().rev().filter_map(|(_, figures)| figures.as_ref()).filter_map(|figures| {
        super::added_from(figures).map(|words| format!("{}: {}", title(figures.period), super::lower(&words)))
    });
    Some(WholeView {
        svg_html: chart.map(|chart| chart.svg()),
        added_from: added.collect(),
        table: TableView {
            caption: caption.to_owned(),
            heads: whole_heads("Kỳ"),
            rows: rows.collect(),
            cards: true,
            csv: csv(cx, length),
        },
    })
}

/// Figures by field.
#[derive(Debug, Serialize)]
pub struct FieldsView {
    /// `tháng 10/2026`
    pub period: String,
    /// They are made up, all or some of them.
    pub illustrative: bool,
    /// The chart; none if nothing is known of what was finished.
    pub svg_html: Option<String>,
    /// The table.
    pub table: TableView,
    /// How many more fields there are, with fewer dossiers: they stand in the data.
    pub more: usize,
}

/// The fields of a period, `most` of them; none if no field has figures of it. The field with most dossiers
/// stands first.
pub fn by_field(cx: &PageCx<'_>, period: CalendarPeriod, most: usize) -> Option<FieldsView> {
    let model = cx.model();
    let mut fields: Vec<(&Code, Figures<'_>)> = figures::fields(model, period);
    if fields.is_empty() {
        return None;
    }
    fields.sort_by_cached_key(|(code, figures)| {
        let received = figures.counts.get(Count::Received);
        (std::cmp::Reverse(received), collate::key(&super::field_name(model, code)))
    });
    let illustrative = fields.iter().any(|(_, figures)| figures.illustrative);
    let more = fields.len().saturating_sub(most);
    let all = fields.len();
    fields.truncate(most);
    let made_up = fields.iter().all(|(_, figures)| figures.illustrative);
    let caption = format!("Kết quả theo lĩnh vực, {}", period.words());
    let chart = bars(
        "bieu-do-linh-vuc",
        &caption,
        &match more {
            0 => format!("{all} lĩnh vực trong {}", period.words()),
            _ => format!("{most} lĩnh vực nhiều hồ sơ nhất trong {all} lĩnh vực, {}", period.words()),
        },
        fields.iter().filter_map(|(code, figures)| bar(super::field_name(model, code), figures)).collect(),
    );
    let rows = fields.iter().map(|(code, figures)| RowView {
        head: field_link(cx, code),
        remark: remark(Some(figures), made_up),
        cells: whole_row(Some(figures)),
    });
    let mut table = TableView {
        rows: rows.collect(),
        caption,
        heads: whole_heads("Lĩnh vực"),
        cards: true,
        csv: csv_of_period(cx, period),
    };
    table.drop_empty_columns();
    Some(FieldsView {
        period: unbroken(period),
        illustrative,
        more,
        svg_html: chart.map(|chart| chart.svg()),
        table,
    })
}

/// The table of one period, to download.
pub fn csv_of_period(cx: &PageCx<'_>, period: CalendarPeriod) -> LinkView {
    cx.link(&urls::statistics_table(period), format!("Tải số liệu {} (CSV)", period.words()))
}

/// Every count and share of a period, beside the period before and the year before.
pub fn counts(cx: &PageCx<'_>, figures: &Figures<'_>) -> TableView {
    let others = super::comparable(cx.model(), figures);
    let columns: Vec<&Figures<'_>> = std::iter::once(figures).chain(&others).collect();
    let plain = |text: &str| RefView { href: None, text: text.to_owned() };
    let mut rows: Vec<RowView> = Count::ALL
        .iter()
        .map(|count| RowView {
            head: plain(count.label()),
            remark: None,
            cells: columns.iter().map(|column| column.counts.get(*count).map(number::thousands)).collect(),
        })
        .collect();
    rows.extend(SHARES.iter().map(|kind| RowView {
        head: plain(&format!("Tỷ lệ: {}", super::lower(kind.label()))),
        remark: None,
        cells: columns.iter().map(|column| column.share(*kind).map(percent)).collect(),
    }));
    // What nobody ever counted would only be noise.
    rows.retain(|row| row.cells.iter().any(Option::is_some));
    let mut heads = vec!["Chỉ tiêu".to_owned()];
    heads.extend(columns.iter().map(|column| title(column.period)));
    TableView {
        caption: format!("Số liệu {}, so với các kỳ trước", figures.period.words()),
        heads,
        rows,
        cards: false,
        csv: csv_of_period(cx, figures.period),
    }
}
