//! What files look like once drafts are in them: known records are changed key by key in their own text, others get
//! a file of their own under the name that `congkhai new` would choose.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Entry, set};
use super::{Known, Understood, text_of};
use crate::base::diagnostic::Message;
use crate::base::path::SitePath;
use crate::edit::place::place;
use crate::edit::{Document, Value, fresh};
use crate::export::columns::{BODY, Table, is_directory, tables};
use crate::export::{self, pruned};
use crate::inputs::{FileKind, SourceFile};
use crate::msg;
use crate::parse::kinds::{KINDS, RecordKind, shape_of};
use crate::parse::schema::Shape;

/// One file that will be other than it is.
#[derive(Debug, Clone, PartialEq)]
pub struct FileChange {
    /// The file below the content folder.
    pub file: SitePath,
    /// What it holds.
    pub kind: FileKind,
    /// Its bytes now; none if it is new.
    pub before: Option<Vec<u8>>,
    /// Its text then.
    pub after: String,
}

/// What comes of drafts.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The files, by name.
    pub files: Vec<FileChange>,
    /// Records that say already what the drafts say.
    pub same: usize,
    /// Records that cannot be made or changed: where they come from, and why.
    pub refused: Vec<(String, Message)>,
}

/// Works out what files would look like. Nothing is written.
pub fn changes(understood: &Understood, known: &Known, sources: &BTreeMap<SitePath, SourceFile>) -> Changes {
    let mut out = Changes::default();
    // Several drafts may be about one file: a directory, or a record that two files name differently.
    let mut open: BTreeMap<SitePath, (FileKind, Option<Vec<u8>>, String)> = BTreeMap::new();
    let (entries, records): (Vec<&Draft>, Vec<&Draft>) =
        understood.drafts.iter().partition(|draft| is_directory(draft.kind.kind));
    for kind in KINDS.iter().filter(|kind| is_directory(kind.kind)) {
        let drafts: Vec<&Draft> =
            entries.iter().filter(|draft| draft.kind.name == kind.name).copied().collect();
        if drafts.is_empty() {
            continue;
        }
        match directory(kind, &drafts, understood, sources) {
            Ok((change, same)) => {
                out.same += same;
                open.insert(change.file.clone(), (change.kind, change.before, change.after));
            }
            Err(why) => out.refused.extend(drafts.iter().map(|draft| (draft.from.clone(), why.clone()))),
        }
    }
    for draft in records {
        let result = target(draft, known, sources, &open).and_then(|file| {
            let (_, before, text) = open.get(&file).cloned().unwrap_or_else(|| {
                let before = sources.get(&file).map(|source| source.bytes.to_vec());
                let text = before.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
                (draft.kind.kind, before, text.unwrap_or_default())
            });
            let is_new = !sources.contains_key(&file) && !open.contains_key(&file);
            let after = with(draft, understood, &file, &text, is_new)?;
            Ok((file, before, text, after))
        });
        match result {
            Ok((file, before, text, after)) => {
                if after == text {
                    out.same += 1;
                }
                open.insert(file, (draft.kind.kind, before, after));
            }
            Err(why) => out.refused.push((draft.from.clone(), why)),
        }
    }
    out.files = open
        .into_iter()
        .map(|(file, (kind, before, after))| FileChange { file, kind, before, after })
        .filter(|change| change.before.as_deref() != Some(change.after.as_bytes()))
        .collect();
    out
}

