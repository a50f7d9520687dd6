//! Says which files changed on the disk, or that nobody knows which: then everything is looked at again.

use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{EventKind, RecursiveMode, Watcher};

use super::{Changes, Event};

/// How long nothing must happen before the content is read again: an editor that saves makes several
/// events within a millisecond or two.
const QUIET: Duration = Duration::from_millis(12);

/// The longest that a burst can put reading off.
const PATIENCE: Duration = Duration::from_millis(250);

/// How often the content is read again where the system cannot tell.
const POLL: Duration = Duration::from_millis(700);

/// More files than this are not told one by one: reading the folder is quicker.
const MANY: usize = 200;

/// How changes come to be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// The system tells.
    Told,
    /// By looking every so often, as was asked for.
    Looking,
    /// By looking every so often, because the system cannot tell: its words.
    ForcedToLook(String),
}

/// Watches folders and sends [`Event::Changed`] after each burst of changes, until nobody receives.
/// A folder that is not there, or that goes away and comes back, is seen from the one above it.
pub fn start(folders: Vec<PathBuf>, events: Sender<Event>, poll: bool) -> Way {
    let (seen, bursts) = channel();
    let folders: Vec<PathBuf> =
        folders.into_iter().map(|folder| std::path::absolute(&folder).unwrap_or(folder)).collect();
    let ours = folders.clone();
    let handler = move |event: notify::Result<notify::Event>| {
        // An error may mean lost events, and so may an event that names no file.
        let told = match event {
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
            Ok(event) if event.need_rescan() || event.paths.is_empty() => Changes::Everything,
            Ok(event) => {
                // Neighbours of the folders make events too.
                let about_ours = |path: &PathBuf| ours.iter().any(|folder| path.starts_with(folder));
                let paths: BTreeSet<PathBuf> = event.paths.into_iter().filter(about_ours).collect();
                if paths.is_empty() {
                    return;
                }
                match paths.iter().any(|path| ours.contains(path)) {
                    true => Changes::Everything,
                    false => Changes::Files(paths),
                }
            }
            Err(_) => Changes::Everything,
        };
        let _ = seen.send(told);
    };
    let mut way = Way::Looking;
    if !poll {
        let told = notify::recommended_watcher(handler.clone())
            .map_err(|error| error.to_string())
            .and_then(|watcher| Watched::new(Box::new(watcher), &folders).map_err(|error| error.to_string()));
        match told {
            Ok(watched) => {
                std::thread::spawn(move || watched.settle(&bursts, &events));
                return Way::Told;
            }
            Err(words) => way = Way::ForcedToLook(words),
        }
    }
    // Reading again finds what changed by itself, and by more than the second of the last change.
    std::thread::spawn(move || {
        while events.send(Event::Changed(Changes::Everything)).is_ok() {
            std::thread::sleep(POLL);
        }
    });
    way
}

/// A folder that is watched, with the inode that it had.
struct Watched {
    watcher: Box<dyn Watcher + Send>,
    folders: Vec<(PathBuf, Option<u64>)>,
}

fn inode(folder: &Path) -> Option<u64> {
    folder.metadata().ok().filter(|folder| folder.is_dir()).map(|folder| folder.ino())
}

impl Watched {
    fn new(watcher: Box<dyn Watcher + Send>, folders: &[PathBuf]) -> Result<Self, notify::Error> {
        let mut watched = Self { watcher, folders: Vec::new() };
        for folder in folders {
            if let Some(above) = folder.parent().filter(|above| above.is_dir() && *above != Path::new("/")) {
                watched.watcher.watch(above, RecursiveMode::NonRecursive)?;
            }
            let inode = inode(folder);
            if inode.is_some() {
                watched.watcher.watch(folder, RecursiveMode::Recursive)?;
            }
            watched.folders.push((folder.clone(), inode));
        }
        Ok(watched)
    }

