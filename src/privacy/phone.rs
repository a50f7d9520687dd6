//! Vietnamese telephone numbers, in all the ways people write them.
//!
//! A number is one when its digits can be dialled (operator, area code, length) and the signs around
//! it do not make it a piece of something else. A key word before it makes up for what is wrong with
//! the digits; dossier codes, decimals, dates, lists and web addresses take a number out.

use super::context::{Near, Subject, has_before, in_url, is_part_of_code, money_follows};
use super::digits::{Group, Run, gap};
use super::prepare::{View, is_letter};
use super::{Kind, Scope, Weight};

/// Mobile or fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Mobile,
    Fixed,
    /// A foreign number, known by its plus sign.
    Foreign,
}

/// Operators' prefixes since 2018, without the nought. 95 was S-Fone's: gone, but people keep it.
const MOBILE: [&str; 45] = [
    "32", "33", "34", "35", "36", "37", "38", "39", "52", "55", "56", "58", "59", "70", "76", "77", "78",
    "79", "81", "82", "83", "84", "85", "86", "87", "88", "89", "90", "91", "92", "93", "94", "95", "96",
    "97", "98", "99", "53", "54", "57", "71", "72", "73", "74", "75",
];

/// How many of [`MOBILE`] are given out today; the rest count only after a key word.
const GIVEN_OUT: usize = 37;

/// Eleven-digit mobile numbers of before 2018, without the nought.
const OLD_MOBILE: [&str; 21] = [
    "120", "121", "122", "123", "124", "125", "126", "127", "128", "129", "162", "163", "164", "165", "166",
    "167", "168", "169", "186", "188", "199",
];

/// Area codes, without the nought (circular 22/2014/TT-BTTTT).
const AREAS: [&str; 63] = [
    "203", "204", "205", "206", "207", "208", "209", "210", "211", "212", "213", "214", "215", "216", "218",
    "219", "220", "221", "222", "225", "226", "227", "228", "229", "232", "233", "234", "235", "236", "237",
    "238", "239", "24", "251", "252", "254", "255", "256", "257", "258", "259", "260", "261", "262", "263",
    "269", "270", "271", "272", "273", "274", "275", "276", "277", "28", "290", "291", "292", "293", "294",
    "296", "297", "299",
];

/// The number as dialled at home (nought first), if the digits can be one.
pub(super) fn line_of(digits: &str) -> Option<(String, Line)> {
    let bare = |rest: &str| {
        // +84 (0) 912…: the nought is written although it is not dialled.
        let rest = rest.strip_prefix('0').unwrap_or(rest);
        dialled(rest).map(|line| (format!("0{rest}"), line))
    };
    if let Some(rest) = digits.strip_prefix("0084") {
        return bare(rest);
    }
    if let Some(rest) = digits.strip_prefix("84")
        && digits.len() >= 11
    {
        return bare(rest);
    }
    let rest = digits.strip_prefix('0')?;
    dialled(rest).map(|line| (digits.to_owned(), line))
}

/// The sort of line that digits without their nought reach.
fn dialled(rest: &str) -> Option<Line> {
    let starts = |list: &[&str]| list.iter().any(|code| rest.starts_with(code));
    match rest.len() {
        9 if starts(MOBILE.get(..GIVEN_OUT).unwrap_or_default()) => Some(Line::Mobile),
        10 if starts(&OLD_MOBILE) => Some(Line::Mobile),
        // Subscribers' numbers begin with 2 to 8.
        10 if starts(&AREAS) => {
            let area = AREAS.iter().find(|code| rest.starts_with(**code))?;
            let first = rest.as_bytes().get(area.len())?;
            (b'2'..=b'8').contains(first).then_some(Line::Fixed)
        }
        _ => None,
    }
}

/// What a number is by its digits and its surroundings, with the number as dialled.
pub(super) fn judge(
    view: &View,
    groups: &[Group],
    run: &Run,
    near: Option<Near>,
    scope: Scope,
) -> Option<(Kind, String, Weight, usize)> {
    let digits = run.digits.as_str();
    let announced = near.is_some_and(|near| near.subject == Subject::Phone && near.direct);
    let plus = plus_before(view, run.start);
    let (value, line) = match line_of(digits) {
        Some(found) => found,
        None => unusual(digits, plus, announced)?,
    };
    let start = plus.unwrap_or(run.start);
    if !announced && near.is_some_and(|near| near.subject == Subject::Code && near.direct) {
        return None;
    }
    match in_url(view, start) {
        Some(false) => return None,
        Some(true) => return Some((kind_of(line), value, Weight::Announced, start)),
        None => {}
    }
    if is_glued(view, run) || !announced && is_part_of_code(view, start, run.end) {
        return None;
    }
    if is_something_else(view, groups, run, announced, plus.is_some()) {
        return None;
    }
    if line == Line::Fixed && scope == Scope::Other && !speaks_of_a_person(view, run.start) {
        return None;
    }
    Some((kind_of(line), value, if announced { Weight::Announced } else { Weight::Valid }, start))
}

