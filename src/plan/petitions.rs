//! Petitions as pages show them: lists and their filters, figures, deadlines in words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::chart::{Bar, Chart, Look, Series};
use super::links::PageCx;
use super::list_tools::{OptionView, RowData, SelectView, ToolsView};
use super::pieces::SourceView;
use super::view::{DateView, LinkView, TagView, text};
use super::{pieces, urls};
use crate::base::date::Date;
use crate::model::petition::{Handling, Stage, Term};
use crate::model::{Filed, Model};
use crate::record::config::Limit;
use crate::record::petition::{Petition, PetitionClass};
use crate::record::procedure::TimeUnit;
use crate::record::scalar::Code;
use crate::vi::{collate, number};

/// How many of all petitions stand on a page: the first says how to petition, too.
const OF_ALL_ON_A_PAGE: usize = 50;

/// How many petitions of a list by state, year and so on stand on a page: as many as a slow phone can bear,
/// since the form over them sees no other page.
const ON_A_PAGE: usize = 200;

/// How many quarters a chart goes back.
const QUARTERS: i32 = 8;

const NBSP: char = '\u{A0}';

// ---- Which petitions ----------------------------------------------------------------------------

/// Which petitions a list holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    /// All of them.
    All,
    /// Those that stand there.
    Stage(Stage),
    /// Answered late, or open past the last day.
    Late,
    /// Those about rules, or about acts.
    Class(PetitionClass),
    /// Those of a field, by their own word or by the procedures they name.
    Field(Code),
    /// Those that a unit handles.
    Unit(Code),
    /// Those received in a year.
    Year(i16),
}

/// What filters have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// By state.
    State,
    /// By kind.
    Class,
    /// By field.
    Field,
    /// By unit.
    Unit,
    /// By year.
    Year,
}

impl Group {
    /// Its part of an address.
    pub fn key(self) -> &'static str {
        match self {
            Group::State => "trang-thai",
            Group::Class => "loai",
            Group::Field => "linh-vuc",
            Group::Unit => "don-vi",
            Group::Year => "nam",
        }
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Group::State => "Trạng thái",
            Group::Class => "Loại",
            Group::Field => "Lĩnh vực",
            Group::Unit => "Đơn vị xử lý",
            Group::Year => "Năm nhận",
        }
    }
}

impl Filter {
    /// The group it belongs to; none for all petitions.
    pub fn group(&self) -> Option<Group> {
        Some(match self {
            Filter::All => return None,
            Filter::Stage(_) | Filter::Late => Group::State,
            Filter::Class(_) => Group::Class,
            Filter::Field(_) => Group::Field,
            Filter::Unit(_) => Group::Unit,
            Filter::Year(_) => Group::Year,
        })
    }

    /// Its last part of an address.
    pub fn value(&self) -> String {
        match self {
            Filter::All => String::new(),
            Filter::Stage(stage) => stage.key().to_owned(),
            Filter::Late => "tre-han".to_owned(),
            Filter::Class(class) => class.key().replace('_', "-"),
            Filter::Field(code) | Filter::Unit(code) => code.to_string(),
            Filter::Year(year) => year.to_string(),
        }
    }

    /// What it is called.
    pub fn label(&self, model: &Model) -> String {
        match self {
            Filter::All => "Tất cả".to_owned(),
            Filter::Stage(stage) => stage.label().to_owned(),
            Filter::Late => "Trễ hạn".to_owned(),
            Filter::Class(class) => class.label().to_owned(),
            Filter::Field(code) => field_name(model, code),
            Filter::Unit(code) => pieces::unit_name(model, code),
            Filter::Year(year) => year.to_string(),
        }
    }

    /// How many petitions stand on a page of its list.
    pub fn on_a_page(&self) -> usize {
        match self {
            Filter::All => OF_ALL_ON_A_PAGE,
            _ => ON_A_PAGE,
        }
    }
}

