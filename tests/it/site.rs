//! Small sites for tests, as folders that go away again.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// A content folder (and what is beside it) for one test.
pub(crate) struct TestSite(TempDir);

impl TestSite {
    /// Nothing yet.
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// The smallest site that has no fault at all: `tests/sites/toi-thieu`.
    pub(crate) fn smallest() -> Self {
        let site = Self::empty();
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/toi-thieu");
        for (path, bytes) in crate::cli::tree(&base) {
            site.write_bytes(&format!("content/{}", path.display()), &bytes);
        }
        site
    }

    /// The folder: `content/` lies in it, `public/` will.
    pub(crate) fn dir(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file below the folder.
    pub(crate) fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    /// Writes a file below the folder.
    pub(crate) fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.dir().join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
}
