//! The one line that sums a run up.

use std::collections::BTreeMap;
use std::time::Duration;

use super::super::args::Options;
use super::super::{Exit, Lang};
use super::Audience;
use crate::base::diagnostic::Message;
use crate::base::diagnostic::{Severity, Tally};
use crate::inputs::Inputs;
use crate::parse::locate::LocatedReport;
use crate::pipeline::{Build, Stats};
use crate::vi::number;
use crate::write::WriteReport;

/// How many findings in how many files.
pub fn check(report: &LocatedReport, stats: &Stats, audience: &Audience<'_>) -> String {
    let count = |severity| report.diagnostics.iter().filter(|d| d.diagnostic.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let Stats { files, records, .. } = *stats;
    match audience.lang {
        Lang::Vi => format!(
            "Đã xem {files} tệp, {records} bản ghi: {errors} lỗi, {warnings} cảnh báo, {notes} ghi chú.\n"
        ),
        Lang::En => format!(
            "Looked at {files} files, {records} records: {errors} errors, {warnings} warnings, {notes} notes.\n"
        ),
    }
}

/// What a build read and wrote, and how long it took.
pub fn build(
    build: &Build,
    inputs: &Inputs,
    report: &WriteReport,
    options: &Options,
    took: Duration,
) -> String {
    let Tally { warnings, .. } = Tally::of(&build.diagnostics);
    let Stats { files, records, pages } = build.stats;
    let read = inputs.sources.len() + inputs.assets.len();
    let passed = inputs.passed_over.len();
    let written = build.site.as_ref().map_or(0, |site| site.files.len());
    let output = options.output.display();
    let seconds = number::decimal(took.as_secs_f64(), 2);
    let size = match (report.unchanged, options.lang) {
        (false, _) => number::file_size(report.bytes),
        (true, Lang::Vi) => "không tệp nào đổi".to_owned(),
        (true, Lang::En) => "nothing changed".to_owned(),
    };
    let mut out = String::new();
    if options.verbosity >= 1 {
        for file in &inputs.passed_over {
            out.push_str(&match options.lang {
                Lang::Vi => format!("Bỏ qua {}: {}\n", file.path, file.reason),
                Lang::En => format!("Passed over {}: {}\n", file.path, file.reason),
            });
        }
    }
    for path in &report.foreign {
        out.push_str(&match options.lang {
            Lang::Vi => format!("Giữ nguyên tệp lạ trong {output}: {path}\n"),
            Lang::En => format!("Kept a foreign file in {output}: {path}\n"),
        });
    }
    if let Some(Message { vi, en }) = &report.cleanup_problem {
        out.push_str(&match options.lang {
            Lang::Vi => format!("Trang đã đăng, nhưng chưa dọn hết tệp tạm: {vi}\n"),
            Lang::En => format!("The site is in place, but temporary files remain: {en}\n"),
        });
    }
    if options.verbosity == 0 && !options.strict && warnings > 0 {
        out.push_str(&by_rule(build, options.lang));
    }
    out.push_str(&match options.lang {
        Lang::Vi => format!(
            "Đã dựng {output}: {records} bản ghi từ {read}/{files} tệp ({passed} bỏ qua), {pages} trang, {written} tệp, {size}, {warnings} cảnh báo, {seconds} giây.\n"
        ),
        Lang::En => format!(
            "Made {output}: {records} records from {read}/{files} files ({passed} passed over), {pages} pages, {written} files, {size}, {warnings} warnings, {seconds} s.\n"
        ),
    });
    out
}

/// The warnings of a build, most frequent first: `83 noi-dung-chua-du (CK0505)`.
fn by_rule(build: &Build, lang: Lang) -> String {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for found in build.diagnostics.iter().filter(|d| d.severity == Severity::Warning) {
        *counts.entry((found.rule.code, found.rule.slug)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((code, _), count)| (std::cmp::Reverse(*count), *code));
    let list: Vec<String> =
        counts.iter().map(|((code, slug), count)| format!("{count} {slug} ({code})")).collect();
    let list = list.join(", ");
    match lang {
        Lang::Vi => format!("Cảnh báo: {list}. Xem từng chỗ: congkhai check\n"),
        Lang::En => format!("Warnings: {list}. See each: congkhai check --lang en\n"),
    }
}

impl From<Exit> for u8 {
    fn from(exit: Exit) -> u8 {
        exit as u8
    }
}
