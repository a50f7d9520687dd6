//! Paper for the board (niêm yết): what a sheet carries so that it can be told from an older one,
//! what has to hang and to come down after a decision, and which sheets a person asks for.
//!
//! Rules: announced procedures are posted at the office where papers are received, and what is no
//! longer in force is taken down (decree 63/2010/NĐ-CP as amended; circular 02/2017/TT-VPCP).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;

use super::SitePlan;
use super::kinds::procedure_sheet;
use super::links::PageCx;
use super::listing;
use super::urls;
use super::view::{DateView, LinkView};
use crate::base::hash::Hasher;
use crate::base::path::RoutePath;
use crate::model::{DecisionId, Filed, Model};
use crate::qr;
use crate::record::decision::{Change, Decision};
use crate::record::scalar::{Code, ProcedureCode};
use crate::vi::fold::fold;
use crate::vi::nearest::nearest;

/// What every sheet carries: where to read on, of which day it is, and which version.
#[derive(Debug, Clone, Serialize)]
pub struct PrintView {
    /// The canonical address as people type it: without `https://`.
    pub address: String,
    /// The same as a QR code; none for an address that is too long for one.
    pub qr_html: Option<String>,
    /// Changes with every word on the sheet and with nothing else: a sheet with another one is old.
    pub version: String,
    /// The day of the figures, which is the day of print.
    pub printed: DateView,
    /// The fingerprint of the key that the site is signed with. No part of the version: a new key makes no sheet
    /// old, the old one stays known.
    pub fingerprint: Option<String>,
    /// The page on the web.
    pub back: LinkView,
    /// The list of what has to hang.
    pub board: LinkView,
}

impl PrintView {
    /// For a sheet with this content that leads to the page `to`.
    pub fn new(cx: &PageCx<'_>, to: &RoutePath, back: &str, content: &impl Serialize) -> Self {
        Self::of_version(cx, to, back, version(content))
    }

    /// The same for a sheet whose version is known.
    pub fn of_version(cx: &PageCx<'_>, to: &RoutePath, back: &str, version: String) -> Self {
        let url = cx.absolute(to);
        let address = words_of(&url);
        Self {
            qr_html: qr::svg(&url, &format!("Mã QR dẫn đến {address}")),
            version,
            fingerprint: cx.plan.site.key.as_ref().map(|key| key.fingerprint.clone()),
            printed: cx.model().as_of.date().into(),
            back: cx.link(to, back),
            board: cx.link(&urls::postings(), "Những tờ phải niêm yết"),
            address,
        }
    }
}

/// An address as it is read from paper.
pub fn words_of(url: &str) -> String {
    url.split_once("://").map_or(url, |(_, rest)| rest).to_owned()
}

/// The version of a content: six characters out of the hash of all its words in their order. Names of
/// fields have no part in it, so that a new version of this program does not make every sheet look old.
pub fn version(content: &impl Serialize) -> String {
    let mut hasher = Hasher::default();
    // Views are plain data, which always has a JSON form.
    if let Ok(value) = serde_json::to_value(content) {
        leaves(&value, &mut hasher);
    }
    hasher.finish().to_hex().chars().take(6).collect::<String>().to_uppercase()
}

fn leaves(value: &serde_json::Value, hasher: &mut Hasher) {
    use serde_json::Value;
    match value {
        Value::Null => {}
        Value::Bool(flag) => hasher.update(if *flag { b"1\0" } else { b"0\0" }),
        Value::Number(number) => {
            hasher.update(number.to_string().as_bytes());
            hasher.update(b"\0");
        }
        Value::String(text) => {
            hasher.update(text.as_bytes());
            hasher.update(b"\0");
        }
        Value::Array(items) => {
            items.iter().for_each(|item| leaves(item, hasher));
            hasher.update(b"]");
        }
        Value::Object(fields) => fields.values().for_each(|field| leaves(field, hasher)),
    }
}

