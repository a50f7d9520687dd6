//! What the preview adds to the pages: a panel of faults, the bar at the foot, its own script and
//! style. All of it goes into the answer; nothing of it is in what `build` writes.

use super::revision::Status;
use super::{Answer, Fault};
use crate::base::date::Date;
use crate::base::diagnostic::{Rule, Severity};
use crate::base::hash::Sha;
use crate::base::path::{RoutePath, SitePath};
use crate::codes::{self, RULES};
use crate::handbook::rules;
use crate::model::Filed;
use crate::parse::record::Article;
use crate::plan::outputs::xml::escape;
use crate::vi::number::date_short;

/// The page with every fault.
pub const FAULTS: &str = "/__loi";

const SCRIPT: &str = "/__congkhai/xem-truoc.js";
const STYLE: &str = "/__congkhai/xem-truoc.css";
const ICON: &str = "/__congkhai/dau.svg";

/// How many faults the panel shows; all of them stand on [`FAULTS`].
const IN_PANEL: usize = 5;

/// The page with the articles that are not published yet.
pub const WAITING: &str = "/__cho-dang";

/// The list of rules; the page of one has its code behind it.
pub const RULE_PAGES: &str = "/__quy-tac";

/// The address that opens a file in the editor, at a line and a column.
pub type Editor<'a> = &'a (dyn Fn(&str, usize, usize) -> Option<String> + Sync);

/// What the bar of a page shows.
pub struct Bar<'a> {
    /// What keeps the site from being published.
    pub errors: Vec<&'a Fault>,
    /// How many warnings there are on the whole site.
    pub warnings: usize,
    /// The newest state is being judged.
    pub pending: bool,
    /// The page is of an earlier state, since the newest cannot be shown.
    pub held: bool,
    /// What the page is made of.
    pub about: About,
    /// The page is of an article that is not published.
    pub waiting: Option<Waiting>,
    /// How many such articles there are.
    pub all_waiting: usize,
    /// The day as of which the page is shown, if it is not today.
    pub day: Option<Date>,
    /// Opens files.
    pub editor: Editor<'a>,
}

/// What a page is made of, and what is known about it.
#[derive(Debug, Default)]
pub struct About {
    /// The file of its record.
    pub file: Option<String>,
    /// The decisions that brought it, by number and file.
    pub decisions: Vec<(String, String)>,
    /// What was found in the file.
    pub faults: Vec<Fault>,
    /// What there is to do about it.
    pub todo: Vec<String>,
}

/// Why an article is not on the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its file.
    pub file: SitePath,
    /// The day from which it is published; none for a draft.
    pub until: Option<Date>,
}

impl Waiting {
    /// Of an article that is not published on the day of the preview.
    pub fn of(article: &Filed<Article>) -> Self {
        let head = &article.record.head;
        Self { file: article.file.clone(), until: (!head.draft.0).then_some(head.date.0) }
    }

    fn words(&self) -> String {
        match self.until {
            Some(day) => format!("Bài hẹn ngày: đến {} mới lên trang", date_short(day)),
            None => "Bản nháp: chưa lên trang (còn `ban_nhap: true`)".to_owned(),
        }
    }
}

/// What the preview has whatever the content is: its own files, and the pages of the rules.
pub fn own(path: &str) -> Option<Answer> {
    asset(path).or_else(|| rule_page(path))
}

