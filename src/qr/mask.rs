//! Which of the eight masks a code gets, by the rules of ISO/IEC 18004, 7.8.3, as the library reads them.
//!
//! The library counts modules one by one under each mask, which took 130 µs a code and 12 % of a build of 10,000
//! procedures. Here a row of modules is one number, so that most of the counting is done for the whole row at once,
//! and the code is drawn once: 15 µs. A property test holds the choice to the library's own.

use std::sync::OnceLock;

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// The modules of a code: a row is a number, its lowest bit the module at the left; dark is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Modules {
    pub(super) size: usize,
    pub(super) rows: Vec<u64>,
}

/// The largest version whose rows fit into a number: 61 modules, 251 bytes of text at level M.
const LARGEST: usize = 11;

impl Modules {
    /// The code of a text at level M or better; none if no code holds it.
    pub(super) fn of(text: &str) -> Option<Result<Self, QrCode>> {
        let segments = QrSegment::make_segments(text);
        let fits = |mask| {
            let largest = Version::new(LARGEST as u8);
            let medium = QrCodeEcc::Medium;
            QrCode::encode_segments_advanced(&segments, medium, Version::MIN, largest, Some(mask), true).ok()
        };
        let Some(first) = fits(Mask::new(0)) else {
            // Far longer than any of our addresses; the library chooses by itself.
            return QrCode::encode_text(text, QrCodeEcc::Medium).ok().map(Err);
        };
        let drawn = Self::read(&first);
        // What another mask changes, the mark of the mask itself included, depends on version and level alone.
        static CHANGES: [OnceLock<[Modules; 8]>; 4 * (LARGEST + 1)] =
            [const { OnceLock::new() }; 4 * (LARGEST + 1)];
        let place = 4 * usize::from(first.version().value()) + first.error_correction_level() as usize;
        let changes = CHANGES[place].get_or_init(|| {
            std::array::from_fn(|mask| {
                let mask = Mask::new(mask as u8);
                fits(mask).map_or_else(|| drawn.clone(), |other| drawn.changed(&Self::read(&other)))
            })
        });
        // Of equal ones the first.
        changes.iter().map(|change| drawn.changed(change)).min_by_key(Self::penalty).map(Ok)
    }

    fn read(code: &QrCode) -> Self {
        let size = code.size();
        let row = |y| (0..size).fold(0, |row, x| row | u64::from(code.get_module(x, y)) << x);
        Self { size: size.unsigned_abs() as usize, rows: (0..size).map(row).collect() }
    }

    fn changed(&self, by: &Self) -> Self {
        let rows = self.rows.iter().zip(&by.rows).map(|(row, by)| row ^ by).collect();
        Self { size: self.size, rows }
    }

    fn columns(&self) -> Vec<u64> {
        let column =
            |x| self.rows.iter().enumerate().fold(0, |column, (y, row)| column | (row >> x & 1) << y);
        (0..self.size).map(column).collect()
    }

    /// How badly a reader may take the code: the sum of the four features of table 11.
    fn penalty(&self) -> u32 {
        let all = u64::MAX >> (64 - self.size);
        let lines = || self.rows.iter().copied().chain(self.columns());
        let runs: u32 = lines().map(|line| runs(line) + runs(!line & all)).sum();
        let finders: u32 = lines().map(|line| finders(line, self.size)).sum();
        let blocks: u32 = self.rows.windows(2).map(|pair| blocks(pair[0], pair[1], all)).sum();
        runs + 40 * finders + 3 * blocks + 10 * self.imbalance()
    }

    /// Steps of five per cent away from as much dark as light.
    fn imbalance(&self) -> u32 {
        let dark: u32 = self.rows.iter().map(|row| row.count_ones()).sum();
        let total = (self.size * self.size) as u32;
        // The number of modules is odd, so the two are never equal.
        (dark * 20).abs_diff(total * 10).div_ceil(total) - 1
    }
}