/// What a decision asks of the board. Each procedure stands once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acts {
    /// Sheets that are new.
    pub hang: Vec<ProcedureCode>,
    /// Sheets that take the place of an older version.
    pub renew: Vec<ProcedureCode>,
    /// Sheets to take down; the site need not know these procedures.
    pub remove: Vec<ProcedureCode>,
    /// Procedures that the site has no record of, so there is no sheet to print.
    pub unknown: Vec<ProcedureCode>,
    /// Procedures that later decisions have ended: nothing is left to do.
    pub past: usize,
}

impl Acts {
    /// Of one decision, as things stand on the day of the build.
    pub fn of(model: &Model, decision: &Decision) -> Self {
        let mut acts = Self::default();
        let coming = decision.takes_effect() > model.as_of.date();
        for item in &decision.items {
            for old in &item.replaces {
                acts.end(model, old, coming);
            }
            if item.change == Change::Abolish {
                acts.end(model, &item.procedure, coming);
                continue;
            }
            let Some(filed) = model.procedure(&item.procedure) else {
                acts.unknown.push(item.procedure.clone());
                continue;
            };
            let code = &filed.record.code;
            if !model.state(code).standing.is_current() {
                acts.past += 1;
                continue;
            }
            let list = match item.change {
                Change::Amend | Change::Standardise => &mut acts.renew,
                _ => &mut acts.hang,
            };
            if !list.contains(code) {
                list.push(code.clone());
            }
        }
        // One item may replace what another renews: then there is nothing to print for it.
        let gone = |code: &ProcedureCode| acts.remove.contains(code);
        acts.hang = acts.hang.iter().filter(|code| !gone(code)).cloned().collect();
        acts.renew = acts.renew.iter().filter(|code| !gone(code)).cloned().collect();
        acts
    }

    /// A procedure that the decision ends, unless something later brought it back.
    fn end(&mut self, model: &Model, code: &ProcedureCode, coming: bool) {
        let known = model.procedure(code).map(|filed| &filed.record.code);
        let code = known.unwrap_or(code);
        let back = known.is_some_and(|code| model.state(code).standing.is_current());
        if (coming || !back) && !self.remove.contains(code) {
            self.remove.push(code.clone());
        }
    }

    /// The fields whose lists change: of the procedures that the site knows, in the order of their codes.
    pub fn fields<'m>(&self, model: &'m Model) -> Vec<&'m Code> {
        let touched = self.hang.iter().chain(&self.renew).chain(&self.remove);
        let mut fields: Vec<&Code> =
            touched.filter_map(|code| Some(&model.procedures.get(code)?.record.field)).collect();
        fields.retain(|code| model.fields.contains_key(*code));
        fields.sort();
        fields.dedup();
        fields
    }
}

/// What a person asks to have on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// What one decision asks of the board: by its number.
    Decision(String),
    /// The folder of one field: by its code.
    Field(String),
    /// One procedure: by its code.
    Procedure(String),
    /// The notice on petitions.
    Notice,
    /// Everything.
    All,
}

/// One sheet to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its page.
    pub path: RoutePath,
    /// The name of its file, without extension.
    pub file: String,
    /// What it is, in Vietnamese.
    pub title: String,
}

/// What came of a person's choices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The sheets, each once, in the order in which they go into the folder.
    pub sheets: Vec<Sheet>,
    /// What is to be taken down: code and name, if the site knows it.
    pub remove: Vec<(ProcedureCode, Option<String>)>,
    /// Procedures without a sheet worth posting, and why.
    pub passed: Vec<(ProcedureCode, Passed)>,
}

/// Why a procedure gets no sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// It is replaced or abolished.
    Ended,
    /// Its record has no more than name and field.
    Sparse,
    /// The site has no record of it.
    Unknown,
}

/// A choice that names nothing of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuch {
    /// The choice.
    pub choice: Choice,
    /// What was perhaps meant, one of these.
    pub near: Vec<String>,
}

