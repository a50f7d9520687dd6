//! Says which files changed on the disk, or that nobody knows which: then everything is looked at again.

use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{ErrorKind, EventKind, RecursiveMode, Watcher};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The system tells.
    Told,
    /// By looking every so often.
    Looking,
}

/// What the watcher says.
enum Seen {
    /// These may be others now.
    Changed(Changes),
    /// It cannot watch all of it any more: its words.
    Full(String),
}

/// Watches folders and sends [`Event::Changed`] after each burst of changes, until nobody receives.
/// A folder that is not there, or that goes away and comes back, is seen from the one above it. Where the system
/// cannot tell, or later on can no more, `forced` gets its words, and the folders are looked at every so often.
pub fn start(
    folders: Vec<PathBuf>,
    events: Sender<Event>,
    poll: bool,
    forced: impl Fn(&str) + Send + 'static,
) -> Way {
    let system = |seen: Handler| notify::recommended_watcher(seen).map(|watcher| Box::new(watcher) as _);
    start_with(folders, events, (!poll).then_some(system), forced)
}

type Handler = Box<dyn FnMut(notify::Result<notify::Event>) + Send>;
type Watching = Box<dyn Watcher + Send>;

fn start_with(
    folders: Vec<PathBuf>,
    events: Sender<Event>,
    system: Option<impl FnOnce(Handler) -> notify::Result<Watching>>,
    forced: impl Fn(&str) + Send + 'static,
) -> Way {
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
            // A new folder is not watched: what is saved in it would never be seen.
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                let _ = seen.send(Seen::Full(error.to_string()));
                return;
            }
            Err(_) => Changes::Everything,
        };
        let _ = seen.send(Seen::Changed(told));
    };
    let Some(system) = system else {
        std::thread::spawn(move || look(&events));
        return Way::Looking;
    };
    match system(Box::new(handler)).and_then(|watcher| Watched::new(watcher, &folders)) {
        Ok(watched) => {
            std::thread::spawn(move || {
                if let Some(words) = watched.settle(&bursts, &events) {
                    forced(&words);
                    look(&events);
                }
            });
            Way::Told
        }
        Err(error) => {
            forced(&error.to_string());
            std::thread::spawn(move || look(&events));
            Way::Looking
        }
    }
}

/// Has the content read again every so often. Reading finds what changed by itself, and by more than the second of
/// the last change.
fn look(events: &Sender<Event>) {
    while events.send(Event::Changed(Changes::Everything)).is_ok() {
        std::thread::sleep(POLL);
    }
}

/// A folder that is watched, with the inode that it had.
struct Watched {
    watcher: Watching,
    folders: Vec<(PathBuf, Option<u64>)>,
}

fn inode(folder: &Path) -> Option<u64> {
    folder.metadata().ok().filter(|folder| folder.is_dir()).map(|folder| folder.ino())
}

impl Watched {
    fn new(watcher: Watching, folders: &[PathBuf]) -> Result<Self, notify::Error> {
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

    /// Watches anew what is another folder than before, and with `anew` what may be: one that was deleted and made
    /// again often has the inode of the old one, whose watch is gone. Gives whether any was, or why it cannot.
    fn renew(&mut self, anew: bool) -> Result<bool, String> {
        let mut renewed = false;
        for (folder, before) in &mut self.folders {
            let now = inode(folder);
            if now == *before && !(anew && now.is_some()) {
                continue;
            }
            let _ = self.watcher.unwatch(folder);
            if now.is_some() {
                match self.watcher.watch(folder, RecursiveMode::Recursive) {
                    Ok(()) => {}
                    Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                        return Err(error.to_string());
                    }
                    // It went away again, which makes another burst.
                    Err(_) => continue,
                }
            }
            *before = now;
            renewed = true;
        }
        Ok(renewed)
    }

