//! Files of new records: every kind, read by our own reader, filled and left unfilled; the command.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use congkhai::base::diagnostic::{Pointer, Severity};
use congkhai::base::path::SitePath;
use congkhai::edit::template::template;
use congkhai::edit::{Document, Edit, Value};
use congkhai::inputs::{FileKind, SourceFile};
use congkhai::parse::editor_schema::editor_schema;
use congkhai::parse::kinds::{KINDS, RecordKind};
use congkhai::parse::record::{Parsed, parse};
use serde_json::Value as Json;

use crate::cli::congkhai;
use crate::site::TestSite;

fn file_of(kind: &RecordKind) -> SitePath {
    SitePath::new(&kind.files.replace('*', "x")).expect("good")
}

fn read(kind: &RecordKind, text: &str) -> Parsed {
    parse(&file_of(kind), &SourceFile { kind: kind.kind, bytes: text.as_bytes().into() })
}

/// Every empty place, filled with what its key wants.
fn fill(document: &mut Document, schema: &Json, value: &Value, at: &Pointer) {
    match value {
        Value::Map(entries) => {
            for (key, inner) in entries {
                fill(document, &schema["properties"][key], inner, &at.then(key.as_str()));
            }
        }
        Value::List(items) => {
            for (i, item) in items.iter().enumerate() {
                fill(document, &schema["items"], item, &at.then(i));
            }
        }
        Value::Scalar(_) => {}
        Value::Null => {
            let schema = if schema["anyOf"].is_array() { &schema["anyOf"][0] } else { schema };
            let example = schema["enum"][0].as_str().or(schema["examples"][0].as_str()).unwrap_or("Chữ");
            let value = Value::Scalar(example.to_owned());
            document
                .apply(&Edit::Set { at: at.clone(), value })
                .unwrap_or_else(|fault| panic!("{at}: {fault}"));
        }
    }
}

#[test]
fn a_new_file_of_every_kind_is_read_and_once_filled_is_whole() {
    for kind in KINDS {
        let text = template(kind, &[], Some("../x.json"));
        let parsed = read(kind, &text);
        // Nothing is wrong but that the places are empty.
        for found in parsed.found.iter().filter(|found| found.severity == Severity::Error) {
            assert_eq!(found.rule.code, "CK0205", "{}: {}\n{text}", kind.name, found.message.vi);
        }
        let mut document = Document::open(&file_of(kind), kind.kind, text.as_bytes()).expect("readable");
        let value = document.value().expect("readable");
        fill(&mut document, &editor_schema(kind), &value, &Pointer::root());
        let parsed = read(kind, &document.text());
        assert!(parsed.record.is_some(), "{}: {:?}\n{}", kind.name, parsed.found, document.text());
    }
}

#[test]
fn a_key_that_is_woken_up_is_a_known_one() {
    for kind in KINDS {
        let text = template(kind, &[], None);
        let mut part = 0;
        let mut keys = 0;
        let awake: String = text
            .lines()
            .map(|line| {
                part += usize::from(line.is_empty());
                let woken = match (part, line.strip_prefix('#')) {
                    // The keys that need not be there are all below the second empty line.
                    (2, Some(words)) => words.strip_prefix(' ').unwrap_or(words),
                    _ => line,
                };
                keys += usize::from(woken.contains(':') && woken != line);
                format!("{woken}\n")
            })
            .collect();
        for found in read(kind, &awake).found.iter().filter(|found| found.severity == Severity::Error) {
            assert_eq!(found.rule.code, "CK0205", "{}: {}\n{awake}", kind.name, found.message.vi);
        }
        let directory = kind.files.starts_with("danh-muc/");
        assert!(directory || keys > 2, "{} has keys to be woken: {keys}", kind.name);
    }
}

fn run(dir: &Path, words: &[&str]) -> Output {
    let mut command = congkhai();
    command.current_dir(dir).arg("new").args(words).stdin(Stdio::null()).output().expect("the command starts")
}

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned() + &String::from_utf8_lossy(&out.stdout)
}

