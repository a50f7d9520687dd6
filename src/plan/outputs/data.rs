//! Open data: what the pages say, for programs. Only what is published, never an editor's note.

use serde::Serialize;

use super::figures;
use crate::base::date::Date;
use crate::base::path::OutPath;
use crate::model::Model;
use crate::model::petition::course;
use crate::plan::links::PageCx;
use crate::plan::petitions::{self, Filter, Known};
use crate::plan::view::{LinkView, text};
use crate::plan::{SitePlan, pieces, urls};
use crate::record::petition::PetitionAct;
use crate::record::source::Source;

const PETITIONS: &str = "/du-lieu/phan-anh.json";

/// The petitions as data, as a page links to them.
pub fn of_petitions(cx: &PageCx<'_>) -> LinkView {
    cx.link(&urls::fixed(PETITIONS), "Dữ liệu mở: phản ánh, kiến nghị (JSON)")
}

/// The figures of all periods as data, as a page links to them.
pub fn of_results(cx: &PageCx<'_>) -> Vec<LinkView> {
    vec![
        cx.link(&urls::fixed(figures::JSON), "Dữ liệu mở: mọi kỳ, mọi lĩnh vực (JSON)"),
        cx.link(&urls::fixed(figures::CSV), "Dữ liệu mở: mọi kỳ, mọi lĩnh vực (CSV)"),
    ]
}

/// Every file of data.
pub fn files(plan: &SitePlan<'_>) -> Vec<(OutPath, Vec<u8>)> {
    let all = plan.petition_lists.of(&Filter::All);
    let records: Vec<PetitionData> = all.iter().map(|known| PetitionData::new(plan, *known)).collect();
    vec![(urls::fixed(PETITIONS).out_path(), json(&records))]
}

/// A petition as data. Keys are those of the record; what is computed comes after it.
#[derive(Debug, Serialize)]
struct PetitionData {
    ma: String,
    dia_chi: String,
    ngay_tiep_nhan: String,
    kenh: &'static str,
    loai: &'static str,
    linh_vuc: Vec<String>,
    thu_tuc: Vec<String>,
    tieu_de: String,
    noi_dung: String,
    don_vi: String,
    ten_don_vi: String,
    phuc_tap: bool,
    dien_bien: Vec<StepData>,
    ket_qua: Option<ResultData>,
    ngay_cong_khai: Option<String>,
    nguon: Option<SourceData>,
    minh_hoa: bool,
    trang_thai: &'static str,
    ten_trang_thai: &'static str,
    tu_ngay: String,
    han_tra_loi: String,
    ngay_tra_loi: Option<String>,
    so_ngay_lam_viec: Option<u32>,
    tre_ngay_lam_viec: u32,
    con_ngay_lam_viec: Option<u32>,
    tinh_den_ngay: String,
}

#[derive(Debug, Serialize)]
struct StepData {
    ngay: String,
    trang_thai: &'static str,
    noi_dung: Option<String>,
}

#[derive(Debug, Serialize)]
struct ResultData {
    ngay: String,
    ket_luan: &'static str,
    noi_dung: Option<String>,
    bien_phap: Option<String>,
    van_ban: Option<String>,
    tep: Option<String>,
}

/// Where a record comes from, as data.
#[derive(Debug, Serialize)]
pub(super) struct SourceData {
    pub(super) ten: String,
    pub(super) lien_ket: Option<String>,
    pub(super) ngay: Option<String>,
}

impl SourceData {
    /// Out of the record; none if the record names neither a name nor an address.
    pub(super) fn new(source: Option<&Source>) -> Option<Self> {
        let source = pieces::SourceView::new(source)?;
        Some(Self { ten: source.name, lien_ket: source.href, ngay: source.date.map(|day| day.iso) })
    }
}

/// Records as a file of JSON.
pub(super) fn json(records: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(records).expect("plain data has a JSON form");
    bytes.push(b'\n');
    bytes
}

impl PetitionData {
    fn new(plan: &SitePlan<'_>, (code, petition, handling): Known<'_>) -> Self {
        let model: &Model = plan.model;
        let today = model.as_of.date();
        let record = &petition.record;
        let shown = petitions::shows_result(handling);
        let iso = |day: Date| day.to_string();
        let result = record.result.as_ref().filter(|result| shown && result.date.0 <= today);
        Self {
            ma: code.to_string(),
            dia_chi: plan.site.absolute(&urls::petition(code)),
            ngay_tiep_nhan: iso(record.received.0),
            kenh: record.channel.key(),
            loai: record.class.key(),
            linh_vuc: petitions::fields(model, record).into_iter().map(|code| code.to_string()).collect(),
            thu_tuc: record.procedures.iter().map(|code| code.to_string()).collect(),
            tieu_de: record.title.as_str().to_owned(),
            noi_dung: record.gist.as_str().to_owned(),
            don_vi: record.unit.to_string(),
            ten_don_vi: pieces::unit_name(model, &record.unit),
            phuc_tap: record.complex.0,
            dien_bien: course(record, today)
                .into_iter()
                .map(|step| StepData {
                    ngay: iso(step.date.0),
                    trang_thai: step.act.key(),
                    noi_dung: text(step.content.as_ref())
                        .filter(|_| shown || step.act != PetitionAct::Answered),
                })
                .collect(),
            ket_qua: result.map(|result| ResultData {
                ngay: iso(result.date.0),
                ket_luan: result.verdict.key(),
                noi_dung: text(result.content.as_ref()),
                bien_phap: text(result.measures.as_ref()),
                van_ban: text(result.document.as_ref()),
                tep: result.file.as_ref().and_then(|file| {
                    let (path, _) = model.asset(file)?;
                    Some(format!("{}{path}", plan.site.base_url))
                }),
            }),
            ngay_cong_khai: handling.published.map(iso),
            nguon: SourceData::new(record.source.as_ref()),
            minh_hoa: record.illustrative.0,
            trang_thai: handling.stage.key(),
            ten_trang_thai: handling.stage.label(),
            tu_ngay: iso(handling.since),
            han_tra_loi: iso(handling.due),
            ngay_tra_loi: handling.answered.map(iso),
            so_ngay_lam_viec: handling.took,
            tre_ngay_lam_viec: handling.late,
            con_ngay_lam_viec: handling.left,
            tinh_den_ngay: iso(today),
        }
    }
}
