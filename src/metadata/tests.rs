//! Small documents made by hand: what they name is found, masked, and gone after cleaning.

use std::io::{Cursor, Read, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

const NAME: &str = "Nguyễn Văn Mẫu";

// ---- Samples ------------------------------------------------------------------------------------

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let one = |i| {
        let mut file = zip.by_index(i).expect("a part");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("read");
        (file.name().expect("a name").into_owned(), content)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).expect("a zip").len()).map(one).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let found = unzipped(bytes).into_iter().find(|(known, _)| known == name).expect("the part");
    String::from_utf8(found.1).expect("text")
}

fn docx() -> Vec<u8> {
    let core = format!(
        "<?xml version=\"1.0\"?><x:coreProperties><dc:title>Mẫu đơn</dc:title><a:creator>{NAME}</a:creator><x:lastModifiedBy>Tr&#7847;n Thị Mẫu</x:lastModifiedBy></x:coreProperties>"
    );
    let custom = format!(
        "<Properties><property name='Tác giả'><vt:lpwstr>{NAME}</vt:lpwstr></property><property name='Phiên bản'><vt:lpwstr>Bản 2</vt:lpwstr></property></Properties>"
    );
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("docProps/core.xml", core.as_bytes()),
        ("docProps/app.xml", b"<Properties><Application>Word</Application><Manager>Le Van Mau</Manager><Company></Company></Properties>"),
        ("docProps/custom.xml", custom.as_bytes()),
        ("word/document.xml", "<w:p><w:ins w:author=\"Lê Văn Mẫu\"><w:t>Nội dung, Lê Văn Mẫu ký</w:t></w:ins><w:del w:author='Trần Mẫu'/></w:p>".as_bytes()),
        ("word/comments.xml", "<w:comment w:author=\"Lê Văn Mẫu\" w:initials=\"LVM\"><w:t>xem lại</w:t></w:comment>".as_bytes()),
        ("word/people.xml", "<w15:person w15:author=\"Lê Văn Mẫu\"><w15:presenceInfo w15:userId=\"S::mau@coquan.gov.vn\"/></w15:person>".as_bytes()),
        ("word/_rels/settings.xml.rels", b"<Relationship Target=\"file:///C:\\Users\\levanmau\\Mau.dotx\" TargetMode=\"External\"/>"),
        ("word/media/anh.jpg", &jpeg(true)),
        ("word/styles.xml", b"<w:styles/>"),
    ])
}

fn xlsx() -> Vec<u8> {
    let comments = "<comments><authors><author>Lê Văn Mẫu</author><author>tc={1}</author></authors><text><r><t>Lê Văn Mẫu:</t></r><r><t> xem lại</t></r></text></comments>";
    zipped(&[
        ("docProps/core.xml", b"<c><dc:creator>openpyxl</dc:creator></c>"),
        ("xl/workbook.xml", b"<workbook><x15ac:absPath url=\"C:\\Users\\levanmau\\Desktop\\\"/><fileSharing userName=\"Le Van Mau\"/></workbook>"),
        ("xl/comments1.xml", comments.as_bytes()),
        ("xl/persons/person.xml", "<person displayName=\"Trần Mẫu\" userId=\"mau@coquan.gov.vn\"/>".as_bytes()),
        ("xl/worksheets/sheet1.xml", b"<sheetData><v>Le Van Mau</v></sheetData>"),
    ])
}

