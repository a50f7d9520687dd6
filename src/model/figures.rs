//! Figures of a period, as far as its records tell: counts, shares, totals of the months.
//!
//! What no source gives is absent, which is not zero: a share without a denominator, or with one of
//! zero, has no value, and a total is made only of parts that are all there. The formulas are those of
//! the index of service (decision 766/QĐ-TTg); how much a share is worth is data (`chi_so` in
//! `trang.yaml`), since sources conflict.
//!
//! - A longer period that has no record of its own is the sum of its months that have ended, if every
//!   one of them is there. Dossiers still open are a stock, not a flow: the total has those of its
//!   last month.
//! - Made-up figures and real ones are never added up or compared.

use std::collections::BTreeSet;

use crate::at;
use crate::base::calendar_period::{CalendarPeriod, Length};
use crate::base::date::Date;
use crate::base::diagnostic::Pointer;
use crate::model::{Filed, Model, StatisticsId};
use crate::record::config::{Indicator, IndicatorKind};
use crate::record::scalar::{Code, Whole};
use crate::record::statistics::Statistics;

/// One of the numbers that a record of figures may give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Dossiers received.
    Received,
    /// Of those, filed online.
    Online,
    /// Of those, filed in person.
    InPerson,
    /// Of those, sent by post.
    ByPost,
    /// Finished before the deadline.
    Early,
    /// Finished on the deadline.
    OnTime,
    /// Finished late.
    Late,
    /// Still open at the end.
    Open,
    /// Of those, past the deadline.
    OpenLate,
    /// Dossiers for which something must be paid.
    Payable,
    /// Of those, paid online.
    PaidOnline,
    /// Digitised.
    Digitised,
    /// Result given as an electronic paper.
    ElectronicResults,
    /// Answers to the question whether people were satisfied.
    Answers,
    /// Of those, satisfied.
    Satisfied,
}

impl Count {
    /// Every count, in the order of tables.
    pub const ALL: &'static [Count] = &[
        Count::Received,
        Count::Online,
        Count::InPerson,
        Count::ByPost,
        Count::Early,
        Count::OnTime,
        Count::Late,
        Count::Open,
        Count::OpenLate,
        Count::Payable,
        Count::PaidOnline,
        Count::Digitised,
        Count::ElectronicResults,
        Count::Answers,
        Count::Satisfied,
    ];

    /// Its key in the record.
    pub fn key(self) -> &'static str {
        match self {
            Count::Received => "tiep_nhan",
            Count::Online => "truc_tuyen",
            Count::InPerson => "truc_tiep",
            Count::ByPost => "buu_chinh",
            Count::Early => "truoc_han",
            Count::OnTime => "dung_han",
            Count::Late => "qua_han",
            Count::Open => "dang_giai_quyet",
            Count::OpenLate => "dang_qua_han",
            Count::Payable => "phai_thanh_toan",
            Count::PaidOnline => "thanh_toan_truc_tuyen",
            Count::Digitised => "so_hoa",
            Count::ElectronicResults => "ket_qua_dien_tu",
            Count::Answers => "phieu",
            Count::Satisfied => "hai_long",
        }
    }

    /// Its place in the record.
    pub fn pointer(self) -> Pointer {
        match self {
            Count::Answers | Count::Satisfied => at!["hai_long", self.key()],
            _ => at!["ho_so", self.key()],
        }
    }

    /// The words that citizens read.
    pub fn label(self) -> &'static str {
        match self {
            Count::Received => "Hồ sơ nhận trong kỳ",
            Count::Online => "Nộp trực tuyến",
            Count::InPerson => "Nộp trực tiếp",
            Count::ByPost => "Nộp qua bưu chính",
            Count::Early => "Giải quyết xong trước hạn",
            Count::OnTime => "Giải quyết xong đúng hạn",
            Count::Late => "Giải quyết xong nhưng quá hạn",
            Count::Open => "Đang giải quyết vào cuối kỳ",
            Count::OpenLate => "Đang giải quyết và đã quá hạn",
            Count::Payable => "Hồ sơ phải thanh toán",
            Count::PaidOnline => "Đã thanh toán trực tuyến",
            Count::Digitised => "Hồ sơ được số hóa",
            Count::ElectronicResults => "Kết quả trả bằng bản điện tử",
            Count::Answers => "Phiếu hỏi ý kiến thu về",
            Count::Satisfied => "Phiếu trả lời hài lòng",
        }
    }

    /// It stands at a moment and is not to be added up over time.
    pub fn is_stock(self) -> bool {
        matches!(self, Count::Open | Count::OpenLate)
    }
}

