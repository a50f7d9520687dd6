//! What reads well and says something else than the clerk meant: words behind ` #` that YAML drops from a
//! text (CK0120), curly quotes from Word that YAML does not know as quotes and keeps (CK0121).
//!
//! Only texts are looked at. A remark behind a code, a date, a number or a choice is good style, and those
//! values have a form of their own that curly quotes break.

use super::schema::Shape;
use super::yaml::{Node, NodeKind, YamlFault, is_glued};
use crate::codes::{CK0120, CK0121};
use crate::msg;
use crate::record::scalar::{Scalar, Text};

/// Every place of `node`, read out of `yaml`, where the text of a value is likely not what was meant.
pub fn advise(node: &Node, shape: &Shape, yaml: &str) -> Vec<YamlFault> {
    let mut found = Vec::new();
    walk(node, shape, "", yaml, &mut found);
    found
}

/// Whether a line may hold a place for [`advise`]. Wrong alarms only cost time.
pub fn is_called_for(line: &str) -> bool {
    let behind_value = |at: usize| !line[..at].trim().is_empty();
    let opens_value = |at: usize| line[..at].trim_end().ends_with([':', '-', '[', ',']);
    line.match_indices(" #").any(|(at, _)| behind_value(at))
        || line.match_indices(OPENING).any(|(at, _)| opens_value(at))
}

fn walk(node: &Node, shape: &Shape, key: &str, yaml: &str, found: &mut Vec<YamlFault>) {
    match (shape, &node.kind) {
        (Shape::Scalar { name, .. }, NodeKind::Scalar { text, plain: true, .. })
            if *name == Text::NAME && !node.is_null() =>
        {
            found.extend(remark_behind(node, key, text, yaml));
            found.extend(curly_quotes(node, key, text));
        }
        (Shape::List(inner) | Shape::Filled(inner), NodeKind::List(items)) => {
            items.iter().for_each(|item| walk(item, inner, key, yaml, found));
        }
        (Shape::Map(keys), NodeKind::Map(entries)) => {
            for (name, content) in entries {
                let known = keys.iter().find(|key| Some(key.name.as_str()) == name.text());
                if let Some(key) = known {
                    walk(content, &key.shape, &key.name, yaml, found);
                }
            }
        }
        (Shape::Either(shapes), _) => shapes.iter().for_each(|shape| walk(node, shape, key, yaml, found)),
        _ => {}
    }
}

/// A remark behind a text, set off by a single space: as often as not it was meant as a part of the text.
/// Two spaces set off a remark on purpose.
fn remark_behind(node: &Node, key: &str, text: &str, yaml: &str) -> Option<YamlFault> {
    let line = yaml.get(node.span.end..)?.lines().next()?;
    let remark = line.strip_prefix(' ').filter(|rest| rest.starts_with('#'))?.trim_end();
    // One that is glued to its sign is found whatever stands before it (CK0118).
    if is_glued(remark) || looks_like_a_code(text) {
        return None;
    }
    let start = node.span.end + 1;
    let (value, lost) = (shortened(text), shortened(remark));
    Some(YamlFault {
        rule: CK0120,
        span: start..start + remark.len(),
        message: msg!(
            "`{lost}` không vào `{key}`: sau dấu cách, YAML coi `#` là lời ghi chú",
            "`{lost}` is left out of `{key}`: after a space, YAML takes `#` for a comment"
        ),
        help: msg!(
            "nếu là chữ của `{key}` thì đặt cả giá trị trong ngoặc kép: `\"{value} {lost}\"`; nếu là lời ghi chú thì để hai dấu cách trước `#`",
            "if it belongs to `{key}` put the whole value in quotes: `\"{value} {lost}\"`; put two spaces before `#` if it is a comment"
        ),
        first: None,
    })
}

/// Numbers of documents, phones, years: one word with a digit in it, or no letter at all.
fn looks_like_a_code(text: &str) -> bool {
    let one_word = !text.contains(char::is_whitespace);
    !text.contains(char::is_alphabetic) || (one_word && text.contains(|c: char| c.is_ascii_digit()))
}

/// What opens a quotation in print.
const OPENING: [char; 4] = ['“', '‘', '„', '«'];

/// What may close one that `open` opened, a slip of the pen included.
fn closes(open: char, close: char) -> bool {
    match open {
        '“' => matches!(close, '”' | '“' | '"' | '″'),
        '„' => matches!(close, '“' | '”' | '"'),
        '‘' => matches!(close, '’' | '‘' | '\''),
        '«' => close == '»',
        _ => false,
    }
}

