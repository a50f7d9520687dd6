//! What a preview keeps from one judgment to the next: the private data that was found in each record. Looking for
//! it takes two thirds of a judgment, and a save changes one record of thousands.
//!
//! A record is known by its file and by being the very same value in memory, which nobody can change while it is
//! kept; what is allowed on the site is part of the question. So an answer is the one that looking again would give.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::privacy::{Allowed, Scope};

/// What looking depends on besides the record.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// Contacts of offices and excepted texts.
    pub allowed: Allowed,
    /// The excepted texts in the order of `trang.yaml`.
    pub exceptions: Vec<String>,
}

/// What was found in one record.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The findings.
    pub found: Vec<Diagnostic>,
    /// Which exceptions its texts hold.
    pub used: BTreeSet<usize>,
}

#[derive(Debug)]
struct Known {
    record: Arc<dyn Any + Send + Sync>,
    scope: Scope,
    basis: Arc<Basis>,
    look: Look,
    turn: u64,
}

#[derive(Debug, Default)]
struct Shelf {
    basis: Arc<Basis>,
    records: BTreeMap<SitePath, Known>,
    turn: u64,
}

/// Private data by record. Two judgments may use it at a time.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Shelf>);

/// One judgment's use of it.
#[derive(Debug, Clone)]
pub struct Turn {
    basis: Arc<Basis>,
    number: u64,
}

impl Kept {
    /// Begins a judgment on this basis.
    pub fn begin(&self, basis: Basis) -> Turn {
        let mut shelf = self.shelf();
        if *shelf.basis != basis {
            shelf.basis = Arc::new(basis);
        }
        shelf.turn += 1;
        Turn { basis: Arc::clone(&shelf.basis), number: shelf.turn }
    }

    /// What was found in this record before.
    pub fn get<T: Any>(&self, turn: &Turn, file: &SitePath, record: &Arc<T>, scope: Scope) -> Option<Look> {
        let mut shelf = self.shelf();
        let known = shelf.records.get_mut(file)?;
        let same = std::ptr::addr_eq(Arc::as_ptr(&known.record), Arc::as_ptr(record))
            && known.scope == scope
            && Arc::ptr_eq(&known.basis, &turn.basis);
        known.turn = known.turn.max(turn.number);
        same.then(|| known.look.clone())
    }

    /// Keeps what was found in it now.
    pub fn put<T: Any + Send + Sync>(
        &self,
        turn: &Turn,
        file: &SitePath,
        record: &Arc<T>,
        scope: Scope,
        look: Look,
    ) {
        let record: Arc<dyn Any + Send + Sync> = Arc::<T>::clone(record);
        let known = Known { record, scope, basis: Arc::clone(&turn.basis), look, turn: turn.number };
        self.shelf().records.insert(file.clone(), known);
    }

    /// Ends a judgment that came to its end: files that it did not see are gone.
    pub fn end(&self, turn: &Turn) {
        self.shelf().records.retain(|_, known| known.turn >= turn.number);
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
