//! Plots of land: the number of the plot with that of the map sheet.

use super::prepare::View;
use super::{Hit, Kind, Weight};

/// Looks for a plot and a sheet, both with a number, near each other in either order.
pub(super) fn find(view: &View, hits: &mut Vec<Hit>) {
    let mut from = 0;
    while let Some(place) = view.find_word(from, "thua") {
        from = place + 4;
        let Some(plot) = numbered(view, from, &["dat", "ruong", "so"]) else { continue };
        let reach = place.saturating_sub(48)..plot + 48;
        let sheet = reach.into_iter().find_map(|at| {
            let word = ["to ban do", "tbd", "to bd", "ban do", "to"]
                .into_iter()
                .find(|word| view.has_word(at, word))?;
            numbered(view, at + word.len(), &["so", "dia chinh", "ban do"]).map(|end| (at, end))
        });
        if let Some((at, end)) = sheet {
            let range = place.min(at)..plot.max(end);
            hits.push(Hit { kind: Kind::LandPlot, range, value: String::new(), weight: Weight::Announced });
        }
    }
}

/// The end of the number after some of `words`.
fn numbered(view: &View, from: usize, words: &[&str]) -> Option<usize> {
    let mut place = from;
    for _ in 0..4 {
        while matches!(view.at(place), b' ' | b':' | b'.' | b'\n' | b'|') && place < from + 20 {
            place += 1;
        }
        match words.iter().find(|word| view.word_starts(place, word)) {
            Some(word) => place += word.len(),
            None => break,
        }
    }
    let start = place;
    while view.at(place).is_ascii_digit() {
        place += 1;
    }
    (place > start).then_some(place)
}
