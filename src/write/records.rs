//! Writes the editors' own files: a changed record in the place of the old one, a new file where none is.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::base::diagnostic::Message;
use crate::base::path::SitePath;
use crate::disk::{self, Opened, cause};
use crate::msg;

/// Puts `new` in the place of `old` in one step: whoever opens the file sees the one or the other, also
/// after a power cut. Mode and owner stay. A file that changed since it was read is left alone.
pub fn replace_record(content: &Path, file: &SitePath, old: &[u8], new: &[u8]) -> Result<(), Message> {
    let path = content.join(file.as_str());
    let temporary = beside(content, file, old, new)?;
    if let Err(error) = fs::rename(&temporary, &path) {
        let _ = fs::remove_file(&temporary);
        return Err(at(file, &cause(&error)));
    }
    sync_folder(&path);
    Ok(())
}

/// The change of a folder is made; a disk that cannot sync it loses at most the change, never the file.
pub(super) fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// Hidden, so that a check that runs now passes it over.
pub(super) fn hidden_name(file: &SitePath) -> String {
    format!(".{}.congkhai-{}", file.file_name(), std::process::id())
}

/// Writes `new` whole beside the file that it is to replace, with its mode and owner; gives the path. A file that
/// does not hold `old` any more is refused.
pub(super) fn beside(content: &Path, file: &SitePath, old: &[u8], new: &[u8]) -> Result<PathBuf, Message> {
    let words = |error: &io::Error| at(file, &cause(error));
    let root = disk::open_folder(content).map_err(|error| words(&error))?;
    let mut now = Vec::new();
    let mut opened = match disk::open_below(&root, Path::new(file.as_str())).map_err(|error| words(&error))? {
        Opened::File(file, _) => file,
        Opened::Other(sort) => {
            return Err(at(file, &Message { vi: sort.vi().to_owned(), en: sort.en().to_owned() }));
        }
    };
    opened.read_to_end(&mut now).map_err(|error| words(&error))?;
    if now != old {
        return Err(msg!(
            "{file}: tệp vừa được sửa ở nơi khác, không ghi đè; hãy chạy lại",
            "{file}: changed by someone else just now, left as it is; run again"
        ));
    }
    let state = opened.metadata().map_err(|error| words(&error))?;
    let temporary = content.join(file.as_str()).with_file_name(hidden_name(file));
    let written = write_new(&temporary, new).and_then(|handle| {
        handle.set_permissions(state.permissions())?;
        // Only the administrator may give a file away: whoever may not keeps it as their own.
        let _ = std::os::unix::fs::fchown(&handle, Some(state.uid()), Some(state.gid()));
        handle.sync_all()
    });
    if let Err(error) = written {
        let _ = fs::remove_file(&temporary);
        return Err(words(&error));
    }
    Ok(temporary)
}

/// Why a new file was not made.
#[derive(Debug)]
pub enum NotMade {
    /// There is something of that name.
    Exists(PathBuf),
    /// The machine refused.
    Refused(Message),
}

/// Makes a new file, with the folders above it; never over something that is there.
pub fn create_file(path: &Path, bytes: &[u8]) -> Result<(), NotMade> {
    let refused = |error: io::Error, path: &Path| NotMade::Refused(at(path.display(), &cause(&error)));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| refused(error, folder))?;
    }
    let made = write_new(path, bytes).and_then(|handle| handle.sync_all());
    match made {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(NotMade::Exists(path.to_owned())),
        Err(error) => Err(refused(error, path)),
    }
}

/// Makes a new file that only its owner can read; never over something that is there. The folder must be there.
pub fn create_secret(path: &Path, bytes: &[u8]) -> Result<(), NotMade> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    // With the mode from the start: there is no moment when others can open it.
    options.write(true).create_new(true).mode(0o600);
    let made = options.open(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    match made {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(NotMade::Exists(path.to_owned())),
        Err(error) => Err(NotMade::Refused(at(path.display(), &cause(&error)))),
    }
}

/// Writes a file that must not change by itself: over an older one only if its bytes differ.
pub fn write_generated(path: &Path, bytes: &[u8]) -> Result<bool, Message> {
    let words = |error: io::Error| at(path.display(), &cause(&error));
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(words)?;
    }
    fs::write(path, bytes).map_err(words)?;
    Ok(true)
}

/// Whether a folder may take a new site: it is not there, or there is nothing in it.
pub fn is_free(folder: &Path) -> Result<bool, Message> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(at(folder.display(), &cause(&error))),
    }
}

/// Whether a folder holds a site of an agency that congkhai made: such a folder is for builds alone.
pub fn holds_a_site(folder: &Path) -> bool {
    let Ok(bytes) = fs::read(folder.join(super::MANIFEST)) else { return false };
    let manifest: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
    manifest.is_none_or(|manifest| manifest.get("so_tay") != Some(&serde_json::Value::Bool(true)))
}

pub(super) fn at(place: impl std::fmt::Display, why: &Message) -> Message {
    let Message { vi, en } = why;
    msg!("{place}: {vi}", "{place}: {en}")
}

pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_record_is_replaced_with_its_mode_or_not_at_all() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = SitePath::new("thu-tuc/x.yaml").expect("good");
        let path = dir.path().join(file.as_str());
        create_file(&path, b"cu").expect("made");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        replace_record(dir.path(), &file, b"cu", b"moi").expect("replaced");
        assert_eq!(fs::read(&path).expect("there"), b"moi");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o640);
        let refused = replace_record(dir.path(), &file, b"cu", b"khac").expect_err("changed meanwhile");
        assert!(refused.vi.contains("vừa được sửa"), "{refused:?}");
        assert_eq!(fs::read(&path).expect("there"), b"moi");
        assert_eq!(fs::read_dir(path.parent().expect("a folder")).expect("readable").count(), 1, "no litter");
        assert!(matches!(create_file(&path, b"x"), Err(NotMade::Exists(_))));
        std::os::unix::fs::symlink("/etc/passwd", dir.path().join("thu-tuc/y.yaml")).expect("made");
        let link = SitePath::new("thu-tuc/y.yaml").expect("good");
        assert!(replace_record(dir.path(), &link, b"", b"x").is_err());
    }
}
