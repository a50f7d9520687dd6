//! `congkhai schema`: the JSON Schema of a kind of record, for editors.

use serde_json::Value;

use super::{Exit, Lang, print};
use crate::parse::schema::json_schema;
use crate::record::article::ArticleHead;
use crate::record::config::SiteConfig;
use crate::record::decision::Decision;
use crate::record::directory::{EssentialService, Field, HolidayYear, Law, Unit};
use crate::record::initiative::Initiative;
use crate::record::inspection::Inspection;
use crate::record::list::List;
use crate::record::petition::Petition;
use crate::record::procedure::Procedure;
use crate::record::simplification::{Programme, Simplification};
use crate::record::statistics::Statistics;
use crate::record::task_plan::TaskPlan;

type Make = fn() -> Value;

/// Every kind with its schema, by the name of its folder or file.
const KINDS: &[(&str, Make)] = &[
    ("trang", json_schema::<SiteConfig>),
    ("linh-vuc", json_schema::<List<Field>>),
    ("don-vi", json_schema::<List<Unit>>),
    ("van-ban", json_schema::<List<Law>>),
    ("ngay-nghi", json_schema::<List<HolidayYear>>),
    ("dich-vu-thiet-yeu", json_schema::<List<EssentialService>>),
    ("chuong-trinh", json_schema::<List<Programme>>),
    ("thu-tuc", json_schema::<Procedure>),
    ("quyet-dinh", json_schema::<Decision>),
    ("phan-anh", json_schema::<Petition>),
    ("ke-hoach", json_schema::<TaskPlan>),
    ("thong-ke", json_schema::<Statistics>),
    ("kiem-tra", json_schema::<Inspection>),
    ("cat-giam", json_schema::<Simplification>),
    ("sang-kien", json_schema::<Initiative>),
    ("bai-viet", json_schema::<ArticleHead>),
];

/// Prints the schema of a kind; without one, lists the kinds.
pub fn run(kind: Option<&str>, lang: Lang) -> Exit {
    let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
    let Some(kind) = kind else { return print(&format!("{}\n", names.join("\n")), lang) };
    match KINDS.iter().find(|(name, _)| *name == kind) {
        Some((_, make)) => {
            let schema = serde_json::to_string_pretty(&make()).unwrap_or_default();
            print(&format!("{schema}\n"), lang)
        }
        None => {
            let all = names.join(", ");
            match lang {
                Lang::Vi => complain!("congkhai: không có loại bản ghi `{kind}`; các loại: {all}"),
                Lang::En => complain!("congkhai: there is no kind of record `{kind}`; the kinds: {all}"),
            }
            Exit::Usage
        }
    }
}
