//! Two versions of one record in words: `Thời hạn: 15 → 10 ngày làm việc`.
//!
//! Titles come from the descriptions of the schema, so a key of a record is called here what editors' programs
//! call it; a table gives the few that would read badly. Lists are compared by what their entries are known
//! by (code, name), or as sets of lines where nothing tells entries apart.

use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::Detail;
use crate::base::date::Date;
use crate::inputs::FileKind;
use crate::parse::kinds;
use crate::privacy::{Allowed, Scope, redact, scan};
use crate::vi::number::{date_short, thousands};

/// The text of an article stands beside its front matter under this key.
pub const BODY: &str = "noi_dung_bai";

/// Keys that are never published, and so never compared.
const NEVER: &[&str] = &["ghi_chu_bien_tap"];

/// What tells the entries of a list apart, the first that all of them have.
const KNOWN_BY: &[&str] = &["ma", "so_ky_hieu", "thu_tuc", "hinh_thuc", "ten", "tu", "chu", "viec"];

/// The longest value that is shown whole, in characters.
const LONGEST: usize = 160;

/// Words for keys whose description in the schema is too long, or no name.
const TITLES: &[(&str, &str)] = &[
    ("cach_thuc", "Cách nộp"),
    ("can_cu", "Căn cứ pháp lý"),
    ("den", "Đến"),
    ("giay_to", "Giấy tờ"),
    ("ho_so", "Hồ sơ"),
    ("ket_qua", "Kết quả"),
    ("khoan", "Khoản"),
    ("mau", "Mẫu đơn, tờ khai"),
    ("minh_hoa", "Dữ liệu minh họa"),
    ("muc", "Thủ tục trong quyết định"),
    ("nguon", "Nguồn"),
    ("noi_dung_bai", "Nội dung bài"),
    ("phi", "Phí, lệ phí"),
    ("sau", "Sau khi cắt giảm"),
    ("so_bo_ho_so", "Số bộ hồ sơ"),
    ("ten", "Tên"),
    ("thoi_han", "Thời hạn"),
    ("trinh_tu", "Trình tự thực hiện"),
    ("truoc", "Trước khi cắt giảm"),
    ("truc_tuyen", "Dịch vụ công trực tuyến"),
    ("tom_tat", "Tóm tắt"),
    ("tu", "Từ"),
    ("yeu_cau", "Yêu cầu, điều kiện"),
];

/// One field that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The way to it in words: `Cách nộp (Trực tuyến), Thời hạn`.
    pub title: String,
    /// Its key at the top of the record.
    pub key: String,
    /// What it said; `None` if it was not there, or may not be shown.
    pub old: Option<String>,
    /// What it says.
    pub new: Option<String>,
}

impl FieldChange {
    /// The change in one line.
    pub fn words(&self) -> String {
        let title = &self.title;
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => match common_unit(old, new) {
                Some((old, new, unit)) => format!("{title}: {old} → {new} {unit}"),
                None => format!("{title}: {old} → {new}"),
            },
            (None, Some(new)) => format!("{title}: thêm {new}"),
            (Some(old), None) => format!("{title}: bỏ {old}"),
            (None, None) => format!("{title}: có sửa"),
        }
    }
}

/// `15 ngày làm việc`, `10 ngày làm việc` → `15`, `10`, `ngày làm việc`.
fn common_unit<'a>(old: &'a str, new: &'a str) -> Option<(&'a str, &'a str, &'a str)> {
    let ((old, unit), (new, other)) = (old.split_once(' ')?, new.split_once(' ')?);
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    (unit == other && number(old) && number(new)).then_some((old, new, unit))
}

/// Takes out what is never published.
pub(super) fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for key in NEVER {
                map.shift_remove(*key);
            }
            map.values_mut().for_each(strip);
        }
        Value::Array(entries) => entries.iter_mut().for_each(strip),
        _ => {}
    }
}

