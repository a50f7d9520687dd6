//! Everything that a build reads, as a value: what `load` gives and the pure stages take.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::date::Date;
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Sha;
use crate::base::note::PrivateKey;
use crate::base::path::{OutPath, SitePath};

/// The whole content folder and the theme, read once.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Every record and article, with its bytes.
    pub sources: BTreeMap<SitePath, SourceFile>,
    /// Every attachment below `tep/`, by hash and length; never held in memory.
    pub assets: BTreeMap<SitePath, AssetRef>,
    /// Files that were passed over by a listed rule (editors' backups, hidden files), with the rule.
    pub passed_over: Vec<PassedOver>,
    /// The files of the theme, from the highest layer to the built-in one.
    pub theme: ThemeFiles,
    /// What was wrong with the folder itself: names, kinds of file, sizes.
    pub found: Vec<Diagnostic>,
    /// How many files the content folder holds, whatever became of them:
    /// `sources + assets + passed_over + rejected`.
    pub files_found: usize,
    /// Files refused with an error in `found`.
    pub rejected: usize,
    /// What the last publication has and this one keeps.
    pub previous: Previous,
    /// What the site is held to: the publication that this one takes the place of, if it is known.
    pub published: Option<Published>,
    /// `permalinks.lock`: the addresses that must never die, as the file has them.
    pub permalinks: Option<Arc<[u8]>>,
    /// The past of the content, if the site shows it and somebody looked.
    pub history: Option<History>,
    /// The agency's key, if this run signs.
    pub key: Option<PrivateKey>,
}

/// Versions of one record with their bytes, newest first.
pub type RecordVersions = Vec<(Sha, Arc<[u8]>)>;

/// What is taken over from the last publication: the versions of records, each checked against its hash.
#[derive(Debug, Clone, Default)]
pub struct Previous {
    /// Kind and id of a record, such as `thu-tuc/1.014888`, → its versions.
    pub records: BTreeMap<String, RecordVersions>,
}

/// Kind of record → its id → a mark of what it says.
pub type Ledger = BTreeMap<String, BTreeMap<String, String>>;

/// What the guard knows of the last publication, out of its manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The day of its figures.
    pub day: Date,
    /// The addresses of its pages.
    pub pages: BTreeSet<String>,
    /// Its records; none if the manifest is older than the ledger.
    pub records: Ledger,
    /// Its made-up examples, as `thu-tuc/1.000001`: they are meant to go.
    pub illustrative: BTreeSet<String>,
    /// How many records may vanish, if a person has said so.
    pub removals: Option<usize>,
}

/// The file in the content folder with every address that was ever published.
pub const PERMALINKS: &str = "permalinks.lock";

/// Kinds with the words of the public: their versions carry a salt and go with the record, so that a deleted one
/// leaves nothing by which it could be guessed (law 91/2025/QH15).
pub const SALTED: &[&str] = &["phan-anh", "sang-kien"];

/// The file with the agency's signature over the list of the site's files: a signed note, readable as it is.
pub const SIGNATURE: &str = "chu-ky.txt";

/// The folder of the versions of records.
pub const RECORDS: &str = "ban-ghi";

/// Whether a path of the site is a version of a record that stays for ever.
pub fn is_lasting_record(path: &str) -> bool {
    let name = path.strip_prefix(RECORDS).and_then(|rest| rest.strip_prefix('/'));
    name.and_then(|name| name.split('/').next()).is_some_and(|kind| !SALTED.contains(&kind))
}

/// The file of a version of a record; `None` if its name is none.
pub fn record_file(name: &str, version: Sha) -> Option<OutPath> {
    OutPath::new(&format!("{RECORDS}/{name}/{version}.json")).ok()
}

/// One record or article.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// What kind of record it holds, by its place in the content folder.
    pub kind: FileKind,
    /// Its bytes as they are on the disk; shared, so that a preview can hold on to them.
    pub bytes: Arc<[u8]>,
}

/// What a file of the content folder holds, told by its place alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `trang.yaml`
    Site,
    /// `danh-muc/linh-vuc.yaml`
    Fields,
    /// `danh-muc/don-vi.yaml`
    Units,
    /// `danh-muc/van-ban.yaml`
    Laws,
    /// `danh-muc/ngay-nghi.yaml`
    Holidays,
    /// `danh-muc/dich-vu-thiet-yeu.yaml`
    EssentialServices,
    /// `danh-muc/chuong-trinh.yaml`
    Programmes,
    /// `thu-tuc/*.yaml`
    Procedure,
    /// `quyet-dinh/*.yaml`
    Decision,
    /// `ke-hoach/*.yaml`
    TaskPlan,
    /// `phan-anh/<năm>/*.yaml`
    Petition,
    /// `thong-ke/*.yaml`
    Statistics,
    /// `kiem-tra/*.yaml`
    Inspection,
    /// `cat-giam/*.yaml`
    Simplification,
    /// `sang-kien/*.yaml`
    Initiative,
    /// `bai-viet/<chuyên mục>/*.md`
    Article,
}

/// An attachment: what is needed to link and copy it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssetRef {
    /// Hash of its bytes.
    pub hash: Sha,
    /// Length in bytes.
    pub len: u64,
}

/// A file that was seen and left alone on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// Its path below the content folder (lossy, for the message only).
    pub path: String,
    /// The rule that passes it over, in Vietnamese.
    pub reason: &'static str,
}

/// The files of the theme: path in the theme → bytes of the highest layer that has it.
#[derive(Debug, Clone, Default)]
pub struct ThemeFiles(pub BTreeMap<String, Vec<u8>>);

/// The history of the content folder, read from its repository: an input like the files themselves, so that
/// the same content and the same history give the same bytes.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Why there is none, if so.
    pub missing: Option<NoHistory>,
    /// The steps of the published line, oldest first.
    pub commits: Vec<Commit>,
    /// The bytes of every version of every record that a step names.
    pub blobs: BTreeMap<String, Vec<u8>>,
}

/// Why the history of a content folder is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoHistory {
    /// Nobody looked: a preview, or a build without the command.
    NotRead,
    /// The folder lies in no repository, or git is not there.
    NoRepository,
    /// The repository was copied without its past (a shallow clone).
    Shallow,
    /// git failed, with its words.
    Failed(String),
}

/// One step of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// When it was made, in seconds since 1970.
    pub seconds: i64,
    /// Records whose file it changed: path, the version before, the version after.
    pub files: Vec<(SitePath, FileKind, Option<String>, Option<String>)>,
}
