//! Holds the shipped site to its plan: each of the eleven tasks of plan 257/KH-SKHCN has pages that
//! serve it, evidence that an editor can add, and a feed that tells of news.

use std::collections::BTreeSet;
use std::path::Path;

use congkhai::base::date::{AsOf, Date};
use congkhai::load;
use congkhai::pipeline::{self, Settings};
use congkhai::site::{InMemory, Site};

/// A task: its mark, the pages that serve it, the kinds of evidence (one at least is configured, and
/// all of these), the feeds.
type Row = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

const TASKS: &[Row] = &[
    (
        "I.1",
        &["/bai-viet/tin-tuc/", "/bai-viet/huong-dan/", "/thu-tuc/", "/ket-qua/"],
        &["bai-viet", "thu-tuc", "thong-ke"],
        &["/bai-viet/tin-tuc/feed.xml", "/bai-viet/huong-dan/feed.xml"],
    ),
    ("I.2", &["/bai-viet/chinh-sach/", "/van-ban/"], &["bai-viet"], &["/bai-viet/chinh-sach/feed.xml"]),
    ("I.3", &["/bai-viet/cach-lam-hay/"], &["bai-viet"], &["/bai-viet/cach-lam-hay/feed.xml"]),
    ("II.1", &["/phan-anh/", "/phan-anh/niem-yet/"], &["phan-anh"], &["/phan-anh/feed.xml"]),
    ("II.2", &["/kiem-tra/"], &["kiem-tra"], &["/kiem-tra/feed.xml"]),
    ("III.1", &["/sang-kien/"], &["sang-kien"], &["/sang-kien/feed.xml"]),
    ("III.2", &["/cat-giam/"], &["cat-giam"], &["/cat-giam/feed.xml"]),
    (
        "III.3",
        &["/thu-tuc/", "/quyet-dinh/", "/linh-vuc/"],
        &["thu-tuc", "quyet-dinh"],
        &["/quyet-dinh/feed.xml"],
    ),
    (
        "IV.1",
        &["/thiet-yeu/"],
        &["bai-viet", "dich-vu-thiet-yeu"],
        &["/thiet-yeu/feed.xml", "/bai-viet/huong-dan/feed.xml"],
    ),
    (
        "IV.2",
        &["/truc-tuyen/", "/ket-qua/"],
        &["bai-viet", "thong-ke"],
        &["/ket-qua/feed.xml", "/bai-viet/huong-dan/feed.xml"],
    ),
    ("IV.3", &["/cu-tru/"], &["bai-viet"], &["/bai-viet/huong-dan/feed.xml"]),
];

/// What proves every task.
const FOR_ALL: &[&str] =
    &["/ke-hoach/", "/ke-hoach/2025/", "/nghia-vu/", "/ke-hoach/feed.xml", "/du-lieu/ke-hoach.json"];

/// The shipped site on a day.
fn shipped() -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut inputs = load::read_site(&root.join("content")).expect("readable");
    inputs.theme = crate::theme::files(&root.join("themes/mac-dinh"));
    let as_of = AsOf(Date::new(2026, 11, 23).expect("a day"));
    let build = pipeline::build(&inputs, &Settings { as_of, base_url: None }, &InMemory, &|_| {});
    build.site.unwrap_or_else(|| panic!("{:#?}", build.diagnostics))
}

/// The file of an address, as text.
fn file<'s>(site: &'s Site, address: &str) -> Option<&'s str> {
    let path = match address.strip_suffix('/') {
        Some("") => "index.html".to_owned(),
        Some(folder) => format!("{}/index.html", &folder[1..]),
        None => address[1..].to_owned(),
    };
    site.files
        .iter()
        .find(|(found, _)| found.as_str() == path)
        .and_then(|(_, content)| std::str::from_utf8(content.bytes()?).ok())
}

