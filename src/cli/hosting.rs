//! `congkhai hosting DIR`: the settings of the web servers that can carry a site, out of one list
//! ([`crate::base::headers`]).

use std::fmt::Write;
use std::path::Path;

use super::{Exit, Lang};
use crate::base::diagnostic::Message;
use crate::base::headers::{
    ASSET_NAMES, ASSETS, CACHE, CACHE_ASSETS, CACHE_PAGES, HEADERS, STRICT_TRANSPORT, TYPES, texts,
};
use crate::base::path::{RoutePath, SitePath};
use crate::inputs::{FileKind, SourceFile};
use crate::parse::record::{Record, parse};
use crate::plan::moved::{Redirects, pairs};
use crate::record::scalar::WebAddress;
use crate::write::write_generated;
use crate::{load, msg};

/// Writes the files; `base_url` tells below which folder of its host the site lies, the content folder which
/// pages have another address now.
pub fn run(dir: &Path, base_url: Option<&WebAddress>, content: &Path, lang: Lang) -> Exit {
    let below = base_url.map_or("/", |url| path_of(url.as_str()));
    let moved = match moved(content) {
        Ok(moved) => moved,
        Err(words) => {
            complain!("congkhai: {}", lang.of(&words));
            return Exit::Content;
        }
    };
    for (name, text) in files(below, &moved) {
        if let Err(words) = write_generated(&dir.join(name), text.as_bytes()) {
            complain!("congkhai: {}", lang.of(&words));
            return Exit::Machine;
        }
    }
    for words in limits(moved.len()) {
        complain!("{}", lang.of(&words));
    }
    let shown = dir.display();
    match lang {
        Lang::Vi => {
            complain!(
                "Đã ghi thiết đặt máy chủ vào {shown}: nginx.conf, Caddyfile, htaccess, _headers, _redirects; cách dùng ghi ở đầu mỗi tệp."
            )
        }
        Lang::En => {
            complain!(
                "Wrote the servers' settings into {shown}: nginx.conf, Caddyfile, htaccess, _headers, _redirects; each begins with how to use it."
            )
        }
    }
    Exit::Done
}

/// The folder of a site on its host, from `/` to `/`.
pub(super) fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    // What could end a line of a setting is none of ours.
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~%".contains(c);
    if path.ends_with('/') && path.chars().all(plain) { path } else { "/" }
}

/// What `trang.yaml` says of addresses that moved; nothing where there is no such file, since settings can be
/// written far from the content.
fn moved(content: &Path) -> Result<Redirects, Message> {
    let path = content.join("trang.yaml");
    let Some(bytes) = load::read_file(&path).map_err(|error| error.words())? else {
        return Ok(Redirects::new());
    };
    let file = SitePath::new("trang.yaml").expect("a fixed name");
    match parse(&file, &SourceFile { kind: FileKind::Site, bytes: bytes.into() }).record {
        Some(Record::Site(site)) => Ok(pairs(&site.moved)),
        _ => {
            let path = path.display();
            Err(msg!(
                "{path} có lỗi nên không biết trang nào đã đổi địa chỉ; chạy `congkhai check`",
                "{path} has errors, so it is not known which pages moved; run `congkhai check`"
            ))
        }
    }
}

/// How many lines of `_redirects` each host reads: GitLab Pages 1,000 unless its administrator says otherwise
/// (gitlab-org/gitlab-pages!555), Cloudflare Pages 2,000 (its manual, “Redirects”).
const MOST_MOVED: &[(&str, usize)] = &[("GitLab Pages", 1000), ("Cloudflare Pages", 2000)];

/// What hosts would pass over in silence.
fn limits(moved: usize) -> impl Iterator<Item = Message> {
    MOST_MOVED.iter().filter(move |(_, most)| moved > *most).map(move |(host, most)| {
        msg!(
            "Lưu ý: {host} chỉ đọc {most} dòng của _redirects, ở đây có {moved}; ở các địa chỉ cũ còn lại, người đọc vẫn được đưa sang trang mới bằng trang tự chuyển.",
            "Note: {host} reads {most} lines of _redirects, here are {moved}; at the other old addresses readers still get to the new page by a page that leads on."
        )
    })
}

