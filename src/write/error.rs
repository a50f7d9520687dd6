//! What stops writing.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::{MARKER, PAPERS_MARKER};
use crate::base::diagnostic::Message;
use crate::disk::cause;
use crate::msg;

/// Why the site was not written; [`WriteError::words`] says it to people.
#[derive(Debug)]
pub enum WriteError {
    /// The output folder holds files and no marker.
    NotOurs {
        /// The output folder.
        path: PathBuf,
    },
    /// The folder for PDFs holds files and no marker.
    PapersNotOurs {
        /// The folder.
        path: PathBuf,
    },
    /// A PDF that is not what was written there.
    PaperForeign {
        /// The file.
        path: PathBuf,
    },
    /// The output path cannot be an output folder at all.
    BadOutput {
        /// The output path.
        path: PathBuf,
        /// Why.
        why: Message,
    },
    /// The output folder and the content folder lie in each other.
    Overlap {
        /// The output folder.
        output: PathBuf,
        /// The content folder.
        content: PathBuf,
    },
    /// Another run holds the lock.
    Busy {
        /// The output folder.
        path: PathBuf,
    },
    /// Files that are not ours stand where the new site needs theirs.
    Taken {
        /// The output folder.
        path: PathBuf,
        /// The files, below the output folder.
        taken: Vec<String>,
    },
    /// The site itself is at odds: a path is a file and a folder, or the manifest leaves a file out.
    Site {
        /// The path below the output folder.
        path: String,
        /// Why.
        why: Message,
    },
    /// An attachment is no longer what was read at the start of the run.
    AssetChanged {
        /// The attachment.
        path: PathBuf,
    },
    /// An earlier version of a record is not what its name promises.
    RecordChanged {
        /// The file.
        path: PathBuf,
    },
    /// The output folder is no longer the one that was compared with.
    OutputChanged {
        /// The output folder.
        path: PathBuf,
    },
    /// The file system cannot exchange two folders in one step.
    NoExchange {
        /// The output folder.
        path: PathBuf,
        /// The machine's error.
        source: io::Error,
    },
    /// The machine refused.
    Io {
        /// What could not be made, written, compared or synced.
        path: PathBuf,
        /// The machine's error.
        source: io::Error,
    },
}

