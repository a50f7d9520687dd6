//! `congkhai diff` between folders, revisions of a repository and published manifests.

use std::fs;
use std::path::Path;
use std::process::Command;

use congkhai::base::date::Date;
use congkhai::compare::timeline::{Timeline, changes_of, days};
use congkhai::inputs::NoHistory;
use congkhai::repository;

use crate::cli::congkhai;
use crate::site::TestSite;

fn diff(dir: &Path, words: &[&str]) -> (i32, String, String) {
    let out = congkhai().current_dir(dir).arg("diff").args(words).output().expect("the command starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (out.status.code().unwrap_or(-1), text(out.stdout), text(out.stderr))
}

/// Runs git on the site's folder, apart from whatever the machine has set for it.
fn git(dir: &Path, day: &str, words: &[&str]) {
    let when = format!("{day}T09:00:00+07:00");
    let out = Command::new("git")
        .current_dir(dir)
        .args(["-c", "user.name=x", "-c", "user.email=x@example.vn", "-c", "commit.gpgSign=false"])
        .args(words)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_DATE", &when)
        .env("GIT_COMMITTER_DATE", &when)
        .output()
        .expect("git is there");
    assert!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
}

fn commit(dir: &Path, day: &str) {
    git(dir, day, &["add", "-A"]);
    git(dir, day, &["commit", "-q", "-m", "x"]);
}

const FILE: &str = "content/thu-tuc/1.000123.yaml";

fn edit(site: &TestSite, old: &str, new: &str) {
    let text = fs::read_to_string(site.dir().join(FILE)).expect("there");
    assert!(text.contains(old), "{old}");
    site.write(FILE, &text.replace(old, new));
}

/// A site with three days of history: the start, a shorter deadline, another code.
fn with_history() -> TestSite {
    let site = TestSite::smallest();
    git(site.dir(), "2026-01-05", &["init", "-q"]);
    commit(site.dir(), "2026-01-05");
    edit(&site, "so: 15", "so: 10");
    commit(site.dir(), "2026-02-05");
    edit(&site, "1.000123", "1.000124");
    commit(site.dir(), "2026-03-05");
    site
}

#[test]
fn revisions_and_folders_differ_in_words() {
    let site = with_history();
    let (status, out, _) = diff(site.dir(), &["git:HEAD~2", "git:HEAD~1"]);
    let wanted = "0 bản ghi thêm, 0 bỏ, 1 sửa.\n\nThủ tục hành chính\n  ~ thu-tuc/1.000123: Cấp giấy phép thử nghiệm (sửa)\n      Cách nộp (Trực tiếp), Thời hạn: 15 → 10 ngày làm việc\n";
    assert_eq!((status, out.as_str()), (0, wanted));

    let (status, out, _) = diff(site.dir(), &["git:HEAD~1", "content", "--format", "markdown"]);
    assert_eq!(status, 0);
    assert!(out.contains("- **đổi mã từ 1.000123** `thu-tuc/1.000124` Cấp giấy phép thử nghiệm\n"), "{out}");

    let (status, out, _) = diff(site.dir(), &["git:HEAD~2", "content", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let record = &json["ban_ghi"][0];
    assert_eq!(
        (status, &record["thay_doi"], &record["tu"]),
        (0, &"doi_ma".into(), &"thu-tuc/1.000123".into())
    );
    let said: Vec<_> =
        record["cac_muc"].as_array().expect("a list").iter().map(|f| f["loi"].as_str()).collect();
    assert!(said.contains(&Some("Cách nộp (Trực tiếp), Thời hạn: 15 → 10 ngày làm việc")), "{said:?}");

    let (status, out, _) = diff(site.dir(), &["git:HEAD", "content"]);
    assert_eq!((status, out.as_str()), (0, "Không có bản ghi nào khác nhau.\n"));
}

#[test]
fn published_sites_differ_by_record_and_by_address() {
    let site = TestSite::smallest();
    for output in ["cu", "moi"] {
        let args = ["build", "-q", "--date", "2026-11-23", "--output", output];
        assert!(congkhai().current_dir(site.dir()).args(args).status().expect("runs").success());
        site.write(
            "content/bai-viet/tin-tuc/moi.md",
            "---\ntieu_de: Bài mới\nngay: 2026-11-01\ntom_tat: Một câu.\n---\n\nChữ.\n",
        );
    }
    let (status, out, _) = diff(site.dir(), &["cu", "moi/phien-ban.json"]);
    assert_eq!(status, 0);
    assert!(out.contains("\nThêm\n  + /bai-viet/tin-tuc/moi/\n"), "{out}");
    let (_, out, _) = diff(site.dir(), &["cu", "cu"]);
    assert_eq!(out, "Hai lần đăng giống nhau.\n");

    // A field that changed, in words; the versions of both lie in the later site, so the earlier list is enough.
    let file = site.dir().join("content/bai-viet/tin-tuc/moi.md");
    let text = fs::read_to_string(&file).expect("read");
    fs::write(&file, text.replace("tieu_de: Bài mới", "tieu_de: Bài viết lại")).expect("written");
    fs::copy(site.dir().join("moi/phien-ban.json"), site.dir().join("truoc.json")).expect("kept");
    let args = ["build", "-q", "--date", "2026-11-23", "--output", "moi"];
    assert!(congkhai().current_dir(site.dir()).args(args).status().expect("runs").success());
    let (status, out, err) = diff(site.dir(), &["truoc.json", "moi"]);
    assert_eq!(status, 0, "{err}");
    assert!(out.starts_with("0 bản ghi thêm, 0 bỏ, 1 sửa.\n"), "{out}");
    assert!(out.contains(": Bài mới → Bài viết lại\n"), "{out}");
    assert!(out.contains("\nThay đổi\n") && !out.contains("/ban-ghi/"), "{out}");
    let (_, out, _) = diff(site.dir(), &["truoc.json", "moi", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(whole["ban_ghi"][0]["cac_muc"][0]["moi"], "Bài viết lại");
    assert!(whole["dia_chi"]["sua"].as_array().is_some_and(|all| !all.is_empty()));
    // Without the files of versions it is said that the fields cannot be compared; the record is named all the same.
    fs::copy(site.dir().join("moi/phien-ban.json"), site.dir().join("sau.json")).expect("kept");
    let (_, out, _) = diff(site.dir(), &["truoc.json", "sau.json"]);
    assert!(out.contains("không đọc được một trong hai bản"), "{out}");
    let (status, out, err) = diff(site.dir(), &["moi", "content"]);
    assert_eq!((status, out.is_empty(), err.lines().count()), (2, true, 1), "{err}");
}

#[test]
fn what_cannot_be_compared_is_wrong_use() {
    let site = with_history();
    site.write("la.json", "{}");
    for words in [
        ["git:khong-co", "content"],
        ["git:--all", "content"],
        ["khong-co", "content"],
        ["la.json", "content"],
    ] {
        let (status, out, err) = diff(site.dir(), &words);
        assert_eq!((status, out.is_empty(), err.lines().count()), (2, true, 1), "{words:?}: {err}");
    }
    let plain = TestSite::smallest();
    let (status, _, err) = diff(plain.dir(), &["git:HEAD", "content"]);
    assert_eq!((status, err.contains("không nằm trong kho git")), (2, true), "{err}");
}

#[test]
fn the_history_is_read_in_one_pass_and_a_shallow_copy_says_so() {
    let site = with_history();
    let history = repository::history(&site.dir().join("content"));
    assert_eq!((history.missing.clone(), history.commits.len()), (None, 3));
    let (start, nets) = days(&history, None, Date::parse("2026-12-31").expect("a day"));
    let (since, files) = start.expect("a start");
    let made = nets.iter().map(|net| (net.day, changes_of(net, &history))).collect();
    let all = Timeline::gather(Some(since), files, made);
    let told: Vec<_> = all.entries.iter().map(|e| (e.day.to_string(), e.change.key.path())).collect();
    let day = |day: &str, path: &str| (day.to_owned(), path.to_owned());
    let wanted = [day("2026-03-05", "thu-tuc/1.000124"), day("2026-02-05", "thu-tuc/1.000123")];
    // The decision that names the procedure keeps its old code: only the procedure changed.
    assert_eq!(told, wanted);

    let copy = TestSite::empty();
    let from = format!("file://{}", site.dir().display());
    git(copy.dir(), "2026-03-06", &["clone", "-q", "--depth", "1", &from, "nong"]);
    let shallow = repository::history(&copy.dir().join("nong/content"));
    assert_eq!(shallow.missing, Some(NoHistory::Shallow));
    let none = TestSite::smallest();
    assert_eq!(repository::history(&none.dir().join("content")).missing, Some(NoHistory::NoRepository));
}
