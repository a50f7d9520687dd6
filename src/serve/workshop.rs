//! Owns the content while it is being written, and takes one event after the other.
//!
//! A page is made from the newest content that could be understood as a whole; while there is some that
//! cannot be, pages stay as they were, under a panel that lists the errors.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Scope;

use super::news::{Hub, News};
use super::overlay;
use super::revision::{self, Desk, Question, Revision, Status};
use super::{Answer, Ask, Changes, Event, Fault};
use crate::base::date::AsOf;
use crate::base::diagnostic::Severity;
use crate::inputs::Inputs;
use crate::pipeline::{self, Settings};

/// What the workshop needs from the edges.
pub struct Shop<'a> {
    /// Reads the content and the theme as they are now, where one knows what changed only that; an error is
    /// words for people.
    pub read: &'a mut dyn FnMut(&Changes) -> Result<Inputs, String>,
    /// What the site is made with, today.
    pub settings: &'a dyn Fn() -> Settings,
    /// Says what a judgment found: the errors, and how many warnings.
    pub report: &'a dyn Fn(&[Fault], usize),
    /// Open pages.
    pub hub: Hub,
}

/// A revision at work; it ends when this is dropped.
struct Running {
    number: u64,
    questions: Sender<Question>,
    over: Arc<AtomicBool>,
}

/// What is kept from one look to the next.
struct Front<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    desk: &'env Desk<'env>,
    /// Where revisions send what they have to say.
    events: Sender<Event>,
    /// What was read last, and for which day it was judged.
    seen: Option<(AsOf, Arc<Inputs>)>,
    newest: u64,
    /// The revision whose pages are shown.
    shown: Option<Running>,
    /// The one before, until it is certain that the next can be shown.
    before: Option<Running>,
    /// A revision that is judged and not shown.
    judging: Option<Running>,
    status: Arc<Status>,
}

/// Works until told to stop. `events` and `own` are the two ends of one channel.
pub fn run(shop: &mut Shop<'_>, desk: &Desk<'_>, events: &Receiver<Event>, own: &Sender<Event>) {
    std::thread::scope(|scope| {
        let mut front = Front {
            scope,
            desk,
            events: own.clone(),
            seen: None,
            newest: 0,
            shown: None,
            before: None,
            judging: None,
            status: Arc::default(),
        };
        front.look(shop, &Changes::Everything);
        let mut waiting: VecDeque<Event> = VecDeque::new();
        while let Some(event) = waiting.pop_front().or_else(|| events.recv().ok()) {
            match event {
                Event::Stop => break,
                Event::Ask(ask, reply) => front.answer(ask, reply),
                Event::Changed(mut changes) => {
                    // Whatever else changed meanwhile is looked at in one go, before any page.
                    for event in waiting.drain(..).collect::<Vec<_>>().into_iter().chain(events.try_iter()) {
                        match event {
                            Event::Changed(more) => changes.add(more),
                            other => waiting.push_back(other),
                        }
                    }
                    front.look(shop, &changes);
                }
                Event::Judged(number, judged) => {
                    if number == front.newest {
                        (shop.report)(&judged.errors, judged.warnings);
                        front.say(|status| {
                            status.judged = Some(judged);
                            status.pending = false;
                        });
                        shop.hub.tell(News::Changed);
                    }
                }
                Event::DayJudged => shop.hub.tell(News::Changed),
                Event::Ready(number) => {
                    if front.shown.as_ref().is_some_and(|shown| shown.number == number) {
                        front.before = None;
                    }
                }
                Event::Unusable(number, faults) => {
                    if front.shown.as_ref().is_some_and(|shown| shown.number == number) {
                        // It goes on to judge, and hands what it was asked back.
                        let unusable = std::mem::replace(&mut front.shown, front.before.take());
                        front.judging = unusable;
                        front.say(|status| {
                            status.early.extend(faults);
                            status.held = true;
                        });
                        shop.hub.tell(News::Changed);
                    }
                }
            }
        }
        // What is still being judged need not be.
        for running in [&front.shown, &front.before, &front.judging].into_iter().flatten() {
            running.over.store(true, Ordering::Relaxed);
        }
    });
}

