//! `congkhai check --fix`: makes the safe repairs and shows what it did.

use super::args::Options;
use super::{Lang, report, run};
use crate::edit::diff::{self, Line};
use crate::edit::{self, Fixed};
use crate::inputs::Inputs;
use crate::write::replace_record;

/// So many changed lines of a file are shown; the rest is counted.
const SHOWN: usize = 60;

/// Repairs every file that can be, on the disk and in `inputs`. Gives whether the machine took it all.
pub fn run(options: &Options, inputs: &mut Inputs) -> bool {
    let lang = options.lang;
    let (mut files, mut repairs, mut well) = (0, 0, true);
    for (file, source) in &mut inputs.sources {
        let Some(fixed) = edit::fix(file, source) else { continue };
        if !options.dry_run {
            if let Err(words) = replace_record(&options.content, file, &source.bytes, fixed.after.as_bytes())
            {
                complain!("congkhai: {words}");
                well = false;
                continue;
            }
            // What is checked next is what stands on the disk now.
            source.bytes = fixed.after.clone().into_bytes();
        }
        files += 1;
        repairs += fixed.repairs.len();
        if options.verbosity >= 0 {
            complain!(raw tell(&run::display_root(&options.content), file.as_str(), &fixed, lang));
        }
    }
    if options.verbosity >= 0 {
        complain!("{}", summary(files, repairs, options.dry_run, lang));
    }
    well
}

fn summary(files: usize, repairs: usize, dry_run: bool, lang: Lang) -> String {
    match (lang, files, dry_run) {
        (Lang::Vi, 0, _) => "Không có gì để tự sửa.".to_owned(),
        (Lang::Vi, _, true) => format!("Sẽ sửa {repairs} chỗ trong {files} tệp (chưa ghi gì)."),
        (Lang::Vi, _, false) => format!("Đã sửa {repairs} chỗ trong {files} tệp."),
        (Lang::En, 0, _) => "Nothing to repair.".to_owned(),
        (Lang::En, _, true) => {
            format!("Would make {repairs} repairs in {files} files (nothing was written).")
        }
        (Lang::En, _, false) => format!("Made {repairs} repairs in {files} files."),
    }
}

/// What was done to one file: the repairs in words, then the lines that went and came.
fn tell(root: &str, file: &str, fixed: &Fixed, lang: Lang) -> String {
    let mut out = format!("{root}{}\n", report::masked(file, file));
    for repair in &fixed.repairs {
        let what = lang.pick(&repair.what.vi, &repair.what.en);
        let what = report::masked(file, what);
        match repair.line {
            Some(line) => out.push_str(&format!("  {} {line}: {what}\n", lang.pick("dòng", "line"))),
            None => out.push_str(&format!("  {what}\n")),
        }
    }
    let lines = diff::lines(&fixed.before, &fixed.after);
    for line in lines.iter().take(SHOWN) {
        let (mark, words) = match line {
            Line::Gone(_, words) => ('-', words),
            Line::Come(_, words) => ('+', words),
        };
        out.push_str(&format!("    {mark} {}\n", report::masked(file, words)));
    }
    if let Some(more) = lines.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let words = lang.pick("dòng nữa", "more lines");
        out.push_str(&format!("    … {more} {words}\n"));
    }
    out
}
