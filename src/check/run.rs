//! Runs every rule over the model.

use crate::base::diagnostic::{Diagnostic, Message, Place, Rule};
use crate::model::Model;

use super::kept::Kept;
use super::rules;

/// One look at the model; reports through [`Findings`].
pub type Check = fn(&Model, &mut Findings);

/// Every check, in the order of the families. A check may raise several rules of one kind.
pub const CHECKS: &[Check] = rules::ALL;

/// Where checks report to.
#[derive(Default)]
pub struct Findings<'a> {
    found: Vec<Diagnostic>,
    kept: Option<&'a Kept>,
    go_on: Option<&'a dyn Fn() -> bool>,
}

impl<'a> Findings<'a> {
    /// Reports a fault; say what to do with [`Report::help`].
    pub fn report(&mut self, rule: &'static Rule, place: Place, message: Message) -> Report<'_> {
        self.found.push(Diagnostic::new(rule, place, message));
        Report(self.found.last_mut())
    }

    /// What is kept from one model to the next, if anything is.
    pub(super) fn kept(&self) -> Option<&'a Kept> {
        self.kept
    }

    /// Whether somebody still waits for the findings: a check that takes long asks between two records.
    pub(super) fn go_on(&self) -> bool {
        self.go_on.is_none_or(|go_on| go_on())
    }

    /// How many there are by now.
    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    /// Those after the first `count`.
    pub(super) fn since(&self, count: usize) -> &[Diagnostic] {
        self.found.get(count..).unwrap_or_default()
    }

    /// Takes up what is known already.
    pub(super) fn extend(&mut self, found: &[Diagnostic]) {
        self.found.extend_from_slice(found);
    }

    /// All of them, as gathered.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// A finding just reported, to be completed.
pub struct Report<'a>(Option<&'a mut Diagnostic>);

impl Report<'_> {
    /// Says what to write instead.
    pub fn help(mut self, help: Message) -> Self {
        if let Some(diagnostic) = &mut self.0 {
            diagnostic.help = Some(help);
        }
        self
    }

    /// The same with an optional help.
    pub fn maybe_help(self, help: Option<Message>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// Points to another place that belongs to the fault.
    pub fn also(mut self, place: Place, message: Message) -> Self {
        if let Some(diagnostic) = &mut self.0 {
            diagnostic.related.push((place, message));
        }
        self
    }
}

/// Every finding of every check.
pub fn run(model: &Model) -> Vec<Diagnostic> {
    run_while(model, None, &|| true).unwrap_or_default()
}

/// The same, looking anew only at what is not `kept`; `None` as soon as `go_on` says that nobody waits for it,
/// and whoever said so once has to go on saying so.
pub fn run_while(model: &Model, kept: Option<&Kept>, go_on: &dyn Fn() -> bool) -> Option<Vec<Diagnostic>> {
    let mut findings = Findings { found: Vec::new(), kept, go_on: Some(go_on) };
    for check in CHECKS {
        if !go_on() {
            return None;
        }
        check(model, &mut findings);
    }
    go_on().then(|| findings.into_vec())
}
