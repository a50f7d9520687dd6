//! Every legal text with its validity on the day of the build, and the procedures that rest on it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::petition_list::PageLinks;
use super::{Head, PageKind, View, law_procedures};
use crate::model::Model;
use crate::model::law::{Validity, validity};
use crate::plan::links::PageCx;
use crate::plan::pieces::{self, ProcedureRef, SourceView};
use crate::plan::view::{DateView, LinkView, text};
use crate::plan::{Subject, urls};
use crate::record::directory::Law;
use crate::record::scalar::{LawNumber, ProcedureCode};

/// The list of legal texts.
pub const KIND: PageKind = PageKind {
    name: "laws",
    routes: |model| {
        let pages = 1..=paged(model).last().map_or(0, |placed| placed.page);
        pages.map(|page| (urls::laws_page(page), Subject::Laws(page), model.site.place())).collect()
    },
    view,
};

/// How many legal texts stand on a page at most.
const ON_A_PAGE: usize = 100;

/// How many procedures are named on a page, all its texts together: each is a line and a link, and an old phone
/// holds all of them.
const NAMED_ON_A_PAGE: usize = 150;

/// What the list of legal texts shows.
#[derive(Debug, Serialize)]
pub struct LawsView {
    /// How many legal texts there are.
    pub total: usize,
    /// Every group with its first place, on this page or another.
    pub contents: Vec<GroupLink>,
    /// The texts of this page by validity, those that need attention first; none is empty.
    pub groups: Vec<LawGroup>,
    /// Where this page stands among the pages of the list.
    pub pages: PageLinks,
}

/// A group and where it begins.
#[derive(Debug, Serialize)]
pub struct GroupLink {
    /// Its first place.
    pub link: LinkView,
    /// How many texts it has.
    pub count: usize,
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
    /// How many procedures in use rest on it.
    pub count: usize,
    /// Them by name, where there are few.
    pub procedures: Vec<ProcedureRef>,
    /// The page of them, where there are many.
    pub page: Option<LinkView>,
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

/// The procedures in use that rest on a legal text.
pub fn procedures<'m>(model: &'m Model, number: &LawNumber) -> Vec<&'m ProcedureCode> {
    let all = model.procedures_of_law.get(number).into_iter().flatten();
    all.filter(|code| model.state(code).standing.is_current()).collect()
}

/// Every legal text in the order of the list, with the group it stands in.
fn in_order(model: &Model) -> Vec<(usize, &Law)> {
    let group = |law: &Law| match validity(model, law) {
        Validity::Expired { .. } if !procedures(model, &law.number).is_empty() => 0,
        Validity::InForce => 1,
        Validity::NotYet(_) => 2,
        Validity::Unknown => 3,
        Validity::Expired { .. } => 4,
    };
    let mut laws: Vec<(usize, &Law)> =
        model.laws.values().map(|law| (group(&law.record), &law.record)).collect();
    laws.sort_by_cached_key(|(group, law)| (*group, order(law)));
    laws
}

/// A legal text in its place of the list.
struct Placed<'m> {
    group: usize,
    page: usize,
    law: &'m Law,
}

/// Every legal text in the order of the list, with the page it stands on, from 1.
fn paged(model: &Model) -> Vec<Placed<'_>> {
    let (mut page, mut texts, mut named) = (1, 0, 0);
    let all = in_order(model).into_iter();
    all.map(|(group, law)| {
        let count = procedures(model, &law.number).len();
        let names = if count > law_procedures::FEWEST { 0 } else { count };
        if texts == ON_A_PAGE || named + names > NAMED_ON_A_PAGE {
            (page, texts, named) = (page + 1, 0, 0);
        }
        texts += 1;
        named += names;
        Placed { group, page, law }
    })
    .collect()
}

