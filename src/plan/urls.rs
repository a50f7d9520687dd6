//! The addresses of the site. URLs are for ever: they are printed on paper.

use crate::base::calendar_period::CalendarPeriod;
use crate::base::path::RoutePath;
use crate::model::{ArticleId, DecisionId};
use crate::plan::listing::{Part, letter_key};
use crate::plan::petitions::Filter;
use crate::record::scalar::{Code, LawNumber, ProcedureCode, TaskMark, Text};
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

/// `/thu-tuc/<mã>/niem-yet/`: the sheet for the board.
pub fn procedure_sheet(code: &ProcedureCode) -> RoutePath {
    route(format!("/thu-tuc/{code}/niem-yet/"))
}

/// `/thu-tuc/chu/<chữ>/` or `/thu-tuc/het-hieu-luc/`, with `trang-2/` … behind it: a part of the procedures
/// where there are too many for one list. Letters as they are typed (Telex): Đ is `dd`.
pub fn procedures_part(part: Part, page: usize) -> RoutePath {
    let list = match part {
        Part::Letter(letter) => format!("/thu-tuc/chu/{}/", letter_key(letter)),
        Part::Ended => "/thu-tuc/het-hieu-luc/".to_owned(),
    };
    route(match page {
        0 | 1 => list,
        _ => format!("{list}trang-{page}/"),
    })
}

/// `/linh-vuc/<mã>/`
pub fn field(code: &Code) -> RoutePath {
    route(format!("/linh-vuc/{code}/"))
}

/// `/linh-vuc/<mã>/niem-yet/`: the list for the board.
pub fn field_sheet(code: &Code) -> RoutePath {
    route(format!("/linh-vuc/{code}/niem-yet/"))
}

/// `/linh-vuc/<mã>/niem-yet/bia/`: the cover of the field's folder.
pub fn field_cover(code: &Code) -> RoutePath {
    route(format!("/linh-vuc/{code}/niem-yet/bia/"))
}

/// `/niem-yet/`: what has to hang.
pub fn postings() -> RoutePath {
    fixed("/niem-yet/")
}

/// `/phan-anh/niem-yet/`: the notice on petitions.
pub fn petition_notice() -> RoutePath {
    fixed("/phan-anh/niem-yet/")
}

/// The place of a decision among what has to hang.
pub fn posting_anchor(id: &DecisionId) -> String {
    format!("qd-{}", id.0)
}

/// `/quyet-dinh/<số>/`
pub fn decision(id: &DecisionId) -> RoutePath {
    route(format!("/quyet-dinh/{}/", id.0))
}

/// `/quyet-dinh/nam/<năm>/`, with `trang-2/` … behind it: the decisions of a year, where there are too many for
/// one list.
pub fn decisions_of(year: i16, page: usize) -> RoutePath {
    let list = format!("/quyet-dinh/nam/{year}/");
    route(match page {
        0 | 1 => list,
        _ => format!("{list}trang-{page}/"),
    })
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

/// Whether the last part of an address is kept for a later page of a long list: `trang-<số>`.
pub fn is_list_page(name: &str) -> bool {
    name.strip_prefix("trang-").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether an address must never die. Lists that were divided because they are long come and go with their
/// length; nothing that is printed leads to them.
pub fn is_lasting(address: &str) -> bool {
    let parts: Vec<&str> = address.trim_matches('/').split('/').collect();
    let divided = matches!(
        parts.as_slice(),
        ["thu-tuc", "chu" | "het-hieu-luc", ..]
            | ["phan-anh", "loc", ..]
            | ["quyet-dinh" | "thay-doi", "nam", ..]
            | ["van-ban", _, ..]
    );
    address.ends_with('/') && !divided && !parts.last().is_some_and(|name| is_list_page(name))
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

/// `/ket-qua/<kỳ>/so-lieu.csv`: all figures of a period as a table.
pub fn statistics_table(period: CalendarPeriod) -> RoutePath {
    route(format!("{}so-lieu.csv", statistics(period)))
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

/// `/thay-doi/`: what changed on the site, and what was taken away for what reason.
pub fn changes() -> RoutePath {
    fixed("/thay-doi/")
}

/// `/thay-doi/nam/<năm>/`, with `trang-2/` … behind it: the changes of a year.
pub fn changes_of(year: i16, page: usize) -> RoutePath {
    let list = format!("/thay-doi/nam/{year}/");
    route(match page {
        0 | 1 => list,
        _ => format!("{list}trang-{page}/"),
    })
}

/// `/xac-minh/`: how to check the site's signature.
pub fn verification() -> RoutePath {
    fixed("/xac-minh/")
}

/// `/van-ban/`: every legal text; one of them stands at [`law_anchor`].
pub fn laws() -> RoutePath {
    fixed("/van-ban/")
}

/// `/van-ban/trang-2/`: one page of the legal texts, where there are too many for one; the first is the list itself.
pub fn laws_page(page: usize) -> RoutePath {
    match page {
        0 | 1 => laws(),
        _ => route(format!("/van-ban/trang-{page}/")),
    }
}

/// `/van-ban/<số>/`, with `trang-2/` … behind it: the procedures that rest on a legal text, where they are many.
pub fn law_procedures(number: &LawNumber, page: usize) -> RoutePath {
    let list = format!("/van-ban/{}/", law_anchor(number));
    route(match page {
        0 | 1 => list,
        _ => format!("{list}trang-{page}/"),
    })
}

/// The place of a legal text in its page: the slug of its number.
pub fn law_anchor(number: &LawNumber) -> String {
    slug(number.as_str())
}

/// The place of a task in the page of its plan: `I.1` gives `i-1`.
pub fn task_anchor(mark: &TaskMark) -> String {
    slug(mark.as_str())
}

/// `/kiem-tra/`: every inspection; one of them stands at [`record_anchor`].
pub fn inspections() -> RoutePath {
    fixed("/kiem-tra/")
}

/// `/cat-giam/`: programmes and simplifications; one of these stands at [`record_anchor`].
pub fn simplifications() -> RoutePath {
    fixed("/cat-giam/")
}

/// The place of an inspection or a simplification in its page: its code. The page's own places hold an
/// underscore, which no code does, but for those of the layout, which step aside.
pub fn record_anchor(code: &Code) -> String {
    match code.as_str() {
        taken @ ("noi-dung" | "bao-sai" | "muc-luc") => format!("{taken}_"),
        code => code.to_owned(),
    }
}

/// The place of a programme in the page of simplifications: `68/NQ-CP` gives `ct_68-nq-cp`.
pub fn programme_anchor(number: &Text) -> String {
    format!("ct_{}", slug(number.as_str()))
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_pages_of_lists_have_names_of_their_own() {
        for page in 2..12 {
            let path = section_page(&crate::record::scalar::Scalar::parse("tin-tuc").expect("good"), page);
            let name = path.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
            assert!(is_list_page(&name), "{name}");
        }
        for free in ["trang", "trang-", "trang-2-moi", "trang-hai", "bai-trang-2", "2"] {
            assert!(!is_list_page(free), "{free}");
        }
    }
}
