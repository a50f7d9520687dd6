//! A sheet as records: which kind it lists, where its headings stand, what each row says.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Entry;
use super::headings::{Headings, column_of, identities, is_numbering, plain};
use super::values::{self, Said};
use super::ways::{self, Gathered};
use super::wording::{self, Wording};
use super::{ColumnSeen, Known, Remark, SheetSeen, Understood, Unread, Wish};
use crate::base::diagnostic::Message;
use crate::edit::Value;
use crate::export::columns::{Column, Form, LINK, Table, is_directory, tables};
use crate::export::{self, entry_key};
use crate::inputs::FileKind;
use crate::msg;
use crate::parse::kinds::{KINDS, RecordKind};
use crate::sheet::{Area, At, Cell, Grid, address};
use crate::vi::fold::fold;

/// So far from the top headings are looked for.
const DEEPEST_HEADING: u32 = 40;

/// A sheet that was understood as a list of something.
pub(super) struct Planned<'g> {
    file: &'g str,
    grid: &'g Grid,
    kind: &'static RecordKind,
    table: Table,
    /// Column of the sheet → column of the table, and the part of a long text.
    columns: BTreeMap<u32, (usize, usize)>,
    /// Column of the sheet → what its free text says.
    worded: BTreeMap<u32, Wording>,
    /// First and last row of the headings, and the first of the rows below.
    heading: (u32, u32),
    start: u32,
    /// Written by our own export: keys stand in it, and blanks mean blanks.
    ours: bool,
}

/// What stands in a row, and the cell of one column.
type RowWith<'c> = (Vec<String>, Option<(Cell, &'c Column)>);

impl Planned<'_> {
    /// Whether its rows are records of this table.
    pub(super) fn lists(&self, table: &str) -> bool {
        self.table.name == table
    }

    /// The rows below the headings: what stands in each, and the cell of one column.
    pub(super) fn rows_with(&self, key: &str) -> Vec<RowWith<'_>> {
        let column = self.columns.iter().find(|(_, (i, _))| self.table.columns[*i].key == key);
        (self.start..self.grid.height())
            .map(|row| {
                let texts = self.grid.cells.range((row, 0)..(row + 1, 0)).map(|(_, cell)| cell.shown());
                let cell = column.and_then(|(at, (i, _))| {
                    let cell = self.grid.cells.get(&(row, *at))?;
                    Some((cell.clone(), &self.table.columns[*i]))
                });
                (texts.collect(), cell)
            })
            .collect()
    }

    /// Directories before records, records before lists in them.
    pub(super) fn order(&self) -> (bool, usize, usize) {
        let place = KINDS.iter().position(|kind| kind.name == self.kind.name).unwrap_or(0);
        (!is_directory(self.kind.kind), self.table.hops.len(), place)
    }
}

/// Finds out what a sheet lists; what it is not understood as is told.
pub(super) fn plan<'g>(
    file: &'g str,
    grid: &'g Grid,
    wish: Wish<'_>,
    known: &Known,
    out: &mut Understood,
) -> Option<Planned<'g>> {
    if grid.cells.is_empty() {
        return None;
    }
    let planned = ours(file, grid).map_or_else(|| office(file, grid, wish, known), Ok);
    match planned {
        Ok(planned) => Some(planned),
        Err(why) => {
            out.sheets.push(SheetSeen {
                file: file.to_owned(),
                sheet: grid.name.clone(),
                table: None,
                heading_row: 0,
                rows: 0,
                columns: Vec::new(),
            });
            for (at, cell) in &grid.cells {
                out.unread.push(unread(file, grid, *at, cell, why.clone()));
            }
            None
        }
    }
}

pub(super) fn unread(file: &str, grid: &Grid, at: At, cell: &Cell, why: Message) -> Unread {
    Unread {
        file: file.to_owned(),
        sheet: grid.name.clone(),
        address: grid.address(at),
        text: cell.shown(),
        why,
        by_rule: false,
    }
}

/// A sheet of our own export: its second line holds the name of the table and the keys.
fn ours<'g>(file: &'g str, grid: &'g Grid) -> Option<Planned<'g>> {
    for row in 0..grid.height().min(DEEPEST_HEADING) {
        let first = grid.cells.range((row, 0)..(row + 1, 0)).next();
        let Some(((_, at), Cell::Text(text))) = first else { continue };
        let Some((name, _)) = text.split_once(':') else { continue };
        let found = KINDS.iter().find_map(|kind| {
            tables(kind).iter().find(|table| table.name == name).map(|table| (kind, table.clone()))
        });
        let Some((kind, table)) = found else { continue };
        let mut columns = BTreeMap::new();
        for ((_, column), cell) in grid.cells.range((row, 0)..(row + 1, 0)) {
            let text = cell.shown();
            let key = if column == at { text.split_once(':').map_or("", |(_, key)| key) } else { &text };
            let (key, part) = match key.rsplit_once('~') {
                Some((key, part)) => (key, part.parse::<usize>().map_or(0, |n| n.saturating_sub(1))),
                None => (key, 0),
            };
            if let Some(i) = column_of(&table, key.trim()) {
                columns.insert(*column, (i, part));
            }
        }
        return Some(Planned {
            file,
            grid,
            kind,
            table,
            columns,
            worded: BTreeMap::new(),
            heading: (row.saturating_sub(1), row),
            start: row + 1,
            ours: true,
        });
    }
    None
}

