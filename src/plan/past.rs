//! The past of the content, as pages show it: what changed on which day, in the words of today.
//!
//! A record is called what it is called now, and one that is not on the site any more, if it is of a kind that may
//! name persons, only by its kind: a title that was mended because somebody's name stood in it must not come back
//! to light here.

use std::collections::BTreeMap;

use serde::Serialize;

use super::links::PageCx;
use super::view::{DateView, RefView};
use super::{Subject, urls};
use crate::base::path::RoutePath;
use crate::compare::timeline::{Entry, Past, Timeline};
use crate::compare::{Detail, FieldChange, Key, Reader, What, decision_id};
use crate::inputs::{FileKind, NoHistory};
use crate::model::{Model, initiative};
use crate::parse::kinds;

/// How many fields of one change are named.
const MOST_FIELDS: usize = 12;

/// How many changes stand on the page of a record.
const MOST_ON_RECORD: usize = 20;

/// What a record that is on the site today is called, and where it stands.
#[derive(Debug, Clone)]
pub struct Shown {
    name: String,
    page: Option<RoutePath>,
    anchor: Option<String>,
}

/// Record → what it is called today.
pub type ShownRecords = BTreeMap<Key, Shown>;

/// Every record that the site shows today; none where its past is not shown.
pub fn shown(model: &Model) -> ShownRecords {
    let mut all = ShownRecords::new();
    if !matches!(model.past, Past::Known(_)) {
        return all;
    }
    let mut put =
        |kind: FileKind, id: String, name: String, page: Option<RoutePath>, anchor: Option<String>| {
            all.insert(Key::new(kind, id), Shown { name, page, anchor });
        };
    for (code, filed) in &model.procedures {
        let page = urls::procedure(code);
        put(FileKind::Procedure, code.to_string(), filed.record.name.to_string(), Some(page), None);
    }
    for (id, filed) in &model.decisions {
        let (number, signed) = (filed.record.number.to_string(), filed.record.signed.0.to_string());
        let name = format!("Quyết định số {number}");
        put(FileKind::Decision, decision_id(&number, &signed), name, Some(urls::decision(id)), None);
    }
    for (code, filed, _) in model.known_petitions() {
        let page = urls::petition(code);
        put(FileKind::Petition, code.to_string(), filed.record.title.to_string(), Some(page), None);
    }
    for (id, article) in model.published_articles() {
        let name = article.record.head.title.to_string();
        put(FileKind::Article, format!("{}/{}", id.section, id.slug), name, Some(urls::article(id)), None);
    }
    for (code, call) in initiative::known(model) {
        let page = urls::initiative(code);
        put(FileKind::Initiative, code.to_string(), call.record.title.to_string(), Some(page), None);
    }
    for year in model.plans.keys() {
        put(
            FileKind::TaskPlan,
            year.to_string(),
            format!("Kế hoạch năm {year}"),
            Some(urls::plan(*year)),
            None,
        );
    }
    for id in model.statistics.keys() {
        let period = id.period.to_string();
        let key = id.field.as_ref().map_or_else(|| period.clone(), |field| format!("{period}-{field}"));
        put(
            FileKind::Statistics,
            key,
            format!("Số liệu kỳ {period}"),
            Some(urls::statistics(id.period)),
            None,
        );
    }
    for (code, filed) in &model.fields {
        put(FileKind::Fields, code.to_string(), filed.record.name.to_string(), Some(urls::field(code)), None);
    }
    for (code, filed) in &model.units {
        put(FileKind::Units, code.to_string(), filed.record.name.to_string(), None, None);
    }
    for code in model.inspections.keys() {
        let (name, anchor) = (format!("Cuộc kiểm tra {code}"), urls::record_anchor(code));
        put(FileKind::Inspection, code.to_string(), name, Some(urls::inspections()), Some(anchor));
    }
    for (code, filed) in &model.simplifications {
        let (page, anchor) = (urls::simplifications(), urls::record_anchor(code));
        put(
            FileKind::Simplification,
            code.to_string(),
            filed.record.name.to_string(),
            Some(page),
            Some(anchor),
        );
    }
    all
}