    /// Watches anew what is another folder than before. Gives whether any was.
    fn renew(&mut self) -> bool {
        let mut renewed = false;
        for (folder, before) in &mut self.folders {
            let now = inode(folder);
            if now == *before {
                continue;
            }
            let _ = self.watcher.unwatch(folder);
            if now.is_some() && self.watcher.watch(folder, RecursiveMode::Recursive).is_err() {
                continue; // tried again after the next burst
            }
            *before = now;
            renewed = true;
        }
        renewed
    }

    /// Makes one event of a burst.
    fn settle(mut self, seen: &Receiver<Changes>, events: &Sender<Event>) {
        while let Ok(mut changes) = seen.recv() {
            let start = Instant::now();
            while start.elapsed() < PATIENCE {
                match seen.recv_timeout(QUIET) {
                    Ok(more) => changes.add(more),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            while let Ok(more) = seen.try_recv() {
                changes.add(more);
            }
            let many = matches!(&changes, Changes::Files(files) if files.len() > MANY);
            if self.renew() || many {
                changes = Changes::Everything;
            }
            if events.send(Event::Changed(changes)).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn changed(events: &Receiver<Event>) -> bool {
        matches!(events.recv_timeout(Duration::from_secs(5)), Ok(Event::Changed(_)))
    }

    fn quiet(events: &Receiver<Event>) {
        while events.recv_timeout(Duration::from_millis(400)).is_ok() {}
    }

    #[test]
    fn where_the_system_cannot_tell_the_content_is_read_again_and_again() {
        let (sender, events) = channel();
        assert_eq!(start(Vec::new(), sender, true), Way::Looking);
        assert!(changed(&events) && changed(&events), "without any event of the disk");
    }

    #[test]
    fn saves_renames_and_a_folder_that_comes_back_are_told() {
        let root = tempfile::tempdir().expect("a folder");
        let content = root.path().join("content");
        fs::create_dir_all(content.join("thu-tuc")).expect("made");
        let (sender, events) = channel();
        assert_eq!(start(vec![content.clone()], sender, false), Way::Told);
        quiet(&events);
        fs::write(content.join("thu-tuc/a.yaml"), "a").expect("written");
        assert!(changed(&events), "a new file");
        quiet(&events);
        fs::write(content.join("thu-tuc/.b"), "b").expect("written");
        fs::rename(content.join("thu-tuc/.b"), content.join("thu-tuc/a.yaml")).expect("renamed");
        assert!(changed(&events), "saved by renaming");
        quiet(&events);
        fs::remove_dir_all(&content).expect("removed");
        assert!(changed(&events), "gone");
        quiet(&events);
        fs::create_dir_all(content.join("thu-tuc")).expect("made");
        assert!(changed(&events), "back");
        quiet(&events);
        fs::write(content.join("thu-tuc/c.yaml"), "c").expect("written");
        assert!(changed(&events), "and watched again");
    }
    #[test]
    fn of_a_burst_of_ten_thousand_events_none_is_lost() {
        let root = tempfile::tempdir().expect("a folder");
        let content = root.path().join("content");
        fs::create_dir_all(content.join("thu-tuc")).expect("made");
        let (sender, events) = channel();
        assert_eq!(start(vec![content.clone()], sender, false), Way::Told);
        quiet(&events);
        for n in 0..10_000 {
            fs::write(content.join(format!("thu-tuc/{n}.yaml")), "a").expect("written");
        }
        let last = content.join("thu-tuc/9999.yaml");
        let mut told = Changes::Files(BTreeSet::new());
        let mut times = 0;
        while let Ok(Event::Changed(more)) = events.recv_timeout(Duration::from_secs(2)) {
            told.add(more);
            times += 1;
        }
        assert!(times < 1000, "as bursts, not one by one: {times}");
        assert!(
            match &told {
                Changes::Everything => true,
                Changes::Files(files) => files.len() == 10_000 && files.contains(&last),
            },
            "every file, or that nobody knows"
        );
        quiet(&events);
        fs::write(&last, "b").expect("written");
        let Ok(Event::Changed(one)) = events.recv_timeout(Duration::from_secs(5)) else { panic!("one more") };
        assert_eq!(one, Changes::Files(BTreeSet::from([last])));
    }
}
