//! The sections of articles, in the order of `trang.yaml`, each with its newest articles.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::outputs::feeds;
use crate::plan::pieces::{self, ArticleCard};
use crate::plan::view::{LinkView, text};
use crate::plan::{Subject, urls};

/// The page of sections; there is none on a site without sections.
pub const KIND: PageKind = PageKind {
    name: "articles",
    routes: |model| {
        let page = || (urls::fixed("/bai-viet/"), Subject::Site, model.site.place());
        (!model.site.record.sections.is_empty()).then(page).into_iter().collect()
    },
    view,
};

/// How many articles of each section are shown.
const SHOWN: usize = 5;

/// What the page of sections shows.
#[derive(Debug, Serialize)]
pub struct ArticlesView {
    /// The sections, in the order of the site.
    pub sections: Vec<SectionCard>,
    /// The Atom feed of the whole site.
    pub feed: LinkView,
}

/// One section with its newest articles.
#[derive(Debug, Serialize)]
pub struct SectionCard {
    /// Its code, for the anchor.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// Its page, saying how many articles it has.
    pub link: LinkView,
    /// How many articles are published.
    pub total: usize,
    /// The newest of them.
    pub articles: Vec<ArticleCard>,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let sections: Vec<SectionCard> = model
        .site
        .record
        .sections
        .iter()
        .map(|section| {
            let articles = pieces::articles_of(model, &section.code);
            let name = section.name.as_str();
            let words = match articles.len() {
                0 => format!("Chuyên mục {name}"),
                n => format!("Tất cả {n} bài trong chuyên mục {name}"),
            };
            SectionCard {
                code: section.code.to_string(),
                name: name.to_owned(),
                description: text(section.description.as_ref()),
                link: cx.link(&urls::section(&section.code), words),
                total: articles.len(),
                articles: articles
                    .iter()
                    .take(SHOWN)
                    .map(|(id, article)| ArticleCard::new(cx, id, article))
                    .collect(),
            }
        })
        .collect();
    let names: Vec<&str> = sections.iter().map(|section| section.name.as_str()).collect();
    let feed = feeds::of_site(cx);
    let head = Head {
        feeds: vec![feed.clone()],
        ..pieces::head(
            cx,
            "CollectionPage",
            "Bài viết",
            format!("Bài viết của {}: {}.", cx.plan.site.short_name, names.join(", ")),
            &[],
            Vec::new(),
        )
    };
    (head, View::Articles(Box::new(ArticlesView { sections, feed })))
}
