//! Finds a base URL that is an example address (CK0702).

use crate::check::Findings;
use crate::codes::CK0702;
use crate::model::Model;
use crate::{at, msg};

/// Names that no agency can own (RFC 2606 and 6761, and `example.vn`).
const EXAMPLES: &[&str] =
    &["example", "example.com", "example.net", "example.org", "example.vn", "invalid", "test", "localhost"];

/// Looks at the host: the address is printed in every QR code, so it has to be the real one.
pub fn check(model: &Model, found: &mut Findings) {
    let url = model.site.record.base_url.as_str();
    if !is_example(url) {
        return;
    }
    let message = msg!("địa chỉ trang `{url}` là địa chỉ ví dụ", "the site's address `{url}` is an example");
    found.report(CK0702, model.site.at(at!["dia_chi_trang"]), message).help(msg!(
        "ghi tên miền thật trước khi công bố và in mã QR",
        "write the real domain before publishing and printing QR codes"
    ));
}

fn is_example(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("").trim_end_matches('.');
    let host = host.to_ascii_lowercase();
    EXAMPLES.iter().any(|name| host == *name || host.strip_suffix(name).is_some_and(|h| h.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_told_from_real_hosts() {
        for url in
            ["https://a.example.vn/", "http://localhost:8000/", "https://x.TEST", "https://example.com"]
        {
            assert!(is_example(url), "{url}");
        }
        for url in ["https://skhcn.quangngai.gov.vn/", "https://latest.vn/", "https://myexample.vn/example/"]
        {
            assert!(!is_example(url), "{url}");
        }
    }
}
