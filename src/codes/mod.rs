//! The register of faults: every rule that congkhai can find broken.
//!
//! One file a family; [`RULES`] lists them all. Tests hold the register, the pages in
//! `docs/bien-tap/quy-tac/` and the fixtures in `tests/rules/` to each other.
//! A code is never re-used; severities may be lowered by a site's policy, except family 08.

mod ck01_reading;
mod ck02_shape;
mod ck03_value;
mod ck04_reference;
mod ck05_law;
mod ck06_text;
mod ck07_site;
mod ck08_privacy;

pub use ck01_reading::*;
pub use ck02_shape::*;
pub use ck03_value::*;
pub use ck04_reference::*;
pub use ck05_law::*;
pub use ck06_text::*;
pub use ck07_site::*;
pub use ck08_privacy::*;

use crate::base::diagnostic::Rule;

/// Declares a rule together with its documentation page.
macro_rules! rule {
    ($(#[$doc:meta])* $code:ident, $slug:literal, $severity:expr, $stage:expr, $since:literal) => {
        $(#[$doc])*
        pub const $code: &Rule = &Rule {
            code: stringify!($code),
            slug: $slug,
            severity: $severity,
            since: $since,
            raised_by: $stage,
            doc: include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/docs/bien-tap/quy-tac/",
                stringify!($code),
                ".md"
            )),
        };
    };
}
use rule;

/// Every rule, in the order of the codes.
pub const RULES: &[&Rule] = &[
    CK0101, CK0102, CK0103, CK0104, CK0105, CK0106, CK0107, CK0108, CK0109, CK0110, CK0111, CK0112, CK0113,
    CK0114, CK0115, CK0116, CK0117, CK0118, CK0119, CK0120, CK0121, CK0201, CK0202, CK0203, CK0204, CK0205,
    CK0206, CK0301, CK0302, CK0303, CK0304, CK0305, CK0306, CK0307, CK0308, CK0309, CK0310, CK0311, CK0312,
    CK0313, CK0314, CK0315, CK0316, CK0317, CK0318, CK0319, CK0320, CK0321, CK0322, CK0323, CK0324, CK0325,
    CK0326, CK0327, CK0328, CK0329, CK0330, CK0401, CK0402, CK0403, CK0404, CK0405, CK0406, CK0407, CK0408,
    CK0409, CK0410, CK0411, CK0412, CK0413, CK0414, CK0415, CK0416, CK0418, CK0419, CK0501, CK0502, CK0503,
    CK0504, CK0505, CK0506, CK0507, CK0508, CK0509, CK0510, CK0511, CK0512, CK0513, CK0514, CK0515, CK0516,
    CK0517, CK0518, CK0519, CK0520, CK0521, CK0522, CK0523, CK0524, CK0525, CK0526, CK0530, CK0531, CK0601,
    CK0602, CK0603, CK0604, CK0605, CK0606, CK0607, CK0608, CK0701, CK0702, CK0703, CK0704, CK0705, CK0706,
    CK0707, CK0715, CK0716, CK0720, CK0721, CK0722, CK0723, CK0724, CK0725, CK0726, CK0801, CK0802, CK0803,
    CK0804, CK0805, CK0806, CK0807, CK0808, CK0809, CK0810, CK0811, CK0812, CK0813, CK0814, CK0815, CK0816,
    CK0817, CK0818, CK0819, CK0820, CK0821,
];

/// The rule with this code or slug, in any case.
pub fn find(code_or_slug: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| {
        rule.code.eq_ignore_ascii_case(code_or_slug) || rule.slug.eq_ignore_ascii_case(code_or_slug)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_slugs_are_unique_and_sorted() {
        for pair in RULES.windows(2) {
            assert!(pair[0].code < pair[1].code, "{} before {}", pair[0].code, pair[1].code);
        }
        let mut slugs: Vec<_> = RULES.iter().map(|rule| rule.slug).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), RULES.len());
    }
}
