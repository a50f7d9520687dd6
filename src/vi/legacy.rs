//! Recognises text of the years before Unicode that was read as Latin-1, and puts it right.
//!
//! Papers typed with the fonts VNI-Times or .VnTime are still copied into web forms: “thủ tục”
//! arrives as “thuû tuïc” or as “thñ tôc”. Both look like a careless foreign language, and no
//! spelling rule of Unicode objects.
//!
//! The evidence is counted in each line. A line with any letter that the old encodings cannot give
//! (ă đ ơ ư ĩ ũ and everything of U+1EA0–U+1EF9) is right as it is. In the others each word with
//! a letter beyond ASCII is decoded, and votes:
//!
//! - *for*, when the decoded word is spelled as a Vietnamese syllable and the word as it stands is
//!   not (“tôc” cannot be: a syllable that ends in a stop has the tone sắc or nặng);
//! - *against*, when the word is one as it stands (“là”), or when neither is (“schön”).
//!
//! A word *for* that no language has (“ViÖt”) counts twice, a foreign word *against* too. It takes
//! two votes for, no fewer than those against, from two words in five: so many accented words are
//! common in Vietnamese and rare in French or German, and theirs seldom decode to a syllable.

use std::collections::BTreeSet;

use super::syllable::is_syllable;

/// An encoding of Vietnamese from before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegacyEncoding {
    /// TCVN 5712:1993 with the ABC fonts (.VnTime): “thñ tôc hµnh chÝnh”.
    Tcvn3,
    /// VNI-Windows with the VNI fonts (VNI-Times): “thuû tuïc haønh chính”.
    Vni,
}

/// The old encoding that `text` was written in, if it was read as Latin-1 by mistake.
pub fn legacy_encoding(text: &str) -> Option<LegacyEncoding> {
    if text.is_ascii() {
        return None;
    }
    text.lines().find_map(|line| {
        if line.is_ascii() || line.chars().any(is_unicode_only) {
            return None;
        }
        let votes = |encoding| (votes(line, encoding), encoding);
        let (won, encoding) = match (votes(LegacyEncoding::Vni), votes(LegacyEncoding::Tcvn3)) {
            (vni, tcvn3) if vni.0 >= tcvn3.0 => vni,
            (_, tcvn3) => tcvn3,
        };
        (won > 0).then_some(encoding)
    })
}

impl LegacyEncoding {
    /// The name that people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
        }
    }

    /// What `text` says, read as it was meant: for a suggestion, not for silent repair, since the
    /// capitals of TCVN3 lie in the font and come out as small letters.
    pub fn decode(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => text.chars().map(|c| tcvn3(c).unwrap_or(c)).collect(),
            Self::Vni => {
                let mut out = String::with_capacity(text.len());
                let mut chars = text.chars().peekable();
                while let Some(c) = chars.next() {
                    match chars.peek().and_then(|&mark| vni_pair(c, mark)) {
                        Some(letter) => {
                            out.push(letter);
                            chars.next();
                        }
                        None => out.push(vni_single(c).unwrap_or(c)),
                    }
                }
                out
            }
        }
    }
}

/// Letters that only Unicode text has: nothing read as Latin-1 can hold them.
fn is_unicode_only(c: char) -> bool {
    matches!(
        c,
        '\u{102}' | '\u{103}' | '\u{110}' | '\u{111}' | '\u{128}' | '\u{129}' | '\u{168}' | '\u{169}'
            | '\u{1A0}' | '\u{1A1}' | '\u{1AF}' | '\u{1B0}' | '\u{1EA0}'..='\u{1EF9}' | '\u{300}'..='\u{36F}'
    )
}

