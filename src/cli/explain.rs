//! `congkhai explain`: the page of a rule for a terminal, or a list of rules.

use std::io::IsTerminal;

use super::{Exit, Lang, print};
use crate::base::diagnostic::{Rule, Severity};
use crate::codes::{self, RULES};
use crate::handbook::rules::{families, place, title};
use crate::vi::fold::fold;
use crate::vi::nearest::nearest;

/// As wide as text is comfortable to read, and as terminals are at least.
const WIDTH: usize = 78;

/// Prints the page of a rule by its code or slug; without one, lists them all.
pub fn run(code: &Option<String>, lang: Lang) -> Exit {
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let ink = Ink { colour };
    let Some(code) = code else { return print(&list(RULES, lang, ink), lang) };
    match asked(code) {
        Asked::Rule(rule) => print(&page(rule, lang, ink), lang),
        Asked::Some(rules) => print(&list(&rules, lang, ink), lang),
        Asked::Unknown(near) => {
            match (lang, near) {
                (Lang::Vi, Some(near)) => complain!(
                    "congkhai: không có quy tắc `{code}`; có phải `{near}`?\n  Xem: congkhai explain {near}"
                ),
                (Lang::Vi, None) => {
                    complain!("congkhai: không có quy tắc `{code}`; xem danh sách: congkhai explain")
                }
                (Lang::En, Some(near)) => {
                    complain!("congkhai: there is no rule `{code}`; did you mean `{near}`?")
                }
                (Lang::En, None) => {
                    complain!("congkhai: there is no rule `{code}`; for a list: congkhai explain")
                }
            }
            Exit::Usage
        }
    }
}

