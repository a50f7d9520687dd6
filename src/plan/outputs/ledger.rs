//! The ledger (`so_ban_ghi` in `phien-ban.json`): every published record with a mark of what it says, so that the
//! next publication can be held to this one without the files themselves ([`crate::check::guard`]).
//!
//! A petition is only named: a hash of what it says would outlive its deletion, and could be guessed. Made-up
//! examples are named apart, since they are meant to go.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::records::Entry;
use crate::base::date::Date;
use crate::base::hash::Sha;
use crate::base::path::RoutePath;
use crate::inputs::{Ledger, Published};
use crate::model::Model;
use crate::plan::SitePlan;
use crate::record::decision::Change;
use crate::record::scalar::{ProcedureCode, Scalar};

/// What a decision announces of a procedure: decree 63/2010/NĐ-CP art. 8. Key words, sources and links are the
/// editors' own.
pub const ANNOUNCED: &[&str] = &[
    "ten",
    "cap_thuc_hien",
    "doi_tuong",
    "co_quan",
    "trinh_tu",
    "cach_thuc",
    "ho_so",
    "so_bo_ho_so",
    "ket_qua",
    "can_cu",
    "yeu_cau",
];

/// The part of a mark that holds the decisions which the content was made after.
const DECISIONS: &str = "qd";

/// The form of the marks. Marks of another form say nothing of whether a record changed.
const FORM: u64 = 1;

/// The records of a site as the ledger has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// Those that count.
    pub real: Ledger,
    /// Made-up examples, as `thu-tuc/1.000001`.
    pub illustrative: BTreeSet<String>,
}

/// One record as it is entered: kind, id, and its mark, which made-up examples have none of.
pub type Line = (&'static str, String, Option<String>);

/// What the ledger says of a record.
pub fn line(entry: &Entry<'_>) -> Line {
    let (kind, id) = entry.key();
    let value = entry.value();
    let mark = match kind {
        _ if value.get("minh_hoa") == Some(&Value::Bool(true)) => None,
        "thu-tuc" => Some(procedure(&value)),
        _ => Some(String::new()),
    };
    (kind, id.to_owned(), mark)
}

/// Puts the lines together. A procedure whose announced content is what it was keeps the decisions that this
/// content was made after; one that changed has all that there are now. So a decision stands for one change,
/// also where the content follows some days after the decision.
pub fn gather(lines: Vec<Line>, plan: &SitePlan<'_>, published: Option<&Published>) -> Records {
    let mut records = Records::default();
    for (kind, id, mark) in lines {
        match mark {
            Some(mark) => drop(records.real.entry(kind.to_owned()).or_default().insert(id, mark)),
            None => drop(records.illustrative.insert(format!("{kind}/{id}"))),
        }
    }
    for (code, mark) in records.real.get_mut("thu-tuc").into_iter().flatten() {
        let before = published.and_then(|published| former(plan, published, "thu-tuc", code));
        let decisions = match before.map(parts) {
            Some(before) if changed(&before, &parts(mark)).is_empty() => {
                before.get(DECISIONS).map(|all| (*all).to_owned()).unwrap_or_default()
            }
            _ => decisions(plan.model, code).into_iter().collect::<Vec<_>>().join("+"),
        };
        if !decisions.is_empty() {
            mark.push_str(&format!(" {DECISIONS}={decisions}"));
        }
    }
    records
}

/// The mark that a record had in the last publication, under its own code or the one it had before.
pub fn former<'p>(plan: &SitePlan<'_>, published: &'p Published, kind: &str, id: &str) -> Option<&'p str> {
    let all = published.records.get(kind)?;
    let own = all.get(id).map(String::as_str);
    own.or_else(|| {
        let page = RoutePath::new(&page_of(&format!("{kind}/{id}"))).ok()?;
        let mut earlier = plan.moved.iter().filter(|(_, to)| **to == page);
        earlier.find_map(|(from, _)| {
            let id = from.as_str().trim_matches('/').strip_prefix(kind)?.strip_prefix('/')?;
            all.get(id).map(String::as_str)
        })
    })
}

/// The page of a record, by its name in the ledger.
pub fn page_of(name: &str) -> String {
    match name.strip_prefix("thong-ke/") {
        Some(period) => format!("/ket-qua/{period}/"),
        None => format!("/{name}/"),
    }
}

/// The announced fields that say something else than before. One that was empty and is filled in is no change.
pub fn changed<'m>(before: &BTreeMap<&str, &'m str>, now: &BTreeMap<&str, &'m str>) -> Vec<&'static str> {
    // A mark without fields is of a record that could not be told apart.
    let differs = |key: &&&str| match (before.get(**key), now.get(**key)) {
        (Some(old), Some(new)) => old != new,
        (Some(_), None) => true,
        (None, _) => false,
    };
    ANNOUNCED.iter().filter(differs).copied().collect()
}

/// The decisions by which a procedure's content may change: an abolition says nothing of it, and what a made-up
/// decision says nobody decided.
pub fn decisions(model: &Model, code: &str) -> BTreeSet<String> {
    let Ok(code) = ProcedureCode::parse(code) else { return BTreeSet::new() };
    let events = model.history.get(&code).into_iter().flatten();
    events
        .filter(|event| {
            model.item(event).is_some_and(|(decision, item)| {
                item.change != Change::Abolish && !decision.record.illustrative.0
            })
        })
        .map(|event| event.decision.0.clone())
        .collect()
}

/// The decisions that a mark names.
pub fn decisions_of<'m>(parts: &BTreeMap<&str, &'m str>) -> BTreeSet<&'m str> {
    parts.get(DECISIONS).map(|all| all.split('+').collect()).unwrap_or_default()
}

