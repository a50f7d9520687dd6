//! Simplifications as pages show them: differences in words, sums, the documents behind them.

use std::cmp::Reverse;

use serde::Serialize;

use super::facts::{Certainty, Fact};
use super::links::PageCx;
use super::urls;
use super::view::{RefView, TagView};
use crate::base::date::Date;
use crate::model::simplification::{Change, Measure, Saving, changes, stage};
use crate::model::{Filed, Model};
use crate::record::decision::Decision;
use crate::record::scalar::{LawNumber, Scalar};
use crate::record::simplification::{Simplification, SimplificationStage};
use crate::vi::number;

const NBSP: char = '\u{A0}';

/// What a page says where no source gives a figure: never 0.
pub const NO_DATA: &str = "không có dữ liệu";

/// So much of a measure in words: `10 ngày`, `2 giấy tờ`, `150.000 đồng`.
fn amount(measure: Measure, number: u64) -> String {
    match measure {
        Measure::Days => format!("{}{NBSP}ngày", number::thousands(number)),
        Measure::Papers => format!("{}{NBSP}giấy{NBSP}tờ", number::thousands(number)),
        Measure::Fee | Measure::Cost => number::dong(number),
    }
}

/// A difference in words: `bớt 5 ngày`, `thêm 1 giấy tờ`, `không đổi`.
pub fn difference(measure: Measure, saved: i128) -> String {
    let size = u64::try_from(saved.unsigned_abs()).unwrap_or(u64::MAX);
    match saved {
        0 => format!("không{NBSP}đổi"),
        1.. => format!("bớt {}", amount(measure, size)),
        _ => format!("thêm {}", amount(measure, size)),
    }
}

/// One measure of a simplification.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureView {
    /// What is counted.
    pub label: &'static str,
    /// The difference in words; none if a side is unknown.
    pub difference: Option<String>,
    /// It grew.
    pub worse: bool,
    /// Both sides in words; none if both are unknown.
    pub sides: Option<String>,
}

impl FigureView {
    /// One change in words.
    fn new(change: Change) -> Self {
        let words = |number: Option<u64>| {
            number.map_or_else(|| NO_DATA.to_owned(), |number| amount(change.measure, number))
        };
        let (before, after) = (words(change.before), words(change.after));
        let sides = match (change.before, change.after) {
            (None, None) => None,
            (Some(was), Some(is)) if was == is => Some(before),
            (Some(was), Some(is)) if was < is => Some(format!("từ {before} lên {after}")),
            (Some(_), Some(_)) => Some(format!("từ {before} còn {after}")),
            _ => Some(format!("trước: {before}; sau: {after}")),
        };
        let saved = change.saved();
        Self {
            label: change.measure.label(),
            difference: saved.map(|saved| difference(change.measure, saved)),
            worse: saved.is_some_and(|saved| saved < 0),
            sides,
        }
    }
}

/// Every measure of a simplification.
pub fn figures(record: &Simplification) -> Vec<FigureView> {
    changes(record).into_iter().map(FigureView::new).collect()
}

/// The differences that are known and not zero, in words: `bớt 5 ngày, bớt 1 giấy tờ`.
pub fn differences(record: &Simplification) -> Option<String> {
    let words: Vec<String> = changes(record)
        .iter()
        .filter_map(|change| Some((change, change.saved().filter(|saved| *saved != 0)?)))
        .map(|(change, saved)| {
            let words = difference(change.measure, saved);
            // Two sums of money need to be told apart.
            match change.measure {
                Measure::Fee | Measure::Cost => format!("{words} {}", change.measure.label().to_lowercase()),
                Measure::Days | Measure::Papers => words,
            }
        })
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// A sum with its name, as the component for key facts takes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TotalView {
    /// What is counted.
    pub term: &'static str,
    /// The sum, and of how many simplifications it is.
    pub fact: Fact,
}

impl TotalView {
    /// One sum in words.
    pub fn new(saving: Saving) -> Self {
        let all = saving.known + saving.unknown;
        let fact = if saving.known == 0 {
            Fact {
                value: "Không có dữ liệu".to_owned(), notes: Vec::new(), certainty: Certainty::Unknown
            }
        } else {
            let words = difference(saving.measure, saving.saved);
            let mut chars = words.chars();
            let value = chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>());
            let notes = match saving.unknown {
                0 => Vec::new(),
                _ => vec![format!("tính trên {} trong {all} phương án; số còn lại {NO_DATA}", saving.known)],
            };
            Fact { value: value.unwrap_or_default(), notes, certainty: Certainty::Certain }
        };
        Self { term: saving.measure.label(), fact }
    }
}

/// The tags of a simplification: how far it has come, and whether it is made up.
pub fn tags(record: &Simplification, today: Date) -> Vec<TagView> {
    let stage = stage(record, today);
    let kind = match stage {
        SimplificationStage::Done => "ok",
        SimplificationStage::Approved => "info",
        SimplificationStage::Proposed => "warn",
        SimplificationStage::Dropped => "dim",
    };
    let mut tags = vec![TagView::new(stage.label(), kind)];
    if record.illustrative.0 {
        tags.push(TagView::new("Minh họa", "warn"));
    }
    tags
}

