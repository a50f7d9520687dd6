//! Where a fact comes from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::scalar::{Day, Text, WebAddress};

/// A source (nguồn): what it is called, where it is, and its date.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Tên nguồn.
    #[serde(rename = "ten")]
    pub name: Option<Text>,
    /// Địa chỉ trang nguồn.
    #[serde(rename = "lien_ket")]
    pub link: Option<WebAddress>,
    /// Ngày của nguồn hoặc ngày đọc nguồn.
    #[serde(rename = "ngay")]
    pub date: Option<Day>,
}
