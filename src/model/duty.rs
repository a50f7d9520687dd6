//! Whether the agency keeps its own duties: judged from its own records, never typed.
//!
//! - What no record tells is unknown. It is named as such and never counted as kept.
//! - What is not due yet is pending: nobody can judge it.
//! - Made-up examples are judged apart and never count.
//! - Limits are data (`thoi_han` in `trang.yaml`), since sources conflict. Where the site gives none,
//!   nothing is assumed and the duty says so.
//!
//! The first two duties are indices 1.1 and 1.2 of decision 766/QĐ-TTg, the third is article 8.2 of
//! decree 63/2010/NĐ-CP, the next two are those of [`super::petition`].

use std::collections::BTreeSet;

use super::content::{Part, missing_parts};
use super::law::{Validity, validity};
use super::petition::{Handling, Stage, Term};
use super::{DecisionId, Model};
use crate::base::date::{Calendar, Date};
use crate::record::config::Limit;
use crate::record::decision::Decision;
use crate::record::petition::Petition;
use crate::record::procedure::{Procedure, TimeUnit};
use crate::record::scalar::{Code, LawNumber, ProcedureCode};
use crate::vi::fold::fold;

/// A duty of the agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// A decision is signed long enough before it takes effect: decision 766/QĐ-TTg, index 1.1.
    Announce,
    /// A decision is put on the site soon after it is signed: decision 766/QĐ-TTg, index 1.2.
    Publish,
    /// A procedure has every part of its content: decree 63/2010/NĐ-CP art. 8.2.
    FullContent,
    /// A petition is answered within its term.
    Answer,
    /// The answer to a petition is made public within its term.
    PublishAnswer,
    /// A procedure rests on no legal text that is out of force.
    LegalBases,
    /// A procedure is compared with its source often enough.
    Review,
}

impl Duty {
    /// Every duty, in the order in which pages tell of them.
    pub const ALL: [Duty; 7] = [
        Duty::Announce,
        Duty::Publish,
        Duty::FullContent,
        Duty::Answer,
        Duty::PublishAnswer,
        Duty::LegalBases,
        Duty::Review,
    ];

    /// The stable word for data and places in the page.
    pub fn key(self) -> &'static str {
        match self {
            Duty::Announce => "ky-du-som",
            Duty::Publish => "dang-quyet-dinh",
            Duty::FullContent => "du-noi-dung",
            Duty::Answer => "tra-loi-phan-anh",
            Duty::PublishAnswer => "cong-khai-ket-qua",
            Duty::LegalBases => "can-cu-con-hieu-luc",
            Duty::Review => "ra-soat-thu-tuc",
        }
    }

    /// The codes of its limits in `trang.yaml`; the first is the agency's own.
    pub fn limit_codes(self) -> &'static [&'static str] {
        match self {
            Duty::Announce => &["ky_truoc_hieu_luc", "ky_truoc_hieu_luc_bo"],
            Duty::Publish => &["cong_bo", "cong_bo_bo"],
            Duty::Answer => &["phan_anh", "phan_anh_phuc_tap", "phan_anh_tu_choi"],
            Duty::PublishAnswer => &["phan_anh_cong_khai"],
            Duty::Review => &["ra_soat"],
            Duty::FullContent | Duty::LegalBases => &[],
        }
    }
}

/// What a case is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A decision.
    Decision(DecisionId),
    /// A procedure.
    Procedure(ProcedureCode),
    /// A petition.
    Petition(Code),
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The duty was kept.
    Kept,
    /// It was not.
    Missed,
    /// The records do not tell.
    Unknown,
    /// It is not due yet.
    Pending,
}

impl Outcome {
    /// The stable word for data.
    pub fn key(self) -> &'static str {
        match self {
            Outcome::Kept => "dat",
            Outcome::Missed => "khong_dat",
            Outcome::Unknown => "chua_biet",
            Outcome::Pending => "con_han",
        }
    }
}

