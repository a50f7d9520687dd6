//! The plans with their evidence as open data.

use serde::Serialize;

use super::data::json;
use crate::base::path::OutPath;
use crate::plan::evidence::{self, Progress, Term};
use crate::plan::kinds::plan as page;
use crate::plan::links::PageCx;
use crate::plan::view::{LinkView, text};
use crate::plan::{SitePlan, pieces, urls};
use crate::record::task_plan::Task;

const JSON: &str = "/du-lieu/ke-hoach.json";

/// The plans as data, as a page links to them.
pub fn link(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed(JSON), "Dữ liệu mở: kế hoạch và minh chứng (JSON)")
}

/// The file of data; none on a site without plans.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    if plan.model.plans.is_empty() {
        return Vec::new();
    }
    let all: Vec<PlanData> = plan.model.plans.keys().rev().map(|year| PlanData::new(plan, *year)).collect();
    vec![(urls::fixed(JSON).out_path(), json(&all))]
}

/// A plan as data. Keys are those of the record; what is computed comes after it.
#[derive(Debug, Serialize)]
struct PlanData {
    so: String,
    nam: u64,
    ngay: Option<String>,
    co_quan: String,
    trich_yeu: Option<String>,
    dia_chi: String,
    dem_tu_ngay: String,
    dem_den_ngay: String,
    so_nhiem_vu: usize,
    so_nhiem_vu_co_minh_chung: usize,
    nhiem_vu: Vec<TaskData>,
}

#[derive(Debug, Serialize)]
struct TaskData {
    ma: String,
    nhom: String,
    noi_dung: String,
    chu_tri: String,
    ten_chu_tri: String,
    phoi_hop: Vec<String>,
    thoi_gian: String,
    nhip_ngay: Option<u64>,
    dia_chi: String,
    tinh_trang: &'static str,
    ten_tinh_trang: String,
    ngay_moi_nhat: Option<String>,
    so_minh_chung: Vec<CountData>,
    minh_chung: Vec<ProofData>,
}

#[derive(Debug, Serialize)]
struct CountData {
    loai: &'static str,
    chuyen_muc: Option<String>,
    so: usize,
    minh_hoa_khong_tinh: usize,
}

#[derive(Debug, Serialize)]
struct ProofData {
    loai: &'static str,
    ma: String,
    ten: String,
    ngay: Option<String>,
    dia_chi: Option<String>,
}

impl PlanData {
    fn new(plan: &SitePlan<'_>, year: u64) -> Self {
        let record = &plan.model.plans[&year].record;
        let term = Term::of(plan.model, year);
        let address = plan.site.absolute(&urls::plan(year));
        Self {
            so: record.number.as_str().to_owned(),
            nam: year,
            ngay: record.date.map(|day| day.0.to_string()),
            co_quan: record.agency.as_str().to_owned(),
            trich_yeu: text(record.summary.as_ref()),
            dem_tu_ngay: term.from.to_string(),
            dem_den_ngay: term.to.to_string(),
            so_nhiem_vu: record.tasks.len(),
            so_nhiem_vu_co_minh_chung: evidence::proven_tasks(plan.model, record),
            nhiem_vu: record.tasks.iter().map(|task| TaskData::new(plan, term, &address, task)).collect(),
            dia_chi: address,
        }
    }
}

impl TaskData {
    fn new(plan: &SitePlan<'_>, term: Term, page: &str, task: &Task) -> Self {
        let found = evidence::of(plan.model, term, task);
        let progress = evidence::progress(task, &found, term);
        Self {
            ma: task.mark.to_string(),
            nhom: task.group.as_str().to_owned(),
            noi_dung: task.content.as_str().to_owned(),
            chu_tri: task.lead.to_string(),
            ten_chu_tri: pieces::unit_name(plan.model, &task.lead),
            phoi_hop: task.partners.iter().map(|code| code.to_string()).collect(),
            thoi_gian: page::schedule(task),
            nhip_ngay: task.rhythm_days.map(|days| days.0),
            dia_chi: format!("{page}#{}", urls::task_anchor(&task.mark)),
            tinh_trang: match progress {
                Progress::Proven => "co_minh_chung",
                Progress::Unproven => "chua_co_minh_chung",
                Progress::Resting(_) => "qua_nhip",
                Progress::Overdue(_) => "qua_han",
            },
            ten_tinh_trang: page::status(progress).0.replace('\u{A0}', " "),
            ngay_moi_nhat: found.latest().map(|day| day.to_string()),
            so_minh_chung: found
                .counts
                .iter()
                .map(|count| CountData {
                    loai: count.kind.key(),
                    chuyen_muc: count.section.as_ref().map(|code| code.to_string()),
                    so: count.count,
                    minh_hoa_khong_tinh: count.illustrative,
                })
                .collect(),
            // Procedures in use are a stock, told in the data on procedures.
            minh_chung: found
                .acts()
                .map(|proof| ProofData {
                    loai: proof.kind.key(),
                    ma: proof.key.clone(),
                    ten: proof.title.replace('\u{A0}', " "),
                    ngay: proof.day.map(|day| day.to_string()),
                    dia_chi: plan.routes.contains_key(&proof.path).then(|| plan.site.absolute(&proof.path)),
                })
                .collect(),
        }
    }
}
