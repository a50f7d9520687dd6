//! `congkhai completions SHELL` and `congkhai man DIR`: what a shell and a system want to know of the command,
//! made out of the arguments themselves.

use std::path::Path;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Exit, Lang, print};
use crate::write::write_generated;

/// Prints the completions for a shell.
pub fn completions(shell: Shell, mut command: Command, lang: Lang) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "congkhai", &mut script);
    print(&String::from_utf8_lossy(&script), lang)
}

/// Writes a man page for congkhai and one for each of its commands.
pub fn man(dir: &Path, mut command: Command, lang: Lang) -> Exit {
    command.build();
    let mut pages = vec![("congkhai".to_owned(), command.clone())];
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        let name = format!("congkhai-{}", inner.get_name());
        pages.push((name, inner.clone()));
    }
    let count = pages.len();
    for (name, page) in pages {
        let mut text = Vec::new();
        // Writing into memory cannot fail; what could not be rendered is seen by the test.
        let _ = Man::new(page).title(name.clone()).date("").render(&mut text);
        if let Err(words) = write_generated(&dir.join(format!("{name}.1")), &text) {
            complain!("congkhai: {}", lang.of(&words));
            return Exit::Machine;
        }
    }
    let dir = dir.display();
    match lang {
        Lang::Vi => complain!("Đã ghi {count} trang man vào {dir}; xem bằng: man {dir}/congkhai.1"),
        Lang::En => complain!("Wrote {count} man pages into {dir}; read them with: man {dir}/congkhai.1"),
    }
    Exit::Done
}
