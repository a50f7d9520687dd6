//! Whether a legal text is in force on a day.

use crate::base::date::Date;
use crate::record::directory::Law;

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
