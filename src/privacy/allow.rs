//! What may be published although it looks like a personal datum.

use std::collections::BTreeSet;

use super::phone::line_of;
use super::prepare::View;
use crate::vi::fold::fold;

/// The public contacts of offices, and texts that an editor excepted by name.
///
/// Contacts are compared by what they reach: telephones by their digits (`+84 255…` is `0255…`),
/// e-mail addresses and pages without regard to case. An excepted text takes out findings that lie
/// within one of its occurrences, so it is at least as long as the datum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    values: BTreeSet<String>,
    texts: Vec<String>,
}

impl Allowed {
    /// Nothing is allowed.
    pub fn none() -> Allowed {
        Allowed::default()
    }

    /// These contacts and excepted texts are allowed. A contact may be anything: what is neither a
    /// number nor an address allows nothing.
    pub fn new<C: AsRef<str>, T: AsRef<str>>(
        contacts: impl IntoIterator<Item = C>,
        texts: impl IntoIterator<Item = T>,
    ) -> Allowed {
        let mut allowed = Allowed::default();
        for contact in contacts {
            allowed.allow_contact(contact.as_ref());
        }
        for text in texts {
            allowed.except_text(text.as_ref());
        }
        allowed
    }

    /// Allows a telephone number, an e-mail address or a page of an office.
    pub fn allow_contact(&mut self, contact: &str) {
        let contact = contact.trim();
        if contact.contains('@') || contact.contains('/') {
            let folded = fold(contact);
            let address = folded
                .trim_start_matches("mailto:")
                .trim_start_matches("https://")
                .trim_start_matches("http://");
            self.values.insert(address.trim_start_matches("www.").trim_end_matches('/').to_owned());
            return;
        }
        let view = View::new(contact);
        let digits: String =
            (0..view.len()).map(|place| char::from(view.digit(place))).filter(char::is_ascii_digit).collect();
        // Short numbers (113, 1022) are no personal data anyway, and as parts they would allow too much.
        if digits.len() >= 8 {
            self.values.insert(line_of(&digits).map_or(digits, |(home, _)| home));
        }
    }

    /// Excepts a text just as it is written.
    pub fn except_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.texts.push(text.to_owned());
        }
    }

    /// Whether a datum in its plain form is an office's.
    pub(super) fn has_value(&self, value: &str) -> bool {
        !value.is_empty() && self.values.contains(value)
    }

    /// The byte ranges of `text` that are excepted.
    pub(super) fn excepted(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        self.texts
            .iter()
            .flat_map(|excepted| {
                text.match_indices(excepted.as_str()).map(|(at, found)| at..at + found.len())
            })
            .collect()
    }
}
