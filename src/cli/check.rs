//! `congkhai check`: looks the content over and says everything that is wrong.

use super::Exit;
use super::args::Options;
use super::run;
use crate::pipeline;

/// Runs the command.
pub fn run(options: &Options) -> Exit {
    run::with_threads(options.jobs, || {
        let settings = match run::settings(options) {
            Ok(settings) => settings,
            Err(words) => {
                complain!("congkhai: {words}");
                return Exit::Usage;
            }
        };
        let inputs = match run::read(options) {
            Ok(inputs) => inputs,
            Err((exit, words)) => {
                complain!(raw words);
                return exit;
            }
        };
        let build = pipeline::check(&inputs, &settings);
        run::tell(options, &inputs, &build, true)
    })
}
