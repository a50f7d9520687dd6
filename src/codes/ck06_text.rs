//! Rules of family 06: texts in Markdown.

use super::rule;
use crate::base::diagnostic::{Rule, Severity, Stage};

rule!(
    /// Raw HTML in a text; it is shown as text.
    CK0601, "html-tho", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// An image without a description.
    CK0602, "anh-thieu-mo-ta", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A heading level is skipped.
    CK0603, "nhay-cap-tieu-de", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A link of a scheme that is not allowed (javascript:, data: …).
    CK0604, "lien-ket-nguy-hiem", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A link text that does not say where it leads ("tại đây").
    CK0605, "lien-ket-mo-ho", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A link, heading, bold text or table whose signs Markdown does not take for marks.
    CK0606, "dau-khong-thanh", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A call for initiatives that does not say where to send.
    CK0607, "cach-gui-khong-dia-chi", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// An article without a text.
    CK0608, "bai-viet-rong", Severity::Warning, Stage::Check, "0.1.0"
);
