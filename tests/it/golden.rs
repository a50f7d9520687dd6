//! Whole sites against their expected pages: the smallest, the fullest, the hardest.
//!
//! A page is kept as the words of its `<main>`, a line for each piece of text, so that a change of
//! markup alone does not drown a change of content. `UPDATE=1` rewrites the expectations.

use std::fs;
use std::path::PathBuf;

use congkhai::base::date::{AsOf, Date};
use congkhai::base::diagnostic::Severity;
use congkhai::load;
use congkhai::parse::locate::locate;
use congkhai::pipeline::{self, Settings};
use congkhai::site::{Content, InMemory, Site};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Builds a fixture site on its day; gives the site and its findings, a line each.
pub(crate) fn build(name: &str) -> (Site, Vec<String>) {
    build_on(name, "2026-11-23")
}

/// The same on any day.
pub(crate) fn build_on(name: &str, day: &str) -> (Site, Vec<String>) {
    let mut inputs = load::read_site(&root().join("tests/sites").join(name)).expect("readable");
    inputs.theme = crate::theme::files(&root().join("themes/mac-dinh"));
    let settings = Settings { as_of: AsOf(Date::parse(day).expect("a day")), base_url: None };
    let build = pipeline::build(&inputs, &settings, &InMemory, &|_| {});
    let found: Vec<String> = locate(build.diagnostics.clone(), &inputs)
        .diagnostics
        .iter()
        .map(|d| {
            format!(
                "{}:{}:{}: {} {}",
                d.at.file, d.at.line, d.at.column, d.diagnostic.rule.code, d.diagnostic.message.vi
            )
        })
        .collect();
    let errors: Vec<_> = build.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{name}: {found:#?}");
    (build.site.expect("a site"), found)
}

pub(crate) fn pages(site: &Site) -> Vec<(&str, &str)> {
    site.files
        .iter()
        .filter(|(path, _)| path.extension() == "html")
        .filter_map(|(path, content)| {
            Some((path.as_str(), std::str::from_utf8(content.bytes()?).expect("UTF-8")))
        })
        .collect()
}

/// The pieces of text of the main part, a line each; links with where they lead.
fn main_text(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let main = main.split_once('>').map_or(main, |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(inner, _)| inner);
    let mut out = String::new();
    let mut rest = main;
    while let Some((text, after)) = rest.split_once('<') {
        push_line(&mut out, text);
        let (tag, next) = after.split_once('>').unwrap_or((after, ""));
        for attribute in ["href=\"", "src=\"", "alt=\"", "value=\"", "datetime=\""] {
            if let Some((_, value)) = tag.split_once(attribute) {
                let value = value.split('"').next().unwrap_or_default();
                push_line(&mut out, &format!("[{}{value}]", attribute.trim_end_matches('"')));
            }
        }
        rest = next;
    }
    push_line(&mut out, rest);
    out
}

fn push_line(out: &mut String, text: &str) {
    let words: Vec<&str> = text.split(|c: char| c.is_ascii_whitespace()).filter(|w| !w.is_empty()).collect();
    if !words.is_empty() {
        out.push_str(&words.join(" "));
        out.push('\n');
    }
}

fn golden(name: &str) {
    let (site, found) = build(name);
    let mut text = String::from("== findings\n");
    text.extend(found.iter().map(|line| format!("{line}\n")));
    text.push_str("\n== files\n");
    for path in site.files.keys() {
        // The theme's own names change with their content.
        text.push_str(&format!(
            "{}\n",
            path.as_str()
                .split("-")
                .next()
                .filter(|_| path.as_str().starts_with("giao-dien/"))
                .unwrap_or(path.as_str())
        ));
    }
    for (path, html) in pages(&site) {
        text.push_str(&format!("\n== {path}\n{}", main_text(html)));
    }
    expect(name, &text);
}

fn expect(name: &str, text: &str) {
    let path = root().join("tests/golden").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if let Some((i, (is, should))) =
        text.lines().zip(expected.lines()).enumerate().find(|(_, (is, should))| is != should)
    {
        panic!(
            "{}:{}: is `{is}`, should be `{should}`; if that is meant: UPDATE=1 cargo test",
            path.display(),
            i + 1
        );
    }
    assert_eq!(text.lines().count(), expected.lines().count(), "{}: UPDATE=1 cargo test", path.display());
}

#[test]
fn the_smallest_site() {
    golden("toi-thieu");
}

#[test]
fn the_fullest_site() {
    golden("day-du");
}

#[test]
fn the_hardest_site() {
    golden("kho-nhat");
}

/// What the pages of single petitions say, and what the lists say of them, day by day.
#[test]
fn petitions_before_on_and_after_the_last_day_across_tet() {
    let mut text = String::new();
    // The first is due on 9 March; the calendar holds Tết and a Saturday worked instead.
    for day in ["2026-02-27", "2026-03-06", "2026-03-09", "2026-03-10", "2026-03-11", "2026-03-16"] {
        let (site, found) = build_on("phan-anh", day);
        text.push_str(&format!("==== {day}\n"));
        text.extend(found.iter().map(|line| format!("{line}\n")));
        for (path, html) in pages(&site) {
            let one = path.starts_with("phan-anh/2026");
            let list = path == "phan-anh/index.html" && day >= "2026-03-10";
            if one || list {
                text.push_str(&format!("\n== {path}\n{}", main_text(html)));
            }
        }
    }
    expect("phan-anh", &text);
}

/// What the pages of figures say while a month runs, when it is over and its record is late.
#[test]
fn figures_while_a_month_runs_and_when_it_is_over() {
    let mut text = String::new();
    for day in ["2026-10-12", "2026-11-05"] {
        let (site, found) = build_on("ket-qua", day);
        text.push_str(&format!("==== {day}\n"));
        text.extend(found.iter().map(|line| format!("{line}\n")));
        for (path, html) in pages(&site) {
            let late = ["ket-qua/index.html", "ket-qua/2026/index.html", "ket-qua/2026-q4/index.html"];
            let shown = path.starts_with("ket-qua/") && (day < "2026-11" || late.contains(&path));
            if shown {
                text.push_str(&format!("\n== {path}\n{}", main_text(html)));
            }
        }
        if day < "2026-11" {
            for name in ["ket-qua/feed.xml", "ket-qua/theo-quy.csv", "ket-qua/2026-09/so-lieu.csv"] {
                text.push_str(&format!("\n== {name}\n{}", text_of(&site, name)));
            }
        }
    }
    expect("ket-qua", &text);
}

#[test]
fn figures_are_data_without_formulas_and_without_invented_zeros() {
    let (site, _) = build_on("ket-qua", "2026-10-12");
    let data: serde_json::Value =
        serde_json::from_str(&text_of(&site, "du-lieu/thong-ke.json")).expect("JSON");
    let all = data.as_array().expect("a list");
    let of = |period: &str, field: Option<&str>| {
        let found = all.iter().find(|one| one["ky"] == period && one["linh_vuc"].as_str() == field);
        found.unwrap_or_else(|| panic!("{period} {field:?}"))
    };
    let quarter = of("2026-Q3", None);
    assert_eq!((&quarter["cach_co"], &quarter["ho_so"]["tiep_nhan"]), (&"cong".into(), &1200.into()));
    assert_eq!(quarter["cong_tu"].as_array().map(Vec::len), Some(3));
    assert!(quarter["hai_long"]["phieu"].is_null(), "August does not tell");
    let july = of("2026-07", None);
    assert_eq!(july["ho_so"]["phai_thanh_toan"], 0);
    assert!(july["ty_le_phan_tram"]["thanh_toan_truc_tuyen"].is_null(), "nothing of nothing");
    assert_eq!(of("2026-09", Some("linh-vuc-a"))["ty_le_phan_tram"]["giai_quyet_dung_han"], 99.45);
    let csv = text_of(&site, "du-lieu/thong-ke.csv");
    assert!(csv.starts_with("\u{FEFF}ky,ten_ky,"), "{csv}");
    assert!(csv.contains(",\"'=Lĩnh vực B, có dấu phẩy\","), "{csv}");
    assert_eq!(csv.lines().count(), all.len() + 1);
    let of_figures =
        |path: &str| path.ends_with(".csv") && (path.starts_with("ket-qua/") || path.contains("thong-ke"));
    for path in site.files.keys().filter(|path| of_figures(path.as_str())) {
        let table = text_of(&site, path.as_str());
        let columns = table.lines().next().map(|head| head.split(',').count());
        assert_eq!(columns, Some(9 + 15 + 6), "{path}");
    }
}

/// The text of one file of a site.
fn text_of(site: &Site, name: &str) -> String {
    let (_, content) = site.files.iter().find(|(path, _)| path.as_str() == name).expect("the file");
    let Content::Bytes(bytes) = content else { panic!("{name} is made, not copied") };
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn every_chart_of_figures_stands_beside_its_table() {
    let (site, _) = build_on("ket-qua", "2026-10-12");
    let mut seen = 0;
    for (path, html) in pages(&site).into_iter().filter(|(path, _)| path.starts_with("ket-qua/")) {
        let mut ids = std::collections::BTreeSet::new();
        for id in html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.insert(id), "{path}: two things have the id {id}");
        }
        for (at, _) in html.match_indices("<svg class=\"chart\"") {
            seen += 1;
            let (svg, after) = html[at..].split_once("</svg>").expect("the chart ends");
            assert!(svg.contains("role=\"img\"") && svg.contains("<title id=") && svg.contains("<desc id="));
            let (before_table, table) = after.split_once("<table").expect("a table");
            // Charts of one part may share its table.
            assert!(!before_table.contains("<h2"), "{path}: {before_table}");
            let (_, after_table) = table.split_once("</table>").expect("the table ends");
            let link = after_table.split("<a href=\"").nth(1).and_then(|rest| rest.split('"').next());
            assert!(link.is_some_and(|link| link.ends_with(".csv")), "{path}: {link:?}");
        }
    }
    assert!(seen > 8, "{seen}");
}

