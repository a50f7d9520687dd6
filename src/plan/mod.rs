//! Decides every page of the site: which addresses there are and what each may show.
//!
//! [`site()`] gives the [`SitePlan`], a map from address to [`Route`] (small: what kind, of which
//! record). [`SitePlan::view`] makes the view of one route when it is rendered, so views never pile
//! up in memory. A view is plain data made for one template; a template can look nothing else up, so
//! a page is a pure function of theme, template and view.

pub mod chart;
pub mod evidence;
pub mod facts;
pub mod guides;
pub mod in_use;
pub mod initiatives;
pub mod inspections;
pub mod kinds;
pub mod likeness;
pub mod links;
pub mod list_tools;
pub mod listing;
pub mod moved;
pub mod outputs;
pub mod past;
pub mod petitions;
pub mod pieces;
pub mod posting;
pub mod prose;
pub mod results;
pub mod search;
pub mod simplifications;
pub mod structured;
pub mod targets;
#[cfg(test)]
pub(crate) mod testing;
pub mod todo;
pub mod urls;
pub mod view;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::base::calendar_period::CalendarPeriod;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::RoutePath;
use crate::codes::CK0407;
use crate::model::{ArticleId, DecisionId, Model};
use crate::msg;
use crate::record::scalar::{Code, LawNumber, ProcedureCode};

use kinds::{PAGE_KINDS, PageKind};
use view::{Meta, SiteView, View};

/// What a page is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The site as a whole.
    Site,
    /// One page of a part of the procedures, from 1, where there are too many for one list.
    Procedures(listing::Part, usize),
    /// One procedure.
    Procedure(ProcedureCode),
    /// One field.
    Field(Code),
    /// One decision.
    Decision(DecisionId),
    /// One page of the legal texts, from 1.
    Laws(usize),
    /// One page of the procedures that rest on a legal text, from 1.
    LawProcedures(LawNumber, usize),
    /// One page of the decisions of a year, from 1, where there are too many for one list.
    Decisions(i16, usize),
    /// One page of a section of articles, from 1.
    Section(Code, usize),
    /// One article.
    Article(ArticleId),
    /// The plan of a year.
    Plan(u64),
    /// One page of the petitions that a filter lets through, from 1.
    Petitions(petitions::Filter, usize),
    /// One petition.
    Petition(Code),
    /// The figures of one period.
    Statistics(CalendarPeriod),
    /// One call for initiatives.
    Initiative(Code),
    /// One page of the changes of a year, from 1, where there are too many for one list.
    Changes(i16, usize),
}

/// One page: its kind and what it is about.
#[derive(Debug, Clone)]
pub struct Route {
    /// The kind of page, which names its template.
    pub kind: &'static PageKind,
    /// What it is about.
    pub subject: Subject,
    /// Where its record stands, for findings about the page.
    pub from: Place,
}

/// Every page of the site.
#[derive(Debug)]
pub struct SitePlan<'m> {
    /// The records that the views are made of.
    pub model: &'m Model,
    /// What is the same on every page.
    pub site: SiteView,
    /// Address → page.
    pub routes: BTreeMap<RoutePath, Route>,
    /// Old addresses and where they lead.
    pub moved: moved::Redirects,
    /// What the records of changes are called today.
    pub shown: past::ShownRecords,
    /// The parts of the procedures, where there are too many for one list: worked out once for all pages.
    pub parts: Vec<(listing::Part, Vec<ProcedureCode>)>,
    /// The page of the list on which each legal text stands, from 1.
    pub law_pages: BTreeMap<LawNumber, usize>,
    in_use: OnceLock<in_use::Counts>,
    /// The petitions in their lists.
    pub petition_lists: petitions::PetitionLists<'m>,
    /// Procedures whose names are alike.
    pub likeness: likeness::Likeness<'m>,
    /// The versions of the sheets for the board.
    pub sheets: posting::SheetVersions,
}

/// Plans the site. Two pages with one address are an error that names both records.
pub fn site<'m>(model: &'m Model, assets: &view::ThemeAssets) -> (SitePlan<'m>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut all: Vec<(RoutePath, Route)> = Vec::new();
    for kind in PAGE_KINDS {
        let routes = (kind.routes)(model).into_iter();
        all.extend(routes.map(|(path, subject, from)| (path, Route { kind, subject, from })));
    }
    // The sort is stable: of two pages with one address the first kind's stays.
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all.dedup_by(|(path, route), (first_path, first)| {
        let twice = path == first_path;
        if twice {
            found.push(
                Diagnostic::new(
                    CK0407,
                    route.from.clone(),
                    msg!("hai trang cùng một địa chỉ {path}", "two pages with one address {path}"),
                )
                .help(msg!(
                    "đổi mã, hoặc đổi tên tệp của một trong hai bản ghi",
                    "change the code or the file name of one of the two records"
                ))
                .also(first.from.clone(), msg!("trang kia từ bản ghi này", "the other page comes from here")),
            );
        }
        twice
    });
    let routes: BTreeMap<RoutePath, Route> = all.into_iter().collect();
    let (moved, wrong) = moved::redirects(model, &routes);
    found.extend(wrong);
    let site = SiteView::new(model, &routes, assets);
    let (parts, law_pages) = (listing::parts(model), kinds::laws::pages(model));
    let shown = past::shown(model);
    let likeness = likeness::Likeness::new(model);
    let sheets = posting::SheetVersions::new(model);
    let petition_lists = petitions::PetitionLists::new(model);
    let in_use = OnceLock::new();
    (
        SitePlan {
            model,
            site,
            routes,
            moved,
            shown,
            parts,
            law_pages,
            in_use,
            petition_lists,
            likeness,
            sheets,
        },
        found,
    )
}

impl SitePlan<'_> {
    /// How many procedures are in use; counted when somebody asks first.
    pub fn in_use(&self) -> &in_use::Counts {
        self.in_use.get_or_init(|| in_use::Counts::new(self.model))
    }

    /// What one page shows: the part that every page has, and its own.
    pub fn view(&self, path: &RoutePath, route: &Route) -> (Meta, View) {
        let cx = links::PageCx { plan: self, path };
        let (head, view) = (route.kind.view)(&cx, &route.subject);
        (Meta::new(&cx, route, head), view)
    }
}
