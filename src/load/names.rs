//! What the name of a file alone tells: passed over, almost right, fit for an address.

use std::ffi::OsStr;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::disk::Sort;

/// The rule that passes a thing of this name over without a word, if there is one.
pub(super) fn passed_over(name: &OsStr, sort: Sort) -> Option<&'static str> {
    let name = name.to_string_lossy();
    // Emacs makes its lock `.#x` as a dangling symbolic link: the name counts before the sort.
    if name.starts_with(".#") {
        return Some("tệp khoá của trình soạn thảo (tên bắt đầu bằng `.#`)");
    }
    if name.starts_with('.') {
        return Some("tệp hoặc thư mục ẩn (tên bắt đầu bằng dấu chấm)");
    }
    if sort == Sort::Folder {
        return None;
    }
    if name.starts_with("~$") {
        return Some("tệp khoá của Microsoft Office (tên bắt đầu bằng `~$`)");
    }
    if name.ends_with('~') {
        return Some("bản lưu của trình soạn thảo (tên kết thúc bằng `~`)");
    }
    if name.ends_with(".swp") || name.ends_with(".swo") {
        return Some("tệp tạm của trình soạn thảo Vim (`.swp`, `.swo`)");
    }
    if name.len() > 2 && name.starts_with('#') && name.ends_with('#') {
        return Some("bản tự lưu của trình soạn thảo (tên dạng `#…#`)");
    }
    if name.eq_ignore_ascii_case("thumbs.db") || name.eq_ignore_ascii_case("desktop.ini") {
        return Some("tệp do Windows tự tạo");
    }
    None
}

/// Whether a name holds a character that cannot be seen or that makes it read otherwise than it is:
/// controls, back-slashes, zero-width characters and marks that turn the direction of writing.
pub(super) fn has_bad_character(name: &str) -> bool {
    name.chars().any(|c| {
        c.is_control()
            || matches!(c, '\\' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
    })
}

/// The name as it can be shown in one line: what cannot be shown becomes `�`.
pub(super) fn shown(name: &OsStr) -> String {
    let lossy = name.to_string_lossy();
    let bad = |c: char| has_bad_character(c.encode_utf8(&mut [0; 4]));
    lossy.chars().map(|c| if bad(c) { '\u{fffd}' } else { c }).collect()
}

/// What is wrong with a name that should be `<something>.<extension>`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NameFault {
    /// A second copy, made by a download or by the file manager. Holds the name of the first.
    Copy(String),
    /// The extension is almost right. Holds the right name.
    Extension(String),
    /// Some other sort of file.
    Other,
}

/// Checks that `name` is `<something>.<extension>` and no copy of another file.
pub(super) fn fault(name: &str, extension: &str) -> Option<NameFault> {
    let Some(stem) = almost(name, extension) else { return Some(NameFault::Other) };
    let right = format!("{stem}.{extension}");
    match original(stem) {
        Some(first) => Some(NameFault::Copy(format!("{first}.{extension}"))),
        None if right == name => None,
        None => Some(NameFault::Extension(right)),
    }
}

/// What stands before the extension, if the extension is this one or a usual slip for it.
fn almost<'a>(name: &'a str, extension: &str) -> Option<&'a str> {
    let slips: &[&str] = match extension {
        "yaml" => &[".yaml.yaml", ".yaml.txt", ".yml.txt", ".yaml", ".yml"],
        "md" => &[".markdown.txt", ".md.md", ".md.txt", ".markdown", ".mdown", ".mkd", ".md"],
        _ => &[],
    };
    slips.iter().find_map(|slip| {
        let at = name.len().checked_sub(slip.len()).filter(|at| name.is_char_boundary(*at))?;
        (at > 0 && name[at..].eq_ignore_ascii_case(slip)).then(|| &name[..at])
    })
}

/// The name (without extension) that `stem` is a copy of, if it looks like one.
fn original(stem: &str) -> Option<&str> {
    let mut rest = stem.trim_end();
    let mut copy = false;
    if let Some((before, number)) = rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        rest = before.trim_end();
        copy = true;
    }
    let marks = [" - Copy", " - copy", " copy", " - Bản sao", " - bản sao", " (copy)", " (bản sao)"];
    if let Some(before) = marks.iter().find_map(|mark| rest.strip_suffix(mark)) {
        rest = before.trim_end();
        copy = true;
    }
    if let Some(after) = rest.strip_prefix("Copy of ").or_else(|| rest.strip_prefix("Bản sao của ")) {
        rest = after;
        copy = true;
    }
    (copy && !rest.is_empty()).then_some(rest)
}

