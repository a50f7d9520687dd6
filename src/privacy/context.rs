//! What the words before a number say it is.
//!
//! The nearest key word decides: in “STK 0905123456789, chủ TK Lê Văn Nam, lh 0905 123 456” the last
//! number is a telephone's.

use std::sync::LazyLock;

use super::prepare::{View, is_alphanumeric, is_letter};

/// What a key word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// A citizen's card or its number.
    Identity,
    /// “Mã định danh” alone: of a person, but of an agency or a dossier just as well.
    Identifier,
    /// A telephone.
    Phone,
    /// A bank account or card.
    Bank,
    /// The name of a bank.
    BankName,
    /// A tax code.
    Tax,
    /// Social or health insurance.
    Insurance,
    /// A passport.
    Passport,
    /// A vehicle or its plate.
    Vehicle,
    /// A driving licence.
    DrivingLicence,
    /// A code of something that is no person: goods, devices, dossiers, papers.
    Code,
    /// An amount.
    Amount,
}

/// The key word found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near {
    /// What it announces.
    pub(super) subject: Subject,
    /// Whether hardly anything stands between, and no other number.
    pub(super) direct: bool,
}

/// How far before a number its key word may stand.
const REACH: usize = 44;

/// The key words, folded. Where two end at one place the longer counts.
#[rustfmt::skip]
const WORDS: [(Subject, &[&str]); 12] = [
    (Subject::Identity, &[
        "cccd", "cmnd", "cmtnd", "cmt", "cc", "can cuoc", "can cuoc cong dan", "dinh danh ca nhan", "ddcn", "so dinh danh",
        "chung minh", "chung minh thu", "chung minh nhan dan", "giay chung minh", "cancuoc", "identity card", "id card",
        "citizen id", "gcmnd", "so cm",
    ]),
    (Subject::Identifier, &["dinh danh", "ma dinh danh"]),
    (Subject::Phone, &[
        "dien thoai", "so dien thoai", "dt", "sdt", "dtdd", "dd", "di dong", "so di dong", "so may", "may ban", "tel", "phone",
        "mobile", "cell", "hotline", "zalo", "viber", "whatsapp", "wa.me", "zalo.me", "lien he", "lien lac", "lh", "goi", "alo",
        "call", "nhan tin", "sms", "sim", "fax", "telephone", "my number", "so lien lac", "lien he so", "hp", "so phone",
        "dien thoai ban", "dtban", "dien thoai nha", "dt nha", "zalopay", "momo", "vi dien tu",
    ]),
    (Subject::Bank, &[
        "stk", "so tai khoan", "tai khoan", "tk", "so tk", "chuyen khoan", "ck", "so the", "the atm", "atm", "visa", "mastercard",
        "napas", "the tin dung", "the ghi no", "the ngan hang", "bank account", "account no", "account number", "account", "iban",
        "acc", "sotk", "so tai khoan ngan hang", "jcb",
    ]),
    (Subject::BankName, &BANKS),
    (Subject::Tax, &["mst", "ma so thue", "ma thue", "tax code", "msthue", "tax id"]),
    (Subject::Insurance, &[
        "bhxh", "bhyt", "bao hiem xa hoi", "bao hiem y te", "so bhxh", "the bhyt", "bao hiem that nghiep", "bhtn", "bao hiem", "so bao hiem",
    ]),
    (Subject::Passport, &["ho chieu", "passport", "ho chieu pho thong", "hc so", "passport no"]),
    (Subject::Vehicle, &[
        "bien so", "bks", "bsx", "bien kiem soat", "bien dang ky", "bien xe", "xe", "xe may", "o to", "oto", "bien", "xe tai",
        "xe khach", "bs", "plate",
    ]),
    (Subject::DrivingLicence, &["gplx", "giay phep lai xe", "bang lai", "bang lai xe", "driving licence", "driver license"]),
    (Subject::Code, &[
        "gtin", "ma vach", "barcode", "imei", "serial", "so seri", "seri", "isbn", "issn", "ma hs", "ma ho so", "so ho so",
        "ma tthc", "doi", "ma buu dien", "ma san pham", "ma hang", "ma thu tuc", "so bien nhan", "ma van don", "ma don hang",
        "so hieu", "so hoa don", "ma ngan sach", "ma chuong", "bien lai", "hoa don", "ip", "mac", "sha", "md5", "uuid", "lo hang",
        "so lo", "ma lo", "part no", "model", "ma so mau", "ma tra cuu", "ma giao dich", "so giao dich", "ma qr", "ean", "upc",
        "iccid", "ma so thiet bi", "sn", "s/n", "vin", "so khung", "so may phat",
    ]),
    (Subject::Amount, &[
        "so tien", "doanh thu", "kinh phi", "tong", "tong so", "gia tri", "chi tra", "von", "muc phi", "le phi", "gia", "thu nhap",
        "ngan sach", "von dau tu",
    ]),
];

