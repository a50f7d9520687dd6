//! Finds calls for initiatives that do not say where to send (CK0607).

use crate::check::Findings;
use crate::codes::CK0607;
use crate::model::Model;
use crate::{at, msg};

/// Reads `cach_gui` of every call.
pub fn check(model: &Model, found: &mut Findings) {
    for call in model.initiatives.values() {
        if tells_an_address(call.record.how_to_send.as_str()) {
            continue;
        }
        let message = msg!(
            "cach_gui không có địa chỉ nào để gửi tới: thư điện tử, điện thoại, liên kết hay địa chỉ",
            "cach_gui tells no e-mail, phone, link or address to send to"
        );
        found.report(CK0607, call.at(at!["cach_gui"]), message).help(msg!(
            "ghi địa chỉ thật, hoặc dẫn tới trang có địa chỉ: [trang liên hệ](/lien-he/)",
            "write the address itself, or link to the page that has it: [trang liên hệ](/lien-he/)"
        ));
    }
}

/// Whether a text has an e-mail, a link, a phone number (eight digits or more) or a house number
/// (“số 12”, “12 đường …”).
fn tells_an_address(text: &str) -> bool {
    if text.contains('@') || text.contains("://") || text.contains("](") {
        return true;
    }
    let lower = text.to_lowercase();
    let house = ["số ", "đường ", "phường ", "phòng "].iter().any(|word| {
        lower.match_indices(word).any(|(i, _)| {
            let after = lower[i + word.len()..].trim_start();
            match *word {
                "số " | "phòng " => after.starts_with(|c: char| c.is_ascii_digit()),
                // A name, which begins with a capital letter.
                _ => text.get(i + word.len()..).is_some_and(|rest| {
                    rest.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                }),
            }
        })
    });
    house || has_phone(text)
}

/// Whether eight digits or more follow each other, with no more than blanks, dots and dashes between.
fn has_phone(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            c if c.is_ascii_digit() => digits += 1,
            ' ' | '\u{A0}' | '.' | '-' => {}
            _ => digits = 0,
        }
        if digits >= 8 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::tells_an_address;

    #[test]
    fn an_address_is_something_one_can_send_to() {
        for text in [
            "Gửi thư đến so@tinh-mau.example",
            "Gọi 0255 000 0003 trong giờ hành chính",
            "Xem [trang liên hệ](/lien-he/)",
            "Qua https://pakn.dichvucong.gov.vn/",
            "Nộp tại số 12 đường Mẫu",
            "Đến Phòng 3, tầng 1",
            "Trụ sở ở đường Hùng Vương",
        ] {
            assert!(tells_an_address(text), "{text}");
        }
        for text in [
            "Gửi thư điện tử đến địa chỉ công khai của Sở.",
            "Gửi về Sở trước ngày 31/12/2026.",
            "Một số cách: gửi thư, gọi điện.",
            "Gửi qua đường bưu điện",
        ] {
            assert!(!tells_an_address(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "(số |đường |PHƯỜNG |İ|[0-9. -]|\\PC){0,16}") {
            let _ = tells_an_address(&text);
        }
    }
}
