use std::collections::BTreeMap;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::compare::Plan;
use super::lock::Staging;
use super::old::OldTree;
use super::target::Target;
use super::tree::NewTree;
use super::wanted::Wanted;
use super::*;
use crate::base::hash::Sha;
use crate::base::path::{OutPath, SitePath};
use crate::inputs::AssetRef;
use crate::site::{Content, Shelf, Shelved, Site};

/// A folder with `content/` in it, and room for `public/`.
struct Box_(tempfile::TempDir);

impl Box_ {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("content")).expect("made");
        Self(root)
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("below")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn sync(&self, site: &Site) -> Result<WriteReport, WriteError> {
        sync(site, &self.at("content"), &self.at("public"))
    }

    fn public(&self) -> BTreeMap<String, String> {
        tree(&self.at("public"))
    }

    /// Nothing but the content and the output is left.
    fn is_tidy(&self) -> bool {
        let names = fs::read_dir(self.0.path()).expect("readable").map(|e| e.expect("readable").file_name());
        names.filter(|name| *name != "content" && *name != "public").count() == 0
    }
}

/// Everything below a folder: path → text of a file, `→ …` of a link, `/` of a folder, `?` of others.
fn tree(root: &Path) -> BTreeMap<String, String> {
    let entry = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(root).expect("below").to_string_lossy().into_owned();
        let kind = entry.file_type();
        let what = if kind.is_dir() {
            "/".to_owned()
        } else if kind.is_symlink() {
            format!("→ {}", fs::read_link(entry.path()).expect("a link").display())
        } else if kind.is_file() {
            fs::read_to_string(entry.path()).expect("text")
        } else {
            "?".to_owned()
        };
        (path, what)
    };
    walkdir::WalkDir::new(root).min_depth(1).into_iter().map(|e| entry(e.expect("readable"))).collect()
}

/// A site with these files and a manifest that lists them.
fn site(files: &[(&str, &str)]) -> Site {
    site_of(files.iter().map(|(path, text)| (*path, Content::Bytes(text.as_bytes().to_vec()))))
}

fn site_of<'a>(files: impl IntoIterator<Item = (&'a str, Content)>) -> Site {
    let mut site = Site::default();
    let mut listed = BTreeMap::new();
    for (path, content) in files {
        listed.insert(path.to_owned(), content.hash().to_hex());
        site.files.insert(OutPath::new(path).expect("good"), content);
    }
    let manifest = serde_json::json!({ "tep": listed }).to_string();
    site.files.insert(OutPath::new(MANIFEST).expect("good"), Content::Bytes(manifest.into_bytes()));
    site
}

fn asset(from: &str, text: &str) -> Content {
    let asset = AssetRef { hash: Sha::of(text.as_bytes()), len: text.len() as u64 };
    Content::CopyOf(SitePath::new(from).expect("good"), asset)
}

/// What the output holds for a site, beside what is foreign.
fn as_written(site: &Site) -> BTreeMap<String, String> {
    let box_ = Box_::new();
    box_.sync(site).expect("written");
    box_.public()
}

#[test]
fn the_first_build_makes_the_folder_with_its_modes() {
    let box_ = Box_::new();
    box_.put("content/tep/a.pdf", "pdf");
    let site = site_of([
        ("index.html", Content::Bytes(b"home".to_vec())),
        ("thu-tuc/1.0/index.html", Content::Bytes(b"one".to_vec())),
        ("tep/a.pdf", asset("tep/a.pdf", "pdf")),
    ]);
    let report = box_.sync(&site).expect("written");
    assert_eq!((report.written, report.copied, report.linked, report.removed), (4, 1, 0, 0));
    let public = box_.public();
    assert_eq!(public["thu-tuc/1.0/index.html"], "one");
    assert_eq!(public["tep/a.pdf"], "pdf");
    assert_eq!(public[MARKER], MARKER_TEXT);
    assert_eq!(public.len(), 5 + 3);
    for entry in walkdir::WalkDir::new(box_.at("public")) {
        let entry = entry.expect("readable");
        let mode = if entry.file_type().is_dir() { 0o755 } else { 0o644 };
        assert_eq!(entry.metadata().expect("there").mode() & 0o7777, mode, "{entry:?}");
    }
    // Never the editor's own file.
    assert_eq!(fs::metadata(box_.at("content/tep/a.pdf")).expect("there").nlink(), 1);
    assert!(box_.is_tidy());
}