/// The fields of a mark.
pub fn parts(mark: &str) -> BTreeMap<&str, &str> {
    mark.split(' ').filter_map(|part| part.split_once('=')).collect()
}

/// `ten=0123abcd ho_so=…`: a hash for each field that a decision announces and the record has.
fn procedure(value: &Value) -> String {
    let marks = ANNOUNCED.iter().filter_map(|key| Some(format!("{key}={}", short(value.get(*key)?))));
    marks.collect::<Vec<_>>().join(" ")
}

/// Eight hexadecimal digits: enough to see that something changed, never to prove that nothing did.
fn short(value: &Value) -> String {
    let mut hex = Sha::of(value.to_string().as_bytes()).to_hex();
    hex.truncate(8);
    hex
}

/// The ledger as the manifest has it.
pub fn json(records: &Records) -> Value {
    json!({ "dang": FORM, "ban_ghi": records.real, "minh_hoa": records.illustrative })
}

/// What the guard has to know of a publication, out of the bytes of its manifest; `None` if they are none.
pub fn read(manifest: &[u8]) -> Option<Published> {
    let whole: Value = serde_json::from_slice(manifest).ok()?;
    let day = Date::parse(whole.get("so_lieu_den_ngay")?.as_str()?).ok()?;
    let files = whole.get("tep")?.as_object()?;
    let address = |path: &String| match path.strip_suffix("index.html") {
        Some(page) if page.is_empty() || page.ends_with('/') => Some(format!("/{page}")),
        _ => None,
    };
    let pages = files.keys().filter_map(address).collect();
    let ledger = whole.get("so_ban_ghi").filter(|ledger| ledger["dang"] == FORM);
    let part = |key: &str| ledger.and_then(|ledger| ledger.get(key)).cloned();
    let records = part("ban_ghi").and_then(|all| serde_json::from_value(all).ok()).unwrap_or_default();
    let illustrative = part("minh_hoa").and_then(|all| serde_json::from_value(all).ok()).unwrap_or_default();
    Some(Published { day, pages, records, illustrative, removals: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filling_in_is_no_change_and_emptying_is_one() {
        let told = |before, now| changed(&parts(before), &parts(now));
        assert!(told("ten=1 qd=a", "ten=1 ho_so=2").is_empty());
        assert_eq!(told("ten=1 ho_so=2", "ten=3"), ["ten", "ho_so"]);
        assert!(told("", "ten=3").is_empty());
    }

    #[test]
    fn a_manifest_is_read_back_and_one_of_another_form_says_nothing_of_records() {
        let manifest = |form: u64| {
            json!({
                "so_lieu_den_ngay": "2026-11-23",
                "tep": {"index.html": "", "thu-tuc/1/index.html": "", "404.html": "", "xindex.html": ""},
                "so_ban_ghi": {"dang": form, "ban_ghi": {"thu-tuc": {"1": "ten=0"}}, "minh_hoa": ["thu-tuc/2"]},
            })
            .to_string()
        };
        let published = read(manifest(FORM).as_bytes()).expect("a manifest");
        assert_eq!(published.pages.iter().collect::<Vec<_>>(), ["/", "/thu-tuc/1/"]);
        assert_eq!(published.records["thu-tuc"]["1"], "ten=0");
        assert!(published.illustrative.contains("thu-tuc/2"));
        let other = read(manifest(FORM + 1).as_bytes()).expect("a manifest");
        assert!(other.records.is_empty() && other.pages.len() == 2);
        assert_eq!(read(b"{}"), None);
    }
}
