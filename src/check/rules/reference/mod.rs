//! Rules of family 04: what one record says of another.

pub mod can_cu_cu_tru_khong_ton_tai;
pub mod chuong_trinh_khong_ton_tai;
pub mod chuyen_muc_chua_khai_bao;
pub mod don_vi_khong_ton_tai;
pub mod linh_vuc_khong_ton_tai;
pub mod nhac_thu_tuc_da_bai_bo;
pub mod nhiem_vu_khong_ton_tai;
pub mod ten_danh_rieng;
pub mod tep_khong_ai_dung;
pub mod tep_khong_ton_tai;
pub mod thu_tuc_khong_ton_tai;
pub mod van_ban_khong_ton_tai;

use crate::base::diagnostic::Message;
use crate::msg;
use crate::vi::nearest::nearest;

/// Looks for what a dangling name was meant to be.
struct Suggestions {
    left: usize,
}

impl Suggestions {
    /// A rule that finds thousands of dangling names has one cause, such as an empty directory, and
    /// nobody reads on; each search walks all names, so only the first ones are worth it.
    fn new() -> Self {
        Self { left: 100 }
    }

    /// `có phải …?`, or `otherwise` if nothing is near.
    fn help<'a>(
        &mut self,
        wanted: &str,
        known: impl Iterator<Item = &'a str>,
        otherwise: impl FnOnce() -> Message,
    ) -> Message {
        if self.left == 0 {
            return otherwise();
        }
        self.left -= 1;
        match nearest(wanted, known) {
            Some(near) => msg!("có phải `{near}`?", "did you mean `{near}`?"),
            None => otherwise(),
        }
    }
}
