//! Finds mentions of tasks that no plan has (CK0411).

use std::collections::BTreeSet;

use super::Suggestions;
use crate::check::{Findings, mentions};
use crate::codes::CK0411;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::msg;

/// Looks up every task that is named, unless a plan could not be read: it may have the task.
pub fn check(model: &Model, found: &mut Findings) {
    if model.broken.kinds.contains(&FileKind::TaskPlan) {
        return;
    }
    let tasks = || model.plans.values().flat_map(|plan| &plan.record.tasks).map(|task| task.mark.as_str());
    let known: BTreeSet<&str> = tasks().collect();
    let mut suggestions = Suggestions::new();
    mentions::tasks(model, &mut |mark, place| {
        if known.contains(mark.as_str()) {
            return;
        }
        let help = suggestions.help(mark.as_str(), tasks(), || {
            msg!(
                "viết mã như trong ke-hoach/, ví dụ `I.1`; hoặc thêm nhiệm vụ vào kế hoạch",
                "write the mark as in ke-hoach/, such as `I.1`; or add the task to the plan"
            )
        });
        let message = msg!("không kế hoạch nào có nhiệm vụ `{mark}`", "no plan has a task `{mark}`");
        found.report(CK0411, place(), message).help(help);
    });
}
