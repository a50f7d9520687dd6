//! Finds essential services that nobody has looked at for long (CK0526).

use crate::check::Findings;
use crate::codes::CK0526;
use crate::model::Model;
use crate::model::petition::{Term, term_of};
use crate::record::procedure::TimeUnit;
use crate::vi::number::date_short;
use crate::{at, msg};

/// The code of the limit in `trang.yaml`.
const LIMIT: &str = "thiet_yeu_xem_lai";

/// Without a limit of the site: a year. The list of these services changes from year to year.
const A_YEAR: Term = Term { number: 12, unit: TimeUnit::Month };

/// Compares the day of the last look with the limit.
pub fn check(model: &Model, found: &mut Findings) {
    let term = term_of(&model.site.record, LIMIT).unwrap_or(A_YEAR);
    let words = format!("{} {}", term.number, term.unit.label());
    for service in model.essential_services.values() {
        let name = &service.record.name;
        let help = msg!(
            "mở nguồn, xem dịch vụ còn không, liên kết còn đúng không, rồi ghi ngay_cap_nhat là ngày đã xem",
            "open the source, see whether the service and its link are still there, then write the day as ngay_cap_nhat"
        );
        let Some(updated) = service.record.updated else {
            let message = msg!(
                "dịch vụ `{name}` không có ngày xem lại (ngay_cap_nhat)",
                "the service `{name}` has no day of the last look (ngay_cap_nhat)"
            );
            found.report(CK0526, service.at(at!["ten"]), message).help(help);
            continue;
        };
        if term.ends(updated.0, &model.calendar) >= model.as_of.date() {
            continue;
        }
        let day = date_short(updated.0);
        let message = msg!(
            "dịch vụ `{name}` xem lại lần cuối {day}, quá {words}",
            "the service `{name}` was last looked at on {day}, which is over the limit ({words})"
        );
        found.report(CK0526, service.at(at!["ngay_cap_nhat"]), message).help(help);
    }
}
