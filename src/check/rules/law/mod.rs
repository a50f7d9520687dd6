//! Rules of family 05: law and time.

pub mod can_cu_het_hieu_luc;
pub mod chua_co_quyet_dinh_cong_bo;
pub mod cong_khai_truoc_tra_loi;
pub mod dien_bien_sai_thu_tu;
pub mod doi_so_ho_khau;
pub mod dong_ma_khong_tra_loi;
pub mod hieu_luc_nguoc;
pub mod hieu_luc_truoc_khi_ky;
pub mod ket_qua_truoc_tiep_nhan;
pub mod noi_dung_chua_du;
pub mod phan_anh_qua_han;
pub mod phan_anh_sai_nam;
pub mod sua_doi_sau_khi_bai_bo;
pub mod thay_the_vong;
pub mod thieu_lich_nghi;
pub mod thieu_so_thu_tu;
pub mod tra_loi_chua_cong_khai;
pub mod tu_choi_khong_ly_do;
