//! The forms of decision numbers and legal text numbers, and what a slip was probably meant to be.
//!
//! Pure functions over text, without a pattern language: each says what it accepts. The forms and the
//! slips are those of 2,929 real records (national portal, 2026).

/// Whether `text` is a decision number of the usual form: digits, perhaps one small letter, `/QĐ-`,
/// the agency in capitals (`949/QĐ-UBND`, `105a/QĐ-NHNN`, `12/QĐ-BCA-C06`).
pub fn is_decision_number(text: &str) -> bool {
    let Some((number, symbol)) = text.split_once("/QĐ-") else { return false };
    let mut parts = symbol.split('-');
    is_plain_number(number) && parts.next().is_some_and(is_capitals) && parts.all(is_capitals_or_digits)
}

/// The decision number that `text` was probably meant to be; `text` itself if it is one already.
///
/// Understands the slips of real records: `QĐ/0001-BCA`, `QĐ2338-BTP`, `SỐ 64/QĐ-NHNN`,
/// `2267./QĐ-BXD`, `3980 /QĐ-BQP`, `1170/QD-BTP`. A number without its agency (`1681`) has no repair:
/// only the signed paper tells the rest.
pub fn repaired_decision(text: &str) -> Option<String> {
    if is_decision_number(text) {
        return Some(text.to_owned());
    }
    let mut number: Option<String> = None;
    let mut marked = false;
    let mut agency: Vec<String> = Vec::new();
    for token in tokens(text) {
        match token.as_str() {
            "SỐ" | "SO" | "QUYẾT" | "ĐỊNH" if number.is_none() && !marked => {}
            "NGÀY" | "NGAY" => break,
            "QĐ" | "QD" if !marked => marked = true,
            _ if token.starts_with(|c: char| c.is_ascii_digit()) && agency.is_empty() => {
                if number.replace(token.to_lowercase()).is_some() {
                    return None; // Two numbers: a year, or another number. Which one counts?
                }
            }
            _ => agency.push(with_stroke(&token)),
        }
    }
    let repaired = format!("{}/QĐ-{}", number?, agency.join("-"));
    (marked && is_decision_number(&repaired)).then_some(repaired)
}

/// The runs of letters and digits of `text` in capitals; `QĐ` and the number stand apart even where
/// nothing divides them.
fn tokens(text: &str) -> Vec<String> {
    let upper: String = text.chars().flat_map(|c| one_stroke(c).to_uppercase()).collect();
    let mut tokens = Vec::new();
    for run in upper.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let mut rest = run;
        while !rest.is_empty() {
            let after_mark = rest.strip_prefix("QĐ").or_else(|| rest.strip_prefix("QD"));
            let len = match after_mark {
                Some(after) => rest.len() - after.len(),
                None if rest.starts_with(|c: char| c.is_ascii_digit()) => number_len(rest),
                None => rest.len(),
            };
            tokens.push(rest[..len].to_owned());
            rest = &rest[len..];
        }
    }
    tokens
}

/// How far a number reaches: its digits, and one letter if nothing or `QĐ` follows it.
fn number_len(run: &str) -> usize {
    let digits = run.len() - run.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut after = run[digits..].chars();
    match (after.next(), after.as_str()) {
        (Some('Q'), "Đ" | "D") => digits,
        (Some(letter), "") => digits + letter.len_utf8(),
        (Some(letter), rest) if rest.starts_with("QĐ") || rest.starts_with("QD") => {
            digits + letter.len_utf8()
        }
        _ => digits,
    }
}

/// Whether `text` is a legal text number of a usual form: `61/2020/QH14`, `131/2021/NĐ-CP`,
/// `66.18/2026/NQ-CP`, `766/QĐ-TTg`, `105/2016/TTLT-BQP-BCA-BLĐTBXH`, and `19-NQ/TW` of the Party.
pub fn is_law_number(text: &str) -> bool {
    let mut parts = text.split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(number), Some(year), Some(symbol), None) => {
            is_dotted_number(number) && is_year(year) && is_symbol(symbol)
        }
        (Some(number), Some(symbol), None, None) => match number.split_once('-') {
            Some((number, kind)) => is_plain_number(number) && is_capitals(kind) && is_symbol(symbol),
            None => is_dotted_number(number) && is_symbol(symbol),
        },
        _ => false,
    }
}

