//! Free text of office lists that says more than one key: “05 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ”,
//! “Phí: 150.000 đồng/hồ sơ; lệ phí: không”.
//!
//! A cell is understood whole or not at all. Words that are no number, unit or kind are kept as they stand, in the
//! note; a sentence with two numbers, a number that its own words contradict, money without a unit: not understood.

use super::ways;
use crate::base::diagnostic::Message;
use crate::msg;
use crate::vi::fold::fold;

/// What a column of free text says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Wording {
    /// Time limits, with the unit that the heading names.
    Limits(Option<&'static str>),
    /// Fees: their kind and how many đồng one is, as the heading says.
    Charges(Option<&'static str>, Option<u64>),
    /// Ways of submitting.
    Ways,
}

/// Headings of time limits, folded.
const LIMITS: &[&str] = &[
    "thoi han",
    "thoi han giai quyet",
    "thoi han giai quyet ho so",
    "thoi han giai quyet tthc",
    "thoi han thuc hien",
    "thoi gian giai quyet",
    "thoi gian thuc hien",
    "thoi han tra ket qua",
];

/// Headings of fees with the kind that they mean.
const CHARGES: &[(&str, Option<&str>)] = &[
    ("phi le phi", None),
    ("phi va le phi", None),
    ("phi hoac le phi", None),
    ("le phi phi", None),
    ("muc phi le phi", None),
    ("muc thu phi le phi", None),
    ("muc thu", None),
    ("phi", Some("phi")),
    ("muc phi", Some("phi")),
    ("muc thu phi", Some("phi")),
    ("le phi", Some("le_phi")),
    ("muc le phi", Some("le_phi")),
    ("muc thu le phi", Some("le_phi")),
];

/// Headings of ways of submitting.
const WAYS: &[&str] = &[
    "cach thuc",
    "cach thuc thuc hien",
    "cach thuc nop",
    "cach thuc nop ho so",
    "cach nop",
    "hinh thuc nop",
    "hinh thuc nop ho so",
    "hinh thuc thuc hien",
    "hinh thuc tiep nhan",
    "hinh thuc tiep nhan ho so",
];

/// Units of time with their words, the longest first.
const UNITS: &[(&str, &str)] = &[
    ("ngay lam viec", "ngay_lam_viec"),
    ("ngay", "ngay"),
    ("gio", "gio"),
    ("thang", "thang"),
    ("nam", "nam"),
];

impl Wording {
    /// What a heading means; `whole` is the heading with what stands above it, for a unit in brackets.
    pub(super) fn of(heading: &str, whole: &str) -> Option<Self> {
        let plain = super::headings::plain(heading);
        let bracket = || {
            let inner = whole.split_once('(')?.1.split(')').next()?;
            let folded = fold(inner);
            let words = ["dvt:", "don vi tinh:", "don vi:"]
                .iter()
                .find_map(|label| folded.strip_prefix(label))
                .unwrap_or(&folded);
            Some(words.trim().to_owned())
        };
        if LIMITS.contains(&plain.as_str()) {
            let unit = bracket().and_then(|words| UNITS.iter().find(|(name, _)| *name == words));
            return Some(Self::Limits(unit.map(|(_, key)| *key)));
        }
        if let Some((_, kind)) = CHARGES.iter().find(|(name, _)| *name == plain) {
            let scale = bracket().and_then(|words| match words.as_str() {
                "dong" | "d" | "vnd" | "viet nam dong" => Some(1),
                "nghin dong" | "ngan dong" | "1000 dong" | "1.000 dong" => Some(1_000),
                "trieu dong" => Some(1_000_000),
                _ => None,
            });
            return Some(Self::Charges(*kind, scale));
        }
        WAYS.contains(&plain.as_str()).then_some(Self::Ways)
    }

    /// Whether two columns say the same, so that only the first of them is meant.
    pub(super) fn same_place(self, other: Self) -> bool {
        match (self, other) {
            (Self::Limits(_), Self::Limits(_)) | (Self::Ways, Self::Ways) => true,
            (Self::Charges(one, _), Self::Charges(two, _)) => one == two,
            _ => false,
        }
    }

    /// The key that the column fills.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Limits(_) => "cach_thuc.thoi_han",
            Self::Charges(..) => "cach_thuc.phi",
            Self::Ways => "cach_thuc.hinh_thuc",
        }
    }
}

