//! How far an inspection has come by a given day. Nobody types that: it follows from its days and from
//! whether there is a conclusion.

use crate::base::date::Date;
use crate::model::Model;
use crate::model::petition::Term;
use crate::record::config::Limit;
use crate::record::inspection::Inspection;

/// The limit in `thoi_han` of `trang.yaml`: from the last day of an inspection to its conclusion. No
/// figure is assumed where the site gives none.
pub const CONCLUSION_LIMIT: &str = "ket_luan_kiem_tra";

/// How far an inspection has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Made known, not yet begun.
    Announced,
    /// Under way.
    Running,
    /// Over, without a conclusion.
    Finished,
    /// Over, with a conclusion.
    Concluded,
}

impl Stage {
    /// Every stage, in the order of time.
    pub const ALL: [Stage; 4] = [Stage::Announced, Stage::Running, Stage::Finished, Stage::Concluded];

    /// The stable word for data.
    pub fn key(self) -> &'static str {
        match self {
            Stage::Announced => "sap-kiem-tra",
            Stage::Running => "dang-kiem-tra",
            Stage::Finished => "chua-ket-luan",
            Stage::Concluded => "da-ket-luan",
        }
    }

    /// The words that citizens read.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Announced => "Sắp kiểm tra",
            Stage::Running => "Đang kiểm tra",
            Stage::Finished => "Chưa có kết luận",
            Stage::Concluded => "Đã có kết luận",
        }
    }
}

/// Where an inspection stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// How far it has come.
    pub stage: Stage,
    /// The last day for its conclusion, while there is none and the site sets a limit.
    pub due: Option<Date>,
    /// Working days past that day.
    pub late: u32,
}

/// Whether the record tells a conclusion, in words or as a file.
pub fn is_concluded(record: &Inspection) -> bool {
    record.conclusion.is_some() || record.file.is_some()
}

/// The limit for conclusions, if the site sets one.
pub fn conclusion_limit(model: &Model) -> Option<&Limit> {
    model.site.record.limits.iter().find(|limit| limit.code.as_str() == CONCLUSION_LIMIT)
}

/// Where an inspection stands on the day of the build.
pub fn course(model: &Model, record: &Inspection) -> Course {
    let today = model.as_of.date();
    let stage = match () {
        () if record.days.from.0 > today => Stage::Announced,
        () if record.days.to.0 >= today => Stage::Running,
        () if is_concluded(record) => Stage::Concluded,
        () => Stage::Finished,
    };
    let due = conclusion_limit(model).filter(|_| stage == Stage::Finished).map(|limit| {
        let number = u32::try_from(limit.number.0).unwrap_or(u32::MAX);
        Term { number, unit: limit.unit }.ends(record.days.to.0, &model.calendar)
    });
    let late = due.filter(|due| *due < today).map(|due| model.calendar.working_days_between(due, today));
    Course { stage, due, late: late.unwrap_or(0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    const HEAD: &str = "ma: a\nngay: {tu: 2026-06-01, den: 2026-06-05}\ndon_vi: [so]\nnoi_dung: B\n";
    const SITE: &str = "ten: Sở A\ndia_chi_trang: https://a.vn/\nthoi_han:\n- {ma: ket_luan_kiem_tra, so: 15, don_vi: ngay}\n";

    fn on(day: &str, site: &str, more: &str) -> Course {
        let text = format!("{HEAD}{more}");
        let model = model(day, &[("trang.yaml", site), ("kiem-tra/a.yaml", &text)]);
        let course = model.inspections.values().map(|filed| course(&model, &filed.record)).next();
        course.expect("one inspection")
    }

    #[test]
    fn the_stage_follows_from_the_days() {
        for (day, more, stage) in [
            ("2026-05-31", "", Stage::Announced),
            ("2026-06-01", "", Stage::Running),
            ("2026-06-05", "", Stage::Running),
            ("2026-06-06", "", Stage::Finished),
            ("2026-06-06", "ket_luan: Tốt.", Stage::Concluded),
            ("2026-06-06", "tep: a.pdf", Stage::Concluded),
        ] {
            assert_eq!(on(day, SITE, more).stage, stage, "{day} {more}");
        }
    }

    #[test]
    fn a_conclusion_is_late_only_by_a_limit_of_the_site() {
        // The fifteenth day, 20 June 2026, is a Saturday: the term ends on Monday.
        let due = Date::parse("2026-06-22").ok();
        assert_eq!(on("2026-06-22", SITE, ""), Course { stage: Stage::Finished, due, late: 0 });
        assert_eq!(on("2026-06-24", SITE, "").late, 2);
        let without = "ten: Sở A\ndia_chi_trang: https://a.vn/\n";
        assert_eq!(on("2027-06-24", without, ""), Course { stage: Stage::Finished, due: None, late: 0 });
        assert_eq!(on("2027-06-24", SITE, "ket_luan: Tốt.").due, None);
    }
}