fn kind_of(line: Line) -> Kind {
    if line == Line::Fixed { Kind::Landline } else { Kind::Phone }
}

/// Numbers that only a key word or a plus sign makes a telephone number: without their nought, of a
/// prefix that is not given out, with a digit lost, foreign, or fixed with an old area code.
fn unusual(digits: &str, plus: Option<usize>, announced: bool) -> Option<(String, Line)> {
    if plus.is_some() && !digits.starts_with('0') && (10..=15).contains(&digits.len()) {
        return Some((digits.to_owned(), Line::Foreign));
    }
    if !announced {
        return None;
    }
    let home = digits.strip_prefix("84").filter(|rest| rest.len() >= 9).unwrap_or(digits);
    let rest = home.strip_prefix('0').unwrap_or(home);
    let mobile = MOBILE.iter().any(|code| rest.starts_with(code));
    match rest.len() {
        9 if mobile => Some((format!("0{rest}"), Line::Mobile)),
        // A digit lost or doubled.
        8 | 10 if mobile && digits.starts_with('0') => Some((digits.to_owned(), Line::Mobile)),
        // 04 3733 7994, 055 382 2222: area codes of before 2017.
        9 if digits.starts_with("04") || digits.starts_with("84") => Some((format!("0{rest}"), Line::Fixed)),
        9 if digits.starts_with('0') && rest.starts_with(['2', '3', '5', '6', '7']) => {
            Some((digits.to_owned(), Line::Fixed))
        }
        _ => None,
    }
}

/// The end of the number with another's last digits behind a stroke: 0912 345 678/679.
pub(super) fn end_with_twin(view: &View, groups: &[Group], run: &Run) -> usize {
    let twin = groups.get(run.next).filter(|twin| {
        twin.len() <= 4 && view.slice(run.end..twin.start) == b"/" && !is_letter(view.at(twin.end))
    });
    twin.map_or(run.end, |twin| twin.end)
}

/// Where the plus sign before a number stands: `+84`, `(+84)`, `+ 84`.
fn plus_before(view: &View, start: usize) -> Option<usize> {
    let mut place = start;
    for _ in 0..2 {
        match view.before(place) {
            b'+' => return place.checked_sub(1),
            b' ' | b'(' => place -= 1,
            _ => return None,
        }
    }
    None
}

/// Whether letters are stuck to the number that make it a serial number: SN0912…, 0912…A.
fn is_glued(view: &View, run: &Run) -> bool {
    let before = view.word_before(run.start);
    if !before.is_empty() {
        let word = view.slice(before.clone());
        let telling: [&[u8]; 23] = [
            b"dt", b"sdt", b"tel", b"phone", b"zalo", b"lh", b"so", b"goi", b"alo", b"dd", b"dtdd",
            b"mobile", b"fax", b"hotline", b"viber", b"call", b"lienhe", b"sim", b"sms", b"la", b"qua",
            b"may", b"hp",
        ];
        let named = telling.contains(&word);
        let capitals = before.clone().all(|place| view.is_capital(place));
        if !named && (capitals || before.len() < 2 || view.before(before.start).is_ascii_digit()) {
            return true;
        }
    }
    let after = view.word_end(run.end) - run.end;
    after == 1 || after > 1 && view.at(run.end + after).is_ascii_digit()
}

