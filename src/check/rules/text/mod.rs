//! Rules of family 06: texts in Markdown.
//!
//! `crate::markdown` notices everything in one reading of a text; a file here says it to the editor.

pub mod anh_thieu_mo_ta;
pub mod bai_viet_rong;
pub mod cach_gui_khong_dia_chi;
pub mod dau_khong_thanh;
pub mod html_tho;
pub mod lien_ket_mo_ho;
pub mod lien_ket_nguy_hiem;
pub mod nhay_cap_tieu_de;

use crate::base::diagnostic::Place;
use crate::check::{Findings, prose};
use crate::markdown::FindingKind;
use crate::model::Model;

/// Reads every Markdown text once and reports what was noticed.
pub fn check(model: &Model, found: &mut Findings) {
    prose::each(model, &mut |text| {
        let mut html_seen = false;
        for finding in &text.outline().findings {
            let words = text.text.get(finding.range.clone()).unwrap_or_default();
            let place: Place = text.place(finding.range.clone());
            match &finding.kind {
                // The end of a tag says no more than its beginning did.
                FindingKind::RawHtml if html_seen && words.starts_with("</") => {}
                FindingKind::RawHtml => {
                    html_seen = true;
                    html_tho::report(found, place, words);
                }
                FindingKind::ImageWithoutDescription => anh_thieu_mo_ta::report(found, place),
                FindingKind::SkippedHeading { from, to } => {
                    nhay_cap_tieu_de::skipped(found, place, *from, *to);
                }
                FindingKind::TopHeading => nhay_cap_tieu_de::top(found, place),
                FindingKind::UnsafeLink { url } => lien_ket_nguy_hiem::report(found, place, url),
                FindingKind::FailedMark(kind) => dau_khong_thanh::report(found, place, words, *kind),
                FindingKind::VagueLink { text } => lien_ket_mo_ho::report(found, place, text),
            }
        }
    });
}

/// The first line of a part of a text, shortened for a message.
fn excerpt(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default().trim();
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}
