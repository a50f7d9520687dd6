//! Where a call for initiatives stands by a given day, and what became of each contribution.
//!
//! Nobody types whether a call is open or how long a contribution has waited. `ngay_dong` is the last
//! day on which contributions are taken. What is dated after the day of the build has not happened
//! yet: a call that opens later may still change and has no page, as an article dated later has none.
//!
//! No law gives the agency days to answer an initiative, as far as our sources tell. A limit holds
//! only where the site gives one (`sang_kien_phan_hoi` in `trang.yaml`), with its basis.

use crate::base::date::{Calendar, Date};
use crate::model::petition::{Term, term_of};
use crate::model::{Filed, Model};
use crate::record::config::SiteConfig;
use crate::record::initiative::{Contribution, ContributionStage, Initiative};
use crate::record::scalar::Code;

/// The code of the limit to answer a contribution.
pub const ANSWER_LIMIT: &str = "sang_kien_phan_hoi";

/// Whether a call takes contributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// It opens on a later day.
    Upcoming,
    /// Contributions are taken.
    Open,
    /// The last day is past.
    Closed,
}

impl Phase {
    /// Of a call on a day.
    pub fn of(call: &Initiative, today: Date) -> Self {
        if call.opened.0 > today {
            Phase::Upcoming
        } else if call.closes.is_some_and(|last| last.0 < today) {
            Phase::Closed
        } else {
            Phase::Open
        }
    }

    /// Its name in data.
    pub fn key(self) -> &'static str {
        match self {
            Phase::Upcoming => "sap_mo",
            Phase::Open => "dang_mo",
            Phase::Closed => "da_dong",
        }
    }

    /// Its name in words.
    pub fn label(self) -> &'static str {
        match self {
            Phase::Upcoming => "Sắp mở",
            Phase::Open => "Đang nhận góp ý",
            Phase::Closed => "Đã đóng",
        }
    }
}

/// How many days of an open call are left after this one: 0 on its last day. None for a call without
/// a last day, or one that is not open.
pub fn days_left(call: &Initiative, today: Date) -> Option<u32> {
    if Phase::of(call, today) != Phase::Open {
        return None;
    }
    u32::try_from(today.days_until(call.closes?.0)).ok()
}

/// What became of a contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContributionState {
    /// Nobody answered yet.
    Unanswered,
    /// Answered for the time being, not decided.
    Considered,
    /// Adopted.
    Adopted,
    /// Not adopted.
    NotAdopted,
}

impl ContributionState {
    /// Of a contribution.
    pub fn of(contribution: &Contribution) -> Self {
        match contribution.stage {
            ContributionStage::Adopted => ContributionState::Adopted,
            ContributionStage::NotAdopted => ContributionState::NotAdopted,
            ContributionStage::Received if contribution.answer.is_some() => ContributionState::Considered,
            ContributionStage::Received => ContributionState::Unanswered,
        }
    }

    /// Its name in data.
    pub fn key(self) -> &'static str {
        match self {
            ContributionState::Unanswered => "chua_phan_hoi",
            ContributionState::Considered => "dang_xem_xet",
            ContributionState::Adopted => "tiep_thu",
            ContributionState::NotAdopted => "khong_tiep_thu",
        }
    }

    /// Its name in words.
    pub fn label(self) -> &'static str {
        match self {
            ContributionState::Unanswered => "Chưa phản hồi",
            ContributionState::Considered => "Đang xem xét",
            ContributionState::Adopted => "Tiếp thu",
            ContributionState::NotAdopted => "Không tiếp thu",
        }
    }

    /// Whether it is still to be decided.
    pub fn is_open(self) -> bool {
        matches!(self, ContributionState::Unanswered | ContributionState::Considered)
    }
}

/// How long an undecided contribution has waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Working days since the day of receipt.
    pub days: u32,
    /// The last day to answer, where the site gives a limit.
    pub due: Option<Date>,
    /// Working days past that day.
    pub late: u32,
}

/// The time in which the agency answers, where the site gives one.
pub fn answer_term(site: &SiteConfig) -> Option<Term> {
    term_of(site, ANSWER_LIMIT)
}

/// How long a contribution has waited by `today`; none for one that is decided.
pub fn waiting(
    contribution: &Contribution,
    term: Option<Term>,
    calendar: &Calendar,
    today: Date,
) -> Option<Waiting> {
    if !ContributionState::of(contribution).is_open() {
        return None;
    }
    let from = contribution.date.0;
    let due = term.map(|term| term.ends(from, calendar));
    Some(Waiting {
        days: calendar.working_days_between(from, today),
        due,
        late: due.map_or(0, |due| calendar.working_days_between(due, today)),
    })
}

/// The contributions that had come in by `today`, with their places in the record.
pub fn received(call: &Initiative, today: Date) -> impl Iterator<Item = (usize, &Contribution)> {
    let all = call.contributions.iter().enumerate();
    all.filter(move |(_, contribution)| contribution.date.0 <= today)
}

