//! Figures as data: every period and field in one file of JSON and one of CSV, and the tables that the
//! pages of results offer.
//!
//! What is not known is `null` or an empty cell, never 0. Shares are in percent with two decimals.

use serde_json::{Map, Value, json};

use super::{csv, data};
use crate::base::calendar_period::{CalendarPeriod, Length};
use crate::base::path::{OutPath, RoutePath};
use crate::model::figures::{self, Count, Figures, SHARES};
use crate::plan::pieces::SourceView;
use crate::plan::results::{csv_of_length, field_name, title};
use crate::plan::view::text;
use crate::plan::{SitePlan, urls};
use crate::record::scalar::Code;

/// All figures as JSON.
pub const JSON: &str = "/du-lieu/thong-ke.json";

/// All figures as CSV.
pub const CSV: &str = "/du-lieu/thong-ke.csv";

/// The figures of a period, of a field or of all.
type Line<'m> = (Option<&'m Code>, Figures<'m>);

fn lines<'m>(plan: &SitePlan<'m>, period: CalendarPeriod) -> Vec<Line<'m>> {
    let whole = figures::of(plan.model, period, None).map(|figures| (None, figures));
    let fields = figures::fields(plan.model, period);
    whole.into_iter().chain(fields.into_iter().map(|(code, figures)| (Some(code), figures))).collect()
}

/// Every file of figures. The files of all figures are there even when they are empty.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let periods = figures::periods(plan.model);
    let mut all = Vec::new();
    let mut files = Vec::new();
    for period in &periods {
        let lines = lines(plan, *period);
        files.push((urls::statistics_table(*period), table(plan, &lines)));
        all.extend(lines);
    }
    for length in [Length::Month, Length::Quarter, Length::Year] {
        let series = figures::series(plan.model, length).into_iter();
        let series: Vec<Line<'_>> = series.map(|figures| (None, figures)).collect();
        if !series.is_empty() {
            files.push((csv_of_length(length), table(plan, &series)));
        }
    }
    let objects: Vec<Value> = all.iter().map(|line| object(plan, line)).collect();
    files.push((urls::fixed(JSON), data::json(&objects)));
    files.push((urls::fixed(CSV), table(plan, &all)));
    files.into_iter().map(|(path, bytes): (RoutePath, Vec<u8>)| (path.out_path(), bytes)).collect()
}

/// The word for how figures came about.
fn made(figures: &Figures<'_>) -> &'static str {
    if figures.is_total { "cong" } else { "ghi" }
}

/// A share in percent with two decimals at most, as programs write it.
fn plain(hundredths: u64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn sources(figures: &Figures<'_>) -> Vec<SourceView> {
    let mut sources: Vec<SourceView> = Vec::new();
    for filed in &figures.records {
        let source = SourceView::new(Some(&filed.record.source));
        sources.extend(source.filter(|source| !sources.contains(source)));
    }
    sources
}

fn table(plan: &SitePlan<'_>, lines: &[Line<'_>]) -> Vec<u8> {
    let shares: Vec<String> = SHARES.iter().map(|kind| format!("ty_le_{}", kind.key())).collect();
    let mut headings = vec![
        "ky",
        "ten_ky",
        "linh_vuc",
        "ten_linh_vuc",
        "den_ngay",
        "het_ky",
        "minh_hoa",
        "cach_co",
        "nguon",
    ];
    headings.extend(Count::ALL.iter().map(|count| column(*count)));
    headings.extend(shares.iter().map(String::as_str));
    let row = |(field, figures): &Line<'_>| -> Vec<String> {
        let sources: Vec<String> = sources(figures).into_iter().map(|source| source.name).collect();
        let mut row = vec![
            figures.period.to_string(),
            title(figures.period),
            field.map(|code| code.to_string()).unwrap_or_default(),
            field.map_or_else(|| "Tất cả".to_owned(), |code| field_name(plan.model, code)),
            figures.until.to_string(),
            figures.is_whole().to_string(),
            figures.illustrative.to_string(),
            made(figures).to_owned(),
            sources.join("; "),
        ];
        let count = |count: &Count| figures.counts.get(*count).map(|n| n.to_string()).unwrap_or_default();
        row.extend(Count::ALL.iter().map(count));
        let share =
            |kind: &_| figures.share(*kind).map(|share| plain(share.hundredths())).unwrap_or_default();
        row.extend(SHARES.iter().map(share));
        row
    };
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    csv::table(&headings, &rows)
}

/// The name of a column: the key of the record, with its group where two keys would be alike.
fn column(count: Count) -> &'static str {
    match count {
        Count::Answers => "hai_long_phieu",
        Count::Satisfied => "hai_long_hai_long",
        count => count.key(),
    }
}

fn object(plan: &SitePlan<'_>, (field, figures): &Line<'_>) -> Value {
    let group = |counts: &[Count]| -> Value {
        let entries = counts.iter().map(|count| (count.key().to_owned(), json!(figures.counts.get(*count))));
        Value::Object(entries.collect::<Map<_, _>>())
    };
    let (satisfaction, dossiers): (Vec<Count>, Vec<Count>) =
        Count::ALL.iter().partition(|count| matches!(count, Count::Answers | Count::Satisfied));
    let shares = SHARES.iter().map(|kind| {
        let share = figures.share(*kind).and_then(|share| plain(share.hundredths()).parse::<f64>().ok());
        (kind.key().to_owned(), json!(share))
    });
    let notes: Vec<String> =
        figures.records.iter().filter_map(|filed| text(filed.record.note.as_ref())).collect();
    json!({
        "ky": figures.period.to_string(),
        "ten_ky": title(figures.period),
        "linh_vuc": field.map(|code| code.to_string()),
        "ten_linh_vuc": field.map(|code| field_name(plan.model, code)),
        "dia_chi": plan.site.absolute(&urls::statistics(figures.period)),
        "den_ngay": figures.until.to_string(),
        "het_ky": figures.is_whole(),
        "minh_hoa": figures.illustrative,
        "cach_co": made(figures),
        "cong_tu": figures.parts().iter().map(|part| part.to_string()).collect::<Vec<_>>(),
        "nguon": sources(figures).into_iter().map(|source| json!({
            "ten": source.name, "lien_ket": source.href, "ngay": source.date.map(|day| day.iso),
        })).collect::<Vec<_>>(),
        "ghi_chu": notes,
        "ho_so": group(&dossiers),
        "hai_long": group(&satisfaction),
        "ty_le_phan_tram": Value::Object(shares.collect()),
    })
}
