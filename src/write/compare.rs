//! Decides for every file of the new site whether the old tree already has it.

use std::io::Read;
use std::path::Path;

use rayon::prelude::*;
use rustix::fs::Stat;

use super::WriteError;
use super::foreign::Foreign;
use super::old::OldTree;
use super::target::Target;
use super::wanted::{Item, Wanted, What};
use crate::disk::{self, Opened, PIECE, Sort};
use crate::inputs::is_lasting_record;
use crate::site::Shelved;

/// The mode of every file of the site.
pub(super) const FILE_MODE: u32 = 0o644;

/// What happens to one file of the new site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// The old tree has the same file: the new one gets a hard link to it.
    Same,
    /// It is written anew.
    New,
}

/// Everything that is to be done, before anything is.
pub(super) struct Plan<'a> {
    /// The files of the site, sorted.
    pub(super) files: Vec<(&'a str, Item<'a>, Fate)>,
    /// The folders of the site, parents first.
    pub(super) folders: Vec<&'a str>,
    /// What is carried over.
    pub(super) foreign: Foreign,
    /// How many files of the old site go.
    pub(super) removed: usize,
}

impl<'a> Plan<'a> {
    /// Compares the site with the old tree. Refuses if foreign files stand in the way.
    pub(super) fn make(
        wanted: &Wanted<'a>,
        old: Option<&OldTree>,
        target: &Target,
    ) -> Result<Self, WriteError> {
        let files: Vec<(&str, Item<'_>)> = wanted.files.iter().map(|(path, item)| (*path, *item)).collect();
        let folders = wanted.folders.iter().copied().collect();
        let Some(old) = old else {
            let files = files.into_iter().map(|(path, item)| (path, item, Fate::New)).collect();
            return Ok(Self { files, folders, foreign: Foreign::default(), removed: 0 });
        };

        let (foreign, mut taken) = Foreign::find(wanted, old);
        let compared: Vec<(&str, Item<'_>, Compared)> = files
            .into_par_iter()
            .map(|(path, item)| {
                let compared = match item {
                    Item::Open(what) => compare(old, path, what, target)?,
                    Item::Done(_, Shelved::AsBefore) => Compared::Fate(Fate::Same),
                    Item::Done(_, Shelved::Written) => Compared::Fate(Fate::New),
                    Item::Done(_, Shelved::InTheWay) => Compared::Taken,
                };
                Ok((path, item, compared))
            })
            .collect::<Result<_, WriteError>>()?;
        let mut fates = Vec::with_capacity(compared.len());
        for (path, item, compared) in compared {
            match compared {
                Compared::Fate(fate) => fates.push((path, item, fate)),
                Compared::Taken => taken.push(path.to_owned()),
            }
        }
        if !taken.is_empty() {
            taken.sort();
            taken.dedup();
            return Err(WriteError::Taken { path: target.output(), taken });
        }
        // A version of a record never goes by accident: another run published it while this one was building.
        let lost = |path: &&str| {
            is_lasting_record(path)
                && !wanted.files.contains_key(path)
                && old.files.contains_key(std::ffi::OsStr::new(path))
        };
        if old.manifest.paths().any(|path| lost(&path)) {
            return Err(WriteError::OutputChanged { path: target.output() });
        }
        let stays =
            |path: &std::ffi::OsStr| path.to_str().is_some_and(|path| wanted.files.contains_key(path));
        let gone = |(path, sort): &(&std::ffi::OsString, &Sort)| old.is_ours(path, **sort) && !stays(path);
        let removed = old.files.iter().filter(gone).count();
        Ok(Self { files: fates, folders, foreign, removed })
    }

    /// Whether the old tree already is what is wanted.
    pub(super) fn changes_nothing(&self) -> bool {
        self.removed == 0 && self.files.iter().all(|(_, _, fate)| *fate == Fate::Same)
    }
}

/// What the old tree has at the path of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Compared {
    /// The file itself, or nothing that would have to be spared.
    Fate(Fate),
    /// A foreign file with other bytes is in the way.
    Taken,
}

/// Holds one file against the old tree.
pub(super) fn compare(
    old: &OldTree,
    path: &str,
    what: What<'_>,
    target: &Target,
) -> Result<Compared, WriteError> {
    let os = std::ffi::OsStr::new(path);
    let Some(sort) = old.files.get(os) else { return Ok(Compared::Fate(Fate::New)) };
    let ours = old.is_ours(os, *sort);
    let io = |source| WriteError::Io { path: target.output().join(path), source };
    let (mut file, stat) = match disk::open_file_at(&old.dir, Path::new(path)) {
        Ok(Opened::File(file, stat)) => (file, stat),
        // A link or special file (also one put there just now) is foreign, whatever the list says.
        Ok(Opened::Other(_)) => return Ok(Compared::Taken),
        Err(error) => return Err(io(error.into())),
    };
    let same = match what {
        What::Bytes(bytes) => len(&stat) == bytes.len() as u64 && holds(&mut file, bytes).map_err(io)?,
        What::CopyOf(_, asset) if len(&stat) != asset.len => false,
        // Reading large attachments again would double the cost of a build: our own list is trusted.
        What::CopyOf(_, asset) if ours => old.manifest.hash(path) == Some(asset.hash),
        What::CopyOf(_, asset) => {
            let (hash, _) = disk::stream(&mut file, |_| Ok(())).map_err(|error| io(error.into_inner()))?;
            hash == asset.hash
        }
    };
    Ok(match (same, ours) {
        // A file whose mode was changed is made anew: changing it would reach into the old tree.
        (true, _) if stat.st_mode & 0o7777 == FILE_MODE => Compared::Fate(Fate::Same),
        (true, _) | (false, true) => Compared::Fate(Fate::New),
        (false, false) => Compared::Taken,
    })
}

fn len(stat: &Stat) -> u64 {
    u64::try_from(stat.st_size).unwrap_or(0)
}

/// Whether the file holds exactly these bytes.
fn holds(file: &mut std::fs::File, bytes: &[u8]) -> std::io::Result<bool> {
    let mut rest = bytes;
    // One byte more than is left, so that a file that grew meanwhile is seen to be longer.
    let mut piece = vec![0; PIECE.min(bytes.len() + 1)];
    loop {
        let got = match file.read(&mut piece) {
            Ok(0) => return Ok(rest.is_empty()),
            Ok(got) => got,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        match rest.split_at_checked(got) {
            Some((head, tail)) if head == &piece[..got] => rest = tail,
            _ => return Ok(false),
        }
    }
}