/// The counts that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts([Option<u64>; Count::ALL.len()]);

impl Counts {
    /// Those that a record gives.
    pub fn of(record: &Statistics) -> Self {
        let dossiers = record.dossiers.clone().unwrap_or_default();
        let satisfaction = record.satisfaction.as_ref();
        let get = |count: &Count| -> Option<u64> {
            let value: Option<Whole> = match count {
                Count::Received => dossiers.received,
                Count::Online => dossiers.online,
                Count::InPerson => dossiers.in_person,
                Count::ByPost => dossiers.by_post,
                Count::Early => dossiers.early,
                Count::OnTime => dossiers.on_time,
                Count::Late => dossiers.late,
                Count::Open => dossiers.open,
                Count::OpenLate => dossiers.open_late,
                Count::Payable => dossiers.payable,
                Count::PaidOnline => dossiers.paid_online,
                Count::Digitised => dossiers.digitised,
                Count::ElectronicResults => dossiers.electronic_results,
                Count::Answers => satisfaction.map(|asked| asked.answers),
                Count::Satisfied => satisfaction.map(|asked| asked.satisfied),
            };
            value.map(|number| number.0)
        };
        let mut counts = Self::default();
        for (slot, count) in counts.0.iter_mut().zip(Count::ALL) {
            *slot = get(count);
        }
        counts
    }

    /// One of them.
    pub fn get(&self, count: Count) -> Option<u64> {
        self.0[count as usize]
    }

    /// All of these together; none if one of them is not known.
    pub fn sum(&self, counts: &[Count]) -> Option<u64> {
        counts.iter().try_fold(0u64, |sum, count| Some(sum.saturating_add(self.get(*count)?)))
    }

    /// Dossiers that were finished, in time or not.
    pub fn finished(&self) -> Option<u64> {
        self.sum(&[Count::Early, Count::OnTime, Count::Late])
    }

    /// The counts of these parts of time together. What one of them does not know, the total does not.
    fn total(parts: &[Counts]) -> Self {
        let mut total = Self::default();
        for (slot, count) in total.0.iter_mut().zip(Count::ALL) {
            *slot = if count.is_stock() {
                parts.last().and_then(|part| part.get(*count))
            } else {
                parts.iter().try_fold(0u64, |sum, part| Some(sum.saturating_add(part.get(*count)?)))
            };
        }
        total
    }
}

/// A part of a whole that is not nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: u64,
    /// The whole, never 0.
    pub whole: u64,
}

impl Share {
    /// The share; none of a whole that is not known or that is nothing.
    pub fn new(part: Option<u64>, whole: Option<u64>) -> Option<Self> {
        let (part, whole) = (part?, whole?);
        (whole > 0).then_some(Self { part, whole })
    }

    /// Hundredths of a percent, rounded. Less than everything is never rounded to everything, nor
    /// something to nothing: “100 %” must mean that not one was late.
    pub fn hundredths(self) -> u64 {
        rounded(self.part, self.whole, 10_000)
    }

    /// The points of an indicator, in hundredths: all of them from the threshold on, in proportion
    /// below it. Without a threshold the whole must be reached. None if it is worth no points.
    pub fn points(self, indicator: &Indicator) -> Option<u64> {
        let most = indicator.points?.0.saturating_mul(100);
        let threshold = indicator.threshold_percent.map_or(100, |percent| percent.0.clamp(1, 100));
        let (part, whole) = (self.part.saturating_mul(100), self.whole.saturating_mul(threshold));
        Some(if part >= whole { most } else { rounded(part, whole, most) })
    }

    /// Whether the threshold of an indicator is reached; none if it has none.
    pub fn reaches(self, indicator: &Indicator) -> Option<bool> {
        let threshold = indicator.threshold_percent?.0;
        Some(self.part.saturating_mul(100) >= self.whole.saturating_mul(threshold))
    }
}

/// `part` of `whole` on a scale that ends at `full`.
fn rounded(part: u64, whole: u64, full: u64) -> u64 {
    let (part128, whole128, full128) = (u128::from(part), u128::from(whole.max(1)), u128::from(full));
    let value = (part128 * full128 * 2 + whole128) / (whole128 * 2);
    let value = u64::try_from(value).unwrap_or(u64::MAX);
    match value {
        value if value >= full && part < whole => full.saturating_sub(1),
        0 if part > 0 => 1.min(full),
        value => value,
    }
}

