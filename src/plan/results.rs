//! Results of the agency as pages show them: figures of a period in words, with what they are
//! compared to, how they are made, and what they are worth.
//!
//! Made-up figures are never compared with real ones. What is not known is said to be so; a share of
//! nothing is never 100 %.

pub mod graphs;

use serde::Serialize;

use super::facts::{Certainty, Fact, capital};
use super::kinds::procedure::FactView;
use super::links::PageCx;
use super::petitions;
use super::pieces::SourceView;
use super::urls;
use super::view::{DateView, LinkView, text};
use crate::base::calendar_period::{CalendarPeriod, Length};
use crate::base::path::RoutePath;
use crate::model::Model;
use crate::model::figures::{self, Count, Figures, SHARES, Share};
use crate::record::config::{Indicator, IndicatorKind};
use crate::vi::number;

/// What is said where there are no figures.
pub const NO_DATA: &str = "không có dữ liệu";

const NBSP: char = '\u{A0}';

// ---- Words --------------------------------------------------------------------------------------

/// Hundredths as a decimal with two digits at most: `98,5`.
pub fn hundredths(number: u64) -> String {
    let (whole, rest) = (number::thousands(number / 100), number % 100);
    match (rest / 10, rest % 10) {
        (0, 0) => whole,
        (tenths, 0) => format!("{whole},{tenths}"),
        _ => format!("{whole},{rest:02}"),
    }
}

/// A share in percent: `98,49%`.
pub fn percent(share: Share) -> String {
    format!("{}%", hundredths(share.hundredths()))
}

/// `303 hồ sơ`, unbroken between number and word.
fn of_what(number: u64, what: &str) -> String {
    format!("{}{NBSP}{what}", number::thousands(number))
}

/// A number beside that of another period: `giảm; tháng trước 97%`.
fn compared(
    now: u64,
    before: u64,
    before_words: &str,
    period: CalendarPeriod,
    other: CalendarPeriod,
) -> String {
    let word = match now.cmp(&before) {
        std::cmp::Ordering::Greater => "tăng",
        std::cmp::Ordering::Less => "giảm",
        std::cmp::Ordering::Equal => "không đổi",
    };
    let when = match period.length() {
        _ if period.previous() != Some(other) => "cùng kỳ năm trước",
        Length::Month => "tháng trước",
        Length::Quarter => "quý trước",
        Length::Year => "năm trước",
    };
    format!("{word}; {when} {before_words}")
}

/// The words of a period, unbroken: `tháng 10/2026`.
pub fn unbroken(period: CalendarPeriod) -> String {
    period.words().replace(' ', "\u{A0}")
}

/// The periods that a period is compared with: the one before, and the same one of the year before;
/// for a year these are one.
fn compared_with(period: CalendarPeriod) -> Vec<CalendarPeriod> {
    let mut periods: Vec<CalendarPeriod> = period.previous().into_iter().collect();
    periods.extend(period.a_year_before().filter(|before| !periods.contains(before)));
    periods
}

/// Figures that may be compared: both made up, or both real.
fn comparable<'m>(model: &'m Model, figures: &Figures<'_>) -> Vec<Figures<'m>> {
    compared_with(figures.period)
        .into_iter()
        .filter_map(|period| figures::of(model, period, None))
        .filter(|other| other.illustrative == figures.illustrative)
        .collect()
}

/// What a share is a share of.
fn whole_words(kind: IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::OnTime => "hồ sơ đã xong",
        IndicatorKind::PaidOnline => "hồ sơ phải thanh toán",
        IndicatorKind::ElectronicResult => "kết quả đã trả",
        IndicatorKind::Satisfied => "phiếu thu về",
        IndicatorKind::PetitionsOnTime => "việc đã đến hạn",
        _ => "hồ sơ nhận",
    }
}

