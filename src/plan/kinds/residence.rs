//! Residence data instead of the paper household book: the ways, the papers when they fail, and the
//! procedures that still ask for the book.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::household_book::demands_of;
use crate::plan::guides::{self, LawLink};
use crate::plan::links::PageCx;
use crate::plan::pieces::{self, ArticleCard, ProcedureRef, SourceView};
use crate::plan::view::{LinkView, text};
use crate::plan::{Subject, listing, urls};
use crate::record::config::ResidenceGuide;
use crate::vi::collate;
use crate::vi::typography::nbsp;

/// The page on residence data.
pub const KIND: PageKind = PageKind {
    name: "residence",
    routes: |model| vec![(urls::fixed("/cu-tru/"), Subject::Site, model.site.place())],
    view,
};

/// What the page on residence data shows.
#[derive(Debug, Serialize)]
pub struct ResidenceView {
    /// What the law says; none while `trang.yaml` does not tell.
    pub guide: Option<ResidenceGuideView>,
    /// The procedures in use that still ask for the book.
    pub demanding: Vec<DemandingView>,
    /// How many procedures were read: those in use that have a content.
    pub read: usize,
    /// How many in use have no content yet, so that nothing can be said of them.
    pub unread: usize,
    /// The articles, newest first.
    pub guides: Vec<ArticleCard>,
    /// The feeds in which new articles appear.
    pub feeds: Vec<LinkView>,
    /// Where to report that the book was asked for.
    pub petitions: LinkView,
}

/// What the law says.
#[derive(Debug, Serialize)]
pub struct ResidenceGuideView {
    /// What has changed, and since when.
    pub introduction_html: String,
    /// The ways, in the order in which they are to be tried.
    pub ways: Vec<WayView>,
    /// The papers of which one is enough when the ways fail.
    pub papers: Vec<String>,
    /// The legal basis.
    pub basis: Option<String>,
    /// The legal texts that the basis names, in the list of legal texts.
    pub laws: Vec<LawLink>,
    /// Where this is known from.
    pub source: Option<SourceView>,
}

/// One way of getting residence data.
#[derive(Debug, Serialize)]
pub struct WayView {
    /// Its name.
    pub name: String,
    /// How it goes, for citizens and at the counter.
    pub content_html: String,
}

/// A procedure that asks for the book.
#[derive(Debug, Serialize)]
pub struct DemandingView {
    /// The procedure.
    pub procedure: ProcedureRef,
    /// The words of its record, each once.
    pub words: Vec<String>,
}

