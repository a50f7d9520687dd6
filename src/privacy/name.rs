//! Names of private persons: after ông, bà, anh, chị and the labels of forms, and alone where a
//! surname and two or three more capitals leave no doubt.
//!
//! Officials in office are no private persons: a title before or after the name takes it out. So do
//! streets, schools and firms that bear a name, and the letters that stand for one (ông N.V.A.).

use std::ops::Range;

use super::prepare::{View, is_alphanumeric, is_letter};
use super::{Hit, Kind, Weight};

/// Surnames that leave no doubt at the head of three capitals.
const SURNAMES: [&str; 25] = [
    "nguyễn", "trần", "lê", "phạm", "huỳnh", "hoàng", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "ngô", "dương", "trương", "đinh", "trịnh", "tạ",
    "nghiêm", "phùng", "tống", "đào", "đoàn", "lý", "nguyển",
];

/// Surnames that are other words too: they want a key word, or Văn or Thị after them.
const OTHER_SURNAMES: [&str; 78] = [
    "hồ", "cao", "lâm", "đồng", "mai", "hà", "la", "thái", "kiều", "an", "vương", "tôn", "bạch", "mạc", "tăng", "lương", "thạch", "sơn", "kim",
    "châu", "quách", "tô", "lưu", "chu", "từ", "triệu", "tiêu", "ông", "văn", "viên", "vi", "ưng", "ung", "trà", "tiết", "thân", "thi", "thiều",
    "tần", "phương", "phó", "phí", "ninh", "nhữ", "nông", "mẫn", "mã", "lục", "lò", "lộ", "liễu", "lã", "lữ", "kha", "khương", "khúc", "khổng",
    "huỳng", "hứa", "hoa", "giang", "giáp", "doãn", "diệp", "đàm", "đậu", "đới", "đường", "cù", "công", "cung", "chế", "cầm", "cái", "bế", "âu",
    "ân", "bành",
];

/// Words for persons, with their accents.
const HONORIFICS: [&str; 30] = [
    "ông", "bà", "anh", "chị", "em", "cháu", "cô", "chú", "bác", "cậu", "mợ", "dì", "thầy", "cụ", "bé", "bạn", "con", "vợ", "chồng", "mẹ", "cha",
    "bố", "thím", "dượng", "má", "mr", "mrs", "ms", "o", "mệ",
];

/// Words for persons after which one capital alone is a name: “ông Tuấn”.
const FAMILIAR: [&str; 15] =
    ["ông", "bà", "anh", "chị", "cháu", "cô", "chú", "bác", "cậu", "dì", "thầy", "cụ", "bé", "em", "thím"];

/// Labels of forms and phrases after which a name stands, folded.
const LABELS: [&str; 47] = [
    "ho va ten", "ho ten", "ho & ten", "ho, ten", "nguoi phan anh", "nguoi gui", "nguoi kien nghi", "nguoi nop", "nguoi nop don",
    "nguoi nop ho so", "nguoi khieu nai", "nguoi to cao", "nguoi de nghi", "nguoi lam don", "nguoi viet don", "nguoi dai dien", "nguoi yeu cau",
    "nguoi lien he", "nguoi hoi", "nguoi gui phan anh", "chu ho", "chu tk", "chu tai khoan", "chu the", "chu dat", "chu nha", "chu xe", "ten toi",
    "toi ten", "ten", "toi la", "ky ten", "cong dan", "gia dinh", "ho", "con toi", "vo toi", "chong toi", "nguyen don", "bi don", "nguoi dan",
    "to chuc, ca nhan", "ca nhan", "cong dan ten", "em ten", "nguoi ky", "chu so huu",
];

/// Titles of people in office, folded.
const TITLES: [&str; 58] = [
    "chu tich", "pho chu tich", "bi thu", "pho bi thu", "giam doc", "pho giam doc", "truong phong", "pho phong", "pho truong phong", "bo truong",
    "thu truong", "cuc truong", "pho cuc truong", "chi cuc truong", "vu truong", "chanh van phong", "pho chanh van phong", "dong chi", "d/c",
    "tong bi thu", "thu tuong", "pho thu tuong", "dai bieu", "chanh thanh tra", "can bo", "cong chuc", "chuyen vien", "hieu truong",
    "pho hieu truong", "truong ban", "pho truong ban", "truong doan", "vien truong", "chanh an", "tham phan", "kiem sat vien", "dieu tra vien",
    "thanh tra vien", "dai tuong", "thuong tuong", "trung tuong", "thieu tuong", "dai ta", "thuong ta", "trung ta", "thieu ta", "dai uy",
    "thuong uy", "trung uy", "thieu uy", "tong giam doc", "vien chuc", "van thu", "chap hanh vien", "cong chung vien", "nguyen thu",
    "lanh dao", "phu trach",
];

