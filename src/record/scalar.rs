//! Scalars that parse themselves from the raw text of a YAML value.
//!
//! [`Scalar`] is the one place where a kind of value says what it accepts. Serde uses it to read a
//! record, the schema carries its name (`x-scalar`), and the explaining path calls the same function
//! by that name, so both paths agree on every text.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::base::calendar_period::CalendarPeriod;
use crate::base::date::{Date, DateFault};
use crate::base::diagnostic::{Message, Rule};
use crate::base::note::PublicKey;
use crate::codes::{CK0205, CK0301, CK0304, CK0306, CK0313, CK0314, CK0315, CK0316, CK0317, CK0330};
use crate::msg;
use crate::vi::fold::fold;

/// Why a raw text is not a value of some kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// What is wrong.
    pub message: Message,
    /// What to write instead.
    pub help: Option<Message>,
    /// The one text that was surely meant, if there is one: `check --fix` writes it without asking. A help
    /// may propose more than that, such as the nearest code.
    pub repair: Option<Box<str>>,
}

impl Fault {
    fn new(rule: &'static Rule, message: Message, help: Message) -> Self {
        Self { rule, message, help: Some(help), repair: None }
    }

    fn repair(mut self, meant: Option<String>) -> Self {
        self.repair = meant.map(String::into_boxed_str);
        self
    }

    fn empty() -> Self {
        Self::new(
            CK0205,
            msg!("giá trị để trống", "the value is empty"),
            msg!("viết nội dung, hoặc xóa hẳn dòng này nếu chưa có", "write a value, or delete the line"),
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.vi)
    }
}

/// A value that is written as one YAML scalar.
pub trait Scalar: Sized {
    /// The name that the schema carries as `x-scalar`.
    const NAME: &'static str;
    /// What it is, for the schema's description, in Vietnamese.
    const DESCRIPTION: &'static str;
    /// An example for editors.
    const EXAMPLE: &'static str;

    /// Reads the raw text (NFC, YAML escapes undone).
    fn parse(raw: &str) -> Result<Self, Fault>;
}

/// Reads any [`Scalar`] through serde: always as raw text.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, S: Scalar>(deserializer: D) -> Result<S, D::Error> {
    struct Raw<S>(std::marker::PhantomData<S>);
    impl<S: Scalar> Visitor<'_> for Raw<S> {
        type Value = S;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(S::NAME)
        }

        fn visit_str<E: serde::de::Error>(self, raw: &str) -> Result<S, E> {
            S::parse(raw).map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Raw(std::marker::PhantomData))
}

macro_rules! scalar_impls {
    ($name:ident, $json_type:literal) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize(deserializer)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                <Self as Scalar>::NAME.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": $json_type,
                    "x-scalar": <Self as Scalar>::NAME,
                    "description": <Self as Scalar>::DESCRIPTION,
                    "examples": [<Self as Scalar>::EXAMPLE],
                })
            }
        }
    };
}

macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident, $scalar:literal, $description:literal, $example:literal, $parse:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text as it was written, trimmed.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Scalar for $name {
            const NAME: &'static str = $scalar;
            const DESCRIPTION: &'static str = $description;
            const EXAMPLE: &'static str = $example;

            fn parse(raw: &str) -> Result<Self, Fault> {
                let text = raw.trim();
                if text.is_empty() {
                    return Err(Fault::empty());
                }
                let check: fn(&str) -> Result<(), Fault> = $parse;
                check(text)?;
                Ok(Self(text.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        scalar_impls!($name, "string");
    };
}

text_scalar! {
    /// A text that is not empty.
    Text, "van_ban", "Chữ, không để trống.", "Nội dung", |_| Ok(())
}

text_scalar! {
    /// The code of a procedure (mã thủ tục): `d.dddddd`, with an optional local suffix such as
    /// `.000.00.00.H48`. Source: the national portal; every code of 2,929 real records has this form.
    ProcedureCode, "ma_thu_tuc",
    "Mã thủ tục trên Cổng Dịch vụ công quốc gia: một chữ số, dấu chấm, sáu chữ số.", "1.014888",
    procedure_code
}

text_scalar! {
    /// A code that editors choose: lower-case letters, digits and hyphens.
    Code, "ma", "Mã: chữ thường không dấu, chữ số và dấu gạch ngang.", "so-huu-tri-tue", code
}

text_scalar! {
    /// The number of an announcing decision (số quyết định), such as `949/QĐ-UBND`. Real numbers vary,
    /// so any text is accepted here and its form is judged by a rule.
    DecisionNumber, "so_quyet_dinh", "Số, ký hiệu của quyết định công bố.", "949/QĐ-UBND", |_| Ok(())
}

text_scalar! {
    /// The number of a legal text (số, ký hiệu văn bản), such as `61/2020/QH14`.
    LawNumber, "so_ky_hieu", "Số, ký hiệu của văn bản.", "63/2010/NĐ-CP", |_| Ok(())
}

text_scalar! {
    /// The mark of a task in a plan (I.1, III.3).
    TaskMark, "ma_nhiem_vu", "Mã nhiệm vụ trong kế hoạch, như phụ lục của kế hoạch ghi.", "III.3", |_| Ok(())
}

text_scalar! {
    /// A web address: `https://`, `http://`; only what a page may link to.
    WebAddress, "dia_chi_mang", "Địa chỉ trang mạng, bắt đầu bằng https://.", "https://dichvucong.gov.vn/",
    web_address
}

text_scalar! {
    /// The public key that the site's signatures are checked with, as `congkhai key new` prints it.
    PublicKeyText, "khoa_cong_khai", "Khóa công khai, chép đúng dòng mà lệnh congkhai key new in ra.",
    "cong-khai.tinh-mau.gov.vn+4c70f606+Aa3q5iuCSMrpKP69CwnIbWKf4c0v2qLl/mQ9PVCJDcTP", public_key
}

text_scalar! {
    /// An attachment: its path below `tep/`.
    AssetPath, "tep_dinh_kem", "Tệp trong thư mục tep/, viết đường dẫn tính từ tep/.", "mau-don/mau-01.docx",
    asset_path
}

fn procedure_code(text: &str) -> Result<(), Fault> {
    if is_procedure_code(text) {
        return Ok(());
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let only_marks = text.chars().all(|c| c.is_ascii_digit() || ". ,-“”‘’\"'".contains(c));
    let repaired = (digits.len() == 7 && only_marks).then(|| format!("{}.{}", &digits[..1], &digits[1..]));
    let help = match &repaired {
        Some(repaired) => msg!("có phải `{repaired}`?", "did you mean `{repaired}`?"),
        None => msg!(
            "mã thủ tục có một chữ số, dấu chấm rồi sáu chữ số, ví dụ `1.014888`; mã của địa phương thêm đuôi như `.000.00.00.H48`",
            "a procedure code is one digit, a dot and six digits, such as `1.014888`, with an optional suffix such as `.000.00.00.H48`"
        ),
    };
    let fact = msg!("mã thủ tục `{text}` không đúng dạng", "malformed procedure code `{text}`");
    Err(Fault::new(CK0301, fact, help).repair(repaired))
}

/// `d.dddddd` or `d.dddddd.ddd.dd.dd.Hdd`.
fn is_procedure_code(text: &str) -> bool {
    let mut parts = text.split('.');
    let mut digits =
        |n: usize| parts.next().is_some_and(|p| p.len() == n && p.bytes().all(|b| b.is_ascii_digit()));
    if !(digits(1) && digits(6)) {
        return false;
    }
    match text.len() {
        8 => true,
        _ => {
            digits(3)
                && digits(2)
                && digits(2)
                && matches!((parts.next(), parts.next()), (Some(h), None)
                    if h.len() == 3 && h.starts_with('H') && h[1..].bytes().all(|b| b.is_ascii_digit()))
        }
    }
}

impl ProcedureCode {
    /// The national part, `d.dddddd`, without the local suffix.
    pub fn national(&self) -> &str {
        &self.0[..8]
    }
}

/// A code is a part of an address, and names of folders end at 255 bytes.
const LONGEST_CODE: usize = 200;

fn code(text: &str) -> Result<(), Fault> {
    let good = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        && !text.starts_with('-')
        && !text.ends_with('-');
    if text.len() > LONGEST_CODE {
        let message =
            msg!("mã dài quá {LONGEST_CODE} ký tự", "a code of more than {LONGEST_CODE} characters");
        return Err(Fault::new(CK0314, message, msg!("đặt mã ngắn hơn", "choose a shorter code")));
    }
    if good {
        return Ok(());
    }
    let proposed = crate::vi::slug::slug(text);
    let help = if proposed.is_empty() {
        msg!(
            "mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch ngang, ví dụ `so-huu-tri-tue`",
            "a code is made of lower-case letters, digits and hyphens, such as `so-huu-tri-tue`"
        )
    } else {
        msg!(
            "có phải `{proposed}`? Mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch ngang",
            "did you mean `{proposed}`? A code is made of lower-case letters, digits and hyphens"
        )
    };
    Err(Fault::new(CK0314, msg!("mã `{text}` không đúng dạng", "malformed code `{text}`"), help))
}

fn web_address(text: &str) -> Result<(), Fault> {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let good =
        rest.is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or("");
            !host.is_empty()
                && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:".contains(&b))
                && !host.starts_with(['.', '-', ':'])
        }) && text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"\"<>\\`{}|^".contains(c));
    if good {
        return Ok(());
    }
    Err(Fault::new(
        CK0313,
        msg!("địa chỉ mạng `{text}` không dùng được", "unusable web address `{text}`"),
        msg!(
            "viết cả địa chỉ, bắt đầu bằng https:// (hoặc http://), không có khoảng trắng",
            "write the whole address, starting with https:// (or http://), without spaces"
        ),
    ))
}

