//! Pages of persons in social networks.

use super::prepare::{View, is_alphanumeric};
use super::{Hit, Kind, Weight};

/// Hosts whose paths are people's names.
const HOSTS: [&str; 13] = [
    "facebook.com/",
    "fb.com/",
    "fb.me/",
    "m.me/",
    "tiktok.com/",
    "instagram.com/",
    "t.me/",
    "twitter.com/",
    "x.com/",
    "threads.net/",
    "youtube.com/@",
    "linkedin.com/in/",
    "messenger.com/t/",
];

/// Parts of paths that are no person's name.
const OTHERS: [&str; 10] =
    ["sharer", "share", "groups", "watch", "hashtag", "help", "login", "policies", "intent", "events"];

/// Looks for addresses of such pages.
pub(super) fn find(view: &View, hits: &mut Vec<Hit>) {
    for (slash, &b) in view.skeleton().iter().enumerate() {
        if b != b'/' && b != b'@' {
            continue;
        }
        let host = HOSTS.iter().find_map(|host| {
            let start = (slash + 1).checked_sub(host.len())?;
            (view.starts_with(start, host) && !is_alphanumeric(view.before(start))).then_some(start)
        });
        let Some(start) = host else { continue };
        let mut end = slash + 1;
        while is_alphanumeric(view.at(end))
            || matches!(view.at(end), b'.' | b'_' | b'-' | b'@' | b'?' | b'=' | b'/' | b'%')
        {
            end += 1;
        }
        while end > slash + 1 && matches!(view.at(end - 1), b'.' | b'-' | b'/' | b'?') {
            end -= 1;
        }
        let handle = view.slice(slash + 1..end);
        let first = handle.split(|b| matches!(b, b'/' | b'?')).next().unwrap_or_default();
        if handle.len() < 3
            || OTHERS.iter().any(|other| first.strip_suffix(b".php").unwrap_or(first) == other.as_bytes())
        {
            continue;
        }
        let value = String::from_utf8_lossy(view.slice(start..end)).into_owned();
        hits.push(Hit { kind: Kind::SocialProfile, range: start..end, value, weight: Weight::Certain });
    }
}
