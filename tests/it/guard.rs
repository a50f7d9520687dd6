//! The guard over publications: what was published neither vanishes nor changes in silence.
//!
//! A small agency goes through the states of [`STATES`], each held to the one before. After each, every address that
//! was ever published is walked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use congkhai::base::date::{AsOf, Date};
use congkhai::base::diagnostic::Severity;
use congkhai::check::guard;
use congkhai::inputs::{Inputs, Published};
use congkhai::load;
use congkhai::pipeline::{self, Settings};
use congkhai::plan::outputs::ledger;
use congkhai::plan::urls;
use congkhai::site::{InMemory, Site};

use crate::site::TestSite;

/// What one state lays over the one before: file and text, or nothing where the file goes.
type Change<'t> = (&'t str, Option<&'t str>);

struct State {
    day: &'static str,
    what: &'static str,
    changes: &'static [Change<'static>],
    /// The rules that refuse it.
    refused: &'static [&'static str],
}

const PROCEDURE: &str = "ma: \"1.000200\"\nten: Cấp thẻ thử nghiệm\nlinh_vuc: linh-vuc-mot\ndoi_tuong: [cong_dan]\n\
    trinh_tu: [Nộp hồ sơ.]\nco_quan: {thuc_hien: Sở Thử nghiệm}\n\
    cach_thuc:\n  - hinh_thuc: truc_tiep\n    thoi_han: [{so: 5, don_vi: ngay_lam_viec}]\n\
    ho_so:\n  - giay_to: [{ten: Đơn, ban_chinh: 1}]\n";
const RENAMED: &str = "ma: \"1.000201\"\nten: Cấp thẻ thử nghiệm\nlinh_vuc: linh-vuc-mot\ndoi_tuong: [cong_dan]\n\
    trinh_tu: [Nộp hồ sơ.]\nco_quan: {thuc_hien: Sở Thử nghiệm}\n\
    cach_thuc:\n  - hinh_thuc: truc_tiep\n    thoi_han: [{so: 5, don_vi: ngay_lam_viec}]\n\
    ho_so:\n  - giay_to: [{ten: Đơn, ban_chinh: 1}]\n";
const SHORTER: &str = "ma: \"1.000201\"\nten: Cấp thẻ thử nghiệm\nlinh_vuc: linh-vuc-mot\ndoi_tuong: [cong_dan]\n\
    trinh_tu: [Nộp hồ sơ.]\nco_quan: {thuc_hien: Sở Thử nghiệm}\n\
    cach_thuc:\n  - hinh_thuc: truc_tiep\n    thoi_han: [{so: 3, don_vi: ngay_lam_viec}]\n\
    ho_so:\n  - giay_to: [{ten: Đơn, ban_chinh: 1}]\nyeu_cau: Không có.\n";
const SHORTER_STILL: &str = "ma: \"1.000201\"\nten: Cấp thẻ thử nghiệm\nlinh_vuc: linh-vuc-mot\ndoi_tuong: [cong_dan]\n\
    trinh_tu: [Nộp hồ sơ.]\nco_quan: {thuc_hien: Sở Thử nghiệm}\n\
    cach_thuc:\n  - hinh_thuc: truc_tiep\n    thoi_han: [{so: 2, don_vi: ngay_lam_viec}]\n\
    ho_so:\n  - giay_to: [{ten: Đơn, ban_chinh: 1}]\nyeu_cau: Không có.\n";
const NEW: &str = "so: 1/QĐ-UBND\nngay_ky: 2026-01-05\nco_quan: Ủy ban nhân dân tỉnh Mẫu\ntrich_yeu: Công bố\n\
    muc: [{thu_tuc: \"1.000200\", loai: ban_hanh_moi}]\n";
const NEW_RENAMED: &str = "so: 1/QĐ-UBND\nngay_ky: 2026-01-05\nco_quan: Ủy ban nhân dân tỉnh Mẫu\ntrich_yeu: Công bố\n\
    muc: [{thu_tuc: \"1.000201\", loai: ban_hanh_moi}]\n";
