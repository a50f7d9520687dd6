//! What became of a petition by a given day: its state, its deadlines, and how late it is.
//!
//! Nobody types lateness. The deadlines are data (`thoi_han` in `trang.yaml`), since sources conflict;
//! the figures below stand only where the site gives none, and are those of the index of service
//! (decision 766/QĐ-TTg, group 5).
//!
//! - A term starts on the day after the receipt; one of calendar days that would end on a day of rest
//!   ends on the next working day (Civil Code 91/2015/QH13 art. 147, 148.5).
//! - Days on which the agency waits for the sender do not count, if it asked while there was still
//!   time: asking after the last day does not move a deadline that was missed. Whatever the agency
//!   does next ends the waiting, even if nobody wrote down that the sender answered.
//! - Refusing has its own short term, but only for a petition that was never taken on.
//! - What is dated after the day of the build has not happened yet.

use crate::base::date::{Calendar, Date};
use crate::record::config::{Limit, SiteConfig};
use crate::record::petition::{Petition, PetitionAct, PetitionStep, Verdict};
use crate::record::procedure::TimeUnit;

/// How long the agency has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// How many.
    pub number: u32,
    /// Of what.
    pub unit: TimeUnit,
}

impl Term {
    /// The last day of the term when it starts on the day after `from`.
    pub fn ends(self, from: Date, calendar: &Calendar) -> Date {
        calendar.working_on_or_after(self.raw_end(from, calendar))
    }

    /// The last day by the number alone, which may be a day of rest.
    fn raw_end(self, from: Date, calendar: &Calendar) -> Date {
        let days = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        match self.unit {
            TimeUnit::WorkingDay => calendar.add_working_days(from, self.number.min(5_000)),
            TimeUnit::Day => from.plus_days(days(self.number)),
            // Offices count eight hours a working day.
            TimeUnit::Hour => calendar.add_working_days(from, self.number.div_ceil(8).min(5_000)),
            TimeUnit::Month => from.plus_months(days(self.number)),
            TimeUnit::Year => from.plus_months(days(self.number).saturating_mul(12)),
        }
    }

    /// The last day when the days of `pauses` do not count, of those that began in time.
    fn ends_with(self, from: Date, pauses: &[Pause], calendar: &Calendar) -> Date {
        let mut end = self.raw_end(from, calendar);
        for pause in pauses {
            if pause.from > calendar.working_on_or_after(end) {
                continue;
            }
            end = match self.unit {
                TimeUnit::WorkingDay | TimeUnit::Hour => {
                    calendar.add_working_days(end, pause.working_days(calendar))
                }
                TimeUnit::Day | TimeUnit::Month | TimeUnit::Year => {
                    end.plus_days(pause.from.days_until(pause.to).max(0))
                }
            };
        }
        calendar.working_on_or_after(end)
    }
}

/// The agency waits for the sender: from the day on which it asks to the day on which it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pause {
    from: Date,
    to: Date,
}

impl Pause {
    /// Its working days; the day of asking still counts for the agency, the day of the answer does not.
    fn working_days(self, calendar: &Calendar) -> u32 {
        calendar.working_days_between(self.from, self.to)
    }
}

/// The agency's terms for petitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// To answer (`phan_anh`).
    pub answer: Term,
    /// To answer a complex one (`phan_anh_phuc_tap`).
    pub answer_complex: Term,
    /// To refuse (`phan_anh_tu_choi`).
    pub refuse: Term,
    /// To ask for more (`phan_anh_bo_sung`).
    pub ask_more: Term,
    /// To publish after the answer (`phan_anh_cong_khai`).
    pub publish: Term,
}

impl Terms {
    /// The terms that `trang.yaml` gives, the index of service's for those it does not give.
    pub fn of(site: &SiteConfig) -> Self {
        let term = |code: &str, number: u32| {
            term_of(site, code).unwrap_or(Term { number, unit: TimeUnit::WorkingDay })
        };
        Self {
            answer: term("phan_anh", 15),
            answer_complex: term("phan_anh_phuc_tap", 60),
            refuse: term("phan_anh_tu_choi", 2),
            ask_more: term("phan_anh_bo_sung", 5),
            publish: term("phan_anh_cong_khai", 2),
        }
    }
}

