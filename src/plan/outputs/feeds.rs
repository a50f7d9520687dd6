//! Atom feeds (RFC 4287): the whole site, the decisions, the petitions, the figures, the inspections, the
//! simplifications, the calls for initiatives, the essential services, each section of articles.
//!
//! Ids are addresses and stay for ever. `updated` is the day of the record at 00:00 in Vietnam, so
//! the same content gives the same bytes on any machine.

use std::cmp::Reverse;

use crate::base::date::Date;
use crate::base::hash::Sha;
use crate::base::path::{OutPath, RoutePath};
use crate::compare::timeline::{Entry as ChangeEntry, Past, Timeline};
use crate::markdown;
use crate::model::figures::{self, Figures};
use crate::model::initiative::{self, Tally};
use crate::model::inspection::Stage;
use crate::model::simplification::stage;
use crate::model::{ArticleId, DecisionId, Filed};
use crate::parse::record::Article;
use crate::plan::evidence::{self, News};
use crate::plan::kinds::essential;
use crate::plan::links::PageCx;
use crate::plan::petitions::{self, Known};
use crate::plan::view::{DateView, LinkView, percent};
use crate::plan::{SitePlan, initiatives, inspections, past, pieces, results, simplifications, urls};
use crate::record::decision::Decision;
use crate::record::initiative::Initiative;
use crate::record::scalar::Code;
use crate::record::simplification::Simplification;

use super::xml;

/// The most entries in a feed: readers fetch the whole of it each time, often over a slow line.
const MOST: usize = 50;

/// The feed of the whole site, as a page announces it.
pub fn of_site(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed("/feed.xml"), "Tin mới của cả trang (Atom)")
}

/// The feed of decisions, as a page announces it.
pub fn of_decisions(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed("/quyet-dinh/feed.xml"), "Quyết định công bố mới (Atom)")
}

/// The feed of petitions, as a page announces it.
pub fn of_petitions(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed("/phan-anh/feed.xml"), "Phản ánh, kiến nghị và kết quả (Atom)")
}

/// The feed of calls for initiatives, as a page announces it.
pub fn of_initiatives(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed("/sang-kien/feed.xml"), "Đợt kêu gọi sáng kiến và phản hồi (Atom)")
}

/// The feed of essential services, as a page announces it.
pub fn of_essential_services(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed("/thiet-yeu/feed.xml"), "Dịch vụ công thiết yếu mới xem lại (Atom)")
}

/// The feed of inspections, as a page announces it.
pub fn of_inspections(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed("/kiem-tra/feed.xml"), "Kiểm tra và kết luận (Atom)")
}

/// The feed of simplifications, as a page announces it.
pub fn of_simplifications(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed("/cat-giam/feed.xml"), "Cắt giảm, đơn giản hóa thủ tục (Atom)")
}

/// The feed of changes, as a page announces it.
pub fn of_changes(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed("/thay-doi/feed.xml"), "Thay đổi của nội dung trang (Atom)")
}

/// The feed of figures, as a page announces it.
pub fn of_results(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed("/ket-qua/feed.xml"), "Số liệu kỳ mới (Atom)")
}

/// The feed of evidence of the plans, as a page announces it.
pub fn of_plans(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed("/ke-hoach/feed.xml"), "Việc mới làm theo kế hoạch truyền thông (Atom)")
}

/// The feed of a section of this name, as a page announces it.
pub fn of_section(cx: &PageCx<'_>, code: &Code, name: &str) -> LinkView {
    cx.link(&urls::section_feed(code), format!("Bài mới trong chuyên mục {name} (Atom)"))
}