#[test]
fn the_command_puts_a_record_where_it_belongs_and_overwrites_nothing() {
    let site = TestSite::smallest();
    site.write(".vscode/congkhai/thu-tuc.json", "{}");
    let words = [
        "thu-tuc",
        "1.012353",
        "--ten",
        "Cấp phép: lần đầu",
        "--linh-vuc=linh-vuc-mot",
        "--doi-tuong",
        "cong_dan,to_chuc",
    ];
    let out = run(site.dir(), &words);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    let path = site.dir().join("content/thu-tuc/1.012353.yaml");
    let text = fs::read_to_string(&path).expect("written");
    assert!(
        text.starts_with("# yaml-language-server: $schema=../../.vscode/congkhai/thu-tuc.json\n"),
        "{text}"
    );
    for line in [
        "ma: \"1.012353\"\n",
        "ten: \"Cấp phép: lần đầu\"\n",
        "linh_vuc: linh-vuc-mot\n",
        "  - cong_dan\n  - to_chuc\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    let checked =
        congkhai().current_dir(site.dir()).args(["check", "--date", "2026-11-23"]).output().expect("runs");
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    let again = run(site.dir(), &["thu-tuc", "1.012353"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("không ghi đè"), "{}", said(&again));
    assert_eq!(fs::read_to_string(&path).expect("there"), text);

    let out = run(site.dir(), &["phan-anh", "2026-007", "--ngay-tiep-nhan", "5/3/2026"]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    let text = fs::read_to_string(site.dir().join("content/phan-anh/2026/2026-007.yaml")).expect("written");
    assert!(text.contains("ngay_tiep_nhan: 2026-03-05\n"), "{text}");
}

/// What a remark tells to write, for a clerk who knows nothing else.
fn as_told(remark: &str, content: &Path) -> String {
    let first = |file: &str, key: &str| {
        let text = fs::read_to_string(content.join(file)).unwrap_or_default();
        let line = text.lines().find_map(|line| line.trim_start_matches("- ").trim().strip_prefix(key));
        line.map(|code| code.trim().to_owned()).unwrap_or_else(|| "ma-mau".to_owned())
    };
    for (file, key) in [
        ("danh-muc/linh-vuc.yaml", "ma:"),
        ("danh-muc/don-vi.yaml", "ma:"),
        ("danh-muc/chuong-trinh.yaml", "ma:"),
        ("danh-muc/van-ban.yaml", "so_ky_hieu:"),
    ] {
        if remark.contains(file) {
            return first(file, key);
        }
    }
    if let Some((_, choices)) = remark.split_once("Chọn: ") {
        return choices.split(' ').next().expect("a choice").to_owned();
    }
    let example = ["ví dụ ", "Ví dụ: "].iter().filter_map(|words| remark.rsplit_once(words)).next();
    match example {
        // The one procedure that the site has.
        Some((_, example)) => example.trim_end_matches('.').replace("1.014888", "1.000123"),
        None if remark.contains("Viết true") => "true".to_owned(),
        None if remark.contains("bắt đầu bằng https://") => "https://vi-du.gov.vn/".to_owned(),
        None => "Chữ".to_owned(),
    }
}

/// A text with every empty place filled as the remark above it tells.
fn filled(text: &str, content: &Path) -> String {
    let mut remark = String::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    for (i, line) in lines.iter().enumerate() {
        let bare = line.trim_start();
        if let Some(words) = bare.strip_prefix("- #").or_else(|| bare.strip_prefix('#')) {
            if bare.starts_with('-') {
                remark.clear();
            }
            remark = format!("{remark} {}", words.trim()).trim().to_owned();
            out.push_str(line);
        } else {
            let indent = |line: &str| line.len() - line.trim_start().len();
            // A key with something below it is no empty place.
            let below = lines.get(i + 1..).into_iter().flatten().find(|line| !line.trim().is_empty());
            let parent =
                below.is_some_and(|next| indent(next) > indent(line)) && bare.trim_end().ends_with(':');
            if let Some(key) = bare.strip_suffix(": []") {
                let value = as_told(&remark, content);
                out.push_str(&format!("{:w$}{key}:\n{:w$}  - {value}", "", "", w = indent(line)));
            } else if (bare.ends_with(':') && !parent) || bare == "-" {
                out.push_str(&format!("{line} {}", as_told(&remark, content)));
            } else {
                out.push_str(line);
            }
            if !(bare.ends_with(':') && below.is_some_and(|next| next.trim() == "-")) {
                remark.clear();
            }
        }
        out.push('\n');
    }
    out
}

/// What the command needs to know of a kind to find a name for its file.
fn arguments(kind: &RecordKind) -> &'static [&'static str] {
    match kind.kind {
        FileKind::Procedure => &["1.014888"],
        FileKind::Decision => &["949/QĐ-UBND"],
        FileKind::Petition => &["2026-777", "--ngay-tiep-nhan", "5/3/2026"],
        FileKind::TaskPlan => &["2031"],
        FileKind::Statistics => &["2026-Q2"],
        FileKind::Inspection => &["kt-moi"],
        FileKind::Simplification => &["cg-moi"],
        FileKind::Initiative => &["sk-moi"],
        FileKind::Article => &["Bài mới", "--chuyen-muc", "tin-tuc"],
        _ => &[],
    }
}

#[test]
fn the_file_of_every_kind_passes_check_once_it_is_filled_as_its_remarks_tell() {
    for kind in KINDS {
        let site = TestSite::smallest();
        let content = site.dir().join("content");
        let fixed = !kind.files.contains('*');
        let directory = kind.files.starts_with("danh-muc/");
        if fixed {
            fs::remove_file(content.join(kind.files)).ok();
        }
        let before = crate::cli::tree(&content);
        let words = [&[kind.name], arguments(kind)].concat();
        let out = run(site.dir(), &words);
        assert_eq!(out.status.code(), Some(0), "{words:?}: {}", said(&out));
        let after = crate::cli::tree(&content);
        let made: Vec<_> = after.iter().filter(|file| !before.contains(file)).collect();
        assert_eq!((made.len(), after.len()), (1, before.len() + 1), "{}: one file more", kind.name);
        let (path, bytes) = made[0];
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        // Keys that must be there come first; every other is a remark.
        let (head, tail) = text.trim_start_matches("---\n").split_once("\n\n").expect("a head");
        assert!(head.lines().all(|line| line.starts_with('#')), "{text}");
        if !directory {
            let (_, optional) = tail.split_once("\n\n").expect("keys that need not be there");
            let awake = |line: &&str| !line.is_empty() && !line.starts_with('#') && !line.starts_with("---");
            assert_eq!(optional.lines().find(awake), None, "{text}");
        }
        // A second time, and over a file of the same name, nothing is written.
        assert_eq!(run(site.dir(), &words).status.code(), Some(2), "{}", kind.name);
        assert!(crate::cli::tree(&content) == after, "{}: overwritten", kind.name);

        let check = |text: &str, all: bool| {
            fs::write(content.join(path), text).expect("written");
            let mut command = congkhai();
            let out = command
                .current_dir(site.dir())
                .args(["check", "--format", "json", "--date", "2026-11-23"])
                .output()
                .expect("runs");
            let found: Json = serde_json::from_slice(&out.stdout).expect("JSON");
            let found = found["diagnostics"].as_array().expect("a list").clone();
            let own = format!("content/{}", path.display());
            let bad = found.iter().find(|found| {
                let code = found["code"].as_str().unwrap_or_default();
                found["file"] == own.as_str()
                    && found["severity"] == "error"
                    && (all || code.starts_with("CK01") || code.starts_with("CK02"))
            });
            assert!(bad.is_none(), "{}: {}\n{text}", kind.name, bad.expect("a finding"));
        };
        check(&filled(&text, &content), true);
        // And with every remark woken up. What the keys say of each other is not told by remarks.
        let mut part = 0;
        let awake: String = text
            .lines()
            .map(|line| {
                part += usize::from(line.is_empty());
                let woken = line.strip_prefix('#').filter(|_| part == 2 && !directory);
                format!("{}\n", woken.map_or(line, |words| words.strip_prefix(' ').unwrap_or(words)))
            })
            .collect();
        check(&filled(&awake, &content), false);
    }
}

#[test]
fn what_cannot_be_made_is_said_in_plain_words() {
    let site = TestSite::smallest();
    for (words, vi) in [
        (&["thu-tuk"][..], "có phải `thu-tuc`?"),
        (&["thu-tuc"], "thiếu tên của bản ghi, ví dụ: congkhai new thu-tuc 1.014888"),
        (&["thu-tuc", "1.01235"], "mã thủ tục `1.01235` không đúng dạng"),
        (&["thu-tuc", "1.012353", "--tem", "x"], "có phải `--ten`?"),
        (&["thu-tuc", "1.012353", "--ten"], "`--ten` cần một giá trị"),
        (&["thu-tuc", "1.012353", "--loai", "x"], "chọn một trong"),
        (&["thu-tuc", "1.012353", "Cấp", "phép"], "trong ngoặc kép"),
        (&["bai-viet", "Xin chào"], "thiếu chuyên mục"),
        (&["thu-tuc", "1.012353", "--content", "khong-co"], "không có thư mục nội dung"),
        (&["trang"], "không ghi đè"),
    ] {
        let out = run(site.dir(), words);
        assert_eq!(out.status.code(), Some(2), "{words:?}: {}", said(&out));
        assert!(said(&out).contains(vi), "{words:?}: {}", said(&out));
    }
    for words in [&[][..], &["--help"], &["thu-tuc", "--help"], &["bai-viet", "-h"]] {
        let out = run(site.dir(), words);
        assert_eq!(out.status.code(), Some(0), "{words:?}");
        assert!(said(&out).contains("Ví dụ"), "{words:?}: {}", said(&out));
    }
    assert!(KINDS.iter().all(|kind| kind.kind != FileKind::Article || kind.files.ends_with(".md")));
}
