//! Finds simplifications said to be carried out that take effect later (CK0518).

use crate::check::Findings;
use crate::codes::CK0518;
use crate::model::Model;
use crate::record::simplification::SimplificationStage;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Compares the day of effect with the day of the build.
pub fn check(model: &Model, found: &mut Findings) {
    let today = model.as_of.date();
    for simplification in model.simplifications.values() {
        let record = &simplification.record;
        let Some(effective) = record.effective.map(|day| day.0).filter(|day| *day > today) else { continue };
        if record.stage != SimplificationStage::Done {
            continue;
        }
        let (from, today) = (date_short(effective), date_short(today));
        let message = msg!(
            "ghi là đã thực hiện nhưng đến {from} mới có hiệu lực (trang dựng ngày {today})",
            "said to be carried out, but takes effect only on {from} (the site is built for {today})"
        );
        found
            .report(CK0518, simplification.at(at!["ngay_hieu_luc"]), message)
            .help(msg!(
                "để trang_thai: phe_duyet cho đến ngày có hiệu lực, hoặc sửa ngày",
                "keep trang_thai: phe_duyet until it takes effect, or correct the day"
            ))
            .also(simplification.at(at!["trang_thai"]), msg!("ghi đã thực hiện ở đây", "said here"));
    }
}
