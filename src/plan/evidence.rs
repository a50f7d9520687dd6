//! What proves that a task of the communication plan was carried out: counted, never typed.
//!
//! A record counts for the plan that was running when it was made: from the first day of the plan's
//! year until the next plan's year begins, or the day of the build. Procedures are a standing stock,
//! not an act, so all that are in use count for every plan. An article that names tasks counts for
//! those tasks only; one that names none counts for every task that asks for its section.
//!
//! The day of a record is the day of the act: of an inspection its last day, if something was
//! explained to somebody during it; of figures the last day they cover; of a simplification the day
//! from which it holds; of a call for initiatives its opening or the newest contribution answered.
//! What is dated after the day of the build has not happened. Made-up examples prove nothing: they
//! are counted apart, so that a page can say how many were left out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::base::date::Date;
use crate::base::path::RoutePath;
use crate::model::Model;
use crate::parse::record::Article;
use crate::record::initiative::ContributionStage;
use crate::record::scalar::{Code, TaskMark};
use crate::record::simplification::SimplificationStage;
use crate::record::task_plan::{EvidenceKind, Schedule, Task, TaskPlan};

use super::{petitions, pieces, urls};

/// The days whose records count for a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub from: Date,
    /// Last day, not after the day of the build.
    pub to: Date,
}

impl Term {
    /// The term of the plan of `year`.
    pub fn of(model: &Model, year: u64) -> Self {
        let today = model.as_of.date();
        let first = |year: u64| i16::try_from(year).ok().and_then(|year| Date::new(year, 1, 1));
        let next = model.plans.keys().find(|other| **other > year).and_then(|next| first(*next));
        let from = first(year).unwrap_or(today);
        Self { from, to: next.map_or(today, |next| next.plus_days(-1)).min(today) }
    }

    fn has(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// One record that is evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// When it came about; none if its record does not tell.
    pub day: Option<Date>,
    /// What kind of record it is.
    pub kind: EvidenceKind,
    /// What it is known by among those of its kind; stays the same for ever.
    pub key: String,
    /// Its page, which the site may not have.
    pub path: RoutePath,
    /// Its name.
    pub title: String,
}

/// How many records of one kind are evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The kind.
    pub kind: EvidenceKind,
    /// The section, if only its articles count.
    pub section: Option<Code>,
    /// How many.
    pub count: usize,
    /// How many made-up examples were left out.
    pub illustrative: usize,
}

/// Everything that proves one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// How many of each kind the plan asks for, in its order.
    pub counts: Vec<Count>,
    /// The records, newest first, each once.
    pub proofs: Vec<Proof>,
}

impl Evidence {
    /// The day of the newest record.
    pub fn latest(&self) -> Option<Date> {
        self.proofs.iter().filter_map(|proof| proof.day).max()
    }

    /// What somebody did, newest first: everything but the standing stock of procedures.
    pub fn acts(&self) -> impl Iterator<Item = &Proof> {
        self.proofs.iter().filter(|proof| proof.kind != EvidenceKind::Procedures)
    }
}

/// A record that may be evidence.
struct Candidate {
    proof: Proof,
    illustrative: bool,
}

