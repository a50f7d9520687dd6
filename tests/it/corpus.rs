//! A run over 999 real records of other ministries: no panic, no lost record, every record on a page,
//! every page's text complete.
//!
//! The records have no licence, so they lie beside the project and not in it; where they are absent
//! (an outside contributor), the test says so and checks nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use congkhai::base::date::{AsOf, Date};
use congkhai::base::diagnostic::Severity;
use congkhai::parse::locate::locate;
use congkhai::pipeline::{self, Settings};
use congkhai::site::{Content, InMemory};
use congkhai::vi::{fold::fold, slug::slug};
use congkhai::{load, parse};
use serde_json::{Map, Value, json};

use crate::site::TestSite;

fn rows() -> Option<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/tthc.jsonl.gz");
    let packed = std::fs::read(path).ok()?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("a gzip file");
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect())
}

fn words_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

/// Control characters are an error of a record (CK0108); the crawl has some, an editor's file has not.
fn without_controls(text: &str) -> String {
    use congkhai::vi::unicode::{is_bidi_control, is_forbidden_control};
    text.chars().filter(|&c| !is_forbidden_control(c) && !is_bidi_control(c)).collect()
}

fn put(object: &mut Map<String, Value>, key: &str, text: &Value) {
    let text = without_controls(&words_of(text));
    if !text.trim().is_empty() {
        object.insert(key.to_owned(), json!(text));
    }
}

const AUDIENCES: &[(&str, &str)] = &[
    ("Công dân Việt Nam", "cong_dan"),
    ("Doanh nghiệp", "doanh_nghiep"),
    ("Người nước ngoài", "nguoi_nuoc_ngoai"),
    ("Đảng viên", "dang_vien"),
    ("Tổ chức Đảng", "to_chuc_dang"),
    ("Tổ chức nước ngoài", "to_chuc_nuoc_ngoai"),
    ("Doanh nghiệp Việt Nam", "doanh_nghiep_viet_nam"),
    ("Tổ chức (không bao gồm doanh nghiệp, HTX)", "to_chuc"),
    ("Doanh nghiệp có vốn đầu tư nước ngoài", "doanh_nghiep_von_nuoc_ngoai"),
    ("Hợp tác xã", "hop_tac_xa"),
    ("Người Việt Nam định cư ở nước ngoài", "nguoi_viet_nam_o_nuoc_ngoai"),
    ("Cán bộ, công chức, viên chức", "can_bo"),
    ("Người nước ngoài cư trú tại Việt Nam", "nguoi_nuoc_ngoai_cu_tru"),
];

