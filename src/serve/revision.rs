//! One state of the content: plans the site, makes the pages that are asked for and judges it behind them, in a
//! thread of its own that ends when a later revision has taken over.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Scope;
use std::time::Duration;

use super::judged::{Describe, Judged};
use super::overlay::{self, About, Bar, Waiting};
use super::turns::Turns;
use super::{Answer, Ask, Event, Fault};
use crate::base::date::{AsOf, Date};
use crate::base::diagnostic::{Diagnostic, Origin, Severity};
use crate::base::path::{OutPath, SitePath};
use crate::check::kept::Kept;
use crate::inputs::Inputs;
use crate::model::Model;
use crate::pipeline::{self, Draft, Memo, Settings};
use crate::plan::{self, SitePlan, Subject, todo, urls};
use crate::preview::Preview;
use crate::render::{Engine, RenderFault};
use crate::site::Content;
use crate::theme::Theme;

/// How long the judgment waits for the pages that are open in a browser, which ask at once, and for the next
/// save of somebody who saves often.
const PAGES_FIRST: Duration = Duration::from_millis(80);

/// What every revision needs from the edges.
pub struct Desk<'a> {
    /// The bytes of an attachment.
    pub attachment: &'a (dyn Fn(&SitePath) -> io::Result<Vec<u8>> + Sync),
    /// Findings in words.
    pub describe: Describe<'a>,
    /// The address that opens a file of the content in the editor at a line and a column.
    pub editor: overlay::Editor<'a>,
    /// Says what happened.
    pub log: &'a (dyn Fn(&str) + Sync),
    /// What is kept from one revision to the next.
    pub store: Store,
}

/// What is kept from one revision to the next, and whose turn it is.
pub struct Store {
    /// The templates that were compiled last, with what they were compiled of.
    templates: Mutex<Option<Templates>>,
    /// Parsed files and the theme.
    memo: Mutex<Memo>,
    /// Private data by record.
    private: Kept,
    /// Who may work when.
    pub turns: Turns,
}

impl Store {
    /// An empty one, for so much work at a time.
    pub fn new(jobs: usize) -> Self {
        Self {
            templates: Mutex::default(),
            memo: Mutex::default(),
            private: Kept::default(),
            turns: Turns::new(jobs),
        }
    }

    /// Reads and puts together; only files that changed since the last time are parsed.
    pub fn draft(&self, inputs: &Inputs, settings: &Settings) -> Draft {
        let mut memo = self.memo.lock().unwrap_or_else(PoisonError::into_inner);
        pipeline::draft(inputs, settings, &mut memo)
    }
}

/// Compiled templates: they take longer to compile than a page to make.
pub struct Templates {
    theme: Arc<Theme>,
    site: String,
    engine: Arc<Engine>,
}

impl Desk<'_> {
    fn engine(&self, theme: &Arc<Theme>, plan: &SitePlan<'_>) -> Result<Arc<Engine>, RenderFault> {
        let site = serde_json::to_string(&plan.site).unwrap_or_default();
        let mut kept = self.store.templates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) =
            kept.as_ref().filter(|known| Arc::ptr_eq(&known.theme, theme) && known.site == site)
        {
            return Ok(Arc::clone(&known.engine));
        }
        let engine = Arc::new(Engine::new(theme, &plan.site)?);
        *kept = Some(Templates { theme: Arc::clone(theme), site, engine: Arc::clone(&engine) });
        Ok(engine)
    }
}

/// One state of the content.
pub struct Revision {
    /// Its number; later ones are higher.
    pub number: u64,
    /// What was read.
    pub inputs: Arc<Inputs>,
    /// For which day.
    pub settings: Settings,
    /// The records.
    pub model: Model,
    /// The theme.
    pub theme: Arc<Theme>,
    /// What reading found.
    pub found: Vec<Diagnostic>,
    /// Whether its pages are shown; else it is only judged.
    pub shown: bool,
    /// Set when a later one has taken over.
    pub over: Arc<AtomicBool>,
}

