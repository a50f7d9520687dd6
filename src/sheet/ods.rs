//! ODS: `content.xml` read by ourselves, since rows and cells are repeated by a number that may be anything.

use super::csv::{too_many, unguarded};
use super::guard::{Parts, broken};
use super::xml::{Event, walk};
use super::{Cell, Grid, Refused};
use crate::base::date::Date;

/// Rows and columns of the largest sheets there are.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;
/// Most cells of one file that hold something.
const MOST_CELLS: usize = 2_000_000;
/// A row or cell with something in it that is repeated more often than this is no list of an office.
const MOST_REPEATED: u32 = 10_000;

/// The sheets of a file.
pub(super) fn read(parts: &Parts) -> Result<Vec<Grid>, Refused> {
    let xml = parts.files.get("content.xml").ok_or_else(broken)?;
    let mut reading = Reading::default();
    walk(xml, &mut |event| reading.take(&event)).ok_or_else(broken)?;
    if reading.too_many { Err(too_many()) } else { Ok(reading.grids) }
}

#[derive(Default)]
struct Reading {
    grids: Vec<Grid>,
    row: u32,
    row_repeat: u32,
    column: u32,
    /// The cells of this row, since the whole row may be repeated.
    cells: Vec<(u32, u32, Cell, u32, u32)>,
    open: Option<Open>,
    /// Depth of what belongs to no cell text: comments.
    aside: u32,
    /// The style that is being read, and those of sheets that are not shown.
    style: String,
    hidden: std::collections::BTreeSet<String>,
    count: usize,
    too_many: bool,
}

/// The cell that is being read.
struct Open {
    kind: String,
    value: String,
    formula: Option<String>,
    text: String,
    paragraphs: u32,
    repeat: u32,
    rows: u32,
    columns: u32,
}

impl Reading {
    fn take(&mut self, event: &Event<'_>) {
        if self.too_many {
            return;
        }
        match event {
            Event::Open(name, attributes) => {
                let value = |name: &str| {
                    attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
                };
                let number = |name: &str| value(name).and_then(|n| n.parse::<u32>().ok()).unwrap_or(1).max(1);
                match *name {
                    "annotation" => self.aside += 1,
                    _ if self.aside > 0 => {}
                    "style" => self.style = value("name").unwrap_or_default().to_owned(),
                    "table-properties" if value("display") == Some("false") => {
                        self.hidden.insert(self.style.clone());
                    }
                    "table" => {
                        let name = value("name").unwrap_or_default().to_owned();
                        let hidden = value("style-name").is_some_and(|style| self.hidden.contains(style));
                        self.grids.push(Grid { name, hidden, ..Grid::default() });
                        self.row = 0;
                    }
                    "table-row" => {
                        self.row_repeat = number("number-rows-repeated");
                        self.column = 0;
                        self.cells.clear();
                    }
                    "table-cell" | "covered-table-cell" => {
                        let own = ["date-value", "boolean-value", "string-value", "value"];
                        self.open = Some(Open {
                            // LibreOffice calls a cell with an error a text, and says the truth in an attribute more.
                            kind: match attributes.contains(&("value-type".to_owned(), "error".to_owned())) {
                                true => "error".to_owned(),
                                false => value("value-type").unwrap_or_default().to_owned(),
                            },
                            value: own.iter().find_map(|name| value(name)).unwrap_or_default().to_owned(),
                            formula: value("formula").map(str::to_owned),
                            text: String::new(),
                            paragraphs: 0,
                            repeat: number("number-columns-repeated"),
                            rows: number("number-rows-spanned"),
                            columns: number("number-columns-spanned"),
                        });
                    }
                    "p" => {
                        if let Some(open) = &mut self.open {
                            if open.paragraphs > 0 {
                                open.text.push('\n');
                            }
                            open.paragraphs += 1;
                        }
                    }
                    "s" => self.text(&" ".repeat(usize::try_from(number("c").min(1000)).unwrap_or(1))),
                    "tab" => self.text("\t"),
                    "line-break" => self.text("\n"),
                    _ => {}
                }
            }
            // White space between elements is layout of the file.
            Event::Text(text)
                if self.aside == 0 && self.open.as_ref().is_some_and(|open| open.paragraphs > 0) =>
            {
                self.text(text);
            }
            Event::Close("annotation") => self.aside = self.aside.saturating_sub(1),
            Event::Close(_) if self.aside > 0 => {}
            Event::Close("table-cell" | "covered-table-cell") => self.cell(),
            Event::Close("table-row") => self.end_of_row(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.text.push_str(text);
        }
    }

    fn cell(&mut self) {
        let Some(open) = self.open.take() else { return };
        let fault = || Cell::Fault(open.text.clone());
        let cell = match open.kind.as_str() {
            "float" | "currency" | "percentage" => open.value.parse().map_or_else(|_| fault(), Cell::Number),
            "date" => {
                let day = open.value.trim_end_matches("T00:00:00");
                Date::parse(day).map_or_else(|_| fault(), Cell::Day)
            }
            "boolean" => Cell::Flag(open.value == "true"),
            "time" | "error" => fault(),
            "string" if open.text.is_empty() => Cell::Text(unguarded(&open.value).to_owned()),
            _ if open.text.is_empty() && open.formula.is_some() => {
                Cell::Fault(open.formula.clone().unwrap_or_default())
            }
            _ => Cell::Text(unguarded(&open.text).to_owned()),
        };
        if !cell.is_blank() {
            if open.repeat > MOST_REPEATED {
                self.too_many = true;
                return;
            }
            for i in 0..open.repeat {
                self.cells.push((self.column + i, self.row, cell.clone(), open.rows, open.columns));
            }
        }
        self.column = self.column.saturating_add(open.repeat);
        self.too_many |= self.column > MOST_COLUMNS.saturating_mul(4);
    }

    fn end_of_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let repeat = std::mem::replace(&mut self.row_repeat, 1);
        if !cells.is_empty() {
            self.count += cells.len().saturating_mul(usize::try_from(repeat).unwrap_or(usize::MAX));
            if repeat > MOST_REPEATED || self.count > MOST_CELLS {
                self.too_many = true;
                return;
            }
            let Some(grid) = self.grids.last_mut() else { return };
            for i in 0..repeat {
                for (column, row, cell, rows, columns) in &cells {
                    let at = (row + i, *column);
                    if *rows > 1 || *columns > 1 {
                        let last = (at.0.saturating_add(rows - 1), at.1.saturating_add(columns - 1));
                        grid.merged.push((at, last));
                    }
                    grid.put(at, cell.clone());
                }
            }
        }
        self.row = self.row.saturating_add(repeat).min(MOST_ROWS.saturating_mul(2));
    }
}
