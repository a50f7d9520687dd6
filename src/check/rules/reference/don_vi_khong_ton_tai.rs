//! Finds mentions of units that are not in the directory (CK0403).

use super::Suggestions;
use crate::check::{Findings, mentions};
use crate::codes::CK0403;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::msg;

/// Looks up every unit that is named.
pub fn check(model: &Model, found: &mut Findings) {
    let mut suggestions = Suggestions::new();
    mentions::units(model, &mut |code, place| {
        if model.units.contains_key(code) || model.is_broken(FileKind::Units, code.as_str()) {
            return;
        }
        let known = model.units.keys().map(|code| code.as_str());
        let help = suggestions.help(code.as_str(), known, || {
            msg!(
                "thêm đơn vị vào danh-muc/don-vi.yaml, hoặc sửa mã ở đây",
                "add the unit to danh-muc/don-vi.yaml, or correct the code here"
            )
        });
        let message = msg!("danh mục không có đơn vị `{code}`", "the directory has no unit `{code}`");
        found.report(CK0403, place(), message).help(help);
    });
}
