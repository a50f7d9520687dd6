//! The staging folder and its lock: one run at a time, and leftovers of a killed one cleared.
//!
//! The folder is removed at the end, so a second run may open the lock file of a first that is just
//! removing it. Whoever gets the lock therefore looks whether the path still leads to the file that
//! was locked, and begins anew if not.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::Arc;

use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::io::Errno;

use super::WriteError;
use super::target::Target;
use crate::msg;

/// The lock file in the staging folder.
const LOCK: &str = "khoa";
/// The tree that is being made, in the staging folder; after the swap, the old tree.
pub(super) const TREE: &str = "cay";

/// How often a run begins anew because others finished meanwhile, before it calls that busy.
const ATTEMPTS: usize = 1000;

/// The staging folder, locked. Dropping it removes it, so that a failed run leaves nothing behind.
pub(super) struct Staging {
    target: Arc<Target>,
    /// The folder, open since before the first write: `syncfs` on it reports every later fault.
    pub(super) dir: OwnedFd,
    lock: File,
    /// Whether dropping may remove the tree: not once the old site has moved into it.
    tidy: bool,
}

impl Staging {
    /// Makes the folder beside `target` and takes the lock, or says who has it.
    pub(super) fn lock(target: &Arc<Target>) -> Result<Self, WriteError> {
        let path = target.staging();
        let name = target.staging_name();
        let folder = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        for _ in 0..ATTEMPTS {
            match rustix::fs::mkdirat(&target.parent_fd, &name, Mode::from(0o755)) {
                Ok(()) | Err(Errno::EXIST) => {}
                Err(error) => return Err(WriteError::io(path)(error)),
            }
            let dir = match rustix::fs::openat(&target.parent_fd, &name, folder, Mode::empty()) {
                Ok(dir) => dir,
                Err(Errno::NOENT) => continue,
                Err(error) => return Err(WriteError::io(path)(error)),
            };
            let lock = match rustix::fs::openat(&dir, LOCK, file, Mode::from(0o644)) {
                Ok(lock) => File::from(lock),
                Err(Errno::NOENT) => continue,
                Err(error) => return Err(WriteError::io(path.join(LOCK))(error)),
            };
            match lock.try_lock() {
                Ok(()) => {}
                Err(std::fs::TryLockError::WouldBlock) => {
                    return Err(WriteError::Busy { path: target.output() });
                }
                Err(std::fs::TryLockError::Error(error)) => {
                    return Err(WriteError::io(path.join(LOCK))(error));
                }
            }
            if is_still_there(target, &lock).map_err(WriteError::io(path.join(LOCK)))? {
                return Ok(Self { target: Arc::clone(target), dir, lock, tidy: true });
            }
        }
        Err(WriteError::Busy { path: target.output() })
    }

    /// The path of the folder, for messages.
    pub(super) fn path(&self) -> PathBuf {
        self.target.staging()
    }

    /// The path of the tree.
    pub(super) fn tree(&self) -> PathBuf {
        self.path().join(TREE)
    }

    /// Removes what a killed run left: an unfinished new tree, or an old one already replaced.
    /// A folder of this name with anything else in it was not made by us and is left alone.
    pub(super) fn clear_leftovers(&mut self) -> Result<(), WriteError> {
        let path = self.path();
        for entry in std::fs::read_dir(&path).map_err(WriteError::io(&path))? {
            let name = entry.map_err(WriteError::io(&path))?.file_name();
            if name != LOCK && name != TREE {
                self.tidy = false;
                // Our lock file must not stay behind in somebody else's folder.
                let _ = rustix::fs::unlinkat(&self.dir, LOCK, AtFlags::empty());
                let (folder, name) = (path.display(), name.to_string_lossy());
                let why = msg!(
                    "bên cạnh nó, thư mục tạm `{folder}` có `{name}` không do congkhai tạo; hãy chuyển đi nơi khác",
                    "beside it, the temporary folder `{folder}` holds `{name}`, which congkhai did not make; move it away"
                );
                return Err(WriteError::BadOutput { path: self.target.output(), why });
            }
        }
        self.remove_tree().map_err(WriteError::io(self.tree()))
    }

    fn remove_tree(&self) -> io::Result<()> {
        // remove_dir_all neither follows links nor can be led astray by one put in its way.
        match std::fs::remove_dir_all(self.tree()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// From now on the tree is the old site: if anything fails, it is better left than removed.
    pub(super) fn keep_tree(&mut self) {
        self.tidy = false;
    }

    /// Removes the folder and gives the lock back.
    pub(super) fn remove(mut self) -> Result<(), WriteError> {
        self.tidy = false;
        self.clear().map_err(WriteError::io(self.path()))
    }

    fn clear(&self) -> io::Result<()> {
        self.remove_tree()?;
        // The lock is still held: whoever opened this file sees that it is gone and begins anew.
        rustix::fs::unlinkat(&self.dir, LOCK, AtFlags::empty())?;
        match rustix::fs::unlinkat(&self.target.parent_fd, self.target.staging_name(), AtFlags::REMOVEDIR) {
            // The next run has already put its own lock file there.
            Ok(()) | Err(Errno::NOTEMPTY | Errno::EXIST | Errno::NOENT) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.tidy {
            // The run has failed already; what cannot be removed now, the next run removes.
            let _ = self.clear();
        }
        let _ = self.lock.unlock();
    }
}

/// Whether the path still leads to the file that is locked.
fn is_still_there(target: &Target, lock: &File) -> io::Result<bool> {
    let ours = rustix::fs::fstat(lock)?;
    let path = std::path::Path::new(&target.staging_name()).join(LOCK);
    match rustix::fs::statat(&target.parent_fd, path, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(there) => Ok((there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)),
        Err(Errno::NOENT) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever opened the lock file before it was removed must not take it for the lock.
    #[test]
    fn a_lock_file_that_was_removed_locks_nothing() {
        let root = tempfile::tempdir().expect("a folder");
        let target = Arc::new(Target::find(&root.path().join("public")).expect("good"));
        let first = Staging::lock(&target).expect("locked");
        let late = File::open(first.path().join(LOCK)).expect("opened in time");
        assert!(is_still_there(&target, &late).expect("readable"));
        first.remove().expect("removed");
        late.try_lock().expect("the first gave it back");
        assert!(!is_still_there(&target, &late).expect("readable"));
        let second = Staging::lock(&target).expect("the path is free");
        assert!(!is_still_there(&target, &late).expect("readable"));
        drop(second);
        assert_eq!(std::fs::read_dir(root.path()).expect("readable").count(), 0);
    }

    /// The next run may have put its lock file into the folder before it could be removed.
    #[test]
    fn a_folder_that_the_next_run_took_is_left_to_it() {
        let root = tempfile::tempdir().expect("a folder");
        let target = Arc::new(Target::find(&root.path().join("public")).expect("good"));
        let staging = Staging::lock(&target).expect("locked");
        std::fs::write(staging.path().join("khoa-moi"), "").expect("written");
        let path = staging.path();
        staging.remove().expect("no problem");
        assert!(path.join("khoa-moi").exists());
    }
}
