//! A cell as a value of a record: only what can mean one thing.

use super::Known;
use crate::base::date::Date;
use crate::base::diagnostic::Message;
use crate::edit::Value;
use crate::export::cells::{self, REMOVE};
use crate::export::columns::{Column, Form};
use crate::msg;
use crate::parse::schema::Shape;
use crate::sheet::Cell;
use crate::vi::fold::fold;
use crate::vi::unicode;

/// What offices write into a cell in which there is nothing.
const NOTHING: &[&str] = &["khong co thong tin", "(trong)"];

/// What a cell says.
pub(super) enum Said {
    /// A value, and what was done to it.
    Value(Value, Option<Message>),
    /// Nothing, in words.
    Nothing,
    /// The value is to go.
    Remove,
}

/// Whether a text is what spreadsheets show in place of a result. A CSV or a copied table has it as text.
fn is_error(text: &str) -> bool {
    let text = text.trim();
    let excel = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];
    let number = text.strip_prefix("Err:").is_some_and(|code| code.len() == 3 && code.parse::<u16>().is_ok());
    // What is too wide for its column, saved as it is shown.
    let hashes = text.len() >= 3 && text.bytes().all(|b| b == b'#');
    excel.contains(&text) || number || hashes
}

/// A cell as the value of a column.
pub(super) fn read(cell: &Cell, column: &Column, known: &Known, ours: bool) -> Result<Said, Message> {
    let shown = cell.shown();
    let folded = fold(shown.trim());
    if folded == REMOVE {
        return Ok(Said::Remove);
    }
    // A backslash in front says that the words themselves are meant.
    let bare: Option<Cell> = cells::unmarked(&shown).map(|text| Cell::Text(text.to_owned()));
    let (cell, shown) = match &bare {
        Some(bare) => (bare, bare.shown()),
        None => (cell, shown),
    };
    if !ours && matches!(cell, Cell::Text(_)) && is_error(&shown) {
        return Err(msg!(
            "ô mang mã lỗi của bảng tính `{shown}`, không phải dữ liệu; hãy sửa công thức rồi lưu lại",
            "the error `{shown}` of a spreadsheet, not data"
        ));
    }
    if !ours && NOTHING.contains(&folded.as_str()) {
        return Ok(Said::Nothing);
    }
    match &column.form {
        Form::Link | Form::Place(_) => Ok(Said::Value(Value::Scalar(clean(&shown)), None)),
        Form::One(shape) => {
            let (text, remark) = one(cell, shape, column, known)?;
            Ok(Said::Value(Value::Scalar(text), remark))
        }
        Form::Many(shape) => many(cell, shape, column, known, ours),
    }
}

/// The text of a cell that says several keys at once.
pub(super) fn worded(cell: &Cell) -> Result<String, Message> {
    let text = clean(&cell.shown());
    match cell {
        Cell::Fault(_) | Cell::Day(_) | Cell::Flag(_) => Err(msg!(
            "ô phải là chữ, không phải ngày hay mã lỗi: `{text}`",
            "the cell must be text, not `{text}`"
        )),
        Cell::Text(_) if is_error(&text) => Err(msg!(
            "ô mang mã lỗi của bảng tính `{text}`, không phải dữ liệu; hãy sửa công thức rồi lưu lại",
            "the error `{text}` of a spreadsheet, not data"
        )),
        Cell::Text(_) if fold(&text) == REMOVE => Err(msg!(
            "chỗ này không xóa được từ bảng của cơ quan; xuất bảng bằng `congkhai export thu-tuc`, sửa trang tính thu-tuc.cach_thuc rồi nhập lại",
            "nothing can be taken out here; export, change thu-tuc.cach_thuc, import"
        )),
        _ => Ok(text),
    }
}

