//! Fetches files from the web for `verify` and `build --previous`, with the curl of the machine.
//!
//! congkhai itself speaks to nobody: a network stack with TLS would be some thirty crates more for what
//! a few people use now and then, and curl is on nearly every machine and kept safe by its maker.

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use crate::base::diagnostic::Message;
use crate::msg;

/// Why a file was not fetched.
#[derive(Debug)]
pub enum FetchFault {
    /// The server says that it has no such file (403, 404, 410), and answers for itself, not for a moment.
    NotThere,
    /// There is no curl.
    NoCurl,
    /// Anything else, in the words of curl.
    Failed(Message),
}

/// Answers that mean there is no such file; a store of objects says 403 of what it has not. Every other refusal,
/// 500 above all, says nothing of the file.
const ABSENT: &[&str] = &["403", "404", "410"];

/// Larger than any file of a site has to be. curl alone stops only where the server tells the length.
const LARGEST: u64 = 256 << 20;

/// How many processes ask for many files at once.
const ASKING: usize = 8;

/// Before each answer's figures, so that they are told from curl's own words.
const MARK: &str = "congkhai-answer ";

/// One answer, as curl sums it up.
struct Answer {
    status: String,
    length: usize,
    /// Where it came from in the end.
    address: String,
    fault: bool,
}

/// Whether the text is an address on the web.
pub fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// What to say where there is no curl.
pub fn no_curl() -> Message {
    msg!(
        "máy này không có curl; hãy cài curl, hoặc tự tải về (ví dụ bằng trình duyệt hay wget) rồi kiểm tệp đã tải",
        "there is no curl on this machine; install it, or fetch the files yourself and check what you saved"
    )
}

/// The bytes at an address, as the server gives them: nothing is unpacked, nothing converted. A way that leads to
/// another host is not gone: what is there is not what was named.
pub fn fetch(address: &str) -> Result<Vec<u8>, FetchFault> {
    let mut all = fetch_all(&[address.to_owned()])?;
    all.pop().flatten().ok_or(FetchFault::NotThere)
}

/// The same for many addresses, in their order; `None` is a file that the server has not. Ends at the first fault.
pub fn fetch_many(addresses: &[String]) -> Result<Vec<Option<Vec<u8>>>, FetchFault> {
    let each = addresses.len().div_ceil(ASKING).max(1);
    std::thread::scope(|scope| {
        let asking: Vec<_> =
            addresses.chunks(each).map(|some| scope.spawn(move || fetch_all(some))).collect();
        let mut all = Vec::with_capacity(addresses.len());
        for thread in asking {
            all.extend(thread.join().expect("fetching does not panic")?);
        }
        Ok(all)
    })
}

/// One curl, one connection, one address after the other.
fn fetch_all(addresses: &[String]) -> Result<Vec<Option<Vec<u8>>>, FetchFault> {
    let first = addresses.first().map_or("", String::as_str);
    let broken = |error: io::Error| failed(first, &error.to_string());
    // An address that is asked for in safety is not answered without.
    let schemes =
        if addresses.iter().all(|one| one.starts_with("https://")) { "=https" } else { "=http,https" };
    let mut process = Command::new("curl")
        // No settings of the user's own, only the web, no waiting for ever.
        .args(["-q", "--silent", "--show-error", "--fail", "--location", "--max-redirs", "5"])
        .args(["--proto", "=http,https", "--proto-redir", schemes, "--connect-timeout", "20"])
        .args(["--max-time", "120", "--max-filesize", &LARGEST.to_string()])
        .args(["--header", "Cache-Control: no-cache"])
        .args([
            "--write-out",
            &format!(
                "%{{stderr}}\\n{MARK}%{{http_code}} %{{size_download}} %{{exitcode}} %{{url_effective}}\\n"
            ),
        ])
        .args(["--config", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => FetchFault::NoCurl,
            _ => broken(error),
        })?;
    let (input, errors) = (process.stdin.take(), process.stderr.take());
    let mut asked = String::new();
    for address in addresses {
        // In a file of settings a text ends at a quote; no address holds one, nor a back-slash or a blank.
        if address.contains(['"', '\\']) || address.contains(char::is_whitespace) {
            let _ = process.kill();
            let _ = process.wait();
            return Err(failed(address, "malformed address"));
        }
        asked.push_str(&format!("url = \"{address}\"\n"));
    }
    let most = LARGEST.saturating_mul(2);
    let (bytes, said) = std::thread::scope(|scope| {
        scope.spawn(move || input.map(|mut input| input.write_all(asked.as_bytes())));
        let saying = scope.spawn(move || {
            let mut said = Vec::new();
            let _ = errors.map(|mut errors| errors.read_to_end(&mut said));
            said
        });
        let mut bytes = Vec::new();
        let read = process.stdout.take().map(|output| output.take(most).read_to_end(&mut bytes));
        if bytes.len() as u64 == most {
            let _ = process.kill();
        }
        (read.transpose().map(|_| bytes), saying.join().unwrap_or_default())
    });
    let ended = process.wait().map_err(broken)?;
    let bytes = bytes.map_err(broken)?;
    let said = String::from_utf8_lossy(&said);
    let answers: Vec<Answer> = said.lines().filter_map(answer).collect();
    let words = said.lines().find(|line| line.starts_with("curl:")).unwrap_or_default();
    if answers.len() != addresses.len() {
        if let Some(old) = version().filter(|version| *version < OLDEST) {
            return Err(too_old(old));
        }
        let status = ended.to_string();
        return Err(failed(first, if words.is_empty() { &status } else { words }));
    }
    let (mut all, mut rest) = (Vec::with_capacity(addresses.len()), bytes.as_slice());
    for (address, answer) in addresses.iter().zip(answers) {
        if ABSENT.contains(&answer.status.as_str()) {
            all.push(None);
            continue;
        }
        if answer.fault {
            return Err(failed(address, words));
        }
        if host(&answer.address) != host(address) {
            let to = &answer.address;
            return Err(FetchFault::Failed(msg!(
                "{address} dẫn sang máy chủ khác ({to}); nếu trang đã chuyển hẳn sang đó thì hãy ghi địa chỉ mới",
                "{address} leads to another host ({to}); if the site has moved there for good give the new address"
            )));
        }
        let Some((body, after)) = rest.split_at_checked(answer.length) else {
            return Err(failed(address, "more was announced than came"));
        };
        all.push(Some(body.to_vec()));
        rest = after;
    }
    Ok(all)
}

