//! What is exported comes back by import, whatever records say: for every kind, through XLSX, CSV and JSON.

use std::collections::{BTreeMap, BTreeSet};

use congkhai::base::path::SitePath;
use congkhai::edit::{Value, fresh};
use congkhai::export::{self, Held, columns};
use congkhai::import::{self, Known, Wish, merge};
use congkhai::inputs::{FileKind, SourceFile};
use congkhai::parse::editor_schema::editor_schema;
use congkhai::parse::kinds::{KINDS, RecordKind};
use congkhai::parse::schema::Shape;
use congkhai::sheet::{self, Read};
use proptest::prelude::*;

use crate::agreement::Chance;

type Sources = BTreeMap<SitePath, SourceFile>;

/// Texts that spreadsheets and YAML like to take for something else.
const TEXTS: &[&str] = &[
    "Nội dung",
    "=1+1",
    "+84 255",
    "-x",
    "-5",
    "@a",
    "'=x",
    "''=x",
    "'q'",
    "a;b,c",
    "\"q\"",
    "dòng một\ndòng hai",
    "a\\",
    "a\\\\\nb\\",
    "1.010",
    "1.012350",
    "007",
    "no",
    "12:30",
    "không",
    "TRUE",
    "5/3/2026",
    "2026-03-05",
    "46086",
    "- gạch đầu dòng",
    "_x0041_",
    "_x005F_x0041_",
    "#REF!",
    "thu-tuc:ma",
    "a  b",
    "null",
    "<b>&amp;</b>",
    "Tiêu đề: có hai chấm # và thăng",
    "STT",
    "đoạn một\n\n- mục\n  - mục con",
];

struct Maker {
    chance: Chance,
    count: usize,
    /// Every key is there, not only some.
    whole: bool,
}

impl Maker {
    fn scalar(&mut self, name: &str) -> String {
        self.count += 1;
        let n = self.count;
        match name {
            "ma_thu_tuc" => match n % 3 {
                0 => format!("1.{:06}", n * 10),
                1 => format!("2.{n:06}.000.00.00.H48"),
                _ => format!("1.{n:06}"),
            },
            "ma" => format!("ma-{n}"),
            "so_quyet_dinh" | "so_ky_hieu" => format!("{n}/2026/QĐ-UBND"),
            "ma_nhiem_vu" => format!("I.{n}"),
            "dia_chi_mang" => format!("https://vi-du.gov.vn/?a={n}&b=;,"),
            "tep_dinh_kem" => format!("mau/{n}.docx"),
            "khoa_cong_khai" => {
                "cong-khai.tinh-mau.gov.vn+4c70f606+Aa3q5iuCSMrpKP69CwnIbWKf4c0v2qLl/mQ9PVCJDcTP".into()
            }
            "ngay" => {
                format!("{}-{:02}-{:02}", self.chance.pick(&[1945, 1975, 2026, 2099]), n % 12 + 1, n % 28 + 1)
            }
            "so_nguyen" => (*self.chance.pick(&["0", "1500", "150000", "999999999999999"])).to_owned(),
            "ky" => format!("{}-{:02}", 2000 + n / 12, n % 12 + 1),
            "dung_sai" => (*self.chance.pick(&["true", "false"])).to_owned(),
            "van_ban" if self.chance.one_in(400) => "chữ \u{1F4DC}dài ".repeat(6_000).trim().to_owned(),
            "van_ban" => (*self.chance.pick(TEXTS)).to_owned(),
            other => panic!("no text for {other}"),
        }
    }

    fn value(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Scalar { name, .. } => Value::Scalar(self.scalar(name)),
            Shape::Choice(choices) => Value::Scalar(self.chance.pick(choices).0.clone()),
            Shape::List(inner) | Shape::Filled(inner) => {
                let count = *self.chance.pick(&[1, 1, 2, 3]);
                Value::List((0..count).map(|_| self.value(inner)).collect())
            }
            Shape::Map(keys) => {
                let mut entries = Vec::new();
                for key in keys {
                    if self.whole || key.required || self.chance.one_in(2) {
                        entries.push((key.name.clone(), self.value(&key.shape)));
                    }
                }
                // A mapping with nothing in it says nothing, and has no cell.
                if entries.is_empty()
                    && let Some(key) = keys.first()
                {
                    entries.push((key.name.clone(), self.value(&key.shape)));
                }
                Value::Map(entries)
            }
            // Each form in turn, since one value has one.
            Shape::Either(shapes) if self.whole => {
                self.count += 1;
                let shape = shapes[self.count % shapes.len()].clone();
                self.value(&shape)
            }
            Shape::Either(shapes) => {
                let shape = self.chance.pick(shapes).clone();
                self.value(&shape)
            }
        }
    }

    /// Some records of a kind, as files.
    fn site(&mut self, kind: &RecordKind) -> Sources {
        let count = *self.chance.pick(&[1, 2, 4]);
        let source = |text: String| SourceFile { kind: kind.kind, bytes: text.into_bytes().into() };
        let path = |name: &str| SitePath::new(name).expect("good");
        match (kind.shape)() {
            Shape::List(inner) | Shape::Filled(inner) => {
                let mut entries: Vec<Value> = (0..count).map(|_| self.value(&inner)).collect();
                for (i, entry) in entries.iter_mut().enumerate() {
                    // A name in a list of names is one record's.
                    let key = export::entry_key(kind.kind);
                    if let (Value::Map(keys), false) =
                        (entry, key == "ma" && kind.kind != FileKind::Programmes)
                    {
                        let text = if key == "nam" { (2020 + i).to_string() } else { format!("={i} tên") };
                        keys.iter_mut()
                            .filter(|(known, _)| known == key)
                            .for_each(|(_, v)| *v = text.as_str().into());
                    }
                }
                BTreeMap::from([(path(kind.files), source(fresh(&Value::List(entries))))])
            }
            shape => (0..if kind.kind == FileKind::Site { 1 } else { count })
                .map(|i| {
                    let (head, tail) = kind.files.rsplit_once('*').unwrap_or((kind.files, ""));
                    let file = format!(
                        "{}{}{tail}",
                        head.replace('*', "2026"),
                        if tail.is_empty() { String::new() } else { format!("x{i}") }
                    );
                    let yaml = fresh(&self.value(&shape));
                    let text = match kind.kind {
                        FileKind::Article => format!("---\n{yaml}---\n\n{}\n", self.chance.pick(TEXTS)),
                        _ => yaml,
                    };
                    (path(&file), source(text))
                })
                .collect(),
        }
    }
}

