//! The agency's own duties as pages show them: figures in sentences, limits with their basis, and every
//! exception by its name.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::date::Date;
use crate::base::path::RoutePath;
use crate::model::Model;
use crate::model::duty::{self, About, Case, Counts, Duty, Outcome, Reason};
use crate::model::law::{Validity, validity};
use crate::model::petition::Term;
use crate::plan::links::PageCx;
use crate::plan::petitions::{self, TermView};
use crate::plan::pieces::SourceView;
use crate::plan::urls;
use crate::plan::view::{DateView, RefView, TagView, text};
use crate::record::scalar::{LawNumber, Scalar};
use crate::vi::collate;

const NBSP: char = '\u{A0}';

/// The legal text that lists the parts of a procedure's content, and where in it they stand.
const CONTENT_LAW: (&str, &str) = ("63/2010/NĐ-CP", "Khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP");

/// Up to how many exceptions of a duty are shown without a click.
const OPEN: usize = 10;

/// Up to how many exceptions the page names all of them. A site of thousands of procedures may have tens of
/// thousands, which no phone could load: the open data names them all.
const MOST_NAMED: usize = 800;

/// Where there are more: how many exceptions of one duty are named, and how many groups of them.
const NAMED: (usize, usize) = (40, 20);

// ---- Words --------------------------------------------------------------------------------------

impl Duty {
    /// The question that a citizen asks.
    pub fn question(self) -> &'static str {
        match self {
            Duty::Announce => "Quyết định công bố có được ký đủ sớm không?",
            Duty::Publish => "Ký xong, bao lâu thì quyết định lên trang này?",
            Duty::FullContent => "Thủ tục có ghi đủ nội dung không?",
            Duty::Answer => "Phản ánh, kiến nghị có được trả lời đúng hạn không?",
            Duty::PublishAnswer => "Trả lời xong, kết quả có được công khai đúng hạn không?",
            Duty::LegalBases => "Thủ tục có dựa trên văn bản đã hết hiệu lực không?",
            Duty::Review => "Thủ tục có được rà soát lại không?",
        }
    }

    /// The duty in a few words.
    pub fn label(self) -> &'static str {
        match self {
            Duty::Announce => "Ký quyết định công bố đủ sớm",
            Duty::Publish => "Đăng quyết định lên trang",
            Duty::FullContent => "Ghi đủ nội dung thủ tục",
            Duty::Answer => "Trả lời phản ánh, kiến nghị",
            Duty::PublishAnswer => "Công khai kết quả phản ánh",
            Duty::LegalBases => "Căn cứ pháp lý còn hiệu lực",
            Duty::Review => "Rà soát lại thủ tục",
        }
    }

    /// What is counted.
    pub fn noun(self) -> &'static str {
        match self {
            Duty::Announce | Duty::Publish => "quyết định",
            Duty::FullContent | Duty::LegalBases | Duty::Review => "thủ tục",
            Duty::Answer => "phản ánh, kiến nghị",
            Duty::PublishAnswer => "kết quả phản ánh, kiến nghị",
        }
    }

    /// What is said of those for which the duty was kept.
    fn kept(self) -> &'static str {
        match self {
            Duty::Announce => "được ký đủ sớm",
            Duty::Publish => "lên trang đúng hạn",
            Duty::FullContent => "ghi đủ nội dung",
            Duty::Answer => "được trả lời đúng hạn",
            Duty::PublishAnswer => "được công khai đúng hạn",
            Duty::LegalBases => "chỉ dựa trên văn bản còn hiệu lực",
            Duty::Review => "được rà soát trong thời hạn",
        }
    }

    /// How the figure is made.
    fn made(self) -> &'static str {
        match self {
            Duty::Announce => {
                "Với từng quyết định công bố trên trang: đếm số ngày làm việc sau ngày ký đến ngày có hiệu lực, rồi so với thời hạn của nơi ký. Quyết định không ghi ngày có hiệu lực thì chưa biết."
            }
            Duty::Publish => {
                "Với từng quyết định công bố trên trang: đếm số ngày làm việc sau ngày ký đến ngày đăng lên trang này. Quyết định đã quá thời hạn mà không ghi ngày đăng thì chưa biết, không tính là đúng hạn."
            }
            Duty::FullContent => {
                "Với từng thủ tục đang công khai: xem có đủ tên, trình tự, cách thức, thành phần và số lượng hồ sơ, thời hạn, đối tượng, cơ quan thực hiện không. Thiếu một phần là chưa đủ."
            }
            Duty::Answer => {
                "Với từng phản ánh, kiến nghị đã nhận: so ngày trả lời với hạn trả lời. Thời gian chờ người gửi bổ sung không tính. Việc quá hạn mà chưa trả lời tính là trễ; việc còn trong hạn chưa tính."
            }
            Duty::PublishAnswer => {
                "Với từng phản ánh, kiến nghị đã trả lời về nội dung: so ngày công khai kết quả trên trang với thời hạn tính từ ngày trả lời."
            }
            Duty::LegalBases => {
                "Với từng thủ tục đang công khai: xem mỗi văn bản ghi ở phần căn cứ pháp lý và phí, lệ phí còn hiệu lực không, theo danh mục văn bản của trang. Văn bản mà trang chưa có ngày hiệu lực thì chưa biết."
            }
            Duty::Review => {
                "Với từng thủ tục đang công khai: tính từ ngày đối chiếu gần nhất với nguồn, ghi trong bản ghi thủ tục."
            }
        }
    }
}

