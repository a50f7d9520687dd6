//! What offices really have: messy sheets, documents, the portal's JSON; and files that must be refused.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Stdio;

use congkhai::base::path::SitePath;
use congkhai::import::{self, Known, Understood, Wish, merge};
use congkhai::inputs::{FileKind, SourceFile};
use congkhai::sheet::{self, Read};
use rust_xlsxwriter::{Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::cli::congkhai;

type Sources = BTreeMap<SitePath, SourceFile>;

fn site() -> Sources {
    let file = |path: &str, kind, text: &str| {
        (SitePath::new(path).expect("good"), SourceFile { kind, bytes: text.as_bytes().into() })
    };
    BTreeMap::from([
        file(
            "danh-muc/linh-vuc.yaml",
            FileKind::Fields,
            "- ma: so-huu-tri-tue\n  ten: Sở hữu trí tuệ\n- ma: do-luong\n  ten: Tiêu chuẩn đo lường\n",
        ),
        file(
            "thu-tuc/1.012350.yaml",
            FileKind::Procedure,
            "# lời dặn\nma: '1.012350' # mã\nten: Tên cũ\nlinh_vuc: do-luong\nghi_chu_bien_tap: giữ\n",
        ),
    ])
}

/// An archive of these files.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("started");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

fn understood(name: &str, bytes: &[u8], wish: Wish<'_>) -> (Understood, BTreeMap<String, String>) {
    let sources = site();
    let read = sheet::read(name, bytes).expect("readable");
    let mut known = Known::of(&sources);
    let understood = import::understand(&[(name.to_owned(), read)], &mut known, wish);
    let changes = merge::changes(&understood, &known, &sources);
    assert!(changes.refused.is_empty(), "{:?}", changes.refused);
    (understood, changes.files.into_iter().map(|change| (change.file.to_string(), change.after)).collect())
}

/// Address and reason of what was not taken, rules apart.
fn left(understood: &Understood) -> Vec<(String, String)> {
    let cells = understood.unread.iter().filter(|cell| !cell.by_rule);
    cells.map(|cell| (cell.address.clone(), cell.why.vi.clone())).collect()
}

/// A list as an office keeps it: a title, groups, joined cells, numbered columns, codes that became numbers.
fn office_list() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 5, "DANH MỤC THỦ TỤC HÀNH CHÍNH", &plain).expect("merged");
    for (i, heading) in
        ["STT", "Mã số TTHC", "Tên thủ tục hành chính", "Cơ quan thực hiện", "Mức độ DVC", "Ghi chú riêng"]
            .iter()
            .enumerate()
    {
        sheet.write_string(2, u16::try_from(i).expect("small"), *heading).expect("written");
        sheet.write_number(3, u16::try_from(i).expect("small"), i as f64 + 1.0).expect("written");
    }
    sheet.merge_range(4, 0, 4, 5, "I. Lĩnh vực SỞ HỮU TRÍ TUỆ (02 TTHC)", &plain).expect("merged");
    sheet.write_number(5, 0, 1).expect("written");
    sheet.write_number(5, 1, 1.014888).expect("written");
    sheet.write_string(5, 2, "Thủ tục một").expect("written");
    sheet.merge_range(5, 3, 6, 3, "Sở Khoa học và Công nghệ", &plain).expect("merged");
    sheet.write_string(5, 4, "Toàn trình").expect("written");
    sheet.write_number(6, 0, 2).expect("written");
    sheet.write_number(6, 1, 1.01235).expect("written");
    sheet.write_string(6, 2, "Thủ tục hai").expect("written");
    sheet.write_string(6, 4, "Hai phần").expect("written");
    sheet.write_string(6, 5, "nhớ hỏi lại").expect("written");
    sheet.write_number(7, 1, 2.0001).expect("written");
    sheet.write_string(8, 2, "Người lập biểu").expect("written");
    book.save_to_buffer().expect("saved")
}

