//! The schema of a kind as editors' programs want it: flat, in Vietnamese, with choices and examples.
//!
//! It says what [`json_schema`](super::schema::json_schema) says, which the checks go by, in the form in
//! which yaml-language-server completes keys, explains them and underlines what is wrong: no references
//! (their neighbours are passed over by some programs), no `anyOf` only for an empty value (its messages
//! name the wrong branch), the words for every choice.

use serde_json::{Map, Value, json};

use super::kinds::RecordKind;

/// The schema of a kind for editors' programs.
pub fn editor_schema(kind: &RecordKind) -> Value {
    let root = (kind.schema)();
    let mut schema = flat(&root, &root);
    if let Some(map) = schema.as_object_mut() {
        let mut head = Map::new();
        head.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
        head.insert("title".into(), json!(kind.title));
        head.insert("description".into(), json!(format!("{} ({}).", kind.title, kind.files)));
        for (name, value) in std::mem::take(map) {
            head.entry(name).or_insert(value);
        }
        *map = head;
    }
    schema
}

fn flat(schema: &Value, root: &Value) -> Value {
    let own = schema.as_object().cloned().unwrap_or_default();
    if let Some(target) = own.get("$ref").and_then(Value::as_str) {
        let target =
            target.strip_prefix('#').and_then(|pointer| root.pointer(pointer)).unwrap_or(&Value::Null);
        return described(flat(target, root), &own);
    }
    if let Some(any) = own.get("anyOf").and_then(Value::as_array) {
        let is_null = |one: &&Value| one.get("type") == Some(&json!("null"));
        let nullable = any.iter().any(|one| is_null(&one));
        let mut real: Vec<Value> =
            any.iter().filter(|one| !is_null(one)).map(|one| flat(one, root)).collect();
        let mut one = if real.len() == 1 { real.remove(0) } else { json!({ "anyOf": real }) };
        if nullable {
            allow_null(&mut one);
        }
        return described(one, &own);
    }
    let mut out = Map::new();
    for (name, value) in own {
        match (name.as_str(), value) {
            ("$schema" | "$defs" | "title" | "description" | "x-scalar" | "x-labels" | "default", _) => {}
            ("properties", Value::Object(properties)) => {
                let flat = properties.iter().map(|(key, inner)| (key.clone(), flat(inner, root)));
                out.insert(name, Value::Object(flat.collect()));
            }
            ("items", inner) => {
                out.insert(name, flat(&inner, root));
            }
            (_, value) => {
                out.insert(name, value);
            }
        }
    }
    let own = schema.as_object();
    if let Some(scalar) = own.and_then(|own| own.get("x-scalar")).and_then(Value::as_str) {
        scalar_words(&mut out, scalar, schema);
    }
    if let (Some(keys), Some(labels)) = (array(schema, "enum"), array(schema, "x-labels")) {
        let choices: Vec<String> =
            keys.iter().zip(labels).map(|(key, label)| format!("{} ({})", text(key), text(label))).collect();
        out.insert("enumDescriptions".into(), json!(labels));
        out.insert("markdownEnumDescriptions".into(), json!(labels));
        out.insert("x-help".into(), json!(format!("Chọn: {}.", choices.join(", "))));
    }
    described(Value::Object(out), &schema.as_object().cloned().unwrap_or_default())
}

fn array<'v>(schema: &'v Value, name: &str) -> Option<&'v Vec<Value>> {
    schema.get(name).and_then(Value::as_array)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The form of a scalar, as far as an editor's program can judge it.
