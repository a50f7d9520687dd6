//! The command line: the one place that reads the clock and the environment, and prints.
//!
//! Exit status: 0 all well · 1 the content has errors (nothing was published) · 2 wrong use of the
//! command · 3 the machine refused.

/// Writes a line to standard error. A terminal that went away must not end a run, as `eprintln!` would.
macro_rules! complain {
    (raw $text:expr) => {{
        use std::io::Write;
        let _ = write!(std::io::stderr(), "{}", $text);
    }};
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), $($words)*);
    }};
}

mod args;
mod build;
mod check;
mod diff;
mod examples;
mod explain;
mod export;
mod fix;
mod handbook;
mod hosting;
mod import;
mod init;
mod key;
mod manual;
mod new;
mod papers;
mod progress;
pub mod report;
mod run;
mod schema;
mod serve;
mod todo;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use args::{Action, Asked};

use crate::base::diagnostic::Message;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All well.
    Done = 0,
    /// The content has errors; nothing was published.
    Content = 1,
    /// Wrong use of the command.
    Usage = 2,
    /// The machine refused.
    Machine = 3,
}

/// The language of help and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese, for editors.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The words of this language.
    pub fn of(self, message: &Message) -> &str {
        self.pick(&message.vi, &message.en)
    }

    /// The text of this language.
    pub fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }
}

/// Runs the command with these arguments, the program's name first.
pub fn main(arguments: Vec<OsString>) -> ExitCode {
    let exit = match args::read(&arguments) {
        Asked::Act(action) => act(&action),
        Asked::Show(text, lang) => print(&text, lang),
        Asked::Wrong(text) => {
            complain!(raw text);
            Exit::Usage
        }
    };
    ExitCode::from(exit as u8)
}

/// What would be said against these arguments, the program's name first; none if they can be typed. Nothing is run.
pub fn against(arguments: &[OsString]) -> Option<String> {
    match args::read(arguments) {
        Asked::Wrong(text) => Some(text),
        Asked::Act(action) => match &action {
            Action::New { words, lang } => new::against(words, *lang),
            _ => None,
        },
        Asked::Show(..) => None,
    }
}

fn act(action: &Action) -> Exit {
    match action {
        Action::Build(options) => build::run(options),
        Action::Check(options) => check::run(options),
        Action::Print(options, print) => papers::run(options, print),
        Action::Todo(options, wanted) => todo::run(options, wanted),
        Action::Explain { code, lang } => explain::run(code, *lang),
        Action::Completions { shell, lang } => manual::completions(*shell, args::command(*lang), *lang),
        Action::Hosting { dir, base_url, content, lang } => {
            hosting::run(dir, base_url.as_ref(), content, *lang)
        }
        Action::Man { dir, lang } => manual::man(dir, args::command(*lang), *lang),
        Action::Init { agency, lang } => init::run(agency, *lang),
        Action::Handbook { dir, lang } => handbook::run(dir, *lang),
        Action::SchemaFiles { dir, lang } => schema::write_all(dir, *lang),
        Action::Key { action, lang } => key::run(action, *lang),
        Action::Verify { what, lang } => verify::run(what, *lang),
        Action::New { words, lang } => new::run(words, *lang),
        Action::Export(wanted) => export::run(wanted),
        Action::Import(options, wanted) => import::run(options, wanted),
        Action::Diff(wanted) => diff::run(wanted),
        Action::Schema { kind, lang } => schema::run(kind.as_deref(), *lang),
        Action::Serve(options, how) => serve::run(options, how),
    }
}

/// Prints to standard output; a reader that went away (`congkhai check | head`) is no fault of ours.
pub(crate) fn print(text: &str, lang: Lang) -> Exit {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let why = crate::disk::cause(&error);
            match lang {
                Lang::Vi => complain!("congkhai: không in được kết quả: {}", why.vi),
                Lang::En => complain!("congkhai: cannot print the result: {}", why.en),
            }
            Exit::Machine
        }
        _ => Exit::Done,
    }
}
