//! What `build` and `check` share: reading, the day, the threads, the report.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::args::Options;
use super::report::{self, Audience};
use super::{Exit, Lang, print};
use crate::base::date::{AsOf, Date};
use crate::base::diagnostic::{Diagnostic, Origin, Severity, Stage, Tally};
use crate::base::path::SitePath;
use crate::codes::CK0818;
use crate::inputs::{Inputs, SourceFile, ThemeFiles};
use crate::load::{self, LoadError};
use crate::parse::locate::locate_some;
use crate::parse::record::parse;
use crate::pipeline::{Build, Settings};

/// The theme that is always there.
static BUILT_IN_THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/mac-dinh");

/// The theme that is always there, for what is no site of an agency.
pub(super) fn built_in_theme() -> &'static Dir<'static> {
    &BUILT_IN_THEME
}

/// The name of the built-in theme; in this repository the folder of that name wins.
const DEFAULT_THEME: &str = "mac-dinh";

/// Runs `work` on as many threads as asked for; with one, everything happens on this thread.
pub fn with_threads(jobs: usize, lang: Lang, work: impl FnOnce() -> Exit + Send) -> Exit {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(jobs);
    let pool = if jobs == 1 { builder.use_current_thread().build() } else { builder.build() };
    pool.map_or_else(|error| no_threads(lang, &error), |pool| pool.install(work))
}

/// The same for a program that starts threads of its own: all of them share what was asked for.
pub fn with_threads_for_all(jobs: usize, lang: Lang, work: impl FnOnce() -> Exit) -> Exit {
    let shared = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    shared.map_or_else(|error| no_threads(lang, &error), |()| work())
}

fn no_threads(lang: Lang, error: &rayon::ThreadPoolBuildError) -> Exit {
    match lang {
        Lang::Vi => {
            complain!("congkhai: máy không cho chạy thêm luồng: {error}; thử lại với --jobs 1")
        }
        Lang::En => complain!("congkhai: the machine allows no more threads: {error}; try --jobs 1"),
    }
    Exit::Machine
}

/// The day of the build: typed, or SOURCE_DATE_EPOCH, or today in Vietnam.
pub fn settings(options: &Options) -> Result<Settings, String> {
    let date = match options.date {
        Some(date) => date,
        None => match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(text) if !text.is_empty() => {
                let seconds: i64 = text.trim().parse().map_err(|_| match options.lang {
                    Lang::Vi => format!("SOURCE_DATE_EPOCH=`{text}` không phải số giây"),
                    Lang::En => format!("SOURCE_DATE_EPOCH=`{text}` is not a number of seconds"),
                })?;
                Date::in_vietnam(seconds)
            }
            _ => today(),
        },
    };
    Ok(Settings { as_of: AsOf(date), base_url: options.base_url.clone() })
}

pub(super) fn today() -> Date {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Date::in_vietnam(since_epoch.map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX)))
}

/// What a run is told and what it reads; says why where it cannot go on.
pub fn start(options: &Options) -> Result<(Settings, Inputs), Exit> {
    let settings = settings(options).map_err(|words| {
        complain!("congkhai: {words}");
        Exit::Usage
    })?;
    let inputs = read(options).map_err(|(exit, words)| {
        complain!(raw words);
        exit
    })?;
    Ok((settings, inputs))
}

/// Reads the content folder and the theme.
fn read(options: &Options) -> Result<Inputs, (Exit, String)> {
    let refuse = |error: LoadError| {
        let exit = if error.is_usage() { Exit::Usage } else { Exit::Machine };
        (exit, format!("congkhai: {}\n", options.lang.of(&error.words())))
    };
    let layers = theme_layers(options)?;
    let mut inputs = load::read_site(&options.content).map_err(refuse)?;
    inputs.theme = theme(&layers).map_err(refuse)?;
    Ok(inputs)
}

/// The built-in theme under the given layers, highest first.
pub fn theme(layers: &[PathBuf]) -> Result<ThemeFiles, LoadError> {
    load::read_theme(&BUILT_IN_THEME, layers)
}

