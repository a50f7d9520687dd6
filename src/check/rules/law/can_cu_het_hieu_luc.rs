//! Finds legal bases that are no longer in force on the day of the build (CK0504), with what replaced them.

use crate::base::diagnostic::Place;
use crate::check::{Findings, mentions};
use crate::codes::CK0504;
use crate::model::Model;
use crate::model::law::{Validity, named_in, validity};
use crate::record::scalar::LawNumber;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Looks at the bases of procedures in use and of their fees, and at that of the guide to residence
/// data. What a decision rested on when it was signed stays true, and an abolished procedure keeps its
/// old bases.
pub fn check(model: &Model, found: &mut Findings) {
    for (code, procedure) in &model.procedures {
        if !model.state(code).standing.is_current() {
            continue;
        }
        mentions::bases_of(procedure, &mut |number, place| {
            judge(model, found, number, ("nội dung thủ tục", "the procedure"), place);
        });
    }
    if let Some(basis) = model.site.record.residence.as_ref().and_then(|guide| guide.basis.as_ref()) {
        for number in named_in(model, basis.as_str()) {
            let place = || model.site.at(at!["cu_tru", "can_cu"]);
            judge(model, found, number, ("phần cu_tru", "the part cu_tru"), &place);
        }
    }
}

/// Reports a legal text that has expired; `what` rests on it.
fn judge(
    model: &Model,
    found: &mut Findings,
    number: &LawNumber,
    (what, what_en): (&str, &str),
    place: &dyn Fn() -> Place,
) {
    let Some(law) = model.laws.get(number) else { return };
    let Validity::Expired { last, computed } = validity(model, &law.record) else { return };
    let since = date_short(last.plus_days(1));
    let (message, help) = match in_its_place(model, number) {
        Some((next, last)) if next == last && computed => (
            msg!(
                "văn bản `{number}` bị thay thế từ {since}, ngày `{next}` có hiệu lực",
                "`{number}` is replaced since {since}, when `{next}` came into force"
            ),
            msg!(
                "đối chiếu {what} với `{next}` rồi ghi số này thay vào; nếu `{number}` vẫn còn hiệu lực một thời gian thì ghi hieu_luc_den của nó",
                "compare {what_en} with `{next}`, then write that number instead; if `{number}` stays in force for a while write its hieu_luc_den"
            ),
        ),
        Some((next, last)) if next == last => (
            msg!(
                "văn bản `{number}` hết hiệu lực từ {since}, được thay thế bởi `{next}`",
                "`{number}` is no longer in force since {since}; `{next}` replaced it"
            ),
            msg!(
                "đối chiếu {what} với `{next}` rồi ghi số này thay vào",
                "compare {what_en} with `{next}`, then write that number instead"
            ),
        ),
        Some((next, last)) => (
            msg!(
                "văn bản `{number}` hết hiệu lực từ {since}, được thay thế bởi `{next}`, nay là `{last}`",
                "`{number}` is no longer in force since {since}; `{next}` replaced it, now `{last}`"
            ),
            msg!(
                "đối chiếu {what} với `{last}` rồi ghi số này thay vào",
                "compare {what_en} with `{last}`, then write that number instead"
            ),
        ),
        None => (
            msg!(
                "văn bản `{number}` hết hiệu lực từ {since}",
                "`{number}` is no longer in force since {since}"
            ),
            msg!(
                "tìm văn bản đang quy định việc này, thêm vào danh-muc/van-ban.yaml rồi ghi số đó thay vào",
                "find the text that governs it now, add it to danh-muc/van-ban.yaml and write its number instead"
            ),
        ),
    };
    found.report(CK0504, place(), message).help(help);
}

/// What replaced a text, and what stands at the end of the row of replacements today.
fn in_its_place<'m>(model: &'m Model, number: &LawNumber) -> Option<(&'m LawNumber, &'m LawNumber)> {
    let replaced_by = |number: &LawNumber| model.laws.get(number)?.record.replaced_by.as_ref();
    let next = replaced_by(number)?;
    let mut last = next;
    // Longer rows are circles, which have a rule of their own (CK0507).
    for _ in 0..16 {
        let expired = model
            .laws
            .get(last)
            .is_some_and(|law| matches!(validity(model, &law.record), Validity::Expired { .. }));
        match replaced_by(last) {
            Some(further) if expired => last = further,
            _ => break,
        }
    }
    Some((next, last))
}
