//! `congkhai check --fix`: makes the safe repairs and shows what it did.

use super::args::Options;
use super::{Lang, report, run};
use crate::edit::diff::{self, Line};
use crate::edit::{self, Fixed};
use crate::inputs::Inputs;
use crate::write::replace_record;

/// So many changed lines of a file are shown; the rest is counted.
const SHOWN: usize = 60;

/// So many lines of one sort of repair are named.
const LINES: usize = 5;

/// Repairs every file that can be, on the disk and in `inputs`. Gives whether the machine took it all.
pub fn run(options: &Options, inputs: &mut Inputs) -> bool {
    let lang = options.lang;
    let (mut files, mut repairs, mut well) = (0, 0, true);
    for (file, source) in &mut inputs.sources {
        let Some(fixed) = edit::fix(file, source) else { continue };
        if !options.dry_run {
            if let Err(words) = replace_record(&options.content, file, &source.bytes, fixed.after.as_bytes())
            {
                complain!("congkhai: {}", lang.of(&words));
                well = false;
                continue;
            }
            // What is checked next is what stands on the disk now.
            source.bytes = fixed.after.clone().into_bytes().into();
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
    // The same repair in many lines is told once.
    let mut told: Vec<(&str, Vec<usize>)> = Vec::new();
    for repair in &fixed.repairs {
        let what = lang.pick(&repair.what.vi, &repair.what.en);
        match told.iter_mut().find(|(known, _)| *known == what) {
            Some((_, lines)) => lines.extend(repair.line),
            None => told.push((what, repair.line.into_iter().collect())),
        }
    }
    for (what, lines) in told {
        let what = report::masked(file, what);
        let few: Vec<String> = lines.iter().take(LINES).map(usize::to_string).collect();
        let (few, count) = (few.join(", "), lines.len());
        match lang {
            _ if count == 0 => out.push_str(&format!("  {what}\n")),
            Lang::Vi if count > LINES => out.push_str(&format!("  {count} dòng ({few} …): {what}\n")),
            Lang::En if count > LINES => out.push_str(&format!("  {count} lines ({few} …): {what}\n")),
            Lang::Vi => out.push_str(&format!("  dòng {few}: {what}\n")),
            Lang::En => out.push_str(&format!("  line {few}: {what}\n")),
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