/// One time limit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Limit {
    pub(super) way: Option<&'static str>,
    pub(super) number: String,
    pub(super) unit: Option<&'static str>,
    pub(super) note: Option<String>,
}

/// One fee.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Charge {
    pub(super) way: Option<&'static str>,
    pub(super) kind: Option<&'static str>,
    pub(super) amount: Option<u64>,
    pub(super) currency: Option<&'static str>,
    pub(super) formula: Option<String>,
    pub(super) note: Option<String>,
}

/// The time limits of a cell; none of them where it says that there is none.
pub(super) fn limits(text: &str, unit: Option<&'static str>) -> Result<Vec<Limit>, Message> {
    if ["khong", "khong co", "khong quy dinh", "khong co quy dinh", "chua quy dinh"]
        .contains(&fold(text).trim_end_matches('.'))
    {
        return Ok(Vec::new());
    }
    let mut all: Vec<Limit> = Vec::new();
    for segment in segments(text) {
        let found = limit(&segment, unit)?;
        let clash = |other: &&Limit| (other.way, &other.note) == (found.way, &found.note);
        if let Some(other) = all.iter().find(clash) {
            if *other == found {
                continue;
            }
            let (one, two) = (&other.number, &found.number);
            return Err(msg!(
                "ô ghi hai thời hạn ({one} và {two}) mà không nói mỗi thời hạn cho trường hợp nào",
                "two limits ({one} and {two}) without saying which case each is for"
            ));
        }
        all.push(found);
    }
    if all.is_empty() { Err(strange_limit(text)) } else { Ok(all) }
}

/// The fees of a cell.
pub(super) fn charges(
    text: &str,
    kind: Option<&'static str>,
    scale: Option<u64>,
) -> Result<Vec<Charge>, Message> {
    let mut all: Vec<Charge> = Vec::new();
    for segment in segments(text) {
        for mut found in several(&segment, scale)? {
            match (kind, found.kind) {
                (Some(column), Some(own)) if column != own => {
                    let words = |kind| if kind == "phi" { "phí" } else { "khoản khác" };
                    let words = if own == "le_phi" { "lệ phí" } else { words(own) };
                    return Err(msg!(
                        "cột này là của khoản thu khác, ô lại ghi {words}: “{segment}”",
                        "the column is of another charge than “{segment}”"
                    ));
                }
                (column, own) => found.kind = own.or(column),
            }
            let clash = |other: &&Charge| {
                (other.way, other.kind, &other.note) == (found.way, found.kind, &found.note)
                    && found.formula.is_none()
                    && other.formula.is_none()
            };
            match all.iter().find(clash) {
                Some(other) if *other == found => {}
                Some(_) => {
                    return Err(msg!(
                        "ô ghi hai mức thu khác nhau mà không nói mỗi mức cho trường hợp nào: “{segment}”",
                        "two amounts without saying which case each is for: “{segment}”"
                    ));
                }
                None => all.push(found),
            }
        }
    }
    if all.is_empty() { Err(strange_charge(text)) } else { Ok(all) }
}

/// The statements of a cell: its lines, what semicolons part, without dashes and numbers in front.
pub(super) fn segments(text: &str) -> Vec<String> {
    text.split(['\n', '\r', ';']).map(unmarked).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A line without what enumerates it.
fn unmarked(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['-', '–', '—', '•', '+', '*']).trim();
    let line = line.trim_end_matches(['.', ',']).trim_end();
    match line.split_once(' ') {
        Some((first, rest)) => {
            let letter = first.strip_suffix(')').is_some_and(|a| a.chars().count() == 1);
            let number = first
                .strip_suffix(['.', ')'])
                .is_some_and(|a| !a.is_empty() && a.len() < 3 && a.bytes().all(|b| b.is_ascii_digit()));
            if letter || number { rest.trim() } else { line }
        }
        None => line,
    }
}