#[test]
fn a_list_of_an_office_is_understood_and_nothing_is_lost_in_silence() {
    let (understood, files) = understood("danh-sach", &office_list(), Wish::default());
    let sheet = &understood.sheets[0];
    assert_eq!((sheet.table.as_deref(), sheet.heading_row, sheet.rows), (Some("thu-tuc"), 3, 2));
    let keys: Vec<Option<&str>> = sheet.columns.iter().map(|column| column.key.as_deref()).collect();
    assert_eq!(
        keys,
        [None, Some("ma"), Some("ten"), Some("co_quan.thuc_hien"), Some("truc_tuyen.muc_do"), None]
    );
    assert_eq!(
        files["thu-tuc/1.014888.yaml"],
        "ma: \"1.014888\"\nten: Thủ tục một\nlinh_vuc: so-huu-tri-tue\nco_quan:\n  thuc_hien: Sở Khoa học và Công nghệ\ntruc_tuyen:\n  muc_do: toan_trinh\n"
    );
    // Known by the site, so the zero that Excel dropped is certain; the rest of the file stays as it was.
    assert_eq!(
        files["thu-tuc/1.012350.yaml"],
        "# lời dặn\nma: '1.012350' # mã\nten: Thủ tục hai\nlinh_vuc: so-huu-tri-tue\nco_quan:\n  thuc_hien: Sở Khoa học và Công nghệ\nghi_chu_bien_tap: giữ\n"
    );
    assert!(understood.remarks[0].what.vi.contains("Excel đã bỏ số 0"), "{:?}", understood.remarks);
    let left = left(&understood);
    let addresses: Vec<&str> = left.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(addresses, ["F3", "E7", "F7", "B8", "C9"], "{left:#?}");
    assert!(left[3].1.contains("có phải `2.000100`?"), "{left:#?}");
    // Every cell is either taken, left by a rule or told.
    let Read::Sheets(grids) = sheet::read("x", &office_list()).expect("readable") else { panic!("sheets") };
    let headings = 5;
    let taken: usize = sheet.columns.iter().map(|column| column.taken).sum();
    let numbering = 2;
    assert_eq!(taken + headings + numbering + understood.unread.len(), grids[0].cells.len());
}

#[test]
fn ods_with_days_and_joined_cells_is_read() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>
<table:table table:name="Văn bản"><table:table-row><table:table-cell table:number-columns-spanned="3" office:value-type="string"><text:p>Danh mục văn bản</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Số, ký hiệu</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Tên văn bản</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Ngày ban hành</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>63/2010/NĐ-CP</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Về kiểm soát &amp; cải cách</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2010-06-08"><text:p>08/06/10</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16380"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>1/QH</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Luật</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="46086"><text:p>46086</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;
    let bytes = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<m/>"),
        ("content.xml", content.as_bytes()),
    ]);
    let (understood, files) = understood("vb", &bytes, Wish::default());
    assert_eq!(left(&understood), []);
    assert_eq!(
        files["danh-muc/van-ban.yaml"],
        "- so_ky_hieu: 63/2010/NĐ-CP\n  ten: Về kiểm soát & cải cách\n  ngay_ban_hanh: 2010-06-08\n- so_ky_hieu: 1/QH\n  ten: Luật\n  ngay_ban_hanh: 2026-03-05\n"
    );
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn table(rows: &[&[&str]]) -> String {
    let row = |cells: &&[&str]| {
        let cells: String = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell))).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

fn docx(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
}

