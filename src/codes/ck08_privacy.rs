//! Rules of family 08: privacy. Their severity is fixed: no policy may lower them.

use super::rule;
use crate::base::diagnostic::{Rule, Severity, Stage};

rule!(
    /// An identity number (twelve digits, or the old nine).
    CK0801,
    "so-dinh-danh",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// A telephone number that is not a public contact of an office.
    CK0802,
    "so-dien-thoai",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// An e-mail address that is not a public contact of an office.
    CK0803,
    "thu-dien-tu",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// A bank account or card number.
    CK0804,
    "tai-khoan-ngan-hang",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// A tax code.
    CK0805,
    "ma-so-thue",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// A passport number.
    CK0806,
    "so-ho-chieu",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// A licence plate.
    CK0807,
    "bien-so-xe",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// A date of birth.
    CK0808,
    "ngay-sinh",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// Where a person lives.
    CK0809,
    "noi-o",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// The name of a private person.
    CK0810,
    "ten-nguoi",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// Geographic coordinates.
    CK0811,
    "toa-do",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// A social or health insurance number.
    CK0813,
    "ma-so-bao-hiem",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// A driving licence number.
    CK0814,
    "giay-phep-lai-xe",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// A plot of land by its number.
    CK0815,
    "thua-dat",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// A person's page in a social network.
    CK0816,
    "trang-mang-xa-hoi",
    Severity::Error,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// An exception of privacy whose text stands nowhere.
    CK0817,
    "ngoai-le-rieng-tu-thua",
    Severity::Warning,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// An exception of privacy in use, listed so that it is seen.
    CK0818,
    "ngoai-le-rieng-tu",
    Severity::Note,
    Stage::Check,
    "0.1.0"
);

rule!(
    /// The metadata of an attachment names a person or a firm.
    CK0812,
    "sieu-du-lieu-neu-ten",
    Severity::Warning,
    Stage::Load,
    "0.1.0"
);

rule!(
    /// The metadata of an attachment tells where a picture was taken.
    CK0819,
    "toa-do-trong-tep",
    Severity::Error,
    Stage::Load,
    "0.1.0"
);

rule!(
    /// The metadata of an attachment cannot be looked into.
    CK0820,
    "khong-xem-duoc-sieu-du-lieu",
    Severity::Warning,
    Stage::Load,
    "0.1.0"
);

rule!(
    /// A private key among the files of the content.
    CK0821,
    "khoa-bi-mat-trong-noi-dung",
    Severity::Error,
    Stage::Load,
    "0.1.0"
);
