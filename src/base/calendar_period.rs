//! Months, quarters and years of the calendar, by which figures are given.

use std::fmt;

use super::date::Date;

/// A month, a quarter or a year. Written `2025-10`, `2025-Q3`, `2025`.
///
/// The order is that of time: by the first day, the longer period before the shorter ones in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CalendarPeriod {
    year: i16,
    part: Part,
}

/// What part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Year,
    Quarter(i8),
    Month(i8),
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    /// A year.
    Year,
    /// A quarter.
    Quarter,
    /// A month.
    Month,
}

impl CalendarPeriod {
    /// A year of four digits.
    pub fn year(year: i16) -> Option<Self> {
        (1000..=9999).contains(&year).then_some(Self { year, part: Part::Year })
    }

    /// A quarter, from 1 to 4.
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        let whole = Self::year(year)?;
        (1..=4).contains(&quarter).then_some(Self { part: Part::Quarter(quarter), ..whole })
    }

    /// A month, from 1 to 12.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let whole = Self::year(year)?;
        (1..=12).contains(&month).then_some(Self { part: Part::Month(month), ..whole })
    }

    /// Reads `2025`, `2025-Q3`, `2025-10`; nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |text: &str, n: usize| -> Option<i16> {
            (text.len() == n && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
        };
        let Some((year, part)) = text.split_once('-') else { return Self::year(digits(text, 4)?) };
        let year = digits(year, 4)?;
        match part.strip_prefix('Q') {
            Some(quarter) => Self::quarter(year, i8::try_from(digits(quarter, 1)?).ok()?),
            None => Self::month(year, i8::try_from(digits(part, 2)?).ok()?),
        }
    }

    /// How long it is.
    pub fn length(self) -> Length {
        match self.part {
            Part::Year => Length::Year,
            Part::Quarter(_) => Length::Quarter,
            Part::Month(_) => Length::Month,
        }
    }

    /// The number of its year.
    pub fn year_number(self) -> i16 {
        self.year
    }

    /// Its months, from 1 to 12.
    fn months(self) -> (i8, i8) {
        match self.part {
            Part::Year => (1, 12),
            Part::Quarter(quarter) => (quarter * 3 - 2, quarter * 3),
            Part::Month(month) => (month, month),
        }
    }

    /// Its first day.
    pub fn first(self) -> Date {
        Date::new(self.year, self.months().0, 1).expect("every month has a first day")
    }

    /// Its last day.
    pub fn last(self) -> Date {
        Date::new(self.year, self.months().1, 1)
            .expect("every month has a first day")
            .plus_months(1)
            .plus_days(-1)
    }

    /// Whether every day of `other` is one of its own.
    pub fn contains(self, other: Self) -> bool {
        let ((first, last), (from, to)) = (self.months(), other.months());
        self.year == other.year && first <= from && to <= last
    }

    /// The period of that length that it lies in: the quarter of a month, the year of a quarter. `None`
    /// if it is longer itself.
    pub fn widened(self, length: Length) -> Option<Self> {
        let part = match (length, self.part) {
            (Length::Year, _) => Part::Year,
            (Length::Quarter, Part::Quarter(quarter)) => Part::Quarter(quarter),
            (Length::Quarter, Part::Month(month)) => Part::Quarter((month + 2) / 3),
            (Length::Month, Part::Month(month)) => Part::Month(month),
            _ => return None,
        };
        Some(Self { part, ..self })
    }

    /// The periods of that length in it, in the order of time; none that are longer.
    pub fn parts(self, length: Length) -> Vec<Self> {
        let (first, last) = self.months();
        let months = first..=last;
        match (length, self.part) {
            (Length::Year, Part::Year) => vec![self],
            (Length::Quarter, Part::Year) | (Length::Quarter, Part::Quarter(_)) => {
                months.step_by(3).map(|month| Self { part: Part::Quarter((month + 2) / 3), ..self }).collect()
            }
            (Length::Month, _) => months.map(|month| Self { part: Part::Month(month), ..self }).collect(),
            _ => Vec::new(),
        }
    }

    /// The next period of the same length.
    pub fn next(self) -> Option<Self> {
        match self.part {
            Part::Year => Self::year(self.year + 1),
            Part::Quarter(4) => Self::quarter(self.year + 1, 1),
            Part::Quarter(quarter) => Self::quarter(self.year, quarter + 1),
            Part::Month(12) => Self::month(self.year + 1, 1),
            Part::Month(month) => Self::month(self.year, month + 1),
        }
    }

    /// The period of the same length before it.
    pub fn previous(self) -> Option<Self> {
        match self.part {
            Part::Year => Self::year(self.year - 1),
            Part::Quarter(1) => Self::quarter(self.year - 1, 4),
            Part::Quarter(quarter) => Self::quarter(self.year, quarter - 1),
            Part::Month(1) => Self::month(self.year - 1, 12),
            Part::Month(month) => Self::month(self.year, month - 1),
        }
    }

    /// The same period of the year before.
    pub fn a_year_before(self) -> Option<Self> {
        Self::year(self.year - 1).map(|year| Self { part: self.part, ..year })
    }

    /// How people say it: `tháng 10/2025`, `quý III/2025`, `năm 2025`.
    pub fn words(self) -> String {
        match self.part {
            Part::Year => format!("năm {}", self.year),
            Part::Quarter(quarter) => {
                let mark = ["I", "II", "III", "IV"][usize::try_from(quarter - 1).unwrap_or_default() % 4];
                format!("quý {mark}/{}", self.year)
            }
            Part::Month(month) => format!("tháng {month}/{}", self.year),
        }
    }
}

