//! The pipeline: `parse → model → check → plan → render`, one pure function.
//!
//! Never reads a file, the clock or the environment; the same arguments give the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::date::AsOf;
use crate::base::diagnostic::{Diagnostic, Diagnostics, Origin, Place, Spot, Tally};
use crate::base::hash::Sha;
use crate::base::path::{OutPath, RoutePath, SitePath};
use crate::check;
use crate::check::kept::Kept;
use crate::codes::{CK0703, CK0704};
use crate::compare::timeline::{self, Past, Timeline};
use crate::inputs::{Inputs, NoHistory, SourceFile, ThemeFiles};
use crate::model::{self, Model};
use crate::msg;
use crate::parse::record::{Parsed, parse};
use crate::plan::outputs::ledger::Records;
use crate::plan::{self, SitePlan, outputs, posting};
use crate::record::scalar::WebAddress;
use crate::render::{Engine, RenderFault};
use crate::site::{Content, Shelf, Site};
use crate::theme::{self, Theme};

/// What a build gives.
#[derive(Debug)]
pub struct Build {
    /// The whole site; `None` when the content has errors, since nothing is published then.
    pub site: Option<Site>,
    /// Everything that is wrong with the content.
    pub diagnostics: Vec<Diagnostic>,
    /// Figures for the summary.
    pub stats: Stats,
}

/// Figures for the summary line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Files found below the content folder.
    pub files: usize,
    /// Records read: one a file, and one an entry of a directory.
    pub records: usize,
    /// Pages of the site.
    pub pages: usize,
}

/// What a build is told from outside.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The day of the build.
    pub as_of: AsOf,
    /// Replaces the base URL of `trang.yaml`.
    pub base_url: Option<WebAddress>,
}

/// How a page announces itself while a long build runs.
pub type Progress<'a> = &'a (dyn Fn(Step) + Sync);

/// A step forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// There will be this many of what follows.
    Total(usize),
    /// One more is done.
    One,
}

/// Turns everything that was read into everything that will be published, and says what is wrong. Its files go to
/// `shelf` as they are made: [`InMemory`](crate::site::InMemory) leaves them in the site, a [writer](crate::write::Writer) puts them beside
/// the old site at once. Without a site in the answer, what the shelf took is to be thrown away.
pub fn build(inputs: &Inputs, settings: &Settings, shelf: &dyn Shelf, progress: Progress<'_>) -> Build {
    let work = |plan: &SitePlan<'_>, theme: &Theme, mut found: Vec<Diagnostic>, stats| {
        let records = ledger(plan, inputs);
        found.extend(check::guard::records(plan, inputs.published.as_ref(), &records));
        let found = check::policy::apply(found, plan.model);
        if Tally::of(&found).errors > 0 {
            return finish(None, found, stats);
        }
        let (site, faults) = render(plan, theme, inputs, &records, shelf, progress);
        let found = found.into_iter().chain(check::policy::apply_late(faults, plan.model)).collect();
        finish(Some(site), found, stats)
    };
    planned(inputs, settings, work)
}

/// The same as [`build`] without the site: everything that can be said of the content, making only
/// the pages that some text points into.
pub fn check(inputs: &Inputs, settings: &Settings) -> Build {
    planned(inputs, settings, |plan, theme, found, stats| {
        let engine = Engine::new(theme, &plan.site);
        finish(None, examined(plan, engine.as_ref(), found), stats)
    })
}

/// The content as far as pages are made of it, before anybody judged it: what a preview shows first.
#[derive(Debug)]
pub struct Draft {
    /// The records; `None` if there is no readable `trang.yaml`.
    pub model: Option<Model>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// What was found while files were read and put together; [`judge`] takes it on.
    pub found: Vec<Diagnostic>,
    /// Figures for the summary; the pages are not counted yet.
    pub stats: Stats,
}

impl Draft {
    /// Whether some of the content could not be understood, so that its pages would be missing. Such an error
    /// cannot be lowered.
    pub fn lacks(&self) -> bool {
        self.model.is_none() || Tally::of(&self.found).errors > 0
    }
}

