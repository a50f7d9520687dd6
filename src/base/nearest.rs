//! The known name that someone most likely meant.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The one of `known` that `typed` most likely stands for; `None` if nothing is near.
///
/// Case, diacritics and the choice between space, `_` and `-` do not count, so `Thủ tục` is near
/// `thu-tuc`. About one slip in three letters is forgiven. The first of equals wins.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = plain(typed);
    let allowed = (typed.len() / 3).clamp(1, 4);
    known
        .into_iter()
        .map(|name| (distance(&typed, &plain(name)), name))
        .filter(|(slips, _)| *slips <= allowed)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}

/// Lower-case letters without diacritics, words divided by `-`.
fn plain(text: &str) -> Vec<char> {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'đ' => 'd',
            ' ' | '_' => '-',
            c => c,
        })
        .collect()
}

/// How many letters must be put in, left out, changed or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_diacritics_and_case_are_forgiven() {
        let known = ["thu-tuc", "quyet-dinh", "tep"];
        for (typed, meant) in [
            ("Thủ tục", Some("thu-tuc")),
            ("thu_tuc", Some("thu-tuc")),
            ("thutuc", Some("thu-tuc")),
            ("quyet-dihn", Some("quyet-dinh")),
            ("QUYẾT-ĐỊNH", Some("quyet-dinh")),
            ("tpe", Some("tep")),
            ("node_modules", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, known), meant, "{typed}");
        }
    }
}
