//! Texts as the words that search compares, and the synonyms of `trang.yaml`.

use crate::record::config::Synonym;
use crate::vi::fold::fold;

/// The folded words of a text: what stands between anything that is neither letter nor digit.
///
/// The script does the same: `fold(s).split(/[^\p{Alphabetic}\p{N}]+/u)`. Change both or neither.
pub fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for_each_word(text, |word| all.push(word.to_owned()));
    all
}

/// Calls `take` with each folded word of a text.
pub fn for_each_word(text: &str, take: impl FnMut(&str)) {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).for_each(take);
}

/// Pairs of phrases that mean the same.
#[derive(Debug, Default)]
pub struct Synonyms(Vec<(Vec<String>, Vec<String>)>);

impl Synonyms {
    /// Out of the record; a pair with an empty side says nothing.
    pub fn new(records: &[Synonym]) -> Self {
        let pair = |record: &Synonym| (words(record.word.as_str()), words(record.meaning.as_str()));
        Self(records.iter().map(pair).filter(|(a, b)| !a.is_empty() && !b.is_empty()).collect())
    }

    /// The words that the other side of each pair adds to a text that holds one side.
    pub fn of(&self, text: &[String]) -> Vec<&str> {
        let mut more = Vec::new();
        for (a, b) in &self.0 {
            let sides = [(a, b), (b, a)];
            for (has, adds) in sides {
                if holds(text, has) {
                    more.extend(
                        adds.iter().map(String::as_str).filter(|word| !text.iter().any(|w| w == word)),
                    );
                }
            }
        }
        more
    }
}

/// Whether the words of `phrase` stand in `text` one behind the other.
fn holds(text: &[String], phrase: &[String]) -> bool {
    text.windows(phrase.len()).any(|window| window == phrase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::scalar::{Scalar, Text};

    fn synonyms(pairs: &[(&str, &str)]) -> Synonyms {
        let text = |text: &str| Text::parse(text).expect("a good text");
        let records: Vec<Synonym> = pairs
            .iter()
            .map(|(word, meaning)| Synonym { word: text(word), meaning: text(meaning) })
            .collect();
        Synonyms::new(&records)
    }

    #[test]
    fn words_are_folded_and_cut_at_anything_but_letters_and_digits() {
        assert_eq!(
            words("Thủ tục “Đăng\u{A0}ký”, 949/QĐ-UBND"),
            ["thu", "tuc", "dang", "ky", "949", "qd", "ubnd"]
        );
        assert_eq!(words("1.012353"), ["1", "012353"]);
        assert!(words(" – ").is_empty());
    }

    #[test]
    fn a_synonym_works_both_ways_and_only_for_the_whole_phrase() {
        let all = synonyms(&[("SHTT", "sở hữu trí tuệ"), ("KH&CN", "khoa học và công nghệ")]);
        let of = |text: &str| all.of(&words(text)).into_iter().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(of("Quyền sở hữu trí tuệ"), ["shtt"]);
        assert_eq!(of("Đại diện SHTT"), ["so", "huu", "tri", "tue"]);
        assert_eq!(of("sở hữu trí khôn"), Vec::<String>::new());
        assert_eq!(of("Sở KH&CN"), ["khoa", "hoc", "va", "cong", "nghe"]);
        assert_eq!(of(""), Vec::<String>::new());
    }

    #[test]
    fn a_pair_with_an_empty_side_says_nothing() {
        assert!(synonyms(&[("–", "gạch")]).of(&words("gạch")).is_empty());
    }
}
