//! The records put together: typed, indexed both ways, with states derived from decisions and date.
//!
//! [`build()`] takes every parsed file and the day of the build, gives one [`Model`] and what was wrong
//! with putting them together (the same code twice). Whether references lead anywhere is for `check`.

pub mod build;
pub mod content;
pub mod doubts;
pub mod duty;
pub mod figures;
pub mod household_book;
pub mod initiative;
pub mod inspection;
pub mod law;
pub mod petition;
pub mod simplification;
pub mod state;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::calendar_period::CalendarPeriod;
use crate::base::date::{AsOf, Calendar, Date};
use crate::base::diagnostic::{Place, Pointer, Step};
use crate::base::path::SitePath;
use crate::compare::timeline::Past;
use crate::inputs::{AssetRef, FileKind};
use crate::parse::record::Article;
use crate::record::config::{Section, SiteConfig};
use crate::record::decision::{Decision, DecisionItem};
use crate::record::directory::{EssentialService, Field, HolidayYear, Law, Unit};
use crate::record::initiative::Initiative;
use crate::record::inspection::Inspection;
use crate::record::petition::Petition;
use crate::record::procedure::Procedure;
use crate::record::scalar::{AssetPath, Code, LawNumber, ProcedureCode, TaskMark, Text};
use crate::record::simplification::{Programme, Simplification};
use crate::record::statistics::Statistics;
use crate::record::task_plan::TaskPlan;
use crate::vi::name::NameOrder;

pub use build::build;
use petition::{Handling, Terms};
use state::State;

/// A record with the place it came from.
#[derive(Debug, Clone)]
pub struct Filed<T> {
    /// Its file.
    pub file: SitePath,
    /// Its path in the file: empty, or the index in a directory's list.
    pub at: Pointer,
    /// The record; shared, so that a preview takes one that did not change over from the model before.
    pub record: Arc<T>,
}

impl<T> Filed<T> {
    /// The record as a whole.
    pub fn place(&self) -> Place {
        Place::value(&self.file, self.at.clone())
    }

    /// A value in the record: `filed.at(at!["can_cu", 0])`.
    pub fn at(&self, pointer: Pointer) -> Place {
        Place::value(&self.file, self.join(pointer))
    }

    /// A key in the record.
    pub fn key(&self, key: &str) -> Place {
        Place::key(&self.file, self.at.then(key))
    }

    /// A path of the record as a path of the file.
    pub fn join(&self, pointer: Pointer) -> Pointer {
        let mut steps: Vec<Step> = self.at.0.clone();
        steps.extend(pointer.0);
        Pointer(steps)
    }
}

/// How a decision is known on the site: the last part of its address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(pub String);

/// How an article is known: its section and the last part of its address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId {
    /// The section's code, the folder's name.
    pub section: Code,
    /// The slug of the file's name.
    pub slug: String,
}

/// How the figures of a period are known: by the period and the field, or all fields.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatisticsId {
    /// The period.
    pub period: CalendarPeriod,
    /// The field; `None` is all of them together.
    pub field: Option<Code>,
}

/// One line of a procedure's history: what a decision did to it, and from when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The decision.
    pub decision: DecisionId,
    /// Which of its items.
    pub item: usize,
    /// From when it has effect.
    pub effective: Date,
}

/// Names of records that exist but could not be read: references to them are not reported as well.
#[derive(Debug, Clone, Default)]
pub struct Broken {
    /// Kinds of directory file that could not be read as a whole.
    pub kinds: BTreeSet<FileKind>,
    /// Codes and numbers that were seen in unreadable records.
    pub names: BTreeSet<String>,
    /// The texts of articles whose front matter could not be read.
    pub texts: Vec<BrokenText>,
}

/// The text of an article whose front matter could not be read: it has no page, and is looked over.
#[derive(Debug, Clone)]
pub struct BrokenText {
    /// Its file.
    pub file: SitePath,
    /// The article that it would be.
    pub article: ArticleId,
    /// The Markdown.
    pub body: String,
    /// Where the Markdown starts in the clean text of the file.
    pub body_start: usize,
}