/// Reads and puts together; only files that changed since the last time are parsed.
pub fn draft(inputs: &Inputs, settings: &Settings, memo: &mut Memo) -> Draft {
    let parsed = memo.parse(&inputs.sources);
    let (model, found, stats) = assemble(parsed, inputs, settings);
    Draft { model, theme: memo.theme(&inputs.theme), found: found.into_vec(), stats }
}

/// What [`check()`] says of a draft; `None` if `go_on` said before the end that nobody wants it any more.
/// `planned` is what the plan found, `engine` the theme's templates, or why they cannot be used; `kept` is what
/// earlier judgments know already.
pub fn judge(
    plan: &SitePlan<'_>,
    inputs: &Inputs,
    engine: Result<&Engine, &RenderFault>,
    drafted: Vec<Diagnostic>,
    planned: Vec<Diagnostic>,
    kept: &Kept,
    go_on: &dyn Fn() -> bool,
) -> Option<Vec<Diagnostic>> {
    let mut found = drafted;
    found.extend(check::run_while(plan.model, Some(kept), go_on)?);
    found.extend(planned);
    found.extend(check::links::run(plan));
    if !go_on() {
        return None;
    }
    found.extend(check::guard::addresses(plan, inputs.published.as_ref(), inputs.permalinks.as_deref()));
    go_on().then(|| examined(plan, engine, found))
}

/// What there is to say when everything has been found before the pages are made.
fn examined(
    plan: &SitePlan<'_>,
    engine: Result<&Engine, &RenderFault>,
    found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut found = check::policy::apply(found, plan.model);
    let faults = match engine {
        Err(fault) => vec![theme_fault(fault)],
        Ok(engine) => {
            let targets = check::anchors::targets(plan);
            let places = |path: &RoutePath, page: Vec<u8>| (path.clone(), check::anchors::places(&page));
            let wanted = |path: &RoutePath| targets.contains(path);
            let (places, mut faults) = pages(plan, engine, wanted, places, &|_| {});
            faults.extend(check::anchors::run(plan, &places.into_iter().collect()));
            faults
        }
    };
    found.extend(check::policy::apply_late(faults, plan.model));
    found
}

/// What a person asked to have on paper: the sheets, or the choice that names nothing.
pub type Chosen = Result<posting::Chosen, posting::NoSuch>;

/// The sheets of a person's choice, and nothing else of the site but the theme's files. There is no
/// choice where the content cannot be understood.
pub fn sheets(inputs: &Inputs, settings: &Settings, choices: &[posting::Choice]) -> (Build, Option<Chosen>) {
    let mut chosen = None;
    let work = |plan: &SitePlan<'_>, theme: &Theme, found, stats| {
        let mut found = check::policy::apply(found, plan.model);
        let choice = posting::choose(plan, choices);
        let wanted: BTreeSet<&RoutePath> =
            choice.iter().flat_map(|chosen| chosen.sheets.iter().map(|sheet| &sheet.path)).collect();
        let mut site = Site::default();
        if Tally::of(&found).errors == 0 {
            match Engine::new(theme, &plan.site) {
                Err(fault) => found.push(theme_fault(&fault)),
                Ok(engine) => {
                    let keep = |path: &RoutePath, page| (path.out_path(), Content::Bytes(page));
                    let (files, faults) = pages(plan, &engine, |path| wanted.contains(path), keep, &|_| {});
                    found.extend(check::policy::apply_late(faults, plan.model));
                    site.files = files.into_iter().collect();
                }
            }
        }
        for (path, bytes) in &theme.files {
            site.files.insert(path.clone(), Content::Bytes(bytes.clone()));
        }
        chosen = Some(choice);
        finish(Some(site), found, stats)
    };
    let build = planned(inputs, settings, work);
    (build, chosen)
}