#[test]
fn petitions_are_data_and_a_feed_too() {
    // Answered on the 11th, made public on the 12th: on the day between, the answer is not told.
    let (between, _) = build_on("phan-anh", "2026-03-11");
    let data: serde_json::Value =
        serde_json::from_str(&text_of(&between, "du-lieu/phan-anh.json")).expect("JSON");
    let one = data.as_array().and_then(|all| all.iter().find(|one| one["ma"] == "2026-001")).expect("it");
    assert_eq!(one["trang_thai"], "da-tra-loi");
    assert_eq!((&one["han_tra_loi"], &one["tre_ngay_lam_viec"]), (&"2026-03-09".into(), &2.into()));
    assert!(one["ket_qua"].is_null(), "{one}");
    for (path, content) in &between.files {
        let Content::Bytes(bytes) = content else { continue };
        assert!(!String::from_utf8_lossy(bytes).contains("Sở xin lỗi"), "{path} tells the answer early");
    }
    let (after, _) = build_on("phan-anh", "2026-03-12");
    let data: serde_json::Value =
        serde_json::from_str(&text_of(&after, "du-lieu/phan-anh.json")).expect("JSON");
    assert!(data.to_string().contains("Sở xin lỗi"));
    assert_eq!(data.as_array().map(Vec::len), Some(3));
    let feed = text_of(&after, "phan-anh/feed.xml");
    assert_eq!(feed.matches("<entry>").count(), 3);
    assert!(feed.contains("<updated>2026-03-12T00:00:00+07:00</updated>"), "{feed}");
    assert!(feed.contains("trả lời trễ 2 ngày làm việc"), "{feed}");
}

