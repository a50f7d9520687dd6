//! Finds records whose address is kept for the later pages of a long list (CK0418).

use crate::base::diagnostic::{Message, Place};
use crate::check::Findings;
use crate::codes::CK0418;
use crate::model::Model;
use crate::plan::urls;
use crate::{at, msg};

/// Looks at articles and petitions: their lists go on at `trang-2/` and so on, in the same folder. Today
/// the list may be short; addresses are for ever, so the name is refused before the two meet (CK0407).
pub fn check(model: &Model, found: &mut Findings) {
    for (id, article) in &model.articles {
        if urls::is_list_page(&id.slug) {
            let name = &id.slug;
            let help = msg!(
                "đổi tên tệp theo nội dung bài, ví dụ `huong-dan-nop-ho-so.md`",
                "name the file after what the article says, such as `huong-dan-nop-ho-so.md`"
            );
            report(found, Place::file(&article.file), name, help);
        }
    }
    for (code, petition) in &model.petitions {
        if urls::is_list_page(code.as_str()) {
            let help = msg!("đặt mã khác, ví dụ `pa-2026-001`", "choose another code, such as `pa-2026-001`");
            report(found, petition.at(at!["ma"]), code.as_str(), help);
        }
    }
}

fn report(found: &mut Findings, place: Place, name: &str, help: Message) {
    let message = msg!(
        "tên `{name}` dành riêng cho các trang sau của danh sách dài",
        "the name `{name}` is kept for the later pages of a long list"
    );
    found.report(CK0418, place, message).help(help);
}
