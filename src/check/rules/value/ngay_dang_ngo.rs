//! Finds dates before 1945 or far in the future (CK0305): mostly a slip in the year.

use crate::base::date::Date;
use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0305;
use crate::model::Model;
use crate::msg;
use crate::record::scalar::Day;
use crate::record::source::Source;
use crate::record::task_plan::Schedule;
use crate::{at, base::diagnostic::Pointer};

/// No legal text of this state is older.
const FIRST_YEAR: i16 = 1945;
/// What has been signed, issued or read cannot lie much after the day of the build.
const DAYS_FOR_DONE: i32 = 366;
/// What is to begin or end may lie some years ahead.
const DAYS_FOR_COMING: i32 = 3653;
/// A holiday longer than this is a slip in one of its ends; `model::build` counts no more days.
const LONGEST_HOLIDAY: i32 = 60;

/// Judges every date of every record.
pub fn check(model: &Model, found: &mut Findings) {
    let mut judge = Judge { today: model.as_of.date(), found };
    for procedure in model.procedures.values() {
        judge.source(procedure.record.source.as_ref(), &|at| procedure.at(at));
    }
    for decision in model.decisions.values() {
        let record = &decision.record;
        judge.done(Some(record.signed), || decision.at(at!["ngay_ky"]));
        judge.coming(record.effective, || decision.at(at!["ngay_hieu_luc"]));
        judge.done(record.posted, || decision.at(at!["ngay_dang"]));
        judge.source(record.source.as_ref(), &|at| decision.at(at));
    }
    for unit in model.units.values() {
        judge.source(unit.record.source.as_ref(), &|at| unit.at(at));
    }
    for law in model.laws.values() {
        let record = &law.record;
        judge.done(record.issued, || law.at(at!["ngay_ban_hanh"]));
        judge.coming(record.in_force_from, || law.at(at!["hieu_luc_tu"]));
        judge.coming(record.in_force_until, || law.at(at!["hieu_luc_den"]));
        judge.source(record.source.as_ref(), &|at| law.at(at));
    }
    for year in &model.holidays {
        for (i, holiday) in year.record.holidays.iter().enumerate() {
            judge.coming(Some(holiday.from), || year.at(at!["nghi", i, "tu"]));
            judge.coming(holiday.to, || year.at(at!["nghi", i, "den"]));
            let days = holiday.to.map_or(1, |to| holiday.from.0.days_until(to.0).saturating_add(1));
            if days > LONGEST_HOLIDAY {
                let message = msg!("kỳ nghỉ dài {days} ngày", "a holiday of {days} days");
                judge.found.report(CK0305, year.at(at!["nghi", i, "den"]), message).help(msg!(
                    "xem lại năm và tháng của ngày đầu và ngày cuối; chỉ {LONGEST_HOLIDAY} ngày đầu được tính",
                    "check year and month of both ends; only the first {LONGEST_HOLIDAY} days are counted"
                ));
            }
        }
        for (i, day) in year.record.swapped.iter().enumerate() {
            judge.coming(Some(*day), || year.at(at!["lam_bu", i]));
        }
        judge.source(year.record.source.as_ref(), &|at| year.at(at));
    }
    for plan in model.plans.values() {
        judge.done(plan.record.date, || plan.at(at!["ngay"]));
        judge.source(plan.record.source.as_ref(), &|at| plan.at(at));
        for (i, task) in plan.record.tasks.iter().enumerate() {
            if let Schedule::Between(period) = &task.schedule {
                judge.coming(Some(period.from), || plan.at(at!["nhiem_vu", i, "thoi_gian", "tu"]));
                judge.coming(Some(period.to), || plan.at(at!["nhiem_vu", i, "thoi_gian", "den"]));
            }
        }
    }
    for article in model.articles.values() {
        let head = &article.record.head;
        judge.done(Some(head.date), || article.at(at!["ngay"]));
        judge.coming(head.expires, || article.at(at!["het_han"]));
        judge.source(head.source.as_ref(), &|at| article.at(at));
    }
    for petition in model.petitions.values() {
        let record = &petition.record;
        judge.done(Some(record.received), || petition.at(at!["ngay_tiep_nhan"]));
        for (i, step) in record.course.iter().enumerate() {
            judge.done(Some(step.date), || petition.at(at!["dien_bien", i, "ngay"]));
        }
        judge.done(record.result.as_ref().map(|result| result.date), || petition.at(at!["ket_qua", "ngay"]));
        judge.done(record.published, || petition.at(at!["ngay_cong_khai"]));
        judge.source(record.source.as_ref(), &|at| petition.at(at));
    }
    for call in model.initiatives.values() {
        let record = &call.record;
        judge.coming(Some(record.opened), || call.at(at!["ngay_mo"]));
        judge.coming(record.closes, || call.at(at!["ngay_dong"]));
        for (i, contribution) in record.contributions.iter().enumerate() {
            judge.done(Some(contribution.date), || call.at(at!["dong_gop", i, "ngay"]));
        }
        judge.source(record.source.as_ref(), &|at| call.at(at));
    }
    for service in model.essential_services.values() {
        judge.done(service.record.updated, || service.at(at!["ngay_cap_nhat"]));
        judge.source(service.record.source.as_ref(), &|at| service.at(at));
    }
    for inspection in model.inspections.values() {
        let record = &inspection.record;
        judge.coming(Some(record.days.from), || inspection.at(at!["ngay", "tu"]));
        judge.coming(Some(record.days.to), || inspection.at(at!["ngay", "den"]));
        judge.source(record.source.as_ref(), &|at| inspection.at(at));
    }
    for programme in model.programmes.values() {
        let record = &programme.record;
        judge.coming(record.days.as_ref().map(|days| days.from), || programme.at(at!["thoi_gian", "tu"]));
        judge.coming(record.days.as_ref().map(|days| days.to), || programme.at(at!["thoi_gian", "den"]));
        judge.source(record.source.as_ref(), &|at| programme.at(at));
    }
    for simplification in model.simplifications.values() {
        let record = &simplification.record;
        judge.coming(record.effective, || simplification.at(at!["ngay_hieu_luc"]));
        judge.source(record.source.as_ref(), &|at| simplification.at(at));
    }
    let site = &model.site;
    for (key, office) in [("tru_so", &site.record.office), ("noi_nop", &site.record.counter)] {
        let source = office.as_ref().and_then(|office| office.source.as_ref());
        judge.source(source, &|at| site.at(Pointer([at![key].0, at.0].concat())));
    }
    for (i, limit) in site.record.limits.iter().enumerate() {
        let place = |at: Pointer| site.at(Pointer([at!["thoi_han", i].0, at.0].concat()));
        judge.source(limit.source.as_ref(), &place);
    }
}

