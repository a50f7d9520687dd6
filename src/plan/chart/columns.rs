//! Column charts over time: one value a period, and the level it should reach.
//!
//! Heights begin at nothing, so that a column twice as high is twice as much. A period without a value
//! keeps its place and says so with a dash. On a phone every third column has its name and none its
//! value, which would run into each other; all of them stand in the table beside the chart.

use super::{LINE, Look, patterns, percent, rect, short, text, text_element};

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Short name of the period, such as `T10`.
    pub label: String,
    /// The year, where it is to be told below the name.
    pub year: Option<String>,
    /// The value, in the unit of [`Columns::top`]; none where there is no data.
    pub value: Option<u64>,
    /// The value as a few characters.
    pub words: String,
    /// How it is set.
    pub look: Look,
}

/// A level to reach.
#[derive(Debug, Clone)]
pub struct Limit {
    /// In the unit of [`Columns::top`].
    pub value: u64,
    /// What it is, with its value.
    pub label: String,
}

/// A chart of columns, from left to right in the order of time.
#[derive(Debug, Clone)]
pub struct Columns {
    /// Begins the ids of its parts: lower-case letters, digits and hyphens, used once on a page.
    pub id: String,
    /// What it shows, in few words.
    pub title: String,
    /// What is to be seen in it, in a sentence or two.
    pub description: String,
    /// What looks mean, if there is more than one.
    pub legend: Vec<(Look, String)>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The value of the full height, not 0.
    pub top: u64,
    /// The same in words.
    pub top_words: String,
    /// The level to reach.
    pub limit: Option<Limit>,
}

/// Height of the plot and of the room above it, in rem.
const PLOT: f64 = 8.0;
const HEAD: f64 = 1.625;

/// How much of its place a column takes.
const WIDTH: f64 = 0.72;

/// From how many columns on only every third has its name on a phone.
const MANY: usize = 7;

impl Columns {
    /// The chart as markup.
    pub fn svg(&self) -> String {
        let id = self.id.as_str();
        let missing = self.columns.iter().any(|column| column.value.is_none());
        let lines = self.legend.len() + usize::from(self.limit.is_some()) + usize::from(missing);
        let plot = LINE * lines as f64 + HEAD;
        let base = plot + PLOT;
        let mut out = format!(
            "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" width=\"100%\" height=\"{}rem\">",
            short(base + 3.25)
        );
        text_element(&mut out, "title", &format!("{id}-t"), &self.title);
        text_element(&mut out, "desc", &format!("{id}-d"), &self.description);
        patterns(&mut out, id, self.columns.iter().map(|column| column.look));
        self.keys(&mut out, missing);
        line(&mut out, "grid scale", "0", "100%", plot);
        text(&mut out, "scale", "0", plot - 0.375, &self.top_words);
        let many = self.columns.len() >= MANY;
        let slot = 100.0 / self.columns.len().max(1) as f64;
        for (i, column) in self.columns.iter().enumerate() {
            let left = slot * i as f64;
            let middle = percent(left + slot / 2.0);
            match column.value {
                Some(value) => {
                    let height = PLOT * value.min(self.top) as f64 / self.top.max(1) as f64;
                    let (x, width) = (percent(left + slot * (1.0 - WIDTH) / 2.0), percent(slot * WIDTH));
                    if height > 0.0 {
                        rect(&mut out, id, column.look, &x, base - height, &width, height);
                    }
                    let class = if many { "over wide" } else { "over" };
                    text(&mut out, class, &middle, base - height - 0.375, &column.words);
                }
                None => text(&mut out, "over", &middle, base - 0.375, "–"),
            }
            let named = !many || (self.columns.len() - 1 - i).is_multiple_of(3);
            text(&mut out, if named { "tick" } else { "tick wide" }, &middle, base + 1.375, &column.label);
            // A year that would run into the next one is left out.
            let crowded = self.columns.iter().skip(i + 1).take(usize::from(many));
            if let Some(year) = column.year.as_ref().filter(|_| crowded.clone().all(|c| c.year.is_none())) {
                text(&mut out, "", &percent(left), base + 2.875, year);
            }
        }
        line(&mut out, "axis", "0", "100%", base);
        if let Some(limit) = &self.limit {
            let y = base - PLOT * limit.value.min(self.top) as f64 / self.top.max(1) as f64;
            line(&mut out, "halo", "0", "100%", y);
            line(&mut out, "limit", "0", "100%", y);
        }
        out.push_str("</svg>");
        out
    }

    /// What the looks and the line mean.
    fn keys(&self, out: &mut String, missing: bool) {
        let mut top = 0.0;
        for (look, words) in &self.legend {
            rect(out, &self.id, *look, "0", top + 0.25, "1.75rem", 1.125);
            text(out, "", "2.375rem", top + 1.25, words);
            top += LINE;
        }
        if let Some(limit) = &self.limit {
            line(out, "limit", "0", "1.75rem", top + 0.8125);
            text(out, "", "2.375rem", top + 1.25, &limit.label);
            top += LINE;
        }
        if missing {
            text(out, "", "0.5rem", top + 1.25, "–");
            text(out, "", "2.375rem", top + 1.25, "Không có dữ liệu");
        }
    }
}

