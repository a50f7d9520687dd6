//! The folder of PDFs that `congkhai print` fills, and its scratch folder.
//!
//! A file of [`PAPERS_MARKER`] lists the PDFs with their hashes, in the form of `sha256sum`. A file
//! is written over only while it is what was written there: one that somebody signed or marked stays.
//! Everything is made in a folder below, so nothing is written elsewhere, and moved when it is whole.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::WriteError;
use super::target::Target;
use crate::base::hash::Sha;
use crate::msg;
use crate::site::{Content, Site};

/// The file that marks a folder of PDFs as ours and lists them.
pub const PAPERS_MARKER: &str = ".congkhai-ban-in";

/// Where pages are laid out and printed. Not hidden: a browser in a snap may not read hidden folders.
const SCRATCH: &str = "dang-in.tam-congkhai";

/// The folder, locked for this run. Dropping it removes the scratch folder.
#[derive(Debug)]
pub struct Papers {
    dir: PathBuf,
    scratch: PathBuf,
    list: File,
    known: BTreeMap<String, Vec<String>>,
}

/// What a PDF is, as far as one look at its bytes tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// How many sides it has.
    pub sides: usize,
    /// Whether it is tagged, for those who hear it.
    pub tagged: bool,
}

impl Papers {
    /// Opens the folder, making it if need be. Its parent must exist.
    pub fn open(output: &Path, content: &Path) -> Result<Self, WriteError> {
        let target = Target::find(output)?;
        target.refuse_overlap(content)?;
        let dir = target.output();
        match fs::create_dir(&dir) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(WriteError::io(&dir)(error));
            }
            _ => {}
        }
        let found = fs::symlink_metadata(&dir).map_err(WriteError::io(&dir))?;
        if !found.is_dir() {
            let why = msg!("đó không phải thư mục", "it is no folder");
            return Err(WriteError::BadOutput { path: dir, why });
        }
        let marker = dir.join(PAPERS_MARKER);
        let marked = fs::symlink_metadata(&marker).is_ok_and(|found| found.is_file());
        if !marked && fs::read_dir(&dir).map_err(WriteError::io(&dir))?.next().is_some() {
            return Err(WriteError::PapersNotOurs { path: dir });
        }
        let mut list = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
            .open(&marker)
            .map_err(WriteError::io(&marker))?;
        match list.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(WriteError::Busy { path: dir }),
            Err(fs::TryLockError::Error(error)) => return Err(WriteError::io(&marker)(error)),
        }
        let mut text = String::new();
        list.read_to_string(&mut text).map_err(WriteError::io(&marker))?;
        let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (hash, name) in text.lines().filter_map(|line| line.split_once("  ")) {
            known.entry(name.to_owned()).or_default().push(hash.to_owned());
        }
        let scratch = dir.join(SCRATCH);
        // What a killed run left; the lock says that none is running.
        match fs::remove_dir_all(&scratch) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(WriteError::io(&scratch)(error));
            }
            _ => {}
        }
        fs::create_dir(&scratch).map_err(WriteError::io(&scratch))?;
        Ok(Self { dir, scratch, list, known })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether the administrator runs this: what was just made belongs to whoever runs it.
    pub fn as_root(&self) -> bool {
        fs::symlink_metadata(&self.scratch).is_ok_and(|made| made.uid() == 0)
    }

    /// Refuses, before anything is printed, to write over a file that is not what we wrote there.
    pub fn refuse_foreign(&self, name: &str) -> Result<(), WriteError> {
        let path = self.dir.join(name);
        let found = match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            found => found.map_err(WriteError::io(&path))?,
        };
        let ours = found.is_file() && {
            let hash = Sha::of(&fs::read(&path).map_err(WriteError::io(&path))?).to_hex();
            self.known.get(name).is_some_and(|hashes| hashes.contains(&hash))
        };
        if ours { Ok(()) } else { Err(WriteError::PaperForeign { path }) }
    }

    /// Lays the pages out for the browser. Gives the folder that they are in.
    pub fn lay_out(&self, site: &Site) -> Result<PathBuf, WriteError> {
        let root = self.scratch.join("trang");
        for (path, content) in &site.files {
            // Pages to print carry no attachments.
            let Content::Bytes(bytes) = content else { continue };
            let path = path.below(&root);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(WriteError::io(folder))?;
            }
            fs::write(&path, bytes).map_err(WriteError::io(&path))?;
        }
        Ok(root)
    }

    /// A folder for the browser, where its PDF goes in it, and a file for what it says.
    pub fn desk(&self, number: usize) -> Result<(PathBuf, PathBuf, File), WriteError> {
        let desk = self.scratch.join(number.to_string());
        fs::create_dir(&desk).map_err(WriteError::io(&desk))?;
        let log = desk.join("nhat-ky.txt");
        let file = File::create_new(&log).map_err(WriteError::io(&log))?;
        let pdf = desk.join("ban-in.pdf");
        Ok((desk, pdf, file))
    }

    /// The last lines that the browser said at a desk, for a message.
    pub fn last_words(&self, number: usize) -> String {
        let log = self.scratch.join(number.to_string()).join("nhat-ky.txt");
        let text =
            fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        lines[lines.len().saturating_sub(3)..].join("\n")
    }

    /// Takes the PDF of a desk under its name. None if the browser made no whole PDF.
    pub fn accept(&mut self, number: usize, name: &str) -> Result<Option<Accepted>, WriteError> {
        let desk = self.scratch.join(number.to_string());
        let pdf = desk.join("ban-in.pdf");
        let bytes = match fs::read(&pdf) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => read.map_err(WriteError::io(&pdf))?,
        };
        let Some(accepted) = look(&bytes) else { return Ok(None) };
        self.refuse_foreign(name)?;
        // Listed before it is moved: a run that is killed between the two leaves nothing unlisted.
        let hash = Sha::of(&bytes).to_hex();
        let marker = self.dir.join(PAPERS_MARKER);
        writeln!(self.list, "{hash}  {name}").map_err(WriteError::io(&marker))?;
        self.known.entry(name.to_owned()).or_default().push(hash);
        let to = self.dir.join(name);
        fs::rename(&pdf, &to).map_err(WriteError::io(&to))?;
        // The profile of a browser is large; there may be hundreds.
        let _ = fs::remove_dir_all(&desk);
        Ok(Some(accepted))
    }

    /// Ends the run: the list holds each PDF once.
    pub fn finish(mut self) -> Result<(), WriteError> {
        let marker = self.dir.join(PAPERS_MARKER);
        let last = self.known.iter().filter_map(|(name, hashes)| Some((name, hashes.last()?)));
        let text: String = last.map(|(name, hash)| format!("{hash}  {name}\n")).collect();
        self.list
            .set_len(0)
            .and_then(|()| self.list.rewind())
            .and_then(|()| self.list.write_all(text.as_bytes()))
            .and_then(|()| self.list.sync_all())
            .map_err(WriteError::io(&marker))
    }
}

