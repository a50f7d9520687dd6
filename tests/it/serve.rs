//! `congkhai serve` as a process of its own: ports, the log, the end, saves as editors make them, the limit of the system.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::cli::{congkhai, tree};
use crate::site::TestSite;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A preview at work; ends with the test.
struct Preview {
    process: Child,
    address: SocketAddr,
    log: Receiver<String>,
    said: String,
}

impl Preview {
    fn start(site: &TestSite, words: &[&str]) -> Self {
        let mut command = congkhai();
        command.args(["serve", "--date", "2026-11-23"]).args(words);
        Self::of(site, command)
    }

    fn of(site: &TestSite, mut command: Command) -> Self {
        let mut process = command
            .current_dir(site.dir())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let errors = BufReader::new(process.stderr.take().expect("piped"));
        let (sender, log) = channel();
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let mut preview = Self { process, address: ([127, 0, 0, 1], 0).into(), log, said: String::new() };
        let line = preview.until_said("http://");
        let address =
            line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        preview.address = address.parse().expect("an address");
        preview
    }

    /// The next line of the log with these words.
    fn until_said(&mut self, words: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line =
                self.log.recv_timeout(left).unwrap_or_else(|_| panic!("no `{words}` in:\n{}", self.said));
            self.said.push_str(&line);
            self.said.push('\n');
            if line.contains(words) {
                return line;
            }
        }
    }

    fn get(&self, path: &str) -> String {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        raw(self.address, head.as_bytes())
    }

    /// Asks until the page is as wanted.
    fn until(&self, path: &str, wanted: impl Fn(&str) -> bool, what: &str) {
        let end = Instant::now() + PATIENCE;
        let mut page = self.get(path);
        while !wanted(&page) {
            assert!(Instant::now() < end, "{what}: still\n{page}");
            std::thread::sleep(Duration::from_millis(20));
            page = self.get(path);
        }
    }

    /// The most memory that the process has held, in KiB.
    fn peak(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What comes back until the other side closes.
fn raw(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(PATIENCE)).expect("set");
    let _ = stream.write_all(bytes);
    answer(stream)
}

fn answer(mut stream: TcpStream) -> String {
    let mut all = Vec::new();
    // A server that refuses may close while it is still being written to.
    let _ = stream.read_to_end(&mut all);
    String::from_utf8_lossy(&all).into_owned()
}

fn status(answer: &str) -> &str {
    answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).unwrap_or("none")
}

/// Some record with its page.
fn article(site: &TestSite) -> (PathBuf, &'static str) {
    site.write("content/bai-viet/tin-tuc/thu.md", &text("Đầu tiên"));
    (site.dir().join("content/bai-viet/tin-tuc/thu.md"), "/bai-viet/tin-tuc/thu/")
}

fn text(title: &str) -> String {
    format!("---\ntieu_de: {title}\nngay: 2026-11-01\ntom_tat: Một câu.\n---\n\nChữ.\n")
}

#[test]
fn a_port_that_is_taken_is_refused_if_asked_for_and_passed_over_if_not() {
    let site = TestSite::smallest();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("bound").port().to_string();
    let out = congkhai().current_dir(site.dir()).args(["serve", "--port", &port]).output().expect("runs");
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!((out.status.code(), said.lines().count()), (Some(3), 1), "{said}");
    assert!(said.contains(&format!("cổng {port} đang có chương trình khác dùng")), "{said}");
    let (first, second) = (Preview::start(&site, &[]), Preview::start(&site, &[]));
    assert_ne!(first.address, second.address);
    for preview in [&first, &second] {
        assert!(preview.address.ip().is_loopback(), "loopback unless told");
        assert_eq!(status(&preview.get("/")), "200");
    }
}

