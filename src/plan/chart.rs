//! Bar charts as static SVG: read aloud by title and description, legible without colour, at any
//! width and text size.
//!
//! Lengths along the bars are shares in percent and heights are in `rem`, so the picture needs no
//! view box: it fills its place, and its words are as large as the words around it. Colours come from
//! the style sheet by class; a pattern tells the series apart where there is no colour. What a chart
//! shows must stand beside it in a table as well.

pub mod columns;

use super::outputs::xml;
use crate::vi::number;

/// How a series is set, for the eye: each has its class and its own pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Done as it should be: plain.
    Good,
    /// Not done as it should be: slanted lines.
    Bad,
    /// Not decided yet: dots.
    Open,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Look::Good => "good",
            Look::Bad => "bad",
            Look::Open => "open",
        }
    }
}

/// One series of values.
#[derive(Debug, Clone)]
pub struct Series {
    /// What its values are.
    pub label: String,
    /// How it is set.
    pub look: Look,
}

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it stands for, such as a quarter.
    pub label: String,
    /// A value for each series.
    pub values: Vec<u64>,
}

/// A chart of stacked bars, one below the other.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Begins the ids of its parts: lower-case letters, digits and hyphens, used once on a page.
    pub id: &'static str,
    /// What it shows, in few words.
    pub title: String,
    /// What is to be seen in it, in a sentence or two.
    pub description: String,
    /// The series, from left to right.
    pub series: Vec<Series>,
    /// The bars, from top to bottom.
    pub bars: Vec<Bar>,
}

/// Height of the line of a legend or a label, and of a bar with the room below it, in rem.
const LINE: f64 = 1.75;
const BAR: f64 = 1.5;
const ROOM: f64 = 0.75;

/// Height of each further line of a label, in rem.
const MORE: f64 = 1.375;

/// How many characters of a label stand on one line, so that it leaves room for the total on a phone.
const LABEL: usize = 28;