/// The shares that typed figures give, in the order of pages.
pub const SHARES: &[IndicatorKind] = &[
    IndicatorKind::OnTime,
    IndicatorKind::FiledOnline,
    IndicatorKind::PaidOnline,
    IndicatorKind::Digitised,
    IndicatorKind::ElectronicResult,
    IndicatorKind::Satisfied,
];

/// A share of the index of service. Those that do not come from typed figures have none here.
pub fn share(kind: IndicatorKind, counts: &Counts) -> Option<Share> {
    let (part, whole) = share_terms(kind, counts);
    Share::new(part, whole)
}

/// The part and the whole of a share, each as far as it is known.
pub fn share_terms(kind: IndicatorKind, counts: &Counts) -> (Option<u64>, Option<u64>) {
    let get = |count| counts.get(count);
    match kind {
        IndicatorKind::OnTime => (counts.sum(&[Count::Early, Count::OnTime]), counts.finished()),
        IndicatorKind::FiledOnline => (get(Count::Online), get(Count::Received)),
        IndicatorKind::PaidOnline => (get(Count::PaidOnline), get(Count::Payable)),
        IndicatorKind::Digitised => (get(Count::Digitised), get(Count::Received)),
        IndicatorKind::ElectronicResult => (get(Count::ElectronicResults), counts.finished()),
        IndicatorKind::Satisfied => (get(Count::Satisfied), get(Count::Answers)),
        IndicatorKind::AnnouncedOnTime
        | IndicatorKind::PublishedOnTime
        | IndicatorKind::FullContent
        | IndicatorKind::PetitionsOnTime => (None, None),
    }
}

/// The figures of a period, typed or added up.
#[derive(Debug, Clone)]
pub struct Figures<'m> {
    /// The period.
    pub period: CalendarPeriod,
    /// The counts.
    pub counts: Counts,
    /// The last day that they cover.
    pub until: Date,
    /// Made up to show what the page will look like.
    pub illustrative: bool,
    /// The records they come from, in the order of time: one of the period itself, or those added up.
    pub records: Vec<&'m Filed<Statistics>>,
    /// They are a total of shorter periods.
    pub is_total: bool,
}

impl Figures<'_> {
    /// Whether they cover the whole period.
    pub fn is_whole(&self) -> bool {
        self.until >= self.period.last()
    }

    /// A share of theirs.
    pub fn share(&self, kind: IndicatorKind) -> Option<Share> {
        share(kind, &self.counts)
    }

    /// The periods they were added up from; empty for typed ones.
    pub fn parts(&self) -> Vec<CalendarPeriod> {
        let records = self.records.iter().filter(|_| self.is_total);
        records.map(|filed| filed.record.period.0).collect()
    }
}

/// The record of a period and a field; none that speaks of the time to come.
fn typed<'m>(
    model: &'m Model,
    period: CalendarPeriod,
    field: Option<&Code>,
) -> Option<&'m Filed<Statistics>> {
    let known = model.statistics.get(&StatisticsId { period, field: field.cloned() })?;
    (period.first() <= model.as_of.date()).then_some(known)
}

/// The last day that a record covers.
pub fn until(record: &Statistics) -> Date {
    let last = record.period.0.last();
    record.until.map_or(last, |day| day.0.min(last))
}

/// The figures of a period for a field, or for all fields together: typed ones, else the total of its
/// parts.
pub fn of<'m>(model: &'m Model, period: CalendarPeriod, field: Option<&Code>) -> Option<Figures<'m>> {
    let Some(filed) = typed(model, period, field) else { return total(model, period, field) };
    Some(Figures {
        period,
        counts: Counts::of(&filed.record),
        until: until(&filed.record).min(model.as_of.date()),
        illustrative: filed.record.illustrative.0,
        records: vec![filed],
        is_total: false,
    })
}

