//! Finds procedures that no decision on the site announces (CK0501).

use crate::check::Findings;
use crate::codes::CK0501;
use crate::inputs::FileKind;
use crate::model::Model;
use crate::model::state::Standing;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Looks for procedures that no event announced, unless a decision could not be read: it may name them.
/// A decision that will amend or end a procedure says that it is there, not by which decision.
pub fn check(model: &Model, found: &mut Findings) {
    if model.broken.kinds.contains(&FileKind::Decision) {
        return;
    }
    for (code, procedure) in &model.procedures {
        let state = model.state(code);
        if state.standing != Standing::Unannounced {
            continue;
        }
        let message = msg!(
            "không quyết định nào trên trang công bố thủ tục `{code}`",
            "no decision on this site announces the procedure `{code}`"
        );
        let report = found.report(CK0501, procedure.at(at!["ma"]), message).help(msg!(
            "thêm quyết định công bố vào quyet-dinh/ và ghi mã này ở muc",
            "add the announcing decision to quyet-dinh/ and name this code in its muc"
        ));
        let next = state.next.and_then(|next| model.history.get(code)?.get(next));
        if let Some((event, (decision, _))) = next.and_then(|event| Some((event, model.item(event)?))) {
            let from = date_short(event.effective);
            report.also(
                decision.at(at!["muc", event.item]),
                msg!(
                    "mục này chỉ nói điều sẽ có từ {from}, không công bố thủ tục",
                    "this entry only says what will be from {from}; it does not announce the procedure"
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    fn told(on: &str, change: &str, effective: &str) -> Vec<usize> {
        let procedure = "ma: 1.000001\nten: Cấp phép\nlinh_vuc: a\n";
        let decision = format!(
            "so: 1/QĐ-A\nngay_ky: 2026-01-01\nngay_hieu_luc: {effective}\nco_quan: A\ntrich_yeu: B\nmuc:\n- {{thu_tuc: 1.000001, loai: {change}}}\n"
        );
        let files = [("thu-tuc/1.000001.yaml", procedure), ("quyet-dinh/1.yaml", decision.as_str())];
        let mut found = Findings::default();
        check(&model(on, &files), &mut found);
        found.into_vec().into_iter().map(|found| found.related.len()).collect()
    }

    #[test]
    fn a_coming_end_or_amendment_announces_nothing() {
        for change in ["bai_bo", "sua_doi_bo_sung", "chuan_hoa"] {
            assert_eq!(told("2026-06-01", change, "2027-01-01"), [1], "{change} to come");
            assert!(told("2027-01-01", change, "2027-01-01").is_empty(), "{change} in effect");
        }
        for change in ["ban_hanh_moi", "cong_bo", "thay_the"] {
            assert!(told("2026-06-01", change, "2027-01-01").is_empty(), "{change} to come");
        }
    }
}
