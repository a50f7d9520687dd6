//! The server of the preview against clients that write to the socket themselves: every refusal has its status,
//! nobody holds it up, and nothing leads out of the site.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use congkhai::base::headers::HEADERS;
use congkhai::serve::http::House;

use crate::preview::{get, raw, serving_in};

fn in_house(with: impl FnOnce(SocketAddr)) {
    serving_in(House::default(), |address, content, _| {
        let above = content.parent().expect("a folder");
        std::fs::write(above.join("bi-mat.txt"), "BIMAT").expect("written");
        with(address);
    });
}

/// The statuses of all answers on a connection.
fn statuses(answers: &str) -> Vec<u16> {
    let parts = answers.split("HTTP/1.1 ").skip(1);
    parts.map(|rest| rest.get(..3).and_then(|digits| digits.parse().ok()).unwrap_or(0)).collect()
}

#[test]
fn every_request_has_its_exact_status() {
    in_house(|address| {
        let host = format!("Host: {address}\r\n");
        let long = "a".repeat(9_000);
        let longer = "a".repeat(20_000);
        let many = "a: b\r\n".repeat(65);
        let cases: &[(&str, String, &[u16])] = &[
            ("a page", format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n"), &[200]),
            (
                "an empty line before it",
                format!("\r\nGET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n"),
                &[200],
            ),
            ("a head alone", format!("HEAD / HTTP/1.1\r\n{host}Connection: close\r\n\r\n"), &[200]),
            ("HTTP/1.0 closes by itself", format!("GET / HTTP/1.0\r\n{host}\r\n"), &[200]),
            ("HTTP/1.0 without a host", "GET / HTTP/1.0\r\n\r\n".into(), &[421]),
            ("no host", "GET / HTTP/1.1\r\n\r\n".into(), &[421]),
            ("two hosts", format!("GET / HTTP/1.1\r\n{host}{host}\r\n"), &[421]),
            ("a name that was pointed here", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".into(), &[421]),
            (
                "with our port",
                format!("GET / HTTP/1.1\r\nHost: evil.example:{}\r\n\r\n", address.port()),
                &[421],
            ),
            ("a host like ours", "GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n".into(), &[421]),
            ("events for a stranger", "GET /__su-kien HTTP/1.1\r\nHost: evil.example\r\n\r\n".into(), &[421]),
            ("POST", format!("POST / HTTP/1.1\r\n{host}Content-Length: 0\r\n\r\n"), &[405]),
            ("PUT", format!("PUT /tep/a HTTP/1.1\r\n{host}\r\n"), &[405]),
            ("DELETE", format!("DELETE / HTTP/1.1\r\n{host}\r\n"), &[405]),
            ("OPTIONS", format!("OPTIONS * HTTP/1.1\r\n{host}\r\n"), &[405]),
            ("TRACE", format!("TRACE / HTTP/1.1\r\n{host}\r\n"), &[405]),
            ("CONNECT", format!("CONNECT evil.example:443 HTTP/1.1\r\n{host}\r\n"), &[405]),
            ("get", format!("get / HTTP/1.1\r\n{host}\r\n"), &[405]),
            ("a body", format!("GET / HTTP/1.1\r\n{host}Content-Length: 3\r\n\r\nabc"), &[400]),
            (
                "chunks",
                format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                &[400],
            ),
            ("an absolute address", format!("GET http://{address}/ HTTP/1.1\r\n{host}\r\n"), &[400]),
            ("another's", format!("GET http://evil.example/ HTTP/1.1\r\n{host}\r\n"), &[400]),
            ("HTTP/2", format!("PRI * HTTP/2.0\r\n{host}\r\nSM\r\n\r\n"), &[400]),
            ("HTTP/0.9", "GET /\r\n\r\n".into(), &[400]),
            ("TLS", "\u{16}\u{3}\u{1}\r\n\r\n".into(), &[400]),
            ("a line that goes on", format!("GET / HTTP/1.1\r\n{host} x: y\r\n\r\n"), &[400]),
            ("a long line", format!("GET /{long} HTTP/1.1\r\n{host}\r\n"), &[414]),
            ("a line without an end", format!("GET /{longer}"), &[414]),
            ("a long header", format!("GET / HTTP/1.1\r\n{host}a: {longer}\r\n\r\n"), &[431]),
            ("a header without an end", format!("GET / HTTP/1.1\r\n{host}a: {longer}"), &[431]),
            ("many headers", format!("GET / HTTP/1.1\r\n{host}{many}\r\n"), &[431]),
            (
                "three at once",
                format!(
                    "GET /so-do/ HTTP/1.1\r\n{host}\r\nHEAD / HTTP/1.1\r\n{host}\r\nGET /khong-co/ HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
                ),
                &[200, 200, 404],
            ),
            (
                "what comes behind a refusal is not answered",
                format!("PUT / HTTP/1.1\r\n{host}\r\nGET / HTTP/1.1\r\n{host}\r\n"),
                &[405],
            ),
            (
                "what comes behind a close is not answered",
                format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\nGET / HTTP/1.1\r\n{host}\r\n"),
                &[200],
            ),
        ];
        for (name, request, wanted) in cases {
            let answer = raw(address, request.as_bytes());
            assert_eq!(statuses(&answer), *wanted, "{name}: {answer}");
            for (header, value) in HEADERS {
                let line = format!("\r\n{header}: {value}");
                assert_eq!(
                    answer.matches(&line).count(),
                    wanted.len(),
                    "{name}: {header} as published: {answer}"
                );
            }
        }
        assert!(
            raw(address, format!("PUT / HTTP/1.1\r\n{host}\r\n").as_bytes())
                .contains("\r\nAllow: GET, HEAD\r\n")
        );
    });
}

#[test]
fn no_spelling_of_a_path_leaves_the_site_and_no_folder_is_listed() {
    in_house(|address| {
        let mut paths: Vec<String> = Vec::new();
        let (dots, slashes) = (
            ["..", "%2e%2e", ".%2e", "%2E.", "%252e%252e", "..;", "%c0%ae%c0%ae", "\u{ff0e}\u{ff0e}"],
            ["/", "%2f", "%2F", "%5c", "\\", "%252f", "//", "/./", "%c0%af", "%00/"],
        );
        for dot in dots {
            for slash in slashes {
                for start in ["/", "/tep/", "//", "/tep/anh.svg/", "/%2e/"] {
                    let up = format!("{dot}{slash}");
                    paths.push(format!("{start}{up}bi-mat.txt"));
                    paths.push(format!("{start}{up}{up}bi-mat.txt"));
                    paths.push(format!("{start}{up}content/trang.yaml"));
                }
            }
        }
        let plain = [
            "/trang.yaml",
            "/thu-tuc/1.000001.yaml",
            "/content/trang.yaml",
            "/tep/",
            "/tep",
            "/danh-muc/",
            "/assets/",
            "/__congkhai/",
            "/__congkhai",
            "/%00",
            "/tep/%00",
            "/tep/anh.svg%00",
            "/tep/anh.svg/",
            "/TEP/ANH.SVG",
            "/etc/passwd",
            "//etc/passwd",
            "/file:///etc/passwd",
            "/C:/",
            "/%",
            "/%e",
            "/%zz",
            "/%ff",
            "/.git/config",
            "/permalinks.lock",
            "/.congkhai",
        ];
        paths.extend(plain.iter().map(|path| (*path).to_owned()));
        let trang = std::fs::read_to_string(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/day-du/trang.yaml"),
        )
        .expect("readable");
        let telltale = trang.lines().find(|line| line.starts_with("ten_ngan")).unwrap_or("ten_ngan:");
        for path in paths {
            let answer = get(address, &path);
            let status = statuses(&answer);
            assert!(matches!(status.as_slice(), [400 | 404]), "{path}: {answer}");
            for word in ["BIMAT", telltale, "root:x:", "anh.svg</a>"] {
                assert!(!answer.contains(word), "{path}: {answer}");
            }
        }
        // What looks odd and is a name of the site is served; a name that begins with two slashes leads to no host.
        assert_eq!(statuses(&get(address, "/tep/%61nh.svg")), [200]);
        let moved = get(address, "//thu-tuc");
        assert!(!moved.contains("Location: //"), "{moved}");
    });
}

#[test]
fn slow_clients_and_too_many_of_them_hold_nobody_up() {
    let patience = Duration::from_millis(600);
    serving_in(House { patience, connections: 8, ..House::default() }, |address, _, _| {
        let connect = || {
            let stream = TcpStream::connect(address).expect("connected");
            stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
            stream
        };
        let rest = |mut stream: &TcpStream| {
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            String::from_utf8_lossy(&answer).into_owned()
        };
        // Half a head and then nothing.
        let start = Instant::now();
        let mut half = connect();
        half.write_all(b"GET / HTTP/1.1\r\nHost: ").expect("sent");
        let answer = rest(&half);
        assert_eq!(statuses(&answer), [408], "{answer}");
        assert!(start.elapsed() >= patience && start.elapsed() < patience * 5, "{:?}", start.elapsed());
        // A byte every so often is no more patient.
        let start = Instant::now();
        let mut drip = connect();
        for byte in b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n".iter().cycle() {
            if drip.write_all(&[*byte]).is_err() || start.elapsed() > patience * 5 {
                break;
            }
            std::thread::sleep(Duration::from_millis(40));
        }
        assert!(start.elapsed() < patience * 5, "it was let go on");
        // Nothing at all: closed without words, as a browser expects of a connection it opened in advance.
        assert_eq!(rest(&connect()), "");
        // The other half closed: who asked before that is answered; a half of a head is not.
        let asks = connect();
        (&asks)
            .write_all(format!("GET /so-do/ HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())
            .expect("sent");
        asks.shutdown(Shutdown::Write).expect("closed");
        assert_eq!(statuses(&rest(&asks)), [200]);
        let asks = connect();
        (&asks).write_all(b"GET /so-do/ HT").expect("sent");
        asks.shutdown(Shutdown::Write).expect("closed");
        assert_eq!(rest(&asks), "");
        // Too many: the next is told so at once, and there is room again when the others end.
        std::thread::sleep(patience);
        let news: Vec<TcpStream> = (0..8)
            .map(|_| {
                let mut stream = connect();
                stream
                    .write_all(format!("GET /__su-kien HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())
                    .expect("sent");
                let mut head = [0; 12];
                stream.read_exact(&mut head).expect("an answer");
                assert_eq!(&head, b"HTTP/1.1 200");
                stream
            })
            .collect();
        let answer = rest(&connect());
        assert_eq!(statuses(&answer), [503], "{answer}");
        drop(news);
        let start = Instant::now();
        while statuses(&get(address, "/so-do/")) != [200] {
            assert!(start.elapsed() < Duration::from_secs(30), "no room again");
            std::thread::sleep(Duration::from_millis(200));
        }
    });
}