/// The record that a page is about, if it is the one page of that record.
pub fn key_of(model: &Model, kind: &str, subject: &Subject) -> Option<Key> {
    Some(match (kind, subject) {
        ("procedure", Subject::Procedure(code)) => Key::new(FileKind::Procedure, code.to_string()),
        ("decision", Subject::Decision(id)) => {
            let decision = &model.decisions.get(id)?.record;
            let (number, signed) = (decision.number.to_string(), decision.signed.0.to_string());
            Key::new(FileKind::Decision, decision_id(&number, &signed))
        }
        ("petition", Subject::Petition(code)) => Key::new(FileKind::Petition, code.to_string()),
        ("article", Subject::Article(id)) => {
            Key::new(FileKind::Article, format!("{}/{}", id.section, id.slug))
        }
        ("initiative", Subject::Initiative(code)) => Key::new(FileKind::Initiative, code.to_string()),
        ("plan", Subject::Plan(year)) => Key::new(FileKind::TaskPlan, year.to_string()),
        ("field", Subject::Field(code)) => Key::new(FileKind::Fields, code.to_string()),
        ("results-period", Subject::Statistics(period)) => Key::new(FileKind::Statistics, period.to_string()),
        _ => return None,
    })
}

/// The changes of one day.
#[derive(Debug, Serialize)]
pub struct DayRows {
    /// The day.
    pub day: DateView,
    /// What changed on it.
    pub rows: Vec<ChangeRow>,
}

/// A record that changed.
#[derive(Debug, Serialize)]
pub struct ChangeRow {
    /// What became of it.
    pub act: String,
    /// The kind of record.
    pub kind: &'static str,
    /// The record by its name of today; a link while it is on the site.
    pub what: Option<RefView>,
    /// Made-up data.
    pub illustrative: bool,
    /// Field by field; empty where only that something changed may be shown.
    pub lines: Vec<String>,
}

/// The changes of one record, as its own page shows them.
#[derive(Debug, Clone, Serialize)]
pub struct PastView {
    /// The day from which on changes are known.
    pub since: Option<DateView>,
    /// The changes, newest first.
    pub rows: Vec<PastRow>,
    /// How many older ones are not named here.
    pub more: usize,
    /// Path of the page of all changes below the root of the site.
    pub all: String,
}

/// One change of a record.
#[derive(Debug, Clone, Serialize)]
pub struct PastRow {
    /// The day.
    pub day: DateView,
    /// What was done.
    pub act: String,
    /// Field by field.
    pub lines: Vec<String>,
}

/// The past of the record that a page is about; none where no past is known.
pub fn of_page(cx: &PageCx<'_>, kind: &str, subject: &Subject) -> Option<PastView> {
    let Past::Known(timeline) = &cx.model().past else { return None };
    let key = key_of(cx.model(), kind, subject)?;
    let row = |entry: &Entry| PastRow { day: entry.day.into(), act: act(entry), lines: lines(entry) };
    let all: Vec<&Entry> = timeline.of(&key).collect();
    Some(PastView {
        since: timeline.since.map(Into::into),
        rows: all.iter().take(MOST_ON_RECORD).map(|entry| row(entry)).collect(),
        more: all.len().saturating_sub(MOST_ON_RECORD),
        all: urls::changes().out_path().to_string(),
    })
}

/// What became of a record, in a word.
pub fn act(entry: &Entry) -> String {
    let free = detail(&entry.change.key) == Detail::Values;
    match &entry.change.what {
        What::Added => "thêm".to_owned(),
        What::Removed => "gỡ".to_owned(),
        What::Renamed(from) if free => format!("đổi mã từ {}", from.id),
        What::Renamed(_) => "đổi mã".to_owned(),
        What::Changed if detail(&entry.change.key) == Detail::Nothing => "cập nhật".to_owned(),
        What::Changed => "sửa".to_owned(),
    }
}

