//! What decisions did to a procedure, and where it stands on the day of the build.

use super::{Ended, EventView, Turn};
use crate::model::state::{Standing, State};
use crate::model::{DecisionId, Event, Filed};
use crate::plan::links::PageCx;
use crate::plan::urls;
use crate::plan::view::{DateView, RefView, TagView};
use crate::record::decision::{Change, Decision, DecisionItem};
use crate::record::procedure::Procedure;
use crate::record::scalar::ProcedureCode;
use crate::vi::typography::nbsp;

fn decision_ref(cx: &PageCx<'_>, id: &DecisionId, decision: &Filed<Decision>) -> RefView {
    cx.reference(&urls::decision(id), format!("Quyết định số\u{A0}{}", decision.record.number))
}

fn events<'m>(cx: &PageCx<'m>, code: &ProcedureCode) -> &'m [Event] {
    cx.model().history.get(code).map(Vec::as_slice).unwrap_or_default()
}

/// Every event, latest effect first.
pub fn of(cx: &PageCx<'_>, code: &ProcedureCode) -> Vec<EventView> {
    events(cx, code).iter().rev().filter_map(|event| event_view(cx, code, event)).collect()
}

/// What brought it to where it stands, earliest first: the decisions that a sheet names.
pub fn behind(cx: &PageCx<'_>, code: &ProcedureCode, state: &State) -> Vec<EventView> {
    let known = state.by.map_or(0, |by| by + 1);
    events(cx, code).iter().take(known).filter_map(|event| event_view(cx, code, event)).collect()
}

fn event_view(cx: &PageCx<'_>, code: &ProcedureCode, event: &Event) -> Option<EventView> {
    let (decision, item) = cx.model().item(event)?;
    Some(EventView {
        change: change(item, code),
        decision: decision_ref(cx, &event.decision, decision),
        agency: decision.record.agency.as_str().to_owned(),
        signed: decision.record.signed.0.into(),
        effective: event.effective.into(),
        is_future: event.effective > cx.model().as_of.date(),
        posted: decision.record.posted.map(|day| day.0.into()),
        what: item.what_changed.as_ref().map(|text| nbsp(text.as_str()).into_owned()),
    })
}

fn change(item: &DecisionItem, code: &ProcedureCode) -> TagView {
    // The item may name this procedure as the one that another replaces.
    if item.procedure.national() != code.national() {
        return TagView::new("Được thay thế", "bad");
    }
    let kind = match item.change {
        Change::New | Change::Announce => "ok",
        Change::Amend | Change::Standardise | Change::Replace => "info",
        Change::Abolish => "bad",
    };
    TagView::new(item.change.label(), kind)
}

fn turn(cx: &PageCx<'_>, code: &ProcedureCode, index: Option<usize>) -> Option<Turn> {
    let view = event_view(cx, code, events(cx, code).get(index?)?)?;
    Some(Turn {
        title: format!("{} từ {}", view.change.text, view.effective.long),
        since: view.effective,
        decision: view.decision,
        what: view.what,
        successors: Vec::new(),
    })
}

/// A procedure that came or comes in place of this one: its page, or its code alone.
fn successor(cx: &PageCx<'_>, new: &ProcedureCode) -> RefView {
    match cx.model().procedure(new) {
        Some(filed) => cx.reference(&urls::procedure(&filed.record.code), filed.record.name.as_str()),
        None => RefView { href: None, text: format!("thủ tục {new}") },
    }
}

/// The end, if it has ended.
pub fn ended(cx: &PageCx<'_>, code: &ProcedureCode, state: &State) -> Option<Ended> {
    if state.standing.is_current() {
        return None;
    }
    let successors = state.replaced_by.iter().map(|new| successor(cx, new));
    Some(Ended {
        title: match state.standing {
            Standing::Replaced => "Thủ tục này đã được thay thế, không làm theo trang này nữa",
            _ => "Thủ tục này đã bị bãi bỏ, không phải làm nữa",
        },
        since: state.since.map(Into::into),
        decision: turn(cx, code, state.by).map(|turn| turn.decision),
        successors: successors.collect(),
    })
}

