//! `congkhai handbook DIR`: the editors' handbook as pages.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::{Exit, Lang, run};
use crate::inputs::ThemeFiles;
use crate::load;
use crate::write;
use crate::{handbook, theme};

/// The texts and pictures that go with the program.
static TEXTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/bien-tap");

/// Writes the handbook into a folder of its own.
pub fn run(dir: &Path, lang: Lang) -> Exit {
    if write::holds_a_site(dir) {
        let dir = dir.display();
        match lang {
            Lang::Vi => complain!(
                "congkhai: {dir} đang chứa một trang do congkhai dựng; hãy chọn thư mục khác cho hướng dẫn"
            ),
            Lang::En => complain!("congkhai: {dir} holds a site; choose another folder for the handbook"),
        }
        return Exit::Usage;
    }
    let mut files = BTreeMap::new();
    gather(&TEXTS, &mut files);
    let theme = match load::read_theme(run::built_in_theme(), &[]) {
        Ok(files) => theme::assemble(&files),
        // The built-in theme is in the program: there is nothing to refuse. Without it pages are plain.
        Err(_) => theme::assemble(&ThemeFiles::default()),
    };
    let (site, _) = handbook::site(&files, &theme);
    let pages = site.files.keys().filter(|path| path.as_str().ends_with(".html")).count();
    match write::sync(&site, Path::new("content"), dir) {
        Ok(_) => {
            let dir = dir.display();
            match lang {
                Lang::Vi => {
                    complain!("Đã ghi {pages} trang hướng dẫn vào {dir}; mở {dir}/index.html để đọc.")
                }
                Lang::En => complain!("Wrote {pages} pages into {dir}; open {dir}/index.html."),
            }
            Exit::Done
        }
        Err(error) => {
            complain!("congkhai: {}", lang.of(&error.words()));
            if error.is_usage() { Exit::Usage } else { Exit::Machine }
        }
    }
}

fn gather(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        // The script that takes the pictures is for whoever changes the handbook.
        if !path.ends_with(".mjs") {
            files.insert(path, file.contents().to_vec());
        }
    }
    dir.dirs().for_each(|inner| gather(inner, files));
}
