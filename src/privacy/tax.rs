//! Tax codes: ten digits with a check digit, with three more for a branch.

use super::context::{Near, Subject};
use super::digits::Run;
use super::{Kind, Weight};

/// What a number is by the key word before it. No code is found without one: one number of ten in
/// eleven passes the check. A key word further off wants the check digit to be right.
pub(super) fn judge(run: &Run, near: Option<Near>) -> Option<(Kind, Weight)> {
    let near = near.filter(|near| near.subject == Subject::Tax)?;
    let head = run.digits.get(..10)?;
    let formed = match run.digits.len() {
        10 => true,
        13 => run.lengths.last() == Some(&3) || run.lengths.len() == 1,
        _ => false,
    };
    (formed && (near.direct || is_valid(head))).then_some((Kind::TaxCode, Weight::Announced))
}

/// The check digit (circular 105/2020/TT-BTC, article 5).
fn is_valid(digits: &str) -> bool {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let mut values = digits.chars().filter_map(|c| c.to_digit(10));
    let sum: u32 = WEIGHTS.iter().zip(values.by_ref()).map(|(weight, digit)| weight * digit).sum();
    values.next().is_some_and(|check| check == 10 - sum % 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_tax_office() {
        assert!(is_valid("0100109106"), "a state company's published code");
        assert!(!is_valid("0100109107"));
        assert!(!is_valid("01001091"));
    }
}