impl Filter {
    /// The filters that let a petition through, but that of all.
    fn of(model: &Model, petition: &Petition, handling: &Handling) -> Vec<Filter> {
        let mut filters = vec![
            Filter::Stage(handling.stage),
            Filter::Class(petition.class),
            Filter::Unit(petition.unit.clone()),
            Filter::Year(petition.received.0.year()),
        ];
        filters.extend((handling.late > 0).then_some(Filter::Late));
        filters.extend(fields(model, petition).into_iter().map(Filter::Field));
        filters
    }
}

/// The fields that a petition is about: its own, else those of the procedures it names.
pub fn fields(model: &Model, petition: &Petition) -> BTreeSet<Code> {
    match &petition.field {
        Some(field) => BTreeSet::from([field.clone()]),
        None => {
            let named = petition.procedures.iter().filter_map(|code| model.procedure(code));
            named.map(|procedure| procedure.record.field.clone()).collect()
        }
    }
}

/// The name of a field; its code if the directory has none, which is a finding elsewhere.
pub fn field_name(model: &Model, code: &Code) -> String {
    model.fields.get(code).map_or(code.as_str(), |field| field.record.name.as_str()).to_owned()
}

/// A petition with what became of it.
pub type Known<'m> = (&'m Code, &'m Filed<Petition>, &'m Handling);

/// Every list of petitions that the site has, worked out once: a list is on many pages, and many pages name how long
/// all lists are. Asking each filter for each petition on each of them took 56 % of the time of a site with
/// 1,000 petitions in 170 fields.
#[derive(Debug, Default)]
pub struct PetitionLists<'m> {
    filters: Vec<Filter>,
    of: BTreeMap<Filter, Vec<Known<'m>>>,
}

impl<'m> PetitionLists<'m> {
    /// Sorts the petitions that are known on the day of the build into their lists.
    pub fn new(model: &'m Model) -> Self {
        let mut all: Vec<Known<'m>> = model.known_petitions().collect();
        all.sort_by_key(|(code, petition, _)| (Reverse(petition.record.received), Reverse(*code)));
        let mut of: BTreeMap<Filter, Vec<Known<'m>>> = BTreeMap::new();
        for known in &all {
            for filter in Filter::of(model, &known.1.record, known.2) {
                of.entry(filter).or_default().push(*known);
            }
        }
        let filters = if all.is_empty() { Vec::new() } else { in_order(model, &of) };
        of.insert(Filter::All, all);
        Self { filters, of }
    }

    /// The filters of the site, by group. States and kinds are always the same; fields, units and years are those
    /// that petitions have, so that no list is there without need.
    pub fn filters(&self) -> &[Filter] {
        &self.filters
    }

    /// The petitions that a filter lets through, newest first; of one day the later code first.
    pub fn of(&self, filter: &Filter) -> &[Known<'m>] {
        self.of.get(filter).map_or(&[], Vec::as_slice)
    }

    /// How many pages the list of a filter has; the first exists even when it is empty.
    pub fn pages(&self, filter: &Filter) -> usize {
        self.of(filter).len().div_ceil(filter.on_a_page()).max(1)
    }
}

/// The filters in the order in which pages name them.
fn in_order(model: &Model, of: &BTreeMap<Filter, Vec<Known<'_>>>) -> Vec<Filter> {
    let by_name = |group: Group| {
        let mut filters: Vec<Filter> =
            of.keys().filter(|filter| filter.group() == Some(group)).cloned().collect();
        filters.sort_by_cached_key(|filter| (collate::key(&filter.label(model)), filter.value()));
        filters
    };
    let states = Stage::ALL.iter().map(|stage| Filter::Stage(*stage)).chain([Filter::Late]);
    let classes = PetitionClass::ALL.iter().map(|class| Filter::Class(*class));
    let years = of.keys().rev().filter(|filter| filter.group() == Some(Group::Year)).cloned();
    let (fields, units) = (by_name(Group::Field), by_name(Group::Unit));
    states.chain(classes).chain(fields).chain(units).chain(years).collect()
}

