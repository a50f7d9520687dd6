//! Signed notes: a text with Ed25519 signatures below it, as <https://c2sp.org/signed-note> has them.
//!
//! Keys are written as golang.org/x/mod/sumdb/note writes them, so that tools which know the format can
//! check our signatures. The one file that names the crate for Ed25519.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use super::base64;
use super::hash::{Hasher, Sha};

/// The type of signatures that we know: Ed25519.
const ED25519: u8 = 1;

/// What starts the text of a private key.
pub const PRIVATE: &str = "PRIVATE+KEY+";

/// More signatures than this are no note; the format asks for at least 16.
const MOST_SIGNATURES: usize = 100;

/// Whether a key may have this name: not empty, no blank, no plus. Control characters cannot stand in a note.
pub fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

/// The key that readers check signatures with.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    key: VerifyingKey,
}

impl PublicKey {
    /// Reads `<name>+<key ID>+<base64>`; `None` unless every part fits the others.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, id, bytes) = parts(text)?;
        let key = VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak())?;
        let key = Self { name: name.to_owned(), key };
        (key.id_hex() == id).then_some(key)
    }

    /// Whose key it is: the site's address without its scheme.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of the hash of name, type and key: they name the key in a note.
    fn id(&self) -> [u8; 4] {
        let mut hasher = Hasher::default();
        hasher.update(self.name.as_bytes());
        hasher.update(b"\n");
        hasher.update(&[ED25519]);
        hasher.update(self.key.as_bytes());
        let [a, b, c, d, ..] = hasher.finish().0;
        [a, b, c, d]
    }

    fn id_hex(&self) -> String {
        self.id().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What people compare: the first 32 digits of the SHA-256 of the key's text, in groups of four. Half a
    /// hash is enough against a key made to look alike (128 bits), and can be read aloud.
    pub fn fingerprint(&self) -> String {
        let hex = Sha::of(self.to_string().as_bytes()).to_hex();
        let groups: Vec<&str> =
            hex.as_bytes()[..32].chunks(4).filter_map(|g| std::str::from_utf8(g).ok()).collect();
        groups.join(" ")
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let data = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, self.id_hex(), base64::encode(&data))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// The key that the agency signs with. Never printed: its `Debug` shows the public key.
#[derive(Clone)]
pub struct PrivateKey {
    name: String,
    key: SigningKey,
}

impl PrivateKey {
    /// A key of this name out of 32 random bytes; `None` for a name that no key may have.
    pub fn new(name: &str, seed: &[u8; 32]) -> Option<Self> {
        is_key_name(name).then(|| Self { name: name.to_owned(), key: SigningKey::from_bytes(seed) })
    }

    /// Reads `PRIVATE+KEY+<name>+<key ID>+<base64>`; `None` unless every part fits the others.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, id, seed) = parts(text.strip_prefix(PRIVATE)?)?;
        let key = Self::new(name, &seed)?;
        (key.public().id_hex() == id).then_some(key)
    }

    /// What the file of the key holds. The only way to the secret itself.
    pub fn to_text(&self) -> String {
        let data = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        format!("{PRIVATE}{}+{}+{}", self.name, self.public().id_hex(), base64::encode(&data))
    }

    /// The other half, which may be known to all.
    pub fn public(&self) -> PublicKey {
        PublicKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// Signs a text that ends with a newline: the whole note. Ed25519 needs no chance: the same text and key
    /// give the same bytes.
    pub fn sign(&self, text: &str) -> String {
        let signature = self.key.sign(text.as_bytes());
        let data = [self.public().id().as_slice(), &signature.to_bytes()].concat();
        format!("{text}\n— {} {}\n", self.name, base64::encode(&data))
    }

    /// A secret of its own for some purpose: only who has the key can work it out, and it tells nothing of the
    /// key. The hash of an Ed25519 signature is one, since that is unpredictable without the key and the same
    /// every time with it; no note starts with the words used here, so it is no signature of a note either.
    pub fn secret_for(&self, purpose: &str) -> Sha {
        Sha::of(&self.key.sign(format!("congkhai secret, not a note\n{purpose}").as_bytes()).to_bytes())
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey(of {})", self.public())
    }
}

/// The name, key ID and 32 bytes of a key's text.
fn parts(text: &str) -> Option<(&str, &str, [u8; 32])> {
    // Base64 may hold a plus, names and key IDs cannot.
    let mut parts = text.splitn(3, '+');
    let (name, id, data) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = base64::decode(data)?;
    let (kind, key) = bytes.split_first()?;
    (is_key_name(name) && *kind == ED25519).then_some(())?;
    Some((name, id, key.try_into().ok()?))
}

/// Why a note proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteFault {
    /// It has not the form of a signed note.
    Malformed,
    /// None of the keys signed it.
    UnknownKey,
    /// It claims to be signed by one of the keys, and is not: text or signature were changed.
    BadSignature,
}

