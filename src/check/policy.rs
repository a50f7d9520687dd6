//! Lowers the rules that the site has excepted in `trang.yaml`, each with its reason.
//!
//! An exception (`kiem_tra/ha_muc`) names a rule by code or slug, perhaps one file, and what the rule is
//! lowered to. One that may not be made is an error (CK0706), one that catches nothing a warning
//! (CK0705). Findings come in two lots, before the pages are made and while they are made; an
//! exception is held to account with the lot in which its rule is raised, and only there.

use crate::base::diagnostic::{Diagnostic, Message, Origin, Rule, Severity, Stage};
use crate::codes::{self, CK0407, CK0604, CK0703, CK0704, CK0705, CK0706, RULES};
use crate::model::Model;
use crate::record::config::{Lowered, LoweredTo};
use crate::vi::nearest::nearest;
use crate::{at, msg};

/// Applies the exceptions to what was found before the pages were made.
pub fn apply(found: Vec<Diagnostic>, model: &Model) -> Vec<Diagnostic> {
    let (mut exceptions, mut wrong) = read(model);
    exceptions.retain(|exception| exception.rule.raised_by != Stage::Render);
    let mut kept = lower(found, &mut exceptions);
    kept.append(&mut wrong);
    // A record that could not be read may be the one that an exception is for.
    if model.broken.kinds.is_empty() {
        kept.extend(unused(&exceptions, model));
    }
    kept
}

/// Applies the exceptions to what was found while the pages were made.
pub fn apply_late(found: Vec<Diagnostic>, model: &Model) -> Vec<Diagnostic> {
    let (mut exceptions, _) = read(model);
    exceptions.retain(|exception| exception.rule.raised_by == Stage::Render);
    // A page that could not be made may be the one that an exception is for.
    let all_made = found.iter().all(|found| *found.rule != *CK0703 && *found.rule != *CK0704);
    let mut kept = lower(found, &mut exceptions);
    if all_made {
        kept.extend(unused(&exceptions, model));
    }
    kept
}

/// An exception that may be made.
struct Exception<'m> {
    /// Its place in the list.
    index: usize,
    lowered: &'m Lowered,
    rule: &'static Rule,
    used: bool,
}

/// The exceptions that may be made, and what is wrong with the others.
fn read(model: &Model) -> (Vec<Exception<'_>>, Vec<Diagnostic>) {
    let mut wrong = Vec::new();
    let mut exceptions = Vec::new();
    let policy = model.site.record.policy.iter();
    for (index, lowered) in policy.flat_map(|policy| &policy.lowered).enumerate() {
        let key = |key: &str| model.site.at(at!["kiem_tra", "ha_muc", index, key]);
        let name = lowered.rule.as_str();
        let Some(rule) = codes::find(name) else {
            let known = RULES.iter().flat_map(|rule| [rule.code, rule.slug]);
            let help = match nearest(name, known) {
                Some(near) => msg!("có phải `{near}`?", "did you mean `{near}`?"),
                None => msg!(
                    "ghi mã quy tắc như `CK0505` hoặc tên của nó, như báo lỗi đã in",
                    "write the rule's code, such as `CK0505`, or its name, as the finding shows it"
                ),
            };
            let message = msg!("không có quy tắc `{name}`", "there is no rule `{name}`");
            wrong.push(Diagnostic::new(CK0706, key("quy_tac"), message).help(help));
            continue;
        };
        let code = rule.code;
        if let Some(why) = never_lowered(rule) {
            let (vi, en) = (why.vi, why.en);
            let message = msg!("không được hạ mức quy tắc {code}: {vi}", "{code} may not be lowered: {en}");
            wrong.push(Diagnostic::new(CK0706, key("quy_tac"), message).help(msg!(
                "xóa ngoại lệ này và sửa nội dung",
                "delete this exception and mend the content"
            )));
            continue;
        }
        if severity(lowered.to).is_some_and(|to| to <= rule.severity) {
            let to = lowered.to.label();
            let message = msg!(
                "quy tắc {code} vốn không nặng hơn mức “{to}”: ngoại lệ này không hạ gì",
                "{code} is no graver than that already: this exception lowers nothing"
            );
            wrong.push(Diagnostic::new(CK0706, key("muc"), message).help(msg!(
                "chọn mức nhẹ hơn (ghi_chu, tat), hoặc xóa ngoại lệ",
                "choose a lighter one (ghi_chu, tat), or delete the exception"
            )));
            continue;
        }
        exceptions.push(Exception { index, lowered, rule, used: false });
    }
    (exceptions, wrong)
}

