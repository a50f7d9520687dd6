//! Turns the content folder into [`Inputs`].
//!
//! 1. Walks the folder and judges every name by the register of [folders](super::folders).
//! 2. Reads what may be read, in parallel; attachments are hashed piece by piece.
//! 3. Gathers both, so that every file is a source, an attachment, passed over or rejected.
#![expect(
    clippy::result_large_err,
    reason = "here an error is a finding on its way into the list, made once for a wrong file"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{self, Read};
use std::ops::Bound;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use unicode_normalization::{is_nfc, is_nfd};
use walkdir::WalkDir;

use super::LoadError;
use super::attachments;
use super::folders::{self, FOLDERS, Holds, TOP_FILES};
use super::names::{self, NameFault};
use crate::base::diagnostic::{Diagnostic, Message, Origin, Place, Spot};
use crate::base::path::SitePath;
use crate::codes::{CK0105, CK0114, CK0115, CK0116};
use crate::disk::{self, Opened, Sort};
use crate::inputs::{AssetRef, FileKind, Inputs, PERMALINKS, PassedOver, SourceFile};
use crate::msg;
use crate::privacy::secret;
use crate::vi::nearest::nearest;

/// Reads the whole content folder. Every file in it is accounted for:
/// `files_found == sources + assets + passed_over + rejected`.
///
/// A hidden folder is passed over as one thing and not looked into. The theme is left empty:
/// [`read_theme`](super::read_theme) gives it.
pub fn read_site(content: &Path) -> Result<Inputs, LoadError> {
    SiteReader::default().read(content)
}

/// Reads the content folder again and again, and opens only what changed since the last time.
#[derive(Debug, Default)]
pub struct SiteReader {
    seen: BTreeMap<SitePath, Seen>,
    /// What was given last; none before the first reading and after one that failed.
    last: Option<Inputs>,
}

/// What tells that a file is the same as before without opening it. The time of the last change of
/// the inode goes on with every write and rename, and no program can set it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    device: u64,
    inode: u64,
    len: u64,
    changed: (i64, i64),
}

impl Stamp {
    fn of(file: &std::fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            device: file.dev(),
            inode: file.ino(),
            len: file.len(),
            changed: (file.ctime(), file.ctime_nsec()),
        }
    }
}

/// What a file held when it was read.
#[derive(Debug, Clone)]
struct Seen {
    stamp: Stamp,
    /// The stamp was the same at two readings. Before that the file is read again: a clock stands
    /// still for some milliseconds, and a second writing may fall into the same tick.
    settled: bool,
    outcome: Outcome,
}

impl SiteReader {
    /// The folder as it is now; the same as [`read_site`] gives.
    pub fn read(&mut self, content: &Path) -> Result<Inputs, LoadError> {
        self.last = None;
        let root = open_content(content)?;
        let mut listing = list(content)?;
        keys_aside(&root, content, &mut listing)?;
        let read: Vec<_> = listing
            .wanted
            .into_par_iter()
            .map(|(path, wanted)| {
                let before = self.seen.get(&path).filter(|seen| seen.stamp == wanted.stamp);
                let outcome = match before {
                    Some(seen) if seen.settled => Ok(seen.outcome.clone()),
                    _ => read_one(&root, &path, &wanted),
                };
                let settled = before.is_some();
                (path, wanted, outcome, settled)
            })
            .collect();
        let mut inputs = Inputs {
            passed_over: listing.passed_over,
            found: listing.found,
            files_found: listing.files_found,
            rejected: listing.rejected,
            ..Inputs::default()
        };
        self.seen.clear();
        for (path, wanted, outcome, settled) in read {
            let outcome =
                outcome.map_err(|source| LoadError::Read { path: content.join(&wanted.on_disk), source })?;
            self.seen.insert(path.clone(), Seen { stamp: wanted.stamp, settled, outcome: outcome.clone() });
            outcome.give(path, &mut inputs);
        }
        let lock = content.join(PERMALINKS);
        if inputs.passed_over.iter().any(|passed| passed.path == PERMALINKS) {
            let bytes = disk::open_below(&root, Path::new(PERMALINKS)).and_then(|opened| match opened {
                Opened::File(file, _) => {
                    let mut bytes = Vec::new();
                    file.take(LONGEST_LOCK).read_to_end(&mut bytes)?;
                    Ok(bytes)
                }
                Opened::Other(_) => Err(io::ErrorKind::InvalidInput.into()),
            });
            inputs.permalinks = Some(bytes.map_err(|source| LoadError::Read { path: lock, source })?.into());
        }
        sort(&mut inputs.found);
        self.last = Some(inputs.clone());
        Ok(inputs)
    }

