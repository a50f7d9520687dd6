//! What the office has to do now: the same facts as on the pages of duties and plans, as a list, most
//! urgent first.
//!
//! - A person who waits comes before a duty by law, that before the agency's own plan, that before upkeep.
//! - Made-up examples are nobody's work.
//! - Where no limit is known nothing is late: such an item has no day, and stands last.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{self, Progress, Term as PlanTerm};
use super::{SitePlan, petitions, pieces, urls};
use crate::base::calendar_period::{CalendarPeriod, Length};
use crate::base::date::{Calendar, Date};
use crate::base::diagnostic::Message;
use crate::base::path::{RoutePath, SitePath};
use crate::model::duty::{self, About, Case, Duty, Outcome, Reason};
use crate::model::law::{Validity, validity};
use crate::model::petition::{Stage, Term};
use crate::model::{DecisionId, Model};
use crate::msg;
use crate::record::initiative::ContributionStage;
use crate::record::procedure::TimeUnit;
use crate::record::scalar::{Code, ProcedureCode};
use crate::record::simplification::SimplificationStage;
use crate::record::task_plan::{EvidenceKind, Schedule};
use crate::vi::number::date_short;

/// How many working days ahead something is called near.
const NEAR: u32 = 5;

/// How many days ahead a plan's rhythm and the end of a legal text are told.
const AHEAD: i32 = 60;

/// Without a limit of the site, essential services are looked at once a year: their list changes.
const A_YEAR: Term = Term { number: 12, unit: TimeUnit::Month };

/// What is to be done, by sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TodoKind {
    /// Answer a petition.
    AnswerPetition,
    /// Make an answer public.
    PublishAnswer,
    /// Answer a contribution to a call for initiatives.
    AnswerContribution,
    /// Put a decision on the site.
    PostDecision,
    /// Replace a legal text that is out of force, or soon will be.
    ReplaceLaw,
    /// Conclude an inspection.
    ConcludeInspection,
    /// Complete the content of a procedure.
    CompleteContent,
    /// Do something for a task of the plan.
    ServeTask,
    /// Enter the figures of a period.
    EnterStatistics,
    /// Tell whether a simplification is carried out.
    SettleSimplification,
    /// Compare a procedure with its source.
    ReviewProcedure,
    /// Look at an essential service again.
    ReviewService,
}

impl TodoKind {
    /// The stable word for data.
    pub fn key(self) -> &'static str {
        match self {
            TodoKind::AnswerPetition => "tra-loi-phan-anh",
            TodoKind::PublishAnswer => "cong-khai-ket-qua",
            TodoKind::AnswerContribution => "tra-loi-gop-y",
            TodoKind::PostDecision => "dang-quyet-dinh",
            TodoKind::ReplaceLaw => "thay-can-cu",
            TodoKind::ConcludeInspection => "ket-luan-kiem-tra",
            TodoKind::CompleteContent => "bo-sung-noi-dung",
            TodoKind::ServeTask => "nhiem-vu-ke-hoach",
            TodoKind::EnterStatistics => "nhap-so-lieu",
            TodoKind::SettleSimplification => "cap-nhat-cat-giam",
            TodoKind::ReviewProcedure => "ra-soat-thu-tuc",
            TodoKind::ReviewService => "xem-lai-dich-vu",
        }
    }

    /// Who is waiting: 0 a person, 1 the law, 2 the agency's own plan, 3 nobody yet.
    fn weight(self) -> u8 {
        match self {
            TodoKind::AnswerPetition | TodoKind::PublishAnswer | TodoKind::AnswerContribution => 0,
            TodoKind::PostDecision
            | TodoKind::ReplaceLaw
            | TodoKind::ConcludeInspection
            | TodoKind::CompleteContent => 1,
            TodoKind::ServeTask | TodoKind::EnterStatistics | TodoKind::SettleSimplification => 2,
            TodoKind::ReviewProcedure | TodoKind::ReviewService => 3,
        }
    }

    /// Comes by the dozen: a calendar shows these as one entry.
    pub fn comes_by_the_dozen(self) -> bool {
        matches!(
            self,
            TodoKind::ReplaceLaw
                | TodoKind::CompleteContent
                | TodoKind::ReviewProcedure
                | TodoKind::ReviewService
        )
    }

    /// Many of them in a few words, for such an entry.
    pub fn many(self) -> Message {
        match self {
            TodoKind::ReplaceLaw => msg!("Thay căn cứ pháp lý", "Replace legal bases"),
            TodoKind::CompleteContent => msg!("Bổ sung nội dung thủ tục", "Complete procedures"),
            TodoKind::ReviewProcedure => msg!("Rà soát thủ tục", "Review procedures"),
            TodoKind::PostDecision => msg!(
                "Đăng quyết định, hoặc ghi ngày đã đăng",
                "Put decisions on the site, or write when that was done"
            ),
            _ => msg!("Xem lại dịch vụ thiết yếu", "Review essential services"),
        }
    }
}

/// How urgent something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Past its last day.
    Overdue,
    /// Its last day is at most five working days away.
    Near,
    /// It has time.
    Later,
    /// No last day is known.
    Undated,
}

impl Urgency {
    /// Every one, most urgent first.
    pub const ALL: [Urgency; 4] = [Urgency::Overdue, Urgency::Near, Urgency::Later, Urgency::Undated];

