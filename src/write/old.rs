//! What stands in the output folder now.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::os::fd::{AsFd, OwnedFd};

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use walkdir::WalkDir;

use super::manifest::Manifest;
use super::target::Target;
use super::{MANIFEST, MARKER, MARKER_TEXT, SIGNATURE, WriteError};
use crate::disk::{self, Opened, Sort};
use crate::msg;

/// An output folder of ours, listed.
pub(super) struct OldTree {
    /// The folder, open: it stays this one wherever it is moved.
    pub(super) dir: OwnedFd,
    /// Everything that is not a folder, by its path below the output folder.
    pub(super) files: BTreeMap<OsString, Sort>,
    /// The folders.
    pub(super) folders: BTreeSet<OsString>,
    /// What the last build wrote; empty if its list is lost, which makes every file foreign.
    pub(super) manifest: Manifest,
}

impl OldTree {
    /// Lists the output folder; `None` if it is absent or empty. Refuses anything that is not ours.
    pub(super) fn inspect(target: &Target) -> Result<Option<Self>, WriteError> {
        let output = target.output();
        let io = |source: io::Error| WriteError::Io { path: output.clone(), source };
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let dir = match rustix::fs::openat(&target.parent_fd, &target.name, flags, Mode::empty()) {
            Ok(dir) => dir,
            Err(Errno::NOENT) => return Ok(None),
            Err(Errno::NOTDIR | Errno::LOOP) => {
                let why = msg!(
                    "đó là tệp hoặc liên kết, không phải thư mục",
                    "it is a file or a link, not a folder"
                );
                return Err(WriteError::BadOutput { path: output, why });
            }
            Err(error) => return Err(io(error.into())),
        };

        // The marker is looked for before the folder is walked: it might be somebody's whole disk.
        if read_small(&dir, MARKER).map_err(io)?.is_none_or(|text| text.trim() != MARKER_TEXT.trim()) {
            let mut entries = std::fs::read_dir(&output).map_err(io)?;
            return match entries.next() {
                None => Ok(None),
                Some(_) => Err(WriteError::NotOurs { path: output }),
            };
        }

        let mut old =
            Self { dir, files: BTreeMap::new(), folders: BTreeSet::new(), manifest: Manifest::default() };
        for entry in WalkDir::new(&output).min_depth(1).follow_links(false) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(&output).to_owned();
                WriteError::Io { path, source: error.into_io_error().unwrap_or(io::ErrorKind::Other.into()) }
            })?;
            let path = entry.path().strip_prefix(&output).unwrap_or(entry.path()).as_os_str().to_owned();
            match Sort::from(entry.file_type()) {
                Sort::Folder => drop(old.folders.insert(path)),
                sort => drop(old.files.insert(path, sort)),
            }
        }
        if let Some(json) = read_small(&old.dir, MANIFEST).map_err(io)? {
            old.manifest = Manifest::parse(json.as_bytes()).unwrap_or_default();
        }
        Ok(Some(old))
    }

    /// Whether a build wrote the file at this path: listed, and still a regular file.
    pub(super) fn is_ours(&self, path: &OsStr, sort: Sort) -> bool {
        let listed = |path: &str| [MARKER, MANIFEST, SIGNATURE].contains(&path) || self.manifest.lists(path);
        sort == Sort::Regular && path.to_str().is_some_and(listed)
    }
}

/// The text of a regular file at the top of the folder, if there is one.
fn read_small(dir: impl AsFd, name: &str) -> io::Result<Option<String>> {
    let mut file = match disk::open_file_at(dir, name) {
        Ok(Opened::File(file, _)) => file,
        Ok(Opened::Other(_)) | Err(Errno::NOENT) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8(bytes).ok())
}