fn line(out: &mut String, class: &str, from: &str, to: &str, y: f64) {
    let y = short(y);
    out.push_str(&format!("<line class=\"{class}\" x1=\"{from}\" y1=\"{y}rem\" x2=\"{to}\" y2=\"{y}rem\"/>"));
}

/// The round number that a scale for values up to `most` ends at: 1, 2, 3, 4, 5, 6 or 8 of some power
/// of ten.
pub fn round_top(most: u64) -> u64 {
    let mut unit = 1u64;
    while let Some(next) = unit.checked_mul(10).filter(|next| *next <= most) {
        unit = next;
    }
    let steps = [1, 2, 3, 4, 5, 6, 8, 10];
    steps.iter().map(|step| unit.saturating_mul(*step)).find(|top| *top >= most).unwrap_or(most).max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chart(values: &[Option<u64>], limit: Option<u64>) -> String {
        let columns = values.iter().enumerate().map(|(i, value)| Column {
            label: format!("T{}", i + 1),
            year: (i == 0).then(|| "2026".to_owned()),
            value: *value,
            words: value.map(|value| value.to_string()).unwrap_or_default(),
            look: if value.is_some_and(|value| value < 50) { Look::Bad } else { Look::Good },
        });
        Columns {
            id: "thu".to_owned(),
            title: "Nộp & trả".to_owned(),
            description: "Hai tháng.".to_owned(),
            legend: vec![(Look::Bad, "Chưa <đạt>".to_owned())],
            columns: columns.collect(),
            top: 100,
            top_words: "100%".to_owned(),
            limit: limit.map(|value| Limit { value, label: format!("Mức cần đạt: {value}%") }),
        }
        .svg()
    }

    fn heights(svg: &str) -> Vec<f64> {
        let parts = svg.split("<rect class=\"part ").skip(1).filter(|part| part.contains("%\" height"));
        parts
            .filter_map(|part| part.split_once(" height=\"")?.1.split_once("rem\"")?.0.parse().ok())
            .collect()
    }

    #[test]
    fn columns_are_as_high_as_their_values_and_a_gap_is_no_zero() {
        let svg = chart(&[Some(100), Some(50), None, Some(0)], Some(80));
        assert_eq!(heights(&svg), [PLOT, PLOT / 2.0], "{svg}");
        assert!(svg.contains("<title id=\"thu-t\">Nộp &amp; trả</title>"), "{svg}");
        assert!(svg.contains(">–</text>") && svg.contains("Không có dữ liệu"), "{svg}");
        assert!(svg.contains(">0</text>"), "a zero is written");
        assert!(svg.contains("Chưa &lt;đạt&gt;") && svg.contains("Mức cần đạt: 80%"), "{svg}");
        assert!(!svg.contains("style=") && !svg.contains("fill=\"#"), "colours come by class");
    }

    #[test]
    fn a_level_stands_where_a_column_of_that_value_ends() {
        let svg = chart(&[Some(80)], Some(80));
        let y = |class: &str| {
            let part = svg.rsplit_once(&format!("class=\"{class}\""))?.1;
            part.split_once("y1=\"").or(part.split_once(" y=\""))?.1.split_once("rem")?.0.parse::<f64>().ok()
        };
        let top = svg
            .split("<rect class=\"part good\"")
            .nth(1)
            .and_then(|part| part.split_once(" y=\"")?.1.split_once("rem")?.0.parse::<f64>().ok());
        assert_eq!(y("limit"), top, "{svg}");
    }

    #[test]
    fn no_value_runs_into_its_neighbour_on_a_phone() {
        let few = chart(&[Some(90); 4], None);
        assert!(!few.contains("wide"), "four columns have room");
        let many = chart(&[Some(90); 12], None);
        assert_eq!(many.matches("class=\"tick\"").count(), 4);
        assert!(!many.contains("class=\"over\""));
    }

    #[test]
    fn scales_end_at_round_numbers() {
        for (most, top) in [(0, 1), (1, 1), (7, 8), (10, 10), (11, 20), (303, 400), (799, 800), (801, 1000)] {
            assert_eq!(round_top(most), top, "{most}");
        }
        assert_eq!(round_top(u64::MAX), u64::MAX);
    }

    proptest! {
        #[test]
        fn every_column_stays_in_the_plot(values in proptest::collection::vec(proptest::option::of(0u64..500), 0..30)) {
            let svg = chart(&values, Some(700));
            prop_assert_eq!(svg.matches('<').count(), svg.matches('>').count());
            for height in heights(&svg) {
                prop_assert!(height > 0.0 && height <= PLOT + 0.001);
            }
        }

        #[test]
        fn a_scale_holds_its_values(most in any::<u64>()) {
            prop_assert!(round_top(most) >= most);
        }
    }
}
