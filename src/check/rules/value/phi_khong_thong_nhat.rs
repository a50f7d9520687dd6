//! Reports one fee under two amounts or two names (CK0312).

use super::fees;
use crate::base::diagnostic::Message;
use crate::check::Findings;
use crate::codes::CK0312;
use crate::model::Model;
use crate::model::doubts::{FeeDoubtKind, fee_doubts};
use crate::msg;
use crate::record::procedure::{Currency, Fee};
use crate::vi::number::{dong, thousands};

/// Looks at the fees of every procedure. A lower fee for filing online is no fault if its note says so.
pub fn check(model: &Model, found: &mut Findings) {
    for procedure in model.procedures.values() {
        let record = &procedure.record;
        for doubt in fee_doubts(record) {
            let Some(other) = &doubt.other else { continue };
            let (Some((here, these)), Some((there, those))) = (fees(record, &doubt.at), fees(record, other))
            else {
                continue;
            };
            let (here, there) = (here.method.label(), there.method.label());
            let (b, a) = match doubt.kind {
                FeeDoubtKind::Several | FeeDoubtKind::AmountsDiffer => {
                    (list(these, amount), list(those, amount))
                }
                FeeDoubtKind::NamesDiffer => (list(these, name), list(those, name)),
            };
            let (message, help) = words(doubt.kind, here, there, &a, &b);
            found
                .report(CK0312, procedure.at(doubt.at.clone()), message)
                .help(help)
                .also(procedure.at(other.clone()), msg!("khoản kia ở đây", "the other one is here"));
        }
    }
}

fn words(kind: FeeDoubtKind, here: &str, there: &str, a: &str, b: &str) -> (Message, Message) {
    match kind {
        FeeDoubtKind::Several => (
            msg!(
                "hình thức “{here}” có hai mức cho cùng một khoản, {a} và {b}",
                "“{here}” has two amounts for one thing, {a} and {b}"
            ),
            msg!(
                "giữ mức đúng; nếu mỗi trường hợp một mức thì ghi trường hợp ở ghi_chu",
                "keep the right one; if each case has its own, name the case in ghi_chu"
            ),
        ),
        FeeDoubtKind::AmountsDiffer => (
            msg!(
                "“{here}” thu {b}, “{there}” thu {a}, không nói vì sao khác",
                "“{here}” costs {b}, “{there}” costs {a}, and nothing says why"
            ),
            msg!(
                "sửa mức sai; nếu mức khác nhau theo hình thức nộp thì nói ở ghi_chu (ví dụ: giảm khi nộp trực tuyến)",
                "correct the wrong one; if filing that way makes the difference, say so in ghi_chu"
            ),
        ),
        FeeDoubtKind::NamesDiffer => (
            msg!(
                "cùng số tiền nhưng “{here}” gọi là {b}, “{there}” gọi là {a}",
                "the same amount is called {b} by “{here}” and {a} by “{there}”"
            ),
            msg!(
                "xem văn bản quy định khoản thu rồi ghi một tên (phí và lệ phí là hai khoản khác nhau)",
                "see the text that sets it and use one name (phí and lệ phí are two different things)"
            ),
        ),
    }
}

fn list(fees: &[Fee], word: fn(&Fee) -> String) -> String {
    fees.iter().map(word).collect::<Vec<_>>().join(" + ")
}

fn amount(fee: &Fee) -> String {
    match (fee.amount, fee.currency, &fee.formula) {
        (Some(amount), None | Some(Currency::Vnd), _) => dong(amount.0),
        (Some(amount), Some(currency), _) => format!("{} {}", thousands(amount.0), currency.label()),
        (None, _, Some(formula)) => format!("“{formula}”"),
        (None, _, None) => "khoản không ghi số".to_owned(),
    }
}

fn name(fee: &Fee) -> String {
    let kind = fee.kind.map_or_else(|| "khoản thu".to_owned(), |kind| kind.label().to_lowercase());
    match &fee.note {
        Some(note) => format!("{kind} (“{note}”)"),
        None => kind,
    }
}