/// A short name of a share, for tiles and heads of tables.
pub fn short_label(kind: IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::OnTime => "Trước và đúng hạn",
        IndicatorKind::FiledOnline => "Nộp trực tuyến",
        IndicatorKind::PaidOnline => "Thanh toán trực tuyến",
        IndicatorKind::Digitised => "Hồ sơ được số hóa",
        IndicatorKind::ElectronicResult => "Kết quả điện tử",
        IndicatorKind::Satisfied => "Hài lòng",
        IndicatorKind::PetitionsOnTime => "Phản ánh đúng hạn",
        other => other.label(),
    }
}

/// The indicator of `trang.yaml` for a share.
pub fn indicator(model: &Model, kind: IndicatorKind) -> Option<&Indicator> {
    model.site.record.indicators.iter().find(|indicator| indicator.kind == kind)
}

/// The figures in sentences, as far as they are known.
pub fn sentences(figures: &Figures<'_>) -> Vec<String> {
    let counts = &figures.counts;
    let get = |count| counts.get(count);
    let share = |kind| figures.share(kind).map(|share| format!(" ({})", percent(share))).unwrap_or_default();
    let mut out = Vec::new();
    if let Some(received) = get(Count::Received) {
        let online = get(Count::Online).map(|online| {
            format!(", {} nộp trực tuyến{}", number::thousands(online), share(IndicatorKind::FiledOnline))
        });
        out.push(format!("Nhận {}{}.", of_what(received, "hồ sơ"), online.unwrap_or_default()));
    }
    if let Some(finished) = counts.finished() {
        let in_time = counts.sum(&[Count::Early, Count::OnTime]).unwrap_or_default();
        let late = get(Count::Late).unwrap_or_default();
        let rest = match (finished, late) {
            (0, _) => String::new(),
            (_, 0) => ", tất cả trước hoặc đúng hạn".to_owned(),
            (_, late) => format!(
                ": {} trước hoặc đúng hạn{}, {} quá hạn",
                number::thousands(in_time),
                share(IndicatorKind::OnTime),
                number::thousands(late)
            ),
        };
        out.push(format!("Giải quyết xong {}{rest}.", of_what(finished, "hồ sơ")));
    }
    if let Some(open) = get(Count::Open) {
        let late = match get(Count::OpenLate) {
            Some(0) if open > 0 => ", chưa hồ sơ nào quá hạn".to_owned(),
            Some(late) if open > 0 => format!(", {} đã quá hạn", number::thousands(late)),
            _ => String::new(),
        };
        let when = DateView::from(figures.until).short;
        out.push(format!("Đến {when} còn {} đang giải quyết{late}.", of_what(open, "hồ sơ")));
    }
    if let (Some(answers), Some(satisfied)) = (get(Count::Answers), get(Count::Satisfied))
        && answers > 0
    {
        out.push(format!(
            "{} trên {} trả lời hài lòng{}.",
            number::thousands(satisfied),
            of_what(answers, "phiếu hỏi ý kiến"),
            share(IndicatorKind::Satisfied)
        ));
    }
    out
}

/// The words with a small first letter.
fn lower(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

// ---- One period ---------------------------------------------------------------------------------

/// The figures of a period in short: what they are, where they come from, what they say.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// `Tháng 10/2026`
    pub title: String,
    /// Its page.
    pub link: LinkView,
    /// The last day that the figures cover.
    pub until: DateView,
    /// They cover the whole period.
    pub is_whole: bool,
    /// They are made up.
    pub illustrative: bool,
    /// What they were added up from; none for typed ones.
    pub added_from: Option<String>,
    /// Where they come from, each source once.
    pub sources: Vec<SourceView>,
    /// Notes to the figures.
    pub notes: Vec<String>,
    /// The figures in sentences.
    pub sentences: Vec<String>,
    /// The figures one by one, compared with other periods.
    pub facts: Vec<FactView>,
}

