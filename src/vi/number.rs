//! Turns numbers, money, dates and sizes into what a Vietnamese reader expects to see.

use crate::base::date::Date;

/// Stands between a number and its unit, so that no line ends there.
const NBSP: char = '\u{A0}';

/// An amount of money: `1.200.000 đồng`, unbroken.
pub fn dong(amount: u64) -> String {
    format!("{}{NBSP}đồng", thousands(amount))
}

/// A whole number in groups of three: `1.200.000`.
pub fn thousands(number: u64) -> String {
    group(&number.to_string())
}

/// A number with `places` digits after the comma: `1.234,50`.
///
/// What is no number (NaN, infinite) becomes a dash, as in a table without a value.
pub fn decimal(number: f64, places: usize) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let digits = format!("{:.places$}", number.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    // −0,0 would puzzle: the sign goes when only zeros are left.
    let sign = if number < 0.0 && digits.bytes().any(|b| matches!(b, b'1'..=b'9')) { "-" } else { "" };
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{}{comma}{fraction}", group(whole))
}

/// A date in a table: `25/3/2025`.
pub fn date_short(date: Date) -> String {
    format!("{}/{}/{}", date.day(), date.month(), date.year())
}

/// A date in a sentence: `ngày 25 tháng 3 năm 2025`. Days below 10 and the months 1 and 2 have a
/// leading zero, as official letters write them.
pub fn date_long(date: Date) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    let month = if month <= 2 { format!("{month:02}") } else { month.to_string() };
    format!("ngày {day:02} tháng {month} năm {year}")
}

/// The size of a file: `512 B`, `42 KB`, `1,5 MB`, unbroken; 1 KB is 1024 bytes, as file managers
/// have it.
pub fn file_size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    if bytes < 1024 {
        return format!("{bytes}{NBSP}B");
    }
    // Whole numbers throughout, so that the same size reads the same on every machine.
    let bytes = u128::from(bytes);
    let mut size = 1;
    let mut text = String::new();
    for (step, unit) in UNITS.into_iter().enumerate() {
        size *= 1024;
        let whole = (bytes + size / 2) / size;
        let tenths = (bytes * 10 + size / 2) / size;
        text = if step > 0 && tenths < 100 && !tenths.is_multiple_of(10) {
            format!("{},{}{NBSP}{unit}", tenths / 10, tenths % 10)
        } else {
            format!("{}{NBSP}{unit}", group(&whole.to_string()))
        };
        if whole < 1024 {
            break;
        }
    }
    text
}

/// Puts a dot before every third digit from the right.
fn group(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn money_has_dots_and_does_not_break_from_its_unit() {
        assert_eq!(dong(1_200_000), "1.200.000\u{A0}đồng");
        assert_eq!(dong(0), "0\u{A0}đồng");
        assert_eq!(dong(999), "999\u{A0}đồng");
        assert_eq!(thousands(1000), "1.000");
        assert_eq!(thousands(u64::MAX), "18.446.744.073.709.551.615");
    }

    #[test]
    fn decimals_have_a_comma() {
        assert_eq!(decimal(12.5, 1), "12,5");
        assert_eq!(decimal(1234.5, 2), "1.234,50");
        assert_eq!(decimal(99.96, 1), "100,0");
        assert_eq!(decimal(1e6, 0), "1.000.000");
        assert_eq!(decimal(-0.04, 1), "0,0");
        assert_eq!(decimal(-1234.0, 0), "-1.234");
        assert_eq!(decimal(f64::NAN, 1), "–");
        assert_eq!(decimal(f64::INFINITY, 1), "–");
    }

    #[test]
    fn dates_read_as_in_official_letters() {
        let date = |text: &str| Date::parse(text).expect("a good date");
        assert_eq!(date_short(date("2025-03-25")), "25/3/2025");
        assert_eq!(date_short(date("2025-12-05")), "5/12/2025");
        assert_eq!(date_long(date("2025-03-25")), "ngày 25 tháng 3 năm 2025");
        assert_eq!(date_long(date("2025-02-05")), "ngày 05 tháng 02 năm 2025");
        assert_eq!(date_long(date("2025-01-10")), "ngày 10 tháng 01 năm 2025");
        assert_eq!(date_long(date("2025-10-09")), "ngày 09 tháng 10 năm 2025");
    }

    #[test]
    fn sizes_are_short() {
        for (bytes, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1 KB"),
            (43_000, "42 KB"),
            (1_048_063, "1.023 KB"),
            (1_048_064, "1 MB"),
            (1_572_864, "1,5 MB"),
            (10_485_760, "10 MB"),
            (12_345_678, "12 MB"),
            (5_368_709_120, "5 GB"),
        ] {
            assert_eq!(file_size(bytes), text.replace(' ', "\u{A0}"), "{bytes}");
        }
        assert_eq!(file_size(u64::MAX), "16.777.216\u{A0}TB");
    }

    proptest! {
        #[test]
        fn groups_read_back(number in any::<u64>()) {
            let text = thousands(number);
            prop_assert_eq!(text.replace('.', "").parse::<u64>(), Ok(number));
            prop_assert!(text.split('.').skip(1).all(|group| group.len() == 3));
        }

        #[test]
        fn any_decimal_reads_back(number in -1e15f64..1e15, places in 0usize..6) {
            let text = decimal(number, places);
            let back: f64 = text.replace('.', "").replace(',', ".").parse().expect("a number");
            prop_assert!((back - number).abs() <= 0.500_001 * 10f64.powi(-(places as i32)) + number.abs() * 1e-15);
        }

        #[test]
        fn no_number_is_too_strange(number in any::<f64>(), bytes in any::<u64>()) {
            prop_assert!(!decimal(number, 2).is_empty());
            prop_assert!(file_size(bytes).contains(NBSP));
        }
    }
}
