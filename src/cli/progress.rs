//! A counter line on the terminal, when a build takes more than a second.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::Lang;
use crate::pipeline::Step;

/// How long a build stays silent.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is written again, in pages.
const EVERY: usize = 64;

/// The counter; writes nothing unless standard error is a terminal.
pub struct Counter {
    started: Instant,
    terminal: bool,
    lang: Lang,
    total: AtomicUsize,
    done: AtomicUsize,
    written: AtomicBool,
}

impl Counter {
    /// Starts the clock.
    pub fn new(lang: Lang, quiet: bool) -> Self {
        Self {
            started: Instant::now(),
            terminal: !quiet && std::io::stderr().is_terminal(),
            lang,
            total: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            written: AtomicBool::new(false),
        }
    }

    /// Takes a step from any thread.
    pub fn step(&self, step: Step) {
        match step {
            Step::Total(total) => self.total.store(total, Ordering::Relaxed),
            Step::One => {
                let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
                if self.terminal && done.is_multiple_of(EVERY) && self.started.elapsed() > PATIENCE {
                    let total = self.total.load(Ordering::Relaxed);
                    let word = self.lang.pick("Đang dựng trang", "Making pages");
                    // A terminal that went away must not end the build.
                    let _ = write!(std::io::stderr(), "\r{word} {done}/{total}");
                    self.written.store(true, Ordering::Relaxed);
                }
            }
        }
    }

    /// Clears the line.
    pub fn finish(&self) {
        if self.written.load(Ordering::Relaxed) {
            let _ = write!(std::io::stderr(), "\r\x1b[2K");
        }
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}
