//! The editors' handbook (`docs/bien-tap/`) as a small site of its own: pages with relative links, no script,
//! nothing from elsewhere. `congkhai handbook DIR` writes it; it is no part of an agency's site.
//!
//! The texts stay plain Markdown that reads well where the source is kept; here they get the theme's style.

mod page;
pub mod rules;

use std::collections::BTreeMap;

use serde_json::json;

use crate::base::hash::Sha;
use crate::base::path::OutPath;
use crate::codes::RULES;
use crate::markdown::{self, Options, Target};
use crate::site::{Content, Site};
use crate::theme::Theme;
use crate::vi::{fold::fold, slug::slug};
use page::{Frame, Page};

/// The chapters in the order in which they are read: what is not listed here is reached by links alone.
pub const CHAPTERS: &[&str] = &[
    "README.md",
    "bat-dau.md",
    "quyet-dinh.md",
    "niem-yet.md",
    "phan-anh.md",
    "so-lieu.md",
    "bai-viet.md",
    "ke-hoach.md",
    "loi.md",
    "tu-sua.md",
    "tao-tep-moi.md",
    "nhap-xuat.md",
    "xem-truoc.md",
    "trang-moi.md",
    "thay-doi.md",
    "xuat-ban.md",
    "khoa.md",
    "dong-lenh.md",
    "hoi-dap.md",
    "tham-khao/README.md",
];

/// The handbook's own list of files, which tells its folder from an agency's site.
pub const MANIFEST: &str = "phien-ban.json";

/// What is wrong with the texts of the handbook. A test finds them all, so readers never do.
pub type Faults = Vec<String>;

/// Makes the site of the handbook out of its files (path below `docs/bien-tap` → bytes).
pub fn site(files: &BTreeMap<String, Vec<u8>>, theme: &Theme) -> (Site, Faults) {
    let mut faults = Faults::new();
    let texts = texts(files);
    let asset = |name: &str| theme.assets.get(name).cloned().unwrap_or_default();
    let frame = Frame { style: asset("style.css"), icon: asset("favicon.svg") };
    let mut out: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let titles: BTreeMap<&str, String> =
        texts.iter().map(|(path, text)| (path.as_str(), title(text).to_owned())).collect();
    for (path, text) in &texts {
        let (body, headings) = body(path, text, files, &texts, &mut faults);
        let at = CHAPTERS.iter().position(|chapter| chapter == path);
        let neighbour = |step: isize| {
            let to = at?.checked_add_signed(step).and_then(|i| CHAPTERS.get(i)).copied()?;
            Some((relative(path, &address(to)), titles.get(to)?.clone()))
        };
        let page = Page {
            root: "../".repeat(path.matches('/').count()),
            title: title(text),
            body_html: &body,
            contents: &headings,
            before: neighbour(-1),
            after: neighbour(1),
        };
        out.insert(address(path), page::html(&page, &frame).into_bytes());
    }
    for (path, bytes) in files.iter().filter(|(path, _)| !path.ends_with(".md")) {
        out.insert(path.clone(), bytes.clone());
    }
    for name in ["style.css", "favicon.svg"] {
        let bytes = OutPath::new(&asset(name)).ok().and_then(|path| theme.files.get(&path).cloned());
        match bytes {
            Some(bytes) => drop(out.insert(asset(name), bytes)),
            None => faults.push(format!("the theme has no {name}")),
        }
    }
    out.insert(page::STYLE.to_owned(), include_bytes!("handbook.css").to_vec());
    let hashes: serde_json::Map<String, serde_json::Value> =
        out.iter().map(|(path, bytes)| (path.clone(), json!(Sha::of(bytes).to_hex()))).collect();
    let manifest =
        json!({ "phan_mem": concat!("congkhai ", env!("CARGO_PKG_VERSION")), "so_tay": true, "tep": hashes });
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    bytes.push(b'\n');
    out.insert(MANIFEST.to_owned(), bytes);
    let mut site = Site::default();
    for (path, bytes) in out {
        match OutPath::new(&path) {
            Ok(out) => drop(site.files.insert(out, Content::Bytes(bytes))),
            Err(_) => faults.push(format!("{path} is no name for a file of a site")),
        }
    }
    (site, faults)
}

/// The texts in Markdown, with the lists and forms that only pages need.
fn texts(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let markdown = files.iter().filter(|(path, _)| path.ends_with(".md"));
    let mut texts: BTreeMap<String, String> = markdown
        .map(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let is_rule = path.starts_with("quy-tac/");
            (path.clone(), if is_rule { rules::with_places(&text) } else { text })
        })
        .collect();
    texts.entry("quy-tac/README.md".to_owned()).or_insert_with(|| {
        let known: Vec<_> = RULES
            .iter()
            .copied()
            .filter(|rule| files.contains_key(&format!("quy-tac/{}.md", rule.code)))
            .collect();
        rules::index(&known)
    });
    texts
}

/// The first line of a text, without its mark.
fn title(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_start_matches('#').trim()
}

/// The file of a text's page: `README.md` stands for its folder.
fn address(path: &str) -> String {
    match path.strip_suffix("README.md") {
        Some(folder) => format!("{folder}index.html"),
        None => format!("{}.html", path.strip_suffix(".md").unwrap_or(path)),
    }
}

