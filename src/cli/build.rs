//! `congkhai build`: checks the content, makes the site, and puts it in place in one step.

use super::args::Options;
use super::progress::Counter;
use super::report::{Format, summary};
use super::{Exit, run};
use crate::pipeline;
use crate::write;

/// Runs the command.
pub fn run(options: &Options) -> Exit {
    run::with_threads(options.jobs, options.lang, || build(options))
}

fn build(options: &Options) -> Exit {
    let counter = Counter::new(options.lang, options.verbosity < 0);
    let (settings, inputs) = match run::start(options) {
        Ok(started) => started,
        Err(exit) => return exit,
    };
    let made = pipeline::build(&inputs, &settings, &|step| counter.step(step));
    counter.finish();
    let exit = run::tell(options, &inputs, &made, false);
    let Some(site) = made.site.as_ref().filter(|_| exit == Exit::Done) else {
        if exit == Exit::Content && options.format == Format::Text {
            complain!(
                "{}",
                options.lang.pick(
                    "Không đăng gì: trang cũ (nếu có) vẫn nguyên. Sửa các lỗi trên rồi chạy lại.",
                    "Nothing was published: the old site (if any) is untouched. Mend the errors above and run again."
                )
            );
        }
        return exit;
    };
    match write::sync(site, &options.content, &options.output) {
        Ok(report) => {
            if options.verbosity >= 0 {
                complain!(raw summary::build(&made, &inputs, &report, options, counter.elapsed()));
            }
            Exit::Done
        }
        Err(error) => {
            complain!("congkhai: {}", options.lang.of(&error.words()));
            complain!(
                "{}",
                options.lang.pick("Trang cũ (nếu có) vẫn nguyên.", "The old site (if any) is untouched.")
            );
            if error.is_usage() { Exit::Usage } else { Exit::Machine }
        }
    }
}
