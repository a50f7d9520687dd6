//! Turns a misspelled name into the known one that was probably meant.

use super::collate;
use super::fold::{fold, fold_into};

/// The text of `among` nearest to `wanted`, if any is near enough to be what was meant.
///
/// Near is counted on folded texts: letters added, left out, exchanged or swapped with their
/// neighbour, up to a third of the length of `wanted` (one at least). A candidate that differs by
/// accents, case or spaces alone wins over all others. Of equally near ones the first in the order
/// of a list is given, so the answer does not hang on the order of `among`.
pub fn nearest<'a>(wanted: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded: Vec<char> = fold(wanted).chars().collect();
    if folded.is_empty() {
        return None;
    }
    let mut limit = (folded.len() / 3).max(1);
    let mut best: Option<&'a str> = None;
    let mut buffer = String::new();
    let mut other: Vec<char> = Vec::new();
    let mut rows = Rows::default();
    for candidate in among {
        buffer.clear();
        fold_into(candidate, &mut buffer);
        other.clear();
        other.extend(buffer.chars());
        let Some(distance) = rows.distance(&folded, &other, limit) else { continue };
        // Two texts with nothing in common are not near, however short.
        if distance >= folded.len().max(other.len()) {
            continue;
        }
        if best.is_none_or(|held| distance < limit || comes_before(candidate, held, wanted)) {
            best = Some(candidate);
            limit = distance;
        }
    }
    best
}

/// Whether `a` is to be preferred to `b`, as near: what was written itself, else the first in a list.
fn comes_before(a: &str, b: &str, wanted: &str) -> bool {
    let order = |text: &str| text != wanted;
    order(a).cmp(&order(b)).then_with(|| collate::compare(a, b)).then_with(|| a.cmp(b)).is_lt()
}

/// The three rows of the table that the distance is counted in, kept from one candidate to the next.
#[derive(Default)]
struct Rows {
    before: Vec<usize>,
    last: Vec<usize>,
    current: Vec<usize>,
}

impl Rows {
    /// The distance of Damerau and Levenshtein (no part edited twice), if it is not over `limit`.
    fn distance(&mut self, a: &[char], b: &[char], limit: usize) -> Option<usize> {
        if a.len().abs_diff(b.len()) > limit {
            return None;
        }
        self.last.clear();
        self.last.extend(0..=b.len());
        self.before.clone_from(&self.last);
        let mut previous_a = None;
        for (i, &letter_a) in a.iter().enumerate() {
            self.current.clear();
            self.current.push(i + 1);
            let mut left = i + 1;
            let mut previous_b = None;
            // `last` gives the row above as pairs: diagonal and straight; `before` two rows up,
            // two columns back.
            let above = self.last.iter().zip(self.last.iter().skip(1));
            let two_back = std::iter::once(&usize::MAX).chain(&self.before);
            for ((&letter_b, (&diagonal, &straight)), &swapped) in b.iter().zip(above).zip(two_back) {
                let mut cost = (diagonal + usize::from(letter_a != letter_b)).min(straight + 1).min(left + 1);
                if previous_a == Some(letter_b) && previous_b == Some(letter_a) {
                    cost = cost.min(swapped.saturating_add(1));
                }
                self.current.push(cost);
                left = cost;
                previous_b = Some(letter_b);
            }
            if self.current.iter().all(|&cost| cost > limit) && self.last.iter().all(|&cost| cost > limit) {
                return None; // It only grows from here, even by a swap over two rows.
            }
            previous_a = Some(letter_a);
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.current);
        }
        self.last.last().copied().filter(|&distance| distance <= limit)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook table, whole.
    fn plain_distance(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = match (i, j) {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => {
                        let exchanged = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                        let mut cost = exchanged.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            cost = cost.min(table[i - 2][j - 2] + 1);
                        }
                        cost
                    }
                };
            }
        }
        table[a.len()][b.len()]
    }

    #[test]
    fn slips_of_the_keyboard_are_understood() {
        let keys = ["linh_vuc", "quyet_dinh", "thoi_han", "ten", "ma", "can_cu"];
        for (wanted, meant) in [
            ("linhvuc", Some("linh_vuc")),
            ("lĩnh_vực", Some("linh_vuc")),
            ("quyet_dihn", Some("quyet_dinh")),
            ("quyết định", Some("quyet_dinh")),
            ("thoi-han", Some("thoi_han")),
            ("tên", Some("ten")),
            ("mã", Some("ma")),
            ("phi_le_phi", None),
            ("x", None),
            ("", None),
            ("\u{301} ", None),
        ] {
            assert_eq!(nearest(wanted, keys.into_iter()), meant, "{wanted}");
        }
        assert_eq!(nearest("123/QĐ-UBDN", ["123/QĐ-UBND", "124/QĐ-UBND"].into_iter()), Some("123/QĐ-UBND"));
        assert_eq!(nearest("a", std::iter::empty()), None);
    }

    #[test]
    fn accents_alone_beat_a_single_slip() {
        assert_eq!(nearest("thu", ["thy", "thủ", "tho"].into_iter()), Some("thủ"));
        assert_eq!(nearest("thủ", ["thu", "thủ", "thú"].into_iter()), Some("thủ"));
    }

    #[test]
    fn equally_near_ones_are_taken_in_list_order() {
        assert_eq!(nearest("bax", ["bay", "bad", "bàn", "bat"].into_iter()), Some("bad"));
        assert_eq!(nearest("ban", ["bạn", "bàn"].into_iter()), Some("bàn"));
    }

    proptest! {
        #[test]
        fn the_distance_is_that_of_the_textbook(a in "[abc]{0,8}", b in "[abc]{0,8}", limit in 0usize..9) {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let plain = plain_distance(&a, &b);
            let mut rows = Rows::default();
            rows.distance(&b, &a, 9); // What an earlier candidate left must not count.
            prop_assert_eq!(rows.distance(&a, &b, limit), (plain <= limit).then_some(plain));
        }

        #[test]
        fn the_order_of_the_candidates_is_of_no_account(
            wanted in "[abcâ]{0,6}", mut among in prop::collection::vec("[abcâá]{0,6}", 0..8),
        ) {
            let first = nearest(&wanted, among.iter().map(String::as_str)).map(str::to_owned);
            among.reverse();
            let second = nearest(&wanted, among.iter().map(String::as_str)).map(str::to_owned);
            prop_assert_eq!(&first, &second);
            if let Some(equal) = among.iter().find(|a| fold(a) == fold(&wanted) && !a.is_empty()) {
                prop_assert_eq!(first.map(|found| fold(&found)), Some(fold(equal)));
            }
        }

        #[test]
        fn no_text_upsets_the_search(wanted in any::<String>(), among in prop::collection::vec(any::<String>(), 0..4)) {
            nearest(&wanted, among.iter().map(String::as_str));
        }
    }
}