/// One crawled row as a record of ours, and the texts that its page must hold.
fn record(row: &Value) -> (Value, Vec<String>) {
    let mut texts = Vec::new();
    let mut record = Map::new();
    put(&mut record, "ma", &row["ma"]);
    put(&mut record, "ten", &row["ten"]);
    record.insert("linh_vuc".into(), json!(field_code(row)));
    let levels: Vec<&str> = row["cap_thuc_hien"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|level| match fold(level.as_str()?).as_str() {
            "cap bo" => Some("bo"),
            "cap tinh" => Some("tinh"),
            "cap xa" => Some("xa"),
            _ => Some("khac"),
        })
        .collect();
    let levels: BTreeSet<&str> = levels.into_iter().collect();
    record.insert("cap_thuc_hien".into(), json!(levels));
    let audiences: Vec<&str> = row["doi_tuong"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| AUDIENCES.iter().find(|(known, _)| name.as_str().map(fold) == Some(fold(known))))
        .map(|(_, key)| *key)
        .collect();
    record.insert("doi_tuong".into(), json!(audiences));
    let mut agencies = Map::new();
    put(&mut agencies, "thuc_hien", &row["co_quan_thuc_hien"]);
    put(&mut agencies, "tham_quyen", &row["co_quan_co_tham_quyen"]);
    put(&mut agencies, "uy_quyen", &row["co_quan_duoc_uy_quyen"]);
    put(&mut agencies, "phoi_hop", &row["co_quan_phoi_hop"]);
    record.insert("co_quan".into(), json!(agencies));
    put(&mut record, "dia_chi_tiep_nhan", &row["dia_chi_tiep_nhan"]);
    let steps = without_controls(&words_of(&row["trinh_tu"]));
    if !steps.trim().is_empty() {
        record.insert("trinh_tu".into(), json!([steps]));
    }
    put(&mut record, "yeu_cau", &row["yeu_cau_dieu_kien"]);
    record.insert("cach_thuc".into(), json!(channels(row, &mut texts)));
    record.insert("ho_so".into(), json!(dossiers(row, &mut texts)));
    let results: Vec<Value> = row["ket_qua"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|result| !words_of(&result["ten"]).is_empty())
        .map(|result| {
            let mut out = Map::new();
            put(&mut out, "ten", &result["ten"]);
            texts.extend(out.get("ten").and_then(Value::as_str).map(str::to_owned));
            Value::Object(out)
        })
        .collect();
    record.insert("ket_qua".into(), json!(results));
    let bases: Vec<String> = laws(row).into_iter().map(|(number, _)| number).collect();
    texts.extend(bases.iter().cloned());
    record.insert("can_cu".into(), json!(bases));
    for key in ["ten", "ma", "yeu_cau", "dia_chi_tiep_nhan"] {
        texts.extend(record.get(key).and_then(Value::as_str).map(str::to_owned));
    }
    texts.push(steps);
    for agency in record["co_quan"].as_object().into_iter().flatten() {
        texts.extend(agency.1.as_str().map(str::to_owned));
    }
    (Value::Object(record), texts)
}

fn field_code(row: &Value) -> String {
    let code = slug(&words_of(&row["linh_vuc"]));
    if code.is_empty() { "khong-ro".into() } else { code }
}

fn laws(row: &Value) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    row["can_cu_phap_ly"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|law| {
            (without_controls(&words_of(&law["so_ky_hieu"])), without_controls(&words_of(&law["ten"])))
        })
        .filter(|(number, name)| !number.trim().is_empty() && !name.trim().is_empty())
        .filter(|(number, _)| seen.insert(number.clone()))
        .collect()
}

fn channels(row: &Value, texts: &mut Vec<String>) -> Vec<Value> {
    row["cach_thuc"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|channel| {
            let method = match channel["hinh_thuc"].as_str() {
                Some("Trực tuyến") => "truc_tuyen",
                Some("Dịch vụ bưu chính") => "buu_chinh",
                _ => "truc_tiep",
            };
            let mut out = Map::from_iter([("hinh_thuc".to_owned(), json!(method))]);
            if let Ok(number) = words_of(&channel["thoi_han_so"]).parse::<u32>() {
                let unit = match channel["thoi_han_don_vi"].as_str() {
                    Some("Ngày làm việc") => Some("ngay_lam_viec"),
                    Some("Ngày") => Some("ngay"),
                    Some("Giờ") => Some("gio"),
                    Some("Tháng") => Some("thang"),
                    _ => None,
                };
                let mut deadline = Map::from_iter([("so".to_owned(), json!(number))]);
                if let Some(unit) = unit {
                    deadline.insert("don_vi".into(), json!(unit));
                }
                out.insert("thoi_han".into(), json!([deadline]));
            }
            let fees: Vec<Value> = channel["phi_le_phi"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|fee| without_controls(&words_of(fee)))
                .filter(|fee| !fee.trim().is_empty())
                .map(|fee| {
                    texts.push(fee.clone());
                    json!({ "cach_tinh": fee })
                })
                .collect();
            out.insert("phi".into(), json!(fees));
            put(&mut out, "mo_ta", &channel["mo_ta"]);
            texts.extend(out.get("mo_ta").and_then(Value::as_str).map(str::to_owned));
            Value::Object(out)
        })
        .collect()
}