fn detail(key: &Key) -> Detail {
    Reader::Public.detail(key.file_kind())
}

/// What changed, field by field.
pub fn lines(entry: &Entry) -> Vec<String> {
    let change = &entry.change;
    let mut lines: Vec<String> = change.fields.iter().take(MOST_FIELDS).map(FieldChange::words).collect();
    if let Some(more @ 1..) = change.fields.len().checked_sub(MOST_FIELDS) {
        lines.push(format!("và {more} mục khác"));
    }
    if change.unreadable && change.what == What::Changed {
        lines.push("không đọc được một trong hai bản nên không so được từng mục".to_owned());
    }
    lines
}

/// The kind of record of a change, in words.
pub fn kind_of(entry: &Entry) -> &'static str {
    kinds::named(entry.change.key.kind).map_or("", |kind| kind.title)
}

/// A page and the place in it.
pub type Target<'a> = (RoutePath, Option<&'a str>);

/// The record of a change by its name of today, with the place in its page; `None`: nothing may be said of it.
pub fn what<'a>(cx: &PageCx<'a>, entry: &'a Entry) -> Option<(&'a str, Option<Target<'a>>)> {
    let change = &entry.change;
    if let Some(shown) = cx.plan.shown.get(&change.key) {
        let page = shown.page.clone().filter(|page| cx.has(page));
        return Some((&shown.name, page.map(|page| (page, shown.anchor.as_deref()))));
    }
    (detail(&change.key) == Detail::Values).then_some((change.name.as_str(), None))
}

/// The changes as rows, a group for each day, in the order given.
pub fn days<'e>(cx: &PageCx<'e>, entries: impl Iterator<Item = &'e Entry>) -> Vec<DayRows> {
    let mut days: Vec<DayRows> = Vec::new();
    for entry in entries {
        let day = DateView::from(entry.day);
        if days.last().is_none_or(|last| last.day.iso != day.iso) {
            days.push(DayRows { day, rows: Vec::new() });
        }
        let what = what(cx, entry).map(|(name, page)| RefView {
            text: name.to_owned(),
            href: page.map(|(page, anchor)| {
                let href = cx.href(&page);
                anchor.map_or_else(|| href.clone(), |anchor| format!("{href}#{anchor}"))
            }),
        });
        let row = ChangeRow {
            act: act(entry),
            kind: kind_of(entry),
            what,
            illustrative: entry.change.illustrative,
            lines: lines(entry),
        };
        if let Some(last) = days.last_mut() {
            last.rows.push(row);
        }
    }
    days
}

/// The years in which something changed, with how many changes, the last year first.
pub fn years(timeline: &Timeline) -> Vec<(i16, usize)> {
    let mut years: Vec<(i16, usize)> = Vec::new();
    for entry in &timeline.entries {
        let year = entry.day.year();
        match years.last_mut() {
            Some((last, count)) if *last == year => *count += 1,
            _ => years.push((year, 1)),
        }
    }
    years
}

/// Why a past is not known, for whoever reads the site. What git itself said names folders of the machine.
pub fn why_unknown(missing: &NoHistory) -> &'static str {
    match missing {
        NoHistory::NotRead => "Bản này được dựng mà không đọc lịch sử của nội dung.",
        NoHistory::NoRepository => {
            "Máy dựng trang không có kho git của nội dung, nên không biết lịch sử thay đổi."
        }
        NoHistory::Shallow => {
            "Kho git ở máy dựng trang được chép về thiếu phần cũ, nên không biết lịch sử thay đổi."
        }
        NoHistory::Failed(_) => {
            "Máy dựng trang không đọc được kho git của nội dung, nên không biết lịch sử thay đổi."
        }
    }
}