/// Names of banks, folded.
const BANKS: [&str; 34] = [
    "vietcombank",
    "vcb",
    "vietinbank",
    "bidv",
    "agribank",
    "techcombank",
    "tcb",
    "mb bank",
    "mbbank",
    "mb",
    "acb",
    "vpbank",
    "sacombank",
    "tpbank",
    "hdbank",
    "vib",
    "shb",
    "eximbank",
    "msb",
    "ocb",
    "seabank",
    "lpbank",
    "lienvietpostbank",
    "abbank",
    "namabank",
    "pvcombank",
    "bacabank",
    "ncb",
    "scb",
    "dongabank",
    "kienlongbank",
    "vietbank",
    "cake",
    "timo",
];

/// The key words by their first letter, the longest first.
static BY_FIRST: LazyLock<Vec<Vec<(Subject, &str)>>> = LazyLock::new(|| {
    let mut by_first: Vec<Vec<(Subject, &str)>> = (0..128).map(|_| Vec::new()).collect();
    for (subject, words) in &WORDS {
        for word in *words {
            let first = word.bytes().next().map_or(0, usize::from);
            if let Some(list) = by_first.get_mut(first) {
                list.push((*subject, word));
            }
        }
    }
    for list in &mut by_first {
        list.sort_by_key(|(_, word)| std::cmp::Reverse(word.len()));
    }
    by_first
});

/// The nearest key word before a place.
pub(super) fn nearest(view: &View, place: usize) -> Option<Near> {
    let first = place.saturating_sub(REACH);
    let mut at = place;
    while at > first {
        at -= 1;
        if !is_letter(view.at(at)) || is_alphanumeric(view.before(at)) {
            continue;
        }
        if let Some((subject, end)) = keyword_at(view, at, place) {
            // Words within words: look for a longer one that ends at the same place.
            let subject = longer(view, at, end, place).unwrap_or(subject);
            let between = view.slice(end..place);
            // “CCCD (12 số)” names a length, no number.
            let other = between.windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
            return Some(Near { subject, direct: !other && between.len() <= 26 });
        }
    }
    None
}

/// The key word at a place, with the place where it ends.
fn keyword_at(view: &View, at: usize, limit: usize) -> Option<(Subject, usize)> {
    BY_FIRST.get(usize::from(view.at(at)))?.iter().find_map(|(subject, word)| {
        let end = at + word.len();
        let whole = end == limit || end < limit && !view.at(end).is_ascii_digit();
        (whole && view.word_starts(at, word)).then_some((*subject, end))
    })
}

/// The longest key word that ends where another does: “số máy phát” is no “máy”.
fn longer(view: &View, at: usize, end: usize, limit: usize) -> Option<Subject> {
    (at.saturating_sub(24)..at).find_map(|start| {
        let begins = is_letter(view.at(start)) && !is_alphanumeric(view.before(start));
        let (subject, other_end) = if begins { keyword_at(view, start, limit)? } else { return None };
        (other_end >= end).then_some(subject)
    })
}

/// Whether one of `words` (folded) stands within `reach` places before a place.
pub(super) fn has_before(view: &View, place: usize, reach: usize, words: &[&str]) -> bool {
    let first = place.saturating_sub(reach);
    (first..place).any(|at| words.iter().any(|word| at + word.len() <= place && view.has_word(at, word)))
}

/// Whether one of `words` (folded) stands within `reach` places after a place.
pub(super) fn has_after(view: &View, place: usize, reach: usize, words: &[&str]) -> bool {
    (place..place + reach).any(|at| words.iter().any(|word| view.has_word(at, word)))
}

/// Whether a bank is named shortly after a place.
pub(super) fn bank_follows(view: &View, place: usize) -> bool {
    has_after(view, place, 24, &BANKS)
}

/// Whether money is named right after a place: 1.200.000 đồng.
pub(super) fn money_follows(view: &View, place: usize) -> bool {
    let mut at = place;
    while matches!(view.at(at), b' ' | b',' | b'-' | b'.') && at < place + 3 {
        at += 1;
    }
    ["dong", "d", "vnd", "usd", "trieu", "ty", "nghin", "ngan", "euro", "%"]
        .iter()
        .any(|word| view.word_starts(at, word) && !is_alphanumeric(view.at(at + word.len())))
}

