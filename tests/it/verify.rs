//! The signed site as the agency makes it and as a citizen checks it: keys, versions of records, tampering.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::cli::{congkhai, tree};
use crate::site::TestSite;

const DAY: &str = "2026-11-23";

fn run(dir: &Path, words: &[&str]) -> Output {
    congkhai().current_dir(dir).args(words).stdin(Stdio::null()).output().expect("the command starts")
}

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned() + &String::from_utf8_lossy(&out.stdout)
}

/// A site with a key: the folder, and the text of the public key.
struct Signed {
    site: TestSite,
    public: String,
}

impl Signed {
    fn new() -> Self {
        let site = TestSite::smallest();
        let public = new_key(site.dir(), "khoa");
        add_key(&site, &public, "2026-01-01", None);
        Self { site, public }
    }

    fn dir(&self) -> &Path {
        self.site.dir()
    }

    fn public_dir(&self) -> PathBuf {
        self.dir().join("public")
    }

    fn build(&self, words: &[&str]) -> Output {
        let out = run(self.dir(), &[&["build", "--date", DAY, "-q"], words].concat());
        assert_eq!(out.status.code(), Some(0), "{}", said(&out));
        out
    }

    fn manifest(&self) -> Value {
        serde_json::from_slice(&fs::read(self.public_dir().join("phien-ban.json")).expect("there"))
            .expect("JSON")
    }

    /// The version of a record by the list, and those before it.
    fn versions(&self, name: &str) -> (Option<String>, Vec<String>) {
        let entry = &self.manifest()["ban_ghi"][name];
        let text = |value: &Value| value.as_str().expect("a hash").to_owned();
        let earlier = entry["truoc"].as_array().map(|all| all.iter().map(text).collect()).unwrap_or_default();
        (entry["phien_ban"].as_str().map(str::to_owned), earlier)
    }

    fn record(&self, name: &str, version: &str) -> PathBuf {
        self.public_dir().join(format!("ban-ghi/{name}/{version}.json"))
    }
}

/// Makes a key and gives its public text.
fn new_key(dir: &Path, file: &str) -> String {
    let out = run(dir, &["key", "new", file]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let secret = fs::read_to_string(dir.join(file)).expect("made");
    let secret = secret.lines().find(|line| line.starts_with("PRIVATE+KEY+")).expect("a key").to_owned();
    assert!(!text.contains(&secret), "the secret is not shown");
    let line = text.lines().find_map(|line| line.trim().strip_prefix("- khoa: ")).expect("the public key");
    line.to_owned()
}

fn add_key(site: &TestSite, public: &str, from: &str, until: Option<&str>) {
    let path = site.dir().join("content/trang.yaml");
    let mut text = fs::read_to_string(&path).expect("there");
    if !text.contains("khoa_cong_khai:") {
        text.push_str("khoa_cong_khai:\n");
    }
    text.push_str(&format!("- khoa: {public}\n  tu: {from}\n"));
    if let Some(until) = until {
        text.push_str(&format!("  den: {until}\n"));
    }
    fs::write(path, text).expect("written");
}

fn edit(site: &TestSite, file: &str, from: &str, to: &str) {
    let path = site.dir().join("content").join(file);
    let text = fs::read_to_string(&path).expect("there");
    assert!(text.contains(from), "{file}: {text}");
    fs::write(path, text.replace(from, to)).expect("written");
}

// ---- Tampering ----------------------------------------------------------------------------------

#[test]
fn a_change_of_any_file_is_found_and_so_is_one_more_or_less() {
    let signed = Signed::new();
    signed.build(&["--key", "khoa"]);
    let public = signed.public_dir();
    let verify = || run(signed.dir(), &["verify", "public"]);
    let good = verify();
    assert_eq!(good.status.code(), Some(0), "{}", said(&good));
    assert!(said(&good).starts_with("ĐÚNG: cả trang"), "{}", said(&good));
    for (path, bytes) in tree(&public) {
        let file = public.join(&path);
        if path.starts_with(".congkhai-output") {
            continue;
        }
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[at] ^= 0x20;
            fs::write(&file, &changed).expect("written");
            let out = verify();
            assert_eq!(out.status.code(), Some(1), "{} at {at}: {}", path.display(), said(&out));
            assert!(said(&out).contains("SAI"), "{}", said(&out));
        }
        fs::remove_file(&file).expect("removed");
        assert_eq!(verify().status.code(), Some(1), "{} is missing", path.display());
        fs::write(&file, &bytes).expect("written");
    }
    assert_eq!(verify().status.code(), Some(0));
    fs::create_dir(public.join("thu-tuc/gia")).expect("made");
    fs::write(public.join("thu-tuc/gia/index.html"), "giả").expect("written");
    let out = verify();
    assert_eq!(out.status.code(), Some(1));
    assert!(
        said(&out).contains("Tệp thừa, cơ quan không ký (1):\n  thu-tuc/gia/index.html"),
        "{}",
        said(&out)
    );
    // A site that was signed by somebody else, key and all, is told from ours by the fingerprint on paper.
    let forged = Signed::new();
    forged.build(&["--key", "khoa"]);
    let print = print_of(signed.dir(), "khoa");
    let elsewhere = forged.public_dir();
    let elsewhere = elsewhere.to_str().expect("UTF-8");
    assert_eq!(run(signed.dir(), &["verify", elsewhere]).status.code(), Some(0));
    let out = run(signed.dir(), &["verify", elsewhere, "--fingerprint", &print]);
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    let out = run(signed.dir(), &["verify", elsewhere, "--public-key", &signed.public]);
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
}