fn scalar_words(out: &mut Map<String, Value>, scalar: &str, schema: &Value) {
    let example = array(schema, "examples").and_then(|all| all.first()).map(text).unwrap_or_default();
    let pattern = match scalar {
        "ngay" => Some("^\\d{4}-\\d{2}-\\d{2}$"),
        "ma_thu_tuc" => Some("^\\d\\.\\d{6}(\\.\\d{3}\\.\\d{2}\\.\\d{2}\\.H\\d{2})?$"),
        "ky" => Some("^\\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$"),
        "ma" => Some("^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$"),
        "dia_chi_mang" => Some("^[hH][tT][tT][pP][sS]?://"),
        _ => None,
    };
    let help = match scalar {
        "van_ban" => String::new(),
        "ngay" => "Viết năm-tháng-ngày, ví dụ 2026-11-23.".to_owned(),
        "ma_thu_tuc" => {
            "Một chữ số, dấu chấm, sáu chữ số, đặt trong ngoặc kép, ví dụ \"1.014888\".".to_owned()
        }
        "ma" => "Chữ thường không dấu, chữ số, gạch ngang, ví dụ so-huu-tri-tue.".to_owned(),
        "so_nguyen" => "Chỉ viết chữ số, ví dụ 150000.".to_owned(),
        "dung_sai" => "Viết true (có) hoặc false (không).".to_owned(),
        "ky" => "Viết 2025-10 (tháng), 2025-Q3 (quý) hoặc 2025 (năm).".to_owned(),
        "dia_chi_mang" => "Viết cả địa chỉ, bắt đầu bằng https://.".to_owned(),
        "tep_dinh_kem" => "Viết đường dẫn tính từ thư mục tep/, ví dụ mau-don/mau-01.docx.".to_owned(),
        _ => format!("Ví dụ: {example}."),
    };
    if let Some(pattern) = pattern {
        out.insert("pattern".into(), json!(pattern));
        out.insert("patternErrorMessage".into(), json!(help));
    }
    match scalar {
        "so_nguyen" => drop(out.insert("minimum".into(), json!(0))),
        "dung_sai" | "ma_thu_tuc" => {}
        // Records read any scalar as its text: a year, a telephone without quotes is no fault.
        _ => drop(out.insert("type".into(), json!(["string", "number", "boolean"]))),
    }
    if !help.is_empty() {
        out.insert("x-help".into(), json!(help));
    }
    if scalar == "van_ban" {
        out.remove("examples");
    }
}

/// Puts the words of the key in front of those of its kind of value.
fn described(mut schema: Value, own: &Map<String, Value>) -> Value {
    let Some(map) = schema.as_object_mut() else { return schema };
    // The words of a type itself are for programmers; those of a key are for editors.
    let of_key = match own.get("description") {
        Some(words) if !own.contains_key("x-scalar") && !own.contains_key("additionalProperties") => {
            text(words)
        }
        _ => "",
    };
    let help = map.get("x-help").map(text).unwrap_or_default();
    let words =
        [of_key, help].iter().filter(|words| !words.is_empty()).copied().collect::<Vec<_>>().join(" ");
    if !words.is_empty() {
        map.insert("description".into(), json!(words));
    }
    schema
}

fn allow_null(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else { return };
    if let Some(kind) = map.get_mut("type") {
        match kind {
            Value::String(one) => *kind = json!([one.clone(), "null"]),
            Value::Array(many) => many.push(json!("null")),
            _ => {}
        }
    }
    if let Some(Value::Array(choices)) = map.get_mut("enum") {
        choices.push(Value::Null);
    }
    for name in ["enumDescriptions", "markdownEnumDescriptions"] {
        if let Some(Value::Array(words)) = map.get_mut(name) {
            words.push(json!("chưa có"));
        }
    }
}

/// Takes the words out that only make up the description.
pub fn published(mut schema: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.remove("x-help");
                map.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut schema);
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::kinds::{KINDS, named};

    #[test]
    fn every_key_of_every_kind_is_explained_in_vietnamese() {
        fn walk(schema: &Value, at: &str) {
            for (key, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
                let words = inner.get("description").map(text).unwrap_or_default();
                assert!(!words.is_ascii(), "{at}/{key}: {words:?}");
                walk(inner, &format!("{at}/{key}"));
            }
            if let Some(items) = schema.get("items") {
                walk(items, &format!("{at}[]"));
            }
        }
        for kind in KINDS {
            let schema = published(editor_schema(kind));
            walk(&schema, kind.name);
            let text = schema.to_string();
            for word in ["$ref", "x-help", "x-scalar", "x-labels"] {
                assert!(!text.contains(word), "{}: {word}", kind.name);
            }
        }
    }

    #[test]
    fn a_choice_shows_its_words_and_a_date_its_form() {
        let schema = editor_schema(named("phan-anh").expect("a kind"));
        let class = &schema["properties"]["loai"];
        assert_eq!(
            class["description"],
            "Phản ánh về quy định hay về hành vi. Chọn: quy_dinh (Quy định, chính sách, thủ tục), hanh_vi (Hành vi của cán bộ, công chức)."
        );
        assert_eq!(
            schema["properties"]["ngay_tiep_nhan"]["description"],
            "Ngày tiếp nhận. Viết năm-tháng-ngày, ví dụ 2026-11-23."
        );
        assert_eq!(schema["properties"]["ket_qua"]["type"], json!(["object", "null"]));
    }
}
