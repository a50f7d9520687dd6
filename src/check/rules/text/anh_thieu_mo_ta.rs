//! Reports images without a description (CK0602).

use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0602;
use crate::msg;

/// An image stands at `place`.
pub fn report(found: &mut Findings, place: Place) {
    let message = msg!("ảnh không có mô tả", "an image without a description");
    found.report(CK0602, place, message).help(msg!(
        "viết mô tả trong ngoặc vuông: `![Ảnh có gì](tep/…)`",
        "write a description in the brackets: `![what it shows](tep/…)`"
    ));
}
