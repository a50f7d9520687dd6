//! Family 08: nobody's private data. Everything that is published is looked at: texts of records and
//! articles, names of files and attachments; petitions most strictly.
//!
//! Editors' notes are never published and are passed over. The public contacts of offices
//! (`danh-muc/don-vi.yaml`, `trang.yaml`) are allowed by value, wherever they stand.

use std::any::Any;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::base::diagnostic::{Origin, Place, Pointer, Rule, Spot, Step};
use crate::base::path::SitePath;
use crate::check::kept::{Basis, Kept, Look, Turn};
use crate::check::run::Findings;
use crate::codes::{
    CK0801, CK0802, CK0803, CK0804, CK0805, CK0806, CK0807, CK0808, CK0809, CK0810, CK0811, CK0813, CK0814,
    CK0815, CK0816, CK0817, CK0818,
};
use crate::model::{Filed, Model};
use crate::parse::record::Article;
use crate::privacy::{Allowed, Finding, Kind, Scope, redact, scan};
use crate::record::config::PrivacyException;
use crate::record::visit;
use crate::{at, msg};

/// The key whose value is never published.
const EDITORS_NOTE: &str = "ghi_chu_bien_tap";

/// Looks at everything that is published.
pub fn check(model: &Model, found: &mut Findings) {
    let (exceptions, allowed, kept) = begin(model, found.kept());
    let mut guard = Guard { allowed, exceptions, used: BTreeSet::new(), kept, found };
    for whole in wholes(model) {
        whole.look(&mut guard);
    }
    for broken in &model.broken.texts {
        let start = broken.body_start;
        guard.text(&broken.body, Scope::Other, &|range| {
            Place::bytes(&broken.file, start + range.start..start + range.end)
        });
    }
    for programme in model.programmes.values() {
        guard.record(programme, Scope::Other);
    }
    for service in model.essential_services.values() {
        guard.record(service, Scope::Other);
    }
    for field in model.fields.values() {
        guard.record(field, Scope::Other);
    }
    for unit in model.units.values() {
        guard.record(unit, Scope::Other);
    }
    for law in model.laws.values() {
        guard.record(law, Scope::Other);
    }
    for year in &model.holidays {
        guard.record(year, Scope::Other);
    }
    guard.record(&model.site, Scope::Other);
    for article in model.articles.values() {
        guard.text(article.file.stem(), Scope::Other, &|_| Place::file(&article.file));
    }
    for asset in model.assets.keys() {
        guard.text(asset.file_name(), Scope::Petition, &|_| Place::file(asset));
    }
    guard.exceptions(model);
    if let Some((kept, turn)) = guard.kept.as_ref().filter(|_| guard.found.go_on()) {
        kept.end(turn);
    }
}

/// What has a file of its own, in the order in which it is told of.
fn wholes(model: &Model) -> Vec<Box<dyn Whole + '_>> {
    fn all<'m, T: Serialize + Any + Send + Sync>(
        filed: impl Iterator<Item = &'m Filed<T>>,
        scope: Scope,
    ) -> impl Iterator<Item = Box<dyn Whole + 'm>> {
        filed.map(move |filed| Box::new(Record { filed, scope }) as Box<dyn Whole>)
    }
    let articles = model.articles.values().filter(|article| model.is_published(article));
    all(model.petitions.values(), Scope::Petition)
        // Contributions come from the public, as petitions do.
        .chain(all(model.initiatives.values(), Scope::Petition))
        .chain(all(model.procedures.values(), Scope::Other))
        .chain(all(model.decisions.values(), Scope::Other))
        .chain(articles.map(|article| Box::new(article) as Box<dyn Whole>))
        .chain(all(model.plans.values(), Scope::Other))
        .chain(all(model.statistics.values(), Scope::Other))
        .chain(all(model.inspections.values(), Scope::Other))
        .chain(all(model.simplifications.values(), Scope::Other))
        .collect()
}

/// A record or an article that has a file of its own.
trait Whole: Sync {
    fn look(&self, guard: &mut Guard<'_, '_>);
}

struct Record<'m, T> {
    filed: &'m Filed<T>,
    scope: Scope,
}

impl<T: Serialize + Any + Send + Sync> Whole for Record<'_, T> {
    fn look(&self, guard: &mut Guard<'_, '_>) {
        let Self { filed, scope } = *self;
        guard.kept(&filed.file, &filed.record, scope, |guard| guard.record(filed, scope));
    }
}

