//! The privacy guard against labelled texts: those of the project's data folder, those of
//! `tests/privacy/cases.jsonl`, and the real procedures, which hold no private person's number.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use congkhai::privacy::{Allowed, Finding, Kind, Scope, mask, redact, scan};
use proptest::prelude::*;
use serde_json::Value;

/// A text with the kinds of data that are in it.
struct Case {
    id: String,
    text: String,
    expect: BTreeSet<String>,
    scope: Scope,
    allowed: Allowed,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The labelled texts of a file, or nothing (said aloud) where the file is not.
fn cases(path: &Path) -> Option<Vec<Case>> {
    let Ok(text) = fs::read_to_string(path) else {
        eprintln!("\n*** SKIPPED: {} is not there ***\n", path.display());
        return None;
    };
    let strings = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
    };
    let case = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("a case is JSON");
        Case {
            id: value["id"].as_str().expect("an id").to_owned(),
            text: value["text"].as_str().expect("a text").to_owned(),
            expect: strings(&value["expect"]).into_iter().collect(),
            scope: if value["scope"] == "other" { Scope::Other } else { Scope::Petition },
            allowed: Allowed::new(strings(&value["allow"]), Vec::<String>::new()),
        }
    };
    Some(text.lines().filter(|line| !line.is_empty()).map(case).collect())
}

fn kinds(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().map(|finding| finding.kind.key().to_owned()).collect()
}

/// Prints recall and precision of each kind; gives both for all, and the cases that are wrong.
fn figures(title: &str, cases: &[Case]) -> (BTreeMap<String, [usize; 3]>, Vec<String>) {
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases {
        let findings = scan(&case.text, case.scope, &case.allowed);
        let found = kinds(&findings);
        for kind in &case.expect | &found {
            let place = match (case.expect.contains(&kind), found.contains(&kind)) {
                (true, true) => 0,
                (true, false) => 1,
                _ => 2,
            };
            counts.entry(kind).or_default()[place] += 1;
        }
        if found != case.expect {
            wrong.push(format!(
                "{}: {:?} expected {:?}, found {:?}",
                case.id, case.text, case.expect, findings
            ));
        }
    }
    println!("\n{title}: {} texts, {} wrong", cases.len(), wrong.len());
    println!(
        "{:12} {:>5} {:>6} {:>5} {:>7} {:>9}",
        "kind", "right", "missed", "false", "recall", "precision"
    );
    for (kind, [right, missed, wrong]) in &counts {
        println!(
            "{kind:12} {right:5} {missed:6} {wrong:5} {:7.3} {:9.3}",
            share(*right, *missed),
            share(*right, *wrong)
        );
    }
    (counts, wrong)
}

fn share(part: usize, other: usize) -> f64 {
    if part + other == 0 { 1.0 } else { part as f64 / (part + other) as f64 }
}