const AMENDED: &str = "so: 2/QĐ-UBND\nngay_ky: 2026-04-01\nco_quan: Ủy ban nhân dân tỉnh Mẫu\ntrich_yeu: Sửa đổi\n\
    muc: [{thu_tuc: \"1.000201\", loai: sua_doi_bo_sung}]\n";
const ABOLISHED: &str = "so: 3/QĐ-UBND\nngay_ky: 2026-06-01\nco_quan: Ủy ban nhân dân tỉnh Mẫu\ntrich_yeu: Bãi bỏ\n\
    muc: [{thu_tuc: \"1.000201\", loai: bai_bo}]\n";
const PETITION: &str = "ma: 2026-001\nngay_tiep_nhan: 2026-01-10\nkenh: dien_thoai\nloai: quy_dinh\ntieu_de: Thừa giấy tờ\n\
    noi_dung: Thủ tục đòi hai bản đơn giống nhau.\ndon_vi: so-mau\n";
const EXAMPLE: &str = "ma: \"1.000300\"\nten: Ví dụ\nlinh_vuc: linh-vuc-mot\nminh_hoa: true\n";
const ARTICLE: &str = "---\ntieu_de: Tin cũ\nngay: 2026-01-02\ntom_tat: Một tin.\n---\nNội dung.\n";
const SITE: &str = "ten: Sở Thử nghiệm tỉnh Mẫu\ndia_chi_trang: https://cong-khai.tinh-mau.gov.vn/\n\
    tru_so: {dia_chi: Số 1 đường Mẫu}\nchuyen_muc: [{ma: tin-tuc, ten: Tin tức}]\n";
const MOVED: &str = "doi_dia_chi:\n  - {tu: /thu-tuc/1.000200/, den: /thu-tuc/1.000201/, ngay: 2026-03-01}\n";

/// The history of the agency. A state that is refused is taken back.
const STATES: &[State] = &[
    State {
        day: "2026-01-20",
        what: "the beginning",
        changes: &[
            ("thu-tuc/a.yaml", Some(PROCEDURE)),
            ("thu-tuc/vi-du.yaml", Some(EXAMPLE)),
            ("quyet-dinh/1.yaml", Some(NEW)),
            ("phan-anh/2026/1.yaml", Some(PETITION)),
            ("bai-viet/tin-tuc/tin-cu.md", Some(ARTICLE)),
        ],
        refused: &[],
    },
    State { day: "2026-01-21", what: "nothing", changes: &[], refused: &[] },
    State {
        day: "2026-02-01",
        what: "made-up examples go without asking",
        changes: &[("thu-tuc/vi-du.yaml", None)],
        refused: &[],
    },
    State {
        day: "2026-02-02",
        what: "a petition may not",
        changes: &[("phan-anh/2026/1.yaml", None)],
        refused: &["CK0721"],
    },
    State {
        day: "2026-02-03",
        what: "nor the file of an article",
        changes: &[("bai-viet/tin-tuc/tin-cu.md", None)],
        refused: &["CK0722"],
    },
    State {
        day: "2026-03-01",
        what: "another code alone loses the address",
        changes: &[("thu-tuc/a.yaml", Some(RENAMED)), ("quyet-dinh/1.yaml", Some(NEW_RENAMED))],
        refused: &["CK0722"],
    },
    State {
        day: "2026-03-01",
        what: "a code that leads on",
        changes: &[
            ("thu-tuc/a.yaml", Some(RENAMED)),
            ("quyet-dinh/1.yaml", Some(NEW_RENAMED)),
            ("trang.yaml", Some(MOVED)),
        ],
        refused: &[],
    },
    State {
        day: "2026-03-02",
        what: "a shorter time that nobody decided",
        changes: &[("thu-tuc/a.yaml", Some(SHORTER))],
        refused: &["CK0723"],
    },
    State {
        day: "2026-04-02",
        what: "the decision comes first",
        changes: &[("quyet-dinh/2.yaml", Some(AMENDED))],
        refused: &[],
    },
    State { day: "2026-04-05", what: "a day without change", changes: &[], refused: &[] },
    State {
        day: "2026-04-10",
        what: "the content follows",
        changes: &[("thu-tuc/a.yaml", Some(SHORTER))],
        refused: &[],
    },
    State {
        day: "2026-04-11",
        what: "a decision stands for one change",
        changes: &[("thu-tuc/a.yaml", Some(SHORTER_STILL))],
        refused: &["CK0723"],
    },
    State {
        day: "2026-06-02",
        what: "an abolished procedure keeps its page",
        changes: &[("quyet-dinh/3.yaml", Some(ABOLISHED))],
        refused: &[],
    },
];

