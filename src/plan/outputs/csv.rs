//! Tables as CSV (RFC 4180) that a spreadsheet opens without harm: UTF-8 with its mark in front, so
//! that Vietnamese letters survive Excel, and no cell that a spreadsheet would take for a formula.

/// A table: the headings, then a line for each row.
pub fn table(headings: &[&str], rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut out = String::from('\u{FEFF}');
    line(&mut out, headings.iter().copied());
    for row in &rows {
        line(&mut out, row.iter().map(String::as_str));
    }
    out.into_bytes()
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(',');
        }
        push(out, cell);
    }
    out.push_str("\r\n");
}

/// A cell. A text that begins as a formula does gets an apostrophe, which spreadsheets take for “this
/// is text”; a plain negative number is no formula.
fn push(out: &mut String, cell: &str) {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    let guard = if formula { "'" } else { "" };
    if guard.is_empty() && !cell.contains([',', '"', '\n', '\r']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    out.push_str(guard);
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(rows: Vec<Vec<&str>>) -> String {
        let rows = rows.into_iter().map(|row| row.into_iter().map(str::to_owned).collect()).collect();
        String::from_utf8(table(&["ma", "tên"], rows)).expect("UTF-8")
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            text(vec![vec!["1.000001", "Cấp, đổi"], vec!["", "nói \"không\"\nhai dòng"]]),
            "\u{FEFF}ma,tên\r\n1.000001,\"Cấp, đổi\"\r\n,\"nói \"\"không\"\"\nhai dòng\"\r\n"
        );
    }

    #[test]
    fn what_looks_like_a_formula_is_text() {
        for cell in ["=1+1", "+84 x", "-x", "@a", "\t=1"] {
            assert!(text(vec![vec!["a", cell]]).contains(&format!("\"'{cell}\"")), "{cell}");
        }
        assert!(text(vec![vec!["-5", "x"]]).contains("\r\n-5,x\r\n"));
    }

    proptest! {
        #[test]
        fn no_cell_reaches_into_another(cells in proptest::collection::vec("\\PC{0,12}|[=+@,\"\r\n-]{1,4}", 2..3)) {
            let text = text(vec![cells.iter().map(String::as_str).collect()]);
            let body = text.strip_prefix("\u{FEFF}ma,tên\r\n").expect("the headings");
            // Read back by the rules of RFC 4180.
            let (mut read, mut cell, mut quoted) = (Vec::new(), String::new(), false);
            let mut chars = body.strip_suffix("\r\n").expect("an end of the line").chars().peekable();
            while let Some(c) = chars.next() {
                match c {
                    '"' if quoted && chars.peek() == Some(&'"') => { chars.next(); cell.push('"'); }
                    '"' => quoted = !quoted,
                    ',' if !quoted => read.push(std::mem::take(&mut cell)),
                    c => cell.push(c),
                }
            }
            read.push(cell);
            prop_assert_eq!(read.len(), cells.len());
            for (read, cell) in read.iter().zip(&cells) {
                prop_assert!(read == cell || read.strip_prefix('\'') == Some(cell));
                prop_assert!(!read.starts_with(['=', '+', '@']) || read.parse::<f64>().is_ok());
            }
        }
    }
}
