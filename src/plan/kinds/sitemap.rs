//! The map of the site: every page, so that everything is reachable without search.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::base::date::Date;
use crate::base::path::RoutePath;
use crate::model::Model;
use crate::plan::links::PageCx;
use crate::plan::petitions::Filter;
use crate::plan::pieces;
use crate::plan::results::title as period_title;
use crate::plan::view::{DateView, LinkView};
use crate::plan::{Route, Subject, urls};
use crate::record::scalar::Code;
use crate::vi::collate;

/// The map of the site.
pub const KIND: PageKind = PageKind {
    name: "sitemap",
    routes: |model| vec![(urls::fixed("/so-do/"), Subject::Site, model.site.place())],
    view,
};

/// What the map of the site shows.
#[derive(Debug, Serialize)]
pub struct SitemapView {
    /// How many pages the site has, this one included, sheets for the board not.
    pub total: usize,
    /// The pages of the site as a whole: home, lists, statements.
    pub main: Vec<LinkView>,
    /// The other pages in groups; none is empty.
    pub groups: Vec<PageGroup>,
}

/// Pages that belong together, such as all procedures.
#[derive(Debug, Serialize)]
pub struct PageGroup {
    /// What they are.
    pub title: &'static str,
    /// Them by field, year or section; none is empty.
    pub parts: Vec<PagePart>,
}

/// The pages of one field, year or section.
#[derive(Debug, Serialize)]
pub struct PagePart {
    /// Its name, with the number of pages; a summary that unfolds.
    pub title: String,
    /// Its own page and those below it.
    pub links: Vec<LinkView>,
}

/// Up to how many petitions the map names each; of more it names the lists.
const MOST_PETITIONS: usize = 300;

/// Pages gathered in parts: what sorts the part and its name, then its pages.
type Parts = BTreeMap<(Vec<u8>, String), Vec<Entry>>;

struct Entry {
    /// What sorts it in its part; empty for the page of the part itself, which comes first.
    order: Vec<u8>,
    link: LinkView,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let mut main = Vec::new();
    let [
        mut procedures,
        mut decisions,
        mut petitions,
        mut results,
        mut initiatives,
        mut articles,
        mut others,
    ] = [const { Parts::new() }; 7];
    let by_letter = !cx.plan.parts.is_empty();
    for (path, route) in &cx.plan.routes {
        if path == cx.path || !is_named(route) {
            continue;
        }
        let put = |parts: &mut Parts, (key, part): (Vec<u8>, &str), order: Vec<u8>, text: String| {
            let entry = Entry { order, link: cx.link(path, text) };
            parts.entry((key, part.to_owned())).or_default().push(entry);
        };
        match (route.kind.name, &route.subject) {
            (_, Subject::Site | Subject::Plan(_) | Subject::Petitions(Filter::All, 1) | Subject::Laws(1)) => {
                main.push((rank(path), cx.link(path, title(cx, path, route))))
            }
            // So many would make this the heaviest page of all: the lists by letter lead to them.
            ("procedure", _) if by_letter => {}
            ("decision", _) if model.decisions.len() > super::decisions::LONGEST_LIST => {}
            ("petition", _) if model.handlings.len() > MOST_PETITIONS => {}
            // The list of legal texts leads to them.
            ("law-procedures", _) | ("laws", _) => {}
            ("petition-list", Subject::Petitions(_, page)) if *page > 1 => {}
            ("decisions", Subject::Decisions(year, page)) => {
                let place = (latest_first(i32::from(*year)), &*format!("Năm {year}"));
                put(&mut decisions, place, page.to_be_bytes().to_vec(), title(cx, path, route));
            }
            ("procedures", Subject::Procedures(..)) => {
                put(
                    &mut procedures,
                    (Vec::new(), "Theo chữ cái"),
                    path.as_str().into(),
                    title(cx, path, route),
                );
            }
            ("procedure", Subject::Procedure(code)) => {
                let Some(procedure) = model.procedures.get(code) else { continue };
                let name = procedure.record.name.as_str();
                let field = field_name(model, &procedure.record.field);
                put(
                    &mut procedures,
                    (collate::key(field), field),
                    collate::key(name),
                    format!("{name} ({code})"),
                );
            }
            ("field", Subject::Field(code)) => {
                let field = field_name(model, code);
                put(&mut procedures, (collate::key(field), field), Vec::new(), format!("Lĩnh vực {field}"));
            }
            ("decision", Subject::Decision(id)) => {
                let Some(decision) = model.decisions.get(id) else { continue };
                let (number, signed) = (&decision.record.number, decision.record.signed.0);
                let year = (latest_first(i32::from(signed.year())), &*format!("Năm {}", signed.year()));
                let text = format!("Quyết định số {number}, ngày {}", DateView::from(signed).short);
                put(&mut decisions, year, latest_first(days(signed)), text);
            }
            ("petition", Subject::Petition(code)) => {
                let Some(petition) = model.petitions.get(code) else { continue };
                let received = petition.record.received.0;
                let year = (latest_first(i32::from(received.year())), &*format!("Năm {}", received.year()));
                let text = format!("{} ({code})", petition.record.title);
                put(&mut petitions, year, latest_first(days(received)), text);
            }
            ("petition-list", _) => {
                let order = path.as_str().into();
                put(&mut petitions, (vec![u8::MAX; 9], "Danh sách"), order, title(cx, path, route));
            }
            ("initiative", Subject::Initiative(code)) => {
                let Some(call) = model.initiatives.get(code) else { continue };
                let opened = call.record.opened.0;
                let year = (latest_first(i32::from(opened.year())), &*format!("Năm {}", opened.year()));
                let text = format!("{} ({code})", call.record.title);
                put(&mut initiatives, year, latest_first(days(opened)), text);
            }
            ("results-period", Subject::Statistics(period)) => {
                let number = period.year_number();
                let year = (latest_first(i32::from(number)), &*format!("Năm {number}"));
                // The year, its quarters, its months, each by time.
                let mut order = vec![period.length() as u8];
                order.extend(days(period.first()).to_be_bytes());
                put(&mut results, year, order, period_title(*period));
            }
            ("section", Subject::Section(code, page)) => {
                let order = if *page == 1 { Vec::new() } else { page.to_be_bytes().to_vec() };
                put(
                    &mut articles,
                    section_part(model, code),
                    order,
                    format!("Chuyên mục {}", title(cx, path, route)),
                );
            }
            ("article", Subject::Article(id)) => {
                let Some(article) = model.articles.get(id) else { continue };
                let head = &article.record.head;
                let section = section_part(model, &id.section);
                put(&mut articles, section, latest_first(days(head.date.0)), head.title.as_str().to_owned());
            }
            _ => {
                let part = path.as_str()[1..].split('/').next().unwrap_or_default();
                let text = title(cx, path, route);
                put(&mut others, (Vec::new(), part), path.as_str().into(), text);
            }
        }
    }
    main.sort_by(|(a, _), (b, _)| a.cmp(b));
    let groups = [
        ("Thủ tục theo lĩnh vực", procedures),
        ("Quyết định công bố theo năm", decisions),
        ("Phản ánh, kiến nghị theo năm nhận", petitions),
        ("Kêu gọi sáng kiến theo năm mở", initiatives),
        ("Kết quả giải quyết theo năm", results),
        ("Bài viết theo chuyên mục", articles),
        ("Trang khác", others),
    ]
    .into_iter()
    .filter(|(_, parts)| !parts.is_empty())
    .map(|(title, parts)| PageGroup { title, parts: parts.into_iter().map(part).collect() })
    .collect();
    let total = cx.plan.routes.values().filter(|route| is_named(route)).count();
    let view = SitemapView { total, main: main.into_iter().map(|(_, link)| link).collect(), groups };
    let head = pieces::head(
        cx,
        "WebPage",
        "Sơ đồ trang",
        format!("Đường tới cả {total} trang của {}.", cx.plan.site.short_name),
        &[],
        Vec::new(),
    );
    (head, View::Sitemap(Box::new(view)))
}

