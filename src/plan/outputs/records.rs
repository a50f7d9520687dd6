//! The versions of records: each published state of a record in a file of its own, named by its hash, so that
//! anyone can see later what was said when. `docs/dev/canonical.md` describes form and limits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::base::canonical::canonical;
use crate::base::date::Date;
use crate::base::hash::Sha;
use crate::base::note::PrivateKey;
use crate::base::path::OutPath;
use crate::inputs::{Previous, RecordVersions, SALTED, record_file};
use crate::model::inspection::Stage;
use crate::model::{Filed, Model, inspection};
use crate::plan::{SitePlan, petitions, urls};
use crate::record::petition::PetitionAct;
use crate::site::{Content, Shelf};
use crate::vi::slug::slug;

/// What every file says it is. Another number means another form, so that no file of one form can pass as one
/// of the other.
const FORM: &str = "congkhai/ban-ghi/1";

/// Flags whose absence means the same as `false`.
const FLAGS: &[&str] = &["minh_hoa", "phuc_tap", "ban_nhap"];

/// The key that is never published.
const EDITORS_NOTE: &str = "ghi_chu_bien_tap";

/// The longest name made out of words; names of folders end at 255 bytes.
const LONGEST_NAME: usize = 100;

/// A record as it is published now.
pub struct Entry<'m> {
    kind: &'static str,
    id: String,
    value: Box<dyn Fn() -> Value + Send + Sync + 'm>,
}

/// The version of a record: its kind and id, the hash of the file's bytes, which are the canonical form, and the
/// file.
pub type Made = (String, Sha, Option<(OutPath, Content)>);

impl Entry<'_> {
    /// Kind and id, such as `thu-tuc/1.014888`.
    fn name(&self) -> String {
        format!("{}/{}", self.kind, self.id)
    }

    /// Kind and id.
    pub fn key(&self) -> (&'static str, &str) {
        (self.kind, &self.id)
    }

    /// The record as JSON.
    pub fn value(&self) -> Value {
        (self.value)()
    }

    /// Writes the version down. A record with the words of the public needs a salt, and so a key: without one it
    /// has no version.
    pub fn make(&self, key: Option<&PrivateKey>, shelf: &dyn Shelf) -> Option<Made> {
        let mut file = json!({"ban_ghi": (self.value)(), "dang": FORM, "loai": self.kind, "ma": self.id});
        if SALTED.contains(&self.kind) {
            // A salt for each version: that of a deleted one cannot be learnt from those that stay.
            let salt = key?.secret_for(&canonical(&file));
            file["muoi"] = json!(salt.to_hex());
        }
        let bytes = canonical(&file).into_bytes();
        let (name, version) = (self.name(), Sha::of(&bytes));
        let file = record_file(&name, version).map(|path| {
            let content = shelf.take(&path, bytes);
            (path, content)
        });
        Some((name, version, file))
    }
}

/// Every record that the site publishes on its day.
pub fn all<'m>(plan: &SitePlan<'m>) -> Vec<Entry<'m>> {
    let model = plan.model;
    let today = model.as_of.date();
    let mut all = Vec::new();
    fn add<'m, T: Serialize + Send + Sync>(
        all: &mut Vec<Entry<'m>>,
        kind: &'static str,
        id: String,
        filed: &'m Filed<T>,
    ) {
        all.push(Entry { kind, id, value: Box::new(|| value(&*filed.record)) });
    }
    for (code, filed) in &model.procedures {
        add(&mut all, "thu-tuc", code.to_string(), filed);
    }
    for (id, filed) in &model.decisions {
        add(&mut all, "quyet-dinh", id.0.clone(), filed);
    }
    for (number, filed) in &model.laws {
        add(&mut all, "van-ban", urls::law_anchor(number), filed);
    }
    for (code, filed) in &model.fields {
        add(&mut all, "linh-vuc", code.to_string(), filed);
    }
    for (code, filed) in &model.units {
        add(&mut all, "don-vi", code.to_string(), filed);
    }
    for filed in &model.holidays {
        add(&mut all, "ngay-nghi", filed.record.year.0.to_string(), filed);
    }
    for (name, filed) in &model.essential_services {
        add(&mut all, "dich-vu-thiet-yeu", short(name.as_str()), filed);
    }
    for (number, filed) in &model.programmes {
        add(&mut all, "chuong-trinh", short(number.as_str()), filed);
    }
    for (year, filed) in &model.plans {
        add(&mut all, "ke-hoach", year.to_string(), filed);
    }
    for (id, filed) in model.statistics.iter().filter(|(id, _)| id.period.first() <= today) {
        let period = id.period.to_string().to_lowercase();
        let id = id.field.as_ref().map_or_else(|| period.clone(), |field| format!("{period}/{field}"));
        add(&mut all, "thong-ke", id, filed);
    }
    for (code, filed) in &model.simplifications {
        add(&mut all, "cat-giam", code.to_string(), filed);
    }
    for (id, article) in model.published_articles() {
        let record = &article.record;
        let value = move || {
            let mut value = value(&record.head);
            if let Value::Object(map) = &mut value {
                map.insert("noi_dung".to_owned(), json!(record.body));
            }
            value
        };
        let id = format!("{}/{}", id.section, id.slug);
        all.push(Entry { kind: "bai-viet", id, value: Box::new(value) });
    }
    for (code, filed) in &model.inspections {
        let value = move || inspection_value(model, filed);
        all.push(Entry { kind: "kiem-tra", id: code.to_string(), value: Box::new(value) });
    }
    for (code, filed) in model.initiatives.iter().filter(|(_, filed)| filed.record.opened.0 <= today) {
        let value = move || {
            let mut value = value(&filed.record);
            until(&mut value, "dong_gop", today);
            value
        };
        all.push(Entry { kind: "sang-kien", id: code.to_string(), value: Box::new(value) });
    }
    for (code, filed, handling) in model.known_petitions() {
        let shown = petitions::shows_result(handling);
        let value = move || {
            let mut value = value(&filed.record);
            petition(&mut value, today, shown);
            value
        };
        all.push(Entry { kind: "phan-anh", id: code.to_string(), value: Box::new(value) });
    }
    // Names made of words may meet; the later one says which it is.
    let mut names = BTreeSet::new();
    for entry in &mut all {
        let plain = entry.id.clone();
        let mut n = 2;
        while !names.insert((entry.kind, entry.id.clone())) {
            entry.id = format!("{plain}_{n}");
            n += 1;
        }
    }
    all
}