impl WriteError {
    /// Whether the command was used wrongly (exit 2), rather than refused by the machine (exit 3).
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::NotOurs { .. }
                | Self::PapersNotOurs { .. }
                | Self::PaperForeign { .. }
                | Self::BadOutput { .. }
                | Self::Overlap { .. }
        )
    }

    /// A whole sentence that already names its cause: print it alone.
    pub fn words(&self) -> Message {
        match self {
            Self::NotOurs { path } => {
                let path = path.display();
                msg!(
                    "thư mục đích `{path}` đã có tệp mà không phải do congkhai ghi ra (không có tệp đánh dấu `{MARKER}`), nên không ghi vào; hãy chọn thư mục khác bằng --output, hoặc tự dọn trống thư mục này",
                    "the output folder `{path}` holds files that congkhai did not write (there is no marker file `{MARKER}`), so nothing is written there; choose another folder with --output, or empty this one yourself"
                )
            }
            Self::PapersNotOurs { path } => {
                let path = path.display();
                msg!(
                    "thư mục `{path}` đã có tệp mà không phải thư mục bản in của congkhai (không có tệp đánh dấu `{PAPERS_MARKER}`), nên không ghi vào; hãy chọn thư mục khác bằng --output-dir",
                    "the folder `{path}` holds files and is no folder of papers of congkhai (there is no marker file `{PAPERS_MARKER}`), so nothing is written there; choose another folder with --output-dir"
                )
            }
            Self::PaperForeign { path } => {
                let path = path.display();
                msg!(
                    "`{path}` đã được sửa, hoặc không do congkhai ghi, nên không ghi đè; hãy chuyển tệp đó đi nơi khác, hoặc chọn thư mục khác bằng --output-dir",
                    "`{path}` was changed, or is not by congkhai, so it is not overwritten; move it away, or choose another folder with --output-dir"
                )
            }
            Self::BadOutput { path, why: Message { vi, en } } => {
                let path = path.display();
                msg!(
                    "không dùng được `{path}` làm thư mục đích: {vi}",
                    "`{path}` cannot be the output folder: {en}"
                )
            }
            Self::Overlap { output, content } => {
                let (output, content) = (output.display(), content.display());
                msg!(
                    "thư mục đích `{output}` và thư mục nội dung `{content}` nằm trong nhau; hãy chọn thư mục đích ở ngoài",
                    "the output folder `{output}` and the content folder `{content}` lie in each other; choose an output folder outside"
                )
            }
            Self::Busy { path } => {
                let path = path.display();
                msg!(
                    "một lượt dựng khác đang ghi `{path}`; hãy chờ nó xong rồi chạy lại",
                    "another build is writing `{path}`; wait until it is done and run again"
                )
            }
            Self::Taken { path, taken } => {
                let path = path.display();
                let Message { vi, en } = some_of(taken);
                msg!(
                    "trong thư mục đích `{path}` có tệp không do congkhai ghi, nằm đúng chỗ trang mới cần: {vi}; hãy chuyển chúng đi nơi khác hoặc xoá",
                    "in the output folder `{path}` files that congkhai did not write stand where the new site needs its own: {en}; move or delete them"
                )
            }
            Self::Site { path, why: Message { vi, en } } => msg!(
                "lỗi của congkhai: {vi} (`{path}`); xin báo cho người phát triển",
                "a bug of congkhai: {en} (`{path}`); please tell its developers"
            ),
            Self::AssetChanged { path } => {
                let path = path.display();
                msg!(
                    "tệp đính kèm `{path}` bị thay đổi trong lúc dựng trang; hãy chạy lại",
                    "the attachment `{path}` was changed during the build; run again"
                )
            }
            Self::RecordChanged { path } => {
                let path = path.display();
                msg!(
                    "bản cũ `{path}` đã bị sửa: nội dung không còn khớp với tên tệp, nên không đăng lại; hãy khôi phục tệp từ bản sao lưu, hoặc xóa hẳn tệp nếu muốn gỡ bản cũ này",
                    "the earlier version `{path}` was changed: it no longer fits its name, so it is not published again; restore it from a backup, or delete it if it shall go"
                )
            }
            Self::OutputChanged { path } => {
                let path = path.display();
                msg!(
                    "thư mục đích `{path}` bị thay đổi trong lúc dựng trang; hãy chạy lại",
                    "the output folder `{path}` was changed during the build; run again"
                )
            }
            Self::NoExchange { path, source } => {
                let path = path.display();
                let Message { vi, en } = cause(source);
                msg!(
                    "ổ đĩa chứa `{path}` không đổi chỗ được hai thư mục trong một bước, nên không thể thay trang mà người đọc không thấy trang dở dang; hãy đặt thư mục đích trên ổ đĩa ext4, XFS, Btrfs hoặc tmpfs, hoặc dựng vào một thư mục mới: {vi}",
                    "the disk of `{path}` cannot exchange two folders in one step, so readers would see half a site; put the output folder on ext4, XFS, Btrfs or tmpfs, or build into a new folder: {en}"
                )
            }
            Self::Io { path, source } => {
                let path = path.display();
                let Message { vi, en } = cause(source);
                msg!("không ghi được `{path}`: {vi}", "cannot write `{path}`: {en}")
            }
        }
    }

    /// Makes an [`WriteError::Io`] out of the machine's error: `.map_err(WriteError::io(path))`.
    pub(super) fn io<E: Into<io::Error>>(path: impl Into<PathBuf>) -> impl FnOnce(E) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source: source.into() }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().vi)
    }
}

impl std::error::Error for WriteError {}

/// The first few of a list, and how many more there are.
fn some_of(names: &[String]) -> Message {
    const SHOWN: usize = 5;
    let text = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => msg!("{text}", "{text}"),
        more => msg!("{text} và {more} tệp nữa", "{text} and {more} more"),
    }
}
