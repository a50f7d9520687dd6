//! `congkhai serve` as a process: whatever an editor does to files is seen, and what the clerk is told.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::cli::{congkhai, tree};
use crate::preview::{copy, get, until};

const FILE: &str = "thu-tuc/1.000001.yaml";
const PAGE: &str = "/thu-tuc/1.000001/";

/// A preview at work over a copy of the full fixture site; it ends with this.
struct Serving {
    child: Child,
    said: Arc<Mutex<String>>,
    address: SocketAddr,
    folder: tempfile::TempDir,
}

impl Serving {
    fn new(args: &[&str]) -> Self {
        Self::by(congkhai(), &[&["--port", "0"], args].concat())
    }

    /// `command` comes to be `congkhai`.
    fn by(mut command: Command, args: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/day-du"),
            &folder.path().join("work/content"),
        );
        fs::create_dir(folder.path().join("tmp")).expect("made");
        let mut child = command
            .current_dir(folder.path().join("work"))
            .env("TMPDIR", folder.path().join("tmp"))
            .args(["serve", "--date", "2026-11-23"])
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let said = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(child.stderr.take().expect("piped"));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                heard.lock().unwrap_or_else(PoisonError::into_inner).push_str(&format!("{line}\n"));
            }
        });
        let mut serving = Self { child, said, address: SocketAddr::from(([127, 0, 0, 1], 0)), folder };
        let words = serving.hears("http://");
        let address = words.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        serving.address = address.and_then(|address| address.parse().ok()).expect("an address");
        serving
    }

    fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until the log has these words.
    fn hears(&mut self, words: &str) -> String {
        let start = Instant::now();
        loop {
            let said = self.said();
            if said.contains(words) {
                return said;
            }
            let over = self.child.try_wait().expect("a child");
            assert!(
                over.is_none() && start.elapsed() < Duration::from_secs(30),
                "no `{words}` ({over:?}): {said}"
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn content(&self) -> PathBuf {
        self.folder.path().join("work/content")
    }

    fn until(&self, wanted: impl Fn(&str) -> bool) -> String {
        until(self.address, PAGE, wanted)
    }

    /// Ends it as Ctrl+C does.
    fn interrupt(&mut self) -> ExitStatus {
        let told = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(told.expect("kill").success());
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status;
            }
            assert!(start.elapsed() < Duration::from_secs(5), "it goes on");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The most memory that it has had, in KiB.
    fn peak(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("readable");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a line");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn titled(text: &str, n: usize) -> String {
    text.replacen("ten: ", &format!("ten: Lần thứ {n} "), 1)
}

/// How the title of [`titled`] stands on the page: a number is kept with the word before it.
fn shows(html: &str, n: usize) -> bool {
    ["Lần thứ ", "Lần thứ\u{a0}"].iter().any(|words| html.contains(&format!("{words}{n} ")))
}

type Save = fn(&Path, &str);

/// How programs put a new text in the place of an old one.
const SAVES: &[(&str, Save)] = &[
    ("in place", |file, text| fs::write(file, text).expect("written")),
    ("vim: the old one becomes the backup, the new one is written under the name", |file, text| {
        let (probe, backup) = (file.with_file_name("4913"), backup(file));
        fs::write(&probe, "").expect("written");
        fs::remove_file(&probe).expect("removed");
        fs::rename(file, &backup).expect("renamed");
        fs::write(file, text).expect("written");
        fs::remove_file(&backup).expect("removed");
    }),
    ("a backup that stays", |file, text| {
        fs::copy(file, backup(file)).expect("copied");
        fs::write(file, text).expect("written");
    }),
    ("written beside and renamed", |file, text| {
        let beside = file.with_file_name(".goutputstream-A1B2C3");
        fs::write(&beside, text).expect("written");
        fs::rename(&beside, file).expect("renamed");
    }),
    ("deleted and made", |file, text| {
        fs::remove_file(file).expect("removed");
        fs::write(file, text).expect("written");
    }),
    ("deleted, and made after a while", |file, text| {
        fs::remove_file(file).expect("removed");
        std::thread::sleep(Duration::from_millis(300));
        fs::write(file, text).expect("written");
    }),
    ("in two pieces with a pause", |file, text| {
        let half = text.floor_char_boundary(text.len() / 2);
        fs::write(file, &text[..half]).expect("written");
        std::thread::sleep(Duration::from_millis(100));
        fs::write(file, text).expect("written");
    }),
    ("emacs: a link that leads nowhere as lock, an autosave", |file, text| {
        let lock = file.with_file_name(".#1.000001.yaml");
        let autosave = file.with_file_name("#1.000001.yaml#");
        symlink("ai@may.1:2", &lock).expect("linked");
        fs::write(&autosave, text).expect("written");
        fs::write(file, text).expect("written");
        fs::remove_file(&autosave).expect("removed");
        fs::remove_file(&lock).expect("removed");
    }),
    ("the folder deleted and made anew", |file, text| {
        let folder = file.parent().expect("a folder");
        let all = tree(folder);
        fs::remove_dir_all(folder).expect("removed");
        fs::create_dir(folder).expect("made");
        for (name, bytes) in all {
            fs::write(folder.join(name), bytes).expect("written");
        }
        fs::write(file, text).expect("written");
    }),
    ("in a folder that was moved away and back", |file, text| {
        let folder = file.parent().expect("a folder");
        let aside = folder.with_file_name("aside");
        fs::rename(folder, &aside).expect("moved");
        fs::write(aside.join(file.file_name().expect("a name")), text).expect("written");
        fs::rename(&aside, folder).expect("moved back");
    }),
    ("the content folder deleted and made anew", |file, text| {
        let content = file.parent().and_then(Path::parent).expect("a folder");
        let all = tree(content);
        fs::remove_dir_all(content).expect("removed");
        for (name, bytes) in all {
            let to = content.join(name);
            fs::create_dir_all(to.parent().expect("a folder")).expect("made");
            fs::write(to, bytes).expect("written");
        }
        fs::write(file, text).expect("written");
    }),
];

fn backup(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("~");
    PathBuf::from(name)
}

#[test]
fn however_a_program_saves_the_page_is_that_of_the_last_save() {
    for way in [&[][..], &["--poll"][..]] {
        let serving = Serving::new(way);
        let file = serving.content().join(FILE);
        let good = fs::read_to_string(&file).expect("readable");
        serving.until(|html| html.contains("<h1"));
        // Twice: what is watched after a folder was made anew is watched as before.
        for (n, (name, save)) in SAVES.iter().chain(SAVES).enumerate() {
            save(&file, &titled(&good, n));
            let html = serving.until(|html| shows(html, n) && !html.contains("ck-panel"));
            assert!(html.starts_with("HTTP/1.1 200 "), "{name}: {html}");
        }
    }
}

#[test]
fn a_new_folder_with_a_record_in_it_is_seen_and_so_is_its_end() {
    let serving = Serving::new(&[]);
    let record = "ma: moi-2024\nngay_tiep_nhan: 2024-03-04\nkenh: khac\nloai: quy_dinh\ntieu_de: Vừa thêm\nnoi_dung: Nội dung.\ndon_vi: phong\n";
    let folder = serving.content().join("phan-anh/2024/thang-3");
    for _ in 0..5 {
        fs::create_dir_all(&folder).expect("made");
        fs::write(folder.join("moi.yaml"), record).expect("written");
        until(serving.address, "/phan-anh/moi-2024/", |html| html.starts_with("HTTP/1.1 200 "));
        fs::remove_dir_all(folder.parent().expect("a folder")).expect("removed");
        until(serving.address, "/phan-anh/moi-2024/", |html| html.starts_with("HTTP/1.1 404 "));
    }
}

#[test]
fn a_content_folder_that_is_gone_leaves_the_last_good_page_until_it_is_back() {
    let mut serving = Serving::new(&[]);
    let (content, aside) = (serving.content(), serving.folder.path().join("aside"));
    let good = fs::read_to_string(content.join(FILE)).expect("readable");
    serving.until(|html| html.contains("<h1"));
    for n in 0..3 {
        fs::rename(&content, &aside).expect("moved");
        let html = serving.until(|html| html.contains("ck-panel"));
        assert!(html.contains("<h1") && html.starts_with("HTTP/1.1 200 "), "{html}");
        fs::rename(&aside, &content).expect("moved back");
        serving.until(|html| !html.contains("ck-panel"));
        fs::write(content.join(FILE), titled(&good, n)).expect("written");
        serving.until(|html| shows(html, n));
    }
    assert!(serving.child.try_wait().expect("a child").is_none(), "it goes on: {}", serving.said());
}

#[test]
fn ten_thousand_saves_cost_neither_memory_nor_the_last_of_them() {
    let serving = Serving::new(&[]);
    let (content, file) = (serving.content(), serving.content().join(FILE));
    let good = fs::read_to_string(&file).expect("readable");
    serving.until(|html| html.contains("<h1") && !html.contains("đang kiểm tra"));
    let before = serving.peak();
    for n in 0..10_000 {
        match n % 10 {
            9 => fs::write(&file, titled(&good, n)).expect("written"),
            _ => fs::write(content.join(format!("tep/so-{}.txt", n % 500)), n.to_string()).expect("written"),
        }
    }
    let start = Instant::now();
    serving.until(|html| shows(html, 9_999));
    assert!(start.elapsed() < Duration::from_secs(15), "{:?} after the last save", start.elapsed());
    let grown = serving.peak().saturating_sub(before) / 1024;
    assert!(grown < 200, "{grown} MiB more than before");
    let judgments = serving.said().matches("đã kiểm tra").count();
    assert!(judgments < 500, "bursts, not every save: {judgments}");
}

#[test]
fn a_port_that_is_taken_is_refused_when_it_was_asked_for_and_passed_over_when_not() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let folder = tempfile::tempdir().expect("a folder");
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/toi-thieu"),
        &folder.path().join("content"),
    );
    let run = |args: &[&str]| {
        let out = congkhai().current_dir(folder.path()).arg("serve").args(args).output().expect("it starts");
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    let (code, said) = run(&["--port", &port]);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.starts_with(&format!("congkhai: cổng {port} đang có chương trình khác dùng; ")), "{said}");
    assert!(!said.contains("os error"), "{said}");
    let (code, said) = run(&["--port", &port, "--lang", "en"]);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("is in use"), "{said}");
    let (code, said) = run(&["--host", "may-chu"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("cần một địa chỉ IP"), "{said}");
    // Ours or somebody else's: it is taken.
    let _first = TcpListener::bind("127.0.0.1:8257");
    let serving = Serving::by(congkhai(), &[]);
    assert!((8258..8307).contains(&serving.address.port()), "{}", serving.address);
    assert!(get(serving.address, "/").starts_with("HTTP/1.1 200 "));
}

#[test]
fn ctrl_c_ends_it_at_once_and_nothing_is_left() {
    let mut serving = Serving::new(&[]);
    let before = tree(serving.folder.path());
    serving.until(|html| html.contains("<h1"));
    let status = serving.interrupt();
    // As every program that Ctrl+C ends: a shell shows 130.
    assert_eq!(status.signal(), Some(2), "{status}");
    assert!(tree(serving.folder.path()) == before, "nothing was written");
    assert!(TcpListener::bind(serving.address).is_ok(), "the port is free again");
    assert!(!serving.said().contains("panicked"), "{}", serving.said());
}

#[test]
fn the_log_says_in_plain_words_where_to_look() {
    let mut serving = Serving::new(&[]);
    let file = serving.content().join(FILE);
    let good = fs::read_to_string(&file).expect("readable");
    let said = serving.hears("đã kiểm tra");
    let first = said.lines().next().unwrap_or_default();
    assert_eq!(first, format!("congkhai: xem thử tại http://{}/  (Ctrl+C để dừng)", serving.address));
    fs::write(&file, format!("{good}khoa_la: 1\n")).expect("written");
    let said = serving.hears("có 1 lỗi, chưa đăng được");
    let line = good.lines().count() + 1;
    let place = format!("  {FILE}:{line}: CK0202 ");
    let said = if said.contains(&place) { said } else { serving.hears(&place) };
    let told = said.lines().find(|line| line.starts_with(&place)).unwrap_or_default();
    assert!(told.contains("khoa_la"), "{said}");
    let before = said.len();
    fs::write(&file, &good).expect("written");
    serving.until(|html| !html.contains("ck-panel") && !html.contains("đang kiểm tra"));
    let said = serving.said();
    assert!(said[before..].contains("congkhai: đã kiểm tra, "), "{said}");
    fs::rename(serving.content(), serving.folder.path().join("aside")).expect("moved");
    serving.until(|html| html.contains("ck-panel"));
    for line in serving.said().lines() {
        assert!(line.starts_with("congkhai: ") || line.starts_with("  "), "{line}");
        assert!(!["Os {", "os error", "panicked", "Error("].iter().any(|word| line.contains(word)), "{line}");
    }
}

/// A user namespace has limits of its own, so they can be reached without touching those of the machine.
fn with_watches(most: usize) -> Option<Command> {
    let script = format!("echo {most} > /proc/sys/user/max_inotify_watches && exec \"$@\"");
    let limited = |program: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "sh", "-c", &script, "sh", program]);
        command.env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH");
        command
    };
    let allowed = limited("true").stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    allowed.then(|| limited(env!("CARGO_BIN_EXE_congkhai")))
}

