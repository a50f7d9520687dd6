//! A calendar file (iCalendar, RFC 5545) of all-day events.
//!
//! Events, not to-dos: the calendars of phones show `VEVENT` and pass over `VTODO`. An event keeps its
//! `UID` from run to run, so a file imported again renews what is there instead of doubling it;
//! `SEQUENCE` and `DTSTAMP` follow the day of the list, and nothing follows the clock.

use crate::base::date::Date;

/// One all-day event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same at every run, ASCII.
    pub uid: String,
    /// The day on which it stands.
    pub day: Date,
    /// What is to be done.
    pub title: String,
    /// How many things it stands for.
    pub count: usize,
    /// Whether it may stand for several: then the title tells how many.
    pub many: bool,
    /// A word in front, such as that it is overdue.
    pub prefix: Option<String>,
    /// All about it.
    pub description: String,
    /// The unit.
    pub category: Option<String>,
    /// Its page.
    pub address: Option<String>,
}

/// The calendar of these events, as of a day.
pub fn calendar(title: &str, today: Date, events: &[Event]) -> String {
    let mut out = String::new();
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, concat!("PRODID:-//congkhai//congkhai ", env!("CARGO_PKG_VERSION"), "//VI"));
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, "METHOD:PUBLISH");
    line(&mut out, &format!("X-WR-CALNAME:{}", escape(title)));
    for event in events {
        event.write(&mut out, today);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

impl Event {
    fn write(&self, out: &mut String, today: Date) {
        line(out, "BEGIN:VEVENT");
        line(out, &format!("UID:{}", self.uid));
        // The day of the list begins in Vietnam at 17:00 of the day before, universal time.
        line(out, &format!("DTSTAMP:{}T170000Z", basic(today.plus_days(-1))));
        line(out, &format!("SEQUENCE:{}", sequence(today)));
        line(out, &format!("DTSTART;VALUE=DATE:{}", basic(self.day)));
        // The end of an all-day event is the day after it.
        line(out, &format!("DTEND;VALUE=DATE:{}", basic(self.day.plus_days(1))));
        let count = if self.many { format!(" ({})", self.count) } else { String::new() };
        let prefix = self.prefix.as_ref().map(|prefix| format!("{prefix}: ")).unwrap_or_default();
        line(out, &format!("SUMMARY:{}", escape(&format!("{prefix}{}{count}", self.title))));
        line(out, &format!("DESCRIPTION:{}", escape(&self.description)));
        if let Some(category) = &self.category {
            line(out, &format!("CATEGORIES:{}", escape(category)));
        }
        if let Some(address) = &self.address {
            line(out, &format!("URL:{address}"));
        }
        // The day stays free for meetings.
        line(out, "TRANSP:TRANSPARENT");
        line(out, "END:VEVENT");
    }
}

/// `20261123`
fn basic(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// Grows from day to day; not below 0, as RFC 5545 asks.
fn sequence(today: Date) -> i32 {
    Date::new(2000, 1, 1).map_or(0, |first| first.days_until(today)).max(0)
}

/// Text as a value: backslashes, semicolons, commas and ends of lines escaped (RFC 5545, 3.3.11);
/// other control characters, which it does not allow, are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push_str("\\n"),
            '\u{A0}' => out.push(' '),
            '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a content line, folded so that no line is longer than 75 octets (RFC 5545, 3.1). No character
/// is cut in two.
fn line(out: &mut String, text: &str) {
    const LONGEST: usize = 75;
    let mut used = 0;
    for c in text.chars() {
        if used + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a calendar as RFC 5545 says: unfolds, splits names from values, undoes the escapes.
    fn read(text: &str) -> Vec<(String, String)> {
        assert!(text.ends_with("\r\n"));
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "every end of a line is CR LF");
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
        }
        let unfolded = text.replace("\r\n ", "");
        let lines = unfolded.split("\r\n").filter(|line| !line.is_empty());
        lines
            .map(|line| {
                let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("a value in {line:?}"));
                let mut plain = String::new();
                let mut chars = value.chars();
                while let Some(c) = chars.next() {
                    match c {
                        '\\' => match chars.next().expect("something escaped") {
                            'n' | 'N' => plain.push('\n'),
                            c @ ('\\' | ';' | ',') => plain.push(c),
                            other => panic!("nothing escapes {other:?}"),
                        },
                        c => plain.push(c),
                    }
                }
                (name.to_owned(), plain)
            })
            .collect()
    }

    fn event(title: &str, description: &str) -> Event {
        Event {
            uid: "tra-loi-phan-anh%3A2026-001@a.vn".to_owned(),
            day: Date::new(2026, 12, 31).expect("a day"),
            title: title.to_owned(),
            count: 1,
            many: false,
            prefix: None,
            description: description.to_owned(),
            category: None,
            address: None,
        }
    }

    fn value<'l>(lines: &'l [(String, String)], name: &str) -> &'l str {
        lines.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    #[test]
    fn an_event_says_everything_that_a_calendar_needs() {
        let today = Date::new(2026, 3, 1).expect("a day");
        let mut one = event("Trả lời phản ánh 2026-001; gấp, rất gấp", "Dòng một\nDòng hai \\ ba");
        one.category = Some("Phòng A, tầng 2".to_owned());
        one.prefix = Some("Quá hạn".to_owned());
        one.many = true;
        one.count = 3;
        one.address = Some("https://a.vn/phan-anh/2026-001/".to_owned());
        let text = calendar("Việc cần làm", today, &[one]);
        let lines = read(&text);
        assert_eq!(lines.first().map(|(_, value)| value.as_str()), Some("VCALENDAR"));
        assert_eq!(lines.last().map(|(name, _)| name.as_str()), Some("END"));
        for (name, expected) in [
            ("VERSION", "2.0"),
            ("METHOD", "PUBLISH"),
            ("UID", "tra-loi-phan-anh%3A2026-001@a.vn"),
            ("DTSTAMP", "20260228T170000Z"),
            ("SEQUENCE", "9556"),
            ("DTSTART;VALUE=DATE", "20261231"),
            ("DTEND;VALUE=DATE", "20270101"),
            ("SUMMARY", "Quá hạn: Trả lời phản ánh 2026-001; gấp, rất gấp (3)"),
            ("DESCRIPTION", "Dòng một\nDòng hai \\ ba"),
            ("CATEGORIES", "Phòng A, tầng 2"),
            ("URL", "https://a.vn/phan-anh/2026-001/"),
        ] {
            assert_eq!(value(&lines, name), expected, "{name}");
        }
    }

    #[test]
    fn an_empty_calendar_is_one() {
        let today = Date::new(1999, 3, 1).expect("a day");
        assert_eq!(read(&calendar("x", today, &[])).len(), 7);
        assert_eq!(sequence(today), 0);
    }

    proptest! {
        #[test]
        fn any_text_reads_back(title in any::<String>(), description in "[ -~àếữđ\\n\\t]{0,300}") {
            let today = Date::new(2026, 3, 1).expect("a day");
            let text = calendar("x", today, &[event(&title, &description)]);
            let lines = read(&text);
            let carried: String = title
                .replace("\r\n", "\n")
                .chars()
                .map(|c| match c { '\r' => '\n', '\u{A0}' => ' ', c => c })
                .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
                .collect();
            prop_assert_eq!(value(&lines, "SUMMARY"), carried);
            prop_assert_eq!(value(&lines, "DESCRIPTION"), description);
            prop_assert_eq!(lines.iter().filter(|(name, _)| name == "BEGIN").count(), 2);
        }
    }
}
