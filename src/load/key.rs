//! Reads the agency's signing key from its file, and refuses a file that others can read.

use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::base::diagnostic::Message;
use crate::base::note::PrivateKey;
use crate::disk::cause;
use crate::msg;

/// A key's file is one line; whatever is longer is another file.
const LONGEST: u64 = 4096;

/// Why there is no key.
#[derive(Debug)]
pub enum KeyFault {
    /// The file is not fit to be used: a fault of whoever named it.
    Unfit(Message),
    /// The machine refused.
    Refused(Message),
}

/// The key in a file. Lines that begin with `#` are remarks. Links are followed, since services that hand
/// secrets out use them.
pub fn read_key(path: &Path) -> Result<PrivateKey, KeyFault> {
    let shown = path.display();
    let refused = |error: io::Error| {
        let Message { vi, en } = cause(&error);
        let words =
            msg!("không đọc được tệp khóa `{shown}`: {vi}", "cannot read the key file `{shown}`: {en}");
        match error.kind() {
            io::ErrorKind::NotFound => KeyFault::Unfit(words),
            _ => KeyFault::Refused(words),
        }
    };
    // Looked at before it is opened: opening a pipe would wait for ever.
    if !std::fs::metadata(path).map_err(refused)?.is_file() {
        return Err(KeyFault::Unfit(msg!("`{shown}` không phải một tệp", "`{shown}` is not a file")));
    }
    let file = std::fs::File::open(path).map_err(refused)?;
    let mode = file.metadata().map_err(refused)?.mode();
    if mode & 0o077 != 0 {
        let mode = format!("{:o}", mode & 0o7777);
        return Err(KeyFault::Unfit(msg!(
            "người khác trên máy này đọc hoặc sửa được tệp khóa `{shown}` (quyền {mode}); chạy `chmod 600 {shown}` rồi thử lại",
            "others on this machine can read or change the key file `{shown}` (mode {mode}); run `chmod 600 {shown}` and try again"
        )));
    }
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).map_err(refused)?;
    parse_key(&text).ok_or_else(|| {
        KeyFault::Unfit(msg!(
            "`{shown}` không phải khóa bí mật do `congkhai key new` tạo ra",
            "`{shown}` is no private key as `congkhai key new` makes them"
        ))
    })
}

/// The key in a text: one line that is no remark.
pub fn parse_key(text: &str) -> Option<PrivateKey> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let key = PrivateKey::parse(lines.next()?)?;
    lines.next().is_none().then_some(key)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const KEY: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    #[test]
    fn a_key_that_others_can_read_is_refused_and_never_repeated() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("khoa");
        fs::write(&path, format!("# giữ kín\n{KEY}\n")).expect("written");
        for (mode, good) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o620, false)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
            assert_eq!(read_key(&path).is_ok(), good, "{mode:o}");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("set");
        for bad in [KEY.replace('c', "d"), format!("{KEY}\n{KEY}"), String::new(), KEY[12..].to_owned()] {
            fs::write(&path, &bad).expect("written");
            match read_key(&path) {
                Err(KeyFault::Unfit(words)) => assert!(!words.vi.contains("AYEK"), "{words:?}"),
                other => panic!("{other:?}"),
            }
        }
        assert!(matches!(read_key(dir.path()), Err(KeyFault::Unfit(_))));
        assert!(matches!(read_key(&dir.path().join("khong-co")), Err(KeyFault::Unfit(_))));
    }
}
