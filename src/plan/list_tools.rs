//! What the script of a list works with: the values of each row, and the form that asks for them.
//!
//! A list page is whole without a script. `assets/list.js` shows the form, hides the rows that do not fit
//! and keeps the choice in the address; every word it shows comes from here or from the page.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// From this many rows on a list gets a form: a shorter one is seen at a glance.
const FEWEST: usize = 10;

/// What a row can be filtered and sorted by, as its attributes hold it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RowData {
    /// Values: `linh-vuc=so-huu-tri-tue|muc=toan_trinh`.
    pub values: String,
    /// Keys to sort by, each in the order of its characters: `ma=1.000123|linh-vuc=03`.
    pub order: String,
    /// More words to find the row by than it shows.
    pub words: String,
}

impl RowData {
    /// A row with these values and keys; names and values are codes of ours, without `|` and `=`.
    pub fn new(values: &[(&str, String)], order: &[(&str, String)], words: String) -> Self {
        let joined = |pairs: &[(&str, String)]| {
            pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("|")
        };
        Self { values: joined(values), order: joined(order), words }
    }

    /// Its values as `name=value`, each once.
    fn pairs(&self) -> BTreeSet<&str> {
        self.values.split('|').collect()
    }
}

/// The form over a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToolsView {
    /// What the rows are, for “Hiện 3 trong 127 thủ tục”.
    pub unit: &'static str,
    /// What the text field looks for.
    pub search: &'static str,
    /// Choices of which a row has one or some.
    pub selects: Vec<SelectView>,
    /// What a row has or has not.
    pub checks: Vec<CheckView>,
    /// Orders; the first is the one that the page has.
    pub orders: Vec<OptionView>,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SelectView {
    /// Its name in the address.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// The choices that some row has.
    pub options: Vec<OptionView>,
}

/// One of a choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OptionView {
    /// Its value in the address.
    pub value: String,
    /// What it is called.
    pub text: String,
}

impl OptionView {
    /// An option.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into() }
    }
}

/// Yes, or no matter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckView {
    /// Its name in the address.
    pub name: &'static str,
    /// Its value in the address.
    pub value: &'static str,
    /// What it is called.
    pub label: &'static str,
}

impl ToolsView {
    /// Leaves out what cannot tell any of these rows from another; none for a short list.
    pub fn over<'r>(mut self, rows: impl Iterator<Item = &'r RowData>) -> Option<Self> {
        let rows: Vec<&RowData> = rows.collect();
        if rows.len() < FEWEST {
            return None;
        }
        // Counted once for all rows: lists have hundreds of rows, and selects dozens of options.
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for pair in rows.iter().flat_map(|row| row.pairs()) {
            *counts.entry(pair).or_default() += 1;
        }
        let count = |name: &str, value: &str| counts.get(&*format!("{name}={value}")).copied().unwrap_or(0);
        for select in &mut self.selects {
            let name = select.name;
            select.options.retain(|option| count(name, &option.value) > 0);
        }
        let divides = |count: usize| count > 0 && count < rows.len();
        self.selects
            .retain(|select| select.options.iter().any(|option| divides(count(select.name, &option.value))));
        self.checks.retain(|check| divides(count(check.name, check.value)));
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_offers_what_tells_rows_apart() {
        let row = |i: usize| {
            let level = if i.is_multiple_of(2) { "toan_trinh" } else { "mot_phan" };
            let mut values = vec![("muc", level.to_owned()), ("linh-vuc", "a".to_owned())];
            values.extend((i == 3).then(|| ("tra-tien", "co".to_owned())));
            RowData::new(&values, &[("ma", i.to_string())], String::new())
        };
        let rows: Vec<RowData> = (0..12).map(row).collect();
        assert_eq!(rows[3].values, "muc=mot_phan|linh-vuc=a|tra-tien=co");
        let select = |name, values: &[&str]| SelectView {
            name,
            label: name,
            options: values.iter().map(|value| OptionView::new(*value, *value)).collect(),
        };
        let check = |name| CheckView { name, value: "co", label: name };
        let tools = ToolsView {
            unit: "thủ tục",
            search: "Tên",
            selects: vec![
                select("muc", &["toan_trinh", "mot_phan", "khac"]),
                select("linh-vuc", &["a", "b"]),
            ],
            checks: vec![check("tra-tien"), check("khong-ai-co")],
            orders: Vec::new(),
        };
        let shown = tools.clone().over(rows.iter()).expect("a form");
        assert_eq!(shown.selects, [select("muc", &["toan_trinh", "mot_phan"])]);
        assert_eq!(shown.checks, [check("tra-tien")]);
        assert_eq!(tools.over(rows.iter().take(9)), None, "nine rows are seen at a glance");
    }
}
