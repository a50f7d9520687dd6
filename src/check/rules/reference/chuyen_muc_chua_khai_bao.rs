//! Finds folders of articles, and evidence of tasks, of a section that trang.yaml does not list (CK0412).

use std::collections::BTreeSet;

use super::Suggestions;
use crate::base::diagnostic::{Message, Place};
use crate::check::Findings;
use crate::codes::CK0412;
use crate::model::Model;
use crate::record::scalar::Code;
use crate::{at, msg};

/// Looks up the folder of every article, once a folder, and the sections that plans count as evidence.
pub fn check(model: &Model, found: &mut Findings) {
    let mut suggestions = Suggestions::new();
    let mut help = |code: &Code| -> Message {
        let known = model.site.record.sections.iter().map(|section| section.code.as_str());
        suggestions.help(code.as_str(), known, || {
            msg!(
                "thêm vào chuyen_muc trong trang.yaml: `ma: {code}` và `ten: …`",
                "add it to chuyen_muc in trang.yaml: `ma: {code}` and `ten: …`"
            )
        })
    };
    let mut reported: BTreeSet<&Code> = BTreeSet::new();
    for (id, article) in &model.articles {
        let code = &id.section;
        if model.section(code).is_some() || !reported.insert(code) {
            continue;
        }
        let message = msg!(
            "trang.yaml không khai báo chuyên mục `{code}` (thư mục bai-viet/{code})",
            "trang.yaml does not list the section `{code}` (the folder bai-viet/{code})"
        );
        let help = help(code);
        found.report(CK0412, Place::file(&article.file), message).help(help);
    }
    for plan in model.plans.values() {
        for (i, task) in plan.record.tasks.iter().enumerate() {
            for (j, evidence) in task.evidence.iter().enumerate() {
                let Some(code) = &evidence.section else { continue };
                if model.section(code).is_some() {
                    continue;
                }
                let place = plan.at(at!["nhiem_vu", i, "minh_chung", j, "chuyen_muc"]);
                let message = msg!(
                    "trang.yaml không khai báo chuyên mục `{code}`",
                    "trang.yaml does not list the section `{code}`"
                );
                let help = help(code);
                found.report(CK0412, place, message).help(help);
            }
        }
    }
}