    /// The stable word for data.
    pub fn key(self) -> &'static str {
        match self {
            Urgency::Overdue => "qua_han",
            Urgency::Near => "sap_den_han",
            Urgency::Later => "con_han",
            Urgency::Undated => "khong_co_han",
        }
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// What sort.
    pub kind: TodoKind,
    /// What it is about, the same at every run.
    pub key: String,
    /// The name of the record, in short.
    pub name: String,
    /// What, in one line.
    pub what: Message,
    /// What to do about it, and what to write in the record.
    pub action: Message,
    /// Whose it is; none where the records do not tell.
    pub unit: Option<Code>,
    /// Since when it waits.
    pub since: Option<Date>,
    /// The last day.
    pub due: Option<Date>,
    /// How urgent it is on the day of the list.
    pub urgency: Urgency,
    /// Working days past the last day.
    pub late: u32,
    /// Working days to the last day.
    pub left: Option<u32>,
    /// The record, below the content folder.
    pub file: SitePath,
    /// Its page.
    pub page: Option<RoutePath>,
}

/// Everything that is to be done, most urgent first.
pub fn list(plan: &SitePlan<'_>) -> Vec<Todo> {
    let model = plan.model;
    let mut list =
        Collector { model, calendar: &model.calendar, today: model.as_of.date(), items: Vec::new() };
    list.petitions();
    list.contributions();
    list.decisions();
    list.laws();
    list.inspections();
    list.content();
    list.tasks();
    list.statistics();
    list.simplifications();
    list.reviews();
    list.services();
    let mut items = list.items;
    for item in &mut items {
        item.page = item.page.take().filter(|page| plan.routes.contains_key(page));
    }
    items.sort_by(|a, b| {
        let key = |item: &Todo| (item.urgency, item.kind.weight(), item.due, item.kind, item.since);
        (key(a), &a.key).cmp(&(key(b), &b.key))
    });
    items
}

/// How many made-up records were passed over, which would else be in the list.
pub fn examples(model: &Model) -> usize {
    let petitions = model.known_petitions().filter(|(_, filed, _)| filed.record.illustrative.0).count();
    let decisions = model.decisions.values().filter(|filed| filed.record.illustrative.0).count();
    let procedures = model.procedures.values().filter(|filed| filed.record.illustrative.0).count();
    let statistics = model.statistics.values().filter(|filed| filed.record.illustrative.0).count();
    let inspections = model.inspections.values().filter(|filed| filed.record.illustrative.0).count();
    let cuts = model.simplifications.values().filter(|filed| filed.record.illustrative.0).count();
    let calls = model.initiatives.values().filter(|filed| filed.record.illustrative.0).count();
    petitions + decisions + procedures + statistics + inspections + cuts + calls
}

/// A thing to do before its urgency is known.
struct Draft {
    kind: TodoKind,
    key: String,
    name: String,
    what: Message,
    action: Message,
    unit: Option<Code>,
    since: Option<Date>,
    due: Option<Date>,
    file: SitePath,
    page: Option<RoutePath>,
}

struct Collector<'m> {
    model: &'m Model,
    calendar: &'m Calendar,
    today: Date,
    items: Vec<Todo>,
}

