//! Rules of family 03: single values.

use super::rule;
use crate::base::diagnostic::{Rule, Severity, Stage};

rule!(
    /// A malformed procedure code.
    CK0301, "ma-thu-tuc-sai-dang", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A decision number of unusual form.
    CK0302, "so-quyet-dinh-sai-dang", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A legal text number of unusual form.
    CK0303, "so-van-ban-sai-dang", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A date that is malformed or not in the calendar.
    CK0304, "ngay-khong-co-that", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A date before 1945 or far in the future.
    CK0305, "ngay-dang-ngo", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A number that is not a plain whole number.
    CK0306, "so-sai-dang", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// An amount that is suspiciously small.
    CK0307, "so-tien-dang-ngo", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A deadline without a unit.
    CK0308, "thoi-han-thieu-don-vi", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A deadline of zero.
    CK0309, "thoi-han-bang-khong", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// One channel with several deadlines and nothing that tells them apart.
    CK0310, "thoi-han-mau-thuan", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// The same number with different units in different channels.
    CK0311, "thoi-han-lech-giua-cac-kenh", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// One fee under two names or amounts.
    CK0312, "phi-khong-thong-nhat", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A web address that is malformed or of a scheme that is not allowed.
    CK0313, "dia-chi-mang-sai", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A code (field, unit, section …) that is not lower-case letters, digits and hyphens.
    CK0314, "ma-sai-dang", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A path of an attachment that is malformed or climbs out of tep/.
    CK0315, "duong-dan-tep-sai", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A yes/no value that is not `true` or `false`.
    CK0316, "dung-sai-dang", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A period of figures that is no month, quarter or year.
    CK0317, "ky-sai-dang", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A simplification that makes something worse and does not say why.
    CK0326, "cat-giam-ma-tang-len", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A simplification that was dropped without a reason.
    CK0327, "khong-thuc-hien-khong-ly-do", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A simplification is said to be carried out, without the text that rules it or the day of effect.
    CK0328, "da-thuc-hien-thieu-can-cu", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A figure of a simplification that stands only on one side, so that nothing can be compared.
    CK0329, "cat-giam-chi-co-mot-ve", Severity::Note, Stage::Check, "0.1.0"
);

rule!(
    /// Parts of figures that do not add up to their whole.
    CK0318, "so-lieu-khong-khop", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A part of figures that is larger than its whole, or a share over 100 %.
    CK0319, "phan-lon-hon-toan-the", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A quarter or a year whose figures differ from the sum of its parts.
    CK0320, "ky-dai-khac-tong", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// Figures of fields that together are more than those of all fields.
    CK0321, "linh-vuc-lon-hon-toan-bo", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A gap in a series of periods.
    CK0322, "thieu-ky-so-lieu", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// Figures that do not tell, or tell wrongly, up to which day they hold. A warning: seen from an earlier
    /// day (`--date`), a period that is over now was not.
    CK0323, "den-ngay-sai", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// Figures of a period that has not begun; no page shows them.
    CK0324, "ky-chua-den", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A number that is ten times that of the period before, or a tenth.
    CK0325, "so-lieu-nhay-vot", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A public key that cannot be read.
    CK0330, "khoa-cong-khai-sai-dang", Severity::Error, Stage::Parse, "0.1.0"
);
