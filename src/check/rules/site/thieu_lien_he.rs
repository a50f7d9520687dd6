//! Finds that citizens get no address and no phone of the agency (CK0707).

use crate::check::Findings;
use crate::codes::CK0707;
use crate::model::Model;
use crate::{at, msg};

/// Looks at the office and the counter: one address or phone of either is enough.
pub fn check(model: &Model, found: &mut Findings) {
    let record = &model.site.record;
    let reachable = [&record.office, &record.counter]
        .into_iter()
        .flatten()
        .any(|office| office.address.is_some() || office.phone.is_some());
    if reachable {
        return;
    }
    let message = msg!(
        "trang không cho người dân địa chỉ hay điện thoại nào của cơ quan",
        "the site gives citizens no address or phone of the agency"
    );
    found.report(CK0707, model.site.at(at!["ten"]), message).help(msg!(
        "thêm tru_so hoặc noi_nop với dia_chi, dien_thoai",
        "add tru_so or noi_nop with dia_chi, dien_thoai"
    ));
}