fn short(words: &str) -> String {
    // A slug is ASCII.
    let mut name = slug(words);
    name.truncate(LONGEST_NAME);
    name
}

/// A record as JSON: what was typed, without what says nothing (so that a new optional key of a later congkhai
/// changes no version) and without the editor's notes.
fn value(record: &impl Serialize) -> Value {
    let mut value =
        serde_json::to_value(record).expect("a record holds only texts, numbers, flags, lists and mappings");
    prune(&mut value);
    value
}

fn prune(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| {
                prune(value);
                !(key == EDITORS_NOTE
                    || empty(value)
                    || (FLAGS.contains(&&**key) && *value == Value::Bool(false)))
            });
        }
        Value::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}

fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// Drops the entries of a list that are dated later than the site.
fn until(value: &mut Value, list: &str, today: Date) {
    let Value::Object(map) = value else { return };
    let Some(Value::Array(items)) = map.get_mut(list) else { return };
    items.retain(|item| {
        item["ngay"].as_str().is_some_and(|day| Date::parse(day).is_ok_and(|day| day <= today))
    });
    if items.is_empty() {
        map.shift_remove(list);
    }
}

/// Of a petition what its page shows: nothing that has not happened, and no answer that is not published.
fn petition(value: &mut Value, today: Date, shown: bool) {
    until(value, "dien_bien", today);
    let Value::Object(map) = value else { return };
    if !shown {
        if let Some(Value::Array(steps)) = map.get_mut("dien_bien") {
            for step in steps.iter_mut().filter_map(Value::as_object_mut) {
                if step.get("trang_thai").and_then(Value::as_str) == Some(PetitionAct::Answered.key()) {
                    step.shift_remove("noi_dung");
                }
            }
        }
        map.shift_remove("ket_qua");
    }
    let later = |day: &Value| day.as_str().is_none_or(|day| Date::parse(day).is_ok_and(|day| day > today));
    if map.get("ket_qua").is_some_and(|result| later(&result["ngay"])) {
        map.shift_remove("ket_qua");
    }
    if map.get("ngay_cong_khai").is_some_and(later) {
        map.shift_remove("ngay_cong_khai");
    }
}

/// Of an inspection what its page shows: no conclusion before it began.
fn inspection_value(model: &Model, filed: &Filed<crate::record::inspection::Inspection>) -> Value {
    let mut value = value(&filed.record);
    if inspection::course(model, &filed.record).stage == Stage::Announced
        && let Value::Object(map) = &mut value
    {
        for key in ["truyen_thong", "ket_luan", "tep"] {
            map.shift_remove(key);
        }
    }
    value
}

/// The versions of all records: the files, and what the manifest says of them.
pub struct Versions {
    /// The files.
    pub files: Vec<(OutPath, Content)>,
    /// Kind and id → the version of now and those before it, newest first.
    pub list: BTreeMap<String, Value>,
}

/// Puts the versions of now before those of the last publication. Earlier ones stay published, also those of
/// records that are gone; those with the words of the public go with them.
pub fn gather(now: Vec<Made>, previous: &Previous, shelf: &dyn Shelf) -> Versions {
    let earlier_file = |name: &str, sha: Sha, bytes: &[u8]| {
        let path = record_file(name, sha)?;
        let content = shelf.take(&path, bytes.to_vec());
        Some((path, content))
    };
    let mut files = Vec::new();
    let mut list: BTreeMap<String, Value> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let none = RecordVersions::default();
    for (name, version, file) in now {
        files.extend(file);
        let earlier = previous.records.get(&name).unwrap_or(&none);
        list.insert(name.clone(), entry(Some(version), earlier.iter().filter(|(sha, _)| *sha != version)));
        let kept = earlier.iter().filter(|(sha, _)| *sha != version);
        files.extend(kept.filter_map(|(sha, bytes)| earlier_file(&name, *sha, bytes)));
        seen.insert(name);
    }
    for (name, earlier) in previous.records.iter().filter(|(name, _)| !seen.contains(*name)) {
        list.insert(name.clone(), entry(None, earlier.iter()));
        files.extend(earlier.iter().filter_map(|(sha, bytes)| earlier_file(name, *sha, bytes)));
    }
    Versions { files, list }
}

fn entry<'v>(now: Option<Sha>, earlier: impl Iterator<Item = &'v (Sha, Arc<[u8]>)>) -> Value {
    let earlier: Vec<String> = earlier.map(|(sha, _)| sha.to_hex()).collect();
    let mut entry = Map::new();
    if let Some(now) = now {
        entry.insert("phien_ban".to_owned(), json!(now.to_hex()));
    }
    if !earlier.is_empty() {
        entry.insert("truoc".to_owned(), json!(earlier));
    }
    Value::Object(entry)
}