/// The legal text number that `text` was probably meant to be; `text` itself if it is one already.
///
/// Understands a number inside its title (`Nghị định số 22/2026/NĐ-CP`), a date behind it
/// (`94/2025/QH15 ngày 27/6/2025`), a lost stroke (`22/2026/ND-CP`), small letters and stray spaces.
pub fn repaired_law(text: &str) -> Option<String> {
    if is_law_number(text) {
        return Some(text.to_owned());
    }
    let start = text.find(|c: char| c.is_ascii_digit())?;
    // Spaces beside a divider go; the number ends with the first one that is left.
    let mut joined = String::with_capacity(text.len());
    let mut gap = false;
    for c in text[start..].chars() {
        let c = match c {
            '–' | '—' | '‐' | '‑' | '−' => '-',
            c => one_stroke(c),
        };
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let divider = matches!(c, '/' | '-');
        if gap && !divider && !joined.ends_with(['/', '-']) {
            break;
        }
        gap = false;
        if c == '/' {
            joined.truncate(joined.trim_end_matches(['.', '/']).len());
        }
        joined.push(c);
    }
    let joined = joined.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut repaired = String::with_capacity(joined.len());
    for (i, part) in joined.split('/').enumerate() {
        if i > 0 {
            repaired.push('/');
        }
        if part.starts_with(|c: char| c.is_ascii_digit()) && !part.contains('-') {
            repaired.push_str(&part.to_lowercase());
            continue;
        }
        for (j, segment) in part.split('-').enumerate() {
            if j > 0 {
                repaired.push('-');
            }
            repaired.push_str(&with_stroke(&segment.to_uppercase()));
        }
    }
    is_law_number(&repaired).then_some(repaired)
}

/// Digits and perhaps one small letter: `949`, `105a`.
fn is_plain_number(text: &str) -> bool {
    is_digits(text.strip_suffix(|c: char| c.is_ascii_lowercase() || c == 'đ').unwrap_or(text))
}

/// A plain number, perhaps with parts after dots: `66.18`.
fn is_dotted_number(text: &str) -> bool {
    let mut parts = text.rsplit('.');
    parts.next().is_some_and(is_plain_number) && parts.all(is_digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u16| (1945..2100).contains(&year))
}

fn is_capitals(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c == 'Đ')
}

fn is_capitals_or_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == 'Đ')
}

/// The kind and the agency of a legal text: `QH14`, `NĐ-CP`, `QĐ-TTg`, `PL-UBTVQH`.
fn is_symbol(text: &str) -> bool {
    text.split('-').all(|segment| {
        let known = segment == "TTg"
            || (is_capitals_or_digits(segment) && segment.starts_with(|c: char| !c.is_ascii_digit()));
        known && !LOST_STROKES.iter().any(|(wrong, _)| *wrong == segment)
    })
}

/// Abbreviations that are typed without the stroke of their Đ, and the one with small letters.
const LOST_STROKES: &[(&str, &str)] = &[
    ("ND", "NĐ"),
    ("QD", "QĐ"),
    ("HDND", "HĐND"),
    ("BLDTBXH", "BLĐTBXH"),
    ("LDTBXH", "LĐTBXH"),
    ("TLD", "TLĐ"),
    ("HDNN", "HĐNN"),
    ("HDBT", "HĐBT"),
    ("TTG", "TTg"),
];

fn with_stroke(segment: &str) -> String {
    let right = LOST_STROKES.iter().find(|(wrong, _)| *wrong == segment).map(|(_, right)| *right);
    right.unwrap_or(segment).to_owned()
}

