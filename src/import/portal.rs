//! What a browser saved of the national portal: the JSON of one procedure, or a list of them.
//!
//! The names of the keys are those of the portal's own front end, which nobody promises; so every leaf that is not
//! taken is told. Nothing is ever fetched from the portal: a person saves the file.

use serde_json::Value as Json;

use super::draft::{Draft, Entry};
use super::json::short;
use super::values::clean;
use super::{Known, Remark, SheetSeen, Understood, Unread};
use crate::edit::Value;
use crate::msg;
use crate::parse::kinds::named;
use crate::record::scalar::{ProcedureCode, Scalar};

/// Flags that say at which level a procedure is carried out.
const LEVELS: &[(&str, &str)] =
    &[("isMinistry", "bo"), ("isProvince", "tinh"), ("isWard", "xa"), ("isOtherAgency", "khac")];

/// Reads a file.
pub(super) fn read(file: &str, value: &Json, known: &mut Known, out: &mut Understood) {
    let mut reading = Reading { file, known, out, rows: 0 };
    reading.any(value, "");
    let rows = reading.rows;
    if rows == 0 {
        let why = msg!(
            "JSON này không phải tệp `congkhai export` ghi ra, và không thấy trong đó thủ tục nào như cổng lưu (khóa code có mã như 1.014888)",
            "neither JSON of `congkhai export` nor a procedure as the portal saves it"
        );
        out.unread.iter_mut().filter(|cell| cell.file == file).for_each(|cell| cell.why = why.clone());
    }
    out.sheets.push(SheetSeen {
        file: file.to_owned(),
        sheet: String::new(),
        table: (rows > 0).then(|| "thu-tuc".to_owned()),
        heading_row: 0,
        rows,
        columns: Vec::new(),
    });
}

struct Reading<'r> {
    file: &'r str,
    known: &'r mut Known,
    out: &'r mut Understood,
    rows: usize,
}

