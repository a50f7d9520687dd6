//! The text as a reader of the page would see it: entities, percent signs, tags and emphasis undone.
//!
//! `**0912**345678`, `09&#49;2345678` and `hoa%40gmail.com` hold no number and no address as they
//! are written, and do on the page.

use super::prepare::{Builder, View};

/// The rendered view, unless it would be the text as it was written.
pub(super) fn rendered(text: &str) -> Option<View> {
    const MARKS: [bool; 256] = {
        let mut marks = [false; 256];
        let bytes = b"&*_`~<\\%";
        let mut i = 0;
        while i < bytes.len() {
            marks[bytes[i] as usize] = true;
            i += 1;
        }
        marks
    };
    if !text.bytes().any(|b| MARKS[usize::from(b)]) {
        return None;
    }
    let mut renderer = Renderer { text, builder: Builder::new(text.len()), at: 0, changed: false };
    for line in text.split_inclusive('\n') {
        renderer.line(line);
    }
    renderer.changed.then(|| renderer.builder.finish())
}

struct Renderer<'a> {
    text: &'a str,
    builder: Builder,
    at: usize,
    changed: bool,
}

impl Renderer<'_> {
    fn line(&mut self, line: &str) {
        let end = self.at + line.len();
        let stars = star_runs(line);
        let indent = line.len() - line.trim_start().len();
        let bullet = self.at + indent;
        while self.at < end {
            let Some(rest) = self.text.get(self.at..) else { break };
            let Some(c) = rest.chars().next() else { break };
            let taken = match c {
                '&' => self.entity(rest),
                '%' => self.percent(rest),
                '<' => self.tag(rest),
                '\\' => self.escape(rest),
                '*' | '`' | '~' | '_' if self.at == bullet && rest.get(1..2) == Some(" ") => None,
                '*' => self.stars(rest, &stars),
                '`' => Some(1),
                '~' if rest.starts_with("~~") => Some(2),
                '_' => self.underscore(rest),
                _ => None,
            };
            match taken {
                Some(taken) => {
                    self.changed = true;
                    self.at += taken;
                }
                None => {
                    self.builder.push(c, self.at, self.at + c.len_utf8());
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn entity(&mut self, rest: &str) -> Option<usize> {
        let (chars, mut taken) = decode_entity(rest)?;
        let [first, mark] = chars;
        // `&amp;#48;` was escaped twice and is shown as `&#48;`, one copy further as 0.
        let mut shown = [first, mark];
        for _ in 0..4 {
            if shown != ['&', '\0'] {
                break;
            }
            let again =
                format!("&{}", rest.get(taken..).unwrap_or_default().chars().take(12).collect::<String>());
            let Some((inner, length)) = decode_entity(&again) else { break };
            shown = inner;
            taken += length - 1;
        }
        let end = self.at + taken;
        for c in shown.into_iter().filter(|&c| c != '\0') {
            self.builder.push(c, self.at, end);
        }
        Some(taken)
    }

    fn percent(&mut self, rest: &str) -> Option<usize> {
        let mut bytes = Vec::new();
        while let Some(code) = rest.get(bytes.len() * 3..).and_then(|rest| rest.strip_prefix('%')) {
            let Some(byte) = code.get(..2).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())) else {
                break;
            };
            bytes.push(u8::from_str_radix(byte, 16).ok()?);
            if let Ok(shown) = std::str::from_utf8(&bytes) {
                let taken = bytes.len() * 3;
                for c in shown.chars() {
                    self.builder.push(c, self.at, self.at + taken);
                }
                return Some(taken);
            }
            if bytes.len() == 4 {
                break;
            }
        }
        None
    }

    fn tag(&mut self, rest: &str) -> Option<usize> {
        let inner = rest.get(1..)?;
        let name = inner.strip_prefix('/').unwrap_or(inner);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = inner.find(['>', '<', '\n'])?;
        let tag = inner.get(..end)?;
        // `<hoa@vidu.vn>` and `<https://…>` are addresses, not tags.
        if inner.as_bytes().get(end) != Some(&b'>') || (tag.contains(['@', ':']) && !tag.contains(' ')) {
            return None;
        }
        let taken = end + 2;
        let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
        let inline = [
            "b", "i", "u", "s", "em", "strong", "span", "font", "mark", "small", "a", "sup", "sub", "code",
            "wbr",
        ];
        if !inline.contains(&name.to_ascii_lowercase().as_str()) {
            self.builder.push(' ', self.at, self.at + taken);
        }
        Some(taken)
    }

    fn escape(&mut self, rest: &str) -> Option<usize> {
        let next = rest.chars().nth(1)?;
        (next.is_ascii_punctuation() || next.is_ascii_digit()).then_some(1)
    }

    /// Emphasis goes when its other end stands in the line. A row of three or more between letters
    /// or digits is a mask (`0912***678`) and stays.
    fn stars(&mut self, rest: &str, runs: &[usize; 4]) -> Option<usize> {
        let run = rest.len() - rest.trim_start_matches('*').len();
        let before = self.text.get(..self.at).and_then(|text| text.chars().next_back());
        let after = rest.get(run..).and_then(|text| text.chars().next());
        let inside = before.is_some_and(char::is_alphanumeric)
            && after.is_some_and(|c| c.is_alphanumeric() || c == '@');
        let paired = runs.get(run).is_some_and(|&count| count >= 2);
        if paired && !(run >= 3 && inside) {
            return Some(run);
        }
        for at in self.at..self.at + run {
            self.builder.push('*', at, at + 1);
        }
        Some(run)
    }

    fn underscore(&mut self, rest: &str) -> Option<usize> {
        let before = self.text.get(..self.at).and_then(|text| text.chars().next_back());
        let after = rest.chars().nth(1);
        let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '@');
        // Within a word an underscore is a character like others: hoa_test.
        (!word(before) || !word(after)).then_some(1)
    }
}