/// A share in hundredths of a percent, in words: `66,66%`, `100%`.
pub fn percent(share: u32) -> String {
    match (share / 100, share % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, rest) => format!("{whole},{rest:02}%"),
    }
}

fn short(day: Date) -> String {
    DateView::from(day).short
}

/// The figure of a duty in one or two sentences.
fn sentence(duty: Duty, counts: Counts) -> String {
    let noun = duty.noun();
    let mut out = match counts.share() {
        Some(share) => format!(
            "{} trong {} {noun} {}, bằng{NBSP}{}.",
            counts.kept,
            counts.judged(),
            duty.kept(),
            percent(share)
        ),
        None if counts.all() == 0 => return format!("Không có dữ liệu: chưa có {noun} nào để tính."),
        None => "Không có dữ liệu để tính tỷ lệ.".to_owned(),
    };
    if counts.unknown > 0 {
        out.push_str(&format!(" Chưa biết: {} {noun}, không tính là đạt.", counts.unknown));
    }
    if counts.pending > 0 {
        out.push_str(&format!(" Còn trong hạn, chưa tính: {} {noun}.", counts.pending));
    }
    out
}

/// How long the way of a decision to the site took on average, to go behind the figure.
fn average(model: &Model, duty: Duty, cases: &[Case]) -> Option<String> {
    if duty != Duty::Publish {
        return None;
    }
    let took = cases.iter().filter_map(|case| match case.reason {
        Reason::Done { from, on, .. } => Some(u64::from(model.calendar.working_days_between(from, on))),
        _ => None,
    });
    let took: Vec<u64> = took.collect();
    let count = u64::try_from(took.len()).ok().filter(|count| *count > 0)?;
    let tenths = (took.iter().sum::<u64>() * 10 + count / 2) / count;
    let words = match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{},{rest}", tenths / 10),
    };
    Some(format!(" Trung bình {words}{NBSP}ngày làm{NBSP}việc từ khi ký."))
}

fn status(counts: Counts) -> TagView {
    match counts {
        Counts { missed: 1.., .. } => TagView::new(format!("Chưa đạt: {}", counts.missed), "bad"),
        Counts { kept: 0, .. } => TagView::new("Không có dữ liệu", "dim"),
        Counts { unknown: 1.., .. } => TagView::new(format!("Chưa biết: {}", counts.unknown), "warn"),
        _ => TagView::new("Giữ đủ", "ok"),
    }
}

// ---- All duties in one sentence -----------------------------------------------------------------

