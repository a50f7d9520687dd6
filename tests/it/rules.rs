//! Every rule against its own page: what stands under *Sai* is found, what stands under *Đúng* is not.
//!
//! The page of a rule (`docs/bien-tap/quy-tac/<code>.md`) has blocks whose info string names a file of
//! the smallest site (`tests/sites/toi-thieu`) and what happens to it:
//!
//! ````text
//! ```yaml tệp: thu-tuc/1.000124.yaml       the file holds this and nothing else
//! ```yaml sửa: thu-tuc/1.000123.yaml       these keys stand instead of those of the file
//! ```yaml thêm vào: danh-muc/van-ban.yaml  this is added at the end
//! ```byte tệp: thu-tuc/1.000124.yaml       the file holds these bytes
//! ```text xóa: trang.yaml                  the file is not there
//! ````
//!
//! `⟨U+200B⟩` in a block stands for that character, which a page could not show. What an editor reads is
//! kept in `tests/rules/<code>/expected.txt`; `UPDATE=1 cargo test` rewrites it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use congkhai::base::date::{AsOf, Date};
use congkhai::base::diagnostic::{Rule, Severity, Stage};
use congkhai::cli::Lang;
use congkhai::cli::report::{self, Audience, Format};
use congkhai::codes::RULES;
use congkhai::inputs::{Inputs, Ledger, Published};
use congkhai::load;
use congkhai::parse::locate::locate;
use congkhai::pipeline::{self, Build, Settings};
use congkhai::site::InMemory;

use crate::site::TestSite;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

// ---- Faults that a block cannot carry -----------------------------------------------------------

/// What makes the fault of a rule whose page can only tell of it.
enum ByHand {
    /// Done to the content folder.
    Content(fn(&Path)),
    /// Done to the theme.
    Theme(fn(&mut Inputs)),
    /// Said of the last publication.
    Before(fn(&mut Published)),
}

/// The mark of a record of the last publication, entered if it is not there.
fn record<'p>(last: &'p mut Published, kind: &str, id: &str) -> &'p mut String {
    last.records.entry(kind.to_owned()).or_default().entry(id.to_owned()).or_default()
}

/// The rules whose *Sai* is told in words, since no text carries the fault.
const BY_HAND: &[(&str, ByHand)] = &[
    (
        "CK0105",
        ByHand::Content(|content| {
            let text = format!("# {}\n", "x".repeat(78)).repeat((1 << 20) / 80 + 1);
            fs::write(content.join("thu-tuc/1.000124.yaml"), text).expect("written");
        }),
    ),
    (
        "CK0116",
        ByHand::Content(|content| {
            #[cfg(unix)]
            std::os::unix::fs::symlink("1.000123.yaml", content.join("thu-tuc/1.000124.yaml")).expect("made");
        }),
    ),
    (
        "CK0703",
        ByHand::Theme(|inputs| {
            let text = "{% extends \"layouts/base.html\" %}{% block main %}{{ page.khong_co_truong_nay }}{% endblock %}";
            inputs.theme.0.insert("pages/home.html".into(), text.into());
        }),
    ),
    ("CK0720", ByHand::Before(|last| record(last, "thong-ke", "2025-q3").clear())),
    ("CK0721", ByHand::Before(|last| record(last, "phan-anh", "2026-001").clear())),
    (
        "CK0723",
        ByHand::Before(|last| {
            record(last, "thu-tuc", "1.000123").push_str("cach_thuc=00000000 qd=949-qd-ubnd")
        }),
    ),
    (
        "CK0704",
        ByHand::Theme(|inputs| {
            inputs.theme.0.insert("pages/home.html".into(), b"{% if %}".to_vec());
        }),
    ),
];

/// Errors of other rules that a *Sai* also raises, and why that is right.
const ALSO: &[(&str, &[&str])] = &[];

// ---- Pages and their blocks ---------------------------------------------------------------------

