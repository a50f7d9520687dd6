use super::*;
use proptest::prelude::*;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

/// A content folder with these files, each holding its own name.
fn folder(files: &[&str]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for file in files {
        put(root.path(), file.as_ref());
    }
    root
}

fn put(root: &Path, file: &Path) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().expect("below the root")).expect("made");
    fs::write(path, file.as_os_str().as_bytes()).expect("written");
}

/// Every finding as `code place: message (help)`.
fn findings(inputs: &Inputs) -> Vec<String> {
    let place = |place: &Place| match &place.origin {
        crate::base::diagnostic::Origin::Content(path) => path.to_string(),
        other => format!("{other:?}"),
    };
    let help = |d: &Diagnostic| d.help.as_ref().map_or(String::new(), |help| format!(" ({})", help.vi));
    let text = |d: &Diagnostic| format!("{} {}: {}{}", d.rule.code, place(&d.place), d.message.vi, help(d));
    inputs.found.iter().map(text).collect()
}

fn read(root: &tempfile::TempDir) -> Inputs {
    let inputs = read_site(root.path()).expect("readable");
    let counted = inputs.sources.len() + inputs.assets.len() + inputs.passed_over.len() + inputs.rejected;
    assert_eq!(inputs.files_found, counted);
    inputs
}

/// The one finding about a folder with this one file (beside a good one).
fn only_finding(file: &str) -> String {
    let inputs = read(&folder(&["trang.yaml", file]));
    assert_eq!((inputs.sources.len(), inputs.assets.len(), inputs.rejected), (1, 0, 1), "{file}");
    let found = findings(&inputs);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().expect("one")
}

#[test]
fn every_known_place_is_read_as_its_kind() {
    let inputs = read(&folder(&[
        "trang.yaml",
        "danh-muc/linh-vuc.yaml",
        "danh-muc/don-vi.yaml",
        "danh-muc/van-ban.yaml",
        "danh-muc/ngay-nghi.yaml",
        "thu-tuc/1.014888.yaml",
        "quyet-dinh/949.yaml",
        "ke-hoach/2026.yaml",
        "bai-viet/tin-tuc/mo-dau.md",
        "tep/a.pdf",
        "tep/2026/mau/b.docx",
    ]));
    assert_eq!(findings(&inputs), [""; 0]);
    let kinds: Vec<String> = inputs.sources.iter().map(|(p, s)| format!("{p} {:?}", s.kind)).collect();
    assert_eq!(
        kinds,
        [
            "bai-viet/tin-tuc/mo-dau.md Article",
            "danh-muc/don-vi.yaml Units",
            "danh-muc/linh-vuc.yaml Fields",
            "danh-muc/ngay-nghi.yaml Holidays",
            "danh-muc/van-ban.yaml Laws",
            "ke-hoach/2026.yaml TaskPlan",
            "quyet-dinh/949.yaml Decision",
            "thu-tuc/1.014888.yaml Procedure",
            "trang.yaml Site",
        ]
    );
    let asset = inputs.assets[&SitePath::new("tep/a.pdf").expect("good")];
    assert_eq!(asset, AssetRef { hash: crate::base::hash::Sha::of(b"tep/a.pdf"), len: 9 });
    assert_eq!(inputs.sources[&SitePath::new("trang.yaml").expect("good")].bytes[..], *b"trang.yaml");
}

#[test]
fn almost_right_names_are_rejected_with_the_right_one() {
    for (file, part) in [
        ("thu-tuc/a.yml", "đổi tên thành `a.yaml`"),
        ("thu-tuc/a.YAML", "đổi tên thành `a.yaml`"),
        ("thu-tuc/a.yaml.txt", "đổi tên thành `a.yaml`"),
        ("thu-tuc/a (1).yaml", "bản sao của `a.yaml`"),
        ("thu-tuc/a - Copy.yaml", "bản sao của `a.yaml`"),
        ("thu-tuc/a.json", "không phải tệp `.yaml`"),
        ("thu-tuc/a.docx", "`tep/`"),
        ("bai-viet/tin-tuc/a.markdown", "đổi tên thành `a.md`"),
        ("bai-viet/tin-tuc/a.yaml", "không phải tệp `.md`"),
        ("bai-viet/a.md", "không thuộc chuyên mục nào"),
        ("bai-viet/a.yaml", "`bai-viet/<chuyên mục>/<tên>.md`"),
        ("danh-muc/linh_vuc.yaml", "có phải `linh-vuc.yaml`?"),
        ("danh-muc/khac.yaml", "các tệp được nhận: linh-vuc.yaml"),
        ("trang.yml", "đổi tên thành `trang.yaml`"),
        ("README.txt", "chuyển vào thư mục phù hợp (danh-muc/, thu-tuc/"),
        ("thu-tuc/a\u{202e}lmay.yaml", "ký tự không hiển thị được"),
        ("thu-tuc/a\\b.yaml", "dấu `\\`"),
        ("thu-tuc/a\nb.yaml", "`thu-tuc/a\u{fffd}b.yaml`"),
        ("tep/Mẫu đơn (1).pdf", "đổi tên thành `Mau-don-1.pdf`"),
        ("tep/Biểu mẫu/a.pdf", "đổi tên thành `Bieu-mau`"),
    ] {
        let finding = only_finding(file);
        assert!(finding.starts_with("CK0114 ") && finding.contains(part), "{finding}");
    }
}

