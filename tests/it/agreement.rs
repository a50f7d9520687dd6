//! Holds the two readers of a record to each other: what serde accepts the schema accepts, and the reverse.
//!
//! Records are made out of the schema that the types derive, with faults of every sort thrown in (missing,
//! unknown and doubled keys, nulls, wrong kinds, hostile scalars), in block and in flow style.

use congkhai::parse::explain::explain;
use congkhai::parse::schema::{json_schema, shape};
use congkhai::parse::yaml::{needs_tree, tree, typed};
use congkhai::record;
use congkhai::record::list::List;
use proptest::prelude::*;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Scalars that YAML readers like to take for something else, or that are no scalars at all.
const HOSTILE: &[&str] = &[
    "",
    "~",
    "null",
    "Null",
    "NULL",
    "nULL",
    "\"\"",
    "''",
    "\" \"",
    "'~'",
    "\"null\"",
    "true",
    "True",
    "yes",
    "no",
    "on",
    "0",
    "00",
    "007",
    "-1",
    "+1",
    "1.0",
    "1e3",
    "0x10",
    "0o7",
    "0b1",
    "1_000",
    ".inf",
    "-.INF",
    ".nan",
    "12:30",
    "1:2",
    "2026-02-30",
    "5/3/2026",
    "2026-11-23",
    "a",
    "x y",
    "\"a\\tb\"",
    "\"\\u0041\"",
    "\"\\u0000\"",
    "\"\\q\"",
    "'it''s'",
    "https://a b",
    "#a",
    "a #b",
    "999999999999999999999",
    "99999999999999999999999999999999999999999999",
    "[]",
    "{}",
    "[[]]",
    "{a: 1}",
    "[a, b]",
    "[~]",
    "&a x",
    "*a",
    "!!str x",
    "!x y",
    "!!int 1",
    "<<",
    "=",
    "\u{a0}",
    "\u{feff}x",
    "“chữ”",
    "|",
    ">-",
    "- x",
    "a: b",
    "a:b",
    "? x",
    "@x",
    "`x",
    "%x",
    "---",
    "...",
    "\"mở",
    "'mở",
    "[mở",
    "đóng]",
    ",",
    "x, y",
];

/// A source of chance that a test can repeat.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        n > 0 && self.next().is_multiple_of(n)
    }

    pub(crate) fn pick<'t, T>(&mut self, among: &'t [T]) -> &'t T {
        let index = usize::try_from(self.next() % among.len() as u64).expect("small");
        &among[index]
    }
}

/// Writes records of a schema, a fault about every `fault_in` values.
pub(crate) struct Writer<'s> {
    pub(crate) root: &'s Value,
    pub(crate) chance: Chance,
    pub(crate) fault_in: u64,
}

impl Writer<'_> {
    fn fault(&mut self) -> bool {
        let n = self.fault_in;
        self.chance.one_in(n)
    }

    /// A value as it stands behind `key:` or `- `, indented by `indent` where it takes several lines.
    pub(crate) fn value(&mut self, schema: &Value, indent: usize, flow: bool) -> String {
        let schema = self.resolved(schema).clone();
        if self.fault() {
            return format!(" {}", self.chance.pick(HOSTILE));
        }
        if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
            let choice = self.chance.pick(choices).as_str().expect("a text").to_owned();
            return format!(" {}", self.styled(&choice));
        }
        if schema.get("x-scalar").is_some() {
            let example = schema["examples"][0].as_str().expect("every scalar has an example").to_owned();
            return format!(" {}", self.styled(&example));
        }
        if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
            let one = self.chance.pick(any).clone();
            return match one.get("type").and_then(Value::as_str) {
                Some("null") => (*self.chance.pick(&["", " ~", " null"])).to_owned(),
                _ => self.value(&one, indent, flow),
            };
        }
        let flow = flow || self.chance.one_in(4);
        if let Some(items) = schema.get("items") {
            let least = u64::from(schema.get("minItems").is_some());
            let count = least + self.chance.next() % (3 - least);
            let items: Vec<String> = (0..count).map(|_| self.value(items, indent + 2, flow)).collect();
            return match (flow, items.is_empty()) {
                (_, true) => (*self.chance.pick(&["", " []", " null"])).to_owned(),
                (true, _) => format!(" [{} ]", items.join(",")),
                (false, _) => lines(indent, items.into_iter().map(|item| format!("-{item}"))),
            };
        }
        let entries = self.entries(&schema, indent, flow);
        if flow || entries.is_empty() {
            format!(" {{{} }}", entries.join(","))
        } else {
            lines(indent, entries.into_iter())
        }
    }

    fn entries(&mut self, schema: &Value, indent: usize, flow: bool) -> Vec<String> {
        let properties = schema["properties"].as_object().expect("a mapping").clone();
        let required: Vec<String> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            .unwrap_or_default();
        let mut entries = Vec::new();
        for (key, inner) in &properties {
            let wanted = required.contains(key) || self.chance.one_in(3);
            if wanted == self.fault() {
                continue; // A required key left out, or one of the others.
            }
            let twice = self.fault() && self.chance.one_in(4);
            for _ in 0..=u8::from(twice) {
                let value = self.value(inner, indent + 2, flow);
                let space = if flow && value.is_empty() { " ~" } else { "" };
                entries.push(format!("{key}:{value}{space}"));
            }
        }
        if self.fault() && self.chance.one_in(2) {
            let key =
                *self.chance.pick(&["la", "\"ma\"", "MA", "<<", "1", "~", "? ma", "[a]", "tên", "ma la"]);
            entries.push(format!("{key}: x"));
        }
        entries
    }

    /// A text in one of the styles of YAML that can hold it.
    fn styled(&mut self, text: &str) -> String {
        match self.chance.next() % 4 {
            0 => format!("\"{text}\""),
            1 => format!("'{text}'"),
            _ => text.to_owned(),
        }
    }

    fn resolved<'v>(&'v self, schema: &'v Value) -> &'v Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(name) => self.root.pointer(name.trim_start_matches('#')).expect("the schema is whole"),
            None => schema,
        }
    }
}