/// Why a case is judged as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Done on a day, so many working days after the last day on which it was in time.
    Done {
        /// From when the term runs, or until when it ran.
        from: Date,
        /// When it was done.
        on: Date,
        /// The last day in time.
        due: Date,
        /// Working days late; 0 is in time.
        late: u32,
    },
    /// Not done by the day of the build.
    NotDone {
        /// From when the term runs.
        from: Date,
        /// The last day in time.
        due: Date,
        /// Working days late; 0 while there is time.
        late: u32,
    },
    /// Compared with its source on a day, to be done again by the last day of the term.
    Reviewed {
        /// When it was last compared.
        on: Date,
        /// The last day for doing it again.
        due: Date,
        /// Working days past that day.
        late: u32,
    },
    /// A day that decides is not in the record.
    NoDay,
    /// The site gives no limit for it; the day on which it was done last, if known.
    NoLimit(Option<Date>),
    /// Who signed is neither of a province nor of a ministry, so no limit holds.
    UnknownSigner,
    /// Nothing is amiss.
    Whole,
    /// Parts of the content are missing.
    Lacks(Vec<Part>),
    /// These legal texts are out of force.
    Expired(Vec<LawNumber>),
    /// Of these legal texts the site does not know whether they are in force.
    UnknownLaws(Vec<LawNumber>),
    /// The record names no legal text.
    NoLaws,
}

/// One case of a duty: a record, and how the duty was kept for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it is about.
    pub about: About,
    /// How it ended.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// A made-up example, which never counts.
    pub illustrative: bool,
}

impl Case {
    /// Working days late.
    pub fn late(&self) -> u32 {
        match self.reason {
            Reason::Done { late, .. } | Reason::NotDone { late, .. } | Reason::Reviewed { late, .. } => late,
            _ => 0,
        }
    }
}

/// How many cases ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// The duty was kept.
    pub kept: usize,
    /// It was not.
    pub missed: usize,
    /// The records do not tell.
    pub unknown: usize,
    /// Not due yet.
    pub pending: usize,
}

impl Counts {
    /// Of these cases.
    pub fn of<'c>(cases: impl IntoIterator<Item = &'c Case>) -> Self {
        let mut counts = Self::default();
        for case in cases {
            *match case.outcome {
                Outcome::Kept => &mut counts.kept,
                Outcome::Missed => &mut counts.missed,
                Outcome::Unknown => &mut counts.unknown,
                Outcome::Pending => &mut counts.pending,
            } += 1;
        }
        counts
    }

    /// The cases that can be judged: the denominator of the share.
    pub fn judged(self) -> usize {
        self.kept + self.missed
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.judged() + self.unknown + self.pending
    }

    /// The share that was kept, in hundredths of a percent, rounded down: what is not whole is never
    /// shown as 100%. None where nothing can be judged.
    pub fn share(self) -> Option<u32> {
        let judged = u64::try_from(self.judged()).ok().filter(|judged| *judged > 0)?;
        let kept = u64::try_from(self.kept).ok()?;
        u32::try_from(kept * 10_000 / judged).ok()
    }
}

/// The limit of this code, where the site gives it.
pub fn limit<'m>(model: &'m Model, code: &str) -> Option<&'m Limit> {
    model.site.record.limits.iter().find(|limit| limit.code.as_str() == code)
}

/// The term of this code, where the site gives it.
pub fn term(model: &Model, code: &str) -> Option<Term> {
    limit(model, code)
        .map(|limit| Term { number: u32::try_from(limit.number.0).unwrap_or(u32::MAX), unit: limit.unit })
}

