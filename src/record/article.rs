//! An article (bài viết): YAML front matter and a text in Markdown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::List;
use super::scalar::{AssetPath, Code, Day, Flag, ProcedureCode, TaskMark, Text};
use super::source::Source;

/// The front matter of an article.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleHead {
    /// Tiêu đề.
    #[serde(rename = "tieu_de")]
    pub title: Text,
    /// Ngày đăng; bài có ngày sau ngày dựng trang thì chưa đăng.
    #[serde(rename = "ngay")]
    pub date: Day,
    /// Tóm tắt một, hai câu.
    #[serde(rename = "tom_tat")]
    pub summary: Text,
    /// Mã đơn vị viết bài, có trong danh-muc/don-vi.yaml.
    #[serde(rename = "don_vi")]
    pub unit: Option<Code>,
    /// Ảnh đầu bài.
    #[serde(rename = "anh")]
    pub image: Option<Image>,
    /// Mã các thủ tục mà bài nói tới.
    #[serde(rename = "thu_tuc", default)]
    pub procedures: List<ProcedureCode>,
    /// Mã các nhiệm vụ của kế hoạch mà bài phục vụ.
    #[serde(rename = "nhiem_vu", default)]
    pub tasks: List<TaskMark>,
    /// Nguồn.
    #[serde(rename = "nguon")]
    pub source: Option<Source>,
    /// Ngày cuối cùng bài còn đúng; sau ngày đó trang ghi rõ bài đã hết hạn.
    #[serde(rename = "het_han")]
    pub expires: Option<Day>,
    /// Bản nháp, chưa đăng.
    #[serde(rename = "ban_nhap", default)]
    pub draft: Flag,
    /// Bài minh họa; trang sẽ ghi rõ.
    #[serde(rename = "minh_hoa", default)]
    pub illustrative: Flag,
    /// Ghi chú của người biên tập, không bao giờ đăng.
    #[serde(rename = "ghi_chu_bien_tap")]
    pub editor_note: Option<Text>,
}

/// A picture with its description.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// Tệp ảnh trong tep/.
    #[serde(rename = "tep")]
    pub file: AssetPath,
    /// Mô tả ảnh cho người không nhìn thấy.
    #[serde(rename = "mo_ta")]
    pub description: Text,
}
