//! The patcher against random records, random edits and every way of writing them.

use proptest::prelude::*;

use super::*;
use crate::at;

fn open(text: &str) -> Document {
    let file = SitePath::new("thu-tuc/x.yaml").expect("good");
    Document::open(&file, FileKind::Procedure, text.as_bytes()).expect("readable")
}

fn edited(text: &str, edit: Edit) -> String {
    let mut document = open(text);
    document.apply(&edit).unwrap_or_else(|fault| panic!("{fault}\n{text}\n{edit:?}"));
    document.text()
}

fn set(text: &str, at: Pointer, value: impl Into<Value>) -> String {
    edited(text, Edit::Set { at, value: value.into() })
}

#[test]
fn a_value_changes_and_its_comment_stays() {
    assert_eq!(set("ma: 1 # số\nten: x\n", at!["ma"], "2"), "ma: 2 # số\nten: x\n");
    assert_eq!(set("ma: '1' # số\n", at!["ma"], "1.010"), "ma: '1.010' # số\n");
    assert_eq!(set("ma: 1\n", at!["ma"], "1.010"), "ma: \"1.010\"\n");
    assert_eq!(set("ma:\nten: x\n", at!["ma"], "no"), "ma: \"no\"\nten: x\n");
    assert_eq!(set("ma: # chưa có\n", at!["ma"], "a: b"), "ma: \"a: b\" # chưa có\n");
    assert_eq!(set("a: [1, 2] # c\n", at!["a", 1], "x, y"), "a: [1, \"x, y\"] # c\n");
    assert_eq!(set("a:\n  - x # một\n  - y\n", at!["a", 0], "z"), "a:\n  - z # một\n  - y\n");
}

#[test]
fn a_text_of_several_lines_is_a_block_and_back() {
    assert_eq!(set("a: x # c\nb: 1\n", at!["a"], "một\n\nhai"), "a: |- # c\n  một\n\n  hai\nb: 1\n");
    assert_eq!(set("a: |- # c\n  một\n  hai\nb: 1\n", at!["a"], "ba"), "a: ba # c\nb: 1\n");
    let long = "chữ ".repeat(60).trim_end().to_owned();
    let text = set("a: >-\n  một\n  hai\nb: 1\n", at!["a"], long.as_str());
    assert!(text.starts_with("a: >-\n  chữ chữ") && text.lines().all(|l| l.chars().count() <= 102), "{text}");
}

#[test]
fn keys_and_entries_come_and_go_by_whole_lines() {
    let put = |text: &str, map: Pointer, key: &str, value: Value, after: Option<&str>| {
        edited(text, Edit::Put { map, key: key.into(), value, after: after.map(str::to_owned) })
    };
    let list =
        Value::List(vec!["x".into(), Value::Map(vec![("k".into(), "v".into()), ("l".into(), Value::Null)])]);
    assert_eq!(
        put("# đầu\na: 1 # c\n# cuối\n", at![], "b", list.clone(), Some("a")),
        "# đầu\na: 1 # c\nb:\n  - x\n  - k: v\n    l:\n# cuối\n"
    );
    assert_eq!(put("a: 1", at![], "b", "2".into(), None), "b: 2\na: 1");
    assert_eq!(put("a: 1", at![], "b", "2".into(), Some("a")), "a: 1\nb: 2");
    assert_eq!(put("# chỉ có lời dặn\n", at![], "b", "2".into(), None), "# chỉ có lời dặn\nb: 2\n");
    assert_eq!(
        put("l:\n- a: 1\n- a: 2\n", at!["l", 0], "b", "x".into(), None),
        "l:\n- b: x\n  a: 1\n- a: 2\n"
    );
    assert_eq!(put("l: {a: 1}\n", at!["l"], "b", "x".into(), Some("a")), "l: {a: 1, b: x}\n");
    let delete = |text: &str, at: Pointer| edited(text, Edit::Delete { at });
    assert_eq!(delete("a: 1\n# của b\nb:\n  - 1\n  - 2 # hai\nc: 3\n", at!["b"]), "a: 1\n# của b\nc: 3\n");
    assert_eq!(delete("l:\n  - a: 1\n    b: 2\n", at!["l", 0, "a"]), "l:\n  - b: 2\n");
    assert_eq!(delete("l:\n  - a: 1\n    b: 2\n", at!["l", 0]), "l: []\n");
    assert_eq!(delete("l: # c\n  - x\nm: 1\n", at!["l", 0]), "l: [] # c\nm: 1\n");
    assert_eq!(delete("l: [a, b, c]\n", at!["l", 1]), "l: [a, c]\n");
    let insert = |text: &str, list: Pointer, index: usize, value: Value| {
        edited(text, Edit::Insert { list, index, value })
    };
    assert_eq!(
        insert("l:\n  - a # một\n  # dặn\n  - b\n", at!["l"], 1, "x".into()),
        "l:\n  - a # một\n  - x\n  # dặn\n  - b\n"
    );
    assert_eq!(insert("l: []\n", at!["l"], 0, "x".into()), "l:\n  - x\n");
    assert_eq!(insert("l:\nm: 1\n", at!["l"], 0, "x".into()), "l:\n  - x\nm: 1\n");
}

