//! Every Markdown text of the model, with a way back to its place.
//!
//! Articles have one each; records have them in the fields that pages set as Markdown (`PageCx::markdown`).

use std::cell::OnceCell;
use std::ops::Range;

use crate::at;
use crate::base::diagnostic::{Place, Pointer, Spot};
use crate::base::path::RoutePath;
use crate::markdown::{self, Options, Outline};
use crate::model::{ArticleId, DecisionId, Filed, Model};
use crate::plan::urls;
use crate::record::scalar::{Code, ProcedureCode, Text};
use crate::vi::fold::fold;
use crate::vi::slug::slug;

/// Whose text it is, which tells the page that shows it.
#[derive(Debug, Clone, Copy)]
pub enum Owner<'m> {
    /// A field of a procedure.
    Procedure(&'m ProcedureCode),
    /// A field of a decision.
    Decision(&'m DecisionId),
    /// The text of an article.
    Article(&'m ArticleId),
    /// A field of a petition.
    Petition(&'m Code),
    /// A field of an inspection.
    Inspection,
    /// A field of a simplification, or of the programme it belongs to.
    Simplification,
    /// A field of a call for initiatives.
    Initiative(&'m Code),
    /// What the site says of residence data.
    Residence,
}

impl Owner<'_> {
    /// The address of the page that shows the text.
    pub fn page(self) -> RoutePath {
        match self {
            Owner::Procedure(code) => urls::procedure(code),
            Owner::Decision(id) => urls::decision(id),
            Owner::Article(id) => urls::article(id),
            Owner::Petition(code) => urls::petition(code),
            Owner::Inspection => urls::inspections(),
            Owner::Simplification => urls::simplifications(),
            Owner::Initiative(code) => urls::initiative(code),
            Owner::Residence => urls::fixed("/cu-tru/"),
        }
    }
}

/// One Markdown text.
pub struct Prose<'m> {
    /// Whose it is.
    pub owner: Owner<'m>,
    /// The text as its page renders it.
    pub text: &'m str,
    place: &'m dyn Fn(Range<usize>) -> Place,
    outline: OnceCell<Outline>,
}

impl Prose<'_> {
    /// The place of a part of the text.
    pub fn place(&self, range: Range<usize>) -> Place {
        (self.place)(range)
    }

    /// What is noticed in the text, and its links.
    pub fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| markdown::outline(self.text, &Options::new(slug, fold)))
    }
}

/// Visits every Markdown text; drafts too, since they will be published, and texts below a front matter that
/// could not be read.
pub fn each(model: &Model, visit: &mut dyn FnMut(&Prose<'_>)) {
    for (code, procedure) in &model.procedures {
        let record = &procedure.record;
        let owner = Owner::Procedure(code);
        for (i, step) in record.steps.iter().enumerate() {
            field(visit, owner, procedure, step, &|| at!["trinh_tu", i]);
        }
        for (i, channel) in record.channels.iter().enumerate() {
            if let Some(text) = &channel.description {
                field(visit, owner, procedure, text, &|| at!["cach_thuc", i, "mo_ta"]);
            }
        }
        if let Some(text) = &record.conditions {
            field(visit, owner, procedure, text, &|| at!["yeu_cau"]);
        }
    }
    for (id, decision) in &model.decisions {
        for (i, item) in decision.record.items.iter().enumerate() {
            if let Some(text) = &item.what_changed {
                field(visit, Owner::Decision(id), decision, text, &|| at!["muc", i, "thay_doi"]);
            }
        }
    }
    for (code, petition) in &model.petitions {
        let record = &petition.record;
        let owner = Owner::Petition(code);
        field(visit, owner, petition, &record.gist, &|| at!["noi_dung"]);
        for (i, step) in record.course.iter().enumerate() {
            if let Some(text) = &step.content {
                field(visit, owner, petition, text, &|| at!["dien_bien", i, "noi_dung"]);
            }
        }
        if let Some(result) = &record.result {
            for (text, key) in [(&result.content, "noi_dung"), (&result.measures, "bien_phap")] {
                if let Some(text) = text {
                    field(visit, owner, petition, text, &|| at!["ket_qua", key]);
                }
            }
        }
    }
    for inspection in model.inspections.values() {
        let record = &inspection.record;
        let owner = Owner::Inspection;
        field(visit, owner, inspection, &record.content, &|| at!["noi_dung"]);
        for (text, key) in [(&record.explained, "truyen_thong"), (&record.conclusion, "ket_luan")] {
            if let Some(text) = text {
                field(visit, owner, inspection, text, &|| at![key]);
            }
        }
    }
    for programme in model.programmes.values() {
        let record = &programme.record;
        for (text, key) in [(&record.result, "ket_qua"), (&record.followed_by, "tiep_theo")] {
            if let Some(text) = text {
                field(visit, Owner::Simplification, programme, text, &|| at![key]);
            }
        }
    }
    for simplification in model.simplifications.values() {
        field(visit, Owner::Simplification, simplification, &simplification.record.content, &|| {
            at!["noi_dung"]
        });
    }
    for (code, initiative) in &model.initiatives {
        let record = &initiative.record;
        let owner = Owner::Initiative(code);
        field(visit, owner, initiative, &record.content, &|| at!["noi_dung"]);
        field(visit, owner, initiative, &record.how_to_send, &|| at!["cach_gui"]);
        for (i, contribution) in record.contributions.iter().enumerate() {
            let at = |key: &'static str| at!["dong_gop", i, key];
            field(visit, owner, initiative, &contribution.gist, &|| at("tom_tat"));
            if let Some(answer) = &contribution.answer {
                field(visit, owner, initiative, answer, &|| at("phan_hoi"));
            }
        }
    }
    if let Some(guide) = &model.site.record.residence {
        let site = &model.site;
        field(visit, Owner::Residence, site, &guide.introduction, &|| at!["cu_tru", "mo_dau"]);
        for (i, way) in guide.ways.iter().enumerate() {
            field(visit, Owner::Residence, site, &way.content, &|| at!["cu_tru", "cach", i, "noi_dung"]);
        }
    }
    for (id, article) in &model.articles {
        let start = article.record.body_start;
        let place = |range: Range<usize>| Place::bytes(&article.file, range.start + start..range.end + start);
        visit(&Prose {
            owner: Owner::Article(id),
            text: &article.record.body,
            place: &place,
            outline: OnceCell::new(),
        });
    }
    for broken in &model.broken.texts {
        let start = broken.body_start;
        let place = |range: Range<usize>| Place::bytes(&broken.file, range.start + start..range.end + start);
        visit(&Prose {
            owner: Owner::Article(&broken.article),
            text: &broken.body,
            place: &place,
            outline: OnceCell::new(),
        });
    }
}

fn field<'m, T>(
    visit: &mut dyn FnMut(&Prose<'_>),
    owner: Owner<'m>,
    filed: &'m Filed<T>,
    text: &'m Text,
    at: &dyn Fn() -> Pointer,
) {
    let place = |range: Range<usize>| {
        let mut place = filed.at(at());
        if let Spot::Value(pointer) = place.spot {
            place.spot = Spot::Within(pointer, range.into());
        }
        place
    };
    let text = text.as_str();
    visit(&Prose { owner, text, place: &place, outline: OnceCell::new() });
}
