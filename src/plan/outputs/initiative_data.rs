//! Calls for initiatives as open data: JSON with the contributions in each call, CSV with one line a
//! contribution. There is no datum on who sent it, as there is none in the record.

use serde::Serialize;

use super::csv;
use super::data::{SourceData, json};
use crate::base::path::OutPath;
use crate::model::initiative::{self, ContributionState, Phase, Waiting};
use crate::model::{Filed, Model};
use crate::plan::links::PageCx;
use crate::plan::view::{LinkView, text};
use crate::plan::{SitePlan, initiatives, urls};
use crate::record::initiative::{Contribution, Initiative};
use crate::record::scalar::Code;

const JSON: &str = "/du-lieu/sang-kien.json";
const CSV: &str = "/du-lieu/sang-kien.csv";

/// The files, as a page links to them.
pub fn links(cx: &PageCx<'_>) -> Vec<LinkView> {
    vec![
        cx.link(&urls::fixed(CSV), "Dữ liệu mở: sáng kiến và phản hồi (CSV)"),
        cx.link(&urls::fixed(JSON), "Dữ liệu mở: sáng kiến và phản hồi (JSON)"),
    ]
}

/// Both files.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let calls: Vec<CallData> = initiatives::in_order(plan.model)
        .into_iter()
        .map(|(code, call)| CallData::new(plan, code, call))
        .collect();
    let rows: Vec<_> = calls.iter().flat_map(CallData::rows).collect();
    vec![
        (urls::fixed(JSON).out_path(), json(&calls)),
        (urls::fixed(CSV).out_path(), csv::table(HEADINGS, &rows)),
    ]
}

const HEADINGS: &[&str] = &[
    "ma",
    "tieu_de",
    "ngay_mo",
    "ngay_dong",
    "trang_thai_dot",
    "minh_hoa",
    "so_gop_y",
    "ngay",
    "doi_tuong",
    "tom_tat",
    "trang_thai",
    "tinh_trang",
    "phan_hoi",
    "ly_do",
    "da_cho_ngay_lam_viec",
    "han_phan_hoi",
    "qua_han_ngay_lam_viec",
];

/// A call as data. Keys are those of the record; what is computed comes after it.
#[derive(Debug, Serialize)]
struct CallData {
    ma: String,
    dia_chi: String,
    tieu_de: String,
    ngay_mo: String,
    ngay_dong: Option<String>,
    noi_dung: String,
    cach_gui: String,
    thu_tuc: Vec<String>,
    dong_gop: Vec<ContributionData>,
    nguon: Option<SourceData>,
    minh_hoa: bool,
    trang_thai: &'static str,
    con_ngay: Option<u32>,
    da_nhan: usize,
    tiep_thu: usize,
    khong_tiep_thu: usize,
    dang_xem_xet: usize,
    chua_phan_hoi: usize,
    tinh_den_ngay: String,
}

#[derive(Debug, Serialize)]
struct ContributionData {
    so: usize,
    ngay: String,
    doi_tuong: &'static str,
    tom_tat: String,
    trang_thai: &'static str,
    tinh_trang: &'static str,
    phan_hoi: Option<String>,
    ly_do: Option<String>,
    da_cho_ngay_lam_viec: Option<u32>,
    han_phan_hoi: Option<String>,
    qua_han_ngay_lam_viec: Option<u32>,
}

impl CallData {
    fn new(plan: &SitePlan<'_>, code: &Code, call: &Filed<Initiative>) -> Self {
        let model = plan.model;
        let record = &call.record;
        let today = model.as_of.date();
        let tally = initiative::Tally::of(record, today);
        Self {
            ma: code.to_string(),
            dia_chi: plan.site.absolute(&urls::initiative(code)),
            tieu_de: record.title.as_str().to_owned(),
            ngay_mo: record.opened.to_string(),
            ngay_dong: record.closes.map(|day| day.to_string()),
            noi_dung: record.content.as_str().to_owned(),
            cach_gui: record.how_to_send.as_str().to_owned(),
            thu_tuc: record.procedures.iter().map(|code| code.to_string()).collect(),
            dong_gop: initiative::received(record, today)
                .map(|(i, contribution)| ContributionData::new(model, i, contribution))
                .collect(),
            nguon: SourceData::new(record.source.as_ref()),
            minh_hoa: record.illustrative.0,
            trang_thai: Phase::of(record, today).key(),
            con_ngay: initiative::days_left(record, today),
            da_nhan: tally.received,
            tiep_thu: tally.adopted,
            khong_tiep_thu: tally.not_adopted,
            dang_xem_xet: tally.considered,
            chua_phan_hoi: tally.unanswered,
            tinh_den_ngay: today.to_string(),
        }
    }