fn public_key(text: &str) -> Result<(), Fault> {
    if PublicKey::parse(text).is_some() {
        return Ok(());
    }
    // A secret that stands in the wrong place is not repeated.
    if text.contains(crate::base::note::PRIVATE) {
        return Err(Fault::new(
            CK0330,
            msg!(
                "đây là khóa bí mật, không được để trong nội dung",
                "this is a private key; it must not stand here"
            ),
            msg!(
                "xóa ngay, coi như khóa này đã lộ: tạo khóa mới bằng `congkhai key new` rồi chép dòng khóa công khai",
                "delete it at once and take it for known to others: make a new key with `congkhai key new` and copy its public line"
            ),
        ));
    }
    Err(Fault::new(
        CK0330,
        msg!("khóa công khai `{text}` không đúng dạng", "malformed public key `{text}`"),
        msg!(
            "chép lại cả dòng mà `congkhai key new` in ra: tên, dấu +, tám chữ số, dấu +, rồi phần còn lại; không xuống dòng",
            "copy the whole line that `congkhai key new` printed: name, +, eight digits, +, and the rest, without a line break"
        ),
    ))
}

fn asset_path(text: &str) -> Result<(), Fault> {
    if crate::base::path::SitePath::new(text).is_ok() {
        return Ok(());
    }
    let slashes = text.replace('\\', "/");
    let bare = slashes.trim_start_matches("./").trim_start_matches('/');
    let bare = bare.strip_prefix("content/").unwrap_or(bare);
    let bare = bare.strip_prefix("tep/").unwrap_or(bare);
    let meant = crate::base::path::SitePath::new(bare).is_ok() && !bare.contains(':');
    let help = if meant {
        msg!("có phải `{bare}`?", "did you mean `{bare}`?")
    } else {
        msg!(
            "viết đường dẫn tính từ thư mục tep/, các phần cách nhau bằng `/`, không có `..`",
            "write the path from tep/ on, parts divided by `/`, without `..`"
        )
    };
    Err(Fault::new(
        CK0315,
        msg!("đường dẫn tệp `{text}` không dùng được", "unusable file path `{text}`"),
        help,
    )
    .repair(meant.then(|| bare.to_owned())))
}

/// A date as `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub Date);

impl Scalar for Day {
    const NAME: &'static str = "ngay";
    const DESCRIPTION: &'static str = "Ngày, viết năm-tháng-ngày.";
    const EXAMPLE: &'static str = "2026-11-23";

