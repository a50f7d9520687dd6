//! Judges where a link leads.

use super::Target;

/// Schemes that leave the site. Everything else is refused, known or not.
const ALLOWED: [&str; 4] = ["http", "https", "mailto", "tel"];

impl Target {
    /// Reads the target of a link, entities already decoded. `None`: it must not be followed.
    ///
    /// Browsers drop tabs, line ends and outer white space before they look at the scheme, and read
    /// `\` as `/`. Both are done here first, more strictly than they do: any white space or
    /// control character is left out of the comparison, and whatever stands before a `:` in the
    /// first part of the path counts as a scheme. `//host` and `/\host` name another host and are
    /// refused. Names written with `%20` and the like come out decoded.
    pub fn parse(url: &str) -> Option<Self> {
        let clean: String = url.chars().filter(|c| !c.is_control()).collect();
        let clean = clean.trim();
        let bare: String = clean.chars().filter(|c| !c.is_whitespace()).collect();

        let head = bare.find(['/', '\\', '?', '#']).unwrap_or(bare.len());
        if let Some(colon) = bare[..head].find(':') {
            return external(&bare[..colon], clean);
        }
        let is_slash = |c: char| c == '/' || c == '\\';
        if bare.starts_with(is_slash) && bare[1..].starts_with(is_slash) {
            return None;
        }
        let (address, fragment) = match clean.split_once('#') {
            Some((address, fragment)) => (address, Some(fragment.to_owned())),
            None => (clean, None),
        };
        if let ("", Some(fragment)) = (address, &fragment) {
            return Some(Self::Here(fragment.clone()));
        }
        let (path, query) = address.split_at(address.find('?').unwrap_or(address.len()));
        let path = decoded(&path.replace('\\', "/")) + query;
        Some(if path.starts_with('/') {
            Self::Site { path, fragment }
        } else {
            Self::Relative { path, fragment }
        })
    }
}

fn external(scheme: &str, clean: &str) -> Option<Target> {
    let scheme = scheme.to_ascii_lowercase();
    let rest = clean.split_once(':').map_or("", |(_, rest)| rest.trim_start());
    let slashes = scheme.starts_with("http");
    if !ALLOWED.contains(&scheme.as_str()) || rest.is_empty() {
        return None;
    }
    // `https:path` and `https:///host` mean different things to different readers.
    if slashes && !rest.strip_prefix("//").is_some_and(|host| host.starts_with(|c| !"/\\?#".contains(c))) {
        return None;
    }
    Some(Target::External(format!("{scheme}:{rest}")))
}

/// Takes percent-encoding off a path, where the result is the name of a file a person would type.
/// What would change how the path reads (`%2F`, `%3F`, `%23`, `%25`, `%3A`, `%5C`, controls) stays.
fn decoded(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let bytes = path.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        let code = code.filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(code) if code >= b' ' && code != 0x7f && !b"/?#%:\\.".contains(&code) => {
                plain.push(code);
                at += 3;
            }
            _ => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    match String::from_utf8(plain) {
        Ok(plain) if !plain.chars().any(char::is_control) => plain,
        _ => path.to_owned(),
    }
}

/// An address that `resolve` gave may be written into `href`.
pub(super) fn may_link(href: &str) -> bool {
    Target::parse(href).is_some()
}

/// An address that `resolve` gave may be written into `src`: no page loads from another host.
pub(super) fn may_load(src: &str) -> bool {
    matches!(Target::parse(src), Some(Target::Site { .. } | Target::Relative { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_told_apart() {
        let site = |path: &str, fragment: Option<&str>| {
            Some(Target::Site { path: path.to_owned(), fragment: fragment.map(str::to_owned) })
        };
        let relative = |path: &str, fragment: Option<&str>| {
            Some(Target::Relative { path: path.to_owned(), fragment: fragment.map(str::to_owned) })
        };
        let external = |url: &str| Some(Target::External(url.to_owned()));
        for (given, wanted) in [
            ("/thu-tuc/1.014888/#ho-so", site("/thu-tuc/1.014888/", Some("ho-so"))),
            ("/tim-kiem/?q=a:b", site("/tim-kiem/?q=a:b", None)),
            ("#muc", Some(Target::Here("muc".to_owned()))),
            ("../x.md#a", relative("../x.md", Some("a"))),
            ("tep\\mau.docx", relative("tep/mau.docx", None)),
            ("tep/m%E1%BA%ABu%2001.docx", relative("tep/mẫu 01.docx", None)),
            ("tep/%2e%2e%2F%3A%00.docx", relative("tep/%2e%2e%2F%3A%00.docx", None)),
            ("", relative("", None)),
            (" HTTPS://a.gov.vn/x y ", external("https://a.gov.vn/x y")),
            ("mailto:a@b.vn", external("mailto:a@b.vn")),
            ("TEL:18001096", external("tel:18001096")),
            ("ht\ntp://a.vn", external("http://a.vn")),
        ] {
            assert_eq!(Target::parse(given), wanted, "{given:?}");
        }
    }

    #[test]
    fn unsafe_targets_are_refused() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " \u{1}javascript:x",
            "java\tscript:x",
            "java\nscript:x",
            "java\u{0}script:x",
            "javascript :x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//host/x",
            "/\\host",
            "\\\\host\\x",
            "/\t/host",
            "\\/host",
            "blob:x",
            "ftp://a",
            "https:x",
            "https:///x",
            "http:",
            "mailto:",
            "a b:c",
            "java\u{200B}script:x",
            "C:\\tep",
            ":x",
        ] {
            assert_eq!(Target::parse(bad), None, "{bad:?}");
        }
    }
}
