//! Rules of family 03: single values.

pub mod ngay_dang_ngo;
pub mod numbers;
pub mod phi_khong_thong_nhat;
pub mod so_quyet_dinh_sai_dang;
pub mod so_tien_dang_ngo;
pub mod so_van_ban_sai_dang;
pub mod thoi_han_bang_khong;
pub mod thoi_han_lech_giua_cac_kenh;
pub mod thoi_han_mau_thuan;
pub mod thoi_han_thieu_don_vi;

use crate::record::procedure::Deadline;

/// A deadline in words: `15 ngày làm việc`.
fn deadline_words(deadline: &Deadline) -> String {
    let number = deadline.number;
    match deadline.unit {
        Some(unit) => format!("{number} {}", unit.label()),
        None => number.to_string(),
    }
}