/// A text as files of records hold it: NFC, nothing invisible, no blanks at the ends.
pub(super) fn clean(text: &str) -> String {
    let nfc = unicode::to_nfc(text);
    let bare: String = nfc.chars().filter(|c| !unicode::is_invisible(*c)).collect();
    bare.trim().to_owned()
}

fn many(cell: &Cell, shape: &Shape, column: &Column, known: &Known, ours: bool) -> Result<Said, Message> {
    let Cell::Text(text) = cell else {
        let (text, remark) = one(cell, shape, column, known)?;
        return Ok(Said::Value(Value::List(vec![Value::Scalar(text)]), remark));
    };
    let mut values = Vec::new();
    let mut remarks = Vec::new();
    for line in cells::lines(&clean(text)) {
        // A text has commas of its own; a line of codes or choices may hold several.
        let free = matches!(shape, Shape::Scalar { name: "van_ban" | "ma_nhiem_vu", .. });
        let bare = if ours { line.as_str() } else { bullet(&line) };
        match one(&Cell::Text(bare.to_owned()), shape, column, known) {
            Ok((value, remark)) if free || !bare.contains([';', ',']) || ours || is_choice(shape) => {
                values.push(Value::Scalar(value));
                remarks.extend(remark);
            }
            whole => {
                let parts = bare.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
                let parts: Result<Vec<_>, Message> =
                    parts.map(|part| one(&Cell::Text(part.to_owned()), shape, column, known)).collect();
                match (parts, whole) {
                    (Ok(parts), _) => {
                        for (value, remark) in parts {
                            values.push(Value::Scalar(value));
                            remarks.extend(remark);
                        }
                    }
                    (Err(_), Err(why)) | (Err(why), Ok(_)) => return Err(why),
                }
            }
        }
    }
    Ok(Said::Value(Value::List(values), remarks.into_iter().next()))
}

fn is_choice(shape: &Shape) -> bool {
    matches!(shape, Shape::Choice(_))
}

/// A line without the dash or the dot in front.
fn bullet(line: &str) -> &str {
    line.trim_start_matches(['-', '–', '•', '+', '*', ' ', '\u{A0}']).trim_end_matches([';', ' '])
}

/// One value as its text, with what was done to it.
fn one(
    cell: &Cell,
    shape: &Shape,
    column: &Column,
    known: &Known,
) -> Result<(String, Option<Message>), Message> {
    if let Cell::Fault(what) = cell {
        return Err(match what.strip_prefix('=') {
            Some(_) => msg!(
                "ô có công thức mà không có kết quả; hãy chép rồi dán dạng giá trị",
                "a formula without a result"
            ),
            None => msg!("ô có lỗi hoặc có giờ: `{what}`", "an error or a time of the day: `{what}`"),
        });
    }
    let text = clean(&cell.shown());
    match shape {
        Shape::Choice(choices) => choice(&text, choices).map(|key| (key, None)),
        Shape::Scalar { name: "ngay", judge } => match cell {
            Cell::Day(day) => Ok((day.to_string(), None)),
            Cell::Number(number) => serial(*number),
            _ => match (&known.month_first, two_ways(&text)) {
                (Some(seen), true) => Err(msg!(
                    "`{text}` đọc được hai cách: tệp có ô ghi tháng trước ngày ({seen}); hãy định dạng các ô ngày là yyyy-mm-dd rồi lưu lại",
                    "`{text}` may be read in two ways: the files have a date with the month first ({seen})"
                )),
                _ => judged(&text, *judge),
            },
        },
        Shape::Scalar { name: "so_nguyen", judge } => whole(cell, &text, *judge, column),
        Shape::Scalar { name: "dung_sai", .. } => match (cell, fold(&text).as_str()) {
            (Cell::Flag(yes), _) => Ok((yes.to_string(), None)),
            (_, "co" | "x" | "v" | "✓" | "☑" | "true" | "1" | "dung" | "yes") => {
                Ok(("true".to_owned(), None))
            }
            (_, "khong" | "false" | "0" | "sai" | "no") => Ok(("false".to_owned(), None)),
            _ => Err(msg!("ghi “có” hoặc “không”, không ghi `{text}`", "write yes or no, not `{text}`")),
        },
        Shape::Scalar { name: "ma_thu_tuc", judge } => code(cell, &text, *judge, known),
        Shape::Scalar { name: "ma", judge } => reference(&text, *judge, column, known),
        Shape::Scalar { judge, .. } => match cell {
            Cell::Number(number) if number.fract() != 0.0 => Err(msg!(
                "ô là số {text}, không biết lúc gõ có mấy chữ số không; hãy định dạng ô là chữ (Text) rồi gõ lại",
                "the cell is the number {text}; how many zeros it was typed with is lost: make it text"
            )),
            Cell::Day(day) => Ok((
                text,
                Some(msg!("ô là ngày, lấy là chữ `{day}`", "the cell is a day, taken as the text `{day}`")),
            )),
            _ => judged(&text, *judge),
        },
        // No column has another shape.
        _ => Ok((text, None)),
    }
}

