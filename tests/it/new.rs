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
