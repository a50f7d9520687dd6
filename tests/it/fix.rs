//! The safe repairs: on single files, on random ones, and by the command.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use congkhai::base::path::SitePath;
use congkhai::edit::{Fixed, fix};
use congkhai::inputs::{FileKind, SourceFile};
use congkhai::parse::kinds::KINDS;
use congkhai::parse::record::{Record, parse};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::agreement::{Chance, Writer};
use crate::cli::congkhai;
use crate::site::TestSite;

fn fixed(kind: FileKind, text: &str) -> Option<Fixed> {
    let name = if kind == FileKind::Article { "bai-viet/tin/x.md" } else { "thu-tuc/x.yaml" };
    let file = SitePath::new(name).expect("good");
    fix(&file, &SourceFile { kind, bytes: text.as_bytes().into() })
}

#[test]
fn each_repair_changes_its_own_characters() {
    for (kind, before, after) in [
        // Dates, numbers, codes, periods, paths, quotes of a word processor.
        (FileKind::Decision, "ngay_ky: 5/3/2026 # ký\n", "ngay_ky: 2026-03-05 # ký\n"),
        (FileKind::Decision, "ngay_ky: '5/3/2026'\n", "ngay_ky: '2026-03-05'\n"),
        (FileKind::Decision, "ngay_ky: 2026-03-05T00:00:00\n", "ngay_ky: 2026-03-05\n"),
        (FileKind::Procedure, "so_bo_ho_so: 1.000\n", "so_bo_ho_so: 1000\n"),
        (
            FileKind::Procedure,
            "cach_thuc:\n  - phi: [{so_tien: 150.000 đồng}]\n",
            "cach_thuc:\n  - phi: [{so_tien: 150000}]\n",
        ),
        (FileKind::Procedure, "ma: 1,014888\n", "ma: \"1.014888\"\n"),
        (FileKind::Procedure, "lien_quan: [“1.014888”]\n", "lien_quan: [\"1.014888\"]\n"),
        (FileKind::Procedure, "cap_thuc_hien: [“tinh”]\n", "cap_thuc_hien: [tinh]\n"),
        (FileKind::Statistics, "ky: tháng 10/2025\n", "ky: 2025-10\n"),
        (FileKind::Decision, "tep: /tep/a.pdf\n", "tep: a.pdf\n"),
        // The form of the text.
        (FileKind::Procedure, "ten: Thu\u{309}\n", "ten: Thủ\n"),
        (FileKind::Procedure, "ten: Thủ\u{200b} tục\n", "ten: Thủ tục\n"),
        (FileKind::Procedure, "ten: Thủ tục \u{a0} \nloai: khac  # x  \n", "ten: Thủ tục\nloai: khac  # x\n"),
        (FileKind::Procedure, "co_quan:\n\u{a0}\u{a0}thuc_hien: Sở\n", "co_quan:\n  thuc_hien: Sở\n"),
        (FileKind::Procedure, "\u{FEFF}ten: A \r\nma: 1.014888\r\n", "\u{FEFF}ma: 1.014888\r\nten: A\r\n"),
        // Keys, also inside of lists, with what is said about them.
        (
            FileKind::Procedure,
            "# đầu\nten: A # tên\n# mã\nma: 1.014888\nho_so:\n  - giay_to:\n      - mau: a.doc\n        ten: Đơn # đơn\n    truong_hop: Một\n",
            "# đầu\n# mã\nma: 1.014888\nten: A # tên\nho_so:\n  - truong_hop: Một\n    giay_to:\n      - ten: Đơn # đơn\n        mau: a.doc\n",
        ),
        (
            FileKind::Article,
            "---\nngay: 5/3/2026\n---\nMột dòng  \nhai\n",
            "---\nngay: 2026-03-05\n---\nMột dòng  \nhai\n",
        ),
    ] {
        let result = fixed(kind, before).unwrap_or_else(|| panic!("no repair of {before:?}"));
        assert_eq!(result.after, after);
        assert!(!result.repairs.is_empty());
        assert_eq!(fixed(kind, after), None, "a second time there is nothing to do");
    }
}

