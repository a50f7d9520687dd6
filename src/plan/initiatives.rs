//! Calls for initiatives as pages show them: lists, states in words, figures.

use std::cmp::Reverse;

use serde::Serialize;

use super::links::PageCx;
use super::petitions::working_days;
use super::urls;
use super::view::{DateView, LinkView, TagView};
use crate::base::date::Date;
use crate::model::initiative::{self, ContributionState, Phase, Tally, Waiting};
use crate::model::{Filed, Model};
use crate::record::initiative::Initiative;
use crate::record::scalar::Code;
use crate::vi::number;

const NBSP: char = '\u{A0}';

/// The calls that have opened: open ones first, those that close soonest at the top; then closed
/// ones, the last closed first.
pub fn in_order(model: &Model) -> Vec<(&Code, &Filed<Initiative>)> {
    let today = model.as_of.date();
    let mut calls: Vec<_> = initiative::known(model).collect();
    calls.sort_by_key(|(code, call)| {
        let record = &call.record;
        let open = Phase::of(record, today) == Phase::Open;
        let closes = record.closes.map(|day| day.0);
        // Of open calls one without a last day can wait.
        let soonest = open.then_some((closes.is_none(), closes));
        (!open, soonest, Reverse(closes), Reverse(record.opened), *code)
    });
    calls
}

/// A call in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CallRow {
    /// Its page, by its title.
    pub link: LinkView,
    /// Where it stands.
    pub tags: Vec<TagView>,
    /// Until when it takes contributions, in words; from when to when it took them.
    pub term: String,
    /// How to send, for an open call.
    pub how_html: Option<String>,
    /// How many contributions came, and what became of them.
    pub tally: Tally,
    /// The same in words; none before the first.
    pub sentence: Option<String>,
}

impl CallRow {
    /// One call.
    pub fn new(cx: &PageCx<'_>, code: &Code, call: &Filed<Initiative>) -> Self {
        let record = &call.record;
        let today = cx.model().as_of.date();
        let tally = Tally::of(record, today);
        let open = Phase::of(record, today) == Phase::Open;
        Self {
            link: cx.link(&urls::initiative(code), record.title.as_str()),
            tags: tags(record, today),
            term: term(record, today),
            how_html: open.then(|| cx.markdown(record.how_to_send.as_str(), &format!("cach-gui-{code}-"), 4)),
            tally,
            sentence: (tally.received > 0).then(|| sentence(&tally)),
        }
    }
}

fn short(day: Date) -> String {
    DateView::from(day).short
}

/// Where a call stands, in tags: words first, so that nobody depends on colour.
pub fn tags(call: &Initiative, today: Date) -> Vec<TagView> {
    let phase = Phase::of(call, today);
    let mut tags = vec![TagView::new(phase.label(), if phase == Phase::Open { "ok" } else { "dim" })];
    let unanswered = Tally::of(call, today).unanswered;
    if phase == Phase::Closed && unanswered > 0 {
        tags.push(TagView::new(format!("{unanswered} góp ý chưa phản hồi"), "bad"));
    }
    if call.illustrative.0 {
        tags.push(TagView::new("Minh họa", "dim"));
    }
    tags
}

/// Until when a call takes contributions.
pub fn term(call: &Initiative, today: Date) -> String {
    let opened = short(call.opened.0);
    match (call.closes, Phase::of(call, today)) {
        (Some(last), Phase::Closed) => format!("Nhận từ {opened} đến hết {}", short(last.0)),
        (Some(last), _) => {
            format!("Nhận đến hết {}, {}", short(last.0), left(call, today).unwrap_or_default())
        }
        (None, _) => format!("Nhận thường xuyên, từ {opened}"),
    }
}

/// How long an open call still takes contributions: `còn 12 ngày`.
pub fn left(call: &Initiative, today: Date) -> Option<String> {
    Some(match initiative::days_left(call, today)? {
        0 => "hôm nay là ngày cuối".to_owned(),
        days => format!("còn {}{NBSP}ngày", number::thousands(u64::from(days))),
    })
}

