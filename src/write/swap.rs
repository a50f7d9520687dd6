//! Makes the new tree durable, lets it change places with the old one, and removes that.

use std::ffi::OsString;
use std::fs::File;
use std::path::Path;

use rayon::prelude::*;
use rustix::fs::{AtFlags, Mode, RenameFlags};
use rustix::io::Errno;
use walkdir::WalkDir;

use super::WriteError;
use super::foreign::Foreign;
use super::lock::{Staging, TREE};
use super::old::OldTree;
use super::target::Target;
use crate::base::diagnostic::Message;
use crate::disk::cause;
use crate::msg;

/// Brings the new tree onto the disk, before anything points to it: else a power cut after the swap
/// could leave files that exist and are empty.
///
/// One call for the whole file system is far cheaper than one for each of 10,000 files. It reports
/// faults of writing since Linux 5.8, for everything since its folder was opened.
pub(super) fn make_durable(staging: &Staging) -> Result<(), WriteError> {
    match rustix::fs::syncfs(&staging.dir) {
        Err(Errno::NOSYS) => sync_each(&staging.tree()),
        done => done.map_err(WriteError::io(staging.path())),
    }
}

fn sync_each(tree: &Path) -> Result<(), WriteError> {
    for entry in WalkDir::new(tree).follow_links(false) {
        let entry = entry.map_err(|error| WriteError::io(tree)(std::io::Error::from(error)))?;
        if entry.file_type().is_file() || entry.file_type().is_dir() {
            let file = File::open(entry.path()).map_err(WriteError::io(entry.path()))?;
            file.sync_all().map_err(WriteError::io(entry.path()))?;
        }
    }
    Ok(())
}

/// Puts the new tree in the place of the old one, in one step.
///
/// Without an old site a plain rename does: it replaces nothing but an empty folder. There is no
/// fall-back for disks that cannot exchange: two renames would leave a moment without any site.
pub(super) fn swap(staging: &mut Staging, old: Option<&OldTree>, target: &Target) -> Result<(), WriteError> {
    let output = target.output();
    let changed = || WriteError::OutputChanged { path: output.clone() };
    let io = |error: Errno| WriteError::Io { path: output.clone(), source: error.into() };
    match old {
        None => match rustix::fs::renameat(&staging.dir, TREE, &target.parent_fd, &target.name) {
            Err(Errno::NOTEMPTY | Errno::EXIST | Errno::NOTDIR) => return Err(changed()),
            done => done.map_err(io)?,
        },
        Some(old) => {
            let compared = rustix::fs::fstat(&old.dir).map_err(io)?;
            let there = match rustix::fs::statat(&target.parent_fd, &target.name, AtFlags::SYMLINK_NOFOLLOW) {
                Err(Errno::NOENT) => return Err(changed()),
                there => there.map_err(io)?,
            };
            if (there.st_dev, there.st_ino) != (compared.st_dev, compared.st_ino) {
                return Err(changed());
            }
            let exchange = RenameFlags::EXCHANGE;
            match rustix::fs::renameat_with(&staging.dir, TREE, &target.parent_fd, &target.name, exchange) {
                Err(error @ (Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP)) => {
                    return Err(WriteError::NoExchange { path: output, source: error.into() });
                }
                done => done.map_err(io)?,
            }
        }
    }
    staging.keep_tree();
    rustix::fs::fsync(&target.parent_fd).map_err(WriteError::io(target.parent()))
}

/// Removes the old tree, which now stands in the staging folder.
///
/// Only what was listed at the start is removed. What somebody put there since then is moved to the
/// new tree and named in the result; if that fails, a sentence says where it is.
pub(super) fn remove_old(
    staging: &Staging,
    old: Option<OldTree>,
    foreign: &Foreign,
    target: &Target,
) -> Result<Vec<String>, Message> {
    let Some(old) = old else { return Ok(Vec::new()) };
    let tree = staging.tree();
    let problem = |error: std::io::Error| {
        let (tree, Message { vi, en }) = (tree.display(), cause(&error));
        msg!(
            "trang mới đã vào chỗ, nhưng chưa dọn hết bản cũ ở `{tree}`: {vi}; lần dựng sau sẽ dọn, nếu có tệp cần giữ ở đó thì hãy lấy ra trước",
            "the new site is in place, but some of the old one remains in `{tree}`: {en}; the next build removes it, so take out what you want to keep"
        )
    };
    // Else what is in a foreign folder without write permission could not be removed.
    for folder in &foreign.folders {
        let _ = rustix::fs::chmodat(&old.dir, folder, Mode::from(0o700), AtFlags::empty());
    }
    let gone = |done: Result<(), Errno>| match done {
        Ok(()) | Err(Errno::NOENT) => Ok(true),
        Err(Errno::NOTEMPTY | Errno::EXIST) => Ok(false),
        Err(error) => Err(problem(error.into())),
    };
    let files: Vec<&OsString> = old.files.keys().collect();
    files.par_iter().try_for_each(|path| {
        gone(rustix::fs::unlinkat(&old.dir, path.as_os_str(), AtFlags::empty())).map(drop)
    })?;
    let mut folders: Vec<&Path> = old.folders.iter().map(Path::new).collect();
    let depth = |folder: &Path| folder.components().count();
    folders.sort_by_cached_key(|folder| std::cmp::Reverse(depth(folder)));
    for level in folders.chunk_by(|a, b| depth(a) == depth(b)) {
        let one =
            |folder: &&Path| gone(rustix::fs::unlinkat(&old.dir, *folder, AtFlags::REMOVEDIR)).map(drop);
        level.par_iter().with_min_len(16).try_for_each(one)?;
    }
    match gone(rustix::fs::unlinkat(&staging.dir, TREE, AtFlags::REMOVEDIR))? {
        true => Ok(Vec::new()),
        false => rescue(&tree, &target.output()).map_err(problem),
    }
}

/// Moves what is left of the old tree into the new one, replacing nothing.
fn rescue(tree: &Path, output: &Path) -> std::io::Result<Vec<String>> {
    let mut late = Vec::new();
    for entry in WalkDir::new(tree).min_depth(1).follow_links(false) {
        let entry = entry?;
        let below = entry.path().strip_prefix(tree).unwrap_or(entry.path());
        if entry.file_type().is_dir() {
            continue;
        }
        let to = output.join(below);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let cwd = rustix::fs::CWD;
        rustix::fs::renameat_with(cwd, entry.path(), cwd, &to, RenameFlags::NOREPLACE)?;
        late.push(below.to_string_lossy().into_owned());
    }
    std::fs::remove_dir_all(tree)?;
    Ok(late)
}
