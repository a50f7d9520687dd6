//! E-mail addresses, written out or hidden from robots: `a (at) b.vn`, “a còng … chấm com”.

use super::prepare::{View, is_alphanumeric, is_letter};
use super::{Hit, Kind, Weight};

/// Providers whose names are enough: “tuan@gmail com”.
const PROVIDERS: [&[u8]; 14] = [
    b"gmail",
    b"yahoo",
    b"hotmail",
    b"outlook",
    b"icloud",
    b"ymail",
    b"live",
    b"proton",
    b"protonmail",
    b"zoho",
    b"aol",
    b"msn",
    b"googlemail",
    b"me",
];

/// Ends of domains that are taken even after a blank.
const ENDS: [&[u8]; 12] =
    [b"com", b"vn", b"net", b"org", b"edu", b"info", b"biz", b"me", b"io", b"co", b"gov", b"uk"];

/// Domains of the state: a mailbox there is an office's or an official's.
const STATE: [&str; 5] = ["gov.vn", "chinhphu.vn", "quochoi.vn", "dangcongsan.vn", "na.gov.vn"];

/// Looks for addresses around every sign and word that may mean @.
pub(super) fn find(view: &View, hits: &mut Vec<Hit>) {
    for (place, &b) in view.skeleton().iter().enumerate() {
        let sign = match b {
            b'@' => Some((place, place + 1, true)),
            b'(' | b'[' | b'{' | b'<' => bracketed_at(view, place).map(|end| (place, end, false)),
            b'a' => word_at(view, place).map(|end| (place, end, false)),
            _ => None,
        };
        if let Some((start, end, real)) = sign
            && let Some(hit) = address(view, start, end, real)
        {
            hits.push(hit);
        }
    }
}

/// The end of `(at)`, `[a còng]` and the like.
fn bracketed_at(view: &View, place: usize) -> Option<usize> {
    let mut at = place + 1;
    while view.at(at) == b' ' && at < place + 3 {
        at += 1;
    }
    let word = ["at", "a cong", "acong", "a moc", "@", "a"]
        .into_iter()
        .find(|word| view.starts_with(at, word) && !is_alphanumeric(view.at(at + word.len())))?;
    at += word.len();
    while view.at(at) == b' ' && at < place + 16 {
        at += 1;
    }
    matches!(view.at(at), b')' | b']' | b'}' | b'>').then_some(at + 1)
}

/// The end of “a còng”, “at” as words of their own.
fn word_at(view: &View, place: usize) -> Option<usize> {
    // Checked first, since nearly every `a` is in the middle of a word.
    if !matches!(view.before(place), b' ' | b'-' | b'_') {
        return None;
    }
    ["at", "a cong", "acong", "a moc", "a vong", "a-cong"].into_iter().find_map(|word| {
        let end = place + word.len();
        // “ạt”, “ất” are other words.
        let plain = word != "at" || view.char(place).is_ascii();
        (plain && view.word_starts(place, word)).then_some(end)
    })
}

/// The address around an at sign at `start..end`; `real` if it is the character itself.
fn address(view: &View, start: usize, end: usize, real: bool) -> Option<Hit> {
    let mut local_end = start;
    while local_end > 0 && start - local_end < 2 && view.at(local_end - 1) == b' ' {
        local_end -= 1;
    }
    let mut local = local_end;
    while local > 0 && local_end - local < 128 && is_local(view.at(local - 1)) {
        local -= 1;
    }
    while local < local_end && matches!(view.at(local), b'.' | b'-' | b'\'' | b'+') {
        local += 1;
    }
    if local == local_end || view.before(local) == b'*' || view.at(local_end - 1) == b'.' {
        return None;
    }
    let name = view.slice(local..local_end);
    // Masked already: tuanxxx@gmail.com.
    if name.windows(3).any(|three| three == b"xxx") || !name.iter().any(|&b| is_alphanumeric(b)) {
        return None;
    }
    let domain = domain(view, end, !real || local_end < start)?;
    // Blanks or words in the place of signs want a domain that is beyond doubt.
    let spaced = !real || local_end < start || domain.loose;
    if spaced && !domain.sure {
        return None;
    }
    let value = format!("{}@{}", String::from_utf8_lossy(name), domain.text);
    if is_of_the_state(&domain.text) {
        return None;
    }
    Some(Hit { kind: Kind::Email, range: local..domain.end, value, weight: Weight::Certain })
}

