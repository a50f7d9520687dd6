//! Finds what a procedure's own record contradicts or leaves open about how long and how much.
//!
//! A citizen who reads “110 ngày” plans by it. Where the record says 110 days in one place and 110
//! hours in another, no page may present either as certain; so the pages and the rules ask here,
//! and give the same answer.

use std::collections::{BTreeMap, BTreeSet};

use crate::at;
use crate::base::diagnostic::Pointer;
use crate::record::procedure::{Currency, Deadline, Fee, FeeKind, Method, Procedure, TimeUnit};
use crate::vi::fold::fold;

/// Something about the deadlines that must not be presented as certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineDoubt {
    /// What is doubtful.
    pub kind: DeadlineDoubtKind,
    /// The deadline it is about.
    pub at: Pointer,
    /// The deadline that it contradicts.
    pub other: Option<Pointer>,
}

/// What can be doubtful about a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeadlineDoubtKind {
    /// A number without a unit.
    NoUnit,
    /// Zero hours, days or months.
    Zero,
    /// One way of filing has two deadlines, and nothing says which holds when.
    Several,
    /// The same number has another unit with another way of filing.
    UnitsDiffer,
}

/// Something about the fees that must not be presented as certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeDoubt {
    /// What is doubtful.
    pub kind: FeeDoubtKind,
    /// The fees it is about: one fee, or the list of a way of filing.
    pub at: Pointer,
    /// The fees that they contradict.
    pub other: Option<Pointer>,
}

/// What can be doubtful about fees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeeDoubtKind {
    /// One way of filing has two amounts, and nothing says which is for what.
    Several,
    /// Two ways of filing have different amounts.
    AmountsDiffer,
    /// Two ways of filing have the same amounts under different names.
    NamesDiffer,
}

/// Every doubt about the deadlines, in the order of the record.
pub fn deadline_doubts(procedure: &Procedure) -> Vec<DeadlineDoubt> {
    let all = deadlines(procedure);
    let mut doubts = Vec::new();
    for (i, this) in all.iter().enumerate() {
        let mut doubt = |kind, other: Option<&Placed<'_>>| {
            let other = other.map(|other| other.at.clone());
            doubts.push(DeadlineDoubt { kind, at: this.at.clone(), other });
        };
        if this.deadline.unit.is_none() {
            doubt(DeadlineDoubtKind::NoUnit, None);
        }
        if this.deadline.number.0 == 0 {
            doubt(DeadlineDoubtKind::Zero, None);
        }
        let same_case = |other: &&Placed<'_>| other.case == this.case;
        let earlier = || all.iter().take(i).filter(same_case);
        if let Some(other) =
            earlier().find(|other| other.method == this.method && other.value() != this.value())
        {
            doubt(DeadlineDoubtKind::Several, Some(other));
        } else if let Some(other) = earlier().find(|other| other.method != this.method && units_differ(this, other))
            // Told once: a third way of filing that agrees with the first adds nothing.
            && !earlier().any(|other| other.value() == this.value())
        {
            doubt(DeadlineDoubtKind::UnitsDiffer, Some(other));
        }
    }
    doubts
}

fn units_differ(a: &Placed<'_>, b: &Placed<'_>) -> bool {
    let units = a.deadline.unit.zip(b.deadline.unit);
    a.deadline.number == b.deadline.number && units.is_some_and(|(a, b)| a != b)
}

/// A deadline with its place and the case that it is for.
struct Placed<'a> {
    deadline: &'a Deadline,
    method: Method,
    case: Option<String>,
    at: Pointer,
}

impl Placed<'_> {
    fn value(&self) -> (u64, Option<TimeUnit>) {
        (self.deadline.number.0, self.deadline.unit)
    }
}

fn deadlines(procedure: &Procedure) -> Vec<Placed<'_>> {
    let mut all = Vec::new();
    for (i, channel) in procedure.channels.iter().enumerate() {
        let repeated = procedure.channels.iter().filter(|other| other.method == channel.method).count() > 1;
        for (j, deadline) in channel.deadlines.iter().enumerate() {
            let own = deadline.note.as_ref().filter(|note| !speaks_of_its_source(note.as_str()));
            // Where a way of filing stands once for each case, its description names the case.
            let case = own.or(channel.description.as_ref().filter(|_| repeated));
            all.push(Placed {
                deadline,
                method: channel.method,
                case: case.map(|text| fold(text.as_str())),
                at: at!["cach_thuc", i, "thoi_han", j],
            });
        }
    }
    all
}

/// Whether a note says where a figure was read (“Theo bảng trường hợp của nguồn.”) and not when it
/// holds: such a note tells no cases apart.
pub fn speaks_of_its_source(note: &str) -> bool {
    // In this field of work “nguồn” is also a source of radiation, so the whole phrase counts.
    let folded = fold(note);
    let words = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    words.ends_with("cua nguon") || words.starts_with("nguon ghi") || words.starts_with("theo nguon ghi")
}

