//! Makes the new tree in the staging folder.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustix::fs::{AtFlags, Mode, OFlags, Timespec, Timestamps};
use rustix::io::Errno;

use super::WriteError;
use super::compare::{FILE_MODE, Fate, Plan};
use super::lock::{Staging, TREE};
use super::old::OldTree;
use super::wanted::{Item, What, ancestors};
use crate::base::path::SitePath;
use crate::disk::{self, Opened, Sort, Streaming};
use crate::inputs::AssetRef;

const FOLDER_MODE: u32 = 0o755;

/// What was made.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Made {
    pub(super) written: usize,
    pub(super) linked: usize,
    pub(super) copied: usize,
    pub(super) bytes: u64,
}

impl Made {
    fn plus(self, other: Self) -> Self {
        Self {
            written: self.written + other.written,
            linked: self.linked + other.linked,
            copied: self.copied + other.copied,
            bytes: self.bytes + other.bytes,
        }
    }
}

/// Fills the tree with everything that is not in it yet, wholly or with an error.
pub(super) fn fill(
    new: &NewTree,
    plan: &Plan<'_>,
    old: Option<&OldTree>,
    content_root: &Path,
) -> Result<Made, WriteError> {
    let maker = Maker::begin(new, old, content_root)?;
    let foreign = &plan.foreign;
    let ours = plan.folders.iter().map(|folder| Path::new(*folder));
    new.folders(ours.chain(foreign.folders.iter().map(Path::new)).collect())?;
    let made = plan
        .files
        .par_iter()
        .map(|(path, item, fate)| maker.file(path, *item, *fate))
        .try_reduce(Made::default, |a, b| Ok(a.plus(b)))?;
    // Not counted: the report names what is foreign.
    foreign.files.par_iter().try_for_each(|(path, sort)| maker.carry_over(path, *sort))?;
    // Last, since a folder that may not be written to could not have been filled.
    foreign.folders.iter().rev().try_for_each(|folder| maker.take_mode(folder))?;
    Ok(made)
}

/// The new tree in the staging folder.
pub(super) struct NewTree {
    /// The tree, open.
    dir: OwnedFd,
    /// Its path, for messages.
    path: PathBuf,
    /// Whether the umask takes nothing off the modes we ask for, which saves a call a file.
    modes_come_true: bool,
}

impl NewTree {
    /// Makes it, empty.
    pub(super) fn begin(staging: &Staging) -> Result<Self, WriteError> {
        let path = staging.tree();
        let io = |error: Errno| WriteError::Io { path: path.clone(), source: error.into() };
        rustix::fs::mkdirat(&staging.dir, TREE, Mode::from(FOLDER_MODE)).map_err(io)?;
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let dir = rustix::fs::openat(&staging.dir, TREE, flags, Mode::empty()).map_err(io)?;
        let mode = rustix::fs::fstat(&dir).map_err(io)?.st_mode;
        let modes_come_true = mode & 0o777 == FOLDER_MODE;
        if !modes_come_true {
            rustix::fs::fchmod(&dir, Mode::from(FOLDER_MODE)).map_err(io)?;
        }
        Ok(Self { dir, path, modes_come_true })
    }

    /// Writes one file that was just made, with the folders above it.
    pub(super) fn add(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        match self.write(path, bytes) {
            Err(WriteError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                let above: Vec<&str> = ancestors(path).collect();
                above.iter().rev().try_for_each(|folder| self.folder(Path::new(folder)))?;
                self.write(path, bytes)
            }
            done => done,
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let mut file = self.create(Path::new(path))?;
        file.write_all(bytes).map_err(WriteError::io(self.path.join(path)))?;
        self.give_mode(&file, path)
    }

    fn io(&self, path: impl AsRef<Path>) -> impl FnOnce(Errno) -> WriteError {
        WriteError::io(self.path.join(path))
    }

    /// Makes folders, those of one depth at once: all above them are there by then.
    fn folders(&self, mut folders: Vec<&Path>) -> Result<(), WriteError> {
        folders.sort_by_cached_key(|folder| (folder.components().count(), *folder));
        for depth in folders.chunk_by(|a, b| a.components().count() == b.components().count()) {
            depth.par_iter().with_min_len(16).try_for_each(|folder| self.folder(folder))?;
        }
        Ok(())
    }

    /// Makes one folder, unless a file came into it before.
    fn folder(&self, folder: &Path) -> Result<(), WriteError> {
        match rustix::fs::mkdirat(&self.dir, folder, Mode::from(FOLDER_MODE)) {
            Err(Errno::EXIST) => return Ok(()),
            done => done.map_err(self.io(folder))?,
        }
        if self.modes_come_true {
            return Ok(());
        }
        let mode = Mode::from(FOLDER_MODE);
        rustix::fs::chmodat(&self.dir, folder, mode, AtFlags::empty()).map_err(self.io(folder))
    }

    fn create(&self, path: &Path) -> Result<File, WriteError> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file =
            rustix::fs::openat(&self.dir, path, flags, Mode::from(FILE_MODE)).map_err(self.io(path))?;
        Ok(File::from(file))
    }

    fn give_mode(&self, file: &File, path: &str) -> Result<(), WriteError> {
        if self.modes_come_true {
            return Ok(());
        }
        rustix::fs::fchmod(file, Mode::from(FILE_MODE)).map_err(self.io(path))
    }
}

/// What is needed to fill the new tree.
struct Maker<'a> {
    new: &'a NewTree,
    old: Option<&'a OldTree>,
    /// `None`: there is no such folder, and so no attachment in it.
    content: Option<OwnedFd>,
    content_path: &'a Path,
}