/// A directory with all its drafts in it, and how many of them it said already. Read and written once: entry by
/// entry a long list would be read as often as it has rows.
fn directory(
    kind: &'static RecordKind,
    drafts: &[&Draft],
    understood: &Understood,
    sources: &BTreeMap<SitePath, SourceFile>,
) -> Result<(FileChange, usize), Message> {
    let name = kind.files;
    let file = SitePath::new(name)
        .map_err(|_| msg!("không đặt được tên tệp `{name}`", "unusable file name `{name}`"))?;
    let refused = |fault: crate::edit::EditFault| {
        let fault = fault.to_string();
        msg!("{file}: {fault}", "{file}: {fault}")
    };
    let before = sources.get(&file).map(|source| source.bytes.to_vec());
    let mut document = match &before {
        Some(bytes) => Some(Document::open(&file, kind.kind, bytes).map_err(refused)?),
        None => None,
    };
    let mut entries = match &document {
        Some(document) => match document.value().map_err(refused)? {
            Value::List(entries) => entries,
            // A file of remarks only, or none yet.
            _ => Vec::new(),
        },
        None => Vec::new(),
    };
    let all = tables(kind);
    let shape = entry_shape(kind);
    let links = export::links(kind.kind, &entries.iter().cloned().map(pruned).collect::<Vec<_>>());
    let mut places: BTreeMap<String, usize> =
        links.into_iter().enumerate().map(|(at, link)| (link, at)).collect();
    let mut same = 0;
    for draft in drafts {
        let at = *places.entry(draft.link.clone()).or_insert(entries.len());
        match entries.get_mut(at) {
            Some(entry) => {
                let new = merged(entry, draft, shape, all, understood);
                same += usize::from(new == *entry);
                *entry = new;
            }
            None => entries.push(merged(&Value::Map(Vec::new()), draft, shape, all, understood)),
        }
    }
    let wanted = Value::List(entries);
    let after = match &mut document {
        Some(document) => {
            document.update(&wanted).map_err(refused)?;
            document.text()
        }
        None => fresh(&wanted),
    };
    Ok((FileChange { file, kind: kind.kind, before, after }, same))
}

/// The shape of one entry of a kind.
fn entry_shape(kind: &RecordKind) -> &'static Shape {
    match shape_of(kind.kind) {
        Shape::List(inner) | Shape::Filled(inner) => inner,
        shape => shape,
    }
}

/// The file that a draft goes into.
fn target(
    draft: &Draft,
    known: &Known,
    sources: &BTreeMap<SitePath, SourceFile>,
    open: &BTreeMap<SitePath, (FileKind, Option<Vec<u8>>, String)>,
) -> Result<SitePath, Message> {
    let kind = draft.kind;
    let value = draft.value();
    let path = |name: &str| {
        SitePath::new(name)
            .map_err(|_| msg!("không đặt được tên tệp `{name}`", "unusable file name `{name}`"))
    };
    if kind.kind == FileKind::Site {
        return path(kind.files);
    }
    if let Some(held) = known.find(kind, &draft.link, Some(&value)) {
        return path(&held.link);
    }
    if fits(&draft.link, kind.files) {
        let file = path(&draft.link)?;
        return match sources.get(&file) {
            // It is there, and yet no record: it cannot be read.
            Some(_) => {
                Err(msg!("{file} đang có lỗi, hãy sửa tệp đó trước", "{file} has faults; mend it first"))
            }
            None => Ok(file),
        };
    }
    if !draft.has_row {
        let link = &draft.link;
        return Err(msg!(
            "không có bản ghi `{link}`; hãy nhập cả trang tính của bản ghi đó",
            "there is no record `{link}`"
        ));
    }
    let Value::Map(given) = &value else { return path(kind.files) };
    let Some(name) = place(kind.kind, kind.files, given, None) else {
        let name = kind.name;
        return Err(match kind.kind {
            FileKind::Article => msg!(
                "bài viết mới cần cột ban_ghi ghi nơi đặt, như bai-viet/tin-tuc/ten-bai.md",
                "a new article needs its file in the column ban_ghi"
            ),
            FileKind::Petition => msg!(
                "thiếu ngày tiếp nhận nên không biết đặt vào năm nào",
                "without a day of receipt the year of the folder is not known"
            ),
            _ => msg!("thiếu mã, số hoặc tên của {name}", "the {name} has no code"),
        });
    };
    let free =
        |name: &str| path(name).ok().filter(|file| !sources.contains_key(file) && !open.contains_key(file));
    // A second of the name carries what tells it apart.
    let more = match kind.kind {
        FileKind::Statistics => text_of(&value, "linh_vuc").map(str::to_owned),
        FileKind::Decision => text_of(&value, "ngay_ky").and_then(|day| day.get(..4)).map(str::to_owned),
        _ => None,
    };
    let wanted = match (kind.kind, &more) {
        (FileKind::Statistics, Some(field)) => name.replace(".yaml", &format!("-{field}.yaml")),
        _ => name.clone(),
    };
    let second = more.and_then(|more| free(&name.replace(".yaml", &format!("-{more}.yaml"))));
    // Two rows of one record: the second goes into what the first made.
    let made = path(&wanted).ok().filter(|file| {
        !sources.contains_key(file)
            && open.get(file).is_some_and(|(_, _, text)| same_record(kind, text, &value, file))
    });
    made.or_else(|| free(&wanted))
        .or(second)
        .ok_or_else(|| msg!("đã có tệp {wanted} của bản ghi khác", "{wanted} is the file of another record"))
}

