//! The order of acts.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::WriteError;
use super::compare::{Compared, Fate, Plan, compare};
use super::lock::Staging;
use super::old::OldTree;
use super::target::Target;
use super::tree::NewTree;
use super::wanted::{Wanted, What};
use super::{swap, tree};
use crate::base::diagnostic::Message;
use crate::base::hash::Sha;
use crate::base::path::OutPath;
use crate::inputs::AssetRef;
use crate::site::{Content, Shelf, Shelved, Site};

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WriteReport {
    /// Files with new content.
    pub written: usize,
    /// Files that were the same and keep their inode and time stamp.
    pub linked: usize,
    /// Files copied: attachments, and unchanged files where the disk knows no hard links.
    pub copied: usize,
    /// Files of the old site that the new one no longer has.
    pub removed: usize,
    /// What is not ours and was kept, sorted; folders that are empty end in `/`.
    /// `.git`, `.gitignore` and `.gitattributes` at the top are kept without a word.
    pub foreign: Vec<String>,
    /// Bytes written and copied.
    pub bytes: u64,
    /// The site was the same in every byte; nothing was touched.
    pub unchanged: bool,
    /// The new site is in its place, but something could not be cleaned up; a sentence in Vietnamese.
    pub cleanup_problem: Option<Message>,
}

/// Makes `output` hold `site`, and what was there that is not ours: what a [`Writer`] does that was given nothing
/// before.
pub fn sync(site: &Site, content_root: &Path, output: &Path) -> Result<WriteReport, WriteError> {
    Writer::new(content_root, output).finish(site)
}

/// One writing of a site. As a [`Shelf`] it puts every new file beside the old site as soon as it is made;
/// [`Writer::finish`] puts all of them in its place. Dropped before that it leaves nothing behind.
///
/// Attachments are copied from the content folder; nothing outside `output` and its sibling
/// `.<name>.congkhai/` is written. Uses the threads of the ambient rayon pool.
pub struct Writer<'a> {
    content_root: &'a Path,
    output: &'a Path,
    /// Nothing is touched before the first file comes: content with errors gets here none.
    desk: OnceLock<Result<Desk, WriteError>>,
    /// The first thing that went wrong with a file.
    fault: OnceLock<WriteError>,
}

/// What lies ready for writing.
struct Desk {
    /// Dropped before `target`'s last owner, and removes what it holds unless all went well.
    staging: Staging,
    target: Arc<Target>,
    old: Option<OldTree>,
    /// Made with its first file, so that a site that is the same in every byte touches nothing.
    new: OnceLock<Result<NewTree, WriteError>>,
}

impl Desk {
    fn open(content_root: &Path, output: &Path) -> Result<Self, WriteError> {
        let target = Target::find(output)?;
        target.refuse_overlap(content_root)?;
        let target = Arc::new(target);
        let mut staging = Staging::lock(&target)?;
        staging.clear_leftovers()?;
        let old = OldTree::inspect(&target)?;
        Ok(Self { staging, target, old, new: OnceLock::new() })
    }

    fn take(&self, path: &str, bytes: &[u8]) -> Result<Shelved, WriteError> {
        let compared = match &self.old {
            None => Compared::Fate(Fate::New),
            Some(old) => compare(old, path, What::Bytes(bytes), &self.target)?,
        };
        Ok(match compared {
            Compared::Fate(Fate::Same) => Shelved::AsBefore,
            // All of what is in the way is told at once, at the end.
            Compared::Taken => Shelved::InTheWay,
            Compared::Fate(Fate::New) => {
                if let Ok(new) = self.new.get_or_init(|| NewTree::begin(&self.staging)) {
                    new.add(path, bytes)?;
                }
                Shelved::Written
            }
        })
    }
}

impl Shelf for Writer<'_> {
    fn take(&self, path: &OutPath, bytes: Vec<u8>) -> Content {
        let asset = AssetRef { hash: Sha::of(&bytes), len: bytes.len() as u64 };
        let mut done = Shelved::Written;
        if !self.is_closed()
            && let Ok(desk) = self.desk.get_or_init(|| Desk::open(self.content_root, self.output))
        {
            match desk.take(path.as_str(), &bytes) {
                Ok(so) => done = so,
                // Others may have failed at the same moment; one is enough to say.
                Err(error) => drop(self.fault.set(error)),
            }
        }
        Content::Shelved(asset, done)
    }

    fn is_closed(&self) -> bool {
        let broken = |desk: &Result<Desk, WriteError>| match desk {
            Err(_) => true,
            Ok(desk) => desk.new.get().is_some_and(Result::is_err),
        };
        self.fault.get().is_some() || self.desk.get().is_some_and(broken)
    }
}

impl<'a> Writer<'a> {
    /// A writer that has done nothing yet.
    pub fn new(content_root: &'a Path, output: &'a Path) -> Self {
        Self { content_root, output, desk: OnceLock::new(), fault: OnceLock::new() }
    }

    /// Makes the output folder hold `site`. Either all of it or, with an error, nothing: the old site stays whole.
    /// (An error of the very last sync, after the swap, leaves the new site in place and the old one beside it.)
    pub fn finish(self, site: &Site) -> Result<WriteReport, WriteError> {
        if let Some(error) = self.fault.into_inner() {
            return Err(error);
        }
        let desk = self.desk.into_inner().unwrap_or_else(|| Desk::open(self.content_root, self.output));
        let Desk { mut staging, target, old, new } = desk?;
        let wanted = Wanted::of(site)?;
        let plan = Plan::make(&wanted, old.as_ref(), &target)?;
        let mut report =
            WriteReport { removed: plan.removed, foreign: plan.foreign.shown(), ..WriteReport::default() };
        if old.is_some() && plan.changes_nothing() {
            report.linked = plan.files.len();
            report.unchanged = true;
            report.cleanup_problem = staging.remove().err().map(|error| error.words());
            return Ok(report);
        }

        let new = new.into_inner().unwrap_or_else(|| NewTree::begin(&staging))?;
        let made = tree::fill(&new, &plan, old.as_ref(), self.content_root)?;
        (report.written, report.linked, report.copied, report.bytes) =
            (made.written, made.linked, made.copied, made.bytes);

        swap::make_durable(&staging)?;
        swap::swap(&mut staging, old.as_ref(), &target)?;
        match swap::remove_old(&staging, old, &plan.foreign, &target) {
            Ok(late) => {
                report.foreign.extend(late);
                report.foreign.sort();
                report.cleanup_problem = staging.remove().err().map(|error| error.words());
            }
            Err(problem) => report.cleanup_problem = Some(problem),
        }
        Ok(report)
    }
}
