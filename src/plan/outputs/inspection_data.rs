//! Inspections as open data. Only what is published, never an editor's note.

use serde::Serialize;

use super::csv;
use super::data::{SourceData, json};
use crate::base::path::OutPath;
use crate::model::inspection::Stage;
use crate::plan::inspections::{self, Known};
use crate::plan::links::PageCx;
use crate::plan::pieces;
use crate::plan::view::{LinkView, text};
use crate::plan::{SitePlan, urls};

const JSON: &str = "/du-lieu/kiem-tra.json";
const CSV: &str = "/du-lieu/kiem-tra.csv";

/// The inspections as data, as a page links to them.
pub fn links(cx: &PageCx<'_>) -> Vec<LinkView> {
    vec![
        cx.link(&urls::fixed(JSON), "Dữ liệu mở: kiểm tra (JSON)"),
        cx.link(&urls::fixed(CSV), "Dữ liệu mở: kiểm tra (CSV)"),
    ]
}

/// The files of data; none on a site without the page.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    if !plan.routes.contains_key(&urls::inspections()) {
        return Vec::new();
    }
    let all = inspections::newest_first(plan.model);
    let records: Vec<Data> = all.into_iter().map(|known| Data::new(plan, known)).collect();
    let rows: Vec<Vec<String>> = records.iter().map(Data::row).collect();
    vec![
        (urls::fixed(JSON).out_path(), json(&records)),
        (urls::fixed(CSV).out_path(), csv::table(HEADINGS, &rows)),
    ]
}

const HEADINGS: &[&str] = &[
    "ma",
    "ten",
    "tu_ngay",
    "den_ngay",
    "don_vi",
    "ten_don_vi",
    "quyet_dinh",
    "noi_dung",
    "truyen_thong",
    "ket_luan",
    "tep",
    "trang_thai",
    "ten_trang_thai",
    "han_ket_luan",
    "tre_ngay_lam_viec",
    "nguon",
    "lien_ket_nguon",
    "minh_hoa",
    "tinh_den_ngay",
    "dia_chi",
];

/// An inspection as data. Keys are those of the record; what is computed comes after it.
#[derive(Debug, Serialize)]
struct Data {
    ma: String,
    ten: String,
    ngay: Days,
    don_vi: Vec<String>,
    quyet_dinh: Option<String>,
    noi_dung: String,
    truyen_thong: Option<String>,
    ket_luan: Option<String>,
    tep: Option<String>,
    nguon: Option<SourceData>,
    minh_hoa: bool,
    ten_don_vi: Vec<String>,
    trang_thai: &'static str,
    ten_trang_thai: &'static str,
    han_ket_luan: Option<String>,
    tre_ngay_lam_viec: u32,
    tinh_den_ngay: String,
    dia_chi: String,
}

#[derive(Debug, Serialize)]
struct Days {
    tu: String,
    den: String,
}

impl Data {
    fn new(plan: &SitePlan<'_>, (filed, course): Known<'_>) -> Self {
        let model = plan.model;
        let record = &filed.record;
        let begun = course.stage != Stage::Announced;
        let page = plan.site.absolute(&urls::inspections());
        Self {
            ma: record.code.to_string(),
            ten: inspections::title(record),
            ngay: Days { tu: record.days.from.0.to_string(), den: record.days.to.0.to_string() },
            don_vi: record.units.iter().map(ToString::to_string).collect(),
            quyet_dinh: text(record.decision.as_ref()),
            noi_dung: record.content.as_str().to_owned(),
            truyen_thong: text(record.explained.as_ref().filter(|_| begun)),
            ket_luan: text(record.conclusion.as_ref().filter(|_| begun)),
            tep: record.file.as_ref().filter(|_| begun).and_then(|file| {
                let (path, _) = model.asset(file)?;
                Some(format!("{}{path}", plan.site.base_url))
            }),
            nguon: SourceData::new(record.source.as_ref()),
            minh_hoa: record.illustrative.0,
            ten_don_vi: record.units.iter().map(|unit| pieces::unit_name(model, unit)).collect(),
            trang_thai: course.stage.key(),
            ten_trang_thai: course.stage.label(),
            han_ket_luan: course.due.map(|day| day.to_string()),
            tre_ngay_lam_viec: course.late,
            tinh_den_ngay: model.as_of.date().to_string(),
            dia_chi: format!("{page}#{}", urls::record_anchor(&record.code)),
        }
    }

    fn row(&self) -> Vec<String> {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let source = self.nguon.as_ref();
        vec![
            self.ma.clone(),
            self.ten.clone(),
            self.ngay.tu.clone(),
            self.ngay.den.clone(),
            self.don_vi.join("; "),
            self.ten_don_vi.join("; "),
            or_empty(&self.quyet_dinh),
            self.noi_dung.clone(),
            or_empty(&self.truyen_thong),
            or_empty(&self.ket_luan),
            or_empty(&self.tep),
            self.trang_thai.to_owned(),
            self.ten_trang_thai.to_owned(),
            or_empty(&self.han_ket_luan),
            self.tre_ngay_lam_viec.to_string(),
            source.map(|source| source.ten.clone()).unwrap_or_default(),
            source.and_then(|source| source.lien_ket.clone()).unwrap_or_default(),
            self.minh_hoa.to_string(),
            self.tinh_den_ngay.clone(),
            self.dia_chi.clone(),
        ]
    }
}
