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
        let _ = Man::new(page).render(&mut text);
        let text = headed(&String::from_utf8_lossy(&text), &name, lang);
        if let Err(words) = write_generated(&dir.join(format!("{name}.1")), text.as_bytes()) {
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

/// What the headings of a man page are called; `clap_mangen` knows them in English only.
const HEADINGS: &[(&str, &str)] = &[
    ("NAME", "TÊN"),
    ("SYNOPSIS", "CÁCH DÙNG"),
    ("DESCRIPTION", "MÔ TẢ"),
    ("OPTIONS", "TÙY CHỌN"),
    ("SUBCOMMANDS", "CÁC LỆNH"),
    ("ARGUMENTS", "THAM SỐ"),
    ("EXTRA", "VÍ DỤ"),
    ("VERSION", "PHIÊN BẢN"),
    ("AUTHORS", "TÁC GIẢ"),
    ("EXIT STATUS", "MÃ KẾT THÚC"),
];

/// The page with its headings in the language. In English only the odd one changes.
fn headed(page: &str, name: &str, lang: Lang) -> String {
    let heading = |line: &str| {
        if line.starts_with(".TH ") {
            // No date: the page changes with the version alone, and `clap_mangen` drops an empty one.
            let (name, version) = (name.to_uppercase(), env!("CARGO_PKG_VERSION"));
            let manual = lang.pick("Hướng dẫn congkhai", "congkhai");
            return Some(format!(".TH \"{name}\" \"1\" \"\" \"congkhai {version}\" \"{manual}\""));
        }
        let words = line.strip_prefix(".SH ")?.trim_matches('"');
        let (en, vi) = HEADINGS.iter().find(|(en, _)| *en == words)?;
        Some(match lang {
            Lang::Vi => format!(".SH \"{vi}\""),
            Lang::En if *en == "EXTRA" => ".SH EXAMPLES".to_owned(),
            Lang::En => line.to_owned(),
        })
    };
    page.lines().map(|line| format!("{}\n", heading(line).unwrap_or_else(|| line.to_owned()))).collect()
}