impl Summary {
    /// Of these figures of all fields.
    pub fn new(cx: &PageCx<'_>, figures: &Figures<'_>) -> Self {
        let model = cx.model();
        let mut sources: Vec<SourceView> = Vec::new();
        let mut notes: Vec<String> = Vec::new();
        for filed in &figures.records {
            sources.extend(
                SourceView::new(Some(&filed.record.source)).filter(|source| !sources.contains(source)),
            );
            notes.extend(text(filed.record.note.as_ref()).filter(|note| !notes.contains(note)));
        }
        Self {
            title: title(figures.period),
            link: cx.link(
                &urls::statistics(figures.period),
                format!("Đầy đủ số liệu {}", figures.period.words()),
            ),
            until: figures.until.into(),
            is_whole: figures.is_whole(),
            illustrative: figures.illustrative,
            added_from: added_from(figures),
            sources,
            notes,
            sentences: sentences(figures),
            facts: facts(model, figures),
        }
    }
}

/// `Tháng 10/2026`
pub fn title(period: CalendarPeriod) -> String {
    capital(&period.words())
}

/// From what periods a total was made, in words; none for typed figures.
pub fn added_from(figures: &Figures<'_>) -> Option<String> {
    let parts = figures.parts();
    let (first, last) = (parts.first()?, parts.last()?);
    Some(if first == last {
        format!("Số liệu của {}, kỳ duy nhất đã hết", first.words())
    } else {
        format!("Cộng từ số liệu {} kỳ, từ {} đến {}", parts.len(), first.words(), last.words())
    })
}

/// The figures of a period one by one. A figure that is not known stays and says so.
fn facts(model: &Model, figures: &Figures<'_>) -> Vec<FactView> {
    let others = comparable(model, figures);
    let received = figures.counts.get(Count::Received);
    let mut facts = vec![FactView {
        term: "Hồ sơ nhận",
        fact: fact(received.map(|received| {
            let notes = others
                .iter()
                .filter(|other| other.is_whole() && figures.is_whole())
                .filter_map(|other| {
                    let before = other.counts.get(Count::Received)?;
                    Some(compared(received, before, &number::thousands(before), figures.period, other.period))
                })
                .collect();
            (number::thousands(received), notes)
        })),
    }];
    facts.extend(SHARES.iter().map(|kind| {
        let share = figures.share(*kind);
        let parts = share.map(|share| {
            let mut notes = vec![share_of(*kind, share)];
            notes.extend(reached(model, *kind, share));
            notes.extend(others.iter().filter_map(|other| {
                let before = other.share(*kind)?;
                Some(compared(
                    share.hundredths(),
                    before.hundredths(),
                    &percent(before),
                    figures.period,
                    other.period,
                ))
            }));
            (percent(share), notes)
        });
        FactView { term: short_label(*kind), fact: fact(parts) }
    }));
    facts.push(FactView {
        term: short_label(IndicatorKind::PetitionsOnTime),
        fact: fact(petitions_of(model, figures.period).and_then(|of| {
            let share = of.share()?;
            let mut notes = vec![share_of(IndicatorKind::PetitionsOnTime, share)];
            notes.extend(of.illustrative.then(|| "việc minh họa".to_owned()));
            Some((percent(share), notes))
        })),
    });
    facts
}

fn fact(parts: Option<(String, Vec<String>)>) -> Fact {
    match parts {
        Some((value, notes)) => Fact { value, notes, certainty: Certainty::Certain },
        None => Fact { value: capital(NO_DATA), notes: Vec::new(), certainty: Certainty::Unknown },
    }
}

/// `303 trên 306 hồ sơ đã xong`
pub fn share_of(kind: IndicatorKind, share: Share) -> String {
    format!("{} trên {}", number::thousands(share.part), of_what(share.whole, whole_words(kind)))
}

/// Whether a share is as good as it should be, in words; none if nothing says how good that is.
fn reached(model: &Model, kind: IndicatorKind, share: Share) -> Option<String> {
    let indicator = indicator(model, kind)?;
    let threshold = indicator.threshold_percent?;
    let word = if share.reaches(indicator)? { "đạt" } else { "chưa đạt" };
    Some(format!("{word} mức {threshold}%"))
}