    /// The same after a change of files that somebody told of: only they are looked at. What cannot be judged
    /// from these files alone – a folder, a link, a wrong name – has the whole folder read.
    pub fn read_changed(&mut self, content: &Path, changed: &BTreeSet<PathBuf>) -> Result<Inputs, LoadError> {
        if let Some(mut inputs) = self.last.take().filter(|last| last.rejected == 0)
            && self.follow(content, changed, &mut inputs).is_some()
        {
            sort(&mut inputs.found);
            self.last = Some(inputs.clone());
            return Ok(inputs);
        }
        self.read(content)
    }

    /// Brings what changed into `inputs`; `None` if the whole folder has to be read.
    fn follow(&mut self, content: &Path, changed: &BTreeSet<PathBuf>, inputs: &mut Inputs) -> Option<()> {
        let root = open_content(content).ok()?;
        let content = std::path::absolute(content).ok()?;
        // Only whoever reads all files knows which ones with such a finding there are.
        if inputs.found.iter().any(|found| found.place.origin == Origin::Site) {
            return None;
        }
        changed.iter().try_for_each(|path| self.follow_one(&root, path.strip_prefix(&content).ok()?, inputs))
    }

    fn follow_one(&mut self, root: &OwnedFd, on_disk: &Path, inputs: &mut Inputs) -> Option<()> {
        // Two names may be one in NFC.
        let shown = on_disk.to_str().filter(|shown| shown.is_ascii() && *shown != PERMALINKS)?;
        let path = SitePath::new(shown).ok().filter(|path| path.as_str() == shown)?;
        let folders: Vec<&Path> =
            on_disk.ancestors().skip(1).filter(|above| *above != Path::new("")).collect();
        if folders.iter().any(|folder| litter(folder, Sort::Folder)) {
            return Some(());
        }
        let aside = inputs.passed_over.iter().position(|file| file.path == shown);
        let found_here = |found: &Diagnostic| found.place.origin == Origin::Content(path.clone());
        let stamp = match disk::open_below(root, on_disk) {
            Ok(Opened::File(file, _)) => Stamp::of(&file.metadata().ok()?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let folder = format!("{shown}/");
                let inside =
                    |held: Option<&SitePath>| held.is_some_and(|path| path.as_str().starts_with(&folder));
                let below = || (Bound::Excluded(&path), Bound::Unbounded);
                if inside(inputs.sources.range(below()).next().map(|(path, _)| path))
                    || inside(inputs.assets.range(below()).next().map(|(path, _)| path))
                    || inputs.passed_over.iter().any(|file| file.path.starts_with(&folder))
                {
                    return None;
                }
                let known = inputs.sources.remove(&path).is_some() || inputs.assets.remove(&path).is_some();
                if known {
                    inputs.found.retain(|found| !found_here(found));
                } else if inputs.found.iter().any(found_here) {
                    return None;
                }
                if let Some(aside) = aside {
                    inputs.passed_over.remove(aside);
                }
                inputs.files_found -= usize::from(known || aside.is_some());
                self.seen.remove(&path);
                return Some(());
            }
            Ok(Opened::Other(_)) | Err(_) => return None,
        };
        if let Some(reason) = names::passed_over(on_disk.file_name()?, Sort::Regular) {
            if inputs.found.iter().any(found_here) || key_in(root.as_fd(), on_disk).ok()?.is_some() {
                return None;
            }
            if aside.is_none() {
                let at = inputs.passed_over.partition_point(|file| Path::new(&file.path) < on_disk);
                inputs.passed_over.insert(at, PassedOver { path: shown.to_owned(), reason });
                inputs.files_found += 1;
            }
            return Some(());
        }
        let (judged, holds) = judge(on_disk, shown, Sort::Regular).ok()?;
        let strange =
            |folder: &&Path| folder.to_str().is_none_or(|shown| judge_folder(folder, shown).is_err());
        if judged != path || folders.iter().any(strange) {
            return None;
        }
        let wanted = Wanted { on_disk: on_disk.to_owned(), holds, stamp };
        let outcome = read_one(root, &path, &wanted).ok()?;
        if matches!(outcome, Outcome::Rejected(_)) {
            return None;
        }
        inputs.found.retain(|found| !found_here(found));
        let before = inputs.sources.remove(&path).is_some() || inputs.assets.remove(&path).is_some();
        inputs.files_found += usize::from(!before);
        let seen = Seen { stamp: wanted.stamp, settled: false, outcome: outcome.clone() };
        self.seen.insert(path.clone(), seen);
        outcome.give(path, inputs);
        Some(())
    }
}

