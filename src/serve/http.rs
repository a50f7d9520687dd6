//! A small HTTP/1.1 server for one reader on the same machine: GET and HEAD, names of the site only.
//!
//! It never sees the disk: a request becomes an [`Ask`], the workshop looks the name up in the site.
//! Limits on length, number and time keep a strange client from holding it up; the `Host` header is
//! checked, since a page elsewhere could point a name of its own at 127.0.0.1 (DNS rebinding).

use std::io::{self, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use super::news::{Hub, News};
use super::{Answer, Ask, Event};
use crate::base::date::Date;
use crate::base::headers::HEADERS;

/// The longest head of a request, its first line in it, in bytes, and the most header lines.
const HEAD: usize = 16 * 1024;
const LINE: usize = 8 * 1024;
const HEADER_LINES: usize = 64;

/// For whom the server is there, and what it bears.
#[derive(Debug, Clone)]
pub struct House {
    /// Names besides those of this machine by which it may be asked.
    pub hosts: Vec<String>,
    /// The most connections at a time; a browser opens six.
    pub connections: usize,
    /// How long a client may take to send a head, to take an answer, and to be silent in between.
    pub patience: Duration,
}

impl Default for House {
    fn default() -> Self {
        Self { hosts: Vec::new(), connections: 64, patience: Duration::from_secs(15) }
    }
}

/// How often an open page is told that the preview is still there.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// How long what a refused client still sends is taken in.
const LINGER: Duration = Duration::from_millis(200);

/// The address of the events.
pub const EVENTS: &str = "/__su-kien";

/// Answers until the listener is closed.
pub fn serve(listener: &TcpListener, events: &Sender<Event>, hub: &Hub, house: House) {
    let open = Arc::new(AtomicUsize::new(0));
    let house = Arc::new(house);
    for stream in listener.incoming() {
        let Ok(stream) = stream else { continue };
        let mut client =
            Client { stream, events: events.clone(), hub: hub.clone(), house: Arc::clone(&house) };
        let taken = Place::take(&open);
        if taken.number > house.connections {
            // Without waiting for what it asks: whoever takes the others is not held up.
            let _ = client.refuse(503, "too many connections");
            continue;
        }
        std::thread::spawn(move || {
            // What a client does wrong ends its connection and nothing else.
            let _ = client.talk();
            drop(taken);
        });
    }
}

/// One of the connections that there may be, given back when it ends, however it does.
struct Place {
    open: Arc<AtomicUsize>,
    number: usize,
}

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Self {
        Self { number: open.fetch_add(1, Ordering::SeqCst) + 1, open: Arc::clone(open) }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}

struct Client {
    stream: TcpStream,
    events: Sender<Event>,
    hub: Hub,
    house: Arc<House>,
}

/// A request as far as it concerns us.
#[derive(Debug, PartialEq, Eq)]
struct Request {
    head_only: bool,
    target: String,
    keep: bool,
}

/// Why a request is refused: status and words.
type Refusal = (u16, &'static str);

impl Client {
    fn talk(mut self) -> io::Result<()> {
        self.stream.set_write_timeout(Some(self.house.patience))?;
        self.stream.set_nodelay(true)?;
        let mut buffer = Vec::new();
        loop {
            let Some(end) = self.head(&mut buffer)? else { return Ok(()) };
            let head: Vec<u8> = buffer.drain(..end).collect();
            let request = match understand(&head, &self.house.hosts) {
                Ok(request) => request,
                Err((status, words)) => return self.turn_away(status, words),
            };
            if request.target.split('?').next() == Some(EVENTS) {
                return self.stream_events(request.head_only);
            }
            let Some(ask) = ask(&request.target) else { return self.turn_away(400, "malformed address") };
            let (sender, receiver) = channel();
            let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
            self.events.send(Event::Ask(ask, sender)).map_err(|_| gone())?;
            let answer = receiver.recv().map_err(|_| gone())?;
            self.answer(&answer, &request)?;
            if !request.keep {
                return Ok(());
            }
        }
    }

    /// Reads until a head is complete; gives where it ends, or `None` when the client left or was refused.
    fn head(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<usize>> {
        let start = Instant::now();
        let mut piece = [0; 4096];
        loop {
            // An empty line before a request is passed over, as servers should.
            let empty = buffer.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            buffer.drain(..empty);
            if !buffer.iter().take(LINE).any(|byte| *byte == b'\n') && buffer.len() > LINE {
                self.turn_away(414, "the address is too long")?;
                return Ok(None);
            }
            let end = buffer.windows(4).position(|window| window == b"\r\n\r\n");
            if end.unwrap_or(buffer.len()) > HEAD {
                self.turn_away(431, "the head of the request is too long")?;
                return Ok(None);
            }
            if let Some(end) = end {
                return Ok(Some(end + 4));
            }
            // A byte every so often must not hold the connection for ever.
            let left = self.house.patience.saturating_sub(start.elapsed());
            let read = match left.is_zero() {
                true => Err(io::Error::from(io::ErrorKind::TimedOut)),
                false => {
                    self.stream.set_read_timeout(Some(left))?;
                    self.stream.read(&mut piece)
                }
            };
            match read {
                Ok(0) => return Ok(None),
                Ok(n) => buffer.extend_from_slice(piece.get(..n).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Whoever said nothing at all is not told anything: a browser opens connections in advance.
                Err(error) if late(&error) && buffer.is_empty() => return Ok(None),
                Err(error) if late(&error) => {
                    self.turn_away(408, "the request took too long")?;
                    return Ok(None);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Refuses, and takes in for a moment what still comes: to close before that would tear the answer away from
    /// a client that is still sending.
    fn turn_away(&mut self, status: u16, words: &str) -> io::Result<()> {
        self.refuse(status, words)?;
        self.stream.shutdown(Shutdown::Write)?;
        self.stream.set_read_timeout(Some(LINGER))?;
        let start = Instant::now();
        let mut piece = [0; 4096];
        while start.elapsed() < LINGER && self.stream.read(&mut piece).is_ok_and(|n| n > 0) {}
        Ok(())
    }

    fn refuse(&mut self, status: u16, words: &str) -> io::Result<()> {
        let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
        let head = format!(
            "HTTP/1.1 {status} {}\r\n{allow}Content-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n{}Cache-Control: no-store\r\nConnection: close\r\n\r\n{words}",
            reason(status),
            words.len(),
            recommended()
        );
        self.stream.write_all(head.as_bytes())
    }

    fn answer(&mut self, answer: &Answer, request: &Request) -> io::Result<()> {
        let mut head = format!(
            "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n",
            answer.status,
            reason(answer.status),
            answer.media,
            answer.body.len()
        );
        if let Some(location) = &answer.location {
            head.push_str(&format!("Location: {location}\r\n"));
        }
        head.push_str(&recommended());
        head.push_str("Cache-Control: no-store\r\n");
        head.push_str(if request.keep {
            "Connection: keep-alive\r\n\r\n"
        } else {
            "Connection: close\r\n\r\n"
        });
        self.stream.write_all(head.as_bytes())?;
        if request.head_only { Ok(()) } else { self.stream.write_all(&answer.body) }
    }

    /// Server-sent events until the page goes away.
    fn stream_events(&mut self, head_only: bool) -> io::Result<()> {
        let news = self.hub.subscribe();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{}Cache-Control: no-store\r\nConnection: close\r\n\r\n",
            recommended()
        );
        self.stream.write_all(head.as_bytes())?;
        if head_only {
            return Ok(());
        }
        self.stream.write_all(b"retry: 500\n\n")?;
        loop {
            match news.recv_timeout(HEARTBEAT) {
                Ok(News::Changed) => self.stream.write_all(b"event: doi\ndata: 1\n\n")?,
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => self.stream.write_all(b":\n\n")?,
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }
}

fn late(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

fn understand(head: &[u8], hosts: &[String]) -> Result<Request, Refusal> {
    let mut lines = [httparse::EMPTY_HEADER; HEADER_LINES];
    let mut request = httparse::Request::new(&mut lines);
    match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return Err((431, "too many header lines")),
        _ => return Err((400, "malformed request")),
    }
    let header = |name: &str| {
        let mut found = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        (found.next().map(|header| header.value), found.next().is_some())
    };
    let (host, twice) = header("host");
    let host = host.and_then(|host| std::str::from_utf8(host).ok()).filter(|_| !twice);
    if !host.is_some_and(|host| is_ours(host, hosts)) {
        return Err((421, "unknown host"));
    }
    if header("transfer-encoding").0.is_some() || header("content-length").0.is_some_and(|n| n != b"0") {
        return Err((400, "a body is not taken"));
    }
    let head_only = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err((405, "GET and HEAD only")),
    };
    let closes = header("connection").0.is_some_and(|value| value.eq_ignore_ascii_case(b"close"));
    Ok(Request {
        head_only,
        target: request.path.unwrap_or_default().to_owned(),
        keep: request.version == Some(1) && !closes,
    })
}

/// Whether a `Host` names this machine, or a name that was allowed.
fn is_ours(host: &str, hosts: &[String]) -> bool {
    if let Ok(address) = host.parse::<SocketAddr>() {
        return address.ip().is_loopback() || hosts.iter().any(|known| *known == address.ip().to_string());
    }
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return address.is_loopback() || hosts.iter().any(|known| known == bare);
    }
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost") || hosts.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What a target asks for; `None` if it is malformed. Only the path is decoded, once.
fn ask(target: &str) -> Option<Ask> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if !path.starts_with('/') {
        return None;
    }
    let path = decoded(path)?;
    if path.contains(['\0', '\\']) || path.split('/').any(|part| part == "..") {
        return None;
    }
    let day = query.split('&').find_map(|pair| pair.strip_prefix("ngay="));
    let day = day.and_then(|day| Date::parse(day).ok());
    Some(Ask { path, day })
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        414 => "URI Too Long",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

/// The headers that publishing recommends, so that a fault of policy shows here first. The preview's own script
/// may also hear the preview's events.
fn recommended() -> String {
    let line = |(name, value): &(&str, &str)| match *name {
        "Content-Security-Policy" => format!("{name}: {value};connect-src 'self'\r\n"),
        _ => format!("{name}: {value}\r\n"),
    };
    HEADERS.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judged(text: &str) -> Result<Request, u16> {
        understand(text.as_bytes(), &["may-a".to_owned()]).map_err(|(status, _)| status)
    }

    #[test]
    fn only_get_and_head_of_this_machine_are_taken() {
        let get = |host: &str| judged(&format!("GET /a HTTP/1.1\r\nHost: {host}\r\n\r\n")).map(|r| r.target);
        for host in
            ["127.0.0.1:8000", "localhost", "LOCALHOST:80", "[::1]:8000", "[::1]", "127.8.9.1", "may-a:1"]
        {
            assert_eq!(get(host), Ok("/a".to_owned()), "{host}");
        }
        for host in
            ["evil.example", "127.0.0.1.evil.example", "localhost.evil", "8.8.8.8", "", "a:b", "localhost:x"]
        {
            assert_eq!(get(host), Err(421), "{host}");
        }
        assert_eq!(judged("GET /a HTTP/1.1\r\n\r\n"), Err(421));
        assert_eq!(judged("GET /a HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"), Err(421));
        assert_eq!(judged("POST /a HTTP/1.1\r\nHost: localhost\r\n\r\n"), Err(405));
        assert_eq!(judged("GET /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n"), Err(400));
        assert_eq!(
            judged("GET /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"),
            Err(400)
        );
        assert_eq!(judged("nonsense\r\n\r\n"), Err(400));
        let many = "a: b\r\n".repeat(65);
        assert_eq!(judged(&format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n")), Err(431));
        assert!(judged("HEAD / HTTP/1.0\r\nHost: localhost\r\n\r\n").is_ok_and(|r| r.head_only && !r.keep));
    }

    #[test]
    fn paths_are_decoded_once_and_do_not_climb() {
        let path = |target: &str| ask(target).map(|ask| ask.path);
        assert_eq!(path("/thu-tuc/1.0%30/").as_deref(), Some("/thu-tuc/1.00/"));
        assert_eq!(path("/%2e%2e/x"), None);
        assert_eq!(path("/a/../b"), None);
        assert_eq!(path("/a%5cb"), None);
        assert_eq!(path("/a%00"), None);
        assert_eq!(path("/%252e%252e/").as_deref(), Some("/%2e%2e/"));
        assert_eq!(path("http://a/"), None);
        assert_eq!(path("/%zz"), None);
        let day = |target: &str| ask(target).and_then(|ask| ask.day).map(|day| day.to_string());
        assert_eq!(day("/?ngay=2026-03-01").as_deref(), Some("2026-03-01"));
        assert_eq!(day("/?x=1&ngay=hom-nay"), None);
    }

    proptest! {
        #[test]
        fn no_head_upsets_the_reader(head in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = understand(&head, &[]);
        }

        #[test]
        fn no_target_climbs(target in "[/.%a-f0-9\\\\?=&-]{0,40}") {
            if let Some(ask) = ask(&target) {
                prop_assert!(ask.path.split('/').all(|part| part != ".."));
            }
        }
    }
}
