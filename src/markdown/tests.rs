//! What a text becomes; and what it can never become, for any text.

#![allow(clippy::panic, reason = "a test ends by a panic that shows the text")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::vi::fold::fold;
use crate::vi::slug::slug;

fn opts() -> Options {
    Options::new(slug, fold)
}

/// Follows every link as it is written.
fn as_written(target: &Target) -> Option<String> {
    let with = |path: &str, fragment: &Option<String>| match fragment {
        Some(fragment) => format!("{path}#{fragment}"),
        None => path.to_owned(),
    };
    Some(match target {
        Target::External(url) => url.clone(),
        Target::Site { path, fragment } | Target::Relative { path, fragment } => with(path, fragment),
        Target::Here(fragment) => format!("#{fragment}"),
    })
}

fn page(text: &str) -> String {
    html(text, &opts(), &mut as_written)
}

fn check(text: &str, wanted: &str) {
    let page = page(text);
    assert_eq!(page.trim_end(), wanted, "of {text:?}");
    sound(&page);
}

fn kinds(text: &str) -> Vec<(FindingKind, &str)> {
    outline(text, &opts()).findings.into_iter().map(|f| (f.kind, &text[f.range])).collect()
}

// ---- A reader of HTML that knows only what may appear ----

#[derive(Debug, Default)]
struct Read {
    /// Text content, with the numbers that lists show.
    text: String,
    ids: Vec<String>,
    /// Values of href and src.
    addresses: Vec<String>,
    sources: Vec<String>,
}

const TAGS: [(&str, &[&str]); 29] = [
    ("p", &[]),
    ("h1", &["id"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("br", &[]),
    ("hr", &[]),
    ("em", &[]),
    ("strong", &[]),
    ("del", &[]),
    ("code", &[]),
    ("pre", &["tabindex"]),
    ("blockquote", &[]),
    ("ul", &[]),
    ("ol", &["class", "start"]),
    ("li", &["value", "id"]),
    ("a", &["href", "title", "id", "role", "aria-label"]),
    ("img", &["src", "alt", "title", "loading", "decoding"]),
    ("sup", &[]),
    ("div", &["class", "role", "tabindex", "aria-label"]),
    ("table", &[]),
    ("caption", &["class"]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["scope", "class"]),
    ("td", &["class"]),
];

fn unescaped(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').unwrap_or_else(|| panic!("bare & in {text:?}"));
        out.push(match &rest[..=end] {
            "&amp;" => '&',
            "&lt;" => '<',
            "&gt;" => '>',
            "&quot;" => '"',
            "&#39;" => '\'',
            other => panic!("strange reference {other:?}"),
        });
        rest = &rest[end + 1..];
    }
    out + rest
}

/// Reads `html`, and panics on anything that is not well formed or not on the list.
fn read(html: &str) -> Read {
    let mut read = Read::default();
    let mut open: Vec<&str> = Vec::new();
    let mut lists: Vec<Option<i64>> = Vec::new();
    let mut rest = html;
    loop {
        let at = rest.find('<').unwrap_or(rest.len());
        let text = &rest[..at];
        assert!(!text.contains('>'), "bare > in {html:?}");
        assert!(!text.chars().any(|c| c.is_control() && !"\n\t".contains(c)), "a control in {html:?}");
        // The caption is our word for the table, for screen readers: no text of the clerk's.
        if open.last() != Some(&"caption") {
            read.text.push_str(&unescaped(text));
        }
        if at == rest.len() {
            break;
        }
        rest = &rest[at + 1..];
        // No attribute value holds `>`: it is escaped.
        let end = rest.find('>').unwrap_or_else(|| panic!("open tag in {html:?}"));
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of turn in {html:?}");
            if name == "ol" || name == "ul" {
                lists.pop();
            }
            if !["a", "em", "strong", "del", "code", "sup"].contains(&name) {
                read.text.push(' ');
            }
            continue;
        }
        let (name, attributes) = tag.split_once(' ').map_or((tag, ""), |(name, rest)| (name, rest));
        let Some((_, allowed)) = TAGS.iter().find(|(known, _)| *known == name) else {
            panic!("<{name}> in {html:?}")
        };
        let mut start = None;
        let mut left = attributes;
        while !left.is_empty() {
            let (attribute, value) = left.split_once("=\"").expect("a quoted value");
            let (value, next) = value.split_once('"').expect("a closed value");
            assert!(allowed.contains(&attribute), "{attribute:?} on <{name}> in {html:?}");
            let value = unescaped(value);
            match attribute {
                "href" => read.addresses.push(value),
                "src" => read.sources.push(value),
                "id" => read.ids.push(value),
                "alt" => read.text.push_str(&format!(" {value} ")),
                "start" | "value" => start = Some(value.parse::<i64>().expect("a number")),
                "class" => assert!(
                    ["num", "mid", "paren", "zero", "paren zero", "scroll", "note", "footnotes", "vh"]
                        .contains(&value.as_str())
                ),
                _ => {}
            }
            left = next.trim_start();
        }
        match name {
            "br" | "hr" | "img" => {
                read.text.push(' ');
                continue;
            }
            "ul" => lists.push(None),
            "ol" => lists.push(Some(start.unwrap_or(1))),
            "li" => {
                if let Some(Some(next)) = lists.last_mut() {
                    let number = start.unwrap_or(*next);
                    *next = number + 1;
                    read.text.push_str(&format!(" {number}. "));
                }
            }
            "a" => assert!(!open.contains(&"a"), "a link in a link in {html:?}"),
            _ => {}
        }
        let blocks = ["p", "h2", "h3", "h4", "h5", "h6", "div", "table", "ul", "ol", "pre", "blockquote"];
        if blocks.contains(&name) {
            assert!(!open.contains(&"p"), "<{name}> in a paragraph in {html:?}");
        }
        open.push(name);
    }
    assert!(open.is_empty(), "{open:?} left open in {html:?}");
    read
}

