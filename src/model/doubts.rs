//! Deadlines and fees that contradict each other or cannot be right.
//!
//! The one place where such doubts are told: the checks report them to the editor (CK0308–CK0312), and
//! the page of the procedure warns the citizen at the same places.

use std::collections::BTreeMap;

use crate::record::procedure::{Channel, Deadline, Fee, FeeKind, Method, Procedure, TimeUnit};
use crate::record::scalar::Text;
use crate::vi::fold::fold;

/// An entry of a channel: `cach_thuc/<channel>/thoi_han/<entry>` or `cach_thuc/<channel>/phi/<entry>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Which entry of `cach_thuc`.
    pub channel: usize,
    /// Which deadline or fee of it.
    pub entry: usize,
}

/// A doubt about the deadlines of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeadlineDoubt {
    /// A number without a unit (CK0308): 15 what?
    NoUnit(At),
    /// A deadline of zero (CK0309).
    Zero(At),
    /// One way to file, two deadlines, and nothing that tells them apart (CK0310).
    Contradicting(At, At),
    /// The same number with another unit in another way to file (CK0311).
    UnitsDiffer(At, At),
}

/// A doubt about the fees of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeDoubt {
    /// One way to file, the same fee, two amounts (CK0312).
    TwoAmounts(At, At),
    /// The same amount is called fee in one way to file and charge in another (CK0312).
    TwoNames(At, At),
}

/// Every doubt about the deadlines of `procedure`, each contradiction once.
pub fn deadline_doubts(procedure: &Procedure) -> Vec<DeadlineDoubt> {
    let mut doubts = Vec::new();
    for (at, deadline) in entries(procedure, |channel| &channel.deadlines.0) {
        if deadline.number.0 == 0 {
            doubts.push(DeadlineDoubt::Zero(at));
        } else if deadline.unit.is_none() {
            doubts.push(DeadlineDoubt::NoUnit(at));
        }
    }
    // Most procedures give each channel one deadline without a note, the same in all.
    let mut first_of_case: BTreeMap<(Method, String), (At, &Deadline)> = BTreeMap::new();
    let mut contradicted: Vec<(Method, String)> = Vec::new();
    let mut units: BTreeMap<(u64, String), (At, Method, TimeUnit)> = BTreeMap::new();
    let mut differing: Vec<(u64, String)> = Vec::new();
    if plainly_alike(procedure) {
        return doubts;
    }
    for (at, deadline) in entries(procedure, |channel| &channel.deadlines.0) {
        let method = procedure.channels[at.channel].method;
        let case = case(deadline.note.as_ref());
        if let Some(unit) = deadline.unit
            && deadline.number.0 > 0
        {
            let key = (deadline.number.0, case.clone());
            match units.get(&key) {
                Some((first, other, known)) if *other != method && *known != unit => {
                    if !differing.contains(&key) {
                        doubts.push(DeadlineDoubt::UnitsDiffer(*first, at));
                        differing.push(key);
                    }
                }
                Some(_) => {}
                None => {
                    units.insert(key, (at, method, unit));
                }
            }
        }
        let key = (method, case);
        match first_of_case.get(&key) {
            Some((first, known)) if (known.number, known.unit) != (deadline.number, deadline.unit) => {
                if !contradicted.contains(&key) {
                    doubts.push(DeadlineDoubt::Contradicting(*first, at));
                    contradicted.push(key);
                }
            }
            Some(_) => {}
            None => {
                first_of_case.insert(key, (at, deadline));
            }
        }
    }
    doubts
}

/// Whether every channel has at most one deadline, without a note, and all are equal: the usual case,
/// told without building anything.
fn plainly_alike(procedure: &Procedure) -> bool {
    let mut known: Option<&Deadline> = None;
    let mut methods: Vec<Method> = Vec::new();
    for channel in &procedure.channels {
        match &channel.deadlines[..] {
            [] => {}
            [one] if one.note.is_none() && known.is_none_or(|known| known == one) => known = Some(one),
            _ => return false,
        }
        if methods.contains(&channel.method) {
            return false;
        }
        methods.push(channel.method);
    }
    true
}