/// Whether files of this name are passed over.
fn litter(path: &Path, sort: Sort) -> bool {
    path.file_name().is_some_and(|name| names::passed_over(name, sort).is_some())
}

fn sort(found: &mut [Diagnostic]) {
    found.sort_by(|a, b| (&a.place, a.rule.code).cmp(&(&b.place, b.rule.code)));
}

fn open_content(content: &Path) -> Result<OwnedFd, LoadError> {
    let path = || content.to_owned();
    disk::open_folder(content).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => LoadError::NoContent { path: path() },
        io::ErrorKind::NotADirectory => LoadError::NotAFolder { path: path() },
        _ => LoadError::Read { path: path(), source },
    })
}

// ---- 1. Which files there are -------------------------------------------------------------------

/// What the walk gives.
#[derive(Default)]
struct Listing {
    wanted: BTreeMap<SitePath, Wanted>,
    passed_over: Vec<PassedOver>,
    /// The files among those, as the disk and as people spell them.
    aside: Vec<(PathBuf, String)>,
    found: Vec<Diagnostic>,
    files_found: usize,
    rejected: usize,
}

/// A file to be read.
struct Wanted {
    /// Its path as the disk spells it, which need not be NFC.
    on_disk: PathBuf,
    holds: Held,
    stamp: Stamp,
}

/// What a file is, told by its place.
enum Held {
    Record(FileKind),
    Attachment,
}

fn list(content: &Path) -> Result<Listing, LoadError> {
    let mut listing = Listing::default();
    // The depth of the refused folder that the walk is in, if any.
    let mut refused: Option<usize> = None;
    let mut walk = WalkDir::new(content).min_depth(1).follow_links(false).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = entry.map_err(|error| unreadable(content, error))?;
        refused = refused.filter(|depth| entry.depth() > *depth);
        let sort = Sort::from(entry.file_type());
        let on_disk = entry.path().strip_prefix(content).unwrap_or(entry.path());
        let shown: Vec<String> = on_disk.iter().map(names::shown).collect();
        let shown = shown.join("/");

        let lock = (entry.depth() == 1 && sort == Sort::Regular && shown == PERMALINKS)
            .then_some("danh sách địa chỉ đã đăng, đọc riêng");
        if let Some(reason) = lock.or_else(|| names::passed_over(entry.file_name(), sort)) {
            if sort == Sort::Folder {
                walk.skip_current_dir();
            }
            listing.files_found += 1;
            if sort == Sort::Regular {
                listing.aside.push((on_disk.to_owned(), shown.clone()));
            }
            listing.passed_over.push(PassedOver { path: shown, reason });
        } else if sort == Sort::Folder {
            if refused.is_none()
                && let Err(diagnostic) = judge_folder(on_disk, &shown)
            {
                listing.found.push(diagnostic);
                refused = Some(entry.depth());
            }
        } else {
            listing.files_found += 1;
            if refused.is_some() {
                listing.rejected += 1;
            } else {
                let taken = listing.take(on_disk, &shown, sort, || {
                    entry.metadata().map(|file| Stamp::of(&file)).map_err(|error| unreadable(content, error))
                })?;
                if let Err(diagnostic) = taken {
                    listing.rejected += 1;
                    listing.found.push(diagnostic);
                }
            }
        }
    }
    Ok(listing)
}

impl Listing {
    /// Judges one file and notes it for reading.
    fn take(
        &mut self,
        on_disk: &Path,
        shown: &str,
        sort: Sort,
        stamp: impl FnOnce() -> Result<Stamp, LoadError>,
    ) -> Result<Result<(), Diagnostic>, LoadError> {
        let (path, holds) = match judge(on_disk, shown, sort) {
            Ok(judged) => judged,
            Err(diagnostic) => return Ok(Err(diagnostic)),
        };
        if let Some(first) = self.wanted.get(&path) {
            return Ok(Err(same_after_nfc(&path, &first.on_disk, on_disk)));
        }
        self.wanted.insert(path, Wanted { on_disk: on_disk.to_owned(), holds, stamp: stamp()? });
        Ok(Ok(()))
    }
}