/// Why a rule may not be lowered, if so: without it something unsafe or half would be published.
fn never_lowered(rule: &'static Rule) -> Option<Message> {
    let unreadable = matches!(rule.raised_by, Stage::Load | Stage::Parse | Stage::Model)
        && rule.severity == Severity::Error;
    if rule.code.starts_with("CK08") {
        Some(msg!("quy tắc bảo vệ thông tin cá nhân", "it protects personal data"))
    } else if rule == CK0604 {
        Some(msg!("liên kết nguy hiểm cho người đọc", "such links are dangerous to readers"))
    } else if rule.code.starts_with("CK01") || unreadable {
        Some(msg!("bản ghi không đọc được thì không lên trang", "what cannot be read is not published"))
    } else if rule == CK0407 || rule == CK0703 || rule == CK0704 {
        Some(msg!("thiếu thì có trang không dựng được", "without it a page is missing"))
    } else if rule.code.starts_with("CK072") {
        Some(msg!(
            "cái gì mất đi, đổi đi thì cho phép từng việc ở cho_phep, có lý do được đăng",
            "what goes is allowed one by one in cho_phep, with a reason that is published"
        ))
    } else if rule == CK0705 || rule == CK0706 {
        Some(msg!("quy tắc này canh chính các ngoại lệ", "it guards the exceptions themselves"))
    } else {
        None
    }
}

fn severity(to: LoweredTo) -> Option<Severity> {
    match to {
        LoweredTo::Warning => Some(Severity::Warning),
        LoweredTo::Note => Some(Severity::Note),
        LoweredTo::Off => None,
    }
}

/// Lowers or drops what the exceptions are for. One for a file goes before one for all files.
fn lower(found: Vec<Diagnostic>, exceptions: &mut [Exception<'_>]) -> Vec<Diagnostic> {
    if exceptions.is_empty() {
        return found;
    }
    let mut kept = Vec::with_capacity(found.len());
    for mut diagnostic in found {
        let mut chosen: Option<&Lowered> = None;
        for exception in exceptions.iter_mut().filter(|exception| exception.catches(&diagnostic)) {
            exception.used = true;
            if chosen.is_none_or(|chosen| chosen.file.is_none() && exception.lowered.file.is_some()) {
                chosen = Some(exception.lowered);
            }
        }
        match chosen.map(|lowered| severity(lowered.to)) {
            Some(None) => continue,
            // Never up: a rule may raise findings of different weight.
            Some(Some(to)) => diagnostic.severity = diagnostic.severity.max(to),
            None => {}
        }
        kept.push(diagnostic);
    }
    kept
}

impl Exception<'_> {
    fn catches(&self, diagnostic: &Diagnostic) -> bool {
        let in_file = |wanted: &str| match &diagnostic.place.origin {
            Origin::Content(file) => file.as_str() == wanted,
            Origin::Site | Origin::Theme(_) => false,
        };
        diagnostic.rule == self.rule && self.lowered.file.as_ref().is_none_or(|file| in_file(file.as_str()))
    }
}

