//! The command `congkhai`: hands its arguments to [`congkhai::cli`] and ends with its exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    congkhai::cli::main(std::env::args_os().collect())
}