/// Words after which a title is over: what follows is done to or by somebody else.
const ENDS_OF_TITLES: [&str; 34] = [
    "cho", "cua", "voi", "tra", "gui", "giai", "ve", "den", "yeu", "de", "moi", "xac", "khong", "da", "dang", "se", "duoc", "bi", "nhan", "thu",
    "la", "ma", "nhu", "theo", "tiep", "huong", "cap", "giup", "thong", "goi", "hen", "noi", "phan", "ho",
];

/// Words before a name that is a street's, a school's or a firm's, folded.
const BEARERS: [&str; 68] = [
    "duong", "pho", "ngo", "hem", "kiet", "truong", "thpt", "thcs", "tieu hoc", "mam non", "phuong", "xa", "thon", "huyen", "quan", "cong vien",
    "quang truong", "cau", "cho", "benh vien", "den", "tuong dai", "giai thuong", "quy", "cong ty", "tnhh", "doanh nghiep", "cua hang",
    "nha thuoc", "tiem", "hieu", "htx", "hop tac xa", "dntn", "cty", "nha xe", "doan", "nga tu", "nga ba", "tuyen", "dai lo", "khu luu niem",
    "bao tang", "hoc vien", "dai hoc", "cao dang", "thu vien", "san bay", "cang", "ho chua", "giai", "phong trao", "chi bo", "lang", "thanh pho",
    "tp", "tinh", "khu pho", "cp", "mtv", "thi tran", "nui", "song", "rach", "vinh", "nha tho", "dinh", "xi nghiep",
];

/// People after whom streets and schools are named, and holders of the highest offices.
const FAMOUS: [&str; 73] = [
    "ho chi minh", "vo nguyen giap", "pham van dong", "tran hung dao", "le quy don", "phan boi chau", "phan chu trinh", "phan chau trinh",
    "phan dinh phung", "hoang hoa tham", "nguyen van troi", "le hong phong", "ton duc thang", "nguyen thi minh khai", "vo thi sau", "vo van kiet",
    "nguyen van linh", "le van sy", "tran quoc tuan", "tran quoc toan", "ly thuong kiet", "ly thai to", "huynh thuc khang", "nguyen tri phuong",
    "ngo gia tu", "nguyen cong tru", "nguyen dinh chieu", "truong quang trong", "nguyen ba loan", "le trung dinh", "tran quang dieu",
    "nguyen tu tan", "nguyen chi thanh", "dinh tien hoang", "le thanh tong", "nguyen van cu", "nguyen thai hoc", "nguyen huu canh",
    "dang thuy tram", "pham hong thai", "tran cao van", "ho xuan huong", "nguyen binh khiem", "chu van an", "le van tam", "mac dinh chi",
    "pham ngoc thach", "bui thi xuan", "hoang van thu", "nguyen phu trong", "pham minh chinh", "nguyen xuan phuc", "vo van tan", "vo van ngan",
    "ly tu trong", "nguyen thuong hien", "nguyen van tao", "truong cong dinh", "doan thi diem", "tran nhat duat", "tran khanh du", "tran quy cap",
    "nguyen luong bang", "truong chinh", "bach dang", "tran nhan tong", "le dinh ly", "huynh tan phat", "nguyen sinh sac", "nguyen ai quoc",
    "nguyen tat thanh", "cao ba quat", "nguyen manh hung",
];

/// Capitals that begin no name: offices, titles, countries.
const NO_NAMES: [&str; 46] = [
    "sở", "ubnd", "hđnd", "ủy", "uỷ", "công", "trung", "phòng", "ban", "bộ", "cục", "chi", "văn", "hội", "đoàn", "đảng", "tòa", "toà", "viện",
    "trường", "xã", "phường", "huyện", "tỉnh", "thành", "quận", "việt", "giám", "chủ", "phó", "trưởng", "bí", "cán", "chuyên", "rịa", "nà", "đen",
    "triệu", "trưng", "trời", "phật", "tôi", "ngân", "kho", "nhà", "ctv",
];