// ---- Petitions ----------------------------------------------------------------------------------

/// The petitions that came in during a period, real ones or made-up ones, never both together.
#[derive(Debug, Clone, Copy)]
pub struct PetitionFigures {
    /// The figures.
    pub figures: petitions::Figures,
    /// They are of made-up petitions.
    pub illustrative: bool,
}

impl PetitionFigures {
    /// Answered in time, of all that were answered or should have been.
    pub fn share(&self) -> Option<Share> {
        let count = |number: usize| u64::try_from(number).ok();
        Share::new(count(self.figures.on_time), count(self.figures.on_time + self.figures.late()))
    }
}

/// The petitions that came in during a period; made-up ones only if there is no real one. None if
/// there is no petition at all.
pub fn petitions_of(model: &Model, period: CalendarPeriod) -> Option<PetitionFigures> {
    let days = period.first()..=period.last();
    [false, true].into_iter().find_map(|illustrative| {
        let those = model.known_petitions().filter(|(_, petition, _)| {
            days.contains(&petition.record.received.0) && petition.record.illustrative.0 == illustrative
        });
        let figures = petitions::Figures::of(those);
        (figures.received > 0).then_some(PetitionFigures { figures, illustrative })
    })
}

/// What became of the petitions of a period.
#[derive(Debug, Serialize)]
pub struct PetitionsView {
    /// In one or two sentences.
    pub sentence: String,
    /// They are made up.
    pub illustrative: bool,
    /// All of them.
    pub link: LinkView,
}

impl PetitionsView {
    /// Of a period; none if it has no petition.
    pub fn new(cx: &PageCx<'_>, period: CalendarPeriod) -> Option<Self> {
        let of = petitions_of(cx.model(), period)?;
        Some(Self {
            sentence: of.figures.sentence(),
            illustrative: of.illustrative,
            link: cx.link(&urls::petitions(&petitions::Filter::All, 1), "Kết quả từng phản ánh, kiến nghị"),
        })
    }
}

// ---- How figures are made -----------------------------------------------------------------------

/// How a share is made and what it is worth.
#[derive(Debug, Serialize)]
pub struct MethodView {
    /// The place in the page.
    pub anchor: String,
    /// What it is called.
    pub label: &'static str,
    /// How it is computed, in words.
    pub formula: &'static str,
    /// From which share on all points are given, and how many they are.
    pub worth: Option<String>,
    /// The share and the points of the newest period.
    pub result: String,
    /// The legal basis.
    pub basis: Option<String>,
    /// Where threshold and points are known from.
    pub source: Option<SourceView>,
    /// What else to know, such as where sources differ.
    pub note: Option<String>,
}

/// How every share of the page is made, with its worth in the period of `newest`.
pub fn methods(model: &Model, newest: Option<&Figures<'_>>) -> Vec<MethodView> {
    let kinds = SHARES.iter().copied().chain([IndicatorKind::PetitionsOnTime]);
    kinds
        .map(|kind| {
            let indicator = indicator(model, kind);
            let share = newest.and_then(|figures| match kind {
                IndicatorKind::PetitionsOnTime => petitions_of(model, figures.period)?.share(),
                _ => figures.share(kind),
            });
            MethodView {
                anchor: kind.key().replace('_', "-"),
                label: kind.label(),
                formula: formula(kind),
                worth: indicator.and_then(worth),
                result: result(newest, share, indicator),
                basis: indicator.and_then(|indicator| text(indicator.basis.as_ref())),
                source: indicator.and_then(|indicator| SourceView::new(indicator.source.as_ref())),
                note: indicator.and_then(|indicator| text(indicator.note.as_ref())),
            }
        })
        .collect()
}

