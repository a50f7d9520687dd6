//! Names of private persons: after ông, bà, anh, chị and the labels of forms, and alone where a
//! surname and two or three more capitals leave no doubt.
//!
//! Officials in office are no private persons: a title before or after the name takes it out. So do
//! streets, schools and firms that bear a name, and the letters that stand for one (ông N.V.A.).

use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::prepare::{View, is_alphanumeric, is_letter};
use super::{Hit, Kind, Weight};

/// Surnames that leave no doubt at the head of three capitals.
#[rustfmt::skip]
static SURNAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "nguyễn", "trần", "lê", "phạm", "huỳnh", "hoàng", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "ngô",
    "dương", "trương", "đinh", "trịnh", "tạ", "nghiêm", "phùng", "tống", "đào", "đoàn", "lý", "nguyển",
]));

/// Surnames that are other words too: they want a key word, or Văn or Thị after them.
#[rustfmt::skip]
static OTHER_SURNAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "hồ", "cao", "lâm", "đồng", "mai", "hà", "la", "thái", "kiều", "an", "vương", "tôn", "bạch", "mạc",
    "tăng", "lương", "thạch", "sơn", "kim", "châu", "quách", "tô", "lưu", "chu", "từ", "triệu", "tiêu",
    "ông", "văn", "viên", "vi", "ưng", "ung", "trà", "tiết", "thân", "thi", "thiều", "tần", "phương",
    "phó", "phí", "ninh", "nhữ", "nông", "mẫn", "mã", "lục", "lò", "lộ", "liễu", "lã", "lữ", "kha",
    "khương", "khúc", "khổng", "huỳng", "hứa", "hoa", "giang", "giáp", "doãn", "diệp", "đàm", "đậu",
    "đới", "đường", "cù", "công", "cung", "chế", "cầm", "cái", "bế", "âu", "ân", "bành",
]));

/// Words for persons, with their accents.
#[rustfmt::skip]
static HONORIFICS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "ông", "bà", "anh", "chị", "em", "cháu", "cô", "chú", "bác", "cậu", "mợ", "dì", "thầy", "cụ", "bé",
    "bạn", "con", "vợ", "chồng", "mẹ", "cha", "bố", "thím", "dượng", "má", "mr", "mrs", "ms", "o", "mệ",
]));

/// Words for persons that are written without accents anyway.
static PLAIN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&["anh", "em", "con", "cha"]));

/// Words for persons that are other words so often that a name after them has a surname.
static CHILDREN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&["con", "em", "o", "mẹ", "vợ", "má"]));

/// Words for persons after which one capital alone is a name: “ông Tuấn”.
#[rustfmt::skip]
static FAMILIAR: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "ông", "bà", "anh", "chị", "cháu", "cô", "chú", "bác", "cậu", "dì", "thầy", "cụ", "bé", "em", "thím",
]));

/// Labels of forms and phrases after which a name stands.
#[rustfmt::skip]
static LABELS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "họ và tên", "họ tên", "họ & tên", "họ", "tên", "người phản ánh", "người gửi", "người kiến nghị",
    "người nộp", "người nộp đơn", "người nộp hồ sơ", "người khiếu nại", "người tố cáo", "người đề nghị",
    "người làm đơn", "người viết đơn", "người đại diện", "người yêu cầu", "người liên hệ", "người hỏi",
    "người gửi phản ánh", "chủ hộ", "hộ dân", "đại diện", "đại diện hộ", "chủ tk", "chủ tài khoản",
    "chủ thẻ", "chủ đất", "chủ nhà", "chủ xe", "tên tôi", "tôi tên", "tôi là", "ký tên", "công dân",
    "gia đình", "hộ", "con tôi", "vợ tôi", "chồng tôi", "nguyên đơn", "bị đơn", "người dân",
    "công dân tên", "em tên", "người ký", "chủ sở hữu", "em là", "cháu tên", "tôi tên là",
    "họ và tên người nộp", "họ tên người nộp", "người được cấp", "mẹ tôi", "cha tôi", "bố tôi",
    "con trai tôi", "con gái tôi", "mình là", "mình tên", "chúng tôi là", "người bán", "người mua",
    "bên bán", "bên mua", "người ủy quyền", "người được ủy quyền",
]));

/// Surnames of [`OTHER_SURNAMES`] that are taken in small letters too.
#[rustfmt::skip]
static SMALL_SURNAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "hồ", "cao", "mai", "hà", "lương", "tô", "lưu", "châu", "thái", "lâm", "kiều", "tăng", "huỳnh",
]));

