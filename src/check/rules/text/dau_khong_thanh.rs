//! Reports marks that Markdown does not take for marks (CK0606); readers see their signs.

use super::excerpt;
use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0606;
use crate::markdown::FailedMark;
use crate::msg;

/// The signs `words` stand at `place`.
pub fn report(found: &mut Findings, place: Place, words: &str, kind: FailedMark) {
    let words = excerpt(words);
    let message = match kind {
        FailedMark::Link => {
            msg!(
                "`{words}` không thành liên kết, hiện nguyên chữ trên trang",
                "`{words}` makes no link and shows as it stands"
            )
        }
        FailedMark::Heading => {
            msg!(
                "`{words}` không thành tiêu đề, hiện nguyên chữ trên trang",
                "`{words}` makes no heading and shows as it stands"
            )
        }
        FailedMark::Bold => {
            msg!(
                "`{words}` không thành chữ đậm, hiện nguyên dấu sao trên trang",
                "`{words}` makes no bold text and shows its stars"
            )
        }
        FailedMark::Table => {
            msg!(
                "`{words}` không thành bảng, hiện nguyên dấu `|` trên trang",
                "`{words}` makes no table and shows its bars"
            )
        }
        FailedMark::Footnote => {
            msg!(
                "chú thích `{words}` không có nội dung ở đâu cả",
                "the footnote `{words}` has no text anywhere"
            )
        }
    };
    let help = match kind {
        FailedMark::Link => msg!(
            "viết `[chữ](địa chỉ)` liền nhau, địa chỉ không có dấu cách; tên tệp có dấu cách thì đổi tên tệp",
            "write `[text](address)` without a space between or inside; rename a file whose name has spaces"
        ),
        FailedMark::Heading => {
            msg!("thêm dấu cách sau dấu thăng: `## Tiêu đề`", "put a space behind the signs: `## Heading`")
        }
        FailedMark::Bold => msg!(
            "viết `**chữ**`: hai dấu sao liền với chữ ở cả hai đầu; dấu sao để nguyên thì viết `\\*`",
            "write `**text**` with the stars close to it at both ends; write `\\*` for a star itself"
        ),
        FailedMark::Table => msg!(
            "dưới dòng đầu của bảng thêm một dòng gạch, đủ số cột: `| --- | --- |`",
            "put a row of dashes under the first row, one for each column: `| --- | --- |`"
        ),
        FailedMark::Footnote => {
            msg!(
                "thêm một dòng `{words}: nội dung` ở cuối bài, hoặc xóa dấu này",
                "add a line `{words}: text` at the end, or delete the mark"
            )
        }
    };
    found.report(CK0606, place, message).help(help);
}
