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
