//! The answers that a citizen looks for first: how long, how much, how many papers, filed how.
//!
//! Each is a few words out of what may be a long and untidy record. A fact is certain only when the
//! record says one thing; what it leaves open or contradicts is said to be so, with both figures.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::doubts::{self, DeadlineDoubtKind};
use crate::record::procedure::{Channel, Currency, Deadline, Fee, Method, Procedure, TimeUnit};
use crate::record::scalar::Text;
pub use crate::vi::name::capital;
use crate::vi::number;
use crate::vi::typography::nbsp;

/// How a fact is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// The record says so, and nothing else.
    Certain,
    /// The record contradicts itself or is unclear.
    Doubtful,
    /// The record is silent.
    Unknown,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The answer in few words.
    pub value: String,
    /// What else to know, a line each.
    pub notes: Vec<String>,
    /// How it is to be taken.
    pub certainty: Certainty,
}

impl Fact {
    fn certain(value: impl Into<String>) -> Self {
        Self { value: value.into(), notes: Vec::new(), certainty: Certainty::Certain }
    }

    fn doubtful(notes: Vec<String>) -> Self {
        Self { value: "Nguồn ghi chưa thống nhất".to_owned(), notes, certainty: Certainty::Doubtful }
    }

    fn unknown() -> Self {
        Self { value: UNKNOWN.to_owned(), notes: Vec::new(), certainty: Certainty::Unknown }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The value, where the record is sure of it.
    pub fn if_certain(&self) -> Option<&str> {
        (self.certainty == Certainty::Certain).then_some(self.value.as_str())
    }
}

/// What is said where the record is silent.
pub const UNKNOWN: &str = "Nguồn không ghi";

/// What to do about it.
const ASK: &str = "Hãy hỏi nơi tiếp nhận.";

/// A deadline in words: `7 ngày làm việc`, unbroken between number and unit.
pub fn duration(deadline: &Deadline) -> String {
    let number = number::thousands(deadline.number.0);
    match deadline.unit {
        Some(TimeUnit::WorkingDay) => format!("{number}\u{A0}ngày làm\u{A0}việc"),
        Some(unit) => format!("{number}\u{A0}{}", unit.label()),
        None => format!("{number} (nguồn không ghi đơn vị)"),
    }
}

/// What a fee says, without its kind and note: `350.000 đồng`, a formula, or that it is unknown.
pub fn amount(fee: &Fee) -> String {
    let formula = fee.formula.as_ref().map(|text| nbsp(text.as_str()).into_owned());
    match (fee.amount, formula) {
        (Some(amount), None) if amount.0 == 0 => "Không thu".to_owned(),
        (Some(amount), formula) => {
            let money = match fee.currency.unwrap_or(Currency::Vnd) {
                Currency::Vnd => number::dong(amount.0),
                other => format!("{}\u{A0}{}", number::thousands(amount.0), other.label()),
            };
            match formula {
                Some(formula) if amount.0 == 0 => formula,
                Some(formula) => format!("{money} ({formula})"),
                None => money,
            }
        }
        (None, Some(formula)) => formula,
        (None, None) => UNKNOWN.to_owned(),
    }
}

/// The ways to file, each once: online, in person, by post.
pub fn methods(procedure: &Procedure) -> Vec<Method> {
    const ORDER: [Method; 3] = [Method::Online, Method::InPerson, Method::Post];
    ORDER.into_iter().filter(|method| procedure.channels.iter().any(|c| c.method == *method)).collect()
}

/// A way to file, in the words of a sentence.
pub fn method_words(method: Method) -> &'static str {
    match method {
        Method::Online => "trực tuyến",
        Method::InPerson => "trực tiếp",
        Method::Post => "qua bưu chính",
    }
}