/// What is known of the newest revision when a page is asked for.
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// The errors that reading it found.
    pub early: Vec<Fault>,
    /// The last judgment; of an earlier revision while the newest is being judged.
    pub judged: Option<Arc<Judged>>,
    /// The newest is being judged.
    pub pending: bool,
    /// The pages are of an earlier revision, since the newest cannot be shown.
    pub held: bool,
}

impl Status {
    /// What keeps the site from being published, as far as it is known.
    pub fn errors(&self) -> Vec<&Fault> {
        let judged = self.judged.as_deref();
        match (self.pending, judged) {
            (false, Some(judged)) => judged.errors.iter().collect(),
            (false, None) => self.early.iter().collect(),
            (true, _) => self.early.iter().chain(judged.into_iter().flat_map(Judged::late_errors)).collect(),
        }
    }

    /// How many warnings there are, as far as it is known.
    pub fn warnings(&self) -> usize {
        self.judged.as_ref().map_or(0, |judged| judged.warnings)
    }

    /// The page with every fault. `site`: whether there is a site to go back to.
    pub fn faults_page(&self, site: bool, describe: Describe<'_>, editor: overlay::Editor<'_>) -> Answer {
        match &self.judged {
            Some(judged) if !self.pending => {
                overlay::faults_page(&judged.all(describe).iter().collect::<Vec<_>>(), self, site, editor)
            }
            _ => overlay::faults_page(&self.errors(), self, site, editor),
        }
    }
}

/// A question to a revision.
pub type Question = (Ask, Sender<Answer>, Arc<Status>);

/// Works until a later revision has taken over.
pub fn run(revision: Revision, desk: &Desk<'_>, questions: &Receiver<Question>, events: &Sender<Event>) {
    let Revision { number, inputs, settings, model, theme, found, shown, over } = revision;
    let turns = &desk.store.turns;
    let ((plan, planned), engine) = turns.wanted(|| {
        let planned = plan::site(&model, &theme.assets);
        let engine = desk.engine(&theme, &planned.0);
        (planned, engine)
    });
    let _ = events.send(match &engine {
        Ok(_) => Event::Ready(number),
        Err(fault) => Event::Unusable(number, (desk.describe)(vec![pipeline::theme_fault(fault)], &inputs)),
    });
    std::thread::scope(|scope| {
        let judge = {
            let case = Case { desk, plan: &plan, inputs: &inputs, engine: engine.as_deref() };
            let usable = engine.is_ok();
            let over = &over;
            move || {
                if shown && usable {
                    std::thread::sleep(PAGES_FIRST);
                }
                if let Some(judged) = case.judge(found, planned, &|| !over.load(Ordering::Relaxed)) {
                    let _ = events.send(Event::Judged(number, judged));
                }
            }
        };
        scope.spawn(judge);
        let pages = engine.as_ref().ok().filter(|_| shown).map(|engine| Pages {
            desk,
            preview: Preview::with(&plan, &theme, Arc::clone(engine)),
            model: &model,
            day: None,
        });
        let mut days = Days { desk, inputs: &inputs, now: &settings, events, open: Vec::new() };
        for (ask, reply, status) in questions {
            let Some(pages) = &pages else {
                // Somebody else has to answer.
                let _ = events.send(Event::Ask(ask, reply));
                continue;
            };
            match ask.day.filter(|day| *day != settings.as_of.date()) {
                Some(day) => days.ask(scope, ask, reply, day),
                None => drop(reply.send(turns.wanted(|| pages.answer(&ask, &status)))),
            }
        }
    });
}

/// What is judged.
struct Case<'a> {
    desk: &'a Desk<'a>,
    plan: &'a SitePlan<'a>,
    inputs: &'a Arc<Inputs>,
    engine: Result<&'a Engine, &'a RenderFault>,
}

impl Case<'_> {
    /// Judges when nothing else is to do; `None` once `wanted` says that nobody waits for it.
    fn judge(
        &self,
        drafted: Vec<Diagnostic>,
        planned: Vec<Diagnostic>,
        wanted: &dyn Fn() -> bool,
    ) -> Option<Arc<Judged>> {
        let Self { desk, plan, inputs, engine } = self;
        desk.store.turns.behind(|step_back| {
            let go_on = || {
                step_back();
                wanted()
            };
            let kept = &desk.store.private;
            let found = pipeline::judge(plan, inputs, *engine, drafted, planned, kept, &go_on)?;
            let todo = go_on().then(|| todo::list(plan))?;
            go_on().then(|| Arc::new(Judged::new(found, todo, Arc::clone(inputs), desk.describe)))
        })
    }
}

