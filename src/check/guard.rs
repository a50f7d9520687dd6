//! Holds a publication to the one before it: nothing that was published may silently disappear or change.
//!
//! What the last publication had comes in with the inputs (its manifest, `permalinks.lock`), so a build stays one
//! function of its arguments. Whatever is refused here can be allowed in `trang.yaml` (`cho_phep`), by name and
//! with a reason that is published; for records that go together there is `--allow-removals` as well.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::{Diagnostic, Message, Place};
use crate::base::path::{RoutePath, SitePath};
use crate::codes::{CK0720, CK0721, CK0722, CK0723, CK0724, CK0726};
use crate::inputs::{PERMALINKS, Published};
use crate::model::Model;
use crate::parse::kinds;
use crate::plan::outputs::ledger::{self, Records, page_of};
use crate::plan::{SitePlan, Subject, moved, urls};
use crate::record::config::{Allowance, AllowedAct};
use crate::vi::number::date_short;
use crate::{at, msg};

/// So many records may vanish unasked, or this share of them, whichever is more.
const FEW: usize = 3;
const FEW_PERCENT: usize = 2;

/// How many records or addresses one finding, or one kind of finding, names.
const NAMED: usize = 10;

/// The petitions' kind in the ledger.
const PETITIONS: &str = "phan-anh";

// ---- What is allowed ----------------------------------------------------------------------------

/// The name of a record or the address that an allowance is for, as `thu-tuc/1.000001`.
fn named(allowance: &Allowance) -> &str {
    allowance.name.as_str().trim_matches('/')
}

/// Whether an allowance counts for this publication: one that was made for an earlier one has been used, and one
/// of a day to come would count for ever.
fn counts(model: &Model, allowance: &Allowance, published: Option<&Published>) -> bool {
    let today = model.as_of.date();
    // A site may be built for a day before that of the last publication.
    published.is_none_or(|published| (published.day.min(today)..=today).contains(&allowance.date.0))
}

fn allows(model: &Model, published: Option<&Published>, acts: &[AllowedAct], name: &str) -> bool {
    let all = &model.site.record.allowances;
    all.iter().any(|one| acts.contains(&one.act) && counts(model, one, published) && named(one) == name)
}

/// Whether an allowance lets an address die: one for the address, for something above it, or for its record.
fn lets_die(allowance: &Allowance, address: &str) -> bool {
    let page = match allowance.act {
        AllowedAct::ChangeProcedure => return false,
        AllowedAct::DropAddress => format!("/{}/", named(allowance)),
        AllowedAct::RemoveRecord | AllowedAct::RemovePetition => page_of(named(allowance)),
    };
    address.starts_with(&page)
}

/// What an editor writes to allow something.
fn how(act: AllowedAct, name: &str) -> String {
    format!("cho_phep: [{{viec: {}, ten: {name}, ngay: …, ly_do: …}}]", act.key())
}

fn judge_allowances(model: &Model, found: &mut Vec<Diagnostic>) {
    for (index, one) in model.site.record.allowances.iter().enumerate() {
        let name = one.name.as_str();
        let place = |key: &str| model.site.at(at!["cho_phep", index, key]);
        let (kind, id) = named(one).split_once('/').unwrap_or((named(one), ""));
        let fits = match one.act {
            AllowedAct::DropAddress => name != "/" && name.starts_with('/') && moved::address(name).is_some(),
            AllowedAct::RemovePetition => kind == PETITIONS && !id.is_empty(),
            AllowedAct::ChangeProcedure => kind == "thu-tuc" && !id.is_empty(),
            AllowedAct::RemoveRecord => kinds::named(kind).is_some() && kind != PETITIONS && !id.is_empty(),
        };
        if !fits {
            let help = match one.act {
                AllowedAct::DropAddress => msg!(
                    "viết địa chỉ từ dấu / đầu tiên, như `/thu-tuc/1.000001/niem-yet/`",
                    "write the address from the first slash on"
                ),
                AllowedAct::RemovePetition => {
                    msg!(
                        "viết như `phan-anh/2026-001`: loại và mã",
                        "write `phan-anh/2026-001`: kind and code"
                    )
                }
                AllowedAct::ChangeProcedure => {
                    msg!("viết như `thu-tuc/1.000001`: loại và mã", "write `thu-tuc/1.000001`: kind and code")
                }
                AllowedAct::RemoveRecord => msg!(
                    "viết như `thu-tuc/1.000001`: loại và mã; phản ánh thì dùng `viec: go_phan_anh`",
                    "write `thu-tuc/1.000001`: kind and code; for a petition use `viec: go_phan_anh`"
                ),
            };
            let act = one.act.label();
            let message = msg!(
                "`{name}` không phải tên dùng được cho việc “{act}”",
                "`{name}` names nothing that this act can be about"
            );
            found.push(Diagnostic::new(CK0724, place("ten"), message).help(help));
        }
    }
}