impl Collector<'_> {
    /// Puts an item into the list; `late` where the record's own count differs from that of the days.
    fn put(&mut self, draft: Draft, late: Option<u32>) {
        let Draft { kind, key, name, what, action, unit, since, due, file, page } = draft;
        let late = match (late, due) {
            (Some(late), _) => late,
            // A day of rest after the last day is late as well.
            (None, Some(due)) if due < self.today => {
                self.calendar.working_days_between(due, self.today).max(1)
            }
            _ => 0,
        };
        let left = due.filter(|_| late == 0).map(|due| self.calendar.working_days_between(self.today, due));
        let urgency = match left {
            _ if late > 0 => Urgency::Overdue,
            Some(left) if left <= NEAR => Urgency::Near,
            Some(_) => Urgency::Later,
            None => Urgency::Undated,
        };
        self.items.push(Todo {
            kind,
            key,
            name,
            what,
            action,
            unit,
            since,
            due,
            urgency,
            late,
            left,
            file,
            page,
        });
    }

    /// The unit in charge of a procedure's field.
    fn unit_of(&self, code: &ProcedureCode) -> Option<Code> {
        let field = &self.model.procedure(code)?.record.field;
        self.model.fields.get(field)?.record.unit.clone()
    }

    /// The unit in charge of everything that a decision announces, if it is one.
    fn unit_of_decision(&self, id: &DecisionId) -> Option<Code> {
        let decision = self.model.decisions.get(id)?;
        let units: BTreeSet<Option<Code>> =
            decision.record.items.iter().map(|item| self.unit_of(&item.procedure)).collect();
        let mut units = units.into_iter();
        match (units.next(), units.next()) {
            (Some(unit), None) => unit,
            _ => None,
        }
    }

    fn petitions(&mut self) {
        for (code, filed, handling) in self.model.known_petitions() {
            let record = &filed.record;
            if record.illustrative.0 {
                continue;
            }
            let title = &record.title;
            let draft = |kind: TodoKind, what: Message, action: Message, since: Date, due: Date| Draft {
                kind,
                key: code.to_string(),
                name: title.to_string(),
                what,
                action,
                unit: Some(record.unit.clone()),
                since: Some(since),
                due: Some(due),
                file: filed.file.clone(),
                page: Some(urls::petition(code)),
            };
            if !handling.stage.is_closed() {
                let action = match handling.stage {
                    Stage::WaitingForSender => msg!(
                        "đang chờ người gửi bổ sung; khi có, ghi dien_bien da_bo_sung rồi xử lý tiếp",
                        "waiting for the sender; once there is more, write it in dien_bien and go on"
                    ),
                    _ => msg!(
                        "trả lời người gửi rồi ghi ket_qua; nếu việc còn vướng, ghi bước vừa làm vào dien_bien",
                        "answer the sender and write ket_qua; if it takes longer, write the last step in dien_bien"
                    ),
                };
                let what = msg!("Trả lời phản ánh {code}: {title}", "Answer petition {code}: {title}");
                let draft = draft(TodoKind::AnswerPetition, what, action, record.received.0, handling.due);
                self.put(draft, Some(handling.late));
            }
            if let (Stage::Answered, Some(answered), Some(due)) =
                (handling.stage, handling.answered, handling.publish_due)
            {
                let what = msg!(
                    "Công khai kết quả phản ánh {code}: {title}",
                    "Publish the answer to petition {code}: {title}"
                );
                let action = msg!(
                    "bỏ những gì cho biết người gửi là ai, rồi ghi ngay_cong_khai",
                    "remove what tells who the sender is, then write ngay_cong_khai"
                );
                self.put(
                    draft(TodoKind::PublishAnswer, what, action, answered, due),
                    Some(handling.publish_late),
                );
            }
        }
    }

    fn contributions(&mut self) {
        let term = duty::term(self.model, "sang_kien_phan_hoi");
        for (code, filed) in &self.model.initiatives {
            if filed.record.illustrative.0 {
                continue;
            }
            for (i, contribution) in filed.record.contributions.iter().enumerate() {
                let waits =
                    contribution.answer.is_none() && contribution.stage == ContributionStage::Received;
                let received = contribution.date.0;
                if !waits || received > self.today {
                    continue;
                }
                let (title, number) = (&filed.record.title, i + 1);
                let draft = Draft {
                    kind: TodoKind::AnswerContribution,
                    key: format!("{code}/{number}"),
                    name: title.to_string(),
                    what: msg!(
                        "Trả lời góp ý thứ {number} của đợt “{title}”",
                        "Answer contribution {number} to the call “{title}”"
                    ),
                    action: msg!(
                        "trả lời rồi ghi phan_hoi và trang_thai; không tiếp thu thì ghi ly_do",
                        "answer, then write phan_hoi and trang_thai; if it is not adopted, ly_do"
                    ),
                    unit: None,
                    since: Some(received),
                    due: term.map(|term| term.ends(received, self.calendar)),
                    file: filed.file.clone(),
                    page: Some(urls::initiative(code)),
                };
                self.put(draft, None);
            }
        }
    }

    /// The cases of a duty that are some work, and no made-up ones.
    fn cases(&self, duty: Duty) -> Vec<Case> {
        let mut cases = duty::cases(self.model, duty);
        cases.retain(|case| !case.illustrative && case.outcome != Outcome::Kept);
        cases
    }

    fn decisions(&mut self) {
        for case in self.cases(Duty::Publish) {
            let About::Decision(id) = &case.about else { continue };
            let Some(filed) = self.model.decisions.get(id) else { continue };
            let record = &filed.record;
            let due = match case.reason {
                // Posted late: nothing can be done about it any more.
                Reason::Done { .. } => continue,
                Reason::NotDone { due, .. } => Some(due),
                // Nobody wrote down that it was posted. Whether it was late nobody knows.
                _ if record.posted.is_some() => continue,
                _ => None,
            };
            let (number, signed) = (&record.number, date_short(record.signed.0));
            let draft = Draft {
                kind: TodoKind::PostDecision,
                key: id.0.clone(),
                name: number.to_string(),
                what: msg!(
                    "Đăng quyết định {number}, ký {signed}: chưa ghi ngày đăng",
                    "Put decision {number} of {signed} on the site: no day of posting is written"
                ),
                action: msg!(
                    "nếu đã đăng, ghi ngay_dang đúng ngày đã đăng; nếu chưa, đăng rồi ghi ngay_dang",
                    "if it is there, write the day in ngay_dang; if not, put it there first"
                ),
                unit: self.unit_of_decision(id),
                since: Some(record.signed.0),
                due,
                file: filed.file.clone(),
                page: Some(urls::decision(id)),
            };
            self.put(draft, None);
        }
    }

    /// Procedures that rest on a legal text that has ended, or ends soon.
    fn laws(&mut self) {
        let model = self.model;
        for (code, filed) in &model.procedures {
            if filed.record.illustrative.0 || !model.state(code).standing.is_current() {
                continue;
            }
            for number in duty::bases(&filed.record) {
                let Some(law) = model.laws.get(number).map(|law| &law.record) else { continue };
                // The last day that is typed, or computed from the text that replaces this one.
                let (last, over) = match (validity(model, law), law.in_force_until) {
                    (Validity::Expired { last, .. }, _) => (last, true),
                    (_, Some(last)) => (last.0, false),
                    (_, None) => continue,
                };
                if !over && self.today.days_until(last) > AHEAD {
                    continue;
                }
                let (name, day) = (&filed.record.name, date_short(last.plus_days(1)));
                let next = law.replaced_by.as_ref();
                let (vi, en) = match next {
                    Some(next) => (format!(", nay là {next}"), format!(", now {next}")),
                    None => (String::new(), String::new()),
                };
                let draft = Draft {
                    kind: TodoKind::ReplaceLaw,
                    key: format!("{code}/{number}"),
                    name: name.to_string(),
                    what: msg!(
                        "Thay căn cứ {number} (hết hiệu lực từ {day}{vi}) ở thủ tục {code}: {name}",
                        "Replace {number} (out of force since {day}{en}) in procedure {code}: {name}"
                    ),
                    action: msg!(
                        "đối chiếu nội dung thủ tục với văn bản đang có hiệu lực, rồi sửa can_cu",
                        "compare the procedure with the text in force, then mend can_cu"
                    ),
                    unit: self.unit_of(code),
                    since: over.then(|| last.plus_days(1)),
                    due: Some(last),
                    file: filed.file.clone(),
                    page: Some(urls::procedure(code)),
                };
                self.put(draft, None);
            }
        }
    }

    fn inspections(&mut self) {
        let term = duty::term(self.model, "ket_luan_kiem_tra");
        for (code, filed) in &self.model.inspections {
            let record = &filed.record;
            let last = record.days.to.0;
            if record.illustrative.0 || record.conclusion.is_some() || last >= self.today {
                continue;
            }
            let name = record.name.as_ref().map_or_else(|| code.to_string(), |name| name.to_string());
            let day = date_short(last);
            let draft = Draft {
                kind: TodoKind::ConcludeInspection,
                key: code.to_string(),
                name: name.to_string(),
                what: msg!(
                    "Kết luận cuộc kiểm tra “{name}”, xong ngày {day}",
                    "Conclude the inspection “{name}”, over since {day}"
                ),
                action: msg!(
                    "ghi ket_luan và tep khi đã ký kết luận",
                    "write ket_luan and tep once the conclusion is signed"
                ),
                unit: None,
                since: Some(last),
                due: term.map(|term| term.ends(last, self.calendar)),
                file: filed.file.clone(),
                page: Some(urls::fixed("/kiem-tra/")),
            };
            self.put(draft, None);
        }
    }

    fn content(&mut self) {
        for case in self.cases(Duty::FullContent) {
            let (About::Procedure(code), Reason::Lacks(parts)) = (&case.about, &case.reason) else {
                continue;
            };
            let Some(filed) = self.model.procedures.get(code) else { continue };
            let name = &filed.record.name;
            let missing: Vec<&str> = parts.iter().map(|part| part.label()).collect();
            let keys: Vec<&str> = parts.iter().map(|part| part.key()).collect();
            let (missing, keys) = (missing.join("; "), keys.join("; "));
            let draft = Draft {
                kind: TodoKind::CompleteContent,
                key: code.to_string(),
                name: name.to_string(),
                what: msg!(
                    "Bổ sung thủ tục {code}: {name} – thiếu {missing}",
                    "Complete procedure {code}: {name} – lacks {keys}"
                ),
                action: msg!(
                    "ghi {keys} theo quyết định công bố",
                    "write {keys} as the decision announces it"
                ),
                unit: self.unit_of(code),
                since: None,
                due: None,
                file: filed.file.clone(),
                page: Some(urls::procedure(code)),
            };
            self.put(draft, None);
        }
    }

    /// Tasks of the plan that runs now: what is over cannot be done any more.
    fn tasks(&mut self) {
        let model = self.model;
        for (year, filed) in &model.plans {
            let term = PlanTerm::of(model, *year);
            if term.to < self.today || term.from > self.today {
                continue;
            }
            for task in &filed.record.tasks {
                let found = evidence::of(model, term, task);
                let rhythm_ends = || Some(found.latest()?.plus_days(evidence::allowed(task)?));
                let due = match evidence::progress(task, &found, term) {
                    Progress::Proven => {
                        match rhythm_ends().filter(|due| self.today.days_until(*due) <= AHEAD) {
                            Some(due) => Some(due),
                            None => continue,
                        }
                    }
                    Progress::Resting(_) => rhythm_ends(),
                    Progress::Overdue(_) | Progress::Unproven => match &task.schedule {
                        Schedule::Between(period) if period.from.0 > self.today => continue,
                        Schedule::Between(period) => Some(period.to.0),
                        Schedule::Recurring(_) => None,
                    },
                };
                let (mark, content) = (&task.mark, &task.content);
                let kinds: Vec<&str> = task.evidence.iter().map(|asked| asked.kind.key()).collect();
                let kinds = kinds.join(", ");
                let (what, since) = match found.latest() {
                    Some(day) => {
                        let last = date_short(day);
                        (
                            msg!(
                                "Nhiệm vụ {mark}, lần mới nhất {last}: {content}",
                                "Task {mark}, last served on {last}: {content}"
                            ),
                            day,
                        )
                    }
                    None => (
                        msg!(
                            "Nhiệm vụ {mark} chưa có minh chứng: {content}",
                            "Task {mark} has no evidence: {content}"
                        ),
                        term.from,
                    ),
                };
                let draft = Draft {
                    kind: TodoKind::ServeTask,
                    key: format!("{year}/{mark}"),
                    name: mark.to_string(),
                    what,
                    action: msg!(
                        "thêm bản ghi làm minh chứng: {kinds}",
                        "add a record that proves it: {kinds}"
                    ),
                    unit: Some(task.lead.clone()),
                    since: Some(since),
                    due,
                    file: filed.file.clone(),
                    page: Some(urls::plan(*year)),
                };
                self.put(draft, None);
            }
        }
    }

    /// Periods that are over and have no figures: of every length of which there are some, from the
    /// first on. A site that has none at all is told once, if its plan asks for figures.
    fn statistics(&mut self) {
        let model = self.model;
        let mut known: BTreeMap<Length, BTreeSet<CalendarPeriod>> = BTreeMap::new();
        for (id, filed) in &model.statistics {
            if id.field.is_none() && !filed.record.illustrative.0 {
                known.entry(id.period.length()).or_default().insert(id.period);
            }
        }
        let draft = |key: String, what: Message, since: Date, file: &SitePath| Draft {
            kind: TodoKind::EnterStatistics,
            name: key.clone(),
            key,
            what,
            action: msg!(
                "thêm một tệp trong thong-ke/ với ky, nguon và ho_so",
                "add a file to thong-ke/ with ky, nguon and ho_so"
            ),
            unit: None,
            since: Some(since),
            due: None,
            file: file.clone(),
            page: Some(urls::fixed("/ket-qua/")),
        };
        for periods in known.values() {
            let Some(file) = periods.first().and_then(|first| {
                let mut of_first = model.statistics.iter().filter(|(id, _)| id.period == *first);
                of_first.next().map(|(_, filed)| filed.file.clone())
            }) else {
                continue;
            };
            let mut period = periods.first().copied();
            // Longer rows are slips in a year, which checks report.
            for _ in 0..240 {
                let Some(next) =
                    period.and_then(CalendarPeriod::next).filter(|next| next.last() < self.today)
                else {
                    break;
                };
                period = Some(next);
                if periods.contains(&next) {
                    continue;
                }
                let words = next.words();
                let what = msg!(
                    "Nhập số liệu {words}: kỳ đã hết",
                    "Enter the figures of {next}: the period is over"
                );
                self.put(draft(next.to_string(), what, next.last().plus_days(1), &file), None);
            }
        }
        if !known.is_empty() {
            return;
        }
        for (year, filed) in &model.plans {
            let term = PlanTerm::of(model, *year);
            let mut tasks = filed.record.tasks.iter();
            let asks = tasks.any(|task| task.evidence.iter().any(|e| e.kind == EvidenceKind::Statistics));
            if asks && term.to == self.today {
                let what = msg!(
                    "Nhập số liệu: trang chưa có số liệu thật của kỳ nào",
                    "Enter figures: the site has no real figures of any period"
                );
                self.put(draft(year.to_string(), what, term.from, &filed.file), None);
            }
        }
    }

    fn simplifications(&mut self) {
        for (code, filed) in &self.model.simplifications {
            let record = &filed.record;
            let open = matches!(record.stage, SimplificationStage::Proposed | SimplificationStage::Approved);
            let Some(effective) = record.effective.map(|day| day.0).filter(|day| *day <= self.today) else {
                continue;
            };
            if record.illustrative.0 || !open {
                continue;
            }
            let (name, day, stage) =
                (&record.name, date_short(effective), record.stage.label().to_lowercase());
            let draft = Draft {
                kind: TodoKind::SettleSimplification,
                key: code.to_string(),
                name: name.to_string(),
                what: msg!(
                    "Cập nhật cắt giảm “{name}”: có hiệu lực từ {day}, vẫn ghi {stage}",
                    "Settle the simplification “{name}”: in force since {day}, still marked as open"
                ),
                action: msg!(
                    "ghi trang_thai: da_thuc_hien, hoặc khong_thuc_hien với lý do ở ghi_chu",
                    "write trang_thai: da_thuc_hien, or khong_thuc_hien with the reason in ghi_chu"
                ),
                unit: record.procedure.as_ref().and_then(|code| self.unit_of(code)),
                since: Some(effective),
                due: Some(effective),
                file: filed.file.clone(),
                page: Some(urls::fixed("/cat-giam/")),
            };
            self.put(draft, None);
        }
    }

    fn reviews(&mut self) {
        for case in self.cases(Duty::Review) {
            let About::Procedure(code) = &case.about else { continue };
            let Some(filed) = self.model.procedures.get(code) else { continue };
            let (since, due) = match case.reason {
                Reason::Reviewed { on, due, .. } => (Some(on), Some(due)),
                Reason::NoDay => (None, None),
                // Without a limit nothing is to be done.
                _ => continue,
            };
            let name = &filed.record.name;
            let draft = Draft {
                kind: TodoKind::ReviewProcedure,
                key: code.to_string(),
                name: name.to_string(),
                what: msg!("Rà soát thủ tục {code}: {name}", "Review procedure {code}: {name}"),
                action: msg!(
                    "đối chiếu với nguồn, sửa chỗ đã đổi, rồi ghi ngày đối chiếu vào nguon/ngay",
                    "compare it with its source, mend what changed, then write the day in nguon/ngay"
                ),
                unit: self.unit_of(code),
                since,
                due,
                file: filed.file.clone(),
                page: Some(urls::procedure(code)),
            };
            self.put(draft, None);
        }
    }

    fn services(&mut self) {
        let term = duty::term(self.model, "thiet_yeu_xem_lai").unwrap_or(A_YEAR);
        for (name, filed) in &self.model.essential_services {
            let updated = filed.record.updated.map(|day| day.0);
            let due = updated.map(|day| term.ends(day, self.calendar));
            if due.is_some_and(|due| due >= self.today) {
                continue;
            }
            let draft = Draft {
                kind: TodoKind::ReviewService,
                key: name.to_string(),
                name: name.to_string(),
                what: msg!(
                    "Xem lại dịch vụ thiết yếu “{name}”",
                    "Look at the essential service “{name}” again"
                ),
                action: msg!(
                    "mở liên kết, đối chiếu với nguồn, rồi ghi ngay_cap_nhat",
                    "open the link, compare it with its source, then write ngay_cap_nhat"
                ),
                unit: None,
                since: updated,
                due,
                file: filed.file.clone(),
                page: Some(urls::fixed("/thiet-yeu/")),
            };
            self.put(draft, None);
        }
    }
}