/// Firms: their heads are no officials.
#[rustfmt::skip]
static FIRMS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "công ty", "doanh nghiệp", "hợp tác xã", "cty", "htx", "dntn", "xí nghiệp", "cửa hàng", "hưu trí",
    "về hưu", "nghỉ hưu",
]));

/// Titles of people in office.
#[rustfmt::skip]
static TITLES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "chủ tịch", "phó chủ tịch", "bí thư", "phó bí thư", "giám đốc", "phó giám đốc", "trưởng phòng",
    "phó phòng", "phó trưởng phòng", "bộ trưởng", "thứ trưởng", "cục trưởng", "phó cục trưởng",
    "chi cục trưởng", "vụ trưởng", "chánh văn phòng", "phó chánh văn phòng", "đồng chí", "đ/c",
    "tổng bí thư", "thủ tướng", "phó thủ tướng", "đại biểu", "chánh thanh tra", "cán bộ", "công chức",
    "chuyên viên", "hiệu trưởng", "phó hiệu trưởng", "trưởng ban", "phó trưởng ban", "trưởng đoàn",
    "viện trưởng", "chánh án", "thẩm phán", "kiểm sát viên", "điều tra viên", "thanh tra viên",
    "đại tướng", "thượng tướng", "trung tướng", "thiếu tướng", "đại tá", "thượng tá", "trung tá",
    "thiếu tá", "đại úy", "đại uý", "thượng úy", "thượng uý", "trung úy", "trung uý", "thiếu úy",
    "thiếu uý", "tổng giám đốc", "viên chức", "văn thư", "chấp hành viên", "công chứng viên",
    "nguyên thủ", "lãnh đạo", "phụ trách", "chủ nhiệm", "phó chủ nhiệm", "trưởng công an",
    "phó trưởng công an", "bí thư tỉnh ủy", "trạm trưởng", "quyền chủ tịch", "tổng thư ký",
    "chủ tịch nước", "chủ tịch quốc hội", "đội trưởng", "kế toán trưởng", "nhà thơ", "nhà văn", "nhạc sĩ",
    "anh hùng", "liệt sĩ", "liệt sỹ", "danh nhân", "vua", "lãnh tụ",
]));

/// Words after which a title is over: what follows is done to or by somebody else.
const ENDS_OF_TITLES: [&str; 34] = [
    "cho", "cua", "voi", "tra", "gui", "giai", "ve", "den", "yeu", "de", "moi", "xac", "khong", "da", "dang",
    "se", "duoc", "bi", "nhan", "thu", "la", "ma", "nhu", "theo", "tiep", "huong", "cap", "giup", "thong",
    "goi", "hen", "noi", "phan", "ho",
];

/// Words before a name that is a street's, a school's or a firm's.
#[rustfmt::skip]
static BEARERS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "đường", "phố", "ngõ", "hẻm", "kiệt", "trường", "thpt", "thcs", "tiểu học", "mầm non", "phường", "xã",
    "thôn", "huyện", "quận", "công viên", "quảng trường", "cầu", "chợ", "bệnh viện", "đền", "tượng đài",
    "giải thưởng", "quỹ", "công ty", "cổ phần", "tnhh", "doanh nghiệp", "cửa hàng", "nhà thuốc", "tiệm",
    "hiệu", "htx", "hợp tác xã", "dntn", "cty", "nhà xe", "đoạn", "ngã tư", "ngã ba", "tuyến", "đại lộ",
    "khu lưu niệm", "bảo tàng", "học viện", "đại học", "cao đẳng", "thư viện", "sân bay", "cảng",
    "hồ chứa", "giải", "phong trào", "chi bộ", "làng", "thành phố", "tp", "tỉnh", "khu phố", "cp", "mtv",
    "thị trấn", "núi", "sông", "rạch", "vịnh", "nhà thờ", "đình", "xí nghiệp", "nút giao", "vòng xoay",
    "lăng", "mộ", "tư tưởng", "khu dân cư", "kdc", "phòng khám", "văn phòng công chứng", "vpcc",
    "hộ kinh doanh", "hkd", "cơ sở", "quán", "hội trường", "ký túc xá", "chung cư", "tòa nhà", "biển",
    "vườn", "kho", "bến xe", "bến", "trạm", "phân hiệu", "thương hiệu", "nhãn hiệu", "hồ", "dự án",
    "chiến dịch", "lớp", "học bổng",
]));