// ---- Addresses ----------------------------------------------------------------------------------

/// Reports every address that was published and would lead to nothing now, and what is wrong with the list of
/// them and with the allowances.
pub fn addresses(plan: &SitePlan<'_>, published: Option<&Published>, lock: Option<&[u8]>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    judge_allowances(plan.model, &mut found);
    let (locked, wrong) = read_lock(lock.unwrap_or_default());
    found.extend(wrong);
    let dead = |address: &str| {
        let path = RoutePath::new(address).ok();
        path.is_none_or(|path| !plan.routes.contains_key(&path) && !plan.moved.contains_key(&path))
    };
    let allowances = &plan.model.site.record.allowances;
    let made_up: BTreeSet<String> =
        published.iter().flat_map(|published| &published.illustrative).map(|name| page_of(name)).collect();
    let mut lost: BTreeSet<&str> = BTreeSet::new();
    for address in published.iter().flat_map(|published| &published.pages) {
        let go = |published: &Published| {
            above(address).any(|page| made_up.contains(page))
                // Told by its own rule.
                || is_of_lost_petition(plan, published, address)
        };
        if urls::is_lasting(address)
            && dead(address)
            && !published.is_some_and(go)
            && !allowances.iter().any(|one| counts(plan.model, one, published) && lets_die(one, address))
        {
            lost.insert(address);
        }
    }
    // What was gone already when the last publication was made was allowed then, whatever the day.
    for address in locked.values().flatten().map(String::as_str) {
        let now = published.is_some_and(|published| published.pages.contains(address));
        if !now && dead(address) && !allowances.iter().any(|one| lets_die(one, address)) {
            lost.insert(address);
        }
    }
    // A sheet goes with its record: told once.
    let tops: Vec<&str> = lost
        .iter()
        .filter(|address| !above(address).skip(1).any(|above| lost.contains(above)))
        .copied()
        .collect();
    found.extend(tops.iter().take(NAMED).map(|address| lost_address(plan.model, address)));
    if let Some(more @ 1..) = tops.len().checked_sub(NAMED) {
        let message = msg!(
            "và {more} địa chỉ đã đăng khác cũng không còn trang nào",
            "and {more} other published addresses would lead to nothing"
        );
        found.push(Diagnostic::new(CK0722, Place::site(), message).help(msg!(
            "nếu cả một nhóm bản ghi mất vì chép nhầm, hãy khôi phục thư mục nội dung trước",
            "if a whole group of records is gone by mistake, restore the content folder first"
        )));
    }
    found
}

/// An address and those above it, but for the root.
fn above(address: &str) -> impl Iterator<Item = &str> {
    let ends = address.match_indices('/').map(|(at, _)| at).skip(1).collect::<Vec<_>>();
    ends.into_iter().rev().map(move |end| &address[..=end])
}

fn is_of_lost_petition(plan: &SitePlan<'_>, published: &Published, address: &str) -> bool {
    let code = address.strip_prefix("/phan-anh/").map(|rest| rest.trim_end_matches('/'));
    code.is_some_and(|code| {
        let petition = |known: &BTreeMap<String, String>| known.contains_key(code);
        published.records.get(PETITIONS).is_some_and(petition)
            && !plan.model.known_petitions().any(|(known, ..)| known.as_str() == code)
    })
}

