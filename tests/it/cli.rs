//! The command as people and CI run it: exit status, streams, formats.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::site::TestSite;

pub(crate) fn congkhai() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_congkhai"));
    command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    congkhai().current_dir(dir).args(args).output().expect("the command starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn smallest() -> TestSite {
    TestSite::smallest()
}

#[test]
fn a_good_site_is_published_with_one_summary_line() {
    let site = smallest();
    let out = run(site.dir(), &["build", "--date", "2026-11-23"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert_eq!(text(&out.stdout), "");
    let said = text(&out.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("Đã dựng public: "), "{said}");
    assert!(site.dir().join("public/index.html").is_file());
}

#[test]
fn a_fault_stops_publishing_and_leaves_the_old_site_whole() {
    let site = smallest();
    assert_eq!(run(site.dir(), &["build", "--date", "2026-11-23"]).status.code(), Some(0));
    let before = tree(&site.dir().join("public"));
    site.write("content/thu-tuc/sai.yaml", "ma: 12\nten: Sai\n");
    let out = run(site.dir(), &["build", "--date", "2026-11-23"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("content/thu-tuc/sai.yaml:1:5"), "{}", text(&out.stderr));
    assert_eq!(tree(&site.dir().join("public")), before);
}

/// Nobody should mend the head of an article only to be told of its text in the next run.
#[test]
fn a_broken_front_matter_does_not_hide_the_faults_of_the_text() {
    const BODY: &str = "\nXem [trang này](/khong-co/) và [chỗ này](javascript:alert(1)).\n\n<b>Đậm</b>\n";
    for (head, code) in [
        ("---\ntieu_de: Bài\nngay: 2026-13-01\ntom_tat: Một câu.\n---\n", "CK0304"),
        ("---\ntieu_de: Bài\nngay: [2026\n---\n", "CK0102"),
        ("tieu_de: Bài\nngay: 2026-01-01\ntom_tat: Một câu.\n---\n", "CK0104"),
        ("---\ntieu_de: Bài\nngay: 2026-01-01\ntom_tat: Một câu.\n", "CK0104"),
    ] {
        let site = smallest();
        let text_of = format!("{head}{BODY}");
        site.write("content/bai-viet/tin-tuc/sai.md", &text_of);
        let out = run(site.dir(), &["check", "--date", "2026-11-23", "--format", "json"]);
        assert_eq!(out.status.code(), Some(1));
        let said: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
        let found = said["diagnostics"].as_array().expect("a list");
        let line = |code: &str| found.iter().find(|d| d["code"] == code).map(|d| d["line"].as_u64());
        assert!(line(code).is_some(), "{code}: {found:#?}");
        let first = text_of.lines().position(|line| line.contains("khong-co")).map(|i| i as u64 + 1);
        assert_eq!(line("CK0408"), Some(first), "{head}");
        assert_eq!(line("CK0604"), Some(first), "{head}");
        assert_eq!(line("CK0601"), Some(first.map(|line| line + 2)), "{head}");
        assert_eq!(found.len(), 4, "{head}: {found:#?}");
    }
}

#[test]
fn strict_turns_warnings_into_failure() {
    let site = smallest();
    site.write("content/thu-tuc/thieu.yaml", "ma: 1.000999\nten: Thủ tục chưa đủ\nlinh_vuc: linh-vuc-mot\n");
    assert_eq!(run(site.dir(), &["check", "--date", "2026-11-23"]).status.code(), Some(0));
    assert_eq!(run(site.dir(), &["check", "--strict", "--date", "2026-11-23"]).status.code(), Some(1));
    assert_eq!(run(site.dir(), &["build", "--strict", "--date", "2026-11-23"]).status.code(), Some(1));
    assert!(!site.dir().join("public/index.html").exists());
}

#[test]
fn wrong_use_says_so_in_the_editors_language_and_exits_2() {
    let site = smallest();
    for (args, vi, en) in [
        (&["biuld"][..], "không có lệnh `biuld`", "unrecognized subcommand"),
        (&["check", "--dat=1"][..], "không có tùy chọn", "unexpected argument"),
        (&["check", "extra"][..], "thừa tham số `extra`", "unexpected argument"),
        (&["check", "--date", "2026-02-30"][..], "viết năm-tháng-ngày", "write year-month-day"),
        (&["check", "--jobs", "0"][..], "viết một số từ 1", "write a number from 1"),
        (&["check", "--base-url", "ftp://x"][..], "https://", "https://"),
        (&["check", "--theme", "khong-co"][..], "không có giao diện", "there is no theme"),
        (&["check", "--content", "khong-co"][..], "khong-co", "khong-co"),
        (&["explain", "CK9999"][..], "không có quy tắc", "there is no rule"),
    ] {
        let out = run(site.dir(), args);
        assert_eq!(out.status.code(), Some(2), "{args:?}: {}", text(&out.stderr));
        assert!(text(&out.stderr).contains(vi), "{args:?}: {}", text(&out.stderr));
        let mut english = args.to_vec();
        english.extend(["--lang", "en"]);
        let out = run(site.dir(), &english);
        assert_eq!(out.status.code(), Some(2), "{english:?}");
        assert!(text(&out.stderr).contains(en), "{english:?}: {}", text(&out.stderr));
    }
    let out = congkhai().current_dir(site.dir()).env("SOURCE_DATE_EPOCH", "hôm nay").arg("check").output();
    assert_eq!(out.expect("starts").status.code(), Some(2));
}

#[test]
fn a_machine_that_refuses_is_exit_3() {
    let site = smallest();
    // The parent of the output is a file: no folder can be made there, even by root.
    site.write("tep", "x");
    let out = run(site.dir(), &["build", "--output", "tep/public", "--date", "2026-11-23"]);
    assert_eq!(out.status.code(), Some(3), "{}", text(&out.stderr));
}

/// A result that cannot be printed is a refusal, in the language of the run.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_the_output_is_exit_3_in_words() {
    let site = smallest();
    for (args, words) in [
        (&["check", "--date", "2026-11-23"][..], "congkhai: không in được kết quả: ổ đĩa đã đầy ("),
        (&["--lang", "en", "explain"], "congkhai: cannot print the result: the disk is full ("),
        (&["schema", "thu-tuc"], "congkhai: không in được kết quả: ổ đĩa đã đầy ("),
        (&["--help"], "congkhai: không in được kết quả: ổ đĩa đã đầy ("),
    ] {
        let full = fs::File::create("/dev/full").expect("Linux has it");
        let mut command = congkhai();
        let out = command.current_dir(site.dir()).args(args).stdout(full).output().expect("starts");
        assert_eq!(out.status.code(), Some(3), "{args:?}");
        assert!(text(&out.stderr).starts_with(words), "{args:?}: {}", text(&out.stderr));
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_ends_nothing_with_noise() {
    let site = smallest();
    site.write("content/thu-tuc/sai.yaml", "ma: 12\nten: Sai\n");
    for (args, status) in [
        (&["check", "--date", "2026-11-23"][..], 1),
        (&["check", "--date", "2026-11-23", "--format", "json"], 1),
        (&["build", "--date", "2026-11-23", "--format", "json"], 1),
        (&["explain"], 0),
        (&["--help"], 0),
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = congkhai();
        let out = command.current_dir(site.dir()).args(args).stdout(writer).output().expect("starts");
        assert_eq!((out.status.code(), text(&out.stderr)), (Some(status), String::new()), "{args:?}");
    }
    // The other stream may go away as well.
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = congkhai();
    let status =
        command.current_dir(site.dir()).args(["build", "--date", "2026-11-23"]).stderr(writer).status();
    assert_eq!(status.expect("starts").code(), Some(1));
}

#[test]
fn what_the_machine_refuses_is_told_in_the_language_of_the_run() {
    let site = smallest();
    site.write("tep", "x");
    for (args, vi, en) in [
        (&["build", "--output", "tep/public"][..], "congkhai: không ghi được `", "congkhai: cannot write `"),
        (
            &["build", "--output", "khong/public"],
            "congkhai: không dùng được `",
            "congkhai: `khong/public` cannot be",
        ),
        (
            &["check", "--content", "khong"],
            "congkhai: không có thư mục nội dung",
            "congkhai: there is no content folder",
        ),
    ] {
        let said = |lang: &str| {
            let out = run(site.dir(), &[args, &["--date", "2026-11-23", "--lang", lang]].concat());
            (out.status.code(), text(&out.stderr))
        };
        let ((code_vi, said_vi), (code_en, said_en)) = (said("vi"), said("en"));
        assert_eq!(code_vi, code_en);
        assert!(said_vi.starts_with(vi), "{said_vi}");
        assert!(said_en.starts_with(en), "{said_en}");
        let vietnamese = |c: char| c.is_alphabetic() && !c.is_ascii();
        assert!(!said_en.contains(vietnamese), "{said_en}");
    }
}

#[test]
fn an_output_folder_that_is_not_ours_is_refused() {
    let site = smallest();
    site.write("public/quan-trong.txt", "đừng xóa");
    let out = run(site.dir(), &["build", "--date", "2026-11-23"]);
    assert_eq!(out.status.code(), Some(2), "{}", text(&out.stderr));
    assert_eq!(
        fs::read_to_string(site.dir().join("public/quan-trong.txt")).expect("still there"),
        "đừng xóa"
    );
}

#[test]
fn json_is_the_object_that_scripts_rely_on() {
    let site = smallest();
    site.write("content/thu-tuc/sai.yaml", "ma: 12\nten: Sai\n");
    let out = run(site.dir(), &["check", "--format", "json", "--date", "2026-11-23"]);
    assert_eq!(out.status.code(), Some(1));
    let object: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let found = object["diagnostics"].as_array().expect("a list");
    let bad_code = found.iter().find(|d| d["code"] == "CK0301").expect("the bad code is found");
    assert_eq!(bad_code["file"], "content/thu-tuc/sai.yaml");
    assert_eq!((&bad_code["line"], &bad_code["column"]), (&1.into(), &5.into()));
    assert_eq!((&bad_code["end_line"], &bad_code["end_column"]), (&1.into(), &7.into()));
    assert_eq!(bad_code["severity"], "error");
    assert_eq!(bad_code["slug"], "ma-thu-tuc-sai-dang");
    for key in ["message", "help"] {
        assert!(bad_code[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
    for key in ["errors", "warnings", "notes", "files", "records"] {
        assert!(object["summary"][key].is_u64(), "{key}");
    }
}

#[test]
fn github_gitlab_and_sarif_carry_the_same_findings() {
    let site = smallest();
    site.write("content/thu-tuc/sai.yaml", "ma: 12\nten: \"100%: sai\"\n");
    let out = run(site.dir(), &["check", "--format", "github", "--date", "2026-11-23"]);
    let said = text(&out.stdout);
    assert!(
        said.contains(
            "::error file=content/thu-tuc/sai.yaml,line=1,col=5,endLine=1,endColumn=7,title=CK0301"
        ),
        "{said}"
    );
    let out = run(site.dir(), &["check", "--format", "sarif", "--date", "2026-11-23"]);
    let log: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    assert!(results.iter().any(|r| r["ruleId"] == "CK0301"));
    assert_eq!(said.lines().count(), results.len());

    let issues = |site: &TestSite| -> Vec<serde_json::Value> {
        let out = run(site.dir(), &["check", "--format", "gitlab", "--date", "2026-11-23"]);
        serde_json::from_slice(&out.stdout).expect("JSON")
    };
    let first = issues(&site);
    assert_eq!(first.len(), results.len());
    let prints = |issues: &[serde_json::Value]| -> BTreeSet<String> {
        issues.iter().filter_map(|issue| issue["fingerprint"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(prints(&first).len(), first.len(), "each finding has a fingerprint of its own");
    let code = first.iter().find(|issue| issue["check_name"] == "CK0301 ma-thu-tuc-sai-dang").expect("told");
    assert_eq!(code["severity"], "critical");
    assert_eq!(code["location"]["path"], "content/thu-tuc/sai.yaml");
    assert_eq!(code["location"]["lines"]["begin"], 1);
    // Lines above do not make what was known a new finding.
    site.write("content/thu-tuc/sai.yaml", "# ghi chú\n\nma: 12\nten: \"100%: sai\"\n");
    assert_eq!(prints(&issues(&site)), prints(&first));
}

#[test]
fn every_message_exists_in_english() {
    let site = smallest();
    site.write("content/thu-tuc/sai.yaml", "ma: 12\nten: Sai\n");
    let out = run(site.dir(), &["check", "--lang", "en", "--date", "2026-11-23"]);
    let said = text(&out.stdout);
    assert!(said.contains("error[CK0301") && said.contains("malformed procedure code"), "{said}");
    assert!(said.contains("= help:"), "{said}");
}

#[test]
fn schemas_and_rules_can_be_listed_and_shown() {
    let site = smallest();
    let kinds = text(&run(site.dir(), &["schema"]).stdout);
    for kind in kinds.lines() {
        let out = run(site.dir(), &["schema", kind]);
        let schema: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
        assert!(schema.get("$schema").is_some(), "{kind}");
    }
    assert!(kinds.lines().count() >= 9);
    let rules = text(&run(site.dir(), &["explain"]).stdout);
    assert!(rules.lines().count() > 50);
    let page = text(&run(site.dir(), &["explain", "ck0301"]).stdout);
    assert!(page.starts_with("CK0301  Mã thủ tục sai dạng\n") && page.contains("\nVÌ SAO\n"), "{page}");
    assert!(!page.contains('`') && !page.contains('#'), "{page}");
}

/// Every file below a folder with its bytes.
pub(crate) fn tree(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).expect("readable");
                files.push((path.strip_prefix(dir).expect("below").to_path_buf(), bytes));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_theme_replaces_single_files_and_the_rest_stays_built_in() {
    let site = smallest();
    site.write(
        "giao-dien/pages/contact.html",
        "{% extends \"layouts/base.html\" %}{% block main %}<h1>CỦA TÔI</h1>{% endblock %}",
    );
    let out = run(site.dir(), &["build", "--theme", "giao-dien", "--date", "2026-11-23"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let page = fs::read_to_string(site.dir().join("public/lien-he/index.html")).expect("there");
    assert!(page.contains("CỦA TÔI") && page.contains("<header"), "{page}");
    assert!(site.dir().join("public/thu-tuc/index.html").is_file());
}

#[test]
fn a_broken_theme_publishes_nothing_and_names_its_file() {
    let site = smallest();
    site.write("giao-dien/pages/contact.html", "{% block x %}{{ page.khong_co }}");
    let out = run(site.dir(), &["build", "--theme", "giao-dien", "--date", "2026-11-23"]);
    assert_eq!(out.status.code(), Some(1));
    let said = text(&out.stderr);
    assert!(said.contains("CK0704") && said.contains("pages/contact.html"), "{said}");
    assert!(!site.dir().join("public/index.html").exists());
    // A template that asks for what no view has is found when the page is made, and blames the record's page.
    site.write("giao-dien/pages/contact.html", "{{ page.khong_co }}");
    let out = run(site.dir(), &["build", "--theme", "giao-dien", "--date", "2026-11-23"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("CK0703"), "{}", text(&out.stderr));
}

#[test]
fn a_base_url_can_be_given_for_a_sub_path() {
    let site = smallest();
    let args = ["build", "--base-url", "https://thu.gov.vn/mot/", "--date", "2026-11-23"];
    assert_eq!(run(site.dir(), &args).status.code(), Some(0));
    let read = |path: &str| fs::read_to_string(site.dir().join("public").join(path)).expect("there");
    assert!(read("index.html").contains("<link rel=\"canonical\" href=\"https://thu.gov.vn/mot/\">"));
    assert!(read("404.html").contains("href=\"/mot/"));
    assert!(read("sitemap.xml").contains("<loc>https://thu.gov.vn/mot/thu-tuc/</loc>"));
}

#[test]
fn no_report_shows_a_personal_datum() {
    let site = smallest();
    // The number stands in a value that another rule quotes, in a key, in a petition and in a file's name.
    site.write(
        "content/phan-anh/2026/2026-001.yaml",
        "ma: 2026-001\nngay_tiep_nhan: 0912 000 678\nkenh: khac\nloai: hanh_vi\ntieu_de: Gọi 0912 000 678\nnoi_dung: x\ndon_vi: y\nso_0912000678: z\n",
    );
    site.write("content/thu-tuc/x.yaml", "ma: \"0912000678\"\nten: Liên hệ 0912 000 678\nlinh_vuc: x\n");
    for format in ["text", "json", "github", "gitlab", "sarif"] {
        for lang in ["vi", "en"] {
            let out = run(site.dir(), &["check", "--format", format, "--lang", lang, "--date", "2026-11-23"]);
            assert_eq!(out.status.code(), Some(1));
            let said = text(&out.stdout) + &text(&out.stderr);
            assert!(
                !said.contains("0912 000 678") && !said.contains("0912000678"),
                "{format} {lang}: {said}"
            );
        }
    }
}

#[test]
fn a_cleaned_copy_of_an_attachment_is_written_on_request_and_never_over_a_file() {
    let site = smallest();
    site.write("content/tep/mau.pdf", "%PDF-1.4\n/Author (Le Van Mau)");
    let check = |flags: &[&str]| run(site.dir(), &[&["check", "--date", "2026-11-23"][..], flags].concat());
    let out = check(&[]);
    assert!(
        text(&out.stdout).contains("CK0812") && !text(&out.stdout).contains("Le Van Mau"),
        "{}",
        text(&out.stdout)
    );
    let copy = site.dir().join("content/tep/mau-da-lam-sach.pdf");
    assert!(!copy.exists(), "nothing is written unasked");
    let out = check(&["--fix-metadata"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert_eq!(fs::read_to_string(&copy).expect("the copy"), "%PDF-1.4\n/Author ()          ");
    assert_eq!(
        fs::read_to_string(site.dir().join("content/tep/mau.pdf")).expect("the original"),
        "%PDF-1.4\n/Author (Le Van Mau)"
    );
    fs::write(&copy, "của người khác").expect("written");
    assert_eq!(check(&["--fix-metadata"]).status.code(), Some(3));
    assert_eq!(fs::read_to_string(&copy).expect("still there"), "của người khác");
}

#[test]
fn an_exception_of_privacy_is_listed_at_every_check() {
    let site = smallest();
    let config = fs::read_to_string(site.dir().join("content/trang.yaml")).expect("there");
    let exception = "kiem_tra:\n  rieng_tu:\n    - chu: Gọi 0912 000 000\n      ly_do: Số trực ban\n      nguoi_quyet_dinh: Chánh Văn phòng\n";
    site.write("content/trang.yaml", &format!("{config}\n{exception}"));
    let article = "---\ntieu_de: Trực ban\nngay: 2026-11-20\ntom_tat: Gọi trực ban của cơ quan\n---\nGọi 0912 000 000 khi cần.\n";
    let section =
        fs::read_dir(site.dir().join("content/bai-viet")).expect("there").next().expect("a section");
    let section = section.expect("readable").file_name().to_string_lossy().into_owned();
    site.write(&format!("content/bai-viet/{section}/truc-ban.md"), article);
    let out = run(site.dir(), &["check", "--date", "2026-11-23"]);
    let said = text(&out.stdout);
    assert_eq!(out.status.code(), Some(0), "{said}");
    assert!(
        said.contains("CK0818") && said.contains("Số trực ban") && said.contains("Chánh Văn phòng"),
        "{said}"
    );
    assert!(!said.contains("0912 000 000"), "{said}");
}

#[test]
fn a_check_finds_links_to_places_that_are_not_there() {
    let site = smallest();
    let section =
        fs::read_dir(site.dir().join("content/bai-viet")).expect("there").next().expect("a section");
    let section = section.expect("readable").file_name().to_string_lossy().into_owned();
    let article = "---\ntieu_de: Xem\nngay: 2026-11-20\ntom_tat: Dẫn tới một chỗ không có\n---\nXem [cách liên hệ](/lien-he/#khong-co-cho-nay).\n";
    site.write(&format!("content/bai-viet/{section}/xem.md"), article);
    let out = run(site.dir(), &["check", "--date", "2026-11-23"]);
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stdout));
    assert!(text(&out.stdout).contains("CK0409"), "{}", text(&out.stdout));
}

/// A program in the place of a browser: notes how it was called and what the page held, then does `then`.
fn fake_browser(site: &TestSite, then: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let script = format!(
        "#!/bin/sh\nfor word in \"$@\"; do echo \"$word\" >> \"{dir}/goi.txt\"; case \"$word\" in --print-to-pdf=*) pdf=${{word#*=}};; file://*) page=${{word#file://}};; esac; done\n\
         grep -c 'class=\"qr\"' \"$page\" >> \"{dir}/ma.txt\"\n{then}\n",
        dir = site.dir().display()
    );
    site.write("gia/chromium", &script);
    let path = site.dir().join("gia/chromium");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("set");
    path.display().to_string()
}

const GOOD_PDF: &str = "printf '%%PDF-1.4 /Type /Page /MarkInfo << /Marked true >> %%%%EOF' > \"$pdf\"";

fn print_sheets(site: &TestSite, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = congkhai();
    command.current_dir(site.dir()).args(["print", "--date", "2026-11-23"]).args(args);
    command.env_remove("CHROMIUM").env("PATH", "/nonexistent").envs(env.iter().copied());
    command.output().expect("the command starts")
}

#[test]
fn sheets_of_a_decision_become_pdfs() {
    let site = smallest();
    let browser = fake_browser(&site, GOOD_PDF);
    let all = |site: &TestSite| {
        print_sheets(
            site,
            &["--decision", "949/qđ-ubnd", "--notice"],
            &[("CHROMIUM", &browser), ("PATH", "/bin:/usr/bin")],
        )
    };
    let out = all(&site);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert_eq!(
        text(&out.stdout),
        "ban-in/1.000123.pdf: 1 mặt\nban-in/linh-vuc-linh-vuc-mot-bia.pdf: 1 mặt\nban-in/linh-vuc-linh-vuc-mot.pdf: 1 mặt\nban-in/phan-anh.pdf: 1 mặt\n"
    );
    assert!(
        text(&out.stderr).ends_with("Đã làm 4 tệp PDF, 4 mặt A4, trong ban-in.\n"),
        "{}",
        text(&out.stderr)
    );
    let names = |site: &TestSite| -> Vec<PathBuf> {
        tree(&site.dir().join("ban-in")).into_iter().map(|(path, _)| path).collect()
    };
    let made = names(&site);
    assert_eq!(made.len(), 5, "four PDFs and the marker, nothing of the work: {made:?}");
    // Every page was there with its style and its code when the browser came; nothing was fetched.
    assert_eq!(fs::read_to_string(site.dir().join("ma.txt")).expect("there"), "1\n".repeat(4));
    let said = fs::read_to_string(site.dir().join("goi.txt")).expect("there");
    for flag in [
        "--headless",
        "--no-pdf-header-footer",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--export-tagged-pdf",
    ] {
        assert_eq!(said.lines().filter(|line| *line == flag).count(), 4, "{flag}: {said}");
    }
    let profiles: std::collections::BTreeSet<&str> =
        said.lines().filter(|line| line.starts_with("--user-data-dir=")).collect();
    assert_eq!(profiles.len(), 4, "a profile each");
    assert!(!site.dir().join("public").exists(), "no site is published");
    // Again: over our own files, but not over one that somebody signed.
    assert_eq!(all(&site).status.code(), Some(0));
    site.write("ban-in/1.000123.pdf", "đã ký, đóng dấu");
    let out = all(&site);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("không ghi đè"), "{}", text(&out.stderr));
    assert_eq!(fs::read_to_string(site.dir().join("ban-in/1.000123.pdf")).expect("there"), "đã ký, đóng dấu");
    assert_eq!(names(&site), made);
}

#[test]
fn a_machine_without_a_browser_says_how_to_get_one() {
    let site = smallest();
    for (lang, said) in [("vi", "sudo apt install chromium"), ("en", "found no Chromium")] {
        let out = print_sheets(&site, &["--all", "--lang", lang], &[]);
        assert_eq!(out.status.code(), Some(3), "{}", text(&out.stderr));
        assert!(
            text(&out.stderr).contains(said) && text(&out.stderr).contains("Windows"),
            "{}",
            text(&out.stderr)
        );
    }
    assert!(!site.dir().join("ban-in").exists(), "nothing is made");
    let out = print_sheets(&site, &["--all", "--browser", "/nonexistent/chromium"], &[]);
    assert_eq!(out.status.code(), Some(2), "{}", text(&out.stderr));
    // It is found by its name too.
    fake_browser(&site, GOOD_PDF);
    let path = format!("{}:/bin:/usr/bin", site.dir().join("gia").display());
    let out = print_sheets(&site, &["--procedure", "1.000123"], &[("PATH", &path)]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
}

#[test]
fn a_browser_that_fails_is_named_with_its_last_words() {
    for (then, said) in [
        ("echo tôi hỏng >&2; exit 1", "tôi hỏng"),
        ("exit 0", "không làm ra tệp PDF hoàn chỉnh"),
        ("echo '%PDF-1.4 dở' > \"$pdf\"", "không làm ra tệp PDF hoàn chỉnh"),
    ] {
        let site = smallest();
        let browser = fake_browser(&site, then);
        let out = print_sheets(&site, &["--notice", "--browser", &browser], &[("PATH", "/bin:/usr/bin")]);
        assert_eq!(out.status.code(), Some(3), "{then}: {}", text(&out.stderr));
        assert!(
            text(&out.stderr).contains(said) && text(&out.stderr).contains("phan-anh.pdf"),
            "{}",
            text(&out.stderr)
        );
        let left: Vec<_> = tree(&site.dir().join("ban-in")).into_iter().map(|(path, _)| path).collect();
        assert_eq!(left, [PathBuf::from(".congkhai-ban-in")], "{then}");
    }
}

#[test]
fn wrong_choices_of_sheets_are_wrong_use() {
    let site = smallest();
    for (args, said) in [
        (&[][..], "--decision, --field, --procedure, --notice, --all"),
        (&["--decision", "950/QĐ-UBND"][..], "có phải `949/QĐ-UBND`"),
        (&["--field", "linh-vuc-mott"][..], "có phải `linh-vuc-mot`"),
        (&["--procedure", "1.000124"][..], "có phải `1.000123`"),
        (&["--notice", "--output-dir", "content/in"][..], "nằm trong nhau"),
    ] {
        let browser = fake_browser(&site, GOOD_PDF);
        let out = print_sheets(&site, args, &[("CHROMIUM", &browser), ("PATH", "/bin:/usr/bin")]);
        assert_eq!(out.status.code(), Some(2), "{args:?}: {}", text(&out.stderr));
        assert!(text(&out.stderr).contains(said), "{args:?}: {}", text(&out.stderr));
    }
    // A site's folder is not a folder of PDFs.
    assert_eq!(run(site.dir(), &["build", "--date", "2026-11-23"]).status.code(), Some(0));
    let browser = fake_browser(&site, GOOD_PDF);
    let before = tree(&site.dir().join("public"));
    let out = print_sheets(
        &site,
        &["--notice", "--output-dir", "public"],
        &[("CHROMIUM", &browser), ("PATH", "/bin:/usr/bin")],
    );
    assert_eq!(out.status.code(), Some(2), "{}", text(&out.stderr));
    assert_eq!(tree(&site.dir().join("public")), before);
}

#[test]
fn nothing_is_printed_of_content_with_errors() {
    let site = smallest();
    site.write("content/thu-tuc/sai.yaml", "ma: 12\nten: Sai\n");
    let browser = fake_browser(&site, GOOD_PDF);
    let out = print_sheets(&site, &["--all"], &[("CHROMIUM", &browser), ("PATH", "/bin:/usr/bin")]);
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
    assert!(text(&out.stderr).contains("content/thu-tuc/sai.yaml:1:5"), "{}", text(&out.stderr));
    assert!(!site.dir().join("ban-in").exists());
}

/// A site with work of two units: one petition overdue, one decision without a day of posting.
fn with_work() -> TestSite {
    let site = smallest();
    site.write(
        "content/danh-muc/don-vi.yaml",
        "- ma: so-mau\n  ten: Sở Thử nghiệm tỉnh Mẫu\n- ma: phong-mot\n  ten: Phòng Một\n- ma: phong-hai\n  ten: Phòng Hai\n",
    );
    site.write(
        "content/phan-anh/2026/2026-001.yaml",
        "ma: 2026-001\nngay_tiep_nhan: 2026-10-05\nkenh: truc_tiep\nloai: hanh_vi\ntieu_de: Hẹn trả; mà không trả, hai lần\nnoi_dung: Hẹn mà không trả.\ndon_vi: phong-hai\n",
    );
    site.write(
        "content/phan-anh/2026/2026-002.yaml",
        "ma: 2026-002\nngay_tiep_nhan: 2026-10-06\nkenh: truc_tiep\nloai: hanh_vi\ntieu_de: Ví dụ\nnoi_dung: Ví dụ.\ndon_vi: phong-mot\nminh_hoa: true\n",
    );
    site
}

#[test]
fn the_office_sees_what_to_do_most_urgent_first() {
    let site = with_work();
    let out = run(site.dir(), &["todo", "--date", "2026-11-23"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let said = text(&out.stdout);
    assert!(said.starts_with("Đến ngày 23/11/2026: "), "{said}");
    let (first, rest) = said.split_once("\nĐã quá hạn (1)\n").expect("the overdue come first");
    assert_eq!(first.lines().count(), 1);
    let lines: Vec<&str> = rest.lines().take(3).collect();
    assert_eq!(
        lines,
        [
            "- Trả lời phản ánh 2026-001: Hẹn trả; mà không trả, hai lần",
            "  Phòng Hai · từ 5/10/2026 · hạn 26/10/2026, trễ 20 ngày làm việc",
            "  Làm: trả lời người gửi rồi ghi ket_qua; nếu việc còn vướng, ghi bước vừa làm vào dien_bien. content/phan-anh/2026/2026-001.yaml"
        ]
    );
    assert!(!said.contains("2026-002") && said.contains("1 bản ghi minh họa không tính."), "{said}");
    let english = text(&run(site.dir(), &["todo", "--date", "2026-11-23", "--lang", "en"]).stdout);
    assert!(english.contains("\nOverdue (1)\n- Answer petition 2026-001"), "{english}");
}

#[test]
fn work_that_comes_by_the_dozen_is_told_once_with_every_file() {
    let site = with_work();
    for i in 1..=5 {
        let long = "rất dài ".repeat(20);
        let name = format!("Thủ tục thứ {i} {long}");
        let more = if i == 5 { "trinh_tu: [Nộp]\n" } else { "" };
        site.write(
            &format!("content/thu-tuc/bo-sung-{i}.yaml"),
            &format!("ma: 1.00099{i}\nten: {name}\nlinh_vuc: linh-vuc-mot\n{more}"),
        );
    }
    let said = text(&run(site.dir(), &["todo", "--date", "2026-11-23"]).stdout);
    let (_, rest) = said.split_once("- Bổ sung nội dung thủ tục (4)\n").expect("four lack the same");
    let files: Vec<&str> = rest.lines().skip(2).take(4).collect();
    for (i, line) in files.iter().enumerate() {
        let start = format!("    content/thu-tuc/bo-sung-{}.yaml · Thủ tục thứ {}", i + 1, i + 1);
        assert!(line.starts_with(&start) && line.ends_with(" …"), "{line}");
    }
    assert!(said.contains("- Bổ sung thủ tục 1.000995"), "one that lacks something else stands alone");
}

#[test]
fn a_unit_sees_its_own_work_and_an_unknown_unit_is_wrong_use() {
    let site = with_work();
    let of =
        |unit: &str| run(site.dir(), &["todo", "--date", "2026-11-23", "--unit", unit, "--format", "json"]);
    let json = |unit: &str| -> serde_json::Value { serde_json::from_slice(&of(unit).stdout).expect("JSON") };
    let two = json("phong-hai");
    assert_eq!((&two["date"], &two["unit"]), (&"2026-11-23".into(), &"phong-hai".into()));
    let items = two["items"].as_array().expect("a list");
    assert_eq!(items.len(), 1, "{two}");
    for (key, value) in [
        ("kind", "tra-loi-phan-anh"),
        ("key", "2026-001"),
        ("unit", "phong-hai"),
        ("unit_name", "Phòng Hai"),
        ("since", "2026-10-05"),
        ("due", "2026-10-26"),
        ("urgency", "qua_han"),
        ("file", "content/phan-anh/2026/2026-001.yaml"),
    ] {
        assert_eq!(items[0][key], value, "{key}");
    }
    assert_eq!(items[0]["late_working_days"], 20);
    assert!(items[0]["address"].as_str().is_some_and(|address| address.ends_with("/phan-anh/2026-001/")));
    assert_eq!((&two["summary"]["items"], &two["summary"]["overdue"]), (&1.into(), &1.into()));
    assert!(
        json("phong-mot")["items"]
            .as_array()
            .is_some_and(|items| { items.iter().all(|item| item["unit"] == "phong-mot") })
    );
    let out = of("phong-hay");
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("có phải `phong-hai`?"), "{}", text(&out.stderr));
    assert!(text(&out.stdout).is_empty());
    let out = run(site.dir(), &["todo", "--format", "sarif"]);
    assert_eq!(out.status.code(), Some(2));
}

#[test]
fn the_calendar_of_things_to_do_is_the_same_at_every_run() {
    let site = with_work();
    let calendar = || run(site.dir(), &["todo", "--date", "2026-11-23", "--format", "ics"]);
    let out = calendar();
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let said = text(&out.stdout);
    assert_eq!(said, text(&calendar().stdout));
    let unfolded = said.replace("\r\n ", "");
    // What is overdue stands on the day of the list.
    for line in [
        "BEGIN:VEVENT",
        "UID:tra-loi-phan-anh%3A2026-001@",
        "DTSTAMP:20261122T170000Z",
        "DTSTART;VALUE=DATE:20261123",
        "DTEND;VALUE=DATE:20261124",
        "SUMMARY:Quá hạn: Trả lời phản ánh 2026-001: Hẹn trả\\; mà không trả\\, hai lần",
        "CATEGORIES:Phòng Hai",
    ] {
        assert!(unfolded.lines().any(|found| found.starts_with(line)), "{line} in\n{unfolded}");
    }
    assert!(said.lines().all(|line| line.len() <= 75));
}

#[test]
fn a_list_of_things_to_do_needs_content_without_errors() {
    let site = with_work();
    site.write("content/thu-tuc/sai.yaml", "ma: 12\nten: Sai\n");
    let out = run(site.dir(), &["todo", "--date", "2026-11-23", "--format", "json"]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(text(&out.stdout), "");
    assert!(text(&out.stderr).contains("content/thu-tuc/sai.yaml:1:5"), "{}", text(&out.stderr));
}
