//! Finds private keys in the bytes of a file: whoever can read the repository could sign in the agency's name.
//!
//! Only forms that are unmistakable: a word that opens a key, and behind it what a key is made of. A text that
//! merely speaks of such words is none.

use crate::base::diagnostic::Message;
use crate::base::note::PRIVATE;

/// What a private key looks like: its opening words and what they mean.
struct Form {
    opens: &'static str,
    /// What stands between the opening words and the key.
    until: &'static str,
    vi: &'static str,
    en: &'static str,
}

const FORMS: &[Form] = &[
    Form { opens: PRIVATE, until: "+", vi: "khóa ký của congkhai", en: "a signing key of congkhai" },
    Form {
        opens: "-----BEGIN PGP PRIVATE KEY BLOCK",
        until: "-----",
        vi: "khóa bí mật PGP",
        en: "a PGP private key",
    },
    Form {
        opens: "-----BEGIN OPENSSH PRIVATE KEY",
        until: "-----",
        vi: "khóa bí mật SSH",
        en: "an SSH private key",
    },
    Form { opens: "PRIVATE KEY-----", until: "", vi: "khóa bí mật PEM", en: "a private key in PEM" },
    Form {
        opens: "minisign encrypted secret key",
        until: "",
        vi: "khóa bí mật minisign",
        en: "a minisign secret key",
    },
    Form {
        opens: "minisign secret key", until: "", vi: "khóa bí mật minisign", en: "a minisign secret key"
    },
    Form {
        opens: "signify secret key", until: "", vi: "khóa bí mật signify", en: "a signify secret key"
    },
    Form { opens: "AGE-SECRET-KEY-1", until: "", vi: "khóa bí mật age", en: "an age secret key" },
    Form {
        opens: "PuTTY-User-Key-File-",
        until: "Private-Lines:",
        vi: "khóa bí mật PuTTY",
        en: "a PuTTY private key",
    },
];

/// How far behind its opening words a key begins at the latest: header lines, comments, the public part.
const REACH: usize = 4096;

/// So many characters of Base64 in a row are a key, and no words.
const LEAST: usize = 40;

/// How many bytes of what was seen have to be looked at again together with the next piece.
pub const OVERLAP: usize = REACH + 512;

/// The first private key in some bytes: what it is.
pub fn private_key(bytes: &[u8]) -> Option<Message> {
    // All forms hold this word: one quick pass clears nearly every file.
    if !bytes.windows(3).any(|three| three.eq_ignore_ascii_case(b"key")) {
        return None;
    }
    FORMS
        .iter()
        .find(|form| stands_in(form, bytes))
        .map(|form| Message { vi: form.vi.to_owned(), en: form.en.to_owned() })
}

fn stands_in(form: &Form, bytes: &[u8]) -> bool {
    let opens = form.opens.as_bytes();
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], opens) {
        let rest = &bytes[from + at + opens.len()..];
        let rest = &rest[..rest.len().min(REACH)];
        let key = if form.until.is_empty() { Some(0) } else { find(rest, form.until.as_bytes()) };
        if key.is_some_and(|at| holds_key(&rest[at..])) {
            return true;
        }
        from += at + opens.len();
    }
    false
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    // The first byte of every word is rare enough for this to be quick.
    let first = *word.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        if bytes[from + at..].starts_with(word) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// Whether there is a row of characters as keys are written in.
fn holds_key(bytes: &[u8]) -> bool {
    let of_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    bytes.split(|byte| !of_key(byte)).any(|row| row.len() >= LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters that are no key of anybody.
    const ROW: &str = "MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    #[test]
    fn keys_of_every_form_are_found_and_words_about_them_are_not() {
        for (key, what) in [
            (format!("PRIVATE+KEY+a.gov.vn+c74f20a3+{ROW}"), "congkhai"),
            (format!("-----BEGIN PRIVATE KEY-----\n{ROW}\n-----END PRIVATE KEY-----\n"), "PEM"),
            (format!("-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED\r\n\r\n{ROW}\r\n"), "PEM"),
            (format!("x -----BEGIN OPENSSH PRIVATE KEY-----\n{ROW}\n"), "SSH"),
            (format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\nComment: a b\n\n{ROW}\n"), "PGP"),
            (format!("untrusted comment: minisign encrypted secret key\n{ROW}\n"), "minisign"),
            (format!("untrusted comment: x signify secret key\n{ROW}\n"), "signify"),
            (format!("# created\nAGE-SECRET-KEY-1{}\n", ROW.to_uppercase()), "age"),
            (
                format!(
                    "PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 2\n{ROW}\nPrivate-Lines: 1\n{ROW}\n"
                ),
                "PuTTY",
            ),
        ] {
            let found = private_key(key.as_bytes()).expect("found");
            assert!(found.vi.contains(what), "{key}: {found:?}");
            let mut within = vec![0xff; 9000];
            within.extend(key.as_bytes());
            assert!(private_key(&within).is_some(), "{what}");
        }
        for plain in [
            "Không bao giờ gửi cho ai tệp có dòng -----BEGIN PRIVATE KEY----- ở đầu.".to_owned(),
            "PRIVATE+KEY+ là chữ đầu của khóa bí mật".to_owned(),
            format!("-----BEGIN PUBLIC KEY-----\n{ROW}\n-----END PUBLIC KEY-----\n"),
            format!("-----BEGIN CERTIFICATE-----\n{ROW}\n"),
            format!("a.gov.vn+c74f20a3+{ROW}"),
            format!("untrusted comment: minisign public key 1\n{ROW}\n"),
            ROW.to_owned(),
        ] {
            assert!(private_key(plain.as_bytes()).is_none(), "{plain}");
        }
    }
}
