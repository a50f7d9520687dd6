//! Records as clerks break them: what `check` says is kept in `tests/clerks/`, a file for each. `UPDATE=1` rewrites them; read
//! the difference aloud, as the person would who has to act on it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::congkhai;
use crate::site::TestSite;

const PROCEDURE: &str = "thu-tuc/1.000123.yaml";
const DECISION: &str = "quyet-dinh/949.yaml";

/// What is put for what.
type Change = (&'static str, &'static str);

/// A way to break a record: its name, the file, and what is changed.
const BREAKS: &[(&str, &str, &[Change])] = &[
    ("tab-thay-dau-cach", PROCEDURE, &[("  thuc_hien:", "\tthuc_hien:")]),
    ("thieu-hai-cham", PROCEDURE, &[("ten: Cấp", "ten Cấp")]),
    ("thieu-dau-cach-sau-hai-cham", PROCEDURE, &[("linh_vuc: linh-vuc-mot", "linh_vuc:linh-vuc-mot")]),
    ("ngoac-kep-cong", PROCEDURE, &[("\"1.000123\"", "“1.000123”")]),
    ("thut-sai", PROCEDURE, &[("  thuc_hien:", "thuc_hien:")]),
    ("thut-lech", PROCEDURE, &[("      - so: 15\n", "     - so: 15\n")]),
    ("ngay-khong-co", DECISION, &[("ngay_ky: 2025-06-20", "ngay_ky: 31/02/2026")]),
    ("phi-co-don-vi", PROCEDURE, &[("so_tien: 150000", "so_tien: 150.000đ")]),
    ("phi-nghin", PROCEDURE, &[("so_tien: 150000", "so_tien: 150 nghìn")]),
    ("phi-bang-chu", PROCEDURE, &[("so_tien: 150000", "so_tien: Không thu")]),
    ("ma-khong-ngoac-kep", PROCEDURE, &[("ma: \"1.000123\"", "ma: 1.000123")]),
    ("khoa-hai-lan", PROCEDURE, &[("linh_vuc: linh-vuc-mot\n", "linh_vuc: linh-vuc-mot\nten: Tên khác\n")]),
    ("danh-sach-khong-gach", PROCEDURE, &[("  - Nộp hồ sơ tại", "  Nộp hồ sơ tại")]),
    ("gach-dinh-chu", PROCEDURE, &[("  - Nộp hồ sơ tại", "  -Nộp hồ sơ tại")]),
    (
        "ngoac-kep-khong-dong",
        PROCEDURE,
        &[("ten: Cấp giấy phép thử nghiệm", "ten: \"Cấp giấy phép thử nghiệm")],
    ),
    ("khoa-gan-dung", PROCEDURE, &[("doi_tuong:", "doi_tuongs:"), ("so_bo_ho_so:", "So bo ho so:")]),
    ("khoa-co-dau", PROCEDURE, &[("linh_vuc:", "lĩnh_vực:")]),
    ("quyet-dinh-sai-so", DECISION, &[("so: 949/QĐ-UBND", "so: 949/QD UBND")]),
    ("thu-tuc-khong-co", DECISION, &[("\"1.000123\"", "\"1.000132\"")]),
    ("crlf-va-bom", PROCEDURE, &[("ma: ", "\u{FEFF}ma: "), ("\n", "\r\n")]),
    ("cach-khong-ngat-tu-word", PROCEDURE, &[("  thuc_hien: Sở", "\u{A0}\u{A0}thuc_hien:\u{A0}Sở")]),
    ("hai-cham-trong-chu", PROCEDURE, &[("ten: Cấp giấy", "ten: Thủ tục: cấp giấy")]),
    ("dau-thang-trong-chu", PROCEDURE, &[("ten: Cấp giấy phép", "ten: Cấp giấy phép #2")]),
    ("lua-chon-bang-loi", PROCEDURE, &[("hinh_thuc: truc_tiep", "hinh_thuc: Trực tiếp")]),
    ("dau-cham-phay", PROCEDURE, &[("[cong_dan, doanh_nghiep]", "cong_dan, doanh_nghiep")]),
];

/// Names that files get by accident.
const NAMES: &[(&str, &str, &str)] = &[
    ("ten-tep-yml", PROCEDURE, "thu-tuc/1.000123.yml"),
    ("ten-tep-khac-ma", PROCEDURE, "thu-tuc/1.000132.yaml"),
    ("ten-tep-ban-sao", PROCEDURE, "thu-tuc/1.000123 - Copy.yaml"),
    ("ten-tep-txt", PROCEDURE, "thu-tuc/1.000123.yaml.txt"),
];

fn expected(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/clerks/{name}.txt"))
}

fn held(name: &str, site: &TestSite) {
    let mut command = congkhai();
    let out =
        command.current_dir(site.dir()).args(["check", "--date", "2026-11-23"]).output().expect("starts");
    let said = format!(
        "mã kết thúc {}\n{}{}",
        out.status.code().expect("no signal"),
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(expected(name).parent().expect("a folder")).expect("made");
        fs::write(expected(name), &said).expect("written");
    }
    let kept = fs::read_to_string(expected(name)).unwrap_or_default();
    assert_eq!(said, kept, "{name}; if that is meant: UPDATE=1 cargo test");
}

#[test]
fn what_clerks_break_is_told_as_they_would_tell_each_other() {
    let mut names = BTreeSet::new();
    for (name, file, changes) in BREAKS {
        let site = TestSite::smallest();
        let path = site.dir().join("content").join(file);
        let mut text = fs::read_to_string(&path).expect("the smallest site");
        for (from, to) in *changes {
            assert!(text.contains(from), "{name}: nothing is broken");
            text = text.replace(from, to);
        }
        fs::write(&path, text).expect("written");
        held(name, &site);
        names.insert((*name).to_owned());
    }
    for (name, from, to) in NAMES {
        let site = TestSite::smallest();
        let content = site.dir().join("content");
        match name.contains("ban-sao") {
            true => fs::copy(content.join(from), content.join(to)).map(|_| ()).expect("copied"),
            false => fs::rename(content.join(from), content.join(to)).expect("renamed"),
        }
        held(name, &site);
        names.insert((*name).to_owned());
    }
    assert!(names.len() == BREAKS.len() + NAMES.len() && names.len() >= 15);
    let kept: BTreeSet<String> = fs::read_dir(expected("x").parent().expect("a folder"))
        .expect("there")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().replace(".txt", ""))
        .collect();
    assert_eq!(kept, names, "a text without its case, or the other way round");
}
