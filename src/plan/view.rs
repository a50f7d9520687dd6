//! What templates see: `site` (the same everywhere), `meta` (the same kind of thing on every page)
//! and `page` (the view of the page's kind).
//!
//! Fields that end in `_html` or `_json` are safe markup made by our own code; everything else is
//! text and is escaped by the template engine. A test holds the templates to that.

use std::collections::BTreeMap;

use serde::Serialize;

use super::kinds::{self, Head};
use super::links::PageCx;
use super::past::{self, PastView};
use super::{Route, urls};
use crate::base::path::RoutePath;
use crate::model::Model;
use crate::model::state::Standing;
use crate::record::scalar::Text;
use crate::vi::number;

/// A link: where and what it says.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LinkView {
    /// Relative address, or an absolute one of another site.
    pub href: String,
    /// What it says.
    pub text: String,
}

/// Something that is linked where the site has a page for it, and only named where not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RefView {
    /// Its page.
    pub href: Option<String>,
    /// What it is called.
    pub text: String,
}

/// A state in one or two words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagView {
    /// The words.
    pub text: String,
    /// How it is set: `ok`, `info`, `warn`, `bad` or `dim`.
    pub kind: &'static str,
}

impl TagView {
    /// These words, set so.
    pub fn new(text: impl Into<String>, kind: &'static str) -> Self {
        Self { text: text.into(), kind }
    }

    /// The standing of a procedure.
    pub fn of_standing(standing: Standing) -> Self {
        let kind = match standing {
            Standing::Unannounced => "dim",
            Standing::Coming => "warn",
            Standing::InForce | Standing::Amended => "ok",
            Standing::Replaced | Standing::Abolished => "bad",
        };
        let words = match standing {
            // The whole sentence is too long for a tag.
            Standing::Unannounced => "Chưa có quyết định công bố",
            _ => standing.label(),
        };
        Self::new(words, kind)
    }
}

/// A day, for machines and people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DateView {
    /// `2026-11-23`
    pub iso: String,
    /// `23/11/2026`
    pub short: String,
    /// `ngày 23 tháng 11 năm 2026`
    pub long: String,
}

impl From<crate::base::date::Date> for DateView {
    fn from(date: crate::base::date::Date) -> Self {
        Self { iso: date.to_string(), short: number::date_short(date), long: number::date_long(date) }
    }
}

/// The text of an optional scalar.
pub fn text(value: Option<&Text>) -> Option<String> {
    value.map(|text| text.as_str().to_owned())
}

/// The files of the theme that pages link to: logical name → file below the output folder.
pub type ThemeAssets = BTreeMap<String, String>;

/// What is the same on every page of the site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// Full name of the agency.
    pub name: String,
    /// Short name, for the window's title.
    pub short_name: String,
    /// Parent agency.
    pub parent: Option<String>,
    /// Area, such as “Tỉnh Quảng Ngãi”.
    pub area: Option<String>,
    /// What the site is.
    pub description: Option<String>,
    /// Canonical address of the home page; ends with `/`.
    pub base_url: String,
    /// The day of the figures.
    pub as_of: DateView,
    /// Version of the generator.
    pub generator: String,
    /// Files of the theme: logical name → path below the root of the site.
    pub assets: ThemeAssets,
    /// Main menu: text and path below the root of the site, and the page kinds it stands for.
    pub menu: Vec<MenuView>,
    /// Pages about the site itself, for the footer.
    pub footer_pages: Vec<MenuView>,
    /// Office of the agency.
    pub office: Option<OfficeView>,
    /// Where citizens file in person.
    pub counter: Option<OfficeView>,
    /// Who answers for the content.
    pub responsible: Option<String>,
    /// The public service portal.
    pub portal: Option<LinkView>,
    /// Links in the footer, to other sites.
    pub footer_links: Vec<LinkView>,
    /// How to petition.
    pub petition_channels: Vec<ChannelView>,
    /// The key that the site is signed with; none on a site without signatures.
    pub key: Option<KeyView>,
}

/// What readers compare to know the agency's signature.
#[derive(Debug, Clone, Serialize)]
pub struct KeyView {
    /// The fingerprint of the key, in groups.
    pub fingerprint: String,
    /// Path of the page on signatures below the root of the site.
    pub path: String,
}

impl KeyView {
    /// The newest of the keys that hold on the day of the figures.
    fn new(model: &Model) -> Option<Self> {
        let day = model.as_of.date();
        let keys = model.site.record.public_keys.iter();
        let newest = keys.filter(|term| term.holds(day)).max_by_key(|term| term.from)?;
        Some(Self {
            fingerprint: newest.public().fingerprint(),
            path: urls::verification().out_path().to_string(),
        })
    }
}

