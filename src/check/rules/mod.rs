//! The rules, one file each, by family.

use super::run::Check;

/// Every check.
pub const ALL: &[Check] = &[];
