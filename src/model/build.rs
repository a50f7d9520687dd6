//! Puts the parsed files together into the model.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::petition::{Handling, Terms, handling};
use super::state::{self, State, Step};
use super::{ArticleId, Broken, BrokenText, DecisionId, Event, Filed, Model, StatisticsId};
use crate::base::date::{AsOf, Calendar, Date};
use crate::base::diagnostic::{Diagnostic, Place, Pointer};
use crate::base::path::SitePath;
use crate::codes::{CK0114, CK0406, CK0701};
use crate::compare::timeline::Past;
use crate::inputs::{AssetRef, FileKind};
use crate::msg;
use crate::parse::record::{Article, Parsed, Record};
use crate::record::config::SiteConfig;
use crate::record::decision::Decision;
use crate::record::directory::HolidayYear;
use crate::record::initiative::Initiative;
use crate::record::inspection::Inspection;
use crate::record::list::List;
use crate::record::petition::Petition;
use crate::record::procedure::Procedure;
use crate::record::scalar::{Code, LawNumber, ProcedureCode, Scalar, Text};
use crate::record::simplification::{Programme, Simplification};
use crate::record::statistics::Statistics;
use crate::record::task_plan::TaskPlan;
use crate::vi::name::NameOrder;
use crate::vi::slug::slug;
use crate::{at, record};

/// Puts the records together. `None` if there is no readable `trang.yaml`: nothing can be said of a
/// site without it. Takes the parsed files in the order of their paths.
pub fn build(
    parsed: Vec<Parsed>,
    assets: &BTreeMap<SitePath, AssetRef>,
    as_of: AsOf,
) -> (Option<Model>, Vec<Diagnostic>) {
    let mut gathered = Gathered::default();
    for file in parsed {
        gathered.add(file);
    }
    let Gathered { site, mut found, broken, site_seen, .. } = gathered;
    if !site_seen {
        found.push(
            Diagnostic::new(
                CK0701,
                Place::site(),
                msg!("thư mục nội dung không có tệp trang.yaml", "the content folder has no trang.yaml"),
            )
            .help(msg!(
                "tạo tệp trang.yaml với các khóa ten và dia_chi_trang",
                "make a file trang.yaml with the keys ten and dia_chi_trang"
            )),
        );
    }
    let Some(site) = site else { return (None, found) };
    let decisions = name_decisions(gathered.decisions, &mut found);
    let national = national_codes(&gathered.procedures);
    let history = history(&decisions, &gathered.procedures, &national);
    let steps = steps(&history, &decisions);
    let states = gathered
        .procedures
        .keys()
        .map(|code| {
            let steps = steps.get(code).map(Vec::as_slice).unwrap_or_default();
            (code.clone(), state::derive(steps, as_of.date()))
        })
        .collect::<BTreeMap<ProcedureCode, State>>();
    let mut procedures_of_field: BTreeMap<Code, Vec<ProcedureCode>> = BTreeMap::new();
    let mut procedures_of_law: BTreeMap<LawNumber, Vec<ProcedureCode>> = BTreeMap::new();
    // Taken in the order of their names, so that every list stands in it.
    let mut in_order: Vec<_> = gathered.procedures.iter().collect();
    in_order.sort_by_cached_key(|&(code, _)| (gathered.name_orders.get(code).map(|order| &order.full), code));
    for (code, procedure) in in_order {
        procedures_of_field.entry(procedure.record.field.clone()).or_default().push(code.clone());
        let laws: BTreeSet<&LawNumber> = procedure.record.legal_bases.iter().collect();
        for law in laws {
            match procedures_of_law.get_mut(law) {
                Some(codes) => codes.push(code.clone()),
                None => drop(procedures_of_law.insert(law.clone(), vec![code.clone()])),
            }
        }
    }
    let calendar = calendar(&gathered.holidays);
    let terms = Terms::of(&site.record);
    let mut model = Model {
        as_of,
        site,
        fields: gathered.fields,
        units: gathered.units,
        laws: gathered.laws,
        holidays: gathered.holidays,
        procedures: gathered.procedures,
        name_orders: gathered.name_orders,
        decisions,
        plans: gathered.plans,
        statistics: gathered.statistics,
        inspections: gathered.inspections,
        simplifications: gathered.simplifications,
        programmes: gathered.programmes,
        initiatives: gathered.initiatives,
        essential_services: gathered.essential_services,
        handlings: handlings(&gathered.petitions, &terms, &calendar, as_of.date()),
        terms,
        calendar,
        petitions: gathered.petitions,
        petitions_of_procedure: BTreeMap::new(),
        simplifications_of_procedure: BTreeMap::new(),
        articles: gathered.articles,
        assets: assets.clone(),
        broken,
        procedures_of_field,
        history,
        states,
        procedures_of_law,
        articles_of_procedure: BTreeMap::new(),
        past: Past::NotAsked,
        national,
    };
    model.articles_of_procedure = articles_of_procedure(&model);
    model.petitions_of_procedure = petitions_of_procedure(&model);
    model.simplifications_of_procedure = simplifications_of_procedure(&model);
    (Some(model), found)
}

