//! Holds the links of texts against the pages and attachments that there are (CK0408).
//!
//! Only the plan knows every address, so this looks at the plan. Where a link leads is asked of
//! `plan::targets`, which also writes the links of the pages. Places in a page are for [`super::anchors`].

use crate::base::diagnostic::{Diagnostic, Message};
use crate::base::path::RoutePath;
use crate::check::prose;
use crate::codes::CK0408;
use crate::markdown::Target;
use crate::msg;
use crate::plan::SitePlan;
use crate::plan::links::PageCx;
use crate::plan::targets::find;
use crate::vi::nearest::nearest;

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
            let (Target::Site { path: wanted, .. } | Target::Relative { path: wanted, .. }) = &link.target
            else {
                continue;
            };
            if find(&cx, &link.target).is_some() || is_broken(plan, wanted) {
                continue;
            }
            let message = msg!(
                "liên kết `{wanted}` không dẫn tới trang hay tệp nào",
                "the link `{wanted}` leads to no page and no file"
            );
            let help = help(plan, wanted, found.len() < SUGGESTIONS);
            found.push(Diagnostic::new(CK0408, text.place(link.range.clone()), message).help(help));
        }
    });
    found
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
    let with_slash = format!("{}/", wanted.trim_end_matches('/'));
    let known = RoutePath::new(&with_slash).is_ok_and(|route| plan.routes.contains_key(&route));
    let near = if known {
        Some(with_slash.as_str())
    } else if search {
        nearest(wanted, plan.routes.keys().map(RoutePath::as_str))
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
