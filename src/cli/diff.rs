//! `congkhai diff`: what differs between two states of the content, record by record and field by field.
//!
//! A difference is no failure: the status is 0 either way, as `git diff` does. Of two published sites the versions of
//! records that differ are read and compared, and the addresses of all else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::{Compared, DiffForm};
use super::{Exit, print};
use crate::base::diagnostic::Message;
use crate::base::path::OutPath;
use crate::compare::published::{Addresses, Listed, snapshots, wanted};
use crate::compare::{Change, FieldChange, Reader, Snapshot, What, changes};
use crate::fetch::{self, FetchFault, fetch_many, is_address};
use crate::load;
use crate::msg;
use crate::parse::kinds;
use crate::repository;

/// One side of the comparison.
enum State {
    /// Records.
    Records(Snapshot),
    /// A published site.
    Published(Published),
}

/// Runs the command.
pub fn run(asked: &Compared) -> Exit {
    match compared(asked) {
        Ok(text) => print(&text, asked.lang),
        Err((exit, words)) => {
            complain!("congkhai: {}", asked.lang.of(&words));
            exit
        }
    }
}

fn compared(asked: &Compared) -> Result<String, (Exit, Message)> {
    Ok(match (state(&asked.old, asked)?, state(&asked.new, asked)?) {
        (State::Records(old), State::Records(new)) => {
            let all = changes(&old, &new, Reader::Desk);
            match asked.form {
                DiffForm::Text => of_records(&all, false),
                DiffForm::Markdown => of_records(&all, true),
                DiffForm::Json => whole(&json!({ "ban_ghi": records_json(&all) })),
            }
        }
        (State::Published(old), State::Published(new)) => {
            let files = versions([&new.place, &old.place], wanted(&old.listed, &new.listed))?;
            let (was, is) = snapshots(&old.listed, &new.listed, &files);
            let all = changes(&was, &is, Reader::Desk);
            let addresses = Addresses::between(&old.listed, &new.listed);
            let Addresses { added, removed, changed } = &addresses;
            match asked.form {
                DiffForm::Text => of_sites(&all, &addresses, false),
                DiffForm::Markdown => of_sites(&all, &addresses, true),
                DiffForm::Json => whole(&json!({
                    "ban_ghi": records_json(&all),
                    "dia_chi": { "them": added, "bo": removed, "sua": changed },
                })),
            }
        }
        _ => {
            return Err((
                Exit::Usage,
                msg!(
                    "một bên là nội dung, một bên là trang đã đăng: hãy so nội dung với nội dung, trang đã đăng với trang đã đăng",
                    "one side is content, the other a published site: compare like with like"
                ),
            ));
        }
    })
}

fn state(name: &str, asked: &Compared) -> Result<State, (Exit, Message)> {
    if let Some(revision) = name.strip_prefix("git:") {
        let files =
            repository::at_revision(&asked.content, revision).map_err(|words| (Exit::Usage, words))?;
        let files = files.iter().map(|(file, (kind, bytes))| (file, *kind, bytes.as_slice()));
        return Ok(State::Records(Snapshot::of(files)));
    }
    if is_address(name) {
        let (address, root) = match name.rsplit_once('/') {
            Some((root, last)) if last.ends_with(".json") => (name.to_owned(), format!("{root}/")),
            _ => {
                let root = format!("{}/", name.trim_end_matches('/'));
                (format!("{root}phien-ban.json"), root)
            }
        };
        let bytes = fetch::fetch(&address).map_err(|fault| not_fetched(&address, fault))?;
        return published(&address, &bytes, Place::Web(root));
    }
    let path = Path::new(name);
    if path.is_dir() && !path.join("phien-ban.json").is_file() {
        let inputs = load::read_site(path)
            .map_err(|error| (if error.is_usage() { Exit::Usage } else { Exit::Machine }, error.words()))?;
        let files = inputs.sources.iter().map(|(file, source)| (file, source.kind, &source.bytes[..]));
        return Ok(State::Records(Snapshot::of(files)));
    }
    let file = if path.is_dir() { path.join("phien-ban.json") } else { path.to_owned() };
    let shown = file.display();
    let bytes = load::read_whole(&file).map_err(|why| {
        let Message { vi, en } = why;
        (Exit::Usage, msg!("không đọc được {shown}: {vi}", "cannot read {shown}: {en}"))
    })?;
    let folder = file.parent().unwrap_or(Path::new(".")).to_owned();
    published(&shown.to_string(), &bytes, Place::Folder(folder))
}

fn published(shown: &str, bytes: &[u8], place: Place) -> Result<State, (Exit, Message)> {
    let listed = Listed::read(bytes).ok_or_else(|| {
        let words =
            msg!("{shown} không phải phien-ban.json của một trang", "{shown} is no manifest of a site");
        (Exit::Usage, words)
    })?;
    Ok(State::Published(Published { listed, place }))
}

// ---- Records ------------------------------------------------------------------------------------

fn act(change: &Change) -> String {
    match &change.what {
        What::Added => "thêm".to_owned(),
        What::Removed => "bỏ".to_owned(),
        What::Renamed(from) => format!("đổi mã từ {}", from.id),
        What::Changed => "sửa".to_owned(),
    }
}

/// `+` for what is new, `-` for what is gone, `~` for what changed: readable without colour.
fn sign(change: &Change) -> char {
    match change.what {
        What::Added => '+',
        What::Removed => '-',
        What::Renamed(_) | What::Changed => '~',
    }
}

