//! The one line that sums a run up.

use std::collections::BTreeMap;
use std::time::Duration;

use super::super::args::Options;
use super::super::{Exit, Lang};
use super::Audience;
use crate::base::diagnostic::Message;
use crate::base::diagnostic::{Severity, Tally};
use crate::inputs::Inputs;
use crate::parse::locate::{LocatedDiagnostic, LocatedReport};
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

/// `2 lỗi, 1 cảnh báo`: what there is of errors, warnings and notes; empty for none.
pub fn counts((errors, warnings, notes): (usize, usize, usize), lang: Lang) -> String {
    let parts = [(errors, "lỗi", "errors"), (warnings, "cảnh báo", "warnings"), (notes, "ghi chú", "notes")];
    let parts = parts.iter().filter(|(count, ..)| *count > 0);
    parts.map(|(count, vi, en)| format!("{count} {}", lang.pick(vi, en))).collect::<Vec<_>>().join(", ")
}

/// So many files are named as those to begin with.
const FIRST: usize = 5;

/// How much the errors of a file keep others from being seen: the smaller, the more.
fn reach(found: &LocatedDiagnostic) -> u8 {
    let unread = ["CK01", "CK02"].iter().any(|family| found.diagnostic.rule.code.starts_with(family));
    match (found.at.file.as_str(), unread) {
        ("trang.yaml", _) => 0,
        (file, _) if file.starts_with("danh-muc/") => 1,
        (_, true) => 2,
        (_, false) if found.diagnostic.rule.code.starts_with("CK08") => 3,
        // Of a record that is not there, others only say that it is missing.
        (_, false) if found.diagnostic.rule.code.starts_with("CK04") => 5,
        (_, false) => 4,
    }
}

/// The farthest reach of the errors among these findings.
pub fn reach_of(found: &[&LocatedDiagnostic]) -> u8 {
    let errors = found.iter().filter(|found| found.diagnostic.severity == Severity::Error);
    errors.map(|found| reach(found)).min().unwrap_or(u8::MAX)
}

/// Where to begin, and what need not be done by hand.
pub fn first(report: &LocatedReport, audience: &Audience<'_>) -> String {
    let of = |severity| report.diagnostics.iter().filter(move |d| d.diagnostic.severity == severity);
    let errors = of(Severity::Error).count();
    let mut out = String::new();
    let lang = audience.lang;
    if errors > 0 {
        let mut files: BTreeMap<&str, Vec<&LocatedDiagnostic>> = BTreeMap::new();
        for found in of(Severity::Error) {
            files.entry(&found.at.file).or_default().push(found);
        }
        let mut files: Vec<_> = files.into_values().map(|found| (reach_of(&found), found)).collect();
        files.sort_by_key(|(reach, _)| *reach);
        out.push_str(&match lang {
            Lang::Vi => "\nCòn lỗi nên chưa đăng được. Sửa trước, theo thứ tự này:\n".to_owned(),
            Lang::En => "\nNothing is published while there are errors. Mend these first:\n".to_owned(),
        });
        for (i, (reach, found)) in files.iter().take(FIRST).enumerate() {
            let mut lines: Vec<String> = found
                .iter()
                .filter(|found| found.at.span.start != found.at.span.end)
                .map(|found| found.at.line.to_string())
                .collect();
            lines.dedup();
            let mut codes: Vec<&str> = found.iter().map(|found| found.diagnostic.rule.code).collect();
            codes.sort_unstable();
            codes.dedup();
            let file = found.first().map(|found| audience.file(&found.at)).unwrap_or_default();
            let place = match (lines.is_empty(), lang) {
                (true, _) => file,
                (false, Lang::Vi) => format!("{file}, dòng {}", few(&lines)),
                (false, Lang::En) => format!("{file}, line {}", few(&lines)),
            };
            let why = match (reach, lang) {
                (0, Lang::Vi) => ": cả trang dựa vào tệp này",
                (0, Lang::En) => ": the whole site rests on it",
                (1, Lang::Vi) => ": nhiều tệp khác dựa vào danh mục này",
                (1, Lang::En) => ": many other files rest on it",
                (2, Lang::Vi) => ": chưa đọc được hết tệp, lỗi ở chỗ khác có thể do đây mà ra",
                (2, Lang::En) => ": the file cannot be read to its end; errors elsewhere may come from it",
                (3, Lang::Vi) => ": dữ liệu cá nhân, không được đăng",
                (3, Lang::En) => ": personal data must not be published",
                _ => "",
            };
            out.push_str(&format!("  {}. {place} ({}){why}\n", i + 1, few(&codes)));
        }
        if let Some(more) = files.len().checked_sub(FIRST).filter(|more| *more > 0) {
            out.push_str(&match lang {
                Lang::Vi => {
                    format!("  … rồi đến {more} tệp nữa; sửa xong các tệp trên thì chạy lại congkhai check\n")
                }
                Lang::En => format!("  … then {more} more files; run congkhai check again after these\n"),
            });
        }
    }
    if audience.fixable > 0 {
        let n = audience.fixable;
        out.push_str(&match lang {
            Lang::Vi => {
                format!("Máy tự sửa được {n} chỗ: congkhai check --fix (chỉ xem trước: thêm --dry-run)\n")
            }
            Lang::En => format!("{n} can be mended by congkhai check --fix (to look first, add --dry-run)\n"),
        });
    }
    if errors == 0 && of(Severity::Warning).count() > 0 {
        out.push_str(lang.pick(
            "Không có lỗi: trang đăng được. Cảnh báo là chỗ còn thiếu hoặc đáng ngờ, nên xem lại.\n",
            "No errors: the site can be published. Warnings are what is doubtful or missing.\n",
        ));
    }
    out
}

/// The first of a list, and that there are more.
fn few<T: AsRef<str>>(all: &[T]) -> String {
    const FEW: usize = 5;
    let few: Vec<&str> = all.iter().take(FEW).map(AsRef::as_ref).collect();
    let more = if all.len() > FEW { " …" } else { "" };
    format!("{}{more}", few.join(", "))
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
