//! What proves that a task of the communication plan was carried out: counted, never typed.
//!
//! A record counts for the plan that was running when it was made: from the first day of the plan's
//! year until the next plan's year begins, or the day of the build. Procedures are a standing stock,
//! not an act, so all that are in use count for every plan. An article that names tasks counts for
//! those tasks only; one that names none counts for every task that asks for its section.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::base::date::Date;
use crate::base::path::RoutePath;
use crate::model::Model;
use crate::parse::record::Article;
use crate::record::scalar::Code;
use crate::record::task_plan::{EvidenceKind, Schedule, Task, TaskPlan};

use super::{pieces, urls};

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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proof {
    /// When it came about; none if its record does not tell.
    pub day: Option<Date>,
    /// What kind of record it is.
    pub kind: EvidenceKind,
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
}

/// Whether the site can hold records of this kind at all.
pub fn is_kept(kind: EvidenceKind) -> bool {
    matches!(
        kind,
        EvidenceKind::Procedures | EvidenceKind::Decisions | EvidenceKind::Articles | EvidenceKind::Petitions
    )
}

/// Gathers the evidence of a task.
pub fn of(model: &Model, term: Term, task: &Task) -> Evidence {
    let mut proofs = BTreeSet::new();
    let counts = task
        .evidence
        .iter()
        .map(|asked| {
            let found = match asked.kind {
                EvidenceKind::Procedures => procedures(model),
                EvidenceKind::Decisions => decisions(model, term),
                EvidenceKind::Articles => articles(model, term, task, asked.section.as_ref()),
                EvidenceKind::Petitions => petitions(model, term),
                EvidenceKind::Statistics
                | EvidenceKind::Inspections
                | EvidenceKind::Simplifications
                | EvidenceKind::Initiatives
                | EvidenceKind::EssentialServices => Vec::new(),
            };
            let count = found.len();
            proofs.extend(found);
            Count { kind: asked.kind, section: asked.section.clone(), count }
        })
        .collect();
    let mut proofs: Vec<Proof> = proofs.into_iter().collect();
    // What somebody did comes before the standing stock of procedures.
    proofs.sort_by_key(|proof| {
        (proof.kind == EvidenceKind::Procedures, Reverse(proof.day), proof.path.clone())
    });
    Evidence { counts, proofs }
}

fn procedures(model: &Model) -> Vec<Proof> {
    let current = model.procedures.iter().filter(|(code, _)| model.state(code).standing.is_current());
    current
        .map(|(code, procedure)| Proof {
            day: model.state(code).since.filter(|day| *day <= model.as_of.date()),
            kind: EvidenceKind::Procedures,
            path: urls::procedure(code),
            title: procedure.record.name.as_str().to_owned(),
        })
        .collect()
}

fn decisions(model: &Model, term: Term) -> Vec<Proof> {
    let all = model.decisions.iter().map(|(id, decision)| (id, &decision.record));
    all.filter(|(_, decision)| term.has(pieces::decision_day(decision)))
        .map(|(id, decision)| Proof {
            day: Some(pieces::decision_day(decision)),
            kind: EvidenceKind::Decisions,
            path: urls::decision(id),
            title: format!("Quyết định số {}", decision.number),
        })
        .collect()
}

/// Petitions whose result has been made public. A made-up example proves nothing.
fn petitions(model: &Model, term: Term) -> Vec<Proof> {
    let all = model.petitions.iter().map(|(code, petition)| (code, &petition.record));
    all.filter_map(|(code, petition)| {
        let published = petition.published.filter(|day| term.has(day.0) && !petition.illustrative.0)?.0;
        Some(Proof {
            day: Some(published),
            kind: EvidenceKind::Petitions,
            path: urls::petition(code),
            title: petition.title.as_str().to_owned(),
        })
    })
    .collect()
}

fn articles(model: &Model, term: Term, task: &Task, section: Option<&Code>) -> Vec<Proof> {
    let serves = |article: &Article| {
        let tasks = &article.head.tasks;
        tasks.is_empty() || tasks.contains(&task.mark)
    };
    model
        .published_articles()
        .filter(|(id, _)| section.is_none_or(|section| id.section == *section))
        .filter(|(_, article)| term.has(article.record.head.date.0) && serves(&article.record))
        .map(|(id, article)| Proof {
            day: Some(article.record.head.date.0),
            kind: EvidenceKind::Articles,
            path: urls::article(id),
            title: article.record.head.title.as_str().to_owned(),
        })
        .collect()
}

/// Where a task stands on the day of the build.
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

/// Judges a task by its schedule, its rhythm and its evidence.
pub fn progress(task: &Task, evidence: &Evidence, today: Date) -> Progress {
    if evidence.proofs.is_empty() {
        return match &task.schedule {
            Schedule::Between(period) if period.to.0 < today => {
                Progress::Overdue(period.to.0.days_until(today))
            }
            _ => Progress::Unproven,
        };
    }
    let rested = evidence.latest().map(|day| day.days_until(today));
    let allowed = task.rhythm_days.and_then(|days| i32::try_from(days.0).ok());
    match (rested, allowed) {
        (Some(rested), Some(allowed)) if rested > allowed => Progress::Resting(rested - allowed),
        _ => Progress::Proven,
    }
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
        // A kind that the site does not keep yet counts nothing, and is still named.
        assert_eq!(second.counts.len(), 2);
        assert_eq!(second.counts[1].count, 0);
        assert!(!is_kept(second.counts[1].kind));
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
            of_task(&model(day, &files), 2025, "I.2").counts[1].count
        };
        assert_eq!(count(&format!("{public}minh_hoa: true\n"), "2025-03-01"), 0, "made up");
        assert_eq!(count(PETITION, "2025-03-01"), 0);
        assert_eq!(count(&public, "2025-02-19"), 0);
        assert_eq!(count(&public, "2025-02-20"), 1);
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
            progress(task, &of(&model, Term::of(&model, 2025), task), model.as_of.date())
        };
        assert_eq!(judge("2025-03-03", 0), Progress::Proven);
        assert_eq!(judge("2025-03-04", 0), Progress::Resting(1));
        assert_eq!(judge("2025-03-31", 1), Progress::Unproven);
        assert_eq!(judge("2025-04-02", 1), Progress::Overdue(2));
    }
}