/// Asserts that the page is well formed and holds nothing dangerous.
fn sound(html: &str) -> Read {
    let read = read(html);
    // As browsers judge: outer spaces, tabs and line ends do not count.
    for address in read.addresses.iter().chain(&read.sources) {
        let bare: String =
            address.to_lowercase().chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let head = bare.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        if let Some((scheme, _)) = head.split_once(':') {
            assert!(["http", "https", "mailto", "tel"].contains(&scheme), "{address:?} in {html:?}");
        }
        assert!(!bare.starts_with("//") && !bare.contains('\\'), "{address:?} in {html:?}");
    }
    for source in &read.sources {
        let head = source.split(['/', '?', '#']).next().unwrap_or_default();
        assert!(!head.contains(':'), "remote {source:?} in {html:?}");
    }
    let ids: BTreeSet<&String> = read.ids.iter().collect();
    assert_eq!(ids.len(), read.ids.len(), "ids twice in {html:?}");
    read
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

// ---- Cases ----

#[test]
fn a_plain_text_is_a_paragraph() {
    check("", "");
    check("\n \n", "");
    check("Nộp “hồ sơ” 'tại' \"Sở\"", "<p>Nộp “hồ sơ” 'tại' \"Sở\"</p>");
    check("một\nhai\n\n ba", "<p>một\nhai</p>\n<p>ba</p>");
    check("-- 30'' … 1.200.000", "<p>-- 30'' … 1.200.000</p>");
    check(
        "**đậm** _nghiêng_ ~~bỏ~~ `mã`",
        "<p><strong>đậm</strong> <em>nghiêng</em> <del>bỏ</del> <code>mã</code></p>",
    );
    check("a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>");
}

#[test]
fn inline_has_no_paragraph_when_it_is_one() {
    let inline = |text: &str| html_inline(text, &opts(), &mut as_written);
    assert_eq!(inline("một"), "một");
    assert_eq!(inline("*một*"), "<em>một</em>");
    assert_eq!(inline("một\n\nhai"), "<p>một</p>\n<p>hai</p>");
    assert_eq!(inline("*một*\n\nhai"), "<p><em>một</em></p>\n<p>hai</p>");
    assert_eq!(inline("- một"), "<ul>\n<li>một</li>\n</ul>");
    assert_eq!(inline("> một"), "<blockquote>\n<p>một</p>\n</blockquote>");
    assert_eq!(inline(""), "");
}

#[test]
fn lists_keep_their_numbers() {
    check(
        "1. a\n3. b\n4. c\n5. d\n2. e",
        "<ol>\n<li>a</li>\n<li value=\"3\">b</li>\n<li>c</li>\n<li>d</li>\n<li value=\"2\">e</li>\n</ol>",
    );
    check("0. a\n1. b", "<ol start=\"0\">\n<li>a</li>\n<li>b</li>\n</ol>");
    check("7) a\n7) b", "<ol class=\"paren\" start=\"7\">\n<li>a</li>\n<li value=\"7\">b</li>\n</ol>");
    check("01. a\n02. b", "<ol class=\"zero\">\n<li>a</li>\n<li>b</li>\n</ol>");
    check(
        "999999999. a\n999999999. b",
        "<ol start=\"999999999\">\n<li>a</li>\n<li value=\"999999999\">b</li>\n</ol>",
    );
    check("1234567890. a", "<p>1234567890. a</p>");
    // A list between does not begin the count again.
    check(
        "1. a\n\n- x\n\n2. b",
        "<ol>\n<li>a</li>\n</ol>\n<ul>\n<li>x</li>\n</ul>\n<ol start=\"2\">\n<li>b</li>\n</ol>",
    );
    check(
        "> 2. a\n> 4. b",
        "<blockquote>\n<ol start=\"2\">\n<li>a</li>\n<li value=\"4\">b</li>\n</ol>\n</blockquote>",
    );
    check(
        "-\t3. a\n\t5. b",
        "<ul>\n<li>\n<ol start=\"3\">\n<li>a</li>\n<li value=\"5\">b</li>\n</ol>\n</li>\n</ul>"
            .replace("<li>\n<ol", "<li><ol")
            .as_str(),
    );
    check("   9.\t3. a", "<ol start=\"9\">\n<li><ol start=\"3\">\n<li>a</li>\n</ol>\n</li>\n</ol>");
}

#[test]
fn a_list_after_a_tab_keeps_its_numbers() {
    check(
        ">\t3. a\n>\t5. b",
        "<blockquote>\n<ol start=\"3\">\n<li>a</li>\n<li value=\"5\">b</li>\n</ol>\n</blockquote>",
    );
}

#[test]
fn enumerations_keep_their_lines() {
    check(
        "Gồm:\na) Đơn;\nđ) Bản sao\ncó chứng thực.",
        "<p>Gồm:<br>\na) Đơn;<br>\nđ) Bản sao\ncó chứng thực.</p>",
    );
    check(
        "**Bước 1:** Nộp\n**Bước 2:** Chờ",
        "<p><strong>Bước 1:</strong> Nộp<br>\n<strong>Bước 2:</strong> Chờ</p>",
    );
    check(
        "> Gồm:\n> a) *Đơn*\n> b) Bản",
        "<blockquote>\n<p>Gồm:<br>\na) <em>Đơn</em><br>\nb) Bản</p>\n</blockquote>",
    );
    check("Gồm:\n-Đơn\n\\- Bản", "<p>Gồm:<br>\n-Đơn<br>\n- Bản</p>");
    check("1.1. Đơn\n1.2. Bản\n2. Phí", "<p>1.1. Đơn<br>\n1.2. Bản<br>\n2. Phí</p>");
}

#[test]
fn indentation_is_not_code() {
    check("    CỘNG **HÒA**\n        Độc lập", "<p>CỘNG <strong>HÒA</strong>\nĐộc lập</p>");
    check("Gồm:\n\n    - Đơn\n    - Bản", "<p>Gồm:</p>\n<ul>\n<li>Đơn</li>\n<li>Bản</li>\n</ul>");
    check("1.      Tên", "<ol>\n<li>Tên</li>\n</ol>");
    check("\t\tTên", "<p>Tên</p>");
    check(
        "- a\n    - b",
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>".replace("a\n<ul>", "a<ul>").as_str(),
    );
    check("```x\" onclick=\"y\n  <b>\n```", "<pre tabindex=\"0\"><code>  &lt;b&gt;\n</code></pre>");
    let deep: String = (1..40).map(|i| format!("{}x{i}\n\n", " ".repeat(4 * i))).collect();
    let page = page(&deep);
    sound(&page);
    assert!(!page.contains("<pre"), "{page}");
}

#[test]
fn raw_html_is_text() {
    check("Trong <5 ngày> hoặc <= 10", "<p>Trong &lt;5 ngày&gt; hoặc &lt;= 10</p>");
    assert_eq!(kinds("Trong <5 ngày> hoặc <= 10"), []);
    check("a <b onclick=x>đậm</b>", "<p>a &lt;b onclick=x&gt;đậm&lt;/b&gt;</p>");
    assert_eq!(
        kinds("a <b onclick=x>đậm</b>"),
        [(FindingKind::RawHtml, "<b onclick=x>"), (FindingKind::RawHtml, "</b>")]
    );
    check(
        "<div>\na) Đơn\nvà\n</div>\n\ntiếp",
        "<p>&lt;div&gt;<br>\na) Đơn\nvà\n&lt;/div&gt;</p>\n<p>tiếp</p>",
    );
    assert_eq!(kinds("x\n\n<!-- ẩn\n\nđi -->\n"), [(FindingKind::RawHtml, "<!-- ẩn\n\nđi -->")]);
    check("- <script>\n  alert(1)\n", "<ul>\n<li><p>&lt;script&gt;\nalert(1)</p>\n</li>\n</ul>");
    check("&lt;b&gt; &amp;amp; &copy;", "<p>&lt;b&gt; &amp;amp; ©</p>");
    check("a&#x202E;b&#1;", "<p>a\u{FFFD}b\u{FFFD}</p>");
}

#[test]
fn attacks_fail() {
    for attack in [
        "[a](javascript:alert(1))",
        "[a](&#x6A;avascript:alert(1))",
        "[a](&#106;&#97;vascript&colon;alert(1))",
        "[a](java&Tab;script:alert(1))",
        "[a](java&NewLine;script:alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a](&#1;javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](javascript&#58;alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a](file:///etc/passwd)",
        "[a](//evil.example/x)",
        "[a](/\\evil.example)",
        "[a](\\\\\\\\evil.example)",
        "[a](<  //evil.example>)",
        "[a](/&Tab;/evil.example)",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "[a][b]\n\n[b]: javascript:alert(1)",
        "[b]\n\n[b]: <data:x> 'title'",
        "[![x](javascript:1)](javascript:2)",
        "![x](https://evil.example/x.png)",
        "![x](//evil.example/x.png)",
        "![x](data:image/png;base64,AA)",
        "![x](mailto:a@b.vn)",
    ] {
        let page = page(attack);
        let read = sound(&page);
        assert!(read.addresses.is_empty() && read.sources.is_empty(), "{attack:?} gave {page:?}");
        let found = kinds(attack);
        assert!(
            found.iter().any(|(kind, _)| matches!(kind, FindingKind::UnsafeLink { .. })),
            "{attack:?} found {found:?}"
        );
        assert!(outline(attack, &opts()).links.is_empty(), "{attack:?}");
    }
    // Refused or not, these must not leave their attributes.
    for attack in [
        "# T {#x onclick=alert(1) .c}",
        "# \"onclick=x\" <b>",
        "[a](/x \"t\\\" onclick=x\")",
        "[a](</x\" onclick=\"y>)",
        "![a\" onerror=\"x](/x.png \"\\\"><script>\")",
        "x[^\"onclick=1]\n\n[^\"onclick=1]: y",
        "x[^<b>]\n\n[^<b>]: <b>y</b>",
        "[a[^1]](/x)\n\n[^1]: [b](/y)[^1]",
        "```\" onclick=\"x\ny\n```",
        "~~~<script>\ny\n~~~",
        "|<b>|\n|-|\n|[x](javascript:1)|",
        "[<https://a.vn>](/x)",
        "[a ![b [c](/d)](/e) f](/g)",
        "![a ![b](/c) d](/e)",
        "> [!NOTE]\n> <script>",
        "[a](\u{0}javascript:alert(1))",
        "[a](\\javascript:alert(1))",
        "$$<script>$$",
        "[a](/%22onclick=x)",
    ] {
        sound(&page(attack));
    }
    check("[a](/x \"t\\\" o=x\")", "<p><a href=\"/x\" title=\"t&quot; o=x\">a</a></p>");
    check(
        "<https://a.vn/?a=1&b=2> <a@b.vn>",
        "<p><a href=\"https://a.vn/?a=1&amp;b=2\">https://a.vn/?a=1&amp;b=2</a> <a href=\"mailto:a@b.vn\">a@b.vn</a></p>",
    );
}

#[test]
fn a_slip_of_resolve_does_no_harm() {
    for bad in ["javascript:x", "//host", "data:x", " java\nscript:x", "/\\host"] {
        let page = html("[a](/x) ![b](y.png)", &opts(), &mut |_| Some(bad.to_owned()));
        assert_eq!(page, "<p>a b</p>\n", "{bad:?}");
    }
    let page = html("[a](/x) ![b](y.png)", &opts(), &mut |_| Some("https://a.vn/\"x".to_owned()));
    assert_eq!(page, "<p><a href=\"https://a.vn/%22x\">a</a> b</p>\n");
    assert_eq!(html("[a *b*](/x) ![b](y.png)", &opts(), &mut |_| None), "<p>a <em>b</em> b</p>\n");
}

#[test]
fn links_are_told_and_judged() {
    let text = "Xem [tại đây](/thu-tuc/1.014888/#ho-so), [Mẫu](<tep/mẫu 1.docx>), ![](anh.png) và [CHI TIẾT…](#muc).";
    let outline = outline(text, &opts());
    let links: Vec<(&Target, &str, bool)> =
        outline.links.iter().map(|l| (&l.target, &text[l.range.clone()], l.is_image)).collect();
    assert_eq!(
        links,
        [
            (
                &Target::Site { path: "/thu-tuc/1.014888/".to_owned(), fragment: Some("ho-so".to_owned()) },
                "[tại đây](/thu-tuc/1.014888/#ho-so)",
                false
            ),
            (
                &Target::Relative { path: "tep/mẫu 1.docx".to_owned(), fragment: None },
                "[Mẫu](<tep/mẫu 1.docx>)",
                false
            ),
            (&Target::Relative { path: "anh.png".to_owned(), fragment: None }, "![](anh.png)", true),
            (&Target::Here("muc".to_owned()), "[CHI TIẾT…](#muc)", false),
        ]
    );
    assert_eq!(
        kinds(text),
        [
            (FindingKind::VagueLink { text: "tại đây".to_owned() }, "[tại đây](/thu-tuc/1.014888/#ho-so)"),
            (FindingKind::ImageWithoutDescription, "![](anh.png)"),
            (FindingKind::VagueLink { text: "CHI TIẾT…".to_owned() }, "[CHI TIẾT…](#muc)"),
        ]
    );
    assert_eq!(kinds("<https://a.vn> [Xem chi tiết thủ tục](/x)"), []);
    check("![Sơ đồ](a.png)", "<p><img src=\"a.png\" alt=\"Sơ đồ\" loading=\"lazy\" decoding=\"async\"></p>");
    check("[](/x)a", "<p>a</p>");
}

#[test]
fn headings_are_shifted_and_named() {
    check("## Hồ sơ\n\n### Hồ sơ\n\n##", "<h2 id=\"ho-so\">Hồ sơ</h2>\n<h3 id=\"ho-so-2\">Hồ sơ</h3>");
    check("# Trên\n\n###### *?*", "<h2 id=\"tren\">Trên</h2>\n<h6 id=\"muc\"><em>?</em></h6>");
    check("# A {#x onclick=y}", "<h2 id=\"a-x-onclick-y\">A {#x onclick=y}</h2>");
    check("## a\n## a-2\n## a", "<h2 id=\"a\">a</h2>\n<h2 id=\"a-2\">a-2</h2>\n<h2 id=\"a-3\">a</h2>");
    let deep = Options { top_level: 4, id_prefix: "yeu-cau-".to_owned(), ..opts() };
    let text = "## A\n\n#### B\n\n###### C\n\nx[^1]\n\n[^1]: y";
    let page = html(text, &deep, &mut as_written);
    sound(&page);
    assert!(
        page.starts_with("<h4 id=\"yeu-cau-a\">A</h4>\n<h6 id=\"yeu-cau-b\">B</h6>\n<h6 id=\"yeu-cau-c\">"),
        "{page}"
    );
    assert!(
        page.contains("id=\"yeu-cau-chu-thich_1\"") && page.contains("href=\"#yeu-cau-goi_1\""),
        "{page}"
    );
    assert_eq!(
        kinds("# T\n\n### S\n\n## A\n\n#### B\n\nC\n==="),
        [
            (FindingKind::TopHeading, "# T"),
            (FindingKind::SkippedHeading { from: 2, to: 4 }, "#### B"),
            (FindingKind::TopHeading, "C\n==="),
        ]
    );
    assert_eq!(kinds("### S"), [(FindingKind::SkippedHeading { from: 1, to: 3 }, "### S")]);
}

#[test]
fn tables_scroll_and_have_names() {
    check(
        "## Phí\n\n| Loại | Số | |\n| --- | ---: | :-: |\n| a | 1 | x |\n\n|b|\n|-|",
        "<h2 id=\"phi\">Phí</h2>\n\
         <div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Bảng: Phí\"><table><caption class=\"vh\">Bảng: Phí</caption>\n\
         <thead><tr><th scope=\"col\">Loại</th><th scope=\"col\" class=\"num\">Số</th><td class=\"mid\"></td></tr></thead>\n\
         <tbody>\n<tr><td>a</td><td class=\"num\">1</td><td class=\"mid\">x</td></tr>\n</tbody>\n</table></div>\n\
         <div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Bảng 2: Phí\"><table><caption class=\"vh\">Bảng 2: Phí</caption>\n\
         <thead><tr><th scope=\"col\">b</th></tr></thead>\n<tbody>\n</tbody>\n</table></div>",
    );
    let named = Options { title: "Yêu \"cầu\"".to_owned(), ..opts() };
    assert!(html("|a|\n|-|", &named, &mut as_written).contains("aria-label=\"Bảng: Yêu &quot;cầu&quot;\""));
}

#[test]
fn cells_beyond_the_columns_stay() {
    let row = |text: &str| {
        let html = page(text);
        html[html.find("<tbody>").expect("a body") + 8..html.find("</tbody>").expect("its end")].to_owned()
    };
    assert_eq!(row("|a|\n|-|\n|b|**c**|d|"), "<tr><td>b|**c**|d</td></tr>\n");
    assert_eq!(row("|a|\n|-|\n|b|||"), "<tr><td>b</td></tr>\n");
    assert_eq!(row("|a|\n|-|\n|b| c\n|d|"), "<tr><td>b| c</td></tr>\n<tr><td>d</td></tr>\n");
    assert_eq!(plain("|a|\n|-|\n|b|c|"), "a b|c");
}

#[test]
fn footnotes_are_called_and_called_back() {
    check(
        "a[^x] b[^X]\n\n[^x]: Một\n\n[^y]: Hai",
        "<p>a<sup><a href=\"#chu-thich_1\" id=\"goi_1\" role=\"doc-noteref\" aria-label=\"Chú thích 1\">1</a></sup> \
         b<sup><a href=\"#chu-thich_1\" id=\"goi_1_2\" role=\"doc-noteref\" aria-label=\"Chú thích 1\">1</a></sup></p>\n\
         <ol class=\"footnotes\">\n<li id=\"chu-thich_1\"><p>Một \
         <a href=\"#goi_1\" role=\"doc-backlink\" aria-label=\"Về chỗ gọi chú thích 1\">↩</a> \
         <a href=\"#goi_1_2\" role=\"doc-backlink\" aria-label=\"Về chỗ gọi chú thích 1, lần 2\">↩</a></p></li>\n\
         <li id=\"chu-thich_2\"><p>Hai</p></li>\n</ol>",
    );
    check("a[^x]", "<p>a[^x]</p>");
    check(
        "> [!WARNING]\n> Hết hạn",
        "<div class=\"note\" role=\"note\">\n<p><strong>Cảnh báo</strong></p>\n<p>Hết hạn</p>\n</div>",
    );
}

#[test]
fn plain_words_stay() {
    for (given, wanted) in [
        ("", ""),
        ("Một\u{A0} hai\n\nba", "Một hai ba"),
        ("## Tên\n\n1. *Đơn*;\n3. [Bản](/x)\n\n   thêm[^1]\n\n[^1]: Chú", "Tên 1. Đơn; 3. Bản thêm Chú"),
        ("|a|b|\n|-|-|\n|c **d**|![e](f)|", "a b c d e"),
        ("**x**y `z` <b> &lt;", "xy z <b> <"),
        ("    lùi", "lùi"),
        ("02) a", "02) a"),
    ] {
        assert_eq!(plain(given), wanted, "{given:?}");
    }
}

#[test]
fn texts_made_to_be_slow_are_not() {
    let start = std::time::Instant::now();
    for (piece, tail) in [
        ("[", ""),
        ("![", ""),
        ("![a](", ""),
        (">", "x"),
        ("- ", "x"),
        ("1. ", "x"),
        ("*a **b ", ""),
        ("<", ""),
        ("<!--", ""),
        ("<a ", ""),
        ("`", "x"),
        ("# a\n", ""),
        ("|a|\n|-|\n\n", ""),
        ("[^a]", "\n\n[^a]: x"),
        ("[^a]: x\n\n", ""),
        ("&", ""),
        ("\ta\n", ""),
        ("- \t\ta\n", ""),
        ("    a\n\nb\n\n", ""),
        ("a)\n", ""),
        ("a  \n", ""),
        ("\\", ""),
        ("~~", "x"),
        ("|", "\n|-|"),
        ("[a]: /b\n", ""),
        ("[a](/b) ", ""),
        ("<script>\n", ""),
        (" ", "x"),
        ("\t", "x"),
        ("1\n", ""),
        ("[a][a] ", "\n\n[a]: /b 'c'"),
    ] {
        let text = piece.repeat(20_000 / piece.len()) + tail;
        let _ = (page(&text), outline(&text, &opts()), plain(&text));
    }
    // Unoptimised and on a busy machine; what grows with the square takes minutes.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
#[ignore = "a measurement: cargo test --release --lib markdown::tests::speed -- --ignored --nocapture"]
fn speed() {
    let marked = "## Các bước\n\n1. Tìm thủ tục trong [danh sách](/thu-tuc/) và mở **trang** của nó.\n\
        3. Đọc thời hạn, phí, giấy tờ của đúng trường hợp mình.\n\n| Lĩnh vực | Số |\n| --- | ---: |\n| Bưu chính | 2 |\n\n\
        Một số thủ tục tiêu chuẩn, đo lường ghi rõ: khi Cổng lỗi hoặc chưa có hạ tầng trực tuyến, tổ chức\n\
        nộp bản giấy trực tiếp hoặc qua bưu chính.\n\n"
        .repeat(50);
    let indented = marked.replace("Một số", "    Một số");
    let sentence = "Trong 10 ngày kể từ khi kết quả nghiên cứu được mua bằng ngân sách nhà nước, tổ chức mua đăng ký \
        thông tin tại Tổ chức đầu mối thông tin khoa học và công nghệ cấp tỉnh.";
    let opts = opts();
    let time = |name: &str, text: &str, run: &dyn Fn(&str) -> usize| {
        let times = 1 + 20_000_000 / text.len();
        let start = std::time::Instant::now();
        let mut kept = 0;
        for _ in 0..times {
            kept += std::hint::black_box(run(std::hint::black_box(text)));
        }
        let seconds = start.elapsed().as_secs_f64();
        println!("{name}: {:.0} MB/s ({kept})", (times * text.len()) as f64 / 1e6 / seconds);
    };
    let render = |text: &str| html(text, &opts, &mut as_written).len();
    time("html, article", &marked, &render);
    time("html, article with indented paragraphs", &indented, &render);
    time("html, sentence", sentence, &render);
    time("outline, article", &marked, &|text| outline(text, &opts).links.len());
    time("outline, sentence", sentence, &|text| outline(text, &opts).links.len());
    time("plain, article", &marked, &|text| plain(text).len());
    time("plain, sentence", sentence, &|text| plain(text).len());
}

// ---- For any text ----

/// Pieces that mean something to Markdown, HTML or addresses, and some words between.
fn rich() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "*",
            "**",
            "_",
            "~~",
            "`",
            "```",
            "[",
            "]",
            "(",
            ")",
            "](",
            "![",
            "<",
            ">",
            "</",
            "/>",
            "\"",
            "'",
            "&",
            "&#x6A;",
            "&lt;",
            "&#0;",
            "&colon;",
            "|",
            "|-|\n",
            "\n",
            "\n\n",
            "    ",
            "\t",
            "  \n",
            "\\",
            "# ",
            "## ",
            "#### ",
            "- ",
            "+ ",
            "1. ",
            "3) ",
            "07. ",
            "1234567890. ",
            "> ",
            "> [!NOTE]\n",
            "[^a]",
            "[^a]: ",
            "[x]: ",
            "[x]",
            "[ ] ",
            ":",
            "---\n",
            "===\n",
            "javascript:",
            "data:",
            "https://a.vn/",
            "//h",
            "/\\",
            "mailto:",
            "<b onclick=x>",
            "<div>",
            "<!--",
            "-->",
            "<script>",
            "{#i .c o=1}",
            "onclick=x",
            "a) ",
            "đ) ",
            "Bước 2: ",
            "\u{0}",
            "\u{A0}",
            "\u{202E}",
            "é",
            "e\u{301}",
            "đơn",
            "x",
            "7",
            " ",
            "$",
            ": ",
            "\r",
            "\r\n",
            "+++\n",
        ])
        .prop_map(str::to_owned),
        "[a-zđ0-9 ]{1,5}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let outline = outline(text, &opts());
    for range in outline.findings.iter().map(|f| &f.range).chain(outline.links.iter().map(|l| &l.range)) {
        prop_assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
    }
    let page = page(text);
    let read = sound(&page);
    let headings: Vec<&String> = outline.headings.iter().map(|h| &h.id).collect();
    let ids: Vec<&String> = read.ids.iter().filter(|id| !id.contains('_')).collect();
    // Footnotes move to the end with their headings.
    if !text.contains("[^") {
        prop_assert_eq!(headings, ids);
    }
    sound(&html_inline(text, &opts(), &mut |_| None));
    let words = plain(text);
    prop_assert!(!words.contains('\n') && words.trim() == words);
    // A notice gets a word of its own, footnotes move, and code keeps what the parser reads off.
    if !text.contains("[^") && !text.contains('`') && !text.contains("[!") {
        prop_assert_eq!(letters(&words).replace('0', ""), letters(&read.text).replace('0', ""), "{:?}", text);
    }
    Ok(())
}