fn settings(day: &str) -> Settings {
    Settings { as_of: AsOf(Date::parse(day).expect("a day")), base_url: None }
}

fn inputs(site: &TestSite) -> Inputs {
    let mut inputs = load::read_site(&site.dir().join("content")).expect("readable");
    inputs.theme = crate::theme::files(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("themes/mac-dinh"));
    inputs
}

/// The site, or the rules that refuse it.
fn build(inputs: &Inputs, day: &str) -> Result<Site, BTreeSet<&'static str>> {
    let made = pipeline::build(inputs, &settings(day), &InMemory, &|_| {});
    let errors = made.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    made.site.ok_or_else(|| errors.map(|found| found.rule.code).collect())
}

fn text<'s>(site: &'s Site, path: &str) -> Option<&'s str> {
    site.files
        .iter()
        .find(|(known, _)| known.as_str() == path)
        .map(|(_, content)| std::str::from_utf8(content.bytes().expect("a page")).expect("UTF-8"))
}

fn published(site: &Site) -> Published {
    ledger::read(text(site, "phien-ban.json").expect("a manifest").as_bytes()).expect("read")
}

#[test]
fn every_address_ever_published_leads_somewhere_for_ever() {
    let site = TestSite::smallest();
    site.write("content/trang.yaml", SITE);
    let mut last: Option<Published> = None;
    let mut ever: BTreeSet<String> = BTreeSet::new();
    let mut gone: BTreeSet<String> = BTreeSet::new();
    for State { day, what, changes, refused } in STATES {
        let content = site.dir().join("content");
        let mut before: BTreeMap<PathBuf, Option<String>> = BTreeMap::new();
        for (path, new) in *changes {
            let file = content.join(path);
            before.insert(file.clone(), fs::read_to_string(&file).ok());
            match new {
                Some(text) if *path == "trang.yaml" => {
                    site.write("content/trang.yaml", &format!("{SITE}{text}"))
                }
                Some(text) => site.write(&format!("content/{path}"), text),
                None => fs::remove_file(file).expect("was there"),
            }
        }
        let mut inputs = inputs(&site);
        inputs.published = last.clone();
        match build(&inputs, day) {
            Ok(made) => {
                assert!(refused.is_empty(), "{day} {what}: should be refused by {refused:?}");
                let now = published(&made);
                if let Some(last) = &last {
                    gone.extend(last.illustrative.iter().map(|name| format!("/{name}/")));
                }
                ever.extend(now.pages.iter().filter(|address| urls::is_lasting(address)).cloned());
                for address in
                    ever.iter().filter(|address| !gone.iter().any(|gone| address.starts_with(gone)))
                {
                    let page = text(&made, &format!("{}index.html", &address[1..]));
                    let page = page.unwrap_or_else(|| panic!("{day} {what}: {address} is dead"));
                    if let Some((_, rest)) = page.split_once("http-equiv=\"refresh\" content=\"0; url=") {
                        let to = rest.split('"').next().unwrap_or_default();
                        let to = to.trim_start_matches("../");
                        assert!(text(&made, to).is_some(), "{day} {what}: {address} leads to {to}");
                        assert!(page.contains("rel=\"canonical\"") && !page.contains("<script"), "{page}");
                    }
                }
                last = Some(now);
            }
            Err(by) => {
                assert_eq!(by, refused.iter().copied().collect(), "{day} {what}");
                for (file, text) in before {
                    match text {
                        Some(text) => fs::write(file, text).expect("written"),
                        None => fs::remove_file(file).expect("was there"),
                    }
                }
            }
        }
    }
    assert!(ever.contains("/thu-tuc/1.000200/niem-yet/") && ever.contains("/thu-tuc/1.000201/"), "{ever:#?}");
}

