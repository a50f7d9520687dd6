//! What to bring: the papers of each case, with their forms.

use super::{CaseView, PaperView};
use crate::plan::links::PageCx;
use crate::plan::pieces::{self, FileView};
use crate::plan::view::LinkView;
use crate::record::procedure::{Paper, Procedure};
use crate::vi::typography::nbsp;

/// The papers by case.
pub fn cases(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<CaseView> {
    let mut number = 0;
    procedure
        .dossiers
        .iter()
        .map(|dossier| CaseView {
            case: dossier.case.as_ref().map(|case| nbsp(case.as_str()).into_owned()),
            papers: dossier
                .papers
                .iter()
                .map(|paper| {
                    number += 1;
                    paper_view(cx, paper, number)
                })
                .collect(),
        })
        .collect()
}

fn paper_view(cx: &PageCx<'_>, paper: &Paper, number: usize) -> PaperView {
    let mut remarks = Vec::new();
    for (count, what) in [(paper.originals, "bản\u{A0}chính"), (paper.copies, "bản\u{A0}sao")] {
        if let Some(count) = count.filter(|count| count.0 > 0) {
            remarks.push(format!("{count}\u{A0}{what}"));
        }
    }
    if paper.required.is_some_and(|flag| !flag.0) {
        remarks.push("không bắt buộc".to_owned());
    }
    let form = FileView::new(cx, paper.form.as_ref());
    let place = |href: &str| match &cx.plan.site.portal {
        Some(portal) if pieces::host(&portal.href) == pieces::host(href) => portal.text.clone(),
        _ => pieces::host(href).to_owned(),
    };
    PaperView {
        name: nbsp(paper.name.as_str()).trim_end_matches(['.', ';', ' ']).to_owned(),
        remarks,
        note: paper.note.as_ref().map(|note| nbsp(note.as_str()).into_owned()),
        form,
        form_link: paper.form_link.as_ref().map(|link| LinkView {
            href: link.as_str().to_owned(),
            text: format!("Mẫu trên {}", place(link.as_str())),
        }),
        number,
    }
}
