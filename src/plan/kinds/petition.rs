//! One petition: what was promised beside what was done, and how it went, step by step.

use serde::Serialize;
use serde_json::json;

use super::{Head, PageKind, View};
use crate::base::date::Date;
use crate::model::petition::{Handling, Stage, course};
use crate::plan::facts::{Certainty, Fact};
use crate::plan::links::PageCx;
use crate::plan::petitions::{self, Filter, Known, working_days};
use crate::plan::pieces::{self, FileView, ProcedureRef, SourceView};
use crate::plan::view::{DateView, LinkView, TagView, text};
use crate::plan::{Subject, urls};
use crate::record::petition::{Petition, PetitionAct};
use crate::vi::typography::{heading, nbsp};

/// The page of a petition. One received after the day of the build has none yet.
pub const KIND: PageKind = PageKind {
    name: "petition",
    routes: |model| {
        let known = model.known_petitions();
        known
            .map(|(code, petition, _)| {
                (urls::petition(code), Subject::Petition(code.clone()), petition.place())
            })
            .collect()
    },
    view,
};

/// What the page of a petition shows.
#[derive(Debug, Default, Serialize)]
pub struct PetitionView {
    /// What it is about, compounds held together.
    pub heading: String,
    /// Its code.
    pub code: String,
    /// Where it stands, and how late it is.
    pub tags: Vec<TagView>,
    /// Made up, not a real petition.
    pub illustrative: bool,
    /// What was promised and what was done: received, due, answered, how long.
    pub facts: Vec<PromiseView>,
    /// What it says, without anything that would tell who sent it.
    pub gist_html: String,
    /// What came of it; none while there is nothing to show.
    pub result: Option<ResultView>,
    /// It was answered, and the answer is not public yet: in a sentence.
    pub awaiting: Option<String>,
    /// What happened, in the order of time, with what the calendar adds.
    pub timeline: Vec<TimelineView>,
    /// By what way it came.
    pub channel: &'static str,
    /// About rules or about acts.
    pub class: LinkView,
    /// The fields it is about.
    pub fields: Vec<LinkView>,
    /// Who handles it.
    pub unit: LinkView,
    /// A complex matter, with its longer term.
    pub complex: bool,
    /// The term that holds for it, with its legal basis.
    pub term: String,
    /// The procedures it is about.
    pub procedures: Vec<ProcedureRef>,
    /// What to do when one does not agree.
    pub when_not_satisfied: Option<String>,
    /// Where to send a new petition.
    pub how_to: LinkView,
    /// Where the record comes from.
    pub source: Option<SourceView>,
    /// The day of the last event.
    pub changed: Option<DateView>,
}

/// A line of the box of promises.
#[derive(Debug, Serialize)]
pub struct PromiseView {
    /// The question.
    pub term: &'static str,
    /// The answer.
    pub fact: Fact,
}

/// What came of a petition.
#[derive(Debug, Serialize)]
pub struct ResultView {
    /// The verdict in words.
    pub verdict: &'static str,
    /// The day.
    pub date: DateView,
    /// The answer, or the reason.
    pub content_html: Option<String>,
    /// What was done or will be.
    pub measures_html: Option<String>,
    /// The number of the letter.
    pub document: Option<String>,
    /// The letter to download.
    pub file: Option<FileView>,
}

/// An event in the life of a petition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimelineView {
    /// The day.
    pub date: DateView,
    /// What happened.
    pub title: String,
    /// More about it.
    pub content_html: Option<String>,
    /// How it is set: `done`, `missed`, `wait` or `todo`.
    pub kind: &'static str,
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let model = cx.model();
    let found = match subject {
        Subject::Petition(code) => {
            model.petitions.get_key_value(code).zip(model.handlings.get(code)).map(|((c, p), h)| (c, p, h))
        }
        _ => None,
    };
    // Routes are made of the same records, so there always is one.
    let Some(known) = found else { return (Head::default(), View::Petition(Box::default())) };
    let view = of(cx, known);
    let (code, petition, handling) = known;
    let title = petition.record.title.as_str();
    let state = petitions::lateness(handling).map(|late| format!(", {}", late.to_lowercase()));
    let description = format!(
        "Phản ánh, kiến nghị {code} nhận ngày {}: {}{}. Nội dung, kết quả và diễn biến xử lý.",
        DateView::from(petition.record.received.0).short,
        handling.stage.label().to_lowercase(),
        state.unwrap_or_default(),
    )
    .replace('\u{A0}', " ");
    let way = [(urls::petitions(&Filter::All, 1), "Phản ánh, kiến nghị")];
    let more = json!({
        "@type": "CreativeWork", "identifier": code.as_str(), "name": title, "inLanguage": "vi",
        "dateCreated": petition.record.received.0.to_string(), "dateModified": handling.since.to_string(),
        "creativeWorkStatus": handling.stage.label(),
    });
    let mut head = pieces::head(cx, "WebPage", title, description, &way, vec![more]);
    head.mark = Some(code.to_string());
    (head, View::Petition(Box::new(view)))
}