#[test]
fn an_abolished_procedure_says_since_when_and_by_what() {
    let site = TestSite::smallest();
    for (path, text) in
        [("thu-tuc/a.yaml", RENAMED), ("quyet-dinh/1.yaml", NEW_RENAMED), ("quyet-dinh/3.yaml", ABOLISHED)]
    {
        site.write(&format!("content/{path}"), text);
    }
    let replaced = "so: 4/QĐ-UBND\nngay_ky: 2026-07-01\nco_quan: Ủy ban nhân dân tỉnh Mẫu\ntrich_yeu: Thay thế\n\
        muc: [{thu_tuc: \"1.000123\", loai: thay_the, thay_cho: [\"1.000200\"]}]\n";
    site.write("content/thu-tuc/b.yaml", PROCEDURE);
    site.write("content/quyet-dinh/1b.yaml", &NEW.replace("1/QĐ-UBND", "1b/QĐ-UBND"));
    site.write("content/quyet-dinh/4.yaml", replaced);
    let made = build(&inputs(&site), "2026-11-23").expect("good");
    let abolished = text(&made, "thu-tuc/1.000201/index.html").expect("a page");
    for words in ["1/6/2026", "3/QĐ-UBND", "quyet-dinh/3-qd-ubnd/index.html"] {
        assert!(abolished.contains(words), "{words}");
    }
    let replaced = text(&made, "thu-tuc/1.000200/index.html").expect("a page");
    for words in ["1/7/2026", "4/QĐ-UBND", "thu-tuc/1.000123/index.html"] {
        assert!(replaced.contains(words), "{words}");
    }
}

/// A site with `count` procedures, and what was published of it.
fn many(count: usize) -> (TestSite, Published) {
    let site = TestSite::smallest();
    for n in 0..count {
        site.write(
            &format!("content/thu-tuc/x{n}.yaml"),
            &PROCEDURE.replace("1.000200", &format!("2.{n:06}")),
        );
    }
    let made = build(&inputs(&site), "2026-11-20").expect("good");
    let published = published(&made);
    (site, published)
}

#[test]
fn many_records_vanish_only_by_their_exact_number_or_by_name() {
    let (site, mut last) = many(10);
    // Addresses have their own rule.
    last.pages.clear();
    for n in 0..4 {
        fs::remove_file(site.dir().join(format!("content/thu-tuc/x{n}.yaml"))).expect("was there");
    }
    let refused = |removals: Option<usize>, site: &TestSite| {
        let mut inputs = inputs(site);
        inputs.published = Some(Published { removals, ..last.clone() });
        build(&inputs, "2026-11-23").err().unwrap_or_default()
    };
    assert_eq!(refused(None, &site), BTreeSet::from(["CK0720"]));
    assert_eq!(refused(Some(3), &site), BTreeSet::from(["CK0720"]));
    assert_eq!(refused(Some(5), &site), BTreeSet::from(["CK0720"]));
    assert!(refused(Some(4), &site).is_empty());
    let allow = |day: &str| {
        let entry = format!(
            "cho_phep: [{{viec: go_ban_ghi, ten: thu-tuc/2.000001, ngay: {day}, ly_do: Nhập trùng}}]\n"
        );
        let base = fs::read_to_string(
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sites/toi-thieu/trang.yaml"),
        );
        site.write("content/trang.yaml", &format!("{}{entry}", base.expect("readable")));
    };
    // One that is named does not count any more; a reason of an earlier publication is used up.
    allow("2026-11-20");
    assert!(refused(None, &site).is_empty());
    allow("2026-11-19");
    assert_eq!(refused(None, &site), BTreeSet::from(["CK0720"]));
}