/// How many duties are kept, for the home page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Kept in every case.
    pub kept: usize,
    /// Not kept in some case.
    pub missed: usize,
    /// In how many cases.
    pub cases: usize,
    /// Of which too little is known.
    pub unmeasured: usize,
}

impl Summary {
    /// Of all duties, made-up examples left out.
    pub fn of(model: &Model) -> Self {
        let mut summary = Self::default();
        for duty in Duty::ALL {
            let cases = duty::cases(model, duty);
            let counts = Counts::of(cases.iter().filter(|case| !case.illustrative));
            summary.cases += counts.missed;
            if counts.missed > 0 {
                summary.missed += 1;
            } else if counts.kept > 0 && counts.unknown == 0 {
                summary.kept += 1;
            } else {
                summary.unmeasured += 1;
            }
        }
        summary
    }

    /// All of it in one sentence.
    pub fn sentence(self) -> String {
        let all = self.kept + self.missed + self.unmeasured;
        let parts = [
            (self.kept, format!("{} giữ đủ", self.kept)),
            (self.missed, format!("{} chưa đạt ở {} trường hợp", self.missed, self.cases)),
            (self.unmeasured, format!("{} chưa đủ dữ liệu để nói", self.unmeasured)),
        ];
        let told: Vec<String> =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
        format!("Trong {all} nghĩa vụ của chính cơ quan: {}.", told.join(", "))
    }
}

// ---- Views --------------------------------------------------------------------------------------

/// A duty, how it is kept, and every exception.
#[derive(Debug, Serialize)]
pub struct DutyView {
    /// Its place in the page.
    pub anchor: &'static str,
    /// The question that it answers.
    pub question: &'static str,
    /// The same in a few words, for the table.
    pub label: &'static str,
    /// How it stands.
    pub status: TagView,
    /// The figure in one or two sentences.
    pub sentence: String,
    /// The share that was kept; none where nothing can be judged.
    pub share: Option<String>,
    /// In how many cases it was kept.
    pub kept: usize,
    /// In how many it was not.
    pub missed: usize,
    /// How many can be judged: both together.
    pub judged: usize,
    /// Of how many nobody can tell.
    pub unknown: usize,
    /// How many are not due yet.
    pub pending: usize,
    /// How the figure is made.
    pub made: &'static str,
    /// The legal basis, where it is not that of a limit.
    pub basis: Option<RefView>,
    /// The limits with their bases.
    pub limits: Vec<TermView>,
    /// The site gives no limit, so that nothing can be judged: what is said instead.
    pub no_limit: Option<String>,
    /// The exceptions, in groups.
    pub groups: Vec<GroupView>,
    /// The made-up examples, which do not count.
    pub examples: Option<ExamplesView>,
}

/// The made-up examples of a duty.
#[derive(Debug, Serialize)]
pub struct ExamplesView {
    /// How many.
    pub count: usize,
    /// How they stand, in one or two sentences.
    pub sentence: String,
    /// The exceptions among them.
    pub groups: Vec<GroupView>,
}

/// Exceptions of one sort.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// What they have in common.
    pub label: String,
    /// More about it, such as the legal text that is out of force.
    pub about: Option<RefView>,
    /// How many.
    pub count: usize,
    /// Shown without a click.
    pub open: bool,
    /// The exceptions; where the page would be too heavy, the first of them.
    pub rows: Vec<ExceptionView>,
    /// How many more there are, which only the data tells by name.
    pub more: usize,
}

/// One exception.
#[derive(Debug, Serialize)]
pub struct ExceptionView {
    /// The record, by its name.
    pub to: RefView,
    /// What happened, in words.
    pub detail: String,
}

/// Every duty, in its order.
pub fn views(cx: &PageCx<'_>) -> Vec<DutyView> {
    let mut views: Vec<DutyView> = Duty::ALL.into_iter().map(|duty| view(cx, duty)).collect();
    fn lists(view: &mut DutyView) -> impl Iterator<Item = &mut Vec<GroupView>> {
        std::iter::once(&mut view.groups).chain(view.examples.as_mut().map(|examples| &mut examples.groups))
    }
    let named = |groups: &mut Vec<GroupView>| groups.iter().map(|group| group.count).sum::<usize>();
    if views.iter_mut().flat_map(lists).map(named).sum::<usize>() > MOST_NAMED {
        views.iter_mut().flat_map(lists).for_each(shorten);
    }
    views
}