/// Files of the preview itself.
fn asset(path: &str) -> Option<Answer> {
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

/// A page of the preview itself.
fn own_page(heading: &str, main: &str) -> Answer {
    let heading = escape(heading);
    let state = Sha::of(format!("{heading}{main}").as_bytes()).to_hex();
    let body = format!(
        "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{heading}</title><link rel=\"icon\" href=\"{ICON}\"><link rel=\"stylesheet\" href=\"{STYLE}\"><script src=\"{SCRIPT}\" data-ban=\"{state}\" defer></script></head><body class=\"ck-page\"><main><h1>{heading}</h1>{main}</main></body></html>"
    );
    Answer { status: 200, media: media("html"), location: None, body: body.into_bytes() }
}

/// The page of a rule, as `congkhai explain` and the handbook have it, or the list of them all.
fn rule_page(path: &str) -> Option<Answer> {
    let wanted = path.strip_prefix(RULE_PAGES)?;
    let back = format!("<p><a href=\"{FAULTS}\">Lỗi và cảnh báo của trang</a> · ");
    if matches!(wanted, "" | "/") {
        let mut list = String::new();
        for (digits, name) in rules::families() {
            list.push_str(&format!("<h2>{}</h2><ul class=\"ck-list\">", escape(&name.vi)));
            for rule in RULES.iter().filter(|rule| rule.code.get(2..4) == Some(digits)) {
                let title = escape(rules::title(rule));
                list.push_str(&format!("<li>{} {title}</li>", rule_link(rule.code)));
            }
            list.push_str("</ul>");
        }
        return Some(own_page("Các quy tắc", &format!("{back}<a href=\"/\">Về trang chủ</a></p>{list}")));
    }
    // A code or a name: links are followed, so nothing has to be guessed as in `explain`.
    let rule: &Rule = codes::find(wanted.strip_prefix('/')?.trim_end_matches('/'))?;
    let heading = format!("{} {}", rule.code, rules::title(rule).replace('`', ""));
    let weight = match rule.severity {
        Severity::Error => "Lỗi: phải sửa mới đăng được",
        Severity::Warning => "Cảnh báo: trang vẫn đăng được",
        Severity::Note => "Ghi chú: để biết",
    };
    let weight = format!("<p>{weight} · tên quy tắc: <code>{}</code></p>", escape(rule.slug));
    let main = format!("{back}<a href=\"{RULE_PAGES}\">Các quy tắc</a></p>{weight}{}", rules::html(rule));
    Some(own_page(&heading, &main))
}

/// A code that leads to the page of its rule.
fn rule_link(code: &str) -> String {
    format!("<a href=\"{RULE_PAGES}/{code}\">{code}</a>")
}

/// These faults, by file. `site`: whether there is a site to go back to.
pub fn faults_page(faults: &[&Fault], status: &Status, site: bool, editor: Editor<'_>) -> Answer {
    let blocking = faults.iter().filter(|fault| fault.blocks).count();
    let heading = match (faults.len(), blocking) {
        (0, _) if status.pending => "Đang kiểm tra…".to_owned(),
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
    let note = match (blocking > 0, site, status.held) {
        (true, true, true) => {
            "<p>Các trang đang hiện bản tốt gần nhất. Sửa xong và lưu tệp là trang tự cập nhật.</p>"
        }
        (true, true, false) => "<p>Trang xem thử vẫn hiện, nhưng còn lỗi thì chưa đăng được.</p>",
        (true, false, _) => "<p>Chưa dựng được trang nào. Sửa xong và lưu tệp là trang tự hiện.</p>",
        (false, ..) => "",
    };
    let checking = if status.pending && !faults.is_empty() { "<p>Đang kiểm tra lại…</p>" } else { "" };
    own_page(&heading, &format!("{back}{checking}{note}{list}"))
}

/// The articles that are not published, with the pages they will have.
pub fn waiting_page(all: &[(RoutePath, &Filed<Article>)], today: Date, editor: Editor<'_>) -> Answer {
    let mut list = String::new();
    for (page, article) in all {
        let waiting = Waiting::of(article);
        let file = opened(waiting.file.as_str(), editor);
        list.push_str(&format!(
            "<li><a href=\"{}\">{}</a><br>{}. Tệp: {file}</li>",
            escape(page.as_str()),
            escape(article.record.head.title.as_str()),
            escape(&waiting.words())
        ));
    }
    let heading = match all.len() {
        0 => "Không có bài nào chờ đăng".to_owned(),
        n => format!("{n} bài chưa lên trang"),
    };
    let note = format!(
        "<p>Tính đến ngày {}. Chỉ bản xem thử có các bài này; <code>build</code> không ghi chúng.</p>",
        date_short(today)
    );
    own_page(
        &heading,
        &format!("<p><a href=\"/\">Về trang chủ</a></p>{note}<ul class=\"ck-list\">{list}</ul>"),
    )
}

/// The name of a file that opens in the editor.
fn opened(file: &str, editor: Editor<'_>) -> String {
    let words = escape(file);
    match editor(file, 1, 1) {
        Some(href) => format!("<a href=\"{}\">{words}</a>", escape(&href)),
        None => words.to_string(),
    }
}

fn item(fault: &Fault, editor: Editor<'_>) -> String {
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
    let code = if fault.code.is_empty() {
        String::new()
    } else {
        format!(" <small>{}</small>", rule_link(fault.code))
    };
    format!("<li>{place}{}{code}{help}</li>", escape(&fault.message))
}

/// A page with the panel, the bar and the script.
pub fn dress(html: &str, bar: &Bar<'_>) -> String {
    let mut added = String::new();
    if let Some(waiting) = &bar.waiting {
        added.push_str(&format!(
            "<p class=\"ck-mark\" role=\"note\"><strong>{}.</strong> Chỉ bản xem thử có trang này.</p>",
            escape(&waiting.words())
        ));
    }
    added.push_str(&panel(bar));
    added.push_str("<aside class=\"ck-bar\" aria-label=\"Xem thử\"><strong>Bản xem thử</strong>");
    if let Some(day) = bar.day {
        added.push_str(&format!(" <span>tính đến ngày {}</span> <a href=\"?\">hôm nay</a>", date_short(day)));
    }
    if let Some(file) = &bar.about.file {
        added.push_str(&format!(" <span>Tệp: {}</span>", opened(file, bar.editor)));
    }
    if bar.all_waiting > 0 {
        added.push_str(&format!(" <a href=\"{WAITING}\">{} bài chưa lên trang</a>", bar.all_waiting));
    }
    if bar.pending {
        added.push_str(" <span>đang kiểm tra…</span>");
    } else if bar.warnings > 0 {
        added.push_str(&format!(" <a href=\"{FAULTS}\">{} cảnh báo</a>", bar.warnings));
    }
    added.push_str(&about(bar));
    added.push_str("</aside>");
    let state = Sha::of(format!("{html}{added}").as_bytes()).to_hex();
    added.push_str(&format!("<script src=\"{SCRIPT}\" data-ban=\"{state}\" defer></script>"));
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

/// The errors, over the page.
fn panel(bar: &Bar<'_>) -> String {
    if bar.errors.is_empty() {
        return String::new();
    }
    let what = match (bar.held, bar.pending) {
        (true, _) => "trang đang hiện bản tốt gần nhất",
        (false, true) => "đang kiểm tra lại…",
        (false, false) => "còn lỗi thì chưa đăng được",
    };
    let list: String = bar.errors.iter().take(IN_PANEL).map(|fault| item(fault, bar.editor)).collect();
    format!(
        "<section class=\"ck-panel\" role=\"alert\" aria-label=\"Lỗi trong nội dung\"><p><strong>{} lỗi; {what}.</strong> <a href=\"{FAULTS}\">Xem tất cả</a></p><ol class=\"ck-list\">{list}</ol></section>",
        bar.errors.len()
    )
    .replace("….</strong>", "…</strong>")
}

/// What the page is made of and what there is to do about it, for whoever opens it.
fn about(bar: &Bar<'_>) -> String {
    let About { decisions, faults, todo, .. } = &bar.about;
    let mut parts = String::new();
    if !todo.is_empty() {
        let list: String = todo.iter().map(|words| format!("<li>{}</li>", escape(words))).collect();
        parts.push_str(&format!("<p>Việc cần làm:</p><ul class=\"ck-list\">{list}</ul>"));
    }
    if !faults.is_empty() {
        let list: String = faults.iter().map(|fault| item(fault, bar.editor)).collect();
        parts.push_str(&format!("<p>Quy tắc nhắc về tệp này:</p><ol class=\"ck-list\">{list}</ol>"));
    }
    if !decisions.is_empty() {
        let one = |(number, file): &(String, String)| {
            format!("<li>Quyết định {}: {}</li>", escape(number), opened(file, bar.editor))
        };
        let list: String = decisions.iter().map(one).collect();
        parts.push_str(&format!("<p>Công bố theo:</p><ul class=\"ck-list\">{list}</ul>"));
    }
    if parts.is_empty() {
        return String::new();
    }
    let counts =
        [(todo.len(), "việc cần làm"), (faults.len(), "điều quy tắc nhắc"), (decisions.len(), "quyết định")];
    let counts: Vec<String> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}")).collect();
    format!(
        "<details class=\"ck-about\"><summary>Trang này: {}</summary>{parts}</details>",
        counts.join(", ")
    )
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
        let (errors, warnings): (Vec<&Fault>, Vec<&Fault>) = faults.iter().partition(|fault| fault.blocks);
        let about = About {
            file: Some("thu-tuc/a.yaml".to_owned()),
            decisions: vec![("1/QĐ-A".to_owned(), "quyet-dinh/a.yaml".to_owned())],
            faults: warnings.iter().copied().cloned().collect(),
            todo: vec!["Rà soát <thủ tục>".to_owned()],
        };
        let warnings = warnings.len();
        let bar = Bar {
            errors,
            warnings,
            pending: false,
            held: true,
            about,
            waiting: None,
            all_waiting: 0,
            day: None,
            editor: &editor,
        };
        dress(PAGE, &bar)
    }

    #[test]
    fn faults_stand_over_the_page_and_are_escaped() {
        let page = dressed(&[fault(true), fault(false)]);
        assert!(page.contains("1 lỗi") && page.contains("1 cảnh báo"), "{page}");
        assert!(page.contains("không có &lt;script&gt;") && !page.contains("a<b>"), "{page}");
        assert!(page.contains("<p>Chữ</p>"), "the page itself stays");
        assert!(!dressed(&[]).contains("ck-panel"));
        assert!(page.contains("vscode://file/thu-tuc/a&lt;b&gt;.yaml:3:5"), "{page}");
        assert!(page.contains("Trang này: 1 việc cần làm, 1 điều quy tắc nhắc, 1 quyết định"), "{page}");
        assert!(page.contains("Rà soát &lt;thủ tục&gt;") && page.contains("Quyết định 1/QĐ-A"), "{page}");
    }

    #[test]
    fn every_fault_leads_to_the_page_of_its_rule() {
        assert!(dressed(&[fault(true)]).contains("<a href=\"/__quy-tac/CK0401\">CK0401</a>"));
        let text = |path: &str| own(path).map(|answer| String::from_utf8_lossy(&answer.body).into_owned());
        let all = text("/__quy-tac").unwrap_or_default();
        for rule in RULES {
            assert!(all.contains(&format!("href=\"/__quy-tac/{}\"", rule.code)), "{}", rule.code);
            let page = text(&format!("/__quy-tac/{}", rule.code)).unwrap_or_default();
            assert!(page.contains(rule.slug) && !page.contains(" style="), "{}: {page}", rule.code);
            // Every line of the page that is plain words stands in it.
            let words =
                rule.doc.lines().skip(1).filter(|line| line.chars().all(|c| c.is_alphabetic() || c == ' '));
            for line in words.filter(|line| !line.trim().is_empty()) {
                assert!(page.contains(line.trim()), "{}: {line}", rule.code);
            }
            for heading in ["Vì sao", "Sai", "Đúng", "Căn cứ"] {
                assert!(page.contains(&format!(">{heading}</h2>")), "{}: {heading}: {page}", rule.code);
            }
        }
        for path in ["/__quy-tac/CK9999", "/__quy-tac/x/CK0401", "/__quy-tacCK0401", "/__quy-tac/%3Cscript"] {
            assert_eq!(own(path), None, "{path}");
        }
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
