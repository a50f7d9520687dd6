//! Rules of family 03: single values.

pub mod cat_giam_chi_co_mot_ve;
pub mod cat_giam_ma_tang_len;
pub mod da_thuc_hien_thieu_can_cu;
pub mod den_ngay_sai;
pub mod khong_thuc_hien_khong_ly_do;
pub mod ky_chua_den;
pub mod ky_dai_khac_tong;
pub mod linh_vuc_lon_hon_toan_bo;
pub mod ngay_dang_ngo;
pub mod numbers;
pub mod phan_lon_hon_toan_the;
pub mod phi_khong_thong_nhat;
pub mod so_lieu_khong_khop;
pub mod so_lieu_nhay_vot;
pub mod so_quyet_dinh_sai_dang;
pub mod so_tien_dang_ngo;
pub mod so_van_ban_sai_dang;
pub mod thieu_ky_so_lieu;
pub mod thoi_han_bang_khong;
pub mod thoi_han_lech_giua_cac_kenh;
pub mod thoi_han_mau_thuan;
pub mod thoi_han_thieu_don_vi;

use crate::base::diagnostic::{Pointer, Step};
use crate::check::Findings;
use crate::model::Model;
use crate::model::doubts::{DeadlineDoubtKind, deadline_doubts};
use crate::record::procedure::{Channel, Deadline, Fee, Procedure};

/// Reports what is doubtful about the deadlines of every procedure, each kind of doubt by its own rule.
pub fn deadlines(model: &Model, found: &mut Findings) {
    for procedure in model.procedures.values() {
        for doubt in deadline_doubts(&procedure.record) {
            let report = match doubt.kind {
                DeadlineDoubtKind::NoUnit => thoi_han_thieu_don_vi::report,
                DeadlineDoubtKind::Zero => thoi_han_bang_khong::report,
                DeadlineDoubtKind::Several => thoi_han_mau_thuan::report,
                DeadlineDoubtKind::UnitsDiffer => thoi_han_lech_giua_cac_kenh::report,
            };
            report(found, procedure, &doubt);
        }
    }
}

/// The way to file that a pointer goes into (`/cach_thuc/0/…`), and the place in its list.
fn channel<'p>(procedure: &'p Procedure, at: &Pointer) -> Option<(&'p Channel, Option<usize>)> {
    let index = |place: usize| match at.0.get(place) {
        Some(Step::Index(index)) => Some(*index),
        _ => None,
    };
    Some((procedure.channels.get(index(1)?)?, index(3)))
}

/// The deadline that a doubt is about, with its way to file.
fn deadline<'p>(procedure: &'p Procedure, at: &Pointer) -> Option<(&'p Channel, &'p Deadline)> {
    let (channel, entry) = channel(procedure, at)?;
    Some((channel, channel.deadlines.get(entry?)?))
}

/// The fees that a doubt is about: one, or all of a way to file.
fn fees<'p>(procedure: &'p Procedure, at: &Pointer) -> Option<(&'p Channel, &'p [Fee])> {
    let (channel, entry) = channel(procedure, at)?;
    Some((
        channel,
        match entry {
            Some(entry) => channel.fees.get(entry..entry + 1)?,
            None => &channel.fees,
        },
    ))
}

