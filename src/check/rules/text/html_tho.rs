//! Reports raw HTML in a text (CK0601); readers see it as text.

use super::excerpt;
use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0601;
use crate::msg;

/// A tag or comment stands at `place`.
pub fn report(found: &mut Findings, place: Place, words: &str) {
    let words = excerpt(words);
    let message = msg!(
        "thẻ HTML `{words}` hiện nguyên chữ trên trang",
        "the HTML `{words}` shows as it stands on the page"
    );
    found.report(CK0601, place, message).help(msg!(
        "xóa thẻ; in đậm viết `**chữ**`, xuống dòng để một dòng trống, bảng viết bằng dấu `|`",
        "delete it; write bold as `**text**`, a new paragraph after an empty line, a table with `|`"
    ));
}
