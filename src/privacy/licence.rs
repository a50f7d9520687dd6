//! Driving licences: twelve digits after a key word.

use super::context::{Near, Subject};
use super::digits::Run;
use super::{Kind, Weight};

/// What a number is by the key word before it.
pub(super) fn judge(run: &Run, near: Option<Near>) -> Option<(Kind, Weight)> {
    let announced = near.is_some_and(|near| near.subject == Subject::DrivingLicence && near.direct);
    // Licences of before 2013 have fewer digits.
    (announced && (9..=12).contains(&run.digits.len())).then_some((Kind::DrivingLicence, Weight::Announced))
}
