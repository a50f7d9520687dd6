//! Finds petitions refused without a reason (CK0513).

use crate::check::Findings;
use crate::codes::CK0513;
use crate::model::Model;
use crate::record::petition::{PetitionAct, Verdict};
use crate::{at, msg};

/// Looks for the reason in the act of refusing or in the result; one place is enough.
pub fn check(model: &Model, found: &mut Findings) {
    for petition in model.petitions.values() {
        let record = &petition.record;
        let result = record.result.as_ref().filter(|result| result.verdict == Verdict::Refused);
        let refusals =
            || record.course.iter().enumerate().filter(|(_, step)| step.act == PetitionAct::Refused);
        let reasoned = result.is_some_and(|result| result.content.is_some())
            || refusals().any(|(_, step)| step.content.is_some());
        let place = match (result, refusals().next()) {
            _ if reasoned => continue,
            (Some(_), _) => petition.at(at!["ket_qua"]),
            (None, Some((i, _))) => petition.at(at!["dien_bien", i]),
            (None, None) => continue,
        };
        found.report(CK0513, place, msg!("từ chối mà không nêu lý do", "refused without a reason")).help(
            msg!(
                "thêm noi_dung: vì sao từ chối, người gửi nên làm gì",
                "add noi_dung: why it was refused, and what the sender can do"
            ),
        );
    }
}