/// A piece of a statement: digits with the marks between them, a word, or a mark.
#[derive(Debug, Clone, PartialEq)]
struct Token {
    start: usize,
    end: usize,
    folded: String,
    is_number: bool,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let is_number = c.is_ascii_digit();
        while let Some((at, next)) = chars.peek().copied() {
            let goes_on = if is_number {
                let mark =
                    [',', '.'].contains(&next) && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
                next.is_ascii_digit() || mark
            } else {
                c.is_alphabetic() && next.is_alphabetic()
            };
            if !goes_on {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        out.push(Token { start, end, folded: fold(&text[start..end]), is_number });
    }
    out
}

/// How many tokens from `at` on say these words.
fn says(tokens: &[Token], at: usize, words: &str) -> Option<usize> {
    let count = words.split(' ').count();
    let there = tokens.get(at..at + count)?;
    there.iter().zip(words.split(' ')).all(|(token, word)| token.folded == word).then_some(count)
}

/// A number in words: `mười lăm`, `một trăm năm mươi nghìn`.
fn numeral(words: &[&str]) -> Option<u64> {
    const DIGITS: &[(&str, u64)] = &[
        ("khong", 0),
        ("mot", 1),
        ("hai", 2),
        ("ba", 3),
        ("bon", 4),
        ("tu", 4),
        ("nam", 5),
        ("lam", 5),
        ("sau", 6),
        ("bay", 7),
        ("tam", 8),
        ("chin", 9),
    ];
    let (mut total, mut part, mut digit) = (0u64, 0u64, None::<u64>);
    if words.is_empty() {
        return None;
    }
    for word in words {
        match *word {
            "muoi" => part += digit.take().unwrap_or(1) * 10,
            "tram" => part += digit.take()? * 100,
            "linh" | "le" if digit.is_none() => {}
            "nghin" | "ngan" | "trieu" => {
                let scale = if *word == "trieu" { 1_000_000 } else { 1_000 };
                total = total.checked_add((part + digit.take().unwrap_or(0)).checked_mul(scale)?)?;
                part = 0;
            }
            word => {
                let (_, value) = DIGITS.iter().find(|(name, _)| *name == word)?;
                if digit.replace(*value).is_some() {
                    return None;
                }
            }
        }
    }
    Some(total + part + digit.unwrap_or(0))
}

/// A number in digits or in words between brackets from `at` on, with the place behind the closing one.
fn bracketed(tokens: &[Token], at: usize) -> Option<(Option<u64>, usize)> {
    says(tokens, at, "(")?;
    let end = (at..tokens.len()).find(|i| tokens[*i].folded == ")")?;
    let mut inner: Vec<&str> = tokens[at + 1..end].iter().map(|token| token.folded.as_str()).collect();
    if inner.last() == Some(&"chan") {
        inner.pop();
    }
    if inner.last() == Some(&"dong") {
        inner.pop();
    }
    let value = match inner[..] {
        [digits] if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok(),
        _ => numeral(&inner),
    };
    Some((value, end + 1))
}

/// The way that a statement begins with, and the rest: `Trực tuyến: 03 ngày`.
fn way_of(text: &str) -> (Option<&'static str>, &str) {
    match text.split_once(':') {
        Some((head, rest)) if !rest.starts_with("//") => match ways::named(head) {
            Some(way) => (Some(way), rest.trim()),
            None => (None, text),
        },
        _ => (None, text),
    }
}

fn joined(parts: [Option<&str>; 3]) -> Option<String> {
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Words in front of a limit that say nothing of their own.
const LEADS: &[&str] = &[
    "khong qua",
    "toi da",
    "trong thoi han",
    "trong vong",
    "trong",
    "thoi han giai quyet",
    "thoi gian giai quyet",
    "thoi han",
    "la",
];

/// What stands in front of a number, without the words that say nothing: a case that ends with a colon or a comma.
fn case<'t>(text: &'t str, before: &[Token]) -> Option<&'t str> {
    let mut rest = before;
    loop {
        let shorter = LEADS.iter().find_map(|lead| {
            let at = rest.len().checked_sub(lead.split(' ').count())?;
            says(rest, at, lead).map(|_| &rest[..at])
        });
        match shorter {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    match rest.split_last() {
        None => Some(""),
        Some((last, _)) if [":", ",", "-", "–"].contains(&last.folded.as_str()) => {
            Some(text[..last.start].trim())
        }
        Some(_) => None,
    }
}

fn limit(segment: &str, by_heading: Option<&'static str>) -> Result<Limit, Message> {
    let (way, text) = way_of(segment);
    let all = tokens(text);
    let unit_at = |at: usize| UNITS.iter().find_map(|(words, key)| Some((*key, at + says(&all, at, words)?)));
    let unit_of = |i: usize| {
        let behind = bracketed(&all, i + 1).map_or(i + 1, |(_, behind)| behind);
        unit_at(behind)
    };
    if let [only] = &all[..]
        && only.is_number
    {
        let number = plain_number(&only.folded).ok_or_else(|| strange_limit(segment))?;
        return Ok(Limit { way, number, unit: by_heading, note: None });
    }
    let counts: Vec<usize> = (0..all.len()).filter(|i| all[*i].is_number && unit_of(*i).is_some()).collect();
    let Some(&at) = counts.first() else { return Err(strange_limit(segment)) };
    let Some((mut unit, mut behind)) = unit_of(at) else { return Err(strange_limit(segment)) };
    let number = plain_number(&all[at].folded).ok_or_else(|| strange_limit(segment))?;
    if let Some((told, _)) = bracketed(&all, at + 1) {
        match told {
            Some(told) if number.parse() == Ok(told) => {}
            Some(told) => {
                return Err(msg!(
                    "chữ số và chữ viết nói khác nhau: {number} và {told} trong “{segment}”",
                    "digits and words differ: {number} and {told} in “{segment}”"
                ));
            }
            None => return Err(strange_limit(segment)),
        }
    }
    // `1/2 ngày`, `05 - 10 ngày`.
    let parted = at.checked_sub(2).is_some_and(|i| all[i].is_number)
        && ["/", "-", "–"].contains(&all[at - 1].folded.as_str());
    if parted || at.checked_sub(1).is_some_and(|i| all[i].folded == "/") {
        return Err(strange_limit(segment));
    }
    let mut extra = None;
    if unit == "ngay" {
        if let Some(count) = says(&all, behind, "( lam viec )") {
            (unit, behind) = ("ngay_lam_viec", behind + count);
        }
    } else if unit == "gio"
        && let Some(count) = says(&all, behind, "lam viec")
    {
        (extra, behind) = (Some("giờ làm việc"), behind + count);
    }
    if let Some(named) = by_heading.filter(|named| *named != unit) {
        let named = named.replace('_', " ");
        return Err(msg!(
            "tiêu đề cột ghi một đơn vị ({named}), ô lại ghi đơn vị khác: “{segment}”",
            "the heading has another unit ({named}) than the cell: “{segment}”"
        ));
    }
    let case = case(text, &all[..at]).ok_or_else(|| strange_limit(segment))?;
    let case = match fold(case).as_str() {
        "thoi han giai quyet" | "thoi han" | "thoi gian giai quyet" => "",
        _ => case,
    };
    let end = behind.checked_sub(1).map_or(0, |i| all[i].end);
    let tail = text[end..].trim().trim_matches([',', '.']).trim();
    let parts = fold(tail).trim_start_matches('(').starts_with("trong do");
    if counts.len() > 1 && !parts {
        return Err(msg!(
            "một câu có nhiều thời hạn; mỗi thời hạn ghi một dòng: “{segment}”",
            "several limits in one sentence; give each a line: “{segment}”"
        ));
    }
    Ok(Limit { way, number, unit: Some(unit), note: joined([Some(case), extra, Some(tail)]) })
}

/// Digits alone, without the noughts in front.
fn plain_number(text: &str) -> Option<String> {
    let digits = text.len() < 6 && text.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = digits.then(|| text.parse().ok()).flatten()?;
    (number > 0).then(|| number.to_string())
}

fn strange_limit(segment: &str) -> Message {
    msg!(
        "không đọc được thời hạn trong “{segment}”; ghi như “05 ngày làm việc kể từ ngày nhận đủ hồ sơ”",
        "no time limit can be read in “{segment}”"
    )
}

fn strange_charge(segment: &str) -> Message {
    msg!(
        "không đọc được mức thu trong “{segment}”; ghi như “150.000 đồng/hồ sơ” hoặc “Không”",
        "no amount can be read in “{segment}”"
    )
}

/// The fees of one statement; amounts that commas part are fees of their own if each can be read alone.
fn several(segment: &str, scale: Option<u64>) -> Result<Vec<Charge>, Message> {
    let first = match charge(segment, scale) {
        Ok(charge) => return Ok(vec![charge]),
        Err(why) => why,
    };
    let parts: Vec<&str> = segment.split(", ").flat_map(|part| part.split(" và ")).map(str::trim).collect();
    if parts.len() < 2 || segment.contains('%') {
        return Err(first);
    }
    let all: Result<Vec<Charge>, Message> = parts.into_iter().map(|part| charge(part, scale)).collect();
    match all {
        Ok(all) if all.iter().all(|charge| charge.amount.is_some()) => Ok(all),
        _ => Err(first),
    }
}

/// What is said where nothing is paid, the longest first.
const FREE: &[&str] = &[
    "khong thu phi , le phi",
    "khong thu phi le phi",
    "khong thu le phi",
    "khong mat phi",
    "khong thu phi",
    "khong phai nop",
    "khong co",
    "khong thu",
    "mien phi",
    "mien le phi",
    "khong",
    "mien",
];

/// The kind that words begin with.
fn kind_of(folded: &str) -> Option<&'static str> {
    let begins = |word: &str| folded == word || folded.starts_with(&format!("{word} "));
    match () {
        () if begins("phi le phi") || begins("phi, le phi") => None,
        () if begins("le phi") => Some("le_phi"),
        () if begins("phi") => Some("phi"),
        () if begins("gia dich vu") => Some("gia_dich_vu"),
        () => None,
    }
}

fn charge(segment: &str, scale: Option<u64>) -> Result<Charge, Message> {
    let (way, mut text) = way_of(segment);
    let mut made = Charge { way, ..Charge::default() };
    let mut cases: Vec<&str> = Vec::new();
    while let Some((head, rest)) = text.split_once(':').filter(|(_, rest)| !rest.starts_with("//")) {
        let folded = fold(head);
        made.kind = made.kind.or(kind_of(&folded));
        let silent = [
            "phi",
            "le phi",
            "gia dich vu",
            "phi, le phi",
            "phi le phi",
            "muc thu",
            "muc phi",
            "muc le phi",
            "muc thu phi",
            "muc thu le phi",
        ];
        if !silent.contains(&folded.as_str()) {
            cases.push(head.trim());
        }
        if folded == "muc le phi" || folded == "muc thu le phi" {
            made.kind = Some("le_phi");
        }
        text = rest.trim();
    }
    let all = tokens(text);
    let note = |cases: &[&str], tail: &str| joined([Some(&cases.join("; ")), Some(tail), None]);
    // Nothing is paid, perhaps by some only.
    if let Some(count) = FREE.iter().find_map(|words| says(&all, 0, words)) {
        let tail = &text[all[count - 1].end..];
        let folded = fold(tail);
        let tail = tail.trim().trim_matches([',', '.']).trim();
        let goes_on = ["doi voi", "cho ", "voi ", "("].iter().any(|word| folded.trim().starts_with(word));
        if tail.is_empty() || goes_on && !all[count..].iter().any(|token| token.is_number) {
            (made.amount, made.note) = (Some(0), note(&cases, tail));
            return Ok(made);
        }
        return Err(strange_charge(segment));
    }
    if let [only] = &all[..]
        && only.is_number
    {
        let amount = grouped(&only.folded, scale.unwrap_or(1)).ok_or_else(|| strange_charge(segment))?;
        // No fee is below a thousand đồng: 150.000 read by an English program is 150.
        if (1..1_000).contains(&amount) {
            return Err(msg!(
                "{amount} đồng là quá nhỏ, không biết là đồng hay nghìn đồng; ghi như “150.000 đồng”",
                "{amount} đồng is odd; write the unit"
            ));
        }
        (made.amount, made.note) = (Some(amount), note(&cases, ""));
        return Ok(made);
    }
    let percent = |i: &usize| all[*i].is_number && all.get(i + 1).is_some_and(|next| next.folded == "%");
    let sums: Vec<usize> = (0..all.len()).filter(|i| money(&all, *i).is_some()).collect();
    let first_percent = (0..all.len()).find(percent);
    match (sums.first(), first_percent) {
        // A share of something: no sum can be given.
        (sum, Some(share)) if sum.is_none_or(|sum| share < *sum) => {
            (made.formula, made.note) = (Some(text.to_owned()), note(&cases, ""));
            return Ok(made);
        }
        (None, _) => return Err(strange_charge(segment)),
        _ => {}
    }
    let at = sums[0];
    let Some((amount, currency, mut behind)) = money(&all, at) else { return Err(strange_charge(segment)) };
    if sums.len() > 1 {
        return Err(msg!(
            "một câu có nhiều mức thu; mỗi mức ghi một dòng: “{segment}”",
            "several amounts in one sentence; give each a line: “{segment}”"
        ));
    }
    if let Some((Some(told), end)) = bracketed(&all, behind) {
        if told != amount {
            return Err(msg!(
                "chữ số và chữ viết nói khác nhau: {amount} và {told} trong “{segment}”",
                "digits and words differ: {amount} and {told} in “{segment}”"
            ));
        }
        behind = end;
    }
    let before = fold(&text[..all[at].start]);
    let before = before.trim();
    let words = text[..all[at].start].trim().trim_end_matches([',', '-', '–']).trim();
    match before {
        "" | "muc thu" | "muc phi" | "thu" | "la" => {}
        _ if kind_of(before).is_some() => {
            made.kind = made.kind.or(kind_of(before));
            if !["phi", "le phi", "gia dich vu"].contains(&before) {
                cases.push(words);
            }
        }
        _ if before.ends_with([',', '-', '–']) => cases.push(words),
        _ => return Err(strange_charge(segment)),
    }
    let end = behind.checked_sub(1).map_or(0, |i| all[i].end);
    let tail = text[end..].trim().trim_matches([',', '.']).trim();
    let tail = match tail.strip_prefix('/') {
        Some(one) => format!("mỗi {}", one.trim()),
        None => tail.to_owned(),
    };
    (made.amount, made.note) = (Some(amount), note(&cases, &tail));
    made.currency = Some(currency).filter(|currency| *currency != "VND");
    Ok(made)
}

/// A sum of money that begins at a token: how much of what, and the place behind it.
fn money(all: &[Token], at: usize) -> Option<(u64, &'static str, usize)> {
    let number = all.get(at).filter(|token| token.is_number)?;
    let (scale, mut behind) = match all.get(at + 1)?.folded.as_str() {
        "nghin" | "ngan" => (1_000, at + 2),
        "trieu" => (1_000_000, at + 2),
        _ => (1, at + 1),
    };
    let currencies = [
        ("viet nam dong", "VND"),
        ("dong viet nam", "VND"),
        ("dong", "VND"),
        ("vnd", "VND"),
        ("d", "VND"),
        ("usd", "USD"),
        ("do la my", "USD"),
        ("eur", "EUR"),
        ("euro", "EUR"),
    ];
    let named = currencies.iter().find_map(|(words, key)| Some((*key, says(all, behind, words)?)));
    let currency = match named {
        Some((key, count)) => {
            behind += count;
            key
        }
        None if scale > 1 => "VND",
        None => return None,
    };
    // Whether `1.500` has a dot of thousands is known of đồng alone.
    if currency != "VND" && number.folded.contains(['.', ',']) {
        return None;
    }
    Some((grouped(&number.folded, scale)?, currency, behind))
}

/// Digits with marks between thousands, or with a decimal comma where a scale follows.
fn grouped(text: &str, scale: u64) -> Option<u64> {
    let digits = |text: &str| text.parse::<u64>().ok().filter(|_| text.len() < 16);
    let Some(mark) = text.find(['.', ',']).and_then(|at| text[at..].chars().next()) else {
        return digits(text)?.checked_mul(scale);
    };
    let parts: Vec<&str> = text.split(mark).collect();
    let (first, rest) = parts.split_first()?;
    if first.len() <= 3 && rest.iter().all(|part| part.len() == 3) && scale == 1 {
        return digits(&parts.concat());
    }
    match rest {
        [tenth] if mark == ',' && tenth.len() == 1 && scale > 1 => {
            Some(digits(first)?.checked_mul(scale)? + digits(tenth)? * (scale / 10))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits_of(text: &str, unit: Option<&'static str>) -> String {
        match limits(text, unit) {
            Err(why) => format!("! {}", why.vi),
            Ok(all) => {
                let one = |limit: &Limit| {
                    let parts = [limit.way, Some(limit.number.as_str()), limit.unit, limit.note.as_deref()];
                    parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
                };
                all.iter().map(one).collect::<Vec<_>>().join(" && ")
            }
        }
    }

    #[test]
    fn time_limits_are_read_as_offices_write_them() {
        for (text, wanted) in [
            (
                "05 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ",
                "5 | ngay_lam_viec | kể từ ngày nhận đủ hồ sơ hợp lệ",
            ),
            ("05 ngày làm việc, kể từ ngày nhận đủ hồ sơ.", "5 | ngay_lam_viec | kể từ ngày nhận đủ hồ sơ"),
            ("Không quá 30 ngày", "30 | ngay"),
            ("Trong thời hạn 15 (mười lăm) ngày làm việc", "15 | ngay_lam_viec"),
            ("10 (mười) ngày (làm việc)", "10 | ngay_lam_viec"),
            ("Thời hạn giải quyết: 20 ngày", "20 | ngay"),
            ("08 giờ làm việc", "8 | gio | giờ làm việc"),
            ("120 (một trăm hai mươi) ngày", "120 | ngay"),
            (
                "- Cấp mới: 05 ngày làm việc;\n- Cấp lại: 03 ngày làm việc",
                "5 | ngay_lam_viec | Cấp mới && 3 | ngay_lam_viec | Cấp lại",
            ),
            ("Đối với trường hợp cấp mới, không quá 7 ngày", "7 | ngay | Đối với trường hợp cấp mới"),
            ("Trực tiếp: 05 ngày; Trực tuyến: 03 ngày", "truc_tiep | 5 | ngay && truc_tuyen | 3 | ngay"),
            (
                "10 ngày (trong đó: Sở 07 ngày, UBND tỉnh 03 ngày)",
                "10 | ngay | (trong đó: Sở 07 ngày, UBND tỉnh 03 ngày)",
            ),
            ("a) 02 tháng\nb) Phức tạp: 03 tháng", "2 | thang && 3 | thang | Phức tạp"),
            ("5", "5"),
            ("Không quy định", ""),
        ] {
            assert_eq!(limits_of(text, None), wanted, "{text}");
        }
        assert_eq!(limits_of("5", Some("ngay_lam_viec")), "5 | ngay_lam_viec");
    }

    #[test]
    fn a_time_limit_that_may_mean_two_things_is_not_read() {
        for text in [
            "Trong ngày làm việc",
            "Ngay sau khi nhận đủ hồ sơ",
            "05 - 10 ngày",
            "1/2 ngày",
            "0 ngày",
            "1,5 ngày",
            "ít nhất 05 ngày",
            "sau 05 ngày",
            "03 tuần",
            "05 (sáu) ngày làm việc",
            "05 (năm + hai) ngày",
            "05 ngày làm việc, trường hợp phức tạp 10 ngày làm việc",
            "05 ngày; 07 ngày",
            "theo quy định",
            "xem tệp kèm",
            "-",
            "999999 ngày",
        ] {
            let said = limits_of(text, None);
            assert!(said.starts_with("! "), "{text}: {said}");
        }
        assert!(limits_of("5 ngày", Some("ngay_lam_viec")).contains("tiêu đề cột ghi một đơn vị"));
        assert!(limits_of("05 (sáu) ngày", None).contains("5 và 6"));
    }

    fn charges_of(text: &str, kind: Option<&'static str>, scale: Option<u64>) -> String {
        match charges(text, kind, scale) {
            Err(why) => format!("! {}", why.vi),
            Ok(all) => {
                let one = |charge: &Charge| {
                    let amount = charge.amount.map(|amount| amount.to_string());
                    let parts = [
                        charge.way,
                        charge.kind,
                        amount.as_deref(),
                        charge.currency,
                        charge.formula.as_deref(),
                        charge.note.as_deref(),
                    ];
                    parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
                };
                all.iter().map(one).collect::<Vec<_>>().join(" && ")
            }
        }
    }

    #[test]
    fn fees_are_read_as_offices_write_them() {
        for (text, wanted) in [
            ("Không", "0"),
            ("Không có.", "0"),
            ("Miễn phí", "0"),
            ("Không thu phí, lệ phí", "0"),
            ("150.000 đồng/hồ sơ", "150000 | mỗi hồ sơ"),
            ("150,000đ", "150000"),
            ("150.000 VNĐ / 01 giấy", "150000 | mỗi 01 giấy"),
            ("150 nghìn đồng", "150000"),
            ("1,5 triệu đồng", "1500000"),
            ("150.000 đồng (Một trăm năm mươi nghìn đồng)", "150000"),
            ("Lệ phí 100.000 đồng", "le_phi | 100000"),
            ("Phí thẩm định: 1.500.000 đồng/hồ sơ", "phi | 1500000 | Phí thẩm định; mỗi hồ sơ"),
            ("Phí: Không; Lệ phí: 50.000 đồng", "phi | 0 && le_phi | 50000"),
            ("- Cấp mới: 150.000 đồng\n- Cấp lại: 75.000 đồng", "150000 | Cấp mới && 75000 | Cấp lại"),
            ("150.000 đồng/hồ sơ, 20.000 đồng/bản sao", "150000 | mỗi hồ sơ && 20000 | mỗi bản sao"),
            ("Trực tuyến: 75.000 đồng; Trực tiếp: 150.000 đồng", "truc_tuyen | 75000 && truc_tiep | 150000"),
            ("100 USD", "100 | USD"),
            (
                "0,1% giá trị hợp đồng, tối thiểu 5 triệu đồng",
                "0,1% giá trị hợp đồng, tối thiểu 5 triệu đồng",
            ),
            (
                "Miễn phí đối với hộ nghèo; 50.000 đồng đối với người khác",
                "0 | đối với hộ nghèo && 50000 | đối với người khác",
            ),
            ("150000", "150000"),
        ] {
            assert_eq!(charges_of(text, None, None), wanted, "{text}");
        }
        assert_eq!(charges_of("Không", Some("le_phi"), None), "le_phi | 0");
        assert_eq!(charges_of("150", None, Some(1_000)), "150000");
    }

    #[test]
    fn a_fee_that_may_mean_two_things_is_not_read() {
        for text in [
            "150",
            "150.000/hồ sơ",
            "theo quy định",
            "Theo Thông tư 263/2016/TT-BTC",
            "15.00 đồng",
            "1.500.00 đồng",
            "1,500 USD",
            "khoảng 150.000 đồng",
            "từ 50.000 đồng đến 150.000 đồng",
            "150.000 đồng (Một trăm sáu mươi nghìn đồng)",
            "150.000 đồng; 200.000 đồng",
            "Không; 150.000 đồng",
            "Không quá 150.000 đồng",
            "x",
            "99999999999999999999 đồng",
        ] {
            let said = charges_of(text, None, None);
            assert!(said.starts_with("! "), "{text}: {said}");
        }
        assert!(
            charges_of("Lệ phí: 5.000 đồng", Some("phi"), None).contains("cột này là của khoản thu khác")
        );
    }

    #[test]
    fn no_text_breaks_the_reading() {
        for text in [
            "",
            "(",
            ")",
            "5 (",
            "5 ( )",
            "đồng",
            "%",
            "1.",
            "5 ngày (",
            ": :",
            "://",
            "１５ ngày",
            "\u{301}5 đồng",
            "năm ngày",
        ] {
            let _ = (limits(text, None), charges(text, None, None), ways::ways(text));
        }
    }
}