/// The sheets that these choices ask for.
pub fn choose(plan: &SitePlan<'_>, choices: &[Choice]) -> Result<Chosen, NoSuch> {
    let mut chosen = Chosen::default();
    for choice in choices {
        chosen.add(plan, choice)?;
    }
    Ok(chosen)
}

impl Chosen {
    fn add(&mut self, plan: &SitePlan<'_>, choice: &Choice) -> Result<(), NoSuch> {
        let model = plan.model;
        match choice {
            Choice::Notice => self.notice(plan),
            Choice::All => {
                self.notice(plan);
                for field in model.fields.keys() {
                    self.folder(plan, field);
                }
                // A record may name a field that the directory does not have; it has a sheet all the same.
                for code in model.procedures.keys() {
                    self.procedure(plan, code, false);
                }
            }
            Choice::Field(text) => {
                let Some(code) = model.fields.keys().find(|code| code.as_str() == text) else {
                    let near = nearest(text, model.fields.keys().map(Code::as_str));
                    return Err(no_such(choice, near));
                };
                self.folder(plan, code);
            }
            Choice::Procedure(text) => {
                let mut codes = model.procedures.keys();
                let found = codes.find(|code| code.as_str() == text || code.national() == text);
                let Some(code) = found else {
                    let near = nearest(text, model.procedures.keys().map(ProcedureCode::as_str));
                    return Err(no_such(choice, near));
                };
                self.procedure(plan, code, true);
            }
            Choice::Decision(text) => {
                let decision =
                    decision(model, text).map_err(|near| NoSuch { choice: choice.clone(), near })?;
                let acts = Acts::of(model, &decision.record);
                for code in acts.hang.iter().chain(&acts.renew) {
                    self.procedure(plan, code, false);
                }
                for field in acts.fields(model) {
                    self.field(plan, field);
                }
                for code in &acts.remove {
                    let name = model.procedures.get(code).map(|filed| filed.record.name.as_str().to_owned());
                    if !self.remove.iter().any(|(known, _)| known == code) {
                        self.remove.push((code.clone(), name));
                    }
                }
                self.passed.extend(acts.unknown.iter().map(|code| (code.clone(), Passed::Unknown)));
            }
        }
        Ok(())
    }

    fn sheet(&mut self, plan: &SitePlan<'_>, path: RoutePath, file: String, title: String) {
        if plan.routes.contains_key(&path) && !self.sheets.iter().any(|sheet| sheet.path == path) {
            self.sheets.push(Sheet { path, file, title });
        }
    }

    fn notice(&mut self, plan: &SitePlan<'_>) {
        let title = "Thông báo tiếp nhận phản ánh, kiến nghị".to_owned();
        self.sheet(plan, urls::petition_notice(), "phan-anh".to_owned(), title);
    }

    fn folder(&mut self, plan: &SitePlan<'_>, field: &Code) {
        self.field(plan, field);
        let codes = plan.model.procedures_of_field.get(field).map(Vec::as_slice).unwrap_or_default();
        for code in codes {
            self.procedure(plan, code, false);
        }
    }

    /// The cover and the list of a field.
    fn field(&mut self, plan: &SitePlan<'_>, field: &Code) {
        let name = plan.model.fields.get(field).map_or(field.as_str(), |field| field.record.name.as_str());
        let title = format!("Bìa và mục lục: {name}");
        self.sheet(plan, urls::field_cover(field), format!("linh-vuc-{field}-bia"), title);
        let title = format!("Danh sách thủ tục: {name}");
        self.sheet(plan, urls::field_sheet(field), format!("linh-vuc-{field}"), title);
    }

    /// The sheet of a procedure. One that holds nothing is made only if it is `named`.
    fn procedure(&mut self, plan: &SitePlan<'_>, code: &ProcedureCode, named: bool) {
        let model = plan.model;
        let Some(filed) = model.procedures.get(code) else { return };
        let why = match model.state(code).standing.is_current() {
            false => Some(Passed::Ended),
            true => (listing::is_sparse(&filed.record) && !named).then_some(Passed::Sparse),
        };
        match why {
            Some(_) if self.passed.iter().any(|(known, _)| known == code) => {}
            Some(why) => self.passed.push((code.clone(), why)),
            None => {
                let title = format!("{code} {}", filed.record.name);
                self.sheet(plan, urls::procedure_sheet(code), code.to_string(), title);
            }
        }
    }
}

