//! Tells whether some letters can be a Vietnamese syllable: an onset, a rime and a tone that go
//! together. It knows the spelling, not the words.

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p",
    "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

const RIMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong \
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un \
    ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưng ươc ươi ươm \
    ươn ương ươp ươt ươu ưt ưu y ych yêm yên yêng yêt yêu ynh yp yt";

/// Whether `word`, in lower case, is spelled as a Vietnamese syllable.
pub(super) fn is_syllable(word: &str) -> bool {
    let mut tone = None;
    let mut tones = 0;
    let toneless: String = word
        .nfd()
        .filter(|&c| {
            let is_tone = matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            if is_tone {
                tone = Some(c);
                tones += 1;
            }
            !is_tone
        })
        .nfc()
        .collect();
    // A syllable that ends in a stop has the tone sắc or nặng.
    let stopped = ["c", "ch", "p", "t"].iter().any(|stop| toneless.ends_with(stop));
    if tones > 1 || stopped && !matches!(tone, Some('\u{301}' | '\u{323}')) {
        return false;
    }
    ONSETS.iter().any(|onset| {
        toneless.strip_prefix(onset).is_some_and(|rime| go_together(onset, rime) && is_rime(rime))
    })
}

fn is_rime(letters: &str) -> bool {
    RIMES.split_ascii_whitespace().any(|rime| rime == letters)
}

/// The spelling of one sound by the vowel that follows: c or k, g or gh, ng or ngh.
fn go_together(onset: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    match onset {
        "c" | "ng" => !front,
        "g" => !rime.starts_with(['e', 'ê', 'y']),
        "k" | "gh" | "ngh" => front,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_official_letters_are_known() {
        let text = "quyết định về việc công bố danh mục thủ tục hành chính thuộc phạm vi chức năng quản lý \
            của sở khoa học và công nghệ uỷ ban nhân dân tỉnh quảng ngãi giấy giết gì nghiệp nguyên khuỷu \
            chuyển hưởng tướng rượu thuyền quốc quý huỳnh ngoằn xoong gìn giữ yêu ý y tế khoẻ khỏe";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn letters_that_do_not_go_together_are_refused() {
        let text = "tôc céng héi chñ nghja été schön für thùc quyêt ke\u{301}\u{300} ngi ka gê w z bl aie";
        for word in text.split_whitespace() {
            assert!(!is_syllable(word), "{word}");
        }
        assert!(!is_syllable(""));
    }
}