#[test]
fn the_tables_of_a_decision_become_its_items() {
    let body = [
        table(&[
            &["ỦY BAN NHÂN DÂN TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            &["Số: 949/QĐ-UBND", "Mẫu, ngày 05 tháng 3 năm 2026"],
        ]),
        paragraph("Về việc công bố danh mục thủ tục hành chính"),
        paragraph("A. Thủ tục hành chính mới ban hành"),
        table(&[
            &["STT", "Mã số TTHC", "Tên thủ tục"],
            &["I", "Lĩnh vực Sở hữu trí tuệ", ""],
            &["1", "1.014888", "Thủ tục một"],
        ]),
        paragraph("B. Thủ tục hành chính bị bãi bỏ"),
        table(&[&["STT", "Mã số TTHC", "Tên thủ tục"], &["1", "1.012350", "Tên cũ"]]),
    ]
    .concat();
    let (understood, files) = understood("qd", &docx(&body), Wish::default());
    assert_eq!(left(&understood), []);
    let text = &files["quyet-dinh/949-qd-ubnd.yaml"];
    assert!(
        text.starts_with("so: 949/QĐ-UBND\nngay_ky: 2026-03-05\nco_quan: ỦY BAN NHÂN DÂN TỈNH MẪU\ntrich_yeu: Về việc công bố"),
        "{text}"
    );
    assert!(
        text.ends_with(
            "muc:\n  - thu_tuc: \"1.014888\"\n    loai: ban_hanh_moi\n  - thu_tuc: \"1.012350\"\n    loai: bai_bo\n"
        ),
        "{text}"
    );
    assert!(files["thu-tuc/1.014888.yaml"].contains("linh_vuc: so-huu-tri-tue"), "{files:?}");
    assert_eq!(files.len(), 2, "a procedure that says the same stays: {files:?}");
}

#[test]
fn what_the_portal_saved_is_taken_as_far_as_it_is_understood() {
    let json = r#"{"data": {"code": "1.014888", "name": "Thủ tục một", "isProvince": true, "isFullProcess": true,
      "state": "ACTIVE", "categoriesDetails": {"name": "Sở hữu trí tuệ", "code": "G06-KC02"},
      "executionMethods": [{"submissionMethod": "ONLINE", "processingTime": 7, "processingTimeUnit": "WORKING_DAY",
        "description": "<p>Hồ sơ &amp; lệ phí</p>", "fees": [{"type": "FEE", "value": 150000, "currencyName": "VND"}]}],
      "executionCases": [{"name": "", "profileComponents": [{"name": "Đơn", "originalQty": 1, "copyQty": 0, "required": true,
        "attachments": [{"fileName": "Mẫu 01.doc"}]}]}]}}"#;
    let (understood, files) = understood("cong", json.as_bytes(), Wish::default());
    let left: Vec<String> = left(&understood).into_iter().map(|(address, _)| address).collect();
    assert_eq!(
        left,
        ["/data/executionCases/0/profileComponents/0/attachments/0/fileName", "/data/state"]
            .map(str::to_owned)
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
    );
    let text = &files["thu-tuc/1.014888.yaml"];
    for line in [
        "cap_thuc_hien:\n  - tinh\n",
        "        so_tien: 150000\n",
        "don_vi: ngay_lam_viec",
        "mo_ta: Hồ sơ & lệ phí",
        "muc_do: toan_trinh",
        "bat_buoc: true",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

/// Lists of offices put time limits, fees and ways into words.
#[test]
fn the_words_of_an_office_become_ways_limits_and_fees() {
    let csv = "Mã số TTHC;Tên thủ tục hành chính;Lĩnh vực;Thời hạn giải quyết;Phí, lệ phí (nếu có);Cách thức thực hiện;Mức độ DVC\n\
        1.014888;Thủ tục một;Sở hữu trí tuệ;05 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ;150.000 đồng/hồ sơ;Trực tiếp, trực tuyến, bưu chính;Toàn trình\n\
        1.014889;Thủ tục hai;Sở hữu trí tuệ;Theo quy định;Không;Trực tiếp;Toàn trình\n\
        1.014890;Thủ tục ba;Sở hữu trí tuệ;\"Trực tuyến: 03 ngày\";x;Trực tiếp;\n\
        1.012350;Tên cũ;;05 ngày;;;\n";
    let (understood, files) = understood("danh-sach", csv.as_bytes(), Wish::default());
    assert_eq!(
        files["thu-tuc/1.014888.yaml"],
        [
            "ma: \"1.014888\"\nten: Thủ tục một\nlinh_vuc: so-huu-tri-tue\ncach_thuc:\n",
            &["truc_tiep", "truc_tuyen", "buu_chinh"]
                .map(|way| format!(
                    "  - hinh_thuc: {way}\n    thoi_han:\n      - so: 5\n        don_vi: ngay_lam_viec\n        \
                     ghi_chu: kể từ ngày nhận đủ hồ sơ hợp lệ\n    phi:\n      - so_tien: 150000\n        ghi_chu: mỗi hồ sơ\n"
                ))
                .concat(),
            "truc_tuyen:\n  muc_do: toan_trinh\n",
        ]
        .concat()
    );
    let left = left(&understood);
    let of = |wanted: &str| {
        left.iter().find(|(address, _)| address == wanted).map_or("", |(_, why)| why.as_str()).to_owned()
    };
    let addresses: Vec<&str> = left.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(addresses, ["D3", "E4", "D4", "D5"], "{left:#?}");
    assert!(of("D3").contains("không đọc được thời hạn trong “Theo quy định”"), "{left:#?}");
    assert!(of("D4").contains("cột cách nộp không có"), "columns that contradict each other: {left:#?}");
    assert!(of("D5").contains("chưa biết ghi thời hạn vào cách nộp nào"), "{left:#?}");
    assert!(files["thu-tuc/1.014889.yaml"].contains("    phi:\n      - so_tien: 0\n"), "{files:?}");
    let against: Vec<&str> = understood.remarks.iter().map(|remark| remark.place.2.as_str()).collect();
    assert_eq!(against, ["F3"], "online by one column, not by the other: {:?}", understood.remarks);
    // Every cell below the headings is taken or told.
    let sheet = &understood.sheets[0];
    let taken: usize = sheet.columns.iter().map(|column| column.taken).sum();
    assert_eq!(taken + understood.unread.len(), 7 + 7 + 6 + 3, "{:#?}", sheet.columns);
}

/// The words of a list go into what the site has, and a second time they change nothing.
#[test]
fn words_of_a_list_keep_what_the_site_knows_beside_them() {
    let path = SitePath::new("thu-tuc/1.012350.yaml").expect("good");
    let before = "ma: '1.012350'\nten: A\nlinh_vuc: b\ncach_thuc:\n  - hinh_thuc: truc_tiep # quầy\n    thoi_han:\n      - so: 3\n        don_vi: ngay\n    phi:\n      - loai: phi\n        so_tien: 150000 # theo thông tư\n        can_cu: 1/2020/TT-BTC\n    mo_ta: Đến quầy\n";
    let mut sources = Sources::from([(
        path.clone(),
        SourceFile { kind: FileKind::Procedure, bytes: before.as_bytes().into() },
    )]);
    let csv = "Mã TTHC,Thời hạn giải quyết (ngày làm việc),Phí\n1.012350,5,150.000 đồng\n";
    let wanted = before.replace("so: 3", "so: 5").replace("don_vi: ngay\n", "don_vi: ngay_lam_viec\n");
    for changed in [1, 0] {
        let files = [("x".to_owned(), sheet::read("x", csv.as_bytes()).expect("readable"))];
        let mut known = Known::of(&sources);
        let understood = import::understand(&files, &mut known, Wish::default());
        assert_eq!(left(&understood), []);
        let changes = merge::changes(&understood, &known, &sources);
        assert_eq!(changes.files.len(), changed, "{changes:#?}");
        for change in changes.files {
            assert_eq!(change.after, wanted);
            sources.insert(
                path.clone(),
                SourceFile { kind: FileKind::Procedure, bytes: change.after.into_bytes().into() },
            );
        }
    }
}

#[test]
fn what_could_do_harm_is_refused_in_words() {
    let refused = |bytes: &[u8]| sheet::read("x", bytes).expect_err("refused").0.vi;
    let book: (&str, &[u8]) = ("xl/workbook.xml", b"<workbook/>");
    let zeros = vec![b' '; 12 << 20];
    assert!(refused(&zipped(&[book, ("xl/worksheets/sheet1.xml", &zeros)])).contains("bom nén"));
    assert!(refused(&zipped(&[book, ("xl/vbaProject.bin", b"x")])).contains("macro"));
    assert!(refused(&zipped(&[book, ("xl/externalLinks/externalLink1.xml", b"<x/>")])).contains("liên kết"));
    let types: (&str, &[u8]) =
        ("[Content_Types].xml", b"<T C=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/>");
    assert!(refused(&zipped(&[types, book])).contains("macro"));
    let template =
        br#"<R><Relationship Type="http://x/attachedTemplate" TargetMode="External" Target="http://x"/></R>"#;
    let word: (&str, &[u8]) = ("word/document.xml", b"<d/>");
    assert!(refused(&zipped(&[word, ("word/_rels/settings.xml.rels", template)])).contains("liên kết"));
    let link =
        br#"<R><Relationship Type="http://x/hyperlink" TargetMode="External" Target="mailto:a@b.vn"/></R>"#;
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>", table(&[&["x"]]));
    let word_with_table: (&str, &[u8]) = ("word/document.xml", xml.as_bytes());
    assert!(sheet::read("x", &zipped(&[word_with_table, ("word/_rels/document.xml.rels", link)])).is_ok());
    let manifest: (&str, &[u8]) = ("META-INF/manifest.xml", b"<m><manifest:encryption-data/></m>");
    assert!(refused(&zipped(&[("content.xml", b"<x/>"), manifest])).contains("mật khẩu"));
    let mut old = vec![0xD0, 0xCF, 0x11, 0xE0];
    assert!(refused(&old).contains("kiểu cũ"));
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(refused(&old).contains("mật khẩu"));
    assert!(refused(b"%PDF-1.7").contains("PDF"));
    assert!(refused(b"a\xE0\xFFb").contains("CSV UTF-8"));
    assert!(refused(b"{\"a\": ").contains("JSON sai"));
    assert!(refused(b"PK\x03\x04xxxx").contains("hỏng"));
    let repeated = br#"<d xmlns:table="t" xmlns:office="o" xmlns:text="x"><table:table><table:table-row table:number-rows-repeated="900000000"><table:table-cell table:number-columns-repeated="900000000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table></d>"#;
    assert!(refused(&zipped(&[("content.xml", repeated), ("META-INF/manifest.xml", b"<m/>")])).contains("ô"));
}

fn run(at: &Path, args: &[&str]) -> (Option<i32>, String) {
    let out = congkhai().current_dir(at).args(args).stdin(Stdio::null()).output().expect("starts");
    (
        out.status.code(),
        format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)),
    )
}