/// How many contributions there are, and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Received.
    pub received: usize,
    /// Of those, adopted.
    pub adopted: usize,
    /// Not adopted, with a reason.
    pub not_adopted: usize,
    /// Answered for the time being.
    pub considered: usize,
    /// Not answered.
    pub unanswered: usize,
}

impl Tally {
    /// Of the contributions to a call by `today`.
    pub fn of(call: &Initiative, today: Date) -> Self {
        let mut tally = Self::default();
        for (_, contribution) in received(call, today) {
            tally.received += 1;
            match ContributionState::of(contribution) {
                ContributionState::Unanswered => tally.unanswered += 1,
                ContributionState::Considered => tally.considered += 1,
                ContributionState::Adopted => tally.adopted += 1,
                ContributionState::NotAdopted => tally.not_adopted += 1,
            }
        }
        tally
    }

    /// Together with another.
    pub fn plus(self, other: Self) -> Self {
        Self {
            received: self.received + other.received,
            adopted: self.adopted + other.adopted,
            not_adopted: self.not_adopted + other.not_adopted,
            considered: self.considered + other.considered,
            unanswered: self.unanswered + other.unanswered,
        }
    }
}

/// The calls that have opened by the day of the build.
pub fn known(model: &Model) -> impl Iterator<Item = (&Code, &Filed<Initiative>)> {
    let today = model.as_of.date();
    model.initiatives.iter().filter(move |(_, call)| Phase::of(&call.record, today) != Phase::Upcoming)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::yaml::typed;
    use crate::record::procedure::TimeUnit;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a good date")
    }

    fn call(more: &str) -> Initiative {
        let text = format!("ma: a\ntieu_de: x\nngay_mo: 2026-03-02\nnoi_dung: y\ncach_gui: z\n{more}");
        typed(&text).expect("a call")
    }

    #[test]
    fn the_last_day_still_counts() {
        let call = call("ngay_dong: 2026-03-31\n");
        let at = |on: &str| (Phase::of(&call, day(on)), days_left(&call, day(on)));
        assert_eq!(at("2026-03-01"), (Phase::Upcoming, None));
        assert_eq!(at("2026-03-02"), (Phase::Open, Some(29)));
        assert_eq!(at("2026-03-31"), (Phase::Open, Some(0)));
        assert_eq!(at("2026-04-01"), (Phase::Closed, None));
        let standing = super::tests::call("");
        assert_eq!(Phase::of(&standing, day("2030-01-01")), Phase::Open);
        assert_eq!(days_left(&standing, day("2030-01-01")), None);
    }

    const FOUR: &str = "dong_gop:\n\
        - {ngay: 2026-03-03, tom_tat: a, doi_tuong: ca_nhan, trang_thai: tiep_thu, phan_hoi: b}\n\
        - {ngay: 2026-03-04, tom_tat: a, doi_tuong: ca_nhan, trang_thai: khong_tiep_thu, ly_do: b}\n\
        - {ngay: 2026-03-05, tom_tat: a, doi_tuong: to_chuc, trang_thai: tiep_nhan}\n\
        - {ngay: 2026-03-06, tom_tat: a, doi_tuong: to_chuc, trang_thai: tiep_nhan, phan_hoi: b}\n";

    #[test]
    fn what_came_in_later_does_not_count_yet() {
        let call = call(FOUR);
        let tally = Tally::of(&call, day("2026-03-05"));
        assert_eq!((tally.received, tally.adopted, tally.not_adopted), (3, 1, 1));
        assert_eq!((tally.unanswered, tally.considered), (1, 0));
        assert_eq!(Tally::of(&call, day("2026-03-06")).considered, 1);
    }

    #[test]
    fn waiting_is_counted_in_working_days_and_late_only_by_a_limit() {
        let call = call(FOUR);
        let calendar = Calendar::default();
        let at = |i: usize, term: Option<Term>, on: &str| {
            waiting(&call.contributions[i], term, &calendar, day(on))
        };
        // From Thursday 5 March to Monday 16 March.
        assert_eq!(at(2, None, "2026-03-16"), Some(Waiting { days: 7, due: None, late: 0 }));
        let five = Some(Term { number: 5, unit: TimeUnit::WorkingDay });
        let waited = at(2, five, "2026-03-16");
        assert_eq!(waited, Some(Waiting { days: 7, due: Some(day("2026-03-12")), late: 2 }));
        assert!(at(3, five, "2026-03-16").is_some(), "an interim answer does not end the waiting");
        assert_eq!(at(0, five, "2026-03-16"), None);
        assert_eq!(at(1, five, "2026-03-16"), None);
    }

    proptest! {
        #[test]
        fn every_contribution_is_counted_once(on in -5i32..20) {
            let tally = Tally::of(&call(FOUR), day("2026-03-02").plus_days(on));
            prop_assert_eq!(
                tally.received,
                tally.adopted + tally.not_adopted + tally.considered + tally.unanswered
            );
        }
    }
}