/// Runs of five and more ones: three for five, and one for each more.
fn runs(line: u64) -> u32 {
    let pairs = line & line >> 1;
    // Where five ones begin: a run of n has n - 4 of these.
    let fives = pairs & pairs >> 2 & line >> 4;
    fives.count_ones() + 2 * (fives & !(fives << 1)).count_ones()
}

/// Squares of two by two modules of one colour.
fn blocks(row: u64, next: u64, all: u64) -> u32 {
    let below = !(row ^ next) & all;
    let beside = !(row ^ row >> 1) & all >> 1;
    (below & below >> 1 & beside).count_ones()
}

/// What looks like the corner of a code: dark and light as 1:1:3:1:1, in any size, with four times as much light on
/// one side. The border is light.
fn finders(line: u64, size: usize) -> u32 {
    let mut found = 0;
    let mut scale = 1;
    // The middle is three times as wide as its parts: without a run of three there is none.
    let mut wide = line & line >> 1 & line >> 2;
    while wide != 0 {
        found += finders_of(line, size, scale);
        scale += 1;
        let width = 3 * scale;
        wide = if width > size { 0 } else { (0..width).fold(u64::MAX, |runs, at| runs & line >> at) };
    }
    found
}

fn finders_of(line: u64, size: usize, scale: usize) -> u32 {
    // The border, as wide as is asked for.
    let border = 4 * scale;
    if size + 2 * border > 128 {
        return 0;
    }
    let line = u128::from(line) << border;
    let light = !line & u128::MAX >> (128 - size - 2 * border);
    // A run of so many ones that begins here.
    let run = |line: u128, at: usize, length: usize| {
        (at..at + length).fold(u128::MAX, |runs, at| runs & line >> at)
    };
    let n = scale;
    let core = run(line, 0, n)
        & run(light, n, n)
        & run(line, 2 * n, 3 * n)
        & run(light, 5 * n, n)
        & run(line, 6 * n, n);
    if core == 0 {
        return 0;
    }
    // Light for n on both sides, and for 4 n on one: outside the border there is more of it.
    let before = |length: usize| (1..=length).fold(u128::MAX, |runs, back| runs & light << back);
    let after = |length: usize| run(light, 7 * n, length);
    (core & before(4 * n) & after(n)).count_ones() + (core & before(n) & after(4 * n)).count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// Addresses, text of all sorts, and digits, which take the other modes of the standard.
        #[test]
        fn the_mask_is_the_one_that_the_library_would_choose(
            text in prop_oneof!["https://[a-z.]{3,20}\\.vn/[a-z0-9/#-]{0,150}", "\\PC{1,60}", "[0-9]{1,300}", "[A-Z0-9 $%*+./:-]{1,200}"],
        ) {
            let theirs = QrCode::encode_text(&text, QrCodeEcc::Medium).expect("short");
            match Modules::of(&text).expect("short") {
                Ok(ours) => prop_assert_eq!(ours, Modules::read(&theirs)),
                Err(code) => prop_assert!(code == theirs && usize::from(code.version().value()) > LARGEST),
            }
        }
    }

    #[test]
    fn features_are_counted_as_in_the_standard() {
        assert_eq!([0b1111, 0b1_1111, 0b11_1111, 0b111_1101_1111].map(runs), [0, 3, 4, 6]);
        assert_eq!(blocks(0b011, 0b011, 0b111), 1);
        assert_eq!(blocks(0b000, 0b000, 0b111), 2);
        // 1:1:3:1:1 between two borders counts twice; beside dark once; in double size as well.
        let corner = 0b101_1101;
        assert_eq!(finders(corner, 7), 2);
        assert_eq!(finders(corner | 0b1_0000_0000, 21), 1);
        assert_eq!(finders(0b11_0011_1111_0011, 14), 2);
        assert_eq!(finders(0b11_1111, 21), 0);
    }
}
