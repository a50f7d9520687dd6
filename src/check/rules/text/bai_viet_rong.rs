//! Finds articles without a word (CK0608).

use crate::check::Findings;
use crate::codes::CK0608;
use crate::markdown::plain;
use crate::model::Model;
use crate::{at, msg};

/// Looks at the text of every article that is or will be published; a draft may well begin as a headline.
pub fn check(model: &Model, found: &mut Findings) {
    for article in model.articles.values() {
        let record = &article.record;
        // A picture with its description is something to look at; its words count.
        if record.head.draft.0 || !plain(&record.body).is_empty() {
            continue;
        }
        found
            .report(
                CK0608,
                article.at(at!["tieu_de"]),
                msg!("bài viết không có nội dung", "the article has no text"),
            )
            .help(msg!(
                "viết nội dung dưới dòng `---` thứ hai, hoặc ghi `ban_nhap: true` nếu chưa viết xong",
                "write the text below the second line `---`, or set `ban_nhap: true` until it is written"
            ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    #[test]
    fn an_article_says_something_or_is_a_draft() {
        let told = |more: &str, body: &str| {
            let text = format!("---\ntieu_de: Bài\nngay: 2026-01-01\ntom_tat: Một câu.\n{more}---\n{body}");
            let mut found = Findings::default();
            check(&model("2026-06-01", &[("bai-viet/tin-tuc/a.md", &text)]), &mut found);
            found.into_vec().len()
        };
        for empty in ["", "\n\n", "&nbsp;\n", "***\n", "##\n"] {
            assert_eq!(told("", empty), 1, "{empty:?}");
            assert_eq!(told("ban_nhap: true\n", empty), 0, "{empty:?}");
        }
        for full in ["Chữ\n", "![Mẫu đơn](/tep/a.png)\n", "| a |\n| - |\n"] {
            assert_eq!(told("", full), 0, "{full:?}");
        }
    }
}