/// A line as clerks write: words, numbers, marks of enumerations, comparisons, names in angle brackets.
fn clerk_line() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec![
        "",
        "",
        "",
        "a) ",
        "đ) ",
        "1. ",
        "3. ",
        "12) ",
        "1.1. ",
        "- ",
        "+ ",
        "* ",
        "-",
        "• ",
        "Bước 2: ",
        "    ",
        "  ",
        "\t",
        "        a) ",
        "      - ",
        "(1) ",
        "> ",
        "| ",
        "## ",
        "Điều 5. ",
        "2025. ",
        "10000000000. ",
    ]);
    let word = prop_oneof![
        "[a-zàáâđêôơưạếộ]{1,6}",
        prop::sample::select(vec![
            "UBND",
            "949/QĐ-UBND",
            "30",
            "<5 ngày>",
            "<= 10",
            ">= 3",
            "< 5",
            "1.200.000",
            "*",
            "**Lưu ý**",
            "(*)",
            "a_b_c",
            "5%",
            "&",
            "R&D",
            "\"",
            "tr.",
            "01/01/2023",
            "<tên tổ chức>",
            "<ten>",
            "~10",
            "[1]",
            "[x]",
            "#1",
            "|",
            "$5",
            "`",
            "C:\\tep",
            "x^2",
            "!",
        ])
        .prop_map(str::to_owned),
    ];
    (start, prop::collection::vec(word, 1..8))
        .prop_map(|(start, words)| format!("{start}{}", words.join(" ")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_sound(text in any::<String>()) {
        holds(&text)?;
    }

    #[test]
    fn a_text_full_of_marks_is_sound(text in rich()) {
        holds(&text)?;
    }

    #[test]
    fn nothing_of_a_clerks_text_is_lost(lines in prop::collection::vec(prop_oneof![5 => clerk_line(), 1 => Just(String::new())], 0..12)) {
        let text = lines.join("\n");
        // Leading zeros of a list are shown by its class.
        let read = sound(&page(&text));
        prop_assert_eq!(letters(&read.text), letters(&text), "{:?}", text);
        prop_assert_eq!(letters(&plain(&text)), letters(&text), "{:?}", text);
    }

    #[test]
    fn the_short_way_gives_the_same(text in "[a-zđ0-9.,;:() \\n\"'/%$!?-]{0,60}") {
        if fast::is_plain(&text) {
            let marked = format!("{text}\n\n*x*");
            prop_assert_eq!(page(&text) + "<p><em>x</em></p>\n", page(&marked));
            prop_assert_eq!(format!("{} x", plain(&text)).trim().to_owned(), plain(&marked));
        }
    }
}
