//! Lists of Vietnamese words and phrases, found in texts with their accents or without any.
//!
//! “trú” (to live) is found as `trú` and as `tru`, but not in “trừ” (except) or “trụ” (pillar):
//! who writes accents means them.

use super::prepare::{View, is_alphanumeric};
use crate::vi::fold::fold;

/// A list of phrases, by their first letter.
pub(super) struct Lexicon {
    by_first: Vec<Vec<Phrase>>,
}

struct Phrase {
    folded: String,
    letters: Vec<char>,
}

impl Lexicon {
    /// The list of these phrases, in small letters with their accents.
    pub(super) fn new(phrases: &[&str]) -> Lexicon {
        let mut by_first: Vec<Vec<Phrase>> = (0..128).map(|_| Vec::new()).collect();
        for phrase in phrases {
            let folded = fold(phrase);
            let first = folded.bytes().next().map_or(0, usize::from);
            if let Some(list) = by_first.get_mut(first) {
                list.push(Phrase { folded, letters: phrase.chars().collect() });
            }
        }
        // The longest first, so that the first match is the one that counts.
        for list in &mut by_first {
            list.sort_by_key(|phrase| std::cmp::Reverse(phrase.letters.len()));
        }
        Lexicon { by_first }
    }

    /// The length of the longest phrase that begins at a place and ends with a whole word.
    pub(super) fn at(&self, view: &View, place: usize) -> Option<usize> {
        self.phrase_at(view, place).map(|phrase| phrase.letters.len())
    }

    /// The longest phrase at a place, folded.
    pub(super) fn folded_at(&self, view: &View, place: usize) -> Option<&str> {
        self.phrase_at(view, place).map(|phrase| phrase.folded.as_str())
    }

    fn phrase_at(&self, view: &View, place: usize) -> Option<&Phrase> {
        let list = self.by_first.get(usize::from(view.at(place)))?;
        list.iter().find(|phrase| view.word_starts(place, &phrase.folded) && is_meant(view, place, phrase))
    }

    /// Whether a whole word or phrase of the list stands at a place.
    pub(super) fn is_at(&self, view: &View, place: usize) -> bool {
        !is_alphanumeric(view.before(place)) && self.at(view, place).is_some()
    }

    /// Whether `start..end` is just one of the phrases.
    pub(super) fn is(&self, view: &View, start: usize, end: usize) -> bool {
        let list = self.by_first.get(usize::from(view.at(start))).map(Vec::as_slice).unwrap_or_default();
        list.iter().any(|phrase| {
            phrase.letters.len() == end.saturating_sub(start)
                && view.starts_with(start, &phrase.folded)
                && is_meant(view, start, phrase)
        })
    }

    /// Whether `start..end` is one of the phrases when accents do not count.
    pub(super) fn is_folded(&self, view: &View, start: usize, end: usize) -> bool {
        let list = self.by_first.get(usize::from(view.at(start))).map(Vec::as_slice).unwrap_or_default();
        list.iter().any(|phrase| phrase.folded.as_bytes() == view.slice(start..end))
    }

    /// Whether one of the phrases ends at a place.
    pub(super) fn ends_at(&self, view: &View, end: usize) -> Option<usize> {
        let mut start = end;
        // Phrases have at most four words.
        for _ in 0..4 {
            start = view.word_before(start).start;
            if start < end && self.is(view, start, end) && !is_alphanumeric(view.before(start)) {
                return Some(start);
            }
            if view.before(start) != b' ' {
                return None;
            }
            start -= 1;
        }
        None
    }
}

/// Whether the accents are the phrase's, or there are none far and wide.
fn is_meant(view: &View, place: usize, phrase: &Phrase) -> bool {
    let mut exact = true;
    for (at, letter) in phrase.letters.iter().enumerate() {
        let c = view.char(place + at);
        if c != *letter
            && (c.is_ascii() || !c.to_lowercase().eq(letter.to_lowercase()))
            && !c.eq_ignore_ascii_case(letter)
        {
            exact = false;
            if !c.is_ascii() {
                // Old and new place of the tone: hòa, hoà. The same marks, only elsewhere.
                return same_marks(view, place, phrase);
            }
        }
    }
    // A phrase is less easily another than a word is.
    exact
        || phrase.letters.contains(&' ')
            && (place..place + phrase.letters.len()).all(|at| view.char(at).is_ascii())
        || view.is_plain(place)
}

fn same_marks(view: &View, place: usize, phrase: &Phrase) -> bool {
    let marks = |letters: &mut dyn Iterator<Item = char>| {
        let mut marks = Vec::new();
        for c in letters.flat_map(char::to_lowercase) {
            unicode_normalization::char::decompose_canonical(c, |part| {
                if !part.is_alphanumeric() {
                    marks.push(part);
                }
            });
        }
        marks.sort_unstable();
        marks
    };
    let written = marks(&mut (place..place + phrase.letters.len()).map(|at| view.char(at)));
    written == marks(&mut phrase.letters.iter().copied()) && phrase.letters.len() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_count_where_there_are_any() {
        let lexicon = Lexicon::new(&["trú tại", "trú", "thủy"]);
        let at = |text: &str| lexicon.at(&View::new(text), 0);
        assert_eq!(at("Trú tại tổ 5"), Some(7));
        assert_eq!(at("tru tai to 5"), Some(7));
        assert_eq!(at("TRÚ Ở"), Some(3));
        assert_eq!(at("trừ lô 5"), None);
        assert_eq!(at("tru tại tổ 5"), None);
        assert_eq!(at("thuỷ"), Some(4));
    }
}