/// `text` with every personal datum masked. Nothing is excepted here: a history is no place for contacts.
pub(super) fn masked(kind: FileKind, text: &str) -> String {
    let scope = match kind {
        FileKind::Petition | FileKind::Initiative => Scope::Petition,
        _ => Scope::Other,
    };
    redact(text, &scan(text, scope, &Allowed::none())).into_owned()
}

/// The schema of a kind, made once: a history compares thousands of records.
fn schema(kind: FileKind) -> &'static Value {
    static MADE: [OnceLock<Value>; kinds::KINDS.len()] = [const { OnceLock::new() }; kinds::KINDS.len()];
    let kind = kinds::of(kind);
    let place = kinds::KINDS.iter().position(|known| known.name == kind.name).unwrap_or_default();
    MADE[place].get_or_init(|| (kind.schema)())
}

/// Every field of a record that differs.
pub(super) fn fields(kind: FileKind, old: &Value, new: &Value, detail: Detail) -> Vec<FieldChange> {
    if detail == Detail::Nothing {
        return Vec::new();
    }
    let root = schema(kind);
    // A directory's schema is a list; its entries are the records.
    let entry = resolve(root, root);
    let schema = entry.get("items").map_or(entry, |items| resolve(items, root));
    let mut walk = Walk { kind, root, found: Vec::new() };
    walk.map(old, new, schema, &mut Vec::new());
    let mut found = walk.found;
    if detail == Detail::Titles {
        for field in &mut found {
            field.title = title_of(&field.key, schema);
            (field.old, field.new) = (None, None);
        }
        found.dedup();
    }
    found
}

struct Walk<'a> {
    kind: FileKind,
    root: &'a Value,
    found: Vec<FieldChange>,
}

/// A step on the way to a field: its key, its words.
type Way = Vec<(String, String)>;

