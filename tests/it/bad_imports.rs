//! Bad files for `congkhai import`, as offices and strangers send them: what is said is kept in `tests/import/`, a file for
//! each case with its exit status, and nothing is ever written. `UPDATE=1` rewrites the texts.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::cli::{congkhai, tree};
use crate::import::zipped;
use crate::site::TestSite;

/// A case: its name, the file's name, what is in it, and more arguments.
struct Case {
    name: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    more: &'static [&'static str],
}

const BOOK: (&str, &[u8]) = ("xl/workbook.xml", b"<workbook/>");

fn book(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("saved")
}

fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, cell) in (0u16..).zip(cells) {
        if !cell.is_empty() {
            sheet.write_string(at, column, *cell).expect("written");
        }
    }
}

fn docx(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
}

fn ods(table: &str) -> Vec<u8> {
    let xml = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Danh mục\">{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[("META-INF/manifest.xml", b"<m/>"), ("content.xml", xml.as_bytes())])
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    let mut case = |name, file, bytes: Vec<u8>, more| all.push(Case { name, file, bytes, more });
    let csv = |text: &str| text.as_bytes().to_vec();

    // What is no table at all.
    case("tep-rong", "danh-sach.xlsx", Vec::new(), &[]);
    case("chi-dong-trong", "danh-sach.csv", csv("\r\n\r\n;;;\r\n"), &[]);
    case("khong-phai-zip", "danh-sach.xlsx", b"PK\x03\x04 not a zip at all".to_vec(), &[]);
    case(
        "zip-cat-ngang",
        "danh-sach.xlsx",
        {
            let mut whole = zipped(&[BOOK]);
            whole.truncate(60);
            whole
        },
        &[],
    );
    case("zip-khac", "tai-lieu.zip", zipped(&[("ghi-chu.txt", b"x")]), &[]);
    case("xlsx-khong-trang-tinh", "danh-sach.xlsx", zipped(&[BOOK]), &[]);
    case("xlsb", "danh-sach.xlsb", zipped(&[("xl/workbook.bin", b"x")]), &[]);
    case("pdf", "quyet-dinh.pdf", b"%PDF-1.7\n".to_vec(), &[]);
    case("xls-kieu-cu", "danh-sach.xls", vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], &[]);
    case(
        "html-ten-xls",
        "danh-sach.xls",
        csv("<html><body><table><tr><td>Mã</td></tr></table></body></html>"),
        &[],
    );
    case("anh", "anh.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), &[]);

    // What could do harm.
    case(
        "bom-nen",
        "danh-sach.xlsx",
        zipped(&[BOOK, ("xl/worksheets/sheet1.xml", &vec![b' '; 12 << 20])]),
        &[],
    );
    case("macro", "danh-sach.xlsm", zipped(&[BOOK, ("xl/vbaProject.bin", b"x")]), &[]);
    case(
        "lien-ket-ngoai",
        "danh-sach.xlsx",
        zipped(&[BOOK, ("xl/externalLinks/externalLink1.xml", b"<x/>")]),
        &[],
    );
    let protected: Vec<u8> = [vec![0xD0, 0xCF, 0x11, 0xE0], wide("EncryptedPackage")].concat();
    case("mat-khau-xlsx", "danh-sach.xlsx", protected, &[]);
    let locked: (&str, &[u8]) = ("META-INF/manifest.xml", b"<m><manifest:encryption-data/></m>");
    case("mat-khau-ods", "danh-sach.ods", zipped(&[("content.xml", b"<x/>"), locked]), &[]);
    case(
        "ods-o-lap-vo-tan",
        "danh-sach.ods",
        ods(
            "<table:table-row table:number-rows-repeated=\"900000000\"><table:table-cell table:number-columns-repeated=\"900000000\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>",
        ),
        &[],
    );
    case("csv-qua-nhieu-o", "danh-sach.csv", ",".repeat(2_000_100).into_bytes(), &[]);
    case("json-long-nhau", "danh-sach.json", "[".repeat(100_000).into_bytes(), &[]);

    // Texts in other writings.
    case("utf16-khong-dau", "danh-sach.csv", wide("Mã;Tên\n1.014888;Thủ tục một\n"), &[]);
    case(
        "windows-1258",
        "danh-sach.csv",
        b"M\xE3 s\xD5 TTHC;T\xEAn th\xFB t\xF8c\n1.014888;M\xF4t\n".to_vec(),
        &[],
    );
    case(
        "ngoac-kep-khong-dong",
        "danh-sach.csv",
        csv("Mã số TTHC;Tên thủ tục\n1.014888;\"Thủ tục một\n1.014889;Hai\n"),
        &[],
    );
    case("bang-trong-chu", "ghi-chu.txt", csv("Kính gửi: Phòng Một cửa,\nĐề nghị cập nhật thủ tục.\n"), &[]);

    // Headings.
    case(
        "tieu-de-la",
        "danh-sach.xlsx",
        book(|sheet| {
            row(sheet, 0, &["Cột A", "Cột B"]);
            row(sheet, 1, &["1.014888", "Thủ tục một"]);
        }),
        &[],
    );
    case("khong-tieu-de", "danh-sach.csv", csv("1.014888;Thủ tục một\n1.014889;Thủ tục hai\n"), &[]);
    case("chi-mot-cot", "danh-sach.csv", csv("Mã số TTHC\n1.014888\n"), &[]);
    case(
        "hai-hang-tieu-de",
        "danh-sach.xlsx",
        book(|sheet| {
            let plain = Format::new();
            sheet.merge_range(0, 0, 1, 0, "Mã số TTHC", &plain).expect("joined");
            sheet.merge_range(0, 1, 0, 2, "Thời hạn giải quyết", &plain).expect("joined");
            row(sheet, 1, &["", "Trước đây", "Hiện nay"]);
            row(sheet, 2, &["1.000123", "10 ngày", "05 ngày"]);
        }),
        &[],
    );
    case("loai-la", "danh-sach.csv", csv("Mã số TTHC;Tên thủ tục\n1.014888;Một\n"), &["--kind", "thu-tuk"]);
    case("sai-loai", "danh-sach.csv", csv("Mã số TTHC;Tên thủ tục\n1.014888;Một\n"), &["--kind", "phan-anh"]);

    // Rows and cells.
    case(
        "o-gop-khac-nhau",
        "danh-sach.xlsx",
        book(|sheet| {
            row(sheet, 0, &["Mã số TTHC", "Tên thủ tục", "Lĩnh vực"]);
            sheet.merge_range(1, 0, 2, 0, "1.01488", &Format::new()).expect("joined");
            row(sheet, 1, &["", "Thủ tục một", "Thử nghiệm"]);
            row(sheet, 2, &["", "Thủ tục khác", "Thử nghiệm"]);
        }),
        &[],
    );
    case(
        "ma-thanh-so",
        "danh-sach.xlsx",
        book(|sheet| {
            row(sheet, 0, &["Mã số TTHC", "Tên thủ tục"]);
            for (at, code) in (1..).zip([1.01235, 2.0001, 1_012_350.5, 45_000.0]) {
                sheet.write_number(at, 0, code).expect("written");
                sheet.write_string(at, 1, "Thủ tục").expect("written");
            }
        }),
        &[],
    );
    case(
        "khong-co-ma",
        "danh-sach.csv",
        csv("STT;Mã số TTHC;Tên thủ tục\n1;;Thủ tục một\n2;chưa có;Thủ tục hai\n"),
        &[],
    );
    case(
        "ma-trung",
        "danh-sach.csv",
        csv("Mã số TTHC;Tên thủ tục;Lĩnh vực\n1.014888;Một;Không có tên này\n1.014888;Hai;Thử nghiệm\n"),
        &[],
    );
    case(
        "ngay-khong-co",
        "van-ban.csv",
        csv("Số, ký hiệu;Ngày ban hành;Ngày có hiệu lực\n15/2099/NĐ-CP;31/02/2026;30.2.2026\n"),
        &[],
    );
    case(
        "ngay-thang-truoc",
        "van-ban.csv",
        csv("Số, ký hiệu;Ngày ban hành;Ngày có hiệu lực\n15/2099/NĐ-CP;05/14/2026;05/06/2026\n"),
        &[],
    );
    case("ma-loi-bang-tinh", "danh-sach.csv", csv("Mã số TTHC;Tên thủ tục\n#REF!;Một\n#N/A;Hai\n"), &[]);
    case("linh-vuc-la", "danh-sach.csv", csv("Mã số TTHC;Tên thủ tục;Lĩnh vực\n1.014888;Một;Đất đai\n"), &[]);
    case(
        "lua-chon-la",
        "danh-sach.csv",
        csv("Mã số TTHC;Tên thủ tục;Lĩnh vực;Mức độ DVC\n1.014888;Một;Lĩnh vực lạ;Mức độ 4\n"),
        &[],
    );
    case(
        "loi-van-mo-ho",
        "danh-sach.csv",
        csv(
            "Mã số TTHC;Thời hạn giải quyết;Phí, lệ phí;Cách thức thực hiện\n1.000123;05 - 10 ngày;theo quy định;fax\n1.000124;05 (sáu) ngày;150.000 đồng (Một trăm nghìn đồng);\n",
        ),
        &[],
    );
    case(
        "nguoi-gui",
        "phan-anh.csv",
        csv(
            "Mã phản ánh;Ngày tiếp nhận;Họ và tên;Số điện thoại\n2026-001;32/1/2026;Nguyễn Văn Thử;0912345678\n",
        ),
        &[],
    );

    // Documents and JSON.
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    case(
        "docx-khong-bang",
        "quyet-dinh.docx",
        docx(&paragraph("Điều 1. Công bố kèm theo Quyết định này.")),
        &[],
    );
    case(
        "docx-bang-khac",
        "quyet-dinh.docx",
        docx(&format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            paragraph("Nơi dán ảnh"),
            paragraph("Ghi chú")
        )),
        &[],
    );
    case("json-hong", "tu-cong.json", csv("{\"data\": [1, 2"), &[]);
    case(
        "json-dang-khac",
        "tu-cong.json",
        csv("{\"ma\": \"1.014888\", \"ten\": \"Thủ tục\", \"phi\": [1, 2]}"),
        &[],
    );
    case("json-mot-so", "tu-cong.json", csv("[42]"), &[]);
    case(
        "json-loai-la",
        "xuat.json",
        csv("{\"congkhai\": 1, \"thu-tuk\": {\"a\": {}}, \"thu-tuc\": {\"b\": 5}}"),
        &[],
    );
    case(
        "bai-viet-khong-noi-dat",
        "bai.json",
        csv("{\"congkhai\": 1, \"bai-viet\": {\"Bài một\": {\"tieu_de\": \"Bài một\"}}}"),
        &[],
    );
    all
}