    fn parse(raw: &str) -> Result<Self, Fault> {
        let text = raw.trim();
        if text.is_empty() {
            return Err(Fault::empty());
        }
        match Date::parse(text) {
            Ok(date) => Ok(Self(date)),
            Err(DateFault::NoSuchDay) => Err(Fault::new(
                CK0304,
                msg!("ngày `{text}` không có trong lịch", "there is no day `{text}`"),
                msg!(
                    "xem lại ngày và tháng; viết năm-tháng-ngày, ví dụ 2026-02-28",
                    "check day and month; write year-month-day, such as 2026-02-28"
                ),
            )),
            Err(DateFault::Form) if date_parts(text).is_some() && repaired_date(text).is_none() => {
                Err(Fault::new(
                    CK0304,
                    msg!("ngày `{text}` không có trong lịch", "there is no day `{text}`"),
                    msg!(
                        "xem lại ngày và tháng; viết năm-tháng-ngày, ví dụ 2026-02-28",
                        "check day and month; write year-month-day, such as 2026-02-28"
                    ),
                ))
            }
            Err(DateFault::Form) => {
                let help = match repaired_date(text) {
                    Some(date) => msg!("có phải `{date}`?", "did you mean `{date}`?"),
                    None => msg!(
                        "viết năm-tháng-ngày, đủ bốn và hai chữ số, ví dụ 2026-03-05",
                        "write year-month-day with four and two digits, such as 2026-03-05"
                    ),
                };
                // A time of the day may be that of another time zone, and then the day is another one.
                let sure =
                    repaired_date(text).filter(|_| !text.contains([':', 'Z']) || text.contains("T00:00:00"));
                let fact = msg!("`{text}` không phải ngày", "`{text}` is not a date");
                Err(Fault::new(CK0304, fact, help).repair(sure.map(|date| date.to_string())))
            }
        }
    }
}

/// Reads `5/3/2026`, `05-03-2026`, `2026/3/5`, `ngày 5 tháng 3 năm 2026` and the like, the Vietnamese
/// order of day and month.
pub fn repaired_date(text: &str) -> Option<Date> {
    let (year, month, day) = date_parts(text)?;
    Date::new(year, month, day)
}

