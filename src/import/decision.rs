//! The tables of a decision in a DOCX: the procedures that it announces, and the items of the decision itself.
//!
//! Number, day and what it is about stand in the head of the document. What the decision does to a procedure stands
//! above its table or above its rows; where no such words are near, the item is `cong_bo`, "announced".

use super::draft::Entry;
use super::values::{self, Said};
use super::{Draft, Known, Remark, Understood, Wish, rows};
use crate::edit::Value;
use crate::export::columns::tables;
use crate::msg;
use crate::parse::kinds::named;
use crate::record::scalar::repaired_date;
use crate::sheet::{Cell, Grid};
use crate::vi::fold::fold;

/// Words for what a decision does, folded, with the key.
const CHANGES: &[(&str, &str)] = &[
    ("bai bo", "bai_bo"),
    ("thay the", "thay_the"),
    ("sua doi", "sua_doi_bo_sung"),
    ("ban hanh moi", "ban_hanh_moi"),
    ("moi ban hanh", "ban_hanh_moi"),
    ("chuan hoa", "chuan_hoa"),
];

/// What a heading says that a decision does, if it says one thing only.
pub(super) fn change_of(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    let mut found: Vec<&str> =
        CHANGES.iter().filter(|(words, _)| folded.contains(words)).map(|(_, key)| *key).collect();
    found.dedup();
    match found[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// Reads a document.
pub(super) fn read(
    file: &str,
    grids: &[Grid],
    paragraphs: &[String],
    known: &mut Known,
    wish: Wish<'_>,
    out: &mut Understood,
) {
    let procedures = named("thu-tuc");
    let mut items: Vec<(String, Option<&'static str>)> = Vec::new();
    let mut heads: Vec<String> = Vec::new();
    // Where a heading says nothing, that of the table above still holds.
    let mut change = None;
    for grid in grids {
        if is_frame(grid) {
            let texts = grid.cells.values().map(Cell::shown);
            heads.extend(texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()));
            for (at, cell) in &grid.cells {
                let why = msg!("phần đầu hoặc phần ký của văn bản", "head or foot of the document");
                out.unread.push(super::Unread { by_rule: true, ..rows::unread(file, grid, *at, cell, why) });
            }
            continue;
        }
        change = grid.above.iter().rev().find_map(|text| change_of(text)).or(change);
        let wish = Wish { kind: wish.kind.or(procedures), ..wish };
        let Some(planned) = rows::plan(file, grid, wish, known, out) else { continue };
        if planned.lists("thu-tuc") {
            items.extend(codes(&planned, change, known));
        }
        rows::read(&planned, known, out);
    }
    if !items.is_empty() {
        heads.extend(paragraphs.iter().take(40).cloned());
        decision(file, &heads, items, known, wish, out);
    }
}

/// The letterhead and the signature of a document are tables as well.
fn is_frame(grid: &Grid) -> bool {
    let text = fold(&grid.cells.values().map(Cell::shown).collect::<Vec<_>>().join(" "));
    grid.height() <= 4 && ["cong hoa xa hoi chu nghia", "noi nhan"].iter().any(|words| text.contains(words))
}

/// The codes of a table with what the decision does to each.
fn codes(
    planned: &rows::Planned<'_>,
    above: Option<&'static str>,
    known: &Known,
) -> Vec<(String, Option<&'static str>)> {
    let mut change = above;
    let mut found = Vec::new();
    for (texts, code) in planned.rows_with("ma") {
        let code = code.and_then(|(cell, column)| match values::read(&cell, column, known, false) {
            Ok(Said::Value(Value::Scalar(code), _)) => Some(code),
            _ => None,
        });
        match code {
            Some(code) => found.push((code, change)),
            None => change = change_of(&texts.join(" ")).or(change),
        }
    }
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

fn decision(
    file: &str,
    heads: &[String],
    items: Vec<(String, Option<&'static str>)>,
    known: &Known,
    wish: Wish<'_>,
    out: &mut Understood,
) {
    let Some(kind) = named("quyet-dinh") else { return };
    let place = || (file.to_owned(), String::new(), String::new());
    let number = wish.decision.map(str::to_owned).or_else(|| {
        heads.iter().find_map(|line| {
            let (label, number) = line.split_once(':')?;
            let number =
                number.split([',', ';']).next().unwrap_or_default().split_whitespace().collect::<String>();
            let whole = number.contains("/QĐ") && number.starts_with(|c: char| c.is_ascii_digit());
            (fold(label).ends_with("so") && whole).then_some(number)
        })
    });
    let Some(number) = number else {
        out.remarks.push(Remark {
            place: place(),
            what: msg!(
                "không thấy số của quyết định trong tệp nên chưa lập bản ghi quyết định; thêm --decision SỐ, ví dụ --decision 949/QĐ-UBND",
                "no number of the decision was found; add --decision"
            ),
        });
        return;
    };
    let day = heads.iter().find_map(|line| {
        let folded = fold(line);
        let at = line
            .to_lowercase()
            .rfind("ngày")
            .filter(|_| folded.contains("thang") && folded.contains("nam"))?;
        repaired_date(line.get(at..)?)
    });
    let summary = heads.iter().find(|line| fold(line).starts_with("ve viec")).cloned();
    let mut draft = Draft::new(kind, &number, format!("{file}: quyết định {number}"));
    let text = |value: &str| Value::Scalar(values::clean(value));
    draft.entry.put(&["so".to_owned()], text(&number));
    let old = match &day {
        Some(day) => {
            let value = Value::Map(vec![("ngay_ky".to_owned(), text(&day.to_string()))]);
            known.find(kind, &number, Some(&value))
        }
        None => known.find(kind, &number, None),
    };
    match old {
        Some(held) => {
            let all = tables(kind);
            draft.link.clone_from(&held.link);
            let old = Entry::of(&held.value, &[], all);
            if let Some((path, list)) = old.lists.into_iter().find(|(path, _)| path == &["muc"]) {
                draft.entry.lists.push((path, list));
            }
        }
        None => {
            if let Some(day) = day {
                draft.entry.put(&["ngay_ky".to_owned()], text(&day.to_string()));
            }
            if let Some(summary) = summary {
                draft.entry.put(&["trich_yeu".to_owned()], text(&summary));
            }
            if let Some(agency) = agency(heads) {
                out.remarks.push(Remark {
                    place: place(),
                    what: msg!(
                        "cơ quan ban hành lấy từ đầu văn bản: “{agency}”; hãy xem lại chữ hoa, chữ thường",
                        "the agency is taken from the head: “{agency}”"
                    ),
                });
                draft.entry.put(&["co_quan".to_owned()], text(&agency));
            }
        }
    }
    let key = |name: &str| vec![name.to_owned()];
    let mut unclear = Vec::new();
    let list = draft.entry.list(&key("muc"));
    for (code, change) in items {
        let at = list.iter().position(|entry| entry.get(&key("thu_tuc")) == Some(&text(&code)));
        let entry = match at {
            Some(at) => &mut list[at],
            None => {
                list.push(Entry::default());
                let last = list.len() - 1;
                &mut list[last]
            }
        };
        entry.put(&key("thu_tuc"), text(&code));
        match change {
            Some(change) => entry.put(&key("loai"), text(change)),
            None if entry.get(&key("loai")).is_none() => {
                entry.put(&key("loai"), text("cong_bo"));
                unclear.push(code);
            }
            None => {}
        }
    }
    if !unclear.is_empty() {
        let codes = unclear.join(", ");
        out.remarks.push(Remark {
            place: place(),
            what: msg!(
                "không thấy ghi mới, sửa đổi, thay thế hay bãi bỏ cho: {codes}; lấy là “công bố”",
                "what is done to {codes} is not said: taken as announced"
            ),
        });
    }
    (draft.has_row, draft.whole) = (true, true);
    out.add(draft);
}

/// The lines of the letterhead above the number.
fn agency(heads: &[String]) -> Option<String> {
    let number = heads.iter().position(|line| fold(line).starts_with("so:"))?;
    let lines: Vec<&str> = heads[..number]
        .iter()
        .map(|line| line.trim())
        .filter(|line| line.chars().any(char::is_alphabetic))
        .take_while(|line| !fold(line).starts_with("cong hoa"))
        .collect();
    (!lines.is_empty() && lines.len() <= 4).then(|| lines.join(" "))
}
