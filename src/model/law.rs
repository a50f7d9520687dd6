//! Whether a legal text is in force on a day.

use crate::base::date::Date;
use crate::model::Model;
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
    /// No longer in force since the day after this one.
    Expired(Date),
}

/// The validity of `law` on `day`. `hieu_luc_den` is the last day in force.
pub fn validity(law: &Law, day: Date) -> Validity {
    if let Some(until) = law.in_force_until
        && until.0 < day
    {
        return Validity::Expired(until.0);
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
        assert_eq!(validity(&repealed, day("2022-08-14")), Validity::NotYet(day("2022-08-15")));
        assert_eq!(validity(&repealed, day("2026-06-30")), Validity::InForce);
        assert_eq!(validity(&repealed, day("2026-07-01")), Validity::Expired(day("2026-06-30")));
        assert_eq!(validity(&law(None, None), day("2026-07-01")), Validity::Unknown);
        assert_eq!(
            validity(&law(None, Some("2026-06-30")), day("2026-06-30")),
            Validity::Unknown,
            "without a first day nothing certain can be said"
        );
    }
}
