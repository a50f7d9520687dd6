//! Finds records in use that point to an abolished or replaced procedure as if it were in force (CK0413).

use crate::base::date::Date;
use crate::base::diagnostic::{Message, Place};
use crate::check::Findings;
use crate::codes::CK0413;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::model::state::{Standing, State};
use crate::record::scalar::ProcedureCode;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Looks at related procedures and at articles.
///
/// An article may well speak of a procedure that is no more: one written after the abolition reports
/// it. One written before leads its readers astray, unless it has expired itself.
pub fn check(model: &Model, found: &mut Findings) {
    if model.broken.kinds.contains(&FileKind::Decision) {
        return;
    }
    for (code, procedure) in &model.procedures {
        if procedure.record.related.is_empty() || !model.state(code).standing.is_current() {
            continue;
        }
        for (i, related) in procedure.record.related.iter().enumerate() {
            let Some((state, _)) = ended(model, related) else { continue };
            let help = match replacement(&state) {
                Some(new) => msg!("thay bằng `{new}`", "write `{new}` instead"),
                None => msg!("xóa mã này khỏi lien_quan", "delete this code from lien_quan"),
            };
            report(found, procedure.at(at!["lien_quan", i]), related, &state, help);
        }
    }
    let today = model.as_of.date();
    for (_, article) in model.published_articles() {
        let head = &article.record.head;
        if head.expires.is_some_and(|day| day.0 < today) {
            continue;
        }
        for (i, code) in head.procedures.iter().enumerate() {
            let Some((state, since)) = ended(model, code) else { continue };
            if since <= head.date.0 {
                continue;
            }
            let help = match replacement(&state) {
                Some(new) => msg!(
                    "sửa bài theo thủ tục `{new}`, hoặc ghi het_han cho bài",
                    "rewrite the article for `{new}`, or give it a het_han"
                ),
                None => msg!(
                    "sửa bài, hoặc ghi het_han để trang nói rõ bài đã hết hạn",
                    "rewrite the article, or give it a het_han so that the page says it has expired"
                ),
            };
            report(found, article.at(at!["thu_tuc", i]), code, &state, help);
        }
    }
}

fn report(found: &mut Findings, place: Place, code: &ProcedureCode, state: &State, help: Message) {
    let since = state.since.map(date_short).unwrap_or_default();
    let message = match state.standing {
        Standing::Replaced => {
            msg!(
                "thủ tục `{code}` đã được thay thế từ {since}",
                "the procedure `{code}` was replaced on {since}"
            )
        }
        _ => msg!("thủ tục `{code}` đã bãi bỏ từ {since}", "the procedure `{code}` was abolished on {since}"),
    };
    found.report(CK0413, place, message).help(help);
}

/// The state of a procedure that citizens no longer carry out, and since when.
fn ended(model: &Model, code: &ProcedureCode) -> Option<(State, Date)> {
    let procedure = model.procedure(code)?;
    let state = model.states.get(&procedure.record.code)?;
    if state.standing.is_current() {
        return None;
    }
    Some((state.clone(), state.since?))
}

fn replacement(state: &State) -> Option<String> {
    let codes: Vec<String> = state.replaced_by.iter().map(ToString::to_string).collect();
    (!codes.is_empty()).then(|| codes.join("`, `"))
}
