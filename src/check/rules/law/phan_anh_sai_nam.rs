//! Finds petitions whose code, folder and receipt name different years (CK0517).

use super::thieu_so_thu_tu::numbered;
use crate::check::Findings;
use crate::codes::CK0517;
use crate::model::Model;
use crate::{at, msg};

/// Compares the three years, as far as code and folder name one.
pub fn check(model: &Model, found: &mut Findings) {
    for (code, petition) in &model.petitions {
        let received = u64::from(petition.record.received.0.year().unsigned_abs());
        let of_code = numbered(code.as_str()).map(|(year, _)| year);
        let folder = petition.file.parent().rsplit('/').next().unwrap_or_default();
        let of_folder = folder.parse::<u64>().ok().filter(|_| folder.len() == 4);
        let also =
            (petition.at(at!["ngay_tiep_nhan"]), msg!("tiếp nhận năm {received}", "received in {received}"));
        let help = msg!(
            "mã, thư mục và ngày tiếp nhận phải cùng một năm: phan-anh/{received}/{received}-….yaml",
            "code, folder and receipt are of one year: phan-anh/{received}/{received}-….yaml"
        );
        let message = match (of_code, of_folder) {
            (Some(year), _) if year != received => {
                msg!(
                    "mã `{code}` ghi năm {year}, tiếp nhận năm {received}",
                    "the code `{code}` names {year}, received in {received}"
                )
            }
            (_, Some(year)) if year != received => {
                msg!(
                    "nằm ở thư mục năm {year}, tiếp nhận năm {received}",
                    "in the folder of {year}, received in {received}"
                )
            }
            _ => continue,
        };
        found.report(CK0517, petition.at(at!["ma"]), message).help(help).also(also.0, also.1);
    }
}