/// Every feed of the site.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let model = plan.model;
    let site = &plan.site;
    let articles = |section: Option<&Code>| -> Vec<Entry> {
        let all = model.published_articles();
        all.filter(|(id, _)| section.is_none_or(|code| id.section == *code))
            .map(|(id, article)| article_entry(plan, id, article))
            .collect()
    };
    let decisions = || model.decisions.iter();
    let petitions =
        || -> Vec<Entry> { model.known_petitions().map(|known| petition_entry(plan, known)).collect() };
    let initiatives = || -> Vec<Entry> {
        initiative::known(model).map(|(code, call)| initiative_entry(plan, code, call)).collect()
    };
    let results =
        || figures::periods(model).into_iter().filter_map(|period| figures::of(model, period, None));
    let result_entry = |figures: Figures<'_>| result_entry(plan, &figures);
    // Made-up figures come by the dozen and would drive the news out of the feed of the whole site.
    let real_results = || results().filter(|figures| !figures.illustrative && !figures.is_total);
    let whole = decisions()
        .flat_map(|(id, decision)| item_entries(plan, id, decision))
        .chain(articles(None))
        .chain(petitions())
        .chain(initiatives())
        .chain(real_results().map(result_entry))
        .collect();
    let mut feeds = vec![
        Feed {
            path: urls::fixed("/feed.xml"),
            page: urls::home(),
            title: format!("{}: thủ tục thay đổi, bài viết và kết quả phản ánh", site.short_name),
            entries: whole,
        },
        Feed {
            path: urls::fixed("/quyet-dinh/feed.xml"),
            page: urls::fixed("/quyet-dinh/"),
            title: format!("{}: quyết định công bố thủ tục", site.short_name),
            entries: decisions().map(|(id, decision)| decision_entry(plan, id, decision)).collect(),
        },
        Feed {
            path: urls::fixed("/phan-anh/feed.xml"),
            page: urls::fixed("/phan-anh/"),
            title: format!("{}: phản ánh, kiến nghị và kết quả", site.short_name),
            entries: petitions(),
        },
        Feed {
            path: urls::fixed("/sang-kien/feed.xml"),
            page: urls::fixed("/sang-kien/"),
            title: format!("{}: kêu gọi sáng kiến và phản hồi", site.short_name),
            entries: initiatives(),
        },
        Feed {
            path: urls::fixed("/thiet-yeu/feed.xml"),
            page: urls::fixed("/thiet-yeu/"),
            title: format!("{}: dịch vụ công thiết yếu", site.short_name),
            entries: essential_entries(plan),
        },
        Feed {
            path: urls::fixed("/ket-qua/feed.xml"),
            page: urls::fixed("/ket-qua/"),
            title: format!("{}: kết quả giải quyết từng kỳ", site.short_name),
            entries: results().map(result_entry).collect(),
        },
    ];
    if plan.routes.contains_key(&urls::inspections()) {
        let all = inspections::newest_first(model);
        feeds.push(Feed {
            path: urls::fixed("/kiem-tra/feed.xml"),
            page: urls::inspections(),
            title: format!("{}: kiểm tra việc giải quyết thủ tục", site.short_name),
            entries: all.into_iter().filter_map(|known| inspection_entry(plan, known)).collect(),
        });
    }
    if plan.routes.contains_key(&urls::simplifications()) {
        let all = model.simplifications.values();
        feeds.push(Feed {
            path: urls::fixed("/cat-giam/feed.xml"),
            page: urls::simplifications(),
            title: format!("{}: cắt giảm, đơn giản hóa thủ tục", site.short_name),
            entries: all.filter_map(|filed| simplification_entry(plan, &filed.record)).collect(),
        });
    }
    if let Past::Known(timeline) = &model.past {
        feeds.push(Feed {
            path: urls::fixed("/thay-doi/feed.xml"),
            page: urls::changes(),
            title: format!("{}: thay đổi của nội dung trang", site.short_name),
            entries: change_entries(plan, timeline),
        });
    }
    if !model.plans.is_empty() {
        feeds.push(Feed {
            path: urls::fixed("/ke-hoach/feed.xml"),
            page: urls::fixed("/ke-hoach/"),
            title: format!("{}: việc đã làm theo kế hoạch truyền thông", site.short_name),
            entries: evidence::news(model).into_iter().filter_map(|news| news_entry(plan, news)).collect(),
        });
    }
    feeds.extend(model.site.record.sections.iter().map(|section| Feed {
        path: urls::section_feed(&section.code),
        page: urls::section(&section.code),
        title: format!("{}: {}", site.short_name, section.name),
        entries: articles(Some(&section.code)),
    }));
    let today = model.as_of.date();
    feeds
        .into_iter()
        .map(|feed| {
            (feed.path.out_path(), feed.write(&site.name, today, |path| site.absolute(path)).into_bytes())
        })
        .collect()
}