/// The number of votes for `encoding` if they carry the line, else 0.
fn votes(line: &str, encoding: LegacyEncoding) -> usize {
    let is_letter = |c: char| c.is_alphabetic() || encoding == LegacyEncoding::Tcvn3 && tcvn3(c).is_some();
    // One letter tells nothing (« and § stand alone in other languages), nor does a word said twice.
    let words: BTreeSet<&str> =
        line.split(|c| !is_letter(c)).filter(|word| word.chars().nth(1).is_some()).collect();
    let (mut voters, mut votes_for, mut votes_against) = (0, 0, 0);
    for word in &words {
        if word.is_ascii() || is_measure(word) || is_quoted(word) {
            continue;
        }
        let decoded = encoding.decode(word);
        if decoded == *word {
            continue;
        }
        match (is_syllable(&decoded.to_lowercase()), is_written_syllable(word)) {
            (true, false) => {
                voters += 1;
                votes_for += if is_unmistakable(word, encoding) { 2 } else { 1 };
            }
            (_, true) => votes_against += 1,
            (false, false) => votes_against += 2,
        }
    }
    let carried = votes_for >= 2 && votes_for >= votes_against && voters * 5 >= words.len() * 2;
    if carried { votes_for } else { 0 }
}

/// Units and products: µm, N·m, m×n. Their signs are letters in TCVN3.
fn is_measure(word: &str) -> bool {
    word.contains(['µ', '·', '×', '÷']) && word.chars().count() < 4
}

/// What guillemets leave of other languages («mot», »Wort«, »%s«): they are letters in TCVN3.
fn is_quoted(word: &str) -> bool {
    const GUILLEMETS: [char; 2] = ['«', '»'];
    word.contains('«') && word.contains('»')
        || word.chars().count() < 3 && (word.starts_with(GUILLEMETS) || word.ends_with(GUILLEMETS))
}

/// Whether a word that votes for `encoding` has what no language has: in TCVN3 a sign or a capital
/// within small letters (“th¸ng”, “ViÖt”), in VNI a mark that only stands beside its vowel there
/// (“Vieät”).
fn is_unmistakable(word: &str, encoding: LegacyEncoding) -> bool {
    let pairs = || word.chars().zip(word.chars().skip(1));
    match encoding {
        LegacyEncoding::Tcvn3 => pairs().zip(word.chars().skip(2)).any(|((before, c), after)| {
            before.is_lowercase()
                && after.is_lowercase()
                && (c.is_uppercase() || !c.is_alphabetic() && tcvn3(c).is_some())
        }),
        LegacyEncoding::Vni => pairs().any(|(vowel, mark)| {
            vni_pair(vowel, mark).is_some()
                && matches!(mark, 'ä' | 'å' | 'ã' | 'õ' | 'ø' | 'û' | 'Ä' | 'Å' | 'Ã' | 'Õ' | 'Ø' | 'Û')
        }),
    }
}

/// A syllable in one of the three ways that people write capitals: none, the first, all.
/// “cÊp” is none of them.
fn is_written_syllable(word: &str) -> bool {
    let small = word.to_lowercase();
    let mut rest = word.chars();
    rest.next();
    let cased = rest.as_str().chars().all(|c| !c.is_uppercase()) || word.to_uppercase() == word;
    cased && is_syllable(&small)
}

/// The letter that a character of Latin-1 is in TCVN 5712 (VN3).
fn tcvn3(c: char) -> Option<char> {
    // From U+00A1 to U+00FE; a dot is a place that VN3 leaves empty.
    const LETTERS: [char; 94] = [
        'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', '.', '.', '.', '.', '.', '.',
        'à', 'ả', 'ã', 'á', 'ạ', '.', 'ằ', 'ẳ', 'ẵ', 'ắ', '.', '.', '.', '.', '.', '.', '.', 'ặ', 'ầ', 'ẩ',
        'ẫ', 'ấ', 'ậ', 'è', '.', 'ẻ', 'ẽ', 'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', '.', '.', '.', 'ĩ',
        'í', 'ị', 'ò', '.', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', '.',
        'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ',
    ];
    let place = u32::from(c).checked_sub(0xA1)?;
    LETTERS.get(place as usize).copied().filter(|&letter| letter != '.')
}

/// The letter that one character of Latin-1 is in VNI, where it is not what it looks like.
fn vni_single(c: char) -> Option<char> {
    Some(match c {
        'æ' => 'ỉ',
        'ó' => 'ĩ',
        'ò' => 'ị',
        'ô' => 'ơ',
        'ö' => 'ư',
        'î' => 'ỵ',
        'ñ' => 'đ',
        'Æ' => 'Ỉ',
        'Ó' => 'Ĩ',
        'Ò' => 'Ị',
        'Ô' => 'Ơ',
        'Ö' => 'Ư',
        'Î' => 'Ỵ',
        'Ñ' => 'Đ',
        _ => return None,
    })
}