// ---- Lists --------------------------------------------------------------------------------------

/// A petition in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PetitionRow {
    /// Its page, by its title.
    pub link: LinkView,
    /// Its code.
    pub code: String,
    /// Where it stands, and how late it is.
    pub tags: Vec<TagView>,
    /// Received, due, answered: a few words each.
    pub facts: Vec<String>,
    /// Who handles it.
    pub unit: String,
    /// What it can be filtered by.
    pub data: RowData,
}

impl PetitionRow {
    /// One petition.
    pub fn new(cx: &PageCx<'_>, (code, petition, handling): Known<'_>) -> Self {
        let record = &petition.record;
        let day = |date: Date| DateView::from(date).short;
        let mut facts = vec![format!("nhận {}", day(record.received.0))];
        match handling.answered {
            Some(answered) => {
                facts.push(format!("hạn {}", day(handling.due)));
                let took = handling.took.map(working_days).unwrap_or_default();
                facts.push(format!("{} {}, sau {took}", closing_word(handling.stage), day(answered)));
            }
            None if handling.stage == Stage::WaitingForSender => {
                facts.push("thời hạn tạm dừng".to_owned());
            }
            None => facts.push(format!("hạn trả lời {}", day(handling.due))),
        }
        Self {
            link: cx.link(&urls::petition(code), record.title.as_str()),
            code: code.to_string(),
            tags: tags(record, handling),
            facts,
            unit: pieces::unit_name(cx.model(), &record.unit),
            data: row_data(cx.model(), record, handling),
        }
    }
}

/// What a petition can be filtered by in a list, under the names that the prebuilt lists have.
fn row_data(model: &Model, petition: &Petition, handling: &Handling) -> RowData {
    let filters = Filter::of(model, petition, handling);
    let values: Vec<(&str, String)> =
        filters.iter().filter_map(|filter| Some((filter.group()?.key(), filter.value()))).collect();
    let order = [("ngay-nhan", petition.received.0.to_string()), ("tre", format!("{:05}", handling.late))];
    RowData::new(&values, &order, String::new())
}

/// The form over one page of petitions, which says so where the list goes on at another page; none for a
/// short list.
pub fn tools(cx: &PageCx<'_>, rows: &[PetitionRow], total: usize) -> Option<ToolsView> {
    let model = cx.model();
    let mut selects: Vec<SelectView> = Vec::new();
    for filter in cx.plan.petition_lists.filters() {
        let Some(group) = filter.group() else { continue };
        let option = OptionView::new(filter.value(), filter.label(model));
        match selects.last_mut() {
            Some(select) if select.name == group.key() => select.options.push(option),
            _ => selects.push(SelectView { name: group.key(), label: group.label(), options: vec![option] }),
        }
    }
    let tools = ToolsView {
        unit: if rows.len() < total { "việc ở trang này" } else { "việc" },
        search: "Chữ trong tiêu đề hoặc mã",
        selects,
        checks: Vec::new(),
        orders: vec![
            OptionView::new("", "Mới nhận trước"),
            OptionView::new("ngay-nhan", "Nhận lâu nhất trước"),
            OptionView::new("tre.giam", "Trễ hạn nhiều nhất trước"),
        ],
    };
    tools.over(rows.iter().map(|row| &row.data))
}

/// Where a petition stands, in tags: words first, so that nobody depends on colour.
pub fn tags(petition: &Petition, handling: &Handling) -> Vec<TagView> {
    let kind = match handling.stage {
        Stage::Published => "ok",
        Stage::WaitingForSender => "warn",
        Stage::Refused => "dim",
        Stage::Received | Stage::InWork | Stage::Answered | Stage::Forwarded => "info",
    };
    let mut tags = vec![TagView::new(handling.stage.label(), kind)];
    tags.extend(lateness(handling).map(|words| TagView::new(words, "bad")));
    if petition.illustrative.0 {
        tags.push(TagView::new("Minh họa", "dim"));
    }
    tags
}