fn of(cx: &PageCx<'_>, (code, petition, handling): Known<'_>) -> PetitionView {
    let model = cx.model();
    let record = &petition.record;
    let shown = petitions::shows_result(handling);
    let today = model.as_of.date();
    let result = record.result.as_ref().filter(|result| shown && result.date.0 <= today);
    let list = |filter: Filter| cx.link(&urls::petitions(&filter, 1), filter.label(model));
    let illustrative = record.illustrative.0;
    let mut tags = petitions::tags(record, handling);
    // The page says so in a box of its own.
    tags.retain(|tag| !illustrative || tag.text != "Minh họa");
    PetitionView {
        heading: heading(record.title.as_str()).into_owned(),
        code: code.to_string(),
        tags,
        illustrative,
        facts: facts(record, handling),
        gist_html: cx.markdown(&nbsp(record.gist.as_str()), "noi-dung-", 3),
        result: result.map(|result| ResultView {
            verdict: result.verdict.label(),
            date: result.date.0.into(),
            content_html: result.content.as_ref().map(|t| cx.markdown(&nbsp(t.as_str()), "tra-loi-", 3)),
            measures_html: result.measures.as_ref().map(|t| cx.markdown(&nbsp(t.as_str()), "bien-phap-", 3)),
            document: text(result.document.as_ref()),
            file: FileView::new(cx, result.file.as_ref()),
        }),
        awaiting: awaiting(handling),
        timeline: timeline(cx, record, handling),
        channel: record.channel.label(),
        class: list(Filter::Class(record.class)),
        fields: petitions::fields(model, record)
            .into_iter()
            .map(|field| list(Filter::Field(field)))
            .collect(),
        unit: list(Filter::Unit(record.unit.clone())),
        complex: record.complex.0,
        term: term(cx, record, handling),
        procedures: record.procedures.iter().map(|code| ProcedureRef::new(cx, code)).collect(),
        when_not_satisfied: model
            .site
            .record
            .petition_guide
            .as_ref()
            .and_then(|guide| text(guide.when_not_satisfied.as_ref())),
        how_to: cx.link(&urls::petitions(&Filter::All, 1), "Cách gửi phản ánh, kiến nghị"),
        source: SourceView::new(record.source.as_ref()),
        changed: Some(handling.since.into()),
    }
}

fn short(day: Date) -> String {
    DateView::from(day).short
}

/// The promise beside the fact.
fn facts(petition: &Petition, handling: &Handling) -> Vec<PromiseView> {
    let fact = |value: String, notes: Vec<String>, certainty: Certainty| Fact { value, notes, certainty };
    let line = |term: &'static str, fact: Fact| PromiseView { term, fact };
    let certain = |value: String| fact(value, Vec::new(), Certainty::Certain);
    let waiting = handling.stage == Stage::WaitingForSender;
    let mut due = certain(short(handling.due));
    if handling.waited > 0 {
        due.notes.push(format!("đã trừ {} chờ người gửi bổ sung", working_days(handling.waited)));
    }
    if waiting && handling.late == 0 {
        let left = handling.left.map(working_days).unwrap_or_default();
        due = fact(
            "Tạm dừng".to_owned(),
            vec![format!("chờ người gửi bổ sung; khi có, còn {left}")],
            Certainty::Certain,
        );
    }
    let late = |words: String| vec![words];
    let end = match handling.answered {
        Some(day) if handling.late > 0 => {
            fact(short(day), late(format!("trễ {}", working_days(handling.late))), Certainty::Doubtful)
        }
        Some(day) => fact(short(day), vec!["đúng hạn".to_owned()], Certainty::Certain),
        None if handling.late > 0 => fact(
            "Chưa trả lời".to_owned(),
            late(format!("quá hạn {}", working_days(handling.late))),
            Certainty::Doubtful,
        ),
        None => {
            let left = handling.left.filter(|_| !waiting);
            let notes = left.map(|days| match days {
                0 => "hôm nay là ngày cuối".to_owned(),
                days => format!("còn {}", working_days(days)),
            });
            fact("Chưa trả lời".to_owned(), notes.into_iter().collect(), Certainty::Unknown)
        }
    };
    let end_term = match handling.stage {
        Stage::Forwarded => "Chuyển đi",
        Stage::Refused => "Từ chối",
        _ => "Trả lời",
    };
    let mut lines = vec![
        line("Nhận", certain(short(petition.received.0))),
        line("Hạn trả lời", due),
        line(end_term, end),
    ];
    if let Some(took) = handling.took {
        lines.push(line("Mất", certain(working_days(took))));
    }
    lines
}