/// A sheet of an office: the table and the row of headings that explain most of it.
fn office<'g>(file: &'g str, grid: &'g Grid, wish: Wish<'_>, known: &Known) -> Result<Planned<'g>, Message> {
    let nothing = msg!(
        "không thấy hàng tiêu đề nào gồm mã (hoặc số, tên) và ít nhất một cột khác đã biết; xem các tiêu đề nhận được ở docs/bien-tap/nhap-xuat.md",
        "no row of headings with a code and at least one more known column was found"
    );
    let kinds = KINDS.iter().filter(|kind| wish.kind.is_none_or(|wanted| wanted.name == kind.name));
    let mut best: Option<(usize, Planned<'g>)> = None;
    let mut tied: Option<&'static str> = None;
    for kind in kinds {
        for table in tables(kind) {
            let headings = Headings::of(kind, table);
            let Some((mut score, planned)) = heading(file, grid, kind, table, &headings) else { continue };
            score = score * 10 + fit(&planned, known) + hint(&planned);
            match &best {
                Some((most, _)) if *most > score => {}
                Some((most, _)) if *most == score => tied = Some(kind.name),
                _ => {
                    best = Some((score, planned));
                    tied = None;
                }
            }
        }
    }
    match (best, tied) {
        (None, _) => Err(nothing),
        (Some((_, planned)), Some(other)) if planned.kind.name != other => {
            let one = planned.kind.name;
            Err(msg!(
                "có thể là `{one}` hoặc `{other}`; hãy chạy lại với --kind {one} hoặc --kind {other}",
                "may be `{one}` or `{other}`; run again with --kind"
            ))
        }
        (Some((_, planned)), _) => Ok(planned),
    }
}