/// Artist, GPS with a latitude, the camera's owner in the Exif directory, and perhaps orientation 6.
fn exif(turned: bool) -> Vec<u8> {
    let mut block = b"MM\0\x2A\0\0\0\x08".to_vec();
    let mut entries: Vec<[u8; 12]> = vec![
        [0x01, 0x3B, 0, 2, 0, 0, 0, 9, 0, 0, 0, 120],
        [0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 80],
        [0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 100],
    ];
    if turned {
        entries.push([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
    }
    block.extend([0, entries.len() as u8]);
    entries.iter().for_each(|entry| block.extend(entry));
    block.resize(80, 0);
    block.extend([0, 1, 0xA4, 0x30, 0, 2, 0, 0, 0, 9, 0, 0, 0, 130]);
    block.resize(100, 0);
    block.extend([0, 1, 0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 8]);
    block.resize(120, 0);
    block.extend(b"Le V Mau\0");
    block.resize(130, 0);
    block.extend(b"Vo V Mau\0");
    block
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    [&[0xFF, marker], &(content.len() as u16 + 2).to_be_bytes()[..], content].concat()
}

const SCAN: &[u8] = b"\xFF\xDA\0\x02pic\xFF\0ture\xFF\xD9";

fn jpeg(turned: bool) -> Vec<u8> {
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description tiff:Artist='Vo Van Mau' exif:GPSLatitude=\"15,7N\"/></x:xmpmeta>";
    [
        &[0xFF, 0xD8][..],
        &segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        &segment(0xE1, &[b"Exif\0\0".as_slice(), &exif(turned)].concat()),
        &segment(0xE1, xmp),
        &segment(0xE2, b"ICC_PROFILE\0\x01\x01icc"),
        &segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0D\x1C\x02\x50\0\x08Tran Mau\0"),
        &segment(0xDB, &[0; 65]),
        SCAN,
    ]
    .concat()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(kind);
    sum.update(data);
    [&(data.len() as u32).to_be_bytes()[..], kind, data, &sum.sum().to_be_bytes()].concat()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

fn png() -> Vec<u8> {
    let raw = format!("\nexif\n{}\n{}\n", exif(false).len(), hex(&exif(false)));
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[0; 13]),
        chunk(b"tEXt", b"Author\0Le Van Mau"),
        chunk(b"tEXt", b"Software\0Paint"),
        chunk(b"zTXt", &[b"Raw profile type exif\0\0".as_slice(), &deflated(raw.as_bytes())].concat()),
        chunk(b"iTXt", &["Creator\0\0\0vi\0\0".as_bytes(), NAME.as_bytes()].concat()),
        chunk(b"eXIf", &exif(true)),
        chunk(b"IDAT", b"picture"),
        chunk(b"IEND", b""),
    ]
    .concat()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary} /Length {}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream endobj\n"].concat()
}

const PACKET: &str = "<?xpacket?><x:xmpmeta><rdf:Description pdf:Author='Vo Mau'><dc:creator><rdf:Seq><rdf:li>Le Van Mau</rdf:li></rdf:Seq></dc:creator><dc:title>Tiêu đề</dc:title></rdf:Description></x:xmpmeta>";
const PAGE: &[u8] = b"BT (/Author \\(Le Van Mau\\)) Tj ET /Author (Le Van Mau)";

/// A name in every place of a PDF that can hold one.
fn pdf() -> Vec<u8> {
    let info = b"4 0 <</Title (b) /Author (Do V Mau) /Creator (Microsoft Word)>>";
    [
        &b"%PDF-1.4\n1 0 obj <</Title (M\\(u\\)) /Author (\\376\\377\\000L\\000e)>> endobj\n"[..],
        b"2 0 obj <</A#75thor <FEFF004D1EAB0075> /Creator (Word)>> endobj 3 0 obj <</Author 9 0 R>> endobj\n",
        b"5 0 obj <</Subtype /Highlight /T (Ho Van Mau) /Contents (xem)>> endobj\n",
        b"6 0 obj <</FT /Tx /T (truong-ten) /Subtype /Widget>> endobj 9 0 obj (Bui Van Mau) endobj\n",
        b"7 0 obj ",
        &stream("/Type /Metadata /Subtype /XML", PACKET.as_bytes()),
        b"8 0 obj ",
        &stream("/Type /Metadata /Filter /FlateDecode", &deflated(PACKET.as_bytes())),
        b"10 0 obj ",
        &stream("/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode]", &deflated(info)),
        b"11 0 obj ",
        &stream("/Subtype /Image /Filter /DCTDecode", &jpeg(false)),
        b"12 0 obj ",
        &stream("", PAGE),
        b"trailer <</Info 1 0 R>>\n%%EOF",
    ]
    .concat()
}

