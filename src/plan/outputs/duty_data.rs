//! The agency's duties as open data: every case with how it ended and why.

use serde::Serialize;

use super::csv;
use super::data::json;
use crate::base::date::Date;
use crate::base::path::OutPath;
use crate::model::duty::{self, About, Case, Counts, Duty, Reason};
use crate::plan::kinds::duties::parts as duties;
use crate::plan::links::PageCx;
use crate::plan::petitions::TermView;
use crate::plan::view::LinkView;
use crate::plan::{SitePlan, urls};

const JSON: &str = "/du-lieu/nghia-vu.json";
const CSV: &str = "/du-lieu/nghia-vu.csv";

/// The duties as data, as a page links to them.
pub fn links(cx: &PageCx<'_>) -> Vec<LinkView> {
    vec![
        cx.link(&urls::fixed(JSON), "Dữ liệu mở: nghĩa vụ, từng trường hợp (JSON)"),
        cx.link(&urls::fixed(CSV), "Dữ liệu mở: nghĩa vụ, từng trường hợp (CSV)"),
    ]
}

/// The files of data.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let all: Vec<DutyData> = Duty::ALL.into_iter().map(|duty| DutyData::new(plan, duty)).collect();
    let rows: Vec<Vec<String>> =
        all.iter().flat_map(|duty| duty.truong_hop.iter().map(|case| case.row(duty))).collect();
    vec![
        (urls::fixed(JSON).out_path(), json(&all)),
        (urls::fixed(CSV).out_path(), csv::table(HEADINGS, &rows)),
    ]
}

const HEADINGS: &[&str] = &[
    "nghia_vu",
    "ten_nghia_vu",
    "loai",
    "ma",
    "ten",
    "dia_chi",
    "ket_qua",
    "ly_do",
    "tu_ngay",
    "han",
    "ngay_lam",
    "tre_ngay_lam_viec",
    "thieu",
    "van_ban",
    "minh_hoa",
    "tinh_den_ngay",
];

#[derive(Debug, Serialize)]
struct DutyData {
    ma: &'static str,
    ten: &'static str,
    cau_hoi: &'static str,
    dat: usize,
    khong_dat: usize,
    chua_biet: usize,
    con_han: usize,
    /// In percent, two decimals; null where nothing can be judged.
    ty_le_dat: Option<f64>,
    minh_hoa_khong_tinh: usize,
    thoi_han: Vec<TermView>,
    tinh_den_ngay: String,
    truong_hop: Vec<CaseData>,
}

#[derive(Debug, Serialize)]
struct CaseData {
    loai: &'static str,
    ma: String,
    ten: String,
    dia_chi: String,
    ket_qua: &'static str,
    ly_do: &'static str,
    tu_ngay: Option<String>,
    han: Option<String>,
    ngay_lam: Option<String>,
    tre_ngay_lam_viec: u32,
    thieu: Vec<&'static str>,
    van_ban: Vec<String>,
    minh_hoa: bool,
}

impl DutyData {
    fn new(plan: &SitePlan<'_>, duty: Duty) -> Self {
        let model = plan.model;
        let cases = duty::cases(model, duty);
        let counts = Counts::of(cases.iter().filter(|case| !case.illustrative));
        Self {
            ma: duty.key(),
            ten: duty.label(),
            cau_hoi: duty.question(),
            dat: counts.kept,
            khong_dat: counts.missed,
            chua_biet: counts.unknown,
            con_han: counts.pending,
            ty_le_dat: counts.share().map(|share| f64::from(share) / 100.0),
            minh_hoa_khong_tinh: cases.iter().filter(|case| case.illustrative).count(),
            thoi_han: duties::limits(model, duty),
            tinh_den_ngay: model.as_of.date().to_string(),
            truong_hop: cases.iter().map(|case| CaseData::new(plan, case)).collect(),
        }
    }
}

impl CaseData {
    fn new(plan: &SitePlan<'_>, case: &Case) -> Self {
        let (path, name) = duties::subject(plan.model, &case.about);
        let (kind, code) = match &case.about {
            About::Decision(id) => {
                let number = plan.model.decisions.get(id).map(|filed| filed.record.number.to_string());
                ("quyet-dinh", number.unwrap_or_else(|| id.0.clone()))
            }
            About::Procedure(code) => ("thu-tuc", code.to_string()),
            About::Petition(code) => ("phan-anh", code.to_string()),
        };
        let iso = |day: Date| Some(day.to_string());
        let (reason, from, due, done) = match &case.reason {
            Reason::Done { from, on, due, .. } => ("da_lam", iso(*from), iso(*due), iso(*on)),
            Reason::NotDone { from, due, .. } => ("chua_lam", iso(*from), iso(*due), None),
            Reason::Reviewed { on, due, .. } => ("da_ra_soat", iso(*on), iso(*due), iso(*on)),
            Reason::NoDay => ("khong_ghi_ngay", None, None, None),
            Reason::NoLimit(day) => ("chua_co_thoi_han", None, None, day.and_then(iso)),
            Reason::UnknownSigner => ("khong_ro_noi_ky", None, None, None),
            Reason::Whole => ("du", None, None, None),
            Reason::Lacks(_) => ("thieu_noi_dung", None, None, None),
            Reason::Expired(_) => ("van_ban_het_hieu_luc", None, None, None),
            Reason::UnknownLaws(_) => ("chua_biet_hieu_luc", None, None, None),
            Reason::NoLaws => ("khong_ghi_can_cu", None, None, None),
        };
        let laws = match &case.reason {
            Reason::Expired(laws) | Reason::UnknownLaws(laws) => laws.as_slice(),
            _ => &[],
        };
        let parts = match &case.reason {
            Reason::Lacks(parts) => parts.as_slice(),
            _ => &[],
        };
        Self {
            loai: kind,
            ma: code,
            ten: name,
            dia_chi: plan.site.absolute(&path),
            ket_qua: case.outcome.key(),
            ly_do: reason,
            tu_ngay: from,
            han: due,
            ngay_lam: done,
            tre_ngay_lam_viec: case.late(),
            thieu: parts.iter().map(|part| part.label()).collect(),
            van_ban: laws.iter().map(|law| law.to_string()).collect(),
            minh_hoa: case.illustrative,
        }
    }

    fn row(&self, duty: &DutyData) -> Vec<String> {
        let day = |day: &Option<String>| day.clone().unwrap_or_default();
        vec![
            duty.ma.to_owned(),
            duty.ten.to_owned(),
            self.loai.to_owned(),
            self.ma.clone(),
            self.ten.clone(),
            self.dia_chi.clone(),
            self.ket_qua.to_owned(),
            self.ly_do.to_owned(),
            day(&self.tu_ngay),
            day(&self.han),
            day(&self.ngay_lam),
            self.tre_ngay_lam_viec.to_string(),
            self.thieu.join("; "),
            self.van_ban.join("; "),
            if self.minh_hoa { "true" } else { "false" }.to_owned(),
            duty.tinh_den_ngay.clone(),
        ]
    }
}