impl ResidenceGuideView {
    fn new(cx: &PageCx<'_>, guide: &ResidenceGuide) -> Self {
        Self {
            introduction_html: cx.markdown(&nbsp(guide.introduction.as_str()), "mo-dau-", 3),
            ways: guide
                .ways
                .iter()
                .enumerate()
                .map(|(i, way)| WayView {
                    name: way.name.as_str().to_owned(),
                    content_html: cx.markdown(&nbsp(way.content.as_str()), &format!("cach-{}-", i + 1), 4),
                })
                .collect(),
            papers: guide.papers.iter().map(|paper| paper.as_str().to_owned()).collect(),
            basis: text(guide.basis.as_ref()),
            laws: guide.basis.as_ref().map(|basis| guides::laws_in(cx, basis.as_str())).unwrap_or_default(),
            source: SourceView::new(guide.source.as_ref()),
        }
    }
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let current = || model.procedures.iter().filter(|(code, _)| model.state(code).standing.is_current());
    let unread = current().filter(|(_, procedure)| listing::is_sparse(&procedure.record)).count();
    let mut demanding: Vec<DemandingView> = current()
        .filter_map(|(code, procedure)| {
            let mut words: Vec<String> = Vec::new();
            for demand in demands_of(&procedure.record) {
                let found = demand.words().to_lowercase();
                if !words.contains(&found) {
                    words.push(found);
                }
            }
            (!words.is_empty()).then(|| DemandingView { procedure: ProcedureRef::new(cx, code), words })
        })
        .collect();
    demanding.sort_by_cached_key(|one| {
        (collate::key(one.procedure.name.as_deref().unwrap_or_default()), one.procedure.code.clone())
    });
    let feeds = guides::feeds(cx, guides::RESIDENCE);
    let mut head = pieces::head(
        cx,
        "WebPage",
        "Không cần sổ hộ khẩu giấy",
        "Các cách dùng dữ liệu cư trú thay cho sổ hộ khẩu, sổ tạm trú giấy; giấy nào thay được; thủ tục nào còn đòi sổ.",
        &[],
        Vec::new(),
    );
    head.feeds = feeds.clone();
    let view = ResidenceView {
        guide: model.site.record.residence.as_ref().map(|guide| ResidenceGuideView::new(cx, guide)),
        demanding,
        read: current().count() - unread,
        unread,
        guides: guides::articles(cx, guides::RESIDENCE),
        feeds,
        petitions: cx.link(&urls::fixed("/phan-anh/"), "Gửi phản ánh, kiến nghị"),
    };
    (head, View::Residence(Box::new(view)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    const SITE: &str = "ten: Sở A\ndia_chi_trang: https://a.vn/\ncu_tru:\n  mo_dau: Hết **sổ giấy**.\n  cach:\n    - {ten: VNeID, noi_dung: Mở ứng dụng.}\n  giay_to: [Thẻ căn cước]\n  can_cu: Điều 14 Nghị định 104/2022/NĐ-CP\n";

    fn show(files: &[(&str, &str)]) -> Box<ResidenceView> {
        let model = model("2026-06-20", files);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let path = urls::fixed("/cu-tru/");
        let (_, View::Residence(view)) = plan.view(&path, &plan.routes[&path]) else {
            unreachable!("the page on residence data")
        };
        view
    }

    #[test]
    fn a_procedure_that_asks_for_the_book_is_named_and_others_are_counted() {
        let asks = "ma: \"1.000001\"\nten: Cấp thẻ\nlinh_vuc: a\nho_so: [{giay_to: [{ten: Bản sao Sổ hộ khẩu}, {ten: sổ hộ khẩu}]}]\n";
        let not = "ma: \"1.000002\"\nten: Đổi thẻ\nlinh_vuc: a\nyeu_cau: Không phải nộp sổ hộ khẩu.\n";
        let empty = "ma: \"1.000003\"\nten: Hủy thẻ\nlinh_vuc: a\n";
        let view = show(&[
            ("thu-tuc/1.000001.yaml", asks),
            ("thu-tuc/1.000002.yaml", not),
            ("thu-tuc/1.000003.yaml", empty),
        ]);
        assert!(view.guide.is_none());
        assert_eq!((view.read, view.unread), (2, 1));
        let [one] = &view.demanding[..] else { panic!("one procedure") };
        assert_eq!(
            (one.procedure.code.as_str(), &one.words[..]),
            ("1.000001", &["sổ hộ khẩu".to_owned()][..])
        );
    }

    #[test]
    fn the_basis_leads_to_the_legal_texts_that_the_site_knows() {
        let laws = "- {so_ky_hieu: 104/2022/NĐ-CP, ten: Nghị định, hieu_luc_den: 2026-01-01}\n- {so_ky_hieu: 4/2022/NĐ-CP, ten: Khác}\n";
        let guide = show(&[("trang.yaml", SITE), ("danh-muc/van-ban.yaml", laws)]).guide.expect("a guide");
        let [law] = &guide.laws[..] else { panic!("one text: {:?}", guide.laws) };
        assert_eq!(law.link.href, "../van-ban/index.html#104-2022-nd-cp");
        assert!(law.expired);
        assert_eq!(guide.introduction_html, "<p>Hết <strong>sổ giấy</strong>.</p>\n");
        assert!(show(&[("trang.yaml", SITE)]).guide.expect("a guide").laws.is_empty());
    }
}