/// That the answer is not public yet, and until when it should be.
fn awaiting(handling: &Handling) -> Option<String> {
    if petitions::shows_result(handling) {
        return None;
    }
    let answered = handling.answered.map(short).unwrap_or_default();
    let due = handling.publish_due.map(short).unwrap_or_default();
    let late = match handling.publish_late {
        0 => String::new(),
        days => format!(" Đã quá hạn công khai {}.", working_days(days)),
    };
    Some(format!(
        "Đã trả lời người gửi ngày {answered}. Kết quả được công khai ở đây chậm nhất ngày {due}.{late}"
    ))
}

/// “15 ngày làm việc (Bộ chỉ số …)”.
fn term(cx: &PageCx<'_>, petition: &Petition, handling: &Handling) -> String {
    let model = cx.model();
    let code = match handling.term {
        term if term == model.terms.refuse && handling.stage == Stage::Refused => "phan_anh_tu_choi",
        _ if petition.complex.0 => "phan_anh_phuc_tap",
        _ => "phan_anh",
    };
    let limits = &model.site.record.limits;
    let basis =
        limits.iter().find(|limit| limit.code.as_str() == code).and_then(|limit| limit.basis.as_ref());
    let words = petitions::term_words(handling.term);
    basis.map_or(words.clone(), |basis| format!("{words} ({basis})"))
}

/// What happened, and what the calendar says of it.
fn timeline(cx: &PageCx<'_>, petition: &Petition, handling: &Handling) -> Vec<TimelineView> {
    let today = cx.model().as_of.date();
    let received = petition.received.0;
    let shown = petitions::shows_result(handling);
    // Of one day: what was done, in the order written; then what the calendar adds.
    let mut events: Vec<(Date, u8, TimelineView)> = Vec::new();
    let mut add = |day: Date, rank: u8, title: String, content_html: Option<String>, kind: &'static str| {
        events.push((day, rank, TimelineView { date: day.into(), title, content_html, kind }));
    };
    let markdown = |text: &crate::record::scalar::Text, i: usize| {
        cx.markdown(&nbsp(text.as_str()), &format!("buoc-{i}-"), 4)
    };
    let mut opening = None;
    let steps = course(petition, today);
    let result = petition.result.as_ref().filter(|result| result.date.0 <= today);
    for (i, step) in steps.iter().enumerate() {
        let content = step.content.as_ref().map(|text| markdown(text, i));
        if step.act == PetitionAct::Accepted && step.date.0 == received && opening.is_none() {
            opening = Some(content);
            continue;
        }
        let closing =
            matches!(step.act, PetitionAct::Answered | PetitionAct::Refused | PetitionAct::Forwarded);
        if closing && result.is_some_and(|result| result.date == step.date) && step.content.is_none() {
            continue; // The result of the same day says more.
        }
        let kind = if step.act == PetitionAct::MoreAsked { "wait" } else { "done" };
        let hidden = step.act == PetitionAct::Answered && !shown;
        add(step.date.0, 1, step.act.label().to_owned(), content.filter(|_| !hidden), kind);
    }
    let came = format!("Tiếp nhận ({})", petition.channel.label());
    add(received, 0, came, opening.flatten(), "done");
    if let Some(result) = result {
        let title = match handling.stage {
            Stage::Forwarded | Stage::Refused => result.verdict.label().to_owned(),
            _ if !shown => "Trả lời người gửi".to_owned(),
            _ => format!("Trả lời: {}", uncapital(result.verdict.label())),
        };
        add(result.date.0, 2, title, None, "done");
    }
    let missed = |due: Date, done: Option<Date>| due < done.unwrap_or(today);
    if missed(handling.due, handling.answered) {
        let words = match handling.answered {
            Some(_) => "Hết hạn trả lời, chưa có trả lời".to_owned(),
            None => format!("Hết hạn trả lời, đến nay chưa trả lời: quá hạn {}", working_days(handling.late)),
        };
        add(handling.due, 3, words, None, "missed");
    } else if handling.answered.is_none() && handling.stage != Stage::WaitingForSender {
        add(handling.due, 3, "Hạn trả lời".to_owned(), None, "todo");
    }
    if let Some(due) = handling.publish_due {
        if missed(due, handling.published) {
            add(due, 4, "Hết hạn công khai kết quả, chưa công khai".to_owned(), None, "missed");
        } else if handling.published.is_none() {
            add(due, 4, "Hạn công khai kết quả".to_owned(), None, "todo");
        }
    }
    if let Some(published) = handling.published {
        add(published, 5, "Công khai kết quả trên trang này".to_owned(), None, "done");
    }
    events.sort_by_key(|(day, rank, _)| (*day, *rank));
    events.into_iter().map(|(_, _, event)| event).collect()
}

