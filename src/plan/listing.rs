//! Lists of procedures from A to Z: rows, letters, and the name that a list goes by.

use serde::Serialize;

use std::collections::BTreeMap;

use super::facts::{self, Certainty};
use super::links::PageCx;
use super::list_tools::{CheckView, OptionView, RowData, SelectView, ToolsView};
use super::urls;
use super::view::{LinkView, TagView};
use crate::model::state::Standing;
use crate::model::{Filed, Model};
use crate::record::procedure::{Audience, OnlineLevel, Procedure};
use crate::record::scalar::ProcedureCode;
use crate::vi::collate;
pub use crate::vi::name::list_name;
use crate::vi::typography::nbsp;

/// How many procedures a list may have before its rows hold the name and code alone.
pub const LONGEST_FULL_LIST: usize = 300;

/// How many procedures one list may have; more are divided by letter.
pub const LONGEST_LIST: usize = 500;

/// How many procedures a page of a part has.
pub const ON_A_PAGE: usize = 300;

/// A part of the procedures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Those in use whose names begin with this letter; `#` is any other sign.
    Letter(char),
    /// Replaced and abolished ones.
    Ended,
}

impl Part {
    /// The part that a procedure belongs to.
    pub fn of(model: &Model, filed: &Filed<Procedure>) -> Self {
        if !model.state(&filed.record.code).standing.is_current() {
            return Part::Ended;
        }
        let initial = collate::initial(&list_name(filed.record.name.as_str()));
        // Whatever has no place of its own stands together.
        if letter_key(initial) == OTHER { Part::Letter('#') } else { Part::Letter(initial) }
    }

    /// The letter, or what they have in common.
    pub fn title(self) -> String {
        match self {
            Part::Letter(letter) => letter_names(letter).0,
            Part::Ended => "Không còn áp dụng".to_owned(),
        }
    }
}

/// The parts with their procedures in the order of a list, the parts in the order of the alphabet; none
/// where one list holds all.
pub fn parts(model: &Model) -> Vec<(Part, Vec<ProcedureCode>)> {
    if model.procedures.len() <= LONGEST_LIST {
        return Vec::new();
    }
    let mut parts: BTreeMap<Part, Vec<ProcedureCode>> = BTreeMap::new();
    for filed in in_order(model, model.procedures.keys()) {
        parts.entry(Part::of(model, filed)).or_default().push(filed.record.code.clone());
    }
    let mut parts: Vec<_> = parts.into_iter().collect();
    parts.sort_by_cached_key(|(part, _)| match part {
        Part::Letter('#') => (1, Vec::new()),
        Part::Letter(letter) => (0, collate::key(&letter.to_string())),
        Part::Ended => (2, Vec::new()),
    });
    parts
}

/// A procedure in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProcedureRow {
    /// Its page, by the name that lists go by.
    pub link: LinkView,
    /// Its code.
    pub code: String,
    /// The name of its field, where the list holds several fields.
    pub field: Option<String>,
    /// Name, deadline and fee in few words, as far as they are certain.
    pub facts: Vec<String>,
    /// What is to be seen at once: done online, coming, abolished.
    pub tags: Vec<TagView>,
    /// What it can be filtered by, in a list that has a form.
    pub data: Option<RowData>,
}

/// The rows of one letter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LetterGroup {
    /// The letter: A Ă Â B … or “Khác”.
    pub letter: String,
    /// Its place on the page.
    pub id: String,
    /// Its procedures.
    pub rows: Vec<ProcedureRow>,
}

/// The procedures with these codes in the order of a list.
pub fn in_order<'m>(
    model: &'m Model,
    codes: impl Iterator<Item = &'m ProcedureCode>,
) -> Vec<&'m Filed<Procedure>> {
    let mut filed: Vec<_> = codes.filter_map(|code| model.procedures.get(code)).collect();
    filed.sort_by_cached_key(|filed| {
        let code = &filed.record.code;
        (model.name_orders.get(code).map(|order| &order.listed), code)
    });
    filed
}

/// What a row shows beside name and code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// The field.
    pub field: bool,
    /// Deadline, fee and whether it is done online.
    pub facts: bool,
    /// What the form filters and sorts by.
    pub data: bool,
}