/// How long it takes.
pub fn deadline(procedure: &Procedure) -> Fact {
    let all: Vec<(Method, &Channel, &Deadline)> = procedure
        .channels
        .iter()
        .flat_map(|channel| channel.deadlines.iter().map(move |deadline| (channel.method, channel, deadline)))
        .collect();
    if all.is_empty() {
        return Fact::unknown();
    }
    let found: BTreeSet<DeadlineDoubtKind> =
        doubts::deadline_doubts(procedure).into_iter().map(|doubt| doubt.kind).collect();
    if !found.is_empty() {
        return doubtful_deadline(&all, &found);
    }
    // The figure for everybody, and those for a case.
    let case = |channel: &Channel, deadline: &Deadline| -> Option<String> {
        let repeated = procedure.channels.iter().filter(|other| other.method == channel.method).count() > 1;
        let case = deadline.note.as_ref().or(channel.description.as_ref().filter(|_| repeated));
        case.map(|text| text.as_str().to_owned())
    };
    let general: Vec<(Method, &Deadline)> =
        all.iter().filter(|(_, c, d)| case(c, d).is_none()).map(|(m, _, d)| (*m, *d)).collect();
    let mut cases: Vec<(String, String)> = Vec::new();
    for (_, channel, deadline) in &all {
        if let Some(case) = case(channel, deadline) {
            let entry = (duration(deadline), case);
            if !cases.contains(&entry) {
                cases.push(entry);
            }
        }
    }
    let values = distinct(general.iter().map(|(_, deadline)| duration(deadline)));
    let mut fact = match (values.as_slice(), cases.as_slice()) {
        ([], [(only, note)]) => return Fact::certain(only).note(nbsp(note)),
        ([], cases) => {
            let values = distinct(cases.iter().map(|(value, _)| value.clone()));
            match values.as_slice() {
                [one] => Fact::certain(one),
                [a, b] => Fact::certain(format!("{a} hoặc {b}, tùy trường hợp")),
                many => Fact::certain(format!("{} mức, tùy trường hợp", many.len())),
            }
        }
        ([one], _) => Fact::certain(one),
        // Each way of filing has its own.
        (_, _) => {
            let words =
                general.iter().map(|(method, d)| format!("{} {}", duration(d), method_words(*method)));
            Fact::certain(distinct(words).join(", "))
        }
    };
    let line = |(value, case): &(String, String)| match *value == fact.value {
        true => nbsp(case).into_owned(),
        false => format!("{value}: {}", nbsp(case)),
    };
    let lines: Vec<String> = cases.iter().map(line).collect();
    if lines.len() <= 2 && lines.iter().all(|line| line.chars().count() <= LONGEST_NOTE) {
        fact.notes = lines;
    } else if !lines.is_empty() {
        fact.notes.push("Xem từng trường hợp ở bảng bên dưới.".to_owned());
    }
    fact
}

/// The longest note that still belongs beside a key fact, in characters.
const LONGEST_NOTE: usize = 90;

fn doubtful_deadline(all: &[(Method, &Channel, &Deadline)], found: &BTreeSet<DeadlineDoubtKind>) -> Fact {
    let values = distinct(all.iter().map(|(_, _, deadline)| duration(deadline)));
    let with_methods = |value: &String| {
        let methods = distinct(
            all.iter().filter(|(_, _, d)| duration(d) == *value).map(|(m, _, _)| method_words(*m).to_owned()),
        );
        format!("{value} ({})", methods.join(", "))
    };
    let what = if values.len() == 1 {
        values.join("")
    } else if found.contains(&DeadlineDoubtKind::UnitsDiffer) {
        values.iter().map(with_methods).collect::<Vec<_>>().join("; ")
    } else {
        values.join("; ")
    };
    let mut fact = Fact::doubtful(vec![format!("Nguồn ghi: {what}."), ASK.to_owned()]);
    if values.len() == 1 {
        fact.value = "Nguồn ghi chưa rõ".to_owned();
    }
    fact
}

/// The one deadline that holds whatever the case and the way of filing, if there is one.
pub fn only_deadline(procedure: &Procedure) -> Option<&Deadline> {
    let mut all = procedure.channels.iter().flat_map(|channel| channel.deadlines.iter());
    let first = all.next()?;
    let one = all.all(|other| (other.number, other.unit) == (first.number, first.unit));
    (one && doubts::deadline_doubts(procedure).is_empty()).then_some(first)
}