/// A text wholly in curly quotes, with none inside: the clerk, or Word, meant the quotes of YAML.
fn curly_quotes(node: &Node, key: &str, text: &str) -> Option<YamlFault> {
    let open = text.chars().next().filter(|c| OPENING.contains(c))?;
    let close = text.chars().next_back().filter(|c| closes(open, *c))?;
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    let quote =
        |c: char| OPENING.contains(&c) || matches!(c, '”' | '»' | '"') || (c == close && close != '\'');
    if inner.trim().is_empty() || inner.contains(quote) {
        return None;
    }
    let repaired = inner.trim();
    let help = if repaired.chars().count() <= LONGEST_REPAIR {
        msg!(
            "viết `{key}: \"{repaired}\"`; nếu dấu {open} {close} là chữ của giá trị thì đặt thêm ngoặc kép thẳng ở ngoài: `\"{text}\"`",
            "write `{key}: \"{repaired}\"`; if the marks {open} {close} belong to the value put straight quotes around them: `\"{text}\"`"
        )
    } else {
        msg!(
            "thay bằng ngoặc kép thẳng `\"`; nếu dấu {open} {close} là chữ của giá trị thì đặt thêm ngoặc kép thẳng ở ngoài",
            "write straight quotes `\"` instead; if the marks {open} {close} belong to the value put straight quotes around them"
        )
    };
    Some(YamlFault {
        rule: CK0121,
        span: node.span.clone(),
        message: msg!(
            "dấu {open} {close} bao ngoài được giữ làm chữ của `{key}`: với YAML chỉ `\"` và `'` là ngoặc",
            "the marks {open} {close} stay in the text of `{key}`: to YAML only `\"` and `'` are quotes"
        ),
        help,
        first: None,
    })
}

/// A repair that is longer is better seen in the file.
const LONGEST_REPAIR: usize = 80;

/// The beginning of a text, for a message.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::schema::shape;
    use crate::parse::yaml::{needs_tree, tree};
    use crate::record::procedure::Procedure;

    /// The codes of what is found, with the words that it points at.
    fn found(yaml: &str) -> Vec<(&'static str, &str)> {
        let root = tree(yaml).root.expect("good YAML");
        let found = advise(&root, &shape::<Procedure>(), yaml);
        assert!(found.is_empty() || needs_tree(yaml), "{yaml}");
        found.into_iter().map(|fault| (fault.rule.code, &yaml[fault.span])).collect()
    }

    #[test]
    fn words_behind_a_text_are_asked_about() {
        for (yaml, lost) in [
            ("ten: A # b\n", "# b"),
            ("ten: Cấp phép loại # 1", "# 1"),
            ("trinh_tu:\n- Nộp hồ sơ # ở tầng 2  \n- Chờ\n", "# ở tầng 2"),
            ("ten: Ngôn ngữ C #\n", "#"),
            ("ho_so:\n- giay_to:\n  - ten: Đơn # theo mẫu\n", "# theo mẫu"),
            ("co_quan: {thuc_hien: Sở A} \nten: Tên # này\n", "# này"),
        ] {
            assert_eq!(found(yaml), [("CK0120", lost)], "{yaml}");
        }
    }

    #[test]
    fn remarks_in_good_style_are_left_alone() {
        for yaml in [
            "ma: 1.000001 # theo quyết định 949\n",
            "linh_vuc: so-huu-tri-tue # tạm xếp\n",
            "so_bo_ho_so: 5 # bộ\n",
            "cap_thuc_hien: [tinh] # cả xã\n",
            "nguon: {ten: Cổng, ngay: 2026-01-01} # xem lại\n",
            "nguon:\n  ngay: 2026-01-01 # xem lại\n",
            "ten: Tên thủ tục  # lời ghi chú, hai dấu cách\n",
            "ten: Tên thủ tục\t# lời ghi chú\n",
            "ten: \"Tên\" # lời ghi chú\n",
            "ten: Tên #1\n", // CK0118
            "# lời ghi chú\nten: A\n",
            "yeu_cau: | # lời ghi chú\n  Chữ # trong đoạn\n",
            "dia_chi_tiep_nhan: 0255.3822822 # điện thoại\n",
            "tu_khoa:\n- 12/2020/NĐ-CP # số văn bản\n",
            "ten: # sẽ ghi\n",
        ] {
            assert_eq!(found(yaml), [], "{yaml}");
        }
    }

    #[test]
    fn curly_quotes_around_a_text_are_no_quotes() {
        for (yaml, value) in [
            ("ten: “Cấp giấy phép”\n", "“Cấp giấy phép”"),
            ("tu_khoa: [“a b”, c]\n", "“a b”"),
            ("ten:   ‘Cấp’ \n", "‘Cấp’"),
            ("ten: “Cấp\"\n", "“Cấp\""),
            ("ten: «Cấp»\n", "«Cấp»"),
        ] {
            assert_eq!(found(yaml), [("CK0121", value)], "{yaml}");
        }
        for fine in [
            "ten: \"“Cấp giấy phép”\"\n",
            "ten: Cấp “giấy phép”\n",
            "ten: “Một” và “hai”\n",
            "ten: “Một” rồi\n",
            "ten: “”\n",
            "ma: “1.000001”\n",
        ] {
            assert_eq!(found(fine), [], "{fine}");
        }
    }
}