#[derive(Default)]
struct Gathered {
    site: Option<Filed<SiteConfig>>,
    site_seen: bool,
    fields: BTreeMap<Code, Filed<record::directory::Field>>,
    units: BTreeMap<Code, Filed<record::directory::Unit>>,
    laws: BTreeMap<LawNumber, Filed<record::directory::Law>>,
    holidays: Vec<Filed<HolidayYear>>,
    procedures: BTreeMap<ProcedureCode, Filed<Procedure>>,
    name_orders: BTreeMap<ProcedureCode, NameOrder>,
    decisions: Vec<Filed<Decision>>,
    plans: BTreeMap<u64, Filed<TaskPlan>>,
    statistics: BTreeMap<StatisticsId, Filed<Statistics>>,
    inspections: BTreeMap<Code, Filed<Inspection>>,
    simplifications: BTreeMap<Code, Filed<Simplification>>,
    programmes: BTreeMap<Text, Filed<Programme>>,
    initiatives: BTreeMap<Code, Filed<Initiative>>,
    essential_services: BTreeMap<Text, Filed<record::directory::EssentialService>>,
    petitions: BTreeMap<Code, Filed<Petition>>,
    articles: BTreeMap<ArticleId, Filed<Article>>,
    broken: Broken,
    found: Vec<Diagnostic>,
}

impl Gathered {
    fn add(&mut self, parsed: Parsed) {
        let Parsed { file, kind, record, names, body, order, found } = parsed;
        self.found.extend(found);
        self.site_seen |= kind == FileKind::Site;
        let found = &mut self.found;
        match record {
            None => {
                self.broken.kinds.insert(kind);
                self.broken.names.extend(names);
                // Where not even a code could be read, the file's name is mostly the code.
                self.broken.names.insert(file.stem().to_owned());
                let article = article_id(&file).ok();
                if let (Some((body, body_start)), Some(article)) = (body, article) {
                    self.broken.texts.push(BrokenText { file, article, body, body_start });
                }
            }
            Some(Record::Site(site)) => {
                self.site = Some(Filed { file, at: Pointer::root(), record: site });
            }
            Some(Record::Fields(list)) => {
                directory(&mut self.fields, list, &file, "ma", found, |field| field.code.clone());
            }
            Some(Record::Units(list)) => {
                directory(&mut self.units, list, &file, "ma", found, |unit| unit.code.clone());
            }
            Some(Record::Laws(list)) => {
                directory(&mut self.laws, list, &file, "so_ky_hieu", found, |law| law.number.clone());
            }
            Some(Record::Holidays(List(years))) => {
                self.holidays.extend(years.into_iter().enumerate().map(|(i, record)| Filed {
                    file: file.clone(),
                    at: at![i],
                    record: Arc::new(record),
                }));
            }
            Some(Record::Procedure(record)) => {
                let code = record.code.clone();
                if let Some(order) = order {
                    self.name_orders.entry(code.clone()).or_insert(order);
                }
                let filed = Filed { file, at: Pointer::root(), record };
                insert_unique(&mut self.procedures, code, filed, "ma", found);
            }
            Some(Record::Decision(record)) => {
                items_twice(&record, &file, found);
                self.decisions.push(Filed { file, at: Pointer::root(), record });
            }
            Some(Record::TaskPlan(record)) => {
                let year = record.year.0;
                let filed = Filed { file, at: Pointer::root(), record };
                insert_unique(&mut self.plans, year, filed, "nam", found);
            }
            Some(Record::EssentialServices(list)) => {
                let known = &mut self.essential_services;
                directory(known, list, &file, "ten", found, |service| service.name.clone());
            }
            Some(Record::Programmes(list)) => {
                directory(&mut self.programmes, list, &file, "ma", found, |programme| {
                    programme.number.clone()
                });
            }
            Some(Record::Statistics(record)) => {
                let id = StatisticsId { period: record.period.0, field: record.field.clone() };
                let filed = Filed { file, at: Pointer::root(), record };
                insert_unique(&mut self.statistics, id, filed, "ky", found);
            }
            Some(Record::Inspection(record)) => {
                let code = record.code.clone();
                let filed = Filed { file, at: Pointer::root(), record };
                insert_unique(&mut self.inspections, code, filed, "ma", found);
            }
            Some(Record::Simplification(record)) => {
                let code = record.code.clone();
                let filed = Filed { file, at: Pointer::root(), record };
                insert_unique(&mut self.simplifications, code, filed, "ma", found);
            }
            Some(Record::Initiative(record)) => {
                let code = record.code.clone();
                let filed = Filed { file, at: Pointer::root(), record };
                insert_unique(&mut self.initiatives, code, filed, "ma", found);
            }
            Some(Record::Petition(record)) => {
                let code = record.code.clone();
                let filed = Filed { file, at: Pointer::root(), record };
                insert_unique(&mut self.petitions, code, filed, "ma", found);
            }
            Some(Record::Article(record)) => {
                let id = match article_id(&file) {
                    Ok(id) => id,
                    Err(name) => {
                        found.push(no_address(&file, name));
                        return;
                    }
                };
                let filed = Filed { file, at: Pointer::root(), record };
                insert_unique(&mut self.articles, id, filed, "tieu_de", found);
            }
        }
    }
}