#[test]
fn at_the_inotify_limit_it_says_how_to_raise_it_and_looks_by_itself() {
    // Where this machine allows no namespace, the same is tried with a false watcher in `serve::watch`.
    let Some(command) = with_watches(3) else { return };
    let mut serving = Serving::by(command, &["--port", "0"]);
    let said = serving.hears("sudo sysctl fs.inotify.max_user_watches=");
    assert!(said.contains("congkhai: hệ thống không báo được khi tệp đổi"), "{said}");
    let file = serving.content().join(FILE);
    let good = fs::read_to_string(&file).expect("readable");
    for (n, (_, save)) in SAVES.iter().enumerate() {
        save(&file, &titled(&good, n));
        serving.until(|html| shows(html, n));
    }
    drop(serving);
    // Enough for the folders that there are, not for many new ones.
    let Some(command) = with_watches(60) else { return };
    let mut serving = Serving::by(command, &["--port", "0"]);
    serving.until(|html| html.contains("<h1"));
    assert!(!serving.said().contains("sysctl"), "{}", serving.said());
    let deep = serving.content().join("phan-anh/2024");
    for n in 0..80 {
        fs::create_dir_all(deep.join(format!("so-{n}"))).expect("made");
    }
    serving.hears("sudo sysctl fs.inotify.max_user_watches=");
    let record = "ma: moi-2024\nngay_tiep_nhan: 2024-03-04\nkenh: khac\nloai: quy_dinh\ntieu_de: Vừa thêm\nnoi_dung: Nội dung.\ndon_vi: phong\n";
    fs::write(deep.join("so-79/moi.yaml"), record).expect("written");
    until(serving.address, "/phan-anh/moi-2024/", |html| html.starts_with("HTTP/1.1 200 "));
    assert_eq!(serving.said().matches("sysctl").count(), 1, "said once: {}", serving.said());
}
