//! Which file a new record goes into.

use super::value::Value;
use crate::inputs::FileKind;
use crate::vi::slug::slug;

/// The key by which a record of this kind is known, if files of the kind are named after their record.
pub fn identity(kind: FileKind) -> Option<&'static str> {
    match kind {
        FileKind::Procedure
        | FileKind::Petition
        | FileKind::Inspection
        | FileKind::Simplification
        | FileKind::Initiative => Some("ma"),
        FileKind::Decision => Some("so"),
        FileKind::TaskPlan => Some("nam"),
        FileKind::Statistics => Some("ky"),
        FileKind::Article => Some("tieu_de"),
        FileKind::Site
        | FileKind::Fields
        | FileKind::Units
        | FileKind::Laws
        | FileKind::Holidays
        | FileKind::EssentialServices
        | FileKind::Programmes => None,
    }
}

/// The file of a new record, below the content folder. `group` is the section of an article.
///
/// `None` if the value it is named after is missing, or gives no name.
pub fn place(kind: FileKind, files: &str, given: &[(String, Value)], group: Option<&str>) -> Option<String> {
    let Some(key) = identity(kind) else { return Some(files.to_owned()) };
    let text = |key: &str| {
        given.iter().find(|(known, _)| known == key).and_then(|(_, value)| match value {
            Value::Scalar(text) => Some(text.trim()),
            _ => None,
        })
    };
    let known_by = text(key)?;
    let as_is = known_by.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        && !known_by.starts_with(['.', '-']);
    let name = if as_is { known_by.to_owned() } else { slug(known_by) };
    if name.is_empty() {
        return None;
    }
    let group = match kind {
        FileKind::Article => group?.to_owned(),
        FileKind::Petition => {
            let year = |text: &str| {
                text.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned)
            };
            text("ngay_tiep_nhan").and_then(year).or_else(|| year(known_by))?
        }
        _ => String::new(),
    };
    // `thu-tuc/*.yaml`, `phan-anh/*/*.yaml`: the last star is the name, the one before it the group.
    let (head, extension) = files.rsplit_once('*')?;
    let head = head.replacen('*', &group, 1);
    Some(format!("{head}{name}{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_goes_where_others_of_its_kind_are() {
        let given = |pairs: &[(&str, &str)]| -> Vec<(String, Value)> {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect()
        };
        for (kind, files, pairs, group, wanted) in [
            (
                FileKind::Procedure,
                "thu-tuc/*.yaml",
                &[("ma", "1.014888")][..],
                None,
                Some("thu-tuc/1.014888.yaml"),
            ),
            (
                FileKind::Decision,
                "quyet-dinh/*.yaml",
                &[("so", "949/QĐ-UBND")],
                None,
                Some("quyet-dinh/949-qd-ubnd.yaml"),
            ),
            (
                FileKind::Petition,
                "phan-anh/*/*.yaml",
                &[("ma", "2026-001")],
                None,
                Some("phan-anh/2026/2026-001.yaml"),
            ),
            (FileKind::Petition, "phan-anh/*/*.yaml", &[("ma", "pa-1")], None, None),
            (
                FileKind::Article,
                "bai-viet/*/*.md",
                &[("tieu_de", "Nộp hồ sơ")],
                Some("tin"),
                Some("bai-viet/tin/nop-ho-so.md"),
            ),
            (FileKind::Article, "bai-viet/*/*.md", &[("tieu_de", "Nộp hồ sơ")], None, None),
            (FileKind::Procedure, "thu-tuc/*.yaml", &[("ma", "../x")], None, Some("thu-tuc/x.yaml")),
            (FileKind::Site, "trang.yaml", &[], None, Some("trang.yaml")),
        ] {
            assert_eq!(place(kind, files, &given(pairs), group).as_deref(), wanted, "{pairs:?}");
        }
    }
}