/// Gathers the evidence of a task.
pub fn of(model: &Model, term: Term, task: &Task) -> Evidence {
    // By kind and key, so that two sections or two askings of one kind name a record once.
    let mut proofs: BTreeMap<(EvidenceKind, String), Proof> = BTreeMap::new();
    let counts = task
        .evidence
        .iter()
        .map(|asked| {
            let found = match asked.kind {
                EvidenceKind::Procedures => procedures(model),
                EvidenceKind::Decisions => decisions(model, term),
                EvidenceKind::Articles => articles(model, term, task, asked.section.as_ref()),
                EvidenceKind::Petitions => published_petitions(model, term),
                EvidenceKind::Statistics => statistics(model, term),
                EvidenceKind::Inspections => inspections(model, term),
                EvidenceKind::Simplifications => simplifications(model, term),
                EvidenceKind::Initiatives => initiatives(model, term),
                EvidenceKind::EssentialServices => essential_services(model, term),
            };
            let (made_up, real): (Vec<_>, Vec<_>) = found.into_iter().partition(|c| c.illustrative);
            let (count, illustrative) = (real.len(), made_up.len());
            proofs.extend(real.into_iter().map(|c| ((c.proof.kind, c.proof.key.clone()), c.proof)));
            Count { kind: asked.kind, section: asked.section.clone(), count, illustrative }
        })
        .collect();
    let mut proofs: Vec<Proof> = proofs.into_values().collect();
    // What somebody did comes before the standing stock of procedures.
    proofs.sort_by_key(|proof| {
        (
            proof.kind == EvidenceKind::Procedures,
            Reverse(proof.day),
            proof.path.clone(),
            Reverse(proof.key.clone()),
        )
    });
    Evidence { counts, proofs }
}

fn candidate(
    day: Option<Date>,
    kind: EvidenceKind,
    key: impl ToString,
    path: RoutePath,
    title: impl Into<String>,
    illustrative: bool,
) -> Candidate {
    let proof = Proof { day, kind, key: key.to_string(), path, title: title.into() };
    Candidate { proof, illustrative }
}

fn procedures(model: &Model) -> Vec<Candidate> {
    let current = model.procedures.iter().filter(|(code, _)| model.state(code).standing.is_current());
    current
        .map(|(code, procedure)| {
            let day = model.state(code).since.filter(|day| *day <= model.as_of.date());
            let record = &procedure.record;
            candidate(
                day,
                EvidenceKind::Procedures,
                code,
                urls::procedure(code),
                record.name.as_str(),
                record.illustrative.0,
            )
        })
        .collect()
}

fn decisions(model: &Model, term: Term) -> Vec<Candidate> {
    let all = model.decisions.iter().map(|(id, decision)| (id, &decision.record));
    all.filter(|(_, decision)| term.has(pieces::decision_day(decision)))
        .map(|(id, decision)| {
            candidate(
                Some(pieces::decision_day(decision)),
                EvidenceKind::Decisions,
                &id.0,
                urls::decision(id),
                format!("Quyết định số {}", decision.number),
                decision.illustrative.0,
            )
        })
        .collect()
}

/// Petitions whose result has been made public.
fn published_petitions(model: &Model, term: Term) -> Vec<Candidate> {
    let all = model.petitions.iter().map(|(code, petition)| (code, &petition.record));
    all.filter_map(|(code, petition)| {
        let published = petition.published.filter(|day| term.has(day.0))?.0;
        Some(candidate(
            Some(published),
            EvidenceKind::Petitions,
            code,
            urls::petition(code),
            petition.title.as_str(),
            petition.illustrative.0,
        ))
    })
    .collect()
}

fn articles(model: &Model, term: Term, task: &Task, section: Option<&Code>) -> Vec<Candidate> {
    let serves = |article: &Article| {
        let tasks = &article.head.tasks;
        tasks.is_empty() || tasks.contains(&task.mark)
    };
    model
        .published_articles()
        .filter(|(id, _)| section.is_none_or(|section| id.section == *section))
        .filter(|(_, article)| term.has(article.record.head.date.0) && serves(&article.record))
        .map(|(id, article)| {
            let head = &article.record.head;
            candidate(
                Some(head.date.0),
                EvidenceKind::Articles,
                format!("{}/{}", id.section, id.slug),
                urls::article(id),
                head.title.as_str(),
                head.illustrative.0,
            )
        })
        .collect()
}