fn samples() -> [(&'static str, Vec<u8>); 6] {
    [
        ("docx", docx()),
        ("xlsx", xlsx()),
        ("jpeg", jpeg(false)),
        ("jpeg turned", jpeg(true)),
        ("png", png()),
        ("pdf", pdf()),
    ]
}

fn fields(bytes: &[u8]) -> Vec<String> {
    inspect(bytes).expect("readable").into_iter().map(|f| format!("{} {}", f.field, f.masked)).collect()
}

fn cleaned(bytes: &[u8]) -> Vec<u8> {
    clean(bytes).expect("cleaned")
}

// ---- What is found ------------------------------------------------------------------------------

#[test]
fn each_format_tells_whom_it_names() {
    let picture = [
        "Artist L*** V*** M***",
        "Artist V*** V*** M***",
        "By-line T*** M***",
        "CameraOwnerName V*** V*** M***",
    ];
    let place = ["GPS ***"];
    assert_eq!(fields(&jpeg(false)), [&picture[..], &place].concat());
    let mut expected = [
        &picture[..],
        &["Manager L*** V*** M***", "author L*** V*** M***", "author T*** M***", "creator N*** V*** M***"],
        &[
            "custom N*** V*** M***",
            "initials L***",
            "lastModifiedBy T*** T*** M***",
            "path l***",
            "userId S***",
        ],
        &place,
    ]
    .concat();
    assert_eq!(fields(&docx()), expected);
    assert_eq!(
        fields(&xlsx()),
        ["author L*** V*** M***", "author T*** M***", "path l***", "userId m***", "userName L*** V*** M***"]
    );
    assert_eq!(
        fields(&png()),
        [
            "Artist L*** V*** M***",
            "Author L*** V*** M***",
            "CameraOwnerName V*** V*** M***",
            "Creator N*** V*** M***",
            "GPS ***"
        ]
    );
    expected = [
        &["/T H*** V*** M***"],
        &picture[..2],
        &["Author B*** V*** M***", "Author D*** V*** M***", "Author L***", "Author M***", "Author V*** M***"],
        &picture[2..],
        &["dc:creator L*** V*** M***"],
        &place,
    ]
    .concat();
    assert_eq!(fields(&pdf()), expected);
}

#[test]
fn what_programs_write_by_themselves_names_nobody() {
    for value in
        ["", "  ", "Admin", "user2", "Windows User", "Microsoft Office User", "python-docx", "Author12"]
    {
        let pdf = format!("%PDF-1.4\n1 0 obj <</Author ({value}) /Creator (Word 2016)>> endobj");
        assert_eq!(fields(pdf.as_bytes()), [""; 0], "{value}");
    }
    let named = "%PDF-1.4\n1 0 obj <</Creator (Ông Nguyễn Văn Mẫu)>> endobj";
    assert_eq!(fields(named.as_bytes()).len(), 1);
    assert!(NOBODY.is_sorted());
}

#[test]
fn a_camera_without_a_fix_tells_no_place() {
    let only_version = b"MM\0\x2A\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0\0\x01\0\0\0\x01\0\0\0\x04\x02\x03\0\0";
    let mut found = Found::default();
    tiff::inspect(only_version, &mut found);
    assert!(found.0.is_empty());
}

#[test]
fn a_picture_behind_the_picture_is_seen_and_goes() {
    let plain = [b"\xFF\xD8".as_slice(), SCAN].concat();
    let both = [plain.clone(), b"motion \xA9xyz+15.12+108.80/".to_vec(), jpeg(true)].concat();
    let mut expected = fields(&jpeg(true));
    expected.push("GPS ***".to_owned()); // Of the film.
    assert_eq!(fields(&both), expected);
    assert_eq!(cleaned(&both), plain);
}

#[test]
fn users_are_found_in_paths_and_not_in_addresses() {
    let user = |path: &str| user_in_path(path.as_bytes()).map(|range| path[range].to_owned());
    for path in ["C:\\Users\\mau\\a.docx", "file:///C:/Users/mau/a", "/home/mau/a", "C:\\\\users\\\\mau\\\\a"]
    {
        assert_eq!(user(path).as_deref(), Some("mau"), "{path}");
    }
    for path in
        ["https://vi.du/users/mau/a", "C:\\Users\\Public\\a", "worksheets/sheet1.xml", "/home/mau", ""]
    {
        assert_eq!(user(path), None, "{path}");
    }
}

// ---- What cleaning leaves -----------------------------------------------------------------------

#[test]
fn a_cleaned_copy_names_nobody_and_cleaning_again_changes_nothing() {
    for (what, bytes) in samples() {
        let cleaned = cleaned(&bytes);
        assert_eq!(inspect(&cleaned), Ok(Vec::new()), "{what}");
        assert_eq!(clean(&cleaned).as_ref(), Ok(&cleaned), "{what}");
    }
}

#[test]
fn a_cleaned_document_keeps_its_text_and_its_other_parts() {
    let (old, new) = (docx(), cleaned(&docx()));
    let names = |bytes: &[u8]| unzipped(bytes).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&old), names(&new));
    for same in ["[Content_Types].xml", "word/styles.xml"] {
        assert_eq!(part(&old, same), part(&new, same));
    }
    assert_eq!(
        part(&new, "word/document.xml"),
        "<w:p><w:ins w:author=\"Author1\"><w:t>Nội dung, Lê Văn Mẫu ký</w:t></w:ins><w:del w:author='Author2'/></w:p>"
    );
    assert_eq!(
        part(&new, "word/comments.xml"),
        "<w:comment w:author=\"Author1\" w:initials=\"\"><w:t>xem lại</w:t></w:comment>"
    );
    assert!(part(&new, "docProps/core.xml").contains("<dc:title>Mẫu đơn</dc:title><a:creator></a:creator>"));
    assert!(part(&new, "docProps/custom.xml").contains("Bản 2"));
    assert!(part(&new, "word/_rels/settings.xml.rels").contains("C:\\Users\\-\\Mau.dotx"));
    let media = unzipped(&new).into_iter().find(|(name, _)| name == "word/media/anh.jpg").expect("there");
    assert_eq!(media.1, cleaned(&jpeg(true)));
    let sheet = cleaned(&xlsx());
    assert_eq!(part(&sheet, "xl/worksheets/sheet1.xml"), part(&xlsx(), "xl/worksheets/sheet1.xml"));
    assert!(part(&sheet, "xl/comments1.xml").contains("<t>Author2:</t></r><r><t> xem lại</t>"));
}