/// Looks for names.
pub(super) fn find(view: &View, hits: &mut Vec<Hit>) {
    let words = words(view);
    let mut index = 0;
    while let Some(word) = words.get(index) {
        let found = after_label(view, &words, index)
            .or_else(|| after_honorific(view, &words, index))
            .or_else(|| alone(view, &words, index));
        match found {
            Some((range, weight)) => {
                index = words.iter().position(|word| word.start >= range.end).unwrap_or(words.len());
                hits.push(Hit { kind: Kind::PersonName, range, value: String::new(), weight });
            }
            None => index += 1,
        }
        let _ = word;
    }
}

type Words = [Range<usize>];

fn words(view: &View) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut place = 0;
    while place < view.len() {
        if is_letter(view.at(place)) {
            let end = view.word_end(place);
            words.push(place..end);
            place = end;
        } else {
            place += 1;
        }
    }
    words
}

/// The word as written, in small letters.
fn written(view: &View, word: &Range<usize>) -> String {
    word.clone().flat_map(|place| view.char(place).to_lowercase()).collect()
}

/// Whether a word is one of a list with accents; in texts without accents their absence counts.
fn is_one_of(view: &View, word: &Range<usize>, list: &[&str]) -> bool {
    let text = written(view, word);
    list.contains(&text.as_str()) || text.is_ascii() && list.iter().any(|entry| same_skeleton(view.slice(word.clone()), entry))
}

fn same_skeleton(skeleton: &[u8], entry: &str) -> bool {
    entry.chars().count() == skeleton.len() && crate::vi::fold::fold(entry).as_bytes() == skeleton
}

fn is_surname(view: &View, word: &Range<usize>) -> bool {
    is_one_of(view, word, &SURNAMES) || is_one_of(view, word, &OTHER_SURNAMES)
}

fn is_middle(view: &View, word: &Range<usize>) -> bool {
    matches!(view.slice(word.clone()), b"van" | b"thi" | b"dinh" | b"huu" | b"duc" | b"ngoc" | b"quoc" | b"thanh" | b"minh" | b"xuan")
}

/// The words of a name that begins with the word at an index: capitals with one blank between them.
fn name_at(view: &View, words: &Words, index: usize) -> Vec<Range<usize>> {
    let mut name: Vec<Range<usize>> = Vec::new();
    for word in words.get(index..).unwrap_or_default() {
        if let Some(last) = name.last() {
            let between = view.slice(last.end..word.start);
            if between.is_empty() || between.len() > 2 || !between.iter().all(|b| matches!(b, b' ' | b'\n')) {
                break;
            }
        }
        if !view.is_capital(word.start) || word.len() > 8 || name.len() == 6 {
            break;
        }
        name.push(word.clone());
    }
    // In capitals throughout the sentence goes on in capitals.
    let shouted = name.len() > 1 && name.iter().all(|word| word.clone().all(|place| view.is_capital(place)));
    if shouted && name.len() > 4 {
        name.truncate(4);
    }
    name
}

/// A name in small letters, as in messages without accents: surname, Văn or Thị, one or two more.
fn small_name_at(view: &View, words: &Words, index: usize) -> Vec<Range<usize>> {
    let part = |offset: usize| words.get(index + offset).filter(|word| !view.is_capital(word.start));
    let joined = |a: &Range<usize>, b: &Range<usize>| view.slice(a.end..b.start) == b" ";
    let (Some(first), Some(second), Some(third)) = (part(0), part(1), part(2)) else { return Vec::new() };
    let middle = matches!(view.slice(second.clone()), b"van" | b"thi" | b"dinh" | b"huu" | b"ngoc" | b"quoc");
    let surname = is_one_of(view, first, &SURNAMES) || is_one_of(view, first, &OTHER_SURNAMES) && middle;
    if !surname || !middle || !joined(first, second) || !joined(second, third) || third.len() < 2 {
        return Vec::new();
    }
    vec![first.clone(), second.clone(), third.clone()]
}

