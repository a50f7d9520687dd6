//! Finds periods that end before they begin, and texts replaced by themselves (CK0507).

use std::collections::BTreeMap;

use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0507;
use crate::model::Model;
use crate::record::scalar::{Day, LawNumber};
use crate::record::task_plan::Schedule;
use crate::{at, msg};

/// Looks at the validity of legal texts and at the periods of holidays, tasks, inspections and
/// programmes.
pub fn check(model: &Model, found: &mut Findings) {
    for law in model.laws.values() {
        let record = &law.record;
        let first = record.in_force_from.map(|day| (day, "hieu_luc_tu"));
        let issued = record.issued.map(|day| (day, "ngay_ban_hanh"));
        if let (Some(until), Some((from, key))) = (record.in_force_until, first.or(issued)) {
            period(found, from, until, || law.at(at![key]), || law.at(at!["hieu_luc_den"]));
        }
    }
    for year in &model.holidays {
        for (i, holiday) in year.record.holidays.iter().enumerate() {
            if let Some(to) = holiday.to {
                let (tu, den) = (at!["nghi", i, "tu"], at!["nghi", i, "den"]);
                period(found, holiday.from, to, || year.at(tu.clone()), || year.at(den.clone()));
            }
        }
    }
    for plan in model.plans.values() {
        for (i, task) in plan.record.tasks.iter().enumerate() {
            if let Schedule::Between(days) = &task.schedule {
                let place = |key: &str| plan.at(at!["nhiem_vu", i, "thoi_gian", key]);
                period(found, days.from, days.to, || place("tu"), || place("den"));
            }
        }
    }
    for inspection in model.inspections.values() {
        let days = &inspection.record.days;
        let place = |key: &str| inspection.at(at!["ngay", key]);
        period(found, days.from, days.to, || place("tu"), || place("den"));
    }
    for programme in model.programmes.values() {
        if let Some(days) = &programme.record.days {
            let place = |key: &str| programme.at(at!["thoi_gian", key]);
            period(found, days.from, days.to, || place("tu"), || place("den"));
        }
    }
    circles(model, found);
}

fn period(found: &mut Findings, from: Day, to: Day, start: impl Fn() -> Place, end: impl Fn() -> Place) {
    if to >= from {
        return;
    }
    let message = msg!(
        "ngày cuối `{to}` đứng trước ngày đầu `{from}`",
        "the last day `{to}` comes before the first day `{from}`"
    );
    found
        .report(CK0507, end(), message)
        .help(msg!("xem lại hai ngày, có thể bị đổi chỗ", "check both days; they may have changed places"))
        .also(start(), msg!("ngày đầu ở đây", "the first day is here"));
}

/// Follows every row of replacements once; a row that comes back to itself replaces a text by itself.
fn circles(model: &Model, found: &mut Findings) {
    let replaced_by = |number: &LawNumber| model.laws.get(number)?.record.replaced_by.as_ref();
    // Text → the walk that came by first.
    let mut walks: BTreeMap<&LawNumber, usize> = BTreeMap::new();
    for (walk, start) in model.laws.keys().enumerate() {
        let mut at = start;
        loop {
            match walks.get(at) {
                Some(first) if *first != walk => break,
                Some(_) => {
                    report_circle(model, found, at);
                    break;
                }
                None => {
                    walks.insert(at, walk);
                }
            }
            match replaced_by(at) {
                Some(next) => at = next,
                None => break,
            }
        }
    }
}

fn report_circle(model: &Model, found: &mut Findings, number: &LawNumber) {
    let Some(law) = model.laws.get(number) else { return };
    let message = msg!(
        "văn bản `{number}` được thay thế bởi chính nó (theo chuỗi thay_the_boi)",
        "`{number}` is replaced by itself (along thay_the_boi)"
    );
    found.report(CK0507, law.at(at!["thay_the_boi"]), message).help(msg!(
        "ghi số của văn bản mới hơn, hoặc xóa thay_the_boi",
        "write the number of the later text, or delete thay_the_boi"
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    #[test]
    fn inspections_and_programmes_end_on_or_after_their_first_day() {
        for (from, to, faults) in [("2026-06-05", "2026-06-01", 2), ("2026-06-05", "2026-06-05", 0)] {
            let inspection = format!("ma: a\nngay: {{tu: {from}, den: {to}}}\ndon_vi: [so]\nnoi_dung: B\n");
            let programme = format!("- {{ma: X, ten: C, thoi_gian: {{tu: {from}, den: {to}}}}}\n");
            let files = [("kiem-tra/a.yaml", &*inspection), ("danh-muc/chuong-trinh.yaml", &*programme)];
            let mut found = Findings::default();
            check(&model("2026-11-23", &files), &mut found);
            assert_eq!(found.into_vec().len(), faults, "{from}–{to}");
        }
    }
}
