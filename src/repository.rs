//! Reads the past of a content folder by running `git`; the one place that does.
//!
//! A library (gix) would add some 150 crates to read what every machine that has a history can read already.
//! Git is told to look at nothing of the user's: no pager, no replaced objects, no renames guessed, no
//! signatures shown. Of a commit only its time and its files are read: names of people and their messages
//! are personal data and no business of the site.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::base::diagnostic::Message;
use crate::base::path::SitePath;
use crate::inputs::{Commit, FileKind, History, NoHistory};
use crate::load::folders;
use crate::msg;

/// The history of a content folder, or why there is none.
pub fn history(content: &Path) -> History {
    match try_history(content) {
        Ok(history) => history,
        Err(missing) => History { missing: Some(missing), ..History::default() },
    }
}

fn try_history(content: &Path) -> Result<History, NoHistory> {
    let shallow = git(content, &["rev-parse", "--is-shallow-repository"])?;
    match shallow.trim_ascii() {
        b"false" => {}
        b"true" => return Err(NoHistory::Shallow),
        _ => return Err(NoHistory::Failed("git rev-parse --is-shallow-repository".to_owned())),
    }
    // The published line: what a merge brought is one step of it.
    let log = git(
        content,
        &[
            "log",
            "--reverse",
            "--first-parent",
            "-m",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--no-color",
            "--relative",
            "--format=%x01%ct",
            "HEAD",
            "--",
            ".",
        ],
    )?;
    let commits = steps(&log);
    if commits.is_empty() {
        return Err(NoHistory::NoRepository);
    }
    // The first versions are only counted.
    let later = commits.iter().skip(1).flat_map(|commit| &commit.files);
    let wanted: BTreeSet<&str> =
        later.flat_map(|(_, _, old, new)| [old, new]).flatten().map(String::as_str).collect();
    let blobs = blobs(content, &wanted)?;
    Ok(History { missing: None, commits, blobs })
}

/// The output of `git log --raw -z` with the time of each commit behind a byte 1.
fn steps(log: &[u8]) -> Vec<Commit> {
    let mut commits: Vec<Commit> = Vec::new();
    let mut words = log.split(|byte| *byte == 0).map(|word| word.trim_ascii_start());
    while let Some(word) = words.next() {
        if let Some(time) = word.strip_prefix(&[1]) {
            let seconds = std::str::from_utf8(time).ok().and_then(|text| text.trim().parse().ok());
            commits.push(Commit { seconds: seconds.unwrap_or_default(), files: Vec::new() });
        } else if word.starts_with(b":") {
            let Some(path) = words.next() else { break };
            let Ok(path) = std::str::from_utf8(path) else { continue };
            // `:100644 100644 <before> <after> M`
            let meta = String::from_utf8_lossy(word);
            let ids: Vec<&str> = meta.split(' ').collect();
            let id = |at: usize| {
                let id = ids.get(at).copied().unwrap_or_default();
                id.bytes().any(|b| b != b'0').then(|| id.to_owned())
            };
            let place = SitePath::new(path).ok().zip(folders::kind_of(path));
            if let (Some((file, kind)), Some(commit)) = (place, commits.last_mut()) {
                commit.files.push((file, kind, id(2), id(3)));
            }
        }
    }
    commits.retain(|commit| !commit.files.is_empty());
    commits
}

/// Every record of the content folder as it stood at a revision.
pub fn at_revision(
    content: &Path,
    revision: &str,
) -> Result<BTreeMap<SitePath, (FileKind, Vec<u8>)>, Message> {
    let failed = |why: NoHistory| match why {
        NoHistory::Failed(words) => msg!("git báo: {words}", "git says: {words}"),
        NoHistory::Shallow | NoHistory::NoRepository | NoHistory::NotRead => msg!(
            "thư mục nội dung không nằm trong kho git, hoặc máy không có git",
            "the content folder lies in no git repository, or git is not there"
        ),
    };
    let name = format!("{revision}^{{commit}}");
    let commit =
        git(content, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name]).map_err(|why| {
            match why {
                NoHistory::Failed(_) => {
                    msg!("kho git không có bản `{revision}`", "the repository has no revision `{revision}`")
                }
                why => failed(why),
            }
        })?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let tree = git(content, &["ls-tree", "-r", "-z", &commit, "--", "."]).map_err(failed)?;
    let mut files: Vec<(SitePath, FileKind, String)> = Vec::new();
    for line in tree.split(|byte| *byte == 0) {
        // `100644 blob <id>\t<path>`
        let Ok(line) = std::str::from_utf8(line) else { continue };
        let Some((meta, path)) = line.split_once('\t') else { continue };
        let id = meta.split(' ').nth(2).unwrap_or_default().to_owned();
        if let Some((file, kind)) = SitePath::new(path).ok().zip(folders::kind_of(path)) {
            files.push((file, kind, id));
        }
    }
    let wanted = files.iter().map(|(_, _, id)| id.as_str()).collect();
    let blobs = blobs(content, &wanted).map_err(failed)?;
    Ok(files
        .into_iter()
        .filter_map(|(file, kind, id)| Some((file, (kind, blobs.get(&id)?.clone()))))
        .collect())
}