fn formula(kind: IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::OnTime => {
            "Hồ sơ giải quyết xong trước hạn và đúng hạn, chia cho tất cả hồ sơ giải quyết xong trong kỳ (trước hạn + đúng hạn + quá hạn)."
        }
        IndicatorKind::FiledOnline => "Hồ sơ nộp trực tuyến, chia cho tất cả hồ sơ nhận trong kỳ.",
        IndicatorKind::PaidOnline => {
            "Hồ sơ đã thanh toán trực tuyến, chia cho hồ sơ phải thanh toán trong kỳ."
        }
        IndicatorKind::Digitised => "Hồ sơ được số hóa, chia cho tất cả hồ sơ nhận trong kỳ.",
        IndicatorKind::ElectronicResult => {
            "Kết quả trả bằng bản điện tử, chia cho tất cả hồ sơ giải quyết xong trong kỳ."
        }
        IndicatorKind::Satisfied => "Phiếu trả lời hài lòng, chia cho số phiếu hỏi ý kiến thu về trong kỳ.",
        IndicatorKind::PetitionsOnTime => {
            "Phản ánh, kiến nghị nhận trong kỳ đã xử lý xong đúng hạn, chia cho số đã xử lý xong cộng với số đang xử lý mà đã quá hạn. Trang tự tính từ từng việc đã đăng."
        }
        IndicatorKind::AnnouncedOnTime | IndicatorKind::PublishedOnTime | IndicatorKind::FullContent => {
            "Trang tự tính từ các bản ghi đã đăng."
        }
    }
}

fn worth(indicator: &Indicator) -> Option<String> {
    let points = indicator.points.map(|points| format!("{points}{NBSP}điểm"));
    match (indicator.threshold_percent, points) {
        (Some(threshold), Some(points)) => Some(format!(
            "Từ {threshold}% trở lên được {points}; thấp hơn thì tính theo tỷ lệ với {threshold}%."
        )),
        (None, Some(points)) => Some(format!("Tối đa {points}, tính theo tỷ lệ; nguồn không ghi ngưỡng.")),
        (Some(threshold), None) => Some(format!("Mức cần đạt: {threshold}%.")),
        (None, None) => None,
    }
}

fn result(newest: Option<&Figures<'_>>, share: Option<Share>, indicator: Option<&Indicator>) -> String {
    let Some(newest) = newest else { return capital(NO_DATA) };
    let period = title(newest.period);
    let Some(share) = share else { return format!("{period}: {NO_DATA}.") };
    let points = indicator.and_then(|indicator| Some((share.points(indicator)?, indicator.points?)));
    let points = points.map(|(points, most)| format!(", tức {} trên {most}{NBSP}điểm", hundredths(points)));
    format!("{period}: {}{}.", percent(share), points.unwrap_or_default())
}

// ---- For other pages ----------------------------------------------------------------------------

/// Three figures for the home page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Headline {
    /// `tháng 10/2026`
    pub period: String,
    /// The last day that they cover.
    pub until: DateView,
    /// They are made up.
    pub illustrative: bool,
    /// In time, filed online, satisfied.
    pub figures: Vec<HeadlineFigure>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadlineFigure {
    /// What it is.
    pub label: &'static str,
    /// `98,49%`; none if there is no data.
    pub value: Option<String>,
    /// `303 trên 306 hồ sơ đã xong`
    pub of: Option<String>,
}

/// The three figures that tell most about the newest period: in time, filed online, satisfied. None
/// if the site has no figures. Their page is `urls::fixed("/ket-qua/")`.
pub fn headline(model: &Model) -> Option<Headline> {
    let newest = figures::newest(model)?;
    let kinds = [IndicatorKind::OnTime, IndicatorKind::FiledOnline, IndicatorKind::Satisfied];
    let figure = |kind: IndicatorKind| {
        let share = newest.share(kind);
        HeadlineFigure {
            label: short_label(kind),
            value: share.map(percent),
            of: share.map(|share| share_of(kind, share)),
        }
    };
    Some(Headline {
        period: unbroken(newest.period),
        until: newest.until.into(),
        illustrative: newest.illustrative,
        figures: kinds.map(figure).to_vec(),
    })
}