fn no_such(choice: &Choice, near: Option<&str>) -> NoSuch {
    NoSuch { choice: choice.clone(), near: near.into_iter().map(str::to_owned).collect() }
}

/// The decision of this number, or of this last part of an address where numbers repeat. Numbers are
/// often typed without marks and in small letters.
fn decision<'m>(model: &'m Model, text: &str) -> Result<&'m Filed<Decision>, Vec<String>> {
    if let Some(decision) = model.decisions.get(&DecisionId(text.to_owned())) {
        return Ok(decision);
    }
    let wanted = fold(text);
    let of_number = || {
        let all = model.decisions.iter();
        all.filter(|(_, decision)| fold(decision.record.number.as_str()) == wanted)
    };
    match of_number().count() {
        1 => of_number().next().map(|(_, decision)| decision).ok_or_else(Vec::new),
        0 => {
            let numbers = model.decisions.values().map(|decision| decision.record.number.as_str());
            Err(nearest(text, numbers).into_iter().map(str::to_owned).collect())
        }
        _ => Err(of_number().map(|(id, _)| id.0.clone()).collect()),
    }
}

/// The version that the sheet of a procedure must have today; none where there is no sheet.
pub fn sheet_version(cx: &PageCx<'_>, code: &ProcedureCode) -> Option<String> {
    let filed = cx.model().procedures.get(code)?;
    if !cx.model().state(code).standing.is_current() {
        return None;
    }
    Some(cx.plan.sheets.get(code, || {
        // As seen from its own page, since the links in its text are part of it.
        let path = urls::procedure_sheet(code);
        let there = PageCx { plan: cx.plan, path: &path };
        version(&procedure_sheet::body(&there, &filed.record))
    }))
}

/// The versions of the sheets of procedures. A sheet, the cover of its folder and the list of what has to
/// hang all name one, and it takes the whole content of the sheet to know it: so it is kept once known.
#[derive(Debug)]
pub struct SheetVersions(BTreeMap<ProcedureCode, OnceLock<String>>);

impl SheetVersions {
    /// For these records; nothing is worked out yet.
    pub fn new(model: &Model) -> Self {
        Self(model.procedures.keys().map(|code| (code.clone(), OnceLock::new())).collect())
    }

