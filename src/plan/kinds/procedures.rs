//! Every procedure from A to Z, the abolished ones in their own part at the end.
//!
//! One list holds all of them, up to [`listing::LONGEST_LIST`]. Where there are more, the page leads to the
//! letters, and each letter has pages of its own, so that no page is too heavy for an old phone.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::Filed;
use crate::plan::in_use::InUse;
use crate::plan::links::PageCx;
use crate::plan::list_tools::ToolsView;
use crate::plan::listing::{self, Columns, LetterGroup, ON_A_PAGE, Part, ProcedureRow};
use crate::plan::view::LinkView;
use crate::plan::{Subject, structured, urls};
use crate::record::procedure::Procedure;
use crate::record::scalar::ProcedureCode;
use crate::vi::collate;

/// The list of procedures.
pub const KIND: PageKind = PageKind {
    name: "procedures",
    routes: |model| {
        let parts = listing::parts(model).into_iter().flat_map(|(part, codes)| {
            (1..=codes.len().div_ceil(ON_A_PAGE)).map(move |page| {
                let subject = Subject::Procedures(part, page);
                (urls::procedures_part(part, page), subject, model.site.place())
            })
        });
        let all = (urls::fixed("/thu-tuc/"), Subject::Site, model.site.place());
        std::iter::once(all).chain(parts).collect()
    },
    view,
};

/// What the list of procedures shows.
#[derive(Debug, Serialize)]
pub struct ProceduresView {
    /// How many procedures a citizen may have to carry out.
    pub current: usize,
    /// How many of them are done online from end to end.
    pub online: usize,
    /// How many of them have no more than name and field yet.
    pub sparse: usize,
    /// The fields, in Vietnamese order.
    pub fields: Vec<FieldCount>,
    /// The procedures in use, by letter.
    pub letters: Vec<LetterGroup>,
    /// The list is too long for more than names and codes.
    pub compact: bool,
    /// Replaced and abolished ones.
    pub ended: Vec<ProcedureRow>,
    /// The form over the list.
    pub tools: Option<ToolsView>,
    /// The parts, where there are too many for one list.
    pub parts: Vec<PartView>,
    /// Which of the parts this page shows.
    pub part: Option<PartPage>,
}

/// A part of the procedures, with its page.
#[derive(Debug, Serialize)]
pub struct PartView {
    /// Its first page.
    pub link: LinkView,
    /// How many procedures it has.
    pub count: usize,
    /// This page is of this part.
    pub current: bool,
}

/// One page of a part.
#[derive(Debug, Serialize)]
pub struct PartPage {
    /// How many procedures the part has.
    pub total: usize,
    /// The first of this page, from 1.
    pub first: usize,
    /// The last of this page.
    pub last: usize,
    /// The pages of the part, by the name that each begins with; none if it is a single one.
    pub pages: Vec<PartView>,
}

/// A field with the number of its procedures.
#[derive(Debug, Serialize)]
pub struct FieldCount {
    /// The field's page.
    pub link: LinkView,
    /// What it is about, in one sentence.
    pub description: Option<String>,
    /// How many of its procedures are in use.
    pub current: usize,
    /// How many of those are done online from end to end.
    pub online: usize,
}