#[test]
fn an_unknown_folder_is_reported_once_with_the_nearest_name() {
    let inputs = read(&folder(&["Thủ tục/a.yaml", "Thủ tục/b/c.yaml", "Thủ tục/b/.git/x"]));
    let found = findings(&inputs);
    assert_eq!((found.len(), inputs.rejected, inputs.passed_over.len()), (1, 2, 1), "{found:?}");
    assert!(found[0].starts_with("CK0115 Thủ tục: ") && found[0].contains("có phải `thu-tuc`?"), "{found:?}");

    for (file, place) in [
        ("node_modules/a.js", "CK0115 node_modules: "),
        ("thu-tuc/2026/a.yaml", "CK0115 thu-tuc/2026: "),
        ("danh-muc/cu/linh-vuc.yaml", "CK0115 danh-muc/cu: "),
        ("bai-viet/a/b/c.md", "CK0115 bai-viet/a/b: "),
    ] {
        let finding = only_finding(file);
        assert!(finding.starts_with(place), "{finding}");
    }
    // The walk goes on as usual after the refused folder.
    let inputs = read(&folder(&["thu-tuc/2026/a/b.yaml", "thu-tuc/a.yaml", "tuc/a", "trang.yaml"]));
    assert_eq!((inputs.sources.len(), inputs.rejected), (2, 2));
}

#[test]
fn links_and_special_files_are_never_opened() {
    let root = folder(&["trang.yaml", "thu-tuc/a.yaml"]);
    let below = |name: &str| root.path().join(name);
    symlink("a.yaml", below("thu-tuc/b.yaml")).expect("linked");
    symlink("/khong-co", below("thu-tuc/c.yaml")).expect("linked");
    symlink("..", below("thu-tuc/d")).expect("linked");
    symlink("thu-tuc", below("quyet-dinh")).expect("linked");
    symlink("/etc/passwd", below("tep")).expect("linked");
    symlink("nguoi@may.1", below("thu-tuc/.#a.yaml")).expect("linked");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        below("thu-tuc/e.yaml"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from(0o644),
        0,
    )
    .expect("a FIFO");
    let _socket = std::os::unix::net::UnixListener::bind(below("thu-tuc/f.yaml")).expect("a socket");

    let inputs = read(&root);
    let found = findings(&inputs);
    assert_eq!((inputs.sources.len(), inputs.rejected, inputs.passed_over.len()), (2, 7, 1), "{found:?}");
    assert!(found.iter().all(|finding| finding.starts_with("CK0116 ")), "{found:?}");
    for part in ["quyet-dinh", "tep", "thu-tuc/d", "e.yaml` là ống dẫn", "f.yaml` là ổ cắm"] {
        assert!(found.iter().any(|finding| finding.contains(part)), "{part}: {found:?}");
    }
}

/// Everything that a reading gives, as text.
fn all(inputs: &Inputs) -> String {
    format!("{:?} {:?} {:?} {:?}", inputs.sources, inputs.assets, inputs.passed_over, inputs.found)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn reading_again_gives_what_reading_anew_gives(
        edits in proptest::collection::vec((0u8..6, 0usize..6, "[a-c]{0,3}"), 1..12),
    ) {
        let root = folder(&["trang.yaml", "thu-tuc/a.yaml", "thu-tuc/b.yaml", "tep/x.txt", "bai-viet/tin/a.md", "la/x.yaml"]);
        let names = ["trang.yaml", "thu-tuc/a.yaml", "thu-tuc/moi.yaml", "tep/x.txt", "bai-viet/tin/a.md", "thu-tuc/a (1).yaml"];
        let mut reader = SiteReader::default();
        for (what, which, text) in edits {
            let path = root.path().join(names[which]);
            match what {
                0 => drop(fs::remove_file(&path)),
                1 => {
                    // As editors save: a new file under the old name.
                    let other = root.path().join(".moi.swp");
                    fs::write(&other, &text).expect("written");
                    fs::rename(&other, &path).expect("renamed");
                }
                2 => drop(fs::rename(&path, root.path().join("thu-tuc/b.yaml"))),
                // The same length, at once: only the clock or the bytes can tell.
                3 => for letter in ["x", "y"] {
                    fs::write(&path, letter).expect("written");
                    let read = reader.read(root.path()).expect("readable");
                    prop_assert_eq!(all(&read), all(&read_site(root.path()).expect("readable")));
                },
                _ => fs::write(&path, &text).expect("written"),
            }
            let warm = reader.read(root.path()).expect("readable");
            prop_assert_eq!(all(&warm), all(&read_site(root.path()).expect("readable")));
        }
    }
}

