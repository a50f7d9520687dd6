//! Finds mentions of attachments that are not in tep/ (CK0405).

use super::Suggestions;
use crate::check::{Findings, mentions};
use crate::codes::CK0405;
use crate::model::Model;
use crate::msg;

/// Looks up every attachment that is named.
pub fn check(model: &Model, found: &mut Findings) {
    let mut suggestions = Suggestions::new();
    mentions::attachments(model, &mut |path, place| {
        if model.asset(path).is_some() {
            return;
        }
        let known = model.assets.keys().filter_map(|asset| asset.as_str().strip_prefix("tep/"));
        // Often the folder itself was written too.
        let wanted = path.as_str().strip_prefix("tep/").unwrap_or(path.as_str());
        let help = suggestions.help(wanted, known, || {
            msg!(
                "chép tệp vào thư mục tep/, hoặc sửa đường dẫn (tính từ tep/, không viết `tep/` ở đầu)",
                "put the file into tep/, or correct the path (it starts below tep/, without `tep/`)"
            )
        });
        let message = msg!("thư mục tep/ không có tệp `{path}`", "there is no file `{path}` in tep/");
        found.report(CK0405, place(), message).help(help);
    });
}
