//! The addresses of the site. URLs are for ever: they are printed on paper.

use crate::base::calendar_period::CalendarPeriod;
use crate::base::path::RoutePath;
use crate::model::{ArticleId, DecisionId};
use crate::plan::petitions::Filter;
use crate::record::scalar::{Code, LawNumber, ProcedureCode, TaskMark};
use crate::vi::slug::slug;

/// The address made of these parts, each already made of unreserved characters.
fn route(text: String) -> RoutePath {
    RoutePath::new(&text).expect("codes and slugs hold only unreserved characters and are never empty")
}

/// `/`
pub fn home() -> RoutePath {
    route("/".to_owned())
}

/// An address of fixed words, such as `/thu-tuc/`.
pub fn fixed(text: &'static str) -> RoutePath {
    route(text.to_owned())
}

/// `/thu-tuc/<mã>/`
pub fn procedure(code: &ProcedureCode) -> RoutePath {
    route(format!("/thu-tuc/{code}/"))
}

/// `/linh-vuc/<mã>/`
pub fn field(code: &Code) -> RoutePath {
    route(format!("/linh-vuc/{code}/"))
}

/// `/quyet-dinh/<số>/`
pub fn decision(id: &DecisionId) -> RoutePath {
    route(format!("/quyet-dinh/{}/", id.0))
}

/// `/bai-viet/<chuyên mục>/`
pub fn section(code: &Code) -> RoutePath {
    route(format!("/bai-viet/{code}/"))
}

/// `/bai-viet/<chuyên mục>/trang-2/`: one page of a section that is too long for one; the first page is
/// the section itself.
pub fn section_page(code: &Code, page: usize) -> RoutePath {
    match page {
        0 | 1 => section(code),
        _ => route(format!("/bai-viet/{code}/trang-{page}/")),
    }
}

/// `/bai-viet/<chuyên mục>/feed.xml`
pub fn section_feed(code: &Code) -> RoutePath {
    route(format!("/bai-viet/{code}/feed.xml"))
}

/// `/bai-viet/<chuyên mục>/<tên>/`
pub fn article(id: &ArticleId) -> RoutePath {
    route(format!("/bai-viet/{}/{}/", id.section, id.slug))
}

/// `/ke-hoach/<năm>/`
pub fn plan(year: u64) -> RoutePath {
    route(format!("/ke-hoach/{year}/"))
}

/// `/ket-qua/<kỳ>/`: `2025-q3` for the third quarter of 2025; addresses hold lower-case letters only.
pub fn statistics(period: CalendarPeriod) -> RoutePath {
    route(format!("/ket-qua/{}/", period.to_string().to_lowercase()))
}

/// `/sang-kien/<mã>/`
pub fn initiative(code: &Code) -> RoutePath {
    route(format!("/sang-kien/{code}/"))
}

/// `/phan-anh/<mã>/`
pub fn petition(code: &Code) -> RoutePath {
    route(format!("/phan-anh/{code}/"))
}

/// `/phan-anh/loc/<nhóm>/<giá trị>/`, with `trang-2/` … behind it for the later pages of a long list;
/// the list of all petitions stands at `/phan-anh/` itself.
pub fn petitions(filter: &Filter, page: usize) -> RoutePath {
    let list = match filter.group() {
        Some(group) => format!("/phan-anh/loc/{}/{}/", group.key(), filter.value()),
        None => "/phan-anh/".to_owned(),
    };
    route(match page {
        0 | 1 => list,
        _ => format!("{list}trang-{page}/"),
    })
}

/// `/tim-kiem/`: the search page; the files of its index lie below it.
pub fn search() -> RoutePath {
    fixed("/tim-kiem/")
}

/// `/van-ban/`: every legal text; one of them stands at [`law_anchor`].
pub fn laws() -> RoutePath {
    fixed("/van-ban/")
}

/// The place of a legal text in its page: the slug of its number.
pub fn law_anchor(number: &LawNumber) -> String {
    slug(number.as_str())
}

/// The place of a task in the page of its plan: `I.1` gives `i-1`.
pub fn task_anchor(mark: &TaskMark) -> String {
    slug(mark.as_str())
}