/// Whether a name is made of whole words and no letters that stand for one.
fn is_told(view: &View, name: &Words) -> bool {
    let single = |word: &Range<usize>| word.len() == 1;
    let Some(last) = name.last() else { return false };
    // Y and A are names of their own among the peoples of the highlands: Y Blăng, A Pót.
    let initials = name.iter().skip(1).any(single) || name.len() == 1 && name.iter().any(single);
    let dotted = name.iter().any(|word| word.len() == 1 && view.at(word.end) == b'.');
    let cut = view.at(last.end) == b'.' && is_letter(view.at(last.end + 1)) && name.len() == 1;
    let masked = view.at(last.end) == b'*' || view.slice(last.clone()) == b"xxx";
    !initials && !dotted && !cut && !masked && !view.at(last.end).is_ascii_digit()
}

fn after_label(view: &View, words: &Words, index: usize) -> Option<(Range<usize>, Weight)> {
    let start = words.get(index)?.start;
    if is_alphanumeric(view.before(start)) {
        return None;
    }
    let label = LABELS.iter().filter(|label| view.word_starts(start, label)).max_by_key(|label| label.len())?;
    let end = start + label.len();
    let mut next = index + label.split(' ').count();
    while words.get(next).is_some_and(|word| word.start < end) {
        next += 1;
    }
    // “tên: ông …”, “tôi tên là …”, “con tôi là cháu …”
    let mut colon = false;
    let mut from = end;
    for _ in 0..4 {
        let word = words.get(next)?;
        let between = view.slice(from..word.start);
        if between.len() > 6 || between.iter().any(|b| b.is_ascii_digit() || matches!(b, b',' | b';')) {
            return None;
        }
        colon |= between.iter().any(|b| matches!(b, b':' | b'-' | b'|'));
        let filler = matches!(view.slice(word.clone()), b"la" | b"ten" | b"don" | b"nay" | b"phan") && !view.is_capital(word.start)
            || is_one_of(view, word, &HONORIFICS) && !is_surname(view, word);
        if !filler {
            break;
        }
        from = word.end;
        next += 1;
    }
    let mut name = name_at(view, words, next);
    if name.is_empty() {
        name = small_name_at(view, words, next);
    }
    let first = name.first()?;
    let surname = is_surname(view, first) && name.len() >= 2;
    let formal = colon && (2..=5).contains(&name.len()) && !is_one_of(view, first, &NO_NAMES) && !is_listed(view, first);
    ((surname || formal) && is_told(view, &name) && !is_official(view, words, index, &name, next))
        .then(|| (whole(&name), Weight::Announced))
}

/// Words in capitals that are heads of other labels or of firms.
fn is_listed(view: &View, first: &Range<usize>) -> bool {
    let word = view.slice(first.clone());
    BEARERS.iter().any(|bearer| bearer.as_bytes() == word) && !is_surname(view, first)
        || matches!(word, b"ngay" | b"dia" | b"so" | b"cccd" | b"cmnd" | b"email" | b"dien" | b"noi" | b"nam" | b"sinh" | b"trang" | b"thu")
}

fn after_honorific(view: &View, words: &Words, index: usize) -> Option<(Range<usize>, Weight)> {
    let word = words.get(index)?;
    if is_alphanumeric(view.before(word.start)) || !is_one_of(view, word, &HONORIFICS) {
        return None;
    }
    let (mut next, mut from, mut alternative) = (index + 1, word.end, false);
    // “Ông/bà: …”, “ông (bà) …”, “cô giáo …”, “vợ là …”
    for _ in 0..3 {
        let following = words.get(next)?;
        let between = view.slice(from..following.start);
        if between.len() > 4 || !between.iter().all(|b| matches!(b, b' ' | b'/' | b'(' | b')' | b':' | b'*' | b'\n')) {
            return None;
        }
        let other = is_one_of(view, following, &HONORIFICS) && !view.is_capital(following.start);
        let slashed = between.contains(&b'/') || between.contains(&b'(');
        let filler = !view.is_capital(following.start) && matches!(view.slice(following.clone()), b"giao" | b"la" | b"ten" | b"ngoai" | b"noi" | b"gai" | b"trai" | b"ho");
        if !(other || slashed && is_one_of(view, following, &HONORIFICS) || filler) {
            break;
        }
        alternative |= other;
        from = following.end;
        next += 1;
    }
    let mut name = name_at(view, words, next);
    if name.is_empty() {
        name = small_name_at(view, words, next);
    }
    let first = name.first()?;
    let honorific = written(view, word);
    let accented = !honorific.is_ascii() || matches!(honorific.as_str(), "anh" | "em" | "con" | "cha");
    let surname = is_surname(view, first) && name.len() >= 2;
    let small = !view.is_capital(word.start);
    let sentence = matches!(view.before(word.start), 0 | b'\n' | b'"' | b'-' | b'|' | b'*') || view.slice(word.start.saturating_sub(2)..word.start) == b". ";
    let known = !is_one_of(view, first, &NO_NAMES) || surname;
    let bearer = bears(view, words, index);
    let _ = alternative;
    let told = if surname {
        // “ba Nguyễn Văn An” without accents may be three; the surname decides.
        true
    } else if name.len() == 1 {
        small && accented && FAMILIAR.contains(&honorific.as_str()) && view.slice(first.clone()).len() >= 2 && !next_is_no_name(view, first)
    } else {
        (small || sentence) && accented && name.len() <= 4 && !is_one_of(view, word, &["con", "em"])
    };
    (told && known && !bearer && is_told(view, &name) && !is_official(view, words, index, &name, next))
        .then(|| (whole(&name), if surname { Weight::Announced } else { Weight::Likely }))
}