/// Every case of a duty, in the order of the records.
pub fn cases(model: &Model, duty: Duty) -> Vec<Case> {
    match duty {
        Duty::Announce => decisions(model, |decision| announced(model, decision)),
        Duty::Publish => decisions(model, |decision| put_on_site(model, decision)),
        Duty::FullContent => procedures(model, full_content),
        Duty::LegalBases => procedures(model, |procedure| legal_bases(model, procedure)),
        Duty::Review => {
            let term = term(model, "ra_soat");
            procedures(model, |procedure| reviewed(model, term, procedure))
        }
        Duty::Answer => petitions(model, |petition, handling| Some(answered(petition, handling))),
        Duty::PublishAnswer => petitions(model, |_, handling| published(handling)),
    }
}

type Judged = (Outcome, Reason);

/// Decisions that were signed by the day of the build.
fn decisions(model: &Model, judge: impl Fn(&Decision) -> Judged) -> Vec<Case> {
    let known = model.decisions.iter().filter(|(_, filed)| filed.record.signed.0 <= model.as_of.date());
    known
        .map(|(id, filed)| {
            let (outcome, reason) = judge(&filed.record);
            let illustrative = filed.record.illustrative.0;
            Case { about: About::Decision(id.clone()), outcome, reason, illustrative }
        })
        .collect()
}

/// Procedures that a citizen may have to carry out.
fn procedures(model: &Model, judge: impl Fn(&Procedure) -> Judged) -> Vec<Case> {
    let current = model.procedures.iter().filter(|(code, _)| model.state(code).standing.is_current());
    current
        .map(|(code, filed)| {
            let (outcome, reason) = judge(&filed.record);
            let illustrative = filed.record.illustrative.0;
            Case { about: About::Procedure(code.clone()), outcome, reason, illustrative }
        })
        .collect()
}

/// Petitions that had come in by the day of the build, and that the duty is about.
fn petitions(model: &Model, judge: impl Fn(&Petition, &Handling) -> Option<Judged>) -> Vec<Case> {
    let known = model.known_petitions();
    known
        .filter_map(|(code, filed, handling)| {
            let (outcome, reason) = judge(&filed.record, handling)?;
            let illustrative = filed.record.illustrative.0;
            Some(Case { about: About::Petition(code.clone()), outcome, reason, illustrative })
        })
        .collect()
}

// ---- Decisions ----------------------------------------------------------------------------------

/// Whose decision it is: provinces and ministries have different terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// A people's committee of a province, its chairman, or one of its departments.
    Province,
    /// A ministry.
    Ministry,
}

/// Who signed a decision, by the words of its agency; none if they do not tell.
pub fn signer(decision: &Decision) -> Option<Signer> {
    let agency = fold(decision.agency.as_str());
    let begins = |words: &[&str]| words.iter().any(|word| agency.starts_with(word));
    if begins(&["uy ban nhan dan", "ubnd", "chu tich uy ban", "chu tich ubnd", "so "]) {
        Some(Signer::Province)
    } else if begins(&["bo ", "bo truong"]) {
        Some(Signer::Ministry)
    } else {
        None
    }
}

/// The last day of a term that must be over by `until`: the day from which that many days are left.
fn latest_before(term: Term, until: Date, calendar: &Calendar) -> Date {
    let days = |n: u32| i32::try_from(n).unwrap_or(i32::MAX).saturating_neg();
    match term.unit {
        TimeUnit::WorkingDay | TimeUnit::Hour => {
            let whole = if term.unit == TimeUnit::Hour { term.number.div_ceil(8) } else { term.number };
            let mut left = whole.min(5_000);
            let mut day = until;
            while left > 0 {
                left -= u32::from(calendar.is_working(day));
                let before = day.plus_days(-1);
                if before == day {
                    break; // The calendar begins here.
                }
                day = before;
            }
            day
        }
        TimeUnit::Day => until.plus_days(days(term.number)),
        TimeUnit::Month => until.plus_months(days(term.number)),
        TimeUnit::Year => until.plus_months(days(term.number).saturating_mul(12)),
    }
}