/// Every doubt about the fees, in the order of the record.
pub fn fee_doubts(procedure: &Procedure) -> Vec<FeeDoubt> {
    let mut doubts = Vec::new();
    // What each way of filing costs, with the first place that says so. A way of filing without any
    // fee contradicts nothing: there the record is silent.
    let mut by_method: BTreeMap<Method, (Pointer, BTreeSet<FeeKey>)> = BTreeMap::new();
    for (i, channel) in procedure.channels.iter().enumerate() {
        for (j, fee) in channel.fees.iter().enumerate() {
            let key = FeeKey::of(fee);
            let twin =
                channel.fees.iter().take(j).position(|other| FeeKey::of(other).is_other_amount_of(&key));
            if let Some(twin) = twin {
                doubts.push(FeeDoubt {
                    kind: FeeDoubtKind::Several,
                    at: at!["cach_thuc", i, "phi", j],
                    other: Some(at!["cach_thuc", i, "phi", twin]),
                });
            }
            let entry = by_method
                .entry(channel.method)
                .or_insert_with(|| (at!["cach_thuc", i, "phi"], BTreeSet::new()));
            entry.1.insert(key);
        }
    }
    let mut methods = by_method.into_values();
    if let Some((first_at, first)) = methods.next() {
        for (at, fees) in methods {
            if fees == first || explained(&first, &fees) {
                continue;
            }
            let amounts = |fees: &BTreeSet<FeeKey>| -> Vec<_> {
                let mut amounts: Vec<_> =
                    fees.iter().map(|fee| (fee.amount, fee.currency, fee.formula.clone())).collect();
                amounts.sort();
                amounts
            };
            let same = amounts(&first) == amounts(&fees);
            let kind = if same { FeeDoubtKind::NamesDiffer } else { FeeDoubtKind::AmountsDiffer };
            doubts.push(FeeDoubt { kind, at, other: Some(first_at.clone()) });
        }
    }
    doubts
}

/// Whether the notes themselves say that the way of filing makes the difference: a reduced fee for
/// filing online is no contradiction.
fn explained(a: &BTreeSet<FeeKey>, b: &BTreeSet<FeeKey>) -> bool {
    const WORDS: [&str; 5] = ["truc tuyen", "truc tiep", "buu chinh", "vneid", "qua mang"];
    let mut different = a.symmetric_difference(b).peekable();
    different.peek().is_some()
        && different.any(|fee| WORDS.iter().any(|word| fee.name.contains(word) || fee.formula.contains(word)))
}

/// A fee as it is compared: wording that differs by case, accents or spaces only is the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct FeeKey {
    kind: Option<FeeKind>,
    amount: Option<u64>,
    currency: Currency,
    formula: String,
    name: String,
}

impl FeeKey {
    fn of(fee: &Fee) -> Self {
        let folded = |text: &Option<crate::record::scalar::Text>| {
            text.as_ref().map(|text| fold(text.as_str())).unwrap_or_default()
        };
        Self {
            kind: fee.kind,
            amount: fee.amount.map(|amount| amount.0),
            currency: fee.currency.unwrap_or(Currency::Vnd),
            formula: folded(&fee.formula),
            name: folded(&fee.note),
        }
    }