/// A question about another day.
type DayQuestion = (Ask, Sender<Answer>);

/// How many other days are kept at a time.
const DAYS: usize = 3;

/// The site as of other days, each in a thread of its own: nobody who looks at today waits for them.
struct Days<'a> {
    desk: &'a Desk<'a>,
    inputs: &'a Arc<Inputs>,
    now: &'a Settings,
    events: &'a Sender<Event>,
    /// The last one asked for stands last.
    open: Vec<(Date, Sender<DayQuestion>)>,
}

impl<'a> Days<'a> {
    fn ask<'scope>(&mut self, scope: &'scope Scope<'scope, '_>, ask: Ask, reply: Sender<Answer>, day: Date)
    where
        'a: 'scope,
    {
        let known = self.open.iter().position(|(open, _)| *open == day);
        let questions = match known {
            Some(at) => self.open.remove(at).1,
            None => {
                if self.open.len() >= DAYS {
                    // It ends when it has answered what it was asked.
                    self.open.remove(0);
                }
                let (questions, asked) = channel();
                let settings = Settings { as_of: AsOf(day), ..self.now.clone() };
                let (desk, inputs, events) = (self.desk, self.inputs, self.events.clone());
                scope.spawn(move || of_day(desk, inputs, &settings, &asked, &events));
                questions
            }
        };
        let _ = questions.send((ask, reply));
        self.open.push((day, questions));
    }
}

/// Answers for another day until nobody can ask any more.
fn of_day(
    desk: &Desk<'_>,
    inputs: &Arc<Inputs>,
    settings: &Settings,
    questions: &Receiver<DayQuestion>,
    events: &Sender<Event>,
) {
    let turns = &desk.store.turns;
    let Draft { model, theme, found, .. } = turns.wanted(|| desk.store.draft(inputs, settings));
    let Some(model) = model else {
        questions.iter().for_each(|(_, reply)| drop(reply.send(overlay::not_found())));
        return;
    };
    let ((plan, planned), engine) = turns.wanted(|| {
        let planned = plan::site(&model, &theme.assets);
        // Not the one that is kept, which has today in it.
        let engine = Engine::new(&theme, &planned.0.site).map(Arc::new);
        (planned, engine)
    });
    let errors = found.iter().filter(|found| found.severity == Severity::Error).cloned().collect();
    let early = (desk.describe)(errors, inputs);
    let status = Mutex::new(Arc::new(Status { early, pending: true, ..Status::default() }));
    let current = || Arc::clone(&status.lock().unwrap_or_else(PoisonError::into_inner));
    let closed = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(PAGES_FIRST);
            let engine = engine.as_ref().map(|engine| &**engine);
            let case = Case { desk, plan: &plan, inputs, engine };
            if let Some(judged) = case.judge(found, planned, &|| !closed.load(Ordering::Relaxed)) {
                let judged = Status { judged: Some(judged), ..Status::default() };
                *status.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(judged);
                let _ = events.send(Event::DayJudged);
            }
        });
        let pages = engine.as_ref().ok().map(|engine| Pages {
            desk,
            preview: Preview::with(&plan, &theme, Arc::clone(engine)),
            model: &model,
            day: Some(settings.as_of.date()),
        });
        for (ask, reply) in questions {
            let status = current();
            let answer = match &pages {
                Some(pages) => turns.wanted(|| pages.answer(&ask, &status)),
                None => status.faults_page(false, desk.describe, desk.editor),
            };
            let _ = reply.send(answer);
        }
        closed.store(true, Ordering::Relaxed);
    });
}

/// Pages of one plan.
struct Pages<'p> {
    desk: &'p Desk<'p>,
    preview: Preview<'p>,
    model: &'p Model,
    day: Option<Date>,
}