impl Walk<'_> {
    fn map(&mut self, old: &Value, new: &Value, schema: &Value, way: &mut Way) {
        let empty = Map::new();
        let (old, new) = (old.as_object().unwrap_or(&empty), new.as_object().unwrap_or(&empty));
        let more = old.keys().filter(|key| !new.contains_key(*key));
        for key in new.keys().chain(more) {
            let pair = (old.get(key).filter(|v| !is_nothing(v)), new.get(key).filter(|v| !is_nothing(v)));
            if pair.0 == pair.1 {
                continue;
            }
            let inner = schema.get("properties").and_then(|all| all.get(key)).unwrap_or(&Value::Null);
            way.push((key.clone(), title_of(key, schema)));
            self.value(pair.0, pair.1, inner, way);
            way.pop();
        }
    }

    fn value(&mut self, old: Option<&Value>, new: Option<&Value>, schema: &Value, way: &mut Way) {
        let form = new.or(old).unwrap_or(&Value::Null);
        let schema = fitting(schema, self.root, form);
        match (old, new) {
            (Some(Value::Object(_)), Some(Value::Object(_))) if !is_phrase(form) => {
                self.map(old.unwrap_or(&Value::Null), new.unwrap_or(&Value::Null), schema, way);
            }
            (Some(Value::Array(_)) | None, Some(Value::Array(_)) | None) => self.list(old, new, schema, way),
            _ => {
                let phrase = |value: Option<&Value>| value.map(|value| self.phrase(value, schema));
                self.report(phrase(old), phrase(new), way);
            }
        }
    }

    fn list(&mut self, old: Option<&Value>, new: Option<&Value>, schema: &Value, way: &mut Way) {
        let nothing: &[Value] = &[];
        let entries = |value: Option<&Value>| match value {
            Some(Value::Array(entries)) => entries.clone(),
            Some(other) => vec![other.clone()],
            None => nothing.to_vec(),
        };
        let (old, new) = (entries(old), entries(new));
        let items = schema.get("items").unwrap_or(&Value::Null);
        if let Some(by) = known_by(&old, &new) {
            let name = |entry: &Value| entry.get(by).cloned().unwrap_or(Value::Null);
            for entry in &new {
                let Some(before) = old.iter().find(|before| name(before) == name(entry)) else { continue };
                if before == entry {
                    continue;
                }
                let schema = fitting(items, self.root, entry);
                let inner = schema.get("properties").and_then(|all| all.get(by)).unwrap_or(&Value::Null);
                let inner = fitting(inner, self.root, &name(entry));
                let called = cut(&self.phrase(&name(entry), inner), 60);
                if let Some((_, title)) = way.last_mut() {
                    let whole = format!("{title} ({called})");
                    let short = std::mem::replace(title, whole);
                    self.map(before, entry, schema, way);
                    if let Some((_, title)) = way.last_mut() {
                        *title = short;
                    }
                }
            }
            let fresh = new.iter().filter(|entry| !old.iter().any(|before| name(before) == name(entry)));
            let gone = old.iter().filter(|entry| !new.iter().any(|after| name(after) == name(entry)));
            self.pairs(gone.collect(), fresh.collect(), items, way);
            return;
        }
        // One case of papers is that case, whatever it is called.
        if let ([before @ Value::Object(_)], [after @ Value::Object(_)]) = (old.as_slice(), new.as_slice())
            && !is_phrase(after)
        {
            self.map(before, after, fitting(items, self.root, after), way);
            return;
        }
        let gone: Vec<&Value> = old.iter().filter(|entry| !new.contains(entry)).collect();
        let fresh: Vec<&Value> = new.iter().filter(|entry| !old.contains(entry)).collect();
        if gone.is_empty() && fresh.is_empty() {
            self.report(None, Some("(đổi thứ tự hoặc số lần ghi)".to_owned()), way);
        }
        self.pairs(gone, fresh, items, way);
    }

    /// What went and what came: pairs where as many went as came, else line by line.
    fn pairs(&mut self, gone: Vec<&Value>, fresh: Vec<&Value>, items: &Value, way: &Way) {
        let phrase = |value: &Value| self.phrase(value, fitting(items, self.root, value));
        let (gone, fresh): (Vec<String>, Vec<String>) =
            (gone.into_iter().map(phrase).collect(), fresh.into_iter().map(phrase).collect());
        if gone.len() == fresh.len() {
            for (old, new) in gone.into_iter().zip(fresh) {
                self.report(Some(old), Some(new), way);
            }
            return;
        }
        for old in gone {
            self.report(Some(old), None, way);
        }
        for new in fresh {
            self.report(None, Some(new), way);
        }
    }

    fn report(&mut self, old: Option<String>, new: Option<String>, way: &Way) {
        let mask = |text: String| masked(self.kind, &text);
        let (old, new) = match (old.map(mask), new.map(mask)) {
            (Some(old), Some(new)) => {
                let (old, new) = focus(&old, &new);
                (Some(old), Some(new))
            }
            (old, new) => (old.map(|text| cut(&text, LONGEST)), new.map(|text| cut(&text, LONGEST))),
        };
        let title: Vec<&str> = way.iter().map(|(_, title)| title.as_str()).collect();
        let key = way.first().map(|(key, _)| key.clone()).unwrap_or_default();
        self.found.push(FieldChange { title: title.join(", "), key, old, new });
    }

    /// A value in words.
    fn phrase(&self, value: &Value, schema: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Bool(true) => "có".to_owned(),
            Value::Bool(false) => "không".to_owned(),
            Value::Number(number) => number.as_u64().map_or_else(|| number.to_string(), thousands),
            Value::String(text) => label(text, schema).unwrap_or_else(|| match Date::parse(text) {
                Ok(day) => date_short(day),
                Err(_) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            }),
            Value::Array(entries) => {
                let items = schema.get("items").unwrap_or(&Value::Null);
                let words = entries.iter().map(|entry| self.phrase(entry, fitting(items, self.root, entry)));
                words.collect::<Vec<_>>().join("; ")
            }
            Value::Object(map) => self.phrase_of_map(map, schema),
        }
    }

    fn phrase_of_map(&self, map: &Map<String, Value>, schema: &Value) -> String {
        let of = |key: &str| {
            let value = map.get(key).filter(|value| !is_nothing(value))?;
            let inner = schema.get("properties").and_then(|all| all.get(key)).unwrap_or(&Value::Null);
            Some(self.phrase(value, fitting(inner, self.root, value)))
        };
        // A number goes with its unit, a sum with its currency.
        let mut said: Vec<&str> = Vec::new();
        let mut parts: Vec<String> = Vec::new();
        for (number, unit, otherwise) in [("so", "don_vi", ""), ("so_tien", "tien_te", "đồng")] {
            if let (Some(text), true) = (of(number), map.get(number).is_some_and(Value::is_number)) {
                let unit_words = of(unit).unwrap_or_else(|| otherwise.to_owned());
                parts.push(format!("{text} {unit_words}").trim_end().to_owned());
                said.extend([number, unit]);
            }
        }
        for key in map.keys().filter(|key| !said.contains(&key.as_str())) {
            let Some(text) = of(key) else { continue };
            match map.get(key) {
                Some(Value::Bool(_)) => {
                    parts.push(format!("{}: {text}", title_of(key, schema).to_lowercase()));
                }
                Some(Value::Number(_)) => {
                    parts.push(format!("{}: {text}", title_of(key, schema).to_lowercase()));
                }
                _ => parts.push(text),
            }
        }
        // `15 ngày (nộp trực tuyến)`: what else is said of a number stands behind it.
        if said.is_empty() || parts.len() < 2 {
            return parts.join(", ");
        }
        format!("{} ({})", parts[0], parts[1..].join(", "))
    }
}