/// Year, month and day of a text that has them in some form, whether or not there is such a day.
fn date_parts(text: &str) -> Option<(i16, i8, i8)> {
    let text = text.trim_matches(['“', '”', '‘', '’', '"', '\'']);
    let in_words: String;
    let text = if text.to_lowercase().starts_with("ngày") {
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        in_words = numbers.collect::<Vec<_>>().join("/");
        &in_words
    } else {
        text.split(['T', ' ']).next().unwrap_or(text)
    };
    let parts: Vec<&str> = text.split(['/', '-', '.', '–', '—', '‑', '−']).collect();
    let [a, b, c] = parts[..] else { return None };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    if year.len() != 4 {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

scalar_impls!(Day, "string");

/// A whole number from 0, at most 15 digits: copies, days, đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Whole(pub u64);

impl Scalar for Whole {
    const NAME: &'static str = "so_nguyen";
    const DESCRIPTION: &'static str =
        "Số nguyên từ 0, chỉ gồm chữ số, không có dấu chấm hay dấu phẩy ngăn cách.";
    const EXAMPLE: &'static str = "150000";

    fn parse(raw: &str) -> Result<Self, Fault> {
        let text = raw.trim();
        if text.is_empty() {
            return Err(Fault::empty());
        }
        let plain = text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit());
        let leading_zero = text.len() > 1 && text.starts_with('0');
        if plain && !leading_zero {
            return Ok(Self(text.parse().unwrap_or(0)));
        }
        let number = text.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        // `1.0` and `2,5` are no thousands: joining their digits would make another number.
        let mut groups = number.split(['.', '_', ',', ' ', '\u{a0}']);
        let only_separators = groups.next().is_some_and(|first| first.bytes().all(|b| b.is_ascii_digit()))
            && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
        let mut repair = None;
        let unit = fold(text[number.len()..].trim());
        let help = if text.starts_with('-') {
            msg!("số này không được âm", "this number cannot be negative")
        } else if ["nghin", "ngan", "trieu", "ty"].iter().any(|scale| unit.starts_with(scale)) {
            // `150 nghìn` is not 150.
            msg!(
                "viết đủ các chữ số, không viết nghìn, triệu: ví dụ 150000",
                "write all the digits, not thousands or millions: such as 150000"
            )
        } else if ["khong", "khong thu", "khong co", "mien phi"].contains(&fold(text).as_str()) {
            msg!("nếu là không thu, không có thì viết `0`", "write `0` if it is nothing")
        } else if only_separators && !digits.is_empty() && digits.len() <= 15 {
            let digits = match digits.trim_start_matches('0') {
                "" => "0",
                rest => rest,
            };
            // `150.000 nghìn` is another amount: only the words for đồng itself say nothing.
            let unit = text[number.len()..].trim().to_lowercase();
            repair = ["", "đ", "đồng", "vnd", "vnđ"].contains(&unit.as_str()).then(|| digits.to_owned());
            msg!("viết liền các chữ số: `{digits}`", "write the digits alone: `{digits}`")
        } else {
            msg!("chỉ viết chữ số, ví dụ 150000", "write digits only, such as 150000")
        };
        let fact = msg!("`{text}` không phải số nguyên", "`{text}` is not a whole number");
        Err(Fault::new(CK0306, fact, help).repair(repair))
    }
}

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

impl fmt::Display for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

scalar_impls!(Whole, "integer");

/// A period of figures (kỳ): a month `2025-10`, a quarter `2025-Q3` or a year `2025`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodKey(pub CalendarPeriod);

impl Scalar for PeriodKey {
    const NAME: &'static str = "ky";
    const DESCRIPTION: &'static str = "Kỳ: tháng (2025-10), quý (2025-Q3) hoặc năm (2025).";
    const EXAMPLE: &'static str = "2025-Q3";

    fn parse(raw: &str) -> Result<Self, Fault> {
        let text = raw.trim();
        if text.is_empty() {
            return Err(Fault::empty());
        }
        if let Some(span) = CalendarPeriod::parse(text) {
            return Ok(Self(span));
        }
        let help = match repaired_period(text) {
            Some(span) => msg!("có phải `{span}`?", "did you mean `{span}`?"),
            None => msg!(
                "viết tháng là 2025-10, quý là 2025-Q3, năm là 2025",
                "write a month as 2025-10, a quarter as 2025-Q3, a year as 2025"
            ),
        };
        let fact = msg!("`{text}` không phải một kỳ", "`{text}` is not a period");
        Err(Fault::new(CK0317, fact, help).repair(repaired_period(text).map(|span| span.to_string())))
    }
}

/// Reads `10/2025`, `tháng 10/2025`, `Q3/2025`, `quý III năm 2025`, `2025-3` and the like.
pub fn repaired_period(text: &str) -> Option<CalendarPeriod> {
    let lower = text.to_lowercase();
    let is_quarter = lower.contains('q');
    let roman = |word: &str| ["i", "ii", "iii", "iv"].iter().position(|mark| *mark == word);
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).map(|word| word.trim_start_matches('q')).collect();
    let mut year = None;
    let mut part = None;
    for word in words {
        if let Ok(number) = word.parse::<i16>() {
            match number {
                1000..=9999 if year.is_none() => year = Some(number),
                1..=12 if part.is_none() => part = i8::try_from(number).ok(),
                _ => return None,
            }
        } else if let Some(at) = roman(word) {
            part = i8::try_from(at + 1).ok();
        }
    }
    match (is_quarter, part) {
        (true, Some(quarter)) => CalendarPeriod::quarter(year?, quarter),
        (false, Some(month)) => CalendarPeriod::month(year?, month),
        (true, None) => None,
        (false, None) => CalendarPeriod::year(year?),
    }
}

impl fmt::Display for PeriodKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for PeriodKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

scalar_impls!(PeriodKey, "string");

/// Yes or no.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flag(pub bool);

impl Scalar for Flag {
    const NAME: &'static str = "dung_sai";
    const DESCRIPTION: &'static str = "true (có) hoặc false (không).";
    const EXAMPLE: &'static str = "true";

    fn parse(raw: &str) -> Result<Self, Fault> {
        match raw.trim() {
            "true" => Ok(Self(true)),
            "false" => Ok(Self(false)),
            "" => Err(Fault::empty()),
            other => Err(Fault::new(
                CK0316,
                msg!("`{other}` không phải true hay false", "`{other}` is neither true nor false"),
                msg!("viết `true` nếu có, `false` nếu không", "write `true` for yes, `false` for no"),
            )),
        }
    }
}

impl Serialize for Flag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(self.0)
    }
}