/// A document as a page names it: linked where it is a decision or a legal text of this site.
pub fn document(cx: &PageCx<'_>, number: &str) -> RefView {
    let model = cx.model();
    let law = LawNumber::parse(number).ok().and_then(|law| cx.law_href(&law));
    let href = match law {
        Some(href) => Some(href),
        None => {
            let named = |(_, filed): &(_, &Filed<Decision>)| filed.record.number.as_str() == number;
            let mut decisions = model.decisions.iter().filter(named);
            // Numbers repeat each year; which of two is meant nobody can tell.
            let only = decisions.next().filter(|_| decisions.next().is_none());
            only.map(|(id, _)| cx.href(&urls::decision(id)))
        }
    };
    RefView { href, text: number.to_owned() }
}

/// In the order of a table: what is real before what is made up; what is done first and what was given
/// up last; then the latest effect.
pub fn in_order<'m>(
    simplifications: impl Iterator<Item = &'m Filed<Simplification>>,
    today: Date,
) -> Vec<&'m Filed<Simplification>> {
    let mut all: Vec<_> = simplifications.collect();
    all.sort_by_key(|filed| {
        let record = &filed.record;
        let rank = match stage(record, today) {
            SimplificationStage::Done => 0,
            SimplificationStage::Approved => 1,
            SimplificationStage::Proposed => 2,
            SimplificationStage::Dropped => 3,
        };
        (record.illustrative.0, rank, Reverse(record.effective), record.code.clone())
    });
    all
}

/// The day on which something is known to have happened to a simplification: its effect, else the day
/// of its source; none if neither is there or both are still to come.
pub fn day(model: &Model, record: &Simplification) -> Option<Date> {
    let read = record.source.as_ref().and_then(|source| source.date);
    let days = [record.effective, read].into_iter().flatten().map(|day| day.0);
    days.into_iter().find(|day| *day <= model.as_of.date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    #[test]
    fn differences_are_told_in_words() {
        for (measure, saved, words) in [
            (Measure::Days, 5, "bớt 5 ngày"),
            (Measure::Days, -2, "thêm 2 ngày"),
            (Measure::Papers, 1, "bớt 1 giấy tờ"),
            (Measure::Fee, 1_200_000, "bớt 1.200.000 đồng"),
            (Measure::Cost, 0, "không đổi"),
        ] {
            assert_eq!(difference(measure, saved).replace(NBSP, " "), words);
        }
    }

    #[test]
    fn an_unknown_side_is_never_zero() {
        let side = |before, after| {
            let figure = FigureView::new(Change { measure: Measure::Days, before, after });
            (figure.difference.is_some(), figure.sides.map(|sides| sides.replace(NBSP, " ")))
        };
        assert_eq!(side(None, None), (false, None));
        assert_eq!(side(Some(5), None), (false, Some("trước: 5 ngày; sau: không có dữ liệu".to_owned())));
        assert_eq!(side(None, Some(0)), (false, Some("trước: không có dữ liệu; sau: 0 ngày".to_owned())));
        assert_eq!(side(Some(5), Some(0)), (true, Some("từ 5 ngày còn 0 ngày".to_owned())));
        assert_eq!(side(Some(5), Some(6)), (true, Some("từ 5 ngày lên 6 ngày".to_owned())));
        let nothing = Saving { measure: Measure::Fee, saved: 0, known: 0, unknown: 3 };
        assert_eq!(TotalView::new(nothing).fact.certainty, Certainty::Unknown);
    }

    #[test]
    fn what_is_done_stands_first_then_the_latest_effect() {
        let text = |code: &str, stage: &str, day: &str| {
            format!("ma: {code}\nten: A\nchuong_trinh: X\nnoi_dung: B\ntrang_thai: {stage}\n{day}")
        };
        let texts = [
            ("cat-giam/a.yaml", text("a", "khong_thuc_hien", "")),
            ("cat-giam/b.yaml", text("b", "da_thuc_hien", "ngay_hieu_luc: 2025-01-01\n")),
            ("cat-giam/c.yaml", text("c", "da_thuc_hien", "ngay_hieu_luc: 2026-01-01\n")),
            ("cat-giam/d.yaml", text("d", "de_xuat", "")),
            ("cat-giam/e.yaml", text("e", "da_thuc_hien", "")),
            ("cat-giam/f.yaml", text("f", "da_thuc_hien", "ngay_hieu_luc: 2026-02-02\nminh_hoa: true\n")),
        ];
        let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let model = model("2026-11-23", &texts);
        let codes: Vec<String> = in_order(model.simplifications.values(), model.as_of.date())
            .iter()
            .map(|filed| filed.record.code.to_string())
            .collect();
        assert_eq!(codes, ["c", "b", "e", "d", "a", "f"]);
    }
}
