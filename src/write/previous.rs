//! Reads what the last publication has and the next one keeps: the versions of records.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustix::io::Errno;
use serde::Deserialize;

use super::{MANIFEST, MARKER, MARKER_TEXT, WriteError};
use crate::base::hash::Sha;
use crate::base::path::OutPath;
use crate::disk::{self, Opened};
use crate::inputs::{Previous, RecordVersions, SALTED, record_file};

/// The versions of records that an output folder holds.
#[derive(Debug, Default)]
pub struct Kept {
    /// The versions, each checked against its hash.
    pub previous: Previous,
    /// The bytes of its manifest; none if there is no site of ours.
    pub manifest: Option<Vec<u8>>,
    /// Files that the manifest lists and that are gone: somebody took them down, so they stay down.
    pub gone: Vec<OutPath>,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(default)]
    ban_ghi: BTreeMap<String, Versions>,
}

#[derive(Deserialize)]
struct Versions {
    phien_ban: Option<String>,
    #[serde(default)]
    truoc: Vec<String>,
}

/// Reads the versions of the site in `output`; none if there is no site of ours. Refuses a version whose bytes
/// are not those that its name promises: publishing it again would make it look genuine.
pub fn previous(output: &Path) -> Result<Kept, WriteError> {
    let io = |source: io::Error| WriteError::Io { path: output.to_owned(), source };
    let folder = match disk::open_folder(output) {
        Ok(folder) => folder,
        // Whatever is wrong with the output folder itself is said when it is written.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Kept::default());
        }
        Err(error) => return Err(io(error)),
    };
    let marker = read(&folder, MARKER).map_err(io)?;
    if marker.is_none_or(|text| text.trim_ascii() != MARKER_TEXT.trim().as_bytes()) {
        return Ok(Kept::default());
    }
    let manifest = read(&folder, MANIFEST).map_err(io)?.unwrap_or_default();
    let Ok(listed) = serde_json::from_slice::<Listed>(&manifest) else { return Ok(Kept::default()) };
    let all: Vec<(String, Versions)> = listed.ban_ghi.into_iter().filter(|(name, _)| stays(name)).collect();
    let read: Vec<(String, RecordVersions, Vec<OutPath>)> = all
        .into_par_iter()
        .map(|(name, versions)| {
            let (held, gone) = of_record(&folder, output, &name, &versions)?;
            Ok((name, held, gone))
        })
        .collect::<Result<_, WriteError>>()?;
    let mut kept = Kept { manifest: Some(manifest), ..Kept::default() };
    for (name, held, gone) in read {
        kept.gone.extend(gone);
        if !held.is_empty() {
            kept.previous.records.insert(name, held);
        }
    }
    Ok(kept)
}

/// Whether versions of a record are kept when it changes: those with the words of the public go with it.
fn stays(name: &str) -> bool {
    SALTED.iter().all(|kind| !name.starts_with(&format!("{kind}/")))
}

/// What another copy of the site lists and [`Kept`] has not: the versions to be asked for, as their paths below the
/// site. One that was taken down here is not asked for.
pub fn missing(kept: &Kept, manifest: &[u8]) -> Vec<OutPath> {
    let mut wanted = Vec::new();
    for (name, hashes) in listed(manifest) {
        let held = kept.previous.records.get(&name);
        for sha in hashes {
            let known = held.is_some_and(|held| held.iter().any(|(known, _)| *known == sha));
            if let Some(path) = record_file(&name, sha).filter(|path| !known && !kept.gone.contains(path)) {
                wanted.push(path);
            }
        }
    }
    wanted
}

/// Takes over the versions that another copy of the site has, each only if its bytes are those its name promises;
/// otherwise gives the path of the one that is not. The order is that of the copy, which was published.
pub fn join(
    kept: &mut Kept,
    manifest: &[u8],
    mut fetched: BTreeMap<OutPath, Option<Vec<u8>>>,
) -> Result<(), OutPath> {
    for (name, hashes) in listed(manifest) {
        let mut held = kept.previous.records.remove(&name).unwrap_or_default();
        let mut joined = RecordVersions::new();
        for sha in hashes {
            if let Some(at) = held.iter().position(|(known, _)| *known == sha) {
                joined.push(held.remove(at));
                continue;
            }
            let Some(path) = record_file(&name, sha) else { continue };
            match fetched.remove(&path) {
                Some(Some(bytes)) if Sha::of(&bytes) == sha => joined.push((sha, Arc::from(bytes))),
                Some(Some(_)) => return Err(path),
                Some(None) => kept.gone.push(path),
                None => {}
            }
        }
        joined.append(&mut held);
        if !joined.is_empty() {
            kept.previous.records.insert(name, joined);
        }
    }
    Ok(())
}

/// Records that stay, each with the versions that a manifest lists, newest first.
fn listed(manifest: &[u8]) -> Vec<(String, Vec<Sha>)> {
    let all = serde_json::from_slice::<Listed>(manifest).map(|listed| listed.ban_ghi).unwrap_or_default();
    let hashes = |versions: Versions| -> Vec<Sha> {
        versions.phien_ban.iter().chain(&versions.truoc).filter_map(|hex| Sha::from_hex(hex)).collect()
    };
    all.into_iter().filter(|(name, _)| stays(name)).map(|(name, versions)| (name, hashes(versions))).collect()
}

fn of_record(
    folder: &OwnedFd,
    output: &Path,
    name: &str,
    versions: &Versions,
) -> Result<(RecordVersions, Vec<OutPath>), WriteError> {
    let (mut held, mut gone) = (Vec::new(), Vec::new());
    for hex in versions.phien_ban.iter().chain(&versions.truoc) {
        let Some((sha, path)) = Sha::from_hex(hex).and_then(|sha| Some((sha, record_file(name, sha)?)))
        else {
            continue;
        };
        match read(folder, path.as_str()).map_err(WriteError::io(path.below(output)))? {
            Some(bytes) if Sha::of(&bytes) == sha => held.push((sha, Arc::from(bytes))),
            Some(_) => return Err(WriteError::RecordChanged { path: path.below(output) }),
            None => gone.push(path),
        }
    }
    Ok((held, gone))
}

/// The bytes of a regular file; `None` if there is none.
fn read(folder: &OwnedFd, path: &str) -> io::Result<Option<Vec<u8>>> {
    let mut file = match disk::open_below(folder, Path::new(path)) {
        Ok(Opened::File(file, _)) => file,
        Ok(Opened::Other(_)) => return Ok(None),
        Err(error) if error.raw_os_error() == Some(Errno::NOENT.raw_os_error()) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}
