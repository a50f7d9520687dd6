//! The parts of the page that are a line or a list: answers, sentences, laws, neighbours.

use super::{AgencyView, ArticleLine, FactView, LawView, ProcedureView, SimplificationLine};
use crate::model::Filed;
use crate::model::law::{self, Validity};
use crate::model::simplification::stage;
use crate::plan::facts;
use crate::plan::links::PageCx;
use crate::plan::petitions::PetitionRow;
use crate::plan::view::{DateView, LinkView, RefView, TagView, text};
use crate::plan::{listing, pieces, simplifications, urls};
use crate::record::procedure::{Method, OnlineLevel, Procedure};
use crate::record::scalar::{LawNumber, ProcedureCode};
use crate::vi::fold::fold;
use crate::vi::typography::nbsp;

/// The four answers of the first screen.
pub(in crate::plan::kinds) fn key_facts(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<FactView> {
    let mut filing = facts::filing(procedure);
    let counter = cx.plan.site.counter.as_ref().and_then(|counter| counter.name.clone());
    if facts::methods(procedure).iter().any(|method| *method != Method::Online)
        && let Some(place) = text(procedure.reception.as_ref()).or(counter)
    {
        filing.notes.push(place);
    }
    let mut all = vec![
        FactView { term: "Thời hạn", fact: facts::deadline(procedure) },
        FactView { term: "Phí, lệ phí", fact: facts::fee(procedure) },
        FactView { term: "Nộp ở đâu", fact: filing },
        FactView { term: "Hồ sơ", fact: facts::dossier(procedure) },
    ];
    for view in &mut all {
        view.fact.value = nbsp(&view.fact.value).into_owned();
    }
    all
}

/// “Dành cho công dân Việt Nam, doanh nghiệp, tổ chức.”: the first of a long list, the rest counted.
pub(in crate::plan::kinds) fn audience_line(procedure: &Procedure) -> Option<String> {
    const NAMED: usize = 4;
    let short = |label: &str| {
        let label = label.split_once(" (").map_or(label, |(short, _)| short);
        let mut chars = label.chars();
        // Only the first letter: “công dân Việt Nam”.
        chars.next().map(|first| first.to_lowercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    let all: Vec<String> = procedure.audiences.iter().map(|audience| short(audience.label())).collect();
    match all.as_slice() {
        [] => None,
        few if few.len() <= NAMED => Some(format!("Dành cho {}.", few.join(", "))),
        [first, second, third, rest @ ..] => {
            Some(format!("Dành cho {first}, {second}, {third} và {} đối tượng khác.", rest.len()))
        }
        few => Some(format!("Dành cho {}.", few.join(", "))),
    }
}

/// What one gets, without what stands in brackets at the end of a long name; the whole name stands
/// further down.
pub(in crate::plan::kinds) fn result_line(procedure: &Procedure) -> Option<String> {
    const SHORT: usize = 60;
    let first = procedure.results.first()?.name.as_str();
    let short = match first.split_once(" (") {
        Some((before, _)) if first.chars().count() > SHORT => before,
        _ => first,
    };
    // Where the name of the procedure names its result, the heading has said it.
    if procedure.results.len() == 1 && fold(procedure.name.as_str()).contains(&fold(short)) {
        return None;
    }
    let more = match procedure.results.len() {
        1 => String::new(),
        count => format!(" và {} kết quả khác", count - 1),
    };
    Some(format!("Kết quả: {}{more}.", nbsp(short).trim_end_matches(['.', ';', ',', ' ', '\u{A0}'])))
}

/// The way out to the portal. Its words say where it leads and whether papers can be filed there.
pub(in crate::plan::kinds) fn button(
    cx: &PageCx<'_>,
    procedure: &Procedure,
    current: bool,
) -> Option<LinkView> {
    let site = &cx.plan.site;
    let own = procedure.online.as_ref().and_then(|online| online.link.as_ref()).map(|link| link.as_str());
    let source = procedure.source.as_ref().and_then(|source| source.link.as_ref()).map(|link| link.as_str());
    let href = own.or(source.filter(|_| listing::is_sparse(procedure)))?;
    let place = match &site.portal {
        Some(portal) if pieces::host(&portal.href) == pieces::host(href) => portal.text.as_str(),
        _ => pieces::host(href),
    };
    let online = procedure.channels.iter().any(|channel| channel.method == Method::Online);
    let can_file = match listing::online_level(procedure) {
        Some(OnlineLevel::Full | OnlineLevel::Partial) => true,
        Some(OnlineLevel::Information) => false,
        None => online,
    };
    let verb = if can_file && current && own.is_some() {
        "Nộp hồ sơ trên"
    } else {
        "Xem thủ tục này trên"
    };
    Some(LinkView { href: href.to_owned(), text: format!("{verb} {place}") })
}

pub(in crate::plan::kinds) fn online_notes(procedure: &Procedure) -> Vec<String> {
    let mut notes = Vec::new();
    let online = procedure.channels.iter().any(|channel| channel.method == Method::Online);
    let level = listing::online_level(procedure);
    match level {
        Some(OnlineLevel::Full) => {
            notes.push("Làm được trọn vẹn qua mạng: nộp hồ sơ và nhận kết quả.".to_owned())
        }
        Some(OnlineLevel::Partial) => notes.push("Làm được một phần qua mạng.".to_owned()),
        Some(OnlineLevel::Information) => {
            notes.push("Chưa nộp được qua mạng; Cổng chỉ có thông tin.".to_owned())
        }
        None if online => notes.push("Nộp được qua mạng; nguồn không ghi mức độ trực tuyến.".to_owned()),
        None => {}
    }
    if let Some(flags) = &procedure.online {
        match flags.payment.map(|flag| flag.0) {
            Some(true) => notes.push("Thanh toán được qua mạng.".to_owned()),
            Some(false) => notes.push("Chưa thanh toán được qua mạng.".to_owned()),
            None => {}
        }
        if flags.anywhere.is_some_and(|flag| flag.0) {
            notes.push("Nộp được ở bất kỳ nơi tiếp nhận nào, không phụ thuộc nơi cư trú.".to_owned());
        }
    }
    notes
}

pub(in crate::plan::kinds) fn steps(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<String> {
    let steps = procedure.steps.iter().enumerate();
    steps.map(|(i, step)| cx.markdown(&nbsp(step.as_str()), &format!("buoc-{}-", i + 1), 3)).collect()
}

pub(in crate::plan::kinds) fn law_view(cx: &PageCx<'_>, number: &LawNumber) -> LawView {
    let model = cx.model();
    let known = model.laws.get(number);
    let validity = known.and_then(|law| match law::validity(model, &law.record) {
        Validity::Unknown => None,
        Validity::InForce => Some(TagView::new("Còn hiệu lực", "ok")),
        Validity::NotYet(from) => {
            Some(TagView::new(format!("Có hiệu lực từ {}", DateView::from(from).short), "warn"))
        }
        Validity::Expired { last, computed } => {
            let since = DateView::from(last.plus_days(1)).short;
            let words = if computed { "Bị thay thế từ" } else { "Hết hiệu lực từ" };
            Some(TagView::new(format!("{words} {since}"), "bad"))
        }
    });
    LawView {
        number: law_ref(cx, number),
        name: known.map(|law| nbsp(law.record.name.as_str()).into_owned()),
        validity,
        replaced_by: known.and_then(|law| law.record.replaced_by.as_ref()).map(|number| law_ref(cx, number)),
    }
}

/// A legal text by its number, linked to its place among the legal texts.
pub(in crate::plan::kinds) fn law_ref(cx: &PageCx<'_>, number: &LawNumber) -> RefView {
    RefView { href: cx.law_href(number), text: number.to_string() }
}

pub(in crate::plan::kinds) fn agencies(procedure: &Procedure) -> Vec<AgencyView> {
    let Some(agencies) = &procedure.agencies else { return Vec::new() };
    let roles = [
        ("Cơ quan thực hiện", &agencies.executing),
        ("Cơ quan có thẩm quyền", &agencies.competent),
        ("Cơ quan được ủy quyền", &agencies.authorised),
        ("Cơ quan phối hợp", &agencies.coordinating),
    ];
    roles
        .into_iter()
        .filter_map(|(role, name)| Some(AgencyView { role, name: name.as_ref()?.as_str().to_owned() }))
        .collect()
}

/// Those that the record names, then those of the same field whose names begin alike.
pub(in crate::plan::kinds) fn related(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<LinkView> {
    const MOST: usize = 6;
    let model = cx.model();
    // Those that the editor names are shown even when they have ended: their pages say so.
    let named = procedure.related.iter().filter_map(|code| model.procedure(code));
    let near =
        cx.plan.likeness.near(procedure).into_iter().filter(|near| near.current).map(|near| near.filed);
    let most = MOST.max(procedure.related.len());
    let mut chosen: Vec<&Filed<Procedure>> = Vec::new();
    for filed in named.chain(near) {
        let code = &filed.record.code;
        if code != &procedure.code && !chosen.iter().any(|other| other.record.code == *code) {
            chosen.push(filed);
            if chosen.len() == most {
                break;
            }
        }
    }
    chosen
        .into_iter()
        .map(|filed| {
            let name = listing::list_name(filed.record.name.as_str());
            cx.link(&urls::procedure(&filed.record.code), nbsp(&name))
        })
        .collect()
}

/// How many petitions the page of a procedure names.
const PETITIONS: usize = 10;

/// The newest petitions about a procedure.
pub(in crate::plan::kinds) fn petitions(cx: &PageCx<'_>, code: &ProcedureCode) -> Vec<PetitionRow> {
    let model = cx.model();
    let codes = model.petitions_of_procedure.get(code).into_iter().flatten().take(PETITIONS);
    codes
        .filter_map(|code| {
            let (code, petition) = model.petitions.get_key_value(code)?;
            Some(PetitionRow::new(cx, (code, petition, model.handlings.get(code)?)))
        })
        .collect()
}

/// The cuts and simplifications of a procedure, each in a line.
pub(super) fn simplifications(cx: &PageCx<'_>, code: &ProcedureCode) -> Vec<SimplificationLine> {
    let model = cx.model();
    let codes = model.simplifications_of_procedure.get(code).into_iter().flatten();
    let today = model.as_of.date();
    simplifications::in_order(codes.filter_map(|code| model.simplifications.get(code)), today)
        .into_iter()
        .map(|filed| {
            let record = &filed.record;
            let words =
                simplifications::differences(record).unwrap_or_else(|| record.name.as_str().to_owned());
            let stage = stage(record, today).label().to_lowercase();
            let mut remarks = vec![match record.effective {
                Some(day) => format!("{stage}, hiệu lực từ {}", DateView::from(day.0).short),
                None => stage,
            }];
            if record.illustrative.0 {
                remarks.push("minh họa".to_owned());
            }
            let page = cx.href(&urls::simplifications());
            SimplificationLine {
                link: LinkView { href: format!("{page}#{}", urls::record_anchor(&record.code)), text: words },
                remarks,
            }
        })
        .collect()
}

pub(in crate::plan::kinds) fn articles(cx: &PageCx<'_>, code: &ProcedureCode) -> Vec<ArticleLine> {
    let model = cx.model();
    let ids = model.articles_of_procedure.get(code).map(Vec::as_slice).unwrap_or_default();
    ids.iter()
        .filter_map(|id| Some((id, model.articles.get(id)?)))
        .map(|(id, article)| ArticleLine {
            link: cx.link(&urls::article(id), article.record.head.title.as_str()),
            date: article.record.head.date.0.into(),
        })
        .collect()
}

pub(in crate::plan::kinds) fn contents(view: &ProcedureView) -> Vec<LinkView> {
    let part = |id: &str, text: &str| LinkView { href: format!("#{id}"), text: text.to_owned() };
    let mut parts = Vec::new();
    if !view.sparse {
        parts.extend([
            part("ho-so", "Hồ sơ cần chuẩn bị"),
            part("cac-buoc", "Các bước thực hiện"),
            part("noi-nop", "Nơi nộp, thời hạn và phí"),
            part("ket-qua", "Kết quả nhận được"),
            part("dieu-kien", "Yêu cầu, điều kiện"),
            part("can-cu", "Căn cứ pháp lý"),
        ]);
    } else if !view.laws.is_empty() {
        parts.push(part("can-cu", "Căn cứ pháp lý"));
    }
    parts.push(part("thong-tin", "Nguồn và lịch sử thay đổi"));
    if !view.related.is_empty() {
        parts.push(part("lien-quan", "Thủ tục liên quan"));
    }
    if !view.petitions.is_empty() {
        parts.push(part("phan-anh", "Phản ánh về thủ tục này"));
    }
    if !view.articles.is_empty() {
        parts.push(part("bai-viet", "Bài viết về thủ tục này"));
    }
    parts
}
