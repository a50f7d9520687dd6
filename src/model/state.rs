//! In force or not: never typed, always derived from the decisions and the day of the build.

use crate::base::date::Date;
use crate::record::decision::Change;
use crate::record::scalar::ProcedureCode;

use super::Event;

/// The standing of a procedure on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// No decision on the site announces it.
    Unannounced,
    /// Announced, but not yet effective.
    Coming,
    /// In force as first announced.
    InForce,
    /// In force, amended since.
    Amended,
    /// Replaced by others.
    Replaced,
    /// Abolished.
    Abolished,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Standing; 6] = [
        Standing::InForce,
        Standing::Amended,
        Standing::Coming,
        Standing::Unannounced,
        Standing::Replaced,
        Standing::Abolished,
    ];

    /// Whether a citizen may still have to carry it out: everything but replaced and abolished.
    pub fn is_current(self) -> bool {
        !matches!(self, Standing::Replaced | Standing::Abolished)
    }

    /// The stable word for data and style sheets.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Unannounced => "unannounced",
            Standing::Coming => "coming",
            Standing::InForce => "in-force",
            Standing::Amended => "amended",
            Standing::Replaced => "replaced",
            Standing::Abolished => "abolished",
        }
    }

    /// The words that citizens read.
    pub fn label(self) -> &'static str {
        match self {
            Standing::Unannounced => "Chưa có quyết định công bố trên trang này",
            Standing::Coming => "Sắp có hiệu lực",
            Standing::InForce => "Đang áp dụng",
            Standing::Amended => "Đang áp dụng, đã sửa đổi",
            Standing::Replaced => "Đã được thay thế",
            Standing::Abolished => "Đã bãi bỏ",
        }
    }
}

/// The state of a procedure: its standing, since when, and by which event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The standing.
    pub standing: Standing,
    /// From when it stands so; for a coming one, from when it will be in force.
    pub since: Option<Date>,
    /// The event that brought it, as an index in the procedure's history.
    pub by: Option<usize>,
    /// The procedures that replaced it.
    pub replaced_by: Vec<ProcedureCode>,
    /// A change that is announced but not yet effective, as an index in the history.
    pub next: Option<usize>,
}

impl State {
    /// The state of a procedure that no decision names.
    pub const UNANNOUNCED: State =
        State { standing: Standing::Unannounced, since: None, by: None, replaced_by: Vec::new(), next: None };
}

/// One thing that happened to a procedure, as the state machine sees it.
#[derive(Debug, Clone)]
pub struct Step {
    /// The event in the procedure's history.
    pub event: Event,
    /// What happened.
    pub change: Change,
    /// Whether the procedure is the one replaced (named in `thay_cho`), and by which.
    pub replaced_by: Option<ProcedureCode>,
}

