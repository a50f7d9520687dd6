//! How many procedures are in use, as a whole and by field: counted once, since many pages name these figures.

use std::collections::BTreeMap;

use super::listing;
use crate::model::Model;
use crate::record::procedure::OnlineLevel;
use crate::record::scalar::Code;

/// How many procedures of a group are in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InUse {
    /// All of them.
    pub current: usize,
    /// Those done online from end to end, as far as the records say.
    pub online: usize,
    /// Those with no more than name and field yet.
    pub sparse: usize,
}

/// What is in use.
#[derive(Debug, Default)]
pub struct Counts {
    /// On the whole site.
    pub all: InUse,
    fields: BTreeMap<Code, InUse>,
}

impl Counts {
    /// Counts the procedures that a citizen may have to carry out on the day of the build.
    pub fn new(model: &Model) -> Self {
        let mut counts = Self::default();
        for filed in model.procedures.values() {
            let procedure = &filed.record;
            if !model.state(&procedure.code).standing.is_current() {
                continue;
            }
            for group in [&mut counts.all, counts.fields.entry(procedure.field.clone()).or_default()] {
                group.current += 1;
                group.online += usize::from(listing::online_level(procedure) == Some(OnlineLevel::Full));
                group.sparse += usize::from(listing::is_sparse(procedure));
            }
        }
        counts
    }

    /// In one field.
    pub fn of_field(&self, field: &Code) -> InUse {
        self.fields.get(field).copied().unwrap_or_default()
    }
}
