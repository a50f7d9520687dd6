//! Lays the folders of a theme over the one that is built in, file by file.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use include_dir::Dir;
use walkdir::WalkDir;

use super::LoadError;
use super::names;
use crate::base::diagnostic::Message;
use crate::base::path::SitePath;
use crate::disk::{self, Opened, Sort};
use crate::inputs::ThemeFiles;
use crate::msg;

/// The length over which a file of a theme is refused: fonts and pictures are far below.
const LIMIT: u64 = 16 << 20;

/// The files of the theme: each from the first of `layers` (highest first) that has it, else from
/// the built-in theme.
///
/// Hidden files and editors' backups are passed over. A link or a special file is an error,
/// since a theme that silently lacks a file would be puzzling.
pub fn read_theme(built_in: &Dir<'_>, layers: &[PathBuf]) -> Result<ThemeFiles, LoadError> {
    let mut theme = ThemeFiles::default();
    add_embedded(built_in, &mut theme);
    for layer in layers.iter().rev() {
        add_folder(layer, &mut theme)?;
    }
    Ok(theme)
}

fn add_embedded(dir: &Dir<'_>, theme: &mut ThemeFiles) {
    for file in dir.files() {
        // The build copies the folder as it is; what a folder on disk would pass over, this does too.
        let litter = |part| names::passed_over(part, Sort::Folder).is_some();
        let name = file.path().file_name().unwrap_or_default();
        if let Some(path) = file.path().to_str()
            && !file.path().iter().any(litter)
            && names::passed_over(name, Sort::Regular).is_none()
        {
            theme.0.insert(path.to_owned(), file.contents().to_vec());
        }
    }
    dir.dirs().for_each(|dir| add_embedded(dir, theme));
}

fn add_folder(layer: &Path, theme: &mut ThemeFiles) -> Result<(), LoadError> {
    let unreadable = |path: &Path, source| LoadError::Read { path: path.to_owned(), source };
    let root = disk::open_folder(layer).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => LoadError::NoTheme { path: layer.to_owned() },
        io::ErrorKind::NotADirectory => LoadError::NotAFolder { path: layer.to_owned() },
        _ => unreadable(layer, source),
    })?;
    let walk = WalkDir::new(layer).min_depth(1).follow_links(false).sort_by_file_name();
    let kept = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || names::passed_over(entry.file_name(), entry.file_type().into()).is_none()
    };
    for entry in walk.into_iter().filter_entry(kept) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(layer).to_owned();
            let source = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
            LoadError::Read { path, source }
        })?;
        let refuse = |why: Message| LoadError::ThemeFile { path: entry.path().to_owned(), why };
        let on_disk = entry.path().strip_prefix(layer).unwrap_or(entry.path());
        let path = on_disk
            .to_str()
            .filter(|path| !names::has_bad_character(path))
            .and_then(|path| SitePath::new(path).ok())
            .ok_or_else(|| {
                refuse(msg!("tên có ký tự không dùng được", "its name has characters that cannot be used"))
            })?;
        let sort = Sort::from(entry.file_type());
        if sort == Sort::Folder {
            continue;
        }
        let not_a_file = |sort: Sort| {
            let (vi, en) = (sort.vi(), sort.en());
            refuse(msg!("đó là {vi}, không phải tệp thường", "it is {en}, not a regular file"))
        };
        if sort != Sort::Regular {
            return Err(not_a_file(sort));
        }
        let opened = disk::open_below(&root, on_disk).map_err(|source| unreadable(entry.path(), source))?;
        let file = match opened {
            Opened::File(file, _) => file,
            Opened::Other(sort) => return Err(not_a_file(sort)),
        };
        let mut bytes = Vec::new();
        file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|source| unreadable(entry.path(), source))?;
        if bytes.len() as u64 > LIMIT {
            let limit = LIMIT >> 20;
            return Err(refuse(msg!("tệp dài quá {limit} MiB", "it is over {limit} MiB")));
        }
        theme.0.insert(path.as_str().to_owned(), bytes);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use include_dir::{DirEntry, File};
    use std::fs;

    const BUILT_IN: Dir<'static> = Dir::new(
        "",
        &[
            DirEntry::File(File::new("theme.yaml", b"built in")),
            DirEntry::File(File::new("theme.yaml~", b"litter")),
            DirEntry::Dir(Dir::new("pages", &[DirEntry::File(File::new("pages/home.html", b"built in"))])),
        ],
    );

    fn text<'a>(theme: &'a ThemeFiles, path: &str) -> &'a str {
        std::str::from_utf8(&theme.0[path]).expect("text")
    }

    #[test]
    fn the_highest_layer_that_has_a_file_wins() {
        let root = tempfile::tempdir().expect("a folder");
        let layers = [root.path().join("own"), root.path().join("parent")];
        for (layer, name) in layers.iter().zip(["own", "parent"]) {
            fs::create_dir_all(layer.join("pages")).expect("made");
            fs::write(layer.join("pages/home.html"), name).expect("written");
            fs::write(layer.join(format!("{name}.css")), name).expect("written");
            fs::write(layer.join(".hidden"), name).expect("written");
        }
        let theme = read_theme(&BUILT_IN, &layers).expect("read");
        let paths: Vec<&str> = theme.0.keys().map(String::as_str).collect();
        assert_eq!(paths, ["own.css", "pages/home.html", "parent.css", "theme.yaml"]);
        assert_eq!(text(&theme, "pages/home.html"), "own");
        assert_eq!(text(&theme, "theme.yaml"), "built in");
    }

    #[test]
    fn links_in_a_theme_and_missing_themes_are_refused() {
        let root = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink("/etc/passwd", root.path().join("a.css")).expect("linked");
        let error = read_theme(&BUILT_IN, &[root.path().to_owned()]).expect_err("a link");
        assert!(matches!(error, LoadError::ThemeFile { .. }) && !error.is_usage(), "{error}");
        let error = read_theme(&BUILT_IN, &[root.path().join("khong-co")]).expect_err("missing");
        assert!(matches!(error, LoadError::NoTheme { .. }) && error.is_usage(), "{error}");
    }
}