impl Whole for &Filed<Article> {
    fn look(&self, guard: &mut Guard<'_, '_>) {
        guard.kept(&self.file, &self.record, Scope::Other, |guard| {
            let head = Filed {
                file: self.file.clone(),
                at: self.at.clone(),
                record: self.record.head.clone().into(),
            };
            guard.record(&head, Scope::Other);
            let start = self.record.body_start;
            guard.text(&self.record.body, Scope::Other, &|range| {
                Place::bytes(&self.file, start + range.start..start + range.end)
            });
        });
    }
}

/// One record's part of [`check()`], to be done beside others before it: what is seen is kept, and the check does not
/// look again.
pub struct Piece<'m> {
    whole: Box<dyn Whole + 'm>,
    allowed: Arc<Allowed>,
    exceptions: &'m [PrivacyException],
    kept: &'m Kept,
    turn: Turn,
}

/// The parts of [`check()`] that know of one record alone; nearly all of its work.
pub fn pieces<'m>(model: &'m Model, kept: &'m Kept) -> Vec<Piece<'m>> {
    let (exceptions, allowed, turn) = begin(model, Some(kept));
    let Some((_, turn)) = turn else { return Vec::new() };
    let piece = |whole| Piece { whole, allowed: Arc::clone(&allowed), exceptions, kept, turn: turn.clone() };
    wholes(model).into_iter().map(piece).collect()
}

impl Piece<'_> {
    /// Looks, and keeps what is seen.
    pub fn look(&self) {
        let mut found = Findings::default();
        let mut guard = Guard {
            allowed: Arc::clone(&self.allowed),
            exceptions: self.exceptions,
            used: BTreeSet::new(),
            kept: Some((self.kept, self.turn.clone())),
            found: &mut found,
        };
        self.whole.look(&mut guard);
    }
}

/// What is allowed, and what is known from before.
fn begin<'m, 'k>(
    model: &'m Model,
    kept: Option<&'k Kept>,
) -> (&'m [PrivacyException], Arc<Allowed>, Option<(&'k Kept, Turn)>) {
    let exceptions: &[PrivacyException] =
        model.site.record.policy.as_ref().map(|policy| &*policy.privacy).unwrap_or_default();
    let allowed = Arc::new(allowed(model, exceptions));
    let kept = kept.map(|kept| {
        let exceptions = exceptions.iter().map(|exception| exception.text.as_str().to_owned()).collect();
        (kept, kept.begin(Basis { allowed: Allowed::clone(&allowed), exceptions }))
    });
    (exceptions, allowed, kept)
}

/// What offices publish of themselves, and what was excepted by name.
fn allowed(model: &Model, exceptions: &[PrivacyException]) -> Allowed {
    let site = &model.site.record;
    let mut contacts: Vec<&str> = Vec::new();
    for office in site.office.iter().chain(&site.counter) {
        contacts.extend(office.phone.iter().chain(&office.email).map(|text| text.as_str()));
    }
    for channel in &site.petition_channels {
        contacts.extend(channel.phone.iter().chain(&channel.email).map(|text| text.as_str()));
        contacts.extend(channel.link.iter().map(|link| link.as_str()));
    }
    if let Some(security) = &site.security {
        contacts.extend(security.email.iter().map(|text| text.as_str()));
        contacts.extend(security.link.iter().map(|link| link.as_str()));
    }
    contacts.extend(site.footer_links.iter().map(|link| link.link.as_str()));
    for unit in model.units.values() {
        let unit = &unit.record;
        contacts.extend(unit.phone.iter().chain(&unit.email).map(|text| text.as_str()));
        contacts.extend(unit.link.iter().map(|link| link.as_str()));
    }
    Allowed::new(contacts, exceptions.iter().map(|exception| exception.text.as_str()))
}