#[test]
fn a_cleaned_picture_keeps_its_data_its_colours_and_its_turn() {
    for turned in [false, true] {
        let cleaned = cleaned(&jpeg(turned));
        assert!(cleaned.ends_with(SCAN));
        for kept in [&segment(0xE2, b"ICC_PROFILE\0\x01\x01icc")[..], &segment(0xDB, &[0; 65]), b"JFIF"] {
            assert!(find(&cleaned, kept, 0).is_some());
        }
        let exif = find(&cleaned, b"Exif\0\0", 0).map(|at| &cleaned[at + 6..]);
        assert_eq!(exif.and_then(tiff::orientation), turned.then_some(6));
    }
    let turn = chunk(b"eXIf", &tiff::only_orientation(6));
    let expected = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[0; 13]),
        turn,
        chunk(b"IDAT", b"picture"),
        chunk(b"IEND", b""),
    ];
    assert_eq!(cleaned(&png()), expected.concat());
}

#[test]
fn a_cleaned_pdf_keeps_its_length_and_everything_that_is_shown() {
    let (old, new) = (pdf(), cleaned(&pdf()));
    assert_eq!(old.len(), new.len());
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(find(&new, PAGE, 0).is_some(), "a text on a page that looks like metadata stays");
    for kept in [
        "/Title (M\\(u\\))",
        "/T (truong-ten)",
        "Tiêu đề",
        "/Contents (xem)",
        "trailer <</Info 1 0 R>>\n%%EOF",
    ] {
        assert!(lossy(&new).contains(kept), "{kept}");
    }
    assert!(lossy(&new).contains("/T ()           /Contents"), "{}", lossy(&new));
    assert_eq!(find(&old, b"stream", 0), find(&new, b"stream", 0));
    assert!(find(&new, SCAN, 0).is_some());
}

#[test]
fn what_is_signed_is_told_and_not_touched() {
    let pdf = b"%PDF-1.4\n1 0 obj <</Author (Le Van Mau)>> endobj 2 0 obj <</Type /Sig /ByteRange [0 1 2 3]>> endobj";
    assert_eq!(fields(pdf), ["Author L*** V*** M***"]);
    assert_eq!(clean(pdf), Err(Unreadable::signed()));
    let office = zipped(&[
        ("docProps/core.xml", b"<c><dc:creator>Le Van Mau</dc:creator></c>"),
        ("_xmlsignatures/sig1.xml", b"<s/>"),
    ]);
    assert_eq!(clean(&office), Err(Unreadable::signed()));
}

#[test]
fn what_names_nobody_comes_back_as_it_was() {
    let zip = zipped(&[("docProps/core.xml", b"<c><dc:creator></dc:creator></c>")]);
    for bytes in [zip, b"plain text, /Author (x)".to_vec(), b"%PDF-1.4\n1 0 obj <</Author ()>>".to_vec()] {
        assert_eq!(clean(&bytes), Ok(bytes));
    }
}

