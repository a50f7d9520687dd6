//! The whole history of the content, a day at a time.
//!
//! What several people did to a record on one day is one change: from how it stood the evening before to how
//! it stood that evening. So a slip that was mended the same day never shows, and an editor may save as often
//! as is good. The first day of a history has no evening before: it is where the history starts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Key, Reader, Snapshot, Visible, What, changes, records};
use crate::base::date::Date;
use crate::base::path::SitePath;
use crate::inputs::{FileKind, History, NoHistory};

/// What the site knows of its own past.
#[derive(Debug, Clone, Default)]
pub enum Past {
    /// The site does not show its past.
    #[default]
    NotAsked,
    /// It cannot be known here.
    Unknown(NoHistory),
    /// It is known.
    Known(Timeline),
}

/// Every change, newest first.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// The day on which it starts.
    pub since: Option<Date>,
    /// How many files there were on that day.
    pub files_then: usize,
    /// The changes.
    pub entries: Vec<Entry>,
    /// Record → its changes, newest first, under all the codes it had.
    of_record: BTreeMap<Key, Vec<usize>>,
}

/// A change and its day.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The day, in Vietnam.
    pub day: Date,
    /// What happened.
    pub change: Change,
}

impl Timeline {
    /// The changes of a record, newest first.
    pub fn of(&self, key: &Key) -> impl Iterator<Item = &Entry> {
        self.of_record.get(key).into_iter().flatten().filter_map(|at| self.entries.get(*at))
    }

    /// Puts the changes of the days together, oldest day first.
    pub fn gather(since: Option<Date>, files_then: usize, days: Vec<(Date, Vec<Change>)>) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for (day, changes) in days.into_iter().rev() {
            entries.extend(changes.into_iter().map(|change| Entry { day, change }));
        }
        let mut of_record: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        // From the oldest on, so that a record takes its past along when it gets another code.
        for (at, entry) in entries.iter().enumerate().rev() {
            let mut past = match &entry.change.what {
                What::Renamed(from) => of_record.remove(from).unwrap_or_default(),
                _ => of_record.remove(&entry.change.key).unwrap_or_default(),
            };
            past.insert(0, at);
            of_record.insert(entry.change.key.clone(), past);
        }
        Self { since, files_then, entries, of_record }
    }
}

/// One day: of each file that changed, the version of the evening before and that of the evening.
#[derive(Debug)]
pub struct DayNet<'h> {
    /// The day.
    pub day: Date,
    files: BTreeMap<&'h SitePath, Net<'h>>,
}

/// The kind of a file, its version before and its version after.
type Net<'h> = (FileKind, Option<&'h str>, Option<&'h str>);

/// The days of a history from `from` to `to`, oldest first: the start, and the days after it.
pub fn days(history: &History, from: Option<Date>, to: Date) -> (Option<(Date, usize)>, Vec<DayNet<'_>>) {
    let mut all: Vec<DayNet<'_>> = Vec::new();
    let mut standing: BTreeSet<&SitePath> = BTreeSet::new();
    let mut start: Option<(Date, usize)> = None;
    for commit in &history.commits {
        let made = Date::in_vietnam(commit.seconds);
        if made > to {
            break;
        }
        // A clock that went wrong must not put a change before the one it stands on.
        let day = all.last().map_or(made, |last| last.day.max(made));
        if all.last().is_none_or(|last| last.day != day) {
            if from.is_none_or(|from| day >= from) && start.is_none() && !all.is_empty() {
                start = Some((from.unwrap_or(day), standing.len()));
            }
            all.push(DayNet { day, files: BTreeMap::new() });
        }
        let Some(last) = all.last_mut() else { continue };
        for (file, kind, old, new) in &commit.files {
            let net = last.files.entry(file).or_insert((*kind, old.as_deref(), None));
            net.2 = new.as_deref();
            match new {
                Some(_) => standing.insert(file),
                None => standing.remove(file),
            };
        }
    }
    let first = all.first().map(|net| (net.day, net.files.values().filter(|net| net.2.is_some()).count()));
    let start = match (from, first) {
        (Some(from), Some((day, _))) if day < from => start.or(Some((from, standing.len()))),
        _ => first,
    };
    let since = first.map(|(day, _)| day);
    all.retain(|net| Some(net.day) != since && from.is_none_or(|from| net.day >= from));
    (start, all)
}

