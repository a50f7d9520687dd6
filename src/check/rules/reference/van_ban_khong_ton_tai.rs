//! Finds mentions of legal texts that are not in the directory (CK0404).

use super::Suggestions;
use crate::check::rules::value::numbers::repaired_law;
use crate::check::{Findings, mentions};
use crate::codes::CK0404;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::msg;

/// Looks up every legal text that is named. A known number inside a title or with a slip is proposed.
pub fn check(model: &Model, found: &mut Findings) {
    let mut suggestions = Suggestions::new();
    mentions::laws(model, &mut |number, place| {
        if model.laws.contains_key(number) || model.is_broken(FileKind::Laws, number.as_str()) {
            return;
        }
        let repaired = repaired_law(number.as_str()).filter(|law| model.laws.contains_key(law.as_str()));
        let help = match repaired {
            Some(meant) => msg!("có phải `{meant}`?", "did you mean `{meant}`?"),
            None => {
                let known = model.laws.keys().map(|number| number.as_str());
                suggestions.help(number.as_str(), known, || {
                    msg!(
                        "thêm văn bản vào danh-muc/van-ban.yaml (so_ky_hieu, ten, hieu_luc_tu), hoặc sửa số ở đây",
                        "add the text to danh-muc/van-ban.yaml (so_ky_hieu, ten, hieu_luc_tu), or correct the number here"
                    )
                })
            }
        };
        let message =
            msg!("danh mục không có văn bản số `{number}`", "the directory has no legal text `{number}`");
        found.report(CK0404, place(), message).help(help);
    });
}