/// Looks at the plan of the site without making a page; `None` when the content has errors, since what
/// could not be read would be missing in what is seen.
pub fn survey<T>(
    inputs: &Inputs,
    settings: &Settings,
    look: impl FnOnce(&SitePlan<'_>) -> T,
) -> (Build, Option<T>) {
    let mut seen = None;
    let work = |plan: &SitePlan<'_>, _: &Theme, found, stats| {
        let found = check::policy::apply(found, plan.model);
        if Tally::of(&found).errors == 0 {
            seen = Some(look(plan));
        }
        finish(None, found, stats)
    };
    let build = planned(inputs, settings, work);
    (build, seen)
}

/// Reads, understands and plans; `then` gets the plan, the theme and what was found so far.
fn planned(
    inputs: &Inputs,
    settings: &Settings,
    then: impl FnOnce(&SitePlan<'_>, &Theme, Vec<Diagnostic>, Stats) -> Build,
) -> Build {
    let sources: Vec<_> = inputs.sources.iter().collect();
    let parsed = sources.into_par_iter().map(|(file, source)| parse(file, source)).collect();
    let (model, mut found, stats) = assemble(parsed, inputs, settings);
    let Some(model) = model else { return finish(None, found.into_vec(), stats) };
    found.extend(checked(&model));
    let theme = theme::assemble(&inputs.theme);
    let plan = found.keep(plan::site(&model, &theme.assets));
    found.extend(check::links::run(&plan));
    found.extend(check::guard::addresses(&plan, inputs.published.as_ref(), inputs.permalinks.as_deref()));
    then(&plan, &theme, found.into_vec(), Stats { pages: plan.routes.len(), ..stats })
}

/// Every finding of every check. The search for private data, which takes most of the time, is done record by record on
/// all threads beforehand.
fn checked(model: &Model) -> Vec<Diagnostic> {
    let kept = Kept::default();
    check::pieces(model, &kept).par_iter().for_each(check::Piece::look);
    check::run_while(model, Some(&kept), &|| true).unwrap_or_default()
}

/// Whether a build of both gives the same.
pub fn same_inputs(a: &Inputs, b: &Inputs) -> bool {
    let sources = || {
        a.sources.len() == b.sources.len()
            && a.sources.iter().zip(&b.sources).all(|((x, p), (y, q))| x == y && same_source(p, q))
    };
    a.assets == b.assets
        && a.theme.0 == b.theme.0
        && a.found == b.found
        && a.files_found == b.files_found
        && a.permalinks == b.permalinks
        && sources()
}

fn same_source(a: &SourceFile, b: &SourceFile) -> bool {
    a.kind == b.kind && (Arc::ptr_eq(&a.bytes, &b.bytes) || a.bytes == b.bytes)
}

/// What is kept from one time to the next: parsed files by their bytes, the theme by its files.
#[derive(Debug, Default)]
pub struct Memo {
    parsed: BTreeMap<SitePath, (SourceFile, Parsed)>,
    theme: Option<(ThemeFiles, Arc<Theme>)>,
}

impl Memo {
    /// What [`parse`] gives for each file, made anew only for those that changed. Records are shared, not copied.
    fn parse(&mut self, sources: &BTreeMap<SitePath, SourceFile>) -> Vec<Parsed> {
        let known = |file: &SitePath, source: &SourceFile| {
            self.parsed.get(file).is_some_and(|(before, _)| same_source(before, source))
        };
        let new: Vec<_> = sources.iter().filter(|(file, source)| !known(file, source)).collect();
        let new: Vec<_> = new
            .into_par_iter()
            .map(|(file, source)| (file.clone(), (source.clone(), parse(file, source))))
            .collect();
        self.parsed.extend(new);
        if self.parsed.len() > sources.len() {
            self.parsed.retain(|file, _| sources.contains_key(file));
        }
        // The same bytes read again: hold on to those that the reader holds.
        for ((before, _), source) in self.parsed.values_mut().zip(sources.values()) {
            before.bytes = Arc::clone(&source.bytes);
        }
        self.parsed.values().map(|(_, parsed)| parsed.clone()).collect()
    }

    /// What [`theme::assemble`] gives, made anew only if a file of the theme changed.
    fn theme(&mut self, files: &ThemeFiles) -> Arc<Theme> {
        match &self.theme {
            Some((before, theme)) if before.0 == files.0 => Arc::clone(theme),
            _ => {
                let theme = Arc::new(theme::assemble(files));
                self.theme = Some((files.clone(), Arc::clone(&theme)));
                theme
            }
        }
    }
}

fn finish(site: Option<Site>, diagnostics: Vec<Diagnostic>, stats: Stats) -> Build {
    let site = if Tally::of(&diagnostics).errors > 0 { None } else { site };
    Build { site, diagnostics, stats }
}

/// Puts the records together.
fn assemble(
    parsed: Vec<Parsed>,
    inputs: &Inputs,
    settings: &Settings,
) -> (Option<Model>, Diagnostics, Stats) {
    let mut found = Diagnostics::new();
    found.extend(inputs.found.iter().cloned());
    let records = parsed.iter().map(Parsed::records).sum();
    let mut model = found.keep(model::build(parsed, &inputs.assets, settings.as_of));
    if let Some(model) = &mut model {
        model.past = past(inputs, model);
    }
    if let (Some(model), Some(base_url)) = (&mut model, &settings.base_url) {
        Arc::make_mut(&mut model.site.record).base_url = base_url.clone();
    }
    (model, found, Stats { files: inputs.files_found, records, pages: 0 })
}

/// The past of the content, as far as the site shows it.
fn past(inputs: &Inputs, model: &Model) -> Past {
    let choice = model.site.record.history.as_ref().filter(|choice| choice.shown.0);
    let Some(choice) = choice else { return Past::NotAsked };
    let history = match &inputs.history {
        None => return Past::Unknown(NoHistory::NotRead),
        Some(history) => match &history.missing {
            Some(missing) => return Past::Unknown(missing.clone()),
            None => history,
        },
    };
    let from = choice.since.map(|day| day.0);
    let (start, nets) = timeline::days(history, from, model.as_of.date());
    let days = nets.par_iter().map(|net| (net.day, timeline::changes_of(net, history))).collect();
    let (since, files_then) = start.map_or((None, 0), |(day, files)| (Some(day), files));
    Past::Known(Timeline::gather(since, files_then, days))
}

/// Makes every page and every other file of the site, and puts each on the shelf.
fn render(
    plan: &SitePlan<'_>,
    theme: &Theme,
    inputs: &Inputs,
    records: &Records,
    shelf: &dyn Shelf,
    progress: Progress<'_>,
) -> (Site, Vec<Diagnostic>) {
    let engine = match Engine::new(theme, &plan.site) {
        Ok(engine) => engine,
        Err(fault) => return (Site::default(), vec![theme_fault(&fault)]),
    };
    let targets = check::anchors::targets(plan);
    let put = |path: &RoutePath, page: Vec<u8>| {
        let places = targets.contains(path).then(|| (path.clone(), check::anchors::places(&page)));
        let path = path.out_path();
        let content = shelf.take(&path, page);
        ((path, content), places)
    };
    let (made, mut faults) = pages(plan, &engine, |_| !shelf.is_closed(), put, progress);
    let (made, places): (Vec<_>, Vec<_>) = made.into_iter().unzip();
    let mut files: BTreeMap<OutPath, Content> = made.into_iter().collect();
    faults.extend(check::anchors::run(plan, &places.into_iter().flatten().collect()));
    let shelve = |(path, bytes): (OutPath, Vec<u8>)| {
        let content = shelf.take(&path, bytes);
        (path, content)
    };
    let of_theme: Vec<_> = theme.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    files.par_extend(of_theme.into_par_iter().map(shelve));
    for (path, asset) in &plan.model.assets {
        // An asset's path below the content folder is its path on the site.
        if let Ok(out) = OutPath::new(path.as_str()) {
            files.insert(out, Content::CopyOf(path.clone(), *asset));
        }
    }
    files.par_extend(outputs::MAKERS.par_iter().flat_map_iter(|make| make(plan).into_iter().map(shelve)));
    let versions = versions(plan, inputs, shelf);
    files.extend(versions.files);
    let mut hashes = hashes(&files);
    let (path, bytes) = outputs::sums(&hashes);
    hashes.insert(path.clone(), Sha::of(&bytes));
    files.insert(path, Content::Bytes(bytes));
    let (path, bytes) = outputs::manifest(plan, &hashes, &versions.list, records);
    if let Some(key) = &inputs.key {
        let (path, note) = outputs::signature(plan, &bytes, key);
        files.insert(path, Content::Bytes(note));
    }
    files.insert(path, Content::Bytes(bytes));
    (Site { files }, faults)
}

/// Makes the pages whose addresses are wanted (asked again before each is made) and gives each away at once: `put`
/// says what stays of it.
fn pages<T: Send>(
    plan: &SitePlan<'_>,
    engine: &Engine,
    wanted: impl Fn(&RoutePath) -> bool + Sync,
    put: impl Fn(&RoutePath, Vec<u8>) -> T + Sync,
    progress: Progress<'_>,
) -> (Vec<T>, Vec<Diagnostic>) {
    let mut routes: Vec<_> = plan.routes.iter().filter(|(path, _)| wanted(path)).collect();
    // The order of making is seen in no byte. Pages that name versions of sheets come after the sheets, which
    // know them: that saves making the content of each sheet twice (7 % of a build of 10,000 records).
    routes.sort_by_key(|(_, route)| route.kind.names_sheets());
    progress(Step::Total(routes.len()));
    let made: Vec<Result<T, Box<Diagnostic>>> = routes
        .into_par_iter()
        .filter(|(path, _)| wanted(path))
        .map(|(path, route)| {
            let (meta, view) = plan.view(path, route);
            let page = engine.page(&meta, &view).map_err(|fault| {
                let words = fault.0;
                Box::new(Diagnostic::new(
                    CK0703,
                    route.from.clone(),
                    msg!("không dựng được trang {path}: {words}", "cannot make the page {path}: {words}"),
                ))
            });
            progress(Step::One);
            Ok(put(path, page?))
        })
        .collect();
    let mut kept = Vec::with_capacity(made.len());
    let mut faults = Vec::new();
    for page in made {
        match page {
            Ok(page) => kept.push(page),
            Err(fault) => faults.push(*fault),
        }
    }
    (kept, faults)
}

/// What the next publication will be held to.
fn ledger(plan: &SitePlan<'_>, inputs: &Inputs) -> Records {
    let entries = outputs::records::all(plan);
    let lines = entries.par_iter().map(outputs::ledger::line).collect();
    outputs::ledger::gather(lines, plan, inputs.published.as_ref())
}

/// The versions of all records, those of now and those before it.
fn versions(plan: &SitePlan<'_>, inputs: &Inputs, shelf: &dyn Shelf) -> outputs::records::Versions {
    let entries = outputs::records::all(plan);
    let make = |entry: &outputs::records::Entry<'_>| entry.make(inputs.key.as_ref(), shelf);
    outputs::records::gather(entries.par_iter().filter_map(make).collect(), &inputs.previous, shelf)
}

fn hashes(files: &BTreeMap<OutPath, Content>) -> BTreeMap<OutPath, Sha> {
    files.par_iter().map(|(path, content)| (path.clone(), content.hash())).collect()
}

/// The finding about templates that cannot be used.
pub fn theme_fault(fault: &RenderFault) -> Diagnostic {
    let words = &fault.0;
    Diagnostic::new(
        CK0704,
        Place { origin: Origin::Site, spot: Spot::File },
        msg!("giao diện không dùng được: {words}", "the theme cannot be used: {words}"),
    )
    .help(msg!(
        "sửa tệp mẫu đã nêu, hoặc bỏ tệp đó để dùng mẫu có sẵn",
        "mend the template, or remove the file to use the built-in one"
    ))
}
