//! The preview against the build: the same bytes after any edits, and a server that stays within its
//! bounds.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use congkhai::base::date::{AsOf, Date};
use congkhai::base::diagnostic::{Diagnostic, Severity};
use congkhai::base::hash::Sha;
use congkhai::base::path::SitePath;
use congkhai::check::kept::Kept;
use congkhai::inputs::{AssetRef, FileKind, Inputs, SourceFile};
use congkhai::load::{self, SiteReader};
use congkhai::pipeline::{self, Memo, Settings, Stats};
use congkhai::plan;
use congkhai::preview::Preview;
use congkhai::render::Engine;
use congkhai::serve::news::Hub;
use congkhai::serve::revision::{Desk, Store};
use congkhai::serve::workshop::{self, Shop};
use congkhai::serve::{Changes, Event, Fault, http};
use congkhai::site::InMemory;
use proptest::prelude::*;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn inputs(name: &str) -> Inputs {
    let mut inputs = load::read_site(&root().join("tests/sites").join(name)).expect("readable");
    inputs.theme = crate::theme::files(&root().join("themes/mac-dinh"));
    inputs
}

fn settings() -> Settings {
    Settings { as_of: AsOf(Date::parse("2026-11-23").expect("a day")), base_url: None }
}

/// One thing that an editor does.
#[derive(Debug, Clone)]
enum Edit {
    /// Replaces a word in the n-th file.
    Word(usize, &'static str, &'static str),
    /// Deletes the n-th file.
    Delete(usize),
    /// Saves the n-th file under another name too.
    Copy(usize),
    /// Changes the style sheet.
    Style(u8),
    /// Changes the page of procedures.
    Template(u8),
    /// Deletes the n-th attachment.
    DeleteAttachment(usize),
    /// Puts another attachment beside the n-th.
    AddAttachment(usize),
    /// Saves the n-th attachment with other bytes.
    ChangeAttachment(usize),
    /// Gives the n-th file another name.
    Rename(usize),
    /// Deletes the n-th folder, or brings back what was deleted so.
    Folder(usize),
    /// Makes the n-th article a draft, or a draft an article.
    Draft(usize),
    /// Changes `trang.yaml`.
    Config(&'static str, &'static str),
    /// Looks at the site as of another day.
    Day(&'static str),
}

/// What edits are made to.
struct World {
    inputs: Inputs,
    settings: Settings,
    aside: Vec<(SitePath, SourceFile)>,
}

impl World {
    fn new() -> Self {
        Self { inputs: inputs("day-du"), settings: settings(), aside: Vec::new() }
    }
}

fn edit() -> impl Strategy<Value = Edit> {
    let words = prop::sample::select(vec![
        ("Mẫu", "Đổi"),
        ("true", "false"),
        ("2026", "2025"),
        ("ten: ", "ten: Mới "),
        ("ma: ", "ma: ? "),
        ("so: 5", "so: 6"),
        // Private data, and what is allowed of it, in records and in `trang.yaml`.
        ("Mẫu", "0912 345 678"),
        ("ten: ", "ten: CCCD 001099012345 "),
    ]);
    let config = prop::sample::select(vec![
        ("ten_ngan: Sở", "ten_ngan: Ban"),
        ("0000 000 003", "0912 345 678"),
        ("0912 345 678", "0000 000 004"),
        ("rieng_tu:\n", "rieng_tu:\n    - {chu: \"0912 345 678\", ly_do: Thử, nguoi_quyet_dinh: A}\n"),
        ("thu-nghiem/", "khac/"),
    ]);
    let days = prop::sample::select(vec!["2026-11-23", "2026-03-01", "2024-01-01", "2027-06-01"]);
    prop_oneof![
        6 => (0usize..40, words).prop_map(|(n, (from, to))| Edit::Word(n, from, to)),
        1 => (0usize..40).prop_map(Edit::Delete),
        1 => (0usize..40).prop_map(Edit::Copy),
        1 => any::<u8>().prop_map(Edit::Style),
        1 => any::<u8>().prop_map(Edit::Template),
        1 => (0usize..5).prop_map(Edit::DeleteAttachment),
        1 => (0usize..5).prop_map(Edit::AddAttachment),
        1 => (0usize..5).prop_map(Edit::ChangeAttachment),
        2 => (0usize..40).prop_map(Edit::Rename),
        2 => (0usize..10).prop_map(Edit::Folder),
        1 => (0usize..10).prop_map(Edit::Draft),
        2 => config.prop_map(|(from, to)| Edit::Config(from, to)),
        1 => days.prop_map(Edit::Day),
    ]
}

impl Edit {
    fn apply(&self, world: &mut World) {
        let World { inputs, settings, aside } = world;
        let replaced = |source: &mut SourceFile, from: &str, to: &str| {
            source.bytes = String::from_utf8_lossy(&source.bytes).replacen(from, to, 1).into_bytes().into();
        };
        let file = |n: usize| inputs.sources.keys().nth(n % inputs.sources.len().max(1)).cloned();
        match self {
            Edit::Word(n, from, to) => {
                let Some(file) = file(*n) else { return };
                replaced(inputs.sources.get_mut(&file).expect("it is there"), from, to);
            }
            Edit::Delete(n) => {
                if let Some(file) = file(*n).filter(|file| file.as_str() != "trang.yaml") {
                    inputs.sources.remove(&file);
                    inputs.files_found -= 1;
                }
            }
            Edit::Copy(n) => {
                let Some((file, source)) =
                    file(*n).and_then(|file| Some((file.clone(), inputs.sources.get(&file)?.clone())))
                else {
                    return;
                };
                if matches!(source.kind, FileKind::Procedure | FileKind::Article) {
                    let name = format!("{}/ban-{}", file.parent(), file.file_name());
                    let source = SourceFile { kind: source.kind, bytes: source.bytes };
                    inputs.sources.insert(SitePath::new(&name).expect("a good name"), source);
                    inputs.files_found += 1;
                }
            }
            Edit::Style(n) => {
                let style = inputs.theme.0.get_mut("assets/style.css").expect("the theme has one");
                style.extend(format!("p{{margin:{n}px}}").bytes());
            }
            Edit::Template(n) => {
                let page = inputs.theme.0.get_mut("pages/procedures.html").expect("the theme has it");
                let text = String::from_utf8_lossy(page).replacen("<h1>", &format!("<h1>{n} "), 1);
                *page = text.into_bytes();
            }
            Edit::DeleteAttachment(n) => {
                let asset = inputs.assets.keys().nth(n % inputs.assets.len().max(1)).cloned();
                if let Some(asset) = asset {
                    inputs.assets.remove(&asset);
                    inputs.files_found -= 1;
                }
            }
            Edit::AddAttachment(n) => {
                let name = SitePath::new(&format!("tep/them-{n}.txt")).expect("a good name");
                let held = AssetRef { hash: Sha::of(name.as_str().as_bytes()), len: 3 };
                inputs.files_found += usize::from(inputs.assets.insert(name, held).is_none());
            }
            Edit::ChangeAttachment(n) => {
                let at = n % inputs.assets.len().max(1);
                if let Some(held) = inputs.assets.values_mut().nth(at) {
                    *held = AssetRef { hash: Sha::of(format!("{n}").as_bytes()), len: held.len + 1 };
                }
            }
            Edit::Rename(n) => {
                let Some(file) = file(*n).filter(|file| file.parent() != "" && file.parent() != "danh-muc")
                else {
                    return;
                };
                let name = format!("{}/doi-{}", file.parent(), file.file_name());
                let source = inputs.sources.remove(&file).expect("it is there");
                let before = inputs.sources.insert(SitePath::new(&name).expect("a good name"), source);
                inputs.files_found -= usize::from(before.is_some());
            }
            Edit::Folder(n) => {
                if !aside.is_empty() {
                    for (file, source) in std::mem::take(aside) {
                        inputs.files_found += usize::from(inputs.sources.insert(file, source).is_none());
                    }
                    return;
                }
                let folders: BTreeSet<String> =
                    inputs.sources.keys().map(|f| f.parent().to_owned()).collect();
                let Some(folder) = folders.iter().filter(|name| !name.is_empty()).nth(*n) else { return };
                let all = std::mem::take(&mut inputs.sources);
                let (gone, stays): (Vec<_>, Vec<_>) =
                    all.into_iter().partition(|(file, _)| file.parent() == folder);
                (*aside, inputs.sources) = (gone, stays.into_iter().collect());
                inputs.files_found -= aside.len();
            }
            Edit::Draft(n) => {
                let mut articles = inputs.sources.values_mut().filter(|file| file.kind == FileKind::Article);
                let Some(article) = articles.nth(*n) else { return };
                match String::from_utf8_lossy(&article.bytes).contains("ban_nhap: true") {
                    true => replaced(article, "ban_nhap: true\n", ""),
                    false => replaced(article, "---\n", "---\nban_nhap: true\n"),
                }
            }
            Edit::Config(from, to) => {
                let site = SitePath::new("trang.yaml").expect("a good name");
                replaced(inputs.sources.get_mut(&site).expect("it is never deleted"), from, to);
            }
            Edit::Day(day) => settings.as_of = AsOf(Date::parse(day).expect("a day")),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn warm_equals_cold(edits in prop::collection::vec(edit(), 1..8)) {
        let mut warm = Warm::of(World::new());
        for edit in edits {
            warm.equals_cold_after(&edit)?;
        }
    }
}

/// Most random edits break the site, and then there are no bytes to compare: each sort once while it is whole.
#[test]
fn each_sort_of_edit_of_a_good_site_gives_the_bytes_of_a_cold_build() {
    let mut warm = Warm::of(World::new());
    let edits = [
        Edit::Style(7),
        Edit::Template(7),
        Edit::Style(8),
        Edit::AddAttachment(0),
        Edit::ChangeAttachment(0),
        Edit::Config("ten_ngan: Sở", "ten_ngan: Ban"),
        Edit::Draft(0),
        Edit::Draft(0),
        Edit::Day("2026-11-24"),
    ];
    for edit in edits {
        let whole = warm.equals_cold_after(&edit).unwrap_or_else(|fault| panic!("{fault}"));
        assert!(whole, "{edit:?} leaves a site");
    }
    // Every file alone: some break the site, and it is whole again when they are back.
    let good = warm.world.inputs.clone();
    for n in 0..good.sources.len() {
        for edit in [Edit::Word(n, "Mẫu", "Đổi"), Edit::Delete(n), Edit::Copy(n), Edit::Rename(n)] {
            if n % 4 != 0 && !matches!(edit, Edit::Word(..)) {
                continue;
            }
            warm.equals_cold_after(&edit).unwrap_or_else(|fault| panic!("{fault}"));
            warm.world.inputs = good.clone();
        }
    }
    assert!(warm.equals_cold_after(&Edit::Style(9)).unwrap_or_else(|fault| panic!("{fault}")), "whole again");
}

/// A preview that has seen every state of a site.
struct Warm {
    world: World,
    memo: Memo,
    kept: Kept,
}

impl Warm {
    fn of(world: World) -> Self {
        let mut memo = Memo::default();
        pipeline::draft(&world.inputs, &world.settings, &mut memo);
        Self { world, memo, kept: Kept::default() }
    }

    /// Makes an edit, and the site both ways. Gives whether there was one to compare.
    fn equals_cold_after(&mut self, edit: &Edit) -> Result<bool, TestCaseError> {
        edit.apply(&mut self.world);
        let World { inputs, settings, .. } = &self.world;
        let cold = pipeline::build(inputs, settings, &InMemory, &|_| {});
        let warm = pipeline::draft(inputs, settings, &mut self.memo);
        let checked = pipeline::check(inputs, settings);
        let Some(model) = &warm.model else {
            prop_assert_eq!(&warm.found, &checked.diagnostics, "{:?}", edit);
            return Ok(false);
        };
        let (plan, planned) = plan::site(model, &warm.theme.assets);
        let engine = Engine::new(&warm.theme, &plan.site).expect("templates that compile");
        let lacks = warm.lacks();
        let found = warm.found.clone();
        let judged = pipeline::judge(&plan, inputs, Ok(&engine), found, planned, &self.kept, &|| true);
        prop_assert_eq!(judged.as_ref(), Some(&checked.diagnostics), "{:?}", edit);
        prop_assert_eq!(Stats { pages: plan.routes.len(), ..warm.stats }, checked.stats);
        let preview = Preview::with(&plan, &warm.theme, Arc::new(engine));
        let Some(site) = cold.site else {
            // What is wrong but was understood is shown: no page may upset the preview.
            if !lacks {
                for path in plan.routes.keys() {
                    prop_assert!(preview.file(&path.out_path()).is_ok_and(|made| made.is_some()), "{}", path);
                }
            }
            return Ok(false);
        };
        for (path, content) in &site.files {
            if !["phien-ban.json", "SHA256SUMS"].contains(&path.as_str()) {
                let made = preview.file(path).expect("a page");
                prop_assert!(made.as_ref() == Some(content), "{} after {:?}", path, edit);
            }
        }
        Ok(true)
    }
}

// ---- The server ---------------------------------------------------------------------------------

/// Stops the workshop when it goes.
struct Stop(Sender<Event>);

impl Drop for Stop {
    fn drop(&mut self) {
        drop(self.0.send(Event::Stop));
    }
}

/// Serves a copy of the full fixture site; `with` gets the address and the content folder.
fn serving(with: impl FnOnce(SocketAddr, &Path, &dyn Fn())) {
    serving_in(http::House::default(), with);
}

/// The same, by a server with bounds of its own.
pub(crate) fn serving_in(house: http::House, with: impl FnOnce(SocketAddr, &Path, &dyn Fn())) {
    let folder = tempfile::tempdir().expect("a folder");
    let content = folder.path().join("content");
    copy(&root().join("tests/sites/day-du"), &content);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, events) = channel();
    let hub = Hub::default();
    std::thread::scope(|scope| {
        let content = &content;
        let (workshop_hub, workshop_sender) = (hub.clone(), sender.clone());
        scope.spawn(move || {
            let mut reader = SiteReader::default();
            let theme = crate::theme::files(&root().join("themes/mac-dinh"));
            let mut read = |changes: &Changes| {
                let mut inputs = match changes {
                    Changes::Everything => reader.read(content),
                    Changes::Files(files) => reader.read_changed(content, files),
                }
                .map_err(|error| error.to_string())?;
                inputs.theme = theme.clone();
                Ok(inputs)
            };
            let desk = Desk {
                attachment: &|asset| load::read_attachment(content, asset),
                describe: &|found, _| {
                    let fault = |found: &Diagnostic| Fault {
                        blocks: found.severity == Severity::Error,
                        code: found.rule.code,
                        file: "tep.yaml".to_owned(),
                        line: 1,
                        column: 1,
                        message: found.message.vi.clone(),
                        help: None,
                    };
                    found.iter().map(fault).collect()
                },
                editor: &|_, _, _| None,
                log: &|_| {},
                store: Store::new(2),
            };
            let mut shop =
                Shop { read: &mut read, settings: &settings, report: &|_, _| {}, hub: workshop_hub };
            workshop::run(&mut shop, &desk, &events, &workshop_sender);
        });
        let (http_sender, http_hub) = (sender.clone(), hub.clone());
        // Ends with the process: a listener has no other way to be told.
        std::thread::spawn(move || http::serve(&listener, &http_sender, &http_hub, house));
        let changed = || drop(sender.send(Event::Changed(Changes::Everything)));
        // Also when an assertion fails: else the test would wait for the workshop for ever.
        let _stop = Stop(sender.clone());
        with(address, content, &changed);
    });
}

/// Asks again until the answer is as wanted: a judgment comes a moment after its page.
pub(crate) fn until(address: SocketAddr, path: &str, wanted: impl Fn(&str) -> bool) -> String {
    let mut answer = String::new();
    for _ in 0..1500 {
        answer = get(address, path);
        if wanted(&answer) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(wanted(&answer), "{path}: {answer}");
    answer
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("readable") {
        let entry = entry.expect("readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            let _: u64 = std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// Sends bytes and gives everything that comes back until the server closes.
pub(crate) fn raw(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

pub(crate) fn get(address: SocketAddr, path: &str) -> String {
    raw(address, format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())
}

#[test]
fn the_server_gives_the_site_and_nothing_else() {
    serving(|address, content, _| {
        std::fs::write(content.parent().expect("a folder").join("bi-mat.txt"), "BIMAT").expect("written");
        let home = get(address, "/");
        assert!(
            home.starts_with("HTTP/1.1 200 OK\r\n")
                && home.contains("Content-Security-Policy: default-src 'none'"),
            "{home}"
        );
        assert!(home.contains("Bản xem thử") && home.contains("connect-src 'self'"), "{home}");
        assert!(get(address, "/tep/anh.svg").contains("Content-Type: image/svg+xml"));
        assert!(
            get(address, "/thu-tuc").starts_with("HTTP/1.1 308 ")
                && get(address, "/thu-tuc").contains("Location: /thu-tuc/\r\n")
        );
        assert!(get(address, "/khong-co/").starts_with("HTTP/1.1 404 "));
        for path in [
            "/../bi-mat.txt",
            "/..%2fbi-mat.txt",
            "/%2e%2e/bi-mat.txt",
            "/tep/../../bi-mat.txt",
            "//bi-mat.txt",
            "/tep/..%5c..%5cbi-mat.txt",
            "/trang.yaml",
            "/tep/",
            "/%00",
        ] {
            let answer = get(address, path);
            assert!(!answer.contains("BIMAT") && !answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        }
        let head = raw(
            address,
            format!("HEAD / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes(),
        );
        assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
        for (name, value) in congkhai::base::headers::HEADERS {
            assert!(head.contains(&format!("\r\n{name}: {value}")), "as published, {name}: {head}");
        }
        assert!(!head.contains("Strict-Transport-Security"), "not for one's own machine: {head}");
        assert!(raw(address, b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").starts_with("HTTP/1.1 421 "));
        assert!(
            raw(address, format!("PUT / HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())
                .starts_with("HTTP/1.1 405 ")
        );
        assert!(
            raw(address, format!("GET /{} HTTP/1.1\r\n", "a".repeat(40_000)).as_bytes())
                .starts_with("HTTP/1.1 414 ")
        );
        // Two requests on one connection.
        let both = format!(
            "GET /tro-nang/ HTTP/1.1\r\nHost: {address}\r\n\r\nGET /so-do/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        );
        assert_eq!(raw(address, both.as_bytes()).matches("HTTP/1.1 200 OK").count(), 2);
    });
}

#[test]
fn the_last_good_page_stays_under_a_panel_until_the_fault_is_mended() {
    serving(|address, content, changed| {
        let file = content.join("thu-tuc/1.000001.yaml");
        let good = std::fs::read_to_string(&file).expect("readable");
        let mut news = TcpStream::connect(address).expect("connected");
        news.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
        news.write_all(format!("GET /__su-kien HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())
            .expect("sent");
        let mut heard = String::new();
        let mut wait = || {
            let mut piece = [0; 512];
            while !heard.contains("event: doi") {
                let n = news.read(&mut piece).expect("an event in time");
                heard.push_str(&String::from_utf8_lossy(&piece[..n]));
            }
            heard.clear();
        };
        assert!(!get(address, "/thu-tuc/1.000001/").contains("ck-panel"));
        // Subscribed only when the head of the answer has come; the first event may be that of the start.
        std::fs::write(&file, format!("{good}khoa_la: 1\n")).expect("written");
        changed();
        wait();
        let page = get(address, "/thu-tuc/1.000001/");
        assert!(page.contains("ck-panel") && page.contains("khoa_la") && page.contains("<h1"), "{page}");
        assert!(get(address, "/__loi").contains("khoa_la"));
        std::fs::write(&file, good.replacen("ten: ", "ten: Tên mới ", 1)).expect("written");
        changed();
        wait();
        assert!(get(address, "/thu-tuc/1.000001/").contains("Tên mới"));
        // What the last judgment said stays under the page, as not certain, until the next one is there.
        until(address, "/thu-tuc/1.000001/", |html| html.contains("Tên mới") && !html.contains("ck-panel"));
        assert!(get(address, "/?ngay=2020-01-01").contains("tính đến ngày 1/1/2020"));
        std::fs::remove_dir_all(content).expect("removed");
        changed();
        wait();
        assert!(get(address, "/thu-tuc/1.000001/").contains("ck-panel"), "a content folder that is gone");
    });
}

#[test]
fn a_page_is_shown_before_it_is_judged_and_the_judgment_follows() {
    serving(|address, content, changed| {
        let page = "/thu-tuc/1.000001/";
        until(address, page, |html| !html.contains("đang kiểm tra"));
        let file = content.join("thu-tuc/1.000001.yaml");
        let good = std::fs::read_to_string(&file).expect("readable");
        let line = good.lines().find(|line| line.starts_with("linh_vuc: ")).expect("it has a field");
        let wrong = good.replace(line, "linh_vuc: khong-co").replacen("ten: ", "ten: Vừa đổi ", 1);
        std::fs::write(&file, wrong).expect("written");
        changed();
        let html = until(address, page, |html| html.contains("Vừa đổi"));
        assert!(html.contains("<h1"), "a page, whatever will be said of it: {html}");
        let html = until(address, page, |html| html.contains("ck-panel"));
        assert!(html.contains("Vừa đổi") && html.contains("chưa đăng được"), "{html}");
        assert!(get(address, "/__loi").contains("khong-co"));
        // The next state is shown at once, too, and what was said of the last one is not told as certain.
        std::fs::write(&file, good.replacen("ten: ", "ten: Lại đổi ", 1)).expect("written");
        changed();
        let html = until(address, page, |html| html.contains("Lại đổi"));
        assert!(!html.contains("ck-panel") || html.contains("đang kiểm tra lại"), "{html}");
        until(address, page, |html| !html.contains("ck-panel") && !html.contains("đang kiểm tra"));
    });
}

#[test]
fn drafts_and_articles_to_come_are_marked_in_the_preview_and_never_written() {
    serving(|address, content, changed| {
        let article = |date: &str, more: &str| {
            format!("---\ntieu_de: Bài chờ\nngay: {date}\ntom_tat: Một câu.\n{more}---\n\nChữ chờ đăng.\n")
        };
        let section = content.join("bai-viet/tin-tuc");
        std::fs::create_dir_all(&section).expect("made");
        std::fs::write(section.join("cho-nhap.md"), article("2026-01-05", "ban_nhap: true\n"))
            .expect("written");
        std::fs::write(section.join("cho-ngay.md"), article("2026-12-24", "")).expect("written");
        changed();
        let draft = until(address, "/bai-viet/tin-tuc/cho-nhap/", |html| html.contains("Chữ chờ đăng"));
        assert!(draft.contains("ck-mark") && draft.contains("Bản nháp: chưa lên trang"), "{draft}");
        let later = get(address, "/bai-viet/tin-tuc/cho-ngay/");
        assert!(later.contains("ck-mark") && later.contains("đến 24/12/2026 mới lên trang"), "{later}");
        let list = get(address, "/__cho-dang");
        assert!(list.contains("/bai-viet/tin-tuc/cho-nhap/") && list.contains("/bai-viet/tin-tuc/cho-ngay/"));
        assert!(get(address, "/").contains("bài chưa lên trang"), "every page leads to the list");
        assert!(!get(address, "/bai-viet/tin-tuc/").contains("Bài chờ"), "lists are those of the site");
        // On its day it is on the site.
        let on_day = get(address, "/bai-viet/tin-tuc/cho-ngay/?ngay=2026-12-24");
        assert!(on_day.contains("Chữ chờ đăng") && !on_day.contains("ck-mark"), "{on_day}");
        let mut inputs = load::read_site(content).expect("readable");
        inputs.theme = crate::theme::files(&root().join("themes/mac-dinh"));
        let site = pipeline::build(&inputs, &settings(), &InMemory, &|_| {}).site.expect("a site");
        for (path, content) in &site.files {
            let congkhai::site::Content::Bytes(bytes) = content else { continue };
            let text = String::from_utf8_lossy(bytes);
            assert!(
                !text.contains("Bài chờ") && !text.contains("ck-bar") && !text.contains("ck-mark"),
                "{path}"
            );
        }
    });
}

#[test]
fn a_page_names_its_decisions_and_what_is_to_be_done_about_it() {
    serving(|address, _, _| {
        let html = until(address, "/thu-tuc/1.000001/", |html| !html.contains("đang kiểm tra"));
        assert!(html.contains("<details class=\"ck-about\"><summary>Trang này: "), "{html}");
        assert!(html.contains("Công bố theo:") && html.contains("quyet-dinh/"), "{html}");
    });
}

#[test]
fn bursts_and_a_folder_that_goes_and_comes_leave_no_stale_page() {
    serving(|address, content, changed| {
        let page = "/thu-tuc/1.000001/";
        let file = content.join("thu-tuc/1.000001.yaml");
        let good = std::fs::read_to_string(&file).expect("readable");
        for n in 0..10_000 {
            if n % 1000 == 0 || n == 9_999 {
                std::fs::write(&file, good.replacen("ten: ", &format!("ten: Lần {n} "), 1)).expect("written");
            }
            changed();
        }
        // The answer waits for all of them.
        let html = get(address, page);
        assert!(html.contains("Lần\u{a0}9999") || html.contains("Lần 9999"), "{html}");
        let aside = content.with_file_name("aside");
        for _ in 0..3 {
            std::fs::rename(content, &aside).expect("moved");
            changed();
            assert!(
                until(address, page, |html| html.contains("ck-panel")).contains("9999"),
                "the last good page"
            );
            std::fs::rename(&aside, content).expect("moved back");
            changed();
            until(address, page, |html| !html.contains("ck-panel"));
            // A folder in it, too: what is gone has no page, what is back has one.
            let folder = content.join("thu-tuc");
            std::fs::rename(&folder, &aside).expect("moved");
            changed();
            until(address, page, |html| html.starts_with("HTTP/1.1 404 "));
            std::fs::rename(&aside, &folder).expect("moved back");
            changed();
            until(address, page, |html| html.starts_with("HTTP/1.1 200 "));
        }
    });
}

#[test]
fn the_page_of_a_rule_is_one_click_away_whatever_the_content_is() {
    serving(|address, content, changed| {
        let file = content.join("thu-tuc/1.000001.yaml");
        let good = std::fs::read_to_string(&file).expect("readable");
        let page = "/thu-tuc/1.000001/";
        until(address, page, |html| html.contains("<h1"));
        std::fs::write(&file, format!("{good}khoa_la: 1\n")).expect("written");
        changed();
        let html = until(address, page, |html| html.contains("ck-panel"));
        let code = html.split("href=\"/__quy-tac/").nth(1).and_then(|rest| rest.split('"').next());
        let code = code.expect("the panel leads to the rule").to_owned();
        assert!(until(address, "/__loi", |html| html.contains("khoa_la")).contains("href=\"/__quy-tac/"));
        let rule = congkhai::codes::find(&code).expect("a rule");
        let of_rule = format!("/__quy-tac/{code}");
        for path in [of_rule.as_str(), "/__quy-tac", "/__loi", "/__cho-dang"] {
            let answer = get(address, path);
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{path}: {answer}");
            for (name, value) in congkhai::base::headers::HEADERS {
                assert!(answer.contains(&format!("\r\n{name}: {value}")), "as published, {name}: {answer}");
            }
        }
        assert!(get(address, &of_rule).contains(rule.slug));
        assert!(get(address, &format!("{of_rule}?ngay=2020-01-01")).contains(rule.slug), "on another day");
        assert!(get(address, "/__quy-tac/CK9999").starts_with("HTTP/1.1 404 "));
        std::fs::remove_dir_all(content).expect("removed");
        changed();
        until(address, page, |html| html.contains("ck-panel"));
        assert!(get(address, &of_rule).contains(rule.slug), "without any content");
    });
}
