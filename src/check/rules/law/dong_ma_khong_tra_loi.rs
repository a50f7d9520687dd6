//! Finds petitions that were closed without an answer (CK0512).

use crate::check::Findings;
use crate::codes::CK0512;
use crate::model::{Filed, Model};
use crate::record::petition::{Petition, PetitionAct, Verdict};
use crate::{at, msg};

/// Looks for petitions that are called answered or published, and say nothing.
pub fn check(model: &Model, found: &mut Findings) {
    for petition in model.petitions.values() {
        match &petition.record.result {
            None => without_result(petition, found),
            Some(result) => {
                let in_the_matter = matches!(result.verdict, Verdict::Accepted | Verdict::Explained);
                if in_the_matter && result.content.is_none() {
                    let verdict = result.verdict.label();
                    let message = msg!(
                        "kết quả “{verdict}” mà không có nội dung trả lời",
                        "the result `{verdict}` has no answer in it"
                    );
                    found.report(CK0512, petition.at(at!["ket_qua"]), message).help(msg!(
                        "thêm noi_dung: đã trả lời người gửi những gì",
                        "add noi_dung: what the sender was told"
                    ));
                }
            }
        }
    }
}

fn without_result(petition: &Filed<Petition>, found: &mut Findings) {
    let record = &petition.record;
    let course = &record.course;
    let ended = course.iter().any(|step| matches!(step.act, PetitionAct::Refused | PetitionAct::Forwarded));
    let answered = course.iter().position(|step| step.act == PetitionAct::Answered);
    let (place, message) = match (answered, record.published) {
        (Some(i), _) => (
            petition.at(at!["dien_bien", i]),
            msg!(
                "diễn biến ghi đã trả lời mà không có ket_qua",
                "answered by its acts, but there is no ket_qua"
            ),
        ),
        (None, Some(_)) if !ended => (
            petition.at(at!["ngay_cong_khai"]),
            msg!("đã công khai mà không có ket_qua", "made public, but there is no ket_qua"),
        ),
        _ => return,
    };
    found.report(CK0512, place, message).help(msg!(
        "thêm ket_qua với ngay, ket_luan và noi_dung",
        "add ket_qua with ngay, ket_luan and noi_dung"
    ));
}
