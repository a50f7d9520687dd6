//! Telephone numbers spelled out: “không chín một hai, ba bốn năm, sáu bảy tám”.

use super::phone::{Line, line_of};
use super::prepare::{View, is_alphanumeric, is_letter};
use super::{Hit, Kind, Weight};

/// Looks for rows of digit words that make a telephone number.
pub(super) fn find(view: &View, hits: &mut Vec<Hit>) {
    let mut place = 0;
    while let Some(&b) = view.skeleton().get(place) {
        // Numbers begin with nought, those with the country's code with eight.
        let begins = match b {
            b'0' => is_letter(view.at(place + 2)),
            b'k' => {
                view.word_starts(place, "khong")
                    || view.word_starts(place, "ko")
                    || view.word_starts(place, "k")
            }
            b't' => view.word_starts(place, "tam"),
            b'z' => view.word_starts(place, "zero"),
            b'o' => view.word_starts(place, "oh"),
            b'h' => view.word_starts(place, "hong"),
            _ => false,
        };
        if !begins || is_alphanumeric(view.before(place)) {
            place += 1;
            continue;
        }
        if let Some((end, value, line)) = number(view, place) {
            let kind = if line == Line::Fixed { Kind::Landline } else { Kind::Phone };
            hits.push(Hit { kind, range: place..end, value, weight: Weight::Announced });
            place = end;
        } else {
            place += 1;
        }
    }
}

fn number(view: &View, start: usize) -> Option<(usize, String, Line)> {
    let mut digits = String::new();
    let mut words = 0;
    let mut place = start;
    let mut found = None;
    while digits.len() <= 13 {
        let end = if view.at(place).is_ascii_digit() {
            let mut end = place;
            while view.at(end).is_ascii_digit() && digits.len() < 16 {
                digits.push(char::from(view.at(end)));
                end += 1;
            }
            end
        } else {
            let end = view.word_end(place);
            digits.push(digit_word(view.slice(place..end))?);
            words += 1;
            end
        };
        if words >= 3
            && let Some((value, line)) = line_of(&digits)
        {
            found = Some((end, value, line));
        }
        let mut next = end;
        while matches!(view.at(next), b' ' | b',' | b'-' | b'.' | b'\n' | b'/') && next < end + 3 {
            next += 1;
        }
        let goes_on = view.at(next).is_ascii_digit()
            || is_letter(view.at(next)) && digit_word(view.slice(next..view.word_end(next))).is_some();
        if next == end && !view.at(end).is_ascii_digit() || !goes_on {
            break;
        }
        place = next;
    }
    found
}

/// The digit that a folded word names.
fn digit_word(word: &[u8]) -> Option<char> {
    Some(match word {
        b"khong" | b"ko" | b"zero" | b"k" | b"oh" | b"hong" => '0',
        b"mot" | b"one" => '1',
        b"hai" | b"two" => '2',
        b"ba" | b"three" => '3',
        b"bon" | b"tu" | b"four" => '4',
        b"nam" | b"lam" | b"nham" | b"five" => '5',
        b"sau" | b"six" => '6',
        b"bay" | b"seven" => '7',
        b"tam" | b"eight" => '8',
        b"chin" | b"nine" => '9',
        _ => return None,
    })
}