impl Ord for CalendarPeriod {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |period: &Self| (period.year, period.months().0, period.length());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for CalendarPeriod {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for CalendarPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Year => write!(f, "{:04}", self.year),
            Part::Quarter(quarter) => write!(f, "{:04}-Q{quarter}", self.year),
            Part::Month(month) => write!(f, "{:04}-{month:02}", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn period(text: &str) -> CalendarPeriod {
        CalendarPeriod::parse(text).expect(text)
    }

    #[test]
    fn periods_know_their_days_and_their_words() {
        let days = |text: &str| (period(text).first().to_string(), period(text).last().to_string());
        assert_eq!(days("2025-10"), ("2025-10-01".into(), "2025-10-31".into()));
        assert_eq!(days("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(days("2025-Q3"), ("2025-07-01".into(), "2025-09-30".into()));
        assert_eq!(days("2025"), ("2025-01-01".into(), "2025-12-31".into()));
        assert_eq!(period("2025-03").words(), "tháng 3/2025");
        assert_eq!(period("2025-Q4").words(), "quý IV/2025");
        assert_eq!(period("2025").words(), "năm 2025");
        for bad in
            ["", "2025-", "2025-q3", "2025-Q0", "2025-1", "2025-00", "2025-13", "0999", "٢٠٢٥", "2025-010"]
        {
            assert!(CalendarPeriod::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn periods_lie_in_each_other() {
        assert!(period("2025").contains(period("2025-Q3")) && period("2025-Q3").contains(period("2025-09")));
        assert!(
            !period("2025-Q3").contains(period("2025-10")) && !period("2025-10").contains(period("2025"))
        );
        assert_eq!(period("2025-10").widened(Length::Quarter), Some(period("2025-Q4")));
        assert_eq!(period("2025").widened(Length::Month), None);
        let months: Vec<String> =
            period("2025-Q2").parts(Length::Month).iter().map(|month| month.to_string()).collect();
        assert_eq!(months, ["2025-04", "2025-05", "2025-06"]);
        assert_eq!(period("2025").parts(Length::Quarter).len(), 4);
        let mut order = ["2025-Q2", "2025-04", "2025", "2025-01", "2024-12"].map(period);
        order.sort();
        assert_eq!(
            order.map(|period| period.to_string()),
            ["2024-12", "2025", "2025-01", "2025-Q2", "2025-04"]
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(year in 1000i16..=9998, part in 0i8..=16) {
            let period = match part {
                0 => CalendarPeriod::year(year),
                1..=4 => CalendarPeriod::quarter(year, part),
                _ => CalendarPeriod::month(year, part - 4),
            }.expect("good parts");
            prop_assert_eq!(CalendarPeriod::parse(&period.to_string()), Some(period));
            let next = period.next().expect("not the last year");
            prop_assert_eq!(period.last().plus_days(1), next.first());
            prop_assert!(period < next);
            prop_assert_eq!(next.previous(), Some(period));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            if let Some(period) = CalendarPeriod::parse(&text) {
                prop_assert_eq!(period.to_string(), text);
            }
        }
    }
}
