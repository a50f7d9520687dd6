//! Owns the content while it is being written, and takes one event after the other.
//!
//! A page is made from the newest content that had no errors; while there are errors it stays as it
//! was, under a panel that lists them.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::Receiver;

use super::news::{Hub, News};
use super::overlay::{self, Bar};
use super::{Answer, Ask, Event, Fault};
use crate::base::date::{AsOf, Date};
use crate::base::diagnostic::{Diagnostic, Origin, Severity};
use crate::base::path::{OutPath, SitePath};
use crate::inputs::Inputs;
use crate::model::Model;
use crate::pipeline::{self, Examined, Memo, Settings};
use crate::plan;
use crate::preview::Preview;
use crate::site::Content;
use crate::theme::Theme;

/// What the workshop needs from the edges.
pub struct Shop<'a> {
    /// Reads the content and the theme as they are now; an error is words for people.
    pub read: &'a mut dyn FnMut() -> Result<Inputs, String>,
    /// The bytes of an attachment.
    pub attachment: &'a dyn Fn(&SitePath) -> io::Result<Vec<u8>>,
    /// What the site is made with, today.
    pub settings: &'a dyn Fn() -> Settings,
    /// Findings as the panel shows them.
    pub describe: &'a dyn Fn(Vec<Diagnostic>, &Inputs) -> Vec<Fault>,
    /// The address that opens a file of the content in the editor at a line and a column.
    pub editor: &'a dyn Fn(&str, usize, usize) -> Option<String>,
    /// Says what happened.
    pub log: &'a dyn Fn(&str),
    /// Open pages.
    pub hub: Hub,
}

/// Content without errors.
struct Good {
    inputs: Inputs,
    settings: Settings,
    model: Model,
    theme: Theme,
}

/// What is kept from one look to the next.
#[derive(Default)]
struct Past {
    memo: Memo,
    /// What was read last, and for which day it was judged.
    seen: Option<(AsOf, Inputs)>,
}

/// What looking at the content anew gives.
enum Look {
    /// Nothing changed.
    Same,
    /// It has no errors; the rest of what was found.
    Good(Box<Good>, Vec<Fault>),
    /// It has errors, or cannot be read.
    Bad(Vec<Fault>),
}

/// Works until told to stop.
pub fn run(shop: &mut Shop<'_>, events: &Receiver<Event>) {
    let mut past = Past::default();
    let mut faults = Vec::new();
    let mut good: Option<Box<Good>> = None;
    let mut look = shop.look(&mut past);
    loop {
        match look {
            Look::Same => {}
            Look::Good(new, found) => (good, faults) = (Some(new), found),
            Look::Bad(found) => faults = found,
        }
        shop.hub.tell(News::Changed);
        let ended = match &good {
            Some(good) => good.show(shop, events, &mut past, &mut faults),
            None => without_site(shop, events, &mut past, &mut faults),
        };
        match ended {
            Some(next) => look = next,
            None => return,
        }
    }
}

/// Before there was any content without errors: the list of them, whatever is asked for.
fn without_site(
    shop: &mut Shop<'_>,
    events: &Receiver<Event>,
    past: &mut Past,
    faults: &mut Vec<Fault>,
) -> Option<Look> {
    loop {
        match events.recv().ok()? {
            Event::Stop => return None,
            Event::Ask(ask, reply) => {
                let answer = overlay::asset(&ask.path)
                    .unwrap_or_else(|| overlay::faults_page(faults, false, shop.editor));
                let _ = reply.send(answer);
            }
            Event::Changed => match shop.look(past) {
                Look::Same => {}
                Look::Bad(found) => {
                    *faults = found;
                    shop.hub.tell(News::Changed);
                }
                look => return Some(look),
            },
        }
    }
}

impl Shop<'_> {
    /// Reads the content again and judges it.
    fn look(&mut self, past: &mut Past) -> Look {
        let inputs = match (self.read)() {
            Ok(inputs) => inputs,
            Err(words) => {
                (self.log)(&words);
                past.seen = None;
                return Look::Bad(vec![unreadable(words)]);
            }
        };
        let settings = (self.settings)();
        let same =
            |(day, before): &(AsOf, Inputs)| *day == settings.as_of && pipeline::same_inputs(before, &inputs);
        if past.seen.as_ref().is_some_and(same) {
            return Look::Same;
        }
        let Examined { model, theme, diagnostics, .. } =
            pipeline::examine(&inputs, &settings, &mut past.memo);
        past.seen = Some((settings.as_of, inputs.clone()));
        let blocked = diagnostics.iter().any(|found| found.severity == Severity::Error);
        let faults = (self.describe)(diagnostics, &inputs);
        match model {
            Some(model) if !blocked => Look::Good(Box::new(Good { inputs, settings, model, theme }), faults),
            _ => Look::Bad(faults),
        }
    }
}