#[test]
fn keys_move_with_their_comments() {
    let order = |text: &str, keys: &[&str]| {
        edited(text, Edit::Order { map: at![], keys: keys.iter().map(|k| (*k).to_owned()).collect() })
    };
    assert_eq!(
        order("# tệp\n\nb: 1 # hai\n\n# của a\na:\n  - x\n", &["a", "b"]),
        "# tệp\n\n# của a\na:\n  - x\n\nb: 1 # hai\n"
    );
    assert_eq!(order("# tệp\nb: 1\na: 2", &["a", "b"]), "# tệp\na: 2\nb: 1");
}

#[test]
fn bom_and_line_ends_of_windows_stay() {
    let text = "\u{FEFF}a: 1\r\nb:\r\n  - x\r\nc: |-\r\n  một\r\n  hai\r\n";
    assert_eq!(
        set(text, at!["b"], Value::List(vec!["w".into(), "z".into()])),
        "\u{FEFF}a: 1\r\nb:\r\n  - w\r\n  - z\r\nc: |-\r\n  một\r\n  hai\r\n"
    );
    assert_eq!(set(text, at!["a"], "p\nq"), text.replace("a: 1\r\n", "a: |-\r\n  p\r\n  q\r\n"));
}

#[test]
fn an_article_keeps_its_text() {
    let file = SitePath::new("bai-viet/tin/x.md").expect("good");
    let text = "---\r\nngay: 2026-01-01\r\n---\r\nBài  \r\n---\r\n";
    let mut document = Document::open(&file, FileKind::Article, text.as_bytes()).expect("readable");
    document.apply(&Edit::Set { at: at!["ngay"], value: "2026-01-02".into() }).expect("edited");
    assert_eq!(document.text(), text.replace("01-01", "01-02"));
}

#[test]
fn what_cannot_be_read_is_not_touched() {
    let file = SitePath::new("thu-tuc/x.yaml").expect("good");
    let open = |bytes: &[u8]| Document::open(&file, FileKind::Procedure, bytes).expect_err("refused");
    assert_eq!(open(b"a: \xFF\n"), EditFault::Encoding);
    assert_eq!(open(b"a: 1\na: 2\n"), EditFault::Broken);
    assert_eq!(open(b"a: \"x\n"), EditFault::Broken);
    assert_eq!(open("a:\n\u{a0} b: 1\n".as_bytes()), EditFault::Unclean);
    assert!(matches!(
        super::tests::open("a: 1\n").apply(&Edit::Delete { at: at!["b"] }),
        Err(EditFault::NoPlace(_))
    ));
}

#[test]
fn a_deleted_and_an_added_paper_are_two_small_changes() {
    let text = "ho_so:\n  - giay_to: # cần có\n      - ten: Đơn\n        mau: a.doc # mới\n      - ten: Bản sao\nten: x\n";
    let mut document = open(text);
    let mut wanted = document.value().expect("readable");
    let papers = wanted.at_mut(&at!["ho_so", 0, "giay_to"]).expect("there");
    if let Value::List(items) = papers {
        items[1] =
            Value::Map(vec![("ten".into(), "Giấy ủy quyền".into()), ("bat_buoc".into(), "true".into())]);
        items.push(Value::Map(vec![("ten".into(), "Ảnh".into())]));
    }
    document.update(&wanted).expect("updated");
    assert_eq!(
        document.text(),
        "ho_so:\n  - giay_to: # cần có\n      - ten: Đơn\n        mau: a.doc # mới\n      - ten: Giấy ủy quyền\n        bat_buoc: true\n      - ten: Ảnh\nten: x\n"
    );
}

