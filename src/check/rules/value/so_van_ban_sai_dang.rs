//! Finds legal text numbers of unusual form (CK0303), where the text is entered in the directory.

use super::numbers::{is_law_number, repaired_law};
use crate::check::Findings;
use crate::codes::CK0303;
use crate::model::Model;
use crate::{at, msg};

/// Judges the number of every legal text. What refers to it is not judged again.
pub fn check(model: &Model, found: &mut Findings) {
    for law in model.laws.values() {
        let number = law.record.number.as_str();
        if is_law_number(number) {
            continue;
        }
        let help = match repaired_law(number) {
            Some(repaired) => msg!("có phải `{repaired}`?", "did you mean `{repaired}`?"),
            None => msg!(
                "viết số, năm (nếu có) và ký hiệu, ví dụ `61/2020/QH14`, `131/2021/NĐ-CP`, `68/NQ-CP`",
                "write number, year (if any) and symbol, such as `61/2020/QH14`, `131/2021/NĐ-CP`, `68/NQ-CP`"
            ),
        };
        let message = msg!(
            "số, ký hiệu văn bản `{number}` không theo dạng thường dùng",
            "the legal text number `{number}` is not of a usual form"
        );
        found.report(CK0303, law.at(at!["so_ky_hieu"]), message).help(help);
    }
}
