//! A new agency's site: whole from the first minute, on any day, for any name.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use congkhai::parse::kinds::KINDS;

use crate::cli::{congkhai, tree};

fn run(dir: &Path, words: &[&str]) -> Output {
    congkhai().current_dir(dir).args(words).stdin(Stdio::null()).output().expect("the command starts")
}

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned() + &String::from_utf8_lossy(&out.stdout)
}

const NAME: &str = "Sở Công Thương: tỉnh \"Mẫu\" #1 – 'A' \\ {B}";

fn init(dir: &Path, date: &str) -> Output {
    let words = [
        "init",
        "trang moi",
        "--name",
        NAME,
        "--parent",
        "Ủy ban nhân dân: tỉnh Mẫu",
        "--address",
        "Số 1 #2, đường Mẫu",
        "--base-url",
        "https://cong-khai.tinh-mau.gov.vn",
        "--date",
        date,
    ];
    run(dir, &words)
}

#[test]
fn a_new_site_is_checked_strictly_and_built_at_once_on_any_day() {
    for date in ["2026-11-23", "2026-01-01", "2027-02-05", "2028-02-29", "2026-12-31"] {
        let dir = tempfile::tempdir().expect("a folder");
        let out = init(dir.path(), date);
        assert_eq!(out.status.code(), Some(0), "{}", said(&out));
        let site = dir.path().join("trang moi");
        let check = run(&site, &["check", "--strict", "--date", date]);
        assert_eq!(check.status.code(), Some(0), "{date}: {}", said(&check));
        let fixed = run(&site, &["check", "--fix", "--date", date]);
        assert!(said(&fixed).contains("Không có gì để tự sửa"), "{}", said(&fixed));
        let build = run(&site, &["build", "--strict", "--date", date]);
        assert_eq!(build.status.code(), Some(0), "{date}: {}", said(&build));
        let home = fs::read_to_string(site.join("public/index.html")).expect("built");
        assert!(home.contains("Sở Công Thương: tỉnh"), "the agency names itself");
    }
}