/// The fields in Vietnamese order.
pub fn fields(cx: &PageCx<'_>) -> Vec<FieldCount> {
    let model = cx.model();
    let mut fields: Vec<_> = model.fields.values().collect();
    fields.sort_by_cached_key(|field| collate::key(field.record.name.as_str()));
    fields
        .into_iter()
        .map(|field| {
            let InUse { current, online, .. } = cx.plan.in_use().of_field(&field.record.code);
            FieldCount {
                link: cx.link(&urls::field(&field.record.code), field.record.name.as_str()),
                description: crate::plan::view::text(field.record.description.as_ref()),
                current,
                online,
            }
        })
        .collect()
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let model = cx.model();
    let (part, page) = match subject {
        Subject::Procedures(part, page) => (Some(*part), *page),
        _ => (None, 1),
    };
    let parts = &cx.plan.parts;
    let is_current = |filed: &&Filed<Procedure>| model.state(&filed.record.code).standing.is_current();
    let InUse { current, online, sparse } = cx.plan.in_use().all;
    let codes = parts.iter().find(|(of, _)| part == Some(*of)).map(|(_, codes)| codes.as_slice());
    let part_page = part.zip(codes).map(|(part, codes)| part_page(cx, part, page, codes));
    // Of many, only those of this page are made into rows.
    let here: Vec<&Filed<Procedure>> = match (&part_page, codes) {
        (Some(page), Some(codes)) => {
            let codes = codes.get(page.first - 1..page.last).unwrap_or_default();
            codes.iter().filter_map(|code| model.procedures.get(code)).collect()
        }
        _ if parts.is_empty() => listing::in_order(model, model.procedures.keys()),
        _ => Vec::new(),
    };
    let (listed, ended): (Vec<_>, Vec<_>) = here.into_iter().partition(is_current);
    let compact = listed.len() > listing::LONGEST_FULL_LIST;
    let columns = Columns { field: !compact, facts: !compact, data: true };
    let letters = listing::by_letter(cx, &listed, columns);
    let ended: Vec<ProcedureRow> = ended.iter().map(|filed| listing::row(cx, filed, columns)).collect();
    let mut tools = listing::tools(model, letters.iter().flat_map(|group| &group.rows).chain(&ended));
    if let (Some(tools), true) = (&mut tools, part_page.as_ref().is_some_and(|page| !page.pages.is_empty())) {
        // The form sees no other page, and says so.
        tools.unit = "thủ tục ở trang này";
    }
    let view = ProceduresView {
        current,
        online,
        sparse,
        fields: if part.is_none() { fields(cx) } else { Vec::new() },
        tools,
        letters,
        compact,
        ended,
        parts: parts
            .iter()
            .map(|(of, codes)| PartView {
                link: cx.link(&urls::procedures_part(*of, 1), of.title()),
                count: codes.len(),
                current: part == Some(*of),
            })
            .collect(),
        part: part_page,
    };
    (head(cx, &view, part, page), View::Procedures(Box::new(view)))
}

/// One page of a part, whose procedures are these.
fn part_page(cx: &PageCx<'_>, part: Part, page: usize, all: &[ProcedureCode]) -> PartPage {
    let pages = all.chunks(ON_A_PAGE).enumerate().map(|(i, chunk)| {
        let first = chunk.first().and_then(|code| cx.model().procedures.get(code));
        let name = first.map_or("", |filed| filed.record.name.as_str());
        PartView {
            link: cx.link(&urls::procedures_part(part, i + 1), shortened(&listing::list_name(name))),
            count: chunk.len(),
            current: i + 1 == page,
        }
    });
    let first = (page - 1) * ON_A_PAGE + 1;
    PartPage {
        total: all.len(),
        first,
        last: all.len().min(first + ON_A_PAGE - 1),
        pages: if all.len() > ON_A_PAGE { pages.collect() } else { Vec::new() },
    }
}

/// The first words of a name.
fn shortened(name: &str) -> String {
    const WORDS: usize = 8;
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.len() > WORDS {
        true => format!("{} …", words[..WORDS].join(" ")),
        false => words.join(" "),
    }
}

/// The title of one page of a part.
pub fn part_title(part: Part, page: usize) -> String {
    let name = match part {
        Part::Letter('#') => "Thủ tục không bắt đầu bằng chữ cái".to_owned(),
        Part::Letter(letter) => format!("Thủ tục vần {letter}"),
        Part::Ended => "Thủ tục không còn áp dụng".to_owned(),
    };
    if page > 1 { format!("{name}, trang {page}") } else { name }
}