/// How late it is, in words; none if it is on time.
pub fn lateness(handling: &Handling) -> Option<String> {
    if handling.late == 0 {
        return None;
    }
    let days = working_days(handling.late);
    Some(match handling.stage {
        Stage::Answered | Stage::Published => format!("Trả lời trễ {days}"),
        Stage::Refused | Stage::Forwarded => format!("Trễ {days}"),
        Stage::Received | Stage::WaitingForSender | Stage::InWork => format!("Quá hạn {days}"),
    })
}

/// What was done on the day of the answer.
pub fn closing_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Forwarded => "chuyển",
        Stage::Refused => "từ chối",
        _ => "trả lời",
    }
}

/// `3 ngày làm việc`, unbroken.
pub fn working_days(days: u32) -> String {
    format!("{}{NBSP}ngày làm{NBSP}việc", number::thousands(u64::from(days)))
}

/// A term in words: `15 ngày làm việc`.
pub fn term_words(term: Term) -> String {
    match term.unit {
        TimeUnit::WorkingDay => working_days(term.number),
        unit => format!("{}{NBSP}{}", number::thousands(u64::from(term.number)), unit.label()),
    }
}

/// Whether the result may be shown: one that was given to the sender and is not published yet may
/// still have to be rid of what would tell who the sender is.
pub fn shows_result(handling: &Handling) -> bool {
    handling.stage != Stage::Answered
}

// ---- Deadlines ----------------------------------------------------------------------------------

/// What the agency does, and in how many days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermView {
    /// What is done.
    pub what: String,
    /// Within what time.
    pub within: String,
    /// The legal basis, as far as the site tells.
    pub basis: Option<String>,
    /// Where the figure comes from.
    pub source: Option<SourceView>,
    /// What else to know, such as where sources differ.
    pub note: Option<String>,
}

/// What happens to a petition and in how many days, in the order in which it happens.
pub fn terms(model: &Model) -> Vec<TermView> {
    let terms = &model.terms;
    let site = &model.site.record;
    let steps = [
        ("phan_anh_tu_choi", terms.refuse, "Từ chối tiếp nhận, nói rõ lý do, nếu không thuộc diện tiếp nhận"),
        ("phan_anh_bo_sung", terms.ask_more, "Đề nghị người gửi bổ sung, nếu nội dung chưa đủ rõ"),
        ("phan_anh", terms.answer, "Xử lý và trả lời"),
        ("phan_anh_phuc_tap", terms.answer_complex, "Xử lý và trả lời việc phức tạp"),
        ("phan_anh_cong_khai", terms.publish, "Công khai kết quả trên trang này, sau khi trả lời"),
    ];
    let view = |(code, term, what): (&str, Term, &str)| {
        let limit: Option<&Limit> = site.limits.iter().find(|limit| limit.code.as_str() == code);
        TermView {
            what: what.to_owned(),
            within: term_words(term),
            basis: limit.and_then(|limit| text(limit.basis.as_ref())),
            source: limit.and_then(|limit| SourceView::new(limit.source.as_ref())),
            note: limit.and_then(|limit| text(limit.note.as_ref())),
        }
    };
    steps.into_iter().map(view).collect()
}

// ---- Figures ------------------------------------------------------------------------------------

/// How many petitions there were and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Received.
    pub received: usize,
    /// Answered, passed on or refused.
    pub closed: usize,
    /// Of those, within the term.
    pub on_time: usize,
    /// Of those, after it.
    pub closed_late: usize,
    /// Still to be answered.
    pub open: usize,
    /// Of those, past the last day.
    pub overdue: usize,
    /// Of those, waiting for the sender.
    pub waiting: usize,
    /// Answered in the matter.
    pub answered: usize,
    /// Working days of all answers together.
    pub answer_days: u64,
    /// Made-up examples.
    pub illustrative: usize,
}

