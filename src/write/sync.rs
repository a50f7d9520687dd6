//! The order of acts.

use std::path::Path;

use super::WriteError;
use super::compare::Plan;
use super::lock::Staging;
use super::old::OldTree;
use super::target::Target;
use super::wanted::Wanted;
use super::{swap, tree};
use crate::base::diagnostic::Message;
use crate::site::Site;

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

/// Makes `output` hold `site`, and what was there that is not ours. Either all of it or, with an
/// error, nothing: the old site stays whole. (An error of the very last sync, after the swap, leaves
/// the new site in place and the old one beside it.)
///
/// Attachments are copied from `content_root`; nothing outside `output` and its sibling
/// `.<name>.congkhai/` is written. Uses the threads of the ambient rayon pool.
pub fn sync(site: &Site, content_root: &Path, output: &Path) -> Result<WriteReport, WriteError> {
    let wanted = Wanted::of(site)?;
    let target = Target::find(output)?;
    target.refuse_overlap(content_root)?;

    let mut staging = Staging::lock(&target)?;
    staging.clear_leftovers()?;

    let old = OldTree::inspect(&target)?;
    let plan = Plan::make(&wanted, old.as_ref(), &target)?;
    let mut report =
        WriteReport { removed: plan.removed, foreign: plan.foreign.shown(), ..WriteReport::default() };
    if old.is_some() && plan.changes_nothing() {
        report.linked = plan.files.len();
        report.unchanged = true;
        report.cleanup_problem = staging.remove().err().map(|error| error.words());
        return Ok(report);
    }

    let made = tree::make(&staging, &plan, old.as_ref(), content_root)?;
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