/// The total of the parts of a quarter or a year that have ended, if they are all there and all of one
/// kind, made up or real.
pub fn total<'m>(model: &'m Model, period: CalendarPeriod, field: Option<&Code>) -> Option<Figures<'m>> {
    let records = parts(model, period, field)?;
    let last = records.last()?;
    let illustrative = last.record.illustrative.0;
    if records.iter().any(|filed| filed.record.illustrative.0 != illustrative) {
        return None;
    }
    let counts: Vec<Counts> = records.iter().map(|filed| Counts::of(&filed.record)).collect();
    Some(Figures {
        period,
        counts: Counts::total(&counts),
        until: last.record.period.0.last(),
        illustrative,
        is_total: true,
        records,
    })
}

/// The records that make up the part of a period that has ended; none if one is missing.
fn parts<'m>(
    model: &'m Model,
    whole: CalendarPeriod,
    field: Option<&Code>,
) -> Option<Vec<&'m Filed<Statistics>>> {
    let today = model.as_of.date();
    let mut records = Vec::new();
    let whole_record = |period: CalendarPeriod| {
        typed(model, period, field).filter(|filed| until(&filed.record) >= period.last())
    };
    match whole.length() {
        Length::Month => return None,
        Length::Quarter => {
            for month in whole.parts(Length::Month).into_iter().filter(|month| month.last() < today) {
                records.push(whole_record(month)?);
            }
        }
        Length::Year => {
            for quarter in whole.parts(Length::Quarter) {
                let first_month_ended = quarter.parts(Length::Month)[0].last() < today;
                match whole_record(quarter).filter(|_| quarter.last() < today) {
                    Some(record) => records.push(record),
                    None if first_month_ended => records.extend(parts(model, quarter, field)?),
                    None => {}
                }
            }
        }
    }
    (!records.is_empty()).then_some(records)
}

/// Why a quarter or a year has no figures although periods in it have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// These months have ended, and nothing covers the whole of them.
    Missing(Vec<CalendarPeriod>),
    /// Some of its periods are made up and some are real.
    Mixed,
    /// None of its months has ended.
    NotYet,
}

/// What keeps the parts of a period from being added up, for all fields together.
pub fn gap(model: &Model, period: CalendarPeriod) -> Gap {
    let today = model.as_of.date();
    let is_whole = |period: CalendarPeriod| {
        typed(model, period, None).is_some_and(|filed| until(&filed.record) >= period.last())
    };
    let ended: Vec<CalendarPeriod> =
        period.parts(Length::Month).into_iter().filter(|month| month.last() < today).collect();
    let covered = |month: &CalendarPeriod| {
        is_whole(*month)
            || month
                .widened(Length::Quarter)
                .is_some_and(|quarter| period.contains(quarter) && is_whole(quarter))
    };
    if ended.is_empty() {
        return Gap::NotYet;
    }
    let missing: Vec<CalendarPeriod> = ended.into_iter().filter(|month| !covered(month)).collect();
    if missing.is_empty() { Gap::Mixed } else { Gap::Missing(missing) }
}

/// Every period that figures speak of, in the order of time: those with a record, of all fields or of
/// one, and the quarters and years around them. A longer period stays even while a month of it is
/// missing and nothing can be added up: its address is for ever.
pub fn periods(model: &Model) -> BTreeSet<CalendarPeriod> {
    let today = model.as_of.date();
    let typed = model.statistics.keys().map(|id| id.period).filter(|period| period.first() <= today);
    typed
        .flat_map(|period| {
            let longer = [Length::Quarter, Length::Year].into_iter();
            longer.filter_map(move |length| period.widened(length)).chain([period])
        })
        .collect()
}

/// The periods of a length that have figures for all fields together, in the order of time.
pub fn series(model: &Model, length: Length) -> Vec<Figures<'_>> {
    let periods = periods(model);
    periods
        .into_iter()
        .filter(|period| period.length() == length)
        .filter_map(|period| of(model, period, None))
        .collect()
}

/// The newest typed figures of all fields together: of a period that is over if there is one, of two
/// that end on one day the shorter.
pub fn newest(model: &Model) -> Option<Figures<'_>> {
    let typed = model.statistics.keys().filter(|id| id.field.is_none());
    let typed = typed.filter_map(|id| of(model, id.period, None));
    typed.max_by_key(|figures| (figures.is_whole(), figures.until, figures.period.length()))
}