impl<'a> Maker<'a> {
    fn begin(new: &'a NewTree, old: Option<&'a OldTree>, content_path: &'a Path) -> Result<Self, WriteError> {
        let content = match disk::open_folder(content_path) {
            Ok(content) => Some(content),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(WriteError::io(content_path)(error)),
        };
        Ok(Self { new, old, content, content_path })
    }

    /// Makes one file of the site.
    fn file(&self, path: &str, item: Item<'_>, fate: Fate) -> Result<Made, WriteError> {
        let written = |len: u64| Made { written: 1, bytes: len, ..Made::default() };
        match (fate, self.old, item) {
            (Fate::Same, Some(old), _) => self.link_or_copy(old, OsStr::new(path), Some(FILE_MODE)),
            (_, _, Item::Done(asset, _)) => Ok(written(asset.len)),
            (_, _, Item::Open(What::Bytes(bytes))) => {
                self.new.write(path, bytes)?;
                Ok(written(bytes.len() as u64))
            }
            (_, _, Item::Open(What::CopyOf(from, asset))) => self.copy_asset(path, from, asset),
        }
    }

    /// Copies an attachment and makes sure that it is the one that was read at the start.
    /// Never a hard link: the editor's file and the published one must not be one file.
    fn copy_asset(&self, path: &str, from: &SitePath, asset: AssetRef) -> Result<Made, WriteError> {
        let source = from.below(self.content_path);
        let changed = || WriteError::AssetChanged { path: source.clone() };
        let Some(content) = &self.content else { return Err(changed()) };
        let mut reading = match disk::open_below(content, Path::new(from.as_str())) {
            Ok(Opened::File(file, _)) => file,
            Ok(Opened::Other(_)) => return Err(changed()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(changed()),
            Err(error) => return Err(WriteError::io(source)(error)),
        };
        let mut file = self.new.create(Path::new(path))?;
        let (hash, len) =
            disk::stream(&mut reading, |piece| file.write_all(piece)).map_err(|error| match error {
                Streaming::Reading(error) => WriteError::io(&source)(error),
                Streaming::Writing(error) => WriteError::io(self.new.path.join(path))(error),
            })?;
        if (AssetRef { hash, len }) != asset {
            return Err(changed());
        }
        self.new.give_mode(&file, path)?;
        Ok(Made { copied: 1, bytes: len, ..Made::default() })
    }

    /// Gives the new tree a file of the old one: the same inode, so that it keeps its time stamp
    /// and tools that compare by it (rsync) send nothing; a copy where that cannot be.
    fn link_or_copy(&self, old: &OldTree, path: &OsStr, mode: Option<u32>) -> Result<Made, WriteError> {
        match rustix::fs::linkat(&old.dir, path, &self.new.dir, path, AtFlags::empty()) {
            Ok(()) => Ok(Made { linked: 1, ..Made::default() }),
            // Another disk, a disk without links, too many links, somebody else's file.
            Err(
                Errno::XDEV | Errno::PERM | Errno::MLINK | Errno::OPNOTSUPP | Errno::NOSYS | Errno::ACCESS,
            ) => self.copy_old(old, path, mode),
            Err(error) => Err(self.new.io(path)(error)),
        }
    }

    fn copy_old(&self, old: &OldTree, path: &OsStr, mode: Option<u32>) -> Result<Made, WriteError> {
        let (mut reading, stat) = match disk::open_file_at(&old.dir, path).map_err(self.new.io(path))? {
            Opened::File(file, stat) => (file, stat),
            Opened::Other(_) => return Err(self.new.io(path)(Errno::OPNOTSUPP)),
        };
        let mut file = self.new.create(Path::new(path))?;
        let (_, len) = disk::stream(&mut reading, |piece| file.write_all(piece))
            .map_err(|error| WriteError::io(self.new.path.join(path))(error.into_inner()))?;
        let mode = Mode::from(mode.unwrap_or(stat.st_mode & 0o7777));
        rustix::fs::fchmod(&file, mode).map_err(self.new.io(path))?;
        let time = |tv_sec, nsec| Timespec { tv_sec, tv_nsec: nsec };
        let times = Timestamps {
            last_access: time(stat.st_atime, stat.st_atime_nsec as _),
            last_modification: time(stat.st_mtime, stat.st_mtime_nsec as _),
        };
        rustix::fs::futimens(&file, &times).map_err(self.new.io(path))?;
        Ok(Made { copied: 1, bytes: len, ..Made::default() })
    }

    /// Gives the new tree something that is not ours.
    fn carry_over(&self, path: &OsStr, sort: Sort) -> Result<(), WriteError> {
        let Some(old) = self.old else { return Ok(()) };
        match sort {
            Sort::Regular => self.link_or_copy(old, path, None).map(drop),
            Sort::Link => {
                let leads_to =
                    rustix::fs::readlinkat(&old.dir, path, Vec::new()).map_err(self.new.io(path))?;
                rustix::fs::symlinkat(&leads_to, &self.new.dir, path).map_err(self.new.io(path))
            }
            _ => rustix::fs::linkat(&old.dir, path, &self.new.dir, path, AtFlags::empty())
                .map_err(self.new.io(path)),
        }
    }

    /// Gives a foreign folder the mode it had.
    fn take_mode(&self, folder: &OsStr) -> Result<(), WriteError> {
        let Some(old) = self.old else { return Ok(()) };
        let stat =
            rustix::fs::statat(&old.dir, folder, AtFlags::SYMLINK_NOFOLLOW).map_err(self.new.io(folder))?;
        let mode = Mode::from(stat.st_mode & 0o7777);
        rustix::fs::chmodat(&self.new.dir, folder, mode, AtFlags::empty()).map_err(self.new.io(folder))
    }
}