/// The state of cuts and inspections follows from the day of the build; nothing is told early.
#[test]
fn cuts_and_inspections_on_other_days() {
    let text = |day: &str, name: &str| -> String {
        let (site, _) = build_on("day-du", day);
        let all = pages(&site);
        let (_, html) = all.iter().find(|(path, _)| *path == name).expect("the page");
        main_text(html)
    };
    let cuts = |day: &str| text(day, "cat-giam/index.html");
    // Carried out on 2 March and on 1 May; the first is real, the second made up.
    let (before, after) = (cuts("2026-03-01"), cuts("2026-03-02"));
    assert!(before.contains("3 phương án có thật:\n2 đã phê duyệt, 1 không thực hiện."), "{before}");
    assert!(!before.contains("phương án đã thực hiện, tính cho"), "{before}");
    assert!(
        after.contains("1 phương án đã thực hiện, tính cho mỗi thủ tục một hồ sơ:\nThời gian\nBớt 5"),
        "{after}"
    );
    assert!(after.contains("\nĐã kết thúc\n"), "{after}");
    assert!(cuts("2025-12-31").contains("\nĐang thực hiện\n"));
    let inspections = |day: &str| text(day, "kiem-tra/index.html");
    let conclusion = "Đã khắc phục ngay việc niêm yết.";
    for (day, state, told) in [
        ("2026-05-31", "Kiểm tra việc tiếp nhận hồ sơ\nSắp kiểm tra", false),
        ("2026-06-01", "Kiểm tra việc tiếp nhận hồ sơ\nĐang kiểm tra", true),
        ("2026-06-06", "Kiểm tra việc tiếp nhận hồ sơ\nĐã có kết luận", true),
        ("2026-10-26", "Hồ sơ trễ hạn\nChưa có kết luận\nThời gian", true),
        ("2026-10-27", "Hồ sơ trễ hạn\nChưa có kết luận\nQuá hạn 1", true),
    ] {
        let page = inspections(day);
        assert!(page.contains(state), "{day}: {page}");
        assert_eq!(page.contains(conclusion), told, "{day}");
    }
}

