//! Finds procedures of a field that is not in the directory (CK0402).

use super::Suggestions;
use crate::check::{Findings, mentions};
use crate::codes::CK0402;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::msg;

/// Looks up the field of every procedure.
pub fn check(model: &Model, found: &mut Findings) {
    let mut suggestions = Suggestions::new();
    mentions::fields(model, &mut |code, place| {
        if model.fields.contains_key(code) || model.is_broken(FileKind::Fields, code.as_str()) {
            return;
        }
        let known = model.fields.keys().map(|code| code.as_str());
        let help = suggestions.help(code.as_str(), known, || {
            msg!(
                "thêm lĩnh vực vào danh-muc/linh-vuc.yaml, hoặc sửa mã ở đây",
                "add the field to danh-muc/linh-vuc.yaml, or correct the code here"
            )
        });
        let message = msg!("danh mục không có lĩnh vực `{code}`", "the directory has no field `{code}`");
        found.report(CK0402, place(), message).help(help);
    });
}
