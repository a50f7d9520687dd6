//! `congkhai import`: takes in what offices have, tells what it understood and what not, and writes only what leaves
//! the content as whole as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::args::Options;
use super::{Exit, Lang, print, report, run};
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::SitePath;
use crate::edit::diff::{self, Line};
use crate::import::merge::{Changes, changes};
use crate::import::{self, Known, Understood, Unread, Wish};
use crate::inputs::SourceFile;
use crate::parse::kinds::RecordKind;
use crate::sheet::{self, MOST_BYTES};
use crate::write::{Put, finish, is_unfinished, put_all};
use crate::{load, pipeline};

/// So many changed lines of a file are shown; the rest is counted.
const SHOWN: usize = 60;

/// What only this command is told.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The files.
    pub files: Vec<PathBuf>,
    /// The kind of record that they list, if it was named.
    pub kind: Option<&'static RecordKind>,
    /// The decision that tables of procedures belong to.
    pub decision: Option<String>,
    /// Show only.
    pub dry_run: bool,
    /// Write though the content would have faults that it has not.
    pub with_errors: bool,
}

/// The options.
pub(super) fn command(command: Command, lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
    };
    command
        .about(t(
            "Nhập bản ghi từ bảng Excel, ODS, CSV, bảng trong Word, hoặc JSON lưu từ cổng dịch vụ công",
            "Take records in from XLSX, ODS, CSV, tables of DOCX, or JSON saved from the portal",
        ))
        .arg(
            Arg::new("files")
                .value_name(t("TỆP", "FILE"))
                .action(ArgAction::Append)
                .required(true)
                .value_parser(ValueParser::path_buf())
                .help(t("Một hay nhiều tệp", "One or more files")),
        )
        .arg(flag(
            "dry-run",
            t(
                "Chỉ cho xem hiểu được gì, không hiểu gì và tệp nào sẽ đổi ra sao; không ghi",
                "Only show what was understood and what would change; write nothing",
            ),
        ))
        .arg(Arg::new("kind").long("kind").value_name(t("LOẠI", "KIND")).help(t(
            "Bảng liệt kê loại bản ghi nào (thu-tuc, van-ban …); không ghi thì tự nhận ra",
            "The kind of record that the tables list; told from the headings if not given",
        )))
        .arg(Arg::new("decision").long("decision").value_name(t("SỐ", "NUMBER")).help(t(
            "Các bảng thủ tục trong tệp Word là của quyết định này, ví dụ 949/QĐ-UBND",
            "The decision that tables of procedures in a DOCX belong to",
        )))
        .arg(flag(
            "with-errors",
            t(
                "Ghi cả khi sau đó nội dung có thêm lỗi (rồi sửa tiếp bằng tay)",
                "Write though the content has more errors then",
            ),
        ))
}

/// What was typed.
pub(super) fn options(m: &ArgMatches, lang: Lang) -> Result<ImportOptions, String> {
    let word = |name: &str| m.get_one::<String>(name).cloned();
    let kind = match word("kind") {
        Some(name) => {
            Some(super::export::kind_named(&name, lang).map_err(|words| format!("congkhai: {words}\n"))?)
        }
        None => None,
    };
    Ok(ImportOptions {
        files: m.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect(),
        kind,
        decision: word("decision"),
        dry_run: m.get_flag("dry-run"),
        with_errors: m.get_flag("with-errors"),
    })
}

/// Runs the command.
pub fn run(options: &Options, wanted: &ImportOptions) -> Exit {
    run::with_threads(options.jobs, options.lang, || act(options, wanted))
}

