//! Rules of family 05: law and time.

use super::rule;
use crate::base::diagnostic::{Rule, Severity, Stage};

rule!(
    /// A procedure that no decision on the site announces.
    CK0501, "chua-co-quyet-dinh-cong-bo", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A decision changes a procedure that was abolished before.
    CK0502, "sua-doi-sau-khi-bai-bo", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// Effective before it was signed.
    CK0503, "hieu-luc-truoc-khi-ky", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A legal basis that is no longer in force on the day of the build.
    CK0504, "can-cu-het-hieu-luc", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A procedure that lacks a part which article 8.2 of decree 63/2010 asks for.
    CK0505, "noi-dung-chua-du", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// The paper household or temporary residence book is demanded.
    CK0506, "doi-so-ho-khau", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A period of validity that ends before it begins, or a text replaced by itself.
    CK0507, "hieu-luc-nguoc", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// The year of the build has no holidays in the calendar.
    CK0508, "thieu-lich-nghi", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A result dated before the petition came in.
    CK0509, "ket-qua-truoc-tiep-nhan", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// Acts on a petition in an impossible order.
    CK0510, "dien-bien-sai-thu-tu", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A result made public before it was given.
    CK0511, "cong-khai-truoc-tra-loi", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A petition closed without an answer.
    CK0512, "dong-ma-khong-tra-loi", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A petition refused without a reason.
    CK0513, "tu-choi-khong-ly-do", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// An answer that is not public after the days allowed.
    CK0514, "tra-loi-chua-cong-khai", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A gap in the yearly numbering of petitions.
    CK0515, "thieu-so-thu-tu", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A petition that is open and late.
    CK0516, "phan-anh-qua-han", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// Code, folder and receipt of a petition name different years.
    CK0517, "phan-anh-sai-nam", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A call for initiatives that closes before it opens.
    CK0522, "dot-keu-goi-dong-truoc-mo", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A contribution without a decision although the call is closed or the limit is past.
    CK0523, "gop-y-chua-ket-luan", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A contribution adopted without an answer, or not adopted without a reason.
    CK0524, "ket-luan-khong-giai-thich", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// A contribution dated outside its call, or after the day of the build.
    CK0525, "gop-y-ngoai-dot", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// An essential service that nobody has looked at for long.
    CK0526, "dich-vu-lau-chua-xem-lai", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A simplification is said to be carried out, but takes effect after the day of the build.
    CK0518, "da-thuc-hien-chua-hieu-luc", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A simplification that takes effect outside the days of its programme.
    CK0519, "hieu-luc-ngoai-chuong-trinh", Severity::Note, Stage::Check, "0.1.0"
);

rule!(
    /// A conclusion of an inspection that has not begun.
    CK0520, "ket-luan-truoc-kiem-tra", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// An inspection without a conclusion after the days allowed.
    CK0521, "kiem-tra-chua-ket-luan", Severity::Warning, Stage::Check, "0.1.0"
);

rule!(
    /// A procedure that replaces itself.
    CK0530, "thay-the-chinh-minh", Severity::Error, Stage::Check, "0.1.0"
);

rule!(
    /// Procedures that replace each other on one day.
    CK0531, "thay-the-lan-nhau", Severity::Error, Stage::Check, "0.1.0"
);