struct Judge<'f, 'k> {
    today: Date,
    found: &'f mut Findings<'k>,
}

impl Judge<'_, '_> {
    /// The day of something that has been done: signed, issued, posted, read.
    fn done(&mut self, day: Option<Day>, place: impl Fn() -> Place) {
        self.day(day, DAYS_FOR_DONE, place);
    }

    /// The day on which something begins or ends.
    fn coming(&mut self, day: Option<Day>, place: impl Fn() -> Place) {
        self.day(day, DAYS_FOR_COMING, place);
    }

    fn source(&mut self, source: Option<&Source>, place: &dyn Fn(Pointer) -> Place) {
        self.done(source.and_then(|source| source.date), || place(at!["nguon", "ngay"]));
    }

    fn day(&mut self, day: Option<Day>, ahead: i32, place: impl Fn() -> Place) {
        let Some(Day(day)) = day else { return };
        let message = if day.year() < FIRST_YEAR {
            msg!("ngày `{day}` trước năm {FIRST_YEAR}", "the day `{day}` is before {FIRST_YEAR}")
        } else if self.today.days_until(day) > ahead {
            let today = self.today;
            msg!(
                "ngày `{day}` quá xa sau ngày dựng trang ({today})",
                "the day `{day}` lies far after the day of the build ({today})"
            )
        } else {
            return;
        };
        self.found.report(CK0305, place(), message).help(msg!("xem lại năm", "check the year"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    #[test]
    fn days_of_inspections_programmes_and_cuts_are_judged() {
        let inspection = "ma: a\nngay: {tu: 1026-06-01, den: 2206-06-05}\ndon_vi: [so]\nnoi_dung: B\nnguon: {ten: C, ngay: 2206-01-01}\n";
        let programme = "- {ma: X, ten: C, thoi_gian: {tu: 1020-05-12, den: 2205-12-31}}\n";
        let cut =
            "ma: a\nten: A\nchuong_trinh: X\nnoi_dung: B\ntrang_thai: phe_duyet\nngay_hieu_luc: 2206-01-01\n";
        let files = [
            ("kiem-tra/a.yaml", inspection),
            ("danh-muc/chuong-trinh.yaml", programme),
            ("cat-giam/a.yaml", cut),
        ];
        let mut found = Findings::default();
        check(&model("2026-11-23", &files), &mut found);
        assert_eq!(found.into_vec().len(), 6);
    }
}