#[test]
fn interrupted_it_ends_at_once_and_has_written_nothing() {
    let site = TestSite::smallest();
    let before = crate::cli::tree(site.dir());
    let mut preview = Preview::start(&site, &[]);
    preview.until_said("đã kiểm tra");
    assert_eq!(status(&preview.get("/")), "200");
    // Somebody listens for news all the while.
    let mut news = TcpStream::connect(preview.address).expect("connected");
    write!(news, "GET /__su-kien HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).expect("sent");
    let process = preview.process.id().to_string();
    let sent = Command::new("kill").args(["-INT", &process]).status().expect("kill is there");
    assert!(sent.success());
    let start = Instant::now();
    let ended = preview.process.wait().expect("it ends");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(ended.signal() == Some(2) || ended.success(), "{ended:?}");
    assert!(!preview.said.contains("panic"), "{}", preview.said);
    assert!(crate::cli::tree(site.dir()) == before, "nothing is written, nothing is left behind");
    assert!(TcpListener::bind(preview.address).is_ok(), "the port is free again");
}

#[test]
fn the_log_tells_a_clerk_what_happened() {
    let site = TestSite::smallest();
    let mut preview = Preview::start(&site, &[]);
    assert!(
        preview.said.contains("xem thử tại http://127.0.0.1:") && preview.said.contains("Ctrl+C để dừng")
    );
    preview.until_said("đã kiểm tra, 0 cảnh báo");
    site.write(
        "content/bai-viet/tin-tuc/sai.md",
        &text("Sai").replace("ngay: 2026-11-01", "ngay: 31/02/2026"),
    );
    preview.until_said("có 1 lỗi, chưa đăng được");
    let line = preview.until_said("bai-viet/tin-tuc/sai.md:3");
    assert!(line.contains("CK03"), "file, line, code and words: {line}");
    fs::remove_file(site.dir().join("content/bai-viet/tin-tuc/sai.md")).expect("removed");
    preview.until_said("đã kiểm tra, 0 cảnh báo");
}

#[test]
fn saves_are_seen_however_editors_make_them() {
    let site = TestSite::smallest();
    let (file, page) = article(&site);
    let backup = file.with_extension("md~");
    let other = file.with_file_name(".thu.md.swp");
    // Each writes the text in the way of some editor.
    type Way<'a> = (&'a str, &'a dyn Fn(&str));
    let ways: &[Way<'_>] = &[
        ("in place", &|text| fs::write(&file, text).expect("written")),
        ("a new file over the old one", &|text| {
            fs::write(&other, text).expect("written");
            fs::rename(&other, &file).expect("renamed");
        }),
        ("the old one aside, a new one, the old one away (vim)", &|text| {
            fs::write(&other, "b0VIM").expect("written");
            fs::rename(&file, &backup).expect("renamed");
            fs::write(&file, text).expect("written");
            fs::remove_file(&backup).expect("removed");
            fs::remove_file(&other).expect("removed");
        }),
        ("deleted, and written again later", &|text| {
            fs::remove_file(&file).expect("removed");
            std::thread::sleep(Duration::from_millis(120));
            fs::write(&file, text).expect("written");
        }),
        ("emptied, and filled piece by piece", &|text| {
            let mut open = fs::File::create(&file).expect("opened");
            for piece in text.as_bytes().chunks(20) {
                open.write_all(piece).expect("written");
                std::thread::sleep(Duration::from_millis(15));
            }
        }),
        ("its folder deleted and made again", &|text| {
            let folder = file.parent().expect("a folder");
            fs::remove_dir_all(folder).expect("removed");
            std::thread::sleep(Duration::from_millis(50));
            fs::create_dir_all(folder).expect("made");
            fs::write(&file, text).expect("written");
        }),
        ("the content folder moved away and back", &|text| {
            let (content, aside) = (site.dir().join("content"), site.dir().join("aside"));
            fs::rename(&content, &aside).expect("renamed");
            std::thread::sleep(Duration::from_millis(300));
            fs::write(aside.join("bai-viet/tin-tuc/thu.md"), text).expect("written");
            fs::rename(&aside, &content).expect("renamed");
        }),
        ("a lock that leads nowhere, a copy of what is not saved yet (emacs)", &|text| {
            let (lock, unsaved) = (file.with_file_name(".#thu.md"), file.with_file_name("#thu.md#"));
            symlink("ai@may.1:2", &lock).expect("linked");
            fs::write(&unsaved, text).expect("written");
            fs::write(&file, text).expect("written");
            fs::remove_file(&unsaved).expect("removed");
            fs::remove_file(&lock).expect("removed");
        }),
        // At once, so that the new folder has the inode of the old one: only its watch is gone.
        ("the content folder deleted and made again, and saved in a moment later", &|text| {
            let content = site.dir().join("content");
            let all = tree(&content);
            fs::remove_dir_all(&content).expect("removed");
            for (name, bytes) in all {
                site.write_bytes(&format!("content/{}", name.display()), &bytes);
            }
            std::thread::sleep(Duration::from_millis(700));
            fs::write(&file, text).expect("written");
        }),
    ];
    for words in [&[][..], &["--poll"]] {
        let preview = Preview::start(&site, words);
        preview.until(page, |html| status(html) == "200", "the first page");
        for (n, (name, save)) in ways.iter().enumerate() {
            // Twice: what is watched after a folder came back must be watched as before.
            for turn in 0..2 {
                let title = format!("Lưu kiểu {n} lần {turn}");
                save(&text(&title));
                let shown = |html: &str| html.replace('\u{a0}', " ").contains(&title);
                preview.until(page, shown, &format!("{name} {words:?}"));
            }
        }
        preview.until(page, |html| !html.contains("ck-panel"), "no fault is left over");
    }
}

#[test]
fn a_folder_that_vanishes_is_told_and_no_page_is_lost() {
    let site = TestSite::smallest();
    let (_, page) = article(&site);
    let mut preview = Preview::start(&site, &[]);
    preview.until(page, |html| status(html) == "200", "the first page");
    fs::rename(site.dir().join("content"), site.dir().join("aside")).expect("renamed");
    preview.until(page, |html| html.contains("ck-panel") && html.contains("Đầu tiên"), "the last good page");
    preview.until_said("content");
    fs::rename(site.dir().join("aside"), site.dir().join("content")).expect("renamed");
    preview.until(page, |html| !html.contains("ck-panel"), "it is back");
}

#[test]
fn ten_thousand_events_cost_neither_much_memory_nor_the_last_change() {
    let site = TestSite::smallest();
    let (file, page) = article(&site);
    let preview = Preview::start(&site, &[]);
    preview.until(page, |html| status(html) == "200", "the first page");
    let before = preview.peak();
    let folder = site.dir().join("content/tep");
    fs::create_dir_all(&folder).expect("made");
    let start = Instant::now();
    for n in 0..5000 {
        let path = folder.join(format!("{}.txt", n % 100));
        fs::write(&path, n.to_string()).expect("written");
        fs::remove_file(&path).expect("removed");
        if n % 100 == 0 {
            fs::write(&file, text(&format!("Lần {n}"))).expect("written");
        }
    }
    fs::write(&file, text("Lần cuối cùng")).expect("written");
    let made = start.elapsed();
    preview.until(page, |html| html.replace('\u{a0}', " ").contains("Lần cuối cùng"), "the last save");
    assert!(start.elapsed() < made + Duration::from_secs(10), "{made:?}, seen after {:?}", start.elapsed());
    assert!(preview.peak() < before + 100 * 1024, "{before} KiB, then {} KiB", preview.peak());
}

#[test]
fn where_the_system_watches_no_more_folders_it_says_how_to_raise_the_limit_and_looks_itself() {
    let site = TestSite::smallest();
    let (file, page) = article(&site);
    // The kernel's answer when fs.inotify.max_user_watches is used up, and when max_user_instances is.
    for fault in ["inotify_add_watch:error=ENOSPC", "inotify_init1:error=EMFILE"] {
        let name = fault.split(':').next().expect("a name");
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={name}"), "-e"]);
        command.arg(format!("inject={fault}")).arg(congkhai().get_program());
        command.args(["serve", "--date", "2026-11-23"]);
        assert!(
            Command::new("strace").arg("-V").output().is_ok_and(|out| out.status.success()),
            "this test needs strace: apt-get install strace"
        );
        fs::write(&file, text("Đầu tiên")).expect("written");
        // In a group of their own: strace keeps no signal from what it runs only if both get it.
        command.process_group(0);
        let preview = Preview::of(&site, command);
        assert!(preview.said.contains("từ giờ tự xem lại mỗi giây"), "{fault}: {}", preview.said);
        assert!(preview.said.contains("sysctl fs.inotify.max_user_watches="), "{fault}: {}", preview.said);
        fs::write(&file, text("Vẫn thấy")).expect("written");
        preview.until(page, |html| html.contains("Vẫn thấy"), fault);
        let group = format!("-{}", preview.process.id());
        let ended = Command::new("kill").args(["-KILL", "--", &group]).status().expect("kill is there");
        assert!(ended.success());
    }
}

#[test]
fn a_click_opens_the_line_in_the_program_that_was_chosen() {
    let site = TestSite::smallest();
    site.write(
        "content/bai-viet/tin-tuc/sai.md",
        &text("Sai").replace("ngay: 2026-11-01", "ngay: 31/02/2026"),
    );
    let place = site.dir().join("content/bai-viet/tin-tuc/sai.md");
    let place = place.display();
    for (words, href) in [
        (&[][..], format!("href=\"vscode://file{place}:3:7\"")),
        (
            &["--editor", "idea://open?file={tep}&line={dong}"],
            format!("href=\"idea://open?file={place}&amp;line=3\""),
        ),
    ] {
        let preview = Preview::start(&site, words);
        preview.until("/__loi", |html| html.contains(&href), &href);
    }
}
