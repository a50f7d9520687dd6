//! What stops reading.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::base::diagnostic::Message;
use crate::disk::cause;
use crate::msg;

/// Why the content or the theme could not be read; [`LoadError::words`] says it to people.
#[derive(Debug)]
pub enum LoadError {
    /// There is no such content folder.
    NoContent {
        /// The folder that was asked for.
        path: PathBuf,
    },
    /// There is no such theme folder.
    NoTheme {
        /// The folder that was asked for.
        path: PathBuf,
    },
    /// The content or theme folder is something else.
    NotAFolder {
        /// What was asked for.
        path: PathBuf,
    },
    /// A file of the theme that is never read: a link, a FIFO, too large, an impossible name.
    ThemeFile {
        /// The file.
        path: PathBuf,
        /// Why.
        why: Message,
    },
    /// The machine refused to list or read something.
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

    /// A whole sentence that already names its cause: print it alone.
    pub fn words(&self) -> Message {
        let (Self::NoContent { path }
        | Self::NoTheme { path }
        | Self::NotAFolder { path }
        | Self::ThemeFile { path, .. }
        | Self::Read { path, .. }) = self;
        let path = path.display();
        match self {
            Self::NoContent { .. } => msg!(
                "không có thư mục nội dung `{path}`; hãy chỉ đúng thư mục bằng --content",
                "there is no content folder `{path}`; name the right one with --content"
            ),
            Self::NoTheme { .. } => msg!(
                "không có thư mục giao diện `{path}`; hãy chỉ đúng thư mục bằng --theme",
                "there is no theme folder `{path}`; name the right one with --theme"
            ),
            Self::NotAFolder { .. } => msg!("`{path}` không phải thư mục", "`{path}` is not a folder"),
            Self::ThemeFile { why: Message { vi, en }, .. } => {
                msg!("giao diện không dùng được `{path}`: {vi}", "the theme cannot use `{path}`: {en}")
            }
            Self::Read { source, .. } => {
                let Message { vi, en } = cause(source);
                msg!("không đọc được `{path}`: {vi}", "cannot read `{path}`: {en}")
            }
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().vi)
    }
}

impl std::error::Error for LoadError {}