fn same_record(kind: &RecordKind, text: &str, value: &Value, file: &SitePath) -> bool {
    let key = export::entry_key(kind.kind);
    let old = Document::open(file, kind.kind, text.as_bytes()).and_then(|document| document.value());
    old.is_ok_and(|old| text_of(&old, key).is_some_and(|known| Some(known) == text_of(value, key)))
}

/// Whether a text is the path of a file of a kind.
fn fits(link: &str, files: &str) -> bool {
    let (links, wanted): (Vec<&str>, Vec<&str>) = (link.split('/').collect(), files.split('/').collect());
    let plain = |text: &str| {
        text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
            && !text.starts_with(['.', '-'])
    };
    links.len() == wanted.len()
        && links.iter().zip(wanted).all(|(link, wanted)| match wanted.split_once('*') {
            Some((head, tail)) => {
                plain(link)
                    && link.starts_with(head)
                    && link.ends_with(tail)
                    && link.len() > head.len() + tail.len()
            }
            None => *link == wanted,
        })
}

/// The text of a file with a draft in it.
fn with(
    draft: &Draft,
    understood: &Understood,
    file: &SitePath,
    text: &str,
    is_new: bool,
) -> Result<String, Message> {
    let kind = draft.kind;
    let all = tables(kind);
    let shape = entry_shape(kind);
    let merge = |old: &Value| merged(old, draft, shape, all, understood);
    let refused = |fault: crate::edit::EditFault| {
        let fault = fault.to_string();
        msg!("{file}: {fault}", "{file}: {fault}")
    };
    if is_new {
        let value = merge(&Value::Map(Vec::new()));
        let (value, body) = apart(value);
        return Ok(match kind.kind {
            FileKind::Article => format!("---\n{}---\n\n{}\n", fresh(&value), body.unwrap_or_default()),
            _ => fresh(&value),
        });
    }
    let mut document = Document::open(file, kind.kind, text.as_bytes()).map_err(refused)?;
    let old = document.value().map_err(refused)?;
    let (wanted, body) = match old {
        // A file of remarks only.
        Value::Null | Value::Scalar(_) | Value::List(_) => (merge(&Value::Map(Vec::new())), None),
        old @ Value::Map(_) => apart(merge(&old)),
    };
    document.update(&wanted).map_err(refused)?;
    if let Some(body) = body
        && body.trim() != document.body().trim()
    {
        document.set_body(&body);
    }
    Ok(document.text())
}

/// The front matter and the text of an article.
fn apart(mut value: Value) -> (Value, Option<String>) {
    let mut body = None;
    if let Value::Map(entries) = &mut value
        && let Some(at) = entries.iter().position(|(key, _)| key == BODY)
        && let (_, Value::Scalar(text)) = entries.remove(at)
    {
        body = Some(text);
    }
    (value, body)
}