fn remark(change: &Change) -> Option<&'static str> {
    if change.unreadable {
        Some("không đọc được một trong hai bản nên không so được từng mục")
    } else if change.what == What::Changed && change.fields.is_empty() {
        Some("đã cập nhật; nội dung cũ không hiện lại")
    } else {
        None
    }
}

fn of_records(all: &[Change], markdown: bool) -> String {
    if all.is_empty() {
        return "Không có bản ghi nào khác nhau.\n".to_owned();
    }
    let count = |sign_wanted: char| all.iter().filter(|change| sign(change) == sign_wanted).count();
    let mut out = format!("{} bản ghi thêm, {} bỏ, {} sửa.\n", count('+'), count('-'), count('~'));
    let mut kind = "";
    for change in all {
        if change.key.kind != kind {
            kind = change.key.kind;
            let title = kinds::named(kind).map_or(kind, |kind| kind.title);
            let _ = if markdown { write!(out, "\n### {title}\n\n") } else { write!(out, "\n{title}\n") };
        }
        let (path, name) = (change.key.path(), &change.name);
        let illustrative = if change.illustrative { " (dữ liệu minh họa)" } else { "" };
        let mut lines: Vec<String> = change.fields.iter().map(FieldChange::words).collect();
        lines.extend(remark(change).map(str::to_owned));
        let act = act(change);
        if markdown {
            let _ = writeln!(out, "- **{act}** `{path}` {}{illustrative}", escape(name));
            for line in lines {
                let _ = writeln!(out, "  - {}", escape(&line));
            }
        } else {
            let sign = sign(change);
            let _ = writeln!(out, "  {sign} {path}: {name}{illustrative} ({act})");
            for line in lines {
                let _ = writeln!(out, "      {line}");
            }
        }
    }
    out
}

/// Text that Markdown shows as it stands. Names come from anybody who may send a pull request.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '@' | '!' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

fn records_json(all: &[Change]) -> Vec<Value> {
    all.iter()
        .map(|change| {
            let (what, from) = match &change.what {
                What::Added => ("them", None),
                What::Removed => ("bo", None),
                What::Renamed(from) => ("doi_ma", Some(from.path())),
                What::Changed => ("sua", None),
            };
            let field = |field: &FieldChange| {
                json!({
                    "khoa": field.key, "muc": field.title, "cu": field.old, "moi": field.new, "loi": field.words(),
                })
            };
            json!({
                "loai": change.key.kind,
                "ma": change.key.id,
                "ten": change.name,
                "thay_doi": what,
                "tu": from,
                "minh_hoa": change.illustrative,
                "khong_doc_duoc": change.unreadable,
                "cac_muc": change.fields.iter().map(field).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn whole(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}

// ---- Published sites ----------------------------------------------------------------------------

/// A published site and where its other files are found.
struct Published {
    listed: Listed,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    /// An address that ends in `/`.
    Web(String),
}

/// What the files named hold, from wherever of the places has them: a site keeps the earlier versions of its records, so
/// the later one often has both.
fn versions(
    places: [&Place; 2],
    wanted: BTreeSet<OutPath>,
) -> Result<BTreeMap<OutPath, Vec<u8>>, (Exit, Message)> {
    let mut found = BTreeMap::new();
    let mut open: Vec<OutPath> = wanted.into_iter().collect();
    for place in places {
        let held: Vec<Option<Vec<u8>>> = match place {
            Place::Folder(folder) => open
                .iter()
                .map(|path| load::read_file(&folder.join(path.as_str())))
                .collect::<Result<_, _>>()
                .map_err(|error| (Exit::Machine, error.words()))?,
            Place::Web(root) => {
                let addresses: Vec<String> = open.iter().map(|path| format!("{root}{path}")).collect();
                fetch_many(&addresses).map_err(|fault| not_fetched(root, fault))?
            }
        };
        let mut left = Vec::new();
        for (path, bytes) in open.into_iter().zip(held) {
            match bytes {
                Some(bytes) => drop(found.insert(path, bytes)),
                None => left.push(path),
            }
        }
        open = left;
    }
    Ok(found)
}

fn not_fetched(address: &str, fault: FetchFault) -> (Exit, Message) {
    match fault {
        FetchFault::NotThere => {
            (Exit::Usage, msg!("không có gì ở {address}", "there is nothing at {address}"))
        }
        FetchFault::NoCurl => (Exit::Machine, fetch::no_curl()),
        FetchFault::Failed(words) => (Exit::Machine, words),
    }
}

fn of_sites(records: &[Change], addresses: &Addresses, markdown: bool) -> String {
    if records.is_empty() && addresses.is_empty() {
        return "Hai lần đăng giống nhau.\n".to_owned();
    }
    let parts = [
        ("Thêm", '+', &addresses.added),
        ("Mất đi", '-', &addresses.removed),
        ("Thay đổi", '~', &addresses.changed),
    ];
    let [added, removed, changed] = parts.map(|(_, _, list)| list.len());
    let mut out = of_records(records, markdown);
    let _ = writeln!(out, "\n{added} địa chỉ thêm, {removed} mất đi, {changed} thay đổi.");
    for (title, sign, list) in parts.into_iter().filter(|(_, _, list)| !list.is_empty()) {
        let _ = if markdown { write!(out, "\n### {title}\n\n") } else { write!(out, "\n{title}\n") };
        for path in list {
            let _ = if markdown { writeln!(out, "- `{path}`") } else { writeln!(out, "  {sign} {path}") };
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_write_markdown() {
        assert_eq!(escape("<b> [a](b) @ai `x`\n# y"), "&lt;b&gt; \\[a\\](b) \\@ai \\`x\\` \\# y");
    }
}
