//! Tables as offices keep them: read out of XLSX, ODS, CSV and DOCX, written as XLSX and CSV.
//!
//! Bytes in, values out. Nothing here knows of records: a [`Grid`] is what a person sees on a sheet, cell by cell
//! with its address, so that whoever reads it can name every cell that was not understood.
//!
//! What comes from outside is held to limits before any reader of others sees it (`guard.rs`): sizes, macros,
//! links to other files, encryption.

pub mod csv;
mod docx;
mod guard;
mod ods;
mod xlsx;
mod xml;

use std::collections::BTreeMap;

use crate::base::date::Date;
use crate::base::diagnostic::Message;
use crate::msg;

pub use guard::MOST_BYTES;
pub use xlsx::write as to_xlsx;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number, as spreadsheets keep it: how many zeros were typed is not known any more.
    Number(f64),
    /// A day.
    Day(Date),
    /// Yes or no.
    Flag(bool),
    /// What cannot be read: an error of the spreadsheet, a formula without a result, a time of the day.
    Fault(String),
}

impl Cell {
    /// The cell as a person sees it.
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Day(day) => day.to_string(),
            Cell::Flag(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
            Cell::Fault(what) => what.clone(),
        }
    }

    /// Whether nobody sees anything in it.
    pub fn is_blank(&self) -> bool {
        matches!(self, Cell::Text(text) if text.trim().is_empty())
    }
}

/// A place on a sheet: row and column, both from 0.
pub type At = (u32, u32);

/// Cells that were joined to one: the first and the last.
pub type Area = (At, At);

/// One sheet, or one table of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// Its name.
    pub name: String,
    /// The cells that hold something, row by row.
    pub cells: BTreeMap<At, Cell>,
    /// Cells that were joined; the value stands in the first.
    pub merged: Vec<Area>,
    /// The paragraphs of a document above the table, those after an earlier table only.
    pub above: Vec<String>,
    /// Whoever opens the file does not see it.
    pub hidden: bool,
    /// Cells are named by row and column of a table, since a document has no letters.
    pub in_document: bool,
}

impl Grid {
    /// The address of a cell as people write it: `B12`; in a document `dòng 12, cột 2`.
    pub fn address(&self, at: At) -> String {
        if self.in_document { format!("dòng {}, cột {}", at.0 + 1, at.1 + 1) } else { address(at) }
    }

    /// What a person sees at a place: joined cells all show the value of the first.
    pub fn seen(&self, at: At) -> Option<&Cell> {
        self.cells.get(&at).or_else(|| {
            let (first, _) = self.merged.iter().find(|(first, last)| {
                (first.0..=last.0).contains(&at.0) && (first.1..=last.1).contains(&at.1)
            })?;
            self.cells.get(first)
        })
    }

    /// How many rows hold something, counted from the top.
    pub fn height(&self) -> u32 {
        self.cells.keys().map(|at| at.0 + 1).max().unwrap_or(0)
    }

    /// How many columns hold something, counted from the left.
    pub fn width(&self) -> u32 {
        self.cells.keys().map(|at| at.1 + 1).max().unwrap_or(0)
    }

    /// Puts a cell in, unless there is nothing in it.
    fn put(&mut self, at: At, cell: Cell) {
        if !cell.is_blank() {
            self.cells.insert(at, cell);
        }
    }
}

/// `B12`
pub fn address((row, column): At) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        match (left / 26).checked_sub(1) {
            Some(more) => left = more,
            None => break,
        }
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row + 1)
}

/// What is read out of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Read {
    /// Sheets of a workbook, or the one of a CSV file.
    Sheets(Vec<Grid>),
    /// The tables of a document, and its paragraphs from the top on.
    Document(Vec<Grid>, Vec<String>),
    /// JSON.
    Json(serde_json::Value),
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused(pub Message);

/// Reads a file by what it is, whatever its name says. `name` is that of the file, without folders and extension:
/// the sheet of a CSV file is called so. A file in which there is nothing to read is refused: a clerk who picked the
/// wrong one must not be told that all is well.
pub fn read(name: &str, bytes: &[u8]) -> Result<Read, Refused> {
    let read = read_any(name, bytes)?;
    match &read {
        Read::Sheets(grids) if grids.iter().all(|grid| grid.cells.is_empty()) => Err(Refused(msg!(
            "tệp không có ô nào có chữ; hãy mở tệp xem có đúng tệp cần nhập không",
            "no cell of the file holds anything"
        ))),
        Read::Document(grids, _) if grids.is_empty() => Err(Refused(msg!(
            "tệp Word không có bảng nào; danh mục thủ tục có thể nằm ở tệp phụ lục, hoặc là ảnh chụp",
            "the document has no table"
        ))),
        _ => Ok(read),
    }
}

fn read_any(name: &str, bytes: &[u8]) -> Result<Read, Refused> {
    if bytes.is_empty() {
        return Err(Refused(msg!(
            "tệp rỗng (0 byte), có thể chép hay tải về chưa xong; hãy lấy lại tệp",
            "the file is empty (0 bytes); get it again"
        )));
    }
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        let most = MOST_BYTES >> 20;
        return Err(Refused(msg!(
            "tệp lớn hơn {most} MB; hãy tách ra, hoặc chỉ giữ lại các trang tính cần nhập",
            "the file has more than {most} MB; divide it"
        )));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let parts = guard::open(bytes)?;
        return match parts.sort {
            guard::Sort::Workbook => xlsx::read(bytes, &parts).map(Read::Sheets),
            guard::Sort::OpenDocument => ods::read(&parts).map(Read::Sheets),
            guard::Sort::Document => {
                docx::read(&parts).map(|(grids, paragraphs)| Read::Document(grids, paragraphs))
            }
        };
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Refused(guard::old_office(bytes)));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Refused(msg!(
            "đây là tệp PDF, không có bảng đọc được; hãy lấy bản Word hoặc Excel của văn bản",
            "this is a PDF, which has no tables to read; take the DOCX or XLSX"
        )));
    }
    let text = csv::decode(bytes)?;
    if text.trim_start().starts_with(['{', '[']) {
        return match serde_json::from_str(&text) {
            Ok(value) => Ok(Read::Json(value)),
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                Err(Refused(msg!(
                    "JSON sai ở dòng {line}, cột {column}; hãy lưu lại tệp từ nơi đã lấy",
                    "broken JSON at line {line}, column {column}"
                )))
            }
        };
    }
    let start = text.trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    if ["<html", "<table", "<!doctype"].iter().any(|tag| start.starts_with(tag)) {
        return Err(Refused(msg!(
            "đây là trang web (HTML) mang đuôi của bảng tính; hãy mở bằng Excel rồi lưu lại dạng .xlsx",
            "this is a web page (HTML); open it in a spreadsheet program and save it as .xlsx"
        )));
    }
    csv::read(name, &text).map(|grid| Read::Sheets(vec![grid]))
}

/// A sheet to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name: at most 31 characters, as spreadsheets want it.
    pub name: String,
    /// The headings, for people.
    pub titles: Vec<String>,
    /// The line below them, for programs.
    pub keys: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Option<Cell>>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_in_a_spreadsheet() {
        for (at, name) in
            [((0, 0), "A1"), ((11, 25), "Z12"), ((0, 26), "AA1"), ((0, 701), "ZZ1"), ((0, 702), "AAA1")]
        {
            assert_eq!(address(at), name);
        }
    }
}
