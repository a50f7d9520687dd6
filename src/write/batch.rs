//! Several of the editors' files as one step.
//!
//! Every new text is written whole beside its target first, so a full disk changes nothing. Then a journal says what
//! goes where, and the files are put in their places. Whoever is cut off in between leaves the journal: [`finish`]
//! does the rest.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::records::{at, beside, hidden_name, sync_folder, write_new};
use crate::base::diagnostic::Message;
use crate::base::hash::Sha;
use crate::base::path::SitePath;
use crate::disk::cause;
use crate::msg;

/// The journal, in the content folder; hidden, so nothing reads it as content.
const JOURNAL: &str = ".congkhai-dang-nhap.json";

/// One file as it is to be.
#[derive(Debug, Clone, Copy)]
pub struct Put<'p> {
    /// The file.
    pub file: &'p SitePath,
    /// What it must hold now; none if it must not be there.
    pub before: Option<&'p [u8]>,
    /// What it is to hold.
    pub after: &'p [u8],
}

/// How far it went.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken {
    /// Why it ended.
    pub why: Message,
    /// Files that are as they are to be.
    pub written: Vec<SitePath>,
    /// Files that are as they were.
    pub left: Vec<SitePath>,
}

/// What [`finish`] did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Finished {
    /// Files that were put in their places.
    pub written: Vec<SitePath>,
    /// Files that somebody changed meanwhile.
    pub left: Vec<SitePath>,
}

/// A line of the journal.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Step {
    /// The name of the new text, in the folder of the file.
    ready: String,
    /// The file.
    file: String,
    /// The hash of what it held; none if it was not there.
    before: Option<String>,
}

type Rename<'r> = &'r mut dyn FnMut(&Path, &Path) -> io::Result<()>;

