//! Reads `phien-ban.json`: which files of an output folder are ours.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::base::hash::Sha;

/// The files that a build wrote, with their hashes. It lists neither itself nor the marker.
#[derive(Debug, Default)]
pub(super) struct Manifest(BTreeMap<String, Option<Sha>>);

#[derive(Deserialize)]
struct Written {
    tep: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads the text of a manifest; `None` if it is none.
    pub(super) fn parse(json: &[u8]) -> Option<Self> {
        let written: Written = serde_json::from_slice(json).ok()?;
        Some(Self(written.tep.into_iter().map(|(path, hash)| (path, Sha::from_hex(&hash))).collect()))
    }

    /// Whether it lists this path.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// The hash it gives for this path.
    pub(super) fn hash(&self, path: &str) -> Option<Sha> {
        self.0.get(path).copied().flatten()
    }

    /// The paths it lists.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_keys_do_not_matter_and_a_bad_hash_only_lacks_the_hint() {
        let sha = Sha::of(b"");
        let json = format!(r#"{{"ngay": "2026-11-23", "tep": {{"a": "{sha}", "b": "?"}}}}"#);
        let manifest = Manifest::parse(json.as_bytes()).expect("a manifest");
        assert!(manifest.lists("a") && manifest.lists("b") && !manifest.lists("c"));
        assert_eq!((manifest.hash("a"), manifest.hash("b")), (Some(sha), None));
        for bad in ["", "{}", "[]", r#"{"tep": []}"#, r#"{"tep": {"a": 1}}"#] {
            assert!(Manifest::parse(bad.as_bytes()).is_none(), "{bad}");
        }
    }
}