/// A record with a draft in it: keys that say the same stay as they are written.
fn merged(old: &Value, draft: &Draft, shape: &Shape, all: &[Table], understood: &Understood) -> Value {
    let mut wanted = old.clone();
    for (path, value) in &draft.entry.values {
        let same =
            old.follow(path).is_some_and(|old| pruned(old.clone().cleaned()).same(&pruned(value.clone())));
        if !same {
            put(&mut wanted, shape, path, value.clone());
        }
    }
    for (path, entries) in &draft.entry.lists {
        let before = old.follow(path).cloned().unwrap_or(Value::Null);
        let hops = vec![path.clone()];
        let inner = inner_shape(shape, path);
        let value = list(&before, entries, inner.as_ref(), &hops, draft, all, understood);
        if !pruned(before.cleaned()).same(&pruned(value.clone())) {
            put(&mut wanted, shape, path, value);
        }
    }
    for path in &draft.removed {
        remove(&mut wanted, path);
    }
    if matches!(old, Value::Map(entries) if entries.is_empty()) { ordered(wanted, shape) } else { wanted }
}

/// A list of mappings: what the files say, with what they have no column for from the entry that is the same.
fn list(
    before: &Value,
    entries: &[Entry],
    shape: Option<&Shape>,
    hops: &[Vec<String>],
    draft: &Draft,
    all: &[Table],
    understood: &Understood,
) -> Value {
    let none = Vec::new();
    let old = if let Value::List(items) = before { items } else { &none };
    let Some(table) = all.iter().find(|table| table.hops == hops) else {
        return Value::List(entries.iter().map(Entry::value).collect());
    };
    let covered = understood.covered.get(&table.name);
    let known_by: Vec<&Vec<String>> =
        table.columns.iter().filter(|column| column.required).map(|column| &column.path).collect();
    let mut taken = BTreeSet::new();
    let made = entries.iter().enumerate().map(|(place, entry)| {
        let mut value = Value::Map(Vec::new());
        let alike = |old: &Value| {
            !known_by.is_empty()
                && known_by.iter().all(|path| {
                    let old = old.follow(path).map(|old| pruned(old.clone().cleaned()));
                    old.as_ref() == entry.get(path)
                })
        };
        // The one in the same place, or else the first that was not taken.
        let twin = old
            .get(place)
            .filter(|old| alike(old) && !taken.contains(&place))
            .map(|_| place)
            .or_else(|| old.iter().enumerate().position(|(i, old)| alike(old) && !taken.contains(&i)));
        let twin = twin.map(|i| {
            taken.insert(i);
            &old[i]
        });
        for (path, new) in &entry.values {
            set(&mut value, path, new.clone());
        }
        for (path, inner) in &entry.lists {
            let before = twin.and_then(|twin| twin.follow(path)).cloned().unwrap_or(Value::Null);
            let hops: Vec<Vec<String>> = hops.iter().cloned().chain([path.clone()]).collect();
            let inner_shape = shape.and_then(|shape| inner_shape(shape, path));
            set(&mut value, path, list(&before, inner, inner_shape.as_ref(), &hops, draft, all, understood));
        }
        if let (Some(twin), false) = (twin, draft.whole) {
            keep(twin, &mut value, hops, &mut Vec::new(), covered, all, understood);
        }
        match shape {
            Some(shape) => ordered(value, shape),
            None => value,
        }
    });
    Value::List(made.collect())
}

/// Takes over from an entry what no column of the files is for.
fn keep(
    twin: &Value,
    value: &mut Value,
    hops: &[Vec<String>],
    path: &mut Vec<String>,
    covered: Option<&BTreeSet<Vec<String>>>,
    all: &[Table],
    understood: &Understood,
) {
    let Value::Map(entries) = twin else { return };
    for (key, old) in entries {
        path.push(key.clone());
        let below: Vec<Vec<String>> = hops.iter().cloned().chain([path.clone()]).collect();
        let of_list = all.iter().find(|table| table.hops == below);
        match (old, of_list) {
            (Value::Map(_), _) => keep(old, value, hops, path, covered, all, understood),
            (_, Some(table)) if understood.covered.contains_key(&table.name) => {}
            (_, None) if covered.is_some_and(|covered| covered.contains(path)) => {}
            _ if value.follow(path).is_some() => {}
            _ => set(value, path, old.clone()),
        }
        path.pop();
    }
}