/// Every doubt about the fees of `procedure`, each contradiction once.
pub fn fee_doubts(procedure: &Procedure) -> Vec<FeeDoubt> {
    let mut doubts = Vec::new();
    if entries(procedure, |channel| &channel.fees.0).nth(1).is_none() {
        return doubts;
    }
    type Case = (Option<crate::record::procedure::Currency>, String);
    let mut amounts: BTreeMap<(Method, Option<FeeKind>, Case), (At, u64)> = BTreeMap::new();
    let mut names: BTreeMap<(u64, Case), Vec<(Method, FeeKind, At)>> = BTreeMap::new();
    for (at, fee) in entries(procedure, |channel| &channel.fees.0) {
        // A formula is a case of its own: two rates beside each other are no contradiction.
        let (Some(amount), None) = (fee.amount, &fee.formula) else { continue };
        let method = procedure.channels[at.channel].method;
        let case: Case = (fee.currency, case(fee.note.as_ref()));
        if let (Some(kind), true) = (fee.kind, amount.0 > 0) {
            let named = names.entry((amount.0, case.clone())).or_default();
            if !named.iter().any(|(m, k, _)| (*m, *k) == (method, kind)) {
                named.push((method, kind, at));
            }
        }
        match amounts.get_mut(&(method, fee.kind, case.clone())) {
            // `u64::MAX` marks a contradiction that was told.
            Some((first, known)) if *known != amount.0 && *known != u64::MAX => {
                doubts.push(FeeDoubt::TwoAmounts(*first, at));
                *known = u64::MAX;
            }
            Some(_) => {}
            None => {
                amounts.insert((method, fee.kind, case), (at, amount.0));
            }
        }
    }
    for named in names.values() {
        let has = |method: Method, kind: FeeKind| named.iter().any(|(m, k, _)| (*m, *k) == (method, kind));
        let two_names = named.iter().enumerate().find_map(|(i, (method, kind, at))| {
            let other = named[i + 1..].iter().find(|(other_method, other_kind, _)| {
                method != other_method
                    && kind != other_kind
                    && !has(*method, *other_kind)
                    && !has(*other_method, *kind)
            });
            other.map(|(.., other)| FeeDoubt::TwoNames(*at, *other))
        });
        doubts.extend(two_names);
    }
    doubts
}

