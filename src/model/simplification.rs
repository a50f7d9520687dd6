//! What a simplification changes: before and after, measure by measure, and what a set of them saves.
//!
//! What no source gives is unknown, which is not zero: a difference needs both sides, and a sum tells
//! how many of its parts were known. What is dated after the day of the build has not happened yet.

use crate::base::date::Date;
use crate::record::simplification::{Burden, Simplification, SimplificationStage};

/// What of a procedure's burden is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Days of handling.
    Days,
    /// Papers to hand in.
    Papers,
    /// Fee of one dossier, in đồng.
    Fee,
    /// Cost of compliance of one dossier, in đồng.
    Cost,
}

impl Measure {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Measure; 4] = [Measure::Days, Measure::Papers, Measure::Fee, Measure::Cost];

    /// Its key in `truoc` and `sau`.
    pub fn key(self) -> &'static str {
        match self {
            Measure::Days => "so_ngay",
            Measure::Papers => "so_giay_to",
            Measure::Fee => "phi",
            Measure::Cost => "chi_phi_tuan_thu",
        }
    }

    /// The words that citizens read.
    pub fn label(self) -> &'static str {
        match self {
            Measure::Days => "Thời gian",
            Measure::Papers => "Giấy tờ",
            Measure::Fee => "Phí, lệ phí",
            Measure::Cost => "Chi phí tuân thủ",
        }
    }

    fn of(self, burden: Option<&Burden>) -> Option<u64> {
        let burden = burden?;
        let value = match self {
            Measure::Days => burden.days,
            Measure::Papers => burden.papers,
            Measure::Fee => burden.fee,
            Measure::Cost => burden.compliance_cost,
        };
        value.map(|whole| whole.0)
    }
}

/// One measure before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What is counted.
    pub measure: Measure,
    /// Before; none if no source gives it.
    pub before: Option<u64>,
    /// After; none if no source gives it.
    pub after: Option<u64>,
}

impl Change {
    /// How much less it is; negative if it is more, none if a side is unknown.
    pub fn saved(&self) -> Option<i128> {
        Some(i128::from(self.before?) - i128::from(self.after?))
    }
}

/// Every measure of a simplification, in the order of [`Measure::ALL`].
pub fn changes(record: &Simplification) -> [Change; 4] {
    Measure::ALL.map(|measure| Change {
        measure,
        before: measure.of(record.before.as_ref()),
        after: measure.of(record.after.as_ref()),
    })
}

/// How far a simplification has come by a day: one that takes effect later is not carried out yet,
/// whatever is typed.
pub fn stage(record: &Simplification, day: Date) -> SimplificationStage {
    match record.stage {
        SimplificationStage::Done if record.effective.is_some_and(|effective| effective.0 > day) => {
            SimplificationStage::Approved
        }
        stage => stage,
    }
}

/// What a set of simplifications saves of one measure, for one dossier of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saving {
    /// What is counted.
    pub measure: Measure,
    /// How much less it is altogether; negative if it is more. Means nothing if `known` is 0.
    pub saved: i128,
    /// How many tell both sides.
    pub known: usize,
    /// How many do not.
    pub unknown: usize,
}

/// The savings of those among `records` that are carried out by a day.
pub fn savings<'r>(records: impl IntoIterator<Item = &'r Simplification>, day: Date) -> [Saving; 4] {
    let mut savings = Measure::ALL.map(|measure| Saving { measure, saved: 0, known: 0, unknown: 0 });
    for record in records {
        if stage(record, day) != SimplificationStage::Done {
            continue;
        }
        for (saving, change) in savings.iter_mut().zip(changes(record)) {
            match change.saved() {
                Some(saved) => {
                    saving.saved = saving.saved.saturating_add(saved);
                    saving.known += 1;
                }
                None => saving.unknown += 1,
            }
        }
    }
    savings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    fn of(texts: &[(&str, &str)]) -> [Saving; 4] {
        let model = model("2026-11-23", texts);
        savings(model.simplifications.values().map(|filed| &*filed.record), model.as_of.date())
    }

    const HEAD: &str = "ten: A\nchuong_trinh: X\nnoi_dung: B\n";

    #[test]
    fn a_sum_holds_what_is_known_of_what_is_done() {
        let a = format!(
            "ma: a\n{HEAD}trang_thai: da_thuc_hien\ntruoc: {{so_ngay: 15, phi: 0}}\nsau: {{so_ngay: 10, phi: 0}}"
        );
        let b = format!(
            "ma: b\n{HEAD}trang_thai: da_thuc_hien\ntruoc: {{so_ngay: 5, so_giay_to: 3}}\nsau: {{so_ngay: 7}}"
        );
        let c = format!("ma: c\n{HEAD}trang_thai: de_xuat\ntruoc: {{so_ngay: 90}}\nsau: {{so_ngay: 1}}");
        let [days, papers, fee, cost] =
            of(&[("cat-giam/a.yaml", &a), ("cat-giam/b.yaml", &b), ("cat-giam/c.yaml", &c)]);
        assert_eq!((days.saved, days.known, days.unknown), (3, 2, 0));
        assert_eq!((papers.known, papers.unknown), (0, 2));
        assert_eq!((fee.saved, fee.known, fee.unknown), (0, 1, 1));
        assert_eq!((cost.known, cost.unknown), (0, 2));
    }

    #[test]
    fn what_takes_effect_later_saves_nothing_yet() {
        let text = |day: &str| {
            format!(
                "ma: a\n{HEAD}trang_thai: da_thuc_hien\nngay_hieu_luc: {day}\ntruoc: {{so_ngay: 5}}\nsau: {{so_ngay: 1}}"
            )
        };
        for (day, known) in [("2026-11-23", 1), ("2026-11-24", 0)] {
            assert_eq!(of(&[("cat-giam/a.yaml", &text(day))])[0].known, known, "{day}");
        }
    }

    #[test]
    fn the_largest_figures_that_can_be_written_add_up() {
        const MOST: u64 = 999_999_999_999_999;
        let text = |code: &str, before: u64, after: u64| {
            format!(
                "ma: {code}\n{HEAD}trang_thai: da_thuc_hien\ntruoc: {{phi: {before}}}\nsau: {{phi: {after}}}"
            )
        };
        let (a, b) = (text("a", MOST, 0), text("b", 0, MOST));
        assert_eq!(of(&[("cat-giam/a.yaml", &a), ("cat-giam/b.yaml", &b)])[2].saved, 0);
        assert_eq!(of(&[("cat-giam/a.yaml", &a)])[2].saved, i128::from(MOST));
    }
}
