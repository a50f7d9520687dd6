//! Parts that views of several kinds share: sources, attachments, procedures with their standing.

use std::cmp::Reverse;

use serde::Serialize;
use serde_json::{Value, json};

use super::kinds::Head;
use super::links::PageCx;
use super::structured;
use super::urls;
use super::view::{DateView, LinkView, text};
use crate::base::date::Date;
use crate::base::path::RoutePath;
use crate::model::{ArticleId, DecisionId, Filed, Model};
use crate::parse::record::Article;
use crate::record::decision::{Change, Decision};
use crate::record::scalar::{AssetPath, Code, ProcedureCode};
use crate::record::source::Source;
use crate::vi::number;

/// The head of a page with its way from the home page: `way` are the pages between home and this
/// one. `kind` is the schema.org type of the page; `more` are further objects about it.
pub fn head(
    cx: &PageCx<'_>,
    kind: &str,
    title: impl Into<String>,
    description: impl Into<String>,
    way: &[(RoutePath, &str)],
    more: Vec<Value>,
) -> Head {
    let (title, description) = (title.into(), description.into());
    let mut whole = vec![(urls::home(), "Trang chủ".to_owned())];
    whole.extend(way.iter().map(|(path, name)| (path.clone(), (*name).to_owned())));
    let crumbs = structured::crumbs(cx, &whole);
    whole.push((cx.path.clone(), title.clone()));
    let mut graph = vec![json!({
        "@type": kind, "name": title, "description": description, "url": cx.absolute(cx.path), "inLanguage": "vi",
    })];
    graph.extend(more);
    graph.push(structured::breadcrumbs(cx, &whole));
    Head {
        crumbs,
        json_ld: Some(json!({ "@context": "https://schema.org", "@graph": graph })),
        title,
        description,
        ..Head::default()
    }
}

/// Where the facts of a record come from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceView {
    /// What the source is called; its host name if the record names none.
    pub name: String,
    /// Its address.
    pub href: Option<String>,
    /// Its date, or the day it was read.
    pub date: Option<DateView>,
}

impl SourceView {
    /// Out of the record; none if the record names neither a name nor an address.
    pub fn new(source: Option<&Source>) -> Option<Self> {
        let source = source?;
        let href = source.link.as_ref().map(|link| link.as_str().to_owned());
        let name =
            text(source.name.as_ref()).or_else(|| href.as_deref().map(|href| host(href).to_owned()))?;
        Some(Self { name, href, date: source.date.map(|day| day.0.into()) })
    }
}

/// The host of a web address, without a leading `www.`.
pub fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileView {
    /// Where it is.
    pub href: String,
    /// Name of the file.
    pub name: String,
    /// Its kind by its extension, such as `PDF`.
    pub kind: String,
    /// Its size for people, such as `245 KB`.
    pub size: String,
}

impl FileView {
    /// The attachment that a record names, if it is there.
    pub fn new(cx: &PageCx<'_>, path: Option<&AssetPath>) -> Option<Self> {
        let (path, asset) = cx.model().asset(path?)?;
        Some(Self {
            href: cx.asset_href(&path)?,
            name: path.file_name().to_owned(),
            kind: path.extension().to_uppercase(),
            size: number::file_size(asset.len),
        })
    }
}

/// A procedure as another page names it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProcedureRef {
    /// Its code, with every digit.
    pub code: String,
    /// Its name; none if the site has no record of it.
    pub name: Option<String>,
    /// Its page; none if the site has no record of it.
    pub href: Option<String>,
    /// Its standing for the style sheet, such as `in-force`.
    pub standing: &'static str,
    /// Its standing in words; none for one that is simply in use.
    pub remark: Option<&'static str>,
}

impl ProcedureRef {
    /// The procedure that a code names, as far as the site knows it.
    pub fn new(cx: &PageCx<'_>, code: &ProcedureCode) -> Self {
        let model = cx.model();
        let Some(filed) = model.procedure(code) else {
            return Self {
                code: code.to_string(),
                name: None,
                href: None,
                standing: "unknown",
                remark: None,
            };
        };
        let code = &filed.record.code;
        let standing = model.state(code).standing;
        let plain = standing.is_current() && standing.key() != "coming";
        Self {
            code: code.to_string(),
            name: Some(filed.record.name.as_str().to_owned()),
            href: Some(cx.href(&urls::procedure(code))),
            standing: standing.key(),
            remark: (!plain).then(|| standing.label()),
        }
    }
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArticleCard {
    /// Its page, by its title.
    pub link: LinkView,
    /// Its date.
    pub date: DateView,
    /// Its summary.
    pub summary: String,
    /// Past its last good day.
    pub expired: bool,
    /// Made-up example, not news.
    pub illustrative: bool,
}

impl ArticleCard {
    /// One article.
    pub fn new(cx: &PageCx<'_>, id: &ArticleId, article: &Filed<Article>) -> Self {
        let head = &article.record.head;
        Self {
            link: cx.link(&urls::article(id), head.title.as_str()),
            date: head.date.0.into(),
            summary: head.summary.as_str().to_owned(),
            expired: has_expired(cx.model(), article),
            illustrative: head.illustrative.0,
        }
    }
}

/// Whether an article is past the last day on which it holds.
pub fn has_expired(model: &Model, article: &Filed<Article>) -> bool {
    article.record.head.expires.is_some_and(|day| day.0 < model.as_of.date())
}

/// The published articles of a section, newest first; on one day by address.
pub fn articles_of<'m>(model: &'m Model, section: &Code) -> Vec<(&'m ArticleId, &'m Filed<Article>)> {
    let mut articles: Vec<_> = model.published_articles().filter(|(id, _)| id.section == *section).collect();
    articles.sort_by_key(|(id, article)| (Reverse(article.record.head.date), *id));
    articles
}

/// Every decision, newest first; of one day the later address first, as it has the higher number.
pub fn decisions_newest_first(model: &Model) -> Vec<(&DecisionId, &Filed<Decision>)> {
    let mut decisions: Vec<_> = model.decisions.iter().collect();
    decisions.sort_by_key(|(id, decision)| {
        let number = leading_number(decision.record.number.as_str());
        (Reverse(decision.record.signed), Reverse(number), *id)
    });
    decisions
}

/// The number that a document's number begins with: 949 of `949/QĐ-UBND`.
pub fn leading_number(text: &str) -> u64 {
    let digits: String = text.chars().take_while(char::is_ascii_digit).take(15).collect();
    digits.parse().unwrap_or(0)
}

/// How many procedures a decision touches in one way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeCount {
    /// What it does, in words.
    pub label: &'static str,
    /// To how many procedures.
    pub count: usize,
}

/// What a decision does, counted by kind of change in the order of the list of kinds.
pub fn change_counts(decision: &Decision) -> Vec<ChangeCount> {
    Change::ALL
        .iter()
        .map(|change| ChangeCount {
            label: change.label(),
            count: decision.items.iter().filter(|item| item.change == *change).count(),
        })
        .filter(|entry| entry.count > 0)
        .collect()
}

/// The day on which the site came to know of a decision, as far as its record tells: the day it was
/// put on the site, else the day it was signed.
pub fn decision_day(decision: &Decision) -> Date {
    decision.posted.unwrap_or(decision.signed).0
}

/// The name of a unit; its code if the directory has none, which is a finding elsewhere.
pub fn unit_name(model: &Model, code: &Code) -> String {
    let unit = model.units.get(code).map(|unit| unit.record.name.as_str());
    unit.unwrap_or(code.as_str()).to_owned()
}