/// A single capital that is the head of a common word: “anh Công an”, “bà Rịa”.
fn next_is_no_name(view: &View, word: &Range<usize>) -> bool {
    view.at(word.end) == b'-' || view.at(word.end) == b'/'
}

fn alone(view: &View, words: &Words, index: usize) -> Option<(Range<usize>, Weight)> {
    let word = words.get(index)?;
    if !view.is_capital(word.start) || is_alphanumeric(view.before(word.start)) {
        return None;
    }
    let clear = is_one_of(view, word, &SURNAMES);
    if !clear && !is_one_of(view, word, &OTHER_SURNAMES) {
        return None;
    }
    // A capital right before it makes it a piece of something longer.
    if let Some(last) = index.checked_sub(1).and_then(|last| words.get(last))
        && view.slice(last.end..word.start) == b" "
        && view.is_capital(last.start)
        && !(last.len() > 1 && last.clone().all(|place| view.is_capital(place)))
        && !matches!(view.before(last.start), 0 | b'\n')
    {
        return None;
    }
    let name = name_at(view, words, index);
    let second = name.get(1)?;
    let middle = is_middle(view, second);
    let strong = matches!(view.slice(second.clone()), b"van" | b"thi");
    let shouted = name.iter().all(|word| word.clone().all(|place| view.is_capital(place)));
    let formed = (3..=4).contains(&name.len()) && (clear && (!shouted || middle) || strong);
    if !formed || !is_told(view, &name) || bears(view, words, index) || is_numbered(view, word) {
        return None;
    }
    let folded: Vec<&[u8]> = name.iter().map(|word| view.slice(word.clone())).collect();
    let folded = folded.join(&b' ');
    if FAMOUS.iter().any(|famous| famous.as_bytes() == folded.as_slice()) || is_official(view, words, index, &name, index) {
        return None;
    }
    Some((whole(&name), Weight::Likely))
}

/// A house's number before a street's name: “12 Nguyễn Văn Linh”.
fn is_numbered(view: &View, word: &Range<usize>) -> bool {
    let before = word.start.checked_sub(2).map_or(0, |place| view.at(place));
    view.before(word.start) == b' ' && (before.is_ascii_digit() || before == b'/')
}

/// Whether a street, a school or a firm stands right before the word at an index.
fn bears(view: &View, words: &Words, index: usize) -> bool {
    let Some(word) = words.get(index) else { return false };
    let mut end = word.start;
    while matches!(view.before(end), b' ' | b'"' | b'.' | b'\'' | b'(') && word.start - end < 3 {
        end -= 1;
    }
    if end == word.start || view.before(word.start) == b'(' {
        return false;
    }
    BEARERS.iter().any(|bearer| {
        end.checked_sub(bearer.len()).is_some_and(|start| {
            view.starts_with(start, bearer)
                && !is_alphanumeric(view.before(start))
                // “cho” (to) is no “chợ” (market), “đến” (to) no “đền” (temple), “đoàn”, “cầu”, “xá”.
                && !is_another_word(view, start, bearer)
        })
    })
}