fn print_of(dir: &Path, key: &str) -> String {
    let out = run(dir, &["key", "show", key]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    String::from_utf8(out.stdout).expect("UTF-8").lines().nth(1).expect("the fingerprint").to_owned()
}

#[test]
fn a_saved_file_is_known_by_its_bytes() {
    let signed = Signed::new();
    signed.build(&["--key", "khoa"]);
    let page = signed.public_dir().join("thu-tuc/index.html");
    let saved = signed.dir().join("luu.html");
    fs::copy(&page, &saved).expect("copied");
    let verify = |words: &[&str]| run(signed.dir(), &[&["verify"], words].concat());
    let out = verify(&["luu.html", "--site", "public"]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert!(said(&out).starts_with("ĐÚNG: tệp này là `thu-tuc/index.html`"), "{}", said(&out));
    assert_eq!(verify(&["luu.html"]).status.code(), Some(2), "nobody knows of which site it is");
    assert_eq!(verify(&["public/thu-tuc/index.html"]).status.code(), Some(0));
    // The right bytes in the wrong place are not what was signed.
    let home = signed.public_dir().join("index.html");
    let before = fs::read(&home).expect("there");
    fs::copy(&page, &home).expect("copied");
    assert_eq!(verify(&["public/index.html"]).status.code(), Some(1));
    fs::write(&home, before).expect("written");
    fs::write(&saved, fs::read_to_string(&saved).expect("UTF-8").replace("<p", "<P")).expect("written");
    let out = verify(&["luu.html", "--site", "public"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(said(&out).contains("“Lưu trang”"), "it says why that may be: {}", said(&out));
    assert_eq!(verify(&["khong-co.html", "--site", "public"]).status.code(), Some(2));
    // The words on what is not proven stand below every verdict.
    for words in ["ngày ký: đó là lời của người ký", "bản mới nhất", "khóa này do chính trang nêu ra"]
    {
        assert!(said(&out).contains(words), "{words}");
    }
}

#[test]
fn sha256sum_agrees() {
    let signed = Signed::new();
    signed.build(&["--key", "khoa"]);
    let sums = fs::read_to_string(signed.public_dir().join("SHA256SUMS")).expect("there");
    let manifest = signed.manifest();
    let listed = manifest["tep"].as_object().expect("a list");
    assert_eq!(sums.lines().count() + 1, listed.len(), "all but itself");
    for line in sums.lines() {
        let (hash, path) = line.split_once("  ").expect("two columns");
        assert_eq!(listed[path], hash);
    }
    let checked = std::process::Command::new("sha256sum")
        .args(["-c", "--quiet", "SHA256SUMS"])
        .current_dir(signed.public_dir())
        .output();
    // Not every machine has the tool; where it is, it must agree.
    if let Ok(out) = checked {
        assert!(out.status.success(), "{}", said(&out));
    }
}

// ---- Signing ------------------------------------------------------------------------------------

#[test]
fn the_same_key_signs_the_same_bytes_and_only_a_known_key_signs() {
    let signed = Signed::new();
    signed.build(&["--key", "khoa"]);
    let first = tree(&signed.public_dir());
    fs::remove_dir_all(signed.public_dir()).expect("removed");
    let key = fs::read_to_string(signed.dir().join("khoa")).expect("there");
    let out = congkhai()
        .current_dir(signed.dir())
        .args(["build", "--date", DAY, "-q"])
        .env("CONGKHAI_KEY", key)
        .output()
        .expect("the command starts");
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert!(tree(&signed.public_dir()) == first, "file and environment give the same");
    // A key that the site does not name is refused before anything is written.
    new_key(signed.dir(), "khac");
    let out = run(signed.dir(), &["build", "--date", DAY, "--key", "khac"]);
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
    assert!(tree(&signed.public_dir()) == first);
    // Without a key the site is told to be unsigned, and no old signature stays behind.
    let out = run(signed.dir(), &["build", "--date", DAY]);
    assert_eq!(out.status.code(), Some(0));
    assert!(said(&out).contains("Chưa ký"), "{}", said(&out));
    assert!(!signed.public_dir().join("chu-ky.txt").exists());
    let out = run(signed.dir(), &["verify", "public"]);
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    // A site without a key says nothing of keys.
    let plain = TestSite::smallest();
    let out = run(plain.dir(), &["build", "--date", DAY]);
    assert_eq!(out.status.code(), Some(0));
    let home = fs::read_to_string(plain.dir().join("public/index.html")).expect("built");
    assert!(!home.contains("Vân tay") && !said(&out).contains("ký"), "{}", said(&out));
}

#[test]
fn a_key_is_kept_from_others_and_out_of_repositories() {
    let signed = Signed::new();
    let file = signed.dir().join("khoa");
    assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    let before = fs::read(&file).expect("there");
    assert_eq!(run(signed.dir(), &["key", "new", "khoa"]).status.code(), Some(2), "never written over");
    assert_eq!(fs::read(&file).expect("there"), before);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("set");
    let out = run(signed.dir(), &["build", "--date", DAY, "--key", "khoa"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(said(&out).contains("chmod 600"), "{}", said(&out));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("set");
    // The secret itself as an argument is refused and not repeated.
    let secret = String::from_utf8(before).expect("UTF-8");
    let secret = secret.lines().last().expect("a key");
    let out = run(signed.dir(), &["build", "--date", DAY, "--key", secret]);
    assert_eq!(out.status.code(), Some(2));
    assert!(!said(&out).contains(&secret[40..]), "{}", said(&out));
    // In the content, in a hidden file of it, and beside it in a git repository it is found.
    let check = || run(signed.dir(), &["check", "--date", DAY]);
    assert_eq!(check().status.code(), Some(0), "{}", said(&check()));
    fs::copy(&file, signed.dir().join("content/.khoa")).expect("copied");
    assert!(check().status.code() == Some(1) && said(&check()).contains("CK0821"), "{}", said(&check()));
    let out = run(signed.dir(), &["build", "--date", DAY, "--key", "content/.khoa"]);
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
    fs::remove_file(signed.dir().join("content/.khoa")).expect("removed");
    signed.site.write(".git/HEAD", "ref: refs/heads/main\n");
    let out = check();
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    assert!(said(&out).contains("../khoa") && !said(&out).contains(&secret[40..]), "{}", said(&out));
    assert_eq!(run(signed.dir(), &["key", "new", "khoa-2"]).status.code(), Some(2), "none is made there");
}

#[test]
fn a_key_is_replaced_and_what_the_old_one_signed_stays_good() {
    let site = TestSite::smallest();
    let old = new_key(site.dir(), "cu");
    add_key(&site, &old, "2025-01-01", Some("2026-11-30"));
    let new = new_key(site.dir(), "moi");
    add_key(&site, &new, "2026-11-15", None);
    let build =
        |day: &str, key: &str| run(site.dir(), &["build", "--date", day, "-q", "--key", key]).status.code();
    let verify = |words: &[&str]| run(site.dir(), &[&["verify"], words].concat());
    // While both hold, both sign.
    for key in ["cu", "moi"] {
        assert_eq!(build("2026-11-20", key), Some(0));
        assert_eq!(verify(&["public"]).status.code(), Some(0));
    }
    assert_eq!(build("2026-12-01", "cu"), Some(2), "the old one is over");
    assert_eq!(build("2026-11-10", "moi"), Some(2), "the new one has not begun");
    // What was signed before goes on being proven, by the site itself and by who knows the old key.
    assert_eq!(build("2026-11-10", "cu"), Some(0));
    assert_eq!(verify(&["public"]).status.code(), Some(0));
    assert_eq!(verify(&["public", "--public-key", &old]).status.code(), Some(0));
    assert_eq!(verify(&["public", "--public-key", &new]).status.code(), Some(1));
    // The key was lost: the site goes on with the new one alone, the old one stays named with its last day.
    fs::remove_file(site.dir().join("cu")).expect("lost");
    assert_eq!(build("2026-12-01", "moi"), Some(0));
    assert_eq!(verify(&["public"]).status.code(), Some(0));
    let page = fs::read_to_string(site.dir().join("public/xac-minh/index.html")).expect("built");
    for words in [&*old, &*new, "Khóa đang dùng", "Khóa không còn hoặc chưa dùng", "30/11/2026"] {
        assert!(page.replace("&#x2F;", "/").contains(words), "{words}: {page}");
    }
}

// ---- Versions of records ------------------------------------------------------------------------

const PROCEDURE: &str = "thu-tuc/1.000123";

#[test]
fn earlier_versions_stay_and_are_checked() {
    let signed = Signed::new();
    signed.build(&["--key", "khoa"]);
    let (first, before) = signed.versions(PROCEDURE);
    let first = first.expect("a version");
    assert!(before.is_empty());
    let bytes = fs::read(signed.record(PROCEDURE, &first)).expect("there");
    let record: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(record["dang"], "congkhai/ban-ghi/1");
    assert_eq!(congkhai::base::canonical::canonical(&record).into_bytes(), bytes, "its own canonical form");
    assert_eq!(congkhai::base::hash::Sha::of(&bytes).to_hex(), first);
    // A day later nothing is new: a version depends on what was written alone.
    let out = run(signed.dir(), &["build", "--date", "2026-11-24", "-q", "--key", "khoa"]);
    assert_eq!(out.status.code(), Some(0));
    assert_eq!(signed.versions(PROCEDURE), (Some(first.clone()), vec![]));
    // Two changes, and back to the first state: newest first, none twice.
    let name = record["ban_ghi"]["ten"].as_str().expect("a name").to_owned();
    let config = fs::read_to_string(signed.dir().join("content/trang.yaml")).expect("there");
    let allowed = "cho_phep: [{viec: sua_thu_tuc, ten: thu-tuc/1.000123, ngay: 2026-11-23, ly_do: Thử}]\n";
    signed.site.write("content/trang.yaml", &format!("{config}{allowed}"));
    edit(&signed.site, "thu-tuc/1.000123.yaml", &name, &format!("{name} hai"));
    signed.build(&["--key", "khoa"]);
    let second = signed.versions(PROCEDURE).0.expect("a version");
    assert_eq!(signed.versions(PROCEDURE).1, std::slice::from_ref(&first));
    edit(&signed.site, "thu-tuc/1.000123.yaml", &format!("{name} hai"), &format!("{name} ba"));
    signed.build(&["--key", "khoa"]);
    assert_eq!(signed.versions(PROCEDURE).1, [second.clone(), first.clone()]);
    edit(&signed.site, "thu-tuc/1.000123.yaml", &format!("{name} ba"), &name);
    signed.build(&["--key", "khoa"]);
    let (now, before) = signed.versions(PROCEDURE);
    assert_eq!((now.as_deref(), before.len()), (Some(&*first), 2));
    assert_eq!(run(signed.dir(), &["verify", "public"]).status.code(), Some(0));
    let old = signed.record(PROCEDURE, &second);
    let shown = old.to_str().expect("UTF-8");
    let out = run(signed.dir(), &["verify", shown]);
    assert_eq!(out.status.code(), Some(0), "an old version is signed as well: {}", said(&out));
    // Also without a key, and after the record itself is gone.
    signed.build(&[]);
    assert!(old.is_file());
    let laws = fs::read_to_string(signed.dir().join("content/danh-muc/van-ban.yaml")).expect("there");
    let more = format!("{laws}- so_ky_hieu: 1/2026/TT-MAU\n  ten: Thông tư mẫu\n");
    signed.site.write("content/danh-muc/van-ban.yaml", &more);
    signed.build(&[]);
    let law = "van-ban/1-2026-tt-mau";
    let version = signed.versions(law).0.expect("a version");
    signed.site.write("content/danh-muc/van-ban.yaml", &laws);
    signed.build(&[]);
    assert_eq!(signed.versions(law), (None, vec![version.clone()]));
    assert!(signed.record(law, &version).is_file());
    // One that was changed is not published again as if it were genuine.
    let kept = fs::read(&old).expect("there");
    fs::write(&old, b"{}").expect("written");
    let all = tree(&signed.public_dir());
    let out = run(signed.dir(), &["build", "--date", DAY]);
    assert_eq!(out.status.code(), Some(3), "{}", said(&out));
    assert!(tree(&signed.public_dir()) == all, "nothing was written");
    // One that was taken down stays down, and that is said.
    fs::remove_file(&old).expect("removed");
    let out = run(signed.dir(), &["build", "--date", DAY]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert!(said(&out).contains("thôi đăng") && said(&out).contains(&second), "{}", said(&out));
    assert!(!signed.versions(PROCEDURE).1.contains(&second));
    drop(kept);
}

const PETITION: &str = "ma: pa-1\nngay_tiep_nhan: 2026-11-02\nkenh: dien_thoai\nloai: hanh_vi\ntieu_de: Chờ lâu\n\
    noi_dung: Phải chờ lâu ở quầy.\ndon_vi: so-mau\nminh_hoa: true\n";

fn with_petition(signed: &Signed, text: &str) {
    signed.site.write("content/phan-anh/2026/pa-1.yaml", text);
}

#[test]
fn a_petition_enters_salted_and_goes_without_a_trace() {
    let signed = Signed::new();
    with_petition(&signed, PETITION);
    signed.build(&["--key", "khoa"]);
    let name = "phan-anh/pa-1";
    let (first, _) = signed.versions(name);
    let first = first.expect("a version");
    let bytes = fs::read(signed.record(name, &first)).expect("there");
    let mut record: Value = serde_json::from_slice(&bytes).expect("JSON");
    let salt = record["muoi"].as_str().expect("a salt").to_owned();
    assert_eq!(salt.len(), 64);
    // Who knows every word cannot work out the hash without the salt.
    record.as_object_mut().expect("a mapping").remove("muoi");
    let bare = congkhai::base::canonical::canonical(&record);
    assert_ne!(congkhai::base::hash::Sha::of(bare.as_bytes()).to_hex(), first);
    // The next version has another salt, and the first is gone.
    with_petition(&signed, &PETITION.replace("ở quầy", "ở quầy số 2"));
    signed.build(&["--key", "khoa"]);
    let (second, before) = signed.versions(name);
    assert!(before.is_empty() && second.as_deref() != Some(&first));
    assert!(!signed.record(name, &first).exists());
    let all: Vec<u8> = tree(&signed.public_dir()).into_iter().flat_map(|(_, bytes)| bytes).collect();
    assert!(!contains(&all, &first) && !contains(&all, &salt));
    // Deleted: neither file nor hash stays.
    fs::remove_file(signed.dir().join("content/phan-anh/2026/pa-1.yaml")).expect("removed");
    signed.build(&["--key", "khoa"]);
    let second = second.expect("a version");
    for (path, bytes) in tree(&signed.public_dir()) {
        assert!(!path.to_string_lossy().contains("pa-1"), "{}", path.display());
        assert!(!contains(&bytes, &second) && !contains(&bytes, "pa-1"), "{}", path.display());
    }
    // Without a key there is no salt, and so no version of a petition.
    with_petition(&signed, PETITION);
    signed.build(&[]);
    assert!(!signed.public_dir().join("ban-ghi/phan-anh").exists());
}

fn contains(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn a_version_says_nothing_that_no_page_says() {
    let signed = Signed::new();
    let later = "dien_bien:\n- {ngay: 2026-11-03, trang_thai: tiep_nhan}\n- {ngay: 2026-12-03, trang_thai: dang_xu_ly, noi_dung: việc về sau}\n\
        ket_qua: {ngay: 2026-12-20, ket_luan: tiep_thu, noi_dung: kết quả về sau}\nghi_chu_bien_tap: chú thích riêng\n";
    with_petition(&signed, &format!("{PETITION}{later}"));
    let answered = "dien_bien:\n- {ngay: 2026-11-10, trang_thai: tra_loi, noi_dung: chưa được công khai}\n\
        ket_qua: {ngay: 2026-11-10, ket_luan: giai_trinh, noi_dung: chưa được công khai}\n";
    let second = format!("{PETITION}{answered}").replace("pa-1", "pa-2");
    signed.site.write("content/phan-anh/2026/pa-2.yaml", &second);
    signed.build(&["--key", "khoa"]);
    let all: BTreeMap<PathBuf, Vec<u8>> = tree(&signed.public_dir()).into_iter().collect();
    assert!(all.keys().any(|path| path.starts_with("ban-ghi/phan-anh/pa-2")));
    for (path, bytes) in &all {
        for word in ["việc về sau", "kết quả về sau", "chú thích riêng", "chưa được công khai"]
        {
            assert!(!contains(bytes, word), "{}: {word}", path.display());
        }
    }
}

// ---- The web ------------------------------------------------------------------------------------

/// Serves a folder until the test ends; gives its address. Just enough of HTTP for curl.
fn serve(root: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut lines = BufReader::new(stream.try_clone().expect("a copy")).lines();
            let first = lines.next().and_then(Result::ok).unwrap_or_default();
            while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
            let path =
                first.split(' ').nth(1).unwrap_or("/").strip_prefix("/thu/").unwrap_or("khong-co").to_owned();
            let path =
                if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
            let (status, bytes) = match fs::read(root.join(path)) {
                Ok(bytes) => ("200 OK", bytes),
                Err(_) => ("404 Not Found", b"khong co".to_vec()),
            };
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", bytes.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes));
        }
    });
    format!("http://{address}/thu/")
}

#[test]
fn a_page_on_the_web_is_checked_with_the_machines_curl() {
    if std::process::Command::new("curl").arg("--version").output().is_err() {
        return;
    }
    let signed = Signed::new();
    signed.build(&["--key", "khoa"]);
    let site = serve(signed.public_dir());
    let verify = |words: &[&str]| {
        let out = congkhai()
            .current_dir(signed.dir())
            .env("NO_PROXY", "*")
            .env("no_proxy", "*")
            .arg("verify")
            .args(words)
            .output()
            .expect("the command starts");
        (out.status.code(), said(&out))
    };
    for page in ["", "thu-tuc/", "thu-tuc/1.000123/", "thu-tuc/index.html?x=1#y", "phien-ban.json"] {
        let (code, words) = verify(&[&format!("{site}{page}")]);
        assert_eq!(code, Some(0), "{page}: {words}");
    }
    let saved = signed.dir().join("luu.html");
    fs::copy(signed.public_dir().join("thu-tuc/index.html"), &saved).expect("copied");
    assert_eq!(verify(&["luu.html", "--site", &site]).0, Some(0));
    assert_eq!(verify(&[&format!("{site}khong-co/")]).0, Some(1), "no such page was signed");
    fs::write(signed.public_dir().join("thu-tuc/index.html"), "giả").expect("written");
    let (code, words) = verify(&[&format!("{site}thu-tuc/")]);
    assert_eq!(code, Some(1), "{words}");
    assert!(words.starts_with("SAI: "), "{words}");
    let nowhere = site.replace("/thu/", "/khong-co/");
    assert_eq!(verify(&[&nowhere]).0, Some(1), "no site there");
    assert_eq!(verify(&["http://127.0.0.1:9/"]).0, Some(3), "nobody answers");
}