/// The row, or the two rows, of headings of a table.
fn heading<'g>(
    file: &'g str,
    grid: &'g Grid,
    kind: &'static RecordKind,
    table: &Table,
    headings: &Headings,
) -> Option<(usize, Planned<'g>)> {
    let identities = identities(kind, table);
    // A long list may have a hundred thousand joined cells; those of its head are few.
    let heads: Vec<&Area> = grid.merged.iter().filter(|(first, _)| first.0 <= DEEPEST_HEADING).collect();
    let joined = |(row, column): At| {
        let (first, _) = heads.iter().find(|(first, last)| {
            (first.0..=last.0).contains(&row) && (first.1..=last.1).contains(&column)
        })?;
        grid.cells.get(first)
    };
    let mut best: Option<(usize, Planned<'g>)> = None;
    for first in 0..grid.height().min(DEEPEST_HEADING) {
        for last in [first, first + 1] {
            let mut columns: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
            let mut worded: BTreeMap<u32, Wording> = BTreeMap::new();
            let mut taken = BTreeSet::new();
            // Of a heading that goes over several columns only the first is meant by its words alone.
            let anchors: BTreeSet<u32> =
                grid.cells.range((first, 0)..(last + 1, 0)).map(|((_, column), _)| *column).collect();
            for column in anchors {
                let texts: Vec<String> = (first..=last)
                    .filter_map(|row| grid.cells.get(&(row, column)).or_else(|| joined((row, column))))
                    .filter(|cell| matches!(cell, Cell::Text(_)))
                    .map(Cell::shown)
                    .collect();
                let joined = texts.join(" ");
                let lowest = texts.last().cloned().unwrap_or_default();
                let words = [joined.as_str(), lowest.as_str()];
                if let Some(i) = words.iter().find_map(|word| headings.column(word))
                    && taken.insert(i)
                {
                    columns.insert(column, (i, 0));
                } else if table.name == "thu-tuc"
                    // A heading over several columns has more to say in the row below: before and now, say.
                    && !heads.iter().any(|(first, end)| *first == (last, column) && end.1 > column)
                    && let Some(wording) = words.iter().find_map(|word| Wording::of(word, &joined))
                    && !worded.values().any(|other| other.same_place(wording))
                {
                    worded.insert(column, wording);
                }
            }
            let named = columns.values().any(|(i, _)| identities.contains(i));
            // Two rows must say more than one.
            let score = columns.len() * 2 + worded.len() - usize::from(last > first && !columns.is_empty());
            if !named
                || columns.len() + worded.len() < 2
                || best.as_ref().is_some_and(|(most, _)| *most >= score)
            {
                continue;
            }
            let planned = Planned {
                file,
                grid,
                kind,
                table: table.clone(),
                columns,
                worded,
                heading: (first, last),
                start: last + 1,
                ours: false,
            };
            best = Some((score, planned));
        }
    }
    best
}

/// How well the first rows fit: 0 to 8.
fn fit(planned: &Planned<'_>, known: &Known) -> usize {
    let (mut good, mut all) = (0, 0);
    for row in planned.start..(planned.start + 12).min(planned.grid.height()) {
        for (column, (i, _)) in &planned.columns {
            let Some(cell) = planned.grid.cells.get(&(row, *column)) else { continue };
            all += 1;
            good += usize::from(values::read(cell, &planned.table.columns[*i], known, false).is_ok());
        }
    }
    (good * 8usize).checked_div(all).unwrap_or(0)
}

/// Whether the name of the file or sheet, or what stands above the headings, names the kind.
fn hint(planned: &Planned<'_>) -> usize {
    let above = planned.grid.cells.range(..(planned.heading.0, 0)).map(|(_, cell)| cell.shown());
    let words = [planned.file.to_owned(), planned.grid.name.clone()]
        .into_iter()
        .chain(above)
        .chain(planned.grid.above.iter().cloned())
        .map(|text| plain(&text.replace(['_', '-'], " ")))
        .collect::<Vec<_>>()
        .join(" | ");
    let name = planned.kind.name.replace('-', " ");
    let title = plain(planned.kind.title.trim_start_matches("Danh mục "));
    usize::from(words.contains(&name) || words.contains(&title)) * 3
}

/// Reads the rows of a sheet into drafts.
pub(super) fn read(planned: &Planned<'_>, known: &mut Known, out: &mut Understood) {
    let Planned { file, grid, kind, table, .. } = planned;
    let mut seen: BTreeMap<u32, ColumnSeen> = BTreeMap::new();
    // Not every column up to the last: one cell in the last corner of a sheet must not cost seventeen billion looks.
    let used: BTreeSet<u32> =
        grid.cells.range((planned.heading.0, 0)..).map(|((_, column), _)| *column).collect();
    for column in used {
        let heading = (planned.heading.0..=planned.heading.1)
            .filter(|row| !planned.ours || *row == planned.heading.0)
            .filter_map(|row| grid.cells.get(&(row, column)))
            .map(Cell::shown)
            .collect::<Vec<_>>()
            .join(" / ");
        let key = planned.columns.get(&column).map(|(i, _)| table.columns[*i].key.clone());
        let key = key.or_else(|| planned.worded.get(&column).map(|wording| wording.key().to_owned()));
        let address = if grid.in_document {
            (column + 1).to_string()
        } else {
            address((0, column)).trim_end_matches('1').to_owned()
        };
        let heading = values::clean(&heading);
        seen.insert(column, ColumnSeen { address, heading, key, taken: 0, left: 0 });
    }
    // What stands above the headings belongs to no record.
    for (at, cell) in grid.cells.range(..(planned.heading.0, 0)) {
        let why = msg!("dòng phía trên bảng", "above the table");
        out.unread.push(Unread { by_rule: true, ..unread(file, grid, *at, cell, why) });
    }
    let ignored = |column: &ColumnSeen| column.key.is_none() && is_numbering(&column.heading);
    for (column, head) in &seen {
        if head.key.is_none() && !head.heading.is_empty() && !ignored(head) {
            for row in planned.heading.0..=planned.heading.1 {
                if let Some(cell) = grid.cells.get(&(row, *column)) {
                    let why = strange_heading(kind, &head.heading);
                    out.unread.push(unread(file, grid, (row, *column), cell, why));
                }
            }
        }
    }
    let mut joins: BTreeMap<u32, BTreeMap<u32, u32>> = BTreeMap::new();
    for (first, last) in &grid.merged {
        joins.entry(first.1).or_default().insert(first.0, last.0);
    }
    let mut reading = Rows {
        planned,
        seen,
        rows: 0,
        field: None,
        last: None,
        links: BTreeMap::new(),
        joins,
        gathered: Gathered::default(),
    };
    if grid.hidden {
        let what = msg!(
            "trang tính này đang ẩn trong tệp nhưng vẫn được đọc; không muốn nhập thì xóa nó khỏi tệp",
            "this sheet is hidden in the file, and was read all the same; delete it if it is not meant"
        );
        reading.remark((planned.heading.0, 0), what, out);
    }
    for row in planned.start..grid.height() {
        reading.row(row, known, out);
    }
    let Rows { seen, rows, .. } = reading;
    if !table.hops.is_empty() {
        let covered = out.covered.entry(table.name.clone()).or_default();
        covered.extend(planned.columns.values().map(|(i, _)| table.columns[*i].path.clone()));
    }
    out.sheets.push(SheetSeen {
        file: (*file).to_owned(),
        sheet: grid.name.clone(),
        table: Some(table.name.clone()),
        heading_row: planned.heading.0 + 1,
        rows,
        columns: seen.into_values().collect(),
    });
}

/// What is said of a column that no key is for.
fn strange_heading(kind: &RecordKind, heading: &str) -> Message {
    let folded = plain(heading);
    let sender = [
        "ho ten",
        "ho va ten",
        "nguoi gui",
        "nguoi phan anh",
        "so dien thoai",
        "dien thoai",
        "dia chi",
        "email",
        "cccd",
        "cmnd",
    ];
    let petition = matches!(kind.kind, FileKind::Petition | FileKind::Initiative);
    if petition && sender.iter().any(|word| folded.contains(word)) {
        return msg!(
            "trang không có chỗ cho thông tin người gửi (Luật 91/2025/QH15): cột này không bao giờ được nhập",
            "there is no place for who sent it: this column is never imported"
        );
    }
    let name = kind.name;
    msg!(
        "không có khóa nào của {name} ứng với tiêu đề này; đổi tiêu đề thành tên khóa nếu cần",
        "no key of {name} goes with this heading"
    )
}

struct Rows<'p, 'g> {
    planned: &'p Planned<'g>,
    seen: BTreeMap<u32, ColumnSeen>,
    rows: usize,
    /// The field that a heading of a group named.
    field: Option<String>,
    /// The record of the row above, and the row.
    last: Option<(String, u32)>,
    /// Records of this sheet and the row that each began in.
    links: BTreeMap<String, u32>,
    /// Joined cells by their first column: first row → last row.
    joins: BTreeMap<u32, BTreeMap<u32, u32>>,
    /// What the free text of the record of the row above says.
    gathered: Gathered,
}

impl Rows<'_, '_> {
    fn leave(&mut self, at: At, cell: &Cell, why: Message, by_rule: bool, out: &mut Understood) {
        // The number of a row says nothing, whatever became of the row.
        let numbers =
            self.seen.get(&at.1).is_some_and(|seen| seen.key.is_none() && is_numbering(&seen.heading));
        let by_rule = by_rule || numbers;
        let found = Unread { by_rule, ..unread(self.planned.file, self.planned.grid, at, cell, why) };
        out.unread.push(found);
        if let (false, Some(column)) = (by_rule, self.seen.get_mut(&at.1)) {
            column.left += 1;
        }
    }

    fn row(&mut self, row: u32, known: &mut Known, out: &mut Understood) {
        let planned = self.planned;
        let (grid, table, kind) = (planned.grid, &planned.table, planned.kind);
        let own: Vec<(u32, &Cell)> =
            grid.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), cell)| (*column, cell)).collect();
        if own.is_empty() {
            return;
        }
        let numbers: Vec<u32> =
            own.iter().filter_map(|(_, cell)| cell.shown().trim_matches(['(', ')']).parse().ok()).collect();
        let counts =
            numbers.len() == own.len() && own.len() > 1 && numbers.windows(2).all(|two| two[1] == two[0] + 1);
        if !planned.ours && counts && row == planned.start {
            for (column, cell) in own {
                self.leave((row, column), cell, msg!("dòng đánh số cột", "numbers of columns"), true, out);
            }
            return;
        }
        // The cells by column of the table, long texts put together, joined cells seen in each of their rows.
        let mut cells: BTreeMap<usize, Vec<(usize, At, Cell)>> = BTreeMap::new();
        for (column, (i, part)) in &planned.columns {
            let at = (row, *column);
            let from = match self.joined(at) {
                Some(first) if first >= planned.start => (first, *column),
                _ => at,
            };
            if let Some(cell) = grid.cells.get(&from) {
                cells.entry(*i).or_default().push((*part, at, cell.clone()));
            }
        }
        let cell_of = |i: usize| -> Option<(At, Cell)> {
            let mut parts = cells.get(&i)?.clone();
            parts.sort_by_key(|(part, ..)| *part);
            let (_, at, first) = parts.first()?.clone();
            match parts.len() {
                1 => Some((at, first)),
                _ => Some((at, Cell::Text(parts.iter().map(|(_, _, cell)| cell.shown()).collect()))),
            }
        };
        let identity = identities(kind, table);
        let named = identity.iter().find_map(|i| cell_of(*i).map(|(at, cell)| (*i, at, cell)));
        let Some((i, at, cell)) = named else {
            self.no_identity(row, &own, known, out);
            return;
        };
        let link = match values::read(&cell, &table.columns[i], known, planned.ours) {
            Ok(Said::Value(Value::Scalar(text), remark)) => {
                if let Some(what) = remark {
                    self.remark(at, what, out);
                }
                text
            }
            Ok(_) => {
                self.refuse_row(row, &own, &msg!("dòng không có mã", "a row without a code"), out);
                return;
            }
            // The heading of a group may stand in the column of codes.
            Err(_) if self.is_group(row, &own, known, out) => return,
            Err(why) => {
                let other = msg!("mã của dòng này không dùng được", "the code of this row is unusable");
                for (column, cell) in own {
                    let why = if column == at.1 { why.clone() } else { other.clone() };
                    self.leave((row, column), cell, why, false, out);
                }
                return;
            }
        };
        // Figures of a period stand once for all fields and once for each.
        let field = column_of(table, "linh_vuc").filter(|_| kind.kind == FileKind::Statistics && i != 0);
        let field = field.and_then(cell_of).and_then(|(_, cell)| {
            let column = column_of(table, "linh_vuc")?;
            match values::read(&cell, &table.columns[column], known, planned.ours) {
                Ok(Said::Value(Value::Scalar(code), _)) => Some(code),
                _ => None,
            }
        });
        let link = field.map_or(link.clone(), |field| format!("{link}/{field}"));
        if table.hops.is_empty() {
            self.record(row, &link, &cell_of, &own, known, out);
        } else {
            self.entry(row, &link, &cell_of, &own, known, out);
        }
    }

    fn remark(&self, at: At, what: Message, out: &mut Understood) {
        let planned = self.planned;
        let place = (planned.file.to_owned(), planned.grid.name.clone(), planned.grid.address(at));
        let remark = Remark { place, what };
        // The code of a row is read twice: for the row, and as a value.
        if out.remarks.last() != Some(&remark) {
            out.remarks.push(remark);
        }
    }

    fn refuse_row(&mut self, row: u32, own: &[(u32, &Cell)], why: &Message, out: &mut Understood) {
        for (column, cell) in own {
            self.leave((row, *column), cell, why.clone(), false, out);
        }
    }

    /// Whether a row is the heading of a group that is understood: a field, or what a decision does.
    fn is_group(&mut self, row: u32, own: &[(u32, &Cell)], known: &Known, out: &mut Understood) -> bool {
        let texts: Vec<&(u32, &Cell)> = own
            .iter()
            .filter(|(column, _)| {
                !self.seen.get(column).is_some_and(|c| c.key.is_none() && is_numbering(&c.heading))
            })
            .collect();
        let alone = match (texts.as_slice(), own) {
            ([(column, Cell::Text(text))], _) | ([], [(column, Cell::Text(text))]) => Some((*column, text)),
            _ => None,
        };
        if let Some((column, text)) = alone
            && self.planned.table.hops.is_empty()
            && column_of(&self.planned.table, "linh_vuc").is_some()
            && let Some(code) = field_of(text, known)
        {
            for (other, cell) in own {
                let why = match *other == column {
                    true => {
                        msg!("tiêu đề nhóm: lĩnh vực `{code}` của các dòng dưới", "heads the field `{code}`")
                    }
                    false => msg!("số của tiêu đề nhóm", "the number of a group"),
                };
                self.leave((row, *other), cell, why, true, out);
            }
            self.field = Some(code);
            return true;
        }
        if let (Some((_, text)), true) = (alone, self.planned.lists("thu-tuc"))
            && super::decision::change_of(text).is_some()
        {
            for (other, cell) in own {
                let why = msg!("tiêu đề nhóm của quyết định", "a heading of the decision");
                self.leave((row, *other), cell, why, true, out);
            }
            return true;
        }
        false
    }

    /// A row that names no record.
    fn no_identity(&mut self, row: u32, own: &[(u32, &Cell)], known: &Known, out: &mut Understood) {
        if self.is_group(row, own, known, out) {
            return;
        }
        let what = match self.planned.table.hops.is_empty() {
            true => entry_key(self.planned.kind.kind),
            false => LINK,
        };
        for (column, cell) in own {
            let why = msg!(
                "dòng không có `{what}` nên không biết là của bản ghi nào",
                "the row has no `{what}`, so it belongs to no record"
            );
            self.leave((row, *column), cell, why, false, out);
        }
    }

    /// The draft of a link, made if there is none.
    fn draft(&self, link: &str, row: u32, out: &mut Understood) -> usize {
        let planned = self.planned;
        out.draft(planned.kind, link, || format!("{} [{}] dòng {}", planned.file, planned.grid.name, row + 1))
    }

    /// A row that is a record.
    fn record(
        &mut self,
        row: u32,
        link: &str,
        cell_of: &dyn Fn(usize) -> Option<(At, Cell)>,
        own: &[(u32, &Cell)],
        known: &mut Known,
        out: &mut Understood,
    ) {
        let goes_on = self.last.as_ref().is_some_and(|(last, _)| last == link) && self.is_joined(row);
        if let (Some(first), false) = (self.links.get(link), goes_on) {
            let first = first + 1;
            let why = msg!(
                "bản ghi `{link}` đã có ở dòng {first}; một bản ghi chỉ có một dòng",
                "`{link}` stands in row {first} already"
            );
            for (column, cell) in own {
                self.leave((row, *column), cell, why.clone(), false, out);
            }
            return;
        }
        let (entry, removed) = self.entry_of(row, cell_of, known, out);
        if !goes_on {
            self.gathered = Gathered::default();
        }
        let channels = self.channels(row, link, known, out);
        let field = self.field.clone();
        let wants_field = column_of(&self.planned.table, "linh_vuc").is_some();
        let mut clashes = Vec::new();
        let place = self.draft(link, row, out);
        let draft = &mut out.drafts[place];
        for (path, value) in entry.values {
            match (draft.entry.get(&path), goes_on) {
                (Some(old), true) if *old == value => {}
                (Some(Value::List(old)), true) => {
                    let mut all = old.clone();
                    if let Value::List(more) = value {
                        all.extend(more.into_iter().filter(|one| !old.contains(one)));
                    }
                    draft.entry.put(&path, Value::List(all));
                }
                (Some(_), true) => clashes.push(path),
                _ => draft.entry.put(&path, value),
            }
        }
        draft.removed.extend(removed);
        draft.has_row = true;
        if !channels.is_empty() {
            *draft.entry.list(&["cach_thuc".to_owned()]) = channels;
        }
        let level = draft.entry.get(&["truc_tuyen".to_owned(), "muc_do".to_owned()]).cloned();
        let path = vec!["linh_vuc".to_owned()];
        if let (Some(field), true, None) = (field, wants_field, draft.entry.get(&path)) {
            draft.entry.put(&path, Value::Scalar(field));
        }
        let value = draft.value();
        known.learn(self.planned.kind.kind, &value);
        if let Some(name) = super::text_of(&value, entry_key(self.planned.kind.kind)) {
            out.also(place, name);
        }
        if let Some(Value::Scalar(level)) = level
            && let Some(what) = self.gathered.against(Some(&level))
            && let Some((column, _)) = self.planned.worded.iter().find(|(_, w)| **w == Wording::Ways)
        {
            self.remark((row, *column), what, out);
        }
        for path in clashes {
            let column =
                self.planned.columns.iter().find(|(_, (i, _))| self.planned.table.columns[*i].path == path);
            if let Some((column, _)) = column
                && let Some(cell) = self.planned.grid.cells.get(&(row, *column))
            {
                let why = msg!(
                    "bản ghi `{link}` đã có giá trị này ở dòng trên, hai dòng khác nhau",
                    "`{link}` has another value in the row above"
                );
                self.leave((row, *column), cell, why, false, out);
                if let Some(seen) = self.seen.get_mut(column) {
                    seen.taken = seen.taken.saturating_sub(1);
                }
            }
        }
        if !goes_on {
            self.rows += 1;
            self.links.insert(link.to_owned(), row);
        }
        self.last = Some((link.to_owned(), row));
    }

    /// The list of ways that the free text of a row makes; what has no place in it is told.
    fn channels(&mut self, row: u32, link: &str, known: &Known, out: &mut Understood) -> Vec<Entry> {
        let planned = self.planned;
        let mut read: Vec<(u32, Wording, At)> = Vec::new();
        let mut gathered = self.gathered.clone();
        for (column, wording) in &planned.worded {
            let at = (row, *column);
            let from = match self.joined(at) {
                Some(first) if first >= planned.start => (first, *column),
                _ => at,
            };
            let Some(cell) = planned.grid.cells.get(&from) else { continue };
            let written = from == at;
            match said(cell, *wording, &mut gathered) {
                Ok(true) if written => read.push((*column, *wording, at)),
                Ok(false) if written => {
                    let why = msg!("nguồn ghi là không có", "the source says there is nothing");
                    self.leave(at, cell, why, true, out);
                }
                Err(why) if written => self.leave(at, cell, why, false, out),
                _ => {}
            }
        }
        if gathered == self.gathered {
            read.iter().for_each(|(column, ..)| self.take(*column));
            return Vec::new();
        }
        let held = known.find(planned.kind, link, None);
        let old = held.and_then(|held| held.value.get("cach_thuc"));
        let (made, clash) = gathered.channels(old);
        for (column, wording, at) in read {
            let why = match wording {
                Wording::Limits(_) => &clash.limits,
                Wording::Charges(..) => &clash.charges,
                Wording::Ways => &None,
            };
            match (why, planned.grid.cells.get(&at)) {
                (Some(why), Some(cell)) => self.leave(at, cell, why.clone(), false, out),
                _ => self.take(column),
            }
        }
        self.gathered = gathered;
        made
    }

    /// One cell more of a column that was taken.
    fn take(&mut self, column: u32) {
        if let Some(seen) = self.seen.get_mut(&column) {
            seen.taken += 1;
        }
    }

    /// Whether this row is joined to the one above in the column that names the record.
    fn is_joined(&self, row: u32) -> bool {
        let identity = identities(self.planned.kind, &self.planned.table);
        let columns = self.planned.columns.iter().filter(|(_, (i, _))| identity.contains(i));
        columns.into_iter().any(|(column, _)| self.joined((row, *column)).is_some_and(|first| first < row))
    }

    /// The row in which the cell that is joined over this place begins.
    fn joined(&self, (row, column): At) -> Option<u32> {
        let (first, last) = self.joins.get(&column)?.range(..=row).next_back()?;
        (*last >= row).then_some(*first)
    }

    /// A row that is an entry of a list in a record.
    fn entry(
        &mut self,
        row: u32,
        link: &str,
        cell_of: &dyn Fn(usize) -> Option<(At, Cell)>,
        own: &[(u32, &Cell)],
        known: &mut Known,
        out: &mut Understood,
    ) {
        let table = &self.planned.table;
        let mut places = Vec::new();
        for (i, column) in table.columns.iter().enumerate() {
            if let Form::Place(_) = column.form {
                let place = cell_of(i).and_then(|(_, cell)| cell.shown().trim().parse::<usize>().ok());
                places.push(place.filter(|place| *place > 0));
            }
        }
        let (entry, _) = self.entry_of(row, cell_of, known, out);
        let Some((last, above)) = table.hops.split_last() else { return };
        let all = tables(self.planned.kind);
        let old = known.find(self.planned.kind, link, None).map(|held| Entry::of(&held.value, &[], all));
        let place = self.draft(link, row, out);
        match descend(&mut out.drafts[place].entry, above, &places, old.as_ref()) {
            Err(hop) => {
                let why = msg!(
                    "không có mục nào của `{hop}` mang số thứ tự này; ghi số thứ tự (từ 1) vào cột #{hop}",
                    "there is no entry of `{hop}` with this number"
                );
                for (column, cell) in own {
                    self.leave((row, *column), cell, why.clone(), false, out);
                }
            }
            Ok(at) => {
                let first = !self.links.contains_key(link);
                let list = at.list(last);
                // The rows of a sheet are the whole list: what stood there from the site goes with the first.
                if first && above.is_empty() {
                    list.clear();
                } else if !above.is_empty() {
                    let key = format!("{link}\n{places:?}");
                    self.links.entry(key).or_insert_with(|| {
                        list.clear();
                        row
                    });
                }
                list.push(entry);
                self.links.insert(link.to_owned(), row);
                self.rows += 1;
            }
        }
    }

    /// The values of a row, and the keys that are to go.
    fn entry_of(
        &mut self,
        row: u32,
        cell_of: &dyn Fn(usize) -> Option<(At, Cell)>,
        known: &Known,
        out: &mut Understood,
    ) -> (Entry, Vec<Vec<String>>) {
        let planned = self.planned;
        let (mut entry, mut removed) = (Entry::default(), Vec::new());
        for (column, (i, part)) in &planned.columns {
            let own: &Column = &planned.table.columns[*i];
            let Some((at, cell)) = cell_of(*i).filter(|_| *part == 0) else { continue };
            let written = planned.grid.cells.contains_key(&(row, *column));
            let taken = match (&own.form, values::read(&cell, own, known, planned.ours)) {
                (Form::Link | Form::Place(_), _) => written,
                (_, Ok(Said::Value(value, remark))) => {
                    if let (Some(what), true) = (remark, written) {
                        self.remark(at, what, out);
                    }
                    entry.put(&own.path, value);
                    written
                }
                (_, Ok(Said::Nothing)) => {
                    if written {
                        let why = msg!("nguồn ghi là không có", "the source says there is nothing");
                        self.leave((row, *column), &cell, why, true, out);
                    }
                    false
                }
                (_, Ok(Said::Remove)) => {
                    removed.push(own.path.clone());
                    written
                }
                (_, Err(why)) => {
                    if written {
                        self.leave((row, *column), &cell, why, false, out);
                    }
                    false
                }
            };
            if let (true, Some(seen)) = (taken, self.seen.get_mut(column)) {
                seen.taken += 1;
            }
        }
        // Cells of columns that are not understood; those that number the rows are left by rule.
        let strange: Vec<(u32, bool)> = self
            .seen
            .iter()
            .filter(|(_, seen)| seen.key.is_none())
            .map(|(column, seen)| (*column, is_numbering(&seen.heading)))
            .collect();
        for (column, numbering) in strange {
            if let (Some(cell), false) = (planned.grid.cells.get(&(row, column)), numbering) {
                let heading = self.seen.get(&column).map(|seen| seen.heading.clone()).unwrap_or_default();
                let why = strange_heading(planned.kind, &heading);
                self.leave((row, column), cell, why, false, out);
            }
        }
        (entry, removed)
    }
}

