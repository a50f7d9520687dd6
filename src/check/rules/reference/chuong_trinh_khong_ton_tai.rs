//! Finds simplifications of programmes that the directory does not have (CK0414), or of any programme
//! on a site without a directory of programmes (CK0415).

use std::collections::BTreeSet;

use super::Suggestions;
use crate::check::Findings;
use crate::codes::{CK0414, CK0415};
use crate::inputs::FileKind;
use crate::model::Model;
use crate::{at, msg};

/// Looks up every programme that is named. Without a directory each programme is reported once.
pub fn check(model: &Model, found: &mut Findings) {
    if model.broken.kinds.contains(&FileKind::Programmes) {
        return;
    }
    let mut suggestions = Suggestions::new();
    let mut told = BTreeSet::new();
    for simplification in model.simplifications.values() {
        let number = &simplification.record.programme;
        let place = || simplification.at(at!["chuong_trinh"]);
        if model.programmes.is_empty() {
            if told.insert(number) {
                let message = msg!(
                    "chương trình `{number}` chưa được mô tả: chưa có danh-muc/chuong-trinh.yaml",
                    "the programme `{number}` is not described: there is no danh-muc/chuong-trinh.yaml"
                );
                found.report(CK0415, place(), message).help(msg!(
                    "tạo danh-muc/chuong-trinh.yaml với ma, ten, thoi_gian, muc_tieu, nguon của chương trình",
                    "make danh-muc/chuong-trinh.yaml with ma, ten, thoi_gian, muc_tieu, nguon of the programme"
                ));
            }
        } else if !model.programmes.contains_key(number) {
            let known = model.programmes.keys().map(|number| number.as_str());
            let help = suggestions.help(number.as_str(), known, || {
                msg!(
                    "thêm chương trình vào danh-muc/chuong-trinh.yaml, hoặc sửa số ở đây",
                    "add the programme to danh-muc/chuong-trinh.yaml, or correct the number here"
                )
            });
            let message = msg!(
                "danh mục không có chương trình `{number}`",
                "the directory has no programme `{number}`"
            );
            found.report(CK0414, place(), message).help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::Origin;
    use crate::base::path::SitePath;
    use crate::plan::testing::model;

    fn found(files: &[(&str, &str)]) -> Vec<(&'static str, Origin)> {
        let model = model("2026-11-23", files);
        let mut found = Findings::default();
        check(&model, &mut found);
        found.into_vec().into_iter().map(|d| (d.rule.code, d.place.origin)).collect()
    }

    #[test]
    fn without_a_directory_each_programme_is_told_of_once() {
        let text = |code: &str, programme: &str| {
            format!("ma: {code}\nten: A\nchuong_trinh: {programme}\nnoi_dung: B\ntrang_thai: de_xuat\n")
        };
        let (a, b, c) = (text("a", "X"), text("b", "X"), text("c", "Y"));
        let mut files = vec![
            ("cat-giam/a.yaml", a.as_str()),
            ("cat-giam/b.yaml", b.as_str()),
            ("cat-giam/c.yaml", c.as_str()),
        ];
        let at = |code, file: &str| (code, Origin::Content(SitePath::new(file).expect("a good path")));
        assert_eq!(found(&files), [at("CK0415", "cat-giam/a.yaml"), at("CK0415", "cat-giam/c.yaml")]);
        files.push(("danh-muc/chuong-trinh.yaml", "- {ma: Y, ten: C}\n"));
        assert_eq!(found(&files), [at("CK0414", "cat-giam/a.yaml"), at("CK0414", "cat-giam/b.yaml")]);
    }
}
