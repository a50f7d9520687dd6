//! Finds procedures that no decision on the site announces (CK0501).

use crate::check::Findings;
use crate::codes::CK0501;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::{at, msg};

/// Looks for procedures without any event, unless a decision could not be read: it may name them.
pub fn check(model: &Model, found: &mut Findings) {
    if model.broken.kinds.contains(&FileKind::Decision) {
        return;
    }
    for (code, procedure) in &model.procedures {
        if model.history.get(code).is_some_and(|events| !events.is_empty()) {
            continue;
        }
        let message = msg!(
            "không quyết định nào trên trang công bố thủ tục `{code}`",
            "no decision on this site announces the procedure `{code}`"
        );
        found.report(CK0501, procedure.at(at!["ma"]), message).help(msg!(
            "thêm quyết định công bố vào quyet-dinh/ và ghi mã này ở muc",
            "add the announcing decision to quyet-dinh/ and name this code in its muc"
        ));
    }
}
