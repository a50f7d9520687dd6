//! Cuts and simplifications as open data. Only what is published, never an editor's note; what is not
//! known is `null` in JSON and an empty cell in CSV, never 0.

use std::collections::BTreeMap;

use serde::Serialize;

use super::csv;
use super::data::{SourceData, json};
use crate::base::path::OutPath;
use crate::model::Filed;
use crate::model::simplification::{Measure, changes, stage};
use crate::plan::links::PageCx;
use crate::plan::view::{LinkView, text};
use crate::plan::{SitePlan, simplifications, urls};
use crate::record::simplification::Simplification;

const JSON: &str = "/du-lieu/cat-giam.json";
const CSV: &str = "/du-lieu/cat-giam.csv";

/// The simplifications as data, as a page links to them.
pub fn links(cx: &PageCx<'_>) -> Vec<LinkView> {
    vec![
        cx.link(&urls::fixed(JSON), "Dữ liệu mở: cắt giảm, đơn giản hóa (JSON)"),
        cx.link(&urls::fixed(CSV), "Dữ liệu mở: cắt giảm, đơn giản hóa (CSV)"),
    ]
}

/// The files of data; none on a site without the page.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    if !plan.routes.contains_key(&urls::simplifications()) {
        return Vec::new();
    }
    let all = simplifications::in_order(plan.model.simplifications.values(), plan.model.as_of.date());
    let records: Vec<Data> = all.into_iter().map(|filed| Data::new(plan, filed)).collect();
    let rows: Vec<Vec<String>> = records.iter().map(Data::row).collect();
    vec![
        (urls::fixed(JSON).out_path(), json(&records)),
        (urls::fixed(CSV).out_path(), csv::table(HEADINGS, &rows)),
    ]
}

const HEADINGS: &[&str] = &[
    "ma",
    "ten",
    "thu_tuc",
    "ten_thu_tuc",
    "chuong_trinh",
    "noi_dung",
    "truoc_so_ngay",
    "sau_so_ngay",
    "bot_so_ngay",
    "truoc_so_giay_to",
    "sau_so_giay_to",
    "bot_so_giay_to",
    "truoc_phi",
    "sau_phi",
    "bot_phi",
    "truoc_chi_phi_tuan_thu",
    "sau_chi_phi_tuan_thu",
    "bot_chi_phi_tuan_thu",
    "trang_thai",
    "ten_trang_thai",
    "van_ban",
    "ngay_hieu_luc",
    "ghi_chu",
    "nguon",
    "lien_ket_nguon",
    "minh_hoa",
    "dia_chi",
];

/// A simplification as data. Keys are those of the record; what is computed comes after it.
#[derive(Debug, Serialize)]
struct Data {
    ma: String,
    ten: String,
    thu_tuc: Option<String>,
    chuong_trinh: String,
    noi_dung: String,
    truoc: BTreeMap<&'static str, Option<u64>>,
    sau: BTreeMap<&'static str, Option<u64>>,
    trang_thai: &'static str,
    van_ban: Option<String>,
    ngay_hieu_luc: Option<String>,
    ghi_chu: Option<String>,
    nguon: Option<SourceData>,
    minh_hoa: bool,
    ten_thu_tuc: Option<String>,
    ten_trang_thai: &'static str,
    /// How much less; negative if it is more.
    bot: BTreeMap<&'static str, Option<i128>>,
    dia_chi: String,
}

impl Data {
    fn new(plan: &SitePlan<'_>, filed: &Filed<Simplification>) -> Self {
        let record = &filed.record;
        let changes = changes(record);
        let stage = stage(record, plan.model.as_of.date());
        let procedure = record.procedure.as_ref().and_then(|code| plan.model.procedure(code));
        let page = plan.site.absolute(&urls::simplifications());
        Self {
            ma: record.code.to_string(),
            ten: record.name.as_str().to_owned(),
            thu_tuc: record.procedure.as_ref().map(ToString::to_string),
            chuong_trinh: record.programme.as_str().to_owned(),
            noi_dung: record.content.as_str().to_owned(),
            truoc: changes.iter().map(|change| (change.measure.key(), change.before)).collect(),
            sau: changes.iter().map(|change| (change.measure.key(), change.after)).collect(),
            trang_thai: stage.key(),
            van_ban: text(record.document.as_ref()),
            ngay_hieu_luc: record.effective.map(|day| day.0.to_string()),
            ghi_chu: text(record.note.as_ref()),
            nguon: SourceData::new(record.source.as_ref()),
            minh_hoa: record.illustrative.0,
            ten_thu_tuc: procedure.map(|filed| filed.record.name.as_str().to_owned()),
            ten_trang_thai: stage.label(),
            bot: changes.iter().map(|change| (change.measure.key(), change.saved())).collect(),
            dia_chi: format!("{page}#{}", urls::record_anchor(&record.code)),
        }
    }

    fn row(&self) -> Vec<String> {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut row = vec![
            self.ma.clone(),
            self.ten.clone(),
            or_empty(&self.thu_tuc),
            or_empty(&self.ten_thu_tuc),
            self.chuong_trinh.clone(),
            self.noi_dung.clone(),
        ];
        for measure in Measure::ALL {
            let key = measure.key();
            let number = |side: &BTreeMap<&str, Option<u64>>| {
                side.get(key).copied().flatten().map(|number| number.to_string()).unwrap_or_default()
            };
            row.extend([number(&self.truoc), number(&self.sau)]);
            row.push(
                self.bot.get(key).copied().flatten().map(|number| number.to_string()).unwrap_or_default(),
            );
        }
        let source = self.nguon.as_ref();
        row.extend([
            self.trang_thai.to_owned(),
            self.ten_trang_thai.to_owned(),
            or_empty(&self.van_ban),
            or_empty(&self.ngay_hieu_luc),
            or_empty(&self.ghi_chu),
            source.map(|source| source.ten.clone()).unwrap_or_default(),
            source.and_then(|source| source.lien_ket.clone()).unwrap_or_default(),
            self.minh_hoa.to_string(),
            self.dia_chi.clone(),
        ]);
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    #[test]
    fn what_is_unknown_is_null_or_empty_and_never_zero() {
        let text = "ma: a\nten: =A\nchuong_trinh: X\nnoi_dung: B\ntruoc: {so_ngay: 4, phi: 0}\nsau: {so_ngay: 9}\ntrang_thai: de_xuat\nghi_chu_bien_tap: BIMAT\n";
        let model = model("2026-06-01", &[("cat-giam/a.yaml", text)]);
        let (plan, _) = plan::site(&model, &plan::view::ThemeAssets::new());
        let files = files(&plan);
        let text = |i: usize| String::from_utf8(files[i].1.clone()).expect("UTF-8");
        let json: serde_json::Value = serde_json::from_str(&text(0)).expect("JSON");
        assert_eq!(json[0]["truoc"]["phi"], 0);
        assert_eq!(json[0]["sau"]["phi"], serde_json::Value::Null);
        assert_eq!(json[0]["bot"]["so_ngay"], -5);
        assert_eq!(json[0]["bot"]["phi"], serde_json::Value::Null);
        assert_eq!(json[0]["dia_chi"], "https://a.vn/cat-giam/#a");
        let csv = text(1);
        assert!(csv.contains("\r\na,\"'=A\",,,X,B,4,9,-5,,,,0,,,,,,de_xuat,Đề xuất,"), "{csv}");
        let columns = csv.lines().next().map(|line| line.split(',').count());
        assert_eq!(columns, Some(HEADINGS.len()));
        assert!(!text(0).contains("BIMAT") && !csv.contains("BIMAT"));
    }
}
