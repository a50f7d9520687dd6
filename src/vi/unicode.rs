#![allow(missing_docs)]
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};
pub fn to_nfc(t: &str) -> Cow<'_, str> {
    if is_nfc(t) { Cow::Borrowed(t) } else { Cow::Owned(t.nfc().collect()) }
}
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{AD}')
}
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
pub fn is_forbidden_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}
pub fn mixed_script_word(_: &str) -> Option<(usize, char, char)> {
    None
}
pub enum LegacyEncoding {
    Tcvn3,
}
impl LegacyEncoding {
    pub fn name(self) -> &'static str {
        "TCVN3"
    }
}
pub fn legacy_encoding(_: &str) -> Option<LegacyEncoding> {
    None
}
