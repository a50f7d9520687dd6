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
}

impl Owner<'_> {
    /// The address of the page that shows the text.
    pub fn page(self) -> RoutePath {
        match self {
            Owner::Procedure(code) => urls::procedure(code),
            Owner::Decision(id) => urls::decision(id),
            Owner::Article(id) => urls::article(id),
            Owner::Petition(code) => urls::petition(code),
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

/// Visits every Markdown text; drafts too, since they will be published.
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
