//! Rules of family 02: the shape of a record.

use super::rule;
use crate::base::diagnostic::{Rule, Severity, Stage};

rule!(
    /// A required key is missing.
    CK0201, "thieu-khoa", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A key that this kind of record does not have.
    CK0202, "khoa-la", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A list where a text belongs, and the like.
    CK0203, "sai-kieu", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A value that is not one of the choices.
    CK0204, "ngoai-danh-sach", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A value that must not be empty is empty.
    CK0205, "de-trong", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A list that the record cannot do without has no entry.
    CK0206, "danh-sach-rong", Severity::Error, Stage::Parse, "0.1.0"
);
