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

    // The clock does not matter when the date is given by SOURCE_DATE_EPOCH either: this is the last second of the
    // 23rd in Vietnam. Neither do any other variables.
    let mut bare = Command::new(env!("CARGO_BIN_EXE_congkhai"));
    bare.env_clear().env("SOURCE_DATE_EPOCH", "1795453199").env("LANG", "tr_TR.UTF-8").args([
        "build",
        "-q",
        "--content",
    ]);
    let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    bare.arg(&content).arg("--themes").arg(themes).arg("--output").arg(dir.path().join("d"));
    let out = bare.output().expect("starts");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(tree(&dir.path().join("d")) == plain, "by SOURCE_DATE_EPOCH");

    for other in ["b", "c", "d"] {
        assert_eq!(modes(&dir.path().join("a")), modes(&dir.path().join(other)), "modes of {other}");
    }
}

/// The mode of every file and folder; a manifest tells of bytes only, but a server that may not read a file shows none.
fn modes(root: &Path) -> Vec<(std::path::PathBuf, u32)> {
    use std::os::unix::fs::PermissionsExt;
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry.expect("readable");
        let below = entry.path().strip_prefix(root).expect("below").to_owned();
        found.push((below, entry.metadata().expect("there").permissions().mode()));
    }
    found
}

/// Only root can become somebody else; elsewhere there is nothing to try.
#[test]
fn another_user_makes_the_same_bytes() {
    let root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n");
    let setpriv = Command::new("setpriv").arg("--version").output().is_ok_and(|out| out.status.success());
    if !root || !setpriv {
        return;
    }
    use std::os::unix::fs::PermissionsExt;
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().expect("a folder");
    let place = dir.path();
    fs::set_permissions(place, fs::Permissions::from_mode(0o755)).expect("set");
    copy(&manifest.join("content"), &place.join("content"), true);
    copy(&manifest.join("themes"), &place.join("themes"), false);
    fs::copy(env!("CARGO_BIN_EXE_congkhai"), place.join("congkhai")).expect("copied");
    let (mine, theirs) = (place.join("mine"), place.join("theirs"));
    for (folder, words) in
        [(&mine, vec![]), (&theirs, vec!["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"])]
    {
        fs::create_dir(folder).expect("made");
        if !words.is_empty() {
            std::os::unix::fs::chown(folder, Some(65534), Some(65534)).expect("given away");
        }
        let mut words: Vec<&str> = words;
        let program = place.join("congkhai");
        words.push(program.to_str().expect("UTF-8"));
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).env_clear().env("HOME", folder).current_dir(folder);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.args(["build", "-q", "--date", "2026-11-23", "--content"]).arg(place.join("content"));
        command.arg("--themes").arg(place.join("themes"));
        let out = command.output().expect("starts");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    }
    let (mine, theirs) = (mine.join("public"), theirs.join("public"));
    assert!(tree(&mine) == tree(&theirs) && tree(&mine).len() > 150, "another user");
    assert_eq!(modes(&mine), modes(&theirs));
    let owner = std::os::unix::fs::MetadataExt::uid(&fs::metadata(&theirs).expect("there"));
    assert_eq!(owner, 65534, "it was made by somebody else");
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
