//! What the edges that touch the disk share: opening a file without following links, and saying why the
//! machine refused.
//!
//! A path is opened part by part below a folder that is already open, so a part that was swapped
//! for a symbolic link or a FIFO since it was listed is refused and never followed or waited on.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Component, Path};

use rustix::fs::{FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

use crate::base::diagnostic::Message;
use crate::base::hash::{Hasher, Sha};
use crate::msg;

/// What stands at a path of the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A regular file.
    Regular,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A FIFO (named pipe).
    Fifo,
    /// A socket.
    Socket,
    /// A device, or something the machine has no name for.
    Device,
}

impl Sort {
    /// What it is, in Vietnamese.
    pub(crate) fn vi(self) -> &'static str {
        match self {
            Sort::Regular => "tệp thường",
            Sort::Folder => "thư mục",
            Sort::Link => "liên kết tượng trưng (symbolic link)",
            Sort::Fifo => "ống dẫn (FIFO)",
            Sort::Socket => "ổ cắm (socket)",
            Sort::Device => "tệp thiết bị",
        }
    }

    /// What it is, in English.
    pub(crate) fn en(self) -> &'static str {
        match self {
            Sort::Regular => "a regular file",
            Sort::Folder => "a folder",
            Sort::Link => "a symbolic link",
            Sort::Fifo => "a FIFO",
            Sort::Socket => "a socket",
            Sort::Device => "a device",
        }
    }
}

impl From<FileType> for Sort {
    fn from(kind: FileType) -> Self {
        match kind {
            FileType::RegularFile => Sort::Regular,
            FileType::Directory => Sort::Folder,
            FileType::Symlink => Sort::Link,
            FileType::Fifo => Sort::Fifo,
            FileType::Socket => Sort::Socket,
            _ => Sort::Device,
        }
    }
}

impl From<std::fs::FileType> for Sort {
    fn from(kind: std::fs::FileType) -> Self {
        use std::os::unix::fs::FileTypeExt;
        match kind {
            kind if kind.is_file() => Sort::Regular,
            kind if kind.is_dir() => Sort::Folder,
            kind if kind.is_symlink() => Sort::Link,
            kind if kind.is_fifo() => Sort::Fifo,
            kind if kind.is_socket() => Sort::Socket,
            _ => Sort::Device,
        }
    }
}

/// What came of opening a path.
pub(crate) enum Opened {
    /// A regular file, open for reading, with its state at that moment.
    File(File, Stat),
    /// Something that is never read.
    Other(Sort),
}

/// Opens a folder for listing and for opening things below it. Follows links: use it only for a
/// folder that the caller was given by name.
pub(crate) fn open_folder(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?)
}

/// Opens `below` (relative, without `..`) under `root` for reading, without following any link.
pub(crate) fn open_below(root: impl AsFd, below: &Path) -> io::Result<Opened> {
    let mut parts = below.components().peekable();
    let mut folder: Option<OwnedFd> = None;
    while let Some(part) = parts.next() {
        let Component::Normal(name) = part else { return Err(Errno::INVAL.into()) };
        let at = folder.as_ref().map_or(root.as_fd(), AsFd::as_fd);
        if parts.peek().is_none() {
            return Ok(open_file_at(at, name)?);
        }
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match rustix::fs::openat(at, name, flags, Mode::empty()) {
            Ok(next) => folder = Some(next),
            // The walk saw a folder here; what stands in its place now leads somewhere else.
            Err(Errno::LOOP | Errno::NOTDIR) => return Ok(Opened::Other(Sort::Link)),
            Err(error) => return Err(error.into()),
        }
    }
    Err(Errno::INVAL.into())
}

/// Opens the file `path` relative to `folder`; only the last part is guarded against links.
pub(crate) fn open_file_at(folder: impl AsFd, path: impl rustix::path::Arg) -> Result<Opened, Errno> {
    // NONBLOCK: opening a FIFO must not wait for somebody to write into it.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = match rustix::fs::openat(folder, path, flags, Mode::empty()) {
        Ok(file) => file,
        Err(Errno::LOOP) => return Ok(Opened::Other(Sort::Link)),
        Err(Errno::NXIO) => return Ok(Opened::Other(Sort::Socket)),
        Err(error) => return Err(error),
    };
    let stat = rustix::fs::fstat(&file)?;
    match Sort::from(FileType::from_raw_mode(stat.st_mode)) {
        Sort::Regular => Ok(Opened::File(File::from(file), stat)),
        other => Ok(Opened::Other(other)),
    }
}

/// Size of the pieces in which a file too large for the memory is read.
pub(crate) const PIECE: usize = 128 * 1024;

/// Passes `file` through the hash piece by piece, handing every piece to `each`.
pub(crate) fn stream(
    file: &mut File,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<(Sha, u64), Streaming> {
    let mut piece = vec![0; PIECE];
    let mut hasher = Hasher::default();
    let mut len = 0;
    loop {
        let got = match file.read(&mut piece) {
            Ok(0) => return Ok((hasher.finish(), len)),
            Ok(got) => got,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Streaming::Reading(error)),
        };
        hasher.update(&piece[..got]);
        len += got as u64;
        each(&piece[..got]).map_err(Streaming::Writing)?;
    }
}

/// Which end of [`stream`] failed, so that the message names the right file.
#[derive(Debug)]
pub(crate) enum Streaming {
    /// The file that is read.
    Reading(io::Error),
    /// Where the pieces go.
    Writing(io::Error),
}

impl Streaming {
    /// The machine's error, whichever end it came from.
    pub(crate) fn into_inner(self) -> io::Error {
        match self {
            Streaming::Reading(error) | Streaming::Writing(error) => error,
        }
    }
}

/// Why the machine refused, with the machine's own words for the administrator.
pub(crate) fn cause(error: &io::Error) -> Message {
    use io::ErrorKind as Kind;
    let said = match error.kind() {
        Kind::NotFound => msg!("không tìm thấy", "not found"),
        Kind::PermissionDenied => msg!("không có quyền", "no permission"),
        Kind::StorageFull => msg!("ổ đĩa đã đầy", "the disk is full"),
        Kind::QuotaExceeded => msg!("đã hết hạn mức ổ đĩa", "the disk quota is used up"),
        Kind::ReadOnlyFilesystem => msg!("ổ đĩa chỉ cho đọc", "the disk is read-only"),
        Kind::NotADirectory => {
            msg!("một phần của đường dẫn không phải thư mục", "a part of the path is not a folder")
        }
        Kind::IsADirectory => msg!("đó là thư mục", "it is a folder"),
        Kind::AlreadyExists => msg!("đã có sẵn", "it is there already"),
        Kind::DirectoryNotEmpty => msg!("thư mục không rỗng", "the folder is not empty"),
        Kind::InvalidFilename => msg!("tên hoặc đường dẫn quá dài", "the name or path is too long"),
        Kind::ResourceBusy => {
            msg!("đang được dùng, hoặc là nơi gắn một ổ đĩa", "it is in use, or a disk is mounted there")
        }
        Kind::FileTooLarge => msg!("tệp quá lớn đối với ổ đĩa này", "the file is too large for this disk"),
        Kind::CrossesDevices => msg!("nằm ở hai ổ đĩa khác nhau", "they are on two disks"),
        Kind::Unsupported => msg!("ổ đĩa này không làm được việc đó", "this disk cannot do that"),
        _ => msg!("máy báo lỗi", "the machine says"),
    };
    let Message { vi, en } = said;
    msg!("{vi} ({error})", "{en} ({error})")
}
