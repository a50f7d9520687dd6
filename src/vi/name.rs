//! Names in lists: the name that a list goes by, and the keys that put names in order.

use std::sync::Arc;

use super::collate;

/// The text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The name that a list goes by: many announced names begin with “Thủ tục”, under which half of
/// the list would stand at one letter.
pub fn list_name(name: &str) -> String {
    let rest = without_prefix(name);
    rest.map_or_else(|| name.to_owned(), |rest| capital(rest.trim_start()))
}

fn without_prefix(name: &str) -> Option<&str> {
    const WORDS: &str = "thủ tục ";
    let mut chars = name.char_indices();
    let matches = WORDS.chars().all(|word| {
        chars
            .next()
            .is_some_and(|(_, c)| c.to_lowercase().eq(word.to_lowercase()) || (word == ' ' && c == '\u{A0}'))
    });
    let (start, _) = chars.next()?;
    if matches { name.get(start..) } else { None }
}

/// Where a name stands in a list, worked out once: 10,000 names in some forty lists took 7 % of a build
/// and most of the time of a preview's answer.
#[derive(Debug, Clone)]
pub struct NameOrder {
    /// The collation key of the name.
    pub full: Arc<[u8]>,
    /// That of the name that lists go by.
    pub listed: Arc<[u8]>,
}

impl NameOrder {
    /// Of this name.
    pub fn of(name: &str) -> Self {
        let full: Arc<[u8]> = collate::key(name).into();
        let listed = match without_prefix(name) {
            Some(_) => collate::key(&list_name(name)).into(),
            None => Arc::clone(&full),
        };
        Self { full, listed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_those_of_the_name_and_of_the_name_in_lists() {
        for (name, listed) in [
            ("Cấp giấy phép", "Cấp giấy phép"),
            ("Thủ tục cấp giấy phép", "Cấp giấy phép"),
            ("THỦ TỤC\u{A0} đăng ký", "Đăng ký"),
            ("Thủ tục ", "Thủ tục "),
            ("", ""),
        ] {
            let order = NameOrder::of(name);
            assert_eq!(list_name(name), listed);
            assert_eq!(*order.full, collate::key(name)[..], "{name}");
            assert_eq!(*order.listed, collate::key(listed)[..], "{name}");
        }
    }
}