/// The first curl that tells how each of several transfers ended (`%{exitcode}`, curl's own manual).
const OLDEST: (u32, u32) = (7, 75);

/// The version of the machine's curl.
fn version() -> Option<(u32, u32)> {
    let out = Command::new("curl").args(["-q", "--version"]).output().ok()?;
    parse_version(&String::from_utf8_lossy(&out.stdout))
}

/// The two first numbers of `curl 8.5.0 (x86_64-pc-linux-gnu) …`.
fn parse_version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.strip_prefix("curl ")?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn too_old((major, minor): (u32, u32)) -> FetchFault {
    let (from, to) = OLDEST;
    FetchFault::Failed(msg!(
        "curl của máy này là bản {major}.{minor}, cũ quá: cần từ bản {from}.{to}; hãy nâng cấp curl, hoặc tự tải về rồi ghi tên tệp",
        "the curl of this machine is version {major}.{minor}, too old: {from}.{to} is needed; upgrade it, or fetch the files yourself and name them"
    ))
}

fn answer(line: &str) -> Option<Answer> {
    let mut words = line.strip_prefix(MARK)?.splitn(4, ' ');
    Some(Answer {
        status: words.next()?.to_owned(),
        length: words.next()?.parse().ok()?,
        fault: words.next()? != "0",
        address: words.next()?.to_owned(),
    })
}

/// The host of an address. Its port is none of it: from http to https it changes too.
fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let name = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let name = name
        .rsplit_once(':')
        .map_or(name, |(host, port)| if port.bytes().all(|b| b.is_ascii_digit()) { host } else { name });
    Some(name.to_ascii_lowercase())
}

fn failed(address: &str, said: &str) -> FetchFault {
    FetchFault::Failed(msg!("không tải được {address}: {said}", "cannot fetch {address}: {said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_curl_is_read() {
        assert_eq!(parse_version("curl 7.61.1 (x86_64-redhat-linux-gnu) libcurl/7.61.1"), Some((7, 61)));
        assert_eq!(parse_version("curl 8.5.0 (x86_64-pc-linux-gnu)"), Some((8, 5)));
        assert_eq!(parse_version("something else"), None);
        assert!((7, 61) < OLDEST && OLDEST < (8, 0));
    }

    #[test]
    fn a_host_is_told_whatever_stands_around_it() {
        for address in ["https://A.vn", "http://a.vn:8080/x", "https://a.vn?q", "https://u@a.vn/y:1"] {
            assert_eq!(host(address).as_deref(), Some("a.vn"), "{address}");
        }
        assert_eq!(host("https://[::1]:80/").as_deref(), Some("[::1]"));
        assert_ne!(host("https://a.vn.la.vn/"), host("https://a.vn/"));
    }
}