#[test]
fn the_lock_is_kept_and_what_was_allowed_leaves_it() {
    let (site, last) = many(2);
    let lock = |site: &TestSite, old: Option<&[u8]>| {
        let (_, text) =
            pipeline::survey(&inputs(site), &settings("2026-11-23"), |plan| guard::write_lock(plan, old));
        String::from_utf8(text.expect("good content")).expect("UTF-8")
    };
    let first = lock(&site, None);
    assert!(first.contains("\nprocedure:2.000001 /thu-tuc/2.000001/\n"), "{first}");
    assert!(first.contains("\nprocedure-sheet:2.000001 /thu-tuc/2.000001/niem-yet/\n"), "{first}");
    let mut lines: Vec<&str> = first.lines().skip(1).collect();
    let written = lines.clone();
    lines.sort_unstable();
    assert_eq!(lines, written);
    assert_eq!(lock(&site, Some(first.as_bytes())), first);
    // Without the file the address is dead, also where nothing else is known of the last publication.
    fs::remove_file(site.dir().join("content/thu-tuc/x1.yaml")).expect("was there");
    site.write("content/permalinks.lock", &first);
    assert_eq!(build(&inputs(&site), "2026-11-23").err(), Some(BTreeSet::from(["CK0722"])));
    let base = fs::read_to_string(site.dir().join("content/trang.yaml")).expect("readable");
    let entry =
        "cho_phep: [{viec: go_ban_ghi, ten: thu-tuc/2.000001, ngay: 2026-11-21, ly_do: Nhập trùng}]\n";
    site.write("content/trang.yaml", &format!("{base}{entry}"));
    let mut held = inputs(&site);
    held.published = Some(last);
    let made = build(&held, "2026-11-23").expect("allowed");
    assert!(text(&made, "thay-doi/index.html").expect("a page").contains("Nhập trùng"));
    let second = lock(&site, Some(first.as_bytes()));
    assert!(!second.contains("2.000001") && second.contains("2.000000"), "{second}");
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_command_holds_a_build_to_the_output_folder_or_to_what_is_named() {
    let site = TestSite::smallest();
    let run = |more: &[&str]| {
        let words = [&["build", "--date", "2026-11-23"], more].concat();
        crate::cli::congkhai().current_dir(site.dir()).args(words).output().expect("the command starts")
    };
    assert!(run(&["--write-lock", "-q"]).status.success());
    let lock = fs::read_to_string(site.dir().join("content/permalinks.lock")).expect("written");
    assert!(lock.contains("\narticle:tin-tuc/mo-dau /bai-viet/tin-tuc/mo-dau/\n"), "{lock}");
    fs::copy(site.dir().join("public/phien-ban.json"), site.dir().join("truoc.json")).expect("copied");
    fs::remove_file(site.dir().join("content/permalinks.lock")).expect("was there");
    fs::remove_file(site.dir().join("content/bai-viet/tin-tuc/mo-dau.md")).expect("was there");
    let before = crate::cli::tree(&site.dir().join("public"));
    let refused = run(&[]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    for words in
        ["CK0720", "mọi bản ghi loại `bai-viet`", "--allow-removals 1", "CK0722", "/bai-viet/tin-tuc/mo-dau/"]
    {
        assert!(said(&refused).contains(words), "{words}: {}", said(&refused));
    }
    assert_eq!(crate::cli::tree(&site.dir().join("public")), before);
    // A fresh machine has no output folder; the manifest is named instead.
    fs::remove_dir_all(site.dir().join("public")).expect("was there");
    assert_eq!(run(&["--previous", "truoc.json"]).status.code(), Some(1));
    for (more, words) in [
        (&["--previous", "khong-co.json"][..], "lần đăng đầu tiên thì bỏ --previous"),
        (&["--previous", "content/trang.yaml"], "không phải phien-ban.json"),
        (&["--allow-removals", "1"], "cần một lần đăng trước"),
    ] {
        let wrong = run(more);
        assert_eq!(wrong.status.code(), Some(2), "{}", said(&wrong));
        assert!(said(&wrong).contains(words), "{}", said(&wrong));
    }
    let base = fs::read_to_string(site.dir().join("content/trang.yaml")).expect("readable");
    let entry =
        "cho_phep: [{viec: bo_dia_chi, ten: /bai-viet/tin-tuc/mo-dau/, ngay: 2026-11-23, ly_do: Bài thử}]\n";
    site.write("content/trang.yaml", &format!("{base}{entry}"));
    let done = run(&["--previous", "truoc.json", "--allow-removals", "1"]);
    assert!(done.status.success(), "{}", said(&done));
}