/// A text that the judge of its kind accepts, or the one that was surely meant.
fn judged(text: &str, judge: crate::record::scalar::Judge) -> Result<(String, Option<Message>), Message> {
    match judge(text) {
        Ok(()) => Ok((text.to_owned(), None)),
        Err(fault) => match fault.repair {
            Some(meant) if judge(&meant).is_ok() => {
                let remark = msg!("`{text}` hiểu là `{meant}`", "`{text}` taken as `{meant}`");
                // A date in the usual order is no news.
                let usual = crate::record::scalar::repaired_date(text).is_some();
                Ok((meant.into(), Some(remark).filter(|_| !usual)))
            }
            _ => Err(match fault.help {
                Some(help) => {
                    let (a, b) = (fault.message, help);
                    Message { vi: format!("{}; {}", a.vi, b.vi), en: format!("{}; {}", a.en, b.en) }
                }
                None => fault.message,
            }),
        },
    }
}

/// The first two numbers of a date such as `5/3/2026`, if it has this form.
fn of_date(text: &str) -> Option<(u32, u32)> {
    let day = text.split([' ', 'T']).next()?;
    let mut parts = day.split(['/', '-', '.']);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |text: &str, most: usize| {
        text.len() <= most && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
    };
    let whole = digits(a, 2) && digits(b, 2) && year.len() == 4 && digits(year, 4) && parts.next().is_none();
    if whole { Some((a.parse().ok()?, b.parse().ok()?)) } else { None }
}

/// Whether a date says another day to whom the month comes first.
fn two_ways(text: &str) -> bool {
    of_date(text).is_some_and(|(a, b)| a <= 12 && b <= 12 && a != b)
}

/// Whether a text is a date only with the month first, as programs set to English save it: `05/14/2013`.
pub(super) fn is_month_first(text: &str) -> bool {
    of_date(text.trim()).is_some_and(|(a, b)| (1..=12).contains(&a) && (13..=31).contains(&b))
}

/// A number in a column of days: how many days since the start of 1900, as spreadsheets count.
fn serial(number: f64) -> Result<(String, Option<Message>), Message> {
    // 1927 to 2064: what else would stand in a list of today.
    let day = (number.fract() == 0.0 && (10_000.0..60_000.0).contains(&number))
        .then(|| Date::new(1899, 12, 30).map(|start| start.plus_days(number as i32)))
        .flatten();
    match day {
        Some(day) => Ok((
            day.to_string(),
            Some(msg!("ô là số {number}, tức ngày {day}", "the number {number} is the day {day}")),
        )),
        None => Err(msg!("`{number}` không phải ngày; ghi như 5/3/2026", "`{number}` is no date")),
    }
}

