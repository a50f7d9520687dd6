//! Writes text so that HTML reads it as text.

/// Appends `text` as the content of an element.
pub(super) fn text(out: &mut String, text: &str) {
    escape(out, text, false);
}

/// Appends `text` as the value of an attribute in double quotes.
pub(super) fn attribute(out: &mut String, text: &str) {
    escape(out, text, true);
}

/// Appends `url` as the value of `href` or `src`: what no address may hold is percent-encoded,
/// an encoded `%` stays as it is.
pub(super) fn url(out: &mut String, url: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in url.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#39;"),
            0..=b' ' | 0x7f.. | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
            _ => out.push(char::from(byte)),
        }
    }
}

/// Bytes that may begin something to replace; all others are copied in runs.
const WATCHED: [bool; 256] = {
    let mut watched = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        watched[byte] = true;
        byte += 1;
    }
    watched[b'\n' as usize] = false;
    watched[b'\t' as usize] = false;
    watched[b'&' as usize] = true;
    watched[b'<' as usize] = true;
    watched[b'>' as usize] = true;
    watched[b'"' as usize] = true;
    watched[b'\'' as usize] = true;
    watched[0x7f] = true;
    watched[0xC2] = true; // U+0080 to U+00BF, the C1 controls among them
    watched[0xE2] = true; // U+2000 to U+2FFF, the bidirectional controls among them
    watched
};

fn escape(out: &mut String, text: &str, quotes: bool) {
    let mut done = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        if !WATCHED[usize::from(byte)] {
            at += 1;
            continue;
        }
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        let (replacement, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' if quotes => ("&quot;", 1),
            b'\'' if quotes => ("&#39;", 1),
            b'"' | b'\'' => {
                at += 1;
                continue;
            }
            b'\r' => (" ", 1),
            // Controls are not allowed in HTML, and bidirectional ones can make a text read
            // otherwise than it is. The clean text of a file holds none, but `&#x202E;` does.
            0..=0x1f | 0x7f => ("\u{FFFD}", 1),
            0xC2 if next < 0xA0 => ("\u{FFFD}", 2),
            0xE2 => match (next, bytes.get(at + 2).copied().unwrap_or(0)) {
                (0x80, 0xAA..=0xAE) | (0x81, 0xA6..=0xA9) => ("\u{FFFD}", 3),
                _ => {
                    at += 3;
                    continue;
                }
            },
            _ => {
                at += 1;
                continue;
            }
        };
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push_str(replacement);
        at += length;
        done = at;
    }
    out.push_str(text.get(done..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(how: fn(&mut String, &str), given: &str) -> String {
        let mut out = String::new();
        how(&mut out, given);
        out
    }

    #[test]
    fn markup_and_controls_become_text() {
        let given = "a<b>&\"'“đ”\u{0}\u{7f}\u{80}\u{A0}\u{202E}\u{2066}\u{2028}\n\t\rz";
        assert_eq!(
            escaped(text, given),
            "a&lt;b&gt;&amp;\"'“đ”\u{FFFD}\u{FFFD}\u{FFFD}\u{A0}\u{FFFD}\u{FFFD}\u{2028}\n\t z"
        );
        assert!(escaped(attribute, given).starts_with("a&lt;b&gt;&amp;&quot;&#39;“đ”"));
    }

    #[test]
    fn addresses_are_encoded_once() {
        assert_eq!(
            escaped(url, "tep/mẫu 1.docx?a=1&b='\"%20"),
            "tep/m%E1%BA%ABu%201.docx?a=1&amp;b=&#39;%22%20"
        );
    }
}
