//! Reports link texts that do not say where they lead (CK0605).

use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0605;
use crate::msg;

/// A link with the text `words` stands at `place`.
pub fn report(found: &mut Findings, place: Place, words: &str) {
    let message = if words.is_empty() {
        msg!("liên kết không có chữ", "a link without a text")
    } else {
        msg!(
            "chữ liên kết `{words}` không nói dẫn tới đâu",
            "the link text `{words}` does not say where it leads"
        )
    };
    found.report(CK0605, place, message).help(msg!(
        "dùng tên trang hay tệp làm chữ liên kết: người nghe đọc màn hình chỉ nghe các chữ này",
        "use the name of the page or file: people with a screen reader hear these words alone"
    ));
}
