//! What to bring: the papers of each case, with their forms.

use super::{CaseView, NameView, PaperView};
use crate::plan::links::PageCx;
use crate::plan::pieces::{self, FileView};
use crate::plan::view::LinkView;
use crate::record::procedure::{Paper, Procedure};
use crate::vi::typography::nbsp;

/// From how many cases and papers on a page folds its cases.
const MANY_CASES: usize = 3;
const MANY_PAPERS: usize = 12;

/// How long a name may be to be set in bold letters.
const BOLD: usize = 120;

/// How many words of a long case are its heading.
const HEADING: usize = 16;

/// Whether there are so many cases that a reader would scroll through papers of others for long.
pub fn are_many(procedure: &Procedure) -> bool {
    let dossiers = &procedure.dossiers;
    // A case without a name could not be told from the others once it is folded.
    dossiers.len() >= MANY_CASES
        && dossiers.iter().map(|dossier| dossier.papers.len()).sum::<usize>() >= MANY_PAPERS
        && dossiers.iter().all(|dossier| dossier.case.is_some())
}

/// A name without the dash that sources put before the items of their lists: the page numbers them.
fn bare(name: &str) -> &str {
    let rest = name.trim_start_matches(['-', '+', '–', '•', '*']);
    // A dash that belongs to the name has no space behind it.
    if rest.len() < name.len() && rest.starts_with([' ', '\u{A0}']) { rest.trim_start() } else { name }
}

/// The lead and the items of a name that lists some: sources write `gồm: + A. + B.` where they had lines.
fn items(name: &str) -> (String, Vec<String>) {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = name;
    let mut from = 0;
    while let Some(at) = rest[from..].find(" + ").map(|at| at + from) {
        if rest[..at].ends_with(['.', ';', ':']) {
            parts.push(rest[..at].to_owned());
            rest = &rest[at + 3..];
            from = 0;
        } else {
            from = at + 3;
        }
    }
    parts.push(rest.to_owned());
    if parts.len() < 3 {
        return (name.to_owned(), Vec::new());
    }
    let lead = parts.remove(0);
    (lead, parts)
}

/// A case as a heading: sources have paragraphs there too.
fn heading(case: &str) -> String {
    let case = case.trim_end_matches([':', ';', '.', ' ']);
    if case.chars().count() <= BOLD {
        return nbsp(case).into_owned();
    }
    let words: Vec<&str> = case.split_whitespace().take(HEADING).collect();
    format!("{}\u{A0}…", nbsp(&words.join(" ")).trim_end_matches([':', ';', ',', '.']))
}

/// The papers by case.
pub fn cases(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<CaseView> {
    let mut number = 0;
    procedure
        .dossiers
        .iter()
        .map(|dossier| CaseView {
            title: None,
            shortened: None,
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

/// The papers by case as the page sets them, where there is room for lists and headings.
pub fn cases_of_page(cx: &PageCx<'_>, procedure: &Procedure) -> Vec<CaseView> {
    let mut cases = cases(cx, procedure);
    // All or none: among bold names a plain one would look less important.
    let bold = cases.iter().flat_map(|case| &case.papers).all(|paper| paper.name.chars().count() <= BOLD);
    for case in &mut cases {
        case.title = case.case.as_deref().map(heading);
        case.shortened = case.title.as_ref().map(|title| title.ends_with('…'));
        for paper in &mut case.papers {
            let (lead, items) = items(&paper.name);
            paper.setting = Some(NameView { bold, lead, items });
        }
    }
    cases
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
    let name = nbsp(bare(paper.name.as_str())).trim_end_matches(['.', ';', ' ']).to_owned();
    PaperView {
        name,
        setting: None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dash_of_a_list_is_no_part_of_a_name() {
        for (written, shown) in [
            ("- Đơn đề nghị", "Đơn đề nghị"),
            ("+\u{A0}Bản sao", "Bản sao"),
            ("-10 độ", "-10 độ"),
            ("Đơn - mẫu 1", "Đơn - mẫu 1"),
            ("-", "-"),
        ] {
            assert_eq!(bare(written), shown, "{written}");
        }
    }

    #[test]
    fn a_paragraph_is_no_heading() {
        assert_eq!(heading("Đối với công trình theo tuyến:"), "Đối với công trình theo tuyến");
        let long = heading(&"giấy tờ, ".repeat(20));
        assert!(long.ends_with("giấy tờ\u{A0}…") && long.split_whitespace().count() <= HEADING + 1, "{long}");
    }

    #[test]
    fn a_name_that_lists_papers_becomes_a_list_and_loses_no_word() {
        let (lead, parts) = items("Một trong các giấy tờ gồm: + Giấy A + phụ lục. + Giấy B; + Giấy C");
        assert_eq!(lead, "Một trong các giấy tờ gồm:");
        assert_eq!(parts, ["Giấy A + phụ lục.", "Giấy B;", "Giấy C"]);
        for whole in ["Giấy A: + một điều", "A + B + C + D", ""] {
            assert_eq!(items(whole), (whole.to_owned(), Vec::new()));
        }
    }
}
