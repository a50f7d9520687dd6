#![allow(missing_docs)]
pub fn nearest<'a>(_w: &str, _a: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    None
}
