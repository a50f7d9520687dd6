//! What a signed site proves: the signature over the list of its files, and the files against that list.
//!
//! Pure: bytes in, a verdict out. Where the bytes come from (a folder, the web) is for the edge.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::base::date::Date;
use crate::base::hash::Sha;
use crate::base::note::{self, NoteFault, PublicKey};
use crate::inputs::SIGNATURE;
use crate::plan::outputs::SIGNED_AS;

/// The list of the site's files.
pub const MANIFEST: &str = "phien-ban.json";

/// Which key the reader trusts.
#[derive(Debug, Clone)]
pub enum Trust {
    /// The one that the site names itself. It proves that nothing was changed by who has not that key, and nothing
    /// of who has it.
    OfSite,
    /// A key known from elsewhere.
    Key(PublicKey),
    /// A key by its fingerprint, without blanks, known from elsewhere.
    Fingerprint(String),
}

/// Why nothing is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofFault {
    /// The list is no list of ours.
    Manifest,
    /// The site names no key, and none was given.
    NoKey,
    /// The site names no key of that fingerprint.
    NoSuchFingerprint,
    /// The signature has not the form of a signed note.
    Malformed,
    /// It is by other keys.
    OtherKey,
    /// It does not fit the text: one of them was changed.
    BadSignature,
    /// What was signed is no list of files.
    OtherText,
    /// The list is another one than was signed.
    OtherManifest,
    /// The day of the signature is none on which the key holds.
    OutsideTerm(Date),
}

/// A list of files that was signed.
#[derive(Debug)]
pub struct Signed {
    /// Whose site it is: its address.
    pub site: String,
    /// The day that the signer wrote.
    pub day: Date,
    /// The key.
    pub key: PublicKey,
    /// Path → hash.
    pub files: BTreeMap<String, Sha>,
    /// The hash of the list itself, and of the signature.
    own: [(&'static str, Sha); 2],
}

#[derive(Deserialize)]
struct Listed {
    tep: BTreeMap<String, String>,
    #[serde(default)]
    khoa_cong_khai: Vec<Term>,
}

#[derive(Deserialize)]
struct Term {
    khoa: String,
    tu: String,
    den: Option<String>,
}

impl Term {
    fn holds(&self, day: Date) -> bool {
        let from = Date::parse(&self.tu);
        let until = self.den.as_deref().map(Date::parse).transpose();
        matches!((from, until), (Ok(from), Ok(until)) if from <= day && until.is_none_or(|until| day <= until))
    }
}

/// Opens the signature over a list of files.
pub fn open(signature: &[u8], manifest: &[u8], trust: &Trust) -> Result<Signed, ProofFault> {
    let listed: Listed = serde_json::from_slice(manifest).map_err(|_| ProofFault::Manifest)?;
    let named: Vec<(PublicKey, &Term)> =
        listed.khoa_cong_khai.iter().filter_map(|term| Some((PublicKey::parse(&term.khoa)?, term))).collect();
    let keys: Vec<PublicKey> = match trust {
        Trust::Key(key) => vec![key.clone()],
        Trust::OfSite => named.iter().map(|(key, _)| key.clone()).collect(),
        Trust::Fingerprint(wanted) => {
            let fits = |key: &&PublicKey| key.fingerprint().replace(' ', "") == *wanted;
            named.iter().map(|(key, _)| key).filter(fits).cloned().collect()
        }
    };
    if keys.is_empty() {
        return Err(if matches!(trust, Trust::OfSite) {
            ProofFault::NoKey
        } else {
            ProofFault::NoSuchFingerprint
        });
    }
    let note = std::str::from_utf8(signature).map_err(|_| ProofFault::Malformed)?;
    let (text, signers) = note::open(note, &keys).map_err(|fault| match fault {
        NoteFault::Malformed => ProofFault::Malformed,
        NoteFault::UnknownKey => ProofFault::OtherKey,
        NoteFault::BadSignature => ProofFault::BadSignature,
    })?;
    let (site, day, hash) = read(text).ok_or(ProofFault::OtherText)?;
    if Sha::of(manifest) != hash {
        return Err(ProofFault::OtherManifest);
    }
    // A key given by the reader may be one that the site no longer names; what it names of it counts.
    let in_term = |key: &PublicKey| {
        let mut terms = named.iter().filter(|(known, _)| known == key).peekable();
        terms.peek().is_none() || terms.any(|(_, term)| term.holds(day))
    };
    let key = signers.into_iter().find(|key| in_term(key)).ok_or(ProofFault::OutsideTerm(day))?.clone();
    let files = listed
        .tep
        .into_iter()
        .map(|(path, hex)| Some((path, Sha::from_hex(&hex)?)))
        .collect::<Option<_>>()
        .ok_or(ProofFault::Manifest)?;
    let own = [(MANIFEST, hash), (SIGNATURE, Sha::of(signature))];
    Ok(Signed { site: site.to_owned(), day, key, files, own })
}

/// What was signed: address, day and the hash of the list.
fn read(text: &str) -> Option<(&str, Date, Sha)> {
    let mut lines = text.lines();
    (lines.next()? == SIGNED_AS).then_some(())?;
    let site = lines.next()?;
    let day = Date::parse(lines.next()?.strip_prefix("ngay ")?).ok()?;
    let hash = Sha::from_hex(lines.next()?.strip_prefix(MANIFEST)?.strip_prefix(' ')?)?;
    lines.next().is_none().then_some((site, day, hash))
}

/// Settings that some hosts read from the top of a site and never serve: put there after signing, they are no
/// content. What the web server of a host is told, a signature over files cannot hold anyway.
const HOST_SETTINGS: &[&str] = &["CNAME", "_headers", "_redirects"];

/// How files differ from what was signed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Other bytes.
    pub changed: Vec<String>,
    /// Listed and not there.
    pub missing: Vec<String>,
    /// There and not listed.
    pub added: Vec<String>,
    /// Settings of the host, not listed and no part of what was signed.
    pub settings: Vec<String>,
}

impl Differences {
    /// Whether there are none; settings of the host are none.
    pub fn none(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.added.is_empty()
    }
}

impl Signed {
    /// The hash that a file of the site must have.
    pub fn hash(&self, path: &str) -> Option<Sha> {
        let own = self.own.iter().find(|(own, _)| *own == path).map(|(_, hash)| *hash);
        own.or_else(|| self.files.get(path).copied())
    }

