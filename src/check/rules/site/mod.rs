//! Rules of family 07: the site itself. What the policy of checks may hold is judged in `check::policy`.

pub mod bao_mat;
pub mod dia_chi_trang_vi_du;
pub mod thieu_lien_he;
