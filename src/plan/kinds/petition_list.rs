//! Petitions by state, kind, field, unit or year, and the later pages of any long list: filters that
//! need no script, each an address that can be passed on.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::Model;
use crate::plan::links::PageCx;
use crate::plan::list_tools::ToolsView;
use crate::plan::petitions::{self, Figures, Filter, Group, PetitionLists, PetitionRow};
use crate::plan::pieces;
use crate::plan::view::LinkView;
use crate::plan::{Subject, urls};

/// The lists of petitions but the first page of all.
pub const KIND: PageKind = PageKind {
    name: "petition-list",
    routes: |model| {
        let lists = PetitionLists::new(model);
        std::iter::once((&Filter::All, 2))
            .chain(lists.filters().iter().map(|filter| (filter, 1)))
            .flat_map(|(filter, first)| {
                (first..=lists.pages(filter)).map(move |page| {
                    let subject = Subject::Petitions(filter.clone(), page);
                    (urls::petitions(filter, page), subject, model.site.place())
                })
            })
            .collect()
    },
    view,
};

/// What a list of petitions shows.
#[derive(Debug, Serialize)]
pub struct PetitionListView {
    /// What the filter is about, such as the unit; none for all petitions.
    pub group: Option<&'static str>,
    /// How many petitions the filter lets through.
    pub total: usize,
    /// Their figures in one or two sentences; none for a list by state.
    pub sentence: Option<String>,
    /// The petitions of this page, newest first.
    pub petitions: Vec<PetitionRow>,
    /// The form over the list.
    pub tools: Option<ToolsView>,
    /// The other pages of the list.
    pub pages: PageLinks,
    /// The other lists.
    pub filters: Vec<FilterGroup>,
}

/// The pages of a list that is too long for one.
#[derive(Debug, Serialize)]
pub struct PageLinks {
    /// Which page this is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The page with newer petitions.
    pub newer: Option<LinkView>,
    /// The page with older petitions.
    pub older: Option<LinkView>,
}

impl PageLinks {
    /// Of a list of `total` petitions.
    pub fn new(cx: &PageCx<'_>, filter: &Filter, page: usize, total: usize) -> Self {
        let pages = total.div_ceil(filter.on_a_page()).max(1);
        let to = |page: usize, words: &str| {
            cx.link(&urls::petitions(filter, page), format!("{words} (trang {page})"))
        };
        Self {
            page,
            pages,
            newer: (page > 1).then(|| to(page - 1, "Mới hơn")),
            older: (page < pages).then(|| to(page + 1, "Cũ hơn")),
        }
    }
}

/// The lists of one group.
#[derive(Debug, Serialize)]
pub struct FilterGroup {
    /// What they go by.
    pub label: &'static str,
    /// The lists.
    pub filters: Vec<FilterView>,
}

/// A list with the number of its petitions.
#[derive(Debug, Serialize)]
pub struct FilterView {
    /// Its page.
    pub link: LinkView,
    /// How many petitions it holds.
    pub count: usize,
    /// This page is of this list.
    pub current: bool,
}

/// The lists that have something to show, and the one that is being looked at.
pub fn filter_groups(cx: &PageCx<'_>, current: &Filter) -> Vec<FilterGroup> {
    let model = cx.model();
    let mut groups: Vec<(Group, Vec<FilterView>)> = Vec::new();
    for filter in cx.plan.petition_lists.filters() {
        let Some(group) = filter.group() else { continue };
        let count = cx.plan.petition_lists.of(filter).len();
        let is_current = filter == current;
        if count == 0 && !is_current {
            continue;
        }
        let link = cx.link(&urls::petitions(filter, 1), filter.label(model));
        let entry = FilterView { link, count, current: is_current };
        match groups.last_mut() {
            Some((last, filters)) if *last == group => filters.push(entry),
            _ => groups.push((group, vec![entry])),
        }
    }
    groups.into_iter().map(|(group, filters)| FilterGroup { label: group.label(), filters }).collect()
}

