//! Finds personal data in texts that are to be published, and masks it.
//!
//! 1. `prepare` undoes disguises: other scripts' digits, invisible characters, odd blanks. The
//!    text is looked at twice, as written and as rendered (`render`).
//! 2. The detectors, one file per kind, propose hits. Each validates (province, century, operator,
//!    check digit) or wants a key word near by; most do both.
//! 3. [`scan()`] settles overlaps, takes out what is [`Allowed`] and maps hits to the original bytes.
//!
//! A finding shows its datum masked and never else: reports are kept in logs that anyone can read.

mod address;
mod allow;
mod bank;
mod birth;
mod context;
mod coordinates;
mod digits;
mod email;
mod identity;
mod insurance;
mod land;
mod lexicon;
mod licence;
mod mask;
mod name;
mod passport;
mod phone;
mod plate;
mod prepare;
mod render;
mod scan;
pub mod secret;
mod social;
mod spelled;
mod tax;

pub use allow::Allowed;
pub use mask::{mask, redact};
pub use scan::scan;

use std::ops::Range;

/// What sort of personal datum it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Personal identification number of twelve digits (số định danh cá nhân, số căn cước).
    IdentityNumber,
    /// Number of an identity card of before 2016, nine digits (chứng minh nhân dân).
    OldIdentityNumber,
    /// Mobile telephone (điện thoại di động).
    Phone,
    /// Fixed telephone (điện thoại cố định).
    Landline,
    /// E-mail address (thư điện tử).
    Email,
    /// Bank account or card (số tài khoản, số thẻ).
    BankAccount,
    /// Tax code (mã số thuế).
    TaxCode,
    /// Social or health insurance number (mã số BHXH, thẻ BHYT).
    Insurance,
    /// Passport (hộ chiếu).
    Passport,
    /// Driving licence (giấy phép lái xe).
    DrivingLicence,
    /// Licence plate of a vehicle (biển số xe).
    LicencePlate,
    /// Date or year of birth (ngày sinh, năm sinh).
    BirthDate,
    /// Where a person lives (nơi ở).
    PrivateAddress,
    /// A plot of land by its number (thửa đất, tờ bản đồ).
    LandPlot,
    /// Name of a private person (họ tên).
    PersonName,
    /// Geographic coordinates (tọa độ).
    Coordinates,
    /// A person's page in a social network (trang mạng xã hội).
    SocialProfile,
}

impl Kind {
    /// All kinds, in the order of reports.
    pub const ALL: [Kind; 17] = [
        Kind::IdentityNumber,
        Kind::OldIdentityNumber,
        Kind::Phone,
        Kind::Landline,
        Kind::Email,
        Kind::BankAccount,
        Kind::TaxCode,
        Kind::Insurance,
        Kind::Passport,
        Kind::DrivingLicence,
        Kind::LicencePlate,
        Kind::BirthDate,
        Kind::PrivateAddress,
        Kind::LandPlot,
        Kind::PersonName,
        Kind::Coordinates,
        Kind::SocialProfile,
    ];

    /// The word of machine formats and of the labelled cases.
    pub fn key(self) -> &'static str {
        match self {
            Kind::IdentityNumber => "cccd",
            Kind::OldIdentityNumber => "cmnd",
            Kind::Phone => "phone",
            Kind::Landline => "landline",
            Kind::Email => "email",
            Kind::BankAccount => "bank",
            Kind::TaxCode => "tax",
            Kind::Insurance => "bhxh",
            Kind::Passport => "passport",
            Kind::DrivingLicence => "gplx",
            Kind::LicencePlate => "plate",
            Kind::BirthDate => "dob",
            Kind::PrivateAddress => "address",
            Kind::LandPlot => "land",
            Kind::PersonName => "name",
            Kind::Coordinates => "coordinates",
            Kind::SocialProfile => "social",
        }
    }

    /// What an editor calls it.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Kind::IdentityNumber => "số định danh cá nhân",
            Kind::OldIdentityNumber => "số chứng minh nhân dân",
            Kind::Phone => "số điện thoại",
            Kind::Landline => "số điện thoại cố định",
            Kind::Email => "địa chỉ thư điện tử",
            Kind::BankAccount => "số tài khoản hoặc số thẻ ngân hàng",
            Kind::TaxCode => "mã số thuế",
            Kind::Insurance => "mã số bảo hiểm",
            Kind::Passport => "số hộ chiếu",
            Kind::DrivingLicence => "số giấy phép lái xe",
            Kind::LicencePlate => "biển số xe",
            Kind::BirthDate => "ngày sinh",
            Kind::PrivateAddress => "nơi ở",
            Kind::LandPlot => "số thửa đất",
            Kind::PersonName => "họ tên",
            Kind::Coordinates => "tọa độ",
            Kind::SocialProfile => "trang mạng xã hội",
        }
    }

    /// Whether it alone leads to one person, so that no site may ever lower it to a warning.
    pub fn is_hard(self) -> bool {
        matches!(
            self,
            Kind::IdentityNumber
                | Kind::OldIdentityNumber
                | Kind::Phone
                | Kind::Landline
                | Kind::Email
                | Kind::BankAccount
        )
    }
}

/// Where a text stands, and so how strictly it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What citizens wrote or what was written about them: names, homes, land and pages count too,
    /// and so does every telephone that is not [`Allowed`].
    Petition,
    /// Everything else. The telephones and mailboxes of offices belong there: fixed telephones
    /// count only where the text speaks of a person.
    Other,
}

/// A personal datum in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Where it stands: bytes of the original text, on borders of characters.
    pub range: Range<usize>,
    /// What may be shown of it: `0912***678`.
    pub masked: String,
}

/// What a detector proposes; places are those of the view.
#[derive(Debug, Clone)]
struct Hit {
    kind: Kind,
    range: Range<usize>,
    /// The datum in its plain form: digits only, or the folded address.
    value: String,
    weight: Weight,
}

/// How sure a detector is; decides between hits that overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// The form and the words around it agree.
    Likely,
    /// The datum proves itself: province and century, operator, check digit.
    Valid,
    /// A key word announces it.
    Announced,
    /// It could be nothing else.
    Certain,
}