/// The answers come from whoever types them, a line each; the site is whole and is never made a second time.
#[test]
fn what_the_flags_leave_out_is_asked_for() {
    use std::io::Write;
    let dir = tempfile::tempdir().expect("a folder");
    let answer = |words: &[&str], answers: &str| {
        let mut command = congkhai();
        let command = command.current_dir(dir.path()).args(words).args(["--date", "2026-11-23"]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        // Refused at once, it does not wait for answers.
        let _ = child.stdin.take().expect("piped").write_all(answers.as_bytes());
        child.wait_with_output().expect("it ends")
    };
    // An empty answer where one is needed is asked again, and so is an address that is none.
    let answers = "\nSở Mẫu\n\nSố 1, đường Mẫu\nmau gov vn\nhttps://mau.gov.vn\n";
    let out = answer(&["init", "trang"], answers);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    for question in ["Tên cơ quan: ", "Cơ quan cấp trên", "Địa chỉ trụ sở: ", "không dùng được"]
    {
        assert!(said(&out).contains(question), "{question}: {}", said(&out));
    }
    let site = dir.path().join("trang");
    let own = fs::read_to_string(site.join("content/trang.yaml")).expect("there");
    assert!(own.contains("ten: Sở Mẫu") && own.contains("dia_chi_trang: https://mau.gov.vn/"), "{own}");
    assert!(!own.contains("\nco_quan_cap_tren"), "{own}");
    for words in [&["check", "--strict"][..], &["build", "--strict"]] {
        let out = run(&site, &[words, &["--date", "2026-11-23"]].concat());
        assert_eq!(out.status.code(), Some(0), "{words:?}: {}", said(&out));
    }
    // Only what is missing is asked for.
    let out = answer(
        &["init", "hai", "--name", "Sở Mẫu", "--base-url", "https://mau.gov.vn/"],
        "\nSố 1, đường Mẫu\n",
    );
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert!(!said(&out).contains("Tên cơ quan: "), "{}", said(&out));
    // No answer is no guess.
    let out = answer(&["init", "ba"], "Sở Mẫu\n");
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
    assert!(said(&out).contains("thiếu --address") && !dir.path().join("ba").exists(), "{}", said(&out));
    // A second time, by flags or by answers: refused, and every byte stays.
    let before = tree(&site);
    let again = answer(&["init", "trang"], answers);
    assert_eq!(again.status.code(), Some(2), "{}", said(&again));
    assert!(said(&again).contains("`trang` đã có tệp"), "{}", said(&again));
    assert!(tree(&site) == before);
}

#[test]
fn every_kind_has_a_record_a_schema_and_its_place_in_the_settings() {
    let dir = tempfile::tempdir().expect("a folder");
    assert_eq!(init(dir.path(), "2026-11-23").status.code(), Some(0));
    let site = dir.path().join("trang moi");
    let files: Vec<String> = tree(&site).into_iter().map(|(path, _)| path.display().to_string()).collect();
    let settings = fs::read_to_string(site.join(".vscode/settings.json")).expect("there");
    let settings: serde_json::Value = serde_json::from_str(&settings).expect("JSON");
    let wired = settings["yaml.schemas"].as_object().expect("a mapping");
    for kind in KINDS {
        let (head, tail) = kind.files.split_once('*').unwrap_or((kind.files, ""));
        let head = format!("content/{head}");
        assert!(
            files
                .iter()
                .any(|file| file.starts_with(&head) && file.ends_with(tail.rsplit('*').next().unwrap_or(""))),
            "{}",
            kind.name
        );
        assert!(files.contains(&format!(".vscode/congkhai/{}.json", kind.name)), "{}", kind.name);
    }
    for (schema, pattern) in wired {
        assert!(site.join(schema).is_file(), "{schema}");
        assert!(KINDS.iter().any(|kind| *pattern == format!("content/{}", kind.files)), "{pattern}");
    }
    for text in tree(&site).into_iter().filter_map(|(_, bytes)| String::from_utf8(bytes).ok()) {
        assert!(
            !text.contains('%') || !["%NAM", "%NGAY", "%TEN", "%KY"].iter().any(|mark| text.contains(mark)),
            "{text}"
        );
    }
    for file in [
        ".github/workflows/congkhai.yml",
        ".gitlab-ci.yml",
        ".gitignore",
        "README.md",
        "xuat-ban.sh",
        "may-chu/congkhai.service",
        "may-chu/congkhai.timer",
        "may-chu/nginx.conf",
        "may-chu/_headers",
    ] {
        assert!(files.iter().any(|known| known == file), "{file}");
    }
    // A file made by `new` in a site made by `init` knows its schema.
    let out = run(&site, &["new", "thu-tuc", "1.014888"]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    let text = fs::read_to_string(site.join("content/thu-tuc/1.014888.yaml")).expect("there");
    assert!(
        text.starts_with("# yaml-language-server: $schema=../../.vscode/congkhai/thu-tuc.json"),
        "{text}"
    );
}

#[test]
fn a_folder_in_use_is_left_alone_and_what_is_missing_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir(dir.path().join("trang moi")).expect("made");
    fs::write(dir.path().join("trang moi/cua-toi.txt"), "x").expect("written");
    let out = init(dir.path(), "2026-11-23");
    assert_eq!(out.status.code(), Some(2));
    assert!(said(&out).contains("đã có tệp"), "{}", said(&out));
    assert_eq!(tree(dir.path()).len(), 1, "nothing was written");
    for (words, vi) in [
        (&["init"][..], "thiếu `<THƯ_MỤC>`"),
        (&["init", "moi"], "thiếu --name"),
        (&["init", "moi", "--name", "A", "--address", "B"], "thiếu --base-url"),
        (&["init", "moi", "--name", "A", "--address", "B", "--base-url", "ftp://x"], "không dùng được"),
        (&["init", "moi", "--date", "5/3/2026"], "viết năm-tháng-ngày"),
    ] {
        let out = run(dir.path(), words);
        assert_eq!(out.status.code(), Some(2), "{words:?}: {}", said(&out));
        assert!(said(&out).contains(vi), "{words:?}: {}", said(&out));
        assert!(!dir.path().join("moi").exists(), "{words:?}");
    }
}

#[test]
fn every_schema_is_written_once_and_rewritten_only_when_it_differs() {
    let dir = tempfile::tempdir().expect("a folder");
    let all = format!("Đã ghi {} lược đồ", KINDS.len());
    let out = run(dir.path(), &["schema", "--all", "luoc-do/moi"]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert!(said(&out).contains(&all) && tree(dir.path()).len() == KINDS.len(), "{}", said(&out));
    assert!(said(&run(dir.path(), &["schema", "--all", "luoc-do/moi"])).contains("(0 tệp có thay đổi)"));
    for (path, bytes) in tree(dir.path()) {
        let schema: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        assert!(!schema["title"].as_str().expect("a title").is_empty(), "{}", path.display());
    }
}

#[test]
fn completions_and_man_pages_are_made_of_the_arguments() {
    let dir = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let out = run(dir.path(), &["completions", shell]);
        let script = String::from_utf8(out.stdout).expect("UTF-8");
        assert!(out.status.success() && script.contains("congkhai") && script.contains("dry-run"), "{shell}");
    }
    assert_eq!(run(dir.path(), &["completions", "cmd"]).status.code(), Some(2));
    let out = run(dir.path(), &["man", "trang"]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    let page = fs::read_to_string(dir.path().join("trang/congkhai-check.1")).expect("written");
    assert!(page.contains("dry\\-run") && page.contains("Tự sửa"), "{page}");
    assert!(fs::read_to_string(dir.path().join("trang/congkhai.1")).expect("written").contains("Ví dụ"));
    for entry in fs::read_dir(dir.path().join("trang")).expect("made") {
        let page = fs::read_to_string(entry.expect("readable").path()).expect("written");
        for heading in page.lines().filter(|line| line.starts_with(".SH ")) {
            assert!(!heading.is_ascii(), "an English heading: {heading}\n{page}");
        }
        assert!(page.contains("\"Hướng dẫn congkhai\""), "{page}");
    }
}
