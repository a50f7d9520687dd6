//! Finds papers and conditions that demand the paper household or temporary residence book (CK0506).
//!
//! `model::household_book` reads the texts; `/cu-tru/` tells citizens of the same findings.

use crate::base::diagnostic::{Place, Spot};
use crate::check::Findings;
use crate::codes::CK0506;
use crate::model::Model;
use crate::model::household_book::demands_of;
use crate::msg;

/// Looks at the papers and the conditions of every procedure in use.
pub fn check(model: &Model, found: &mut Findings) {
    for (code, procedure) in &model.procedures {
        if !model.state(code).standing.is_current() {
            continue;
        }
        for demand in demands_of(&procedure.record) {
            let words = demand.words();
            let message = msg!("yêu cầu nộp hoặc xuất trình `{words}`", "`{words}` is demanded");
            let mut place: Place = procedure.at(demand.at);
            if let Spot::Value(pointer) = place.spot {
                place.spot = Spot::Within(pointer, demand.range.into());
            }
            found.report(CK0506, place, message).help(msg!(
                "bỏ giấy này: thông tin cư trú được tra cứu theo Nghị định 104/2022/NĐ-CP; không tra được thì chỉ cần một giấy như giấy xác nhận thông tin về cư trú",
                "drop it: residence is looked up by decree 104/2022/NĐ-CP; if that fails one paper is enough, such as a confirmation of residence"
            ));
        }
    }
}