// ---- What cannot be seen, and what is meant to hurt ---------------------------------------------

#[test]
fn what_cannot_be_looked_into_says_so() {
    for (bytes, why) in [
        (b"%PDF-1.7\ntrailer <</Encrypt 5 0 R>> /Author (x)".to_vec(), Unreadable::hidden()),
        (
            [b"%PDF-1.5\n1 0 obj ".to_vec(), stream("/Type /ObjStm /Filter /LZWDecode", b"x")].concat(),
            Unreadable::hidden(),
        ),
        (b"%PDF-1.7\n<</Author (Le Van".to_vec(), Unreadable::broken()),
        (jpeg(false)[..40].to_vec(), Unreadable::broken()),
        (png()[..60].to_vec(), Unreadable::broken()),
        (b"PK\x03\x04 not a zip".to_vec(), Unreadable::broken()),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), Unreadable::closed()),
    ] {
        assert_eq!(inspect(&bytes), Err(why.clone()));
        assert_eq!(clean(&bytes), Err(why));
    }
}

#[test]
fn a_bomb_is_cut_short() {
    let much = vec![b' '; usize::try_from(MOST_INFLATED / 3).expect("fits")];
    let parts = ["word/a.xml", "word/b.xml", "word/c.xml", "word/d.xml"];
    let bomb = zipped(&parts.map(|name| (name, much.as_slice())));
    assert!(bomb.len() < 1 << 20);
    assert_eq!(inspect(&bomb), Err(Unreadable::too_much()));
    let packed = deflated(&much);
    let one = stream("/Type /ObjStm /Filter /FlateDecode", &packed);
    let bomb = [b"%PDF-1.5\n".to_vec(), one.repeat(4)].concat();
    assert_eq!(inspect(&bomb), Err(Unreadable::too_much()));
}

#[test]
fn repetitions_cost_no_more_than_their_length() {
    let times = 20_000;
    for piece in [
        "/Author(",
        "/Author<",
        "/Author(a)",
        "<<",
        "/ObjStm ",
        "stream\n",
        "1 0 obj(Le M)<</Author 1 0 R>>",
        "<</Type/ObjStm>>stream\n",
        "/A#",
        "(\\",
    ] {
        let start = std::time::Instant::now();
        let _ = inspect(format!("%PDF-1.4\n{}", piece.repeat(times)).as_bytes());
        assert!(start.elapsed().as_secs() < 10, "{piece}");
    }
    for piece in ["<", "<!--", "<a b=\"", "<a b", "<author>x", "<![CDATA[", "&", "</"] {
        let zip = zipped(&[("xl/comments1.xml", piece.repeat(times).as_bytes())]);
        let start = std::time::Instant::now();
        let _ = inspect(&zip);
        assert!(start.elapsed().as_secs() < 10, "{piece}");
    }
}

proptest! {
    #[test]
    fn no_mutation_makes_it_panic_or_clean_badly(
        which in 0usize..6,
        cut in 0usize..2000,
        edits in proptest::collection::vec((0usize..4000, any::<u8>()), 0..6),
        noise in proptest::collection::vec(any::<u8>(), 0..32),
    ) {
        let mut bytes = samples()[which].1.clone();
        bytes.truncate(bytes.len() - cut.saturating_sub(1000).min(bytes.len()));
        for (at, byte) in edits {
            if let Some(slot) = bytes.get_mut(at) {
                *slot = byte;
            }
        }
        bytes.extend(noise);
        let _ = inspect(&bytes);
        if let Ok(cleaned) = clean(&bytes) {
            prop_assert_eq!(inspect(&cleaned), Ok(Vec::new()));
            prop_assert_eq!(clean(&cleaned), Ok(cleaned));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(which in 0usize..4, bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let head: &[u8] = [&b"%PDF-1.4\n"[..], b"\xFF\xD8\xFF\xE1", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"][which];
        let bytes = [head, &bytes].concat();
        let _ = inspect(&bytes);
        let _ = clean(&bytes);
        let _ = xml::xmp(&bytes);
    }

    #[test]
    fn no_mask_shows_a_word(words in proptest::collection::vec("\\p{L}{2,8}", 1..8)) {
        let masked = mask(&words.join(" "));
        for word in &words {
            prop_assert!(!masked.contains(word.as_str()), "{masked}");
        }
    }
}
