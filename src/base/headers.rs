//! What a web server says beside every file of a site: the one list that `congkhai hosting` writes out for each server.
//!
//! A site has no inline style or script, no third party, no cookie and no form that leaves it, so the strictest words fit.

/// Headers of every answer, also of errors.
///
/// The policy repeats that of the pages' own `<meta>` (a test holds them to each other) and adds what only a header may
/// say: who may show the site in a frame.
pub const HEADERS: &[(&str, &str)] = &[
    (
        "Content-Security-Policy",
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'self'",
    ),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// Only for a site that is reached by https (RFC 6797): a server on one's own machine must not send it. A year;
/// without `includeSubDomains`, since names below the agency's may be somebody else's.
pub const STRICT_TRANSPORT: (&str, &str) = ("Strict-Transport-Security", "max-age=31536000");

/// The header that tells how long a copy may be kept.
pub const CACHE: &str = "Cache-Control";

/// Pages and data: what was published must be seen within minutes.
pub const CACHE_PAGES: &str = "public, max-age=300, must-revalidate";

/// Files of the theme: their names hold a hash of what is in them, so they never change.
pub const CACHE_ASSETS: &str = "public, max-age=31536000, immutable";

/// The folder of those files.
pub const ASSETS: &str = "giao-dien/";

/// Their names, as a regular expression that begins at the folder.
pub const ASSET_NAMES: &str = r"giao-dien/[^/]+-[0-9a-f]{8}\.[a-z0-9]+$";

/// Types that servers do not know of themselves or send without saying that the text is UTF-8.
/// Atom: RFC 4287; CSV: RFC 4180; XLSX: its entry at IANA; calendars: RFC 5545; plain text: RFC 9116 asks it of `security.txt`.
pub const TYPES: &[(&str, &str)] = &[
    ("csv", "text/csv"),
    ("ics", "text/calendar"),
    ("txt", "text/plain"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml"),
    ("json", "application/json"),
    ("js", "text/javascript"),
    ("css", "text/css"),
    ("svg", "image/svg+xml"),
    ("html", "text/html"),
];

/// The types of [`TYPES`] that are text: worth packing for the way.
pub fn texts() -> impl Iterator<Item = &'static str> {
    TYPES.iter().map(|(_, kind)| *kind).filter(|kind| !kind.starts_with("application/vnd"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_of_the_header_holds_all_that_the_pages_say() {
        let base = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/mac-dinh/layouts/base.html"));
        let of_pages = base
            .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(policy, _)| policy)
            .expect("the layout has a policy");
        let of_header: Vec<&str> = HEADERS[0].1.split(';').collect();
        for directive in of_pages.split(';') {
            assert!(of_header.contains(&directive.trim()), "{directive}");
        }
        assert_eq!(of_header.len(), of_pages.split(';').count() + 1, "and frame-ancestors");
    }

    #[test]
    fn no_value_needs_quoting_in_any_server() {
        let all = HEADERS.iter().chain([&STRICT_TRANSPORT]).map(|(_, value)| *value);
        for value in all.chain([CACHE_PAGES, CACHE_ASSETS]) {
            assert!(!value.contains(['"', '\\', '$', '%', '\n', '{', '}']), "{value}");
        }
    }
}