/// The limit of this code in `trang.yaml`, where the site gives it.
pub fn term_of(site: &SiteConfig, code: &str) -> Option<Term> {
    let typed = site.limits.iter().find(|limit| limit.code.as_str() == code);
    typed.map(|Limit { number, unit, .. }| Term {
        number: u32::try_from(number.0).unwrap_or(u32::MAX),
        unit: *unit,
    })
}

/// Where a petition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Received, nothing done yet.
    Received,
    /// The agency waits for the sender.
    WaitingForSender,
    /// In work.
    InWork,
    /// Answered, result not yet published.
    Answered,
    /// Answered and published.
    Published,
    /// Passed on to the agency in charge.
    Forwarded,
    /// Refused, with a reason.
    Refused,
}

impl Stage {
    /// Every stage, in the order in which lists offer them.
    pub const ALL: &'static [Stage] = &[
        Stage::Received,
        Stage::WaitingForSender,
        Stage::InWork,
        Stage::Answered,
        Stage::Published,
        Stage::Forwarded,
        Stage::Refused,
    ];

    /// Nothing more is to be done about the matter itself.
    pub fn is_closed(self) -> bool {
        matches!(self, Stage::Answered | Stage::Published | Stage::Forwarded | Stage::Refused)
    }

    /// The stable word for data and addresses.
    pub fn key(self) -> &'static str {
        match self {
            Stage::Received => "moi-tiep-nhan",
            Stage::WaitingForSender => "cho-bo-sung",
            Stage::InWork => "dang-xu-ly",
            Stage::Answered => "da-tra-loi",
            Stage::Published => "da-cong-khai",
            Stage::Forwarded => "da-chuyen",
            Stage::Refused => "tu-choi",
        }
    }

    /// The words that citizens read.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Received => "Mới tiếp nhận",
            Stage::WaitingForSender => "Chờ người gửi bổ sung",
            Stage::InWork => "Đang xử lý",
            Stage::Answered => "Đã trả lời, chờ công khai",
            Stage::Published => "Đã trả lời",
            Stage::Forwarded => "Đã chuyển cơ quan có thẩm quyền",
            Stage::Refused => "Từ chối tiếp nhận",
        }
    }
}

/// What became of a petition by a given day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handling {
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: Date,
    /// How long the agency has.
    pub term: Term,
    /// The last day on which an answer is on time. Moves while the agency waits for the sender.
    pub due: Date,
    /// The day of the answer (or of the refusal, or of passing it on).
    pub answered: Option<Date>,
    /// Working days that the answer took, those of waiting for the sender not counted.
    pub took: Option<u32>,
    /// Working days over the term: of the answer, or of the day if there is none. 0 is on time.
    pub late: u32,
    /// Working days that are left for an answer; none if nothing more is to be done.
    pub left: Option<u32>,
    /// Working days spent waiting for the sender.
    pub waited: u32,
    /// The day on which the result was made public.
    pub published: Option<Date>,
    /// The last day on which publishing is on time; none while there is no answer to publish.
    pub publish_due: Option<Date>,
    /// Working days by which publishing is over its term.
    pub publish_late: u32,
}

impl Handling {
    /// Still to be answered, and past the last day.
    pub fn is_overdue(&self) -> bool {
        !self.stage.is_closed() && self.late > 0
    }
}

/// The acts of a petition by `day`, in the order of time; of one day as written.
pub fn course(petition: &Petition, day: Date) -> Vec<&PetitionStep> {
    let mut steps: Vec<&PetitionStep> = petition.course.iter().filter(|step| step.date.0 <= day).collect();
    steps.sort_by_key(|step| step.date);
    steps
}

