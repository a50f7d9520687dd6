//! Reports one fee under two amounts or two names (CK0312).

use crate::check::Findings;
use crate::codes::CK0312;
use crate::model::Model;
use crate::model::doubts::{At, FeeDoubt, fee_doubts};
use crate::vi::number::dong;
use crate::{at, msg};

/// Looks at the fees of every procedure. A lower fee online is no fault; two names of one are.
pub fn check(model: &Model, found: &mut Findings) {
    for procedure in model.procedures.values() {
        let record = &procedure.record;
        let place = |at: At, key: &str| procedure.at(at!["cach_thuc", at.channel, "phi", at.entry, key]);
        let method = |at: At| at.method(record).map_or("", |method| method.label());
        let kind =
            |at: At| at.fee(record).and_then(|fee| fee.kind).map_or("khoản thu", |kind| kind.label());
        let amount = |at: At| dong(at.fee(record).and_then(|fee| fee.amount).map_or(0, |amount| amount.0));
        for doubt in fee_doubts(record) {
            match doubt {
                FeeDoubt::TwoAmounts(first, second) => {
                    let (method, kind) = (method(second), kind(second).to_lowercase());
                    let (a, b) = (amount(first), amount(second));
                    let message = msg!(
                        "nộp {method} có hai mức {kind}, {a} và {b}, không ghi trường hợp nào",
                        "filing {method} has two amounts ({kind}), {a} and {b}, and nothing tells the cases apart"
                    );
                    found
                        .report(CK0312, place(second, "so_tien"), message)
                        .help(msg!(
                            "giữ mức đúng; nếu mỗi trường hợp một mức thì ghi rõ ở ghi_chu",
                            "keep the right one; if each case has its own, say so in ghi_chu"
                        ))
                        .also(place(first, "so_tien"), msg!("mức kia ở đây", "the other amount is here"));
                }
                FeeDoubt::TwoNames(first, second) => {
                    let (here, there) = (method(second), method(first));
                    let (b, a) = (kind(second).to_lowercase(), kind(first).to_lowercase());
                    let amount = amount(second);
                    let message = msg!(
                        "khoản {amount} là {b} khi nộp {here} nhưng là {a} khi nộp {there}",
                        "{amount} is called {b} for {here} but {a} for {there}"
                    );
                    found
                        .report(CK0312, place(second, "loai"), message)
                        .help(msg!(
                            "phí và lệ phí là hai khoản khác nhau theo Luật Phí và lệ phí; xem văn bản quy định khoản thu rồi ghi một loại",
                            "phí and lệ phí are two different things by law; see the text that sets it and use one name"
                        ))
                        .also(place(first, "loai"), msg!("tên kia ở đây", "the other name is here"));
                }
            }
        }
    }
}
