//! Holds the links of texts against the pages and attachments that there are (CK0408), and names those
//! to articles that are still to come (CK0419).
//!
//! Only the plan knows every address, so this looks at the plan. Where a link leads is asked of
//! `plan::targets`, which also writes the links of the pages. Places in a page are for [`super::anchors`].

use crate::base::date::Date;
use crate::base::diagnostic::{Diagnostic, Message, Place};
use crate::base::path::RoutePath;
use crate::check::prose::{self, Owner};
use crate::codes::{CK0408, CK0419};
use crate::markdown::Target;
use crate::model::Filed;
use crate::msg;
use crate::parse::record::Article;
use crate::plan::links::PageCx;
use crate::plan::targets::{addresses, find, own};
use crate::plan::{SitePlan, urls};
use crate::vi::nearest::nearest;
use crate::vi::number::date_short;
use crate::vi::slug::slug;

/// How many suggestions are looked for: each walks all addresses.
const SUGGESTIONS: usize = 50;

/// Reports every link of a text that leads to nothing on this site.
pub fn run(plan: &SitePlan<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    prose::each(plan.model, &mut |text| {
        if text.outline().links.is_empty() {
            return;
        }
        let path = text.owner.page();
        let cx = PageCx { plan, path: &path };
        for link in &text.outline().links {
            let own = match &link.target {
                Target::External(address) if is_this_machine(address) => {
                    found.push(local(text.place(link.range.clone()), address));
                    continue;
                }
                Target::External(address) => own(&cx, address),
                _ => None,
            };
            let target = own.as_ref().unwrap_or(&link.target);
            let (Target::Site { path: wanted, .. } | Target::Relative { path: wanted, .. }) = target else {
                continue;
            };
            if find(&cx, target).is_some() || is_broken(plan, wanted) {
                continue;
            }
            let hidden = unpublished(&cx, target, wanted);
            if let Some(Hidden::Until(day)) = hidden {
                // Whoever reads a text that is still to come itself finds the article there.
                if owner_date(plan, text.owner).is_none_or(|own| own < day) {
                    found.push(early(text.place(link.range.clone()), wanted, day));
                }
                continue;
            }
            let message = msg!(
                "liên kết `{wanted}` không dẫn tới trang hay tệp nào",
                "the link `{wanted}` leads to no page and no file"
            );
            let help = match hidden {
                Some(_) => msg!(
                    "có bài này nhưng còn là bản nháp; bỏ liên kết, hoặc xóa `ban_nhap` của bài đó khi bài đã xong",
                    "the article is there but is a draft; drop the link, or delete its `ban_nhap` once it is done"
                ),
                None => help(plan, wanted, found.len() < SUGGESTIONS),
            };
            found.push(Diagnostic::new(CK0408, text.place(link.range.clone()), message).help(help));
        }
    });
    found
}

/// Why an article that is there has no page on the day of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    /// It is a draft.
    Draft,
    /// It will be published on this day.
    Until(Date),
}

/// The article that a link would lead to if it had a page already.
fn unpublished(cx: &PageCx<'_>, target: &Target, wanted: &str) -> Option<Hidden> {
    let model = cx.model();
    let hidden = |article: &Filed<Article>| match article.record.head.draft.0 {
        true => Hidden::Draft,
        false => Hidden::Until(article.record.head.date.0),
    };
    let mut waiting = model.articles.iter().filter(|(_, article)| !model.is_published(article));
    let routes = addresses(cx, target);
    if let Some((_, article)) = waiting.clone().find(|(id, _)| routes.contains(&urls::article(id))) {
        return Some(hidden(article));
    }
    // A draft is often linked to by half an address; of the date of another article nothing follows.
    let mut parts = wanted.trim_end_matches('/').rsplit('/');
    let name = parts.next().map(|name| slug(name.trim_end_matches(".md")));
    let section = parts.next();
    let named = waiting.any(|(id, article)| {
        article.record.head.draft.0
            && Some(&id.slug) == name.as_ref()
            && section.is_none_or(|section| [id.section.as_str(), ".", ".."].contains(&section))
    });
    named.then_some(Hidden::Draft)
}

/// The day on which a text is published itself, if it is an article's.
fn owner_date(plan: &SitePlan<'_>, owner: Owner<'_>) -> Option<Date> {
    match owner {
        Owner::Article(id) => plan.model.articles.get(id).map(|article| article.record.head.date.0),
        _ => None,
    }
}

