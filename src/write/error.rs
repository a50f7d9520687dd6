//! What stops writing.

use std::io;
use std::path::PathBuf;

use super::{MARKER, PAPERS_MARKER};
use crate::disk::cause;

/// Why the site was not written. Each text is a whole sentence in Vietnamese that already names its
/// cause: print it alone, without the chain of sources.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output folder holds files and no marker.
    #[error(
        "thư mục đích `{}` đã có tệp mà không phải do congkhai ghi ra (không có tệp đánh dấu `{MARKER}`), \
         nên không ghi vào; hãy chọn thư mục khác bằng --output, hoặc tự dọn trống thư mục này",
        path.display()
    )]
    NotOurs {
        /// The output folder.
        path: PathBuf,
    },
    /// The folder for PDFs holds files and no marker.
    #[error(
        "thư mục `{}` đã có tệp mà không phải thư mục bản in của congkhai (không có tệp đánh dấu \
         `{PAPERS_MARKER}`), nên không ghi vào; hãy chọn thư mục khác bằng --output-dir", path.display()
    )]
    PapersNotOurs {
        /// The folder.
        path: PathBuf,
    },
    /// A PDF that is not what was written there.
    #[error(
        "`{}` đã được sửa, hoặc không do congkhai ghi, nên không ghi đè; hãy chuyển tệp đó đi nơi khác, \
         hoặc chọn thư mục khác bằng --output-dir", path.display()
    )]
    PaperForeign {
        /// The file.
        path: PathBuf,
    },
    /// The output path cannot be an output folder at all.
    #[error("không dùng được `{}` làm thư mục đích: {why}", path.display())]
    BadOutput {
        /// The output path.
        path: PathBuf,
        /// Why, in Vietnamese.
        why: String,
    },
    /// The output folder and the content folder lie in each other.
    #[error(
        "thư mục đích `{}` và thư mục nội dung `{}` nằm trong nhau; hãy chọn thư mục đích ở ngoài",
        output.display(), content.display()
    )]
    Overlap {
        /// The output folder.
        output: PathBuf,
        /// The content folder.
        content: PathBuf,
    },
    /// Another run holds the lock.
    #[error("một lượt dựng khác đang ghi `{}`; hãy chờ nó xong rồi chạy lại", path.display())]
    Busy {
        /// The output folder.
        path: PathBuf,
    },
    /// Files that are not ours stand where the new site needs theirs.
    #[error(
        "trong thư mục đích `{}` có tệp không do congkhai ghi, nằm đúng chỗ trang mới cần: {}; \
         hãy chuyển chúng đi nơi khác hoặc xoá", path.display(), some_of(taken)
    )]
    Taken {
        /// The output folder.
        path: PathBuf,
        /// The files, below the output folder.
        taken: Vec<String>,
    },
    /// The site itself is at odds: a path is a file and a folder, or the manifest leaves a file out.
    #[error("lỗi của congkhai: {why} (`{path}`); xin báo cho người phát triển")]
    Site {
        /// The path below the output folder.
        path: String,
        /// Why, in Vietnamese.
        why: &'static str,
    },
    /// An attachment is no longer what was read at the start of the run.
    #[error("tệp đính kèm `{}` bị thay đổi trong lúc dựng trang; hãy chạy lại", path.display())]
    AssetChanged {
        /// The attachment.
        path: PathBuf,
    },
    /// The output folder is no longer the one that was compared with.
    #[error("thư mục đích `{}` bị thay đổi trong lúc dựng trang; hãy chạy lại", path.display())]
    OutputChanged {
        /// The output folder.
        path: PathBuf,
    },
    /// The file system cannot exchange two folders in one step.
    #[error(
        "ổ đĩa chứa `{}` không đổi chỗ được hai thư mục trong một bước, nên không thể thay trang mà người \
         đọc không thấy trang dở dang; hãy đặt thư mục đích trên ổ đĩa ext4, XFS, Btrfs hoặc tmpfs, \
         hoặc dựng vào một thư mục mới: {}", path.display(), cause(source)
    )]
    NoExchange {
        /// The output folder.
        path: PathBuf,
        /// The machine's error.
        source: io::Error,
    },
    /// The machine refused.
    #[error("không ghi được `{}`: {}", path.display(), cause(source))]
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

    /// Makes an [`WriteError::Io`] out of the machine's error: `.map_err(WriteError::io(path))`.
    pub(super) fn io<E: Into<io::Error>>(path: impl Into<PathBuf>) -> impl FnOnce(E) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source: source.into() }
    }
}

/// The first few of a list, and how many more there are.
fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let mut text = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        text.push_str(&format!(" và {} tệp nữa", names.len() - SHOWN));
    }
    text
}