/// Figures, by the last day that they cover; while that is still to come, by the day of their source.
fn statistics(model: &Model, term: Term) -> Vec<Candidate> {
    model
        .statistics
        .iter()
        .filter_map(|(id, figures)| {
            let record = &figures.record;
            let covers = record.until.map_or_else(|| id.period.last(), |day| day.0);
            let today = model.as_of.date();
            let day = if covers <= today { Some(covers) } else { record.source.date.map(|day| day.0) };
            let day = day.filter(|day| term.has(*day))?;
            let (key, title) = match &id.field {
                Some(field) => (
                    format!("{}/{field}", id.period),
                    format!(
                        "Số liệu {}, lĩnh vực {}",
                        id.period.words(),
                        petitions::field_name(model, field)
                    ),
                ),
                None => (id.period.to_string(), format!("Số liệu {}", id.period.words())),
            };
            Some(candidate(
                Some(day),
                EvidenceKind::Statistics,
                key,
                urls::statistics(id.period),
                title,
                record.illustrative.0,
            ))
        })
        .collect()
}

/// Inspections during which something was explained: the task is communication, not inspecting.
fn inspections(model: &Model, term: Term) -> Vec<Candidate> {
    let all = model.inspections.iter().map(|(code, inspection)| (code, &inspection.record));
    all.filter(|(_, inspection)| inspection.explained.is_some() && term.has(inspection.days.to.0))
        .map(|(code, inspection)| {
            let name = inspection.name.as_ref().map_or_else(|| format!("Kiểm tra {code}"), |n| n.to_string());
            candidate(
                Some(inspection.days.to.0),
                EvidenceKind::Inspections,
                code,
                urls::fixed("/kiem-tra/"),
                name,
                inspection.illustrative.0,
            )
        })
        .collect()
}

/// Simplifications that were carried out, by the day from which they hold, else by that of the source.
fn simplifications(model: &Model, term: Term) -> Vec<Candidate> {
    let all = model.simplifications.iter().map(|(code, filed)| (code, &filed.record));
    all.filter(|(_, record)| record.stage == SimplificationStage::Done)
        .filter_map(|(code, record)| {
            let source = || record.source.as_ref().and_then(|source| source.date);
            let day = record.effective.or_else(source).filter(|day| term.has(day.0))?.0;
            Some(candidate(
                Some(day),
                EvidenceKind::Simplifications,
                code,
                urls::fixed("/cat-giam/"),
                record.name.as_str(),
                record.illustrative.0,
            ))
        })
        .collect()
}

/// Calls for initiatives, by their opening or by the newest contribution that has an answer: both
/// are acts, and each counts for the plan of its time.
fn initiatives(model: &Model, term: Term) -> Vec<Candidate> {
    let all = model.initiatives.iter().map(|(code, filed)| (code, &filed.record));
    all.filter_map(|(code, record)| {
        let answered = record.contributions.iter().filter(|contribution| {
            contribution.answer.is_some() || contribution.stage != ContributionStage::Received
        });
        let acts = answered.map(|contribution| contribution.date.0).chain([record.opened.0]);
        let day = acts.filter(|day| term.has(*day)).max()?;
        Some(candidate(
            Some(day),
            EvidenceKind::Initiatives,
            code,
            urls::initiative(code),
            record.title.as_str(),
            record.illustrative.0,
        ))
    })
    .collect()
}

/// Essential services, by the day on which their entry was last looked at.
fn essential_services(model: &Model, term: Term) -> Vec<Candidate> {
    model
        .essential_services
        .iter()
        .filter_map(|(name, service)| {
            let day = service.record.updated.filter(|day| term.has(day.0))?.0;
            Some(candidate(
                Some(day),
                EvidenceKind::EssentialServices,
                name,
                urls::fixed("/thiet-yeu/"),
                name.as_str(),
                false,
            ))
        })
        .collect()
}

/// Where a task stands at the end of the plan's term, or on the day of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// There is evidence, and none of it is too old.
    Proven,
    /// There is none.
    Unproven,
    /// A continuing task has rested so many days longer than it may.
    Resting(i32),
    /// Its last day was so many days ago, and there is no evidence.
    Overdue(i32),
}

