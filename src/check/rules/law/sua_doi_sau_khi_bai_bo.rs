//! Finds decisions that change a procedure abolished or replaced before (CK0502).

use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0502;
use crate::inputs::FileKind;
use crate::model::{Event, Model};
use crate::record::decision::Change;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Walks the history of every procedure. Announcing it anew brings it back; abolishing it again is no
/// fault, since a province carries out what its ministry has decided.
pub fn check(model: &Model, found: &mut Findings) {
    if model.broken.kinds.contains(&FileKind::Decision) {
        return;
    }
    let place =
        |event: &Event| -> Option<Place> { Some(model.item(event)?.0.at(at!["muc", event.item, "loai"])) };
    for (code, events) in &model.history {
        let mut ended: Option<&Event> = None;
        for event in events {
            let Some((decision, item)) = model.item(event) else { continue };
            let replaced = item.procedure.national() != code.national();
            match item.change {
                _ if replaced => ended = Some(event),
                Change::Abolish => ended = Some(event),
                Change::New | Change::Replace | Change::Announce => ended = None,
                Change::Amend | Change::Standardise => {
                    let Some(end) = ended else { continue };
                    let (Some(here), Some(there)) = (place(event), place(end)) else { continue };
                    let by = model.item(end).map_or("", |(decision, _)| decision.record.number.as_str());
                    let (since, label) = (date_short(end.effective), item.change.label().to_lowercase());
                    let number = &decision.record.number;
                    let message = msg!(
                        "quyết định {number} ghi “{label}” cho thủ tục `{code}`, đã hết áp dụng từ {since} theo {by}",
                        "decision {number} says “{label}” of the procedure `{code}`, which ended on {since} by {by}"
                    );
                    found
                        .report(CK0502, here, message)
                        .help(msg!(
                            "xem lại mã và ngày hiệu lực của hai quyết định; nếu thủ tục được lập lại thì ghi loai: ban_hanh_moi",
                            "check the code and the days of effect; if the procedure was set up again write loai: ban_hanh_moi"
                        ))
                        .also(there, msg!("chấm dứt ở đây", "it ended here"));
                }
            }
        }
    }
}