fn early(place: Place, wanted: &str, day: Date) -> Diagnostic {
    let day = date_short(day);
    let message = msg!(
        "liên kết `{wanted}` dẫn tới bài đến {day} mới đăng; trước ngày đó trang chỉ hiện chữ, không có liên kết",
        "the link `{wanted}` leads to an article that is published on {day}; until then the page shows its words without a link"
    );
    Diagnostic::new(CK0419, place, message).help(msg!(
        "không phải sửa nếu bài kia đăng đúng ngày; nếu cần ngay thì đổi `ngay` của bài kia, hoặc dẫn tới trang khác",
        "nothing to mend if that article is published in time; otherwise change its `ngay`, or link to another page"
    ))
}

/// Whether an address opens only on the machine it was copied from.
fn is_this_machine(address: &str) -> bool {
    let host = address.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    host.eq_ignore_ascii_case("localhost") || host.starts_with("127.") || host == "0.0.0.0"
}

fn local(place: Place, address: &str) -> Diagnostic {
    let message = msg!(
        "liên kết `{address}` chỉ mở được trên máy của người viết",
        "the link `{address}` opens only on the writer's own machine"
    );
    Diagnostic::new(CK0408, place, message).help(msg!(
        "chỉ giữ phần từ dấu `/` sau tên máy, ví dụ `/thu-tuc/1.014888/`",
        "keep only what starts at the `/` behind the host, such as `/thu-tuc/1.014888/`"
    ))
}

/// Whether a path reads like the name of a host: `www.a.vn/b`, `dichvucong.gov.vn`.
fn is_host(path: &str) -> bool {
    let head = path.split('/').next().unwrap_or_default();
    let last = head.rsplit('.').next().unwrap_or_default();
    head.starts_with("www.") || (head.contains('.') && ["vn", "com", "org", "net", "gov"].contains(&last))
}

/// Whether the page is missing only because its record could not be read.
fn is_broken(plan: &SitePlan<'_>, wanted: &str) -> bool {
    let broken = &plan.model.broken;
    if broken.kinds.is_empty() {
        return false;
    }
    let last = wanted.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let stem = last.trim_end_matches(".md").trim_end_matches(".yaml");
    broken.names.contains(stem)
}

