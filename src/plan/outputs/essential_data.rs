//! The essential services as open data, JSON and CSV.

use serde::Serialize;

use super::csv;
use super::data::{SourceData, json};
use crate::base::path::OutPath;
use crate::plan::kinds::essential;
use crate::plan::links::PageCx;
use crate::plan::view::{LinkView, text};
use crate::plan::{SitePlan, urls};

const JSON: &str = "/du-lieu/dich-vu-thiet-yeu.json";
const CSV: &str = "/du-lieu/dich-vu-thiet-yeu.csv";

/// The files, as a page links to them.
pub fn links(cx: &PageCx<'_>) -> Vec<LinkView> {
    vec![
        cx.link(&urls::fixed(CSV), "Dữ liệu mở: dịch vụ công thiết yếu (CSV)"),
        cx.link(&urls::fixed(JSON), "Dữ liệu mở: dịch vụ công thiết yếu (JSON)"),
    ]
}

/// Both files.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let page = plan.site.absolute(&urls::fixed("/thiet-yeu/"));
    let services: Vec<ServiceData> = essential::in_order(plan.model)
        .into_iter()
        .map(|service| ServiceData {
            ten: service.name.as_str().to_owned(),
            dia_chi: format!("{page}#{}", essential::anchor(plan.model, service)),
            co_quan: text(service.agency.as_ref()),
            lien_ket: service.link.as_ref().map(|link| link.as_str().to_owned()),
            mo_ta: text(service.description.as_ref()),
            van_ban: service.document.as_ref().map(|number| number.to_string()),
            nguon: SourceData::new(service.source.as_ref()),
            ngay_cap_nhat: service.updated.map(|day| day.to_string()),
        })
        .collect();
    let rows: Vec<_> = services.iter().map(ServiceData::cells).collect();
    vec![
        (urls::fixed(JSON).out_path(), json(&services)),
        (urls::fixed(CSV).out_path(), csv::table(HEADINGS, &rows)),
    ]
}

const HEADINGS: &[&str] =
    &["ten", "co_quan", "lien_ket", "mo_ta", "van_ban", "nguon", "lien_ket_nguon", "ngay_cap_nhat"];

/// A service as data. Keys are those of the record.
#[derive(Debug, Serialize)]
struct ServiceData {
    ten: String,
    dia_chi: String,
    co_quan: Option<String>,
    lien_ket: Option<String>,
    mo_ta: Option<String>,
    van_ban: Option<String>,
    nguon: Option<SourceData>,
    ngay_cap_nhat: Option<String>,
}

impl ServiceData {
    fn cells(&self) -> Vec<String> {
        let cell = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            self.ten.clone(),
            cell(&self.co_quan),
            cell(&self.lien_ket),
            cell(&self.mo_ta),
            cell(&self.van_ban),
            self.nguon.as_ref().map(|source| source.ten.clone()).unwrap_or_default(),
            self.nguon.as_ref().and_then(|source| source.lien_ket.clone()).unwrap_or_default(),
            cell(&self.ngay_cap_nhat),
        ]
    }
}
