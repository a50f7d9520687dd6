//! Rules of family 05: law and time.

pub mod can_cu_het_hieu_luc;
pub mod chua_co_quyet_dinh_cong_bo;
pub mod doi_so_ho_khau;
pub mod hieu_luc_nguoc;
pub mod hieu_luc_truoc_khi_ky;
pub mod noi_dung_chua_du;
pub mod sua_doi_sau_khi_bai_bo;
pub mod thieu_lich_nghi;