// ---- Random records, written in every way ------------------------------------------------------

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zđà-ỹ]{1,8}( [a-zà-ỹ]{1,6}){0,3}",
        1 => prop::sample::select(vec![
            "", "~", "null", "no", "1.010", "0123", "12:30", "2026-03-05", "-", "- a", "#", "a #b", "a: b", "a:", "[x",
            "x]", "{", "}", "a, b", "'", "\"", "it's", "“chữ”", "&a", "*a", "!t", "%", "@", "`", "|", ">-", "? x", "---",
            "...", "<<", "=", "\\", "a\\nb", "true", "150000", " x", "x ", "\u{a0}x", "a  b", ":", "một: hai", "https://a.vn/x?y#z",
            "một\nhai", "một\n\nhai\n", "\nmột", " một\nhai", "một\n  hai\nba", "một\n\n", "- a\n- b", "# a\nb", "\n", "a\tb", "x\u{2028}y",
            "\u{200b}x", "\u{FEFF}", "một \n hai",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "[a-z]{1,7}( [a-z]{1,9}){20,30}",
    ]
    .prop_map(|text| crate::vi::unicode::to_nfc(&text).chars().filter(|c| !crate::vi::unicode::is_forbidden_control(*c)).collect())
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![6 => words().prop_map(Value::Scalar), 1 => Just(Value::Null)];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List), maps(inner),]
    })
}

fn maps(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop::collection::btree_map("[a-f]{1,2}", inner, 0..4)
        .prop_map(|map| Value::Map(map.into_iter().collect::<Vec<_>>()))
}

fn records() -> impl Strategy<Value = Value> {
    maps(values()).prop_filter("a record has keys", |v| !v.is_flat())
}

/// Writes a value as some editor might: a source of chance chooses styles, comments and blank lines.
struct Hand(u64);

impl Hand {
    fn one_in(&mut self, n: u64) -> bool {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.is_multiple_of(n)
    }

    fn noise(&mut self, indent: usize, lines: &mut Vec<String>) {
        if self.one_in(6) {
            lines.push(String::new());
        }
        if self.one_in(5) {
            lines.push(format!("{:indent$}# lời: dặn - của ai", ""));
        }
    }

    fn tail(&mut self) -> &'static str {
        if self.one_in(4) { " # ghi chú" } else { "" }
    }

    fn scalar(&mut self, text: &str, indent: usize) -> (String, Vec<String>) {
        let style = [Style::Plain, Style::Single, Style::Double, Style::Literal, Style::Folded]
            [usize::from(self.one_in(2)) + usize::from(self.one_in(2)) * 2 + usize::from(self.one_in(3))];
        let laid = layout::block(&Value::Scalar(text.to_owned()), indent, Some(style));
        (laid.head, laid.body)
    }

    fn map(&mut self, entries: &[(String, Value)], indent: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for (i, (key, value)) in entries.iter().enumerate() {
            if i > 0 || indent == 0 {
                self.noise(indent, &mut lines);
            }
            let (head, body) = self.value(value, indent, false);
            lines.push(format!("{:indent$}{}:{head}{}", "", layout::key(key), self.tail()));
            lines.extend(body);
        }
        lines
    }

    fn value(&mut self, value: &Value, indent: usize, in_list: bool) -> (String, Vec<String>) {
        let step = if self.one_in(3) { 4 } else { 2 };
        match value {
            Value::Null => ((if self.one_in(2) { "" } else { " ~" }).to_owned(), Vec::new()),
            Value::Scalar(text) => {
                let (head, body) = self.scalar(text, indent);
                (format!(" {head}"), body)
            }
            _ if value.is_flat() || self.one_in(4) => (format!(" {}", layout::flow(value)), Vec::new()),
            Value::Map(entries) => (String::new(), self.map(entries, indent + step)),
            Value::List(items) => {
                let indent = if !in_list && self.one_in(4) { indent } else { indent + step };
                let mut lines = Vec::new();
                for item in items {
                    self.noise(indent, &mut lines);
                    match item {
                        Value::Map(entries) if !entries.is_empty() && !self.one_in(5) => {
                            let mut inner = self.map(entries, indent + 2);
                            let first = inner.iter().position(|l| !l.trim().is_empty()).unwrap_or(0);
                            inner[first] = format!("{:indent$}- {}", "", inner[first].trim_start());
                            lines.extend(inner);
                        }
                        _ => {
                            let (head, body) = self.value(item, indent, true);
                            lines.push(format!("{:indent$}-{head}{}", "", self.tail()));
                            lines.extend(body);
                        }
                    }
                }
                (String::new(), lines)
            }
        }
    }

    fn write(&mut self, record: &Value) -> String {
        let Value::Map(entries) = record else { return String::new() };
        let newline = if self.one_in(4) { "\r\n" } else { "\n" };
        let mut text = self.map(entries, 0).join(newline);
        if !self.one_in(5) {
            text.push_str(newline);
        }
        if self.one_in(5) { format!("\u{FEFF}{text}") } else { text }
    }
}