/// The path of a file on the site and what it holds, by its name and place.
fn judge(on_disk: &Path, shown: &str, sort: Sort) -> Result<(SitePath, Held), Diagnostic> {
    if sort != Sort::Regular {
        return Err(not_a_file(shown, sort));
    }
    let parts = readable_parts(on_disk, shown)?;
    let holds = judge_file(&parts, shown)?;
    let path = SitePath::new(&parts.join("/")).map_err(|_| bad_name(shown))?;
    Ok((path, holds))
}

fn unreadable(content: &Path, error: walkdir::Error) -> LoadError {
    let path = error.path().unwrap_or(content).to_owned();
    let source = error.into_io_error().unwrap_or_else(|| io::Error::from(io::ErrorKind::Other));
    LoadError::Read { path, source }
}

/// The parts of a path as text, unless one of them is no text or holds what a name must not hold.
fn readable_parts<'a>(on_disk: &'a Path, shown: &str) -> Result<Vec<&'a str>, Diagnostic> {
    let part = |part: &'a OsStr| part.to_str().filter(|part| !names::has_bad_character(part));
    on_disk.iter().map(part).collect::<Option<_>>().ok_or_else(|| bad_name(shown))
}

/// More than a list of a million addresses has.
const LONGEST_LOCK: u64 = 128 << 20;

/// A file longer than this is no key that somebody put down here.
const LONGEST_KEY_FILE: u64 = 64 << 10;

/// Looks for private keys where nothing else is read: in files that are passed over, and, if the content folder
/// lies at the top of a git repository, in the files beside it.
fn keys_aside(root: impl AsFd, content: &Path, listing: &mut Listing) -> Result<(), LoadError> {
    let mut found = Vec::new();
    for (on_disk, shown) in &listing.aside {
        let place = || SitePath::new(shown).map_or_else(|_| site_place(), |path| Place::file(&path));
        let read = |source| LoadError::Read { path: content.join(on_disk), source };
        found.extend(
            key_in(root.as_fd(), on_disk)
                .map_err(read)?
                .map(|what| attachments::key_found(place(), shown, &what)),
        );
    }
    let above = content.canonicalize().ok().and_then(|content| content.parent().map(Path::to_owned));
    if let Some(above) = above.filter(|above| is_repository(above))
        && let Ok(folder) = disk::open_folder(&above)
        && let Ok(entries) = std::fs::read_dir(&above)
    {
        let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        for name in names {
            // Whatever of the repository cannot be read is none of the content's business.
            if let Ok(Some(what)) = key_in(folder.as_fd(), Path::new(&name)) {
                let shown = format!("../{}", names::shown(&name));
                found.push(attachments::key_found(site_place(), &shown, &what));
            }
        }
    }
    listing.found.extend(found);
    Ok(())
}

/// Whether a folder is the top of a git repository: `.git` is its data, or a file that leads there.
pub fn is_repository(folder: &Path) -> bool {
    let git = folder.join(".git");
    git.is_file() || git.join("HEAD").is_file()
}

fn site_place() -> Place {
    Place { origin: Origin::Site, spot: Spot::File }
}

