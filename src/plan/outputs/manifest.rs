//! `phien-ban.json`: version of the generator, day of the figures, hash of each file.

use std::collections::BTreeMap;

use serde_json::json;

use crate::base::hash::Sha;
use crate::base::path::OutPath;
use crate::plan::SitePlan;

/// The manifest. It also tells the next build which files of the output folder are ours.
pub fn manifest(plan: &SitePlan<'_>, hashes: &BTreeMap<OutPath, Sha>) -> (OutPath, Vec<u8>) {
    let files: serde_json::Map<String, serde_json::Value> =
        hashes.iter().map(|(path, hash)| (path.to_string(), json!(hash.to_hex()))).collect();
    let manifest = json!({
        "phan_mem": plan.site.generator,
        "so_lieu_den_ngay": plan.site.as_of.iso,
        "dia_chi_trang": plan.site.base_url,
        "tep": files,
    });
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    bytes.push(b'\n');
    (OutPath::new("phien-ban.json").expect("a fixed name"), bytes)
}