fn lost_address(model: &Model, address: &str) -> Diagnostic {
    let message = msg!(
        "địa chỉ đã đăng {address} nay không còn trang nào",
        "the published address {address} would lead to nothing"
    );
    let how = how(AllowedAct::DropAddress, address);
    Diagnostic::new(CK0722, model.site.place(), message).help(msg!(
        "khôi phục bản ghi; bản ghi đã đổi mã, đổi tên tệp thì ghi trong trang.yaml `doi_dia_chi: [{{tu: {address}, den: …}}]`; thật sự phải bỏ thì ghi `{how}`; nếu thư mục kết quả chỉ là bản thử trên máy này thì xóa thư mục đó rồi dựng lại",
        "restore the record; if its code or file name changed write in trang.yaml `doi_dia_chi: [{{tu: {address}, den: …}}]`; if it has to go write `{how}`; if the output folder was only a trial on this machine delete it and build again"
    ))
}

/// Page → its addresses, as `permalinks.lock` has them.
pub type Locked = BTreeMap<String, BTreeSet<String>>;

/// Reads `permalinks.lock`: a page and its address on each line, apart by a blank; `#` begins a remark.
pub fn read_lock(bytes: &[u8]) -> (Locked, Vec<Diagnostic>) {
    let (mut locked, mut found) = (Locked::new(), Vec::new());
    let place = || SitePath::new(PERMALINKS).map_or_else(|_| Place::site(), |file| Place::file(&file));
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let line = String::from_utf8_lossy(line);
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let parts: Vec<&str> = line.split(' ').collect();
        match parts.as_slice() {
            [page, address] if RoutePath::new(address).is_ok() && address.ends_with('/') => {
                locked.entry((*page).to_owned()).or_default().insert((*address).to_owned());
            }
            _ => {
                let number = index + 1;
                let message = msg!(
                    "dòng {number} không có dạng “trang địa-chỉ”",
                    "line {number} is not “page address”"
                );
                found.push(Diagnostic::new(CK0726, place(), message).help(msg!(
                    "tệp này do máy ghi: lấy lại bản trước trong git, hoặc gộp hai bản bằng cách giữ mọi dòng của cả hai, rồi chạy `congkhai build --write-lock`",
                    "this file is written by congkhai: take it from git again, or keep all lines of both sides of a merge, then run `congkhai build --write-lock`"
                )));
            }
        }
    }
    (locked, found)
}

/// `permalinks.lock` as it should be after this publication: what it had, the pages there are now, and not what
/// was allowed to go. Made-up examples are not entered.
pub fn write_lock(plan: &SitePlan<'_>, lock: Option<&[u8]>) -> Vec<u8> {
    let (mut locked, _) = read_lock(lock.unwrap_or_default());
    let records = crate::plan::outputs::records::all(plan);
    let illustrative: BTreeSet<String> = records
        .iter()
        .map(ledger::line)
        .filter(|(_, _, mark)| mark.is_none())
        .map(|(kind, id, _)| page_of(&format!("{kind}/{id}")))
        .collect();
    let made_up = |address: &str| above(address).any(|page| illustrative.contains(page));
    for (path, route) in &plan.routes {
        if urls::is_lasting(path.as_str()) && !made_up(path.as_str()) {
            locked.entry(page_name(route.kind.name, &route.subject)).or_default().insert(path.to_string());
        }
    }
    let allowances = &plan.model.site.record.allowances;
    let mut text = String::from(
        "# Mọi địa chỉ đã đăng, do `congkhai build --write-lock` ghi. Đưa vào git cùng nội dung; đừng sửa tay.\n",
    );
    for (page, addresses) in &locked {
        for address in addresses {
            let here = RoutePath::new(address)
                .is_ok_and(|path| plan.routes.contains_key(&path) || plan.moved.contains_key(&path));
            if here || !allowances.iter().any(|one| lets_die(one, address)) {
                text.push_str(&format!("{page} {address}\n"));
            }
        }
    }
    text.into_bytes()
}

