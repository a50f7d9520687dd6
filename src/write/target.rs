//! Where the site goes: the parent folder, the name in it, the staging folder beside it.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use super::WriteError;
use crate::base::diagnostic::Message;
use crate::disk;
use crate::msg;

/// The place of the output folder, whether or not it exists.
pub(super) struct Target {
    /// The parent, without links or `..`.
    parent: PathBuf,
    /// The parent, open.
    pub(super) parent_fd: OwnedFd,
    /// The name of the output folder in it.
    pub(super) name: OsString,
}

impl Target {
    /// Finds the place of `output`. The parent must exist: only the output folder itself is made.
    pub(super) fn find(output: &Path) -> Result<Self, WriteError> {
        let bad = |why: Message| WriteError::BadOutput { path: output.to_owned(), why };
        // Without the trailing `/`, which would make a link at this place be followed.
        let output: PathBuf = output.components().collect();
        let name = match output.file_name() {
            Some(name) => name.to_owned(),
            None => {
                return Err(bad(msg!(
                    "hãy ghi rõ tên thư mục, không dùng `.`, `..` hay `/`",
                    "name the folder itself, not `.`, `..` or `/`"
                )));
            }
        };
        let parent = match output.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let parent = parent.canonicalize().map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => {
                let parent = parent.display();
                bad(msg!(
                    "chưa có thư mục `{parent}`, hãy tạo trước",
                    "there is no folder `{parent}`; make it first"
                ))
            }
            _ => WriteError::Io { path: parent.to_owned(), source },
        })?;
        let parent_fd = disk::open_folder(&parent).map_err(WriteError::io(&parent))?;
        Ok(Self { parent, parent_fd, name })
    }

    /// The output folder.
    pub(super) fn output(&self) -> PathBuf {
        self.parent.join(&self.name)
    }

    /// The parent folder.
    pub(super) fn parent(&self) -> &Path {
        &self.parent
    }

    /// The name of the staging folder, in the same parent and so on the same disk.
    pub(super) fn staging_name(&self) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(OsStr::new(".congkhai"));
        name
    }

    /// The staging folder.
    pub(super) fn staging(&self) -> PathBuf {
        self.parent.join(self.staging_name())
    }

    /// Refuses an output folder in the content folder or the reverse: one would swallow the other.
    pub(super) fn refuse_overlap(&self, content: &Path) -> Result<(), WriteError> {
        let content = match content.canonicalize() {
            Ok(content) => content,
            // Nothing can lie in a folder that is not there.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(WriteError::io(content)(error)),
        };
        let output = self.output();
        let apart = |ours: &Path| !ours.starts_with(&content) && !content.starts_with(ours);
        if apart(&output) && apart(&self.staging()) {
            Ok(())
        } else {
            Err(WriteError::Overlap { output, content })
        }
    }
}
