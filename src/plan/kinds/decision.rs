//! One announcing decision: what it did to which procedure, and from when.

use serde::Serialize;
use serde_json::json;

use super::{Head, PageKind, View, postings};
use crate::model::law::{Validity, validity};
use crate::model::{Filed, Model};
use crate::plan::links::PageCx;
use crate::plan::outputs::feeds;
use crate::plan::pieces::{self, FileView, ProcedureRef, SourceView};
use crate::plan::view::{DateView, LinkView};
use crate::plan::{Subject, urls};
use crate::record::decision::{Change, Decision};
use crate::record::scalar::LawNumber;
use crate::vi::slug::slug;

/// The page of a decision.
pub const KIND: PageKind = PageKind {
    name: "decision",
    routes: |model| {
        let page = |(id, decision): (&_, &Filed<Decision>)| {
            (urls::decision(id), Subject::Decision(Clone::clone(id)), decision.place())
        };
        model.decisions.iter().map(page).collect()
    },
    view,
};

/// What the page of a decision shows.
#[derive(Debug, Serialize)]
pub struct DecisionView {
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub agency: String,
    /// What it is about.
    pub summary: String,
    /// The day it was signed.
    pub signed: DateView,
    /// The day from which it has effect; the day of signing if none is typed.
    pub effective: DateView,
    /// No day of effect is typed: it is taken from the day of signing.
    pub effective_assumed: bool,
    /// Not yet effective on the day of the build.
    pub coming: bool,
    /// The day it was put on this site.
    pub posted: Option<DateView>,
    /// How long after signing that was, in working days; none if it is unknown or lies before.
    pub posted_after: Option<String>,
    /// The signed text to download.
    pub file: Option<FileView>,
    /// Where the record comes from.
    pub source: Option<SourceView>,
    /// What it did, by kind of change.
    pub groups: Vec<ChangeGroup>,
    /// How many procedures it touches.
    pub touched: usize,
    /// The legal texts it rests on.
    pub legal_bases: Vec<LawRef>,
    /// Made-up example.
    pub illustrative: bool,
    /// What to hang and to take down after it.
    pub posting: Option<LinkView>,
}

/// The procedures to which a decision did the same.
#[derive(Debug, Serialize)]
pub struct ChangeGroup {
    /// The key of the change, for the anchor.
    pub key: &'static str,
    /// What it did, in words.
    pub label: &'static str,
    /// To which procedures.
    pub items: Vec<ChangedProcedure>,
}

/// What a decision did to one procedure.
#[derive(Debug, Serialize)]
pub struct ChangedProcedure {
    /// The procedure.
    pub procedure: ProcedureRef,
    /// What changed, in plain words.
    pub what_changed_html: Option<String>,
    /// The procedures it replaced.
    pub replaced: Vec<ProcedureRef>,
}

/// A legal text as another page cites it.
#[derive(Debug, Clone, Serialize)]
pub struct LawRef {
    /// Its number.
    pub number: String,
    /// Its name; none if the directory does not have it.
    pub name: Option<String>,
    /// Its place in the page of legal texts; none if the directory does not have it.
    pub href: Option<String>,
    /// No longer in force on the day of the build.
    pub expired: bool,
}

impl LawRef {
    /// The legal text of this number, as far as the site knows it.
    pub fn new(cx: &PageCx<'_>, number: &LawNumber) -> Self {
        let model = cx.model();
        let law = model.laws.get(number).map(|law| &law.record);
        Self {
            number: number.to_string(),
            name: law.map(|law| law.name.as_str().to_owned()),
            href: cx.law_href(number),
            expired: law.is_some_and(|law| matches!(validity(model, law), Validity::Expired { .. })),
        }
    }
}

/// How long after signing a decision was put on the site, if both days are known and in order.
fn posted_after(model: &Model, decision: &Decision) -> Option<String> {
    let (signed, posted) = (decision.signed.0, decision.posted?.0);
    if posted < signed {
        return None;
    }
    Some(match model.calendar.working_days_between(signed, posted) {
        _ if posted == signed => "ngay trong ngày ký".to_owned(),
        0 => "trước ngày làm việc đầu tiên sau ngày ký".to_owned(),
        days => format!("{days}\u{A0}ngày làm\u{A0}việc sau ngày ký"),
    })
}