fn unreadable(words: String) -> Fault {
    Fault { blocks: true, code: "", file: String::new(), line: 1, column: 1, message: words, help: None }
}

impl Good {
    /// Answers from this content until there is better; `None` when the preview ends.
    fn show(
        &self,
        shop: &mut Shop<'_>,
        events: &Receiver<Event>,
        past: &mut Past,
        faults: &mut Vec<Fault>,
    ) -> Option<Look> {
        let (plan, _) = plan::site(&self.model, &self.theme.assets);
        let preview = match Preview::new(&plan, &self.theme) {
            Ok(preview) => preview,
            Err(fault) => {
                // `examine` has compiled the same templates; if they fail now, say so and go on.
                *faults = vec![unreadable(fault.to_string())];
                return without_site(shop, events, past, faults);
            }
        };
        let mut days: BTreeMap<Date, Examined> = BTreeMap::new();
        loop {
            match events.recv().ok()? {
                Event::Stop => return None,
                Event::Ask(ask, reply) => {
                    let answer = match ask.day.filter(|day| *day != self.settings.as_of.date()) {
                        Some(day) => self.on_day(shop, &ask, day, &mut days),
                        None => answer(shop, &preview, &ask, faults, None),
                    };
                    let _ = reply.send(answer);
                }
                Event::Changed => match shop.look(past) {
                    Look::Same => {}
                    Look::Bad(found) => {
                        *faults = found;
                        shop.hub.tell(News::Changed);
                    }
                    look @ Look::Good(..) => return Some(look),
                },
            }
        }
    }

    /// The site as of another day, made anew: few ask for it, and one day is kept.
    fn on_day(&self, shop: &Shop<'_>, ask: &Ask, day: Date, days: &mut BTreeMap<Date, Examined>) -> Answer {
        let settings = Settings { as_of: AsOf(day), ..self.settings.clone() };
        if !days.contains_key(&day) {
            days.clear();
            days.insert(day, pipeline::examine(&self.inputs, &settings, &mut Memo::default()));
        }
        let Some(Examined { model: Some(model), theme, diagnostics, .. }) = days.get(&day) else {
            return overlay::not_found();
        };
        let faults = (shop.describe)(diagnostics.clone(), &self.inputs);
        let (plan, _) = plan::site(model, &theme.assets);
        match Preview::new(&plan, theme) {
            Ok(preview) => answer(shop, &preview, ask, &faults, Some(day)),
            Err(fault) => overlay::faults_page(&[unreadable(fault.to_string())], false, shop.editor),
        }
    }
}

/// What is sent for a request.
fn answer(shop: &Shop<'_>, preview: &Preview<'_>, ask: &Ask, faults: &[Fault], day: Option<Date>) -> Answer {
    if let Some(asset) = overlay::asset(&ask.path) {
        return asset;
    }
    if ask.path == overlay::FAULTS {
        return overlay::faults_page(faults, true, shop.editor);
    }
    let name = ask.path.trim_start_matches('/');
    let file = |name: &str| -> Option<(OutPath, Content)> {
        let path = OutPath::new(name).ok()?;
        let content = preview.file(&path).unwrap_or_else(|fault| {
            (shop.log)(&fault.to_string());
            None
        })?;
        Some((path, content))
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
    let (status, (path, content)) = match found {
        Some(found) => (200, found),
        None => match file("404.html") {
            Some(found) => (404, found),
            None => return overlay::not_found(),
        },
    };
    let bytes = match content {
        Content::Bytes(bytes) => bytes,
        Content::CopyOf(asset, _) => match (shop.attachment)(&asset) {
            Ok(bytes) => bytes,
            Err(_) => return overlay::not_found(),
        },
    };
    let media = overlay::media(path.extension());
    if path.extension() != "html" {
        return Answer { status, media, location: None, body: bytes };
    }
    let source = preview.source(&path).and_then(|place| match &place.origin {
        Origin::Content(file) => Some(file.as_str()),
        _ => None,
    });
    let bar = Bar { faults, source, day, editor: shop.editor };
    let body = overlay::dress(&String::from_utf8_lossy(&bytes), &bar).into_bytes();
    Answer { status, media, location: None, body }
}
