//! The essential services of project 06: what they are, who gives them and where, and when somebody
//! last looked.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::Model;
use crate::plan::guides::{self, LawLink};
use crate::plan::links::PageCx;
use crate::plan::outputs::{essential_data, feeds};
use crate::plan::pieces::{self, ArticleCard, ProcedureRef, SourceView};
use crate::plan::view::{DateView, LinkView, text};
use crate::plan::{Subject, urls};
use crate::record::directory::EssentialService;
use crate::vi::collate;
use crate::vi::slug::slug;

/// The page of essential services.
pub const KIND: PageKind = PageKind {
    name: "essential",
    routes: |model| vec![(urls::fixed("/thiet-yeu/"), Subject::Site, model.site.place())],
    view,
};

/// What the page of essential services shows.
#[derive(Debug, Serialize)]
pub struct EssentialView {
    /// How many services there are.
    pub total: usize,
    /// The services by agency, in Vietnamese order.
    pub agencies: Vec<AgencyGroup>,
    /// What holds for every service and is said once.
    pub shared: Shared,
    /// Our own procedures that are essential services.
    pub procedures: Vec<ProcedureRef>,
    /// The explanations, newest first.
    pub guides: Vec<ArticleCard>,
    /// The Atom feed of the list, then those in which new explanations appear.
    pub feeds: Vec<LinkView>,
    /// The same as data: CSV and JSON.
    pub data: Vec<LinkView>,
}

/// What services have in common.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Shared {
    /// The document that lists them.
    pub document: Option<DocumentView>,
    /// Where the list comes from.
    pub source: Option<SourceView>,
    /// When it was last looked at.
    pub updated: Option<DateView>,
    /// Where they are done.
    pub href: Option<String>,
    /// The host of that address.
    pub host: Option<String>,
}

/// The services of one agency.
#[derive(Debug, Serialize)]
pub struct AgencyGroup {
    /// The agency; none for services whose record does not tell.
    pub agency: Option<String>,
    /// What holds for every service of the agency, unless it holds for all services.
    pub shared: Shared,
    /// Its services, in Vietnamese order.
    pub services: Vec<ServiceView>,
}

/// One service.
#[derive(Debug, Serialize)]
pub struct ServiceView {
    /// Its place in the page.
    pub anchor: String,
    /// Its name.
    pub name: String,
    /// What it is, in one sentence.
    pub description: Option<String>,
    /// What it has not in common with all, or with all of its agency.
    pub own: Shared,
}

/// A document that lists services.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentView {
    /// Its number.
    pub number: String,
    /// Its place in the list of legal texts.
    pub law: Option<LawLink>,
}

/// The place of a service in the page: the slug of its name, with a number behind it where names
/// differ in accents alone.
pub fn anchor(model: &Model, service: &EssentialService) -> String {
    let own = slug(service.name.as_str());
    let earlier = model.essential_services.keys().take_while(|name| **name < service.name);
    match earlier.filter(|name| slug(name.as_str()) == own).count() {
        0 => format!("dv-{own}"),
        before => format!("dv-{own}-{}", before + 1),
    }
}

/// Every service: by agency, then by name, both in Vietnamese order; those without an agency last.
pub fn in_order(model: &Model) -> Vec<&EssentialService> {
    let mut services: Vec<&EssentialService> =
        model.essential_services.values().map(|service| &*service.record).collect();
    services.sort_by_cached_key(|service| {
        let agency = service.agency.as_ref().map(|agency| collate::key(agency.as_str()));
        (agency.is_none(), agency, collate::key(service.name.as_str()), service.name.clone())
    });
    services
}

/// The one value that all have, if there are two or more to share it.
fn common<T: PartialEq>(mut values: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = values.next()??;
    let mut more = false;
    for value in values {
        if value.as_ref() != Some(&first) {
            return None;
        }
        more = true;
    }
    more.then_some(first)
}

impl Shared {
    /// What one service tells.
    fn one(cx: &PageCx<'_>, service: &EssentialService) -> Self {
        let href = service.link.as_ref().map(|link| link.as_str().to_owned());
        Self {
            document: service
                .document
                .as_ref()
                .map(|number| DocumentView { number: number.to_string(), law: guides::law(cx, number) }),
            source: SourceView::new(service.source.as_ref()),
            updated: service.updated.map(|day| day.0.into()),
            host: href.as_deref().map(|href| pieces::host(href).to_owned()),
            href,
        }
    }

    /// What these services have in common and was not said `before`.
    fn of(cx: &PageCx<'_>, services: &[&EssentialService], before: &Self) -> Self {
        let each: Vec<Self> = services.iter().map(|service| Self::one(cx, service)).collect();
        let shared = Self {
            document: common(each.iter().map(|one| one.document.clone())),
            source: common(each.iter().map(|one| one.source.clone())),
            updated: common(each.iter().map(|one| one.updated.clone())),
            href: common(each.iter().map(|one| one.href.clone())),
            host: common(each.iter().map(|one| one.href.as_ref().and(one.host.clone()))),
        };
        shared.without(before)
    }

