//! Rules of family 07: the site and its theme.

use super::rule;
use crate::base::diagnostic::{Rule, Severity, Stage};

rule!(
    /// The content folder has no trang.yaml.
    CK0701, "thieu-trang-yaml", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// The base URL is an example address.
    CK0702, "dia-chi-trang-vi-du", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A page could not be rendered from its record.
    CK0703, "trang-khong-dung-duoc", Severity::Error, Stage::Render, "0.1.0"
);

rule!(
    /// The theme lacks a file or holds one that cannot be used.
    CK0704, "giao-dien-sai", Severity::Error, Stage::Plan, "0.1.0"
);

rule!(
    /// An exception of the policy that catches nothing.
    CK0705, "ngoai-le-thua", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// An exception of the policy names an unknown rule, or one that may not be lowered.
    CK0706, "ngoai-le-sai", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// The site gives citizens no address or phone of the agency.
    CK0707, "thieu-lien-he", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// The contact for weaknesses of the site is out of date, or soon will be.
    CK0715, "bao-mat-het-han", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// The contact for weaknesses of the site names nothing that can be used.
    CK0716, "bao-mat-thieu-noi-gui", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// Too many records of the last publication, or a whole kind of them, would vanish.
    CK0720, "mat-nhieu-ban-ghi", Severity::Error, Stage::Plan, "0.1.0"
);

rule!(
    /// A petition that was published would vanish.
    CK0721, "mat-phan-anh", Severity::Error, Stage::Plan, "0.1.0"
);

rule!(
    /// An address that was published would lead to nothing.
    CK0722, "dia-chi-chet", Severity::Error, Stage::Plan, "0.1.0"
);

rule!(
    /// The announced content of a procedure changed without a decision.
    CK0723, "sua-thu-tuc-khong-quyet-dinh", Severity::Error, Stage::Plan, "0.1.0"
);

rule!(
    /// An allowance that names nothing that could be allowed.
    CK0724, "cho-phep-sai", Severity::Error, Stage::Plan, "0.1.0"
);

rule!(
    /// A redirect whose ends do not fit.
    CK0725, "doi-dia-chi-sai", Severity::Error, Stage::Plan, "0.1.0"
);

rule!(
    /// A line of permalinks.lock that is none.
    CK0726, "khoa-dia-chi-sai", Severity::Error, Stage::Plan, "0.1.0"
);
