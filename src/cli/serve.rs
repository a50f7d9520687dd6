//! `congkhai serve`: the edges of the preview – reading, the listener, the log, the browser.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;

use super::args::{Options, ServeOptions};
use super::report::{self, Audience};
use super::{Exit, Lang, run};
use crate::base::path::SitePath;
use crate::load::{self, SiteReader};
use crate::serve::news::Hub;
use crate::serve::watch::{self, Way};
use crate::serve::workshop::{self, Shop};
use crate::serve::{Event, Fault, http};

/// The first port that is tried when none was asked for, and how many after it.
const FIRST_PORT: u16 = 8257;
const TRIES: u16 = 50;

/// Shows the site until it is stopped.
pub fn run(options: &Options, serve: &ServeOptions) -> Exit {
    run::with_threads(options.jobs, options.lang, || preview(options, serve))
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
        Err(error) => {
            complain!("congkhai: {}: {error}", t("không mở được cổng", "cannot listen"));
            return Exit::Machine;
        }
    };
    let Ok(address) = listener.local_addr() else { return Exit::Machine };
    let (sender, events) = channel();
    let hub = Hub::default();
    let mut watched = vec![options.content.clone()];
    watched.extend(layers.iter().cloned());
    match watch::start(watched, sender.clone(), serve.poll) {
        Way::Told | Way::Looking => {}
        Way::ForcedToLook(words) => complain!(
            "congkhai: {} ({words})\n  {}",
            t(
                "hệ thống không báo được khi tệp đổi; sẽ tự xem lại mỗi giây",
                "the system cannot tell when files change; looking every second instead"
            ),
            t(
                "nếu do giới hạn inotify: sudo sysctl fs.inotify.max_user_watches=524288",
                "if the inotify limit is the cause: sudo sysctl fs.inotify.max_user_watches=524288"
            )
        ),
    }
    let url = format!("http://{address}/");
    complain!(
        "congkhai: {} {url}  ({})",
        t("xem thử tại", "preview at"),
        t("Ctrl+C để dừng", "Ctrl+C to stop")
    );
    if serve.open {
        open(&url);
    }
    let hosts: Vec<String> = serve.host.iter().cloned().collect();
    {
        let (hub, events) = (hub.clone(), sender.clone());
        std::thread::spawn(move || {
            http::serve(&listener, &events, &hub, &hosts);
            let _ = events.send(Event::Stop);
        });
    }
    let mut reader = SiteReader::default();
    let mut read = || {
        let mut inputs = reader.read(&options.content).map_err(|error| error.to_string())?;
        inputs.theme = run::theme(&layers).map_err(|error| error.to_string())?;
        Ok(inputs)
    };
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
        let faults = report::faults(&crate::parse::locate::locate(found, inputs), &audience);
        log(options.lang, &faults);
        faults
    };
    let content = std::path::absolute(&options.content).unwrap_or_else(|_| options.content.clone());
    let mut shop = Shop {
        read: &mut read,
        attachment: &|asset: &SitePath| load::read_attachment(&options.content, asset),
        settings: &|| run::settings(options).unwrap_or_else(|_| unreachable!("it was good at the start")),
        describe: &describe,
        editor: &|file, line, column| Some(in_editor(&serve.editor, &content, file, line, column)),
        log: &|words| complain!("congkhai: {words}"),
        hub,
    };
    workshop::run(&mut shop, &events);
    Exit::Done
}

/// A line for the clerk at each change.
fn log(lang: Lang, faults: &[Fault]) {
    let errors = faults.iter().filter(|fault| fault.blocks).count();
    let warnings = faults.len() - errors;
    match (lang, errors) {
        (Lang::Vi, 0) => complain!("congkhai: đã cập nhật, {warnings} cảnh báo"),
        (Lang::En, 0) => complain!("congkhai: updated, {warnings} warnings"),
        (Lang::Vi, _) => complain!("congkhai: có {errors} lỗi, trang giữ bản tốt gần nhất"),
        (Lang::En, _) => complain!("congkhai: {errors} errors, the last good pages stay"),
    }
    for fault in faults.iter().filter(|fault| fault.blocks).take(5) {
        complain!("  {}:{}: {} {}", fault.file, fault.line, fault.code, fault.message);
    }
}

/// The port asked for, or the first free one.
fn listen(serve: &ServeOptions) -> io::Result<TcpListener> {
    let host = match &serve.host {
        None => IpAddr::V4(Ipv4Addr::LOCALHOST),
        Some(host) => host.parse().map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("--host `{host}`: cần một địa chỉ IP"))
        })?,
    };
    if let Some(port) = serve.port {
        return TcpListener::bind(SocketAddr::new(host, port));
    }
    let mut refused = None;
    for port in FIRST_PORT..FIRST_PORT + TRIES {
        match TcpListener::bind(SocketAddr::new(host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(refused.unwrap_or_else(|| io::Error::from(io::ErrorKind::AddrInUse)))
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
