//! The editors' handbook: every link of it leads somewhere, its pages take nothing from elsewhere, what it tells
//! clerks to type works, and its pictures are small and all of them used.
//!
//! A block of a chapter says behind its fence what the test does with it:
//!
//! ````text
//! ```sh chạy              the lines that begin with `congkhai` are run, and end well
//! ```sh chạy, còn lỗi     the same, and the last ends with status 1
//! ```text in ra           each line stands in what the last command printed
//! ```yaml ghi: content/…  the file holds this now
//! ````
//!
//! Each chapter starts from the site that `congkhai init` makes, with one more procedure.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use congkhai::handbook::{self, CHAPTERS};
use congkhai::site::Content;
use congkhai::theme;

use crate::cli::{congkhai, tree};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/bien-tap")
}

fn files() -> BTreeMap<String, Vec<u8>> {
    let all = tree(&folder()).into_iter().map(|(path, bytes)| (path.display().to_string(), bytes));
    all.filter(|(path, _)| !path.ends_with(".mjs")).collect()
}

fn pages() -> BTreeMap<String, Vec<u8>> {
    let theme =
        theme::assemble(&crate::theme::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/mac-dinh")));
    let (site, faults) = handbook::site(&files(), &theme);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let bytes = |content: Content| content.bytes().expect("the handbook has no attachments").to_vec();
    site.files.into_iter().map(|(path, content)| (path.to_string(), bytes(content))).collect()
}

/// The values of an attribute on a page.
fn values<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let opening = format!(" {name}=\"");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_and_picture_of_the_handbook_is_there_and_nothing_comes_from_elsewhere() {
    let pages = pages();
    let text = |path: &str| String::from_utf8_lossy(&pages[path]).into_owned();
    let html: Vec<&String> = pages.keys().filter(|path| path.ends_with(".html")).collect();
    assert!(html.len() > 150, "chapters, kinds and rules");
    for path in html {
        let page = text(path);
        assert!(!page.contains("<script") && !page.contains(" style=") && !page.contains("<style"), "{path}");
        assert!(page.contains("default-src 'none';style-src 'self';img-src 'self'"), "{path}");
        assert_eq!(page.matches("<h1>").count(), 1, "{path}");
        for (name, outside) in [("src", false), ("href", true)] {
            for to in values(&page, name) {
                if to.starts_with("https://") || to.starts_with("http://") {
                    let tag = format!("<a href=\"{to}\"");
                    assert!(outside && page.contains(&tag), "{path} takes {to} from elsewhere");
                    continue;
                }
                let (file, fragment) = to.split_once('#').unwrap_or((to, ""));
                let target = match file {
                    "" => path.clone(),
                    file => {
                        let mut parts: Vec<&str> = path.split('/').collect();
                        parts.pop();
                        for part in file.split('/') {
                            match part {
                                ".." => assert!(parts.pop().is_some(), "{path}: {to}"),
                                part => parts.push(part),
                            }
                        }
                        parts.join("/")
                    }
                };
                assert!(pages.contains_key(&target), "{path}: {to} is not there");
                assert!(
                    fragment.is_empty() || text(&target).contains(&format!(" id=\"{fragment}\"")),
                    "{path}: {to}"
                );
            }
        }
    }
}

#[test]
fn every_chapter_has_its_place_and_can_be_reached() {
    let texts: BTreeSet<String> = files().into_keys().filter(|path| path.ends_with(".md")).collect();
    for chapter in CHAPTERS {
        assert!(texts.contains(*chapter), "{chapter} is not written");
    }
    let chapters = texts.iter().filter(|path| !path.contains('/'));
    for text in chapters {
        assert!(CHAPTERS.contains(&text.as_str()), "{text} is in no order");
    }
    let index = fs::read_to_string(folder().join("README.md")).expect("there");
    for chapter in CHAPTERS.iter().filter(|chapter| **chapter != "README.md") {
        assert!(index.contains(&format!("]({chapter})")), "the first page leads to {chapter}");
    }
}

#[test]
fn the_command_writes_the_handbook_beside_a_site_and_never_over_one() {
    let dir = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        congkhai().current_dir(dir.path()).args(args).stdin(Stdio::null()).output().expect("starts")
    };
    let out = run(&["handbook", "so-tay"]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let written: BTreeSet<String> =
        tree(&dir.path().join("so-tay")).into_iter().map(|(path, _)| path.display().to_string()).collect();
    let wanted: BTreeSet<String> = pages().into_keys().chain([".congkhai-output".to_owned()]).collect();
    assert_eq!(written, wanted);
    assert_eq!(run(&["handbook", "so-tay"]).status.code(), Some(0), "again");
    // A folder with something else in it, and that of a site, are left alone.
    fs::create_dir(dir.path().join("khac")).expect("made");
    fs::write(dir.path().join("khac/rieng.txt"), "giữ").expect("written");
    assert_eq!(run(&["handbook", "khac"]).status.code(), Some(2));
    let site = start(dir.path());
    let build =
        congkhai().current_dir(&site).args(["build", "--date", "2026-11-23"]).output().expect("starts");
    assert_eq!(build.status.code(), Some(0));
    let before = tree(&site.join("public"));
    assert!(before.iter().all(|(path, _)| !path.starts_with("quy-tac")), "no part of an agency's site");
    let over = congkhai().current_dir(&site).args(["handbook", "public"]).output().expect("starts");
    assert_eq!(over.status.code(), Some(2), "{}", String::from_utf8_lossy(&over.stderr));
    assert_eq!(tree(&site.join("public")), before);
}

// ---- Pictures -----------------------------------------------------------------------------------

#[test]
fn pictures_are_small_described_and_all_of_them_used() {
    let files = files();
    let pictures: BTreeMap<&str, usize> = files
        .iter()
        .filter(|(path, _)| path.starts_with("anh/"))
        .map(|(path, bytes)| {
            assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{path} is no PNG");
            (path.as_str(), bytes.len())
        })
        .collect();
    let mut used = BTreeSet::new();
    for (path, bytes) in
        files.iter().filter(|(path, _)| path.ends_with(".md") && !path.starts_with("quy-tac/"))
    {
        let text = String::from_utf8_lossy(bytes).into_owned();
        for rest in text.lines().filter_map(|line| line.strip_prefix("![")) {
            let (words, rest) = rest.split_once("](").expect("a picture");
            assert!(words.chars().count() > 20, "{path}: the picture says what is to be seen: {words}");
            used.insert(rest.split(')').next().unwrap_or_default().to_owned());
        }
    }
    let there: BTreeSet<String> = pictures.keys().map(|path| (*path).to_owned()).collect();
    assert_eq!(used, there, "pictures in the chapters and in anh/");
    let script = fs::read_to_string(folder().join("anh/chup.mjs")).expect("there");
    for path in &there {
        let name = path.trim_start_matches("anh/").trim_end_matches(".png");
        assert!(script.contains(&format!("'{name}'")), "{path} is not taken by chup.mjs");
    }
    assert!(pictures.values().all(|size| *size < 60_000), "{pictures:?}");
    assert!(pictures.values().sum::<usize>() < 600_000, "{pictures:?}");
}

// ---- What clerks are told to type ---------------------------------------------------------------

/// The site that a chapter starts from.
fn start(dir: &Path) -> PathBuf {
    let words = [
        "init",
        "trang",
        "--name",
        "Sở Mẫu",
        "--parent",
        "Ủy ban nhân dân tỉnh Mẫu",
        "--address",
        "Số 1, đường Mẫu",
    ];
    let more = ["--base-url", "https://cong-khai.gov.vn/", "--date", "2026-11-23"];
    let out =
        congkhai().current_dir(dir).args(words).args(more).stdin(Stdio::null()).output().expect("starts");
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let site = dir.join("trang");
    // One more procedure, so that a decision may abolish one.
    let first = fs::read_to_string(site.join("content/thu-tuc/0.000001.yaml")).expect("there");
    fs::write(site.join("content/thu-tuc/0.000003.yaml"), first.replace("0.000001", "0.000003"))
        .expect("written");
    let path = site.join("content/quyet-dinh/01-qd-minhhoa.yaml");
    let decision = fs::read_to_string(&path).expect("there");
    let more = "  - thu_tuc: \"0.000003\"\n    loai: ban_hanh_moi\nminh_hoa: true";
    fs::write(path, decision.replace("minh_hoa: true", more)).expect("written");
    site
}

struct Block {
    info: String,
    text: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let inner: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        blocks.push(Block { info: info.to_owned(), text: inner.join("\n") + "\n" });
    }
    blocks
}