fn records(kind: &RecordKind, sources: &Sources) -> BTreeMap<String, Value> {
    let (records, unreadable) = export::records(kind, sources);
    assert!(unreadable.is_empty(), "{unreadable:?}\n{}", text(sources));
    records.into_iter().map(|Held { link, value }| (link, value)).collect()
}

fn text(sources: &Sources) -> String {
    sources
        .iter()
        .map(|(file, source)| format!("== {file}\n{}", String::from_utf8_lossy(&source.bytes)))
        .collect()
}

/// The same site after an import into what is there.
fn imported(files: &[(String, Read)], into: &Sources) -> Result<Sources, TestCaseError> {
    let mut known = Known::of(into);
    let understood = import::understand(files, &mut known, Wish::default());
    let lost: Vec<_> = understood.unread.iter().filter(|cell| !cell.by_rule).collect();
    prop_assert!(lost.is_empty(), "{:#?}", lost);
    prop_assert!(understood.remarks.is_empty(), "{:#?}", understood.remarks);
    let changes = merge::changes(&understood, &known, into);
    prop_assert!(changes.refused.is_empty(), "{:#?}", changes.refused);
    let mut out = into.clone();
    for change in changes.files {
        out.insert(change.file, SourceFile { kind: change.kind, bytes: change.after.into_bytes().into() });
    }
    Ok(out)
}

fn same(a: &BTreeMap<String, Value>, b: &BTreeMap<String, Value>) -> Result<(), TestCaseError> {
    prop_assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (link, value) in a {
        let (one, other) = (fresh(value), fresh(&b[link]));
        prop_assert!(value.same(&b[link]), "{}\n{:#?}", link, congkhai::edit::diff::lines(&one, &other));
    }
    Ok(())
}

/// Records of a kind go out and come in again; gives what came.
fn there_and_back(
    kind: &'static RecordKind,
    seed: u64,
    whole: bool,
) -> Result<BTreeMap<String, Value>, TestCaseError> {
    let mut maker = Maker { chance: Chance(seed | 1), count: 0, whole };
    let site = maker.site(kind);
    let wanted = records(kind, &site);
    let held: Vec<Held> = export::records(kind, &site).0;
    let sheets = export::sheets(kind, &held);
    let book = sheet::to_xlsx(&sheets).expect("written");
    prop_assert_eq!(
        &book,
        &sheet::to_xlsx(&sheets).expect("written"),
        "the same records give the same bytes"
    );
    let csv: Vec<(String, Read)> = sheets
        .iter()
        .map(|sheet| {
            (sheet.name.clone(), sheet::read(&sheet.name, &sheet::csv::write(sheet)).expect("readable"))
        })
        .collect();
    let xlsx = vec![("x".to_owned(), sheet::read("x", &book).expect("readable"))];
    let json = export::to_json(&[(kind, held)]);
    let json = vec![("x".to_owned(), sheet::read("x", json.as_bytes()).expect("readable"))];
    for files in [xlsx, csv, json] {
        same(&wanted, &records(kind, &imported(&files, &Sources::new())?))?;
        let again = imported(&files, &site)?;
        prop_assert_eq!(text(&again), text(&site), "what is there already is not touched");
    }
    Ok(wanted)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_comes_back(seed in any::<u64>()) {
        for kind in KINDS {
            there_and_back(kind, seed, false).map_err(|error| TestCaseError::fail(format!("{}: {error}", kind.name)))?;
        }
    }
}

/// The paths of keys, those of entries of a list without a number.
fn paths_of_value(value: &Value, at: &str, out: &mut BTreeSet<String>) {
    match value {
        Value::Map(entries) => entries.iter().for_each(|(key, inner)| {
            let at = format!("{at}/{key}");
            out.insert(at.clone());
            paths_of_value(inner, &at, out);
        }),
        Value::List(items) => items.iter().for_each(|item| paths_of_value(item, at, out)),
        _ => {}
    }
}