/// What became of contributions, in a sentence.
pub fn sentence(tally: &Tally) -> String {
    if tally.received == 0 {
        return "Chưa có góp ý nào.".to_owned();
    }
    let parts = [
        (tally.adopted, "tiếp thu"),
        (tally.not_adopted, "không tiếp thu (có nêu lý do)"),
        (tally.considered, "đang xem xét"),
        (tally.unanswered, "chưa phản hồi"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    format!("Đã nhận {} góp ý: {}.", tally.received, parts.join(", "))
}

/// What became of a contribution, as a tag.
pub fn state_tag(state: ContributionState, waiting: Option<Waiting>) -> TagView {
    let kind = match state {
        ContributionState::Adopted => "ok",
        ContributionState::NotAdopted => "dim",
        ContributionState::Considered => "info",
        ContributionState::Unanswered if waiting.is_some_and(|waiting| waiting.late > 0) => "bad",
        ContributionState::Unanswered => "warn",
    };
    TagView::new(state.label(), kind)
}

/// How long a contribution has waited, in words.
pub fn waiting_words(state: ContributionState, waiting: Waiting) -> String {
    let what = if state == ContributionState::Unanswered {
        "Chưa có phản hồi"
    } else {
        "Chưa có kết luận"
    };
    let mut words = match waiting.days {
        0 => format!("{what}; mới nhận."),
        days => format!("{what}, đã chờ {}.", working_days(days)),
    };
    if let Some(due) = waiting.due {
        words.push_str(&match waiting.late {
            0 => format!(" Hạn phản hồi {}.", short(due)),
            late => format!(" Quá hạn {} (hạn {}).", working_days(late), short(due)),
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    fn call(code: &str, opened: &str, more: &str) -> (String, String) {
        let text = format!("ma: {code}\ntieu_de: x\nngay_mo: {opened}\nnoi_dung: y\ncach_gui: z\n{more}");
        (format!("sang-kien/{code}.yaml"), text)
    }

    #[test]
    fn open_calls_come_first_and_those_that_close_soon_before_others() {
        let calls = [
            call("a", "2026-01-01", "ngay_dong: 2026-02-01\n"),
            call("b", "2026-01-01", "ngay_dong: 2026-03-01\n"),
            call("c", "2026-04-01", "ngay_dong: 2026-12-31\n"),
            call("d", "2026-05-01", "ngay_dong: 2026-06-30\n"),
            call("e", "2026-05-01", ""),
            call("f", "2026-07-01", ""),
        ];
        let files: Vec<(&str, &str)> = calls.iter().map(|(path, text)| (&**path, &**text)).collect();
        let model = model("2026-06-20", &files);
        let codes: Vec<&str> = in_order(&model).iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["d", "c", "e", "b", "a"], "f opens later and is not told of yet");
        let today = model.as_of.date();
        let words = |code: &str| {
            let (_, call) = in_order(&model).into_iter().find(|(c, _)| c.as_str() == code).expect("there");
            term(&call.record, today).replace(NBSP, " ")
        };
        assert_eq!(words("d"), "Nhận đến hết 30/6/2026, còn 10 ngày");
        assert_eq!(words("e"), "Nhận thường xuyên, từ 1/5/2026");
        assert_eq!(words("a"), "Nhận từ 1/1/2026 đến hết 1/2/2026");
    }

    #[test]
    fn waiting_is_told_with_its_limit_only_where_there_is_one() {
        let words = |waiting| waiting_words(ContributionState::Unanswered, waiting).replace(NBSP, " ");
        let due = Date::parse("2026-03-12").ok();
        assert_eq!(words(Waiting { days: 0, due: None, late: 0 }), "Chưa có phản hồi; mới nhận.");
        assert_eq!(
            words(Waiting { days: 7, due: None, late: 0 }),
            "Chưa có phản hồi, đã chờ 7 ngày làm việc."
        );
        assert_eq!(
            words(Waiting { days: 7, due, late: 2 }),
            "Chưa có phản hồi, đã chờ 7 ngày làm việc. Quá hạn 2 ngày làm việc (hạn 12/3/2026)."
        );
    }
}
