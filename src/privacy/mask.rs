//! Shows so much of a datum that an editor knows which one is meant, and never more than half.
//!
//! Of a telephone number four digits at the head name the operator or the place and not the person;
//! of the subscriber's six, three are shown: `0912***678`.

use std::borrow::Cow;

use super::digits::groups;
use super::email;
use super::phone::line_of;
use super::prepare::{View, is_alphanumeric, is_letter};
use super::{Finding, Hit, Kind};

/// What may be shown of a datum of a kind, as it stands in a text.
pub fn mask(kind: Kind, datum: &str) -> String {
    let view = View::new(datum);
    let masked = match kind {
        Kind::Phone | Kind::Landline => phone(&view),
        Kind::Email => address(&view),
        Kind::PersonName => initials(&view),
        Kind::PrivateAddress | Kind::LandPlot | Kind::Coordinates | Kind::SocialProfile => "***".to_owned(),
        Kind::BirthDate => birth(&view),
        _ => ends(&view),
    };
    let shown = masked.chars().filter(|c| c.is_alphanumeric()).count();
    let whole = (0..view.len()).filter(|&place| is_alphanumeric(view.at(place))).count();
    // A telephone's head is no part of what is hidden.
    let head = if matches!(kind, Kind::Phone | Kind::Landline) { 4 } else { 0 };
    if shown.saturating_sub(head) * 2 > whole.saturating_sub(head) { "***".to_owned() } else { masked }
}

/// `text` with every finding replaced by its mask. Findings of another text may leave it as it is.
pub fn redact<'a>(text: &'a str, findings: &[Finding]) -> Cow<'a, str> {
    if findings.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| finding.range.start);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for finding in sorted {
        let Some(before) = text.get(from..finding.range.start) else { continue };
        out.push_str(before);
        out.push_str(&finding.masked);
        from = finding.range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// The mask of a hit, from its plain form where it has one: in the text it may be disguised.
pub(super) fn of_hit(hit: &Hit, written: &str) -> String {
    mask(hit.kind, if hit.value.is_empty() { written } else { &hit.value })
}

fn digits_of(view: &View) -> String {
    groups(view)
        .into_iter()
        .flat_map(|group| group.start..group.end)
        .map(|place| char::from(view.digit(place)))
        .collect()
}

fn phone(view: &View) -> String {
    let digits = digits_of(view);
    let home = line_of(&digits).map_or(digits, |(home, _)| home);
    let (head, tail) = (home.get(..4), home.get(home.len().saturating_sub(3)..));
    match (head, tail) {
        (Some(head), Some(tail)) if home.len() >= 10 => format!("{head}***{tail}"),
        _ => "***".to_owned(),
    }
}

fn address(view: &View) -> String {
    let mut hits = Vec::new();
    email::find(view, &mut hits);
    let start = hits.first().map_or(0, |hit| hit.range.start);
    match view.at(start) {
        0 => "***".to_owned(),
        _ => format!("{}***@…", view.char(start)),
    }
}

fn initials(view: &View) -> String {
    let mut out = String::new();
    for place in 0..view.len() {
        if is_letter(view.at(place)) && !is_letter(view.before(place)) {
            out.extend(view.char(place).to_uppercase());
            out.push('.');
        }
    }
    out
}

/// The last two digits of the year of a whole date; of a year alone the century.
fn birth(view: &View) -> String {
    let digits = digits_of(view);
    match digits.len() {
        0..=3 => "***".to_owned(),
        4 => format!("{}**", digits.get(..2).unwrap_or_default()),
        // 1988-02-03 has its year in front.
        _ if groups(view).first().is_some_and(|group| group.len() == 4) => {
            format!("**{}***", digits.get(2..4).unwrap_or_default())
        }
        _ => format!("***{}", digits.get(digits.len() - 2..).unwrap_or_default()),
    }
}

/// A quarter at either end, three characters at most.
fn ends(view: &View) -> String {
    let letters: Vec<char> = (0..view.len())
        .filter(|&place| is_alphanumeric(view.at(place)))
        .map(|place| match view.digit(place) {
            0 => view.char(place),
            digit => char::from(digit),
        })
        .collect();
    let shown = (letters.len() / 4).min(3);
    let head = letters.get(..shown).unwrap_or_default();
    let tail = letters.get(letters.len() - shown..).unwrap_or_default();
    head.iter().chain(&['*'; 3]).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_tells_which_but_not_what() {
        for (kind, datum, masked) in [
            (Kind::Phone, "0912 345 678", "0912***678"),
            (Kind::Phone, "+84912345678", "0912***678"),
            (Kind::Phone, "０９１２３４５６７８", "0912***678"),
            (Kind::Landline, "(0255) 3822.222", "0255***222"),
            (Kind::Email, "tuan.nguyen@gmail.com", "t***@…"),
            (Kind::PersonName, "Nguyễn Văn Đức", "N.V.Đ."),
            (Kind::IdentityNumber, "051090001234", "051***234"),
            (Kind::OldIdentityNumber, "212345678", "21***78"),
            (Kind::BirthDate, "01/12/1985", "***85"),
            (Kind::BirthDate, "1972", "19**"),
            (Kind::LicencePlate, "76A-123.45", "76***45"),
            (Kind::PrivateAddress, "tổ 5, phường Nghĩa Lộ", "***"),
            (Kind::Phone, "", "***"),
        ] {
            assert_eq!(mask(kind, datum), masked, "{datum}");
        }
    }
}