impl Figures {
    /// Of these petitions.
    pub fn of<'m>(petitions: impl IntoIterator<Item = Known<'m>>) -> Self {
        let mut figures = Self::default();
        for (_, petition, handling) in petitions {
            figures.received += 1;
            figures.illustrative += usize::from(petition.record.illustrative.0);
            if handling.stage.is_closed() {
                figures.closed += 1;
                if handling.late == 0 { figures.on_time += 1 } else { figures.closed_late += 1 }
            } else {
                figures.open += 1;
                figures.overdue += usize::from(handling.is_overdue());
                figures.waiting += usize::from(handling.stage == Stage::WaitingForSender);
            }
            if let (Stage::Answered | Stage::Published, Some(took)) = (handling.stage, handling.took) {
                figures.answered += 1;
                figures.answer_days += u64::from(took);
            }
        }
        figures
    }

    /// Late in any way: answered late, or open past the last day.
    pub fn late(&self) -> usize {
        self.closed_late + self.overdue
    }

    /// Open, and still within the term.
    pub fn in_time(&self) -> usize {
        self.open - self.overdue
    }

    /// Working days that an answer took on average: `8,4`; none if nothing was answered.
    pub fn average(&self) -> Option<String> {
        let answered = u64::try_from(self.answered).ok().filter(|answered| *answered > 0)?;
        let tenths = (self.answer_days * 10 + answered / 2) / answered;
        Some(match tenths % 10 {
            0 => number::thousands(tenths / 10),
            rest => format!("{},{rest}", number::thousands(tenths / 10)),
        })
    }

    /// All of it in one or two sentences.
    pub fn sentence(&self) -> String {
        if self.received == 0 {
            return "Chưa có phản ánh, kiến nghị nào trên trang.".to_owned();
        }
        let mut out = format!("Đã nhận {} phản ánh, kiến nghị; ", self.received);
        out.push_str(&match (self.closed, self.closed_late) {
            (0, _) => "chưa việc nào xử lý xong".to_owned(),
            (closed, 0) => format!("xử lý xong {closed}, đúng hạn"),
            (closed, late) => format!("xử lý xong {closed} ({} đúng hạn, {late} trễ hạn)", self.on_time),
        });
        if self.open > 0 {
            let mut of_them = Vec::new();
            if self.overdue > 0 {
                of_them.push(format!("{} đã quá hạn", self.overdue));
            }
            if self.waiting > 0 {
                of_them.push(format!("{} chờ người gửi bổ sung", self.waiting));
            }
            out.push_str(&format!("; còn {} đang xử lý", self.open));
            if !of_them.is_empty() {
                out.push_str(&format!(", trong đó {}", of_them.join(", ")));
            }
        }
        out.push('.');
        if let Some(average) = self.average() {
            out.push_str(&format!(" Trung bình {average}{NBSP}ngày làm{NBSP}việc thì có câu trả lời."));
        }
        out
    }
}

/// The figures of one quarter, by the day of receipt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuarterView {
    /// `Quý III/2026`
    pub label: String,
    /// Received.
    pub received: usize,
    /// Answered, passed on or refused within the term.
    pub on_time: usize,
    /// Late: answered after the last day, or open past it.
    pub late: usize,
    /// Open, and still within the term.
    pub open: usize,
    /// Working days that an answer took on average.
    pub average: Option<String>,
}

fn quarter(day: Date) -> i32 {
    i32::from(day.year()) * 4 + (i32::from(day.month()) - 1) / 3
}

fn quarter_label(quarter: i32) -> String {
    let name = ["I", "II", "III", "IV"][usize::try_from(quarter.rem_euclid(4)).unwrap_or(0)];
    format!("Quý{NBSP}{name}/{}", quarter.div_euclid(4))
}

