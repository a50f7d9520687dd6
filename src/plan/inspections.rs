//! Inspections as pages and feeds show them: what they are called, when they were, where they stand.

use std::cmp::Reverse;

use super::view::{DateView, TagView};
use crate::base::date::Date;
use crate::markdown;
use crate::model::inspection::{Course, Stage, course};
use crate::model::{Filed, Model};
use crate::record::inspection::Inspection;
use crate::vi::number;

/// An inspection with where it stands.
pub type Known<'m> = (&'m Filed<Inspection>, Course);

/// Every inspection, the latest beginning first; of one day the later code first.
pub fn newest_first(model: &Model) -> Vec<Known<'_>> {
    let mut all: Vec<Known<'_>> =
        model.inspections.values().map(|filed| (filed, course(model, &filed.record))).collect();
    all.sort_by_key(|(filed, _)| (Reverse(filed.record.days.from), Reverse(filed.record.code.clone())));
    all
}

/// What an inspection is called: its name, else the beginning of what is inspected.
pub fn title(record: &Inspection) -> String {
    const LONGEST: usize = 90;
    if let Some(name) = &record.name {
        return name.as_str().to_owned();
    }
    let words = markdown::plain(record.content.as_str());
    let sentence = words.trim().trim_end_matches('.');
    if sentence.chars().count() <= LONGEST {
        return sentence.to_owned();
    }
    let mut short = String::new();
    for word in sentence.split_whitespace() {
        if short.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    if short.is_empty() {
        short = sentence.chars().take(LONGEST).collect();
    }
    format!("{}…", short.trim_end_matches([',', ';', ':', '-', '–', '.', ' ']))
}

/// When it was: `từ 1/6/2026 đến 5/6/2026`, or one day.
pub fn when(record: &Inspection) -> String {
    let short = |day: Date| DateView::from(day).short;
    let (from, to) = (record.days.from.0, record.days.to.0);
    if from == to {
        format!("ngày {}", short(from))
    } else {
        format!("từ {} đến {}", short(from), short(to))
    }
}

/// Where it stands, and how late the conclusion is.
pub fn tags(record: &Inspection, course: Course) -> Vec<TagView> {
    let kind = match course.stage {
        Stage::Announced | Stage::Running => "info",
        Stage::Finished => "warn",
        Stage::Concluded => "ok",
    };
    let mut tags = vec![TagView::new(course.stage.label(), kind)];
    if course.late > 0 {
        let days = number::thousands(u64::from(course.late));
        tags.push(TagView::new(format!("Quá hạn {days}\u{A0}ngày làm\u{A0}việc"), "bad"));
    }
    if record.illustrative.0 {
        tags.push(TagView::new("Minh họa", "warn"));
    }
    tags
}

/// The day on which something last happened to it, as far as the record tells: while it is announced
/// the day of its source, while it runs its first day, and then its last or the day of its source.
pub fn day(model: &Model, record: &Inspection, course: Course) -> Option<Date> {
    let today = model.as_of.date();
    let read = record.source.as_ref().and_then(|source| source.date).map(|day| day.0);
    let read = read.filter(|day| *day <= today);
    match course.stage {
        Stage::Announced => read,
        Stage::Running => Some(record.days.from.0),
        Stage::Finished => Some(record.days.to.0),
        Stage::Concluded => Some(read.map_or(record.days.to.0, |read| read.max(record.days.to.0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    fn named(more: &str) -> String {
        let text = format!("ma: a\nngay: {{tu: 2026-06-01, den: 2026-06-01}}\ndon_vi: [so]\n{more}");
        let model = model("2026-06-01", &[("kiem-tra/a.yaml", &text)]);
        model.inspections.values().map(|filed| title(&filed.record)).collect()
    }

    #[test]
    fn an_inspection_without_a_name_is_called_by_what_is_inspected() {
        assert_eq!(named("ten: Đợt một\nnoi_dung: Việc khác.\n"), "Đợt một");
        assert_eq!(named("noi_dung: Việc **tiếp nhận** hồ sơ.\n"), "Việc tiếp nhận hồ sơ");
        let long = named(&format!("noi_dung: {}\n", "kiểm tra việc công khai, ".repeat(9)));
        assert!(long.ends_with("công khai…") || long.ends_with("việc…"), "{long}");
        assert!(long.chars().count() <= 91, "{long}");
        assert_eq!(named(&format!("noi_dung: {}\n", "a".repeat(200))).chars().count(), 91);
    }
}
