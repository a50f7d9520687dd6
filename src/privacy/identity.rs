//! Identity numbers: twelve digits (province, century and sex, year, serial) and the nine of before.

use super::context::{Near, Subject};
use super::digits::Run;
use super::{Kind, Weight};

/// Province codes of identity numbers (circular 59/2021/TT-BCA, appendix I). They name the place of
/// the registration of birth and outlive the mergers of provinces.
const PROVINCES: [u32; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40,
    42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83,
    84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

/// The last year of birth that a number may hold. Fixed, since the guard knows no clock.
const LAST_YEAR: u32 = 2045;

/// What a number is by itself and by the key word before it.
pub(super) fn judge(run: &Run, near: Option<Near>) -> Option<(Kind, Weight)> {
    let announced = near.is_some_and(|near| near.subject == Subject::Identity && near.direct);
    let named = announced || near.is_some_and(|near| near.subject == Subject::Identifier && near.direct);
    match run.digits.len() {
        12 if announced => Some((Kind::IdentityNumber, Weight::Announced)),
        12 if is_valid(&run.digits) => {
            let told = matches!(near, Some(Near { subject: Subject::Tax, direct: true }));
            // Without a key word the digits stand together or in groups that people make.
            let whole = run.lengths.iter().all(|&length| length >= 3) && run.signs() <= 1;
            (named || told || whole).then_some((
                Kind::IdentityNumber,
                if named || told { Weight::Announced } else { Weight::Valid },
            ))
        }
        // A digit too few or too many still leads to the person.
        11 | 13 if announced && !run.gaps.iter().any(|gap| gap.sign == b'*') => {
            Some((Kind::IdentityNumber, Weight::Likely))
        }
        9 if announced => Some((Kind::OldIdentityNumber, Weight::Announced)),
        _ => None,
    }
}

/// Whether twelve digits can be a personal identification number.
pub(super) fn is_valid(digits: &str) -> bool {
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let (Some(province), Some(century), Some(year), Some(serial)) =
        (number(0, 3), number(3, 4), number(4, 6), number(6, 12))
    else {
        return false;
    };
    // 0 and 1: men and women of the 20th century, 2 and 3 of the 21st, and so on.
    let born = 1900 + century / 2 * 100 + year;
    digits.len() == 12 && PROVINCES.contains(&province) && born <= LAST_YEAR && serial > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn province_century_and_year_are_looked_at() {
        for good in ["001185012345", "051090001234", "051220000001"] {
            assert!(is_valid(good), "{good}");
        }
        for bad in ["003185012345", "151090001234", "051590000001", "051299000000", "0510900012"] {
            assert!(!is_valid(bad), "{bad}");
        }
        assert!(!is_valid("051246000001"), "born in 2046");
    }
}