struct Guard<'a, 'k> {
    allowed: Arc<Allowed>,
    exceptions: &'a [PrivacyException],
    used: BTreeSet<usize>,
    kept: Option<(&'k Kept, Turn)>,
    found: &'a mut Findings<'k>,
}

impl Guard<'_, '_> {
    /// Looks, unless it is known from before what there is to be seen. Once nobody waits any more it does nothing.
    fn kept<T: Any + Send + Sync>(
        &mut self,
        file: &SitePath,
        record: &Arc<T>,
        scope: Scope,
        look: impl FnOnce(&mut Self),
    ) {
        if !self.found.go_on() {
            return;
        }
        let Some((kept, turn)) = self.kept.clone() else { return look(self) };
        if let Some(before) = kept.get(&turn, file, record, scope) {
            self.found.extend(&before.found);
            self.used.extend(before.used);
            return;
        }
        let start = self.found.count();
        let elsewhere = std::mem::take(&mut self.used);
        look(self);
        let used = std::mem::replace(&mut self.used, elsewhere);
        self.used.extend(&used);
        kept.put(&turn, file, record, scope, Look { found: self.found.since(start).to_vec(), used });
    }

    fn record<T: Serialize>(&mut self, filed: &Filed<T>, scope: Scope) {
        visit::texts(&filed.record, &mut |path: &[Step], text: &str| {
            // The exceptions themselves, and notes that stay with editors, are not published.
            let own =
                |step: &Step| matches!(step, Step::Key(key) if key == EDITORS_NOTE || key == "kiem_tra");
            if path.iter().any(own) {
                return;
            }
            self.text(text, scope, &|range| Place {
                origin: Origin::Content(filed.file.clone()),
                spot: Spot::Within(filed.join(Pointer(path.to_vec())), range.into()),
            });
        });
    }

    fn text(&mut self, text: &str, scope: Scope, place: &dyn Fn(Range<usize>) -> Place) {
        for (i, exception) in self.exceptions.iter().enumerate() {
            if text.contains(exception.text.as_str()) {
                self.used.insert(i);
            }
        }
        for Finding { kind, range, masked } in scan(text, scope, &self.allowed) {
            let what = kind.vietnamese();
            let key = kind.key();
            self.found
                .report(
                    rule(kind),
                    place(range),
                    msg!("có {what} ({masked}), không được đăng", "personal data ({key}: {masked}) must not be published"),
                )
                .help(msg!(
                    "xóa đi, hoặc viết lại để không ai bị nhận ra; liên hệ công khai của cơ quan thì ghi vào danh-muc/don-vi.yaml hoặc trang.yaml",
                    "delete it, or write so that nobody can be identified; public contacts of offices belong in danh-muc/don-vi.yaml or trang.yaml"
                ));
        }
    }

    /// Lists the exceptions in use, and those that catch nothing.
    fn exceptions(&mut self, model: &Model) {
        for (i, exception) in self.exceptions.iter().enumerate() {
            let place = model.site.at(at!["kiem_tra", "rieng_tu", i, "chu"]);
            let text = exception.text.as_str();
            let masked = redact(text, &scan(text, Scope::Petition, &Allowed::none())).into_owned();
            if self.used.contains(&i) {
                let (reason, who) = (&exception.reason, &exception.decided_by);
                self.found.report(
                    CK0818,
                    place,
                    msg!(
                        "đang đăng “{masked}” theo ngoại lệ: {reason} (quyết định: {who})",
                        "“{masked}” is published by exception: {reason} (decided by: {who})"
                    ),
                );
            } else {
                self.found
                    .report(
                        CK0817,
                        place,
                        msg!(
                            "ngoại lệ “{masked}” không còn dùng ở đâu",
                            "the exception “{masked}” is used nowhere"
                        ),
                    )
                    .help(msg!("xóa ngoại lệ này", "delete the exception"));
            }
        }
    }
}

fn rule(kind: Kind) -> &'static Rule {
    match kind {
        Kind::IdentityNumber | Kind::OldIdentityNumber => CK0801,
        Kind::Phone | Kind::Landline => CK0802,
        Kind::Email => CK0803,
        Kind::BankAccount => CK0804,
        Kind::TaxCode => CK0805,
        Kind::Passport => CK0806,
        Kind::LicencePlate => CK0807,
        Kind::BirthDate => CK0808,
        Kind::PrivateAddress => CK0809,
        Kind::PersonName => CK0810,
        Kind::Coordinates => CK0811,
        Kind::Insurance => CK0813,
        Kind::DrivingLicence => CK0814,
        Kind::LandPlot => CK0815,
        Kind::SocialProfile => CK0816,
    }
}
