//! What the preview adds to the pages: a panel of faults, the bar at the foot, its own script and
//! style. All of it goes into the answer; nothing of it is in what `build` writes.

use super::{Answer, Fault};
use crate::base::date::Date;
use crate::plan::outputs::xml::escape;

/// The page with every fault.
pub const FAULTS: &str = "/__loi";

const SCRIPT: &str = "/__congkhai/xem-truoc.js";
const STYLE: &str = "/__congkhai/xem-truoc.css";
const ICON: &str = "/__congkhai/dau.svg";

/// How many faults the panel shows; all of them stand on [`FAULTS`].
const IN_PANEL: usize = 5;

/// What the bar of a page shows.
pub struct Bar<'a> {
    /// Everything that was found.
    pub faults: &'a [Fault],
    /// The file that the page is made of.
    pub source: Option<&'a str>,
    /// The day as of which the page is shown, if it is not today.
    pub day: Option<Date>,
    /// The address that opens a file in the editor.
    pub editor: &'a dyn Fn(&str, usize, usize) -> Option<String>,
}

/// Files of the preview itself.
pub fn asset(path: &str) -> Option<Answer> {
    let (media, text) = match path {
        SCRIPT => (media("js"), include_str!("xem-truoc.js")),
        STYLE => (media("css"), include_str!("xem-truoc.css")),
        ICON => (
            media("svg"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><circle cx=\"4\" cy=\"4\" r=\"4\" fill=\"#8f1014\"/></svg>",
        ),
        _ => return None,
    };
    Some(Answer { status: 200, media, location: None, body: text.as_bytes().to_vec() })
}

/// The media type of files with this extension.
pub fn media(extension: &str) -> &'static str {
    match extension.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// Nothing of that name.
pub fn not_found() -> Answer {
    let body = "Không có trang này.".as_bytes().to_vec();
    Answer { status: 404, media: "text/plain; charset=utf-8", location: None, body }
}

/// The same name as a folder.
pub fn moved(to: &str) -> Answer {
    let location: String = to
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    // Two slashes at the start would name another host.
    let location = format!("/{}", location.trim_start_matches('/'));
    Answer { status: 308, media: "text/plain; charset=utf-8", location: Some(location), body: Vec::new() }
}

/// Every fault. `site`: whether there is a site to go back to.
pub fn faults_page(
    faults: &[Fault],
    site: bool,
    editor: &dyn Fn(&str, usize, usize) -> Option<String>,
) -> Answer {
    let blocking = faults.iter().filter(|fault| fault.blocks).count();
    let heading = match (faults.len(), blocking) {
        (0, _) => "Không có lỗi nào".to_owned(),
        (all, 0) => format!("{all} cảnh báo, không có lỗi"),
        (all, errors) if all == errors => format!("{errors} lỗi cần sửa"),
        (all, errors) => format!("{errors} lỗi cần sửa, {} cảnh báo", all - errors),
    };
    let mut list = String::new();
    for blocks in [true, false] {
        let mut file = None;
        for fault in faults.iter().filter(|fault| fault.blocks == blocks) {
            if file != Some(&fault.file) {
                if file.is_some() {
                    list.push_str("</ol>");
                }
                let name = if fault.file.is_empty() { "Cả trang" } else { &fault.file };
                list.push_str(&format!("<h2>{}</h2><ol class=\"ck-list\">", escape(name)));
                file = Some(&fault.file);
            }
            list.push_str(&item(fault, editor));
        }
        if file.is_some() {
            list.push_str("</ol>");
        }
    }
    let back = if site { "<p><a href=\"/\">Về trang chủ</a></p>" } else { "" };
    let note = if blocking > 0 && site {
        "<p>Các trang đang hiện bản tốt gần nhất. Sửa xong và lưu tệp là trang tự cập nhật.</p>"
    } else if blocking > 0 {
        "<p>Chưa dựng được trang nào. Sửa xong và lưu tệp là trang tự hiện.</p>"
    } else {
        ""
    };
    let body = format!(
        "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{heading}</title><link rel=\"icon\" href=\"{ICON}\"><link rel=\"stylesheet\" href=\"{STYLE}\"><script src=\"{SCRIPT}\" defer></script></head><body class=\"ck-page\"><main><h1>{heading}</h1>{back}{note}{list}</main></body></html>"
    );
    Answer { status: 200, media: media("html"), location: None, body: body.into_bytes() }
}

fn item(fault: &Fault, editor: &dyn Fn(&str, usize, usize) -> Option<String>) -> String {
    let place = if fault.file.is_empty() {
        String::new()
    } else {
        let words = format!("{}, dòng {}", escape(&fault.file), fault.line);
        match editor(&fault.file, fault.line, fault.column) {
            Some(href) => format!("<a href=\"{}\">{words}</a>: ", escape(&href)),
            None => format!("<b>{words}</b>: "),
        }
    };
    let help = fault.help.as_ref().map_or(String::new(), |help| format!("<br><i>{}</i>", escape(help)));
    let code = if fault.code.is_empty() { String::new() } else { format!(" <small>{}</small>", fault.code) };
    format!("<li>{place}{}{code}{help}</li>", escape(&fault.message))
}

/// A page with the panel, the bar and the script.
pub fn dress(html: &str, bar: &Bar<'_>) -> String {
    let errors: Vec<&Fault> = bar.faults.iter().filter(|fault| fault.blocks).collect();
    let warnings = bar.faults.len() - errors.len();
    let mut added = String::new();
    if !errors.is_empty() {
        added.push_str(&format!(
            "<section class=\"ck-panel\" role=\"alert\" aria-label=\"Lỗi trong nội dung\"><p><strong>{} lỗi; trang đang hiện bản tốt gần nhất.</strong> <a href=\"{FAULTS}\">Xem tất cả</a></p><ol class=\"ck-list\">",
            errors.len()
        ));
        errors.iter().take(IN_PANEL).for_each(|fault| added.push_str(&item(fault, bar.editor)));
        added.push_str("</ol></section>");
    }
    added.push_str("<aside class=\"ck-bar\" aria-label=\"Xem thử\"><strong>Bản xem thử</strong>");
    if let Some(day) = bar.day {
        added.push_str(&format!(
            " <span>tính đến ngày {}/{}/{}</span> <a href=\"?\">hôm nay</a>",
            day.day(),
            day.month(),
            day.year()
        ));
    }
    if let Some(file) = bar.source {
        let words = escape(file);
        match (bar.editor)(file, 1, 1) {
            Some(href) => {
                added.push_str(&format!(" <span>Tệp: <a href=\"{}\">{words}</a></span>", escape(&href)))
            }
            None => added.push_str(&format!(" <span>Tệp: {words}</span>")),
        }
    }
    if warnings > 0 {
        added.push_str(&format!(" <a href=\"{FAULTS}\">{warnings} cảnh báo</a>"));
    }
    added.push_str("</aside>");
    added.push_str(&format!("<script src=\"{SCRIPT}\" defer></script>"));
    let style = format!("<link rel=\"stylesheet\" href=\"{STYLE}\"></head>");
    let page = allow_own_script(html).replacen("</head>", &style, 1);
    match page.rfind("</body>") {
        Some(at) => {
            let (before, after) = page.split_at(at);
            format!("{before}{added}{after}")
        }
        None => page + &added,
    }
}

/// The page's own policy, in its head, made to let the preview's script run and hear its events.
fn allow_own_script(html: &str) -> String {
    let start = "<meta http-equiv=\"Content-Security-Policy\" content=\"";
    let Some((before, rest)) = html.split_once(start) else { return html.to_owned() };
    let Some((policy, after)) = rest.split_once('"') else { return html.to_owned() };
    let mut directives: Vec<String> = policy
        .split(';')
        .map(str::trim)
        .filter(|directive| {
            let name = directive.split(' ').next().unwrap_or_default();
            !directive.is_empty() && name != "script-src" && name != "connect-src"
        })
        .map(str::to_owned)
        .collect();
    directives.push("script-src 'self'".to_owned());
    directives.push("connect-src 'self'".to_owned());
    format!("{before}{start}{}\"{after}", directives.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'self'\"><title>A</title></head><body><p>Chữ</p></body></html>";

    fn fault(blocks: bool) -> Fault {
        Fault {
            blocks,
            code: "CK0401",
            file: "thu-tuc/a<b>.yaml".to_owned(),
            line: 3,
            column: 5,
            message: "không có <script>".to_owned(),
            help: Some("sửa \"lại\"".to_owned()),
        }
    }

    fn dressed(faults: &[Fault]) -> String {
        let editor =
            |file: &str, line: usize, column: usize| Some(format!("vscode://file/{file}:{line}:{column}"));
        dress(PAGE, &Bar { faults, source: Some("thu-tuc/a.yaml"), day: None, editor: &editor })
    }

    #[test]
    fn faults_stand_over_the_page_and_are_escaped() {
        let page = dressed(&[fault(true), fault(false)]);
        assert!(page.contains("1 lỗi") && page.contains("1 cảnh báo"), "{page}");
        assert!(page.contains("không có &lt;script&gt;") && !page.contains("a<b>"), "{page}");
        assert!(page.contains("<p>Chữ</p>"), "the page itself stays");
        assert!(!dressed(&[]).contains("ck-panel"));
        assert!(page.contains("vscode://file/thu-tuc/a&lt;b&gt;.yaml:3:5"), "{page}");
    }

    #[test]
    fn the_policy_lets_only_the_previews_own_script_in() {
        let page = dressed(&[]);
        assert!(
            page.contains(
                "content=\"default-src 'none';style-src 'self';script-src 'self';connect-src 'self'\""
            ),
            "{page}"
        );
    }

    #[test]
    fn a_redirect_stays_on_this_host() {
        assert_eq!(moved("//evil.example/").location.as_deref(), Some("/evil.example/"));
        assert_eq!(moved("/a\r\nb/").location.as_deref(), Some("/a%0D%0Ab/"));
    }
}