/// What changed on one day, as everybody may see it.
pub fn changes_of(net: &DayNet<'_>, history: &History) -> Vec<Change> {
    let snapshot = |pick: fn(&Net<'_>) -> Option<String>| {
        let mut all = Snapshot::default();
        for (file, versions) in &net.files {
            let Some(bytes) = pick(versions).and_then(|id| history.blobs.get(&id)) else { continue };
            for (key, held) in records(file, versions.0, bytes) {
                let visible = match held.visible {
                    Visible::Always => true,
                    Visible::From(day) => day <= net.day,
                    Visible::Never => false,
                };
                if visible {
                    all.0.insert(key, held);
                }
            }
        }
        all
    };
    let (old, new) = (snapshot(|v| v.1.map(str::to_owned)), snapshot(|v| v.2.map(str::to_owned)));
    let mut all = changes(&old, &new, Reader::Public);
    // Of a version that cannot be read nobody knows whether it was on the site.
    all.retain(|change| !(change.unreadable && matches!(change.what, What::Added | What::Removed)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::Commit;

    /// A path and what is written to it; `None` takes it away.
    type Write<'t> = (&'t str, Option<&'t str>);

    fn history(commits: &[(&str, &[Write<'_>])]) -> History {
        let mut history = History::default();
        let mut now: BTreeMap<String, String> = BTreeMap::new();
        for (day, files) in commits {
            let start = Date::parse("1970-01-01").expect("a day");
            let seconds = i64::from(start.days_until(Date::parse(day).expect("a day"))) * 86_400 + 3600;
            let mut commit = Commit { seconds, files: Vec::new() };
            for (path, text) in *files {
                let new = text.map(|text| {
                    let id = format!("{path}:{}", history.blobs.len());
                    history.blobs.insert(id.clone(), text.as_bytes().to_vec());
                    id
                });
                let file = SitePath::new(path).expect("a path");
                let old = now.remove(*path);
                now.extend(new.clone().map(|id| ((*path).to_owned(), id)));
                commit.files.push((file, FileKind::Procedure, old, new));
            }
            history.commits.push(commit);
        }
        history
    }

    fn timeline(history: &History, from: Option<&str>) -> Timeline {
        let day = |text: &str| Date::parse(text).expect("a day");
        let (start, nets) = days(history, from.map(day), day("2026-12-31"));
        let made = nets.iter().map(|net| (net.day, changes_of(net, history))).collect();
        Timeline::gather(start.map(|s| s.0), start.map_or(0, |s| s.1), made)
    }

    fn procedure(code: &str, name: &str) -> String {
        format!("ma: {code}\nten: {name}\nlinh_vuc: a\n")
    }

    #[test]
    fn a_day_is_one_change_and_a_record_keeps_its_past_under_a_new_code() {
        let (a, slip, b) =
            (procedure("1.000001", "A"), procedure("1.000001", "Lỡ tay"), procedure("1.000001", "B"));
        let c = procedure("1.000002", "B");
        let history = history(&[
            ("2026-01-01", &[("thu-tuc/x.yaml", Some(&a))]),
            ("2026-02-01", &[("thu-tuc/x.yaml", Some(&slip))]),
            ("2026-02-01", &[("thu-tuc/x.yaml", Some(&b))]),
            ("2026-03-01", &[("thu-tuc/x.yaml", Some(&c))]),
            ("2026-04-01", &[("thu-tuc/x.yaml", None)]),
            // After the day of the build.
            ("2027-01-01", &[("thu-tuc/x.yaml", Some(&a))]),
        ]);
        let all = timeline(&history, None);
        assert_eq!((all.since.map(|d| d.to_string()), all.files_then), (Some("2026-01-01".into()), 1));
        let told: Vec<_> = all.entries.iter().map(|e| (e.day.to_string(), e.change.key.path())).collect();
        let key = |day: &str, path: &str| (day.to_owned(), path.to_owned());
        assert_eq!(
            told,
            [
                key("2026-04-01", "thu-tuc/1.000002"),
                key("2026-03-01", "thu-tuc/1.000002"),
                key("2026-02-01", "thu-tuc/1.000001"),
            ]
        );
        assert_eq!(all.entries[2].change.fields[0].words(), "Tên: A → B");
        assert_eq!(all.of(&Key::new(FileKind::Procedure, "1.000002")).count(), 3);
        let later = timeline(&history, Some("2026-03-01"));
        assert_eq!(later.entries.len(), 2);
        assert_eq!(later.since.map(|d| d.to_string()), Some("2026-03-01".into()));
    }
}
