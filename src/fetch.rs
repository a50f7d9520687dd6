//! Fetches files from the web for `verify`, with the curl of the machine.
//!
//! congkhai itself speaks to nobody: a network stack with TLS would be some thirty crates more for one command
//! that a few people use now and then, and curl is on nearly every machine and kept safe by its maker.

use std::io;
use std::process::{Command, Stdio};

use crate::base::diagnostic::Message;
use crate::msg;

/// Why a file was not fetched.
#[derive(Debug)]
pub enum FetchFault {
    /// The server has no such file, or does not give it.
    NotThere,
    /// There is no curl.
    NoCurl,
    /// Anything else, in the words of curl.
    Failed(Message),
}

/// curl's status for an answer of 400 and more with `--fail`.
const REFUSED: i32 = 22;

/// Larger than any file of a site has to be.
const LARGEST: &str = "268435456";

/// The bytes at an address, as the server gives them: nothing is unpacked, nothing converted.
pub fn fetch(address: &str) -> Result<Vec<u8>, FetchFault> {
    let out = Command::new("curl")
        // No settings of the user's own, only the web, no waiting for ever.
        .args(["-q", "--silent", "--show-error", "--fail", "--location", "--max-redirs", "5"])
        .args(["--proto", "=http,https", "--max-time", "120", "--max-filesize", LARGEST])
        .args(["--header", "Cache-Control: no-cache", "--url", address])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => FetchFault::NoCurl,
            _ => failed(address, &error.to_string()),
        })?;
    match out.status.code() {
        Some(0) => Ok(out.stdout),
        Some(REFUSED) => Err(FetchFault::NotThere),
        _ => Err(failed(address, String::from_utf8_lossy(&out.stderr).trim())),
    }
}

fn failed(address: &str, said: &str) -> FetchFault {
    FetchFault::Failed(msg!("không tải được {address}: {said}", "cannot fetch {address}: {said}"))
}
