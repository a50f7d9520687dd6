//! The words of each procedure's name as numbers, so that names are compared without their letters: every page
//! of a procedure is held against two dozen neighbours, which took 5 % of a build of 10,000 records.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::record::scalar::ProcedureCode;

/// The words of the names of procedures.
#[derive(Debug)]
pub struct NameWords(BTreeMap<ProcedureCode, Vec<usize>>);

impl NameWords {
    /// Numbers the words of all names, whatever their case.
    pub fn new(model: &Model) -> Self {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut number = |word: &str| {
            let next = numbers.len();
            *numbers.entry(word.to_owned()).or_insert(next)
        };
        let names = model.procedures.values().map(|filed| {
            let name = filed.record.name.as_str().to_lowercase();
            (filed.record.code.clone(), name.split_whitespace().map(&mut number).collect())
        });
        Self(names.collect())
    }

    /// The words of one name in their order; two names share a word where they share its number.
    pub fn of(&self, code: &ProcedureCode) -> &[usize] {
        self.0.get(code).map(Vec::as_slice).unwrap_or_default()
    }
}
