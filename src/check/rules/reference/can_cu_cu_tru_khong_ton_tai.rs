//! Finds legal texts that the guide to residence data rests on and that the site does not know (CK0416).

use crate::check::Findings;
use crate::codes::CK0416;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::model::law::numbers_in;
use crate::{at, msg};

/// Looks for the numbers in the basis of `cu_tru`. The basis is a sentence, so that it can name an
/// article; a text of which the site has no record is not watched for its end.
pub fn check(model: &Model, found: &mut Findings) {
    let Some(basis) = model.site.record.residence.as_ref().and_then(|guide| guide.basis.as_ref()) else {
        return;
    };
    for number in numbers_in(basis.as_str()) {
        let known = model.laws.keys().any(|law| law.as_str() == number);
        if known || model.is_broken(FileKind::Laws, number) {
            continue;
        }
        let message = msg!(
            "căn cứ nêu văn bản `{number}` không có trong danh-muc/van-ban.yaml",
            "the basis names `{number}`, which is not in danh-muc/van-ban.yaml"
        );
        // No guess at what was meant: numbers of other texts look alike and mean something else.
        let help = msg!(
            "thêm văn bản vào danh-muc/van-ban.yaml: trang sẽ dẫn tới nó, và sẽ báo khi nó hết hiệu lực",
            "add it to danh-muc/van-ban.yaml: the page will lead to it, and its end will be reported"
        );
        found.report(CK0416, model.site.at(at!["cu_tru", "can_cu"]), message).help(help);
    }
}