/// Derives the state on `day` from the steps, which stand in the order of their effect.
pub fn derive(steps: &[Step], day: Date) -> State {
    let mut state = State::UNANNOUNCED;
    for (i, step) in steps.iter().enumerate() {
        if step.event.effective > day {
            // A coming amendment or end says that the procedure is there already, announced elsewhere.
            let announces = step.replaced_by.is_none()
                && matches!(step.change, Change::New | Change::Replace | Change::Announce);
            if state.standing == Standing::Unannounced && announces {
                state.standing = Standing::Coming;
                state.since = Some(step.event.effective);
                state.by = Some(i);
            }
            state.next.get_or_insert(i);
            continue;
        }
        // What has ended cannot end again: a province carries out what its ministry has decided, and one
        // decision may both replace a procedure and list it among the abolished. The first end stands,
        // with what came in its place.
        if !state.standing.is_current() && step.replaced_by.is_none() && step.change == Change::Abolish {
            continue;
        }
        let standing = match (&step.replaced_by, step.change) {
            (Some(_), _) => Standing::Replaced,
            (None, Change::Abolish) => Standing::Abolished,
            (None, Change::Amend | Change::Standardise) => Standing::Amended,
            (None, Change::New | Change::Replace | Change::Announce) => Standing::InForce,
        };
        match &step.replaced_by {
            Some(new) if state.standing == Standing::Replaced => state.replaced_by.push(new.clone()),
            Some(new) => state.replaced_by = vec![new.clone()],
            None => state.replaced_by.clear(),
        }
        state.standing = standing;
        state.since = Some(step.event.effective);
        state.by = Some(i);
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DecisionId;
    use crate::record::scalar::Scalar;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a good date")
    }

    fn code(text: &str) -> ProcedureCode {
        ProcedureCode::parse(text).expect("a good code")
    }

    fn step(effective: &str, change: Change) -> Step {
        let event = Event { decision: DecisionId("1-qd".into()), item: 0, effective: day(effective) };
        Step { event, change, replaced_by: None }
    }

    #[test]
    fn no_decision_means_not_announced() {
        assert_eq!(derive(&[], day("2026-01-01")), State::UNANNOUNCED);
        assert!(Standing::Unannounced.is_current(), "a procedure without a decision is still listed");
    }

    #[test]
    fn a_procedure_is_announced_amended_and_abolished_in_turn() {
        let steps = [
            step("2025-01-01", Change::New),
            step("2025-06-01", Change::Amend),
            step("2026-01-01", Change::Abolish),
        ];
        let standing = |on: &str| derive(&steps, day(on)).standing;
        assert_eq!(standing("2024-12-31"), Standing::Coming);
        assert_eq!(standing("2025-01-01"), Standing::InForce, "the day of effect counts");
        assert_eq!(standing("2025-06-01"), Standing::Amended);
        assert_eq!(standing("2026-01-01"), Standing::Abolished);
        let before = derive(&steps, day("2025-12-31"));
        assert_eq!(
            (before.standing, before.next),
            (Standing::Amended, Some(2)),
            "the coming abolition is known"
        );
    }

    #[test]
    fn what_was_abolished_can_be_announced_again() {
        let steps = [step("2025-01-01", Change::Abolish), step("2026-01-01", Change::New)];
        assert_eq!(derive(&steps, day("2026-02-01")).standing, Standing::InForce);
    }

    #[test]
    fn a_coming_end_or_amendment_announces_nothing() {
        let mut replaced = step("2027-01-01", Change::Replace);
        replaced.replaced_by = Some(code("1.000002"));
        for first in [step("2027-01-01", Change::Abolish), step("2027-01-01", Change::Amend), replaced] {
            let state = derive(std::slice::from_ref(&first), day("2026-06-01"));
            let found = (state.standing, state.since, state.next);
            assert_eq!(found, (Standing::Unannounced, None, Some(0)), "{first:?}");
        }
        let steps = [step("2026-07-01", Change::Amend), step("2027-01-01", Change::New)];
        let state = derive(&steps, day("2026-06-01"));
        assert_eq!((state.standing, state.by, state.next), (Standing::Coming, Some(1), Some(0)));
    }

    #[test]
    fn an_abolition_after_the_end_changes_nothing() {
        let mut replaced = step("2026-01-01", Change::Replace);
        replaced.replaced_by = Some(code("1.000002"));
        let again = [replaced, step("2026-01-01", Change::Abolish), step("2026-03-01", Change::Abolish)];
        let state = derive(&again, day("2026-06-01"));
        assert_eq!((state.standing, state.since), (Standing::Replaced, Some(day("2026-01-01"))));
        assert_eq!(state.replaced_by, [code("1.000002")], "citizens still learn what to use instead");
        let twice = [step("2025-01-01", Change::Abolish), step("2025-03-01", Change::Abolish)];
        assert_eq!(derive(&twice, day("2026-06-01")).since, Some(day("2025-01-01")));
    }

    #[test]
    fn several_procedures_may_replace_one() {
        let mut first = step("2026-01-01", Change::Replace);
        first.replaced_by = Some(code("1.000002"));
        let mut second = first.clone();
        second.replaced_by = Some(code("1.000003"));
        let state = derive(&[step("2025-01-01", Change::New), first, second], day("2026-02-01"));
        assert_eq!(state.standing, Standing::Replaced);
        assert_eq!(state.replaced_by, [code("1.000002"), code("1.000003")]);
    }
}