/// How a page is known in the list: its kind and its record.
fn page_name(kind: &str, subject: &Subject) -> String {
    let id = match subject {
        Subject::Procedure(code) => code.to_string(),
        Subject::Field(code)
        | Subject::Section(code, _)
        | Subject::Petition(code)
        | Subject::Initiative(code) => code.to_string(),
        Subject::Decision(id) => id.0.clone(),
        Subject::Article(id) => format!("{}/{}", id.section, id.slug),
        Subject::Plan(year) => year.to_string(),
        Subject::Statistics(period) => period.to_string(),
        Subject::Site
        | Subject::Procedures(..)
        | Subject::Laws(_)
        | Subject::LawProcedures(..)
        | Subject::Decisions(..)
        | Subject::Changes(..)
        | Subject::Petitions(..) => return kind.to_owned(),
    };
    format!("{kind}:{id}")
}

// ---- Records ------------------------------------------------------------------------------------

/// Reports records that vanish and procedures that change without a decision.
pub fn records(plan: &SitePlan<'_>, published: Option<&Published>, now: &Records) -> Vec<Diagnostic> {
    let Some(published) = published else { return Vec::new() };
    let mut found = Vec::new();
    vanished(plan, published, now, &mut found);
    for (code, mark) in now.real.get("thu-tuc").into_iter().flatten() {
        found.extend(changed(plan, published, code, mark));
    }
    found
}

fn vanished(plan: &SitePlan<'_>, published: &Published, now: &Records, found: &mut Vec<Diagnostic>) {
    let model = plan.model;
    let mut gone: Vec<String> = Vec::new();
    let mut kinds_gone: Vec<&str> = Vec::new();
    for (kind, before) in &published.records {
        let there = now.real.get(kind);
        for id in before.keys().filter(|id| there.is_none_or(|there| !there.contains_key(*id))) {
            let name = format!("{kind}/{id}");
            let page = RoutePath::new(&page_of(&name)).ok();
            let moved = page.is_some_and(|page| plan.moved.contains_key(&page));
            let act = if kind == PETITIONS { AllowedAct::RemovePetition } else { AllowedAct::RemoveRecord };
            if moved || allows(model, Some(published), &[act], &name) {
                continue;
            }
            match kind == PETITIONS {
                true => found.push(lost_petition(model, published, id)),
                false => gone.push(name),
            }
        }
        let unnamed = gone.iter().any(|name| name.starts_with(&format!("{kind}/")));
        if there.is_none_or(BTreeMap::is_empty) && unnamed {
            kinds_gone.push(kind);
        }
    }
    let total: usize = published.records.values().map(BTreeMap::len).sum();
    let most = most(total);
    let count = gone.len();
    let day = date_short(published.day);
    if published.removals == Some(count) {
        return;
    }
    let names = names(&gone);
    let restore = msg!(
        "khôi phục các tệp đã mất; nếu đúng là phải gỡ thì dựng lại với `--allow-removals {count}`, hoặc ghi từng bản ghi vào `cho_phep` trong trang.yaml; nếu thư mục kết quả chỉ là bản thử trên máy này thì xóa thư mục đó rồi dựng lại",
        "restore the files; if they have to go build again with `--allow-removals {count}`, or name each in `cho_phep` in trang.yaml; if the output folder was only a trial on this machine delete it and build again"
    );
    let mut refuse = |message: Message| {
        found.push(Diagnostic::new(CK0720, Place::site(), message).help(restore.clone()));
    };
    if let Some(said) = published.removals {
        refuse(msg!(
            "--allow-removals {said}, nhưng so với bản đăng ngày {day} có {count} bản ghi mất: {names}",
            "--allow-removals {said}, but {count} records of the publication of {day} would vanish: {names}"
        ));
    } else if count > most {
        refuse(msg!(
            "so với bản đăng ngày {day}, {count} trong {total} bản ghi sẽ mất (tối đa {most}): {names}",
            "{count} of {total} records of the publication of {day} would vanish (at most {most}): {names}"
        ));
    } else if let Some(kind) = kinds_gone.first() {
        let title = kinds::named(kind).map_or(*kind, |kind| kind.title);
        refuse(msg!(
            "so với bản đăng ngày {day}, mọi bản ghi loại `{kind}` ({title}) sẽ mất: {names}",
            "every record of the kind `{kind}` of the publication of {day} would vanish: {names}"
        ));
    }
}

/// How many of so many records may vanish unasked.
fn most(total: usize) -> usize {
    FEW.max(total * FEW_PERCENT / 100)
}

