//! What became of a petition by a given day: its state, its deadlines, and how late it is.
//!
//! Nobody types lateness. The deadlines are data (`thoi_han` in `trang.yaml`), since sources conflict;
//! the figures below stand only where the site gives none, and are those of the index of service
//! (decision 766/QĐ-TTg, group 5). Days on which the agency waits for the sender do not count.

use crate::base::date::{Calendar, Date};
use crate::record::config::{Limit, SiteConfig};
use crate::record::petition::{Petition, PetitionAct, Verdict};
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
            let typed = site.limits.iter().find(|limit| limit.code.as_str() == code);
            let typed = typed.map(|Limit { number, unit, .. }| Term {
                number: u32::try_from(number.0).unwrap_or(u32::MAX),
                unit: *unit,
            });
            typed.unwrap_or(Term { number, unit: TimeUnit::WorkingDay })
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
    /// The last day on which an answer is on time. Moves while the agency waits for the sender.
    pub due: Date,
    /// The day of the answer (or of the refusal, or of passing it on).
    pub answered: Option<Date>,
    /// Working days that the answer took, those of waiting for the sender not counted.
    pub took: Option<u32>,
    /// Working days over the term: of the answer, or of the day if there is none. 0 is on time.
    pub late: u32,
    /// The last day on which publishing is on time.
    pub publish_due: Option<Date>,
    /// Working days by which publishing is over its term.
    pub publish_late: u32,
}

/// What became of `petition` by `day`. What is dated later has not happened yet.
pub fn handling(petition: &Petition, terms: &Terms, calendar: &Calendar, day: Date) -> Handling {
    let received = petition.received.0;
    let mut stage = Stage::Received;
    let mut since = received;
    let mut refused_or_passed = None;
    let mut waiting_since: Option<Date> = None;
    let mut waited: u32 = 0;
    for step in petition.course.iter().filter(|step| step.date.0 <= day) {
        let next = match step.act {
            PetitionAct::Accepted => Stage::Received,
            PetitionAct::MoreAsked => Stage::WaitingForSender,
            PetitionAct::MoreGiven | PetitionAct::InWork => Stage::InWork,
            PetitionAct::Forwarded => Stage::Forwarded,
            PetitionAct::Refused => Stage::Refused,
            PetitionAct::Answered => Stage::Answered,
        };
        if let Some(start) = waiting_since.take_if(|_| next != Stage::WaitingForSender) {
            waited += calendar.working_days_between(start, step.date.0);
        }
        if next == Stage::WaitingForSender {
            waiting_since.get_or_insert(step.date.0);
        }
        if next.is_closed() {
            refused_or_passed.get_or_insert(step.date.0);
        }
        (stage, since) = (next, step.date.0);
    }
    let result = petition.result.as_ref().filter(|result| result.date.0 <= day);
    let answered = result.map(|result| result.date.0).or(refused_or_passed);
    if let Some(result) = result {
        stage = match result.verdict {
            Verdict::Accepted | Verdict::Explained => Stage::Answered,
            Verdict::Forwarded => Stage::Forwarded,
            Verdict::Refused => Stage::Refused,
        };
        since = result.date.0;
    }
    if let Some(start) = waiting_since {
        waited += calendar.working_days_between(start, answered.unwrap_or(day));
    }
    let published = petition.published.map(|d| d.0).filter(|published| *published <= day);
    if let (Stage::Answered, Some(published)) = (stage, published) {
        (stage, since) = (Stage::Published, published);
    }
    let term = match stage {
        Stage::Refused => terms.refuse,
        _ if petition.complex.0 => terms.answer_complex,
        _ => terms.answer,
    };
    let due = calendar.add_working_days(term.ends(received, calendar), waited);
    let measured = answered.unwrap_or(day);
    let late = match stage {
        Stage::WaitingForSender => 0,
        _ => calendar.working_days_between(due, measured),
    };
    let took = answered.map(|end| calendar.working_days_between(received, end).saturating_sub(waited));
    let publish_due = answered.filter(|_| stage.is_closed()).map(|end| terms.publish.ends(end, calendar));
    let publish_late =
        publish_due.map_or(0, |due| calendar.working_days_between(due, published.unwrap_or(day)));
    Handling { stage, since, due, answered, took, late, publish_due, publish_late }
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
    }

    #[test]
    fn a_refusal_has_its_own_short_term() {
        let refused =
            petition("ket_qua: {ngay: 2026-03-06, ket_luan: tu_choi, noi_dung: ngoài thẩm quyền}\n");
        let state = at(&refused, "2026-03-06");
        assert_eq!((state.stage, state.due, state.late), (Stage::Refused, day("2026-03-04"), 2));
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
    }
}
