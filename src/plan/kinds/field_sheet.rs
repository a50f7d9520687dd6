//! The list of a field's procedures for the board: a table that runs over as many sides as it needs.

use serde::Serialize;

use super::field::UnitView;
use super::{Head, PageKind, View};
use crate::model::Filed;
use crate::model::state::Standing;
use crate::plan::facts::{self, Certainty, Fact};
use crate::plan::links::PageCx;
use crate::plan::posting::PrintView;
use crate::plan::view::{DateView, LinkView};
use crate::plan::{Subject, listing, pieces, urls};
use crate::qr;
use crate::record::directory::Field;
use crate::record::procedure::{FeeKind, Procedure};
use crate::vi::typography::{heading, nbsp};

/// The list of a field.
pub const KIND: PageKind = PageKind {
    name: "field-sheet",
    routes: |model| {
        let fields = model.fields.values();
        fields
            .map(|field| {
                let code = field.record.code.clone();
                (urls::field_sheet(&code), Subject::Field(code), field.place())
            })
            .collect()
    },
    view,
};

/// What the page of a list shows.
#[derive(Debug, Serialize)]
pub struct FieldSheetView {
    /// What is printed.
    pub body: FieldSheetBody,
    /// The codes that lead to the pages of the rows. No part of the body: a code says what its row says, and how it is
    /// drawn makes no sheet old.
    pub codes_html: Vec<Option<String>>,
    /// The cover of the folder.
    pub cover: LinkView,
    /// Address, QR code, version and day of print.
    pub print: PrintView,
}

/// What is printed on a list. Its version changes with any of this.
#[derive(Debug, Serialize)]
pub struct FieldSheetBody {
    /// The agency.
    pub agency: String,
    /// Its parent agency.
    pub parent: Option<String>,
    /// Name of the field, compounds held together.
    pub heading: String,
    /// The unit in charge.
    pub unit: Option<UnitView>,
    /// The procedures in use, from A to Z.
    pub rows: Vec<FieldSheetRow>,
    /// How many of them are done online from end to end.
    pub online: usize,
    /// Some figure needs the page or the sheet of the procedure to be understood.
    pub has_cases: bool,
    /// The address in its QR code.
    pub url: String,
}

/// A procedure in the list.
#[derive(Debug, Serialize)]
pub struct FieldSheetRow {
    /// Its code.
    pub code: String,
    /// Its sheet, by its name.
    pub sheet: LinkView,
    /// How long it takes.
    pub deadline: Cell,
    /// How much it costs.
    pub fee: Cell,
    /// How much is done online; none where the record is silent.
    pub level: Option<&'static str>,
    /// From when it applies, where that day is still to come.
    pub coming: Option<DateView>,
    /// Made-up data, not a real procedure.
    pub illustrative: bool,
}

/// An answer in a cell of the table.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// The answer.
    pub value: String,
    /// The answer needs more words than a cell has: they stand on the sheet of the procedure.
    pub more: bool,
    /// The record is silent.
    pub unknown: bool,
}

impl Cell {
    fn new(fact: Fact) -> Self {
        let value = match fact.certainty {
            Certainty::Doubtful => "Chưa thống nhất, hãy hỏi nơi tiếp nhận".to_owned(),
            Certainty::Unknown => "–".to_owned(),
            Certainty::Certain => nbsp(&fact.value).into_owned(),
        };
        // That a fee is a fee goes without saying in its column.
        let kinds = [FeeKind::Fee, FeeKind::Charge, FeeKind::Price].map(FeeKind::label);
        let says = |note: &String| note.split("; ").any(|part| !kinds.contains(&part));
        let more = fact.certainty == Certainty::Certain && fact.notes.iter().any(says);
        Self { value, more, unknown: fact.certainty == Certainty::Unknown }
    }
}

/// The procedures of a field that are in use, in the order of a list.
pub fn current<'m>(cx: &PageCx<'m>, field: &Field) -> Vec<&'m Filed<Procedure>> {
    let model = cx.model();
    let codes = model.procedures_of_field.get(&field.code).map(Vec::as_slice).unwrap_or_default();
    let mut all = listing::in_order(cx.model(), codes.iter());
    all.retain(|filed| model.state(&filed.record.code).standing.is_current());
    all
}

fn row(cx: &PageCx<'_>, procedure: &Procedure) -> FieldSheetRow {
    let state = cx.model().state(&procedure.code);
    let name = listing::list_name(procedure.name.as_str());
    FieldSheetRow {
        code: procedure.code.to_string(),
        sheet: cx.link(&urls::procedure_sheet(&procedure.code), nbsp(&name)),
        deadline: Cell::new(facts::deadline(procedure)),
        fee: Cell::new(facts::fee(procedure)),
        level: listing::online_level(procedure).map(|level| level.label()),
        coming: state.since.filter(|_| state.standing == Standing::Coming).map(Into::into),
        illustrative: procedure.illustrative.0,
    }
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let Subject::Field(code) = subject else { unreachable!("the routes of this kind are fields") };
    let field = &cx.model().fields[code].record;
    let to = urls::field(code);
    let current = current(cx, field);
    let rows: Vec<FieldSheetRow> = current.iter().map(|filed| row(cx, &filed.record)).collect();
    let site = &cx.plan.site;
    let body = FieldSheetBody {
        agency: site.name.clone(),
        parent: site.parent.clone(),
        heading: heading(field.name.as_str()).into_owned(),
        unit: UnitView::of_field(cx, field),
        online: cx.plan.in_use().of_field(code).online,
        has_cases: rows.iter().any(|row| row.deadline.more || row.fee.more),
        rows,
        url: cx.absolute(&to),
    };
    let name = field.name.as_str();
    let head = pieces::head(
        cx,
        "WebPage",
        format!("Danh sách niêm yết: {name}"),
        format!("Bản in khổ A4: {} thủ tục lĩnh vực {name}, có mã QR.", body.rows.len()),
        &[(urls::fixed("/linh-vuc/"), "Lĩnh vực"), (to.clone(), name)],
        Vec::new(),
    );
    let qr_of = |filed: &&Filed<Procedure>| {
        let code = &filed.record.code;
        qr::small(&cx.absolute(&urls::procedure(code)), &format!("Mã QR của {code}"))
    };
    let view = FieldSheetView {
        codes_html: current.iter().map(qr_of).collect(),
        cover: cx.link(&urls::field_cover(code), "Bìa và mục lục của tập này"),
        print: PrintView::new(cx, &to, "Trang của lĩnh vực này", &body),
        body,
    };
    (head, View::FieldSheet(Box::new(view)))
}
