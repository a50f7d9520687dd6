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
