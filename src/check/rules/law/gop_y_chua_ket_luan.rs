//! Finds contributions that nobody decided on although the call is closed or the limit is past (CK0523).

use crate::check::Findings;
use crate::codes::CK0523;
use crate::model::Model;
use crate::model::initiative::{Phase, answer_term, known, received, waiting};
use crate::vi::number::date_short;
use crate::{at, msg};

/// Looks at every contribution of the calls that have opened.
pub fn check(model: &Model, found: &mut Findings) {
    let today = model.as_of.date();
    let term = answer_term(&model.site.record);
    for (_, call) in known(model) {
        let closed = call.record.closes.filter(|_| Phase::of(&call.record, today) == Phase::Closed);
        for (i, contribution) in received(&call.record, today) {
            let Some(waited) = waiting(contribution, term, &model.calendar, today) else { continue };
            let days = waited.days;
            let message = match (waited.due.filter(|_| waited.late > 0), closed) {
                (Some(due), _) => {
                    let (late, due) = (waited.late, date_short(due));
                    msg!(
                        "góp ý chưa có kết luận, đã chờ {days} ngày làm việc, quá hạn {late} (hạn {due})",
                        "nobody decided on this contribution in {days} working days, {late} late (due {due})"
                    )
                }
                (None, Some(closed)) => {
                    let closed = date_short(closed.0);
                    msg!(
                        "đợt đã đóng (hết ngày {closed}) mà góp ý này chưa có kết luận, đã chờ {days} ngày làm việc",
                        "the call closed after {closed} and nobody decided on this contribution in {days} working days"
                    )
                }
                (None, None) => continue,
            };
            found.report(CK0523, call.at(at!["dong_gop", i, "trang_thai"]), message).help(msg!(
                "ghi tiep_thu kèm phan_hoi, hoặc khong_tiep_thu kèm ly_do; trang đã tự ghi là chưa phản hồi",
                "write tiep_thu with phan_hoi, or khong_tiep_thu with ly_do; the page already says that there is no answer"
            ));
        }
    }
}
