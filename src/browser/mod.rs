//! Drives an installed browser of the Chromium family to make PDFs. The one place that starts
//! another program.
//!
//! A process for each sheet: the browser numbers the sides of one sheet only in a document of its
//! own. It gets a profile of its own, no network, and a time in which to finish.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The names under which the browsers are installed.
pub const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
];

/// The first browser in the folders of `path`, which has the form of the variable PATH.
pub fn find(path: &OsStr) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(path).filter(|folder| folder.is_absolute()).collect();
    NAMES.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| is_program(file)))
}

/// Whether this is a file that may be run.
pub fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// One page to print.
#[derive(Debug)]
pub struct Job {
    /// The page.
    pub page: PathBuf,
    /// Where the PDF goes.
    pub pdf: PathBuf,
    /// Where the browser keeps what it needs while it runs; not shared with another job.
    pub profile: PathBuf,
    /// Takes what the browser says.
    pub log: OwnedFd,
}

/// Why a page was not printed.
#[derive(Debug)]
pub enum Fault {
    /// The browser could not be started.
    Start(io::Error),
    /// It took longer than it may, and was ended.
    Late(Duration),
    /// It ended with this status.
    Failed(ExitStatus),
    /// The machine refused while it ran.
    Io(io::Error),
    /// Another job failed first.
    Stopped,
}

/// How to run the browser.
#[derive(Debug)]
pub struct Browser {
    /// The program.
    pub program: PathBuf,
    /// Run by the administrator: the browser then refuses its own sandbox. The pages are ours and have
    /// no scripts.
    pub as_root: bool,
    /// How long one page may take.
    pub patience: Duration,
}

impl Browser {
    /// Prints every job on so many threads; `done` is told of each in the order of their ends. Stops
    /// beginning new ones after the first fault.
    pub fn print(
        &self,
        jobs: Vec<Job>,
        threads: usize,
        done: &(dyn Fn(usize) + Sync),
    ) -> Vec<Result<(), Fault>> {
        let next = AtomicUsize::new(0);
        let failed = AtomicBool::new(false);
        let work = || {
            let mut made = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(job) = jobs.get(at) else { return made };
                if failed.load(Ordering::Relaxed) {
                    made.push((at, Err(Fault::Stopped)));
                    continue;
                }
                let result = self.one(job);
                match result {
                    Ok(()) => done(at),
                    Err(_) => failed.store(true, Ordering::Relaxed),
                }
                made.push((at, result));
            }
        };
        let mut all: Vec<(usize, Result<(), Fault>)> = std::thread::scope(|scope| {
            let workers: Vec<_> =
                (0..threads.clamp(1, jobs.len().max(1))).map(|_| scope.spawn(work)).collect();
            workers
                .into_iter()
                .flat_map(|worker| worker.join().expect("a worker has no way to panic"))
                .collect()
        });
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, result)| result).collect()
    }

    fn one(&self, job: &Job) -> Result<(), Fault> {
        let mut child = self.start(job).map_err(Fault::Start)?;
        let started = Instant::now();
        loop {
            match child.try_wait().map_err(Fault::Io)? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(Fault::Failed(status)),
                None if started.elapsed() > self.patience => {
                    end(&mut child);
                    return Err(Fault::Late(self.patience));
                }
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    fn start(&self, job: &Job) -> io::Result<Child> {
        let with = |flag: &str, path: &Path| {
            let mut word = OsString::from(flag);
            word.push(path);
            word
        };
        let mut command = Command::new(&self.program);
        command
            .args([
                "--headless",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-extensions",
                "--disable-sync",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--no-default-browser-check",
                "--no-first-run",
                "--mute-audio",
                // No page of ours asks for anything, and nothing shall be asked for behind its back.
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--no-pdf-header-footer",
                "--export-tagged-pdf",
                "--generate-pdf-document-outline",
            ])
            .args(self.as_root.then_some("--no-sandbox"))
            .arg(with("--user-data-dir=", &job.profile))
            .arg(with("--print-to-pdf=", &job.pdf))
            .arg(file_url(&job.page))
            .env("XDG_CONFIG_HOME", &job.profile)
            .env("XDG_CACHE_HOME", &job.profile)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            // A file and no pipe: a helper of the browser that outlives it would keep a pipe open.
            .stderr(job.log.try_clone()?)
            // A group of its own, so that all of it can be ended at once.
            .process_group(0);
        command.spawn()
    }
}

/// Ends a browser with its helpers, and waits until it is gone.
fn end(child: &mut Child) {
    if let Some(group) = rustix::process::Pid::from_raw(child.id().cast_signed()) {
        // It may have ended this moment.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The address of a file; `path` is absolute.
fn file_url(path: &Path) -> String {
    let mut out = String::from("file://");
    for &byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_any_path() {
        assert_eq!(
            file_url(Path::new("/nhà/a b/100%#?/x.html")),
            "file:///nh%C3%A0/a%20b/100%25%23%3F/x.html"
        );
    }

    /// Runs a script in the place of a browser.
    fn run(script: &str, patience: Duration) -> (Vec<Result<(), Fault>>, tempfile::TempDir) {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().expect("a temporary folder");
        let program = home.path().join("gia");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("written");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("set");
        let job = |number: usize| Job {
            page: home.path().join("x.html"),
            pdf: home.path().join(format!("{number}.pdf")),
            profile: home.path().join(format!("{number}")),
            log: std::fs::File::create(home.path().join(format!("{number}.txt"))).expect("made").into(),
        };
        let browser = Browser { program, as_root: false, patience };
        let results = browser.print((0..3).map(job).collect(), 1, &|_| {});
        (results, home)
    }

    #[test]
    fn a_browser_that_hangs_is_ended_with_its_helpers() {
        let started = Instant::now();
        // The helper would keep the test waiting if it lived on.
        let (results, home) = run(
            "echo tôi treo >&2; sleep 600 & echo $! > $(dirname $0)/pid; wait",
            Duration::from_millis(300),
        );
        assert!(started.elapsed() < Duration::from_secs(10));
        assert!(matches!(
            results.as_slice(),
            [Err(Fault::Late(_)), Err(Fault::Stopped), Err(Fault::Stopped)]
        ));
        let said = std::fs::read_to_string(home.path().join("0.txt")).expect("there");
        assert_eq!(said, "tôi treo\n");
        let pid = std::fs::read_to_string(home.path().join("pid")).expect("there");
        // Gone, or a zombie that nobody has collected: in neither case does it run. It was killed, and a
        // busy machine may take a moment to see to that.
        let state = || std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
        let ended = |state: &str| state.is_empty() || state.contains(") Z ") || state.contains(") X ");
        while !ended(&state()) {
            assert!(started.elapsed() < Duration::from_secs(20), "{}", state());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[test]
    fn the_first_fault_stops_the_rest() {
        let (results, _) = run("exit 7", Duration::from_secs(60));
        assert!(matches!(
            results.as_slice(),
            [Err(Fault::Failed(_)), Err(Fault::Stopped), Err(Fault::Stopped)]
        ));
        let (results, _) = run("exit 0", Duration::from_secs(60));
        assert!(matches!(results.as_slice(), [Ok(()), Ok(()), Ok(())]));
    }

    #[test]
    fn only_programs_in_whole_folders_count() {
        assert_eq!(find(OsStr::new("")), None);
        assert_eq!(find(OsStr::new(".:relative")), None);
        assert!(!is_program(Path::new("/")) && !is_program(Path::new("/etc/passwd")));
    }
}