/// The newest changes. An id is made of the day and a hash of the record's key: a petition that is gone must not
/// be named by its code.
fn change_entries(plan: &SitePlan<'_>, timeline: &Timeline) -> Vec<Entry> {
    let page = urls::changes();
    let cx = PageCx { plan, path: &page };
    let base = plan.site.absolute(&page);
    let entry = |entry: &ChangeEntry| {
        let known = past::what(&cx, entry);
        let address = known.as_ref().and_then(|(_, place)| place.as_ref()).map(|(page, anchor)| {
            let address = plan.site.absolute(page);
            anchor.map_or_else(|| address.clone(), |anchor| format!("{address}#{anchor}"))
        });
        let name = known.map(|(name, _)| format!(": {name}")).unwrap_or_default();
        let (day, act) = (entry.day, past::act(entry));
        let mut mark = Sha::of(
            format!("{day} {act} {} {}", entry.change.key.path(), past::lines(entry).join("\n")).as_bytes(),
        )
        .to_hex();
        mark.truncate(16);
        let lines = past::lines(entry).join("; ");
        let kind = past::kind_of(entry);
        Entry {
            id: format!("{base}#{day}-{mark}"),
            title: format!("{} {kind}{name}", upper_first(&act)),
            address: address.unwrap_or_else(|| base.clone()),
            day,
            summary: if lines.is_empty() { format!("{} {kind}.", upper_first(&act)) } else { lines },
            author: None,
        }
    };
    timeline.entries.iter().take(MOST).map(entry).collect()
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A feed before it is written.
struct Feed {
    path: RoutePath,
    page: RoutePath,
    title: String,
    entries: Vec<Entry>,
}

/// One entry of a feed.
#[derive(Debug, Clone)]
struct Entry {
    id: String,
    title: String,
    address: String,
    day: Date,
    summary: String,
    author: Option<String>,
}

impl Feed {
    fn write(mut self, author: &str, today: Date, absolute: impl Fn(&RoutePath) -> String) -> String {
        self.entries.sort_by(|a, b| (Reverse(a.day), &a.id).cmp(&(Reverse(b.day), &b.id)));
        self.entries.truncate(MOST);
        let updated = self.entries.first().map_or(today, |entry| entry.day);
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">\n",
        );
        let own = absolute(&self.path);
        xml::element(&mut out, "id", &own);
        xml::element(&mut out, "title", &self.title);
        xml::element(&mut out, "updated", &moment(updated));
        out.push_str("<author>");
        xml::element(&mut out, "name", author);
        out.push_str("</author>\n");
        link(&mut out, "self", &own);
        link(&mut out, "alternate", &absolute(&self.page));
        for entry in &self.entries {
            entry.write(&mut out);
        }
        out.push_str("</feed>\n");
        out
    }
}

impl Entry {
    fn write(&self, out: &mut String) {
        out.push_str("<entry>\n");
        xml::element(out, "id", &self.id);
        xml::element(out, "title", &self.title);
        xml::element(out, "updated", &moment(self.day));
        if let Some(author) = &self.author {
            out.push_str("<author>");
            xml::element(out, "name", author);
            out.push_str("</author>\n");
        }
        link(out, "alternate", &self.address);
        xml::element(out, "summary", &self.summary);
        out.push_str("</entry>\n");
    }
}

fn link(out: &mut String, relation: &str, address: &str) {
    out.push_str(&format!("<link rel=\"{relation}\" href=\"{}\"/>\n", xml::escape(address)));
}

/// The start of a day in Vietnam, RFC 3339.
fn moment(day: Date) -> String {
    format!("{day}T00:00:00+07:00")
}

fn article_entry(plan: &SitePlan<'_>, id: &ArticleId, article: &Filed<Article>) -> Entry {
    let head = &article.record.head;
    let address = plan.site.absolute(&urls::article(id));
    Entry {
        id: address.clone(),
        title: head.title.as_str().to_owned(),
        address,
        day: head.date.0,
        summary: head.summary.as_str().to_owned(),
        author: head.unit.as_ref().map(|unit| pieces::unit_name(plan.model, unit)),
    }
}