impl Reading<'_> {
    /// The procedures in a value: itself, or what is wrapped in lists and in `data`, `content`, `items`.
    fn any(&mut self, value: &Json, at: &str) {
        match value {
            Json::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.any(item, &format!("{at}/{i}"));
                }
            }
            Json::Object(map) => {
                let wrapped = ["data", "content", "items", "result", "formality"]
                    .into_iter()
                    .find(|name| map.get(*name).is_some_and(|inner| inner.is_object() || inner.is_array()));
                match (code(value), wrapped) {
                    (Some((key, code)), _) => self.procedure(value, at, key, &code),
                    (None, Some(name)) => {
                        self.any(&map[name], &format!("{at}/{name}"));
                        for (key, inner) in map.iter().filter(|(key, _)| *key != name) {
                            self.left(inner, &format!("{at}/{key}"));
                        }
                    }
                    (None, None) => self.left(value, at),
                }
            }
            other => self.left(other, at),
        }
    }

    fn left(&mut self, value: &Json, at: &str) {
        match value {
            Json::Array(items) => {
                items.iter().enumerate().for_each(|(i, item)| self.left(item, &format!("{at}/{i}")));
            }
            Json::Object(map) => map.iter().for_each(|(key, inner)| self.left(inner, &format!("{at}/{key}"))),
            Json::Null | Json::Bool(false) => {}
            Json::String(text) if text.trim().is_empty() => {}
            leaf => self.out.unread.push(Unread {
                file: self.file.to_owned(),
                sheet: String::new(),
                address: at.to_owned(),
                text: short(leaf),
                why: msg!("chưa có khóa nào ứng với mục này của cổng", "no key goes with this"),
                by_rule: false,
            }),
        }
    }

    fn remark(&mut self, at: &str, what: crate::base::diagnostic::Message) {
        self.out.remarks.push(Remark { place: (self.file.to_owned(), String::new(), at.to_owned()), what });
    }

    fn procedure(&mut self, value: &Json, at: &str, code_key: &str, code: &str) {
        let (Some(kind), Some(map)) = (named("thu-tuc"), value.as_object()) else { return };
        let mut draft = Draft::new(kind, code, format!("{} {at}", self.file));
        let mut levels = Vec::new();
        put(&mut draft.entry, &["ma"], code);
        for (key, inner) in map {
            let here = format!("{at}/{key}");
            let entry = &mut draft.entry;
            match key.as_str() {
                key if key == code_key => {}
                "name" | "formalityName" | "procedureName" if text(inner).is_some() => {
                    put(entry, &["ten"], &text(inner).unwrap_or_default());
                }
                "executionMethods" if inner.is_array() => self.methods(inner, &here, entry),
                "executionCases" if inner.is_array() => self.cases(inner, &here, entry),
                "resultsDetails" if inner.is_array() || inner.is_object() => {
                    self.results(inner, &here, entry)
                }
                "categoriesDetails" => self.field(inner, &here, entry),
                "isFullProcess" if inner == &Json::Bool(true) => {
                    put(entry, &["truc_tuyen", "muc_do"], "toan_trinh")
                }
                "isNonTerritorial" if inner == &Json::Bool(true) => {
                    put(entry, &["truc_tuyen", "phi_dia_gioi"], "true")
                }
                "formalityType" if inner == "ASSIGNED_REGULATION" => put(entry, &["loai"], "duoc_luat_giao"),
                key if LEVELS.iter().any(|(flag, _)| *flag == key) && inner.is_boolean() => {
                    let level =
                        LEVELS.iter().find(|(flag, _)| *flag == key).filter(|_| inner == &Json::Bool(true));
                    levels.extend(level.map(|(_, level)| Value::from(*level)));
                }
                _ => self.left(inner, &here),
            }
        }
        if !levels.is_empty() {
            draft.entry.put(&["cap_thuc_hien".to_owned()], Value::List(levels));
        }
        (draft.has_row, draft.whole) = (true, true);
        let value = draft.value();
        self.known.learn(kind.kind, &value);
        self.out.add(draft);
        self.rows += 1;
    }

    fn field(&mut self, value: &Json, at: &str, entry: &mut Entry) {
        let one = value.as_array().and_then(|all| all.first().filter(|_| all.len() == 1)).unwrap_or(value);
        let name = one.get("name").and_then(text);
        match name.as_deref().and_then(|name| self.known.code_of(&self.known.fields, name)) {
            Some(code) => put(entry, &["linh_vuc"], &code),
            None => self.left(value, at),
        }
    }

    fn methods(&mut self, all: &Json, at: &str, entry: &mut Entry) {
        for (i, method) in all.as_array().into_iter().flatten().enumerate() {
            let here = format!("{at}/{i}");
            let way = match method.get("submissionMethod").and_then(Json::as_str) {
                Some("ONLINE") => "truc_tuyen",
                Some("POSTAL") => "buu_chinh",
                Some("DIRECT") => "truc_tiep",
                _ => {
                    self.left(method, &here);
                    continue;
                }
            };
            let mut made = Entry::default();
            put(&mut made, &["hinh_thuc"], way);
            for (key, inner) in method.as_object().into_iter().flatten() {
                let here = format!("{here}/{key}");
                match key.as_str() {
                    "submissionMethod" => {}
                    "processingTime" if whole(inner).is_some() => {
                        let mut limit = Entry::default();
                        put(&mut limit, &["so"], &whole(inner).unwrap_or_default());
                        let unit = match method.get("processingTimeUnit").and_then(Json::as_str) {
                            Some("WORKING_DAY") => Some("ngay_lam_viec"),
                            Some("DAY") => Some("ngay"),
                            Some("MONTH") => Some("thang"),
                            Some("HOUR") => Some("gio"),
                            Some("YEAR") => Some("nam"),
                            _ => None,
                        };
                        match unit {
                            Some(unit) => put(&mut limit, &["don_vi"], unit),
                            None => self.remark(
                                &here,
                                msg!(
                                    "nguồn không ghi đơn vị của thời hạn, để trống",
                                    "the deadline has no unit"
                                ),
                            ),
                        }
                        made.list(&["thoi_han".to_owned()]).push(limit);
                    }
                    "processingTimeUnit" if whole(&method["processingTime"]).is_some() => {}
                    "description" if text(inner).is_some() => {
                        put(&mut made, &["mo_ta"], &text(inner).unwrap_or_default())
                    }
                    "fees" if inner.is_array() => self.fees(inner, &here, &mut made),
                    _ => self.left(inner, &here),
                }
            }
            entry.list(&["cach_thuc".to_owned()]).push(made);
        }
    }

    fn fees(&mut self, all: &Json, at: &str, entry: &mut Entry) {
        for (i, fee) in all.as_array().into_iter().flatten().enumerate() {
            let mut made = Entry::default();
            for (key, inner) in fee.as_object().into_iter().flatten() {
                let here = format!("{at}/{i}/{key}");
                let currency = text(inner).unwrap_or_default().to_uppercase();
                match key.as_str() {
                    "type" if inner == "FEE" => put(&mut made, &["loai"], "phi"),
                    "value" if whole(inner).is_some() => {
                        put(&mut made, &["so_tien"], &whole(inner).unwrap_or_default())
                    }
                    "currencyName"
                        if ["VND", "VNĐ", "VIỆT NAM ĐỒNG", "ĐỒNG"].contains(&currency.as_str()) => {}
                    "currencyName" if ["USD", "EUR"].contains(&currency.as_str()) => {
                        put(&mut made, &["tien_te"], &currency)
                    }
                    "description" if text(inner).is_some() => {
                        put(&mut made, &["ghi_chu"], &text(inner).unwrap_or_default())
                    }
                    _ => self.left(inner, &here),
                }
            }
            if !made.values.is_empty() {
                entry.list(&["phi".to_owned()]).push(made);
            }
        }
    }

    fn cases(&mut self, all: &Json, at: &str, entry: &mut Entry) {
        for (i, case) in all.as_array().into_iter().flatten().enumerate() {
            let mut made = Entry::default();
            for (key, inner) in case.as_object().into_iter().flatten() {
                let here = format!("{at}/{i}/{key}");
                match key.as_str() {
                    "name" if text(inner).is_some() => {
                        put(&mut made, &["truong_hop"], &text(inner).unwrap_or_default())
                    }
                    "profileComponents" if inner.is_array() => self.papers(inner, &here, &mut made),
                    _ => self.left(inner, &here),
                }
            }
            if made.has_list(&["giay_to".to_owned()]) {
                entry.list(&["ho_so".to_owned()]).push(made);
            } else {
                self.left(case, &format!("{at}/{i}"));
            }
        }
    }

    fn papers(&mut self, all: &Json, at: &str, entry: &mut Entry) {
        for (i, paper) in all.as_array().into_iter().flatten().enumerate() {
            let mut made = Entry::default();
            for (key, inner) in paper.as_object().into_iter().flatten() {
                let here = format!("{at}/{i}/{key}");
                match key.as_str() {
                    "name" if text(inner).is_some() => {
                        put(&mut made, &["ten"], &text(inner).unwrap_or_default())
                    }
                    "originalQty" if whole(inner).is_some() => {
                        put(&mut made, &["ban_chinh"], &whole(inner).unwrap_or_default())
                    }
                    "copyQty" if whole(inner).is_some() => {
                        put(&mut made, &["ban_sao"], &whole(inner).unwrap_or_default())
                    }
                    "required" if inner.is_boolean() => put(&mut made, &["bat_buoc"], &inner.to_string()),
                    _ => self.left(inner, &here),
                }
            }
            if made.get(&["ten".to_owned()]).is_some() {
                entry.list(&["giay_to".to_owned()]).push(made);
            }
        }
    }

    fn results(&mut self, all: &Json, at: &str, entry: &mut Entry) {
        let items: Vec<&Json> = all.as_array().map_or_else(|| vec![all], |items| items.iter().collect());
        for (i, result) in items.into_iter().enumerate() {
            let Some(name) = result.get("name").and_then(text) else {
                self.left(result, &format!("{at}/{i}"));
                continue;
            };
            let mut made = Entry::default();
            put(&mut made, &["ten"], &name);
            for (key, inner) in result.as_object().into_iter().flatten() {
                match key.as_str() {
                    "name" => {}
                    "code" if text(inner).is_some() => {
                        put(&mut made, &["ma"], &text(inner).unwrap_or_default())
                    }
                    _ => self.left(inner, &format!("{at}/{i}/{key}")),
                }
            }
            entry.list(&["ket_qua".to_owned()]).push(made);
        }
    }
}

