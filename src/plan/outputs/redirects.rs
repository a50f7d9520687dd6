//! Pages at old addresses: they lead on by themselves, without a script, and say so to whoever they do not.
//! Servers that are told (`congkhai hosting`) answer with 301 before these are read.

use super::xml::escape;
use crate::base::path::{OutPath, RoutePath};
use crate::plan::SitePlan;

/// One page for each old address.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    plan.moved.iter().map(|(from, to)| (from.out_path(), page(plan, from, to))).collect()
}

/// The page at an old address.
pub fn page(plan: &SitePlan<'_>, from: &RoutePath, to: &RoutePath) -> Vec<u8> {
    let (name, heading) = (escape(&plan.site.name), "Trang này đã chuyển sang địa chỉ khác");
    let (href, canonical) = (escape(&to.relative_to(from)), escape(&plan.site.absolute(to)));
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{heading} – {name}</title>\n<meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"canonical\" href=\"{canonical}\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n</head>\n<body data-page=\"moved\">\n\
         <main>\n<h1>{heading}</h1>\n<p>Địa chỉ mới: <a href=\"{href}\">{canonical}</a>. Địa chỉ cũ vẫn dùng được: máy sẽ tự chuyển sang.</p>\n\
         </main>\n</body>\n</html>\n"
    )
    .into_bytes()
}
