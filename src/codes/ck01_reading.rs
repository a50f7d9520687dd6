//! Rules of family 01: reading a file.

use super::rule;
use crate::base::diagnostic::{Rule, Severity, Stage};

rule!(
    /// The file is not UTF-8 text.
    CK0101, "khong-phai-utf8", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// The YAML cannot be parsed.
    CK0102, "sai-cu-phap-yaml", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A key stands twice in one mapping.
    CK0103, "khoa-trung", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// The front matter of an article is missing or not closed.
    CK0104, "dau-trang-khong-dong", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A record is over 1 MiB or an article over 5 MiB.
    CK0105, "tep-qua-lon", Severity::Error, Stage::Load, "0.1.0"
);

rule!(
    /// Anchors, aliases, merge keys, tags, complex keys, several documents: YAML that records do not use.
    CK0106, "yaml-khong-dung", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// Nested deeper than any record needs.
    CK0107, "long-qua-sau", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A NUL or other control character.
    CK0108, "ky-tu-dieu-khien", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// An invisible character; it is left out on reading.
    CK0109, "ky-tu-an", Severity::Warning, Stage::Parse, "0.1.0"
);

rule!(
    /// A bidirectional control character, which can make text read otherwise than it is.
    CK0110, "ky-tu-dao-chieu", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// A letter of another script inside a Vietnamese word.
    CK0111, "chu-cai-la", Severity::Warning, Stage::Parse, "0.1.0"
);

rule!(
    /// Text in an old Vietnamese encoding (TCVN3, VNI).
    CK0112, "bang-ma-cu", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// Text not in Unicode NFC; it is brought into NFC on reading.
    CK0113, "khong-dang-nfc", Severity::Note, Stage::Parse, "0.1.0"
);

rule!(
    /// A file whose name is almost right (`.yml`, `.YAML`, `.yaml.txt`, `a (1).yaml`), or of a kind that does not belong there.
    CK0114, "ten-tep-la", Severity::Error, Stage::Load, "0.1.0"
);

rule!(
    /// A folder that the content folder does not know.
    CK0115, "thu-muc-la", Severity::Error, Stage::Load, "0.1.0"
);

rule!(
    /// A symbolic link, FIFO, socket or device.
    CK0116, "khong-phai-tep-thuong", Severity::Error, Stage::Load, "0.1.0"
);

rule!(
    /// A file with nothing in it.
    CK0117, "tep-rong", Severity::Error, Stage::Parse, "0.1.0"
);

rule!(
    /// Words after ` #` are a comment for YAML and vanish from the value.
    CK0118,
    "chu-sau-dau-thang",
    Severity::Warning,
    Stage::Parse,
    "0.1.0"
);

rule!(
    /// Entries of a list that YAML joins into one line of text.
    CK0119,
    "danh-sach-bi-don",
    Severity::Warning,
    Stage::Parse,
    "0.1.0"
);

rule!(
    /// A remark behind a text, which may have been meant as a part of it.
    CK0120, "ghi-chu-sau-chu", Severity::Warning, Stage::Parse, "0.1.0"
);

rule!(
    /// Curly quotes around a text, which YAML keeps as a part of it.
    CK0121, "ngoac-cong-bao-ngoai", Severity::Warning, Stage::Parse, "0.1.0"
);