/// Whether the word that looks like a bearer's is another with other accents.
fn is_another_word(view: &View, start: usize, bearer: &str) -> bool {
    let text = written(view, &(start..start + bearer.len()));
    match bearer {
        "cho" => text != "chợ",
        "den" => text != "đền",
        "doan" => text != "đoạn",
        "quan" => text != "quận" && text != "quán",
        "giai" => text != "giải",
        "dinh" => text != "đình",
        "ho chua" => text != "hồ chứa",
        "truong" => text != "trường" && text != "truong",
        "xa" => text != "xã" && text != "xa",
        "hieu" => text != "hiệu",
        "song" => text != "sông",
        _ => false,
    }
}

/// Whether a title before the words (at `index`) or after the name says that it is an official's.
fn is_official(view: &View, words: &Words, index: usize, name: &Words, first: usize) -> bool {
    title_before(view, words, index) || index != first && title_before_name(view, words, index, first) || title_after(view, words, first + name.len())
}

/// “ông Giám đốc Nguyễn Văn An”: the title stands between.
fn title_before_name(view: &View, words: &Words, index: usize, first: usize) -> bool {
    (index + 1..first).any(|between| words.get(between).is_some_and(|word| TITLES.iter().any(|title| view.word_starts(word.start, title))))
}

fn title_before(view: &View, words: &Words, index: usize) -> bool {
    let Some(start) = words.get(index).map(|word| word.start) else { return false };
    let mut end = start;
    let mut firm = false;
    for (steps, word) in words.get(..index).unwrap_or_default().iter().rev().take(12).enumerate() {
        let between = view.slice(word.end..end);
        let comma = between == b", " || between == b" - " || between == b": " || between == b". ";
        if between.is_empty() && steps == 0 || between.len() > 3 || !(comma && steps == 0 || between.iter().all(|b| matches!(b, b' ' | b'-' | b'&' | b'/' | b'.'))) {
            return false;
        }
        if between == b". " && word.len() > 2 {
            return false;
        }
        firm |= ["cong ty", "doanh nghiep", "hop tac xa", "cty", "htx", "dntn"].iter().any(|firm| view.word_starts(word.start, firm));
        if let Some(title) = TITLES.iter().find(|title| view.word_starts(word.start, title)) {
            // The head of a firm is a private person.
            return !firm || !title.contains("giam doc");
        }
        let text = view.slice(word.clone());
        let ends = !view.is_capital(word.start) && ENDS_OF_TITLES.iter().any(|end| end.as_bytes() == text);
        // “thủ tướng” and “hộ” fold like words that end a title; the former were looked at above.
        if ends || steps == 0 && (text == b"va" || text == b"hoac") && between == b" " {
            // The second word of a title (“bí thư”) is no end of one.
            let second = words.get(..index).unwrap_or_default().iter().rev().nth(steps + 1).is_some_and(|before| {
                TITLES.iter().any(|title| view.word_starts(before.start, title) && before.start + title.len() >= word.end)
            });
            if !second {
                return false;
            }
        }
        end = word.start;
    }
    false
}

fn title_after(view: &View, words: &Words, next: usize) -> bool {
    let (Some(last), Some(word)) = (next.checked_sub(1).and_then(|last| words.get(last)), words.get(next)) else { return false };
    let between = view.slice(last.end..word.start);
    let apart = between.len() <= 3 && between.iter().any(|b| matches!(b, b',' | b'-' | b'(')) && !between.contains(&b'.');
    let (word, is) = if view.slice(word.clone()) == b"la" && between == b" " {
        match words.get(next + 1) {
            Some(word) => (word, true),
            None => return false,
        }
    } else {
        (word, false)
    };
    if !apart && !is {
        return false;
    }
    let Some(title) = TITLES.iter().filter(|title| view.word_starts(word.start, title)).max_by_key(|title| title.len()) else { return false };
    let rest = word.start + title.len();
    let firm = (rest..rest + 12).any(|place| ["cong ty", "doanh nghiep", "hop tac xa", "cty", "htx", "dntn", "huu tri", "ve huu", "nghi huu"].iter().any(|firm| view.has_word(place, firm)));
    !firm
}

fn whole(name: &Words) -> Range<usize> {
    let start = name.first().map_or(0, |word| word.start);
    start..name.last().map_or(start, |word| word.end)
}