fn twice(first: Place, second: Place, name: &str) -> Diagnostic {
    Diagnostic::new(
        CK0406,
        second,
        msg!("`{name}` đã có ở một bản ghi khác", "`{name}` stands in another record already"),
    )
    .help(msg!(
        "mỗi mã, số chỉ ở một nơi: sửa mã, hoặc xóa bản ghi thừa",
        "each code or number stands once: correct it, or delete the superfluous record"
    ))
    .also(first, msg!("bản ghi kia ở đây", "the other record is here"))
}

/// How an article is known by its file, or the name that makes no part of an address.
fn article_id(file: &SitePath) -> Result<ArticleId, &str> {
    let section = file.parent().rsplit('/').next().unwrap_or_default();
    let id =
        ArticleId { section: Code::parse(&slug(section)).map_err(|_| section)?, slug: slug(file.stem()) };
    if id.slug.is_empty() { Err(file.stem()) } else { Ok(id) }
}

/// The names of an article and its folder are its address; one without a letter or digit of ours makes none.
fn no_address(file: &SitePath, name: &str) -> Diagnostic {
    Diagnostic::new(
        CK0114,
        Place::file(file),
        msg!(
            "tên `{name}` không có chữ cái hay chữ số nào để làm địa chỉ trang",
            "the name `{name}` has no letter or digit to make an address of"
        ),
    )
    .help(msg!(
        "đổi tên bằng chữ không dấu, chữ số và dấu gạch ngang, ví dụ `nop-ho-so`",
        "rename it with letters, digits and hyphens, such as `nop-ho-so`"
    ))
}

/// A procedure that one decision names twice: which of the two says what became of it? Several items by
/// which one procedure replaces several others say the same.
fn items_twice(decision: &Decision, file: &SitePath, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&ProcedureCode, usize> = BTreeMap::new();
    for (i, item) in decision.items.iter().enumerate() {
        let Some(&first) = seen.get(&item.procedure) else {
            seen.insert(&item.procedure, i);
            continue;
        };
        let before = &decision.items[first];
        if before.change == item.change && !before.replaces.is_empty() && !item.replaces.is_empty() {
            continue;
        }
        let place = |i: usize| Place::value(file, at!["muc", i, "thu_tuc"]);
        let code = &item.procedure;
        found.push(
            Diagnostic::new(
                CK0406,
                place(i),
                msg!(
                    "quyết định này nhắc thủ tục `{code}` hai lần ở muc",
                    "this decision names the procedure `{code}` twice in muc"
                ),
            )
            .help(msg!(
                "giữ một mục cho mỗi thủ tục, theo bản ký; xem lại mã nếu là hai thủ tục khác nhau",
                "keep one entry a procedure, as the signed paper has it; check the code if these are two procedures"
            ))
            .also(place(first), msg!("lần thứ nhất ở đây", "the first is here")),
        );
    }
}