fn head(cx: &PageCx<'_>, view: &ProceduresView, part: Option<Part>, page: usize) -> Head {
    let whole = "Danh mục thủ tục hành chính";
    let mut way = vec![(urls::home(), "Trang chủ".to_owned())];
    let (title, description) = match (part, &view.part) {
        (Some(part), Some(shown)) => {
            way.push((urls::fixed("/thu-tuc/"), whole.to_owned()));
            let title = part_title(part, page);
            let PartPage { total, first, last, .. } = shown;
            let description = format!("{title}: {first} đến {last} trong {total} thủ tục, xếp theo tên.");
            (title, description)
        }
        _ => {
            let description = format!(
                "{} thủ tục hành chính xếp theo chữ cái, với thời hạn, phí và mức độ trực tuyến của từng thủ tục.",
                view.current
            );
            (whole.to_owned(), description)
        }
    };
    Head {
        crumbs: structured::crumbs(cx, &way),
        json_ld: Some(structured::collection(cx, &title, &way)),
        title,
        description,
        ..Head::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    #[test]
    fn too_many_for_one_list_stand_on_pages_by_letter_and_none_is_lost() {
        let texts: Vec<(String, String)> = (0..700)
            .map(|i| {
                let name = match i % 7 {
                    0 => format!("Đăng ký {i:03}"),
                    1 => format!("{i} việc"),
                    _ => format!("Thủ tục cấp {i:03}"),
                };
                (format!("thu-tuc/1.{i:06}.yaml"), format!("ma: 1.{i:06}\nten: {name}\nlinh_vuc: a\n"))
            })
            .collect();
        let ended = "so: 1/QĐ\nngay_ky: 2025-01-01\nco_quan: A\ntrich_yeu: B\nmuc:\n- {thu_tuc: 1.000006, loai: bai_bo}\n";
        let mut files: Vec<(&str, &str)> = texts.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        files.push(("quyet-dinh/1.yaml", ended));
        let show = |files: &[(&str, &str)]| {
            let model = model("2026-01-01", files);
            let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
            assert!(found.is_empty(), "{found:?}");
            let lists = plan.routes.iter().filter(|(_, route)| route.kind.name == "procedures");
            lists
                .map(|(path, route)| match plan.view(path, route) {
                    (meta, View::Procedures(view)) => (path.as_str().to_owned(), meta.title, view),
                    _ => unreachable!("a list"),
                })
                .collect::<Vec<_>>()
        };
        let shown = show(&files);
        let paths: Vec<&str> = shown.iter().map(|(path, ..)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "/thu-tuc/",
                "/thu-tuc/chu/c/",
                "/thu-tuc/chu/c/trang-2/",
                "/thu-tuc/chu/dd/",
                "/thu-tuc/chu/khac/",
                "/thu-tuc/het-hieu-luc/"
            ]
        );
        let whole = &shown[0].2;
        assert_eq!((whole.current, whole.letters.len(), whole.tools.is_none()), (699, 0, true));
        let parts: Vec<_> = whole.parts.iter().map(|part| (part.link.text.as_str(), part.count)).collect();
        assert_eq!(parts, [("C", 499), ("Đ", 100), ("Khác", 100), ("Không còn áp dụng", 1)]);
        let mut codes: Vec<&str> = Vec::new();
        for (path, _, view) in &shown {
            let rows = view.letters.iter().flat_map(|group| &group.rows).chain(&view.ended);
            let before = codes.len();
            codes.extend(rows.map(|row| row.code.as_str()));
            assert!(codes.len() - before <= ON_A_PAGE, "{path}");
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 700);
        assert_eq!(shown[2].1, "Thủ tục vần C, trang 2");
        let second = shown[2].2.part.as_ref().expect("a part");
        assert_eq!((second.first, second.last, second.pages.len()), (301, 499, 2));
        assert_eq!(second.pages[0].link.text, "Cấp 002");
        let unit = |i: usize| shown[i].2.tools.as_ref().map(|tools| tools.unit);
        assert_eq!((unit(2), unit(3)), (Some("thủ tục ở trang này"), Some("thủ tục")));
        // One list holds five hundred.
        let shown = show(&files[..listing::LONGEST_LIST]);
        assert_eq!(shown.len(), 1);
        assert!(shown[0].2.parts.is_empty() && shown[0].2.tools.is_some());
    }
}