/// How late something is, or how much time is left, in words.
pub fn time_words(item: &Todo) -> Option<Message> {
    let due = item.due?;
    let day = date_short(due);
    let (late, left) = (item.late, item.left.unwrap_or(0));
    if item.kind == TodoKind::ReplaceLaw {
        // The last day is that of the legal text, not of the work.
        let (days, words) =
            if late > 0 { (late, "đã hết hiệu lực") } else { (left, "hết hiệu lực sau") };
        let span = petitions::working_days(days);
        let en = if late > 0 { "out of force for" } else { "in force for another" };
        return Some(msg!("{words} {span}", "{en} {days} working days"));
    }
    Some(if late > 0 {
        let words = petitions::working_days(late);
        msg!("hạn {day}, trễ {words}", "due {day}, {late} working days late")
    } else if left == 0 {
        msg!("hạn {day}, là ngày cuối", "due {day}, the last day")
    } else {
        let words = petitions::working_days(left);
        msg!("hạn {day}, còn {words}", "due {day}, {left} working days left")
    })
}

/// The name of the unit whose work it is.
pub fn unit_words(model: &Model, item: &Todo) -> Option<String> {
    item.unit.as_ref().map(|code| pieces::unit_name(model, code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::{article, model};
    use crate::plan::view::ThemeAssets;

    const SITE: &str =
        "ten: Sở A\ndia_chi_trang: https://a.vn/\nchuyen_muc:\n- {ma: tin-tuc, ten: Tin tức}\nthoi_han:
- {ma: cong_bo, so: 5, don_vi: ngay_lam_viec}
- {ma: ra_soat, so: 6, don_vi: thang}
- {ma: ket_luan_kiem_tra, so: 15, don_vi: ngay}
";
    const PETITION: &str = "ma: 2026-001\nngay_tiep_nhan: 2026-03-02\nkenh: khac\nloai: quy_dinh\ntieu_de: Hỏi phí\nnoi_dung: y\ndon_vi: phong\n";
    const PROCEDURE: &str = "ma: 1.000001\nten: Cấp phép\nlinh_vuc: x\ntrinh_tu: [Nộp]\nso_bo_ho_so: 1\nho_so: [{giay_to: [{ten: Đơn}]}]\ndoi_tuong: [doanh_nghiep]\nco_quan: {thuc_hien: Sở A}\ncach_thuc: [{hinh_thuc: truc_tiep, thoi_han: [{so: 5, don_vi: ngay}]}]\n";

    /// The list on a day: kind, urgency, working days late or left.
    fn of(day: &str, files: &[(&str, &str)]) -> Vec<(TodoKind, Urgency, u32, Option<u32>)> {
        items(day, files).iter().map(|item| (item.kind, item.urgency, item.late, item.left)).collect()
    }

    fn items(day: &str, files: &[(&str, &str)]) -> Vec<Todo> {
        let files: Vec<(&str, &str)> =
            [("trang.yaml", SITE)].into_iter().chain(files.iter().copied()).collect();
        let model = model(day, &files);
        let (plan, _) = plan::site(&model, &ThemeAssets::new());
        list(&plan)
    }

    #[test]
    fn nothing_to_do_is_an_empty_list() {
        assert_eq!(of("2026-04-01", &[]), []);
    }

    #[test]
    fn a_petition_is_work_until_its_answer_is_public() {
        let at = "phan-anh/2026/001.yaml";
        let answered = format!("{PETITION}ket_qua: {{ngay: 2026-03-10, ket_luan: tiep_thu, noi_dung: z}}\n");
        let public = format!("{answered}ngay_cong_khai: 2026-03-11\n");
        let made_up = format!("{PETITION}minh_hoa: true\n");
        let (answer, publish) = (TodoKind::AnswerPetition, TodoKind::PublishAnswer);
        for (day, text, expected) in [
            // Fifteen working days end on Monday 23 March.
            ("2026-03-02", PETITION, vec![(answer, Urgency::Later, 0, Some(15))]),
            ("2026-03-16", PETITION, vec![(answer, Urgency::Near, 0, Some(5))]),
            ("2026-03-23", PETITION, vec![(answer, Urgency::Near, 0, Some(0))]),
            ("2026-03-24", PETITION, vec![(answer, Urgency::Overdue, 1, None)]),
            ("2026-03-11", &answered, vec![(publish, Urgency::Near, 0, Some(1))]),
            ("2026-03-16", &answered, vec![(publish, Urgency::Overdue, 2, None)]),
            ("2026-03-16", &public, vec![]),
            ("2026-03-24", &made_up, vec![]),
        ] {
            assert_eq!(of(day, &[(at, text)]), expected, "{day}");
        }
        let item = items("2026-03-24", &[(at, PETITION)]).remove(0);
        assert_eq!(item.what.vi, "Trả lời phản ánh 2026-001: Hỏi phí");
        assert_eq!(item.unit.as_ref().map(|unit| unit.as_str()), Some("phong"));
        assert_eq!((item.file.as_str(), item.page), (at, Some(urls::fixed("/phan-anh/2026-001/"))));
    }

    #[test]
    fn procedures_are_completed_reviewed_and_given_valid_bases() {
        let at = "thu-tuc/a.yaml";
        let fields = ("danh-muc/linh-vuc.yaml", "- {ma: x, ten: X, don_vi: phong}\n");
        let laws = (
            "danh-muc/van-ban.yaml",
            "- {so_ky_hieu: 1/2020/NĐ-CP, ten: Cũ, hieu_luc_tu: 2020-01-01, hieu_luc_den: 2026-03-31, thay_the_boi: 2/2026/NĐ-CP}\n",
        );
        let reviewed = |day: &str| format!("{PROCEDURE}nguon: {{ten: A, ngay: {day}}}\n");
        let rests = format!("{}can_cu: [1/2020/NĐ-CP]\n", reviewed("2026-01-05"));
        let bare = "ma: 1.000001\nten: Cấp phép\nlinh_vuc: x\nnguon: {ten: A, ngay: 2026-01-05}\n";
        let (review, law, content) =
            (TodoKind::ReviewProcedure, TodoKind::ReplaceLaw, TodoKind::CompleteContent);
        for (day, text, expected) in [
            ("2026-04-01", &*reviewed("2026-01-05"), vec![]),
            ("2026-07-07", &reviewed("2026-01-05"), vec![(review, Urgency::Overdue, 1, None)]),
            ("2026-04-01", PROCEDURE, vec![(review, Urgency::Undated, 0, None)]),
            ("2026-01-20", &rests, vec![]),
            ("2026-03-31", &rests, vec![(law, Urgency::Near, 0, Some(0))]),
            ("2026-04-01", &rests, vec![(law, Urgency::Overdue, 1, None)]),
            ("2026-04-01", bare, vec![(content, Urgency::Undated, 0, None)]),
            ("2026-04-01", &format!("{bare}minh_hoa: true\n"), vec![]),
        ] {
            assert_eq!(of(day, &[(at, text), fields, laws]), expected, "{day} {text}");
        }
        let item = items("2026-04-01", &[(at, &rests), fields, laws]).remove(0);
        assert_eq!(
            item.what.vi,
            "Thay căn cứ 1/2020/NĐ-CP (hết hiệu lực từ 1/4/2026, nay là 2/2026/NĐ-CP) ở thủ tục 1.000001: Cấp phép"
        );
        assert_eq!(item.unit.as_ref().map(|unit| unit.as_str()), Some("phong"), "by the field");
        // A text ends too when the one that replaces it begins, though nobody typed its last day.
        let replaced = "- {so_ky_hieu: 1/2020/NĐ-CP, ten: Cũ, hieu_luc_tu: 2020-01-01, thay_the_boi: 2/2026/NĐ-CP}\n- {so_ky_hieu: 2/2026/NĐ-CP, ten: Mới, hieu_luc_tu: 2026-04-01}\n";
        let on = |day: &str| of(day, &[(at, &rests), fields, ("danh-muc/van-ban.yaml", replaced)]);
        assert_eq!(on("2026-03-31"), vec![]);
        assert_eq!(on("2026-04-01"), vec![(law, Urgency::Overdue, 1, None)]);
    }

    #[test]
    fn decisions_inspections_contributions_and_cuts_wait() {
        let decision = |more: &str| {
            format!(
                "so: 9/QĐ-UBND\nngay_ky: 2026-03-02\nco_quan: UBND\ntrich_yeu: x\n{more}muc: [{{thu_tuc: 9.999999, loai: ban_hanh_moi}}]\n"
            )
        };
        let inspection = "ma: kt\nngay: {tu: 2026-03-02, den: 2026-03-06}\ndon_vi: [so]\nnoi_dung: Xem\n";
        let call = "ma: sk\ntieu_de: Góp ý\nngay_mo: 2026-03-01\nnoi_dung: A\ncach_gui: B\ndong_gop:\n- {ngay: 2026-03-02, tom_tat: x, doi_tuong: ca_nhan, trang_thai: tiep_thu, phan_hoi: y}\n- {ngay: 2026-03-03, tom_tat: x, doi_tuong: ca_nhan, trang_thai: tiep_nhan}\n";
        let cut =
            "ma: cg\nten: Bớt ngày\nchuong_trinh: X\nnoi_dung: B\nngay_hieu_luc: 2026-03-02\ntrang_thai: ";
        let service = "- {ten: Khai sinh, ngay_cap_nhat: 2026-01-05}\n- {ten: Khác}\n";
        let (approved, done) = (format!("{cut}phe_duyet\n"), format!("{cut}da_thuc_hien\n"));
        let (post, conclude) = (TodoKind::PostDecision, TodoKind::ConcludeInspection);
        for (day, path, text, expected) in [
            ("2026-03-06", "quyet-dinh/9.yaml", &*decision(""), vec![(post, Urgency::Near, 0, Some(1))]),
            ("2026-03-10", "quyet-dinh/9.yaml", &decision(""), vec![(post, Urgency::Undated, 0, None)]),
            ("2026-04-01", "quyet-dinh/9.yaml", &decision("ngay_dang: 2026-03-31\n"), vec![]),
            ("2026-04-01", "quyet-dinh/9.yaml", &decision("minh_hoa: true\n"), vec![]),
            ("2026-03-06", "kiem-tra/a.yaml", inspection, vec![]),
            ("2026-03-07", "kiem-tra/a.yaml", inspection, vec![(conclude, Urgency::Later, 0, Some(11))]),
            ("2026-03-24", "kiem-tra/a.yaml", inspection, vec![(conclude, Urgency::Overdue, 1, None)]),
            ("2026-04-01", "kiem-tra/a.yaml", &format!("{inspection}ket_luan: Tốt.\n"), vec![]),
            (
                "2026-04-01",
                "sang-kien/a.yaml",
                call,
                vec![(TodoKind::AnswerContribution, Urgency::Undated, 0, None)],
            ),
            (
                "2026-03-04",
                "cat-giam/a.yaml",
                &approved,
                vec![(TodoKind::SettleSimplification, Urgency::Overdue, 2, None)],
            ),
            ("2026-03-04", "cat-giam/a.yaml", &done, vec![]),
            (
                "2027-01-06",
                "danh-muc/dich-vu-thiet-yeu.yaml",
                service,
                vec![
                    (TodoKind::ReviewService, Urgency::Overdue, 1, None),
                    (TodoKind::ReviewService, Urgency::Undated, 0, None),
                ],
            ),
        ] {
            assert_eq!(of(day, &[(path, text)]), expected, "{day} {path}");
        }
        let item = items("2026-04-01", &[("sang-kien/a.yaml", call)]).remove(0);
        assert_eq!(
            (item.key.as_str(), item.what.vi.as_str()),
            ("sk/2", "Trả lời góp ý thứ 2 của đợt “Góp ý”")
        );
    }

    #[test]
    fn tasks_of_the_running_plan_are_work_and_those_of_old_plans_are_not() {
        let plan = "so: 1/KH\nnam: 2026\nco_quan: Sở A\nnhiem_vu:
- {ma: I.1, nhom: I, noi_dung: Tin, chu_tri: so, thoi_gian: thuong_xuyen, nhip_ngay: 90, minh_chung: [{loai: bai-viet}]}
- {ma: I.2, nhom: I, noi_dung: Họp, chu_tri: so, thoi_gian: {tu: 2026-02-01, den: 2026-03-31}, minh_chung: [{loai: kiem-tra}]}
- {ma: I.3, nhom: I, noi_dung: Mở, chu_tri: so, thoi_gian: thuong_xuyen, minh_chung: [{loai: sang-kien}]}
";
        let old = plan.replace("2026", "2025");
        let text = article("2026-01-05", "nhiem_vu: [I.1]\n");
        let files =
            [("ke-hoach/2026.yaml", plan), ("ke-hoach/2025.yaml", &*old), ("bai-viet/tin-tuc/a.md", &text)];
        let task = TodoKind::ServeTask;
        for (day, expected) in [
            // I.1 has ninety days from 5 January to 5 April, told sixty days ahead.
            ("2026-01-20", vec![(task, Urgency::Undated, 0, None)]),
            (
                "2026-03-30",
                vec![
                    (task, Urgency::Near, 0, Some(1)),
                    (task, Urgency::Near, 0, Some(4)),
                    (task, Urgency::Undated, 0, None),
                ],
            ),
            (
                "2026-04-06",
                vec![
                    (task, Urgency::Overdue, 4, None),
                    (task, Urgency::Overdue, 1, None),
                    (task, Urgency::Undated, 0, None),
                ],
            ),
        ] {
            assert_eq!(of(day, &files), expected, "{day}");
        }
        let keys: Vec<String> = items("2026-04-06", &files).into_iter().map(|item| item.key).collect();
        assert_eq!(keys, ["2026/I.2", "2026/I.1", "2026/I.3"]);
    }

    #[test]
    fn periods_that_are_over_want_their_figures() {
        let month = |period: &str| format!("ky: {period}\nnguon: {{ten: A}}\n");
        let (first, third) = (month("2025-12"), month("2026-02"));
        let files = [("thong-ke/a.yaml", &*first), ("thong-ke/b.yaml", &*third)];
        let keys: Vec<String> = items("2026-04-30", &files).into_iter().map(|item| item.key).collect();
        assert_eq!(keys, ["2026-01", "2026-03"], "April is not over");
        let made_up = format!("{first}minh_hoa: true\n");
        assert_eq!(of("2026-04-30", &[("thong-ke/a.yaml", &made_up)]), []);
        let plan = "so: 1/KH\nnam: 2026\nco_quan: Sở A\nnhiem_vu:\n- {ma: I.1, nhom: I, noi_dung: Tin, chu_tri: so, thoi_gian: thuong_xuyen, minh_chung: [{loai: thong-ke}]}\n";
        let files = [("thong-ke/a.yaml", &*made_up), ("ke-hoach/2026.yaml", plan)];
        let kinds: Vec<TodoKind> = of("2026-04-30", &files).into_iter().map(|item| item.0).collect();
        assert_eq!(kinds, [TodoKind::ServeTask, TodoKind::EnterStatistics]);
    }

    #[test]
    fn who_waits_comes_before_upkeep_and_overdue_before_all() {
        let service = "- {ten: Khai sinh, ngay_cap_nhat: 2020-01-05}\n";
        let plan = "so: 1/KH\nnam: 2026\nco_quan: Sở A\nnhiem_vu:\n- {ma: I.1, nhom: I, noi_dung: Tin, chu_tri: so, thoi_gian: {tu: 2026-01-01, den: 2026-02-01}, minh_chung: [{loai: kiem-tra}]}\n";
        let second = PETITION.replace("2026-001", "2026-002").replace("2026-03-02", "2026-03-20");
        let files = [
            ("danh-muc/dich-vu-thiet-yeu.yaml", service),
            ("ke-hoach/2026.yaml", plan),
            ("phan-anh/2026/001.yaml", PETITION),
            ("phan-anh/2026/002.yaml", &second),
        ];
        let keys: Vec<String> = items("2026-03-25", &files).into_iter().map(|item| item.key).collect();
        assert_eq!(keys, ["2026-001", "2026/I.1", "Khai sinh", "2026-002"]);
    }
}
