//! What pages that serve one task of the plan show of it: the articles that say they do, newest
//! first, the feeds in which new ones appear, and the legal texts that a sentence names.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use super::links::PageCx;
use super::outputs::feeds;
use super::pieces::ArticleCard;
use super::view::LinkView;
use crate::model::law::{Validity, validity};
use crate::model::{ArticleId, Filed};
use crate::parse::record::Article;
use crate::record::scalar::LawNumber;

/// The task of explaining the essential services of project 06 (annex of plan 257/KH-SKHCN).
pub const ESSENTIAL: &str = "IV.1";
/// The task of explaining what is done online.
pub const ONLINE: &str = "IV.2";
/// The task of explaining what replaces the household book.
pub const RESIDENCE: &str = "IV.3";

/// The published articles that name a task, newest first.
fn of_task<'m>(cx: &PageCx<'m>, mark: &str) -> Vec<(&'m ArticleId, &'m Filed<Article>)> {
    let all = cx.model().published_articles();
    let mut found: Vec<_> = all
        .filter(|(_, article)| article.record.head.tasks.iter().any(|task| task.as_str() == mark))
        .collect();
    found.sort_by_key(|(id, article)| (Reverse(article.record.head.date), *id));
    found
}

/// The articles that name a task, as cards.
pub fn articles(cx: &PageCx<'_>, mark: &str) -> Vec<ArticleCard> {
    of_task(cx, mark).into_iter().map(|(id, article)| ArticleCard::new(cx, id, article)).collect()
}

/// The feeds of the sections in which articles of a task stand, or are to stand.
pub fn feeds(cx: &PageCx<'_>, mark: &str) -> Vec<LinkView> {
    let model = cx.model();
    let with_articles: BTreeSet<_> = of_task(cx, mark).into_iter().map(|(id, _)| &id.section).collect();
    let sections = model.site.record.sections.iter();
    sections
        .filter(|section| {
            with_articles.contains(&section.code) || section.tasks.iter().any(|task| task.as_str() == mark)
        })
        .map(|section| feeds::of_section(cx, &section.code, section.name.as_str()))
        .collect()
}

/// A legal text with its place in the list of legal texts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LawLink {
    /// Its place in the list, by its number.
    pub link: LinkView,
    /// No longer in force on the day of the build.
    pub expired: bool,
}

/// The link of one legal text; none if the site has no record of it.
pub fn law(cx: &PageCx<'_>, number: &LawNumber) -> Option<LawLink> {
    let model = cx.model();
    let law = model.laws.get(number)?;
    let href = cx.law_href(number)?;
    Some(LawLink {
        link: LinkView { href, text: number.to_string() },
        expired: matches!(validity(model, &law.record), Validity::Expired { .. }),
    })
}

/// The legal texts that a sentence names by their numbers, in the order of the sentence.
pub fn laws_in(cx: &PageCx<'_>, sentence: &str) -> Vec<LawLink> {
    let numbers = crate::model::law::named_in(cx.model(), sentence);
    numbers.into_iter().filter_map(|number| law(cx, number)).collect()
}