/// The letter that a vowel and the mark after it are in VNI.
fn vni_pair(vowel: char, mark: char) -> Option<char> {
    const ROWS: [(char, &str, &str); 7] = [
        ('a', "ùøûõïêéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ"),
        ('e', "ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
        ('o', "ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
        ('u', "ùøûõï", "úùủũụ"),
        ('y', "ùøûõ", "ýỳỷỹ"),
        ('ô', "ùøûõï", "ớờởỡợ"),
        ('ö', "ùøûõï", "ứừửữự"),
    ];
    let upper = vowel.is_uppercase();
    let small = |c: char| c.to_lowercase().next().unwrap_or(c);
    let (_, marks, letters) = ROWS.iter().find(|(base, ..)| *base == small(vowel))?;
    let place = marks.chars().position(|known| known == small(mark))?;
    let letter = letters.chars().nth(place)?;
    if upper { letter.to_uppercase().next() } else { Some(letter) }
}

#[cfg(test)]
mod tests {
    use super::LegacyEncoding::{Tcvn3, Vni};
    use super::*;

    /// Correct Vietnamese as an old file holds it, read as Latin-1.
    fn encode(encoding: LegacyEncoding, text: &str) -> String {
        let all: Vec<(String, char)> = ('\u{A1}'..='\u{FF}')
            .map(String::from)
            .chain("aeouyôöAEOUYÔÖ".chars().flat_map(|vowel| {
                let marks = if vowel.is_uppercase() {
                    "ÙØÛÕÏÊÉÈÚÜËÂÁÀÅÃÄ"
                } else {
                    "ùøûõïêéèúüëâáàåãä"
                };
                marks.chars().map(move |mark| format!("{vowel}{mark}"))
            }))
            .filter_map(|code| {
                let decoded = encoding.decode(&code);
                let mut letters = decoded.chars();
                let letter = letters.next().filter(|_| letters.next().is_none() && decoded != code)?;
                Some((code, letter))
            })
            .collect();
        let code =
            |letter: char| all.iter().find(|(_, known)| *known == letter).map(|(code, _)| code.clone());
        text.chars()
            .map(|c| {
                let small = || code(c.to_lowercase().next().unwrap_or(c));
                code(c).or_else(small).unwrap_or_else(|| c.to_string())
            })
            .collect()
    }

    const RIGHT: [&str; 16] = [
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Độc lập - Tự do - Hạnh phúc",
        "Ủy ban nhân dân tỉnh Quảng Ngãi",
        "thủ tục hành chính",
        "Trình tự thực hiện",
        "Cách thức thực hiện",
        "Thành phần, số lượng hồ sơ",
        "Thời hạn giải quyết: 10 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ",
        "Sở Khoa học và Công nghệ",
        "Quyết định số 257/QĐ-UBND ngày 25 tháng 3 năm 2025",
        "Cấp giấy phép tiến hành công việc bức xạ",
        "Đăng ký kiểm tra nhà nước về chất lượng hàng hóa nhập khẩu",
        "Phí, lệ phí: 1.200.000 đồng",
        "Bộ phận tiếp nhận và trả kết quả",
        "Người nộp hồ sơ được trả lời bằng văn bản và nêu rõ lý do",
        "Thủ tục cấp thẻ giám định viên quyền sở hữu công nghiệp",
    ];

    #[test]
    fn samples_from_old_papers_are_recognised_and_read() {
        for (encoding, wrong, right) in [
            (Vni, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
            (Vni, "thuû tuïc haønh chính", "thủ tục hành chính"),
            (Vni, "THUÛ TUÏC HAØNH CHÍNH", "THỦ TỤC HÀNH CHÍNH"),
            (Vni, "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
            (Tcvn3, "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
            (Tcvn3, "thñ tôc hµnh chÝnh", "thủ tục hành chính"),
            (Tcvn3, "ViÖt Nam", "Việt Nam"),
            (Vni, "Vieät Nam", "Việt Nam"),
            (Tcvn3, "Tr×nh tù thùc hiÖn", "Trình tự thực hiện"),
            (Tcvn3, "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ] {
            assert_eq!(legacy_encoding(wrong), Some(encoding), "{wrong}");
            assert_eq!(encoding.decode(wrong), right);
        }
    }

    #[test]
    fn right_text_put_into_an_old_encoding_is_recognised_and_read_back() {
        for right in RIGHT {
            for encoding in [Vni, Tcvn3] {
                let wrong = encode(encoding, right);
                assert_eq!(legacy_encoding(&wrong), Some(encoding), "{wrong}");
                assert_eq!(encoding.decode(&wrong).to_lowercase(), right.to_lowercase(), "{wrong}");
                let page = format!("Nguồn: bản cũ\n{wrong}\n");
                assert_eq!(legacy_encoding(&page), Some(encoding), "one line of many");
            }
        }
    }

    #[test]
    fn right_vietnamese_is_left_alone() {
        for right in RIGHT {
            assert_eq!(legacy_encoding(right), None, "{right}");
        }
        for right in [
            "",
            "Thanh toan 100%",
            "Cà phê, chè, hàng hóa là tài sản",
            "Hoà bình là không có bom mìn",
            "Xoá tên tàu cá và tàu công vụ trong tài liệu",
            "Nhà báo, nhà văn hoá, công chúng, khách hàng",
            "“Có” hay “không”; «có» hay «không» § 5 © 2025 · 10 °C ± 2 × 3 ½",
            "BÁO CÁO TÀI CHÍNH NĂM 2025",
            "BÁO CÁO TÀI CHÍNH",
            "Có thông báo là có hàng",
            "Dày 5 µm, 10 µm; 5 N·m - 10 N·m; m×n",
        ] {
            assert_eq!(legacy_encoding(right), None, "{right}");
        }
    }

    #[test]
    fn other_languages_are_left_alone() {
        for text in [
            "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.",
            "L’élève a été félicité à l’école où il est né ; sa mère, très fière, a préparé un gâteau à la crème brûlée.",
            "Thé, café, lait : le prix du blé et du maïs à Orléans",
            "« Né à Bâle », dès Noël, il a dû créer une œuvre",
            "Côté forêt, château, hôtel, hôpital",
            "Déclaration préalable délivrée à l’étranger",
            "Kann »%s« nicht in »%s« umbenennen",
            "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.",
            "Fünf große Bären hören böse Männer über die Straße gähnen",
            "Gebühren für Führerscheine: Übergangslösung, Prüfgerät, Maß, groß, heiß, Fuß",
            "Müller, Schröder, Weiß, Köln, München, Düsseldorf, Nürnberg",
            "El niño español mañana comió piñas en Logroño; año, señor, acción, corazón, camión, además, después",
            "A informação não está disponível; são três opções, ações e decisões; você é irmão do João",
            "Flaggan angiven mer än en gång på rad 5, på rad 6",
            "På svenska: räksmörgås, kött, öl, båt, år, ö, å, är på väg",
            "Rødgrød med fløde på ø; æble, brød, smør, kød",
            "The naïve café owner’s résumé — a cliché, déjà vu, São Paulo, Zürich, 10 µm ± 1",
            "All human beings are born free and equal in dignity and rights.",
            "Città, perché, così, più, lunedì, qualità, può, è già là",
            "Ísland: Þórður á góðan hest og fær sér öl",
            "Dvořák, Žižka, Škoda, łódź, żółć",
            "Электронная подпись и ключ",
        ] {
            assert_eq!(legacy_encoding(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_upsets_the_decoders(text in proptest::prelude::any::<String>(), old in "[a-zA-Z \u{A1}-\u{FF}]{0,40}") {
            for text in [&text, &old] {
                if let Some(encoding) = legacy_encoding(text) {
                    encoding.decode(text);
                }
                Vni.decode(text);
                Tcvn3.decode(text);
            }
        }
    }
}