/// The last quarters up to the day of the build, oldest first: from the first petition on, eight at
/// most. Quarters without a petition are told too.
pub fn quarters(model: &Model) -> Vec<QuarterView> {
    let mut by_quarter: BTreeMap<i32, Vec<Known<'_>>> = BTreeMap::new();
    for known in model.known_petitions() {
        by_quarter.entry(quarter(known.1.record.received.0)).or_default().push(known);
    }
    let Some(first) = by_quarter.keys().next().copied() else { return Vec::new() };
    let last = quarter(model.as_of.date());
    (first.max(last - QUARTERS + 1)..=last)
        .map(|quarter| {
            let figures = Figures::of(by_quarter.remove(&quarter).unwrap_or_default());
            QuarterView {
                label: quarter_label(quarter),
                received: figures.received,
                on_time: figures.on_time,
                late: figures.late(),
                open: figures.in_time(),
                average: figures.average(),
            }
        })
        .collect()
}

/// The chart of the quarters; none if there is nothing to see.
pub fn chart(quarters: &[QuarterView]) -> Option<String> {
    let total = |of: fn(&QuarterView) -> usize| quarters.iter().map(of).sum::<usize>();
    let (received, late) = (total(|q| q.received), total(|q| q.late));
    let (first, last) = (quarters.first()?, quarters.last()?);
    if received == 0 {
        return None;
    }
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let series = [
        ("Xong đúng hạn", Look::Good),
        ("Trễ hạn, đã xong hay chưa", Look::Bad),
        ("Đang xử lý, còn hạn", Look::Open),
    ];
    let chart = Chart {
        id: "theo-quy",
        title: "Phản ánh, kiến nghị theo quý nhận".to_owned(),
        description: format!(
            "Biểu đồ thanh từ {} đến {}: nhận {received}, xong đúng hạn {}, trễ hạn {late}, đang xử lý còn hạn {}. Số liệu từng quý ở bảng dưới.",
            first.label,
            last.label,
            total(|q| q.on_time),
            total(|q| q.open),
        ),
        series: series.map(|(label, look)| Series { label: label.to_owned(), look }).to_vec(),
        bars: quarters
            .iter()
            .map(|q| Bar {
                label: q.label.clone(),
                values: vec![count(q.on_time), count(q.late), count(q.open)],
            })
            .collect(),
    };
    Some(chart.svg())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    fn petition(code: &str, received: &str, more: &str) -> (String, String) {
        let text = format!(
            "ma: {code}\nngay_tiep_nhan: {received}\nkenh: khac\nloai: quy_dinh\ntieu_de: x\nnoi_dung: y\ndon_vi: so\n{more}"
        );
        (format!("phan-anh/{}/{code}.yaml", &code[..4]), text)
    }

    fn site(day: &str, petitions: &[(String, String)]) -> Model {
        let files: Vec<(&str, &str)> =
            petitions.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        model(day, &files)
    }

    fn answer(on: &str, verdict: &str) -> String {
        format!("ket_qua: {{ngay: {on}, ket_luan: {verdict}, noi_dung: z}}\n")
    }

    /// Seven petitions, one of each fate, on 30 April 2026.
    fn seven() -> Model {
        site(
            "2026-04-30",
            &[
                petition("2025-001", "2025-11-03", &answer("2025-11-10", "tiep_thu")),
                petition("2026-001", "2026-02-02", &answer("2026-02-27", "giai_trinh")),
                petition("2026-002", "2026-03-02", &answer("2026-03-03", "tu_choi")),
                petition("2026-003", "2026-03-03", &answer("2026-03-20", "chuyen_co_quan")),
                petition("2026-004", "2026-03-04", "minh_hoa: true\n"),
                petition("2026-005", "2026-04-27", ""),
                petition(
                    "2026-006",
                    "2026-04-01",
                    "dien_bien: [{ngay: 2026-04-02, trang_thai: yeu_cau_bo_sung}]\n",
                ),
            ],
        )
    }

    #[test]
    fn figures_add_up() {
        let figures = Figures::of(seven().known_petitions());
        assert_eq!((figures.received, figures.closed, figures.open), (7, 4, 3));
        assert_eq!((figures.on_time, figures.closed_late, figures.overdue), (3, 1, 1));
        assert_eq!((figures.late(), figures.in_time(), figures.waiting, figures.illustrative), (2, 2, 1, 1));
        // 5 and 19 working days; the refusal and the one passed on are no answers.
        assert_eq!((figures.answered, figures.average().as_deref()), (2, Some("12")));
        assert_eq!(
            figures.sentence().replace(NBSP, " "),
            "Đã nhận 7 phản ánh, kiến nghị; xử lý xong 4 (3 đúng hạn, 1 trễ hạn); còn 3 đang xử lý, trong đó 1 đã quá hạn, 1 chờ người gửi bổ sung. Trung bình 12 ngày làm việc thì có câu trả lời."
        );
    }

    #[test]
    fn nothing_answered_has_no_average_and_says_no_more_than_is_known() {
        let none = Figures::default();
        assert_eq!(none.average(), None);
        assert_eq!(none.sentence(), "Chưa có phản ánh, kiến nghị nào trên trang.");
        let one = site("2026-04-28", &[petition("2026-001", "2026-04-27", "")]);
        let sentence = Figures::of(one.known_petitions()).sentence();
        assert_eq!(sentence, "Đã nhận 1 phản ánh, kiến nghị; chưa việc nào xử lý xong; còn 1 đang xử lý.");
        let average = Figures { answered: 3, answer_days: 25, ..Figures::default() }.average();
        assert_eq!(average.as_deref(), Some("8,3"));
    }

    #[test]
    fn quarters_go_by_the_day_of_receipt_and_leave_none_out() {
        let quarters = quarters(&seven());
        let told: Vec<_> = quarters
            .iter()
            .map(|q| (q.label.replace(NBSP, " "), q.received, q.on_time, q.late, q.open))
            .collect();
        assert_eq!(
            told,
            [
                ("Quý IV/2025".to_owned(), 1, 1, 0, 0),
                ("Quý I/2026".to_owned(), 4, 2, 2, 0),
                ("Quý II/2026".to_owned(), 2, 0, 0, 2)
            ]
        );
        assert!(quarters.iter().all(|q| q.received == q.on_time + q.late + q.open));
        assert!(chart(&quarters).is_some_and(|svg| svg.contains("nhận 7, xong đúng hạn 3, trễ hạn 2")));
        let old = site("2030-01-15", &[petition("2026-001", "2026-04-27", "")]);
        let late = super::quarters(&old);
        assert_eq!((late.len(), late[0].label.replace(NBSP, " ")), (8, "Quý II/2028".to_owned()));
        assert_eq!(chart(&late), None, "nothing to see in the last eight quarters");
    }

    #[test]
    fn a_petition_is_of_the_fields_of_its_procedures() {
        let procedure = ("thu-tuc/a.yaml", "ma: 1.000001\nten: Cấp phép\nlinh_vuc: do-luong\n");
        let (path, text) = petition("2026-001", "2026-04-27", "thu_tuc: ['1.000001']\n");
        let model = model("2026-04-28", &[procedure, (&path, &text)]);
        let found = PetitionLists::new(&model).filters().to_vec();
        assert!(found.iter().any(|f| matches!(f, Filter::Field(code) if code.as_str() == "do-luong")));
        // Eight states with “late”, two kinds, a field, a unit, a year.
        assert_eq!(found.len(), 13);
        for filter in &found {
            let address = urls::petitions(filter, 1);
            assert!(address.as_str().starts_with("/phan-anh/loc/"), "{address}");
        }
    }
}