/// What some words name.
#[derive(Debug, PartialEq)]
enum Asked {
    Rule(&'static Rule),
    Some(Vec<&'static Rule>),
    Unknown(Option<&'static str>),
}

/// A code in any case and with or without `CK`, a slug, the start of a code, or words of a title.
fn asked(words: &str) -> Asked {
    let words = words.trim();
    if let Some(rule) = codes::find(words) {
        return Asked::Rule(rule);
    }
    let bare: String = words.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let code = bare.to_ascii_uppercase();
    let digits = code.strip_prefix("CK").unwrap_or(&code);
    if !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()) {
        if let Some(rule) = codes::find(&format!("CK{digits:0>4}")) {
            return Asked::Rule(rule);
        }
        let family: Vec<_> = RULES
            .iter()
            .copied()
            .filter(|rule| digits.len() == 2 && rule.code[2..].starts_with(digits))
            .collect();
        if !family.is_empty() {
            return Asked::Some(family);
        }
    }
    let folded = fold(words);
    let named = |rule: &&Rule| !folded.is_empty() && fold(title(rule)).contains(&folded);
    let found: Vec<_> = RULES.iter().copied().filter(|rule| named(rule)).collect();
    match found.as_slice() {
        [] => Asked::Unknown(nearest(words, RULES.iter().flat_map(|rule| [rule.code, rule.slug]))),
        [rule] => Asked::Rule(rule),
        _ => Asked::Some(found),
    }
}

fn severity(rule: &Rule, lang: Lang) -> &'static str {
    match rule.severity {
        Severity::Error => lang.pick("lỗi", "error"),
        Severity::Warning => lang.pick("cảnh báo", "warning"),
        Severity::Note => lang.pick("ghi chú", "note"),
    }
}

/// Whether the terminal shows colours.
#[derive(Clone, Copy)]
struct Ink {
    colour: bool,
}

impl Ink {
    fn bold(self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

fn list(rules: &[&'static Rule], lang: Lang, ink: Ink) -> String {
    let mut text = String::new();
    for (digits, name) in families() {
        let family: Vec<_> = rules.iter().filter(|rule| rule.code[2..].starts_with(digits)).collect();
        if family.is_empty() {
            continue;
        }
        text.push_str(&format!("{}\n", ink.bold(&format!("CK{digits}  {}", lang.of(&name)))));
        for rule in family {
            text.push_str(&format!("  {}  {:<9} {}\n", rule.code, severity(rule, lang), plain(title(rule))));
        }
        text.push('\n');
    }
    text.push_str(lang.pick(
        "Xem một quy tắc: congkhai explain CK0301. Một nhóm: congkhai explain CK03.\n",
        "See a rule: congkhai explain CK0301. A family: congkhai explain CK03.\n",
    ));
    text
}

fn page(rule: &Rule, lang: Lang, ink: Ink) -> String {
    let mut out = format!("{}\n", ink.bold(&format!("{}  {}", rule.code, plain(title(rule)))));
    out.push_str(&match (rule.severity, lang) {
        (Severity::Error, Lang::Vi) => format!("Lỗi: phải sửa mới đăng được · tên quy tắc: {}\n", rule.slug),
        (Severity::Warning, Lang::Vi) => {
            format!("Cảnh báo: trang vẫn đăng được · tên quy tắc: {}\n", rule.slug)
        }
        (Severity::Note, Lang::Vi) => format!("Ghi chú: để biết · tên quy tắc: {}\n", rule.slug),
        (_, Lang::En) => format!("{} · slug: {}\n", severity(rule, lang), rule.slug),
    });
    let mut lines = rule.doc.lines().skip(1);
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            out.push_str(&format!("\n{}\n", ink.bold(&heading.to_uppercase())));
        } else if let Some(info) = line.strip_prefix("```") {
            let block = lines.by_ref().take_while(|line| *line != "```");
            out.push_str(&format!("  {}\n", place(info).unwrap_or_default()));
            for line in block {
                out.push_str(format!("    │ {line}").trim_end());
                out.push('\n');
            }
        } else if !line.trim().is_empty() {
            wrap(&plain(line), &mut out);
        }
    }
    out
}

/// A line of the page without the marks of Markdown. What a code span holds keeps its marks: they are what
/// the page talks about. Blanks at its ends are shown by quotes.
fn plain(line: &str) -> String {
    let parts = line.split('`').enumerate();
    parts
        .map(|(i, part)| match i % 2 {
            0 => part.replace("**", ""),
            _ if part.trim() != part => format!("“{part}”"),
            _ => part.to_owned(),
        })
        .collect()
}

/// Words in lines of the terminal's width, set in by two.
fn wrap(words: &str, out: &mut String) {
    let mut width = 0;
    for word in words.split(' ') {
        let long = word.chars().count();
        if width == 0 {
            out.push_str("  ");
            width = 2;
        } else if width + 1 + long > WIDTH {
            out.push_str("\n  ");
            width = 2;
        } else {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += long;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::CK0301;

    #[test]
    fn a_rule_is_found_however_it_is_typed() {
        let rule = Asked::Rule(CK0301);
        for words in [
            "CK0301",
            "ck0301",
            " Ck 0301 ",
            "0301",
            "301",
            "CK0301.",
            "ma-thu-tuc-sai-dang",
            "MA-THU-TUC-SAI-DANG",
        ] {
            assert_eq!(asked(words), rule, "{words}");
        }
        assert_eq!(asked("mã thủ tục sai dạng"), rule);
        assert_eq!(asked("ma-thu-tuc-sai-dag"), Asked::Unknown(Some("ma-thu-tuc-sai-dang")));
        assert_eq!(asked("CK9999"), Asked::Unknown(nearest("CK9999", RULES.iter().map(|rule| rule.code))));
        assert_eq!(asked("zzzzzzzzzzzzzzzz"), Asked::Unknown(None));
        assert_eq!(asked(""), Asked::Unknown(None));
        let Asked::Some(family) = asked("ck03") else { panic!("a family") };
        assert!(family.len() > 20 && family.iter().all(|rule| rule.code.starts_with("CK03")));
        let Asked::Some(named) = asked("liên kết") else { panic!("several") };
        assert!(named.len() > 3);
    }

    #[test]
    fn every_rule_is_in_a_family_and_its_page_shows_without_marks() {
        let all = list(RULES, Lang::Vi, Ink { colour: false });
        for rule in RULES {
            assert_eq!(all.matches(&format!("  {}  ", rule.code)).count(), 1, "{}", rule.code);
            let page = page(rule, Lang::Vi, Ink { colour: false });
            for heading in ["VÌ SAO", "SAI", "ĐÚNG", "CĂN CỨ"] {
                assert!(page.lines().any(|line| line == heading), "{}: {heading}", rule.code);
            }
            for line in page.lines().filter(|line| !line.starts_with("    │")) {
                assert!(!line.contains("```") && !line.starts_with('#'), "{}: {line}", rule.code);
                assert!(line.chars().count() <= WIDTH || !line.trim().contains(' '), "{}: {line}", rule.code);
            }
        }
    }
}
