//! Whether a legal text is in force on a day.

use super::Model;
use crate::base::date::Date;
use crate::record::directory::Law;
use crate::record::scalar::LawNumber;

/// The validity of a legal text on a day, as far as its record tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// The record gives no date: nothing can be said.
    Unknown,
    /// In force from a later day on.
    NotYet(Date),
    /// In force.
    InForce,
    /// No longer in force.
    Expired {
        /// The last day in force.
        last: Date,
        /// Whether no record says so: another text has replaced it, and that one is in force.
        computed: bool,
    },
}

/// The validity of a legal text on the day of the build.
///
/// `hieu_luc_den` is the last day in force. Where it is not typed, a text ends when the one that is to
/// replace it comes into force. Only the editors know of parts that stay in force for a while: they type
/// `hieu_luc_den`, which goes before what is computed here.
pub fn validity(model: &Model, law: &Law) -> Validity {
    let next = law.replaced_by.as_ref().filter(|next| **next != law.number);
    let next = next.and_then(|next| model.laws.get(next)).and_then(|next| next.record.in_force_from);
    on(law, next.map(|from| from.0), model.as_of.date())
}

/// The same, told from when the text that replaces it is in force.
fn on(law: &Law, replaced_from: Option<Date>, day: Date) -> Validity {
    match (law.in_force_until, replaced_from) {
        (Some(until), _) if until.0 < day => return Validity::Expired { last: until.0, computed: false },
        (None, Some(from)) if from <= day => {
            return Validity::Expired { last: from.plus_days(-1), computed: true };
        }
        _ => {}
    }
    match law.in_force_from {
        Some(from) if from.0 > day => Validity::NotYet(from.0),
        Some(_) => Validity::InForce,
        None => Validity::Unknown,
    }
}

/// The legal texts of the site that a sentence names by their numbers, in the order of the sentence.
/// `20/2008/NĐ-CP` is not found in `120/2008/NĐ-CP`.
pub fn named_in<'m>(model: &'m Model, sentence: &str) -> Vec<&'m LawNumber> {
    let of_a_number = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-');
    let mut found: Vec<(usize, &LawNumber)> = Vec::new();
    for number in model.laws.keys() {
        let whole = |(start, words): &(usize, &str)| {
            let before = sentence[..*start].chars().next_back();
            let after = sentence[start + words.len()..].chars().next();
            !before.is_some_and(of_a_number) && !after.is_some_and(of_a_number)
        };
        let first = sentence.match_indices(number.as_str()).find(whole);
        found.extend(first.map(|(start, _)| (start, number)));
    }
    found.sort();
    found.into_iter().map(|(_, number)| number).collect()
}

/// The words of a sentence that are numbers of legal texts: digits first, then a stroke, and letters
/// (`104/2022/NĐ-CP`, `06/QĐ-TTg`); a date such as `21/12/2022` has none.
pub fn numbers_in(sentence: &str) -> Vec<&str> {
    let marks = |c: char| !c.is_alphanumeric();
    sentence
        .split_whitespace()
        .map(|word| word.trim_matches(marks))
        .filter(|word| {
            word.starts_with(|c: char| c.is_ascii_digit())
                && word.contains('/')
                && word.contains(char::is_alphabetic)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::scalar::{Day, LawNumber, Scalar, Text};

    fn law(from: Option<&str>, until: Option<&str>) -> Law {
        let day = |text: &str| Day::parse(text).expect("a good date");
        Law {
            number: LawNumber::parse("42/2022/NĐ-CP").expect("good"),
            name: Text::parse("Nghị định").expect("good"),
            agency: None,
            issued: None,
            in_force_from: from.map(day),
            in_force_until: until.map(day),
            replaced_by: None,
            source: None,
            editor_note: None,
        }
    }

    #[test]
    fn numbers_are_read_out_of_a_sentence() {
        let numbers = numbers_in(
            "Điều 14 (khoản 2) Nghị định 104/2022/NĐ-CP ngày 21/12/2022; Quyết định 06/QĐ-TTg, Luật số 68/2020/QH14.",
        );
        assert_eq!(numbers, ["104/2022/NĐ-CP", "06/QĐ-TTg", "68/2020/QH14"]);
    }

    #[test]
    fn the_last_day_in_force_still_counts() {
        let day = |text: &str| Date::parse(text).expect("a good date");
        let repealed = law(Some("2022-08-15"), Some("2026-06-30"));
        let validity = |law: &Law, on_day: Date| on(law, None, on_day);
        assert_eq!(validity(&repealed, day("2022-08-14")), Validity::NotYet(day("2022-08-15")));
        assert_eq!(validity(&repealed, day("2026-06-30")), Validity::InForce);
        assert_eq!(
            validity(&repealed, day("2026-07-01")),
            Validity::Expired { last: day("2026-06-30"), computed: false }
        );
        assert_eq!(validity(&law(None, None), day("2026-07-01")), Validity::Unknown);
        assert_eq!(
            validity(&law(None, Some("2026-06-30")), day("2026-06-30")),
            Validity::Unknown,
            "without a first day nothing certain can be said"
        );
    }

    #[test]
    fn a_text_ends_when_the_one_that_replaces_it_begins() {
        let text = |next: &str| {
            format!(
                "- {{so_ky_hieu: 1/2020/NĐ-CP, ten: A, hieu_luc_tu: 2020-03-01, thay_the_boi: 2/2026/NĐ-CP}}\n- {{so_ky_hieu: 2/2026/NĐ-CP, ten: B{next}}}\n"
            )
        };
        let on = |day: &str, laws: &str| {
            let model = crate::plan::testing::model(day, &[("danh-muc/van-ban.yaml", laws)]);
            let old = model.laws.values().next().expect("a law").record.clone();
            validity(&model, &old)
        };
        let begins = text(", hieu_luc_tu: 2026-07-01");
        let day = |text: &str| Date::parse(text).expect("a good date");
        assert_eq!(on("2026-06-30", &begins), Validity::InForce);
        let ended = Validity::Expired { last: day("2026-06-30"), computed: true };
        assert_eq!(on("2026-07-01", &begins), ended, "the first day of the new one");
        assert_eq!(on("2030-01-01", &text("")), Validity::InForce, "nobody knows when the new one begins");
        // What is typed goes before what is computed.
        let typed = begins.replace("thay_the_boi", "hieu_luc_den: 2026-12-31, thay_the_boi");
        assert_eq!(on("2026-07-01", &typed), Validity::InForce);
        let itself =
            "- {so_ky_hieu: 1/2020/NĐ-CP, ten: A, hieu_luc_tu: 2020-03-01, thay_the_boi: 1/2020/NĐ-CP}\n";
        assert_eq!(on("2026-07-01", itself), Validity::InForce, "a slip that CK0507 tells of");
    }
}