fn insert_unique<K: Ord + NameForPeople, T>(
    map: &mut BTreeMap<K, Filed<T>>,
    key: K,
    filed: Filed<T>,
    yaml_key: &str,
    found: &mut Vec<Diagnostic>,
) {
    match map.get(&key) {
        Some(first) => {
            let place = |filed: &Filed<T>| Place::value(&filed.file, filed.at.then(yaml_key));
            found.push(twice(place(first), place(&filed), &key.name()));
        }
        None => {
            map.insert(key, filed);
        }
    }
}

fn directory<K: Ord + NameForPeople, T>(
    map: &mut BTreeMap<K, Filed<T>>,
    list: List<T>,
    file: &SitePath,
    yaml_key: &str,
    found: &mut Vec<Diagnostic>,
    key: impl Fn(&T) -> K,
) {
    for (i, record) in list.0.into_iter().enumerate() {
        let key = key(&record);
        insert_unique(
            map,
            key,
            Filed { file: file.clone(), at: at![i], record: Arc::new(record) },
            yaml_key,
            found,
        );
    }
}

/// How a key is quoted in a message.
trait NameForPeople {
    fn name(&self) -> String;
}

impl NameForPeople for Code {
    fn name(&self) -> String {
        self.to_string()
    }
}

impl NameForPeople for LawNumber {
    fn name(&self) -> String {
        self.to_string()
    }
}

impl NameForPeople for ProcedureCode {
    fn name(&self) -> String {
        self.to_string()
    }
}

impl NameForPeople for u64 {
    fn name(&self) -> String {
        self.to_string()
    }
}

impl NameForPeople for Text {
    fn name(&self) -> String {
        self.to_string()
    }
}

impl NameForPeople for StatisticsId {
    fn name(&self) -> String {
        match &self.field {
            Some(field) => format!("{} ({field})", self.period),
            None => self.period.to_string(),
        }
    }
}

impl NameForPeople for ArticleId {
    fn name(&self) -> String {
        format!("{}/{}", self.section, self.slug)
    }
}