/// Writes all files or, if the machine refuses before the first is in its place, none.
pub fn put_all(content: &Path, puts: &[Put<'_>]) -> Result<(), Broken> {
    put_by(content, puts, &mut |from, to| fs::rename(from, to))
}

fn put_by(content: &Path, puts: &[Put<'_>], rename: Rename<'_>) -> Result<(), Broken> {
    let all = || puts.iter().map(|put| put.file.clone()).collect::<Vec<_>>();
    let mut ready: Vec<PathBuf> = Vec::new();
    let staged = puts.iter().try_for_each(|put| {
        ready.push(stage(content, put)?);
        Ok(())
    });
    let steps: Vec<Step> = puts
        .iter()
        .map(|put| Step {
            ready: hidden_name(put.file),
            file: put.file.to_string(),
            before: put.before.map(|bytes| Sha::of(bytes).to_string()),
        })
        .collect();
    let journal = content.join(JOURNAL);
    let noted = staged.and_then(|()| {
        let text = serde_json::to_vec(&steps).unwrap_or_default();
        let made = write_new(&journal, &text).and_then(|file| file.sync_all());
        made.map_err(|error| at(journal.display(), &cause(&error)))
    });
    if let Err(why) = noted {
        for path in &ready {
            let _ = fs::remove_file(path);
        }
        return Err(Broken { why, written: Vec::new(), left: all() });
    }
    sync_folder(&journal);
    for (done, put) in puts.iter().enumerate() {
        let path = content.join(put.file.as_str());
        if let Err(error) = rename(&path.with_file_name(hidden_name(put.file)), &path) {
            let (mut written, left) = (all(), all().split_off(done));
            written.truncate(done);
            return Err(Broken { why: at(put.file, &cause(&error)), written, left });
        }
        sync_folder(&path);
    }
    let _ = fs::remove_file(&journal);
    Ok(())
}

/// Writes a new text beside its target.
fn stage(content: &Path, put: &Put<'_>) -> Result<PathBuf, Message> {
    let Some(before) = put.before else {
        let path = content.join(put.file.as_str());
        let words = |error: io::Error| at(put.file, &cause(&error));
        if fs::symlink_metadata(&path).is_ok() {
            let file = put.file;
            return Err(msg!("đã có {file}, không ghi đè", "{file} is there already"));
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(words)?;
        }
        let ready = path.with_file_name(hidden_name(put.file));
        let made = write_new(&ready, put.after).and_then(|file| file.sync_all());
        return match made {
            Ok(()) => Ok(ready),
            Err(error) => {
                let _ = fs::remove_file(&ready);
                Err(words(error))
            }
        };
    };
    beside(content, put.file, before, put.after)
}

/// Whether an earlier call was cut off.
pub fn is_unfinished(content: &Path) -> bool {
    fs::symlink_metadata(content.join(JOURNAL)).is_ok()
}

/// Puts what an earlier call had ready in its place; `None` if none was cut off. A file that was changed since stays.
pub fn finish(content: &Path) -> Result<Option<Finished>, Message> {
    let journal = content.join(JOURNAL);
    let words = |error: io::Error| at(journal.display(), &cause(&error));
    let text = match fs::read(&journal) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(words(error)),
    };
    let mut end = Finished::default();
    // A journal that is not whole was cut off before the first file was put in its place.
    let steps: Vec<Step> = serde_json::from_slice(&text).unwrap_or_default();
    for step in &steps {
        let Ok(file) = SitePath::new(&step.file) else { continue };
        let path = content.join(file.as_str());
        // Only a text that `put_all` left: hidden, in the folder of its file.
        let own =
            step.ready.starts_with(&format!(".{}.congkhai-", file.file_name())) && !step.ready.contains('/');
        let ready = path.with_file_name(&step.ready);
        if !own || fs::symlink_metadata(&ready).is_err() {
            continue;
        }
        let now = match fs::read(&path) {
            Ok(bytes) => Some(Sha::of(&bytes).to_string()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(at(&file, &cause(&error))),
        };
        if now == step.before {
            fs::rename(&ready, &path).map_err(|error| at(&file, &cause(&error)))?;
            sync_folder(&path);
            end.written.push(file);
        } else {
            fs::remove_file(&ready).map_err(|error| at(&file, &cause(&error)))?;
            end.left.push(file);
        }
    }
    fs::remove_file(&journal).map_err(words)?;
    Ok(Some(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> SitePath {
        SitePath::new(name).expect("good")
    }

    #[test]
    fn all_files_are_written_or_the_rest_later() {
        let names = ["a/mot.yaml", "a/hai.yaml", "b/ba.yaml"].map(path);
        // Cut off before each of the files, and once not at all.
        for stop in 0..=names.len() {
            let dir = tempfile::tempdir().expect("a folder");
            let text = |file: &SitePath| fs::read_to_string(dir.path().join(file.as_str())).ok();
            fs::create_dir(dir.path().join("a")).expect("made");
            fs::write(dir.path().join("a/mot.yaml"), "cu").expect("written");
            let puts = [
                Put { file: &names[0], before: Some(b"cu"), after: b"moi" },
                Put { file: &names[1], before: None, after: b"hai" },
                Put { file: &names[2], before: None, after: b"ba" },
            ];
            let mut count = 0;
            let result = put_by(dir.path(), &puts, &mut |from, to| {
                count += 1;
                if count > stop { Err(io::ErrorKind::StorageFull.into()) } else { fs::rename(from, to) }
            });
            if let Err(broken) = &result {
                assert!(broken.why.vi.contains("ổ đĩa đã đầy"), "{broken:?}");
                assert_eq!((broken.written.len(), broken.left.len()), (stop, names.len() - stop));
                assert!(is_unfinished(dir.path()));
                let end = finish(dir.path()).expect("finished").expect("a journal");
                assert_eq!(end.written, broken.left);
            }
            assert_eq!(result.is_ok(), stop == names.len());
            assert_eq!(names.each_ref().map(text), ["moi", "hai", "ba"].map(|t| Some(t.to_owned())));
            assert_eq!(finish(dir.path()), Ok(None));
            let litter = fs::read_dir(dir.path().join("a")).expect("readable").count();
            assert_eq!(litter, 2, "no litter");
        }
    }

    #[test]
    fn nothing_changes_where_one_file_cannot_be_written() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("mot.yaml"), "cu").expect("written");
        fs::write(dir.path().join("b"), "a file where a folder is wanted").expect("written");
        let (one, two) = (path("mot.yaml"), path("b/hai.yaml"));
        let puts = [
            Put { file: &one, before: Some(b"cu"), after: b"moi" },
            Put { file: &two, before: None, after: b"hai" },
        ];
        let broken = put_all(dir.path(), &puts).expect_err("no folder");
        assert_eq!((broken.written.len(), broken.left.len()), (0, 2));
        assert_eq!(fs::read(dir.path().join("mot.yaml")).expect("there"), b"cu");
        assert_eq!(fs::read_dir(dir.path()).expect("readable").count(), 2, "no litter");
        let there = Put { file: &one, before: None, after: b"x" };
        assert!(put_all(dir.path(), &[there]).expect_err("there").why.vi.contains("không ghi đè"));
    }

    #[test]
    fn what_was_changed_meanwhile_stays() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("mot.yaml"), "cu").expect("written");
        let one = path("mot.yaml");
        let put = Put { file: &one, before: Some(b"cu"), after: b"moi" };
        put_by(dir.path(), &[put], &mut |_, _| Err(io::ErrorKind::Other.into())).expect_err("cut off");
        fs::write(dir.path().join("mot.yaml"), "tay").expect("written");
        let end = finish(dir.path()).expect("finished").expect("a journal");
        assert_eq!((end.written.len(), end.left), (0, vec![one]));
        assert_eq!(fs::read(dir.path().join("mot.yaml")).expect("there"), b"tay");
        // A journal that is not whole: nothing had begun.
        fs::write(dir.path().join(JOURNAL), "[{").expect("written");
        assert_eq!(finish(dir.path()), Ok(Some(Finished::default())));
        assert!(!is_unfinished(dir.path()));
    }
}
