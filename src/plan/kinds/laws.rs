//! Every legal text with its validity on the day of the build, and the procedures that rest on it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::law::{Validity, validity};
use crate::plan::links::PageCx;
use crate::plan::pieces::{self, ProcedureRef, SourceView};
use crate::plan::view::{DateView, text};
use crate::plan::{Subject, urls};
use crate::record::directory::Law;

/// The list of legal texts.
pub const KIND: PageKind = PageKind {
    name: "laws",
    routes: |model| {
        let page = || (urls::laws(), Subject::Site, model.site.place());
        (!model.laws.is_empty()).then(page).into_iter().collect()
    },
    view,
};

/// What the list of legal texts shows.
#[derive(Debug, Serialize)]
pub struct LawsView {
    /// How many legal texts there are.
    pub total: usize,
    /// By validity, those that need attention first; none is empty.
    pub groups: Vec<LawGroup>,
}

/// Legal texts of one validity.
#[derive(Debug, Serialize)]
pub struct LawGroup {
    /// The place of the group in the page.
    pub anchor: &'static str,
    /// What they have in common.
    pub title: &'static str,
    /// What a reader should know of them.
    pub note: Option<&'static str>,
    /// The texts: laws first, then decrees and so on, latest first.
    pub laws: Vec<LawView>,
}

/// One legal text.
#[derive(Debug, Serialize)]
pub struct LawView {
    /// Its place in the page.
    pub anchor: String,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Who issued it.
    pub agency: Option<String>,
    /// When it was issued.
    pub issued: Option<DateView>,
    /// Its validity for the style sheet: `in-force`, `not-yet`, `expired`, `unknown`.
    pub validity: &'static str,
    /// From when it is or will be in force.
    pub from: Option<DateView>,
    /// Its last day in force, if that day is still to come.
    pub until: Option<DateView>,
    /// The first day on which it was no longer in force.
    pub ended: Option<DateView>,
    /// That day is computed: the text that replaced it came into force on it.
    pub ended_computed: bool,
    /// What replaced it: a place in this page, or only its number.
    pub replaced_by: Option<Replacement>,
    /// The procedures in use that rest on it, by name.
    pub procedures: Vec<ProcedureRef>,
    /// Whether there are so many that the list is folded.
    pub folded: bool,
    /// Where the record comes from.
    pub source: Option<SourceView>,
}

/// The text that replaced another.
#[derive(Debug, Serialize)]
pub struct Replacement {
    /// Its number.
    pub number: String,
    /// Its place in this page; none if the directory does not have it.
    pub href: Option<String>,
}

/// From this many procedures on the list is folded.
const FOLDED_FROM: usize = 2;

/// The groups in their order: anchor, title, note.
const GROUPS: [(&str, &str, Option<&str>); 5] = [
    (
        "het-hieu-luc-con-dan",
        "Đã hết hiệu lực nhưng thủ tục vẫn dẫn",
        Some("Nguồn của thủ tục chưa cập nhật căn cứ. Trang giữ nguyên như nguồn và nêu ở đây để đối chiếu."),
    ),
    ("con-hieu-luc", "Đang có hiệu lực", None),
    ("chua-hieu-luc", "Chưa có hiệu lực", None),
    (
        "chua-ro-hieu-luc",
        "Trang chưa có dữ liệu hiệu lực",
        Some(
            "Nguồn của trang không ghi ngày có hiệu lực, nên trang không nói các văn bản này còn hay hết hiệu lực.",
        ),
    ),
    ("het-hieu-luc", "Đã hết hiệu lực", None),
];

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let mut laws: Vec<&Law> = model.laws.values().map(|law| &law.record).collect();
    laws.sort_by_cached_key(|law| order(law));
    // Places of the page itself, which no text may take.
    let mut taken: BTreeSet<String> = GROUPS.iter().map(|(anchor, ..)| (*anchor).to_owned()).collect();
    taken.insert("noi-dung".to_owned());
    let mut groups: Vec<LawGroup> = GROUPS
        .iter()
        .map(|(anchor, title, note)| LawGroup { anchor, title, note: *note, laws: Vec::new() })
        .collect();
    for law in laws {
        let procedures: Vec<ProcedureRef> = model
            .procedures_of_law
            .get(&law.number)
            .into_iter()
            .flatten()
            .filter(|code| model.state(code).standing.is_current())
            .map(|code| ProcedureRef::new(cx, code))
            .collect();
        let group = match validity(model, law) {
            Validity::Expired { .. } if !procedures.is_empty() => 0,
            Validity::InForce => 1,
            Validity::NotYet(_) => 2,
            Validity::Unknown => 3,
            Validity::Expired { .. } => 4,
        };
        let mut anchor = urls::law_anchor(&law.number);
        while !taken.insert(anchor.clone()) {
            anchor.push_str("-2");
        }
        groups[group].laws.push(law_view(cx, law, anchor, procedures));
    }
    groups.retain(|group| !group.laws.is_empty());
    let total = model.laws.len();
    let head = pieces::head(
        cx,
        "CollectionPage",
        "Văn bản pháp luật",
        format!(
            "{total} văn bản làm căn cứ của thủ tục hành chính: còn hay hết hiệu lực tính đến ngày {}, thủ tục nào dựa vào.",
            cx.plan.site.as_of.short
        ),
        &[],
        Vec::new(),
    );
    (head, View::Laws(Box::new(LawsView { total, groups })))
}

