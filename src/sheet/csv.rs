//! CSV (RFC 4180) as spreadsheets write and read it.
//!
//! What we write: UTF-8 with a byte order mark, commas, CRLF. A cell that a spreadsheet would take for a formula
//! gets an apostrophe in front, and so does a cell that begins with an apostrophe before such a thing; reading takes
//! exactly one away again, so nothing is changed by the way there and back.

use super::{Cell, Grid, Refused, Sheet};
use crate::base::csv::{formula, line};
use crate::msg;

/// A sheet as the bytes of a file.
pub fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = String::from('\u{FEFF}');
    line(&mut out, sheet.titles.iter().map(String::as_str), wants_guard, wants_quotes);
    line(&mut out, sheet.keys.iter().map(String::as_str), wants_guard, wants_quotes);
    for row in &sheet.rows {
        let cells: Vec<String> =
            row.iter().map(|cell| cell.as_ref().map(Cell::shown).unwrap_or_default()).collect();
        line(&mut out, cells.iter().map(String::as_str), wants_guard, wants_quotes);
    }
    out.into_bytes()
}

/// Blanks at the ends are kept by quotes alone in some programs; some divide at `;` or at tabs.
fn wants_quotes(cell: &str) -> bool {
    cell.contains([';', '\t']) || cell.trim() != cell
}

/// Whether a spreadsheet may take a cell for a formula, or reading would take an apostrophe away from it.
fn wants_guard(cell: &str) -> bool {
    formula(cell.trim_start_matches('\'')).is_some()
}

/// A text for a workbook, where no cell is guarded: only what reading would take an apostrophe from gets one more.
pub(super) fn guarded(cell: &str) -> String {
    let more = if cell.starts_with('\'') && wants_guard(cell) { "'" } else { "" };
    format!("{more}{cell}")
}

/// A cell as it was before [`write`] or [`guarded`] put an apostrophe in front.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if wants_guard(rest) => rest,
        _ => cell,
    }
}

/// The words of a text file: UTF-8 with or without a mark, UTF-16 with one (as Excel's "Unicode Text").
pub(super) fn decode(bytes: &[u8]) -> Result<String, Refused> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok().filter(|_| rest.len().is_multiple_of(2))
    };
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    };
    match text {
        Some(text) if !text.contains('\0') => Ok(text),
        None if is_old_text(bytes) => Err(Refused(msg!(
            "chữ trong tệp không phải Unicode UTF-8 (có thể là Windows-1258, VNI hay TCVN3); hãy mở bằng Excel rồi lưu lại dạng “CSV UTF-8” hoặc .xlsx",
            "the text is not UTF-8 (perhaps Windows-1258); save it as CSV UTF-8 or .xlsx"
        ))),
        _ => Err(Refused(msg!(
            "không nhận ra loại tệp này: nhận XLSX, ODS, DOCX, JSON và CSV; nếu là CSV, hãy lưu lại dạng “CSV UTF-8”",
            "unknown kind of file: XLSX, ODS, DOCX, JSON and CSV are read; a CSV must be saved as UTF-8"
        ))),
    }
}

/// Whether bytes look like lines of text in a writing of one byte a letter.
fn is_old_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4_096)];
    let strange = |b: &u8| *b < 0x20 && !b"\t\r\n".contains(b);
    let letters = start.iter().filter(|b| b.is_ascii_graphic() || **b == b' ').count();
    !start.iter().any(strange) && letters * 2 > start.len()
}

/// Most cells of one file.
const MOST_CELLS: usize = 2_000_000;

