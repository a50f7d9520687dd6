//! The ways of filing, with their deadlines and fees. Sources repeat the same line for each way;
//! here equal ones stand together, so that a difference can be seen.

use super::parts::law_ref;
use super::{DeadlineLine, Description, FeeLine, FilingRow};
use crate::plan::facts;
use crate::plan::links::PageCx;
use crate::record::procedure::{Channel, Method, Procedure};
use crate::vi::name::capital;
use crate::vi::typography::nbsp;

/// The rows of the table.
pub fn rows(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<FilingRow> {
    let mut rows: Vec<(Vec<Method>, FilingRow)> = Vec::new();
    for channel in in_order(procedure) {
        let row =
            FilingRow { methods: String::new(), deadlines: deadlines(channel), fees: fees(cx, channel) };
        let twin = rows
            .iter_mut()
            .find(|(_, other)| other.deadlines == row.deadlines && same_fees(&other.fees, &row.fees));
        match twin {
            Some((methods, _)) => methods.push(channel.method),
            None => rows.push((vec![channel.method], row)),
        }
    }
    rows.into_iter().map(|(methods, row)| FilingRow { methods: words(&methods), ..row }).collect()
}

/// Online first, then in person, then by post; several of one way in the order of the record.
fn in_order(procedure: &Procedure) -> Vec<&Channel> {
    let order = facts::methods(procedure);
    let mut channels: Vec<&Channel> = procedure.channels.iter().collect();
    channels.sort_by_key(|channel| order.iter().position(|method| *method == channel.method));
    channels
}

/// The order of a list of fees says nothing.
fn same_fees(a: &[FeeLine], b: &[FeeLine]) -> bool {
    a.len() == b.len() && a.iter().all(|fee| b.contains(fee)) && b.iter().all(|fee| a.contains(fee))
}

fn words(methods: &[Method]) -> String {
    let words = facts::distinct(methods.iter().map(|method| facts::method_words(*method).to_owned()));
    capital(&words.join(", "))
}

fn deadlines(channel: &Channel) -> Vec<DeadlineLine> {
    let deadlines = channel.deadlines.iter();
    deadlines
        .map(|deadline| DeadlineLine {
            value: facts::duration(deadline),
            note: deadline.note.as_ref().map(|note| nbsp(note.as_str()).into_owned()),
        })
        .collect()
}

fn fees(cx: &PageCx<'_>, channel: &Channel) -> Vec<FeeLine> {
    let fees = channel.fees.iter();
    fees.map(|fee| {
        let value = facts::amount(fee);
        let name = facts::named(fee);
        // “Phí: không thu” says no more than “không thu”.
        let bare = name.is_empty() || (fee.note.is_none() && value == "Không thu");
        FeeLine {
            value,
            name: (!bare).then_some(name),
            basis: fee.legal_basis.as_ref().map(|number| law_ref(cx, number)),
        }
    })
    .collect()
}

/// What the record says of the ways, each text once.
pub fn descriptions(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<Description> {
    let mut texts: Vec<(&str, Vec<Method>)> = Vec::new();
    for channel in in_order(procedure) {
        let Some(text) = &channel.description else { continue };
        match texts.iter_mut().find(|(known, _)| *known == text.as_str()) {
            Some((_, methods)) => methods.push(channel.method),
            None => texts.push((text.as_str(), vec![channel.method])),
        }
    }
    let all = facts::methods(procedure).len();
    let only = texts.len() == 1;
    texts
        .into_iter()
        .enumerate()
        .map(|(i, (text, methods))| {
            let ways = facts::distinct(methods.iter().map(|method| method.label().to_owned())).len();
            Description {
                methods: (!only || ways < all).then(|| words(&methods)),
                text_html: cx.markdown(&nbsp(text), &format!("cach-nop-{}-", i + 1), 3),
            }
        })
        .collect()
}