/// Signed on the last day in time, or before it.
fn announced(model: &Model, decision: &Decision) -> Judged {
    let Some(signer) = signer(decision) else { return (Outcome::Unknown, Reason::UnknownSigner) };
    let code = match signer {
        Signer::Province => "ky_truoc_hieu_luc",
        Signer::Ministry => "ky_truoc_hieu_luc_bo",
    };
    let Some(term) = term(model, code) else { return (Outcome::Unknown, Reason::NoLimit(None)) };
    // Without a day of effect a decision takes effect when it is signed, as far as the site knows;
    // to count that as too late would be a guess.
    let Some(effective) = decision.effective else { return (Outcome::Unknown, Reason::NoDay) };
    let (from, on) = (effective.0, decision.signed.0);
    let due = latest_before(term, from, &model.calendar);
    done(from, on, due, &model.calendar)
}

/// Put on the site within the term that starts on the day after it was signed.
fn put_on_site(model: &Model, decision: &Decision) -> Judged {
    // Whoever signed: putting it on this site is this agency's work. A ministry's own term holds
    // where the site gives one.
    let own = || term(model, "cong_bo");
    let term = match signer(decision) {
        Some(Signer::Ministry) => term(model, "cong_bo_bo").or_else(own),
        _ => own(),
    };
    let posted = decision.posted.map(|day| day.0);
    let Some(term) = term else { return (Outcome::Unknown, Reason::NoLimit(posted)) };
    let (from, today) = (decision.signed.0, model.as_of.date());
    let due = term.ends(from, &model.calendar);
    match posted {
        Some(on) if on <= today => done(from, on, due, &model.calendar),
        Some(_) => not_done(from, due, today, &model.calendar),
        None if due >= today => (Outcome::Pending, Reason::NotDone { from, due, late: 0 }),
        None => (Outcome::Unknown, Reason::NoDay),
    }
}

fn done(from: Date, on: Date, due: Date, calendar: &Calendar) -> Judged {
    if on <= due {
        return (Outcome::Kept, Reason::Done { from, on, due, late: 0 });
    }
    // A day of rest after the last day is late as well.
    let late = calendar.working_days_between(due, on).max(1);
    (Outcome::Missed, Reason::Done { from, on, due, late })
}

fn not_done(from: Date, due: Date, today: Date, calendar: &Calendar) -> Judged {
    let late = calendar.working_days_between(due, today);
    let outcome = if late > 0 { Outcome::Missed } else { Outcome::Pending };
    (outcome, Reason::NotDone { from, due, late })
}

// ---- Procedures ---------------------------------------------------------------------------------

fn full_content(procedure: &Procedure) -> Judged {
    let missing = missing_parts(procedure);
    if missing.is_empty() {
        (Outcome::Kept, Reason::Whole)
    } else {
        (Outcome::Missed, Reason::Lacks(missing))
    }
}

/// The legal texts on which a procedure and its fees rest.
pub fn bases(procedure: &Procedure) -> BTreeSet<&LawNumber> {
    let fees = procedure.channels.iter().flat_map(|channel| &channel.fees);
    procedure.legal_bases.iter().chain(fees.filter_map(|fee| fee.legal_basis.as_ref())).collect()
}

fn legal_bases(model: &Model, procedure: &Procedure) -> Judged {
    let bases = bases(procedure);
    if bases.is_empty() {
        return (Outcome::Unknown, Reason::NoLaws);
    }
    let (mut expired, mut unknown) = (Vec::new(), Vec::new());
    for number in bases {
        match model.laws.get(number).map(|law| validity(model, &law.record)) {
            Some(Validity::Expired { .. }) => expired.push(number.clone()),
            Some(Validity::InForce | Validity::NotYet(_)) => {}
            Some(Validity::Unknown) | None => unknown.push(number.clone()),
        }
    }
    if !expired.is_empty() {
        (Outcome::Missed, Reason::Expired(expired))
    } else if !unknown.is_empty() {
        (Outcome::Unknown, Reason::UnknownLaws(unknown))
    } else {
        (Outcome::Kept, Reason::Whole)
    }
}