use super::layout::Style;

/// Every path of a value, its own first.
fn paths(value: &Value, at: &Pointer, out: &mut Vec<Pointer>) {
    out.push(at.clone());
    match value {
        Value::Map(entries) => {
            entries.iter().for_each(|(key, value)| paths(value, &at.then(key.as_str()), out))
        }
        Value::List(items) => items.iter().enumerate().for_each(|(i, item)| paths(item, &at.then(i), out)),
        _ => {}
    }
}

/// The lines of `before` that are in `after` too, in order, and those that are not.
fn lost_lines(before: &str, after: &str) -> Vec<String> {
    let mut rest = after.split_inclusive('\n');
    let mut lost = Vec::new();
    let mut ahead = rest.clone();
    for line in before.split_inclusive('\n') {
        match ahead.by_ref().position(|other| other == line) {
            Some(_) => rest = ahead.clone(),
            None => {
                lost.push(line.to_owned());
                ahead = rest.clone();
            }
        }
    }
    lost
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_is_made_and_nothing_else_is_touched(
        record in records(), seed in any::<u64>(), pick in any::<prop::sample::Index>(), what in 0..4, value in values(), place in any::<prop::sample::Index>(),
    ) {
        let text = Hand(seed | 1).write(&record);
        let file = SitePath::new("thu-tuc/x.yaml").expect("good");
        let Ok(mut document) = Document::open(&file, FileKind::Procedure, text.as_bytes()) else {
            // A style may not be able to hold a text; the others are tried in other cases.
            return Err(TestCaseError::reject("not readable"));
        };
        prop_assume!(document.value().as_ref() == Ok(&record));
        let mut all = Vec::new();
        paths(&record, &Pointer::root(), &mut all);
        let target = pick.get(&all).clone();
        let there = record.at(&target.0).expect("a path of it").clone();
        let edit = match (&there, what) {
            (Value::Map(entries), 0) => {
                let keys: Vec<String> = entries.iter().map(|(key, _)| key.clone()).collect();
                let after = place.index(keys.len() + 1).checked_sub(1).map(|i| keys[i].clone());
                Edit::Put { map: target.clone(), key: "moi".into(), value, after }
            }
            (Value::List(items), 0 | 1) => Edit::Insert { list: target.clone(), index: place.index(items.len() + 1), value },
            _ if what == 2 && !target.0.is_empty() => Edit::Delete { at: target.clone() },
            _ if !target.0.is_empty() => Edit::Set { at: target.clone(), value },
            _ => Edit::Put { map: target.clone(), key: "moi".into(), value, after: None },
        };
        let wanted = edit.made_on(&record).expect("possible");
        if let Err(fault) = document.apply(&edit) {
            return Err(TestCaseError::fail(format!("{fault}: {edit:?}\n{text}")));
        }
        // (a) The record reads as edited, by the reader of files as well.
        let after = document.text();
        let again = Document::open(&file, FileKind::Procedure, after.as_bytes());
        prop_assert!(again.as_ref().is_ok_and(|d| d.value().as_ref() == Ok(&wanted)), "{edit:?}\n{text}\n->\n{after}");
        // (b) Every line of the text that holds nothing of the place that was edited is still there.
        let tree = crate::parse::yaml::tree(&open_yaml(&text));
        let root = tree.root.expect("readable");
        let body = open_yaml(&text);
        let span = touched(&body, &root, &edit);
        let mut at = 0;
        let mut untouched = String::new();
        for line in body.split_inclusive('\n') {
            let end = at + line.len();
            if end <= span.start || at > span.end {
                untouched.push_str(line);
            }
            at = end;
        }
        let lost = lost_lines(untouched.trim_end_matches(['\r', '\n']), &after);
        let lost: Vec<_> = lost.into_iter().filter(|line| !after.contains(line.trim())).collect();
        prop_assert!(lost.is_empty(), "lost {lost:?} by {edit:?}\n{text}\n->\n{after}");
        prop_assert_eq!(after.starts_with('\u{FEFF}'), text.starts_with('\u{FEFF}'));
        let foreign = if text.contains("\r\n") { after.replace("\r\n", "").contains('\n') } else { after.contains('\r') };
        prop_assert!(!foreign, "another sort of line break:\n{after:?}");
    }

    #[test]
    fn an_update_says_what_was_wanted_and_no_update_changes_no_byte(record in records(), wanted in records(), seed in any::<u64>()) {
        let text = Hand(seed | 1).write(&record);
        let file = SitePath::new("thu-tuc/x.yaml").expect("good");
        let opened = Document::open(&file, FileKind::Procedure, text.as_bytes());
        prop_assume!(opened.is_ok());
        let mut document = opened.expect("assumed");
        prop_assume!(document.value().as_ref() == Ok(&record));
        prop_assert_eq!(document.update(&record), Ok(Vec::new()));
        prop_assert_eq!(document.text(), text.as_str());
        let made = document.update(&wanted);
        prop_assert!(made.is_ok(), "{made:?} {wanted:?}\n{text}");
        prop_assert!(document.value().is_ok_and(|v| v.same(&wanted)));
        let once = document.text();
        prop_assert_eq!(document.update(&wanted), Ok(Vec::new()));
        prop_assert_eq!(document.text(), once);
    }
}