/// How many rows of one, two and three stars a line holds.
fn star_runs(line: &str) -> [usize; 4] {
    let mut counts = [0; 4];
    let mut run = 0;
    for b in line.bytes().chain([0]) {
        if b == b'*' {
            run += 1;
        } else if run > 0 {
            if let Some(count) = counts.get_mut(run) {
                *count += 1;
            }
            run = 0;
        }
    }
    counts
}

/// What an entity at the start of `text` stands for (a character and perhaps a mark), and its length.
fn decode_entity(text: &str) -> Option<([char; 2], usize)> {
    let rest = text.strip_prefix('&')?;
    if let Some(number) = rest.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16),
            None => (number, 10),
        };
        let length = digits.bytes().take(8).take_while(|b| char::from(*b).is_digit(radix)).count();
        let c = char::from_u32(u32::from_str_radix(digits.get(..length)?, radix).ok()?)?;
        let mut taken = text.len() - digits.len() + length;
        // Browsers take a number without its semicolon too.
        taken += usize::from(digits.as_bytes().get(length) == Some(&b';'));
        return Some(([c, '\0'], taken));
    }
    let length = rest.bytes().take(10).take_while(u8::is_ascii_alphabetic).count();
    let name = rest.get(..length)?;
    if rest.as_bytes().get(length) != Some(&b';') {
        return None;
    }
    let shown = match name {
        "amp" => ['&', '\0'],
        "lt" => ['<', '\0'],
        "gt" => ['>', '\0'],
        "quot" => ['"', '\0'],
        "apos" => ['\'', '\0'],
        "nbsp" | "ensp" | "emsp" | "thinsp" | "numsp" | "Tab" => [' ', '\0'],
        "NewLine" => ['\n', '\0'],
        "commat" => ['@', '\0'],
        "period" | "middot" | "bull" => ['.', '\0'],
        "comma" => [',', '\0'],
        "colon" => [':', '\0'],
        "sol" => ['/', '\0'],
        "plus" => ['+', '\0'],
        "lpar" => ['(', '\0'],
        "rpar" => [')', '\0'],
        "lowbar" => ['_', '\0'],
        "hyphen" | "dash" | "ndash" | "mdash" | "minus" => ['-', '\0'],
        "shy" | "zwj" | "zwnj" => ['\u{200B}', '\0'],
        "deg" => ['°', '\0'],
        "dstrok" => ['đ', '\0'],
        "Dstrok" => ['Đ', '\0'],
        _ => {
            // `&ocirc;` and its kind: a letter and the name of its mark.
            let mut letters = name.chars();
            let letter = letters.next()?;
            let mark = match letters.as_str() {
                "grave" => '\u{300}',
                "acute" => '\u{301}',
                "circ" => '\u{302}',
                "tilde" => '\u{303}',
                "breve" => '\u{306}',
                _ => return None,
            };
            [letter, mark]
        }
    };
    Some((shown, length + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        rendered(text).map(|view| String::from_utf8_lossy(view.skeleton()).into_owned())
    }

    #[test]
    fn what_the_page_hides_is_undone() {
        assert_eq!(shown("**0912**345").as_deref(), Some("0912345"));
        assert_eq!(shown("09&#49;2&nbsp;3&#x34;").as_deref(), Some("0912 34"));
        assert_eq!(shown("&amp;#48;9").as_deref(), Some("09"));
        assert_eq!(shown("g%E1%BB%8Di%200912").as_deref(), Some("goi 0912"));
        assert_eq!(shown("<b>09</b>12<br>34").as_deref(), Some("0912 34"));
        assert_eq!(shown("&Ocirc;ng").as_deref(), Some("ong"));
        assert_eq!(shown("<hoa@vidu.vn> 100% TT"), None);
    }

    #[test]
    fn a_mask_is_no_emphasis() {
        assert_eq!(shown("0912***678 0934***779").as_deref(), Some("0912***678 0934***779"));
        assert_eq!(shown("* mục một\n* mục hai"), None);
    }
}
