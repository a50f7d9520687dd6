//! The register of page kinds: one file each, with its view and the way from the model to it.

pub mod accessibility;
pub mod article;
pub mod articles;
pub mod changes;
pub mod changes_year;
pub mod contact;
pub mod decision;
pub mod decisions;
pub mod duties;
pub mod essential;
pub mod field;
pub mod field_cover;
pub mod field_sheet;
pub mod fields;
pub mod home;
pub mod initiative;
pub mod initiatives;
pub mod inspections;
pub mod law_procedures;
pub mod laws;
pub mod not_found;
pub mod online;
pub mod petition;
pub mod petition_list;
pub mod petition_notice;
pub mod petitions;
pub mod plan;
pub mod plans;
pub mod postings;
pub mod procedure;
pub mod procedure_sheet;
pub mod procedures;
pub mod residence;
pub mod results;
pub mod results_period;
pub mod search;
pub mod section;
pub mod simplifications;
pub mod sitemap;
pub mod verification;

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

impl PageKind {
    /// Whether its pages name the versions of sheets, and so gain when the sheets are made first.
    pub fn names_sheets(&self) -> bool {
        matches!(self.name, "field-cover" | "postings")
    }
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
    LawProcedures: law_procedures::LawProceduresView,
    Articles: articles::ArticlesView,
    Section: section::SectionView,
    Article: article::ArticleView,
    Plans: plans::PlansView,
    Plan: plan::PlanView,
    Duties: duties::DutiesView,
    Petitions: petitions::PetitionsView,
    PetitionList: petition_list::PetitionListView,
    Petition: petition::PetitionView,
    PetitionNotice: petition_notice::PetitionNoticeView,
    Initiatives: initiatives::InitiativesView,
    Initiative: initiative::InitiativeView,
    Online: online::OnlineView,
    Essential: essential::EssentialView,
    Residence: residence::ResidenceView,
    Simplifications: simplifications::SimplificationsView,
    Inspections: inspections::InspectionsView,
    Results: results::ResultsView,
    ResultsPeriod: results_period::ResultsPeriodView,
    Postings: postings::PostingsView,
    ProcedureSheet: procedure_sheet::ProcedureSheetView,
    FieldSheet: field_sheet::FieldSheetView,
    FieldCover: field_cover::FieldCoverView,
    Changes: changes::ChangesView,
    ChangesYear: changes_year::ChangesYearView,
    Contact: contact::ContactView,
    Accessibility: accessibility::AccessibilityView,
    Sitemap: sitemap::SitemapView,
    Verification: verification::VerificationView,
    Search: search::SearchView,
}

/// The main menu: addresses and words. An entry shows when its page exists. Seven at most, so that
/// they stand on two lines of a phone; fields and decisions are reached from the procedures and from
/// the home page, the rest from the footer.
pub const MENU: &[(&str, &str)] = &[
    ("/thu-tuc/", "Thủ tục"),
    ("/truc-tuyen/", "Trực tuyến"),
    ("/phan-anh/", "Phản ánh"),
    ("/ket-qua/", "Kết quả"),
    ("/bai-viet/", "Bài viết"),
    ("/ke-hoach/", "Kế hoạch"),
    ("/lien-he/", "Liên hệ"),
];

/// Everything else that the agency makes public, and pages about the site itself, for its footer.
pub const FOOTER: &[(&str, &str)] = &[
    ("/linh-vuc/", "Thủ tục theo lĩnh vực"),
    ("/quyet-dinh/", "Quyết định công bố"),
    ("/van-ban/", "Văn bản pháp luật"),
    ("/niem-yet/", "Bản in để niêm yết"),
    ("/nghia-vu/", "Cơ quan làm đúng hạn đến đâu"),
    ("/kiem-tra/", "Kiểm tra"),
    ("/cat-giam/", "Cắt giảm thủ tục"),
    ("/sang-kien/", "Sáng kiến"),
    ("/thiet-yeu/", "Dịch vụ công thiết yếu"),
    ("/cu-tru/", "Thay cho sổ hộ khẩu"),
    ("/phan-anh/", "Gửi phản ánh, kiến nghị"),
    ("/lien-he/", "Liên hệ"),
    ("/du-lieu/", "Dữ liệu mở"),
    ("/thay-doi/", "Trang này đã đổi những gì"),
    ("/tro-nang/", "Khả năng tiếp cận và riêng tư"),
    ("/xac-minh/", "Kiểm chữ ký của trang"),
    ("/tim-kiem/", "Tìm kiếm"),
    ("/so-do/", "Sơ đồ trang"),
];
