//! Three kinds of path that must never be mixed up.
//!
//! [`SitePath`] is a file below the content folder, [`RoutePath`] the address of a page,
//! [`OutPath`] a file below the output folder. All are relative, `/`-separated and in Unicode NFC,
//! and none can climb out: `..`, back-slashes, control characters and absolute paths are refused
//! when a value is made, so whoever holds one may join it to a folder without a second look.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Why a text is not a path of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// Nothing there.
    #[error("đường dẫn rỗng")]
    Empty,
    /// Starts with `/`, or holds an empty, `.` or `..` part.
    #[error("đường dẫn có phần rỗng, `.` hoặc `..`")]
    Climbs,
    /// Holds a back-slash or a control character.
    #[error("đường dẫn có ký tự không được phép")]
    Character,
}

fn check(text: &str) -> Result<(), PathFault> {
    if text.is_empty() {
        return Err(PathFault::Empty);
    }
    if text.chars().any(|c| c.is_control() || c == '\\') {
        return Err(PathFault::Character);
    }
    if text.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
        return Err(PathFault::Climbs);
    }
    Ok(())
}

fn nfc(text: &str) -> String {
    if is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}

macro_rules! relative_path {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Checks `text` and brings it into NFC.
            pub fn new(text: &str) -> Result<Self, PathFault> {
                check(text)?;
                Ok(Self(nfc(text)))
            }

            /// The path as text, parts divided by `/`.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The last part.
            pub fn file_name(&self) -> &str {
                self.0.rsplit('/').next().unwrap_or(&self.0)
            }

            /// The last part without its extension.
            pub fn stem(&self) -> &str {
                let name = self.file_name();
                name.rsplit_once('.').map_or(name, |(stem, _)| stem)
            }

            /// What follows the last `.` of the last part, or the empty text.
            pub fn extension(&self) -> &str {
                self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
            }

            /// Everything before the last part, or the empty text.
            pub fn parent(&self) -> &str {
                self.0.rsplit_once('/').map_or("", |(parent, _)| parent)
            }

            /// The place of this file below `root`.
            pub fn below(&self, root: &Path) -> PathBuf {
                root.join(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

relative_path! {
    /// A file below the content folder, such as `thu-tuc/1.014888.yaml`.
    SitePath
}
relative_path! {
    /// A file below the output folder, such as `thu-tuc/1.014888/index.html`.
    OutPath
}

/// The address of a page or file of the site, from its root: `/`, `/thu-tuc/1.014888/`, `/feed.xml`.
///
/// Every part is made of `a-z A-Z 0-9 . _ ~ -`, so an address needs no escaping in HTML, XML or URLs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RoutePath(String);

impl RoutePath {
    /// Checks `text`: starts with `/`, no empty, `.` or `..` part, only unreserved characters.
    pub fn new(text: &str) -> Result<Self, PathFault> {
        let Some(rest) = text.strip_prefix('/') else { return Err(PathFault::Climbs) };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if !rest.is_empty() {
            check(rest)?;
        } else if text != "/" {
            return Err(PathFault::Climbs);
        }
        let allowed = |c: char| c.is_ascii_alphanumeric() || "/._~-".contains(c);
        if !text.chars().all(allowed) {
            return Err(PathFault::Character);
        }
        Ok(Self(text.to_owned()))
    }

    /// The address as text, from the root of the site.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that carries this address: a folder's address is its `index.html`.
    pub fn out_path(&self) -> OutPath {
        let inner = &self.0[1..];
        OutPath(if inner.is_empty() || inner.ends_with('/') {
            format!("{inner}index.html")
        } else {
            inner.to_owned()
        })
    }

    /// How a page at `from` links to this address: a relative reference to the file itself, so that it
    /// works under any sub-path and from a folder opened by double click. It always goes through the
    /// root, so that one page writes every link to an address in one way.
    pub fn relative_to(&self, from: &RoutePath) -> String {
        let depth = from.out_path().0.matches('/').count();
        format!("{}{}", "../".repeat(depth), self.out_path())
    }
}

impl fmt::Display for RoutePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn route(text: &str) -> RoutePath {
        RoutePath::new(text).expect("a good address")
    }

    #[test]
    fn a_path_cannot_climb() {
        for bad in ["", "/", "/a", "a//b", "../a", "a/..", "./a", "a\\b", "a\0b", "a\nb"] {
            assert!(SitePath::new(bad).is_err(), "{bad:?}");
            assert!(OutPath::new(bad).is_err(), "{bad:?}");
        }
        assert_eq!(SitePath::new("a\u{301}/b.md").expect("good").as_str(), "\u{e1}/b.md");
        let path = SitePath::new("bai-viet/tin-tuc/mo.dau.md").expect("good");
        assert_eq!((path.stem(), path.extension(), path.parent()), ("mo.dau", "md", "bai-viet/tin-tuc"));
    }

    #[test]
    fn an_address_is_a_file() {
        assert_eq!(route("/").out_path().as_str(), "index.html");
        assert_eq!(route("/thu-tuc/1.0/").out_path().as_str(), "thu-tuc/1.0/index.html");
        assert_eq!(route("/feed.xml").out_path().as_str(), "feed.xml");
        for bad in ["", "a", "//", "/a//b/", "/../a", "/a b/", "/đ/", "/a?b", "/a%2f"] {
            assert!(RoutePath::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn links_are_relative() {
        assert_eq!(route("/").relative_to(&route("/")), "index.html");
        assert_eq!(route("/thu-tuc/").relative_to(&route("/")), "thu-tuc/index.html");
        assert_eq!(route("/").relative_to(&route("/thu-tuc/1.0/")), "../../index.html");
        assert_eq!(
            route("/thu-tuc/2.0/").relative_to(&route("/thu-tuc/1.0/")),
            "../../thu-tuc/2.0/index.html"
        );
        assert_eq!(route("/a.css").relative_to(&route("/x/y.html")), "../a.css");
    }

    proptest! {
        #[test]
        fn following_a_relative_link_arrives(
            from in "(/[a-c]{1,2}){0,4}/", to in "(/[a-c]{1,2}){0,4}/"
        ) {
            let (from, to) = (route(&from), route(&to));
            let link = to.relative_to(&from);
            let mut parts: Vec<String> =
                from.out_path().as_str().split('/').map(str::to_owned).collect();
            parts.pop();
            for part in link.split('/') {
                if part == ".." { parts.pop(); } else { parts.push(part.to_owned()); }
            }
            let arrived = to.out_path();
            prop_assert_eq!(parts.join("/"), arrived.as_str());
        }

        #[test]
        fn no_text_makes_a_climbing_path(text in "\\PC{0,30}") {
            if let Ok(path) = OutPath::new(&text) {
                prop_assert!(!path.as_str().starts_with('/'));
                prop_assert!(path.as_str().split('/').all(|part| !part.is_empty() && part != ".."));
            }
        }
    }
}
