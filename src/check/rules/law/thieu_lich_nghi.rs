//! Finds that the year of the build has no holidays in the calendar (CK0508).

use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0508;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::msg;

/// Looks for the year of the build. Without its holidays working days are counted wrong.
pub fn check(model: &Model, found: &mut Findings) {
    let year = model.as_of.date().year();
    let known = model.holidays.iter().any(|known| known.record.year.0 == u64::from(year.unsigned_abs()));
    if known || model.broken.kinds.contains(&FileKind::Holidays) {
        return;
    }
    let place = model.holidays.first().map_or_else(Place::site, |first| Place::file(&first.file));
    let message = msg!(
        "danh-muc/ngay-nghi.yaml không có ngày nghỉ của năm {year}",
        "danh-muc/ngay-nghi.yaml has no holidays of {year}"
    );
    found.report(CK0508, place, message).help(msg!(
        "thêm `nam: {year}` với các ngày nghỉ theo thông báo của năm; thiếu thì ngày làm việc bị tính sai",
        "add `nam: {year}` with the holidays of that year; without them working days are counted wrong"
    ));
}