/// The umask belongs to the whole process, so the test runs once more in a process of its own.
#[test]
fn modes_do_not_depend_on_the_umask() {
    const CHILD: &str = "CONGKHAI_TEST_UMASK";
    if std::env::var_os(CHILD).is_some() {
        let box_ = Box_::new();
        box_.put("probe", "");
        assert_eq!(fs::metadata(box_.at("probe")).expect("there").mode() & 0o777, 0o600);
        fs::remove_file(box_.at("probe")).expect("removed");
        box_.put("content/tep/a.pdf", "pdf");
        let files = [("a/b", Content::Bytes(vec![1])), ("tep/a.pdf", asset("tep/a.pdf", "pdf"))];
        box_.sync(&site_of(files)).expect("written");
        for (path, mode) in [("", 0o755), ("a", 0o755), ("a/b", 0o644), ("tep/a.pdf", 0o644)] {
            let found = fs::metadata(box_.at("public").join(path)).expect("there").mode();
            assert_eq!(found & 0o7777, mode, "{path}");
        }
        return;
    }
    let name = "write::tests::modes_do_not_depend_on_the_umask";
    let status = std::process::Command::new("sh")
        .args(["-c", "umask 077; exec \"$0\" --exact \"$1\" --nocapture"])
        .arg(std::env::current_exe().expect("known"))
        .arg(name)
        .env(CHILD, "1")
        .output()
        .expect("started");
    let said = String::from_utf8_lossy(&status.stdout);
    assert!(status.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn what_did_not_change_keeps_inode_and_time() {
    let box_ = Box_::new();
    box_.put("content/tep/a.pdf", "pdf");
    let files = |text: &str| {
        site_of([
            ("a.html", Content::Bytes(b"same".to_vec())),
            ("b.html", Content::Bytes(text.as_bytes().to_vec())),
            ("tep/a.pdf", asset("tep/a.pdf", "pdf")),
        ])
    };
    let state = |path: &str| {
        let meta = fs::metadata(box_.at("public").join(path)).expect("there");
        (meta.ino(), meta.mtime(), meta.mtime_nsec())
    };
    box_.sync(&files("one")).expect("written");
    let (folder, a, b, pdf) = (state(""), state("a.html"), state("b.html"), state("tep/a.pdf"));

    let report = box_.sync(&files("one")).expect("written");
    assert!(report.unchanged && report.written == 0, "{report:?}");
    assert_eq!((folder, a, b, pdf), (state(""), state("a.html"), state("b.html"), state("tep/a.pdf")));

    let report = box_.sync(&files("two")).expect("written");
    assert!(!report.unchanged);
    // b.html and the manifest; the marker is linked.
    assert_eq!((report.written, report.linked, report.copied), (2, 3, 0));
    assert_eq!((a, pdf), (state("a.html"), state("tep/a.pdf")));
    assert_ne!(b, state("b.html"));
    assert!(box_.is_tidy());
}

#[test]
fn only_files_of_ours_are_removed() {
    let box_ = Box_::new();
    box_.sync(&site(&[("a", "1"), ("thu-tuc/1/index.html", "1"), ("thu-tuc/2/index.html", "2")]))
        .expect("written");
    box_.put("public/ghi-chu.txt", "của tôi");
    box_.put("public/thu-tuc/1/anh.png", "ảnh");
    box_.put("public/.git/HEAD", "ref");
    box_.put("public/.gitignore", "*");
    fs::create_dir_all(box_.at("public/rong/nua")).expect("made");
    fs::set_permissions(box_.at("public/rong"), fs::Permissions::from_mode(0o700)).expect("set");
    symlink("/khong-co", box_.at("public/lien-ket")).expect("linked");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        box_.at("public/ong"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from(0o644),
        0,
    )
    .expect("a FIFO");
    fs::write(box_.at("public").join(std::ffi::OsStr::from_bytes(b"la-\xff")), "x").expect("written");
    let note = fs::metadata(box_.at("public/ghi-chu.txt")).expect("there").ino();

    let report = box_.sync(&site(&[("a", "2"), ("thu-tuc/2/index.html", "2")])).expect("written");
    assert_eq!((report.removed, report.written, report.linked), (1, 2, 2));
    assert_eq!(
        report.foreign,
        ["ghi-chu.txt", "la-\u{fffd}", "lien-ket", "ong", "rong/nua/", "thu-tuc/1/anh.png"]
    );
    assert_eq!(report.cleanup_problem, None);
    let public = box_.public();
    assert!(!public.contains_key("thu-tuc/1/index.html"));
    for (path, what) in [
        ("a", "2"),
        ("ghi-chu.txt", "của tôi"),
        ("thu-tuc/1/anh.png", "ảnh"),
        (".git/HEAD", "ref"),
        (".gitignore", "*"),
        ("rong/nua", "/"),
        ("lien-ket", "→ /khong-co"),
        ("ong", "?"),
        ("la-\u{fffd}", "x"),
    ] {
        assert_eq!(public[path], what, "{path}");
    }
    assert_eq!(fs::metadata(box_.at("public/rong")).expect("there").mode() & 0o7777, 0o700);
    assert_eq!(fs::metadata(box_.at("public/ghi-chu.txt")).expect("there").ino(), note);

    // Unchanged means unchanged, with foreign files too.
    assert!(box_.sync(&site(&[("a", "2"), ("thu-tuc/2/index.html", "2")])).expect("written").unchanged);
    assert!(box_.is_tidy());
}

#[test]
fn a_foreign_file_in_the_way_is_refused_unless_it_is_the_same() {
    let box_ = Box_::new();
    box_.put("content/tep/a.pdf", "pdf");
    box_.sync(&site(&[("a", "1")])).expect("written");
    box_.put("public/moi.html", "của tôi");
    box_.put("public/tep/a.pdf", "pdf");
    box_.put("public/thu-muc", "một tệp");
    box_.put("public/tep-moi/x", "trong thư mục");
    let before = box_.public();
    let wanted = site_of([
        ("moi.html", Content::Bytes(b"m\xe1\xbb\x9bi".to_vec())),
        ("tep/a.pdf", asset("tep/a.pdf", "pdf")),
        ("thu-muc/index.html", Content::Bytes(vec![])),
        ("tep-moi", Content::Bytes(vec![])),
    ]);
    let error = box_.sync(&wanted).expect_err("in the way");
    let WriteError::Taken { taken, .. } = &error else { unreachable!("{error}") };
    assert_eq!(taken, &["moi.html", "tep-moi/x", "thu-muc"]);
    assert!(error.to_string().contains("`moi.html`"), "{error}");
    assert_eq!(box_.public(), before);
    assert!(box_.is_tidy());

    for path in ["public/moi.html", "public/thu-muc", "public/tep-moi/x"] {
        fs::remove_file(box_.at(path)).expect("removed");
    }
    // The empty folder that is left is still in the way of a file.
    assert!(matches!(box_.sync(&wanted), Err(WriteError::Taken { taken, .. }) if taken == ["tep-moi/"]));
    fs::remove_dir(box_.at("public/tep-moi")).expect("removed");
    // tep/a.pdf is taken over: the same bytes.
    let report = box_.sync(&wanted).expect("written");
    assert_eq!((report.foreign.len(), report.linked, report.removed), (0, 2, 1), "{report:?}");
    // A link at the place of a file of ours is not ours.
    fs::remove_file(box_.at("public/moi.html")).expect("removed");
    symlink("/etc/passwd", box_.at("public/moi.html")).expect("linked");
    assert!(matches!(box_.sync(&wanted), Err(WriteError::Taken { taken, .. }) if taken == ["moi.html"]));
}

#[test]
fn what_is_not_ours_is_never_taken() {
    let box_ = Box_::new();
    let site = site(&[("a", "1")]);
    // An empty folder is accepted.
    fs::create_dir(box_.at("public")).expect("made");
    box_.sync(&site).expect("written");

    fs::remove_file(box_.at("public").join(MARKER)).expect("removed");
    let error = box_.sync(&site).expect_err("not ours");
    assert!(matches!(error, WriteError::NotOurs { .. }) && error.is_usage(), "{error}");
    box_.put(&format!("public/{MARKER}"), "khác");
    assert!(matches!(box_.sync(&site), Err(WriteError::NotOurs { .. })));

    fs::remove_dir_all(box_.at("public")).expect("removed");
    box_.put("public", "một tệp");
    assert!(matches!(box_.sync(&site), Err(WriteError::BadOutput { .. })));
    fs::remove_file(box_.at("public")).expect("removed");
    fs::create_dir(box_.at("that")).expect("made");
    symlink("that", box_.at("public")).expect("linked");
    assert!(matches!(box_.sync(&site), Err(WriteError::BadOutput { .. })));
    let slash = PathBuf::from(format!("{}/", box_.at("public").display()));
    assert!(matches!(sync(&site, &box_.at("content"), &slash), Err(WriteError::BadOutput { .. })));
    assert_eq!(tree(&box_.at("that")).len(), 0);

    let to = |output: &str| sync(&site, &box_.at("content"), &box_.at(output));
    assert!(matches!(to("khong-co/public"), Err(WriteError::BadOutput { .. })));
    assert!(matches!(to("that/.."), Err(WriteError::BadOutput { .. })));
    for output in ["content", "content/public", "that/../content/x", "../"] {
        let refused = to(output);
        assert!(
            matches!(refused, Err(WriteError::Overlap { .. } | WriteError::BadOutput { .. })),
            "{output}"
        );
    }
    let above = sync(&site, &box_.at("content"), box_.0.path());
    assert!(matches!(above, Err(WriteError::Overlap { .. })));
    // A folder of the name of our staging folder that holds somebody's things.
    fs::remove_file(box_.at("public")).expect("removed");
    box_.put(".public.congkhai/quy", "giữ");
    assert!(matches!(box_.sync(&site), Err(WriteError::BadOutput { .. })));
    assert_eq!(tree(&box_.at(".public.congkhai")).len(), 1);
}

#[test]
fn a_lost_manifest_makes_every_file_foreign() {
    let box_ = Box_::new();
    let old = site(&[("a", "1"), ("b", "1")]);
    box_.sync(&old).expect("written");
    fs::write(box_.at("public").join(MANIFEST), "hỏng").expect("written");
    assert!(
        matches!(box_.sync(&site(&[("a", "2")])), Err(WriteError::Taken { taken, .. }) if taken == ["a"])
    );
    // The same bytes are taken over, so building the same site again mends it.
    assert_eq!(box_.sync(&old).expect("written").written, 1);
    assert_eq!(box_.public(), as_written(&old));
}

#[test]
fn a_site_at_odds_with_itself_is_refused() {
    let box_ = Box_::new();
    let path = |path: &str| OutPath::new(path).expect("good");
    let mut unlisted = site(&[("a", "1")]);
    unlisted.files.insert(path("b"), Content::Bytes(vec![]));
    let mut without = site(&[("a", "1")]);
    without.files.remove(&path(MANIFEST));
    for odd in [unlisted, without, site(&[("a", "1"), ("a/b", "1")]), site(&[(MARKER, "x")])] {
        assert!(matches!(box_.sync(&odd), Err(WriteError::Site { .. })));
    }
    assert!(!box_.at("public").exists() && box_.is_tidy());
}

#[test]
fn an_attachment_that_changed_during_the_build_stops_it() {
    let box_ = Box_::new();
    box_.sync(&site(&[("a", "1")])).expect("written");
    let before = box_.public();
    let wanted = site_of([("tep/a.pdf", asset("tep/a.pdf", "pdf"))]);
    let pdf = box_.at("content/tep/a.pdf");
    let check = || {
        let error = box_.sync(&wanted).expect_err("changed");
        assert!(matches!(error, WriteError::AssetChanged { .. }), "{error}");
        assert_eq!(box_.public(), before);
        assert!(box_.is_tidy());
    };
    check();
    box_.put("content/tep/a.pdf", "PDF");
    check();
    fs::write(&pdf, "pdf+").expect("written");
    check();
    fs::remove_file(&pdf).expect("removed");
    box_.put("that.pdf", "pdf");
    fs::rename(box_.at("that.pdf"), box_.at("content/that.pdf")).expect("moved");
    symlink("../that.pdf", &pdf).expect("linked");
    check();
}

#[test]
fn a_file_whose_mode_was_changed_is_made_anew() {
    let box_ = Box_::new();
    let wanted = site(&[("a", "1")]);
    box_.sync(&wanted).expect("written");
    fs::set_permissions(box_.at("public/a"), fs::Permissions::from_mode(0o600)).expect("set");
    let report = box_.sync(&wanted).expect("written");
    assert_eq!((report.unchanged, report.written), (false, 1));
    assert_eq!(fs::metadata(box_.at("public/a")).expect("there").mode() & 0o7777, 0o644);
}

#[test]
fn leftovers_of_a_killed_run_are_cleared() {
    let box_ = Box_::new();
    box_.put(".public.congkhai/khoa", "");
    box_.put(".public.congkhai/cay/a", "nửa");
    symlink(box_.at("content"), box_.at(".public.congkhai/cay/lien-ket")).expect("linked");
    box_.put("content/giu", "giữ");
    box_.sync(&site(&[("a", "1")])).expect("written");
    assert_eq!(box_.public(), as_written(&site(&[("a", "1")])));
    assert!(box_.at("content/giu").exists() && box_.is_tidy());
}

#[test]
fn a_second_run_is_told_that_the_first_is_busy() {
    let box_ = Box_::new();
    let target = Arc::new(Target::find(&box_.at("public")).expect("good"));
    let staging = Staging::lock(&target).expect("locked");
    let error = box_.sync(&site(&[("a", "1")])).expect_err("busy");
    assert!(matches!(error, WriteError::Busy { .. }) && error.to_string().contains("một lượt dựng khác"));
    assert!(box_.at(".public.congkhai/khoa").exists(), "the first keeps its lock");
    staging.remove().expect("removed");
    box_.sync(&site(&[("a", "1")])).expect("free again");
    assert!(box_.is_tidy());
}

/// Runs end while others begin, so the lock file is removed under their hands again and again.
#[test]
fn however_runs_meet_one_whole_site_is_there() {
    let box_ = Box_::new();
    let sites: Vec<Site> = (0..4)
        .map(|i| {
            let (a, text) = (format!("{i}/a"), i.to_string());
            site(&[("chung", &text), (&a, &text), ("x/y/z", &text)])
        })
        .collect();
    let whole: Vec<_> = sites.iter().map(as_written).collect();
    let done = std::thread::scope(|scope| {
        let run = |site| {
            let box_ = &box_;
            move || {
                let one = |_| match box_.sync(site) {
                    Ok(report) => {
                        assert_eq!(report.cleanup_problem, None);
                        1
                    }
                    Err(WriteError::Busy { .. }) => 0,
                    Err(error) => unreachable!("{error}"),
                };
                (0..60).map(one).sum::<usize>()
            }
        };
        let runs: Vec<_> = sites.iter().map(|site| scope.spawn(run(site))).collect();
        runs.into_iter().map(|run| run.join().expect("no panic")).sum::<usize>()
    });
    assert!(done > 0);
    assert!(whole.contains(&box_.public()), "{:?}", box_.public());
    assert!(box_.is_tidy());
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let files: Vec<(String, String)> =
        (0..300).map(|i| (format!("{}/{}/index.html", i % 7, i), i.to_string())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let wanted = site(&files);
    let build = |threads| {
        let box_ = Box_::new();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let report = pool.install(|| box_.sync(&site(&files[..200])).and_then(|_| box_.sync(&wanted)));
        (report.expect("written"), box_.public())
    };
    assert_eq!(build(1), build(4));
    assert_eq!(build(1).0.linked, 201);
}

/// What was put into the old tree after it was listed is moved over, not removed with it.
#[test]
fn a_file_that_comes_late_is_rescued() {
    let box_ = Box_::new();
    box_.sync(&site(&[("a/b/c", "1"), ("d", "1")])).expect("written");
    let (old_site, content) = (site(&[("d", "2")]), box_.at("content"));
    let wanted = Wanted::of(&old_site).expect("good");
    let target = Arc::new(Target::find(&box_.at("public")).expect("good"));
    let mut staging = Staging::lock(&target).expect("locked");
    let old = OldTree::inspect(&target).expect("ours");
    let plan = Plan::make(&wanted, old.as_ref(), &target).expect("good");
    let new = NewTree::begin(&staging).expect("begun");
    tree::fill(&new, &plan, old.as_ref(), &content).expect("made");
    box_.put("public/a/muon.txt", "muộn");
    box_.put("public/muon/x", "muộn");
    swap::swap(&mut staging, old.as_ref(), &target).expect("swapped");
    let mut late = swap::remove_old(&staging, old, &plan.foreign, &target).expect("removed");
    staging.remove().expect("removed");
    late.sort();
    assert_eq!(late, ["a/muon.txt", "muon/x"]);
    let public = box_.public();
    assert_eq!((public["a/muon.txt"].as_str(), public["muon/x"].as_str()), ("muộn", "muộn"));
    assert!(!public.contains_key("a/b") && public["d"] == "2" && box_.is_tidy());
}

#[test]
fn an_output_folder_that_was_replaced_during_the_build_is_left_alone() {
    let box_ = Box_::new();
    box_.sync(&site(&[("a", "1")])).expect("written");
    let new_site = site(&[("a", "2")]);
    let wanted = Wanted::of(&new_site).expect("good");
    let target = Arc::new(Target::find(&box_.at("public")).expect("good"));
    let mut staging = Staging::lock(&target).expect("locked");
    let old = OldTree::inspect(&target).expect("ours");
    let plan = Plan::make(&wanted, old.as_ref(), &target).expect("good");
    let new = NewTree::begin(&staging).expect("begun");
    tree::fill(&new, &plan, old.as_ref(), &box_.at("content")).expect("made");
    fs::rename(box_.at("public"), box_.at("content/public")).expect("moved");
    let mut swap = || swap::swap(&mut staging, old.as_ref(), &target);
    assert!(matches!(swap(), Err(WriteError::OutputChanged { .. })));
    box_.put("public/x", "khác");
    assert!(matches!(swap(), Err(WriteError::OutputChanged { .. })));
    assert_eq!(fs::read_to_string(box_.at("public/x")).expect("there"), "khác");
}

/// Needs the right to mount; elsewhere it says so and passes.
#[test]
fn a_full_disk_leaves_the_old_site() {
    let box_ = Box_::new();
    let disk = box_.at("content").with_file_name("dia");
    fs::create_dir(&disk).expect("made");
    let mount = |args: &[&str]| {
        let done = std::process::Command::new(args[0]).args(&args[1..]).arg(&disk).output();
        done.is_ok_and(|done| done.status.success())
    };
    if !mount(&["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs"]) {
        eprintln!("not run: mounting a tmpfs is not allowed here");
        return;
    }
    let to = |site: &Site| sync(site, &box_.at("content"), &disk.join("public"));
    let first = to(&site(&[("a", "1")]));
    let before = tree(&disk);
    let long = "x".repeat(512 * 1024);
    let second = to(&site(&[("a", "2"), ("b", &long)]));
    let after = tree(&disk);
    // Lazily: a child that another test starts at this moment may hold the folder until it runs its program.
    assert!(mount(&["umount", "-l"]));
    first.expect("written");
    let error = second.expect_err("full");
    assert!(error.to_string().contains("ổ đĩa đã đầy") && error.to_string().contains("cay/b"), "{error}");
    assert_eq!(before, after);
}

/// The same site given file by file, as a build does; the manifest comes last.
fn shelved(box_: &Box_, site: Site) -> Result<WriteReport, WriteError> {
    let (content, public) = (box_.at("content"), box_.at("public"));
    let writer = Writer::new(&content, &public);
    let shelve = |(path, content): (OutPath, Content)| match content {
        Content::Bytes(bytes) if path.as_str() != MANIFEST => {
            let content = writer.take(&path, bytes);
            (path, content)
        }
        other => (path, other),
    };
    let site = Site { files: site.files.into_iter().map(shelve).collect() };
    writer.finish(&site)
}

#[test]
fn a_site_given_file_by_file_is_the_site_given_at_once() {
    let first = || {
        site_of([
            ("index.html", Content::Bytes(b"home".to_vec())),
            ("thu-tuc/1.0/index.html", Content::Bytes(b"one".to_vec())),
            ("thu-tuc/1.0/to/index.html", Content::Bytes(b"sheet".to_vec())),
            ("tep/a.pdf", asset("tep/a.pdf", "pdf")),
        ])
    };
    let second = || {
        site_of([
            ("index.html", Content::Bytes(b"home".to_vec())),
            ("thu-tuc/1.0/index.html", Content::Bytes(b"two".to_vec())),
            ("tep/a.pdf", asset("tep/a.pdf", "pdf")),
        ])
    };
    let (whole, pieces) = (Box_::new(), Box_::new());
    for box_ in [&whole, &pieces] {
        box_.put("content/tep/a.pdf", "pdf");
    }
    for (site, written) in [(first(), 5), (second(), 2), (second(), 0)] {
        let at_once = whole.sync(&site).expect("written");
        whole.put("public/cua-toi/ghi.txt", "giữ");
        let one_by_one = shelved(&pieces, site).expect("written");
        pieces.put("public/cua-toi/ghi.txt", "giữ");
        assert_eq!(at_once, one_by_one);
        assert_eq!(at_once.written, written);
        assert_eq!(whole.public(), pieces.public());
        assert!(pieces.is_tidy());
    }
    let mode = |path: &str| fs::metadata(pieces.at(path)).expect("there").permissions().mode() & 0o7777;
    assert_eq!((mode("public/thu-tuc/1.0"), mode("public/thu-tuc/1.0/index.html")), (0o755, 0o644));
}

#[test]
fn a_writer_that_is_dropped_leaves_the_old_site_and_nothing_beside_it() {
    let box_ = Box_::new();
    box_.sync(&site(&[("a", "1")])).expect("written");
    let (content, public) = (box_.at("content"), box_.at("public"));
    let writer = Writer::new(&content, &public);
    let taken = writer.take(&OutPath::new("b/c").expect("good"), b"2".to_vec());
    assert!(matches!(taken, Content::Shelved(_, Shelved::Written)));
    assert!(box_.at(".public.congkhai/cay/b/c").exists(), "written at once");
    drop(writer);
    assert_eq!(box_.public()["a"], "1");
    assert!(box_.is_tidy());
    // One that was given nothing touches nothing, not even a place that could not be written to.
    drop(Writer::new(&content, &box_.at("khong/co")));
    assert!(box_.is_tidy());
}

#[test]
fn a_writer_that_cannot_go_on_takes_no_more_and_says_why_at_the_end() {
    let box_ = Box_::new();
    box_.put("public/cua-toi.txt", "giữ");
    let (content, public) = (box_.at("content"), box_.at("public"));
    let writer = Writer::new(&content, &public);
    assert!(!writer.is_closed());
    writer.take(&OutPath::new("a").expect("good"), b"1".to_vec());
    assert!(writer.is_closed());
    assert!(matches!(writer.finish(&Site::default()), Err(WriteError::NotOurs { .. })));
    assert_eq!(box_.public().len(), 1);

    let box_ = Box_::new();
    box_.sync(&site(&[("a", "1")])).expect("written");
    box_.put("public/b", "của tôi");
    let error = shelved(&box_, site(&[("a", "2"), ("b", "1")])).expect_err("in the way");
    assert!(matches!(error, WriteError::Taken { taken, .. } if taken == ["b"]));
    assert_eq!((box_.public()["a"].as_str(), box_.public()["b"].as_str()), ("1", "của tôi"));
    assert!(box_.is_tidy());
}