/// The folders that lie over the built-in theme, highest first.
pub fn theme_layers(options: &Options) -> Result<Vec<PathBuf>, (Exit, String)> {
    let in_repository = options.themes.join(DEFAULT_THEME);
    let mut layers = Vec::new();
    if let Some(theme) = &options.theme {
        let as_name = options.themes.join(theme);
        let chosen = if as_name.is_dir() { as_name } else { PathBuf::from(theme) };
        if !chosen.is_dir() {
            let text = match options.lang {
                Lang::Vi => format!(
                    "congkhai: không có giao diện `{theme}` (đã tìm trong {})\n",
                    options.themes.display()
                ),
                Lang::En => format!(
                    "congkhai: there is no theme `{theme}` (looked in {})\n",
                    options.themes.display()
                ),
            };
            return Err((Exit::Usage, text));
        }
        layers.push(chosen);
    }
    if in_repository.is_dir() && !layers.contains(&in_repository) {
        layers.push(in_repository);
    }
    Ok(layers)
}

/// Prints the findings. Gives the exit status that they call for.
pub fn tell(options: &Options, inputs: &Inputs, build: &Build, to_stdout: bool) -> Exit {
    let shown = |found: &Diagnostic| match found.severity {
        Severity::Error => true,
        // A build sums its warnings up, a check spells them out.
        Severity::Warning => options.strict || options.verbosity >= i8::from(!to_stdout),
        // An exception of privacy is listed at every check, asked or not.
        Severity::Note => options.verbosity >= 1 || (to_stdout && *found.rule == *CK0818),
    };
    let audience = Audience {
        lang: options.lang,
        content: display_root(&options.content),
        // A build that succeeds closes with its own summary line.
        summary: to_stdout || build.site.is_none(),
        colour: colour(to_stdout),
        all_places: options.verbosity >= 1,
        // Only the closing words of the text tell it.
        fixable: match options.format {
            report::Format::Text if to_stdout || build.site.is_none() => fixable(build, inputs),
            _ => 0,
        },
        shown: &shown,
    };
    let machine = options.format != report::Format::Text;
    let located = locate_some(build.diagnostics.clone(), inputs, |found| machine || shown(found));
    let text = report::write(options.format, &located, &build.stats, &audience);
    let exit = if to_stdout || machine {
        print(&text, options.lang)
    } else {
        complain!(raw text);
        Exit::Done
    };
    if exit != Exit::Done {
        return exit;
    }
    let tally = Tally::of(&build.diagnostics);
    if tally.errors > 0 || (options.strict && tally.warnings > 0) { Exit::Content } else { Exit::Done }
}

/// How many findings of the files that have any would be gone after `check --fix`.
fn fixable(build: &Build, inputs: &Inputs) -> usize {
    let files: BTreeSet<&SitePath> = build
        .diagnostics
        .iter()
        .filter_map(|found| match &found.place.origin {
            Origin::Content(file) if found.rule.raised_by == Stage::Parse => Some(file),
            _ => None,
        })
        .collect();
    let mended = |file: &SitePath| {
        let source = inputs.sources.get(file)?;
        let fixed = crate::edit::fix(file, source)?;
        let after = SourceFile { kind: source.kind, bytes: fixed.after.into_bytes().into() };
        parse(file, source).found.len().checked_sub(parse(file, &after).found.len())
    };
    files.into_iter().filter_map(mended).sum()
}

/// How the content folder is written in front of its files: as it was typed, with `/`.
pub fn display_root(content: &Path) -> String {
    let text = content.to_string_lossy().replace('\\', "/");
    let text = text.trim_end_matches('/');
    match text {
        "" | "." => String::new(),
        other => format!("{}/", other.strip_prefix("./").unwrap_or(other)),
    }
}

fn colour(to_stdout: bool) -> bool {
    use std::io::IsTerminal;
    let terminal = if to_stdout { std::io::stdout().is_terminal() } else { std::io::stderr().is_terminal() };
    terminal && std::env::var_os("NO_COLOR").is_none()
}