fn names(all: &[String]) -> String {
    let mut text = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if let Some(more @ 1..) = all.len().checked_sub(NAMED) {
        text.push_str(&format!(" … +{more}"));
    }
    text
}

fn lost_petition(model: &Model, published: &Published, id: &str) -> Diagnostic {
    let (day, name) = (date_short(published.day), format!("{PETITIONS}/{id}"));
    let message = msg!(
        "phản ánh, kiến nghị `{id}` có trong bản đăng ngày {day}, nay không còn",
        "the petition `{id}` of the publication of {day} would vanish"
    );
    let how = how(AllowedAct::RemovePetition, &name);
    Diagnostic::new(CK0721, model.site.place(), message).help(msg!(
        "khôi phục tệp của phản ánh; phải gỡ, ví dụ theo yêu cầu xóa dữ liệu cá nhân, thì ghi trong trang.yaml `{how}`, lý do không nhắc lại dữ liệu đó; đổi mã thì ghi `doi_dia_chi`",
        "restore its file; if it has to go, such as after a request to delete personal data, write in trang.yaml `{how}`, without repeating the data; if its code changed write `doi_dia_chi`"
    ))
}

fn changed(plan: &SitePlan<'_>, published: &Published, code: &str, mark: &str) -> Option<Diagnostic> {
    let model = plan.model;
    let before = ledger::parts(ledger::former(plan, published, "thu-tuc", code)?);
    let fields = ledger::changed(&before, &ledger::parts(mark));
    let known = ledger::decisions_of(&before);
    let name = format!("thu-tuc/{code}");
    if fields.is_empty()
        || ledger::decisions(model, code).iter().any(|id| !known.contains(id.as_str()))
        || allows(model, Some(published), &[AllowedAct::ChangeProcedure], &name)
    {
        return None;
    }
    let procedure = model.procedures.iter().find(|(known, _)| known.as_str() == code);
    let place = procedure.map_or_else(Place::site, |(_, filed)| match fields.first() {
        Some(field) if filed_has(filed, field) => filed.key(field),
        _ => filed.place(),
    });
    let (day, fields) = (date_short(published.day), fields.join(", "));
    let message = msg!(
        "nội dung công bố của thủ tục {code} khác bản đăng ngày {day} ({fields}) mà không có quyết định nào mới về thủ tục này",
        "the announced content of procedure {code} differs from the publication of {day} ({fields}) without a new decision about it"
    );
    let how = how(AllowedAct::ChangeProcedure, &name);
    Some(Diagnostic::new(CK0723, place, message).help(msg!(
        "thêm quyết định sửa đổi vào quyet-dinh/; nếu chỉ sửa chỗ gõ sai cho đúng văn bản thì ghi trong trang.yaml `{how}`",
        "add the amending decision to quyet-dinh/; if only a slip was mended write in trang.yaml `{how}`"
    )))
}

fn filed_has(filed: &crate::model::Filed<crate::record::procedure::Procedure>, key: &str) -> bool {
    serde_json::to_value(&filed.record)
        .is_ok_and(|value| value.get(key).is_some_and(|value| !value.is_null()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_percent_of_many_may_go_and_three_of_few() {
        assert_eq!([0, 10, 199, 200, 10_000].map(most), [3, 3, 3, 4, 200]);
    }

    #[test]
    fn the_addresses_above_one_are_its_folders() {
        let all: Vec<&str> = above("/thu-tuc/1.000001/niem-yet/").collect();
        assert_eq!(all, ["/thu-tuc/1.000001/niem-yet/", "/thu-tuc/1.000001/", "/thu-tuc/"]);
        assert_eq!(above("/").count(), 0);
    }

    #[test]
    fn a_lock_with_the_marks_of_a_conflict_is_told_line_by_line() {
        let text = "# lời\n\nhome /\n<<<<<<< HEAD\na /b/ c\na b\na /b\nprocedure:1 /thu-tuc/1/\r\n";
        let (locked, found) = read_lock(text.as_bytes());
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(locked.keys().collect::<Vec<_>>(), ["home", "procedure:1"]);
        assert!(read_lock(b"").0.is_empty());
    }
}
