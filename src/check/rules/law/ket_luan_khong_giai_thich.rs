//! Finds contributions that were decided on without a word (CK0524).

use crate::check::Findings;
use crate::codes::CK0524;
use crate::model::Model;
use crate::record::initiative::ContributionStage;
use crate::{at, msg};

/// Looks for the answer to what was adopted and for the reason of what was not.
pub fn check(model: &Model, found: &mut Findings) {
    for call in model.initiatives.values() {
        for (i, contribution) in call.record.contributions.iter().enumerate() {
            let (message, help) = match contribution.stage {
                ContributionStage::Adopted if contribution.answer.is_none() => (
                    msg!("tiếp thu mà không có phản hồi (phan_hoi)", "adopted without an answer (phan_hoi)"),
                    msg!(
                        "thêm phan_hoi: tiếp thu điều gì, sẽ làm gì, bao giờ",
                        "add phan_hoi: what is adopted, what will be done and when"
                    ),
                ),
                ContributionStage::NotAdopted if contribution.reason.is_none() => (
                    msg!("không tiếp thu mà không có lý do (ly_do)", "not adopted without a reason (ly_do)"),
                    msg!(
                        "thêm ly_do: vì sao không tiếp thu được, căn cứ vào đâu",
                        "add ly_do: why it could not be adopted, and on what basis"
                    ),
                ),
                _ => continue,
            };
            found.report(CK0524, call.at(at!["dong_gop", i, "trang_thai"]), message).help(help);
        }
    }
}
