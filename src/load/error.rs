//! What stops reading.

use std::io;
use std::path::PathBuf;

use crate::disk::cause;

/// Why the content or the theme could not be read. Each text is a whole sentence in Vietnamese
/// that already names its cause: print it alone, without the chain of sources.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such content folder.
    #[error("không có thư mục nội dung `{}`; hãy chỉ đúng thư mục bằng --content", path.display())]
    NoContent {
        /// The folder that was asked for.
        path: PathBuf,
    },
    /// There is no such theme folder.
    #[error("không có thư mục giao diện `{}`; hãy chỉ đúng thư mục bằng --theme", path.display())]
    NoTheme {
        /// The folder that was asked for.
        path: PathBuf,
    },
    /// The content or theme folder is something else.
    #[error("`{}` không phải thư mục", path.display())]
    NotAFolder {
        /// What was asked for.
        path: PathBuf,
    },
    /// A file of the theme that is never read: a link, a FIFO, too large, an impossible name.
    #[error("giao diện không dùng được `{}`: {why}", path.display())]
    ThemeFile {
        /// The file.
        path: PathBuf,
        /// Why, in Vietnamese.
        why: String,
    },
    /// The machine refused to list or read something.
    #[error("không đọc được `{}`: {}", path.display(), cause(source))]
    Read {
        /// What could not be read.
        path: PathBuf,
        /// The machine's error.
        source: io::Error,
    },
}

impl LoadError {
    /// Whether the command was used wrongly (exit 2), rather than refused by the machine (exit 3).
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::NoContent { .. } | Self::NoTheme { .. } | Self::NotAFolder { .. })
    }
}
