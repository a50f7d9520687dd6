//! Finds amounts of money that are suspiciously small (CK0307): 135 where 135.000 was meant.

use crate::check::Findings;
use crate::codes::CK0307;
use crate::model::Model;
use crate::record::procedure::Currency;
use crate::{at, msg};

/// Under this many đồng nothing is paid: the smallest fees in use are some thousands.
const SMALLEST: u64 = 1000;

/// Judges every amount in đồng. Zero says that nothing is taken.
pub fn check(model: &Model, found: &mut Findings) {
    for procedure in model.procedures.values() {
        for (i, channel) in procedure.record.channels.iter().enumerate() {
            for (j, fee) in channel.fees.iter().enumerate() {
                let Some(amount) = fee.amount else { continue };
                let in_dong = matches!(fee.currency, None | Some(Currency::Vnd));
                if !in_dong || amount.0 == 0 || amount.0 >= SMALLEST {
                    continue;
                }
                let (amount, thousands) = (amount.0, amount.0 * 1000);
                let place = procedure.at(at!["cach_thuc", i, "phi", j, "so_tien"]);
                let message =
                    msg!("số tiền {amount} đồng nhỏ bất thường", "{amount} đồng is suspiciously small");
                found.report(CK0307, place, message).help(msg!(
                    "có phải `{thousands}`? Viết đủ số đồng; nếu tính theo tỷ lệ thì ghi ở cach_tinh",
                    "did you mean `{thousands}`? Write all of the đồng; put a rate into cach_tinh"
                ));
            }
        }
    }
}
