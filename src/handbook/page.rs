//! The frame of a page.

/// The style of what only the handbook has.
pub(super) const STYLE: &str = "so-tay.css";

/// What every page takes from the theme: paths below the root.
pub(super) struct Frame {
    pub(super) style: String,
    pub(super) icon: String,
}

/// One page.
pub(super) struct Page<'a> {
    /// The way to the root, such as `../`.
    pub(super) root: String,
    pub(super) title: &'a str,
    pub(super) body_html: &'a str,
    /// Id and words of the headings to list.
    pub(super) contents: &'a [(String, String)],
    /// Address and title of the chapters before and after.
    pub(super) before: Option<(String, String)>,
    pub(super) after: Option<(String, String)>,
}

/// The page as a document.
pub(super) fn html(page: &Page<'_>, frame: &Frame) -> String {
    let Page { root, body_html, .. } = page;
    let title = escape(&page.title.replace('`', ""));
    let (style, icon) = (escape(&frame.style), escape(&frame.icon));
    let version = env!("CARGO_PKG_VERSION");
    let contents = contents(page.contents);
    let split = if contents.is_empty() { "" } else { " split" };
    let step = |words: &str, to: &Option<(String, String)>| match to {
        Some((href, title)) => {
            let (href, title) = (escape(href), escape(&title.replace('`', "")));
            format!("<p>{words}: <a href=\"{href}\">{title}</a></p>\n")
        }
        None => String::new(),
    };
    let steps = step("Tiếp theo", &page.after) + &step("Trước đó", &page.before);
    format!(
        r##"<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'self';img-src 'self';form-action 'none';base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Hướng dẫn congkhai</title>
<meta name="robots" content="noindex">
<link rel="stylesheet" href="{root}{style}">
<link rel="stylesheet" href="{root}{STYLE}">
<link rel="icon" href="{root}{icon}" type="image/svg+xml">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="congkhai {version}">
</head>
<body data-page="handbook">
<a class="skip" href="#noi-dung">Đến nội dung chính</a>
<header class="top"><div class="wrap"><a class="brand" href="{root}index.html"><span><span class="p">congkhai {version}</span><span class="n">Hướng dẫn người biên tập</span></span></a></div>
<nav class="menu" aria-label="Mục chính"><div class="wrap"><ul><li><a href="{root}index.html">Các chương</a></li><li><a href="{root}tham-khao/index.html">Tra cứu khóa</a></li><li><a href="{root}quy-tac/index.html">Mã lỗi CK</a></li></ul></div></nav>
</header>
<main id="noi-dung">
<div class="wrap{split}">
<div>
<h1>{title}</h1>
</div>
{contents}<div>
<div class="prose">
{body_html}</div>
{steps}</div>
</div>
</main>
<footer class="foot"><div class="wrap">
<p class="muted">Hướng dẫn đi kèm congkhai {version}, ghi ra bằng lệnh congkhai handbook.</p>
</div></footer>
</body>
</html>
"##
    )
}

fn contents(headings: &[(String, String)]) -> String {
    if headings.len() < 2 {
        return String::new();
    }
    let items: String = headings
        .iter()
        .map(|(id, words)| format!("<li><a href=\"#{}\">{}</a></li>", escape(id), escape(words)))
        .collect();
    format!(
        "<nav class=\"toc box noprint\" aria-labelledby=\"muc-luc\"><h2 id=\"muc-luc\">Trên trang này</h2><ol>{items}</ol></nav>\n"
    )
}

/// Text as the content of an element or of an attribute in double quotes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
