//! Rules of family 04: what one record says of another.

use super::rule;
use crate::base::diagnostic::{Rule, Severity, Stage};

rule!(
    /// A procedure that is not on the site.
    CK0401, "thu-tuc-khong-ton-tai", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A field that is not in the directory.
    CK0402, "linh-vuc-khong-ton-tai", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A unit that is not in the directory.
    CK0403, "don-vi-khong-ton-tai", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A legal text that is not in the directory.
    CK0404, "van-ban-khong-ton-tai", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// An attachment that is not in tep/.
    CK0405, "tep-khong-ton-tai", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// The same code or number in two records.
    CK0406, "trung-ma", Severity::Error, Stage::Model, "0.1.0"
);

rule!(
    /// Two pages with one address.
    CK0407, "trung-dia-chi", Severity::Error, Stage::Plan, "0.1.0"
);

rule!(
    /// A link in a text leads to nothing on this site.
    CK0408, "lien-ket-gay", Severity::Error, Stage::Plan, "0.1.0"
);

rule!(
    /// A link leads to a place in a page that is not there.
    CK0409, "neo-khong-co", Severity::Error, Stage::Render, "0.1.0"
);

rule!(
    /// An attachment that no record refers to.
    CK0410, "tep-khong-ai-dung", Severity::Note, Stage::Check, "0.1.0"
);

rule!(
    /// A task that no plan has.
    CK0411, "nhiem-vu-khong-ton-tai", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A folder of articles that trang.yaml does not list as a section.
    CK0412, "chuyen-muc-chua-khai-bao", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A record in use points to an abolished procedure as if it were in force.
    CK0413, "nhac-thu-tuc-da-bai-bo", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// The guide to residence data rests on a legal text that the site does not know.
    CK0416, "can-cu-cu-tru-khong-ton-tai", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A programme of cutting regulations that the directory does not have.
    CK0414, "chuong-trinh-khong-ton-tai", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A programme is named, but the site has no directory of programmes at all.
    CK0415, "chuong-trinh-chua-mo-ta", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// An address that is kept for the later pages of a long list.
    CK0418, "ten-danh-rieng", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A link to an article that will be published later.
    CK0419, "lien-ket-bai-chua-dang", Severity::Warning, Stage::Plan, "0.1.0"
);
