//! The theme: templates and assets, out of the layers that `load` has put together.
//!
//! `layouts/`, `pages/` and `components/<name>/<name>.html` are templates; `assets/` are files to
//! publish, each under a name made from its content, so that it may be kept by browsers for ever.
//! The style sheets of the components are added to `assets/style.css` in the order of their names:
//! a page asks for one style sheet, a component is changed in one folder.

use std::collections::BTreeMap;

use crate::base::hash::Sha;
use crate::base::path::OutPath;
use crate::inputs::ThemeFiles;
use crate::plan::view::ThemeAssets;

/// The style sheet that the components' own are added to.
const STYLE: &str = "style.css";

/// A theme, ready for the render stage.
#[derive(Debug, Default)]
pub struct Theme {
    /// Template name (`pages/home.html`) → its text.
    pub templates: BTreeMap<String, String>,
    /// Files to publish, named after their content: `giao-dien/style-1a2b3c4d.css`.
    pub files: BTreeMap<OutPath, Vec<u8>>,
    /// Logical name (`style.css`) → path below the root of the site.
    pub assets: ThemeAssets,
}

/// Sorts the files of the theme into templates and assets.
pub fn assemble(files: &ThemeFiles) -> Theme {
    let mut theme = Theme::default();
    let mut style = String::new();
    let mut component_styles = String::new();
    for (path, bytes) in &files.0 {
        if let Some(name) = path.strip_prefix("assets/") {
            if name == STYLE {
                style = String::from_utf8_lossy(bytes).into_owned();
            } else if name.ends_with(".js") {
                publish(&mut theme, name, slim_script(&String::from_utf8_lossy(bytes)).into_bytes());
            } else {
                publish(&mut theme, name, bytes.clone());
            }
        } else if path.starts_with("components/") && path.ends_with(".css") {
            component_styles.push_str(&String::from_utf8_lossy(bytes));
            component_styles.push('\n');
        } else if path.ends_with(".html") {
            theme.templates.insert(path.clone(), String::from_utf8_lossy(bytes).into_owned());
        }
    }
    // What holds for every piece, such as print and forced colours, stands after the pieces.
    let (general, last) = style.split_once(LAST_PART).unwrap_or((&style, ""));
    let style = slim(&[general, &component_styles, last].concat());
    publish(&mut theme, STYLE, style.into_bytes());
    theme
}

/// The line of `assets/style.css` before which the components' styles are put.
const LAST_PART: &str = "/* components */";

fn publish(theme: &mut Theme, name: &str, bytes: Vec<u8>) {
    // An emblem that is the icon, too, is asked for once.
    let ending = |path: &str| path.rsplit_once('.').map(|(_, ending)| ending.to_owned());
    let twin =
        theme.files.iter().find(|(path, other)| **other == bytes && ending(path.as_str()) == ending(name));
    if let Some((path, _)) = twin {
        let published = path.as_str().to_owned();
        theme.assets.insert(name.to_owned(), published);
        return;
    }
    let hash = Sha::of(&bytes).to_hex();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let published = format!("giao-dien/{stem}-{}.{extension}", hash.get(..8).unwrap_or(&hash));
    if let Ok(out) = OutPath::new(&published) {
        theme.assets.insert(name.to_owned(), published);
        theme.files.insert(out, bytes);
    }
}

/// A script without lines that are a comment alone, indents and empty lines; the lines of a text in
/// backticks are left as they are.
fn slim_script(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut in_text = false;
    for line in script.lines() {
        let kept = if in_text { line } else { line.trim_start() };
        if in_text || !(kept.is_empty() || kept.starts_with("//")) {
            out.push_str(kept);
            out.push('\n');
            in_text ^= kept.matches('`').count() % 2 == 1;
        }
    }
    out
}

/// A style sheet without its comments, indents and empty lines. Strings are left as they are.
fn slim(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    let mut quote: Option<char> = None;
    while let Some(c) = chars.next() {
        match quote {
            Some(end) => {
                out.push(c);
                if c == '\\' {
                    out.extend(chars.next());
                } else if c == end {
                    quote = None;
                }
            }
            None if c == '/' && chars.peek() == Some(&'*') => {
                chars.next();
                let mut before = ' ';
                for inside in chars.by_ref() {
                    if before == '*' && inside == '/' {
                        break;
                    }
                    before = inside;
                }
            }
            None => {
                if matches!(c, '"' | '\'') {
                    quote = Some(c);
                }
                let at_line_start = out.is_empty() || out.ends_with('\n');
                if !(at_line_start && c.is_whitespace()) {
                    out.push(c);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(files: &[(&str, &str)]) -> Theme {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        assemble(&ThemeFiles(files.collect()))
    }

    fn style(theme: &Theme) -> String {
        let path = OutPath::new(&theme.assets[STYLE]).expect("a good path");
        String::from_utf8(theme.files[&path].clone()).expect("text")
    }

    #[test]
    fn styles_of_components_stand_between_the_general_part_and_the_last() {
        let theme = theme(&[
            ("assets/style.css", "a {}\n/* components */\nz {}\n"),
            ("components/b/b.css", "b {}"),
            ("components/a/a.css", "aa {}"),
            ("components/a/a.html", "x"),
            ("components/a/a.yaml", "examples: []"),
        ]);
        assert_eq!(style(&theme), "a {}\naa {}\nb {}\nz {}\n");
        assert_eq!(theme.templates.keys().collect::<Vec<_>>(), ["components/a/a.html"]);
        assert_eq!(theme.files.len(), 1);
    }

    #[test]
    fn comments_go_and_strings_stay() {
        assert_eq!(
            slim("  a { /* x */ content: \" /* y */ '\" }\n\n   b {}"),
            "a {  content: \" /* y */ '\" }\nb {}"
        );
        assert_eq!(slim("a { content: \"\\\"/*\" } /* open"), "a { content: \"\\\"/*\" } ");
    }

    #[test]
    fn a_script_loses_whole_lines_of_comment_and_nothing_in_a_text() {
        assert_eq!(
            slim_script("// x\n  a('//b'); // c\n\n  `d\n  // e\n`;\n  //f\n"),
            "a('//b'); // c\n`d\n  // e\n`;\n"
        );
    }

    #[test]
    fn a_file_is_named_after_its_content() {
        let one = theme(&[("assets/x.svg", "1")]);
        let two = theme(&[("assets/x.svg", "2")]);
        assert_ne!(one.assets["x.svg"], two.assets["x.svg"]);
        assert!(one.assets["x.svg"].starts_with("giao-dien/x-"));
    }

    #[test]
    fn files_of_one_content_and_kind_are_one_file() {
        let theme = theme(&[("assets/a.svg", "1"), ("assets/b.svg", "1"), ("assets/b.txt", "1")]);
        assert_eq!(theme.assets["a.svg"], theme.assets["b.svg"]);
        assert!(theme.assets["b.txt"].ends_with(".txt"));
    }
}
