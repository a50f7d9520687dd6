//! Finds parts that are larger than their whole (CK0319): figures, and thresholds over 100 %.

use crate::check::Findings;
use crate::codes::CK0319;
use crate::model::figures::{Count, Counts};
use crate::model::{Filed, Model};
use crate::record::statistics::Statistics;
use crate::vi::number::thousands;
use crate::{at, msg};

/// Which count is a part of which.
const PARTS: &[(Count, Count)] = &[
    (Count::Online, Count::Received),
    (Count::InPerson, Count::Received),
    (Count::ByPost, Count::Received),
    (Count::Digitised, Count::Received),
    (Count::OpenLate, Count::Open),
    (Count::PaidOnline, Count::Payable),
    (Count::Satisfied, Count::Answers),
];

/// Compares parts with their wholes in every record of figures, and thresholds with 100 %.
pub fn check(model: &Model, found: &mut Findings) {
    for filed in model.statistics.values() {
        let counts = Counts::of(&filed.record);
        for (part, whole) in PARTS {
            if let (Some(of), Some(all)) = (counts.get(*part), counts.get(*whole)) {
                compare(filed, (*part, of), whole.key(), all, found);
            }
        }
        // A result is given when a dossier is finished, in time or not.
        if let (Some(of), Some(all)) = (counts.get(Count::ElectronicResults), counts.finished()) {
            compare(filed, (Count::ElectronicResults, of), "truoc_han + dung_han + qua_han", all, found);
        }
    }
    let site = &model.site;
    for (i, indicator) in site.record.indicators.iter().enumerate() {
        let Some(threshold) = indicator.threshold_percent.filter(|n| !(1..=100).contains(&n.0)) else {
            continue;
        };
        let message = msg!(
            "ngưỡng {threshold}% không thể có: tỷ lệ đi từ 0% đến 100%",
            "a threshold of {threshold}% cannot be: shares go from 0% to 100%"
        );
        found.report(CK0319, site.at(at!["chi_so", i, "nguong"]), message).help(msg!(
            "ghi số phần trăm từ 1 đến 100; nguồn không nói ngưỡng thì bỏ dòng này",
            "write a percentage from 1 to 100; leave the line out if the source names no threshold"
        ));
    }
}

fn compare(filed: &Filed<Statistics>, part: (Count, u64), whole: &str, all: u64, found: &mut Findings) {
    let (count, number) = part;
    if number <= all {
        return;
    }
    let (key, number, all) = (count.key(), thousands(number), thousands(all));
    let message = msg!(
        "{key} {number} lớn hơn {whole} {all}, mà nó chỉ là một phần",
        "{key} {number} is more than {whole} {all}, of which it is a part"
    );
    found.report(CK0319, filed.at(count.pointer()), message).help(msg!(
        "xem lại nguồn rồi sửa một trong hai số",
        "see the source and correct one of the two numbers"
    ));
}
