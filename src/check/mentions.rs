//! Every place where one record names another, a walk for each kind of thing that is named.
//!
//! The place is made only for a mention that is reported, so that walking costs nothing.

use crate::at;
use crate::base::diagnostic::Place;
use crate::model::Model;
use crate::record::scalar::{AssetPath, Code, LawNumber, ProcedureCode, TaskMark};

/// What is done with a mention: the name, and how to make its place.
pub type Visit<'v, T> = dyn FnMut(&T, &dyn Fn() -> Place) + 'v;

/// Procedures: related ones, those of decisions, articles, petitions, simplifications and initiatives.
pub fn procedures(model: &Model, visit: &mut Visit<'_, ProcedureCode>) {
    for procedure in model.procedures.values() {
        for (i, code) in procedure.record.related.iter().enumerate() {
            visit(code, &|| procedure.at(at!["lien_quan", i]));
        }
    }
    for decision in model.decisions.values() {
        for (i, item) in decision.record.items.iter().enumerate() {
            visit(&item.procedure, &|| decision.at(at!["muc", i, "thu_tuc"]));
            for (j, code) in item.replaces.iter().enumerate() {
                visit(code, &|| decision.at(at!["muc", i, "thay_cho", j]));
            }
        }
    }
    for article in model.articles.values() {
        for (i, code) in article.record.head.procedures.iter().enumerate() {
            visit(code, &|| article.at(at!["thu_tuc", i]));
        }
    }
    for petition in model.petitions.values() {
        for (i, code) in petition.record.procedures.iter().enumerate() {
            visit(code, &|| petition.at(at!["thu_tuc", i]));
        }
    }
    for simplification in model.simplifications.values() {
        if let Some(code) = &simplification.record.procedure {
            visit(code, &|| simplification.at(at!["thu_tuc"]));
        }
    }
    for initiative in model.initiatives.values() {
        for (i, code) in initiative.record.procedures.iter().enumerate() {
            visit(code, &|| initiative.at(at!["thu_tuc", i]));
        }
    }
}

/// Fields: those of procedures, petitions and figures.
pub fn fields(model: &Model, visit: &mut Visit<'_, Code>) {
    for procedure in model.procedures.values() {
        visit(&procedure.record.field, &|| procedure.at(at!["linh_vuc"]));
    }
    for petition in model.petitions.values() {
        if let Some(field) = &petition.record.field {
            visit(field, &|| petition.at(at!["linh_vuc"]));
        }
    }
    for figures in model.statistics.values() {
        if let Some(field) = &figures.record.field {
            visit(field, &|| figures.at(at!["linh_vuc"]));
        }
    }
}

/// Units: those of fields, articles, tasks, petitions and inspections.
pub fn units(model: &Model, visit: &mut Visit<'_, Code>) {
    for field in model.fields.values() {
        if let Some(unit) = &field.record.unit {
            visit(unit, &|| field.at(at!["don_vi"]));
        }
    }
    for plan in model.plans.values() {
        for (i, task) in plan.record.tasks.iter().enumerate() {
            visit(&task.lead, &|| plan.at(at!["nhiem_vu", i, "chu_tri"]));
            for (j, unit) in task.partners.iter().enumerate() {
                visit(unit, &|| plan.at(at!["nhiem_vu", i, "phoi_hop", j]));
            }
        }
    }
    for article in model.articles.values() {
        if let Some(unit) = &article.record.head.unit {
            visit(unit, &|| article.at(at!["don_vi"]));
        }
    }
    for petition in model.petitions.values() {
        visit(&petition.record.unit, &|| petition.at(at!["don_vi"]));
    }
    for inspection in model.inspections.values() {
        for (i, unit) in inspection.record.units.iter().enumerate() {
            visit(unit, &|| inspection.at(at!["don_vi", i]));
        }
    }
}

/// Legal texts: bases of procedures, fees and decisions, what replaced another, lists of services.
pub fn laws(model: &Model, visit: &mut Visit<'_, LawNumber>) {
    bases(model, visit);
    for decision in model.decisions.values() {
        for (i, law) in decision.record.legal_bases.iter().enumerate() {
            visit(law, &|| decision.at(at!["van_ban_goc", i]));
        }
    }
    for law in model.laws.values() {
        if let Some(by) = &law.record.replaced_by {
            visit(by, &|| law.at(at!["thay_the_boi"]));
        }
    }
    for service in model.essential_services.values() {
        if let Some(law) = &service.record.document {
            visit(law, &|| service.at(at!["van_ban"]));
        }
    }
}

/// Legal texts on which procedures and their fees rest.
fn bases(model: &Model, visit: &mut Visit<'_, LawNumber>) {
    for procedure in model.procedures.values() {
        bases_of(procedure, visit);
    }
}

/// Legal texts on which one procedure and its fees rest.
pub fn bases_of(
    procedure: &crate::model::Filed<crate::record::procedure::Procedure>,
    visit: &mut Visit<'_, LawNumber>,
) {
    for (i, law) in procedure.record.legal_bases.iter().enumerate() {
        visit(law, &|| procedure.at(at!["can_cu", i]));
    }
    for (i, channel) in procedure.record.channels.iter().enumerate() {
        for (j, fee) in channel.fees.iter().enumerate() {
            if let Some(law) = &fee.legal_basis {
                visit(law, &|| procedure.at(at!["cach_thuc", i, "phi", j, "can_cu"]));
            }
        }
    }
}

/// Attachments: forms, signed decisions and plans, pictures, answers, conclusions. Links in texts are not among them.
pub fn attachments(model: &Model, visit: &mut Visit<'_, AssetPath>) {
    for procedure in model.procedures.values() {
        for (i, dossier) in procedure.record.dossiers.iter().enumerate() {
            for (j, paper) in dossier.papers.iter().enumerate() {
                if let Some(form) = &paper.form {
                    visit(form, &|| procedure.at(at!["ho_so", i, "giay_to", j, "mau"]));
                }
            }
        }
    }
    for decision in model.decisions.values() {
        if let Some(file) = &decision.record.file {
            visit(file, &|| decision.at(at!["tep"]));
        }
    }
    for plan in model.plans.values() {
        if let Some(file) = &plan.record.file {
            visit(file, &|| plan.at(at!["tep"]));
        }
    }
    for article in model.articles.values() {
        if let Some(image) = &article.record.head.image {
            visit(&image.file, &|| article.at(at!["anh", "tep"]));
        }
    }
    for petition in model.petitions.values() {
        if let Some(file) = petition.record.result.as_ref().and_then(|result| result.file.as_ref()) {
            visit(file, &|| petition.at(at!["ket_qua", "tep"]));
        }
    }
    for inspection in model.inspections.values() {
        if let Some(file) = &inspection.record.file {
            visit(file, &|| inspection.at(at!["tep"]));
        }
    }
}

/// Tasks: those that sections and articles serve.
pub fn tasks(model: &Model, visit: &mut Visit<'_, TaskMark>) {
    for (i, section) in model.site.record.sections.iter().enumerate() {
        for (j, mark) in section.tasks.iter().enumerate() {
            visit(mark, &|| model.site.at(at!["chuyen_muc", i, "nhiem_vu", j]));
        }
    }
    for article in model.articles.values() {
        for (i, mark) in article.record.head.tasks.iter().enumerate() {
            visit(mark, &|| article.at(at!["nhiem_vu", i]));
        }
    }
}