fn dossiers(row: &Value, texts: &mut Vec<String>) -> Vec<Value> {
    let mut cases: Vec<(String, Vec<Value>)> = Vec::new();
    for paper in row["thanh_phan_ho_so"].as_array().into_iter().flatten() {
        let mut out = Map::new();
        put(&mut out, "ten", &paper["ten"]);
        if out.is_empty() {
            continue;
        }
        texts.extend(out.get("ten").and_then(Value::as_str).map(str::to_owned));
        for (from, to) in [("ban_chinh", "ban_chinh"), ("ban_sao", "ban_sao")] {
            if let Some(count) = paper[from].as_u64() {
                out.insert(to.into(), json!(count));
            }
        }
        let case = without_controls(&words_of(&paper["truong_hop"]));
        match cases.iter_mut().find(|(name, _)| *name == case) {
            Some((_, papers)) => papers.push(Value::Object(out)),
            None => cases.push((case, vec![Value::Object(out)])),
        }
    }
    cases
        .into_iter()
        .map(|(case, papers)| {
            if case.trim().is_empty() {
                return json!({ "giay_to": papers });
            }
            texts.push(case.clone());
            json!({ "truong_hop": case, "giay_to": papers })
        })
        .collect()
}

fn yaml(value: &Value) -> String {
    parse::yaml::write(value).expect("any value can be written")
}