/// Whether the place lies in a web address; `Some(true)` in one that is made of a telephone number.
pub(super) fn in_url(view: &View, place: usize) -> Option<bool> {
    let mut start = place;
    while start > 0
        && place - start < 1024
        && !matches!(view.at(start - 1), b' ' | b'\n' | b'<' | b'>' | b'(' | b'[' | b'"' | b'|' | b'\'')
    {
        start -= 1;
    }
    let before = view.slice(start..place);
    // Every address has one of these; without a look at that first, long rows of signs cost minutes.
    if !before.iter().any(|b| matches!(b, b'/' | b':')) && !before.starts_with(b"www.") {
        return None;
    }
    let holds = |part: &str| before.windows(part.len()).any(|window| window == part.as_bytes());
    let schemes = ["tel:", "sms:", "callto:", "smsto:", "facetime:"];
    if schemes.iter().any(|scheme| before.ends_with(scheme.as_bytes()) || holds(scheme)) {
        return Some(true);
    }
    let host = || {
        let slash = before.iter().position(|&b| b == b'/')?;
        let host = before.get(..slash)?;
        let dot = host.iter().rposition(|&b| b == b'.')?;
        let top = host.get(dot + 1..)?;
        (dot > 0 && top.len() >= 2 && top.iter().all(u8::is_ascii_lowercase)).then_some(())
    };
    if !holds("://") && !before.starts_with(b"www.") && !before.starts_with(b"/") && host().is_none() {
        return None;
    }
    let made_of_numbers =
        ["zalo.me/", "wa.me/", "whatsapp.com/", "viber://", "t.me/+", "zalo://", "whatsapp://", "chat.zalo"];
    let parameters =
        ["phone=", "sdt=", "tel=", "mobile=", "dienthoai=", "dien_thoai=", "so_dien_thoai=", "phone_number="];
    Some(
        made_of_numbers.iter().any(|part| holds(part))
            || parameters.iter().any(|part| {
                before.ends_with(part.as_bytes()) || before.ends_with(format!("{part}+").as_bytes())
            }),
    )
}

/// Whether the places `start..end` are a piece of a longer code: `H48-0912345678`, `0912345678/QĐ`.
pub(super) fn is_part_of_code(view: &View, start: usize, end: usize) -> bool {
    code_before(view, start) || code_after(view, end)
}

fn code_before(view: &View, start: usize) -> bool {
    let sign = view.before(start);
    if !matches!(sign, b'-' | b'.' | b'/' | b'_') || start < 2 || !is_alphanumeric(view.at(start - 2)) {
        return false;
    }
    let mut from = start - 1;
    let (mut letters, mut digits, mut capitals) = (0, 0, 0);
    while from > 0 && is_alphanumeric(view.at(from - 1)) {
        from -= 1;
        if is_letter(view.at(from)) {
            letters += 1;
            capitals += usize::from(view.is_capital(from));
        } else {
            digits += 1;
        }
    }
    match (letters, digits) {
        // A number in a list (1.0912…) or another telephone (0912…/0934…).
        (0, digits) => {
            !(digits <= 2 && sign == b'.' && !matches!(view.before(from), b'.' | b'-') || digits >= 9)
        }
        // ĐT-0912… and Tel.0912… announce; SN-0912… names.
        (_, 0) => {
            capitals == letters
                && letters <= 3
                && keyword_at(view, from, start).is_none_or(|(s, _)| s == Subject::Code)
        }
        _ => true,
    }
}

fn code_after(view: &View, end: usize) -> bool {
    let (sign, next) = (view.at(end), view.at(end + 1));
    if !matches!(sign, b'-' | b'.' | b'/' | b'_') || !is_letter(next) {
        return false;
    }
    let mut to = end + 1;
    let mut digits = 0;
    while is_alphanumeric(view.at(to)) {
        digits += usize::from(view.at(to).is_ascii_digit());
        to += 1;
    }
    let word = view.slice(end + 1..to);
    let file = [
        &b"html"[..],
        b"htm",
        b"pdf",
        b"jpg",
        b"jpeg",
        b"png",
        b"doc",
        b"docx",
        b"xls",
        b"xlsx",
        b"aspx",
        b"zip",
    ];
    digits > 0 && word.len() <= 4
        || sign == b'.' && file.contains(&word)
        // 1234567890/QĐ-UBND
        || sign == b'/' && (end + 1..to).all(|place| view.is_capital(place))
}