/// Leaves the first exceptions of a duty; the others are counted.
fn shorten(groups: &mut Vec<GroupView>) {
    let (mut rows, most) = NAMED;
    for group in groups.iter_mut() {
        group.rows.truncate(rows);
        group.more = group.count - group.rows.len();
        rows -= group.rows.len();
    }
    let count = groups.drain(most.min(groups.len())..).map(|group| group.count).sum();
    if count > 0 {
        let label = "Các nhóm khác".to_owned();
        groups.push(GroupView { label, about: None, count, open: false, rows: Vec::new(), more: count });
    }
}

fn view(cx: &PageCx<'_>, duty: Duty) -> DutyView {
    let model = cx.model();
    let (examples, cases): (Vec<Case>, Vec<Case>) =
        duty::cases(model, duty).into_iter().partition(|case| case.illustrative);
    let counts = Counts::of(&cases);
    let example_counts = Counts::of(&examples);
    DutyView {
        anchor: duty.key(),
        question: duty.question(),
        label: duty.label(),
        status: status(counts),
        sentence: sentence(duty, counts) + &average(model, duty, &cases).unwrap_or_default(),
        share: counts.share().map(percent),
        kept: counts.kept,
        missed: counts.missed,
        judged: counts.judged(),
        unknown: counts.unknown,
        pending: counts.pending,
        made: duty.made(),
        basis: (duty == Duty::FullContent).then(|| law_reference(cx, CONTENT_LAW.0, CONTENT_LAW.1)),
        limits: limits(model, duty),
        no_limit: no_limit(model, duty, &cases),
        groups: groups(cx, duty, &cases),
        examples: (!examples.is_empty()).then(|| ExamplesView {
            count: examples.len(),
            sentence: sentence(duty, example_counts),
            groups: groups(cx, duty, &examples),
        }),
    }
}

/// A legal text with its place on the page of legal texts, where it is known there.
fn law_reference(cx: &PageCx<'_>, number: &str, words: &str) -> RefView {
    let href = LawNumber::parse(number).ok().and_then(|number| cx.law_href(&number));
    RefView { href, text: words.to_owned() }
}

/// The limits of a duty. Those of petitions always stand, see [`crate::model::petition::Terms`].
pub fn limits(model: &Model, duty: Duty) -> Vec<TermView> {
    let standing = |code: &str| -> Option<Term> {
        Some(match code {
            "phan_anh" => model.terms.answer,
            "phan_anh_phuc_tap" => model.terms.answer_complex,
            "phan_anh_tu_choi" => model.terms.refuse,
            "phan_anh_cong_khai" => model.terms.publish,
            _ => return duty::term(model, code),
        })
    };
    let codes = duty.limit_codes().iter();
    codes
        .filter_map(|code| {
            let limit = duty::limit(model, code);
            Some(TermView {
                what: limit.and_then(|limit| text(limit.content.as_ref())).map_or_else(
                    || limit_label(code).to_owned(),
                    |what| what.trim_end_matches('.').to_owned(),
                ),
                within: petitions::term_words(standing(code)?),
                basis: limit.and_then(|limit| text(limit.basis.as_ref())),
                source: limit.and_then(|limit| SourceView::new(limit.source.as_ref())),
                note: limit.and_then(|limit| text(limit.note.as_ref())),
            })
        })
        .collect()
}

fn limit_label(code: &str) -> &'static str {
    match code {
        "ky_truoc_hieu_luc" => "Cấp tỉnh ký trước ngày có hiệu lực",
        "ky_truoc_hieu_luc_bo" => "Bộ ký trước ngày có hiệu lực",
        "cong_bo" => "Từ ngày ký đến ngày đăng",
        "cong_bo_bo" => "Từ ngày ký đến ngày đăng, quyết định của bộ",
        "phan_anh" => "Trả lời phản ánh, kiến nghị",
        "phan_anh_phuc_tap" => "Trả lời việc phức tạp",
        "phan_anh_tu_choi" => "Từ chối tiếp nhận, nói rõ lý do",
        "phan_anh_cong_khai" => "Công khai kết quả sau khi trả lời",
        _ => "Rà soát lại một thủ tục",
    }
}