fn view(cx: &PageCx<'_>, subject: &Subject) -> (Head, View) {
    let Subject::Decision(id) = subject else { unreachable!("the routes of this kind are decisions") };
    let model = cx.model();
    let record = &model.decisions[id].record;
    let groups = Change::ALL
        .iter()
        .map(|change| ChangeGroup {
            key: change.key(),
            label: change.label(),
            items: record
                .items
                .iter()
                .filter(|item| item.change == *change)
                .map(|item| ChangedProcedure {
                    procedure: ProcedureRef::new(cx, &item.procedure),
                    what_changed_html: item.what_changed.as_ref().map(|text| {
                        cx.markdown_inline(text.as_str(), &format!("{}-", slug(item.procedure.as_str())), 3)
                    }),
                    replaced: item.replaces.iter().map(|code| ProcedureRef::new(cx, code)).collect(),
                })
                .collect(),
        })
        .filter(|group: &ChangeGroup| !group.items.is_empty())
        .collect();
    let effective = record.takes_effect();
    let view = DecisionView {
        number: record.number.to_string(),
        agency: record.agency.as_str().to_owned(),
        summary: record.summary.as_str().to_owned(),
        signed: record.signed.0.into(),
        effective: effective.into(),
        effective_assumed: record.effective.is_none(),
        coming: effective > model.as_of.date(),
        posted: record.posted.map(|day| day.0.into()),
        posted_after: posted_after(model, record),
        file: FileView::new(cx, record.file.as_ref()),
        source: SourceView::new(record.source.as_ref()),
        groups,
        touched: record.items.len(),
        legal_bases: record.legal_bases.iter().map(|number| LawRef::new(cx, number)).collect(),
        illustrative: record.illustrative.0,
        posting: postings::place(cx, id),
    };
    let counts: Vec<String> = pieces::change_counts(record)
        .iter()
        .map(|entry| format!("{} {} thủ tục", entry.label.to_lowercase(), entry.count))
        .collect();
    let legislation = json!({
        "@type": "Legislation",
        "name": record.summary.as_str(),
        "legislationIdentifier": record.number.as_str(),
        "legislationDate": record.signed.to_string(),
        "legislationPassedBy": { "@type": "GovernmentOrganization", "name": record.agency.as_str() },
        "url": cx.absolute(cx.path),
        "inLanguage": "vi",
    });
    let head = Head {
        feeds: vec![feeds::of_decisions(cx)],
        ..pieces::head(
            cx,
            "WebPage",
            format!("Quyết định số {}", record.number),
            format!("{}, ký ngày {}: {}.", record.agency, view.signed.short, counts.join(", ")),
            &[(urls::fixed("/quyet-dinh/"), "Quyết định công bố")],
            vec![legislation],
        )
    };
    (head, View::Decision(Box::new(view)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::model;

    #[test]
    fn the_way_to_the_site_is_counted_in_working_days() {
        // 2025-02-07 is a Friday.
        let after = |posted: &str| {
            let text = format!(
                "so: 9/QĐ\nngay_ky: 2025-02-07\nngay_dang: {posted}\nco_quan: A\ntrich_yeu: B\nmuc:\n- {{thu_tuc: 1.000001, loai: ban_hanh_moi}}\n"
            );
            let model = model("2025-06-01", &[("quyet-dinh/a.yaml", text.as_str())]);
            let decision = model.decisions.values().next().expect("the decision");
            posted_after(&model, &decision.record)
        };
        assert_eq!(after("2025-02-07").as_deref(), Some("ngay trong ngày ký"));
        assert_eq!(after("2025-02-09").as_deref(), Some("trước ngày làm việc đầu tiên sau ngày ký"));
        assert_eq!(after("2025-02-11").as_deref(), Some("2\u{A0}ngày làm\u{A0}việc sau ngày ký"));
        assert_eq!(after("2025-02-06"), None);
    }
}
