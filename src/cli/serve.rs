//! `congkhai serve`: the edges of the preview – reading, the listener, the log, the browser.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;

use super::args::{Options, ServeOptions};
use super::report::{self, Audience};
use super::{Exit, Lang, run};
use crate::base::diagnostic::Message;
use crate::base::path::SitePath;
use crate::inputs::{Inputs, ThemeFiles};
use crate::load::{self, LoadError, SiteReader};
use crate::msg;
use crate::serve::news::Hub;
use crate::serve::revision::{Desk, Store};
use crate::serve::watch;
use crate::serve::workshop::{self, Shop};
use crate::serve::{Changes, Event, Fault, http};

/// The first port that is tried when none was asked for, and how many after it.
const FIRST_PORT: u16 = 8257;
const TRIES: u16 = 50;

/// Raises the number of folders that the system watches.
const RAISE: &str = "sudo sysctl fs.inotify.max_user_watches=524288";

/// Shows the site until it is stopped.
pub fn run(options: &Options, serve: &ServeOptions) -> Exit {
    run::with_threads_for_all(options.jobs, options.lang, || preview(options, serve))
}

fn preview(options: &Options, serve: &ServeOptions) -> Exit {
    let t = |vi: &'static str, en: &'static str| options.lang.pick(vi, en);
    let layers = match run::theme_layers(options) {
        Ok(layers) => layers,
        Err((exit, words)) => {
            complain!(raw words);
            return exit;
        }
    };
    // The day may turn while the preview runs; what was typed stays.
    if let Err(words) = run::settings(options) {
        complain!("congkhai: {words}");
        return Exit::Usage;
    }
    let listener = match listen(serve) {
        Ok(listener) => listener,
        Err((exit, words)) => {
            complain!("congkhai: {}", options.lang.of(&words));
            return exit;
        }
    };
    let Ok(address) = listener.local_addr() else { return Exit::Machine };
    let (sender, events) = channel();
    let hub = Hub::default();
    let mut watched = vec![options.content.clone()];
    watched.extend(layers.iter().cloned());
    let lang = options.lang;
    let forced = move |words: &str| match lang {
        Lang::Vi => complain!(
            "congkhai: hệ thống không báo được khi tệp đổi ({words}); từ giờ tự xem lại mỗi giây\n  nếu do giới hạn inotify, nâng lên rồi chạy lại: {RAISE}"
        ),
        Lang::En => complain!(
            "congkhai: the system cannot tell when files change ({words}); looking every second instead\n  if the inotify limit is the cause, raise it and start again: {RAISE}"
        ),
    };
    watch::start(watched, sender.clone(), serve.poll, forced);
    let url = format!("http://{address}/");
    complain!(
        "congkhai: {} {url}  ({})",
        t("xem thử tại", "preview at"),
        t("Ctrl+C để dừng", "Ctrl+C to stop")
    );
    if serve.open {
        open(&url);
    }
    let house = http::House { hosts: serve.host.iter().cloned().collect(), ..http::House::default() };
    {
        let (hub, events) = (hub.clone(), sender.clone());
        std::thread::spawn(move || {
            http::serve(&listener, &events, &hub, house);
            let _ = events.send(Event::Stop);
        });
    }
    let mut disk =
        Disk { content: &options.content, layers: &layers, reader: SiteReader::default(), theme: None };
    let mut read = |changes: &Changes| disk.read(changes).map_err(|error| error.to_string());
    let describe = |found, inputs: &_| {
        let audience = Audience {
            lang: options.lang,
            content: String::new(),
            summary: false,
            colour: false,
            all_places: false,
            fixable: 0,
            shown: &|_| true,
        };
        report::faults(&crate::parse::locate::locate(found, inputs), &audience)
    };
    let content = std::path::absolute(&options.content).unwrap_or_else(|_| options.content.clone());
    let desk = Desk {
        attachment: &|asset: &SitePath| load::read_attachment(&options.content, asset),
        describe: &describe,
        editor: &|file, line, column| Some(in_editor(&serve.editor, &content, file, line, column)),
        log: &|words| complain!("congkhai: {words}"),
        store: Store::new(options.jobs),
    };
    let mut shop = Shop {
        read: &mut read,
        settings: &|| run::settings(options).unwrap_or_else(|_| unreachable!("it was good at the start")),
        report: &|errors, warnings| log(options.lang, errors, warnings),
        hub,
    };
    workshop::run(&mut shop, &desk, &events, &sender);
    Exit::Done
}

/// The content and the theme on the disk.
struct Disk<'a> {
    content: &'a Path,
    layers: &'a [PathBuf],
    reader: SiteReader,
    theme: Option<ThemeFiles>,
}