fn unused<'a>(exceptions: &'a [Exception<'_>], model: &'a Model) -> impl Iterator<Item = Diagnostic> + 'a {
    exceptions.iter().filter(|exception| !exception.used).map(|exception| {
        let code = exception.rule.code;
        let message = match &exception.lowered.file {
            Some(file) => msg!(
                "ngoại lệ cho {code} ở `{file}` không còn bắt gì",
                "the exception for {code} in `{file}` catches nothing"
            ),
            None => msg!("ngoại lệ cho {code} không còn bắt gì", "the exception for {code} catches nothing"),
        };
        let place = model.site.at(at!["kiem_tra", "ha_muc", exception.index, "quy_tac"]);
        Diagnostic::new(CK0705, place, message).help(msg!(
            "xóa ngoại lệ này, hoặc xem lại tên tệp ở tep",
            "delete this exception, or check the file's name in tep"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::Place;
    use crate::base::path::SitePath;
    use crate::codes::{CK0409, CK0501, CK0505};
    use crate::plan::testing::model;

    fn with(exceptions: &str) -> Model {
        let site = format!("ten: Sở A\ndia_chi_trang: https://a.vn/\nkiem_tra:\n  ha_muc:\n{exceptions}");
        model("2026-11-23", &[("trang.yaml", &site)])
    }

    fn finding(rule: &'static Rule, file: &str) -> Diagnostic {
        let file = SitePath::new(file).expect("a good path");
        Diagnostic::new(rule, Place::file(&file), msg!("có lỗi", "a fault"))
    }

    fn told(found: Vec<Diagnostic>) -> Vec<(&'static str, Severity)> {
        found.into_iter().map(|d| (d.rule.code, d.severity)).collect()
    }

    #[test]
    fn a_rule_is_lowered_everywhere_or_in_one_file() {
        let model = with(
            "  - {quy_tac: CK0505, muc: ghi_chu, ly_do: a}\n  - {quy_tac: noi-dung-chua-du, tep: thu-tuc/b.yaml, muc: tat, ly_do: b}\n",
        );
        let found = vec![
            finding(CK0505, "thu-tuc/a.yaml"),
            finding(CK0505, "thu-tuc/b.yaml"),
            finding(CK0501, "thu-tuc/a.yaml"),
        ];
        assert_eq!(told(apply(found, &model)), [("CK0505", Severity::Note), ("CK0501", Severity::Warning)]);
    }

    #[test]
    fn an_exception_that_catches_nothing_is_told_once_and_in_its_own_lot() {
        let model = with(
            "  - {quy_tac: CK0505, muc: tat, ly_do: a}\n  - {quy_tac: CK0409, muc: canh_bao, ly_do: b}\n",
        );
        assert_eq!(told(apply(Vec::new(), &model)), [("CK0705", Severity::Warning)]);
        assert_eq!(told(apply_late(Vec::new(), &model)), [("CK0705", Severity::Warning)]);
        // What is found late is no concern of the first lot, and the reverse.
        let late = vec![finding(CK0409, "bai-viet/a/b.md")];
        assert_eq!(told(apply_late(late, &model)), [("CK0409", Severity::Warning)]);
        let early = vec![finding(CK0505, "thu-tuc/a.yaml")];
        assert_eq!(told(apply(early, &model)), []);
    }

    #[test]
    fn an_exception_for_pages_that_were_not_made_is_not_called_unused() {
        let model = with("  - {quy_tac: CK0409, muc: canh_bao, ly_do: b}\n");
        for cause in [CK0703, CK0704] {
            let found = vec![finding(cause, "bai-viet/a/b.md")];
            assert_eq!(told(apply_late(found, &model)), [(cause.code, Severity::Error)]);
        }
    }

    #[test]
    fn what_may_not_be_lowered_stays_and_the_exception_is_an_error() {
        for exception in [
            "{quy_tac: CK0999, muc: tat, ly_do: a}",
            "{quy_tac: CK0101, muc: canh_bao, ly_do: a}",
            "{quy_tac: CK0109, muc: tat, ly_do: a}",
            "{quy_tac: CK0201, muc: tat, ly_do: a}",
            "{quy_tac: CK0406, muc: tat, ly_do: a}",
            "{quy_tac: CK0407, muc: tat, ly_do: a}",
            "{quy_tac: CK0604, muc: tat, ly_do: a}",
            "{quy_tac: CK0703, muc: tat, ly_do: a}",
            "{quy_tac: CK0706, muc: canh_bao, ly_do: a}",
            "{quy_tac: CK0505, muc: canh_bao, ly_do: a}",
            "{quy_tac: CK0410, muc: ghi_chu, ly_do: a}",
        ] {
            let model = with(&format!("  - {exception}\n"));
            let found = vec![finding(CK0505, "thu-tuc/a.yaml")];
            let wanted = [("CK0505", Severity::Warning), ("CK0706", Severity::Error)];
            assert_eq!(told(apply(found, &model)), wanted, "{exception}");
            assert_eq!(told(apply_late(Vec::new(), &model)), [], "{exception}");
        }
    }
}