/// What is said where cases cannot be judged because the site gives no limit.
fn no_limit(model: &Model, duty: Duty, cases: &[Case]) -> Option<String> {
    let days = cases.iter().filter_map(|case| match &case.reason {
        Reason::NoLimit(day) => Some(*day),
        _ => None,
    });
    let days: Vec<Option<Date>> = days.collect();
    if days.is_empty() {
        // Nothing to judge yet: still say that no limit is set.
        let unset = !duty.limit_codes().is_empty() && limits(model, duty).is_empty();
        return unset.then(|| "Trang chưa ghi thời hạn cho việc này.".to_owned());
    }
    let mut out = format!(
        "Trang chưa ghi thời hạn cho việc này, nên chưa thể nói đúng hay trễ với {} {}.",
        days.len(),
        duty.noun()
    );
    if let (Duty::Review, Some(oldest)) = (duty, days.iter().flatten().min()) {
        out.push_str(&format!(" Lần đối chiếu với nguồn cũ nhất là ngày {}.", short(*oldest)));
    }
    Some(out)
}

/// How groups are put in order: what was missed before what is unknown, then by their words.
type GroupKey = (u8, Vec<u8>);

fn groups(cx: &PageCx<'_>, duty: Duty, cases: &[Case]) -> Vec<GroupView> {
    let mut groups: BTreeMap<GroupKey, (String, Option<RefView>, Vec<Row>)> = BTreeMap::new();
    let mut missed = 0;
    for case in cases {
        let rank = match case.outcome {
            Outcome::Missed => 0,
            Outcome::Unknown => 1,
            Outcome::Kept | Outcome::Pending => continue,
        };
        missed += usize::from(rank == 0);
        for (label, about) in labels(cx, duty, case) {
            let key = (rank, collate::key(&label));
            groups.entry(key).or_insert((label, about, Vec::new())).2.push(row(cx, duty, case));
        }
    }
    groups
        .into_iter()
        .map(|((rank, _), (label, about, mut rows))| {
            rows.sort_by(|a, b| (b.late, &a.order).cmp(&(a.late, &b.order)));
            GroupView {
                label,
                about,
                count: rows.len(),
                open: rank == 0 && missed <= OPEN,
                rows: rows.into_iter().map(|row| row.view).collect(),
                more: 0,
            }
        })
        .collect()
}

/// The groups in which a case stands: one, but for a procedure that rests on several texts out of force.
fn labels(cx: &PageCx<'_>, duty: Duty, case: &Case) -> Vec<(String, Option<RefView>)> {
    let model = cx.model();
    let one = |label: &str| vec![(label.to_owned(), None)];
    match &case.reason {
        Reason::Done { .. } => one(match duty {
            Duty::Announce => "Ký muộn",
            Duty::Publish => "Đăng trễ hạn",
            Duty::PublishAnswer => "Công khai trễ hạn",
            _ => "Trả lời trễ hạn",
        }),
        Reason::NotDone { .. } => one(match duty {
            Duty::Publish => "Quá hạn, chưa đăng",
            Duty::PublishAnswer => "Quá hạn, chưa công khai",
            _ => "Quá hạn, chưa trả lời",
        }),
        Reason::Reviewed { .. } => {
            let field = match &case.about {
                About::Procedure(code) => model.procedures.get(code).map(|filed| &filed.record.field),
                _ => None,
            };
            let name = field.map(|field| petitions::field_name(model, field)).unwrap_or_default();
            one(&format!("Quá hạn rà soát, lĩnh vực {name}"))
        }
        Reason::NoDay => one(match duty {
            Duty::Announce => "Không ghi ngày có hiệu lực",
            Duty::Publish => "Không ghi ngày đăng",
            _ => "Không ghi ngày đối chiếu với nguồn",
        }),
        Reason::UnknownSigner => one("Không rõ nơi ký là cấp tỉnh hay bộ"),
        Reason::NoLaws => one("Không ghi căn cứ pháp lý"),
        Reason::UnknownLaws(_) => one("Có văn bản mà trang chưa biết còn hiệu lực hay không"),
        Reason::Lacks(parts) => {
            let parts: Vec<&str> = parts.iter().map(|part| part.label()).collect();
            one(&format!("Thiếu {}", parts.join("; ")))
        }
        Reason::Expired(laws) => laws
            .iter()
            .map(|law| (expired_label(model, law), Some(law_reference(cx, law.as_str(), "Xem văn bản này"))))
            .collect(),
        // Told once for all of them, see `no_limit`.
        Reason::NoLimit(_) | Reason::Whole => Vec::new(),
    }
}