scalar_impls!(Flag, "boolean");

/// A scalar's own judgement of a raw text.
pub type Judge = fn(&str) -> Result<(), Fault>;

macro_rules! judges {
    ($($name:ident),* $(,)?) => {
        /// Every scalar by its name in the schema, for the explaining path.
        pub const JUDGES: &[(&str, Judge)] = &[
            $(($name::NAME, |raw| $name::parse(raw).map(drop)),)*
        ];
    };
}

judges!(
    Text,
    ProcedureCode,
    Code,
    DecisionNumber,
    LawNumber,
    TaskMark,
    WebAddress,
    AssetPath,
    PublicKeyText,
    Day,
    Whole,
    PeriodKey,
    Flag
);

/// A value out of a closed list.
pub trait Choice: Sized {
    /// The keys, in the order of the list.
    const KEYS: &'static [&'static str];

    /// The choice with this key.
    fn from_key(key: &str) -> Option<Self>;
}

/// Reads a [`Choice`] through serde, as raw text.
pub(crate) fn deserialize_choice<'de, D: Deserializer<'de>, C: Choice>(
    deserializer: D,
) -> Result<C, D::Error> {
    struct Raw<C>(std::marker::PhantomData<C>);
    impl<C: Choice> Visitor<'_> for Raw<C> {
        type Value = C;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "one of {}", C::KEYS.join(", "))
        }

        fn visit_str<E: serde::de::Error>(self, raw: &str) -> Result<C, E> {
            C::from_key(raw).ok_or_else(|| E::unknown_variant(raw, C::KEYS))
        }
    }
    deserializer.deserialize_str(Raw(std::marker::PhantomData))
}