#[test]
fn a_chart_has_words_and_a_table_beside_it() {
    let (site, _) = build_on("phan-anh", "2026-03-16");
    let all = pages(&site);
    let (_, html) = all.iter().find(|(path, _)| *path == "phan-anh/index.html").expect("the page");
    let svg = html.split_once("<svg class=\"chart\"").and_then(|(_, rest)| rest.split_once("</svg>"));
    let (svg, after) = svg.expect("a chart");
    assert!(svg.contains("role=\"img\"") && svg.contains("<title id=") && svg.contains("<desc id="));
    let next = after.trim_start_matches("</figure>").trim_start();
    assert!(
        next.starts_with("<div class=\"scroll\"")
            && next.split_once('>').is_some_and(|(_, table)| table.starts_with("<table")),
        "{after}"
    );
}

#[test]
fn the_smallest_site_has_nothing_wrong() {
    assert_eq!(build("toi-thieu").1, Vec::<String>::new());
}

#[test]
fn the_fullest_site_uses_every_key_and_publishes_no_editors_note() {
    let mut all = String::new();
    for (_, bytes) in crate::cli::tree(&root().join("tests/sites/day-du")) {
        all.push_str(&String::from_utf8(bytes).expect("UTF-8"));
    }
    let keys = crate::glossary::keys();
    let missing: Vec<&String> = keys.iter().filter(|key| !all.contains(&format!("{key}:"))).collect();
    assert!(missing.is_empty(), "tests/sites/day-du does not use {missing:?}");
    for name in ["day-du", "kho-nhat"] {
        let (site, _) = build(name);
        for (path, content) in &site.files {
            let Content::Bytes(bytes) = content else { continue };
            let text = String::from_utf8_lossy(bytes);
            for secret in ["BIMAT", "NHAP", "NGAYMAI"] {
                assert!(!text.contains(secret), "{path} publishes {secret}");
            }
        }
    }
}

/// Tags that never have an end tag.
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "source", "wbr", "col"];

#[test]
fn every_page_of_the_hardest_site_is_well_formed_and_harmless() {
    for name in ["kho-nhat", "day-du", "phan-anh", "ket-qua"] {
        let (site, _) = build(name);
        for (path, html) in pages(&site) {
            let mut open: Vec<String> = Vec::new();
            let mut rest = html;
            while let Some((_, after)) = rest.split_once('<') {
                if let Some(comment) = after.strip_prefix("!--") {
                    rest = comment.split_once("-->").map_or("", |(_, next)| next);
                    continue;
                }
                let (tag, next) =
                    after.split_once('>').unwrap_or_else(|| panic!("{path}: a tag does not end"));
                rest = next;
                let tag_name: String =
                    tag.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
                assert!(
                    !tag.to_ascii_lowercase()
                        .split_ascii_whitespace()
                        .skip(1)
                        .any(|a| a.starts_with("on") || a.starts_with("style")),
                    "{path}: <{tag}>"
                );
                if tag.starts_with('/') {
                    assert_eq!(open.pop().as_deref(), Some(tag_name.as_str()), "{path}: </{tag_name}>");
                } else if tag_name == "script" {
                    let (json, next) = rest.split_once("</script>").expect("the script ends");
                    if tag.contains("giao-dien/search") {
                        // Our own script: a file of the theme, nothing between the tags.
                        assert!(tag.contains(" src=\"") && json.is_empty(), "{path}: <{tag}>{json}");
                        rest = next;
                        continue;
                    }
                    assert!(tag.contains("application/ld+json"), "{path}: <{tag}>");
                    serde_json::from_str::<serde_json::Value>(json)
                        .unwrap_or_else(|e| panic!("{path}: {e}: {json}"));
                    rest = next;
                } else if !tag.starts_with('!') && !VOID.contains(&tag_name.as_str()) && !tag.ends_with('/') {
                    open.push(tag_name);
                }
            }
            assert!(open.is_empty(), "{path}: {open:?} stay open");
            assert!(!html.contains("alert(1)</script>") && !html.contains("<b>thô"), "{path}");
        }
    }
}
