//! How long each stage takes on a content folder: `CONTENT=DIR cargo bench --bench stages` (default: content).
//!
//! One thread, so that figures of two machines can be compared; whole builds are timed by `beside/compare.py`,
//! instructions are counted by `instructions.py`.
#![allow(missing_docs, reason = "a program, not a library")]

use std::path::PathBuf;
use std::sync::LazyLock;

use congkhai::base::date::{AsOf, Date};
use congkhai::inputs::Inputs;
use congkhai::model::Model;
use congkhai::parse::record::{Parsed, parse};
use congkhai::site::InMemory;
use congkhai::{check, load, model, pipeline, plan, write};
use divan::Bencher;

fn main() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    pool.expect("one thread").install(divan::main);
}

fn folder() -> PathBuf {
    std::env::var_os("CONTENT").map_or_else(|| "content".into(), PathBuf::from)
}

fn as_of() -> AsOf {
    AsOf(Date::parse("2026-11-23").expect("a day"))
}

static INPUTS: LazyLock<Inputs> =
    LazyLock::new(|| load::read_site(&folder()).expect("a readable content folder"));
static PARSED: LazyLock<Vec<Parsed>> =
    LazyLock::new(|| INPUTS.sources.iter().map(|(file, source)| parse(file, source)).collect());
static MODEL: LazyLock<Model> =
    LazyLock::new(|| model::build(PARSED.clone(), &INPUTS.assets, as_of()).0.expect("a trang.yaml"));
static ASSETS: LazyLock<plan::view::ThemeAssets> = LazyLock::new(plan::view::ThemeAssets::new);

#[divan::bench(sample_count = 5, sample_size = 1)]
fn s1_read(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| load::read_site(&folder()));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn s2_parse(bencher: Bencher<'_, '_>) {
    let inputs = &*INPUTS;
    bencher
        .bench_local(|| inputs.sources.iter().map(|(file, source)| parse(file, source)).collect::<Vec<_>>());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn s3_model(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| PARSED.clone())
        .bench_local_values(|parsed| model::build(parsed, &INPUTS.assets, as_of()));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn s4_check(bencher: Bencher<'_, '_>) {
    let model = &*MODEL;
    bencher.bench_local(|| check::run(model));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn s5_plan(bencher: Bencher<'_, '_>) {
    let model = &*MODEL;
    bencher.bench_local(|| plan::site(model, &ASSETS));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn s6_views(bencher: Bencher<'_, '_>) {
    let (site, _) = plan::site(&MODEL, &ASSETS);
    bencher.bench_local(|| {
        for (path, route) in &site.routes {
            divan::black_box(site.view(path, route));
        }
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn s7_files_beside_pages(bencher: Bencher<'_, '_>) {
    let (site, _) = plan::site(&MODEL, &ASSETS);
    bencher.bench_local(|| plan::outputs::files(&site));
}

/// From what was read to the whole site in memory: stages 2 to 7, and the templates.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn s8_whole_site(bencher: Bencher<'_, '_>) {
    let settings = pipeline::Settings { as_of: as_of(), base_url: None };
    bencher.bench_local(|| pipeline::build(&INPUTS, &settings, &InMemory, &|_| ()));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn s9_write(bencher: Bencher<'_, '_>) {
    let settings = pipeline::Settings { as_of: as_of(), base_url: None };
    let site = pipeline::build(&INPUTS, &settings, &InMemory, &|_| ()).site.expect("content without errors");
    bencher
        .with_inputs(|| tempfile::tempdir().expect("a folder"))
        .bench_local_refs(|dir| write::sync(&site, &folder(), &dir.path().join("public")).expect("written"));
}
