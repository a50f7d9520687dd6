//! Bank accounts where the text speaks of one, and cards, which carry a check digit.

use super::context::{Near, Subject, bank_follows, has_after, has_before};
use super::digits::Run;
use super::prepare::View;
use super::{Kind, Weight};

/// What a number is by itself and by the words around it.
pub(super) fn judge(view: &View, run: &Run, near: Option<Near>) -> Option<(Kind, Weight)> {
    let found = account_or_card(view, run, near)?;
    // Accounts at the State Treasury are those of offices: fees are paid into them.
    let treasury = ["kho bac", "kbnn"];
    let public = has_before(view, run.start, 48, &treasury) || has_after(view, run.end, 48, &treasury);
    (!public).then_some(found)
}

fn account_or_card(view: &View, run: &Run, near: Option<Near>) -> Option<(Kind, Weight)> {
    let length = run.digits.len();
    if run.gaps.iter().any(|gap| gap.sign == b',' || gap.sign == b'*') {
        return None;
    }
    let subject = near.filter(|near| near.direct).map(|near| near.subject);
    if subject == Some(Subject::Bank) && (8..=19).contains(&length) && !is_hotline(&run.digits) {
        return Some((Kind::BankAccount, Weight::Announced));
    }
    if is_card(run) && subject != Some(Subject::Code) {
        return Some((Kind::BankAccount, Weight::Valid));
    }
    let whole = run.lengths.iter().all(|&length| length >= 3);
    if (9..=19).contains(&length)
        && whole
        && !is_hotline(&run.digits)
        && (subject == Some(Subject::BankName) || subject.is_none() && bank_follows(view, run.end))
    {
        return Some((Kind::BankAccount, Weight::Likely));
    }
    None
}

/// Numbers that are called for a fee or free of charge: 1800 and 1900.
pub(super) fn is_hotline(digits: &str) -> bool {
    digits.len() <= 10 && (digits.starts_with("1800") || digits.starts_with("1900"))
}

/// Sixteen digits (fifteen for one issuer) of a known issuer, with Luhn's check digit.
fn is_card(run: &Run) -> bool {
    let digits = run.digits.as_str();
    let known = match digits.len() {
        16 => {
            let head = digits.get(..4).and_then(|head| head.parse::<u32>().ok()).unwrap_or(0);
            matches!(head, 9704 | 4000..=4999 | 5100..=5599 | 2221..=2720 | 3528..=3589)
        }
        15 => digits.starts_with("34") || digits.starts_with("37"),
        _ => false,
    };
    let written = matches!(run.lengths.as_slice(), [16] | [15] | [4, 4, 4, 4] | [4, 6, 5] | [8, 8] | [6, 10]);
    known && written && run.signs() <= 1 && luhn(digits)
}

/// The check of Luhn (ISO/IEC 7812-1).
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_decides() {
        assert!(luhn("4111111111111111"));
        assert!(!luhn("4111111111111112"));
    }
}
