//! Where a procedure demands the paper household or temporary residence book, which nobody has to
//! show any more (decree 104/2022/NĐ-CP).
//!
//! Of 81 real records with these words only two demand the book; the rest quote a law's title or say
//! that nobody needs to bring it. So the clause around the words is read, not the words alone.

use std::ops::Range;

use crate::at;
use crate::base::diagnostic::Pointer;
use crate::record::procedure::Procedure;
use crate::record::scalar::Text;
use crate::vi::fold::fold;

/// A place of a record that demands one of the books.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand<'p> {
    /// The value in the record.
    pub at: Pointer,
    /// The whole text.
    pub text: &'p str,
    /// Where in the text.
    pub range: Range<usize>,
}

impl<'p> Demand<'p> {
    /// The words that name the book.
    pub fn words(&self) -> &'p str {
        &self.text[self.range.clone()]
    }
}

/// Every demand in the papers and the conditions of a procedure.
pub fn demands_of(procedure: &Procedure) -> Vec<Demand<'_>> {
    fn look<'p>(found: &mut Vec<Demand<'p>>, text: &'p Text, at: impl Fn() -> Pointer) {
        let text = text.as_str();
        found.extend(demands(text).into_iter().map(|range| Demand { at: at(), text, range }));
    }
    let mut found = Vec::new();
    for (i, dossier) in procedure.dossiers.iter().enumerate() {
        for (j, paper) in dossier.papers.iter().enumerate() {
            let at = |key: &str| at!["ho_so", i, "giay_to", j, key];
            look(&mut found, &paper.name, || at("ten"));
            if let Some(note) = &paper.note {
                look(&mut found, note, || at("ghi_chu"));
            }
        }
    }
    if let Some(conditions) = &procedure.conditions {
        look(&mut found, conditions, || at!["yeu_cau"]);
    }
    found
}

/// The names of the books as people write them, in lower case: with and without accents.
const BOOKS: &[&str] = &[
    "sổ hộ khẩu",
    "so ho khau",
    "sổ tạm trú",
    "so tam tru",
    "sổ đăng ký hộ khẩu",
    "sổ đăng ký tạm trú",
    "sổ đăng kí tạm trú",
    "hộ khẩu gia đình",
    "ho khau gia dinh",
    "bản sao hộ khẩu",
    "ban sao ho khau",
    "hộ khẩu photo",
];

/// Folded words that make a clause harmless: a quoted title, or the saying that it is not needed.
const HARMLESS: &[&str] = &[
    "lien quan den viec nop, xuat trinh",
    "104/2022/nd-cp",
    "khong phai",
    "khong can",
    "khong yeu cau",
    "khong doi",
    "khong su dung",
    "khong con",
    "thay cho",
    "thay the",
    "thay vi",
    "mien nop",
    "bai bo",
    "bo yeu cau",
    "bo viec",
    "chua co so",
];

/// Where `text` demands one of the books: bytes of the text.
fn demands(text: &str) -> Vec<Range<usize>> {
    // Quick and without building anything: nearly no text has these letters.
    if !["khẩu", "Khẩu", "KHẨU", "khau", "KHAU", "tạm trú", "Tạm trú", "Tạm Trú", "TẠM TRÚ", "tam tru"]
        .iter()
        .any(|letters| text.contains(letters))
    {
        return Vec::new();
    }
    // Vietnamese letters keep their length in lower case; where others do not, nothing is said.
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for book in BOOKS {
        for (start, _) in lower.match_indices(book) {
            let range = start..start + book.len();
            let inside_word = lower[..start].chars().next_back().is_some_and(char::is_alphanumeric);
            let known = found.iter().any(|other| other.start < range.end && range.start < other.end);
            if inside_word
                || known
                || !text.is_char_boundary(range.start)
                || !text.is_char_boundary(range.end)
            {
                continue;
            }
            let clause = fold(clause(text, range.clone()));
            if !HARMLESS.iter().any(|words| clause.contains(words)) {
                found.push(range);
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// The sentence around a range: up to a full stop, a semicolon or the end of a paragraph.
fn clause(text: &str, range: Range<usize>) -> &str {
    let ends = |c: char| matches!(c, ';' | '!' | '?');
    let stop = |(i, c): (usize, char)| {
        let after = text[i + c.len_utf8()..].chars().next();
        let full_stop = c == '.' && after.is_none_or(char::is_whitespace);
        let paragraph = c == '\n' && after == Some('\n');
        ends(c) || full_stop || paragraph
    };
    let start = text[..range.start]
        .char_indices()
        .rev()
        .find(|found| stop(*found))
        .map_or(0, |(i, c)| i + c.len_utf8());
    let end = text[range.end..]
        .char_indices()
        .map(|(i, c)| (i + range.end, c))
        .find(|found| stop(*found))
        .map_or(text.len(), |(i, _)| i);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn demanded(text: &str) -> Vec<&str> {
        demands(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_demand_is_found_however_it_is_written() {
        assert_eq!(demanded("Bản sao sổ hộ khẩu"), ["sổ hộ khẩu"]);
        assert_eq!(demanded("Sổ Hộ Khẩu hoặc Sổ tạm trú (bản sao)"), ["Sổ Hộ Khẩu", "Sổ tạm trú"]);
        assert_eq!(demanded("SỔ HỘ KHẨU"), ["SỔ HỘ KHẨU"]);
        assert_eq!(demanded("Ban sao so ho khau"), ["so ho khau"]);
        assert_eq!(demanded("Hộ khẩu gia đình"), ["Hộ khẩu gia đình"]);
        assert_eq!(demanded("Không cần công chứng. Nộp sổ hộ khẩu"), ["sổ hộ khẩu"]);
    }

    #[test]
    fn titles_and_denials_are_no_demand() {
        for text in [
            "Nghị định 104/2022/NĐ-CP sửa đổi, bổ sung một số điều của các nghị định liên quan đến việc nộp, xuất trình sổ hộ khẩu, sổ tạm trú giấy",
            "sửa đổi, bổ sung một số điều liên quan đến việc nộp, xuất trình sổ hộ khẩu",
            "Người dân không phải nộp sổ hộ khẩu",
            "Không yêu cầu xuất trình sổ tạm trú",
            "Giấy xác nhận thông tin về cư trú (thay cho sổ hộ khẩu)",
            "Số hộ khẩu được hỗ trợ trong năm",
            "Nơi đăng ký hộ khẩu thường trú",
            "Đơn đăng ký tạm trú",
        ] {
            assert_eq!(demanded(text), [""; 0], "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_upsets_the_reading(text in "(sổ hộ khẩu|SỔ TẠM TRÚ|không cần|[.;\n İKẞ]|\\PC){0,12}") {
            for range in demands(&text) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