/// Whether a name can stand in an address as it is: `A-Z a-z 0-9 . _ -`.
pub(super) fn fits_address(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

/// The nearest name that [`fits_address`]: no diacritics, `-` for everything else.
pub(super) fn address_name(name: &str) -> String {
    let mut out = String::new();
    for c in name.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'đ' => out.push('d'),
            'Đ' => out.push('D'),
            c if c.is_ascii_alphanumeric() || c == '_' => out.push(c),
            '.' => {
                // "mẫu (1).pdf" is "mau-1.pdf", not "mau-1-.pdf".
                out.truncate(out.trim_end_matches('-').len());
                out.push('.');
            }
            _ if out.ends_with('-') || out.ends_with('.') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    let out = out.trim_matches(['-', '.']);
    if out.is_empty() { "tep".to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn litter_of_editors_is_passed_over() {
        for name in [
            ".git",
            ".#a.yaml",
            "a.yaml~",
            "a.yaml.swp",
            "a.swo",
            "#a.yaml#",
            "Thumbs.db",
            "desktop.ini",
            "Desktop.ini",
            "~$mau.docx",
            ".DS_Store",
        ] {
            assert!(passed_over(OsStr::new(name), Sort::Regular).is_some(), "{name}");
        }
        for name in ["a.yaml", "~a.yaml", "#a.yaml", "##", "a.swp.yaml"] {
            assert!(passed_over(OsStr::new(name), Sort::Regular).is_none(), "{name}");
        }
        assert!(passed_over(OsStr::new(".git"), Sort::Folder).is_some());
        assert!(passed_over(OsStr::new("thu-tuc~"), Sort::Folder).is_none());
    }

    #[test]
    fn almost_right_names_are_told_from_others() {
        use NameFault::{Copy, Extension, Other};
        let right = |name: &str| Some(Extension(name.to_owned()));
        let copy = |name: &str| Some(Copy(name.to_owned()));
        for (name, expected) in [
            ("a.yaml", None),
            ("1.014888.yaml", None),
            ("a.yml", right("a.yaml")),
            ("a.YAML", right("a.yaml")),
            ("a.Yml", right("a.yaml")),
            ("a.yaml.txt", right("a.yaml")),
            ("a.yaml.yaml", right("a.yaml")),
            ("a (1).yaml", copy("a.yaml")),
            ("a(2).yaml", copy("a.yaml")),
            ("a - Copy.yaml", copy("a.yaml")),
            ("a - Copy (2).yaml", copy("a.yaml")),
            ("a - Bản sao.yml", copy("a.yaml")),
            ("Copy of a.yaml", copy("a.yaml")),
            ("a (x).yaml", None),
            ("yaml", Some(Other)),
            ("a.json", Some(Other)),
            ("a.md", Some(Other)),
            ("ố.txt", Some(Other)),
        ] {
            assert_eq!(fault(name, "yaml"), expected, "{name}");
        }
        assert_eq!(fault("a.markdown", "md"), right("a.md"));
        assert_eq!(fault("a.yaml", "md"), Some(Other));
    }

    #[test]
    fn names_for_addresses_lose_their_diacritics() {
        for (name, address) in [
            ("Mẫu đơn (1).pdf", "Mau-don-1.pdf"),
            ("Đơn  đề nghị.docx", "Don-de-nghi.docx"),
            ("---", "tep"),
            ("a+b.pdf", "a-b.pdf"),
            ("日本.pdf", "pdf"),
        ] {
            assert_eq!(address_name(name), address);
        }
    }

    proptest! {
        #[test]
        fn a_proposed_name_fits_an_address(name in "\\PC{0,20}") {
            let proposed = address_name(&name);
            prop_assert!(!proposed.is_empty() && fits_address(&proposed), "{proposed}");
        }

        #[test]
        fn a_proposed_extension_is_right(name in "[a-c (1)]{0,6}(- Copy)?(\\.[a-zA-Z]{0,4}){0,3}") {
            if let Some(NameFault::Extension(right)) = fault(&name, "yaml") {
                prop_assert!(right.ends_with(".yaml"));
            }
        }
    }
}