impl Front<'_, '_> {
    fn say(&mut self, change: impl FnOnce(&mut Status)) {
        change(Arc::make_mut(&mut self.status));
    }

    /// Reads what changed and puts it on show, or says why it cannot be.
    fn look(&mut self, shop: &mut Shop<'_>, changes: &Changes) {
        let turns = &self.desk.store.turns;
        let inputs = match turns.wanted(|| (shop.read)(changes)) {
            Ok(inputs) => inputs,
            Err(words) => {
                (self.desk.log)(&words);
                self.seen = None;
                self.takes_over();
                let early = vec![unreadable(words)];
                self.say(|status| *status = Status { early, held: true, ..Status::default() });
                shop.hub.tell(News::Changed);
                return;
            }
        };
        let settings = (shop.settings)();
        let same = |(day, before): &(AsOf, Arc<Inputs>)| {
            *day == settings.as_of && pipeline::same_inputs(before, &inputs)
        };
        if self.seen.as_ref().is_some_and(same) {
            return;
        }
        let inputs = Arc::new(inputs);
        // Nobody waits for a judgment of what was before.
        let number = self.takes_over();
        let draft = turns.wanted(|| self.desk.store.draft(&inputs, &settings));
        self.seen = Some((settings.as_of, Arc::clone(&inputs)));
        let lacks = draft.lacks();
        let errors = draft.found.iter().filter(|found| found.severity == Severity::Error).cloned().collect();
        let early = (self.desk.describe)(errors, &inputs);
        let Some(model) = draft.model else {
            (shop.report)(&early, 0);
            self.say(|status| *status = Status { early, held: true, ..Status::default() });
            shop.hub.tell(News::Changed);
            return;
        };
        let over = Arc::new(AtomicBool::new(false));
        let revision = Revision {
            number,
            inputs,
            settings,
            model,
            theme: draft.theme,
            found: draft.found,
            shown: !lacks,
            over: Arc::clone(&over),
        };
        let (questions, asked) = channel();
        let (desk, events) = (self.desk, self.events.clone());
        self.scope.spawn(move || revision::run(revision, desk, &asked, &events));
        let running = Running { number, questions, over };
        if lacks {
            self.judging = Some(running);
        } else {
            // One that never got as far as having pages is no way back.
            let before = self.shown.replace(running);
            self.before = self.before.take().or(before);
        }
        self.say(|status| {
            status.early = early;
            status.pending = true;
            status.held = lacks;
        });
        shop.hub.tell(News::Changed);
    }

    /// Nobody waits for a judgment of earlier revisions any more. Gives the next number.
    fn takes_over(&mut self) -> u64 {
        for running in [&self.shown, &self.before, &self.judging].into_iter().flatten() {
            running.over.store(true, Ordering::Relaxed);
        }
        self.judging = None;
        self.newest += 1;
        self.newest
    }

    /// Has a request answered by the revision that is shown.
    fn answer(&mut self, ask: Ask, reply: Sender<Answer>) {
        let Some(shown) = &self.shown else {
            // Before there was any site: the list of errors, whatever is asked for.
            let answer = overlay::own(&ask.path)
                .unwrap_or_else(|| self.status.faults_page(false, self.desk.describe, self.desk.editor));
            let _ = reply.send(answer);
            return;
        };
        // If its thread is gone the question is, too, and the client's connection ends.
        let _ = shown.questions.send((ask, reply, Arc::clone(&self.status)));
    }
}

fn unreadable(words: String) -> Fault {
    Fault { blocks: true, code: "", file: String::new(), line: 1, column: 1, message: words, help: None }
}
