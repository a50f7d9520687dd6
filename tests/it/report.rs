//! What a clerk reads when much is wrong: by file, nothing told twice, where to begin. The text is kept in
//! `tests/report/`; `UPDATE=1 cargo test` rewrites it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::cli::congkhai;
use crate::site::TestSite;

/// A site in which a morning's haste went into many files.
fn hasty() -> TestSite {
    let site = TestSite::smallest();
    let procedure =
        fs::read_to_string(site.dir().join("content/thu-tuc/1.000123.yaml")).expect("the smallest site");
    site.write(
        "content/thu-tuc/1.000123.yaml",
        &procedure.replace("ma: \"1.000123\"", "ma: 1000123").replace("linh_vuc:", "linhvuc:"),
    );
    let decision = "so: 950/QĐ-UBND\nngay_ky: 5/3/2026\nngay_hieu_luc: 6/3/2026\nco_quan: Ủy ban nhân dân tỉnh Mẫu\n\
        trich_yeu: Công bố\nmuc:\n  - thu_tuc: \"1.000124\"\n    loai: ban_hanh_moi\n";
    site.write("content/quyet-dinh/950.yaml", decision);
    for i in 1..8 {
        let text = format!("ma: \"1.00020{i}\"\nten: Thủ tục số {i}\nlinh_vuc: linh-vuc-mot\n");
        site.write(&format!("content/thu-tuc/1.00020{i}.yaml"), &text);
    }
    let article = fs::read_to_string(site.dir().join("content/bai-viet/tin-tuc/mo-dau.md")).expect("there");
    site.write(
        "content/bai-viet/tin-tuc/mo-dau.md",
        &format!("{article}\nGọi 0912 345 678 hoặc 0987 654 321, hoặc xem [ở đây](/thu-tucc/).\n"),
    );
    site
}

fn check(site: &TestSite, args: &[&str]) -> String {
    let mut command = congkhai();
    let out = command.current_dir(site.dir()).args(["check", "--date", "2026-11-23"]).args(args).output();
    let out = out.expect("the command starts");
    assert_eq!(out.status.code(), Some(1));
    String::from_utf8(out.stdout).expect("UTF-8")
}

#[test]
fn what_is_wrong_is_told_by_file_once_and_with_the_way_to_begin() {
    let site = hasty();
    let said = check(&site, &[]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report/voi-vang.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, &said).expect("written");
    }
    assert_eq!(said, fs::read_to_string(&path).unwrap_or_default(), "if that is meant: UPDATE=1 cargo test");
    // Personal data stay masked in the lines that the report adds.
    assert!(!said.contains("345 678") && !said.contains("654 321"), "{said}");
}

/// Whatever the text leaves for `-v`, a machine and `-v` get all, and what is counted is what there is.
#[test]
fn nothing_is_lost_by_telling_it_once() {
    let site = hasty();
    let all: serde_json::Value = serde_json::from_str(&check(&site, &["--format", "json"])).expect("JSON");
    let all = all["diagnostics"].as_array().expect("a list");
    let said = check(&site, &["-v"]);
    for found in all {
        let (file, line) = (found["file"].as_str().expect("a file"), &found["line"]);
        let own = format!("{file}:{line}:");
        // In the part of its file a place may go by its line alone.
        let part = said.split("== ").find(|part| part.starts_with(file)).unwrap_or_default();
        assert!(said.contains(&own) || part.contains(&format!("dòng {line},")), "{own} is not told:\n{said}");
    }
}

/// The promise of the last line is kept by `--fix`.
#[test]
fn as_much_is_mended_by_itself_as_was_said() {
    let site = hasty();
    let found = |said: &str| -> BTreeSet<String> {
        let all: serde_json::Value = serde_json::from_str(said).expect("JSON");
        let all = all["diagnostics"].as_array().expect("a list").clone();
        all.iter().map(|found| format!("{} {} {}", found["file"], found["line"], found["code"])).collect()
    };
    let before = found(&check(&site, &["--format", "json"]));
    let said = check(&site, &[]);
    let promise = said.lines().find_map(|line| line.strip_prefix("Máy tự sửa được "));
    let promised = promise.and_then(|words| words.split(' ').next()?.parse().ok());
    assert!(!check(&site, &["--fix"]).contains("Máy tự sửa được"));
    let after = found(&check(&site, &["--format", "json"]));
    // What is readable now may show faults that nobody could see before.
    assert_eq!(Some(before.difference(&after).count()), promised, "{said}");
}