/// People after whom streets and schools are named, and holders of the highest offices.
#[rustfmt::skip]
const FAMOUS: [&str; 74] = [
    "ho chi minh", "vo nguyen giap", "pham van dong", "tran hung dao", "le quy don", "phan boi chau",
    "phan chu trinh", "phan chau trinh", "phan dinh phung", "hoang hoa tham", "nguyen van troi",
    "le hong phong", "ton duc thang", "nguyen thi minh khai", "vo thi sau", "vo van kiet",
    "nguyen van linh", "le van sy", "tran quoc tuan", "tran quoc toan", "ly thuong kiet", "ly thai to",
    "huynh thuc khang", "nguyen tri phuong", "ngo gia tu", "nguyen cong tru", "nguyen dinh chieu",
    "truong quang trong", "nguyen ba loan", "le trung dinh", "tran quang dieu", "nguyen tu tan",
    "nguyen chi thanh", "dinh tien hoang", "le thanh tong", "nguyen van cu", "nguyen thai hoc",
    "nguyen huu canh", "dang thuy tram", "pham hong thai", "tran cao van", "ho xuan huong",
    "nguyen binh khiem", "chu van an", "le van tam", "mac dinh chi", "pham ngoc thach", "bui thi xuan",
    "hoang van thu", "nguyen phu trong", "pham minh chinh", "nguyen xuan phuc", "vo van tan",
    "vo van ngan", "ly tu trong", "nguyen thuong hien", "nguyen van tao", "truong cong dinh",
    "doan thi diem", "tran nhat duat", "tran khanh du", "tran quy cap", "nguyen luong bang",
    "truong chinh", "bach dang", "tran nhan tong", "le dinh ly", "huynh tan phat", "nguyen sinh sac",
    "nguyen ai quoc", "nguyen tat thanh", "duong dinh nghe", "cao ba quat", "nguyen manh hung",
];

/// Capitals that begin no name: offices, titles, countries.
#[rustfmt::skip]
static NO_NAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[
    "sở", "ubnd", "hđnd", "ủy", "uỷ", "công", "trung", "phòng", "ban", "bộ", "cục", "chi", "văn", "hội",
    "đoàn", "đảng", "tòa", "toà", "viện", "trường", "xã", "phường", "huyện", "tỉnh", "thành", "quận",
    "việt", "giám", "chủ", "phó", "trưởng", "bí", "cán", "chuyên", "rịa", "đốc", "trạc", "lãnh", "thìn",
    "chiểu", "hùng", "nà", "đen", "triệu", "trưng", "trời", "phật", "tôi", "ngân", "kho", "nhà", "ctv",
    "cá", "tổ", "cơ", "đơn", "họ", "tên", "nộp", "người", "các", "doanh", "hợp", "tác", "điện", "địa",
    "gửi", "không", "đại", "ngày", "số", "nơi", "năm", "trang", "thư", "cccd", "cmnd", "email", "thông",
    "quy", "theo", "khi", "xem", "trong", "hộ", "đã", "chưa", "có", "nếu", "vui", "kính", "xin", "anh",
    "chị", "ông", "bà", "việc", "tư",
]));