struct Block {
    verb: Verb,
    path: String,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Verb {
    File,
    Bytes,
    Keys,
    Append,
    Remove,
}

/// The headings of the second level, each with the text under it. A `##` in a block is none.
fn sections(doc: &str) -> Vec<(&str, String)> {
    let mut sections: Vec<(&str, String)> = Vec::new();
    let mut in_block = false;
    for line in doc.lines() {
        in_block ^= line.starts_with("```");
        match (line.strip_prefix("## ").filter(|_| !in_block), sections.last_mut()) {
            (Some(heading), _) => sections.push((heading, String::new())),
            (None, Some((_, text))) => text.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    sections
}

/// The blocks under a heading.
fn blocks_under(doc: &str, heading: &str) -> Vec<Block> {
    let found = sections(doc).into_iter().find(|(name, _)| *name == heading);
    found.map(|(_, text)| blocks(&text)).unwrap_or_default()
}

fn blocks(section: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let text: String =
            lines.by_ref().take_while(|line| *line != "```").map(|l| format!("{l}\n")).collect();
        let (what, path) = info.split_once(": ").unwrap_or_else(|| panic!("what is `{info}` for?"));
        let verb = match what.split_once(' ') {
            Some(("byte", "tệp")) => Verb::Bytes,
            Some((_, "tệp")) => Verb::File,
            Some((_, "sửa")) => Verb::Keys,
            Some((_, "thêm vào")) => Verb::Append,
            Some((_, "xóa")) => Verb::Remove,
            _ => panic!("unknown block `{info}`"),
        };
        blocks.push(Block { verb, path: path.to_owned(), text: with_characters(&text) });
    }
    blocks
}

/// Puts the characters in that `⟨U+200B⟩` stands for.
fn with_characters(text: &str) -> String {
    let mut parts = text.split("⟨U+");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('⟩').expect("⟨U+…⟩ is closed");
        let code = u32::from_str_radix(code, 16).expect("a code point");
        out.push(char::from_u32(code).expect("a character"));
        out.push_str(rest);
    }
    out
}

fn lay(site: &TestSite, block: &Block) {
    let path = format!("content/{}", block.path);
    let old = || fs::read_to_string(site.dir().join(&path)).unwrap_or_else(|_| panic!("no {path} to change"));
    match block.verb {
        Verb::File => site.write(&path, &block.text),
        Verb::Bytes => {
            let bytes: Vec<u8> = block
                .text
                .split_ascii_whitespace()
                .map(|hex| u8::from_str_radix(hex, 16).expect("two hexadecimal digits"))
                .collect();
            site.write_bytes(&path, &bytes);
        }
        Verb::Append => site.write(&path, &format!("{}{}", old(), block.text)),
        Verb::Keys => site.write(&path, &with_keys(&old(), &block.text)),
        Verb::Remove => fs::remove_file(site.dir().join(&path)).expect("was there"),
    }
}

/// `old` with the keys of `new` in place of its own; in an article, those of its front matter.
fn with_keys(old: &str, new: &str) -> String {
    let (before, keys, after) = match old.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((head, body)) => ("---\n", format!("{head}\n"), format!("---\n{body}")),
        None => ("", old.to_owned(), String::new()),
    };
    let replaced: BTreeSet<String> = entries(new).into_iter().map(|(key, _)| key).collect();
    let kept = entries(&keys).into_iter().filter(|(key, _)| !replaced.contains(key)).map(|(_, text)| text);
    format!("{before}{}{new}{after}", kept.collect::<String>())
}

/// The entries of a mapping as text: key, and its lines.
fn entries(text: &str) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let starts = !line.starts_with([' ', '-', '\n', '#']);
        match entries.last_mut() {
            Some((_, lines)) if !starts => lines.push_str(line),
            _ => {
                let key = line.split(':').next().unwrap_or_default().trim().to_owned();
                entries.push((key, line.to_owned()));
            }
        }
    }
    entries
}

// ---- Running ------------------------------------------------------------------------------------

/// Looks over the smallest site with these blocks laid over it. Gives the result and what an editor reads.
fn look_over(rule: &Rule, blocks: &[Block], by_hand: Option<&ByHand>) -> (Build, String) {
    let site = TestSite::smallest();
    blocks.iter().for_each(|block| lay(&site, block));
    let content = site.dir().join("content");
    if let Some(ByHand::Content(act)) = by_hand {
        act(&content);
    }
    let mut inputs = load::read_site(&content).expect("readable");
    inputs.theme = crate::theme::files(&root().join("themes/mac-dinh"));
    if let Some(ByHand::Theme(act)) = by_hand {
        act(&mut inputs);
    }
    if let Some(ByHand::Before(act)) = by_hand {
        let day = Date::new(2026, 11, 20).expect("a day");
        let empty = Published {
            day,
            pages: BTreeSet::new(),
            records: Ledger::new(),
            illustrative: BTreeSet::new(),
            removals: None,
        };
        act(inputs.published.insert(empty));
    }
    let settings = Settings { as_of: AsOf(Date::new(2026, 11, 23).expect("a day")), base_url: None };
    let build = match rule.raised_by {
        _ if inputs.published.is_some() => pipeline::build(&inputs, &settings, &InMemory, &|_| {}),
        Stage::Render => pipeline::build(&inputs, &settings, &InMemory, &|_| {}),
        _ => pipeline::check(&inputs, &settings),
    };
    let located = locate(build.diagnostics.clone(), &inputs);
    let audience = Audience {
        lang: Lang::Vi,
        content: "content/".to_owned(),
        summary: false,
        colour: false,
        all_places: true,
        fixable: 0,
        shown: &|_| true,
    };
    let text = report::write(Format::Text, &located, &build.stats, &audience);
    // What a template may use changes with its page, not with the rule.
    let lines = text.lines().map(|line| match line.split_once("Available fields: ") {
        Some((before, _)) => format!("{before}Available fields: …\n"),
        None => format!("{line}\n"),
    });
    (build, lines.collect())
}

