//! The edit that a finding proposes, as the line before and after.
//!
//! Helps that know what was meant open with one of a few phrases (“có phải `…`?”). The value that they
//! would replace is quoted in the message, so the edit can be shown without any rule saying it twice.

use crate::base::diagnostic::Diagnostic;
use crate::parse::locate::Located;

/// How a help opens that names the one value to write.
const OPENINGS: &[&str] = &["có phải `", "viết liền các chữ số: `"];

/// The line with the finding as it is and as it would be; `None` where no single value is proposed, or
/// where the line does not say what would be replaced.
pub fn edit(diagnostic: &Diagnostic, at: &Located, source: &str) -> Option<(String, String)> {
    let meant = proposed(&diagnostic.help.as_ref()?.vi)?;
    let (start, end) = (at.span.start, at.span.end);
    let marked = source.get(start..end).filter(|marked| !marked.is_empty())?;
    let written = written(marked, &diagnostic.message.vi)?;
    let from = start + marked.find(written)?;
    let line_start = source[..from].rfind('\n').map_or(0, |i| i + 1);
    let line_end = source[from..].find('\n').map_or(source.len(), |i| from + i);
    let (old, to) = (&source[line_start..line_end], from + written.len());
    let (ahead, behind) = (source.get(line_start..from)?, source.get(to..line_end)?);
    // A code without quotes would lose its noughts in other programs: write it as the docs do.
    let bare = !ahead.ends_with(['"', '\'']) && ahead.ends_with([' ', '-']);
    let quoted = bare && meant.parse::<f64>().is_ok() && meant.contains('.');
    let new = if quoted { format!("{ahead}\"{meant}\"{behind}") } else { format!("{ahead}{meant}{behind}") };
    (new != old).then(|| (old.trim().to_owned(), new.trim().to_owned()))
}

/// The value that a help proposes.
fn proposed(help: &str) -> Option<&str> {
    let rest = OPENINGS.iter().find_map(|opening| help.strip_prefix(opening))?;
    rest.split_once('`').map(|(meant, _)| meant).filter(|meant| !meant.is_empty())
}

/// The longest value quoted in the message that stands once in the marked words.
fn written<'m>(marked: &str, message: &'m str) -> Option<&'m str> {
    let quoted = message.split('`').skip(1).step_by(2).filter(|part| !part.is_empty());
    quoted.filter(|part| marked.matches(part).count() == 1).max_by_key(|part| part.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::Place;
    use crate::codes::CK0301;
    use crate::msg;

    fn edit_of(source: &str, marked: &str, message: &str, help: &str) -> Option<(String, String)> {
        let start = source.find(marked).expect("marked words stand in the source");
        let at = Located {
            file: "thu-tuc/a.yaml".to_owned(),
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 1,
            span: (start..start + marked.len()).into(),
        };
        let found = Diagnostic::new(CK0301, Place::site(), msg!("{message}", "")).help(msg!("{help}", ""));
        edit(&found, &at, source)
    }

    #[test]
    fn the_value_is_replaced_and_the_rest_of_the_line_stays() {
        let cases = [
            (
                "a: 1\n  ma: \"1000123\" # cũ\nb: 2\n",
                "\"1000123\"",
                "1000123",
                "1.000123",
                "ma: \"1.000123\" # cũ",
            ),
            ("ma: 1000123\n", "1000123", "1000123", "1.000123", "ma: \"1.000123\""),
            ("ngay_ky: 5/3/2026", "5/3/2026", "5/3/2026", "2026-03-05", "ngay_ky: 2026-03-05"),
            ("linhvuc: a\n", "linhvuc", "linhvuc", "linh_vuc", "linh_vuc: a"),
            (
                "Xem [lĩnh vực](/thu-tucc/).",
                "[lĩnh vực](/thu-tucc/)",
                "/thu-tucc/",
                "/thu-tuc/",
                "Xem [lĩnh vực](/thu-tuc/).",
            ),
        ];
        for (source, marked, wrong, meant, new) in cases {
            let (_, got) = edit_of(source, marked, &format!("sai `{wrong}`"), &format!("có phải `{meant}`?"))
                .unwrap_or_else(|| panic!("{source}"));
            assert_eq!(got, new);
        }
    }

    #[test]
    fn nothing_is_proposed_where_nobody_knows() {
        assert_eq!(edit_of("ma: 1", "1", "sai `1`", "viết sáu chữ số"), None);
        // The value stands twice, or is not there at all.
        assert_eq!(edit_of("a: x x", "x x", "sai `x`", "có phải `y`?"), None);
        assert_eq!(edit_of("a: x", "x", "sai `z`", "có phải `y`?"), None);
    }
}