fn expired_label(model: &Model, number: &LawNumber) -> String {
    let law = model.laws.get(number).map(|law| &law.record);
    let mut out = format!("Dựa vào {number}");
    if let Some(Validity::Expired { last: until, .. }) = law.map(|law| validity(model, law)) {
        out.push_str(&format!(", hết hiệu lực từ {}", short(until.plus_days(1))));
    }
    if let Some(next) = law.and_then(|law| law.replaced_by.as_ref()) {
        out.push_str(&format!(", được thay bằng {next}"));
    }
    out
}

struct Row {
    late: u32,
    order: (Vec<u8>, String),
    view: ExceptionView,
}

/// The page and the name of what a case is about.
pub fn subject(model: &Model, about: &About) -> (RoutePath, String) {
    match about {
        About::Decision(id) => {
            let name = model.decisions.get(id).map_or_else(
                || id.0.clone(),
                |filed| format!("Quyết định số {}, ký {}", filed.record.number, short(filed.record.signed.0)),
            );
            (urls::decision(id), name)
        }
        About::Procedure(code) => {
            let name = model.procedures.get(code).map_or("", |filed| filed.record.name.as_str());
            (urls::procedure(code), format!("{name} ({code})"))
        }
        About::Petition(code) => {
            let title = model.petitions.get(code).map_or("", |filed| filed.record.title.as_str());
            (urls::petition(code), format!("{title} ({code})"))
        }
    }
}

fn row(cx: &PageCx<'_>, duty: Duty, case: &Case) -> Row {
    let (path, name) = subject(cx.model(), &case.about);
    let order = (collate::key(&name), path.as_str().to_owned());
    Row {
        late: case.late(),
        order,
        view: ExceptionView { to: cx.reference(&path, name), detail: detail(duty, case).unwrap_or_default() },
    }
}

/// What happened in a case, in words; none where its group says it all.
pub fn detail(duty: Duty, case: &Case) -> Option<String> {
    let days = petitions::working_days;
    Some(match &case.reason {
        Reason::Done { from, on, due, late } => {
            let (from, on, due) = (short(*from), short(*on), short(*due));
            match duty {
                Duty::Announce => {
                    format!("có hiệu lực {from}, muộn nhất phải ký {due}, ký {on}{}", after(*late, "muộn"))
                }
                Duty::Publish => format!("đăng {on}, hạn {due}{}", after(*late, "trễ")),
                Duty::PublishAnswer => {
                    format!("trả lời {from}, hạn công khai {due}, công khai {on}{}", after(*late, "trễ"))
                }
                _ => format!("nhận {from}, hạn {due}, trả lời {on}{}", after(*late, "trễ")),
            }
        }
        Reason::NotDone { from, due, late } => {
            let (from, due) = (short(*from), short(*due));
            match duty {
                Duty::Publish => format!("hạn {due}{}", after(*late, "trễ")),
                Duty::PublishAnswer => format!("trả lời {from}, hạn công khai {due}{}", after(*late, "trễ")),
                _ => format!("nhận {from}, hạn {due}{}", after(*late, "trễ")),
            }
        }
        Reason::Reviewed { on, due, late } => {
            let late = if *late > 0 { format!(", quá hạn {}", days(*late)) } else { String::new() };
            format!("đối chiếu {}, hạn đối chiếu lại {}{late}", short(*on), short(*due))
        }
        Reason::UnknownLaws(laws) => laws.iter().map(|law| law.as_str()).collect::<Vec<_>>().join("; "),
        Reason::NoLimit(Some(day)) => match duty {
            Duty::Publish => format!("đăng {}", short(*day)),
            _ => format!("đối chiếu {}", short(*day)),
        },
        _ => return None,
    })
}