/// A deadline in words: `15 ngày làm việc`.
fn deadline_words(deadline: &Deadline) -> String {
    let number = deadline.number;
    match deadline.unit {
        Some(unit) => format!("{number} {}", unit.label()),
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::base::diagnostic::Origin;
    use crate::check::run::run;
    use crate::model::Model;
    use crate::plan::testing::model;

    /// The codes of family 03 found in figures of these periods, with the file of each.
    fn found(day: &str, records: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<(String, String)> = records
            .iter()
            .map(|(key, more)| {
                (format!("thong-ke/{key}.yaml"), format!("ky: {key}\nnguon: {{ten: Mẫu}}\n{more}"))
            })
            .collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let model: Model = model(day, &files);
        let codes = run(&model).into_iter().filter(|d| d.rule.code.starts_with("CK03"));
        codes
            .map(|d| match d.place.origin {
                Origin::Content(file) => format!("{} {file}", d.rule.code),
                other => format!("{} {other:?}", d.rule.code),
            })
            .collect()
    }

    const N: fn(u64) -> String = |n| format!("ho_so: {{tiep_nhan: {n}}}\n");

    #[test]
    fn one_slip_of_a_digit_is_reported_once() {
        let (a, b, c) = (N(120), N(1200), N(118));
        let slip = [("2026-07", a.as_str()), ("2026-08", &b), ("2026-09", &c)];
        assert_eq!(found("2026-10-05", &slip), ["CK0325 thong-ke/2026-08.yaml"]);
        let (few, more) = (N(2), N(40));
        assert!(found("2026-10-05", &[("2026-08", &few), ("2026-09", &more)]).is_empty(), "both are few");
        let (none, many) = (N(0), N(500));
        assert!(found("2026-10-05", &[("2026-08", &none), ("2026-09", &many)]).is_empty(), "a beginning");
    }

    #[test]
    fn half_a_month_is_no_jump_and_needs_its_day() {
        let (whole, half) = (N(1200), format!("den_ngay: 2026-10-02\n{}", N(90)));
        assert!(found("2026-10-05", &[("2026-09", &whole), ("2026-10", &half)]).is_empty());
        let bare = N(900);
        assert_eq!(found("2026-10-31", &[("2026-10", &bare)]), ["CK0323 thong-ke/2026-10.yaml"]);
        assert!(found("2026-11-01", &[("2026-10", &bare)]).is_empty());
        for (day, wrong) in [("2026-09-30", true), ("2026-10-06", true), ("2026-10-05", false)] {
            let text = format!("den_ngay: {day}\n{}", N(9));
            assert_eq!(!found("2026-10-05", &[("2026-10", &text)]).is_empty(), wrong, "{day}");
        }
    }

    #[test]
    fn a_quarter_fills_the_gap_between_its_months() {
        let n = N(120);
        let months = [("2026-03", n.as_str()), ("2026-07", &n)];
        assert_eq!(found("2026-10-05", &months), ["CK0322 thong-ke/2026-07.yaml"]);
        let q = N(330);
        let with = [("2026-03", n.as_str()), ("2026-Q2", &q), ("2026-07", &n)];
        assert!(found("2026-10-05", &with).is_empty());
    }

    #[test]
    fn a_year_is_held_to_its_quarters_and_its_stock_to_the_last() {
        let part = |n: u64, open: u64| format!("ho_so: {{tiep_nhan: {n}, dang_giai_quyet: {open}}}\n");
        let (a, b, c, d) = (part(100, 9), part(200, 8), part(300, 7), part(400, 6));
        let quarters = [("2025-Q1", a.as_str()), ("2025-Q2", &b), ("2025-Q3", &c), ("2025-Q4", &d)];
        let year = |n, open| {
            let text = part(n, open);
            let mut records = quarters.to_vec();
            records.push(("2025", &text));
            found("2026-01-05", &records).len()
        };
        assert_eq!((year(1000, 6), year(1001, 6), year(1000, 30)), (0, 1, 1));
    }

    #[test]
    fn ways_to_file_need_not_all_be_given_but_never_exceed_what_was_received() {
        let told = |counts: &str| found("2026-11-05", &[("2026-10", &format!("ho_so: {{{counts}}}\n"))]);
        assert!(told("tiep_nhan: 100, truc_tuyen: 60").is_empty(), "the rest is not told");
        assert!(told("tiep_nhan: 100, truc_tuyen: 60, truc_tiep: 30, buu_chinh: 10").is_empty());
        assert_eq!(told("tiep_nhan: 100, truc_tuyen: 60, truc_tiep: 50"), ["CK0318 thong-ke/2026-10.yaml"]);
        assert_eq!(told("tiep_nhan: 100, truc_tuyen: 160"), ["CK0319 thong-ke/2026-10.yaml"]);
        assert_eq!(
            told("truoc_han: 1, dung_han: 1, qua_han: 1, ket_qua_dien_tu: 4"),
            ["CK0319 thong-ke/2026-10.yaml"]
        );
    }
}