fn act(options: &Options, wanted: &ImportOptions) -> Exit {
    let lang = options.lang;
    let mut files = Vec::new();
    for path in &wanted.files {
        let shown = path.display();
        let bytes = match load::read_at_most(path, MOST_BYTES + 1) {
            Ok(bytes) => bytes,
            Err(why) => {
                match lang {
                    Lang::Vi => complain!("congkhai: không đọc được {shown}: {}", why.vi),
                    Lang::En => complain!("congkhai: cannot read {shown}: {}", why.en),
                }
                return Exit::Machine;
            }
        };
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match sheet::read(&stem, &bytes) {
            Ok(read) => files.push((name, read)),
            Err(refused) => {
                complain!("congkhai: {shown}: {}", lang.of(&refused.0));
                return Exit::Usage;
            }
        }
    }
    if let Err(exit) = finish_earlier(options, wanted, lang) {
        return exit;
    }
    let (settings, inputs) = match run::start(options) {
        Ok(started) => started,
        Err(exit) => return exit,
    };
    let mut known = Known::of(&inputs.sources);
    let wish = Wish { kind: wanted.kind, decision: wanted.decision.as_deref() };
    let understood = import::understand(&files, &mut known, wish);
    let changes = changes(&understood, &known, &inputs.sources);
    let mut text = tell(&understood, lang);
    text.push_str(&tell_changes(&run::display_root(&options.content), &changes, lang));
    if understood.drafts.is_empty() {
        text.push_str(lang.pick(
            "Không nhận ra bản ghi nào nên không nhập được gì.\n",
            "No record was understood, so nothing came in.\n",
        ));
    } else if changes.files.is_empty() {
        text.push_str(lang.pick("Không có tệp nào phải đổi.\n", "No file changes.\n"));
    }
    let shown = print(&text, lang);
    if shown != Exit::Done {
        return shown;
    }
    let nothing = understood.drafts.is_empty();
    let partly = if changes.refused.is_empty() && !nothing { Exit::Done } else { Exit::Content };
    if changes.files.is_empty() {
        return partly;
    }
    // What the content would be, looked at as `check` does.
    let before = pipeline::check(&inputs, &settings);
    let mut after_inputs = inputs.clone();
    for change in &changes.files {
        let source = SourceFile { kind: change.kind, bytes: change.after.as_bytes().into() };
        after_inputs.sources.insert(change.file.clone(), source);
    }
    let mut after = pipeline::check(&after_inputs, &settings);
    let key =
        |found: &Diagnostic| format!("{} {:?} {}", found.rule.code, found.place.origin, found.message.vi);
    let old: BTreeSet<String> = before.diagnostics.iter().map(key).collect();
    after.diagnostics.retain(|found| !old.contains(&key(found)));
    let errors = after.diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
    let told = run::tell(options, &after_inputs, &after, true);
    if errors > 0 && !wanted.with_errors {
        match lang {
            Lang::Vi => complain!(
                "Chưa ghi gì: nhập vào thì nội dung có thêm {errors} lỗi kể trên. Sửa trong tệp nguồn rồi nhập lại, hoặc thêm --with-errors để ghi rồi sửa bằng tay."
            ),
            Lang::En => complain!(
                "Nothing was written: the content would have {errors} more errors. Mend the source, or add --with-errors."
            ),
        }
        return Exit::Content;
    }
    if wanted.dry_run {
        complain!("{}", lang.pick("Chưa ghi gì (--dry-run).", "Nothing was written (--dry-run)."));
        return worse(partly, told);
    }
    let puts: Vec<Put<'_>> = changes
        .files
        .iter()
        .map(|change| Put {
            file: &change.file,
            before: change.before.as_deref(),
            after: change.after.as_bytes(),
        })
        .collect();
    let written = puts.len();
    if let Err(broken) = put_all(&options.content, &puts) {
        complain!("congkhai: {}", lang.of(&broken.why));
        if broken.written.is_empty() {
            complain!("{}", lang.pick("Chưa tệp nào bị đổi.", "No file was changed."));
        } else {
            let (done, left) = (names(&broken.written), names(&broken.left));
            match lang {
                Lang::Vi => complain!(
                    "Đã ghi: {done}. Chưa ghi: {left}. Lần chạy `congkhai import` tới sẽ ghi nốt các tệp này trước."
                ),
                Lang::En => complain!(
                    "Written: {done}. Not written: {left}. The next `congkhai import` writes these first."
                ),
            }
        }
        return Exit::Machine;
    }
    match lang {
        Lang::Vi => {
            complain!("Đã ghi {written} tệp. Xem lại bằng `congkhai diff` hoặc `git diff` trước khi đăng.")
        }
        Lang::En => complain!("Wrote {written} files."),
    }
    worse(partly, told)
}

/// Names of files in one line.
fn names(files: &[SitePath]) -> String {
    files.iter().map(SitePath::as_str).collect::<Vec<_>>().join(", ")
}