#[test]
fn what_has_no_one_right_answer_is_left_to_the_editor() {
    for (kind, text) in [
        (FileKind::Procedure, "ten: “Cấp giấy phép”\n"),
        (FileKind::Procedure, "ma: 1.01235\n"),
        (FileKind::Procedure, "linh_vuc: Sở hữu trí tuệ\n"),
        (FileKind::Procedure, "cach_thuc:\n  - phi:\n      - so_tien: 150.000 nghìn\n"),
        (FileKind::Procedure, "so_bo_ho_so: 1.0\n"),
        (FileKind::Decision, "ngay_ky: 31/6/2026\n"),
        (FileKind::Decision, "ngay_ky: 2026-03-05T17:00:00Z\n"),
        // Two blanks end a line of Markdown.
        (FileKind::Procedure, "yeu_cau: |-\n  một  \n  hai\n"),
        // Files that cannot be read.
        (FileKind::Procedure, "ma: \"1,014888\nten: A  \n"),
        (FileKind::Procedure, "ma: 1,014888\nma: 2\n"),
        (FileKind::Procedure, "co_quan:\n\tthuc_hien: Sở \n"),
        // A key that is not known belongs nowhere.
        (FileKind::Procedure, "ten: A\nla: 1\nma: 1.014888\n"),
    ] {
        assert_eq!(fixed(kind, text), None, "{text:?}");
    }
    let latin = SourceFile { kind: FileKind::Procedure, bytes: b"ten: \xC0 \n".as_slice().into() };
    assert_eq!(fix(&SitePath::new("thu-tuc/x.yaml").expect("good"), &latin), None);
}

/// A record in words that do not depend on the places in its file.
fn words(kind: FileKind, text: &str) -> Option<String> {
    let file = SitePath::new("thu-tuc/x.yaml").expect("good");
    match parse(&file, &SourceFile { kind, bytes: text.as_bytes().into() }).record? {
        Record::Article(article) => Some(format!("{:?}{}", article.head, article.body)),
        record => Some(format!("{record:?}")),
    }
}

/// Spoils a file as editors and their programs do, and adds remarks.
fn spoiled(text: &str, chance: &mut Chance) -> (String, usize) {
    let newline = if chance.one_in(4) { "\r\n" } else { "\n" };
    let mut remarks = 0;
    let mut out = String::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if chance.one_in(6) {
            remarks += 1;
            out.push_str(&format!("{:indent$}# lời dặn {remarks}{newline}", ""));
        }
        out.push_str(line);
        let tail: &str = chance.pick::<&str>(&["", "", "", "", " ", "  ", "\u{a0}", " # bên cạnh "]);
        out.push_str(tail);
        out.push_str(newline);
    }
    let out = if chance.one_in(4) { out.nfd().collect() } else { out };
    (if chance.one_in(5) { format!("\u{FEFF}{out}") } else { out }, remarks)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn repairing_twice_is_repairing_once_and_no_record_says_something_else(
        seed in any::<u64>(), fault_in in prop::sample::select(vec![0u64, 4, 12, 40])
    ) {
        for kind in KINDS {
            let root = (kind.schema)();
            let mut writer = Writer { root: &root, chance: Chance(seed | 1), fault_in };
            let clean = writer.value(&root, 0, false).trim_start_matches([' ', '\n']).to_owned() + "\n";
            let (text, remarks) = spoiled(&clean, &mut writer.chance);
            let (text, file_kind) = match kind.kind {
                FileKind::Article => (format!("---\n{text}---\nChữ  \ncủa bài.\n"), FileKind::Article),
                other => (text, other),
            };
            let Some(result) = fixed(file_kind, &text) else { continue };
            prop_assert_eq!(fixed(file_kind, &result.after), None, "twice:\n{}\n->\n{}", text, result.after);
            if let Some(before) = words(file_kind, &text) {
                prop_assert_eq!(Some(before), words(file_kind, &result.after), "{}\n->\n{}", text, result.after);
            }
            let left = (1..=remarks).filter(|n| result.after.contains(&format!("# lời dặn {n}"))).count();
            prop_assert_eq!(left, remarks, "remarks are kept:\n{}\n->\n{}", text, result.after);
            prop_assert_eq!(text.nfc().collect::<String>().matches("# bên cạnh").count(), result.after.matches("# bên cạnh").count());
            prop_assert_eq!(result.after.starts_with('\u{FEFF}'), text.starts_with('\u{FEFF}'));
        }
    }
}