    /// The files of the site that hold these bytes.
    pub fn paths_of(&self, hash: Sha) -> Vec<&str> {
        let own = self.own.iter().filter(|(_, own)| *own == hash).map(|(path, _)| *path);
        own.chain(self.files.iter().filter(|(_, listed)| **listed == hash).map(|(path, _)| path.as_str()))
            .collect()
    }

    /// Compares a whole site with what was signed.
    pub fn compare(&self, there: &BTreeMap<String, Sha>) -> Differences {
        let mut found = Differences::default();
        for (path, hash) in &self.files {
            match there.get(path) {
                Some(is) if is == hash => {}
                Some(_) => found.changed.push(path.clone()),
                None => found.missing.push(path.clone()),
            }
        }
        let own: BTreeSet<&str> = self.own.iter().map(|(path, _)| *path).collect();
        let added =
            there.keys().filter(|path| !self.files.contains_key(*path) && !own.contains(path.as_str()));
        (found.settings, found.added) =
            added.cloned().partition(|path| HOST_SETTINGS.contains(&path.as_str()));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::note::PrivateKey;

    fn key(seed: u8) -> PrivateKey {
        PrivateKey::new("a.gov.vn", &[seed; 32]).expect("a key")
    }

    fn manifest(terms: &[(&PrivateKey, &str, Option<&str>)]) -> Vec<u8> {
        let terms: Vec<_> = terms
            .iter()
            .map(|(key, from, until)| serde_json::json!({"khoa": key.public().to_string(), "tu": from, "den": until}))
            .collect();
        let files =
            serde_json::json!({"a/index.html": Sha::of(b"a").to_hex(), "b.json": Sha::of(b"b").to_hex()});
        serde_json::to_vec_pretty(&serde_json::json!({"khoa_cong_khai": terms, "tep": files})).expect("JSON")
    }

    fn signature(manifest: &[u8], key: &PrivateKey, day: &str) -> Vec<u8> {
        let hash = Sha::of(manifest);
        key.sign(&format!("{SIGNED_AS}\nhttps://a.gov.vn/\nngay {day}\nphien-ban.json {hash}\n")).into_bytes()
    }

    #[test]
    fn every_changed_bit_of_list_and_signature_is_seen() {
        let key = key(1);
        let manifest = manifest(&[(&key, "2026-01-01", None)]);
        let note = signature(&manifest, &key, "2026-11-23");
        for trust in [
            Trust::OfSite,
            Trust::Key(key.public()),
            Trust::Fingerprint(key.public().fingerprint().replace(' ', "")),
        ] {
            let signed = open(&note, &manifest, &trust).expect("signed");
            assert_eq!(
                (signed.site.as_str(), signed.day.to_string().as_str()),
                ("https://a.gov.vn/", "2026-11-23")
            );
            for at in 0..manifest.len() {
                let mut changed = manifest.clone();
                changed[at] ^= 1;
                assert!(open(&note, &changed, &trust).is_err(), "list {at}");
            }
            for at in 0..note.len() {
                let mut changed = note.clone();
                changed[at] ^= 1;
                assert!(open(&changed, &manifest, &trust).is_err(), "signature {at}");
            }
        }
    }

    #[test]
    fn a_key_holds_from_its_first_to_its_last_day() {
        let (old, new) = (key(1), key(2));
        let manifest = manifest(&[(&old, "2025-01-01", Some("2026-06-30")), (&new, "2026-06-01", None)]);
        let open =
            |key: &PrivateKey, day: &str| open(&signature(&manifest, key, day), &manifest, &Trust::OfSite);
        for (key, day, good) in [
            (&old, "2024-12-31", false),
            (&old, "2025-01-01", true),
            (&old, "2026-06-30", true),
            (&old, "2026-07-01", false),
            (&new, "2026-05-31", false),
            (&new, "2026-06-01", true),
        ] {
            match open(key, day) {
                Ok(signed) => assert!(good && signed.key == key.public(), "{day}"),
                Err(fault) => {
                    assert!(!good, "{day}: {fault:?}");
                    assert_eq!(fault, ProofFault::OutsideTerm(Date::parse(day).expect("a day")));
                }
            }
        }
        assert_eq!(open(&self::key(3), "2026-06-10").err(), Some(ProofFault::OtherKey));
    }

    #[test]
    fn other_texts_of_the_same_key_are_no_list() {
        let key = key(1);
        let manifest = manifest(&[(&key, "2026-01-01", None)]);
        let hash = Sha::of(&manifest);
        for text in [
            format!("a.gov.vn/nhat-ky\n5\n{hash}\n"),
            format!("{SIGNED_AS}\nhttps://a.gov.vn/\nngay 2026-11-23\nphien-ban.json {hash}\nthem\n"),
            format!("{SIGNED_AS}\nhttps://a.gov.vn/\nngay 2026-13-23\nphien-ban.json {hash}\n"),
        ] {
            let note = key.sign(&text);
            assert_eq!(
                open(note.as_bytes(), &manifest, &Trust::OfSite).err(),
                Some(ProofFault::OtherText),
                "{text}"
            );
        }
        let other = self::manifest(&[(&key, "2026-01-02", None)]);
        let note = signature(&manifest, &key, "2026-11-23");
        assert_eq!(open(&note, &other, &Trust::OfSite).err(), Some(ProofFault::OtherManifest));
    }

    #[test]
    fn what_is_changed_missing_or_added_is_told() {
        let key = key(1);
        let manifest = manifest(&[(&key, "2026-01-01", None)]);
        let note = signature(&manifest, &key, "2026-11-23");
        let signed = open(&note, &manifest, &Trust::OfSite).expect("signed");
        let good =
            BTreeMap::from([("a/index.html", b"a".as_slice()), ("b.json", b"b"), (MANIFEST, &manifest)]);
        let there = |files: &BTreeMap<&str, &[u8]>| {
            files.iter().map(|(path, bytes)| ((*path).to_owned(), Sha::of(bytes))).collect::<BTreeMap<_, _>>()
        };
        assert!(signed.compare(&there(&good)).none());
        let mut other = good.clone();
        other.insert("b.json", b"B");
        other.remove("a/index.html");
        other.insert("c/index.html", b"c");
        other.insert("c/_headers", b"c");
        other.insert("_headers", b"c");
        let found = signed.compare(&there(&other));
        assert_eq!(
            (found.changed, found.missing, found.added),
            (
                vec!["b.json".to_owned()],
                vec!["a/index.html".to_owned()],
                vec!["c/_headers".to_owned(), "c/index.html".to_owned()]
            )
        );
        assert_eq!(found.settings, ["_headers"]);
        let mut with_settings = good.clone();
        with_settings.insert("_headers", b"c");
        assert!(signed.compare(&there(&with_settings)).none());
        assert_eq!(signed.paths_of(Sha::of(b"b")), ["b.json"]);
        assert_eq!(signed.paths_of(Sha::of(&manifest)), [MANIFEST]);
    }
}
