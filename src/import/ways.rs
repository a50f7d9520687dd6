//! Ways of submitting as offices write them, and what a row's free text makes of the list `cach_thuc`.

use super::draft::Entry;
use super::wording::{Charge, Limit, segments};
use crate::base::diagnostic::Message;
use crate::edit::Value;
use crate::msg;
use crate::vi::fold::fold;

/// Words that name a way, folded.
const WORDS: &[(&str, &str)] = &[
    ("truc tiep", "truc_tiep"),
    ("truc tuyen", "truc_tuyen"),
    ("cong dich vu cong", "truc_tuyen"),
    ("cong dvc", "truc_tuyen"),
    ("buu chinh", "buu_chinh"),
    ("buu dien", "buu_chinh"),
    ("bcci", "buu_chinh"),
];

/// What a way is called and nothing more, folded.
const BARE: &[&str] = &[
    "truc tiep",
    "nop truc tiep",
    "nop ho so truc tiep",
    "truc tuyen",
    "nop truc tuyen",
    "nop ho so truc tuyen",
    "qua truc tuyen",
    "buu chinh",
    "qua buu chinh",
    "nop qua buu chinh",
    "buu chinh cong ich",
    "qua buu chinh cong ich",
    "dich vu buu chinh",
    "qua dich vu buu chinh",
    "dich vu buu chinh cong ich",
    "qua dich vu buu chinh cong ich",
    "buu dien",
    "qua buu dien",
    "qua duong buu dien",
    "bcci",
    "dich vu bcci",
    "qua dich vu bcci",
];

/// One way of submitting, with what else is said of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    pub(super) method: &'static str,
    pub(super) description: Option<String>,
}

/// The way that words name, if they name just one and nothing else.
pub(super) fn named(words: &str) -> Option<&'static str> {
    let folded = fold(words.trim().trim_matches(['.', ',']));
    if BARE.contains(&folded.as_str()) { one(&folded) } else { None }
}

/// The one way that folded words speak of.
fn one(folded: &str) -> Option<&'static str> {
    let mut found: Vec<&str> =
        WORDS.iter().filter(|(words, _)| folded.contains(words)).map(|(_, key)| *key).collect();
    found.dedup();
    match found[..] {
        [one] => WORDS.iter().find(|(_, key)| *key == one).map(|(_, key)| *key),
        _ => None,
    }
}

/// The ways of a cell.
pub(super) fn ways(text: &str) -> Result<Vec<Way>, Message> {
    let mut all: Vec<Way> = Vec::new();
    for segment in segments(text) {
        // A place may have commas of its own: they part ways only where a line names several.
        // “Trực tiếp, fax” is no place of one way, but a way and something else.
        let apart = parted(&segment);
        let whole = apart.len() == 1 || !apart.iter().any(|part| named(part).is_some());
        let parts = match one(&fold(&segment)) {
            Some(_) if whole => vec![segment.clone()],
            _ => apart,
        };
        for part in parts {
            let folded = fold(&part);
            let strange = || {
                msg!(
                    "không đọc được cách nộp trong “{part}”; nhận trực tiếp, trực tuyến, bưu chính, cách nhau bằng dấu phẩy",
                    "no way of submitting can be read in “{part}”"
                )
            };
            let method = one(&folded).ok_or_else(strange)?;
            if folded.split(' ').any(|word| ["khong", "chua", "ngoai", "tru"].contains(&word)) {
                return Err(strange());
            }
            let description = (named(&part).is_none()).then_some(part);
            match all.iter_mut().find(|way| way.method == method) {
                None => all.push(Way { method, description }),
                Some(way) => {
                    let both: Vec<String> = way.description.take().into_iter().chain(description).collect();
                    way.description = (!both.is_empty()).then(|| both.join("; "));
                }
            }
        }
    }
    match all.is_empty() {
        true => Err(msg!("không đọc được cách nộp trong “{text}”", "no way of submitting in “{text}”")),
        false => Ok(all),
    }
}

/// The parts of a line that names several ways.
fn parted(line: &str) -> Vec<String> {
    let mut text = line.replace(" và ", ",").replace(" hoặc ", ",").replace(" hay ", ",").replace('+', ",");
    if !text.contains("://") {
        text = text.replace('/', ",");
    }
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Everything that the free text of a record's rows says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Gathered {
    pub(super) ways: Vec<Way>,
    pub(super) limits: Vec<Limit>,
    pub(super) charges: Vec<Charge>,
}

