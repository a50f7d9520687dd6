//! Notes attachments that no record and no text refers to (CK0410).

use std::collections::BTreeSet;

use crate::base::diagnostic::Place;
use crate::base::path::SitePath;
use crate::check::{Findings, mentions, prose};
use crate::codes::CK0410;
use crate::markdown::Target;
use crate::model::Model;
use crate::msg;

/// Looks for attachments without a mention, unless a record could not be read: it may have one.
pub fn check(model: &Model, found: &mut Findings) {
    if model.assets.is_empty() || !model.broken.kinds.is_empty() {
        return;
    }
    let mut unused: BTreeSet<&SitePath> = model.assets.keys().collect();
    mentions::attachments(model, &mut |path, _| {
        if let Some((path, _)) = model.asset(path) {
            unused.remove(&path);
        }
    });
    prose::each(model, &mut |text| {
        for link in &text.outline().links {
            if let Some(path) = attachment(&link.target) {
                unused.remove(&path);
            }
        }
    });
    for path in unused {
        let name = path.as_str();
        found
            .report(
                CK0410,
                Place::file(path),
                msg!("không bản ghi nào dùng tệp `{name}`", "no record refers to the file `{name}`"),
            )
            .help(msg!(
                "dẫn tệp ở bản ghi cần nó (mau, tep, anh), hoặc xóa tệp",
                "name it in the record that needs it (mau, tep, anh), or delete it"
            ));
    }
}

/// The attachment that a link of a text leads to, however the way to `tep/` is written.
fn attachment(target: &Target) -> Option<SitePath> {
    let (Target::Site { path, .. } | Target::Relative { path, .. }) = target else { return None };
    let path = path.split('?').next().unwrap_or_default();
    let below = path.trim_start_matches(['/', '.']);
    below.starts_with("tep/").then(|| SitePath::new(below).ok()).flatten()
}
