//! The agency's own punctuality: what it owes, how it is kept, and every exception by name.

pub mod parts;

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::outputs::duty_data;
use crate::plan::pieces;
use crate::plan::view::{LinkView, RefView};
use crate::plan::{Subject, urls};
use parts::DutyView;
pub use parts::Summary;

/// The page of duties. It exists even where nothing can be judged: that is said as well.
pub const KIND: PageKind = PageKind {
    name: "duties",
    routes: |model| vec![(urls::fixed("/nghia-vu/"), Subject::Site, model.site.place())],
    view,
};

/// What the page of duties shows.
#[derive(Debug, Serialize)]
pub struct DutiesView {
    /// All of it in one sentence.
    pub sentence: String,
    /// The duties, in order.
    pub duties: Vec<DutyView>,
    /// Figures of dossiers, which are typed, not computed from our records.
    pub results: RefView,
    /// The same as data.
    pub data: Vec<LinkView>,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let view = DutiesView {
        sentence: Summary::of(cx.model()).sentence(),
        duties: parts::views(cx),
        results: cx.reference(&urls::fixed("/ket-qua/"), "kết quả giải quyết hồ sơ"),
        data: duty_data::links(cx),
    };
    let head = pieces::head(
        cx,
        "WebPage",
        "Cơ quan làm đúng hạn đến đâu",
        "Cơ quan tự đo nghĩa vụ của mình từ chính các bản ghi trên trang: đăng quyết định, ghi đủ nội dung, trả lời phản ánh, rà soát thủ tục; nêu từng trường hợp chưa đạt.",
        &[],
        Vec::new(),
    );
    (head, View::Duties(Box::new(view)))
}
