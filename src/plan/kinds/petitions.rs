//! How to petition, and what became of every petition: the page on which trust is won or lost.

use serde::Serialize;

use super::petition_list::{FilterGroup, PageLinks, filter_groups};
use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::list_tools::ToolsView;
use crate::plan::outputs::{data, feeds};
use crate::plan::petitions::{self, Figures, Filter, PetitionRow, QuarterView, TermView};
use crate::plan::pieces::{self, SourceView};
use crate::plan::view::{DateView, LinkView, text};
use crate::plan::{Subject, urls};
use crate::record::config::{PetitionChannelKind, PetitionGuide};

/// The page on petitions. It exists even when there is none yet: it says how to petition.
pub const KIND: PageKind = PageKind {
    name: "petitions",
    routes: |model| {
        vec![(urls::petitions(&Filter::All, 1), Subject::Petitions(Filter::All, 1), model.site.place())]
    },
    view,
};

/// What the page on petitions shows. The channels are the same on every page and come with the site.
#[derive(Debug, Serialize)]
pub struct PetitionsView {
    /// What to know before petitioning.
    pub guide: Option<GuideView>,
    /// Ways to reach the agency that the site cannot tell yet, in words.
    pub missing: Vec<&'static str>,
    /// What happens to a petition, and in how many days.
    pub terms: Vec<TermView>,
    /// The notice to post at the office.
    pub notice: LinkView,
    /// The figures in one or two sentences.
    pub sentence: String,
    /// The figures one by one.
    pub figures: Figures,
    /// The day of the first receipt and of the figures.
    pub since: Option<DateView>,
    /// All petitions are made-up examples.
    pub all_illustrative: bool,
    /// The chart by quarter; its table are the quarters.
    pub chart_html: Option<String>,
    /// The last quarters, oldest first.
    pub quarters: Vec<QuarterView>,
    /// Lists by state, kind, field, unit and year.
    pub filters: Vec<FilterGroup>,
    /// The newest petitions.
    pub petitions: Vec<PetitionRow>,
    /// The form over the list.
    pub tools: Option<ToolsView>,
    /// Further pages of the list.
    pub pages: PageLinks,
    /// The Atom feed.
    pub feed: LinkView,
    /// The same as data.
    pub data: LinkView,
}

/// What to know before petitioning.
#[derive(Debug, Serialize)]
pub struct GuideView {
    /// What is received.
    pub received: Vec<String>,
    /// What is not, and where it goes.
    pub not_received: Vec<NotReceivedView>,
    /// What to write.
    pub to_write: Vec<String>,
    /// The legal basis.
    pub basis: Option<String>,
    /// Where this is known from.
    pub source: Option<SourceView>,
}

/// A matter that is no petition.
#[derive(Debug, Serialize)]
pub struct NotReceivedView {
    /// What.
    pub matter: String,
    /// Where it goes.
    pub goes_to: Option<String>,
    /// The legal basis.
    pub basis: Option<String>,
    /// Where this is known from.
    pub source: Option<SourceView>,
}

impl GuideView {
    /// Out of the record.
    pub fn new(guide: &PetitionGuide) -> Self {
        let texts = |list: &crate::record::list::List<crate::record::scalar::Text>| {
            list.iter().map(|text| text.as_str().to_owned()).collect()
        };
        Self {
            received: texts(&guide.received),
            not_received: guide
                .not_received
                .iter()
                .map(|entry| NotReceivedView {
                    matter: entry.matter.as_str().to_owned(),
                    goes_to: text(entry.goes_to.as_ref()),
                    basis: text(entry.basis.as_ref()),
                    source: SourceView::new(entry.source.as_ref()),
                })
                .collect(),
            to_write: texts(&guide.to_write),
            basis: text(guide.basis.as_ref()),
            source: SourceView::new(guide.source.as_ref()),
        }
    }
}

/// The ways of reaching the agency that its record does not tell.
pub fn missing(cx: &PageCx<'_>) -> Vec<&'static str> {
    let site = &cx.model().site.record;
    let has = |kind: PetitionChannelKind| site.petition_channels.iter().any(|channel| channel.kind == kind);
    let office = |told: fn(&crate::record::config::Office) -> bool| site.office.as_ref().is_some_and(told);
    [
        (
            "địa chỉ nhận thư hoặc nhận trực tiếp",
            has(PetitionChannelKind::Post)
                || has(PetitionChannelKind::InPerson)
                || office(|office| office.address.is_some()),
        ),
        ("điện thoại", has(PetitionChannelKind::Phone) || office(|office| office.phone.is_some())),
        ("thư điện tử", has(PetitionChannelKind::Email) || office(|office| office.email.is_some())),
    ]
    .into_iter()
    .filter(|(_, told)| !told)
    .map(|(what, _)| what)
    .collect()
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let all = cx.plan.petition_lists.of(&Filter::All);
    let figures = Figures::of(all.iter().copied());
    let quarters = petitions::quarters(model);
    let feed = feeds::of_petitions(cx);
    let mut head = pieces::head(
        cx,
        "CollectionPage",
        "Phản ánh, kiến nghị",
        "Gửi phản ánh, kiến nghị về thủ tục ở đâu, bao lâu có trả lời, và kết quả xử lý từng việc, kể cả việc trễ hạn.",
        &[],
        Vec::new(),
    );
    head.feeds = vec![feed.clone()];
    let rows: Vec<PetitionRow> =
        all.iter().take(Filter::All.on_a_page()).map(|known| PetitionRow::new(cx, *known)).collect();
    let view = PetitionsView {
        guide: model.site.record.petition_guide.as_ref().map(GuideView::new),
        missing: missing(cx),
        terms: petitions::terms(model),
        notice: cx.link(&urls::fixed("/phan-anh/niem-yet/"), "Thông báo để in và niêm yết tại trụ sở"),
        sentence: figures.sentence(),
        figures,
        since: all.last().map(|(_, petition, _)| petition.record.received.0.into()),
        all_illustrative: figures.received > 0 && figures.illustrative == figures.received,
        chart_html: petitions::chart(&quarters),
        quarters,
        filters: filter_groups(cx, &Filter::All),
        tools: petitions::tools(cx, &rows, all.len()),
        petitions: rows,
        pages: PageLinks::new(cx, &Filter::All, 1, all.len()),
        feed,
        data: data::of_petitions(cx),
    };
    (head, View::Petitions(Box::new(view)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    #[test]
    fn the_page_says_how_to_petition_before_there_is_any() {
        let model = model("2026-06-01", &[]);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let path = urls::fixed("/phan-anh/");
        let (_, View::Petitions(view)) = plan.view(&path, &plan.routes[&path]) else {
            unreachable!("the page on petitions")
        };
        assert_eq!(view.terms.len(), 5);
        assert_eq!(view.missing, ["địa chỉ nhận thư hoặc nhận trực tiếp", "điện thoại", "thư điện tử"]);
        assert!(view.petitions.is_empty() && view.chart_html.is_none() && view.filters.is_empty());
        assert_eq!(plan.routes.keys().filter(|path| path.as_str().starts_with("/phan-anh/")).count(), 2);
    }
}
