//! Dates, the day of the build, and working days. The one file that names `jiff`.
//!
//! Working days follow the calendar of the site (`danh-muc/ngay-nghi.yaml`): Saturdays, Sundays and
//! the listed holidays rest, a swapped day (làm bù) works. A period of N working days starts on the
//! day after the event (Civil Code 91/2015/QH13 art. 147: the first day is not counted).

use std::collections::BTreeSet;
use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date as CivilDate, Weekday};

/// A day of the Gregorian calendar, from 0001-01-01 to 9999-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(CivilDate);

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFault {
    /// Not of the form `YYYY-MM-DD`.
    Form,
    /// Of that form, but no such day exists (2025-02-30).
    NoSuchDay,
}

impl Date {
    /// The day `year`-`month`-`day`, if the calendar has it.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        CivilDate::new(year, month, day).ok().map(Self)
    }

    /// Reads `YYYY-MM-DD`, nothing else.
    pub fn parse(text: &str) -> Result<Self, DateFault> {
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
        let form = bytes.len() == 10
            && bytes[4] == b'-'
            && bytes[7] == b'-'
            && digits(0..4)
            && digits(5..7)
            && digits(8..10);
        if !form {
            return Err(DateFault::Form);
        }
        let number = |range: std::ops::Range<usize>| text[range].parse::<i16>().unwrap_or(0);
        let (month, day) = (number(5..7) as i8, number(8..10) as i8);
        Self::new(number(0..4), month, day).ok_or(DateFault::NoSuchDay)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// `days` later (earlier if negative); stays within the calendar's ends.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days.days()))
    }

    /// `months` later, on the same day or the last one of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(months.clamp(-120_000, 120_000).months()))
    }

    /// Days from `self` to `other` (negative if `other` is earlier).
    pub fn days_until(self, other: Self) -> i32 {
        self.0.duration_until(other.0).as_hours().div_euclid(24) as i32
    }

    /// The day in Vietnam (UTC+7) at a Unix time in seconds.
    pub fn in_vietnam(unix_seconds: i64) -> Self {
        let days = (unix_seconds.saturating_add(7 * 3600)).div_euclid(86_400);
        let epoch = CivilDate::constant(1970, 1, 1);
        let days = i32::try_from(days).unwrap_or(i32::MAX).clamp(-719_000, 2_932_000);
        Self(epoch.saturating_add(days.days()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

/// The day of the build: the one "today" of a whole run, given from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf(pub Date);

impl AsOf {
    /// The day itself.
    pub fn date(self) -> Date {
        self.0
    }
}

/// Which days work.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    holidays: BTreeSet<Date>,
    swapped: BTreeSet<Date>,
}

impl Calendar {
    /// A calendar with these holidays and these weekend days worked instead.
    pub fn new(holidays: impl IntoIterator<Item = Date>, swapped: impl IntoIterator<Item = Date>) -> Self {
        Self { holidays: holidays.into_iter().collect(), swapped: swapped.into_iter().collect() }
    }

    /// Whether offices work on `day`. A swapped day works even if it is a holiday by mistake.
    pub fn is_working(&self, day: Date) -> bool {
        self.swapped.contains(&day) || !(day.is_weekend() || self.holidays.contains(&day))
    }

    /// The last day of a period of `days` working days that starts on the day after `from`.
    pub fn add_working_days(&self, from: Date, days: u32) -> Date {
        let mut day = from;
        let mut left = days;
        while left > 0 {
            let next = day.plus_days(1);
            if next == day {
                break; // The calendar ends here.
            }
            day = next;
            if self.is_working(day) {
                left -= 1;
            }
        }
        day
    }

    /// Working days after `from` up to and with `to`; 0 if `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        if to <= from {
            return 0;
        }
        // By weeks and exceptions, not day by day: a slip in a year must not cost a walk of centuries.
        let days = u32::try_from(from.days_until(to)).unwrap_or(0);
        let mut count = days / 7 * 5;
        let mut day = from.plus_days(i32::try_from(days / 7 * 7).unwrap_or(0));
        while day < to {
            day = day.plus_days(1);
            count += u32::from(!day.is_weekend());
        }
        let between = (std::ops::Bound::Excluded(from), std::ops::Bound::Included(to));
        let rested =
            self.holidays.range(between).filter(|day| !day.is_weekend() && !self.swapped.contains(day));
        let worked = self.swapped.range(between).filter(|day| day.is_weekend());
        let (rested, worked) = (rested.count(), worked.count());
        let exact = i64::from(count) - rested as i64 + worked as i64;
        u32::try_from(exact).unwrap_or(0)
    }

    /// `day` if offices work on it, else the next day on which they do.
    pub fn working_on_or_after(&self, day: Date) -> Date {
        if self.is_working(day) { day } else { self.add_working_days(day, 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a good date")
    }

    #[test]
    fn impossible_days_are_told_from_bad_forms() {
        assert_eq!(Date::parse("2025-02-30"), Err(DateFault::NoSuchDay));
        assert_eq!(Date::parse("0000-01-01"), Err(DateFault::NoSuchDay));
        for bad in ["", "30/02/2025", "2025-2-3", "2025-02-3x", "+025-02-03", "２０２５-02-03"] {
            assert_eq!(Date::parse(bad), Err(DateFault::Form), "{bad:?}");
        }
    }

    #[test]
    fn the_day_in_vietnam_starts_seven_hours_earlier() {
        assert_eq!(Date::in_vietnam(0), date("1970-01-01"));
        assert_eq!(Date::in_vietnam(16 * 3600 + 3599 + 24 * 60 * 60 - 86_400), date("1970-01-01"));
        assert_eq!(Date::in_vietnam(17 * 3600), date("1970-01-02"));
        assert_eq!(Date::in_vietnam(-7 * 3600 - 1), date("1969-12-31"));
    }

    #[test]
    fn holidays_and_swapped_days_count() {
        let plain = Calendar::default();
        // Friday + 1 working day is Monday.
        assert_eq!(plain.add_working_days(date("2026-11-20"), 1), date("2026-11-23"));
        let calendar = Calendar::new([date("2026-11-23")], [date("2026-11-21")]);
        assert_eq!(calendar.add_working_days(date("2026-11-20"), 1), date("2026-11-21"));
        assert_eq!(calendar.add_working_days(date("2026-11-20"), 2), date("2026-11-24"));
        assert_eq!(calendar.working_days_between(date("2026-11-20"), date("2026-11-24")), 2);
        assert_eq!(calendar.working_days_between(date("2026-11-24"), date("2026-11-20")), 0);
    }

    proptest! {
        #[test]
        fn counting_back_gives_the_same_number(start in 0i32..40_000, days in 0u32..400) {
            let from = date("1950-01-01").plus_days(start);
            let calendar = Calendar::default();
            let to = calendar.add_working_days(from, days);
            prop_assert_eq!(calendar.working_days_between(from, to), days);
        }

        #[test]
        fn counting_by_weeks_is_counting_by_days(
            start in 0i32..2_000,
            length in -5i32..300,
            off in proptest::collection::vec(0i32..2_300, 0..40),
            on in proptest::collection::vec(0i32..2_300, 0..40),
        ) {
            let day = |days: i32| date("2022-01-01").plus_days(days);
            let calendar = Calendar::new(off.into_iter().map(day), on.into_iter().map(day));
            let by_days = (start + 1..=start + length).filter(|days| calendar.is_working(day(*days))).count();
            let counted = calendar.working_days_between(day(start), day(start + length));
            prop_assert_eq!(counted as usize, by_days);
        }

        #[test]
        fn text_round_trips(days in 0i32..3_000_000) {
            let day = date("0001-01-01").plus_days(days);
            prop_assert_eq!(Date::parse(&day.to_string()), Ok(day));
            prop_assert_eq!(date("0001-01-01").days_until(day), days);
        }
    }
}
