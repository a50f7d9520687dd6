//! The pages of the rules: what their blocks stand for, and the list of them all.

use crate::base::diagnostic::{Message, Rule, Severity};
use crate::markdown::{self, Target};
use crate::msg;

/// The families of rules, by the two digits behind `CK`.
pub fn families() -> [(&'static str, Message); 8] {
    [
        ("01", msg!("Đọc tệp", "Reading files")),
        ("02", msg!("Các khóa của bản ghi", "Keys of records")),
        ("03", msg!("Giá trị: mã, ngày, số, tiền", "Values: codes, days, numbers, money")),
        ("04", msg!("Chỗ này dẫn tới chỗ khác", "References")),
        ("05", msg!("Nội dung, thời hạn, hiệu lực theo quy định", "Contents, deadlines and validity")),
        ("06", msg!("Bài viết và chữ trên trang", "Articles and texts")),
        ("07", msg!("Cả trang và giao diện", "The site and its theme")),
        ("08", msg!("Dữ liệu cá nhân", "Personal data")),
    ]
}

/// The name of a rule, as its page has it.
pub fn title(rule: &Rule) -> &'static str {
    let line = rule.doc.lines().next().unwrap_or_default();
    line.trim_start_matches("# ").trim_start_matches(rule.code).trim()
}

/// A rule's page as markup, without its heading: for pages that are not of the handbook. What does not lead out
/// of it is shown as words.
pub fn html(rule: &Rule) -> String {
    let text = with_places(rule.doc);
    let mut resolve = |target: &Target| match target {
        Target::External(url) => Some(url.clone()),
        _ => None,
    };
    markdown::html(super::words(&text), &super::options(title(rule)), &mut resolve)
}

/// What a block of a rule's page stands for: `yaml sửa: thu-tuc/a.yaml` is about that file.
pub fn place(info: &str) -> Option<String> {
    let (what, file) = info.split_once(": ")?;
    Some(match what.split_once(' ') {
        Some(("byte", _)) => format!("Tệp {file}, từng byte:"),
        Some((_, "thêm vào")) => format!("Thêm vào cuối tệp {file}:"),
        Some((_, "sửa")) => format!("Trong tệp {file}:"),
        Some((_, "xóa")) => format!("Không có tệp {file}:"),
        _ => format!("Cả tệp {file}:"),
    })
}

/// A rule's page with the file of each block told in front of it, as readers cannot see what stands behind
/// the fence. Fences get longer, since a block may hold one.
pub(super) fn with_places(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(_) if inside => {
                inside = false;
                out.push_str("``````\n");
            }
            Some(info) => {
                inside = true;
                if let Some(place) = place(info) {
                    out.push_str(&format!("\n{place}\n\n"));
                }
                out.push_str("``````\n");
            }
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

/// The list of all rules, by family.
pub(super) fn index(rules: &[&Rule]) -> String {
    let mut out = "# Các quy tắc, theo mã\n\nMỗi quy tắc một trang: vì sao, ví dụ sai, ví dụ đúng, căn cứ. Gõ `congkhai explain CK0301` cũng được trang đó.\n".to_owned();
    for (digits, name) in families() {
        out.push_str(&format!("\n## {}\n\n", name.vi));
        for rule in rules.iter().filter(|rule| rule.code[2..].starts_with(digits)) {
            let severity = match rule.severity {
                Severity::Error => "lỗi",
                Severity::Warning => "cảnh báo",
                Severity::Note => "ghi chú",
            };
            let (code, title) = (rule.code, title(rule));
            out.push_str(&format!("- [{code} {title}]({code}.md) ({severity})\n"));
        }
    }
    out
}