fn lines(indent: usize, entries: impl Iterator<Item = String>) -> String {
    entries.map(|entry| format!("\n{}{entry}", " ".repeat(indent))).collect()
}

/// Whether both readers say the same of a text; what they say if not.
fn disagreement<T: DeserializeOwned + JsonSchema>(text: &str) -> Option<String> {
    let serde = typed::<T>(text).map(drop);
    let tree = tree(text);
    if tree.root.is_none() && tree.faults.is_empty() {
        return None; // Nothing but white space and comments: a rule of its own (CK0117).
    }
    let shape_faults = tree.root.as_ref().map(|root| explain(root, &shape::<T>())).unwrap_or_default();
    let clean = tree.faults.is_empty();
    // Where the text may hold YAML that only the tree refuses, the tree has a say before serde.
    let accepted = serde.is_ok() && (clean || !needs_tree(text));
    let explained = clean && shape_faults.is_empty();
    (accepted != explained).then(|| {
        format!(
            "serde: {serde:?}\nYAML faults: {:?}\nshape faults: {:?}\n{text}",
            tree.faults.iter().map(|f| (&f.message.vi, &f.span)).collect::<Vec<_>>(),
            shape_faults.iter().map(|f| (&f.message.vi, &f.span)).collect::<Vec<_>>()
        )
    })
}

fn check<T: DeserializeOwned + JsonSchema>(seed: u64, fault_in: u64) -> Result<(), TestCaseError> {
    let root = json_schema::<T>();
    let mut writer = Writer { root: &root, chance: Chance(seed | 1), fault_in };
    for _ in 0..4 {
        let text = writer.value(&root, 0, false);
        let text = text.trim_start_matches([' ', '\n']).to_owned() + "\n";
        if let Some(words) = disagreement::<T>(&text) {
            return Err(TestCaseError::fail(words));
        }
        if writer.fault_in == 0 {
            prop_assert!(typed::<T>(&text).is_ok(), "a record without faults is refused:\n{}", text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn serde_and_the_schema_accept_the_same_records(seed in any::<u64>(), fault_in in prop::sample::select(vec![0u64, 4, 12, 40])) {
        check::<record::config::SiteConfig>(seed, fault_in)?;
        check::<List<record::directory::Field>>(seed, fault_in)?;
        check::<List<record::directory::Unit>>(seed, fault_in)?;
        check::<List<record::directory::Law>>(seed, fault_in)?;
        check::<List<record::directory::HolidayYear>>(seed, fault_in)?;
        check::<record::procedure::Procedure>(seed, fault_in)?;
        check::<record::decision::Decision>(seed, fault_in)?;
        check::<record::task_plan::TaskPlan>(seed, fault_in)?;
        check::<record::petition::Petition>(seed, fault_in)?;
        check::<record::article::ArticleHead>(seed, fault_in)?;
    }
}
