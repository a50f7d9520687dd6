//! Finds inspections without a conclusion after the days allowed (CK0521).

use crate::check::Findings;
use crate::codes::CK0521;
use crate::model::Model;
use crate::model::inspection::course;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Looks for inspections past the last day for a conclusion; a site that sets no limit has none.
pub fn check(model: &Model, found: &mut Findings) {
    for inspection in model.inspections.values() {
        let course = course(model, &inspection.record);
        let (Some(due), days) = (course.due, course.late) else { continue };
        if days == 0 {
            continue;
        }
        let due = date_short(due);
        let message = msg!(
            "kiểm tra xong mà chưa có kết luận, quá hạn {days} ngày làm việc (hạn {due})",
            "over without a conclusion, {days} working days late (due {due})"
        );
        found.report(CK0521, inspection.at(at!["ngay", "den"]), message).help(msg!(
            "ghi ket_luan hoặc tep; trang đã tự ghi là quá hạn",
            "write ket_luan or tep; the page already says that it is late"
        ));
    }
}