fn key_in(folder: impl AsFd, path: &Path) -> io::Result<Option<Message>> {
    let file = match disk::open_below(folder, path) {
        Ok(Opened::File(file, stat))
            if u64::try_from(stat.st_size).unwrap_or(u64::MAX) <= LONGEST_KEY_FILE =>
        {
            file
        }
        Ok(_) => return Ok(None),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(LONGEST_KEY_FILE).read_to_end(&mut bytes)?;
    Ok(secret::private_key(&bytes))
}

// ---- What the register says about a place -------------------------------------------------------

fn judge_folder(on_disk: &Path, shown: &str) -> Result<(), Diagnostic> {
    let parts = readable_parts(on_disk, shown)?;
    let (top, below) = parts.split_first().map_or(("", &[][..]), |(top, below)| (*top, below));
    let Some(folder) = folders::folder(top) else { return Err(unknown_folder(top, shown)) };
    match (&folder.holds, below) {
        (_, []) | (Holds::Grouped(..), [_]) => Ok(()),
        (Holds::Attachments, [.., name]) => judge_address(name, shown),
        (Holds::Grouped(..), _) => Err(nested_folder(shown, &format!("{top}/{}", below[0]))),
        (Holds::Named(_) | Holds::Flat(_), _) => Err(nested_folder(shown, top)),
    }
}

fn judge_file(parts: &[&str], shown: &str) -> Result<Held, Diagnostic> {
    let (name, above) = parts.split_last().map_or(("", &[][..]), |(name, above)| (*name, above));
    let [top, groups @ ..] = above else { return judge_top_file(name, shown) };
    let Some(folder) = folders::folder(top) else { return Err(unknown_folder(top, shown)) };
    match (&folder.holds, groups) {
        (Holds::Named(known), _) => match known.iter().find(|(known, _)| *known == name) {
            Some((_, kind)) => Ok(Held::Record(*kind)),
            None => Err(unknown_list(name, top, known, shown)),
        },
        (Holds::Grouped(group, kind), []) => Err(without_group(name, top, group, *kind, shown)),
        (Holds::Flat(kind) | Holds::Grouped(_, kind), _) => judge_name(name, *kind, shown),
        (Holds::Attachments, _) => judge_address(name, shown).map(|()| Held::Attachment),
    }
}

fn judge_top_file(name: &str, shown: &str) -> Result<Held, Diagnostic> {
    if let Some((_, kind)) = TOP_FILES.iter().find(|(known, _)| *known == name) {
        return Ok(Held::Record(*kind));
    }
    let message = msg!(
        "tệp `{name}` không được đặt ngay trong thư mục nội dung",
        "the file `{name}` does not belong at the top of the content folder"
    );
    let folders = FOLDERS.iter().map(|folder| format!("{}/", folder.name)).collect::<Vec<_>>().join(", ");
    let help = match nearest(name, TOP_FILES.iter().map(|(name, _)| *name)) {
        Some(known) => {
            msg!("đổi tên thành `{known}` nếu đây là tệp đó", "rename it to `{known}` if that is what it is")
        }
        None => msg!(
            "chuyển vào thư mục phù hợp ({folders}) hoặc ra ngoài thư mục nội dung",
            "move it into the folder it belongs to ({folders}) or out of the content folder"
        ),
    };
    Err(Diagnostic::new(CK0114, place(shown), message).help(help))
}

fn judge_name(name: &str, kind: FileKind, shown: &str) -> Result<Held, Diagnostic> {
    let extension = folders::extension(kind);
    let (message, help) = match names::fault(name, extension) {
        None => return Ok(Held::Record(kind)),
        Some(NameFault::Extension(right)) => (
            msg!(
                "tên tệp `{name}` không có đuôi `.{extension}`",
                "the file name `{name}` does not end in `.{extension}`"
            ),
            msg!("đổi tên thành `{right}`", "rename it to `{right}`"),
        ),
        Some(NameFault::Copy(first)) => (
            msg!("`{name}` có vẻ là bản sao của `{first}`", "`{name}` looks like a copy of `{first}`"),
            msg!(
                "giữ lại một bản, đặt tên là `{first}`, và xoá bản kia",
                "keep one of the two, name it `{first}`, and delete the other"
            ),
        ),
        Some(NameFault::Other) => (
            msg!(
                "`{name}` không phải tệp `.{extension}`; thư mục này chỉ nhận tệp `.{extension}`",
                "`{name}` is not a `.{extension}` file; this folder takes nothing else"
            ),
            msg!(
                "chuyển tệp đính kèm vào `tep/`; nếu không dùng thì xoá",
                "move an attachment to `tep/`; delete what is not used"
            ),
        ),
    };
    Err(Diagnostic::new(CK0114, place(shown), message).help(help))
}

fn judge_address(name: &str, shown: &str) -> Result<(), Diagnostic> {
    if names::fits_address(name) {
        return Ok(());
    }
    let proposed = names::address_name(name);
    let message = msg!(
        "tên `{name}` có ký tự không dùng được trong địa chỉ trang; chỉ dùng chữ không dấu, số, `.`, `-` và `_`",
        "the name `{name}` has characters that cannot stand in an address; use a-z, A-Z, 0-9, `.`, `-`, `_`"
    );
    let help = msg!(
        "đổi tên thành `{proposed}`, rồi sửa theo ở những nơi nhắc đến tệp",
        "rename it to `{proposed}` and mend the places that mention it"
    );
    Err(Diagnostic::new(CK0114, place(shown), message).help(help))
}

// ---- Diagnostics --------------------------------------------------------------------------------

/// The place of a file whose name may not be a path of ours.
fn place(shown: &str) -> Place {
    SitePath::new(shown).map_or_else(|_| Place::site(), |path| Place::file(&path))
}

fn bad_name(shown: &str) -> Diagnostic {
    let message = msg!(
        "tên `{shown}` có ký tự không hiển thị được, dấu `\\`, hoặc không phải UTF-8",
        "the name `{shown}` has characters that cannot be shown, a back-slash, or is not UTF-8"
    );
    let help =
        msg!("đặt lại tên, chỉ dùng chữ, số, `.` và `-`", "rename it with letters, digits, `.` and `-`");
    Diagnostic::new(CK0114, place(shown), message).help(help)
}

fn unknown_folder(top: &str, shown: &str) -> Diagnostic {
    let known = FOLDERS.iter().map(|folder| folder.name).collect::<Vec<_>>().join(", ");
    let message = msg!(
        "không có loại nội dung nào tên `{top}`; không tệp nào trong thư mục này được đọc",
        "there is no kind of content named `{top}`; none of the files in this folder is read"
    );
    let help = match nearest(top, FOLDERS.iter().map(|folder| folder.name)) {
        Some(near) => msg!("có phải `{near}`?", "did you mean `{near}`?"),
        None => msg!(
            "các thư mục được nhận: {known}; thư mục khác thì chuyển ra ngoài thư mục nội dung",
            "known folders: {known}; move any other out of the content folder"
        ),
    };
    Diagnostic::new(CK0115, place(shown), message).help(help)
}

fn nested_folder(shown: &str, above: &str) -> Diagnostic {
    let message = msg!(
        "`{above}` không nhận thư mục con; không tệp nào trong `{shown}` được đọc",
        "`{above}` takes no folders; none of the files in `{shown}` is read"
    );
    let help = msg!("chuyển các tệp ra thẳng `{above}/`", "move the files up into `{above}/`");
    Diagnostic::new(CK0115, place(shown), message).help(help)
}

fn unknown_list(name: &str, top: &str, known: &[(&str, FileKind)], shown: &str) -> Diagnostic {
    let all = known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let message = msg!("`{top}` không có tệp nào tên `{name}`", "`{top}` has no file named `{name}`");
    let help = match nearest(name, known.iter().map(|(name, _)| *name)) {
        Some(near) => msg!("có phải `{near}`?", "did you mean `{near}`?"),
        None => msg!("các tệp được nhận: {all}", "known files: {all}"),
    };
    Diagnostic::new(CK0114, place(shown), message).help(help)
}

fn without_group(name: &str, top: &str, group: &str, kind: FileKind, shown: &str) -> Diagnostic {
    let extension = folders::extension(kind);
    let message = msg!(
        "`{name}` nằm ngay trong `{top}`, không thuộc {group} nào",
        "`{name}` stands directly in `{top}`, in none of its folders"
    );
    let help = msg!(
        "chuyển vào thư mục của {group}: `{top}/<{group}>/<tên>.{extension}`",
        "move it into a folder: `{top}/<folder>/<name>.{extension}`"
    );
    Diagnostic::new(CK0114, place(shown), message).help(help)
}

fn not_a_file(shown: &str, sort: Sort) -> Diagnostic {
    let (vi, en) = (sort.vi(), sort.en());
    let message = msg!("`{shown}` là {vi}; congkhai không mở", "`{shown}` is {en}, which is never opened");
    let help: Message = match sort {
        Sort::Link => msg!(
            "chép tệp thật vào đúng chỗ này thay cho liên kết",
            "put a copy of the real file here instead of the link"
        ),
        _ => msg!("xoá khỏi thư mục nội dung", "remove it from the content folder"),
    };
    Diagnostic::new(CK0116, place(shown), message).help(help)
}

fn same_after_nfc(path: &SitePath, first: &Path, second: &Path) -> Diagnostic {
    let form = |name: &Path| match name.to_str() {
        Some(name) if is_nfc(name) => "NFC",
        Some(name) if is_nfd(name) => "NFD",
        _ => "NFC + NFD",
    };
    let (a, b) = (form(first), form(second));
    let (x, y) = (first.as_os_str().len(), second.as_os_str().len());
    let message = msg!(
        "hai tệp cùng tên `{path}`: một tên gõ kiểu {a} ({x} byte), một tên gõ kiểu {b} ({y} byte)",
        "two files named `{path}`: one name is in {a} ({x} bytes), the other in {b} ({y} bytes)"
    );
    let help = msg!(
        "giữ lại một tệp, đặt tên bằng bàn phím Unicode dựng sẵn (NFC), và xoá tệp kia",
        "keep one file, with its name in NFC, and delete the other"
    );
    let also = msg!("tệp còn lại, tên gõ kiểu {a}", "the other file, its name in {a}");
    Diagnostic::new(CK0114, Place::file(path), message).help(help).also(Place::file(path), also)
}

fn too_long(path: &SitePath, kind: FileKind, len: u64) -> Diagnostic {
    let limit = folders::limit(kind) >> 20;
    // Rounded up, so that a file a byte over the limit is not said to be as long as the limit.
    let tenths = (len * 10).div_ceil(1 << 20);
    let (whole, part) = (tenths / 10, tenths % 10);
    let message = msg!(
        "tệp dài {whole},{part} MiB, quá mức {limit} MiB của loại này nên không đọc",
        "the file has {whole}.{part} MiB, over the limit of {limit} MiB for its kind, and was not read"
    );
    let help = msg!(
        "chia nhỏ nội dung; tài liệu và ảnh thì đặt trong `tep/` rồi dẫn liên kết",
        "split it up; put documents and pictures in `tep/` and link to them"
    );
    Diagnostic::new(CK0105, Place::file(path), message).help(help)
}

// ---- 2. Reading ---------------------------------------------------------------------------------

/// What became of a file that was to be read.
#[derive(Debug, Clone)]
enum Outcome {
    Source(SourceFile, Option<Box<Diagnostic>>),
    Asset(AssetRef, Vec<Diagnostic>),
    Rejected(Diagnostic),
}

impl Outcome {
    /// Puts it where it belongs.
    fn give(self, path: SitePath, inputs: &mut Inputs) {
        match self {
            Outcome::Source(source, key) => {
                inputs.found.extend(key.map(|found| *found));
                inputs.sources.insert(path, source);
            }
            Outcome::Asset(asset, found) => {
                inputs.found.extend(found);
                inputs.assets.insert(path, asset);
            }
            Outcome::Rejected(diagnostic) => {
                inputs.rejected += 1;
                inputs.found.push(diagnostic);
            }
        }
    }
}

fn read_one(root: impl AsFd, path: &SitePath, wanted: &Wanted) -> io::Result<Outcome> {
    let (mut file, stat) = match disk::open_below(root, &wanted.on_disk)? {
        Opened::File(file, stat) => (file, stat),
        // It was a regular file when the folder was walked.
        Opened::Other(sort) => return Ok(Outcome::Rejected(not_a_file(path.as_str(), sort))),
    };
    match wanted.holds {
        Held::Attachment => {
            let mut held = attachments::Held::new(path.file_name());
            let mut keys = attachments::KeySearch::default();
            let (hash, len) = disk::stream(&mut file, |piece| {
                held.take(piece);
                keys.take(piece);
                Ok(())
            })
            .map_err(disk::Streaming::into_inner)?;
            let mut found = held.findings(path);
            found.extend(keys.finding(Place::file(path), path.as_str()));
            Ok(Outcome::Asset(AssetRef { hash, len }, found))
        }
        Held::Record(kind) => {
            let limit = folders::limit(kind);
            let len = u64::try_from(stat.st_size).unwrap_or(0);
            if len > limit {
                return Ok(Outcome::Rejected(too_long(path, kind, len)));
            }
            let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or(0) + 1);
            // A file that grows while it is read still cannot fill the memory.
            file.take(limit + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > limit {
                return Ok(Outcome::Rejected(too_long(path, kind, bytes.len() as u64)));
            }
            let key = secret::private_key(&bytes)
                .map(|what| Box::new(attachments::key_found(Place::file(path), path.as_str(), &what)));
            Ok(Outcome::Source(SourceFile { kind, bytes: bytes.into() }, key))
        }
    }
}

#[cfg(test)]
mod tests;