impl Disk<'_> {
    /// How often it is tried again when a file went away between being listed and being read.
    const TRIES: usize = 5;

    /// Both as they are now, looking only at what changed.
    fn read(&mut self, changes: &Changes) -> Result<Inputs, LoadError> {
        let content = std::path::absolute(self.content).unwrap_or_else(|_| self.content.to_owned());
        let mut theme_changed = true;
        let mut files = None;
        if let Changes::Files(changed) = changes {
            let ours: BTreeSet<_> =
                changed.iter().filter(|file| file.starts_with(&content)).cloned().collect();
            let layers: Vec<PathBuf> =
                self.layers.iter().map(|layer| std::path::absolute(layer).unwrap_or_default()).collect();
            let of_theme = |file: &PathBuf| layers.iter().any(|layer| file.starts_with(layer));
            theme_changed = ours.len() < changed.len() || changed.iter().any(of_theme);
            files = Some(ours);
        }
        let mut inputs = match files {
            Some(files) => self.reader.read_changed(self.content, &files),
            None => self.reader.read(self.content),
        };
        for _ in 0..Self::TRIES {
            match inputs {
                Err(LoadError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                    inputs = self.reader.read(self.content);
                }
                _ => break,
            }
        }
        let mut inputs = inputs?;
        if theme_changed {
            self.theme = None;
        }
        let theme = match self.theme.take() {
            Some(theme) => theme,
            None => run::theme(self.layers)?,
        };
        inputs.theme = theme.clone();
        self.theme = Some(theme);
        Ok(inputs)
    }
}

/// A line for the clerk at each change.
fn log(lang: Lang, errors: &[Fault], warnings: usize) {
    match (lang, errors.len()) {
        (Lang::Vi, 0) => complain!("congkhai: đã kiểm tra, {warnings} cảnh báo"),
        (Lang::En, 0) => complain!("congkhai: checked, {warnings} warnings"),
        (Lang::Vi, errors) => complain!("congkhai: có {errors} lỗi, chưa đăng được"),
        (Lang::En, errors) => complain!("congkhai: {errors} errors, the site cannot be published"),
    }
    for fault in errors.iter().take(5) {
        complain!("  {}:{}: {} {}", fault.file, fault.line, fault.code, fault.message);
    }
}

/// The port asked for, or the first free one; else the status to end with and why.
fn listen(serve: &ServeOptions) -> Result<TcpListener, (Exit, Message)> {
    let host = match &serve.host {
        None => IpAddr::V4(Ipv4Addr::LOCALHOST),
        Some(host) => host.parse().map_err(|_| {
            let words =
                msg!("--host `{host}`: cần một địa chỉ IP", "--host `{host}`: an IP address is needed");
            (Exit::Usage, words)
        })?,
    };
    let refused = |port: u16, error: &io::Error| {
        let words = match error.kind() {
            io::ErrorKind::AddrInUse => msg!(
                "cổng {port} đang có chương trình khác dùng; hãy chọn cổng khác, hoặc bỏ --port để tự tìm cổng trống",
                "port {port} is in use; choose another, or leave --port out to take a free one"
            ),
            io::ErrorKind::PermissionDenied => msg!(
                "không được phép mở cổng {port}; hãy chọn cổng từ 1024 trở lên",
                "not allowed to open port {port}; choose one from 1024 on"
            ),
            _ => msg!(
                "không mở được cổng {port} ở {host}: {error}",
                "cannot open port {port} at {host}: {error}"
            ),
        };
        (Exit::Machine, words)
    };
    if let Some(port) = serve.port {
        return TcpListener::bind(SocketAddr::new(host, port)).map_err(|error| refused(port, &error));
    }
    let last = FIRST_PORT + TRIES - 1;
    for port in FIRST_PORT..=last {
        match TcpListener::bind(SocketAddr::new(host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(refused(port, &error)),
        }
    }
    let words = msg!(
        "các cổng từ {FIRST_PORT} đến {last} đều đang có chương trình khác dùng; hãy chọn cổng khác bằng --port",
        "all ports from {FIRST_PORT} to {last} are in use; choose another one with --port"
    );
    Err((Exit::Machine, words))
}

/// The editor's address of a place in a file.
fn in_editor(scheme: &str, content: &Path, file: &str, line: usize, column: usize) -> String {
    let path = content.join(file);
    let path: String = path
        .to_string_lossy()
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    scheme.replace("{tep}", &path).replace("{dong}", &line.to_string()).replace("{cot}", &column.to_string())
}

/// Opens the browser, if there is a way; a preview without one is still a preview.
fn open(url: &str) {
    for program in ["xdg-open", "open", "wslview"] {
        let started = Command::new(PathBuf::from(program))
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if started.is_ok() {
            return;
        }
    }
}