fn law_view(cx: &PageCx<'_>, law: &Law, anchor: String, procedures: Vec<ProcedureRef>) -> LawView {
    let model = cx.model();
    let validity = validity(model, law);
    let key = match validity {
        Validity::Unknown => "unknown",
        Validity::NotYet(_) => "not-yet",
        Validity::InForce => "in-force",
        Validity::Expired { .. } => "expired",
    };
    let ended = match validity {
        Validity::Expired { last, .. } => Some(last.plus_days(1).into()),
        _ => None,
    };
    LawView {
        anchor,
        number: law.number.to_string(),
        name: law.name.as_str().to_owned(),
        agency: text(law.agency.as_ref()),
        issued: law.issued.map(|day| day.0.into()),
        validity: key,
        from: law.in_force_from.map(|day| day.0.into()),
        until: law.in_force_until.filter(|_| ended.is_none()).map(|day| day.0.into()),
        ended,
        ended_computed: matches!(validity, Validity::Expired { computed: true, .. }),
        replaced_by: law.replaced_by.as_ref().map(|number| Replacement {
            number: number.to_string(),
            href: model.laws.contains_key(number).then(|| format!("#{}", urls::law_anchor(number))),
        }),
        folded: procedures.len() >= FOLDED_FROM,
        procedures,
        source: SourceView::new(law.source.as_ref()),
    }
}

/// Laws before decrees before circulars; in a kind the latest year first, then by number.
fn order(law: &Law) -> impl Ord + use<> {
    let number = law.number.as_str();
    let mut figures = number.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let year_in_number = number.split('/').find(|part| part.len() == 4).and_then(|part| part.parse().ok());
    let year = law
        .issued
        .or(law.in_force_from)
        .map(|day| day.0.year())
        .filter(|_| year_in_number.is_none())
        .or(year_in_number)
        .unwrap_or(0);
    let mut figure = || figures.next().and_then(|part| part.parse::<u64>().ok()).unwrap_or(0);
    (rank(number), Reverse(year), figure(), number.to_owned())
}

/// The rank of a text by the letters of its number: law 80/2015/QH13 art. 4.
fn rank(number: &str) -> u8 {
    let letters = number.rsplit('/').next().unwrap_or(number);
    match letters {
        _ if letters.starts_with("QH") => 0,
        _ if letters.contains("UBTVQH") => 1,
        _ if letters.starts_with("NĐ-CP") => 2,
        _ if letters.starts_with("NQ-CP") => 3,
        _ if letters.starts_with("QĐ-TTg") => 4,
        _ if letters.starts_with("TT") => 5,
        _ if letters.starts_with("QĐ") => 6,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::Date;
    use crate::record::scalar::{Day, LawNumber, Scalar, Text};

    fn law(number: &str, issued: Option<&str>) -> Law {
        let day = |text: &str| Day(Date::parse(text).expect("a good date"));
        Law {
            number: LawNumber::parse(number).expect("a good number"),
            name: Text::parse("Tên").expect("a good name"),
            agency: None,
            issued: issued.map(day),
            in_force_from: None,
            in_force_until: None,
            replaced_by: None,
            source: None,
            editor_note: None,
        }
    }

    #[test]
    fn laws_stand_by_rank_then_latest_then_number() {
        let mut laws = [
            law("64/2025/TT-BTC", None),
            law("06/QĐ-TTg", Some("2022-01-06")),
            law("15/2026/NĐ-CP", None),
            law("118/2025/NĐ-CP", None),
            law("61/2018/NĐ-CP", None),
            law("68/NQ-CP", Some("2020-05-12")),
            law("93/2025/QH15", None),
            law("29/2013/QH13", None),
            law("9/2025/NĐ-CP", None),
            law("949/QĐ-UBND", None),
        ];
        laws.sort_by_cached_key(order);
        let numbers: Vec<&str> = laws.iter().map(|law| law.number.as_str()).collect();
        assert_eq!(
            numbers,
            [
                "93/2025/QH15",
                "29/2013/QH13",
                "15/2026/NĐ-CP",
                "9/2025/NĐ-CP",
                "118/2025/NĐ-CP",
                "61/2018/NĐ-CP",
                "68/NQ-CP",
                "06/QĐ-TTg",
                "64/2025/TT-BTC",
                "949/QĐ-UBND",
            ]
        );
    }
}
