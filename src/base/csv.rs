//! Lines of CSV (RFC 4180), and which cells a spreadsheet would run. What is guarded and what quoted is for the
//! two who write: tables that are only read, and tables that come back.

/// Writes a line. A guarded cell gets an apostrophe in front, so that no spreadsheet takes it for a formula; it is
/// quoted, and so is one that `quoted` names or that could not be told apart from its neighbours.
pub fn line<'c>(
    out: &mut String,
    cells: impl Iterator<Item = &'c str>,
    guarded: fn(&str) -> bool,
    quoted: fn(&str) -> bool,
) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(',');
        }
        let guard = if guarded(cell) { "'" } else { "" };
        if guard.is_empty() && !cell.contains([',', '"', '\n', '\r']) && !quoted(cell) {
            out.push_str(cell);
        } else {
            out.push('"');
            out.push_str(guard);
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        }
    }
    out.push_str("\r\n");
}

/// Where a cell that a spreadsheet may take for a formula begins; `None` for any other.
pub fn formula(cell: &str) -> Option<&str> {
    // Spaces in front do not keep every spreadsheet from it, and full-width signs are taken as well.
    let start = cell.trim_start_matches([' ', '\u{A0}', '\u{FEFF}']);
    start.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']).then_some(start)
}
