//! One section of articles: every published article, newest first, fifty to a page.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::outputs::feeds;
use crate::plan::pieces::{self, ArticleCard};
use crate::plan::view::{LinkView, text};
use crate::plan::{Subject, urls};
use crate::{at, model::Model};

/// The pages of a section; the first exists even when it has no article yet.
pub const KIND: PageKind = PageKind {
    name: "section",
    routes: |model| {
        let sections = model.site.record.sections.iter().enumerate();
        sections
            .flat_map(|(i, section)| {
                let place = model.site.at(at!["chuyen_muc", i, "ma"]);
                (1..=pages(model, &section.code)).map(move |page| {
                    let subject = Subject::Section(section.code.clone(), page);
                    (urls::section_page(&section.code, page), subject, place.clone())
                })
            })
            .collect()
    },
    view,
};

/// How many articles stand on a page.
const ON_A_PAGE: usize = 50;

fn pages(model: &Model, section: &crate::record::scalar::Code) -> usize {
    let articles = model.published_articles().filter(|(id, _)| id.section == *section).count();
    articles.div_ceil(ON_A_PAGE).max(1)
}

/// What a page of a section shows.
#[derive(Debug, Serialize)]
pub struct SectionView {
    /// Name of the section.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// How many articles are published.
    pub total: usize,
    /// The articles of this page, newest first.
    pub articles: Vec<ArticleCard>,
    /// Which page this is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The page with newer articles.
    pub newer: Option<LinkView>,
    /// The page with older articles.
    pub older: Option<LinkView>,
    /// The Atom feed of the section.
    pub feed: LinkView,
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let Subject::Section(code, page) = subject else {
        unreachable!("the routes of this kind are sections");
    };
    let model = cx.model();
    let section = model.section(code);
    let name = section.map_or(code.as_str(), |section| section.name.as_str());
    let articles = pieces::articles_of(model, code);
    let pages = articles.len().div_ceil(ON_A_PAGE).max(1);
    let to = |page: usize, words: &str| {
        cx.link(&urls::section_page(code, page), format!("{words} (trang {page})"))
    };
    let feed = feeds::of_section(cx, code, name);
    let description = section.and_then(|section| text(section.description.as_ref()));
    let view = SectionView {
        name: name.to_owned(),
        total: articles.len(),
        articles: articles
            .iter()
            .skip((page - 1) * ON_A_PAGE)
            .take(ON_A_PAGE)
            .map(|(id, article)| ArticleCard::new(cx, id, article))
            .collect(),
        page: *page,
        pages,
        newer: (*page > 1).then(|| to(page - 1, "Bài mới hơn")),
        older: (*page < pages).then(|| to(page + 1, "Bài cũ hơn")),
        feed: feed.clone(),
        description: description.clone(),
    };
    let title = match page {
        1 => name.to_owned(),
        _ => format!("{name}, trang {page}"),
    };
    let head = Head {
        feeds: vec![feed],
        ..pieces::head(
            cx,
            "CollectionPage",
            title,
            description.unwrap_or_else(|| {
                format!("Bài viết trong chuyên mục {name} của {}.", cx.plan.site.short_name)
            }),
            &[(urls::fixed("/bai-viet/"), "Bài viết")],
            Vec::new(),
        )
    };
    (head, View::Section(Box::new(view)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::{article, model};

    #[test]
    fn the_fifty_first_article_makes_a_second_page() {
        let texts: Vec<(String, String)> = (0..51)
            .map(|i| {
                (format!("bai-viet/tin-tuc/b{i:02}.md"), article(&format!("2025-01-{:02}", i % 28 + 1), ""))
            })
            .collect();
        let files: Vec<(&str, &str)> =
            texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let model = model("2025-06-01", &files);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let pages: Vec<&str> = plan
            .routes
            .iter()
            .filter(|(_, route)| route.kind.name == "section")
            .map(|(path, _)| path.as_str())
            .collect();
        assert_eq!(pages, ["/bai-viet/huong-dan/", "/bai-viet/tin-tuc/", "/bai-viet/tin-tuc/trang-2/"]);
        let show = |text: &'static str| {
            let path = urls::fixed(text);
            match plan.view(&path, &plan.routes[&path]) {
                (meta, View::Section(view)) => (meta, view),
                _ => unreachable!("a section"),
            }
        };
        let (_, first) = show("/bai-viet/tin-tuc/");
        let (meta, second) = show("/bai-viet/tin-tuc/trang-2/");
        assert_eq!((first.articles.len(), second.articles.len()), (50, 1));
        assert_eq!(meta.title, "Tin tức, trang 2");
        assert_eq!(
            first.older.as_ref().map(|link| link.href.as_str()),
            Some("../../bai-viet/tin-tuc/trang-2/index.html")
        );
        assert_eq!(
            second.newer.as_ref().map(|link| link.href.as_str()),
            Some("../../../bai-viet/tin-tuc/index.html")
        );
        assert!(first.newer.is_none() && second.older.is_none());
        // Oldest last.
        assert_eq!(second.articles[0].date.iso, "2025-01-01");
        let (_, empty) = show("/bai-viet/huong-dan/");
        assert_eq!((empty.articles.len(), empty.pages), (0, 1));
    }
}
