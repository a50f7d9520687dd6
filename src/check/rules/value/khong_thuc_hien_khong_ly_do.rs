//! Finds simplifications that were dropped without a reason (CK0327).

use crate::check::Findings;
use crate::codes::CK0327;
use crate::model::Model;
use crate::record::simplification::SimplificationStage;
use crate::{at, msg};

/// Looks for dropped ones without a note.
pub fn check(model: &Model, found: &mut Findings) {
    for simplification in model.simplifications.values() {
        let record = &simplification.record;
        if record.stage != SimplificationStage::Dropped || record.note.is_some() {
            continue;
        }
        let message = msg!("không thực hiện mà không nêu lý do", "given up without saying why");
        found
            .report(CK0327, simplification.at(at!["trang_thai"]), message)
            .help(msg!("thêm ghi_chu: vì sao không thực hiện", "add ghi_chu: why it is not carried out"));
    }
}