#[test]
fn every_rule_finds_what_its_page_calls_wrong_and_nothing_in_what_it_calls_right() {
    let mut faults = Vec::new();
    for rule in RULES {
        let by_hand = BY_HAND.iter().find(|(code, _)| *code == rule.code).map(|(_, act)| act);
        let wrong = blocks_under(rule.doc, "Sai");
        let right = blocks_under(rule.doc, "Đúng");
        if wrong.is_empty() == by_hand.is_none() {
            faults.push(format!("{}: Sai has a block, or the rule is in BY_HAND", rule.code));
            continue;
        }
        let (build, text) = look_over(rule, &wrong, by_hand);
        if !build.diagnostics.iter().any(|d| d.rule == *rule) {
            faults.push(format!("{}: what stands under Sai is not found:\n{text}", rule.code));
        }
        let also = ALSO.iter().find(|(code, _)| *code == rule.code).map_or(&[][..], |(_, also)| also);
        for other in &build.diagnostics {
            let allowed = other.rule == *rule || also.contains(&other.rule.code);
            if other.severity == Severity::Error && !allowed {
                faults.push(format!("{}: Sai raises {} as well:\n{text}", rule.code, other.rule.code));
            }
        }
        expect(rule.code, &text, &mut faults);
        let (build, text) = look_over(rule, &right, None);
        if !build.diagnostics.is_empty() {
            faults.push(format!("{}: Đúng has faults:\n{text}", rule.code));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn expect(code: &str, text: &str, faults: &mut Vec<String>) {
    let path = root().join("tests/rules").join(code).join("expected.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if expected != text {
        faults.push(format!("{code}: an editor reads\n{text}\nand should read\n{expected}\nIf that is meant: UPDATE=1 cargo test"));
    }
}

// ---- Completeness -------------------------------------------------------------------------------

#[test]
fn every_rule_has_a_whole_page() {
    let mut faults = Vec::new();
    for rule in RULES {
        let code = rule.code;
        let title = rule.doc.lines().next().unwrap_or_default();
        if title.strip_prefix(&format!("# {code} ")).is_none_or(|words| words.trim().is_empty()) {
            faults.push(format!("{code}: the page does not open with `# {code} Tên lỗi`"));
        }
        let sections = sections(rule.doc);
        let headings: Vec<&str> = sections.iter().map(|(heading, _)| *heading).collect();
        if headings != ["Vì sao", "Sai", "Đúng", "Căn cứ"] {
            faults.push(format!("{code}: sections are Vì sao, Sai, Đúng, Căn cứ: {headings:?}"));
        }
        // A basis is a source, or the plain word that there is none: nobody may take our care for the law.
        let basis = sections.last().map(|(_, text)| text.as_str()).unwrap_or_default();
        let sourced = basis.chars().any(|c| c.is_ascii_digit()) || basis.contains("Cổng Dịch vụ công");
        if !sourced && !basis.trim_start().starts_with("Không có căn cứ pháp luật riêng: ") {
            faults.push(format!("{code}: Căn cứ names a source or says that there is none: {basis}"));
        }
        for (heading, text) in sections {
            if text.trim().is_empty() {
                faults.push(format!("{code}: nothing under {heading}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pages_and_expectations_belong_to_a_rule() {
    let known: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    let names = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(root().join(folder)).expect("the folder is there");
        entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect()
    };
    for page in names("docs/bien-tap/quy-tac") {
        assert!(known.contains(page.trim_end_matches(".md")), "docs/bien-tap/quy-tac/{page} has no rule");
    }
    for folder in names("tests/rules") {
        assert!(known.contains(folder.as_str()), "tests/rules/{folder} has no rule");
    }
}
