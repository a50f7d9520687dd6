//! `congkhai serve`: the site while it is being written.
//!
//! One thread ([`workshop`]) reads the content and takes one event after the other: somebody asks for a page,
//! something on the disk changed. Each state of the content is a *revision* with a number and a thread of its own
//! ([`revision`]): it plans the site and makes pages at once, and judges the content behind them, which takes ten
//! times as long; the list of faults ([`judged`]) follows when it is ready. A later revision takes over from the
//! moment it is known, so that nobody is shown what is no longer so. Threads of [`http`] read requests and write
//! answers; they know no path of the disk, only names in the site. [`watch`] says which files changed; where that
//! is not certain everything is looked at again, so no event can be lost between two others. What the preview adds to a page ([`overlay`]) it adds to the answer; the page itself is the
//! one a build makes.

pub mod http;
pub mod judged;
pub mod news;
pub mod overlay;
pub mod revision;
pub mod turns;
pub mod watch;
pub mod workshop;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::base::date::Date;

/// What the workshop is told.
#[derive(Debug)]
pub enum Event {
    /// Somebody asks for something.
    Ask(Ask, Sender<Answer>),
    /// Something below the content folder or the theme changed.
    Changed(Changes),
    /// The revision of this number has been judged.
    Judged(u64, Arc<judged::Judged>),
    /// What is shown of another day has been judged.
    DayJudged,
    /// The revision of this number has pages.
    Ready(u64),
    /// The revision of this number cannot be shown: its templates cannot be used.
    Unusable(u64, Vec<Fault>),
    /// The preview ends.
    Stop,
}

/// What changed on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// Nobody knows.
    Everything,
    /// These files, by their absolute paths, and no others.
    Files(BTreeSet<PathBuf>),
}

impl Changes {
    /// Takes more changes in.
    pub fn add(&mut self, more: Changes) {
        match (&mut *self, more) {
            (Changes::Files(files), Changes::Files(more)) => files.extend(more),
            _ => *self = Changes::Everything,
        }
    }
}

/// A request that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The path, percent-decoded, beginning with `/`.
    pub path: String,
    /// The day as of which the site is to be shown (`?ngay=2026-03-01`).
    pub day: Option<Date>,
}

/// What is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status: 200, 308, 404, 500.
    pub status: u16,
    /// The media type.
    pub media: &'static str,
    /// Where to go instead, for a 308.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// A finding as the panel shows it; personal data is masked already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whether it keeps the site from being published.
    pub blocks: bool,
    /// The rule's code.
    pub code: &'static str,
    /// The file below the content folder; empty for the site as a whole.
    pub file: String,
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}
