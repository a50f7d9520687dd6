//! Two published sites, as far as their lists of files (`phien-ban.json`) and versions of records tell.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Key, Snapshot, Visible, article_body, described};
use crate::base::hash::Sha;
use crate::base::path::{OutPath, SitePath};
use crate::inputs::{FileKind, record_file};
use crate::parse::kinds;

/// Where the versions of records lie in a site.
const VERSIONS: &str = "ban-ghi/";

/// What a `phien-ban.json` lists.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// The hash of each file.
    files: BTreeMap<String, String>,
    /// The version of each record that the site held then, by kind and id: `thu-tuc/1.014888`.
    versions: BTreeMap<String, Sha>,
}

impl Listed {
    /// Reads a `phien-ban.json`; nothing if it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let whole: Value = serde_json::from_slice(bytes).ok()?;
        let files = whole.get("tep")?.as_object()?;
        let files = files.iter().map(|(path, hash)| Some((path.clone(), hash.as_str()?.to_owned())));
        let versions = whole.get("ban_ghi").and_then(Value::as_object).into_iter().flatten();
        let versions = versions.filter_map(|(name, held)| {
            Some((name.clone(), Sha::from_hex(held.get("phien_ban")?.as_str()?)?))
        });
        Some(Self { files: files.collect::<Option<_>>()?, versions: versions.collect() })
    }
}

/// The versions that have to be read to say what differs: those of records whose version is not the same.
pub fn wanted(old: &Listed, new: &Listed) -> BTreeSet<OutPath> {
    differing(old, new).chain(differing(new, old)).filter_map(|(name, sha)| record_file(name, sha)).collect()
}

/// Records of `of` that `other` has not, or has otherwise.
fn differing<'a>(of: &'a Listed, other: &'a Listed) -> impl Iterator<Item = (&'a str, Sha)> {
    of.versions
        .iter()
        .filter(|(name, sha)| other.versions.get(*name) != Some(*sha))
        .map(|(name, sha)| (name.as_str(), *sha))
}

/// The records that differ, as they were and as they are, out of the files [`wanted`]. A file that is not there, or holds
/// other bytes than its name promises, is a record without a value.
pub fn snapshots(old: &Listed, new: &Listed, files: &BTreeMap<OutPath, Vec<u8>>) -> (Snapshot, Snapshot) {
    let of = |one: &Listed, other: &Listed| {
        let mut all = Snapshot::default();
        for (name, sha) in differing(one, other) {
            let Some((kind, id)) = name.split_once('/') else { continue };
            // A kind of a later congkhai.
            let Some(kind) = kinds::named(kind) else { continue };
            let Some(path) = record_file(name, sha) else { continue };
            let Ok(file) = SitePath::new(path.as_str()) else { continue };
            let bytes = files.get(&path).filter(|bytes| Sha::of(bytes) == sha);
            let value = bytes.and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
            let value = value.and_then(|mut whole| whole.get_mut("ban_ghi").map(Value::take));
            let value =
                value.map(|value| if kind.kind == FileKind::Article { article_body(value) } else { value });
            let mut held = described(&file, kind.kind, value);
            held.visible = Visible::Always;
            if held.name.is_empty() {
                held.name = id.to_owned();
            }
            all.0.insert(Key { kind: kind.name, id: id.to_owned() }, held);
        }
        all
    };
    (of(old, new), of(new, old))
}

/// Addresses of pages, and paths of other files, that two published sites have in common or not. Versions of records are
/// told as records, not here.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Only in the later one.
    pub added: Vec<String>,
    /// Only in the earlier one.
    pub removed: Vec<String>,
    /// In both, with other bytes.
    pub changed: Vec<String>,
}

impl Addresses {
    /// What differs.
    pub fn between(old: &Listed, new: &Listed) -> Self {
        let address = |path: &String| match path.strip_suffix("index.html") {
            Some(page) if page.is_empty() || page.ends_with('/') => format!("/{page}"),
            _ => format!("/{path}"),
        };
        let paths: BTreeSet<&String> = old.files.keys().chain(new.files.keys()).collect();
        let mut all = Self::default();
        for path in paths.into_iter().filter(|path| !path.starts_with(VERSIONS)) {
            match (old.files.get(path), new.files.get(path)) {
                (None, _) => all.added.push(address(path)),
                (_, None) => all.removed.push(address(path)),
                (before, after) if before != after => all.changed.push(address(path)),
                _ => {}
            }
        }
        all
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::compare::{Reader, What, changes};

    fn listed(files: &[(&str, &str)], versions: &[(&str, Sha)]) -> Listed {
        let versions: BTreeMap<&str, Value> =
            versions.iter().map(|(name, sha)| (*name, json!({ "phien_ban": sha.to_hex() }))).collect();
        let files: BTreeMap<&str, &str> = files.iter().copied().collect();
        Listed::read(json!({ "tep": files, "ban_ghi": versions }).to_string().as_bytes()).expect("a list")
    }

    #[test]
    fn sites_differ_by_address() {
        let old = listed(&[("index.html", "a"), ("thu-tuc/1/index.html", "b"), ("tep/a.pdf", "c")], &[]);
        let new = listed(&[("index.html", "x"), ("thu-tuc/2/index.html", "b"), ("tep/a.pdf", "c")], &[]);
        let all = Addresses::between(&old, &new);
        assert_eq!(
            (all.added, all.removed, all.changed),
            (vec!["/thu-tuc/2/".to_owned()], vec!["/thu-tuc/1/".to_owned()], vec!["/".to_owned()])
        );
    }

    #[test]
    fn records_differ_by_field_and_a_version_that_is_not_what_it_says_tells_nothing() {
        let version = |days: u32| {
            let value =
                json!({"ban_ghi": {"ma": "1.000123", "ten": "Cấp giấy", "doi_tuong": format!("{days}")}});
            value.to_string().into_bytes()
        };
        let (before, after) = (version(15), version(10));
        let name = "thu-tuc/1.000123";
        let old = listed(&[], &[(name, Sha::of(&before)), ("la-gi/1", Sha::of(b"?"))]);
        let new = listed(&[], &[(name, Sha::of(&after))]);
        let path = |sha| record_file(name, sha).expect("a path");
        assert!(wanted(&old, &new).contains(&path(Sha::of(&before))));
        let files = BTreeMap::from([
            (path(Sha::of(&before)), before.clone()),
            (path(Sha::of(&after)), after.clone()),
        ]);
        let (was, is) = snapshots(&old, &new, &files);
        let all = changes(&was, &is, Reader::Desk);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].name.as_str(), &all[0].what), ("Cấp giấy", &What::Changed));
        let [field] = &all[0].fields[..] else { panic!("{:?}", all[0].fields) };
        assert_eq!((field.old.as_deref(), field.new.as_deref()), (Some("15"), Some("10")));

        let broken =
            BTreeMap::from([(path(Sha::of(&before)), before), (path(Sha::of(&after)), b"{}".to_vec())]);
        let (was, is) = snapshots(&old, &new, &broken);
        assert!(changes(&was, &is, Reader::Desk)[0].unreadable);
        assert!(wanted(&new, &new).is_empty());
    }
}