#[test]
fn every_labelled_text_is_judged_right() {
    let Some(cases) = cases(&root().join("../shared/data/pii-cases.jsonl")) else { return };
    let (_, wrong) = figures("labelled texts", &cases);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn our_own_texts_are_judged_as_well_as_promised() {
    let cases =
        cases(&root().join("tests/privacy/cases.jsonl")).expect("our own cases are in the repository");
    let (counts, wrong) = figures("our own texts", &cases);
    for line in &wrong {
        println!("{line}");
    }
    let sum = |kinds: &dyn Fn(&str) -> bool| {
        counts
            .iter()
            .filter(|(kind, _)| kinds(kind))
            .fold([0; 3], |sum, (_, counts)| [sum[0] + counts[0], sum[1] + counts[1], sum[2] + counts[2]])
    };
    let soft = |kind: &str| matches!(kind, "name" | "address");
    let [right, missed, _] = sum(&|kind| !soft(kind));
    assert!(share(right, missed) >= 0.99, "recall of numbers and e-mail");
    let [right, missed, _] = sum(&soft);
    assert!(share(right, missed) >= 0.90, "recall of names and addresses");
    let [right, _, alarms] = sum(&|_| true);
    assert!(share(right, alarms) >= 0.95, "precision");
}

#[test]
fn real_procedures_raise_no_alarm() {
    let path = root().join("../shared/data/tthc.jsonl.gz");
    let Ok(file) = fs::File::open(&path) else {
        eprintln!("\n*** SKIPPED: {} is not there ***\n", path.display());
        return;
    };
    let mut lines = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut lines).expect("the file is gzip");
    let mut texts = Vec::new();
    for line in lines.lines() {
        strings(&serde_json::from_str(line).expect("a record is JSON"), &mut texts);
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    for scope in [Scope::Other, Scope::Petition] {
        let start = Instant::now();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in &texts {
            for finding in scan(text, scope, &Allowed::none()) {
                *counts.entry(finding.kind.key()).or_default() += 1;
                if scope == Scope::Other {
                    println!("{:?} {:?}", finding.kind, &text[finding.range.clone()]);
                } else if std::env::var_os("SHOW").is_some() {
                    // With its surroundings, to judge a false alarm by.
                    let before: String = text[..finding.range.start].chars().rev().take(60).collect();
                    let before: String = before.chars().rev().collect();
                    let after: String = text[finding.range.start..].chars().take(90).collect();
                    println!("{:?}: {before:?} >> {after:?}", finding.kind);
                }
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{scope:?}: {} texts, {bytes} bytes, {:.1} MB/s, {counts:?}",
            texts.len(),
            bytes as f64 / seconds / 1e6
        );
        if scope == Scope::Other {
            assert!(counts.is_empty(), "false alarms in real procedures");
        }
    }
}

/// All texts of a record.
fn strings(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, out)),
        Value::Object(fields) => fields.values().for_each(|value| strings(value, out)),
        _ => {}
    }
}

/// The labelled texts of both files.
fn all_cases() -> Vec<Case> {
    let files = ["tests/privacy/cases.jsonl", "../shared/data/pii-cases.jsonl"];
    files.iter().filter_map(|file| cases(&root().join(file))).flatten().collect()
}

#[test]
fn a_mask_never_shows_more_than_half() {
    for case in all_cases() {
        for finding in scan(&case.text, case.scope, &case.allowed) {
            let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            let datum = &case.text[finding.range.clone()];
            // Four digits at the head of a telephone number name the operator or the place.
            let head = if matches!(finding.kind, Kind::Phone | Kind::Landline) { 4 } else { 0 };
            // Who leaves the nought out is shown with it.
            let (shown, whole) =
                (count(&finding.masked), if head > 0 { count(datum).max(10) } else { count(datum) });
            assert!(
                shown.saturating_sub(head) * 2 <= whole.saturating_sub(head),
                "{}: {:?} {datum:?} is shown as {:?}",
                case.id,
                finding.kind,
                finding.masked
            );
            assert_ne!(finding.masked, datum, "{}", case.id);
            assert!(finding.masked.contains('*') || finding.kind == Kind::PersonName, "{}", case.id);
        }
    }
}

#[test]
fn a_redacted_text_holds_nothing_more() {
    for case in all_cases() {
        let redacted = redact(&case.text, &scan(&case.text, case.scope, &case.allowed)).into_owned();
        let left = scan(&redacted, case.scope, &case.allowed);
        assert!(left.is_empty(), "{}: {:?} holds {left:?}", case.id, redacted);
    }
}

#[test]
fn an_excepted_text_takes_out_only_itself() {
    let text = "Số trực 0912 345 678 và số riêng 0934 000 111";
    let allowed = Allowed::new(Vec::<String>::new(), ["Số trực 0912 345 678"]);
    let found = scan(text, Scope::Petition, &allowed);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].masked, "0934***111");
    let short = Allowed::new(Vec::<String>::new(), ["0912"]);
    assert_eq!(scan(text, Scope::Petition, &short).len(), 2, "a piece of a datum excepts nothing");
}

/// Sentences with one datum, its digits left open.
fn sentence() -> impl Strategy<Value = (String, &'static str)> {
    prop_oneof![
        ("(03[2-9]|05[689]|07[06-9]|08[1-9]|09[0-46-9])[0-9]{7}")
            .prop_map(|n| (format!("Gọi {n} nhé"), "phone")),
        ("0255[2-8][0-9]{6}").prop_map(|n| (format!("Máy bàn {n}."), "landline")),
        ("0(01|51|79)[01][0-9]{2}[1-9][0-9]{5}").prop_map(|n| (format!("Số {n} đã nộp"), "cccd")),
        ("2[0-9]{8}").prop_map(|n| (format!("CMND {n}"), "cmnd")),
        ("[a-w][a-z]{2,7}[0-9]{2}@(gmail|yahoo)\\.com").prop_map(|a| (format!("Gửi {a} giúp"), "email")),
        ("[1-9][0-9]{12}").prop_map(|n| (format!("số tài khoản {n}"), "bank")),
    ]
}