/// The page of the list on which each legal text stands, from 1.
pub fn pages(model: &Model) -> BTreeMap<LawNumber, usize> {
    paged(model).into_iter().map(|placed| (placed.law.number.clone(), placed.page)).collect()
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let page = match subject {
        Subject::Laws(page) => *page,
        _ => 1,
    };
    let all = paged(cx.model());
    // Places of the page itself, which no text may take.
    let mut taken: BTreeSet<String> = GROUPS.iter().map(|(anchor, ..)| (*anchor).to_owned()).collect();
    taken.extend(["noi-dung".to_owned(), "muc-luc-van-ban".to_owned(), "o-tim".to_owned()]);
    let mut contents = Vec::new();
    let mut groups: Vec<LawGroup> = Vec::new();
    for (group, (anchor, title, note)) in GROUPS.iter().enumerate() {
        let mut of_group = all.iter().filter(|placed| placed.group == group).peekable();
        let Some(first) = of_group.peek() else { continue };
        let at = urls::laws_page(first.page);
        let href = if at == *cx.path { format!("#{anchor}") } else { format!("{}#{anchor}", cx.href(&at)) };
        let count = of_group.clone().count();
        contents.push(GroupLink { link: LinkView { href, text: (*title).to_owned() }, count });
        let laws: Vec<LawView> = of_group
            .filter(|placed| placed.page == page)
            .map(|Placed { law, .. }| {
                let mut anchor = urls::law_anchor(&law.number);
                while !taken.insert(anchor.clone()) {
                    anchor.push_str("-2");
                }
                law_view(cx, law, anchor)
            })
            .collect();
        if !laws.is_empty() {
            groups.push(LawGroup { anchor, title, note: *note, laws });
        }
    }
    let total = all.len();
    let name = "Văn bản pháp luật";
    let (title, way) = match page {
        1 => (name.to_owned(), Vec::new()),
        _ => (format!("{name}, trang {page}"), vec![(urls::laws(), name)]),
    };
    let head = pieces::head(
        cx,
        "CollectionPage",
        title,
        format!(
            "{total} văn bản làm căn cứ của thủ tục hành chính: còn hay hết hiệu lực tính đến ngày {}, thủ tục nào dựa vào{}.",
            cx.plan.site.as_of.short,
            if page > 1 { format!(" (trang {page})") } else { String::new() }
        ),
        &way,
        Vec::new(),
    );
    let pages = page_links(cx, page, all.last().map_or(1, |placed| placed.page), urls::laws_page);
    (head, View::Laws(Box::new(LawsView { total, contents, groups, pages })))
}

/// Where a page stands among the pages of a list in one order.
pub fn page_links(
    cx: &PageCx<'_>,
    page: usize,
    pages: usize,
    url: impl Fn(usize) -> crate::base::path::RoutePath,
) -> PageLinks {
    let to = |page: usize, words: &str| cx.link(&url(page), format!("{words} (trang {page})"));
    PageLinks {
        page,
        pages,
        newer: (page > 1).then(|| to(page - 1, "Trang trước")),
        older: (page < pages).then(|| to(page + 1, "Trang sau")),
    }
}

fn law_view(cx: &PageCx<'_>, law: &Law, anchor: String) -> LawView {
    let model = cx.model();
    let codes = procedures(model, &law.number);
    let count = codes.len();
    let page = (count > law_procedures::FEWEST).then(|| {
        let text = format!("{count} thủ tục dựa vào {}", law.number);
        cx.link(&urls::law_procedures(&law.number, 1), text)
    });
    let named = if page.is_none() { codes } else { Vec::new() };
    let procedures: Vec<ProcedureRef> = named.into_iter().map(|code| ProcedureRef::new(cx, code)).collect();
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
            href: match cx.plan.law_pages.get(number) {
                Some(page) if urls::laws_page(*page) == *cx.path => {
                    Some(format!("#{}", urls::law_anchor(number)))
                }
                _ => cx.law_href(number),
            },
        }),
        folded: procedures.len() >= FOLDED_FROM,
        count,
        procedures,
        page,
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
