//! Structured data of pages by schema.org, for search engines and other programs.

use serde_json::{Map, Value, json};

use super::facts;
use super::links::PageCx;
use super::urls;
use super::view::LinkView;
use crate::base::path::RoutePath;
use crate::record::procedure::{Deadline, Method, Procedure, TimeUnit};

/// The way to a page: its crumbs, as addresses of the site, and the page itself.
pub fn breadcrumbs(cx: &PageCx<'_>, way: &[(RoutePath, String)]) -> Value {
    let items: Vec<Value> = way
        .iter()
        .enumerate()
        .map(|(i, (path, name))| json!({ "@type": "ListItem", "position": i + 1, "name": name, "item": cx.absolute(path) }))
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

/// The same way as links of the page.
pub fn crumbs(cx: &PageCx<'_>, way: &[(RoutePath, String)]) -> Vec<LinkView> {
    way.iter().map(|(path, name)| cx.link(path, name.as_str())).collect()
}

/// The agency.
fn agency(cx: &PageCx<'_>) -> Value {
    let site = &cx.plan.site;
    json!({ "@type": "GovernmentOrganization", "name": site.name, "url": cx.absolute(&urls::home()) })
}

/// A home page: the site and the agency.
pub fn website(cx: &PageCx<'_>) -> Value {
    let site = &cx.plan.site;
    json!({ "@context": "https://schema.org", "@graph": [{
        "@type": "WebSite", "name": site.name, "url": cx.absolute(&urls::home()), "inLanguage": "vi", "publisher": agency(cx),
    }]})
}

/// A page that is a list.
pub fn collection(cx: &PageCx<'_>, name: &str, way: &[(RoutePath, String)]) -> Value {
    json!({ "@context": "https://schema.org", "@graph": [
        { "@type": "CollectionPage", "name": name, "url": cx.absolute(cx.path), "inLanguage": "vi" },
        breadcrumbs(cx, way),
    ]})
}

/// A procedure as a service, with its page. Only what is certain is said.
pub fn procedure(
    cx: &PageCx<'_>,
    procedure: &Procedure,
    changed: Option<&str>,
    way: &[(RoutePath, String)],
) -> Value {
    let url = cx.absolute(cx.path);
    let id = format!("{url}#dich-vu");
    let site = &cx.plan.site;
    let mut service = Map::new();
    service.insert("@type".into(), json!("GovernmentService"));
    service.insert("@id".into(), json!(id));
    service.insert("name".into(), json!(procedure.name.as_str()));
    service.insert("identifier".into(), json!(procedure.code.as_str()));
    service.insert("serviceType".into(), json!("Thủ tục hành chính"));
    service.insert("url".into(), json!(url));
    let audiences: Vec<Value> = procedure
        .audiences
        .iter()
        .map(|audience| json!({ "@type": "Audience", "audienceType": audience.label() }))
        .collect();
    if !audiences.is_empty() {
        service.insert("audience".into(), json!(audiences));
    }
    if let Some(area) = &site.area {
        service.insert("areaServed".into(), json!({ "@type": "AdministrativeArea", "name": area }));
    }
    service.insert("provider".into(), agency(cx));
    let outcomes: Vec<Value> = procedure
        .results
        .iter()
        .map(|result| json!({ "@type": "Thing", "name": result.name.as_str() }))
        .collect();
    if !outcomes.is_empty() {
        service.insert("serviceOutput".into(), json!(outcomes));
    }
    let channels = channels(cx, procedure);
    if !channels.is_empty() {
        service.insert("availableChannel".into(), json!(channels));
    }
    let mut page = json!({ "@type": "WebPage", "url": url, "inLanguage": "vi", "mainEntity": { "@id": id } });
    if let (Some(day), Some(page)) = (changed, page.as_object_mut()) {
        page.insert("dateModified".into(), json!(day));
    }
    json!({ "@context": "https://schema.org", "@graph": [service, page, breadcrumbs(cx, way)] })
}

fn channels(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<Value> {
    let deadline = facts::only_deadline(procedure);
    facts::methods(procedure)
        .into_iter()
        .map(|method| {
            let mut channel = Map::new();
            channel.insert("@type".into(), json!("ServiceChannel"));
            channel.insert("name".into(), json!(method.label()));
            if let Some(deadline) = deadline {
                let words = facts::duration(deadline).replace('\u{A0}', " ");
                channel.insert("description".into(), json!(format!("Thời hạn giải quyết: {words}")));
                if let Some(period) = period(deadline) {
                    channel.insert("processingTime".into(), json!(period));
                }
            }
            let online = procedure.online.as_ref().and_then(|online| online.link.as_ref());
            if let (Method::Online, Some(link)) = (method, online) {
                channel.insert("serviceUrl".into(), json!(link.as_str()));
            }
            if method == Method::InPerson
                && let Some(counter) = &cx.plan.site.counter
                && let Some(name) = &counter.name
            {
                let mut place = json!({ "@type": "Place", "name": name });
                if let (Some(address), Some(place)) = (&counter.address, place.as_object_mut()) {
                    place.insert("address".into(), json!(address));
                }
                channel.insert("serviceLocation".into(), place);
            }
            Value::Object(channel)
        })
        .collect()
}

/// A deadline as an ISO 8601 duration. It knows no working days: those go as days, and the words
/// beside it say what they are.
fn period(deadline: &Deadline) -> Option<String> {
    let number = deadline.number.0;
    Some(match deadline.unit? {
        TimeUnit::Hour => format!("PT{number}H"),
        TimeUnit::Day | TimeUnit::WorkingDay => format!("P{number}D"),
        TimeUnit::Month => format!("P{number}M"),
        TimeUnit::Year => format!("P{number}Y"),
    })
}
