//! `/.well-known/security.txt`: where a weakness of the site is reported (RFC 9116).

use crate::base::path::OutPath;
use crate::plan::{SitePlan, urls};
use crate::record::config::SecurityContact;

/// The file, for a site that has a contact. Programs look for it at the root of the host: a site below a folder
/// of its host carries it all the same, and the notes on publishing say that it has to be copied there.
pub fn file(plan: &SitePlan<'_>) -> Option<(OutPath, Vec<u8>)> {
    let security = plan.model.site.record.security.as_ref()?;
    let address = urls::fixed("/.well-known/security.txt");
    let text = text(security, &plan.site.absolute(&address));
    Some((address.out_path(), text.into_bytes()))
}

fn text(security: &SecurityContact, canonical: &str) -> String {
    let mut text: String =
        security.contacts().iter().map(|contact| format!("Contact: {contact}\n")).collect();
    // The whole of the last day, as people mean it, in Vietnam.
    text.push_str(&format!("Expires: {}T23:59:59+07:00\n", security.expires.0));
    text.push_str("Preferred-Languages: vi, en\n");
    text.push_str(&format!("Canonical: {canonical}\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_used_is_published_and_nothing_begins_a_line_of_its_own() {
        let read = |yaml: &str| serde_json::from_str::<SecurityContact>(yaml).expect("a record");
        for (record, contacts) in [
            (r#"{"thu_dien_tu": "an@so.vn", "het_han": "2027-06-30"}"#, vec!["mailto:an@so.vn"]),
            (
                r#"{"thu_dien_tu": "an@so.vn", "lien_ket": "https://so.vn/an", "het_han": "2027-06-30"}"#,
                vec!["mailto:an@so.vn", "https://so.vn/an"],
            ),
            (r#"{"lien_ket": "http://so.vn/an", "het_han": "2027-06-30"}"#, vec![]),
            (r#"{"thu_dien_tu": "an@so.vn\nContact: mailto:x@y.z", "het_han": "2027-06-30"}"#, vec![]),
            (r#"{"thu_dien_tu": "an@so.vn, ba@so.vn", "het_han": "2027-06-30"}"#, vec![]),
            (r#"{"thu_dien_tu": "@so.vn", "het_han": "2027-06-30"}"#, vec![]),
        ] {
            let record = read(record);
            assert_eq!(record.contacts(), contacts);
            let text = text(&record, "https://so.vn/.well-known/security.txt");
            assert_eq!(text.lines().count(), contacts.len() + 3, "{text}");
            assert!(text.contains("\nExpires: 2027-06-30T23:59:59+07:00\n") || contacts.is_empty(), "{text}");
        }
    }
}