/// Every file with its text, for a site below the folder `below`.
pub(super) fn files(below: &str, moved: &Redirects) -> [(&'static str, String); 5] {
    // Addresses are made of unreserved characters, of which only the point means something in a pattern.
    let pairs: Vec<(String, String)> = moved
        .iter()
        .map(|(from, to)| {
            let whole = |path: &RoutePath| format!("{below}{}", &path.as_str()[1..]);
            (whole(from), whole(to))
        })
        .collect();
    let with = |mut text: String, remark: &str, line: &dyn Fn(&str, &str) -> String| {
        if !pairs.is_empty() {
            text.push_str(remark);
            text.extend(pairs.iter().map(|(from, to)| line(from, to)));
        }
        text
    };
    const REMARK: &str = "# Trang đã đổi địa chỉ (doi_dia_chi trong trang.yaml).\n";
    let redirects = "# Cloudflare Pages, Netlify, GitLab Pages: chép tệp này vào thư mục được đăng (public/), giữ nguyên tên _redirects.\n\
         # Tệp do `congkhai hosting` ghi ra; đừng sửa, lần sau sẽ ghi lại.\n";
    [
        (
            "nginx.conf",
            with(nginx(below), REMARK, &|from, to| {
                format!("location = {from} {{\n    return 301 {to};\n}}\n")
            }),
        ),
        ("Caddyfile", with(caddy(below), REMARK, &|from, to| format!("redir {from} {to} 301\n"))),
        (
            "htaccess",
            with(apache(below), REMARK, &|from, to| {
                format!("RedirectMatch 301 \"^{}$\" \"{to}\"\n", from.replace('.', "\\."))
            }),
        ),
        ("_headers", static_host(below)),
        ("_redirects", with(redirects.to_owned(), "", &|from, to| format!("{from} {to} 301\n"))),
    ]
}

fn all() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    HEADERS.iter().chain([&STRICT_TRANSPORT])
}

fn nginx(below: &str) -> String {
    let mut text = String::from(
        "# nginx: đặt trong khối server { } đã có listen, server_name, ssl_certificate và root, bằng một dòng:\n\
         #     include /etc/nginx/congkhai/nginx.conf;\n\
         # Tệp do `congkhai hosting` ghi ra; đừng sửa, lần sau sẽ ghi lại.\n\
         index index.html;\nautoindex off;\nserver_tokens off;\nabsolute_redirect off;\n",
    );
    let _ = writeln!(text, "error_page 403 404 {below}404.html;");
    // A set of types in a server replaces that of http; what is not named here is a download.
    text.push_str("default_type application/octet-stream;\ntypes {\n");
    for (end, kind) in TYPES.iter().chain(OTHER_TYPES) {
        let _ = writeln!(text, "    {kind} {end};");
    }
    let rest = |text: &mut String, cache: &str, indent: &str| {
        for (name, value) in all() {
            let _ = writeln!(text, "{indent}add_header {name} \"{value}\" always;");
        }
        let _ = writeln!(text, "{indent}add_header {CACHE} \"{cache}\" always;");
    };
    let kinds: Vec<&str> = texts().filter(|kind| *kind != "text/html").collect();
    let kinds = kinds.join(" ");
    let _ = write!(
        text,
        "}}\ncharset utf-8;\ncharset_types {kinds};\n\
         gzip on;\ngzip_vary on;\ngzip_proxied any;\ngzip_min_length 512;\ngzip_types {kinds};\n"
    );
    rest(&mut text, CACHE_PAGES, "");
    text.push_str(
        "# Tệp giao diện có mã của nội dung trong tên: giữ bao lâu cũng được. (nginx bỏ mọi add_header ở trên khi khối con có riêng.)\n",
    );
    let _ = writeln!(text, "location ~ \"/{ASSET_NAMES}\" {{");
    rest(&mut text, CACHE_ASSETS, "    ");
    text.push_str("}\n# Tệp ẩn không phải để đọc, trừ /.well-known/.\nlocation ~ \"/\\.(?!well-known/)\" {\n    return 404;\n}\n");
    text
}