fn expected(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/import/{name}.txt"))
}

fn run(site: &TestSite, args: &[&str]) -> String {
    let before = tree(&site.dir().join("content"));
    let mut command = congkhai();
    let command = command.current_dir(site.dir()).args(["import", "--date", "2026-11-23"]).args(args);
    let out = command.stdin(Stdio::null()).output().expect("the command starts");
    assert!(before == tree(&site.dir().join("content")), "{args:?}: something was written");
    let code = out.status.code().expect("no signal");
    assert!((1..=3).contains(&code), "{args:?}: nothing came in, and the status is {code}");
    let (said, complained) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    format!("mã kết thúc {code}\n{said}--- kèm theo ---\n{complained}")
}

fn held(name: &str, said: &str) {
    let path = expected(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, said).expect("written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(said, kept, "{name}; if that is meant: UPDATE=1 cargo test");
}

#[test]
fn every_bad_file_is_told_in_words_and_nothing_is_written() {
    let all = cases();
    let mut names = BTreeSet::new();
    for case in &all {
        assert!(names.insert(case.name.to_owned()), "{} stands twice", case.name);
        let site = TestSite::smallest();
        site.write_bytes(case.file, &case.bytes);
        let said = run(&site, &[&[case.file], case.more].concat());
        assert!(!said.contains("0912345678"), "{}: somebody's number is shown", case.name);
        held(case.name, &said);
    }
    assert!(names.len() >= 28, "{} cases", names.len());
    // What cannot be made as a file.
    let site = TestSite::smallest();
    fs::create_dir(site.dir().join("thu-muc.xlsx")).expect("made");
    let large = fs::File::create(site.dir().join("lon.xlsx")).expect("made");
    large.set_len(51 << 20).expect("sparse");
    site.write("danh-sach.csv", "Mã số TTHC;Tên thủ tục\n1.014888;Một\n");
    for (name, args) in [
        ("khong-co-tep", &["khong-co.xlsx"][..]),
        ("thu-muc", &["thu-muc.xlsx"]),
        ("tep-qua-lon", &["lon.xlsx"]),
        ("khong-ghi-tep", &[]),
        ("khong-co-noi-dung", &["danh-sach.csv", "--content", "noi-khac"]),
    ] {
        held(name, &run(&site, args));
        names.insert(name.to_owned());
    }
    let kept: BTreeSet<String> = fs::read_dir(expected("x").parent().expect("a folder"))
        .expect("there")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().replace(".txt", ""))
        .collect();
    assert_eq!(kept, names, "a text without its case, or the other way round");
}