/// What became of `petition` by `day`. What is dated later has not happened yet.
pub fn handling(petition: &Petition, terms: &Terms, calendar: &Calendar, day: Date) -> Handling {
    let received = petition.received.0;
    let result = petition.result.as_ref().filter(|result| result.date.0 <= day);
    let mut stage = Stage::Received;
    let mut since = received;
    let mut closed = None;
    let mut taken_on = false;
    let mut waiting_since: Option<Date> = None;
    let mut pauses: Vec<Pause> = Vec::new();
    for step in course(petition, day) {
        let next = match step.act {
            PetitionAct::Accepted => Stage::Received,
            PetitionAct::MoreAsked => Stage::WaitingForSender,
            PetitionAct::MoreGiven | PetitionAct::InWork => Stage::InWork,
            PetitionAct::Forwarded => Stage::Forwarded,
            PetitionAct::Refused => Stage::Refused,
            PetitionAct::Answered => Stage::Answered,
        };
        if let Some(from) = waiting_since.take_if(|_| next != Stage::WaitingForSender) {
            pauses.push(Pause { from, to: step.date.0 });
        }
        if next == Stage::WaitingForSender {
            waiting_since.get_or_insert(step.date.0);
        }
        taken_on |= matches!(next, Stage::WaitingForSender | Stage::InWork);
        // A matter that is taken up again was not closed.
        closed = next.is_closed().then(|| closed.unwrap_or(step.date.0));
        (stage, since) = (next, step.date.0);
    }
    let answered = result.map(|result| result.date.0).or(closed);
    if let Some(result) = result {
        stage = match result.verdict {
            Verdict::Accepted | Verdict::Explained => Stage::Answered,
            Verdict::Forwarded => Stage::Forwarded,
            Verdict::Refused => Stage::Refused,
        };
        since = result.date.0;
    }
    let measured = answered.unwrap_or(day);
    pauses.extend(waiting_since.map(|from| Pause { from, to: measured }));
    for pause in &mut pauses {
        pause.to = pause.to.min(measured);
    }
    let published = petition.published.map(|d| d.0).filter(|published| *published <= day);
    if let (Stage::Answered, Some(published)) = (stage, published) {
        (stage, since) = (Stage::Published, published);
    }
    let term = match stage {
        Stage::Refused if !taken_on => terms.refuse,
        _ if petition.complex.0 => terms.answer_complex,
        _ => terms.answer,
    };
    let due = term.ends_with(received, &pauses, calendar);
    let waited = |counts: &dyn Fn(&Pause) -> bool| -> u32 {
        pauses.iter().filter(|pause| counts(pause)).map(|pause| pause.working_days(calendar)).sum()
    };
    let waited_after = waited(&|pause| pause.from > due);
    let waited = waited(&|_| true);
    let took = answered.map(|end| calendar.working_days_between(received, end).saturating_sub(waited));
    let publish_due = answered
        .filter(|_| matches!(stage, Stage::Answered | Stage::Published))
        .map(|end| terms.publish.ends(end, calendar));
    Handling {
        stage,
        since,
        term,
        due,
        answered,
        took,
        late: calendar.working_days_between(due, measured).saturating_sub(waited_after),
        left: (!stage.is_closed()).then(|| calendar.working_days_between(day, due)),
        waited,
        published,
        publish_due,
        publish_late: publish_due
            .map_or(0, |due| calendar.working_days_between(due, published.unwrap_or(day))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::yaml::typed;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a good date")
    }

    fn petition(more: &str) -> Petition {
        let text = format!(
            "ma: 2026-001\nngay_tiep_nhan: 2026-03-02\nkenh: dien_thoai\nloai: hanh_vi\ntieu_de: x\nnoi_dung: y\ndon_vi: z\n{more}"
        );
        typed(&text).expect("a petition")
    }

    fn terms() -> Terms {
        let term = |number| Term { number, unit: TimeUnit::WorkingDay };
        Terms {
            answer: term(15),
            answer_complex: term(60),
            refuse: term(2),
            ask_more: term(5),
            publish: term(2),
        }
    }

    fn at(petition: &Petition, on: &str) -> Handling {
        handling(petition, &terms(), &Calendar::default(), day(on))
    }

    #[test]
    fn lateness_shows_without_anyone_typing_it() {
        // Monday 2 March 2026 + 15 working days is Monday 23 March.
        let open = petition("");
        assert_eq!(at(&open, "2026-03-23").due, day("2026-03-23"));
        assert_eq!((at(&open, "2026-03-23").late, at(&open, "2026-03-24").late), (0, 1));
        assert_eq!(at(&open, "2026-03-24").stage, Stage::Received);
        let answered = petition("ket_qua: {ngay: 2026-03-25, ket_luan: tiep_thu}\n");
        let after = at(&answered, "2026-04-30");
        assert_eq!((after.late, after.took, after.stage), (2, Some(17), Stage::Answered));
        assert_eq!(at(&answered, "2026-03-24").stage, Stage::Received, "the answer has not happened yet");
    }

    #[test]
    fn holidays_and_swapped_days_move_the_deadline() {
        let calendar = Calendar::new(
            [day("2026-02-16"), day("2026-02-17"), day("2026-02-18"), day("2026-02-19"), day("2026-02-20")],
            [day("2026-02-28")],
        );
        let mut across_tet = petition("");
        across_tet.received.0 = day("2026-02-13");
        let due = handling(&across_tet, &terms(), &calendar, day("2026-03-01")).due;
        // 23–28 February are six working days (Saturday the 28th is swapped), 2–12 March nine.
        assert_eq!(due, day("2026-03-12"));
    }

    #[test]
    fn days_of_waiting_for_the_sender_do_not_count() {
        let waiting = petition("dien_bien:\n- {ngay: 2026-03-04, trang_thai: yeu_cau_bo_sung}\n");
        let state = at(&waiting, "2026-04-30");
        assert_eq!((state.stage, state.late), (Stage::WaitingForSender, 0));
        let given = petition(
            "dien_bien:\n- {ngay: 2026-03-04, trang_thai: yeu_cau_bo_sung}\n- {ngay: 2026-03-11, trang_thai: da_bo_sung}\n",
        );
        assert_eq!(at(&given, "2026-03-11").due, day("2026-03-30"), "five working days later than 23 March");
        assert_eq!(at(&given, "2026-03-11").left, Some(13));
    }

    #[test]
    fn asking_the_sender_too_late_does_not_wipe_out_lateness() {
        // Due on Monday 23 March, asked on Thursday the 26th: three days late for ever.
        let waiting = petition("dien_bien:\n- {ngay: 2026-03-26, trang_thai: yeu_cau_bo_sung}\n");
        for on in ["2026-03-26", "2026-04-02", "2026-05-29"] {
            let state = at(&waiting, on);
            assert_eq!((state.due, state.late), (day("2026-03-23"), 3), "{on}");
        }
        let given = petition(
            "dien_bien:\n- {ngay: 2026-03-26, trang_thai: yeu_cau_bo_sung}\n- {ngay: 2026-04-01, trang_thai: da_bo_sung}\nket_qua: {ngay: 2026-04-03, ket_luan: tiep_thu}\n",
        );
        assert_eq!(at(&given, "2026-05-29").late, 5, "two more after the sender answered");
    }

    #[test]
    fn whatever_the_agency_does_next_ends_the_waiting() {
        let work = petition(
            "dien_bien:\n- {ngay: 2026-03-04, trang_thai: yeu_cau_bo_sung}\n- {ngay: 2026-03-05, trang_thai: dang_xu_ly}\n",
        );
        assert_eq!((at(&work, "2026-03-30").due, at(&work, "2026-03-30").waited), (day("2026-03-24"), 1));
    }

    #[test]
    fn steps_out_of_order_are_taken_by_their_dates() {
        let mixed = petition(
            "dien_bien:\n- {ngay: 2026-03-11, trang_thai: da_bo_sung}\n- {ngay: 2026-03-04, trang_thai: yeu_cau_bo_sung}\n",
        );
        assert_eq!(at(&mixed, "2026-03-11").due, day("2026-03-30"));
    }

    #[test]
    fn a_matter_taken_up_again_is_open_again() {
        let again = petition(
            "dien_bien:\n- {ngay: 2026-03-10, trang_thai: tra_loi}\n- {ngay: 2026-03-12, trang_thai: dang_xu_ly}\n",
        );
        let state = at(&again, "2026-03-24");
        assert_eq!((state.stage, state.answered, state.late), (Stage::InWork, None, 1));
        assert_eq!(at(&again, "2026-03-11").answered, Some(day("2026-03-10")));
    }

    #[test]
    fn a_term_of_calendar_days_ends_on_a_working_day_and_pauses_by_calendar_days() {
        let sixty = Terms { answer_complex: Term { number: 60, unit: TimeUnit::Day }, ..terms() };
        let state = |more: &str| {
            let complex = petition(&format!("phuc_tap: true\n{more}"));
            handling(&complex, &sixty, &Calendar::new([day("2026-05-01")], []), day("2026-05-06"))
        };
        // 60 days after 2 March is Friday 1 May, a holiday: Monday 4 May.
        assert_eq!((state("").due, state("").late), (day("2026-05-04"), 2));
        let asked = "dien_bien:\n- {ngay: 2026-03-04, trang_thai: yeu_cau_bo_sung}\n- {ngay: 2026-03-14, trang_thai: da_bo_sung}\n";
        assert_eq!(state(asked).due, day("2026-05-11"), "ten calendar days after 1 May");
    }

    #[test]
    fn a_refusal_has_its_own_short_term() {
        let refused =
            petition("ket_qua: {ngay: 2026-03-06, ket_luan: tu_choi, noi_dung: ngoài thẩm quyền}\n");
        let state = at(&refused, "2026-03-06");
        assert_eq!((state.stage, state.due, state.late), (Stage::Refused, day("2026-03-04"), 2));
        assert_eq!((state.publish_due, state.left), (None, None), "there is no answer to publish");
    }

    #[test]
    fn what_was_taken_on_first_is_refused_by_the_term_for_answers() {
        let silent = petition(
            "dien_bien:\n- {ngay: 2026-03-04, trang_thai: yeu_cau_bo_sung}\n- {ngay: 2026-03-18, trang_thai: tu_choi, noi_dung: không bổ sung}\n",
        );
        let state = at(&silent, "2026-04-30");
        assert_eq!((state.stage, state.late, state.answered), (Stage::Refused, 0, Some(day("2026-03-18"))));
    }

    #[test]
    fn a_complex_one_has_longer_and_publishing_has_a_term_too() {
        let complex = petition("phuc_tap: true\nket_qua: {ngay: 2026-04-30, ket_luan: giai_trinh}\n");
        let state = at(&complex, "2026-05-06");
        assert_eq!((state.late, state.publish_due, state.publish_late), (0, Some(day("2026-05-04")), 2));
        let published =
            petition("ket_qua: {ngay: 2026-03-09, ket_luan: tiep_thu}\nngay_cong_khai: 2026-03-10\n");
        let state = at(&published, "2026-05-06");
        assert_eq!((state.stage, state.since, state.publish_late), (Stage::Published, day("2026-03-10"), 0));
    }

    proptest! {
        #[test]
        fn an_open_petition_only_gets_later(first in 0i32..300, more in 0i32..60) {
            let open = petition("");
            let on = |days: i32| handling(&open, &terms(), &Calendar::default(), day("2026-03-02").plus_days(days));
            prop_assert!(on(first).late <= on(first + more).late);
            prop_assert_eq!(on(first).due, on(first + more).due);
        }

        #[test]
        fn any_course_gives_figures_that_agree(
            steps in proptest::collection::vec((0i32..80, 0usize..7), 0..6),
            result in proptest::option::of((-5i32..80, 0usize..4)),
            on in 0i32..120,
        ) {
            let mut record = petition("");
            let start = day("2026-03-02");
            record.course.0 = steps
                .iter()
                .map(|(after, act)| PetitionStep {
                    date: crate::record::scalar::Day(start.plus_days(*after)),
                    act: PetitionAct::ALL[*act],
                    content: None,
                })
                .collect();
            record.result = result.map(|(after, verdict)| crate::record::petition::PetitionResult {
                date: crate::record::scalar::Day(start.plus_days(after)),
                verdict: Verdict::ALL[verdict],
                content: None,
                measures: None,
                document: None,
                file: None,
            });
            let calendar = Calendar::default();
            let today = start.plus_days(on);
            let state = handling(&record, &terms(), &calendar, today);
            prop_assert_eq!(state.stage.is_closed(), state.answered.is_some());
            prop_assert_eq!(state.left.is_some(), state.answered.is_none());
            let measured = state.answered.unwrap_or(today);
            prop_assert!(state.late == 0 || measured > state.due);
            prop_assert!(state.late <= calendar.working_days_between(state.due, measured));
            prop_assert!(state.took.unwrap_or(0) <= calendar.working_days_between(start, measured));
            prop_assert!(calendar.is_working(state.due));
        }
    }
}