/// Types of attachments that nginx knows, since a set of our own replaces its.
const OTHER_TYPES: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("webp", "image/webp"),
    ("gif", "image/gif"),
    ("zip", "application/zip"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
];

fn caddy(below: &str) -> String {
    let mut text = String::from(
        "# Caddy: đặt trong khối của tên miền đã có dòng root, bằng một dòng:\n\
         #     import /etc/caddy/congkhai/Caddyfile\n\
         # Tệp do `congkhai hosting` ghi ra; đừng sửa, lần sau sẽ ghi lại.\n\
         encode gzip\n\
         @an {\n\tpath */.*\n\tnot path */.well-known/*\n}\nerror @an 404\n",
    );
    // Answers of errors begin anew with a route of their own, so the headers are said twice.
    let heads = |text: &mut String, indent: &str| {
        let _ = writeln!(text, "{indent}header {{");
        for (name, value) in all() {
            let _ = writeln!(text, "{indent}\t{name} \"{value}\"");
        }
        let _ = writeln!(text, "{indent}\t-Server\n{indent}\tdefer\n{indent}}}");
    };
    heads(&mut text, "");
    let _ = writeln!(text, "@giao_dien path_regexp /{ASSET_NAMES}");
    let _ = writeln!(text, "header @giao_dien {CACHE} \"{CACHE_ASSETS}\"");
    let _ = writeln!(text, "@khac not path_regexp /{ASSET_NAMES}");
    let _ = writeln!(text, "header @khac {CACHE} \"{CACHE_PAGES}\"");
    for (end, kind) in TYPES {
        let charset = if texts().any(|text| text == *kind) { "; charset=utf-8" } else { "" };
        let _ = write!(
            text,
            "@{end} path *.{end}\nheader @{end} {{\n\tContent-Type \"{kind}{charset}\"\n\tdefer\n}}\n"
        );
    }
    text.push_str("file_server\nhandle_errors {\n");
    heads(&mut text, "\t");
    let _ = write!(
        text,
        "\theader {CACHE} \"{CACHE_PAGES}\"\n\theader {{\n\t\tContent-Type \"text/html; charset=utf-8\"\n\t\tdefer\n\t}}\n\t\
         rewrite * {below}404.html\n\tfile_server\n}}\n"
    );
    text
}

fn apache(below: &str) -> String {
    let mut text = String::from(
        "# Apache: chép thành tệp .htaccess ở thư mục gốc của trang (máy chủ phải có AllowOverride All cho thư mục đó, và các mô-đun\n\
         # headers, deflate), hoặc đặt trong <Directory> của tên miền bằng: Include /etc/apache2/congkhai/htaccess\n\
         # Tệp do `congkhai hosting` ghi ra; đừng sửa, lần sau sẽ ghi lại.\n\
         Options -Indexes -MultiViews\nDirectoryIndex index.html\n",
    );
    let _ = writeln!(text, "ErrorDocument 403 {below}404.html");
    let _ = writeln!(text, "ErrorDocument 404 {below}404.html");
    text.push_str("AddDefaultCharset utf-8\n");
    for (end, kind) in TYPES {
        let _ = writeln!(text, "AddType {kind} .{end}");
        if texts().any(|text| text == *kind) {
            let _ = writeln!(text, "AddCharset utf-8 .{end}");
        }
    }
    // Not within <IfModule>: a server that cannot send the headers must say so, not leave them out in silence.
    for (name, value) in all() {
        let _ = writeln!(text, "Header always set {name} \"{value}\"");
    }
    let _ = writeln!(text, "Header always set {CACHE} \"{CACHE_PAGES}\"");
    let _ = writeln!(text, "<If \"%{{REQUEST_URI}} =~ m#/{ASSET_NAMES}#\">");
    let _ = writeln!(text, "    Header always set {CACHE} \"{CACHE_ASSETS}\"\n</If>");
    let kinds: Vec<&str> = texts().collect();
    let _ = writeln!(
        text,
        "<IfModule mod_deflate.c>\n    AddOutputFilterByType DEFLATE {}\n</IfModule>",
        kinds.join(" ")
    );
    text.push_str(
        "# Tệp ẩn không phải để đọc, trừ /.well-known/.\nRedirectMatch 404 \"/\\.(?!well-known/)\"\n",
    );
    text
}

