//! The register of page kinds: one file each, with its view and the way from the model to it.

pub mod accessibility;
pub mod article;
pub mod articles;
pub mod contact;
pub mod decision;
pub mod decisions;
pub mod field;
pub mod fields;
pub mod home;
pub mod laws;
pub mod not_found;
pub mod petition;
pub mod petition_list;
pub mod petition_notice;
pub mod petitions;
pub mod plan;
pub mod plans;
pub mod procedure;
pub mod procedures;
pub mod search;
pub mod section;
pub mod sitemap;

use serde::Serialize;

use super::Subject;
use super::links::PageCx;
use super::view::LinkView;
use crate::base::diagnostic::Place;
use crate::base::path::RoutePath;
use crate::model::Model;

/// One kind of page.
#[derive(Debug)]
pub struct PageKind {
    /// Its English name: the template `pages/<name>.html` and the `data-page` of the body.
    pub name: &'static str,
    /// Every page of this kind: address, subject, and the record it comes from.
    pub routes: fn(&Model) -> Vec<(RoutePath, Subject, Place)>,
    /// What one page shows.
    pub view: fn(&PageCx<'_>, &Subject) -> (Head, View),
}

/// What a page tells of itself to the layout.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// Title, without the site's name.
    pub title: String,
    /// What keeps the title of the window unique, such as a code.
    pub mark: Option<String>,
    /// One or two sentences for search engines.
    pub description: String,
    /// The way here, home first, this page not included.
    pub crumbs: Vec<LinkView>,
    /// Atom feeds to announce.
    pub feeds: Vec<LinkView>,
    /// Structured data (schema.org).
    pub json_ld: Option<serde_json::Value>,
}

macro_rules! page_kinds {
    ($($variant:ident: $module:ident :: $view:ident),* $(,)?) => {
        /// Every kind of page.
        pub const PAGE_KINDS: &[PageKind] = &[$($module::KIND),*];

        /// The view of one page.
        #[derive(Debug, Serialize)]
        #[serde(untagged)]
        #[allow(missing_docs)]
        pub enum View {
            $($variant(Box<$module::$view>)),*
        }
    };
}

page_kinds! {
    Home: home::HomeView,
    Procedures: procedures::ProceduresView,
    Procedure: procedure::ProcedureView,
    Fields: fields::FieldsView,
    Field: field::FieldView,
    NotFound: not_found::NotFoundView,
    Decisions: decisions::DecisionsView,
    Decision: decision::DecisionView,
    Laws: laws::LawsView,
    Articles: articles::ArticlesView,
    Section: section::SectionView,
    Article: article::ArticleView,
    Plans: plans::PlansView,
    Plan: plan::PlanView,
    Petitions: petitions::PetitionsView,
    PetitionList: petition_list::PetitionListView,
    Petition: petition::PetitionView,
    PetitionNotice: petition_notice::PetitionNoticeView,
    Contact: contact::ContactView,
    Accessibility: accessibility::AccessibilityView,
    Sitemap: sitemap::SitemapView,
    Search: search::SearchView,
}

/// The main menu: addresses and words. An entry shows when its page exists. Seven at most, so that
/// they stand on two lines of a phone; legal texts are reached from what rests on them and from the
/// footer.
pub const MENU: &[(&str, &str)] = &[
    ("/thu-tuc/", "Thủ tục"),
    ("/linh-vuc/", "Lĩnh vực"),
    ("/quyet-dinh/", "Quyết định"),
    ("/phan-anh/", "Phản ánh"),
    ("/bai-viet/", "Bài viết"),
    ("/ke-hoach/", "Kế hoạch"),
    ("/lien-he/", "Liên hệ"),
];

/// Pages about the site itself, for its footer.
pub const FOOTER: &[(&str, &str)] = &[
    ("/phan-anh/", "Gửi phản ánh, kiến nghị"),
    ("/lien-he/", "Liên hệ"),
    ("/van-ban/", "Văn bản pháp luật"),
    ("/tro-nang/", "Khả năng tiếp cận và riêng tư"),
    ("/tim-kiem/", "Tìm kiếm"),
    ("/so-do/", "Sơ đồ trang"),
];