/// The words of a page, folded, tags taken out; an item of a numbered list begins with its number, as
/// a reader sees it.
fn words(html: &str) -> Vec<String> {
    let mut text = String::with_capacity(html.len());
    let mut lists: Vec<Option<u64>> = Vec::new();
    let number = |tag: &str, name: &str| -> Option<u64> {
        tag.split_once(&format!("{name}=\""))?.1.split('"').next()?.parse().ok()
    };
    for (i, piece) in html.split('<').enumerate() {
        let (tag, after) = if i == 0 { ("", piece) } else { piece.split_once('>').unwrap_or((piece, "")) };
        text.push(' ');
        match tag.split(' ').next().unwrap_or_default() {
            "ol" if tag.contains("class=\"docs\"") || tag.contains("class=\"steps\"") => lists.push(None),
            "ol" => lists.push(Some(number(tag, "start").unwrap_or(1))),
            "ul" => lists.push(None),
            "/ol" | "/ul" => drop(lists.pop()),
            "li" => {
                if let Some(Some(next)) = lists.last_mut() {
                    *next = number(tag, "value").unwrap_or(*next);
                    text.push_str(&format!("{next} "));
                    *next += 1;
                }
            }
            _ => {}
        }
        text.push_str(after);
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    split(&text)
}

fn split(text: &str) -> Vec<String> {
    // Invisible characters are left out on reading (CK0109).
    let text: String = text.chars().filter(|&c| !congkhai::vi::unicode::is_invisible(c)).collect();
    fold(&text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The first word of `wanted` that does not follow in `page`, reading on from where the last one was.
fn missing<'w>(wanted: &'w [String], page: &[String]) -> Option<&'w str> {
    let first = wanted.first()?;
    // The text may start anywhere its first word stands.
    let starts = page.iter().enumerate().filter(|(_, word)| *word == first).map(|(i, _)| i);
    let mut best = 0;
    for start in starts {
        let mut at = start;
        let mut taken = 0;
        for word in wanted {
            match page[at..].iter().take(60).position(|w| w == word) {
                Some(offset) => {
                    at += offset + 1;
                    taken += 1;
                }
                None => break,
            }
        }
        if taken == wanted.len() {
            return None;
        }
        best = best.max(taken);
    }
    Some(&wanted[best])
}

#[test]
fn a_thousand_real_records_are_published_whole() {
    let Some(rows) = rows() else {
        eprintln!("SKIPPED: ../shared/data/tthc.jsonl.gz is not here, so nothing was checked");
        return;
    };
    let site = TestSite::empty();
    site.write("content/trang.yaml", "ten: Trang thử\ndia_chi_trang: https://thu.gov.vn/\n");
    let mut fields = BTreeMap::new();
    let mut texts_of = BTreeMap::new();
    let mut law_names: BTreeMap<String, String> = BTreeMap::new();
    let mut decisions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &rows {
        let code = words_of(&row["ma"]);
        let (record, texts) = record(row);
        site.write(&format!("content/thu-tuc/{code}.yaml"), &yaml(&record));
        fields.insert(field_code(row), words_of(&row["linh_vuc"]));
        for (number, name) in laws(row) {
            law_names.entry(number.nfc_key()).or_insert(name);
        }
        let decision = without_controls(&words_of(&row["so_quyet_dinh"]));
        if !decision.trim().is_empty() {
            decisions.entry(decision).or_default().push(code.clone());
        }
        assert!(texts_of.insert(code, texts).is_none(), "codes are unique");
    }
    let fields: Vec<Value> = fields
        .into_iter()
        .map(|(code, name)| json!({ "ma": code, "ten": if name.is_empty() { "Không rõ".into() } else { name } }))
        .collect();
    site.write("content/danh-muc/linh-vuc.yaml", &yaml(&json!(fields)));
    let laws: Vec<Value> =
        law_names.iter().map(|(number, name)| json!({ "so_ky_hieu": number, "ten": name })).collect();
    site.write("content/danh-muc/van-ban.yaml", &yaml(&json!(laws)));
    for (i, (number, codes)) in decisions.iter().enumerate() {
        let items: Vec<Value> =
            codes.iter().map(|code| json!({ "thu_tuc": code, "loai": "cong_bo" })).collect();
        let decision = json!({ "so": number, "ngay_ky": "2025-06-02", "co_quan": "Bộ thử", "trich_yeu": "Công bố", "muc": items });
        site.write(&format!("content/quyet-dinh/{i:03}.yaml"), &yaml(&decision));
    }

    // For timing builds: `CORPUS_OUT=folder cargo test corpus`, then `benches/build.sh folder`.
    if let Some(out) = std::env::var_os("CORPUS_OUT") {
        for (path, bytes) in crate::cli::tree(&site.dir().join("content")) {
            let path = Path::new(&out).join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, bytes).expect("written");
        }
    }
    let inputs = load::read_site(&site.dir().join("content")).expect("readable");
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/mac-dinh");
    let mut inputs = inputs;
    inputs.theme = crate::theme::files(&theme);
    let settings = Settings { as_of: AsOf(Date::new(2026, 11, 23).expect("a day")), base_url: None };
    let build = pipeline::build(&inputs, &settings, &InMemory, &|_| {});
    let errors: Vec<String> = locate(build.diagnostics.clone(), &inputs)
        .diagnostics
        .iter()
        .filter(|d| d.diagnostic.severity == Severity::Error)
        .map(|d| {
            format!("{}:{}: {} {}", d.at.file, d.at.line, d.diagnostic.rule.code, d.diagnostic.message.vi)
        })
        .collect();
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors[..errors.len().min(30)].join("\n"));
    assert_eq!(inputs.files_found, inputs.sources.len());
    let made = build.site.expect("a site");
    let mut incomplete = Vec::new();
    for (code, texts) in &texts_of {
        let path = format!("thu-tuc/{code}/index.html");
        let path = congkhai::base::path::OutPath::new(&path).expect("a path");
        let Some(Content::Bytes(bytes)) = made.files.get(&path) else { panic!("{code} has no page") };
        let page = words(std::str::from_utf8(bytes).expect("UTF-8"));
        for text in texts {
            let wanted = split(text);
            if let Some(word) = missing(&wanted, &page) {
                let start: String = text.chars().take(80).collect();
                incomplete.push(format!("{code}: `{word}` of “{start}…”"));
            }
        }
    }
    assert!(
        incomplete.is_empty(),
        "{} texts are not whole on their pages:\n{}",
        incomplete.len(),
        incomplete[..incomplete.len().min(40)].join("\n")
    );
    eprintln!("{} records, {} pages, {} files", build.stats.records, build.stats.pages, made.files.len());
}

trait NfcKey {
    fn nfc_key(&self) -> String;
}

impl NfcKey for String {
    /// Two spellings of one number in the crawl become one on reading; so must the directory's.
    fn nfc_key(&self) -> String {
        congkhai::vi::unicode::to_nfc(self)
            .chars()
            .filter(|&c| !congkhai::vi::unicode::is_invisible(c))
            .collect::<String>()
            .trim()
            .to_owned()
    }
}
