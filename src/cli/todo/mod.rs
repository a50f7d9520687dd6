//! `congkhai todo`: what the office has to do now, most urgent first, as text, JSON or a calendar.

mod ical;

use serde::Serialize;

use super::args::{Options, TodoForm, TodoOptions};
use super::{Exit, Lang, print, run};
use crate::base::date::Date;
use crate::base::diagnostic::{Message, Tally};
use crate::pipeline;
use crate::plan::SitePlan;
use crate::plan::todo::{self, Todo, TodoKind, Urgency};
use crate::plan::view::DateView;
use crate::vi::nearest::nearest;

/// Runs the command.
pub fn run(options: &Options, wanted: &TodoOptions) -> Exit {
    run::with_threads(options.jobs, options.lang, || {
        let (settings, inputs) = match run::start(options) {
            Ok(started) => started,
            Err(exit) => return exit,
        };
        let (build, list) = pipeline::survey(&inputs, &settings, |plan| List::new(plan, options, wanted));
        let Some(list) = list else {
            let exit = run::tell(options, &inputs, &build, false);
            // A site that could not be read at all has findings; nothing else can be the reason.
            debug_assert!(Tally::of(&build.diagnostics).errors > 0);
            return if exit == Exit::Done { Exit::Content } else { exit };
        };
        match list {
            Err(unknown) => {
                complain!("{}", options.lang.pick(&unknown.vi, &unknown.en));
                Exit::Usage
            }
            Ok(list) => {
                let text = match wanted.form {
                    TodoForm::Text => list.text(),
                    TodoForm::Json => list.json(),
                    TodoForm::Calendar => list.calendar(),
                };
                if let (TodoForm::Calendar, undated @ 1..) = (wanted.form, list.count(Urgency::Undated)) {
                    match options.lang {
                        Lang::Vi => complain!(
                            "{undated} việc không có hạn nên không vào lịch; xem bằng congkhai todo."
                        ),
                        Lang::En => {
                            complain!(
                                "{undated} items have no day and are not in the calendar; see congkhai todo."
                            )
                        }
                    }
                }
                print(&text, options.lang)
            }
        }
    })
}

/// Up to how many alike items are told one by one.
const FEW: usize = 3;

