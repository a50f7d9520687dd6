//! Finds contributions dated outside their call, or after the day of the build (CK0525).

use crate::check::Findings;
use crate::codes::CK0525;
use crate::model::Model;
use crate::{at, msg};

/// Compares the day of every contribution with the days of its call.
pub fn check(model: &Model, found: &mut Findings) {
    let today = model.as_of.date();
    for call in model.initiatives.values() {
        let record = &call.record;
        if record.closes.is_some_and(|closes| closes < record.opened) {
            continue; // No day lies in such a call (CK0522).
        }
        for (i, contribution) in record.contributions.iter().enumerate() {
            let day = contribution.date;
            let place = || call.at(at!["dong_gop", i, "ngay"]);
            let opened = record.opened;
            if day < opened {
                let message = msg!(
                    "góp ý đề ngày `{day}`, trước ngày mở đợt `{opened}`",
                    "a contribution of `{day}`, before the call opened on `{opened}`"
                );
                found
                    .report(CK0525, place(), message)
                    .help(msg!("xem lại hai ngày", "check both days"))
                    .also(call.at(at!["ngay_mo"]), msg!("ngày mở ở đây", "opened here"));
            } else if let Some(closes) = record.closes.filter(|closes| day > *closes) {
                let message = msg!(
                    "góp ý đề ngày `{day}`, sau ngày đóng đợt `{closes}`",
                    "a contribution of `{day}`, after the call closed on `{closes}`"
                );
                found
                    .report(CK0525, place(), message)
                    .help(msg!(
                        "xem lại hai ngày; nếu vẫn nhận góp ý thì lùi ngay_dong",
                        "check both days; if contributions are still taken, move ngay_dong"
                    ))
                    .also(call.at(at!["ngay_dong"]), msg!("ngày đóng ở đây", "closed here"));
            } else if day.0 > today {
                let message = msg!(
                    "góp ý đề ngày `{day}`, sau ngày dựng trang ({today})",
                    "a contribution of `{day}`, after the day of the build ({today})"
                );
                found.report(CK0525, place(), message).help(msg!(
                    "xem lại ngày nhận; đến ngày đó trang mới đăng góp ý này",
                    "check the day; the page shows it only from that day on"
                ));
            }
        }
    }
}