    /// Makes one event of a burst, until nobody receives or the system cannot watch any more: its words.
    fn settle(mut self, seen: &Receiver<Seen>, events: &Sender<Event>) -> Option<String> {
        while let Ok(first) = seen.recv() {
            let mut changes = Changes::Files(BTreeSet::new());
            let mut take = |seen| match seen {
                Seen::Changed(more) => {
                    changes.add(more);
                    None
                }
                Seen::Full(words) => Some(words),
            };
            let mut full = take(first);
            let start = Instant::now();
            while full.is_none() && start.elapsed() < PATIENCE {
                match seen.recv_timeout(QUIET) {
                    Ok(more) => full = take(more),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            }
            while let (None, Ok(more)) = (&full, seen.try_recv()) {
                full = take(more);
            }
            if full.is_some() {
                return full;
            }
            let many = matches!(&changes, Changes::Files(files) if files.len() > MANY);
            match self.renew(matches!(changes, Changes::Everything)) {
                Ok(renewed) if renewed || many => changes = Changes::Everything,
                Ok(_) => {}
                Err(words) => return Some(words),
            }
            if events.send(Event::Changed(changes)).is_err() {
                return None;
            }
        }
        None
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
        assert_eq!(start(Vec::new(), sender, true, |_| ()), Way::Looking);
        assert!(changed(&events) && changed(&events), "without any event of the disk");
    }

    #[test]
    fn saves_renames_and_a_folder_that_comes_back_are_told() {
        let root = tempfile::tempdir().expect("a folder");
        let content = root.path().join("content");
        fs::create_dir_all(content.join("thu-tuc")).expect("made");
        let (sender, events) = channel();
        assert_eq!(start(vec![content.clone()], sender, false, |_| ()), Way::Told);
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

    /// A system with room for so many folders.
    struct Small(usize);

    impl Watcher for Small {
        fn new<F: notify::EventHandler>(_: F, _: notify::Config) -> notify::Result<Self> {
            Ok(Self(0))
        }
        fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
            let full = || notify::Error::new(ErrorKind::MaxFilesWatch);
            self.0.checked_sub(1).map(|left| self.0 = left).ok_or_else(full)
        }
        fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
            Ok(())
        }
        fn kind() -> notify::WatcherKind {
            notify::WatcherKind::NullWatcher
        }
    }

    #[test]
    fn at_the_limit_of_the_system_it_is_said_and_looked_at_now_or_later() {
        let root = tempfile::tempdir().expect("a folder");
        let content = root.path().join("content");
        fs::create_dir_all(&content).expect("made");
        // No room at the start; for the folder alone; for a new folder of that name no more; for a new one in it.
        for room in [0, 1, 2, 3] {
            let (sender, events) = channel();
            let (words, said) = channel();
            let mut tell = None;
            let way = start_with(
                vec![content.clone()],
                sender,
                Some(|handler| {
                    tell = Some(handler);
                    Ok(Box::new(Small(room)) as Watching)
                }),
                move |told| drop(words.send(told.to_owned())),
            );
            assert_eq!(way, if room < 2 { Way::Looking } else { Way::Told }, "room for {room}");
            let mut tell = tell.expect("it was asked for");
            if room == 2 {
                assert!(said.try_recv().is_err() && events.try_recv().is_err(), "nothing happened yet");
                fs::rename(&content, root.path().join("old")).expect("moved");
                fs::create_dir_all(&content).expect("made");
                tell(Ok(notify::Event::new(EventKind::Any).add_path(content.clone())));
            } else if room == 3 {
                tell(Ok(notify::Event::new(EventKind::Any).add_path(content.join("a"))));
                tell(Err(notify::Error::new(ErrorKind::MaxFilesWatch)));
            }
            let words = said.recv_timeout(Duration::from_secs(5)).expect("somebody has to raise the limit");
            assert!(words.contains("limit"), "{words}");
            assert!(changed(&events) && changed(&events), "looked at again and again, room for {room}");
            assert!(said.try_recv().is_err(), "said once");
        }
    }

    #[test]
    fn of_a_burst_of_ten_thousand_events_none_is_lost() {
        let root = tempfile::tempdir().expect("a folder");
        let content = root.path().join("content");
        fs::create_dir_all(content.join("thu-tuc")).expect("made");
        let (sender, events) = channel();
        assert_eq!(start(vec![content.clone()], sender, false, |_| ()), Way::Told);
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
