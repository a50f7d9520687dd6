//! Runs the detectors over a text and settles what they found.

use std::collections::BTreeMap;
use std::ops::Range;

use super::allow::Allowed;
use super::context::{in_url, is_part_of_code, nearest};
use super::digits::{Group, Run, groups};
use super::prepare::View;
use super::{
    Finding, Hit, Scope, address, bank, birth, coordinates, email, identity, insurance, land, licence, mask,
    name, passport, phone, plate, render, social, spelled, tax,
};

/// The personal data in a text that are not allowed, by place.
///
/// Findings do not overlap: of several readings of one place the surest stays.
pub fn scan(text: &str, scope: Scope, allowed: &Allowed) -> Vec<Finding> {
    let mut found = Vec::new();
    collect(&View::new(text), scope, &mut found);
    if let Some(view) = render::rendered(text) {
        collect(&view, scope, &mut found);
    }
    if found.is_empty() {
        return Vec::new();
    }
    let excepted = allowed.excepted(text);
    settle(found)
        .into_iter()
        .filter(|(range, hit)| {
            let within = |outer: &Range<usize>| outer.start <= range.start && range.end <= outer.end;
            !allowed.has_value(&hit.value) && !excepted.iter().any(within)
        })
        .map(|(range, hit)| Finding {
            kind: hit.kind,
            masked: mask::of_hit(&hit, text.get(range.clone()).unwrap_or_default()),
            range,
        })
        .collect()
}

/// Everything the detectors propose in one view, with its bytes in the original text.
fn collect(view: &View, scope: Scope, found: &mut Vec<(Range<usize>, Hit)>) {
    let mut hits = Vec::new();
    let groups = groups(view);
    if !groups.is_empty() {
        numbers(view, &groups, scope, &mut hits);
        passport::find(view, &groups, &mut hits);
        plate::find(view, &groups, &mut hits);
        coordinates::find(view, &groups, &mut hits);
        birth::find(view, scope, &mut hits);
    }
    email::find(view, &mut hits);
    spelled::find(view, &mut hits);
    if scope == Scope::Petition {
        land::find(view, &mut hits);
        social::find(view, &mut hits);
        address::find(view, &mut hits);
        name::find(view, &mut hits);
    }
    found.extend(hits.into_iter().filter_map(|hit| Some((view.original(&hit.range)?, hit))));
}

/// No datum made of digits has fewer.
const SHORTEST: usize = 8;

/// Every number that the groups of digits may be written for.
fn numbers(view: &View, groups: &[Group], scope: Scope, hits: &mut Vec<Hit>) {
    for first in 0..groups.len() {
        if !Run::reaches(view, groups, first, SHORTEST) {
            continue;
        }
        let Some(mut run) = Run::new(view, groups, first) else { continue };
        let mut near = None;
        loop {
            if run.digits.len() > 19 || run.lengths.len() > 19 {
                break;
            }
            if run.digits.len() >= SHORTEST {
                let near = *near.get_or_insert_with(|| nearest(view, run.start));
                let whole = run.start..run.end;
                let mut hit = |range: Range<usize>, value: String, (kind, weight)| {
                    hits.push(Hit { kind, range, value, weight });
                };
                if let Some((kind, value, weight, start)) = phone::judge(view, groups, &run, near, scope) {
                    hit(start..phone::end_with_twin(view, groups, &run), value, (kind, weight));
                }
                let found = [
                    identity::judge(&run, near),
                    bank::judge(view, &run, near),
                    tax::judge(&run, near),
                    insurance::judge(view, &run, near),
                    licence::judge(&run, near),
                ];
                // Asked last, since it looks far back and most numbers are nothing anyway.
                if found.iter().any(Option::is_some) && !is_in_something(view, &run) {
                    for found in found.into_iter().flatten() {
                        hit(whole.clone(), run.digits.clone(), found);
                    }
                }
            }
            if !run.extend(view, groups) {
                break;
            }
        }
    }
}

/// Whether a number is a piece of a code or of a web address.
fn is_in_something(view: &View, run: &Run) -> bool {
    in_url(view, run.start).is_some() || is_part_of_code(view, run.start, run.end)
}

/// Of hits that overlap, the surest stays; of equally sure ones the longer.
fn settle(mut found: Vec<(Range<usize>, Hit)>) -> Vec<(Range<usize>, Hit)> {
    found.sort_by(|(a, first), (b, second)| {
        second
            .weight
            .cmp(&first.weight)
            .then(b.len().cmp(&a.len()))
            .then(a.start.cmp(&b.start))
            .then(first.kind.cmp(&second.kind))
    });
    // By where they begin; of those kept only the neighbours can overlap.
    let mut kept: BTreeMap<usize, (Range<usize>, Hit)> = BTreeMap::new();
    for (range, hit) in found {
        let before = kept.range(..=range.start).next_back();
        let after = kept.range(range.start..).next();
        let overlaps = |other: Option<(&usize, &(Range<usize>, Hit))>| {
            other.is_some_and(|(_, (other, _))| range.start < other.end && other.start < range.end)
        };
        if !overlaps(before) && !overlaps(after) {
            kept.insert(range.start, (range, hit));
        }
    }
    kept.into_values().collect()
}
