//! The words of each procedure's name as numbers, so that names are compared without their letters: every page
//! of a procedure is held against two dozen neighbours, which took 5 % of a build of 10,000 records.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::Model;
use crate::record::scalar::ProcedureCode;

/// The words of the names of procedures, each name's once somebody asks for them.
#[derive(Debug)]
pub struct NameWords(BTreeMap<ProcedureCode, OnceLock<Vec<u64>>>);

impl NameWords {
    /// For these records; nothing is worked out yet.
    pub fn new(model: &Model) -> Self {
        Self(model.procedures.keys().map(|code| (code.clone(), OnceLock::new())).collect())
    }

    /// The words of one name in their order, whatever their case; two names share a word where they share its
    /// number.
    pub fn of(&self, model: &Model, code: &ProcedureCode) -> &[u64] {
        let (Some(words), Some(filed)) = (self.0.get(code), model.procedures.get(code)) else { return &[] };
        words.get_or_init(|| {
            let name = filed.record.name.as_str().to_lowercase();
            name.split_whitespace().map(number).collect()
        })
    }
}

/// The number of a word (FNV-1a): in a million different words two would share one once in 37 million sites, and
/// all that came of it is another order of two neighbours.
fn number(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