impl Drop for Papers {
    fn drop(&mut self) {
        // What cannot be removed now, the next run removes.
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

/// What these bytes are; none if they are no whole PDF.
fn look(bytes: &[u8]) -> Option<Accepted> {
    let end = &bytes[bytes.len().saturating_sub(64)..];
    let has = |all: &[u8], part: &[u8]| all.windows(part.len()).any(|window| window == part);
    if !bytes.starts_with(b"%PDF-") || !has(end, b"%%EOF") {
        return None;
    }
    let page: &[u8] = b"/Type /Page";
    let sides = bytes
        .windows(page.len() + 1)
        .filter(|window| window.starts_with(page) && !window[page.len()].is_ascii_alphabetic())
        .count();
    Some(Accepted { sides, tagged: has(bytes, b"/Marked true") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_is_known_by_its_ends() {
        let whole = b"%PDF-1.4\n<< /Type /Pages >> << /Type /Page >> << /Type /Page\n>> /MarkInfo << /Marked true >>\n%%EOF\n";
        assert_eq!(look(whole), Some(Accepted { sides: 2, tagged: true }));
        assert_eq!(look(b"%PDF-1.4\n%%EOF"), Some(Accepted { sides: 0, tagged: false }));
        for broken in [&whole[..whole.len() - 10], b"", b"<html>%%EOF"] {
            assert_eq!(look(broken), None);
        }
    }

    #[test]
    fn a_file_is_written_over_only_while_it_is_what_was_written() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let (content, out) = (home.path().join("content"), home.path().join("in"));
        fs::create_dir(&content).expect("made");
        let put = |text: &str| {
            let mut papers = Papers::open(&out, &content)?;
            let (_, pdf, _) = papers.desk(0)?;
            fs::write(pdf, format!("%PDF-1.4 {text} %%EOF")).expect("written");
            papers.accept(0, "a.pdf")?;
            papers.finish()
        };
        put("1").expect("the first time");
        put("2").expect("over our own");
        assert!(!out.join(SCRATCH).exists());
        fs::write(out.join("a.pdf"), "đã ký").expect("written");
        assert!(matches!(put("3"), Err(WriteError::PaperForeign { .. })));
        assert_eq!(fs::read_to_string(out.join("a.pdf")).expect("there"), "đã ký");
        fs::write(out.join("khac.txt"), "x").expect("written");
        fs::remove_file(out.join("a.pdf")).expect("removed");
        put("4").expect("beside a file of somebody else");
        assert!(out.join("khac.txt").exists());
        fs::remove_file(out.join(PAPERS_MARKER)).expect("removed");
        assert!(matches!(put("5"), Err(WriteError::PapersNotOurs { .. })));
    }

    #[test]
    fn two_runs_at_once_and_links_are_refused() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let (content, out) = (home.path().join("content"), home.path().join("in"));
        fs::create_dir(&content).expect("made");
        let first = Papers::open(&out, &content).expect("free");
        assert!(matches!(Papers::open(&out, &content), Err(WriteError::Busy { .. })));
        drop(first);
        std::os::unix::fs::symlink(&out, home.path().join("loi")).expect("linked");
        assert!(matches!(
            Papers::open(&home.path().join("loi"), &content),
            Err(WriteError::BadOutput { .. })
        ));
        assert!(matches!(Papers::open(&content, &content), Err(WriteError::Overlap { .. })));
    }
}
