//! Finds simplifications that are said to be carried out, without a text or a day (CK0328).

use crate::check::Findings;
use crate::codes::CK0328;
use crate::model::Model;
use crate::record::simplification::SimplificationStage;
use crate::{at, msg};

/// Looks for the text that rules the cut and the day from which it holds.
pub fn check(model: &Model, found: &mut Findings) {
    for simplification in model.simplifications.values() {
        let record = &simplification.record;
        if record.stage != SimplificationStage::Done {
            continue;
        }
        let missing = match (&record.document, record.effective) {
            (Some(_), Some(_)) => continue,
            (None, Some(_)) => "van_ban",
            (Some(_), None) => "ngay_hieu_luc",
            (None, None) => "van_ban, ngay_hieu_luc",
        };
        let message = msg!(
            "ghi là đã thực hiện nhưng thiếu {missing}",
            "said to be carried out, but {missing} is missing"
        );
        found.report(CK0328, simplification.at(at!["trang_thai"]), message).help(msg!(
            "ghi văn bản quy định việc cắt giảm và ngày có hiệu lực; chưa có thì để phe_duyet",
            "name the text that rules it and its day of effect; without them it is phe_duyet"
        ));
    }
}