fn is_local(b: u8) -> bool {
    is_alphanumeric(b) || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-' | b'\'')
}

/// Whether a domain belongs to the state.
fn is_of_the_state(domain: &str) -> bool {
    STATE
        .iter()
        .any(|state| domain.strip_suffix(state).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

struct Domain {
    text: String,
    end: usize,
    /// Written with blanks or words between its parts.
    loose: bool,
    /// Of a known provider or with a usual end, dots or their words in between.
    sure: bool,
}

fn domain(view: &View, start: usize, spaced: bool) -> Option<Domain> {
    let mut place = start;
    let mut loose = false;
    while view.at(place) == b' ' && place < start + 2 {
        place += 1;
        loose = true;
    }
    let mut labels: Vec<Vec<u8>> = Vec::new();
    let mut end = place;
    loop {
        let label_end = label_end(view, place);
        let label = view.slice(place..label_end);
        if label.is_empty() || label.first() == Some(&b'-') || labels.len() > 6 {
            break;
        }
        labels.push(label.to_vec());
        end = label_end;
        let known = labels.first().is_some_and(|first| PROVIDERS.contains(&first.as_slice()));
        match separator(view, label_end, known, spaced || loose) {
            Some((next, odd)) => {
                loose |= odd;
                place = next;
            }
            None => break,
        }
    }
    // Words that only follow the address are no part of it: “gmail . com nhé”.
    let last = labels.last()?;
    let provider = labels.first().is_some_and(|first| PROVIDERS.contains(&first.as_slice()));
    if labels.len() < 2 {
        // “hoa@gmail” lacks its end and still reaches her.
        return (provider && labels.first().is_some_and(|first| first.len() > 2) && !spaced)
            .then(|| Domain { text: String::from_utf8_lossy(last).into_owned(), end, loose, sure: true });
    }
    if last.len() < 2
        || last.len() > 24
        || !last.iter().all(u8::is_ascii_lowercase) && !last.starts_with(b"xn--")
    {
        return None;
    }
    let sure = provider || ENDS.contains(&last.as_slice());
    let text = labels.iter().map(|label| String::from_utf8_lossy(label)).collect::<Vec<_>>().join(".");
    Some(Domain { text, end, loose, sure })
}

fn label_end(view: &View, place: usize) -> usize {
    let mut end = place;
    while is_alphanumeric(view.at(end)) || view.at(end) == b'-' && is_alphanumeric(view.at(end + 1)) {
        end += 1;
    }
    end
}

/// Where the next label begins after a dot, or what stands for one; whether it was not a plain dot.
fn separator(view: &View, place: usize, known: bool, spaced: bool) -> Option<(usize, bool)> {
    if view.at(place) == b'.' && is_alphanumeric(view.at(place + 1)) {
        return Some((place + 1, false));
    }
    let mut at = place;
    while view.at(at) == b' ' && at < place + 2 {
        at += 1;
    }
    let bracket = matches!(view.at(at), b'(' | b'[' | b'{' | b'<');
    if bracket {
        at += 1;
    }
    for word in ["dot", "cham", "."] {
        if !view.starts_with(at, word) || word != "." && is_letter(view.at(at + word.len())) {
            continue;
        }
        let mut next = at + word.len();
        if bracket {
            if !matches!(view.at(next), b')' | b']' | b'}' | b'>') {
                return None;
            }
            next += 1;
        }
        while view.at(next) == b' ' && next < at + 8 {
            next += 1;
        }
        // A full stop and a new sentence are no dot of a domain.
        let ends = is_end(view, next);
        if is_alphanumeric(view.at(next)) && (word != "." || ends) && (word != "." || spaced || known) {
            return Some((next, true));
        }
        return None;
    }
    (known && !bracket && at > place && is_end(view, at)).then_some((at, true))
}

fn is_end(view: &View, place: usize) -> bool {
    ENDS.contains(&view.slice(place..label_end(view, place)))
}