/// Declares a closed list of choices: the Rust name, the key that editors write, the words that
/// citizens read.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* #[doc = $label] $variant,)+
        }

        impl $name {
            /// Every choice, in the order of the list.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The key that editors write.
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key,)+ }
            }

            /// The words that citizens read.
            pub fn label(self) -> &'static str {
                match self { $($name::$variant => $label,)+ }
            }
        }

        impl $crate::record::scalar::Choice for $name {
            const KEYS: &'static [&'static str] = &[$($key),+];

            fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some($name::$variant),)+ _ => None }
            }
        }

        // Read as text, like every scalar: serde's own enums would also take a mapping or a tag.
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::record::scalar::deserialize_choice(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.key())
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "enum": [$($key),+],
                    "x-labels": [$($label),+],
                })
            }
        }
    };
}
pub(crate) use choices;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn help<S: Scalar + std::fmt::Debug>(raw: &str) -> String {
        S::parse(raw).expect_err(raw).help.expect("a help").vi
    }

    #[test]
    fn codes_of_procedures_have_one_form() {
        for good in ["1.014888", "2.000986", "1.014888.000.00.00.H48", " 1.014888 "] {
            assert!(ProcedureCode::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "1.01488",
            "1.0148888",
            "A.014888",
            "1,014888",
            "1.014888.H48",
            "1.014888.000.00.00.X48",
            "1.014888.000.00.00.H48.1",
            "",
        ] {
            assert!(ProcedureCode::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(help::<ProcedureCode>("1014888"), "có phải `1.014888`?");
        assert_eq!(help::<ProcedureCode>("1,014888"), "có phải `1.014888`?");
        let local = ProcedureCode::parse("1.014888.000.00.00.H48").expect("good");
        assert_eq!(local.national(), "1.014888");
    }

    #[test]
    fn a_code_fits_a_folder_name() {
        assert!(Code::parse(&"a".repeat(200)).is_ok());
        assert_eq!(help::<Code>(&"a".repeat(201)), "đặt mã ngắn hơn");
    }

    #[test]
    fn money_is_digits_alone() {
        for good in ["0", "150000", "999999999999999"] {
            assert!(Whole::parse(good).is_ok(), "{good}");
        }
        for bad in ["1_000", "1.000", "1,000", "-1", "+1", "0x10", "1e3", "007", "1.5", "một", "１"] {
            assert!(Whole::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(help::<Whole>("1_000"), "viết liền các chữ số: `1000`");
        assert_eq!(help::<Whole>("150.000 đồng"), "viết liền các chữ số: `150000`");
        assert_eq!(help::<Whole>("1.200.000đ"), "viết liền các chữ số: `1200000`");
        for other in ["1.0", "1,5", "12.34.567"] {
            assert_eq!(help::<Whole>(other), "chỉ viết chữ số, ví dụ 150000", "{other}");
        }
        // `150 nghìn` is not 150.
        for scaled in ["1.50 triệu", "150 nghìn", "150 ngàn đồng"] {
            assert!(help::<Whole>(scaled).starts_with("viết đủ các chữ số"), "{scaled}");
        }
        assert_eq!(help::<Whole>("Không thu"), "nếu là không thu, không có thì viết `0`");
        assert_eq!(help::<Whole>("-1"), "số này không được âm");
    }

    #[test]
    fn dates_in_the_vietnamese_order_are_repaired() {
        assert_eq!(help::<Day>("5/3/2026"), "có phải `2026-03-05`?");
        assert_eq!(help::<Day>("2026/3/5"), "có phải `2026-03-05`?");
        assert_eq!(help::<Day>("2026-03-05T00:00:00"), "có phải `2026-03-05`?");
        assert_eq!(help::<Day>("ngày 5 tháng 3 năm 2026"), "có phải `2026-03-05`?");
        assert_eq!(help::<Day>("‘2026-03-05’"), "có phải `2026-03-05`?");
        assert_eq!(help::<Day>("2026–03–05"), "có phải `2026-03-05`?");
        for none in ["31/6/2025", "2025/02/30"] {
            let fault = Day::parse(none).expect_err(none);
            assert_eq!(fault.message.vi, format!("ngày `{none}` không có trong lịch"));
        }
        assert!(help::<Day>("hôm nay").starts_with("viết năm-tháng-ngày"));
    }

    #[test]
    fn only_web_addresses_are_links() {
        for good in
            ["https://dichvucong.gov.vn/", "http://a.vn", "https://a.vn:8080/x?y=1#z", "https://a.vn/Việt"]
        {
            assert!(WebAddress::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//a.vn",
            "a.vn",
            "https://",
            "https:///x",
            "ftp://a",
            "https://a.vn/ x",
            "https://a.vn/\"x",
            "HTTPS:a",
        ] {
            assert!(WebAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn attachments_stay_below_their_folder() {
        assert!(AssetPath::parse("mau-don/mau-01.docx").is_ok());
        for bad in ["../a", "/etc/passwd", "a//b", "a\\b", "."] {
            assert!(AssetPath::parse(bad).is_err(), "{bad}");
        }
        for near in ["/tep/a.doc", "tep\\a.doc", "./tep/a.doc"] {
            assert_eq!(help::<AssetPath>(near), "có phải `a.doc`?", "{near}");
        }
        assert!(help::<AssetPath>("C:\\Users\\a.doc").starts_with("viết đường dẫn"));
    }

    #[test]
    fn periods_as_people_write_them_are_repaired() {
        assert_eq!(help::<PeriodKey>("10/2025"), "có phải `2025-10`?");
        assert_eq!(help::<PeriodKey>("tháng 3 năm 2025"), "có phải `2025-03`?");
        assert_eq!(help::<PeriodKey>("2025-3"), "có phải `2025-03`?");
        assert_eq!(help::<PeriodKey>("Quý III/2025"), "có phải `2025-Q3`?");
        assert_eq!(help::<PeriodKey>("q2-2025"), "có phải `2025-Q2`?");
        for bad in ["2025-13", "2025-Q5", "25", "", "năm ngoái", "2025-10-01"] {
            assert!(PeriodKey::parse(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_judge_panic(raw in "\\PC{0,40}") {
            for (_, judge) in JUDGES {
                let _ = judge(&raw);
            }
        }

        #[test]
        fn whole_numbers_round_trip(number in 0u64..1_000_000_000_000_000) {
            prop_assert_eq!(Whole::parse(&number.to_string()).map(|w| w.0), Ok(number));
        }

        #[test]
        fn a_repaired_date_is_the_date(days in 0i32..60_000) {
            let date = Date::parse("1900-01-01").expect("good").plus_days(days);
            let written = format!("{}/{}/{}", date.day(), date.month(), date.year());
            prop_assert_eq!(repaired_date(&written), Some(date));
        }
    }
}