fn decision_entry(plan: &SitePlan<'_>, id: &DecisionId, decision: &Filed<Decision>) -> Entry {
    let record = &decision.record;
    let address = plan.site.absolute(&urls::decision(id));
    let counts: Vec<String> = pieces::change_counts(record)
        .iter()
        .map(|entry| format!("{}: {} thủ tục", entry.label, entry.count))
        .collect();
    Entry {
        id: address.clone(),
        title: format!("Quyết định số {}: {}", record.number, record.summary),
        address,
        day: pieces::decision_day(record),
        summary: format!("{}, {}. {}.", record.agency, dates(record), counts.join("; ")),
        author: Some(record.agency.as_str().to_owned()),
    }
}

/// A petition as it stands; the entry is renewed whenever something is done. That a day passed is
/// no news of its own, so lateness is told with what was done late.
fn petition_entry(plan: &SitePlan<'_>, (code, petition, handling): Known<'_>) -> Entry {
    let record = &petition.record;
    let address = plan.site.absolute(&urls::petition(code));
    let day = |day: Date| DateView::from(day).short;
    let mut summary = format!("Nhận ngày {}, hạn trả lời {}", day(record.received.0), day(handling.due));
    if let Some(answered) = handling.answered {
        summary.push_str(&format!(", {} ngày {}", petitions::closing_word(handling.stage), day(answered)));
        if let Some(late) = petitions::lateness(handling) {
            summary.push_str(&format!(" ({})", late.to_lowercase()));
        }
    }
    summary.push('.');
    if record.illustrative.0 {
        summary.push_str(" Dữ liệu minh họa.");
    }
    Entry {
        id: address.clone(),
        title: format!("Phản ánh {code}, {}: {}", handling.stage.label().to_lowercase(), record.title),
        address,
        day: handling.since,
        summary: summary.replace('\u{A0}', " "),
        author: Some(pieces::unit_name(plan.model, &record.unit)),
    }
}

/// A call as it stands; the entry is renewed when a contribution comes in. The record does not tell
/// on which day an answer was given, so an answer alone does not renew it.
fn initiative_entry(plan: &SitePlan<'_>, code: &Code, call: &Filed<Initiative>) -> Entry {
    let record = &call.record;
    let today = plan.model.as_of.date();
    let address = plan.site.absolute(&urls::initiative(code));
    let last = initiative::received(record, today).map(|(_, contribution)| contribution.date.0).max();
    let opened = DateView::from(record.opened.0).short;
    let until = match record.closes {
        Some(last) => format!("Nhận góp ý từ {opened} đến hết {}.", DateView::from(last.0).short),
        None => format!("Nhận góp ý thường xuyên, từ {opened}."),
    };
    let mut summary = format!("{until} {}", initiatives::sentence(&Tally::of(record, today)));
    if record.illustrative.0 {
        summary.push_str(" Dữ liệu minh họa.");
    }
    Entry {
        id: address.clone(),
        title: format!("Kêu gọi sáng kiến: {}", record.title),
        address,
        day: last.unwrap_or(record.opened.0).max(record.opened.0),
        summary: summary.replace('\u{A0}', " "),
        author: None,
    }
}

/// The figures of a period; the entry is renewed when its source is.
fn result_entry(plan: &SitePlan<'_>, figures: &Figures<'_>) -> Entry {
    let address = plan.site.absolute(&urls::statistics(figures.period));
    let mut summary = results::sentences(figures);
    summary.extend(results::added_from(figures).map(|words| format!("{words}.")));
    if !figures.is_whole() {
        summary.push(format!("Số liệu đến ngày {}.", DateView::from(figures.until).short));
    }
    if figures.illustrative {
        summary.push("Số liệu minh họa.".to_owned());
    }
    Entry {
        id: address.clone(),
        title: format!("Kết quả giải quyết {}", figures.period.words()),
        address,
        day: results::day_of(plan.model, figures),
        summary: summary.join(" ").replace('\u{A0}', " "),
        author: None,
    }
}