    /// Whether both are one thing with two amounts. A formula tells what it is for in its own words.
    fn is_other_amount_of(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.name == other.name
            && self.formula.is_empty()
            && other.formula.is_empty()
            && self.amount != other.amount
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn procedure(channels: &str) -> Procedure {
        let text = format!("ma: '1.000001'\nten: A\nlinh_vuc: a\ncach_thuc: {channels}\n");
        crate::parse::yaml::typed(&text).expect("a good record")
    }

    fn deadlines(channels: &str) -> Vec<(DeadlineDoubtKind, String)> {
        let found = deadline_doubts(&procedure(channels));
        found.into_iter().map(|doubt| (doubt.kind, doubt.at.to_string())).collect()
    }

    fn fees(channels: &str) -> Vec<(FeeDoubtKind, String)> {
        let found = fee_doubts(&procedure(channels));
        found.into_iter().map(|doubt| (doubt.kind, doubt.at.to_string())).collect()
    }

    #[test]
    fn agreeing_channels_raise_no_doubt() {
        let channels = "[{hinh_thuc: truc_tiep, thoi_han: [{so: 7, don_vi: ngay}], phi: [{so_tien: 0}]}, \
                         {hinh_thuc: truc_tuyen, thoi_han: [{so: 7, don_vi: ngay}], phi: [{so_tien: 0, tien_te: VND}]}, \
                         {hinh_thuc: buu_chinh}]";
        assert_eq!(deadlines(channels), []);
        assert_eq!(fees(channels), []);
        // Faster online is a promise, no contradiction.
        assert_eq!(
            deadlines(
                "[{hinh_thuc: truc_tiep, thoi_han: [{so: 7, don_vi: ngay}]}, {hinh_thuc: truc_tuyen, thoi_han: [{so: 5, don_vi: ngay}]}]"
            ),
            []
        );
    }

    #[test]
    fn the_same_number_in_days_and_hours_is_told_once() {
        assert_eq!(
            deadlines(
                "[{hinh_thuc: truc_tuyen, thoi_han: [{so: 110, don_vi: ngay}]}, \
                  {hinh_thuc: buu_chinh, thoi_han: [{so: 110, don_vi: gio}]}, \
                  {hinh_thuc: truc_tiep, thoi_han: [{so: 110, don_vi: ngay}]}]"
            ),
            [(DeadlineDoubtKind::UnitsDiffer, "/cach_thuc/1/thoi_han/0".to_owned())]
        );
    }

    #[test]
    fn a_number_without_unit_and_a_zero_are_doubtful() {
        assert_eq!(
            deadlines(
                "[{hinh_thuc: truc_tiep, thoi_han: [{so: 5}]}, {hinh_thuc: truc_tuyen, thoi_han: [{so: 0, don_vi: ngay}]}]"
            ),
            [
                (DeadlineDoubtKind::NoUnit, "/cach_thuc/0/thoi_han/0".to_owned()),
                (DeadlineDoubtKind::Zero, "/cach_thuc/1/thoi_han/0".to_owned()),
            ]
        );
    }

    #[test]
    fn several_deadlines_need_a_case_each() {
        let several = |a: &str, b: &str| {
            deadlines(&format!(
                "[{{hinh_thuc: truc_tiep, thoi_han: [{{so: 8, don_vi: ngay{a}}}, {{so: 15, don_vi: ngay{b}}}]}}]"
            ))
        };
        let doubt = [(DeadlineDoubtKind::Several, "/cach_thuc/0/thoi_han/1".to_owned())];
        assert_eq!(several("", ""), doubt);
        assert_eq!(several(", ghi_chu: Cấp mới", ", ghi_chu: cấp  mới"), doubt);
        assert_eq!(several(", ghi_chu: Cấp mới", ", ghi_chu: Cấp lại"), []);
        // One for the general case, one for a special one.
        assert_eq!(several("", ", ghi_chu: Dự án lớn"), []);
        // Where it was read is not when it holds.
        assert_eq!(
            several(
                ", ghi_chu: Theo bảng cách thức thực hiện của nguồn.",
                ", ghi_chu: Theo bảng trường hợp của nguồn."
            ),
            doubt
        );
    }

    #[test]
    fn a_note_about_radiation_sources_is_a_case() {
        assert!(!speaks_of_its_source("Cấp phép sử dụng nguồn phóng xạ"));
        assert!(!speaks_of_its_source("Theo số lượng của nguồn phóng xạ"));
        assert!(speaks_of_its_source("Nguồn ghi hai số khác nhau"));
    }

    #[test]
    fn a_channel_that_stands_once_for_each_case_is_told_by_its_description() {
        assert_eq!(
            deadlines(
                "[{hinh_thuc: truc_tiep, thoi_han: [{so: 15, don_vi: ngay}]}, \
                  {hinh_thuc: truc_tiep, mo_ta: Dự án lớn, thoi_han: [{so: 35, don_vi: ngay}]}]"
            ),
            []
        );
    }

    #[test]
    fn fees_that_differ_between_channels_are_doubtful_unless_explained() {
        let two = |a: &str, b: &str| {
            fees(&format!("[{{hinh_thuc: truc_tiep, phi: [{a}]}}, {{hinh_thuc: truc_tuyen, phi: [{b}]}}]"))
        };
        let at = || "/cach_thuc/1/phi".to_owned();
        assert_eq!(two("{so_tien: 150000}", "{so_tien: 300000}"), [(FeeDoubtKind::AmountsDiffer, at())]);
        assert_eq!(
            two("{so_tien: 120000, ghi_chu: Phí công bố}", "{so_tien: 120000, ghi_chu: Phí đăng bạ}"),
            [(FeeDoubtKind::NamesDiffer, at())]
        );
        assert_eq!(
            two("{loai: phi, so_tien: 120000}", "{loai: le_phi, so_tien: 120000}"),
            [(FeeDoubtKind::NamesDiffer, at())]
        );
        assert_eq!(two("{so_tien: 100000}", "{so_tien: 50000, ghi_chu: Giảm khi nộp trực tuyến}"), []);
        // The order of the list says nothing.
        assert_eq!(
            two(
                "{loai: phi, so_tien: 1}, {loai: le_phi, so_tien: 2}",
                "{loai: le_phi, so_tien: 2}, {loai: phi, so_tien: 1}"
            ),
            []
        );
    }

    #[test]
    fn two_amounts_for_one_thing_are_doubtful() {
        let at = || "/cach_thuc/0/phi/1".to_owned();
        let one = |list: &str| fees(&format!("[{{hinh_thuc: truc_tiep, phi: [{list}]}}]"));
        assert_eq!(one("{loai: phi, so_tien: 1}, {loai: phi, so_tien: 2}"), [(FeeDoubtKind::Several, at())]);
        assert_eq!(one("{loai: phi, so_tien: 1}, {loai: le_phi, so_tien: 2}"), []);
        assert_eq!(one("{so_tien: 1, ghi_chu: Cấp mới}, {so_tien: 2, ghi_chu: Cấp lại}"), []);
    }
}
