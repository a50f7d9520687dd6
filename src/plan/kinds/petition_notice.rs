//! The notice on petitions to post at the office: one side of A4.

use serde::Serialize;

use super::petitions::{GuideView, missing};
use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::petitions::{self, Filter, TermView};
use crate::plan::view::LinkView;
use crate::plan::{Subject, pieces, urls};

/// The notice.
pub const KIND: PageKind = PageKind {
    name: "petition-notice",
    routes: |model| vec![(urls::fixed("/phan-anh/niem-yet/"), Subject::Site, model.site.place())],
    view,
};

/// What the notice shows. The channels are the same on every page and come with the site.
#[derive(Debug, Serialize)]
pub struct PetitionNoticeView {
    /// What to know before petitioning.
    pub guide: Option<GuideView>,
    /// Ways to reach the agency that the site cannot tell yet: to be written by hand.
    pub missing: Vec<&'static str>,
    /// What happens to a petition, and in how many days.
    pub terms: Vec<TermView>,
    /// Where results are to be read: the address as it is printed.
    pub results: LinkView,
    /// The page with the same on the web.
    pub back: LinkView,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let all = urls::petitions(&Filter::All, 1);
    let way = [(all.clone(), "Phản ánh, kiến nghị")];
    let head = pieces::head(
        cx,
        "WebPage",
        "Thông báo về việc tiếp nhận phản ánh, kiến nghị",
        format!("Bản in một mặt A4 để niêm yết tại trụ sở {}.", cx.plan.site.name),
        &way,
        Vec::new(),
    );
    let address = cx.absolute(&all);
    let printed = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let view = PetitionNoticeView {
        guide: model.site.record.petition_guide.as_ref().map(GuideView::new),
        missing: missing(cx),
        terms: petitions::terms(model),
        results: LinkView { href: cx.href(&all), text: printed.to_owned() },
        back: cx.link(&all, "Trang phản ánh, kiến nghị"),
    };
    (head, View::PetitionNotice(Box::new(view)))
}
