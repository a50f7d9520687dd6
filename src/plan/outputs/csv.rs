//! Tables as CSV (RFC 4180) that any spreadsheet opens: UTF-8 with a byte order mark, by which Excel
//! knows the letters, commas between cells, a point in decimals.

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing known.
    Empty,
    /// Text, which is never run as a formula.
    Text(String),
    /// A number that we wrote ourselves.
    Number(String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Cell::Number(number.to_string())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// The table as a file.
pub fn write(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut out = String::from("\u{FEFF}");
    for row in rows {
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            match cell {
                Cell::Empty => {}
                Cell::Number(number) => out.push_str(number),
                Cell::Text(text) => out.push_str(&quoted(&harmless(text))),
            }
        }
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// Text that a spreadsheet shows and does not compute: an apostrophe before what would begin a formula
/// (OWASP, CSV injection). Full-width forms of the signs count too, as some programs take them alike.
fn harmless(text: &str) -> String {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if begins { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n', ';']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(text: &str) -> String {
        let bytes = write(&[vec![Cell::from(text), Cell::from(7), Cell::from(None::<u64>)]]);
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        for formula in ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "=HYPERLINK(\"x\")"] {
            let text = line(formula);
            let cell = text.trim_start_matches(['\u{FEFF}', '"']);
            assert!(cell.starts_with('\''), "{text}");
        }
        assert_eq!(line("Đo lường"), "\u{FEFF}Đo lường,7,\r\n");
        assert_eq!(line("a, \"b\""), "\u{FEFF}\"a, \"\"b\"\"\",7,\r\n");
    }

    proptest! {
        #[test]
        fn any_text_stays_in_its_cell(text in any::<String>()) {
            let written = line(&text);
            let rest = written.trim_start_matches('\u{FEFF}');
            // Read back by the grammar of RFC 4180.
            let (cell, after) = match rest.strip_prefix('"') {
                None => rest.split_once(',').map(|(cell, after)| (cell.to_owned(), after)).expect("a comma"),
                Some(inside) => {
                    let mut end = 0;
                    let bytes = inside.as_bytes();
                    while bytes[end] != b'"' || bytes.get(end + 1) == Some(&b'"') {
                        end += if bytes[end] == b'"' { 2 } else { 1 };
                    }
                    (inside[..end].replace("\"\"", "\""), &inside[end + 2..])
                }
            };
            prop_assert_eq!(after, "7,\r\n");
            let text = text.trim_start_matches('\u{FEFF}');
            prop_assert!(cell.trim_start_matches('\u{FEFF}') == text || cell == format!("'{text}"), "{cell:?}");
        }
    }
}