/// The day of the source is the day on which the procedure was last compared with it.
fn reviewed(model: &Model, term: Option<Term>, procedure: &Procedure) -> Judged {
    let today = model.as_of.date();
    let day = procedure.source.as_ref().and_then(|source| source.date).map(|day| day.0);
    let Some(term) = term else { return (Outcome::Unknown, Reason::NoLimit(day)) };
    let Some(on) = day else { return (Outcome::Unknown, Reason::NoDay) };
    let due = term.ends(on, &model.calendar);
    let late = model.calendar.working_days_between(due, today);
    let outcome = if late > 0 { Outcome::Missed } else { Outcome::Kept };
    (outcome, Reason::Reviewed { on, due, late })
}

// ---- Petitions ----------------------------------------------------------------------------------

fn answered(petition: &Petition, handling: &Handling) -> Judged {
    let (from, due, late) = (petition.received.0, handling.due, handling.late);
    match handling.answered {
        Some(on) => {
            let outcome = if late > 0 { Outcome::Missed } else { Outcome::Kept };
            (outcome, Reason::Done { from, on, due, late })
        }
        None => {
            let outcome = if late > 0 { Outcome::Missed } else { Outcome::Pending };
            (outcome, Reason::NotDone { from, due, late })
        }
    }
}

fn published(handling: &Handling) -> Option<Judged> {
    if !matches!(handling.stage, Stage::Answered | Stage::Published) {
        return None;
    }
    let (from, due, late) = (handling.answered?, handling.publish_due?, handling.publish_late);
    Some(match handling.published {
        Some(on) => {
            let outcome = if late > 0 { Outcome::Missed } else { Outcome::Kept };
            (outcome, Reason::Done { from, on, due, late })
        }
        None => {
            let outcome = if late > 0 { Outcome::Missed } else { Outcome::Pending };
            (outcome, Reason::NotDone { from, due, late })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;
    use crate::record::scalar::Scalar;

    const SITE: &str = "ten: Sở A\ndia_chi_trang: https://a.vn/\nthoi_han:
- {ma: cong_bo, so: 5, don_vi: ngay_lam_viec}
- {ma: cong_bo_bo, so: 10, don_vi: ngay_lam_viec}
- {ma: ky_truoc_hieu_luc, so: 5, don_vi: ngay_lam_viec}
- {ma: ra_soat, so: 6, don_vi: thang}
";
    const BARE: &str = "ten: Sở A\ndia_chi_trang: https://a.vn/\n";

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a good date")
    }

    /// The only case of a duty on a site with one decision.
    fn of_decision(duty: Duty, site: &str, on: &str, agency: &str, more: &str) -> Case {
        let decision = format!(
            "so: 9/QĐ-A\nngay_ky: 2026-03-02\nco_quan: {agency}\ntrich_yeu: x\n{more}muc: [{{thu_tuc: 9.999999, loai: ban_hanh_moi}}]\n"
        );
        let model = model(on, &[("trang.yaml", site), ("quyet-dinh/9.yaml", &decision)]);
        let mut found = cases(&model, duty);
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    fn of_procedure(duty: Duty, site: &str, on: &str, more: &str) -> Case {
        let procedure = format!("ma: 1.000001\nten: Cấp phép\nlinh_vuc: x\n{more}");
        let laws = "- {so_ky_hieu: 1/2020/NĐ-CP, ten: Cũ, hieu_luc_tu: 2020-01-01, hieu_luc_den: 2025-12-31}
- {so_ky_hieu: 2/2026/NĐ-CP, ten: Mới, hieu_luc_tu: 2026-01-01}
- {so_ky_hieu: 3/2026/NĐ-CP, ten: Không rõ}
";
        let files = [("trang.yaml", site), ("thu-tuc/a.yaml", &*procedure), ("danh-muc/van-ban.yaml", laws)];
        let mut found = cases(&model(on, &files), duty);
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    #[test]
    fn a_decision_is_put_on_the_site_in_time_or_late() {
        // Monday 2 March 2026 and five working days: Monday 9 March.
        for (on, agency, more, outcome, late) in [
            ("2026-04-01", "UBND tỉnh A", "ngay_dang: 2026-03-02\n", Outcome::Kept, 0),
            ("2026-04-01", "UBND tỉnh A", "ngay_dang: 2026-03-09\n", Outcome::Kept, 0),
            ("2026-04-01", "UBND tỉnh A", "ngay_dang: 2026-03-10\n", Outcome::Missed, 1),
            ("2026-04-01", "UBND tỉnh A", "ngay_dang: 2026-03-16\n", Outcome::Missed, 5),
            // A ministry has ten.
            ("2026-04-01", "Bộ B", "ngay_dang: 2026-03-16\n", Outcome::Kept, 0),
            ("2026-04-01", "Bộ B", "ngay_dang: 2026-03-17\n", Outcome::Missed, 1),
            // Nobody knows when: not counted as kept, and not yet due while there is time.
            ("2026-03-09", "UBND tỉnh A", "", Outcome::Pending, 0),
            ("2026-03-10", "UBND tỉnh A", "", Outcome::Unknown, 0),
            // What is dated after the day of the build has not happened.
            ("2026-03-09", "UBND tỉnh A", "ngay_dang: 2026-03-12\n", Outcome::Pending, 0),
            ("2026-03-11", "UBND tỉnh A", "ngay_dang: 2026-03-12\n", Outcome::Missed, 2),
        ] {
            let case = of_decision(Duty::Publish, SITE, on, agency, more);
            assert_eq!((case.outcome, case.late()), (outcome, late), "{on} {agency} {more}");
        }
        let case = of_decision(Duty::Publish, BARE, "2026-04-01", "Bộ B", "ngay_dang: 2026-03-16\n");
        assert_eq!((case.outcome, case.reason), (Outcome::Unknown, Reason::NoLimit(Some(day("2026-03-16")))));
    }

    #[test]
    fn a_day_of_rest_after_the_last_day_is_late() {
        // The last day is Monday 9 March; posting on Saturday 14 March is late by four working days.
        let case = of_decision(Duty::Publish, SITE, "2026-04-01", "Sở A", "ngay_dang: 2026-03-14\n");
        assert_eq!((case.outcome, case.late()), (Outcome::Missed, 4));
        // Friday 6 March is due, Saturday 7 March is late although no working day has passed.
        let case = |posted: &str| {
            let site = SITE.replace("{ma: cong_bo, so: 5", "{ma: cong_bo, so: 4");
            of_decision(Duty::Publish, &site, "2026-04-01", "Sở A", &format!("ngay_dang: {posted}\n"))
        };
        assert_eq!((case("2026-03-06").outcome, case("2026-03-06").late()), (Outcome::Kept, 0));
        assert_eq!((case("2026-03-07").outcome, case("2026-03-07").late()), (Outcome::Missed, 1));
    }

    #[test]
    fn a_decision_is_signed_early_enough_before_it_takes_effect() {
        // Signed on Monday 2 March; Monday 9 March is five working days later.
        for (agency, more, outcome) in [
            ("Ủy ban nhân dân tỉnh A", "ngay_hieu_luc: 2026-03-09\n", Outcome::Kept),
            ("Ủy ban nhân dân tỉnh A", "ngay_hieu_luc: 2026-03-06\n", Outcome::Missed),
            ("Ủy ban nhân dân tỉnh A", "", Outcome::Unknown),
            ("Chủ tịch UBND tỉnh A", "ngay_hieu_luc: 2026-03-02\n", Outcome::Missed),
            // No limit for ministries here, and none for whom nobody knows.
            ("Bộ B", "ngay_hieu_luc: 2026-12-01\n", Outcome::Unknown),
            ("Tập đoàn C", "ngay_hieu_luc: 2026-12-01\n", Outcome::Unknown),
        ] {
            let case = of_decision(Duty::Announce, SITE, "2026-04-01", agency, more);
            assert_eq!(case.outcome, outcome, "{agency} {more}: {:?}", case.reason);
        }
        let late = of_decision(Duty::Announce, SITE, "2026-04-01", "UBND", "ngay_hieu_luc: 2026-03-02\n");
        // From Monday 23 February there were five working days left.
        let due = day("2026-02-23");
        let (from, on) = (day("2026-03-02"), day("2026-03-02"));
        assert_eq!(late.reason, Reason::Done { from, on, due, late: 5 });
    }

    #[test]
    fn the_latest_day_leaves_exactly_that_many_working_days() {
        let calendar = Calendar::new([day("2026-03-04")], []);
        for (until, number) in [("2026-03-09", 5), ("2026-03-08", 5), ("2026-03-04", 1), ("2026-03-02", 0)] {
            let until = day(until);
            let term = Term { number, unit: TimeUnit::WorkingDay };
            let latest = latest_before(term, until, &calendar);
            assert_eq!(calendar.working_days_between(latest, until), number, "{until}");
            assert!(calendar.working_days_between(latest.plus_days(1), until) < number.max(1), "{until}");
        }
        let month = Term { number: 1, unit: TimeUnit::Month };
        assert_eq!(latest_before(month, day("2026-03-31"), &calendar), day("2026-02-28"));
        let forever = Term { number: u32::MAX, unit: TimeUnit::WorkingDay };
        assert!(latest_before(forever, day("2026-03-31"), &calendar) < day("2010-01-01"));
    }

    #[test]
    fn a_procedure_lacks_parts_or_has_them_all() {
        let bare = of_procedure(Duty::FullContent, BARE, "2026-04-01", "trinh_tu: [Nộp]\n");
        assert_eq!(bare.outcome, Outcome::Missed);
        let Reason::Lacks(parts) = bare.reason else { unreachable!("parts are missing") };
        assert_eq!((parts.len(), parts.contains(&Part::Steps)), (5, false));
        let whole = "trinh_tu: [Nộp]\nso_bo_ho_so: 1\nho_so: [{giay_to: [{ten: Đơn}]}]\ndoi_tuong: [doanh_nghiep]\nco_quan: {thuc_hien: Sở A}\ncach_thuc: [{hinh_thuc: truc_tiep, thoi_han: [{so: 5, don_vi: ngay}]}]\n";
        let case = of_procedure(Duty::FullContent, BARE, "2026-04-01", whole);
        assert_eq!((case.outcome, case.reason, case.illustrative), (Outcome::Kept, Reason::Whole, false));
        let made_up = of_procedure(Duty::FullContent, BARE, "2026-04-01", "minh_hoa: true\n");
        assert!(made_up.illustrative);
    }

    #[test]
    fn a_procedure_rests_on_laws_in_force_or_not() {
        let law = |text: &str| LawNumber::parse(text).expect("a number");
        for (on, bases, outcome, reason) in [
            ("2026-04-01", "can_cu: [2/2026/NĐ-CP]", Outcome::Kept, Reason::Whole),
            ("2025-12-31", "can_cu: [1/2020/NĐ-CP]", Outcome::Kept, Reason::Whole),
            (
                "2026-01-01",
                "can_cu: [2/2026/NĐ-CP, 1/2020/NĐ-CP, 3/2026/NĐ-CP]",
                Outcome::Missed,
                Reason::Expired(vec![law("1/2020/NĐ-CP")]),
            ),
            (
                "2026-04-01",
                "cach_thuc: [{hinh_thuc: truc_tiep, phi: [{loai: phi, can_cu: 1/2020/NĐ-CP}]}]",
                Outcome::Missed,
                Reason::Expired(vec![law("1/2020/NĐ-CP")]),
            ),
            (
                "2026-04-01",
                "can_cu: [3/2026/NĐ-CP, 4/2026/NĐ-CP]",
                Outcome::Unknown,
                Reason::UnknownLaws(vec![law("3/2026/NĐ-CP"), law("4/2026/NĐ-CP")]),
            ),
            ("2026-04-01", "", Outcome::Unknown, Reason::NoLaws),
        ] {
            let case = of_procedure(Duty::LegalBases, BARE, on, &format!("{bases}\n"));
            assert_eq!((case.outcome, case.reason), (outcome, reason), "{on} {bases}");
        }
    }

    #[test]
    fn a_procedure_is_reviewed_within_the_limit_if_there_is_one() {
        let source = "nguon: {ten: Cổng, ngay: 2026-01-15}\n";
        let of = |site: &str, on: &str, more: &str| of_procedure(Duty::Review, site, on, more).outcome;
        // Six months end on Wednesday 15 July.
        assert_eq!(of(SITE, "2026-07-15", source), Outcome::Kept);
        assert_eq!(of(SITE, "2026-07-16", source), Outcome::Missed);
        assert_eq!(of(SITE, "2026-07-16", ""), Outcome::Unknown);
        let case = of_procedure(Duty::Review, BARE, "2036-07-16", source);
        assert_eq!(case.reason, Reason::NoLimit(Some(day("2026-01-15"))), "nothing is assumed");
    }

    #[test]
    fn petitions_are_answered_and_published_in_time_or_not() {
        let of = |on: &str, more: &str| {
            let petition = format!(
                "ma: 2026-001\nngay_tiep_nhan: 2026-03-02\nkenh: khac\nloai: quy_dinh\ntieu_de: x\nnoi_dung: y\ndon_vi: so\n{more}"
            );
            let model = model(on, &[("phan-anh/2026/001.yaml", &petition)]);
            let outcomes = |duty| cases(&model, duty).iter().map(|case| case.outcome).collect::<Vec<_>>();
            (outcomes(Duty::Answer), outcomes(Duty::PublishAnswer))
        };
        let answer = "ket_qua: {ngay: 2026-03-10, ket_luan: tiep_thu}\n";
        // Fifteen working days end on Monday 23 March.
        assert_eq!(of("2026-03-23", ""), (vec![Outcome::Pending], vec![]));
        assert_eq!(of("2026-03-24", ""), (vec![Outcome::Missed], vec![]));
        assert_eq!(of("2026-03-12", answer), (vec![Outcome::Kept], vec![Outcome::Pending]));
        assert_eq!(of("2026-03-13", answer), (vec![Outcome::Kept], vec![Outcome::Missed]));
        let public = format!("{answer}ngay_cong_khai: 2026-03-12\n");
        assert_eq!(of("2026-06-01", &public), (vec![Outcome::Kept], vec![Outcome::Kept]));
        let refused = "ket_qua: {ngay: 2026-03-03, ket_luan: tu_choi, noi_dung: z}\n";
        assert_eq!(of("2026-06-01", refused), (vec![Outcome::Kept], vec![]));
    }

    #[test]
    fn counts_add_up_and_a_share_needs_something_to_judge() {
        let of = |kept, missed, unknown, pending| Counts { kept, missed, unknown, pending };
        for (counts, share) in [
            (of(0, 0, 0, 0), None),
            (of(0, 0, 17, 2), None),
            (of(1, 2, 5, 0), Some(3333)),
            (of(2, 1, 0, 0), Some(6666)),
            (of(99_999, 1, 0, 0), Some(9999)),
            (of(3, 0, 9, 0), Some(10_000)),
            (of(0, 3, 0, 0), Some(0)),
        ] {
            assert_eq!(counts.share(), share, "{counts:?}");
            assert_eq!(counts.all(), counts.kept + counts.missed + counts.unknown + counts.pending);
        }
    }

    #[test]
    fn keys_differ() {
        let keys: BTreeSet<_> = Duty::ALL.iter().map(|duty| duty.key()).collect();
        assert_eq!(keys.len(), Duty::ALL.len());
    }
}