/// Checks a note: its text, and which of the keys signed it. Signatures by other keys are passed over; a wrong
/// one by any of these is a fault, as the format demands.
pub fn open<'n, 'k>(
    note: &'n str,
    keys: &'k [PublicKey],
) -> Result<(&'n str, Vec<&'k PublicKey>), NoteFault> {
    let (text, signatures) = split(note).ok_or(NoteFault::Malformed)?;
    let mut signers: Vec<&PublicKey> = Vec::new();
    for (name, data) in signatures {
        let (id, signature) = data.split_at_checked(4).ok_or(NoteFault::Malformed)?;
        for key in keys.iter().filter(|key| key.name == name && key.id() == id) {
            let signature = Signature::from_slice(signature).map_err(|_| NoteFault::BadSignature)?;
            key.key.verify_strict(text.as_bytes(), &signature).map_err(|_| NoteFault::BadSignature)?;
            if !signers.contains(&key) {
                signers.push(key);
            }
        }
    }
    if signers.is_empty() { Err(NoteFault::UnknownKey) } else { Ok((text, signers)) }
}

/// A signature as it stands in a note: who says to have made it, and its bytes.
type Line<'n> = (&'n str, Vec<u8>);

/// A note's text and its signatures.
fn split(note: &str) -> Option<(&str, Vec<Line<'_>>)> {
    if note.chars().any(|c| c < ' ' && c != '\n') {
        return None;
    }
    // The last empty line divides; the newline before it belongs to the text.
    let at = note.rfind("\n\n")? + 1;
    let (text, rest) = (&note[..at], note[at..].strip_prefix('\n')?.strip_suffix('\n')?);
    let signatures: Vec<Line<'_>> = rest
        .split('\n')
        .map(|line| {
            let (name, data) = line.strip_prefix("— ")?.split_once(' ')?;
            let bytes = base64::decode(data).filter(|bytes| bytes.len() > 4)?;
            is_key_name(name).then_some((name, bytes))
        })
        .collect::<Option<_>>()?;
    (signatures.len() <= MOST_SIGNATURES).then_some((text, signatures))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // The example of golang.org/x/mod/sumdb/note (example_test.go).
    const GO_PRIVATE: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const GO_PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const GO_TEXT: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const GO_SIGNATURE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    // The second key and signature of the same tests (note_test.go).
    const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    const ENOCH_SIGNATURE: &str = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    fn key(text: &str) -> PublicKey {
        PublicKey::parse(text).expect("a key")
    }

    #[test]
    fn agrees_with_the_vectors_of_go() {
        let private = PrivateKey::parse(GO_PRIVATE).expect("a key");
        assert_eq!(private.public().to_string(), GO_PUBLIC);
        assert_eq!(private.to_text(), GO_PRIVATE);
        assert_eq!(private.sign(GO_TEXT), format!("{GO_TEXT}\n{GO_SIGNATURE}"));
        let both = format!("{GO_TEXT}\n{GO_SIGNATURE}{ENOCH_SIGNATURE}");
        let (peter, enoch) = (key(GO_PUBLIC), key(ENOCH));
        for keys in [vec![peter.clone()], vec![enoch.clone()], vec![peter, enoch]] {
            let (text, signers) = open(&both, &keys).expect("signed");
            assert_eq!(text, GO_TEXT);
            assert_eq!(signers.len(), keys.len());
        }
        assert_eq!(open(&both, &[]), Err(NoteFault::UnknownKey));
    }

    #[test]
    fn agrees_with_the_example_of_the_specification() {
        // c2sp.org/signed-note, "Verifier keys" and "Test vectors".
        let known = key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        let note = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
        let (text, signers) = open(note, std::slice::from_ref(&known)).expect("signed");
        assert_eq!((text, signers), ("This is an example message.\n", vec![&known]));
    }

    #[test]
    fn no_mangled_key_is_one() {
        for (good, is_key) in [
            (GO_PRIVATE, (|text| PrivateKey::parse(text).is_some()) as fn(&str) -> bool),
            (GO_PUBLIC, |text| PublicKey::parse(text).is_some()),
        ] {
            assert!(is_key(good));
            for from in 0..good.len() {
                for to in from..=good.len() {
                    assert!((from, to) == (0, good.len()) || !is_key(&good[from..to]));
                }
                let mut bytes = good.as_bytes().to_vec();
                bytes[from] += 1;
                let mangled = String::from_utf8(bytes).expect("ASCII");
                assert!(!is_key(&mangled), "{mangled}");
            }
        }
        // Of the same tests: a key of a wrong length and an unknown type, with fitting key IDs.
        assert!(
            PublicKey::parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")
                .is_none()
        );
        assert!(
            PublicKey::parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").is_none()
        );
        for bad in ["", "a b", "a+b", "a\u{a0}b", "a\n"] {
            assert!(PrivateKey::new(bad, &[7; 32]).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn every_changed_bit_of_a_note_is_seen() {
        let note = format!("{GO_TEXT}\n{GO_SIGNATURE}");
        let keys = [key(GO_PUBLIC)];
        assert!(open(&note, &keys).is_ok());
        for at in 0..note.len() {
            for bit in 0..8 {
                let mut bytes = note.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                if let Ok(changed) = String::from_utf8(bytes) {
                    assert!(open(&changed, &keys).is_err(), "{at} {bit}: {changed}");
                }
            }
            if note.is_char_boundary(at) {
                assert!(open(&note[..at], &keys).is_err(), "cut at {at}");
            }
        }
        assert!(open(&format!("{note}x\n"), &keys).is_err());
        assert!(open(&note.replace('\n', "\r\n"), &keys).is_err());
    }

    #[test]
    fn the_secret_is_never_shown() {
        let private = PrivateKey::parse(GO_PRIVATE).expect("a key");
        let shown = format!("{private:?} {private:#?}");
        assert!(!shown.contains("AYEKFALVFGyN") && shown.contains(GO_PUBLIC), "{shown}");
        assert_ne!(private.secret_for("a"), private.secret_for("b"));
        assert_eq!(private.secret_for("a"), private.secret_for("a"));
    }

    #[test]
    fn a_fingerprint_can_be_had_with_sha256sum() {
        // printf %s "$KEY" | sha256sum
        assert_eq!(key(GO_PUBLIC).fingerprint(), "a82f 24c4 8c9e e106 dd11 952a 8026 e14f");
    }

    proptest! {
        #[test]
        fn what_is_signed_opens(seed: [u8; 32], lines in proptest::collection::vec("[^\\p{Cc}]*", 1..5)) {
            let private = PrivateKey::new("a.gov.vn/x", &seed).expect("a key");
            let text = format!("{}\n", lines.join("\n"));
            let note = private.sign(&text);
            let keys = [key(&private.public().to_string())];
            prop_assert_eq!(open(&note, &keys).expect("signed").0, text);
            let other = [PrivateKey::new("b.gov.vn", &seed).expect("a key").public()];
            prop_assert_eq!(open(&note, &other), Err(NoteFault::UnknownKey));
        }

        #[test]
        fn nothing_makes_it_fall_over(note in ".*", key in ".*") {
            let _ = (open(&note, &[]), PublicKey::parse(&key), PrivateKey::parse(&key));
        }
    }
}