/// A name that fits on a line, cut at a word.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 60;
    let mut out = String::new();
    for word in name.split_whitespace() {
        if out.chars().count() + word.chars().count() >= LONGEST && !out.is_empty() {
            return out + " …";
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The list, with everything that its forms tell.
struct List {
    lang: Lang,
    today: Date,
    /// The site's name and the host of its address.
    site: (String, String),
    /// The unit asked for: code and name.
    unit: Option<(String, String)>,
    items: Vec<Item>,
    /// Items of nobody, passed over because a unit was asked for.
    of_nobody: usize,
    /// Made-up records, which are nobody's work.
    examples: usize,
}

/// One thing to do, with what only the site knows.
struct Item {
    todo: Todo,
    unit: Option<String>,
    /// The file as the editor would open it.
    file: String,
    address: Option<String>,
}

impl List {
    /// The list of a site; a message if the unit asked for is unknown.
    fn new(plan: &SitePlan<'_>, options: &Options, wanted: &TodoOptions) -> Result<Self, Message> {
        let model = plan.model;
        let unit = match &wanted.unit {
            None => None,
            Some(code) => {
                let known = model.units.iter().find(|(unit, _)| unit.as_str() == code);
                let Some((unit, filed)) = known else {
                    return Err(unknown_unit(code, model.units.keys().map(|unit| unit.as_str())));
                };
                Some((unit.to_string(), filed.record.name.to_string()))
            }
        };
        let root = run::display_root(&options.content);
        let all = todo::list(plan);
        let is_nobodys = |todo: &&Todo| todo.unit.is_none();
        let of_nobody = if unit.is_some() { all.iter().filter(is_nobodys).count() } else { 0 };
        let asked = |todo: &Todo| match (&unit, &todo.unit) {
            (None, _) => true,
            (Some((code, _)), Some(of)) => of.as_str() == code,
            (Some(_), None) => false,
        };
        let items = all
            .into_iter()
            .filter(asked)
            .map(|todo| Item {
                unit: todo::unit_words(model, &todo),
                file: format!("{root}{}", todo.file),
                address: todo.page.as_ref().map(|page| plan.site.absolute(page)),
                todo,
            })
            .collect();
        let host = crate::plan::pieces::host(&plan.site.base_url).to_owned();
        Ok(Self {
            lang: options.lang,
            today: model.as_of.date(),
            site: (plan.site.short_name.clone(), host),
            unit,
            items,
            of_nobody,
            examples: todo::examples(model),
        })
    }

    fn count(&self, urgency: Urgency) -> usize {
        self.items.iter().filter(|item| item.todo.urgency == urgency).count()
    }

    fn pick<'t>(&self, message: &'t Message) -> &'t str {
        self.lang.pick(&message.vi, &message.en)
    }

    fn text(&self) -> String {
        let t = |vi: &'static str, en: &'static str| self.lang.pick(vi, en);
        let day = DateView::from(self.today).short;
        let whose = match &self.unit {
            Some((_, name)) => format!(", {name}"),
            None => String::new(),
        };
        let (all, overdue, near) =
            (self.items.len(), self.count(Urgency::Overdue), self.count(Urgency::Near));
        let mut out = match (self.lang, all) {
            (Lang::Vi, 0) => format!("Đến ngày {day}{whose}: không có việc nào cần làm.\n"),
            (Lang::En, 0) => format!("By {day}{whose}: nothing to do.\n"),
            (Lang::Vi, _) => format!(
                "Đến ngày {day}{whose}: {all} việc, {overdue} đã quá hạn, {near} đến hạn trong 5 ngày làm việc.\n"
            ),
            (Lang::En, _) => format!(
                "By {day}{whose}: {all} to do, {overdue} overdue, {near} due within 5 working days.\n"
            ),
        };
        for urgency in Urgency::ALL {
            let count = self.count(urgency);
            if count == 0 {
                continue;
            }
            let title = match urgency {
                Urgency::Overdue => t("Đã quá hạn", "Overdue"),
                Urgency::Near => t("Sắp đến hạn", "Due soon"),
                Urgency::Later => t("Còn thời gian", "There is time"),
                Urgency::Undated => t("Không có hạn", "Without a day"),
            };
            out.push_str(&format!("\n{title} ({count})\n"));
            for alike in self.alike(urgency) {
                match alike.as_slice() {
                    [first, .., _] if alike.len() > FEW => out.push_str(&self.entries(first, &alike)),
                    few => few.iter().for_each(|item| out.push_str(&self.entry(item))),
                }
            }
        }
        let mut notes = Vec::new();
        if self.of_nobody > 0 {
            notes.push(match self.lang {
                Lang::Vi => format!(
                    "{} việc chưa rõ của đơn vị nào không nằm trong danh sách này; bỏ --unit để xem.",
                    self.of_nobody
                ),
                Lang::En => format!(
                    "{} items of no unit are not in this list; see them without --unit.",
                    self.of_nobody
                ),
            });
        }
        if self.examples > 0 {
            notes.push(match self.lang {
                Lang::Vi => format!("{} bản ghi minh họa không tính.", self.examples),
                Lang::En => format!("{} made-up records do not count.", self.examples),
            });
        }
        if !notes.is_empty() {
            out.push_str(&format!("\n{}\n", notes.join("\n")));
        }
        // Terminals and files are searched by plain spaces.
        out.replace('\u{A0}', " ")
    }

    /// Items of one urgency: those that come by the dozen and call for the same act of the same unit
    /// together, at the place of the first.
    fn alike(&self, urgency: Urgency) -> Vec<Vec<&Item>> {
        let mut groups: Vec<Vec<&Item>> = Vec::new();
        for item in self.items.iter().filter(|item| item.todo.urgency == urgency) {
            let same = |group: &&mut Vec<&Item>| {
                group.first().is_some_and(|first| {
                    let key = |todo: &Todo| (todo.kind, todo.unit.clone(), todo.action.clone());
                    let kind = item.todo.kind;
                    (kind.comes_by_the_dozen() || kind == TodoKind::PostDecision)
                        && key(&first.todo) == key(&item.todo)
                })
            };
            match groups.iter_mut().find(same) {
                Some(group) => group.push(item),
                None => groups.push(vec![item]),
            }
        }
        groups
    }

    /// Many items that call for the same act: the act once, then a line for each.
    fn entries(&self, first: &Item, alike: &[&Item]) -> String {
        let kind = first.todo.kind.many();
        let unit = first.unit.as_deref().unwrap_or_else(|| self.lang.pick("Chưa rõ đơn vị", "No unit"));
        let word = self.lang.pick("Làm", "Do");
        let mut out = format!(
            "- {} ({})\n  {unit}\n  {word}: {}. {}:\n",
            self.pick(&kind),
            alike.len(),
            self.pick(&first.todo.action),
            self.lang.pick("Ở các tệp", "In these files"),
        );
        for item in alike {
            let mut about = vec![item.file.clone(), shortened(&item.todo.name)];
            about.extend(self.times(&item.todo));
            out.push_str(&format!("    {}\n", about.join(" · ")));
        }
        out
    }

    /// Since when, and how late or how much time is left.
    fn times(&self, todo: &Todo) -> Vec<String> {
        let since = todo.since.map(|since| match self.lang {
            Lang::Vi => format!("từ {}", DateView::from(since).short),
            Lang::En => format!("since {}", DateView::from(since).short),
        });
        let left = todo::time_words(todo).map(|time| self.pick(&time).to_owned());
        since.into_iter().chain(left).collect()
    }

    /// One item on three lines: what, whose and when, what to do and where.
    fn entry(&self, item: &Item) -> String {
        let todo = &item.todo;
        let what = self.pick(&todo.what);
        let mut about = vec![match &item.unit {
            Some(unit) => unit.clone(),
            None => self.lang.pick("Chưa rõ đơn vị", "No unit").to_owned(),
        }];
        about.extend(self.times(todo));
        let word = self.lang.pick("Làm", "Do");
        format!("- {what}\n  {}\n  {word}: {}. {}\n", about.join(" · "), self.pick(&todo.action), item.file)
    }

    fn json(&self) -> String {
        let items: Vec<ItemData> = self.items.iter().map(|item| self.data(item)).collect();
        let object = ListData {
            date: self.today.to_string(),
            unit: self.unit.as_ref().map(|(code, _)| code.as_str()),
            items,
            summary: SummaryData {
                items: self.items.len(),
                overdue: self.count(Urgency::Overdue),
                near: self.count(Urgency::Near),
                later: self.count(Urgency::Later),
                undated: self.count(Urgency::Undated),
                of_no_unit_left_out: self.of_nobody,
                illustrative_left_out: self.examples,
            },
        };
        let mut text = serde_json::to_string_pretty(&object).expect("plain data has a JSON form");
        text.push('\n');
        text
    }

    fn data<'i>(&'i self, item: &'i Item) -> ItemData<'i> {
        let todo = &item.todo;
        ItemData {
            kind: todo.kind.key(),
            key: &todo.key,
            what: self.pick(&todo.what).replace('\u{A0}', " "),
            action: self.pick(&todo.action),
            unit: todo.unit.as_ref().map(|code| code.as_str()),
            unit_name: item.unit.as_deref(),
            since: todo.since.map(|day| day.to_string()),
            due: todo.due.map(|day| day.to_string()),
            urgency: todo.urgency.key(),
            late_working_days: todo.late,
            left_working_days: todo.left,
            file: &item.file,
            address: item.address.as_deref(),
        }
    }

    fn calendar(&self) -> String {
        let name = match &self.unit {
            Some((_, unit)) => format!("{}: {unit}", self.site.0),
            None => self.site.0.clone(),
        };
        let title = match self.lang {
            Lang::Vi => format!("Việc cần làm – {name}"),
            Lang::En => format!("To do – {name}"),
        };
        ical::calendar(&title, self.today, &self.events())
    }

    /// One event an item that has a day; what comes by the dozen is one event a unit and day. What is
    /// overdue stands on the day of the list: nobody scrolls a calendar back.
    fn events(&self) -> Vec<ical::Event> {
        let mut events: Vec<ical::Event> = Vec::new();
        for item in &self.items {
            let todo = &item.todo;
            let Some(due) = todo.due else { continue };
            let overdue = todo.urgency == Urgency::Overdue;
            let day = if overdue { self.today } else { due };
            let what = self.pick(&todo.what).to_owned();
            let mut lines = vec![what.clone()];
            lines.extend(todo::time_words(todo).map(|time| self.pick(&time).to_owned()));
            lines.push(format!("{} ({})", self.pick(&todo.action), item.file));
            let lines = lines.join("\n");
            let many = todo.kind.comes_by_the_dozen();
            let name = if many {
                let unit = todo.unit.as_ref().map_or("", |unit| unit.as_str());
                let due = if overdue { String::new() } else { due.to_string() };
                format!("{}:{unit}:{due}", todo.kind.key())
            } else {
                format!("{}:{}", todo.kind.key(), todo.key)
            };
            let uid = format!("{}@{}", crate::plan::view::percent(&name), self.site.1);
            if let Some(event) = events.iter_mut().find(|event| event.uid == uid) {
                event.count += 1;
                event.description.push_str(&format!("\n\n{lines}"));
                continue;
            }
            events.push(ical::Event {
                uid,
                day,
                title: if many { self.pick(&todo.kind.many()).to_owned() } else { what },
                count: 1,
                many,
                prefix: overdue.then(|| self.lang.pick("Quá hạn", "Overdue").to_owned()),
                description: lines,
                category: item.unit.clone(),
                address: item.address.clone().filter(|_| !many),
            });
        }
        events
    }
}

