//! One article.

use std::cmp::Reverse;

use serde::Serialize;
use serde_json::json;

use super::{Head, PageKind, View};
use crate::markdown;
use crate::model::{Filed, Model};
use crate::parse::record::Article;
use crate::plan::links::PageCx;
use crate::plan::outputs::feeds;
use crate::plan::pieces::{self, ProcedureRef, SourceView};
use crate::plan::view::{DateView, LinkView};
use crate::plan::{Subject, urls};
use crate::record::scalar::TaskMark;
use crate::vi::fold::fold;
use crate::vi::slug::slug;
use crate::vi::typography;

/// The page of an article that is published on the day of the build.
pub const KIND: PageKind = PageKind {
    name: "article",
    routes: |model| {
        let page = |(id, article): (&_, &Filed<Article>)| {
            (urls::article(id), Subject::Article(Clone::clone(id)), article.place())
        };
        model.published_articles().map(page).collect()
    },
    view,
};

/// From this many headings on an article has a table of contents.
const CONTENTS_FROM: usize = 3;

/// What the page of an article shows.
#[derive(Debug, Serialize)]
pub struct ArticleView {
    /// Its title, with compounds held together.
    pub heading: String,
    /// Its date.
    pub date: DateView,
    /// The unit that wrote it.
    pub unit: Option<String>,
    /// Its summary.
    pub summary: String,
    /// The picture at its head.
    pub image: Option<ImageView>,
    /// Its text.
    pub body_html: String,
    /// Its main headings, if there are enough of them for a table of contents.
    pub contents: Vec<LinkView>,
    /// The procedures it speaks of.
    pub procedures: Vec<ProcedureRef>,
    /// The tasks of the plan that it serves.
    pub tasks: Vec<TaskLink>,
    /// Where its facts come from.
    pub source: Option<SourceView>,
    /// Its last good day, if it has one.
    pub expires: Option<DateView>,
    /// Past that day.
    pub expired: bool,
    /// Made-up example, not news.
    pub illustrative: bool,
    /// The section it belongs to.
    pub section: LinkView,
}

/// A picture.
#[derive(Debug, Serialize)]
pub struct ImageView {
    /// The file.
    pub href: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

/// A task of a plan that an article serves.
#[derive(Debug, Serialize)]
pub struct TaskLink {
    /// Its place in the page of the plan, by its mark.
    pub link: LinkView,
    /// What the task is.
    pub content: String,
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let Subject::Article(id) = subject else { unreachable!("the routes of this kind are articles") };
    let model = cx.model();
    let article = &model.articles[id];
    let head = &article.record.head;
    let image = head.image.as_ref().and_then(|image| {
        let (path, _) = model.asset(&image.file)?;
        Some(ImageView { href: cx.asset_href(&path)?, alt: image.description.as_str().to_owned() })
    });
    let (body_html, contents) = body(cx, &article.record.body);
    let section_name = model.section(&id.section).map_or(id.section.as_str(), |s| s.name.as_str());
    let unit = head.unit.as_ref().map(|code| pieces::unit_name(model, code));
    let json_ld = json!({
        "@type": "Article",
        "headline": head.title.as_str(),
        "description": head.summary.as_str(),
        "datePublished": head.date.to_string(),
        "inLanguage": "vi",
        "url": cx.absolute(cx.path),
        "articleSection": section_name,
        "author": { "@type": "GovernmentOrganization", "name": unit.as_deref().unwrap_or(&cx.plan.site.name) },
        "publisher": { "@type": "GovernmentOrganization", "name": cx.plan.site.name },
    });
    let view = ArticleView {
        heading: typography::heading(head.title.as_str()).into_owned(),
        date: head.date.0.into(),
        unit,
        summary: head.summary.as_str().to_owned(),
        image,
        body_html,
        contents: if contents.len() >= CONTENTS_FROM { contents } else { Vec::new() },
        procedures: head.procedures.iter().map(|code| ProcedureRef::new(cx, code)).collect(),
        tasks: head.tasks.iter().filter_map(|mark| task(cx, article, mark)).collect(),
        source: SourceView::new(head.source.as_ref()),
        expires: head.expires.map(|day| day.0.into()),
        expired: pieces::has_expired(model, article),
        illustrative: head.illustrative.0,
        section: cx.link(&urls::section(&id.section), section_name),
    };
    let head = Head {
        feeds: vec![feeds::of_section(cx, &id.section, section_name)],
        ..pieces::head(
            cx,
            "WebPage",
            head.title.as_str().to_owned(),
            view.summary.clone(),
            &[(urls::fixed("/bai-viet/"), "Bài viết"), (urls::section(&id.section), section_name)],
            vec![json_ld],
        )
    };
    (head, View::Article(Box::new(view)))
}

/// The text of an article and its main headings.
fn body(cx: &PageCx<'_>, text: &str) -> (String, Vec<LinkView>) {
    let options = markdown::Options::new(slug, fold);
    let html = cx.markdown(text, &options.id_prefix, options.top_level);
    let headings = markdown::outline(text, &options).headings;
    let main = headings.into_iter().filter(|heading| heading.level == options.top_level);
    let contents = main.map(|heading| LinkView { href: format!("#{}", heading.id), text: heading.text });
    (html, contents.collect())
}

/// The task that a mark names: in the plan of the article's time if it has it, else in the latest
/// plan that has.
fn task(cx: &PageCx<'_>, article: &Filed<Article>, mark: &TaskMark) -> Option<TaskLink> {
    let (year, content) = find_task(cx.model(), article.record.head.date.0.year(), mark)?;
    let href = format!("{}#{}", cx.href(&urls::plan(year)), urls::task_anchor(mark));
    Some(TaskLink { link: LinkView { href, text: format!("Nhiệm vụ {mark}") }, content })
}

fn find_task(model: &Model, year: i16, mark: &TaskMark) -> Option<(u64, String)> {
    let year = u64::try_from(year).unwrap_or(0);
    let mut plans: Vec<_> = model.plans.iter().collect();
    plans.sort_by_key(|(plan_year, _)| (**plan_year > year, Reverse(**plan_year)));
    plans.into_iter().find_map(|(plan_year, plan)| {
        let task = plan.record.tasks.iter().find(|task| task.mark == *mark)?;
        Some((*plan_year, task.content.as_str().to_owned()))
    })
}
