//! The page of changes and the pasts of records, out of a real repository.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli::{congkhai, tree};
use crate::site::TestSite;

fn git(dir: &Path, day: &str, words: &[&str]) {
    let time = format!("{day}T09:00:00+07:00");
    let out = Command::new("git")
        .current_dir(dir)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("GIT_AUTHOR_DATE", &time)
        .env("GIT_COMMITTER_DATE", &time)
        .args(["-c", "user.name=Nguyễn Bí Mật", "-c", "user.email=bimat@example.com"])
        .args(words)
        .output()
        .expect("git is there");
    assert!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
}

fn commit(site: &TestSite, day: &str) {
    git(site.dir(), day, &["add", "-A", "content"]);
    git(site.dir(), day, &["commit", "-q", "-m", "Lời nhắn BIMAT"]);
}

fn build(dir: &Path, output: &str) {
    let out = congkhai()
        .current_dir(dir)
        .args(["build", "-q", "--date", "2026-11-23", "--output", output])
        .output()
        .expect("the command starts");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

fn page(dir: &Path, path: &str) -> String {
    fs::read_to_string(dir.join("public").join(path)).unwrap_or_else(|_| panic!("no {path}"))
}

fn main_of(html: &str) -> &str {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    main.split_once("</main>").map_or(main, |(main, _)| main)
}

fn edit(site: &TestSite, path: &str, old: &str, new: &str) {
    let file = site.dir().join("content").join(path);
    let text = fs::read_to_string(&file).expect("there");
    assert!(text.contains(old), "{path} has {old}");
    fs::write(file, text.replacen(old, new, 1)).expect("written");
}

const PETITION: &str = "ma: 2026-001\nngay_tiep_nhan: 2026-02-02\nkenh: dien_thoai\nloai: quy_dinh\n\
    tieu_de: Tiêu đề BIMAT thứ nhất\nnoi_dung: Nội dung BIMAT.\ndon_vi: so-mau\n";

/// The smallest site with a year of history.
fn lived() -> TestSite {
    let site = TestSite::smallest();
    edit(&site, "trang.yaml", "ten: ", "lich_su: {hien: true}\nten: ");
    git(site.dir(), "2026-01-10", &["init", "-q", "-b", "main"]);
    commit(&site, "2026-01-10");
    site.write("content/phan-anh/2026/1.yaml", PETITION);
    site.write("content/phan-anh/2026/2.yaml", &PETITION.replace("2026-001", "2026-002"));
    commit(&site, "2026-02-03");
    edit(&site, "phan-anh/2026/1.yaml", "Tiêu đề BIMAT thứ nhất", "Thừa giấy tờ");
    edit(&site, "phan-anh/2026/1.yaml", "Nội dung BIMAT.", "Hai bản đơn giống nhau.");
    fs::remove_file(site.dir().join("content/phan-anh/2026/2.yaml")).expect("was there");
    commit(&site, "2026-02-04");
    edit(&site, "thu-tuc/1.000123.yaml", "so: 15", "so: 10");
    commit(&site, "2026-03-05");
    // A draft is nobody's business before it is published, nor is what was taken out of an article.
    let article = "---\ntieu_de: Bài nháp BIMAT\nngay: 2026-03-06\ntom_tat: Một câu.\nban_nhap: true\n---\n\nChữ BIMAT.\n";
    site.write("content/bai-viet/tin-tuc/nhap.md", article);
    edit(&site, "bai-viet/tin-tuc/mo-dau.md", "tom_tat: ", "tom_tat: BIMAT ");
    commit(&site, "2026-03-06");
    edit(&site, "bai-viet/tin-tuc/mo-dau.md", "tom_tat: BIMAT ", "tom_tat: ");
    fs::remove_file(site.dir().join("content/bai-viet/tin-tuc/nhap.md")).expect("was there");
    commit(&site, "2026-03-07");
    site
}

#[test]
fn the_past_is_told_and_old_words_of_persons_never_are() {
    let site = lived();
    build(site.dir(), "public");
    let changes = page(site.dir(), "thay-doi/index.html");
    let main = main_of(&changes);
    for words in
        ["10/1/2026", "5/3/2026", "15 → 10 ngày làm việc", "thu-tuc/1.000123/index.html", "Thừa giấy tờ"]
    {
        assert!(main.contains(words), "{words}: {main}");
    }
    let procedure = page(site.dir(), "thu-tuc/1.000123/index.html");
    let past = main_of(&procedure).split_once("id=\"lich-su\"").expect("a part on the past").1;
    assert!(past.contains("15 → 10 ngày làm việc") && past.contains("5/3/2026"), "{past}");
    let decision = page(site.dir(), "quyet-dinh/949-qd-ubnd/index.html");
    assert!(main_of(&decision).contains("Không có thay đổi nào từ"), "{decision}");
    let petition = page(site.dir(), "phan-anh/2026-001/index.html");
    let past = main_of(&petition).split_once("id=\"lich-su\"").expect("a part on the past").1;
    assert!(past.contains("cập nhật") && past.contains("thêm"), "{past}");
    let feed = page(site.dir(), "thay-doi/feed.xml");
    assert!(feed.contains("15 → 10 ngày làm việc") && feed.contains("Thừa giấy tờ"), "{feed}");
    for (path, bytes) in tree(&site.dir().join("public")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for secret in ["BIMAT", "Bí Mật", "bimat@", "2026-002"] {
            assert!(!text.contains(secret), "{} tells {secret}", path.display());
        }
    }
}

#[test]
fn the_same_commit_gives_the_same_bytes_in_another_clone() {
    let site = lived();
    build(site.dir(), "public");
    git(site.dir(), "2026-03-08", &["clone", "-q", ".", "ban-sao"]);
    let clone = site.dir().join("ban-sao");
    build(&clone, "public");
    assert!(tree(&site.dir().join("public")) == tree(&clone.join("public")), "two clones");
    // A clone without its past says so and shows none.
    let from = format!("file://{}", site.dir().display());
    git(site.dir(), "2026-03-08", &["clone", "-q", "--depth", "1", &from, "nong"]);
    let shallow = site.dir().join("nong");
    build(&shallow, "public");
    let told = page(&shallow, "thay-doi/index.html");
    assert!(told.contains("thiếu phần cũ") && !told.contains("feed.xml\""), "{told}");
    assert!(!page(&shallow, "thu-tuc/1.000123/index.html").contains("id=\"lich-su\""));
}

#[test]
fn without_a_repository_or_unasked_the_page_says_so() {
    let site = TestSite::smallest();
    build(site.dir(), "public");
    assert!(page(site.dir(), "thay-doi/index.html").contains("không đăng lịch sử"));
    edit(&site, "trang.yaml", "ten: ", "lich_su: {hien: true}\nten: ");
    let out = congkhai()
        .current_dir(site.dir())
        .env("GIT_CEILING_DIRECTORIES", site.dir().parent().expect("above"))
        .args(["build", "--date", "2026-11-23"])
        .output()
        .expect("the command starts");
    assert!(out.status.success());
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(said.contains("không nằm trong kho git"), "{said}");
    assert!(page(site.dir(), "thay-doi/index.html").contains("không có kho git"));
}

#[test]
fn what_is_too_much_for_one_page_stands_by_year() {
    let site = lived();
    for (day, from) in [("2026-04-01", 0), ("2026-05-01", 150)] {
        for n in from..from + 150 {
            let text = format!("ma: 2.{n:06}\nten: Thủ tục số {n}\nlinh_vuc: linh-vuc-mot\n");
            site.write(&format!("content/thu-tuc/x{n}.yaml"), &text);
        }
        commit(&site, day);
    }
    build(site.dir(), "public");
    let changes = page(site.dir(), "thay-doi/index.html");
    assert!(changes.contains("thay-doi/nam/2026/index.html"), "{changes}");
    let first = page(site.dir(), "thay-doi/nam/2026/index.html");
    let second = page(site.dir(), "thay-doi/nam/2026/trang-2/index.html");
    let entries = |text: &str| main_of(text).matches("<li><strong>").count();
    assert_eq!((entries(&first), entries(&changes)), (200, 100));
    assert!(entries(&second) >= 100, "{}", entries(&second));
    assert!(first.contains("15 → 10") && !second.contains("15 → 10"));
}

#[test]
fn a_repository_that_git_cannot_read_stops_the_build() {
    let site = lived();
    build(site.dir(), "public");
    let before = tree(&site.dir().join("public"));
    // The newest commit is gone, and whatever leads from it.
    fs::remove_dir_all(site.dir().join(".git/objects")).expect("was there");
    fs::create_dir(site.dir().join(".git/objects")).expect("made");
    let out = congkhai()
        .current_dir(site.dir())
        .args(["build", "-q", "--date", "2026-11-24"])
        .output()
        .expect("the command starts");
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(3), "{said}");
    assert!(said.contains("không đọc được lịch sử") && said.contains("vẫn nguyên"), "{said}");
    assert_eq!(tree(&site.dir().join("public")), before);
}