/// How much it costs. “Không thu” only where every fee that the record knows is 0.
pub fn fee(procedure: &Procedure) -> Fact {
    let mut fees: Vec<&Fee> = Vec::new();
    for fee in procedure.channels.iter().flat_map(|channel| channel.fees.iter()) {
        if !fees.contains(&fee) {
            fees.push(fee);
        }
    }
    if fees.is_empty() {
        return Fact::unknown();
    }
    if !doubts::fee_doubts(procedure).is_empty() {
        return doubtful_fee(procedure);
    }
    if fees.iter().all(|fee| is_free(fee)) {
        return Fact::certain("Không thu");
    }
    let known: Vec<&Fee> = fees.iter().copied().filter(|fee| amount(fee) != UNKNOWN).collect();
    if known.is_empty() {
        return Fact::unknown();
    }
    let in_dong = |fee: &&&Fee| {
        fee.formula.is_none()
            && fee.currency.unwrap_or(Currency::Vnd) == Currency::Vnd
            && fee.amount.is_some()
    };
    match known.as_slice() {
        [one] => {
            let words = amount(one);
            if words.chars().count() > LONGEST_VALUE {
                return Fact::certain("Có thu, theo cách tính").note(SEE_TABLE);
            }
            let label = named(one);
            let fact = Fact::certain(words);
            if label.is_empty() || label.chars().count() > LONGEST_NOTE { fact } else { fact.note(label) }
        }
        [a, b] if in_dong(&a) && in_dong(&b) && a.kind != b.kind => {
            Fact::certain(format!("{} và {}", amount(a), amount(b))).note([named(a), named(b)].join("; "))
        }
        many if many.iter().all(|fee| in_dong(&fee)) => {
            let amounts: Vec<u64> = many.iter().filter_map(|fee| fee.amount).map(|amount| amount.0).collect();
            let least = amounts.iter().copied().min().unwrap_or(0);
            let most = amounts.iter().copied().max().unwrap_or(0);
            let value = if least == most {
                number::dong(most)
            } else {
                format!("Từ {} đến {}", number::thousands(least), number::dong(most))
            };
            Fact::certain(value).note(format!("{} khoản hoặc mức. {SEE_TABLE}", many.len()))
        }
        _ => Fact::certain("Có thu, theo cách tính").note(SEE_TABLE),
    }
}

/// The longest formula that is shown as a key fact, in characters.
const LONGEST_VALUE: usize = 60;

const SEE_TABLE: &str = "Xem bảng phí bên dưới.";

fn is_free(fee: &Fee) -> bool {
    fee.amount.is_some_and(|amount| amount.0 == 0) && fee.formula.is_none()
}

/// The kind and the note of a fee: `Phí đăng bạ`, `Lệ phí`.
pub fn named(fee: &Fee) -> String {
    let note = fee.note.as_ref().map(Text::as_str).map(|note| nbsp(note).into_owned());
    match (fee.kind, note) {
        (_, Some(note)) => note,
        (Some(kind), None) => kind.label().to_owned(),
        (None, None) => String::new(),
    }
}

fn doubtful_fee(procedure: &Procedure) -> Fact {
    let words = |fee: &Fee| match named(fee) {
        name if name.is_empty() || fee.note.is_none() || name.chars().count() > LONGEST_VALUE => amount(fee),
        name => format!("{} ({})", amount(fee), name.trim_end_matches('.')),
    };
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for method in methods(procedure) {
        let fees = procedure.channels.iter().filter(|c| c.method == method).flat_map(|c| c.fees.iter());
        let mut fees = distinct(fees.map(words));
        fees.sort();
        if fees.is_empty() {
            continue;
        }
        let line = fees.join(" và ");
        match lines.iter_mut().find(|(known, _)| *known == line) {
            Some((_, methods)) => methods.push(method_words(method)),
            None => lines.push((line, vec![method_words(method)])),
        }
    }
    let lines: Vec<String> =
        lines.into_iter().map(|(line, methods)| format!("{line}: {}", methods.join(", "))).collect();
    Fact::doubtful(vec![format!("Nguồn ghi {}.", lines.join("; ")), ASK.to_owned()])
}

/// How many papers.
pub fn dossier(procedure: &Procedure) -> Fact {
    let counts: Vec<usize> =
        procedure.dossiers.iter().map(|case| case.papers.len()).filter(|count| *count > 0).collect();
    let value = match counts.as_slice() {
        [] => return Fact::unknown(),
        [one] => format!("{one}\u{A0}loại giấy\u{A0}tờ"),
        many => format!("{} trường hợp", many.len()),
    };
    let mut fact = Fact::certain(value);
    if let (Some(least), Some(most)) = (counts.iter().min(), counts.iter().max())
        && counts.len() > 1
    {
        let range = if least == most { least.to_string() } else { format!("{least} đến {most}") };
        fact.notes.push(format!("mỗi trường hợp {range}\u{A0}loại giấy\u{A0}tờ"));
    }
    if let Some(copies) = procedure.dossier_copies {
        fact.notes.push(format!("nộp {copies}\u{A0}bộ"));
    }
    fact
}

/// How it is filed.
pub fn filing(procedure: &Procedure) -> Fact {
    let methods: Vec<&str> = methods(procedure).into_iter().map(method_words).collect();
    let words = match methods.as_slice() {
        [] => return Fact::unknown(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} hoặc {last}", first.join(", ")),
    };
    Fact::certain(capital(&words))
}