impl Pages<'_> {
    /// What is sent for a request.
    fn answer(&self, ask: &Ask, status: &Status) -> Answer {
        if let Some(asset) = overlay::own(&ask.path) {
            return asset;
        }
        if ask.path == overlay::FAULTS {
            return status.faults_page(true, self.desk.describe, self.desk.editor);
        }
        if ask.path == overlay::WAITING {
            let today = self.model.as_of.date();
            let all = self.preview.all_waiting().map(|(id, article)| (urls::article(id), article));
            return overlay::waiting_page(&all.collect::<Vec<_>>(), today, self.desk.editor);
        }
        let name = ask.path.trim_start_matches('/');
        let file = |name: &str| -> Option<(OutPath, Content, Option<Waiting>)> {
            let path = OutPath::new(name).ok()?;
            let (made, waiting) = match self.preview.file(&path) {
                Ok(None) => {
                    let (article, made) = self.preview.waiting(&path)?;
                    (made.map(Some), Some(Waiting::of(article)))
                }
                made => (made, None),
            };
            let content = made.unwrap_or_else(|fault| {
                (self.desk.log)(&fault.to_string());
                None
            })?;
            Some((path, content, waiting))
        };
        let found = if name.is_empty() || name.ends_with('/') {
            file(&format!("{name}index.html"))
        } else {
            let found = file(name);
            if found.is_none() && file(&format!("{name}/index.html")).is_some() {
                return overlay::moved(&format!("{}/", ask.path));
            }
            found
        };
        let (code, (path, content, waiting)) = match found {
            Some(found) => (200, found),
            None => match file("404.html") {
                Some(found) => (404, found),
                None => return overlay::not_found(),
            },
        };
        let bytes = match content {
            Content::Bytes(bytes) => bytes,
            Content::CopyOf(asset, _) => match (self.desk.attachment)(&asset) {
                Ok(bytes) => bytes,
                Err(_) => return overlay::not_found(),
            },
            // No shelf takes anything from the preview.
            Content::Shelved(..) => return overlay::not_found(),
        };
        let media = overlay::media(path.extension());
        if path.extension() != "html" {
            return Answer { status: code, media, location: None, body: bytes };
        }
        let about = self.about(&path, waiting.as_ref(), status);
        let bar = Bar {
            errors: status.errors(),
            warnings: status.warnings(),
            pending: status.pending,
            held: status.held,
            about,
            waiting,
            all_waiting: self.preview.all_waiting().count(),
            day: self.day,
            editor: self.desk.editor,
        };
        let body = overlay::dress(&String::from_utf8_lossy(&bytes), &bar).into_bytes();
        Answer { status: code, media, location: None, body }
    }

    /// What the page is made of, and what is known about it.
    fn about(&self, path: &OutPath, waiting: Option<&Waiting>, status: &Status) -> About {
        let mut about = About::default();
        let page = self.preview.page(path);
        let file = match (waiting, page) {
            (Some(waiting), _) => Some(waiting.file.clone()),
            (None, Some((_, route))) => match &route.from.origin {
                Origin::Content(file) => Some(file.clone()),
                _ => None,
            },
            (None, None) => None,
        };
        if let Some((_, route)) = page
            && let Subject::Procedure(code) = &route.subject
        {
            let events = self.model.history.get(code).into_iter().flatten();
            let decisions = events.filter_map(|event| self.model.decisions.get(&event.decision));
            about.decisions = decisions
                .map(|decision| (decision.record.number.to_string(), decision.file.to_string()))
                .collect();
        }
        // While the newest state is being judged, what was said of the one before is not told as news.
        if let (Some(judged), false) = (&status.judged, status.pending) {
            if let Some(file) = &file {
                about.faults = judged.of_file(file, self.desk.describe);
            }
            if let Some((address, _)) = page {
                about.todo = judged
                    .todo_of(address, file.as_ref())
                    .map(|item| match todo::time_words(item) {
                        Some(time) => format!("{} ({})", item.what.vi, time.vi),
                        None => item.what.vi.clone(),
                    })
                    .collect();
            }
        }
        about.file = file.map(|file| file.to_string());
        about
    }
}
