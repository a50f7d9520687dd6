//! Groups of digits and the numbers they may be written for: `0912 345 678`, `(0255) 3.822-222`.

use super::prepare::{SIGN, View};

/// An unbroken row of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Group {
    pub(super) fn len(self) -> usize {
        self.end - self.start
    }
}

/// All groups of a view, in order.
pub(super) fn groups(view: &View) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut start = None;
    for (place, b) in view.numeric().iter().enumerate() {
        match (b.is_ascii_digit(), start) {
            (true, None) => start = Some(place),
            (false, Some(from)) => {
                groups.push(Group { start: from, end: place });
                start = None;
            }
            _ => {}
        }
    }
    if let Some(start) = start {
        groups.push(Group { start, end: view.len() });
    }
    groups
}

/// How two neighbouring groups are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    /// The sign between them, a space if there is only white space.
    pub(super) sign: u8,
    /// Whether white space stands between them.
    pub(super) wide: bool,
}

/// One number that may be meant: a group and those that follow it.
#[derive(Debug)]
pub(super) struct Run {
    /// The digits, ASCII.
    pub(super) digits: String,
    /// Where it stands in the view.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Index of the first group, and of the one after the last.
    pub(super) first: usize,
    pub(super) next: usize,
    /// The lengths of its groups.
    pub(super) lengths: Vec<usize>,
    /// What stands between them.
    pub(super) gaps: Vec<Gap>,
}

impl Run {
    /// The number of one group.
    pub(super) fn new(view: &View, groups: &[Group], first: usize) -> Option<Run> {
        let group = groups.get(first)?;
        let mut run = Run {
            digits: String::new(),
            start: group.start,
            end: group.start,
            first,
            next: first,
            lengths: Vec::new(),
            gaps: Vec::new(),
        };
        run.take(view, *group);
        Some(run)
    }

    /// Goes on to the next group, if one is near enough to be part of the same number.
    pub(super) fn extend(&mut self, view: &View, groups: &[Group]) -> bool {
        let Some(group) = groups.get(self.next) else { return false };
        let Some(gap) = gap(view, self.end, group.start) else { return false };
        self.gaps.push(gap);
        self.take(view, *group);
        true
    }

    /// Whether the groups from one on can make a number of at least `least` digits.
    pub(super) fn reaches(view: &View, groups: &[Group], first: usize, least: usize) -> bool {
        let Some((head, tail)) = groups.get(first..).and_then(<[Group]>::split_first) else { return false };
        let (mut sum, mut end) = (head.len(), head.end);
        for group in tail {
            if sum >= least || gap(view, end, group.start).is_none() {
                break;
            }
            sum += group.len();
            end = group.end;
        }
        sum >= least
    }

    fn take(&mut self, view: &View, group: Group) {
        // A row longer than any number stays long without being copied as a whole.
        self.digits.extend((group.start..group.end).take(40).map(|place| char::from(view.digit(place))));
        self.lengths.push(group.len());
        self.end = group.end;
        self.next += 1;
    }

    /// Whether all groups are kept apart in the same way.
    pub(super) fn is_uniform(&self) -> bool {
        self.gaps.windows(2).all(|pair| matches!(pair, [a, b] if a == b))
    }

    /// How many different signs keep its groups apart.
    pub(super) fn signs(&self) -> usize {
        let mut signs: Vec<u8> = self.gaps.iter().map(|gap| gap.sign).collect();
        signs.sort_unstable();
        signs.dedup();
        signs.len()
    }

    /// Whether it is written as a large amount: `1.200.000`, `84 912 345 678`.
    pub(super) fn is_grouped_by_thousands(&self) -> bool {
        let (Some((head, tail)), true) = (self.lengths.split_first(), self.is_uniform()) else {
            return false;
        };
        (1..=3).contains(head) && !tail.is_empty() && tail.iter().all(|&length| length == 3)
    }

    /// Whether it begins with a date: day, month and year of four digits.
    pub(super) fn begins_with_date(&self) -> bool {
        let [day, month, 4, ..] = self.lengths.as_slice() else { return false };
        if *day > 2 || *month > 2 {
            return false;
        }
        let number = |from: usize, length: usize| {
            self.digits.get(from..from + length).and_then(|digits| digits.parse::<u32>().ok())
        };
        let (Some(d), Some(m), Some(y)) = (number(0, *day), number(*day, *month), number(day + month, 4))
        else {
            return false;
        };
        (1..=31).contains(&d) && (1..=12).contains(&m) && (1900..2100).contains(&y)
    }

    /// Whether it is a piece of a list that counts on: 07 08 09 10.
    pub(super) fn counts_on(&self) -> bool {
        let mut from = 0;
        let values: Vec<u32> = self
            .lengths
            .iter()
            .filter_map(|length| {
                let value = self.digits.get(from..from + length).and_then(|part| part.parse().ok());
                from += length;
                value
            })
            .collect();
        values.len() >= 4 && values.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1))
    }
}

/// What stands between two places, if people write it inside of one number.
///
/// A comma or a semicolon with a blank after it makes a list, a colon a time of day.
pub(super) fn gap(view: &View, from: usize, to: usize) -> Option<Gap> {
    if to <= from || to - from > 5 {
        return None;
    }
    let mut gap = Gap { sign: b' ', wide: false };
    let mut signs = 0;
    let mut breaks = 0;
    for place in from..to {
        match view.at(place) {
            b' ' => gap.wide = true,
            b'\n' => {
                gap.wide = true;
                breaks += 1;
            }
            // The brackets of an area code say nothing of the rest.
            b'(' | b')' => gap.wide = true,
            // 0912***345, 0912...345, 0912--345
            sign if sign == gap.sign && signs == 1 => {}
            // Signs that nobody writes in a list without a blank.
            sign @ (b':' | b'|' | b'~') if to - from == 1 => gap.sign = sign,
            SIGN if to - from == 1 && view.char(place) == '…' => gap.sign = SIGN,
            sign @ (b'.' | b'-' | b',' | b'_' | b'/' | b'*' | b'\'') => {
                gap.sign = sign;
                signs += 1;
            }
            _ => return None,
        }
    }
    (signs <= 1 && breaks <= 1 && !(gap.sign == b',' && gap.wide) && !(gap.sign == b'/' && gap.wide))
        .then_some(gap)
}