/// Writes what an import that was cut off had ready, before anything is read.
fn finish_earlier(options: &Options, wanted: &ImportOptions, lang: Lang) -> Result<(), Exit> {
    if wanted.dry_run {
        if is_unfinished(&options.content) {
            complain!(
                "{}",
                lang.pick(
                    "Lần nhập trước bị ngắt khi đang ghi: bản xem trước này tính trên nội dung mới ghi được một phần. Chạy `congkhai import` không có --dry-run để ghi nốt.",
                    "An earlier import was cut off while it wrote: run without --dry-run to write the rest.",
                )
            );
        }
        return Ok(());
    }
    match finish(&options.content) {
        Ok(None) => Ok(()),
        Ok(Some(end)) => {
            let (done, left) = (names(&end.written), names(&end.left));
            match lang {
                _ if end.written.is_empty() => {}
                Lang::Vi => complain!("Lần nhập trước bị ngắt khi đang ghi; đã ghi nốt: {done}."),
                Lang::En => complain!("An earlier import was cut off while it wrote; now written: {done}."),
            }
            if !end.left.is_empty() {
                match lang {
                    Lang::Vi => {
                        complain!("Để nguyên vì đã có người sửa sau đó: {left}; hãy nhập lại bảng cũ.")
                    }
                    Lang::En => complain!("Left, since they were changed afterwards: {left}."),
                }
            }
            Ok(())
        }
        Err(words) => {
            complain!("congkhai: {}", lang.of(&words));
            Err(Exit::Machine)
        }
    }
}

fn worse(a: Exit, b: Exit) -> Exit {
    if a as u8 >= b as u8 { a } else { b }
}

/// Words out of a file from outside, which may name persons: masked as those of petitions.
fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(60).collect();
    let dots = if short.len() < line.len() { "…" } else { "" };
    format!("“{}{dots}”", report::masked("phan-anh/", &short))
}

/// What was understood, and what was not.
fn tell(understood: &Understood, lang: Lang) -> String {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let mut out = String::new();
    for sheet in &understood.sheets {
        let place = if sheet.sheet.is_empty() {
            sheet.file.clone()
        } else {
            format!("{} [{}]", sheet.file, sheet.sheet)
        };
        match &sheet.table {
            None => {
                let _ = writeln!(out, "{place}: {}", t("không hiểu", "not understood"));
                continue;
            }
            Some(table) => {
                let _ = match (lang, sheet.columns.is_empty()) {
                    (Lang::Vi, true) => writeln!(out, "{place}: {table}, {} bản ghi", sheet.rows),
                    (Lang::Vi, false) => writeln!(
                        out,
                        "{place}: {table}, tiêu đề ở dòng {}, {} dòng",
                        sheet.heading_row, sheet.rows
                    ),
                    (Lang::En, _) => writeln!(out, "{place}: {table}, {} rows", sheet.rows),
                };
            }
        }
        let headings: Vec<String> = sheet
            .columns
            .iter()
            .map(|column| column.heading.split_whitespace().collect::<Vec<_>>().join(" "))
            .map(|heading| heading.chars().take(36).collect())
            .collect();
        let width = headings.iter().map(|heading: &String| heading.chars().count()).max().unwrap_or(0);
        for (column, heading) in sheet.columns.iter().zip(&headings) {
            let pad = " ".repeat(width - heading.chars().count());
            let unread = if column.left == 0 {
                t("(số thứ tự hoặc cột trống: bỏ qua)", "(numbers or nothing: left)")
            } else {
                t("(không hiểu)", "(not understood)")
            };
            let key = column.key.as_deref().unwrap_or(unread);
            let _ = write!(
                out,
                "  {:>3}  {heading}{pad}  → {key}: {} {}",
                column.address,
                column.taken,
                t("ô", "cells")
            );
            if column.left > 0 {
                let _ = write!(out, ", {} {}", column.left, t("ô không nhận", "not taken"));
            }
            out.push('\n');
        }
    }
    for (by_rule, title) in
        [(true, t("Bỏ qua theo quy tắc", "Left by rule")), (false, t("Không nhận vào", "Not taken in"))]
    {
        let cells: Vec<&Unread> = understood.unread.iter().filter(|cell| cell.by_rule == by_rule).collect();
        if cells.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{title}: {} {}", cells.len(), t("ô", "cells"));
        for group in groups(&cells) {
            let (first, count) = (group[0], group.len());
            let place = if first.sheet.is_empty() {
                first.file.clone()
            } else {
                format!("{} [{}]", first.file, first.sheet)
            };
            let _ = write!(out, "  {place} ");
            // Every address is told, however many cells have the same fault.
            let _ = write!(out, "{}", ranges(&group));
            if count > 1 {
                let _ = write!(out, " ({count} {})", t("ô", "cells"));
            }
            let _ = writeln!(
                out,
                " {}: {}",
                shown(&first.text),
                report::masked("phan-anh/", lang.of(&first.why))
            );
        }
    }
    if !understood.remarks.is_empty() {
        let _ = writeln!(out, "{}:", t("Hãy xem lại", "To be looked at"));
        for remark in &understood.remarks {
            let (file, sheet, address) = &remark.place;
            let _ = writeln!(
                out,
                "  {file} [{sheet}] {address}: {}",
                report::masked("phan-anh/", lang.of(&remark.what))
            );
        }
    }
    out
}