fn unknown_unit<'u>(code: &str, known: impl Iterator<Item = &'u str> + Clone) -> Message {
    let all: Vec<&str> = known.clone().collect();
    let all = all.join(", ");
    match nearest(code, known) {
        Some(near) => crate::msg!(
            "congkhai: không có đơn vị `{code}`; có phải `{near}`?",
            "congkhai: there is no unit `{code}`; did you mean `{near}`?"
        ),
        None => crate::msg!(
            "congkhai: không có đơn vị `{code}`; các đơn vị: {all}",
            "congkhai: there is no unit `{code}`; the units: {all}"
        ),
    }
}

#[derive(Serialize)]
struct ListData<'l> {
    date: String,
    unit: Option<&'l str>,
    items: Vec<ItemData<'l>>,
    summary: SummaryData,
}

#[derive(Serialize)]
struct ItemData<'l> {
    kind: &'static str,
    key: &'l str,
    what: String,
    action: &'l str,
    unit: Option<&'l str>,
    unit_name: Option<&'l str>,
    since: Option<String>,
    due: Option<String>,
    urgency: &'static str,
    late_working_days: u32,
    left_working_days: Option<u32>,
    file: &'l str,
    address: Option<&'l str>,
}

#[derive(Serialize)]
struct SummaryData {
    items: usize,
    overdue: usize,
    near: usize,
    later: usize,
    undated: usize,
    of_no_unit_left_out: usize,
    illustrative_left_out: usize,
}