    /// The version of a procedure's sheet, worked out by `make` if nobody asked before.
    pub fn get(&self, code: &ProcedureCode, make: impl FnOnce() -> String) -> String {
        match self.0.get(code) {
            Some(known) => known.get_or_init(make).clone(),
            None => make(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;
    use crate::plan::view::ThemeAssets;
    use crate::record::scalar::Scalar;

    const FIELDS: (&str, &str) = ("danh-muc/linh-vuc.yaml", "- {ma: mot, ten: Một}\n- {ma: hai, ten: Hai}\n");

    fn procedure(code: &str, field: &str) -> (String, String) {
        let text = format!("ma: '{code}'\nten: Thủ tục {code}\nlinh_vuc: {field}\ntrinh_tu: [Nộp]\n");
        (format!("thu-tuc/{code}.yaml"), text)
    }

    fn decision(file: &str, number: &str, signed: &str, items: &str) -> (String, String) {
        let text = format!("so: {number}\nngay_ky: {signed}\nco_quan: A\ntrich_yeu: B\nmuc:\n{items}");
        (format!("quyet-dinh/{file}.yaml"), text)
    }

    fn site(day: &str, files: &[(String, String)]) -> Model {
        let mut all = vec![FIELDS];
        all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        model(day, &all)
    }

    fn code(text: &str) -> ProcedureCode {
        ProcedureCode::parse(text).expect("a good code")
    }

    /// New, amended, replaced, abolished, unknown, and one that a later decision ends.
    fn files() -> Vec<(String, String)> {
        vec![
            procedure("1.000001", "mot"),
            procedure("1.000002", "mot"),
            procedure("1.000003", "hai"),
            procedure("1.000004", "hai"),
            procedure("1.000005", "hai"),
            decision(
                "a",
                "1/QĐ-A",
                "2025-01-01",
                "- {thu_tuc: '1.000003', loai: ban_hanh_moi}\n- {thu_tuc: '1.000004', loai: ban_hanh_moi}\n- {thu_tuc: '1.000005', loai: ban_hanh_moi}\n",
            ),
            decision(
                "b",
                "2/QĐ-A",
                "2026-01-01",
                "- {thu_tuc: '1.000001', loai: ban_hanh_moi}\n- {thu_tuc: '1.000002', loai: thay_the, thay_cho: ['1.000003']}\n\
                 - {thu_tuc: '1.000004', loai: bai_bo}\n- {thu_tuc: '1.000005', loai: sua_doi_bo_sung}\n\
                 - {thu_tuc: '1.000009', loai: ban_hanh_moi}\n- {thu_tuc: '1.000008', loai: bai_bo}\n",
            ),
        ]
    }

    fn acts(model: &Model, id: &str) -> Acts {
        Acts::of(model, &model.decisions[&DecisionId(id.to_owned())].record)
    }

    #[test]
    fn a_decision_says_what_to_hang_and_what_to_take_down() {
        let model = site("2026-06-01", &files());
        assert_eq!(
            acts(&model, "2-qd-a"),
            Acts {
                hang: vec![code("1.000001"), code("1.000002")],
                renew: vec![code("1.000005")],
                remove: vec![code("1.000003"), code("1.000004"), code("1.000008")],
                unknown: vec![code("1.000009")],
                past: 0,
            }
        );
        // Of the older decision one procedure is left, which was amended since.
        let old = acts(&model, "1-qd-a");
        assert_eq!((old.hang, old.renew, old.remove, old.past), (vec![code("1.000005")], vec![], vec![], 2));
    }

    #[test]
    fn what_a_coming_decision_ends_is_named_before_its_day() {
        let model = site("2025-06-01", &files());
        let coming = acts(&model, "2-qd-a");
        assert_eq!(coming.remove, [code("1.000003"), code("1.000004"), code("1.000008")]);
        assert_eq!(coming.hang, [code("1.000001"), code("1.000002")]);
    }

    #[test]
    fn what_was_brought_back_stays_on_the_board() {
        let mut files = files();
        files.push(decision("c", "3/QĐ-A", "2026-03-01", "- {thu_tuc: '1.000004', loai: ban_hanh_moi}\n"));
        let model = site("2026-06-01", &files);
        assert_eq!(acts(&model, "2-qd-a").remove, [code("1.000003"), code("1.000008")]);
        assert_eq!(acts(&model, "3-qd-a").hang, [code("1.000004")]);
    }

    fn chosen(model: &Model, choices: &[Choice]) -> Result<Vec<String>, NoSuch> {
        let (plan, _) = plan::site(model, &ThemeAssets::new());
        Ok(choose(&plan, choices)?.sheets.into_iter().map(|sheet| sheet.file).collect())
    }

    #[test]
    fn choices_name_sheets_each_once() {
        let model = site("2026-06-01", &files());
        let text = |text: &str| text.to_owned();
        let of = |choices: &[Choice]| chosen(&model, choices).expect("all known");
        let lists = ["linh-vuc-hai-bia", "linh-vuc-hai", "linh-vuc-mot-bia", "linh-vuc-mot"];
        let sheets = ["1.000001", "1.000002", "1.000005"];
        assert_eq!(of(&[Choice::Decision(text("2/qd-a"))]), [&sheets[..], &lists[..]].concat());
        assert_eq!(of(&[Choice::Decision(text("2-qd-a"))]), [&sheets[..], &lists[..]].concat());
        assert_eq!(
            of(&[Choice::Field(text("hai")), Choice::Procedure(text("1.000005"))]),
            ["linh-vuc-hai-bia", "linh-vuc-hai", "1.000005"]
        );
        assert_eq!(of(&[Choice::Procedure(text("1.000003"))]), [""; 0], "it has ended");
        assert_eq!(of(&[Choice::All]).len(), 1 + 4 + 3);
        assert_eq!(of(&[Choice::All, Choice::Notice]).len(), 8);
    }

    #[test]
    fn a_choice_that_names_nothing_says_what_was_perhaps_meant() {
        let mut files = files();
        files.push(decision("d", "2/QĐ-A", "2025-02-01", "- {thu_tuc: '1.000001', loai: chuan_hoa}\n"));
        let model = site("2026-06-01", &files);
        let near = |choice: Choice| chosen(&model, &[choice]).expect_err("unknown").near;
        assert_eq!(near(Choice::Field("hau".into())), ["hai"]);
        assert_eq!(near(Choice::Procedure("1.00001".into())).len(), 1);
        // The number was given twice: only the last part of the address tells the two apart.
        assert_eq!(near(Choice::Decision("2/QĐ-A".into())), ["2-qd-a", "2-qd-a-2026"]);
    }

    #[test]
    fn a_version_changes_with_every_word_and_with_nothing_else() {
        let version_on = |day: &str, files: &[(String, String)]| {
            let model = site(day, files);
            let (plan, _) = plan::site(&model, &ThemeAssets::new());
            let path = urls::postings();
            sheet_version(&PageCx { plan: &plan, path: &path }, &code("1.000001"))
        };
        let files = files();
        let first = version_on("2026-06-01", &files);
        assert!(first.as_ref().is_some_and(|version| version.len() == 6), "{first:?}");
        assert_eq!(first, version_on("2027-06-01", &files), "the day of print is no part of it");
        assert_eq!(first, version_on("2025-06-01", &files), "a sheet may be printed before its day");
        let mut other = files.clone();
        other[0].1 = other[0].1.replace("[Nộp]", "[Nộp.]");
        assert_ne!(first, version_on("2026-06-01", &other));
        // A word that moves from one field to the next is a change too.
        assert_ne!(version(&(vec!["a", "b"], vec!["c"])), version(&(vec!["a"], vec!["b", "c"])));
        let model = site("2026-06-01", &files);
        let (plan, _) = plan::site(&model, &ThemeAssets::new());
        let path = urls::postings();
        assert_eq!(
            sheet_version(&PageCx { plan: &plan, path: &path }, &code("1.000003")),
            None,
            "it has ended"
        );
    }

    #[test]
    fn every_sheet_has_a_code_that_leads_to_its_page() {
        use crate::plan::view::View;
        let model = site("2026-06-01", &files());
        let (plan, _) = plan::site(&model, &ThemeAssets::new());
        let mut seen = 0;
        for (path, route) in &plan.routes {
            let print = match plan.view(path, route).1 {
                View::ProcedureSheet(view) => view.print,
                View::FieldSheet(view) => view.print,
                View::FieldCover(view) => view.print,
                View::PetitionNotice(view) => view.print,
                _ => continue,
            };
            seen += 1;
            let url = crate::qr::tests::decoded(&print.qr_html.expect("short enough"));
            assert_eq!(url.split_once("://").map(|(_, rest)| rest), Some(print.address.as_str()));
            let to =
                url.strip_prefix(plan.site.base_url.trim_end_matches('/')).expect("an address of the site");
            assert!(plan.routes.contains_key(&RoutePath::new(to).expect("a good address")), "{url}");
            assert!(path.as_str().starts_with(to) && path.as_str() != to, "{path} leads to {url}");
        }
        assert_eq!(seen, 5 + 2 + 2 + 1);
    }
}