/// Nothing is said: an absent key, an empty list and a flag that is off mean the same in every record.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(entries) => entries.is_empty(),
        _ => false,
    }
}

/// A mapping that is one phrase: a deadline, a fee, a source.
fn is_phrase(value: &Value) -> bool {
    let Value::Object(map) = value else { return false };
    (map.contains_key("so") && map.contains_key("don_vi"))
        || map.contains_key("so_tien")
        || (map.contains_key("lien_ket") && map.contains_key("ngay") && map.len() <= 3)
}

/// The key by which the entries of both lists are told apart: all have it, and no two the same.
fn known_by(old: &[Value], new: &[Value]) -> Option<&'static str> {
    let unique = |list: &[Value], key: &str| {
        let mut names: Vec<String> = Vec::with_capacity(list.len());
        for entry in list {
            match entry.get(key) {
                Some(Value::Null) | None => return false,
                Some(value) => names.push(value.to_string()),
            }
        }
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        names.len() == all
    };
    if old.is_empty() && new.is_empty() {
        return None;
    }
    KNOWN_BY.iter().copied().find(|key| unique(old, key) && unique(new, key))
}

/// The schema that a reference leads to.
fn resolve<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    match schema.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#')) {
        Some(pointer) => root.pointer(pointer).unwrap_or(&Value::Null),
        None => schema,
    }
}

/// The schema that fits the form of a value, where there are several.
fn fitting<'a>(schema: &'a Value, root: &'a Value, value: &Value) -> &'a Value {
    let schema = resolve(schema, root);
    let Some(any) = schema.get("anyOf").and_then(Value::as_array) else { return schema };
    let all = any.iter().map(|one| resolve(one, root));
    let fits = |one: &&Value| match value {
        Value::Object(_) => one.get("properties").is_some(),
        Value::Array(_) => one.get("items").is_some(),
        _ => {
            one.get("properties").is_none()
                && one.get("items").is_none()
                && one.get("type") != Some(&Value::from("null"))
        }
    };
    let mut all: Vec<&Value> = all.filter(fits).collect();
    if all.is_empty() { schema } else { all.swap_remove(0) }
}

/// The label of a choice.
fn label(text: &str, schema: &Value) -> Option<String> {
    let keys = schema.get("enum")?.as_array()?;
    let labels = schema.get("x-labels")?.as_array()?;
    let at = keys.iter().position(|key| key.as_str() == Some(text))?;
    labels.get(at)?.as_str().map(str::to_owned)
}

