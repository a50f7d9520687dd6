//! Finds mentions of procedures that are not on the site (CK0401).

use super::Suggestions;
use crate::check::{Findings, mentions};
use crate::codes::CK0401;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::msg;

/// Looks up every procedure that is named. With or without its local suffix, a code means the same.
pub fn check(model: &Model, found: &mut Findings) {
    let mut suggestions = Suggestions::new();
    mentions::procedures(model, &mut |code, place| {
        let broken = |name: &str| model.is_broken(FileKind::Procedure, name);
        if model.procedure(code).is_some() || broken(code.as_str()) || broken(code.national()) {
            return;
        }
        let known = model.procedures.keys().map(|code| code.as_str());
        let help = suggestions.help(code.as_str(), known, || {
            msg!(
                "thêm thủ tục vào thu-tuc/, hoặc sửa mã ở đây",
                "add the procedure to thu-tuc/, or correct the code here"
            )
        });
        let message =
            msg!("trang này không có thủ tục mã `{code}`", "there is no procedure `{code}` on this site");
        found.report(CK0401, place(), message).help(help);
    });
}
