//! Procedures whose names are alike, side by side as they stand in the list of their field: every page of a
//! procedure is held against two dozen neighbours, so what that asks of them is gathered once. Looking each of
//! them up by its code took 8 % of a build of 10,000 records, comparing the letters of words 5 %.

use std::collections::BTreeMap;

use crate::model::{Filed, Model};
use crate::record::procedure::Procedure;
use crate::record::scalar::{Code, ProcedureCode};

/// How many places up and down a list are looked at: names that begin alike stand side by side there, so a few
/// are enough however long the list is.
const WINDOW: usize = 12;

/// A procedure among those of its field.
#[derive(Debug)]
pub struct Neighbour<'m> {
    /// The record.
    pub filed: &'m Filed<Procedure>,
    /// Whether it is in use on the day of the build.
    pub current: bool,
    /// The words of its name as numbers, in their order; two names share a word where they share its number.
    words: Vec<usize>,
}

/// The procedures of each field, in the order of its list.
#[derive(Debug)]
pub struct Likeness<'m> {
    fields: BTreeMap<&'m Code, Vec<Neighbour<'m>>>,
    place: BTreeMap<&'m ProcedureCode, usize>,
}

impl<'m> Likeness<'m> {
    /// Gathers them, and numbers the words of all names, whatever their case.
    pub fn new(model: &'m Model) -> Self {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut number = |word: &str| {
            let next = numbers.len();
            *numbers.entry(word.to_owned()).or_insert(next)
        };
        let mut place = BTreeMap::new();
        let mut fields = BTreeMap::new();
        for (field, codes) in &model.procedures_of_field {
            let listed: Vec<Neighbour<'m>> = codes
                .iter()
                .filter_map(|code| {
                    let filed = model.procedures.get(code)?;
                    let name = filed.record.name.as_str().to_lowercase();
                    let words = name.split_whitespace().map(&mut number).collect();
                    Some(Neighbour { filed, current: model.state(code).standing.is_current(), words })
                })
                .collect();
            place.extend(listed.iter().enumerate().map(|(i, here)| (&here.filed.record.code, i)));
            fields.insert(field, listed);
        }
        Self { fields, place }
    }

    /// The procedures around one in the list of its field: those that share most words of its name first, then
    /// the nearest. The procedure itself is among them.
    pub fn near(&self, procedure: &Procedure) -> Vec<&Neighbour<'m>> {
        let listed = self.fields.get(&procedure.field).map(Vec::as_slice).unwrap_or_default();
        let Some(&here) = self.place.get(&procedure.code) else { return Vec::new() };
        let own = listed.get(here).map(|here| here.words.as_slice()).unwrap_or_default();
        let window = listed.iter().enumerate().skip(here.saturating_sub(WINDOW)).take(2 * WINDOW + 1);
        let mut near: Vec<(usize, usize, &Neighbour<'m>)> = window
            .map(|(i, other)| {
                let shared = own.iter().filter(|word| other.words.contains(word)).count();
                (own.len().saturating_sub(shared), i.abs_diff(here), other)
            })
            .collect();
        near.sort_by(|(a_missing, a_far, a), (b_missing, b_far, b)| {
            (a_missing, a_far, &a.filed.record.code).cmp(&(b_missing, b_far, &b.filed.record.code))
        });
        near.into_iter().map(|(_, _, other)| other).collect()
    }
}