/// The essential services that were looked at, by the day on which that was. They stay out of the
/// feed of the whole site: a list looked through on one day would drive out everything else.
fn essential_entries(plan: &SitePlan<'_>) -> Vec<Entry> {
    let today = plan.model.as_of.date();
    let page = plan.site.absolute(&urls::fixed("/thiet-yeu/"));
    let services = plan.model.essential_services.values().map(|service| &service.record);
    services
        .filter_map(|service| {
            let day = service.updated.map(|day| day.0).filter(|day| *day <= today)?;
            let address = format!("{page}#{}", essential::anchor(plan.model, service));
            let agency = service.agency.as_ref().map(|agency| format!("{agency}. "));
            let about = service.description.as_ref().map(|text| format!("{} ", one_line(text.as_str())));
            Some(Entry {
                id: address.clone(),
                title: service.name.as_str().to_owned(),
                address,
                day,
                summary: format!(
                    "{}{}Xem lại ngày {}.",
                    agency.unwrap_or_default(),
                    about.unwrap_or_default(),
                    DateView::from(day).short
                ),
                author: None,
            })
        })
        .collect()
}

/// An inspection as it stands; one of which no day is known to have come yet is no news.
fn inspection_entry(plan: &SitePlan<'_>, (filed, course): inspections::Known<'_>) -> Option<Entry> {
    let record = &filed.record;
    let day = inspections::day(plan.model, record, course)?;
    let page = plan.site.absolute(&urls::inspections());
    let address = format!("{page}#{}", urls::record_anchor(&record.code));
    let units: Vec<String> = record.units.iter().map(|unit| pieces::unit_name(plan.model, unit)).collect();
    let mut summary = format!("{}, {}.", inspections::when(record), units.join(", "));
    let conclusion = record.conclusion.as_ref().filter(|_| course.stage != Stage::Announced);
    if let Some(conclusion) = conclusion {
        summary.push_str(&format!(" Kết luận: {}", markdown::plain(conclusion.as_str())));
    } else if let Some(due) = course.due {
        summary.push_str(&format!(" Hạn kết luận {}.", DateView::from(due).short));
    }
    if record.illustrative.0 {
        summary.push_str(" Dữ liệu minh họa.");
    }
    Some(Entry {
        id: address.clone(),
        title: format!("{}: {}", course.stage.label(), inspections::title(record)),
        address,
        day,
        summary: sentence(&summary),
        author: None,
    })
}

/// An act that is evidence of tasks of a plan.
fn news_entry(plan: &SitePlan<'_>, news: News<'_>) -> Option<Entry> {
    let page = plan.site.absolute(&urls::plan(news.year));
    let marks: Vec<&str> = news.tasks.iter().map(|mark| mark.as_str()).collect();
    let proof = news.proof;
    let address = if plan.routes.contains_key(&proof.path) {
        plan.site.absolute(&proof.path)
    } else {
        format!("{page}#{}", urls::task_anchor(news.tasks.first()?))
    };
    Some(Entry {
        id: format!("{page}#{}:{}", proof.kind.key(), percent(&proof.key)),
        title: proof.title.replace('\u{A0}', " "),
        address,
        day: proof.day?,
        summary: format!(
            "{}, minh chứng cho nhiệm vụ {} của kế hoạch năm {}.",
            proof.kind.label(),
            marks.join(", "),
            news.year
        ),
        author: None,
    })
}

/// A simplification as it stands; one without any day is no news.
fn simplification_entry(plan: &SitePlan<'_>, record: &Simplification) -> Option<Entry> {
    let day = simplifications::day(plan.model, record)?;
    let page = plan.site.absolute(&urls::simplifications());
    let address = format!("{page}#{}", urls::record_anchor(&record.code));
    let mut parts = vec![
        simplifications::differences(record)
            .unwrap_or_else(|| format!("số ngày, giấy tờ, tiền bớt được: {}", simplifications::NO_DATA)),
    ];
    parts.extend(record.document.as_ref().map(|number| format!("theo {number}")));
    parts.extend(record.effective.map(|day| format!("có hiệu lực từ {}", DateView::from(day.0).short)));
    let mut summary = format!("{}.", parts.join(", "));
    if record.illustrative.0 {
        summary.push_str(" Dữ liệu minh họa.");
    }
    Some(Entry {
        id: address.clone(),
        title: format!("{}: {}", stage(record, plan.model.as_of.date()).label(), record.name),
        address,
        day,
        summary: sentence(&summary),
        author: None,
    })
}