/// Whether the digits are a decimal, a date, an amount, or a piece of a list or longer code.
fn is_something_else(view: &View, groups: &[Group], run: &Run, announced: bool, plus: bool) -> bool {
    let spread = run.lengths.iter().all(|&length| length == 1);
    let decimal = matches!(run.lengths.as_slice(), [1, _])
        && run.gaps.first().is_some_and(|gap| matches!(gap.sign, b',' | b'.') && !gap.wide);
    // 0912***678/123: a masked number beside another.
    let masked = run.gaps.iter().any(|gap| gap.sign == b'*') && !run.is_uniform();
    if decimal || masked || run.counts_on() {
        return true;
    }
    let before = run.first.checked_sub(1).and_then(|index| groups.get(index));
    let gap_before = before.and_then(|group| gap(view, group.end, run.start));
    let gap_after = groups.get(run.next).and_then(|group| gap(view, run.end, group.start));
    // 1 0 9 1 2 …: digits one by one end where they end.
    let one_more = |group: Option<&Group>| group.is_some_and(|group| group.len() == 1);
    if spread && gap_after.is_some_and(|gap| !gap.wide || gap.sign == b' ') && one_more(groups.get(run.next))
    {
        return true;
    }
    if announced {
        return false;
    }
    if spread && gap_before.is_some() && one_more(before) {
        return true;
    }
    let listed = run.gaps.iter().any(|gap| gap.sign == b',') && !run.is_uniform();
    if run.begins_with_date() || run.signs() > 2 || listed {
        return true;
    }
    let home = run.digits.starts_with('0');
    let amount = !home
        && !plus
        && (money_follows(view, run.end) || run.gaps.iter().any(|gap| gap.sign == b',') || thousands(run));
    if amount {
        return true;
    }
    // 3,0912345678
    if gap_before.is_some_and(|gap| gap.sign == b',' && !gap.wide) && run.lengths.len() == 1 {
        return true;
    }
    // Pairs of a longer row: 07 30 11 30 13 30.
    let pairs = run.lengths.len() >= 4 && run.lengths.iter().all(|&length| length == 2);
    let goes_on = |group: Option<&Group>, gap: Option<super::digits::Gap>| {
        group.is_some_and(|group| group.len() == 2) && gap.is_some_and(|gap| Some(&gap) == run.gaps.first())
    };
    if pairs && (!run.is_uniform() || goes_on(before, gap_before) || goes_on(groups.get(run.next), gap_after))
    {
        return true;
    }
    // A code that goes on in the same way, without a blank.
    let tight =
        |gap: Option<super::digits::Gap>| gap.is_some_and(|gap| !gap.wide && matches!(gap.sign, b'.' | b'-'));
    let same = |gap: Option<super::digits::Gap>| run.gaps.is_empty() || gap.as_ref() == run.gaps.first();
    let short = |group: Option<&Group>| group.is_some_and(|group| group.len() < 9);
    tight(gap_after) && same(gap_after) && short(groups.get(run.next))
        || tight(gap_before) && short(before) && !is_list_number(view, before)
}

/// 84.912.345.678 is an amount as often as a number; with spaces it is hardly ever one.
fn thousands(run: &Run) -> bool {
    run.is_grouped_by_thousands() && run.gaps.first().is_some_and(|gap| matches!(gap.sign, b'.' | b','))
}

/// “2.” before a number, with nothing of a number before it.
fn is_list_number(view: &View, group: Option<&Group>) -> bool {
    group.is_some_and(|group| group.len() <= 2 && matches!(view.before(group.start), 0 | b' ' | b'\n'))
}

/// Whether the words before a fixed telephone speak of a person and not of an office.
fn speaks_of_a_person(view: &View, start: usize) -> bool {
    let home = ["nha rieng", "ca nhan", "toi", "nha toi", "gia dinh", "cong dan", "dt nha", "dien thoai nha"];
    if has_before(view, start, 48, &home) {
        return true;
    }
    // “ông Nam: 0255…”, but “liên hệ ông Nam, Văn phòng Sở” has an office nearer.
    (start.saturating_sub(32)..start).rev().find_map(|place| {
        let word = |words: &[&str]| words.iter().any(|word| view.has_word(place, word));
        if !is_letter(view.at(place)) {
            None
        } else if word(&[
            "so",
            "phong",
            "van phong",
            "trung tam",
            "co quan",
            "bo phan",
            "ubnd",
            "hotline",
            "fax",
            "truc",
        ]) {
            Some(false)
        } else if word(&["ong", "ba", "anh", "chi"]) {
            let end = view.word_end(place);
            Some(view.is_capital(end + 1))
        } else {
            None
        }
    }) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dialled_in_one_way() {
        for (digits, home) in [
            ("0912345678", "0912345678"),
            ("84912345678", "0912345678"),
            ("0084912345678", "0912345678"),
            ("840912345678", "0912345678"),
            ("842553822222", "02553822222"),
            ("01683000132", "01683000132"),
        ] {
            assert_eq!(line_of(digits).map(|(value, _)| value).as_deref(), Some(home));
        }
        for digits in
            ["0112345678", "0312", "09123456789", "02553", "1900123456", "0217382222", "02551822222"]
        {
            assert_eq!(line_of(digits), None, "{digits}");
        }
    }
}