/// For hosts of static files that read `_headers` (Cloudflare Pages, Netlify). They check pages anew each time of
/// themselves and join values said twice, so only what differs is said of caches.
fn static_host(below: &str) -> String {
    let mut text = String::from(
        "# Cloudflare Pages, Netlify: chép tệp này vào thư mục được đăng (public/), giữ nguyên tên _headers.\n\
         # Tệp do `congkhai hosting` ghi ra; đừng sửa, lần sau sẽ ghi lại.\n/*\n",
    );
    for (name, value) in all() {
        let _ = writeln!(text, "  {name}: {value}");
    }
    let _ = write!(text, "{below}{ASSETS}*\n  {CACHE}: {CACHE_ASSETS}\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_says_every_header_and_both_rules_of_caches() {
        for (name, text) in files("/mot/thu-muc/", &Redirects::new()) {
            if name == "_redirects" {
                continue;
            }
            for (header, value) in all() {
                assert!(text.contains(header) && text.contains(value), "{name}: {header}");
            }
            assert!(text.contains(CACHE_ASSETS), "{name}");
            assert!(name == "_headers" || text.contains(CACHE_PAGES), "{name}");
            assert!(name == "_headers" || text.contains("/mot/thu-muc/404.html"), "{name}");
            assert!(text.starts_with("# ") && text.ends_with('\n'), "{name}");
        }
    }

    #[test]
    fn every_server_is_told_where_a_page_moved() {
        let path = |text: &str| RoutePath::new(text).expect("an address");
        let moved = Redirects::from([(path("/thu-tuc/1.000001/"), path("/thu-tuc/1.000002/"))]);
        for (name, text) in files("/mot/", &moved) {
            let line = match name {
                "nginx.conf" => {
                    "location = /mot/thu-tuc/1.000001/ {\n    return 301 /mot/thu-tuc/1.000002/;\n}\n"
                }
                "Caddyfile" => "redir /mot/thu-tuc/1.000001/ /mot/thu-tuc/1.000002/ 301\n",
                "htaccess" => "RedirectMatch 301 \"^/mot/thu-tuc/1\\.000001/$\" \"/mot/thu-tuc/1.000002/\"\n",
                "_redirects" => "\n/mot/thu-tuc/1.000001/ /mot/thu-tuc/1.000002/ 301\n",
                _ => continue,
            };
            assert!(text.contains(line), "{name}:\n{text}");
        }
    }

    #[test]
    fn hosts_that_would_drop_lines_are_named() {
        let named = |moved| limits(moved).map(|words| words.en).collect::<String>();
        assert_eq!(named(1000), "");
        assert!(named(1001).contains("GitLab Pages reads 1000") && !named(1001).contains("Cloudflare"));
        assert!(named(2001).contains("Cloudflare Pages reads 2000"));
    }

    #[test]
    fn the_folder_is_that_of_the_address_and_nothing_else_gets_in() {
        for (url, path) in [
            ("https://a.vn/", "/"),
            ("https://a.vn", "/"),
            ("https://a.vn/mot/hai/", "/mot/hai/"),
            ("https://a.vn/mot/x.html", "/"),
            ("https://a.vn/a;b{}/", "/"),
            ("https://a.vn/a b/", "/"),
        ] {
            assert_eq!(path_of(url), path, "{url}");
        }
    }
}