/// The Vietnamese Đ for the look-alikes of other languages (Icelandic Ð, African Ɖ).
fn one_stroke(c: char) -> char {
    match c {
        '\u{D0}' | '\u{189}' => 'Đ',
        '\u{F0}' | '\u{256}' => 'đ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn usual_decision_numbers_pass_and_slips_are_understood() {
        for good in ["949/QĐ-UBND", "3115/QĐ-BKHCN", "105a/QĐ-NHNN", "12/QĐ-BCA-C06", "01/QĐ-TTPVHCC"] {
            assert!(is_decision_number(good), "{good}");
        }
        for (slip, meant) in [
            ("1681", None),
            ("QĐ/0001-BCA", Some("0001/QĐ-BCA")),
            ("QĐ2338-BTP", Some("2338/QĐ-BTP")),
            ("SỐ 64/QĐ-NHNN", Some("64/QĐ-NHNN")),
            ("2267./QĐ-BXD", Some("2267/QĐ-BXD")),
            ("3980 /QĐ-BQP", Some("3980/QĐ-BQP")),
            ("1170/QD-BTP", Some("1170/QĐ-BTP")),
            ("949/qđ-ubnd", Some("949/QĐ-UBND")),
            ("949/QÐ-UBND", Some("949/QĐ-UBND")),
            ("Quyết định số 949/QĐ-UBND ngày 20/06/2025", Some("949/QĐ-UBND")),
            ("949QĐ-UBND", Some("949/QĐ-UBND")),
            ("105A/QD-NHNN", Some("105a/QĐ-NHNN")),
            ("949/2025/QĐ-UBND", None),
            ("Demo/QĐ-BCA", None),
            ("…/QĐ-BCA-CNN", None),
            ("949/QĐ", None),
            ("949/UBND", None),
            ("", None),
        ] {
            assert!(!is_decision_number(slip), "{slip}");
            assert_eq!(repaired_decision(slip).as_deref(), meant, "{slip}");
        }
    }

    #[test]
    fn usual_legal_text_numbers_pass_and_slips_are_understood() {
        for good in [
            "61/2020/QH14",
            "131/2021/NĐ-CP",
            "66.18/2026/NQ-CP",
            "28/2005/PL-UBTVQH",
            "04/2011/PL-UBTVQH12",
            "105/2016/TTLT-BQP-BCA-BLĐTBXH",
            "766/QĐ-TTg",
            "29/2023/QĐ-TTg",
            "68/NQ-CP",
            "257/KH-SKHCN",
            "02/2017/TT-VPCP",
            "19-NQ/TW",
            "37-LCT/HĐNN8",
        ] {
            assert!(is_law_number(good), "{good}");
        }
        for (slip, meant) in [
            ("Nghị định số 22/2026/NĐ-CP", Some("22/2026/NĐ-CP")),
            ("94/2025/QH15 ngày 27/6/2025", Some("94/2025/QH15")),
            ("22/2026/ND-CP", Some("22/2026/NĐ-CP")),
            ("22/2026/nđ-cp", Some("22/2026/NĐ-CP")),
            ("766/QD-TTG", Some("766/QĐ-TTg")),
            ("22 / 2026 / NĐ – CP", Some("22/2026/NĐ-CP")),
            ("22/2026/NĐ-CP.", Some("22/2026/NĐ-CP")),
            ("22./2026/NĐ-CP", Some("22/2026/NĐ-CP")),
            ("105/2016/TTLT-BQP-BCA-BLDTBXH", Some("105/2016/TTLT-BQP-BCA-BLĐTBXH")),
            ("Luật Cư trú", None),
            ("22/26/NĐ-CP", None),
            ("22/2026", None),
            ("", None),
        ] {
            assert!(!is_law_number(slip), "{slip}");
            assert_eq!(repaired_law(slip).as_deref(), meant, "{slip}");
        }
    }

    /// Texts near to real numbers: parts of them, shuffled and spoilt.
    fn near() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "[0-9]{1,4}[a-zđ]?",
            "(QĐ|QD|qđ|QÐ|NĐ|ND|TT|NQ|TTg|TTG|QH14)",
            "(UBND|HDND|BCA|C06|Bkhcn|CP)",
            "[/.\\- –]{1,2}",
            "(Số|Quyết định|ngày|Nghị định) ?",
            "\\PC",
        ];
        prop::collection::vec(part, 0..9).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn a_repaired_number_passes_and_needs_no_repair(text in near()) {
            if let Some(repaired) = repaired_decision(&text) {
                prop_assert!(is_decision_number(&repaired), "{repaired}");
                prop_assert_eq!(repaired_decision(&repaired), Some(repaired));
            }
            if let Some(repaired) = repaired_law(&text) {
                prop_assert!(is_law_number(&repaired), "{repaired}");
                prop_assert_eq!(repaired_law(&repaired), Some(repaired));
            }
        }

        #[test]
        fn no_text_upsets_the_repair(text in any::<String>()) {
            repaired_decision(&text);
            repaired_law(&text);
        }

        #[test]
        fn usual_numbers_stay_as_they_are(number in 1u32..9999, year in 1946u32..2099, agency in "[A-ZĐ]{2,8}") {
            let decision = format!("{number}/QĐ-{agency}");
            prop_assert!(is_decision_number(&decision));
            prop_assert_eq!(repaired_decision(&decision), Some(decision));
            let law = format!("{number}/{year}/TT-B{agency}");
            prop_assert!(is_law_number(&law));
        }
    }
}