/// Whether a page stands in the map. Sheets for the board are reached from the page of what has to hang:
/// here they would double the list, and each is the paper of a page that is named.
fn is_named(route: &Route) -> bool {
    !matches!(route.kind.name, "not-found" | "procedure-sheet" | "field-sheet" | "field-cover")
}

fn part(((_, name), mut entries): ((Vec<u8>, String), Vec<Entry>)) -> PagePart {
    entries.sort_by(|a, b| (&a.order, &a.link.href).cmp(&(&b.order, &b.link.href)));
    let pages = entries.len();
    PagePart { title: format!("{name}: {pages} trang"), links: entries.into_iter().map(|e| e.link).collect() }
}

/// The title that a page gives itself. Only asked of pages that are one of their kind, or of a kind
/// that this map does not know.
fn title(cx: &PageCx<'_>, path: &RoutePath, route: &Route) -> String {
    if let Subject::Procedures(part, page) = &route.subject {
        // There are many of these pages, each with hundreds of rows that are not wanted here.
        return super::procedures::part_title(*part, *page);
    }
    if let ("petition-list", Subject::Petitions(filter, page)) = (route.kind.name, &route.subject) {
        return super::petition_list::title(cx.model(), filter, *page);
    }
    let there = PageCx { plan: cx.plan, path };
    let (head, _) = (route.kind.view)(&there, &route.subject);
    if path.as_str() == "/" { "Trang chủ".to_owned() } else { head.title }
}

/// Home first, then the order of the menu with what lies below each entry, then by address.
fn rank(path: &RoutePath) -> (usize, String) {
    let under = |(entry, _): &(&str, &str)| path.as_str().starts_with(entry);
    let place = match path.as_str() {
        "/" => 0,
        _ => super::MENU.iter().position(under).map_or(usize::MAX, |place| place + 1),
    };
    (place, path.as_str().to_owned())
}

fn field_name<'m>(model: &'m Model, code: &'m Code) -> &'m str {
    model.fields.get(code).map_or(code.as_str(), |field| field.record.name.as_str())
}

/// A section as a part: sections stand in the order of `trang.yaml`.
fn section_part<'m>(model: &'m Model, code: &'m Code) -> (Vec<u8>, &'m str) {
    let sections = &model.site.record.sections;
    let place = sections.iter().position(|section| section.code == *code).unwrap_or(usize::MAX);
    let name = sections.get(place).map_or(code.as_str(), |section| section.name.as_str());
    (place.to_be_bytes().to_vec(), name)
}

/// Bytes that sort later numbers first; never empty.
fn latest_first(number: i32) -> Vec<u8> {
    (i64::from(i32::MAX) - i64::from(number)).to_be_bytes().to_vec()
}

/// Days since the first day of the calendar.
fn days(date: Date) -> i32 {
    Date::new(1, 1, 1).map_or(0, |first| first.days_until(date))
}
