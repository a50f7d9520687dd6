//! How long each stage takes on a content folder: `cargo bench --bench stages -- DIR` (default: content).
//!
//! Medians of five runs in milliseconds of wall time, with one thread, so that figures of two
//! machines can be compared; `benches/build.sh` times whole builds.
#![allow(missing_docs, reason = "a program, not a library")]

use std::path::Path;
use std::time::Instant;

use congkhai::base::date::{AsOf, Date};
use congkhai::parse::record::{Parsed, parse};
use congkhai::{check, load, model, plan};

const RUNS: usize = 5;

fn main() {
    let argument = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = argument.unwrap_or_else(|| "content".to_owned());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    pool.expect("one thread").install(|| stages(Path::new(&folder)));
}

fn stages(folder: &Path) {
    let as_of = AsOf(Date::parse("2026-11-23").expect("a day"));
    let inputs = load::read_site(folder).expect("a readable content folder");
    let read: Vec<Parsed> = inputs.sources.iter().map(|(file, source)| parse(file, source)).collect();
    let (model, _) = model::build(read.clone(), &inputs.assets, as_of);
    let model = model.expect("a trang.yaml");
    let assets = plan::view::ThemeAssets::new();
    let (site, _) = plan::site(&model, &assets);
    println!("{}: {} files, {} pages", folder.display(), inputs.files_found, site.routes.len());
    time("read", || drop(load::read_site(folder)));
    time("parse", || {
        for (file, source) in &inputs.sources {
            std::hint::black_box(parse(file, source));
        }
    });
    time("copy of the parsed", || drop(std::hint::black_box(read.clone())));
    time("model (with that copy)", || drop(model::build(read.clone(), &inputs.assets, as_of)));
    time("check", || drop(check::run(&model)));
    time("links of texts", || drop(check::links::run(&site)));
    time("plan", || drop(plan::site(&model, &assets)));
    time("views", || {
        for (path, route) in &site.routes {
            std::hint::black_box(site.view(path, route));
        }
    });
    time("files beside pages", || drop(plan::outputs::files(&site)));
}

fn time(what: &str, work: impl Fn()) {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{what:<24} {:>9.1} ms", times[RUNS / 2]);
}
