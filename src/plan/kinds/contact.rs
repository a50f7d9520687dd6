//! How to reach the agency: offices, counter, units, and how to report an error. The channels for
//! petitions are the same on every page and come with the site.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::pieces::{self, SourceView};
use crate::plan::view::{OfficeView, phone_href, text};
use crate::plan::{Subject, urls};
use crate::record::config::Office;

/// The contact page.
pub const KIND: PageKind = PageKind {
    name: "contact",
    routes: |model| vec![(urls::fixed("/lien-he/"), Subject::Site, model.site.place())],
    view,
};

/// What the contact page shows.
#[derive(Debug, Serialize)]
pub struct ContactView {
    /// The offices: where the agency sits, where citizens file.
    pub offices: Vec<OfficeCard>,
    /// The units, those with contacts of their own first.
    pub units: Vec<UnitCard>,
    /// Whose contacts the sources do not tell, said once.
    pub missing: Vec<String>,
}

/// An office with its contacts.
#[derive(Debug, Serialize)]
pub struct OfficeCard {
    /// Its role, a heading.
    pub title: &'static str,
    /// Its contacts.
    pub office: OfficeView,
    /// Where they come from.
    pub source: Option<SourceView>,
}

/// A unit of the agency.
#[derive(Debug, Serialize)]
pub struct UnitCard {
    /// Its name.
    pub name: String,
    /// What it does.
    pub role: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Phone as written.
    pub phone: Option<String>,
    /// Phone for `tel:`.
    pub phone_href: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Its own pages on the web.
    pub href: Option<String>,
    /// Where the record comes from.
    pub source: Option<SourceView>,
}

impl UnitCard {
    fn is_reachable(&self) -> bool {
        self.address.is_some() || self.phone.is_some() || self.email.is_some()
    }
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let config = &model.site.record;
    let mut missing = Vec::new();
    let mut offices = Vec::new();
    let roles = [("Trụ sở", config.office.as_ref()), ("Nơi nộp hồ sơ trực tiếp", config.counter.as_ref())];
    for (title, office) in roles {
        let name = office.and_then(|office| office.name.as_ref()).map(|name| name.as_str());
        let lacking = lacking(office);
        if !lacking.is_empty() {
            let whose = match name {
                Some(name) => name.to_owned(),
                None if title == "Trụ sở" => format!("trụ sở {}", cx.plan.site.name),
                None => "nơi nộp hồ sơ trực tiếp".to_owned(),
            };
            missing.push(format!("{} của {whose}", lacking.join(", ")));
        }
        if let Some(office) = office {
            let source = SourceView::new(office.source.as_ref());
            offices.push(OfficeCard { title, office: OfficeView::new(office), source });
        }
    }
    let mut units: Vec<UnitCard> = model
        .units
        .values()
        .map(|unit| &unit.record)
        .map(|unit| UnitCard {
            name: unit.name.as_str().to_owned(),
            role: text(unit.role.as_ref()),
            address: text(unit.address.as_ref()),
            phone: text(unit.phone.as_ref()),
            phone_href: unit.phone.as_ref().map(|phone| phone_href(phone.as_str())),
            email: text(unit.email.as_ref()),
            href: text_of(unit.link.as_ref()),
            source: SourceView::new(unit.source.as_ref()),
        })
        .collect();
    units.sort_by_cached_key(|unit| (!unit.is_reachable(), crate::vi::collate::key(&unit.name)));
    let silent = units.iter().filter(|unit| !unit.is_reachable()).count();
    if silent > 0 {
        missing.push(match units.len() {
            all if all == silent => "liên hệ riêng của các đơn vị".to_owned(),
            all => format!("liên hệ riêng của {silent} trong {all} đơn vị"),
        });
    }
    let view = ContactView { offices, units, missing };
    let head = pieces::head(
        cx,
        "ContactPage",
        "Liên hệ",
        format!(
            "Nơi nộp hồ sơ, trụ sở, kênh gửi phản ánh, kiến nghị và cách báo chỗ sai trên trang của {}.",
            cx.plan.site.short_name
        ),
        &[],
        Vec::new(),
    );
    (head, View::Contact(Box::new(view)))
}

fn text_of(address: Option<&crate::record::scalar::WebAddress>) -> Option<String> {
    address.map(|address| address.as_str().to_owned())
}

/// What the record of an office does not tell.
fn lacking(office: Option<&Office>) -> Vec<&'static str> {
    let known = |value: fn(&Office) -> bool| office.is_some_and(value);
    [
        ("địa chỉ", known(|office| office.address.is_some())),
        ("điện thoại", known(|office| office.phone.is_some())),
        ("thư điện tử", known(|office| office.email.is_some())),
        ("giờ làm việc", known(|office| office.hours.is_some())),
    ]
    .into_iter()
    .filter(|(_, known)| !known)
    .map(|(what, _)| what)
    .collect()
}