    /// This, but for what was said before.
    fn without(self, before: &Self) -> Self {
        let address = before.href.is_none();
        Self {
            document: self.document.filter(|_| before.document.is_none()),
            source: self.source.filter(|_| before.source.is_none()),
            updated: self.updated.filter(|_| before.updated.is_none()),
            href: self.href.filter(|_| address),
            host: self.host.filter(|_| address),
        }
    }
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let services = in_order(model);
    let shared = Shared::of(cx, &services, &Shared::default());
    let agencies = services
        .chunk_by(|a, b| a.agency == b.agency)
        .map(|services| {
            let of_agency = Shared::of(cx, services, &shared);
            AgencyGroup {
                agency: text(services.first().and_then(|service| service.agency.as_ref())),
                services: services
                    .iter()
                    .map(|service| ServiceView {
                        anchor: anchor(model, service),
                        name: service.name.as_str().to_owned(),
                        description: text(service.description.as_ref()),
                        own: Shared::one(cx, service).without(&shared).without(&of_agency),
                    })
                    .collect(),
                shared: of_agency,
            }
        })
        .collect();
    let own = model.procedures.iter().filter(|(code, procedure)| {
        procedure.record.essential.is_some_and(|flag| flag.0) && model.state(code).standing.is_current()
    });
    let mut own: Vec<ProcedureRef> = own.map(|(code, _)| ProcedureRef::new(cx, code)).collect();
    own.sort_by_cached_key(|procedure| {
        (collate::key(procedure.name.as_deref().unwrap_or_default()), procedure.code.clone())
    });
    let mut announced = vec![feeds::of_essential_services(cx)];
    announced.extend(guides::feeds(cx, guides::ESSENTIAL));
    let mut head = pieces::head(
        cx,
        "CollectionPage",
        "Dịch vụ công thiết yếu",
        match services.len() {
            0 => "Dịch vụ công thiết yếu của Đề án 06 là gì, tìm ở đâu.".to_owned(),
            n => format!("{n} dịch vụ công thiết yếu của Đề án 06: cơ quan nào làm, làm ở đâu trên mạng."),
        },
        &[],
        Vec::new(),
    );
    head.feeds = announced.clone();
    let view = EssentialView {
        total: services.len(),
        agencies,
        shared,
        procedures: own,
        guides: guides::articles(cx, guides::ESSENTIAL),
        feeds: announced,
        data: essential_data::links(cx),
    };
    (head, View::Essential(Box::new(view)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    fn show(list: &str) -> Box<EssentialView> {
        let model = model("2026-06-20", &[("danh-muc/dich-vu-thiet-yeu.yaml", list)]);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let path = urls::fixed("/thiet-yeu/");
        let (_, View::Essential(view)) = plan.view(&path, &plan.routes[&path]) else {
            unreachable!("the page of essential services")
        };
        view
    }

    #[test]
    fn services_stand_under_their_agencies_in_vietnamese_order() {
        let view = show(
            "- {ten: Đăng ký tạm trú, co_quan: Bộ Công an}\n- {ten: Cấp điện, co_quan: Công ty điện}\n- {ten: Cấp hộ chiếu, co_quan: Bộ Công an}\n- {ten: Ai làm}\n",
        );
        let groups: Vec<(Option<&str>, Vec<&str>)> = view
            .agencies
            .iter()
            .map(|group| {
                (group.agency.as_deref(), group.services.iter().map(|one| one.name.as_str()).collect())
            })
            .collect();
        assert_eq!(
            groups,
            [
                (Some("Bộ Công an"), vec!["Cấp hộ chiếu", "Đăng ký tạm trú"]),
                (Some("Công ty điện"), vec!["Cấp điện"]),
                (None, vec!["Ai làm"]),
            ]
        );
    }

    #[test]
    fn what_all_have_in_common_is_said_once() {
        let same = "nguon: {ten: Báo A}, ngay_cap_nhat: 2026-06-01";
        let view = show(&format!("- {{ten: a, {same}}}\n- {{ten: b, {same}, lien_ket: https://b.vn/}}\n"));
        assert_eq!(view.shared.source.as_ref().map(|source| source.name.as_str()), Some("Báo A"));
        assert!(view.shared.updated.is_some() && view.shared.href.is_none());
        let [a, b] = &view.agencies[0].services[..] else { panic!("two services") };
        assert!(a.own.source.is_none() && a.own.updated.is_none() && a.own.href.is_none());
        assert_eq!(b.own.host.as_deref(), Some("b.vn"));
        let alike = show("- {ten: Đăng ký}\n- {ten: Dang ky}\n");
        let anchors: Vec<&str> = alike.agencies[0].services.iter().map(|one| one.anchor.as_str()).collect();
        assert_eq!(anchors, ["dv-dang-ky", "dv-dang-ky-2"]);
        let one = show(&format!("- {{ten: a, {same}}}\n"));
        assert!(one.shared.source.is_none() && one.agencies[0].services[0].own.source.is_some());
    }
}