fn whole(
    cell: &Cell,
    text: &str,
    judge: crate::record::scalar::Judge,
    column: &Column,
) -> Result<(String, Option<Message>), Message> {
    let money =
        column.path.last().is_some_and(|key| matches!(key.as_str(), "so_tien" | "phi" | "chi_phi_tuan_thu"));
    let free = ["mien phi", "khong thu phi", "khong"].contains(&fold(text).as_str());
    if money && free {
        return Ok(("0".to_owned(), Some(msg!("`{text}` hiểu là 0 đồng", "`{text}` taken as 0"))));
    }
    let (value, remark) = match cell {
        Cell::Number(number) if number.fract() == 0.0 && (0.0..9e15).contains(number) => {
            (format!("{number:.0}"), None)
        }
        Cell::Number(number) => {
            return Err(msg!("`{number}` không phải số nguyên", "`{number}` is not a whole number"));
        }
        _ => judged(text, judge)?,
    };
    // No fee of Vietnam is below a thousand đồng; 150.000 read by an English Excel is 150.
    let odd = money && matches!(value.parse::<u64>(), Ok(1..=999));
    let remark = remark.or_else(|| {
        odd.then(|| {
            msg!(
                "{value} đồng là quá nhỏ: có thể Excel đã đọc {value}.000 thành {value}; hãy xem lại",
                "{value} đồng is odd: Excel may have read {value}.000 as {value}"
            )
        })
    });
    Ok((value, remark))
}

/// A code of a procedure. A number has lost its last zeros: it is repaired only if the site has such a code.
fn code(
    cell: &Cell,
    text: &str,
    judge: crate::record::scalar::Judge,
    known: &Known,
) -> Result<(String, Option<Message>), Message> {
    let short = match cell {
        Cell::Number(number) if (0.0..10.0).contains(number) => {
            let padded = format!("{number:.6}");
            let exact = padded.parse::<f64>().is_ok_and(|again| again == *number);
            if exact && !padded.ends_with('0') {
                return Ok((padded, None));
            }
            exact.then_some(padded)
        }
        // `1.012353` typed where the dot divides thousands: every digit is there.
        Cell::Number(number) if number.fract() == 0.0 && (1e6..1e7).contains(number) => {
            return judged(text, judge);
        }
        Cell::Number(_) => None,
        _ => {
            let digits = text.split_once(['.', ',']).filter(|(head, tail)| {
                head.len() == 1
                    && (1..6).contains(&tail.len())
                    && (head.bytes().chain(tail.bytes())).all(|b| b.is_ascii_digit())
            });
            match digits {
                Some((head, tail)) => Some(format!("{head}.{tail:0<6}")),
                None => return judged(text, judge),
            }
        }
    };
    match short {
        Some(padded) if known.procedures.contains(&padded) => {
            let remark = msg!(
                "`{text}` hiểu là `{padded}`: Excel đã bỏ số 0 ở cuối, và trang có thủ tục này",
                "`{text}` taken as `{padded}`: Excel dropped the zeros, and the site has this procedure"
            );
            Ok((padded, Some(remark)))
        }
        Some(padded) => Err(msg!(
            "mã `{text}` thiếu chữ số, có phải `{padded}`? Excel bỏ số 0 ở cuối; hãy định dạng cột là chữ (Text) rồi gõ lại mã",
            "the code `{text}` lacks digits, is it `{padded}`? Excel drops zeros: make the column text"
        )),
        None => Err(msg!("`{text}` không phải mã thủ tục", "`{text}` is no code of a procedure")),
    }
}