/// The same of the schema that editors' programs get, which is made by another way than what the exchange reads.
fn paths_of_schema(schema: &serde_json::Value, at: &str, out: &mut BTreeSet<String>) {
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        let at = format!("{at}/{key}");
        out.insert(at.clone());
        paths_of_schema(inner, &at, out);
    }
    paths_of_schema_below(schema, at, out);
}

fn paths_of_schema_below(schema: &serde_json::Value, at: &str, out: &mut BTreeSet<String>) {
    if schema["items"].is_object() {
        paths_of_schema(&schema["items"], at, out);
    }
    for form in schema["anyOf"].as_array().into_iter().flatten() {
        paths_of_schema(form, at, out);
    }
}

/// A key that is new in a schema is exchanged as well, or this fails.
#[test]
fn every_key_of_every_schema_goes_out_and_comes_back() {
    for kind in KINDS {
        let mut wanted = BTreeSet::new();
        paths_of_schema(&editor_schema(kind), "", &mut wanted);
        assert!(wanted.len() > 1, "{}: {wanted:?}", kind.name);
        let mut seen = BTreeSet::new();
        // Forms that a key may have come one after the other.
        for seed in 0..6 {
            let came = there_and_back(kind, seed, true).unwrap_or_else(|why| panic!("{}: {why}", kind.name));
            came.values().for_each(|value| paths_of_value(value, "", &mut seen));
        }
        seen.remove(&format!("/{}", columns::BODY));
        assert_eq!(seen, wanted, "{}", kind.name);
    }
}

/// One text of a record, changed: the path of the first plain text with a value of its own.
fn changed(value: &mut Value, text: &str) -> bool {
    match value {
        Value::Map(entries) => entries.iter_mut().any(|(key, inner)| match inner {
            Value::Scalar(old)
                if ["ghi_chu_bien_tap", "ghi_chu", "mo_ta", "noi_dung"].contains(&key.as_str()) =>
            {
                *old = text.to_owned();
                true
            }
            inner => changed(inner, text),
        }),
        Value::List(items) => items.iter_mut().any(|item| changed(item, text)),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_of_one_cell_leaves_every_other_line_and_every_remark(seed in any::<u64>()) {
        for kind in KINDS {
            let mut maker = Maker { chance: Chance(seed | 1), count: 0, whole: false };
            let mut site = maker.site(kind);
            // A remark above every key at the edge of the file.
            for source in site.values_mut() {
                let text = String::from_utf8_lossy(&source.bytes).into_owned();
                let mut out = String::new();
                for line in text.lines() {
                    let top = line.starts_with(|c: char| c.is_ascii_lowercase()) && line.contains(':');
                    if top && kind.kind != FileKind::Article {
                        out.push_str("# lời dặn\n");
                    }
                    out.push_str(line);
                    out.push('\n');
                }
                source.bytes = out.into_bytes().into();
            }
            let mut held: Vec<Held> = export::records(kind, &site).0;
            let Some(edited) = held.iter_mut().find_map(|held| changed(&mut held.value, "chữ mới").then(|| held.link.clone())) else { continue };
            let wanted: BTreeMap<String, Value> = held.iter().map(|held| (held.link.clone(), held.value.clone())).collect();
            let json = vec![("x".to_owned(), sheet::read("x", export::to_json(&[(kind, held)]).as_bytes()).expect("readable"))];
            let after = imported(&json, &site)?;
            same(&wanted, &records(kind, &after))?;
            let (old, new) = (text(&site), text(&after));
            let lines = congkhai::edit::diff::lines(&old, &new);
            let come = lines.iter().filter(|line| matches!(line, congkhai::edit::diff::Line::Come(..))).count();
            prop_assert!(come <= 1, "{} {}: {:#?}", kind.name, edited, lines);
            prop_assert_eq!(old.matches("# lời dặn\n").count(), new.matches("# lời dặn\n").count());
        }
    }
}

#[test]
fn every_key_of_every_kind_has_a_column() {
    // The schema is laid flat without a loss: each key of a record leads to a column or to a sheet.
    fn leaves(shape: &Shape) -> usize {
        match shape {
            Shape::Scalar { .. } | Shape::Choice(_) => 1,
            Shape::List(inner) | Shape::Filled(inner) => leaves(inner),
            Shape::Map(keys) => keys.iter().map(|key| leaves(&key.shape)).sum(),
            Shape::Either(shapes) => shapes.iter().map(leaves).sum(),
        }
    }
    for kind in KINDS {
        let own =
            |column: &&columns::Column| matches!(column.form, columns::Form::One(_) | columns::Form::Many(_));
        let count: usize =
            columns::tables(kind).iter().map(|table| table.columns.iter().filter(own).count()).sum();
        let wanted = leaves(&(kind.shape)()) + usize::from(kind.kind == FileKind::Article);
        assert_eq!(count, wanted, "{}", kind.name);
    }
}