fn help(plan: &SitePlan<'_>, wanted: &str, search: bool) -> Message {
    if wanted.contains("tep/") {
        return msg!(
            "chép tệp vào thư mục tep/, hoặc sửa tên tệp trong liên kết",
            "put the file into tep/, or correct its name in the link"
        );
    }
    if is_host(wanted) {
        return msg!(
            "trang khác thì viết cả địa chỉ: `https://{wanted}`",
            "write the whole address of another site: `https://{wanted}`"
        );
    }
    let with_slash = format!("{}/", wanted.trim_end_matches('/'));
    let known = RoutePath::new(&with_slash).is_ok_and(|route| plan.routes.contains_key(&route));
    let near = if known {
        Some(with_slash.as_str())
    } else if search {
        // Who writes /linh-vuc/… means a field, though a page of another folder may be spelled more alike.
        let folder = |path: &str| path.split('/').nth(1).unwrap_or_default().to_owned();
        let (all, own) = (|| plan.routes.keys().map(RoutePath::as_str), folder(wanted));
        nearest(wanted, all().filter(|path| folder(path) == own)).or_else(|| nearest(wanted, all()))
    } else {
        None
    };
    match near {
        Some(near) => msg!("có phải `{near}`?", "did you mean `{near}`?"),
        None => msg!(
            "mở trang cần dẫn tới, chép phần địa chỉ từ dấu `/` sau tên miền, ví dụ `/thu-tuc/1.014888/`",
            "open the page and copy its address from the `/` behind the host on, such as `/thu-tuc/1.014888/`"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    fn check(body: &str) -> Vec<Diagnostic> {
        let article = format!("---\ntieu_de: Bài\nngay: 2025-01-01\ntom_tat: Một câu.\n---\n\n{body}");
        let model = model("2025-06-01", &[("bai-viet/tin-tuc/a.md", article.as_str())]);
        let (plan, _) = plan::site(&model, &plan::view::ThemeAssets::new());
        run(&plan)
    }

    #[test]
    fn a_link_to_what_is_not_published_yet_blocks_only_for_a_draft() {
        // What an article of `date` that links so is told of `b`, whose front matter has `more`.
        let told = |date: &str, link: &str, more: &str| {
            let a = format!("---\ntieu_de: Bài\nngay: {date}\ntom_tat: Một câu.\n---\n\n[Bài]({link})");
            let b = format!("---\ntieu_de: Bài\n{more}tom_tat: Một câu.\n---\n\nChữ.");
            let files = [("bai-viet/tin-tuc/a.md", a.as_str()), ("bai-viet/tin-tuc/b.md", b.as_str())];
            let model = model("2025-06-01", &files);
            let (plan, _) = plan::site(&model, &plan::view::ThemeAssets::new());
            let found = run(&plan);
            found.into_iter().map(|d| (d.rule.code, d.help.expect("a help").vi)).collect::<Vec<_>>()
        };
        let (published, later) = ("ngay: 2025-01-01\n", "ngay: 2025-12-01\n");
        let draft = "ngay: 2025-01-01\nban_nhap: true\n";
        let later_draft = "ngay: 2025-12-01\nban_nhap: true\n";
        for link in
            ["/bai-viet/tin-tuc/b/", "b.md", "../tin-tuc/b.md", "b/", "/bai-viet/tin-tuc/b/#muc", "b.md#muc"]
        {
            assert_eq!(told("2025-01-01", link, published), [], "{link}");
            let found = told("2025-01-01", link, later);
            assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["CK0419"], "{link}");
            assert_eq!(told("2025-12-01", link, later), [], "{link}: both are published by then");
            assert_eq!(told("2025-11-30", link, later).len(), 1, "{link}");
            for draft in [draft, later_draft] {
                let found = told("2025-01-01", link, draft);
                assert_eq!(found.len(), 1, "{link}");
                let (code, help) = &found[0];
                assert_eq!(*code, "CK0408", "{link}");
                assert!(help.starts_with("có bài này nhưng còn là bản nháp"), "{help}");
            }
        }
        // An address that is wrong today is wrong on that day too.
        assert_eq!(told("2025-01-01", "/bai-viet/huong-dan/b/", later)[0].0, "CK0408");
    }

    #[test]
    fn the_nearest_page_is_looked_for_in_the_folder_that_was_named() {
        let plan = |path: &str| RoutePath::new(path).expect("a path");
        let model = model("2025-06-01", &[("danh-muc/linh-vuc.yaml", "- {ma: thu-tuc-a, ten: A}\n")]);
        let (site, _) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(
            site.routes.contains_key(&plan("/linh-vuc/thu-tuc-a/"))
                && site.routes.contains_key(&plan("/thu-tuc/"))
        );
        let said = |wanted: &str| help(&site, wanted, true).vi;
        assert_eq!(said("/linh-vuc/thu-tuc/"), "có phải `/linh-vuc/thu-tuc-a/`?");
        assert_eq!(said("/lien-hee/"), "có phải `/lien-he/`?", "no such folder: looked for everywhere");
    }

    #[test]
    fn addresses_copied_from_an_address_bar_are_looked_at() {
        let model = model("2025-06-01", &[]);
        let host = model.site.record.base_url.as_str().trim_end_matches('/').to_owned();
        for good in
            ["/lien-he/".to_owned(), format!("{host}/lien-he/"), "https://dichvucong.gov.vn/x".to_owned()]
        {
            assert!(check(&format!("[Liên hệ]({good})")).is_empty(), "{good}");
        }
        for (bad, help) in [
            (format!("{host}/lien-hee/"), "có phải `/lien-he/`?"),
            ("http://localhost:8000/lien-he/".to_owned(), "chỉ giữ phần từ dấu `/`"),
            ("http://127.0.0.1/lien-he/".to_owned(), "chỉ giữ phần từ dấu `/`"),
            ("www.abc.vn/x".to_owned(), "trang khác thì viết cả địa chỉ: `https://www.abc.vn/x`"),
        ] {
            let found = check(&format!("[Liên hệ]({bad})"));
            assert_eq!(found.len(), 1, "{bad}");
            let words = &found[0].help.as_ref().expect("a help").vi;
            assert!(words.starts_with(help), "{bad}: {words}");
        }
    }
}