#[test]
fn the_command_shows_writes_and_checks_again() {
    let site = TestSite::smallest();
    let path = site.dir().join("content/thu-tuc/x.yaml");
    let text = "# của phòng\nten: Thủ tục  \nma: 1,000999 # xem lại\nlinh_vuc: linh-vuc-mot\n";
    site.write("content/thu-tuc/x.yaml", text);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
    let run = |flags: &[&str]| {
        let out =
            congkhai().current_dir(site.dir()).args(["check", "--date", "2026-11-23"]).args(flags).output();
        let out = out.expect("the command starts");
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    let (code, said) = run(&["--fix", "--dry-run"]);
    assert_eq!(code, Some(1), "the faults are still there: {said}");
    assert!(said.contains("dòng 3: `/ma`: `1,000999` → `1.000999`"), "{said}");
    assert!(said.contains("- ten: Thủ tục") && said.contains("Sẽ sửa"), "{said}");
    assert_eq!(fs::read_to_string(&path).expect("there"), text, "nothing was written");
    let (code, said) = run(&["--fix"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Đã sửa"), "{said}");
    let now = fs::read_to_string(&path).expect("there");
    assert_eq!(now, "# của phòng\nma: \"1.000999\" # xem lại\nten: Thủ tục\nlinh_vuc: linh-vuc-mot\n");
    assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o640);
    assert!(run(&["--fix"]).1.starts_with("Không có gì để tự sửa."));
    assert_eq!(run(&["--dry-run"]).0, Some(2), "there is nothing to try without --fix");
}

#[test]
fn the_same_repair_in_many_lines_is_told_once() {
    let site = TestSite::smallest();
    let steps = "  - Bước  \n".repeat(9);
    let text = format!("ma: \"1.000999\"\nten: A\nlinh_vuc: linh-vuc-mot\ntrinh_tu:\n{steps}");
    site.write("content/thu-tuc/x.yaml", &text);
    let out = congkhai().current_dir(site.dir()).args(["check", "--fix", "--date", "2026-11-23"]).output();
    let said = String::from_utf8_lossy(&out.expect("the command starts").stderr).into_owned();
    assert!(said.contains("9 dòng (5, 6, 7, 8, 9 …): bỏ khoảng trắng thừa ở cuối dòng"), "{said}");
    assert_eq!(said.matches("bỏ khoảng trắng").count(), 1, "{said}");
}

#[test]
fn a_repair_shows_no_personal_datum() {
    let site = TestSite::smallest();
    site.write(
        "content/thu-tuc/x.yaml",
        "ten: Gọi 0912 000 678  \nma: \"0912000678\" \nlinh_vuc: linh-vuc-mot\n",
    );
    let out = congkhai().current_dir(site.dir()).args(["check", "--fix", "--date", "2026-11-23"]).output();
    let out = out.expect("the command starts");
    let said = String::from_utf8_lossy(&out.stderr).into_owned() + &String::from_utf8_lossy(&out.stdout);
    assert!(said.contains("Đã sửa"), "{said}");
    assert!(!said.contains("0912 000 678") && !said.contains("0912000678"), "{said}");
}