/// Looks for names.
pub(super) fn find(view: &View, hits: &mut Vec<Hit>) {
    let words = words(view);
    let mut index = 0;
    while index < words.len() {
        let found = after_label(view, &words, index)
            .or_else(|| after_honorific(view, &words, index))
            .or_else(|| alone(view, &words, index));
        match found {
            Some((range, weight)) => {
                while words.get(index).is_some_and(|word| word.start < range.end) {
                    index += 1;
                }
                hits.push(Hit { kind: Kind::PersonName, range, value: String::new(), weight });
            }
            None => index += 1,
        }
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

/// Whether a word is one of a list.
fn is_one_of(view: &View, word: &Range<usize>, list: &Lexicon) -> bool {
    list.is(view, word.start, word.end)
}

fn is_surname(view: &View, word: &Range<usize>) -> bool {
    is_one_of(view, word, &SURNAMES) || is_one_of(view, word, &OTHER_SURNAMES)
}

/// Whether a name without accents begins with a surname; as on bank cards, in a text that has accents.
fn is_plain_surname(view: &View, name: &Words) -> bool {
    let ascii = name.iter().all(|word| word.clone().all(|place| view.char(place).is_ascii()));
    ascii
        && name.first().is_some_and(|first| {
            [&SURNAMES, &OTHER_SURNAMES].iter().any(|list| list.is_folded(view, first.start, first.end))
        })
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
    if name.len() > 4 && is_shouted(view, &name) {
        name.truncate(4);
    }
    name
}

/// Whether all of a name is in capitals.
fn is_shouted(view: &View, name: &Words) -> bool {
    name.iter().all(|word| word.clone().all(|place| view.is_capital(place)))
}

/// A name in small letters, as in messages without accents: surname, Văn or Thị, one or two more.
fn small_name_at(view: &View, words: &Words, index: usize) -> Vec<Range<usize>> {
    let part = |offset: usize| words.get(index + offset).filter(|word| !view.is_capital(word.start));
    let joined = |a: &Range<usize>, b: &Range<usize>| view.slice(a.end..b.start) == b" ";
    let (Some(first), Some(second), Some(third)) = (part(0), part(1), part(2)) else { return Vec::new() };
    let middle = matches!(view.slice(second.clone()), b"van" | b"thi" | b"dinh" | b"huu" | b"ngoc" | b"quoc");
    let surname = is_one_of(view, first, &SURNAMES) || is_one_of(view, first, &SMALL_SURNAMES);
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
    let end = start + LABELS.at(view, start)?;
    let mut next = index + 1;
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
        let filler = matches!(view.slice(word.clone()), b"la" | b"ten" | b"don" | b"nay" | b"phan")
            && !view.is_capital(word.start)
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
    let surname = (is_surname(view, first) || is_plain_surname(view, &name)) && name.len() >= 2;
    let shouted = is_shouted(view, &name);
    let formal = colon && !shouted && (2..=5).contains(&name.len()) && !is_one_of(view, first, &NO_NAMES);
    ((surname || formal) && is_told(view, &name) && !is_official(view, words, index, &name, next))
        .then(|| (whole(&name), Weight::Announced))
}

fn after_honorific(view: &View, words: &Words, index: usize) -> Option<(Range<usize>, Weight)> {
    let word = words.get(index)?;
    if is_alphanumeric(view.before(word.start)) || !is_one_of(view, word, &HONORIFICS) {
        return None;
    }
    let (mut next, mut from) = (index + 1, word.end);
    // “Ông/bà: …”, “ông (bà) …”, “cô giáo …”, “vợ là …”
    for _ in 0..3 {
        let following = words.get(next)?;
        let between = view.slice(from..following.start);
        if between.len() > 4
            || !between.iter().all(|b| matches!(b, b' ' | b'/' | b'(' | b')' | b':' | b'*' | b'\n'))
        {
            return None;
        }
        let other = is_one_of(view, following, &HONORIFICS) && !view.is_capital(following.start);
        let slashed = between.contains(&b'/') || between.contains(&b'(');
        let filler = !view.is_capital(following.start)
            && matches!(
                view.slice(following.clone()),
                b"giao" | b"la" | b"ten" | b"ngoai" | b"noi" | b"gai" | b"trai" | b"ho"
            );
        if !(other || slashed && is_one_of(view, following, &HONORIFICS) || filler) {
            break;
        }
        from = following.end;
        next += 1;
    }
    let mut name = name_at(view, words, next);
    if name.is_empty() {
        name = small_name_at(view, words, next);
    }
    let first = name.first()?;
    // “ghi chú”, “chú ý”: parts of other words.
    let compound = index
        .checked_sub(1)
        .and_then(|last| words.get(last))
        .is_some_and(|last| view.slice(last.clone()) == b"ghi");
    // Without accents “ba” may be three and “co” may be to have: the surname decides.
    let accented = !view.is_plain(word.start) || is_one_of(view, word, &PLAIN);
    let blank = view.slice(from..first.start).iter().all(|&b| b == b' ');
    let surname = is_surname(view, first) && name.len() >= 2;
    let small = !view.is_capital(word.start);
    let sentence = matches!(view.before(word.start), 0 | b'\n' | b'"' | b'-' | b'|' | b'*')
        || view.slice(word.start.saturating_sub(2)..word.start) == b". ";
    let known = !is_one_of(view, first, &NO_NAMES) || surname;
    let bearer = bears(view, words, index);
    let told = if compound {
        false
    } else if surname {
        true
    } else if !blank || name.len() > 1 && is_shouted(view, &name) {
        false
    } else if name.len() == 1 {
        (small || sentence && sentence_goes_on(view, first))
            && accented
            && is_one_of(view, word, &FAMILIAR)
            && view.slice(first.clone()).len() >= 2
            && !next_is_no_name(view, first)
    } else {
        (small || sentence) && accented && name.len() <= 4 && !is_one_of(view, word, &CHILDREN)
    };
    (told && known && !bearer && is_told(view, &name) && !is_official(view, words, index, &name, next))
        .then(|| (whole(&name), if surname { Weight::Announced } else { Weight::Likely }))
}

/// “Chị Thách cho biết”, but not “Cô Tô, Bác Ái”.
fn sentence_goes_on(view: &View, name: &Range<usize>) -> bool {
    view.at(name.end) == b' ' && is_letter(view.at(name.end + 1)) && !view.is_capital(name.end + 1)
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
    let strong = matches!(view.slice(second.clone()), b"van" | b"thi");
    let formed = (3..=4).contains(&name.len()) && (clear && !is_shouted(view, &name) || strong);
    if !formed || !is_told(view, &name) || bears(view, words, index) || is_numbered(view, word) {
        return None;
    }
    let folded: Vec<&[u8]> = name.iter().map(|word| view.slice(word.clone())).collect();
    let folded = folded.join(&b' ');
    if FAMOUS.iter().any(|famous| famous.as_bytes() == folded.as_slice())
        || is_official(view, words, index, &name, index)
    {
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
    BEARERS.ends_at(view, end).is_some()
}

/// Whether a title before the words (at `index`) or after the name says that it is an official's.
fn is_official(view: &View, words: &Words, index: usize, name: &Words, first: usize) -> bool {
    title_before(view, words, index)
        || index != first && title_before_name(view, words, index, first)
        || title_after(view, words, first + name.len())
}

/// “ông Giám đốc Nguyễn Văn An”: the title stands between.
fn title_before_name(view: &View, words: &Words, index: usize, first: usize) -> bool {
    (index + 1..first)
        .any(|between| words.get(between).is_some_and(|word| TITLES.at(view, word.start).is_some()))
}

fn title_before(view: &View, words: &Words, index: usize) -> bool {
    let Some(start) = words.get(index).map(|word| word.start) else { return false };
    let mut end = start;
    let mut firm = false;
    for (steps, word) in words.get(..index).unwrap_or_default().iter().rev().take(12).enumerate() {
        let between = view.slice(word.end..end);
        let comma = between == b", " || between == b" - " || between == b": " || between == b". ";
        if between.is_empty() && steps == 0
            || between.len() > 3
            || !(comma && steps == 0 || between.iter().all(|b| matches!(b, b' ' | b'-' | b'&' | b'/' | b'.')))
        {
            return false;
        }
        if between == b". " && word.len() > 2 {
            return false;
        }
        firm |= FIRMS.at(view, word.start).is_some();
        if let Some(title) = TITLES.folded_at(view, word.start) {
            // The head of a firm is a private person.
            return !firm || !title.contains("giam doc");
        }
        let text = view.slice(word.clone());
        let ends = !view.is_capital(word.start) && ENDS_OF_TITLES.iter().any(|end| end.as_bytes() == text);
        // “thủ tướng” and “hộ” fold like words that end a title; the former were looked at above.
        if ends || steps == 0 && (text == b"va" || text == b"hoac") && between == b" " {
            // The second word of a title (“bí thư”) is no end of one.
            let second =
                words.get(..index).unwrap_or_default().iter().rev().nth(steps + 1).is_some_and(|before| {
                    TITLES.at(view, before.start).is_some_and(|length| before.start + length >= word.end)
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
    let (Some(last), Some(word)) = (next.checked_sub(1).and_then(|last| words.get(last)), words.get(next))
    else {
        return false;
    };
    let between = view.slice(last.end..word.start);
    let apart = between.len() <= 3
        && between.iter().any(|b| matches!(b, b',' | b'-' | b'('))
        && !between.contains(&b'.');
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
    let Some(length) = TITLES.at(view, word.start) else { return false };
    let rest = word.start + length;
    !(rest..rest + 12).any(|place| FIRMS.is_at(view, place))
}

fn whole(name: &Words) -> Range<usize> {
    let start = name.first().map_or(0, |word| word.start);
    start..name.last().map_or(start, |word| word.end)
}