/// The title of a page of a list, which tells what is in it.
pub fn title(model: &Model, filter: &Filter, page: usize) -> String {
    let name = match filter.group() {
        None => "Mọi phản ánh, kiến nghị".to_owned(),
        Some(group) => format!("Phản ánh, kiến nghị – {}: {}", group.label(), filter.label(model)),
    };
    match page {
        1 => name,
        _ => format!("{name}, trang {page}"),
    }
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let (filter, page) = match subject {
        Subject::Petitions(filter, page) => (filter, *page),
        _ => (&Filter::All, 1),
    };
    let model = cx.model();
    let all = cx.plan.petition_lists.of(filter);
    let group = filter.group();
    let title = title(model, filter, page);
    let description =
        format!("{title}: {} việc, mới nhất trước, mỗi việc có hạn trả lời và kết quả.", all.len());
    let way = [(urls::petitions(&Filter::All, 1), "Phản ánh, kiến nghị")];
    let mut head = pieces::head(cx, "CollectionPage", title, description, &way, Vec::new());
    // Titles of lists begin alike; what tells them apart must not be cut off.
    head.mark = group.map(|_| {
        let label: String = filter.label(model).chars().take(28).collect();
        if page > 1 { format!("{label}, trang {page}") } else { label }
    });
    let by_state = matches!(group, Some(Group::State));
    let rows: Vec<PetitionRow> = all
        .iter()
        .skip((page - 1) * filter.on_a_page())
        .take(filter.on_a_page())
        .map(|known| PetitionRow::new(cx, *known))
        .collect();
    let view = PetitionListView {
        group: group.map(Group::label),
        total: all.len(),
        sentence: (!by_state && !all.is_empty()).then(|| Figures::of(all.iter().copied()).sentence()),
        tools: petitions::tools(cx, &rows, all.len()),
        petitions: rows,
        pages: PageLinks::new(cx, filter, page, all.len()),
        filters: filter_groups(cx, filter),
    };
    (head, View::PetitionList(Box::new(view)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    fn text(number: usize, more: &str) -> String {
        format!(
            "ma: 2026-{number:03}\nngay_tiep_nhan: 2026-03-{:02}\nkenh: khac\nloai: quy_dinh\ntieu_de: Việc {number}\nnoi_dung: x\ndon_vi: so\n{more}",
            number % 28 + 1
        )
    }

    #[test]
    fn lists_have_pages_and_tell_apart_what_they_hold() {
        let texts: Vec<(String, String)> = (1..=201)
            .map(|i| {
                let more = if i % 10 == 0 { "ket_qua: {ngay: 2026-04-03, ket_luan: tiep_thu}\n" } else { "" };
                (format!("phan-anh/2026/{i:03}.yaml"), text(i, more))
            })
            .collect();
        let files: Vec<(&str, &str)> =
            texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let model = model("2026-04-06", &files);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let show = |address: &'static str| {
            let path = urls::fixed(address);
            match plan.view(&path, &plan.routes[&path]) {
                (meta, View::PetitionList(view)) => (meta, view),
                _ => unreachable!("a list"),
            }
        };
        let (meta, second) = show("/phan-anh/trang-2/");
        assert_eq!((second.petitions.len(), second.pages.pages), (50, 5));
        assert!(second.pages.newer.is_some() && second.pages.older.is_some());
        // A form that sees one page of several says so.
        let unit = |list: &PetitionListView| list.tools.as_ref().map(|tools| tools.unit);
        assert_eq!(unit(&second), Some("việc ở trang này"));
        assert_eq!(unit(&show("/phan-anh/loc/trang-thai/da-tra-loi/").1), Some("việc"));
        assert_eq!(meta.title, "Mọi phản ánh, kiến nghị, trang 2");
        let (_, year) = show("/phan-anh/loc/nam/2026/trang-2/");
        assert_eq!((year.total, year.petitions.len()), (201, 1));
        assert_eq!(show("/phan-anh/loc/trang-thai/da-tra-loi/").1.total, 20);
        assert_eq!(show("/phan-anh/loc/trang-thai/tu-choi/").1.total, 0);
        assert_eq!(show("/phan-anh/loc/loai/quy-dinh/").1.total, 201);
        assert_eq!(show("/phan-anh/loc/don-vi/so/").1.total, 201);
        // Received on a later day first; nothing vanishes between the pages.
        let (_, late) = show("/phan-anh/loc/trang-thai/tre-han/");
        assert!(late.total > 0 && late.total < 201, "{}", late.total);
        let counted: usize =
            year.filters.iter().find(|group| group.label == "Trạng thái").map_or(0, |group| {
                group.filters.iter().filter(|f| f.link.text != "Trễ hạn").map(|f| f.count).sum()
            });
        assert_eq!(counted, 201);
    }

    #[test]
    fn one_received_after_the_day_of_the_build_is_not_there_yet() {
        let (now, later) = (text(1, ""), text(20, ""));
        let files = [("phan-anh/2026/001.yaml", now.as_str()), ("phan-anh/2026/020.yaml", later.as_str())];
        let model = model("2026-03-10", &files);
        let (plan, _) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(plan.routes.contains_key(&urls::fixed("/phan-anh/2026-001/")));
        assert!(!plan.routes.contains_key(&urls::fixed("/phan-anh/2026-020/")));
    }
}