fn open_yaml(text: &str) -> String {
    text.trim_start_matches('\u{FEFF}').to_owned()
}

/// The bytes that an edit may touch: the place itself, its key and the neighbours whose line it shares.
fn touched(yaml: &str, root: &crate::parse::yaml::Node, edit: &Edit) -> std::ops::Range<usize> {
    let at = match edit {
        Edit::Set { at, .. } | Edit::Delete { at } => at.clone(),
        Edit::Put { map, .. } | Edit::Order { map, .. } => map.clone(),
        Edit::Insert { list, .. } => list.clone(),
    };
    let mut at = at;
    // Where the last entry goes, what goes is the collection.
    if matches!(edit, Edit::Delete { .. }) {
        let mut parent = at.clone();
        parent.0.pop();
        let single = match splice::find(root, &parent).map(|f| &f.node.kind) {
            Some(crate::parse::yaml::NodeKind::Map(entries)) => entries.len() == 1,
            Some(crate::parse::yaml::NodeKind::List(items)) => items.len() == 1,
            _ => false,
        };
        if single {
            at = parent;
        }
    }
    let node = splice::find(root, &at).expect("there").node;
    let start = match at.0.split_last() {
        Some((Step::Key(key), rest)) => {
            let parent = splice::find(root, &Pointer(rest.to_vec())).expect("there").node;
            parent.entry(key).expect("there").0.span.start
        }
        // A block text starts below the line of its dash.
        Some((Step::Index(_), _)) => {
            splice::Text { yaml, newline: "\n" }.dash(node).unwrap_or(node.span.start)
        }
        _ => node.span.start,
    };
    // A new key or entry touches only the line that it is put behind, and empty collections are replaced.
    let end = match edit {
        Edit::Put { .. } | Edit::Insert { .. } if !Value::of(node).is_flat() => node.span.start,
        _ => node.span.end,
    };
    start..end.max(start)
}