// ---- Addresses ----------------------------------------------------------------------------------

/// The table of all periods of a length, as CSV.
pub fn csv_of_length(length: Length) -> RoutePath {
    urls::fixed(match length {
        Length::Month => "/ket-qua/theo-thang.csv",
        Length::Quarter => "/ket-qua/theo-quy.csv",
        Length::Year => "/ket-qua/theo-nam.csv",
    })
}

/// The name of a field as tables have it.
pub fn field_name(model: &Model, code: &crate::record::scalar::Code) -> String {
    petitions::field_name(model, code)
}

/// The day on which figures became known, as far as their records tell: the date of the source, else
/// the last day that they cover; never after the day of the build.
pub fn day_of(model: &Model, figures: &Figures<'_>) -> crate::base::date::Date {
    let told = figures.records.iter().filter_map(|filed| filed.record.source.date).map(|day| day.0).max();
    told.unwrap_or(figures.until).min(model.as_of.date())
}

/// The way to the pages below `/ket-qua/`.
pub fn way() -> [(RoutePath, &'static str); 1] {
    [(urls::fixed("/ket-qua/"), "Kết quả giải quyết")]
}

/// The procedures' fields link to their pages where the site has them.
pub fn field_link(cx: &PageCx<'_>, code: &crate::record::scalar::Code) -> super::view::RefView {
    cx.reference(&urls::field(code), field_name(cx.model(), code))
}

/// The head of one of the pages, with its data announced.
pub fn dataset(
    cx: &PageCx<'_>,
    name: &str,
    csv: &RoutePath,
    covered: Option<CalendarPeriod>,
) -> serde_json::Value {
    let mut value = serde_json::json!({
        "@type": "Dataset",
        "name": name,
        "description": format!("{name}: hồ sơ nhận, giải quyết đúng hạn, nộp và thanh toán trực tuyến, số hóa, mức hài lòng."),
        "url": cx.absolute(cx.path),
        "inLanguage": "vi",
        "isAccessibleForFree": true,
        "creator": { "@type": "GovernmentOrganization", "name": cx.plan.site.name, "url": cx.absolute(&urls::home()) },
        "distribution": [{ "@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": cx.absolute(csv) }],
    });
    if let Some(period) = covered {
        value["temporalCoverage"] = serde_json::json!(format!("{}/{}", period.first(), period.last()));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    const SEPTEMBER: &str = "ky: 2026-09\nnguon: {ten: x}\nho_so: {tiep_nhan: 100, truc_tuyen: 50, truoc_han: 60, dung_han: 30, qua_han: 10, dang_giai_quyet: 4, dang_qua_han: 0}\n";
    const OCTOBER: &str = "ky: 2026-10\nnguon: {ten: x}\nho_so: {tiep_nhan: 80, truc_tuyen: 60, truoc_han: 70, dung_han: 10, qua_han: 0, dang_giai_quyet: 0, dang_qua_han: 0}\nhai_long: {phieu: 0, hai_long: 0}\n";

    fn notes(model: &Model, term: &str) -> Vec<String> {
        let newest = figures::newest(model).expect("figures");
        let found = facts(model, &newest).into_iter().find(|view| view.term == term);
        found.map(|view| view.fact.notes).expect("the fact")
    }

    #[test]
    fn decimals_have_two_digits_at_most() {
        let told = [9_902, 9_850, 10_000, 5, 50, 123_456].map(hundredths);
        assert_eq!(told, ["99,02", "98,5", "100", "0,05", "0,5", "1.234,56"]);
    }

    #[test]
    fn the_headline_has_three_figures_and_says_what_is_not_known() {
        assert_eq!(headline(&model("2026-11-05", &[])), None);
        let model = model("2026-11-05", &[("thong-ke/a.yaml", SEPTEMBER), ("thong-ke/b.yaml", OCTOBER)]);
        let headline = headline(&model).expect("figures");
        assert_eq!((headline.period.as_str(), headline.illustrative), ("tháng\u{A0}10/2026", false));
        let told: Vec<_> =
            headline.figures.iter().map(|figure| (figure.label, figure.value.as_deref())).collect();
        assert_eq!(
            told,
            [("Trước và đúng hạn", Some("100%")), ("Nộp trực tuyến", Some("75%")), ("Hài lòng", None)]
        );
    }

    #[test]
    fn figures_are_compared_with_the_month_before_unless_one_of_them_is_made_up() {
        let both = model("2026-11-05", &[("thong-ke/a.yaml", SEPTEMBER), ("thong-ke/b.yaml", OCTOBER)]);
        assert_eq!(notes(&both, "Hồ sơ nhận"), ["giảm; tháng trước 100"]);
        assert_eq!(
            notes(&both, "Trước và đúng hạn").last().map(String::as_str),
            Some("tăng; tháng trước 90%")
        );
        let made_up = format!("{SEPTEMBER}minh_hoa: true\n");
        let mixed = model("2026-11-05", &[("thong-ke/a.yaml", &made_up), ("thong-ke/b.yaml", OCTOBER)]);
        assert!(notes(&mixed, "Hồ sơ nhận").is_empty());
    }

    #[test]
    fn sentences_say_only_what_is_known() {
        let model = model("2026-11-05", &[("thong-ke/a.yaml", SEPTEMBER), ("thong-ke/b.yaml", OCTOBER)]);
        let of = |text: &str| {
            let period = CalendarPeriod::parse(text).expect("a period");
            let figures = figures::of(&model, period, None).expect("figures");
            sentences(&figures).join(" ").replace(NBSP, " ")
        };
        assert_eq!(
            of("2026-09"),
            "Nhận 100 hồ sơ, 50 nộp trực tuyến (50%). Giải quyết xong 100 hồ sơ: 90 trước hoặc đúng hạn (90%), 10 quá hạn. Đến 30/9/2026 còn 4 hồ sơ đang giải quyết, chưa hồ sơ nào quá hạn."
        );
        assert_eq!(
            of("2026-10"),
            "Nhận 80 hồ sơ, 60 nộp trực tuyến (75%). Giải quyết xong 80 hồ sơ, tất cả trước hoặc đúng hạn. Đến 31/10/2026 còn 0 hồ sơ đang giải quyết."
        );
    }

    #[test]
    fn made_up_petitions_never_count_among_real_ones() {
        let petition = |code: &str, more: &str| {
            format!(
                "ma: {code}\nngay_tiep_nhan: 2026-09-07\nkenh: khac\nloai: quy_dinh\ntieu_de: x\nnoi_dung: y\ndon_vi: so\n{more}"
            )
        };
        let answered = "ket_qua: {ngay: 2026-09-10, ket_luan: tiep_thu, noi_dung: z}\n";
        let (real, made_up) = (petition("2026-001", answered), petition("2026-002", "minh_hoa: true\n"));
        let files = [("phan-anh/2026/1.yaml", real.as_str()), ("phan-anh/2026/2.yaml", made_up.as_str())];
        let september = CalendarPeriod::month(2026, 9).expect("a month");
        let of = |files: &[(&str, &str)]| {
            let found = petitions_of(&model("2026-11-05", files), september);
            found.map(|of| (of.illustrative, of.figures.received, of.share()))
        };
        assert_eq!(of(&files), Some((false, 1, Some(Share { part: 1, whole: 1 }))));
        assert_eq!(of(&files[1..]), Some((true, 1, Some(Share { part: 0, whole: 1 }))), "open past its day");
        assert_eq!(of(&[]), None);
    }
}