/// What is wrong with an address, if anything is.
fn fault(site: &Site, address: &str) -> Option<String> {
    let Some(text) = file(site, address) else { return Some(format!("{address} is not there")) };
    if address.ends_with("feed.xml") {
        return (!text.contains("<entry>")).then(|| format!("{address} has no entry"));
    }
    if !address.ends_with('/') {
        return None;
    }
    let main = text.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
    let mut words = 0;
    let mut inside = false;
    for part in main.split_inclusive(['<', '>']) {
        if !inside {
            words += part.split_whitespace().count();
        }
        inside = part.ends_with('<');
    }
    (words < 40).then(|| format!("{address} is as good as empty: {words} words"))
}

#[test]
fn each_of_the_eleven_tasks_has_pages_evidence_and_a_feed() {
    let site = shipped();
    let data = file(&site, "/du-lieu/ke-hoach.json").expect("the plans as data");
    let plans: serde_json::Value = serde_json::from_str(data).expect("JSON");
    let plan = plans
        .as_array()
        .and_then(|plans| plans.iter().find(|plan| plan["nam"] == 2025))
        .expect("the plan of 2025");
    let tasks = plan["nhiem_vu"].as_array().expect("tasks");
    let marks: Vec<&str> = tasks.iter().filter_map(|task| task["ma"].as_str()).collect();
    let wanted: Vec<&str> = TASKS.iter().map(|(mark, ..)| *mark).collect();
    assert_eq!(marks, wanted, "the plan has the eleven tasks, in order");

    let mut faults = Vec::new();
    for ((mark, pages, kinds, feeds), task) in TASKS.iter().zip(tasks) {
        assert!(!pages.is_empty() && !kinds.is_empty() && !feeds.is_empty(), "{mark}");
        let configured: BTreeSet<&str> = task["so_minh_chung"]
            .as_array()
            .expect("kinds of evidence")
            .iter()
            .filter_map(|count| count["loai"].as_str())
            .collect();
        for kind in *kinds {
            if !configured.contains(kind) {
                faults.push(format!("{mark} does not ask for {kind} as evidence"));
            }
        }
        for address in pages.iter().chain(*feeds) {
            faults.extend(fault(&site, address).map(|fault| format!("{mark}: {fault}")));
        }
    }
    faults.extend(FOR_ALL.iter().filter_map(|address| fault(&site, address)));
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn duties_and_plan_say_on_each_day_what_is_known_by_then() {
    let told = |day: &str| {
        let (site, _) = crate::golden::build_on("day-du", day);
        let json = |address: &str| -> serde_json::Value {
            serde_json::from_str(file(&site, address).expect("data")).expect("JSON")
        };
        let duties = json("/du-lieu/nghia-vu.json");
        let of = |mark: &str| {
            let duty = duties.as_array().and_then(|all| all.iter().find(|duty| duty["ma"] == mark).cloned());
            let duty = duty.unwrap_or_else(|| panic!("{mark}"));
            ["dat", "khong_dat", "chua_biet", "con_han"].map(|key| duty[key].as_u64().unwrap_or(99))
        };
        let plan = json("/du-lieu/ke-hoach.json")[0].clone();
        let proven = plan["so_nhiem_vu_co_minh_chung"].as_u64();
        assert_eq!(plan["dem_den_ngay"], day);
        (of("dang-quyet-dinh"), of("tra-loi-phan-anh"), proven)
    };
    // A decision signed on 3 March has until 10 March; a petition of 20 October until 10 November. The
    // second decision was signed on 20 November.
    for (day, publish, answer, proven) in [
        ("2026-03-10", [0, 0, 0, 1], [0, 0, 0, 0], 3),
        ("2026-03-11", [0, 0, 1, 0], [0, 0, 0, 0], 3),
        ("2026-11-10", [0, 0, 1, 0], [0, 0, 0, 1], 3),
        ("2026-11-11", [0, 0, 1, 0], [0, 1, 0, 0], 3),
        ("2026-11-23", [0, 0, 1, 1], [0, 1, 0, 0], 3),
        ("2026-12-01", [0, 0, 2, 0], [0, 1, 0, 0], 3),
    ] {
        assert_eq!(told(day), (publish, answer, Some(proven)), "{day}");
    }
}
