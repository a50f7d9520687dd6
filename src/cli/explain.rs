//! `congkhai explain`: the page of a rule, or the list of all rules.

use super::{Exit, Lang, print};
use crate::codes::{self, RULES};
use crate::vi::nearest::nearest;

/// Prints the page of a rule by its code or slug; without one, lists them all.
pub fn run(code: &Option<String>, lang: Lang) -> Exit {
    let Some(code) = code else { return print(&list(), lang) };
    match codes::find(code) {
        Some(rule) => print(rule.doc, lang),
        None => {
            let known = RULES.iter().flat_map(|rule| [rule.code, rule.slug]);
            let near = nearest(code, known);
            match (lang, near) {
                (Lang::Vi, Some(near)) => complain!("congkhai: không có quy tắc `{code}`; có phải `{near}`?"),
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

fn list() -> String {
    let mut text = String::new();
    for rule in RULES {
        let title = rule.doc.lines().next().unwrap_or_default();
        let title = title.trim_start_matches("# ").trim_start_matches(rule.code).trim();
        text.push_str(&format!("{}  {:<34} {title}\n", rule.code, rule.slug));
    }
    text
}
