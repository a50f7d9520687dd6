//! One call for initiatives: what is asked, how to send, and each contribution with its answer. Never
//! who sent it.

use std::cmp::Reverse;

use serde::Serialize;
use serde_json::json;

use super::{Head, PageKind, View};
use crate::model::initiative::{self, ContributionState, Phase, Tally};
use crate::plan::facts::{Certainty, Fact};
use crate::plan::initiatives;
use crate::plan::kinds::petition::PromiseView;
use crate::plan::links::PageCx;
use crate::plan::outputs::feeds;
use crate::plan::petitions::term_words;
use crate::plan::pieces::{self, ProcedureRef, SourceView};
use crate::plan::view::{DateView, LinkView, TagView, text};
use crate::plan::{Subject, urls};
use crate::record::initiative::{Contribution, Initiative};
use crate::vi::typography::{heading, nbsp};

/// The page of a call. One that opens after the day of the build has none yet.
pub const KIND: PageKind = PageKind {
    name: "initiative",
    routes: |model| {
        let known = initiative::known(model);
        known
            .map(|(code, call)| (urls::initiative(code), Subject::Initiative(code.clone()), call.place()))
            .collect()
    },
    view,
};

/// What the page of a call shows.
#[derive(Debug, Default, Serialize)]
pub struct InitiativeView {
    /// What it is about, compounds held together.
    pub heading: String,
    /// Its code.
    pub code: String,
    /// Where it stands.
    pub tags: Vec<TagView>,
    /// Made up, not a real call.
    pub illustrative: bool,
    /// From when to when, and how many contributions came.
    pub facts: Vec<PromiseView>,
    /// What is asked.
    pub content_html: String,
    /// It takes contributions.
    pub open: bool,
    /// How to send.
    pub how_html: String,
    /// The day on which it closed.
    pub closed: Option<DateView>,
    /// The contributions, newest first.
    pub contributions: Vec<ContributionView>,
    /// What became of them, in a sentence.
    pub sentence: String,
    /// In what time they are answered, with the legal basis, where the site gives it.
    pub term: Option<String>,
    /// The procedures it is about.
    pub procedures: Vec<ProcedureRef>,
    /// Every call.
    pub all: LinkView,
    /// Where the record comes from.
    pub source: Option<SourceView>,
}

/// One contribution.
#[derive(Debug, Serialize)]
pub struct ContributionView {
    /// Its number: its place in the record, which does not move when others come in.
    pub number: usize,
    /// The day on which it came.
    pub date: DateView,
    /// What sort of sender it has.
    pub from: &'static str,
    /// What became of it.
    pub tag: TagView,
    /// What it says, without anything that would tell who sent it.
    pub gist_html: String,
    /// How long it has waited, if it is not decided.
    pub waiting: Option<String>,
    /// The agency's answer.
    pub answer_html: Option<String>,
    /// Why it was not adopted.
    pub reason: Option<String>,
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let model = cx.model();
    let found = match subject {
        Subject::Initiative(code) => model.initiatives.get_key_value(code),
        _ => None,
    };
    // Routes are made of the same records, so there always is one.
    let Some((code, call)) = found else { return (Head::default(), View::Initiative(Box::default())) };
    let record = &call.record;
    let today = model.as_of.date();
    let phase = Phase::of(record, today);
    let tally = Tally::of(record, today);
    let title = record.title.as_str();
    let description = format!(
        "{}. {} Nội dung kêu gọi, cách gửi và phản hồi cho từng góp ý.",
        initiatives::term(record, today),
        initiatives::sentence(&tally),
    )
    .replace('\u{A0}', " ");
    let mut tags = initiatives::tags(record, today);
    // The page says so in a box of its own.
    tags.retain(|tag| tag.text != "Minh họa");
    let mut contributions: Vec<_> = initiative::received(record, today).collect();
    contributions.sort_by_key(|(i, contribution)| (Reverse(contribution.date), Reverse(*i)));
    let view = InitiativeView {
        heading: heading(title).into_owned(),
        code: code.to_string(),
        tags,
        illustrative: record.illustrative.0,
        facts: facts(record, phase, &tally, initiatives::left(record, today)),
        content_html: cx.markdown(&nbsp(record.content.as_str()), "keu-goi-", 3),
        open: phase == Phase::Open,
        how_html: cx.markdown(&nbsp(record.how_to_send.as_str()), "cach-gui-", 3),
        closed: record.closes.filter(|_| phase == Phase::Closed).map(|day| day.0.into()),
        contributions: contributions.into_iter().map(|(i, one)| contribution(cx, i, one)).collect(),
        sentence: initiatives::sentence(&tally),
        term: term(cx),
        procedures: record.procedures.iter().map(|code| ProcedureRef::new(cx, code)).collect(),
        all: cx.link(&urls::fixed("/sang-kien/"), "Các đợt kêu gọi sáng kiến"),
        source: SourceView::new(record.source.as_ref()),
    };
    let way = [(urls::fixed("/sang-kien/"), "Sáng kiến cải cách thủ tục")];
    let more = json!({
        "@type": "CreativeWork", "identifier": code.as_str(), "name": title, "inLanguage": "vi",
        "dateCreated": record.opened.to_string(), "creativeWorkStatus": phase.label(),
    });
    let mut head = pieces::head(cx, "WebPage", title, description, &way, vec![more]);
    head.mark = Some(code.to_string());
    head.feeds = vec![feeds::of_initiatives(cx)];
    (head, View::Initiative(Box::new(view)))
}