/// The code of a procedure, with the key that holds it.
fn code(value: &Json) -> Option<(&'static str, String)> {
    ["code", "formalityCode", "procedureCode"].into_iter().find_map(|key| {
        let code = value.get(key)?.as_str()?.trim().to_owned();
        ProcedureCode::parse(&code).is_ok().then_some((key, code))
    })
}

fn put(entry: &mut Entry, path: &[&str], value: &str) {
    let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
    entry.put(&path, value.into());
}

/// A text that says something, without the marks of the editor on the portal's pages.
fn text(value: &Json) -> Option<String> {
    let raw = value.as_str()?;
    let (mut out, mut rest) = (String::new(), raw);
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        // A sign that opens no tag is one of the text.
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match after.split_once('>').filter(|_| is_tag) {
            Some((tag, after)) => {
                let name = tag.trim_start_matches('/').to_ascii_lowercase();
                if tag.starts_with('/') && ["p", "li", "div", "tr"].contains(&name.as_str())
                    || name.starts_with("br")
                {
                    out.push('\n');
                }
                rest = after;
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    for (entity, c) in [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        out = out.replace(entity, c);
    }
    Some(clean(&out)).filter(|text| !text.is_empty() && text != "Không có thông tin")
}

fn whole(value: &Json) -> Option<String> {
    match value {
        Json::Number(number) => number
            .as_u64()
            .or_else(|| {
                number.as_f64().filter(|n| n.fract() == 0.0 && (0.0..9e15).contains(n)).map(|n| n as u64)
            })
            .map(|n| n.to_string()),
        Json::String(text) => text.trim().parse::<u64>().ok().map(|n| n.to_string()),
        _ => None,
    }
}