/// Everything the site knows.
#[derive(Debug)]
pub struct Model {
    /// The day of the build.
    pub as_of: AsOf,
    /// `trang.yaml`.
    pub site: Filed<SiteConfig>,
    /// Fields by code.
    pub fields: BTreeMap<Code, Filed<Field>>,
    /// Units by code.
    pub units: BTreeMap<Code, Filed<Unit>>,
    /// Legal texts by number.
    pub laws: BTreeMap<LawNumber, Filed<Law>>,
    /// Holidays, a year each.
    pub holidays: Vec<Filed<HolidayYear>>,
    /// Which days work.
    pub calendar: Calendar,
    /// Procedures by code.
    pub procedures: BTreeMap<ProcedureCode, Filed<Procedure>>,
    /// Procedure → where its name stands in lists.
    pub name_orders: BTreeMap<ProcedureCode, NameOrder>,
    /// Decisions by address.
    pub decisions: BTreeMap<DecisionId, Filed<Decision>>,
    /// Plans by year.
    pub plans: BTreeMap<u64, Filed<TaskPlan>>,
    /// Figures of periods, by period and field; a field of `None` is all fields together.
    pub statistics: BTreeMap<StatisticsId, Filed<Statistics>>,
    /// Inspections by code.
    pub inspections: BTreeMap<Code, Filed<Inspection>>,
    /// Cuts and simplifications by code.
    pub simplifications: BTreeMap<Code, Filed<Simplification>>,
    /// Programmes of cutting regulations, by number.
    pub programmes: BTreeMap<Text, Filed<Programme>>,
    /// Procedure → cuts and simplifications of it, by code.
    pub simplifications_of_procedure: BTreeMap<ProcedureCode, Vec<Code>>,
    /// Calls for initiatives by code.
    pub initiatives: BTreeMap<Code, Filed<Initiative>>,
    /// Essential services, by name.
    pub essential_services: BTreeMap<Text, Filed<EssentialService>>,
    /// Petitions by code.
    pub petitions: BTreeMap<Code, Filed<Petition>>,
    /// How long the agency has for what.
    pub terms: Terms,
    /// Petition → what became of it by the day of the build; none for one received later.
    pub handlings: BTreeMap<Code, Handling>,
    /// Procedure → petitions that speak of it, newest first.
    pub petitions_of_procedure: BTreeMap<ProcedureCode, Vec<Code>>,
    /// All articles, drafts and future ones too: see [`Model::published_articles`].
    pub articles: BTreeMap<ArticleId, Filed<Article>>,
    /// Attachments by their path below the content folder (`tep/…`).
    pub assets: BTreeMap<SitePath, AssetRef>,
    /// What exists but could not be read.
    pub broken: Broken,
    /// Field → its procedures, by name in Vietnamese order.
    pub procedures_of_field: BTreeMap<Code, Vec<ProcedureCode>>,
    /// Procedure → what decisions did to it, earliest effect first.
    pub history: BTreeMap<ProcedureCode, Vec<Event>>,
    /// Procedure → its state on the day of the build.
    pub states: BTreeMap<ProcedureCode, State>,
    /// Legal text → the procedures that rest on it, by name.
    pub procedures_of_law: BTreeMap<LawNumber, Vec<ProcedureCode>>,
    /// Procedure → published articles that speak of it, newest first.
    pub articles_of_procedure: BTreeMap<ProcedureCode, Vec<ArticleId>>,
    /// The past of the content, as far as the site shows it.
    pub past: Past,
    /// National code → full code, where exactly one record has it.
    pub national: BTreeMap<String, ProcedureCode>,
}

impl Model {
    /// The procedure that a code names: itself, or the one with the same national code where one of
    /// the two is written without its local suffix.
    pub fn procedure(&self, code: &ProcedureCode) -> Option<&Filed<Procedure>> {
        if let Some(found) = self.procedures.get(code) {
            return Some(found);
        }
        let full = self.national.get(code.national())?;
        let either_bare = full.as_str().len() == 8 || code.as_str().len() == 8;
        either_bare.then(|| self.procedures.get(full)).flatten()
    }

    /// The item of a decision that an event points to.
    pub fn item(&self, event: &Event) -> Option<(&Filed<Decision>, &DecisionItem)> {
        let decision = self.decisions.get(&event.decision)?;
        Some((decision, decision.record.items.get(event.item)?))
    }

    /// The state of a procedure on the day of the build.
    pub fn state(&self, code: &ProcedureCode) -> State {
        self.states.get(code).cloned().unwrap_or(State::UNANNOUNCED)
    }

    /// Articles that are on the site on the day of the build: no drafts, none dated later.
    pub fn published_articles(&self) -> impl Iterator<Item = (&ArticleId, &Filed<Article>)> {
        self.articles.iter().filter(|(_, article)| self.is_published(article))
    }

    /// Whether an article is on the site on the day of the build.
    pub fn is_published(&self, article: &Filed<Article>) -> bool {
        !article.record.head.draft.0 && article.record.head.date.0 <= self.as_of.date()
    }

    /// Whether the record of this code or number exists but could not be read.
    pub fn is_broken(&self, kind: FileKind, name: &str) -> bool {
        self.broken.names.contains(name)
            || (self.broken.kinds.contains(&kind)
                && matches!(kind, FileKind::Fields | FileKind::Units | FileKind::Laws | FileKind::Site))
    }

    /// Petitions that had come in by the day of the build, with what became of them.
    pub fn known_petitions(&self) -> impl Iterator<Item = (&Code, &Filed<Petition>, &Handling)> {
        self.petitions.iter().filter_map(|(code, petition)| Some((code, petition, self.handlings.get(code)?)))
    }

    /// The section of articles with this code.
    pub fn section(&self, code: &Code) -> Option<&Section> {
        self.site.record.sections.iter().find(|section| section.code == *code)
    }

    /// Whether any plan has a task with this mark.
    pub fn has_task(&self, mark: &TaskMark) -> bool {
        self.plans.values().any(|plan| plan.record.tasks.iter().any(|task| task.mark == *mark))
    }

    /// The attachment that a record names.
    pub fn asset(&self, path: &AssetPath) -> Option<(SitePath, AssetRef)> {
        let path = SitePath::new(&format!("tep/{path}")).ok()?;
        let asset = *self.assets.get(&path)?;
        Some((path, asset))
    }
}
