//! Finds figures of simplifications that stand only before or only after (CK0329).

use crate::check::Findings;
use crate::codes::CK0329;
use crate::model::Model;
use crate::model::simplification::changes;
use crate::{at, msg};

/// Looks for measures with one side. Both sides unknown is no finding: the source is silent.
pub fn check(model: &Model, found: &mut Findings) {
    for simplification in model.simplifications.values() {
        for change in changes(&simplification.record) {
            let (here, there) = match (change.before, change.after) {
                (Some(_), None) => ("truoc", "sau"),
                (None, Some(_)) => ("sau", "truoc"),
                _ => continue,
            };
            let key = change.measure.key();
            let message = msg!(
                "có `{key}` ở {here} mà không có ở {there}, nên không tính được đã bớt bao nhiêu",
                "`{key}` stands in {here} and not in {there}, so no difference can be told"
            );
            found.report(CK0329, simplification.at(at![here, key]), message).help(msg!(
                "thêm `{key}` vào {there} nếu nguồn có; không thì để vậy, trang ghi “không có dữ liệu”",
                "add `{key}` to {there} if the source gives it; else leave it, the page says that there are no data"
            ));
        }
    }
}
