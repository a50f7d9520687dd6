//! Tables as CSV (RFC 4180) that a spreadsheet opens by double click: UTF-8 with a byte order mark,
//! since Excel takes a file without one for a code page of its own.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front: what an editor
//! copied from somewhere must not be carried out on a reader's machine.

use crate::base::csv::{formula, line};

/// A table of these headings and rows.
pub fn table(headings: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::from('\u{FEFF}');
    line(&mut out, headings.iter().copied(), is_formula, |_| false);
    for row in rows {
        line(&mut out, row.iter().map(String::as_str), is_formula, |_| false);
    }
    out.into_bytes()
}

/// Whether a spreadsheet may take a cell for a formula. A negative number is none.
fn is_formula(cell: &str) -> bool {
    formula(cell).is_some_and(|start| {
        let digits = start.strip_prefix('-').unwrap_or_default();
        digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(cell: &str) -> String {
        String::from_utf8(table(&["a"], &[vec![cell.to_owned()]])).expect("UTF-8")
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        for (cell, written) in [
            ("", ""),
            ("Bỏ giấy tờ", "Bỏ giấy tờ"),
            ("một, hai", "\"một, hai\""),
            ("gọi là \"x\"", "\"gọi là \"\"x\"\"\""),
            ("hai\ndòng", "\"hai\ndòng\""),
            ("-5", "-5"),
            ("=1+1", "\"'=1+1\""),
            ("-5+A1", "\"'-5+A1\""),
            ("+84", "\"'+84\""),
            ("@x", "\"'@x\""),
            (" =1", "\"' =1\""),
            ("＝1", "\"'＝1\""),
            ("-", "\"'-\""),
        ] {
            assert_eq!(text(cell), format!("\u{FEFF}a\r\n{written}\r\n"), "{cell:?}");
        }
    }

    /// Reads what [`table`] writes, as RFC 4180 says.
    fn read(text: &str) -> Vec<Vec<String>> {
        let mut rows = vec![vec![String::new()]];
        let mut quoted = false;
        let mut chars = text.trim_start_matches('\u{FEFF}').chars().peekable();
        while let Some(c) = chars.next() {
            let cell = rows.last_mut().and_then(|row| row.last_mut()).expect("a cell");
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => rows.last_mut().expect("a row").push(String::new()),
                '\r' if !quoted => {
                    assert_eq!(chars.next(), Some('\n'));
                    rows.push(vec![String::new()]);
                }
                c => cell.push(c),
            }
        }
        rows.pop();
        rows
    }

    proptest! {
        #[test]
        fn any_cell_reads_back_and_none_is_a_formula(cells in proptest::collection::vec(any::<String>(), 1..4)) {
            let text = String::from_utf8(table(&["x"], std::slice::from_ref(&cells))).expect("UTF-8");
            let rows = read(&text);
            prop_assert_eq!(rows.len(), 2);
            prop_assert_eq!(rows[1].len(), cells.len());
            for (read, cell) in rows[1].iter().zip(&cells) {
                prop_assert!(!is_formula(read));
                prop_assert!(read == cell || read.strip_prefix('\'') == Some(cell));
            }
        }
    }
}