fn facts(call: &Initiative, phase: Phase, tally: &Tally, left: Option<String>) -> Vec<PromiseView> {
    let fact = |value: String, notes: Vec<String>, certainty: Certainty| Fact { value, notes, certainty };
    let line = |term: &'static str, fact: Fact| PromiseView { term, fact };
    let certain = |value: String| fact(value, Vec::new(), Certainty::Certain);
    let short = |day: crate::record::scalar::Day| DateView::from(day.0).short;
    let last = match call.closes {
        Some(day) => fact(short(day), left.into_iter().collect(), Certainty::Certain),
        None => certain("Nhận thường xuyên".to_owned()),
    };
    let received =
        |words: &str| if tally.received == 0 { words.to_owned() } else { tally.received.to_string() };
    let mut lines = vec![
        line("Mở nhận", certain(short(call.opened))),
        line(if phase == Phase::Closed { "Đã đóng, hết ngày" } else { "Nhận đến hết" }, last),
        line("Góp ý đã nhận", certain(received("Chưa có"))),
    ];
    if tally.received > 0 {
        let unanswered = tally.unanswered + tally.considered;
        let decided = tally.adopted + tally.not_adopted;
        let mut notes = Vec::new();
        if decided > 0 {
            notes.push(format!("{} tiếp thu, {} không", tally.adopted, tally.not_adopted));
        }
        let late = phase == Phase::Closed && unanswered > 0;
        if unanswered > 0 {
            notes.push(format!("{unanswered} chưa có kết luận"));
        }
        let certainty = if late { Certainty::Doubtful } else { Certainty::Certain };
        lines.push(line("Đã có kết luận", fact(decided.to_string(), notes, certainty)));
    }
    lines
}

fn contribution(cx: &PageCx<'_>, i: usize, contribution: &Contribution) -> ContributionView {
    let model = cx.model();
    let term = initiative::answer_term(&model.site.record);
    let state = ContributionState::of(contribution);
    let waiting = initiative::waiting(contribution, term, &model.calendar, model.as_of.date());
    let number = i + 1;
    let markdown = |text: &crate::record::scalar::Text, what: &str| {
        cx.markdown(&nbsp(text.as_str()), &format!("gop-y-{number}-{what}-"), 4)
    };
    ContributionView {
        number,
        date: contribution.date.0.into(),
        from: contribution.from.label(),
        tag: initiatives::state_tag(state, waiting),
        gist_html: markdown(&contribution.gist, "tom-tat"),
        waiting: waiting.map(|waiting| initiatives::waiting_words(state, waiting)),
        answer_html: contribution.answer.as_ref().map(|answer| markdown(answer, "phan-hoi")),
        reason: text(contribution.reason.as_ref()),
    }
}

/// “10 ngày làm việc (Quy chế …)”.
fn term(cx: &PageCx<'_>) -> Option<String> {
    let site = &cx.model().site.record;
    let words = term_words(initiative::answer_term(site)?);
    let limit = site.limits.iter().find(|limit| limit.code.as_str() == initiative::ANSWER_LIMIT)?;
    Some(match &limit.basis {
        Some(basis) => format!("{words} ({basis})"),
        None => words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    const CALL: &str = "ma: a\ntieu_de: x\nngay_mo: 2026-03-02\nngay_dong: 2026-03-31\nnoi_dung: y\ncach_gui: z\ndong_gop:\n\
        - {ngay: 2026-03-03, tom_tat: một, doi_tuong: ca_nhan, trang_thai: tiep_nhan}\n\
        - {ngay: 2026-03-10, tom_tat: hai, doi_tuong: to_chuc, trang_thai: khong_tiep_thu, phan_hoi: cảm ơn, ly_do: luật định}\n\
        - {ngay: 2026-03-10, tom_tat: ba, doi_tuong: to_chuc, trang_thai: tiep_thu, phan_hoi: xong}\n";

    fn show(day: &str) -> Box<InitiativeView> {
        let model = model(day, &[("sang-kien/a.yaml", CALL)]);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let path = urls::fixed("/sang-kien/a/");
        let (_, View::Initiative(view)) = plan.view(&path, &plan.routes[&path]) else {
            unreachable!("the page of a call")
        };
        view
    }

    #[test]
    fn each_contribution_keeps_its_number_and_shows_its_answer() {
        let view = show("2026-04-01");
        assert_eq!(view.contributions.iter().map(|one| one.number).collect::<Vec<_>>(), [3, 2, 1]);
        let [three, two, one] = &view.contributions[..] else { panic!("three contributions") };
        assert_eq!((three.tag.text.as_str(), three.waiting.is_some()), ("Tiếp thu", false));
        assert_eq!(two.reason.as_deref(), Some("luật định"));
        assert!(one.waiting.as_deref().is_some_and(|words| words.starts_with("Chưa có phản hồi, đã chờ 21")));
        assert!(!view.open && view.closed.is_some());
        assert_eq!(view.tags[1].text, "1 góp ý chưa phản hồi");
        assert_eq!(view.facts[3].fact.certainty, Certainty::Doubtful);
    }

    #[test]
    fn what_came_later_is_not_shown_yet() {
        let view = show("2026-03-09");
        assert_eq!(view.contributions.len(), 1);
        assert!(view.open);
        assert_eq!(view.tags.len(), 1, "the call is still open: nobody is late");
    }
}
