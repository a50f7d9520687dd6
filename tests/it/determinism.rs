//! Same input and date, same bytes: whatever the machine.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli::{congkhai, tree};

fn copy(from: &Path, to: &Path, reverse: bool) {
    fs::create_dir_all(to).expect("made");
    let mut entries: Vec<_> =
        fs::read_dir(from).expect("readable").map(|e| e.expect("readable").path()).collect();
    entries.sort();
    if reverse {
        entries.reverse();
    }
    for entry in entries {
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &target, reverse);
        } else {
            fs::copy(&entry, &target).expect("copied");
        }
    }
}

fn build(command: &mut Command, content: &Path, output: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    let out = command
        .args(["--date", "2026-11-23", "-q", "--content"])
        .arg(content)
        .arg("--themes")
        .arg(themes)
        .arg("--output")
        .arg(output)
        .output()
        .expect("the command starts");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    tree(output)
}

#[test]
fn the_shipped_site_is_the_same_bytes_everywhere() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let dir = tempfile::tempdir().expect("a folder");
    let plain = build(congkhai().arg("build"), &content, &dir.path().join("a"));
    assert!(plain.len() > 150, "{} files", plain.len());

    let mut elsewhere = congkhai();
    elsewhere
        .args(["build", "--jobs", "1"])
        .env("TZ", "America/Los_Angeles")
        .env("LANG", "vi_VN.UTF-8")
        .env("LC_ALL", "C");
    assert!(
        build(&mut elsewhere, &content, &dir.path().join("b")) == plain,
        "one thread, other TZ and locale"
    );

    // Another folder, files made in the opposite order, another umask.
    let other = dir.path().join("một nơi khác/nội dung");
    copy(&content, &other, true);
    let mut masked = Command::new("sh");
    masked.args(["-c", "umask 077; exec \"$0\" build --jobs 7 \"$@\"", env!("CARGO_BIN_EXE_congkhai")]);
    assert!(build(&mut masked, &other, &dir.path().join("c")) == plain, "other folder, order and umask");

    // The clock does not matter when the date is given by SOURCE_DATE_EPOCH either.
    let out = congkhai()
        .args(["build", "-q", "--content"])
        .arg(&content)
        .arg("--output")
        .arg(dir.path().join("d"))
        .env("SOURCE_DATE_EPOCH", "1795453200") // 2026-11-23T17:00:00Z is the 24th in Vietnam; one hour less is the 23rd.
        .output()
        .expect("starts");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn line_ends_marks_and_normal_forms_do_not_change_the_site() {
    use unicode_normalization::UnicodeNormalization;
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let dir = tempfile::tempdir().expect("a folder");
    let plain = build(congkhai().arg("build"), &content, &dir.path().join("a"));
    let other = dir.path().join("notepad");
    copy(&content, &other, false);
    for (path, bytes) in tree(&other) {
        let text = String::from_utf8(bytes).expect("our content is UTF-8");
        let odd: String = text.nfd().collect::<String>().replace('\n', "\r\n");
        fs::write(other.join(path), format!("\u{FEFF}{odd}")).expect("written");
    }
    let odd = build(congkhai().arg("build"), &other, &dir.path().join("b"));
    for ((path, a), (_, b)) in plain.iter().zip(&odd) {
        assert!(a == b, "{} differs with BOM, CRLF and NFD", path.display());
    }
    assert_eq!(plain.len(), odd.len());
}
