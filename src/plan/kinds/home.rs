//! The home page: where to begin, the fields, what is new, how to reach us.

use serde::Serialize;

use super::duties::Summary;
use super::procedures::{FieldCount, fields};
use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::outputs::feeds;
use crate::plan::petitions::{Figures, Filter};
use crate::plan::pieces::{self, ArticleCard, ChangeCount};
use crate::plan::results::{self, Headline};
use crate::plan::view::{DateView, LinkView};
use crate::plan::{Subject, evidence, structured, urls};

/// The home page.
pub const KIND: PageKind =
    PageKind { name: "home", routes: |model| vec![(urls::home(), Subject::Site, model.site.place())], view };

/// How many decisions and articles the home page names.
const NEWEST_DECISIONS: usize = 5;
const NEWEST_ARTICLES: usize = 4;

/// What the home page shows.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// How many procedures a citizen may have to carry out.
    pub current_procedures: usize,
    /// The list of all procedures.
    pub procedures: LinkView,
    /// The fields, in Vietnamese order.
    pub fields: Vec<FieldCount>,
    /// The newest decisions.
    pub decisions: Vec<DecisionCard>,
    /// The list of all decisions, where the site has one.
    pub all_decisions: Option<LinkView>,
    /// The newest articles.
    pub articles: Vec<ArticleCard>,
    /// The list of all articles, where the site has one.
    pub all_articles: Option<LinkView>,
    /// The page on how to reach us, where the site has one.
    pub contact: Option<LinkView>,
    /// What became of petitions, in one sentence; none before there is any.
    pub petitions_sentence: Option<String>,
    /// The figures hold made-up examples only.
    pub petitions_illustrative: bool,
    /// How to petition, and every result.
    pub petitions: LinkView,
    /// How we are doing: three figures of the newest period.
    pub results: Option<ResultsCard>,
    /// Our own punctuality in one sentence, and the page that names every exception.
    pub duties: String,
    /// That page.
    pub duties_page: LinkView,
    /// The newest plan.
    pub plan: Option<PlanCard>,
}

/// Three figures with their page.
#[derive(Debug, Serialize)]
pub struct ResultsCard {
    /// The figures.
    pub headline: Headline,
    /// The page of all figures.
    pub link: LinkView,
}

/// A decision in a list.
#[derive(Debug, Serialize)]
pub struct DecisionCard {
    /// Its page, by its number.
    pub link: LinkView,
    /// When it was signed.
    pub signed: DateView,
    /// Who signed it.
    pub agency: String,
    /// What it does, and to how many procedures.
    pub changes: Vec<ChangeCount>,
}

/// A plan, in short.
#[derive(Debug, Serialize)]
pub struct PlanCard {
    /// Its page.
    pub link: LinkView,
    /// The year.
    pub year: u64,
    /// How many tasks.
    pub tasks: usize,
    /// How many of them have evidence.
    pub proven: usize,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let list = |path: &'static str, text: &str| {
        let path = urls::fixed(path);
        cx.has(&path).then(|| cx.link(&path, text))
    };
    let decisions = pieces::decisions_newest_first(model)
        .into_iter()
        .take(NEWEST_DECISIONS)
        .map(|(id, decision)| DecisionCard {
            link: cx.link(&urls::decision(id), format!("Quyết định số {}", decision.record.number)),
            signed: decision.record.signed.0.into(),
            agency: decision.record.agency.as_str().to_owned(),
            changes: pieces::change_counts(&decision.record),
        })
        .collect();
    let mut articles: Vec<_> = model.published_articles().collect();
    articles.sort_by_key(|(id, article)| (std::cmp::Reverse(article.record.head.date), *id));
    let articles = articles
        .into_iter()
        .take(NEWEST_ARTICLES)
        .map(|(id, article)| ArticleCard::new(cx, id, article))
        .collect();
    let plan = model.plans.last_key_value().map(|(year, plan)| PlanCard {
        link: cx.link(&urls::plan(*year), format!("Kế hoạch {}", plan.record.number)),
        year: *year,
        tasks: plan.record.tasks.len(),
        proven: evidence::proven_tasks(model, &plan.record),
    });
    let results = results::headline(model).map(|headline| ResultsCard {
        headline,
        link: cx.link(&urls::fixed("/ket-qua/"), "Kết quả từng tháng, quý, năm và cách tính"),
    });
    let current_procedures =
        model.procedures.keys().filter(|code| model.state(code).standing.is_current()).count();
    let petitions = Figures::of(model.known_petitions());
    let view = HomeView {
        current_procedures,
        procedures: cx.link(
            &urls::fixed("/thu-tuc/"),
            format!("Xem toàn bộ {current_procedures} thủ tục, xếp theo chữ cái"),
        ),
        fields: fields(cx),
        decisions,
        all_decisions: list("/quyet-dinh/", "Tất cả quyết định công bố"),
        articles,
        all_articles: list("/bai-viet/", "Tất cả bài viết"),
        contact: list("/lien-he/", "Liên hệ và các cách gửi phản ánh"),
        petitions_sentence: (petitions.received > 0).then(|| petitions.sentence()),
        petitions_illustrative: petitions.received > 0 && petitions.illustrative == petitions.received,
        petitions: cx
            .link(&urls::petitions(&Filter::All, 1), "Cách gửi phản ánh, kiến nghị và kết quả từng việc"),
        results,
        duties: Summary::of(model).sentence(),
        duties_page: cx.link(&urls::fixed("/nghia-vu/"), "Từng nghĩa vụ và mọi trường hợp chưa đạt"),
        plan,
    };
    let head = Head {
        title: cx.plan.site.name.clone(),
        description: cx.plan.site.description.clone().unwrap_or_default(),
        json_ld: Some(structured::website(cx)),
        feeds: vec![feeds::of_site(cx)],
        ..Head::default()
    };
    (head, View::Home(Box::new(view)))
}
