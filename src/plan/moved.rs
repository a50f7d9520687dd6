//! Addresses that lead elsewhere: `doi_dia_chi` in `trang.yaml`. URLs are printed on paper, so the old one of a
//! page that has another now must go on leading there.

use std::collections::{BTreeMap, BTreeSet};

use super::Route;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::RoutePath;
use crate::codes::CK0725;
use crate::model::Model;
use crate::record::config::Moved;
use crate::vi::nearest::nearest;
use crate::{at, msg};

/// Old address → the page that stands there now, and what is wrong with the list.
pub type Redirects = BTreeMap<RoutePath, RoutePath>;

/// Pages below the page of a record that move with it.
const BELOW: &[&str] = &["niem-yet/", "niem-yet/bia/"];

/// An address as the list has it, with the slash that the address of a page ends in.
pub fn address(text: &str) -> Option<RoutePath> {
    let path = RoutePath::new(text).ok()?;
    if path.as_str().ends_with('/') { Some(path) } else { RoutePath::new(&format!("{path}/")).ok() }
}

/// Where each old address of the list leads in the end, out of the list alone: servers are told without a plan.
/// One that leads round leads nowhere.
pub fn pairs(moved: &[Moved]) -> Redirects {
    let ends = |one: &Moved| Some((address(one.from.as_str())?, address(one.to.as_str())?));
    let wanted: Redirects = moved.iter().filter_map(ends).collect();
    wanted.keys().filter_map(|from| Some((from.clone(), end(from, &wanted)?))).collect()
}

/// Follows the list to its ends. Sheets of a record lead on to those of the other.
pub fn redirects(model: &Model, routes: &BTreeMap<RoutePath, Route>) -> (Redirects, Vec<Diagnostic>) {
    let (mut all, mut found) = (Redirects::new(), Vec::new());
    let list = &model.site.record.moved;
    let wanted = pairs(list);
    let mut seen: BTreeSet<RoutePath> = BTreeSet::new();
    for (index, one) in list.iter().enumerate() {
        let mut wrong = |key: &str, message, help| {
            let place = model.site.at(at!["doi_dia_chi", index, key]);
            found.push(Diagnostic::new(CK0725, place, message).help(help));
        };
        let (from, to) = (one.from.as_str(), one.to.as_str());
        let Some(old) = address(from) else {
            wrong(
                "tu",
                msg!("`{from}` không phải địa chỉ của một trang", "`{from}` is no address of a page"),
                msg!("viết từ dấu / đầu tiên, như `/thu-tuc/1.000001/`", "write it from the first slash on"),
            );
            continue;
        };
        if routes.contains_key(&old) {
            wrong(
                "tu",
                msg!("{old} vẫn là một trang, không đổi đi đâu", "{old} is a page still"),
                msg!(
                    "bỏ dòng này, hoặc gỡ bản ghi của trang cũ nếu đã đổi mã",
                    "delete the entry, or the old record if its code has changed"
                ),
            );
            continue;
        }
        if !seen.insert(old.clone()) {
            wrong(
                "tu",
                msg!("{old} đã có một dòng khác", "{old} has another entry"),
                msg!("giữ một dòng cho mỗi địa chỉ cũ", "keep one entry for each old address"),
            );
            continue;
        }
        match wanted.get(&old).filter(|end| routes.contains_key(end)).cloned() {
            Some(end) => {
                for below in BELOW {
                    let path = |base: &RoutePath| RoutePath::new(&format!("{base}{below}")).ok();
                    if let (Some(from), Some(to)) = (path(&old), path(&end))
                        && routes.contains_key(&to)
                        && !routes.contains_key(&from)
                    {
                        all.entry(from).or_insert(to);
                    }
                }
                all.insert(old, end);
            }
            None => {
                let known = routes.keys().map(RoutePath::as_str);
                let help = match nearest(to, known) {
                    Some(near) => msg!("có phải `{near}`?", "did you mean `{near}`?"),
                    None => msg!(
                        "ghi địa chỉ của một trang đang có, từ dấu / đầu tiên",
                        "write the address of a page that there is, from the first slash on"
                    ),
                };
                let message = msg!(
                    "`{to}` không dẫn tới trang nào của trang này",
                    "`{to}` leads to no page of this site"
                );
                wrong("den", message, help);
            }
        }
    }
    (all, found)
}

/// Where an old address leads in the end; `None` if it leads round.
fn end(from: &RoutePath, wanted: &Redirects) -> Option<RoutePath> {
    let mut now = from;
    for _ in 0..=wanted.len() {
        match wanted.get(now) {
            Some(next) => now = next,
            None => return Some(now.clone()),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::scalar::Scalar;

    fn moved(list: &[(&str, &str)]) -> Vec<Moved> {
        let text = |text: &str| Scalar::parse(text).expect("a text");
        list.iter()
            .map(|(from, to)| Moved { from: text(from), to: text(to), date: None, reason: None })
            .collect()
    }

    #[test]
    fn chains_are_followed_to_their_end_and_rings_lead_nowhere() {
        let all = pairs(&moved(&[
            ("/thu-tuc/a/", "/thu-tuc/b"),
            ("/thu-tuc/b/", "/thu-tuc/c/"),
            ("/x/", "/y/"),
            ("/y/", "/x/"),
            ("khong-phai", "/thu-tuc/c/"),
        ]));
        let told: Vec<_> = all.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        assert_eq!(told, [("/thu-tuc/a/", "/thu-tuc/c/"), ("/thu-tuc/b/", "/thu-tuc/c/")]);
    }
}