/// `to` as it is written in a link of the page of `from`; both are paths below the root.
fn relative(from: &str, to: &str) -> String {
    format!("{}{to}", "../".repeat(from.matches('/').count()))
}

/// Where a path that is written in `from` leads, below the root; `None` outside of it.
fn joined(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let folder = if path.ends_with('/') || path.is_empty() { "/README.md" } else { "" };
    Some(format!("{}{folder}", parts.join("/")).trim_start_matches('/').to_owned())
}

fn options(title: &str) -> Options {
    Options { title: title.to_owned(), ..Options::new(slug, fold) }
}

fn words(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

/// The ids of a text's headings.
fn anchors(text: &str) -> Vec<String> {
    markdown::outline(words(text), &options("")).headings.into_iter().map(|heading| heading.id).collect()
}

/// A text as markup, and the headings of its second level.
fn body(
    path: &str,
    text: &str,
    files: &BTreeMap<String, Vec<u8>>,
    texts: &BTreeMap<String, String>,
    faults: &mut Faults,
) -> (String, Vec<(String, String)>) {
    let options = options(title(text));
    let outline = markdown::outline(words(text), &options);
    faults.extend(outline.findings.iter().map(|finding| format!("{path}: {:?}", finding.kind)));
    let headings = outline.headings.into_iter().filter(|heading| heading.level == 2);
    let headings = headings.map(|heading| (heading.id, heading.text)).collect();
    let mut resolve = |target: &Target| -> Option<String> {
        let (to, fragment) = match target {
            Target::External(url) => return Some(url.clone()),
            Target::Here(fragment) => (path.to_owned(), Some(fragment)),
            Target::Relative { path: to, fragment } => match joined(path, to) {
                Some(to) => (to, fragment.as_ref()),
                None => {
                    faults.push(format!("{path}: `{to}` leads out of the handbook"));
                    return None;
                }
            },
            Target::Site { path: to, .. } => {
                faults.push(format!("{path}: `{to}` leads out of the handbook"));
                return None;
            }
        };
        // Anchors are written as the source's site makes them, with accents; ours have none.
        let fragment = fragment.map(|fragment| slug(fragment));
        let known = match texts.get(&to) {
            Some(text) => fragment.as_ref().is_none_or(|wanted| anchors(text).contains(wanted)),
            None => files.contains_key(&to) && fragment.is_none(),
        };
        if !known {
            faults.push(format!("{path}: there is no `{to}` {}", fragment.unwrap_or_default()));
            return None;
        }
        let href = relative(path, &if to.ends_with(".md") { address(&to) } else { to });
        Some(fragment.map_or(href.clone(), |fragment| format!("{href}#{fragment}")))
    };
    let html = markdown::html(words(text), &options, &mut resolve);
    (html, headings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(files: &[(&str, &str)]) -> (BTreeMap<String, String>, Faults) {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        let (site, faults) = site(&files, &Theme::default());
        let pages = site.files.into_iter().filter_map(|(path, content)| {
            Some((path.to_string(), str::from_utf8(content.bytes()?).ok()?.to_owned()))
        });
        (pages.collect(), faults.into_iter().filter(|fault| !fault.starts_with("the theme")).collect())
    }

    #[test]
    fn links_lead_to_pages_wherever_they_are_written() {
        let (pages, faults) = made(&[
            (
                "README.md",
                "# Đầu\n\n[a](a.md), [mục](a.md#gõ-lệnh), [luật](quy-tac/), [CK](quy-tac/CK0101.md), ![Ảnh chụp](anh/x.png)\n",
            ),
            ("a.md", "# A\n\n## Gõ lệnh\n\n[về](README.md) [trên](#gõ-lệnh)\n"),
            ("quy-tac/CK0101.md", "# CK0101 X\n\n[về](../a.md#go-lenh)\n"),
            ("anh/x.png", "…"),
        ]);
        assert_eq!(faults, Faults::new());
        let index = &pages["index.html"];
        for href in [
            "\"a.html\"",
            "\"a.html#go-lenh\"",
            "\"quy-tac/index.html\"",
            "\"quy-tac/CK0101.html\"",
            "\"anh/x.png\"",
        ] {
            assert!(index.contains(href), "{href}: {index}");
        }
        assert!(pages["quy-tac/CK0101.html"].contains("\"../a.html#go-lenh\""));
        assert!(
            pages["a.html"].contains("\"a.html#go-lenh\"") && pages["a.html"].contains("<h2 id=\"go-lenh\"")
        );
    }

    #[test]
    fn what_leads_nowhere_is_a_fault_and_markup_is_shown_as_text() {
        let (pages, faults) = made(&[(
            "README.md",
            "# A <script>\n\n[a](khong.md) [b](../../README.md) [c](#khong) [d](/thu-tuc/)\n\n<b>x</b>\n",
        )]);
        assert_eq!(faults.len(), 6, "{faults:?}");
        let index = &pages["index.html"];
        assert!(!index.contains("<script") && !index.contains("<b>"), "{index}");
    }
}