/// The addresses of cells; those below each other as `C3:C9`.
fn ranges(cells: &[&Unread]) -> String {
    let parts = |address: &str| {
        let digits = address.find(|c: char| c.is_ascii_digit())?;
        let (letters, row) = address.split_at(digits);
        let letters = Some(letters).filter(|letters| letters.bytes().all(|b| b.is_ascii_uppercase()))?;
        Some((letters.to_owned(), row.parse::<u32>().ok()?))
    };
    let mut out: Vec<(String, String)> = Vec::new();
    for cell in cells {
        let own = parts(&cell.address);
        match (out.last_mut(), own) {
            (Some((_, last)), Some((letters, row)))
                if parts(last).is_some_and(|(other, above)| other == letters && above + 1 == row) =>
            {
                last.clone_from(&cell.address);
            }
            _ => out.push((cell.address.clone(), cell.address.clone())),
        }
    }
    let words: Vec<String> = out
        .into_iter()
        .map(|(first, last)| if first == last { first } else { format!("{first}:{last}") })
        .collect();
    words.join("; ")
}

/// Cells with the same reason, in the order of the first.
fn groups<'u>(cells: &[&'u Unread]) -> Vec<Vec<&'u Unread>> {
    let mut groups: Vec<Vec<&Unread>> = Vec::new();
    let mut places: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for cell in cells {
        let place = places.entry((&cell.file, &cell.sheet, &cell.why.vi)).or_insert(groups.len());
        match groups.get_mut(*place) {
            Some(group) => group.push(cell),
            None => groups.push(vec![cell]),
        }
    }
    groups
}

/// What files will look like.
fn tell_changes(root: &str, changes: &Changes, lang: Lang) -> String {
    let mut out = String::new();
    for (from, why) in &changes.refused {
        let _ = match lang {
            Lang::Vi => writeln!(out, "Không nhập được {from}: {}", why.vi),
            Lang::En => writeln!(out, "Not imported, {from}: {}", why.en),
        };
    }
    if changes.same > 0 {
        let _ = match lang {
            Lang::Vi => writeln!(out, "{} bản ghi đã đúng như vậy, để nguyên.", changes.same),
            Lang::En => writeln!(out, "{} records say so already.", changes.same),
        };
    }
    for change in &changes.files {
        let file = change.file.as_str();
        let before = change.before.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        let (sign, word) = match change.before {
            None => ('+', lang.pick(" (tệp mới)", " (new)")),
            Some(_) => ('~', ""),
        };
        let _ = writeln!(out, "{sign} {root}{}{word}", report::masked(file, file));
        let lines = diff::lines(&before, &change.after);
        for line in lines.iter().take(SHOWN) {
            let (mark, words) = match line {
                Line::Gone(_, words) => ('-', words),
                Line::Come(_, words) => ('+', words),
            };
            let _ = writeln!(out, "    {mark} {}", report::masked(file, words));
        }
        if let Some(more) = lines.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            let _ = writeln!(out, "    … {more} {}", lang.pick("dòng nữa", "more lines"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msg;

    #[test]
    fn every_address_is_told_and_a_column_of_them_as_one() {
        let cell = |address: &str| Unread {
            file: "a".into(),
            sheet: "b".into(),
            address: address.into(),
            text: String::new(),
            why: msg!("x", "x"),
            by_rule: false,
        };
        let cells = ["C3", "C4", "C5", "D5", "D7", "dòng 2, cột 1", "/data/0"].map(cell);
        assert_eq!(ranges(&cells.each_ref()), "C3:C5; D5; D7; dòng 2, cột 1; /data/0");
    }
}
