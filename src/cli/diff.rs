//! `congkhai diff`: what differs between two states of the content, record by record and field by field.
//!
//! A difference is no failure: the status is 0 either way, as `git diff` does. Two published manifests are
//! compared as far as they tell, by addresses and hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{Compared, DiffForm};
use super::{Exit, print};
use crate::base::diagnostic::Message;
use crate::compare::{Change, FieldChange, Reader, Snapshot, What, changes};
use crate::load;
use crate::msg;
use crate::parse::kinds;
use crate::repository;

/// One side of the comparison.
enum State {
    /// Records.
    Records(Snapshot),
    /// The files of a published site with their hashes.
    Published(BTreeMap<String, String>),
}

/// Runs the command.
pub fn run(wanted: &Compared) -> Exit {
    let both = state(&wanted.old, wanted).and_then(|old| Ok((old, state(&wanted.new, wanted)?)));
    let text = match both {
        Err((exit, words)) => {
            complain!("congkhai: {}", wanted.lang.of(&words));
            return exit;
        }
        Ok((State::Records(old), State::Records(new))) => {
            let all = changes(&old, &new, Reader::Desk);
            match wanted.form {
                DiffForm::Text => of_records(&all, false),
                DiffForm::Markdown => of_records(&all, true),
                DiffForm::Json => records_json(&all),
            }
        }
        Ok((State::Published(old), State::Published(new))) => {
            let all = Published::between(&old, &new);
            match wanted.form {
                DiffForm::Text => all.text(false),
                DiffForm::Markdown => all.text(true),
                DiffForm::Json => all.json(),
            }
        }
        Ok(_) => {
            complain!(
                "congkhai: {}",
                wanted.lang.pick(
                    "một bên là nội dung, một bên là trang đã đăng: hãy so nội dung với nội dung, phien-ban.json với phien-ban.json",
                    "one side is content, the other a published site: compare like with like",
                )
            );
            return Exit::Usage;
        }
    };
    print(&text, wanted.lang)
}

fn state(name: &str, wanted: &Compared) -> Result<State, (Exit, Message)> {
    if let Some(revision) = name.strip_prefix("git:") {
        let files =
            repository::at_revision(&wanted.content, revision).map_err(|words| (Exit::Usage, words))?;
        let files = files.iter().map(|(file, (kind, bytes))| (file, *kind, bytes.as_slice()));
        return Ok(State::Records(Snapshot::of(files)));
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
    let files = serde_json::from_slice::<Value>(&bytes).ok().and_then(|whole| {
        let files = whole.get("tep")?.as_object()?;
        files.iter().map(|(path, hash)| Some((path.clone(), hash.as_str()?.to_owned()))).collect()
    });
    files.map(State::Published).ok_or_else(|| {
        let words =
            msg!("{shown} không phải phien-ban.json của một trang", "{shown} is no manifest of a site");
        (Exit::Usage, words)
    })
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
        Some("một trong hai bản có lỗi nên không so được từng mục")
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

fn records_json(all: &[Change]) -> String {
    let rows: Vec<Value> = all
        .iter()
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
        .collect();
    whole(&json!({ "ban_ghi": rows }))
}

fn whole(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}

// ---- Published sites ----------------------------------------------------------------------------

/// What differs between two published sites: addresses of pages, and paths of other files.
struct Published {
    added: Vec<String>,
    removed: Vec<String>,
    changed: Vec<String>,
}

impl Published {
    fn between(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Self {
        let address = |path: &String| match path.strip_suffix("index.html") {
            Some(page) if page.is_empty() || page.ends_with('/') => format!("/{page}"),
            _ => format!("/{path}"),
        };
        let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let mut all = Self { added: Vec::new(), removed: Vec::new(), changed: Vec::new() };
        for path in paths {
            match (old.get(path), new.get(path)) {
                (None, _) => all.added.push(address(path)),
                (_, None) => all.removed.push(address(path)),
                (before, after) if before != after => all.changed.push(address(path)),
                _ => {}
            }
        }
        all
    }

    fn text(&self, markdown: bool) -> String {
        let parts =
            [("Thêm", '+', &self.added), ("Mất đi", '-', &self.removed), ("Thay đổi", '~', &self.changed)];
        if parts.iter().all(|(_, _, list)| list.is_empty()) {
            return "Hai lần đăng giống nhau.\n".to_owned();
        }
        let [added, removed, changed] = [self.added.len(), self.removed.len(), self.changed.len()];
        let mut out = format!("{added} địa chỉ thêm, {removed} mất đi, {changed} thay đổi.\n");
        for (title, sign, list) in parts.into_iter().filter(|(_, _, list)| !list.is_empty()) {
            let _ = if markdown { write!(out, "\n### {title}\n\n") } else { write!(out, "\n{title}\n") };
            for path in list {
                let _ = if markdown { writeln!(out, "- `{path}`") } else { writeln!(out, "  {sign} {path}") };
            }
        }
        out
    }

    fn json(&self) -> String {
        whole(&json!({ "dia_chi": { "them": self.added, "bo": self.removed, "sua": self.changed } }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_sites_differ_by_address() {
        let site = |files: &[(&str, &str)]| {
            files
                .iter()
                .map(|(path, hash)| ((*path).to_owned(), (*hash).to_owned()))
                .collect::<BTreeMap<_, _>>()
        };
        let old = site(&[("index.html", "a"), ("thu-tuc/1/index.html", "b"), ("tep/a.pdf", "c")]);
        let new = site(&[("index.html", "x"), ("thu-tuc/2/index.html", "b"), ("tep/a.pdf", "c")]);
        let all = Published::between(&old, &new);
        assert_eq!(
            (all.added, all.removed, all.changed),
            (vec!["/thu-tuc/2/".to_owned()], vec!["/thu-tuc/1/".to_owned()], vec!["/".to_owned()])
        );
    }

    #[test]
    fn names_cannot_write_markdown() {
        assert_eq!(escape("<b> [a](b) @ai `x`\n# y"), "&lt;b&gt; \\[a\\](b) \\@ai \\`x\\` \\# y");
    }
}
