//! Gives every heading of a text its level and its id; outline and page must agree on both.

use std::collections::{BTreeMap, BTreeSet};

use super::{Heading, Options};

/// The headings given out so far.
pub(super) struct Headings<'o> {
    opts: &'o Options,
    used: BTreeSet<String>,
    /// How often a slug was asked for, so that a thousand equal headings are not a million tries.
    asked: BTreeMap<String, u32>,
}

impl<'o> Headings<'o> {
    pub(super) fn new(opts: &'o Options) -> Self {
        Self { opts, used: BTreeSet::new(), asked: BTreeMap::new() }
    }

    /// The level on the page of a heading written with `level` signs.
    pub(super) fn level(&self, level: u8) -> u8 {
        (level.max(2) - 2).saturating_add(self.opts.top_level.max(1)).min(6)
    }

    /// The heading for `text`, or `None` for an empty one, which would be a stop without a name for
    /// people who walk through headings.
    pub(super) fn place(&mut self, level: u8, text: &str) -> Option<Heading> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return None;
        }
        // Whatever the slug function gives, an id is made of these. `_` is left to footnotes.
        let mut slug: String = (self.opts.slug)(&text)
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        if slug.trim_matches('-').is_empty() {
            slug = "muc".to_owned();
        }
        let asked = self.asked.entry(slug.clone()).or_insert(0);
        let id = loop {
            *asked += 1;
            let id = if *asked == 1 { slug.clone() } else { format!("{slug}-{asked}") };
            if self.used.insert(id.clone()) {
                break id;
            }
        };
        Some(Heading { level: self.level(level), id: format!("{}{id}", self.opts.id_prefix), text })
    }
}