/// One row.
pub fn row(cx: &PageCx<'_>, filed: &Filed<Procedure>, columns: Columns) -> ProcedureRow {
    let procedure = &filed.record;
    let model = cx.model();
    let name = list_name(procedure.name.as_str());
    let field = model.fields.get(&procedure.field).filter(|_| columns.field);
    let mut row = ProcedureRow {
        link: cx.link(&urls::procedure(&procedure.code), nbsp(&name)),
        code: procedure.code.to_string(),
        field: field.map(|field| field.record.name.as_str().to_owned()),
        facts: Vec::new(),
        tags: Vec::new(),
        data: columns.data.then(|| row_data(model, procedure)),
    };
    let standing = model.state(&procedure.code).standing;
    if !standing.is_current() || standing == Standing::Coming {
        row.tags.push(TagView::of_standing(standing));
    }
    if columns.facts && standing.is_current() {
        if is_sparse(procedure) {
            row.facts.push("mới có tên và lĩnh vực".to_owned());
        } else {
            row.facts.extend(short_facts(procedure));
        }
        if online_level(procedure) == Some(OnlineLevel::Full) {
            row.tags.push(TagView::new("Trực tuyến toàn trình", "info"));
        }
    }
    row
}

/// Names in the address, of what a list of procedures can be filtered by.
mod name {
    pub(super) const FIELD: &str = "linh-vuc";
    pub(super) const LEVEL: &str = "muc";
    pub(super) const AUDIENCE: &str = "doi-tuong";
    pub(super) const STANDING: &str = "trang-thai";
    pub(super) const PAYMENT: &str = "thanh-toan";
    pub(super) const CODE: &str = "ma";
}

fn row_data(model: &Model, procedure: &Procedure) -> RowData {
    let mut values = vec![(name::FIELD, procedure.field.to_string())];
    values.extend(online_level(procedure).map(|level| (name::LEVEL, level.key().to_owned())));
    values.extend(procedure.audiences.iter().map(|who| (name::AUDIENCE, who.key().to_owned())));
    values.push((name::STANDING, model.state(&procedure.code).standing.key().to_owned()));
    let payment = procedure.online.as_ref().and_then(|online| online.payment);
    values.extend(payment.filter(|flag| flag.0).map(|_| (name::PAYMENT, "co".to_owned())));
    let field = model.fields.keys().position(|code| *code == procedure.field).unwrap_or(model.fields.len());
    let order = [(name::CODE, procedure.code.to_string()), (name::FIELD, format!("{field:03}"))];
    let keywords: Vec<&str> = procedure.keywords.iter().map(|word| word.as_str()).collect();
    RowData::new(&values, &order, keywords.join(" "))
}

/// The form over these rows; none for a short list.
pub fn tools<'r>(model: &Model, rows: impl Iterator<Item = &'r ProcedureRow>) -> Option<ToolsView> {
    let mut fields: Vec<_> = model.fields.values().map(|field| &field.record).collect();
    fields.sort_by_cached_key(|field| collate::key(field.name.as_str()));
    let select = |name, label, options: Vec<OptionView>| SelectView { name, label, options };
    let fields = fields.into_iter().map(|field| OptionView::new(field.code.as_str(), field.name.as_str()));
    let levels = OnlineLevel::ALL.iter().map(|level| OptionView::new(level.key(), level.label()));
    let audiences = Audience::ALL.iter().map(|who| OptionView::new(who.key(), who.label()));
    let standings = Standing::ALL
        .iter()
        .map(|standing| OptionView::new(standing.key(), TagView::of_standing(*standing).text));
    let tools = ToolsView {
        unit: "thủ tục",
        search: "Tên, mã hoặc từ khóa",
        selects: vec![
            select(name::FIELD, "Lĩnh vực", fields.collect()),
            select(name::LEVEL, "Mức độ trực tuyến", levels.collect()),
            select(name::AUDIENCE, "Đối tượng", audiences.collect()),
            select(name::STANDING, "Trạng thái", standings.collect()),
        ],
        checks: vec![CheckView {
            name: name::PAYMENT, value: "co", label: "Trả phí trực tuyến được"
        }],
        orders: vec![
            OptionView::new("", "Tên, A đến Y"),
            OptionView::new(name::CODE, "Mã thủ tục"),
            OptionView::new(name::FIELD, "Lĩnh vực"),
        ],
    };
    tools.over(rows.filter_map(|row| row.data.as_ref()))
}

