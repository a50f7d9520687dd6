//! `congkhai serve`: the site while it is being written.
//!
//! One thread ([`workshop`]) owns the content, the model and the plan, and takes one event after the
//! other: somebody asks for a page, or something on the disk changed. Threads of [`http`] read
//! requests and write answers; they know no path of the disk, only names in the site. [`watch`] says
//! that something changed, never what: the content is read again, so no event can be lost between two
//! others. What the preview adds to a page ([`overlay`]) it adds to the answer; the page itself is the
//! one a build makes.

pub mod http;
pub mod news;
pub mod overlay;
pub mod watch;
pub mod workshop;

use std::sync::mpsc::Sender;

use crate::base::date::Date;

/// What the workshop is told.
#[derive(Debug)]
pub enum Event {
    /// Somebody asks for something.
    Ask(Ask, Sender<Answer>),
    /// Something below the content folder or the theme changed.
    Changed,
    /// The preview ends.
    Stop,
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
