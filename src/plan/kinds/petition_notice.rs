//! The notice on petitions to post at the office: one side of A4.

use serde::Serialize;

use super::petitions::{GuideView, missing};
use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::petitions::{self, Filter, TermView};
use crate::plan::posting::{self, PrintView};
use crate::plan::view::{ChannelView, LinkView, OfficeView};
use crate::plan::{Subject, pieces, urls};

/// The notice.
pub const KIND: PageKind = PageKind {
    name: "petition-notice",
    routes: |model| vec![(urls::fixed("/phan-anh/niem-yet/"), Subject::Site, model.site.place())],
    view,
};

/// What the page of the notice shows.
#[derive(Debug, Serialize)]
pub struct PetitionNoticeView {
    /// What is printed.
    pub body: PetitionNoticeBody,
    /// Address, QR code, version and day of print.
    pub print: PrintView,
}

/// What is printed on the notice. Its version changes with any of this.
#[derive(Debug, Serialize)]
pub struct PetitionNoticeBody {
    /// What to know before petitioning.
    pub guide: Option<GuideView>,
    /// Ways to reach the agency that the site cannot tell yet: to be written by hand.
    pub missing: Vec<&'static str>,
    /// What happens to a petition, and in how many days.
    pub terms: Vec<TermView>,
    /// The channels, as far as they are printed: the version changes with them.
    pub channels: Vec<ChannelView>,
    /// The agency's office.
    pub office: Option<OfficeView>,
    /// The agency.
    pub agency: String,
    /// Where results are to be read.
    pub results: LinkView,
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
    let site = &cx.plan.site;
    let body = PetitionNoticeBody {
        guide: model.site.record.petition_guide.as_ref().map(GuideView::new),
        missing: missing(cx),
        terms: petitions::terms(model),
        channels: site.petition_channels.clone(),
        office: site.office.clone(),
        agency: site.name.clone(),
        results: LinkView { href: cx.href(&all), text: posting::words_of(&cx.absolute(&all)) },
    };
    let print = PrintView::new(cx, &all, "Trang phản ánh, kiến nghị", &body);
    (head, View::PetitionNotice(Box::new(PetitionNoticeView { body, print })))
}
