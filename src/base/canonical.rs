//! The one form in which a value of JSON is hashed: RFC 8785 (JSON Canonicalization Scheme).
//!
//! No blanks, keys sorted by UTF-16 code units, numbers as ECMAScript prints them, texts with the fewest
//! escapes. Whoever parses a file of ours and writes it in this form again, in any language, gets the same
//! bytes. `docs/dev/canonical.md` says what a record's value is.

use std::fmt::Write;

use serde_json::{Number, Value};

/// The canonical form of a value.
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut entries: Vec<(&String, &Value)> = map.iter().collect();
            // UTF-16 and UTF-8 order differ above U+FFFF, and RFC 8785 (3.2.3) asks for the former.
            entries.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, (key, value)) in entries.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

/// RFC 8785, 3.2.2.2: only what JSON demands is escaped, the short form where there is one.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1f}' => drop(write!(out, "\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// Beyond this a double skips whole numbers, and readers of JSON disagree (RFC 7493, 2.2).
const LARGEST_EXACT: u64 = 1 << 53;

/// RFC 8785, 3.2.2.3: every number is a double. Whole numbers that a double cannot hold would change on the
/// way, so they are written as texts; a record of ours has none that large.
fn write_number(number: &Number, out: &mut String) {
    if let Some(whole) = number.as_u64() {
        match whole {
            0..=LARGEST_EXACT => drop(write!(out, "{whole}")),
            _ => write_text(&whole.to_string(), out),
        }
    } else if let Some(whole) = number.as_i64() {
        match whole.unsigned_abs() {
            0..=LARGEST_EXACT => drop(write!(out, "{whole}")),
            _ => write_text(&whole.to_string(), out),
        }
    } else {
        // A number of JSON is finite.
        write_double(number.as_f64().unwrap_or_default(), out);
    }
}

/// As `Number::toString` of ECMA-262 does: the fewest digits that read back as the same double, an exponent
/// from 1e21 on and below 1e-6.
fn write_double(number: f64, out: &mut String) {
    if number == 0.0 {
        return out.push('0');
    }
    if number < 0.0 {
        out.push('-');
    }
    // Rust gives the same fewest digits. Where two texts with as few are equally near, ECMAScript takes the even
    // one, as rounding to that many digits does.
    let fewest = format!("{:e}", number.abs());
    let count = fewest.bytes().take_while(|byte| *byte != b'e').filter(u8::is_ascii_digit).count();
    let rounded = format!("{:.*e}", count - 1, number.abs());
    let scientific = if rounded.parse() == Ok(number.abs()) { rounded } else { fewest };
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let exponent: i32 = exponent.parse().unwrap_or_default();
    // The point stands behind this many digits.
    let point = exponent + 1;
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |n: i32| "0".repeat(usize::try_from(n).unwrap_or(0));
    match point {
        _ if count <= point && point <= 21 => {
            out.push_str(&digits);
            out.push_str(&zeros(point - count));
        }
        1..=21 => {
            let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
            out.push_str(whole);
            out.push('.');
            out.push_str(fraction);
        }
        -5..=0 => {
            out.push_str("0.");
            out.push_str(&zeros(-point));
            out.push_str(&digits);
        }
        _ => {
            let (first, rest) = digits.split_at(1);
            out.push_str(first);
            if !rest.is_empty() {
                out.push('.');
                out.push_str(rest);
            }
            let sign = if exponent < 0 { '-' } else { '+' };
            let _ = write!(out, "e{sign}{}", exponent.abs());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_example_of_rfc_8785() {
        // RFC 8785, 3.2.2 and 3.2.3: input and output as printed there. The numbers are read by Rust, since
        // serde_json, as we use it, reads the first one to a neighbouring double.
        let input = r#"{
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
            "literals": [null, true, false]
        }"#;
        let mut value: Value = serde_json::from_str(input).expect("JSON");
        value["numbers"] = json!([
            "333333333.33333329".parse::<f64>().expect("a number"),
            1E30,
            4.50,
            2e-3,
            0.000000000000000000000000001
        ]);
        assert_eq!(
            canonical(&value),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        );
    }

    #[test]
    fn keys_are_sorted_by_utf_16() {
        // RFC 8785, 3.2.3.
        let value = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis"
        });
        let text = canonical(&value);
        let order = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"];
        let at: Vec<usize> = order.iter().map(|word| text.find(word).expect("there")).collect();
        assert!(at.is_sorted(), "{text}");
    }

    #[test]
    fn numbers_of_appendix_b() {
        // RFC 8785, appendix B: the bits of a double and what is printed.
        for (bits, text) in [
            (0x0000000000000000_u64, "0"),
            (0x8000000000000000, "0"),
            (0x0000000000000001, "5e-324"),
            (0x8000000000000001, "-5e-324"),
            (0x7fefffffffffffff, "1.7976931348623157e+308"),
            (0xffefffffffffffff, "-1.7976931348623157e+308"),
            (0x4340000000000000, "9007199254740992"),
            (0xc340000000000000, "-9007199254740992"),
            (0x4430000000000000, "295147905179352830000"),
            (0x44b52d02c7e14af5, "9.999999999999997e+22"),
            (0x44b52d02c7e14af6, "1e+23"),
            (0x44b52d02c7e14af7, "1.0000000000000001e+23"),
            (0x444b1ae4d6e2ef4e, "999999999999999700000"),
            (0x444b1ae4d6e2ef4f, "999999999999999900000"),
            (0x444b1ae4d6e2ef50, "1e+21"),
            (0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"),
            (0x3eb0c6f7a0b5ed8d, "0.000001"),
            (0x41b3de4355555553, "333333333.3333332"),
            (0x41b3de4355555554, "333333333.33333325"),
            (0x41b3de4355555555, "333333333.3333333"),
            (0x41b3de4355555556, "333333333.3333334"),
            (0x41b3de4355555557, "333333333.33333343"),
            (0xbecbf647612f3696, "-0.0000033333333333333333"),
            (0x43143ff3c1cb0959, "1424953923781206.2"),
        ] {
            let mut out = String::new();
            write_double(f64::from_bits(bits), &mut out);
            assert_eq!(out, text, "{bits:x}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_and_is_written_alike(text in "\\PC*", whole in -(1_i64 << 53)..=1 << 53) {
            let value = json!({"b": [text.clone(), whole], (text): null});
            let once = canonical(&value);
            let back: Value = serde_json::from_str(&once).expect("JSON");
            prop_assert_eq!(&back, &value);
            prop_assert_eq!(canonical(&back), once);
        }

        #[test]
        fn a_double_reads_back_from_few_digits(number: f64) {
            prop_assume!(number.is_finite());
            let mut out = String::new();
            write_double(number, &mut out);
            prop_assert_eq!(out.parse::<f64>().expect("a number"), number);
            prop_assert!(out.len() <= 25, "{}", out);
        }
    }
}