/// Each text once, in the order of their first occurrence.
pub fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in texts {
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn procedure(rest: &str) -> Procedure {
        let text = format!("ma: '1.000001'\nten: A\nlinh_vuc: a\n{rest}\n");
        crate::parse::yaml::typed(&text).expect("a good record")
    }

    fn plain(text: &str) -> String {
        text.replace('\u{A0}', " ")
    }

    fn said(fact: &Fact) -> (String, Vec<String>, Certainty) {
        (plain(&fact.value), fact.notes.iter().map(|note| plain(note)).collect(), fact.certainty)
    }

    #[track_caller]
    fn deadline_is(channels: &str, value: &str, notes: &[&str], certainty: Certainty) {
        let notes = notes.iter().map(|note| (*note).to_owned()).collect();
        let fact = deadline(&procedure(&format!("cach_thuc: {channels}")));
        assert_eq!(said(&fact), (value.to_owned(), notes, certainty));
    }

    #[track_caller]
    fn fee_is(channels: &str, value: &str, notes: &[&str], certainty: Certainty) {
        let notes = notes.iter().map(|note| (*note).to_owned()).collect();
        let fact = fee(&procedure(&format!("cach_thuc: {channels}")));
        assert_eq!(said(&fact), (value.to_owned(), notes, certainty));
    }

    #[test]
    fn a_silent_record_is_said_to_be_silent() {
        deadline_is("[{hinh_thuc: truc_tiep}]", "Nguồn không ghi", &[], Certainty::Unknown);
        fee_is("[{hinh_thuc: truc_tiep}]", "Nguồn không ghi", &[], Certainty::Unknown);
        fee_is("[{hinh_thuc: truc_tiep, phi: [{loai: phi}]}]", "Nguồn không ghi", &[], Certainty::Unknown);
        assert_eq!(dossier(&procedure("")).certainty, Certainty::Unknown);
        assert_eq!(filing(&procedure("")).certainty, Certainty::Unknown);
    }

    #[test]
    fn one_deadline_is_the_answer() {
        deadline_is(
            "[{hinh_thuc: truc_tiep, thoi_han: [{so: 7, don_vi: ngay_lam_viec}]}, {hinh_thuc: buu_chinh, thoi_han: [{so: 7, don_vi: ngay_lam_viec}]}]",
            "7 ngày làm việc",
            &[],
            Certainty::Certain,
        );
    }

    #[test]
    fn cases_are_told_apart() {
        deadline_is(
            "[{hinh_thuc: truc_tiep, thoi_han: [{so: 15, don_vi: ngay}, {so: 35, don_vi: ngay, ghi_chu: Dự án lớn}]}]",
            "15 ngày",
            &["35 ngày: Dự án lớn"],
            Certainty::Certain,
        );
        deadline_is(
            "[{hinh_thuc: truc_tiep, thoi_han: [{so: 15, don_vi: ngay, ghi_chu: Sửa}, {so: 75, don_vi: ngay, ghi_chu: Dừng}]}]",
            "15 ngày hoặc 75 ngày, tùy trường hợp",
            &["15 ngày: Sửa", "75 ngày: Dừng"],
            Certainty::Certain,
        );
        // A note on how the same days are counted does not say them again.
        deadline_is(
            "[{hinh_thuc: truc_tiep, thoi_han: [{so: 7, don_vi: ngay}]}, {hinh_thuc: truc_tuyen, thoi_han: [{so: 7, don_vi: ngay, ghi_chu: Từ khi nhận đủ}]}]",
            "7 ngày",
            &["Từ khi nhận đủ"],
            Certainty::Certain,
        );
        deadline_is(
            "[{hinh_thuc: truc_tiep, thoi_han: [{so: 7, don_vi: ngay}]}, {hinh_thuc: truc_tuyen, thoi_han: [{so: 5, don_vi: ngay}]}]",
            "7 ngày trực tiếp, 5 ngày trực tuyến",
            &[],
            Certainty::Certain,
        );
    }

    #[test]
    fn a_contradiction_is_shown_with_both_figures() {
        deadline_is(
            "[{hinh_thuc: truc_tuyen, thoi_han: [{so: 110, don_vi: ngay}]}, {hinh_thuc: buu_chinh, thoi_han: [{so: 110, don_vi: gio}]}, \
              {hinh_thuc: truc_tiep, thoi_han: [{so: 110, don_vi: ngay}]}]",
            "Nguồn ghi chưa thống nhất",
            &[
                "Nguồn ghi: 110 ngày (trực tuyến, trực tiếp); 110 giờ (qua bưu chính).",
                "Hãy hỏi nơi tiếp nhận.",
            ],
            Certainty::Doubtful,
        );
        deadline_is(
            "[{hinh_thuc: truc_tiep, thoi_han: [{so: 5}]}]",
            "Nguồn ghi chưa rõ",
            &["Nguồn ghi: 5 (nguồn không ghi đơn vị).", "Hãy hỏi nơi tiếp nhận."],
            Certainty::Doubtful,
        );
    }

    #[test]
    fn free_only_when_every_known_fee_is_zero() {
        let channels = |a: &str, b: &str| {
            format!("[{{hinh_thuc: truc_tiep, phi: [{a}]}}, {{hinh_thuc: truc_tuyen, phi: [{b}]}}]")
        };
        fee_is(&channels("{so_tien: 0}", "{so_tien: 0}"), "Không thu", &[], Certainty::Certain);
        fee_is(&channels("{so_tien: 0}", ""), "Không thu", &[], Certainty::Certain);
        fee_is(
            "[{hinh_thuc: truc_tiep, phi: [{so_tien: 0, cach_tinh: Theo quy định của Bộ Tài chính}]}]",
            "Theo quy định của Bộ Tài chính",
            &[],
            Certainty::Certain,
        );
        let fact = fee(&procedure(&format!("cach_thuc: {}", channels("{so_tien: 0}", "{so_tien: 1000}"))));
        assert_eq!(fact.certainty, Certainty::Doubtful);
    }

    #[test]
    fn amounts_are_named_and_never_added_up() {
        fee_is(
            "[{hinh_thuc: truc_tiep, phi: [{loai: le_phi, so_tien: 350000}]}]",
            "350.000 đồng",
            &["Lệ phí"],
            Certainty::Certain,
        );
        fee_is(
            "[{hinh_thuc: truc_tiep, phi: [{loai: le_phi, so_tien: 1000000}, {loai: phi, so_tien: 50000000}]}]",
            "1.000.000 đồng và 50.000.000 đồng",
            &["Lệ phí; Phí"],
            Certainty::Certain,
        );
        fee_is(
            "[{hinh_thuc: truc_tiep, phi: [{so_tien: 1000, ghi_chu: A}, {so_tien: 3000, ghi_chu: B}, {so_tien: 2000, ghi_chu: C}]}]",
            "Từ 1.000 đến 3.000 đồng",
            &["3 khoản hoặc mức. Xem bảng phí bên dưới."],
            Certainty::Certain,
        );
    }

    #[test]
    fn contradicting_fees_name_the_channels() {
        fee_is(
            "[{hinh_thuc: truc_tuyen, phi: [{so_tien: 300000}]}, {hinh_thuc: buu_chinh, phi: [{so_tien: 150000}]}, {hinh_thuc: truc_tiep, phi: [{so_tien: 150000}]}]",
            "Nguồn ghi chưa thống nhất",
            &[
                "Nguồn ghi 300.000 đồng: trực tuyến; 150.000 đồng: trực tiếp, qua bưu chính.",
                "Hãy hỏi nơi tiếp nhận.",
            ],
            Certainty::Doubtful,
        );
    }

    #[test]
    fn papers_are_counted_by_case() {
        let fact = dossier(&procedure("ho_so: [{giay_to: [{ten: A}, {ten: B}]}]\nso_bo_ho_so: 1"));
        assert_eq!(
            said(&fact),
            ("2 loại giấy tờ".to_owned(), vec!["nộp 1 bộ".to_owned()], Certainty::Certain)
        );
        let fact = dossier(&procedure(
            "ho_so: [{truong_hop: X, giay_to: [{ten: A}, {ten: B}]}, {truong_hop: Y, giay_to: [{ten: A}]}]",
        ));
        assert_eq!(
            said(&fact),
            (
                "2 trường hợp".to_owned(),
                vec!["mỗi trường hợp 1 đến 2 loại giấy tờ".to_owned()],
                Certainty::Certain
            )
        );
    }

    #[test]
    fn ways_of_filing_stand_in_one_order() {
        let fact = filing(&procedure(
            "cach_thuc: [{hinh_thuc: buu_chinh}, {hinh_thuc: truc_tiep}, {hinh_thuc: truc_tuyen}, {hinh_thuc: truc_tiep}]",
        ));
        assert_eq!(fact.value, "Trực tuyến, trực tiếp hoặc qua bưu chính");
    }
}