#[test]
fn what_was_swapped_after_the_walk_is_not_followed() {
    let root = folder(&["thu-tuc/a.yaml", "ngoai/a.yaml"]);
    let fd = open_content(root.path()).expect("open");
    let path = SitePath::new("thu-tuc/a.yaml").expect("good");
    let stamp = Stamp::of(&fs::metadata(root.path().join("thu-tuc/a.yaml")).expect("there"));
    let wanted = Wanted { on_disk: "thu-tuc/a.yaml".into(), holds: Held::Record(FileKind::Procedure), stamp };
    let outcome = || read_one(&fd, &path, &wanted).expect("no error");
    assert!(matches!(outcome(), Outcome::Source(..)));

    fs::remove_file(root.path().join("thu-tuc/a.yaml")).expect("removed");
    symlink("/etc/passwd", root.path().join("thu-tuc/a.yaml")).expect("linked");
    assert!(matches!(outcome(), Outcome::Rejected(d) if d.rule == CK0116));

    fs::remove_dir_all(root.path().join("thu-tuc")).expect("removed");
    symlink("ngoai", root.path().join("thu-tuc")).expect("linked");
    assert!(matches!(outcome(), Outcome::Rejected(d) if d.rule == CK0116));
}

#[test]
fn a_file_over_its_limit_is_not_read() {
    let root = folder(&["bai-viet/tin/a.md"]);
    let long = |name: &str, len: u64| {
        let file = fs::File::create(root.path().join(name)).expect("made");
        file.set_len(len).expect("stretched");
    };
    fs::create_dir(root.path().join("thu-tuc")).expect("made");
    fs::create_dir(root.path().join("tep")).expect("made");
    long("thu-tuc/just.yaml", 1 << 20);
    long("thu-tuc/over.yaml", (1 << 20) + 1);
    long("bai-viet/tin/just.md", 5 << 20);
    long("bai-viet/tin/over.md", 1 << 40);
    long("tep/long.bin", 20 << 20);
    let inputs = read(&root);
    let found = findings(&inputs);
    assert_eq!((inputs.sources.len(), inputs.assets.len(), inputs.rejected), (3, 1, 2), "{found:?}");
    assert!(
        found[0].starts_with("CK0105 bai-viet/tin/over.md: ") && found[1].contains("1,1 MiB"),
        "{found:?}"
    );
}

#[test]
fn names_that_are_equal_after_nfc_are_rejected() {
    let inputs = read(&folder(&["thu-tuc/c\u{1ea5}p.yaml", "thu-tuc/ca\u{302}\u{301}p.yaml"]));
    let found = findings(&inputs);
    assert_eq!((inputs.sources.len(), inputs.rejected), (1, 1));
    assert!(found[0].contains("NFC") && found[0].contains("NFD"), "{found:?}");
    // Alone, a name in NFD is read, under its NFC form.
    let inputs = read(&folder(&["thu-tuc/ca\u{302}\u{301}p.yaml"]));
    assert!(inputs.sources.contains_key(&SitePath::new("thu-tuc/c\u{1ea5}p.yaml").expect("good")));
}

#[test]
fn a_name_that_is_not_utf8_is_rejected() {
    let root = folder(&["trang.yaml"]);
    put(root.path(), Path::new(OsStr::from_bytes(b"thu-tuc/\xff.yaml")));
    put(root.path(), Path::new(OsStr::from_bytes(b"tep/\xfe/a.pdf")));
    let inputs = read(&root);
    assert_eq!((inputs.sources.len(), inputs.rejected), (1, 2));
    assert!(findings(&inputs).iter().all(|finding| finding.starts_with("CK0114 ")));
}

#[test]
fn a_missing_folder_is_wrong_use_of_the_command() {
    let root = folder(&["a"]);
    let error = read_site(&root.path().join("khong-co")).expect_err("missing");
    assert!(error.is_usage() && error.to_string().contains("không có thư mục nội dung"), "{error}");
    assert!(read_site(&root.path().join("a")).expect_err("a file").is_usage());
    assert_eq!(read(&tempfile::tempdir().expect("a folder")).files_found, 0);
}