/// The words of a line as a shell divides them: double quotes hold words together.
fn shell_words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(i, part)| match i % 2 {
        1 => vec![part.to_owned()],
        _ => part.split_whitespace().map(str::to_owned).collect(),
    });
    words.collect()
}

#[test]
fn what_the_handbook_tells_to_type_works() {
    let mut run = 0;
    for chapter in CHAPTERS {
        let text = fs::read_to_string(folder().join(chapter)).expect("there");
        let dir = tempfile::tempdir().expect("a folder");
        // The first chapter makes the site itself.
        let mut at = if *chapter == "bat-dau.md" { dir.path().to_owned() } else { start(dir.path()) };
        let mut said = String::new();
        for block in blocks(&text) {
            match block.info.split_once(' ').unwrap_or((&block.info, "")) {
                ("sh", how) if how.starts_with("chạy") => {
                    let joined = block.text.replace("\\\n", " ");
                    let lines: Vec<&str> = joined.lines().filter(|line| !line.trim().is_empty()).collect();
                    for (i, line) in lines.iter().enumerate() {
                        if let Some(to) = line.strip_prefix("cd ") {
                            at = at.join(to.trim());
                            continue;
                        }
                        let words = shell_words(line);
                        assert_eq!(words[0], "congkhai", "{chapter}: {line}");
                        let mut command = congkhai();
                        // The day of the handbook: noon of 23 November 2026 in Vietnam.
                        command.env("SOURCE_DATE_EPOCH", "1795410000").stdin(Stdio::null());
                        let out = command.current_dir(&at).args(&words[1..]).output().expect("starts");
                        said = format!(
                            "{}{}",
                            String::from_utf8_lossy(&out.stdout),
                            String::from_utf8_lossy(&out.stderr)
                        );
                        let wanted = i32::from(how.contains("còn lỗi") && i + 1 == lines.len());
                        assert_eq!(out.status.code(), Some(wanted), "{chapter}: {line}\n{said}");
                        run += 1;
                    }
                }
                ("text", "in ra") => {
                    for line in
                        block.text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "…")
                    {
                        let parts: Vec<&str> = line.split('…').map(str::trim).collect();
                        let found = said.lines().any(|said| parts.iter().all(|part| said.contains(part)));
                        assert!(found, "{chapter}: “{line}” is not printed:\n{said}");
                    }
                }
                (_, how) => {
                    if let Some(path) = how.strip_prefix("ghi: ") {
                        fs::create_dir_all(at.join(path).parent().expect("a folder")).expect("made");
                        fs::write(at.join(path), &block.text).expect("written");
                    }
                }
            }
        }
    }
    assert!(run > 20, "the handbook has commands: {run}");
}
