//! How a sheet is set, so that it stays on one side where it can: a guess of its height by counting
//! letters. The browser has the last word; a test prints every sheet of the shipped site.

use serde::Serialize;

use super::SheetBody;

/// How a sheet is set: the classes of its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Setting {
    /// On one side in 11 pt, the size to be read from a step away; its last part in two columns, as in all of one side.
    #[serde(rename = "single")]
    Eleven,
    /// On one side in 10.5 pt.
    #[serde(rename = "single p105")]
    TenAndHalf,
    /// On one side in 10 pt.
    #[serde(rename = "single p10")]
    Ten,
    /// On one side in 9.5 pt.
    #[serde(rename = "single p95")]
    NineAndHalf,
    /// On one side in 9 pt, the smallest letters that can be read on a board.
    #[serde(rename = "single p9")]
    Nine,
    /// On several sides in 11 pt.
    #[serde(rename = "long")]
    Long,
}

/// What fits on one side is set in the first of these that does: the setting, its letters in points, its leading, and
/// by how much the guess of the height is corrected. The corrections were found by printing the sheets of the shipped site.
const ON_ONE_SIDE: [(Setting, f64, f64, f64); 5] = [
    (Setting::Eleven, 11.0, 1.38, 0.94),
    (Setting::TenAndHalf, 10.5, 1.38, 0.94),
    (Setting::Ten, 10.0, 1.38, 0.94),
    (Setting::NineAndHalf, 9.5, 1.3, 0.91),
    (Setting::Nine, 9.0, 1.28, 0.9),
];

/// The height that one side of A4 has for a sheet, in millimetres.
const SIDE: f64 = 264.0;

/// The width of the text, in millimetres.
const WIDTH: f64 = 184.0;

/// The width of a letter by the height of its line's font: Noto Sans, the widest of the fonts that the
/// style sheet names, over Vietnamese text.
const LETTER: f64 = 0.545;

/// A point, in millimetres.
const POINT: f64 = 25.4 / 72.0;

/// The setting in which a sheet stays on one side, in the largest letters; else several sides.
pub fn setting(body: &SheetBody) -> Setting {
    let fits = |(_, points, leading, correction): &&(Setting, f64, f64, f64)| {
        correction * height(body, *points, *leading) <= SIDE
    };
    ON_ONE_SIDE.iter().find(fits).map_or(Setting::Long, |(setting, ..)| *setting)
}

/// About how high a sheet is in letters of this size, its last part in two columns.
fn height(body: &SheetBody, points: f64, leading: f64) -> f64 {
    let letters = |width: f64| (width / (LETTER * points * POINT)).max(1.0);
    let line = points * leading * POINT;
    let lines = |text: &str, width: f64| (length(text) / letters(width)).ceil().max(1.0);
    let heading = 1.25 * line + 5.0 * POINT;
    let block = |text: &str, width: f64| lines(text, width) * line + 2.0 * POINT;

    // Beside the QR code.
    let beside = WIDTH - 48.0;
    let title = lines(&body.heading, beside / 1.6) * points * 1.6 * 1.3 * POINT;
    let said: usize = body.decisions.iter().map(|d| chars(&d.number) + chars(&d.agency) + 30).sum();
    let said = ((said + 60) as f64 / letters(beside)).ceil() * line;
    let fact = |item: &super::FactView| {
        let notes: f64 = item.fact.notes.iter().map(|note| lines(note, beside / 2.0 - 4.0)).sum();
        line * (1.0 + lines(&item.fact.value, beside / 2.2) + notes)
    };
    let answers: f64 =
        body.facts.chunks(2).map(|pair| pair.iter().map(fact).fold(0.0, f64::max)).sum::<f64>();
    let first = (title + said + answers + 12.0 * POINT).max(48.0);

    let mut papers = 0.0;
    for case in &body.cases {
        papers += case.case.as_ref().map_or(0.0, |case| block(case, WIDTH) + 4.0 * POINT);
        for paper in &case.papers {
            let remarks: usize = paper.remarks.iter().map(|remark| chars(remark) + 2).sum();
            let more = remarks
                + paper.note.as_ref().map_or(0, |note| chars(note) + 2)
                + if paper.form.is_some() || paper.form_link.is_some() { 9 } else { 0 };
            let all = (length(&paper.name) + more as f64) / letters(WIDTH - 6.0);
            papers += all.ceil() * line + POINT;
        }
    }
    if !body.cases.is_empty() {
        papers += heading;
    }

    let mut filing = heading + 2.0 * line;
    for row in &body.filing {
        // Columns take the width that their texts need.
        let notes: f64 = row.deadlines.iter().map(|l| 16.0 + l.note.as_deref().map_or(0.0, length)).sum();
        let name = |fee: &super::FeeLine| fee.name.as_deref().map_or(0.0, length) + 4.0;
        let fees: f64 = row.fees.iter().map(|fee| length(&fee.value) + name(fee)).sum();
        let even = ((length(&row.methods) + notes + fees) / letters(WIDTH * 0.85)).ceil();
        let least = row.fees.len().max(row.deadlines.len()) as f64;
        filing += even.max(least) * (line + POINT) + 4.0 * POINT;
    }
    if !body.filing.is_empty() {
        filing += line + 6.0 * POINT;
    }
    for description in &body.descriptions {
        filing += description.methods.as_ref().map_or(0.0, |_| line + 5.0 * POINT);
        filing += html(&description.text_html, WIDTH, &block);
    }

    let column = (WIDTH - 7.0) / 2.0;
    let mut rest = heading;
    for result in &body.results {
        rest += block(&result.name, column - 5.0);
    }
    rest += body.steps_html.iter().map(|step| html(step, column - 5.0, &block)).sum::<f64>();
    rest += body.conditions_html.as_ref().map_or(0.0, |text| heading + html(text, column - 3.0, &block));
    let who: usize = body.audiences.iter().map(|a| chars(a) + 2).sum::<usize>()
        + body.agencies.iter().map(|a| chars(a.role) + chars(&a.name) + 3).sum::<usize>()
        + body.laws.iter().map(|law| chars(law) + 2).sum::<usize>();
    rest += 2.0 * heading + ((who + 60) as f64 / letters(column)).ceil() * line;

    // Columns are never quite even.
    let rest = rest / 2.0 + 2.0 * line;
    let end = 5.5 * line + 16.0 * POINT;
    first + papers + filing + rest + end
}

/// The height of a text in markup: each of its pieces begins a line.
fn html(markup: &str, width: f64, block: &impl Fn(&str, f64) -> f64) -> f64 {
    let pieces = markup.split("</p>").flat_map(|part| part.split("</li>")).flat_map(|part| part.split("<br"));
    pieces.map(text).filter(|text| !text.trim().is_empty()).map(|text| block(&text, width)).sum()
}

/// The text of a piece of markup.
fn text(markup: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

fn length(text: &str) -> f64 {
    chars(text) as f64
}