/// Counts the things of a folder without any of the code above.
fn count(dir: &Path) -> usize {
    let mut things = 0;
    for entry in fs::read_dir(dir).expect("readable") {
        let entry = entry.expect("readable");
        let folder = entry.file_type().expect("known").is_dir();
        let hidden = entry.file_name().as_bytes().starts_with(b".");
        things += if folder && !hidden { count(&entry.path()) } else { 1 };
    }
    things
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_file_of_any_tree_is_accounted_for(tree in prop::collection::vec(
        (prop::collection::vec(prop::sample::select(vec![
            &b"thu-tuc"[..], b"danh-muc", b"bai-viet", b"tep", b"ke-hoach", b"quyet-dinh", b".git", b"la",
            b"thu_tuc", b"a b", b"ca\xcc\x81", b"c\xc3\xa1", b"\xff", b"trang.yaml", b"tin-tuc", b"x~",
        ]), 0..4),
        prop::sample::select(vec![
            &b"trang.yaml"[..], b"linh-vuc.yaml", b"a.yaml", b"a.yml", b"a.YAML", b"a (1).yaml", b"a.md",
            b"c\xc3\xa1.yaml", b"ca\xcc\x81.yaml", b".an", b"a~", b"#a#", b".#a", b"~$a.docx", b"Thumbs.db",
            b"a\n", b"a\\b", b"\xfe.yaml", b"thu-tuc", b"tep", b"a.pdf", "m\u{1eab}u.pdf".as_bytes(),
        ]),
        0..5u8,
    ), 0..25)) {
        let root = tempfile::tempdir().expect("a folder");
        for (folders, name, sort) in tree {
            let dir = folders.iter().fold(root.path().to_owned(), |dir, part| dir.join(OsStr::from_bytes(part)));
            // A file may stand in the way of a folder or the reverse; the tree is whatever results.
            if fs::create_dir_all(&dir).is_err() { continue }
            let path = dir.join(OsStr::from_bytes(name));
            let _ = match sort {
                0 => symlink("/khong-co", &path),
                1 => symlink("..", &path),
                _ if path.exists() => Ok(()),
                _ => fs::write(&path, name),
            };
        }
        let inputs = read_site(root.path()).expect("readable");
        prop_assert_eq!(inputs.files_found, count(root.path()));
        prop_assert_eq!(
            inputs.files_found,
            inputs.sources.len() + inputs.assets.len() + inputs.passed_over.len() + inputs.rejected
        );
        prop_assert!(inputs.rejected == 0 || !inputs.found.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_is_read_after_changes_is_what_is_read_anew(steps in prop::collection::vec(
        prop::collection::vec((
            prop::sample::select(vec![
                "thu-tuc/a.yaml", "thu-tuc/b.yaml", "thu-tuc/b.yaml~", "thu-tuc/.b.swp", "thu-tuc", "tep/a.pdf",
                "tep/c\u{e1}.pdf", "tep", "tep/la/a.pdf", "la.yaml", "trang.yaml", "bai-viet/tin/a.md", "bai-viet/tin",
                "thu-tuc/sau/a.yaml", ".an/a", "thu-tuc/a (1).yaml",
            ]),
            0..6u8,
        ), 1..4),
        1..8,
    )) {
        let root = folder(&["trang.yaml", "thu-tuc/a.yaml", "tep/a.pdf"]);
        let mut reader = SiteReader::default();
        let same = |warm: &Inputs, cold: &Inputs| {
            let bytes = |inputs: &Inputs| -> Vec<_> {
                inputs.sources.iter().map(|(path, file)| (path.clone(), file.kind, file.bytes.to_vec())).collect()
            };
            bytes(warm) == bytes(cold)
                && warm.assets == cold.assets
                && warm.passed_over == cold.passed_over
                && warm.found == cold.found
                && (warm.files_found, warm.rejected) == (cold.files_found, cold.rejected)
        };
        prop_assert!(same(&reader.read(root.path()).expect("readable"), &read(&root)));
        for (n, step) in steps.into_iter().enumerate() {
            let mut changed = BTreeSet::new();
            for (name, act) in step {
                let path = root.path().join(name);
                // Whatever of it can be done; what cannot is told all the same.
                let _ = match act {
                    0 => fs::remove_file(&path),
                    1 => fs::remove_dir_all(&path),
                    2 => symlink("/khong-co", &path),
                    3 => fs::write(&path, b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n"),
                    _ => {
                        let above = path.parent().expect("one above");
                        let _ = fs::create_dir_all(above);
                        // A folder that comes makes an event of its own.
                        changed.insert(above.to_owned());
                        fs::write(&path, format!("{name} {n}"))
                    }
                };
                changed.insert(path);
            }
            let warm = reader.read_changed(root.path(), &changed).expect("readable");
            prop_assert!(same(&warm, &read(&root)), "{:?}: {:?} {:?}", changed, warm.found, read(&root).found);
        }
    }
}