/// `: trễ 3 ngày làm việc`; nothing for what is in time.
fn after(late: u32, word: &str) -> String {
    if late == 0 { String::new() } else { format!(": {word} {}", petitions::working_days(late)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;
    use crate::plan::view::ThemeAssets;

    const SITE: &str = "ten: Sở A\ndia_chi_trang: https://a.vn/\nthoi_han:
- {ma: cong_bo, so: 5, don_vi: ngay_lam_viec, can_cu: Căn cứ X, nguon: {ten: Nguồn Y}}
";

    fn decision(number: u32, more: &str) -> String {
        format!(
            "so: {number}/QĐ-UBND\nngay_ky: 2026-03-02\nco_quan: UBND\ntrich_yeu: x\n{more}muc:\n- {{thu_tuc: 1.00000{number}, loai: ban_hanh_moi}}\n"
        )
    }

    fn procedure(number: u32, more: &str) -> String {
        format!("ma: 1.00000{number}\nten: Thủ tục {number}\nlinh_vuc: x\n{more}")
    }

    fn views_of(day: &str, files: &[(&str, &str)]) -> Vec<DutyView> {
        let model = model(day, files);
        let (plan, _) = plan::site(&model, &ThemeAssets::new());
        let path = urls::fixed("/nghia-vu/");
        views(&PageCx { plan: &plan, path: &path })
    }

    fn one(views: &[DutyView], duty: Duty) -> &DutyView {
        views.iter().find(|view| view.anchor == duty.key()).expect("every duty")
    }

    #[test]
    fn an_empty_site_has_no_data_and_says_so() {
        let views = views_of("2026-04-01", &[]);
        assert_eq!(views.len(), 7);
        for view in &views {
            assert!(view.sentence.starts_with("Không có dữ liệu"), "{}", view.sentence);
            assert_eq!((view.status.text.as_str(), view.share.as_deref()), ("Không có dữ liệu", None));
            assert!(view.groups.is_empty() && view.examples.is_none());
        }
        // The limits of petitions always stand; the others are not assumed.
        assert_eq!(one(&views, Duty::Answer).limits.len(), 3);
        assert!(one(&views, Duty::Review).no_limit.is_some() && one(&views, Duty::Answer).no_limit.is_none());
        assert_eq!(
            Summary::of(&model("2026-04-01", &[])).sentence(),
            "Trong 7 nghĩa vụ của chính cơ quan: 7 chưa đủ dữ liệu để nói."
        );
    }

    #[test]
    fn every_exception_is_named_and_linked() {
        let files = [
            ("trang.yaml", SITE.to_owned()),
            ("quyet-dinh/1.yaml", decision(1, "ngay_dang: 2026-03-03\n")),
            ("quyet-dinh/2.yaml", decision(2, "ngay_dang: 2026-03-20\n")),
            ("quyet-dinh/3.yaml", decision(3, "")),
            ("quyet-dinh/4.yaml", decision(4, "ngay_dang: 2026-03-31\nminh_hoa: true\n")),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let views = views_of("2026-04-01", &files);
        let view = one(&views, Duty::Publish);
        assert_eq!(
            view.sentence.replace(NBSP, " "),
            "1 trong 2 quyết định lên trang đúng hạn, bằng 50%. Chưa biết: 1 quyết định, không tính là đạt. Trung bình 7,5 ngày làm việc từ khi ký."
        );
        let told: Vec<(&str, usize, bool)> =
            view.groups.iter().map(|group| (group.label.as_str(), group.count, group.open)).collect();
        assert_eq!(told, [("Đăng trễ hạn", 1, true), ("Không ghi ngày đăng", 1, false)]);
        let row = &view.groups[0].rows[0];
        assert_eq!(row.to.text, "Quyết định số 2/QĐ-UBND, ký 2/3/2026");
        assert_eq!(row.to.href.as_deref(), Some("../quyet-dinh/2-qd-ubnd/index.html"));
        assert_eq!(row.detail.replace(NBSP, " "), "đăng 20/3/2026, hạn 9/3/2026: trễ 9 ngày làm việc");
        assert_eq!((view.limits.len(), view.limits[0].basis.as_deref()), (1, Some("Căn cứ X")));
        let examples = view.examples.as_ref().expect("one example");
        assert_eq!((examples.count, examples.groups.len()), (1, 1));
    }

    #[test]
    fn procedures_stand_in_groups_by_what_they_lack_and_rest_on() {
        let laws = "- {so_ky_hieu: 1/2020/NĐ-CP, ten: Cũ, hieu_luc_tu: 2020-01-01, hieu_luc_den: 2025-12-31, thay_the_boi: 2/2026/NĐ-CP}
- {so_ky_hieu: 2/2026/NĐ-CP, ten: Mới, hieu_luc_tu: 2026-01-01}
- {so_ky_hieu: 9/2020/NĐ-CP, ten: Cũ nữa, hieu_luc_tu: 2020-01-01, hieu_luc_den: 2025-12-31}
";
        let files = [
            ("danh-muc/van-ban.yaml", laws.to_owned()),
            ("thu-tuc/1.yaml", procedure(1, "can_cu: [1/2020/NĐ-CP, 9/2020/NĐ-CP]\n")),
            ("thu-tuc/2.yaml", procedure(2, "can_cu: [1/2020/NĐ-CP]\nnguon: {ten: A, ngay: 2026-01-05}\n")),
            ("thu-tuc/3.yaml", procedure(3, "can_cu: [2/2026/NĐ-CP]\ntrinh_tu: [Nộp]\n")),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let views = views_of("2026-04-01", &files);
        let bases = one(&views, Duty::LegalBases);
        assert_eq!((bases.kept, bases.missed), (1, 2), "a procedure is counted once");
        let told: Vec<(&str, usize)> =
            bases.groups.iter().map(|group| (group.label.as_str(), group.count)).collect();
        assert_eq!(
            told,
            [
                ("Dựa vào 1/2020/NĐ-CP, hết hiệu lực từ 1/1/2026, được thay bằng 2/2026/NĐ-CP", 2),
                ("Dựa vào 9/2020/NĐ-CP, hết hiệu lực từ 1/1/2026", 1)
            ]
        );
        let about = bases.groups[0].about.as_ref().and_then(|about| about.href.as_deref());
        assert_eq!(about, Some("../van-ban/index.html#1-2020-nd-cp"));
        let content = one(&views, Duty::FullContent);
        assert_eq!((content.missed, content.groups.len()), (3, 2));
        assert_eq!(content.groups.iter().map(|group| group.rows.len()).sum::<usize>(), 3);
        let review = one(&views, Duty::Review);
        assert_eq!(
            review.no_limit.as_deref(),
            Some(
                "Trang chưa ghi thời hạn cho việc này, nên chưa thể nói đúng hay trễ với 3 thủ tục. Lần đối chiếu với nguồn cũ nhất là ngày 5/1/2026."
            )
        );
        assert_eq!(
            Summary::of(&model("2026-04-01", &files)).sentence(),
            "Trong 7 nghĩa vụ của chính cơ quan: 2 chưa đạt ở 5 trường hợp, 5 chưa đủ dữ liệu để nói."
        );
    }

    #[test]
    fn a_share_that_is_not_whole_is_never_shown_as_whole() {
        for (share, words) in
            [(0, "0%"), (3333, "33,33%"), (9905, "99,05%"), (9999, "99,99%"), (10_000, "100%")]
        {
            assert_eq!(percent(share), words);
        }
    }
}
