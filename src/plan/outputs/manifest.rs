//! `phien-ban.json`: version of the generator, day of the figures, hash of each file.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::ledger::{self, Records};
use crate::base::hash::Sha;
use crate::base::note::PrivateKey;
use crate::base::path::OutPath;
use crate::inputs::SIGNATURE;
use crate::plan::SitePlan;
use crate::record::config::PublicKeyTerm;
use crate::record::scalar::Day;

/// The manifest. It also tells the next build which files of the output folder are ours.
pub fn manifest(
    plan: &SitePlan<'_>,
    hashes: &BTreeMap<OutPath, Sha>,
    records: &BTreeMap<String, Value>,
    known: &Records,
) -> (OutPath, Vec<u8>) {
    let files: serde_json::Map<String, serde_json::Value> =
        hashes.iter().map(|(path, hash)| (path.to_string(), json!(hash.to_hex()))).collect();
    let keys: Vec<Value> = plan.model.site.record.public_keys.iter().map(key).collect();
    let manifest = json!({
        "phan_mem": plan.site.generator,
        "so_lieu_den_ngay": plan.site.as_of.iso,
        "dia_chi_trang": plan.site.base_url,
        "khoa_cong_khai": keys,
        "tep": files,
        "ban_ghi": records,
        "so_ban_ghi": ledger::json(known),
    });
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    bytes.push(b'\n');
    (OutPath::new("phien-ban.json").expect("a fixed name"), bytes)
}

/// A public key as the manifest has it, so that who has the site alone can check it against itself.
fn key(term: &PublicKeyTerm) -> Value {
    let day = |day: &Day| json!(day.0.to_string());
    json!({
        "khoa": term.key,
        "van_tay": term.public().fingerprint(),
        "tu": day(&term.from),
        "den": term.to.as_ref().map(day),
    })
}

/// The first line of what is signed. No other text that this key signs may begin so, neither another form of
/// this one nor a checkpoint of a log.
pub const SIGNED_AS: &str = "congkhai phien-ban 1";

/// `chu-ky.txt`: what the agency signs. Whose site it is, the day, and the hash of the list of its files.
pub fn signature(plan: &SitePlan<'_>, manifest: &[u8], key: &PrivateKey) -> (OutPath, Vec<u8>) {
    let (site, day, hash) = (&plan.site.base_url, &plan.site.as_of.iso, Sha::of(manifest));
    let note = key.sign(&format!("{SIGNED_AS}\n{site}\nngay {day}\nphien-ban.json {hash}\n"));
    (OutPath::new(SIGNATURE).expect("a fixed name"), note.into_bytes())
}

/// `SHA256SUMS`: the same hashes for `sha256sum -c`, of every file but the manifest, which lists this one.
pub fn sums(hashes: &BTreeMap<OutPath, Sha>) -> (OutPath, Vec<u8>) {
    // No path of ours holds a back-slash or a line break, which the tool would escape.
    let lines: String = hashes.iter().map(|(path, hash)| format!("{hash}  {path}\n")).collect();
    (OutPath::new("SHA256SUMS").expect("a fixed name"), lines.into_bytes())
}
