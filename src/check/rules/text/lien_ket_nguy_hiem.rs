//! Reports links of a scheme that is not allowed (CK0604); the page shows their text alone.

use super::excerpt;
use crate::base::diagnostic::Place;
use crate::check::Findings;
use crate::codes::CK0604;
use crate::msg;

/// A link or image to `url` stands at `place`.
pub fn report(found: &mut Findings, place: Place, url: &str) {
    let url = excerpt(url);
    let message = msg!("liên kết `{url}` không được dùng", "the link `{url}` is not allowed");
    found.report(CK0604, place, message).help(msg!(
        "liên kết chỉ dùng https, http, mailto, tel hoặc đường dẫn trong trang; ảnh phải nằm trong tep/",
        "a link is https, http, mailto, tel or a path of this site; a picture lies in tep/"
    ));
}