/// Judges a task by its schedule, its rhythm and its evidence, on the last day of the term: the plan
/// of a year that is over is not blamed for the years after it.
pub fn progress(task: &Task, evidence: &Evidence, term: Term) -> Progress {
    if evidence.proofs.is_empty() {
        return match &task.schedule {
            Schedule::Between(period) if period.to.0 < term.to => {
                Progress::Overdue(period.to.0.days_until(term.to))
            }
            _ => Progress::Unproven,
        };
    }
    match (rested(evidence, term), allowed(task)) {
        (Some(rested), Some(allowed)) if rested > allowed => Progress::Resting(rested - allowed),
        _ => Progress::Proven,
    }
}

/// How many days before the end of the term the newest act lies.
pub fn rested(evidence: &Evidence, term: Term) -> Option<i32> {
    evidence.latest().map(|day| day.days_until(term.to))
}

/// How many days a task may rest; none if the plan sets no rhythm.
pub fn allowed(task: &Task) -> Option<i32> {
    task.rhythm_days.and_then(|days| i32::try_from(days.0).ok())
}

/// One act that is evidence of tasks of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News<'m> {
    /// The plan's year.
    pub year: u64,
    /// The tasks that it proves, in the order of the plan.
    pub tasks: Vec<&'m TaskMark>,
    /// The record.
    pub proof: Proof,
}

/// Every act that is evidence of a task, each once a plan; the standing stock of procedures is none.
pub fn news(model: &Model) -> Vec<News<'_>> {
    let mut news: BTreeMap<(u64, EvidenceKind, String), News<'_>> = BTreeMap::new();
    for (year, plan) in &model.plans {
        let term = Term::of(model, *year);
        for task in &plan.record.tasks {
            for proof in of(model, term, task).acts() {
                news.entry((*year, proof.kind, proof.key.clone()))
                    .or_insert_with(|| News { year: *year, tasks: Vec::new(), proof: proof.clone() })
                    .tasks
                    .push(&task.mark);
            }
        }
    }
    news.into_values().collect()
}