/// What a key is called, by the schema of the mapping that it stands in.
pub fn title_of(key: &str, schema: &Value) -> String {
    if let Some((_, title)) = TITLES.iter().find(|(known, _)| *known == key) {
        return (*title).to_owned();
    }
    let described =
        schema.get("properties").and_then(|all| all.get(key)).and_then(|one| one.get("description"));
    let text = described.and_then(Value::as_str).unwrap_or(key);
    let end = text.find(['.', ',', ';', ':', '(']).unwrap_or(text.len());
    text[..end].trim().to_owned()
}

/// At most so many characters, cut at a word.
fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split(' ') {
        if short.chars().count() + word.chars().count() + 2 > longest {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    if short.is_empty() {
        short = text.chars().take(longest.saturating_sub(1)).collect();
    }
    format!("{short}…")
}

/// Two texts shown where they differ: what both begin and end with is left out where they are long.
fn focus(old: &str, new: &str) -> (String, String) {
    let long = |text: &str| text.chars().count() > LONGEST;
    if !long(old) && !long(new) {
        return (old.to_owned(), new.to_owned());
    }
    const AROUND: usize = 3;
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    let part = |words: &[&str]| {
        let from = head.saturating_sub(AROUND);
        let to = (words.len() - tail + AROUND).min(words.len());
        let text = cut(&words[from..to].join(" "), LONGEST);
        let before = if from > 0 { "… " } else { "" };
        let after = if to < words.len() && !text.ends_with('…') { " …" } else { "" };
        format!("{before}{text}{after}")
    };
    (part(&a), part(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SitePath;
    use crate::compare::{Reader, Snapshot, What, changes};

    fn snapshot(files: &[(&str, FileKind, &str)]) -> Snapshot {
        let files: Vec<_> = files
            .iter()
            .map(|(path, kind, text)| (SitePath::new(path).expect("a path"), *kind, text.as_bytes()))
            .collect();
        Snapshot::of(files.iter().map(|(path, kind, bytes)| (path, *kind, *bytes)))
    }

    fn lines(kind: FileKind, path: &str, old: &str, new: &str, reader: Reader) -> Vec<String> {
        let all = changes(&snapshot(&[(path, kind, old)]), &snapshot(&[(path, kind, new)]), reader);
        all.iter().flat_map(|change| change.fields.iter().map(FieldChange::words)).collect()
    }

    const PROCEDURE: &str = "ma: 1.000001\nten: Cấp phép A\nlinh_vuc: a\ncan_cu: [1/2020/NĐ-CP]\ncach_thuc:\n- hinh_thuc: truc_tiep\n  thoi_han: [{so: 15, don_vi: ngay_lam_viec}]\n  phi: [{loai: phi, so_tien: 200000}]\n- hinh_thuc: truc_tuyen\nho_so:\n- giay_to:\n  - {ten: Đơn đề nghị, ban_chinh: 1}\n  - {ten: Bản sao bằng}\nghi_chu_bien_tap: hỏi lại\n";

    #[test]
    fn changes_read_like_sentences() {
        for (old, new, wanted) in [
            ("so: 15", "so: 10", &["Cách nộp (Trực tiếp), Thời hạn: 15 → 10 ngày làm việc"][..]),
            (
                "so_tien: 200000",
                "so_tien: 250000",
                &["Cách nộp (Trực tiếp), Phí, lệ phí: 200.000 → 250.000 đồng (Phí)"],
            ),
            ("[1/2020/NĐ-CP]", "[1/2020/NĐ-CP, 2/2021/NĐ-CP]", &["Căn cứ pháp lý: thêm 2/2021/NĐ-CP"]),
            ("ban_chinh: 1", "ban_chinh: 2", &["Hồ sơ, Giấy tờ (Đơn đề nghị), Số bản chính: 1 → 2"]),
            ("  - {ten: Bản sao bằng}\n", "", &["Hồ sơ, Giấy tờ: bỏ Bản sao bằng"]),
            ("Cấp phép A", "Cấp giấy phép A", &["Tên: Cấp phép A → Cấp giấy phép A"]),
            // What is never published is not compared.
            ("hỏi lại", "đã hỏi", &[]),
        ] {
            let changed = PROCEDURE.replacen(old, new, 1);
            assert_ne!(changed, PROCEDURE, "{old}");
            let got = lines(FileKind::Procedure, "thu-tuc/a.yaml", PROCEDURE, &changed, Reader::Public);
            assert_eq!(got, wanted, "{old} → {new}");
        }
    }

    #[test]
    fn long_texts_are_shown_where_they_differ() {
        let filler = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(6);
        let (old, new) = focus(&format!("{filler}CŨ {filler}"), &format!("{filler}MỚI {filler}"));
        assert_eq!(
            (old.as_str(), new.as_str()),
            ("… tám chín mười CŨ một hai ba …", "… tám chín mười MỚI một hai ba …")
        );
    }

    #[test]
    fn a_record_with_another_code_is_renamed_and_one_in_another_file_is_the_same() {
        let old = snapshot(&[("thu-tuc/a.yaml", FileKind::Procedure, PROCEDURE)]);
        let moved = snapshot(&[("thu-tuc/b.yaml", FileKind::Procedure, PROCEDURE)]);
        assert!(changes(&old, &moved, Reader::Desk).is_empty());
        let text = PROCEDURE.replace("1.000001", "1.000002");
        let renamed = snapshot(&[("thu-tuc/b.yaml", FileKind::Procedure, &text)]);
        let all = changes(&old, &renamed, Reader::Desk);
        assert_eq!(all.len(), 1);
        assert!(matches!(&all[0].what, What::Renamed(from) if from.path() == "thu-tuc/1.000001"), "{all:?}");
    }

    #[test]
    fn petitions_show_nothing_and_other_texts_no_personal_datum() {
        let petition = "ma: pa-1\nngay_tiep_nhan: 2026-01-05\nkenh: truc_tiep\nloai: hanh_vi\ntieu_de: Ông A chậm trả\nnoi_dung: Nội dung cũ.\ndon_vi: mot-cua\n";
        let files = |text: &str| snapshot(&[("phan-anh/2026/pa-1.yaml", FileKind::Petition, text)]);
        for reader in [Reader::Public, Reader::Desk] {
            let all = changes(&files(petition), &files(&petition.replace("cũ", "mới")), reader);
            assert_eq!(all.len(), 1);
            assert!(all[0].fields.is_empty(), "{all:?}");
        }
        let gone = changes(&files(petition), &Snapshot::default(), Reader::Public);
        assert_eq!(gone[0].name, "Phản ánh, kiến nghị");
        let with_phone = PROCEDURE.replacen("Đơn đề nghị", "Đơn (gọi bà Lan 0912345678)", 1);
        let got = lines(FileKind::Procedure, "thu-tuc/a.yaml", &with_phone, PROCEDURE, Reader::Public);
        assert!(got.iter().all(|line| !line.contains("0912345678")) && !got.is_empty(), "{got:?}");
    }

    #[test]
    fn free_texts_show_the_public_which_fields_changed() {
        let article = "---\ntieu_de: Bài\nngay: 2026-01-01\ntom_tat: Một câu.\n---\n\nCũ.\n";
        let new = article.replace("Cũ.", "Mới.").replace("Một câu.", "Hai câu.");
        let got = lines(FileKind::Article, "bai-viet/a/b.md", article, &new, Reader::Public);
        assert_eq!(got, ["Tóm tắt: có sửa", "Nội dung bài: có sửa"]);
        let got = lines(FileKind::Article, "bai-viet/a/b.md", article, &new, Reader::Desk);
        assert_eq!(got, ["Tóm tắt: Một câu. → Hai câu.", "Nội dung bài: Cũ. → Mới."]);
    }
}
