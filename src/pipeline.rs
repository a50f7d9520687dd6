//! The pipeline: `parse → model → check → plan → render`, one pure function.
//!
//! Never reads a file, the clock or the environment; the same arguments give the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::base::date::AsOf;
use crate::base::diagnostic::{Diagnostic, Diagnostics, Origin, Place, Spot, Tally};
use crate::base::hash::Sha;
use crate::base::path::{OutPath, RoutePath};
use crate::check;
use crate::codes::{CK0703, CK0704};
use crate::inputs::{AssetRef, Inputs};
use crate::model::{self, Model};
use crate::msg;
use crate::parse::record::{Parsed, parse};
use crate::plan::{self, SitePlan, outputs};
use crate::record::scalar::WebAddress;
use crate::render::Engine;
use crate::site::{Content, Site};
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

/// Turns everything that was read into everything that will be published, and says what is wrong.
pub fn build(inputs: &Inputs, settings: &Settings, progress: Progress<'_>) -> Build {
    let (model, mut found, stats) = understand(inputs, settings);
    let Some(model) = model else { return finish(None, found.into_vec(), stats) };
    let theme = theme::assemble(&inputs.theme);
    let plan = found.keep(plan::site(&model, &theme.assets));
    found.extend(check::links::run(&plan));
    let stats = Stats { pages: plan.routes.len(), ..stats };
    let found = check::policy::apply(found.into_vec(), &model);
    if Tally::of(&found).errors > 0 {
        return finish(None, found, stats);
    }
    let (site, faults) = render(&plan, &theme, progress);
    let found = found.into_iter().chain(check::policy::apply_late(faults, &model)).collect();
    finish(Some(site), found, stats)
}

/// The same as [`build`] up to the plan: everything that can be said of the content without making
/// every page. Only the pages that some text points into are made, since only they know their places.
pub fn check(inputs: &Inputs, settings: &Settings) -> Build {
    let (model, mut found, stats) = understand(inputs, settings);
    let Some(model) = model else { return finish(None, found.into_vec(), stats) };
    let theme = theme::assemble(&inputs.theme);
    let plan = found.keep(plan::site(&model, &theme.assets));
    found.extend(check::links::run(&plan));
    let stats = Stats { pages: plan.routes.len(), ..stats };
    let engine = Engine::new(&theme, &plan.site);
    if let Err(fault) = &engine {
        found.push(theme_fault(&fault.0));
    }
    let found = check::policy::apply(found.into_vec(), &model);
    // As in a build, pages are only made of content without errors.
    let (Ok(engine), 0) = (engine, Tally::of(&found).errors) else { return finish(None, found, stats) };
    let (_, faults) = pages(&plan, &engine, &check::anchors::pages(&plan), &|_| {});
    let found = found.into_iter().chain(check::policy::apply_late(faults, &model)).collect();
    finish(None, found, stats)
}

fn finish(site: Option<Site>, diagnostics: Vec<Diagnostic>, stats: Stats) -> Build {
    let site = if Tally::of(&diagnostics).errors > 0 { None } else { site };
    Build { site, diagnostics, stats }
}

/// Reads every file and puts the records together.
fn understand(inputs: &Inputs, settings: &Settings) -> (Option<Model>, Diagnostics, Stats) {
    let mut found = Diagnostics::new();
    found.extend(inputs.found.iter().cloned());
    let sources: Vec<_> = inputs.sources.iter().collect();
    let parsed: Vec<Parsed> = sources.into_par_iter().map(|(file, source)| parse(file, source)).collect();
    let records = parsed.iter().map(Parsed::records).sum();
    let mut model = found.keep(model::build(parsed, &inputs.assets, settings.as_of));
    if let (Some(model), Some(base_url)) = (&mut model, &settings.base_url) {
        model.site.record.base_url = base_url.clone();
    }
    if let Some(model) = &model {
        found.extend(check::run(model));
    }
    (model, found, Stats { files: inputs.files_found, records, pages: 0 })
}

/// Makes every page and every other file of the site.
fn render(plan: &SitePlan<'_>, theme: &Theme, progress: Progress<'_>) -> (Site, Vec<Diagnostic>) {
    let engine = match Engine::new(theme, &plan.site) {
        Ok(engine) => engine,
        Err(fault) => return (Site::default(), vec![theme_fault(&fault.0)]),
    };
    let (mut files, faults) = pages(plan, &engine, &plan.routes.keys().collect(), progress);
    for (path, bytes) in &theme.files {
        files.insert(path.clone(), Content::Bytes(bytes.clone()));
    }
    for (path, asset) in &plan.model.assets {
        // An asset's path below the content folder is its path on the site.
        if let Ok(out) = OutPath::new(path.as_str()) {
            files.insert(out, Content::CopyOf(path.clone(), *asset));
        }
    }
    for (path, bytes) in outputs::files(plan) {
        files.insert(path, Content::Bytes(bytes));
    }
    let (path, bytes) = outputs::manifest(plan, &hashes(&files));
    files.insert(path, Content::Bytes(bytes));
    (Site { files }, faults)
}

/// Makes the pages at these addresses, and what is wrong with them.
fn pages(
    plan: &SitePlan<'_>,
    engine: &Engine,
    wanted: &BTreeSet<&RoutePath>,
    progress: Progress<'_>,
) -> (BTreeMap<OutPath, Content>, Vec<Diagnostic>) {
    let routes: Vec<_> = plan.routes.iter().filter(|(path, _)| wanted.contains(path)).collect();
    progress(Step::Total(routes.len()));
    let pages: Vec<(&RoutePath, Result<Vec<u8>, Diagnostic>)> = routes
        .into_par_iter()
        .map(|(path, route)| {
            let (meta, view) = plan.view(path, route);
            let page = engine.page(&meta, &view).map_err(|fault| {
                let words = fault.0;
                Diagnostic::new(
                    CK0703,
                    route.from.clone(),
                    msg!("không dựng được trang {path}: {words}", "cannot make the page {path}: {words}"),
                )
            });
            progress(Step::One);
            (path, page)
        })
        .collect();
    let mut faults = Vec::new();
    let mut files: BTreeMap<OutPath, Content> = BTreeMap::new();
    for (path, page) in pages {
        match page {
            Ok(bytes) => {
                files.insert(path.out_path(), Content::Bytes(bytes));
            }
            Err(fault) => faults.push(fault),
        }
    }
    faults.extend(check::anchors::run(plan, &files));
    (files, faults)
}

fn hashes(files: &BTreeMap<OutPath, Content>) -> BTreeMap<OutPath, Sha> {
    let all: Vec<_> = files.iter().collect();
    all.into_par_iter()
        .map(|(path, content)| {
            let hash = match content {
                Content::Bytes(bytes) => Sha::of(bytes),
                Content::CopyOf(_, AssetRef { hash, .. }) => *hash,
            };
            (path.clone(), hash)
        })
        .collect()
}

fn theme_fault(words: &str) -> Diagnostic {
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