/// A channel for petitions.
#[derive(Debug, Clone, Serialize)]
pub struct ChannelView {
    /// Its name.
    pub name: String,
    /// Its address on the web.
    pub href: Option<String>,
    /// Where its office is.
    pub address: Option<String>,
    /// Phone as written.
    pub phone: Option<String>,
    /// Phone for `tel:`.
    pub phone_href: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// When it is open.
    pub hours: Option<String>,
    /// What else to know.
    pub note: Option<String>,
}

impl ChannelView {
    /// Out of the record.
    pub fn new(channel: &crate::record::config::PetitionChannel) -> Self {
        let phone = text(channel.phone.as_ref());
        Self {
            name: channel.name.as_str().to_owned(),
            href: channel.link.as_ref().map(|link| link.as_str().to_owned()),
            address: text(channel.address.as_ref()),
            phone_href: phone.as_deref().map(phone_href),
            phone,
            email: text(channel.email.as_ref()),
            hours: text(channel.hours.as_ref()),
            note: text(channel.note.as_ref()),
        }
    }
}

/// One entry of the main menu.
#[derive(Debug, Clone, Serialize)]
pub struct MenuView {
    /// What it says.
    pub text: String,
    /// Path of the file below the root of the site.
    pub path: String,
    /// The first part of the addresses it stands for, such as `thu-tuc`.
    pub part: String,
}

/// An office that citizens can reach.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeView {
    /// Name.
    pub name: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Phone as written.
    pub phone: Option<String>,
    /// Phone for `tel:`.
    pub phone_href: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Opening hours.
    pub hours: Option<String>,
}

impl OfficeView {
    /// Out of the record.
    pub fn new(office: &crate::record::config::Office) -> Self {
        let phone = text(office.phone.as_ref());
        Self {
            name: text(office.name.as_ref()),
            address: text(office.address.as_ref()),
            phone_href: phone.as_deref().map(phone_href),
            phone,
            email: text(office.email.as_ref()),
            hours: text(office.hours.as_ref()),
        }
    }
}

/// The `tel:` address of a phone number: digits and a leading `+`.
pub fn phone_href(phone: &str) -> String {
    let plus = if phone.trim_start().starts_with('+') { "+" } else { "" };
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    format!("tel:{plus}{digits}")
}

/// The folder that a base URL names: what was copied along from an address bar (`index.html`, a query,
/// a place in a page) is no part of it.
fn base_of(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let url = url.strip_suffix("index.html").filter(|rest| rest.ends_with('/')).unwrap_or(url);
    format!("{}/", url.trim_end_matches('/'))
}