fn command(content: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(content)
        .args([
            "--no-replace-objects",
            "--no-pager",
            "-c",
            "log.showSignature=false",
            "-c",
            "core.quotePath=false",
        ])
        // What git says is read below, so it must not be translated.
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null());
    command
}

fn git(content: &Path, words: &[&str]) -> Result<Vec<u8>, NoHistory> {
    // No git, no history: the same to whoever reads the site.
    let output = command(content).args(words).output().map_err(|_| NoHistory::NoRepository)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(refused(&output.stderr))
}

fn refused(stderr: &[u8]) -> NoHistory {
    let said = String::from_utf8_lossy(stderr);
    let none = [
        "not a git repository",
        "does not have any commits",
        "bad revision 'HEAD'",
        "ambiguous argument 'HEAD'",
    ];
    if none.iter().any(|words| said.contains(words)) {
        return NoHistory::NoRepository;
    }
    NoHistory::Failed(said.lines().next().unwrap_or_default().trim().to_owned())
}

/// The bytes of these objects, through one process.
fn blobs(content: &Path, wanted: &BTreeSet<&str>) -> Result<BTreeMap<String, Vec<u8>>, NoHistory> {
    let failed = |error: std::io::Error| NoHistory::Failed(error.to_string());
    let mut process = command(content)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let mut names = String::new();
    for id in wanted {
        names.push_str(id);
        names.push('\n');
    }
    let input = process.stdin.take();
    // Git answers while it is still being asked: one side alone would wait for the other for ever.
    let asking = std::thread::spawn(move || input.map(|mut input| input.write_all(names.as_bytes())));
    let mut answer = Vec::new();
    let read = process.stdout.take().map(|mut output| output.read_to_end(&mut answer));
    let _ = asking.join();
    let ended = process.wait().map_err(failed)?;
    read.transpose().map_err(failed)?;
    if !ended.success() {
        return Err(NoHistory::Failed("git cat-file".to_owned()));
    }
    Ok(objects(&answer))
}

/// The output of `git cat-file --batch`: `<id> blob <length>`, the bytes, an end of line; or `<id> missing`.
fn objects(mut answer: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    while let Some(end) = answer.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        answer = &answer[end + 1..];
        let mut words = head.split(' ');
        let (Some(id), Some(sort)) = (words.next(), words.next()) else { continue };
        let Some(length) = words.next().and_then(|text| text.parse::<usize>().ok()) else { continue };
        let Some(bytes) = answer.get(..length) else { break };
        if sort == "blob" {
            all.insert(id.to_owned(), bytes.to_vec());
        }
        answer = answer.get(length + 1..).unwrap_or_default();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_read_whatever_stands_between_its_parts() {
        let log = b"\x011700000000\0\n:000000 100644 000000 aaaaaa A\0trang.yaml\0:000000 100644 000000 bbbbbb A\0tep/a.pdf\0\0\x011700000100\0:100644 000000 aaaaaa 000000 D\0trang.yaml\0\x011700000200\0";
        let commits = steps(log);
        let path = SitePath::new("trang.yaml").expect("a path");
        let file = |old: Option<&str>, new: Option<&str>| {
            vec![(path.clone(), FileKind::Site, old.map(str::to_owned), new.map(str::to_owned))]
        };
        assert_eq!(
            commits,
            [
                Commit { seconds: 1_700_000_000, files: file(None, Some("aaaaaa")) },
                Commit { seconds: 1_700_000_100, files: file(Some("aaaaaa"), None) },
            ]
        );
    }

    #[test]
    fn objects_are_cut_by_their_length() {
        let all = objects(b"a1 blob 3\nx\ny\na2 missing\na3 tree 1\nq\na4 blob 0\n\n");
        let wanted = BTreeMap::from([("a1".to_owned(), b"x\ny".to_vec()), ("a4".to_owned(), Vec::new())]);
        assert_eq!(all, wanted);
    }
}