    /// A line for each contribution; one for a call that has none, so that no call is missing.
    fn rows(&self) -> Vec<Vec<String>> {
        let call = || {
            vec![
                self.ma.clone(),
                self.tieu_de.clone(),
                self.ngay_mo.clone(),
                self.ngay_dong.clone().unwrap_or_default(),
                self.trang_thai.to_owned(),
                if self.minh_hoa { "co" } else { "khong" }.to_owned(),
            ]
        };
        let mut rows: Vec<Vec<String>> =
            self.dong_gop.iter().map(|one| [call(), one.cells()].concat()).collect();
        if rows.is_empty() {
            let mut row = call();
            row.resize(HEADINGS.len(), String::new());
            rows.push(row);
        }
        rows
    }
}

impl ContributionData {
    fn new(model: &Model, i: usize, contribution: &Contribution) -> Self {
        let term = initiative::answer_term(&model.site.record);
        let waiting = initiative::waiting(contribution, term, &model.calendar, model.as_of.date());
        let due = waiting.and_then(|waiting| waiting.due);
        Self {
            so: i + 1,
            ngay: contribution.date.to_string(),
            doi_tuong: contribution.from.key(),
            tom_tat: contribution.gist.as_str().to_owned(),
            trang_thai: contribution.stage.key(),
            tinh_trang: ContributionState::of(contribution).key(),
            phan_hoi: text(contribution.answer.as_ref()),
            ly_do: text(contribution.reason.as_ref()),
            da_cho_ngay_lam_viec: waiting.map(|Waiting { days, .. }| days),
            han_phan_hoi: due.map(|day| day.to_string()),
            qua_han_ngay_lam_viec: waiting.filter(|_| due.is_some()).map(|waiting| waiting.late),
        }
    }

    fn cells(&self) -> Vec<String> {
        let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
        vec![
            self.so.to_string(),
            self.ngay.clone(),
            self.doi_tuong.to_owned(),
            self.tom_tat.clone(),
            self.trang_thai.to_owned(),
            self.tinh_trang.to_owned(),
            self.phan_hoi.clone().unwrap_or_default(),
            self.ly_do.clone().unwrap_or_default(),
            number(self.da_cho_ngay_lam_viec),
            self.han_phan_hoi.clone().unwrap_or_default(),
            number(self.qua_han_ngay_lam_viec),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    #[test]
    fn every_line_has_a_cell_for_every_heading_and_no_call_is_missing() {
        let full = "ma: a\ntieu_de: x\nngay_mo: 2026-03-02\nnoi_dung: y\ncach_gui: z\ndong_gop:\n\
            - {ngay: 2026-03-03, tom_tat: một, doi_tuong: ca_nhan, trang_thai: tiep_nhan}\n\
            - {ngay: 2026-03-10, tom_tat: hai, doi_tuong: to_chuc, trang_thai: tiep_thu, phan_hoi: xong}\n";
        let empty = "ma: b\ntieu_de: x\nngay_mo: 2026-03-02\nnoi_dung: y\ncach_gui: z\n";
        let later = "ma: c\ntieu_de: x\nngay_mo: 2027-03-02\nnoi_dung: y\ncach_gui: z\n";
        let files = [("sang-kien/a.yaml", full), ("sang-kien/b.yaml", empty), ("sang-kien/c.yaml", later)];
        let model = model("2026-04-01", &files);
        let (plan, _) = plan::site(&model, &plan::view::ThemeAssets::new());
        let calls = initiatives::in_order(&model);
        let rows: Vec<Vec<String>> =
            calls.iter().flat_map(|(code, call)| CallData::new(&plan, code, call).rows()).collect();
        let codes: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(codes, ["a", "a", "b"]);
        assert!(rows.iter().all(|row| row.len() == HEADINGS.len()));
        let state = HEADINGS.iter().position(|heading| *heading == "tinh_trang").expect("a heading");
        assert_eq!([&*rows[0][state], &*rows[1][state]], ["chua_phan_hoi", "tiep_thu"]);
    }
}