#[test]
fn a_table_goes_out_is_edited_and_comes_in_by_the_command() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = dir.path().join("trang");
    let (code, said) = run(
        dir.path(),
        &[
            "init",
            "trang",
            "--name",
            "Sở Mẫu",
            "--address",
            "Số 1, đường Mẫu",
            "--base-url",
            "https://mau.gov.vn/",
            "--date",
            "2026-11-23",
        ],
    );
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = run(&at, &["export", "--output", "bang.xlsx"]);
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = run(&at, &["export", "--output", "bang.xlsx"]);
    assert_eq!(code, Some(2), "never over a file: {said}");
    let (code, said) = run(&at, &["import", "bang.xlsx", "--date", "2026-11-23"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Không có tệp nào phải đổi"), "{said}");
    let (code, said) = run(&at, &["export", "linh-vuc", "--format", "csv", "--output", "csv"]);
    assert_eq!(code, Some(0), "{said}");
    let csv = fs::read_to_string(at.join("csv/linh-vuc.csv")).expect("there");
    let more = "ma-moi,Lĩnh vực mới,,,\r\n";
    fs::write(at.join("moi.csv"), format!("{csv}{more}")).expect("written");
    let file = at.join("content/danh-muc/linh-vuc.yaml");
    let before = fs::read_to_string(&file).expect("there");
    let (code, said) = run(&at, &["import", "moi.csv", "--dry-run", "--date", "2026-11-23"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("+ - ma: ma-moi") && said.contains("Chưa ghi gì"), "{said}");
    assert_eq!(fs::read_to_string(&file).expect("there"), before);
    let (code, said) = run(&at, &["import", "moi.csv", "--date", "2026-11-23"]);
    assert_eq!(code, Some(0), "{said}");
    let after = fs::read_to_string(&file).expect("there");
    assert!(after.starts_with(before.trim_end()) && after.contains("ma: ma-moi"), "{after}");
    // A table that would break the site is not written.
    let faulty = "ma;ten;linh_vuc\n1.999999;Thủ tục lạ;khong-co\n";
    fs::write(at.join("hong.csv"), faulty).expect("written");
    let (code, said) = run(&at, &["import", "hong.csv", "--kind", "thu-tuc", "--date", "2026-11-23"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("CK04") && said.contains("Chưa ghi gì"), "{said}");
    assert!(!at.join("content/thu-tuc/1.999999.yaml").exists());
    let (code, said) = run(&at, &["import", "khong-co.xlsx"]);
    assert_eq!(code, Some(3), "{said}");
    fs::write(at.join("x.pdf"), b"%PDF-1.4").expect("written");
    let (code, said) = run(&at, &["import", "x.pdf"]);
    assert_eq!(code, Some(2), "{said}");
}

#[test]
fn who_sent_a_petition_is_never_taken_in() {
    let csv = "Mã phản ánh;Ngày tiếp nhận;Tiêu đề;Họ và tên người phản ánh;Số điện thoại;Kênh tiếp nhận\n2026-001;5/3/2026;Chậm trả kết quả;Nguyễn Văn Thử;0912345678;Email\n";
    let (understood, files) = understood("pakn", csv.as_bytes(), Wish::default());
    let text = &files["phan-anh/2026/2026-001.yaml"];
    assert_eq!(
        text,
        "ma: 2026-001\nngay_tiep_nhan: 2026-03-05\nkenh: thu_dien_tu\ntieu_de: Chậm trả kết quả\n"
    );
    let left = left(&understood);
    let addresses: Vec<&str> = left.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(addresses, ["D1", "E1", "D2", "E2"], "{left:?}");
    assert!(left.iter().all(|(_, why)| why.contains("không bao giờ được nhập")), "{left:?}");
}

#[test]
fn an_article_gets_another_text_and_keeps_its_head() {
    let path = SitePath::new("bai-viet/tin/x.md").expect("good");
    let before = "---\r\ntieu_de: A # lời dặn\r\nngay: 2026-01-02\r\ntom_tat: B\r\n---\r\n\r\nCũ\r\n";
    let sources =
        BTreeMap::from([(path, SourceFile { kind: FileKind::Article, bytes: before.as_bytes().into() })]);
    let json = r#"{"congkhai": 1, "bai-viet": {"bai-viet/tin/x.md": {"noi_dung_bai": "Mới\n\nhai đoạn", "ngay": "2026-01-03"}}}"#;
    let mut known = Known::of(&sources);
    let files = [("x".to_owned(), sheet::read("x", json.as_bytes()).expect("readable"))];
    let understood = import::understand(&files, &mut known, Wish::default());
    let changes = merge::changes(&understood, &known, &sources);
    assert_eq!(
        changes.files[0].after,
        "---\r\ntieu_de: A # lời dặn\r\nngay: 2026-01-03\r\ntom_tat: B\r\n---\r\n\r\nMới\r\n\r\nhai đoạn\r\n"
    );
}

#[test]
fn a_sheet_of_a_list_keeps_what_it_has_no_column_for_and_a_mark_takes_out() {
    let path = SitePath::new("thu-tuc/1.012350.yaml").expect("good");
    let before = "ma: '1.012350'\nten: A\nlinh_vuc: b\nyeu_cau: cũ\ncach_thuc:\n  - hinh_thuc: truc_tiep # quầy\n    thoi_han:\n      - so: 3\n        don_vi: ngay\n    mo_ta: Đến quầy\n";
    let sources =
        BTreeMap::from([(path, SourceFile { kind: FileKind::Procedure, bytes: before.as_bytes().into() })]);
    let sheets = [
        ("a", "ma,ten,yeu_cau\n1.012350,A,(xóa)\n"),
        (
            "b",
            "thu-tuc.cach_thuc:ban_ghi,hinh_thuc,mo_ta\n1.012350,Trực tiếp,Đến Trung tâm\n1.012350,Trực tuyến,\n",
        ),
    ];
    let files: Vec<(String, Read)> = sheets
        .iter()
        .map(|(name, text)| ((*name).to_owned(), sheet::read(name, text.as_bytes()).expect("readable")))
        .collect();
    let mut known = Known::of(&sources);
    let wish = Wish { kind: congkhai::parse::kinds::named("thu-tuc"), decision: None };
    let understood = import::understand(&files, &mut known, wish);
    assert_eq!(left(&understood), []);
    let changes = merge::changes(&understood, &known, &sources);
    assert_eq!(
        changes.files[0].after,
        "ma: '1.012350'\nten: A\nlinh_vuc: b\ncach_thuc:\n  - hinh_thuc: truc_tiep # quầy\n    thoi_han:\n      - so: 3\n        don_vi: ngay\n    mo_ta: Đến Trung tâm\n  - hinh_thuc: truc_tuyen\n"
    );
}

fn saved(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/office").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn what_an_office_program_saved_is_read_alike_in_both_forms() {
    let mut all = Vec::new();
    for name in ["danh-sach.xlsx", "danh-sach.ods"] {
        let (understood, files) = understood("danh-sach", &saved(name), Wish::default());
        let why = |sheet: &str, address: &str| {
            let found = understood.unread.iter().find(|cell| cell.sheet == sheet && cell.address == address);
            found.map(|cell| cell.why.vi.clone()).unwrap_or_default()
        };
        // An error is never taken for a name, in whatever way the program notes it down.
        assert!(why("Danh mục TTHC", "C11").contains("#N/A"), "{name}");
        assert!(!files["thu-tuc/1.014890.yaml"].contains("#N/A"), "{name}");
        // Hidden rows are read; every digit of 1.012353 is there; a last zero comes back if the site knows the code.
        for file in ["thu-tuc/1.012353.yaml", "thu-tuc/1.014889.yaml", "thu-tuc/1.012350.yaml"] {
            assert!(files.contains_key(file), "{name}: {file} of {:?}", files.keys());
        }
        assert!(files["thu-tuc/1.012350.yaml"].contains("Cấp giấy chứng nhận mẫu thứ nhất"), "NFC: {name}");
        assert!(files["danh-muc/van-ban.yaml"].contains("ngay_ban_hanh: 2099-05-14"), "{name}");
        assert!(!why("Danh mục TTHC", "F7").is_empty(), "what no key is for is told: {name}");
        let twice = understood.remarks.windows(2).any(|two| two[0] == two[1]);
        assert!(!twice, "{:?}", understood.remarks);
        all.push((files, left(&understood)));
    }
    assert_eq!(all[0], all[1]);
    let (understood, _) = understood(
        "x",
        &saved("danh-sach.xlsx"),
        Wish { kind: congkhai::parse::kinds::named("van-ban"), decision: None },
    );
    assert!(understood.remarks.iter().any(|remark| remark.what.vi.contains("đang ẩn")), "{understood:?}");
}

#[test]
fn a_date_that_may_be_two_days_is_not_taken_where_the_month_comes_first() {
    let (understood, files) = understood("van-ban", &saved("van-ban-thang-truoc.csv"), Wish::default());
    assert!(!files["danh-muc/van-ban.yaml"].contains("ngay_ban_hanh"), "{files:?}");
    let both = left(&understood).into_iter().filter(|(_, why)| why.contains("đọc được hai cách"));
    assert_eq!(both.map(|(address, _)| address).collect::<Vec<_>>(), ["D2", "D3"]);
}

#[test]
fn a_decision_that_an_office_program_saved_gives_its_items() {
    let (understood, files) = understood("quyet-dinh", &saved("quyet-dinh.docx"), Wish::default());
    let decision = files.iter().find(|(file, _)| file.starts_with("quyet-dinh/")).expect("a decision").1;
    for line in ["so: 01/QĐ-UBND", "ngay_ky: 2026-01-05", "1.014889", "loai: bai_bo"] {
        assert!(decision.contains(line), "{line}\n{decision}");
    }
    let all: String = files.values().cloned().collect();
    assert!(!all.contains("CHỮ ĐÃ XÓA") && !all.contains("Chú thích"), "{all}");
    assert!(left(&understood).iter().any(|(address, _)| address == "dòng 1, cột 1"), "the table in a cell");
}

#[test]
fn words_that_mark_a_removal_can_be_meant_themselves() {
    use congkhai::export::cells::unmarked;
    for text in ["(xóa)", "(XÓA)", "\\(xóa)", "\\\\(xóa)", "bình thường", "\\bình"] {
        let file = SitePath::new("danh-muc/linh-vuc.yaml").expect("good");
        let yaml = format!("- ma: a\n  ten: '{text}'\n");
        let source = SourceFile { kind: FileKind::Fields, bytes: yaml.as_bytes().into() };
        let sources = Sources::from([(file, source)]);
        let kind = congkhai::parse::kinds::named("linh-vuc").expect("a kind");
        let (records, _) = congkhai::export::records(kind, &sources);
        let sheets = congkhai::export::sheets(kind, &records);
        for bytes in [sheet::to_xlsx(&sheets).expect("written"), sheet::csv::write(&sheets[0])] {
            let files = [("x".to_owned(), sheet::read("x", &bytes).expect("readable"))];
            let mut known = Known::of(&sources);
            let understood = import::understand(&files, &mut known, Wish::default());
            let changes = merge::changes(&understood, &known, &sources);
            assert!(changes.files.is_empty() && changes.same == 1, "{text}: {changes:?}");
        }
    }
    assert_eq!(unmarked("\\(xóa)"), Some("(xóa)"));
    assert_eq!(unmarked("(xóa)"), None);
}

#[test]
fn a_cell_in_the_last_corner_costs_one_cell() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (i, heading) in (0u16..).zip(["Số, ký hiệu", "Tên văn bản", "Ngày ban hành"]) {
        sheet.write_string(0, i, heading).expect("written");
    }
    sheet.write_string(1, 0, "1/2020/NĐ-CP").expect("written");
    sheet.write_string(1_048_575, 16_383, "x").expect("written");
    let bytes = book.save_to_buffer().expect("saved");
    let start = std::time::Instant::now();
    let (understood, files) = understood("van-ban", &bytes, Wish::default());
    assert!(files.contains_key("danh-muc/van-ban.yaml"));
    assert_eq!(left(&understood).len(), 1, "{:?}", understood.unread);
    assert_eq!(understood.unread[0].address, "XFD1048576");
    // It took a quarter of an hour when every column was looked for in every row.
    assert!(start.elapsed().as_secs() < 60);
}
