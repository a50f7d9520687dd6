//! What was found in a revision, told in words only as far as somebody looks: a large site has some 15,000
//! warnings, and reading their files again for lines that nobody sees took three seconds.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::Fault;
use crate::base::diagnostic::{Diagnostic, Origin, Severity, Stage};
use crate::base::path::{RoutePath, SitePath};
use crate::codes;
use crate::inputs::Inputs;
use crate::plan::todo::Todo;

/// Tells findings in words, with their lines.
pub type Describe<'a> = &'a (dyn Fn(Vec<Diagnostic>, &Inputs) -> Vec<Fault> + Sync);

/// Everything that was found in one revision.
#[derive(Debug)]
pub struct Judged {
    inputs: Arc<Inputs>,
    found: Vec<Diagnostic>,
    files: BTreeMap<SitePath, Vec<usize>>,
    /// What keeps the site from being published.
    pub errors: Vec<Fault>,
    /// How many warnings there are.
    pub warnings: usize,
    /// What the office has to do.
    pub todo: Vec<Todo>,
    all: OnceLock<Vec<Fault>>,
}

impl Judged {
    /// Out of everything that was found.
    pub fn new(
        mut found: Vec<Diagnostic>,
        todo: Vec<Todo>,
        inputs: Arc<Inputs>,
        describe: Describe<'_>,
    ) -> Self {
        found.retain(|found| found.severity != Severity::Note);
        // As the list has them, so that the figure is that of the list.
        found.sort_by(|a, b| (&a.place, a.rule.code, &a.message).cmp(&(&b.place, b.rule.code, &b.message)));
        found.dedup();
        let errors: Vec<Diagnostic> =
            found.iter().filter(|found| found.severity == Severity::Error).cloned().collect();
        let warnings = found.len() - errors.len();
        let mut files: BTreeMap<SitePath, Vec<usize>> = BTreeMap::new();
        for (i, found) in found.iter().enumerate() {
            if let Origin::Content(file) = &found.place.origin {
                files.entry(file.clone()).or_default().push(i);
            }
        }
        let errors = describe(errors, &inputs);
        Self { inputs, found, files, errors, warnings, todo, all: OnceLock::new() }
    }

    /// All of it.
    pub fn all(&self, describe: Describe<'_>) -> &[Fault] {
        self.all.get_or_init(|| describe(self.found.clone(), &self.inputs))
    }

    /// What was found in one file.
    pub fn of_file(&self, file: &SitePath, describe: Describe<'_>) -> Vec<Fault> {
        let of_it = self.files.get(file).into_iter().flatten().filter_map(|i| self.found.get(*i));
        describe(of_it.cloned().collect(), &self.inputs)
    }

    /// What there is to do about one page or its file.
    pub fn todo_of<'a>(
        &'a self,
        page: &RoutePath,
        file: Option<&SitePath>,
    ) -> impl Iterator<Item = &'a Todo> {
        self.todo.iter().filter(move |item| item.page.as_ref() == Some(page) || Some(&item.file) == file)
    }

    /// The errors that only a judgment tells; those of reading are known before.
    pub fn late_errors(&self) -> impl Iterator<Item = &Fault> {
        self.errors.iter().filter(|fault| is_late(fault.code))
    }
}

/// Whether a rule is for the judgment.
fn is_late(code: &str) -> bool {
    codes::find(code).is_none_or(|rule| !matches!(rule.raised_by, Stage::Load | Stage::Parse | Stage::Model))
}