/// The day from which it will be in force, if that is still to come.
pub fn coming(cx: &PageCx<'_>, code: &ProcedureCode, state: &State) -> Option<Turn> {
    turn(cx, code, state.by.filter(|_| state.standing == Standing::Coming))
}

/// The next change of one that is in force. If it will be replaced, by what: several may share its place,
/// so all of that day are looked at.
pub fn next(cx: &PageCx<'_>, code: &ProcedureCode, state: &State) -> Option<Turn> {
    let index = state.next.filter(|_| state.standing != Standing::Coming)?;
    let mut turn = turn(cx, code, Some(index))?;
    let events = events(cx, code);
    let day = events.get(index)?.effective;
    let same_day = events[index..].iter().take_while(|event| event.effective == day);
    let news = same_day.filter_map(|event| Some(&cx.model().item(event)?.1.procedure));
    let others = news.filter(|new| new.national() != code.national());
    turn.successors = others.map(|new| successor(cx, new)).collect();
    Some(turn)
}

/// The latest amendment, if it is in force as amended.
pub fn amended(cx: &PageCx<'_>, code: &ProcedureCode, state: &State) -> Option<Turn> {
    turn(cx, code, state.by.filter(|_| state.standing == Standing::Amended))
}

/// The latest day, up to the day of the build, on which something about it is known to have changed.
pub fn changed(cx: &PageCx<'_>, procedure: &Procedure) -> Option<DateView> {
    let today = cx.model().as_of.date();
    let decisions = events(cx, &procedure.code).iter().filter_map(|event| cx.model().item(event));
    let days = decisions.map(|(decision, _)| decision.record.posted.unwrap_or(decision.record.signed).0);
    let source = procedure.source.as_ref().and_then(|source| source.date).map(|day| day.0);
    days.chain(source).filter(|day| *day <= today).max().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::model;

    #[test]
    fn a_coming_replacement_leads_to_what_replaces_it() {
        let procedure = |code: &str| format!("ma: {code}\nten: Thủ tục {code}\nlinh_vuc: a\n");
        let (old, first) = (procedure("1.000001"), procedure("1.000002"));
        let item = |code: &str| format!("- {{thu_tuc: {code}, loai: thay_the, thay_cho: [1.000001]}}\n");
        let decision = format!(
            "so: 2/QĐ-A\nngay_ky: 2026-01-01\nngay_hieu_luc: 2027-01-01\nco_quan: A\ntrich_yeu: B\nmuc:\n{}{}",
            item("1.000002"),
            item("1.000003")
        );
        let announced = "so: 1/QĐ-A\nngay_ky: 2025-01-01\nco_quan: A\ntrich_yeu: B\nmuc:\n- {thu_tuc: 1.000001, loai: cong_bo}\n";
        let model = model(
            "2026-06-01",
            &[
                ("thu-tuc/1.000001.yaml", old.as_str()),
                ("thu-tuc/1.000002.yaml", first.as_str()),
                ("quyet-dinh/1.yaml", announced),
                ("quyet-dinh/2.yaml", decision.as_str()),
            ],
        );
        let (plan, _) = plan::site(&model, &plan::view::ThemeAssets::new());
        let code = model.procedures.keys().next().expect("a procedure");
        let path = urls::procedure(code);
        let cx = PageCx { plan: &plan, path: &path };
        let next = next(&cx, code, &model.state(code)).expect("a change to come");
        let successors: Vec<_> =
            next.successors.iter().map(|to| (to.href.as_deref(), to.text.as_str())).collect();
        // One that the site does not have is named, not linked.
        let wanted =
            [(Some("../../thu-tuc/1.000002/index.html"), "Thủ tục 1.000002"), (None, "thủ tục 1.000003")];
        assert_eq!(successors, wanted);
    }
}