fn uncapital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    const HEAD: &str = "ma: 2026-001\nngay_tiep_nhan: 2026-03-02\nkenh: dien_thoai\nloai: hanh_vi\ntieu_de: x\nnoi_dung: y\ndon_vi: z\n";

    fn show(day: &str, more: &str) -> Box<PetitionView> {
        let text = format!("{HEAD}{more}");
        let model = model(day, &[("phan-anh/2026/001.yaml", &text)]);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let path = urls::fixed("/phan-anh/2026-001/");
        match plan.view(&path, &plan.routes[&path]) {
            (_, View::Petition(view)) => view,
            _ => unreachable!("a petition"),
        }
    }

    fn titles(view: &PetitionView) -> Vec<String> {
        view.timeline.iter().map(|e| format!("{} {}", e.date.short, e.title.replace('\u{A0}', " "))).collect()
    }

    #[test]
    fn the_calendar_tells_what_nobody_typed() {
        // Due on Monday 23 March 2026.
        let before = show("2026-03-20", "");
        assert_eq!(titles(&before), ["2/3/2026 Tiếp nhận (Điện thoại)", "23/3/2026 Hạn trả lời"]);
        assert_eq!(before.facts[2].fact.notes, ["còn 1\u{A0}ngày làm\u{A0}việc"]);
        assert_eq!(show("2026-03-23", "").facts[2].fact.notes, ["hôm nay là ngày cuối"]);
        let after = show("2026-03-26", "");
        assert_eq!(
            titles(&after)[1],
            "23/3/2026 Hết hạn trả lời, đến nay chưa trả lời: quá hạn 3 ngày làm việc"
        );
        assert_eq!(after.facts[2].fact.notes, ["quá hạn 3\u{A0}ngày làm\u{A0}việc"]);
        assert!(after.tags.iter().any(|tag| tag.text == "Quá hạn 3\u{A0}ngày làm\u{A0}việc"));
    }

    #[test]
    fn an_answer_is_shown_once_it_is_public() {
        const ANSWER: &str =
            "ket_qua: {ngay: 2026-03-10, ket_luan: tiep_thu, noi_dung: SẼ SỬA}\nngay_cong_khai: 2026-03-13\n";
        let before = show("2026-03-12", ANSWER);
        assert!(before.result.is_none());
        let words = before.awaiting.as_deref().unwrap_or_default();
        assert!(words.contains("ngày 10/3/2026") && words.contains("ngày 12/3/2026"), "{words}");
        let after = show("2026-03-13", ANSWER);
        assert!(after.awaiting.is_none());
        assert!(
            after
                .result
                .as_ref()
                .and_then(|r| r.content_html.as_deref())
                .is_some_and(|t| t.contains("SẼ SỬA"))
        );
        assert_eq!(
            titles(&after)[1..],
            [
                "10/3/2026 Trả lời: tiếp thu",
                "12/3/2026 Hết hạn công khai kết quả, chưa công khai",
                "13/3/2026 Công khai kết quả trên trang này"
            ]
        );
    }

    #[test]
    fn waiting_for_the_sender_stops_the_clock_in_words() {
        let view = show("2026-05-29", "dien_bien:\n- {ngay: 2026-03-04, trang_thai: yeu_cau_bo_sung}\n");
        assert_eq!(view.facts[1].fact.value, "Tạm dừng");
        assert_eq!(view.timeline.len(), 2);
        assert_eq!(view.timeline[1].kind, "wait");
    }
}
