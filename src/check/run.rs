//! Runs every rule over the model.

use crate::base::diagnostic::{Diagnostic, Message, Place, Rule};
use crate::model::Model;

use super::rules;

/// One look at the model; reports through [`Findings`].
pub type Check = fn(&Model, &mut Findings);

/// Every check, in the order of the families. A check may raise several rules of one kind.
pub const CHECKS: &[Check] = rules::ALL;

/// Where checks report to.
#[derive(Debug, Default)]
pub struct Findings(Vec<Diagnostic>);

impl Findings {
    /// Reports a fault; say what to do with [`Report::help`].
    pub fn report(&mut self, rule: &'static Rule, place: Place, message: Message) -> Report<'_> {
        self.0.push(Diagnostic::new(rule, place, message));
        Report(self.0.last_mut())
    }

    /// All of them, as gathered.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.0
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
    run_while(model, &|| true).unwrap_or_default()
}

/// The same; `None` as soon as `go_on` says that nobody waits for it.
pub fn run_while(model: &Model, go_on: &dyn Fn() -> bool) -> Option<Vec<Diagnostic>> {
    let mut findings = Findings::default();
    for check in CHECKS {
        if !go_on() {
            return None;
        }
        check(model, &mut findings);
    }
    Some(findings.into_vec())
}