fn short_facts(procedure: &Procedure) -> Vec<String> {
    let mut out = Vec::new();
    let deadline = facts::deadline(procedure);
    match deadline.certainty {
        Certainty::Certain => out.push(deadline.value),
        Certainty::Doubtful => out.push("thời hạn ghi chưa thống nhất".to_owned()),
        Certainty::Unknown => {}
    }
    let fee = facts::fee(procedure);
    match fee.certainty {
        Certainty::Certain if fee.value == "Không thu" => out.push("không thu phí".to_owned()),
        Certainty::Certain => out.push(format!("phí: {}", uncapital(&fee.value))),
        Certainty::Doubtful => out.push("phí ghi chưa thống nhất".to_owned()),
        Certainty::Unknown => {}
    }
    out
}

fn uncapital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// How much can be done online, as far as the record says.
pub fn online_level(procedure: &Procedure) -> Option<OnlineLevel> {
    procedure.online.as_ref().and_then(|online| online.level)
}

/// Whether the record holds no more than what a directory has: its content is still to come.
pub fn is_sparse(procedure: &Procedure) -> bool {
    procedure.steps.is_empty()
        && procedure.channels.is_empty()
        && procedure.dossiers.is_empty()
        && procedure.results.is_empty()
        && procedure.conditions.is_none()
}

/// Rows by the letter that their names begin with.
pub fn by_letter(cx: &PageCx<'_>, filed: &[&Filed<Procedure>], columns: Columns) -> Vec<LetterGroup> {
    let mut groups: Vec<LetterGroup> = Vec::new();
    for filed in filed {
        let initial = collate::initial(&list_name(filed.record.name.as_str()));
        let (letter, id) = letter_names(initial);
        let row = row(cx, filed, columns);
        match groups.iter_mut().find(|group| group.id == id) {
            Some(group) => group.rows.push(row),
            None => groups.push(LetterGroup { letter, id, rows: vec![row] }),
        }
    }
    groups
}

/// The letters of the list of procedures in use, each with its place on that page.
pub fn letters(cx: &PageCx<'_>) -> Vec<(String, String)> {
    let model = cx.model();
    let current = model.procedures.values().filter(|p| model.state(&p.record.code).standing.is_current());
    let mut letters: Vec<(Vec<u8>, (String, String))> = current
        .map(|filed| collate::initial(&list_name(filed.record.name.as_str())))
        .collect::<std::collections::BTreeSet<char>>()
        .into_iter()
        .map(|initial| (collate::key(&initial.to_string()), letter_names(initial)))
        .collect();
    letters.sort();
    letters.dedup();
    letters.into_iter().map(|(_, names)| names).collect()
}

/// A letter as a title and as a place on a page: Đ is `chu-dd`, as it is typed (Telex).
fn letter_names(letter: char) -> (String, String) {
    let key = letter_key(letter);
    let title = if key == OTHER { "Khác".to_owned() } else { letter.to_string() };
    (title, format!("chu-{key}"))
}

/// What has no letter of ours in front.
const OTHER: &str = "khac";

/// A letter in an address: as it is typed (Telex).
pub fn letter_key(letter: char) -> String {
    match letter {
        'Ă' => "aw",
        'Â' => "aa",
        'Đ' => "dd",
        'Ê' => "ee",
        'Ô' => "oo",
        'Ơ' => "ow",
        'Ư' => "uw",
        c if c.is_ascii_alphabetic() => return c.to_ascii_lowercase().to_string(),
        _ => OTHER,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_thu_tuc_do_not_count_in_a_list() {
        assert_eq!(list_name("Thủ tục cấp Giấy phép"), "Cấp Giấy phép");
        assert_eq!(list_name("THỦ TỤC đăng ký"), "Đăng ký");
        assert_eq!(list_name("Thủ tục"), "Thủ tục");
        assert_eq!(list_name("Thủ tục "), "Thủ tục ");
        assert_eq!(list_name("Cấp thủ tục"), "Cấp thủ tục");
        assert_eq!(list_name(""), "");
    }

    #[test]
    fn each_letter_has_its_own_place() {
        let ids: std::collections::BTreeSet<String> =
            "AĂÂBDĐEÊOÔƠUƯ#".chars().map(|letter| letter_names(letter).1).collect();
        assert_eq!(ids.len(), 14);
    }
}
