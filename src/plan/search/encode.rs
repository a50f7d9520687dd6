//! Numbers and lists as text that is short, packs well and is read by a few lines of script.
//!
//! A number is written with the characters `#` to `[` (57 last digits) and `]` to `~` (34 further
//! digits before it), so each number ends by itself and the text needs no escape in JSON.

/// How many values one character holds.
pub const ONE: u32 = 57;
const FIRST: u8 = b'#';
const MORE: u32 = 34;
const FIRST_MORE: u8 = b']';

/// Appends a number.
pub fn number(value: u32, out: &mut String) {
    let mut digits = [0u8; 8];
    let mut count = 0;
    let mut rest = value / ONE;
    while rest > 0 {
        digits[count] = FIRST_MORE + (rest % MORE) as u8;
        rest /= MORE;
        count += 1;
    }
    for digit in digits[..count].iter().rev() {
        out.push(char::from(*digit));
    }
    out.push(char::from(FIRST + (value % ONE) as u8));
}

/// Appends ascending numbers by what each adds to the one before.
pub fn ascending(values: impl Iterator<Item = u32>, out: &mut String) {
    let mut before = 0;
    for value in values {
        number(value - before, out);
        before = value;
    }
}

/// Numbers written as above, as JSON: they hold nothing that JSON escapes.
pub fn lists(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("plain data has a JSON form")
}

/// What records say, as JSON that may stand in a script: no markup shows if the file is read as a page,
/// and no line ends in the middle of a text (U+2028 and U+2029 ended lines of scripts before 2019).
pub fn texts(value: &impl serde::Serialize) -> String {
    lists(value).replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the script does.
    fn decode(text: &str) -> Vec<u32> {
        let (mut out, mut high) = (Vec::new(), 0u32);
        for c in text.bytes() {
            if c > 92 {
                high = high * 34 + u32::from(c - 93);
            } else {
                out.push(high * 57 + u32::from(c - 35));
                high = 0;
            }
        }
        out
    }

    #[test]
    fn small_numbers_take_one_character() {
        let mut out = String::new();
        [0, 56, 57, 9_999_999].into_iter().for_each(|value| number(value, &mut out));
        assert_eq!(out.len(), 1 + 1 + 2 + 5);
        assert_eq!(decode(&out), [0, 56, 57, 9_999_999]);
    }

    #[test]
    fn a_text_can_end_neither_a_script_nor_a_line() {
        let json = texts(&"</script><script>alert(1)\u{2028}\u{2029}");
        assert_eq!(json, "\"\\u003c/script>\\u003cscript>alert(1)\\u2028\\u2029\"");
    }

    proptest! {
        #[test]
        fn numbers_read_back_as_they_were(values in prop::collection::vec(any::<u32>(), 0..50)) {
            let mut out = String::new();
            values.iter().for_each(|value| number(*value, &mut out));
            prop_assert_eq!(decode(&out), values);
            let quoted = lists(&out);
            prop_assert_eq!(quoted.len(), out.len() + 2, "nothing needs an escape");
        }
    }
}