proptest! {
    #[test]
    fn no_text_upsets_the_scan(text in any::<String>()) {
        ranges_are_right(&text)?;
    }

    #[test]
    fn no_text_of_suspects_upsets_the_scan(
        text in "([0-9oOlI .,()+*_/@&;#%<>:|\n-]|ông |Nguyễn |Văn |sinh |STK |đ/c |tổ |76A|amp;|&#4|%2|a còng |chấm |°|\u{200b}|\u{301}|٣|１|thửa |tờ ){0,60}"
    ) {
        ranges_are_right(&text)?;
    }

    #[test]
    fn disguises_hide_nothing(
        (text, kind) in sentence(),
        places in proptest::collection::vec(any::<prop::sample::Index>(), 0..6),
        invisible in prop::sample::select(vec!['\u{200B}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{AD}', '\u{200E}', '\u{FE0F}']),
        zero in prop::sample::select(vec!['0', '０', '٠', '۰', '०', '๐', '០', '𝟎', '𝟬', '᠐']),
    ) {
        let mut chars: Vec<char> = text
            .chars()
            .map(|c| match c.to_digit(10) {
                Some(digit) => char::from_u32(u32::from(zero) + digit).unwrap_or(c),
                None => c,
            })
            .collect();
        for place in &places {
            chars.insert(place.index(chars.len() + 1), invisible);
        }
        let disguised: String = chars.into_iter().collect();
        let plain = kinds(&scan(&text, Scope::Petition, &Allowed::none()));
        prop_assert!(plain.contains(kind), "{text:?} has {plain:?}");
        prop_assert_eq!(kinds(&scan(&disguised, Scope::Petition, &Allowed::none())), plain, "{:?}", disguised);
        ranges_are_right(&disguised)?;
    }

    #[test]
    fn any_mask_shows_at_most_half(text in "[a-zA-ZÀ-ỹ0-9 .@/+-]{0,40}") {
        for kind in Kind::ALL {
            let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            let head = if matches!(kind, Kind::Phone | Kind::Landline) { 4 } else { 0 };
            let masked = mask(kind, &text);
            prop_assert!(count(&masked).saturating_sub(head) * 2 <= count(&text).saturating_sub(head), "{:?} {:?}", kind, masked);
        }
    }
}

/// Findings are pieces of the text, in order and apart, and their masks are not the datum.
fn ranges_are_right(text: &str) -> Result<(), TestCaseError> {
    for scope in [Scope::Petition, Scope::Other] {
        let mut last = 0;
        for finding in scan(text, scope, &Allowed::none()) {
            prop_assert!(finding.range.start >= last, "{:?} in {:?}", finding, text);
            let datum = text.get(finding.range.clone());
            prop_assert!(
                datum.is_some_and(|datum| !datum.is_empty() && datum != finding.masked),
                "{:?} in {:?}",
                finding,
                text
            );
            last = finding.range.end;
        }
    }
    Ok(())
}

#[test]
fn every_number_of_a_row_is_found() {
    for (text, count) in [
        ("Liên lạc qua số 0912 3456 78 hoặc 0355 123 456", 2),
        ("0914000513/0914000514", 2),
        ("0935000617 - 0935000618 đều không gọi được", 2),
        ("0914 000 543 (chồng), 0914 000 544 (vợ), 0914.000.545", 3),
        ("0914 000 543 0914 000 544\n0914 000 545", 3),
        ("CCCD 051071000601, 051071000602 và 051071000603", 3),
        ("a@vidu.com;b@vidu.com, c@vidu.com", 3),
        ("ông Nguyễn Văn Thử, bà Trần Thị Thử và anh Lê Văn Thử", 3),
    ] {
        let found = scan(text, Scope::Petition, &Allowed::none());
        assert_eq!(found.len(), count, "{text:?}: {found:?}");
    }
}
