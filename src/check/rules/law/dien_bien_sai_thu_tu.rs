//! Finds acts on a petition that stand in an impossible order (CK0510).

use crate::base::diagnostic::Message;
use crate::check::Findings;
use crate::codes::CK0510;
use crate::model::{Filed, Model};
use crate::record::petition::{Petition, PetitionAct, Verdict};
use crate::{at, msg};

/// Walks the acts of every petition; each act is reported once at most.
pub fn check(model: &Model, found: &mut Findings) {
    for petition in model.petitions.values() {
        for i in 0..petition.record.course.len() {
            if let Some((message, help)) = fault(petition, i) {
                found.report(CK0510, petition.at(at!["dien_bien", i, "ngay"]), message).help(help);
            }
        }
    }
}

fn fault(petition: &Filed<Petition>, i: usize) -> Option<(Message, Message)> {
    let record = &petition.record;
    let step = record.course.get(i)?;
    let before = record.course.get(..i).unwrap_or_default();
    let (day, received) = (step.date, record.received);
    if day < received {
        return Some((
            msg!(
                "việc ngày `{day}` đứng trước ngày tiếp nhận `{received}`",
                "an act of `{day}`, before the receipt on `{received}`"
            ),
            msg!("xem lại năm và tháng của hai ngày", "check year and month of both dates"),
        ));
    }
    if let Some(last) = before.iter().map(|step| step.date).max().filter(|last| day < *last) {
        return Some((
            msg!(
                "việc ngày `{day}` ghi sau việc ngày `{last}`",
                "an act of `{day}` stands after one of `{last}`"
            ),
            msg!(
                "xếp diễn biến theo thứ tự thời gian, hoặc sửa ngày",
                "put the acts in the order of time, or correct the date"
            ),
        ));
    }
    let asked = before.iter().any(|step| step.act == PetitionAct::MoreAsked);
    if step.act == PetitionAct::MoreGiven && !asked {
        return Some((
            msg!(
                "người gửi bổ sung ngày `{day}` mà chưa có lần nào đề nghị bổ sung",
                "the sender gave more on `{day}`, but was never asked"
            ),
            msg!(
                "ghi bước yeu_cau_bo_sung đứng trước, vì thời gian chờ không tính vào thời hạn",
                "put the step yeu_cau_bo_sung before it, since the time of waiting does not count"
            ),
        ));
    }
    let result = record.result.as_ref()?;
    let answered = result.date;
    if day > answered {
        return Some((
            msg!(
                "việc ngày `{day}` đứng sau ngày trả lời `{answered}`",
                "an act of `{day}`, after the answer on `{answered}`"
            ),
            msg!(
                "kết quả là việc cuối cùng: sửa ngày, hoặc ghi một phản ánh mới",
                "the result comes last: correct the date, or file a new petition"
            ),
        ));
    }
    let in_the_matter = matches!(result.verdict, Verdict::Accepted | Verdict::Explained);
    if step.act == PetitionAct::Answered && in_the_matter && day != answered {
        return Some((
            msg!(
                "diễn biến ghi trả lời ngày `{day}`, kết quả ghi ngày `{answered}`",
                "answered on `{day}` by the acts, on `{answered}` by the result"
            ),
            msg!("ghi cùng một ngày ở hai nơi", "write the same day in both places"),
        ));
    }
    None
}