/// Why limits or fees have no place in the record.
#[derive(Debug, Default)]
pub(super) struct Clash {
    pub(super) limits: Option<Message>,
    pub(super) charges: Option<Message>,
}

impl Gathered {
    /// The list `cach_thuc`: the ways that were named, or those that the site has. What has no place is told.
    pub(super) fn channels(&mut self, old: Option<&Value>) -> (Vec<Entry>, Clash) {
        let none = Vec::new();
        let old = match old {
            Some(Value::List(items)) => items,
            _ => &none,
        };
        let mut methods: Vec<(String, Option<String>)> =
            self.ways.iter().map(|way| (way.method.to_owned(), way.description.clone())).collect();
        if methods.is_empty() {
            let known = old.iter().filter_map(|entry| super::text_of(entry, "hinh_thuc"));
            methods = known.map(|method| (method.to_owned(), None)).collect();
        }
        if methods.is_empty() {
            let told = self.limits.iter().map(|limit| limit.way).chain(self.charges.iter().map(|c| c.way));
            let mut all: Vec<&str> = told.flatten().collect();
            all.dedup();
            methods = all.into_iter().map(|way| (way.to_owned(), None)).collect();
            methods.dedup();
        }
        let names: Vec<String> = methods.iter().map(|(method, _)| method.clone()).collect();
        let mut clash = Clash::default();
        let place = |ways: &mut dyn Iterator<Item = Option<&'static str>>, key: &str, what: (&str, &str)| {
            let (vi, en) = what;
            let ways: Vec<Option<&str>> = ways.collect();
            if ways.is_empty() {
                return None;
            }
            if names.is_empty() {
                return Some(msg!(
                    "chưa biết ghi {vi} vào cách nộp nào: bảng không nói cách nộp, trang cũng chưa có; thêm cột “Cách thức thực hiện”",
                    "no way of submitting is known to put the {en} into"
                ));
            }
            if let Some(way) = ways.iter().flatten().find(|way| !names.iter().any(|name| name == **way)) {
                let way = words(way);
                return Some(msg!(
                    "{vi} nói đến cách nộp “{way}” mà cột cách nộp không có",
                    "the {en} names a way that the other column does not have"
                ));
            }
            let mut before = old.iter().map(|entry| entry.get(key));
            let first = before.next().flatten();
            if ways.contains(&None) && before.any(|other| other != first) {
                return Some(msg!(
                    "trang đang ghi {vi} riêng cho từng cách nộp, ô này lại chỉ ghi chung; ghi như “Trực tiếp: …; Trực tuyến: …”",
                    "the site has a {en} of its own for each way; the cell has one for all"
                ));
            }
            None
        };
        clash.limits =
            place(&mut self.limits.iter().map(|limit| limit.way), "thoi_han", ("thời hạn", "limit"));
        clash.charges = place(&mut self.charges.iter().map(|charge| charge.way), "phi", ("khoản thu", "fee"));
        if clash.limits.is_some() {
            self.limits.clear();
        }
        if clash.charges.is_some() {
            self.charges.clear();
        }
        if self.ways.is_empty() && self.limits.is_empty() && self.charges.is_empty() {
            return (Vec::new(), clash);
        }
        let entries = methods.into_iter().enumerate().map(|(i, (method, description))| {
            let mut entry = Entry::default();
            let of = |entry: &&Value| super::text_of(entry, "hinh_thuc") == Some(method.as_str());
            let before = old.get(i).filter(of).or_else(|| old.iter().find(of));
            put(&mut entry, "hinh_thuc", &method);
            if let Some(text) = &description {
                put(&mut entry, "mo_ta", text);
            }
            let own = |way: Option<&str>| way.is_none_or(|way| way == method);
            for limit in self.limits.iter().filter(|limit| own(limit.way)) {
                entry.list(&["thoi_han".to_owned()]).push(limit_entry(limit));
            }
            for charge in self.charges.iter().filter(|charge| own(charge.way)) {
                let made = charge_entry(charge, before.and_then(|entry| entry.get("phi")));
                entry.list(&["phi".to_owned()]).push(made);
            }
            entry
        });
        (entries.collect(), clash)
    }

    /// What the level of the online service has against the ways.
    pub(super) fn against(&self, level: Option<&str>) -> Option<Message> {
        let online = self.ways.iter().any(|way| way.method == "truc_tuyen");
        match level {
            Some("toan_trinh" | "mot_phan") if !online && !self.ways.is_empty() => Some(msg!(
                "cột mức độ nói làm được trực tuyến, cột cách nộp lại không có “trực tuyến”",
                "the level says that it can be done online, the ways do not"
            )),
            Some("cung_cap_thong_tin") if online => Some(msg!(
                "cột cách nộp có “trực tuyến”, cột mức độ lại chỉ là cung cấp thông tin",
                "the ways say online, the level only information"
            )),
            _ => None,
        }
    }
}

