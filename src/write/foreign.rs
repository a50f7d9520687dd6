//! What stands in the output folder and is not ours: kept as it is, wherever it does not stand in
//! the way of the new site.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::old::OldTree;
use super::wanted::Wanted;
use super::wanted::ancestors;
use crate::disk::Sort;

/// Kept at the top of the folder without a word: they belong to whoever publishes it from there.
const SILENT: &[&str] = &[".git", ".gitattributes", ".gitignore"];

/// What is carried over to the new tree.
#[derive(Default)]
pub(super) struct Foreign {
    /// Files, links and special files.
    pub(super) files: Vec<(OsString, Sort)>,
    /// Folders that the site does not make itself, parents first.
    pub(super) folders: BTreeSet<OsString>,
    /// Those of the folders that are empty, for the report.
    empty: Vec<OsString>,
}

impl Foreign {
    /// Finds what is not ours in `old`. Also gives what stands in the way, except foreign files at
    /// the very path of a file of the site, which only their bytes can tell.
    pub(super) fn find(wanted: &Wanted<'_>, old: &OldTree) -> (Self, Vec<String>) {
        let mut foreign = Self::default();
        let mut taken = Vec::new();
        let is_file = |path: &Path| path.to_str().is_some_and(|path| wanted.files.contains_key(path));
        let is_folder = |path: &Path| path.to_str().is_some_and(|path| wanted.folders.contains(path));
        for (path, sort) in &old.files {
            let (os, path) = (path, Path::new(path));
            if old.is_ours(os, *sort) || (*sort == Sort::Regular && is_file(path)) {
                continue;
            }
            if is_file(path) || is_folder(path) || path.ancestors().skip(1).any(is_file) {
                taken.push(path.to_string_lossy().into_owned());
            } else {
                foreign.files.push((os.clone(), *sort));
            }
        }
        for folder in empty_folders(old) {
            let path = Path::new(folder);
            if is_folder(path) {
                continue;
            }
            if path.ancestors().any(is_file) {
                taken.push(format!("{}/", path.display()));
            } else {
                foreign.empty.push(folder.clone());
                foreign.folders.insert(folder.clone());
            }
        }
        let kept = foreign.files.iter().map(|(path, _)| path).chain(&foreign.empty);
        let above: BTreeSet<OsString> = kept
            .flat_map(|path| Path::new(path).ancestors().skip(1))
            .filter(|folder| !folder.as_os_str().is_empty() && !is_folder(folder))
            .map(|folder| folder.as_os_str().to_owned())
            .collect();
        foreign.folders.extend(above);
        (foreign, taken)
    }

    /// The names for the report.
    pub(super) fn shown(&self) -> Vec<String> {
        let loud = |path: &OsStr| {
            let top = Path::new(path).iter().next().unwrap_or_default();
            !SILENT.iter().any(|silent| top == *silent)
        };
        let files = self.files.iter().map(|(path, _)| (path, ""));
        let mut shown: Vec<String> = files
            .chain(self.empty.iter().map(|path| (path, "/")))
            .filter(|(path, _)| loud(path))
            .map(|(path, end)| format!("{}{end}", path.to_string_lossy()))
            .collect();
        shown.sort();
        shown
    }
}

/// Folders with nothing in them, unless they are left from files of ours that somebody removed.
fn empty_folders(old: &OldTree) -> Vec<&OsString> {
    let above = |path: &OsString| -> Option<OsString> {
        let above = Path::new(path).parent()?.as_os_str();
        (!above.is_empty()).then(|| above.to_owned())
    };
    let full: BTreeSet<OsString> = old.files.keys().chain(&old.folders).filter_map(above).collect();
    let mut empty: Vec<&OsString> = old.folders.iter().filter(|folder| !full.contains(*folder)).collect();
    if !empty.is_empty() {
        let ours: BTreeSet<&str> = old.manifest.paths().flat_map(ancestors).collect();
        empty.retain(|folder| folder.to_str().is_none_or(|folder| !ours.contains(folder)));
    }
    empty
}