/// Every deadline or fee of a procedure, with its place.
fn entries<'p, T: 'p>(
    procedure: &'p Procedure,
    of: impl Fn(&'p Channel) -> &'p Vec<T>,
) -> impl Iterator<Item = (At, &'p T)> {
    procedure.channels.iter().enumerate().flat_map(move |(channel, record)| {
        of(record).iter().enumerate().map(move |(entry, value)| (At { channel, entry }, value))
    })
}

/// The case that an entry is for, as far as its note tells it from others.
fn case(note: Option<&Text>) -> String {
    note.map(|note| fold(note.as_str())).unwrap_or_default()
}

impl DeadlineDoubt {
    /// The entry that the doubt is about; of two, the later one.
    pub fn at(&self) -> At {
        match self {
            Self::NoUnit(at) | Self::Zero(at) | Self::Contradicting(_, at) | Self::UnitsDiffer(_, at) => *at,
        }
    }
}

impl At {
    /// The deadline that stands there.
    pub fn deadline(self, procedure: &Procedure) -> Option<&Deadline> {
        procedure.channels.get(self.channel)?.deadlines.get(self.entry)
    }

    /// The fee that stands there.
    pub fn fee(self, procedure: &Procedure) -> Option<&Fee> {
        procedure.channels.get(self.channel)?.fees.get(self.entry)
    }

    /// The way to file that the entry belongs to.
    pub fn method(self, procedure: &Procedure) -> Option<Method> {
        procedure.channels.get(self.channel).map(|channel| channel.method)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::yaml;

    fn procedure(channels: &str) -> Procedure {
        let text = format!("ma: \"1.000123\"\nten: Cấp phép\nlinh_vuc: a\ncach_thuc:\n{channels}");
        yaml::typed(&text).expect("a good procedure")
    }

    fn at(channel: usize, entry: usize) -> At {
        At { channel, entry }
    }

    #[test]
    fn one_deadline_everywhere_raises_no_doubt() {
        let same = procedure(
            "  - {hinh_thuc: truc_tiep, thoi_han: [{so: 5, don_vi: ngay}]}
  - {hinh_thuc: buu_chinh, thoi_han: [{so: 5, don_vi: ngay}]}
  - {hinh_thuc: truc_tuyen, thoi_han: [{so: 3, don_vi: ngay}]}",
        );
        assert_eq!(deadline_doubts(&same), []);
    }

    #[test]
    fn deadlines_that_cannot_be_right_are_told() {
        let odd = procedure(
            "  - {hinh_thuc: truc_tiep, thoi_han: [{so: 8, don_vi: ngay_lam_viec}, {so: 15, don_vi: ngay_lam_viec}]}
  - {hinh_thuc: buu_chinh, thoi_han: [{so: 0, don_vi: ngay}]}
  - {hinh_thuc: truc_tuyen, thoi_han: [{so: 8, don_vi: ngay}]}
  - {hinh_thuc: truc_tuyen, thoi_han: [{so: 7}]}",
        );
        assert_eq!(
            deadline_doubts(&odd),
            [
                DeadlineDoubt::Zero(at(1, 0)),
                DeadlineDoubt::NoUnit(at(3, 0)),
                DeadlineDoubt::Contradicting(at(0, 0), at(0, 1)),
                DeadlineDoubt::UnitsDiffer(at(0, 0), at(2, 0)),
                DeadlineDoubt::Contradicting(at(2, 0), at(3, 0)),
            ]
        );
    }

    #[test]
    fn notes_tell_deadlines_apart_unless_they_say_the_same() {
        let apart = procedure(
            "  - {hinh_thuc: truc_tiep, thoi_han: [{so: 8, don_vi: ngay, ghi_chu: Cấp mới}, {so: 15, don_vi: ngay, ghi_chu: Cấp lại}]}",
        );
        assert_eq!(deadline_doubts(&apart), []);
        let alike = procedure(
            "  - {hinh_thuc: truc_tiep, thoi_han: [{so: 8, don_vi: ngay, ghi_chu: Cấp mới}, {so: 15, don_vi: ngay, ghi_chu: CẤP  MỚI}]}",
        );
        assert_eq!(deadline_doubts(&alike), [DeadlineDoubt::Contradicting(at(0, 0), at(0, 1))]);
    }

    #[test]
    fn a_fee_with_two_amounts_or_two_names_is_told_once() {
        let amounts = procedure(
            "  - {hinh_thuc: truc_tiep, phi: [{loai: phi, so_tien: 50000}, {loai: phi, so_tien: 70000}, {loai: phi, so_tien: 90000}]}",
        );
        assert_eq!(fee_doubts(&amounts), [FeeDoubt::TwoAmounts(at(0, 0), at(0, 1))]);
        let names = procedure(
            "  - {hinh_thuc: truc_tiep, phi: [{loai: phi, so_tien: 50000}]}
  - {hinh_thuc: truc_tuyen, phi: [{loai: le_phi, so_tien: 50000}]}
  - {hinh_thuc: buu_chinh, phi: [{loai: le_phi, so_tien: 50000}]}",
        );
        assert_eq!(fee_doubts(&names), [FeeDoubt::TwoNames(at(0, 0), at(1, 0))]);
    }

    #[test]
    fn cheaper_online_and_two_different_fees_raise_no_doubt() {
        let fine = procedure(
            "  - {hinh_thuc: truc_tiep, phi: [{loai: phi, so_tien: 50000}, {loai: le_phi, so_tien: 50000}]}
  - {hinh_thuc: truc_tuyen, phi: [{loai: phi, so_tien: 25000}, {loai: le_phi, so_tien: 50000}, {loai: phi, so_tien: 1, cach_tinh: theo giá}]}",
        );
        assert_eq!(fee_doubts(&fine), []);
    }
}