/// A label in lines, since text in a picture does not break by itself; one at least.
fn lines(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in label.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= LABEL {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// From which share on a part is wide enough for a figure of that many characters, also on a phone.
fn wide_enough(characters: usize) -> f64 {
    9.0 + 3.5 * characters.saturating_sub(2) as f64
}

/// How wide the plate under a figure of that many characters is, in rem.
fn plate(characters: usize) -> f64 {
    0.5 + 0.625 * characters as f64
}

impl Chart {
    /// The chart as markup.
    pub fn svg(&self) -> String {
        let id = self.id;
        let most = self.bars.iter().map(|bar| bar.values.iter().sum::<u64>()).max().unwrap_or(0).max(1);
        let legend = LINE * self.series.len() as f64;
        let names: Vec<Vec<String>> = self.bars.iter().map(|bar| lines(&bar.label)).collect();
        let more: usize = names.iter().map(|lines| lines.len() - 1).sum();
        let height = legend + ROOM + (LINE + BAR + ROOM) * self.bars.len() as f64 + MORE * more as f64;
        let mut out = format!(
            "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" width=\"100%\" height=\"{}rem\">",
            short(height)
        );
        text_element(&mut out, "title", &format!("{id}-t"), &self.title);
        text_element(&mut out, "desc", &format!("{id}-d"), &self.description);
        patterns(&mut out, id, self.series.iter().map(|series| series.look));
        for (i, series) in self.series.iter().enumerate() {
            let top = LINE * i as f64;
            rect(&mut out, id, series.look, "0", top + 0.25, "1.75rem", 1.125);
            text(&mut out, "", "2.375rem", top + 1.25, &series.label);
        }
        let mut top = legend + ROOM;
        for (bar, name) in self.bars.iter().zip(&names) {
            for (i, line) in name.iter().enumerate() {
                text(&mut out, "name", "0", top + 1.25 + MORE * i as f64, line);
            }
            top += MORE * (name.len() - 1) as f64;
            let total: u64 = bar.values.iter().sum();
            text(&mut out, "total", "100%", top + 1.25, &number::thousands(total));
            let mut left = 0.0;
            for (series, value) in self.series.iter().zip(&bar.values) {
                if *value == 0 {
                    continue;
                }
                let share = *value as f64 * 100.0 / most as f64;
                let (x, width) = (percent(left), percent(share));
                rect(&mut out, id, series.look, &x, top + LINE, &width, BAR);
                let words = number::thousands(*value);
                let characters = words.len();
                if share >= wide_enough(characters) {
                    let middle = percent(left + share / 2.0);
                    if series.look != Look::Good {
                        // A figure on a pattern stands on a plain plate.
                        out.push_str(&format!(
                            "<rect class=\"plate\" x=\"{middle}\" y=\"{}rem\" width=\"{}rem\" height=\"1.125rem\"/>",
                            short(top + LINE + 0.1875),
                            short(plate(characters))
                        ));
                    }
                    text(&mut out, "value", &middle, top + LINE + 1.125, &words);
                }
                left += share;
            }
            if total == 0 {
                out.push_str(&format!(
                    "<rect class=\"none\" x=\"0\" y=\"{}rem\" width=\"2\" height=\"{BAR}rem\"/>",
                    short(top + LINE)
                ));
            }
            top += LINE + BAR + ROOM;
        }
        out.push_str("</svg>");
        out
    }
}

fn text_element(out: &mut String, name: &str, id: &str, words: &str) {
    out.push_str(&format!("<{name} id=\"{id}\">{}</{name}>", xml::escape(words)));
}

/// The patterns of these looks, for the chart of that id.
fn patterns(out: &mut String, id: &str, looks: impl Iterator<Item = Look> + Clone) {
    let marks = [
        (Look::Bad, "<path d=\"M-2 2 2-2M0 8 8 0M6 10 10 6\"/>"),
        (Look::Open, "<circle cx=\"2\" cy=\"2\" r=\"1\"/><circle cx=\"6\" cy=\"6\" r=\"1\"/>"),
    ];
    out.push_str("<defs>");
    for (look, mark) in marks {
        if looks.clone().any(|used| used == look) {
            let class = look.class();
            out.push_str(&format!(
                "<pattern id=\"{id}-{class}\" class=\"{class}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\"/>{mark}</pattern>",
            ));
        }
    }
    out.push_str("</defs>");
}

/// A piece of a bar, a column, or a sample of it; lengths across with their unit, along in rem.
fn rect(out: &mut String, id: &str, look: Look, x: &str, y: f64, width: &str, height: f64) {
    let class = look.class();
    let fill = match look {
        Look::Good => String::new(),
        Look::Bad | Look::Open => format!(" fill=\"url(#{id}-{class})\""),
    };
    out.push_str(&format!(
        "<rect class=\"part {class}\"{fill} x=\"{x}\" y=\"{}rem\" width=\"{width}\" height=\"{}rem\"/>",
        short(y),
        short(height)
    ));
}

fn text(out: &mut String, class: &str, x: &str, y: f64, words: &str) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    out.push_str(&format!("<text{class} x=\"{x}\" y=\"{}rem\">{}</text>", short(y), xml::escape(words)));
}

/// At most three digits after the point, none that say nothing.
fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn percent(share: f64) -> String {
    format!("{}%", short(share))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chart(bars: Vec<Bar>) -> String {
        let series = [("Đúng hạn", Look::Good), ("Trễ <hạn>", Look::Bad), ("Đang xử lý", Look::Open)];
        Chart {
            id: "quy",
            title: "Theo quý & năm".to_owned(),
            description: "Hai quý.".to_owned(),
            series: series.map(|(label, look)| Series { label: label.to_owned(), look }).to_vec(),
            bars,
        }
        .svg()
    }

    fn bar(values: [u64; 3]) -> Bar {
        Bar { label: "Quý I/2026".to_owned(), values: values.to_vec() }
    }

    #[test]
    fn a_chart_says_what_it_shows_and_hides_no_text() {
        let svg = chart(vec![bar([4, 0, 1]), bar([0, 0, 0])]);
        assert!(svg.contains("role=\"img\" aria-labelledby=\"quy-t quy-d\""), "{svg}");
        assert!(svg.contains("<title id=\"quy-t\">Theo quý &amp; năm</title>"), "{svg}");
        assert!(svg.contains("<desc id=\"quy-d\">Hai quý.</desc>"), "{svg}");
        assert!(svg.contains("Trễ &lt;hạn&gt;"), "{svg}");
        assert!(!svg.contains("style="), "colours come by class");
        assert!(svg.contains("class=\"none\""), "an empty bar has its place");
    }

    #[test]
    fn a_long_label_breaks_and_pushes_down_what_follows() {
        let named = |label: &str| Bar { label: label.to_owned(), values: vec![1, 0, 0] };
        assert_eq!(
            lines("Công nghiệp công nghệ số, công nghệ thông tin, điện tử"),
            ["Công nghiệp công nghệ số,", "công nghệ thông tin, điện tử"]
        );
        assert_eq!(lines(""), [""]);
        let height = |bars: Vec<Bar>| -> f64 {
            let svg = chart(bars);
            let (_, rest) = svg.split_once(" height=\"").expect("a height");
            rest.split_once("rem").and_then(|(height, _)| height.parse().ok()).expect("a number")
        };
        let long = "Lĩnh vực có tên dài hơn một dòng trên điện thoại";
        let two = height(vec![named(long), named("Ngắn")]);
        assert_eq!(two - height(vec![named("Ngắn"), named("Ngắn")]), MORE);
    }

    #[test]
    fn the_longest_bar_fills_the_width() {
        let svg = chart(vec![bar([4, 0, 1]), bar([1, 0, 0])]);
        assert!(svg.contains("x=\"0%\"") && svg.contains("width=\"80%\""), "{svg}");
        assert!(svg.contains("x=\"80%\"") && svg.contains("width=\"20%\""), "{svg}");
    }

    proptest! {
        #[test]
        fn no_bar_runs_over(values in proptest::collection::vec([0u64..50, 0u64..50, 0u64..50], 0..8)) {
            let svg = chart(values.into_iter().map(bar).collect());
            prop_assert_eq!(svg.matches('<').count(), svg.matches('>').count());
            for part in svg.split("<rect class=\"part ").skip(1) {
                let of = |name: &str| -> Option<f64> {
                    let rest = part.split_once(&format!(" {name}=\""))?.1;
                    rest.split_once("%\"")?.0.parse().ok()
                };
                if let (Some(x), Some(width)) = (of("x"), of("width")) {
                    prop_assert!(x + width <= 100.01, "{part}");
                }
            }
        }
    }
}
