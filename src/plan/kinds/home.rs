//! The home page: the fields, what is new, how to reach us.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::plan::links::PageCx;
use crate::plan::view::LinkView;
use crate::plan::{Subject, urls};
use crate::vi::collate;

/// The home page.
pub const KIND: PageKind =
    PageKind { name: "home", routes: |model| vec![(urls::home(), Subject::Site, model.site.place())], view };

/// What the home page shows.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// How many procedures a citizen may have to carry out.
    pub current_procedures: usize,
    /// The fields, in Vietnamese order.
    pub fields: Vec<FieldCard>,
}

/// A field on the home page.
#[derive(Debug, Serialize)]
pub struct FieldCard {
    /// The field's page.
    pub link: LinkView,
    /// How many procedures in use.
    pub procedures: usize,
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let is_current = |code: &_| model.state(code).standing.is_current();
    let mut fields: Vec<_> = model.fields.values().collect();
    fields.sort_by_cached_key(|field| collate::key(field.record.name.as_str()));
    let fields = fields
        .into_iter()
        .map(|field| FieldCard {
            link: cx.link(&urls::field(&field.record.code), field.record.name.as_str()),
            procedures: model
                .procedures_of_field
                .get(&field.record.code)
                .map_or(0, |codes| codes.iter().filter(|code| is_current(code)).count()),
        })
        .collect();
    let view = HomeView {
        current_procedures: model.procedures.keys().filter(|code| is_current(code)).count(),
        fields,
    };
    let head = Head {
        title: cx.plan.site.name.clone(),
        description: cx.plan.site.description.clone().unwrap_or_default(),
        ..Head::default()
    };
    (head, View::Home(Box::new(view)))
}
