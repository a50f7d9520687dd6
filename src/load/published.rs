//! Reads a published site: to tell whether it is what was signed.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::LoadError;
use crate::base::hash::Sha;
use crate::disk::{self, Opened};

/// Every file of a folder by its path below it, with its hash; a link counts as a file without one of its own.
/// Hidden entries at the top are no part of a site (`.git`, our marker), but for `.well-known`.
pub fn read_published(root: &Path) -> Result<BTreeMap<String, Sha>, LoadError> {
    let fault = |path: &Path, source| LoadError::Read { path: path.to_owned(), source };
    let mut paths: Vec<PathBuf> = Vec::new();
    let walk = WalkDir::new(root).min_depth(1).follow_links(false).into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() > 1 || !name.starts_with('.') || name == ".well-known"
    });
    for entry in walk {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(root).to_owned();
            fault(&path, error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()))
        })?;
        if !entry.file_type().is_dir() {
            paths.push(entry.path().strip_prefix(root).unwrap_or(entry.path()).to_owned());
        }
    }
    let folder = disk::open_folder(root).map_err(|error| fault(root, error))?;
    paths
        .into_par_iter()
        .map(|path| {
            let hash =
                match disk::open_below(&folder, &path).map_err(|error| fault(&root.join(&path), error))? {
                    Opened::File(mut file, _) => {
                        let (hash, _) = disk::stream(&mut file, |_| Ok(()))
                            .map_err(|error| fault(&root.join(&path), error.into_inner()))?;
                        hash
                    }
                    // A link may lead anywhere tomorrow: it never is what was signed.
                    Opened::Other(_) => Sha([0; 32]),
                };
            Ok((path.to_string_lossy().into_owned(), hash))
        })
        .collect()
}

/// The bytes of a file, or nothing if there is none.
pub fn read_file(path: &Path) -> Result<Option<Vec<u8>>, LoadError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(source) => Err(LoadError::Read { path: path.to_owned(), source }),
    }
}