/// Adds what a cell of free text says; whether it says anything.
fn said(cell: &Cell, wording: Wording, gathered: &mut Gathered) -> Result<bool, Message> {
    let text = values::worded(cell)?;
    fn add<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) -> bool {
        let any = !more.is_empty();
        for one in more {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        any
    }
    Ok(match wording {
        Wording::Limits(unit) => add(&mut gathered.limits, wording::limits(&text, unit)?),
        Wording::Charges(kind, scale) => add(&mut gathered.charges, wording::charges(&text, kind, scale)?),
        Wording::Ways => add(&mut gathered.ways, ways::ways(&text)?),
    })
}

/// The entry that numbers lead to; where the files do not have a list on the way, that of the site is meant.
fn descend<'e>(
    at: &'e mut Entry,
    above: &[Vec<String>],
    places: &[Option<usize>],
    old: Option<&Entry>,
) -> Result<&'e mut Entry, String> {
    let Some((hop, rest)) = above.split_first() else { return Ok(at) };
    let before = old.and_then(|old| old.lists.iter().find(|(path, _)| path == hop).map(|(_, list)| list));
    let there = at.has_list(hop);
    let list = at.list(hop);
    if let (false, Some(before)) = (there, before) {
        list.clone_from(before);
    }
    let place = places.first().copied().flatten().map_or(usize::MAX, |place| place - 1);
    match list.get_mut(place) {
        Some(entry) => {
            descend(entry, rest, places.get(1..).unwrap_or_default(), before.and_then(|list| list.get(place)))
        }
        None => Err(hop.join(".")),
    }
}

