//! `sitemap.xml` (sitemaps.org 0.9): every page that is to be found, by its canonical address.

use crate::base::date::Date;
use crate::base::path::OutPath;
use crate::model::Model;
use crate::plan::{SitePlan, Subject, pieces};

use super::xml;

/// The most addresses that one file may hold, by the protocol.
const MOST: usize = 50_000;

/// The kind of page that search engines leave out: nothing stands there.
const NOT_TO_BE_FOUND: &str = "not-found";

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// One file; past 50,000 pages an index `sitemap.xml` and its parts `sitemap-1.xml` ….
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let pages: Vec<Page> = plan
        .routes
        .iter()
        .filter(|(_, route)| route.kind.name != NOT_TO_BE_FOUND)
        .map(|(path, route)| Page {
            address: plan.site.absolute(path),
            changed: last_changed(plan.model, &route.subject),
        })
        .collect();
    write(&pages, MOST, |name| format!("{}{name}", plan.site.base_url))
}

/// One page as the site map tells of it.
struct Page {
    address: String,
    changed: Option<Date>,
}

fn write(pages: &[Page], most: usize, absolute: impl Fn(&str) -> String) -> Vec<(OutPath, Vec<u8>)> {
    let file = |name: &str, text: String| {
        (OutPath::new(name).expect("a name of fixed words and a number"), text.into_bytes())
    };
    if pages.len() <= most {
        return vec![file("sitemap.xml", urlset(pages))];
    }
    let mut files = Vec::new();
    let mut index = head("sitemapindex");
    for (i, part) in pages.chunks(most).enumerate() {
        let name = format!("sitemap-{}.xml", i + 1);
        index.push_str("<sitemap>");
        xml::element(&mut index, "loc", &absolute(&name));
        index.truncate(index.trim_end().len());
        index.push_str("</sitemap>\n");
        files.push(file(&name, urlset(part)));
    }
    index.push_str("</sitemapindex>\n");
    files.push(file("sitemap.xml", index));
    files
}

fn head(root: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n")
}

fn urlset(pages: &[Page]) -> String {
    let mut out = head("urlset");
    for page in pages {
        out.push_str("<url><loc>");
        xml::escape_into(&page.address, &mut out);
        out.push_str("</loc>");
        if let Some(day) = page.changed {
            out.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// The day on which a page's record was last changed, as far as the record tells; never a later day
/// than the build's. Pages made of many records have none: a guess would only mislead.
fn last_changed(model: &Model, subject: &Subject) -> Option<Date> {
    let today = model.as_of.date();
    let day = match subject {
        Subject::Article(id) => model.articles.get(id)?.record.head.date.0,
        Subject::Decision(id) => {
            let decision = &model.decisions.get(id)?.record;
            let read = decision.source.as_ref().and_then(|source| source.date);
            decision.posted.or(read)?.0
        }
        Subject::Procedure(code) => {
            let read = model.procedures.get(code)?.record.source.as_ref().and_then(|source| source.date);
            let changed = model.state(code).since;
            [read.map(|day| day.0), changed].into_iter().flatten().filter(|day| *day <= today).max()?
        }
        Subject::Section(code, 1) => pieces::articles_of(model, code).first()?.1.record.head.date.0,
        Subject::Plan(year) => model.plans.get(year)?.record.date?.0,
        Subject::Petition(code) => model.handlings.get(code)?.since,
        Subject::Statistics(period) => {
            let of_period = model.statistics.iter().filter(|(id, _)| id.period == *period);
            of_period.filter_map(|(_, figures)| Some(figures.record.source.date?.0)).max()?
        }
        Subject::Initiative(code) => {
            let call = &model.initiatives.get(code)?.record;
            let came = call.contributions.iter().map(|contribution| contribution.date.0);
            came.filter(|day| *day <= today).max().unwrap_or(call.opened.0)
        }
        Subject::Site
        | Subject::Procedures(..)
        | Subject::Laws(_)
        | Subject::LawProcedures(..)
        | Subject::Decisions(..)
        | Subject::Changes(..)
        | Subject::Petitions(..)
        | Subject::Field(_)
        | Subject::Section(..) => return None,
    };
    (day <= today).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(address: &str, day: Option<&str>) -> Page {
        let changed = day.map(|day| Date::parse(day).expect("a good date"));
        Page { address: address.to_owned(), changed }
    }

    fn text(files: &[(OutPath, Vec<u8>)], name: &str) -> String {
        let (_, bytes) = files.iter().find(|(path, _)| path.as_str() == name).expect("the file");
        String::from_utf8(bytes.clone()).expect("UTF-8")
    }

    #[test]
    fn a_day_is_given_only_where_one_is_known() {
        let pages = [page("https://a.vn/b/?x&y", None), page("https://a.vn/c/", Some("2026-02-03"))];
        let files = write(&pages, 10, |name| format!("https://a.vn/{name}"));
        assert_eq!(files.len(), 1);
        let text = text(&files, "sitemap.xml");
        assert!(text.contains("<url><loc>https://a.vn/b/?x&amp;y</loc></url>"), "{text}");
        assert!(text.contains("<loc>https://a.vn/c/</loc><lastmod>2026-02-03</lastmod>"), "{text}");
    }

    #[test]
    fn many_pages_are_divided_under_an_index() {
        let pages: Vec<Page> = (0..5).map(|i| page(&format!("https://a.vn/{i}/"), None)).collect();
        let files = write(&pages, 2, |name| format!("https://a.vn/{name}"));
        let names: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
        assert!(text(&files, "sitemap.xml").contains("<loc>https://a.vn/sitemap-3.xml</loc>"));
        let all: String = (1..4).map(|i| text(&files, &format!("sitemap-{i}.xml"))).collect();
        assert!((0..5).all(|i| all.contains(&format!("<loc>https://a.vn/{i}/</loc>"))));
    }
}