/// With a capital, and plain spaces for readers that show others as boxes.
fn sentence(text: &str) -> String {
    let text = text.replace('\u{A0}', " ");
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// What a decision did, an entry for each procedure.
fn item_entries(plan: &SitePlan<'_>, id: &DecisionId, decision: &Filed<Decision>) -> Vec<Entry> {
    let record = &decision.record;
    let page = plan.site.absolute(&urls::decision(id));
    let items = record.items.iter().enumerate();
    items
        .map(|(i, item)| {
            let procedure = plan.model.procedure(&item.procedure).map(|filed| &filed.record);
            let name = procedure.map_or(item.procedure.as_str(), |procedure| procedure.name.as_str());
            let address = match procedure {
                Some(procedure) => plan.site.absolute(&urls::procedure(&procedure.code)),
                None => page.clone(),
            };
            // A decision may name a procedure twice; ids must still differ and not move.
            let before = record.items[..i].iter().filter(|other| other.procedure == item.procedure).count();
            let again = if before == 0 { String::new() } else { format!("-{}", before + 1) };
            let what = item.what_changed.as_ref().map(|text| one_line(text.as_str()));
            let decided = format!("Quyết định số {}, {}", record.number, dates(record));
            Entry {
                id: format!("{page}#{}{again}", item.procedure),
                title: format!("{}: {name}", item.change.label()),
                address,
                day: pieces::decision_day(record),
                summary: what.map_or_else(|| format!("{decided}."), |what| format!("{what} ({decided})")),
                author: Some(record.agency.as_str().to_owned()),
            }
        })
        .collect()
}

fn dates(decision: &Decision) -> String {
    let signed = DateView::from(decision.signed.0).short;
    let effective = DateView::from(decision.takes_effect()).short;
    if signed == effective {
        format!("ký ngày {signed}")
    } else {
        format!("ký ngày {signed}, có hiệu lực từ ngày {effective}")
    }
}

/// Text of several lines on one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a good date")
    }

    fn entry(id: &str, on: &str, title: &str) -> Entry {
        Entry {
            id: format!("https://a.vn/{id}"),
            title: title.to_owned(),
            address: format!("https://a.vn/{id}/"),
            day: day(on),
            summary: "Tóm tắt".to_owned(),
            author: None,
        }
    }

    fn write(entries: Vec<Entry>) -> String {
        let feed = Feed {
            path: urls::fixed("/feed.xml"),
            page: urls::home(),
            title: "Sở A & B".to_owned(),
            entries,
        };
        feed.write("Sở A & B", day("2026-11-23"), |path| format!("https://a.vn{path}"))
    }

    /// The values of an element, unescaped; fails on markup that is not what we write.
    fn values(xml: &str, name: &str) -> Vec<String> {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let parts = xml.split(&open).skip(1);
        parts
            .map(|part| {
                let (value, _) = part.split_once(&close).expect("an end of the element");
                assert!(!value.contains('<'), "markup in a text: {value}");
                value
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&#13;", "\r")
                    .replace("&amp;", "&")
            })
            .collect()
    }

    #[test]
    fn entries_stand_newest_first_whatever_their_order() {
        let a = entry("a", "2026-01-01", "A");
        let b = entry("b", "2026-02-01", "B");
        let c = entry("c", "2026-02-01", "C");
        let one = write(vec![a.clone(), b.clone(), c.clone()]);
        assert_eq!(one, write(vec![c, a, b]));
        assert_eq!(values(&one, "title"), ["Sở A & B", "B", "C", "A"]);
        assert_eq!(values(&one, "updated")[0], "2026-02-01T00:00:00+07:00");
        assert!(one.contains("<link rel=\"self\" href=\"https://a.vn/feed.xml\"/>"));
    }

    #[test]
    fn an_empty_feed_carries_the_day_of_the_build() {
        assert_eq!(values(&write(Vec::new()), "updated"), ["2026-11-23T00:00:00+07:00"]);
    }

    #[test]
    fn a_long_feed_keeps_its_newest_fifty() {
        let entries = (0..80).map(|i| {
            let mut entry = entry(&format!("{i:02}"), "2020-01-01", "x");
            entry.day = entry.day.plus_days(i);
            entry
        });
        let ids = values(&write(entries.collect()), "id");
        assert_eq!(ids.len(), 51);
        assert_eq!(ids[1], "https://a.vn/79");
        assert_eq!(ids[50], "https://a.vn/30");
    }

    /// The titles and days of a feed of the site with these files.
    fn feed_of(day: &str, path: &str, files: &[(&str, &str)]) -> Vec<(String, String)> {
        let model = crate::plan::testing::model(day, files);
        let (plan, _) = crate::plan::site(&model, &crate::plan::view::ThemeAssets::new());
        let feeds = super::files(&plan);
        let Some((_, bytes)) = feeds.iter().find(|(out, _)| out.as_str() == path) else { return Vec::new() };
        let xml = String::from_utf8(bytes.clone()).expect("UTF-8");
        let titles = values(&xml, "title").into_iter().skip(1);
        titles.zip(values(&xml, "updated").into_iter().skip(1).map(|day| day[..10].to_owned())).collect()
    }

    #[test]
    fn an_inspection_is_news_from_a_day_that_has_come() {
        let text =
            "ma: a\nten: Đợt một\nngay: {tu: 2026-06-01, den: 2026-06-05}\ndon_vi: [so]\nnoi_dung: B\n";
        let sourced = format!("{text}nguon: {{ten: C, ngay: 2026-05-20}}\n");
        let concluded = format!("{text}ket_luan: Tốt.\nnguon: {{ten: C, ngay: 2026-07-01}}\n");
        for (today, text, entry) in [
            ("2026-05-30", text, None),
            ("2026-05-30", &sourced, Some(("Sắp kiểm tra: Đợt một", "2026-05-20"))),
            ("2026-05-01", &sourced, None),
            ("2026-06-03", &sourced, Some(("Đang kiểm tra: Đợt một", "2026-06-01"))),
            ("2026-06-06", text, Some(("Chưa có kết luận: Đợt một", "2026-06-05"))),
            ("2026-07-06", &concluded, Some(("Đã có kết luận: Đợt một", "2026-07-01"))),
        ] {
            let found = feed_of(today, "kiem-tra/feed.xml", &[("kiem-tra/a.yaml", text)]);
            let entry = entry.map(|(title, day)| (title.to_owned(), day.to_owned()));
            assert_eq!(found, entry.into_iter().collect::<Vec<_>>(), "{today}");
        }
    }

    #[test]
    fn a_simplification_is_news_from_a_day_that_has_come() {
        let text = "ma: a\nten: Bớt ngày\nchuong_trinh: X\nnoi_dung: B\ntrang_thai: phe_duyet\n";
        let effective = format!("{text}ngay_hieu_luc: 2026-06-01\nnguon: {{ten: C, ngay: 2026-05-01}}\n");
        for (today, text, day) in [
            ("2026-06-02", text, None),
            ("2026-04-02", &effective, None),
            ("2026-05-02", &effective, Some("2026-05-01")),
            ("2026-06-02", &effective, Some("2026-06-01")),
        ] {
            let found = feed_of(today, "cat-giam/feed.xml", &[("cat-giam/a.yaml", text)]);
            let entry = day.map(|day| ("Đã phê duyệt: Bớt ngày".to_owned(), day.to_owned()));
            assert_eq!(found, entry.into_iter().collect::<Vec<_>>(), "{today}");
        }
    }

    proptest! {
        #[test]
        fn any_title_makes_well_formed_xml(title in any::<String>()) {
            let xml = write(vec![entry("a", "2026-01-01", &title)]);
            // What XML cannot carry is gone, everything else reads back as it was.
            let carried: String = title
                .chars()
                .filter(|c| !matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}'))
                .collect();
            prop_assert_eq!(&values(&xml, "title")[1], &carried);
            let bare_ampersand = xml.split('&').skip(1).any(|rest| {
                !["amp;", "lt;", "gt;", "quot;", "#39;", "#13;"].iter().any(|end| rest.starts_with(end))
            });
            prop_assert!(!bare_ampersand);
        }
    }
}