/// The fields that have figures of a period, by code.
pub fn fields(model: &Model, period: CalendarPeriod) -> Vec<(&Code, Figures<'_>)> {
    let codes: BTreeSet<&Code> = model.statistics.keys().filter_map(|id| id.field.as_ref()).collect();
    codes.into_iter().filter_map(|code| Some((code, of(model, period, Some(code))?))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::testing::model;

    fn period(text: &str) -> CalendarPeriod {
        CalendarPeriod::parse(text).expect("a period")
    }

    fn record(key: &str, more: &str) -> (String, String) {
        (format!("thong-ke/{key}.yaml"), format!("ky: {key}\nnguon: {{ten: Mẫu}}\n{more}"))
    }

    fn site(day: &str, records: &[(String, String)]) -> Model {
        let files: Vec<(&str, &str)> =
            records.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        model(day, &files)
    }

    const COUNTS: &str =
        "ho_so: {tiep_nhan: 10, truoc_han: 5, dung_han: 3, qua_han: 1, dang_giai_quyet: 7}\n";

    #[test]
    fn every_count_is_read_from_its_own_key() {
        let keys = |range: std::ops::Range<usize>| -> String {
            let some = Count::ALL[range].iter().map(|count| format!("{}: {}", count.key(), *count as usize));
            some.collect::<Vec<_>>().join(", ")
        };
        let text = format!("ho_so: {{{}}}\nhai_long: {{{}}}\n", keys(0..13), keys(13..15));
        let model = site("2026-12-01", &[record("2026-10", &text)]);
        let figures = of(&model, period("2026-10"), None).expect("figures");
        for (place, count) in Count::ALL.iter().enumerate() {
            assert_eq!(figures.counts.get(*count), Some(place as u64), "{count:?}");
        }
    }

    #[test]
    fn nothing_of_nothing_is_no_share() {
        let model = site(
            "2026-12-01",
            &[record(
                "2026-10",
                "ho_so: {tiep_nhan: 0, truc_tuyen: 0, truoc_han: 3, dung_han: 1, so_hoa: 2}\n",
            )],
        );
        let figures = of(&model, period("2026-10"), None).expect("figures");
        for kind in IndicatorKind::ALL {
            assert_eq!(figures.share(*kind), None, "{kind:?}: zero, or a part of it is not given");
        }
    }

    #[test]
    fn a_share_says_everything_only_of_everything() {
        let share = |part, whole| Share { part, whole }.hundredths();
        assert_eq!((share(1, 3), share(2, 3), share(1, 8)), (3333, 6667, 1250));
        assert_eq!((share(99_999, 100_000), share(1, 100_000)), (9_999, 1));
        assert_eq!((share(7, 7), share(0, 7)), (10_000, 0));
    }

    #[test]
    fn points_are_in_proportion_below_the_threshold() {
        let indicator = |threshold: Option<u64>| Indicator {
            kind: IndicatorKind::Satisfied,
            threshold_percent: threshold.map(Whole),
            points: Some(Whole(6)),
            basis: None,
            source: None,
            note: None,
        };
        let points = |part, threshold| Share { part, whole: 100 }.points(&indicator(threshold));
        assert_eq!((points(90, Some(90)), points(95, Some(90))), (Some(600), Some(600)));
        assert_eq!((points(45, Some(90)), points(0, Some(90))), (Some(300), Some(0)));
        assert_eq!((points(50, None), points(99, None)), (Some(300), Some(594)));
        let near = Share { part: 89_999, whole: 100_000 };
        assert_eq!(
            (near.points(&indicator(Some(90))), near.reaches(&indicator(Some(90)))),
            (Some(599), Some(false))
        );
        assert_eq!(points(50, Some(0)), Some(600), "a threshold of zero divides nothing");
        let worthless = Indicator { points: None, ..indicator(Some(90)) };
        assert_eq!(near.points(&worthless), None);
    }

    #[test]
    fn a_quarter_is_the_sum_of_its_months_and_open_dossiers_are_those_of_the_last() {
        let months = ["2026-07", "2026-08", "2026-09"].map(|key| record(key, COUNTS));
        let model = site("2026-10-05", &months);
        let quarter = of(&model, period("2026-Q3"), None).expect("a total");
        assert!(quarter.is_total && quarter.is_whole());
        assert_eq!(quarter.parts(), ["2026-07", "2026-08", "2026-09"].map(period));
        assert_eq!(quarter.counts.get(Count::Received), Some(30));
        assert_eq!(quarter.counts.get(Count::Open), Some(7), "a stock is not added up");
        assert_eq!(quarter.counts.get(Count::Online), None, "no month tells it");
        assert!(of(&model, period("2026"), None).is_none(), "the first half of the year is missing");
        assert_eq!(periods(&model).len(), 5, "three months, the quarter, the year");
        let first_half: Vec<CalendarPeriod> =
            ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"].map(period).to_vec();
        assert_eq!(gap(&model, period("2026")), Gap::Missing(first_half));
    }

    #[test]
    fn a_total_needs_every_month_that_has_ended_and_a_count_every_month() {
        let two = [record("2026-07", COUNTS), record("2026-09", COUNTS)];
        assert!(of(&site("2026-10-05", &two), period("2026-Q3"), None).is_none());
        let uneven = [record("2026-07", COUNTS), record("2026-08", "ho_so: {tiep_nhan: 4}\n")];
        let model = site("2026-09-05", &uneven);
        let so_far = of(&model, period("2026-Q3"), None).expect("the months that have ended");
        assert_eq!((so_far.is_whole(), so_far.until.to_string()), (false, "2026-08-31".to_owned()));
        assert_eq!((so_far.counts.get(Count::Received), so_far.counts.get(Count::Late)), (Some(14), None));
        let stale =
            [record("2026-07", COUNTS), record("2026-08", &format!("den_ngay: 2026-08-20\n{COUNTS}"))];
        assert!(of(&site("2026-09-05", &stale), period("2026-Q3"), None).is_none(), "half a month");
    }

    #[test]
    fn a_year_takes_typed_quarters_and_months() {
        let mut records =
            vec![record("2025-Q1", COUNTS), record("2025-Q2", COUNTS), record("2025-Q4", COUNTS)];
        records.extend(["2025-07", "2025-08", "2025-09"].map(|key| record(key, COUNTS)));
        let model = site("2026-02-01", &records);
        let year = of(&model, period("2025"), None).expect("a total");
        assert_eq!((year.records.len(), year.counts.get(Count::Received)), (6, Some(60)));
    }

    #[test]
    fn what_is_made_up_is_not_added_to_what_is_real() {
        let mut months = ["2026-07", "2026-08", "2026-09"].map(|key| record(key, COUNTS));
        months[1].1.push_str("minh_hoa: true\n");
        let model = site("2026-10-05", &months);
        assert!(of(&model, period("2026-Q3"), None).is_none());
        assert_eq!(gap(&model, period("2026-Q3")), Gap::Mixed);
    }

    #[test]
    fn the_page_of_a_year_does_not_vanish_when_a_month_is_late() {
        let months = ["2026-01", "2026-02"].map(|key| record(key, COUNTS));
        for (day, missing) in [("2026-03-31", None), ("2026-04-01", Some("2026-03"))] {
            let model = site(day, &months);
            assert!(periods(&model).contains(&period("2026")), "{day}");
            assert_eq!(of(&model, period("2026"), None).is_none(), missing.is_some(), "{day}");
            let told = missing.map(|month| Gap::Missing(vec![period(month)]));
            assert!(told.is_none_or(|gap_is| gap(&model, period("2026")) == gap_is), "{day}");
        }
    }

    #[test]
    fn the_newest_is_a_period_that_is_over() {
        let partial = record("2026-10", &format!("den_ngay: 2026-10-20\n{COUNTS}"));
        let model =
            site("2026-10-22", &[record("2026-09", COUNTS), record("2026-Q3", COUNTS), partial.clone()]);
        assert_eq!(newest(&model).map(|figures| figures.period), Some(period("2026-09")));
        let only = site("2026-10-22", &[partial]);
        assert_eq!(
            newest(&only).map(|figures| (figures.period, figures.is_whole())),
            Some((period("2026-10"), false))
        );
        assert!(newest(&site("2026-10-22", &[])).is_none());
    }

    #[test]
    fn the_time_to_come_has_no_figures() {
        let model = site("2026-09-30", &[record("2026-10", COUNTS)]);
        assert!(of(&model, period("2026-10"), None).is_none() && periods(&model).is_empty());
    }

    proptest! {
        #[test]
        fn shares_stay_between_nothing_and_everything(part in 0u64..=1_000_000_000_000_000, more in 0u64..1_000_000_000_000_000) {
            let Some(share) = Share::new(Some(part), Some(part + more)) else { return Ok(()) };
            let hundredths = share.hundredths();
            prop_assert!(hundredths <= 10_000);
            prop_assert_eq!(hundredths == 10_000, more == 0);
            prop_assert_eq!(hundredths == 0, part == 0);
        }
    }
}