/// The field that the heading of a group names: `II. LĨNH VỰC SỞ HỮU TRÍ TUỆ (05 TTHC)`.
pub(super) fn field_of(text: &str, known: &Known) -> Option<String> {
    let folded = fold(text);
    let bare = folded.split('(').next().unwrap_or_default().trim();
    let numeral = |word: &str| {
        let word = word.trim_end_matches(['.', ')', ':']);
        !word.is_empty()
            && word.len() < 6
            && word.chars().all(|c| c.is_ascii_digit() || ".ivxlabcd".contains(c))
    };
    let rest = match bare.split_once([' ', '.']) {
        Some((first, rest)) if numeral(first) => rest.trim_start_matches(['.', ' ']),
        _ => bare,
    };
    let rest = rest.trim_end_matches([':', '.', ' ']);
    let name = rest.strip_prefix("linh vuc").map_or(rest, |name| name.trim_start_matches([':', ' ']));
    known.code_of(&known.fields, name)
}

impl Known {
    /// The record that a link means, if there is just one: its file, or what it is known by.
    pub(crate) fn find(&self, kind: &RecordKind, link: &str, draft: Option<&Value>) -> Option<&export::Held> {
        let records = self.records.get(kind.name)?;
        if kind.kind == FileKind::Site {
            return records.first();
        }
        let places = self.index.get(&(kind.name, link.to_owned()))?;
        let tells = |held: &&export::Held| {
            let text = |value: &Value, key: &str| super::text_of(value, key).map(str::to_owned);
            held.link == link
                || match (kind.kind, draft) {
                    (FileKind::Statistics, _) => {
                        super::composed(kind.kind, &held.value).as_deref() == Some(link)
                    }
                    // Numbers of decisions repeat each year.
                    (FileKind::Decision, Some(draft)) => {
                        match (text(&held.value, "ngay_ky"), text(draft, "ngay_ky")) {
                            (Some(old), Some(new)) => old.get(..4) == new.get(..4),
                            _ => true,
                        }
                    }
                    _ => true,
                }
        };
        let mut found = places.iter().filter_map(|at| records.get(*at)).filter(tells);
        found.next().filter(|_| found.next().is_none())
    }
}