/// Reads the text of a file. What divides the cells is told by the first line: a comma, a semicolon (where the comma
/// is the decimal sign, as in Vietnam) or a tab.
pub(super) fn read(name: &str, text: &str) -> Result<Grid, Refused> {
    let (text, divider) = match text.strip_prefix("sep=") {
        Some(rest) => {
            let (sign, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            (rest, sign.trim_end_matches('\r').chars().next().unwrap_or(','))
        }
        None => (text, divider(text)),
    };
    let mut grid = Grid { name: name.to_owned(), ..Grid::default() };
    let (mut row, mut column, mut cell) = (0, 0, String::new());
    let mut chars = text.chars().peekable();
    let (mut quoted, mut at_start) = (false, true);
    let mut count = 0;
    loop {
        let c = chars.next();
        match c {
            Some('"') if quoted => {
                if chars.peek() == Some(&'"') {
                    chars.next();
                    cell.push('"');
                } else {
                    quoted = false;
                }
            }
            Some(c) if quoted => cell.push(c),
            Some('"') if at_start => {
                quoted = true;
                at_start = false;
            }
            Some('\r') if chars.peek() == Some(&'\n') => {}
            None | Some('\n') => {
                if quoted {
                    let row = row + 1;
                    return Err(Refused(msg!(
                        "CSV có một ô mở ngoặc kép mà không đóng (từ dòng thứ {row} của bảng); hãy lưu lại tệp",
                        "a quoted cell of the CSV never ends (from row {row} on)"
                    )));
                }
                grid.put((row, column), Cell::Text(unguarded(&cell).to_owned()));
                count += 1;
                cell.clear();
                (row, column, at_start) = (row + 1, 0, true);
                if c.is_none() {
                    break;
                }
            }
            Some(c) if c == divider => {
                grid.put((row, column), Cell::Text(unguarded(&cell).to_owned()));
                count += 1;
                cell.clear();
                (column, at_start) = (column + 1, true);
            }
            Some(c) => {
                cell.push(c);
                at_start = false;
            }
        }
        if count > MOST_CELLS {
            return Err(too_many());
        }
    }
    Ok(grid)
}

/// What is said of a table that is too large.
pub(super) fn too_many() -> Refused {
    Refused(msg!(
        "bảng có hơn 2.000.000 ô; hãy tách ra nhiều tệp, hoặc xóa các dòng, cột trống thừa",
        "the table has more than {MOST_CELLS} cells; divide it"
    ))
}

/// So many lines tell what divides cells.
const LOOKED_AT: usize = 40;

/// The sign that stands equally often in most lines: a title above the table has none, and texts have commas here and
/// there.
fn divider(text: &str) -> char {
    const SIGNS: [char; 3] = [',', ';', '\t'];
    let mut lines = vec![[0usize; SIGNS.len()]];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted && lines.len() == LOOKED_AT => break,
            '\n' if !quoted => lines.push([0; SIGNS.len()]),
            c if !quoted => {
                if let (Some(at), Some(line)) = (SIGNS.iter().position(|sign| *sign == c), lines.last_mut()) {
                    line[at] += 1;
                }
            }
            _ => {}
        }
    }
    let weight = |at: usize| {
        let counts = lines.iter().map(|line| line[at]).filter(|count| *count > 0);
        let mut often: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
        counts.for_each(|count| *often.entry(count).or_default() += 1);
        often.into_iter().map(|(count, lines)| (lines, count)).max().unwrap_or((0, 0))
    };
    // The first of those that are equal.
    (0..SIGNS.len()).rev().max_by_key(|at| weight(*at)).map_or(',', |at| SIGNS[at])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sheet(cells: &[&str]) -> Sheet {
        let texts: Vec<Option<Cell>> = cells
            .iter()
            .map(|cell| Some(Cell::Text((*cell).to_owned())).filter(|cell| !cell.is_blank()))
            .collect();
        let heads: Vec<String> = (0..cells.len()).map(|i| format!("c{i}")).collect();
        Sheet { name: "x".into(), titles: heads.clone(), keys: heads, rows: vec![texts] }
    }

    fn back(cells: &[&str]) -> Vec<String> {
        let text = decode(&write(&sheet(cells))).expect("UTF-8");
        let grid = read("x", &text).expect("readable");
        (0..cells.len())
            .map(|i| {
                let at = (2, u32::try_from(i).expect("small"));
                grid.cells.get(&at).map(Cell::shown).unwrap_or_default()
            })
            .collect()
    }

    #[test]
    fn no_cell_is_a_formula_and_each_comes_back() {
        for cell in [
            "=1+1",
            "+84",
            "-5",
            "@x",
            "\tx",
            "\rx",
            "'=1",
            "''=1",
            "'tis",
            " =1",
            "＝1",
            "=cmd|' /C calc'!A0",
        ] {
            let bytes = write(&sheet(&[cell]));
            let text = String::from_utf8(bytes).expect("UTF-8");
            let line = text.splitn(3, "\r\n").nth(2).expect("a row");
            assert!(!wants_guard(line.trim_start_matches('"')) || line.starts_with("\"'"), "{line}");
            assert_eq!(back(&[cell]), [cell]);
        }
    }

    #[test]
    fn what_offices_write_is_read() {
        let cells = |text: &str| {
            let grid = read("x", text).expect("readable");
            grid.cells.into_values().map(|cell| cell.shown()).collect::<Vec<_>>()
        };
        assert_eq!(cells("a;b\r\n1,5;\"x;y\"\r\n"), ["a", "b", "1,5", "x;y"]);
        assert_eq!(cells("a\tb\n1\t2"), ["a", "b", "1", "2"]);
        assert_eq!(cells("Bảng một, hai, ba\na;b\n1;x, y\n"), ["Bảng một, hai, ba", "a", "b", "1", "x, y"]);
        assert_eq!(cells("sep=;\r\na;b\n"), ["a", "b"]);
        assert_eq!(cells("\"a\"\"b\",\"c\nd\""), ["a\"b", "c\nd"]);
        assert!(read("x", "\"mở").is_err());
        assert!(decode(b"\xE0\x00x").is_err());
        assert_eq!(decode(&[0xFF, 0xFE, b'a', 0, 0x6F, 0x01]).expect("UTF-16"), "aů");
    }

    proptest! {
        #[test]
        fn any_cells_come_back(cells in proptest::collection::vec("['=+@\\-\t\r\n,;\" aă]{0,6}", 1..5)) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let wanted: Vec<&str> = cells.iter().map(|c| if c.trim().is_empty() { "" } else { *c }).collect();
            prop_assert_eq!(back(&cells), wanted);
        }
    }
}
