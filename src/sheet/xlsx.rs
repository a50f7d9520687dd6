//! XLSX: read cell by cell through calamine, so that a sheet with one cell in its last corner costs one cell; written
//! through rust_xlsxwriter with a fixed date, so that the same records give the same bytes.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::csv::{guarded, too_many, unguarded};
use super::guard::{Parts, broken};
use super::{Cell, Grid, Refused, Sheet};
use crate::base::date::Date;

/// Most cells of one file.
const MOST_CELLS: usize = 2_000_000;
/// Most text of one file: a small file may name one long text in every cell.
const MOST_TEXT: usize = 200 << 20;

/// The sheets of a workbook. `_looked_over` says that the file was: calamine trusts what a ZIP says.
pub(super) fn read(bytes: &[u8], _looked_over: &Parts) -> Result<Vec<Grid>, Refused> {
    // A reader of others may give up on a broken file by a panic; for us that is a broken file.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes))).unwrap_or_else(|_| Err(broken()))
}

fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, Refused> {
    let fail = |_| broken();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(fail)?;
    let names: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let (mut count, mut length) = (0, 0);
    let mut grids = Vec::new();
    for (name, hidden) in names {
        let merged = book.merge_cells_by_sheet_name(&name).map_err(fail)?;
        let mut grid = Grid { name: name.clone(), hidden, ..Grid::default() };
        grid.merged = merged.into_iter().map(|area| (area.start, area.end)).collect();
        let mut cells = book.worksheet_cells_reader(&name).map_err(fail)?;
        while let Some(cell) = cells.next_cell_with_formula().map_err(fail)? {
            let value = match cell.value {
                DataRef::Empty => match cell.formula {
                    Some(formula) if !formula.trim().is_empty() => Cell::Fault(format!("={formula}")),
                    _ => continue,
                },
                DataRef::Int(number) => Cell::Number(number as f64),
                DataRef::Float(number) => Cell::Number(number),
                DataRef::String(text) => words(&text),
                DataRef::SharedString(text) => words(text),
                DataRef::Bool(yes) => Cell::Flag(yes),
                DataRef::DateTime(time) if time.is_duration() => Cell::Fault(time.to_string()),
                DataRef::DateTime(time) => day(time.to_ymd_hms_milli()),
                DataRef::DateTimeIso(text) => Cell::Text(text.trim_end_matches("T00:00:00").to_owned()),
                DataRef::DurationIso(text) => Cell::Fault(text),
                DataRef::Error(error) => Cell::Fault(error.to_string()),
            };
            count += 1;
            if let Cell::Text(text) = &value {
                length += text.len();
            }
            if count > MOST_CELLS || length > MOST_TEXT {
                return Err(too_many());
            }
            grid.put(cell.pos, value);
        }
        grids.push(grid);
    }
    Ok(grids)
}

/// A text as it was typed. A CSV of ours that went through a spreadsheet has its apostrophes as text.
fn words(text: &str) -> Cell {
    Cell::Text(unguarded(&text.replace("\r\n", "\n")).to_owned())
}

fn day((year, month, day, hour, minute, ..): (u16, u8, u8, u8, u8, u8, u16)) -> Cell {
    let small = |n: u8| i8::try_from(n).unwrap_or(0);
    match i16::try_from(year).ok().and_then(|year| Date::new(year, small(month), small(day))) {
        Some(date) if (hour, minute) == (0, 0) => Cell::Day(date),
        Some(date) => Cell::Fault(format!("{date} {hour:02}:{minute:02}")),
        None => Cell::Fault(format!("{day}/{month}/{year}")),
    }
}

/// Sheets as the bytes of a workbook.
pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>, String> {
    made(sheets).map_err(|error| error.to_string())
}

fn made(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same records give the same bytes, whenever the file is made.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&date));
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0xE8EEF5));
    let keys = Format::new().set_font_color(Color::RGB(0x6B7280)).set_font_size(8);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
    let number = Format::new().set_align(FormatAlign::Top).set_num_format("0");
    // With its language: the bare form is kept as "the date of this computer", and a computer set to English would
    // save 3 May as 05/03 in a CSV.
    let day = Format::new().set_align(FormatAlign::Top).set_num_format("[$-42A]dd/mm/yyyy");
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name)?;
        page.set_freeze_panes(2, 1)?;
        for (column, (title, key)) in (0u16..).zip(sheet.titles.iter().zip(&sheet.keys)) {
            page.write_string_with_format(0, column, title, &head)?;
            page.write_string_with_format(1, column, key, &keys)?;
            let longest = sheet
                .rows
                .iter()
                .filter_map(|row| row.get(usize::from(column))?.as_ref())
                .map(|cell| cell.shown().lines().map(|line| line.chars().count()).max().unwrap_or(0))
                .max()
                .unwrap_or(0);
            let width = u32::try_from(longest.clamp(12, 60)).unwrap_or(60);
            // Without a format of its own an empty cell would make a number of `1.010` that is typed into it.
            page.set_column_width(column, width)?.set_column_format(column, &text)?;
        }
        for (line, row) in (2u32..).zip(&sheet.rows) {
            for (column, cell) in (0u16..).zip(row) {
                match cell {
                    None => {}
                    Some(Cell::Number(value)) => {
                        page.write_number_with_format(line, column, *value, &number)?;
                    }
                    Some(Cell::Day(date)) if date.year() > 1900 => {
                        let [y, m, d] =
                            [i32::from(date.year()), i32::from(date.month()), i32::from(date.day())];
                        let (y, m, d) = (
                            u16::try_from(y).unwrap_or(0),
                            u8::try_from(m).unwrap_or(0),
                            u8::try_from(d).unwrap_or(0),
                        );
                        page.write_datetime_with_format(
                            line,
                            column,
                            &ExcelDateTime::from_ymd(y, m, d)?,
                            &day,
                        )?;
                    }
                    Some(other) => {
                        let shown = other.shown();
                        page.write_string_with_format(line, column, guarded(&shown), &text)?;
                    }
                }
            }
        }
    }
    book.save_to_buffer()
}
