//! `congkhai build`: checks the content, makes the site, and puts it in place in one step.

use super::args::Options;
use super::progress::Counter;
use super::report::{Format, summary};
use super::{Exit, key, run};
use crate::base::diagnostic::Message;
use crate::pipeline;
use crate::write;

/// Runs the command.
pub fn run(options: &Options) -> Exit {
    run::with_threads(options.jobs, options.lang, || build(options))
}

fn build(options: &Options) -> Exit {
    let counter = Counter::new(options.lang, options.verbosity < 0);
    let (settings, mut inputs) = match run::start(options) {
        Ok(started) => started,
        Err(exit) => return exit,
    };
    let refused = |exit: Exit, words: &Message| {
        complain!("congkhai: {}", options.lang.of(words));
        exit
    };
    inputs.key = match key::signing(options) {
        Ok(key) => key,
        Err((exit, words)) => return refused(exit, &words),
    };
    let unsigned = match key::judge(&inputs, &settings) {
        Ok(unsigned) => unsigned,
        Err(words) => return refused(Exit::Usage, &words),
    };
    let kept = match write::previous(&options.output) {
        Ok(kept) => kept,
        Err(error) => {
            return refused(if error.is_usage() { Exit::Usage } else { Exit::Machine }, &error.words());
        }
    };
    inputs.previous = kept.previous;
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
            for path in &kept.gone {
                complain!(
                    "{}: {path}",
                    options.lang.pick(
                        "Bản cũ này không còn trong thư mục kết quả nên thôi đăng",
                        "This earlier version is no longer in the output folder and stays down"
                    )
                );
            }
            if options.verbosity >= 0 {
                if let Some(words) = &unsigned {
                    complain!("{}", options.lang.of(words));
                }
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