impl SiteView {
    /// Out of `trang.yaml` and what the plan has.
    pub fn new(model: &Model, routes: &BTreeMap<RoutePath, Route>, assets: &ThemeAssets) -> Self {
        let config = &model.site.record;
        let base_url = base_of(config.base_url.as_str());
        let those_that_exist = |pages: &[(&'static str, &str)]| {
            let entry = |&(path, text): &(&'static str, &str)| {
                let path = urls::fixed(path);
                routes.contains_key(&path).then(|| MenuView {
                    text: text.to_owned(),
                    part: path.as_str().trim_matches('/').to_owned(),
                    path: path.out_path().to_string(),
                })
            };
            pages.iter().filter_map(entry).collect()
        };
        let named = |link: &crate::record::config::NamedLink| LinkView {
            href: link.link.as_str().to_owned(),
            text: link.name.as_str().to_owned(),
        };
        Self {
            name: config.name.as_str().to_owned(),
            short_name: config.short_name.as_ref().unwrap_or(&config.name).as_str().to_owned(),
            parent: text(config.parent.as_ref()),
            area: text(config.area.as_ref()),
            description: text(config.description.as_ref()),
            base_url,
            as_of: model.as_of.date().into(),
            generator: concat!("congkhai ", env!("CARGO_PKG_VERSION")).to_owned(),
            assets: assets.clone(),
            menu: those_that_exist(kinds::MENU),
            footer_pages: those_that_exist(kinds::FOOTER),
            office: config.office.as_ref().map(OfficeView::new),
            counter: config.counter.as_ref().map(OfficeView::new),
            responsible: text(config.responsible.as_ref()),
            portal: config.portal.as_ref().map(named),
            footer_links: config.footer_links.iter().map(named).collect(),
            petition_channels: config.petition_channels.iter().map(ChannelView::new).collect(),
            key: KeyView::new(model),
        }
    }

    /// The canonical address of a page.
    pub fn absolute(&self, to: &RoutePath) -> String {
        format!("{}{}", self.base_url, &to.as_str()[1..])
    }
}

/// An entry of the main menu, as a link of one page.
#[derive(Debug, Clone, Serialize)]
pub struct MenuLink {
    /// Its address.
    pub href: String,
    /// What it says.
    pub text: String,
    /// For `aria-current`: `page` on the page itself, `true` on the pages below it.
    pub current: Option<&'static str>,
}

/// What the layout needs of every page.
#[derive(Debug, Clone, Serialize)]
pub struct Meta {
    /// Kind of page, the `data-page` of the body.
    pub kind: String,
    /// Title of the page, without the site's name.
    pub title: String,
    /// Title of the window: unique, at most about 70 characters.
    pub window_title: String,
    /// One or two sentences for search engines.
    pub description: String,
    /// Canonical address; none for pages that are not to be found.
    pub canonical: Option<String>,
    /// What to put before a path below the root: `../../`, or the path of the base URL on 404.html.
    pub root: String,
    /// The main menu, as links of this page.
    pub menu: Vec<MenuLink>,
    /// The way here, home first, this page not included.
    pub crumbs: Vec<LinkView>,
    /// The search page, to which the box in the head of every page leads; none on that page itself.
    pub search: Option<String>,
    /// Atom feeds to announce: title and address.
    pub feeds: Vec<LinkView>,
    /// JSON-LD, safe inside a script element.
    pub json_ld_json: Option<String>,
    /// Where to report an error about this page: a `mailto:` address.
    pub report_mail: Option<String>,
    /// What changed in the record that the page is about, where that is known.
    pub past: Option<PastView>,
}

impl Meta {
    /// Puts the head of a page together.
    pub fn new(cx: &PageCx<'_>, route: &Route, head: Head) -> Self {
        let site = &cx.plan.site;
        let hidden = route.kind.name == "not-found";
        let depth = cx.path.out_path().as_str().matches('/').count();
        let root = if hidden { site_path(&site.base_url) } else { "../".repeat(depth) };
        let part = cx.path.as_str()[1..].split('/').next().unwrap_or_default();
        let file = cx.path.out_path().to_string();
        let menu = site.menu.iter().map(|entry| MenuLink {
            // The page that stands for missing ones may be shown at any depth.
            href: match RoutePath::new(&format!("/{}", entry.path)) {
                Ok(to) if !hidden => cx.href(&to),
                _ => format!("{root}{}", entry.path),
            },
            text: entry.text.clone(),
            current: (entry.part == part).then_some(if entry.path == file { "page" } else { "true" }),
        });
        let menu = menu.collect();
        let search = (route.kind.name != "search").then(|| match hidden {
            true => format!("{root}{}", urls::search().out_path()),
            false => cx.href(&urls::search()),
        });
        let report_mail = site.office.as_ref().and_then(|office| office.email.as_ref()).map(|email| {
            let subject = percent(&format!("Góp ý trang {}", cx.path));
            format!("mailto:{email}?subject={subject}")
        });
        Self {
            kind: route.kind.name.to_owned(),
            window_title: window_title(&head.title, head.mark.as_deref(), &site.short_name),
            title: head.title,
            description: head.description,
            canonical: (!hidden).then(|| cx.absolute(cx.path)),
            root,
            menu,
            search,
            crumbs: head.crumbs,
            feeds: head.feeds,
            json_ld_json: head.json_ld.map(|json| json_for_script(&json)),
            report_mail,
            past: past::of_page(cx, route.kind.name, &route.subject),
        }
    }
}

/// The path of a base URL: `/` of `https://a.vn/`, `/b/` of `https://a.vn/b/`.
fn site_path(base_url: &str) -> String {
    let after_scheme = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    after_scheme.find('/').map_or_else(|| "/".to_owned(), |i| after_scheme[i..].to_owned())
}

/// Title of the window: the page's, cut at a word to leave room for its mark and the site's short
/// name. The mark, such as a code, keeps apart pages whose names begin alike.
fn window_title(title: &str, mark: Option<&str>, site: &str) -> String {
    const LONGEST: usize = 70;
    if title.is_empty() || title == site {
        return site.to_owned();
    }
    let end = match mark {
        Some(mark) => format!(" ({mark}) – {site}"),
        None => format!(" – {site}"),
    };
    let room = LONGEST.saturating_sub(end.chars().count()).max(24);
    if title.chars().count() <= room {
        return format!("{title}{end}");
    }
    let mut short = String::new();
    for word in title.split(' ') {
        if short.chars().count() + word.chars().count() + 2 > room {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    if short.is_empty() {
        // One word longer than the room.
        short = title.chars().take(room.saturating_sub(1)).collect();
    }
    let short = short.trim_end_matches([',', ';', ':', '-', '–', ' ']);
    format!("{short}…{end}")
}

/// JSON that cannot end a script element or a comment.
fn json_for_script(json: &serde_json::Value) -> String {
    json.to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Percent-encodes everything but unreserved characters (RFC 3986).
pub fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

pub use kinds::View;

#[cfg(test)]
mod tests {
    use super::base_of;

    #[test]
    fn a_base_url_is_a_folder() {
        for (url, base) in [
            ("https://a.gov.vn", "https://a.gov.vn/"),
            ("https://a.gov.vn/b/", "https://a.gov.vn/b/"),
            ("https://a.gov.vn/b/index.html?x=1#y", "https://a.gov.vn/b/"),
            ("https://a.gov.vn?b", "https://a.gov.vn/"),
        ] {
            assert_eq!(base_of(url), base);
        }
    }
}