fn words(way: &str) -> &'static str {
    match way {
        "truc_tiep" => "trực tiếp",
        "truc_tuyen" => "trực tuyến",
        _ => "bưu chính",
    }
}

fn put(entry: &mut Entry, key: &str, value: &str) {
    entry.put(&[key.to_owned()], Value::Scalar(value.to_owned()));
}

fn limit_entry(limit: &Limit) -> Entry {
    let mut entry = Entry::default();
    put(&mut entry, "so", &limit.number);
    if let Some(unit) = limit.unit {
        put(&mut entry, "don_vi", unit);
    }
    if let Some(note) = &limit.note {
        put(&mut entry, "ghi_chu", note);
    }
    entry
}

/// A fee; of one of the same sum that the site has, what the text does not speak of stays (its legal basis).
fn charge_entry(charge: &Charge, old: Option<&Value>) -> Entry {
    let mut entry = Entry::default();
    let given = [
        ("loai", charge.kind.map(str::to_owned)),
        ("so_tien", charge.amount.map(|amount| amount.to_string())),
        ("tien_te", charge.currency.map(str::to_owned)),
        ("cach_tinh", charge.formula.clone()),
        ("ghi_chu", charge.note.clone()),
    ];
    for (key, value) in &given {
        if let Some(value) = value {
            put(&mut entry, key, value);
        }
    }
    let Some(Value::List(all)) = old else { return entry };
    let alike = |old: &&Value| {
        let same = |key: &str, value: Option<&str>, free: bool| {
            super::text_of(old, key) == value || free && value.is_none()
        };
        same("so_tien", charge.amount.map(|amount| amount.to_string()).as_deref(), false)
            && same("cach_tinh", charge.formula.as_deref(), false)
            && same("tien_te", charge.currency, true)
            && same("loai", charge.kind, true)
            && same("ghi_chu", charge.note.as_deref(), true)
    };
    let mut found = all.iter().filter(alike);
    // Two that fit: it is not known which is meant.
    if let (Some(Value::Map(keys)), None) = (found.next(), found.next()) {
        for (key, value) in keys {
            if entry.get(std::slice::from_ref(key)).is_none() {
                entry.put(std::slice::from_ref(key), value.clone());
            }
        }
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways_of(text: &str) -> String {
        match ways(text) {
            Err(why) => format!("! {}", why.vi),
            Ok(all) => {
                let one = |way: &Way| match &way.description {
                    Some(text) => format!("{} ({text})", way.method),
                    None => way.method.to_owned(),
                };
                all.iter().map(one).collect::<Vec<_>>().join(" ")
            }
        }
    }

    #[test]
    fn ways_of_submitting_are_read_as_offices_write_them() {
        for (text, wanted) in [
            ("Trực tiếp, trực tuyến, bưu chính", "truc_tiep truc_tuyen buu_chinh"),
            ("Nộp trực tiếp hoặc qua dịch vụ bưu chính công ích", "truc_tiep buu_chinh"),
            ("Trực tiếp/Trực tuyến/BCCI", "truc_tiep truc_tuyen buu_chinh"),
            ("- Trực tiếp\n- Trực tuyến;", "truc_tiep truc_tuyen"),
            (
                "Trực tiếp tại Trung tâm Phục vụ hành chính công, số 1 đường Mẫu",
                "truc_tiep (Trực tiếp tại Trung tâm Phục vụ hành chính công, số 1 đường Mẫu)",
            ),
            (
                "Trực tuyến qua Cổng Dịch vụ công: https://vi-du.gov.vn/a/b",
                "truc_tuyen (Trực tuyến qua Cổng Dịch vụ công: https://vi-du.gov.vn/a/b)",
            ),
            ("Trực tuyến toàn trình", "truc_tuyen (Trực tuyến toàn trình)"),
            ("Trực tiếp; trực tiếp", "truc_tiep"),
        ] {
            assert_eq!(ways_of(text), wanted, "{text}");
        }
        for text in [
            "email",
            "x",
            "Trực tiếp, fax",
            "Không nhận qua bưu chính",
            "theo quy định",
            "Trực tiếp, không trực tuyến",
        ] {
            assert!(ways_of(text).starts_with("! "), "{text}: {}", ways_of(text));
        }
    }
}
