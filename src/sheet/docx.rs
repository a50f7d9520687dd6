//! DOCX: the tables of `word/document.xml` with the paragraphs above each, which say what a table is a list of.
//!
//! Text that was struck out by a tracked change is not text any more; tables in a cell are read as tables of their own.

use super::guard::{Parts, broken};
use super::xml::{Event, walk};
use super::{At, Cell, Grid, Refused};

/// Reads the tables, in the order in which they end, and all paragraphs that stand outside of them.
pub(super) fn read(parts: &Parts) -> Result<(Vec<Grid>, Vec<String>), Refused> {
    let xml = parts.files.get("word/document.xml").ok_or_else(broken)?;
    let mut reading = Reading::default();
    walk(xml, &mut |event| reading.take(&event)).ok_or_else(broken)?;
    Ok((reading.grids, reading.paragraphs))
}

#[derive(Default)]
struct Reading {
    grids: Vec<Grid>,
    paragraphs: Vec<String>,
    /// Paragraphs since the last table.
    above: Vec<String>,
    /// The tables that are open, the outermost first.
    open: Vec<Table>,
    paragraph: String,
    /// Inside of what is not shown: deleted text, instructions of fields, the second form of a drawing.
    hidden: u32,
    /// Inside of a run's text; white space elsewhere is layout of the file.
    in_text: bool,
}

#[derive(Default)]
struct Table {
    grid: Grid,
    row: u32,
    column: u32,
    text: String,
    paragraphs: u32,
    span: u32,
    /// The cell goes on from the row above.
    goes_on: bool,
    /// Where the cell that goes down in this column began.
    began: std::collections::BTreeMap<u32, At>,
}

const HIDDEN: &[&str] = &["del", "delText", "instrText", "Fallback", "moveFrom"];

impl Reading {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Open(name, attributes) => {
                let value = |name: &str| {
                    attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
                };
                match *name {
                    name if HIDDEN.contains(&name) => self.hidden += 1,
                    "tbl" => {
                        let above = std::mem::take(&mut self.above);
                        let number = self.grids.len() + self.open.len() + 1;
                        let grid = Grid {
                            name: format!("bảng {number}"),
                            above,
                            in_document: true,
                            ..Grid::default()
                        };
                        self.open.push(Table { grid, ..Table::default() });
                    }
                    "tr" => {
                        if let Some(table) = self.open.last_mut() {
                            table.column = 0;
                        }
                    }
                    "tc" => {
                        if let Some(table) = self.open.last_mut() {
                            table.text.clear();
                            (table.paragraphs, table.span, table.goes_on) = (0, 1, false);
                        }
                    }
                    "gridSpan" => {
                        if let (Some(table), Some(span)) =
                            (self.open.last_mut(), value("val").and_then(|n| n.parse::<u32>().ok()))
                        {
                            table.span = span.clamp(1, 1000);
                        }
                    }
                    "vMerge" => {
                        if let Some(table) = self.open.last_mut() {
                            table.goes_on = value("val") != Some("restart");
                            if !table.goes_on {
                                table.began.insert(table.column, (table.row, table.column));
                            }
                        }
                    }
                    "p" => self.paragraph.clear(),
                    "t" => self.in_text = true,
                    "tab" => self.text("\t"),
                    "br" | "cr" => self.text("\n"),
                    "noBreakHyphen" => self.text("-"),
                    _ => {}
                }
            }
            Event::Text(text) => {
                if self.in_text {
                    self.text(text);
                }
            }
            Event::Close("t") => self.in_text = false,
            Event::Close(name) if HIDDEN.contains(name) => self.hidden = self.hidden.saturating_sub(1),
            Event::Close("p") => self.end_of_paragraph(),
            Event::Close("tc") => self.end_of_cell(),
            Event::Close("tr") => {
                if let Some(table) = self.open.last_mut() {
                    table.row += 1;
                }
            }
            Event::Close("tbl") => {
                if let Some(mut table) = self.open.pop() {
                    table.grid.name = format!("bảng {}", self.grids.len() + 1);
                    self.grids.push(table.grid);
                }
            }
            Event::Close(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden == 0 {
            self.paragraph.push_str(text);
        }
    }

    fn end_of_paragraph(&mut self) {
        let text = std::mem::take(&mut self.paragraph);
        match self.open.last_mut() {
            Some(table) => {
                if table.paragraphs > 0 {
                    table.text.push('\n');
                }
                table.paragraphs += 1;
                table.text.push_str(text.trim());
            }
            None if !text.trim().is_empty() => {
                self.above.push(text.trim().to_owned());
                self.paragraphs.push(text.trim().to_owned());
            }
            None => {}
        }
    }

    fn end_of_cell(&mut self) {
        let Some(table) = self.open.last_mut() else { return };
        let at = (table.row, table.column);
        let last = (table.row, table.column + table.span.max(1) - 1);
        if table.goes_on {
            // Joined downwards: the area of the first cell grows.
            if let Some(began) = table.began.get(&at.1).copied() {
                table.grid.merged.retain(|(first, _)| *first != began);
                table.grid.merged.push((began, last));
            }
        } else if last != at {
            table.grid.merged.push((at, last));
        }
        let text = table.text.trim().to_owned();
        table.grid.put(at, Cell::Text(text));
        table.column = last.1 + 1;
    }
}