/// How many tasks of a plan have evidence.
pub fn proven_tasks(model: &Model, plan: &TaskPlan) -> usize {
    let term = Term::of(model, plan.year.0);
    plan.tasks.iter().filter(|task| !of(model, term, task).proofs.is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::{article, model};

    const PLAN: &str = "so: 1/KH\nnam: 2025\nco_quan: Sở A\nnhiem_vu:
- {ma: I.1, nhom: I, noi_dung: Tin, chu_tri: so, thoi_gian: thuong_xuyen, nhip_ngay: 30, minh_chung: [{loai: bai-viet, chuyen_muc: tin-tuc}]}
- {ma: I.2, nhom: I, noi_dung: Khác, chu_tri: so, thoi_gian: {tu: 2025-01-01, den: 2025-03-31}, minh_chung: [{loai: bai-viet, chuyen_muc: tin-tuc}, {loai: thong-ke}]}
- {ma: III.3, nhom: III, noi_dung: Niêm yết, chu_tri: so, thoi_gian: thuong_xuyen, minh_chung: [{loai: thu-tuc}, {loai: quyet-dinh}]}
";
    const PETITION: &str = "ma: 2025-001\nngay_tiep_nhan: 2025-02-03\nkenh: truc_tiep\nloai: quy_dinh\ntieu_de: Hỏi phí\nnoi_dung: Hỏi.\ndon_vi: so\n";
    const DECISION: &str = "so: 9/QĐ\nngay_ky: 2025-02-03\nco_quan: UBND\ntrich_yeu: Công bố\nmuc:\n- {thu_tuc: 1.000001, loai: ban_hanh_moi}\n- {thu_tuc: 1.000002, loai: bai_bo}\n";
    const PROCEDURES: [(&str, &str); 2] = [
        ("thu-tuc/a.yaml", "ma: 1.000001\nten: Cấp phép\nlinh_vuc: x\n"),
        ("thu-tuc/b.yaml", "ma: 1.000002\nten: Cấp lại\nlinh_vuc: x\n"),
    ];

    fn of_task(model: &Model, year: u64, mark: &str) -> Evidence {
        let plan = &model.plans[&year].record;
        let task = plan.tasks.iter().find(|task| task.mark.as_str() == mark).expect("the task");
        of(model, Term::of(model, year), task)
    }

    fn titles(evidence: &Evidence) -> Vec<&str> {
        evidence.proofs.iter().map(|proof| proof.title.as_str()).collect()
    }

    #[test]
    fn an_article_that_names_tasks_counts_for_those_alone() {
        let (any, other) = (article("2025-02-01", ""), article("2025-02-02", "nhiem_vu: [I.2]\n"));
        let draft = article("2025-02-03", "ban_nhap: true\n");
        let (later, elsewhere) = (article("2026-02-03", ""), article("2025-02-04", ""));
        let model = model(
            "2025-02-20",
            &[
                ("ke-hoach/2025.yaml", PLAN),
                ("bai-viet/tin-tuc/a.md", &any),
                ("bai-viet/tin-tuc/b.md", &other),
                ("bai-viet/tin-tuc/c.md", &draft),
                ("bai-viet/tin-tuc/d.md", &later),
                ("bai-viet/huong-dan/e.md", &elsewhere),
            ],
        );
        assert_eq!(titles(&of_task(&model, 2025, "I.1")), ["Bài ngày 2025-02-01"]);
        let second = of_task(&model, 2025, "I.2");
        assert_eq!(titles(&second), ["Bài ngày 2025-02-02", "Bài ngày 2025-02-01"]);
        // A kind without a record counts nothing, and is still named.
        assert_eq!(second.counts.len(), 2);
        assert_eq!(second.counts[1].count, 0);
    }

    #[test]
    fn decisions_and_procedures_in_use_prove_the_posting() {
        let mut files = vec![("ke-hoach/2025.yaml", PLAN), ("quyet-dinh/9.yaml", DECISION)];
        files.extend(PROCEDURES);
        let model = model("2025-02-20", &files);
        let evidence = of_task(&model, 2025, "III.3");
        assert_eq!(titles(&evidence), ["Quyết định số 9/QĐ", "Cấp phép"]);
        assert_eq!(evidence.counts.iter().map(|count| count.count).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn a_petition_counts_from_the_day_its_result_is_public() {
        let plan = PLAN.replace("loai: thong-ke", "loai: phan-anh");
        let public = format!("{PETITION}ngay_cong_khai: 2025-02-20\n");
        let count = |petition: &str, day: &str| {
            let files = [("ke-hoach/2025.yaml", plan.as_str()), ("phan-anh/2025/001.yaml", petition)];
            let count = of_task(&model(day, &files), 2025, "I.2").counts[1].clone();
            (count.count, count.illustrative)
        };
        assert_eq!(count(&format!("{public}minh_hoa: true\n"), "2025-03-01"), (0, 1), "made up");
        assert_eq!(count(PETITION, "2025-03-01"), (0, 0));
        assert_eq!(count(&public, "2025-02-19"), (0, 0));
        assert_eq!(count(&public, "2025-02-20"), (1, 0));
    }

    #[test]
    fn a_record_counts_for_the_plan_of_its_time() {
        let next = PLAN.replace("2025", "2026");
        let (before, old) = (article("2024-12-31", ""), article("2025-12-31", ""));
        let new = article("2026-01-01", "");
        let model = model(
            "2026-06-01",
            &[
                ("ke-hoach/2025.yaml", PLAN),
                ("ke-hoach/2026.yaml", &next),
                ("bai-viet/tin-tuc/a.md", &before),
                ("bai-viet/tin-tuc/b.md", &old),
                ("bai-viet/tin-tuc/c.md", &new),
            ],
        );
        assert_eq!(titles(&of_task(&model, 2025, "I.1")), ["Bài ngày 2025-12-31"]);
        assert_eq!(titles(&of_task(&model, 2026, "I.1")), ["Bài ngày 2026-01-01"]);
        assert_eq!(proven_tasks(&model, &model.plans[&2025].record), 2);
    }

    #[test]
    fn a_task_rests_too_long_or_is_overdue() {
        let text = article("2025-02-01", "nhiem_vu: [I.1]\n");
        let files = [("ke-hoach/2025.yaml", PLAN), ("bai-viet/tin-tuc/a.md", text.as_str())];
        let judge = |day: &str, i: usize| {
            let model = model(day, &files);
            let task = &model.plans[&2025].record.tasks[i];
            let term = Term::of(&model, 2025);
            progress(task, &of(&model, term, task), term)
        };
        assert_eq!(judge("2025-03-03", 0), Progress::Proven);
        assert_eq!(judge("2025-03-04", 0), Progress::Resting(1));
        assert_eq!(judge("2025-03-31", 1), Progress::Unproven);
        assert_eq!(judge("2025-04-02", 1), Progress::Overdue(2));
    }

    /// What counts of one kind, with the day: (how many, how many made up, newest day, title).
    fn counted(day: &str, kind: &str, files: &[(&str, &str)]) -> (usize, usize, String, String) {
        let plan = PLAN.replace("loai: thong-ke", &format!("loai: {kind}"));
        let files: Vec<(&str, &str)> =
            files.iter().copied().chain([("ke-hoach/2025.yaml", &*plan)]).collect();
        let evidence = of_task(&model(day, &files), 2025, "I.2");
        let newest = evidence.proofs.first();
        let text = |of: fn(&Proof) -> String| newest.map(of).unwrap_or_default();
        (
            evidence.counts[1].count,
            evidence.counts[1].illustrative,
            text(|proof| proof.day.map(|day| day.to_string()).unwrap_or_default()),
            text(|proof| proof.title.clone()),
        )
    }

    #[test]
    fn records_of_every_other_kind_count_by_the_day_of_the_act() {
        let none = || (0, 0, String::new(), String::new());
        let one = |day: &str, title: &str| (1, 0, day.to_owned(), title.to_owned());
        let figures = "ky: 2025-02\nnguon: {ten: Báo cáo, ngay: 2025-02-20}\n";
        let inspection =
            "ma: kt-1\nten: Đợt một\nngay: {tu: 2025-02-03, den: 2025-02-07}\ndon_vi: [so]\nnoi_dung: Xem\n";
        let explained = format!("{inspection}truyen_thong: Đã giải thích.\n");
        let cut = "ma: cg-1\nten: Bớt ngày\nchuong_trinh: X\nnoi_dung: B\ntrang_thai: da_thuc_hien\n";
        let in_force = format!("{cut}ngay_hieu_luc: 2025-02-10\n");
        let approved = in_force.replace("da_thuc_hien", "phe_duyet");
        let sourced = format!("{cut}nguon: {{ten: Báo cáo, ngay: 2025-02-11}}\n");
        let call = "ma: sk-1\ntieu_de: Góp ý\nngay_mo: 2025-02-01\nnoi_dung: A\ncach_gui: B\n";
        let answered = format!(
            "{call}dong_gop:\n- {{ngay: 2025-02-12, tom_tat: x, doi_tuong: ca_nhan, trang_thai: tiep_thu, phan_hoi: y}}\n- {{ngay: 2025-02-20, tom_tat: x, doi_tuong: ca_nhan, trang_thai: tiep_nhan}}\n"
        );
        let service = "- {ten: Khai sinh, ngay_cap_nhat: 2025-02-05}\n- {ten: Khác}\n";
        let (month, services) = ("thong-ke/a.yaml", "danh-muc/dich-vu-thiet-yeu.yaml");
        for (day, kind, path, text, expected) in [
            // A month that is not over counts from the day of its source.
            ("2025-02-19", "thong-ke", month, figures, none()),
            ("2025-02-20", "thong-ke", month, figures, one("2025-02-20", "Số liệu tháng 2/2025")),
            ("2025-03-01", "thong-ke", month, figures, one("2025-02-28", "Số liệu tháng 2/2025")),
            ("2025-03-01", "kiem-tra", "kiem-tra/a.yaml", inspection, none()),
            ("2025-02-06", "kiem-tra", "kiem-tra/a.yaml", &explained, none()),
            ("2025-02-07", "kiem-tra", "kiem-tra/a.yaml", &explained, one("2025-02-07", "Đợt một")),
            ("2025-03-01", "cat-giam", "cat-giam/a.yaml", cut, none()),
            ("2025-03-01", "cat-giam", "cat-giam/a.yaml", &approved, none()),
            ("2025-02-09", "cat-giam", "cat-giam/a.yaml", &in_force, none()),
            ("2025-03-01", "cat-giam", "cat-giam/a.yaml", &in_force, one("2025-02-10", "Bớt ngày")),
            ("2025-03-01", "cat-giam", "cat-giam/a.yaml", &sourced, one("2025-02-11", "Bớt ngày")),
            ("2025-02-01", "sang-kien", "sang-kien/a.yaml", call, one("2025-02-01", "Góp ý")),
            ("2025-03-01", "sang-kien", "sang-kien/a.yaml", &answered, one("2025-02-12", "Góp ý")),
            ("2025-02-04", "dich-vu-thiet-yeu", services, service, none()),
            ("2025-03-01", "dich-vu-thiet-yeu", services, service, one("2025-02-05", "Khai sinh")),
        ] {
            let mut found = counted(day, kind, &[(path, text)]);
            found.3 = found.3.replace('\u{A0}', " ");
            assert_eq!(found, expected, "{day} {kind}");
            if expected.0 == 1 && kind != "dich-vu-thiet-yeu" {
                let made_up = format!("{text}minh_hoa: true\n");
                let found = counted(day, kind, &[(path, &made_up)]);
                assert_eq!((found.0, found.1), (0, 1), "{day} {kind}: a made-up one proves nothing");
            }
        }
    }

    #[test]
    fn an_act_is_told_once_with_every_task_it_proves() {
        let text = article("2025-02-01", "");
        let mut files = vec![("ke-hoach/2025.yaml", PLAN), ("bai-viet/tin-tuc/a.md", &*text)];
        files.extend(PROCEDURES);
        let model = model("2025-03-01", &files);
        let news = news(&model);
        assert_eq!(news.len(), 1, "procedures are a stock: {news:?}");
        let marks: Vec<&str> = news[0].tasks.iter().map(|mark| mark.as_str()).collect();
        assert_eq!((marks, news[0].proof.title.as_str()), (vec!["I.1", "I.2"], "Bài ngày 2025-02-01"));
    }

    #[test]
    fn a_plan_that_is_over_is_judged_on_its_last_day() {
        let next = PLAN.replace("2025", "2026");
        let (old, new) = (article("2025-12-20", "nhiem_vu: [I.1]\n"), article("2026-01-05", ""));
        let files = [
            ("ke-hoach/2025.yaml", PLAN),
            ("ke-hoach/2026.yaml", &*next),
            ("bai-viet/tin-tuc/a.md", &old),
            ("bai-viet/tin-tuc/b.md", &new),
        ];
        let model = model("2026-11-23", &files);
        let judge = |year: u64, i: usize| {
            let (term, task) = (Term::of(&model, year), &model.plans[&year].record.tasks[i]);
            progress(task, &of(&model, term, task), term)
        };
        assert_eq!(judge(2025, 0), Progress::Proven);
        assert_eq!(judge(2025, 1), Progress::Overdue(275), "31 March to 31 December");
        assert_eq!(judge(2026, 0), Progress::Resting(292));
    }
}