/// A code that names a field or a unit, or the name itself.
fn reference(
    text: &str,
    judge: crate::record::scalar::Judge,
    column: &Column,
    known: &Known,
) -> Result<(String, Option<Message>), Message> {
    let names = match column.path.last().map(String::as_str) {
        Some("linh_vuc") => Some((&known.fields, "lĩnh vực", "field", "danh-muc/linh-vuc.yaml")),
        Some("don_vi" | "chu_tri" | "phoi_hop") => {
            Some((&known.units, "đơn vị", "unit", "danh-muc/don-vi.yaml"))
        }
        _ => None,
    };
    if judge(text).is_ok() {
        return Ok((text.to_owned(), None));
    }
    match names {
        Some((names, vi, en, file)) => match known.code_of(names, text) {
            Some(code) => Ok((code, None)),
            None => Err(msg!(
                "không có {vi} nào tên “{text}” trong {file}; thêm vào đó trước, hoặc ghi mã",
                "there is no {en} called “{text}” in {file}"
            )),
        },
        None => judged(text, judge),
    }
}

/// Words that offices write for a choice, folded.
const SYNONYMS: &[(&str, &str)] = &[
    ("ban hanh moi", "ban_hanh_moi"),
    ("moi ban hanh", "ban_hanh_moi"),
    ("moi", "ban_hanh_moi"),
    ("duoc ban hanh moi", "ban_hanh_moi"),
    ("sua doi", "sua_doi_bo_sung"),
    ("bo sung", "sua_doi_bo_sung"),
    ("duoc sua doi, bo sung", "sua_doi_bo_sung"),
    ("sua doi bo sung", "sua_doi_bo_sung"),
    ("bi bai bo", "bai_bo"),
    ("huy bo", "bai_bo"),
    ("duoc thay the", "thay_the"),
    ("bi thay the", "thay_the"),
    ("toan trinh", "toan_trinh"),
    ("dvc truc tuyen toan trinh", "toan_trinh"),
    ("mot phan", "mot_phan"),
    ("dvc truc tuyen mot phan", "mot_phan"),
    ("cung cap thong tin", "cung_cap_thong_tin"),
    ("qua buu chinh", "buu_chinh"),
    ("buu chinh", "buu_chinh"),
    ("buu chinh cong ich", "buu_chinh"),
    ("dich vu buu chinh cong ich", "buu_chinh"),
    ("nop truc tiep", "truc_tiep"),
    ("nop truc tuyen", "truc_tuyen"),
    ("tinh", "tinh"),
    ("xa", "xa"),
    ("bo", "bo"),
    ("to chuc (khong bao gom doanh nghiep, htx)", "to_chuc"),
    ("tthc duoc giao luat quy dinh chi tiet", "duoc_luat_giao"),
    ("tthc khong duoc luat giao cho dia phuong quy dinh", "khong_duoc_luat_giao"),
    ("email", "thu_dien_tu"),
    ("thu dien tu", "thu_dien_tu"),
    ("cong dich vu cong", "cong_dvcqg"),
    ("cong dvcqg", "cong_dvcqg"),
    ("vnd", "VND"),
    ("viet nam dong", "VND"),
];

/// The key of a choice by its key, its words or what offices call it.
fn choice(text: &str, choices: &[(String, String)]) -> Result<String, Message> {
    let folded = fold(text);
    let by = |fits: &dyn Fn(&(String, String)) -> bool| {
        let mut found = choices.iter().filter(|choice| fits(choice));
        found.next().filter(|_| found.next().is_none()).map(|(key, _)| key.clone())
    };
    let synonym = SYNONYMS.iter().filter(|(words, _)| *words == folded).map(|(_, key)| *key);
    by(&|(key, _)| key == text)
        .or_else(|| by(&|(_, label)| label == text))
        .or_else(|| by(&|(key, _)| fold(key) == folded))
        .or_else(|| by(&|(_, label)| fold(label) == folded))
        .or_else(|| synonym.into_iter().find_map(|wanted| by(&|(key, _)| key == wanted)))
        .ok_or_else(|| {
            let all: Vec<&str> = choices.iter().map(|(_, label)| label.as_str()).collect();
            let all = all.join("; ");
            msg!("`{text}` không có trong các giá trị nhận được: {all}", "`{text}` is none of: {all}")
        })
}
