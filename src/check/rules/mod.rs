//! The rules, one file each, by family.

pub mod law;
pub mod privacy;
pub mod reference;
pub mod site;
pub mod text;
pub mod value;

use super::run::Check;

/// Every check, in the order of the codes.
pub const ALL: &[Check] = &[
    value::so_quyet_dinh_sai_dang::check,
    value::so_van_ban_sai_dang::check,
    value::ngay_dang_ngo::check,
    value::so_tien_dang_ngo::check,
    value::deadlines,
    value::phi_khong_thong_nhat::check,
    reference::thu_tuc_khong_ton_tai::check,
    reference::linh_vuc_khong_ton_tai::check,
    reference::don_vi_khong_ton_tai::check,
    reference::van_ban_khong_ton_tai::check,
    reference::tep_khong_ton_tai::check,
    reference::tep_khong_ai_dung::check,
    reference::nhiem_vu_khong_ton_tai::check,
    reference::chuyen_muc_chua_khai_bao::check,
    reference::nhac_thu_tuc_da_bai_bo::check,
    reference::ten_danh_rieng::check,
    law::chua_co_quyet_dinh_cong_bo::check,
    law::sua_doi_sau_khi_bai_bo::check,
    law::hieu_luc_truoc_khi_ky::check,
    law::can_cu_het_hieu_luc::check,
    law::noi_dung_chua_du::check,
    law::doi_so_ho_khau::check,
    law::hieu_luc_nguoc::check,
    law::thieu_lich_nghi::check,
    law::ket_qua_truoc_tiep_nhan::check,
    law::dien_bien_sai_thu_tu::check,
    law::cong_khai_truoc_tra_loi::check,
    law::dong_ma_khong_tra_loi::check,
    law::tu_choi_khong_ly_do::check,
    law::tra_loi_chua_cong_khai::check,
    law::thieu_so_thu_tu::check,
    law::phan_anh_qua_han::check,
    law::phan_anh_sai_nam::check,
    law::thay_the_vong::check,
    text::check,
    text::bai_viet_rong::check,
    site::dia_chi_trang_vi_du::check,
    site::thieu_lien_he::check,
    privacy::check,
];
