//! Finds calls for initiatives that close before they open (CK0522).

use crate::check::Findings;
use crate::codes::CK0522;
use crate::model::Model;
use crate::{at, msg};

/// Compares the two days of every call.
pub fn check(model: &Model, found: &mut Findings) {
    for call in model.initiatives.values() {
        let opened = call.record.opened;
        let Some(closes) = call.record.closes.filter(|closes| *closes < opened) else { continue };
        let message = msg!(
            "ngày đóng `{closes}` đứng trước ngày mở `{opened}`",
            "the call closes on `{closes}`, before it opens on `{opened}`"
        );
        found
            .report(CK0522, call.at(at!["ngay_dong"]), message)
            .help(msg!(
                "xem lại hai ngày, có thể bị đổi chỗ",
                "check both days; they may have changed places"
            ))
            .also(call.at(at!["ngay_mo"]), msg!("ngày mở ở đây", "opened here"));
    }
}