/// Gives each decision its address: the slug of its number. Numbers repeat from year to year; the
/// earliest keeps the bare slug, so that a later one never changes a published address, and the
/// later ones carry their year. The same number twice in a year by one agency is one decision.
fn name_decisions(
    mut decisions: Vec<Filed<Decision>>,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<DecisionId, Filed<Decision>> {
    decisions.sort_by(|a, b| {
        let key = |d: &Filed<Decision>| (d.record.signed, d.record.number.clone(), d.file.clone());
        key(a).cmp(&key(b))
    });
    let mut named: BTreeMap<DecisionId, Filed<Decision>> = BTreeMap::new();
    for decision in decisions {
        // Names of folders end at 255 bytes, and the year and the agency may have to follow.
        let mut bare = slug(decision.record.number.as_str());
        bare.truncate(100);
        let bare = bare.trim_end_matches('-').to_owned();
        let bare = if bare.is_empty() { "khong-so".to_owned() } else { bare };
        let dated = format!("{bare}-{}", decision.record.signed.0.year());
        let mut agency = slug(decision.record.agency.as_str());
        agency.truncate(100);
        let candidates = [bare, dated.clone(), format!("{dated}-{agency}")];
        let same = |other: &Filed<Decision>| {
            other.record.number == decision.record.number
                && other.record.agency == decision.record.agency
                && other.record.signed.0.year() == decision.record.signed.0.year()
        };
        let first = candidates.iter().filter_map(|id| named.get(&DecisionId(id.clone()))).find(|d| same(d));
        if let Some(first) = first {
            found.push(twice(first.at(at!["so"]), decision.at(at!["so"]), decision.record.number.as_str()));
            continue;
        }
        let free = candidates.into_iter().map(DecisionId).find(|id| !named.contains_key(id));
        match free {
            Some(id) => {
                named.insert(id, decision);
            }
            None => {
                let first = named.get(&DecisionId(dated)).map(|d| d.at(at!["so"]));
                let first = first.unwrap_or_else(Place::site);
                found.push(twice(first, decision.at(at!["so"]), decision.record.number.as_str()));
            }
        }
    }
    named
}

fn history(
    decisions: &BTreeMap<DecisionId, Filed<Decision>>,
    procedures: &BTreeMap<ProcedureCode, Filed<Procedure>>,
    national: &BTreeMap<String, ProcedureCode>,
) -> BTreeMap<ProcedureCode, Vec<Event>> {
    let full = |code: &ProcedureCode| {
        if procedures.contains_key(code) {
            return code.clone();
        }
        match national.get(code.national()) {
            Some(full) if full.as_str().len() == 8 || code.as_str().len() == 8 => full.clone(),
            _ => code.clone(),
        }
    };
    let mut history: BTreeMap<ProcedureCode, Vec<Event>> = BTreeMap::new();
    for (id, decision) in decisions {
        for (item, entry) in decision.record.items.iter().enumerate() {
            let event = Event { decision: id.clone(), item, effective: decision.record.takes_effect() };
            let touched: BTreeSet<ProcedureCode> =
                std::iter::once(&entry.procedure).chain(&entry.replaces).map(full).collect();
            for code in touched {
                history.entry(code).or_default().push(event.clone());
            }
        }
    }
    for events in history.values_mut() {
        // On one day the later-signed decision has the last word.
        events.sort_by_key(|event| {
            let signed = decisions.get(&event.decision).map(|d| d.record.signed);
            (event.effective, signed, event.decision.clone(), event.item)
        });
    }
    history
}

fn steps(
    history: &BTreeMap<ProcedureCode, Vec<Event>>,
    decisions: &BTreeMap<DecisionId, Filed<Decision>>,
) -> BTreeMap<ProcedureCode, Vec<Step>> {
    let step = |code: &ProcedureCode, event: &Event| {
        let item = decisions.get(&event.decision)?.record.items.get(event.item)?;
        // The item names the procedure itself, or replaces it.
        let replaced = item.procedure.national() != code.national();
        let replaced_by = replaced.then(|| item.procedure.clone());
        Some(Step { event: event.clone(), change: item.change, replaced_by })
    };
    history
        .iter()
        .map(|(code, events)| (code.clone(), events.iter().filter_map(|e| step(code, e)).collect()))
        .collect()
}

fn national_codes(procedures: &BTreeMap<ProcedureCode, Filed<Procedure>>) -> BTreeMap<String, ProcedureCode> {
    let mut national: BTreeMap<String, Option<ProcedureCode>> = BTreeMap::new();
    for code in procedures.keys() {
        national
            .entry(code.national().to_owned())
            .and_modify(|known| *known = None)
            .or_insert_with(|| Some(code.clone()));
    }
    national.into_iter().filter_map(|(national, code)| Some((national, code?))).collect()
}

/// Longest holiday that is taken at its word, in days: a slip in a year must not run for ever.
const LONGEST_HOLIDAY: i32 = 60;

fn calendar(years: &[Filed<HolidayYear>]) -> Calendar {
    let mut days: Vec<Date> = Vec::new();
    for holiday in years.iter().flat_map(|year| &year.record.holidays) {
        let last = holiday.to.unwrap_or(holiday.from).0;
        let mut day = holiday.from.0;
        for _ in 0..LONGEST_HOLIDAY {
            if day > last {
                break;
            }
            days.push(day);
            day = day.plus_days(1);
        }
    }
    let swapped = years.iter().flat_map(|year| &year.record.swapped).map(|day| day.0);
    Calendar::new(days, swapped)
}

fn handlings(
    petitions: &BTreeMap<Code, Filed<Petition>>,
    terms: &Terms,
    calendar: &Calendar,
    day: Date,
) -> BTreeMap<Code, Handling> {
    // One that comes in after the day of the build is not there yet.
    let known = petitions.iter().filter(|(_, petition)| petition.record.received.0 <= day);
    known.map(|(code, petition)| (code.clone(), handling(&petition.record, terms, calendar, day))).collect()
}

fn petitions_of_procedure(model: &Model) -> BTreeMap<ProcedureCode, Vec<Code>> {
    let mut index: BTreeMap<ProcedureCode, Vec<Code>> = BTreeMap::new();
    for (code, petition, _) in model.known_petitions() {
        for procedure in &petition.record.procedures {
            if let Some(procedure) = model.procedure(procedure) {
                index.entry(procedure.record.code.clone()).or_default().push(code.clone());
            }
        }
    }
    for codes in index.values_mut() {
        codes.sort_by_key(|code| {
            let received = model.petitions.get(code).map(|petition| petition.record.received);
            (std::cmp::Reverse(received), code.clone())
        });
        codes.dedup();
    }
    index
}

fn simplifications_of_procedure(model: &Model) -> BTreeMap<ProcedureCode, Vec<Code>> {
    let mut index: BTreeMap<ProcedureCode, Vec<Code>> = BTreeMap::new();
    for (code, simplification) in &model.simplifications {
        let named = simplification.record.procedure.as_ref();
        if let Some(procedure) = named.and_then(|procedure| model.procedure(procedure)) {
            index.entry(procedure.record.code.clone()).or_default().push(code.clone());
        }
    }
    index
}

fn articles_of_procedure(model: &Model) -> BTreeMap<ProcedureCode, Vec<ArticleId>> {
    let mut index: BTreeMap<ProcedureCode, Vec<ArticleId>> = BTreeMap::new();
    for (id, article) in model.published_articles() {
        for code in &article.record.head.procedures {
            if let Some(procedure) = model.procedure(code) {
                index.entry(procedure.record.code.clone()).or_default().push(id.clone());
            }
        }
    }
    for ids in index.values_mut() {
        ids.sort_by_key(|id| {
            let date = model.articles.get(id).map(|article| article.record.head.date);
            (std::cmp::Reverse(date), id.clone())
        });
        ids.dedup();
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::SourceFile;
    use crate::parse::record::parse;

    fn found(files: &[(&str, FileKind, String)]) -> Vec<(&'static str, String)> {
        let parsed = files.iter().map(|(path, kind, text)| {
            let path = SitePath::new(path).expect("a good path");
            parse(&path, &SourceFile { kind: *kind, bytes: text.clone().into_bytes().into() })
        });
        let day = AsOf(Date::parse("2026-01-01").expect("a good date"));
        let (model, found) = build(parsed.collect(), &BTreeMap::new(), day);
        assert!(model.is_some());
        found.into_iter().map(|d| (d.rule.code, d.message.vi)).collect()
    }

    fn site() -> (&'static str, FileKind, String) {
        ("trang.yaml", FileKind::Site, "ten: A\ndia_chi_trang: https://a.gov.vn/\n".to_owned())
    }

    #[test]
    fn a_name_that_makes_no_address_is_reported_and_not_dropped() {
        let article = "---\ntieu_de: A\nngay: 2025-01-01\ntom_tat: B\n---\n";
        for path in ["bai-viet/tin-tuc/日本.md", "bai-viet/tin-tuc/!!!.md", "bai-viet/日本/a.md"] {
            let found = found(&[site(), (path, FileKind::Article, article.to_owned())]);
            assert_eq!(found.len(), 1, "{path}");
            assert_eq!(found[0].0, "CK0114", "{path}");
        }
    }

    #[test]
    fn the_address_of_a_decision_fits_a_folder_name() {
        let number = "9".repeat(300);
        let text = format!(
            "so: {number}/QĐ-A\nngay_ky: 2025-01-01\nco_quan: {number}\ntrich_yeu: B\nmuc: [{{thu_tuc: 1.000001, loai: bai_bo}}]\n"
        );
        let path = SitePath::new("quyet-dinh/a.yaml").expect("a good path");
        let file = parse(&path, &SourceFile { kind: FileKind::Decision, bytes: text.into_bytes().into() });
        let Some(Record::Decision(record)) = file.record else { panic!("a decision") };
        let filed = Filed { file: path, at: Pointer::root(), record };
        let named = name_decisions(vec![filed], &mut Vec::new());
        assert!(named.keys().all(|id| id.0.len() <= 100), "{:?}", named.keys());
    }

    #[test]
    fn a_decision_names_a_procedure_once() {
        let decision = |items: &str| {
            let text = format!("so: 1/QĐ-A\nngay_ky: 2025-01-01\nco_quan: A\ntrich_yeu: B\nmuc:\n{items}");
            found(&[site(), ("quyet-dinh/a.yaml", FileKind::Decision, text)]).len()
        };
        let item =
            |kind: &str, of: &str| format!("- {{thu_tuc: 1.000001, loai: {kind}, thay_cho: [{of}]}}\n");
        assert_eq!(decision(&(item("ban_hanh_moi", "") + &item("bai_bo", ""))), 1);
        assert_eq!(decision(&(item("bai_bo", "") + &item("bai_bo", ""))), 1);
        assert_eq!(decision(&(item("thay_the", "1.000002") + &item("thay_the", "1.000003"))), 0);
    }
}
