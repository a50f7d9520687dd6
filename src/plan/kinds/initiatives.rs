//! Calls for initiatives: what is asked now and how to send, and what became of what came in.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::initiative::{Phase, Tally};
use crate::plan::initiatives::{self, CallRow};
use crate::plan::links::PageCx;
use crate::plan::outputs::{feeds, initiative_data};
use crate::plan::pieces;
use crate::plan::view::LinkView;
use crate::plan::{Subject, urls};

/// The list of calls. It exists even when there is none: it then says where else to send.
pub const KIND: PageKind = PageKind {
    name: "initiatives",
    routes: |model| vec![(urls::fixed("/sang-kien/"), Subject::Site, model.site.place())],
    view,
};

/// What the list of calls shows.
#[derive(Debug, Serialize)]
pub struct InitiativesView {
    /// The calls that take contributions, those that close soonest first.
    pub open: Vec<CallRow>,
    /// The closed ones, the last closed first.
    pub closed: Vec<CallRow>,
    /// All calls and contributions in a sentence; none before the first call.
    pub sentence: Option<String>,
    /// How many of the calls are made-up examples.
    pub illustrative: usize,
    /// All of them are.
    pub all_illustrative: bool,
    /// Where to send what no call asks for.
    pub petitions: LinkView,
    /// The Atom feed.
    pub feed: LinkView,
    /// The same as data: JSON and CSV.
    pub data: Vec<LinkView>,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let today = model.as_of.date();
    let calls = initiatives::in_order(model);
    let illustrative = calls.iter().filter(|(_, call)| call.record.illustrative.0).count();
    let tally =
        calls.iter().map(|(_, call)| Tally::of(&call.record, today)).fold(Tally::default(), Tally::plus);
    let is_open = |call: &crate::record::initiative::Initiative| Phase::of(call, today) == Phase::Open;
    let rows = |open: bool| -> Vec<CallRow> {
        let of_phase = calls.iter().filter(|(_, call)| is_open(&call.record) == open);
        of_phase.map(|(code, call)| CallRow::new(cx, code, call)).collect()
    };
    let feed = feeds::of_initiatives(cx);
    let mut head = pieces::head(
        cx,
        "CollectionPage",
        "Sáng kiến cải cách thủ tục",
        "Đang kêu gọi góp ý việc gì, gửi thế nào, còn mấy ngày; và từng góp ý đã nhận: tiếp thu hay không, vì sao.",
        &[],
        Vec::new(),
    );
    head.feeds = vec![feed.clone()];
    let view = InitiativesView {
        open: rows(true),
        closed: rows(false),
        sentence: (!calls.is_empty())
            .then(|| format!("{} đợt kêu gọi. {}", calls.len(), initiatives::sentence(&tally))),
        illustrative,
        all_illustrative: illustrative > 0 && illustrative == calls.len(),
        petitions: cx.link(&urls::fixed("/phan-anh/"), "Phản ánh, kiến nghị"),
        feed,
        data: initiative_data::links(cx),
    };
    (head, View::Initiatives(Box::new(view)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    fn show(day: &str, files: &[(&str, &str)]) -> Box<InitiativesView> {
        let model = model(day, files);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let path = urls::fixed("/sang-kien/");
        let (_, View::Initiatives(view)) = plan.view(&path, &plan.routes[&path]) else {
            unreachable!("the list of calls")
        };
        view
    }

    #[test]
    fn a_call_moves_from_open_to_closed_the_day_after_its_last() {
        let text = "ma: a\ntieu_de: x\nngay_mo: 2026-03-01\nngay_dong: 2026-03-31\nnoi_dung: y\ncach_gui: gửi **thư**\n";
        let at = |day: &str| {
            let view = show(day, &[("sang-kien/a.yaml", text)]);
            (view.open.len(), view.closed.len())
        };
        assert_eq!(at("2026-02-28"), (0, 0));
        assert_eq!(at("2026-03-01"), (1, 0));
        assert_eq!(at("2026-03-31"), (1, 0));
        assert_eq!(at("2026-04-01"), (0, 1));
        let open = &show("2026-03-31", &[("sang-kien/a.yaml", text)]).open[0];
        assert_eq!(open.how_html.as_deref(), Some("<p>gửi <strong>thư</strong></p>\n"));
        assert!(show("2026-04-01", &[("sang-kien/a.yaml", text)]).closed[0].how_html.is_none());
    }
}
