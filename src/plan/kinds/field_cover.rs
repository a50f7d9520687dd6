//! The cover of a field's folder, with the list of what must be in it: which sheet, since when, and
//! in which version. A clerk who holds it beside the folder sees what is missing or old.

use serde::Serialize;

use super::field::UnitView;
use super::{Head, PageKind, View, field_sheet};
use crate::plan::links::PageCx;
use crate::plan::posting::{self, PrintView};
use crate::plan::view::{DateView, LinkView};
use crate::plan::{Subject, listing, pieces, urls};
use crate::vi::typography::{heading, nbsp};

/// The cover of a folder.
pub const KIND: PageKind = PageKind {
    name: "field-cover",
    routes: |model| {
        let fields = model.fields.values();
        fields
            .map(|field| {
                let code = field.record.code.clone();
                (urls::field_cover(&code), Subject::Field(code), field.place())
            })
            .collect()
    },
    view,
};

/// What the page of a cover shows.
#[derive(Debug, Serialize)]
pub struct FieldCoverView {
    /// What is printed.
    pub body: FieldCoverBody,
    /// The list of the field, which lies first in the folder.
    pub list: LinkView,
    /// Address, QR code, version and day of print.
    pub print: PrintView,
}

/// What is printed on a cover. Its version changes with any of this.
#[derive(Debug, Serialize)]
pub struct FieldCoverBody {
    /// The agency.
    pub agency: String,
    /// Its parent agency.
    pub parent: Option<String>,
    /// Name of the field, compounds held together.
    pub heading: String,
    /// The unit in charge.
    pub unit: Option<UnitView>,
    /// The sheets that must be in the folder.
    pub sheets: Vec<CoverRow>,
    /// How many of them are of real procedures.
    pub real: usize,
    /// Procedures without a sheet yet, since their records hold only name and field.
    pub sparse: usize,
    /// The address in its QR code.
    pub url: String,
}

/// A sheet in the folder.
#[derive(Debug, Serialize)]
pub struct CoverRow {
    /// The code of its procedure.
    pub code: String,
    /// The sheet, by the name of its procedure.
    pub sheet: LinkView,
    /// From when it applies; none where no decision on the site says so.
    pub since: Option<DateView>,
    /// The version that must be in the folder.
    pub version: Option<String>,
    /// Made-up data, not a real procedure.
    pub illustrative: bool,
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let Subject::Field(code) = subject else { unreachable!("the routes of this kind are fields") };
    let model = cx.model();
    let field = &model.fields[code].record;
    let to = urls::field(code);
    let (sparse, whole): (Vec<_>, Vec<_>) =
        field_sheet::current(cx, field).into_iter().partition(|filed| listing::is_sparse(&filed.record));
    let site = &cx.plan.site;
    let sheets = whole.iter().map(|filed| CoverRow {
        code: filed.record.code.to_string(),
        sheet: cx.link(
            &urls::procedure_sheet(&filed.record.code),
            nbsp(&listing::list_name(filed.record.name.as_str())),
        ),
        since: model.state(&filed.record.code).since.map(Into::into),
        version: posting::sheet_version(cx, &filed.record.code),
        illustrative: filed.record.illustrative.0,
    });
    let body = FieldCoverBody {
        agency: site.name.clone(),
        parent: site.parent.clone(),
        heading: heading(field.name.as_str()).into_owned(),
        unit: UnitView::of_field(cx, field),
        sheets: sheets.collect(),
        real: whole.iter().filter(|filed| !filed.record.illustrative.0).count(),
        sparse: sparse.len(),
        url: cx.absolute(&to),
    };
    let name = field.name.as_str();
    let head = pieces::head(
        cx,
        "WebPage",
        format!("Bìa tập niêm yết: {name}"),
        format!("Bản in khổ A4: bìa và mục lục {} tờ của tập lĩnh vực {name}.", body.real),
        &[(urls::fixed("/linh-vuc/"), "Lĩnh vực"), (to.clone(), name)],
        Vec::new(),
    );
    let view = FieldCoverView {
        list: cx.link(&urls::field_sheet(code), "Danh sách thủ tục của lĩnh vực"),
        print: PrintView::new(cx, &to, "Trang của lĩnh vực này", &body),
        body,
    };
    (head, View::FieldCover(Box::new(view)))
}