fn inner_shape(shape: &Shape, path: &[String]) -> Option<Shape> {
    let shape = path.iter().try_fold(shape.clone(), |shape, key| {
        let keys = match shape {
            Shape::Map(keys) => keys,
            Shape::Either(shapes) => shapes.into_iter().find_map(|shape| match shape {
                Shape::Map(keys) => Some(keys),
                _ => None,
            })?,
            _ => return None,
        };
        keys.into_iter().find(|known| known.name == *key).map(|known| known.shape)
    })?;
    match shape {
        Shape::List(inner) | Shape::Filled(inner) => Some(*inner),
        _ => None,
    }
}

/// Puts a value in; a key that was not there stands where the schema has it.
fn put(map: &mut Value, shape: &Shape, path: &[String], value: Value) {
    let Some((key, rest)) = path.split_first() else { return };
    if !matches!(map, Value::Map(_)) {
        *map = Value::Map(Vec::new());
    }
    let Value::Map(entries) = map else { return };
    let keys = keys_of(shape);
    let at = match entries.iter().position(|(known, _)| known == key) {
        Some(at) => at,
        None => {
            let place = |name: &str| keys.iter().position(|(known, _)| known == name);
            let own = place(key);
            let at = entries
                .iter()
                .rposition(
                    |(known, _)| matches!((place(known), own), (Some(other), Some(own)) if other < own),
                )
                .map_or(0, |at| at + 1);
            let at = if own.is_none() { entries.len() } else { at };
            entries.insert(at, (key.clone(), Value::Null));
            at
        }
    };
    match rest {
        [] => entries[at].1 = value,
        rest => {
            let inner = keys.into_iter().find(|(known, _)| known == key).map(|(_, shape)| shape);
            put(&mut entries[at].1, &inner.unwrap_or(Shape::Map(Vec::new())), rest, value);
        }
    }
}

fn keys_of(shape: &Shape) -> Vec<(String, Shape)> {
    match shape {
        Shape::Map(keys) => keys.iter().map(|key| (key.name.clone(), key.shape.clone())).collect(),
        Shape::Either(shapes) => shapes.iter().flat_map(keys_of).collect(),
        _ => Vec::new(),
    }
}

/// Takes a key out, and mappings that have nothing left.
fn remove(map: &mut Value, path: &[String]) {
    let (Some((key, rest)), Value::Map(entries)) = (path.split_first(), map) else { return };
    let Some(at) = entries.iter().position(|(known, _)| known == key) else { return };
    if !rest.is_empty() {
        remove(&mut entries[at].1, rest);
    }
    let empty = matches!(&entries[at].1, Value::Map(inner) if inner.is_empty());
    if rest.is_empty() || empty {
        entries.remove(at);
    }
}

/// A value with its keys in the order of the schema.
fn ordered(value: Value, shape: &Shape) -> Value {
    match (value, shape) {
        (Value::Map(entries), shape) => {
            let keys = keys_of(shape);
            let mut placed: Vec<(usize, (String, Value))> = entries
                .into_iter()
                .map(|(key, value)| {
                    let at = keys.iter().position(|(known, _)| *known == key);
                    let inner = at.map_or(Shape::Map(Vec::new()), |at| keys[at].1.clone());
                    (at.unwrap_or(usize::MAX), (key, ordered(value, &inner)))
                })
                .collect();
            placed.sort_by_key(|(at, _)| *at);
            Value::Map(placed.into_iter().map(|(_, entry)| entry).collect())
        }
        (Value::List(items), Shape::List(inner) | Shape::Filled(inner)) => {
            Value::List(items.into_iter().map(|item| ordered(item, inner)).collect())
        }
        (value, _) => value,
    }
}
