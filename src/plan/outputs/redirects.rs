//! Pages at old addresses: they lead on by themselves, without a script, and say so to whoever they do not.
//! Servers that are told (`congkhai hosting`) answer with 301 before these are read.

use super::xml::escape;
use crate::base::path::OutPath;
use crate::plan::SitePlan;

/// One page for each old address.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let (name, root) = (escape(&plan.site.name), "Trang này đã chuyển sang địa chỉ khác");
    let page = |(from, to): (&_, &_)| {
        let from: &crate::base::path::RoutePath = from;
        let to: &crate::base::path::RoutePath = to;
        let (href, canonical) = (to.relative_to(from), escape(&plan.site.absolute(to)));
        let text = format!(
            "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{root} – {name}</title>\n<meta name=\"robots\" content=\"noindex\">\n\
             <link rel=\"canonical\" href=\"{canonical}\">\n\
             <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n</head>\n<body data-page=\"moved\">\n\
             <main>\n<h1>{root}</h1>\n<p>Địa chỉ mới: <a href=\"{href}\">{canonical}</a>. Địa chỉ cũ vẫn dùng được: máy sẽ tự chuyển sang.</p>\n\
             </main>\n</body>\n</html>\n"
        );
        (from.out_path(), text.into_bytes())
    };
    plan.moved.iter().map(page).collect()
}
