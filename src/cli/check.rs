//! `congkhai check`: looks the content over and says everything that is wrong.

use std::collections::BTreeSet;

use super::args::Options;
use super::{Exit, Lang, fix, run};
use crate::base::diagnostic::Origin;
use crate::base::path::SitePath;
use crate::codes::{CK0812, CK0819};
use crate::inputs::Inputs;
use crate::load;
use crate::pipeline;

/// Runs the command.
pub fn run(options: &Options) -> Exit {
    run::with_threads(options.jobs, options.lang, || {
        let (settings, mut inputs) = match run::start(options) {
            Ok(started) => started,
            Err(exit) => return exit,
        };
        if options.fix && !fix::run(options, &mut inputs) {
            return Exit::Machine;
        }
        if options.fix_metadata && !clean_attachments(options, &inputs) {
            return Exit::Machine;
        }
        let build = pipeline::check(&inputs, &settings);
        run::tell(options, &inputs, &build, true)
    })
}

/// Writes a cleaned copy of each attachment whose metadata names somebody, and says so.
fn clean_attachments(options: &Options, inputs: &Inputs) -> bool {
    let named = inputs.found.iter().filter(|found| *found.rule == *CK0812 || *found.rule == *CK0819);
    let files: BTreeSet<&SitePath> = named
        .filter_map(|found| match &found.place.origin {
            Origin::Content(file) => Some(file),
            _ => None,
        })
        .collect();
    let mut well = true;
    for file in files {
        match load::write_clean_copy(&options.content, file) {
            Ok(copy) => {
                let copy = copy.display();
                match options.lang {
                    Lang::Vi => complain!("Đã ghi bản sao không có thông tin ẩn: {copy}"),
                    Lang::En => complain!("Wrote a copy without hidden information: {copy}"),
                }
            }
            Err(words) => {
                well = false;
                complain!("congkhai: {}", options.lang.of(&words));
            }
        }
    }
    well
}
