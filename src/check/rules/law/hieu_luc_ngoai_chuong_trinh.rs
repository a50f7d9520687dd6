//! Finds simplifications that take effect before or after the days of their programme (CK0519).

use crate::check::Findings;
use crate::codes::CK0519;
use crate::model::Model;
use crate::vi::number::date_short;
use crate::{at, msg};

/// Compares the day of effect with the programme's days. A cut that was decided under a programme may
/// well take effect after it, so this is only a note.
pub fn check(model: &Model, found: &mut Findings) {
    for simplification in model.simplifications.values() {
        let record = &simplification.record;
        let Some(programme) = model.programmes.get(&record.programme) else { continue };
        let (Some(effective), Some(days)) = (record.effective, &programme.record.days) else { continue };
        let (key, edge) = match () {
            () if effective < days.from => ("tu", days.from),
            () if effective > days.to => ("den", days.to),
            () => continue,
        };
        let number = &record.programme;
        let (from, edge) = (date_short(effective.0), date_short(edge.0));
        let message = match key {
            "tu" => msg!(
                "có hiệu lực từ {from}, trước khi chương trình `{number}` bắt đầu ({edge})",
                "takes effect on {from}, before the programme `{number}` begins ({edge})"
            ),
            _ => msg!(
                "có hiệu lực từ {from}, sau khi chương trình `{number}` kết thúc ({edge})",
                "takes effect on {from}, after the programme `{number}` ended ({edge})"
            ),
        };
        found
            .report(CK0519, simplification.at(at!["ngay_hieu_luc"]), message)
            .help(msg!(
                "xem lại ngày và chuong_trinh; đúng như vậy thì không phải sửa gì",
                "check the day and chuong_trinh; if both are right, leave them"
            ))
            .also(
                programme.at(at!["thoi_gian", key]),
                msg!("thời gian của chương trình", "the days of the programme"),
            );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    #[test]
    fn both_ends_of_a_programme_belong_to_it() {
        let programme = "- {ma: X, ten: C, thoi_gian: {tu: 2020-05-12, den: 2025-12-31}}\n";
        for (day, told) in [
            ("2020-05-11", Some("trước khi")),
            ("2020-05-12", None),
            ("2025-12-31", None),
            ("2026-01-01", Some("sau khi")),
        ] {
            let cut = format!(
                "ma: a\nten: A\nchuong_trinh: X\nnoi_dung: B\ntrang_thai: phe_duyet\nngay_hieu_luc: {day}\n"
            );
            let files = [("cat-giam/a.yaml", &*cut), ("danh-muc/chuong-trinh.yaml", programme)];
            let mut found = Findings::default();
            check(&model("2026-11-23", &files), &mut found);
            let found = found.into_vec();
            assert_eq!(found.len(), usize::from(told.is_some()), "{day}");
            assert!(found.iter().all(|d| told.is_some_and(|words| d.message.vi.contains(words))), "{day}");
        }
    }
}
